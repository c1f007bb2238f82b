//! Reminders of what is owed: a few days before the due date, and a few days after it. Each is told once for each due date, however often
//! the clock asks. Money on its way counts as paid, the oldest debt first; what autopay charges needs no reminder before it, and of what is in
//! dispute nobody is reminded, nor while a hold keeps reminders away. What an arrangement covers is told of with its installments
//! (`usecases::arrangements`).

use std::cmp::Ordering;
use std::collections::HashSet;

use chrono::{Days, NaiveDate};

use crate::domain::alerts::{AlertKind, DUE_SOON_DAYS, PAST_DUE_AFTER, PAST_DUE_UNTIL};
use crate::domain::arrangements::CoveredDebt;
use crate::domain::holds::HoldStop;
use crate::domain::ids::AccountId;
use crate::domain::money::Money;
use crate::domain::notice::{DebtTold, Notice};
use crate::store::alerts::{self, Listener};
use crate::store::arrangements::{self, Standing};
use crate::store::autopay;
use crate::store::db::Tx;
use crate::store::disputes::{self, DisputedPart};
use crate::store::error::StoreError;
use crate::store::holds;
use crate::store::notices::NewNotice;
use crate::store::overdue;
use crate::store::planned_alerts::{self, DatedDebt};
use crate::store::scheduled_payments;
use crate::usecases::alerts::copies::Copies;
use crate::usecases::alerts::{on_every_way, put_new};

/// How many accounts one chunk looks at.
const CHUNK: i32 = 500;

/// What one chunk came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminded {
    /// How many notices were put in the outbox.
    pub notices: usize,
    /// Where the next chunk begins; `None` when all accounts were looked at.
    pub next: Option<AccountId>,
}

/// Reminds of what falls due soon, for the next accounts after one.
///
/// # Errors
/// A fault of the store.
pub fn remind_due_soon(tx: &mut Tx<'_>, after: AccountId) -> Result<Reminded, StoreError> {
    let on = tx.stamp.on;
    let span = (on + Days::new(1), on + Days::new(DUE_SOON_DAYS));
    remind(tx, AlertKind::DueSoon, span, after)
}

/// Tells of what is past due, for the next accounts after one.
///
/// # Errors
/// A fault of the store.
pub fn remind_past_due(tx: &mut Tx<'_>, after: AccountId) -> Result<Reminded, StoreError> {
    let on = tx.stamp.on;
    let span = (
        on - Days::new(PAST_DUE_UNTIL),
        on - Days::new(PAST_DUE_AFTER),
    );
    remind(tx, AlertKind::PastDue, span, after)
}

fn remind(
    tx: &mut Tx<'_>,
    kind: AlertKind,
    span: (NaiveDate, NaiveDate),
    after: AccountId,
) -> Result<Reminded, StoreError> {
    let on = tx.stamp.on;
    let mut debts = planned_alerts::list_debts(tx, span, after, CHUNK)?;
    let mut accounts: Vec<AccountId> = debts.iter().map(|debt| debt.account_id).collect();
    accounts.dedup();
    let is_full = i32::try_from(accounts.len()).is_ok_and(|found| found >= CHUNK);
    let next = accounts.last().copied().filter(|_| is_full);
    let stopped = holds::stopped(tx, &accounts, (HoldStop::Reminder, on))?;
    debts.retain(|debt| !stopped.is(debt.account_id));
    set_aside(&mut debts, &disputes::list_parts(tx, &accounts, on)?);
    let mut pending = overdue::pending_payments(tx, &accounts)?;
    for open in arrangements::list_open(tx, &accounts)? {
        set_aside(&mut debts, &arranged(&open));
        // What is on its way pays the installments that are near first.
        if let Some(on_its_way) = pending.get_mut(&open.row.account_id) {
            let first = open.cover.comes_first(open.row.grace_days(), on);
            *on_its_way = (*on_its_way - first).max(Money::ZERO);
        }
    }
    let listeners = alerts::by_account(alerts::list_listeners(tx, &accounts, on)?);
    let charged = charged(tx, kind, &accounts)?;
    // Nobody is reminded before the due date of what they have scheduled until then.
    let scheduled = if kind == AlertKind::DueSoon {
        scheduled_payments::list_ahead(tx, &accounts)?
    } else {
        Vec::new()
    };
    let copies = if kind == AlertKind::PastDue {
        Copies::read(tx, &accounts)?
    } else {
        Copies::none()
    };
    let planned = debts
        .iter()
        .filter(|debt| !charged.contains(&(debt.account_id, debt.due_on)))
        .filter_map(|debt| {
            let on_its_way = pending.get(&debt.account_id).copied().unwrap_or_default();
            Some((
                debt,
                unpaid(debt, on_its_way + until_due(debt, &scheduled))?,
            ))
        })
        .flat_map(|(debt, amount)| {
            let listeners = listeners.get(&debt.account_id).into_iter().flatten();
            let mut all = told(kind, debt, amount, listeners);
            let what = format!("{}:{}", debt.account_id, debt.due_on);
            all.extend(copies.of(debt.account_id, &what, (amount, debt.due_on)));
            all
        })
        .collect();
    Ok(Reminded {
        notices: put_new(tx, planned)?,
        next,
    })
}

