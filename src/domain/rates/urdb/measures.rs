//! What a month of a load comes to as facts: energy from the grid and into it, and the power of the tariff's demand window.

use rust_decimal::Decimal;

use crate::domain::period::Period;
use crate::domain::quantity::Unit;
use crate::domain::rates::facts::{Facts, IntervalDay, Measured};
use crate::domain::rates::numbers::OutOfRange;
use crate::domain::rates::urdb::bills::LoadDay;
use crate::domain::rates::urdb::tariff::UrdbTariff;
use crate::domain::rates::urdb::to_schedule::{FED_BACK, METERS, Metering, TAKEN, WINDOWED, power};

/// The amounts of a measure on each day.
fn measure(
    name: &'static str,
    days: &[&LoadDay],
    value: impl Fn(Decimal, Decimal) -> Option<Decimal>,
) -> Result<Vec<IntervalDay>, OutOfRange> {
    let of_day = |day: &&LoadDay| {
        let none = std::iter::repeat(Decimal::ZERO);
        let generation = day.generation.iter().copied().chain(none);
        let pairs = day.load.iter().copied().zip(generation);
        let values: Option<Vec<Decimal>> = pairs
            .map(|(load, generation)| value(load, generation))
            .collect();
        Ok(IntervalDay {
            name: name.into(),
            day: day.day,
            minutes: day.minutes,
            values: values.ok_or(OutOfRange)?,
        })
    };
    days.iter().map(of_day).collect()
}

/// Energy from the grid.
fn from_grid(load: Decimal, generation: Decimal) -> Option<Decimal> {
    Some(load.checked_sub(generation)?.max(Decimal::ZERO))
}

/// Energy into the grid.
fn into_grid(load: Decimal, generation: Decimal) -> Option<Decimal> {
    from_grid(generation, load)
}

/// What came from the grid in a month, and what went into it, interval by interval.
pub(super) fn exchanged(days: &[&LoadDay]) -> Result<(Decimal, Decimal), OutOfRange> {
    let total = |value: fn(Decimal, Decimal) -> Option<Decimal>| {
        let days = measure(TAKEN, days, value)?;
        sum(days.iter().flat_map(|day| day.values.iter().copied()))
    };
    Ok((total(from_grid)?, total(into_grid)?))
}

/// The sum, if it is exact.
pub(super) fn sum(mut amounts: impl Iterator<Item = Decimal>) -> Result<Decimal, OutOfRange> {
    amounts
        .try_fold(Decimal::ZERO, Decimal::checked_add)
        .ok_or(OutOfRange)
}

/// The measures of a month, as the way of metering sees them.
pub(super) fn month_facts(
    tariff: &UrdbTariff,
    period: Period,
    days: &[&LoadDay],
    metering: Metering,
) -> Result<Facts, OutOfRange> {
    let mut facts = Facts::of(period);
    facts.measured.push(Measured {
        name: METERS.into(),
        amount: Decimal::ONE,
        unit: Unit::Each,
    });
    let (taken, fed_back) = match metering {
        Metering::LoadOnly => (measure(TAKEN, days, |load, _| Some(load))?, Vec::new()),
        Metering::Netted | Metering::NetBilled => (
            measure(TAKEN, days, from_grid)?,
            measure(FED_BACK, days, into_grid)?,
        ),
        Metering::BuyAllSellAll => (
            measure(TAKEN, days, |load, _| Some(load))?,
            measure(FED_BACK, days, |_, generation| Some(generation))?,
        ),
    };
    if power(tariff) == WINDOWED {
        for day in &taken {
            facts.intervals.push(windowed(day, tariff.demand_window)?);
        }
    }
    facts.intervals.extend(taken);
    facts.intervals.extend(fed_back);
    Ok(facts)
}

/// The length of the intervals whose average power is demand: the tariff's window, aligned to the clock, where whole intervals fill it and it
/// fills an hour; else the load's own.
pub(super) fn window_over(window: Option<Decimal>, minutes: u32) -> u32 {
    let fits = |window: &u32| {
        minutes > 0
            && *window > 0
            && window.is_multiple_of(minutes)
            && 60_u32.is_multiple_of(*window)
    };
    window
        .filter(|window| window.fract().is_zero())
        .and_then(|window| u32::try_from(window).ok())
        .filter(fits)
        .unwrap_or(minutes)
}

fn windowed(day: &IntervalDay, window: Option<Decimal>) -> Result<IntervalDay, OutOfRange> {
    let minutes = window_over(window, day.minutes);
    let of_window = minutes.checked_div(day.minutes).unwrap_or(1).max(1);
    let of_window = usize::try_from(of_window).unwrap_or(1);
    let blocks = day.values.chunks(of_window);
    let values: Result<_, OutOfRange> = blocks.map(|block| sum(block.iter().copied())).collect();
    Ok(IntervalDay {
        name: WINDOWED.into(),
        day: day.day,
        minutes,
        values: values?,
    })
}
