//! Whether the facts that somebody wrote are about the schedules they are priced by: a name that nothing has, or an interval that no clock
//! showed, would otherwise be passed over without a word and change the bill.

use std::collections::HashSet;

use anyhow::ensure;
use chrono::{Datelike, NaiveDate, Weekday};
use rust_decimal::Decimal;

use crate::domain::accounts::AccountClass;
use crate::domain::quantity::Unit;
use crate::domain::rates::facts::{Facts, IntervalDay};
use crate::domain::rates::schedule::{Bound, Condition, Fixed, How, RateSchedule};

/// The lengths of intervals that are kept, in minutes.
const LENGTHS: [u32; 4] = [5, 15, 30, 60];

/// Checks that facts speak of what the versions of one schedule know.
///
/// # Errors
/// The first thing to mend, with its place.
pub(super) fn check(facts: &Facts, versions: &[&RateSchedule]) -> anyhow::Result<()> {
    one_schedule(versions)?;
    who(facts, versions)?;
    names(facts, versions)?;
    intervals(facts)?;
    history(facts)?;
    amounts(facts)
}

fn one_schedule(versions: &[&RateSchedule]) -> anyhow::Result<()> {
    for pair in versions.windows(2) {
        if let [first, other] = pair {
            ensure!(
                first.code == other.code && first.service == other.service,
                "the schedules are not versions of one: {} for {} and {} for {}",
                first.code,
                first.service,
                other.code,
                other.service
            );
        }
    }
    Ok(())
}

fn conditions<'a>(versions: &[&'a RateSchedule]) -> impl Iterator<Item = &'a Condition> {
    let charges = versions.iter().flat_map(|version| &version.charges);
    let conditions: Vec<&Condition> = charges.filter_map(|charge| charge.only.as_ref()).collect();
    conditions.into_iter()
}

fn who(facts: &Facts, versions: &[&RateSchedule]) -> anyhow::Result<()> {
    let class = facts.class.as_ref();
    let is_named = conditions(versions).any(|only| only.classes.iter().any(|name| name == class));
    let is_ours = class.replace('-', "_").parse::<AccountClass>().is_ok();
    ensure!(is_named || is_ours, "class: there is no class {class:?}");
    let Some(size) = &facts.meter_size else {
        return Ok(());
    };
    let sizes = sizes(versions);
    ensure!(
        sizes.is_empty() || sizes.contains(size.as_ref()),
        "meter_size: the schedule has no size {size:?}"
    );
    Ok(())
}

/// Every size of meter that the versions name.
fn sizes<'a>(versions: &[&'a RateSchedule]) -> HashSet<&'a str> {
    let mut sizes: HashSet<&str> = HashSet::new();
    for charge in versions.iter().flat_map(|version| &version.charges) {
        if let How::Fixed(Fixed { by_meter_size, .. })
        | How::Minimum(Bound { by_meter_size, .. })
        | How::Maximum(Bound { by_meter_size, .. }) = &charge.how
        {
            sizes.extend(by_meter_size.keys().map(String::as_str));
        }
        let only = charge.only.iter().flat_map(|only| &only.meter_sizes);
        sizes.extend(only.map(String::as_str));
    }
    sizes
}

fn names(facts: &Facts, versions: &[&RateSchedule]) -> anyhow::Result<()> {
    let counted = |name: &str| {
        let has = |version: &&RateSchedule| {
            version.measures.contains_key(name) || version.quantities.contains_key(name)
        };
        versions.iter().any(has)
    };
    let charged = |code: &str| {
        let charges = versions.iter().flat_map(|version| &version.charges);
        charges.into_iter().any(|charge| charge.code == code)
    };
    let intervals = facts.intervals.iter().map(|day| ("intervals", &day.name));
    let history = facts.history.iter().map(|past| ("history", &past.name));
    let peaks = facts.peaks.iter().map(|peak| ("peaks", &peak.name));
    for (at, name) in intervals.chain(history).chain(peaks) {
        ensure!(
            counted(name),
            "{at}: the schedule has no measure or quantity {name:?}"
        );
        let units: HashSet<_> = versions
            .iter()
            .filter_map(|version| version.measures.get(name.as_ref()))
            .collect();
        ensure!(
            units.len() < 2,
            "{at}: the versions count {name:?} in different units; price them one by one"
        );
    }
    for bank in &facts.bank {
        let code = bank.name.split('/').next().unwrap_or_default();
        ensure!(
            counted(&bank.name) || (bank.name.contains('/') && charged(code)),
            "bank: nothing in the schedule keeps a bank {:?}",
            bank.name
        );
    }
    for year in &facts.year_to_date {
        ensure!(
            charged(&year.code),
            "year_to_date: the schedule has no charge {:?}",
            year.code
        );
    }
    for factor in &facts.factors {
        let has = |version: &&RateSchedule| version.factors.contains_key(factor.name.as_ref());
        ensure!(
            versions.iter().any(has),
            "factors: the schedule has no factor {:?}",
            factor.name
        );
        let mut pairs = factor.values.windows(2);
        ensure!(
            pairs.all(|pair| matches!(pair, [one, next] if one.from < next.from)),
            "factors.{}: the dates must rise",
            factor.name
        );
    }
    Ok(())
}

