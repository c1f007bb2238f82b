//! Outcomes of disputes that wait for a second person, and what became of the others. The database refuses every change of one that was decided on.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::corrections::CorrectionStatus;
use crate::domain::ids::{AccountId, RequestId, RequestNumber};
use crate::domain::money::Money;
use crate::domain::remedies::Remedy;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{dispute_proposals, service_requests};

/// How many that wait one list shows.
const MOST: i64 = 200;

/// A proposal.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = dispute_proposals)]
pub struct ProposalRow {
    /// Row id.
    pub id: i64,
    /// The dispute.
    pub request_id: RequestId,
    /// How it would end.
    pub remedy: Remedy,
    /// Where the proposal stands.
    pub status: CorrectionStatus,
    /// How much was chosen, where the outcome asks for that.
    #[diesel(column_name = chosen_cents)]
    pub chosen: Option<Money>,
    /// What was given in all when it was proposed.
    #[diesel(column_name = credit_cents)]
    pub credit: Money,
    /// By how much the bills came out differently, where they are billed again.
    #[diesel(column_name = difference_cents)]
    pub difference: Money,
    /// The words for the customer.
    pub words: String,
    /// Who proposed it.
    pub made_by: String,
    /// The same by their row, where they have one.
    pub made_by_id: Option<i64>,
    /// On which day.
    pub made_on: NaiveDate,
    /// Who decided it.
    pub decided_by: Option<String>,
    /// When, in UTC.
    pub decided_at: Option<NaiveDateTime>,
    /// What whoever decided it wrote.
    pub decided_note: Option<String>,
}

/// A proposal on its way into the table.
#[derive(Debug, Clone, Copy)]
pub struct NewProposal<'a> {
    /// The dispute.
    pub request: RequestId,
    /// How it would end.
    pub remedy: Remedy,
    /// How much was chosen.
    pub chosen: Option<Money>,
    /// What is given in all.
    pub credit: Money,
    /// By how much the bills come out differently.
    pub difference: Money,
    /// The words for the customer.
    pub words: &'a str,
}

/// Keeps a proposal of the transaction's acting person.
pub fn insert(tx: &mut Tx<'_>, new: &NewProposal<'_>) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(dispute_proposals::table)
        .values((
            dispute_proposals::request_id.eq(new.request),
            dispute_proposals::remedy.eq(new.remedy),
            dispute_proposals::status.eq(CorrectionStatus::Proposed),
            dispute_proposals::chosen_cents.eq(new.chosen),
            dispute_proposals::credit_cents.eq(new.credit),
            dispute_proposals::difference_cents.eq(new.difference),
            dispute_proposals::words.eq(new.words),
            dispute_proposals::made_by.eq(&stamp.by.name),
            dispute_proposals::made_by_id.eq(stamp.by.id),
            dispute_proposals::made_on.eq(stamp.on),
            dispute_proposals::made_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Says what became of a proposal that waited, by whom, and with which words.
pub fn mark_decided(
    tx: &mut Tx<'_>,
    id: i64,
    status: CorrectionStatus,
    (by, note): (&str, &str),
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::update(dispute_proposals::table.find(id))
        .set((
            dispute_proposals::status.eq(status),
            dispute_proposals::decided_by.eq(by),
            dispute_proposals::decided_by_id.eq(stamp.by.id),
            dispute_proposals::decided_at.eq(stamp.at),
            dispute_proposals::decided_note.eq(note),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// The proposals of a dispute, the newest first.
pub fn list_of(conn: &mut Conn, request: RequestId) -> Result<Vec<ProposalRow>, StoreError> {
    Ok(dispute_proposals::table
        .filter(dispute_proposals::request_id.eq(request))
        .order(dispute_proposals::id.desc())
        .select(ProposalRow::as_select())
        .load(conn)?)
}

/// The proposal of a dispute that waits for a second person.
pub fn find_waiting(
    conn: &mut Conn,
    request: RequestId,
) -> Result<Option<ProposalRow>, StoreError> {
    Ok(dispute_proposals::table
        .filter(dispute_proposals::request_id.eq(request))
        .filter(dispute_proposals::status.eq(CorrectionStatus::Proposed))
        .select(ProposalRow::as_select())
        .first(conn)
        .optional()?)
}

/// Those that wait for a second person, the oldest first, each with its dispute and account; of one account where one is named.
pub fn list_waiting(
    conn: &mut Conn,
    account: Option<AccountId>,
) -> Result<Vec<(ProposalRow, RequestNumber, AccountId)>, StoreError> {
    let mut query = dispute_proposals::table
        .inner_join(service_requests::table)
        .filter(dispute_proposals::status.eq(CorrectionStatus::Proposed))
        .order(dispute_proposals::id)
        .limit(MOST)
        .select((
            ProposalRow::as_select(),
            service_requests::number,
            service_requests::account_id,
        ))
        .into_boxed();
    if let Some(account) = account {
        query = query.filter(service_requests::account_id.eq(account));
    }
    Ok(query.load(conn)?)
}
