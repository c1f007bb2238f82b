//! A read typed in at the office. What is unusual is shown before it is kept: a warning is confirmed, a value far from all that was
//! expected is entered a second time. Until then nothing is written.

use chrono_tz::Tz;
use rust_decimal::Decimal;

use crate::domain::reads::ReadVerdict;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::usecases::reads::desk::{ReadError, Recorded, ToldRead, enter_read};

/// What the person has said about an unusual value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Confirmation {
    /// That it is right.
    pub is_seen: bool,
    /// The value once more, read again from the register.
    pub repeated: Option<Decimal>,
}

/// Why a typed read was not kept.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// It is unusual: to be confirmed, or, where it would be held, entered again.
    #[error("the read is {}", .0.verdict)]
    Unusual(Recorded),
    /// The value entered again is another one.
    #[error("the two values differ")]
    NotEqual(Recorded),
    /// The read itself was refused.
    #[error(transparent)]
    Refused(#[from] ReadError),
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Keeps a typed read, once whoever typed it has answered for what is unusual about it.
///
/// # Errors
/// `Unusual` or `NotEqual` with what was found, and then nothing is written; otherwise as [`enter_read`].
pub fn enter(
    tx: &mut Tx<'_>,
    zone: Tz,
    told: &ToldRead,
    confirmation: Confirmation,
) -> Result<Recorded, EntryError> {
    let recorded = enter_read(tx, zone, told)?;
    match recorded.verdict {
        ReadVerdict::Accepted => Ok(recorded),
        ReadVerdict::Flagged if confirmation.is_seen => Ok(recorded),
        ReadVerdict::Flagged => Err(EntryError::Unusual(recorded)),
        ReadVerdict::Held | ReadVerdict::Refused => match confirmation.repeated {
            None => Err(EntryError::Unusual(recorded)),
            Some(again) if again == told.value => Ok(recorded),
            Some(_) => Err(EntryError::NotEqual(recorded)),
        },
    }
}
