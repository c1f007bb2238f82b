//! Who may correct what by hand, for which reasons, how much alone, and from which amount on a second person decides. The policy is a document
//! (`policies.md` says how) that two people set; a kind that it does not name is decided by nobody.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::corrections::CorrectionKind;
use crate::domain::customers::Language;
use crate::domain::money::Money;
use crate::domain::staff::Role;

/// The rules of each kind of correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", deny_unknown_fields)]
pub struct CorrectionPolicy {
    kinds: BTreeMap<CorrectionKind, KindRules>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    kinds: BTreeMap<CorrectionKind, KindRules>,
}

/// The rules of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindRules {
    /// The reasons to choose from.
    pub reasons: Vec<Reason>,
    /// The most that a job decides on one account in thirty days, in cents; `null` where it has no limit. A job that is not named decides
    /// nothing: what it orders waits for a second person.
    pub limits_cents: BTreeMap<Role, Option<Money>>,
    /// What comes to more than this, in cents, takes a second person whoever orders it.
    pub second_person_above_cents: Money,
}

/// Why something is corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// What it is kept as.
    pub code: String,
    /// What it is called in English.
    pub en: String,
    /// What it is called in Spanish.
    pub es: String,
    /// Whether it says too little by itself, so that a note must be written.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub takes_note: bool,
}

impl Reason {
    /// What it is called.
    #[must_use]
    pub fn words(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Spanish => &self.es,
        }
    }
}

/// What is wrong with a policy: where, and what to write there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("kinds.{at}: {mend}")]
pub struct PolicyMistake {
    at: String,
    mend: &'static str,
}

impl TryFrom<Written> for CorrectionPolicy {
    type Error = PolicyMistake;

    fn try_from(written: Written) -> Result<Self, PolicyMistake> {
        for (kind, rules) in &written.kinds {
            rules.check(*kind)?;
        }
        Ok(Self {
            kinds: written.kinds,
        })
    }
}

impl CorrectionPolicy {
    /// The rules of a kind; nothing for a kind that nobody may decide.
    #[must_use]
    pub fn rules(&self, kind: CorrectionKind) -> Option<&KindRules> {
        self.kinds.get(&kind)
    }

    /// What a reason of a kind is called; its code where the policy names it no more.
    #[must_use]
    pub fn reason_words(&self, kind: CorrectionKind, code: &str, language: Language) -> String {
        let reason = self.rules(kind).and_then(|rules| rules.reason(code));
        reason
            .map_or(code, |reason| reason.words(language))
            .to_owned()
    }
}

impl KindRules {
    /// The reason with this code.
    #[must_use]
    pub fn reason(&self, code: &str) -> Option<&Reason> {
        self.reasons.iter().find(|reason| reason.code == code)
    }

    /// The most that a job decides; `None` where it has no limit.
    #[must_use]
    pub fn limit(&self, role: Role) -> Option<Money> {
        match self.limits_cents.get(&role) {
            Some(limit) => *limit,
            None => Some(Money::ZERO),
        }
    }

    /// The most that a job decides without a second person.
    #[must_use]
    pub fn alone(&self, role: Role) -> Money {
        let most = self.limit(role);
        most.map_or(self.second_person_above_cents, |most| {
            most.min(self.second_person_above_cents)
        })
    }

    /// What is left of it after what the same person decided on the account already.
    #[must_use]
    pub fn left_alone(&self, role: Role, decided: Money) -> Money {
        (self.alone(role) - decided).max(Money::ZERO)
    }

    /// Whether so much, after what the same person decided on the account already, is within what a job decides.
    #[must_use]
    pub fn is_within(&self, role: Role, amount: Money, decided: Money) -> bool {
        let Some(most) = self.limit(role) else {
            return true;
        };
        let whole = decided.checked_add(amount);
        whole.is_some_and(|whole| whole <= most)
    }

    /// Whether a second person decides: above the amount from which one always does, or past what the job decides.
    #[must_use]
    pub fn takes_two(&self, role: Role, amount: Money, decided: Money) -> bool {
        let whole = decided.checked_add(amount);
        let is_much = whole.is_none_or(|whole| whole > self.second_person_above_cents);
        is_much || !self.is_within(role, amount, decided)
    }

