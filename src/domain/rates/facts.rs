//! What happened in one billing period of one service: everything the engine is told, and all that a bill must keep to be re-derived.

use std::borrow::Cow;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::quantity::Unit;
use crate::domain::rates::schedule::DatedNumber;

/// A short name that is nearly always known when the program is built: `Cow::Borrowed("usage")`.
pub type Name = Cow<'static, str>;

/// What happened in one billing period of one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The days billed.
    pub period: Period,
    /// How many days the span has that the period is a part of, where it was cut because something about the account changed within it:
    /// shares are of these days, so that the parts of a normal period come to one period.
    pub of_days: Option<u32>,
    /// The cycle's normal length.
    pub cycle: CycleRange,
    /// The account's class: `residential`.
    pub class: Name,
    /// The size of the meter, as the schedule writes it: `5/8`.
    pub meter_size: Option<Name>,
    /// Marks on the account that conditions ask for: `senior`, `tax-exempt`.
    pub marks: Vec<Name>,
    /// What was measured or counted.
    pub measured: Vec<Measured>,
    /// Interval values, where a time-of-use or demand charge needs them.
    pub intervals: Vec<IntervalDay>,
    /// Earlier use, for winter averages.
    pub history: Vec<PastUse>,
    /// Earlier peaks, for ratchets.
    pub peaks: Vec<PastPeak>,
    /// What earlier periods left in the bank, by the quantity or time-of-use period that banks it.
    pub bank: Vec<Banked>,
    /// What the charges under a yearly bound came to in the year's earlier bills, by the bound's code.
    pub year_to_date: Vec<YearToDate>,
    /// Dated factors kept outside the schedule; from their first value on they go before factors of the same name in it.
    pub factors: Vec<GivenFactor>,
}

impl Facts {
    /// Facts of a period in which nothing is known yet but its days.
    #[must_use]
    pub fn of(period: Period) -> Self {
        Self {
            period,
            of_days: None,
            cycle: CycleRange::MONTHLY,
            class: Cow::Borrowed("residential"),
            meter_size: None,
            marks: Vec::new(),
            measured: Vec::new(),
            intervals: Vec::new(),
            history: Vec::new(),
            peaks: Vec::new(),
            bank: Vec::new(),
            year_to_date: Vec::new(),
            factors: Vec::new(),
        }
    }

    /// How many days shares are of.
    #[must_use]
    pub fn whole_days(&self) -> u32 {
        self.of_days.unwrap_or(self.period.days())
    }
}

/// The normal length of a cycle's period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CycleRange {
    /// The fewest days of a normal period.
    pub least_days: u32,
    /// The most days of a normal period.
    pub most_days: u32,
    /// The months it stands for: 1, or 3 for a quarter.
    pub months: u32,
}

impl CycleRange {
    /// A monthly cycle of 26 to 35 days (52 Pa. Code 56.2).
    pub const MONTHLY: Self = Self {
        least_days: 26,
        most_days: 35,
        months: 1,
    };

    /// Whether a period of so many days is a normal one.
    #[must_use]
    pub const fn contains(self, days: u32) -> bool {
        self.least_days <= days && days <= self.most_days
    }
}

/// A measured or counted amount of the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// The measure's name in the schedule.
    pub name: Name,
    /// How much; negative where more was fed back than taken.
    pub amount: Decimal,
    /// In which unit; the engine converts it to the schedule's, or refuses.
    pub unit: Unit,
}

/// The interval values of one measure on one civil day, in time order.
///
/// A day has 23, 24 or 25 hours. The clock changes at two in the morning, as everywhere in the United States: on a short day the hour
/// from two to three is missing, on a long day the hour from one to two comes twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntervalDay {
    /// The measure's name in the schedule.
    pub name: Name,
    /// The day.
    pub day: NaiveDate,
    /// The length of an interval in minutes.
    pub minutes: u32,
    /// The amounts, in the schedule's unit.
    pub values: Vec<Decimal>,
}

/// What a measure was in an earlier period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastUse {
    /// The measure or quantity.
    pub name: Name,
    /// The days.
    pub period: Period,
    /// How much, in the schedule's unit.
    pub amount: Decimal,
}

/// The highest power of an earlier period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastPeak {
    /// The measure or quantity.
    pub name: Name,
    /// The last day of the earlier period.
    pub on: NaiveDate,
    /// How much, in the schedule's unit.
    pub amount: Decimal,
}

/// A bank of energy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Banked {
    /// The quantity that banks, or charge code and time-of-use period joined by a slash: `energy/off-peak`.
    pub name: Name,
    /// How much.
    pub amount: Decimal,
}

/// What the charges under a yearly bound came to before this bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearToDate {
    /// The code of the bounding charge.
    pub code: Name,
    /// What was billed.
    pub billed: Money,
}

/// A dated factor from outside the schedule, such as a rider's table or the thermal factor of the month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenFactor {
    /// Its name in the schedule.
    pub name: Name,
    /// Its values; each counts until the next begins.
    pub values: Vec<DatedNumber>,
}
