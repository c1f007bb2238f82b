//! A bill run that is killed at any point goes on where it stopped: everybody gets one bill, and it is the right one.

use std::time::{Duration, Instant};

use diesel::prelude::*;
use mainstay::domain::accounts::AccountClass;
use mainstay::domain::bills::{BillStatus, RunStatus};
use mainstay::domain::ids::{AccountNumber, BillRunId};
use mainstay::domain::ledger::{EntryKind, SourceKind};
use mainstay::domain::money::Money;
use mainstay::store::bill_runs;
use mainstay::store::db::{Conn, is_postgres};
use mainstay::store::error::StoreError;
use mainstay::store::schema::{accounts, bills, ledger_entries};
use mainstay::usecases::accounts::{AccountError, open_accounts};
use mainstay::usecases::billing::{self, begin_issue, draft_run, issue_run};
use tempfile::TempDir;

use crate::support::billing::{Utility, ZONE, by, new_account, water};
use crate::support::db::{ClosedDb, TestDb};
use crate::support::process::{Server, drawn, said};

/// How many households: several of a run's chunks.
const HOMES: u32 = 3_000;

const COLUMNS: &str = r#"{"meter": {"columns": ["meter"]}, "stamp": {"column": {"name": "at", "format": "%Y-%m-%d %H:%M"}},
    "value": {"column": "value"}, "unit": {"column": "unit"}, "kind": "register"}"#;

/// A city with reads for January and a run that was just opened; nobody has it open.
fn city(folder: &TempDir) -> (ClosedDb, BillRunId) {
    let house = TestDb::new();
    let utility = Utility::open(&house.db);
    utility.sells_water();
    let (cycle, period) = (utility.cycle(), utility.period("2026-01-01"));
    let homes: Vec<_> = (1..=HOMES)
        .map(|place| {
            let services = vec![water(&format!("W{place}"))];
            new_account(cycle, "2026-01-01", AccountClass::Residential, services)
        })
        .collect();
    house
        .db
        .write_blocking(
            by("Cora", "2026-02-01"),
            move |tx| -> Result<(), AccountError> {
                open_accounts(tx, &homes)?;
                Ok(())
            },
        )
        .expect("the accounts are opened");
    let run = house
        .db
        .write_blocking(by("Bill", "2026-02-04"), move |tx| {
            billing::open_run(tx, period)
        })
        .expect("the run is opened");
    let house = house.close();
    let mut reads = "meter,at,value,unit\n".to_owned();
    for place in 1..=HOMES {
        let used = 1_000 + place * 3;
        reads.push_str(&format!("W{place},2026-01-01 12:00,100,gal\n"));
        reads.push_str(&format!("W{place},2026-02-01 12:00,{},gal\n", 100 + used));
    }
    std::fs::write(folder.path().join("columns.json"), COLUMNS).unwrap();
    std::fs::write(folder.path().join("reads.csv"), reads).unwrap();
    let words = [
        "import",
        "reads",
        "reads.csv",
        "--format",
        "csv",
        "--mapping",
        "columns.json",
    ];
    let told = said(&house.url, folder.path(), &words);
    assert!(told.contains(&format!("{} new", HOMES * 2)), "{told}");
    (house, run)
}

type Outcome = Vec<(AccountNumber, BillStatus, Money, EntryKind, Money)>;

/// Every bill with its entry in the ledger.
fn outcome(conn: &mut Conn) -> Result<Outcome, StoreError> {
    Ok(bills::table
        .inner_join(accounts::table)
        .inner_join(
            ledger_entries::table.on(ledger_entries::source_id
                .eq(bills::id)
                .and(ledger_entries::source_kind.eq(SourceKind::Bill))),
        )
        .order(accounts::number)
        .select((
            accounts::number,
            bills::status,
            bills::total_cents,
            ledger_entries::kind,
            ledger_entries::receivable_cents,
        ))
        .load(conn)?)
}

fn stands(house: &ClosedDb, run: BillRunId) -> RunStatus {
    house.look(|conn| Ok(bill_runs::get(conn, run)?.status))
}

/// The office says that the drafts go out.
fn issue(house: ClosedDb, run: BillRunId) -> ClosedDb {
    let house = house.open();
    house
        .db
        .write_blocking(by("Bill", "2026-02-04"), move |tx| begin_issue(tx, run))
        .expect("the drafts go out");
    house.close()
}

/// Contract: F39, F157
#[test]
fn a_bill_run_killed_twenty_times_bills_everybody_once() {
    let folder = TempDir::new().expect("a folder");
    let (undisturbed, run) = city(&folder);
    let calm = undisturbed.open();
    let stamp = by("Bill", "2026-02-04");
    draft_run(&calm.db, &stamp, ZONE, run, |_| {}).expect("the drafts are made");
    issue_run(&calm.db, &stamp, run, |_| {}).expect("the bills are issued");
    let wanted = calm.read(outcome);
    assert_eq!(wanted.len(), usize::try_from(HOMES).unwrap());

    let (mut house, run) = city(&folder);
    // On PostgreSQL a run is watched for a while before it counts as left.
    let watched = if is_postgres(&house.url) { 2_000 } else { 0 };
    let mut in_the_middle = 0;
    for turn in 0..20 {
        let server = Server::start(&house.url, folder.path());
        let moment = watched + drawn(turn, 150);
        std::thread::sleep(Duration::from_millis(moment));
        server.kill();
        match stands(&house, run) {
            RunStatus::Drafting | RunStatus::Issuing => in_the_middle += 1,
            RunStatus::Drafted => house = issue(house, run),
            RunStatus::Issued | RunStatus::Void => {}
        }
    }
    assert!(
        in_the_middle >= 8,
        "killed in the middle {in_the_middle} times"
    );
    let patience = Instant::now() + Duration::from_secs(120);
    while stands(&house, run) != RunStatus::Issued {
        assert!(Instant::now() < patience, "the run is not finished");
        if stands(&house, run) == RunStatus::Drafted {
            house = issue(house, run);
        }
        let server = Server::start(&house.url, folder.path());
        let before = stands(&house, run);
        while stands(&house, run) == before && Instant::now() < patience {
            std::thread::sleep(Duration::from_millis(100));
        }
        server.kill();
    }
    assert_eq!(house.look(outcome), wanted);
    let sound = said(&house.url, folder.path(), &["check"]);
    assert!(sound.starts_with("Sound"), "{sound}");
}
