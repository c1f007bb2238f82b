//! What there is to tell by itself: debts about to fall due and past it, bills that were just issued, and what was used on them and before.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer};

use crate::domain::bills::{BillStatus, DeliveryState};
use crate::domain::commodity::Commodity;
use crate::domain::ids::{AccountId, BillId, BillNumber, ServiceAgreementId, ServicePointId};
use crate::domain::money::Money;
use crate::domain::notice::NoticeState;
use crate::domain::quantity::Unit;
use crate::store::any::native;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{
    bill_cancellations, bill_deliveries, bill_segments, bills, budget_plan_bills, notices,
    service_agreements,
};
use crate::store::sql_types::Exact;

/// What an account owes with one due date.
#[derive(Debug, Clone, QueryableByName)]
pub struct DatedDebt {
    /// The account.
    #[diesel(sql_type = BigInt)]
    pub account_id: AccountId,
    /// When it falls or fell due.
    #[diesel(sql_type = Date)]
    pub due_on: NaiveDate,
    /// What is unpaid.
    #[diesel(sql_type = BigInt)]
    pub remaining: Money,
    /// What the account owes with earlier due dates: money on its way pays that first.
    #[diesel(sql_type = BigInt)]
    pub earlier: Money,
}

/// Debts with a due date between two days, both among them, of the next accounts after one.
pub fn list_debts(
    conn: &mut Conn,
    (from, to): (NaiveDate, NaiveDate),
    after: AccountId,
    accounts: i32,
) -> Result<Vec<DatedDebt>, StoreError> {
    let sql = "SELECT o.account_id AS account_id, o.due_on AS due_on, CAST(SUM(o.remaining_cents) AS BIGINT) AS remaining, \
                      CAST(COALESCE((SELECT SUM(e.remaining_cents) FROM open_items e \
                          WHERE e.account_id = o.account_id AND e.due_on < o.due_on), 0) AS BIGINT) AS earlier \
               FROM open_items o \
               WHERE o.due_on >= $1 AND o.due_on <= $2 AND o.account_id IN \
                   (SELECT DISTINCT account_id FROM open_items \
                    WHERE due_on >= $1 AND due_on <= $2 AND account_id > $3 ORDER BY account_id LIMIT $4) \
               GROUP BY o.account_id, o.due_on ORDER BY o.account_id, o.due_on";
    Ok(native!(conn, |c| diesel::sql_query(sql)
        .bind::<Date, _>(from)
        .bind::<Date, _>(to)
        .bind::<BigInt, _>(after.0)
        .bind::<Integer, _>(accounts)
        .kept()
        .load(c))?)
}

/// The bills that stand and fall due between two days, both among them, by account and due date; of several the latest.
pub fn list_bills_due(
    conn: &mut Conn,
    accounts: &[AccountId],
    (from, to): (NaiveDate, NaiveDate),
) -> Result<HashMap<(AccountId, NaiveDate), BillNumber>, StoreError> {
    let rows: Vec<(AccountId, NaiveDate, BillNumber)> = bills::table
        .left_join(bill_cancellations::table)
        .filter(bill_cancellations::bill_id.nullable().is_null())
        .filter(bills::account_id.eq_any(accounts))
        .filter(bills::status.eq(BillStatus::Issued))
        .filter(bills::due_on.ge(from))
        .filter(bills::due_on.le(to))
        .order(bills::id)
        .select((bills::account_id, bills::due_on, bills::number))
        .load(conn)?;
    let by_day = |(account, due_on, number)| ((account, due_on), number);
    Ok(rows.into_iter().map(by_day).collect())
}

/// A bill whose delivery has begun.
#[derive(Debug, Clone, Queryable)]
pub struct IssuedBill {
    /// The bill.
    pub id: BillId,
    /// Whose.
    pub account_id: AccountId,
    /// First day billed.
    pub from_on: NaiveDate,
    /// First day after the last day billed.
    pub until_on: NaiveDate,
    /// When it falls due.
    pub due_on: NaiveDate,
    /// What was owed before it.
    pub previous: Money,
    /// What it charges.
    pub total: Money,
    /// What of that it puts off under a level payment plan, where there is one; negative where it asks ahead.
    pub deferred: Option<Money>,
}

impl IssuedBill {
    /// What it asks for.
    #[must_use]
    pub fn asked(&self) -> Money {
        self.total - self.deferred.unwrap_or_default()
    }
}

