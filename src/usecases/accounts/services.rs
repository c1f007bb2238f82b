//! Starting, stopping, suspending and resuming service: dated, half open, and never over days that were billed.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::accounts::AccountStatus;
use crate::domain::ids::{
    AccountId, AccountNumber, CyclePeriodId, ServiceAgreementId, ServicePointId,
};
use crate::domain::period::{Period, in_force};
use crate::store;
use crate::store::audit::Deed;
use crate::store::bulk::reserve;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::service::{self, ServiceAgreementRow, SuspensionRow};
use crate::usecases::accounts::AccountError;
use crate::usecases::accounts::landlords::AfterTenant;
use crate::usecases::accounts::takeovers::{Asked, follow, give_way, gives_way};
use crate::usecases::billing::changed::{day_before, give_up_drafts, hold_bills};
use crate::usecases::billing::flag_started;
use crate::usecases::billing::load::days_on_and_off;

/// Why service stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// Somebody else is served there on one of the days.
    #[error("account {by} is served there")]
    PointTaken {
        /// Who.
        by: AccountNumber,
    },
    /// No published version of the schedule for this service is in force on the first day.
    #[error("no schedule {code} for this service is in force on {on}")]
    NoSuchRate {
        /// The schedule.
        code: String,
        /// The first day.
        on: NaiveDate,
    },
    /// An account that is closed is served no more.
    #[error("an account that is {0} is not served")]
    NotServed(AccountStatus),
    /// The service is not in force on the day.
    #[error("the service is not in force on {0}")]
    NotInForce(NaiveDate),
    /// Days before this one were billed already: cancel that bill first.
    #[error("the service was billed until {0}")]
    Billed(NaiveDate),
    /// The last day comes before the first.
    #[error("the end comes before the beginning")]
    EndsBefore,
    /// The service is suspended on one of the days already.
    #[error("the service is suspended already")]
    AlreadySuspended,
    /// The service is not suspended.
    #[error("the service is not suspended")]
    NotSuspended,
    /// A suspension has a reason.
    #[error("the reason is missing")]
    ReasonMissing,
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Service that begins at a point we know.
#[derive(Debug, Clone)]
pub struct NewAgreement {
    /// Who pays.
    pub account: AccountId,
    /// Where.
    pub point: ServicePointId,
    /// By which rate schedule.
    pub rate_code: String,
    /// Facts of this contract that the schedule asks for.
    pub facts: serde_json::Value,
    /// First day.
    pub from_on: NaiveDate,
}

/// Starts service at a point from a day on. Service in a landlord's name that began because a tenant left gives way. Periods that were drafted
/// before it began, and in which the account has no bill, wait among the exceptions.
///
/// # Errors
/// `PointTaken`, `NoSuchRate`, `NotServed`, `Billed`, or a fault.
pub fn start_service(
    tx: &mut Tx<'_>,
    new: &NewAgreement,
) -> Result<ServiceAgreementId, ServiceError> {
    start_until(tx, new, None)
}

/// The same, until a day where it is known.
pub(super) fn start_until(
    tx: &mut Tx<'_>,
    new: &NewAgreement,
    until_on: Option<NaiveDate>,
) -> Result<ServiceAgreementId, ServiceError> {
    let account = store::accounts::get(tx, new.account)?;
    if !matches!(
        account.status,
        AccountStatus::Pending | AccountStatus::Active
    ) {
        return Err(ServiceError::NotServed(account.status));
    }
    service::lock_point(tx, new.point)?;
    let commodity = service::commodity_of(tx, new.point)?;
    let rate = store::rates::find_in_force(tx, &new.rate_code, new.from_on)?;
    if rate.is_none_or(|rate| rate.commodity != commodity) {
        return Err(ServiceError::NoSuchRate {
            code: new.rate_code.clone(),
            on: new.from_on,
        });
    }
    hold_bills(tx, new.account)?;
    days_not_billed(tx, new.account, new.from_on)?;
    make_way(tx, new, until_on)?;
    let reserved = reserve(tx, "service_agreements", 1)?.into_iter().next();
    let id = ServiceAgreementId(reserved.ok_or(StoreError::Missing("reserved id"))?);
    let row = ServiceAgreementRow {
        id,
        account_id: new.account,
        service_point_id: new.point,
        rate_code: new.rate_code.clone(),
        facts: new.facts.to_string(),
        from_on: new.from_on,
        until_on,
    };
    service::insert_all_rows(tx, &[row])?;
    store::search::index_account(tx, new.account)?;
    give_up_drafts(tx, new.account, (day_before(new.from_on), until_on))?;
    flag_started(tx, new.account, new.from_on)?;
    let facts = json!({"commodity": commodity, "rate": new.rate_code, "from": new.from_on});
    record(tx, new.account, (id, "service.started"), facts)?;
    Ok(id)
}

