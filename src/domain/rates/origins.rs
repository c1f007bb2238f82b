//! Where each line of a bill comes from: which version of its schedule priced it, by which charge, time-of-use period and block, and for which
//! days, where one charge was split because a new price, a new season or a new factor begins inside the period.
//!
//! The lines are worked out again from what the bill kept. Where that does not give the same amounts (time of use needs the intervals, which
//! stay with the reads), a line is known by its price in the versions that were in force, and nothing is said of its days.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::rates::compile;
use crate::domain::rates::compiled::CompiledVersion;
use crate::domain::rates::converted::{Converted, converted};
use crate::domain::rates::numbers::Ratio;
use crate::domain::rates::price;
use crate::domain::rates::priced::PricedLine;
use crate::domain::rates::schedule::{How, Rate, RateSchedule};
use crate::domain::rates::working::Working;

/// A line's place in the version of the schedule that priced it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The version.
    pub document: Arc<RateSchedule>,
    /// The place among its charges.
    pub charge: usize,
    /// The place among the charge's time-of-use periods, where it has any.
    pub period: Option<usize>,
    /// The place among the blocks, where the price goes by blocks.
    pub block: Option<usize>,
}

impl Origin {
    fn of(version: &CompiledVersion, line: &PricedLine) -> Self {
        Self {
            document: Arc::clone(version.document()),
            charge: usize::from(line.charge),
            period: line.period.map(usize::from),
            block: line.block.map(usize::from),
        }
    }

    /// The name of the quantity that is priced, where the charge prices one.
    #[must_use]
    pub fn quantity(&self) -> Option<&str> {
        match &self.document.charges.get(self.charge)?.how {
            How::Usage(usage) => Some(&usage.of),
            How::Demand(demand) => Some(&demand.of),
            How::TimeOfUse(by_time) => Some(&by_time.of),
            How::TimeOfUseDemand(by_time) => Some(&by_time.of),
            How::Fixed(_) | How::Percent(_) | How::Minimum(_) | How::Maximum(_) => None,
        }
    }

    /// The charge of such a code, whatever its price.
    fn named(document: &Arc<RateSchedule>, code: &str) -> Option<Self> {
        let mut charges = document.charges.iter();
        Some(Self {
            charge: charges.position(|charge| charge.code == code)?,
            document: Arc::clone(document),
            period: None,
            block: None,
        })
    }

    /// The same charge, with the first time-of-use period and block that have this price.
    fn at(self, price: Decimal) -> Option<Self> {
        let (found, is_by_time) = {
            let charge = self.document.charges.get(self.charge)?;
            let (rates, is_by_time) = rates(&charge.how);
            let priced = rates.iter().enumerate().find_map(|(place, rate)| {
                let mut blocks = rate.blocks.iter();
                let block = blocks.position(|block| block.price.0 == price);
                let is_own = rate.price.as_ref().is_some_and(|own| own.0 == price);
                (is_own || block.is_some()).then_some((place, block))
            });
            (priced, is_by_time)
        };
        let (place, block) = found?;
        Some(Self {
            period: is_by_time.then_some(place),
            block,
            ..self
        })
    }

    /// The charge of such a code in the latest of these versions that has such a price for it; else in the latest that has the charge.
    fn find(documents: &[Arc<RateSchedule>], code: &str, price: Option<Decimal>) -> Option<Self> {
        let latest = documents.iter().rev();
        let named: Vec<Self> = latest
            .filter_map(|document| Self::named(document, code))
            .collect();
        let priced = price.and_then(|price| {
            let mut charges = named.iter();
            charges.find_map(|charge| charge.clone().at(price))
        });
        priced.or_else(|| named.into_iter().next())
    }
}

/// The prices of a charge, by time-of-use period where it has those; whether it has.
#[must_use]
pub fn rates(how: &How) -> (Vec<&Rate>, bool) {
    let periods = match how {
        How::Usage(usage) => return (vec![&usage.rate], false),
        How::Demand(demand) => return (vec![&demand.rate], false),
        How::TimeOfUse(by_time) => &by_time.periods,
        How::TimeOfUseDemand(by_time) => &by_time.periods,
        How::Fixed(_) | How::Percent(_) | How::Minimum(_) | How::Maximum(_) => {
            return (Vec::new(), false);
        }
    };
    (periods.iter().map(|period| &period.rate).collect(), true)
}

