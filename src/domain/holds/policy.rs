//! What each kind of hold is for: what it keeps away, how long, how often, what it rests on, who decides, and what follows. The policy is a
//! document that staff set (`policies.md` says how); a kind that is absent is not placed.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::holds::{After, HoldKind, HoldStop, Stops};
use crate::domain::staff::{Permission, Role};

/// The longest time that one period may last, in days: two years.
const LONGEST: u32 = 731;

/// The longest time before its end at which a hold is told of, in days.
const EARLIEST_WORD: u32 = 60;

/// The holds of a utility.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", deny_unknown_fields)]
pub struct HoldPolicy {
    /// By kind.
    pub holds: BTreeMap<HoldKind, KindTerms>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    holds: BTreeMap<HoldKind, KindTerms>,
}

/// One kind of hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindTerms {
    /// What it keeps away.
    pub stops: Stops,
    /// The most days of its first period; absent, it lasts until it is lifted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_days: Option<u32>,
    /// How often it may be renewed.
    #[serde(default)]
    pub renewals: u32,
    /// The most days of a period after the first.
    #[serde(default)]
    pub renewal_days: u32,
    /// The most days of it on an account in any twelve months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_days: Option<u32>,
    /// The most periods of it on an account in any twelve months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_periods: Option<u32>,
    /// Whether it rests on a document.
    #[serde(default)]
    pub document: bool,
    /// Whether it is noted who signed or promised.
    #[serde(default)]
    pub signer: bool,
    /// So many days it protects while the document is still to come.
    #[serde(default)]
    pub without_document_days: u32,
    /// Jobs that may place and renew it.
    pub place: BTreeSet<Role>,
    /// Jobs that may lift it.
    pub lift: BTreeSet<Role>,
    /// So many days before its end the office and the customer are told.
    #[serde(default)]
    pub remind_days: u32,
    /// What follows at its end.
    pub then: After,
}

/// What somebody of the office does with a hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Places or renews it.
    Place,
    /// Lifts it.
    Lift,
}

/// What is wrong with a policy: where, and what to write there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {mend}")]
pub struct PolicyMistake {
    at: String,
    mend: &'static str,
}

/// A condition of a document, or what to mend and where.
pub(in crate::domain) fn must(
    holds: bool,
    (at, field): (&str, &str),
    mend: &'static str,
) -> Result<(), PolicyMistake> {
    if holds {
        return Ok(());
    }
    Err(PolicyMistake {
        at: format!("{at}.{field}"),
        mend,
    })
}

impl TryFrom<Written> for HoldPolicy {
    type Error = PolicyMistake;

    fn try_from(written: Written) -> Result<Self, PolicyMistake> {
        for (kind, terms) in &written.holds {
            terms.check(*kind)?;
        }
        Ok(Self {
            holds: written.holds,
        })
    }
}

impl HoldPolicy {
    /// The terms of a kind; nothing where it is not placed.
    #[must_use]
    pub fn terms(&self, kind: HoldKind) -> Option<&KindTerms> {
        self.holds.get(&kind)
    }
}

impl KindTerms {
    /// The jobs that may do it.
    #[must_use]
    pub const fn jobs(&self, deed: Act) -> &BTreeSet<Role> {
        match deed {
            Act::Place => &self.place,
            Act::Lift => &self.lift,
        }
    }

    /// Whether a job may do it; the program's own operator may do all.
    #[must_use]
    pub fn may(&self, deed: Act, role: Option<Role>) -> bool {
        role.is_none_or(|role| self.jobs(deed).contains(&role))
    }

