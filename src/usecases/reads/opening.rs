//! The reads with which registers come into the house: what they showed when they were billed last, before the house knew them.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use chrono_tz::Tz;
use rust_decimal::Decimal;

use crate::domain::ids::RegisterId;
use crate::domain::reads::{ReadQuality, ReadSource};
use crate::domain::vee::checks::Shown;
use crate::store;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::usecases::reads::desk::{noon, vee_settings};
use crate::usecases::reads::registers::{Register, with_places};
use crate::usecases::reads::scalars::{Taken, judge, timelines};
use crate::usecases::reads::{Context, Decision, distinct, write};

/// Takes reads of many registers, each judged like any other. A fixed number of queries, however many they are; the same again changes nothing.
///
/// # Errors
/// Those of the database.
pub fn take_reads(
    tx: &mut Tx<'_>,
    zone: Tz,
    reads: &[(RegisterId, NaiveDate, Decimal)],
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    let context = Context {
        zone,
        settings: vee_settings(tx, stamp.on)?,
        now: stamp.at,
        import_id: None,
        recorded_by: stamp.by.name.clone(),
    };
    let ids = distinct(reads.iter().map(|(register, _, _)| *register));
    let rows = store::reads::list_registers(tx, &ids)?;
    let known: HashMap<RegisterId, Arc<Register>> = with_places(tx, rows)?
        .into_iter()
        .map(|register| (register.id, register))
        .collect();
    let mut lines = timelines(tx, &ids)?;
    let mut decision = Decision::default();
    for (id, on, value) in reads {
        let Some(register) = known.get(id) else {
            continue;
        };
        let taken = Taken {
            shown: Shown {
                at: noon(zone, *on).min(stamp.at),
                on: *on,
                value: value.normalize(),
                quality: ReadQuality::Actual,
            },
            source: ReadSource::File,
            intervals: None,
            class_daily: None,
        };
        let line = lines.entry(*id).or_default();
        judge(&context, register, line, &taken, &mut decision);
    }
    write(tx, &mut decision, None)
}
