//! What the next bill will likely come to: the use so far, the rest of the days at a low, a likely and a high daily use, priced by the same
//! engine as the bill itself.
//!
//! The daily uses are those that the customer knows: so far in this period, on the last bill, on the bill of a year earlier. The band runs
//! from the lowest of them to the highest, five percent wider on both sides; it narrows day by day and closes when every day is counted. Where
//! weather is known, the days left of electricity and gas go by it instead (`degree_days`).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::bill_case::{AccountCase, Part, ServiceCase, Tariff, Tariffs};
use crate::domain::bill_facts::{Metered, facts_of, water_to_sewer};
use crate::domain::commodity::Commodity;
use crate::domain::ids::ServiceAgreementId;
use crate::domain::metered::Counted;
use crate::domain::meters::{Channel, MeterKind};
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::quantity::Quantity;
use crate::domain::rates;
use crate::domain::rates::priced::PricedBill;
use crate::domain::reads::ReadQuality;

/// Days of a period after which its own daily use is the likely one for the rest: a week, with its weekend.
pub const OWN_DAYS: u32 = 7;

/// What is known of a period's use before it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SoFar {
    /// Days that are counted.
    pub days: u32,
    /// What they used.
    pub used: Decimal,
}

/// Use that would not be without what runs unnoticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extra {
    /// Of which service.
    pub commodity: Commodity,
    /// How much a day.
    pub a_day: Decimal,
    /// The first day of it.
    pub since: NaiveDate,
}

impl Extra {
    /// How much of it falls into a part of a period if it goes on: nothing comes of the days before it began.
    #[must_use]
    pub fn within(&self, part: Period) -> Decimal {
        let days = Period {
            from: part.from.max(self.since),
            until: part.until,
        };
        self.a_day * Decimal::from(days.days())
    }
}

/// A low, a likely and a high value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band<T> {
    /// With the lowest daily use that is known.
    pub low: T,
    /// What is likely.
    pub likely: T,
    /// With the highest.
    pub high: T,
}

/// The use of a whole period from the days counted so far and the daily use of earlier bills; nothing where neither is known.
#[must_use]
pub fn band(days: u32, so_far: SoFar, a_day: &[Decimal]) -> Option<Band<Decimal>> {
    let own = so_far
        .used
        .checked_div(Decimal::from(so_far.days))
        .filter(|_| so_far.days >= OWN_DAYS);
    let known: Vec<Decimal> = a_day.iter().copied().chain(own).collect();
    let sum: Decimal = known.iter().sum();
    let likely = match own {
        Some(own) => own,
        None => sum.checked_div(Decimal::from(known.len()))?,
    };
    around(days, so_far, (likely, &known))
}

/// The use of a whole period from the days counted so far, a likely use of each day left and the daily uses that may come instead; nothing
/// where there are none.
#[must_use]
pub fn around(
    days: u32,
    so_far: SoFar,
    (likely, known): (Decimal, &[Decimal]),
) -> Option<Band<Decimal>> {
    let (low, high) = (known.iter().min()?, known.iter().max()?);
    let left = Decimal::from(days.saturating_sub(so_far.days));
    let (narrower, wider) = (Decimal::new(95, 2), Decimal::new(105, 2));
    Some(Band {
        low: so_far.used + left * low * narrower,
        likely: so_far.used + left * likely,
        high: so_far.used + left * high * wider,
    })
}

/// The one part of the period in which a service is on; nothing where there are several.
#[must_use]
pub fn part_of(service: &ServiceCase) -> Option<Period> {
    match service.parts().as_slice() {
        [part] => Some(part.days),
        _ => None,
    }
}

/// What the account's next bill comes to with these uses of its metered services; nothing where a service of it is priced by something
/// else than what its meter counts in the whole period, or is on only in parts.
#[must_use]
pub fn total(
    case: &AccountCase,
    tariffs: &Tariffs,
    used: &BTreeMap<ServiceAgreementId, Quantity>,
) -> Option<Money> {
    let priced = priced(case, tariffs, used)?;
    let total = priced.iter().map(|(_, bill)| bill.total).sum();
    (!priced.is_empty()).then_some(total)
}

