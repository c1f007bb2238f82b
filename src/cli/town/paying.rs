//! How people pay: most in time, some late, in part or too much; by card, bank account, check and cash. Here is only who pays what and when;
//! how it reaches the books is next door, in `till.rs`.

use chrono::{Days, NaiveDate};

use crate::cli::town::chance::Chance;
use crate::domain::money::Money;
use crate::domain::payments::{LEAST_PAYMENT, Tender};

/// How somebody pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Habit {
    /// By bank account, on the day it is due.
    OnTheDay,
    /// On the portal, so many days after the bill.
    Online(u64, Tender),
    /// By check in the mail, so many days after the bill.
    Mail(u64),
    /// At the counter, so many days after the bill.
    Counter(u64, Tender),
    /// So many days after it was due.
    Late(u64),
    /// Half now and half three weeks later.
    Halves,
    /// Always to the next ten dollars.
    RoundsUp,
    /// As others do, but with one payment far too high, so many bills ago.
    PaidAhead(usize),
    /// Not a cent on the newest so many bills.
    Stopped(usize),
    /// By bank account; the payment so many bills ago came back.
    CameBack(usize),
}

/// A bill that was just issued.
#[derive(Debug, Clone, Copy)]
pub struct Issued {
    /// Whose, by the place among the homes.
    pub home: usize,
    /// Its day.
    pub on: NaiveDate,
    /// When it falls due.
    pub due_on: NaiveDate,
    /// How many bills of the same home will be newer.
    pub newer: usize,
}

/// How much somebody pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// What is owed.
    Whole,
    /// Half of it.
    Half,
    /// To the next ten dollars.
    RoundedUp,
    /// What is owed and so much more.
    More(Money),
}

/// By which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// On the portal.
    Portal(Tender),
    /// A check in the mail, by way of the bank's lockbox.
    Mail,
    /// At the counter.
    Counter(Tender),
}

/// A payment that somebody is going to make.
#[derive(Debug, Clone, Copy)]
pub struct Order {
    /// Whose, by the place among the homes.
    pub home: usize,
    /// How much.
    pub share: Share,
    /// By which way.
    pub way: Way,
    /// Whether the bank takes it back.
    pub comes_back: bool,
}

impl Habit {
    /// A household's.
    pub fn of_household(chance: &mut Chance) -> Self {
        let days = u64::try_from(chance.between(3, 17)).unwrap_or_default();
        match chance.below(100) {
            0..=11 => Self::OnTheDay,
            12..=27 => Self::Online(days, Tender::Card),
            28..=33 => Self::Online(days, Tender::BankAccount),
            34..=69 => Self::Mail(days + 2),
            70..=78 => Self::Counter(days, Tender::Cash),
            79..=84 => Self::Counter(days, Tender::Check),
            85..=90 => Self::Late(days),
            91..=94 => Self::Halves,
            _ => Self::RoundsUp,
        }
    }

    /// A business's.
    pub fn of_business(chance: &mut Chance) -> Self {
        let days = u64::try_from(chance.between(6, 18)).unwrap_or_default();
        match chance.below(100) {
            0..=24 => Self::OnTheDay,
            25..=39 => Self::Online(days, Tender::BankAccount),
            40..=92 => Self::Mail(days),
            _ => Self::Late(days),
        }
    }

    /// Whether it needs a sign-in.
    #[must_use]
    pub const fn is_online(self) -> bool {
        match self {
            Self::OnTheDay | Self::Online(..) | Self::PaidAhead(_) | Self::CameBack(_) => true,
            Self::Mail(_)
            | Self::Counter(..)
            | Self::Late(_)
            | Self::Halves
            | Self::RoundsUp
            | Self::Stopped(_) => false,
        }
    }

    /// The payments that a bill leads to, by day.
    #[must_use]
    pub fn orders(self, bill: &Issued) -> Vec<(NaiveDate, Order)> {
        let order = |share, way| Order {
            home: bill.home,
            share,
            way,
            comes_back: false,
        };
        let after = |days: u64| self.slipped(bill, bill.on + Days::new(days));
        let by_bank = Way::Portal(Tender::BankAccount);
        let whole = |way| order(Share::Whole, way);
        match self {
            Self::OnTheDay => vec![(bill.due_on, whole(by_bank))],
            Self::Online(days, by) => vec![(after(days), whole(Way::Portal(by)))],
            Self::Mail(days) => vec![(after(days), whole(Way::Mail))],
            Self::Counter(days, by) => vec![(after(days), whole(Way::Counter(by)))],
            Self::Late(days) => vec![(bill.due_on + Days::new(days), whole(Way::Mail))],
            Self::Halves => vec![
                (after(9), order(Share::Half, Way::Counter(Tender::Cash))),
                (after(30), whole(Way::Counter(Tender::Cash))),
            ],
            Self::RoundsUp => vec![(after(8), order(Share::RoundedUp, Way::Mail))],
            Self::PaidAhead(bills) => {
                let card = Way::Portal(Tender::Card);
                let more = Share::More(Money::from_cents(60_000));
                let share = if bill.newer == bills {
                    more
                } else {
                    Share::Whole
                };
                vec![(after(6), order(share, card))]
            }
            Self::Stopped(bills) if bill.newer < bills => Vec::new(),
            Self::Stopped(_) => vec![(bill.due_on, whole(Way::Mail))],
            Self::CameBack(bills) => {
                let comes_back = bill.newer == bills;
                vec![(
                    bill.due_on,
                    Order {
                        comes_back,
                        ..whole(by_bank)
                    },
                )]
            }
        }
    }

    /// Now and then somebody forgets.
    fn slipped(self, bill: &Issued, day: NaiveDate) -> NaiveDate {
        let place = u64::try_from(bill.home).unwrap_or_default();
        let number = u64::try_from(bill.newer).unwrap_or_default();
        let mut chance = Chance::of("slip", &[place, number]);
        if chance.falls(5) {
            bill.due_on + Days::new(3 + chance.below(16))
        } else {
            day
        }
    }
}

impl Share {
    /// How much that is of what is owed; nothing where nothing is, or less than can be paid at once, which waits for the next bill.
    #[must_use]
    pub fn of(self, owed: Money) -> Option<Money> {
        let amount = match self {
            Self::Whole => owed,
            Self::Half => Money::from_cents(owed.cents() / 2),
            Self::RoundedUp => Money::from_cents((owed.cents() + 999) / 1_000 * 1_000),
            Self::More(more) => owed + more,
        };
        (owed.is_positive() && amount >= LEAST_PAYMENT).then_some(amount)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bill(newer: usize) -> Issued {
        Issued {
            home: 4,
            on: "2026-11-19".parse().unwrap(),
            due_on: "2026-12-09".parse().unwrap(),
            newer,
        }
    }

    #[test]
    fn who_stopped_pays_the_older_bills_only() {
        assert!(Habit::Stopped(2).orders(&bill(1)).is_empty());
        assert_eq!(Habit::Stopped(2).orders(&bill(2)).len(), 1);
        assert!(Habit::CameBack(1).orders(&bill(1))[0].1.comes_back);
    }

    #[test]
    fn shares_are_whole_cents_and_nothing_is_paid_where_nothing_is_owed() {
        let cents = Money::from_cents;
        assert_eq!(Share::Half.of(cents(8_411)), Some(cents(4_205)));
        assert_eq!(Share::RoundedUp.of(cents(8_411)), Some(cents(9_000)));
        assert_eq!(Share::Whole.of(cents(-500)), None);
        assert_eq!(Share::Whole.of(cents(49)), None);
        assert_eq!(Share::Half.of(cents(99)), None);
    }
}
