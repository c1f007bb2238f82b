//! What a version asks for beyond what a meter says: intervals, earlier use, factors from the house's tables. A bill gathers and keeps no
//! more than this.

use chrono::{Days, Months, NaiveDate};

use crate::domain::period::Period;
use crate::domain::quantity::Unit;
use crate::domain::rates::compiled::{
    CompiledStep, CompiledVersion, CompiledWinter, Measure, PastName,
};
use crate::domain::rates::facts::{Facts, GivenFactor, Measured};
use crate::domain::rates::intervals;
use crate::domain::rates::schedule::DatedNumber;
use crate::domain::rates::winter;

/// A winter average that a version works out, and what it is the average of.
#[derive(Debug, Clone, Copy)]
pub struct WinterNeed<'a> {
    winter: &'a CompiledWinter,
    past: &'a PastName,
    /// The unit in which earlier use is given.
    pub unit: Unit,
}

impl<'a> WinterNeed<'a> {
    /// The name under which earlier use is given: the measure's, wherever its use can be carried through the steps before the average.
    #[must_use]
    pub fn name(&self) -> &'a str {
        &self.past.name
    }

    /// Whether an earlier period counts for a period that begins on a day: its middle day lies in the winter that is in force.
    #[must_use]
    pub fn counts(&self, past: Period, on: NaiveDate) -> bool {
        let middle = past
            .from
            .checked_add_days(Days::new(u64::from(past.days() / 2)));
        let window = winter::window(self.winter, on);
        window.zip(middle).is_some_and(|(window, middle)| {
            window.contains(middle) && self.winter.is_winter(middle)
        })
    }

    /// The days in which the middles of the periods that count lie.
    #[must_use]
    pub fn span(&self, on: NaiveDate) -> Option<Period> {
        let window = winter::window(self.winter, on)?;
        let months =
            (0..12).filter_map(|months| window.from.checked_add_months(Months::new(months)));
        let mut winter = months.filter(|month| self.winter.is_winter(*month));
        let first = winter.next()?;
        let last = winter.next_back().unwrap_or(first);
        Period::new(first, last.checked_add_months(Months::new(1))?)
    }
}

impl CompiledVersion {
    /// Whether it prices by the time of use or by a peak of intervals.
    #[must_use]
    pub fn asks_for_intervals(&self) -> bool {
        !self.document.calendars.is_empty() || !self.document.peaks.is_empty()
    }

    /// The winter averages it works out.
    pub fn winters(&self) -> impl Iterator<Item = WinterNeed<'_>> {
        self.rules
            .iter()
            .flat_map(|rule| &rule.steps)
            .filter_map(|step| match step {
                CompiledStep::WinterAverage(winter) => {
                    let past = winter.history.last()?;
                    Some(WinterNeed {
                        winter,
                        past,
                        unit: past.unit,
                    })
                }
                CompiledStep::Times(_)
                | CompiledStep::DivideBy(_)
                | CompiledStep::TimesFactor(_)
                | CompiledStep::TimesQuantity(_)
                | CompiledStep::DivideByQuantity(_)
                | CompiledStep::Add(_)
                | CompiledStep::Convert { .. }
                | CompiledStep::Plus(_)
                | CompiledStep::Minus(_)
                | CompiledStep::AtLeast(_)
                | CompiledStep::AtMost(_)
                | CompiledStep::GreaterOf(_)
                | CompiledStep::LesserOf(_)
                | CompiledStep::Round { .. }
                | CompiledStep::NetMetering { .. }
                | CompiledStep::TrueUpSurplus { .. } => None,
            })
    }

    /// Of factors kept outside, those that it refers to, each with the values that count in a period.
    pub fn factors_of(
        &self,
        given: &[GivenFactor],
        period: Period,
    ) -> impl Iterator<Item = GivenFactor> {
        given
            .iter()
            .filter(|given| self.factors.iter().any(|own| own.name == given.name))
            .map(move |given| GivenFactor {
                name: given.name.clone(),
                values: in_force(&given.values, period),
            })
            .filter(|given| !given.values.is_empty())
    }

    /// The highest powers in the intervals of some days, under the names by which it asks for them. Where intervals are missing there is none:
    /// whoever prices those days is told.
    #[must_use]
    pub fn peaks_of(&self, facts: &Facts) -> Vec<Measured> {
        let peak = |measure: &Measure| {
            let source = self.measures.get(measure.peak_of?)?;
            let power = intervals::peak(facts, &source.name).ok()?;
            Some(Measured {
                name: measure.name.clone().into(),
                amount: power.divided().ok()?,
                unit: measure.unit,
            })
        };
        self.measures.iter().filter_map(peak).collect()
    }
}

/// The value in force when a period begins, and those that begin in it.
fn in_force(values: &[DatedNumber], period: Period) -> Vec<DatedNumber> {
    let begun = values.iter().rposition(|dated| dated.from <= period.from);
    values
        .iter()
        .skip(begun.unwrap_or(0))
        .take_while(|dated| dated.from < period.until)
        .copied()
        .collect()
}
