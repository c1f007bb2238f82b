//! The facts of one service of a draft: what its registers counted, under the names by which its schedule asks for it, and no more of the
//! past and of the house's tables than it asks for.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::domain::bill_case::{AccountCase, Part, ServiceCase, Tariff, Tariffs};
use crate::domain::commodity::Commodity;
use crate::domain::metered::Counted;
use crate::domain::meters::Channel;
use crate::domain::period::Period;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rates::carried::Carried;
use crate::domain::rates::compiled::CompiledVersion;
use crate::domain::rates::facts::{Facts, IntervalDay, Measured, PastUse};
use crate::domain::rates::working::DaysUsed;
use crate::domain::reads::ReadQuality;

/// How much, and how good the reads are that say so.
pub type Usage = (Quantity, ReadQuality);

/// What one service's registers counted in one part of the period, beside the account's water.
#[derive(Debug, Clone, Copy)]
pub struct Metered<'a> {
    /// Its own registers.
    pub own: &'a [Counted],
    /// What of the account's water reaches the sewer.
    pub water: Option<Usage>,
}

/// Facts with what they come from.
#[derive(Debug)]
pub struct Based {
    /// What is priced.
    pub facts: Facts,
    /// The rows of the reads.
    pub reads: Vec<i64>,
    /// The days of intervals.
    pub days: Vec<DaysUsed>,
    /// What is shown as used.
    pub usage: Option<Usage>,
}

