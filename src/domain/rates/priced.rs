//! What pricing makes: lines with all that explains them, and the reasons why a bill could not be priced.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::money::{Money, MoneyError};
use crate::domain::period::Period;
use crate::domain::quantity::Unit;
use crate::domain::rates::facts::Banked;
use crate::domain::rates::numbers::{OutOfRange, Ratio};

/// The lines of one service's bill for one period.
#[derive(Debug, Clone, Default)]
pub struct PricedBill {
    /// The lines, in the order of the schedule's charges.
    pub lines: Vec<PricedLine>,
    /// Their sum.
    pub total: Money,
    /// What is left in each bank after the period.
    pub bank: Vec<Banked>,
}

/// One line: a charge, over a slice of the period, in one block or time-of-use period.
#[derive(Debug, Clone, Copy)]
pub struct PricedLine {
    /// Which of the versions that were handed in.
    pub version: u16,
    /// The charge's place in that version's document.
    pub charge: u16,
    /// The place among the charge's time-of-use periods.
    pub period: Option<u8>,
    /// The block's place.
    pub block: Option<u8>,
    /// The days it covers.
    pub slice: Period,
    /// How many units are priced; for a fixed amount, how many times it is charged.
    pub quantity: Ratio,
    /// The price of a unit, or the percentage.
    pub price: Decimal,
    /// How many units the price is for; 100 for a percentage.
    pub per_units: Decimal,
    /// What the line comes to before rounding.
    pub unrounded: Ratio,
    /// What the line comes to. Lines of one charge add up to its whole, rounded; the last slice takes the cent that is over.
    pub amount: Money,
}

/// Why a bill could not be priced. A bill run makes an exception of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PricingError {
    /// The period has no days.
    #[error("the period has no days")]
    EmptyPeriod,
    /// No version is in force on a day of the period.
    #[error("no version of the schedule is in force on {0}")]
    NoVersion(NaiveDate),
    /// Two versions begin on one day.
    #[error("two versions of the schedule are in force from {0}")]
    TwoVersions(NaiveDate),
    /// A measure that a charge needs is missing.
    #[error("the facts give no {0:?}, which the schedule needs")]
    MissingMeasure(String),
    /// A quantity by which block ends are multiplied is less than nothing.
    #[error("{0:?} is less than nothing, and the ends of blocks cannot be multiplied by that")]
    NegativeThresholds(String),
    /// A quantity is divided by one that is nothing.
    #[error("{quantity:?} is divided by {by:?}, which is 0")]
    DivisionByZero {
        /// The quantity that is worked out.
        quantity: String,
        /// What it is divided by.
        by: String,
    },
    /// A measure is in a unit that does not turn into the schedule's.
    #[error("{name:?} is given in {given}, and the schedule counts it in {wanted}")]
    WrongUnit {
        /// The measure.
        name: String,
        /// The unit given.
        given: Unit,
        /// The unit of the schedule.
        wanted: Unit,
    },
    /// The versions in force in the period count a measure in different units, and what is known of it tells none.
    #[error("the versions in force count {0:?} in different units")]
    UnitChanged(String),
    /// The meter size is not known.
    #[error("charge {0:?} goes by meter size, and the facts give none")]
    NoMeterSize(String),
    /// The schedule has no amount for the meter size.
    #[error("charge {charge:?} has no amount for meter size {size:?}")]
    UnknownMeterSize {
        /// The charge's code.
        charge: String,
        /// The size.
        size: String,
    },
    /// A dated factor has no value on a day.
    #[error("factor {name:?} has no value on {on}")]
    MissingFactor {
        /// The factor.
        name: String,
        /// The first day without one.
        on: NaiveDate,
    },
    /// Interval values of a day are missing, or do not fill it.
    #[error("the intervals of {name:?} do not fill {day}")]
    IntervalGap {
        /// The measure.
        name: String,
        /// The day.
        day: NaiveDate,
    },
    /// More than 28 digits.
    #[error(transparent)]
    OutOfRange(#[from] OutOfRange),
    /// More dollars than there are.
    #[error(transparent)]
    TooMuch(#[from] MoneyError),
}