/// Sees to it that nobody else is served at the point on any of the days.
fn make_way(
    tx: &mut Tx<'_>,
    new: &NewAgreement,
    until_on: Option<NaiveDate>,
) -> Result<(), ServiceError> {
    let mut in_the_way = Vec::new();
    for (other, by) in service::list_of_point(tx, new.point)? {
        let goes_on = other.until_on.is_none_or(|until| new.from_on < until);
        if goes_on && until_on.is_none_or(|until| other.from_on < until) {
            if !gives_way(tx, &other, new)? {
                return Err(ServiceError::PointTaken { by });
            }
            in_the_way.push(other);
        }
    }
    for other in &in_the_way {
        give_way(tx, other, new.from_on)?;
    }
    Ok(())
}

/// Stops service: `until_on` is the first day without it. What a landlord said of the place is done with it: service goes on in their name
/// from that day, or the place stays without. The same day said again tries what could not be done before.
///
/// # Errors
/// `NotInForce`, `EndsBefore`, `Billed`, or a fault.
pub fn stop_service(
    tx: &mut Tx<'_>,
    account: AccountId,
    id: ServiceAgreementId,
    until_on: NaiveDate,
) -> Result<AfterTenant, ServiceError> {
    let row = of_account(tx, account, id)?;
    if row.until_on == Some(until_on) {
        return Ok(follow(tx, &row, Asked::Again)?);
    }
    if until_on <= row.from_on {
        return Err(ServiceError::EndsBefore);
    }
    if row.until_on.is_some_and(|until| until < until_on) {
        return Err(ServiceError::NotInForce(until_on));
    }
    not_billed_after(tx, id, until_on)?;
    service::mark_ended(tx, id, until_on)?;
    give_up_drafts(tx, account, (day_before(until_on), row.until_on))?;
    store::search::index_account(tx, account)?;
    let facts = json!({"until": until_on});
    record(tx, account, (id, "service.stopped"), facts)?;
    let ended = ServiceAgreementRow {
        until_on: Some(until_on),
        ..row
    };
    Ok(follow(tx, &ended, Asked::Anew)?)
}

/// A time without service inside an agreement, as the office orders it.
#[derive(Debug, Clone)]
pub struct NewSuspension {
    /// Of which agreement.
    pub agreement: ServiceAgreementId,
    /// First day.
    pub from_on: NaiveDate,
    /// First day of service again, where it is known.
    pub until_on: Option<NaiveDate>,
    /// Why.
    pub reason: String,
}

/// Suspends service: a suspended service is not billed.
///
/// # Errors
/// `NotInForce`, `EndsBefore`, `AlreadySuspended`, `Billed`, `ReasonMissing`, or a fault.
pub fn suspend_service(
    tx: &mut Tx<'_>,
    account: AccountId,
    new: &NewSuspension,
) -> Result<(), ServiceError> {
    let row = of_account(tx, account, new.agreement)?;
    if new.reason.trim().is_empty() {
        return Err(ServiceError::ReasonMissing);
    }
    if !in_force(row.from_on, row.until_on, new.from_on) {
        return Err(ServiceError::NotInForce(new.from_on));
    }
    if new.until_on.is_some_and(|until| until <= new.from_on) {
        return Err(ServiceError::EndsBefore);
    }
    let meets = |other: &SuspensionRow| {
        let begins_before = new.until_on.is_none_or(|until| other.from_on < until);
        begins_before && other.until_on.is_none_or(|until| new.from_on < until)
    };
    if service::list_all_suspensions(tx, new.agreement)?
        .iter()
        .any(meets)
    {
        return Err(ServiceError::AlreadySuspended);
    }
    not_billed_after(tx, new.agreement, new.from_on)?;
    let suspension = SuspensionRow {
        service_agreement_id: new.agreement,
        from_on: new.from_on,
        until_on: new.until_on,
        reason: new.reason.trim().to_owned(),
    };
    service::insert_suspensions(tx, &[suspension])?;
    give_up_drafts(tx, account, (new.from_on, new.until_on))?;
    let facts = json!({"from": new.from_on, "until": new.until_on, "reason": new.reason});
    record(tx, account, (new.agreement, "service.suspended"), facts)
}

