//! The utility's account at the processor, in the books: each line once, with what it cost; what is paid out to the bank; and whether the
//! processor holds what the clearing says.

use std::collections::HashMap;

use chrono::TimeDelta;
use serde_json::json;

use crate::domain::entries::own::{self, OwnEvent};
use crate::domain::exceptions::{ExceptionKind, ExceptionReason};
use crate::domain::gl::{FundCode, Role};
use crate::domain::ids::{EntryId, PaymentId};
use crate::domain::ledger::{EntryKind, Source, SourceKind};
use crate::domain::money::Money;
use crate::domain::payments::lines::{LineKind, LineSeen, PayoutRefused, PayoutSeen};
use crate::domain::payments::seen::LineOf;
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::exceptions::NewException;
use crate::store::payments::PaymentRow;
use crate::store::processor_account::{self, LineRow};
use crate::usecases::books::Books;
use crate::usecases::ledger::post_one;
use crate::usecases::payments::{PaymentError, open_books};

/// How long a line may wait for what explains it before a person is asked, in hours.
const EXPLAINED_HOURS: i64 = 24;

/// How many waiting lines are looked at in one round.
const WAITING: i64 = 500;

/// Writes a line of a payment down with the entries it belongs to, one of each of its parts, once. Where they are still to come, the line
/// waits. It is kept as the first part's.
pub(super) fn account_for(
    tx: &mut Tx<'_>,
    parts: &[PaymentRow],
    line: &LineSeen,
    of: &LineOf,
) -> Result<(), PaymentError> {
    let first = parts.first().ok_or(StoreError::Missing("payment"))?;
    let kept = processor_account::keep(tx, &first.processor, line, Some(first.id))?;
    if kept.entry_id.is_some() {
        return Ok(());
    }
    let books = open_books(tx)?;
    let entries = match of {
        LineOf::Payment | LineOf::Return | LineOf::Step(_) => entries_of(tx, parts, of)?,
        LineOf::Dispute => {
            let event = own_event(tx, &kept);
            let entry = own::disputed(&books.chart, &event, -kept.amount);
            vec![post_one(tx, &books, entry.map_err(posting)?)?]
        }
    };
    let cost = match of {
        LineOf::Payment | LineOf::Step(_) => Role::ProcessorFees,
        LineOf::Return | LineOf::Dispute => Role::DisputeFees,
    };
    let Some((entry, others)) = entries.split_first() else {
        return Ok(());
    };
    for entry in &entries {
        // An entry is of one line; a second one that claims it waits for a person.
        if processor_account::is_of_line(tx, *entry)? {
            return Ok(());
        }
    }
    processor_account::insert_entries(tx, kept.id, others)?;
    write_down(tx, &books, &kept, (*entry, cost))
}

/// The entries that came of a line, of each part in turn; a part that a small refund left out has none.
fn entries_of(
    tx: &mut Tx<'_>,
    parts: &[PaymentRow],
    of: &LineOf,
) -> Result<Vec<EntryId>, StoreError> {
    let mut entries = Vec::new();
    for row in parts {
        entries.extend(match of {
            LineOf::Payment => entry_of(tx, row.id, EntryKind::Payment)?,
            LineOf::Return => entry_of(tx, row.id, EntryKind::PaymentReturn)?,
            LineOf::Step(name) => store::payment_moves::find_step_entry(tx, row.id, name)?,
            LineOf::Dispute => None,
        });
    }
    Ok(entries)
}

fn posting(error: crate::domain::ledger::LedgerError) -> PaymentError {
    PaymentError::Posting(error.into())
}

fn entry_of(
    tx: &mut Tx<'_>,
    payment: PaymentId,
    kind: EntryKind,
) -> Result<Option<EntryId>, StoreError> {
    let source = Source {
        kind: SourceKind::Payment,
        id: payment.0,
    };
    Ok(store::ledger::find(tx, source, kind)?.map(|entry| entry.id))
}

fn own_event(tx: &Tx<'_>, line: &LineRow) -> OwnEvent {
    OwnEvent {
        source: Source {
            kind: SourceKind::ProcessorLine,
            id: line.id.0,
        },
        on: tx.stamp.on,
        memo: line.reference.clone(),
    }
}

/// Says with which entry a line is written down, and posts what the processor kept for it.
fn write_down(
    tx: &mut Tx<'_>,
    books: &Books,
    line: &LineRow,
    (entry, cost): (EntryId, Role),
) -> Result<(), PaymentError> {
    let fee = if line.fee.is_zero() {
        None
    } else {
        Some(post_cost(tx, books, line, (cost, line.fee))?)
    };
    Ok(processor_account::mark_posted(tx, line.id, (entry, fee))?)
}

fn post_cost(
    tx: &mut Tx<'_>,
    books: &Books,
    line: &LineRow,
    (cost, amount): (Role, Money),
) -> Result<EntryId, PaymentError> {
    let event = own_event(tx, line);
    let bearer = costs_fund(books);
    let entry = own::processor_cost(&books.chart, &event, (cost, &bearer), amount);
    Ok(post_one(tx, books, entry.map_err(posting)?)?)
}

/// The fund that bears what the processor keeps: the policy's, where the chart has it.
fn costs_fund(books: &Books) -> FundCode {
    let wanted = books.fees.processor_costs_fund.as_ref();
    wanted
        .filter(|fund| books.chart.fund(fund).is_some())
        .unwrap_or(books.chart.pool())
        .clone()
}

