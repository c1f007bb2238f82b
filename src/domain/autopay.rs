//! Autopay: when a bill is charged by itself, how much, and what stops it. Regulation E (12 CFR 1005.10) asks for a written authorization
//! with a copy, for ten days' notice of an amount that varies (the bill gives it), and that the customer may stop three business days
//! before; we tell the amount again three days before each charge and stop at any time.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::domain::money::Money;
use crate::domain::payments::LEAST_PAYMENT;
use crate::domain::payments::saved::Refusal;
use crate::domain::text_enum::text_enum;

/// Days from the issue of a bill to the first day it may be charged: the bill is the notice of a varying amount.
pub const BILL_NOTICE_DAYS: u64 = 10;

/// Days from the telling of the amount to the charge.
pub const NOTICE_DAYS: u64 = 3;

/// Days that a letter takes, from the outbox to its reader.
pub const LETTER_DAYS: u64 = 5;

/// A charge is made on the day that was told, or so many days after it at the latest; later than that it is told anew.
pub const LATE_DAYS: u64 = 2;

/// Days to wait after the first and the second soft refusal; after the third there is no other try.
const AGAIN_AFTER: [u64; 2] = [3, 5];

text_enum! {
    /// Where one charge stands.
    ChargeState {
        /// To come.
        Planned => "planned",
        /// A payment was asked for, and the processor has not answered yet.
        Asked => "asked",
        /// The payment was taken, or is with the bank.
        Made => "made",
        /// Nothing was charged, for a reason.
        Skipped => "skipped",
        /// It was refused, and is not tried again.
        Stopped => "stopped",
    }
}

text_enum! {
    /// Why an enrolment ended.
    End {
        /// The customer stopped it.
        Stopped => "stopped",
        /// The customer chose otherwise: another one took its place.
        Changed => "changed",
        /// The customer took the way to pay away.
        Removed => "removed",
        /// A payment was returned or disputed: the authorization is void.
        Returned => "returned",
        /// The card or bank will not be charged again.
        Declined => "declined",
    }
}

text_enum! {
    /// Why a bill is not charged.
    Skip {
        /// Nothing is owed.
        NothingOwed => "nothing_owed",
        /// What is owed is already on its way.
        Covered => "covered",
        /// More is owed than the customer allowed at once.
        OverCap => "over_cap",
        /// The customer paused.
        Paused => "paused",
        /// The bill came, or the customer joined, too late to be told in time.
        TooSoon => "too_soon",
        /// Less is owed than can be charged.
        TooSmall => "too_small",
        /// The bill was taken back.
        Canceled => "canceled",
        /// A hold keeps charges away: a court has stayed collection.
        Held => "held",
    }
}

impl Skip {
    /// Whether the customer must be told, because something is owed that they may believe to be paid.
    #[must_use]
    pub const fn must_be_told(self) -> bool {
        matches!(
            self,
            Self::OverCap | Self::Paused | Self::TooSoon | Self::TooSmall | Self::Held
        )
    }
}

/// What a customer chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// The day of the month; none for the due date.
    pub day_of_month: Option<u32>,
    /// The most that is charged at once.
    pub cap: Option<Money>,
    /// From when it counts.
    pub agreed_on: NaiveDate,
    /// No charge before this day.
    pub paused_until: Option<NaiveDate>,
}

/// A bill as far as autopay looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BillToPay {
    /// The day it was issued.
    pub issued_on: NaiveDate,
    /// The day it is due.
    pub due_on: NaiveDate,
}

/// What an account owes, as far as one charge looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Owing {
    /// The balance; negative where we owe the customer.
    pub balance: Money,
    /// What of it is due by the bill's due date.
    pub due: Money,
    /// What is on its way.
    pub pending: Money,
}

impl Terms {
    /// The day a bill is charged: the chosen day of the month where one lies between the bill's notice and its due date, else the due date.
    /// `Err` where nobody could be told in time; then the bill is not included.
    ///
    /// # Errors
    /// `Skip::TooSoon`.
    pub fn charge_on(&self, bill: BillToPay) -> Result<NaiveDate, Skip> {
        let earliest = (bill.issued_on + Days::new(BILL_NOTICE_DAYS))
            .max(self.agreed_on + Days::new(NOTICE_DAYS));
        if earliest > bill.due_on {
            return Err(Skip::TooSoon);
        }
        let chosen = self.day_of_month.and_then(|day| next_day(day, earliest));
        Ok(chosen
            .filter(|day| *day <= bill.due_on)
            .unwrap_or(bill.due_on))
    }

    /// How much is charged for a bill on a day: what is due by then and not on its way, never more than the balance.
    ///
    /// # Errors
    /// Why nothing is charged.
    pub fn amount(&self, owing: Owing, on: NaiveDate) -> Result<Money, Skip> {
        let owed = owing.due.min(owing.balance);
        if !owed.is_positive() {
            return Err(Skip::NothingOwed);
        }
        let open = owed
            .min(owing.balance - owing.pending)
            .min(owing.due - owing.pending);
        if !open.is_positive() {
            return Err(Skip::Covered);
        }
        if self.paused_until.is_some_and(|until| on < until) {
            return Err(Skip::Paused);
        }
        if open < LEAST_PAYMENT {
            return Err(Skip::TooSmall);
        }
        match self.cap {
            Some(cap) if open > cap => Err(Skip::OverCap),
            Some(_) | None => Ok(open),
        }
    }
}

