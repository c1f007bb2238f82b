//! Monthly bills of a URDB tariff over a load: the components by which such bills are compared, unrounded.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::quantity::Unit;
use crate::domain::rates::compiled::{CalendarTable, CompiledVersion};
use crate::domain::rates::facts::{Banked, Facts, IntervalDay, Measured, PastPeak};
use crate::domain::rates::numbers::Ratio;
use crate::domain::rates::priced::PricingError;
use crate::domain::rates::urdb::fuel;
use crate::domain::rates::urdb::tariff::{Dated, Span, UrdbTariff};
use crate::domain::rates::urdb::to_schedule::{DEMAND, FED_BACK, METERS, Metering, TAKEN};
use crate::domain::rates::{intervals, price};

/// One day of a load and of the generation behind the same meter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadDay {
    /// The day.
    pub day: NaiveDate,
    /// The length of an interval in minutes.
    pub minutes: u32,
    /// Energy used in each interval.
    pub load: Vec<Decimal>,
    /// Energy generated in each interval; empty where there is none.
    pub generation: Vec<Decimal>,
}

/// One month's bill, by component, in unrounded dollars.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MonthBill {
    /// The month's first day.
    pub month: NaiveDate,
    /// Energy, less the credit for energy fed back.
    pub energy: Decimal,
    /// Fixed charges.
    pub fixed: Decimal,
    /// Demand of the whole month.
    pub demand_flat: Decimal,
    /// Demand by time of use.
    pub demand_tou: Decimal,
    /// All together, or the minimum.
    pub total: Decimal,
    /// The total, rounded once.
    pub total_cents: i64,
    /// Energy bought: the load, or what came from the grid where energy fed back is netted or billed.
    pub kwh: Decimal,
    /// The highest average power of it.
    pub peak_kw: Decimal,
    /// What concerns energy fed back, where it is billed.
    pub metering: Option<MeteringMonth>,
}

/// What concerns energy fed back in a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MeteringMonth {
    /// Energy from the grid.
    pub delivered: Decimal,
    /// Energy into the grid.
    pub received: Decimal,
    /// Energy left in the bank after the month, for net metering.
    pub bank: Option<Decimal>,
    /// Energy charges before the credit, and the credit, for net billing and buy-all, sell-all.
    pub credit: Option<(Decimal, Decimal)>,
}

/// Bills every month of a load.
///
/// # Errors
/// `IntervalGap` where a month's load is not whole, or a number leaves the exact range.
pub fn monthly(
    tariff: &UrdbTariff,
    version: &CompiledVersion,
    load: &[LoadDay],
    metering: Metering,
) -> Result<Vec<MonthBill>, PricingError> {
    let mut bills = Vec::with_capacity(12);
    let mut state = State::default();
    for period in months(load) {
        let days: Vec<&LoadDay> = load.iter().filter(|day| period.contains(day.day)).collect();
        bills.push(month_bill(version, period, (&days, metering), &mut state)?);
    }
    apply_minimums(&tariff.minimums, metering, &mut bills)?;
    Ok(bills)
}

/// What one month leaves for the next.
#[derive(Default)]
struct State {
    peaks: Vec<PastPeak>,
    bank: Vec<Banked>,
    last: Option<NaiveDate>,
}

/// The civil months of a load.
fn months(load: &[LoadDay]) -> Vec<Period> {
    let mut firsts: Vec<NaiveDate> = load.iter().filter_map(|day| day.day.with_day(1)).collect();
    firsts.sort_unstable();
    firsts.dedup();
    firsts
        .into_iter()
        .filter_map(|from| {
            Some(Period {
                from,
                until: from.checked_add_months(chrono::Months::new(1))?,
            })
        })
        .collect()
}

