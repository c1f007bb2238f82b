//! How disputes are handled: by when one is acknowledged and answered, what a leak is forgiven, what a refund earns. The policy is a document
//! that staff set (`policies.md` says how).

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::leak_credits::LeakTerms;
use crate::domain::remedies::InterestTerms;
use crate::domain::working_days;

/// The longest wait that a policy may set, in working days: three months.
const MOST_DAYS: u32 = 65;

/// How a utility handles disputes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", deny_unknown_fields)]
pub struct DisputePolicy {
    /// Working days until the customer is told that somebody looks at it.
    pub acknowledge_days: u32,
    /// Working days until it is decided.
    pub answer_days: u32,
    /// What of a leak is forgiven; nothing where the policy says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leak: Option<LeakTerms>,
    /// What a refund of what was charged wrongly earns; nothing where the policy says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_interest: Option<InterestTerms>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    acknowledge_days: u32,
    answer_days: u32,
    #[serde(default)]
    leak: Option<LeakTerms>,
    #[serde(default)]
    refund_interest: Option<InterestTerms>,
}

/// What is wrong with a policy: where, and what to write there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {mend}")]
pub struct PolicyMistake {
    at: &'static str,
    mend: &'static str,
}

/// Nothing where it holds, else where it does not and what to write.
const fn must(holds: bool, at: &'static str, mend: &'static str) -> Result<(), PolicyMistake> {
    if holds {
        Ok(())
    } else {
        Err(PolicyMistake { at, mend })
    }
}

impl TryFrom<Written> for DisputePolicy {
    type Error = PolicyMistake;

    fn try_from(written: Written) -> Result<Self, PolicyMistake> {
        must(
            (1..=MOST_DAYS).contains(&written.answer_days),
            "answer_days",
            "write 1 to 65 working days",
        )?;
        must(
            written.acknowledge_days <= written.answer_days,
            "acknowledge_days",
            "write no more than answer_days",
        )?;
        must(
            written.leak.as_ref().is_none_or(LeakTerms::is_possible),
            "leak",
            "write above_percent from 1 to 1000, least_months from 1 to 24, shares from 0 to 100 and a most_cents above 0",
        )?;
        let is_rate =
            |terms: &InterestTerms| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&terms.percent);
        must(
            written.refund_interest.as_ref().is_none_or(is_rate),
            "refund_interest.percent",
            "write a percentage from 0 to 100",
        )?;
        Ok(Self {
            acknowledge_days: written.acknowledge_days,
            answer_days: written.answer_days,
            leak: written.leak,
            refund_interest: written.refund_interest,
        })
    }
}

impl Default for DisputePolicy {
    /// What ships with the program.
    fn default() -> Self {
        serde_json::from_str(include_str!("dispute_policy.json")).unwrap_or(Self {
            acknowledge_days: 2,
            answer_days: 10,
            leak: None,
            refund_interest: None,
        })
    }
}

impl DisputePolicy {
    /// The day by which a dispute that came on a day is acknowledged.
    #[must_use]
    pub fn acknowledge_by(&self, on: NaiveDate) -> NaiveDate {
        after(on, self.acknowledge_days)
    }

    /// The day by which a dispute that came on a day is decided.
    #[must_use]
    pub fn answer_by(&self, on: NaiveDate) -> NaiveDate {
        after(on, self.answer_days)
    }
}

fn after(on: NaiveDate, days: u32) -> NaiveDate {
    working_days::after(on, usize::try_from(days).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_as_the_office_is_open() {
        let on: NaiveDate = "2026-07-02".parse().unwrap();
        let policy: DisputePolicy =
            serde_json::from_str(include_str!("dispute_policy.json")).unwrap();
        assert_eq!(policy, DisputePolicy::default());
        assert!(policy.leak.is_some() && policy.refund_interest.is_some());
        // The third of July is the holiday of the fourth, which is a Saturday.
        assert_eq!(policy.acknowledge_by(on), "2026-07-07".parse().unwrap());
        assert_eq!(policy.answer_by(on), "2026-07-17".parse().unwrap());
    }

    #[test]
    fn a_mistake_says_where_it_is_and_how_to_mend_it() {
        let said = |from: &str, to: &str| {
            let shipped = include_str!("dispute_policy.json");
            assert!(shipped.contains(from));
            let error = serde_json::from_str::<DisputePolicy>(&shipped.replacen(from, to, 1));
            error.unwrap_err().to_string()
        };
        assert!(said(": 10", ": 0").contains("answer_days: write"));
        assert!(said("\"50\"", "\"150\"").contains("leak: write"));
        assert!(said("\"6\"", "\"-1\"").contains("refund_interest.percent: write"));
        assert!(said(": 2", ": 11").contains("acknowledge_days: write"));
        assert!(said("answer_days", "reply_days").contains("reply_days"));
    }
}
