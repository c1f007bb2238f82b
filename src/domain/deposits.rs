//! Deposits: what is asked of a customer as security, held beside what the account owes, and given back with interest. When one is asked, and how
//! much, is in `deposit_policy.rs`; what is posted for it is in `entries/deposits.rs`.

use chrono::{Datelike, Months, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::deposit_policy::RateFrom;
use crate::domain::money::{Money, MoneyError};
use crate::domain::period::Period;
use crate::domain::text_enum::text_enum;

/// The days of a year, by which a yearly rate is parted; leap years too.
const YEAR: i64 = 365;

text_enum! {
    /// Why a deposit is asked for.
    DepositReason {
        /// The account is new.
        NewCustomer => "new_customer",
        /// Bills were paid late.
        PaidLate => "paid_late",
        /// Service was shut off for what was owed.
        ShutOff => "shut_off",
    }
}

text_enum! {
    /// One step of a deposit.
    DepositStep {
        /// An installment of it was asked for.
        Asked => "asked",
        /// What was not paid of it is asked for no longer.
        Waived => "waived",
        /// It earned interest.
        Interest => "interest",
        /// It was given back as a credit of the account.
        Released => "released",
        /// It was put on the last bill, and what was left is a credit.
        Applied => "applied",
    }
}

text_enum! {
    /// Where a deposit stands.
    DepositStatus {
        /// It is asked for, and nothing of it is paid.
        Asked => "asked",
        /// Part of it is paid and held.
        PartPaid => "part_paid",
        /// It is paid and held.
        Held => "held",
        /// It was given back.
        Released => "released",
        /// It was asked for, and is not any more.
        Waived => "waived",
    }
}

/// What a deposit comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// What was asked for.
    pub asked: Money,
    /// What of that is asked for no longer.
    pub waived: Money,
    /// What stands on what was asked for.
    pub paid: Money,
    /// What it earned.
    pub interest: Money,
    /// What was given back.
    pub given: Money,
}

impl Sums {
    /// What is asked for and not paid.
    #[must_use]
    pub fn unpaid(&self) -> Money {
        self.asked - self.waived - self.paid
    }

    /// What is held, with its interest.
    #[must_use]
    pub fn held(&self) -> Money {
        self.paid + self.interest - self.given
    }

    /// Where the deposit stands.
    #[must_use]
    pub fn status(&self, has_ended: bool) -> DepositStatus {
        match (has_ended, self.given.is_positive()) {
            (true, true) => DepositStatus::Released,
            (true, false) => DepositStatus::Waived,
            (false, _) if !self.unpaid().is_positive() => DepositStatus::Held,
            (false, _) if self.paid.is_positive() => DepositStatus::PartPaid,
            (false, _) => DepositStatus::Asked,
        }
    }
}

/// An amount in so many parts, each due a month after the one before it, the first on a day.
#[must_use]
pub fn installments(amount: Money, parts: u32, first_due: NaiveDate) -> Vec<(NaiveDate, Money)> {
    let weights = vec![1; usize::try_from(parts.max(1)).unwrap_or(1)];
    let due = |month: u32| {
        let day = first_due.checked_add_months(Months::new(month));
        day.unwrap_or(first_due)
    };
    let parts = (0_u32..).map(due).zip(amount.split(&weights));
    parts.filter(|(_, part)| part.is_positive()).collect()
}

/// Simple interest on what was held over a span, each day at the rate of its year: for one year and one amount, amount × days × percent ÷ 36,500.
/// What came on a day earns from that day on. It is rounded once, whatever the span.
///
/// # Errors
/// An amount that no account can hold.
pub fn interest(
    paid: &[(NaiveDate, Money)],
    span: Period,
    rates: &[RateFrom],
) -> Result<Money, MoneyError> {
    let mut cuts: Vec<NaiveDate> = paid.iter().map(|(day, _)| *day).collect();
    let years = span.from.year()..=span.until.year();
    cuts.extend(years.filter_map(|year| NaiveDate::from_ymd_opt(year, 1, 1)));
    let mut sum = Decimal::ZERO;
    for part in span.split_at(cuts) {
        let held = paid.iter().filter(|(day, _)| *day <= part.from);
        let held: Money = held.map(|(_, amount)| *amount).sum();
        let rate = rate_of(rates, part.from.year());
        let too_large = || MoneyError::TooLarge(held.dollars());
        let earned = held
            .max(Money::ZERO)
            .dollars()
            .checked_mul(Decimal::from(part.days()))
            .and_then(|dollar_days| dollar_days.checked_mul(rate))
            .ok_or_else(too_large)?;
        sum = sum.checked_add(earned).ok_or_else(too_large)?;
    }
    Money::from_charge(sum / (Decimal::from(YEAR) * Decimal::ONE_HUNDRED))
}

