//! One's own authenticator: set up with a first code, taken off with a code.

use actix_web::http::StatusCode;
use askama::Template;

use crate::documents::qr;
use crate::domain::sessions::Door;
use crate::i18n::{Html, Words};
use crate::secrets::Authenticator;
use crate::store;
use crate::usecases::staff::{
    StaffError, begin_authenticator, confirm_authenticator, remove_authenticator,
};
use crate::web::chrome::Chrome;
use crate::web::desk::Desk;
use crate::web::form::Form;
use crate::web::office::sign_in::{authenticator, checked_step};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with, see_other};

/// Where the authenticator stands.
enum State {
    Off,
    Begun {
        key: String,
        address: String,
        picture: Option<Html<String>>,
    },
    On,
}

#[derive(Template)]
#[template(path = "office/totp/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    form: Form,
    state: State,
}

/// GET /office/authenticator
pub async fn show(desk: Desk, member: StaffMember) -> PageResult {
    shown(&desk, &member, Form::default(), StatusCode::OK).await
}

/// POST /office/authenticator — makes a new secret, which waits for its first code.
pub async fn create(desk: Desk, member: StaffMember) -> PageResult {
    let issuer = desk.chrome.t.utility_short();
    let secret = Authenticator::generate(issuer, &member.name)
        .map_err(PageError::fault)?
        .secret();
    let (stamp, id) = (member.stamp(&desk.app), member.id);
    let begun = desk
        .app
        .db
        .write(stamp, move |tx| begin_authenticator(tx, id, &secret));
    match begun.await {
        Ok(()) => see_other("/office/authenticator"),
        Err(StaffError::Fault(fault)) => Err(fault.into()),
        Err(_in_use) => Err(PageError::Conflict),
    }
}

/// POST /office/authenticator/confirmation
pub async fn confirm(desk: Desk, member: StaffMember, mut form: Form) -> PageResult {
    let Some((_, step)) = checked_step(&desk, member.id, &mut form).await? else {
        return shown(&desk, &member, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let key = desk.new_key(Door::Office)?;
    let (stored, stamp, id) = (key.stored.clone(), member.stamp(&desk.app), member.id);
    let confirmed = desk.app.db.write(stamp, move |tx| {
        confirm_authenticator(tx, id, step, &stored)
    });
    match confirmed.await {
        Ok(()) => {
            let said = desk.chrome.t.totp_done();
            desk.let_in(&key, "/office/authenticator", Some(said))
        }
        Err(StaffError::Fault(fault)) => Err(fault.into()),
        Err(_used_meanwhile) => Err(PageError::Conflict),
    }
}

/// POST /office/authenticator/removal
pub async fn remove(desk: Desk, member: StaffMember, mut form: Form) -> PageResult {
    let Some((_, step)) = checked_step(&desk, member.id, &mut form).await? else {
        return shown(&desk, &member, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let key = desk.new_key(Door::Office)?;
    let (stored, stamp, id) = (key.stored.clone(), member.stamp(&desk.app), member.id);
    let removed = desk
        .app
        .db
        .write(stamp, move |tx| remove_authenticator(tx, id, step, &stored));
    match removed.await {
        Ok(()) => {
            let said = desk.chrome.t.totp_removed();
            desk.let_in(&key, "/office/authenticator", Some(said))
        }
        Err(StaffError::Fault(fault)) => Err(fault.into()),
        Err(_used_meanwhile) => Err(PageError::Conflict),
    }
}

async fn shown(desk: &Desk, member: &StaffMember, form: Form, status: StatusCode) -> PageResult {
    let id = member.id;
    let row = desk
        .app
        .db
        .read(move |conn| store::staff::get(conn, id))
        .await?;
    let t = desk.chrome.t;
    let state = match (row.totp_secret, row.totp_confirmed_at) {
        (Some(_), Some(_)) => State::On,
        (Some(secret), None) => {
            let address = authenticator(t, &secret, &row.email)?
                .address()
                .map_err(PageError::fault)?;
            State::Begun {
                picture: qr::picture(&address, t.totp_picture()),
                address,
                key: grouped(&secret),
            }
        }
        (None, _) => State::Off,
    };
    let chrome = desk.chrome.clone();
    let view = Show {
        t,
        chrome,
        form,
        state,
    };
    page_with(status, &view)
}

/// Four letters at a time, as people copy them.
fn grouped(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}
