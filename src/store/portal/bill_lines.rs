//! The lines of bills as their customer reads them, and what stands behind them: the workings, and the versions of the schedules.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::ids::{BillId, RateScheduleId};
use crate::domain::money::Money;
use crate::domain::rate_status::RateStatus;
use crate::domain::rates::working::Working;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::portal::bills::Bill;
use crate::store::schema::{bill_lines, bill_segments, rate_schedules};
use crate::store::sql_types::Exact;

/// One line of a bill.
#[derive(Debug, Clone)]
pub struct Line {
    /// The bill.
    pub bill_id: BillId,
    /// The place of its service.
    pub segment: i32,
    /// The charge's code in its schedule.
    pub charge: String,
    /// How many units.
    pub quantity: Option<Exact>,
    /// At what price.
    pub price: Option<Exact>,
    /// What it comes to.
    pub amount: Money,
}

/// From what the services of bills were worked out, by their bill and their place on it.
pub type Workings = BTreeMap<(BillId, i32), Working>;

/// The lines of bills in their order, and from what their services were worked out; the bills were found in scope. A working that cannot be
/// read is left out: the bill's own page tells of it.
pub fn list(conn: &mut Conn, found: &[&Bill]) -> Result<(Vec<Line>, Workings), StoreError> {
    type OfLine = (i32, String, Option<Exact>, Option<Exact>, Money);
    let ids: Vec<BillId> = found.iter().map(|bill| bill.id).collect();
    let is_of_service = bill_lines::bill_id
        .eq(bill_segments::bill_id)
        .and(bill_lines::segment.eq(bill_segments::position));
    let rows: Vec<(BillId, i32, String, Option<OfLine>)> = bill_segments::table
        .left_join(bill_lines::table.on(is_of_service))
        .filter(bill_segments::bill_id.eq_any(ids))
        .select((
            bill_segments::bill_id,
            bill_segments::position,
            bill_segments::working,
            (
                bill_lines::position,
                bill_lines::charge,
                bill_lines::quantity,
                bill_lines::price,
                bill_lines::amount_cents,
            )
                .nullable(),
        ))
        .load(conn)?;
    let mut workings = Workings::new();
    let mut lines: Vec<(i32, Line)> = Vec::with_capacity(rows.len());
    for (bill_id, segment, working, line) in rows {
        if let Entry::Vacant(unread) = workings.entry((bill_id, segment))
            && let Ok(working) = serde_json::from_str(&working)
        {
            unread.insert(working);
        }
        if let Some((position, charge, quantity, price, amount)) = line {
            let line = Line {
                bill_id,
                segment,
                charge,
                quantity,
                price,
                amount,
            };
            lines.push((position, line));
        }
    }
    lines.sort_by_key(|(position, line)| (line.bill_id, *position));
    Ok((lines.into_iter().map(|(_, line)| line).collect(), workings))
}

/// The published versions of the schedule that one of its versions belongs to, up to that one, in the order in which they came into force;
/// with the schedule's code.
pub fn list_versions(
    conn: &mut Conn,
    id: RateScheduleId,
) -> Result<(String, Vec<String>), StoreError> {
    let (code, from): (String, NaiveDate) = rate_schedules::table
        .find(id)
        .select((rate_schedules::code, rate_schedules::effective_from))
        .first(conn)?;
    let documents = rate_schedules::table
        .filter(rate_schedules::code.eq(&code))
        .filter(rate_schedules::status.eq(RateStatus::Published))
        .filter(rate_schedules::effective_from.le(from))
        .order((rate_schedules::effective_from, rate_schedules::version))
        .select(rate_schedules::document)
        .load(conn)?;
    Ok((code, documents))
}
