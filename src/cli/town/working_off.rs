//! The clerk works the queue off: before a run is issued everything is answered, but for the findings about reads of the last weeks, of which
//! some are left for whoever opens the town.

use chrono::{Days, NaiveDate};

use crate::cli::town::office::Office;
use crate::domain::exceptions::{ExceptionKind, ExceptionReason, ExceptionStatus};
use crate::domain::ids::{BillRunId, ExceptionId};
use crate::domain::reads::ReadVerdict;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::exceptions::{ExceptionRow, Filter, list};
use crate::store::reads::get as get_read;
use crate::usecases::exceptions::{Answer, ExceptionError, answer};
use crate::usecases::reads::desk::accept_read;

/// How many findings are worked off at once.
const AT_ONCE: i64 = 2_000;

/// Findings of so many days are partly left open.
const FRESH: u64 = 31;

/// Takes the reads that VEE held: the clerk had them read again, and they stand.
///
/// # Errors
/// A fault.
pub fn accept_held(office: &Office<'_>, on: NaiveDate) -> anyhow::Result<()> {
    let high = Filter {
        kind: Some(ExceptionKind::Read),
        reason: Some(ExceptionReason::HighUsage),
        ..all_open()
    };
    let found = office.db.read_blocking(|conn| {
        let rows = list(conn, &high, AT_ONCE, 0)?;
        let mut held = Vec::new();
        for row in rows {
            let Some(read) = row.read_id else { continue };
            if get_read(conn, read)?.verdict == ReadVerdict::Held {
                held.push((row.id, read));
            }
        }
        Ok::<_, StoreError>(held)
    })?;
    if found.is_empty() {
        return Ok(());
    }
    let accept = move |tx: &mut Tx<'_>| {
        found.iter().try_for_each(|(id, read)| {
            accept_read(tx, *read)?;
            let why = "Read again: it stands.";
            Ok::<_, anyhow::Error>(answer(tx, *id, Answer::Resolved, why)?)
        })
    };
    office.write(office.clerk(on, 9), accept)
}

fn all_open() -> Filter {
    Filter {
        status: Some(ExceptionStatus::Open),
        ..Filter::default()
    }
}

/// Answers what keeps a run's drafts from being issued, and most of what else is open.
///
/// # Errors
/// A fault.
pub fn work_off(office: &Office<'_>, run: BillRunId, on: NaiveDate) -> anyhow::Result<()> {
    let found = office
        .db
        .read_blocking(|conn| list(conn, &all_open(), AT_ONCE, 0))?;
    let is_fresh = on + Days::new(FRESH) > office.today;
    let is_left = |row: &ExceptionRow| match row.kind {
        ExceptionKind::Read => is_fresh && row.id.0 % 3 != 0,
        ExceptionKind::Bill => row.run_id != Some(run) || is_unbilled(row.reason),
        ExceptionKind::Payment | ExceptionKind::Import | ExceptionKind::Delivery => false,
    };
    let answers: Vec<(ExceptionId, Answer, &'static str)> = found
        .iter()
        .filter(|row| !is_left(row))
        .map(|row| (row.id, Answer::Dismissed, words(row.reason)))
        .collect();
    let work = move |tx: &mut Tx<'_>| {
        let mut answers = answers.iter();
        answers.try_for_each(|(id, how, why)| match answer(tx, *id, *how, why) {
            // Whatever else was found about a read that is never used was dismissed with it.
            Err(ExceptionError::AlreadyAnswered) => Ok(()),
            answered => answered,
        })
    };
    Ok(office.write::<_, ExceptionError>(office.clerk(on, 10), work)?)
}

/// Whether days would go unbilled if somebody only said that it was looked at.
const fn is_unbilled(reason: ExceptionReason) -> bool {
    matches!(reason, ExceptionReason::NoRead | ExceptionReason::NotBilled)
}

const fn words(reason: ExceptionReason) -> &'static str {
    match reason {
        ExceptionReason::HighUsage | ExceptionReason::LowUsage => {
            "The season explains it; the read stands."
        }
        ExceptionReason::ZeroUsage => "Nobody was home.",
        ExceptionReason::PeriodOutOfRange => "Moved in, or came back, within the period.",
        ExceptionReason::OutOfRange => "A plant of this size; checked against its profile.",
        ExceptionReason::ProlongedEstimation => "The route has the key to the gate now.",
        ExceptionReason::IntervalGap | ExceptionReason::SumMismatch => {
            "The radio was silent; the register stands."
        }
        _ => "Looked at; nothing is to be done.",
    }
}
