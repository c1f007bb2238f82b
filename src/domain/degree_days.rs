//! What weather makes of use: the degree-day method, by which utilities and energy auditors tell how much of a home's electricity or gas goes
//! with the cold and the heat.
//!
//! A day's heating degree-days are the degrees Fahrenheit by which its mean temperature lies below 65, its cooling degree-days those by which
//! it lies above (the definition and the base of the National Weather Service). Over the bills of about a year, the use of a day is fitted to
//! the degree-days of a day by least squares: `use = base + heating * HDD + cooling * CDD`, where gas has no cooling part and no part falls with
//! harsher weather. The days ahead are taken to be as they were at the same time of each earlier year that is loaded, and what the days of the
//! period that are counted used above or below the fit goes on. Where fewer than six bills have weather, or the fit explains less than half of
//! how they differ, weather says nothing, and the forecast goes by the daily use of earlier bills alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::domain::commodity::Commodity;
use crate::domain::forecast::{Band, OWN_DAYS, SoFar, around};
use crate::domain::next_bill::BilledUse;
use crate::domain::period::Period;
use crate::domain::weather::WeatherDay;

/// The mean temperature, in degrees Fahrenheit, at which a home is neither heated nor cooled.
const BASE: i64 = 65;

/// The fewest bills with weather that say something.
const LEAST_BILLS: usize = 6;

/// Bills that ended longer before the last one say nothing: a year, and a month of grace.
const BACK: i64 = 400;

/// So many earlier years are looked at.
pub const YEARS: i32 = 5;

/// Averages of a day are fitted to so many decimals, so that every sum and product of the fit is exact.
const DECIMALS: u32 = 3;

/// A value with as many places as the fit keeps.
fn kept(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(DECIMALS, RoundingStrategy::MidpointAwayFromZero)
}

/// The degree-days of a day, or the mean of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DegreeDays {
    /// Degrees below the base.
    pub heating: Decimal,
    /// Degrees above it.
    pub cooling: Decimal,
}

/// The degree-days of every day whose weather is known.
#[derive(Debug, Clone, Default)]
pub struct Climate {
    days: BTreeMap<NaiveDate, DegreeDays>,
}

impl Climate {
    /// The climate that these days tell.
    #[must_use]
    pub fn of(days: &[WeatherDay]) -> Self {
        let base = Decimal::from(BASE);
        let degree_days = |day: &WeatherDay| {
            let mean = day.mean.fahrenheit();
            let told = DegreeDays {
                heating: (base - mean).max(Decimal::ZERO),
                cooling: (mean - base).max(Decimal::ZERO),
            };
            (day.day, told)
        };
        Self {
            days: days.iter().map(degree_days).collect(),
        }
    }

    /// The degree-days of a day in the mean of some days; nothing where the weather of more than a tenth of them is unknown.
    fn mean_of(&self, period: Period) -> Option<DegreeDays> {
        if period.from >= period.until {
            return None;
        }
        let known: Vec<&DegreeDays> = self
            .days
            .range(period.from..period.until)
            .map(|(_, told)| told)
            .collect();
        let count = u32::try_from(known.len()).ok()?;
        if count * 10 < period.days() * 9 {
            return None;
        }
        let mean = |sum: Decimal| sum.checked_div(Decimal::from(count));
        Some(DegreeDays {
            heating: mean(known.iter().map(|told| told.heating).sum())?,
            cooling: mean(known.iter().map(|told| told.cooling).sum())?,
        })
    }

    /// The degree-days of a day at the same time of each earlier year that is known.
    fn of_earlier_years(&self, period: Period) -> Vec<DegreeDays> {
        let earlier = |back: i32| {
            let from = years_before(period.from, back)?;
            let until = from.checked_add_days(Days::new(u64::from(period.days())))?;
            self.mean_of(Period { from, until })
        };
        (1..=YEARS).filter_map(earlier).collect()
    }
}

/// The same day of an earlier year; the day before where that year has none.
fn years_before(day: NaiveDate, back: i32) -> Option<NaiveDate> {
    let year = day.year() - back;
    day.with_year(year)
        .or_else(|| day.pred_opt()?.with_year(year))
}

/// What a home uses a day, by the degree-days of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Response {
    /// Whatever the weather.
    pub base: Decimal,
    /// For each heating degree-day.
    pub heating: Decimal,
    /// For each cooling degree-day.
    pub cooling: Decimal,
}

