//! Service orders: one row for each, and every step of it below with what was brought back. Steps are only added.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::ids::{
    AccountId, CycleId, MeterId, OrderId, OrderNumber, PremiseId, RequestId, ServicePointId,
    StaffId,
};
use crate::domain::orders::told::Appointment;
use crate::domain::orders::{Finding, OrderKind, OrderState, Slot, Urgency, Why};
use crate::store::any::{AnyConnection, MultiBackend};
use crate::store::bulk;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::ext::AmongMethods as _;
use crate::store::kept::KeptDsl;
use crate::store::schema::{service_order_steps, service_orders};
use crate::store::sql_types::Exact;

/// Work that a crew is sent out for.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = service_orders)]
pub struct OrderRow {
    /// Row id.
    pub id: OrderId,
    /// The number that people say.
    pub number: OrderNumber,
    /// What is to be done.
    pub kind: OrderKind,
    /// Where it stands.
    pub state: OrderState,
    /// How much hurry there is.
    pub urgency: Urgency,
    /// For which account.
    pub account_id: AccountId,
    /// The cycle that billed the account when it was made.
    pub cycle_id: CycleId,
    /// Where; nothing where only its words say so.
    pub premise_id: Option<PremiseId>,
    /// Of which service; nothing where it is every metered one of the place.
    pub service_point_id: Option<ServicePointId>,
    /// Which meter, where it is about one.
    pub meter_id: Option<MeterId>,
    /// The customer's request that it comes from.
    pub request_id: Option<RequestId>,
    /// The order whose result led to it.
    pub follows_id: Option<OrderId>,
    /// What a crew has to know.
    pub instructions: String,
    /// By when it is to be done.
    pub due_on: NaiveDate,
    /// The day on which somebody comes.
    pub appointed_on: Option<NaiveDate>,
    /// The part of that day.
    pub slot: Slot,
    /// Who goes.
    pub assignee_staff_id: Option<StaffId>,
    /// Of a shut-off: the day on which the rules said that it may be.
    pub may_on: Option<NaiveDate>,
    /// Who made it.
    pub made_by: String,
    /// The civil day of it.
    pub made_on: NaiveDate,
    /// The day on which it was done or canceled.
    pub closed_on: Option<NaiveDate>,
    /// The day on which the customer was last told of the appointment.
    pub told_on: Option<NaiveDate>,
}

impl OrderRow {
    /// Whether it is still open after the day by which it was to be done.
    #[must_use]
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.state.is_open() && self.due_on < today
    }

    /// Whether it is about whatever of the account's own is served at its place, and about nothing that others have there.
    #[must_use]
    pub const fn is_of_own_points(&self) -> bool {
        self.service_point_id.is_none() && self.kind.is_of_own_service()
    }

    /// When somebody comes, where a day is set.
    #[must_use]
    pub fn appointment(&self) -> Option<Appointment> {
        let slot = self.slot;
        self.appointed_on.map(|on| Appointment { on, slot })
    }
}

/// An order on its way into the table.
#[derive(Debug, Clone)]
pub struct NewRow<'a> {
    /// What makes it the same order when it is made again.
    pub order_key: &'a str,
    /// What is to be done.
    pub kind: OrderKind,
    /// How much hurry there is.
    pub urgency: Urgency,
    /// For which account.
    pub account_id: AccountId,
    /// The cycle that bills it.
    pub cycle_id: CycleId,
    /// Where.
    pub premise_id: Option<PremiseId>,
    /// Of which service.
    pub service_point_id: Option<ServicePointId>,
    /// Which meter.
    pub meter_id: Option<MeterId>,
    /// The request that it comes from.
    pub request_id: Option<RequestId>,
    /// The order whose result led to it.
    pub follows_id: Option<OrderId>,
    /// What a crew has to know.
    pub instructions: &'a str,
    /// By when it is to be done.
    pub due_on: NaiveDate,
    /// The day on which somebody comes.
    pub appointed_on: Option<NaiveDate>,
    /// The part of that day.
    pub slot: Slot,
}