    fn check(&self, kind: HoldKind) -> Result<(), PolicyMistake> {
        let at = &format!("holds.{kind}");
        let is_shared = kind == HoldKind::Moratorium;
        must(
            kind.is_placed() || is_shared,
            ("holds", kind.as_str()),
            "leave it out: what is disputed or arranged is set aside whatever a policy says",
        )?;
        must(
            !self.stops.is_empty(),
            (at, "stops"),
            "write one thing or more that it keeps away",
        )?;
        must(
            self.stops.has(HoldStop::ShutOff) || !kind.must_stop_shut_off(),
            (at, "stops"),
            "write \"shut_off\" among them: the law does not leave this one to the utility",
        )?;
        let asks = if is_shared {
            Permission::DeclareMoratorium
        } else {
            Permission::PlaceHold
        };
        for (field, jobs) in [("place", &self.place), ("lift", &self.lift)] {
            must(
                !jobs.is_empty() && jobs.iter().all(|job| job.may(asks)),
                (at, field),
                "write one job or more, each of them one that may place holds at all",
            )?;
        }
        self.check_days(at)?;
        self.check_document(at, is_shared)
    }

    fn check_days(&self, at: &str) -> Result<(), PolicyMistake> {
        let fits = |days: u32| (1..=LONGEST).contains(&days);
        must(
            self.first_days.is_none_or(fits),
            (at, "first_days"),
            "write 1 to 731 days, or leave it out where it lasts until it is lifted",
        )?;
        must(
            if self.renewals == 0 {
                self.renewal_days == 0
            } else {
                self.first_days.is_some() && fits(self.renewal_days)
            },
            (at, "renewal_days"),
            "write 1 to 731 days beside first_days where renewals is not 0, and 0 where it is",
        )?;
        let first = self.first_days.unwrap_or(1);
        must(
            self.most_days
                .is_none_or(|most| most >= first && most <= 366),
            (at, "most_days"),
            "write as many days as first_days or more, 366 at the most",
        )?;
        must(
            self.most_periods.is_none_or(|most| most > 0),
            (at, "most_periods"),
            "write 1 or more",
        )?;
        must(
            self.remind_days <= EARLIEST_WORD,
            (at, "remind_days"),
            "write 0 to 60 days",
        )
    }

    fn check_document(&self, at: &str, is_shared: bool) -> Result<(), PolicyMistake> {
        must(
            !(is_shared && (self.document || self.signer || self.renewals > 0)),
            (at, "document"),
            "leave document, signer and renewals out: it is declared for everybody",
        )?;
        must(
            !is_shared || self.first_days.is_some(),
            (at, "first_days"),
            "write 1 to 731 days: what holds for everybody has an end",
        )?;
        let is_shorter = self
            .first_days
            .is_none_or(|first| self.without_document_days <= first);
        must(
            self.without_document_days == 0 || (self.document && is_shorter),
            (at, "without_document_days"),
            "write no more than first_days, and 0 where no document is needed",
        )
    }
}

/// The holds shipped with the program. Where a state's rule gives a length it is named; a utility of another state writes its own.
///
/// * Medical certificate: 60 days (Illinois, 83 Ill. Adm. Code 280 App. A), then 30 at a time (30 days in Pennsylvania, New York and Ohio; three
///   times in twelve months in Ohio, 4901:1-18-06), never more than 126 days of a household in a year (Michigan, R 460.130 and following);
///   7 days while the certificate is on its way (a doctor's call with 7 days to write in Rhode Island; 3 business days in Michigan).
/// * Military: 90 days and at least 90 more (Michigan, R 460.133).
/// * Life support: until it is lifted (the critical care designation of Texas and Michigan).
/// * Pledge: until the agency has paid or the time agreed with it has passed (Texas, 16 TAC 25.480).
/// * Bankruptcy: until the court ends the stay (11 U.S.C. 362); a deposit may be asked for as assurance of payment (11 U.S.C. 366).
/// * Landlord and tenant: 30 days, the longest notice to each unit (Michigan).
/// * Elderly, infant or disabled in the household: a heating season of 151 days, November 1 to March 31 (Michigan).
impl Default for HoldPolicy {
    fn default() -> Self {
        serde_json::from_str(include_str!("hold_policy.json"))
            .expect("the holds shipped with the program are in the documented form")
    }
}
