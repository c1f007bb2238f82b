//! The latest bills of a schedule, with what they were worked out from: for trying a new version on them. Reads only.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::bills::BillStatus;
use crate::domain::ids::{AccountId, BillNumber, RateScheduleId, ServicePointId};
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{bill_segments, bills, rate_schedules, service_agreements};

/// One service of an issued bill.
#[derive(Debug, Clone, Queryable)]
pub struct BilledSegment {
    /// Whose.
    pub account_id: AccountId,
    /// Where it was delivered.
    pub service_point_id: ServicePointId,
    /// The bill.
    pub number: BillNumber,
    /// First day billed.
    pub from_on: NaiveDate,
    /// First day not billed any more.
    pub until_on: NaiveDate,
    /// What the service came to.
    pub amount: Money,
    /// From what it was worked out.
    pub working: String,
}

impl BilledSegment {
    /// The days billed.
    #[must_use]
    pub fn period(&self) -> Period {
        Period {
            from: self.from_on,
            until: self.until_on,
        }
    }
}

/// How many bills are looked through for each account that is wanted: an account's older bills are passed over.
const LOOKED_AT: i64 = 4;

/// The newest billed services under any version of a schedule, several for an account.
pub fn list_latest(
    conn: &mut Conn,
    code: &str,
    accounts: i64,
) -> Result<Vec<BilledSegment>, StoreError> {
    let versions: Vec<RateScheduleId> = rate_schedules::table
        .filter(rate_schedules::code.eq(code))
        .select(rate_schedules::id)
        .load(conn)?;
    Ok(bills::table
        .inner_join(bill_segments::table.inner_join(service_agreements::table))
        .filter(bill_segments::rate_schedule_id.eq_any(versions))
        .filter(bills::status.eq(BillStatus::Issued))
        .order(bills::id.desc())
        .limit(accounts.saturating_mul(LOOKED_AT))
        .select((
            bills::account_id,
            service_agreements::service_point_id,
            bills::number,
            bills::from_on,
            bills::until_on,
            bill_segments::amount_cents,
            bill_segments::working,
        ))
        .load(conn)?)
}