/// One step of an order.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = service_order_steps)]
pub struct StepRow {
    /// Who.
    pub made_by: String,
    /// When, in UTC.
    pub made_at: NaiveDateTime,
    /// Where the order stands since; nothing where it stayed.
    pub state: Option<OrderState>,
    /// Why it was not done, or is not to be.
    pub reason: Option<Why>,
    /// What was found.
    pub finding: Option<Finding>,
    /// What was written.
    pub words: Option<String>,
    /// The day of the work, where it was another than the day of the step.
    pub worked_on: Option<NaiveDate>,
    /// Degrees north.
    pub latitude: Option<Exact>,
    /// Degrees east.
    pub longitude: Option<Exact>,
}

/// A step on its way into the table.
#[derive(Debug, Clone, Copy, Default)]
pub struct NewStep<'a> {
    /// What makes it the same step when it is sent again.
    pub key: Option<&'a str>,
    /// Where the order stands since.
    pub state: Option<OrderState>,
    /// Why it was not done, or is not to be.
    pub reason: Option<Why>,
    /// What was found.
    pub finding: Option<Finding>,
    /// What was written.
    pub words: Option<&'a str>,
    /// The day of the work.
    pub worked_on: Option<NaiveDate>,
    /// Degrees north and east.
    pub spot: Option<(Exact, Exact)>,
    /// Whom the order is given to with it.
    pub assignee: Option<StaffId>,
}

/// Whose orders are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Assignee {
    /// Everybody's.
    #[default]
    Anyone,
    /// One person's.
    Staff(StaffId),
    /// Those that nobody is sent out for.
    Nobody,
}

/// Which orders are shown.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only what is still open.
    pub is_open: bool,
    /// Only this standing.
    pub state: Option<OrderState>,
    /// Only this kind.
    pub kind: Option<OrderKind>,
    /// Only with an appointment on this day.
    pub day: Option<NaiveDate>,
    /// Whose.
    pub assignee: Assignee,
    /// Only of this account.
    pub account: Option<AccountId>,
    /// Only those that come from this request.
    pub request: Option<RequestId>,
}

/// Records an order, which is open.
pub fn insert(tx: &mut Tx<'_>, new: &NewRow<'_>) -> Result<OrderRow, StoreError> {
    let stamp = tx.stamp;
    let ids = bulk::reserve(tx, "service_orders", 1)?;
    let id = ids.first().copied().ok_or(StoreError::Missing("row id"))?;
    diesel::insert_into(service_orders::table)
        .values((
            service_orders::id.eq(id),
            service_orders::number.eq(OrderNumber::of(id)),
            service_orders::order_key.eq(new.order_key),
            service_orders::kind.eq(new.kind),
            service_orders::state.eq(OrderState::Open),
            service_orders::urgency.eq(new.urgency),
            service_orders::account_id.eq(new.account_id),
            service_orders::cycle_id.eq(new.cycle_id),
            service_orders::premise_id.eq(new.premise_id),
            service_orders::service_point_id.eq(new.service_point_id),
            service_orders::meter_id.eq(new.meter_id),
            service_orders::request_id.eq(new.request_id),
            service_orders::follows_id.eq(new.follows_id),
            service_orders::instructions.eq(new.instructions),
            service_orders::due_on.eq(new.due_on),
            service_orders::appointed_on.eq(new.appointed_on),
            service_orders::slot.eq(new.slot),
            service_orders::made_by.eq(&stamp.by.name),
            service_orders::made_at.eq(stamp.at),
            service_orders::made_on.eq(stamp.on),
        ))
        .execute(tx.conn())?;
    get(tx, OrderId(id))
}

/// The order that was made under this key.
pub fn find_by_key(conn: &mut Conn, key: &str) -> Result<Option<OrderRow>, StoreError> {
    Ok(service_orders::table
        .filter(service_orders::order_key.eq(key))
        .select(OrderRow::as_select())
        .first(conn)
        .optional()?)
}

