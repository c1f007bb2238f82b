//! What a service's registers measured in a billed period: from the read that opens it to the read that closes it, over meter exchanges,
//! rollovers and compound meters; or, where a meter reports only intervals, from the sum of its days.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::ids::{ReadId, RegisterId};
use crate::domain::meters::{Channel, Difference, MeterKind, RegisterFace, Rollover};
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
    /// The days of reads at which it was believed that it had passed its last digit: within the high limit, or by a person.
    pub rollovers: Vec<NaiveDate>,
    /// Its days of intervals in the period, where it records them, in order.
    pub days: Vec<DayUse>,
}

impl RegisterInPlace {
    /// The part of a period in which it hung there; nothing where it did not.
    #[must_use]
    pub fn part_of(&self, period: Period) -> Option<Period> {
        period.overlap(Period {
            from: self.from,
            until: self.until.unwrap_or(NaiveDate::MAX),
        })
    }
}

/// A usable read.
#[derive(Debug, Clone)]
pub struct BoundaryRead {
    /// Its row.
    pub id: ReadId,
    /// The rows of its earlier versions, which earlier bills may rest on.
    pub earlier: Vec<ReadId>,
    /// The civil day.
    pub on: NaiveDate,
    /// What the face showed.
    pub value: Decimal,
    /// How good it is.
    pub quality: ReadQuality,
    /// Where more estimates stand in a row than the policy allows: how many, this one counted.
    pub estimates_in_a_row: Option<u32>,
}

impl BoundaryRead {
    /// Whether it, or an earlier version of it, is among these rows.
    fn is_among(&self, rows: &[i64]) -> bool {
        let mut versions = self.earlier.iter().chain(std::iter::once(&self.id));
        versions.any(|id| rows.contains(&id.0))
    }
}

/// A day of intervals, added up.
#[derive(Debug, Clone, Copy)]
pub struct DayUse {
    /// The day.
    pub day: NaiveDate,
    /// Which version of it.
    pub version: i32,
    /// What its intervals add up to; `None` where some are missing.
    pub sum: Option<Decimal>,
    /// The weakest of their qualities.
    pub quality: ReadQuality,
}

/// What a register measured.
#[derive(Debug, Clone)]
pub struct Counted {
    /// Which register.
    pub register: RegisterId,
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
    /// The days of intervals it comes from, where it comes from none but those.
    pub days: Option<Period>,
    /// Where more estimates stand in a row at its end than the policy allows: how many.
    pub estimates_in_a_row: Option<u32>,
}