    fn check(&self, kind: CorrectionKind) -> Result<(), PolicyMistake> {
        let must = |holds: bool, field: &str, mend: &'static str| {
            let at = format!("{kind}.{field}");
            if holds {
                Ok(())
            } else {
                Err(PolicyMistake { at, mend })
            }
        };
        let is_code = |code: &str| {
            let is_letter =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
            (1..=40).contains(&code.len()) && code.bytes().all(is_letter)
        };
        let mut codes: Vec<&str> = self
            .reasons
            .iter()
            .map(|reason| reason.code.as_str())
            .collect();
        codes.sort_unstable();
        codes.dedup();
        must(
            !codes.is_empty()
                && codes.len() == self.reasons.len()
                && codes.iter().all(|code| is_code(code)),
            "reasons",
            "write one reason or more, each with a code of its own: 1 to 40 small letters, digits and _",
        )?;
        let is_said =
            |reason: &Reason| !reason.en.trim().is_empty() && !reason.es.trim().is_empty();
        must(
            self.reasons.iter().all(is_said),
            "reasons",
            "write what each reason is called in both languages, as en and es",
        )?;
        let limits = self.limits_cents.values().flatten();
        must(
            limits.copied().all(|limit| !limit.is_negative()),
            "limits_cents",
            "write 0 or more for each job, or null for no limit",
        )?;
        must(
            !self.second_person_above_cents.is_negative(),
            "second_person_above_cents",
            "write 0 or more: 0 lets a second person decide every one",
        )
    }
}

/// The rules shipped with the program: small credits at the counter, larger ones by a manager, and nothing given up by one person alone.
impl Default for CorrectionPolicy {
    fn default() -> Self {
        serde_json::from_str(include_str!("correction_policy.json"))
            .expect("the rules shipped with the program are in the documented form")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cents(cents: i64) -> Money {
        Money::from_cents(cents)
    }

    #[test]
    fn a_job_decides_up_to_its_limit_and_a_second_person_what_is_more() {
        let policy = CorrectionPolicy::default();
        let credit = policy.rules(CorrectionKind::Credit).unwrap();
        let clerk = Role::BillingClerk;
        assert!(!credit.takes_two(clerk, cents(20_000), Money::ZERO));
        assert!(credit.takes_two(clerk, cents(20_001), Money::ZERO));
        assert!(credit.takes_two(clerk, cents(5_001), cents(15_000)));
        assert_eq!(credit.left_alone(clerk, cents(15_000)), cents(5_000));
        assert_eq!(credit.left_alone(clerk, cents(25_000)), Money::ZERO);
        assert!(credit.takes_two(Role::Viewer, cents(1), Money::ZERO));
        // Nobody decides a large one alone, whatever the job.
        assert!(credit.is_within(Role::Administrator, cents(i64::MAX), Money::ZERO));
        assert!(credit.takes_two(Role::Administrator, cents(i64::MAX), cents(1)));
    }

    #[test]
    fn nothing_is_written_off_by_one_person() {
        let policy = CorrectionPolicy::default();
        let rules = policy.rules(CorrectionKind::WriteOff).unwrap();
        for role in Role::ALL {
            assert!(rules.takes_two(*role, cents(1), Money::ZERO), "{role}");
        }
    }

    #[test]
    fn a_kind_that_is_not_named_is_decided_by_nobody() {
        let policy: CorrectionPolicy = serde_json::from_str(r#"{"kinds":{}}"#).unwrap();
        assert!(policy.rules(CorrectionKind::Credit).is_none());
        assert!(serde_json::from_str::<CorrectionPolicy>(r#"{"kinds":{"gift":{}}}"#).is_err());
    }

    #[test]
    fn the_rules_shipped_name_every_kind_and_read_the_same_when_written_out() {
        let shipped = CorrectionPolicy::default();
        for kind in CorrectionKind::ALL {
            assert!(shipped.rules(*kind).is_some(), "{kind}");
        }
        let text = serde_json::to_string(&shipped).unwrap();
        assert_eq!(
            serde_json::from_str::<CorrectionPolicy>(&text).unwrap(),
            shipped
        );
    }

    #[test]
    fn a_mistake_says_where_it_is_and_how_to_mend_it() {
        let said = |from: &str, to: &str| {
            let shipped = include_str!("correction_policy.json");
            assert!(shipped.contains(from), "{from}");
            let error = serde_json::from_str::<CorrectionPolicy>(&shipped.replace(from, to));
            error.unwrap_err().to_string()
        };
        let code = said(r#""code": "leak""#, r#""code": "A leak""#);
        assert!(
            code.contains("kinds.credit.reasons: write one reason"),
            "{code}"
        );
        let words = said(r#""es": "Ajuste por fuga""#, r#""es": " ""#);
        assert!(words.contains("both languages"), "{words}");
        let limit = said(
            r#""second_person_above_cents": 0"#,
            r#""second_person_above_cents": -1"#,
        );
        assert!(
            limit.contains("kinds.write_off.second_person_above_cents"),
            "{limit}"
        );
    }
}
