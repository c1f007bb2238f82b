//! The rate engine: rate schedules as documents, and exact bills from facts.
//!
//! * [`schedule::RateSchedule`] is one version of a schedule, as written, stored and published; [`compile::read`] reads its JSON and
//!   [`compile::compile`] checks it and makes a [`compiled::CompiledVersion`], once per version and program run.
//! * [`facts::Facts`] is what happened in one billing period of one service.
//! * [`price`] makes a [`priced::PricedBill`] of both: lines with quantity, price, unrounded and rounded amount. A line names its version,
//!   charge, time-of-use period and block by place; [`compiled::CompiledVersion::charge`] and [`line_label`] give words, fund and account.
//! * [`rederive::check`] works every line out a second time, straight from the document; [`crate::domain::billing::segment`] does both
//!   and gives the [`working::Working`] that a bill stores. [`working::explain`] is the full working of one line, for people.
//! * [`diff::diff`] says what changed between two versions, and [`urdb`] reads tariffs of the OpenEI Utility Rate Database.
//!
//! Pricing splits the period at every effective date inside it, prices each slice by its version, and rounds each line once.
//! All here is pure: the same document and facts give the same lines for ever. `README.md` explains the file formats.

pub mod asked;
pub mod bank;
mod blocks;
pub mod calendars;
pub mod carried;
mod charges;
pub mod compile;
mod compile_charges;
mod compile_derived;
mod compile_posting;
mod compile_quantities;
pub mod compiled;
pub mod converted;
mod demand;
mod derived;
mod determine;
pub mod diff;
pub mod facts;
mod intervals;
pub mod known;
pub mod needs;
pub mod numbers;
pub mod origins;
pub mod priced;
pub mod problems;
mod proration;
pub mod quantities;
pub mod rederive;
pub mod schedule;
#[cfg(test)]
mod tests;
mod tou;
pub mod urdb;
mod winter;
pub mod winter_months;
#[cfg(test)]
mod worked_tests;
pub mod working;

use crate::domain::money::Money;
use crate::domain::quantity::Unit;
use crate::domain::rates::charges::Pricing;
use crate::domain::rates::compiled::{CompiledVersion, QuantityId, in_language};
use crate::domain::rates::facts::Facts;
use crate::domain::rates::numbers::Ratio;
use crate::domain::rates::priced::{PricedBill, PricedLine, PricingError};
use crate::domain::rates::quantities::Step;
use crate::domain::rates::schedule::{How, PeriodRate, Rate, RateSchedule};

/// Prices one service's period by the versions of its schedule, in any order.
///
/// # Errors
/// Whatever the facts lack, or a number that leaves the exact range; never a guess.
pub fn price(versions: &[CompiledVersion], facts: &Facts) -> Result<PricedBill, PricingError> {
    let mut pricings = Vec::with_capacity(1);
    for (place, slice) in proration::versions_in(versions, facts.period)? {
        let Some(version) = versions.get(usize::from(place)) else {
            continue;
        };
        let determined = determine::determine(version, facts)?;
        pricings.push(Pricing {
            place,
            version,
            facts,
            slice,
            determined,
        });
    }
    same_units(&pricings, facts)?;
    let mut lines = Vec::with_capacity(8);
    for pricing in &mut pricings {
        for (place, charge) in (0_u16..).zip(&pricing.version.document.charges) {
            pricing.charge(place, charge, &mut lines)?;
        }
    }
    settle_residuals(&pricings, &mut lines, 0)?;
    price_derived(&pricings, &mut lines)?;
    lines.sort_by_key(|line| (line.charge, line.slice.from, line.period, line.block));
    let total = Money::sum_of(lines.iter().map(|line| line.amount))?;
    let bank = pricings
        .last_mut()
        .map(|pricing| std::mem::take(&mut pricing.determined.bank))
        .unwrap_or_default();
    Ok(PricedBill { lines, total, bank })
}

