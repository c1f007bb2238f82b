//! Time of use: energy sorted into the periods of a calendar, by interval values or by a register for each period.

use crate::domain::period::Period;
use crate::domain::rates::charges::{Pricing, Slice};
use crate::domain::rates::compiled::{CompiledPeriod, QuantityId};
use crate::domain::rates::determine;
use crate::domain::rates::facts::Banked;
use crate::domain::rates::intervals::{self, Gathered};
use crate::domain::rates::numbers::Ratio;
use crate::domain::rates::priced::{PricedLine, PricingError};

impl Pricing<'_> {
    /// Prices energy by the time of use. Energy fed back is netted over the whole period, in each time-of-use period by itself.
    pub(super) fn time_of_use(
        &mut self,
        slice: Slice<'_>,
        (calendar, of, received): (usize, usize, Option<usize>),
        periods: &[CompiledPeriod],
        lines: &mut Vec<PricedLine>,
    ) -> Result<(), PricingError> {
        let span = if received.is_some() {
            self.facts.period
        } else {
            slice.days
        };
        let taken = self.gathered(calendar, of, span)?;
        let fed_back = match received {
            Some(received) => self.gathered(calendar, received, span)?,
            None => None,
        };
        for (place, period) in (0_u8..).zip(periods) {
            if !occurs(taken.as_deref(), period) {
                let banked = determine::banked(self.facts, &period.bank);
                if received.is_some() && !banked.is_zero() {
                    self.keep(&period.bank, Ratio::of(banked))?;
                }
                continue;
            }
            let mut energy = self.energy(taken.as_deref(), (of, period.register), period, span)?;
            if let Some(received) = received {
                let back = self.energy(
                    fed_back.as_deref(),
                    (received, period.received_register),
                    period,
                    span,
                )?;
                let (net, left) =
                    determine::netted(energy, back, determine::banked(self.facts, &period.bank))?;
                self.keep(&period.bank, left)?;
                energy = net.times(Ratio::of_days(slice.days.days(), span.days()))?;
            }
            self.units(slice, (energy, Some(place)), &period.rate, lines)?;
        }
        Ok(())
    }

    /// The sums and peaks of a measure's intervals by period, where there are intervals.
    pub(super) fn gathered(
        &self,
        calendar: usize,
        measure: usize,
        span: Period,
    ) -> Result<Option<Vec<Gathered>>, PricingError> {
        let (Some(calendar), Some(measure)) = (
            self.version.calendars.get(calendar),
            self.version.measures.get(measure),
        ) else {
            return Ok(None);
        };
        if !intervals::has(self.facts, &measure.name) {
            return Ok(None);
        }
        intervals::by_period(self.facts, &measure.name, span, calendar).map(Some)
    }

    /// The energy of one time-of-use period in a span.
    fn energy(
        &self,
        gathered: Option<&[Gathered]>,
        (measure, register): (usize, Option<usize>),
        period: &CompiledPeriod,
        span: Period,
    ) -> Result<Ratio, PricingError> {
        if let Some(gathered) = gathered {
            let found = gathered.get(usize::from(period.period));
            return Ok(found.map_or(Ratio::ZERO, |found| Ratio::of(found.total)));
        }
        let whole = self.registered(measure, register)?;
        Ok(whole.times(Ratio::of_days(span.days(), self.facts.period.days()))?)
    }

    /// What the register of a period shows; the name of what is missing, if neither it nor intervals are given.
    pub(super) fn registered(
        &self,
        measure: usize,
        register: Option<usize>,
    ) -> Result<Ratio, PricingError> {
        let place = register.unwrap_or(measure);
        let found = register.and_then(|place| self.determined.value(QuantityId::Measure(place)));
        found.ok_or_else(|| {
            let name = self
                .version
                .measures
                .get(place)
                .map_or("", |measure| measure.name.as_str());
            PricingError::MissingMeasure(name.to_owned())
        })
    }

    fn keep(&mut self, name: &str, left: Ratio) -> Result<(), PricingError> {
        let amount = left.divided()?;
        match self
            .determined
            .bank
            .iter_mut()
            .find(|bank| bank.name == name)
        {
            Some(bank) => bank.amount = amount,
            None => self.determined.bank.push(Banked {
                name: name.to_owned().into(),
                amount,
            }),
        }
        Ok(())
    }
}

/// Whether a time-of-use period has any hours in the days priced; without intervals, a register says so.
pub(super) fn occurs(gathered: Option<&[Gathered]>, period: &CompiledPeriod) -> bool {
    gathered.is_none_or(|gathered| {
        gathered
            .get(usize::from(period.period))
            .is_some_and(|found| found.occurs)
    })
}
