//! Why an account may, or may not, be shut off today: the answer with every reason, the rules that it goes by, and what was served; and the form
//! that records what was.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDateTime;
use chrono_tz::Tz;

use crate::app::App;
use crate::domain::shutoff::{Served, ServedKind, ServedWay, Verdict};
use crate::domain::staff::{Permission, Role};
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::shutoff::ServedRow;
use crate::usecases::shutoff::{Answer, NewlyServed, ShutoffError, answer, record};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::holds::words;
use crate::web::office::subject::{self, Subject};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

#[derive(Template)]
#[template(path = "office/holds/shutoff.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    role: Role,
    subject: Subject,
    answer: Answer,
    form: Form,
}

impl Show {
    fn may(&self) -> bool {
        self.answer.verdict == Verdict::May
    }

    fn reasons(&self) -> Vec<String> {
        match &self.answer.verdict {
            Verdict::May => Vec::new(),
            Verdict::MayNot(why) => why.iter().map(|one| words::reason(self.t, one)).collect(),
        }
    }

    fn served(&self) -> &[ServedRow] {
        &self.answer.case.served
    }

    fn kinds(&self) -> Vec<(&'static str, String)> {
        let named = |kind: &ServedKind| (kind.as_str(), self.t.served_kind(kind.as_str()));
        ServedKind::ALL.iter().map(named).collect()
    }

    fn ways(&self) -> Vec<(&'static str, String)> {
        let named = |way: &ServedWay| (way.as_str(), self.t.served_way(way.as_str()));
        ServedWay::ALL.iter().map(named).collect()
    }

    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }
}

/// GET /office/accounts/{number}/shutoff
pub async fn show(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    let form = Form::default().with("on", app.clock.today());
    page(&view(&app, chrome, &staff, (&path, form)).await?)
}

/// POST /office/accounts/{number}/shutoff — record what was served.
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let subject = subject::find(&app, &path).await?;
    let key = uuid::Uuid::parse_str(form.value("key")).map_err(|_strange| PageError::Unreadable)?;
    let kind = form.parse::<ServedKind>("what", t.form_choose());
    let way = form.parse::<ServedWay>("way", t.form_choose());
    let on = form.day("on", t.form_not_a_date());
    let (Some(kind), Some(way), Some(given_on)) = (kind, way, on) else {
        return again(&app, chrome, &staff, (&path, form)).await;
    };
    let new = NewlyServed {
        request_key: key.to_string(),
        account: subject.label.id,
        served: Served {
            kind,
            way,
            given_on,
            is_proven: form.has("proven"),
        },
        words: form.value("words").to_owned(),
    };
    let change = move |tx: &mut Tx<'_>| record(tx, &new);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => {
            let at = format!("{}/shutoff", subject.address());
            return see_other_saying(at, Tone::Good, t.served_recorded());
        }
        Err(ShutoffError::Fault(fault)) => return Err(fault.into()),
        Err(ShutoffError::NoSuchWay(kind, _)) => {
            let ways = kind.ways().iter().map(|way| t.served_way(way.as_str()));
            let ways: Vec<String> = ways.collect();
            form.refuse("way", t.served_no_such_way(ways.join(", ")));
        }
        Err(ShutoffError::NotThatDay(from, to)) => {
            form.refuse("on", t.served_not_that_day(from, to));
        }
        Err(ShutoffError::WordsMissing) => form.refuse("words", t.served_words_missing()),
        Err(ShutoffError::WordsTooLong(most)) => {
            form.refuse("words", t.hold_words_long(most));
        }
        Err(other @ (ShutoffError::NotAhead(..) | ShutoffError::Reversed)) => {
            return Err(PageError::fault(other));
        }
    }
    again(&app, chrome, &staff, (&path, form)).await
}

async fn again(app: &App, chrome: Chrome, staff: &StaffMember, what: (&str, Form)) -> PageResult {
    let view = view(app, chrome, staff, what).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

async fn view(
    app: &App,
    chrome: Chrome,
    staff: &StaffMember,
    (path, form): (&str, Form),
) -> Result<Show, PageError> {
    let subject = subject::find(app, path).await?;
    let (account, today) = (subject.label.id, app.clock.today());
    let read = move |conn: &mut Conn| answer(conn, account, today);
    let answer = app.db.read(read).await?;
    let form = if form.has("key") {
        form
    } else {
        form.with("key", uuid::Uuid::new_v4())
    };
    Ok(Show {
        t: chrome.t,
        chrome,
        zone: app.clock.zone(),
        role: staff.role,
        subject,
        answer,
        form,
    })
}
