//! Holds: each period as it was placed, its end before its time, the documents it rests on and the work that its end makes. Periods, lifts and
//! documents are only added; what is read of a hold is worked out from them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::domain::holds::{After, Earlier, Granted, HoldKind, HoldState, Span, Stops};
use crate::domain::ids::{AccountId, HoldId, StaffId};
use crate::store::any::MultiBackend;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{hold_lifts, hold_reviews, holds};

pub mod documents;
pub mod moratoria;
pub mod reviews;
mod stopped;

pub use crate::store::holds::stopped::{Since, Stopped, protected_since, stopped};

/// How many ids one `IN` list holds at the most.
const LIST: usize = 1_000;

/// That somebody renewed a hold, as `renewal_of` finds it: by a period from the day on which it ends, that was not lifted before it began.
macro_rules! renewal {
    () => {
        "EXISTS (SELECT 1 FROM holds later LEFT JOIN hold_lifts ended ON ended.hold_id = later.id \
         WHERE later.account_id = holds.account_id AND later.kind = holds.kind AND later.from_on = holds.until_on \
         AND later.follows_id IS NOT NULL AND (ended.ends_on IS NULL OR ended.ends_on > later.from_on))"
    };
}

/// That somebody renewed a hold.
const RENEWED: &str = renewal!();

/// That nobody renewed a hold.
const NOT_RENEWED: &str = concat!("NOT ", renewal!());

/// That a document of a hold is kept.
macro_rules! documented {
    () => {
        "EXISTS (SELECT 1 FROM hold_documents WHERE hold_documents.hold_id = holds.id)"
    };
}

/// That a document of a hold is kept.
const DOCUMENTED: &str = documented!();

/// That somebody has to look after a hold's end before anything follows, as `HoldRow::waits_for_a_look` says it.
const AWAITS_A_LOOK: &str = concat!(
    "(holds.then_do = 'review' OR (holds.is_provisional AND ",
    documented!(),
    "))"
);

/// An end before its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lift {
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

/// One period of a hold.
#[derive(Debug, Clone)]
pub struct HoldRow {
    /// Row id.
    pub id: HoldId,
    /// Whose account.
    pub account_id: AccountId,
    /// Why it is protected.
    pub kind: HoldKind,
    /// The period that it renews, or the last renewal of it that never began; nothing where it renews none.
    pub follows: Option<HoldId>,
    /// Its days.
    pub span: Span,
    /// The day on which the office and the customer are told that it ends.
    pub remind_on: Option<NaiveDate>,
    /// What it keeps away.
    pub stops: Stops,
    /// What the policy said to follow at its end.
    pub then: After,
    /// Whether it was given only until its document comes.
    pub is_provisional: bool,
    /// Whether a document is kept with it.
    pub is_documented: bool,
    /// Who signed or promised.
    pub signer: Option<String>,
    /// Why, in the words of whoever placed it.
    pub reason: String,
    /// The version of the policy; zero for what ships.
    pub policy_version: i32,
    /// Who placed it.
    pub placed_by: String,
    /// When, in UTC.
    pub placed_at: NaiveDateTime,
    /// That it was lifted.
    pub lift: Option<Lift>,
}

impl HoldRow {
    /// Where it stands on a day.
    #[must_use]
    pub fn state(&self, day: NaiveDate) -> HoldState {
        self.span.state(day)
    }

    /// Whether its document is still to come.
    #[must_use]
    pub const fn lacks_document(&self) -> bool {
        self.is_provisional && !self.is_documented
    }

    /// Whether somebody has to look after its end before anything follows: because the policy says so, or because the document that it awaited
    /// came, and nobody has renewed it yet.
    #[must_use]
    pub fn waits_for_a_look(&self) -> bool {
        self.then == After::Review || (self.is_provisional && self.is_documented)
    }

    /// What follows at its end.
    #[must_use]
    pub fn follow_up(&self) -> After {
        if self.waits_for_a_look() {
            After::Review
        } else {
            self.then
        }
    }

    /// As the rules look at it.
    #[must_use]
    pub const fn earlier(&self) -> Earlier {
        Earlier {
            kind: self.kind,
            span: self.span,
            is_provisional: self.is_provisional,
        }
    }
}

