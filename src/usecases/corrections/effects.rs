//! What each kind of correction posts.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::accounts::AccountStatus;
use crate::domain::allocation::{Allocation, OpenLeg, Part};
use crate::domain::corrections::{Carried, Correction, RefundWay};
use crate::domain::entries::{Charge, Event, by_hand};
use crate::domain::gl::{FundCode, Role};
use crate::domain::holds::HoldStop;
use crate::domain::ids::{AccountId, BillId, EntryId};
use crate::domain::ledger::{Source, SourceKind};
use crate::domain::money::Money;
use crate::domain::notice::{Notice, PaymentTold, Urgency};
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::usecases::books::Books;
use crate::usecases::corrections::reversing::reverse;
use crate::usecases::corrections::{CorrectionError, Order};
use crate::usecases::ledger::{self, Adjustment, apply_held, held_for, legs_of, post_one};
use crate::usecases::{fees, notices, reversals};

/// How far ahead a charge by hand may be due.
const MOST_DUE: chrono::Days = chrono::Days::new(366);

/// Keys of forms are below this; with it a key names what is posted on the other account.
pub(super) const OTHER: i64 = 1 << 62;

/// Posts a correction: its entry on the account of the order, and what it comes to.
pub(super) fn post(
    tx: &mut Tx<'_>,
    books: &Books,
    (order, memo): (&Order, &str),
    correction: &Correction,
) -> Result<(EntryId, Money), CorrectionError> {
    let by = By { order, memo };
    match correction {
        Correction::Credit { fund, amount, bill } => {
            let given = must_be_something(*amount)?;
            let today = tx.stamp.on;
            let entry = adjust(tx, books, &by, (fund, -given, today, *bill))?;
            Ok((entry, given))
        }
        Correction::Charge {
            fund,
            amount,
            due_on,
        } => {
            let asked = must_be_something(*amount)?;
            check_due_day(*due_on, tx.stamp.on)?;
            let entry = adjust(tx, books, &by, (fund, asked, *due_on, None))?;
            Ok((entry, asked))
        }
        Correction::Refund { amount, way } => {
            let entry = refund(tx, books, &by, (*amount, *way))?;
            Ok((entry, *amount))
        }
        Correction::Waiver { fee } => waive(tx, books, &by, *fee),
        Correction::Transfer {
            to,
            carried,
            amount,
            due_on,
        } => {
            let amount = must_be_something(*amount)?;
            if *to == order.account {
                return Err(CorrectionError::SameAccount);
            }
            let entry = match carried {
                Carried::Debt => carry_debt(tx, books, &by, (*to, amount, *due_on), None)?,
                Carried::Credit => carry_credit(tx, books, &by, (*to, amount))?,
            };
            Ok((entry, amount))
        }
        Correction::WriteOff {} => write_off(tx, books, &by),
        Correction::Reversal { of, due_on, .. } => reverse(tx, books, &by, (*of, *due_on)),
    }
}

/// Who orders it, and what the entry says of itself.
pub(super) struct By<'a> {
    pub(super) order: &'a Order,
    pub(super) memo: &'a str,
}

impl By<'_> {
    fn source(&self) -> Source {
        Source {
            kind: SourceKind::Adjustment,
            id: self.order.key,
        }
    }

    pub(super) fn event(&self, on: NaiveDate) -> Event {
        Event {
            account: self.order.account,
            source: self.source(),
            on,
            memo: Some(self.memo.to_owned()),
        }
    }
}

fn must_be_something(amount: Money) -> Result<Money, CorrectionError> {
    if amount.is_positive() {
        Ok(amount)
    } else {
        Err(CorrectionError::Amount)
    }
}

pub(super) fn check_due_day(due_on: NaiveDate, today: NaiveDate) -> Result<(), CorrectionError> {
    let last = today + MOST_DUE;
    if (today..=last).contains(&due_on) {
        Ok(())
    } else {
        Err(CorrectionError::DueDay { last })
    }
}

pub(super) fn adjust(
    tx: &mut Tx<'_>,
    books: &Books,
    by: &By<'_>,
    (fund, amount, due_on, bill): (&FundCode, Money, NaiveDate, Option<BillId>),
) -> Result<EntryId, CorrectionError> {
    let mut earners = books.chart.earning_funds();
    if !earners.any(|earner| earner.code == *fund) {
        return Err(CorrectionError::NotAFund);
    }
    let adjustment = Adjustment {
        account: by.order.account,
        key: by.order.key,
        charge: Charge {
            fund: fund.clone(),
            gl: books.chart.code(Role::Adjustments).clone(),
            amount,
        },
        bill,
        due_on,
        memo: by.memo.to_owned(),
    };
    Ok(ledger::adjust(tx, books, &adjustment)?)
}

