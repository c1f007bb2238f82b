//! Each database's own full-text index over the search terms: which accounts have a word for each of several beginnings, where all of these are
//! common. On SQLite an FTS5 table, which keeps the beginnings of words itself; on PostgreSQL a `tsvector` under a GIN index, to which short
//! beginnings are added as words of their own, since a prefix that many words share is slow there.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::domain::ids::AccountId;
use crate::store::any::{AnyConnection, native};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;

/// The longest beginning of a word that PostgreSQL keeps as a word, in characters: as the migrations do.
const HEADS: usize = 6;

#[derive(QueryableByName)]
struct FoundId {
    #[diesel(sql_type = BigInt)]
    id: AccountId,
}

/// Writes what the index knows of accounts anew from their search terms. A fixed number of statements for all of them.
pub fn index(tx: &mut Tx<'_>, ids: &[AccountId]) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    let list: Vec<String> = ids.iter().map(|id| id.0.to_string()).collect();
    let list = list.join(", ");
    let (forget, learn) = match tx.conn() {
        AnyConnection::Sqlite(_) => (
            format!("DELETE FROM search_index WHERE rowid IN ({list})"),
            format!(
                "INSERT INTO search_index (rowid, terms) SELECT account_id, group_concat(term, ' ')
                 FROM (SELECT DISTINCT account_id, term FROM search_terms WHERE account_id IN ({list})) GROUP BY account_id"
            ),
        ),
        AnyConnection::Pg(_) => (
            format!("DELETE FROM search_index WHERE account_id IN ({list})"),
            format!(
                "INSERT INTO search_index (account_id, terms) SELECT account_id, array_to_tsvector(array_agg(word)) FROM (
                     SELECT account_id, term AS word FROM search_terms WHERE account_id IN ({list})
                     UNION SELECT account_id, left(term, n) || '*' FROM search_terms, generate_series(1, {HEADS}) AS n
                     WHERE account_id IN ({list})) AS words GROUP BY account_id"
            ),
        ),
    };
    for sql in [forget, learn] {
        native!(tx.conn(), |c| diesel::sql_query(sql).execute(c))?;
    }
    Ok(())
}

/// Whether the index finds the first few accounts without putting together all that have the words.
pub const fn stops_early(conn: &Conn) -> bool {
    match conn {
        AnyConnection::Sqlite(_) => true,
        AnyConnection::Pg(_) => false,
    }
}

/// Accounts that have a word for each of these beginnings, as many as are looked at: the newest of them on SQLite, those that PostgreSQL comes to
/// first. The beginnings are folded: letters and digits alone.
pub fn having_all(
    conn: &mut Conn,
    prefixes: &[String],
    limit: usize,
) -> Result<Vec<AccountId>, StoreError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    // The planner of PostgreSQL takes a limit for a reason to read the table from its beginning; a part of its own is planned without it. Nothing
    // is asked of their order: the part ends with the limit then, and each row that it leaves out is a place of its own on the disk.
    let (sql, asked) = match conn {
        AnyConnection::Sqlite(_) => (
            "SELECT rowid AS id FROM search_index WHERE search_index MATCH $1 ORDER BY rowid DESC LIMIT $2",
            joined(prefixes, " AND ", |word| format!("\"{word}\"*")),
        ),
        AnyConnection::Pg(_) => (
            "WITH found AS MATERIALIZED (SELECT account_id FROM search_index WHERE terms @@ CAST($1 AS tsquery))
             SELECT account_id AS id FROM found LIMIT $2",
            joined(prefixes, " & ", |word| {
                if word.len() <= HEADS {
                    format!("'{word}*'")
                } else {
                    format!("'{word}':*")
                }
            }),
        ),
    };
    let found: Vec<FoundId> = native!(conn, |c| diesel::sql_query(sql)
        .bind::<Text, _>(asked)
        .bind::<BigInt, _>(limit)
        .load(c))?;
    Ok(found.into_iter().map(|found| found.id).collect())
}

fn joined(words: &[String], by: &str, written: impl Fn(&str) -> String) -> String {
    let words: Vec<String> = words.iter().map(|word| written(word)).collect();
    words.join(by)
}
