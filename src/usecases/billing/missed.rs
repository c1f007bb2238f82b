//! Gaps in the billing calendar: accounts that were served and not billed, periods whose day of issue passed without a run. Each is opened
//! once; whoever answers it says why.

use chrono::{Days, NaiveDate};

use crate::domain::exceptions::{ExceptionKind, ExceptionReason};
use crate::domain::ids::{AccountId, BillRunId};
use crate::domain::stamp::Stamp;
use crate::store::bill_runs::{self, Progress};
use crate::store::bills_missed::{self, PastPeriod};
use crate::store::db::{Db, Tx};
use crate::store::error::StoreError;
use crate::store::exceptions::{self, NewException};
use crate::usecases::billing::record::count;

/// How far back the calendar is looked through, in days.
const LOOKED_BACK: u64 = 62;

/// How many accounts one transaction opens.
const CHUNK: i64 = 500;

/// Looks through the periods whose day of issue has lately passed. Says how many gaps are new; repeating it finds none.
///
/// # Errors
/// Those of the database.
pub fn flag_missed(db: &Db, stamp: &Stamp) -> Result<usize, StoreError> {
    let (since, today) = (stamp.on - Days::new(LOOKED_BACK), stamp.on);
    let periods = db.read_blocking(|conn| bills_missed::list_past_periods(conn, since, today))?;
    let mut opened = 0;
    for period in periods {
        opened += match period.run_id {
            Some(run) => accounts_missed(db, stamp, &period, run)?,
            None if period.accounts > 0 => {
                let found = never_run(&period);
                db.write_bulk(stamp.clone(), move |tx| exceptions::open(tx, &found))?
            }
            None => 0,
        };
    }
    Ok(opened)
}

/// Opens a gap for each period that was drafted before service began in it and in which the account has no bill: no run of itself looks back so
/// far.
pub(in crate::usecases) fn flag_started(
    tx: &mut Tx<'_>,
    account: AccountId,
    from_on: NaiveDate,
) -> Result<(), StoreError> {
    for period in bills_missed::list_missed_of(tx, account, from_on)? {
        if let Some(run) = period.run_id {
            open(tx, run, &[not_billed(&period, run, account)])?;
        }
    }
    Ok(())
}

fn accounts_missed(
    db: &Db,
    stamp: &Stamp,
    period: &PastPeriod,
    run: BillRunId,
) -> Result<usize, StoreError> {
    let (mut opened, mut after) = (0, AccountId(0));
    loop {
        let missed = db.read_blocking(|conn| {
            bills_missed::list_missed(conn, (period.id, run), after, CHUNK)
        })?;
        let Some(last) = missed.last() else {
            return Ok(opened);
        };
        after = *last;
        let found: Vec<NewException> = missed
            .iter()
            .map(|account| not_billed(period, run, *account))
            .collect();
        opened += db.write_bulk(stamp.clone(), move |tx| open(tx, run, &found))?;
    }
}

fn open(tx: &mut Tx<'_>, run: BillRunId, found: &[NewException]) -> Result<usize, StoreError> {
    let opened = exceptions::open_all(tx, found)?;
    let change = Progress {
        exceptions: count(opened),
        ..Progress::default()
    };
    bill_runs::add_progress(tx, run, &change)?;
    Ok(opened)
}

fn not_billed(period: &PastPeriod, run: BillRunId, account: AccountId) -> NewException {
    NewException {
        account_id: Some(account),
        run_id: Some(run),
        ..gap(period, &format!("account:{account}"))
    }
}

fn never_run(period: &PastPeriod) -> NewException {
    gap(period, "never_run")
}

fn gap(period: &PastPeriod, what: &str) -> NewException {
    let last = |until: NaiveDate| until.pred_opt().unwrap_or(until);
    let facts = serde_json::json!({
        "cycle": period.cycle, "from": period.from_on, "until": last(period.read_on),
    });
    let (kind, reason) = (ExceptionKind::Bill, ExceptionReason::NotBilled);
    NewException::of(format!("period:{}:{what}", period.id), kind, reason, facts)
}
