//! Calls that are open, whoever takes them: one that was left open when it ended is ended here, with what it was about or as begun by mistake.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::{NaiveDateTime, TimeDelta};
use chrono_tz::Tz;

use crate::app::App;
use crate::domain::calls::LONGEST_CALL;
use crate::domain::ids::{AccountId, CallId};
use crate::i18n::Words;
use crate::store::calls::{self, OpenLine};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::labels::{self, AccountLabel};
use crate::usecases::calls::{Done, give_up, wrap_up};
use crate::usecases::notes::NoteError;
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::calls::read;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

/// The address of the list.
const LIST: &str = "/office/calls";

#[derive(Template)]
#[template(path = "office/calls/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    now: NaiveDateTime,
    rows: Vec<OpenLine>,
    labels: HashMap<AccountId, AccountLabel>,
}

impl Index {
    fn name(&self, row: &OpenLine) -> String {
        let label = self.labels.get(&row.account_id);
        label.map_or_else(|| row.number.to_string(), |label| label.name.clone())
    }

    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }

    /// Whether it was forgotten when it ended.
    fn is_left(&self, row: &OpenLine) -> bool {
        lasted(row, self.now) > LONGEST_CALL
    }
}

fn lasted(row: &OpenLine, now: NaiveDateTime) -> TimeDelta {
    now - row.began_at
}

/// A call that somebody else left open, with the form that ends it.
#[derive(Template)]
#[template(path = "office/calls/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    call: Open,
    form: Form,
}

/// As the form of a call asks for it.
struct Open {
    row: OpenLine,
}

impl Open {
    fn end_at(&self) -> String {
        format!("{LIST}/{}/closing", self.row.id)
    }
}

impl Show {
    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }
}

/// GET /office/calls
pub async fn index(app: Data<App>, chrome: Chrome) -> PageResult {
    let today = app.clock.today();
    let look = move |conn: &mut Conn| {
        let rows = calls::list_open(conn)?;
        let ids: Vec<AccountId> = rows.iter().map(|row| row.account_id).collect();
        let labels = labels::of_accounts(conn, &ids, today)?;
        Ok::<_, StoreError>((rows, labels))
    };
    let (rows, labels) = app.db.read(look).await?;
    page(&Index {
        t: chrome.t,
        chrome,
        zone: app.clock.zone(),
        now: app.clock.now(),
        rows,
        labels,
    })
}

/// GET /office/calls/{id}
pub async fn show(app: Data<App>, chrome: Chrome, path: Path<CallId>) -> PageResult {
    view(&app, chrome, *path, (Form::default(), StatusCode::OK)).await
}

/// POST /office/calls/{id}/closing
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<CallId>,
    mut form: Form,
) -> PageResult {
    let (id, t) = (*path, chrome.t);
    let is_mistake = form.value("mistake") == "yes";
    let said = if is_mistake { None } else { read(&mut form, t) };
    let done = match said {
        None if !is_mistake => Err(NoteError::Empty),
        said => {
            let write = move |tx: &mut Tx<'_>| match &said {
                Some(said) => wrap_up(tx, None, id, said),
                None => Ok(give_up(tx, None, id)?),
            };
            app.db.write(staff.stamp(&app), write).await
        }
    };
    match done {
        Ok(Done::Now | Done::Before) if is_mistake => {
            see_other_saying(LIST, Tone::Good, t.call_given_up())
        }
        Ok(Done::Now | Done::Before) => see_other_saying(LIST, Tone::Good, t.call_wrapped_up()),
        Ok(Done::Otherwise) => see_other_saying(LIST, Tone::Bad, t.call_ended_already()),
        Err(NoteError::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            if let NoteError::TooLong { longest } = refused {
                form.refuse("call_text", t.note_too_long(longest));
            }
            view(&app, chrome, id, (form, StatusCode::UNPROCESSABLE_ENTITY)).await
        }
    }
}

async fn view(
    app: &App,
    chrome: Chrome,
    id: CallId,
    (form, status): (Form, StatusCode),
) -> PageResult {
    let look = move |conn: &mut Conn| calls::find_line(conn, id);
    let row = app.db.read(look).await?.ok_or(PageError::NotFound)?;
    let view = Show {
        t: chrome.t,
        chrome,
        zone: app.clock.zone(),
        call: Open { row },
        form,
    };
    page_with(status, &view)
}
