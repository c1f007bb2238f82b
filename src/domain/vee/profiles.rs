//! What stands in for intervals that never came: the use of the same time on like days (rules §3.4, proxy days).

use chrono::{Datelike, NaiveDate, Weekday};

use crate::domain::intervals::IntervalDay;
use crate::domain::intervals::scaled::Scaled;
use crate::domain::reads::ReadQuality;

/// Fills what is missing of a day with the mean of the same slot on days like it: working days like working days, weekends like weekends.
/// Where no such day has the slot, any day counts; where none has it, it stays missing. Says how many slots it filled.
pub fn fill(day: &mut IntervalDay, on: NaiveDate, known: &[(NaiveDate, &IntervalDay)]) -> u32 {
    let mut filled = 0;
    for slot in 0..day.slots() {
        if day.get(slot).is_some() {
            continue;
        }
        let like = known
            .iter()
            .filter(|(other, _)| is_weekend(*other) == is_weekend(on));
        let any = known.iter();
        let mean = mean_of(like, slot).or_else(|| mean_of(any, slot));
        if mean.is_some_and(|mean| day.set(slot, mean, ReadQuality::Estimated)) {
            filled += 1;
        }
    }
    filled
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The mean of a slot's measured values, with as many decimals as they have.
fn mean_of<'a>(
    days: impl Iterator<Item = &'a (NaiveDate, &'a IntervalDay)>,
    slot: usize,
) -> Option<Scaled> {
    let measured = days.filter_map(|(_, day)| day.get(slot));
    let values: Vec<Scaled> = measured
        .filter(|(_, quality)| *quality != ReadQuality::Estimated)
        .map(|(value, _)| value)
        .collect();
    let scale = values.iter().map(|value| value.scale).max()?;
    let units = values
        .iter()
        .map(|value| value.rescaled(scale).map(|value| i128::from(value.units)))
        .sum::<Option<i128>>()?;
    let count = i128::try_from(values.len()).ok()?;
    let half = if units < 0 { -count } else { count } / 2;
    let units = i64::try_from((units + half).checked_div(count)?).ok()?;
    Some(Scaled { units, scale })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::intervals::Resolution;

    fn flat(units: i64) -> IntervalDay {
        let mut day = IntervalDay::empty(Resolution::Hour, 24);
        for slot in 0..24 {
            assert!(day.set(slot, Scaled { units, scale: 1 }, ReadQuality::Actual));
        }
        day
    }

    #[test]
    fn a_missing_saturday_is_like_other_weekends() {
        let on = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let (weekday, sunday, saturday) = (flat(10), flat(30), flat(41));
        let known = [
            (on("2026-06-05"), &weekday),
            (on("2026-06-06"), &saturday),
            (on("2026-06-07"), &sunday),
        ];
        let mut missing = IntervalDay::empty(Resolution::Hour, 24);
        assert_eq!(fill(&mut missing, on("2026-06-13"), &known), 24);
        assert_eq!(
            missing.get(7),
            Some((
                Scaled {
                    units: 36,
                    scale: 1
                },
                ReadQuality::Estimated
            ))
        );
        assert_eq!(
            fill(&mut missing, on("2026-06-13"), &known),
            0,
            "what is there stays"
        );
    }

    #[test]
    fn without_any_day_to_go_by_it_stays_missing() {
        let mut missing = IntervalDay::empty(Resolution::Hour, 24);
        assert_eq!(fill(&mut missing, NaiveDate::default(), &[]), 0);
        assert!(!missing.is_complete());
    }
}
