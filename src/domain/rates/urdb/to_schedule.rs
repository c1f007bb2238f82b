//! A URDB tariff as a rate schedule of our own, which the engine prices like any other.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::commodity::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::rates::calendars::{MonthDay, Season};
use crate::domain::rates::numbers::Number;
use crate::domain::rates::quantities::{QuantityRule, Step};
use crate::domain::rates::schedule::{
    Block, Bound, Charge, Demand, Fixed, Format, How, Per, PeriodRate, Proration, Rate,
    RateSchedule, Thresholds, TimeOfUse, TimeOfUseDemand, Usage, Words,
};
use crate::domain::rates::urdb::UrdbError;
use crate::domain::rates::urdb::fuel;
use crate::domain::rates::urdb::hours::{calendar, period_name, runs, used};
use crate::domain::rates::urdb::lookback::Lookback;
use crate::domain::rates::urdb::tariff::{Dated, Span, Structure, Tier, UrdbTariff};

/// How energy fed back is billed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metering {
    /// The load alone is billed.
    LoadOnly,
    /// Energy fed back is netted by the month, the surplus kept as kWh for later months.
    Netted,
    /// Every kWh taken is billed and every kWh fed back credited at the sell price, hour by hour.
    NetBilled,
    /// All load is billed, and all generation paid for at the sell price.
    BuyAllSellAll,
}

/// The measure of energy that is bought.
pub(super) const TAKEN: &str = "usage";
/// The measure of energy that is sold.
pub(super) const FED_BACK: &str = "received";
/// The measure of the highest power.
pub(super) const DEMAND: &str = "demand";
/// The measure of energy by the tariff's demand window.
pub(super) const WINDOWED: &str = "demand_window";
/// The measure of meters, always one.
pub(super) const METERS: &str = "meters";
const AVERAGE_DAYS: &str = "average_days_of_a_month";

/// The measure whose intervals demand is the highest average power of.
pub(super) const fn power(tariff: &UrdbTariff) -> &'static str {
    match tariff.demand_window {
        Some(_) => WINDOWED,
        None => TAKEN,
    }
}

/// The schedule that a tariff comes to.
///
/// # Errors
/// `Unsupported` where blocks are counted in a way that is not known, or energy fed back has no price.
pub fn to_schedule(
    tariff: &UrdbTariff,
    metering: Metering,
    sell_price: Option<Decimal>,
) -> Result<RateSchedule, UrdbError> {
    let mut schedule = empty(tariff);
    for (place, charge) in tariff.fixed.iter().enumerate() {
        schedule.charges.push(fixed(*charge, place));
    }
    let energy = fuel::energy(tariff, metering);
    if let Some(energy) = energy.as_deref() {
        schedule
            .calendars
            .insert("energy".to_owned(), calendar(energy));
        schedule.charges.push(energy_charge(energy, metering)?);
    }
    if let Some(adjustments) = &tariff.fuel_adjustments {
        let netted = energy.as_deref().filter(|_| metering == Metering::Netted);
        fuel::schedule(&mut schedule, adjustments, netted)?;
    }
    if matches!(metering, Metering::NetBilled | Metering::BuyAllSellAll) {
        schedule
            .charges
            .push(export_credit(tariff.energy.as_ref(), sell_price)?);
    }
    if let Some((periods, by_month)) = &tariff.flat_demand {
        flat_demand(&mut schedule, (periods, by_month), tariff.ratchet.as_ref())?;
    }
    if let Some(demand) = &tariff.demand {
        schedule
            .calendars
            .insert("demand".to_owned(), calendar(demand));
        schedule.charges.push(demand_charge(demand, power(tariff))?);
    }
    for (place, charge) in tariff.minimums.iter().enumerate() {
        schedule.charges.push(minimum(*charge, place));
    }
    Ok(schedule)
}

pub(super) fn english(text: &str) -> Words {
    Words::from([("en".to_owned(), text.to_owned())])
}

fn empty(tariff: &UrdbTariff) -> RateSchedule {
    let measures = [
        (TAKEN, Unit::Kwh),
        (FED_BACK, Unit::Kwh),
        (WINDOWED, Unit::Kwh),
        (DEMAND, Unit::Kw),
        (METERS, Unit::Each),
    ];
    let average = QuantityRule {
        of: METERS.to_owned(),
        unit: Some(Unit::Day),
        label: Words::new(),
        steps: vec![
            Step::Times(Number(Decimal::from(365))),
            Step::DivideBy(Number(Decimal::from(12))),
        ],
    };
    RateSchedule {
        format: Format::One,
        code: tariff.label.clone(),
        version: 1,
        effective_from: tariff
            .start
            .or_else(|| NaiveDate::from_ymd_opt(1970, 1, 1))
            .unwrap_or_default(),
        name: english(&tariff.name),
        service: Commodity::Electric,
        source: (!tariff.utility.is_empty()).then(|| tariff.utility.clone()),
        fund: None,
        measures: measures
            .into_iter()
            .map(|(name, unit)| (name.to_owned(), unit))
            .collect(),
        peaks: BTreeMap::from([(DEMAND.to_owned(), power(tariff).to_owned())]),
        quantities: BTreeMap::from([(AVERAGE_DAYS.to_owned(), average)]),
        factors: BTreeMap::new(),
        seasons: BTreeMap::new(),
        calendars: BTreeMap::new(),
        proration: Proration::default(),
        charges: Vec::new(),
    }
}

