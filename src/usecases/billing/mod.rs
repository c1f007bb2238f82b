//! The bill run: drafts for a cycle's period, a look at them, then issue. Chunks are loaded set-wise, decided on all cores by pure rules,
//! and written set-wise with the run's cursor in the same transaction: killed at any point, a run goes on where it stopped, and nothing is
//! billed twice.

mod issue;
pub mod load;
pub mod tariffs;

use std::collections::HashMap;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::domain::bill_draft::{BillDraft, Bounds, Decision, Finding, Tariffs, decide};
use crate::domain::bills::{BillKind, BillStatus, RunStatus};
use crate::domain::exceptions::ExceptionKind;
use crate::domain::ids::{AccountId, BillId, BillNumber, BillRunId, CyclePeriodId};
use crate::domain::money::Money;
use crate::domain::rates::facts::CycleRange;
use crate::domain::rates::numbers::OutOfRange;
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::bill_runs::{self, BillRunRow, Progress};
use crate::store::bills::{BillLineRow, BillRow, BillSegmentRow, WholeBill};
use crate::store::bulk::reserve;
use crate::store::cycles::{CyclePeriodRow, CycleRow};
use crate::store::db::{Db, Tx};
use crate::store::error::StoreError;
use crate::store::exceptions::NewException;
use crate::store::sql_types::Exact;
use crate::usecases::billing::load::Frame;
use crate::usecases::billing::tariffs::TariffError;
use crate::usecases::ledger::PostingError;

pub use issue::{issue_run, void_draft, void_run};

/// How many accounts a chunk has. Several hundred keep the statements few and the writer free for people.
const CHUNK: i64 = 500;

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
    /// The bill is not a draft.
    #[error("bill {0} is not a draft")]
    NotADraft(BillId),
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

/// Opens a run for a period. A period whose last run was voided may be run again.
///
/// # Errors
/// `AlreadyRun` with the stage of the run that stands.
pub fn open_run(tx: &mut Tx<'_>, period: CyclePeriodId) -> Result<BillRunId, BillingRunError> {
    let row = store::cycles::get_period(tx, period)?;
    let newest = bill_runs::find_newest(tx, period)?;
    if let Some(run) = newest.as_ref().filter(|run| run.status != RunStatus::Void) {
        return Err(BillingRunError::AlreadyRun(run.status));
    }
    let accounts_total = store::accounts::count_of_cycle(tx, row.cycle_id)?;
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

pub(super) fn tell(
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

/// Works out all drafts of a run that are not there yet, chunk by chunk; `seen` hears of each chunk.
///
/// # Errors
/// What stops the run as a whole; one account never does.
pub fn draft_run(
    db: &Db,
    stamp: &crate::domain::stamp::Stamp,
    run: BillRunId,
    mut seen: impl FnMut(&BillRunRow),
) -> Result<(), BillingRunError> {
    let (period, cycle, tariffs) = db.read_blocking(|conn| {
        let row = bill_runs::get(conn, run)?;
        let period = store::cycles::get_period(conn, row.cycle_period_id)?;
        let cycle = store::cycles::get(conn, period.cycle_id)?;
        Ok::<_, BillingRunError>((period, cycle, tariffs::load(conn)?))
    })?;
    let frame = frame(&period, &cycle, &tariffs);
    loop {
        let (row, cases, last) = db.read_blocking(|conn| {
            let row = bill_runs::get(conn, run)?;
            let accounts = match row.status {
                RunStatus::Drafting => {
                    store::accounts::list_of_cycle(conn, cycle.id, row.cursor_account_id, CHUNK)?
                }
                RunStatus::Drafted | RunStatus::Issuing | RunStatus::Issued | RunStatus::Void => {
                    Vec::new()
                }
            };
            let last = accounts.last().map(|account| account.id);
            Ok::<_, StoreError>((row, load::cases(conn, &frame, &accounts)?, last))
        })?;
        seen(&row);
        let Some(last) = last else { break };
        let decisions: Vec<Decision> = cases
            .par_iter()
            .map(|case| decide(case, &tariffs))
            .collect();
        let done = Done {
            row,
            to: last,
            accounts: cases.iter().map(|case| case.account).collect(),
            decisions,
            due_on: period.due_on,
        };
        db.write_bulk(stamp.clone(), move |tx| record_chunk(tx, &done))?;
    }
    db.write_bulk(stamp.clone(), move |tx| {
        if bill_runs::get(tx, run)?.status == RunStatus::Drafting {
            bill_runs::mark_status(tx, run, RunStatus::Drafted)?;
        }
        Ok::<_, BillingRunError>(())
    })
}

fn frame<'a>(period: &CyclePeriodRow, cycle: &CycleRow, tariffs: &'a Tariffs) -> Frame<'a> {
    let days = |days: i32| u32::try_from(days).unwrap_or_default();
    Frame {
        period: period.period(),
        cycle: CycleRange {
            least_days: days(cycle.least_days),
            most_days: days(cycle.most_days),
            months: days(cycle.months),
        },
        tariffs,
        // A household's bill above $2,000 or below nothing is looked at before it goes out.
        bounds: Bounds {
            most: Money::from_cents(200_000),
            least: Money::ZERO,
        },
    }
}

