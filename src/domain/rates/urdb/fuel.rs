//! The fuel adjustment of a URDB tariff: a price for each month and every kWh that is billed.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::domain::rates::facts::Banked;
use crate::domain::rates::numbers::Number;
use crate::domain::rates::schedule::{
    Charge, How, PeriodRate, Rate, RateSchedule, TimeOfUse, Usage,
};
use crate::domain::rates::urdb::UrdbError;
use crate::domain::rates::urdb::hours::{period_name, used};
use crate::domain::rates::urdb::tariff::{Structure, Tier, UrdbTariff};
use crate::domain::rates::urdb::to_schedule::{
    FED_BACK, Metering, TAKEN, by_months, charge, english,
};

const CODE: &str = "energy-fuel";

/// The prices of energy. A tariff that is netted and has a fuel adjustment alone counts energy at no price: something must keep the bank.
pub(super) fn energy(tariff: &UrdbTariff, metering: Metering) -> Option<Cow<'_, Structure>> {
    let is_bare = tariff.fuel_adjustments.is_some() && metering == Metering::Netted;
    match &tariff.energy {
        Some(energy) => Some(Cow::Borrowed(energy)),
        None if is_bare => Some(Cow::Owned(Structure {
            periods: vec![vec![Tier::free()]],
            weekday: [[0; 24]; 12],
            weekend: [[0; 24]; 12],
        })),
        None => None,
    }
}

/// Adds a charge for each run of months with one adjustment. Where energy fed back is netted, an adjustment goes with what is left of each
/// period's energy after it and after the bank, as the price of energy does.
pub(super) fn schedule(
    schedule: &mut RateSchedule,
    adjustments: &[Decimal],
    netted: Option<&Structure>,
) -> Result<(), UrdbError> {
    let mut by_month = [0; 12];
    for (place, slot) in by_month.iter_mut().enumerate() {
        *slot = adjustments
            .iter()
            .position(|value| Some(value) == adjustments.get(place))
            .unwrap_or(place);
    }
    let make = |place: usize| Ok(adjustment(adjustments.get(place).copied(), netted));
    by_months(schedule, (CODE, &by_month), make)
}

fn adjustment(price: Option<Decimal>, netted: Option<&Structure>) -> Charge {
    let rate = Rate {
        price: price.map(Number),
        ..Rate::default()
    };
    let how = match netted {
        Some(energy) => How::TimeOfUse(TimeOfUse {
            calendar: "energy".to_owned(),
            of: TAKEN.to_owned(),
            received: Some(FED_BACK.to_owned()),
            periods: used(energy)
                .map(|place| PeriodRate {
                    period: period_name(place),
                    label: english(&format!("Period {}", place + 1)),
                    register: None,
                    received_register: None,
                    rate: rate.clone(),
                })
                .collect(),
        }),
        None => How::Usage(Usage {
            of: TAKEN.to_owned(),
            rate,
        }),
    };
    charge(CODE.to_owned(), "Fuel adjustment", how)
}

/// The banks of energy once more for each of a schedule's fuel adjustments: the energy that an adjustment goes with is worked out by itself,
/// from the same bank.
pub(super) fn banks(schedule: &RateSchedule, energy: &[Banked]) -> Vec<Banked> {
    let codes = schedule.charges.iter().map(|charge| charge.code.as_str());
    let fuel = codes.filter(|code| code.starts_with(CODE));
    fuel.flat_map(|code| {
        energy.iter().filter_map(move |bank| {
            let period = bank.name.strip_prefix("energy/")?;
            Some(Banked {
                name: format!("{code}/{period}").into(),
                amount: bank.amount,
            })
        })
    })
    .collect()
}
