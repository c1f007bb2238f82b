//! Service at an account: suspended for a time, as a house that stands empty in winter asks for it.

use chrono::{Days, NaiveDate};

use crate::domain::ids::AccountId;
use crate::domain::period::Period;
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::service::SuspensionRow;
use crate::usecases::billing::changed::{give_up_drafts, hold_bills};

/// Why service was not suspended.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// Nothing is delivered on the first day, or all of it is suspended already.
    #[error("nothing is delivered to the account on {0}")]
    NotServed(NaiveDate),
    /// A time that ends before it begins.
    #[error("a suspension ends after it begins")]
    EndsFirst,
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// How far an open end is looked ahead, in days: a hundred years.
const OPEN: u64 = 36_525;

/// A time without service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspension {
    /// First day.
    pub from_on: NaiveDate,
    /// First day on which service is back; open where nobody knows.
    pub until_on: Option<NaiveDate>,
    /// Why, in the words of whoever asks.
    pub reason: String,
}

/// Suspends every service that an account has on the first day: meanwhile nothing is delivered and nothing is billed. What is suspended
/// already stays as it is, so that the same request changes nothing. Says how many services were suspended.
///
/// # Errors
/// `NotServed` where there is nothing to suspend, `EndsFirst`, or a fault.
pub fn suspend_services(
    tx: &mut Tx<'_>,
    account: AccountId,
    time: &Suspension,
) -> Result<usize, ServiceError> {
    let from = time.from_on;
    let until = time.until_on.unwrap_or(from + Days::new(OPEN));
    let span = Period { from, until };
    if span.days() == 0 {
        return Err(ServiceError::EndsFirst);
    }
    let first_day = Period {
        from,
        until: from + Days::new(1),
    };
    hold_bills(tx, account)?;
    let agreed = store::service::list_of_accounts(tx, &[account], first_day)?;
    if agreed.is_empty() {
        return Err(ServiceError::NotServed(from));
    }
    let ids: Vec<_> = agreed.iter().map(|service| service.agreement.id).collect();
    let earlier = store::service::list_suspensions(tx, &ids, span)?;
    let rows: Vec<SuspensionRow> = ids
        .into_iter()
        .filter(|id| !earlier.iter().any(|row| row.service_agreement_id == *id))
        .map(|service_agreement_id| SuspensionRow {
            service_agreement_id,
            from_on: from,
            until_on: time.until_on,
            reason: time.reason.clone(),
        })
        .collect();
    if rows.is_empty() {
        return Ok(0);
    }
    store::service::insert_suspensions(tx, &rows)?;
    give_up_drafts(tx, account, (from, time.until_on))?;
    tx.touch(account);
    let number = store::accounts::get(tx, account)?.number;
    audit::insert(
        tx,
        &Deed {
            action: "service.suspended",
            subject_kind: "account",
            subject_id: number.to_string(),
            account_id: Some(account),
            facts: serde_json::json!({ "services": rows.len(), "from": from, "until": time.until_on }),
        },
    )?;
    Ok(rows.len())
}
