//! Bills as their customer reads them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::domain::bill_paper::PaperEntry;
use crate::domain::bills::{BillKind, BillStatus};
use crate::domain::deposits::DepositStep;
use crate::domain::ids::{
    AccountId, BillId, BillNumber, EntryId, RateScheduleId, ReadId, ServiceAgreementId,
    ServicePointId,
};
use crate::domain::ledger::EntryKind;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::rates::working::Working;
use crate::domain::reads::ReadQuality;
use crate::domain::scope::Scope;
use crate::store::bill_deliveries::{self, DeliveryRow};
use crate::store::db::Conn;
use crate::store::earlier_deposits::NOT_FROM_EARLIER_BOOKS;
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::labels::one_line;
use crate::store::portal::accounts::in_scope;
use crate::store::schema::{
    bill_cancellations, bill_segments, bills, budget_plan_bills, deposit_moves, ledger_entries,
    meters, premises, rate_schedules, reads, registers, service_agreements, service_points,
};
use crate::store::sql_types::Exact;

/// An issued bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    /// Row id.
    pub id: BillId,
    /// Printed number.
    pub number: BillNumber,
    /// Why it was made.
    pub kind: BillKind,
    /// First day billed.
    pub from_on: NaiveDate,
    /// First day after the last day billed.
    pub until_on: NaiveDate,
    /// Dated.
    pub issued_on: NaiveDate,
    /// Due.
    pub due_on: NaiveDate,
    /// What was owed before it.
    pub previous: Money,
    /// What it charges.
    pub total: Money,
    /// The day it was taken back.
    pub canceled_on: Option<NaiveDate>,
    /// What it puts off under a level payment plan, and what is put off in all with it; negative where more was asked than charged.
    pub put_off: Option<(Money, Money)>,
    /// Its services.
    pub services: Vec<Service>,
}

impl Bill {
    /// The last day billed: its month is the bill's month.
    #[must_use]
    pub fn last_day(&self) -> NaiveDate {
        self.until_on.pred_opt().unwrap_or(self.until_on)
    }

    /// What it asks for: what it charges, less what a level payment plan puts off.
    #[must_use]
    pub fn asked(&self) -> Money {
        self.total - self.put_off.map_or(Money::ZERO, |(deferred, _)| deferred)
    }

    /// Whether it bills a place that another bills too: bills of two homes say nothing of each other.
    #[must_use]
    pub fn shares_place(&self, other: &Self) -> bool {
        let is_there = |service: &Service| {
            let mut theirs = other.services.iter();
            theirs.any(|one| one.point == service.point)
        };
        self.services.iter().any(is_there)
    }
}

/// One service of a bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its place on the bill.
    pub position: i32,
    /// Under which agreement.
    pub agreement: ServiceAgreementId,
    /// Where.
    pub point: ServicePointId,
    /// What was delivered.
    pub commodity: Commodity,
    /// By which version of which schedule.
    pub schedule: RateScheduleId,
    /// How much was used, where it is metered.
    pub quantity: Option<Exact>,
    /// In which unit.
    pub unit: Option<Unit>,
    /// Actual or estimated.
    pub quality: String,
    /// What it comes to.
    pub amount: Money,
}

impl Service {
    /// Whether any of its reads was estimated.
    #[must_use]
    pub fn is_estimated(&self) -> bool {
        self.quality == "estimated"
    }
}

type BillRow = (
    BillId,
    BillNumber,
    BillKind,
    NaiveDate,
    NaiveDate,
    Option<NaiveDate>,
    NaiveDate,
    Money,
    Money,
    Option<NaiveDate>,
    Option<Money>,
    Option<Money>,
);

type ServiceRow = (
    i32,
    (ServiceAgreementId, ServicePointId),
    Commodity,
    RateScheduleId,
    Option<Exact>,
    Option<Unit>,
    String,
    Money,
);

/// The columns of a bill with one of its services.
macro_rules! columns {
    () => {
        (
            (
                bills::id,
                bills::number,
                bills::kind,
                bills::from_on,
                bills::until_on,
                bills::issued_on,
                bills::due_on,
                bills::previous_cents,
                bills::total_cents,
                bill_cancellations::on_date.nullable(),
                budget_plan_bills::deferred_cents.nullable(),
                budget_plan_bills::difference_cents.nullable(),
            ),
            (
                bill_segments::position,
                (
                    bill_segments::service_agreement_id,
                    service_agreements::service_point_id,
                ),
                bill_segments::commodity,
                bill_segments::rate_schedule_id,
                bill_segments::quantity,
                bill_segments::unit,
                bill_segments::quality,
                bill_segments::amount_cents,
            ),
        )
    };
}

