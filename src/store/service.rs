//! Service agreements: an account's contract for service at a point, and the times it was suspended.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::ids::{AccountId, PremiseId, ServiceAgreementId, ServicePointId};
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::store::bulk::insert_all;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::{service_agreements, service_points, service_suspensions};

/// An account's contract for one service.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = service_agreements, treat_none_as_default_value = false)]
pub struct ServiceAgreementRow {
    /// Row id.
    pub id: ServiceAgreementId,
    /// Who pays.
    pub account_id: AccountId,
    /// Where.
    pub service_point_id: ServicePointId,
    /// By which rate schedule.
    pub rate_code: String,
    /// Facts of this contract that the schedule asks for, as JSON.
    pub facts: String,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end.
    pub until_on: Option<NaiveDate>,
}

/// An agreement with what a bill needs to know of its service point.
#[derive(Debug, Clone)]
pub struct AgreedService {
    /// The agreement.
    pub agreement: ServiceAgreementRow,
    /// What is delivered.
    pub commodity: Commodity,
    /// Where.
    pub premise_id: PremiseId,
    /// Standing facts of the service point, as JSON.
    pub point_facts: String,
}

/// A time without service inside an agreement.
#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = service_suspensions, treat_none_as_default_value = false)]
pub struct SuspensionRow {
    /// Of which agreement.
    pub service_agreement_id: ServiceAgreementId,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end.
    pub until_on: Option<NaiveDate>,
    /// Why.
    pub reason: String,
}

/// Records agreements.
pub fn insert_all_rows(tx: &mut Tx<'_>, rows: &[ServiceAgreementRow]) -> Result<(), StoreError> {
    insert_all!(tx, service_agreements::table, rows)
}

/// Records suspensions.
pub fn insert_suspensions(tx: &mut Tx<'_>, rows: &[SuspensionRow]) -> Result<(), StoreError> {
    insert_all!(tx, service_suspensions::table, rows)
}

/// The agreements of these accounts that touch the period, in the order of account and id, in one query.
pub fn list_of_accounts(
    conn: &mut Conn,
    accounts: &[AccountId],
    period: Period,
) -> Result<Vec<AgreedService>, StoreError> {
    let rows: Vec<(ServiceAgreementRow, Commodity, PremiseId, String)> = service_agreements::table
        .inner_join(service_points::table)
        .filter(service_agreements::account_id.eq_any(accounts))
        .filter(service_agreements::from_on.lt(period.until))
        .filter(
            service_agreements::until_on
                .is_null()
                .or(service_agreements::until_on.gt(period.from)),
        )
        .order((service_agreements::account_id, service_agreements::id))
        .select((
            ServiceAgreementRow::as_select(),
            service_points::commodity,
            service_points::premise_id,
            service_points::facts,
        ))
        .load(conn)?;
    let agreed = |(agreement, commodity, premise_id, point_facts)| AgreedService {
        agreement,
        commodity,
        premise_id,
        point_facts,
    };
    Ok(rows.into_iter().map(agreed).collect())
}

/// Which of these accounts have an agreement that begins on a day or later.
pub fn list_going_on(
    conn: &mut Conn,
    accounts: &[AccountId],
    from: NaiveDate,
) -> Result<Vec<AccountId>, StoreError> {
    Ok(service_agreements::table
        .filter(service_agreements::account_id.eq_any(accounts))
        .filter(service_agreements::from_on.ge(from))
        .select(service_agreements::account_id)
        .distinct()
        .load(conn)?)
}

/// The suspensions of these agreements that touch the period.
pub fn list_suspensions(
    conn: &mut Conn,
    agreements: &[ServiceAgreementId],
    period: Period,
) -> Result<Vec<SuspensionRow>, StoreError> {
    Ok(service_suspensions::table
        .filter(service_suspensions::service_agreement_id.eq_any(agreements))
        .filter(service_suspensions::from_on.lt(period.until))
        .filter(
            service_suspensions::until_on
                .is_null()
                .or(service_suspensions::until_on.gt(period.from)),
        )
        .select(SuspensionRow::as_select())
        .load(conn)?)
}

/// Ends an agreement on a day.
pub fn mark_ended(
    tx: &mut Tx<'_>,
    id: ServiceAgreementId,
    until_on: NaiveDate,
) -> Result<(), StoreError> {
    diesel::update(service_agreements::table.find(id))
        .set(service_agreements::until_on.eq(until_on))
        .execute(tx.conn())?;
    Ok(())
}
