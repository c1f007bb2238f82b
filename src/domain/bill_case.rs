//! What a bill run knows of an account when it makes its draft: services, registers, what the last bill left. Values only; the bill run
//! loads them, [`crate::domain::bill_draft`] decides.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::agreement_facts::DatedFacts;
use crate::domain::bill_policy::Bounds;
use crate::domain::commodity::Commodity;
use crate::domain::ids::{AccountId, RateScheduleId, ServiceAgreementId};
use crate::domain::metered::RegisterInPlace;
use crate::domain::period::Period;
use crate::domain::quantity::Quantity;
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

/// Days of a service that are priced together: nothing about the agreement changes within them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The days.
    pub days: Period,
    /// The days served on end that they were cut from.
    pub of: Period,
}

impl Part {
    /// Days that were not cut.
    #[must_use]
    pub const fn whole(days: Period) -> Self {
        Self { days, of: days }
    }

    /// Whether other days were served on end with them.
    #[must_use]
    pub fn is_cut(self) -> bool {
        self.days != self.of
    }
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
    /// What the agreement adds, over time.
    pub facts: DatedFacts,
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

impl ServiceCase {
    /// The days in which it was served, cut where the agreement's facts change.
    #[must_use]
    pub fn parts(&self) -> Vec<Part> {
        let cut = |of: &Period| {
            let of = *of;
            self.facts
                .parts(of)
                .into_iter()
                .map(move |days| Part { days, of })
        };
        self.served.iter().flat_map(cut).collect()
    }
}

/// What an account used of a commodity in an earlier period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EarlierUse {
    /// The commodity.
    pub commodity: Commodity,
    /// The days.
    pub period: Period,
    /// How much.
    pub quantity: Quantity,
}

impl EarlierUse {
    /// Adds up what a bill says in several parts of one commodity: each period counts once, whatever was cut or suspended in it.
    #[must_use]
    pub fn added_up(uses: impl IntoIterator<Item = Self>) -> Vec<Self> {
        let mut sums: Vec<Self> = Vec::new();
        for one in uses {
            let same = |sum: &&mut Self| sum.commodity == one.commodity && sum.period == one.period;
            let sum = sums.iter_mut().find(same);
            let more = sum
                .as_ref()
                .and_then(|sum| one.quantity.to(sum.quantity.unit));
            match sum.zip(more) {
                Some((sum, more)) => sum.quantity.amount += more.amount,
                None => sums.push(one),
            }
        }
        sums
    }
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

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::domain::quantity::Unit;

    #[test]
    fn a_period_that_was_billed_in_parts_is_one_period_of_earlier_use() {
        let period = |from: &str, until: &str| {
            Period::new(from.parse().unwrap(), until.parse().unwrap()).unwrap()
        };
        let used = |commodity, period, amount: i64| EarlierUse {
            commodity,
            period,
            quantity: Quantity {
                amount: Decimal::from(amount),
                unit: Unit::Gallon,
            },
        };
        let (may, june) = (
            period("2026-05-01", "2026-06-01"),
            period("2026-06-01", "2026-07-01"),
        );
        let uses = [
            used(Commodity::Water, may, 1_000),
            used(Commodity::Water, june, 700),
            used(Commodity::Water, june, 900),
            used(Commodity::Gas, june, 5),
        ];
        let added = EarlierUse::added_up(uses);
        let expected = [
            used(Commodity::Water, may, 1_000),
            used(Commodity::Water, june, 1_600),
            used(Commodity::Gas, june, 5),
        ];
        assert_eq!(added, expected);
    }
}
