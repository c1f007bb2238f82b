//! Monthly bills of a URDB tariff over a load: the components by which such bills are compared, unrounded.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::period::Period;
use crate::domain::rates::compiled::{CalendarTable, CompiledVersion};
use crate::domain::rates::facts::{Banked, Facts, PastPeak};
use crate::domain::rates::numbers::{OutOfRange, Ratio};
use crate::domain::rates::priced::PricingError;
use crate::domain::rates::urdb::fuel;
use crate::domain::rates::urdb::measures::{exchanged, month_facts, sum as sum_of, window_over};
use crate::domain::rates::urdb::minimums;
use crate::domain::rates::urdb::tariff::{Span, UrdbTariff};
use crate::domain::rates::urdb::to_schedule::{DEMAND, Metering, TAKEN, power};
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
        let facts = month_facts(tariff, period, &days, metering)?;
        let exchanged = match metering {
            Metering::LoadOnly => (Decimal::ZERO, Decimal::ZERO),
            Metering::Netted | Metering::NetBilled | Metering::BuyAllSellAll => exchanged(&days)?,
        };
        let by = (version, power(tariff));
        bills.push(month_bill(by, facts, (exchanged, metering), &mut state)?);
    }
    minimums::apply(&tariff.minimums, metering, &mut bills)?;
    Ok(bills)
}

/// What a load does not let us price as the tariff says.
#[must_use]
pub fn notes(tariff: &UrdbTariff, load: &[LoadDay]) -> Vec<String> {
    let mut notes = Vec::new();
    let minutes = load.first().map_or(60, |day| day.minutes);
    let window = tariff.demand_window;
    if let Some(window) =
        window.filter(|given| *given != Decimal::from(window_over(window, minutes)))
    {
        notes.push(format!(
            "demandwindow is {} minutes: demand is the highest average over the load's own intervals",
            window.normalize()
        ));
    }
    let over = months(load).len() % minimums::YEAR;
    let has_yearly = tariff
        .minimums
        .iter()
        .any(|minimum| minimum.per == Span::Year);
    if has_yearly && over > 0 {
        notes.push(format!(
            "the minimum of a year is settled in the last of twelve months: the load's last months, {over}, are no whole year and carry none"
        ));
    }
    notes
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

fn month_bill(
    (version, power): (&CompiledVersion, &str),
    mut facts: Facts,
    ((delivered, received), metering): ((Decimal, Decimal), Metering),
    state: &mut State,
) -> Result<MonthBill, PricingError> {
    let period = facts.period;
    let kwh = intervals::total(&facts, TAKEN, period)?;
    facts.peaks.clone_from(&state.peaks);
    facts.bank = carried(version, state, period.from)?;
    let for_fuel = fuel::banks(&version.document, &facts.bank);
    facts.bank.extend(for_fuel);
    let bill = price(std::slice::from_ref(version), &facts)?;
    let peak_kw = intervals::peak(&facts, power)?.divided()?;
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
    let banked = (metering == Metering::Netted)
        .then(|| sum_of(state.bank.iter().map(|bank| bank.amount)))
        .transpose()?;
    let fed_back = (metering != Metering::LoadOnly).then(|| MeteringMonth {
        delivered,
        received,
        bank: banked,
        credit: (metering != Metering::Netted).then_some((gross, -credit)),
    });
    let (fixed, demand_flat, demand_tou) = (sum("fixed")?, sum("demand-flat")?, sum("demand-tou")?);
    Ok(MonthBill {
        month: period.from,
        energy: sum_of([gross, credit].into_iter())?,
        fixed,
        demand_flat,
        demand_tou,
        total: sum_of([gross, credit, fixed, demand_flat, demand_tou].into_iter())?,
        total_cents: 0,
        kwh,
        peak_kw,
        metering: fed_back,
    })
}

/// The bank as this month finds it. Where a period of last month is not in force this month, its bank moves to the period that now has
/// its hours, looking at midnight, six, noon and eighteen on weekdays.
fn carried(
    version: &CompiledVersion,
    state: &State,
    from: NaiveDate,
) -> Result<Vec<Banked>, OutOfRange> {
    let calendar = version
        .document
        .calendars
        .keys()
        .position(|name| name == "energy");
    let (Some(calendar), Some(last)) = (
        calendar.and_then(|place| version.calendars.get(place)),
        state.last,
    ) else {
        return Ok(state.bank.clone());
    };
    let mut carried: BTreeMap<String, Decimal> = BTreeMap::new();
    for bank in &state.bank {
        let name = bank.name.strip_prefix("energy/").unwrap_or(&bank.name);
        let target = moved(calendar, name, (last, from)).unwrap_or(name);
        let kept = carried.entry(format!("energy/{target}")).or_default();
        *kept = sum_of([*kept, bank.amount].into_iter())?;
    }
    let banked = |(name, amount): (String, Decimal)| Banked {
        name: name.into(),
        amount,
    };
    Ok(carried.into_iter().map(banked).collect())
}

fn moved<'a>(
    calendar: &'a CalendarTable,
    name: &str,
    (last, this): (NaiveDate, NaiveDate),
) -> Option<&'a str> {
    let weekday = |day: NaiveDate| {
        let [weekday, ..] = calendar.periods.get(usize::try_from(day.month0()).ok()?)?;
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
