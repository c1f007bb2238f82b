//! The second half of a customer's sign-in: a code of the authenticator app, or a recovery code in its place.

use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;

use crate::domain::ids::LoginId;
use crate::domain::sessions::Door;
use crate::domain::stamp::Actor;
use crate::i18n::Words;
use crate::secrets::Token;
use crate::store;
use crate::store::authenticators::AuthenticatorRow;
use crate::store::db::{Conn, Tx};
use crate::store::logins::LoginRow;
use crate::store::sessions::Holder;
use crate::usecases::logins::LoginError;
use crate::usecases::second_factor::{Factor, finish_sign_in, recovery_hash, warn_of_guesses};
use crate::web::authenticator::checked_code;
use crate::web::chrome::Chrome;
use crate::web::desk::Desk;
use crate::web::form::Form;
use crate::web::portal::sign_in::Wanted;
use crate::web::session::{HalfSignedIn, percent_encoded, way_back};
use crate::web::{PageError, PageResult, page_with};

/// After so many wrong codes in a day the holder is told: whoever types them knows the password.
const GUESSES: usize = 5;

/// How many digits a code of an app has: what else is typed is a recovery code.
const DIGITS: usize = 6;

#[derive(Template)]
#[template(path = "portal/sign_in/code.html")]
struct Code {
    t: Words,
    chrome: Chrome,
    form: Form,
    /// Whether a recovery code is asked for.
    is_recovery: bool,
    /// The query that keeps where somebody wanted to go.
    next: String,
}

/// GET /sign-in/code
pub async fn code(desk: Desk, wanted: Query<Wanted>) -> PageResult {
    asked(
        &desk,
        Form::default().with("next", &wanted.next),
        false,
        StatusCode::OK,
    )
}

/// POST /sign-in/code — a code opens once; wrong ones are counted apart from wrong passwords, so that only who knows the password uses them up.
pub async fn confirm(desk: Desk, half: HalfSignedIn<LoginId>, form: Form) -> PageResult {
    finish(desk, half, form, false).await
}

/// GET /sign-in/recovery
pub async fn recovery(desk: Desk, wanted: Query<Wanted>) -> PageResult {
    asked(
        &desk,
        Form::default().with("next", &wanted.next),
        true,
        StatusCode::OK,
    )
}

/// POST /sign-in/recovery
pub async fn recover(desk: Desk, half: HalfSignedIn<LoginId>, form: Form) -> PageResult {
    finish(desk, half, form, true).await
}

async fn finish(
    desk: Desk,
    half: HalfSignedIn<LoginId>,
    mut form: Form,
    is_recovery: bool,
) -> PageResult {
    desk.limits.sign_in(&desk.request)?;
    let id = half.id;
    let login = desk
        .app
        .db
        .read(move |conn| store::logins::get(conn, id))
        .await?;
    let Some(factor) = checked_factor(&desk, &login, &mut form).await? else {
        return asked(&desk, form, is_recovery, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let key = desk.new_key(Door::Portal)?;
    let stored = key.stored.clone();
    let stamp = desk.stamp_of(Actor::login(login.id, &login.name));
    let finished = desk.app.db.write(stamp, move |tx| {
        finish_sign_in(tx, login.id, &factor, &stored)
    });
    match finished.await {
        Ok(()) => desk.let_in(&key, &way_back(form.value("next"), Door::Portal), None),
        Err(LoginError::Fault(fault)) => Err(fault.into()),
        Err(_used_meanwhile) => {
            form.refuse("code", desk.chrome.t.code_wrong());
            asked(&desk, form, is_recovery, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

/// What was typed as `code`, if it is a code of the login's app now or one of its recovery codes; else the form says so, and a wrong one counts.
pub(super) async fn checked_factor(
    desk: &Desk,
    login: &LoginRow,
    form: &mut Form,
) -> Result<Option<Factor>, PageError> {
    let (person, id) = (counted_as(login.id), login.id);
    desk.limits.may_try(&desk.request, &person)?;
    // Nothing typed is no guess.
    let Some(typed) = form.required("code", desk.chrome.t.code_missing()) else {
        return Ok(None);
    };
    let is_of_app = is_of_app(&typed);
    if is_of_app {
        desk.limits.begin_code(id)?;
    }
    let hash = recovery_hash(id, &Token::presented(&typed));
    let looked_for = hash.clone();
    let (row, is_recovery) = desk
        .app
        .db
        .read(move |conn| {
            let row = store::authenticators::find(conn, Holder::Login(id))?;
            let is_open = store::recovery_codes::is_open(conn, id, &looked_for)?;
            Ok::<_, PageError>((row.filter(AuthenticatorRow::is_in_use), is_open))
        })
        .await?;
    let factor = match row {
        Some(row) if is_of_app => checked_code(desk, &row, &login.email, &typed)?.map(Factor::Code),
        Some(_) => is_recovery.then_some(Factor::Recovery(hash)),
        None => None,
    };
    if factor.is_none() {
        desk.limits.failed(&desk.request, &person);
        form.refuse("code", desk.chrome.t.code_wrong());
        if desk.limits.wrong_codes(id) >= GUESSES {
            let warn = move |tx: &mut Tx<'_>| warn_of_guesses(tx, id);
            desk.app.db.write(desk.stamp(), warn).await?;
        }
    } else if is_of_app {
        desk.limits.code_was_right(id);
    }
    desk.limits.may_try(&desk.request, &person)?;
    Ok(factor)
}

/// As what the wrong codes of a sign-in are counted.
pub(super) fn counted_as(login: LoginId) -> String {
    format!("code of login {login}")
}

/// Whether a sign-in asks for codes.
pub(super) async fn asks_code(desk: &Desk, login: LoginId) -> Result<bool, PageError> {
    let holder = Holder::Login(login);
    let find = move |conn: &mut Conn| store::authenticators::find(conn, holder);
    let row = desk.app.db.read(find).await?;
    Ok(row.is_some_and(|row| row.is_in_use()))
}

/// What was typed beside a right password, where the sign-in asks for it; else the form says so. It is not looked at before the rest is right.
pub(super) async fn factor_if_asked(
    desk: &Desk,
    login: &LoginRow,
    form: &mut Form,
) -> Result<Option<Factor>, PageError> {
    if form.is_good() && asks_code(desk, login.id).await? {
        checked_factor(desk, login, form).await
    } else {
        Ok(None)
    }
}

/// Whether it looks like a code of an app, however it was grouped.
fn is_of_app(typed: &str) -> bool {
    let letters: Vec<char> = typed
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect();
    letters.len() == DIGITS && letters.iter().all(char::is_ascii_digit)
}

fn asked(desk: &Desk, form: Form, is_recovery: bool, status: StatusCode) -> PageResult {
    let next = match way_back(form.value("next"), Door::Portal) {
        home if home == "/" => String::new(),
        page => format!("?next={}", percent_encoded(&page)),
    };
    let view = Code {
        t: desk.chrome.t,
        chrome: desk.chrome.clone(),
        form,
        is_recovery,
        next,
    };
    page_with(status, &view)
}
