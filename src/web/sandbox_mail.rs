//! The demonstration's mailbox: what would be mailed, so that a newcomer can open the links. Only where the payment sandbox may run too: on
//! this machine alone, never in production.

use actix_web::web::Data;
use askama::Template;

use crate::app::App;
use crate::documents::letters::{Letter, Letterhead, letter};
use crate::documents::texts::text;
use crate::domain::notice::Channel;
use crate::i18n::{Own, Words};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::notices::{NoticeRow, list_waiting};
use crate::usecases::notice_texts;
use crate::web::chrome::Chrome;
use crate::web::{PageError, PageResult, page};

/// How many letters the page shows.
const SHOWN: i64 = 50;

#[derive(Template)]
#[template(path = "sandbox/mail.html")]
struct Mailbox {
    t: Words,
    chrome: Chrome,
    mails: Vec<Mail>,
}

struct Mail {
    recipient: String,
    is_paper: bool,
    letter: Letter,
    /// The words of a text.
    text: Option<String>,
}

/// GET /sandbox/mail
///
/// # Errors
/// Not found where the sandbox may not run, or a fault.
pub async fn index(app: Data<App>, chrome: Chrome) -> PageResult {
    if !app.config.may_use_sandbox() {
        return Err(PageError::NotFound);
    }
    let look = |conn: &mut Conn| {
        let waiting = list_waiting(conn, SHOWN)?;
        Ok::<_, StoreError>((waiting, notice_texts::current(conn)?))
    };
    let (waiting, own) = app.db.read(look).await?;
    let head = Letterhead {
        public_url: app.config.public_url.clone(),
        phone: app.config.phone.clone(),
        own: Own::keep(own),
    };
    let open = |row: NoticeRow| Mail {
        is_paper: row.channel == Channel::Paper,
        text: (row.channel == Channel::Text)
            .then(|| text(&row.notice, row.language, &head))
            .flatten(),
        letter: letter(&row.notice, row.language, &head),
        recipient: row.recipient,
    };
    let mails = waiting.into_iter().map(open).collect();
    let t = chrome.t;
    page(&Mailbox { t, chrome, mails })
}
