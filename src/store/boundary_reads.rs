//! The reads that open and close billed periods: usable ones around the days a bill asks about, set-wise for a chunk of registers.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::ids::RegisterId;
use crate::domain::period::Period;
use crate::domain::reads::ReadVerdict;
use crate::store::bulk::ROWS;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::reads::ReadRow;
use crate::store::schema::reads;

/// The newest version of every usable read of these registers on the days of the span, by register and instant.
pub fn list(
    conn: &mut Conn,
    registers: &[RegisterId],
    span: Period,
) -> Result<Vec<ReadRow>, StoreError> {
    let mut found: Vec<ReadRow> = Vec::new();
    for registers in registers.chunks(ROWS) {
        let rows: Vec<ReadRow> = reads::table
            .filter(reads::register_id.eq_any(registers))
            .filter(reads::read_on.ge(span.from))
            .filter(reads::read_on.lt(span.until))
            .order((reads::register_id, reads::read_at, reads::version.desc()))
            .select(ReadRow::as_select())
            .load(conn)?;
        for row in rows {
            let last = found.last().map(|last| (last.register_id, last.read_at));
            if last != Some((row.register_id, row.read_at)) {
                found.push(row);
            }
        }
    }
    found.retain(|row| matches!(row.verdict, ReadVerdict::Accepted | ReadVerdict::Flagged));
    Ok(found)
}

/// How far from a boundary a read may lie and still stand for it.
pub const WINDOW_DAYS: u64 = 3;

/// The days around a period in which its opening and closing reads may lie.
#[must_use]
pub fn window(period: Period) -> Period {
    let days = chrono::Days::new(WINDOW_DAYS);
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
