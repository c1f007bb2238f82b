//! Determinants: the billed quantities of a period, worked out from what was measured by the steps the schedule gives.

use std::borrow::Cow;

use chrono::{Datelike, Months, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::period::Period;
use crate::domain::rates::compiled::{CompiledStep, CompiledVersion, Measure, QuantityId, Rule};
use crate::domain::rates::facts::{Banked, Facts};
use crate::domain::rates::intervals;
use crate::domain::rates::numbers::{OutOfRange, Ratio};
use crate::domain::rates::priced::PricingError;
use crate::domain::rates::proration;
use crate::domain::rates::schedule::DatedNumber;
use crate::domain::rates::winter;

/// The quantities of a period by one version: what was measured, and what the version's rules make of it.
#[derive(Debug, Default)]
pub(super) struct Determined {
    measured: Vec<Option<Ratio>>,
    rules: Vec<Option<Ratio>>,
    pub bank: Vec<Banked>,
}

/// Works out every quantity that the facts allow; one that lacks a measure is missed only by a charge that needs it.
///
/// # Errors
/// `WrongUnit`, `IntervalGap`, `MissingFactor` or `OutOfRange`.
pub(super) fn determine(
    version: &CompiledVersion,
    facts: &Facts,
) -> Result<Determined, PricingError> {
    let mut determined = Determined {
        measured: Vec::with_capacity(version.measures.len()),
        rules: Vec::with_capacity(version.rules.len()),
        bank: Vec::new(),
    };
    for measure in &version.measures {
        let value = measured(version, facts, measure)?;
        determined.measured.push(value);
    }
    for rule in &version.rules {
        let value = match determined.value(rule.of) {
            Some(start) => worked_out(version, facts, rule, (start, &mut determined))?,
            None => None,
        };
        determined.rules.push(value);
    }
    Ok(determined)
}

impl Determined {
    /// A quantity of the whole period, if the facts allow it.
    pub fn value(&self, id: QuantityId) -> Option<Ratio> {
        match id {
            QuantityId::Measure(place) => self.measured.get(place).copied().flatten(),
            QuantityId::Rule(place) => self.rules.get(place).copied().flatten(),
        }
    }

    /// A quantity of the whole period that a charge needs.
    ///
    /// # Errors
    /// `MissingMeasure` naming it, or `DivisionByZero`.
    pub fn needed(&self, version: &CompiledVersion, id: QuantityId) -> Result<Ratio, PricingError> {
        self.value(id).ok_or_else(|| {
            self.divided_by_zero(version, id)
                .unwrap_or_else(|| PricingError::MissingMeasure(name_of(version, id).to_owned()))
        })
    }

    /// Whether a quantity is missing because it, or one that it needs, is divided by one that is nothing.
    fn divided_by_zero(&self, version: &CompiledVersion, id: QuantityId) -> Option<PricingError> {
        let QuantityId::Rule(place) = id else {
            return None;
        };
        let rule = version.rules.get(place)?;
        let needed = std::iter::once(rule.of).chain(rule.steps.iter().filter_map(named_in));
        let by_zero = rule.steps.iter().filter_map(|step| {
            if let CompiledStep::DivideByQuantity(by) = step {
                Some(*by)
            } else {
                None
            }
        });
        let mut by_zero = by_zero.filter(|by| self.value(*by).is_some_and(Ratio::is_zero));
        let own = by_zero.next().map(|by| PricingError::DivisionByZero {
            quantity: rule.name.clone(),
            by: name_of(version, by).to_owned(),
        });
        own.or_else(|| {
            let mut missing = needed.filter(|other| self.value(*other).is_none());
            missing.find_map(|other| self.divided_by_zero(version, other))
        })
    }
}

/// A quantity's name in the document.
pub(super) fn name_of(version: &CompiledVersion, id: QuantityId) -> &str {
    match id {
        QuantityId::Measure(place) => version
            .measures
            .get(place)
            .map_or("", |measure| measure.name.as_str()),
        QuantityId::Rule(place) => version
            .rules
            .get(place)
            .map_or("", |rule| rule.name.as_str()),
    }
}

/// What part of a quantity falls into a slice: by interval values where the facts have them, else by days.
///
/// # Errors
/// `IntervalGap` or `OutOfRange`.
pub(super) fn part_in(
    version: &CompiledVersion,
    facts: &Facts,
    id: QuantityId,
    slice: Period,
) -> Result<Ratio, PricingError> {
    let by_days = Ratio::of_days(slice.days(), facts.period.days());
    if facts.intervals.is_empty() || slice == facts.period {
        return Ok(by_days);
    }
    let Some(measure) = root_measure(version, id) else {
        return Ok(by_days);
    };
    if measure.peak_of.is_some() || !intervals::has(facts, &measure.name) {
        return Ok(by_days);
    }
    let whole = intervals::total(facts, &measure.name, facts.period)?;
    if whole.is_zero() {
        return Ok(by_days);
    }
    Ok(Ratio::of(intervals::total(facts, &measure.name, slice)?).over(whole)?)
}

/// The measure at the start of a chain of quantities.
fn root_measure(version: &CompiledVersion, id: QuantityId) -> Option<&Measure> {
    match id {
        QuantityId::Measure(place) => version.measures.get(place),
        QuantityId::Rule(place) => version
            .rules
            .get(place)
            .and_then(|rule| root_measure(version, rule.of)),
    }
}

fn measured(
    version: &CompiledVersion,
    facts: &Facts,
    measure: &Measure,
) -> Result<Option<Ratio>, PricingError> {
    let mut sum: Option<Ratio> = None;
    for given in facts
        .measured
        .iter()
        .filter(|given| given.name == measure.name)
    {
        let Some((times, over)) = given.unit.factor_to(measure.unit) else {
            let (name, given, wanted) = (measure.name.clone(), given.unit, measure.unit);
            return Err(PricingError::WrongUnit {
                name,
                given,
                wanted,
            });
        };
        let value = Ratio::of(given.amount).times_decimal(times)?.over(over)?;
        sum = Some(match sum {
            Some(sum) => sum.plus(value)?,
            None => value,
        });
    }
    if sum.is_some() || facts.intervals.is_empty() {
        return Ok(sum);
    }
    if let Some(source) = measure
        .peak_of
        .and_then(|place| version.measures.get(place))
    {
        let has_intervals = intervals::has(facts, &source.name);
        return has_intervals
            .then(|| intervals::peak(facts, &source.name))
            .transpose();
    }
    let has_intervals = intervals::has(facts, &measure.name);
    has_intervals
        .then(|| intervals::total(facts, &measure.name, facts.period).map(Ratio::of))
        .transpose()
}

/// Carries out a rule's steps; `None` where another quantity that a step needs is missing, or nothing where it divides.
fn worked_out(
    version: &CompiledVersion,
    facts: &Facts,
    rule: &Rule,
    (start, determined): (Ratio, &mut Determined),
) -> Result<Option<Ratio>, PricingError> {
    let mut value = start;
    for step in &rule.steps {
        let other = match named_in(step).map(|id| determined.value(id)) {
            Some(Some(other)) => other,
            Some(None) => return Ok(None),
            None => Ratio::ZERO,
        };
        value = match step {
            CompiledStep::Times(_)
            | CompiledStep::DivideBy(_)
            | CompiledStep::Convert { .. }
            | CompiledStep::Add(_)
            | CompiledStep::AtLeast(_)
            | CompiledStep::AtMost(_)
            | CompiledStep::Round { .. } => by_number(step, value)?,
            CompiledStep::TimesFactor(place) => {
                value.times(factor_over(version, facts, *place)?)?
            }
            CompiledStep::TimesQuantity(_) => value.times(other)?,
            CompiledStep::DivideByQuantity(_) if other.is_zero() => return Ok(None),
            CompiledStep::DivideByQuantity(_) => value.over_share(other)?,
            CompiledStep::Plus(_) => value.plus(other)?,
            CompiledStep::Minus(_) => value.minus(other)?,
            CompiledStep::GreaterOf(_) => value.greater(other)?,
            CompiledStep::LesserOf(_) => value.lesser(other)?,
            CompiledStep::WinterAverage(winter) => winter::average(version, facts, winter, value)?,
            CompiledStep::NetMetering { true_up, .. } => {
                let (billed, left) = netted(value, other, banked(facts, &rule.name))?;
                let left = if settles(facts, *true_up) {
                    Decimal::ZERO
                } else {
                    left.divided()?
                };
                determined.bank.push(Banked {
                    name: rule.name.clone().into(),
                    amount: left,
                });
                billed
            }
            CompiledStep::TrueUpSurplus { true_up, bank, .. } => {
                let (_, left) = netted(value, other, banked(facts, bank))?;
                if settles(facts, Some(*true_up)) {
                    left
                } else {
                    Ratio::ZERO
                }
            }
        };
    }
    Ok(Some(value))
}

/// Carries out a step that needs nothing but numbers; the others leave the value as it is.
pub(super) fn by_number(step: &CompiledStep, value: Ratio) -> Result<Ratio, OutOfRange> {
    match step {
        CompiledStep::Times(factor) => value.times_decimal(*factor),
        CompiledStep::DivideBy(divisor) => value.over(*divisor),
        CompiledStep::Convert { times, over } => value.times_decimal(*times)?.over(*over),
        CompiledStep::Add(number) => value.plus(Ratio::of(*number)),
        CompiledStep::AtLeast(least) => value.greater(Ratio::of(*least)),
        CompiledStep::AtMost(most) => value.lesser(Ratio::of(*most)),
        CompiledStep::Round { to, mode } => value.rounded(*to, *mode),
        CompiledStep::TimesFactor(_)
        | CompiledStep::TimesQuantity(_)
        | CompiledStep::DivideByQuantity(_)
        | CompiledStep::Plus(_)
        | CompiledStep::Minus(_)
        | CompiledStep::GreaterOf(_)
        | CompiledStep::LesserOf(_)
        | CompiledStep::WinterAverage(_)
        | CompiledStep::NetMetering { .. }
        | CompiledStep::TrueUpSurplus { .. } => Ok(value),
    }
}

/// The other quantity that a step needs.
const fn named_in(step: &CompiledStep) -> Option<QuantityId> {
    match step {
        CompiledStep::TimesQuantity(id)
        | CompiledStep::DivideByQuantity(id)
        | CompiledStep::Plus(id)
        | CompiledStep::Minus(id)
        | CompiledStep::GreaterOf(id)
        | CompiledStep::LesserOf(id)
        | CompiledStep::NetMetering { received: id, .. }
        | CompiledStep::TrueUpSurplus { received: id, .. } => Some(*id),
        CompiledStep::Times(_)
        | CompiledStep::DivideBy(_)
        | CompiledStep::TimesFactor(_)
        | CompiledStep::Add(_)
        | CompiledStep::Convert { .. }
        | CompiledStep::AtLeast(_)
        | CompiledStep::AtMost(_)
        | CompiledStep::Round { .. }
        | CompiledStep::WinterAverage(_) => None,
    }
}

/// What was left in a bank before the period.
pub(super) fn banked(facts: &Facts, name: &str) -> Decimal {
    facts
        .bank
        .iter()
        .filter(|bank| bank.name == name)
        .map(|bank| bank.amount)
        .sum()
}

/// What is billed after energy fed back and the bank are taken off, and what is left for the bank.
pub(super) fn netted(
    taken: Ratio,
    received: Ratio,
    bank: Decimal,
) -> Result<(Ratio, Ratio), PricingError> {
    let net = taken.minus(received)?.minus(Ratio::of(bank))?;
    Ok(if net.is_negative() {
        (Ratio::ZERO, net.negated())
    } else {
        (net, Ratio::ZERO)
    })
}

/// Whether the period holds the last day of the month in which a year's account is settled.
pub(super) fn settles(facts: &Facts, month: Option<u32>) -> bool {
    let Some(month) = month else { return false };
    let last = facts.period.until.pred_opt().unwrap_or(facts.period.until);
    (facts.period.from.year()..=last.year()).any(|year| {
        NaiveDate::from_ymd_opt(year, month, 1)
            .and_then(|first| first.checked_add_months(Months::new(1)))
            .and_then(|next| next.pred_opt())
            .is_some_and(|end| facts.period.contains(end))
    })
}

/// A factor's dated values: those given from outside, and before the first of these those of the document.
pub(super) fn factor_values<'a>(
    version: &'a CompiledVersion,
    facts: &'a Facts,
    place: usize,
) -> (&'a str, Cow<'a, [DatedNumber]>) {
    let Some(factor) = version.factors.get(place) else {
        return ("", Cow::Borrowed(&[]));
    };
    let given = facts.factors.iter().find(|given| given.name == factor.name);
    let (name, own) = (factor.name.as_str(), factor.values.as_slice());
    let Some(first) = given.and_then(|given| given.values.first()) else {
        return (name, Cow::Borrowed(own));
    };
    let given = given.map_or(&[][..], |given| given.values.as_slice());
    let before = own.iter().take_while(|dated| dated.from < first.from);
    if first.from <= facts.period.from || before.clone().next().is_none() {
        return (name, Cow::Borrowed(given));
    }
    (name, Cow::Owned(before.chain(given).copied().collect()))
}

/// A factor's value on a day.
///
/// # Errors
/// `MissingFactor` before its first value.
pub(super) fn factor_on(
    version: &CompiledVersion,
    facts: &Facts,
    place: usize,
    day: NaiveDate,
) -> Result<Decimal, PricingError> {
    let (name, values) = factor_values(version, facts, place);
    values
        .iter()
        .rfind(|dated| dated.from <= day)
        .map(|dated| dated.value.0)
        .ok_or_else(|| PricingError::MissingFactor {
            name: name.to_owned(),
            on: day,
        })
}

/// A factor's value over the whole period, each value counting by its days.
pub(super) fn factor_over(
    version: &CompiledVersion,
    facts: &Facts,
    place: usize,
) -> Result<Ratio, PricingError> {
    let (_, values) = factor_values(version, facts, place);
    let mut parts = Vec::with_capacity(1);
    proration::slices(facts.period, None, &values, &mut parts);
    let mut sum = Ratio::ZERO;
    for part in parts {
        let value = factor_on(version, facts, place, part.from)?;
        sum = sum.plus(Ratio::of_days(part.days(), facts.period.days()).times_decimal(value)?)?;
    }
    Ok(sum)
}
