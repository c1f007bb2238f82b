//! Corrections by hand: as they were ordered, and what became of each. The database refuses every change of one that was decided on.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::corrections::{Correction, CorrectionKind, CorrectionStatus};
use crate::domain::ids::{AccountId, CorrectionId, EntryId};
use crate::domain::money::Money;
use crate::store::any::MultiBackend;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::corrections;

/// A correction.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = corrections)]
pub struct CorrectionRow {
    /// Row id.
    pub id: CorrectionId,
    /// The number of the form that ordered it.
    pub request_key: i64,
    /// What is corrected.
    pub kind: CorrectionKind,
    /// Where it stands.
    pub status: CorrectionStatus,
    /// On which account.
    pub account_id: AccountId,
    /// The other account that it touches.
    pub other_account_id: Option<AccountId>,
    /// What it comes to, more than nothing.
    #[diesel(column_name = amount_cents)]
    pub amount: Money,
    details: String,
    /// The reason, by its code in the policy.
    pub reason: String,
    /// What whoever ordered it wrote.
    pub note: String,
    /// What was seen when it was ordered.
    pub seal: String,
    /// Whether a second person decides.
    pub takes_two: bool,
    /// Who ordered it.
    pub made_by: String,
    /// The same by their row, where they have one.
    pub made_by_id: Option<i64>,
    /// On which day.
    pub made_on: NaiveDate,
    /// When, in UTC.
    pub made_at: NaiveDateTime,
    /// Who decided it.
    pub decided_by: Option<String>,
    /// When, in UTC.
    pub decided_at: Option<NaiveDateTime>,
    /// What whoever decided it wrote.
    pub decided_note: Option<String>,
    /// Its entry.
    pub entry_id: Option<EntryId>,
    /// The correction that it reverses.
    pub reverses_id: Option<CorrectionId>,
}

impl CorrectionRow {
    /// The word of what it is: one that reverses another is that first.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        if self.reverses_id.is_some() {
            "reversal"
        } else {
            self.kind.as_str()
        }
    }

    /// The account on which its reversal is ordered: where something was carried to, it is carried back from there.
    #[must_use]
    pub fn reversed_on(&self) -> AccountId {
        self.other_account_id.unwrap_or(self.account_id)
    }

    /// The correction that reverses it.
    #[must_use]
    pub fn reversal(&self, due_on: NaiveDate) -> Correction {
        Correction::Reversal {
            of: self.id,
            was: self.kind,
            to: self.other_account_id.and(Some(self.account_id)),
            due_on,
        }
    }

    /// All it needs.
    ///
    /// # Errors
    /// Details that this program cannot read.
    pub fn correction(&self) -> Result<Correction, StoreError> {
        serde_json::from_str(&self.details)
            .map_err(|error| StoreError::Unreadable(format!("correction {}: {error}", self.id)))
    }
}

/// A correction to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewCorrection<'a> {
    /// The number of the form that orders it.
    pub request_key: i64,
    /// On which account.
    pub account: AccountId,
    /// All it needs.
    pub correction: &'a Correction,
    /// What it comes to.
    pub amount: Money,
    /// The reason's code.
    pub reason: &'a str,
    /// What was written.
    pub note: &'a str,
    /// What was seen.
    pub seal: &'a str,
    /// Its entry where it is posted at once; else it waits for a second person.
    pub entry: Option<EntryId>,
}

/// Which corrections a list shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Of one standing.
    pub status: Option<CorrectionStatus>,
    /// Of one account, whether it is theirs or the other of theirs.
    pub account: Option<AccountId>,
}

/// Keeps a correction of the transaction's acting person.
pub fn insert(tx: &mut Tx<'_>, new: &NewCorrection<'_>) -> Result<CorrectionId, StoreError> {
    let stamp = tx.stamp;
    let details = serde_json::to_string(new.correction)
        .map_err(|error| StoreError::Unreadable(error.to_string()))?;
    let status = match new.entry {
        Some(_) => CorrectionStatus::Posted,
        None => CorrectionStatus::Proposed,
    };
    Ok(diesel::insert_into(corrections::table)
        .values((
            (
                corrections::request_key.eq(new.request_key),
                corrections::kind.eq(new.correction.kind()),
                corrections::status.eq(status),
                corrections::account_id.eq(new.account),
                corrections::other_account_id.eq(new.correction.other()),
                corrections::amount_cents.eq(new.amount),
                corrections::details.eq(details),
                corrections::reason.eq(new.reason),
                corrections::note.eq(new.note),
                corrections::seal.eq(new.seal),
                corrections::takes_two.eq(new.entry.is_none()),
                corrections::reverses_id.eq(new.correction.reverses()),
            ),
            (
                corrections::made_by.eq(&stamp.by.name),
                corrections::made_by_id.eq(stamp.by.id),
                corrections::made_on.eq(stamp.on),
                corrections::made_at.eq(stamp.at),
                corrections::decided_by.eq(new.entry.map(|_| &stamp.by.name)),
                corrections::decided_by_id.eq(new.entry.and(stamp.by.id)),
                corrections::decided_at.eq(new.entry.map(|_| stamp.at)),
                corrections::entry_id.eq(new.entry),
            ),
        ))
        .returning(corrections::id)
        .get_result(tx.conn())?)
}

