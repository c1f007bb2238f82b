//! Who may pay level amounts, in which variants and within which bounds. The policy is a document that staff set (`policies.md` says how); each
//! class of account may have terms of its own, and a class with `null` is offered none.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::accounts::AccountClass;
use crate::domain::budget_billing::BudgetVariant;
use crate::domain::money::Money;

/// The most bills that a year of a plan, or the history that it looks at, may have.
const MOST_BILLS: u32 = 24;

/// Level payment plans, as a utility grants them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", deny_unknown_fields)]
pub struct BudgetPlanPolicy {
    /// For classes that are not named.
    pub terms: BudgetTerms,
    /// By class; `None` offers none.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub by_class: BTreeMap<AccountClass, Option<BudgetTerms>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    terms: BudgetTerms,
    #[serde(default)]
    by_class: BTreeMap<AccountClass, Option<BudgetTerms>>,
}

/// What one class may have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BudgetTerms {
    /// The variants to choose from.
    pub variants: Vec<BudgetVariant>,
    /// So many bills that stand must be there before, and the average is of so many; of a bill each month, like every count of bills here.
    pub history_bills: u32,
    /// So many bills make a year of the plan: the last of them settles it.
    pub year_bills: u32,
    /// After which bills of the year a fixed amount is looked at again.
    pub review_after: Vec<u32>,
    /// It changes where the average is so many percent away from it, written as text: `"15"`.
    #[serde(with = "rust_decimal::serde::str")]
    pub review_percent: Decimal,
    /// At the end of a year a surplus of so much, in cents, is credited; less of it lowers what is asked in the next year.
    pub least_credit_cents: Money,
    /// No more than this, in cents, is put off: what goes beyond it is asked with the bill.
    pub most_deferred_cents: Money,
    /// The plan ends when so many of its bills are past due at once.
    pub missed_bills: u32,
    /// Days after its date on which a bill of the plan is still in time.
    pub missed_grace_days: u32,
    /// No new plan for so many months after one ended for missed bills.
    pub wait_months: u32,
    /// What is owed when a plan ends falls due so many days later.
    pub due_days: u32,
}

/// What is wrong with a policy: where, and what to write there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {mend}")]
pub struct PolicyMistake {
    at: String,
    mend: &'static str,
}

impl TryFrom<Written> for BudgetPlanPolicy {
    type Error = PolicyMistake;

    fn try_from(written: Written) -> Result<Self, PolicyMistake> {
        written.terms.check("terms")?;
        for (class, terms) in &written.by_class {
            if let Some(terms) = terms {
                terms.check(&format!("by_class.{class}"))?;
            }
        }
        Ok(Self {
            terms: written.terms,
            by_class: written.by_class,
        })
    }
}

impl BudgetPlanPolicy {
    /// The terms of a class; `None` where it is offered none.
    #[must_use]
    pub fn terms(&self, class: AccountClass) -> Option<&BudgetTerms> {
        match self.by_class.get(&class) {
            Some(own) => own.as_ref(),
            None => Some(&self.terms),
        }
    }
}

/// The policy shipped with the program: all three variants for homes and small businesses, after twelve bills.
impl Default for BudgetPlanPolicy {
    fn default() -> Self {
        serde_json::from_str(include_str!("budget_plan_policy.json"))
            .expect("the policy shipped with the program is in the documented form")
    }
}

impl BudgetTerms {
    fn check(&self, at: &str) -> Result<(), PolicyMistake> {
        let is_count = |count: u32| (2..=MOST_BILLS).contains(&count);
        let rises = self.review_after.windows(2).all(|pair| match pair {
            [first, second] => first < second,
            _ => true,
        });
        let within = |after: &u32| (1..self.year_bills).contains(after);
        let rules = [
            (
                "history_bills",
                is_count(self.history_bills),
                "write a number of bills from 2 to 24",
            ),
            (
                "year_bills",
                is_count(self.year_bills),
                "write a number of bills from 2 to 24",
            ),
            (
                "review_after",
                rises && self.review_after.iter().all(within),
                "write numbers of bills, the first first, each less than year_bills",
            ),
            (
                "review_percent",
                !self.review_percent.is_sign_negative(),
                "write a percentage of 0 or more",
            ),
            (
                "least_credit_cents",
                !self.least_credit_cents.is_negative(),
                "write an amount of 0 or more",
            ),
            (
                "most_deferred_cents",
                !self.most_deferred_cents.is_negative(),
                "write an amount of 0 or more",
            ),
            (
                "missed_bills",
                self.missed_bills > 0,
                "write a number of bills, 1 or more",
            ),
        ];
        match rules.iter().find(|(_, is_good, _)| !is_good) {
            None => Ok(()),
            Some(&(field, _, mend)) => Err(PolicyMistake {
                at: format!("{at}.{field}"),
                mend,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_with_null_is_offered_none() {
        let policy = BudgetPlanPolicy::default();
        assert!(policy.terms(AccountClass::Residential).is_some());
        assert!(policy.terms(AccountClass::Industrial).is_none());
        let text = serde_json::to_string(&policy).unwrap();
        assert_eq!(
            serde_json::from_str::<BudgetPlanPolicy>(&text).unwrap(),
            policy
        );
    }

    #[test]
    fn a_mistake_says_where_it_is_and_how_to_mend_it() {
        let said = |from: &str, to: &str| {
            let shipped = include_str!("budget_plan_policy.json");
            assert!(shipped.contains(from));
            let error = serde_json::from_str::<BudgetPlanPolicy>(&shipped.replace(from, to));
            error.unwrap_err().to_string()
        };
        let review = said("[4, 8]", "[4, 12]");
        assert!(review.contains("terms.review_after: write"), "{review}");
        let history = said("\"history_bills\": 12", "\"history_bills\": 1");
        assert!(history.contains("terms.history_bills"), "{history}");
        assert!(said("missed_bills", "missed_all").contains("missed_all"));
    }
}
