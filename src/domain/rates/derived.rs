//! Charges worked out from other lines: taxes, fees, surcharges and discounts in percent, and the least or most that charges come to.

use rust_decimal::Decimal;

use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::rates::blocks::Portion;
use crate::domain::rates::charges::{Pricing, Slice};
use crate::domain::rates::compiled::{CompiledBound, CompiledCharge, CompiledHow, Price};
use crate::domain::rates::determine;
use crate::domain::rates::numbers::Ratio;
use crate::domain::rates::priced::{PricedLine, PricingError};
use crate::domain::rates::schedule::{Charge, Per};

impl Pricing<'_> {
    /// Prices a percentage, or a bound of the year, of the lines that stand above it. Other bounds follow in [`bounds_of_bill`].
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
        for slice in self.slices(place, charge, compiled)? {
            let line = match &compiled.how {
                CompiledHow::Percent { percent, of } => {
                    Some(self.percentage(slice, *percent, of, lines)?)
                }
                CompiledHow::Bound(bound) if bound.per == Per::Year => {
                    self.bound_of_year(slice, bound, all, lines)?
                }
                CompiledHow::Bound(_) => None,
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

    /// The line that brings a year's charges up to the least, or down to the most, that they may come to.
    fn bound_of_year(
        &self,
        slice: Slice<'_>,
        bound: &CompiledBound,
        all: &[Pricing<'_>],
        lines: &[PricedLine],
    ) -> Result<Option<PricedLine>, PricingError> {
        let is_settled = determine::settles(self.facts, Some(bound.settles))
            && slice.days.until == self.facts.period.until;
        if !is_settled {
            return Ok(None);
        }
        let times = match bound.times {
            Some(id) => self.determined.needed(self.version, id)?,
            None => Ratio::ONE,
        };
        let limit = times.times_decimal(self.amount(slice.code, &bound.amount, slice.days)?)?;
        let gap = limit.minus(self.sum_of_year(slice, bound, all, lines)?)?;
        if !binds(gap, bound.is_minimum) {
            return Ok(None);
        }
        self.gap_line(slice, gap).map(Some)
    }

    fn gap_line(&self, slice: Slice<'_>, gap: Ratio) -> Result<PricedLine, PricingError> {
        let portion = Portion {
            block: None,
            units: gap,
            price: Decimal::ONE,
        };
        self.line(slice, None, portion, Decimal::ONE)
    }

    /// How far the bounded charges are from their bound in a slice of the bill.
    fn gap(
        &self,
        slice: Slice<'_>,
        bound: &CompiledBound,
        lines: &[PricedLine],
    ) -> Result<Ratio, PricingError> {
        let amount = self.amount(slice.code, &bound.amount, slice.days)?;
        let limit = self
            .times(slice, bound.per, bound.times)?
            .times_decimal(amount)?;
        Ok(limit.minus(self.sum_of(&bound.of, slice.days, lines)?)?)
    }

    /// The bound of a code that is not of the year, with its slices.
    fn bound_named(
        &self,
        code: &str,
    ) -> Result<Option<(&CompiledBound, Vec<Slice<'_>>)>, PricingError> {
        let mut charges = (0_u16..).zip(&self.version.document.charges);
        let Some((place, charge)) = charges.find(|(_, charge)| charge.code == code) else {
            return Ok(None);
        };
        match self.version.charges.get(usize::from(place)) {
            Some(
                compiled @ CompiledCharge {
                    how: CompiledHow::Bound(bound),
                    ..
                },
            ) if bound.per != Per::Year => {
                let slices = self.slices(place, charge, compiled)?;
                Ok(Some((bound, slices)))
            }
            Some(_) | None => Ok(None),
        }
    }

    /// What the bounded charges come to in the year: this bill's lines of all versions, and what earlier bills had.
    fn sum_of_year(
        &self,
        slice: Slice<'_>,
        bound: &CompiledBound,
        all: &[Pricing<'_>],
        lines: &[PricedLine],
    ) -> Result<Ratio, PricingError> {
        let entries = self.facts.year_to_date.iter();
        let earlier = entries
            .filter(|entry| entry.code == slice.code)
            .map(|entry| entry.billed);
        let earlier = Money::sum_of(earlier)?;
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
        let others = lines
            .iter()
            .filter(|line| line.version != self.place)
            .filter(|line| code_in_other(line).is_some_and(is_bounded))
            .map(|line| line.amount);
        let others = Money::sum_of(others)?;
        let here = self.sum_of(&bound.of, self.slice, lines)?;
        Ok(here
            .plus(Ratio::of(earlier.dollars()))?
            .plus(Ratio::of(others.dollars()))?)
    }
}

/// Prices a bound of the bill. A bill has one, however many versions price it: their bounds by their days together are what their charges
/// together come to at the least, or at the most. What is missing or too much is divided by days, as every charge is that is cut.
///
/// # Errors
/// Whatever the facts lack.
pub(super) fn bounds_of_bill(
    code: &str,
    all: &[Pricing<'_>],
    lines: &mut Vec<PricedLine>,
) -> Result<(), PricingError> {
    for is_minimum in [true, false] {
        let (mut gap, mut days) = (Ratio::ZERO, 0_u32);
        let mut parts: Vec<(&Pricing<'_>, Slice<'_>)> = Vec::with_capacity(1);
        for pricing in all {
            let found = pricing.bound_named(code)?;
            let Some((bound, slices)) = found.filter(|(bound, _)| bound.is_minimum == is_minimum)
            else {
                continue;
            };
            for slice in slices {
                gap = gap.plus(pricing.gap(slice, bound, lines)?)?;
                days = days.saturating_add(slice.days.days());
                parts.push((pricing, slice));
            }
        }
        if !binds(gap, is_minimum) {
            continue;
        }
        for (pricing, slice) in parts {
            let part = if slice.days.days() == days {
                gap
            } else {
                gap.times(Ratio::of_days(slice.days.days(), days))?
            };
            lines.push(pricing.gap_line(slice, part)?);
        }
    }
    Ok(())
}

/// Whether charges lie below their least or above their most.
const fn binds(gap: Ratio, is_minimum: bool) -> bool {
    !gap.is_zero() && gap.is_negative() != is_minimum
}
