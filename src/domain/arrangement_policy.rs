//! Who gets more time to pay, how much of it and how often. The policy is a document that staff set (`policies.md` says how); each class of
//! account may have terms of its own, and what is absent is not offered.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::accounts::AccountClass;
use crate::domain::money::Money;
use crate::domain::orders::OrderKind;

/// More time to pay, as a utility grants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", deny_unknown_fields)]
pub struct ArrangementPolicy {
    /// For classes that have none of their own.
    pub terms: Terms,
    /// By class.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub by_class: BTreeMap<AccountClass, Terms>,
    /// For households whose low income is certified, in place of those of the class; what is absent is as for the class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low_income: Option<Terms>,
    /// What follows when an installment is missed.
    pub missed: Missed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    terms: Terms,
    #[serde(default)]
    by_class: BTreeMap<AccountClass, Terms>,
    #[serde(default)]
    low_income: Option<Terms>,
    #[serde(default)]
    missed: Missed,
}

/// What follows when an installment is missed: who is told when, and whether a crew goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missed {
    /// So many days after its day whoever follows the account is told that it is late.
    pub tell_after_days: u32,
    /// The order that is made once the days of grace have passed too; absent, none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_order: Option<OrderKind>,
}

/// Told on the next day, and nobody goes out.
impl Default for Missed {
    fn default() -> Self {
        Self {
            tell_after_days: 1,
            next_order: None,
        }
    }
}

/// What one class may have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// A later due date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<ExtensionTerms>,
    /// Installments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrangement: Option<ArrangementTerms>,
}

/// So many in so many months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Often {
    /// How many.
    pub most: u32,
    /// In the months before the day.
    pub months: u32,
}

/// A later due date: for whom, how much later, how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtensionTerms {
    /// The lengths to choose from, in days, the shortest first.
    pub lengths_days: Vec<u32>,
    /// How often.
    pub limit: Often,
    /// Who owes more than this, in cents, gets none.
    pub most_owed_cents: Money,
    /// Who owes anything that is past due for more days than this gets none.
    pub oldest_days: u32,
    /// None for so many months after more time was broken.
    pub after_broken_months: u32,
    /// Days after the new date on which payment is still in time.
    pub grace_days: u32,
    /// Whether a payment that came back and was not made good bars it.
    pub refuse_returned: bool,
}

/// Installments: from which amount, what is paid first, how many, how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArrangementTerms {
    /// Who owes less than this, in cents, gets none.
    pub least_owed_cents: Money,
    /// Who owes more than this, in cents, gets none.
    pub most_owed_cents: Money,
    /// What is paid first.
    pub down: Down,
    /// The most installments after it, one a month.
    pub most_installments: u32,
    /// No installment is less than this, in cents.
    pub least_installment_cents: Money,
    /// Days after its date on which an installment is still in time.
    pub grace_days: u32,
    /// How often.
    pub limit: Often,
    /// None for so many months after more time was broken.
    pub after_broken_months: u32,
    /// Whether a payment that came back and was not made good bars it.
    pub refuse_returned: bool,
}

/// The down payment: the first installment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Down {
    /// At least this much, in percent, written as text: `"25"`, `"0"`.
    #[serde(with = "rust_decimal::serde::str")]
    pub percent: Decimal,
    /// Of what.
    pub of: DownOf,
    /// It is due so many days after the agreement.
    pub within_days: u32,
}

/// What the percentage of a down payment is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DownOf {
    /// What is past due.
    PastDue,
    /// All that is owed.
    Owed,
}

/// What is wrong with a policy: where, and what to write there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {mend}")]
pub struct PolicyMistake {
    at: String,
    mend: &'static str,
}

impl TryFrom<Written> for ArrangementPolicy {
    type Error = PolicyMistake;

    fn try_from(written: Written) -> Result<Self, PolicyMistake> {
        written.terms.check("terms")?;
        for (class, terms) in &written.by_class {
            terms.check(&format!("by_class.{class}"))?;
        }
        if let Some(terms) = &written.low_income {
            terms.check("low_income")?;
        }
        let all = written.by_class.values().chain(&written.low_income);
        let graces = all.chain([&written.terms]).flat_map(Terms::graces);
        written.missed.check(graces.min())?;
        Ok(Self {
            terms: written.terms,
            by_class: written.by_class,
            low_income: written.low_income,
            missed: written.missed,
        })
    }
}

