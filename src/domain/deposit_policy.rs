//! When a deposit is asked, how much, what it earns, and after which time it is given back. The policy is a document that staff set
//! (`policies.md` says how). It fails closed: a class that it does not name is asked for nothing, and for no reason that it does not give.

use std::collections::BTreeMap;

use chrono::{Days, Months, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::accounts::AccountClass;
use crate::domain::deposits::DepositReason;
use crate::domain::gl::FundCode;
use crate::domain::money::{Money, MoneyError};

/// The most installments that a policy may allow.
const MOST_INSTALLMENTS: u32 = 12;

/// The longest look back, and the longest that a deposit is kept, in months.
const MOST_MONTHS: u32 = 60;

/// The most days that a policy may count in.
const MOST_DAYS: u32 = 366;

/// The most bills that a deposit may come to.
const MOST_TIMES: i64 = 12;

/// How a utility handles deposits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", deny_unknown_fields)]
pub struct DepositPolicy {
    /// The fund that deposits are asked for, held and bear interest in.
    pub fund: FundCode,
    /// When each class is asked, and for how much.
    pub classes: BTreeMap<AccountClass, ClassTerms>,
    /// What they earn, year by year.
    pub interest: Vec<RateFrom>,
    /// When one may be given back while the account goes on; absent, at its end alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund: Option<RefundTerms>,
    /// A bill that is paid so many days after its due day is not late.
    pub grace_days: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    fund: FundCode,
    #[serde(default)]
    classes: BTreeMap<AccountClass, ClassTerms>,
    #[serde(default)]
    interest: Vec<RateFrom>,
    #[serde(default)]
    refund: Option<RefundTerms>,
    #[serde(default)]
    grace_days: u32,
}

/// What one class is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassTerms {
    /// When.
    pub when: When,
    /// How much, at the most.
    pub amount: Amount,
    /// In how many installments it may be paid, a month apart.
    pub installments: u32,
    /// Days until the first is due.
    pub days_to_pay: u32,
}

/// The reasons for which a class is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The account was opened so many days ago, or fewer; absent, no account is asked for being new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_customer_days: Option<u32>,
    /// So many bills were paid late; absent, none is asked for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_bills: Option<usize>,
    /// Whether service was shut off for what was owed.
    #[serde(default)]
    pub shut_off: bool,
    /// How far late bills and shut-offs are looked for, in months.
    pub months: u32,
}

/// How much is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Amount {
    /// The same for everyone, in cents.
    FixedCents(Money),
    /// So many bills.
    Bills(Multiple),
}

/// So many bills of the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Multiple {
    /// How many average bills of the last twelve, written as text: `"2"`, `"2.5"`.
    #[serde(with = "rust_decimal::serde::str")]
    pub times: Decimal,
    /// What stands for the average of an account that was never billed, in cents.
    pub estimated_bill_cents: Money,
    /// No more than this, in cents.
    pub most_cents: Money,
}

/// A yearly rate, from a year on until the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateFrom {
    /// The first calendar year.
    pub from_year: i32,
    /// Percent a year, simple, written as text: `"1.5"`.
    #[serde(with = "rust_decimal::serde::str")]
    pub percent: Decimal,
}

/// When a deposit may be given back while the account goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundTerms {
    /// It was paid in full so many months ago.
    pub months: u32,
    /// In these months no more bills than this were paid late.
    pub most_late_bills: usize,
}

/// What is known of an account that may be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Its class.
    pub class: AccountClass,
    /// Its first day.
    pub opened_on: NaiveDate,
    /// How many of its bills were paid late, or not at all, in the months that count.
    pub late_bills: usize,
    /// Whether it was shut off in them.
    pub was_shut_off: bool,
    /// What its last twelve bills came to.
    pub bills: Vec<Money>,
}

/// What is known of a deposit that is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldFacts {
    /// The day on which the last of it came; nothing while any is unpaid.
    pub whole_since: Option<NaiveDate>,
    /// How many bills were paid late, or not at all, in the months that count.
    pub late_bills: usize,
    /// Whether anything is past due now.
    pub is_past_due: bool,
}

/// What is wrong with a policy: where, and what to write there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {mend}")]
pub struct PolicyMistake {
    at: String,
    mend: &'static str,
}

fn must(holds: bool, at: impl Into<String>, mend: &'static str) -> Result<(), PolicyMistake> {
    if holds {
        Ok(())
    } else {
        Err(PolicyMistake {
            at: at.into(),
            mend,
        })
    }
}

impl TryFrom<Written> for DepositPolicy {
    type Error = PolicyMistake;

    fn try_from(written: Written) -> Result<Self, PolicyMistake> {
        for (class, terms) in &written.classes {
            terms.check(*class)?;
        }
        let is_rate =
            |rate: &RateFrom| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&rate.percent);
        must(
            written.interest.iter().all(is_rate),
            "interest",
            "write each percent from 0 to 100",
        )?;
        must(
            written
                .interest
                .iter()
                .zip(written.interest.iter().skip(1))
                .all(|(earlier, later)| earlier.from_year < later.from_year),
            "interest",
            "write each year once, the earliest first",
        )?;
        must(
            written
                .refund
                .is_none_or(|refund| (1..=MOST_MONTHS).contains(&refund.months)),
            "refund.months",
            "write 1 to 60 months",
        )?;
        must(
            written.grace_days <= MOST_DAYS,
            "grace_days",
            "write 0 to 366 days",
        )?;
        Ok(Self {
            fund: written.fund,
            classes: written.classes,
            interest: written.interest,
            refund: written.refund,
            grace_days: written.grace_days,
        })
    }
}

