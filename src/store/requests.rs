//! What customers ask for: one row for each, every word and move of it below, and the photo that came with it. Steps and photos are only
//! added.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::ids::{AccountId, RequestId, RequestNumber, StaffId};
use crate::domain::photos::PhotoKind;
use crate::domain::requests::asking::Answers;
use crate::domain::requests::{RequestKind, RequestState, Side};
use crate::store::any::MultiBackend;
use crate::store::bulk;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{request_photos, request_steps, service_requests};

/// What a customer asked for.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = service_requests)]
pub struct RequestRow {
    /// Row id.
    pub id: RequestId,
    /// The number that the customer is told.
    pub number: RequestNumber,
    /// Whose account.
    pub account_id: AccountId,
    /// What is asked for.
    pub kind: RequestKind,
    answers: String,
    /// Where it stands.
    pub state: RequestState,
    /// Who asked.
    pub asked_by: String,
    /// When, in UTC.
    pub asked_at: NaiveDateTime,
    /// The civil day of it.
    pub asked_on: NaiveDate,
    /// By when it is to be answered.
    pub due_on: NaiveDate,
    /// Who works it.
    pub owner_staff_id: Option<StaffId>,
    /// The day on which it ended.
    pub closed_on: Option<NaiveDate>,
}

impl RequestRow {
    /// What the customer answered.
    ///
    /// # Errors
    /// `Unreadable` where the row was changed by hand.
    pub fn answers(&self) -> Result<Answers, StoreError> {
        serde_json::from_str(&self.answers)
            .map_err(|error| StoreError::Unreadable(format!("request {}: {error}", self.id)))
    }

    /// Whether it is still open after the day that was promised.
    #[must_use]
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.state.is_open() && self.due_on < today
    }

    /// How many days it has been open, or was until it ended.
    #[must_use]
    pub fn days(&self, today: NaiveDate) -> i64 {
        (self.closed_on.unwrap_or(today) - self.asked_on).num_days()
    }
}

/// A request on its way into the table.
#[derive(Debug, Clone)]
pub struct NewRow<'a> {
    /// What makes it the same request when it is sent again.
    pub request_key: &'a str,
    /// Whose account.
    pub account_id: AccountId,
    /// What is asked for.
    pub kind: RequestKind,
    /// What was answered.
    pub answers: &'a Answers,
    /// By when it is to be answered.
    pub due_on: NaiveDate,
}

/// One word or move.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = request_steps)]
pub struct StepRow {
    /// Whose.
    pub side: Side,
    /// Who.
    pub made_by: String,
    /// When, in UTC.
    pub made_at: NaiveDateTime,
    /// Where the request stands since; nothing where it stayed.
    pub state: Option<RequestState>,
    /// What was written.
    pub words: Option<String>,
}

/// What is known of a photo beside its bytes.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = request_photos)]
pub struct PhotoRow {
    /// What it is.
    pub media_type: PhotoKind,
    /// SHA-256 of it, in hexadecimal.
    pub sha256: String,
    /// How long it is, in bytes.
    pub size_bytes: i32,
}

/// Whose work is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Owner {
    /// Everybody's.
    #[default]
    Anyone,
    /// One person's.
    Staff(StaffId),
    /// What nobody has taken.
    Nobody,
}

/// Which part of the queue is shown.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only what is still open.
    pub is_open: bool,
    /// Only this standing.
    pub state: Option<RequestState>,
    /// Only this kind.
    pub kind: Option<RequestKind>,
    /// Whose.
    pub owner: Owner,
    /// Only of this account.
    pub account: Option<AccountId>,
}

/// Records what somebody asked for.
pub fn insert(tx: &mut Tx<'_>, new: &NewRow<'_>) -> Result<(RequestId, RequestNumber), StoreError> {
    let stamp = tx.stamp;
    let answers = serde_json::to_string(new.answers)
        .map_err(|error| StoreError::Unreadable(error.to_string()))?;
    let ids = bulk::reserve(tx, "service_requests", 1)?;
    let id = ids.first().copied().ok_or(StoreError::Missing("row id"))?;
    let number = RequestNumber::of(id);
    diesel::insert_into(service_requests::table)
        .values((
            service_requests::id.eq(id),
            service_requests::number.eq(&number),
            service_requests::request_key.eq(new.request_key),
            service_requests::account_id.eq(new.account_id),
            service_requests::kind.eq(new.kind),
            service_requests::answers.eq(answers),
            service_requests::state.eq(RequestState::Received),
            service_requests::asked_by.eq(&stamp.by.name),
            service_requests::asked_at.eq(stamp.at),
            service_requests::asked_on.eq(stamp.on),
            service_requests::due_on.eq(new.due_on),
        ))
        .execute(tx.conn())?;
    Ok((RequestId(id), number))
}

