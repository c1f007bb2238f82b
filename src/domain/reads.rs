//! Reads: one register value at a time, with where it came from and how good it is.
//! Reads are never changed: a better one is a new version beside the old, and the newest counts.

use chrono::{NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::ids::RegisterId;
use crate::domain::text_enum::text_enum;

text_enum! {
    /// Where a read came from.
    ReadSource {
        /// The series of a meter that reports by itself.
        Ami => "ami",
        /// A file of reads.
        File => "file",
        /// A person of the office typed it in.
        Manual => "manual",
        /// The customer told it.
        Customer => "customer",
        /// The value a meter came or left with.
        Exchange => "exchange",
        /// Worked out, because there was none.
        Estimate => "estimate",
    }
}

text_enum! {
    /// How good a value is.
    ReadQuality {
        /// As measured.
        Actual => "actual",
        /// Worked out from other values.
        Estimated => "estimated",
        /// Measured, then mended by a person or a rule.
        Edited => "edited",
        /// There is no value.
        Missing => "missing",
    }
}

impl ReadQuality {
    /// The weaker of two qualities: what a value worked out from both deserves.
    #[must_use]
    pub const fn weaker(self, other: Self) -> Self {
        match (self, other) {
            (Self::Missing, _) | (_, Self::Missing) => Self::Missing,
            (Self::Estimated, _) | (_, Self::Estimated) => Self::Estimated,
            (Self::Edited, _) | (_, Self::Edited) => Self::Edited,
            (Self::Actual, Self::Actual) => Self::Actual,
        }
    }
}

text_enum! {
    /// Whether a read may be used.
    ReadVerdict {
        /// Usable.
        Accepted => "accepted",
        /// Usable, with something for a person to look at.
        Flagged => "flagged",
        /// Waits for a person.
        Held => "held",
        /// A person decided that it is wrong.
        Refused => "refused",
    }
}

impl ReadVerdict {
    /// Whether usage may be worked out from the read.
    #[must_use]
    pub const fn is_usable(self) -> bool {
        matches!(self, Self::Accepted | Self::Flagged)
    }
}

/// One value of one register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    /// Which register.
    pub register_id: RegisterId,
    /// When it was taken, in UTC.
    pub at: NaiveDateTime,
    /// The civil day of the utility on which it was taken.
    pub on: NaiveDate,
    /// What the face showed.
    pub value: Decimal,
    /// How good it is.
    pub quality: ReadQuality,
    /// Where it came from.
    pub source: ReadSource,
}