/// The bills of the next steps after one and up to another, and the last of these steps; that a mail left is no step of its own here.
pub fn list_issued_after(
    conn: &mut Conn,
    (after, last): (i64, i64),
    limit: i64,
) -> Result<(Vec<IssuedBill>, Option<i64>), StoreError> {
    let steps: Vec<(i64, BillId)> = bill_deliveries::table
        .filter(bill_deliveries::id.gt(after))
        .filter(bill_deliveries::id.le(last))
        .filter(bill_deliveries::state.ne(DeliveryState::Sent))
        .order(bill_deliveries::id)
        .limit(limit)
        .select((bill_deliveries::id, bill_deliveries::bill_id))
        .load(conn)?;
    let last = steps.last().map(|step| step.0);
    let ids: HashSet<BillId> = steps.into_iter().map(|step| step.1).collect();
    let rows = bills::table
        .left_join(budget_plan_bills::table)
        .filter(bills::id.eq_any(ids))
        .filter(bills::status.eq(BillStatus::Issued))
        .order(bills::id)
        .select((
            bills::id,
            bills::account_id,
            bills::from_on,
            bills::until_on,
            bills::due_on,
            bills::previous_cents,
            bills::total_cents,
            budget_plan_bills::deferred_cents.nullable(),
        ))
        .load(conn)?;
    Ok((rows, last))
}

/// What a bill says was used of one service.
#[derive(Debug, Clone)]
pub struct Used {
    /// The bill.
    pub bill_id: BillId,
    /// Whose.
    pub account_id: AccountId,
    /// The service.
    pub agreement: ServiceAgreementId,
    /// Where.
    pub point: ServicePointId,
    /// Of what.
    pub commodity: Commodity,
    /// First day billed, and served.
    pub from_on: NaiveDate,
    /// First day after the last day billed.
    pub until_on: NaiveDate,
    /// How much.
    pub quantity: Exact,
    /// Counted in.
    pub unit: Unit,
}

type UsedRow = (
    (BillId, AccountId, ServiceAgreementId),
    (ServicePointId, NaiveDate),
    Commodity,
    (NaiveDate, NaiveDate),
    Option<Exact>,
    Option<Unit>,
);

/// What the bills of these accounts that stand and end after a day say was used, oldest first.
pub fn list_used(
    conn: &mut Conn,
    accounts: &[AccountId],
    since: NaiveDate,
) -> Result<Vec<Used>, StoreError> {
    let rows: Vec<UsedRow> = bill_segments::table
        .inner_join(bills::table.left_join(bill_cancellations::table))
        .inner_join(service_agreements::table)
        .filter(bills::account_id.eq_any(accounts))
        .filter(bill_cancellations::bill_id.nullable().is_null())
        .filter(bills::until_on.gt(since))
        .filter(bills::status.eq(BillStatus::Issued))
        .filter(bill_segments::quantity.is_not_null())
        .filter(bill_segments::unit.is_not_null())
        .order((bills::until_on, bills::id, bill_segments::position))
        .select((
            (
                bills::id,
                bills::account_id,
                bill_segments::service_agreement_id,
            ),
            (
                service_agreements::service_point_id,
                service_agreements::from_on,
            ),
            bill_segments::commodity,
            (bills::from_on, bills::until_on),
            bill_segments::quantity,
            bill_segments::unit,
        ))
        .load(conn)?;
    let used = |row: UsedRow| {
        let ((bill_id, account_id, agreement), at, commodity, days, quantity, unit) = row;
        let ((point, began_on), (from_on, until_on)) = (at, days);
        Some(Used {
            bill_id,
            account_id,
            agreement,
            point,
            commodity,
            from_on: from_on.max(began_on),
            until_on,
            quantity: quantity?,
            unit: unit?,
        })
    };
    Ok(rows.into_iter().filter_map(used).collect())
}

/// Which of these were told before.
pub fn list_told(conn: &mut Conn, keys: &[String]) -> Result<HashSet<String>, StoreError> {
    let mut told = HashSet::new();
    for some in keys.chunks(1_000) {
        let rows: Vec<Option<String>> = notices::table
            .filter(notices::source_key.eq_any(some))
            .select(notices::source_key)
            .load(conn)?;
        told.extend(rows.into_iter().flatten());
    }
    Ok(told)
}

/// Where each of these that were told stands.
pub fn list_states(
    conn: &mut Conn,
    keys: &[String],
) -> Result<HashMap<String, NoticeState>, StoreError> {
    let mut states = HashMap::new();
    for some in keys.chunks(1_000) {
        let rows: Vec<(Option<String>, NoticeState)> = notices::table
            .filter(notices::source_key.eq_any(some))
            .select((notices::source_key, notices::state))
            .load(conn)?;
        states.extend(
            rows.into_iter()
                .filter_map(|(key, state)| Some((key?, state))),
        );
    }
    Ok(states)
}

/// The addresses to which these bills were mailed, in lower case.
pub fn list_mailed(
    conn: &mut Conn,
    bills: &[BillId],
) -> Result<HashMap<BillId, String>, StoreError> {
    let keys: HashMap<String, BillId> = bills
        .iter()
        .map(|bill| (format!("bill:{bill}"), *bill))
        .collect();
    let names: Vec<&String> = keys.keys().collect();
    let rows: Vec<(Option<String>, String)> = notices::table
        .filter(notices::source_key.eq_any(names))
        .select((notices::source_key, notices::recipient))
        .load(conn)?;
    let of = |(key, recipient): (Option<String>, String)| {
        Some((*keys.get(&key?)?, recipient.to_lowercase()))
    };
    Ok(rows.into_iter().filter_map(of).collect())
}
