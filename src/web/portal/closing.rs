//! A customer closes the sign-in: what ends, what goes on and what is kept is said before, and the password is asked.

use actix_web::http::StatusCode;
use askama::Template;

use crate::domain::ids::AccountNumber;
use crate::domain::sessions::Door;
use crate::i18n::Words;
use crate::store;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::sessions::Holder;
use crate::usecases::login_closing::{Closing, LeftAlone, close, find_left_alone};
use crate::usecases::logins::LoginError;
use crate::web::chrome::Chrome;
use crate::web::closing::close_autopay;
use crate::web::desk::Desk;
use crate::web::form::Form;
use crate::web::portal::password::check_password;
use crate::web::portal::sign_in_code::factor_if_asked;
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page, page_with};

#[derive(Template)]
#[template(path = "portal/profile/closing.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    form: Form,
    email: String,
    asks_code: bool,
    charged: Vec<AccountNumber>,
    to_paper: Vec<AccountNumber>,
}

/// GET /security/closing
pub async fn show(desk: Desk, customer: SignedIn) -> PageResult {
    page(&load(&desk, &customer, Form::default()).await?)
}

/// POST /security/closing
pub async fn create(desk: Desk, customer: SignedIn, mut form: Form) -> PageResult {
    let t = desk.chrome.t;
    let login = check_password(&desk, &customer, &mut form).await?;
    let factor = factor_if_asked(&desk, &login, &mut form).await?;
    if !form.is_good() {
        let view = load(&desk, &customer, form).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    }
    let closing = Closing {
        keeps_charges: form.has("keep"),
        factor,
        words: t.closing_action().to_owned(),
        now: desk.now(),
    };
    let keeps = closing.keeps_charges;
    let closed = desk.app.db.write(customer.stamp(&desk.app), move |tx| {
        close(tx, (login.id, &login.password_hash), &closing)
    });
    match closed.await {
        Ok(left) => {
            for account in left.charged.into_iter().filter(|_| !keeps) {
                close_autopay(&desk.app, account).await;
            }
            desk.let_out_saying(Door::Portal, "/sign-in", t.closing_done())
        }
        Err(LoginError::Fault(fault)) => Err(fault.into()),
        Err(_changed_meanwhile) => Err(PageError::Conflict),
    }
}

async fn load(desk: &Desk, customer: &SignedIn, form: Form) -> Result<Show, PageError> {
    let (login, today) = (customer.login_id, desk.app.clock.today());
    let chrome = desk.chrome.clone();
    let read = move |conn: &mut Conn| {
        let LeftAlone {
            charged, to_paper, ..
        } = find_left_alone(conn, login, today)?;
        let row = store::authenticators::find(conn, Holder::Login(login))?;
        Ok::<_, StoreError>(Show {
            t: chrome.t,
            chrome,
            form,
            email: store::logins::get(conn, login)?.email,
            asks_code: row.is_some_and(|row| row.is_in_use()),
            charged: store::accounts::list_numbers(conn, &charged)?,
            to_paper: store::accounts::list_numbers(conn, &to_paper)?,
        })
    };
    Ok(desk.app.db.read(read).await?)
}
