//! What the papers of bills are made from, for many bills at once: a fixed number of queries, however many there are.

use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::domain::accounts::AccountRole;
use crate::domain::bills::{BillKind, BillStatus};
use crate::domain::customers::Language;
use crate::domain::deposits::DepositStep;
use crate::domain::ids::{
    AccountId, AccountNumber, BillId, BillNumber, EntryId, RateScheduleId, ReadId, RegisterId,
    ServicePointId,
};
use crate::domain::ledger::EntryKind;
use crate::domain::money::Money;
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::rate_status::RateStatus;
use crate::domain::reads::ReadQuality;
use crate::store::db::Conn;
use crate::store::earlier_deposits::NOT_FROM_EARLIER_BOOKS;
use crate::store::error::StoreError;
use crate::store::schema::{
    account_roles, accounts, bill_cancellations, bill_lines, bill_segments, bills, customers,
    deposit_moves, ledger_entries, meters, premises, rate_schedules, reads, registers,
    service_agreements, service_points,
};
use crate::store::sql_types::Exact;

/// An issued bill with its account.
#[derive(Debug, Clone, Queryable)]
pub struct Head {
    /// Row id.
    pub id: BillId,
    /// Printed number.
    pub number: BillNumber,
    /// Why it was made.
    pub kind: BillKind,
    /// Whose.
    pub account_id: AccountId,
    /// The account's printed number.
    pub account: AccountNumber,
    /// The language of its bills.
    pub language: Language,
    /// First day billed.
    pub from_on: NaiveDate,
    /// First day not billed any more.
    pub until_on: NaiveDate,
    /// Dated.
    pub issued_on: Option<NaiveDate>,
    /// Due.
    pub due_on: NaiveDate,
    /// What was owed before it.
    pub previous: Money,
    /// What it charges.
    pub total: Money,
}

/// One service, with the place it is delivered to.
#[derive(Debug, Clone, Queryable)]
pub struct Segment {
    /// The bill.
    pub bill_id: BillId,
    /// Its place on it.
    pub position: i32,
    /// What was delivered.
    pub commodity: Commodity,
    /// By which version.
    pub schedule: RateScheduleId,
    /// The schedule's code.
    pub code: String,
    /// How much was used.
    pub quantity: Option<Exact>,
    /// In which unit.
    pub unit: Option<Unit>,
    /// How good its reads were.
    pub quality: String,
    /// What it comes to.
    pub amount: Money,
    /// From what it was worked out.
    pub working: String,
    /// Where: street, apartment, city, state, ZIP code.
    pub place: (String, Option<String>, String, String, String),
    /// The point there.
    pub point: ServicePointId,
    /// First day without it, where that is known.
    pub ends_on: Option<NaiveDate>,
}

/// One line.
#[derive(Debug, Clone, Queryable)]
pub struct Line {
    /// The bill.
    pub bill_id: BillId,
    /// The place of its service.
    pub segment: i32,
    /// The charge's code.
    pub charge: String,
    /// How many units.
    pub quantity: Option<Exact>,
    /// At what price.
    pub price: Option<Exact>,
    /// What it comes to.
    pub amount: Money,
}

/// A main customer of an account, and for which days.
#[derive(Debug, Clone, Queryable)]
pub struct Addressee {
    /// The account.
    pub account_id: AccountId,
    /// The name.
    pub name: String,
    /// Where paper goes, where it does not go to the place served.
    pub mailing_address: Option<String>,
    /// From which day on.
    pub from_on: NaiveDate,
    /// Until which day.
    pub until_on: Option<NaiveDate>,
}

/// A read that a working names.
#[derive(Debug, Clone, Queryable)]
pub struct Read {
    /// Row id, by which the working names it.
    pub id: ReadId,
    /// Of which register.
    pub register_id: RegisterId,
    /// The number on the meter.
    pub serial: String,
    /// What the register counts in.
    pub unit: Unit,
    /// The day.
    pub on: NaiveDate,
    /// What the face showed.
    pub value: Exact,
    /// How good it is.
    pub quality: ReadQuality,
}

