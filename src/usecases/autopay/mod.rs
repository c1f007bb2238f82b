//! Autopay: a customer agrees, pauses, stops; each bill is planned, told and charged; and what a refusal or a return does to it. Every
//! function may be called again with the same facts, and does nothing the second time.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::access::Right;
use crate::domain::autopay::{End, Skip};
use crate::domain::ids::{AccountId, LoginId, PaymentMethodId};
use crate::domain::money::Money;
use crate::domain::notice::{AutopayNews, AutopayTold, Notice, Urgency};
use crate::store;
use crate::store::audit::Deed;
use crate::store::autopay::{EnrolmentRow, NewEnrolment};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::usecases::notices;
use crate::usecases::payment_methods::{self, MethodError};
use crate::usecases::scheduled_payments;

mod heard;
mod outcome;
mod run;

pub use crate::usecases::autopay::outcome::{
    after_dispute, after_failure, after_return, canceled, made,
};
pub(in crate::usecases) use crate::usecases::autopay::run::{hold, put_off};
pub use crate::usecases::autopay::run::{plan, take_step};

/// How many bills are planned when somebody joins; what is left over waits for the hour.
const PLANNED_AT_ONCE: i64 = 100;

/// The latest day of a month that can be chosen: every month has it.
pub const LAST_DAY: u32 = 28;

