//! One connection type for both databases. A query written once type-checks against SQLite and PostgreSQL.

/// A connection to whichever database the address names.
#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    /// PostgreSQL.
    Pg(diesel::PgConnection),
    /// SQLite.
    Sqlite(diesel::SqliteConnection),
}

/// Runs the same plain Diesel code on whichever inner connection this is, inside the same transaction.
macro_rules! native {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::store::any::AnyConnection::Pg($c) => $body,
            $crate::store::any::AnyConnection::Sqlite($c) => $body,
        }
    };
}
pub(crate) use native;
