//! What a register counted in each of some parts of days on end, where something about the account changed between them: by the reads around
//! each cut where there are some, else its days' part of the whole. A peak is the same in every part.

use rust_decimal::Decimal;

use crate::domain::metered::{self, Counted, NotCounted, RegisterInPlace};
use crate::domain::meters::Channel;
use crate::domain::period::Period;

/// How finely a quantity is cut by days; what is left over goes to the last part, so that the parts add up to the whole.
const DECIMALS: u32 = 6;

/// What a register counted in each of these parts, which follow each other without a gap; nothing in one in which it did not hang there.
///
/// # Errors
/// As of [`metered::count`] over the whole.
pub fn count(
    register: &RegisterInPlace,
    parts: &[Period],
    last: &[i64],
) -> Result<Vec<Option<Counted>>, NotCounted> {
    let (Some(first), Some(end)) = (parts.first(), parts.last()) else {
        return Ok(Vec::new());
    };
    let whole = Period {
        from: first.from,
        until: end.until,
    };
    let in_parts = || {
        let each = parts
            .iter()
            .map(|part| metered::count(register, *part, last));
        each.collect::<Result<Vec<_>, _>>()
    };
    if parts.len() == 1 {
        return in_parts();
    }
    if register.channel != Channel::Demand {
        let counted = in_parts();
        if !matches!(counted, Err(NotCounted::NoRead { .. })) {
            return counted;
        }
    }
    let counted = metered::count(register, whole, last)?;
    Ok(match counted {
        Some(counted) => shared_out(register, whole, &counted, parts),
        None => vec![None; parts.len()],
    })
}

/// Shares out what was counted in the whole by the days of each part in which the register hung there.
fn shared_out(
    register: &RegisterInPlace,
    whole: Period,
    counted: &Counted,
    parts: &[Period],
) -> Vec<Option<Counted>> {
    let Some(hung) = register.part_of(whole) else {
        return vec![None; parts.len()];
    };
    let (all, total) = (Decimal::from(hung.days()), counted.quantity.amount);
    let mut left = total;
    let share = |part: &Period| {
        let days = part.overlap(hung)?;
        let is_last = days.until == hung.until;
        let mut own = counted.clone();
        if register.channel != Channel::Demand {
            let by_days = total
                .checked_mul(Decimal::from(days.days()))
                .and_then(|times| times.checked_div(all))
                .unwrap_or_default();
            let amount = if is_last {
                left
            } else {
                by_days.trunc_with_scale(DECIMALS)
            };
            left -= amount;
            own.quantity.amount = amount;
        }
        own.estimates_in_a_row = counted.estimates_in_a_row.filter(|_| is_last);
        Some(own)
    };
    parts.iter().map(share).collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::domain::ids::{ReadId, RegisterId};
    use crate::domain::metered::BoundaryRead;
    use crate::domain::meters::{MeterKind, RegisterFace};
    use crate::domain::quantity::Unit;
    use crate::domain::reads::ReadQuality;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn may() -> Vec<Period> {
        let whole = Period::new(day("2026-05-01"), day("2026-06-01")).unwrap();
        whole.split_at([day("2026-05-11"), day("2026-05-21")])
    }

    fn register(reads: &[(&str, i64)]) -> RegisterInPlace {
        let read = |(id, (on, value)): (i64, &(&str, i64))| BoundaryRead {
            id: ReadId(id),
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
            reads: (1..).zip(reads).map(read).collect(),
            rollovers: Vec::new(),
            days: Vec::new(),
        }
    }

    fn amounts(register: &RegisterInPlace) -> Vec<String> {
        let counted = count(register, &may(), &[]).unwrap();
        let amount = |one: &Option<Counted>| match one {
            Some(counted) => counted.quantity.amount.normalize().to_string(),
            None => "none".to_owned(),
        };
        counted.iter().map(amount).collect()
    }

    #[test]
    fn without_reads_at_the_cuts_the_whole_is_shared_out_by_days_to_the_last_unit() {
        let register = register(&[("2026-05-01", 100), ("2026-06-01", 1_100)]);
        let amounts = amounts(&register);
        assert_eq!(amounts, ["322.580645", "322.580645", "354.83871"]);
        let sum: Decimal = amounts
            .iter()
            .map(|amount| amount.parse::<Decimal>().unwrap())
            .sum();
        assert_eq!(sum, Decimal::ONE_THOUSAND);
    }

    #[test]
    fn reads_at_every_cut_say_it_better() {
        let register = register(&[
            ("2026-05-01", 100),
            ("2026-05-11", 110),
            ("2026-05-21", 900),
            ("2026-06-01", 1_100),
        ]);
        assert_eq!(amounts(&register), ["10", "790", "200"]);
    }

    #[test]
    fn a_peak_is_the_same_in_every_part() {
        let mut register = register(&[("2026-05-01", 5), ("2026-06-01", 8)]);
        register.channel = Channel::Demand;
        assert_eq!(amounts(&register), ["8", "8", "8"]);
    }

    #[test]
    fn a_meter_that_came_late_is_shared_out_over_its_own_days() {
        let mut register = register(&[("2026-05-15", 0), ("2026-06-01", 170)]);
        register.from = day("2026-05-15");
        assert_eq!(amounts(&register), ["none", "60", "110"]);
    }

    #[test]
    fn without_a_read_at_the_end_of_the_whole_nothing_is_counted() {
        let register = register(&[("2026-05-01", 100), ("2026-05-11", 150)]);
        let refused = count(&register, &may(), &[]).unwrap_err();
        let around = vec![day("2026-06-01")];
        assert_eq!(
            refused,
            NotCounted::NoRead {
                register: RegisterId(1),
                around
            }
        );
    }
}
