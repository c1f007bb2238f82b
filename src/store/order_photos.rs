//! The photos that crews bring back with their service orders, to the byte; they are only added.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::ids::{OrderId, OrderPhotoId};
use crate::domain::photos::PhotoKind;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::service_order_photos;

/// What is known of a photo beside its bytes.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = service_order_photos)]
pub struct PhotoRow {
    /// Row id.
    pub id: OrderPhotoId,
    /// Who sent it.
    pub sent_by: String,
    /// When, in UTC.
    pub sent_at: NaiveDateTime,
}

/// What is known of the photos of an order that the door has found.
pub fn list(conn: &mut Conn, order: OrderId) -> Result<Vec<PhotoRow>, StoreError> {
    Ok(service_order_photos::table
        .filter(service_order_photos::order_id.eq(order))
        .order(service_order_photos::id)
        .select(PhotoRow::as_select())
        .load(conn)?)
}

/// A photo of an order that the door has found.
pub fn bytes_of(
    conn: &mut Conn,
    (order, id): (OrderId, OrderPhotoId),
) -> Result<Option<(PhotoKind, Vec<u8>)>, StoreError> {
    Ok(service_order_photos::table
        .find(id)
        .filter(service_order_photos::order_id.eq(order))
        .select((
            service_order_photos::media_type,
            service_order_photos::bytes,
        ))
        .first(conn)
        .optional()?)
}

/// Keeps a photo, to the byte.
pub fn insert(
    tx: &mut Tx<'_>,
    order: OrderId,
    (kind, sha256): (PhotoKind, &str),
    bytes: &[u8],
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    let size = i32::try_from(bytes.len())
        .map_err(|error| StoreError::Unreadable(format!("a photo: {error}")))?;
    diesel::insert_into(service_order_photos::table)
        .values((
            service_order_photos::order_id.eq(order),
            service_order_photos::media_type.eq(kind),
            service_order_photos::sha256.eq(sha256),
            service_order_photos::size_bytes.eq(size),
            service_order_photos::bytes.eq(bytes),
            service_order_photos::sent_by.eq(&stamp.by.name),
            service_order_photos::sent_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    Ok(())
}