/// A chunk that was decided and is to be written.
struct Done {
    row: BillRunRow,
    to: AccountId,
    accounts: Vec<AccountId>,
    decisions: Vec<Decision>,
    due_on: NaiveDate,
}

/// Writes a chunk with the run's cursor. A chunk that another worker wrote first is left alone.
fn record_chunk(tx: &mut Tx<'_>, done: &Done) -> Result<(), BillingRunError> {
    let drafts: Vec<(&BillDraft, &[Finding])> = done
        .decisions
        .iter()
        .filter_map(|decision| match decision {
            Decision::Draft(draft, findings) => Some((draft.as_ref(), findings.as_slice())),
            Decision::Held(_) | Decision::Nothing => None,
        })
        .collect();
    let ids = reserve(tx, "bills", drafts.len())?;
    let mut bills = Vec::with_capacity(drafts.len());
    let mut exceptions = Vec::new();
    let mut added = Progress {
        accounts: i64::try_from(done.accounts.len()).unwrap_or(i64::MAX),
        ..Progress::default()
    };
    for (id, (draft, findings)) in ids.into_iter().map(BillId).zip(&drafts) {
        bills.push(whole_bill(id, draft, done)?);
        added.bills += 1;
        added.amount += draft.total;
        exceptions.extend(
            findings
                .iter()
                .map(|finding| exception(done, draft.account, Some(id), finding)),
        );
    }
    for (account, decision) in done.accounts.iter().zip(&done.decisions) {
        if let Decision::Held(findings) = decision {
            exceptions.extend(
                findings
                    .iter()
                    .map(|finding| exception(done, *account, None, finding)),
            );
        }
    }
    added.exceptions = i64::try_from(exceptions.len()).unwrap_or(i64::MAX);
    if !bill_runs::mark_progress(tx, done.row.id, done.row.cursor_account_id, done.to, &added)? {
        return Ok(());
    }
    store::bills::insert_whole(tx, bills)?;
    store::exceptions::open_all(tx, &exceptions)?;
    let facts = serde_json::json!({ "accounts": added.accounts, "bills": added.bills, "exceptions": added.exceptions, "to": done.to });
    Ok(tell(tx, done.row.id, "bill_run.chunk_drafted", facts)?)
}

fn exception(
    done: &Done,
    account: AccountId,
    bill: Option<BillId>,
    finding: &Finding,
) -> NewException {
    let service = finding.agreement.map_or(0, |agreement| agreement.0);
    NewException {
        account_id: Some(account),
        service_agreement_id: finding.agreement,
        register_id: finding.register,
        bill_id: bill,
        run_id: Some(done.row.id),
        ..NewException::of(
            format!("run:{}:{account}:{service}:{}", done.row.id, finding.reason),
            ExceptionKind::Bill,
            finding.reason,
            finding.facts.clone(),
        )
    }
}

fn whole_bill(id: BillId, draft: &BillDraft, done: &Done) -> Result<WholeBill, BillingRunError> {
    let workings: Vec<_> = draft
        .segments
        .iter()
        .map(|segment| &segment.segment.working)
        .collect();
    let working = serde_json::to_string(&workings)
        .map_err(|error| StoreError::Unreadable(error.to_string()))?;
    let bill = BillRow {
        id,
        number: BillNumber::of(id.0),
        account_id: draft.account,
        run_id: Some(done.row.id),
        kind: BillKind::Regular,
        status: BillStatus::Draft,
        from_on: draft.period.from,
        until_on: draft.period.until,
        issued_on: None,
        due_on: done.due_on,
        previous_cents: Money::ZERO,
        total_cents: draft.total,
        replaces_bill_id: None,
        working,
    };
    let mut segments = Vec::with_capacity(draft.segments.len());
    let mut lines = Vec::new();
    let mut position = 0;
    for (place, segment) in (0_i32..).zip(&draft.segments) {
        segments.push(BillSegmentRow {
            bill_id: id,
            position: place,
            service_agreement_id: segment.agreement,
            commodity: segment.commodity,
            rate_schedule_id: segment.schedule,
            quantity: segment.usage.map(|usage| Exact(usage.amount.normalize())),
            unit: segment.usage.map(|usage| usage.unit),
            quality: segment.quality.as_str().to_owned(),
            amount_cents: segment.segment.bill.total,
        });
        for (line, code) in segment.segment.bill.lines.iter().zip(&segment.codes) {
            lines.push(BillLineRow {
                bill_id: id,
                position,
                segment: place,
                charge: code.clone(),
                quantity: Some(Exact(line.quantity.divided()?.normalize())),
                price: Some(Exact(line.price.normalize())),
                amount_cents: line.amount,
            });
            position += 1;
        }
    }
    Ok(WholeBill {
        bill,
        segments,
        lines,
    })
}

/// What the charges of a chunk of drafts are posted to, by bill.
pub(super) type ChargesByBill = HashMap<BillId, Vec<crate::domain::entries::Charge>>;
