//! Policies that staff set as documents: thresholds for reads, the order in which money is applied, fees, more time to pay, holds, what must be
//! true before a shut-off. A change is a new version from a day on; what was in force before stays readable.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::allocation::AllocationPolicy;
use crate::domain::arrangement_policy::ArrangementPolicy;
use crate::domain::bill_policy::BillPolicy;
use crate::domain::fees::FeePolicy;
use crate::domain::holds::HoldPolicy;
use crate::domain::shutoff::ShutoffPolicy;
use crate::domain::text_enum::text_enum;
use crate::domain::vee::settings::VeeSettings;
use crate::store::audit::{self, Deed};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::policies;

text_enum! {
    /// The policies that the office may set.
    PolicyKind {
        /// Thresholds for reads.
        Vee => "vee",
        /// The order in which money is applied.
        Allocation => "allocation",
        /// Late fees and fees for returned payments.
        Fees => "fees",
        /// Bounds beyond which a person looks at a bill before it goes out.
        Bills => "bills",
        /// Extensions and payment arrangements: who gets them, and on which terms.
        Arrangements => "arrangements",
        /// Holds: what each keeps away, how long, and who decides.
        Holds => "holds",
        /// What must be true before anybody may be shut off.
        Shutoff => "shutoff",
    }
}

/// Why a policy was not set.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// The document is not one of its kind.
    #[error("{0}")]
    Unreadable(String),
    /// A policy is never changed for days that have passed.
    #[error("a policy begins today or later")]
    Past,
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

impl PolicyKind {
    /// The document as it is kept, or why it is not one of this kind.
    ///
    /// # Errors
    /// `Unreadable` with the place in the document.
    pub fn checked(self, document: &str) -> Result<String, PolicyError> {
        let kept = match self {
            Self::Vee => reread::<VeeSettings>(document),
            Self::Allocation => reread::<AllocationPolicy>(document),
            Self::Fees => reread::<FeePolicy>(document),
            Self::Bills => reread::<BillPolicy>(document),
            Self::Arrangements => reread::<ArrangementPolicy>(document),
            Self::Holds => reread::<HoldPolicy>(document),
            Self::Shutoff => reread::<ShutoffPolicy>(document),
        };
        kept.map_err(|error| PolicyError::Unreadable(error.to_string()))
    }

    /// The document that ships.
    ///
    /// # Errors
    /// `Unreadable` where it cannot be written out, which a test rules out.
    pub fn shipped(self) -> Result<String, PolicyError> {
        let text = match self {
            Self::Vee => serde_json::to_string_pretty(&VeeSettings::default()),
            Self::Allocation => serde_json::to_string_pretty(&AllocationPolicy::default()),
            Self::Fees => serde_json::to_string_pretty(&FeePolicy::default()),
            Self::Bills => serde_json::to_string_pretty(&BillPolicy::default()),
            Self::Arrangements => serde_json::to_string_pretty(&ArrangementPolicy::default()),
            Self::Holds => serde_json::to_string_pretty(&HoldPolicy::default()),
            Self::Shutoff => serde_json::to_string_pretty(&ShutoffPolicy::default()),
        };
        text.map_err(|error| PolicyError::Unreadable(error.to_string()))
    }
}

fn reread<T: serde::Serialize + serde::de::DeserializeOwned>(
    document: &str,
) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(&serde_json::from_str::<T>(document)?)
}

/// Sets a policy from a day on.
///
/// # Errors
/// When the document is not one of its kind, or the day has passed.
pub fn set_policy(
    tx: &mut Tx<'_>,
    kind: PolicyKind,
    from_on: NaiveDate,
    document: &str,
) -> Result<(), PolicyError> {
    let document = kind.checked(document)?;
    if from_on < tx.stamp.on {
        return Err(PolicyError::Past);
    }
    policies::insert(tx, kind.as_str(), from_on, &document)?;
    audit::insert(
        tx,
        &Deed {
            action: "policy.set",
            subject_kind: "policy",
            subject_id: kind.as_str().to_owned(),
            account_id: None,
            facts: json!({ "from": from_on }),
        },
    )?;
    Ok(())
}
