//! Giving up drafts: one, or a whole run before anything of it is issued. What was issued is canceled, never voided.

use crate::domain::bills::{BillStatus, RunStatus};
use crate::domain::ids::{BillId, BillRunId};
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::bill_runs::{self, Progress};
use crate::store::bills;
use crate::store::db::Tx;
use crate::usecases::billing::{BillingRunError, tell};

/// Gives up one draft, and answers its open exceptions with the same reason.
///
/// # Errors
/// `NotADraft` once it is issued or void.
pub fn void_draft(tx: &mut Tx<'_>, bill: BillId, reason: &str) -> Result<(), BillingRunError> {
    let row = bills::get(tx, bill)?;
    if row.status != BillStatus::Draft || !bills::mark_void(tx, bill)? {
        return Err(BillingRunError::NotADraft(bill));
    }
    store::exceptions::mark_bill_answered(tx, bill, reason)?;
    if let Some(run) = row.run_id {
        let change = Progress {
            bills: -1,
            amount: -row.total_cents,
            ..Progress::default()
        };
        bill_runs::add_progress(tx, run, &change)?;
    }
    tx.touch(row.account_id);
    let deed = Deed {
        action: "bill.voided",
        subject_kind: "bill",
        subject_id: row.number.to_string(),
        account_id: Some(row.account_id),
        facts: serde_json::json!({ "reason": reason }),
    };
    Ok(audit::insert(tx, &deed)?)
}

/// Gives up a whole run before anything of it is issued; its period may then be run again.
///
/// # Errors
/// `WrongStage` once issuing has begun.
pub fn void_run(tx: &mut Tx<'_>, run: BillRunId, reason: &str) -> Result<usize, BillingRunError> {
    let row = bill_runs::lock(tx, run)?;
    let (from, to) = (row.status, RunStatus::Void);
    if !from.may_become(to) {
        return Err(BillingRunError::WrongStage { from, to });
    }
    let voided = bills::mark_run_void(tx, run)?;
    store::exceptions::mark_run_answered(tx, run, reason)?;
    let change = Progress {
        bills: -row.bills_drafted,
        amount: -row.amount_cents,
        ..Progress::default()
    };
    bill_runs::add_progress(tx, run, &change)?;
    bill_runs::mark_status(tx, run, to)?;
    let facts =
        serde_json::json!({ "reason": reason, "drafts": voided, "amount_cents": row.amount_cents });
    tell(tx, run, "bill_run.voided", facts)?;
    Ok(voided)
}
