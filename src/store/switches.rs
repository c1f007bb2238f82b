//! Whether service is on at a point, as crews left it: turned off and on by orders, each time a row of its own. A point that nobody ever turned
//! is on.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::ids::{AccountId, OrderId, ServicePointId};
use crate::domain::orders::OrderKind;
use crate::store::bulk::insert_lent;
use crate::store::dated::served_on;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::ext::AmongMethods as _;
use crate::store::schema::{point_switches, service_agreements, service_orders};

/// How a crew left a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Switch {
    /// Whether service is on.
    pub is_on: bool,
    /// Since when.
    pub from_on: NaiveDate,
    /// By what.
    pub kind: OrderKind,
    /// By which order.
    pub order: OrderId,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = point_switches, treat_none_as_default_value = false)]
struct NewSwitch<'a> {
    service_point_id: ServicePointId,
    is_on: bool,
    from_on: NaiveDate,
    order_id: OrderId,
    made_by: &'a str,
    made_at: NaiveDateTime,
}

/// Records that service is on, or off, at these points from a day on.
pub fn insert_all(
    tx: &mut Tx<'_>,
    points: &[ServicePointId],
    (is_on, from_on, order): (bool, NaiveDate, OrderId),
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    let row = |point: &ServicePointId| NewSwitch {
        service_point_id: *point,
        is_on,
        from_on,
        order_id: order,
        made_by: &stamp.by.name,
        made_at: stamp.at,
    };
    let rows: Vec<NewSwitch<'_>> = points.iter().map(row).collect();
    insert_lent!(tx, point_switches::table, rows.as_slice())
}

/// Whether an order has turned a point off or on.
pub fn is_turned_by(conn: &mut Conn, order: OrderId) -> Result<bool, StoreError> {
    let found: Option<i64> = point_switches::table
        .filter(point_switches::order_id.eq(order))
        .select(point_switches::id)
        .first(conn)
        .optional()?;
    Ok(found.is_some())
}

/// How crews left these points: nothing of one that nobody ever turned.
fn list(
    conn: &mut Conn,
    points: &[ServicePointId],
) -> Result<HashMap<ServicePointId, Switch>, StoreError> {
    let rows: Vec<(ServicePointId, bool, NaiveDate, OrderKind, OrderId)> = point_switches::table
        .inner_join(service_orders::table)
        .filter(point_switches::service_point_id.among(points))
        .order(point_switches::id)
        .select((
            point_switches::service_point_id,
            point_switches::is_on,
            point_switches::from_on,
            service_orders::kind,
            service_orders::id,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(point, is_on, from_on, kind, order)| {
            (
                point,
                Switch {
                    is_on,
                    from_on,
                    kind,
                    order,
                },
            )
        })
        .collect())
}

/// Who is served at these points on a day.
pub fn list_served(
    conn: &mut Conn,
    points: &[ServicePointId],
    on: NaiveDate,
) -> Result<Vec<(ServicePointId, AccountId)>, StoreError> {
    Ok(service_agreements::table
        .filter(service_agreements::service_point_id.among(points))
        .filter(served_on(on))
        .select((
            service_agreements::service_point_id,
            service_agreements::account_id,
        ))
        .load(conn)?)
}

/// Where service is off for what one of these accounts owed: the order that shut it off, each once.
pub fn list_shut_off(
    conn: &mut Conn,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, OrderId)>, StoreError> {
    let shut: Vec<(AccountId, OrderId, ServicePointId)> = point_switches::table
        .inner_join(service_orders::table)
        .filter(service_orders::account_id.among(accounts))
        .filter(service_orders::kind.eq(OrderKind::ShutOff))
        .order(point_switches::id)
        .select((
            service_orders::account_id,
            service_orders::id,
            point_switches::service_point_id,
        ))
        .load(conn)?;
    if shut.is_empty() {
        return Ok(Vec::new());
    }
    let points: Vec<ServicePointId> = shut.iter().map(|(.., point)| *point).collect();
    let left = list(conn, &points)?;
    let is_off = |order: OrderId, point: ServicePointId| {
        let left = left.get(&point);
        left.is_some_and(|left| !left.is_on && left.order == order)
    };
    let mut off: Vec<(AccountId, OrderId)> = shut
        .into_iter()
        .filter(|(_, order, point)| is_off(*order, *point))
        .map(|(account, order, _)| (account, order))
        .collect();
    off.sort_unstable();
    off.dedup();
    Ok(off)
}
