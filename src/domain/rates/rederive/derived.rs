//! Percentages and bounds, worked out a second time from the lines above them.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::rates::rederive::charges::{Reckoner, Run};
use crate::domain::rates::rederive::exact::Exact;
use crate::domain::rates::rederive::{Mismatch, Rederived};
use crate::domain::rates::schedule::{Bound, Charge, How, Per, Percent};

impl Reckoner<'_> {
    /// What the named charges come to in some days.
    fn base(
        &self,
        run: Run<'_>,
        of: &[String],
        days: Period,
        lines: &[Rederived],
    ) -> Result<Exact, Mismatch> {
        let counts = |line: &Rederived| {
            let charge = self.document.charges.get(usize::from(line.charge));
            let named = charge.is_some_and(|charge| of.is_empty() || of.contains(&charge.code));
            line.version == self.place && line.charge < run.place && named
        };
        let mut sum = Exact::ZERO;
        for line in lines.iter().filter(|line| counts(line)) {
            let from = line.slice.from.max(days.from);
            let shared = (line.slice.until.min(days.until) - from).num_days().max(0);
            let part = Exact::whole(shared).divide(Exact::whole(i128::from(line.slice.days())))?;
            sum = sum.add(Exact::money(line.amount).multiply(part)?)?;
        }
        Ok(sum)
    }

    pub(super) fn percent(
        &self,
        run: Run<'_>,
        percent: &Percent,
        lines: &mut Vec<Rederived>,
    ) -> Result<(), Mismatch> {
        let rate = match (&percent.factor, percent.percent) {
            (Some(name), _) => self.factor(name, run.days.from)?.1,
            (None, number) => Exact::decimal(number.map_or(Decimal::ZERO, |number| number.0))?,
        };
        let base = self.base(run, &percent.of, run.days, lines)?;
        self.write(
            run,
            None,
            (None, base, rate.divide(Exact::whole(100))?),
            lines,
        )
    }

    /// Whether a line of another version is of a charge that a bound counts.
    fn is_bounded(&self, run: Run<'_>, bound: &Bound, line: &Rederived) -> bool {
        let other = self.all.get(usize::from(line.version));
        let charge = other.and_then(|other| other.charges.get(usize::from(line.charge)));
        let above = || {
            let above = self.document.charges.iter().take(usize::from(run.place));
            above.map(|charge| &charge.code)
        };
        charge.is_some_and(|charge| {
            let counts = bound.of.is_empty() || bound.of.contains(&charge.code);
            counts && above().any(|code| *code == charge.code)
        })
    }

    /// A bound of the year, on the bill that settles it.
    pub(super) fn bound_of_year(
        &self,
        run: Run<'_>,
        (bound, is_minimum): (&Bound, bool),
        lines: &mut Vec<Rederived>,
    ) -> Result<(), Mismatch> {
        let amount = self.by_size(bound.amount, &bound.by_meter_size)?;
        let ends = |day: NaiveDate| {
            day.month() == bound.settles.unwrap_or(12)
                && day.succ_opt().is_some_and(|next| next.day() == 1)
        };
        let days = self.facts.period.from.iter_days();
        let settles = days
            .take_while(|day| *day < self.facts.period.until)
            .any(ends);
        if !settles || run.days.until != self.facts.period.until {
            return Ok(());
        }
        let entries = self.facts.year_to_date.iter();
        let earlier = entries
            .filter(|entry| entry.code == run.charge.code)
            .map(|entry| entry.billed);
        let others = lines
            .iter()
            .filter(|line| line.version != self.place && self.is_bounded(run, bound, line))
            .map(|line| line.amount);
        let found = self
            .base(run, &bound.of, self.days, lines)?
            .add(Exact::money(Money::sum_of(earlier)?))?
            .add(Exact::money(Money::sum_of(others)?))?;
        let gap = self
            .multiplied(amount, bound.times.as_ref())?
            .subtract(found)?;
        if gap.is_zero() || gap.is_negative() == is_minimum {
            return Ok(());
        }
        self.write(run, None, (None, gap, Exact::ONE), lines)
    }

    /// The bound by a code that is not of the year, and its place.
    fn bound_by(&self, code: &str, is_minimum: bool) -> Option<(u16, &Charge, &Bound)> {
        let mut charges = (0_u16..).zip(&self.document.charges);
        let (place, charge) = charges.find(|(_, charge)| charge.code == code)?;
        let bound = match (&charge.how, is_minimum) {
            (How::Minimum(bound), true) | (How::Maximum(bound), false) => bound,
            (
                How::Minimum(_)
                | How::Maximum(_)
                | How::Fixed(_)
                | How::Usage(_)
                | How::TimeOfUse(_)
                | How::Demand(_)
                | How::TimeOfUseDemand(_)
                | How::Percent(_),
                _,
            ) => return None,
        };
        (bound.per != Per::Year).then_some((place, charge, bound))
    }
}

/// A bound of the whole bill: what all documents together allow against what their lines together come to; the gap by days.
pub(super) fn bounds(
    all: &[Reckoner<'_>],
    code: &str,
    lines: &mut Vec<Rederived>,
) -> Result<(), Mismatch> {
    for is_minimum in [true, false] {
        let (mut allowed, mut found, mut days) = (Exact::ZERO, Exact::ZERO, 0_i128);
        let mut parts: Vec<(&Reckoner<'_>, Run<'_>)> = Vec::new();
        for reckoner in all {
            let Some((place, charge, bound)) = reckoner.bound_by(code, is_minimum) else {
                continue;
            };
            for days_of_run in reckoner.runs(charge)? {
                let run = Run {
                    place,
                    charge,
                    days: days_of_run,
                };
                let times = reckoner.times_of(bound.per, run.days, charge.prorate)?;
                let limit = reckoner
                    .multiplied(times, bound.times.as_ref())?
                    .multiply(reckoner.by_size(bound.amount, &bound.by_meter_size)?)?;
                allowed = allowed.add(limit)?;
                found = found.add(reckoner.base(run, &bound.of, run.days, lines)?)?;
                days += i128::from(run.days.days());
                parts.push((reckoner, run));
            }
        }
        let gap = allowed.subtract(found)?;
        if gap.is_zero() || gap.is_negative() == is_minimum {
            continue;
        }
        for (reckoner, run) in parts {
            let share = Exact::whole(i128::from(run.days.days())).divide(Exact::whole(days))?;
            reckoner.write(run, None, (None, gap, share), lines)?;
        }
    }
    Ok(())
}