pub(super) fn charge(code: String, label: &str, how: How) -> Charge {
    Charge {
        code,
        label: english(label),
        how,
        season: None,
        only: None,
        prorate: true,
        fund: None,
        gl: None,
    }
}

/// A charge by the day counts 365/12 days in every month, as in the database's own calculations.
fn fixed(charge_given: Dated, place: usize) -> Charge {
    let (per, times) = match charge_given.per {
        Span::Day => (Per::Month, Some(AVERAGE_DAYS.to_owned())),
        Span::Month => (Per::Month, None),
        Span::Year => (Per::Year, None),
    };
    let fixed = Fixed {
        amount: Some(Number(charge_given.amount)),
        per,
        times,
        ..Fixed::default()
    };
    charge(format!("fixed-{place}"), "Fixed charge", How::Fixed(fixed))
}

fn minimum(charge_given: Dated, place: usize) -> Charge {
    let (per, times) = match charge_given.per {
        Span::Day => (Per::Month, Some(AVERAGE_DAYS.to_owned())),
        Span::Month => (Per::Month, None),
        Span::Year => (Per::Year, None),
    };
    let bound = Bound {
        amount: Some(Number(charge_given.amount)),
        by_meter_size: BTreeMap::new(),
        per,
        times,
        of: Vec::new(),
        settles: None,
    };
    charge(
        format!("minimum-{place}"),
        "Minimum charge",
        How::Minimum(bound),
    )
}

/// What blocks' ends are counted in. The last has no end, so it need not say; one that says something else is not understood.
fn thresholds(tiers: &[Tier], field: &str) -> Result<Thresholds, UrdbError> {
    let mut units = tiers.iter().map(|tier| tier.unit.replace(' ', ""));
    let first = units.next().unwrap_or_default();
    let refused = |found: String, why| UrdbError::Unsupported {
        field: format!("{field} unit"),
        found,
        why,
    };
    let last = tiers.len().saturating_sub(1);
    let differs = |(place, unit): (usize, String)| {
        unit != first && !(place == last && unit == Tier::free().unit)
    };
    if (1..).zip(units).any(differs) {
        let found = tiers
            .iter()
            .map(|tier| tier.unit.as_str())
            .collect::<Vec<_>>()
            .join(", ");
        return Err(refused(
            found,
            "the tiers of a period must be counted in one unit",
        ));
    }
    let by_demand = Some(DEMAND.to_owned());
    match first.as_str() {
        "kwh" => Ok(Thresholds {
            per: Per::Month,
            times: None,
        }),
        "kwhdaily" => Ok(Thresholds {
            per: Per::Day,
            times: None,
        }),
        "kwh/kw" => Ok(Thresholds {
            per: Per::Month,
            times: by_demand,
        }),
        "kwh/kwdaily" => Ok(Thresholds {
            per: Per::Day,
            times: by_demand,
        }),
        _ => Err(refused(
            first,
            "only kWh, kWh daily, kWh/kW and kWh/kW daily are known",
        )),
    }
}

/// The price of energy in a period. The last tier has no end, whatever the file says; one that ends before it begins holds nothing.
fn rate(
    tiers: &[Tier],
    thresholds: Thresholds,
    price: impl Fn(&Tier) -> Decimal,
    field: &str,
) -> Result<Rate, UrdbError> {
    if let [only] = tiers {
        return Ok(Rate {
            price: Some(Number(price(only))),
            ..Rate::default()
        });
    }
    let mut blocks = Vec::with_capacity(tiers.len());
    let mut floor = Decimal::ZERO;
    for (place, tier) in tiers.iter().enumerate() {
        let is_last = place + 1 == tiers.len();
        if tier.max.is_none() && !is_last {
            let found = format!("tier {}", place + 1);
            return Err(UrdbError::Unsupported {
                field: field.to_owned(),
                found,
                why: "it has no max, and another tier follows",
            });
        }
        let end = tier.max.filter(|_| !is_last);
        if end.is_some_and(|end| end <= floor) {
            continue;
        }
        floor = end.unwrap_or(floor);
        blocks.push(Block {
            up_to: end.map(Number),
            price: Number(price(tier)),
            ..Block::default()
        });
    }
    Ok(Rate {
        blocks,
        thresholds,
        ..Rate::default()
    })
}

