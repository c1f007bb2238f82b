//! A file of reads that is killed at any point comes in whole all the same, and once.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use mainstay::domain::accounts::AccountClass;
use mainstay::domain::commodity::Commodity;
use mainstay::domain::meters::{Channel, MeterKind};
use mainstay::domain::quantity::Unit;
use mainstay::store::db::Conn;
use mainstay::store::error::StoreError;
use mainstay::store::schema::interval_days;
use mainstay::usecases::accounts::{AccountError, NewRegister, NewService, open_accounts};
use tempfile::TempDir;

use crate::support::billing::{Utility, by, day, metered, new_account, register};
use crate::support::db::{ClosedDb, TestDb};
use crate::support::process::{command, drawn, said};

/// How many hourly meters the house has.
pub const METERS: u32 = 60;

/// How many days the file has of each: more than two of the importer's chunks.
const DAYS: u64 = 90;

/// The columns of the file.
const MAPPING: &str = r#"{"meter": {"columns": ["meter"]}, "stamp": {"column": {"name": "at", "format": "%Y-%m-%d %H:%M"}},
    "value": {"column": "value"}, "unit": {"column": "unit"}, "kind": {"interval": {"minutes": 60}}}"#;

/// The words that import the file.
pub const IMPORT: [&str; 7] = [
    "import",
    "reads",
    "reads.csv",
    "--format",
    "csv",
    "--mapping",
    "columns.json",
];

/// A house with hourly meters that nobody has open, and a folder with a large file of theirs.
pub fn house_and_file() -> (ClosedDb, TempDir) {
    let house = TestDb::new();
    let utility = Utility::open(&house.db);
    let cycle = utility.cycle();
    let homes: Vec<_> = (1..=METERS)
        .map(|place| {
            let services = vec![hourly(place)];
            new_account(cycle, "2026-01-01", AccountClass::Residential, services)
        })
        .collect();
    house
        .db
        .write_blocking(
            by("Cora", "2026-01-01"),
            move |tx| -> Result<(), AccountError> {
                open_accounts(tx, &homes)?;
                Ok(())
            },
        )
        .expect("the accounts are opened");
    let folder = TempDir::new().expect("a folder");
    std::fs::write(folder.path().join("columns.json"), MAPPING).expect("the columns are written");
    std::fs::write(folder.path().join("reads.csv"), file()).expect("the file is written");
    (house.close(), folder)
}

fn hourly(place: u32) -> NewService {
    let channel = NewRegister {
        resolution_minutes: Some(60),
        decimals: 3,
        ..register(&format!("H{place}"), Channel::Delivered, Unit::Kwh)
    };
    metered(Commodity::Electric, "E-1", MeterKind::Simple, vec![channel])
}

fn file() -> String {
    let first: NaiveDate = day("2026-01-05");
    let mut text = "meter,at,value,unit\n".to_owned();
    for day in 0..DAYS {
        let on = first + Days::new(day);
        for place in 1..=METERS {
            for hour in 0..24 {
                let value = (u64::from(place) * 7 + day * 3 + hour * 11) % 900;
                // The hour that no clock shows when the clocks are put forward is left out, as a meter leaves it out.
                if on != self::day("2026-03-08") || hour != 2 {
                    writeln!(text, "H{place},{on} {hour:02}:00,1.{value:03},kWh").unwrap();
                }
            }
        }
    }
    text
}

/// Every day that is kept, with its version and its packed values.
pub fn kept(conn: &mut Conn) -> Result<Vec<(i64, NaiveDate, i32, Vec<u8>)>, StoreError> {
    Ok(interval_days::table
        .order((
            interval_days::register_id,
            interval_days::day,
            interval_days::version,
        ))
        .select((
            interval_days::register_id,
            interval_days::day,
            interval_days::version,
            interval_days::packed,
        ))
        .load(conn)?)
}

fn import(house: &ClosedDb, folder: &Path) -> String {
    said(&house.url, folder, &IMPORT)
}

/// Contract: F30, F157
#[test]
fn an_import_killed_twenty_times_comes_in_whole_and_once() {
    let (undisturbed, folder) = house_and_file();
    let whole = import(&undisturbed, folder.path());
    let values = u64::from(METERS) * (DAYS * 24 - 1);
    assert!(
        whole.contains(&format!("{values} new, 0 corrected")),
        "{whole}"
    );

    let (house, folder) = house_and_file();
    let mut broken_off = 0;
    for turn in 0..20 {
        let mut child = command(&house.url, folder.path(), &IMPORT)
            .spawn()
            .expect("the import starts");
        std::thread::sleep(Duration::from_millis(60 + drawn(turn, 900)));
        child.kill().expect("the import is killed");
        broken_off += u32::from(!child.wait().expect("it is gone").success());
    }
    assert!(broken_off > 0, "every import was done before it was killed");
    import(&house, folder.path());
    let again = import(&house, folder.path());
    assert!(again.contains("0 new, 0 corrected"), "{again}");

    let (wanted, found) = (undisturbed.look(kept), house.look(kept));
    assert_eq!(
        wanted.len(),
        usize::try_from(u64::from(METERS) * DAYS).unwrap()
    );
    assert_eq!(found, wanted);
    let sound = said(&house.url, folder.path(), &["check"]);
    assert!(sound.starts_with("Sound"), "{sound}");
}
