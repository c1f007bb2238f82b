//! Charges worked out a second time, straight from the document.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::period::Period;
use crate::domain::rates::facts::Facts;
use crate::domain::rates::numbers::Number;
use crate::domain::rates::rederive::exact::Exact;
use crate::domain::rates::rederive::{Mismatch, Rederived};
use crate::domain::rates::schedule::{
    Charge, Demand, Fixed, How, Per, PeriodRate, ProrateWhen, Rate, RateSchedule, TimeOfUse,
    TimeOfUseDemand,
};

/// One document on the days it is in force.
pub(super) struct Reckoner<'a> {
    pub place: u16,
    pub document: &'a RateSchedule,
    /// The documents by the places that lines name.
    pub all: &'a [&'a RateSchedule],
    pub facts: &'a Facts,
    pub days: Period,
}

/// A charge on a run of days.
#[derive(Clone, Copy)]
pub(super) struct Run<'a> {
    pub place: u16,
    pub charge: &'a Charge,
    pub days: Period,
}

/// Units at a price: block, units, price.
pub(super) type Part = (Option<u8>, Exact, Exact);

/// Whether a charge is worked out from other lines.
pub(super) const fn is_derived(how: &How) -> bool {
    matches!(how, How::Percent(_) | How::Minimum(_) | How::Maximum(_))
}

