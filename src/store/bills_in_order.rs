//! Bills page by page in the order of their ids, with all that the lines of those issued are worked out from: for whoever reads the whole
//! house. A page is read by ranges of ids, so that it costs the same however many bills there are.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use rust_decimal::Decimal;

use crate::domain::bills::BillStatus;
use crate::domain::gl::{FundCode, GlCode};
use crate::domain::ids::{BillId, RateScheduleId, RegisterId, ServiceAgreementId};
use crate::domain::intervals::IntervalDay;
use crate::domain::intervals::packed;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::store::any::native;
use crate::store::bulk::ROWS;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{bill_lines, bill_segments, bills, interval_days, reads};
use crate::store::sql_types::Exact;

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
    /// Its lines in order.
    pub lines: Vec<IssuedLine>,
}

/// One line, as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedLine {
    /// The charge.
    pub charge: String,
    /// How many units.
    pub quantity: Option<Decimal>,
    /// The price of one.
    pub price: Option<Decimal>,
    /// What it comes to.
    pub amount: Money,
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
    /// The first of them.
    pub first: BillId,
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
        first,
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

type Lines = HashMap<(BillId, i32), Vec<IssuedLine>>;
type LineRow = (BillId, i32, String, Option<Exact>, Option<Exact>, Money);

fn lines_between(conn: &mut Conn, (first, last): (BillId, BillId)) -> Result<Lines, StoreError> {
    let rows: Vec<LineRow> = bill_lines::table
        .filter(bill_lines::bill_id.ge(first))
        .filter(bill_lines::bill_id.le(last))
        .order((bill_lines::bill_id, bill_lines::position))
        .select((
            bill_lines::bill_id,
            bill_lines::segment,
            bill_lines::charge,
            bill_lines::quantity,
            bill_lines::price,
            bill_lines::amount_cents,
        ))
        .load(conn)?;
    let mut lines = Lines::new();
    for (bill, segment, charge, quantity, price, amount) in rows {
        let line = IssuedLine {
            charge,
            quantity: quantity.map(|exact| exact.0),
            price: price.map(|exact| exact.0),
            amount,
        };
        lines.entry((bill, segment)).or_default().push(line);
    }
    Ok(lines)
}

/// What these reads show, by row: the register and the value.
pub fn list_reads(
    conn: &mut Conn,
    ids: &[i64],
) -> Result<HashMap<i64, (RegisterId, Decimal)>, StoreError> {
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(ROWS) {
        let rows: Vec<(i64, RegisterId, Exact)> = reads::table
            .filter(reads::id.eq_any(some))
            .select((reads::id, reads::register_id, reads::value))
            .load(conn)?;
        found.extend(
            rows.into_iter()
                .map(|(id, register, value)| (id, (register, value.0))),
        );
    }
    Ok(found)
}

/// What the entries of some bills on end posted, by bill, fund and account.
pub type Posted = HashMap<BillId, BTreeMap<(FundCode, GlCode), Money>>;

#[derive(QueryableByName)]
struct PostedRow {
    #[diesel(sql_type = BigInt)]
    bill: BillId,
    #[diesel(sql_type = Text)]
    fund: FundCode,
    #[diesel(sql_type = Text)]
    gl_account: GlCode,
    #[diesel(sql_type = BigInt)]
    cents: Money,
}

/// What the entries of the bills from one to another posted.
pub fn list_posted(conn: &mut Conn, (first, last): (BillId, BillId)) -> Result<Posted, StoreError> {
    let sql = "SELECT e.source_id AS bill, p.fund, p.gl_account, CAST(SUM(p.amount_cents) AS BIGINT) AS cents \
               FROM ledger_entries e JOIN ledger_postings p ON p.entry_id = e.id \
               WHERE e.kind = 'bill' AND e.source_kind = 'bill' AND e.source_id BETWEEN $1 AND $2 \
               GROUP BY e.source_id, p.fund, p.gl_account";
    let rows: Vec<PostedRow> = native!(conn, |c| diesel::sql_query(sql)
        .bind::<BigInt, _>(first.0)
        .bind::<BigInt, _>(last.0)
        .kept()
        .load(c))?;
    let mut posted = Posted::new();
    for row in rows {
        let of_bill = posted.entry(row.bill).or_default();
        of_bill.insert((row.fund, row.gl_account), row.cents);
    }
    Ok(posted)
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