/// The sums of least squares over bills, about their means.
struct Sums {
    heating: Decimal,
    cooling: Decimal,
    both: Decimal,
    heating_use: Decimal,
    cooling_use: Decimal,
    of_use: Decimal,
}

impl Sums {
    fn of(points: &[(DegreeDays, Decimal)], (middle, used): (DegreeDays, Decimal)) -> Self {
        let mut sums = Self {
            heating: Decimal::ZERO,
            cooling: Decimal::ZERO,
            both: Decimal::ZERO,
            heating_use: Decimal::ZERO,
            cooling_use: Decimal::ZERO,
            of_use: Decimal::ZERO,
        };
        for (told, a_day) in points {
            let (h, c) = (told.heating - middle.heating, told.cooling - middle.cooling);
            let u = *a_day - used;
            sums.heating += h * h;
            sums.cooling += c * c;
            sums.both += h * c;
            sums.heating_use += h * u;
            sums.cooling_use += c * u;
            sums.of_use += u * u;
        }
        sums
    }

    /// Both parts together; nothing where one of them would fall with harsher weather, or cannot be told from the other.
    fn two_parts(&self) -> Option<(Decimal, Decimal)> {
        let product = |one: Decimal, other: Decimal| one.checked_mul(other);
        let whole =
            product(self.heating, self.cooling)?.checked_sub(product(self.both, self.both)?)?;
        if whole <= Decimal::ZERO {
            return None;
        }
        let heating = product(self.cooling, self.heating_use)?
            .checked_sub(product(self.both, self.cooling_use)?)?
            .checked_div(whole)?;
        let cooling = product(self.heating, self.cooling_use)?
            .checked_sub(product(self.both, self.heating_use)?)?
            .checked_div(whole)?;
        let grows = heating >= Decimal::ZERO && cooling >= Decimal::ZERO;
        grows.then_some((heating, cooling))
    }

    /// The part of heating, and that of cooling, each by itself; zero where it would fall with harsher weather.
    fn one_part(&self) -> [(Decimal, Decimal); 2] {
        let slope = |with_use: Decimal, own: Decimal| {
            let slope = with_use.checked_div(own).unwrap_or_default();
            slope.max(Decimal::ZERO)
        };
        let heating = slope(self.heating_use, self.heating);
        let cooling = slope(self.cooling_use, self.cooling);
        [(heating, Decimal::ZERO), (Decimal::ZERO, cooling)]
    }

    /// How much of the differences of use the parts explain.
    fn explained(&self, (heating, cooling): (Decimal, Decimal)) -> Option<Decimal> {
        let of_heating = heating.checked_mul(self.heating_use)?;
        of_heating.checked_add(cooling.checked_mul(self.cooling_use)?)
    }
}

impl Response {
    /// The response of a service to weather, out of its bills; nothing where they say too little.
    #[must_use]
    pub fn fit(commodity: Commodity, billed: &[BilledUse], climate: &Climate) -> Option<Self> {
        let has_cooling = match commodity {
            Commodity::Electric => true,
            Commodity::Gas => false,
            Commodity::Water
            | Commodity::Sewer
            | Commodity::Stormwater
            | Commodity::Refuse
            | Commodity::Other => return None,
        };
        let newest = billed.iter().map(|bill| bill.period.until).max()?;
        let point = |bill: &BilledUse| {
            let a_day = kept(bill.used.checked_div(Decimal::from(bill.period.days()))?);
            let told = climate.mean_of(bill.period)?;
            let told = DegreeDays {
                heating: kept(told.heating),
                cooling: kept(told.cooling),
            };
            Some((told, a_day))
        };
        let recent = |bill: &&BilledUse| (newest - bill.period.until).num_days() <= BACK;
        let points: Vec<(DegreeDays, Decimal)> =
            billed.iter().filter(recent).filter_map(point).collect();
        if points.len() < LEAST_BILLS {
            return None;
        }
        let mean = |sum: Decimal| {
            let mean = sum.checked_div(Decimal::from(points.len()))?;
            Some(kept(mean))
        };
        let middle = DegreeDays {
            heating: mean(points.iter().map(|(told, _)| told.heating).sum())?,
            cooling: mean(points.iter().map(|(told, _)| told.cooling).sum())?,
        };
        let used = mean(points.iter().map(|(_, a_day)| *a_day).sum())?;
        let sums = Sums::of(&points, (middle, used));
        let [by_heating, by_cooling] = sums.one_part();
        let alone = if has_cooling && sums.explained(by_cooling) > sums.explained(by_heating) {
            by_cooling
        } else {
            by_heating
        };
        let both = sums.two_parts().filter(|_| has_cooling);
        let parts = both.unwrap_or(alone);
        let explained = sums.explained(parts)?;
        if sums.of_use.is_zero() || explained * Decimal::TWO < sums.of_use {
            return None;
        }
        let (heating, cooling) = parts;
        Some(Self {
            base: used - heating * middle.heating - cooling * middle.cooling,
            heating,
            cooling,
        })
    }

