//! The numbers by which the utility's earlier books knew places, points, customers and accounts, and the rows that they are here.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::domain::setup::OwnKind;
use crate::store::bulk::{ROWS, insert_all};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::own_numbers;

/// A number and its row.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = own_numbers, treat_none_as_default_value = false)]
pub struct NewNumber {
    /// What it is a number of.
    pub kind: OwnKind,
    /// As the utility wrote it.
    pub number: String,
    /// The row's id.
    pub row_id: i64,
}

/// Records numbers.
pub fn insert_all_rows(tx: &mut Tx<'_>, rows: &[NewNumber]) -> Result<(), StoreError> {
    insert_all!(tx, own_numbers::table, rows)
}

/// The rows of those of these numbers that are known.
pub fn find(
    conn: &mut Conn,
    kind: OwnKind,
    numbers: &[String],
) -> Result<HashMap<String, i64>, StoreError> {
    let mut found = HashMap::new();
    for numbers in numbers.chunks(ROWS) {
        let rows: Vec<(String, i64)> = own_numbers::table
            .filter(own_numbers::kind.eq(kind))
            .filter(own_numbers::number.eq_any(numbers))
            .select((own_numbers::number, own_numbers::row_id))
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// Every number of a kind that is known.
pub fn list(conn: &mut Conn, kind: OwnKind) -> Result<Vec<String>, StoreError> {
    Ok(own_numbers::table
        .filter(own_numbers::kind.eq(kind))
        .order(own_numbers::number)
        .select(own_numbers::number)
        .load(conn)?)
}

/// The numbers that these rows had.
pub fn list_of_rows(
    conn: &mut Conn,
    kind: OwnKind,
    rows: &[i64],
) -> Result<Vec<(i64, String)>, StoreError> {
    Ok(own_numbers::table
        .filter(own_numbers::kind.eq(kind))
        .filter(own_numbers::row_id.eq_any(rows))
        .order((own_numbers::row_id, own_numbers::number))
        .select((own_numbers::row_id, own_numbers::number))
        .load(conn)?)
}

/// Lets numbers name another row of their kind.
pub fn rename(
    tx: &mut Tx<'_>,
    kind: OwnKind,
    numbers: &[&str],
    row_id: i64,
) -> Result<(), StoreError> {
    for some in numbers.chunks(ROWS) {
        diesel::update(own_numbers::table)
            .filter(own_numbers::kind.eq(kind))
            .filter(own_numbers::number.eq_any(some))
            .set(own_numbers::row_id.eq(row_id))
            .execute(tx.conn())?;
    }
    Ok(())
}
