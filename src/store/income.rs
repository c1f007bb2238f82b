//! Certified low income: by whom, for which days, and what proves it. A row is only added; its end before its time is noted on it once.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::ids::{AccountId, IncomeCertificationId};
use crate::domain::income::IncomeProof;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::income_certifications;

/// One certification.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = income_certifications)]
pub struct IncomeRow {
    /// Row id.
    pub id: IncomeCertificationId,
    /// Whose account.
    pub account_id: AccountId,
    /// What proves it.
    pub proof: IncomeProof,
    /// What is known of the proof: which letter, of which day, seen by whom.
    pub words: String,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its last one.
    pub until_on: NaiveDate,
    /// Who took it.
    pub certified_by: String,
    /// When, in UTC.
    pub certified_at: NaiveDateTime,
    /// The first day on which it counts no more, where it was ended before its time.
    pub ended_on: Option<NaiveDate>,
    /// Who ended it.
    pub ended_by: Option<String>,
    /// Why.
    pub end_words: Option<String>,
}

impl IncomeRow {
    /// Whether it counts on a day.
    #[must_use]
    pub fn counts_on(&self, day: NaiveDate) -> bool {
        self.from_on <= day && day < self.until()
    }

    /// The last day on which it counts.
    #[must_use]
    pub fn last_on(&self) -> NaiveDate {
        self.until().pred_opt().unwrap_or(self.from_on)
    }

    fn until(&self) -> NaiveDate {
        self.ended_on
            .map_or(self.until_on, |day| day.min(self.until_on))
    }
}

/// A certification on its way into the table.
#[derive(Debug, Clone)]
pub struct NewRow<'a> {
    /// What makes it the same when it is sent again.
    pub request_key: &'a str,
    /// Whose account.
    pub account_id: AccountId,
    /// What proves it.
    pub proof: IncomeProof,
    /// What is known of the proof.
    pub words: &'a str,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its last one.
    pub until_on: NaiveDate,
}

/// Records a certification.
pub fn insert(tx: &mut Tx<'_>, new: &NewRow<'_>) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(income_certifications::table)
        .values((
            income_certifications::request_key.eq(new.request_key),
            income_certifications::account_id.eq(new.account_id),
            income_certifications::proof.eq(new.proof),
            income_certifications::words.eq(new.words),
            income_certifications::from_on.eq(new.from_on),
            income_certifications::until_on.eq(new.until_on),
            income_certifications::certified_by.eq(&stamp.by.name),
            income_certifications::certified_at.eq(stamp.at),
            income_certifications::certified_on.eq(stamp.on),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// On whose account something was certified under this key.
pub fn find_by_key(conn: &mut Conn, key: &str) -> Result<Option<AccountId>, StoreError> {
    Ok(income_certifications::table
        .filter(income_certifications::request_key.eq(key))
        .select(income_certifications::account_id)
        .first(conn)
        .optional()?)
}

/// Every certification of an account, the latest first.
pub fn list(conn: &mut Conn, account: AccountId) -> Result<Vec<IncomeRow>, StoreError> {
    Ok(income_certifications::table
        .filter(income_certifications::account_id.eq(account))
        .order(income_certifications::id.desc())
        .select(IncomeRow::as_select())
        .load(conn)?)
}

/// The certification that counts on a day for the longest time to come.
pub fn find_in_force(
    conn: &mut Conn,
    account: AccountId,
    on: NaiveDate,
) -> Result<Option<IncomeRow>, StoreError> {
    let all = list(conn, account)?;
    let counts = all.into_iter().filter(|row| row.counts_on(on));
    Ok(counts.max_by_key(IncomeRow::last_on))
}

/// Ends one of an account from today on; `false` where it does not count any more.
pub fn mark_ended(
    tx: &mut Tx<'_>,
    (account, id): (AccountId, IncomeCertificationId),
    words: &str,
) -> Result<bool, StoreError> {
    let stamp = tx.stamp;
    let ended = diesel::update(income_certifications::table)
        .filter(income_certifications::id.eq(id))
        .filter(income_certifications::account_id.eq(account))
        .filter(income_certifications::ended_on.is_null())
        .filter(income_certifications::until_on.gt(stamp.on))
        .set((
            income_certifications::ended_on.eq(stamp.on),
            income_certifications::ended_by.eq(&stamp.by.name),
            income_certifications::end_words.eq(words),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(ended > 0)
}
