//! Bills from determinants: each service priced by its schedule, worked out a second time, and kept with its working.
//!
//! A segment is one service of a bill over one period. What cannot be priced, or does not re-derive, is not billed: the bill run makes an
//! exception of it.

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
