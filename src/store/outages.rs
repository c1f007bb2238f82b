//! Outages, what was said of each, and which accounts each touches. A fixed number of queries for any number of accounts.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::commodity::Commodity;
use crate::domain::customers::Language;
use crate::domain::ids::{AccountId, OutageAreaId, OutageId, OutageUpdateId};
use crate::domain::outages::{Cause, NewOutage, OutageKind, OutageNews, OutageStatus, Said};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{outage_accounts, outage_updates, outages};

/// The statuses of what is still to come or going on.
const OPEN: [OutageStatus; 2] = [OutageStatus::Planned, OutageStatus::GoingOn];

/// An outage, as it stands. Instants are in UTC.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = outages)]
pub struct OutageRow {
    /// Row id, which is its number.
    pub id: OutageId,
    /// What it is.
    pub kind: OutageKind,
    /// Of what.
    pub commodity: Commodity,
    /// Why.
    pub cause: Cause,
    /// Where it stands.
    pub status: OutageStatus,
    /// What it means, in English.
    pub words_en: String,
    /// What it means, in Spanish.
    pub words_es: String,
    /// When it began or begins.
    pub begins_at: NaiveDateTime,
    /// When the service is expected back.
    pub expected_at: Option<NaiveDateTime>,
    /// When it ended.
    pub ended_at: Option<NaiveDateTime>,
}

impl OutageRow {
    /// What it means, in a language.
    #[must_use]
    pub fn words(&self, language: Language) -> &str {
        match language {
            Language::English => &self.words_en,
            Language::Spanish => &self.words_es,
        }
    }
}

/// Something said of an outage.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = outage_updates)]
pub struct UpdateRow {
    /// Row id.
    pub id: OutageUpdateId,
    /// Of which.
    pub outage_id: OutageId,
    /// What sort.
    pub news: OutageNews,
    /// In English; nothing where the sort says it all.
    pub words_en: String,
    /// In Spanish.
    pub words_es: String,
    /// When the service is expected back, where it says so.
    pub expected_at: Option<NaiveDateTime>,
    /// The part of town whose accounts alone are told.
    pub area_id: Option<OutageAreaId>,
    /// When, in UTC.
    pub at: NaiveDateTime,
    /// Up to which account it was told.
    pub told_after: i64,
}

impl UpdateRow {
    /// What was written, in a language.
    #[must_use]
    pub fn words(&self, language: Language) -> &str {
        match language {
            Language::English => &self.words_en,
            Language::Spanish => &self.words_es,
        }
    }
}

/// Something about to be said of an outage.
#[derive(Debug, Clone)]
pub struct NewUpdate {
    /// Of which.
    pub outage: OutageId,
    /// What sort.
    pub news: OutageNews,
    /// The words.
    pub words: Said,
    /// When the service is expected back, where it says so.
    pub expected_at: Option<NaiveDateTime>,
    /// The part of town whose accounts alone are told.
    pub area: Option<OutageAreaId>,
    /// Whether it is to be told.
    pub is_told: bool,
}

/// Records an outage, once for each key of a form.
pub fn insert(
    tx: &mut Tx<'_>,
    key: &str,
    new: &NewOutage,
    status: OutageStatus,
) -> Result<OutageId, StoreError> {
    let at = tx.stamp.at;
    Ok(diesel::insert_into(outages::table)
        .values((
            outages::request_key.eq(key),
            outages::kind.eq(new.kind),
            outages::commodity.eq(new.commodity),
            outages::cause.eq(new.cause),
            outages::status.eq(status),
            outages::words_en.eq(&new.words.en),
            outages::words_es.eq(&new.words.es),
            outages::begins_at.eq(new.begins_at),
            outages::expected_at.eq(new.expected_at),
            outages::declared_at.eq(at),
        ))
        .returning(outages::id)
        .get_result(tx.conn())?)
}

