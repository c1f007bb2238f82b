//! The call bar: a call begins on an account's screen, stands on top of every page while it is open, and is wrapped up there or given up.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;

use crate::app::App;
use crate::domain::calls::CallTopic;
use crate::domain::ids::{AccountNumber, CallId};
use crate::domain::notes::NoteKind;
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::{calls, labels};
use crate::usecases::calls::{
    CallError, Done, WrapUp, begin_call, check_identity, give_up, wrap_up,
};
use crate::usecases::notes::NoteError;
use crate::web::chrome::{Chrome, OnCall};
use crate::web::doors::Doors;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::account_tabs::Shown;
use crate::web::office::accounts;
use crate::web::office::open_calls;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

/// Everything that happens to a call.
pub fn doors() -> Doors {
    let (note, all) = (Permission::WriteNote, Permission::EndCalls);
    Doors::at("/office")
        .post("/accounts/{number}/calls", note, begin)
        .post("/calls/{id}/end", note, end)
        .post("/calls/{id}/withdrawal", note, withdraw)
        .post("/calls/{id}/identity", note, check)
        .get("/calls", all, open_calls::index)
        .get("/calls/{id}", all, open_calls::show)
        .post("/calls/{id}/closing", all, open_calls::create)
}

/// What a call may be about, for a field to choose from; nothing is chosen at first.
#[must_use]
pub fn topics(t: Words) -> Vec<(&'static str, String)> {
    let named = |topic: &CallTopic| (topic.as_str(), t.call_topic(topic.as_str()));
    let first = ("", t.call_topic_choose().to_owned());
    std::iter::once(first)
        .chain(CallTopic::ALL.iter().map(named))
        .collect()
}

/// The form of a call that could not be wrapped up, with what was written.
#[derive(Template)]
#[template(path = "office/calls/end.html")]
struct End {
    t: Words,
    chrome: Chrome,
    call: OnCall,
    form: Form,
}

/// POST /office/accounts/{number}/calls
pub async fn begin(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    let number: AccountNumber = path.parse().map_err(|_not_a_number| PageError::NotFound)?;
    let (address, who, t) = (address_of(&number), staff.id, chrome.t);
    let write = move |tx: &mut Tx<'_>| {
        let account = labels::id_of(tx, &number)?.ok_or(StoreError::Missing("account"))?;
        begin_call(tx, who, account)
    };
    match app.db.write(staff.stamp(&app), write).await {
        Ok(_begun_or_open) => see_other_saying(address, Tone::Good, t.call_begun()),
        // The bar of the page that comes leads to the one that is open.
        Err(CallError::OtherOpen) => see_other_saying(address, Tone::Bad, t.call_other_open()),
        Err(CallError::Fault(fault)) => Err(fault.into()),
    }
}

/// POST /office/calls/{id}/end — the note is written and the call ends, both or neither.
pub async fn end(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<CallId>,
    mut form: Form,
) -> PageResult {
    let (id, who, t) = (*path, staff.id, chrome.t);
    let find = move |conn: &mut _| calls::account_number(conn, id, who);
    let number = app.db.read(find).await?;
    let open = chrome.call.clone().filter(|call| call.id == id);
    let done = match (read(&mut form, t), &open) {
        (Some(said), _) => {
            let write = move |tx: &mut Tx<'_>| wrap_up(tx, Some(who), id, &said);
            app.db.write(staff.stamp(&app), write).await
        }
        (None, Some(_)) => Err(NoteError::Empty),
        (None, None) => Ok(Done::Otherwise),
    };
    match (done, open) {
        (Ok(Done::Now | Done::Before), _) => {
            see_other_saying(address_of(&number), Tone::Good, t.call_wrapped_up())
        }
        (Err(NoteError::Fault(fault)), _) => Err(fault.into()),
        (Err(refused), Some(call)) => {
            if let NoteError::TooLong { longest } = refused {
                form.refuse("call_text", t.note_too_long(longest));
            }
            let view = End {
                t,
                chrome,
                call,
                form,
            };
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        (Ok(Done::Otherwise) | Err(_), _) => kept(&app, chrome, &staff, (&number, &form)).await,
    }
}

/// POST /office/calls/{id}/withdrawal — it was begun by mistake.
pub async fn withdraw(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<CallId>,
) -> PageResult {
    let (id, who, t) = (*path, staff.id, chrome.t);
    let find = move |conn: &mut _| calls::account_number(conn, id, who);
    let number = app.db.read(find).await?;
    let write = move |tx: &mut Tx<'_>| give_up(tx, Some(who), id);
    let (tone, said) = match app.db.write(staff.stamp(&app), write).await? {
        Done::Now | Done::Before => (Tone::Good, t.call_given_up()),
        Done::Otherwise => (Tone::Bad, t.call_wrapped_up_before()),
    };
    see_other_saying(address_of(&number), tone, said)
}

/// POST /office/calls/{id}/identity — it was made sure who calls.
pub async fn check(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<CallId>,
) -> PageResult {
    let (id, who, t) = (*path, staff.id, chrome.t);
    let find = move |conn: &mut _| calls::account_number(conn, id, who);
    let number = app.db.read(find).await?;
    let write = move |tx: &mut Tx<'_>| check_identity(tx, who, id);
    let (tone, said) = match app.db.write(staff.stamp(&app), write).await? {
        Done::Now | Done::Before => (Tone::Good, t.call_identity_noted()),
        Done::Otherwise => (Tone::Bad, t.call_ended_already()),
    };
    see_other_saying(address_of(&number), tone, said)
}

fn address_of(number: &AccountNumber) -> String {
    format!("/office/accounts/{}", number.as_str())
}

/// What the form says, where all of it is there.
pub(super) fn read(form: &mut Form, t: Words) -> Option<WrapUp> {
    let topic = form.parse("call_topic", t.form_choose());
    let text = form.required("call_text", t.note_empty());
    let is_solved = match form.value("call_solved") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => {
            form.refuse("call_solved", t.form_choose());
            None
        }
    };
    Some(WrapUp {
        topic: topic?,
        is_solved: is_solved?,
        text: text?,
    })
}

/// The call had ended in another way: what was written now stands in the form of a note, so that nothing is lost.
async fn kept(
    app: &App,
    chrome: Chrome,
    staff: &StaffMember,
    (number, sent): (&AccountNumber, &Form),
) -> PageResult {
    let mut form = Form::default()
        .with("kind", NoteKind::Phone)
        .with("text", sent.value("call_text"));
    form.refuse("text", chrome.t.call_ended_before());
    let shown = (Shown::default(), form);
    let view = accounts::screen(app, chrome, staff, number.as_str(), shown).await?;
    page_with(StatusCode::CONFLICT, &view)
}