fn intervals(facts: &Facts) -> anyhow::Result<()> {
    let mut seen = HashSet::new();
    for day in &facts.intervals {
        let at = || format!("intervals of {:?} on {}", day.name, day.day);
        ensure!(
            LENGTHS.contains(&day.minutes),
            "{}: an interval has 5, 15, 30 or 60 minutes, not {}",
            at(),
            day.minutes
        );
        ensure!(
            seen.insert((&day.name, day.day)),
            "{}: the day is there twice",
            at()
        );
        ensure!(
            hours_fit(day),
            "{}: {} values of {} minutes do not fill this day",
            at(),
            day.values.len(),
            day.minutes
        );
    }
    Ok(())
}

/// A day has 24 hours, except on the Sundays on which the clocks of the United States change, or where the clocks never change.
fn hours_fit(day: &IntervalDay) -> bool {
    let minutes = u64::try_from(day.values.len()).unwrap_or(u64::MAX);
    let minutes = minutes.saturating_mul(u64::from(day.minutes));
    let changes =
        |months: [u32; 2]| day.day.weekday() == Weekday::Sun && months.contains(&day.day.month());
    match minutes {
        1_440 => true,
        1_380 => changes([3, 4]) && is_change(day.day),
        1_500 => changes([10, 11]) && is_change(day.day),
        _ => false,
    }
}

/// Since 2007 the second Sunday of March and the first of November; before, the rule changed too often to be held against anybody.
fn is_change(day: NaiveDate) -> bool {
    matches!(
        (day.year(), day.month(), day.day()),
        (..2007, _, _) | (_, 3, 8..=14) | (_, 11, 1..=7)
    )
}

/// Earlier periods of a measure follow each other: one that is there twice, or reaches into another, would count twice in an average.
fn history(facts: &Facts) -> anyhow::Result<()> {
    let mut periods: Vec<_> = facts
        .history
        .iter()
        .map(|past| (&past.name, past.period.from, past.period.until))
        .collect();
    periods.sort_unstable();
    for (name, from, until) in &periods {
        ensure!(
            from < until,
            "history of {name:?}: a period from {from} until {until} has no days"
        );
    }
    for pair in periods.windows(2) {
        if let [(name, from, until), (other, next, next_until)] = pair {
            ensure!(
                name != other || next >= until,
                "history of {name:?}: the period from {next} until {next_until} has days of the one from {from} until {until}"
            );
        }
    }
    Ok(())
}

fn amounts(facts: &Facts) -> anyhow::Result<()> {
    let negative = |amount: Decimal| amount < Decimal::ZERO;
    for given in facts.measured.iter().filter(|one| one.unit == Unit::Each) {
        ensure!(
            !negative(given.amount) && given.amount.fract().is_zero(),
            "measured.{}: {} is no count; what is counted is a whole number, none or more",
            given.name,
            given.amount
        );
    }
    for past in &facts.history {
        ensure!(
            !negative(past.amount),
            "history of {:?} from {}: nobody uses less than nothing",
            past.name,
            past.period.from
        );
    }
    for bank in &facts.bank {
        ensure!(
            !negative(bank.amount),
            "bank.{}: a bank holds nothing or more",
            bank.name
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::period::Period;
    use crate::domain::rates::facts::{Measured, PastUse};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn february() -> Facts {
        Facts::of(Period::new(day("2026-02-01"), day("2026-03-01")).unwrap())
    }

    fn past(name: &'static str, from: &str, until: &str) -> PastUse {
        PastUse {
            name: name.into(),
            period: Period::new(day(from), day(until)).unwrap(),
            amount: Decimal::TEN,
        }
    }

    #[test]
    fn a_day_of_history_counts_once() {
        let told = |periods: [PastUse; 2]| {
            let mut facts = february();
            facts.history.extend(periods);
            history(&facts).map_err(|error| error.to_string())
        };
        let december = || past("water", "2025-12-01", "2026-01-01");
        assert_eq!(
            told([past("water", "2026-01-01", "2026-02-01"), december()]),
            Ok(())
        );
        assert_eq!(
            told([past("sewer", "2025-12-01", "2026-01-01"), december()]),
            Ok(())
        );
        for other in [
            december(),
            past("water", "2025-12-31", "2026-02-01"),
            past("water", "2025-11-01", "2026-02-01"),
        ] {
            let error = told([other, december()]).unwrap_err();
            assert!(error.contains("has days of the one from"), "{error}");
        }
        let error = told([past("water", "2026-01-01", "2026-01-01"), december()]).unwrap_err();
        assert!(error.contains("has no days"), "{error}");
    }

    #[test]
    fn what_is_counted_is_a_whole_number() {
        let told = |amount: &str, unit| {
            let mut facts = february();
            facts.measured.push(Measured {
                name: "carts".into(),
                amount: amount.parse().unwrap(),
                unit,
            });
            amounts(&facts).is_ok()
        };
        assert!(told("2", Unit::Each) && told("0", Unit::Each) && told("3.0", Unit::Each));
        assert!(!told("-2", Unit::Each) && !told("1.5", Unit::Each));
        assert!(told("1.5", Unit::Kwh));
    }
}
