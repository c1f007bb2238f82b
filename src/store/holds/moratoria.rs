//! Times in which nobody of a group is shut off: declared for everybody, for a class, or for whoever has a service, and ended before their time.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::accounts::AccountClass;
use crate::domain::holds::{Span, Stops};
use crate::domain::ids::{AccountId, MoratoriumId};
use crate::domain::premises::Commodity;
use crate::store::dated::served_on;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::holds::Lift;
use crate::store::schema::{
    accounts, moratoria, moratorium_ends, service_agreements, service_points,
};

/// One that ended so long ago says nothing of today.
const REMEMBERED: Days = Days::new(400);

/// How many ids one `IN` list holds at the most.
const LIST: usize = 1_000;

/// A time that was declared.
#[derive(Debug, Clone)]
pub struct MoratoriumRow {
    /// Row id.
    pub id: MoratoriumId,
    /// For this class; nothing for all.
    pub class: Option<AccountClass>,
    /// For whoever has this service; nothing for all.
    pub commodity: Option<Commodity>,
    /// Its days.
    pub span: Span,
    /// What it keeps away.
    pub stops: Stops,
    /// Why.
    pub reason: String,
    /// Who declared it.
    pub declared_by: String,
    /// When, in UTC.
    pub declared_at: NaiveDateTime,
    /// That it was ended.
    pub end: Option<Lift>,
}

/// A time as the rules look at it.
#[derive(Debug, Clone)]
pub struct Declared {
    /// For this class; nothing for all.
    pub class: Option<AccountClass>,
    /// For whoever has this service; nothing for all.
    pub commodity: Option<Commodity>,
    /// Its days.
    pub span: Span,
    /// What it keeps away.
    pub stops: Stops,
}

impl MoratoriumRow {
    /// As the rules look at it.
    #[must_use]
    pub fn declared(self) -> Declared {
        Declared {
            class: self.class,
            commodity: self.commodity,
            span: self.span,
            stops: self.stops,
        }
    }

    /// Whether it is for an account of a class with these services.
    #[must_use]
    pub fn is_for(&self, class: AccountClass, services: &[Commodity]) -> bool {
        is_for((self.class, self.commodity), (class, services))
    }
}

impl Declared {
    /// Whether it is for an account of a class with these services.
    #[must_use]
    pub fn is_for(&self, class: AccountClass, services: &[Commodity]) -> bool {
        is_for((self.class, self.commodity), (class, services))
    }
}

/// Whether what was declared for a class and a service is for an account of a class with these services.
fn is_for(
    (of_class, of_service): (Option<AccountClass>, Option<Commodity>),
    (class, services): (AccountClass, &[Commodity]),
) -> bool {
    of_class.is_none_or(|one| one == class) && of_service.is_none_or(|one| services.contains(&one))
}

type Raw = (
    (MoratoriumId, Option<AccountClass>, Option<Commodity>),
    (NaiveDate, NaiveDate),
    (Stops, String),
    (String, NaiveDateTime),
    (
        Option<NaiveDate>,
        Option<String>,
        Option<String>,
        Option<NaiveDateTime>,
    ),
);

macro_rules! columns {
    () => {
        (
            (moratoria::id, moratoria::class, moratoria::commodity),
            (moratoria::from_on, moratoria::until_on),
            (moratoria::stops, moratoria::reason),
            (moratoria::declared_by, moratoria::declared_at),
            (
                moratorium_ends::ends_on.nullable(),
                moratorium_ends::reason.nullable(),
                moratorium_ends::ended_by.nullable(),
                moratorium_ends::ended_at.nullable(),
            ),
        )
    };
}

fn read(raw: Raw) -> MoratoriumRow {
    let (who, days, what, declared, (ended_on, words, by, at)) = raw;
    let end = match (words, by, at) {
        (Some(reason), Some(by), Some(at)) => Some(Lift { reason, by, at }),
        _ => None,
    };
    MoratoriumRow {
        id: who.0,
        class: who.1,
        commodity: who.2,
        span: Span {
            from_on: days.0,
            until_on: Some(days.1),
            lifted_on: ended_on,
        },
        stops: what.0,
        reason: what.1,
        declared_by: declared.0,
        declared_at: declared.1,
        end,
    }
}

/// A time on its way into the table.
#[derive(Debug, Clone)]
pub struct NewMoratorium<'a> {
    /// What makes it the same when it is sent again.
    pub request_key: &'a str,
    /// For this class; nothing for all.
    pub class: Option<AccountClass>,
    /// For whoever has this service; nothing for all.
    pub commodity: Option<Commodity>,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end.
    pub until_on: NaiveDate,
    /// What it keeps away.
    pub stops: &'a Stops,
    /// Why.
    pub reason: &'a str,
    /// The version of the policy; zero for what ships.
    pub policy_version: i32,
}

