//! The built-in payment sandbox's own rows: its objects, the answers it gave to repeated calls, and the messages it has still to deliver.
//! They stand apart from the utility's books and may be changed; nothing else in the house reads them.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::store::any::AnyConnection;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{sandbox_deliveries, sandbox_idempotency, sandbox_objects};

/// An object as the sandbox keeps it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = sandbox_objects, treat_none_as_default_value = false)]
pub struct ObjectRow {
    /// Its name.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// The object it belongs to.
    pub parent_id: Option<String>,
    /// All of it, as JSON.
    pub payload: String,
    /// When it was made.
    pub created_at: NaiveDateTime,
}

/// A message to be delivered.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = sandbox_deliveries, treat_none_as_default_value = false)]
pub struct DeliveryRow {
    /// The row.
    pub id: i64,
    /// The message.
    pub event_id: String,
    /// When to try next.
    pub due_at: NaiveDateTime,
    /// How often it was tried.
    pub attempts: i32,
    /// `waiting`, `delivered`, `dropped` or `failed`.
    pub state: String,
}

/// An answer given before.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = sandbox_idempotency, treat_none_as_default_value = false)]
pub struct AnswerRow {
    /// The key the caller chose.
    pub idempotency_key: String,
    /// What was asked.
    pub fingerprint: String,
    /// The answer's status.
    pub status: i32,
    /// The answer.
    pub response: String,
    /// When it was given.
    pub created_at: NaiveDateTime,
}

/// The object of this name.
pub fn find(conn: &mut Conn, id: &str) -> Result<Option<ObjectRow>, StoreError> {
    Ok(sandbox_objects::table
        .find(id)
        .select(ObjectRow::as_select())
        .first(conn)
        .optional()?)
}

/// Keeps others from changing an object until the end of the transaction. SQLite has one writer anyway.
pub fn lock(tx: &mut Tx<'_>, id: &str) -> Result<(), StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        sandbox_objects::table
            .find(id)
            .select(sandbox_objects::id)
            .for_update()
            .load::<String>(conn)?;
    }
    Ok(())
}

/// Objects of one kind, newest first.
pub fn list(
    conn: &mut Conn,
    kind: &str,
    parent_id: Option<&str>,
) -> Result<Vec<ObjectRow>, StoreError> {
    let mut rows = sandbox_objects::table
        .filter(sandbox_objects::kind.eq(kind))
        .order((
            sandbox_objects::created_at.desc(),
            sandbox_objects::id.desc(),
        ))
        .select(ObjectRow::as_select())
        .into_boxed();
    if let Some(parent_id) = parent_id {
        rows = rows.filter(sandbox_objects::parent_id.eq(parent_id));
    }
    Ok(rows.load(conn)?)
}

/// Keeps an object, in place of an earlier form of it.
pub fn put(tx: &mut Tx<'_>, object: &ObjectRow) -> Result<(), StoreError> {
    let changed = diesel::update(sandbox_objects::table.find(&object.id))
        .set((
            sandbox_objects::parent_id.eq(&object.parent_id),
            sandbox_objects::payload.eq(&object.payload),
        ))
        .kept()
        .execute(tx.conn())?;
    if changed == 0 {
        diesel::insert_into(sandbox_objects::table)
            .values((
                sandbox_objects::id.eq(&object.id),
                sandbox_objects::kind.eq(&object.kind),
                sandbox_objects::parent_id.eq(&object.parent_id),
                sandbox_objects::payload.eq(&object.payload),
                sandbox_objects::created_at.eq(object.created_at),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Forgets an object.
pub fn remove(tx: &mut Tx<'_>, id: &str) -> Result<(), StoreError> {
    diesel::delete(sandbox_objects::table.find(id)).execute(tx.conn())?;
    Ok(())
}

/// The answer given to this key since an instant.
pub fn find_answer(
    conn: &mut Conn,
    key: &str,
    since: NaiveDateTime,
) -> Result<Option<AnswerRow>, StoreError> {
    Ok(sandbox_idempotency::table
        .find(key)
        .filter(sandbox_idempotency::created_at.ge(since))
        .select(AnswerRow::as_select())
        .first(conn)
        .optional()?)
}

/// Keeps the answer given to a key, in place of one that is too old to count.
pub fn put_answer(tx: &mut Tx<'_>, answer: &AnswerRow) -> Result<(), StoreError> {
    diesel::delete(sandbox_idempotency::table.find(&answer.idempotency_key)).execute(tx.conn())?;
    diesel::insert_into(sandbox_idempotency::table)
        .values((
            sandbox_idempotency::idempotency_key.eq(&answer.idempotency_key),
            sandbox_idempotency::fingerprint.eq(&answer.fingerprint),
            sandbox_idempotency::status.eq(answer.status),
            sandbox_idempotency::response.eq(&answer.response),
            sandbox_idempotency::created_at.eq(answer.created_at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Puts a message up for delivery.
pub fn insert_delivery(
    tx: &mut Tx<'_>,
    event_id: &str,
    due_at: NaiveDateTime,
    state: &str,
) -> Result<(), StoreError> {
    diesel::insert_into(sandbox_deliveries::table)
        .values((
            sandbox_deliveries::event_id.eq(event_id),
            sandbox_deliveries::due_at.eq(due_at),
            sandbox_deliveries::attempts.eq(0),
            sandbox_deliveries::state.eq(state),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Messages whose time has come, earliest first.
pub fn list_due(conn: &mut Conn, now: NaiveDateTime) -> Result<Vec<DeliveryRow>, StoreError> {
    Ok(sandbox_deliveries::table
        .filter(sandbox_deliveries::state.eq("waiting"))
        .filter(sandbox_deliveries::due_at.le(now))
        .order((sandbox_deliveries::due_at, sandbox_deliveries::id))
        .limit(50)
        .select(DeliveryRow::as_select())
        .load(conn)?)
}

/// Says how a try to deliver ended.
pub fn mark_delivery(
    tx: &mut Tx<'_>,
    id: i64,
    state: &str,
    due_at: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::update(sandbox_deliveries::table.find(id))
        .set((
            sandbox_deliveries::state.eq(state),
            sandbox_deliveries::due_at.eq(due_at),
            sandbox_deliveries::attempts.eq(sandbox_deliveries::attempts + 1),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Messages that some address has not taken.
pub fn list_undelivered(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    Ok(sandbox_deliveries::table
        .filter(sandbox_deliveries::state.ne("delivered"))
        .select(sandbox_deliveries::event_id)
        .distinct()
        .load(conn)?)
}