/// The account's issued bills whose last day is on or after a day, newest first, canceled ones with the day they were taken back.
pub fn list_since(
    conn: &mut Conn,
    scope: &Scope,
    account: AccountId,
    since: NaiveDate,
) -> Result<Vec<Bill>, StoreError> {
    let rows: Vec<(BillRow, ServiceRow)> = bills::table
        .inner_join(bill_segments::table.inner_join(service_agreements::table))
        .left_join(bill_cancellations::table)
        .left_join(budget_plan_bills::table)
        .filter(bills::account_id.eq(in_scope(scope, account)?))
        .filter(bills::status.eq(BillStatus::Issued))
        .filter(bills::until_on.gt(since))
        .order((
            bills::until_on.desc(),
            bills::id.desc(),
            bill_segments::position,
        ))
        .select(columns!())
        .load(conn)?;
    Ok(gathered(rows))
}

/// One issued bill by its number, of an account in scope.
pub fn get(
    conn: &mut Conn,
    scope: &Scope,
    number: &BillNumber,
) -> Result<(AccountId, Bill), StoreError> {
    let account: AccountId = bills::table
        .filter(bills::id.eq(number.bill()))
        .filter(bills::account_id.eq_any(scope.accounts()))
        .filter(bills::status.eq(BillStatus::Issued))
        .select(bills::account_id)
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("bill"))?;
    let rows: Vec<(BillRow, ServiceRow)> = bills::table
        .inner_join(bill_segments::table.inner_join(service_agreements::table))
        .left_join(bill_cancellations::table)
        .left_join(budget_plan_bills::table)
        .filter(bills::id.eq(number.bill()))
        .filter(bills::account_id.eq(account))
        .order(bill_segments::position)
        .select(columns!())
        .load(conn)?;
    let bill = gathered(rows)
        .into_iter()
        .next()
        .ok_or(StoreError::Missing("bill"))?;
    Ok((account, bill))
}

/// Where each service of a bill was delivered, by its position, in the order of the bill; the bill was found in scope.
pub fn list_places(conn: &mut Conn, bill: &Bill) -> Result<Vec<(i32, String)>, StoreError> {
    let rows: Vec<(i32, String, Option<String>)> = bill_segments::table
        .inner_join(
            service_agreements::table.inner_join(service_points::table.inner_join(premises::table)),
        )
        .filter(bill_segments::bill_id.eq(bill.id))
        .order(bill_segments::position)
        .select((bill_segments::position, premises::line_1, premises::unit))
        .load(conn)?;
    let line = |(position, line, unit)| (position, one_line(line, unit));
    Ok(rows.into_iter().map(line).collect())
}

/// The days of services, by their bill and their place on it.
pub type BilledDays = BTreeMap<(BillId, i32), Period>;

/// The days that the services of bills were billed for, as they were when the bills were made; the bills were found in scope.
pub fn list_days(conn: &mut Conn, found: &[&Bill]) -> Result<BilledDays, StoreError> {
    let ids: Vec<BillId> = found.iter().map(|bill| bill.id).collect();
    let rows: Vec<(BillId, i32, String)> = bill_segments::table
        .filter(bill_segments::bill_id.eq_any(ids))
        .select((
            bill_segments::bill_id,
            bill_segments::position,
            bill_segments::working,
        ))
        .load(conn)?;
    let days = |(bill, position, working): (BillId, i32, String)| {
        let working: Working = serde_json::from_str(&working).ok()?;
        Some(((bill, position), working.period()))
    };
    Ok(rows.into_iter().filter_map(days).collect())
}

/// How the bill went out: the last step of each channel; the bill was found in scope.
pub fn list_deliveries(conn: &mut Conn, bill: &Bill) -> Result<Vec<DeliveryRow>, StoreError> {
    let mut latest = bill_deliveries::list_latest(conn, &[bill.id])?;
    Ok(latest.remove(&bill.id).unwrap_or_default())
}

