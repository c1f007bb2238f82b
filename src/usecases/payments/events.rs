//! The processor's messages: kept before anybody reads them, taken by one worker at a time, and what became of each.

use chrono::TimeDelta;
use serde_json::json;

use crate::domain::exceptions::{ExceptionKind, ExceptionReason};
use crate::domain::payments::{EventState, ProviderEvent};
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::exceptions::NewException;
use crate::store::payments::PaymentRow;
use crate::store::provider_events::EventRow;

/// When a message about an unknown payment is looked at again, in seconds, by how often it was; then daily.
const PARKED_SECONDS: [i64; 6] = [5, 30, 120, 600, 3_600, 21_600];

/// After so many looks a message about an unknown payment is shown to a person. It stays.
const LOOKS_BEFORE_ASKING: i32 = 5;

/// Keeps a message of the processor; says whether it was new.
///
/// # Errors
/// A fault of the database: then the processor must send it again.
pub fn keep_event(tx: &mut Tx<'_>, event: &ProviderEvent) -> Result<bool, StoreError> {
    let is_new = store::provider_events::insert(tx, event)?;
    if is_new {
        record(tx, &event.id, "kept", json!({ "kind": event.kind }))?;
    }
    Ok(is_new)
}

/// Keeps messages that were asked for.
///
/// # Errors
/// A fault of the database.
pub fn keep_events(tx: &mut Tx<'_>, events: &[ProviderEvent]) -> Result<usize, StoreError> {
    let mut new = 0;
    for event in events {
        new += usize::from(keep_event(tx, event)?);
    }
    Ok(new)
}

/// Takes the messages whose time has come, for this worker alone.
///
/// # Errors
/// A fault of the database.
pub fn take_events(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<EventRow>, StoreError> {
    store::provider_events::take(tx, limit)
}

/// Takes messages back from a worker that is known to be gone.
///
/// # Errors
/// A fault of the database.
pub fn release_events(tx: &mut Tx<'_>) -> Result<usize, StoreError> {
    store::provider_events::release(tx)
}

/// The payment a message is about: by its name, by its page, or by the number we wrote on it. Another house's payment may have the same number
/// at the same processor, so that the account that was written beside it must be ours, too.
///
/// # Errors
/// A fault of the database.
pub fn find_of_event(
    conn: &mut Conn,
    event: &ProviderEvent,
    processor: &str,
) -> Result<Option<PaymentRow>, StoreError> {
    if let Some(intent) = &event.intent_ref
        && let Some(row) = store::payments::find_by_reference(conn, processor, intent)?
    {
        return Ok(Some(row));
    }
    if let Some(session) = &event.session_ref
        && let Some(row) = store::payments::find_by_session(conn, session)?
    {
        return Ok(Some(row));
    }
    let numbered = match &event.payment_number {
        Some(number) => store::payments::find_by_printed_number(conn, number)?,
        None => None,
    };
    let (Some(row), Some(written)) = (&numbered, &event.account) else {
        return Ok(numbered);
    };
    let account = store::logins::account_number(conn, row.account_id)?;
    Ok(numbered.filter(|_| account.as_str() == written))
}

/// What became of a message, to be written down with whatever followed from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// What it is about was read again and written down.
    Done,
    /// Of no interest.
    Ignored,
    /// About a payment that isn't known, or not yet.
    Unknown,
    /// The processor can't be reached now.
    NotNow(String),
    /// It can't be applied, and a person must look.
    Refused(String),
}

impl Outcome {
    const fn word(&self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Ignored => "ignored",
            Self::Unknown => "parked",
            Self::NotNow(_) => "put_off",
            Self::Refused(_) => "failed",
        }
    }

    fn why(&self) -> Option<&str> {
        match self {
            Self::NotNow(why) | Self::Refused(why) => Some(why),
            Self::Done | Self::Ignored | Self::Unknown => None,
        }
    }
}

/// Leaves a deed of what was done with a message.
fn record(
    tx: &mut Tx<'_>,
    id: &str,
    done: &str,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action: &format!("processor_message.{done}"),
        subject_kind: "processor_message",
        subject_id: id.to_owned(),
        account_id: None,
        facts,
    };
    store::audit::insert(tx, &deed)
}

/// Writes down what became of a message.
///
/// # Errors
/// A fault of the database.
pub fn finish_event(
    tx: &mut Tx<'_>,
    id: &str,
    attempts: i32,
    outcome: &Outcome,
) -> Result<(), StoreError> {
    let (at, mark) = (tx.stamp.at, store::provider_events::mark);
    let facts = json!({ "attempts": attempts, "why": outcome.why() });
    record(tx, id, outcome.word(), facts)?;
    match outcome {
        Outcome::Done => mark(tx, id, EventState::Done, at, None),
        Outcome::Ignored => mark(tx, id, EventState::Ignored, at, None),
        Outcome::Unknown => {
            if attempts == LOOKS_BEFORE_ASKING {
                ask_person(
                    tx,
                    id,
                    ExceptionReason::UnknownPayment,
                    "no payment of ours",
                )?;
            }
            mark(tx, id, EventState::Parked, at + wait(attempts), None)
        }
        Outcome::NotNow(why) => mark(tx, id, EventState::Received, at + wait(attempts), Some(why)),
        Outcome::Refused(why) => {
            ask_person(tx, id, ExceptionReason::EventFailed, why)?;
            mark(tx, id, EventState::Failed, at, Some(why))
        }
    }
}

/// Shows a person a payment that the processor does not know. Told once, however often it is found.
///
/// # Errors
/// A fault of the database.
pub fn report_missing(tx: &mut Tx<'_>, payment: &PaymentRow) -> Result<(), StoreError> {
    let found = NewException {
        account_id: Some(payment.account_id),
        ..NewException::of(
            format!("payment:{}:missing", payment.id),
            ExceptionKind::Payment,
            ExceptionReason::EventFailed,
            json!({"payment": payment.number, "why": "the processor does not know it"}),
        )
    };
    store::exceptions::open(tx, &found)?;
    Ok(())
}

fn wait(attempts: i32) -> TimeDelta {
    let place = usize::try_from(attempts - 1).unwrap_or_default();
    TimeDelta::seconds(PARKED_SECONDS.get(place).copied().unwrap_or(86_400))
}

fn ask_person(
    tx: &mut Tx<'_>,
    event: &str,
    reason: ExceptionReason,
    why: &str,
) -> Result<(), StoreError> {
    let found = NewException::of(
        format!("event:{event}"),
        ExceptionKind::Payment,
        reason,
        json!({"event": event, "why": why}),
    );
    store::exceptions::open(tx, &found)?;
    Ok(())
}