impl ArrangementPolicy {
    /// The terms of a class.
    #[must_use]
    pub fn terms(&self, class: AccountClass) -> &Terms {
        self.by_class.get(&class).unwrap_or(&self.terms)
    }

    /// The terms of somebody of a class, whose low income is certified or is not.
    #[must_use]
    pub fn terms_of(&self, class: AccountClass, has_low_income: bool) -> Terms {
        let terms = self.terms(class).clone();
        match &self.low_income {
            Some(low) if has_low_income => Terms {
                extension: low.extension.clone().or(terms.extension),
                arrangement: low.arrangement.clone().or(terms.arrangement),
            },
            Some(_) | None => terms,
        }
    }
}

impl Missed {
    /// What is told while the payment is still in time comes before what it breaks.
    fn check(self, shortest_grace: Option<u32>) -> Result<(), PolicyMistake> {
        let latest = shortest_grace.unwrap_or(1).max(1);
        must(
            (1..=latest).contains(&self.tell_after_days),
            ("missed", "tell_after_days"),
            "write 1 day or more, and no more than the shortest grace_days",
        )?;
        must(
            self.next_order
                .is_none_or(|kind| matches!(kind, OrderKind::DoorTag | OrderKind::ShutOff)),
            ("missed", "next_order"),
            "write \"door_tag\" or \"shut_off\", or leave it out where nobody goes out by itself",
        )
    }
}

impl Terms {
    /// The days of grace of whatever is offered.
    fn graces(&self) -> impl Iterator<Item = u32> {
        let extension = self.extension.as_ref().map(|terms| terms.grace_days);
        let arrangement = self.arrangement.as_ref().map(|terms| terms.grace_days);
        extension.into_iter().chain(arrangement)
    }

    fn check(&self, at: &str) -> Result<(), PolicyMistake> {
        if let Some(extension) = &self.extension {
            extension.check(&format!("{at}.extension"))?;
        }
        if let Some(arrangement) = &self.arrangement {
            arrangement.check(&format!("{at}.arrangement"))?;
        }
        Ok(())
    }
}

impl ExtensionTerms {
    fn check(&self, at: &str) -> Result<(), PolicyMistake> {
        let lengths = &self.lengths_days;
        let is_rising = lengths.is_sorted_by(|a, b| a < b);
        let fits = !lengths.is_empty() && lengths.iter().all(|days| (1..=90).contains(days));
        must(
            fits && is_rising,
            (at, "lengths_days"),
            "write one length or more from 1 to 90 days, the shortest first",
        )?;
        self.limit.check(at)?;
        must(
            self.most_owed_cents.is_positive(),
            (at, "most_owed_cents"),
            "write more than 0, or leave the extension out to offer none",
        )?;
        common(at, self.after_broken_months, self.grace_days)
    }
}

impl ArrangementTerms {
    fn check(&self, at: &str) -> Result<(), PolicyMistake> {
        let percent = self.down.percent;
        must(
            Decimal::ZERO <= percent && percent < Decimal::ONE_HUNDRED,
            (at, "down.percent"),
            "write a percentage from \"0\" to below \"100\"",
        )?;
        must(
            (1..=30).contains(&self.down.within_days),
            (at, "down.within_days"),
            "write 1 to 30 days",
        )?;
        must(
            (1..=36).contains(&self.most_installments),
            (at, "most_installments"),
            "write 1 to 36 months",
        )?;
        must(
            self.least_installment_cents.is_positive(),
            (at, "least_installment_cents"),
            "write 1 cent or more",
        )?;
        must(
            self.least_owed_cents <= self.most_owed_cents && self.most_owed_cents.is_positive(),
            (at, "most_owed_cents"),
            "write at least what least_owed_cents says, and more than 0",
        )?;
        self.limit.check(at)?;
        common(at, self.after_broken_months, self.grace_days)
    }
}

impl Often {
    fn check(self, at: &str) -> Result<(), PolicyMistake> {
        must(
            self.most > 0 && (1..=60).contains(&self.months),
            (at, "limit"),
            "write most as 1 or more and months as 1 to 60; leave the whole part out to offer none",
        )
    }
}

fn common(at: &str, after_broken_months: u32, grace_days: u32) -> Result<(), PolicyMistake> {
    must(
        after_broken_months <= 60,
        (at, "after_broken_months"),
        "write 0 to 60 months",
    )?;
    must(grace_days <= 30, (at, "grace_days"), "write 0 to 30 days")
}

