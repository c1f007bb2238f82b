//! The doors to the database: what `store::db` promises, tried.

use diesel::connection::SimpleConnection;
use mainstay::store::audit::{self, Deed};
use mainstay::store::db::{Access, Db};
use mainstay::store::error::StoreError;
use mainstay::store::settings;

use crate::support::db::TestDb;

#[test]
fn what_is_written_can_be_read_and_what_fails_is_gone() {
    let house = TestDb::new();
    house
        .write("2026-07-01", |tx| {
            settings::put(tx, "name", "Larkspur Bend")
        })
        .unwrap();
    let refused: Result<(), StoreError> = house.write("2026-07-01", |tx| {
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
        .write("2026-07-01", |tx| settings::put(tx, "name", "seen"))
        .unwrap();
    let name = onlooker.read_blocking(|conn| settings::find(conn, "name"));
    assert_eq!(name.unwrap().as_deref(), Some("seen"));
}

#[test]
fn history_refuses_change_even_from_outside() {
    let house = TestDb::new();
    house
        .write("2026-07-01", |tx| {
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
