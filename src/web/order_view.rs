//! How a service order reads, for either door: its tone, and what a customer is told of the visits that a request leads to.

use std::borrow::Borrow;

use crate::domain::ids::{OrderNumber, RequestId};
use crate::domain::orders::OrderState;
use crate::domain::orders::told::Appointment;
use crate::i18n::Words;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::orders::{self, Filter, OrderRow};

/// More orders than one request ever leads to.
const MOST: i64 = 50;

/// The badge's tone of where an order stands.
#[must_use]
pub fn tone(state: impl Borrow<OrderState>) -> &'static str {
    match state.borrow() {
        OrderState::Open | OrderState::Assigned => "info",
        OrderState::AtWork => "warn",
        OrderState::NotDone => "bad",
        OrderState::Done => "good",
        OrderState::Canceled => "",
    }
}

/// A visit that a request leads to.
pub struct Visit {
    /// The order's number.
    pub number: OrderNumber,
    /// What is to be done, in words.
    pub title: String,
    /// Where it stands.
    pub state: OrderState,
    /// When somebody comes, in words.
    pub appointment: Option<String>,
}

/// The visits of a request that the door has found, the first first.
///
/// # Errors
/// A fault of the store.
pub fn visits(conn: &mut Conn, t: Words, request: RequestId) -> Result<Vec<Visit>, StoreError> {
    let filter = Filter {
        request: Some(request),
        ..Filter::default()
    };
    let rows = orders::list(conn, &filter, (MOST, 0))?;
    Ok(rows.into_iter().map(|row| visit(t, row)).collect())
}

fn visit(t: Words, row: OrderRow) -> Visit {
    Visit {
        title: t.order_kind(row.kind.as_str()),
        appointment: appointment(t, &row).filter(|_| row.state.is_open()),
        state: row.state,
        number: row.number,
    }
}

/// When somebody comes: the day and the part of it.
#[must_use]
pub fn appointment(t: Words, row: &OrderRow) -> Option<String> {
    row.appointment().map(|at| appointed(t, at))
}

/// The day and the part of it on which somebody comes.
#[must_use]
pub fn appointed(t: Words, at: Appointment) -> String {
    t.order_appointment(at.on, t.order_slot(at.slot.as_str()))
}
