//! The latest usable read of each register, and how many estimates stand in a row there. Reads only.

use std::collections::HashMap;

use chrono::{Days, NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::ids::RegisterId;
use crate::domain::reads::ReadQuality;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::schema::reads;
use crate::store::sql_types::Exact;

/// How far back reads are looked for.
pub(in crate::store) const LOOKED_BACK: Days = Days::new(400);

/// The latest usable read of a register.
#[derive(Debug, Clone)]
pub struct LatestRead {
    /// The day it counts for.
    pub on: NaiveDate,
    /// What the face showed.
    pub value: Exact,
    /// How good it is.
    pub quality: ReadQuality,
    /// How many estimates stand in a row, this one counted; none where it was read.
    pub estimates: usize,
}

/// The latest usable read of each of these registers up to a day.
///
/// # Errors
/// Those of the database.
pub fn latest_reads(
    conn: &mut Conn,
    ids: &[RegisterId],
    on: NaiveDate,
) -> Result<HashMap<RegisterId, LatestRead>, StoreError> {
    let since = on - LOOKED_BACK;
    let rows: Vec<(RegisterId, NaiveDate, NaiveDateTime, Exact, ReadQuality)> = reads::table
        .filter(reads::register_id.eq_any(ids))
        .filter(reads::read_at.ge(since.and_hms_opt(0, 0, 0).unwrap_or_default()))
        .filter(reads::read_on.le(on))
        .filter(reads::verdict.eq_any(["accepted", "flagged"]))
        .order((reads::read_at, reads::version))
        .select((
            reads::register_id,
            reads::read_on,
            reads::read_at,
            reads::value,
            reads::quality,
        ))
        .load(conn)?;
    let mut latest: HashMap<RegisterId, (LatestRead, NaiveDateTime, usize)> = HashMap::new();
    for (register, on, at, value, quality) in rows {
        // A newer version of the same read takes its place; what stood before both is what counts.
        let before = match latest.get(&register) {
            Some((_, same, before)) if *same == at => *before,
            Some((read, _, _)) => read.estimates,
            None => 0,
        };
        let estimates = if quality == ReadQuality::Estimated {
            before + 1
        } else {
            0
        };
        let read = LatestRead {
            on,
            value,
            quality,
            estimates,
        };
        latest.insert(register, (read, at, before));
    }
    let reads = latest
        .into_iter()
        .map(|(register, (read, _, _))| (register, read));
    Ok(reads.collect())
}
