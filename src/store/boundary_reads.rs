//! The reads that open and close billed periods: usable ones around the days a bill asks about, set-wise for a chunk of registers.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use diesel::prelude::*;

use crate::domain::ids::{ReadId, RegisterId};
use crate::domain::metered::WINDOW_DAYS;
use crate::domain::period::Period;
use crate::domain::reads::ReadVerdict;
use crate::store::bulk::ROWS;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::reads::ReadRow;
use crate::store::schema::reads;

/// A read as it stands, and the rows of the versions before.
#[derive(Debug, Clone)]
pub struct BoundaryRow {
    /// The newest version.
    pub read: ReadRow,
    /// The earlier ones.
    pub earlier: Vec<ReadId>,
}

/// The newest version of every usable read of these registers on the days of the span, by register and instant.
pub fn list(
    conn: &mut Conn,
    registers: &[RegisterId],
    span: Period,
) -> Result<Vec<BoundaryRow>, StoreError> {
    // The index is by instant; no zone is a whole day away from UTC.
    let day = Days::new(1);
    let since = span.from.checked_sub_days(day).unwrap_or(span.from);
    let before = span.until.checked_add_days(day).unwrap_or(span.until);
    let midnight = chrono::NaiveTime::MIN;
    let mut found: Vec<BoundaryRow> = Vec::new();
    for registers in registers.chunks(ROWS) {
        let rows: Vec<ReadRow> = reads::table
            .filter(reads::register_id.eq_any(registers))
            .filter(reads::read_at.ge(since.and_time(midnight)))
            .filter(reads::read_at.lt(before.and_time(midnight)))
            .order((reads::register_id, reads::read_at, reads::version.desc()))
            .select(ReadRow::as_select())
            .load(conn)?;
        for row in rows.into_iter().filter(|row| span.contains(row.read_on)) {
            match found.last_mut() {
                Some(last)
                    if (last.read.register_id, last.read.read_at)
                        == (row.register_id, row.read_at) =>
                {
                    last.earlier.push(row.id);
                }
                Some(_) | None => found.push(BoundaryRow {
                    read: row,
                    earlier: Vec::new(),
                }),
            }
        }
    }
    found.retain(|row| row.read.verdict.is_usable());
    Ok(found)
}

/// The registers that show less on a read than on the one before.
#[must_use]
pub fn falling(rows: &[BoundaryRow]) -> Vec<RegisterId> {
    let falls = |(one, next): (&BoundaryRow, &BoundaryRow)| {
        let (one, next) = (&one.read, &next.read);
        let is_less = one.register_id == next.register_id && next.value.0 < one.value.0;
        is_less.then_some(next.register_id)
    };
    let mut found: Vec<RegisterId> = rows
        .iter()
        .zip(rows.iter().skip(1))
        .filter_map(falls)
        .collect();
    found.dedup();
    found
}

/// The days within a span of the reads of these registers at which it was believed that one had passed its last digit: VEE found it within
/// the limit, or a person took a value that had been held because it fell.
pub fn list_rollovers(
    conn: &mut Conn,
    registers: &[RegisterId],
    span: Period,
) -> Result<HashMap<RegisterId, Vec<NaiveDate>>, StoreError> {
    let mut found: HashMap<RegisterId, Vec<NaiveDate>> = HashMap::new();
    for registers in registers.chunks(ROWS) {
        let rows: Vec<(RegisterId, NaiveDate)> = reads::table
            .filter(reads::register_id.eq_any(registers))
            .filter(reads::read_on.ge(span.from))
            .filter(reads::read_on.lt(span.until))
            .filter(reads::verdict.eq_any([ReadVerdict::Accepted, ReadVerdict::Flagged]))
            .filter(
                reads::reasons
                    .like("%\"rolled_over\"%")
                    .or(reads::reasons.like("%\"falling\"%")),
            )
            .select((reads::register_id, reads::read_on))
            .load(conn)?;
        for (register, on) in rows {
            found.entry(register).or_default().push(on);
        }
    }
    Ok(found)
}

/// The days around a period in which its opening and closing reads may lie.
#[must_use]
pub fn window(period: Period) -> Period {
    let days = Days::new(u64::from(WINDOW_DAYS));
    let from = period.from.checked_sub_days(days).unwrap_or(NaiveDate::MIN);
    let until = period
        .until
        .checked_add_days(days)
        .unwrap_or(NaiveDate::MAX);
    Period {
        from,
        until: until.succ_opt().unwrap_or(until),
    }
}
