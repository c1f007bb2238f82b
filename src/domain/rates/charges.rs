//! Charges worked out from facts: fixed amounts, usage, time of use and demand. Percentages and bounds follow in `derived`.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::rates::blocks::{self, Portion};
use crate::domain::rates::compiled::{
    Amount, CompiledCharge, CompiledHow, CompiledRate, CompiledVersion, Price, Prices, QuantityId,
};
use crate::domain::rates::determine::{self, Determined};
use crate::domain::rates::facts::Facts;
use crate::domain::rates::numbers::Ratio;
use crate::domain::rates::priced::{PricedLine, PricingError};
use crate::domain::rates::proration;
use crate::domain::rates::schedule::{Charge, Condition, DatedNumber, Per};

/// One version at work on the facts of a period.
pub(super) struct Pricing<'a> {
    /// Which version.
    pub place: u16,
    pub version: &'a CompiledVersion,
    pub facts: &'a Facts,
    /// The days on which the version is in force.
    pub slice: Period,
    pub determined: Determined,
}

/// One charge at work on a slice of days.
#[derive(Clone, Copy)]
pub(super) struct Slice<'a> {
    pub charge: u16,
    pub code: &'a str,
    pub days: Period,
    /// How much of a cycle the days are.
    pub share: Ratio,
}

/// Whether a charge concerns the account.
pub(super) fn concerns(only: Option<&Condition>, facts: &Facts) -> bool {
    let Some(only) = only else { return true };
    let has = |mark: &String| facts.marks.iter().any(|given| given == mark);
    let size = facts.meter_size.as_deref();
    (only.classes.is_empty() || only.classes.iter().any(|class| *class == facts.class))
        && (only.meter_sizes.is_empty()
            || only
                .meter_sizes
                .iter()
                .any(|wanted| Some(wanted.as_str()) == size))
        && only.with.iter().all(has)
        && !only.without.iter().any(has)
}