/// The amounts of a measure on each day.
fn measure(
    name: &'static str,
    days: &[&LoadDay],
    value: impl Fn(Decimal, Decimal) -> Decimal,
) -> Vec<IntervalDay> {
    days.iter()
        .map(|day| {
            let generation = day
                .generation
                .iter()
                .copied()
                .chain(std::iter::repeat(Decimal::ZERO));
            let values = day
                .load
                .iter()
                .copied()
                .zip(generation)
                .map(|(load, generation)| value(load, generation))
                .collect();
            IntervalDay {
                name: name.into(),
                day: day.day,
                minutes: day.minutes,
                values,
            }
        })
        .collect()
}

/// Energy from the grid.
fn from_grid(load: Decimal, generation: Decimal) -> Decimal {
    (load - generation).max(Decimal::ZERO)
}

/// Energy into the grid.
fn into_grid(load: Decimal, generation: Decimal) -> Decimal {
    (generation - load).max(Decimal::ZERO)
}

/// The measures of a month, as the way of metering sees them.
fn month_facts(period: Period, days: &[&LoadDay], metering: Metering) -> Facts {
    let mut facts = Facts::of(period);
    facts.measured.push(Measured {
        name: METERS.into(),
        amount: Decimal::ONE,
        unit: Unit::Each,
    });
    facts.intervals = match metering {
        Metering::LoadOnly => measure(TAKEN, days, |load, _| load),
        Metering::Netted | Metering::NetBilled => {
            let mut both = measure(TAKEN, days, from_grid);
            both.extend(measure(FED_BACK, days, into_grid));
            both
        }
        Metering::BuyAllSellAll => {
            let mut both = measure(TAKEN, days, |load, _| load);
            both.extend(measure(FED_BACK, days, |_, generation| generation));
            both
        }
    };
    facts
}

fn month_bill(
    version: &CompiledVersion,
    period: Period,
    (days, metering): (&[&LoadDay], Metering),
    state: &mut State,
) -> Result<MonthBill, PricingError> {
    let mut facts = month_facts(period, days, metering);
    facts.peaks.clone_from(&state.peaks);
    facts.bank = carried(version, state, period.from);
    let for_fuel = fuel::banks(&version.document, &facts.bank);
    facts.bank.extend(for_fuel);
    let bill = price(std::slice::from_ref(version), &facts)?;
    let peak_kw = intervals::peak(&facts, TAKEN)?.divided()?;
    let last = period.until.pred_opt().unwrap_or(period.until);
    state.peaks.push(PastPeak {
        name: DEMAND.into(),
        on: last,
        amount: peak_kw,
    });
    let of_energy = |bank: &&Banked| bank.name.starts_with("energy/");
    state.bank = bill.bank.iter().filter(of_energy).cloned().collect();
    state.last = Some(period.from);

    let sum = |prefix: &str| {
        let lines = bill.lines.iter().filter(|line| {
            version
                .charge(line.charge)
                .is_some_and(|charge| charge.charge.code.starts_with(prefix))
        });
        lines
            .into_iter()
            .try_fold(Ratio::ZERO, |sum, line| sum.plus(line.unrounded))
            .and_then(Ratio::divided)
    };
    let (gross, credit) = (sum("energy")?, sum("export")?);
    let total_of = |value: &dyn Fn(Decimal, Decimal) -> Decimal| -> Decimal {
        measure(TAKEN, days, value)
            .iter()
            .flat_map(|day| &day.values)
            .sum()
    };
    let fed_back = (metering != Metering::LoadOnly).then(|| MeteringMonth {
        delivered: total_of(&from_grid),
        received: total_of(&into_grid),
        bank: (metering == Metering::Netted)
            .then(|| state.bank.iter().map(|bank| bank.amount).sum()),
        credit: (metering != Metering::Netted).then_some((gross, -credit)),
    });
    let (fixed, demand_flat, demand_tou) = (sum("fixed")?, sum("demand-flat")?, sum("demand-tou")?);
    Ok(MonthBill {
        month: period.from,
        energy: gross + credit,
        fixed,
        demand_flat,
        demand_tou,
        total: gross + credit + fixed + demand_flat + demand_tou,
        total_cents: 0,
        kwh: intervals::total(&facts, TAKEN, period)?,
        peak_kw,
        metering: fed_back,
    })
}

