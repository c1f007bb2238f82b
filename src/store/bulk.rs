//! Many rows at once: ids reserved before, multi-row inserts on SQLite, COPY on PostgreSQL. Never one statement a row.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::store::any::AnyConnection;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;

/// How many rows are handed over at once: SQLite binds at most 32,766 values, and no table has more than 32 columns.
pub const ROWS: usize = 1_000;

/// How many rows one statement of SQLite carries. Statements of just so many rows, or of one, two or four, are written and parsed once and kept
/// with the connection; eight and more that are left over have a statement of their own.
pub const ROWS_KEPT: usize = 100;

#[derive(QueryableByName)]
struct ReservedId {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// Reserves ids of a table for rows that are about to be inserted with them. The table's name is ours, never a person's text.
///
/// On SQLite the one writer makes the next numbers safe to take; on PostgreSQL they come from the column's own sequence.
pub fn reserve(tx: &mut Tx<'_>, table: &'static str, count: usize) -> Result<Vec<i64>, StoreError> {
    let count = i64::try_from(count).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    match tx.conn() {
        AnyConnection::Sqlite(conn) => {
            let last = diesel::sql_query(format!("SELECT COALESCE(MAX(id), 0) AS id FROM {table}"))
                .kept()
                .get_result::<ReservedId>(conn)?;
            Ok((last.id + 1..=last.id + count).collect())
        }
        AnyConnection::Pg(conn) => {
            let ids = diesel::sql_query("SELECT nextval(pg_get_serial_sequence($1, 'id')) AS id FROM generate_series(1, $2)")
                .bind::<Text, _>(table)
                .bind::<BigInt, _>(count).kept()
                .load::<ReservedId>(conn)?;
            Ok(ids.into_iter().map(|row| row.id).collect())
        }
    }
}

/// Lets a server look at tables that have just grown much, so that it plans by what is there and not by what was. SQLite plans by its indexes
/// alone. The names are ours, never a person's text.
pub fn take_stock(tx: &mut Tx<'_>, tables: &[&'static str]) -> Result<(), StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        conn.batch_execute(&format!("ANALYZE {}", tables.join(", ")))?;
    }
    Ok(())
}

/// Inserts all rows of a slice into a table. They own what they say: of many borrowed rows no statement can be kept ([`insert_lent`]).
macro_rules! insert_all {
    ($tx:expr, $table:expr, $rows:expr) => {{
        let rows = $rows;
        match $tx.conn() {
            $crate::store::any::AnyConnection::Sqlite(conn) => {
                // An array says its length by its type, so its statement is known again; a slice does not.
                let (whole, rest) = rows.as_chunks::<{ $crate::store::bulk::ROWS_KEPT }>();
                for chunk in whole {
                    diesel::insert_into($table).values(chunk).execute(conn)?;
                }
                // So few are what one payment or note writes.
                if rest.len() < 8 {
                    let (fours, rest) = rest.as_chunks::<4>();
                    let (pairs, rest) = rest.as_chunks::<2>();
                    for four in fours {
                        diesel::insert_into($table).values(four).execute(conn)?;
                    }
                    for pair in pairs {
                        diesel::insert_into($table).values(pair).execute(conn)?;
                    }
                    for row in rest {
                        diesel::insert_into($table).values(row).execute(conn)?;
                    }
                } else {
                    diesel::insert_into($table).values(rest).execute(conn)?;
                }
            }
            $crate::store::any::AnyConnection::Pg(conn) => {
                $crate::store::bulk::insert_into_server!(conn, $table, rows)
            }
        }
        Ok::<(), $crate::store::error::StoreError>(())
    }};
}
pub(crate) use insert_all;

/// Inserts all rows of a slice that borrow what they say into a table.
macro_rules! insert_lent {
    ($tx:expr, $table:expr, $rows:expr) => {{
        let rows = $rows;
        match $tx.conn() {
            $crate::store::any::AnyConnection::Sqlite(conn) => {
                if rows.len() == 1 {
                    for row in rows {
                        diesel::insert_into($table).values(row).execute(conn)?;
                    }
                } else {
                    for chunk in rows.chunks($crate::store::bulk::ROWS) {
                        diesel::insert_into($table).values(chunk).execute(conn)?;
                    }
                }
            }
            $crate::store::any::AnyConnection::Pg(conn) => {
                $crate::store::bulk::insert_into_server!(conn, $table, rows)
            }
        }
        Ok::<(), $crate::store::error::StoreError>(())
    }};
}
pub(crate) use insert_lent;

/// Few rows as one statement, many as COPY.
macro_rules! insert_into_server {
    ($conn:expr, $table:expr, $rows:expr) => {
        if $rows.len() < 32 {
            diesel::insert_into($table).values($rows).execute($conn)?;
        } else {
            diesel::copy_from($table)
                .from_insertable($rows)
                .execute($conn)?;
        }
    };
}
pub(crate) use insert_into_server;
