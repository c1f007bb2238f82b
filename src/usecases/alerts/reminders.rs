//! Reminders of what is owed: a few days before the due date, and a few days after it. Each is told once for each due date, however often
//! the clock asks. Money on its way counts as paid, the oldest debt first; what autopay charges needs no reminder before it, and of what is in
//! dispute nobody is reminded, nor while a hold keeps reminders away. What an arrangement covers is told of with its installments
//! (`usecases::arrangements`). What is past due must reach somebody: by letter where nobody is mailed whose account it is.

use std::cmp::Ordering;
use std::collections::HashSet;

use chrono::{Days, NaiveDate};

use crate::domain::access::Right;
use crate::domain::alerts::{AlertKind, DUE_SOON_DAYS, PAST_DUE_AFTER, PAST_DUE_UNTIL};
use crate::domain::arrangements::CoveredDebt;
use crate::domain::holds::HoldStop;
use crate::domain::ids::{AccountId, BillNumber};
use crate::domain::money::Money;
use crate::domain::notice::{Channel, DebtTold, Notice};
use crate::store::alerts;
use crate::store::arrangements::{self, Standing};
use crate::store::autopay;
use crate::store::db::Tx;
use crate::store::disputes::{self, DisputedPart};
use crate::store::error::StoreError;
use crate::store::holds;
use crate::store::notices::{NewNotice, Reader};
use crate::store::open_items;
use crate::store::overdue;
use crate::store::planned_alerts::{self, DatedDebt};
use crate::store::scheduled_payments;
use crate::usecases::alerts::copies::Copies;
use crate::usecases::alerts::{by_letter, list_texted, on_every_way, put_new};
use crate::usecases::reach;

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
    let debts = planned_alerts::list_debts(tx, span, after, CHUNK)?;
    let mut accounts: Vec<AccountId> = debts.iter().map(|debt| debt.account_id).collect();
    accounts.dedup();
    let is_full = i32::try_from(accounts.len()).is_ok_and(|found| found >= CHUNK);
    let next = accounts.last().copied().filter(|_| is_full);
    let open = still_open(tx, kind, &accounts, debts)?;
    let planned = match kind {
        AlertKind::PastDue => of_past_due(tx, (&accounts, span), &open)?,
        AlertKind::DueSoon
        | AlertKind::BillReady
        | AlertKind::PaymentReceived
        | AlertKind::PaymentFailed
        | AlertKind::HighUsage
        | AlertKind::HighBill
        | AlertKind::BudgetAhead
        | AlertKind::TierAhead
        | AlertKind::Leak
        | AlertKind::Outage
        | AlertKind::PlannedWork
        | AlertKind::UrgentNotice
        | AlertKind::Appointment => of_due_soon(tx, &accounts, &open)?,
    };
    Ok(Reminded {
        notices: put_new(tx, planned)?,
        next,
    })
}

/// What of these debts is neither paid nor on its way, in dispute, arranged, or charged by itself.
fn still_open(
    tx: &mut Tx<'_>,
    kind: AlertKind,
    accounts: &[AccountId],
    mut debts: Vec<DatedDebt>,
) -> Result<Vec<(DatedDebt, Money)>, StoreError> {
    let on = tx.stamp.on;
    let stopped = holds::stopped(tx, accounts, (HoldStop::Reminder, on))?;
    debts.retain(|debt| !stopped.is(debt.account_id));
    set_aside(&mut debts, &disputes::list_parts(tx, accounts, on)?);
    let mut pending = overdue::pending_payments(tx, accounts)?;
    for open in arrangements::list_open(tx, accounts)? {
        set_aside(&mut debts, &arranged(&open));
        // What is on its way pays the installments that are near first.
        if let Some(on_its_way) = pending.get_mut(&open.row.account_id) {
            let first = open.cover.comes_first(open.row.grace_days(), on);
            *on_its_way = (*on_its_way - first).max(Money::ZERO);
        }
    }
    // Nobody is reminded before the due date of what autopay charges, or what they have scheduled until then.
    let is_before = kind == AlertKind::DueSoon;
    let (charged, scheduled) = if is_before {
        (
            autopay::list_ahead(tx, accounts)?,
            scheduled_payments::list_ahead(tx, accounts)?,
        )
    } else {
        (HashSet::new(), Vec::new())
    };
    debts.retain(|debt| !charged.contains(&(debt.account_id, debt.due_on)));
    let left = |debt: DatedDebt| {
        let on_its_way = pending.get(&debt.account_id).copied().unwrap_or_default();
        let amount = unpaid(&debt, on_its_way + until_due(&debt, &scheduled))?;
        Some((debt, amount))
    };
    Ok(debts.into_iter().filter_map(left).collect())
}

fn of_due_soon(
    tx: &mut Tx<'_>,
    accounts: &[AccountId],
    open: &[(DatedDebt, Money)],
) -> Result<Vec<NewNotice>, StoreError> {
    let kind = AlertKind::DueSoon;
    let on = tx.stamp.on;
    let listeners = alerts::by_account(alerts::list_listeners(tx, accounts, on)?);
    let mut planned = Vec::new();
    for (debt, amount) in open {
        let what = name_of(debt);
        let all = listeners.get(&debt.account_id).into_iter().flatten();
        for listener in all.filter(|listener| listener.wish(kind).is_passed_by(*amount)) {
            let notice = Notice::DueSoon(told((debt, *amount), &listener.reader, None));
            planned.extend(on_every_way(listener, kind, &what, &notice));
        }
    }
    Ok(planned)
}

