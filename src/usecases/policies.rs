//! Policies that staff set as documents: thresholds for reads, the order in which money is applied, fees, more time to pay, holds, what must be
//! true before a shut-off, the chart of accounts, who corrects what by hand, who may pay level amounts. A change is a new version from a day on; what was in force before stays
//! readable. The chart and the limits of corrections are set by two people: one proposes them, another approves them.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::allocation::AllocationPolicy;
use crate::domain::arrangement_policy::ArrangementPolicy;
use crate::domain::bill_policy::BillPolicy;
use crate::domain::budget_billing::BudgetPlanPolicy;
use crate::domain::correction_policy::CorrectionPolicy;
use crate::domain::deposit_policy::DepositPolicy;
use crate::domain::dispute_policy::DisputePolicy;
use crate::domain::fees::FeePolicy;
use crate::domain::gl::{Chart, STANDARD_FILE};
use crate::domain::holds::HoldPolicy;
use crate::domain::ids::PolicyProposalId;
use crate::domain::rate_status::ProposalStatus;
use crate::domain::shutoff::ShutoffPolicy;
use crate::domain::text_enum::{UnknownWord, text_enum};
use crate::domain::vee::settings::VeeSettings;
use crate::store::audit::{self, Deed};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::policies;
use crate::store::policy_proposals::{self, ProposalRow};
use crate::usecases::charts::{self, ChartRefusal};

