//! A customer's authenticator app: set up with the password and a first code, its recovery codes shown once, taken off with password and code.

use actix_web::http::StatusCode;
use askama::Template;

use crate::domain::sessions::{Door, RECOVERY_CODES};
use crate::i18n::Words;
use crate::secrets::{Token, recovery_code};
use crate::store;
use crate::store::authenticators::AuthenticatorRow;
use crate::store::logins::LoginRow;
use crate::store::sessions::Holder;
use crate::usecases::logins::LoginError;
use crate::usecases::second_factor::{Factor, begin, renew_codes, turn_off, turn_on};
use crate::web::authenticator::{State, checked_code, new_secret};
use crate::web::chrome::Chrome;
use crate::web::desk::Desk;
use crate::web::form::Form;
use crate::web::portal::claim::view;
use crate::web::portal::password::check_password;
use crate::web::portal::sign_in_code::{checked_factor, counted_as};
use crate::web::session::{NewSessionKey, SignedIn};
use crate::web::{PageError, PageResult, page, page_with, see_other};

#[derive(Template)]
#[template(path = "portal/second_factor/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    form: Form,
    state: State,
    /// How many recovery codes are left.
    left: i64,
}

/// The recovery codes, this once.
#[derive(Template)]
#[template(path = "portal/second_factor/codes.html")]
struct Codes {
    t: Words,
    chrome: Chrome,
    /// Whether the second factor was turned on just now.
    is_new: bool,
    codes: Vec<Token>,
}

#[derive(Template)]
#[template(path = "portal/second_factor/renew.html")]
struct Renew {
    t: Words,
    chrome: Chrome,
    form: Form,
}

#[derive(Template)]
#[template(path = "portal/second_factor/remove.html")]
struct Remove {
    t: Words,
    chrome: Chrome,
    form: Form,
}

/// GET /security/authenticator
pub async fn show(desk: Desk, customer: SignedIn) -> PageResult {
    shown(&desk, &customer, Form::default(), StatusCode::OK).await
}

