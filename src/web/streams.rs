//! Event streams end with their session: each asks from time to time, and at once when somebody signs out here, whether it still counts.

use std::time::Duration;

use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::watch;

use crate::app::App;
use crate::domain::ids::AccountId;
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

/// What woke a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Woken {
    /// Its account changed, or may have.
    Changed,
    /// Nothing happened for a while.
    Beat,
    /// Its session counts no more.
    SignedOut,
    /// Nobody tells of changes any more.
    Closed,
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

    /// Waits for a change of an account, the end of the session, or the next beat. Several changes at once are one; those of other accounts
    /// ask the database nothing.
    pub async fn wait(
        &self,
        app: &App,
        (door, key): (Door, &TokenHash),
        (account, changes): (AccountId, &mut Receiver<AccountId>),
        beat: Duration,
    ) -> Woken {
        let over = self.over(app, door, key);
        let beat = tokio::time::sleep(beat);
        tokio::pin!(over, beat);
        loop {
            tokio::select! {
                () = &mut over => return Woken::SignedOut,
                () = &mut beat => return Woken::Beat,
                change = changes.recv() => match change {
                    Ok(other) if other != account => {}
                    Ok(_) => {
                        drain(changes);
                        return Woken::Changed;
                    }
                    // A stream that fell behind may have missed its own account.
                    Err(RecvError::Lagged(_)) => return Woken::Changed,
                    Err(RecvError::Closed) => return Woken::Closed,
                },
            }
        }
    }
}

fn drain(changes: &mut Receiver<AccountId>) {
    while !matches!(
        changes.try_recv(),
        Err(TryRecvError::Empty | TryRecvError::Closed)
    ) {}
}
