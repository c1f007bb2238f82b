//! What stands in where there is no read, and what becomes of it when one comes.

use chrono::{Months, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::domain::meters::RegisterFace;
use crate::domain::period::Period;
use crate::domain::reads::ReadQuality;
use crate::domain::text_enum::text_enum;

text_enum! {
    /// How usage was worked out, best first.
    EstimateMethod {
        /// Average daily usage of the same period last year, with this year's trend.
        SamePeriodLastYear => "same_period_last_year",
        /// Average daily usage of the last periods.
        RecentAverage => "recent_average",
        /// Average daily usage of the class in this season.
        ClassAverage => "class_average",
    }
}

/// Usage of one period in the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastUsage {
    /// The days it covers.
    pub period: Period,
    /// What was used.
    pub usage: Decimal,
    /// How good the figure is.
    pub quality: ReadQuality,
}

/// Usage to be expected, or to stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    /// How much.
    pub usage: Decimal,
    /// How it was worked out.
    pub method: EstimateMethod,
}

/// Usage expected in a period, by the first way that the history allows (rules §3.4): the same period last year, followed by the trend of
/// the last two periods against the year before, held between a half and one and a half; the last one to three periods; the class.
///
/// Only actual and edited usage counts as history: an estimate is no evidence. On idle days, on which service was suspended, nothing is
/// expected.
#[must_use]
pub fn expected(
    period: Period,
    idle_days: u32,
    history: &[PastUsage],
    class_average: Option<Decimal>,
) -> Option<Expected> {
    let days = Decimal::from(period.days().saturating_sub(idle_days));
    let known: Vec<&PastUsage> = history
        .iter()
        .filter(|past| matches!(past.quality, ReadQuality::Actual | ReadQuality::Edited))
        .filter(|past| past.period.until <= period.from && past.period.days() > 0)
        .collect();
    if let Some(daily) = last_year(period, &known) {
        let usage = daily * trend(&known) * days;
        let method = EstimateMethod::SamePeriodLastYear;
        return Some(Expected { usage, method });
    }
    let mut recent = known;
    recent.sort_by_key(|past| std::cmp::Reverse(past.period.until));
    recent.truncate(3);
    if let Some(daily) = daily_average(&recent) {
        let usage = daily * days;
        let method = EstimateMethod::RecentAverage;
        return Some(Expected { usage, method });
    }
    class_average.map(|daily| Expected {
        usage: daily * days,
        method: EstimateMethod::ClassAverage,
    })
}

/// Average daily usage over the days of last year that have the same dates; half of them must be known.
fn last_year(period: Period, known: &[&PastUsage]) -> Option<Decimal> {
    let year = Months::new(12);
    let then = Period {
        from: period.from.checked_sub_months(year)?,
        until: period.until.checked_sub_months(year)?,
    };
    let mut days = 0_u32;
    let mut usage = Decimal::ZERO;
    for past in known {
        if let Some(shared) = past.period.overlap(then) {
            days += shared.days();
            usage += past.usage * Decimal::from(shared.days()) / Decimal::from(past.period.days());
        }
    }
    (days > 0 && days * 2 >= then.days()).then(|| usage / Decimal::from(days))
}

fn trend(known: &[&PastUsage]) -> Decimal {
    let mut recent = known.to_vec();
    recent.sort_by_key(|past| std::cmp::Reverse(past.period.until));
    recent.truncate(2);
    let span = recent
        .last()
        .zip(recent.first())
        .map(|(first, last)| Period {
            from: first.period.from,
            until: last.period.until,
        });
    let before = span.and_then(|span| last_year(span, known));
    let now = daily_average(&recent);
    match now.zip(before) {
        Some((now, before)) if before > Decimal::ZERO => {
            (now / before).clamp(Decimal::new(5, 1), Decimal::new(15, 1))
        }
        _ => Decimal::ONE,
    }
}

fn daily_average(recent: &[&PastUsage]) -> Option<Decimal> {
    let days: u32 = recent.iter().map(|past| past.period.days()).sum();
    let usage: Decimal = recent.iter().map(|past| past.usage).sum();
    (days > 0).then(|| usage / Decimal::from(days))
}

/// The register value that stands in for a read: average daily usage rounded to two decimals more than the face has, times days and
/// rounded to the face, divided by the multiplier and cut off at the face, added to the last value (California working group, rules §3.4).
/// The face's own roll-over applies.
#[must_use]
pub fn estimated_read(face: &RegisterFace, last: Decimal, usage: Decimal, days: u32) -> Decimal {
    let shown = u32::from(face.decimals);
    let half_up = RoundingStrategy::MidpointAwayFromZero;
    let whole_days = Decimal::from(days.max(1));
    let daily = (usage / whole_days).round_dp_with_strategy(shown + 2, half_up);
    let used = (daily * whole_days).round_dp_with_strategy(shown, half_up);
    let steps = used
        .checked_div(face.multiplier)
        .unwrap_or(Decimal::ZERO)
        .trunc_with_scale(shown);
    (last + steps) % face.capacity()
}