fn must(holds: bool, (at, field): (&str, &str), mend: &'static str) -> Result<(), PolicyMistake> {
    if holds {
        return Ok(());
    }
    Err(PolicyMistake {
        at: format!("{at}.{field}"),
        mend,
    })
}

/// The terms shipped with the program, as municipal utilities publish them: an extension of 5 or 10 days (Duke Energy), not above $600, with a
/// returned payment or anything past due for more than 60 days (EPB Chattanooga); installments with a quarter of what is past due first and
/// none for a year after a broken one (Illinois, 83 Ill. Adm. Code 280.120), at least $10 each (New York, 16 NYCRR 11.10), once a year
/// (Cedar Hill, Texas). Plants and the city itself get none. Where low income is certified a fifth of what is past due comes first, in up to
/// twelve parts (Illinois, 83 Ill. Adm. Code 280.125(b) and (c)); that nothing which came back before stands in the way is a term of the house.
impl Default for ArrangementPolicy {
    fn default() -> Self {
        serde_json::from_str(include_str!("arrangement_policy.json"))
            .expect("the terms shipped with the program are in the documented form")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_has_its_own_terms_and_what_is_absent_is_not_offered() {
        let policy = ArrangementPolicy::default();
        let months = |class| {
            let terms = policy.terms(class).arrangement.as_ref();
            terms.map(|terms| terms.most_installments)
        };
        assert_eq!(months(AccountClass::Residential), Some(12));
        assert_eq!(months(AccountClass::SmallCommercial), Some(6));
        assert_eq!(months(AccountClass::Industrial), None);
        assert!(policy.terms(AccountClass::Municipal).extension.is_none());
    }

    #[test]
    fn a_mistake_says_where_it_is_and_how_to_mend_it() {
        let said = |from: &str, to: &str| {
            let shipped = include_str!("arrangement_policy.json");
            assert!(shipped.contains(from));
            let error = serde_json::from_str::<ArrangementPolicy>(&shipped.replace(from, to));
            error.unwrap_err().to_string()
        };
        let percent = said("\"percent\": \"25\"", "\"percent\": \"120\"");
        assert!(
            percent.contains("terms.arrangement.down.percent: write a percentage"),
            "{percent}"
        );
        let lengths = said("[5, 10]", "[10, 5]");
        assert!(
            lengths.contains("terms.extension.lengths_days: write"),
            "{lengths}"
        );
        let months = said("\"most_installments\": 12", "\"most_installments\": 0");
        assert!(
            months.contains("by_class.residential.arrangement.most_installments"),
            "{months}"
        );
        assert!(said("refuse_returned", "refuse_all").contains("refuse_all"));
    }

    #[test]
    fn low_income_has_terms_of_its_own_and_the_rest_of_its_class() {
        let policy = ArrangementPolicy::default();
        let own = policy.terms_of(AccountClass::Residential, true);
        let class = policy.terms_of(AccountClass::Residential, false);
        assert_eq!(class, *policy.terms(AccountClass::Residential));
        assert_eq!(own.extension, class.extension);
        let percent = |terms: &Terms| terms.arrangement.as_ref().map(|terms| terms.down.percent);
        assert_eq!(percent(&own), Some(Decimal::from(20)));
        assert_eq!(percent(&class), Some(Decimal::from(25)));
    }

    #[test]
    fn a_missed_installment_is_told_before_it_breaks_anything() {
        let said = |missed: &str| {
            let shipped = include_str!("arrangement_policy.json");
            let from = "\"missed\": { \"tell_after_days\": 1 }";
            assert!(shipped.contains(from));
            let text = shipped.replace(from, &format!("\"missed\": {missed}"));
            serde_json::from_str::<ArrangementPolicy>(&text).map_err(|error| error.to_string())
        };
        let tagged = said(r#"{ "tell_after_days": 3, "next_order": "door_tag" }"#).unwrap();
        assert_eq!(tagged.missed.next_order, Some(OrderKind::DoorTag));
        for wrong in [
            r#"{ "tell_after_days": 0 }"#,
            r#"{ "tell_after_days": 4 }"#,
            r#"{ "tell_after_days": 1, "next_order": "new_tap" }"#,
        ] {
            assert!(said(wrong).unwrap_err().contains("missed."), "{wrong}");
        }
    }

    #[test]
    fn what_is_written_out_reads_the_same() {
        let shipped = ArrangementPolicy::default();
        let text = serde_json::to_string(&shipped).unwrap();
        assert_eq!(
            serde_json::from_str::<ArrangementPolicy>(&text).unwrap(),
            shipped
        );
    }
}
