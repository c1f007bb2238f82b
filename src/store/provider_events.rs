//! The processor's messages: kept whole before anybody reads them, each worked on by one worker at a time, none ever thrown away.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use crate::domain::payments::{EventState, ProviderEvent};
use crate::store::any::AnyConnection;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::provider_events;

/// How long a worker has a message to itself, in seconds; after that it has died, and another takes over.
const LEASE_SECONDS: i64 = 60;

/// A message to work on.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = provider_events)]
pub struct EventRow {
    /// Its name.
    pub id: String,
    /// Whether it is about real money.
    pub is_live: bool,
    /// The message.
    pub payload: String,
    /// How often it was worked on, this time included.
    pub attempts: i32,
}

/// Keeps a message; says whether it was new.
pub fn insert(tx: &mut Tx<'_>, event: &ProviderEvent) -> Result<bool, StoreError> {
    let at = tx.stamp.at;
    let known: Option<String> = provider_events::table
        .find(&event.id)
        .select(provider_events::id)
        .first(tx.conn())
        .optional()?;
    if known.is_some() {
        return Ok(false);
    }
    diesel::insert_into(provider_events::table)
        .values((
            provider_events::id.eq(&event.id),
            provider_events::kind.eq(&event.kind),
            provider_events::object_id.eq(&event.object_id),
            provider_events::session_reference.eq(&event.session_ref),
            provider_events::processor_reference.eq(&event.intent_ref),
            provider_events::created_at.eq(event.created_at),
            provider_events::api_version.eq(&event.api_version),
            provider_events::is_live.eq(event.is_live),
            provider_events::payload.eq(&event.payload),
            provider_events::received_at.eq(at),
            provider_events::state.eq(EventState::Received),
            provider_events::attempts.eq(0),
            provider_events::next_at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(true)
}

/// Takes the messages whose time has come: for a while they are this worker's alone.
pub fn take(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<EventRow>, StoreError> {
    let at = tx.stamp.at;
    let open = [EventState::Received, EventState::Parked];
    let ids: Vec<String> = match tx.conn() {
        AnyConnection::Pg(conn) => provider_events::table
            .filter(provider_events::state.eq_any(open))
            .filter(provider_events::next_at.le(at))
            .order(provider_events::next_at)
            .limit(limit)
            .select(provider_events::id)
            .for_update()
            .skip_locked()
            .load(conn)?,
        AnyConnection::Sqlite(conn) => provider_events::table
            .filter(provider_events::state.eq_any(open))
            .filter(provider_events::next_at.le(at))
            .order(provider_events::next_at)
            .limit(limit)
            .select(provider_events::id)
            .load(conn)?,
    };
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    diesel::update(provider_events::table.filter(provider_events::id.eq_any(&ids)))
        .set((
            provider_events::next_at.eq(at + TimeDelta::seconds(LEASE_SECONDS)),
            provider_events::attempts.eq(provider_events::attempts + 1),
        ))
        .execute(tx.conn())?;
    Ok(provider_events::table
        .filter(provider_events::id.eq_any(&ids))
        .order((provider_events::created_at, provider_events::id))
        .select(EventRow::as_select())
        .load(tx.conn())?)
}

/// Takes messages back from a worker that is known to be gone: they are anybody's at once. Says how many.
pub fn release(tx: &mut Tx<'_>) -> Result<usize, StoreError> {
    let at = tx.stamp.at;
    let lease = TimeDelta::seconds(LEASE_SECONDS);
    Ok(diesel::update(
        provider_events::table
            .filter(provider_events::state.eq_any([EventState::Received, EventState::Parked]))
            .filter(provider_events::next_at.gt(at))
            .filter(provider_events::next_at.le(at + lease)),
    )
    .set(provider_events::next_at.eq(at))
    .execute(tx.conn())?)
}

/// Says what became of a message, and when to look at it again where that is not the end.
pub fn mark(
    tx: &mut Tx<'_>,
    id: &str,
    state: EventState,
    next_at: NaiveDateTime,
    error: Option<&str>,
) -> Result<(), StoreError> {
    diesel::update(provider_events::table.find(id))
        .set((
            provider_events::state.eq(state),
            provider_events::next_at.eq(next_at),
            provider_events::error.eq(error),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Wakes the messages that waited for a payment to be known: now it is, by this session or this name.
pub fn unpark(
    tx: &mut Tx<'_>,
    session: Option<&str>,
    reference: Option<&str>,
) -> Result<(), StoreError> {
    let at = tx.stamp.at;
    if let Some(session) = session {
        diesel::update(
            provider_events::table
                .filter(provider_events::state.eq(EventState::Parked))
                .filter(provider_events::session_reference.eq(session)),
        )
        .set(provider_events::next_at.eq(at))
        .kept()
        .execute(tx.conn())?;
    }
    if let Some(reference) = reference {
        diesel::update(
            provider_events::table
                .filter(provider_events::state.eq(EventState::Parked))
                .filter(provider_events::processor_reference.eq(reference)),
        )
        .set(provider_events::next_at.eq(at))
        .kept()
        .execute(tx.conn())?;
    }
    Ok(())
}

/// How many messages are still to be worked on, parked ones included.
pub fn count_open(conn: &mut AnyConnection) -> Result<i64, StoreError> {
    let open = [EventState::Received, EventState::Parked];
    Ok(provider_events::table
        .filter(provider_events::state.eq_any(open))
        .count()
        .get_result(conn)?)
}
