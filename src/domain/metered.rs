//! What a service's registers measured in a billed period: from the read that opens it to the read that closes it, over meter exchanges,
//! rollovers and compound meters; or, where a meter reports only intervals, from the sum of its days.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::ids::{ReadId, RegisterId};
use crate::domain::meters::{Channel, Difference, MeterKind, RegisterFace};
use crate::domain::period::Period;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::reads::ReadQuality;

/// A register while it counted for a service point.
#[derive(Debug, Clone)]
pub struct RegisterInPlace {
    /// Which.
    pub id: RegisterId,
    /// Its meter.
    pub kind: MeterKind,
    /// What it counts.
    pub channel: Channel,
    /// How it counts.
    pub face: RegisterFace,
    /// What it counts in.
    pub unit: Unit,
    /// The days it hung there.
    pub from: NaiveDate,
    /// The first day after.
    pub until: Option<NaiveDate>,
    /// Its usable reads around the period, by time.
    pub reads: Vec<BoundaryRead>,
    /// Its days of intervals in the period, where it records them.
    pub days: Option<DaySum>,
}

/// A usable read.
#[derive(Debug, Clone, Copy)]
pub struct BoundaryRead {
    /// Its row.
    pub id: ReadId,
    /// The civil day.
    pub on: NaiveDate,
    /// What the face showed.
    pub value: Decimal,
    /// How good it is.
    pub quality: ReadQuality,
}

/// The days of intervals of a period, added up.
#[derive(Debug, Clone, Copy)]
pub struct DaySum {
    /// How many days of the period are whole.
    pub days: u32,
    /// What they add up to.
    pub sum: Decimal,
    /// The weakest of their qualities.
    pub quality: ReadQuality,
}

/// What a register measured.
#[derive(Debug, Clone)]
pub struct Counted {
    /// What it counts.
    pub channel: Channel,
    /// Whether its meter counts what never reaches the sewer.
    pub is_deduct: bool,
    /// How much.
    pub quantity: Quantity,
    /// How good the reads are.
    pub quality: ReadQuality,
    /// The reads it comes from.
    pub reads: Vec<i64>,
}

/// Why a register's usage is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotCounted {
    /// No usable read at the beginning or the end of its part of the period.
    NoRead {
        /// Which register.
        register: RegisterId,
        /// Around which day.
        around: NaiveDate,
    },
    /// The register shows less than before.
    Falling {
        /// Which register.
        register: RegisterId,
        /// By how much.
        by: Decimal,
    },
}

/// How far from a boundary a read may lie and still stand for it, in days.
const WINDOW: i64 = 3;

/// What the register measured in the part of the period in which it hung there; `None` where it did not.
///
/// `last` are the rows of the reads that closed the bill before: the same reads open this one, so that every unit is billed once.
///
/// # Errors
/// `NoRead` or `Falling`: the bill waits for a person or an estimate.
pub fn count(
    register: &RegisterInPlace,
    period: Period,
    last: &[i64],
) -> Result<Option<Counted>, NotCounted> {
    let hung = Period {
        from: register.from,
        until: register.until.unwrap_or(NaiveDate::MAX),
    };
    let Some(part) = period.overlap(hung) else {
        return Ok(None);
    };
    if let Some(days) = register
        .days
        .filter(|days| days.days == part.days() && register.reads.is_empty())
    {
        return Ok(Some(counted(register, days.sum, days.quality, Vec::new())));
    }
    let continued = register
        .reads
        .iter()
        .rev()
        .find(|read| last.contains(&read.id.0) && read.on < part.until);
    let opening = match continued {
        Some(read) => read,
        None => nearest(register, part.from)?,
    };
    let closing = nearest(register, part.until)?;
    let usage = match register.face.difference(opening.value, closing.value, None) {
        Difference::Usage(usage) | Difference::RolledOver(usage) => usage,
        Difference::Falling { by } => {
            return Err(NotCounted::Falling {
                register: register.id,
                by,
            });
        }
    };
    let quality = opening.quality.weaker(closing.quality);
    Ok(Some(counted(
        register,
        usage,
        quality,
        vec![opening.id.0, closing.id.0],
    )))
}

fn counted(
    register: &RegisterInPlace,
    amount: Decimal,
    quality: ReadQuality,
    reads: Vec<i64>,
) -> Counted {
    Counted {
        channel: register.channel,
        is_deduct: register.kind == MeterKind::Deduct,
        quantity: Quantity {
            amount,
            unit: register.unit,
        },
        quality,
        reads,
    }
}

/// The usable read closest to the day, the earlier of two as close; of one day's reads the last.
fn nearest(register: &RegisterInPlace, day: NaiveDate) -> Result<&BoundaryRead, NotCounted> {
    let away = |read: &BoundaryRead| (read.on - day).num_days().abs();
    register
        .reads
        .iter()
        .rev()
        .filter(|read| away(read) <= WINDOW)
        .min_by_key(|read| (away(read), read.on))
        .ok_or(NotCounted::NoRead {
            register: register.id,
            around: day,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn register(reads: &[(i64, &str, i64)]) -> RegisterInPlace {
        RegisterInPlace {
            id: RegisterId(1),
            kind: MeterKind::Simple,
            channel: Channel::Delivered,
            face: RegisterFace {
                dials: 6,
                decimals: 0,
                multiplier: Decimal::ONE,
            },
            unit: Unit::Gallon,
            from: day("2020-01-01"),
            until: None,
            reads: reads
                .iter()
                .map(|(id, on, value)| BoundaryRead {
                    id: ReadId(*id),
                    on: day(on),
                    value: Decimal::from(*value),
                    quality: ReadQuality::Actual,
                })
                .collect(),
            days: None,
        }
    }

    #[test]
    fn the_read_that_closed_the_last_bill_opens_the_next() {
        let period = Period {
            from: day("2026-05-01"),
            until: day("2026-06-01"),
        };
        let register = register(&[
            (1, "2026-04-29", 100),
            (2, "2026-05-01", 130),
            (3, "2026-06-01", 400),
        ]);
        assert_eq!(
            count(&register, period, &[1])
                .unwrap()
                .unwrap()
                .quantity
                .amount,
            Decimal::from(300)
        );
        assert_eq!(
            count(&register, period, &[])
                .unwrap()
                .unwrap()
                .quantity
                .amount,
            Decimal::from(270)
        );
    }

    #[test]
    fn without_a_read_near_the_end_nothing_is_counted() {
        let period = Period {
            from: day("2026-05-01"),
            until: day("2026-06-01"),
        };
        let register = register(&[(2, "2026-05-01", 130), (3, "2026-05-20", 400)]);
        let around = day("2026-06-01");
        assert_eq!(
            count(&register, period, &[]).unwrap_err(),
            NotCounted::NoRead {
                register: RegisterId(1),
                around
            }
        );
    }
}
