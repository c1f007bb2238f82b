//! Dated factors on their way to law: the month's power cost, the thermal factor of a month's gas. One person proposes a value from a day on, a
//! second person approves it; then bills of days from then on are priced by it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::ids::{RateFactorId, RateScheduleId};
use crate::domain::rate_status::{ProposalStatus, RateStatus};
use crate::domain::rates::compile;
use crate::domain::rates::schedule::DatedNumber;
use crate::store::audit::{self, Deed};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::rate_factors::{self, FactorRow, NewFactor};
use crate::store::rates;

/// Why a factor was not proposed, approved or given up.
#[derive(Debug, thiserror::Error)]
pub enum FactorError {
    /// No schedule asks for a factor of this name.
    #[error("no schedule has a factor {0}; there are: {known}", known = .1.join(", "))]
    Unknown(String, Vec<String>),
    /// Nobody could say later where the value came from.
    #[error("the source is missing")]
    SourceMissing,
    /// It was approved or given up before.
    #[error("the value is {0} already")]
    Decided(ProposalStatus),
    /// A value is approved by somebody else than proposed it.
    #[error("a second person must approve it")]
    SamePerson,
    /// Bills of these days are drafted and would go out by the value before.
    #[error("{0} drafts charge days from then on; issue or void them first")]
    Drafted(i64),
    /// A run is at work on these days.
    #[error("a bill run is working out these days; wait until it is done")]
    BeingDrafted,
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// A factor as schedules name it.
#[derive(Debug, Clone, Default)]
pub struct KnownFactor {
    /// The published versions that refer to it, by code of their schedule.
    pub schedules: BTreeMap<String, Vec<RateScheduleId>>,
    /// What the newest published version that has values of its own says, in order: it counts until the first value that is kept outside.
    pub own: Vec<DatedNumber>,
}

impl KnownFactor {
    /// Every published version that refers to it.
    #[must_use]
    pub fn versions(&self) -> Vec<RateScheduleId> {
        self.schedules.values().flatten().copied().collect()
    }
}

/// The factors that schedules ask for, published or submitted, by name.
///
/// # Errors
/// A stored document that cannot be read.
pub fn known(conn: &mut Conn) -> Result<BTreeMap<String, KnownFactor>, StoreError> {
    let mut found: BTreeMap<String, KnownFactor> = BTreeMap::new();
    let mut rows = rates::list(conn)?;
    rows.sort_by(|a, b| (&a.code, a.version).cmp(&(&b.code, b.version)));
    for row in rows {
        if row.status == RateStatus::Withdrawn {
            continue;
        }
        let document = compile::read(&row.document).map_err(|error| {
            StoreError::Unreadable(format!(
                "schedule {} version {}: {error}",
                row.code, row.version
            ))
        })?;
        for (name, values) in document.factors {
            let factor = found.entry(name).or_default();
            if row.status != RateStatus::Published {
                continue;
            }
            let versions = factor.schedules.entry(row.code.clone()).or_default();
            versions.push(row.id);
            if !values.is_empty() {
                factor.own = values;
            }
        }
    }
    Ok(found)
}

/// Proposes a value from a day on. What is proposed or approved already stays one.
///
/// # Errors
/// `Unknown` where no schedule asks for it, `SourceMissing`, or a fault.
pub fn propose(tx: &mut Tx<'_>, new: &NewFactor) -> Result<RateFactorId, FactorError> {
    let known = known(tx)?;
    if !known.contains_key(&new.code) {
        let names = known.into_keys().collect();
        return Err(FactorError::Unknown(new.code.clone(), names));
    }
    Ok(keep(tx, new)?.0)
}

/// What became of a file of factors.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FactorsTaken {
    /// Proposed now.
    pub new: usize,
    /// Proposed or approved before.
    pub there: usize,
}

