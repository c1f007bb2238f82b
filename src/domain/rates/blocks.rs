//! Units through blocks: each unit is billed once, at the price of its block. A negative quantity is billed as the mirror of a positive
//! one, so that a reversal is the exact negative.

use rust_decimal::Decimal;

use crate::domain::rates::compiled::CompiledBlock;
use crate::domain::rates::numbers::{OutOfRange, Ratio};
use crate::domain::rates::schedule::Counted;

/// Some units at one price.
#[derive(Debug, Clone, Copy)]
pub(super) struct Portion {
    /// The block's place in the document.
    pub block: Option<u8>,
    /// How many units; they have the quantity's sign.
    pub units: Ratio,
    /// The price.
    pub price: Decimal,
}

/// Sorts units into blocks whose ends are multiplied by `scale`. Free units make no portion, except where all are free; no units at all
/// make one portion of none in the first priced block.
///
/// # Errors
/// `OutOfRange`.
pub(super) fn sorted(
    quantity: Ratio,
    blocks: &[CompiledBlock],
    (scale, counted): (Ratio, Counted),
    into: &mut Vec<Portion>,
) -> Result<(), OutOfRange> {
    let size = quantity.size();
    let signed = |units: Ratio| {
        if quantity.is_negative() {
            units.negated()
        } else {
            units
        }
    };
    let start = into.len();
    let (mut floor, mut free) = (Ratio::ZERO, Ratio::ZERO);
    for block in blocks {
        let end = match block.ceiling {
            Some(ceiling) => Some(scale.times_decimal(ceiling)?),
            None => None,
        };
        let reached = match end {
            Some(end) => size.lesser(end)?,
            None => size,
        };
        let units = reached.minus(floor)?;
        if block.place.is_none() {
            free = reached;
        } else if !units.is_zero() && !units.is_negative() {
            if counted == Counted::AllInLastBlock {
                into.truncate(start);
            }
            let all = if counted == Counted::AllInLastBlock {
                reached.minus(free)?
            } else {
                units
            };
            into.push(Portion {
                block: block.place,
                units: signed(all),
                price: block.price,
            });
        }
        match end {
            Some(end) if size.compare(end)?.is_gt() => floor = end,
            Some(_) | None => break,
        }
    }
    drop_free(into, start);
    if into.len() == start {
        let first = blocks
            .iter()
            .find(|block| free.is_zero() == block.place.is_some());
        let (block, price) =
            first.map_or((None, Decimal::ZERO), |block| (block.place, block.price));
        into.push(Portion {
            block,
            units: signed(free),
            price,
        });
    }
    Ok(())
}

/// Takes portions at no price out, as long as others stay.
fn drop_free(portions: &mut Vec<Portion>, start: usize) {
    let is_priced = |portion: &Portion| !portion.price.is_zero();
    if portions.iter().skip(start).any(is_priced) {
        let mut place = 0;
        portions.retain(|portion| {
            place += 1;
            place <= start || is_priced(portion)
        });
    }
}
