//! Rows of the office's lists of work that somebody picked: held together, and marked in one statement for all of them.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::arrangements::ArrangementState;
use crate::domain::exceptions::ExceptionStatus;
use crate::domain::ids::{
    AccountId, ArrangementId, ArrangementNumber, ExceptionId, HoldId, NoticeId, OrderId, ReadId,
    RequestId, StaffId,
};
use crate::domain::money::Money;
use crate::domain::notice::NoticeState;
use crate::domain::orders::OrderState;
use crate::domain::queues::MarkKind;
use crate::domain::reads::ReadVerdict;
use crate::store::any::AnyConnection;
use crate::store::bulk::insert_lent;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::exceptions::ExceptionRow;
use crate::store::ext::literal;
use crate::store::orders::OrderRow;
use crate::store::requests::RequestRow;
use crate::store::schema::{
    arrangements, customer_credits, exceptions, hold_reviews, holds, notices, reads,
    service_order_steps, service_orders, service_requests,
};
use crate::store::{ledger, work_marks};

/// Those of these findings that are open, held until the transaction ends. On SQLite the one writer is enough.
pub fn hold_exceptions(
    tx: &mut Tx<'_>,
    ids: &[ExceptionId],
) -> Result<Vec<ExceptionRow>, StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        exceptions::table
            .filter(exceptions::id.eq_any(ids))
            .order(exceptions::id)
            .select(exceptions::id)
            .for_no_key_update()
            .load::<ExceptionId>(conn)?;
    }
    Ok(exceptions::table
        .filter(exceptions::id.eq_any(ids))
        .filter(exceptions::status.eq(literal(ExceptionStatus::Open.as_str())))
        .order(exceptions::id)
        .select(ExceptionRow::as_select())
        .load(tx.conn())?)
}

/// Gives findings that are held to somebody.
pub fn own_exceptions(
    tx: &mut Tx<'_>,
    ids: &[ExceptionId],
    owner: StaffId,
) -> Result<(), StoreError> {
    diesel::update(exceptions::table.filter(exceptions::id.eq_any(ids)))
        .set(exceptions::owner_staff_id.eq(owner))
        .execute(tx.conn())?;
    Ok(())
}

/// Dismisses findings that are held, for one reason.
pub fn dismiss_exceptions(
    tx: &mut Tx<'_>,
    ids: &[ExceptionId],
    resolution: &str,
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::update(exceptions::table.filter(exceptions::id.eq_any(ids)))
        .set((
            exceptions::status.eq(ExceptionStatus::Dismissed),
            exceptions::resolution.eq(resolution),
            exceptions::resolved_at.eq(stamp.at),
            exceptions::resolved_by.eq(&stamp.by.name),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Which of these reads wait for somebody to decide on them.
pub fn list_held_reads(conn: &mut Conn, ids: &[ReadId]) -> Result<Vec<ReadId>, StoreError> {
    Ok(reads::table
        .filter(reads::id.eq_any(ids))
        .filter(reads::verdict.eq(ReadVerdict::Held))
        .select(reads::id)
        .load(conn)?)
}

/// Those of these requests that are open, held until the transaction ends.
pub fn hold_requests(tx: &mut Tx<'_>, ids: &[RequestId]) -> Result<Vec<RequestRow>, StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        service_requests::table
            .filter(service_requests::id.eq_any(ids))
            .order(service_requests::id)
            .select(service_requests::id)
            .for_no_key_update()
            .load::<RequestId>(conn)?;
    }
    Ok(service_requests::table
        .filter(service_requests::id.eq_any(ids))
        .filter(service_requests::closed_on.is_null())
        .order(service_requests::id)
        .select(RequestRow::as_select())
        .load(tx.conn())?)
}

/// Gives requests that are held to somebody.
pub fn own_requests(tx: &mut Tx<'_>, ids: &[RequestId], owner: StaffId) -> Result<(), StoreError> {
    diesel::update(service_requests::table.filter(service_requests::id.eq_any(ids)))
        .set(service_requests::owner_staff_id.eq(owner))
        .execute(tx.conn())?;
    Ok(())
}

/// Those of these orders that are open, held until the transaction ends.
pub fn hold_orders(tx: &mut Tx<'_>, ids: &[OrderId]) -> Result<Vec<OrderRow>, StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        service_orders::table
            .filter(service_orders::id.eq_any(ids))
            .order(service_orders::id)
            .select(service_orders::id)
            .for_no_key_update()
            .load::<OrderId>(conn)?;
    }
    Ok(service_orders::table
        .filter(service_orders::id.eq_any(ids))
        .filter(service_orders::closed_on.is_null())
        .order(service_orders::id)
        .select(OrderRow::as_select())
        .load(tx.conn())?)
}

#[derive(Insertable)]
#[diesel(table_name = service_order_steps, treat_none_as_default_value = false)]
struct Step<'a> {
    order_id: OrderId,
    made_by: &'a str,
    made_at: NaiveDateTime,
    made_on: NaiveDate,
    state: Option<OrderState>,
    assignee_staff_id: StaffId,
}

