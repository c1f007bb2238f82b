//! Holds: what keeps a late fee, a reminder, a shut-off or a write-off from an account for a while, and why. What each kind is for, how long
//! it may last and what it rests on is a document (`policy`); whether one may be placed, renewed or lifted is worked out here (`placing`).
//!
//! A dispute and an arrangement are holds too, and are never placed as one: what they set aside is read from the dispute and the arrangement.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::photos::{MOST_BYTES, PhotoKind};
use crate::domain::text_enum::{UnknownWord, text_enum};

mod placing;
mod policy;
#[cfg(test)]
mod tests;

pub use crate::domain::holds::placing::{
    Asked, Chain, Earlier, Granted, Refusal, may_lift, place, renew,
};
pub(in crate::domain) use crate::domain::holds::policy::must;
pub use crate::domain::holds::policy::{Act, HoldPolicy, KindTerms, PolicyMistake};

text_enum! {
    /// Why an account is protected.
    HoldKind {
        /// A doctor certified that somebody's health needs the service.
        MedicalCertificate => "medical_certificate",
        /// Somebody lives by a machine that needs the service.
        LifeSupport => "life_support",
        /// Somebody of the household serves away from home.
        Military => "military",
        /// Hardship that the utility recognized.
        Hardship => "hardship",
        /// A bill is said to be wrong.
        Dispute => "dispute",
        /// More time was agreed.
        Arrangement => "arrangement",
        /// An agency promised to pay.
        Pledge => "pledge",
        /// A court has stayed collection.
        Bankruptcy => "bankruptcy",
        /// Nobody of a group is shut off for a while: weather, an emergency.
        Moratorium => "moratorium",
        /// People live there who are not the customer.
        LandlordTenant => "landlord_tenant",
        /// An elderly, very young or disabled person lives there.
        VulnerableHousehold => "vulnerable_household",
        /// The office wants to look at it first.
        Staff => "staff",
    }
}

text_enum! {
    /// What a hold keeps away.
    HoldStop {
        /// The fee for paying late.
        LateFee => "late_fee",
        /// Reminders of what is owed.
        Reminder => "reminder",
        /// Charges by autopay.
        Autopay => "autopay",
        /// The shut-off.
        ShutOff => "shut_off",
        /// Asking for a deposit.
        DepositRequest => "deposit_request",
        /// Writing the debt off, and handing it to an agency.
        WriteOff => "write_off",
    }
}

text_enum! {
    /// What follows when a hold ends.
    After {
        /// What it kept away is possible again.
        Resume => "resume",
        /// The customer is offered more time to pay.
        OfferTime => "offer_time",
        /// Nothing is possible before somebody of the office has looked.
        Review => "review",
    }
}

text_enum! {
    /// Where a hold stands on a day.
    HoldState {
        /// It protects.
        InForce => "in_force",
        /// Its first day is still to come.
        Coming => "coming",
        /// It ended, or was lifted.
        Past => "past",
    }
}

text_enum! {
    /// What a document that a hold rests on is.
    EvidenceKind {
        /// A PDF.
        Pdf => "application/pdf",
        /// JPEG.
        Jpeg => "image/jpeg",
        /// PNG.
        Png => "image/png",
        /// WebP.
        Webp => "image/webp",
        /// GIF.
        Gif => "image/gif",
    }
}

/// How many documents one hold may have.
pub const MOST_DOCUMENTS: usize = 10;

/// The longest name of a document that is kept, in characters.
pub const LONGEST_NAME: usize = 120;

/// Within so many of its last bytes a PDF says that it ends.
const PDF_END: usize = 2_048;

impl HoldKind {
    /// Those that somebody of the office places on an account.
    pub const PLACED: [Self; 9] = [
        Self::MedicalCertificate,
        Self::LifeSupport,
        Self::Military,
        Self::Hardship,
        Self::Pledge,
        Self::Bankruptcy,
        Self::LandlordTenant,
        Self::VulnerableHousehold,
        Self::Staff,
    ];

    /// Whether somebody of the office places it on an account.
    #[must_use]
    pub fn is_placed(self) -> bool {
        Self::PLACED.contains(&self)
    }

    /// Whether the customer is told of it. What the office wants to look at, and what concerns the people of a landlord's place, is not
    /// theirs to read; a court's stay is told by the court.
    #[must_use]
    pub const fn is_told(self) -> bool {
        match self {
            Self::MedicalCertificate
            | Self::LifeSupport
            | Self::Military
            | Self::Hardship
            | Self::Pledge
            | Self::Moratorium
            | Self::VulnerableHousehold => true,
            Self::Dispute
            | Self::Arrangement
            | Self::Bankruptcy
            | Self::LandlordTenant
            | Self::Staff => false,
        }
    }

    /// Whether it keeps the shut-off away whatever a policy says: the law does not leave it to the utility.
    #[must_use]
    pub const fn must_stop_shut_off(self) -> bool {
        match self {
            Self::MedicalCertificate
            | Self::LifeSupport
            | Self::Dispute
            | Self::Arrangement
            | Self::Pledge
            | Self::Bankruptcy
            | Self::Moratorium => true,
            Self::Military
            | Self::Hardship
            | Self::LandlordTenant
            | Self::VulnerableHousehold
            | Self::Staff => false,
        }
    }
}

