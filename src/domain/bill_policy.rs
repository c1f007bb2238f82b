//! Bounds beyond which a person looks at a bill before it goes out, and the days that the law leaves to pay one. The policy is a document that
//! staff set; each class of account may have bounds of its own.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::domain::accounts::AccountClass;
use crate::domain::money::Money;
use crate::domain::working_days;

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

/// The fewest days between issue and due date that a law leaves to some accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WrittenFloor", deny_unknown_fields)]
pub struct DueFloor {
    /// In which state the place served lies, two letters; anywhere where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// For which classes; all where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<AccountClass>,
    /// How many days.
    pub days: u32,
    /// The rule that says so.
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFloor {
    #[serde(default)]
    state: Option<String>,
    #[serde(default)]
    classes: Vec<AccountClass>,
    days: u32,
    source: String,
}

/// A floor that no law could mean.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoFloor {
    /// Not a state.
    #[error("state {0:?} is not two capital letters, such as TX")]
    State(String),
    /// Longer than any.
    #[error("{0} days to pay are more than 120")]
    Days(u32),
    /// Nobody could look it up.
    #[error("the source is empty: name the rule")]
    Source,
}

impl TryFrom<WrittenFloor> for DueFloor {
    type Error = NoFloor;

    fn try_from(written: WrittenFloor) -> Result<Self, NoFloor> {
        let WrittenFloor {
            state,
            classes,
            days,
            source,
        } = written;
        let is_state =
            |state: &str| state.len() == 2 && state.bytes().all(|b| b.is_ascii_uppercase());
        if let Some(other) = state.as_deref().filter(|state| !is_state(state)) {
            return Err(NoFloor::State(other.to_owned()));
        }
        if days > 120 {
            return Err(NoFloor::Days(days));
        }
        if source.trim().is_empty() {
            return Err(NoFloor::Source);
        }
        Ok(Self {
            state,
            classes,
            days,
            source,
        })
    }
}

impl DueFloor {
    fn counts_for(&self, class: AccountClass, state: &str) -> bool {
        (self.classes.is_empty() || self.classes.contains(&class))
            && self.state.as_deref().is_none_or(|own| own == state)
    }
}

/// When a bill that goes out on a day is due: as it was planned, and no earlier than each floor that counts for the account, on a day on which
/// the office is open. Where no floor counts, the planned day stands, also one that has passed: a kept due date is not moved.
#[must_use]
pub fn due_on(
    (issued_on, planned): (NaiveDate, NaiveDate),
    floors: &[DueFloor],
    (class, state): (AccountClass, &str),
) -> NaiveDate {
    let counting = floors.iter().filter(|floor| floor.counts_for(class, state));
    let Some(least) = counting.map(|floor| floor.days).max() else {
        return planned;
    };
    let floor = issued_on + Days::new(u64::from(least));
    working_days::on_or_after(planned.max(floor))
}

/// Whether some floor lies after a planned day: only then does it matter whose a bill is.
#[must_use]
pub fn may_move(issued_on: NaiveDate, planned: NaiveDate, floors: &[DueFloor]) -> bool {
    let is_later = |floor: &DueFloor| issued_on + Days::new(u64::from(floor.days)) > planned;
    floors.iter().any(is_later)
}

/// The bounds of a utility, and the days its customers have to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BillPolicy {
    /// For classes that have none of their own.
    pub bounds: Bounds,
    /// By class.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_class: BTreeMap<AccountClass, Bounds>,
    /// The days that the law leaves to pay; those that ship where a document does not say any.
    #[serde(default = "shipped_floors")]
    pub due_floors: Vec<DueFloor>,
}

fn shipped_floors() -> Vec<DueFloor> {
    BillPolicy::default().due_floors
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
    fn a_bill_is_due_no_earlier_than_the_law_of_its_place_and_class_says_and_on_a_working_day() {
        let policy: BillPolicy =
            serde_json::from_str(r#"{"bounds": {"least_cents": 0, "most_cents": 50000}}"#).unwrap();
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let due = |issued: &str, planned: &str, class, state| {
            let days = (day(issued), day(planned));
            due_on(days, &policy.due_floors, (class, state)).to_string()
        };
        let (home, shop) = (AccountClass::Residential, AccountClass::Commercial);
        // Sixteen days after June 17 is July 3, on which Independence Day is kept in 2026; then comes a weekend.
        assert_eq!(due("2026-06-17", "2026-06-22", home, "TX"), "2026-07-06");
        assert_eq!(due("2026-06-17", "2026-07-20", home, "TX"), "2026-07-20");
        assert_eq!(due("2026-06-01", "2026-06-05", home, "OH"), "2026-06-15");
        assert_eq!(due("2026-06-01", "2026-06-05", shop, "OH"), "2026-06-22");
        assert_eq!(due("2026-06-01", "2026-06-05", shop, "IL"), "2026-06-05");
        assert_eq!(due("2026-06-11", "2026-06-05", shop, "IL"), "2026-06-05");
        assert!(may_move(
            day("2026-06-01"),
            day("2026-06-05"),
            &policy.due_floors
        ));
        assert!(!may_move(
            day("2026-06-01"),
            day("2026-06-22"),
            &policy.due_floors
        ));
    }

    #[test]
    fn a_floor_names_its_rule_and_a_state() {
        let with = |floor: &str| {
            let text = format!(
                r#"{{"bounds": {{"least_cents": 0, "most_cents": 5}}, "due_floors": [{floor}]}}"#
            );
            serde_json::from_str::<BillPolicy>(&text)
        };
        assert!(with(r#"{"days": 10, "source": "City code 12-3"}"#).is_ok());
        assert!(with(r#"{"days": 10, "source": " "}"#).is_err());
        assert!(with(r#"{"state": "Texas", "days": 16, "source": "x"}"#).is_err());
        assert!(with(r#"{"state": "TX", "days": 1600, "source": "x"}"#).is_err());
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
