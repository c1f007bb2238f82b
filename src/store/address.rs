//! What a database's address names, and how one process makes a SQLite file its own.

use std::fs::File;

use diesel::prelude::*;

use crate::store::any::AnyConnection;
use crate::store::error::StoreError;

/// Connects to the database that an address names.
pub(crate) fn establish(url: &str) -> ConnectionResult<AnyConnection> {
    if is_postgres(url) {
        PgConnection::establish(url).map(AnyConnection::Pg)
    } else {
        SqliteConnection::establish(sqlite_path(url)).map(AnyConnection::Sqlite)
    }
}

/// Whether an address names PostgreSQL; everything else is a SQLite file, with or without `sqlite://`.
#[must_use]
pub fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

/// The file of a SQLite address.
#[must_use]
pub fn sqlite_path(url: &str) -> &str {
    url.strip_prefix("sqlite://").unwrap_or(url)
}

/// Takes the lock file beside a SQLite database: one process owns the file, so that its one writer is the only one.
pub(crate) fn own_file(url: &str) -> Result<File, StoreError> {
    let path = format!("{}.lock", sqlite_path(url));
    let refuse = |why: String| StoreError::Unavailable(format!("{path}: {why}"));
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|error| refuse(error.to_string()))?;
    file.try_lock().map_err(|_held| {
        refuse(
            "another mainstay process is using this database; wait until it is done, or stop it first".to_owned(),
        )
    })?;
    Ok(file)
}
