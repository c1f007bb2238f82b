//! The weather of a day at a station: its highest, lowest and mean temperature. Kept in hundredths of a degree Fahrenheit, in which tenths of a
//! degree Celsius and whole degrees Fahrenheit are both exact.

use chrono::NaiveDate;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::domain::text_enum::text_enum;

text_enum! {
    /// What the temperatures of a file are counted in.
    TemperatureUnit {
        /// Tenths of a degree Celsius, as GHCN-Daily files have them.
        TenthsCelsius => "tenths-celsius",
        /// Degrees Celsius: daily summaries in metric units.
        Celsius => "celsius",
        /// Degrees Fahrenheit: daily summaries in standard units.
        Fahrenheit => "fahrenheit",
    }
}

/// Beyond these no day of the United States has ever been: minus ninety and a hundred and forty degrees Fahrenheit.
const COLDEST: i32 = -9_000;
const HOTTEST: i32 = 14_000;

/// A temperature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Degrees(i32);

impl Degrees {
    /// A temperature as a file tells it; nothing where no weather is like that.
    #[must_use]
    pub fn of(told: Decimal, unit: TemperatureUnit) -> Option<Self> {
        let fahrenheit = match unit {
            TemperatureUnit::TenthsCelsius => told.checked_mul(Decimal::new(18, 2))?,
            TemperatureUnit::Celsius => told.checked_mul(Decimal::new(18, 1))?,
            TemperatureUnit::Fahrenheit => told.checked_sub(Decimal::from(32))?,
        };
        let hundredths = (fahrenheit + Decimal::from(32)).checked_mul(Decimal::ONE_HUNDRED)?;
        let whole = hundredths.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        let whole = whole.to_i32()?;
        (COLDEST..=HOTTEST).contains(&whole).then_some(Self(whole))
    }

    /// As it is kept.
    #[must_use]
    pub const fn hundredths(self) -> i32 {
        self.0
    }

    /// As it was kept.
    #[must_use]
    pub const fn from_hundredths(hundredths: i32) -> Self {
        Self(hundredths)
    }

    /// In degrees Fahrenheit.
    #[must_use]
    pub fn fahrenheit(self) -> Decimal {
        Decimal::new(i64::from(self.0), 2)
    }
}

/// What a file tells of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Told {
    /// The highest temperature.
    pub high: Option<Decimal>,
    /// The lowest.
    pub low: Option<Decimal>,
    /// The mean.
    pub mean: Option<Decimal>,
}

/// The weather of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeatherDay {
    /// The day.
    pub day: NaiveDate,
    /// The highest temperature, where it was told.
    pub high: Option<Degrees>,
    /// The lowest.
    pub low: Option<Degrees>,
    /// The mean.
    pub mean: Degrees,
}

/// What a line of a file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WeatherLine {
    /// The weather of a day, at the station that the line names.
    Day(Option<String>, WeatherDay),
    /// Nothing that can be taken.
    Refused {
        /// The line, the first of the file counted as one.
        line: u64,
        /// Why.
        why: String,
    },
}

/// Why a day's weather is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeatherFault {
    /// Neither a mean nor a highest and a lowest temperature is told.
    #[error("no mean temperature, and not both the highest and the lowest")]
    Untold,
    /// No weather is like that.
    #[error("{0} is no temperature in {1}; is the file in another unit?")]
    Unlike(Decimal, TemperatureUnit),
    /// The lowest is above the highest.
    #[error("the lowest temperature is above the highest")]
    Reversed,
    /// The day is not over.
    #[error("{0} is not over yet")]
    Ahead(NaiveDate),
}