/// Usage of an estimated span once its end is known: by day, and for each period that was billed from an estimate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Respread {
    /// Usage of each day, in order.
    pub by_day: Vec<(NaiveDate, Decimal)>,
    /// Usage of each period given, in the order given.
    pub by_period: Vec<(Period, Decimal)>,
}

/// Spreads the true usage of a whole span evenly over its days, and adds the days up for each affected period (rules §3.4: the whole
/// estimated span is worked out anew, never caught up on the last bill). Days add up to the whole exactly, in steps of `decimals`; where
/// the whole does not divide, later days carry the odd steps.
#[must_use]
pub fn respread(whole: Decimal, span: Period, periods: &[Period], decimals: u32) -> Respread {
    let days = Decimal::from(span.days());
    let so_far = |day: u32| {
        if day == span.days() {
            return whole;
        }
        (whole * Decimal::from(day))
            .checked_div(days)
            .unwrap_or(Decimal::ZERO)
            .trunc_with_scale(decimals)
    };
    let by_day: Vec<(NaiveDate, Decimal)> = span
        .from
        .iter_days()
        .zip(0..span.days())
        .map(|(day, place)| (day, so_far(place + 1) - so_far(place)))
        .collect();
    let by_period = periods
        .iter()
        .map(|period| {
            let inside = by_day.iter().filter(|(day, _)| period.contains(*day));
            (*period, inside.map(|(_, usage)| *usage).sum())
        })
        .collect();
    Respread { by_day, by_period }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn month(from: &str, until: &str, usage: i64) -> PastUsage {
        PastUsage {
            period: Period {
                from: day(from),
                until: day(until),
            },
            usage: Decimal::from(usage),
            quality: ReadQuality::Actual,
        }
    }

    fn june() -> Period {
        Period {
            from: day("2026-06-01"),
            until: day("2026-07-01"),
        }
    }

    #[test]
    fn last_years_june_is_followed_with_this_years_trend() {
        let history = [
            month("2025-04-01", "2025-05-01", 300),
            month("2025-05-01", "2025-06-01", 310),
            month("2025-06-01", "2025-07-01", 600),
            month("2026-04-01", "2026-05-01", 360),
            month("2026-05-01", "2026-06-01", 372),
        ];
        let expected = expected(june(), 0, &history, None).unwrap();
        assert_eq!(expected.method, EstimateMethod::SamePeriodLastYear);
        assert_eq!(expected.usage.normalize(), Decimal::from(720));
    }

    #[test]
    fn nothing_is_expected_of_the_days_on_which_service_was_suspended() {
        let history = [month("2026-04-01", "2026-05-01", 300)];
        let part = expected(june(), 24, &history, None).unwrap();
        assert_eq!(part.usage, Decimal::from(60));
        let none = expected(june(), 30, &history, None).unwrap();
        assert_eq!(none.usage, Decimal::ZERO);
    }

    #[test]
    fn without_last_year_the_recent_average_counts_and_then_the_class() {
        let mut history = [
            month("2026-04-01", "2026-05-01", 300),
            month("2026-05-01", "2026-06-01", 310),
        ];
        let recent = expected(june(), 0, &history, None).unwrap();
        assert_eq!(
            (recent.method, recent.usage),
            (EstimateMethod::RecentAverage, Decimal::from(300))
        );
        for past in &mut history {
            past.quality = ReadQuality::Estimated;
        }
        let class = expected(june(), 0, &history, Some(Decimal::from(7))).unwrap();
        assert_eq!(
            (class.method, class.usage),
            (EstimateMethod::ClassAverage, Decimal::from(210))
        );
        assert_eq!(expected(june(), 0, &history, None), None);
    }

    #[test]
    fn an_estimated_read_is_rounded_as_the_rule_says() {
        let face = RegisterFace {
            dials: 5,
            decimals: 0,
            multiplier: Decimal::TEN,
        };
        let read = estimated_read(&face, Decimal::from(99_990), Decimal::new(14_567, 1), 31);
        assert_eq!(read, Decimal::from(135));
    }

    #[test]
    fn an_actual_read_after_two_estimates_is_spread_over_both_periods() {
        let span = Period {
            from: day("2026-05-01"),
            until: day("2026-07-01"),
        };
        let may = Period {
            from: day("2026-05-01"),
            until: day("2026-06-01"),
        };
        let spread = respread(Decimal::from(1_220), span, &[may, june()], 0);
        assert_eq!(
            spread.by_period,
            [(may, Decimal::from(620)), (june(), Decimal::from(600))]
        );
    }

    proptest! {
        #[test]
        fn re_spread_days_add_up_to_the_whole(units in 0_i64..10_000_000, length in 1_u64..200) {
            let from = day("2026-01-01");
            let span = Period { from, until: from + chrono::Days::new(length) };
            let whole = Decimal::new(units, 2);
            let spread = respread(whole, span, &[span], 2);
            prop_assert_eq!(spread.by_day.iter().map(|(_, usage)| *usage).sum::<Decimal>(), whole);
            prop_assert_eq!(spread.by_period[0].1, whole);
        }
    }
}
