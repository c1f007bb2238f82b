//! Who lives in a city, by their places in the sequence, and how they pay.

use crate::cli::seed::homes::mixed;
use crate::domain::ids::{AccountId, CycleId};
use crate::domain::money::Money;

/// The accounts by place, and the cycles that bill them.
#[derive(Default)]
pub struct People {
    /// How many places come before the first; none in a city of its own.
    pub before: u64,
    /// The account of each place, from the first.
    pub accounts: Vec<AccountId>,
    /// Each cycle with its read day.
    pub cycles: Vec<(CycleId, u32)>,
}

impl People {
    /// The cycle that bills a place: neighbors are read on different days, so that every cycle has everything.
    pub fn cycle_of(&self, place: u64) -> Option<(CycleId, u32)> {
        let count = u64::try_from(self.cycles.len()).ok()?;
        let chosen = usize::try_from(place.checked_rem(count)?).ok()?;
        self.cycles.get(chosen).copied()
    }

    /// The places of a cycle with their accounts, in order.
    pub fn of_cycle(&self, cycle: CycleId) -> impl Iterator<Item = (u64, AccountId)> + '_ {
        (self.before.saturating_add(1)..)
            .zip(self.accounts.iter().copied())
            .filter(move |(place, _)| self.cycle_of(*place).is_some_and(|(id, _)| id == cycle))
    }
}

/// When money of a month's bill comes in, in days from its issue: early, in the middle, just in time, and after the late fee.
pub const WAVES: [u64; 4] = [6, 12, 18, 34];

/// What a household pays in a wave of a month, of what it owes then: most pay all of it once, in time.
pub fn pays(place: u64, month: u32, wave: usize, owed: Money) -> Option<Money> {
    let lot = mixed(place ^ (u64::from(month) << 40), 20);
    let (kind, when) = (lot % 1_000, usize::try_from(lot / 1_000 % 3).ok()?);
    let amount = match kind {
        // A round sum ahead, kept as a credit.
        0..5 if wave == when => owed + Money::from_cents(5_000),
        5..900 if wave == when => owed,
        900..950 if wave == 3 => owed,
        950..975 if wave == when => *owed.split(&[1, 1]).first()?,
        _ => return None,
    };
    amount.is_positive().then_some(amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_pays_a_bill_once_at_the_most_and_most_pay_it_whole() {
        let owed = Money::from_cents(10_000);
        let mut whole = 0;
        for place in 1..=1_000 {
            let paid: Vec<Money> = (0..WAVES.len())
                .filter_map(|wave| pays(place, 7, wave, owed))
                .collect();
            assert!(paid.len() <= 1, "{place}: {paid:?}");
            whole += usize::from(paid.first().is_some_and(|paid| *paid >= owed));
        }
        assert!((900..990).contains(&whole), "{whole}");
    }
}