/// The request that was sent under this key.
pub fn find_by_key(conn: &mut Conn, key: &str) -> Result<Option<RequestRow>, StoreError> {
    Ok(service_requests::table
        .filter(service_requests::request_key.eq(key))
        .select(RequestRow::as_select())
        .first(conn)
        .optional()?)
}

/// The latest request of a kind that an account has open.
pub fn find_open(
    conn: &mut Conn,
    account: AccountId,
    kind: RequestKind,
) -> Result<Option<RequestRow>, StoreError> {
    Ok(service_requests::table
        .filter(service_requests::account_id.eq(account))
        .filter(service_requests::kind.eq(kind))
        .filter(service_requests::closed_on.is_null())
        .order(service_requests::id.desc())
        .select(RequestRow::as_select())
        .first(conn)
        .optional()?)
}

/// The request with this number.
pub fn find(conn: &mut Conn, number: &RequestNumber) -> Result<Option<RequestRow>, StoreError> {
    Ok(service_requests::table
        .filter(service_requests::number.eq(number))
        .select(RequestRow::as_select())
        .first(conn)
        .optional()?)
}

/// The request, which must exist.
pub fn get(conn: &mut Conn, id: RequestId) -> Result<RequestRow, StoreError> {
    service_requests::table
        .find(id)
        .select(RequestRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("request"))
}

/// Everything that was written and done about a request that the door has found, in its order.
pub fn list_steps(conn: &mut Conn, request: RequestId) -> Result<Vec<StepRow>, StoreError> {
    Ok(request_steps::table
        .filter(request_steps::request_id.eq(request))
        .order(request_steps::id)
        .select(StepRow::as_select())
        .load(conn)?)
}

/// How many things were asked for on an account on a day.
pub fn count_asked(conn: &mut Conn, account: AccountId, on: NaiveDate) -> Result<i64, StoreError> {
    Ok(service_requests::table
        .filter(service_requests::account_id.eq(account))
        .filter(service_requests::asked_on.eq(on))
        .count()
        .get_result(conn)?)
}

/// How often the customer wrote about a request that the door has found, on a day.
pub fn count_written(
    conn: &mut Conn,
    request: RequestId,
    on: NaiveDate,
) -> Result<i64, StoreError> {
    Ok(request_steps::table
        .filter(request_steps::request_id.eq(request))
        .filter(request_steps::side.eq(Side::Customer))
        .filter(request_steps::made_on.eq(on))
        .count()
        .get_result(conn)?)
}

/// The last thing that was written or done about a request that the door has found.
pub fn last_step(conn: &mut Conn, request: RequestId) -> Result<Option<StepRow>, StoreError> {
    Ok(request_steps::table
        .filter(request_steps::request_id.eq(request))
        .order(request_steps::id.desc())
        .select(StepRow::as_select())
        .first(conn)
        .optional()?)
}

/// What is known of the photo of a request that the door has found.
pub fn find_photo(conn: &mut Conn, request: RequestId) -> Result<Option<PhotoRow>, StoreError> {
    Ok(request_photos::table
        .find(request)
        .select(PhotoRow::as_select())
        .first(conn)
        .optional()?)
}

/// The photo itself.
pub fn photo_bytes(
    conn: &mut Conn,
    request: RequestId,
) -> Result<Option<(PhotoKind, Vec<u8>)>, StoreError> {
    Ok(request_photos::table
        .find(request)
        .select((request_photos::media_type, request_photos::bytes))
        .first(conn)
        .optional()?)
}

