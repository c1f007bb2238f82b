//! One's own authenticator: set up with a first code, taken off with a code.

use actix_web::http::StatusCode;
use askama::Template;

use crate::domain::sessions::Door;
use crate::i18n::Words;
use crate::store;
use crate::store::sessions::Holder;
use crate::usecases::authenticators::{self, AuthenticatorError};
use crate::web::authenticator::{State, new_secret};
use crate::web::chrome::Chrome;
use crate::web::desk::Desk;
use crate::web::form::Form;
use crate::web::office::sign_in::checked;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with, see_other};

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
    let secret = new_secret(desk.chrome.t, &member.name)?;
    let (stamp, holder, now) = (
        member.stamp(&desk.app),
        Holder::Staff(member.id),
        desk.now(),
    );
    let begun = desk.app.db.write(stamp, move |tx| {
        authenticators::begin(tx, holder, &secret, now)
    });
    match begun.await {
        Ok(()) => see_other("/office/authenticator"),
        Err(AuthenticatorError::Fault(fault)) => Err(fault.into()),
        Err(_in_use) => Err(PageError::Conflict),
    }
}

/// POST /office/authenticator/confirmation
pub async fn confirm(desk: Desk, member: StaffMember, mut form: Form) -> PageResult {
    let Some((_, code)) = checked(&desk, member.id, &mut form).await? else {
        return shown(&desk, &member, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let key = desk.new_key(Door::Office)?;
    let (stored, stamp) = (key.stored.clone(), member.stamp(&desk.app));
    let holder = Holder::Staff(member.id);
    let confirmed = desk.app.db.write(stamp, move |tx| {
        authenticators::confirm(tx, holder, &code, &stored)
    });
    match confirmed.await {
        Ok(()) => {
            let said = desk.chrome.t.totp_done();
            desk.let_in(&key, "/office/authenticator", Some(said))
        }
        Err(AuthenticatorError::Fault(fault)) => Err(fault.into()),
        Err(_used_meanwhile) => Err(PageError::Conflict),
    }
}

/// POST /office/authenticator/removal
pub async fn remove(desk: Desk, member: StaffMember, mut form: Form) -> PageResult {
    let Some((_, code)) = checked(&desk, member.id, &mut form).await? else {
        return shown(&desk, &member, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let key = desk.new_key(Door::Office)?;
    let (stored, stamp) = (key.stored.clone(), member.stamp(&desk.app));
    let holder = Holder::Staff(member.id);
    let removed = desk.app.db.write(stamp, move |tx| {
        authenticators::remove_by_code(tx, holder, &code, &stored)
    });
    match removed.await {
        Ok(()) => {
            let said = desk.chrome.t.totp_removed();
            desk.let_in(&key, "/office/authenticator", Some(said))
        }
        Err(AuthenticatorError::Fault(fault)) => Err(fault.into()),
        Err(_used_meanwhile) => Err(PageError::Conflict),
    }
}

async fn shown(desk: &Desk, member: &StaffMember, form: Form, status: StatusCode) -> PageResult {
    let id = member.id;
    let (email, row) = desk
        .app
        .db
        .read(move |conn| {
            let row = store::authenticators::find(conn, Holder::Staff(id))?;
            Ok::<_, PageError>((store::staff::get(conn, id)?.email, row))
        })
        .await?;
    let state = State::of(desk, row.as_ref(), &email)?;
    let mut chrome = desk.chrome.clone();
    "/office/authenticator".clone_into(&mut chrome.path);
    let view = Show {
        t: chrome.t,
        chrome,
        form,
        state,
    };
    page_with(status, &view)
}