    /// The use of a day with these degree-days, by the fit alone.
    #[must_use]
    pub fn a_day(&self, told: DegreeDays) -> Decimal {
        self.base + self.heating * told.heating + self.cooling * told.cooling
    }
}

/// What weather says of a service: its response, and the climate it answers to.
#[derive(Debug, Clone)]
pub struct ByWeather {
    response: Response,
    climate: Arc<Climate>,
}

/// The use of a period with weather as in earlier years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seasoned {
    /// The use of the whole period.
    pub used: Band<Decimal>,
    /// How many earlier years say what the weather will be.
    pub years: usize,
}

impl ByWeather {
    /// What weather says of a service with these bills; nothing where that is too little.
    #[must_use]
    pub fn of(
        commodity: Commodity,
        billed: &[BilledUse],
        climate: Option<&Arc<Climate>>,
    ) -> Option<Self> {
        let climate = climate?;
        Some(Self {
            response: Response::fit(commodity, billed, climate)?,
            climate: Arc::clone(climate),
        })
    }

    /// The use of a part of a period from the days of it that are counted; nothing where no earlier year is known at that time of the year, or
    /// no day is left. The band runs over the years, from the mildest to the harshest, and to what the fit alone says.
    #[must_use]
    pub fn band(
        &self,
        part: Period,
        so_far: SoFar,
        days: &[(NaiveDate, Decimal)],
    ) -> Option<Seasoned> {
        let counted: Vec<&(NaiveDate, Decimal)> =
            days.iter().filter(|(day, _)| part.contains(*day)).collect();
        let last = counted.iter().map(|(day, _)| *day).max();
        let from = last.map_or(Some(part.from), |last| last.succ_opt())?;
        let ahead = Period {
            from,
            until: part.until,
        };
        let years = self.climate.of_earlier_years(ahead);
        let beside = self.beside_the_fit(&counted);
        let a_day = |told: &DegreeDays, beside: Decimal| {
            (self.response.a_day(*told) + beside).max(Decimal::ZERO)
        };
        let of_years: Vec<Decimal> = years.iter().map(|told| a_day(told, beside)).collect();
        let by_fit = years.iter().map(|told| a_day(told, Decimal::ZERO));
        let count = Decimal::from(years.len());
        let likely = of_years.iter().sum::<Decimal>().checked_div(count)?;
        let plain = by_fit.sum::<Decimal>().checked_div(count)?;
        let known: Vec<Decimal> = of_years.into_iter().chain([plain]).collect();
        Some(Seasoned {
            used: around(part.days(), so_far, (likely, &known))?,
            years: years.len(),
        })
    }

    /// What the counted days used above the fit, a day; nothing for fewer than a week of them.
    fn beside_the_fit(&self, counted: &[&(NaiveDate, Decimal)]) -> Decimal {
        let beside = |(day, used): &&(NaiveDate, Decimal)| {
            let told = self.climate.days.get(day)?;
            Some(*used - self.response.a_day(*told))
        };
        let all: Vec<Decimal> = counted.iter().filter_map(beside).collect();
        if u32::try_from(all.len()).unwrap_or_default() < OWN_DAYS {
            return Decimal::ZERO;
        }
        let sum: Decimal = all.iter().sum();
        sum.checked_div(Decimal::from(all.len()))
            .unwrap_or_default()
    }
}

#[cfg(test)]
#[path = "degree_days_tests.rs"]
mod tests;
