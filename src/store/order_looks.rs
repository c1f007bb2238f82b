//! What those who look after open orders ask: the next of a kind, whoever's they are, and to whom one was ever given.

use diesel::prelude::*;

use crate::domain::ids::{OrderId, StaffId};
use crate::domain::orders::OrderKind;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::orders::OrderRow;
use crate::store::schema::{service_order_steps, service_orders};

/// The next open orders of a kind after one, whoever's they are.
pub fn list_open_after(
    conn: &mut Conn,
    kind: OrderKind,
    (after, limit): (OrderId, i64),
) -> Result<Vec<OrderRow>, StoreError> {
    Ok(service_orders::table
        .filter(service_orders::closed_on.is_null())
        .filter(service_orders::kind.eq(kind))
        .filter(service_orders::id.gt(after))
        .order(service_orders::id)
        .limit(limit)
        .select(OrderRow::as_select())
        .load(conn)?)
}

/// Whether an order was ever given to a member of the field.
pub fn was_given(conn: &mut Conn, order: OrderId, staff: StaffId) -> Result<bool, StoreError> {
    let found: Option<OrderId> = service_order_steps::table
        .filter(service_order_steps::order_id.eq(order))
        .filter(service_order_steps::assignee_staff_id.eq(staff))
        .select(service_order_steps::order_id)
        .first(conn)
        .optional()?;
    Ok(found.is_some())
}