/// Proposes all values of a file, or none.
///
/// # Errors
/// As of [`propose`], for the first that is refused.
pub fn propose_all(tx: &mut Tx<'_>, all: &[NewFactor]) -> Result<FactorsTaken, FactorError> {
    let known = known(tx)?;
    let mut taken = FactorsTaken::default();
    for new in all {
        if !known.contains_key(&new.code) {
            let names = known.into_keys().collect();
            return Err(FactorError::Unknown(new.code.clone(), names));
        }
        let (_, is_new) = keep(tx, new)?;
        taken.new += usize::from(is_new);
        taken.there += usize::from(!is_new);
    }
    Ok(taken)
}

fn keep(tx: &mut Tx<'_>, new: &NewFactor) -> Result<(RateFactorId, bool), FactorError> {
    if new.source.trim().is_empty() {
        return Err(FactorError::SourceMissing);
    }
    let newest = rate_factors::find_newest(tx, &new.code, new.from_on)?;
    if let Some(same) = newest.filter(|row| row.value == new.value) {
        return Ok((same.id, false));
    }
    let id = rate_factors::insert(tx, new)?;
    let row = rate_factors::get(tx, id)?;
    record(tx, "factor.proposed", &row)?;
    Ok((id, true))
}

/// Makes a value law. A second person must do it. Bills that are out stay as they are until somebody bills them again.
///
/// # Errors
/// `Decided`, `SamePerson`, `Drafted` or `BeingDrafted` where bills that are on their way would miss it, or a fault.
pub fn approve(tx: &mut Tx<'_>, id: RateFactorId) -> Result<(), FactorError> {
    let row = waiting(tx, id)?;
    if tx.stamp.by.is_person(row.proposed_by_id, &row.proposed_by) {
        return Err(FactorError::SamePerson);
    }
    if rate_factors::is_being_drafted(tx, row.from_on)? {
        return Err(FactorError::BeingDrafted);
    }
    let (drafts, issued) = count_bills(tx, &row.code, row.from_on)?;
    if drafts > 0 {
        return Err(FactorError::Drafted(drafts));
    }
    let by = tx.stamp.by.name_beside(&row.proposed_by);
    rate_factors::mark_decided(tx, id, (ProposalStatus::Approved, &by))?;
    let facts = json!({ "factor": row.code, "from": row.from_on, "value": row.value.to_string(), "issued": issued });
    tell(tx, "factor.approved", (id, facts))
}

/// How many drafts, and how many issued bills that stand, charge days after a day by a factor.
///
/// # Errors
/// A stored document that cannot be read.
pub fn count_bills(
    conn: &mut Conn,
    code: &str,
    from_on: NaiveDate,
) -> Result<(i64, i64), StoreError> {
    let known = known(conn)?;
    let versions = known.get(code).map(KnownFactor::versions);
    rate_factors::count_bills(conn, &versions.unwrap_or_default(), from_on)
}

/// Gives a proposal up.
///
/// # Errors
/// `Decided`, or a fault.
pub fn withdraw(tx: &mut Tx<'_>, id: RateFactorId) -> Result<(), FactorError> {
    let row = waiting(tx, id)?;
    let by = tx.stamp.by.name.clone();
    rate_factors::mark_decided(tx, id, (ProposalStatus::Withdrawn, &by))?;
    record(tx, "factor.withdrawn", &row)
}

fn waiting(tx: &mut Tx<'_>, id: RateFactorId) -> Result<FactorRow, FactorError> {
    let row = rate_factors::get(tx, id)?;
    match row.status {
        ProposalStatus::Proposed => Ok(row),
        ProposalStatus::Approved | ProposalStatus::Withdrawn => {
            Err(FactorError::Decided(row.status))
        }
    }
}

fn record(tx: &mut Tx<'_>, action: &str, row: &FactorRow) -> Result<(), FactorError> {
    let facts = json!({
        "factor": row.code, "from": row.from_on, "value": row.value.to_string(), "source": row.source,
    });
    tell(tx, action, (row.id, facts))
}

fn tell(
    tx: &mut Tx<'_>,
    action: &str,
    (id, facts): (RateFactorId, serde_json::Value),
) -> Result<(), FactorError> {
    let deed = Deed {
        action,
        subject_kind: "rate_factor",
        subject_id: id.to_string(),
        account_id: None,
        facts,
    };
    Ok(audit::insert(tx, &deed)?)
}