/// The bank as this month finds it. Where a period of last month is not in force this month, its bank moves to the period that now has
/// its hours, looking at midnight, six, noon and eighteen on weekdays.
fn carried(version: &CompiledVersion, state: &State, from: NaiveDate) -> Vec<Banked> {
    let calendar = version
        .document
        .calendars
        .keys()
        .position(|name| name == "energy");
    let (Some(calendar), Some(last)) = (
        calendar.and_then(|place| version.calendars.get(place)),
        state.last,
    ) else {
        return state.bank.clone();
    };
    let mut carried: BTreeMap<String, Decimal> = BTreeMap::new();
    for bank in &state.bank {
        let name = bank.name.strip_prefix("energy/").unwrap_or(&bank.name);
        let target = moved(calendar, name, (last, from)).unwrap_or(name);
        *carried.entry(format!("energy/{target}")).or_default() += bank.amount;
    }
    carried
        .into_iter()
        .map(|(name, amount)| Banked {
            name: name.into(),
            amount,
        })
        .collect()
}

fn moved<'a>(
    calendar: &'a CalendarTable,
    name: &str,
    (last, this): (NaiveDate, NaiveDate),
) -> Option<&'a str> {
    let weekday = |day: NaiveDate| {
        let [weekday, _] = calendar.periods.get(usize::try_from(day.month0()).ok()?)?;
        Some(weekday)
    };
    let (before, now) = (weekday(last)?, weekday(this)?);
    let place = u8::try_from(calendar.names.iter().position(|known| known == name)?).ok()?;
    if now.contains(&place) {
        return None;
    }
    let hour = [0, 6, 12, 18]
        .into_iter()
        .find(|hour| before.get(*hour) == Some(&place))?;
    calendar
        .names
        .get(usize::from(*now.get(hour)?))
        .map(String::as_str)
}

/// Raises months to their minimum, and December to that of the year; then rounds each total once. Where all generation is sold, the
/// minimum is of what is bought: the pay for what is sold comes off afterwards.
fn apply_minimums(
    minimums: &[Dated],
    metering: Metering,
    bills: &mut [MonthBill],
) -> Result<(), PricingError> {
    let sold = |bill: &MonthBill| {
        let credit = bill.metering.and_then(|metering| metering.credit);
        credit
            .filter(|_| metering == Metering::BuyAllSellAll)
            .map_or(Decimal::ZERO, |(_, credit)| credit)
    };
    for bill in bills.iter_mut() {
        bill.total += sold(bill);
    }
    for minimum in minimums {
        match minimum.per {
            Span::Month | Span::Day => {
                let days = if minimum.per == Span::Day {
                    Decimal::from(365)
                } else {
                    Decimal::from(12)
                };
                let least = Ratio::of(minimum.amount)
                    .times_decimal(days)?
                    .over(Decimal::from(12))?
                    .divided()?;
                for bill in bills.iter_mut() {
                    bill.total = bill.total.max(least);
                }
            }
            Span::Year => {
                for end in 0..bills.len() {
                    let (before, rest) = bills.split_at_mut(end);
                    let Some(december) = rest.first_mut().filter(|bill| bill.month.month() == 12)
                    else {
                        continue;
                    };
                    let year = december.month.year();
                    let earlier: Decimal = before
                        .iter()
                        .filter(|bill| bill.month.year() == year)
                        .map(|bill| bill.total)
                        .sum();
                    let shortfall = minimum.amount - earlier - december.total;
                    december.total += shortfall.max(Decimal::ZERO);
                }
            }
        }
    }
    for bill in bills {
        bill.total -= sold(bill);
        bill.total_cents = Money::from_charge(bill.total)?.cents();
    }
    Ok(())
}
