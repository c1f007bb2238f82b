//! The link to pay in a reminder: one button, and whoever has the message pays as a guest. Opening it changes nothing.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use crate::domain::access::Right;
use crate::domain::ids::{AccountNumber, NoticeId};
use crate::i18n::Words;
use crate::secrets::random_token;
use crate::usecases::alerts::pay_links::{self, path};
use crate::web::chrome::Chrome;
use crate::web::desk::Desk;
use crate::web::portal::claim::Told;
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page, page_with, see_other};

#[derive(Template)]
#[template(path = "portal/quick_pay/link.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    account: AccountNumber,
    action: String,
}

/// GET /pay-link/{notice}/{signature}
pub async fn show(desk: Desk, link: Path<(NoticeId, String)>) -> PageResult {
    let (id, signature) = link.into_inner();
    let day = (desk.app.clock.today(), desk.app.clock.now());
    let action = path(id, &signature);
    let look = desk
        .app
        .db
        .read(move |conn| pay_links::find(conn, (id, &signature), day));
    let Some((_, account)) = look.await? else {
        return page_with(StatusCode::GONE, &Told::spent(&desk, "/quick-pay"));
    };
    ask(&desk, account, action)
}

/// The one button that leads on to the amount.
pub fn ask(desk: &Desk, account: AccountNumber, action: String) -> PageResult {
    page(&Show {
        t: desk.chrome.t,
        chrome: desk.chrome.clone(),
        account,
        action,
    })
}

/// POST /pay-link/{notice}/{signature} — on to the amount.
pub async fn open(desk: Desk, link: Path<(NoticeId, String)>) -> PageResult {
    let (id, signature) = link.into_inner();
    let token = random_token().map_err(PageError::fault)?;
    let (kept, now) = (token.clone(), desk.now());
    let opened = desk.app.db.write(desk.stamp(), move |tx| {
        pay_links::open(tx, (id, &signature), (&kept, now))
    });
    if !opened.await? {
        return page_with(StatusCode::GONE, &Told::spent(&desk, "/quick-pay"));
    }
    see_other(format!("/quick-pay/{}", token.reveal()))
}

/// GET /pay-link/{notice}/{signature}/account — the same account for somebody who signs in instead. The address itself does not tell its number.
pub async fn account(desk: Desk, customer: SignedIn, link: Path<(NoticeId, String)>) -> PageResult {
    let (id, signature) = link.into_inner();
    let day = (desk.app.clock.today(), desk.app.clock.now());
    let look = desk
        .app
        .db
        .read(move |conn| pay_links::find(conn, (id, &signature), day));
    let (account, number) = look.await?.ok_or(PageError::NotFound)?;
    if customer.scope.with(Right::Pay).holds(account) {
        see_other(format!("/pay?account={}", number.as_str()))
    } else {
        see_other("/pay")
    }
}
