//! One bill as the office looks at it: services, lines, the schedules they were priced by, and everything that happened to it. Reads only,
//! a fixed number of queries.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::bills::{BillKind, BillStatus, DeliveryChannel, DeliveryState};
use crate::domain::ids::{AccountId, BillId, BillNumber, BillRunId, RateScheduleId};
use crate::domain::money::Money;
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::rate_status::RateStatus;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::labels::one_line;
use crate::store::schema::{
    bill_cancellations, bill_deliveries, bill_lines, bill_segments, bills, premises,
    rate_schedules, reads, service_agreements, service_points,
};
use crate::store::sql_types::Exact;

/// The bill itself.
#[derive(Debug, Clone, Queryable)]
pub struct Head {
    /// Row id.
    pub id: BillId,
    /// Printed number.
    pub number: BillNumber,
    /// Whose.
    pub account_id: AccountId,
    /// The run that made it.
    pub run_id: Option<BillRunId>,
    /// Regular, final or rebill.
    pub kind: BillKind,
    /// Draft, issued or void.
    pub status: BillStatus,
    /// First day billed.
    pub from_on: NaiveDate,
    /// First day not billed any more.
    pub until_on: NaiveDate,
    /// The day of issue.
    pub issued_on: Option<NaiveDate>,
    /// When it falls due.
    pub due_on: NaiveDate,
    /// What was owed before it.
    pub previous: Money,
    /// What it asks for.
    pub total: Money,
    /// The bill it replaces.
    pub replaces: Option<BillId>,
}

/// One service of the bill.
#[derive(Debug, Clone, Queryable)]
pub struct Segment {
    /// Its place.
    pub position: i32,
    /// The service.
    pub commodity: Commodity,
    /// The schedule's version.
    pub schedule: RateScheduleId,
    /// The schedule's code.
    pub code: String,
    /// How much was used.
    pub quantity: Option<Exact>,
    /// In which unit.
    pub unit: Option<Unit>,
    /// How good the reads were.
    pub quality: String,
    /// What it came to.
    pub amount: Money,
    /// From what it was worked out.
    pub working: String,
    /// Where: street and apartment.
    pub place: (String, Option<String>),
}

impl Segment {
    /// Where it was delivered, in one line.
    #[must_use]
    pub fn place(&self) -> String {
        let (line, unit) = self.place.clone();
        one_line(line, unit)
    }
}

/// One line.
#[derive(Debug, Clone, Queryable)]
pub struct Line {
    /// Its own place on the bill.
    pub position: i32,
    /// The service's place.
    pub segment: i32,
    /// The charge's code.
    pub charge: String,
    /// How many units.
    pub quantity: Option<Exact>,
    /// At which price.
    pub price: Option<Exact>,
    /// What it comes to.
    pub amount: Money,
}

/// A version of a schedule, as a document.
#[derive(Debug, Clone, Queryable)]
pub struct Schedule {
    /// Row id.
    pub id: RateScheduleId,
    /// The code.
    pub code: String,
    /// The version.
    pub version: i32,
    /// The document.
    pub document: String,
}

