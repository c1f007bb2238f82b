//! Quantities worked out a second time, by name and step by step.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::domain::period::Period;
use crate::domain::rates::quantities::{Newcomer, QuantityRule, Step, WinterAverage};
use crate::domain::rates::rederive::Mismatch;
use crate::domain::rates::rederive::charges::Reckoner;
use crate::domain::rates::rederive::exact::Exact;
use crate::domain::rates::schedule::{DatedNumber, Per};

impl Reckoner<'_> {
    /// A quantity or measure of the whole period.
    pub(super) fn quantity(&self, name: &str) -> Result<Exact, Mismatch> {
        self.find(name, None)?
            .ok_or_else(|| Mismatch::Lacking(name.to_owned()))
    }

    /// A quantity by name; within a quantity's own rule its name means the measure.
    fn find(&self, name: &str, within: Option<&str>) -> Result<Option<Exact>, Mismatch> {
        let rule = self
            .document
            .quantities
            .get(name)
            .filter(|_| within != Some(name));
        let Some(rule) = rule else {
            return self.measured(name);
        };
        let Some(mut value) = self.find(&rule.of, Some(name))? else {
            return Ok(None);
        };
        let mut unit = self.unit(&rule.of, Some(name));
        for step in &rule.steps {
            let other = |named: &str| {
                self.find(named, Some(name))?
                    .ok_or_else(|| Mismatch::Lacking(named.to_owned()))
            };
            value = match step {
                Step::Times(number) => value.multiply(Exact::decimal(number.0)?)?,
                Step::DivideBy(number) => value.divide(Exact::decimal(number.0)?)?,
                Step::TimesFactor(factor) => value.multiply(self.average_factor(factor)?)?,
                Step::TimesQuantity(named) => value.multiply(other(named)?)?,
                Step::ConvertTo(to) => {
                    let joined = unit.and_then(|unit| unit.factor_to(*to));
                    let (times, over) =
                        joined.ok_or_else(|| Mismatch::Lacking(format!("a conversion to {to}")))?;
                    unit = Some(*to);
                    value
                        .multiply(Exact::decimal(times)?)?
                        .divide(Exact::decimal(over)?)?
                }
                Step::DivideByQuantity(named) => value.divide(other(named)?)?,
                Step::Add(number) => value.add(Exact::decimal(number.0)?)?,
                Step::Plus(named) => value.add(other(named)?)?,
                Step::Minus(named) => value.subtract(other(named)?)?,
                Step::AtLeast(number) => value.most(Exact::decimal(number.0)?)?,
                Step::AtMost(number) => value.least(Exact::decimal(number.0)?)?,
                Step::GreaterOf(named) => value.most(other(named)?)?,
                Step::LesserOf(named) => value.least(other(named)?)?,
                Step::Round(round) => value.to_multiple(round.to.0, round.mode)?,
                Step::WinterAverage(winter) => self.winter((name, rule), winter, value)?,
                Step::NetMetering(net) => value
                    .subtract(other(&net.received)?)?
                    .subtract(self.banked(name)?)?
                    .most(Exact::ZERO)?,
                Step::TrueUpSurplus(surplus) if self.ends(surplus.true_up) => {
                    other(&surplus.received)?
                        .add(self.banked(&surplus.bank)?)?
                        .subtract(value)?
                        .most(Exact::ZERO)?
                }
                Step::TrueUpSurplus(_) => Exact::ZERO,
            };
        }
        Ok(Some(value))
    }

    /// Whether the last day of a month lies in the period.
    fn ends(&self, month: u32) -> bool {
        let days = self.facts.period.from.iter_days();
        days.take_while(|day| *day < self.facts.period.until)
            .any(|day| day.month() == month && (day + Days::new(1)).day() == 1)
    }

    /// The unit in which a quantity begins.
    fn unit(&self, name: &str, within: Option<&str>) -> Option<crate::domain::quantity::Unit> {
        let rule = self
            .document
            .quantities
            .get(name)
            .filter(|_| within != Some(name));
        let Some(rule) = rule else {
            return self.document.measures.get(name).copied();
        };
        let converted = rule.steps.iter().rev().find_map(|step| {
            if let Step::ConvertTo(to) = step {
                Some(*to)
            } else {
                None
            }
        });
        rule.unit
            .or(converted)
            .or_else(|| self.unit(&rule.of, Some(name)))
    }

    /// The measure from which a quantity starts.
    pub(super) fn root<'n>(&'n self, name: &'n str) -> &'n str {
        let mut name = name;
        while let Some(rule) = self.document.quantities.get(name) {
            if rule.of == name {
                break;
            }
            name = &rule.of;
        }
        name
    }

    pub(super) fn banked(&self, name: &str) -> Result<Exact, Mismatch> {
        let mut sum = Exact::ZERO;
        for bank in self.facts.bank.iter().filter(|bank| bank.name == name) {
            sum = sum.add(Exact::decimal(bank.amount)?)?;
        }
        Ok(sum)
    }

    /// The values of a factor: the document's until the first that is given from outside, then those.
    fn values(&self, name: &str) -> Vec<DatedNumber> {
        let given = self.facts.factors.iter().filter(|given| given.name == name);
        let given: Vec<DatedNumber> = given.flat_map(|given| &given.values).copied().collect();
        let own = self.document.factors.get(name).into_iter().flatten();
        let counts = |dated: &&DatedNumber| given.iter().all(|later| dated.from < later.from);
        let own: Vec<DatedNumber> = own.filter(counts).copied().collect();
        own.into_iter().chain(given).collect()
    }

    /// A factor on a day, and where among its values that one stands.
    pub(super) fn factor(&self, name: &str, day: NaiveDate) -> Result<(usize, Exact), Mismatch> {
        let values = self.values(name);
        let begun = values
            .iter()
            .enumerate()
            .take_while(|(_, dated)| dated.from <= day)
            .last();
        let (place, dated) =
            begun.ok_or_else(|| Mismatch::Lacking(format!("factor {name} on {day}")))?;
        Ok((place, Exact::decimal(dated.value.0)?))
    }

    /// The mean of a factor over the days of the period.
    fn average_factor(&self, name: &str) -> Result<Exact, Mismatch> {
        let (mut sum, mut run, mut last) = (Exact::ZERO, 0_i128, None);
        for day in self
            .facts
            .period
            .from
            .iter_days()
            .take_while(|day| *day < self.facts.period.until)
        {
            let (place, value) = self.factor(name, day)?;
            match last {
                Some((before, _)) if before == place => run += 1,
                Some((_, before)) => {
                    sum = sum.add(Exact::multiply(before, Exact::whole(run))?)?;
                    (run, last) = (1, Some((place, value)));
                }
                None => (run, last) = (1, Some((place, value))),
            }
        }
        if let Some((_, value)) = last {
            sum = sum.add(value.multiply(Exact::whole(run))?)?;
        }
        Ok(sum.divide(Exact::whole(i128::from(self.facts.period.days())))?)
    }

    /// What an amount that the facts give under one name comes to as a quantity, where numbers alone lead from the one to the other.
    fn known_as(
        &self,
        (name, within): (&str, Option<&str>),
        (given, amount): (&str, Exact),
    ) -> Result<Option<Exact>, Mismatch> {
        let rule = self.document.quantities.get(name);
        if let Some(rule) = rule.filter(|_| within != Some(name))
            && let Some(found) = self.known_as((&rule.of, Some(name)), (given, amount))?
            && let Some(whole) = self.by_numbers((name, rule), &rule.steps, found)?
        {
            return Ok(Some(whole));
        }
        Ok((name == given).then_some(amount))
    }

    /// An amount after some first steps of a rule, if they need nothing but numbers.
    fn by_numbers(
        &self,
        (name, rule): (&str, &QuantityRule),
        steps: &[Step],
        amount: Exact,
    ) -> Result<Option<Exact>, Mismatch> {
        let (mut amount, mut unit) = (amount, self.unit(&rule.of, Some(name)));
        for step in steps {
            amount = match step {
                Step::Times(number) => amount.multiply(Exact::decimal(number.0)?)?,
                Step::DivideBy(number) => amount.divide(Exact::decimal(number.0)?)?,
                Step::Add(number) => amount.add(Exact::decimal(number.0)?)?,
                Step::AtLeast(number) => amount.most(Exact::decimal(number.0)?)?,
                Step::AtMost(number) => amount.least(Exact::decimal(number.0)?)?,
                Step::Round(round) => amount.to_multiple(round.to.0, round.mode)?,
                Step::ConvertTo(to) => {
                    let Some((times, over)) = unit.and_then(|unit| unit.factor_to(*to)) else {
                        return Ok(None);
                    };
                    unit = Some(*to);
                    let larger = amount.multiply(Exact::decimal(times)?)?;
                    larger.divide(Exact::decimal(over)?)?
                }
                Step::TimesFactor(_)
                | Step::TimesQuantity(_)
                | Step::DivideByQuantity(_)
                | Step::Plus(_)
                | Step::Minus(_)
                | Step::GreaterOf(_)
                | Step::LesserOf(_)
                | Step::WinterAverage(_)
                | Step::NetMetering(_)
                | Step::TrueUpSurplus(_) => return Ok(None),
            };
        }
        Ok(Some(amount))
    }

    /// Past use as the present use is when it comes to its average: under the first of its names that the facts give.
    fn past(
        &self,
        (name, rule): (&str, &QuantityRule),
        winter: &WinterAverage,
    ) -> Result<Vec<(Period, Exact)>, Mismatch> {
        let first = |step: &&Step| !matches!(step, Step::WinterAverage(found) if found == winter);
        let before: Vec<Step> = rule.steps.iter().take_while(first).cloned().collect();
        let mut found: Vec<(Period, Exact)> = Vec::new();
        let (mut of, mut within) = (rule.of.as_str(), name);
        while found.is_empty() {
            for past in self.facts.history.iter().filter(|past| past.name == of) {
                let given = (of, Exact::decimal(past.amount)?);
                let known = self.known_as((&rule.of, Some(name)), given)?;
                let carried = known.map(|known| self.by_numbers((name, rule), &before, known));
                let amount = carried.transpose()?.flatten();
                found.extend(amount.map(|amount| (past.period, amount)));
            }
            match self.document.quantities.get(of).filter(|_| of != within) {
                Some(deeper) => (within, of) = (of, &deeper.of),
                None => break,
            }
        }
        Ok(found)
    }

    /// The average of the latest winter before the period, for as many months as the period counts.
    fn winter(
        &self,
        rule: (&str, &QuantityRule),
        winter: &WinterAverage,
        actual: Exact,
    ) -> Result<Exact, Mismatch> {
        let whole = self.facts.period;
        let months = self.times_of(Per::Month, whole, true)?;
        let first = |year: i32| NaiveDate::from_ymd_opt(year, winter.new_from, 1);
        let year = whole.from.year();
        let turned = [first(year), first(year - 1)]
            .into_iter()
            .flatten()
            .find(|day| *day <= whole.from);
        let until = turned.ok_or_else(|| Mismatch::Lacking("a winter".to_owned()))?;
        let from = until - Months::new(12);
        let counts = |past: &Period| {
            let middle = past.from + Days::new(u64::from(past.days() / 2));
            from <= middle && middle < until && winter.months.contains(&middle.month())
        };
        let mut past = self.past(rule, winter)?;
        past.retain(|(period, _)| counts(period));
        let number = past.len();
        let days: i128 = past
            .iter()
            .map(|(period, _)| i128::from(period.days()))
            .sum();
        let least = usize::try_from(winter.least_periods.unwrap_or(1))
            .unwrap_or(1)
            .max(1);
        if number < least || days == 0 {
            return Ok(match winter.newcomer {
                Newcomer::Actual => actual,
                Newcomer::ActualUpTo(most) => {
                    actual.least(Exact::decimal(most.0)?.multiply(months)?)?
                }
                Newcomer::Default(amount) => Exact::decimal(amount.0)?.multiply(months)?,
            });
        }
        let mut sum = Exact::ZERO;
        for (_, amount) in past {
            sum = sum.add(amount)?;
        }
        let month = match winter.normal_days {
            Some(normal) => sum
                .divide(Exact::whole(days))?
                .multiply(Exact::days(normal)?)?,
            None => {
                let months_of_all = i128::try_from(number).unwrap_or(1)
                    * i128::from(self.facts.cycle.months.max(1));
                sum.divide(Exact::whole(months_of_all))?
            }
        };
        Ok(month.multiply(months)?)
    }
}