/// POST /security/authenticator — with the password, makes a new secret, which waits for its first code.
pub async fn create(desk: Desk, customer: SignedIn, mut form: Form) -> PageResult {
    let login = check_password(&desk, &customer, &mut form).await?;
    if !form.is_good() {
        return shown(&desk, &customer, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let (secret, now) = (new_secret(desk.chrome.t, &login.email)?, desk.now());
    let begun = desk.app.db.write(customer.stamp(&desk.app), move |tx| {
        begin(tx, (login.id, &login.password_hash), &secret, now)
    });
    match begun.await {
        Ok(()) => see_other(address(&desk)),
        Err(LoginError::Fault(fault)) => Err(fault.into()),
        Err(_in_use) => Err(PageError::Conflict),
    }
}

/// POST /security/authenticator/confirmation — turns it on with a first code, and shows the recovery codes.
pub async fn confirm(desk: Desk, customer: SignedIn, mut form: Form) -> PageResult {
    let (login, row) = load(&desk, &customer).await?;
    let Some(row) = row.filter(|row| row.is_waiting(desk.now())) else {
        return see_other(address(&desk));
    };
    let person = counted_as(login.id);
    desk.limits.may_try(&desk.request, &person)?;
    let code = checked_code(&desk, &row, &login.email, form.value("code"))?;
    if code.is_none() {
        desk.limits.failed(&desk.request, &person);
    }
    desk.limits.may_try(&desk.request, &person)?;
    let Some(code) = code else {
        form.refuse("code", desk.chrome.t.code_wrong());
        return shown(&desk, &customer, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let codes = new_codes()?;
    let key = desk.new_key(Door::Portal)?;
    let (stored, kept) = (key.stored.clone(), codes.clone());
    let turned = desk.app.db.write(customer.stamp(&desk.app), move |tx| {
        turn_on(tx, login.id, &code, &kept, &stored)
    });
    answer(&desk, turned.await, &key, (codes, true))
}

/// GET /security/authenticator/codes
pub async fn codes(desk: Desk, customer: SignedIn) -> PageResult {
    if is_on(&desk, &customer).await? {
        page(&view!(Renew, desk, Form::default()))
    } else {
        see_other(address(&desk))
    }
}

/// POST /security/authenticator/codes — new ones in place of the old, with password and code.
pub async fn renew(desk: Desk, customer: SignedIn, mut form: Form) -> PageResult {
    let Some((login, factor)) = proved(&desk, &customer, &mut form).await? else {
        let view = view!(Renew, desk, form);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let codes = new_codes()?;
    let key = desk.new_key(Door::Portal)?;
    let (stored, kept) = (key.stored.clone(), codes.clone());
    let renewed = desk.app.db.write(customer.stamp(&desk.app), move |tx| {
        let who = (login.id, login.password_hash.as_str());
        renew_codes(tx, who, &factor, &kept, &stored)
    });
    answer(&desk, renewed.await, &key, (codes, false))
}

/// GET /security/authenticator/removal
pub async fn check_removal(desk: Desk, customer: SignedIn) -> PageResult {
    if is_on(&desk, &customer).await? {
        page(&view!(Remove, desk, Form::default()))
    } else {
        see_other(address(&desk))
    }
}

/// POST /security/authenticator/removal — turns it off, with password and code.
pub async fn remove(desk: Desk, customer: SignedIn, mut form: Form) -> PageResult {
    let Some((login, factor)) = proved(&desk, &customer, &mut form).await? else {
        let view = view!(Remove, desk, form);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let key = desk.new_key(Door::Portal)?;
    let stored = key.stored.clone();
    let removed = desk.app.db.write(customer.stamp(&desk.app), move |tx| {
        turn_off(tx, (login.id, &login.password_hash), &factor, &stored)
    });
    match removed.await {
        Ok(()) => {
            let back = format!("/security{}", desk.chrome.suffix());
            desk.let_in(&key, &back, Some(desk.chrome.t.factor_removed()))
        }
        Err(LoginError::Fault(fault)) => Err(fault.into()),
        Err(_used_meanwhile) => Err(PageError::Conflict),
    }
}

/// The page with the codes, under the new key.
fn answer(
    desk: &Desk,
    done: Result<(), LoginError>,
    key: &NewSessionKey,
    (codes, is_new): (Vec<Token>, bool),
) -> PageResult {
    match done {
        Ok(()) => {
            let mut chrome = desk.chrome.clone();
            key.stored.csrf_token.clone_into(&mut chrome.csrf);
            chrome.path = address(desk);
            let view = Codes {
                t: chrome.t,
                chrome,
                is_new,
                codes,
            };
            desk.let_in_to(key, &view)
        }
        Err(LoginError::Fault(fault)) => Err(fault.into()),
        Err(_used_meanwhile) => Err(PageError::Conflict),
    }
}

fn new_codes() -> Result<Vec<Token>, PageError> {
    (0..RECOVERY_CODES)
        .map(|_| recovery_code().map_err(PageError::fault))
        .collect()
}

/// The login whose password and code were typed; else the form says what is wrong. The code is not looked at before the password is right.
async fn proved(
    desk: &Desk,
    customer: &SignedIn,
    form: &mut Form,
) -> Result<Option<(LoginRow, Factor)>, PageError> {
    let login = check_password(desk, customer, form).await?;
    if !form.is_good() {
        return Ok(None);
    }
    let factor = checked_factor(desk, &login, form).await?;
    Ok(factor.map(|factor| (login, factor)))
}

async fn load(
    desk: &Desk,
    customer: &SignedIn,
) -> Result<(LoginRow, Option<AuthenticatorRow>), PageError> {
    let id = customer.login_id;
    desk.app
        .db
        .read(move |conn| {
            let row = store::authenticators::find(conn, Holder::Login(id))?;
            Ok((store::logins::get(conn, id)?, row))
        })
        .await
}

async fn is_on(desk: &Desk, customer: &SignedIn) -> Result<bool, PageError> {
    let (_, row) = load(desk, customer).await?;
    Ok(row.is_some_and(|row| row.is_in_use()))
}

async fn shown(desk: &Desk, customer: &SignedIn, form: Form, status: StatusCode) -> PageResult {
    let (login, row) = load(desk, customer).await?;
    let id = login.id;
    let left = desk
        .app
        .db
        .read(move |conn| store::recovery_codes::count_left(conn, id))
        .await?;
    let mut chrome = desk.chrome.clone();
    chrome.path = address(desk);
    let view = Show {
        t: chrome.t,
        chrome,
        form,
        state: State::of(desk, row.as_ref(), &login.email)?,
        left,
    };
    page_with(status, &view)
}

fn address(desk: &Desk) -> String {
    format!("/security/authenticator{}", desk.chrome.suffix())
}