fn refund(
    tx: &mut Tx<'_>,
    books: &Books,
    by: &By<'_>,
    (amount, way): (Money, RefundWay),
) -> Result<EntryId, CorrectionError> {
    let (on, account) = (tx.stamp.on, by.order.account);
    let entry = reversals::refund_credit(tx, books, &by.event(on), amount, Role::Bank)?;
    if way == RefundWay::Check {
        store::refund_checks::insert(tx, (account, entry), amount)?;
    }
    notices::tell(tx, account, Urgency::GoodToKnow, |reader| {
        Notice::RefundGiven(PaymentTold {
            name: reader.name.clone(),
            account_number: reader.account_number.clone(),
            payment: None,
            amount,
            on,
        })
    })?;
    Ok(entry)
}

fn waive(
    tx: &mut Tx<'_>,
    books: &Books,
    by: &By<'_>,
    fee: EntryId,
) -> Result<(EntryId, Money), CorrectionError> {
    let row = store::ledger::get(tx, fee)?;
    if row.account_id != Some(by.order.account) {
        return Err(StoreError::Missing("late fee").into());
    }
    let entry = fees::waive_late_fee(tx, books, fee, by.memo)?;
    Ok((entry, row.receivable))
}

/// What an account owes, leg by leg, without what an open deposit asks for: that is waived, and neither carried nor given up. What is paid by an
/// arrangement goes by it.
fn owed(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<OpenLeg>, CorrectionError> {
    if !store::arrangements::list_open(tx, &[account])?.is_empty() {
        return Err(CorrectionError::Arranged);
    }
    let mut legs = legs_of(tx, &[account])?
        .remove(&account)
        .unwrap_or_default();
    if !store::deposits::list_open(tx, &[account])?.is_empty() {
        let debts: Vec<EntryId> = legs.iter().map(|leg| leg.leg.entry).collect();
        let deposits = store::deposits::list_asks(tx, &debts)?;
        legs.retain(|leg| !deposits.contains(&leg.leg.entry));
    }
    Ok(legs)
}

pub(super) fn carry_debt(
    tx: &mut Tx<'_>,
    books: &Books,
    by: &By<'_>,
    (to, amount, due_on): (AccountId, Money, NaiveDate),
    meant: Option<EntryId>,
) -> Result<EntryId, CorrectionError> {
    let on = tx.stamp.on;
    check_due_day(due_on, on)?;
    stays_protected(tx, (by.order.account, to))?;
    let legs = owed(tx, by.order.account)?;
    let undisputed: Money = legs.iter().map(OpenLeg::undisputed).sum();
    if undisputed < amount {
        return Err(CorrectionError::NotOwed { owed: undisputed });
    }
    let parts = first_of(meant, legs, amount, |left, others| {
        books.allocation.lay_out(left, others, on).parts
    });
    let (out, into) = both_sides(tx, by, to)?;
    let entry = by_hand::debt_out(&books.chart, &out, &parts)?;
    let entry = post_one(tx, books, entry)?;
    let shares = by_hand::by_fund(&parts);
    let arrived = by_hand::debt_in(&books.chart, &into, due_on, &shares)?;
    post_one(tx, books, arrived)?;
    apply_held(tx, books, std::slice::from_ref(&into))?;
    Ok(entry)
}

/// So much of what is owed: of the debts of one entry first, the others as they are laid out.
fn first_of(
    meant: Option<EntryId>,
    legs: Vec<OpenLeg>,
    amount: Money,
    lay_out: impl FnOnce(Money, &[OpenLeg]) -> Vec<Part>,
) -> Vec<Part> {
    let is_meant = |leg: &OpenLeg| Some(leg.leg.entry) == meant;
    let (own, others): (Vec<OpenLeg>, Vec<OpenLeg>) = legs.into_iter().partition(is_meant);
    let mut left = amount;
    let mut parts = Vec::new();
    for leg in own {
        let taken = leg.undisputed().min(left);
        if taken.is_positive() {
            left -= taken;
            parts.push(Part {
                leg: leg.leg,
                fund: leg.fund,
                amount: taken,
            });
        }
    }
    if left.is_positive() {
        parts.extend(lay_out(left, &others));
    }
    parts
}

/// Whatever a hold keeps away from what is owed, it keeps away on the other account as well: a debt is not carried out of a protection.
fn stays_protected(
    tx: &mut Tx<'_>,
    (from, to): (AccountId, AccountId),
) -> Result<(), CorrectionError> {
    let on = tx.stamp.on;
    for stop in HoldStop::ALL {
        let kept = store::holds::stopped(tx, &[from, to], (*stop, on))?;
        if kept.is(from) && !kept.is(to) {
            return Err(CorrectionError::Protected);
        }
    }
    Ok(())
}

pub(super) fn carry_credit(
    tx: &mut Tx<'_>,
    books: &Books,
    by: &By<'_>,
    (to, amount): (AccountId, Money),
) -> Result<EntryId, CorrectionError> {
    let held = held_for(tx, by.order.account)?;
    if held < amount {
        return Err(CorrectionError::NotHeld { held });
    }
    let (out, into) = both_sides(tx, by, to)?;
    let entry = by_hand::credit_out(&books.chart, &out, amount)?;
    let entry = post_one(tx, books, entry)?;
    let all_held = Allocation {
        parts: Vec::new(),
        left: amount,
    };
    let arrived = by_hand::credit_in(&books.chart, &into, amount, &all_held)?;
    post_one(tx, books, arrived)?;
    apply_held(tx, books, std::slice::from_ref(&into))?;
    Ok(entry)
}

/// The two events of what is carried; each names the other account.
fn both_sides(
    tx: &mut Tx<'_>,
    by: &By<'_>,
    to: AccountId,
) -> Result<(Event, Event), CorrectionError> {
    let from = store::accounts::get(tx, by.order.account)?.number;
    let other = store::accounts::get(tx, to)?.number;
    let event = by.event(tx.stamp.on);
    let out = Event {
        memo: Some(format!("{} ({other})", by.memo)),
        ..event.clone()
    };
    let into = Event {
        account: to,
        source: Source {
            id: by.order.key | OTHER,
            ..event.source
        },
        memo: Some(format!("{} ({from})", by.memo)),
        ..event
    };
    Ok((out, into))
}

fn write_off(
    tx: &mut Tx<'_>,
    books: &Books,
    by: &By<'_>,
) -> Result<(EntryId, Money), CorrectionError> {
    let (on, account) = (tx.stamp.on, by.order.account);
    let row = store::accounts::get(tx, account)?;
    let has_ended = match row.status {
        AccountStatus::Closing | AccountStatus::Closed | AccountStatus::WrittenOff => true,
        AccountStatus::Pending | AccountStatus::Active => false,
    };
    if !has_ended {
        return Err(CorrectionError::NotEnded);
    }
    if !store::deposits::list_open(tx, &[account])?.is_empty() {
        return Err(CorrectionError::DepositOpen);
    }
    let legs = owed(tx, account)?;
    let is_disputed = legs.iter().any(|leg| leg.disputed.is_positive());
    let is_held = store::holds::stopped(tx, &[account], (HoldStop::WriteOff, on))?.is(account);
    let pending = store::payments::pending(tx, &[account])?;
    if is_disputed || is_held || !pending.is_zero() {
        return Err(CorrectionError::Held);
    }
    let parts: Vec<Part> = legs
        .into_iter()
        .filter(|leg| leg.remaining.is_positive())
        .map(|leg| Part {
            leg: leg.leg,
            fund: leg.fund,
            amount: leg.remaining,
        })
        .collect();
    let amount: Money = parts.iter().map(|part| part.amount).sum();
    if !amount.is_positive() {
        return Err(CorrectionError::NotOwed { owed: amount });
    }
    let entry = by_hand::write_off(&books.chart, &by.event(on), &parts)?;
    let entry = post_one(tx, books, entry)?;
    store::write_offs::insert(tx, (account, entry), &by_hand::by_fund(&parts))?;
    if row.status.may_become(AccountStatus::WrittenOff) {
        move_to(tx, (account, row.status), AccountStatus::WrittenOff)?;
    }
    Ok((entry, amount))
}

/// Notes that an account ended with what could not be collected, or that it is owed again.
pub(super) fn move_to(
    tx: &mut Tx<'_>,
    (account, was): (AccountId, AccountStatus),
    to: AccountStatus,
) -> Result<(), StoreError> {
    let on = tx.stamp.on;
    let number = store::accounts::get(tx, account)?.number;
    store::accounts::mark_status(tx, account, to, on)?;
    let deed = Deed {
        action: "account.moved",
        subject_kind: "account",
        subject_id: number.to_string(),
        account_id: Some(account),
        facts: json!({ "from": was, "to": to, "on": on }),
    };
    store::audit::insert(tx, &deed)
}
