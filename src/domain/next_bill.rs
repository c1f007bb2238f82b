//! The next bill of an account before it is made: its case as the bill run would load it, its use as far as it is counted, priced by the
//! bill's own engine.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::bill_case::{AccountCase, Tariffs};
use crate::domain::commodity::Commodity;
use crate::domain::degree_days::ByWeather;
use crate::domain::forecast::{self, Band, Extra, OWN_DAYS, SoFar, band};
use crate::domain::ids::ServiceAgreementId;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::quantity::{Quantity, Unit};

/// Days between a bill's end and the end of the same bill a year earlier, give or take.
const YEAR: i64 = 365;
const ABOUT: i64 = 20;
/// The bill that will follow ends about so many days later than the last one.
const MONTH: i64 = 30;

/// What is known of one metered service.
#[derive(Debug, Clone)]
pub struct Known {
    /// Which.
    pub commodity: Commodity,
    /// In which unit.
    pub unit: Unit,
    /// The use of each day that is counted whole, in order.
    pub days: Vec<(NaiveDate, Decimal)>,
    /// The daily use of earlier bills.
    pub a_day: Vec<Decimal>,
    /// What weather says of it, where it says anything.
    pub weather: Option<ByWeather>,
}

/// What the next bill will likely come to.
#[derive(Debug, Clone)]
pub struct NextBill {
    /// The days it will bill.
    pub period: Period,
    /// What it will come to.
    pub amount: Band<Money>,
    /// What the use of each service will come to, and how many days of it are counted.
    pub used: Vec<(Commodity, Unit, Band<Decimal>, u32)>,
    /// How much of it is for the extra use asked about.
    pub extra: Option<Money>,
    /// The services whose days ahead go by the weather, and of how many earlier years.
    pub weather: Vec<(Commodity, usize)>,
}

/// What an earlier bill says was used of one service, with the days it billed.
#[derive(Debug, Clone, Copy)]
pub struct BilledUse {
    /// The days.
    pub period: Period,
    /// How much.
    pub used: Decimal,
}

/// The daily use of the last bill and of the bill a year before the next, out of the bills of a service, newest first.
#[must_use]
pub fn daily_uses(billed: &[BilledUse], last_end: NaiveDate) -> Vec<Decimal> {
    let is_told = |bill: &&BilledUse| {
        let back = (last_end - bill.period.until).num_days();
        back == 0 || (back + MONTH - YEAR).abs() <= ABOUT
    };
    let a_day = |bill: &BilledUse| bill.used.checked_div(Decimal::from(bill.period.days()));
    billed.iter().filter(is_told).filter_map(a_day).collect()
}

/// A metered service with the band of its use.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The agreement.
    pub agreement: ServiceAgreementId,
    /// What is known of it.
    pub known: &'a Known,
    /// The days of the period in which it is on.
    pub part: Period,
    /// What the days so far used.
    pub so_far: SoFar,
    /// What the whole period will use.
    pub used: Band<Decimal>,
    /// Of how many earlier years the weather says so; nothing where it does not.
    pub years: Option<usize>,
}

/// The band of each metered service; nothing where one is not known, or where two meters of one commodity would each be given the
/// other's use.
#[must_use]
pub fn expected<'a>(case: &AccountCase, known: &'a [Known]) -> Option<Vec<Expected<'a>>> {
    let mut expected: Vec<Expected<'a>> = Vec::with_capacity(known.len());
    for service in &case.services {
        if service.registers.is_empty() {
            continue;
        }
        let of_commodity = |known: &&Known| known.commodity == service.commodity;
        let known = known.iter().find(of_commodity)?;
        if expected
            .iter()
            .any(|other| other.known.commodity == service.commodity)
        {
            return None;
        }
        let part = forecast::part_of(service)?;
        let within = known.days.iter().filter(|(day, _)| part.contains(*day));
        let so_far = within.fold(SoFar::default(), |sum, (_, used)| SoFar {
            days: sum.days + 1,
            used: sum.used + used,
        });
        let by_weather = known.weather.as_ref();
        let by_weather = by_weather.and_then(|by| by.band(part, so_far, &known.days));
        let used = match by_weather {
            Some(seasoned) => seasoned.used,
            None => band(part.days(), so_far, &known.a_day)?,
        };
        expected.push(Expected {
            agreement: service.agreement,
            known,
            part,
            used,
            so_far,
            years: by_weather.map(|seasoned| seasoned.years),
        });
    }
    Some(expected)
}