type Raw = (
    (HoldId, AccountId, HoldKind, Option<HoldId>),
    (NaiveDate, Option<NaiveDate>, Option<NaiveDate>),
    (Stops, After, bool, bool),
    (Option<String>, String, i32),
    (String, NaiveDateTime),
    (
        Option<NaiveDate>,
        Option<String>,
        Option<String>,
        Option<NaiveDateTime>,
    ),
);

/// The columns of a period beside its lift.
macro_rules! columns {
    () => {
        (
            (holds::id, holds::account_id, holds::kind, holds::follows_id),
            (holds::from_on, holds::until_on, holds::remind_on),
            (
                holds::stops,
                holds::then_do,
                holds::is_provisional,
                sql::<Bool>(DOCUMENTED),
            ),
            (holds::signer, holds::reason, holds::policy_version),
            (holds::placed_by, holds::placed_at),
            (
                hold_lifts::ends_on.nullable(),
                hold_lifts::reason.nullable(),
                hold_lifts::lifted_by.nullable(),
                hold_lifts::lifted_at.nullable(),
            ),
        )
    };
}

fn read(raw: Raw) -> HoldRow {
    let (who, days, what, why, placed, (lifted_on, words, by, at)) = raw;
    let lift = match (words, by, at) {
        (Some(reason), Some(by), Some(at)) => Some(Lift { reason, by, at }),
        _ => None,
    };
    HoldRow {
        id: who.0,
        account_id: who.1,
        kind: who.2,
        follows: who.3,
        span: Span {
            from_on: days.0,
            until_on: days.1,
            lifted_on,
        },
        remind_on: days.2,
        stops: what.0,
        then: what.1,
        is_provisional: what.2,
        is_documented: what.3,
        signer: why.0,
        reason: why.1,
        policy_version: why.2,
        placed_by: placed.0,
        placed_at: placed.1,
        lift,
    }
}

/// A period on its way into the table.
#[derive(Debug, Clone)]
pub struct NewRow<'a> {
    /// What makes it the same when it is sent again.
    pub request_key: &'a str,
    /// Whose account.
    pub account_id: AccountId,
    /// Why it is protected.
    pub kind: HoldKind,
    /// The period that it renews, or the last renewal of it that never began.
    pub follows: Option<HoldId>,
    /// What the rules gave.
    pub granted: &'a Granted,
    /// Who signed or promised.
    pub signer: Option<&'a str>,
    /// Why.
    pub reason: &'a str,
    /// The version of the policy; zero for what ships.
    pub policy_version: i32,
}

/// Records a period.
pub fn insert(tx: &mut Tx<'_>, new: &NewRow<'_>) -> Result<HoldId, StoreError> {
    let (stamp, granted) = (tx.stamp, new.granted);
    Ok(diesel::insert_into(holds::table)
        .values((
            holds::request_key.eq(new.request_key),
            holds::account_id.eq(new.account_id),
            holds::kind.eq(new.kind),
            holds::follows_id.eq(new.follows),
            holds::from_on.eq(granted.from_on),
            holds::until_on.eq(granted.until_on),
            holds::remind_on.eq(granted.remind_on),
            holds::stops.eq(&granted.stops),
            holds::then_do.eq(granted.then),
            holds::is_provisional.eq(granted.is_provisional),
            holds::signer.eq(new.signer),
            holds::reason.eq(new.reason),
            holds::policy_version.eq(new.policy_version),
            (
                holds::placed_by.eq(&stamp.by.name),
                holds::placed_at.eq(stamp.at),
                holds::placed_on.eq(stamp.on),
            ),
        ))
        .returning(holds::id)
        .get_result(tx.conn())?)
}

