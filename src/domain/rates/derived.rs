//! Charges worked out from other lines: taxes, fees, surcharges and discounts in percent, and the least or most that charges come to.

use rust_decimal::Decimal;

use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::rates::blocks::Portion;
use crate::domain::rates::charges::{Pricing, Slice, concerns};
use crate::domain::rates::compiled::{CompiledBound, CompiledHow, Price};
use crate::domain::rates::determine;
use crate::domain::rates::numbers::Ratio;
use crate::domain::rates::priced::{PricedLine, PricingError};
use crate::domain::rates::proration;
use crate::domain::rates::schedule::{Charge, Per};

impl Pricing<'_> {
    /// Prices a percentage or bound of the lines that stand above it.
    ///
    /// # Errors
    /// Whatever the facts lack.
    pub(super) fn derived_charge(
        &self,
        (place, charge): (u16, &Charge),
        all: &[Pricing<'_>],
        lines: &mut Vec<PricedLine>,
    ) -> Result<(), PricingError> {
        let Some(compiled) = self.version.charges.get(usize::from(place)) else {
            return Ok(());
        };
        if !concerns(charge.only.as_ref(), self.facts) {
            return Ok(());
        }
        let mut slices = Vec::with_capacity(1);
        proration::slices(
            self.slice,
            compiled.season,
            &self.dated(compiled),
            &mut slices,
        );
        for days in slices {
            let share = proration::share(self.version, self.facts, days, compiled.prorate)?;
            let slice = Slice {
                charge: place,
                code: &charge.code,
                days,
                share,
            };
            let line = match &compiled.how {
                CompiledHow::Percent { percent, of } => {
                    Some(self.percentage(slice, *percent, of, lines)?)
                }
                CompiledHow::Bound(bound) => self.bound(slice, bound, all, lines)?,
                CompiledHow::Fixed { .. }
                | CompiledHow::Usage { .. }
                | CompiledHow::TimeOfUse { .. }
                | CompiledHow::Demand { .. }
                | CompiledHow::TimeOfUseDemand { .. } => None,
            };
            lines.extend(line);
        }
        Ok(())
    }

    fn percentage(
        &self,
        slice: Slice<'_>,
        percent: Price,
        of: &[u16],
        lines: &[PricedLine],
    ) -> Result<PricedLine, PricingError> {
        let units = self.sum_of(of, slice.days, lines)?;
        let portion = Portion {
            block: None,
            units,
            price: self.price(percent, slice.days)?,
        };
        self.line(slice, None, portion, Decimal::ONE_HUNDRED)
    }

    /// What the lines of some charges come to in some days, as printed; of a line that only partly lies in them, the part by days.
    fn sum_of(
        &self,
        of: &[u16],
        days: Period,
        lines: &[PricedLine],
    ) -> Result<Ratio, PricingError> {
        let mut sum = Ratio::ZERO;
        for line in lines
            .iter()
            .filter(|line| line.version == self.place && of.contains(&line.charge))
        {
            if let Some(shared) = line.slice.overlap(days) {
                let whole = Ratio::of(line.amount.dollars());
                let part = if shared == line.slice {
                    whole
                } else {
                    whole.times(Ratio::of_days(shared.days(), line.slice.days()))?
                };
                sum = sum.plus(part)?;
            }
        }
        Ok(sum)
    }

    /// The line that brings charges up to the least, or down to the most, that they may come to.
    fn bound(
        &self,
        slice: Slice<'_>,
        bound: &CompiledBound,
        all: &[Pricing<'_>],
        lines: &[PricedLine],
    ) -> Result<Option<PricedLine>, PricingError> {
        let is_yearly = bound.per == Per::Year;
        if is_yearly
            && !(determine::settles(self.facts, Some(bound.settles))
                && slice.days.until == self.facts.period.until)
        {
            return Ok(None);
        }
        let amount = self.amount(slice.code, &bound.amount, slice.days)?;
        let limit = if is_yearly {
            let times = match bound.times {
                Some(id) => self.determined.needed(self.version, id)?,
                None => Ratio::ONE,
            };
            times.times_decimal(amount)?
        } else {
            self.times(slice, bound.per, bound.times)?
                .times_decimal(amount)?
        };
        let found = if is_yearly {
            self.sum_of_year(slice, bound, all, lines)?
        } else {
            self.sum_of(&bound.of, slice.days, lines)?
        };
        let difference = limit.minus(found)?;
        let binds = if bound.is_minimum {
            !difference.is_negative()
        } else {
            difference.is_negative()
        };
        if !binds || difference.is_zero() {
            return Ok(None);
        }
        let portion = Portion {
            block: None,
            units: difference,
            price: Decimal::ONE,
        };
        self.line(slice, None, portion, Decimal::ONE).map(Some)
    }

    /// What the bounded charges come to in the year: this bill's lines of all versions, and what earlier bills had.
    fn sum_of_year(
        &self,
        slice: Slice<'_>,
        bound: &CompiledBound,
        all: &[Pricing<'_>],
        lines: &[PricedLine],
    ) -> Result<Ratio, PricingError> {
        let earlier: Money = self
            .facts
            .year_to_date
            .iter()
            .filter(|entry| entry.code == slice.code)
            .map(|entry| entry.billed)
            .sum();
        let charges = &self.version.document.charges;
        let is_bounded = |code: &str| {
            let place = charges.iter().position(|charge| charge.code == code);
            place.is_some_and(|place| bound.of.iter().any(|of| usize::from(*of) == place))
        };
        let code_in_other = |line: &PricedLine| {
            let other = all.iter().find(|other| other.place == line.version)?;
            let charge = other
                .version
                .document
                .charges
                .get(usize::from(line.charge))?;
            Some(charge.code.as_str())
        };
        let others: Money = lines
            .iter()
            .filter(|line| line.version != self.place)
            .filter(|line| code_in_other(line).is_some_and(is_bounded))
            .map(|line| line.amount)
            .sum();
        let here = self.sum_of(&bound.of, self.slice, lines)?;
        Ok(here
            .plus(Ratio::of(earlier.dollars()))?
            .plus(Ratio::of(others.dollars()))?)
    }
}
