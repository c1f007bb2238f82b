//! Percentages and bounds, worked out a second time from the lines above them.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::rates::rederive::charges::{Reckoner, Run};
use crate::domain::rates::rederive::exact::Exact;
use crate::domain::rates::rederive::{Mismatch, Rederived};
use crate::domain::rates::schedule::{Bound, Per, Percent};

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

    pub(super) fn bound(
        &self,
        run: Run<'_>,
        (bound, is_minimum): (&Bound, bool),
        lines: &mut Vec<Rederived>,
    ) -> Result<(), Mismatch> {
        let amount = self.by_size(bound.amount, &bound.by_meter_size)?;
        let (limit, found) = if bound.per == Per::Year {
            let ends = |day: NaiveDate| {
                day.month() == bound.settles.unwrap_or(12)
                    && day.succ_opt().is_some_and(|next| next.day() == 1)
            };
            let settles = self
                .facts
                .period
                .from
                .iter_days()
                .take_while(|day| *day < self.facts.period.until)
                .any(ends);
            if !settles || run.days.until != self.facts.period.until {
                return Ok(());
            }
            let mut found = self.base(run, &bound.of, self.days, lines)?;
            let earlier: Money = self
                .facts
                .year_to_date
                .iter()
                .filter(|entry| entry.code == run.charge.code)
                .map(|entry| entry.billed)
                .sum();
            let others: Money = lines
                .iter()
                .filter(|line| line.version != self.place && self.is_bounded(run, bound, line))
                .map(|line| line.amount)
                .sum();
            found = found
                .add(Exact::money(earlier))?
                .add(Exact::money(others))?;
            (self.multiplied(amount, bound.times.as_ref())?, found)
        } else {
            let times = self.times_of(bound.per, run.days, run.charge.prorate)?;
            (
                self.multiplied(times, bound.times.as_ref())?
                    .multiply(amount)?,
                self.base(run, &bound.of, run.days, lines)?,
            )
        };
        let gap = limit.subtract(found)?;
        if gap.is_zero() || gap.is_negative() == is_minimum {
            return Ok(());
        }
        self.write(run, None, (None, gap, Exact::ONE), lines)
    }
}
