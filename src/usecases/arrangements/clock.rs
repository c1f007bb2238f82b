//! What the clock does with arrangements: it finds what was kept and what was broken, and tells of installments before they are due and once
//! they are late. A chunk at a time; run again, it finds nothing new.

use chrono::{Days, NaiveDate};

use crate::domain::arrangements::ArrangementState;
use crate::domain::holds::HoldStop;
use crate::domain::ids::{AccountId, ArrangementId};
use crate::domain::money::Money;
use crate::domain::notice::{ArrangementNews, Urgency};
use crate::store;
use crate::store::arrangements::{self, Standing};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::holds::{self, Stopped};
use crate::store::overdue;
use crate::usecases::alerts::copies::Copies;
use crate::usecases::alerts::put_new;
use crate::usecases::arrangements::reminders::remind;
use crate::usecases::arrangements::{end, missed, tell};

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
    let seen = arrangements::list_open_after(tx, after, CHUNK)?;
    let is_full = i64::try_from(seen.len()).is_ok_and(|found| found == CHUNK);
    let next = seen.last().map(|open| open.row.id).filter(|_| is_full);
    let accounts: Vec<AccountId> = seen.iter().map(|open| open.row.account_id).collect();
    store::ledger::lock(tx, &accounts)?;
    // Read again under the locks: a payment may have come between.
    let open = arrangements::list_open_after(tx, after, CHUNK)?;
    let mut open: Vec<Standing> = open
        .into_iter()
        .filter(|open| accounts.contains(&open.row.account_id))
        .collect();
    let pending = overdue::pending_payments(tx, &accounts)?;
    let on = tx.stamp.on;
    let stopped = holds::stopped(tx, &accounts, (HoldStop::Reminder, on))?;
    let mut looked = Looked {
        next,
        ..Looked::default()
    };
    let missed = missed::law(tx)?;
    let (mut stands, mut broken) = (Vec::new(), Vec::new());
    for one in open.drain(..) {
        let on_its_way = pending.get(&one.row.account_id).copied();
        let waits = is_kept_quiet(&one, &stopped, on);
        match settle_one(tx, &one, (on_its_way.unwrap_or_default(), waits))? {
            ArrangementState::Kept => looked.kept += 1,
            ArrangementState::Broken => broken.push(one.row),
            ArrangementState::Open | ArrangementState::Canceled => stands.push(one),
        }
    }
    missed::follow(tx, &broken, missed)?;
    looked.broken = broken.len();
    looked.notices = remind(tx, &stands, (&pending, &stopped), missed)?;
    Ok(looked)
}

/// Ends the open arrangement of an account, where everything is paid. The caller holds the account.
pub(super) fn settle(tx: &mut Tx<'_>, account: AccountId) -> Result<(), StoreError> {
    let open = arrangements::list_open(tx, &[account])?;
    for one in open.iter().filter(|one| one.cover.is_paid()) {
        settle_one(tx, one, (Money::ZERO, false))?;
    }
    Ok(())
}

/// Whether a hold keeps reminders away, or did until so few days ago that those of grace have not passed since: nobody breaks meanwhile what
/// nobody may remind them of.
fn is_kept_quiet(one: &Standing, stopped: &Stopped, on: NaiveDate) -> bool {
    let account = one.row.account_id;
    let grace = Days::new(u64::from(one.row.grace_days()));
    let freed = stopped.freed_on(account);
    stopped.is(account) || freed.is_some_and(|day| on <= day + grace)
}

/// What became of one by today with so much on its way, written down and told where it ended; one that waits does not break.
fn settle_one(
    tx: &mut Tx<'_>,
    one: &Standing,
    (pending, waits): (Money, bool),
) -> Result<ArrangementState, StoreError> {
    let (row, on) = (&one.row, tx.stamp.on);
    let mut state = one.cover.standing(pending, row.grace_days(), on);
    if state == ArrangementState::Broken && waits {
        state = ArrangementState::Open;
    }
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
                let copies = Copies::read(tx, &[row.account_id])?;
                let what = format!("broken {}", row.id);
                put_new(tx, copies.of(row.account_id, &what, (left, on)))?;
            }
        }
    }
    Ok(state)
}
