//! How much room the tables take on disk, indexes included.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::store::any::AnyConnection;
use crate::store::db::Conn;
use crate::store::error::StoreError;

#[derive(QueryableByName)]
struct TableSize {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    bytes: i64,
}

/// The bytes of each table with its indexes: whole pages, as they lie in the file.
///
/// # Errors
/// Those of the database.
pub fn by_table(conn: &mut Conn) -> Result<BTreeMap<String, i64>, StoreError> {
    let sizes = match conn {
        AnyConnection::Sqlite(conn) => diesel::sql_query(
            "SELECT o.tbl_name AS name, CAST(SUM(d.pgsize) AS BIGINT) AS bytes FROM dbstat d \
             JOIN sqlite_schema o ON o.name = d.name WHERE d.aggregate = TRUE GROUP BY o.tbl_name",
        )
        .load::<TableSize>(conn)?,
        AnyConnection::Pg(conn) => diesel::sql_query(
            "SELECT c.relname::text AS name, pg_total_relation_size(c.oid) AS bytes FROM pg_class c \
             WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace",
        )
        .load::<TableSize>(conn)?,
    };
    Ok(sizes
        .into_iter()
        .map(|size| (size.name, size.bytes))
        .collect())
}