/// A read that a bill rests on.
#[derive(Debug, Clone, Queryable)]
pub struct MeterRead {
    /// Row id, by which the working names it.
    pub id: ReadId,
    /// The number on the meter.
    pub serial: String,
    /// What the register counts in.
    pub unit: Unit,
    /// The day.
    pub read_on: NaiveDate,
    /// What the face showed.
    pub value: Exact,
    /// How good it is.
    pub quality: ReadQuality,
}

/// The reads that the working of a bill names; the bill was found in scope.
pub fn list_reads(conn: &mut Conn, ids: &[ReadId]) -> Result<Vec<MeterRead>, StoreError> {
    Ok(reads::table
        .inner_join(registers::table.inner_join(meters::table))
        .filter(reads::id.eq_any(ids))
        .order((registers::id, reads::read_on, reads::id))
        .select((
            reads::id,
            meters::serial,
            registers::unit,
            reads::read_on,
            reads::value,
            reads::quality,
        ))
        .load(conn)?)
}

/// The documents of published schedules: they are anybody's to read.
pub fn list_schedules(
    conn: &mut Conn,
    ids: &[RateScheduleId],
) -> Result<BTreeMap<RateScheduleId, String>, StoreError> {
    let rows: Vec<(RateScheduleId, String)> = rate_schedules::table
        .filter(rate_schedules::id.eq_any(ids))
        .select((rate_schedules::id, rate_schedules::document))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// The columns of what moved a balance.
type MovedRow = (
    EntryKind,
    i64,
    NaiveDate,
    Money,
    Option<DepositStep>,
    Option<NaiveDate>,
);

/// What was paid, charged and given back on an account between a bill and the one before it, in the order in which it was posted.
pub fn list_between(
    conn: &mut Conn,
    account: AccountId,
    bill: BillId,
) -> Result<Vec<PaperEntry>, StoreError> {
    let bills = ledger_entries::table
        .filter(ledger_entries::account_id.eq(account))
        .filter(ledger_entries::kind.eq(EntryKind::Bill));
    let own: Option<EntryId> = bills
        .filter(ledger_entries::source_id.eq(bill.0))
        .select(ledger_entries::id)
        .first(conn)
        .optional()?;
    let Some(own) = own else {
        return Ok(Vec::new());
    };
    let last: Option<EntryId> = bills
        .filter(ledger_entries::id.lt(own))
        .select(diesel::dsl::max(ledger_entries::id))
        .first(conn)?;
    let rows: Vec<MovedRow> = ledger_entries::table
        .left_join(deposit_moves::table)
        .filter(ledger_entries::account_id.eq(account))
        .filter(ledger_entries::id.gt(last.unwrap_or(EntryId(0))))
        .filter(ledger_entries::id.lt(own))
        .filter(ledger_entries::receivable_cents.ne(Money::ZERO))
        .filter(sql::<Bool>(NOT_FROM_EARLIER_BOOKS))
        .order(ledger_entries::id)
        .select((
            ledger_entries::kind,
            ledger_entries::source_id,
            ledger_entries::on_date,
            ledger_entries::receivable_cents,
            deposit_moves::kind.nullable(),
            deposit_moves::due_on.nullable(),
        ))
        .kept()
        .load(conn)?;
    let entry = |(kind, source_id, on, amount, deposit, due_on): MovedRow| PaperEntry {
        kind,
        source_id,
        on,
        amount,
        deposit,
        due_on,
    };
    Ok(rows.into_iter().map(entry).collect())
}

fn gathered(rows: Vec<(BillRow, ServiceRow)>) -> Vec<Bill> {
    let mut found: Vec<Bill> = Vec::new();
    for (bill, service) in rows {
        let (
            id,
            number,
            kind,
            from_on,
            until_on,
            issued_on,
            due_on,
            previous,
            total,
            canceled_on,
            deferred,
            difference,
        ) = bill;
        if found.last().is_none_or(|last| last.id != id) {
            found.push(Bill {
                id,
                number,
                kind,
                from_on,
                until_on,
                issued_on: issued_on.unwrap_or(until_on),
                due_on,
                previous,
                total,
                canceled_on,
                put_off: deferred.zip(difference),
                services: Vec::new(),
            });
        }
        let (position, (agreement, point), commodity, schedule, quantity, unit, quality, amount) =
            service;
        if let Some(last) = found.last_mut() {
            last.services.push(Service {
                position,
                agreement,
                point,
                commodity,
                schedule,
                quantity,
                unit,
                quality,
                amount,
            });
        }
    }
    found
}
