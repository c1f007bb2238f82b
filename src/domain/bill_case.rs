//! What a bill run knows of an account when it makes its draft: services, registers, what the last bill left. Values only; the bill run
//! loads them, [`crate::domain::bill_draft`] decides.

use std::collections::HashMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::domain::bill_policy::Bounds;
use crate::domain::commodity::Commodity;
use crate::domain::ids::{AccountId, RateScheduleId, ServiceAgreementId};
use crate::domain::metered::RegisterInPlace;
use crate::domain::period::Period;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rates::carried::Carried;
use crate::domain::rates::compiled::CompiledVersion;
use crate::domain::rates::facts::{CycleRange, GivenFactor, IntervalDay};

/// The published versions of one schedule, in order of their dates, with their rows.
#[derive(Debug, Clone, Default)]
pub struct Tariff {
    /// Ready for pricing.
    pub versions: Vec<CompiledVersion>,
    /// The row of each.
    pub rows: Vec<RateScheduleId>,
}

impl Tariff {
    /// The place of the version in force on the last of some days.
    #[must_use]
    pub fn place_at_end(&self, days: Period) -> Option<usize> {
        self.versions
            .iter()
            .rposition(|version| version.effective_from() < days.until)
    }

    /// Whether a version that is in force on any of some days prices by intervals. One that was published ahead says nothing yet.
    #[must_use]
    pub fn asks_for_intervals(&self, days: Period) -> bool {
        let Some(last) = self.place_at_end(days) else {
            return false;
        };
        let began = |version: &CompiledVersion| version.effective_from() <= days.from;
        let first = self.versions.iter().rposition(began).unwrap_or_default();
        let in_force = self.versions.get(first..=last).unwrap_or_default();
        in_force.iter().any(CompiledVersion::asks_for_intervals)
    }

    /// Whether the version in force on the last of some days takes energy fed back off.
    #[must_use]
    pub fn is_net(&self, days: Period) -> bool {
        let place = self.place_at_end(days);
        let version = place.and_then(|place| self.versions.get(place));
        version.is_some_and(takes_off)
    }
}

/// Whether a version takes energy fed back off.
#[must_use]
pub fn takes_off(version: &CompiledVersion) -> bool {
    version.document().measures.contains_key("received")
}

/// All published schedules by code, and the factors kept outside of them.
#[derive(Debug, Clone, Default)]
pub struct Tariffs {
    /// By code.
    pub by_code: HashMap<String, Tariff>,
    /// Dated factors by name.
    pub factors: Vec<GivenFactor>,
}

/// What an agreement adds to the facts of its bills, as stored with it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreementFacts {
    /// Counted things: carts, square feet, dwelling units.
    #[serde(default)]
    pub counts: Vec<(String, Decimal, Unit)>,
    /// Marks that conditions ask for, such as `senior`.
    #[serde(default)]
    pub marks: Vec<String>,
}

/// One service of an account.
#[derive(Debug, Clone)]
pub struct ServiceCase {
    /// Under which agreement.
    pub agreement: ServiceAgreementId,
    /// What is delivered.
    pub commodity: Commodity,
    /// By which schedule.
    pub rate_code: String,
    /// What the agreement adds.
    pub facts: AgreementFacts,
    /// The first day after the agreement's end.
    pub agreed_until: Option<NaiveDate>,
    /// The days of the period in which it was served.
    pub served: Vec<Period>,
    /// The days of the agreement in which service was suspended.
    pub suspended: Vec<Period>,
    /// Use from which on a suspended service is shown to a person.
    pub idle_use: Quantity,
    /// The meter's size, as rates name it.
    pub meter_size: Option<String>,
    /// Its registers.
    pub registers: Vec<RegisterInPlace>,
    /// Interval days by measure, where the schedule asks for them.
    pub intervals: Vec<IntervalDay>,
    /// What the last bill left.
    pub carried: Carried,
}

/// What an account used of a commodity in an earlier period.
#[derive(Debug, Clone, Copy)]
pub struct EarlierUse {
    /// The commodity.
    pub commodity: Commodity,
    /// The days.
    pub period: Period,
    /// How much.
    pub quantity: Quantity,
}

/// One account of a bill run.
#[derive(Debug, Clone)]
pub struct AccountCase {
    /// Who.
    pub account: AccountId,
    /// The class.
    pub class: &'static str,
    /// The cycle's normal length.
    pub cycle: CycleRange,
    /// The days billed.
    pub period: Period,
    /// Whether the days are only a part of the cycle's period, because the account came from another cycle or goes to one.
    pub is_cut: bool,
    /// Its services.
    pub services: Vec<ServiceCase>,
    /// Whether an agreement of it begins after the period.
    pub goes_on: bool,
    /// Whether its bill of an earlier period is not out yet.
    pub waits_for_earlier: bool,
    /// Earlier use, for winter averages.
    pub earlier: Vec<EarlierUse>,
    /// The reads that closed the last bill.
    pub last_reads: Vec<i64>,
    /// Bounds beyond which a person looks at the draft.
    pub bounds: Bounds,
}