/// The order with this number.
pub fn find(conn: &mut Conn, number: &OrderNumber) -> Result<Option<OrderRow>, StoreError> {
    Ok(service_orders::table
        .filter(service_orders::number.eq(number))
        .select(OrderRow::as_select())
        .first(conn)
        .optional()?)
}

/// The order, which must exist.
pub fn get(conn: &mut Conn, id: OrderId) -> Result<OrderRow, StoreError> {
    service_orders::table
        .find(id)
        .select(OrderRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("service order"))
}

/// Waits until nobody else moves the order. On SQLite the one writer is enough.
pub fn lock(tx: &mut Tx<'_>, id: OrderId) -> Result<(), StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        service_orders::table
            .find(id)
            .select(service_orders::id)
            .for_no_key_update()
            .load::<OrderId>(conn)?;
    }
    Ok(())
}

/// Some of the orders: by appointment first, then by the day by which they are to be done.
pub fn list(
    conn: &mut Conn,
    filter: &Filter,
    (limit, offset): (i64, i64),
) -> Result<Vec<OrderRow>, StoreError> {
    Ok(filtered(filter)
        .order((service_orders::due_on, service_orders::id))
        .limit(limit)
        .offset(offset)
        .select(OrderRow::as_select())
        .load(conn)?)
}

/// How many orders the filter shows.
pub fn count(conn: &mut Conn, filter: &Filter) -> Result<i64, StoreError> {
    Ok(filtered(filter).count().get_result(conn)?)
}

/// How many orders are open, and how many of them wait for the office because they could not be done.
pub fn count_open(conn: &mut Conn) -> Result<(i64, i64), StoreError> {
    let open = service_orders::table.filter(service_orders::closed_on.is_null());
    let all = open.count().get_result(conn)?;
    let not_done = open
        .filter(service_orders::state.eq(OrderState::NotDone))
        .count()
        .get_result(conn)?;
    Ok((all, not_done))
}

/// The open orders of a kind for these accounts.
pub fn list_open_of(
    conn: &mut Conn,
    accounts: &[AccountId],
    kind: OrderKind,
) -> Result<Vec<OrderRow>, StoreError> {
    Ok(service_orders::table
        .filter(service_orders::account_id.among(accounts))
        .filter(service_orders::closed_on.is_null())
        .filter(service_orders::kind.eq(kind))
        .order(service_orders::id)
        .select(OrderRow::as_select())
        .load(conn)?)
}

/// The next open orders after one for which somebody comes on a day, and whose customers were not told of it on another.
pub fn list_appointed(
    conn: &mut Conn,
    (on, told): (NaiveDate, NaiveDate),
    (after, limit): (OrderId, i64),
) -> Result<Vec<OrderRow>, StoreError> {
    Ok(service_orders::table
        .filter(service_orders::closed_on.is_null())
        .filter(service_orders::appointed_on.eq(on))
        .filter(
            service_orders::told_on
                .is_null()
                .or(service_orders::told_on.ne(told)),
        )
        .filter(service_orders::id.gt(after))
        .order(service_orders::id)
        .limit(limit)
        .select(OrderRow::as_select())
        .load(conn)?)
}

/// Notes that the customers of these orders are told of their appointments today.
pub fn mark_told(tx: &mut Tx<'_>, orders: &[OrderId]) -> Result<(), StoreError> {
    let on = tx.stamp.on;
    diesel::update(service_orders::table.filter(service_orders::id.among(orders)))
        .set(service_orders::told_on.eq(on))
        .execute(tx.conn())?;
    Ok(())
}

/// Everything that was done about an order that the door has found, in its order.
pub fn list_steps(conn: &mut Conn, order: OrderId) -> Result<Vec<StepRow>, StoreError> {
    Ok(service_order_steps::table
        .filter(service_order_steps::order_id.eq(order))
        .order(service_order_steps::id)
        .select(StepRow::as_select())
        .load(conn)?)
}

