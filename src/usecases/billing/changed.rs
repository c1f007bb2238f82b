//! Service that was changed after its bill was drafted: the draft is given up, and the account waits to be drafted again, so that no bill goes
//! out for days on which somebody else is served, or nobody.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::exceptions::{ExceptionKind, ExceptionReason};
use crate::domain::ids::AccountId;
use crate::domain::period::Period;
use crate::store::bill_runs::{self, Progress};
use crate::store::bills::BillRow;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::exceptions::NewException;
use crate::store::{self, bill_drafts};
use crate::usecases::billing::BillingRunError;
use crate::usecases::billing::voids::void_draft;

/// Why a draft is given up.
const CHANGED: &str = "the service was changed";

/// Sees to it that nobody drafts or issues a bill of an account until the transaction ends. Runs are locked before accounts, as where they
/// draft and issue.
pub(in crate::usecases) fn hold_bills(
    tx: &mut Tx<'_>,
    account: AccountId,
) -> Result<(), StoreError> {
    hold_all_bills(tx, &[account])
}

/// The same of each of these accounts.
pub(in crate::usecases) fn hold_all_bills(
    tx: &mut Tx<'_>,
    accounts: &[AccountId],
) -> Result<(), StoreError> {
    for run in bill_drafts::list_runs(tx, accounts)? {
        bill_runs::lock(tx, run)?;
    }
    store::ledger::lock(tx, accounts)
}

/// The day before service begins or ends: what bills it changes too, because a bill is the last one where nothing goes on.
pub(in crate::usecases) fn day_before(day: NaiveDate) -> NaiveDate {
    day.pred_opt().unwrap_or(day)
}

/// Gives up the drafts of an account, whose bills are held, that are for days on which its service was changed; the account waits in their runs
/// to be drafted again.
pub(in crate::usecases) fn give_up_drafts(
    tx: &mut Tx<'_>,
    account: AccountId,
    days: (NaiveDate, Option<NaiveDate>),
) -> Result<(), StoreError> {
    for draft in bill_drafts::list_touching(tx, account, days)? {
        void_draft(tx, draft.id, CHANGED).map_err(fault)?;
        let found = waiting(&draft);
        let opened = store::exceptions::open(tx, &found)?;
        if let Some(run) = draft.run_id {
            let change = Progress {
                exceptions: i64::try_from(opened).unwrap_or(i64::MAX),
                ..Progress::default()
            };
            bill_runs::add_progress(tx, run, &change)?;
        }
    }
    Ok(())
}

fn waiting(draft: &BillRow) -> NewException {
    let period = Period {
        from: draft.from_on,
        until: draft.until_on,
    };
    NewException {
        account_id: Some(draft.account_id),
        run_id: draft.run_id,
        ..NewException::of(
            format!("bill:{}:service_changed", draft.id),
            ExceptionKind::Bill,
            ExceptionReason::ServiceChanged,
            facts(period),
        )
    }
}

/// What whoever looks is shown: the first and the last day of the bill.
pub(super) fn facts(period: Period) -> serde_json::Value {
    json!({ "from": period.from, "until": day_before(period.until) })
}

fn fault(error: BillingRunError) -> StoreError {
    if let BillingRunError::Fault(fault) = error {
        fault
    } else {
        StoreError::Unreadable(error.to_string())
    }
}
