//! The journal in the opinion of the programs it is written for.

use std::path::Path;
use std::process::{Command, Output};

use mainstay::cli::export;
use mainstay::documents::journal::Form;
use tempfile::TempDir;

use super::house::{House, charge, day};

/// Runs a program if it is installed; where the judges were installed (`TEST_EVERYTHING` is set) it must be there.
#[expect(
    clippy::disallowed_methods,
    reason = "tests have no config.rs; TEST_EVERYTHING says whether a missing tool is a failure"
)]
fn run(program: &str, arguments: &[&str]) -> Option<Output> {
    match Command::new(program).args(arguments).output() {
        Ok(output) => Some(output),
        Err(error) if std::env::var("TEST_EVERYTHING").is_err() => {
            println!("skipped: {program}: {error}");
            None
        }
        Err(error) => panic!("{program}: {error}"),
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn bean_check() -> String {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/bin/bean-check");
    if own.exists() {
        text(&own).to_owned()
    } else {
        "bean-check".to_owned()
    }
}

fn hledger(path: &Path) -> Option<bool> {
    run("hledger", &["-f", text(path), "check", "-s"]).map(|output| output.status.success())
}

fn beancount(path: &Path) -> Option<bool> {
    run(&bean_check(), &[text(path)]).map(|output| output.status.success())
}

/// A house in which everything that posts has posted.
fn town() -> House {
    let house = House::new();
    house.bill(
        1,
        1,
        "2026-01-05",
        &[
            charge("WATER", "4020", 3_000),
            charge("WATER", "2300", 84),
            charge("SEWER", "4010", 1_000),
        ],
    );
    house.bill(
        2,
        2,
        "2026-01-05",
        &[
            charge("ELECTRIC", "4020", -2_000),
            charge("WATER", "4020", 500),
        ],
    );
    house.pay(1, 1, "2026-01-20", 5_000);
    house.cancel_bill(1, "2026-02-01");
    house.bill(1, 3, "2026-02-02", &[charge("WATER", "4020", 2_500)]);
    house.return_payment(1, "2026-02-10");
    house.bill(2, 4, "2026-02-05", &[charge("GAS", "4020", 4_321)]);
    house.assert_sound();
    house
}

fn exported(
    house: &House,
    folder: &TempDir,
    form: Form,
    days: (Option<&str>, Option<&str>),
) -> std::path::PathBuf {
    let name = if form == Form::Hledger {
        "town.journal"
    } else {
        "town.beancount"
    };
    let path = folder.path().join(name);
    let mut file = std::fs::File::create(&path).unwrap();
    let (from, until) = (days.0.map(day), days.1.map(day));
    house
        .db
        .read_blocking(|conn| export::write_journal(conn, form, (from, until), &mut file))
        .unwrap();
    path
}

#[test]
fn the_tools_tell_good_journals_from_bad() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/accounting");
    for (name, good) in [
        ("good.journal", true),
        ("bad.journal", false),
        ("badassert.journal", false),
    ] {
        if let Some(verdict) = hledger(&data.join(name)) {
            assert_eq!(verdict, good, "{name}");
        }
    }
    for (name, good) in [("good.beancount", true), ("bad.beancount", false)] {
        if let Some(verdict) = beancount(&data.join(name)) {
            assert_eq!(verdict, good, "{name}");
        }
    }
}

#[test]
fn the_whole_ledger_is_accepted_by_both() {
    let (house, folder) = (town(), TempDir::new().unwrap());
    let journal = exported(&house, &folder, Form::Hledger, (None, None));
    assert_ne!(
        hledger(&journal),
        Some(false),
        "{}",
        std::fs::read_to_string(&journal).unwrap()
    );
    let beans = exported(&house, &folder, Form::Beancount, (None, None));
    assert_ne!(
        beancount(&beans),
        Some(false),
        "{}",
        std::fs::read_to_string(&beans).unwrap()
    );
}

#[test]
fn part_of_the_ledger_begins_with_what_was_there_before() {
    let (house, folder) = (town(), TempDir::new().unwrap());
    let days = (Some("2026-02-01"), Some("2026-03-01"));
    let journal = exported(&house, &folder, Form::Hledger, days);
    let told = std::fs::read_to_string(&journal).unwrap();
    assert!(
        told.contains("opening balances") && !told.contains("2026-01-05"),
        "{told}"
    );
    assert_ne!(hledger(&journal), Some(false), "{told}");
    let beans = exported(&house, &folder, Form::Beancount, days);
    assert_ne!(
        beancount(&beans),
        Some(false),
        "{}",
        std::fs::read_to_string(&beans).unwrap()
    );
}

#[test]
fn a_journal_out_by_a_cent_is_refused() {
    let (house, folder) = (town(), TempDir::new().unwrap());
    for form in [Form::Hledger, Form::Beancount] {
        let path = exported(&house, &folder, form, (None, None));
        let told = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, told.replacen("43.21", "43.22", 1)).unwrap();
        let verdict = if form == Form::Hledger {
            hledger(&path)
        } else {
            beancount(&path)
        };
        assert_ne!(verdict, Some(true));
    }
}