/// The order of the step that was sent under this key.
pub fn find_step(conn: &mut Conn, key: &str) -> Result<Option<OrderId>, StoreError> {
    Ok(service_order_steps::table
        .filter(service_order_steps::step_key.eq(key))
        .select(service_order_steps::order_id)
        .first(conn)
        .optional()?)
}

/// Records a step.
pub fn insert_step(tx: &mut Tx<'_>, order: OrderId, step: &NewStep<'_>) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(service_order_steps::table)
        .values((
            service_order_steps::order_id.eq(order),
            service_order_steps::step_key.eq(step.key),
            service_order_steps::made_by.eq(&stamp.by.name),
            service_order_steps::made_at.eq(stamp.at),
            service_order_steps::made_on.eq(stamp.on),
            service_order_steps::state.eq(step.state),
            service_order_steps::reason.eq(step.reason),
            service_order_steps::finding.eq(step.finding),
            service_order_steps::words.eq(step.words),
            service_order_steps::worked_on.eq(step.worked_on),
            service_order_steps::latitude.eq(step.spot.map(|(north, _)| north)),
            service_order_steps::longitude.eq(step.spot.map(|(_, east)| east)),
            service_order_steps::assignee_staff_id.eq(step.assignee),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// When somebody comes, and who.
#[derive(Debug, Clone, Copy)]
pub struct Planned {
    /// The day.
    pub appointed_on: Option<NaiveDate>,
    /// The part of the day.
    pub slot: Slot,
    /// Who goes.
    pub assignee: Option<StaffId>,
    /// Of a shut-off: the day on which the rules said that it may be.
    pub may_on: Option<NaiveDate>,
}

/// Moves an order that is held by [`lock`], with who goes and when.
pub fn mark_planned(
    tx: &mut Tx<'_>,
    order: OrderId,
    (state, plan): (OrderState, &Planned),
) -> Result<(), StoreError> {
    diesel::update(service_orders::table.find(order))
        .set((
            service_orders::state.eq(state),
            service_orders::appointed_on.eq(plan.appointed_on),
            service_orders::slot.eq(plan.slot),
            service_orders::assignee_staff_id.eq(plan.assignee),
            service_orders::may_on.eq(plan.may_on),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Moves an order that is held by [`lock`]; one that ends leaves the queue.
pub fn mark_state(tx: &mut Tx<'_>, order: OrderId, state: OrderState) -> Result<(), StoreError> {
    let closed = (!state.is_open()).then_some(tx.stamp);
    diesel::update(service_orders::table.find(order))
        .set((
            service_orders::state.eq(state),
            service_orders::closed_at.eq(closed.map(|stamp| stamp.at)),
            service_orders::closed_on.eq(closed.map(|stamp| stamp.on)),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Says of an order that is held by [`lock`] where it is to be done, and by when.
pub fn mark_place(
    tx: &mut Tx<'_>,
    order: OrderId,
    (premise, on): (PremiseId, NaiveDate),
) -> Result<(), StoreError> {
    diesel::update(service_orders::table.find(order))
        .set((
            service_orders::premise_id.eq(premise),
            service_orders::due_on.eq(on),
            service_orders::appointed_on.eq(on),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

fn filtered(filter: &Filter) -> service_orders::BoxedQuery<'static, MultiBackend> {
    let mut query = service_orders::table.into_boxed();
    if filter.is_open {
        query = query.filter(service_orders::closed_on.is_null());
    }
    if let Some(state) = filter.state {
        query = query.filter(service_orders::state.eq(state));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(service_orders::kind.eq(kind));
    }
    if let Some(day) = filter.day {
        query = query.filter(service_orders::appointed_on.eq(day));
    }
    if let Some(account) = filter.account {
        query = query.filter(service_orders::account_id.eq(account));
    }
    if let Some(request) = filter.request {
        query = query.filter(service_orders::request_id.eq(request));
    }
    match filter.assignee {
        Assignee::Anyone => query,
        Assignee::Staff(id) => query.filter(service_orders::assignee_staff_id.eq(id)),
        Assignee::Nobody => query.filter(service_orders::assignee_staff_id.is_null()),
    }
}
