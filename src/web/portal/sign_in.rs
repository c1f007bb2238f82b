//! A customer signs in and out, and chooses a language.

use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use crate::domain::customers::Language;
use crate::domain::sessions::{Door, Stage};
use crate::domain::stamp::Actor;
use crate::i18n::Words;
use crate::secrets::Password;
use crate::store;
use crate::store::sessions::Holder;
use crate::usecases::logins::{LoginError, change_language, sign_in};
use crate::usecases::sessions::sign_out;
use crate::web::chrome::Chrome;
use crate::web::cookies::language_cookie;
use crate::web::desk::Desk;
use crate::web::form::Form;
use crate::web::portal::passkeys::passkeys;
use crate::web::session::{SignedIn, percent_encoded, way_back};
use crate::web::{PageError, PageResult, page, page_with, see_other};

/// Where somebody wanted to go before the sign-in page came between.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    pub(super) next: String,
}

#[derive(Template)]
#[template(path = "portal/sign_in/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    form: Form,
    /// Whether devices make passkeys for this house's address.
    has_passkeys: bool,
}

impl Show {
    fn of(desk: &Desk, form: Form) -> Self {
        let chrome = desk.chrome.clone();
        Self {
            has_passkeys: passkeys(desk).is_some(),
            t: chrome.t,
            chrome,
            form,
        }
    }
}

/// GET /sign-in
pub async fn show(desk: Desk, wanted: Query<Wanted>) -> PageResult {
    let form = Form::default().with("next", &wanted.next);
    page(&Show::of(&desk, form))
}

/// POST /sign-in — the same answer whether the address or the password is wrong.
pub async fn create(desk: Desk, mut form: Form) -> PageResult {
    let t = desk.chrome.t;
    desk.limits.sign_in(&desk.request)?;
    let password = Password::typed(form.exactly("password"));
    let email = form.required("email", t.form_required());
    if form.exactly("password").is_empty() {
        form.refuse("password", t.form_required());
    }
    let Some(email) = email.filter(|_| form.is_good()) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &Show::of(&desk, form));
    };
    let address = email.clone();
    let login = desk
        .app
        .db
        .read(move |conn| store::logins::find_by_email(conn, &address))
        .await?;
    let stored = login.as_ref().map(|login| login.password_hash.clone());
    let is_right = desk.is_right(&email, password, stored).await?;
    let Some(login) = login.filter(|_| is_right) else {
        form.refuse("email", t.sign_in_wrong());
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &Show::of(&desk, form));
    };
    let key = desk.new_key(Door::Portal)?;
    let stored = key.stored.clone();
    let stamp = desk.stamp_of(Actor::login(login.id, &login.name));
    let signed_in = desk.app.db.write(stamp, move |tx| {
        sign_in(tx, login.id, &login.password_hash, &stored)
    });
    match signed_in.await {
        Ok(Stage::Full) => desk.let_in(&key, &way_back(form.value("next"), Door::Portal), None),
        Ok(Stage::Totp) => desk.let_in(&key, &code_page(form.value("next")), None),
        Err(LoginError::NotVerified) => {
            form.refuse("email", t.sign_in_not_verified());
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &Show::of(&desk, form))
        }
        Err(LoginError::Fault(fault)) => Err(fault.into()),
        Err(_changed_meanwhile) => {
            form.refuse("email", t.sign_in_wrong());
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &Show::of(&desk, form))
        }
    }
}

/// Where the code is asked for, with the way back in its query.
fn code_page(next: &str) -> String {
    let next = way_back(next, Door::Portal);
    format!("/sign-in/code?next={}", percent_encoded(&next))
}

/// POST /sign-out
pub async fn destroy(desk: Desk, customer: SignedIn) -> PageResult {
    let (stamp, now) = (customer.stamp(&desk.app), desk.now());
    let signed_out = desk.app.db.write(stamp, move |tx| {
        sign_out(tx, Holder::Login(customer.login_id), &customer.key, now)
    });
    signed_out.await.map_err(PageError::from)?;
    desk.let_out(Door::Portal, "/sign-in")
}

/// POST /language — kept with the login, or in a cookie of somebody who is not signed in.
pub async fn language(desk: Desk, customer: Option<SignedIn>, form: Form) -> PageResult {
    let language: Language = form
        .value("language")
        .parse()
        .map_err(|_unknown| PageError::Unreadable)?;
    if let Some(customer) = customer {
        let stamp = customer.stamp(&desk.app);
        let changed = desk.app.db.write(stamp, move |tx| {
            change_language(tx, customer.login_id, language)
        });
        match changed.await {
            Ok(()) => {}
            Err(LoginError::Fault(fault)) => return Err(fault.into()),
            Err(refusal) => return Err(PageError::fault(refusal)),
        }
    }
    let mut response = see_other(way_back(form.value("back"), Door::Portal))?;
    response
        .add_cookie(&language_cookie(&desk.app, language))
        .map_err(PageError::fault)?;
    Ok(response)
}