/// Records one.
pub fn insert(tx: &mut Tx<'_>, new: &NewMoratorium<'_>) -> Result<MoratoriumId, StoreError> {
    let stamp = tx.stamp;
    Ok(diesel::insert_into(moratoria::table)
        .values((
            moratoria::request_key.eq(new.request_key),
            moratoria::class.eq(new.class),
            moratoria::commodity.eq(new.commodity),
            moratoria::from_on.eq(new.from_on),
            moratoria::until_on.eq(new.until_on),
            moratoria::stops.eq(new.stops),
            moratoria::reason.eq(new.reason),
            moratoria::policy_version.eq(new.policy_version),
            moratoria::declared_by.eq(&stamp.by.name),
            moratoria::declared_at.eq(stamp.at),
            moratoria::declared_on.eq(stamp.on),
        ))
        .returning(moratoria::id)
        .get_result(tx.conn())?)
}

/// Records that one ends today.
pub fn insert_end(tx: &mut Tx<'_>, id: MoratoriumId, reason: &str) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(moratorium_ends::table)
        .values((
            moratorium_ends::moratorium_id.eq(id),
            moratorium_ends::ends_on.eq(stamp.on),
            moratorium_ends::reason.eq(reason),
            moratorium_ends::ended_by.eq(&stamp.by.name),
            moratorium_ends::ended_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The one that was sent under this key.
pub fn find_by_key(conn: &mut Conn, key: &str) -> Result<Option<MoratoriumId>, StoreError> {
    Ok(moratoria::table
        .filter(moratoria::request_key.eq(key))
        .select(moratoria::id)
        .first(conn)
        .optional()?)
}

/// One of them.
pub fn get(conn: &mut Conn, id: MoratoriumId) -> Result<MoratoriumRow, StoreError> {
    let found: Option<Raw> = moratoria::table
        .left_join(moratorium_ends::table)
        .filter(moratoria::id.eq(id))
        .select(columns!())
        .first(conn)
        .optional()?;
    found.map(read).ok_or(StoreError::Missing("moratorium"))
}

/// The latest that were declared, those that begin last first.
pub fn list(conn: &mut Conn, limit: i64) -> Result<Vec<MoratoriumRow>, StoreError> {
    let rows: Vec<Raw> = moratoria::table
        .left_join(moratorium_ends::table)
        .order((moratoria::from_on.desc(), moratoria::id.desc()))
        .limit(limit)
        .select(columns!())
        .load(conn)?;
    Ok(rows.into_iter().map(read).collect())
}

/// Those that had begun by a day and did not end long before it.
pub fn list_begun(conn: &mut Conn, on: NaiveDate) -> Result<Vec<MoratoriumRow>, StoreError> {
    let since = on.checked_sub_days(REMEMBERED).unwrap_or(on);
    let rows: Vec<Raw> = moratoria::table
        .left_join(moratorium_ends::table)
        .filter(moratoria::from_on.le(on))
        .filter(moratoria::until_on.gt(since))
        .order(moratoria::id)
        .select(columns!())
        .load(conn)?;
    Ok(rows.into_iter().map(read).collect())
}

/// Those that are in force for an account on a day.
pub fn list_in_force(
    conn: &mut Conn,
    account: AccountId,
    on: NaiveDate,
) -> Result<Vec<MoratoriumRow>, StoreError> {
    let mut rows = list_begun(conn, on)?;
    rows.retain(|row| row.span.holds_on(on));
    if rows
        .iter()
        .any(|row| row.class.is_some() || row.commodity.is_some())
    {
        let served = list_served(conn, &[account], on)?;
        let of_account = served.get(&account);
        rows.retain(|row| of_account.is_some_and(|(class, services)| row.is_for(*class, services)));
    }
    Ok(rows)
}

/// The class of each of these accounts, and what it is served with on a day. Two questions for a thousand of them.
pub(super) fn list_served(
    conn: &mut Conn,
    ids: &[AccountId],
    on: NaiveDate,
) -> Result<BTreeMap<AccountId, (AccountClass, Vec<Commodity>)>, StoreError> {
    let mut found: BTreeMap<AccountId, (AccountClass, Vec<Commodity>)> = BTreeMap::new();
    for some in ids.chunks(LIST) {
        let classes: Vec<(AccountId, AccountClass)> = accounts::table
            .filter(accounts::id.eq_any(some))
            .select((accounts::id, accounts::class))
            .load(conn)?;
        let services: Vec<(AccountId, Commodity)> = service_agreements::table
            .inner_join(service_points::table)
            .filter(service_agreements::account_id.eq_any(some))
            .filter(served_on(on))
            .select((service_agreements::account_id, service_points::commodity))
            .load(conn)?;
        let classed = classes
            .into_iter()
            .map(|(id, class)| (id, (class, Vec::new())));
        found.extend(classed);
        for (id, service) in services {
            if let Some((_, all)) = found.get_mut(&id) {
                all.push(service);
            }
        }
    }
    Ok(found)
}
