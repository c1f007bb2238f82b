//! How much of earlier demand a URDB tariff bills at the least: by a percentage for each month, or by a percentage of months looked back at.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::domain::rates::numbers::Number;
use crate::domain::rates::schedule::Ratchet;
use crate::domain::rates::urdb::UrdbError;
use crate::domain::rates::urdb::fields::{Fields, field_number, flags, numbers};

/// A part of the highest earlier demand that is billed at the least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookback {
    /// The percentage for each month of the bill, January first.
    pub percent: Vec<Decimal>,
    /// How many months back earlier demand counts.
    pub months: u32,
    /// The months (1 to 12) whose demand counts; none stands for all.
    pub of_months: Vec<u32>,
}

impl Lookback {
    /// As a ratchet of our own.
    pub(super) fn to_ratchet(&self) -> Ratchet {
        Ratchet {
            percent: self.percent.iter().copied().map(Number).collect(),
            months: self.months,
            of_months: self.of_months.clone(),
        }
    }
}

/// Reads `demandratchetpercentage`, or else `lookbackpercent` with `lookbackrange` and `lookbackmonths`.
pub(super) fn lookback(fields: &Fields<'_>) -> Result<Option<Lookback>, UrdbError> {
    if let Some(percent) = by_month(fields)? {
        return Ok(Some(Lookback {
            percent,
            months: 12,
            of_months: Vec::new(),
        }));
    }
    let Some(percent) =
        field_number(fields, "lookbackpercent")?.filter(|percent| !percent.is_zero())
    else {
        return Ok(None);
    };
    let range = field_number(fields, "lookbackrange")?.and_then(|months| months.to_u32());
    let counted = flags(fields, "lookbackmonths")?.unwrap_or([false; 12]);
    let of_months = (1..).zip(counted).filter(|(_, counts)| *counts);
    Ok(Some(Lookback {
        percent: scaled(&[percent], "lookbackpercent")?,
        months: range.filter(|months| *months > 0).unwrap_or(12),
        of_months: of_months.map(|(month, _)| month).collect(),
    }))
}

fn by_month(fields: &Fields<'_>) -> Result<Option<Vec<Decimal>>, UrdbError> {
    let Some(percentages) = numbers(fields, "demandratchetpercentage")? else {
        return Ok(None);
    };
    if percentages.iter().all(Decimal::is_zero) {
        return Ok(None);
    }
    if percentages.len() != 12 {
        let found = format!("{} values", percentages.len());
        return Err(UrdbError::Field {
            field: "demandratchetpercentage".to_owned(),
            found,
            expected: "twelve percentages",
        });
    }
    scaled(&percentages, "demandratchetpercentage").map(Some)
}

/// Percentages; some tariffs write 0.5 where others write 50.
fn scaled(percentages: &[Decimal], field: &str) -> Result<Vec<Decimal>, UrdbError> {
    let scale = if percentages.iter().all(|percent| *percent <= Decimal::ONE) {
        Decimal::ONE_HUNDRED
    } else {
        Decimal::ONE
    };
    let scaled = percentages.iter().map(|percent| {
        percent.checked_mul(scale).ok_or_else(|| UrdbError::Field {
            field: field.to_owned(),
            found: percent.to_string(),
            expected: "a percentage",
        })
    });
    scaled.collect()
}