/// The outage that a form declared before.
pub fn find_by_key(conn: &mut Conn, key: &str) -> Result<Option<OutageId>, StoreError> {
    Ok(outages::table
        .filter(outages::request_key.eq(key))
        .select(outages::id)
        .first(conn)
        .optional()?)
}

/// The outage, which must exist.
pub fn get(conn: &mut Conn, id: OutageId) -> Result<OutageRow, StoreError> {
    outages::table
        .find(id)
        .select(OutageRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("outage"))
}

/// Moves an outage from where it was seen to stand, and notes when it ended. Says whether it stood there still.
pub fn set_status(
    tx: &mut Tx<'_>,
    id: OutageId,
    (from, to): (OutageStatus, OutageStatus),
    ended_at: Option<NaiveDateTime>,
) -> Result<bool, StoreError> {
    let moved = diesel::update(outages::table.find(id))
        .filter(outages::status.eq(from))
        .set((outages::status.eq(to), outages::ended_at.eq(ended_at)))
        .kept()
        .execute(tx.conn())?;
    Ok(moved == 1)
}

/// Which of these are open.
pub fn list_open(conn: &mut Conn, ids: &[OutageId]) -> Result<HashSet<OutageId>, StoreError> {
    let open: Vec<OutageId> = outages::table
        .filter(outages::id.eq_any(ids))
        .filter(outages::status.eq_any(OPEN))
        .select(outages::id)
        .load(conn)?;
    Ok(open.into_iter().collect())
}

