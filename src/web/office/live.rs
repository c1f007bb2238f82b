//! Open account screens, kept true: after each commit that touches the account, the page's live part is made anew and sent.
//!
//! Who asks is checked when the stream opens; the stream ends with the session.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::header::{self, ContentEncoding};
use actix_web::web::{Bytes, Data, Path, Query};
use futures_util::stream;
use tokio::sync::broadcast::Receiver;

use crate::app::App;
use crate::domain::ids::AccountId;
use crate::domain::sessions::Door;
use crate::web::chrome::Chrome;
use crate::web::form::Form;
use crate::web::office::account_tabs::Shown;
use crate::web::office::accounts;
use crate::web::session::StaffMember;
use crate::web::streams::{SessionEnds, Woken};
use crate::web::{PageError, PageResult};

/// How often a quiet stream says that it lives.
const BEAT: Duration = Duration::from_secs(25);

/// GET /office/live/accounts/{number}
pub async fn account(
    app: Data<App>,
    ends: Data<SessionEnds>,
    (chrome, staff): (Chrome, StaffMember),
    path: Path<String>,
    shown: Query<Shown>,
) -> PageResult {
    let changes = app.db.changes();
    let view = (*shown, Form::default());
    let screen = accounts::screen(&app, chrome.clone(), &staff, &path, view).await?;
    let feed = Feed {
        account: screen.account(),
        number: path.into_inner(),
        shown: *shown,
        changes,
        is_new: true,
        has_ended: false,
        app,
        ends,
        chrome,
        staff,
    };
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(ContentEncoding::Identity)
        .streaming(stream::unfold(feed, Feed::next)))
}

struct Feed {
    app: Data<App>,
    ends: Data<SessionEnds>,
    chrome: Chrome,
    staff: StaffMember,
    number: String,
    shown: Shown,
    account: AccountId,
    changes: Receiver<AccountId>,
    is_new: bool,
    has_ended: bool,
}

impl Feed {
    async fn next(mut self) -> Option<(Result<Bytes, actix_web::Error>, Self)> {
        if self.has_ended {
            return None;
        }
        let woken = if std::mem::take(&mut self.is_new) {
            Woken::Changed
        } else {
            self.wait().await
        };
        let said = match woken {
            Woken::Closed => return None,
            Woken::SignedOut => {
                self.has_ended = true;
                "event: signed-out\ndata:\n\n".to_owned()
            }
            Woken::Beat => ": alive\n\n".to_owned(),
            Woken::Changed => match self.fragment().await {
                Ok(fragment) => event(&fragment),
                Err(error) => {
                    tracing::error!("an open account screen could not be refreshed: {error}");
                    return None;
                }
            },
        };
        Some((Ok(Bytes::from(said)), self))
    }

    async fn wait(&mut self) -> Woken {
        let session = (Door::Office, &self.staff.key);
        let of = (self.account, &mut self.changes);
        self.ends.wait(&self.app, session, of, BEAT).await
    }

    async fn fragment(&self) -> Result<String, PageError> {
        let view = (self.shown, Form::default());
        let chrome = self.chrome.clone();
        let screen = accounts::screen(&self.app, chrome, &self.staff, &self.number, view).await?;
        screen.live()
    }
}

/// One message: each line of the fragment is a line of data.
fn event(fragment: &str) -> String {
    let mut said = String::with_capacity(fragment.len().saturating_add(1024));
    for line in fragment.lines() {
        said.push_str("data: ");
        said.push_str(line);
        said.push('\n');
    }
    said.push('\n');
    said
}
