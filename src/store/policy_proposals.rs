//! Policies that wait for a second person, and what became of each.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::ids::PolicyProposalId;
use crate::domain::rate_status::ProposalStatus;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::policy_proposals;

/// A policy as it was proposed.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = policy_proposals)]
pub struct ProposalRow {
    /// Row id.
    pub id: PolicyProposalId,
    /// Which policy.
    pub kind: String,
    /// In force from this day.
    pub from_on: NaiveDate,
    /// The document.
    pub document: String,
    /// Where it stands.
    pub status: ProposalStatus,
    /// Who proposed it.
    pub proposed_by: String,
    /// The same by their row, where they have one.
    pub proposed_by_id: Option<i64>,
    /// When, in UTC.
    pub proposed_at: NaiveDateTime,
}

/// What waits of a policy, the earliest first.
pub fn list_waiting(conn: &mut Conn, kind: &str) -> Result<Vec<ProposalRow>, StoreError> {
    Ok(policy_proposals::table
        .filter(policy_proposals::kind.eq(kind))
        .filter(policy_proposals::status.eq(ProposalStatus::Proposed))
        .order(policy_proposals::id)
        .select(ProposalRow::as_select())
        .load(conn)?)
}

/// The proposal, which must exist.
pub fn get(conn: &mut Conn, id: PolicyProposalId) -> Result<ProposalRow, StoreError> {
    policy_proposals::table
        .find(id)
        .select(ProposalRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("proposal"))
}

/// Keeps a proposal of the transaction's acting person.
pub fn insert(
    tx: &mut Tx<'_>,
    kind: &str,
    from_on: NaiveDate,
    document: &str,
) -> Result<PolicyProposalId, StoreError> {
    let stamp = tx.stamp;
    Ok(diesel::insert_into(policy_proposals::table)
        .values((
            policy_proposals::kind.eq(kind),
            policy_proposals::from_on.eq(from_on),
            policy_proposals::document.eq(document),
            policy_proposals::status.eq(ProposalStatus::Proposed),
            policy_proposals::proposed_by.eq(&stamp.by.name),
            policy_proposals::proposed_by_id.eq(stamp.by.id),
            policy_proposals::proposed_at.eq(stamp.at),
        ))
        .returning(policy_proposals::id)
        .get_result(tx.conn())?)
}

/// Says what became of a proposal, and by whom. From now on the database refuses every change of it.
pub fn mark_decided(
    tx: &mut Tx<'_>,
    id: PolicyProposalId,
    (status, by): (ProposalStatus, &str),
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::update(policy_proposals::table.find(id))
        .set((
            policy_proposals::status.eq(status),
            policy_proposals::decided_by.eq(by),
            policy_proposals::decided_by_id.eq(stamp.by.id),
            policy_proposals::decided_at.eq(stamp.at),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}
