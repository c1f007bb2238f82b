//! The bill run: drafts for a cycle's period, a look at them, then issue. Chunks are loaded set-wise, decided on all cores by pure rules,
//! and written set-wise with the run's cursor in the same transaction: killed at any point, a run goes on where it stopped, and nothing is
//! billed twice.

mod agreed;
pub(in crate::usecases) mod changed;
pub(crate) mod deliver;
mod draft;
mod evidence;
mod issue;
pub mod load;
mod meter_size;
mod missed;
mod places;
pub mod proposals;
pub mod rebill;
mod record;
pub mod rederive;
mod redraft;
pub mod tariffs;
pub mod terms;
pub mod trials;
mod voids;

use chrono::NaiveDate;

use crate::domain::bills::RunStatus;
use crate::domain::ids::{AccountId, BillId, BillRunId, CyclePeriodId};
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::rates::numbers::OutOfRange;
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::bill_runs::{self, BillRunRow};
use crate::store::bills_missed;
use crate::store::bulk::reserve;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::usecases::billing::tariffs::TariffError;
use crate::usecases::ledger::PostingError;

pub use draft::draft_run;
pub use issue::{begin_issue, issue_run};
pub use missed::flag_missed;
pub(in crate::usecases) use missed::flag_started;
pub use redraft::{Redrafted, redraft_account, redraft_held};
pub use voids::{void_draft, void_run};

/// How many accounts a chunk has. Several hundred keep the statements few and the writer free for people.
pub const CHUNK: i64 = 500;

/// Why a run did not go on.
#[derive(Debug, thiserror::Error)]
pub enum BillingRunError {
    /// The period was billed, or is being billed.
    #[error("this period's run is {0}")]
    AlreadyRun(RunStatus),
    /// The stage does not allow it.
    #[error("a run that is {from} cannot become {to}")]
    WrongStage {
        /// Where it stands.
        from: RunStatus,
        /// Where it was to go.
        to: RunStatus,
    },
    /// The run is at work or given up: nothing of it can be drafted again.
    #[error("nothing of a run that is {0} can be drafted again")]
    NotAtRest(RunStatus),
    /// The bill is not a draft.
    #[error("bill {0} is not a draft")]
    NotADraft(BillId),
    /// The period is not over; from which day on it is.
    #[error("the period is not over before {0}")]
    NotOver(NaiveDate),
    /// A period before it has no issued run.
    #[error("the period from {} is to be billed first", .0.from)]
    EarlierUnbilled(Period),
    /// A period after it is issued.
    #[error("a later period is issued")]
    LaterIssued,
    /// The account has its bill of this run.
    #[error("account {0} has its bill already")]
    AlreadyIssued(AccountId),
    /// A published schedule cannot be read.
    #[error(transparent)]
    Tariff(#[from] TariffError),
    /// The ledger refused an entry.
    #[error(transparent)]
    Posting(#[from] PostingError),
    /// A quantity cannot be written down.
    #[error(transparent)]
    OutOfRange(#[from] OutOfRange),
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Opens a run for a period that is over. A cycle's periods are billed in their order; one whose last run was voided may be run again.
///
/// # Errors
/// `AlreadyRun` with the stage of the run that stands; `NotOver`; `EarlierUnbilled` with the period that comes first; `LaterIssued` for one that
/// lies before the first that was billed here.
pub fn open_run(tx: &mut Tx<'_>, period: CyclePeriodId) -> Result<BillRunId, BillingRunError> {
    let cycle = store::cycles::get_period(tx, period)?.cycle_id;
    store::cycles::lock(tx, cycle)?;
    // Whoever waited may have waited for a move of these dates.
    let row = store::cycles::get_period(tx, period)?;
    let newest = bill_runs::find_newest(tx, period)?;
    if let Some(run) = newest.as_ref().filter(|run| run.status != RunStatus::Void) {
        return Err(BillingRunError::AlreadyRun(run.status));
    }
    if row.read_on > tx.stamp.on {
        return Err(BillingRunError::NotOver(row.read_on));
    }
    if let Some(first) = bills_missed::find_unbilled_before(tx, row.cycle_id, row.from_on)? {
        return Err(BillingRunError::EarlierUnbilled(first));
    }
    if bills_missed::is_later_issued(tx, row.cycle_id, row.from_on)? {
        return Err(BillingRunError::LaterIssued);
    }
    let accounts_total = store::accounts::count_of_cycle(tx, row.cycle_id, row.period())?;
    let id = BillRunId(
        reserve(tx, "bill_runs", 1)?
            .into_iter()
            .next()
            .ok_or(StoreError::Missing("bill run id"))?,
    );
    let run = BillRunRow {
        id,
        cycle_period_id: period,
        attempt: newest.map_or(1, |run| run.attempt + 1),
        status: RunStatus::Drafting,
        cursor_account_id: AccountId(0),
        accounts_total,
        accounts_done: 0,
        bills_drafted: 0,
        exceptions_found: 0,
        amount_cents: Money::ZERO,
        started_by: tx.stamp.by.name.clone(),
        started_at: tx.stamp.at,
        finished_at: None,
    };
    bill_runs::insert(tx, &run)?;
    tell(
        tx,
        id,
        "bill_run.opened",
        serde_json::json!({ "period": period, "accounts": accounts_total }),
    )?;
    Ok(id)
}

fn tell(
    tx: &mut Tx<'_>,
    run: BillRunId,
    action: &str,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    audit::insert(
        tx,
        &Deed {
            action,
            subject_kind: "bill_run",
            subject_id: run.to_string(),
            account_id: None,
            facts,
        },
    )
}

/// What a process claims while it works on a run, so that it doesn't work on it twice at a time.
#[must_use]
pub fn claim_of(run: BillRunId) -> String {
    format!("bill run {run}")
}
