//! Drafting an account again inside its run, after what held it was mended: a read was entered, a rate was fixed. The draft before, if there
//! is one, is given up, and its open exceptions with it; what is still wrong is found anew.

use chrono_tz::Tz;

use crate::domain::bill_draft::Decision;
use crate::domain::bills::{BillStatus, RunStatus};
use crate::domain::ids::{AccountId, BillNumber, BillRunId};
use crate::domain::stamp::Stamp;
use crate::store;
use crate::store::accounts::AccountRow;
use crate::store::audit::{self, Deed};
use crate::store::bill_runs::{self, Progress};
use crate::store::bills::BillRow;
use crate::store::db::{Db, Tx};
use crate::store::error::StoreError;
use crate::usecases::billing::draft::{Drafter, Setting};
use crate::usecases::billing::record::{Decided, count, rows};
use crate::usecases::billing::{BillingRunError, CHUNK};

/// What is kept as the answer to an exception that a new draft replaces.
const ANSWER: &str = "drafted again";

/// What became of an account that was drafted again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Redrafted {
    /// There is a draft.
    Draft {
        /// Its printed number.
        number: BillNumber,
        /// How many findings a person must still look at.
        looks: usize,
    },
    /// It is still held, by so many findings.
    Held(usize),
    /// Nothing is served in the period.
    Nothing,
}

/// Drafts one account of a run again. It joins the run's issue, now or later.
///
/// # Errors
/// `NotAtRest` while the run is drafting or issuing, or void; `AlreadyIssued` where the account has its bill: that is canceled, not drafted.
pub fn redraft_account(
    db: &Db,
    stamp: &Stamp,
    zone: Tz,
    run: BillRunId,
    account: AccountId,
) -> Result<Redrafted, BillingRunError> {
    let setting = Setting::load(db, run, stamp.on)?;
    let row = db.read_blocking(|conn| store::accounts::get(conn, account))?;
    let decided = redraft(db, (stamp, zone), &setting, vec![row])?;
    let outcome = decided.into_iter().next();
    outcome.ok_or_else(|| StoreError::Missing("decision").into())
}

/// Drafts every account of a run again that is held without a draft. Says how many have one now.
///
/// # Errors
/// `NotAtRest` while the run is drafting or issuing, or void.
pub fn redraft_held(
    db: &Db,
    stamp: &Stamp,
    zone: Tz,
    run: BillRunId,
) -> Result<usize, BillingRunError> {
    let setting = Setting::load(db, run, stamp.on)?;
    let mut drafted = 0;
    let mut after = AccountId(0);
    loop {
        let (mut held, present) = db.read_blocking(|conn| {
            let held = store::exceptions::list_held_accounts(conn, run, after, CHUNK)?;
            let present = store::bills::list_of_run(conn, run, &held)?;
            Ok::<_, StoreError>((store::accounts::list_some(conn, &held)?, present))
        })?;
        let Some(last) = held.last() else {
            return Ok(drafted);
        };
        after = last.id;
        // One that has its bill, canceled or not, is billed again from that, and holds up nobody here.
        let has_bill = |account: &AccountRow| {
            let is_its = |bill: &BillRow| bill.account_id == account.id;
            let mut issued = present
                .iter()
                .filter(|bill| bill.status == BillStatus::Issued);
            issued.any(is_its)
        };
        held.retain(|account| !has_bill(account));
        if held.is_empty() {
            continue;
        }
        let outcomes = redraft(db, (stamp, zone), &setting, held)?;
        let is_draft = |outcome: &&Redrafted| matches!(outcome, Redrafted::Draft { .. });
        drafted += outcomes.iter().filter(is_draft).count();
    }
}

fn redraft(
    db: &Db,
    (stamp, zone): (&Stamp, Tz),
    setting: &Setting,
    accounts: Vec<AccountRow>,
) -> Result<Vec<Redrafted>, BillingRunError> {
    at_rest(setting.run.status)?;
    let drafter = Drafter {
        db,
        stamp,
        zone,
        setting,
    };
    let worked = drafter.decide(&accounts)?;
    let last = worked.decisions.last().map(|(account, _)| *account);
    let chunk = Decided {
        run: setting.run.id,
        from: AccountId(0),
        to: last.unwrap_or(AccountId(0)),
        due_on: setting.period.due_on,
        cycle: setting.cycle.id,
        period: setting.period.period(),
        worked,
    };
    db.write_bulk(stamp.clone(), move |tx| replace(tx, &chunk))
}

const fn at_rest(status: RunStatus) -> Result<(), BillingRunError> {
    match status {
        RunStatus::Drafted | RunStatus::Issued => Ok(()),
        RunStatus::Drafting | RunStatus::Issuing | RunStatus::Void => {
            Err(BillingRunError::NotAtRest(status))
        }
    }
}

/// Puts new decisions in the place of what the run has of these accounts.
fn replace(tx: &mut Tx<'_>, chunk: &Decided) -> Result<Vec<Redrafted>, BillingRunError> {
    let run = bill_runs::lock(tx, chunk.run)?;
    at_rest(run.status)?;
    let decisions = &chunk.worked.decisions;
    let accounts: Vec<AccountId> = decisions.iter().map(|(id, _)| *id).collect();
    let present = store::bills::list_of_run(tx, chunk.run, &accounts)?;
    if let Some(issued) = present
        .iter()
        .find(|bill| bill.status == BillStatus::Issued)
    {
        return Err(BillingRunError::AlreadyIssued(issued.account_id));
    }
    let drafts: Vec<_> = present.iter().map(|bill| bill.id).collect();
    store::bills::mark_all_void(tx, &drafts)?;
    store::exceptions::mark_replaced(tx, chunk.run, &accounts, ANSWER)?;
    let again = format!("@{}", tx.stamp.at.and_utc().timestamp_micros());
    let rows = rows(tx, chunk, &again)?;
    let change = Progress {
        accounts: 0,
        bills: rows.added.bills - count(drafts.len()),
        amount: rows.added.amount - present.iter().map(|bill| bill.total_cents).sum(),
        ..rows.added
    };
    bill_runs::add_progress(tx, chunk.run, &change)?;
    let mut numbers = rows.bills.iter().map(|whole| whole.bill.number.clone());
    let outcomes = decisions.iter().map(|(account, decision)| {
        if rows.changed.contains(account) {
            return Redrafted::Held(1);
        }
        match decision {
            Decision::Nothing => Redrafted::Nothing,
            Decision::Held(findings, _) => Redrafted::Held(findings.len()),
            Decision::Draft(_, findings) => match numbers.next() {
                Some(number) => Redrafted::Draft {
                    number,
                    looks: findings.len(),
                },
                None => Redrafted::Nothing,
            },
        }
    });
    let outcomes: Vec<Redrafted> = outcomes.collect();
    store::bills::insert_whole(tx, rows.bills)?;
    store::exceptions::open_all(tx, &rows.exceptions)?;
    let one = (accounts.len() == 1).then(|| accounts.first().copied());
    let deed = Deed {
        action: "bill_run.redrafted",
        subject_kind: "bill_run",
        subject_id: chunk.run.to_string(),
        account_id: one.flatten(),
        facts: serde_json::json!({ "accounts": accounts.len(), "bills": rows.added.bills, "exceptions": rows.added.exceptions }),
    };
    audit::insert(tx, &deed)?;
    for account in accounts {
        tx.touch(account);
    }
    Ok(outcomes)
}