/// The rate of a year: the latest that began with it or before; nothing before the first.
fn rate_of(rates: &[RateFrom], year: i32) -> Decimal {
    let begun = rates.iter().filter(|rate| rate.from_year <= year);
    let latest = begun.max_by_key(|rate| rate.from_year);
    latest.map_or(Decimal::ZERO, |rate| rate.percent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn cents(cents: i64) -> Money {
        Money::from_cents(cents)
    }

    fn span(from: &str, until: &str) -> Period {
        Period::new(day(from), day(until)).unwrap()
    }

    fn rates(all: &[(i32, &str)]) -> Vec<RateFrom> {
        let rate = |(from_year, percent): &(i32, &str)| RateFrom {
            from_year: *from_year,
            percent: percent.parse().unwrap(),
        };
        all.iter().map(rate).collect()
    }

    #[test]
    fn a_year_of_simple_interest_is_the_rate_of_the_year() {
        let paid = [(day("2026-01-01"), cents(15_000))];
        let year = span("2026-01-01", "2027-01-01");
        let earned = interest(&paid, year, &rates(&[(2026, "2")])).unwrap();
        assert_eq!(earned, cents(300));
    }

    #[test]
    fn each_day_earns_what_was_held_on_it_at_the_rate_of_its_year() {
        let paid = [
            (day("2026-11-01"), cents(10_000)),
            (day("2026-12-02"), cents(5_000)),
        ];
        let earned = |from: &str, until: &str| {
            interest(
                &paid,
                span(from, until),
                &rates(&[(2026, "1.5"), (2027, "3")]),
            )
            .unwrap()
        };
        // (100 × 31 + 150 × 30) × 1.5 ÷ 36,500 = 0.3123…
        assert_eq!(earned("2026-11-01", "2027-01-01"), cents(31));
        // 150 × 10 × 3 ÷ 36,500 = 0.1232…, rounded after it was added up: 0.4356…
        assert_eq!(earned("2026-11-01", "2027-01-11"), cents(44));
        assert_eq!(earned("2026-01-01", "2026-11-01"), Money::ZERO);
        let none = interest(&paid, span("2026-11-01", "2027-01-01"), &[]).unwrap();
        assert_eq!(none, Money::ZERO);
    }

    #[test]
    fn money_that_went_back_earns_nothing_any_more() {
        let paid = [
            (day("2026-01-01"), cents(36_500)),
            (day("2026-01-11"), cents(-36_500)),
        ];
        let earned = interest(
            &paid,
            span("2026-01-01", "2027-01-01"),
            &rates(&[(2020, "1")]),
        );
        assert_eq!(earned.unwrap(), cents(10));
    }

    #[test]
    fn where_a_deposit_stands_follows_from_what_was_paid() {
        let asked = Sums {
            asked: cents(15_000),
            ..Sums::default()
        };
        assert_eq!(asked.status(false), DepositStatus::Asked);
        assert_eq!(asked.unpaid(), cents(15_000));
        let part = Sums {
            paid: cents(5_000),
            ..asked
        };
        assert_eq!(part.status(false), DepositStatus::PartPaid);
        assert_eq!(part.held(), cents(5_000));
        let rest_waived = Sums {
            waived: cents(10_000),
            interest: cents(12),
            ..part
        };
        assert_eq!(rest_waived.status(false), DepositStatus::Held);
        assert_eq!(rest_waived.held(), cents(5_012));
        let given = Sums {
            given: cents(5_012),
            ..rest_waived
        };
        assert_eq!(given.status(true), DepositStatus::Released);
        assert!(given.held().is_zero());
        assert_eq!(asked.status(true), DepositStatus::Waived);
    }

    #[test]
    fn installments_fall_due_a_month_apart() {
        let parts = installments(cents(10_000), 3, day("2026-01-31"));
        let days: Vec<String> = parts.iter().map(|(day, _)| day.to_string()).collect();
        assert_eq!(days, ["2026-01-31", "2026-02-28", "2026-03-31"]);
        let sum: Money = parts.iter().map(|(_, amount)| *amount).sum();
        assert_eq!(sum, cents(10_000));
        assert_eq!(installments(cents(2), 3, day("2026-01-31")).len(), 2);
    }

    proptest! {
        #[test]
        fn what_is_held_longer_never_earns_less(amount in 0_i64..10_000_000, days in 0_u64..800, more in 0_u64..800) {
            let from = day("2025-03-01");
            let paid = [(from, cents(amount))];
            let until = |days: u64| Period::new(from, from + chrono::Days::new(days)).unwrap();
            let rates = rates(&[(2025, "2.5"), (2026, "1")]);
            let shorter = interest(&paid, until(days), &rates).unwrap();
            let longer = interest(&paid, until(days + more), &rates).unwrap();
            prop_assert!(longer >= shorter);
        }
    }
}