/// The next bill from its case and what is known of its use, and what the `extra` use of a service costs in it; nothing where it cannot be
/// told honestly. While so few days are counted that earlier bills say what is likely, the extra comes on top of that; later it is in it.
#[must_use]
pub fn of(
    case: &AccountCase,
    tariffs: &Tariffs,
    known: &[Known],
    extra: Option<Extra>,
) -> Option<NextBill> {
    let expected = expected(case, known)?;
    let priced = |amount: &dyn Fn(&Expected<'_>) -> Decimal| {
        forecast::total(case, tariffs, &quantities(&expected, amount))
    };
    let likely = priced(&|one| one.used.likely)?;
    let extra = extra.and_then(|extra| {
        let of_service = |one: &&Expected<'_>| one.known.commodity == extra.commodity;
        let is_in = expected.iter().find(of_service)?.so_far.days >= OWN_DAYS;
        let other = priced(&|one| match one.known.commodity == extra.commodity {
            false => one.used.likely,
            true if is_in => one.used.likely - extra.within(one.part),
            true => one.used.likely + extra.within(one.part),
        })?;
        Some(if is_in {
            likely - other
        } else {
            other - likely
        })
    });
    Some(NextBill {
        period: case.period,
        amount: Band {
            low: priced(&|one| one.used.low)?,
            likely,
            high: priced(&|one| one.used.high)?,
        },
        used: expected
            .iter()
            .map(|one| {
                (
                    one.known.commodity,
                    one.known.unit,
                    one.used,
                    one.so_far.days,
                )
            })
            .collect(),
        extra,
        weather: expected
            .iter()
            .filter_map(|one| Some((one.known.commodity, one.years?)))
            .collect(),
    })
}

/// The use of each metered service, by some amount of it.
#[must_use]
pub fn quantities(
    expected: &[Expected<'_>],
    amount: &dyn Fn(&Expected<'_>) -> Decimal,
) -> BTreeMap<ServiceAgreementId, Quantity> {
    let quantity = |one: &Expected<'_>| Quantity {
        amount: amount(one).max(Decimal::ZERO),
        unit: one.known.unit,
    };
    expected
        .iter()
        .map(|one| (one.agreement, quantity(one)))
        .collect()
}

impl NextBill {
    /// So many days of a service are counted.
    #[must_use]
    pub fn counted(&self, commodity: Commodity) -> u32 {
        let own = self.used.iter().find(|(of, ..)| *of == commodity);
        own.map_or(0, |(.., counted)| *counted)
    }

    /// Of how many earlier years the weather is taken for a service's days ahead; nothing where they go by earlier bills.
    #[must_use]
    pub fn years_of_weather(&self, commodity: Commodity) -> Option<usize> {
        let own = self.weather.iter().find(|(of, _)| *of == commodity);
        own.map(|(_, years)| *years)
    }

    /// Whether a service's own days, and not only earlier bills, say what it will use.
    #[must_use]
    pub fn is_by_own_days(&self, commodity: Commodity) -> bool {
        self.counted(commodity) >= OWN_DAYS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_bill_and_the_one_a_year_before_the_next_tell_the_daily_use() {
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let billed = |from: &str, until: &str, used: i64| BilledUse {
            period: Period::new(day(from), day(until)).unwrap(),
            used: used.into(),
        };
        let bills = [
            billed("2026-06-01", "2026-07-01", 600),
            billed("2026-05-01", "2026-06-01", 3_100),
            billed("2025-07-01", "2025-08-01", 310),
        ];
        let told = daily_uses(&bills, day("2026-07-01"));
        assert_eq!(told, [Decimal::from(20), Decimal::from(10)]);
    }
}