/// Keeps lines that were read; says how many are new.
///
/// # Errors
/// A fault of the database.
pub fn keep_lines(
    tx: &mut Tx<'_>,
    processor: &str,
    lines: &[LineSeen],
) -> Result<usize, StoreError> {
    let references: Vec<String> = lines.iter().map(|line| line.reference.clone()).collect();
    let known = processor_account::list_known(tx, processor, &references)?;
    let is_new = |line: &&LineSeen| !known.contains(&line.reference);
    // The oldest first, as they happened.
    let new: Vec<&LineSeen> = lines.iter().rev().filter(is_new).collect();
    let intents: Vec<&str> = new
        .iter()
        .filter_map(|line| line.intent.as_deref())
        .collect();
    let payments: HashMap<String, PaymentId> =
        store::payments::list_by_references(tx, processor, &intents)?
            .into_iter()
            .map(|(intent, id, ..)| (intent, id))
            .collect();
    for line in &new {
        let payment = line.intent.as_ref().and_then(|intent| payments.get(intent));
        processor_account::keep(tx, processor, line, payment.copied())?;
    }
    Ok(new.len())
}

/// Writes down what the processor charges beside any payment, and asks a person about lines that nothing explains.
///
/// # Errors
/// A refusal of the ledger, or a fault.
pub fn post_waiting_lines(tx: &mut Tx<'_>, processor: &str) -> Result<usize, PaymentError> {
    let waiting = processor_account::list_waiting(tx, processor, WAITING)?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let books = open_books(tx)?;
    let before = tx.stamp.at - TimeDelta::hours(EXPLAINED_HOURS);
    let mut posted = 0;
    for line in &waiting {
        if line.kind == LineKind::Cost {
            let fees = Role::ProcessorFees;
            let entry = post_cost(tx, &books, line, (fees, -line.amount))?;
            processor_account::mark_posted(tx, line.id, (entry, None))?;
            posted += 1;
        } else if line.created_at < before {
            ask_about_line(tx, line)?;
        }
    }
    Ok(posted)
}

fn ask_about_line(tx: &mut Tx<'_>, line: &LineRow) -> Result<(), StoreError> {
    let found = NewException::of(
        format!("processor_line:{}", line.reference),
        ExceptionKind::Payment,
        ExceptionReason::UnexplainedMoney,
        json!({"line": line.reference, "kind": line.kind, "of": line.source, "cents": line.amount}),
    );
    store::exceptions::open(tx, &found)?;
    Ok(())
}

/// Writes a payout down: from the clearing to the bank, and back again where the bank sent it back. One whose lines do not come to what it
/// pays is held, and a person is asked. Safe to repeat.
///
/// # Errors
/// A refusal of the ledger, or a fault.
pub fn post_payout(
    tx: &mut Tx<'_>,
    processor: &str,
    payout: &PayoutSeen,
) -> Result<(), PaymentError> {
    let own_line = match payout.own_line() {
        Ok(line) => line.clone(),
        Err(refused) => return Ok(ask_about_payout(tx, payout, &refused)?),
    };
    keep_lines(tx, processor, &payout.lines)?;
    processor_account::put_payout(tx, processor, payout)?;
    let books = open_books(tx)?;
    let kept = processor_account::keep(tx, processor, &own_line, None)?;
    if kept.entry_id.is_none() {
        let event = OwnEvent {
            on: payout.arrives_on,
            ..own_event(tx, &kept)
        };
        let entry = own::payout(&books.chart, &event, payout.amount).map_err(posting)?;
        let entry = post_one(tx, &books, entry)?;
        write_down(tx, &books, &kept, (entry, Role::ProcessorFees))?;
        audit_payout(tx, payout, "payout.posted")?;
    }
    let Some(failure) = &payout.failure else {
        return Ok(());
    };
    let kept = processor_account::keep(tx, processor, failure, None)?;
    if kept.entry_id.is_none() {
        let event = own_event(tx, &kept);
        let entry = own::payout_return(&books.chart, &event, kept.amount).map_err(posting)?;
        let entry = post_one(tx, &books, entry)?;
        write_down(tx, &books, &kept, (entry, Role::ProcessorFees))?;
        audit_payout(tx, payout, "payout.returned")?;
    }
    Ok(())
}

fn audit_payout(tx: &mut Tx<'_>, payout: &PayoutSeen, action: &str) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "payout",
        subject_id: payout.reference.clone(),
        account_id: None,
        facts: json!({"cents": payout.amount, "arrives_on": payout.arrives_on}),
    };
    store::audit::insert(tx, &deed)
}

fn ask_about_payout(
    tx: &mut Tx<'_>,
    payout: &PayoutSeen,
    refused: &PayoutRefused,
) -> Result<(), StoreError> {
    let found = NewException::of(
        format!("payout:{}", payout.reference),
        ExceptionKind::Payment,
        ExceptionReason::PayoutDiffers,
        json!({"payout": payout.reference, "cents": payout.amount, "why": refused.to_string()}),
    );
    store::exceptions::open(tx, &found)?;
    Ok(())
}

/// Keeps what the processor says it holds beside what its lines come to, and asks a person where the two differ.
///
/// # Errors
/// A fault of the database.
pub fn record_reading(
    tx: &mut Tx<'_>,
    processor: &str,
    balance: Money,
) -> Result<Money, StoreError> {
    let lines = processor_account::total(tx, processor)?;
    let settled_before = tx.stamp.at - TimeDelta::hours(EXPLAINED_HOURS);
    processor_account::insert_reading(tx, processor, settled_before, (balance, lines))?;
    if lines != balance {
        let on = tx.stamp.on;
        let found = NewException::of(
            format!("processor_balance:{processor}:{on}"),
            ExceptionKind::Payment,
            ExceptionReason::ProcessorBalanceDiffers,
            json!({"holds": balance, "lines": lines}),
        );
        store::exceptions::open(tx, &found)?;
    }
    Ok(lines)
}
