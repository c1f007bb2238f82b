//! What a bill leaves to the next one: banks of energy, what the year has come to, the peaks that a ratchet looks back on.

use chrono::{Months, NaiveDate};

use crate::domain::rates::compiled::{
    CompiledBound, CompiledCharge, CompiledHow, CompiledRatchet, CompiledStep, CompiledVersion,
    QuantityId,
};
use crate::domain::rates::determine;
use crate::domain::rates::facts::{Banked, Facts, PastPeak, YearToDate};
use crate::domain::rates::priced::{PricedBill, PricingError};
use crate::domain::rates::schedule::Per;

/// What one bill of a service leaves to the next.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Carried {
    /// Energy in the bank, by the quantity or time-of-use period that banks it.
    pub bank: Vec<Banked>,
    /// What the charges under a yearly bound have come to since the year was last settled.
    pub year_to_date: Vec<YearToDate>,
    /// The highest power of this period and of earlier ones that still count.
    pub peaks: Vec<PastPeak>,
}

impl Carried {
    /// Whether the next bill need not know of it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bank.is_empty() && self.year_to_date.is_empty() && self.peaks.is_empty()
    }
}

impl CompiledVersion {
    /// Whether a bill by it may leave something to the next one.
    #[must_use]
    pub fn carries(&self) -> bool {
        let banks = |step: &CompiledStep| matches!(step, CompiledStep::NetMetering { .. });
        let charge = |charge: &CompiledCharge| match &charge.how {
            CompiledHow::TimeOfUse { received, .. } => received.is_some(),
            CompiledHow::Demand { ratchet, .. } => ratchet.is_some(),
            CompiledHow::Bound(bound) => bound.per == Per::Year,
            CompiledHow::Fixed { .. }
            | CompiledHow::Usage { .. }
            | CompiledHow::TimeOfUseDemand { .. }
            | CompiledHow::Percent { .. } => false,
        };
        self.rules.iter().flat_map(|rule| &rule.steps).any(banks) || self.charges.iter().any(charge)
    }
}

/// What a bill leaves, by the version in force at its end.
///
/// # Errors
/// Where a peak cannot be worked out, as the bill itself could not have been.
pub fn carried(
    versions: &[CompiledVersion],
    facts: &Facts,
    bill: &PricedBill,
) -> Result<Carried, PricingError> {
    let in_force = versions
        .iter()
        .filter(|version| version.effective_from() < facts.period.until);
    let Some(version) = in_force.max_by_key(|version| version.effective_from()) else {
        return Ok(Carried::default());
    };
    let mut carried = Carried {
        bank: bill
            .bank
            .iter()
            .filter(|bank| !bank.amount.is_zero())
            .cloned()
            .collect(),
        ..Carried::default()
    };
    for (charge, compiled) in version.document.charges.iter().zip(&version.charges) {
        match &compiled.how {
            CompiledHow::Bound(bound) if bound.per == Per::Year => {
                let billed = year_to_date((versions, version), facts, bill, (&charge.code, bound));
                carried.year_to_date.extend(billed);
            }
            CompiledHow::Demand {
                of,
                ratchet: Some(ratchet),
                ..
            } => peaks(version, facts, (*of, ratchet), &mut carried.peaks)?,
            CompiledHow::Fixed { .. }
            | CompiledHow::Usage { .. }
            | CompiledHow::TimeOfUse { .. }
            | CompiledHow::Demand { .. }
            | CompiledHow::TimeOfUseDemand { .. }
            | CompiledHow::Percent { .. }
            | CompiledHow::Bound(_) => {}
        }
    }
    Ok(carried)
}

/// What the charges under a yearly bound have come to, this bill counted; nothing where this bill settles the year.
fn year_to_date(
    (versions, version): (&[CompiledVersion], &CompiledVersion),
    facts: &Facts,
    bill: &PricedBill,
    (code, bound): (&str, &CompiledBound),
) -> Option<YearToDate> {
    if determine::settles(facts, Some(bound.settles)) {
        return None;
    }
    let codes: Vec<&str> = bound
        .of
        .iter()
        .filter_map(|place| version.document.charges.get(usize::from(*place)))
        .map(|charge| charge.code.as_str())
        .collect();
    let counts = |version: u16, charge: u16| {
        let document = versions
            .get(usize::from(version))
            .map(CompiledVersion::document);
        document
            .and_then(|document| document.charges.get(usize::from(charge)))
            .is_some_and(|charge| codes.contains(&charge.code.as_str()))
    };
    let earlier = facts
        .year_to_date
        .iter()
        .filter(|entry| entry.code == code)
        .map(|entry| entry.billed);
    let here = bill
        .lines
        .iter()
        .filter(|line| counts(line.version, line.charge))
        .map(|line| line.amount);
    Some(YearToDate {
        code: code.to_owned().into(),
        billed: earlier.chain(here).sum(),
    })
}

/// Adds the power of this period to the earlier peaks that the next bill may still look back on.
fn peaks(
    version: &CompiledVersion,
    facts: &Facts,
    (of, ratchet): (QuantityId, &CompiledRatchet),
    into: &mut Vec<PastPeak>,
) -> Result<(), PricingError> {
    if into.iter().any(|peak| peak.name == ratchet.peaks_of) {
        return Ok(());
    }
    let until = facts.period.until;
    let since = until
        .checked_sub_months(Months::new(ratchet.months))
        .unwrap_or(NaiveDate::MIN);
    let earlier = facts
        .peaks
        .iter()
        .filter(|peak| peak.name == ratchet.peaks_of && since <= peak.on);
    into.extend(earlier.cloned());
    let power = determine::determine(version, facts)?.needed(version, of)?;
    into.push(PastPeak {
        name: ratchet.peaks_of.clone().into(),
        on: until.pred_opt().unwrap_or(until),
        amount: power.divided()?,
    });
    Ok(())
}
