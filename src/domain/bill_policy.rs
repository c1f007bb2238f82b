//! Bounds beyond which a person looks at a bill before it goes out. The policy is a document that staff set; each class of account may
//! have bounds of its own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::accounts::AccountClass;
use crate::domain::money::Money;

/// Bounds on what a bill comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", deny_unknown_fields)]
pub struct Bounds {
    /// A bill of less than this, in cents, is looked at.
    pub least_cents: Money,
    /// A bill of more than this, in cents, is looked at.
    pub most_cents: Money,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    least_cents: Money,
    most_cents: Money,
}

/// The least of a pair of bounds is more than its most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("least_cents ({least}) is more than most_cents ({most})")]
pub struct BoundsCrossed {
    least: Money,
    most: Money,
}

impl TryFrom<Written> for Bounds {
    type Error = BoundsCrossed;

    fn try_from(written: Written) -> Result<Self, BoundsCrossed> {
        let (least, most) = (written.least_cents, written.most_cents);
        if least > most {
            return Err(BoundsCrossed { least, most });
        }
        Ok(Self {
            least_cents: least,
            most_cents: most,
        })
    }
}

impl Bounds {
    /// Whether a bill of this amount goes out without a look.
    #[must_use]
    pub fn contain(self, total: Money) -> bool {
        self.least_cents <= total && total <= self.most_cents
    }
}

/// The bounds of a utility.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BillPolicy {
    /// For classes that have none of their own.
    pub bounds: Bounds,
    /// By class.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_class: BTreeMap<AccountClass, Bounds>,
}

impl BillPolicy {
    /// The bounds for a class.
    #[must_use]
    pub fn bounds(&self, class: AccountClass) -> Bounds {
        self.by_class.get(&class).copied().unwrap_or(self.bounds)
    }
}

/// The bounds shipped with the program: a household's bill below nothing or above $1,000 is looked at, others above what is usual for them.
impl Default for BillPolicy {
    fn default() -> Self {
        serde_json::from_str(include_str!("bill_policy.json"))
            .expect("the bounds shipped with the program are in the documented form")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_without_bounds_of_its_own_has_the_common_ones() {
        let policy: BillPolicy = serde_json::from_str(
            r#"{"bounds": {"least_cents": 0, "most_cents": 50000}, "by_class": {"industrial": {"least_cents": 0, "most_cents": 9000000}}}"#,
        )
        .unwrap();
        let amount = Money::from_cents(60_000);
        assert!(!policy.bounds(AccountClass::Residential).contain(amount));
        assert!(policy.bounds(AccountClass::Industrial).contain(amount));
        assert!(
            !BillPolicy::default()
                .bounds(AccountClass::Residential)
                .contain(Money::from_cents(-1))
        );
    }

    #[test]
    fn bounds_that_cross_are_refused() {
        let crossed = r#"{"bounds": {"least_cents": 5, "most_cents": 4}}"#;
        let error = serde_json::from_str::<BillPolicy>(crossed).unwrap_err();
        assert!(
            error.to_string().contains("more than most_cents"),
            "{error}"
        );
    }
}