/// Records that a hold ends today.
pub fn insert_lift(tx: &mut Tx<'_>, id: HoldId, reason: &str) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(hold_lifts::table)
        .values((
            hold_lifts::hold_id.eq(id),
            hold_lifts::ends_on.eq(stamp.on),
            hold_lifts::reason.eq(reason),
            hold_lifts::lifted_by.eq(&stamp.by.name),
            hold_lifts::lifted_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The period that was sent under this key, and whose account it is on.
pub fn find_by_key(conn: &mut Conn, key: &str) -> Result<Option<(HoldId, AccountId)>, StoreError> {
    Ok(holds::table
        .filter(holds::request_key.eq(key))
        .select((holds::id, holds::account_id))
        .first(conn)
        .optional()?)
}

/// A period.
pub fn get(conn: &mut Conn, id: HoldId) -> Result<HoldRow, StoreError> {
    let found: Option<Raw> = holds::table
        .left_join(hold_lifts::table)
        .filter(holds::id.eq(id))
        .select(columns!())
        .first(conn)
        .optional()?;
    found.map(read).ok_or(StoreError::Missing("hold"))
}

/// Every period of an account, the latest first.
pub fn list_of_account(conn: &mut Conn, account: AccountId) -> Result<Vec<HoldRow>, StoreError> {
    let rows: Vec<Raw> = holds::table
        .left_join(hold_lifts::table)
        .filter(holds::account_id.eq(account))
        .order((holds::from_on.desc(), holds::id.desc()))
        .select(columns!())
        .load(conn)?;
    Ok(rows.into_iter().map(read).collect())
}

/// Every period of an account, the latest first, and those whose end somebody has answered for. One query.
pub fn list_with_answers(
    conn: &mut Conn,
    account: AccountId,
) -> Result<(Vec<HoldRow>, BTreeSet<HoldId>), StoreError> {
    let rows: Vec<(Raw, Option<NaiveDate>)> = holds::table
        .left_join(hold_lifts::table)
        .left_join(hold_reviews::table)
        .filter(holds::account_id.eq(account))
        .order((holds::from_on.desc(), holds::id.desc()))
        .select((columns!(), hold_reviews::closed_on.nullable()))
        .load(conn)?;
    let is_answered = |(raw, closed): &(Raw, Option<NaiveDate>)| closed.map(|_| raw.0.0);
    let answered = rows.iter().filter_map(is_answered).collect();
    let rows = rows.into_iter().map(|(raw, _)| read(raw)).collect();
    Ok((rows, answered))
}

/// Every period of these accounts that had begun by a day, in any order, with the day on which its end was answered.
fn list_begun(
    conn: &mut Conn,
    accounts: &[AccountId],
    on: NaiveDate,
) -> Result<Vec<(HoldRow, Option<NaiveDate>)>, StoreError> {
    let mut found = Vec::new();
    for some in accounts.chunks(LIST) {
        let rows: Vec<(Raw, Option<NaiveDate>)> = holds::table
            .left_join(hold_lifts::table)
            .left_join(hold_reviews::table)
            .filter(holds::account_id.eq_any(some))
            .filter(holds::from_on.le(on))
            .select((columns!(), hold_reviews::closed_on.nullable()))
            .load(conn)?;
        found.extend(
            rows.into_iter()
                .map(|(raw, answered)| (read(raw), answered)),
        );
    }
    Ok(found)
}

/// Which of these periods were renewed.
pub fn list_renewed(conn: &mut Conn, ids: &[HoldId]) -> Result<BTreeSet<HoldId>, StoreError> {
    let rows: Vec<HoldId> = holds::table
        .filter(holds::id.eq_any(ids))
        .filter(sql::<Bool>(RENEWED))
        .select(holds::id)
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// The next periods after one whose end is to be told of by a day and has not been: neither lifted nor renewed, and no work of anybody yet. One
/// that is over is found where somebody has to look before anything follows.
pub fn list_to_tell(
    conn: &mut Conn,
    (on, after): (NaiveDate, HoldId),
    limit: i64,
) -> Result<Vec<HoldRow>, StoreError> {
    let rows: Vec<Raw> = holds::table
        .left_join(hold_lifts::table)
        .left_join(hold_reviews::table)
        .filter(holds::id.gt(after))
        .filter(holds::remind_on.le(on))
        .filter(holds::until_on.gt(on).or(sql::<Bool>(AWAITS_A_LOOK)))
        .filter(hold_lifts::hold_id.nullable().is_null())
        .filter(hold_reviews::hold_id.nullable().is_null())
        .filter(sql::<Bool>(NOT_RENEWED))
        .order(holds::id)
        .limit(limit)
        .select(columns!())
        .kept()
        .load(conn)?;
    Ok(rows.into_iter().map(read).collect())
}

/// Whose work is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OwnerFilter {
    /// Everybody's.
    #[default]
    Anyone,
    /// One person's.
    Staff(StaffId),
    /// Work nobody has taken.
    Nobody,
}

/// Which part of the queue is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filter {
    /// As of this day.
    pub on: NaiveDate,
    /// Only those whose last day is this one or an earlier one.
    pub last_by: Option<NaiveDate>,
    /// Only this kind.
    pub kind: Option<HoldKind>,
    /// Whose.
    pub owner: OwnerFilter,
}

/// The chosen part of the queue: holds that were neither lifted nor renewed, and are not over or wait for somebody to look at what follows.
macro_rules! chosen {
    ($filter:expr) => {{
        let filter: &Filter = $filter;
        let mut query = holds::table
            .left_join(hold_lifts::table)
            .left_join(hold_reviews::table)
            .filter(hold_lifts::hold_id.nullable().is_null())
            .filter(sql::<Bool>(NOT_RENEWED))
            .filter(
                holds::until_on
                    .is_null()
                    .or(holds::until_on.gt(filter.on))
                    .or(sql::<Bool>(AWAITS_A_LOOK)
                        .and(hold_reviews::closed_on.nullable().is_null())),
            )
            .into_boxed::<MultiBackend>();
        if let Some(last) = filter.last_by {
            let until = last.succ_opt().unwrap_or(last);
            query = query.filter(holds::until_on.le(until));
        }
        if let Some(kind) = filter.kind {
            query = query.filter(holds::kind.eq(kind));
        }
        match filter.owner {
            OwnerFilter::Anyone => query,
            OwnerFilter::Staff(id) => query.filter(hold_reviews::owner_staff_id.nullable().eq(id)),
            OwnerFilter::Nobody => query.filter(hold_reviews::owner_staff_id.nullable().is_null()),
        }
    }};
}

/// A part of the queue, what ends first first; what has no end comes last.
pub fn list(
    conn: &mut Conn,
    filter: &Filter,
    (limit, offset): (i64, i64),
) -> Result<Vec<HoldRow>, StoreError> {
    let rows: Vec<Raw> = chosen!(filter)
        .order((holds::until_on.is_null(), holds::until_on, holds::id))
        .limit(limit)
        .offset(offset)
        .select(columns!())
        .kept()
        .load(conn)?;
    Ok(rows.into_iter().map(read).collect())
}

/// How many there are.
pub fn count(conn: &mut Conn, filter: &Filter) -> Result<i64, StoreError> {
    Ok(chosen!(filter).count().get_result(conn)?)
}

/// The renewal of a period, among those of its account: it begins on the day on which that one ends, and was not lifted before it began.
#[must_use]
pub fn renewal_of<'a>(rows: &'a [HoldRow], old: &HoldRow) -> Option<&'a HoldRow> {
    let end = old.span.until_on?;
    let is_it =
        |row: &&HoldRow| row.follows.is_some() && row.kind == old.kind && row.span.from_on == end;
    rows.iter().filter(is_it).find(|row| !row.span.is_void())
}

/// The period that a renewal of one follows: that one, or the last renewal of it that never began. Each is followed once.
#[must_use]
pub fn followed(rows: &[HoldRow], id: HoldId) -> HoldId {
    let mut last = id;
    // A renewal is always a later row, so that this comes to an end.
    while let Some(row) = rows
        .iter()
        .find(|row| row.follows == Some(last) && row.id > last)
    {
        last = row.id;
    }
    last
}

/// The periods that come before one in its chain, and it: how many of them rest on their document. One that never began is none.
#[must_use]
pub fn periods_of(rows: &[HoldRow], id: HoldId) -> u32 {
    let by_id: BTreeMap<HoldId, &HoldRow> = rows.iter().map(|row| (row.id, row)).collect();
    let (mut next, mut periods) = (Some(id), 0);
    while let Some(row) = next.and_then(|id| by_id.get(&id)) {
        periods += u32::from(!row.is_provisional && !row.span.is_void());
        // A renewal is always a later row, so that this comes to an end.
        next = row.follows.filter(|earlier| *earlier < row.id);
    }
    periods
}