impl WeatherDay {
    /// The weather of a day; where no mean is told, it lies halfway between the highest and the lowest, as the weather services reckon it.
    ///
    /// # Errors
    /// Whatever cannot be.
    pub fn of(
        day: NaiveDate,
        told: Told,
        (unit, today): (TemperatureUnit, NaiveDate),
    ) -> Result<Self, WeatherFault> {
        if day >= today {
            return Err(WeatherFault::Ahead(day));
        }
        let degrees = |told: Option<Decimal>| {
            told.map(|told| Degrees::of(told, unit).ok_or(WeatherFault::Unlike(told, unit)))
                .transpose()
        };
        let (high, low) = (degrees(told.high)?, degrees(told.low)?);
        if high < low && high.is_some() {
            return Err(WeatherFault::Reversed);
        }
        let halfway = high
            .zip(low)
            .map(|(high, low)| Degrees((high.0 + low.0) / 2));
        let mean = degrees(told.mean)?.or(halfway);
        Ok(Self {
            day,
            high,
            low,
            mean: mean.ok_or(WeatherFault::Untold)?,
        })
    }

    /// The highest and the lowest temperature, where both were told.
    #[must_use]
    pub fn span(&self) -> Option<(Degrees, Degrees)> {
        self.high.zip(self.low)
    }
}

/// The mean temperature of some days in degrees Fahrenheit; nothing where the weather of fewer than so many of them is known.
#[must_use]
pub fn mean_of(days: &[WeatherDay], least: usize) -> Option<Decimal> {
    let sum: Decimal = days.iter().map(|day| day.mean.fahrenheit()).sum();
    let mean = sum.checked_div(Decimal::from(days.len()))?;
    (days.len() >= least).then_some(mean)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn number(text: &str) -> Option<Decimal> {
        text.parse().ok()
    }

    fn weather(told: [&str; 3], unit: TemperatureUnit) -> Result<WeatherDay, WeatherFault> {
        let [high, low, mean] = told.map(number);
        let told = Told { high, low, mean };
        WeatherDay::of(day("2026-06-01"), told, (unit, day("2026-07-01")))
    }

    #[test]
    fn tenths_of_a_degree_celsius_are_exact_in_fahrenheit() {
        let told = weather(["311", "-6", "203"], TemperatureUnit::TenthsCelsius).unwrap();
        assert_eq!(told.high.unwrap().fahrenheit(), Decimal::new(8_798, 2));
        assert_eq!(told.low.unwrap().fahrenheit(), Decimal::new(3_092, 2));
        assert_eq!(told.mean.fahrenheit(), Decimal::new(6_854, 2));
        let celsius = weather(["31.1", "-0.6", "20.3"], TemperatureUnit::Celsius).unwrap();
        assert_eq!(celsius, told);
    }

    #[test]
    fn without_a_mean_it_lies_halfway() {
        let told = weather(["88", "61", ""], TemperatureUnit::Fahrenheit).unwrap();
        assert_eq!(told.mean.fahrenheit(), Decimal::new(7_450, 2));
        let only_mean = weather(["", "", "70"], TemperatureUnit::Fahrenheit).unwrap();
        assert_eq!((only_mean.high, only_mean.low), (None, None));
    }

    #[test]
    fn what_cannot_be_is_refused_with_its_reason() {
        let fahrenheit = TemperatureUnit::Fahrenheit;
        let fault = |told| weather(told, fahrenheit).unwrap_err();
        assert_eq!(fault(["88", "", ""]), WeatherFault::Untold);
        assert_eq!(fault(["61", "88", ""]), WeatherFault::Reversed);
        assert!(matches!(
            fault(["311", "200", ""]),
            WeatherFault::Unlike(..)
        ));
        let ahead = WeatherDay::of(
            day("2026-07-01"),
            Told::default(),
            (fahrenheit, day("2026-07-01")),
        );
        assert_eq!(ahead, Err(WeatherFault::Ahead(day("2026-07-01"))));
    }

    #[test]
    fn the_mean_of_days_asks_for_enough_of_them() {
        let days = [
            weather(["", "", "70"], TemperatureUnit::Fahrenheit).unwrap(),
            weather(["", "", "73"], TemperatureUnit::Fahrenheit).unwrap(),
        ];
        assert_eq!(mean_of(&days, 2), Some(Decimal::new(715, 1)));
        assert_eq!(mean_of(&days, 3), None);
        assert_eq!(mean_of(&[], 0), None);
    }
}
