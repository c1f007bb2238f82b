//! What accounts were billed for of what is metered.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::bills::BillStatus;
use crate::domain::ids::{AccountId, ServiceAgreementId};
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{bill_cancellations, bill_segments, bills};
use crate::store::sql_types::Exact;

/// A past period's use of one service.
#[derive(Debug, Clone, Queryable)]
pub struct PastSegment {
    /// Whose.
    pub account_id: AccountId,
    /// Under which agreement.
    pub agreement: ServiceAgreementId,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after.
    pub until_on: NaiveDate,
    /// What was delivered.
    pub commodity: Commodity,
    /// How much.
    pub quantity: Option<Exact>,
    /// In which unit.
    pub unit: Option<Unit>,
    /// Actual or estimated.
    pub quality: String,
    /// What it came to.
    pub cost: Money,
}

/// What these accounts used in periods that touch some days, in issued bills that still stand.
pub fn list_past_use(
    conn: &mut Conn,
    accounts: &[AccountId],
    days: Period,
) -> Result<Vec<PastSegment>, StoreError> {
    Ok(bills::table
        .inner_join(bill_segments::table)
        .left_join(bill_cancellations::table)
        .filter(bills::account_id.eq_any(accounts))
        .filter(bills::status.eq(BillStatus::Issued))
        .filter(bills::until_on.gt(days.from))
        .filter(bills::from_on.lt(days.until))
        .filter(bill_segments::quantity.is_not_null())
        .filter(bill_cancellations::bill_id.nullable().is_null())
        .order((bills::account_id, bills::until_on))
        .select((
            bills::account_id,
            bill_segments::service_agreement_id,
            bills::from_on,
            bills::until_on,
            bill_segments::commodity,
            bill_segments::quantity,
            bill_segments::unit,
            bill_segments::quality,
            bill_segments::amount_cents,
        ))
        .load(conn)?)
}