/// Gives orders that are held, and have a day, to a member of the field, with the step of each.
pub fn assign_orders(tx: &mut Tx<'_>, ids: &[OrderId], owner: StaffId) -> Result<(), StoreError> {
    diesel::update(service_orders::table.filter(service_orders::id.eq_any(ids)))
        .set((
            service_orders::assignee_staff_id.eq(owner),
            service_orders::state.eq(OrderState::Assigned),
        ))
        .execute(tx.conn())?;
    let stamp = tx.stamp;
    let step = |id: &OrderId| Step {
        order_id: *id,
        made_by: &stamp.by.name,
        made_at: stamp.at,
        made_on: stamp.on,
        state: Some(OrderState::Assigned),
        assignee_staff_id: owner,
    };
    let steps: Vec<Step<'_>> = ids.iter().map(step).collect();
    insert_lent!(tx, service_order_steps::table, steps.as_slice())
}

/// Those of these holds whose end waits for somebody, held until the transaction ends, each with its account.
pub fn hold_reviews_of(
    tx: &mut Tx<'_>,
    ids: &[HoldId],
) -> Result<Vec<(HoldId, AccountId)>, StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        hold_reviews::table
            .filter(hold_reviews::hold_id.eq_any(ids))
            .order(hold_reviews::hold_id)
            .select(hold_reviews::hold_id)
            .for_no_key_update()
            .load::<HoldId>(conn)?;
    }
    Ok(hold_reviews::table
        .inner_join(holds::table)
        .filter(hold_reviews::hold_id.eq_any(ids))
        .filter(hold_reviews::closed_on.is_null())
        .order(hold_reviews::hold_id)
        .select((hold_reviews::hold_id, holds::account_id))
        .load(tx.conn())?)
}

/// Gives the work of holds that are held to somebody.
pub fn own_reviews(tx: &mut Tx<'_>, ids: &[HoldId], owner: StaffId) -> Result<(), StoreError> {
    diesel::update(hold_reviews::table.filter(hold_reviews::hold_id.eq_any(ids)))
        .set(hold_reviews::owner_staff_id.eq(owner))
        .execute(tx.conn())?;
    Ok(())
}

/// Those of these arrangements that broke and that nobody has answered for, held until the transaction ends, each with its account and number.
pub fn hold_broken(
    tx: &mut Tx<'_>,
    ids: &[ArrangementId],
) -> Result<Vec<(ArrangementId, AccountId, ArrangementNumber)>, StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        arrangements::table
            .filter(arrangements::id.eq_any(ids))
            .order(arrangements::id)
            .select(arrangements::id)
            .for_no_key_update()
            .load::<ArrangementId>(conn)?;
    }
    let mut rows: Vec<(ArrangementId, AccountId, ArrangementNumber)> = arrangements::table
        .filter(arrangements::id.eq_any(ids))
        .filter(arrangements::state.eq(ArrangementState::Broken))
        .order(arrangements::id)
        .select((
            arrangements::id,
            arrangements::account_id,
            arrangements::number,
        ))
        .load(tx.conn())?;
    let known: Vec<i64> = rows.iter().map(|(id, ..)| id.0).collect();
    let answered = work_marks::list_answered(tx, MarkKind::BrokenArrangement, &known)?;
    rows.retain(|(id, ..)| !answered.contains(&id.0));
    Ok(rows)
}

/// Those of these notices that failed and that nobody has answered for, held until the transaction ends, each with its account.
pub fn hold_failed(
    tx: &mut Tx<'_>,
    ids: &[NoticeId],
) -> Result<Vec<(NoticeId, Option<AccountId>)>, StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        notices::table
            .filter(notices::id.eq_any(ids))
            .order(notices::id)
            .select(notices::id)
            .for_no_key_update()
            .load::<NoticeId>(conn)?;
    }
    let mut rows: Vec<(NoticeId, Option<AccountId>)> = notices::table
        .filter(notices::id.eq_any(ids))
        .filter(notices::state.eq(literal(NoticeState::Failed.as_str())))
        .order(notices::id)
        .select((notices::id, notices::account_id))
        .load(tx.conn())?;
    let known: Vec<i64> = rows.iter().map(|(id, _)| id.0).collect();
    let answered = work_marks::list_answered(tx, MarkKind::FailedNotice, &known)?;
    rows.retain(|(id, _)| !answered.contains(&id.0));
    Ok(rows)
}

/// Those of these accounts for which money is held, themselves held until the transaction ends.
pub fn hold_credits(tx: &mut Tx<'_>, ids: &[AccountId]) -> Result<Vec<AccountId>, StoreError> {
    ledger::lock(tx, ids)?;
    Ok(customer_credits::table
        .filter(customer_credits::account_id.eq_any(ids))
        .filter(customer_credits::held_cents.gt(Money::ZERO))
        .order(customer_credits::account_id)
        .select(customer_credits::account_id)
        .load(tx.conn())?)
}