/// Sets when the service is expected back.
pub fn set_expected(
    tx: &mut Tx<'_>,
    id: OutageId,
    expected_at: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::update(outages::table.find(id))
        .set(outages::expected_at.eq(expected_at))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// All that is open, the oldest first, and what ended after an instant.
pub fn list_current(
    conn: &mut Conn,
    ended_after: NaiveDateTime,
) -> Result<Vec<OutageRow>, StoreError> {
    Ok(outages::table
        .filter(
            outages::status
                .eq_any(OPEN)
                .or(outages::ended_at.gt(ended_after)),
        )
        .order((outages::begins_at, outages::id))
        .select(OutageRow::as_select())
        .load(conn)?)
}

/// All outages, the newest first.
pub fn list(conn: &mut Conn, (limit, offset): (i64, i64)) -> Result<Vec<OutageRow>, StoreError> {
    Ok(outages::table
        .order(outages::id.desc())
        .limit(limit)
        .offset(offset)
        .select(OutageRow::as_select())
        .load(conn)?)
}

/// What is planned and whose time has come.
pub fn list_beginning(conn: &mut Conn, now: NaiveDateTime) -> Result<Vec<OutageRow>, StoreError> {
    Ok(outages::table
        .filter(outages::status.eq(OutageStatus::Planned))
        .filter(outages::begins_at.le(now))
        .order(outages::id)
        .select(OutageRow::as_select())
        .load(conn)?)
}

/// How many accounts each of these touches.
pub fn count_accounts(
    conn: &mut Conn,
    ids: &[OutageId],
) -> Result<HashMap<OutageId, i64>, StoreError> {
    let rows: Vec<(OutageId, i64)> = outage_accounts::table
        .filter(outage_accounts::outage_id.eq_any(ids))
        .group_by(outage_accounts::outage_id)
        .select((outage_accounts::outage_id, diesel::dsl::count_star()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// The next accounts that an outage, or one part of town of it, touches.
pub fn list_accounts_after(
    conn: &mut Conn,
    id: OutageId,
    area: Option<OutageAreaId>,
    (after, limit): (AccountId, i64),
) -> Result<Vec<AccountId>, StoreError> {
    let next = outage_accounts::table
        .filter(outage_accounts::outage_id.eq(id))
        .filter(outage_accounts::account_id.gt(after))
        .order(outage_accounts::account_id)
        .limit(limit)
        .select(outage_accounts::account_id);
    Ok(match area {
        Some(area) => next.filter(outage_accounts::area_id.eq(area)).load(conn)?,
        None => next.load(conn)?,
    })
}

/// Which of these accounts each of these updates is told to.
pub fn list_told(
    conn: &mut Conn,
    updates: &[OutageUpdateId],
    accounts: &[AccountId],
) -> Result<HashSet<(OutageUpdateId, AccountId)>, StoreError> {
    let said: Vec<(OutageUpdateId, OutageId, Option<OutageAreaId>)> = outage_updates::table
        .filter(outage_updates::id.eq_any(updates))
        .select((
            outage_updates::id,
            outage_updates::outage_id,
            outage_updates::area_id,
        ))
        .load(conn)?;
    let of: Vec<OutageId> = said.iter().map(|(_, outage, _)| *outage).collect();
    let touched: Vec<(OutageId, AccountId, OutageAreaId)> = outage_accounts::table
        .filter(outage_accounts::outage_id.eq_any(of))
        .filter(outage_accounts::account_id.eq_any(accounts))
        .select((
            outage_accounts::outage_id,
            outage_accounts::account_id,
            outage_accounts::area_id,
        ))
        .load(conn)?;
    let mut told = HashSet::new();
    for (update, outage, area) in said {
        let is_told = |(of, _, part): &&(OutageId, AccountId, OutageAreaId)| {
            *of == outage && area.is_none_or(|area| area == *part)
        };
        told.extend(
            touched
                .iter()
                .filter(is_told)
                .map(|(_, account, _)| (update, *account)),
        );
    }
    Ok(told)
}

/// Records something said of an outage.
pub fn insert_update(tx: &mut Tx<'_>, new: &NewUpdate) -> Result<OutageUpdateId, StoreError> {
    let at = tx.stamp.at;
    Ok(diesel::insert_into(outage_updates::table)
        .values((
            outage_updates::outage_id.eq(new.outage),
            outage_updates::news.eq(new.news),
            outage_updates::words_en.eq(&new.words.en),
            outage_updates::words_es.eq(&new.words.es),
            outage_updates::expected_at.eq(new.expected_at),
            outage_updates::area_id.eq(new.area),
            outage_updates::at.eq(at),
            outage_updates::is_waiting.eq(new.is_told),
            outage_updates::told_after.eq(0_i64),
        ))
        .returning(outage_updates::id)
        .get_result(tx.conn())?)
}

/// What was said of an outage, the newest first.
pub fn list_updates(conn: &mut Conn, id: OutageId) -> Result<Vec<UpdateRow>, StoreError> {
    Ok(outage_updates::table
        .filter(outage_updates::outage_id.eq(id))
        .order(outage_updates::id.desc())
        .select(UpdateRow::as_select())
        .load(conn)?)
}

/// What was said last.
pub fn find_newest_update(conn: &mut Conn, id: OutageId) -> Result<Option<UpdateRow>, StoreError> {
    Ok(outage_updates::table
        .filter(outage_updates::outage_id.eq(id))
        .order(outage_updates::id.desc())
        .select(UpdateRow::as_select())
        .first(conn)
        .optional()?)
}

/// The oldest update that is still to be told.
pub fn next_waiting(conn: &mut Conn) -> Result<Option<UpdateRow>, StoreError> {
    Ok(outage_updates::table
        .filter(outage_updates::is_waiting.eq(true))
        .order(outage_updates::id)
        .select(UpdateRow::as_select())
        .first(conn)
        .optional()?)
}

/// Notes up to which account an update was told; nothing is left where none is named.
pub fn mark_told(
    tx: &mut Tx<'_>,
    id: OutageUpdateId,
    after: Option<AccountId>,
) -> Result<(), StoreError> {
    let update = diesel::update(outage_updates::table.find(id));
    match after {
        Some(after) => update
            .set(outage_updates::told_after.eq(after.0))
            .execute(tx.conn())?,
        None => update
            .set(outage_updates::is_waiting.eq(false))
            .execute(tx.conn())?,
    };
    Ok(())
}
