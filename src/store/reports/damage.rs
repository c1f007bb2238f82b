//! What the database itself says is broken about its file.

use diesel::prelude::*;

use crate::store::any::AnyConnection;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::reports::broken::{BrokenRow, NAMED};

/// What is broken about the file, as SQLite says. A server looks after its own.
pub fn find_damage(conn: &mut Conn) -> Result<Vec<BrokenRow>, StoreError> {
    let AnyConnection::Sqlite(conn) = conn else {
        return Ok(Vec::new());
    };
    // A full-text index is checked by what the connection remembers of it, which may be older than what is checked; a question makes it look anew.
    diesel::sql_query("SELECT rowid FROM search_index WHERE search_index MATCH 'none'")
        .execute(conn)?;
    let sql = format!(
        "SELECT 'the file' AS subject, integrity_check AS facts FROM pragma_integrity_check WHERE integrity_check <> 'ok'
         UNION ALL
         SELECT 'table ' || \"table\", 'row ' || COALESCE(rowid, 0) || ' names a row of ' || parent || ' that is not there'
         FROM pragma_foreign_key_check LIMIT {NAMED}"
    );
    Ok(diesel::sql_query(sql).load(conn)?)
}
