//! A read typed in at the office. What is unusual is shown before it is kept: a warning is confirmed, a value far from all that was
//! expected is entered a second time. Until then nothing is written. Where nobody can read again, what was entered twice is settled with it,
//! as far as entering it twice can say.

use chrono_tz::Tz;
use rust_decimal::Decimal;

use crate::domain::ids::ReadId;
use crate::domain::period::Period;
use crate::domain::reads::ReadVerdict;
use crate::domain::vee::Finding;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::exceptions;
use crate::store::reads::{self, ReadRow};
use crate::usecases::exceptions::{Answer, ExceptionError, answer};
use crate::usecases::reads::desk::{
    ReadError, Recorded, ToldRead, accept_read, enter_read, judge_read, noon,
};

/// What is kept as the answer to what was found about a value that was entered twice.
const TWICE: &str = "the value was entered twice";

/// What is kept as the answer to what was found about a read that gave way.
const GAVE_WAY: &str = "another value of the day took its place";

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

/// Keeps what a register shows on a day on which its meter comes or goes, or an account begins: nobody can read it again later. What would wait
/// for somebody's look is taken as it is once it was entered twice, so that no estimate takes its place; also where it waited already. One that
/// fell, or that is dated ahead, waits all the same: twice the same value says what the face shows, not that it went round.
///
/// # Errors
/// As [`enter`]; `Duplicate` where the same read is there and may be used.
pub fn settle(
    tx: &mut Tx<'_>,
    zone: Tz,
    told: &ToldRead,
    confirmation: Confirmation,
) -> Result<Recorded, EntryError> {
    let recorded = match enter(tx, zone, told, confirmation) {
        Err(EntryError::Refused(ReadError::Duplicate)) => {
            let kept = kept(tx, zone, told)?;
            if kept.verdict.is_usable() {
                return Err(ReadError::Duplicate.into());
            }
            let found = waiting(&kept)?;
            match confirmation.repeated {
                None => return Err(EntryError::Unusual(found)),
                Some(again) if again != told.value => return Err(EntryError::NotEqual(found)),
                Some(_) => found,
            }
        }
        entered => entered?,
    };
    if recorded.verdict.is_usable() {
        return Ok(recorded);
    }
    let held = kept(tx, zone, told)?;
    if findings(&held)?.iter().any(needs_a_look) {
        return Ok(recorded);
    }
    answer_findings(tx, held.id, TWICE)?;
    accept_read(tx, held.id)?;
    Ok(Recorded {
        verdict: ReadVerdict::Accepted,
        ..recorded
    })
}

/// Gives up a read for another value of its day: it is never used, and nobody looks for what was found about it any more.
///
/// # Errors
/// `MovedOn` where the read has a newer version, or a fault.
pub fn give_way(tx: &mut Tx<'_>, id: ReadId) -> Result<(), EntryError> {
    judge_read(tx, id, ReadVerdict::Refused)?;
    Ok(answer_findings(tx, id, GAVE_WAY)?)
}

/// What entering a value twice does not answer.
const fn needs_a_look(finding: &Finding) -> bool {
    matches!(finding, Finding::Falling { .. } | Finding::Future { .. })
}

fn answer_findings(tx: &mut Tx<'_>, id: ReadId, why: &str) -> Result<(), StoreError> {
    for found in exceptions::list_open_of_read(tx, id)? {
        answer(tx, found.id, Answer::Resolved, why).map_err(fault)?;
    }
    Ok(())
}

/// The read of the register as it stands now.
fn kept(conn: &mut Conn, zone: Tz, told: &ToldRead) -> Result<ReadRow, StoreError> {
    let day = Period {
        from: told.on,
        until: told.on.succ_opt().unwrap_or(told.on),
    };
    let at = noon(zone, told.on);
    let rows = reads::list_within(conn, &[told.register_id], day)?;
    let mut of_noon = rows.into_iter().filter(|row| row.read_at == at);
    of_noon.next().ok_or(StoreError::Missing("read"))
}

/// What was found about a read that waits.
fn waiting(row: &ReadRow) -> Result<Recorded, StoreError> {
    let findings = findings(row)?;
    Ok(Recorded {
        verdict: ReadVerdict::Held,
        reasons: findings.iter().filter_map(Finding::reason).collect(),
    })
}

fn findings(row: &ReadRow) -> Result<Vec<Finding>, StoreError> {
    let Some(reasons) = row.reasons.as_deref() else {
        return Ok(Vec::new());
    };
    serde_json::from_str(reasons)
        .map_err(|error| StoreError::Unreadable(format!("reasons of read {}: {error}", row.id)))
}

fn fault(error: ExceptionError) -> StoreError {
    if let ExceptionError::Fault(fault) = error {
        fault
    } else {
        StoreError::Unreadable(error.to_string())
    }
}
