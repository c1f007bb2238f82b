//! Demand: the highest power of the period, flat or by time-of-use period, with a ratchet on earlier peaks.

use chrono::{Datelike, Months};
use rust_decimal::Decimal;

use crate::domain::rates::blocks::{self, Portion};
use crate::domain::rates::charges::{Pricing, Slice};
use crate::domain::rates::compiled::{
    CompiledPeriod, CompiledRatchet, CompiledRate, Prices, QuantityId,
};
use crate::domain::rates::numbers::Ratio;
use crate::domain::rates::priced::{PricedLine, PricingError};
use crate::domain::rates::proration;
use crate::domain::rates::schedule::Per;
use crate::domain::rates::tou;

impl Pricing<'_> {
    /// The power that is billed: that of the period, or the ratchet's part of an earlier peak, or the least that is billed.
    pub(super) fn billing_demand(
        &self,
        of: QuantityId,
        ratchet: Option<&CompiledRatchet>,
        at_least: Decimal,
    ) -> Result<Ratio, PricingError> {
        let power = self
            .determined
            .needed(self.version, of)?
            .greater(Ratio::of(at_least))?;
        match ratchet {
            Some(ratchet) => Ok(power.greater(self.ratcheted(ratchet)?)?),
            None => Ok(power),
        }
    }

    /// The ratchet's percentage of the highest earlier peak that counts.
    fn ratcheted(&self, ratchet: &CompiledRatchet) -> Result<Ratio, PricingError> {
        let period = self.facts.period;
        let month_of = |day: chrono::NaiveDate| usize::try_from(day.month0()).unwrap_or(0);
        let bill_month = month_of(period.until.pred_opt().unwrap_or(period.until));
        let percent = ratchet.percent.get(bill_month).copied().unwrap_or_default();
        let since = period
            .from
            .checked_sub_months(Months::new(ratchet.months))
            .unwrap_or(period.from);
        let counts = |day: chrono::NaiveDate| {
            since <= day
                && day < period.from
                && ratchet.counts.get(month_of(day)).copied().unwrap_or(false)
        };
        let earlier = self
            .facts
            .peaks
            .iter()
            .filter(|peak| peak.name == ratchet.peaks_of && counts(peak.on));
        let highest = earlier.map(|peak| peak.amount).max().unwrap_or_default();
        Ok(Ratio::of(highest)
            .times_decimal(percent)?
            .over(Decimal::ONE_HUNDRED)?)
    }

    /// Prices power by the month, through blocks if the rate has them; the slice's part of the month scales the price, not the blocks.
    pub(super) fn power(
        &self,
        slice: Slice<'_>,
        (power, period): (Ratio, Option<u8>),
        rate: &CompiledRate,
        lines: &mut Vec<PricedLine>,
    ) -> Result<(), PricingError> {
        let months = proration::count(Per::Month, slice.share, self.facts, slice.days)?;
        let mut portions = Vec::with_capacity(2);
        match &rate.prices {
            Prices::One(price) => {
                portions.push(Portion {
                    block: None,
                    units: power,
                    price: self.price(*price, slice.days)?,
                });
            }
            Prices::Blocks(blocks) => {
                let scale = self.thresholds_times(rate.times)?;
                blocks::sorted(power, blocks, (scale, rate.counted), &mut portions)?;
            }
        }
        for portion in portions {
            let units = portion.units.times(months)?;
            lines.push(self.line(slice, period, Portion { units, ..portion }, rate.per_units)?);
        }
        Ok(())
    }

    /// Prices the highest power in each time-of-use period.
    pub(super) fn time_of_use_demand(
        &self,
        slice: Slice<'_>,
        (calendar, of): (usize, usize),
        periods: &[CompiledPeriod],
        lines: &mut Vec<PricedLine>,
    ) -> Result<(), PricingError> {
        let gathered = self.gathered(calendar, of, self.facts.period)?;
        for (place, period) in (0_u8..).zip(periods) {
            if !tou::occurs(gathered.as_deref(), period) {
                continue;
            }
            let power = match &gathered {
                Some(gathered) => gathered
                    .get(usize::from(period.period))
                    .map_or(Ratio::ZERO, |found| found.peak),
                None => self.registered(of, period.register)?,
            };
            self.power(slice, (power, Some(place)), &period.rate, lines)?;
        }
        Ok(())
    }
}
