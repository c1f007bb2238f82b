//! Issuing drafts: each becomes owed, posted to the ledger in the same transaction that makes it unchangeable. And giving drafts up.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::bills::RunStatus;
use crate::domain::entries::Charge;
use crate::domain::gl::{FundCode, GlCode};
use crate::domain::ids::{BillId, BillRunId, RateScheduleId};
use crate::domain::stamp::Stamp;
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::bill_runs;
use crate::store::bills;
use crate::store::db::{Db, Tx};
use crate::store::error::StoreError;
use crate::usecases::billing::{BillingRunError, ChargesByBill, tariffs, tell};
use crate::usecases::books::{self, Books};
use crate::usecases::ledger::{BillToPost, PostingError, post_bills};

/// How many drafts one transaction issues.
const CHUNK: i64 = 500;

/// Where the lines of each charge of each version are posted.
type PostingMap = HashMap<(RateScheduleId, String), (FundCode, GlCode)>;

/// Issues all drafts of a run that nobody needs to look at first; `seen` hears how many each chunk issued. Drafts with an open exception
/// stay drafts until it is answered and the run is issued again.
///
/// # Errors
/// `WrongStage` before all drafts are made; or what stops the run as a whole.
pub fn issue_run(
    db: &Db,
    stamp: &Stamp,
    run: BillRunId,
    mut seen: impl FnMut(usize),
) -> Result<(), BillingRunError> {
    let (issue_on, tariffs) = db.read_blocking(|conn| {
        let row = bill_runs::get(conn, run)?;
        let period = store::cycles::get_period(conn, row.cycle_period_id)?;
        Ok::<_, BillingRunError>((period.issue_on, tariffs::load(conn)?))
    })?;
    let map = std::sync::Arc::new(tariffs::posting_map(&tariffs)?);
    db.write_bulk(stamp.clone(), move |tx| begin(tx, run))?;
    loop {
        let map = std::sync::Arc::clone(&map);
        let issued = db.write_bulk(stamp.clone(), move |tx| {
            issue_chunk(tx, run, issue_on, &map)
        })?;
        if issued == 0 {
            break;
        }
        seen(issued);
    }
    db.write_bulk(stamp.clone(), move |tx| finish(tx, run))
}

fn begin(tx: &mut Tx<'_>, run: BillRunId) -> Result<(), BillingRunError> {
    let from = bill_runs::get(tx, run)?.status;
    let to = RunStatus::Issuing;
    if from == to {
        return Ok(());
    }
    if !from.may_become(to) {
        return Err(BillingRunError::WrongStage { from, to });
    }
    bill_runs::mark_status(tx, run, to)?;
    Ok(tell(tx, run, "bill_run.issuing", serde_json::json!({}))?)
}

/// A run with drafts that wait for a person stays open; it is finished when none is left.
fn finish(tx: &mut Tx<'_>, run: BillRunId) -> Result<(), BillingRunError> {
    if bills::count_drafts(tx, run)? == 0 {
        bill_runs::mark_status(tx, run, RunStatus::Issued)?;
        tell(tx, run, "bill_run.issued", serde_json::json!({}))?;
    }
    Ok(())
}

fn issue_chunk(
    tx: &mut Tx<'_>,
    run: BillRunId,
    issue_on: NaiveDate,
    map: &PostingMap,
) -> Result<usize, BillingRunError> {
    let drafts = bills::list_ready_drafts(tx, run, CHUNK)?;
    if drafts.is_empty() {
        return Ok(0);
    }
    let ids: Vec<BillId> = drafts.iter().map(|draft| draft.0).collect();
    let mut charges = charges_of(tx, &ids, map)?;
    let books: Books = books::open(tx, issue_on).map_err(PostingError::from)?;
    bills::mark_issued(tx, &ids, issue_on)?;
    let to_post: Vec<BillToPost> = drafts
        .iter()
        .map(|(bill, account, due_on, _)| BillToPost {
            account: *account,
            bill: *bill,
            on: issue_on,
            due_on: *due_on,
            lines: charges.remove(bill).unwrap_or_default(),
        })
        .collect();
    post_bills(tx, &books, &to_post)?;
    let facts = serde_json::json!({ "bills": ids.len(), "first": ids.first(), "last": ids.last() });
    tell(tx, run, "bill_run.chunk_issued", facts)?;
    Ok(ids.len())
}

fn charges_of(
    tx: &mut Tx<'_>,
    ids: &[BillId],
    map: &PostingMap,
) -> Result<ChargesByBill, BillingRunError> {
    let mut charges = ChargesByBill::new();
    for (bill, schedule, code, amount) in bills::list_charges(tx, ids)? {
        let key = (schedule, code);
        let (fund, gl) = map.get(&key).ok_or_else(|| {
            StoreError::Unreadable(format!("charge {} of schedule {schedule}", key.1))
        })?;
        charges.entry(bill).or_default().push(Charge {
            fund: fund.clone(),
            gl: gl.clone(),
            amount,
        });
    }
    Ok(charges)
}

/// Gives up one draft.
///
/// # Errors
/// `NotADraft` once it is issued or void.
pub fn void_draft(tx: &mut Tx<'_>, bill: BillId, reason: &str) -> Result<(), BillingRunError> {
    if !bills::mark_void(tx, bill)? {
        return Err(BillingRunError::NotADraft(bill));
    }
    let facts = serde_json::json!({ "reason": reason });
    Ok(audit::insert(
        tx,
        &Deed {
            action: "bill.voided",
            subject_kind: "bill",
            subject_id: bill.to_string(),
            account_id: None,
            facts,
        },
    )?)
}

/// Gives up a whole run before anything of it is issued; its period may then be run again.
///
/// # Errors
/// `WrongStage` once issuing has begun.
pub fn void_run(tx: &mut Tx<'_>, run: BillRunId, reason: &str) -> Result<usize, BillingRunError> {
    let from = bill_runs::get(tx, run)?.status;
    if !from.may_become(RunStatus::Void) {
        return Err(BillingRunError::WrongStage {
            from,
            to: RunStatus::Void,
        });
    }
    let voided = bills::mark_run_void(tx, run)?;
    bill_runs::mark_status(tx, run, RunStatus::Void)?;
    tell(
        tx,
        run,
        "bill_run.voided",
        serde_json::json!({ "reason": reason, "drafts": voided }),
    )?;
    Ok(voided)
}
