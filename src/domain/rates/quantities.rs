//! Quantities worked out from measures before they are priced: conversions, roundings, winter averages, netting. Document types only;
//! `determine` carries the steps out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::quantity::Unit;
use crate::domain::rates::numbers::{Days, Number, Rounding};
use crate::domain::rates::schedule::Words;

/// A quantity worked out from a measure or another quantity, step by step, for the whole period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuantityRule {
    /// The measure or quantity it starts from.
    pub of: String,
    /// Its unit, as printed. Default: that of what it starts from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// What the bill calls it.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub label: Words,
    /// The steps, first to last.
    pub steps: Vec<Step>,
}

/// One step in working out a quantity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Multiply by a number.
    Times(Number),
    /// Divide by a number.
    DivideBy(Number),
    /// Multiply by a dated factor; one that changes in the period counts by its days.
    TimesFactor(String),
    /// Multiply by another quantity.
    TimesQuantity(String),
    /// Turn into another unit of the same kind, by definition: CCF into gallons, not into therms.
    ConvertTo(Unit),
    /// Divide by another quantity, such as a power factor.
    DivideByQuantity(String),
    /// Add a number; a negative one takes off.
    Add(Number),
    /// Add another quantity.
    Plus(String),
    /// Take another quantity off.
    Minus(String),
    /// No less than a number, which is for the period as it is: it does not grow or shrink with its days.
    AtLeast(Number),
    /// No more than a number, which is for the period as it is: it does not grow or shrink with its days.
    AtMost(Number),
    /// No less than another quantity.
    GreaterOf(String),
    /// No more than another quantity.
    LesserOf(String),
    /// Round to a multiple.
    Round(RoundStep),
    /// The average of the past winter, in place of the present use.
    WinterAverage(WinterAverage),
    /// Take energy fed back off, and then what earlier periods left in the bank; what is left over goes to the bank.
    NetMetering(NetMetering),
    /// What is left in a net-metering quantity's bank when it is emptied, to be paid for; nothing in other months.
    TrueUpSurplus(TrueUpSurplus),
}

/// Rounds to a multiple.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoundStep {
    /// The multiple: `"1"` for whole units, `"0.01"` for two decimals.
    pub to: Number,
    /// Which way.
    #[serde(default = "half_up")]
    pub mode: Rounding,
}

const fn half_up() -> Rounding {
    Rounding::HalfUp
}

/// The average of the past winter's use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WinterAverage {
    /// The winter months (1 to 12). A past period counts if its middle day lies in one of them.
    pub months: Vec<u32>,
    /// The month (1 to 12) from which a new average counts.
    pub new_from: u32,
    /// The days an average use per day is multiplied by, such as `"30.42"`. Default: the average of the periods as they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub normal_days: Option<Days>,
    /// How many winter periods there must be. Default: one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least_periods: Option<u32>,
    /// What counts for a customer who has too few.
    pub newcomer: Newcomer,
}

/// What counts in place of a winter average that a newcomer does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Newcomer {
    /// The present use.
    Actual,
    /// The present use, up to a class average for a month.
    ActualUpTo(Number),
    /// A class average for a month.
    Default(Number),
}

/// Energy fed back into the grid, netted within the period and banked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NetMetering {
    /// The measure or quantity of energy fed back.
    pub received: String,
    /// The month (1 to 12) at whose end the bank is emptied. What was left can be paid for by a quantity with `true-up-surplus`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub true_up: Option<u32>,
}

/// What a year of net metering leaves in the bank. The quantity starts, like the net-metering quantity, from the energy taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TrueUpSurplus {
    /// The measure or quantity of energy fed back.
    pub received: String,
    /// The month (1 to 12) at whose end the bank is emptied.
    pub true_up: u32,
    /// The net-metering quantity whose bank it is.
    pub bank: String,
}