/// Records a word, a move, or both.
pub fn insert_step(
    tx: &mut Tx<'_>,
    request: RequestId,
    side: Side,
    (state, words): (Option<RequestState>, Option<&str>),
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(request_steps::table)
        .values((
            request_steps::request_id.eq(request),
            request_steps::side.eq(side),
            request_steps::made_by.eq(&stamp.by.name),
            request_steps::made_at.eq(stamp.at),
            request_steps::made_on.eq(stamp.on),
            request_steps::state.eq(state),
            request_steps::words.eq(words),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Keeps a photo, to the byte.
pub fn insert_photo(
    tx: &mut Tx<'_>,
    request: RequestId,
    (kind, sha256): (PhotoKind, &str),
    bytes: &[u8],
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    let size = i32::try_from(bytes.len())
        .map_err(|error| StoreError::Unreadable(format!("a photo: {error}")))?;
    diesel::insert_into(request_photos::table)
        .values((
            request_photos::request_id.eq(request),
            request_photos::media_type.eq(kind),
            request_photos::sha256.eq(sha256),
            request_photos::size_bytes.eq(size),
            request_photos::bytes.eq(bytes),
            request_photos::sent_by.eq(&stamp.by.name),
            request_photos::sent_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Moves a request that stands as it was read. Says whether it stood so: somebody else may have moved it since.
pub fn mark_state(
    tx: &mut Tx<'_>,
    request: &RequestRow,
    state: RequestState,
) -> Result<bool, StoreError> {
    let stamp = tx.stamp;
    let closed = (!state.is_open()).then_some(stamp);
    let changed = diesel::update(service_requests::table.find(request.id))
        .filter(service_requests::state.eq(request.state))
        .set((
            service_requests::state.eq(state),
            service_requests::closed_at.eq(closed.map(|stamp| stamp.at)),
            service_requests::closed_on.eq(closed.map(|stamp| stamp.on)),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(changed > 0)
}

/// Gives an open request to somebody, or to nobody. Says whether it was open.
pub fn mark_owner(
    tx: &mut Tx<'_>,
    request: RequestId,
    owner: Option<StaffId>,
) -> Result<bool, StoreError> {
    let changed = diesel::update(service_requests::table.find(request))
        .filter(service_requests::closed_on.is_null())
        .set(service_requests::owner_staff_id.eq(owner))
        .kept()
        .execute(tx.conn())?;
    Ok(changed > 0)
}

/// A part of the queue: what is due first comes first, and of the same day the oldest.
pub fn list(
    conn: &mut Conn,
    filter: &Filter,
    (limit, offset): (i64, i64),
) -> Result<Vec<RequestRow>, StoreError> {
    Ok(filtered(filter)
        .order((service_requests::due_on, service_requests::id))
        .limit(limit)
        .offset(offset)
        .select(RequestRow::as_select())
        .load(conn)?)
}

/// How many requests the filter shows.
pub fn count(conn: &mut Conn, filter: &Filter) -> Result<i64, StoreError> {
    Ok(filtered(filter).count().get_result(conn)?)
}

/// How many requests are open, and how many of them were promised for a day before this one.
pub fn count_open(conn: &mut Conn, on: NaiveDate) -> Result<(i64, i64), StoreError> {
    let open = service_requests::table.filter(service_requests::closed_on.is_null());
    let all = open.count().get_result(conn)?;
    let overdue = open
        .filter(service_requests::due_on.lt(on))
        .count()
        .get_result(conn)?;
    Ok((all, overdue))
}

/// How many open requests there are of each kind.
pub fn count_open_by_kind(conn: &mut Conn) -> Result<Vec<(RequestKind, i64)>, StoreError> {
    let mut counts: Vec<(RequestKind, i64)> = service_requests::table
        .filter(service_requests::closed_on.is_null())
        .group_by(service_requests::kind)
        .select((service_requests::kind, diesel::dsl::count_star()))
        .load(conn)?;
    counts.sort_unstable();
    Ok(counts)
}

fn filtered(filter: &Filter) -> service_requests::BoxedQuery<'static, MultiBackend> {
    let mut query = service_requests::table.into_boxed();
    if filter.is_open {
        query = query.filter(service_requests::closed_on.is_null());
    }
    if let Some(state) = filter.state {
        query = query.filter(service_requests::state.eq(state));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(service_requests::kind.eq(kind));
    }
    if let Some(account) = filter.account {
        query = query.filter(service_requests::account_id.eq(account));
    }
    match filter.owner {
        Owner::Anyone => query,
        Owner::Staff(id) => query.filter(service_requests::owner_staff_id.eq(id)),
        Owner::Nobody => query.filter(service_requests::owner_staff_id.is_null()),
    }
}
