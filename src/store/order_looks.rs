//! What those who look after many open orders ask and do: the next of a kind, whoever's they are, held and canceled together; and to whom one was
//! ever given.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::ids::{OrderId, StaffId};
use crate::domain::orders::{OrderKind, OrderState, Why};
use crate::store::any::AnyConnection;
use crate::store::bulk::insert_all;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::ext::AmongMethods as _;
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

/// Those of these orders that are open, as they stand once nobody else moves them. On SQLite the one writer is enough.
pub fn hold_open(tx: &mut Tx<'_>, orders: &[OrderId]) -> Result<Vec<OrderRow>, StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        service_orders::table
            .filter(service_orders::id.eq_any(orders))
            .order(service_orders::id)
            .select(service_orders::id)
            .for_no_key_update()
            .load::<OrderId>(conn)?;
    }
    Ok(service_orders::table
        .filter(service_orders::id.among(orders))
        .filter(service_orders::closed_on.is_null())
        .order(service_orders::id)
        .select(OrderRow::as_select())
        .load(tx.conn())?)
}

#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = service_order_steps, treat_none_as_default_value = false)]
struct NewCancel {
    order_id: OrderId,
    made_by: String,
    made_at: NaiveDateTime,
    made_on: NaiveDate,
    state: Option<OrderState>,
    reason: Option<Why>,
    words: Option<String>,
}

/// Cancels orders that are held by [`hold_open`], each with why and what is said of it.
pub fn cancel(
    tx: &mut Tx<'_>,
    orders: &[(OrderId, Why, Option<String>)],
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    let ids: Vec<OrderId> = orders.iter().map(|(id, ..)| *id).collect();
    diesel::update(service_orders::table.filter(service_orders::id.among(&ids)))
        .set((
            service_orders::state.eq(OrderState::Canceled),
            service_orders::closed_at.eq(stamp.at),
            service_orders::closed_on.eq(stamp.on),
        ))
        .execute(tx.conn())?;
    let row = |(order_id, why, words): &(OrderId, Why, Option<String>)| NewCancel {
        order_id: *order_id,
        made_by: stamp.by.name.clone(),
        made_at: stamp.at,
        made_on: stamp.on,
        state: Some(OrderState::Canceled),
        reason: Some(*why),
        words: words.clone(),
    };
    let rows: Vec<NewCancel> = orders.iter().map(row).collect();
    insert_all!(tx, service_order_steps::table, rows.as_slice())
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