/// Intervals, earlier use and earlier peaks tell no unit of their own: they are in the schedule's, which must then be one in all versions
/// that count them. A version may begin or cease to count something.
fn same_units(pricings: &[Pricing<'_>], facts: &Facts) -> Result<(), PricingError> {
    let unit = |pricing: &Pricing<'_>, name: &str| {
        let measures = &pricing.version.document.measures;
        measures.get(name).copied()
    };
    let intervals = facts.intervals.iter().map(|day| &day.name);
    let history = facts.history.iter().map(|past| &past.name);
    let peaks = facts.peaks.iter().map(|peak| &peak.name);
    let changes = |name: &&facts::Name| {
        let mut units = pricings.iter().filter_map(|pricing| unit(pricing, name));
        let first = units.next();
        units.any(|other| Some(other) != first)
    };
    match intervals.chain(history).chain(peaks).find(changes) {
        Some(name) => Err(PricingError::UnitChanged(name.to_string())),
        None => Ok(()),
    }
}

/// Prices percentages and bounds, each charge in all versions before the next, so that one may count another.
fn price_derived(
    pricings: &[Pricing<'_>],
    lines: &mut Vec<PricedLine>,
) -> Result<(), PricingError> {
    let derived = |pricing: &Pricing<'_>, place: u16| {
        pricing
            .version
            .charges
            .get(usize::from(place))
            .is_some_and(compiled::CompiledCharge::is_derived)
    };
    let mut done: Vec<&str> = Vec::new();
    for pricing in pricings {
        for (place, charge) in (0_u16..).zip(&pricing.version.document.charges) {
            if !derived(pricing, place) || done.contains(&charge.code.as_str()) {
                continue;
            }
            done.push(&charge.code);
            let start = lines.len();
            for other in pricings {
                let same = (0_u16..)
                    .zip(&other.version.document.charges)
                    .find(|(_, found)| found.code == charge.code);
                if let Some((place, charge)) = same.filter(|(place, _)| derived(other, *place)) {
                    other.derived_charge((place, charge), pricings, lines)?;
                }
            }
            derived::bounds_of_bill(&charge.code, pricings, lines)?;
            settle_residuals(pricings, lines, start)?;
        }
    }
    Ok(())
}

/// Where a charge is cut into slices, its last slice takes the cent by which the rounded lines miss the rounded whole.
fn settle_residuals(
    pricings: &[Pricing<'_>],
    lines: &mut [PricedLine],
    start: usize,
) -> Result<(), PricingError> {
    let code = |line: &PricedLine| {
        let version = pricings
            .iter()
            .find(|pricing| pricing.place == line.version)?;
        let charge = version
            .version
            .document
            .charges
            .get(usize::from(line.charge))?;
        Some((charge.code.as_str(), line.period, line.block))
    };
    let Some(lines) = lines.get_mut(start..) else {
        return Ok(());
    };
    let first = lines.first().map(|line| line.slice);
    if lines.iter().all(|line| Some(line.slice) == first) {
        return Ok(());
    }
    for last in 0..lines.len() {
        let (before, rest) = lines.split_at_mut(last);
        let Some((line, after)) = rest.split_first_mut() else {
            continue;
        };
        let key = code(line);
        if after
            .iter()
            .any(|later| code(later) == key && later.slice.from > line.slice.from)
        {
            continue;
        }
        let (mut whole, mut others) = (line.unrounded, Money::ZERO);
        for slice in before
            .iter()
            .chain(after.iter())
            .filter(|slice| code(slice) == key)
        {
            whole = whole.plus(slice.unrounded)?;
            others = others.plus(slice.amount)?;
        }
        line.amount = Money::from_charge(whole.divided()?)?.minus(others)?;
    }
    Ok(())
}

/// A quantity as worked out for a whole period, for showing.
#[derive(Debug, Clone, Copy)]
pub struct ShownQuantity<'a> {
    /// Its name in the document.
    pub name: &'a str,
    /// How much.
    pub amount: Ratio,
    /// Of what.
    pub unit: Unit,
}

