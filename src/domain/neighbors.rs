//! Use beside that of similar homes: the middle of them and the thriftiest fifth, where there are enough that nobody can be told apart.

use rust_decimal::Decimal;

/// How many homes there must be: the one who asks, and fifteen others.
pub const LEAST: usize = 16;

/// What similar homes used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Similar {
    /// How many they are beside the one who asks.
    pub homes: usize,
    /// Half of them used no more than this.
    pub middle: Decimal,
    /// A fifth of them used no more than this.
    pub thrifty: Decimal,
}

/// What homes used, taken together, the one who asks among them; nothing where the others are fewer than fifteen.
#[must_use]
pub fn similar(mut used: Vec<Decimal>) -> Option<Similar> {
    let homes = used.len();
    if homes < LEAST {
        return None;
    }
    used.sort_unstable();
    // The nearest rank: the smallest value that so many percent do not exceed.
    let rank = |percent: usize| {
        let place = (homes * percent).div_ceil(100).saturating_sub(1);
        used.get(place).copied()
    };
    Some(Similar {
        homes: homes - 1,
        middle: rank(50)?,
        thrifty: rank(20)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifteen_others_tell_a_middle_and_a_fifth_and_fourteen_tell_nothing() {
        let homes = |many: i64| (1..=many).rev().map(Decimal::from).collect::<Vec<_>>();
        assert_eq!(similar(homes(15)), None);
        let told = similar(homes(16)).unwrap();
        assert_eq!(
            (told.homes, told.middle, told.thrifty),
            (15, Decimal::from(8), Decimal::from(4))
        );
        let told = similar(homes(100)).unwrap();
        assert_eq!(
            (told.middle, told.thrifty),
            (Decimal::from(50), Decimal::from(20))
        );
    }
}
