//! Who comes to the place of an account in scope, and when.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::access::Right;
use crate::domain::ids::AccountId;
use crate::domain::scope::Scope;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::orders::OrderRow;
use crate::store::portal::accounts::in_scope;
use crate::store::schema::service_orders;

/// Open orders with an appointment from a day on that the customer is told of, the next first. That somebody comes is told to whoever looks after
/// the account.
pub fn list(
    conn: &mut Conn,
    (scope, account): (&Scope, AccountId),
    from: NaiveDate,
) -> Result<Vec<OrderRow>, StoreError> {
    let account = in_scope(scope, account)?;
    let looks_after = scope.access(account);
    if !looks_after.is_some_and(|access| access.gives(Right::Change)) {
        return Ok(Vec::new());
    }
    let rows: Vec<OrderRow> = service_orders::table
        .filter(service_orders::account_id.eq(account))
        .filter(service_orders::closed_on.is_null())
        .filter(service_orders::appointed_on.ge(from))
        .order((service_orders::appointed_on, service_orders::id))
        .select(OrderRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().filter(|row| row.kind.is_told()).collect())
}
