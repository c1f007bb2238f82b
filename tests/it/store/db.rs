//! The doors to the database: what `store::db` promises, tried on whichever database the run is for.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use diesel::connection::{SimpleConnection, TransactionManager};
use diesel::prelude::*;
use mainstay::domain::ids::AccountId;
use mainstay::store::any::AnyConnection;
use mainstay::store::audit::{self, Deed};
use mainstay::store::db::{Access, Db, Tx};
use mainstay::store::error::StoreError;
use mainstay::store::schema;
use mainstay::store::settings;
use tokio::sync::broadcast::Receiver;

use crate::support::db::{TestDb, stamp};

type Manager = <AnyConnection as Connection>::TransactionManager;

const DAY: &str = "2026-07-01";

#[test]
fn what_is_written_can_be_read_and_what_fails_is_gone() {
    let house = TestDb::new();
    house
        .write(DAY, |tx| settings::put(tx, "name", "Larkspur Bend"))
        .unwrap();
    let refused: Result<(), StoreError> = house.write(DAY, |tx| {
        settings::put(tx, "name", "Elsewhere")?;
        Err(StoreError::Missing("town"))
    });
    assert!(refused.is_err());
    let name = house.read(|conn| settings::find(conn, "name"));
    assert_eq!(name.as_deref(), Some("Larkspur Bend"));
}

#[test]
fn a_file_has_one_owner_and_many_onlookers() {
    let house = TestDb::new();
    if house.file().is_none() {
        return;
    }
    let Err(refusal) = Db::open(&house.url, Access::Own) else {
        panic!("two owners");
    };
    assert!(refusal.to_string().contains("another mainstay process"));
    let onlooker = Db::open(&house.url, Access::Look).unwrap();
    house
        .write(DAY, |tx| settings::put(tx, "name", "seen"))
        .unwrap();
    let name = onlooker.read_blocking(|conn| settings::find(conn, "name"));
    assert_eq!(name.unwrap().as_deref(), Some("seen"));
}

#[test]
fn history_refuses_change_even_from_outside() {
    let house = TestDb::new();
    house
        .write(DAY, |tx| {
            audit::insert(
                tx,
                &Deed {
                    action: "house.tried",
                    subject_kind: "house",
                    subject_id: "1".to_owned(),
                    account_id: None,
                    facts: serde_json::json!({}),
                },
            )
        })
        .unwrap();
    let mut intruder = house.connect();
    let mut attempts = vec![
        "UPDATE audit_rows SET action = 'x'",
        "DELETE FROM audit_rows",
    ];
    if house.is_postgres() {
        attempts.push("TRUNCATE audit_rows");
    } else {
        attempts
            .push("PRAGMA recursive_triggers=ON; REPLACE INTO audit_rows SELECT * FROM audit_rows");
    }
    for attempt in attempts {
        let refused = intruder.batch_execute(attempt);
        assert!(refused.is_err(), "{attempt} was not refused");
    }
}

#[actix_web::test]
async fn people_share_a_commit_and_are_answered_after_it() {
    let house = TestDb::new();
    if house.is_postgres() {
        return;
    }
    let (release, gate) = mpsc::channel::<()>();
    let (started, starts) = mpsc::channel::<()>();
    let db = house.db.clone();
    let held = actix_web::rt::spawn(async move {
        db.write(stamp(DAY), move |_tx| wait_at_gate(&started, &gate))
            .await
    });
    while starts.try_recv().is_err() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let onlooker = Db::open(&house.url, Access::Look).unwrap();
    let changes = (0..20).map(|number| {
        let onlooker = onlooker.clone();
        house.db.write(stamp(DAY), move |tx| {
            let mine = put_and_count(tx, &format!("n{number}"))?;
            Ok::<_, StoreError>((mine, onlooker.read_blocking(count_settings)?))
        })
    });
    let all = futures_util::future::join_all(changes);
    let (seen, ()) = futures_util::future::join(all, async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        release.send(()).expect("the first change waits");
    })
    .await;
    held.await.unwrap().unwrap();
    let seen: Vec<(i64, i64)> = seen.into_iter().map(Result::unwrap).collect();
    let expected: Vec<(i64, i64)> = (1..=20).map(|mine| (mine, 0)).collect();
    assert_eq!(
        seen, expected,
        "each saw those before it, nobody else saw any"
    );
    assert_eq!(onlooker.read_blocking(count_settings).unwrap(), 20);
}

#[actix_web::test]
async fn a_panic_takes_only_its_own_change_with_it() {
    let house = TestDb::new();
    let put = |name: &'static str| {
        house
            .db
            .write(stamp(DAY), move |tx| settings::put(tx, name, "kept"))
    };
    let panics = house.db.write(stamp(DAY), |tx| -> Result<(), StoreError> {
        settings::put(tx, "lost", "x")?;
        // A transaction left open inside: the way back closes it too.
        Manager::begin_transaction(tx.conn())?;
        panic!("the roof fell in");
    });
    let (before, fallen, after) =
        futures_util::future::join3(put("before"), panics, put("after")).await;
    before.unwrap();
    after.unwrap();
    assert!(
        matches!(&fallen, Err(StoreError::Abandoned(why)) if why.contains("the roof fell in")),
        "{fallen:?}"
    );
    assert_eq!(house.read(count_settings), 2);
    put("later").await.unwrap();
    assert_eq!(house.read(count_settings), 3);
}

