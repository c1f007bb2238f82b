//! Certifying that a household has a low income, and ending that: arrangements are offered to it on the terms that rules ask for.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::domain::accounts::AccountClass;
use crate::domain::ids::{AccountId, IncomeCertificationId};
use crate::domain::income::{IncomeProof, LONGEST_WORDS, WrongDays, check_days};
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::income::{self, NewRow};

/// Why nothing was certified or ended.
#[derive(Debug, thiserror::Error)]
pub enum IncomeError {
    /// Only a household has an income that rules look at.
    #[error("the account is no household's")]
    NotAHousehold,
    /// It is not good for these days.
    #[error("not for these days: {0:?}")]
    Days(WrongDays),
    /// Nothing was written where the next reader needs words.
    #[error("a few words are needed")]
    WordsMissing,
    /// More words than are kept.
    #[error("at most {0} letters")]
    WordsTooLong(usize),
    /// It counts no more.
    #[error("it has ended")]
    Ended,
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// What is certified.
#[derive(Debug, Clone)]
pub struct NewCertification {
    /// What makes it the same when it is sent again.
    pub request_key: String,
    /// Whose account.
    pub account: AccountId,
    /// What proves it.
    pub proof: IncomeProof,
    /// First day.
    pub from_on: NaiveDate,
    /// Last day.
    pub last_on: NaiveDate,
    /// What is known of the proof.
    pub words: String,
}

/// Certifies a low income. Sent again under its key it is recorded once.
///
/// # Errors
/// `NotAHousehold`, `Days`, `WordsMissing`, `WordsTooLong`, or a fault.
pub fn certify(tx: &mut Tx<'_>, new: &NewCertification) -> Result<(), IncomeError> {
    let words = checked(&new.words)?;
    store::ledger::lock(tx, &[new.account])?;
    match income::find_by_key(tx, &new.request_key)? {
        Some(account) if account == new.account => return Ok(()),
        // Somebody else's key: as good as none of ours.
        Some(_) => return Err(StoreError::Missing("income certification").into()),
        None => {}
    }
    if store::accounts::get(tx, new.account)?.class != AccountClass::Residential {
        return Err(IncomeError::NotAHousehold);
    }
    check_days((new.from_on, new.last_on), tx.stamp.on).map_err(IncomeError::Days)?;
    let row = NewRow {
        request_key: &new.request_key,
        account_id: new.account,
        proof: new.proof,
        words,
        from_on: new.from_on,
        until_on: new.last_on.succ_opt().unwrap_or(new.last_on),
    };
    income::insert(tx, &row)?;
    let facts = json!({ "proof": new.proof, "from": new.from_on, "last": new.last_on });
    Ok(record(tx, new.account, "income.certified", facts)?)
}

/// Ends a certification from today on; what was agreed on its terms stays agreed.
///
/// # Errors
/// `WordsMissing`, `WordsTooLong`, `Ended`, or a fault.
pub fn end(
    tx: &mut Tx<'_>,
    (account, id): (AccountId, IncomeCertificationId),
    words: &str,
) -> Result<(), IncomeError> {
    let words = checked(words)?;
    store::ledger::lock(tx, &[account])?;
    if !income::mark_ended(tx, (account, id), words)? {
        return Err(IncomeError::Ended);
    }
    Ok(record(
        tx,
        account,
        "income.ended",
        json!({ "certification": id }),
    )?)
}

fn checked(words: &str) -> Result<&str, IncomeError> {
    let words = words.trim();
    if words.is_empty() {
        return Err(IncomeError::WordsMissing);
    }
    if words.chars().count() > LONGEST_WORDS {
        return Err(IncomeError::WordsTooLong(LONGEST_WORDS));
    }
    Ok(words)
}

/// The audit row; it names the account and not the words, which are personal.
fn record(
    tx: &mut Tx<'_>,
    account: AccountId,
    action: &str,
    facts: Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "account",
        subject_id: account.to_string(),
        account_id: Some(account),
        facts,
    };
    audit::insert(tx, &deed)?;
    tx.touch(account);
    Ok(())
}
