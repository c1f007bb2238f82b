//! Payments for a day to come: which day may be chosen, and what is done on it. Nobody is there when it is charged, so it never takes more
//! than is owed then, less what is on its way, and leaves out what is in dispute, as autopay does.

use chrono::{Days, NaiveDate};

use crate::domain::money::Money;
use crate::domain::payments::LEAST_PAYMENT;
use crate::domain::text_enum::text_enum;

/// The furthest day that may be chosen, in days from today.
pub const MOST_DAYS: u64 = 60;

/// How many days after its day a payment may still be charged, where it could not be on the day itself; then it is given up.
const LATE_DAYS: u64 = 3;

text_enum! {
    /// Where a scheduled payment stands.
    ScheduledState {
        /// To come.
        Planned => "planned",
        /// A payment was asked for, and the processor has not answered yet.
        Asked => "asked",
        /// The payment was taken, or is with the bank.
        Made => "made",
        /// Nothing was charged, for a reason.
        Skipped => "skipped",
        /// It was refused; it is not tried again.
        Stopped => "stopped",
        /// It was taken back before its day.
        Canceled => "canceled",
    }
}

impl ScheduledState {
    /// Those that may still be charged.
    pub const WAITING: [Self; 2] = [Self::Planned, Self::Asked];
}

text_enum! {
    /// Why a scheduled payment was not charged on its day.
    Uncharged {
        /// Nothing is owed, or what is left is in dispute.
        NothingOwed => "nothing_owed",
        /// What is owed is already on its way.
        Covered => "covered",
        /// Less is owed than can be charged.
        TooSmall => "too_small",
        /// It could not be charged on its day or soon after.
        TooLate => "too_late",
    }
}

/// Why a day can't be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DayRefused {
    /// Today or before: that is paid now.
    #[error("a day before {first} is not to come")]
    TooSoon {
        /// The first day that may be chosen.
        first: NaiveDate,
    },
    /// Further away than anybody can look.
    #[error("no day after {last} can be chosen")]
    TooFar {
        /// The last day that may be chosen.
        last: NaiveDate,
    },
    /// The card can't be charged on that day any more.
    #[error("the card can be charged until {last}")]
    Expired {
        /// The card's last day.
        last: NaiveDate,
    },
}

/// The days that may be chosen: from tomorrow on.
#[must_use]
pub fn days(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    (today + Days::new(1), today + Days::new(MOST_DAYS))
}

/// Whether a day may be chosen, for a way to pay that can be charged until a day.
///
/// # Errors
/// Why not.
pub fn check_day(
    on: NaiveDate,
    today: NaiveDate,
    expires_on: Option<NaiveDate>,
) -> Result<(), DayRefused> {
    let (first, last) = days(today);
    if on < first {
        return Err(DayRefused::TooSoon { first });
    }
    if on > last {
        return Err(DayRefused::TooFar { last });
    }
    match expires_on.filter(|last| *last < on) {
        Some(last) => Err(DayRefused::Expired { last }),
        None => Ok(()),
    }
}

/// A payment for a day to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheduled {
    /// The most that the customer allowed.
    pub amount: Money,
    /// The day.
    pub pay_on: NaiveDate,
}

/// What is done with a scheduled payment whose day may have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Not yet.
    Wait,
    /// Charge this much now.
    Charge(Money),
    /// Charge nothing.
    Skip(Uncharged),
}

impl Scheduled {
    /// What is to be done today, where so much is owed that nobody disputes, and so much is on its way.
    #[must_use]
    pub fn step(&self, owed: Money, pending: Money, today: NaiveDate) -> Step {
        if today < self.pay_on {
            return Step::Wait;
        }
        if today > self.pay_on + Days::new(LATE_DAYS) {
            return Step::Skip(Uncharged::TooLate);
        }
        if !owed.is_positive() {
            return Step::Skip(Uncharged::NothingOwed);
        }
        let open = owed - pending;
        if !open.is_positive() {
            return Step::Skip(Uncharged::Covered);
        }
        let amount = self.amount.min(open);
        if amount < LEAST_PAYMENT {
            return Step::Skip(Uncharged::TooSmall);
        }
        Step::Charge(amount)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn step(owed: i64, pending: i64, today: &str) -> Step {
        let scheduled = Scheduled {
            amount: Money::from_cents(1_500),
            pay_on: day("2026-07-20"),
        };
        let (owed, pending) = (Money::from_cents(owed), Money::from_cents(pending));
        scheduled.step(owed, pending, day(today))
    }

    #[test]
    fn a_day_lies_between_tomorrow_and_sixty_days_ahead() {
        let today = day("2026-07-04");
        let on = |text: &str| check_day(day(text), today, None);
        let first = day("2026-07-05");
        let last = day("2026-09-02");
        assert_eq!(on("2026-07-03"), Err(DayRefused::TooSoon { first }));
        assert_eq!(on("2026-07-04"), Err(DayRefused::TooSoon { first }));
        assert_eq!(on("2026-07-05"), Ok(()));
        assert_eq!(on("2026-09-02"), Ok(()));
        assert_eq!(on("2026-09-03"), Err(DayRefused::TooFar { last }));
        let expires = Some(day("2026-07-31"));
        assert_eq!(check_day(day("2026-07-31"), today, expires), Ok(()));
        let last = day("2026-07-31");
        assert_eq!(
            check_day(day("2026-08-01"), today, expires),
            Err(DayRefused::Expired { last })
        );
    }

    #[test]
    fn on_its_day_it_takes_what_is_owed_and_no_more_than_was_allowed() {
        let cents = Money::from_cents;
        assert_eq!(step(1_500, 0, "2026-07-19"), Step::Wait);
        assert_eq!(step(1_500, 0, "2026-07-20"), Step::Charge(cents(1_500)));
        assert_eq!(step(9_900, 0, "2026-07-20"), Step::Charge(cents(1_500)));
        assert_eq!(step(800, 0, "2026-07-20"), Step::Charge(cents(800)));
        assert_eq!(step(2_000, 1_200, "2026-07-20"), Step::Charge(cents(800)));
        assert_eq!(step(0, 0, "2026-07-20"), Step::Skip(Uncharged::NothingOwed));
        assert_eq!(
            step(-5, 0, "2026-07-20"),
            Step::Skip(Uncharged::NothingOwed)
        );
        assert_eq!(step(900, 900, "2026-07-20"), Step::Skip(Uncharged::Covered));
        assert_eq!(step(49, 0, "2026-07-20"), Step::Skip(Uncharged::TooSmall));
    }

    #[test]
    fn long_after_its_day_nobody_is_charged() {
        let amount = Money::from_cents(1_500);
        assert_eq!(step(1_500, 0, "2026-07-23"), Step::Charge(amount));
        assert_eq!(step(1_500, 0, "2026-07-24"), Step::Skip(Uncharged::TooLate));
    }

    proptest! {
        #[test]
        fn nothing_above_what_is_owed_and_not_on_its_way_is_ever_charged(owed in -100_000_i64..100_000, pending in 0_i64..100_000) {
            if let Step::Charge(amount) = step(owed, pending, "2026-07-20") {
                prop_assert!(amount.cents() <= owed - pending && amount.cents() <= 1_500);
                prop_assert!(amount.is_positive());
            }
        }
    }
}