#[test]
fn a_read_is_one_snapshot() {
    let house = TestDb::new();
    let (before, after) = house.read(|conn| {
        let before = count_settings(conn)?;
        let db = house.db.clone();
        thread::spawn(move || db.write_blocking(stamp(DAY), |tx| settings::put(tx, "name", "x")))
            .join()
            .expect("the other thread writes")?;
        Ok((before, count_settings(conn)?))
    });
    assert_eq!((before, after), (0, 0));
    assert_eq!(house.read(count_settings), 1);
}

#[test]
fn a_reader_cannot_write() {
    let house = TestDb::new();
    let refused = house.db.read_blocking(|conn| {
        conn.batch_execute("DELETE FROM settings")
            .map_err(StoreError::from)
    });
    assert!(refused.is_err());
}

#[test]
fn of_two_writes_in_each_others_way_both_are_done() {
    let house = TestDb::new();
    for name in ["left", "right"] {
        house
            .write(DAY, move |tx| settings::put(tx, name, "0"))
            .unwrap();
    }
    let writers = [("left", "right"), ("right", "left")].map(|(first, second)| {
        let db = house.db.clone();
        thread::spawn(move || {
            db.write_blocking(stamp(DAY), move |tx| {
                add_one(tx, first)?;
                thread::sleep(Duration::from_millis(300));
                add_one(tx, second)
            })
        })
    });
    for writer in writers {
        writer.join().expect("no writer panics").unwrap();
    }
    for name in ["left", "right"] {
        let value = house.read(|conn| settings::find(conn, name));
        assert_eq!(value.as_deref(), Some("2"), "{name}");
    }
}

#[test]
fn people_go_before_a_long_job() {
    let house = TestDb::new();
    if house.is_postgres() {
        return;
    }
    let (release, gate) = mpsc::channel::<()>();
    let (started, starts) = mpsc::channel::<()>();
    let db = house.db.clone();
    let held =
        thread::spawn(move || db.write_bulk(stamp(DAY), move |_tx| wait_at_gate(&started, &gate)));
    starts.recv().unwrap();
    let bulk = {
        let db = house.db.clone();
        thread::spawn(move || db.write_bulk(stamp(DAY), |tx| put_and_count(tx, "bulk")))
    };
    thread::sleep(Duration::from_millis(50));
    let person = {
        let db = house.db.clone();
        thread::spawn(move || db.write_blocking(stamp(DAY), |tx| put_and_count(tx, "person")))
    };
    thread::sleep(Duration::from_millis(50));
    release.send(()).unwrap();
    held.join().unwrap().unwrap();
    assert_eq!(person.join().unwrap().unwrap(), 1);
    assert_eq!(bulk.join().unwrap().unwrap(), 2);
}

#[test]
fn the_log_beside_the_file_stays_small_once_a_long_read_ends() {
    let house = TestDb::new();
    let Some(file) = house.file() else { return };
    let log = file.with_extension("db-wal");
    let size = || std::fs::metadata(&log).map_or(0, |data| data.len());
    let write_a_megabyte = || {
        for letter in 'a'..='j' {
            house
                .write(DAY, move |tx| {
                    settings::put(tx, "filler", &letter.to_string().repeat(100_000))
                })
                .unwrap();
        }
    };
    house.read(|conn| {
        count_settings(conn)?;
        (0..12).for_each(|_| write_a_megabyte());
        Ok(())
    });
    let held_back = size();
    assert!(
        held_back > 10_000_000,
        "a long read holds the log back: {held_back}"
    );
    (0..24).for_each(|_| write_a_megabyte());
    assert!(
        size() <= held_back + 8_000_000,
        "the log grew on to {} after the read ended",
        size()
    );
}

#[test]
fn a_change_is_heard_after_its_commit_and_only_then() {
    let house = TestDb::new();
    let mut heard = house.db.changes();
    let refused: Result<(), StoreError> = house.write(DAY, |tx| {
        tx.touch(AccountId(1));
        Err(StoreError::Missing("nothing"))
    });
    assert!(refused.is_err());
    house.write(DAY, |tx| touch(tx, 2)).unwrap();
    assert_eq!(next(&mut heard), Some(AccountId(2)));
}

#[test]
fn a_change_is_heard_in_another_process() {
    let house = TestDb::new();
    if !house.is_postgres() {
        return;
    }
    let other = Db::open(&house.url, Access::Own).unwrap();
    let mut heard = other.changes();
    house.write(DAY, |tx| touch(tx, 7)).unwrap();
    assert_eq!(next(&mut heard), Some(AccountId(7)));
}

fn wait_at_gate(started: &mpsc::Sender<()>, gate: &mpsc::Receiver<()>) -> Result<(), StoreError> {
    started.send(()).expect("somebody listens");
    gate.recv_timeout(Duration::from_secs(10))
        .expect("the gate opens");
    Ok(())
}

fn count_settings(conn: &mut mainstay::store::db::Conn) -> Result<i64, StoreError> {
    Ok(schema::settings::table.count().get_result(conn)?)
}

fn put_and_count(tx: &mut Tx<'_>, name: &str) -> Result<i64, StoreError> {
    settings::put(tx, name, "x")?;
    count_settings(tx)
}

fn add_one(tx: &mut Tx<'_>, name: &str) -> Result<(), StoreError> {
    tx.conn().batch_execute(&format!(
        "UPDATE settings SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) WHERE name = '{name}'"
    ))?;
    Ok(())
}

fn touch(tx: &mut Tx<'_>, account: i64) -> Result<(), StoreError> {
    tx.touch(AccountId(account));
    Ok(())
}

/// What is heard next within two seconds.
fn next(heard: &mut Receiver<AccountId>) -> Option<AccountId> {
    for _ in 0..200 {
        if let Ok(account) = heard.try_recv() {
            return Some(account);
        }
        thread::sleep(Duration::from_millis(10));
    }
    None
}