impl ClassTerms {
    fn check(&self, class: AccountClass) -> Result<(), PolicyMistake> {
        let at = |field: &str| format!("classes.{class}.{field}");
        must(
            (1..=MOST_MONTHS).contains(&self.when.months),
            at("when.months"),
            "write 1 to 60 months",
        )?;
        must(
            self.when
                .new_customer_days
                .is_none_or(|days| days <= MOST_DAYS),
            at("when.new_customer_days"),
            "write 0 to 366 days, or leave it out",
        )?;
        must(
            self.when.late_bills.is_none_or(|bills| bills > 0),
            at("when.late_bills"),
            "write 1 or more bills, or leave it out",
        )?;
        must(
            self.amount.is_possible(),
            at("amount"),
            "write fixed_cents above 0, or bills with times above 0 and up to 12, an estimated_bill_cents and a most_cents above 0",
        )?;
        must(
            (1..=MOST_INSTALLMENTS).contains(&self.installments),
            at("installments"),
            "write 1 to 12",
        )?;
        must(
            self.days_to_pay <= MOST_DAYS,
            at("days_to_pay"),
            "write 0 to 366 days",
        )
    }

    /// The first day on which late bills and shut-offs count.
    #[must_use]
    pub fn since(&self, on: NaiveDate) -> NaiveDate {
        back(on, self.when.months)
    }
}

impl Amount {
    fn is_possible(&self) -> bool {
        match self {
            Self::FixedCents(amount) => amount.is_positive(),
            Self::Bills(bills) => {
                bills.times > Decimal::ZERO
                    && bills.times <= Decimal::from(MOST_TIMES)
                    && bills.estimated_bill_cents.is_positive()
                    && bills.most_cents.is_positive()
            }
        }
    }

    /// The amount for an account with these bills.
    fn of(&self, bills: &[Money]) -> Result<Money, MoneyError> {
        let multiple = match self {
            Self::FixedCents(amount) => return Ok(*amount),
            Self::Bills(multiple) => multiple,
        };
        let whole: Decimal = bills.iter().map(|bill| bill.dollars()).sum();
        let average = match i64::try_from(bills.len()) {
            Ok(count) if count > 0 => whole / Decimal::from(count),
            _ => multiple.estimated_bill_cents.dollars(),
        };
        let times = average.checked_mul(multiple.times);
        let amount = Money::from_charge(times.ok_or(MoneyError::TooLarge(average))?)?;
        Ok(amount.max(Money::ZERO).min(multiple.most_cents))
    }
}

impl DepositPolicy {
    /// What a class is asked for; nothing where it is asked for nothing.
    #[must_use]
    pub fn terms(&self, class: AccountClass) -> Option<&ClassTerms> {
        self.classes.get(&class)
    }

    /// The reasons for which an account may be asked on a day.
    #[must_use]
    pub fn reasons(&self, facts: &Facts, on: NaiveDate) -> Vec<DepositReason> {
        let Some(terms) = self.terms(facts.class) else {
            return Vec::new();
        };
        let when = terms.when;
        let is_new = when.new_customer_days.is_some_and(|days| {
            let last = facts.opened_on.checked_add_days(Days::new(u64::from(days)));
            last.is_some_and(|last| on <= last)
        });
        let is_late = when.late_bills.is_some_and(|most| facts.late_bills >= most);
        [
            (DepositReason::NewCustomer, is_new),
            (DepositReason::PaidLate, is_late),
            (DepositReason::ShutOff, when.shut_off && facts.was_shut_off),
        ]
        .into_iter()
        .filter_map(|(reason, holds)| holds.then_some(reason))
        .collect()
    }

    /// The most that an account may be asked for; nothing where it is asked for nothing.
    ///
    /// # Errors
    /// An amount that no account can hold.
    pub fn most(&self, facts: &Facts) -> Result<Option<Money>, MoneyError> {
        let terms = self.terms(facts.class);
        terms.map(|terms| terms.amount.of(&facts.bills)).transpose()
    }

    /// The first day of the months that count for giving a deposit back; nothing where that happens at the end alone.
    #[must_use]
    pub fn good_since(&self, on: NaiveDate) -> Option<NaiveDate> {
        self.refund.map(|refund| back(on, refund.months))
    }

    /// Whether a deposit may be given back on a day while the account goes on.
    #[must_use]
    pub fn may_refund(&self, facts: &HeldFacts, on: NaiveDate) -> bool {
        let (Some(refund), Some(since)) = (self.refund, self.good_since(on)) else {
            return false;
        };
        let is_old = facts.whole_since.is_some_and(|day| day <= since);
        is_old && facts.late_bills <= refund.most_late_bills && !facts.is_past_due
    }
}

fn back(on: NaiveDate, months: u32) -> NaiveDate {
    on.checked_sub_months(Months::new(months))
        .unwrap_or(NaiveDate::MIN)
}

/// What ships with the program: two average bills of who is new, pays late or was shut off, given back after a good year.
impl Default for DepositPolicy {
    fn default() -> Self {
        serde_json::from_str(include_str!("deposit_policy.json"))
            .expect("the policy shipped with the program is in the documented form")
    }
}

#[cfg(test)]
#[path = "deposit_policy_tests.rs"]
mod tests;