fn of_past_due(
    tx: &mut Tx<'_>,
    (accounts, span): (&[AccountId], (NaiveDate, NaiveDate)),
    open: &[(DatedDebt, Money)],
) -> Result<Vec<NewNotice>, StoreError> {
    let kind = AlertKind::PastDue;
    let on = tx.stamp.on;
    let listeners = alerts::by_account(alerts::list_listeners(tx, accounts, on)?);
    let copies = Copies::read(tx, accounts)?;
    let bills = planned_alerts::list_bills_due(tx, accounts, span)?;
    let mut planned = Vec::new();
    let mut unreached = Vec::new();
    for (debt, amount) in open {
        let what = name_of(debt);
        let owed = (debt, *amount);
        let bill = bills.get(&(debt.account_id, debt.due_on));
        let mut is_mailed = false;
        for listener in listeners.get(&debt.account_id).into_iter().flatten() {
            let may_ask = listener.gives(Right::Change);
            let notice = Notice::PastDue(DebtTold {
                is_guest: !may_ask,
                ..told(owed, &listener.reader, bill.filter(|_| may_ask))
            });
            let ways = on_every_way(listener, kind, &what, &notice);
            is_mailed |= may_ask && ways.iter().any(|new| new.to.channel == Channel::Email);
            planned.extend(ways);
        }
        planned.extend(copies.of(debt.account_id, &what, (*amount, debt.due_on)));
        if !is_mailed {
            unreached.push((owed, bill));
        }
    }
    let events: Vec<(AccountId, String)> = unreached
        .iter()
        .map(|((debt, _), _)| (debt.account_id, name_of(debt)))
        .collect();
    let texted = list_texted(tx, kind, &events, &listeners)?;
    unreached.retain(|((debt, _), _)| !texted.contains(&name_of(debt)));
    planned.extend(letters(tx, &unreached)?);
    Ok(planned)
}

/// Which of these debts are still to be told of as past due.
///
/// # Errors
/// A fault of the store.
pub(in crate::usecases) fn still_past_due(
    tx: &mut Tx<'_>,
    wanted: &[(AccountId, NaiveDate)],
) -> Result<HashSet<(AccountId, NaiveDate)>, StoreError> {
    if wanted.is_empty() {
        return Ok(HashSet::new());
    }
    let mut accounts: Vec<AccountId> = wanted.iter().map(|(account, _)| *account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let dues = open_items::list_dues(tx, &accounts)?;
    let sum = |account: AccountId, wanted: Ordering, due_on: NaiveDate| -> Money {
        dues.iter()
            .filter(|(of, day, _)| *of == account && day.cmp(&due_on) == wanted)
            .map(|(_, _, amount)| *amount)
            .sum()
    };
    let debt = |(account_id, due_on): &(AccountId, NaiveDate)| DatedDebt {
        account_id: *account_id,
        due_on: *due_on,
        remaining: sum(*account_id, Ordering::Equal, *due_on),
        earlier: sum(*account_id, Ordering::Less, *due_on),
    };
    let debts = wanted.iter().map(debt).collect();
    let open = still_open(tx, AlertKind::PastDue, &accounts, debts)?;
    let name = |(debt, _): (DatedDebt, Money)| (debt.account_id, debt.due_on);
    Ok(open.into_iter().map(name).collect())
}

/// A letter for each debt of which nobody is mailed or was texted whose account it is.
fn letters(
    tx: &mut Tx<'_>,
    unreached: &[((&DatedDebt, Money), Option<&BillNumber>)],
) -> Result<Vec<NewNotice>, StoreError> {
    let kind = AlertKind::PastDue;
    let accounts: Vec<AccountId> = unreached
        .iter()
        .map(|((debt, _), _)| debt.account_id)
        .collect();
    let readers = reach::letter_readers(tx, &accounts)?;
    let mut nobody = Vec::new();
    let mut all = Vec::new();
    for (owed, bill) in unreached {
        let (debt, what) = (owed.0, name_of(owed.0));
        match readers.get(&debt.account_id) {
            Some(reader) => {
                let notice = Notice::PastDue(told(*owed, reader, *bill));
                all.push(by_letter(reader, kind, &what, notice));
            }
            None => nobody.push((debt.account_id, format!("{kind}:{what}"))),
        }
    }
    reach::ask_for_help(tx, &nobody)?;
    Ok(all)
}

/// What makes a debt the same when it is found again.
fn name_of(debt: &DatedDebt) -> String {
    format!("{}:{}", debt.account_id, debt.due_on)
}

fn told(
    (debt, amount): (&DatedDebt, Money),
    reader: &Reader,
    bill: Option<&BillNumber>,
) -> DebtTold {
    DebtTold {
        name: reader.name.clone(),
        account_number: reader.account_number.clone(),
        amount,
        due_on: debt.due_on,
        bill: bill.cloned(),
        is_guest: false,
    }
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