/// What a hold keeps away, as a set.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Stops(BTreeSet<HoldStop>);

impl Stops {
    /// Whether it keeps this away.
    #[must_use]
    pub fn has(&self, stop: HoldStop) -> bool {
        self.0.contains(&stop)
    }

    /// Each of them, in the order of the list.
    pub fn iter(&self) -> impl Iterator<Item = HoldStop> + '_ {
        self.0.iter().copied()
    }

    /// Whether it keeps nothing away.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<HoldStop> for Stops {
    fn from_iter<I: IntoIterator<Item = HoldStop>>(stops: I) -> Self {
        Self(stops.into_iter().collect())
    }
}

/// As it is kept: `late_fee,shut_off`.
impl fmt::Display for Stops {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.0.iter().map(|stop| stop.as_str()).collect();
        f.write_str(&words.join(","))
    }
}

impl FromStr for Stops {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let words = text.split(',').filter(|word| !word.is_empty());
        words.map(str::parse).collect()
    }
}

/// The days of a hold, half open, as it was placed and lifted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end as it was placed; nothing where it lasts until it is lifted.
    pub until_on: Option<NaiveDate>,
    /// The first day on which it no longer protects, where it was lifted.
    pub lifted_on: Option<NaiveDate>,
}

impl Span {
    /// The first day on which it protects no more; nothing where it has no end.
    #[must_use]
    pub fn ends_on(&self) -> Option<NaiveDate> {
        match (self.until_on, self.lifted_on) {
            (Some(until), Some(lifted)) => Some(until.min(lifted)),
            (until, lifted) => until.or(lifted),
        }
    }

    /// The last day on which it protects.
    #[must_use]
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.ends_on().and_then(|day| day.pred_opt())
    }

    /// Whether it protects on a day.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from_on <= day && self.ends_on().is_none_or(|end| day < end)
    }

    /// Where it stands on a day.
    #[must_use]
    pub fn state(&self, day: NaiveDate) -> HoldState {
        if self
            .ends_on()
            .is_some_and(|end| end <= day.max(self.from_on))
        {
            HoldState::Past
        } else if self.from_on > day {
            HoldState::Coming
        } else {
            HoldState::InForce
        }
    }

    /// How many of the days from one to another, the second not among them, it protects.
    #[must_use]
    pub fn days_within(&self, from: NaiveDate, until: NaiveDate) -> i64 {
        let end = self.ends_on().map_or(until, |end| end.min(until));
        (end - self.from_on.max(from)).num_days().max(0)
    }

    /// Whether it protects on any of these days.
    #[must_use]
    pub fn meets(&self, from: NaiveDate, until: Option<NaiveDate>) -> bool {
        let begins_before = until.is_none_or(|until| self.from_on < until);
        let ends_after = self.ends_on().is_none_or(|end| end > from);
        let is_any = self.ends_on().is_none_or(|end| end > self.from_on);
        begins_before && ends_after && is_any
    }
}

/// A document, told by its bytes, that may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What it is.
    pub kind: EvidenceKind,
    /// What is kept of it.
    pub bytes: Vec<u8>,
}

/// Why a file is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoEvidence {
    /// It is larger than the largest that is kept.
    TooLarge,
    /// It is neither a PDF nor a picture that we know, whatever its name says.
    Strange,
    /// It begins like one and does not end like one.
    Broken,
}

impl Evidence {
    /// A file as it is kept: a PDF as it came, a picture without what it tells beside the picture. Its name is not asked.
    ///
    /// # Errors
    /// Why it is not kept.
    pub fn of(bytes: Vec<u8>) -> Result<Self, NoEvidence> {
        if bytes.len() > MOST_BYTES {
            return Err(NoEvidence::TooLarge);
        }
        if bytes.starts_with(b"%PDF-") {
            return if ends_as_pdf(&bytes) {
                let kind = EvidenceKind::Pdf;
                Ok(Self { kind, bytes })
            } else {
                Err(NoEvidence::Broken)
            };
        }
        let picture = PhotoKind::of(&bytes).ok_or(NoEvidence::Strange)?;
        let bytes = picture.without_words(&bytes).ok_or(NoEvidence::Broken)?;
        let kind = match picture {
            PhotoKind::Jpeg => EvidenceKind::Jpeg,
            PhotoKind::Png => EvidenceKind::Png,
            PhotoKind::Webp => EvidenceKind::Webp,
            PhotoKind::Gif => EvidenceKind::Gif,
        };
        Ok(Self { kind, bytes })
    }
}

fn ends_as_pdf(bytes: &[u8]) -> bool {
    let from = bytes.len().saturating_sub(PDF_END);
    let end = bytes.get(from..).unwrap_or_default();
    end.windows(5).any(|window| window == b"%%EOF")
}

impl EvidenceKind {
    /// The ending of a file of this kind.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Gif => "gif",
        }
    }
}