/// Why a register's usage is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotCounted {
    /// No usable read at the beginning or the end of its part of the period.
    NoRead {
        /// Which register.
        register: RegisterId,
        /// Around which days.
        around: Vec<NaiveDate>,
    },
    /// The register has no reads, and intervals are missing.
    Gap {
        /// Which register.
        register: RegisterId,
        /// The days of which some are not whole.
        days: Period,
        /// The first of those.
        first: NaiveDate,
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
pub const WINDOW_DAYS: u32 = 3;

/// What the register measured in the part of the period in which it hung there; `None` where it did not.
///
/// `last` are the rows of the reads that closed the bill before: the same reads open this one, so that every unit is billed once. A read
/// that was mended since counts as it stands now.
///
/// # Errors
/// `NoRead`, `Gap` or `Falling`: the bill waits for a person or an estimate.
pub fn count(
    register: &RegisterInPlace,
    period: Period,
    last: &[i64],
) -> Result<Option<Counted>, NotCounted> {
    let Some(part) = register.part_of(period) else {
        return Ok(None);
    };
    if register.reads.is_empty() && !register.days.is_empty() {
        return by_days(register, part).map(Some);
    }
    let closing = nearest(register, part.until);
    if register.channel == Channel::Demand {
        return by_peak(register, part, closing).map(Some);
    }
    let opening = continued(register, part, last).or_else(|| nearest(register, part.from));
    let (Some(opening), Some(closing)) = (opening, closing) else {
        let missing = [(opening, part.from), (closing, part.until)];
        return Err(NotCounted::NoRead {
            register: register.id,
            around: missing
                .into_iter()
                .filter(|(read, _)| read.is_none())
                .map(|(_, day)| day)
                .collect(),
        });
    };
    let is_between = |day: &NaiveDate| opening.on < *day && *day <= closing.on;
    let rollover = if register.rollovers.iter().any(is_between) {
        Rollover::Believed
    } else {
        Rollover::Never
    };
    let usage = match register
        .face
        .difference(opening.value, closing.value, rollover)
    {
        Difference::Usage(usage) | Difference::RolledOver(usage) => usage,
        Difference::Falling { by } => {
            return Err(NotCounted::Falling {
                register: register.id,
                by,
            });
        }
    };
    Ok(Some(Counted {
        reads: vec![opening.id.0, closing.id.0],
        estimates_in_a_row: closing.estimates_in_a_row,
        ..counted(register, usage, opening.quality.weaker(closing.quality))
    }))
}

/// The read that closed the bill before, where that bill ended with this part's beginning.
fn continued<'a>(
    register: &'a RegisterInPlace,
    part: Period,
    last: &[i64],
) -> Option<&'a BoundaryRead> {
    let closes = |read: &&BoundaryRead| {
        read.on < part.until && away(read, part.from) <= WINDOW_DAYS && read.is_among(last)
    };
    register.reads.iter().rev().find(closes)
}

/// A peak is shown as it is, not as a difference.
fn by_peak(
    register: &RegisterInPlace,
    part: Period,
    closing: Option<&BoundaryRead>,
) -> Result<Counted, NotCounted> {
    let Some(closing) = closing else {
        return Err(NotCounted::NoRead {
            register: register.id,
            around: vec![part.until],
        });
    };
    let peak = closing.value * register.face.multiplier;
    Ok(Counted {
        reads: vec![closing.id.0],
        ..counted(register, peak, closing.quality)
    })
}

fn by_days(register: &RegisterInPlace, part: Period) -> Result<Counted, NotCounted> {
    let days = || register.days.iter().filter(|day| part.contains(day.day));
    let whole = |day: NaiveDate| days().any(|known| known.day == day && known.sum.is_some());
    let mut wanted = part.from.iter_days().take_while(|day| *day < part.until);
    if let Some(first) = wanted.find(|day| !whole(*day)) {
        return Err(NotCounted::Gap {
            register: register.id,
            days: part,
            first,
        });
    }
    let sum = days().filter_map(|day| day.sum).sum();
    let quality = days().fold(ReadQuality::Actual, |weakest, day| {
        weakest.weaker(day.quality)
    });
    Ok(Counted {
        days: Some(part),
        ..counted(register, sum, quality)
    })
}

fn counted(register: &RegisterInPlace, amount: Decimal, quality: ReadQuality) -> Counted {
    Counted {
        register: register.id,
        channel: register.channel,
        is_deduct: register.kind == MeterKind::Deduct,
        quantity: Quantity {
            amount,
            unit: register.unit,
        },
        quality,
        reads: Vec::new(),
        days: None,
        estimates_in_a_row: None,
    }
}

/// How many days lie between a read and a boundary.
fn away(read: &BoundaryRead, day: NaiveDate) -> u32 {
    u32::try_from((read.on - day).num_days().abs()).unwrap_or(u32::MAX)
}