/// A line as it is printed.
#[derive(Debug, Clone, Copy)]
pub struct Printed<'a> {
    /// The charge's code.
    pub charge: &'a str,
    /// At what price.
    pub price: Option<Decimal>,
    /// What it comes to.
    pub amount: Money,
}

/// What is known of a printed line.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Where it comes from.
    pub origin: Option<Origin>,
    /// Its first and its last day, if its charge stands on the bill for other days as well: in this working, or because the service was
    /// billed in parts.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// What a measured factor made of what was used, told once for each version that prices it.
    pub converted: Option<Converted>,
}

/// Something that was used, at the prices of another period.
#[derive(Debug, Clone)]
pub struct Repriced {
    /// Which charge and block.
    pub origin: Origin,
    /// How many units.
    pub quantity: Decimal,
    /// The price of so many units as the charge's prices are for.
    pub price: Decimal,
    /// What they come to, in dollars, not rounded.
    pub amount: Decimal,
}

/// Published versions of one schedule, ready for pricing, in the order in which they came into force.
#[derive(Debug, Default)]
pub struct OneSchedule(Vec<CompiledVersion>);

impl OneSchedule {
    /// Documents, oldest first. One that does not compile prices nothing again.
    #[must_use]
    pub fn of(documents: &[String]) -> Self {
        let compiled = documents.iter().filter_map(|document| {
            let document = compile::read(document).ok()?;
            compile::compile(Arc::new(document)).ok()
        });
        Self(compiled.collect())
    }
}

/// Published versions of some schedules, by their code.
#[derive(Debug, Default)]
pub struct Versions(BTreeMap<String, Arc<OneSchedule>>);

impl Versions {
    /// Documents by their code, oldest first.
    #[must_use]
    pub fn of(documents: Vec<(String, String)>) -> Self {
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (code, document) in documents {
            found.entry(code).or_default().push(document);
        }
        let compiled = |(code, documents): (String, Vec<String>)| {
            (code, Arc::new(OneSchedule::of(&documents)))
        };
        Self(found.into_iter().map(compiled).collect())
    }

    /// Adds versions of a schedule; of one that is known up to an earlier and up to a later version, the later stays.
    pub fn add(&mut self, code: String, versions: Arc<OneSchedule>) {
        let known = self.0.entry(code).or_default();
        if known.0.len() < versions.0.len() {
            *known = versions;
        }
    }

    fn all(&self, code: &str) -> Option<&[CompiledVersion]> {
        self.0.get(code).map(|one| one.0.as_slice())
    }

    /// The versions of a code that were in force in a period, oldest first.
    fn in_force(&self, code: &str, period: Period) -> &[CompiledVersion] {
        let all = self.all(code).unwrap_or_default();
        let begun = |day: NaiveDate| all.partition_point(|one| one.effective_from() <= day);
        let last = period.until.pred_opt().unwrap_or(period.until);
        let first = begun(period.from).saturating_sub(1);
        all.get(first..begun(last)).unwrap_or_default()
    }

