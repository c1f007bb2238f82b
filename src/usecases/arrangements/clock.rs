//! What the clock does with arrangements: it finds what was kept and what was broken, and tells of installments before they are due and once
//! they are late. A chunk at a time; run again, it finds nothing new.

use std::collections::{BTreeMap, HashSet};

use chrono::Days;

use crate::domain::alerts::{AlertKind, DUE_SOON_DAYS};
use crate::domain::arrangements::{ArrangementState, InstallmentState, Progress};
use crate::domain::ids::{AccountId, ArrangementId};
use crate::domain::money::Money;
use crate::domain::notice::{ArrangementNews, Urgency};
use crate::store;
use crate::store::alerts::{self, Listener};
use crate::store::arrangements::{self, Standing};
use crate::store::autopay;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::notices::NewNotice;
use crate::store::overdue;
use crate::usecases::alerts::{on_every_way, put_new};
use crate::usecases::arrangements::{end, tell, told};

/// How many arrangements one chunk looks at.
const CHUNK: i64 = 500;

/// What one chunk came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Looked {
    /// How many were kept to the end.
    pub kept: usize,
    /// How many were broken.
    pub broken: usize,
    /// How many notices of installments were put in the outbox.
    pub notices: usize,
    /// Where the next chunk begins; `None` when all were looked at.
    pub next: Option<ArrangementId>,
}

/// Looks at the next open arrangements after one: ends what is kept or broken today, and tells of installments.
///
/// # Errors
/// A fault of the store.
pub fn look(tx: &mut Tx<'_>, after: ArrangementId) -> Result<Looked, StoreError> {
    let on = tx.stamp.on;
    let seen = arrangements::list_open_after(tx, after, on, CHUNK)?;
    let is_full = i64::try_from(seen.len()).is_ok_and(|found| found == CHUNK);
    let next = seen.last().map(|open| open.row.id).filter(|_| is_full);
    let accounts: Vec<AccountId> = seen.iter().map(|open| open.row.account_id).collect();
    store::ledger::lock(tx, &accounts)?;
    // Read again under the locks: a payment may have come between.
    let open = arrangements::list_open_after(tx, after, on, CHUNK)?;
    let mut open: Vec<Standing> = open
        .into_iter()
        .filter(|open| accounts.contains(&open.row.account_id))
        .collect();
    let pending = overdue::pending_payments(tx, &accounts)?;
    let mut looked = Looked {
        next,
        ..Looked::default()
    };
    let mut stands = Vec::new();
    for one in open.drain(..) {
        let on_its_way = pending.get(&one.row.account_id).copied();
        match settle_one(tx, &one, on_its_way.unwrap_or_default())? {
            ArrangementState::Kept => looked.kept += 1,
            ArrangementState::Broken => looked.broken += 1,
            ArrangementState::Open | ArrangementState::Canceled => stands.push(one),
        }
    }
    looked.notices = remind(tx, &stands, &pending)?;
    Ok(looked)
}

/// Ends the open arrangement of an account, where everything is paid. The caller holds the account.
pub(super) fn settle(tx: &mut Tx<'_>, account: AccountId) -> Result<(), StoreError> {
    let open = arrangements::list_open(tx, &[account])?;
    for one in open.iter().filter(|one| one.cover.is_paid()) {
        settle_one(tx, one, Money::ZERO)?;
    }
    Ok(())
}

/// What became of one by today, written down and told where it ended.
fn settle_one(
    tx: &mut Tx<'_>,
    one: &Standing,
    pending: Money,
) -> Result<ArrangementState, StoreError> {
    let (row, on) = (&one.row, tx.stamp.on);
    let state = one.cover.standing(pending, row.grace_days(), on);
    let left = one.cover.to_pay();
    match state {
        ArrangementState::Open | ArrangementState::Canceled => {}
        ArrangementState::Kept => {
            if end(tx, row, (state, None), left)? {
                tell(tx, row, Urgency::GoodToKnow, &ArrangementNews::Kept)?;
            }
        }
        ArrangementState::Broken => {
            if end(tx, row, (state, None), left)? {
                let news = ArrangementNews::Broken { left, on };
                tell(tx, row, Urgency::MustReach, &news)?;
            }
        }
    }
    Ok(state)
}

/// Tells of each installment twice at the most: a few days before it is due, and once it is late.
fn remind(
    tx: &mut Tx<'_>,
    open: &[Standing],
    pending: &BTreeMap<AccountId, Money>,
) -> Result<usize, StoreError> {
    let on = tx.stamp.on;
    let accounts: Vec<AccountId> = open.iter().map(|one| one.row.account_id).collect();
    let listeners = alerts::by_account(alerts::list_listeners(tx, &accounts, on)?);
    let charged: HashSet<_> = autopay::list_ahead(tx, &accounts)?;
    let mut planned: Vec<NewNotice> = Vec::new();
    for one in open {
        let account = one.row.account_id;
        let mut on_its_way = pending.get(&account).copied().unwrap_or_default();
        for (part, place) in one.cover.progress().iter().zip(1..) {
            let covered = part.unpaid.min(on_its_way);
            on_its_way -= covered;
            let amount = part.unpaid - covered;
            let due_on = part.installment.due_on;
            let Some(kind) = worth_telling(part, one, on).filter(|_| amount.is_positive()) else {
                continue;
            };
            // Autopay tells of what it charges.
            if kind == AlertKind::DueSoon && charged.contains(&(account, due_on)) {
                continue;
            }
            let news = news_of(kind, part, (amount, one));
            let what = format!("arrangement {}:{place}", one.row.id);
            let all: &[Listener] = listeners.get(&account).map_or(&[], Vec::as_slice);
            for listener in all.iter().filter(|all| all.wish(kind).is_passed_by(amount)) {
                let notice = told(&listener.reader, &one.row, news.clone());
                planned.extend(on_every_way(listener, kind, &what, &notice));
            }
        }
    }
    put_new(tx, planned)
}

/// By which kind of alert an installment is told of today; nothing where there is no news.
fn worth_telling(part: &Progress, one: &Standing, on: chrono::NaiveDate) -> Option<AlertKind> {
    match part.state(one.row.grace_days(), on) {
        InstallmentState::Due => {
            let due_on = part.installment.due_on;
            let is_soon = due_on > on && due_on <= on + Days::new(DUE_SOON_DAYS);
            is_soon.then_some(AlertKind::DueSoon)
        }
        InstallmentState::Late => Some(AlertKind::PastDue),
        InstallmentState::Paid | InstallmentState::Missed | InstallmentState::Aside => None,
    }
}

fn news_of(kind: AlertKind, part: &Progress, (amount, one): (Money, &Standing)) -> ArrangementNews {
    let due_on = part.installment.due_on;
    if kind == AlertKind::DueSoon {
        return ArrangementNews::DueSoon { amount, due_on };
    }
    ArrangementNews::Late {
        amount,
        due_on,
        until: due_on + Days::new(u64::from(one.row.grace_days())),
    }
}
