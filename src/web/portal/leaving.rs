//! The link at the foot of reminders, tips and copies: it ends mails of one kind without a sign-in. A mail program may post to it by itself (RFC 8058);
//! opening it changes nothing. Whoever has the mail has the right: the address is signed. The page speaks the language of the mail, unless its
//! reader chose another.

use actix_web::HttpRequest;
use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;

use crate::app::App;
use crate::domain::ids::NoticeId;
use crate::domain::stamp::{Actor, ActorKind};
use crate::i18n::{Words, words};
use crate::usecases::alerts::wishes::{self, Leaving};
use crate::web::chrome::{Chrome, LANGUAGE_COOKIE};
use crate::web::{PageError, PageResult, page};

/// What the address carries.
#[derive(Debug, Clone, Deserialize)]
pub struct Link {
    notice: NoticeId,
    signature: String,
    /// Whether who left wants the mails again; never in a mail.
    again: Option<String>,
}

/// How far somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// They look.
    Asked,
    /// The mails ended.
    Ended,
    /// They come again.
    Begun,
}

#[derive(Template)]
#[template(path = "portal/alerts/leave.html")]
struct Leave {
    t: Words,
    chrome: Chrome,
    link: Link,
    leaving: Leaving,
    step: Step,
}

/// GET /unsubscribe
pub async fn show(
    app: Data<App>,
    request: HttpRequest,
    chrome: Chrome,
    link: Query<Link>,
) -> PageResult {
    leaving(&app, (&request, chrome), link.into_inner(), Step::Asked).await
}

/// POST /unsubscribe — by the page's button, or by the mail program; with `again`, the mails come as before.
pub async fn create(
    app: Data<App>,
    request: HttpRequest,
    chrome: Chrome,
    link: Query<Link>,
) -> PageResult {
    let link = link.into_inner();
    let asked = link.clone();
    let stamp = app.stamp(Actor::unnamed(ActorKind::Visitor), None);
    let (step, done) = if link.again.is_some() {
        let back = app.db.write(stamp, move |tx| {
            wishes::come_back(tx, asked.notice, &asked.signature)
        });
        (Step::Begun, back.await?)
    } else {
        let left = app.db.write(stamp, move |tx| {
            wishes::leave(tx, asked.notice, &asked.signature)
        });
        (Step::Ended, left.await?)
    };
    done.ok_or(PageError::NotFound)?;
    leaving(&app, (&request, chrome), link, step).await
}

async fn leaving(
    app: &App,
    (request, mut chrome): (&HttpRequest, Chrome),
    link: Link,
    step: Step,
) -> PageResult {
    let asked = link.clone();
    let leaving = app
        .db
        .read(move |conn| wishes::read_link(conn, asked.notice, &asked.signature))
        .await?
        .ok_or(PageError::NotFound)?;
    let has_chosen = chrome.who.is_some() || request.cookie(LANGUAGE_COOKIE).is_some();
    if !has_chosen {
        chrome.t = words(leaving.language);
    }
    page(&Leave {
        t: chrome.t,
        chrome,
        link,
        leaving,
        step,
    })
}
