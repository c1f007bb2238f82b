//! The part of the account screen about service orders: those that are open, and what became of the account's deposit.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::ids::{ServicePointId, StaffId};
use crate::domain::orders::OrderKind;
use crate::i18n::Words;
use crate::store::account_open::OpenOrder;
use crate::store::db::Conn;
use crate::store::deposits::Standing;
use crate::store::error::StoreError;
use crate::store::exceptions::owner_names;
use crate::store::orders::OrderRow;
use crate::web::order_view;

/// The open orders of an account, and what goes with them.
pub struct Card {
    /// The orders, each with who goes.
    pub orders: Vec<OpenOrder>,
    /// The deposit that is asked for or held, or the last one; nothing where the account was never asked for one.
    pub deposit: Option<Standing>,
}

impl Card {
    /// By when service that is off at a point is to be turned on again, where somebody is to do that.
    pub fn on_again_by(&self, point: &ServicePointId) -> Option<NaiveDate> {
        let is_here = |row: &&OpenOrder| row.point.is_none_or(|at| at == *point);
        let turns_on = |row: &&OpenOrder| row.kind == OrderKind::Reconnect;
        let rows = self.orders.iter().filter(is_here).filter(turns_on);
        rows.map(|row| row.due_on).min()
    }

    /// When somebody comes, in words.
    pub fn appointment(&self, t: &Words, row: &OpenOrder) -> Option<String> {
        row.appointment.map(|at| order_view::appointed(*t, at))
    }
}

/// Orders, each with who goes: one question for any number.
pub fn with_names(
    conn: &mut Conn,
    rows: Vec<OrderRow>,
) -> Result<Vec<(OrderRow, Option<String>)>, StoreError> {
    let crew: Vec<StaffId> = rows
        .iter()
        .filter_map(|row| row.assignee_staff_id)
        .collect();
    let names: HashMap<StaffId, String> = owner_names(conn, &crew)?.into_iter().collect();
    let named = |row: OrderRow| {
        let name = row.assignee_staff_id.and_then(|id| names.get(&id).cloned());
        (row, name)
    };
    Ok(rows.into_iter().map(named).collect())
}