/// The facts of one service in a part of the period. A register's amount goes by the measure its schedule asks for: `usage`, or
/// `delivered` and `received`; the sewer's `usage` is the account's water.
#[must_use]
pub fn facts_of(
    case: &AccountCase,
    service: &ServiceCase,
    (part, metered): (Part, Metered<'_>),
    (tariffs, tariff): (&Tariffs, &Tariff),
    carried: &Carried,
) -> Based {
    let (days, added) = (part.days, service.facts.on(part.days.from));
    let mut facts = Facts::of(days);
    facts.of_days = part.is_cut().then(|| part.of.days());
    facts.cycle = case.cycle;
    if part.of != case.period || case.is_cut {
        // A part of a period is no normal period, whatever its length: base charges and blocks go by its days.
        let more = case.period.days() + u32::from(case.is_cut);
        facts.cycle.least_days = facts.cycle.least_days.max(more);
    }
    facts.class = Cow::Borrowed(case.class);
    facts.meter_size = service.meter_size.clone().map(Cow::Owned);
    facts.marks = added.marks.iter().cloned().map(Cow::Owned).collect();
    facts.bank.clone_from(&carried.bank);
    facts.year_to_date.clone_from(&carried.year_to_date);
    facts.peaks.clone_from(&carried.peaks);
    let counts = added.counts.iter();
    facts.measured = counts
        .map(|(name, amount, unit)| Measured {
            name: Cow::Owned(name.clone()),
            amount: *amount,
            unit: *unit,
        })
        .collect();
    let version = tariff.place_at_end(days);
    let version = version.and_then(|place| tariff.versions.get(place));
    if let Some(version) = version {
        facts.factors = version.factors_of(&tariffs.factors, days).collect();
        facts.history = earlier_use(case, service, version, days);
    }
    if service.commodity == Commodity::Sewer {
        let water = metered.water.map(|(quantity, _)| quantity);
        facts
            .measured
            .extend(water.map(|quantity| measured("usage", quantity)));
        return Based {
            facts,
            reads: Vec::new(),
            days: Vec::new(),
            usage: metered.water,
        };
    }
    let usage = measure(&mut facts, metered.own, tariff.is_net(case.period));
    facts.intervals = intervals_of(service, days);
    if let Some(version) = version.filter(|_| part.is_cut()) {
        peaks_of_all(service, version, part.of, &mut facts);
    }
    let reads = metered.own.iter().flat_map(|counted| &counted.reads);
    Based {
        reads: reads.copied().collect(),
        days: days_used(service, (days, metered.own), !facts.intervals.is_empty()),
        facts,
        usage,
    }
}

/// The interval days of a service within some days.
fn intervals_of(service: &ServiceCase, days: Period) -> Vec<IntervalDay> {
    let all = service.intervals.iter();
    all.filter(|day| days.contains(day.day)).cloned().collect()
}

/// A peak is the highest of all days served on end, also where they were cut: each part is charged for its days of it.
fn peaks_of_all(service: &ServiceCase, version: &CompiledVersion, of: Period, facts: &mut Facts) {
    let mut whole = Facts::of(of);
    whole.intervals = intervals_of(service, of);
    for peak in version.peaks_of(&whole) {
        if facts.measured.iter().all(|known| known.name != peak.name) {
            facts.measured.push(peak);
        }
    }
}

/// Puts what the registers counted under the schedule's names; gives what is shown as used.
fn measure(facts: &mut Facts, counted: &[Counted], is_net: bool) -> Option<Usage> {
    let total = sum_of(counted, |counted| {
        !matches!(counted.channel, Channel::Received | Channel::Demand) && !counted.is_deduct
    });
    let name = if is_net { "delivered" } else { "usage" };
    facts
        .measured
        .extend(total.map(|(quantity, _)| measured(name, quantity)));
    if is_net {
        let back = sum_of(counted, |counted| counted.channel == Channel::Received);
        facts
            .measured
            .extend(back.map(|(quantity, _)| measured("received", quantity)));
    }
    let peaks = counted
        .iter()
        .filter(|counted| counted.channel == Channel::Demand)
        .map(|counted| counted.quantity);
    let highest = peaks.reduce(|highest, peak| match peak.to(highest.unit) {
        Some(peak) if peak.amount > highest.amount => peak,
        Some(_) | None => highest,
    });
    facts
        .measured
        .extend(highest.map(|quantity| measured("demand", quantity)));
    total
}

/// Earlier use, where the version works out a winter average: the sewer's is the account's water.
fn earlier_use(
    case: &AccountCase,
    service: &ServiceCase,
    version: &CompiledVersion,
    part: Period,
) -> Vec<PastUse> {
    let of = match service.commodity {
        Commodity::Sewer => Commodity::Water,
        own @ (Commodity::Water
        | Commodity::Stormwater
        | Commodity::Electric
        | Commodity::Gas
        | Commodity::Refuse
        | Commodity::Other) => own,
    };
    let mut history: Vec<PastUse> = Vec::new();
    for winter in version.winters() {
        let known = |past: &PastUse| past.name == winter.name();
        if history.iter().any(known) {
            continue;
        }
        let counts = case
            .earlier
            .iter()
            .filter(|past| past.commodity == of && winter.counts(past.period, part.from));
        let past = counts.filter_map(|past| {
            Some(PastUse {
                name: winter.name().to_owned().into(),
                period: past.period,
                amount: past.quantity.to(winter.unit)?.amount.normalize(),
            })
        });
        history.extend(past.collect::<Vec<_>>());
    }
    history
}

/// The days of intervals that a part of the period rests on, each with the version that counted.
fn days_used(
    service: &ServiceCase,
    (part, counted): (Period, &[Counted]),
    priced_by_intervals: bool,
) -> Vec<DaysUsed> {
    let mut used = Vec::new();
    for register in service.registers.iter().filter(|one| !one.days.is_empty()) {
        let by_days = counted
            .iter()
            .find(|counted| counted.register == register.id)
            .and_then(|counted| counted.days);
        let Some(days) = by_days.or_else(|| priced_by_intervals.then_some(part)) else {
            continue;
        };
        let within = register.days.iter().filter(|day| days.contains(day.day));
        let later = within.filter(|day| day.version != 1).map(|day| {
            let after = (day.day - days.from).num_days();
            (u32::try_from(after).unwrap_or_default(), day.version)
        });
        used.push(DaysUsed {
            register: register.id,
            days: (days.from, days.days()),
            later: later.collect(),
        });
    }
    used
}

/// What of the account's water in a part of the period is taken to reach the sewer, in gallons: all but what deduct meters counted. Of
/// water that was counted over other days than these, the part by days.
#[must_use]
pub fn water_to_sewer<'a>(
    water: impl Iterator<Item = (Period, &'a [Counted])>,
    part: Period,
) -> Option<Usage> {
    let mut whole: Option<(Decimal, ReadQuality)> = None;
    for (days, counted) in water {
        let Some(shared) = days.overlap(part) else {
            continue;
        };
        for counted in counted {
            let gallons = counted.quantity.to(Unit::Gallon)?.amount;
            let gallons = if shared == days {
                gallons
            } else {
                (gallons * Decimal::from(shared.days())).checked_div(Decimal::from(days.days()))?
            };
            let signed = if counted.is_deduct { -gallons } else { gallons };
            let (sum, quality) = whole.unwrap_or((Decimal::ZERO, ReadQuality::Actual));
            whole = Some((sum + signed, quality.weaker(counted.quality)));
        }
    }
    whole.map(|(amount, quality)| {
        let quantity = Quantity {
            amount: amount.max(Decimal::ZERO),
            unit: Unit::Gallon,
        };
        (quantity, quality)
    })
}

fn measured(name: &'static str, quantity: Quantity) -> Measured {
    Measured {
        name: Cow::Borrowed(name),
        amount: quantity.amount.normalize(),
        unit: quantity.unit,
    }
}

fn sum_of(counted: &[Counted], wanted: impl Fn(&Counted) -> bool) -> Option<Usage> {
    let mut sum: Option<Usage> = None;
    for counted in counted.iter().filter(|counted| wanted(counted)) {
        sum = match sum {
            None => Some((counted.quantity, counted.quality)),
            Some((whole, quality)) => {
                let more = counted.quantity.to(whole.unit)?;
                let whole = Quantity {
                    amount: whole.amount + more.amount,
                    unit: whole.unit,
                };
                Some((whole, quality.weaker(counted.quality)))
            }
        };
    }
    sum
}