/// The first day with this number on or after a day.
fn next_day(day: u32, from: NaiveDate) -> Option<NaiveDate> {
    let this = from.with_day(day)?;
    if this >= from {
        Some(this)
    } else {
        this.checked_add_months(Months::new(1))
    }
}

/// What is done with a charge that was planned and whose time may have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Not yet.
    Wait,
    /// Tell the amount, and charge no earlier than a day.
    Tell {
        /// How much will be charged.
        amount: Money,
        /// No earlier than this day.
        on: NaiveDate,
    },
    /// What was told holds no more: forget it, so that it is told anew before anything is charged.
    Untell,
    /// Charge this much now.
    Charge(Money),
    /// Charge nothing for this bill.
    Skip(Skip),
}

/// A planned charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    /// The day it is to be charged.
    pub charge_on: NaiveDate,
    /// How much the customer was told.
    pub told: Option<Money>,
}

impl Planned {
    /// What is to be done today. The amount is told three days before; then at most that much is charged, whatever else has become due, and only
    /// about the day that was told: what was covered on that day and is owed again later is told anew.
    #[must_use]
    pub fn step(&self, terms: &Terms, owing: Owing, today: NaiveDate) -> Step {
        if today + Days::new(NOTICE_DAYS) < self.charge_on {
            return Step::Wait;
        }
        let is_day = today >= self.charge_on;
        let amount = match terms.amount(owing, self.charge_on.max(today)) {
            Ok(amount) => amount,
            // What is paid now may be owed again before the day; what is on its way may yet fail.
            Err(Skip::NothingOwed) if !is_day => return Step::Wait,
            Err(Skip::Covered) if is_day && self.told.is_some() => return Step::Untell,
            Err(Skip::Covered) => return Step::Wait,
            Err(skip) => return Step::Skip(skip),
        };
        let is_stale = today > self.charge_on + Days::new(LATE_DAYS);
        match self.told.filter(|_| !is_stale) {
            None => Step::Tell {
                amount,
                on: self.charge_on.max(today + Days::new(NOTICE_DAYS)),
            },
            Some(told) if is_day => Step::Charge(amount.min(told)),
            Some(_) => Step::Wait,
        }
    }
}

