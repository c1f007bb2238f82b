//! Use beside that of similar homes: the middle of them and the thriftiest fifth, where there are enough that nobody can be told apart.

use rust_decimal::Decimal;

/// How many other homes there must be.
pub const LEAST: usize = 15;

/// What similar homes used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Similar {
    /// How many they are.
    pub homes: usize,
    /// Half of them used no more than this.
    pub middle: Decimal,
    /// A fifth of them used no more than this.
    pub thrifty: Decimal,
}

/// What the others used, taken together; nothing where they are fewer than fifteen.
#[must_use]
pub fn similar(mut others: Vec<Decimal>) -> Option<Similar> {
    let homes = others.len();
    if homes < LEAST {
        return None;
    }
    others.sort_unstable();
    // The nearest rank: the smallest value that so many percent do not exceed.
    let rank = |percent: usize| {
        let place = (homes * percent).div_ceil(100).saturating_sub(1);
        others.get(place).copied()
    };
    Some(Similar {
        homes,
        middle: rank(50)?,
        thrifty: rank(20)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifteen_homes_tell_a_middle_and_a_fifth_and_fourteen_tell_nothing() {
        let homes = |many: i64| (1..=many).rev().map(Decimal::from).collect::<Vec<_>>();
        assert_eq!(similar(homes(14)), None);
        let told = similar(homes(15)).unwrap();
        assert_eq!(
            (told.homes, told.middle, told.thrifty),
            (15, Decimal::from(8), Decimal::from(3))
        );
        let told = similar(homes(100)).unwrap();
        assert_eq!(
            (told.middle, told.thrifty),
            (Decimal::from(50), Decimal::from(20))
        );
    }
}
