//! Use beside that of similar homes: the middle of them and the thriftiest fifth, where there are enough that nobody can be told apart.

use rust_decimal::Decimal;

use crate::domain::period::Period;

/// How many homes there must be: the one who asks, and fifteen others.
pub const LEAST: usize = 16;
/// Bills are alike whose numbers of days differ by no more than this: who moved in or out on the way used less by that alone.
const ABOUT_DAYS: u32 = 3;

/// What a home used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Home {
    /// The days that its bill covers.
    pub period: Period,
    /// How much.
    pub used: Decimal,
}

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

/// What the homes used whose bills cover as many days as the bill of the one who asks, which is among them; nothing where the others are
/// fewer than fifteen.
#[must_use]
pub fn similar(own: Period, homes: &[Home]) -> Option<Similar> {
    let is_alike = |home: &&Home| home.period.days().abs_diff(own.days()) <= ABOUT_DAYS;
    let alike = homes.iter().filter(is_alike);
    let mut used: Vec<Decimal> = alike.map(|home| home.used).collect();
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

    fn july(days: u64) -> Period {
        let from = "2026-07-01".parse().unwrap();
        Period {
            from,
            until: from + chrono::Days::new(days),
        }
    }

    fn homes(many: i64) -> Vec<Home> {
        let home = |used: i64| Home {
            period: july(31),
            used: Decimal::from(used),
        };
        (1..=many).rev().map(home).collect()
    }

    #[test]
    fn homes_billed_for_part_of_the_days_are_no_measure() {
        let mut all = homes(16);
        for used in 1..=16 {
            all.push(Home {
                period: july(9),
                used: Decimal::new(used, 1),
            });
        }
        assert_eq!(similar(july(31), &all), similar(july(31), &homes(16)));
        assert_eq!(
            similar(july(29), &all).map(|told| told.middle),
            Some(Decimal::from(8))
        );
        assert_eq!(
            similar(july(9), &all).map(|told| told.middle),
            Some(Decimal::new(8, 1))
        );
        assert_eq!(similar(july(20), &all), None);
    }

    #[test]
    fn fifteen_others_tell_a_middle_and_a_fifth_and_fourteen_tell_nothing() {
        assert_eq!(similar(july(31), &homes(15)), None);
        let told = similar(july(31), &homes(16)).unwrap();
        assert_eq!(
            (told.homes, told.middle, told.thrifty),
            (15, Decimal::from(8), Decimal::from(4))
        );
        let told = similar(july(31), &homes(100)).unwrap();
        assert_eq!(
            (told.middle, told.thrifty),
            (Decimal::from(50), Decimal::from(20))
        );
    }
}
