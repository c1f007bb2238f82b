//! The orders of the field: what a member of a crew has to do, and what waits for whoever may go.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::ids::StaffId;
use crate::domain::orders::{OrderKind, OrderState};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::ext::AmongMethods as _;
use crate::store::orders::OrderRow;
use crate::store::schema::service_orders;

/// What a member of a crew has to do until a day: what was put off is still theirs.
pub fn list_out(
    conn: &mut Conn,
    (staff, until): (StaffId, NaiveDate),
) -> Result<Vec<OrderRow>, StoreError> {
    Ok(service_orders::table
        .filter(service_orders::closed_on.is_null())
        .filter(service_orders::assignee_staff_id.eq(staff))
        .filter(service_orders::appointed_on.le(until))
        .filter(service_orders::state.among([OrderState::Assigned, OrderState::AtWork]))
        .order((service_orders::appointed_on, service_orders::id))
        .select(OrderRow::as_select())
        .load(conn)?)
}

/// What waits for somebody until a day, and whoever may go: nobody has it yet. What hurries comes first. A shut-off waits for the office.
pub fn list_unclaimed(
    conn: &mut Conn,
    until: NaiveDate,
    limit: i64,
) -> Result<Vec<OrderRow>, StoreError> {
    Ok(service_orders::table
        .filter(service_orders::closed_on.is_null())
        .filter(service_orders::assignee_staff_id.is_null())
        .filter(service_orders::state.eq(OrderState::Open))
        .filter(service_orders::kind.ne(OrderKind::ShutOff))
        .filter(
            service_orders::appointed_on
                .is_null()
                .or(service_orders::appointed_on.le(until)),
        )
        .order((service_orders::due_on, service_orders::id))
        .limit(limit)
        .select(OrderRow::as_select())
        .load(conn)?)
}
