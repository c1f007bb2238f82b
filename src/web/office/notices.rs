//! Everything that was told to customers: the outbox by where things stand, and one notice in the exact words that went out. Letters that the
//! post returned are keyed in here, and an address that answers again is trusted again.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::NaiveDateTime;
use chrono_tz::Tz;
use serde::Deserialize;

use crate::app::App;
use crate::domain::ids::NoticeId;
use crate::domain::notice::NoticeState;
use crate::domain::print::MailCode;
use crate::domain::queues::{MarkKind, Queue};
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::outbox::{self, Told};
use crate::store::work_marks::{self, Mark};
use crate::usecases::bounces::{ReturnedError, record_returned_letter, trust_address};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::bulk::Bulk;
use crate::web::office::saved_filters::Saved;
use crate::web::office::subject;
use crate::web::paging::{Page, Pager};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

/// Which part of the outbox is shown.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Filter {
    #[serde(default)]
    state: String,
}

/// The word of the filter that shows what failed and waits for somebody.
const WAITING: &str = "waiting";

impl Filter {
    fn is_waiting(&self) -> bool {
        self.state == WAITING
    }

    /// The standing that is shown; an unknown word shows all.
    fn state(&self) -> Option<NoticeState> {
        if self.is_waiting() {
            return Some(NoticeState::Failed);
        }
        self.state.parse().ok()
    }

    /// The word that the address keeps.
    fn word(&self) -> Option<&'static str> {
        if self.is_waiting() {
            return Some(WAITING);
        }
        self.state().map(NoticeState::as_str)
    }
}

#[derive(Template)]
#[template(path = "office/notices/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    filter: Filter,
    rows: Vec<Told>,
    marks: HashMap<i64, Mark>,
    bulk: Bulk,
    pager: Pager,
    /// What to say of mails that do not leave.
    stays: Option<String>,
    saved: Saved,
}

impl Index {
    fn is_shown(&self, state: &NoticeState) -> bool {
        !self.filter.is_waiting() && self.filter.state() == Some(*state)
    }

    fn mark(&self, told: &Told) -> Option<&Mark> {
        self.marks.get(&told.id.0)
    }

    fn may_work(&self) -> bool {
        self.chrome.may(Permission::WorkExceptions)
    }

    /// Whether one failed, and nobody has answered for it.
    fn waits(&self, told: &Told) -> bool {
        let answered = self.mark(told).is_some_and(|mark| mark.answer.is_some());
        told.state == NoticeState::Failed && !answered
    }

    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }
}

#[derive(Template)]
#[template(path = "office/notices/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    told: Told,
}

impl Show {
    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }
}

#[derive(Template)]
#[template(path = "office/notices/returned.html")]
struct Returned {
    t: Words,
    chrome: Chrome,
    form: Form,
}

/// The badge's tone of where a notice stands.
pub fn tone(told: &Told) -> &'static str {
    match told.state {
        NoticeState::Failed => "bad",
        NoticeState::Sent => "good",
        NoticeState::Queued => "",
    }
}

/// GET /office/notices
pub async fn index(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    filter: Query<Filter>,
    asked: Query<Page>,
) -> PageResult {
    let filter = filter.into_inner();
    let (state, limit, offset) = (
        (filter.state(), filter.is_waiting()),
        asked.limit(),
        asked.offset(),
    );
    let address = filter.word().map_or_else(
        || "/office/notices".to_owned(),
        |word| format!("/office/notices?state={word}"),
    );
    let here = address.clone();
    let read = move |conn: &mut Conn| {
        let found = outbox::list_told(conn, state, (limit, offset))?;
        let saved = Saved::load(conn, &staff, (Queue::Notices, &here))?;
        let work = (Queue::Notices, Permission::WorkExceptions, &*here);
        let bulk = Bulk::load(conn, &staff, work)?;
        let shown: Vec<i64> = found.iter().map(|told| told.id.0).collect();
        let marks = work_marks::list(conn, MarkKind::FailedNotice, &shown)?;
        Ok::<_, StoreError>((found, marks, (saved, bulk)))
    };
    let (found, marks, (saved, bulk)) = app.db.read(read).await?;
    let (rows, pager) = asked.of(found, &address);
    page(&Index {
        saved,
        stays: stays(&app, chrome.t),
        t: chrome.t,
        chrome,
        zone: app.clock.zone(),
        filter,
        rows,
        marks,
        bulk,
        pager,
    })
}

/// Where mails are while no mail server is set.
fn stays(app: &App, t: Words) -> Option<String> {
    match (&app.config.smtp_url, &app.config.outbox_dir) {
        (Some(_), _) => None,
        (None, Some(dir)) => Some(t.outbox_in_folder(dir.display().to_string())),
        (None, None) => Some(t.outbox_no_server().to_owned()),
    }
}

/// GET /office/notices/{id}
pub async fn show(app: Data<App>, chrome: Chrome, id: Path<String>) -> PageResult {
    let id = id.parse().map(NoticeId);
    let id = id.map_err(|_not_a_number| PageError::NotFound)?;
    let told = app
        .db
        .read(move |conn| outbox::find_told(conn, id))
        .await?
        .ok_or(PageError::NotFound)?;
    page(&Show {
        t: chrome.t,
        chrome,
        zone: app.clock.zone(),
        told,
    })
}

/// GET /office/returned-mail
pub async fn returned(chrome: Chrome) -> PageResult {
    page(&Returned {
        t: chrome.t,
        chrome,
        form: Form::default(),
    })
}

/// POST /office/returned-mail — the code on the letter. What it brought goes out another way at once.
pub async fn record_returned(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let number = form.parse::<MailCode>("number", t.returned_no_bill());
    let why = form.required("why", t.form_required());
    if let (Some(number), Some(why)) = (number, why) {
        let recorded = app.db.write(staff.stamp(&app), move |tx| {
            record_returned_letter(tx, &number, &why)
        });
        match recorded.await {
            Ok(()) => {
                return see_other_saying("/office/returned-mail", Tone::Good, t.returned_done());
            }
            Err(ReturnedError::Unknown) => form.refuse("number", t.returned_no_bill()),
            Err(ReturnedError::NotOnPaper) => form.refuse("number", t.returned_not_out()),
            Err(ReturnedError::Fault(fault)) => return Err(fault.into()),
        }
    }
    let view = Returned { t, chrome, form };
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// POST /office/accounts/{number}/trust — mail to an address is tried again.
pub async fn trust(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    form: Form,
) -> PageResult {
    let subject = subject::find(&app, &path).await?;
    let (account, address) = (subject.label.id, form.value("address").to_owned());
    let trusted = app.db.write(staff.stamp(&app), move |tx| {
        trust_address(tx, account, &address)
    });
    trusted.await?;
    let people = format!("{}/people", subject.address());
    see_other_saying(people, Tone::Good, chrome.t.address_trusted())
}
