//! Fees that a rule charges: for paying late and for a payment that came back. The policy is a document (`policies.md` says how).
//!
//! A late fee looks only at the debt it is charged on: its own due date, what is left of it, and whether it was charged before. Nothing that
//! happens beside it (another fee, a later bill) moves its date.

use chrono::{Days, Months, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::gl::FundCode;
use crate::domain::money::{Money, MoneyError};

/// The fees of a utility; one that is absent is not charged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeePolicy {
    /// The fee for paying late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_fee: Option<LateFeePolicy>,
    /// The fee for a payment that came back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned_payment_fee: Option<ReturnedPaymentPolicy>,
    /// The fund that bears what the payment processor keeps; absent, the pool does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub processor_costs_fund: Option<FundCode>,
}

/// A fee for paying late: once on each debt, never on a fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LateFeePolicy {
    /// How much.
    pub amount: FeeAmount,
    /// Days after the due date on which payment is still in time.
    #[serde(default)]
    pub grace_days: u32,
    /// A debt with less left than this, in cents, is let be.
    #[serde(default)]
    pub least_overdue_cents: Money,
    /// The fee falls due this many days after it is charged.
    #[serde(default)]
    pub due_days: u32,
    /// Account classes that pay none.
    #[serde(default)]
    pub exempt_classes: Vec<String>,
    /// The fund that earns the fee; absent, the funds of the debt share it in proportion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund: Option<FundCode>,
    /// How often staff may waive the fee as a courtesy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub courtesy: Option<Courtesy>,
}

/// How much a late fee is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum FeeAmount {
    /// Percent of what is left of the debt, written as text: `"5"`, `"1.5"`.
    Percent(#[serde(with = "rust_decimal::serde::str")] Decimal),
    /// The same for everyone, in cents.
    FlatCents(Money),
}

/// So many waivers in so many months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Courtesy {
    /// How many.
    pub waivers: usize,
    /// In the months before the day of the waiver.
    pub months: u32,
}

/// A fee for a payment that came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnedPaymentPolicy {
    /// How much, in cents.
    pub amount_cents: Money,
    /// The fund that earns it.
    pub fund: FundCode,
    /// It falls due this many days after it is charged.
    #[serde(default)]
    pub due_days: u32,
}

/// One debt as the late fee sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverdueDebt<'a> {
    /// The class of the account.
    pub class: &'a str,
    /// When it fell due.
    pub due_on: NaiveDate,
    /// What is left of it, less any payment on its way.
    pub remaining: Money,
    /// Whether it is itself a fee for late or returned payment, or a deposit: neither bears one.
    pub is_penalty: bool,
    /// Whether a late fee was charged on it before.
    pub was_charged: bool,
}

/// The fees shipped with the program: late fee 5 % once, five days of grace, nothing under $10.00; returned payment $25.00.
impl Default for FeePolicy {
    fn default() -> Self {
        serde_json::from_str(include_str!("fee_policy.json"))
            .expect("the fees shipped with the program are in the documented form")
    }
}

impl LateFeePolicy {
    /// The fee on a debt on a day; `None` where none is charged.
    ///
    /// # Errors
    /// When a percentage of the debt is past the range of money.
    pub fn fee(&self, debt: &OverdueDebt<'_>, on: NaiveDate) -> Result<Option<Money>, MoneyError> {
        let is_late = debt
            .due_on
            .checked_add_days(Days::new(u64::from(self.grace_days)))
            .is_some_and(|last| last < on);
        let is_exempt = self.exempt_classes.iter().any(|class| class == debt.class);
        let is_small = debt.remaining < self.least_overdue_cents || !debt.remaining.is_positive();
        if !is_late || is_exempt || is_small || debt.is_penalty || debt.was_charged {
            return Ok(None);
        }
        let fee = match self.amount {
            FeeAmount::FlatCents(fee) => fee,
            FeeAmount::Percent(percent) => {
                let share = percent
                    .checked_mul(Decimal::new(1, 2))
                    .and_then(|factor| factor.checked_mul(debt.remaining.dollars()));
                Money::from_charge(share.ok_or(MoneyError::TooLarge(percent))?)?
            }
        };
        Ok(fee.is_positive().then_some(fee))
    }

