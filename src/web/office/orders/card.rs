//! The part of the account screen about service orders: those that are open, whether service is off anywhere, and what the account owes and
//! what became of its deposit.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::ids::{AccountId, ServicePointId, StaffId};
use crate::domain::orders::OrderKind;
use crate::i18n::Words;
use crate::store::account_screen::Service;
use crate::store::db::Conn;
use crate::store::deposits::{self, Standing};
use crate::store::error::StoreError;
use crate::store::exceptions::owner_names;
use crate::store::orders::{self, Filter, OrderRow};
use crate::store::switches::{self, Switch};
use crate::web::order_view;

/// How many open orders are shown.
const SHOWN: i64 = 10;

/// The open orders of an account, and what goes with them.
pub struct Card {
    /// The orders, each with who goes.
    pub orders: Vec<(OrderRow, Option<String>)>,
    /// How crews left the points of its services.
    switches: HashMap<ServicePointId, Switch>,
    /// The deposit that is asked for or held, or the last one; nothing where the account was never asked for one.
    pub deposit: Option<Standing>,
}

impl Card {
    /// Reads it: one fixed set of questions.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn load(
        conn: &mut Conn,
        (account, services): (AccountId, &[Service]),
    ) -> Result<Self, StoreError> {
        let filter = Filter {
            is_open: true,
            account: Some(account),
            ..Filter::default()
        };
        let rows = orders::list(conn, &filter, (SHOWN, 0))?;
        let points: Vec<ServicePointId> = services.iter().map(|one| one.point).collect();
        Ok(Self {
            orders: with_names(conn, rows)?,
            switches: switches::list(conn, &points)?,
            deposit: deposits::find_told(conn, account)?,
        })
    }

    /// Since when service is off at a point, as a crew left it.
    pub fn off_since(&self, point: &ServicePointId) -> Option<NaiveDate> {
        let left = self.switches.get(point)?;
        (!left.is_on).then_some(left.from_on)
    }

    /// By when service that is off at a point is to be turned on again, where somebody is to do that.
    pub fn on_again_by(&self, point: &ServicePointId) -> Option<NaiveDate> {
        let is_here = |row: &OrderRow| row.service_point_id.is_none_or(|at| at == *point);
        let rows = self.orders.iter().map(|(row, _)| row);
        let turns_on = |row: &&OrderRow| row.kind == OrderKind::Reconnect && is_here(row);
        rows.filter(turns_on).map(|row| row.due_on).min()
    }

    /// When somebody comes, in words.
    pub fn appointment(&self, t: &Words, row: &OrderRow) -> Option<String> {
        order_view::appointment(*t, row)
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
