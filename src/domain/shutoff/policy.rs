//! What must be true before anybody may be shut off, as a document: one set of rules for each state, and one for every other (`policies.md`
//! says how to write one). Where there is no set, nobody is shut off.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::accounts::AccountClass;
use crate::domain::holds::{HoldKind, PolicyMistake, must};
use crate::domain::money::Money;
use crate::domain::premises::Commodity;
use crate::domain::shutoff::days::{MonthDay, Weekday};
use crate::domain::text_enum::text_enum;

text_enum! {
    /// What winter asks for.
    WinterNeed {
        /// Nobody is shut off.
        Never => "never",
        /// Nobody is shut off to whom no plan with the winter's terms was offered in writing.
        PlanOffered => "plan_offered",
        /// Notice comes earlier, or somebody is spoken to before.
        LongerNotice => "longer_notice",
    }
}

/// The rules of a utility.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", deny_unknown_fields)]
pub struct ShutoffPolicy {
    /// The state whose rules hold everywhere; absent, those of the state in which the place lies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Who owes less than this, in cents, is not shut off for it, whatever the state says.
    pub least_owed_cents: Money,
    /// By the two letters of the state.
    pub states: BTreeMap<String, StateRules>,
    /// For every other state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub others: Option<StateRules>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    state: Option<String>,
    #[serde(default)]
    least_owed_cents: Money,
    states: BTreeMap<String, StateRules>,
    #[serde(default)]
    others: Option<StateRules>,
}

/// The rules of one state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateRules {
    /// Where they are written.
    pub source: String,
    /// Who owes less than this, in cents, is not shut off for it.
    #[serde(default)]
    pub least_owed_cents: Money,
    /// Only what is past due for so many days counts.
    pub past_due_days: u32,
    /// The written notice.
    pub notice: NoticeTerms,
    /// Somebody is spoken to before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactTerms>,
    /// Days of notice to each unit, where people live there who are not the customer.
    pub occupants_days: u32,
    /// The days on which somebody may be shut off.
    pub days: DayTerms,
    /// What winter asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub winter: Option<WinterTerms>,
    /// The temperatures at which nobody is shut off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temperature: Option<TemperatureTerms>,
    /// To whom notice comes earlier because of hardship.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hardship: Option<HardshipTerms>,
    /// What a class has otherwise.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_class: BTreeMap<AccountClass, ClassTerms>,
}

/// The written notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeTerms {
    /// It was given so many days before, at the least.
    pub days: u32,
    /// The same for one that went by mail, where that is another number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mailed_days: Option<u32>,
    /// Whether these are working days.
    #[serde(default)]
    pub working_days: bool,
    /// It is good for so many days.
    pub valid_days: u32,
}

/// Somebody is spoken to before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactTerms {
    /// So many calls or visits; a notice left at the door stands for all of them.
    pub attempts: u32,
    /// On so many different days.
    pub on_days: u32,
    /// The last of them so many days before, at the least.
    pub days_before: u32,
    /// Whether these are working days.
    #[serde(default)]
    pub working_days: bool,
    /// Whether one of them is on the day itself.
    #[serde(default)]
    pub same_day: bool,
    /// Whether it is asked for in winter alone.
    #[serde(default)]
    pub winter_only: bool,
}

/// The days on which somebody may be shut off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayTerms {
    /// These days of the week.
    pub weekdays: BTreeSet<Weekday>,
    /// Whether also on the day before a holiday.
    #[serde(default)]
    pub eves: bool,
    /// Whether also before any day on which the office is closed, so that nobody could turn service on again.
    #[serde(default)]
    pub before_closed: bool,
}

/// What winter asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WinterTerms {
    /// Its first day: `"12-01"`.
    pub from: MonthDay,
    /// Its last day.
    pub last: MonthDay,
    /// Whom it protects.
    pub classes: BTreeSet<AccountClass>,
    /// Whom of these with which services; none named, all.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub services: BTreeSet<Commodity>,
    /// What it asks for.
    pub needs: WinterNeed,
    /// Notice comes so many days earlier.
    #[serde(default)]
    pub more_days: u32,
}