    /// The last due date whose debts may be charged on a day.
    #[must_use]
    pub fn last_due(&self, on: NaiveDate) -> Option<NaiveDate> {
        on.checked_sub_days(Days::new(u64::from(self.grace_days) + 1))
    }

    /// Whether another fee may be waived as a courtesy, given the days of earlier waivers.
    #[must_use]
    pub fn may_waive(&self, earlier: &[NaiveDate], on: NaiveDate) -> bool {
        self.courtesy.is_some_and(|courtesy| {
            let since = on
                .checked_sub_months(Months::new(courtesy.months))
                .unwrap_or(NaiveDate::MIN);
            earlier.iter().filter(|day| **day > since).count() < courtesy.waivers
        })
    }
}

/// The day so many days after another; the end of the calendar where there is none.
#[must_use]
pub fn due_after(on: NaiveDate, days: u32) -> NaiveDate {
    on.checked_add_days(Days::new(u64::from(days)))
        .unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn policy(json: &str) -> LateFeePolicy {
        serde_json::from_str(json).unwrap()
    }

    fn debt(cents: i64) -> OverdueDebt<'static> {
        let remaining = Money::from_cents(cents);
        OverdueDebt {
            class: "residential",
            due_on: day("2026-03-10"),
            remaining,
            is_penalty: false,
            was_charged: false,
        }
    }

    fn cents(policy: &LateFeePolicy, debt: &OverdueDebt<'_>, on: &str) -> Option<i64> {
        policy.fee(debt, day(on)).unwrap().map(Money::cents)
    }

    #[test]
    fn a_percentage_is_of_what_is_left_and_rounds_to_the_cent() {
        let five = policy(r#"{"amount":{"percent":"5"}}"#);
        assert_eq!(cents(&five, &debt(8_410), "2026-03-11"), Some(421));
        assert_eq!(cents(&five, &debt(8_410), "2026-03-10"), None);
        assert_eq!(cents(&five, &debt(0), "2026-04-10"), None);
    }

    #[test]
    fn grace_small_debts_and_exempt_classes_are_let_be() {
        let flat = policy(
            r#"{"amount":{"flat-cents":500},"grace_days":5,"least_overdue_cents":1000,"exempt_classes":["lifeline"]}"#,
        );
        assert_eq!(cents(&flat, &debt(1_000), "2026-03-15"), None);
        assert_eq!(cents(&flat, &debt(1_000), "2026-03-16"), Some(500));
        assert_eq!(cents(&flat, &debt(999), "2026-03-16"), None);
        assert_eq!(
            cents(
                &flat,
                &OverdueDebt {
                    class: "lifeline",
                    ..debt(9_000)
                },
                "2026-03-16"
            ),
            None
        );
        assert_eq!(flat.last_due(day("2026-03-16")), Some(day("2026-03-10")));
    }

    #[test]
    fn never_twice_on_a_debt_and_never_on_a_fee() {
        let flat = policy(r#"{"amount":{"flat-cents":500}}"#);
        assert_eq!(
            cents(
                &flat,
                &OverdueDebt {
                    was_charged: true,
                    ..debt(9_000)
                },
                "2026-05-01"
            ),
            None
        );
        assert_eq!(
            cents(
                &flat,
                &OverdueDebt {
                    is_penalty: true,
                    ..debt(9_000)
                },
                "2026-05-01"
            ),
            None
        );
    }

    #[test]
    fn one_courtesy_a_year() {
        let policy =
            policy(r#"{"amount":{"flat-cents":500},"courtesy":{"waivers":1,"months":12}}"#);
        assert!(policy.may_waive(&[], day("2026-03-16")));
        assert!(!policy.may_waive(&[day("2025-03-17")], day("2026-03-16")));
        assert!(policy.may_waive(&[day("2025-03-16")], day("2026-03-16")));
    }

    proptest! {
        #[test]
        fn the_clock_is_the_debts_own_due_date(grace in 0_u32..40, days in 0_u64..120, cents in 1_i64..1_000_000) {
            let policy = LateFeePolicy { grace_days: grace, ..policy(r#"{"amount":{"flat-cents":500}}"#) };
            let debt = debt(cents);
            let charged = policy.fee(&debt, debt.due_on + Days::new(days)).unwrap();
            prop_assert_eq!(charged.is_some(), days > u64::from(grace));
        }
    }
}