/// How the bill was taken back.
#[derive(Debug, Clone, Queryable)]
pub struct Cancellation {
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

/// One step of a delivery.
#[derive(Debug, Clone, Queryable)]
pub struct Delivery {
    /// How it traveled.
    pub channel: DeliveryChannel,
    /// Queued, sent, delivered or failed.
    pub state: DeliveryState,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

/// A read that the bill was worked out from.
#[derive(Debug, Clone, Queryable)]
pub struct ReadUsed {
    /// Row id.
    pub id: i64,
    /// The day it counts for.
    pub on: NaiveDate,
    /// What the face showed.
    pub value: Exact,
    /// How good it is.
    pub quality: String,
}

/// The whole bill.
#[derive(Debug, Clone)]
pub struct BillScreen {
    /// The bill itself.
    pub head: Head,
    /// Its services.
    pub segments: Vec<Segment>,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Every published version of the schedules it was priced by.
    pub schedules: Vec<Schedule>,
    /// How it was taken back.
    pub cancellation: Option<Cancellation>,
    /// How it was delivered.
    pub deliveries: Vec<Delivery>,
    /// The number of the bill it replaces.
    pub replaces: Option<BillNumber>,
    /// The number of the bill that stands for it.
    pub replaced_by: Option<BillNumber>,
}

impl BillScreen {
    /// How far the delivery has come over all channels: the last step of each counts.
    #[must_use]
    pub fn delivery(&self) -> Option<DeliveryState> {
        let latest: BTreeMap<DeliveryChannel, DeliveryState> = self
            .deliveries
            .iter()
            .map(|step| (step.channel, step.state))
            .collect();
        DeliveryState::furthest(latest.into_values())
    }
}

/// The bill with this printed number. Eight queries.
#[expect(clippy::too_many_lines, reason = "eight queries, one after the other")]
pub fn find(conn: &mut Conn, number: &BillNumber) -> Result<Option<BillScreen>, StoreError> {
    let head: Option<Head> = bills::table
        .filter(bills::id.eq(number.bill()))
        .select((
            bills::id,
            bills::number,
            bills::account_id,
            bills::run_id,
            bills::kind,
            bills::status,
            bills::from_on,
            bills::until_on,
            bills::issued_on,
            bills::due_on,
            bills::previous_cents,
            bills::total_cents,
            bills::replaces_bill_id,
        ))
        .first(conn)
        .optional()?;
    let Some(head) = head else { return Ok(None) };
    let segments = segments(conn, head.id)?;
    let codes: Vec<&str> = segments
        .iter()
        .map(|segment| segment.code.as_str())
        .collect();
    let schedules = rate_schedules::table
        .filter(rate_schedules::code.eq_any(codes))
        .filter(rate_schedules::status.eq(RateStatus::Published))
        .order((rate_schedules::effective_from, rate_schedules::version))
        .select((
            rate_schedules::id,
            rate_schedules::code,
            rate_schedules::version,
            rate_schedules::document,
        ))
        .load(conn)?;
    let lines = bill_lines::table
        .filter(bill_lines::bill_id.eq(head.id))
        .order(bill_lines::position)
        .select((
            bill_lines::position,
            bill_lines::segment,
            bill_lines::charge,
            bill_lines::quantity,
            bill_lines::price,
            bill_lines::amount_cents,
        ))
        .load(conn)?;
    let cancellation = bill_cancellations::table
        .find(head.id)
        .select((
            bill_cancellations::reason,
            bill_cancellations::canceled_by,
            bill_cancellations::canceled_at,
        ))
        .first(conn)
        .optional()?;
    let deliveries = bill_deliveries::table
        .filter(bill_deliveries::bill_id.eq(head.id))
        .order(bill_deliveries::id)
        .select((
            bill_deliveries::channel,
            bill_deliveries::state,
            bill_deliveries::at,
        ))
        .load(conn)?;
    let replaces = match head.replaces {
        Some(id) => bills::table
            .find(id)
            .select(bills::number)
            .first(conn)
            .optional()?,
        None => None,
    };
    let replaced_by = bills::table
        .filter(bills::replaces_bill_id.eq(head.id))
        .filter(bills::status.ne(BillStatus::Void))
        .select(bills::number)
        .first(conn)
        .optional()?;
    Ok(Some(BillScreen {
        head,
        segments,
        lines,
        schedules,
        cancellation,
        deliveries,
        replaces,
        replaced_by,
    }))
}

/// The row id of the issued bill with this printed number.
pub fn find_issued(conn: &mut Conn, number: &BillNumber) -> Result<Option<BillId>, StoreError> {
    Ok(bills::table
        .filter(bills::id.eq(number.bill()))
        .filter(bills::status.eq(BillStatus::Issued))
        .select(bills::id)
        .first(conn)
        .optional()?)
}

fn segments(conn: &mut Conn, bill: BillId) -> Result<Vec<Segment>, StoreError> {
    Ok(bill_segments::table
        .inner_join(rate_schedules::table)
        .inner_join(
            service_agreements::table.inner_join(service_points::table.inner_join(premises::table)),
        )
        .filter(bill_segments::bill_id.eq(bill))
        .order(bill_segments::position)
        .select((
            bill_segments::position,
            bill_segments::commodity,
            bill_segments::rate_schedule_id,
            rate_schedules::code,
            bill_segments::quantity,
            bill_segments::unit,
            bill_segments::quality,
            bill_segments::amount_cents,
            bill_segments::working,
            (premises::line_1, premises::unit),
        ))
        .load(conn)?)
}

/// Reads by row id, in the order of their days.
pub fn list_reads(conn: &mut Conn, ids: &[i64]) -> Result<Vec<ReadUsed>, StoreError> {
    Ok(reads::table
        .filter(reads::id.eq_any(ids))
        .order((reads::read_at, reads::id))
        .select((reads::id, reads::read_on, reads::value, reads::quality))
        .load(conn)?)
}