/// The lines of each service, with its schedule, for these uses of the metered ones; nothing where [`total`] says nothing.
#[must_use]
pub fn priced<'a>(
    case: &AccountCase,
    tariffs: &'a Tariffs,
    used: &BTreeMap<ServiceAgreementId, Quantity>,
) -> Option<Vec<(&'a Tariff, PricedBill)>> {
    let mut counted: Vec<(Period, Vec<Counted>)> = Vec::with_capacity(case.services.len());
    for service in &case.services {
        counted.push((part_of(service)?, count(service, used)?));
    }
    let mut bills = Vec::with_capacity(case.services.len());
    for (service, (part, own)) in case.services.iter().zip(&counted) {
        let of_water = case
            .services
            .iter()
            .zip(&counted)
            .filter(|(service, _)| service.commodity == Commodity::Water)
            .map(|(_, (part, counted))| (*part, counted.as_slice()));
        let metered = Metered {
            own,
            water: water_to_sewer(of_water, *part),
        };
        let tariff = tariffs.by_code.get(&service.rate_code)?;
        if tariff.asks_for_intervals(*part) || tariff.is_net(*part) {
            return None;
        }
        let based = facts_of(
            case,
            service,
            (Part::whole(*part), metered),
            (tariffs, tariff),
            &service.carried,
        );
        bills.push((tariff, rates::price(&tariff.versions, &based.facts).ok()?));
    }
    Some(bills)
}

/// What a service's meter will have counted; nothing for a meter whose count is not simply what is charged.
fn count(
    service: &ServiceCase,
    used: &BTreeMap<ServiceAgreementId, Quantity>,
) -> Option<Vec<Counted>> {
    let is_plain = |register: &crate::domain::metered::RegisterInPlace| {
        register.kind != MeterKind::Deduct
            && !matches!(register.channel, Channel::Received | Channel::Demand)
    };
    if !service.registers.iter().all(is_plain) {
        return None;
    }
    let Some(register) = service.registers.first() else {
        return Some(Vec::new());
    };
    Some(vec![Counted {
        register: register.id,
        channel: register.channel,
        is_deduct: false,
        quantity: *used.get(&service.agreement)?,
        quality: ReadQuality::Estimated,
        reads: Vec::new(),
        days: None,
        estimates_in_a_row: None,
    }])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_first_week_goes_by_earlier_bills_and_then_by_itself() {
        let so_far = |days, used: i64| SoFar {
            days,
            used: Decimal::from(used),
        };
        let a_day = [Decimal::from(10), Decimal::from(20)];
        let early = band(30, so_far(3, 90), &a_day).unwrap();
        assert_eq!(early.likely, Decimal::from(90 + 27 * 15));
        assert_eq!(early.low, Decimal::from(90) + Decimal::new(27 * 10 * 95, 2));
        let later = band(30, so_far(10, 300), &a_day).unwrap();
        assert_eq!(later.likely, Decimal::from(300 + 20 * 30));
        assert_eq!(band(30, so_far(3, 90), &[]), None);
    }

    #[test]
    fn what_runs_counts_from_the_day_on_which_it_began() {
        let day = |text: &str| text.parse().unwrap();
        let part = Period::new(day("2026-07-01"), day("2026-08-01")).unwrap();
        let within = |since: &str| {
            let extra = Extra {
                commodity: Commodity::Water,
                a_day: Decimal::TEN,
                since: day(since),
            };
            extra.within(part)
        };
        assert_eq!(within("2026-07-22"), Decimal::from(100));
        assert_eq!(within("2026-06-03"), Decimal::from(310));
        assert_eq!(within("2026-08-02"), Decimal::ZERO);
    }

    proptest! {
        #[test]
        fn the_band_holds_what_is_likely_and_closes_with_the_period(
            days in 1_u32..95, counted in 0_u32..95, used in 0_i64..90_000, a_day in prop::collection::vec(0_i64..3_000, 1..4),
        ) {
            let a_day: Vec<Decimal> = a_day.into_iter().map(Decimal::from).collect();
            let so_far = SoFar { days: counted.min(days), used: Decimal::from(used) };
            let band = band(days, so_far, &a_day).unwrap();
            prop_assert!(so_far.used <= band.low && band.low <= band.likely && band.likely <= band.high);
            if counted >= days {
                prop_assert_eq!((band.low, band.high), (so_far.used, so_far.used));
            }
        }
    }
}
