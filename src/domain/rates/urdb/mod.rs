//! Tariffs of the OpenEI Utility Rate Database (URDB): read, turned into a rate schedule, and billed month by month.
//!
//! Names of versions 3, 7 and 8 are understood. Numbers are read from their text and never pass through a binary fraction. What a tariff
//! holds and we do not price is noted; what we cannot price rightly is refused.

pub mod bills;
mod fields;
mod fuel;
mod hours;
mod lookback;
mod measures;
mod minimums;
pub mod tariff;
#[cfg(test)]
mod tests;
pub mod to_schedule;
mod unpriced;

/// Why a URDB tariff could not be read or turned into a schedule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UrdbError {
    /// The text is not JSON.
    #[error("not JSON: {0}")]
    NotJson(String),
    /// There is no tariff in the file.
    #[error(
        "there is no tariff in the file: no energyratestructure, demand structure or fixed charge"
    )]
    NoTariff,
    /// There are several tariffs in the file.
    #[error("the file holds {} tariffs; choose one by its place or label: {}", .0.len(), placed(.0))]
    Several(Vec<String>),
    /// An object has a name twice.
    #[error("{0:?} is there twice; give each its own")]
    Twice(String),
    /// No tariff in the file has the label.
    #[error("no tariff has the label {0:?}")]
    NoLabel(String),
    /// A field is not of its documented form.
    #[error("{field}: {found} is not {expected}")]
    Field {
        /// The field.
        field: String,
        /// What stands there.
        found: String,
        /// What should.
        expected: &'static str,
    },
    /// A field has a meaning that we do not price.
    #[error("{field}: {found} cannot be priced ({why})")]
    Unsupported {
        /// The field.
        field: String,
        /// What stands there.
        found: String,
        /// Why not.
        why: &'static str,
    },
    /// Energy fed back is to be paid for, and nothing says at which price.
    #[error("the tariff has no price for energy fed back; give one with --sell-rate")]
    NoSellPrice,
    /// A schedule names a period that the rate structure does not have.
    #[error("{schedule} names period {period}, and {structure} has {have}")]
    NoPeriod {
        /// The schedule's field.
        schedule: &'static str,
        /// The period named.
        period: usize,
        /// The structure's field.
        structure: &'static str,
        /// How many periods it has.
        have: usize,
    },
}

/// The labels with their places, from 1.
fn placed(labels: &[String]) -> String {
    let placed: Vec<String> = (1..)
        .zip(labels)
        .map(|(place, label): (usize, &String)| format!("{place} {label}"))
        .collect();
    placed.join(", ")
}
