//! Views of the lists of work that members of staff keep under a name, each their own.

use diesel::prelude::*;

use crate::domain::ids::{SavedFilterId, StaffId};
use crate::domain::queues::Queue;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::saved_filters;

/// A view.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = saved_filters)]
pub struct SavedFilter {
    /// Row id.
    pub id: SavedFilterId,
    /// Of which list.
    pub queue: Queue,
    /// What it is called.
    pub name: String,
    /// Its filters, as the address has them.
    pub query: String,
}

/// The views that somebody keeps of a list, by their names.
pub fn list(conn: &mut Conn, staff: StaffId, queue: Queue) -> Result<Vec<SavedFilter>, StoreError> {
    Ok(saved_filters::table
        .filter(saved_filters::staff_id.eq(staff))
        .filter(saved_filters::queue.eq(queue))
        .order((saved_filters::name, saved_filters::id))
        .select(SavedFilter::as_select())
        .load(conn)?)
}

/// One of somebody's own.
pub fn find(
    conn: &mut Conn,
    (staff, id): (StaffId, SavedFilterId),
) -> Result<Option<SavedFilter>, StoreError> {
    Ok(saved_filters::table
        .filter(saved_filters::id.eq(id))
        .filter(saved_filters::staff_id.eq(staff))
        .select(SavedFilter::as_select())
        .first(conn)
        .optional()?)
}

/// Keeps a view under a name that none of theirs has.
pub fn insert(
    tx: &mut Tx<'_>,
    (staff, queue): (StaffId, Queue),
    (name, query): (&str, &str),
) -> Result<(), StoreError> {
    let at = tx.stamp.at;
    diesel::insert_into(saved_filters::table)
        .values((
            saved_filters::staff_id.eq(staff),
            saved_filters::queue.eq(queue),
            saved_filters::name.eq(name),
            saved_filters::query.eq(query),
            saved_filters::saved_at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Gives a view other filters.
pub fn mark_query(tx: &mut Tx<'_>, id: SavedFilterId, query: &str) -> Result<(), StoreError> {
    let at = tx.stamp.at;
    diesel::update(saved_filters::table.filter(saved_filters::id.eq(id)))
        .set((
            saved_filters::query.eq(query),
            saved_filters::saved_at.eq(at),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Forgets a view.
pub fn delete(tx: &mut Tx<'_>, id: SavedFilterId) -> Result<(), StoreError> {
    diesel::delete(saved_filters::table.filter(saved_filters::id.eq(id))).execute(tx.conn())?;
    Ok(())
}
