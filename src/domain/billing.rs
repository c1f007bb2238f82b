//! Bills from determinants: each service priced by its schedule, worked out a second time, and kept with its working.
//!
//! A segment is one service of a bill over one period. What cannot be priced, or does not re-derive, is not billed: the bill run makes an
//! exception of it.

use std::collections::BTreeSet;

use crate::domain::commodity::Commodity;
use crate::domain::money::Money;
use crate::domain::rates::carried::{Carried, carried};
use crate::domain::rates::compiled::CompiledVersion;
use crate::domain::rates::facts::Facts;
use crate::domain::rates::price;
use crate::domain::rates::priced::{PricedBill, PricingError};
use crate::domain::rates::rederive::{self, Mismatch};
use crate::domain::rates::schedule::RateSchedule;
use crate::domain::rates::working::{DaysUsed, Working};

/// One service of a bill: its lines, and the working they are re-derived from.
#[derive(Debug, Clone)]
pub struct Segment {
    /// The lines and their sum.
    pub bill: PricedBill,
    /// What is stored with them.
    pub working: Working,
    /// What it leaves to the next bill.
    pub carried: Carried,
}

/// What one service came to on a bill, and comes to when the period is billed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServiceDifference {
    /// The service.
    pub commodity: Commodity,
    /// What was billed.
    pub before: Money,
    /// What would be billed now.
    pub now: Money,
}

impl ServiceDifference {
    /// By how much more or less.
    #[must_use]
    pub fn amount(self) -> Money {
        self.now - self.before
    }
}

/// The services of two bills for the same days side by side; a service that one of them lacks comes to nothing there.
#[must_use]
pub fn differences(
    before: &[(Commodity, Money)],
    now: &[(Commodity, Money)],
) -> Vec<ServiceDifference> {
    let of = |side: &[(Commodity, Money)], commodity| {
        let amounts = side.iter().filter(|(service, _)| *service == commodity);
        amounts.map(|(_, amount)| *amount).sum()
    };
    let services = before.iter().chain(now).map(|(service, _)| *service);
    let services: BTreeSet<Commodity> = services.collect();
    services
        .into_iter()
        .map(|commodity| ServiceDifference {
            commodity,
            before: of(before, commodity),
            now: of(now, commodity),
        })
        .collect()
}

/// Why a segment is not billed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BillingError {
    /// It cannot be priced.
    #[error(transparent)]
    Pricing(#[from] PricingError),
    /// The second calculation disagrees with the first.
    #[error("the bill does not re-derive: {0}")]
    NotRederived(#[from] Mismatch),
}

/// Prices a service's period and works every line out a second time. The facts come from the rows of these reads and these days of
/// intervals.
///
/// # Errors
/// `Pricing` where the facts lack something; `NotRederived` where the two calculations differ.
pub fn segment(
    versions: &[CompiledVersion],
    facts: &Facts,
    (reads, days): (Vec<i64>, Vec<DaysUsed>),
) -> Result<Segment, BillingError> {
    let bill = price(versions, facts)?;
    let documents: Vec<&RateSchedule> = versions
        .iter()
        .map(|version| version.document().as_ref())
        .collect();
    rederive::check(&documents, facts, &bill)?;
    let carried = carried(versions, facts, &bill)?;
    let working = Working::of(facts, reads).resting_on(days).leaving(&carried);
    Ok(Segment {
        bill,
        working,
        carried,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_laid_side_by_side_and_add_up_to_the_difference() {
        let cents = Money::from_cents;
        let before = [
            (Commodity::Water, cents(2_500)),
            (Commodity::Water, cents(100)),
            (Commodity::Gas, cents(900)),
        ];
        let now = [
            (Commodity::Water, cents(2_000)),
            (Commodity::Sewer, cents(50)),
        ];
        let found = differences(&before, &now);
        let amounts: Vec<_> = found
            .iter()
            .map(|one| (one.commodity, one.amount()))
            .collect();
        assert_eq!(
            amounts,
            [
                (Commodity::Water, cents(-600)),
                (Commodity::Sewer, cents(50)),
                (Commodity::Gas, cents(-900))
            ]
        );
    }
}