impl Reckoner<'_> {
    /// All charges that are not worked out from other lines.
    pub fn direct(&self, lines: &mut Vec<Rederived>) -> Result<(), Mismatch> {
        for (place, charge) in (0_u16..)
            .zip(&self.document.charges)
            .filter(|(_, charge)| !is_derived(&charge.how))
        {
            for days in self.runs(charge)? {
                let run = Run {
                    place,
                    charge,
                    days,
                };
                match &charge.how {
                    How::Fixed(fixed) => self.fixed(run, fixed, lines)?,
                    How::Usage(usage) => {
                        let quantity = self
                            .quantity(&usage.of)?
                            .multiply(self.part(&usage.of, days)?)?;
                        self.energy(run, (quantity, None), &usage.rate, lines)?;
                    }
                    How::TimeOfUse(tou) => self.time_of_use(run, tou, lines)?,
                    How::Demand(demand) => {
                        self.power(run, (self.demand(demand)?, None), &demand.rate, lines)?;
                    }
                    How::TimeOfUseDemand(tou) => self.time_of_use_demand(run, tou, lines)?,
                    How::Percent(_) | How::Minimum(_) | How::Maximum(_) => {}
                }
            }
        }
        Ok(())
    }

    /// One charge that is worked out from other lines, if it is not a bound of the whole bill.
    pub fn derived(&self, code: &str, lines: &mut Vec<Rederived>) -> Result<(), Mismatch> {
        let found = (0_u16..)
            .zip(&self.document.charges)
            .find(|(_, charge)| charge.code == code);
        let Some((place, charge)) = found else {
            return Ok(());
        };
        for days in self.runs(charge)? {
            let run = Run {
                place,
                charge,
                days,
            };
            match &charge.how {
                How::Percent(percent) => self.percent(run, percent, lines)?,
                How::Minimum(bound) if bound.per == Per::Year => {
                    self.bound_of_year(run, (bound, true), lines)?;
                }
                How::Maximum(bound) if bound.per == Per::Year => {
                    self.bound_of_year(run, (bound, false), lines)?;
                }
                How::Minimum(_)
                | How::Maximum(_)
                | How::Fixed(_)
                | How::Usage(_)
                | How::TimeOfUse(_)
                | How::Demand(_)
                | How::TimeOfUseDemand(_) => {}
            }
        }
        Ok(())
    }

    /// The runs of days on which a charge has one price: walked day by day where a season or factor may turn.
    pub(super) fn runs(&self, charge: &Charge) -> Result<Vec<Period>, Mismatch> {
        if !self.concerns(charge) {
            return Ok(Vec::new());
        }
        let season = charge
            .season
            .as_ref()
            .and_then(|name| self.document.seasons.get(name));
        let factors = factors_of(&charge.how);
        if season.is_none() && factors.is_empty() {
            return Ok(vec![self.days]);
        }
        let mut runs: Vec<(Period, Vec<Option<usize>>)> = Vec::new();
        for day in self
            .days
            .from
            .iter_days()
            .take_while(|day| *day < self.days.until)
        {
            if season.is_some_and(|season| !season.contains(day)) {
                continue;
            }
            // A factor that has no value yet is missed by whatever is priced by it; a time-of-use period may have no hours.
            let place = |name: &&str| self.factor(name, day).ok().map(|(place, _)| place);
            let state: Vec<Option<usize>> = factors.iter().map(place).collect();
            let until = day.succ_opt().unwrap_or(day);
            match runs.last_mut() {
                Some((run, before)) if run.until == day && *before == state => run.until = until,
                Some(_) | None => runs.push((Period { from: day, until }, state)),
            }
        }
        Ok(runs.into_iter().map(|(run, _)| run).collect())
    }

    fn concerns(&self, charge: &Charge) -> bool {
        let Some(only) = &charge.only else {
            return true;
        };
        let has = |mark: &str| self.facts.marks.iter().any(|given| given.as_ref() == mark);
        let class = only.classes.is_empty()
            || only
                .classes
                .iter()
                .any(|class| class.as_str() == self.facts.class.as_ref());
        let size = only.meter_sizes.is_empty()
            || self
                .facts
                .meter_size
                .as_deref()
                .is_some_and(|size| only.meter_sizes.iter().any(|wanted| wanted == size));
        class
            && size
            && only.with.iter().all(|mark| has(mark))
            && only.without.iter().all(|mark| !has(mark))
    }

    /// The part of a quantity that falls into some days.
    fn part(&self, name: &str, days: Period) -> Result<Exact, Mismatch> {
        let by_days = Exact::whole(i128::from(days.days()))
            .divide(Exact::whole(i128::from(self.facts.period.days())))?;
        let root = self.root(name);
        if days == self.facts.period
            || self.document.peaks.contains_key(root)
            || !self.has_intervals(root)
        {
            return Ok(by_days);
        }
        let whole = self.interval_sum(root, self.facts.period)?;
        if whole.is_zero() {
            Ok(by_days)
        } else {
            Ok(self.interval_sum(root, days)?.divide(whole)?)
        }
    }

    /// How many bills, months, days or years some days are.
    pub(super) fn times_of(
        &self,
        per: Per,
        days: Period,
        prorate: bool,
    ) -> Result<Exact, Mismatch> {
        let all = self.facts.of_days.unwrap_or(self.facts.period.days());
        let some = i128::from(days.days());
        let cycle = self.facts.cycle;
        let is_odd = match self.document.proration.when {
            ProrateWhen::Always => true,
            ProrateWhen::Never => false,
            ProrateWhen::OutsideRange => all < cycle.least_days || cycle.most_days < all,
        };
        let months_of_cycle = Exact::whole(i128::from(cycle.months.max(1)));
        let months = if is_odd && prorate {
            Exact::whole(some).divide(Exact::days(self.document.proration.standard_days)?)?
        } else {
            Exact::whole(some)
                .divide(Exact::whole(i128::from(all)))?
                .multiply(months_of_cycle)?
        };
        Ok(match per {
            Per::Day => Exact::whole(some),
            Per::Month => months,
            Per::Bill => months.divide(months_of_cycle)?,
            Per::Year => months.divide(Exact::whole(12))?,
        })
    }

    pub(super) fn write(
        &self,
        run: Run<'_>,
        period: Option<u8>,
        (block, units, price): Part,
        lines: &mut Vec<Rederived>,
    ) -> Result<(), Mismatch> {
        let unrounded = units.multiply(price)?;
        let amount = unrounded.to_money()?;
        let (version, charge, slice) = (self.place, run.place, run.days);
        lines.push(Rederived {
            version,
            charge,
            period,
            block,
            slice,
            amount,
            unrounded,
        });
        Ok(())
    }

    pub(super) fn by_size(
        &self,
        amount: Option<Number>,
        sizes: &BTreeMap<String, Number>,
    ) -> Result<Exact, Mismatch> {
        let sized = || {
            self.facts
                .meter_size
                .as_deref()
                .and_then(|size| sizes.get(size).copied())
        };
        let found = amount
            .or_else(sized)
            .ok_or_else(|| Mismatch::Lacking("an amount for the meter size".to_owned()))?;
        Ok(Exact::decimal(found.0)?)
    }

    pub(super) fn multiplied(&self, times: Exact, by: Option<&String>) -> Result<Exact, Mismatch> {
        match by {
            Some(name) => Ok(self.quantity(name)?.multiply(times)?),
            None => Ok(times),
        }
    }

    fn fixed(
        &self,
        run: Run<'_>,
        fixed: &Fixed,
        lines: &mut Vec<Rederived>,
    ) -> Result<(), Mismatch> {
        let times = self.times_of(fixed.per, run.days, run.charge.prorate)?;
        let times = self.multiplied(times, fixed.times.as_ref())?;
        if fixed.times.is_some() && times.is_zero() {
            return Ok(());
        }
        let price = match &fixed.factor {
            Some(name) => self.factor(name, run.days.from)?.1,
            None => self.by_size(fixed.amount, &fixed.by_meter_size)?,
        };
        self.write(run, None, (None, times, price), lines)
    }

    fn energy(
        &self,
        run: Run<'_>,
        (units, period): (Exact, Option<u8>),
        rate: &Rate,
        lines: &mut Vec<Rederived>,
    ) -> Result<(), Mismatch> {
        let times = self.times_of(rate.thresholds.per, run.days, run.charge.prorate)?;
        for part in self.parts(run, units, rate, |reckoner| {
            reckoner.multiplied(times, rate.thresholds.times.as_ref())
        })? {
            self.write(run, period, part, lines)?;
        }
        Ok(())
    }

    fn power(
        &self,
        run: Run<'_>,
        (power, period): (Exact, Option<u8>),
        rate: &Rate,
        lines: &mut Vec<Rederived>,
    ) -> Result<(), Mismatch> {
        let months = self.times_of(Per::Month, run.days, run.charge.prorate)?;
        let scale =
            |reckoner: &Self| reckoner.multiplied(Exact::ONE, rate.thresholds.times.as_ref());
        for (block, units, price) in self.parts(run, power, rate, scale)? {
            self.write(run, period, (block, units.multiply(months)?, price), lines)?;
        }
        Ok(())
    }

    fn register(&self, name: Option<&String>) -> Result<Exact, Mismatch> {
        let lacking = || Mismatch::Lacking("a register for a time-of-use period".to_owned());
        self.measured(name.ok_or_else(lacking)?)?
            .ok_or_else(lacking)
    }

    fn time_of_use(
        &self,
        run: Run<'_>,
        tou: &TimeOfUse,
        lines: &mut Vec<Rederived>,
    ) -> Result<(), Mismatch> {
        let calendar = self
            .document
            .calendars
            .get(&tou.calendar)
            .ok_or_else(|| Mismatch::Lacking(tou.calendar.clone()))?;
        let span = if tou.received.is_some() {
            self.facts.period
        } else {
            run.days
        };
        let part_of = |days: Period| {
            Exact::whole(i128::from(days.days()))
                .divide(Exact::whole(i128::from(self.facts.period.days())))
        };
        let amount = |measure: &str,
                      register: Option<&String>,
                      period: &PeriodRate|
         -> Result<Option<Exact>, Mismatch> {
            if !self.has_intervals(measure) {
                return Ok(Some(self.register(register)?.multiply(part_of(span)?)?));
            }
            let found = self.in_period(measure, span, (calendar, &period.period))?;
            Ok((found.count > 0).then_some(found.sum))
        };
        for (place, period) in (0_u8..).zip(&tou.periods) {
            let Some(mut energy) = amount(&tou.of, period.register.as_ref(), period)? else {
                continue;
            };
            if let Some(received) = &tou.received {
                let back = amount(received, period.received_register.as_ref(), period)?
                    .unwrap_or(Exact::ZERO);
                let bank = self.banked(&format!("{}/{}", run.charge.code, period.period))?;
                energy = energy
                    .subtract(back)?
                    .subtract(bank)?
                    .most(Exact::ZERO)?
                    .multiply(part_of(run.days)?)?;
            }
            self.energy(run, (energy, Some(place)), &period.rate, lines)?;
        }
        Ok(())
    }

    fn time_of_use_demand(
        &self,
        run: Run<'_>,
        tou: &TimeOfUseDemand,
        lines: &mut Vec<Rederived>,
    ) -> Result<(), Mismatch> {
        let calendar = self
            .document
            .calendars
            .get(&tou.calendar)
            .ok_or_else(|| Mismatch::Lacking(tou.calendar.clone()))?;
        for (place, period) in (0_u8..).zip(&tou.periods) {
            let power = if self.has_intervals(&tou.of) {
                let found =
                    self.in_period(&tou.of, self.facts.period, (calendar, &period.period))?;
                if found.count == 0 {
                    continue;
                }
                found.peak
            } else {
                self.register(period.register.as_ref())?
            };
            self.power(run, (power, Some(place)), &period.rate, lines)?;
        }
        Ok(())
    }

    /// The power that is billed.
    fn demand(&self, demand: &Demand) -> Result<Exact, Mismatch> {
        let mut power = self.quantity(&demand.of)?;
        if let Some(least) = demand.at_least {
            power = power.most(Exact::decimal(least.0)?)?;
        }
        let Some(ratchet) = &demand.ratchet else {
            return Ok(power.most(Exact::ZERO)?);
        };
        let last = self
            .facts
            .period
            .until
            .pred_opt()
            .unwrap_or(self.facts.period.until);
        let month = usize::try_from(last.month0()).unwrap_or(0);
        let percent = ratchet
            .percent
            .get(month)
            .or_else(|| ratchet.percent.first())
            .map_or(Decimal::ZERO, |number| number.0);
        let begin = (self.facts.period.from)
            .checked_sub_months(Months::new(ratchet.months))
            .ok_or_else(|| Mismatch::Lacking("a day so many months back".to_owned()))?;
        let counts = |day: NaiveDate| {
            begin <= day
                && day < self.facts.period.from
                && (ratchet.of_months.is_empty() || ratchet.of_months.contains(&day.month()))
        };
        for peak in self
            .facts
            .peaks
            .iter()
            .filter(|peak| peak.name == demand.of && counts(peak.on))
        {
            let part = Exact::decimal(peak.amount)?
                .multiply(Exact::decimal(percent)?)?
                .divide(Exact::whole(100))?;
            power = power.most(part)?;
        }
        Ok(power.most(Exact::ZERO)?)
    }
}

/// The factors by which a charge is priced.
fn factors_of(how: &How) -> Vec<&str> {
    let one = match how {
        How::Fixed(fixed) => &fixed.factor,
        How::Usage(usage) => &usage.rate.factor,
        How::Demand(demand) => &demand.rate.factor,
        How::Percent(percent) => &percent.factor,
        How::TimeOfUse(TimeOfUse { periods, .. })
        | How::TimeOfUseDemand(TimeOfUseDemand { periods, .. }) => {
            let names = periods.iter().map(|period| period.rate.factor.as_deref());
            return names.flatten().collect();
        }
        How::Minimum(_) | How::Maximum(_) => &None,
    };
    one.as_deref().into_iter().collect()
}
