//! A rate schedule as the office writes and publishes it: one version of one price list, typed and dated.
//!
//! The document is JSON; every number in it is text. `README.md` beside this file explains it with examples. Nothing here computes:
//! `compiled` checks a document and turns it into what the engine uses, `rederive` reads it once more to check the engine.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::commodity::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::rates::calendars::{self, Calendar, Season};
use crate::domain::rates::numbers::{Days, Number};
use crate::domain::rates::quantities::QuantityRule;

/// Words for people, by language: `{"en": "Water base", "es": "Cargo base de agua"}`.
pub type Words = BTreeMap<String, String>;

/// One published version of a rate schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RateSchedule {
    /// The format of this document.
    pub format: Format,
    /// The schedule's code, the same in all its versions: `W-1`.
    pub code: String,
    /// The version's number, counting up.
    pub version: u32,
    /// The first day the version is in force; it ends where the next version begins.
    #[serde(deserialize_with = "calendars::read_day")]
    pub effective_from: NaiveDate,
    /// The schedule's name.
    pub name: Words,
    /// The service it prices.
    pub service: Commodity,
    /// The ordinance, resolution or tariff sheet it was written from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The fund its charges belong to, where a charge names no other. Default: the service's own fund.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund: Option<String>,
    /// What meters and counts supply, and in which unit: `{"usage": "kWh", "demand": "kW"}`.
    #[serde(default)]
    pub measures: BTreeMap<String, Unit>,
    /// Measures that are the highest average power of another measure's intervals, where intervals are given: `{"demand": "usage"}`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub peaks: BTreeMap<String, String>,
    /// Quantities worked out from measures before they are priced.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub quantities: BTreeMap<String, QuantityRule>,
    /// Dated factors that charges and quantities refer to, such as a cost adjustment or a thermal factor.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub factors: BTreeMap<String, Vec<DatedNumber>>,
    /// Parts of the year.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub seasons: BTreeMap<String, Season>,
    /// Time-of-use calendars.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub calendars: BTreeMap<String, Calendar>,
    /// How parts of a period are billed.
    #[serde(default)]
    pub proration: Proration,
    /// The charges, in the order of the bill.
    pub charges: Vec<Charge>,
}

impl RateSchedule {
    /// Whether it charges nothing to a class, because each of its charges is for others.
    #[must_use]
    pub fn is_for_others_than(&self, class: &str) -> bool {
        let is_for_others = |charge: &Charge| {
            charge.only.as_ref().is_some_and(|only| {
                !only.classes.is_empty() && only.classes.iter().all(|other| other != class)
            })
        };
        !self.charges.is_empty() && self.charges.iter().all(is_for_others)
    }
}

/// The document formats that exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum Format {
    /// The first.
    #[default]
    #[serde(rename = "mainstay-rate-schedule/1")]
    One,
}

/// A number in force from a day until the next one begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DatedNumber {
    /// The first day.
    #[serde(deserialize_with = "calendars::read_day")]
    pub from: NaiveDate,
    /// The number.
    pub value: Number,
}

/// How a period that is cut, short or long is billed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proration {
    /// When charges scale with the period's days instead of counting the period as a whole cycle.
    #[serde(default)]
    pub when: ProrateWhen,
    /// The days of a standard month, by which an odd period is measured.
    #[serde(default = "thirty_days")]
    pub standard_days: Days,
}

fn thirty_days() -> Days {
    Days {
        numerator: rust_decimal::Decimal::from(30),
        denominator: 1,
    }
}

impl Default for Proration {
    fn default() -> Self {
        Self {
            when: ProrateWhen::default(),
            standard_days: thirty_days(),
        }
    }
}

/// When charges scale with the number of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProrateWhen {
    /// Where the period's length lies outside the cycle's normal range.
    #[default]
    OutsideRange,
    /// In every period.
    Always,
    /// Never: every period is one cycle.
    Never,
}

/// One charge of a schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Charge {
    /// Its code, the same in every version that has it.
    pub code: String,
    /// What the bill calls it.
    pub label: Words,
    /// How it is worked out.
    pub how: How,
    /// The season in which it is charged. Default: all year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub season: Option<String>,
    /// Whom it concerns. Default: everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Condition>,
    /// Whether it scales with the days of an odd period. Default: yes.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub prorate: bool,
    /// The fund it belongs to. Default: the schedule's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund: Option<String>,
    /// The general-ledger account it is posted to. Default: by its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gl: Option<String>,
}

const fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
const fn is_yes(value: &bool) -> bool {
    *value
}

/// Whom a charge concerns; all conditions hold together.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// One of these account classes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<String>,
    /// One of these meter sizes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meter_sizes: Vec<String>,
    /// All of these marks on the account, such as `senior`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// None of these marks, such as `tax-exempt`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
}

/// How a charge is worked out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// An amount for the bill, month, day or year.
    Fixed(Fixed),
    /// A price for each unit used.
    Usage(Usage),
    /// A price for each unit used, by the time of use.
    TimeOfUse(TimeOfUse),
    /// A price for the highest power.
    Demand(Demand),
    /// A price for the highest power in each time-of-use period.
    TimeOfUseDemand(TimeOfUseDemand),
    /// A percentage of other charges: a tax, a franchise fee, a surcharge or a discount.
    Percent(Percent),
    /// The least that certain charges come to; the line is the shortfall.
    Minimum(Bound),
    /// The most that certain charges come to; the line takes the excess off.
    Maximum(Bound),
}