/// The quantities that a version's rules make of the facts.
///
/// # Errors
/// As [`price`].
pub fn quantities<'a>(
    version: &'a CompiledVersion,
    facts: &Facts,
) -> Result<Vec<ShownQuantity<'a>>, PricingError> {
    let determined = determine::determine(version, facts)?;
    let shown = version
        .rules
        .iter()
        .enumerate()
        .filter_map(|(place, rule)| {
            let amount = determined.value(QuantityId::Rule(place))?;
            Some(ShownQuantity {
                name: &rule.name,
                amount,
                unit: rule.unit,
            })
        });
    Ok(shown.collect())
}

/// The unit in which a schedule counts a measure or quantity: the one its rule names, else the last one it is turned into, else that of
/// what it starts from.
#[must_use]
pub fn unit_of(document: &RateSchedule, name: &str) -> Option<Unit> {
    let Some(rule) = document.quantities.get(name) else {
        return document.measures.get(name).copied();
    };
    let turned = rule.steps.iter().rev().find_map(|step| {
        if let Step::ConvertTo(unit) = step {
            Some(*unit)
        } else {
            None
        }
    });
    rule.unit.or(turned).or_else(|| {
        // Within a quantity's own rule its name means the measure.
        if rule.of == name {
            document.measures.get(name).copied()
        } else {
            unit_of(document, &rule.of)
        }
    })
}

/// What the bill calls a line: the block's label, else the time-of-use period's, else the charge's.
#[must_use]
pub fn line_label<'a>(
    versions: &'a [CompiledVersion],
    line: &PricedLine,
    language: &str,
) -> &'a str {
    let Some(charge) = versions
        .get(usize::from(line.version))
        .and_then(|version| version.charge(line.charge))
    else {
        return "";
    };
    let charge = charge.charge;
    let period = period_of(&charge.how, line);
    let rate = period
        .map(|period| &period.rate)
        .or_else(|| rate_of(&charge.how));
    let block = rate.and_then(|rate| rate.blocks.get(usize::from(line.block?)));
    let block_label = block
        .map(|block| &block.label)
        .filter(|label| !label.is_empty());
    let period_label = period
        .map(|period| &period.label)
        .filter(|label| !label.is_empty());
    in_language(
        block_label.or(period_label).unwrap_or(&charge.label),
        language,
    )
}

/// The unit of a line's quantity, where it is not a count of times or dollars.
#[must_use]
pub fn line_unit(versions: &[CompiledVersion], line: &PricedLine) -> Option<Unit> {
    let version = versions.get(usize::from(line.version))?;
    let compiled = version.charges.get(usize::from(line.charge))?;
    let unit_of = |id: QuantityId| match id {
        QuantityId::Measure(place) => version.measures.get(place).map(|measure| measure.unit),
        QuantityId::Rule(place) => version.rules.get(place).map(|rule| rule.unit),
    };
    match &compiled.how {
        compiled::CompiledHow::Fixed { times, .. } => times.and_then(unit_of),
        compiled::CompiledHow::Usage { of, .. } | compiled::CompiledHow::Demand { of, .. } => {
            unit_of(*of)
        }
        compiled::CompiledHow::TimeOfUse { of, .. } => unit_of(QuantityId::Measure(*of)),
        compiled::CompiledHow::TimeOfUseDemand { .. } => Some(Unit::Kw),
        compiled::CompiledHow::Percent { .. } | compiled::CompiledHow::Bound(_) => None,
    }
}

fn period_of<'a>(how: &'a How, line: &PricedLine) -> Option<&'a PeriodRate> {
    let periods = match how {
        How::TimeOfUse(tou) => &tou.periods,
        How::TimeOfUseDemand(tou) => &tou.periods,
        How::Fixed(_)
        | How::Usage(_)
        | How::Demand(_)
        | How::Percent(_)
        | How::Minimum(_)
        | How::Maximum(_) => return None,
    };
    periods.get(usize::from(line.period?))
}

const fn rate_of(how: &How) -> Option<&Rate> {
    match how {
        How::Usage(usage) => Some(&usage.rate),
        How::Demand(demand) => Some(&demand.rate),
        How::Fixed(_)
        | How::TimeOfUse(_)
        | How::TimeOfUseDemand(_)
        | How::Percent(_)
        | How::Minimum(_)
        | How::Maximum(_) => None,
    }
}
