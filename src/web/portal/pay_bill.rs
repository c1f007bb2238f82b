//! The square code on a bill's paper: one button, and whoever has the paper pays as a guest. Opening it changes nothing.

use actix_web::http::StatusCode;
use actix_web::web::Path;

use crate::domain::access::Right;
use crate::domain::ids::BillNumber;
use crate::secrets::random_token;
use crate::usecases::bill_codes::{self, Scanned};
use crate::web::desk::Desk;
use crate::web::portal::claim::Told;
use crate::web::portal::pay_link;
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page_with, see_other};

type Link = Path<(String, String)>;

/// GET /pay-bill/{number}/{code}
pub async fn show(desk: Desk, link: Link) -> PageResult {
    let action = format!("/pay-bill/{}/{}", link.0, link.1);
    match find(&desk, &link).await? {
        Some(scanned) => pay_link::ask(&desk, scanned.number, action),
        None => spent(&desk),
    }
}

/// POST /pay-bill/{number}/{code} — on to the amount.
pub async fn open(desk: Desk, link: Link) -> PageResult {
    let Some(number) = number(&link) else {
        return spent(&desk);
    };
    let code = link.1.clone();
    let token = random_token().map_err(PageError::fault)?;
    let (kept, now) = (token.clone(), desk.now());
    let opened = desk.app.db.write(desk.stamp(), move |tx| {
        bill_codes::open(tx, (&number, &code), (&kept, now))
    });
    if !opened.await? {
        return spent(&desk);
    }
    see_other(format!("/quick-pay/{}", token.reveal()))
}

/// GET /pay-bill/{number}/{code}/account — the same account for somebody who signs in instead.
pub async fn account(desk: Desk, customer: SignedIn, link: Link) -> PageResult {
    let scanned = find(&desk, &link).await?.ok_or(PageError::NotFound)?;
    if customer.scope.with(Right::Pay).holds(scanned.account) {
        see_other(format!("/pay?account={}", scanned.number.as_str()))
    } else {
        see_other("/pay")
    }
}

fn number(link: &Link) -> Option<BillNumber> {
    link.0.parse().ok()
}

async fn find(desk: &Desk, link: &Link) -> Result<Option<Scanned>, PageError> {
    let Some(number) = number(link) else {
        return Ok(None);
    };
    let code = link.1.clone();
    let look = desk
        .app
        .db
        .read(move |conn| bill_codes::find(conn, (&number, &code)));
    Ok(look.await?)
}

fn spent(desk: &Desk) -> PageResult {
    page_with(StatusCode::GONE, &Told::spent(desk, "/quick-pay"))
}