/// What autopay charges by itself: nobody is reminded before it.
fn charged(
    tx: &mut Tx<'_>,
    kind: AlertKind,
    accounts: &[AccountId],
) -> Result<HashSet<(AccountId, NaiveDate)>, StoreError> {
    Ok(match kind {
        AlertKind::DueSoon => autopay::list_ahead(tx, accounts)?,
        AlertKind::BillReady
        | AlertKind::PastDue
        | AlertKind::PaymentReceived
        | AlertKind::PaymentFailed
        | AlertKind::HighUsage
        | AlertKind::HighBill
        | AlertKind::BudgetAhead
        | AlertKind::TierAhead
        | AlertKind::Leak
        | AlertKind::Outage
        | AlertKind::PlannedWork
        | AlertKind::UrgentNotice => HashSet::new(),
    })
}

/// What an arrangement covers: it is told of with its installments.
fn arranged(open: &Standing) -> Vec<DisputedPart> {
    let part = |debt: &CoveredDebt| DisputedPart {
        account_id: open.row.account_id,
        due_on: debt.due_on,
        amount: debt.to_pay(),
    };
    open.cover.debts.iter().map(part).collect()
}

/// Takes what is in dispute or arranged out of the debts: nobody is reminded of it.
fn set_aside(debts: &mut [DatedDebt], parts: &[DisputedPart]) {
    for debt in debts {
        for part in parts
            .iter()
            .filter(|part| part.account_id == debt.account_id)
        {
            match part.due_on.cmp(&debt.due_on) {
                Ordering::Less => debt.earlier -= part.amount,
                Ordering::Equal => debt.remaining -= part.amount,
                Ordering::Greater => {}
            }
        }
    }
}

/// How much of a debt's account is scheduled until its due date.
fn until_due(debt: &DatedDebt, scheduled: &[(AccountId, NaiveDate, Money)]) -> Money {
    let until = |(account, on, _): &&(AccountId, NaiveDate, Money)| {
        *account == debt.account_id && *on <= debt.due_on
    };
    scheduled
        .iter()
        .filter(until)
        .map(|(_, _, amount)| *amount)
        .sum()
}

/// What of a debt is neither paid nor on its way.
fn unpaid(debt: &DatedDebt, on_its_way: Money) -> Option<Money> {
    let left_over = (on_its_way - debt.earlier).max(Money::ZERO);
    let amount = debt.remaining - left_over.min(debt.remaining);
    amount.is_positive().then_some(amount)
}

fn told<'a>(
    kind: AlertKind,
    debt: &DatedDebt,
    amount: Money,
    listeners: impl Iterator<Item = &'a Listener>,
) -> Vec<NewNotice> {
    let what = format!("{}:{}", debt.account_id, debt.due_on);
    listeners
        .filter(|listener| listener.wish(kind).is_passed_by(amount))
        .flat_map(|listener| {
            let told = DebtTold {
                name: listener.reader.name.clone(),
                account_number: listener.reader.account_number.clone(),
                amount,
                due_on: debt.due_on,
            };
            let notice = if kind == AlertKind::PastDue {
                Notice::PastDue(told)
            } else {
                Notice::DueSoon(told)
            };
            on_every_way(listener, kind, &what, &notice)
        })
        .collect()
}
