//! Tells open pages of every process that an account changed: PostgreSQL's NOTIFY between processes. SQLite has one process.

use std::collections::BTreeSet;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use tokio::sync::broadcast;

use crate::domain::ids::AccountId;
use crate::store::any::AnyConnection;
use crate::store::error::StoreError;

const CHANNEL: &str = "mainstay_accounts";

/// How many accounts one message names: PostgreSQL carries 8,000 bytes at most.
const NAMED: usize = 350;

/// Sends the changed accounts with the commit; nothing is sent when the transaction rolls back.
pub fn tell(conn: &mut AnyConnection, touched: &BTreeSet<AccountId>) -> Result<(), StoreError> {
    if let AnyConnection::Pg(conn) = conn {
        let touched: Vec<String> = touched.iter().map(ToString::to_string).collect();
        for some in touched.chunks(NAMED) {
            conn.batch_execute(&format!("NOTIFY {CHANNEL}, '{}'", some.join(",")))?;
        }
    }
    Ok(())
}

/// Starts the thread that hears other processes' changes, as well as our own. It ends when nobody can listen any more.
pub fn listen(url: &str, changes: broadcast::Sender<AccountId>) -> Result<(), StoreError> {
    let mut conn = connect(url)?;
    let url = url.to_owned();
    let weak = changes.downgrade();
    drop(changes);
    std::thread::Builder::new()
        .name("postgres-listener".to_owned())
        .spawn(move || {
            while let Some(changes) = weak.upgrade() {
                if hear(&mut conn, &changes).is_err() {
                    std::thread::sleep(Duration::from_secs(1));
                    if let Ok(again) = connect(&url) {
                        conn = again;
                    }
                }
                drop(changes);
                std::thread::sleep(Duration::from_millis(10));
            }
        })
        .map_err(|error| StoreError::Unavailable(error.to_string()))?;
    Ok(())
}

fn connect(url: &str) -> Result<PgConnection, StoreError> {
    let mut conn =
        PgConnection::establish(url).map_err(|error| StoreError::Unavailable(error.to_string()))?;
    conn.batch_execute(&format!("LISTEN {CHANNEL}"))?;
    Ok(conn)
}

fn hear(conn: &mut PgConnection, changes: &broadcast::Sender<AccountId>) -> Result<(), StoreError> {
    for notification in conn.notifications_iter() {
        let named = notification?.payload;
        for account in named.split(',').filter_map(|id| id.parse().ok()) {
            // Nobody listening is no error: no page is open.
            drop(changes.send(account));
        }
    }
    Ok(())
}