/// The temperatures at which nobody is shut off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemperatureTerms {
    /// With which services.
    pub services: BTreeSet<Commodity>,
    /// At or below so many degrees Fahrenheit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_or_below: Option<i32>,
    /// Whether it is the highest temperature of a day that must lie so low; else the lowest.
    #[serde(default)]
    pub cold_by_high: bool,
    /// At or above so many degrees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_or_above: Option<i32>,
    /// On one of so many days before, on the day itself, or on the next: and where the office is closed then, until it opens.
    #[serde(default)]
    pub days_before: u32,
}

/// To whom notice comes earlier because of hardship.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HardshipTerms {
    /// Whom one of these holds protects.
    pub holds: BTreeSet<HoldKind>,
    /// Or protected until so many days ago.
    #[serde(default)]
    pub after_days: u32,
    /// The written notice comes so many days earlier, in the days of the notice.
    pub more_days: u32,
}

/// What a class has otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassTerms {
    /// Who owes less is not shut off for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least_owed_cents: Option<Money>,
    /// Only what is past due for so many days counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub past_due_days: Option<u32>,
    /// The written notice was given so many days before, by mail or by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice_days: Option<u32>,
    /// Whether a deposit that was asked for and is past due counts as well; absent, nobody of the class is shut off for one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub for_deposit: bool,
}

impl TryFrom<Written> for ShutoffPolicy {
    type Error = PolicyMistake;

    fn try_from(written: Written) -> Result<Self, PolicyMistake> {
        let is_state =
            |code: &String| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
        must(
            written
                .state
                .iter()
                .chain(written.states.keys())
                .all(is_state),
            ("policy", "states"),
            "name each state by its two capital letters",
        )?;
        must(
            !written.least_owed_cents.is_negative(),
            ("policy", "least_owed_cents"),
            "write 0 or more",
        )?;
        for (state, rules) in &written.states {
            rules.check(&format!("states.{state}"))?;
        }
        if let Some(rules) = &written.others {
            rules.check("others")?;
        }
        Ok(Self {
            state: written.state,
            least_owed_cents: written.least_owed_cents,
            states: written.states,
            others: written.others,
        })
    }
}

impl ShutoffPolicy {
    /// The rules for a place in a state; nothing where there are none, so that nobody may be shut off there.
    #[must_use]
    pub fn rules(&self, state_of_place: &str) -> Option<&StateRules> {
        let state = self.state.as_deref().unwrap_or(state_of_place);
        self.states.get(state).or(self.others.as_ref())
    }
}

impl StateRules {
    /// What a class must owe at the least.
    #[must_use]
    pub fn least_owed(&self, class: AccountClass) -> Money {
        let of_class = self.by_class.get(&class);
        let of_class = of_class.and_then(|terms| terms.least_owed_cents);
        of_class.unwrap_or(self.least_owed_cents)
    }

    /// For how many days it must be past due.
    #[must_use]
    pub fn past_due_days(&self, class: AccountClass) -> u32 {
        let of_class = self.by_class.get(&class);
        let of_class = of_class.and_then(|terms| terms.past_due_days);
        of_class.unwrap_or(self.past_due_days)
    }

    /// Whether a class is shut off for a deposit, too.
    #[must_use]
    pub fn counts_deposits(&self, class: AccountClass) -> bool {
        let of_class = self.by_class.get(&class);
        of_class.is_some_and(|terms| terms.for_deposit)
    }

    /// The days of the written notice, by hand and by mail.
    #[must_use]
    pub fn notice_days(&self, class: AccountClass) -> (u32, u32) {
        let of_class = self.by_class.get(&class);
        match of_class.and_then(|terms| terms.notice_days) {
            Some(days) => (days, days),
            None => (
                self.notice.days,
                self.notice.mailed_days.unwrap_or(self.notice.days),
            ),
        }
    }

