//! What a database holds, looked at before it is opened: nothing yet, a demonstration's town, or a utility. Only a demonstration is ever
//! taken away.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::store::address::{establish, is_postgres, own_file, sqlite_path};
use crate::store::any::AnyConnection;
use crate::store::db::{Conn, unavailable};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::{migrate, settings};

/// What a database holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// Nothing, or tables in which nobody works.
    Nothing,
    /// A demonstration's town that is whole.
    Town,
    /// A demonstration's town whose building was interrupted.
    HalfTown,
    /// A utility.
    Utility,
}

#[derive(QueryableByName)]
struct Tables {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Looks what a database holds; changes nothing.
///
/// # Errors
/// `Unavailable` when it does not answer.
pub fn look(url: &str) -> Result<Holding, StoreError> {
    if !is_postgres(url) && !Path::new(sqlite_path(url)).exists() {
        return Ok(Holding::Nothing);
    }
    let mut conn = establish(url).map_err(unavailable)?;
    if let AnyConnection::Sqlite(conn) = &mut conn {
        // Whoever worked in the file may just be closing it.
        conn.batch_execute("PRAGMA busy_timeout=10000")?;
    }
    held(&mut conn)
}

fn held(conn: &mut Conn) -> Result<Holding, StoreError> {
    let tables = match conn {
        AnyConnection::Sqlite(conn) => diesel::sql_query(
            "SELECT COUNT(*) AS count FROM sqlite_master WHERE type = 'table' AND name IN ('settings', 'staff', 'cycles')",
        ).kept()
        .get_result::<Tables>(conn)?,
        AnyConnection::Pg(conn) => diesel::sql_query(
            "SELECT COUNT(*) AS count FROM pg_tables WHERE schemaname = current_schema() AND tablename IN ('settings', 'staff', 'cycles')",
        ).kept()
        .get_result::<Tables>(conn)?,
    };
    if tables.count < 3 {
        return Ok(Holding::Nothing);
    }
    if settings::is_demonstration(conn)? {
        return Ok(if settings::is_built(conn)? {
            Holding::Town
        } else {
            Holding::HalfTown
        });
    }
    let is_used =
        crate::store::staff::is_anybody(conn)? || !crate::store::cycles::list(conn)?.is_empty();
    Ok(if is_used {
        Holding::Utility
    } else {
        Holding::Nothing
    })
}

/// Takes a demonstration's database away. Of anything else it leaves all as it is and says so.
///
/// # Errors
/// `Conflict` where a utility works in it, `Unavailable` where another process does or a file cannot be removed.
pub fn take_away(url: &str) -> Result<(), StoreError> {
    match look(url)? {
        Holding::Town | Holding::HalfTown => {}
        Holding::Nothing => return Ok(()),
        Holding::Utility => return Err(StoreError::Conflict("a utility's data".to_owned())),
    }
    if is_postgres(url) {
        let mut conn = PgConnection::establish(url).map_err(unavailable)?;
        return migrate::undo(&mut conn);
    }
    let owner = own_file(url)?;
    let file = sqlite_path(url);
    for name in [
        format!("{file}-wal"),
        format!("{file}-shm"),
        file.to_owned(),
    ] {
        if Path::new(&name).exists() {
            std::fs::remove_file(&name).map_err(|error| unavailable(format!("{name}: {error}")))?;
        }
    }
    drop(owner);
    Ok(())
}
