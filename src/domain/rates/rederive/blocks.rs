//! Blocks, worked out a second time: the units of each as the difference of what lies below its two ends.

use rust_decimal::Decimal;

use crate::domain::rates::numbers::Number;
use crate::domain::rates::rederive::Mismatch;
use crate::domain::rates::rederive::charges::{Part, Reckoner, Run};
use crate::domain::rates::rederive::exact::{Exact, TooLong};
use crate::domain::rates::schedule::{Counted, Rate};

/// The block in which units begin to cost something, and the cost of one.
type First = (Option<u8>, Exact);

/// What units are sorted by.
struct Sorting {
    size: Exact,
    free: Exact,
    /// The free units as written.
    included: Exact,
    scale: Exact,
    per_units: Exact,
}

impl Reckoner<'_> {
    /// Units at their prices: one part, or one for each block.
    pub(super) fn parts(
        &self,
        run: Run<'_>,
        units: Exact,
        rate: &Rate,
        scale: impl Fn(&Self) -> Result<Exact, Mismatch>,
    ) -> Result<Vec<Part>, Mismatch> {
        let per_units = Exact::decimal(rate.per_units.map_or(Decimal::ONE, |number| number.0))?;
        let flat = match (&rate.factor, rate.price) {
            (Some(name), _) => Some(self.factor(name, run.days.from)?.1.divide(per_units)?),
            (None, Some(number)) => Some(Exact::decimal(number.0)?.divide(per_units)?),
            (None, None) => None,
        };
        if let (Some(flat), None) = (flat, rate.included) {
            return Ok(vec![(None, units, flat)]);
        }
        let scale = scale(self)?;
        if scale.is_negative() {
            let name = rate.thresholds.times.as_deref().unwrap_or_default();
            return Err(Mismatch::Lacking(format!("{name} of nothing or more")));
        }
        let included = rate.included.unwrap_or(Number(Decimal::ZERO)).0;
        let included = Exact::decimal(included)?;
        let size = units.size();
        let free = size.least(included.multiply(scale)?)?;
        let sorting = Sorting {
            size,
            free,
            included,
            scale,
            per_units,
        };
        let (mut parts, first) = match flat {
            Some(flat) => (vec![(Some(0), size.subtract(free)?, flat)], (Some(0), flat)),
            None => sorting.through_blocks(rate)?,
        };
        if let (Counted::AllInLastBlock, Some((block, _, cost))) =
            (rate.counted, parts.last().copied())
        {
            parts = vec![(block, size.subtract(free)?, cost)];
        }
        parts.retain(|(_, within, _)| !within.is_zero());
        if parts.iter().any(|(_, _, cost)| !cost.is_zero()) {
            parts.retain(|(_, _, cost)| !cost.is_zero());
        }
        if parts.is_empty() {
            let (block, cost) = if free.is_zero() {
                first
            } else {
                (None, Exact::ZERO)
            };
            parts.push((block, free, cost));
        }
        if units.is_negative() {
            for part in &mut parts {
                part.1 = part.1.negative();
            }
        }
        Ok(parts)
    }
}

impl Sorting {
    /// The units of each block that has any, and the first block in which units cost something.
    fn through_blocks(&self, rate: &Rate) -> Result<(Vec<Part>, First), TooLong> {
        let mut parts: Vec<Part> = Vec::new();
        let mut first = None;
        let (mut end, mut written) = (Exact::ZERO, Exact::ZERO);
        let below = |limit: Exact| self.size.least(limit)?.most(self.free);
        for (place, block) in (0_u8..).zip(&rate.blocks) {
            let begin = end;
            written = match (block.up_to, block.next) {
                (Some(number), _) => Exact::decimal(number.0)?,
                (None, Some(number)) => written.add(Exact::decimal(number.0)?)?,
                (None, None) => written,
            };
            let cost = Exact::decimal(block.price.0)?.divide(self.per_units)?;
            let is_last = block.up_to.is_none() && block.next.is_none();
            end = if is_last {
                self.size.most(begin)?
            } else {
                written.multiply(self.scale)?
            };
            // By the numbers as written: times nothing, all ends are one.
            if is_last || self.included.is_less(written)? {
                first = first.or(Some((Some(place), cost)));
            }
            let within = below(end)?.subtract(below(begin)?)?;
            if !within.is_zero() {
                parts.push((Some(place), within, cost));
            }
        }
        Ok((parts, first.unwrap_or((None, Exact::ZERO))))
    }
}
