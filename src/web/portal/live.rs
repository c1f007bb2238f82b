//! The customer's live stream: when something is posted to the account, the open page shows the new balance within the second.

use std::time::Duration;

use actix_web::http::header;
use actix_web::web::{Bytes, Data, Query};
use actix_web::{HttpResponse, Result};
use askama::Template;
use futures_util::stream;
use serde::Deserialize;
use tokio::sync::broadcast::Receiver;

use crate::app::App;
use crate::domain::ids::{AccountId, AccountNumber};
use crate::domain::scope::Scope;
use crate::domain::sessions::Door;
use crate::i18n::Words;
use crate::store::portal::payments::list_payments;
use crate::store::portal::{accounts, bills, owed};
use crate::store::sessions::scope;
use crate::web::chrome::Chrome;
use crate::web::portal::balance::{Balance, Live, recent};
use crate::web::session::SignedIn;
use crate::web::streams::{SessionEnds, Woken};
use crate::web::{PageError, PageResult};

/// How often a silent stream says that it still lives, so that proxies keep it open.
const BREATH: Duration = Duration::from_secs(20);

/// Whose stream is asked for.
#[derive(Deserialize)]
pub struct Asked {
    account: Option<AccountNumber>,
}

/// What a stream holds between its messages.
struct Watch {
    app: Data<App>,
    ends: Data<SessionEnds>,
    customer: SignedIn,
    account: AccountId,
    t: Words,
    changes: Receiver<AccountId>,
    is_over: bool,
}

/// GET /live/account — the balance block each time it changes, until the session ends.
pub async fn account(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    ends: Data<SessionEnds>,
    asked: Query<Asked>,
) -> PageResult {
    // Before the first look, so that nothing is missed between the two.
    let changes = app.db.changes();
    let scope = customer.scope.clone();
    let wanted = asked.into_inner().account;
    let (chosen, _) = app
        .db
        .read(move |conn| accounts::choose(conn, &scope, wanted.as_ref()))
        .await?;
    let watch = Watch {
        app,
        ends,
        customer,
        account: chosen.id,
        t: chrome.t,
        changes,
        is_over: false,
    };
    let messages = stream::unfold(watch, |mut watch| async move {
        if watch.is_over {
            return None;
        }
        let message = watch.next().await;
        Some((Ok::<Bytes, PageError>(message), watch))
    });
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        // Named, so that the compressing middleware does not hold messages back.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header(("X-Accel-Buffering", "no"))
        .streaming(messages))
}

impl Watch {
    /// The next message: a changed balance, a breath, or the end of the session.
    async fn next(&mut self) -> Bytes {
        let session = (Door::Portal, &self.customer.key);
        let of = (self.account, &mut self.changes);
        match self.ends.wait(&self.app, session, of, BREATH).await {
            Woken::Beat => return Bytes::from_static(b": still here\n\n"),
            Woken::Changed => match self.look().await {
                Ok(message) => return message,
                Err(error) => tracing::warn!("a live balance could not be read: {error}"),
            },
            Woken::SignedOut => {
                self.is_over = true;
                return Bytes::from_static(b"event: signed-out\ndata: \n\n");
            }
            Woken::Closed => {}
        }
        self.is_over = true;
        Bytes::from_static(b": closing\n\n")
    }

    async fn look(&self) -> Result<Bytes, PageError> {
        let (login, account) = (self.customer.login_id, self.account);
        let (today, t) = (self.app.clock.today(), self.t);
        let text = self
            .app
            .db
            .read(move |conn| {
                // What was open when the stream began may have been taken back since.
                let scope = scope(conn, login, today)?;
                render(conn, &scope, account, (today, t))
            })
            .await?;
        let mut message = String::with_capacity(text.len() + 256);
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            message.push_str("data: ");
            message.push_str(line);
            message.push('\n');
        }
        message.push('\n');
        Ok(Bytes::from(message))
    }
}

fn render(
    conn: &mut crate::store::db::Conn,
    scope: &Scope,
    account: AccountId,
    (today, t): (chrono::NaiveDate, Words),
) -> Result<String, PageError> {
    let all = accounts::list(conn, scope)?;
    let chosen = all
        .into_iter()
        .find(|found| found.id == account)
        .ok_or(PageError::NotFound)?;
    let owed = owed::find(conn, scope, account)?;
    let paid = list_payments(conn, scope, account, 4)?;
    let since = today
        .checked_sub_days(chrono::Days::new(120))
        .unwrap_or(today);
    let found = bills::list_since(conn, scope, account, since)?;
    let balance = Balance::of(&chosen, &found, (&owed, &paid), today);
    let recent = recent(&found, &paid, &owed, today);
    Live {
        t,
        balance: &balance,
        recent: &recent,
    }
    .render()
    .map_err(PageError::fault)
}
