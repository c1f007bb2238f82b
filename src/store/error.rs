//! What can go wrong with rows. A door shows `Missing` as not found; everything else is a fault or a refusal of the database.

use diesel::result::{DatabaseErrorKind, Error};

/// Why rows could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The row that must exist does not.
    #[error("no such {0}")]
    Missing(&'static str),
    /// The account is open to whoever asks, but not for this.
    #[error("the account's owner did not share this")]
    NotShared,
    /// A unique key or check refused the write; the text names the constraint or the columns.
    #[error("refused by {0}")]
    Conflict(String),
    /// A stored text is not what its column promises.
    #[error("unreadable value: {0}")]
    Unreadable(String),
    /// The database could not be reached, or the transaction could not be committed.
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// The code inside the transaction panicked; its changes were rolled back.
    #[error("work on the database was abandoned: {0}")]
    Abandoned(String),
    /// Any other database error.
    #[error(transparent)]
    Broken(Error),
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::Missing("row"),
            Error::DatabaseError(
                DatabaseErrorKind::UniqueViolation
                | DatabaseErrorKind::CheckViolation
                | DatabaseErrorKind::ForeignKeyViolation,
                ref info,
            ) => Self::Conflict(
                info.constraint_name()
                    .unwrap_or_else(|| info.message())
                    .to_owned(),
            ),
            other => Self::Broken(other),
        }
    }
}

/// Whether PostgreSQL gave way to another transaction: a serialization failure, or the one it chose of a deadlock.
#[must_use]
pub fn is_transient(error: &Error) -> bool {
    match error {
        Error::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        Error::DatabaseError(_, info) => info.message().contains("deadlock detected"),
        _ => false,
    }
}