/// What a fixed amount is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// A bill of whatever cycle.
    Bill,
    /// A month; a quarterly bill has three.
    #[default]
    Month,
    /// A day.
    Day,
    /// A year of twelve months.
    Year,
}

/// An amount for the bill, month, day or year. Exactly one of `amount`, `factor` and `by_meter_size` is given.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fixed {
    /// The amount in dollars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Number>,
    /// The dated factor that is the amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub factor: Option<String>,
    /// The amount for each size of meter.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_meter_size: BTreeMap<String, Number>,
    /// What the amount is for.
    #[serde(default)]
    pub per: Per,
    /// A quantity that multiplies it: dwelling units, ERUs, carts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<String>,
}

/// A price for each unit used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Usage {
    /// The measure or quantity that is priced.
    pub of: String,
    /// Its price.
    pub rate: Rate,
}

/// The price of a unit. Exactly one of `price`, `factor` and `blocks` is given.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// One price for every unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Number>,
    /// The dated factor that is the price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub factor: Option<String>,
    /// Prices by block, in rising order; the last has no end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<Block>,
    /// How many units a price is for: `"1000"` for a price per 1,000 gallons. Default: one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_units: Option<Number>,
    /// Units that are free, for each month, day or bill as `thresholds` says; blocks count from zero, free units included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub included: Option<Number>,
    /// What the block ends and the free units are for.
    #[serde(default)]
    pub thresholds: Thresholds,
    /// Whether each unit has its own block's price, or all have the price of the last block reached.
    #[serde(default)]
    pub counted: Counted,
}

/// One block of units.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Where it ends, counted from zero. Give this or `next`; neither in the last block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<Number>,
    /// How many units it has, counted from the end of the block before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Number>,
    /// The price of a unit in it.
    pub price: Number,
    /// What the bill calls it. Default: the charge's label.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub label: Words,
}

/// What block ends and free units are for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// For each month, day, bill or year.
    #[serde(default)]
    pub per: Per,
    /// Times this quantity: dwelling units, or kW of demand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<String>,
}

/// Which price a unit has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Counted {
    /// That of the block it falls into.
    #[default]
    EachInItsBlock,
    /// That of the last block reached, for all units.
    AllInLastBlock,
}

/// A price for each unit used, by the time of use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeOfUse {
    /// The calendar that names the periods.
    pub calendar: String,
    /// The measure whose intervals are sorted into periods.
    pub of: String,
    /// A measure of energy fed back, netted in each period, its surplus banked there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<String>,
    /// The price in each period.
    pub periods: Vec<PeriodRate>,
}

/// The price in one time-of-use period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodRate {
    /// The period's name in the calendar.
    pub period: String,
    /// What the bill calls it. Default: the charge's label.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub label: Words,
    /// The register that counts in this period, where no intervals are given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register: Option<String>,
    /// The register of energy fed back in this period, where no intervals are given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_register: Option<String>,
    /// The price.
    pub rate: Rate,
}

/// A price for the highest power.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    /// The measure or quantity that is priced.
    pub of: String,
    /// Its price for a month.
    pub rate: Rate,
    /// A part of earlier peaks that counts where it is higher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ratchet: Option<Ratchet>,
    /// The least power that is billed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Number>,
}

/// A price for the highest power in each time-of-use period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeOfUseDemand {
    /// The calendar that names the periods.
    pub calendar: String,
    /// The measure whose intervals give the power.
    pub of: String,
    /// The price for a month in each period.
    pub periods: Vec<PeriodRate>,
}

/// A part of earlier peaks that counts where it is higher than the power of this period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ratchet {
    /// The percentage of the highest earlier peak: one for all months, or twelve, January first.
    pub percent: Vec<Number>,
    /// How many months back earlier peaks count.
    pub months: u32,
    /// The months (1 to 12) whose peaks count. Default: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of_months: Vec<u32>,
}

/// A percentage of other charges. Exactly one of `percent` and `factor` is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Percent {
    /// The percentage; negative for a discount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Number>,
    /// The dated factor that is the percentage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub factor: Option<String>,
    /// The charges it is taken of, which stand above it: a tax may be among them. Default: all above.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<String>,
    /// What it is.
    #[serde(rename = "as", default)]
    pub kind: PercentKind,
}

/// What a percentage is, which decides where it is posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PercentKind {
    /// The utility's own, for or against the customer.
    #[default]
    Surcharge,
    /// Taken off for the customer.
    Discount,
    /// Collected for a state or city.
    Tax,
    /// Collected for the city whose streets are used.
    FranchiseFee,
}

/// The least or most that certain charges come to. Exactly one of `amount` and `by_meter_size` is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bound {
    /// The bound in dollars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Number>,
    /// The bound for each size of meter.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_meter_size: BTreeMap<String, Number>,
    /// What the bound is for.
    #[serde(default)]
    pub per: Per,
    /// A quantity that multiplies it: dwelling units, kW.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<String>,
    /// The charges that count, which stand above it. Default: all above.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<String>,
    /// For a bound of the year: the month (1 to 12) at whose end it is settled. Default: December.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settles: Option<u32>,
}
