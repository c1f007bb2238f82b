//! What a customer asked for, of the accounts in scope alone.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::ids::{AccountId, RequestNumber};
use crate::domain::premises::Commodity;
use crate::domain::scope::Scope;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::portal::accounts::in_scope;
use crate::store::requests::RequestRow;
use crate::store::schema::{meter_installs, service_agreements, service_points, service_requests};

/// How many requests the list shows.
const MOST: i64 = 200;

/// Everything that was asked for on an account, newest first.
pub fn list(
    conn: &mut Conn,
    scope: &Scope,
    account: AccountId,
) -> Result<Vec<RequestRow>, StoreError> {
    Ok(service_requests::table
        .filter(service_requests::account_id.eq(in_scope(scope, account)?))
        .order(service_requests::id.desc())
        .limit(MOST)
        .select(RequestRow::as_select())
        .load(conn)?)
}

/// One request by its number, of an account in scope.
pub fn get(
    conn: &mut Conn,
    scope: &Scope,
    number: &RequestNumber,
) -> Result<RequestRow, StoreError> {
    service_requests::table
        .filter(service_requests::number.eq(number))
        .filter(service_requests::account_id.eq_any(scope.accounts()))
        .select(RequestRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("request"))
}

/// The services of an account that have not ended.
pub fn services(
    conn: &mut Conn,
    scope: &Scope,
    account: AccountId,
    on: NaiveDate,
) -> Result<Vec<Commodity>, StoreError> {
    let mut found: Vec<Commodity> = service_agreements::table
        .inner_join(service_points::table)
        .filter(service_agreements::account_id.eq(in_scope(scope, account)?))
        .filter(service_agreements::withdrawn_at.is_null())
        .filter(
            service_agreements::until_on
                .is_null()
                .or(service_agreements::until_on.gt(on)),
        )
        .select(service_points::commodity)
        .load(conn)?;
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Of these services, those at whose place a meter hangs.
pub fn metered_services(
    conn: &mut Conn,
    scope: &Scope,
    account: AccountId,
    on: NaiveDate,
) -> Result<Vec<Commodity>, StoreError> {
    let mut found: Vec<Commodity> = service_agreements::table
        .inner_join(service_points::table)
        .inner_join(
            meter_installs::table
                .on(meter_installs::service_point_id.eq(service_agreements::service_point_id)),
        )
        .filter(service_agreements::account_id.eq(in_scope(scope, account)?))
        .filter(service_agreements::withdrawn_at.is_null())
        .filter(
            service_agreements::until_on
                .is_null()
                .or(service_agreements::until_on.gt(on)),
        )
        .filter(
            meter_installs::until_on
                .is_null()
                .or(meter_installs::until_on.gt(on)),
        )
        .select(service_points::commodity)
        .load(conn)?;
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
