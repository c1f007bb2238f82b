//! Somebody of the office signs in: a password, then the authenticator's code where there is one.

use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use crate::domain::customers::Language;
use crate::domain::ids::StaffId;
use crate::domain::sessions::{Door, Stage};
use crate::domain::stamp::Actor;
use crate::i18n::Words;
use crate::secrets::Password;
use crate::store;
use crate::store::authenticators::CheckedCode;
use crate::store::sessions::Holder;
use crate::store::staff::StaffRow;
use crate::usecases::sessions::sign_out;
use crate::usecases::staff::{StaffError, change_language, confirm_code, sign_in};
use crate::web::authenticator::checked_code;
use crate::web::chrome::Chrome;
use crate::web::cookies::language_cookie;
use crate::web::desk::Desk;
use crate::web::form::Form;
use crate::web::session::{HalfSignedIn, StaffMember, percent_encoded, way_back};
use crate::web::{PageError, PageResult, page_with, see_other};

/// Where somebody wanted to go before the sign-in page came between.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    next: String,
}

#[derive(Template)]
#[template(path = "office/sign_in/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    form: Form,
}

#[derive(Template)]
#[template(path = "office/sign_in/code.html")]
struct Code {
    t: Words,
    chrome: Chrome,
    form: Form,
}

/// GET /office/sign-in — a house without staff is set up first.
pub async fn show(desk: Desk, wanted: Query<Wanted>) -> PageResult {
    if !desk.app.db.read(store::staff::is_anybody).await? {
        return see_other("/office/set-up");
    }
    let form = Form::default().with("next", &wanted.next);
    shown(&desk, form, StatusCode::OK)
}

/// POST /office/sign-in — the same answer whether the address or the password is wrong.
pub async fn create(desk: Desk, mut form: Form) -> PageResult {
    let t = desk.chrome.t;
    desk.limits.sign_in(&desk.request)?;
    let Some(email) = form.required("email", t.form_required()) else {
        return shown(&desk, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let address = email.clone();
    let member = desk
        .app
        .db
        .read(move |conn| store::staff::find_by_email(conn, &address))
        .await?;
    let stored = member.as_ref().map(|member| member.password_hash.clone());
    let password = Password::typed(form.exactly("password"));
    let is_right = desk.is_right(&of_office(&email), password, stored).await?;
    let Some(member) = member.filter(|_| is_right) else {
        form.refuse("email", t.sign_in_wrong());
        return shown(&desk, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let key = desk.new_key(Door::Office)?;
    let stored = key.stored.clone();
    let stamp = desk.stamp_of(Actor::staff(member.id, &member.name));
    let signed_in = desk.app.db.write(stamp, move |tx| {
        sign_in(tx, member.id, &member.password_hash, &stored)
    });
    let next = way_back(form.value("next"), Door::Office);
    match signed_in.await {
        Ok(Stage::Full) => desk.let_in(&key, &next, None),
        Ok(Stage::Totp) => {
            let code = format!("/office/sign-in/code?next={}", percent_encoded(&next));
            desk.let_in(&key, &code, None)
        }
        Err(StaffError::Fault(fault)) => Err(fault.into()),
        Err(_changed_meanwhile) => {
            form.refuse("email", t.sign_in_wrong());
            shown(&desk, form, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

/// GET /office/sign-in/code
pub async fn code(desk: Desk, wanted: Query<Wanted>) -> PageResult {
    let form = Form::default().with("next", &wanted.next);
    asked_for_code(&desk, form, StatusCode::OK)
}

/// POST /office/sign-in/code — a code opens once; wrong ones are counted like wrong passwords.
pub async fn confirm(desk: Desk, half: HalfSignedIn<StaffId>, mut form: Form) -> PageResult {
    let Some((member, code)) = checked(&desk, half.id, &mut form).await? else {
        return asked_for_code(&desk, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let key = desk.new_key(Door::Office)?;
    let stored = key.stored.clone();
    let stamp = desk.stamp_of(Actor::staff(member.id, &member.name));
    let confirmed = desk
        .app
        .db
        .write(stamp, move |tx| confirm_code(tx, member.id, &code, &stored));
    match confirmed.await {
        Ok(()) => desk.let_in(&key, &way_back(form.value("next"), Door::Office), None),
        Err(StaffError::Fault(fault)) => Err(fault.into()),
        Err(_used_meanwhile) => {
            form.refuse("code", desk.chrome.t.code_wrong());
            asked_for_code(&desk, form, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

/// The code in the form, if it is one of the member's authenticator, now; else the form says so.
pub(super) async fn checked(
    desk: &Desk,
    id: StaffId,
    form: &mut Form,
) -> Result<Option<(StaffRow, CheckedCode)>, PageError> {
    let (member, row) = desk
        .app
        .db
        .read(move |conn| {
            let row = store::authenticators::find(conn, Holder::Staff(id))?;
            Ok::<_, PageError>((store::staff::get(conn, id)?, row))
        })
        .await?;
    let person = of_office(&member.email);
    desk.limits.may_try(&desk.request, &person)?;
    // Nothing typed is no guess.
    let Some(typed) = form.required("code", desk.chrome.t.code_missing()) else {
        return Ok(None);
    };
    let code = match row {
        Some(row) => checked_code(desk, &row, &member.email, &typed)?,
        None => None,
    };
    if code.is_none() {
        desk.limits.failed(&desk.request, &person);
        form.refuse("code", desk.chrome.t.code_wrong());
    }
    Ok(code.map(|code| (member, code)))
}

/// Tries at the office's door count apart from tries at the portal's.
fn of_office(email: &str) -> String {
    format!("office {}", email.trim())
}

/// POST /office/sign-out
pub async fn destroy(desk: Desk, member: StaffMember) -> PageResult {
    let (stamp, now) = (member.stamp(&desk.app), desk.now());
    let signed_out = desk.app.db.write(stamp, move |tx| {
        sign_out(tx, Holder::Staff(member.id), &member.key, now)
    });
    signed_out.await.map_err(PageError::from)?;
    desk.let_out(Door::Office, "/office/sign-in")
}

/// POST /office/language
pub async fn language(desk: Desk, member: Option<StaffMember>, form: Form) -> PageResult {
    let language: Language = form
        .value("language")
        .parse()
        .map_err(|_unknown| PageError::Unreadable)?;
    if let Some(member) = member {
        let stamp = member.stamp(&desk.app);
        let changed = desk
            .app
            .db
            .write(stamp, move |tx| change_language(tx, member.id, language));
        match changed.await {
            Ok(()) => {}
            Err(StaffError::Fault(fault)) => return Err(fault.into()),
            Err(refusal) => return Err(PageError::fault(refusal)),
        }
    }
    let mut response = see_other(way_back(form.value("back"), Door::Office))?;
    response
        .add_cookie(&language_cookie(&desk.app, language))
        .map_err(PageError::fault)?;
    Ok(response)
}

fn shown(desk: &Desk, form: Form, status: StatusCode) -> PageResult {
    let chrome = desk.chrome.clone();
    let t = chrome.t;
    page_with(status, &Show { t, chrome, form })
}

fn asked_for_code(desk: &Desk, form: Form, status: StatusCode) -> PageResult {
    let chrome = desk.chrome.clone();
    let t = chrome.t;
    page_with(status, &Code { t, chrome, form })
}
