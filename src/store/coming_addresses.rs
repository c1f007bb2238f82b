//! Where customers' mail will go from a day to come: one row for each of those who said so, gone when the day is there.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::ids::{AccountId, CustomerId};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::coming_addresses;

/// A new address that waits for its day.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = coming_addresses)]
pub struct ComingRow {
    /// Whose.
    pub customer_id: CustomerId,
    /// On which of their accounts it was said.
    pub account_id: AccountId,
    /// First day.
    pub from_on: NaiveDate,
    /// The lines below the name; nothing where mail goes to the place served.
    pub mailing_address: Option<String>,
    /// Who wrote it down.
    pub entered_by: String,
    /// When, in UTC.
    pub entered_at: NaiveDateTime,
}

/// What waits for these customers.
pub fn list_of(conn: &mut Conn, customers: &[CustomerId]) -> Result<Vec<ComingRow>, StoreError> {
    Ok(coming_addresses::table
        .filter(coming_addresses::customer_id.eq_any(customers))
        .order(coming_addresses::customer_id)
        .select(ComingRow::as_select())
        .load(conn)?)
}

/// What waits for a customer.
pub fn find(conn: &mut Conn, customer: CustomerId) -> Result<Option<ComingRow>, StoreError> {
    Ok(list_of(conn, &[customer])?.pop())
}

/// Some of those whose day has come, the longest waiting first.
pub fn list_due(conn: &mut Conn, on: NaiveDate, limit: i64) -> Result<Vec<ComingRow>, StoreError> {
    Ok(coming_addresses::table
        .filter(coming_addresses::from_on.le(on))
        .order((coming_addresses::from_on, coming_addresses::customer_id))
        .limit(limit)
        .select(ComingRow::as_select())
        .load(conn)?)
}

/// Lets an address wait for its day, in the place of what waited before.
pub fn replace(
    tx: &mut Tx<'_>,
    (account, customer): (AccountId, CustomerId),
    from_on: NaiveDate,
    lines: Option<&str>,
) -> Result<(), StoreError> {
    remove(tx, customer)?;
    let stamp = tx.stamp;
    diesel::insert_into(coming_addresses::table)
        .values((
            coming_addresses::customer_id.eq(customer),
            coming_addresses::account_id.eq(account),
            coming_addresses::from_on.eq(from_on),
            coming_addresses::mailing_address.eq(lines),
            coming_addresses::entered_by.eq(&stamp.by.name),
            coming_addresses::entered_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Takes away what waits for a customer. Says whether anything did.
pub fn remove(tx: &mut Tx<'_>, customer: CustomerId) -> Result<bool, StoreError> {
    let removed = diesel::delete(coming_addresses::table.find(customer)).execute(tx.conn())?;
    Ok(removed > 0)
}
