//! A statement that is kept is planned once for a connection; one that is not, each time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::InstrumentationEvent;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use mainstay::store::any::AnyConnection;
use mainstay::store::kept::KeptDsl;

use crate::support::db::TestDb;

const LOOKED: &str = "SELECT id FROM accounts WHERE id = $1";

/// How many of its statements a connection keeps from now on.
fn count_kept(conn: &mut AnyConnection) -> Arc<AtomicU32> {
    let kept = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&kept);
    let watch = move |event: InstrumentationEvent<'_>| {
        if matches!(event, InstrumentationEvent::CacheQuery { .. }) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    };
    match conn {
        AnyConnection::Sqlite(conn) => conn.set_instrumentation(watch),
        AnyConnection::Pg(conn) => conn.set_instrumentation(watch),
    }
    kept
}

#[test]
fn a_statement_written_by_hand_is_kept_where_it_says_so() {
    let db = TestDb::new();
    let mut conn = db.connect();
    let kept = count_kept(&mut conn);
    for id in 1..4_i64 {
        let query = diesel::sql_query(LOOKED).bind::<BigInt, _>(id);
        query.execute(&mut conn).expect("the query runs");
    }
    assert_eq!(kept.load(Ordering::Relaxed), 0);
    for id in 1..4_i64 {
        let query = diesel::sql_query(LOOKED).bind::<BigInt, _>(id).kept();
        query.execute(&mut conn).expect("the query runs");
    }
    assert_eq!(kept.load(Ordering::Relaxed), 1);
}