/// An entry by which an account was billed.
#[derive(Debug, Clone, Queryable)]
pub struct BillEntry {
    /// Row id: the order of the ledger.
    pub id: EntryId,
    /// Whom it billed.
    pub account_id: Option<AccountId>,
    /// The bill's row id.
    pub source_id: i64,
}

/// An entry that moved an account's balance.
#[derive(Debug, Clone, Queryable)]
pub struct Moved {
    /// Row id: the order of the ledger.
    pub id: EntryId,
    /// Whose balance.
    pub account_id: Option<AccountId>,
    /// What it was.
    pub kind: EntryKind,
    /// What it was made for.
    pub source_id: i64,
    /// The day it counts from.
    pub on: NaiveDate,
    /// What it added.
    pub amount: Money,
    /// Which step of a deposit it was.
    pub deposit: Option<DepositStep>,
    /// Of a deposit that was asked for: when this part of it is due.
    pub due_on: Option<NaiveDate>,
}

/// Usage billed to an account before.
#[derive(Debug, Clone, Queryable)]
pub struct Used {
    /// The account.
    pub account_id: AccountId,
    /// By which bill.
    pub bill_id: BillId,
    /// First day not billed any more.
    pub until_on: NaiveDate,
    /// Issued.
    pub issued_on: Option<NaiveDate>,
    /// The day it was taken back.
    pub canceled_on: Option<NaiveDate>,
    /// What was delivered.
    pub commodity: Commodity,
    /// How much.
    pub quantity: Option<Exact>,
    /// In which unit.
    pub unit: Option<Unit>,
    /// How good its reads were.
    pub quality: String,
    /// Where.
    pub point: ServicePointId,
}

/// These bills, those of them that were issued, in the order of their ids.
pub fn list_heads(conn: &mut Conn, ids: &[BillId]) -> Result<Vec<Head>, StoreError> {
    Ok(bills::table
        .inner_join(accounts::table)
        .filter(bills::id.eq_any(ids))
        .filter(bills::status.eq(BillStatus::Issued))
        .order(bills::id)
        .select((
            bills::id,
            bills::number,
            bills::kind,
            bills::account_id,
            accounts::number,
            accounts::language,
            bills::from_on,
            bills::until_on,
            bills::issued_on,
            bills::due_on,
            bills::previous_cents,
            bills::total_cents,
        ))
        .load(conn)?)
}

/// Their services, in the order of each bill.
pub fn list_segments(conn: &mut Conn, ids: &[BillId]) -> Result<Vec<Segment>, StoreError> {
    Ok(bill_segments::table
        .inner_join(rate_schedules::table)
        .inner_join(
            service_agreements::table.inner_join(service_points::table.inner_join(premises::table)),
        )
        .filter(bill_segments::bill_id.eq_any(ids))
        .order((bill_segments::bill_id, bill_segments::position))
        .select((
            bill_segments::bill_id,
            bill_segments::position,
            bill_segments::commodity,
            bill_segments::rate_schedule_id,
            rate_schedules::code,
            bill_segments::quantity,
            bill_segments::unit,
            bill_segments::quality,
            bill_segments::amount_cents,
            bill_segments::working,
            (
                premises::line_1,
                premises::unit,
                premises::city,
                premises::state,
                premises::postal_code,
            ),
            service_agreements::service_point_id,
            service_agreements::until_on,
        ))
        .load(conn)?)
}

/// Their lines, in the order of each bill.
pub fn list_lines(conn: &mut Conn, ids: &[BillId]) -> Result<Vec<Line>, StoreError> {
    Ok(bill_lines::table
        .filter(bill_lines::bill_id.eq_any(ids))
        .order((bill_lines::bill_id, bill_lines::position))
        .select((
            bill_lines::bill_id,
            bill_lines::segment,
            bill_lines::charge,
            bill_lines::quantity,
            bill_lines::price,
            bill_lines::amount_cents,
        ))
        .load(conn)?)
}

/// The main customers of these accounts, now and before, in the order in which they came.
pub fn list_addressees(
    conn: &mut Conn,
    accounts: &[AccountId],
) -> Result<Vec<Addressee>, StoreError> {
    Ok(account_roles::table
        .inner_join(customers::table)
        .filter(account_roles::account_id.eq_any(accounts))
        .filter(account_roles::role.eq(AccountRole::Main))
        .order(account_roles::id)
        .select((
            account_roles::account_id,
            customers::name,
            customers::mailing_address,
            account_roles::from_on,
            account_roles::until_on,
        ))
        .load(conn)?)
}