text_enum! {
    /// The policies that the office may set.
    PolicyKind {
        /// Thresholds for reads.
        Vee => "vee",
        /// The order in which money is applied.
        Allocation => "allocation",
        /// Late fees and fees for returned payments.
        Fees => "fees",
        /// Bounds beyond which a person looks at a bill before it goes out, and the days that the law leaves to pay one.
        Bills => "bills",
        /// Extensions and payment arrangements: who gets them, and on which terms.
        Arrangements => "arrangements",
        /// The accounts and funds of the ledger, and the part that each plays.
        ChartOfAccounts => "chart_of_accounts",
        /// Holds: what each keeps away, how long, and who decides.
        Holds => "holds",
        /// What must be true before anybody may be shut off.
        Shutoff => "shutoff",
        /// Disputes: by when each is acknowledged and answered, and what may be given.
        Disputes => "disputes",
        /// Corrections by hand: reasons, limits, and from which amount on a second person decides.
        Corrections => "corrections",
        /// Deposits: when one is asked, how much, what it earns, and when it is given back.
        Deposits => "deposits",
        /// Level payment plans: who may pay even amounts, and on which terms.
        BudgetPlans => "budget_plans",
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
    /// The chart of accounts cannot take the place of the one in force.
    #[error(transparent)]
    Chart(#[from] ChartRefusal),
    /// A policy of this kind is approved by somebody else than proposed it.
    #[error("a second person must approve it")]
    SecondPerson,
    /// It was approved or given up before.
    #[error("the proposal is {0} already")]
    Decided(ProposalStatus),
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

impl PolicyKind {
    /// Whether two people set it.
    #[must_use]
    pub const fn takes_two(self) -> bool {
        match self {
            Self::ChartOfAccounts | Self::Corrections => true,
            Self::Vee
            | Self::Allocation
            | Self::Fees
            | Self::Bills
            | Self::Arrangements
            | Self::Holds
            | Self::Shutoff
            | Self::Disputes
            | Self::Deposits
            | Self::BudgetPlans => false,
        }
    }

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
            Self::ChartOfAccounts => {
                Chart::read(document).map_err(ChartRefusal::from)?;
                Ok(document.trim().to_owned())
            }
            Self::Holds => reread::<HoldPolicy>(document),
            Self::Shutoff => reread::<ShutoffPolicy>(document),
            Self::Disputes => reread::<DisputePolicy>(document),
            Self::Corrections => reread::<CorrectionPolicy>(document),
            Self::Deposits => reread::<DepositPolicy>(document),
            Self::BudgetPlans => reread::<BudgetPlanPolicy>(document),
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
            Self::ChartOfAccounts => Ok(STANDARD_FILE.to_owned()),
            Self::Holds => serde_json::to_string_pretty(&HoldPolicy::default()),
            Self::Shutoff => serde_json::to_string_pretty(&ShutoffPolicy::default()),
            Self::Disputes => serde_json::to_string_pretty(&DisputePolicy::default()),
            Self::Corrections => serde_json::to_string_pretty(&CorrectionPolicy::default()),
            Self::Deposits => serde_json::to_string_pretty(&DepositPolicy::default()),
            Self::BudgetPlans => serde_json::to_string_pretty(&BudgetPlanPolicy::default()),
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
/// When the document is not one of its kind, the day has passed, or two people set this kind.
pub fn set_policy(
    tx: &mut Tx<'_>,
    kind: PolicyKind,
    from_on: NaiveDate,
    document: &str,
) -> Result<(), PolicyError> {
    if kind.takes_two() {
        return Err(PolicyError::SecondPerson);
    }
    let document = kind.checked(document)?;
    if from_on < tx.stamp.on {
        return Err(PolicyError::Past);
    }
    policies::insert(tx, kind.as_str(), from_on, &document)?;
    tell(tx, "policy.set", (kind.as_str(), from_on))
}

/// Proposes a policy that two people set. What waits already word for word is not proposed a second time.
///
/// # Errors
/// When the document may not take the place of the one in force, or the day has passed.
pub fn propose_policy(
    tx: &mut Tx<'_>,
    kind: PolicyKind,
    from_on: NaiveDate,
    document: &str,
) -> Result<PolicyProposalId, PolicyError> {
    let document = may_begin(tx, kind, (from_on, document))?;
    let waiting = policy_proposals::list_waiting(tx, kind.as_str())?;
    let is_same = |row: &ProposalRow| row.from_on == from_on && row.document == document;
    if let Some(same) = waiting.iter().find(|row| is_same(row)) {
        return Ok(same.id);
    }
    let id = policy_proposals::insert(tx, kind.as_str(), from_on, &document)?;
    tell(tx, "policy.proposed", (kind.as_str(), from_on))?;
    Ok(id)
}

/// Makes a proposal a policy. A second person must do it, and it is looked at once more as things stand now.
///
/// # Errors
/// `Decided`, `SecondPerson`, or as of [`propose_policy`].
pub fn approve_policy(tx: &mut Tx<'_>, id: PolicyProposalId) -> Result<(), PolicyError> {
    let (row, kind) = waiting(tx, id)?;
    if tx.stamp.by.is_person(row.proposed_by_id, &row.proposed_by) {
        return Err(PolicyError::SecondPerson);
    }
    let document = may_begin(tx, kind, (row.from_on, &row.document))?;
    let by = tx.stamp.by.name_beside(&row.proposed_by);
    policy_proposals::mark_decided(tx, id, (ProposalStatus::Approved, &by))?;
    policies::insert(tx, kind.as_str(), row.from_on, &document)?;
    tell(tx, "policy.set", (kind.as_str(), row.from_on))
}

/// Gives a proposal up.
///
/// # Errors
/// `Decided`, or a fault.
pub fn withdraw_policy(tx: &mut Tx<'_>, id: PolicyProposalId) -> Result<(), PolicyError> {
    let (row, kind) = waiting(tx, id)?;
    let by = tx.stamp.by.name.clone();
    policy_proposals::mark_decided(tx, id, (ProposalStatus::Withdrawn, &by))?;
    tell(tx, "policy.withdrawn", (kind.as_str(), row.from_on))
}

fn waiting(
    tx: &mut Tx<'_>,
    id: PolicyProposalId,
) -> Result<(ProposalRow, PolicyKind), PolicyError> {
    let row = policy_proposals::get(tx, id)?;
    match row.status {
        ProposalStatus::Proposed => {
            let unknown = |error: UnknownWord| StoreError::Unreadable(error.to_string());
            let kind = row.kind.parse().map_err(unknown)?;
            Ok((row, kind))
        }
        ProposalStatus::Approved | ProposalStatus::Withdrawn => {
            Err(PolicyError::Decided(row.status))
        }
    }
}

/// The document of a kind that two people set, where it may be in force from a day on.
fn may_begin(
    tx: &mut Tx<'_>,
    kind: PolicyKind,
    (from_on, document): (NaiveDate, &str),
) -> Result<String, PolicyError> {
    let (document, today) = (kind.checked(document)?, tx.stamp.on);
    if from_on < today {
        return Err(PolicyError::Past);
    }
    if kind == PolicyKind::ChartOfAccounts {
        charts::check(tx, &document, (from_on, today))?;
    }
    Ok(document)
}

fn tell(
    tx: &mut Tx<'_>,
    action: &str,
    (kind, from_on): (&str, NaiveDate),
) -> Result<(), PolicyError> {
    let deed = Deed {
        action,
        subject_kind: "policy",
        subject_id: kind.to_owned(),
        account_id: None,
        facts: json!({ "from": from_on }),
    };
    Ok(audit::insert(tx, &deed)?)
}
