//! Winter averages: what a customer used in the past winter, in place of what they use now.

use chrono::{Datelike, Days, Months, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::period::Period;
use crate::domain::rates::compiled::{CompiledVersion, CompiledWinter, PastName};
use crate::domain::rates::determine;
use crate::domain::rates::facts::{Facts, PastUse};
use crate::domain::rates::numbers::Ratio;
use crate::domain::rates::priced::PricingError;
use crate::domain::rates::proration;
use crate::domain::rates::quantities::Newcomer;
use crate::domain::rates::schedule::Per;

/// The average of the past winter for as many months as the period counts, or what a newcomer has instead.
///
/// # Errors
/// `OutOfRange`.
pub(super) fn average(
    version: &CompiledVersion,
    facts: &Facts,
    winter: &CompiledWinter,
    actual: Ratio,
) -> Result<Ratio, PricingError> {
    let share = proration::share(version, facts, facts.period, true)?;
    let months = proration::count(Per::Month, share, facts, facts.period)?;
    let Some(window) = window(winter, facts.period.from) else {
        return Ok(actual);
    };
    let (mut sum, mut days, mut periods) = (Ratio::ZERO, 0_u32, 0_usize);
    for (name, past) in given(facts, winter) {
        let middle = past
            .period
            .from
            .checked_add_days(Days::new(u64::from(past.period.days() / 2)));
        let counts = |day: NaiveDate| window.contains(day) && winter.is_winter(day);
        if middle.is_some_and(counts) {
            sum = sum.plus(carried(name, past)?)?;
            days = days.saturating_add(past.period.days());
            periods = periods.saturating_add(1);
        }
    }
    if periods < winter.least_periods || days == 0 {
        return Ok(match winter.newcomer {
            Newcomer::Actual => actual,
            Newcomer::ActualUpTo(most) => actual.lesser(months.times_decimal(most.0)?)?,
            Newcomer::Default(amount) => months.times_decimal(amount.0)?,
        });
    }
    let month = match winter.normal_days {
        Some(normal) => sum
            .times_decimal(normal.numerator)?
            .over(Decimal::from(normal.denominator))?
            .over(Decimal::from(days))?,
        None => {
            let cycles = Decimal::from(u64::try_from(periods).unwrap_or(1))
                .checked_mul(Decimal::from(facts.cycle.months.max(1)));
            sum.over(cycles.unwrap_or(Decimal::ONE))?
        }
    };
    Ok(month.times(months)?)
}

/// The earlier use that the facts give, by the first of its names that they have any of.
fn given<'a>(
    facts: &'a Facts,
    winter: &'a CompiledWinter,
) -> impl Iterator<Item = (&'a PastName, &'a PastUse)> {
    let of = |name: &'a PastName| {
        let history = facts.history.iter();
        history.filter(move |past| past.name == name.name)
    };
    let name = winter.history.iter().find(|name| of(name).next().is_some());
    name.into_iter()
        .flat_map(move |name| of(name).map(move |past| (name, past)))
}

/// Earlier use after the steps that the present use goes through before it is averaged, so that both are of one kind.
fn carried(name: &PastName, past: &PastUse) -> Result<Ratio, PricingError> {
    let mut amount = Ratio::of(past.amount);
    for step in &name.steps {
        amount = determine::by_number(step, amount)?;
    }
    Ok(amount)
}

/// The year before the last day on which a new average came into force.
pub(super) fn window(winter: &CompiledWinter, on: NaiveDate) -> Option<Period> {
    let this_year = NaiveDate::from_ymd_opt(on.year(), winter.new_from, 1)?;
    let until = if this_year <= on {
        this_year
    } else {
        this_year.checked_sub_months(Months::new(12))?
    };
    Period::new(until.checked_sub_months(Months::new(12))?, until)
}
