//! What answers a correction that was posted, so that the customer stands as if it had not been: a new entry beside the old one, which stays as it
//! is. A credit, a waived fee and what was given up are owed again, from a day of their own; a charge is taken back; what was carried is carried
//! back.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::accounts::AccountStatus;
use crate::domain::corrections::{Carried, Correction};
use crate::domain::entries::by_hand;
use crate::domain::gl::FundCode;
use crate::domain::ids::{AccountId, CorrectionId, EntryId};
use crate::domain::ledger::{EntryKind, Source, SourceKind};
use crate::domain::money::Money;
use crate::store;
use crate::store::corrections::CorrectionRow;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::usecases::books::Books;
use crate::usecases::corrections::CorrectionError;
use crate::usecases::corrections::effects::{
    By, OTHER, adjust, carry_credit, carry_debt, check_due_day, move_to,
};
use crate::usecases::ledger::{apply_held, post_one};
use crate::usecases::reversals::cancel_charge;

/// Posts what undoes a correction: its entry on the account of the order, and what it comes to.
pub(super) fn reverse(
    tx: &mut Tx<'_>,
    books: &Books,
    by: &By<'_>,
    (of, due_on): (CorrectionId, NaiveDate),
) -> Result<(EntryId, Money), CorrectionError> {
    let row = store::corrections::get(tx, of)?;
    let posted = row.entry_id.ok_or(CorrectionError::NotReversible)?;
    if row.reversed_on() != by.order.account {
        return Err(StoreError::Missing("correction").into());
    }
    let other = store::corrections::find_reversal(tx, of)?;
    if other.is_some_and(|other| other.request_key != by.order.key) {
        return Err(CorrectionError::ReversedBefore);
    }
    match row.correction()? {
        Correction::Credit { fund, amount, .. } => {
            check_due_day(due_on, tx.stamp.on)?;
            let entry = adjust(tx, books, by, (&fund, amount, due_on, None))?;
            Ok((entry, amount))
        }
        Correction::Charge { amount, .. } => {
            let entry = take_back(tx, books, by, posted)?;
            Ok((entry, amount))
        }
        Correction::Waiver { fee } => ask_again(tx, books, by, (fee, due_on)),
        Correction::Transfer {
            carried, amount, ..
        } => {
            let entry = carry_back(tx, books, by, (&row, carried, amount, due_on))?;
            Ok((entry, amount))
        }
        Correction::WriteOff {} => reinstate(tx, books, by, (posted, due_on)),
        Correction::Refund { .. } | Correction::Reversal { .. } => {
            Err(CorrectionError::NotReversible)
        }
    }
}

/// Takes a charge back whole; what was paid on it pays what else is owed.
fn take_back(
    tx: &mut Tx<'_>,
    books: &Books,
    by: &By<'_>,
    charge: EntryId,
) -> Result<EntryId, CorrectionError> {
    let source = Source {
        kind: SourceKind::Entry,
        id: charge.0,
    };
    if store::ledger::find(tx, source, EntryKind::Cancellation)?.is_some() {
        return Err(CorrectionError::ReversedBefore);
    }
    let on = tx.stamp.on;
    let entry = cancel_charge(tx, books, charge, on, Some(by.memo.to_owned()))?;
    apply_held(tx, books, &[by.event(on)])?;
    Ok(entry)
}

/// Asks for a waived fee again, by the funds that earned it.
fn ask_again(
    tx: &mut Tx<'_>,
    books: &Books,
    by: &By<'_>,
    (fee, due_on): (EntryId, NaiveDate),
) -> Result<(EntryId, Money), CorrectionError> {
    let on = tx.stamp.on;
    check_due_day(due_on, on)?;
    let legs = store::ledger::list_postings(tx, fee)?;
    let shares: Vec<(FundCode, Money)> = legs
        .into_iter()
        .filter(|leg| leg.due_on.is_some())
        .map(|leg| (leg.fund, leg.amount))
        .collect();
    let amount = shares.iter().map(|(_, share)| *share).sum();
    let event = by.event(on);
    let entry = by_hand::fee_again(&books.chart, &event, due_on, &shares)?;
    let entry = post_one(tx, books, entry)?;
    apply_held(tx, books, &[event])?;
    Ok((entry, amount))
}

/// Asks for what was given up again, by the funds that bore it: as far as it was not paid since.
fn reinstate(
    tx: &mut Tx<'_>,
    books: &Books,
    by: &By<'_>,
    (posted, due_on): (EntryId, NaiveDate),
) -> Result<(EntryId, Money), CorrectionError> {
    let (on, account) = (tx.stamp.on, by.order.account);
    check_due_day(due_on, on)?;
    let given_up = store::write_offs::list_given_up(tx, &[account])?;
    let given_up: BTreeMap<FundCode, Money> = given_up.into_values().flatten().collect();
    let shares: Vec<(FundCode, Money)> = store::write_offs::list_of(tx, posted)?
        .into_iter()
        .filter_map(|(fund, amount)| {
            let left = *given_up.get(&fund)?;
            Some((fund, amount.min(left)))
        })
        .collect();
    let amount: Money = shares.iter().map(|(_, share)| *share).sum();
    if !amount.is_positive() {
        return Err(CorrectionError::CameBack);
    }
    let event = by.event(on);
    let entry = by_hand::recovery(&books.chart, &event, due_on, &shares)?;
    let entry = post_one(tx, books, entry)?;
    let back: Vec<(FundCode, Money)> = shares
        .into_iter()
        .map(|(fund, share)| (fund, -share))
        .collect();
    store::write_offs::insert(tx, (account, entry), &back)?;
    apply_held(tx, books, &[event])?;
    let status = store::accounts::get(tx, account)?.status;
    if status == AccountStatus::WrittenOff {
        move_to(tx, (account, status), AccountStatus::Closing)?;
    }
    Ok((entry, amount))
}

/// Carries back what was carried: from the account of the order to the one it came from.
fn carry_back(
    tx: &mut Tx<'_>,
    books: &Books,
    by: &By<'_>,
    (row, carried, amount, due_on): (&CorrectionRow, Carried, Money, NaiveDate),
) -> Result<EntryId, CorrectionError> {
    let home: AccountId = row.account_id;
    match carried {
        Carried::Debt => {
            // What arrived here goes back before anything else that is owed here does.
            let arrived = Source {
                kind: SourceKind::Adjustment,
                id: row.request_key | OTHER,
            };
            let arrived = store::ledger::find(tx, arrived, EntryKind::Adjustment)?;
            let arrived = arrived.map(|entry| entry.id);
            carry_debt(tx, books, by, (home, amount, due_on), arrived)
        }
        Carried::Credit => carry_credit(tx, books, by, (home, amount)),
    }
}