/// Why autopay is not joined or changed.
#[derive(Debug, thiserror::Error)]
pub enum AutopayError {
    /// A day that not every month has.
    #[error("day {0} is not in every month")]
    NoSuchDay(u32),
    /// Less than nothing, or nothing.
    #[error("{0} is no cap")]
    NoCap(Money),
    /// A pause that ends before it begins.
    #[error("{0} has passed")]
    Passed(NaiveDate),
    /// The saved way to pay can't be charged.
    #[error(transparent)]
    Method(#[from] MethodError),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// A customer agrees to autopay: the words are kept as they read them and a copy is sent. An earlier agreement of the account ends with it;
/// its pause goes on.
/// The same agreement given twice on a day counts once.
///
/// # Errors
/// `NoSuchDay`, `NoCap`, or `Method` where the way to pay is not saved for this account.
pub fn join(tx: &mut Tx<'_>, new: &NewEnrolment) -> Result<(), AutopayError> {
    if let Some(day) = new.day_of_month.filter(|day| !(1..=LAST_DAY).contains(day)) {
        return Err(AutopayError::NoSuchDay(day));
    }
    if let Some(cap) = new.cap.filter(|cap| !cap.is_positive()) {
        return Err(AutopayError::NoCap(cap));
    }
    let method = payment_methods::usable(tx, new.payment_method_id)?;
    if method.account_id != new.account_id {
        return Err(StoreError::Missing("payment method").into());
    }
    store::ledger::lock(tx, &[new.account_id])?;
    let mut paused_until = None;
    if let Some(earlier) = store::autopay::find(tx, new.account_id)? {
        let is_same = earlier.agreement == new.agreement
            && earlier.payment_method_id == new.payment_method_id
            && earlier.agreed_on == tx.stamp.on
            && earlier.paused_until.is_none();
        if is_same {
            return Ok(());
        }
        end(tx, &earlier, End::Changed)?;
        paused_until = earlier.paused_until.filter(|day| *day > tx.stamp.on);
    }
    let id = store::autopay::insert(tx, new)?;
    if paused_until.is_some() {
        store::autopay::mark_paused(tx, id, paused_until)?;
    }
    let row = store::autopay::get(tx, id)?;
    let facts = json!({"method": method.id, "day": new.day_of_month, "cap": new.cap});
    audit(tx, &row, "autopay.joined", facts)?;
    tell(
        tx,
        row.account_id,
        Urgency::MustReach,
        &AutopayNews::Joined {
            agreement: row.agreement.clone(),
            on: row.agreed_on,
        },
    )?;
    // What is open now is planned at once, so that the pages tell of it.
    plan(tx, Some(row.account_id), PLANNED_AT_ONCE)?;
    tx.touch(row.account_id);
    Ok(())
}

/// Charges nothing before a day, or goes on at once.
///
/// # Errors
/// `Passed` for a day that is not to come; a fault.
pub fn pause(
    tx: &mut Tx<'_>,
    account: AccountId,
    until: Option<NaiveDate>,
) -> Result<(), AutopayError> {
    if let Some(day) = until.filter(|day| *day <= tx.stamp.on) {
        return Err(AutopayError::Passed(day));
    }
    store::ledger::lock(tx, &[account])?;
    let Some(row) = store::autopay::find(tx, account)? else {
        return Ok(());
    };
    if row.paused_until != until {
        store::autopay::mark_paused(tx, row.id, until)?;
        let action = match until {
            Some(_) => "autopay.paused",
            None => "autopay.resumed",
        };
        audit(tx, &row, action, json!({"until": until}))?;
        tx.touch(account);
    }
    Ok(())
}

/// A customer stops autopay: nothing is charged from this moment on.
///
/// # Errors
/// A fault of the database.
pub fn stop(tx: &mut Tx<'_>, account: AccountId) -> Result<(), StoreError> {
    store::ledger::lock(tx, &[account])?;
    match store::autopay::find(tx, account)? {
        Some(row) => end(tx, &row, End::Stopped),
        None => Ok(()),
    }
}

/// Ends whatever charges by itself by a saved way to pay that can't be charged any more: autopay, and payments for a day to come.
///
/// # Errors
/// A fault of the database.
pub fn end_of_method(tx: &mut Tx<'_>, method: PaymentMethodId, why: End) -> Result<(), StoreError> {
    for row in store::autopay::list_of_method(tx, method)? {
        end(tx, &row, why)?;
    }
    scheduled_payments::end_of_method(tx, method, why)
}

fn end(tx: &mut Tx<'_>, row: &EnrolmentRow, why: End) -> Result<(), StoreError> {
    store::ledger::lock(tx, &[row.account_id])?;
    store::autopay::mark_ended(tx, row.id, why)?;
    audit(tx, row, "autopay.ended", json!({"because": why}))?;
    if why != End::Changed {
        let urgency = Urgency::MustReach;
        tell(tx, row.account_id, urgency, &AutopayNews::Ended { why })?;
    }
    tx.touch(row.account_id);
    Ok(())
}

/// Tells whoever follows the account; what somebody agreed to, word for word, is for those who look after it, and that a hold keeps charges away
/// for those whose account it is.
fn tell(
    tx: &mut Tx<'_>,
    account: AccountId,
    urgency: Urgency,
    news: &AutopayNews,
) -> Result<(), StoreError> {
    let right = match news {
        AutopayNews::Joined { .. } => Right::Change,
        AutopayNews::Skipped {
            why: Skip::Held, ..
        } => Right::Share,
        AutopayNews::Ahead { .. }
        | AutopayNews::Skipped { .. }
        | AutopayNews::Refused { .. }
        | AutopayNews::Ended { .. } => Right::See,
    };
    let guests = guests(tx, account)?;
    notices::tell_those(tx, (account, right), urgency, |reader| {
        let login = reader.to.login_id;
        Notice::Autopay(AutopayTold {
            name: reader.name.clone(),
            account_number: reader.account_number.clone(),
            is_guest: login.is_some_and(|login| guests.contains(&login)),
            news: news.clone(),
        })
    })
}

/// The sign-ins that follow the account and may change nothing on it.
fn guests(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<LoginId>, StoreError> {
    let on = tx.stamp.on;
    let listeners = store::alerts::list_listeners(tx, &[account], on)?;
    Ok(listeners
        .iter()
        .filter(|listener| !listener.gives(Right::Change))
        .filter_map(|listener| listener.reader.to.login_id)
        .collect())
}

fn audit(
    tx: &mut Tx<'_>,
    row: &EnrolmentRow,
    action: &str,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "autopay",
        subject_id: row.id.to_string(),
        account_id: Some(row.account_id),
        facts,
    };
    store::audit::insert(tx, &deed)
}
