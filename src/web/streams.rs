//! Event streams end with their session: each asks from time to time, and at once when somebody signs out here, whether it still counts.

use std::time::Duration;

use tokio::sync::watch;

use crate::app::App;
use crate::domain::sessions::{Door, TokenHash};
use crate::store::sessions::is_live;

/// How long a stream may outlive a session that ended in another process.
const ASK_EVERY: Duration = Duration::from_secs(15);

/// Tells open streams that some session ended, so that each looks whether it was its own. One for a server, as `Data<SessionEnds>`.
pub struct SessionEnds {
    told: watch::Sender<News>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum News {
    /// Some session ended.
    Look,
    /// The server stops.
    Stop,
}

impl Default for SessionEnds {
    fn default() -> Self {
        Self {
            told: watch::channel(News::Look).0,
        }
    }
}

impl SessionEnds {
    /// Some session ended: called by the doors that end one.
    pub fn tell(&self) {
        self.told.send_if_modified(|news| *news == News::Look);
    }

    /// The server stops: every stream ends.
    pub fn close(&self) {
        self.told.send_replace(News::Stop);
    }

    /// Waits until this session counts no more, or the server stops. A stream races it against its events. It looks at once, so that nothing
    /// is missed between two waits.
    pub async fn over(&self, app: &App, door: Door, key: &TokenHash) {
        let mut told = self.told.subscribe();
        while *told.borrow_and_update() != News::Stop {
            let (now, today) = (app.clock.world_now(), app.clock.today());
            let key = key.clone();
            let look = move |conn: &mut _| is_live(conn, door, &key, now, today);
            match app.db.read(look).await {
                Ok(true) => {}
                Ok(false) => return,
                // A stream is cheap to open again; one that cannot be checked is closed.
                Err(error) => {
                    tracing::warn!("a stream's session could not be checked: {error}");
                    return;
                }
            }
            tokio::select! {
                () = tokio::time::sleep(ASK_EVERY) => {}
                changed = told.changed() => if changed.is_err() { return; },
            }
        }
    }
}