/// The usable read closest to the day, the earlier of two as close; of one day's reads the last.
fn nearest(register: &RegisterInPlace, day: NaiveDate) -> Option<&BoundaryRead> {
    register
        .reads
        .iter()
        .rev()
        .filter(|read| away(read, day) <= WINDOW_DAYS)
        .min_by_key(|read| (away(read, day), read.on))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn may() -> Period {
        Period {
            from: day("2026-05-01"),
            until: day("2026-06-01"),
        }
    }

    fn register(reads: &[(i64, &str, i64)]) -> RegisterInPlace {
        let read = |(id, on, value): &(i64, &str, i64)| BoundaryRead {
            id: ReadId(*id),
            earlier: Vec::new(),
            on: day(on),
            value: Decimal::from(*value),
            quality: ReadQuality::Actual,
            estimates_in_a_row: None,
        };
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
            reads: reads.iter().map(read).collect(),
            rollovers: Vec::new(),
            days: Vec::new(),
        }
    }

    fn usage(register: &RegisterInPlace, period: Period, last: &[i64]) -> Decimal {
        let counted = count(register, period, last).unwrap().unwrap();
        counted.quantity.amount
    }

    #[test]
    fn the_read_that_closed_the_last_bill_opens_the_next() {
        let mut register = register(&[
            (1, "2026-04-29", 100),
            (2, "2026-05-01", 130),
            (3, "2026-06-01", 400),
        ]);
        assert_eq!(usage(&register, may(), &[1]), Decimal::from(300));
        assert_eq!(usage(&register, may(), &[]), Decimal::from(270));
        register.reads[0].id = ReadId(9);
        register.reads[0].earlier = vec![ReadId(1)];
        register.reads[0].value = Decimal::from(110);
        assert_eq!(
            usage(&register, may(), &[1]),
            Decimal::from(290),
            "a mended read opens the next bill as it stands now"
        );
    }

    #[test]
    fn a_second_part_of_a_period_does_not_open_with_the_last_bill() {
        let register = register(&[
            (1, "2026-05-01", 100),
            (2, "2026-05-20", 150),
            (3, "2026-06-01", 400),
        ]);
        let later = Period {
            from: day("2026-05-20"),
            ..may()
        };
        assert_eq!(usage(&register, later, &[1]), Decimal::from(250));
    }

    #[test]
    fn a_rollover_is_billed_where_a_read_of_the_period_was_judged_to_be_one() {
        let mut register = register(&[(1, "2026-05-01", 999_900), (2, "2026-06-01", 200)]);
        let falls = NotCounted::Falling {
            register: RegisterId(1),
            by: Decimal::from(999_700),
        };
        assert_eq!(count(&register, may(), &[]).unwrap_err(), falls);
        register.rollovers = vec![day("2026-05-01")];
        assert_eq!(
            count(&register, may(), &[]).unwrap_err(),
            falls,
            "before it"
        );
        register.rollovers = vec![day("2026-05-20")];
        assert_eq!(usage(&register, may(), &[]), Decimal::from(300));
    }

    #[test]
    fn a_peak_is_taken_as_shown() {
        let mut register = register(&[(1, "2026-05-01", 80), (2, "2026-06-01", 12)]);
        register.channel = Channel::Demand;
        assert_eq!(usage(&register, may(), &[1]), Decimal::from(12));
    }

    #[test]
    fn without_a_read_near_the_end_nothing_is_counted() {
        let register = register(&[(2, "2026-05-01", 130), (3, "2026-05-20", 400)]);
        assert_eq!(
            count(&register, may(), &[]).unwrap_err(),
            NotCounted::NoRead {
                register: RegisterId(1),
                around: vec![day("2026-06-01")]
            }
        );
    }

    #[test]
    fn a_register_without_reads_counts_by_its_days_or_names_the_first_that_is_not_whole() {
        let mut register = register(&[]);
        let days = may().from.iter_days().take(31);
        register.days = days
            .map(|day| DayUse {
                day,
                version: 1,
                sum: Some(Decimal::TEN),
                quality: ReadQuality::Actual,
            })
            .collect();
        assert_eq!(usage(&register, may(), &[]), Decimal::from(310));
        register.days[4].sum = None;
        assert_eq!(
            count(&register, may(), &[]).unwrap_err(),
            NotCounted::Gap {
                register: RegisterId(1),
                days: may(),
                first: day("2026-05-05"),
            }
        );
    }
}