/// Every published version of these schedules, in the order in which they came into force: row id, code, document.
pub fn list_versions(
    conn: &mut Conn,
    codes: &[&str],
) -> Result<Vec<(RateScheduleId, String, String)>, StoreError> {
    Ok(rate_schedules::table
        .filter(rate_schedules::code.eq_any(codes))
        .filter(rate_schedules::status.eq(RateStatus::Published))
        .order((rate_schedules::effective_from, rate_schedules::version))
        .select((
            rate_schedules::id,
            rate_schedules::code,
            rate_schedules::document,
        ))
        .load(conn)?)
}

/// Reads by row id, those of a register in the order of their days.
pub fn list_reads(conn: &mut Conn, ids: &[ReadId]) -> Result<Vec<Read>, StoreError> {
    Ok(reads::table
        .inner_join(registers::table.inner_join(meters::table))
        .filter(reads::id.eq_any(ids))
        .order((registers::id, reads::read_on, reads::id))
        .select((
            reads::id,
            registers::id,
            meters::serial,
            registers::unit,
            reads::read_on,
            reads::value,
            reads::quality,
        ))
        .load(conn)?)
}

/// The entries by which these accounts were billed, in the order of the ledger.
pub fn list_bill_entries(
    conn: &mut Conn,
    accounts: &[AccountId],
) -> Result<Vec<BillEntry>, StoreError> {
    Ok(ledger_entries::table
        .filter(ledger_entries::account_id.eq_any(accounts))
        .filter(ledger_entries::kind.eq(EntryKind::Bill))
        .order(ledger_entries::id)
        .select((
            ledger_entries::id,
            ledger_entries::account_id,
            ledger_entries::source_id,
        ))
        .load(conn)?)
}

/// What moved the balances of these accounts after one entry and before another.
pub fn list_moved(
    conn: &mut Conn,
    accounts: &[AccountId],
    (after, before): (EntryId, EntryId),
) -> Result<Vec<Moved>, StoreError> {
    Ok(ledger_entries::table
        .left_join(deposit_moves::table)
        .filter(ledger_entries::account_id.eq_any(accounts))
        .filter(ledger_entries::id.gt(after))
        .filter(ledger_entries::id.lt(before))
        .filter(ledger_entries::receivable_cents.ne(Money::ZERO))
        .filter(sql::<Bool>(NOT_FROM_EARLIER_BOOKS))
        .order(ledger_entries::id)
        .select((
            ledger_entries::id,
            ledger_entries::account_id,
            ledger_entries::kind,
            ledger_entries::source_id,
            ledger_entries::on_date,
            ledger_entries::receivable_cents,
            deposit_moves::kind.nullable(),
            deposit_moves::due_on.nullable(),
        ))
        .load(conn)?)
}

/// What was billed of metered services to these accounts for periods that ended after a day, oldest first.
pub fn list_used(
    conn: &mut Conn,
    accounts: &[AccountId],
    since: NaiveDate,
) -> Result<Vec<Used>, StoreError> {
    let metered = [Commodity::Water, Commodity::Electric, Commodity::Gas];
    Ok(bills::table
        .inner_join(bill_segments::table.inner_join(service_agreements::table))
        .left_join(bill_cancellations::table)
        .filter(bills::account_id.eq_any(accounts))
        .filter(bills::status.eq(BillStatus::Issued))
        .filter(bills::until_on.gt(since))
        .filter(bill_segments::commodity.eq_any(metered))
        .order((
            bills::account_id,
            bills::until_on,
            bills::id,
            bill_segments::position,
        ))
        .select((
            bills::account_id,
            bills::id,
            bills::until_on,
            bills::issued_on,
            bill_cancellations::on_date.nullable(),
            bill_segments::commodity,
            bill_segments::quantity,
            bill_segments::unit,
            bill_segments::quality,
            service_agreements::service_point_id,
        ))
        .load(conn)?)
}
