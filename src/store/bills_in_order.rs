//! Bills page by page in the order of their ids, with all that the lines of those issued are worked out from: for whoever reads the whole
//! house. A page is read by ranges of ids, so that it costs the same however many bills there are.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::bills::BillStatus;
use crate::domain::ids::{BillId, RateScheduleId, RegisterId, ServiceAgreementId};
use crate::domain::intervals::IntervalDay;
use crate::domain::intervals::packed;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::store::bulk::ROWS;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{bill_lines, bill_segments, bills, interval_days};

/// One issued bill.
#[derive(Debug, Clone)]
pub struct IssuedBill {
    /// Row id.
    pub id: BillId,
    /// The days billed.
    pub period: Period,
    /// Its services, in order.
    pub segments: Vec<IssuedSegment>,
}

/// One service of it.
#[derive(Debug, Clone)]
pub struct IssuedSegment {
    /// Its place on the bill.
    pub position: i32,
    /// Under which agreement.
    pub agreement: ServiceAgreementId,
    /// By which version.
    pub schedule: RateScheduleId,
    /// What it comes to.
    pub amount: Money,
    /// From what it was worked out.
    pub working: String,
    /// Its lines in order: charge and amount.
    pub lines: Vec<(String, Money)>,
}

type SegmentRow = (
    BillId,
    i32,
    ServiceAgreementId,
    RateScheduleId,
    Money,
    String,
);

/// Some bills on end, issued or not; those issued are told whole.
#[derive(Debug, Clone)]
pub struct Page {
    /// The last of them, after which the next page begins.
    pub last: BillId,
    /// The issued ones among them.
    pub issued: Vec<IssuedBill>,
}

/// The next bills after an id, in three queries; nothing where there are no more.
pub fn next_page(conn: &mut Conn, after: BillId, limit: i64) -> Result<Option<Page>, StoreError> {
    let heads: Vec<(BillId, BillStatus, NaiveDate, NaiveDate)> = bills::table
        .filter(bills::id.gt(after))
        .order(bills::id)
        .limit(limit)
        .select((bills::id, bills::status, bills::from_on, bills::until_on))
        .load(conn)?;
    let (Some(first), Some(last)) = (heads.first(), heads.last()) else {
        return Ok(None);
    };
    let (first, last) = (first.0, last.0);
    let mut segments = segments_between(conn, (first, last))?;
    let issued = heads
        .into_iter()
        .filter(|(_, status, _, _)| *status == BillStatus::Issued)
        .map(|(id, _, from, until)| IssuedBill {
            id,
            period: Period { from, until },
            segments: segments.remove(&id).unwrap_or_default(),
        });
    Ok(Some(Page {
        last,
        issued: issued.collect(),
    }))
}

fn segments_between(
    conn: &mut Conn,
    (first, last): (BillId, BillId),
) -> Result<HashMap<BillId, Vec<IssuedSegment>>, StoreError> {
    let mut lines = lines_between(conn, (first, last))?;
    let rows: Vec<SegmentRow> = bill_segments::table
        .filter(bill_segments::bill_id.ge(first))
        .filter(bill_segments::bill_id.le(last))
        .order((bill_segments::bill_id, bill_segments::position))
        .select((
            bill_segments::bill_id,
            bill_segments::position,
            bill_segments::service_agreement_id,
            bill_segments::rate_schedule_id,
            bill_segments::amount_cents,
            bill_segments::working,
        ))
        .load(conn)?;
    let mut segments: HashMap<BillId, Vec<IssuedSegment>> = HashMap::new();
    for (bill, position, agreement, schedule, amount, working) in rows {
        let segment = IssuedSegment {
            position,
            agreement,
            schedule,
            amount,
            working,
            lines: lines.remove(&(bill, position)).unwrap_or_default(),
        };
        segments.entry(bill).or_default().push(segment);
    }
    Ok(segments)
}

type Lines = HashMap<(BillId, i32), Vec<(String, Money)>>;

fn lines_between(conn: &mut Conn, (first, last): (BillId, BillId)) -> Result<Lines, StoreError> {
    let rows: Vec<(BillId, i32, String, Money)> = bill_lines::table
        .filter(bill_lines::bill_id.ge(first))
        .filter(bill_lines::bill_id.le(last))
        .order((bill_lines::bill_id, bill_lines::position))
        .select((
            bill_lines::bill_id,
            bill_lines::segment,
            bill_lines::charge,
            bill_lines::amount_cents,
        ))
        .load(conn)?;
    let mut lines = Lines::new();
    for (bill, segment, charge, amount) in rows {
        let of_segment = lines.entry((bill, segment)).or_default();
        of_segment.push((charge, amount));
    }
    Ok(lines)
}

/// Every version of the days of intervals of these registers in some days.
pub fn list_day_versions(
    conn: &mut Conn,
    registers: &[RegisterId],
    days: Period,
) -> Result<HashMap<(RegisterId, NaiveDate, i32), IntervalDay>, StoreError> {
    let mut found = HashMap::new();
    for some in registers.chunks(ROWS) {
        let rows: Vec<(RegisterId, NaiveDate, i32, Vec<u8>)> = interval_days::table
            .filter(interval_days::register_id.eq_any(some))
            .filter(interval_days::day.ge(days.from))
            .filter(interval_days::day.lt(days.until))
            .select((
                interval_days::register_id,
                interval_days::day,
                interval_days::version,
                interval_days::packed,
            ))
            .load(conn)?;
        for (register, day, version, bytes) in rows {
            let usage = packed::decode(&bytes)
                .map_err(|error| StoreError::Unreadable(error.to_string()))?;
            found.insert((register, day, version), usage);
        }
    }
    Ok(found)
}