/// Resumes service that is suspended: `on` is the first day with it again.
///
/// # Errors
/// `NotSuspended`, `EndsBefore`, `Billed`, or a fault.
pub fn resume_service(
    tx: &mut Tx<'_>,
    account: AccountId,
    id: ServiceAgreementId,
    on: NaiveDate,
) -> Result<(), ServiceError> {
    of_account(tx, account, id)?;
    let suspensions = service::list_all_suspensions(tx, id)?;
    let open = suspensions
        .iter()
        .find(|row| row.until_on.is_none_or(|until| until >= on) && row.from_on <= on);
    let open = open.ok_or(ServiceError::NotSuspended)?;
    if open.until_on == Some(on) {
        return Ok(());
    }
    if on <= open.from_on {
        return Err(ServiceError::EndsBefore);
    }
    days_not_billed(tx, account, on)?;
    service::mark_resumed(tx, id, open.from_on, on)?;
    give_up_drafts(tx, account, (on, open.until_on))?;
    let facts = json!({"from": open.from_on, "on": on});
    record(tx, account, (id, "service.resumed"), facts)
}

/// The agreement, where it is one of the account's. Nobody else changes who is served at its point from now on, nor drafts or issues a bill.
pub(super) fn of_account(
    tx: &mut Tx<'_>,
    account: AccountId,
    id: ServiceAgreementId,
) -> Result<ServiceAgreementRow, StoreError> {
    let missing = || StoreError::Missing("service");
    let is_own = |row: &ServiceAgreementRow| row.account_id == account;
    let row = service::find(tx, id)?.filter(is_own).ok_or_else(missing)?;
    service::lock_point(tx, row.service_point_id)?;
    hold_bills(tx, account)?;
    // Whoever waited may have waited for a change of this one.
    service::find(tx, id)?.ok_or_else(missing)
}

/// Days that were billed stay as they were billed.
pub(super) fn not_billed_after(
    tx: &mut Tx<'_>,
    id: ServiceAgreementId,
    day: NaiveDate,
) -> Result<(), ServiceError> {
    match service::billed_until(tx, id)? {
        Some(until) if until > day => Err(ServiceError::Billed(until)),
        Some(_) | None => Ok(()),
    }
}

/// No bill of the account is out for a day or later ones: it went out without what is served on them now, and no later one would bill it.
fn days_not_billed(
    tx: &mut Tx<'_>,
    account: AccountId,
    day: NaiveDate,
) -> Result<(), ServiceError> {
    match service::account_billed_until(tx, account)? {
        Some(until) if until > day => Err(ServiceError::Billed(until)),
        Some(_) | None => Ok(()),
    }
}

/// Whether every day before a day on which an account was served is on a bill that went out, and none stands as a draft. Days before the first
/// bills of the house were billed elsewhere.
pub(super) fn all_billed(
    conn: &mut Conn,
    account: AccountId,
    on: NaiveDate,
) -> Result<(), AccountError> {
    if service::has_draft(conn, account)? {
        return Err(AccountError::NotBilled);
    }
    let from = match service::account_billed_until(conn, account)? {
        Some(until) => until,
        None => {
            let opened = store::accounts::get(conn, account)?.opened_on;
            let cycle = store::cycles::history(conn, account)?.on(opened);
            let periods = store::cycles::list_periods(conn, cycle)?;
            let ids: Vec<CyclePeriodId> = periods.iter().map(|period| period.id).collect();
            let runs = store::cycles::list_runs(conn, &ids)?;
            let billed = periods.iter().find(|period| runs.contains_key(&period.id));
            let first = billed.or(periods.first());
            first.map_or(opened, |first| opened.max(first.from_on))
        }
    };
    let Some(days) = Period::new(from, on) else {
        return Ok(());
    };
    let agreed = service::list_of_accounts(conn, &[account], days)?;
    let ids: Vec<ServiceAgreementId> = agreed.iter().map(|one| one.agreement.id).collect();
    let off = service::list_suspensions(conn, &ids, days)?;
    let is_served = |row: &ServiceAgreementRow| {
        let own = off.iter().filter(|off| off.service_agreement_id == row.id);
        let own: Vec<SuspensionRow> = own.cloned().collect();
        let (served, _) = days_on_and_off(days, (row.from_on, row.until_on), &own);
        !served.is_empty()
    };
    if agreed.iter().any(|one| is_served(&one.agreement)) {
        return Err(AccountError::NotBilled);
    }
    Ok(())
}

pub(super) fn record(
    tx: &mut Tx<'_>,
    account: AccountId,
    (id, action): (ServiceAgreementId, &str),
    facts: serde_json::Value,
) -> Result<(), ServiceError> {
    tx.touch(account);
    let deed = Deed {
        action,
        subject_kind: "service_agreement",
        subject_id: id.to_string(),
        account_id: Some(account),
        facts,
    };
    Ok(store::audit::insert(tx, &deed)?)
}
