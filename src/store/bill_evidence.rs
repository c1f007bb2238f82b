//! What a bill can be judged by: the reads it rests on and a year of use around it. The door has found the bill.

use chrono::{Months, NaiveDate};
use diesel::prelude::*;

use crate::domain::accounts::AccountClass;
use crate::domain::bills::BillStatus;
use crate::domain::ids::{AccountId, BillId};
use crate::domain::money::Money;
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{accounts, bill_cancellations, bill_segments, bills};
use crate::store::sql_types::Exact;

/// What a bill charged for one service.
#[derive(Debug, Clone, Queryable)]
pub struct UseRow {
    /// The service.
    pub commodity: Commodity,
    /// The first day billed.
    pub from_on: NaiveDate,
    /// The first day after the last day billed.
    pub until_on: NaiveDate,
    /// How much was used.
    pub quantity: Option<Exact>,
    /// In which unit.
    pub unit: Option<Unit>,
    /// Actual or estimated.
    pub quality: String,
    /// What it came to.
    pub amount: Money,
}

/// Whose a bill is, and for which days.
#[derive(Debug, Clone, Copy, Queryable)]
pub struct BilledRow {
    /// The account.
    pub account: AccountId,
    /// Its class.
    pub class: AccountClass,
    /// The first day billed.
    pub from_on: NaiveDate,
    /// The first day not billed any more.
    pub until_on: NaiveDate,
}

/// Whose the bill is, and for which days.
pub fn find(conn: &mut Conn, bill: BillId) -> Result<BilledRow, StoreError> {
    Ok(bills::table
        .inner_join(accounts::table)
        .filter(bills::id.eq(bill))
        .select((
            bills::account_id,
            accounts::class,
            bills::from_on,
            bills::until_on,
        ))
        .first(conn)?)
}

/// The metered services of a bill's account, in the bills that stand of so many months up to this one, oldest first.
pub fn uses(
    conn: &mut Conn,
    bill: BillId,
    of: &BilledRow,
    months: u32,
) -> Result<Vec<UseRow>, StoreError> {
    let until_on = of.until_on;
    let since = until_on
        .checked_sub_months(Months::new(months))
        .unwrap_or(until_on);
    Ok(bills::table
        .inner_join(bill_segments::table)
        .left_join(bill_cancellations::table)
        .filter(bills::account_id.eq(of.account))
        .filter(bills::status.eq(BillStatus::Issued))
        .filter(bills::until_on.gt(since))
        .filter(bills::until_on.le(until_on))
        .filter(bill_cancellations::bill_id.is_null().or(bills::id.eq(bill)))
        .filter(bill_segments::quantity.is_not_null())
        .order((bills::until_on, bills::id, bill_segments::position))
        .select((
            bill_segments::commodity,
            bills::from_on,
            bills::until_on,
            bill_segments::quantity,
            bill_segments::unit,
            bill_segments::quality,
            bill_segments::amount_cents,
        ))
        .load(conn)?)
}

/// The services of a bill: the place of each, what it is, and from what it was worked out.
pub fn workings(
    conn: &mut Conn,
    bill: BillId,
) -> Result<Vec<(i32, Commodity, String)>, StoreError> {
    Ok(bill_segments::table
        .filter(bill_segments::bill_id.eq(bill))
        .order(bill_segments::position)
        .select((
            bill_segments::position,
            bill_segments::commodity,
            bill_segments::working,
        ))
        .load(conn)?)
}
