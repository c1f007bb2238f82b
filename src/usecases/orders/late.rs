//! Work that was done at the door for an order that had ended by then: what was done is true whatever became of the order, so that it is kept with
//! everything that was brought back, comes back to the office, and is undone where it took somebody's service away.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde_json::json;

use crate::domain::ids::{AccountId, ServicePointId};
use crate::domain::orders::{Finding, OrderKind, OrderState, Slot};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::orders::{self, NewStep, OrderRow, Planned};
use crate::store::switches;
use crate::usecases::orders::results::{Brought, Report, step_of, take, turn_on};
use crate::usecases::orders::{OrderError, move_to, places, record};

/// Takes what was done for an order that was canceled: it waits for the office again, and where service was turned off for it somebody is sent to
/// turn it on for whoever is served there.
pub(super) fn after_its_end(
    tx: &mut Tx<'_>,
    zone: Tz,
    row: &OrderRow,
    (report, finding, words, points): (&Report, Option<Finding>, Option<&str>, &[ServicePointId]),
) -> Result<Brought, OrderError> {
    let is_held = take(tx, zone, row, (report, finding, words, points))?;
    let free = Planned {
        appointed_on: None,
        slot: Slot::AllDay,
        assignee: None,
        may_on: None,
    };
    orders::mark_planned(tx, row.id, (OrderState::NotDone, &free))?;
    let step = NewStep {
        finding,
        ..step_of(report, words)
    };
    move_to(tx, row, OrderState::NotDone, step)?;
    let next = match served_there(tx, row, report.worked_on)? {
        Some(account) if row.kind == OrderKind::TurnOff => Some(turn_on(tx, row, account)?),
        Some(_) | None => None,
    };
    let facts = json!({ "finding": finding, "reads": report.shown.len(), "on": report.worked_on, "next": next });
    record(tx, row, "order.done_late", facts)?;
    Ok(Brought {
        is_held,
        next,
        is_late: true,
        ..Brought::default()
    })
}

/// Whether work that turned service off or on was kept for an order that waits for the office again.
pub(super) fn is_kept(tx: &mut Tx<'_>, row: &OrderRow) -> Result<bool, StoreError> {
    Ok(row.kind.switches().is_some() && switches::is_turned_by(tx, row.id)?)
}

/// Keeps what somebody brings back who had the order before another did it.
pub(super) fn beside_another(
    tx: &mut Tx<'_>,
    row: &OrderRow,
    (report, words): (&Report, Option<&str>),
) -> Result<Brought, OrderError> {
    orders::insert_step(tx, row.id, &step_of(report, words))?;
    record(
        tx,
        row,
        "order.done_late",
        json!({ "on": report.worked_on }),
    )?;
    Ok(Brought {
        is_late: true,
        ..Brought::default()
    })
}

/// Whose service is at an order's place on a day: somebody else's by then, or still that of whom it is for.
fn served_there(
    tx: &mut Tx<'_>,
    row: &OrderRow,
    on: NaiveDate,
) -> Result<Option<AccountId>, StoreError> {
    if let Some(other) = places::served_by(tx, row, on)? {
        return Ok(Some(other));
    }
    let today = tx.stamp.on;
    let own = places::own(tx, (row.account_id, None), today)?;
    let is_there = own.iter().any(|(at, _)| Some(*at) == row.premise_id);
    Ok(is_there.then_some(row.account_id))
}