    fn check(&self, at: &str) -> Result<(), PolicyMistake> {
        must(
            !self.source.trim().is_empty(),
            (at, "source"),
            "write where these rules are written",
        )?;
        let of_classes = || self.by_class.values();
        let least = of_classes().filter_map(|terms| terms.least_owed_cents);
        must(
            least
                .chain([self.least_owed_cents])
                .all(|least| !least.is_negative()),
            (at, "least_owed_cents"),
            "write 0 or more",
        )?;
        let past_due = of_classes().filter_map(|terms| terms.past_due_days);
        must(
            past_due.chain([self.past_due_days]).all(|days| days <= 366),
            (at, "past_due_days"),
            "write 0 to 366 days",
        )?;
        let notice = of_classes().filter_map(|terms| terms.notice_days);
        let notice = notice.chain(self.notice.mailed_days);
        must(
            notice
                .chain([self.notice.days])
                .all(|days| (1..=90).contains(&days)),
            (at, "notice.days"),
            "write 1 to 90 days: nobody is shut off without notice",
        )?;
        must(
            (1..=366).contains(&self.notice.valid_days),
            (at, "notice.valid_days"),
            "write 1 to 366 days",
        )?;
        must(
            (1..=90).contains(&self.occupants_days),
            (at, "occupants_days"),
            "write 1 to 90 days: nobody loses service with a landlord's debt without notice",
        )?;
        must(
            !self.days.weekdays.is_empty(),
            (at, "days.weekdays"),
            "write one day of the week or more",
        )?;
        self.check_contact(at)?;
        self.check_hardship(at)?;
        self.check_weather(at)
    }

    fn check_hardship(&self, at: &str) -> Result<(), PolicyMistake> {
        let Some(hardship) = &self.hardship else {
            return Ok(());
        };
        must(
            !hardship.holds.is_empty(),
            (at, "hardship.holds"),
            "name one kind of hold or more",
        )?;
        must(
            hardship.after_days <= 366,
            (at, "hardship.after_days"),
            "write 0 to 366 days",
        )?;
        let longest = self
            .notice
            .mailed_days
            .unwrap_or_default()
            .max(self.notice.days);
        must(
            hardship.more_days > 0
                && longest + hardship.more_days <= self.notice.valid_days.min(90),
            (at, "hardship.more_days"),
            "write 1 day or more, so that the notice is still good when its days have passed, and 90 in all at the most",
        )
    }

    fn check_contact(&self, at: &str) -> Result<(), PolicyMistake> {
        let Some(contact) = self.contact else {
            return Ok(());
        };
        must(
            (1..=10).contains(&contact.attempts)
                && (1..=contact.attempts).contains(&contact.on_days),
            (at, "contact.attempts"),
            "write 1 to 10 attempts, on no more days than there are attempts",
        )?;
        must(
            contact.days_before <= 30 && !(contact.same_day && contact.days_before > 0),
            (at, "contact.days_before"),
            "write 0 to 30 days, and 0 where one is on the day itself",
        )?;
        must(
            !contact.winter_only || self.winter.is_some(),
            (at, "contact.winter_only"),
            "write what winter is, or leave winter_only out",
        )
    }

    fn check_weather(&self, at: &str) -> Result<(), PolicyMistake> {
        if let Some(winter) = &self.winter {
            must(
                !winter.classes.is_empty() && winter.more_days <= 90,
                (at, "winter"),
                "name one class or more, and 0 to 90 more days",
            )?;
        }
        if let Some(limits) = &self.temperature {
            must(
                !limits.services.is_empty()
                    && (limits.at_or_below.is_some() || limits.at_or_above.is_some()),
                (at, "temperature"),
                "name one service or more, and at_or_below, at_or_above or both",
            )?;
            must(
                limits.days_before <= 7,
                (at, "temperature.days_before"),
                "write 0 to 7 days",
            )?;
        }
        Ok(())
    }
}

/// The rules shipped with the program: those of seven states, each as far as its source was read, and for every other state the strictest of
/// them together. Many of these bind utilities under a commission alone; a municipal utility takes them for its own by leaving them in force.
impl Default for ShutoffPolicy {
    fn default() -> Self {
        serde_json::from_str(include_str!("shutoff_policy.json"))
            .expect("the rules shipped with the program are in the documented form")
    }
}