impl Pricing<'_> {
    /// Prices a charge in each of its slices of the version's days.
    ///
    /// # Errors
    /// Whatever the facts lack.
    pub fn charge(
        &mut self,
        place: u16,
        charge: &Charge,
        lines: &mut Vec<PricedLine>,
    ) -> Result<(), PricingError> {
        let Some(compiled) = self.version.charges.get(usize::from(place)) else {
            return Ok(());
        };
        for slice in self.slices(place, charge, compiled)? {
            match &compiled.how {
                CompiledHow::Fixed { amount, per, times } => {
                    lines.extend(self.fixed(slice, (amount, *per, *times))?);
                }
                CompiledHow::Usage { of, rate } => self.usage(slice, *of, rate, lines)?,
                CompiledHow::TimeOfUse {
                    calendar,
                    of,
                    received,
                    periods,
                } => {
                    self.time_of_use(slice, (*calendar, *of, *received), periods, lines)?;
                }
                CompiledHow::Demand {
                    of,
                    rate,
                    ratchet,
                    at_least,
                } => {
                    let power = self.billing_demand(*of, ratchet.as_deref(), *at_least)?;
                    self.power(slice, (power, None), rate, lines)?;
                }
                CompiledHow::TimeOfUseDemand {
                    calendar,
                    of,
                    periods,
                } => {
                    self.time_of_use_demand(slice, (*calendar, *of), periods, lines)?;
                }
                CompiledHow::Percent { .. } | CompiledHow::Bound(_) => {}
            }
        }
        Ok(())
    }

    /// The slices of the version's days in which a charge is priced; none where it does not concern the account.
    ///
    /// # Errors
    /// `OutOfRange`.
    pub fn slices<'c>(
        &self,
        place: u16,
        charge: &'c Charge,
        compiled: &CompiledCharge,
    ) -> Result<Vec<Slice<'c>>, PricingError> {
        if !concerns(charge.only.as_ref(), self.facts) {
            return Ok(Vec::new());
        }
        let mut cut = Vec::with_capacity(1);
        proration::slices(self.slice, compiled.season, &self.dated(compiled), &mut cut);
        let mut slices = Vec::with_capacity(cut.len());
        for days in cut {
            slices.push(Slice {
                charge: place,
                code: &charge.code,
                days,
                share: proration::share(self.version, self.facts, days, compiled.prorate)?,
            });
        }
        Ok(slices)
    }

    /// The dated values by which a charge is cut: those of every factor that prices a part of it.
    pub fn dated(&self, compiled: &CompiledCharge) -> Cow<'_, [DatedNumber]> {
        let values = |place| determine::factor_values(self.version, self.facts, place).1;
        let mut places = factors_of(&compiled.how).into_iter();
        let first = places.next().map_or(Cow::Borrowed(&[][..]), values);
        places.fold(first, |before, place| {
            let mut both = before.into_owned();
            both.extend_from_slice(&values(place));
            Cow::Owned(both)
        })
    }

    /// A price, or a factor's value on the first day of a slice.
    pub fn price(&self, price: Price, days: Period) -> Result<Decimal, PricingError> {
        match price {
            Price::Flat(price) => Ok(price),
            Price::Factor(place) => {
                determine::factor_on(self.version, self.facts, place, days.from)
            }
        }
    }

    /// A fixed amount: flat, dated, or by the meter's size.
    pub fn amount(
        &self,
        code: &str,
        amount: &Amount,
        days: Period,
    ) -> Result<Decimal, PricingError> {
        match amount {
            Amount::Flat(amount) => Ok(*amount),
            Amount::Factor(place) => {
                determine::factor_on(self.version, self.facts, *place, days.from)
            }
            Amount::ByMeterSize(sizes) => {
                let size = self
                    .facts
                    .meter_size
                    .as_deref()
                    .ok_or_else(|| PricingError::NoMeterSize(code.to_owned()))?;
                let found = sizes.iter().find(|(known, _)| known == size);
                found
                    .map(|(_, amount)| *amount)
                    .ok_or_else(|| PricingError::UnknownMeterSize {
                        charge: code.to_owned(),
                        size: size.to_owned(),
                    })
            }
        }
    }

    /// How often a fixed amount or bound counts in a slice.
    pub fn times(
        &self,
        slice: Slice<'_>,
        per: Per,
        times: Option<QuantityId>,
    ) -> Result<Ratio, PricingError> {
        let count = proration::count(per, slice.share, self.facts, slice.days)?;
        Ok(match times {
            Some(id) => count.times(self.determined.needed(self.version, id)?)?,
            None => count,
        })
    }

    /// What the ends of blocks are multiplied by: it cannot be less than nothing.
    pub fn thresholds_times(&self, times: Option<QuantityId>) -> Result<Ratio, PricingError> {
        let Some(id) = times else {
            return Ok(Ratio::ONE);
        };
        let scale = self.determined.needed(self.version, id)?;
        if scale.is_negative() {
            let name = determine::name_of(self.version, id).to_owned();
            return Err(PricingError::NegativeThresholds(name));
        }
        Ok(scale)
    }

    /// A fixed amount; what is counted and comes to none makes no line.
    fn fixed(
        &self,
        slice: Slice<'_>,
        (amount, per, times): (&Amount, Per, Option<QuantityId>),
    ) -> Result<Option<PricedLine>, PricingError> {
        let units = self.times(slice, per, times)?;
        if times.is_some() && units.is_zero() {
            return Ok(None);
        }
        let price = self.amount(slice.code, amount, slice.days)?;
        let portion = Portion {
            block: None,
            units,
            price,
        };
        self.line(slice, None, portion, Decimal::ONE).map(Some)
    }

    fn usage(
        &self,
        slice: Slice<'_>,
        of: QuantityId,
        rate: &CompiledRate,
        lines: &mut Vec<PricedLine>,
    ) -> Result<(), PricingError> {
        let whole = self.determined.needed(self.version, of)?;
        let part = determine::part_in(self.version, self.facts, of, slice.days)?;
        self.units(slice, (whole.times(part)?, None), rate, lines)
    }

    /// Prices units, through blocks if the rate has them.
    pub fn units(
        &self,
        slice: Slice<'_>,
        (quantity, period): (Ratio, Option<u8>),
        rate: &CompiledRate,
        lines: &mut Vec<PricedLine>,
    ) -> Result<(), PricingError> {
        match &rate.prices {
            Prices::One(price) => {
                let portion = Portion {
                    block: None,
                    units: quantity,
                    price: self.price(*price, slice.days)?,
                };
                lines.push(self.line(slice, period, portion, rate.per_units)?);
            }
            Prices::Blocks(blocks) => {
                let count = proration::count(rate.per, slice.share, self.facts, slice.days)?;
                let scale = count.times(self.thresholds_times(rate.times)?)?;
                let mut portions = Vec::with_capacity(blocks.len());
                blocks::sorted(quantity, blocks, (scale, rate.counted), &mut portions)?;
                for portion in portions {
                    lines.push(self.line(slice, period, portion, rate.per_units)?);
                }
            }
        }
        Ok(())
    }

    /// A line of a slice.
    pub fn line(
        &self,
        slice: Slice<'_>,
        period: Option<u8>,
        portion: Portion,
        per_units: Decimal,
    ) -> Result<PricedLine, PricingError> {
        let charge = portion.units.times_decimal(portion.price)?;
        let unrounded = if per_units == Decimal::ONE {
            charge
        } else {
            charge.over(per_units)?
        };
        Ok(PricedLine {
            version: self.place,
            charge: slice.charge,
            period,
            block: portion.block,
            slice: slice.days,
            quantity: portion.units,
            price: portion.price,
            per_units,
            unrounded,
            amount: Money::from_charge(unrounded.divided()?)?,
        })
    }
}

/// The factors by which a charge is priced, each once.
fn factors_of(how: &CompiledHow) -> Vec<usize> {
    let of_rate = |rate: &CompiledRate| match rate.prices {
        Prices::One(Price::Factor(place)) => Some(place),
        Prices::One(Price::Flat(_)) | Prices::Blocks(_) => None,
    };
    match how {
        CompiledHow::Fixed {
            amount: Amount::Factor(place),
            ..
        }
        | CompiledHow::Percent {
            percent: Price::Factor(place),
            ..
        } => vec![*place],
        CompiledHow::Usage { rate, .. } | CompiledHow::Demand { rate, .. } => {
            of_rate(rate).into_iter().collect()
        }
        CompiledHow::TimeOfUse { periods, .. } | CompiledHow::TimeOfUseDemand { periods, .. } => {
            let mut places: Vec<usize> = periods
                .iter()
                .filter_map(|period| of_rate(&period.rate))
                .collect();
            places.sort_unstable();
            places.dedup();
            places
        }
        CompiledHow::Fixed { .. } | CompiledHow::Percent { .. } | CompiledHow::Bound(_) => {
            Vec::new()
        }
    }
}
