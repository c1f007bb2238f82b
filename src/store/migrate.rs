//! Brings the tables up to date when the database is opened. Two folders, the same names in the same order, both inside the binary.

use diesel::connection::SimpleConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::store::any::AnyConnection;
use crate::store::error::StoreError;

/// SQLite's migrations.
pub const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
/// PostgreSQL's migrations.
pub const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// A number of our own for PostgreSQL's advisory lock, so that two processes that start together migrate one after the other.
const LOCK: i64 = 6_241_824_679;

/// Runs what has not been run yet.
///
/// # Errors
/// `Unavailable` with the migration's error.
pub fn run(conn: &mut AnyConnection) -> Result<(), StoreError> {
    let failed = |error: Box<dyn std::error::Error + Send + Sync>| {
        StoreError::Unavailable(format!("migration failed: {error}"))
    };
    match conn {
        AnyConnection::Sqlite(conn) => {
            conn.run_pending_migrations(SQLITE).map_err(failed)?;
        }
        AnyConnection::Pg(conn) => {
            conn.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})"))?;
            let done = conn
                .run_pending_migrations(POSTGRES)
                .map(|_| ())
                .map_err(failed);
            conn.batch_execute(&format!("SELECT pg_advisory_unlock({LOCK})"))?;
            done?;
        }
    }
    Ok(())
}

/// Takes every table away again, on PostgreSQL: what a database's name holds is not a file that could be removed.
///
/// # Errors
/// `Unavailable` with the migration's error.
pub fn undo(conn: &mut diesel::PgConnection) -> Result<(), StoreError> {
    conn.revert_all_migrations(POSTGRES)
        .map(|_| ())
        .map_err(|error| StoreError::Unavailable(format!("migration failed: {error}")))
}