/// Says what became of a correction that waited, what it comes to, by whom, and with which words. From now on the database refuses every change of it.
pub fn mark_decided(
    tx: &mut Tx<'_>,
    id: CorrectionId,
    (status, entry, amount): (CorrectionStatus, Option<EntryId>, Money),
    (by, note): (&str, &str),
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::update(corrections::table.find(id))
        .set((
            corrections::status.eq(status),
            corrections::entry_id.eq(entry),
            corrections::amount_cents.eq(amount),
            corrections::decided_by.eq(by),
            corrections::decided_by_id.eq(stamp.by.id),
            corrections::decided_at.eq(stamp.at),
            corrections::decided_note.eq(note),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// The correction, which must exist.
pub fn get(conn: &mut Conn, id: CorrectionId) -> Result<CorrectionRow, StoreError> {
    corrections::table
        .find(id)
        .select(CorrectionRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("correction"))
}

/// The correction that a form ordered, if it ordered one.
pub fn find_by_key(conn: &mut Conn, key: i64) -> Result<Option<CorrectionRow>, StoreError> {
    Ok(corrections::table
        .filter(corrections::request_key.eq(key))
        .select(CorrectionRow::as_select())
        .first(conn)
        .optional()?)
}

/// The correction that reverses another, posted or waiting.
pub fn find_reversal(
    conn: &mut Conn,
    of: CorrectionId,
) -> Result<Option<CorrectionRow>, StoreError> {
    let is_open = corrections::status
        .eq(CorrectionStatus::Proposed)
        .or(corrections::status.eq(CorrectionStatus::Posted));
    Ok(corrections::table
        .filter(corrections::reverses_id.eq(of))
        .filter(is_open)
        .select(CorrectionRow::as_select())
        .first(conn)
        .optional()?)
}

/// Corrections, newest first.
pub fn list(
    conn: &mut Conn,
    filter: &Filter,
    (limit, offset): (i64, i64),
) -> Result<Vec<CorrectionRow>, StoreError> {
    Ok(filtered(filter)
        .order(corrections::id.desc())
        .limit(limit)
        .offset(offset)
        .select(CorrectionRow::as_select())
        .load(conn)?)
}

/// The credits and waivers of an account that were posted since a moment, the oldest first.
pub fn list_given(
    conn: &mut Conn,
    account: AccountId,
    since: NaiveDateTime,
) -> Result<Vec<CorrectionRow>, StoreError> {
    let is_given = corrections::kind
        .eq(CorrectionKind::Credit)
        .or(corrections::kind.eq(CorrectionKind::Waiver));
    Ok(corrections::table
        .filter(corrections::account_id.eq(account))
        .filter(corrections::status.eq(CorrectionStatus::Posted))
        .filter(is_given)
        .filter(corrections::decided_at.ge(since))
        .order(corrections::id)
        .select(CorrectionRow::as_select())
        .load(conn)?)
}

/// The entry by which a late fee that was waived was asked for again.
pub fn find_asked_again(
    conn: &mut Conn,
    account: AccountId,
    fee: EntryId,
) -> Result<Option<EntryId>, StoreError> {
    let rows: Vec<CorrectionRow> = corrections::table
        .filter(corrections::account_id.eq(account))
        .filter(corrections::kind.eq(CorrectionKind::Waiver))
        .filter(corrections::status.eq(CorrectionStatus::Posted))
        .order(corrections::id)
        .select(CorrectionRow::as_select())
        .load(conn)?;
    let mut waiver = None;
    for row in &rows {
        if row.correction()? == (Correction::Waiver { fee }) {
            waiver = Some(row.id);
        }
    }
    let again = rows
        .iter()
        .find(|row| waiver.is_some() && row.reverses_id == waiver);
    Ok(again.and_then(|row| row.entry_id))
}

/// How many there are.
pub fn count(conn: &mut Conn, filter: &Filter) -> Result<i64, StoreError> {
    Ok(filtered(filter).count().get_result(conn)?)
}

fn filtered(filter: &Filter) -> corrections::BoxedQuery<'static, MultiBackend> {
    let mut query = corrections::table.into_boxed();
    if let Some(status) = filter.status {
        query = query.filter(corrections::status.eq(status));
    }
    if let Some(account) = filter.account {
        let is_theirs = corrections::account_id.eq(account);
        let is_other = corrections::other_account_id.eq(account);
        query = query.filter(is_theirs.nullable().or(is_other));
    }
    query
}