/// The day of the next try after a refusal; none where there is no other.
#[must_use]
pub fn again_on(refusal: Refusal, attempts: usize, today: NaiveDate) -> Option<NaiveDate> {
    match refusal {
        Refusal::Soft => {
            let wait = AGAIN_AFTER.get(attempts.checked_sub(1)?)?;
            Some(today + Days::new(*wait))
        }
        Refusal::AsksCustomer | Refusal::Hard => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn terms() -> Terms {
        Terms {
            day_of_month: None,
            cap: None,
            agreed_on: day("2026-01-01"),
            paused_until: None,
        }
    }

    fn bill() -> BillToPay {
        BillToPay {
            issued_on: day("2026-07-04"),
            due_on: day("2026-07-24"),
        }
    }

    fn owing(balance: i64, due: i64, pending: i64) -> Owing {
        Owing {
            balance: Money::from_cents(balance),
            due: Money::from_cents(due),
            pending: Money::from_cents(pending),
        }
    }

    #[test]
    fn a_bill_is_charged_on_its_due_date_or_a_chosen_day_before_it() {
        let on = |day_of_month| {
            let terms = Terms {
                day_of_month,
                ..terms()
            };
            terms.charge_on(bill()).unwrap()
        };
        assert_eq!(on(None), day("2026-07-24"));
        assert_eq!(on(Some(20)), day("2026-07-20"));
        assert_eq!(on(Some(14)), day("2026-07-14"));
        // Before the bill's ten days, or after the due date: the due date.
        assert_eq!(on(Some(13)), day("2026-07-24"));
        assert_eq!(on(Some(25)), day("2026-07-24"));
    }

    #[test]
    fn who_joins_too_late_pays_this_bill_otherwise() {
        let late = Terms {
            agreed_on: day("2026-07-22"),
            ..terms()
        };
        assert_eq!(late.charge_on(bill()), Err(Skip::TooSoon));
        let in_time = Terms {
            agreed_on: day("2026-07-21"),
            ..terms()
        };
        assert_eq!(in_time.charge_on(bill()), Ok(day("2026-07-24")));
        let short = BillToPay {
            issued_on: day("2026-07-15"),
            ..bill()
        };
        assert_eq!(terms().charge_on(short), Err(Skip::TooSoon));
    }

    #[test]
    fn what_is_on_its_way_credit_and_cap_are_respected() {
        let on = day("2026-07-24");
        let cents = Money::from_cents;
        assert_eq!(terms().amount(owing(8_410, 8_410, 0), on), Ok(cents(8_410)));
        assert_eq!(
            terms().amount(owing(8_410, 8_410, 410), on),
            Ok(cents(8_000))
        );
        assert_eq!(
            terms().amount(owing(8_410, 8_410, 9_000), on),
            Err(Skip::Covered)
        );
        assert_eq!(
            terms().amount(owing(-500, 0, 0), on),
            Err(Skip::NothingOwed)
        );
        // A credit that is not applied to the bill yet counts.
        assert_eq!(terms().amount(owing(3_000, 8_410, 0), on), Ok(cents(3_000)));
        // A later bill is not charged early.
        assert_eq!(
            terms().amount(owing(15_000, 8_410, 0), on),
            Ok(cents(8_410))
        );
        assert_eq!(terms().amount(owing(49, 49, 0), on), Err(Skip::TooSmall));
        let capped = Terms {
            cap: Some(cents(8_000)),
            ..terms()
        };
        assert_eq!(
            capped.amount(owing(8_001, 8_001, 0), on),
            Err(Skip::OverCap)
        );
        assert_eq!(capped.amount(owing(8_000, 8_000, 0), on), Ok(cents(8_000)));
        let paused = Terms {
            paused_until: Some(day("2026-07-25")),
            ..terms()
        };
        assert_eq!(paused.amount(owing(100, 100, 0), on), Err(Skip::Paused));
    }

    #[test]
    fn the_amount_is_told_three_days_before_and_no_more_is_charged() {
        let planned = Planned {
            charge_on: day("2026-07-24"),
            told: None,
        };
        let owed = owing(8_410, 8_410, 0);
        assert_eq!(planned.step(&terms(), owed, day("2026-07-20")), Step::Wait);
        let amount = Money::from_cents(8_410);
        assert_eq!(
            planned.step(&terms(), owed, day("2026-07-21")),
            Step::Tell {
                amount,
                on: day("2026-07-24")
            }
        );
        // Nobody was told in time: the charge moves.
        assert_eq!(
            planned.step(&terms(), owed, day("2026-07-23")),
            Step::Tell {
                amount,
                on: day("2026-07-26")
            }
        );
        let told = Planned {
            told: Some(amount),
            ..planned
        };
        assert_eq!(told.step(&terms(), owed, day("2026-07-23")), Step::Wait);
        assert_eq!(
            told.step(&terms(), owing(9_999, 9_999, 0), day("2026-07-24")),
            Step::Charge(amount)
        );
        assert_eq!(
            told.step(&terms(), owing(0, 0, 0), day("2026-07-24")),
            Step::Skip(Skip::NothingOwed)
        );
    }

    #[test]
    fn what_was_covered_on_its_day_or_is_late_is_told_anew_before_it_is_charged() {
        let amount = Money::from_cents(8_410);
        let told = Planned {
            charge_on: day("2026-07-24"),
            told: Some(amount),
        };
        let (covered, owed) = (owing(8_410, 8_410, 8_410), owing(8_410, 8_410, 0));
        assert_eq!(told.step(&terms(), covered, day("2026-07-23")), Step::Wait);
        assert_eq!(
            told.step(&terms(), covered, day("2026-07-24")),
            Step::Untell
        );
        let untold = Planned { told: None, ..told };
        assert_eq!(
            untold.step(&terms(), covered, day("2026-07-25")),
            Step::Wait
        );
        // The payment that was on its way failed five days later.
        let anew = |on: &str| Step::Tell {
            amount,
            on: day(on),
        };
        assert_eq!(
            untold.step(&terms(), owed, day("2026-07-29")),
            anew("2026-08-01")
        );
        assert_eq!(
            told.step(&terms(), owed, day("2026-07-26")),
            Step::Charge(amount)
        );
        assert_eq!(
            told.step(&terms(), owed, day("2026-07-27")),
            anew("2026-07-30")
        );
    }

    #[test]
    fn soft_refusals_are_tried_twice_more_and_hard_ones_never() {
        let today = day("2026-07-24");
        assert_eq!(again_on(Refusal::Soft, 1, today), Some(day("2026-07-27")));
        assert_eq!(again_on(Refusal::Soft, 2, today), Some(day("2026-07-29")));
        assert_eq!(again_on(Refusal::Soft, 3, today), None);
        assert_eq!(again_on(Refusal::Hard, 1, today), None);
        assert_eq!(again_on(Refusal::AsksCustomer, 1, today), None);
    }

    proptest! {
        #[test]
        fn nothing_above_the_balance_less_what_is_on_its_way_is_ever_charged(
            balance in -100_000_i64..100_000, due in -100_000_i64..100_000, pending in 0_i64..100_000
        ) {
            if let Ok(amount) = terms().amount(owing(balance, due, pending), day("2026-07-24")) {
                prop_assert!(amount.cents() <= balance - pending);
                prop_assert!(amount.cents() <= due - pending && amount.is_positive());
            }
        }
    }
}
