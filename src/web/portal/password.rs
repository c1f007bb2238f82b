//! A customer gets back in by a mailed link, or changes the password.

use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;

use crate::domain::ids::LoginId;
use crate::domain::sessions::{Door, TokenPurpose};
use crate::i18n::Words;
use crate::secrets::{Password, Token, random_token};
use crate::store;
use crate::store::logins::LoginRow;
use crate::usecases::logins::{LoginError, change_password, request_reset, reset_password};
use crate::web::chrome::Chrome;
use crate::web::desk::Desk;
use crate::web::form::Form;
use crate::web::portal::claim::{Link, Told, let_in_at, read_email, read_new_password, view};
use crate::web::portal::sign_in_code::{asks_code, factor_if_asked};
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page, page_with, see_other};

#[derive(Template)]
#[template(path = "portal/password/forgot.html")]
struct Forgot {
    t: Words,
    chrome: Chrome,
    form: Form,
}

#[derive(Template)]
#[template(path = "portal/password/reset.html")]
struct Reset {
    t: Words,
    chrome: Chrome,
    form: Form,
}

#[derive(Template)]
#[template(path = "portal/password/edit.html")]
struct Edit {
    t: Words,
    chrome: Chrome,
    form: Form,
    asks_code: bool,
    /// What the owner calls the passkeys, which open the sign-in without the password.
    passkeys: Vec<String>,
}

impl Edit {
    async fn of(desk: &Desk, login: LoginId, form: Form) -> Result<Self, PageError> {
        let kept = desk
            .app
            .db
            .read(move |conn| store::passkeys::list(conn, login));
        Ok(Self {
            t: desk.chrome.t,
            chrome: desk.chrome.clone(),
            form,
            asks_code: asks_code(desk, login).await?,
            passkeys: kept.await?.into_iter().map(|row| row.name).collect(),
        })
    }
}

/// GET /password/forgotten
pub async fn forgotten(desk: Desk) -> PageResult {
    page(&view!(Forgot, desk, Form::default()))
}

/// POST /password/forgotten — the same answer whether or not there is a login.
pub async fn send_link(desk: Desk, mut form: Form) -> PageResult {
    desk.limits.mail(&desk.request, form.value("email"))?;
    let Some(email) = read_email(desk.chrome.t, &mut form) else {
        let view = view!(Forgot, desk, form);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let (token, now) = (random_token().map_err(PageError::fault)?, desk.now());
    let asked = desk.app.db.write(desk.stamp(), move |tx| {
        request_reset(tx, &email, &token, now)
    });
    match asked.await {
        Ok(()) => see_other("/password/sent"),
        Err(LoginError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => Err(PageError::fault(refusal)),
    }
}

/// GET /password/sent
pub async fn sent(desk: Desk) -> PageResult {
    let t = desk.chrome.t;
    let view = Told::mailed(&desk, t.forgot_sent_title(), t.forgot_sent_text());
    page(&view)
}

/// GET /password/new — opens the mailed link.
pub async fn new(desk: Desk, link: Query<Link>) -> PageResult {
    let (token, now) = (Token::presented(&link.token).hash(), desk.now());
    let look = desk
        .app
        .db
        .read(move |conn| store::tokens::find(conn, TokenPurpose::ResetPassword, &token, now));
    if look.await?.is_none() {
        return page_with(StatusCode::GONE, &Told::spent(&desk, "/password/forgotten"));
    }
    let form = Form::default().with("token", &link.token);
    page(&view!(Reset, desk, form))
}

/// POST /password/new — a new password by the mailed link, which signs in; every other session ends.
pub async fn reset(desk: Desk, mut form: Form) -> PageResult {
    let t = desk.chrome.t;
    desk.limits.sign_in(&desk.request)?;
    let Some(password) = read_new_password(t, &mut form) else {
        let view = view!(Reset, desk, form);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let hash = desk.hash(password).await?;
    let token = Token::presented(form.value("token")).hash();
    let key = desk.new_key(Door::Portal)?;
    let stored = key.stored.clone();
    let saved = desk.app.db.write(desk.stamp(), move |tx| {
        reset_password(tx, &token, &hash, &stored)
    });
    match saved.await {
        Ok(stage) => let_in_at(&desk, &key, stage, t.reset_done()),
        Err(LoginError::Fault(fault)) => Err(fault.into()),
        Err(_spent) => page_with(StatusCode::GONE, &Told::spent(&desk, "/password/forgotten")),
    }
}

/// The login of whoever is signed in; a password in the form that is not its own is refused there.
pub(super) async fn check_password(
    desk: &Desk,
    customer: &SignedIn,
    form: &mut Form,
) -> Result<LoginRow, PageError> {
    let login_id = customer.login_id;
    let login = desk
        .app
        .db
        .read(move |conn| store::logins::get(conn, login_id))
        .await?;
    let typed = Password::typed(form.exactly("password"));
    let stored = Some(login.password_hash.clone());
    if !desk.is_right(&login.email, typed, stored).await? {
        form.refuse("password", desk.chrome.t.password_wrong());
    }
    Ok(login)
}

/// GET /password
pub async fn edit(desk: Desk, customer: SignedIn) -> PageResult {
    let form = Form::default().with("passkeys", "yes");
    page(&Edit::of(&desk, customer.login_id, form).await?)
}

/// POST /password — a new password for somebody who is signed in and knows the old one, and has a code where codes are asked for.
pub async fn update(desk: Desk, customer: SignedIn, mut form: Form) -> PageResult {
    let t = desk.chrome.t;
    let login = check_password(&desk, &customer, &mut form).await?;
    let new = read_new_password(t, &mut form);
    let factor = factor_if_asked(&desk, &login, &mut form).await?;
    let Some(new) = new.filter(|_| form.is_good()) else {
        let view = Edit::of(&desk, login.id, form).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let (hash, takes_passkeys_off) = (desk.hash(new).await?, form.has("passkeys"));
    let key = desk.new_key(Door::Portal)?;
    let (stored, stamp) = (key.stored.clone(), customer.stamp(&desk.app));
    let saved = desk.app.db.write(stamp, move |tx| {
        let who = (login.id, login.password_hash.as_str());
        let new = (hash.as_str(), takes_passkeys_off);
        change_password(tx, who, factor.as_ref(), new, &stored)
    });
    match saved.await {
        Ok(are_passkeys_off) => {
            let home = format!("/{}", desk.chrome.suffix());
            let said = if are_passkeys_off {
                t.password_done_without_passkeys()
            } else {
                t.password_done()
            };
            desk.let_in(&key, &home, Some(said))
        }
        Err(LoginError::Fault(fault)) => Err(fault.into()),
        Err(_changed_meanwhile) => Err(PageError::Conflict),
    }
}