    /// What is known of each line of a service, in their order. `bill` is the schedule's code and the version that the bill names, which
    /// tells what it can where the working cannot be read.
    #[must_use]
    pub fn known(
        &self,
        bill: (&str, Option<&Arc<RateSchedule>>),
        working: Option<&Working>,
        lines: &[Printed<'_>],
    ) -> Vec<Known> {
        let again = working.and_then(|working| self.worked_again(bill.0, working, lines));
        let mut known = again.unwrap_or_else(|| self.by_price(bill, working, lines));
        if let Some(working) = working {
            self.convert(bill.0, working, &mut known);
        }
        known
    }

    /// The lines as their prices tell them.
    fn by_price(
        &self,
        bill: (&str, Option<&Arc<RateSchedule>>),
        working: Option<&Working>,
        lines: &[Printed<'_>],
    ) -> Vec<Known> {
        let period = working.map(Working::period);
        let versions = period.map_or(&[][..], |period| self.in_force(bill.0, period));
        let mut documents: Vec<Arc<RateSchedule>> = versions
            .iter()
            .map(|version| Arc::clone(version.document()))
            .collect();
        if documents.is_empty() {
            documents.extend(bill.1.cloned());
        }
        let known = |line: &Printed<'_>| Known {
            origin: Origin::find(&documents, line.charge, line.price),
            ..Known::default()
        };
        lines.iter().map(known).collect()
    }

    /// Puts what a measured factor made of what was used beside the first line that prices it in each version.
    fn convert(&self, code: &str, working: &Working, lines: &mut [Known]) {
        let facts = working.facts(Vec::new());
        let versions = self.all(code).unwrap_or_default();
        let mut told: Vec<(u32, String)> = Vec::new();
        for line in lines {
            let origin = line.origin.as_ref();
            let Some((origin, name)) = origin.and_then(|one| Some((one, one.quantity()?))) else {
                continue;
            };
            let place = (origin.document.version, name.to_owned());
            if told.contains(&place) {
                continue;
            }
            let mut all = versions.iter();
            let version = all.find(|version| version.document().version == place.0);
            let found = version.and_then(|version| converted(version, &facts, name));
            line.converted = found;
            told.push(place);
        }
    }

    /// The lines as they come out of the working again; nothing where they do not.
    fn worked_again(
        &self,
        code: &str,
        working: &Working,
        lines: &[Printed<'_>],
    ) -> Option<Vec<Known>> {
        let versions = self.all(code)?;
        let again = price(versions, &working.facts(Vec::new())).ok()?.lines;
        if again.len() != lines.len() {
            return None;
        }
        let mut found: Vec<(Origin, Period)> = Vec::with_capacity(lines.len());
        for (line, again) in lines.iter().zip(&again) {
            let version = versions.get(usize::from(again.version))?;
            let charge = version.charge(again.charge)?.charge;
            if charge.code != line.charge || again.amount != line.amount {
                return None;
            }
            found.push((Origin::of(version, again), again.slice));
        }
        let covered: Vec<(&str, Period)> = lines
            .iter()
            .zip(&found)
            .map(|(line, (_, slice))| (line.charge, *slice))
            .collect();
        let days = |(charge, slice): (&str, Period)| {
            let is_split = covered
                .iter()
                .any(|(other, days)| *other == charge && *days != slice);
            (is_split || working.is_part())
                .then(|| (slice.from, slice.until.pred_opt().unwrap_or(slice.from)))
        };
        let days: Vec<_> = covered.iter().copied().map(days).collect();
        let known = found.into_iter().zip(days);
        let known = known.map(|((origin, _), days)| Known {
            origin: Some(origin),
            days,
            converted: None,
        });
        Some(known.collect())
    }

    /// What the use of a later period comes to, block by block, at the prices of an earlier one: at those of each version for as many of the
    /// earlier days as it was in force. Nothing where it cannot be worked out from what the later bill kept.
    #[must_use]
    pub fn at_prices_of(
        &self,
        (code, earlier): (&str, &Working),
        later: &Working,
    ) -> Option<Vec<Repriced>> {
        let (period, facts) = (earlier.period(), later.facts(Vec::new()));
        let days = Decimal::from(period.days());
        let versions = self.in_force(code, period);
        let mut found = Vec::new();
        for (place, version) in versions.iter().enumerate() {
            let next = versions.get(place.saturating_add(1));
            let in_force = Period {
                from: version.effective_from(),
                until: next.map_or(NaiveDate::MAX, CompiledVersion::effective_from),
            };
            let weight = Decimal::from(in_force.overlap(period)?.days());
            let part = |whole: Ratio| {
                let part = whole.times_decimal(weight).ok()?.over(days).ok()?;
                part.divided().ok()
            };
            let moved = [version.in_force_from(facts.period.from)];
            for line in price(&moved, &facts).ok()?.lines {
                found.push(Repriced {
                    origin: Origin::of(version, &line),
                    quantity: part(line.quantity)?,
                    price: line.price,
                    amount: part(line.unrounded)?,
                });
            }
        }
        (!found.is_empty()).then_some(found)
    }
}

#[cfg(test)]
#[path = "origins_tests.rs"]
mod tests;
