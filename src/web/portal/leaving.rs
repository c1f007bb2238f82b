//! The link at the foot of reminders, tips and copies: it ends mails of one kind without a sign-in. A mail program may post to it by itself (RFC 8058);
//! opening it changes nothing. Whoever has the mail has the right: the address is signed.

use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;

use crate::app::App;
use crate::domain::ids::NoticeId;
use crate::domain::stamp::{Actor, ActorKind};
use crate::i18n::Words;
use crate::usecases::alerts::wishes::{self, Leaving};
use crate::web::chrome::Chrome;
use crate::web::{PageError, PageResult, page};

/// What the address carries.
#[derive(Debug, Clone, Deserialize)]
pub struct Link {
    notice: NoticeId,
    signature: String,
}

#[derive(Template)]
#[template(path = "portal/alerts/leave.html")]
struct Leave {
    t: Words,
    chrome: Chrome,
    link: Link,
    leaving: Leaving,
    is_done: bool,
}

/// GET /unsubscribe
pub async fn show(app: Data<App>, chrome: Chrome, link: Query<Link>) -> PageResult {
    leaving(&app, chrome, link.into_inner(), false).await
}

/// POST /unsubscribe — by the page's button, or by the mail program.
pub async fn create(app: Data<App>, chrome: Chrome, link: Query<Link>) -> PageResult {
    let link = link.into_inner();
    let asked = link.clone();
    let stamp = app.stamp(Actor::unnamed(ActorKind::Visitor), None);
    let left = app
        .db
        .write(stamp, move |tx| {
            wishes::leave(tx, asked.notice, &asked.signature)
        })
        .await?;
    left.ok_or(PageError::NotFound)?;
    leaving(&app, chrome, link, true).await
}

async fn leaving(app: &App, chrome: Chrome, link: Link, is_done: bool) -> PageResult {
    let asked = link.clone();
    let leaving = app
        .db
        .read(move |conn| wishes::read_link(conn, asked.notice, &asked.signature))
        .await?
        .ok_or(PageError::NotFound)?;
    page(&Leave {
        t: chrome.t,
        chrome,
        link,
        leaving,
        is_done,
    })
}
