//! Chance that is no chance: numbers that follow from a word and a place, so that a town turns out the same wherever it is built.

/// A run of numbers.
#[derive(Debug, Clone)]
pub struct Chance {
    state: u64,
}

impl Chance {
    /// The run for a matter and whatever it is about.
    #[must_use]
    pub fn of(matter: &str, places: &[u64]) -> Self {
        let letters = matter.bytes().map(u64::from);
        let state = letters.chain(places.iter().copied());
        Self {
            state: state.fold(0xcbf2_9ce4_8422_2325, |state, part| {
                scattered(state ^ part.wrapping_mul(0x0000_0100_0000_01b3))
            }),
        }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        scattered(self.state)
    }

    /// A number below an end; nothing but zero lies below zero and one.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next().checked_rem(end).unwrap_or_default()
    }

    /// A number from the least to the most, both among them.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = most.saturating_sub(least).saturating_add(1);
        let step = self.below(u64::try_from(span).unwrap_or(1));
        least.saturating_add(i64::try_from(step).unwrap_or_default())
    }

    /// Whether something comes about that does so often in a hundred times.
    pub fn falls(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, several: &'a [T]) -> &'a T {
        let place = self.below(u64::try_from(several.len()).unwrap_or(1));
        let place = usize::try_from(place).unwrap_or_default();
        several.get(place).expect("there is something to pick from")
    }
}

/// The finisher of the SplitMix64 generator: every bit of the result depends on every bit of the seed.
const fn scattered(seed: u64) -> u64 {
    let seed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let seed = (seed ^ (seed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    seed ^ (seed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_matter_turns_out_the_same_and_another_otherwise() {
        let run = |matter| {
            let mut chance = Chance::of(matter, &[7]);
            (0..4).map(|_| chance.between(1, 1_000)).collect::<Vec<_>>()
        };
        assert_eq!(run("weather"), run("weather"));
        assert_ne!(run("weather"), run("habit"));
        assert!(
            run("weather")
                .iter()
                .all(|number| (1..=1_000).contains(number))
        );
    }
}
