//! What customers report: that a service is out at their place.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::commodity::Commodity;
use crate::domain::ids::{AccountId, LoginId, OutageId};
use crate::domain::outages::OutageStatus;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::{outage_accounts, outage_reports, outages};

/// A report.
#[derive(Debug, Clone, Queryable)]
pub struct ReportRow {
    /// Whose place.
    pub account_id: AccountId,
    /// Of what.
    pub commodity: Commodity,
    /// What they wrote.
    pub details: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

/// Whether a service was reported for an account after an instant.
pub fn was_reported(
    conn: &mut Conn,
    account: AccountId,
    commodity: Commodity,
    after: NaiveDateTime,
) -> Result<bool, StoreError> {
    let found: i64 = outage_reports::table
        .filter(outage_reports::account_id.eq(account))
        .filter(outage_reports::commodity.eq(commodity))
        .filter(outage_reports::at.gt(after))
        .count()
        .get_result(conn)?;
    Ok(found > 0)
}

/// Records a report. Says its row id.
pub fn insert(
    tx: &mut Tx<'_>,
    (account, login): (AccountId, Option<LoginId>),
    commodity: Commodity,
    details: &str,
) -> Result<i64, StoreError> {
    let at = tx.stamp.at;
    Ok(diesel::insert_into(outage_reports::table)
        .values((
            outage_reports::account_id.eq(account),
            outage_reports::login_id.eq(login),
            outage_reports::commodity.eq(commodity),
            outage_reports::details.eq(details),
            outage_reports::at.eq(at),
        ))
        .returning(outage_reports::id)
        .get_result(tx.conn())?)
}

/// The latest reports, the newest first.
pub fn list_latest(conn: &mut Conn, limit: i64) -> Result<Vec<ReportRow>, StoreError> {
    Ok(outage_reports::table
        .order(outage_reports::id.desc())
        .limit(limit)
        .select((
            outage_reports::account_id,
            outage_reports::commodity,
            outage_reports::details,
            outage_reports::at,
        ))
        .load(conn)?)
}

/// The outages going on that touch these accounts, by account and service.
pub fn list_known(
    conn: &mut Conn,
    ids: &[AccountId],
) -> Result<HashMap<(AccountId, Commodity), OutageId>, StoreError> {
    let rows: Vec<(AccountId, Commodity, OutageId)> = outage_accounts::table
        .inner_join(outages::table)
        .filter(outage_accounts::account_id.eq_any(ids))
        .filter(outages::status.eq(OutageStatus::GoingOn))
        .order(outages::id)
        .select((outage_accounts::account_id, outages::commodity, outages::id))
        .load(conn)?;
    let by_service = |(account, commodity, id)| ((account, commodity), id);
    Ok(rows.into_iter().map(by_service).collect())
}
