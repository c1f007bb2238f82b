//! How people come to the office for the first time: the first administrator by the token of the console, the others by a mailed invitation.

use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use crate::domain::sessions::Door;
use crate::domain::staff::Role;
use crate::i18n::Words;
use crate::secrets::{Password, Token};
use crate::store;
use crate::store::logins::email_key;
use crate::store::staff::{NewStaff, StaffRow};
use crate::usecases::staff::{StaffError, accept, find_invited, set_up};
use crate::web::chrome::Chrome;
use crate::web::desk::Desk;
use crate::web::form::Form;
use crate::web::{PageError, PageResult, page_with, see_other};

/// The token of a link.
#[derive(Debug, Deserialize)]
pub struct Link {
    #[serde(default)]
    token: String,
}

#[derive(Template)]
#[template(path = "office/set_up/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    form: Form,
}

#[derive(Template)]
#[template(path = "office/set_up/invitation.html")]
struct Invitation {
    t: Words,
    chrome: Chrome,
    form: Form,
    name: String,
    email: String,
}

#[derive(Template)]
#[template(path = "office/set_up/spent.html")]
struct Spent {
    t: Words,
    chrome: Chrome,
}

/// GET /office/set-up — only while there is no staff.
pub async fn show(desk: Desk, link: Query<Link>) -> PageResult {
    if desk.app.db.read(store::staff::is_anybody).await? {
        return see_other("/office/sign-in");
    }
    let form = Form::default().with("token", &link.token);
    shown(&desk, form, StatusCode::OK)
}

/// POST /office/set-up — makes the first administrator, who is signed in at once.
pub async fn create(desk: Desk, mut form: Form) -> PageResult {
    let t = desk.chrome.t;
    desk.limits.sign_in(&desk.request)?;
    if desk.app.db.read(store::staff::is_anybody).await? {
        return see_other("/office/sign-in");
    }
    let name = form.required("name", t.form_required());
    let email = form.required("email", t.form_required());
    let password = new_password(t, &mut form);
    let (Some(name), Some(email), Some(password)) = (name, email, password) else {
        return shown(&desk, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let first = NewStaff {
        name,
        email: email_key(&email),
        password_hash: desk.hash(password).await?,
        role: Role::Administrator,
        language: t.language,
        is_active: true,
    };
    let token = Token::presented(form.value("token")).hash();
    let key = desk.new_key(Door::Office)?;
    let stored = key.stored.clone();
    let made = desk
        .app
        .db
        .write(desk.stamp(), move |tx| set_up(tx, &token, &first, &stored));
    match made.await {
        Ok(_) => desk.let_in(&key, "/office", Some(t.office_set_up_done())),
        Err(StaffError::AlreadySetUp) => see_other("/office/sign-in"),
        Err(StaffError::Fault(fault)) => Err(fault.into()),
        Err(_spent) => {
            form.refuse("token", t.office_set_up_token_wrong());
            shown(&desk, form, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

/// GET /office/invitation — opens the mailed link; nothing changes before the button is pressed.
pub async fn invitation(desk: Desk, link: Query<Link>) -> PageResult {
    let form = Form::default().with("token", &link.token);
    match invited(&desk, &form).await? {
        Some(member) => welcomed(&desk, form, member, StatusCode::OK),
        None => spent(&desk),
    }
}

/// POST /office/invitation — joins the staff with a password.
pub async fn join(desk: Desk, mut form: Form) -> PageResult {
    desk.limits.sign_in(&desk.request)?;
    let Some(member) = invited(&desk, &form).await? else {
        return spent(&desk);
    };
    let Some(password) = new_password(desk.chrome.t, &mut form) else {
        return welcomed(&desk, form, member, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let hash = desk.hash(password).await?;
    let token = Token::presented(form.value("token")).hash();
    let key = desk.new_key(Door::Office)?;
    let stored = key.stored.clone();
    let joined = desk
        .app
        .db
        .write(desk.stamp(), move |tx| accept(tx, &token, &hash, &stored));
    match joined.await {
        Ok(_) => desk.let_in(&key, "/office", None),
        Err(StaffError::Fault(fault)) => Err(fault.into()),
        Err(_spent) => spent(&desk),
    }
}

async fn invited(desk: &Desk, form: &Form) -> Result<Option<StaffRow>, PageError> {
    let (token, now) = (Token::presented(form.value("token")).hash(), desk.now());
    let look = desk
        .app
        .db
        .read(move |conn| find_invited(conn, &token, now));
    Ok(look.await?)
}

fn new_password(t: Words, form: &mut Form) -> Option<Password> {
    let password = Password::typed(form.exactly("new_password"));
    if !password.is_acceptable() {
        form.refuse("new_password", t.register_weak_password());
        return None;
    }
    Some(password)
}

fn shown(desk: &Desk, form: Form, status: StatusCode) -> PageResult {
    let chrome = desk.chrome.clone();
    let t = chrome.t;
    page_with(status, &Show { t, chrome, form })
}

fn welcomed(desk: &Desk, form: Form, member: StaffRow, status: StatusCode) -> PageResult {
    let chrome = desk.chrome.clone();
    let view = Invitation {
        t: chrome.t,
        chrome,
        form,
        name: member.name,
        email: member.email,
    };
    page_with(status, &view)
}

fn spent(desk: &Desk) -> PageResult {
    let chrome = desk.chrome.clone();
    let t = chrome.t;
    page_with(StatusCode::GONE, &Spent { t, chrome })
}
