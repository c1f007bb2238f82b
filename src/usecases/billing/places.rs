//! A register as a bill counts it: its face, its reads around the period, its days of intervals, from their rows.

use chrono::NaiveDate;

use crate::domain::intervals::IntervalDay as StoredDay;
use crate::domain::metered::{BoundaryRead, DayUse, RegisterInPlace};
use crate::domain::meters::{Channel, RegisterFace};
use crate::domain::period::Period;
use crate::domain::rates::facts::IntervalDay;
use crate::domain::reads::ReadQuality;
use crate::domain::vee::Finding;
use crate::store::boundary_reads::BoundaryRow;
use crate::store::intervals::UsageDay;
use crate::store::meters::InstalledRegister;
use crate::usecases::billing::load::Chunk;

/// A register of a chunk.
pub(super) fn in_place(
    period: Period,
    chunk: &Chunk,
    installed: &InstalledRegister,
) -> RegisterInPlace {
    let register = &installed.register;
    let reads = chunk.reads.get(&register.id).into_iter().flatten();
    let days = chunk.usage.get(&register.id).into_iter().flatten();
    let rollovers = chunk.rollovers.get(&register.id);
    RegisterInPlace {
        id: register.id,
        kind: installed.kind,
        channel: register.channel,
        face: RegisterFace {
            dials: u8::try_from(register.dials).unwrap_or(u8::MAX),
            decimals: u8::try_from(register.decimals).unwrap_or_default(),
            multiplier: register.multiplier.0,
        },
        unit: register.unit,
        from: installed.from_on,
        until: installed.until_on,
        reads: reads.map(boundary_read).collect(),
        rollovers: rollovers.cloned().unwrap_or_default(),
        days: days
            .filter(|day| period.contains(day.day))
            .map(day_use)
            .collect(),
    }
}

fn boundary_read(row: &BoundaryRow) -> BoundaryRead {
    let read = &row.read;
    BoundaryRead {
        id: read.id,
        earlier: row.earlier.clone(),
        on: read.read_on,
        value: read.value.0,
        quality: read.quality,
        estimates_in_a_row: read.reasons.as_deref().and_then(estimates_in_a_row),
    }
}

/// How many estimates stand in a row, where VEE found that they are too many.
fn estimates_in_a_row(reasons: &str) -> Option<u32> {
    let findings: Vec<Finding> = serde_json::from_str(reasons).unwrap_or_default();
    findings.iter().find_map(|finding| {
        if let Finding::EstimatesInARow { count } = finding {
            Some(*count)
        } else {
            None
        }
    })
}

fn day_use(day: &UsageDay) -> DayUse {
    let is_estimated = day.usage.count(ReadQuality::Estimated) > 0;
    DayUse {
        day: day.day,
        version: day.version,
        sum: day.usage.is_complete().then(|| day.usage.sum()),
        quality: if is_estimated {
            ReadQuality::Estimated
        } else {
            ReadQuality::Actual
        },
    }
}

/// The name by which a schedule asks for a register's intervals.
pub(super) const fn measure_of(channel: Channel, is_net: bool) -> &'static str {
    match (channel, is_net) {
        (Channel::Received, _) => "received",
        (Channel::Delivered | Channel::High | Channel::Low | Channel::Demand, true) => "delivered",
        (Channel::Delivered | Channel::High | Channel::Low | Channel::Demand, false) => "usage",
    }
}

/// A day of intervals as facts of a bill.
pub(super) fn interval_day(name: &'static str, day: NaiveDate, usage: &StoredDay) -> IntervalDay {
    let minutes = usage.resolution().minutes();
    let values = (0..usage.slots())
        .filter_map(|slot| usage.get(slot))
        .map(|(value, _)| value.to_decimal());
    IntervalDay {
        name: name.into(),
        day,
        minutes: u32::try_from(minutes).unwrap_or_default(),
        values: values.collect(),
    }
}