fn period_rates(
    structure: &Structure,
    field: &str,
    price: impl Fn(&Tier) -> Decimal + Copy,
) -> Result<Vec<PeriodRate>, UrdbError> {
    let is_energy = field == "energyratestructure";
    let mut rates = Vec::with_capacity(structure.periods.len());
    for place in used(structure) {
        let tiers = structure.periods.get(place).map_or(&[][..], Vec::as_slice);
        let path = format!("{field}[{place}]");
        let ends = if is_energy {
            thresholds(tiers, &path)?
        } else {
            Thresholds::default()
        };
        rates.push(PeriodRate {
            period: period_name(place),
            label: english(&format!("Period {}", place + 1)),
            register: None,
            received_register: None,
            rate: rate(tiers, ends, price, &path)?,
        });
    }
    Ok(rates)
}

fn energy_charge(energy: &Structure, metering: Metering) -> Result<Charge, UrdbError> {
    let tou = TimeOfUse {
        calendar: "energy".to_owned(),
        of: TAKEN.to_owned(),
        received: (metering == Metering::Netted).then(|| FED_BACK.to_owned()),
        periods: period_rates(energy, "energyratestructure", |tier| tier.price)?,
    };
    Ok(charge("energy".to_owned(), "Energy", How::TimeOfUse(tou)))
}

/// The credit for energy fed back: at one sell price, or at those of the tariff.
fn export_credit(
    energy: Option<&Structure>,
    sell_price: Option<Decimal>,
) -> Result<Charge, UrdbError> {
    let how = match (sell_price, energy) {
        (Some(price), _) => How::Usage(Usage {
            of: FED_BACK.to_owned(),
            rate: Rate {
                price: Some(Number(-price)),
                ..Rate::default()
            },
        }),
        (None, Some(energy))
            if energy
                .periods
                .iter()
                .flatten()
                .any(|tier| tier.sell.is_some()) =>
        {
            How::TimeOfUse(TimeOfUse {
                calendar: "energy".to_owned(),
                of: FED_BACK.to_owned(),
                received: None,
                periods: period_rates(energy, "energyratestructure", |tier| {
                    -tier.sell.unwrap_or_default()
                })?,
            })
        }
        (None, _) => {
            return Err(UrdbError::NoSellPrice);
        }
    };
    Ok(charge(
        "export".to_owned(),
        "Credit for energy fed back",
        how,
    ))
}

/// One charge for each run of months, or one for all the year.
pub(super) fn by_months(
    schedule: &mut RateSchedule,
    (code, by_month): (&str, &[usize; 12]),
    make: impl Fn(usize) -> Result<Charge, UrdbError>,
) -> Result<(), UrdbError> {
    let runs = runs(by_month);
    let [first, ..] = *by_month;
    if runs.is_empty() {
        schedule.charges.push(Charge {
            code: code.to_owned(),
            ..make(first)?
        });
    }
    for (number, (place, from, until)) in runs.into_iter().enumerate() {
        let name = format!("{code}-{number}");
        let season = Season {
            from: MonthDay::first_of(from),
            until: MonthDay::first_of(until),
        };
        schedule.seasons.insert(name.clone(), season);
        schedule.charges.push(Charge {
            code: name.clone(),
            season: Some(name),
            ..make(place)?
        });
    }
    Ok(())
}

fn flat_demand(
    schedule: &mut RateSchedule,
    (periods, by_month): (&[Vec<Tier>], &[usize; 12]),
    ratchet: Option<&Lookback>,
) -> Result<(), UrdbError> {
    let make = |place: usize| {
        let tiers = periods.get(place).map_or(&[][..], Vec::as_slice);
        let demand = Demand {
            of: DEMAND.to_owned(),
            rate: rate(
                tiers,
                Thresholds::default(),
                |tier| tier.price,
                &format!("flatdemandstructure[{place}]"),
            )?,
            ratchet: ratchet.map(Lookback::to_ratchet),
            at_least: None,
        };
        Ok(charge(
            "demand-flat".to_owned(),
            "Demand",
            How::Demand(demand),
        ))
    };
    by_months(schedule, ("demand-flat", by_month), make)
}

fn demand_charge(demand: &Structure, power: &str) -> Result<Charge, UrdbError> {
    let tou = TimeOfUseDemand {
        calendar: "demand".to_owned(),
        of: power.to_owned(),
        periods: period_rates(demand, "demandratestructure", |tier| tier.price)?,
    };
    Ok(charge(
        "demand-tou".to_owned(),
        "Demand by time of use",
        How::TimeOfUseDemand(tou),
    ))
}
