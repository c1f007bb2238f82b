//! What an agreement adds to its bills changes in the middle of a period: each part is counted by what was true in it, and a normal period
//! stays one period.

use std::sync::mpsc;
use std::time::Duration;

use mainstay::domain::agreement_facts::AgreementFacts;
use mainstay::domain::commodity::Commodity;
use mainstay::domain::exceptions::ExceptionReason;
use mainstay::domain::ids::{AccountId, ServiceAgreementId};
use mainstay::domain::meters::{Channel, MeterKind};
use mainstay::domain::money::Money;
use mainstay::domain::period::Period;
use mainstay::domain::quantity::Unit;
use mainstay::store::db::Tx;
use mainstay::store::service::list_of_accounts;
use mainstay::store::{self, agreement_facts};
use mainstay::usecases::accounts::NewService;
use mainstay::usecases::accounts::facts::change_facts;
use mainstay::usecases::accounts::services::ServiceError;
use mainstay::usecases::billing::{self, draft_run, redraft_account};
use rust_decimal::Decimal;
use serde_json::json;

use crate::support::billing::{
    Utility, ZONE, by, charge, day, dollars, fixed, metered, register, unmetered, usage,
};
use crate::support::db::TestDb;

/// So many square feet, with these marks.
fn paved(feet: i64, marks: &[&str]) -> AgreementFacts {
    AgreementFacts {
        counts: vec![(
            "impervious".to_owned(),
            Decimal::from(feet),
            Unit::SquareFoot,
        )],
        marks: marks.iter().map(|mark| (*mark).to_owned()).collect(),
    }
}

/// Stormwater at $6.20 a month for each 2,500 square feet, and a house with 2,500.
fn storm(utility: &Utility<'_>) -> AccountId {
    utility.publish("2025-01-01", "ST-1", "stormwater", json!({
        "measures": {"impervious": "sq ft"},
        "quantities": {"erus": {"of": "impervious", "unit": "ERU", "steps": [{"divide-by": "2500"}]}},
        "charges": [charge("storm", json!({"fixed": {"amount": "6.20", "times": "erus"}}))],
    }));
    let service = NewService {
        facts: serde_json::to_value(paved(2_500, &[])).expect("facts"),
        ..unmetered(Commodity::Stormwater, "ST-1")
    };
    utility.household("2026-01-01", vec![service])
}

fn agreement_of(database: &TestDb, account: AccountId) -> ServiceAgreementId {
    let january = Period {
        from: day("2026-01-01"),
        until: day("2026-02-01"),
    };
    let agreed = database.read(move |conn| list_of_accounts(conn, &[account], january));
    agreed[0].agreement.id
}

fn change(
    database: &TestDb,
    account: AccountId,
    (on, from): (&str, &str),
    facts: &AgreementFacts,
) -> Result<(), ServiceError> {
    let (id, from, facts) = (agreement_of(database, account), day(from), facts.clone());
    database
        .db
        .write_blocking(by("Cora", on), move |tx: &mut Tx<'_>| {
            change_facts(tx, account, id, (from, &facts))
        })
}

/// Contract: F25, F29
#[test]
fn a_roof_that_grows_in_the_month_is_billed_by_its_days_and_the_month_is_one_month() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let rosa = storm(&utility);
    let grown = paved(5_000, &[]);
    change(&database, rosa, ("2026-01-20", "2026-01-11"), &grown).unwrap();
    change(&database, rosa, ("2026-01-20", "2026-01-11"), &grown).unwrap();
    let id = agreement_of(&database, rosa);
    let kept = database.read(move |conn| agreement_facts::list(conn, &[id]));
    assert_eq!(kept.len(), 1, "said twice, kept once");
    utility.bill("2026-01-01", "2026-02-04");
    utility.bill("2026-02-01", "2026-03-04");
    let bills = utility.issued(rosa);
    // 10 of 31 days at one unit, 21 of 31 at two: $6.20 x 10/31 and $12.40 x 21/31.
    let january: Vec<Money> = bills[0].lines.iter().map(|(_, amount)| *amount).collect();
    assert_eq!(january, [dollars("2.00"), dollars("8.40")]);
    assert_eq!(bills[0].bill.total_cents, dollars("10.40"));
    assert_eq!(bills[1].bill.total_cents, dollars("12.40"));
    utility.assert_sound();
}

/// Contract: F25, F29, F38
#[test]
fn an_exemption_counts_from_its_day_although_nobody_read_the_meter_then() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let mut tax = charge("tax", json!({"percent": {"percent": "10", "as": "tax"}}));
    tax["only"] = json!({"without": ["tax-exempt"]});
    utility.publish(
        "2025-01-01",
        "E-1",
        "electric",
        json!({
            "measures": {"usage": "kWh"},
            "charges": [fixed("base", "31.00"), usage("energy", "usage", "0.10"), tax],
        }),
    );
    let registers = vec![register("E1", Channel::Delivered, Unit::Kwh)];
    let meter = metered(Commodity::Electric, "E-1", MeterKind::Simple, registers);
    let school = utility.household("2026-01-01", vec![meter]);
    utility.reads("E1", &[("2026-01-01", 0), ("2026-02-01", 3_100)]);
    let exempt = AgreementFacts {
        counts: Vec::new(),
        marks: vec!["tax-exempt".to_owned()],
    };
    change(&database, school, ("2026-01-11", "2026-01-11"), &exempt).unwrap();
    utility.bill("2026-01-01", "2026-02-04");
    let bill = utility.latest(school);
    let used: Vec<Option<Decimal>> = bill.services.iter().map(|(_, used, _)| *used).collect();
    let (first, rest) = (Decimal::from(1_000), Decimal::from(2_100));
    assert_eq!(used, [Some(first), Some(rest)]);
    assert_eq!(bill.charged("base"), dollars("31.00"));
    assert_eq!(bill.charged("energy"), dollars("310.00"));
    // Ten days of the base charge and 1,000 kWh are taxed: 10% of $110.00.
    assert_eq!(bill.charged("tax"), dollars("11.00"));
    utility.assert_sound();
}

/// Contract: F26, F31
#[test]
fn a_draft_that_was_made_before_facts_changed_is_looked_at_before_it_goes_out() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let rosa = storm(&utility);
    let run = utility.draft("2026-01-01", "2026-02-02");
    change(
        &database,
        rosa,
        ("2026-02-02", "2026-01-11"),
        &paved(5_000, &[]),
    )
    .unwrap();
    assert_eq!(utility.open_reasons(rosa), [ExceptionReason::FactsChanged]);
    utility.issue(run, "2026-02-03");
    assert!(utility.issued(rosa).is_empty(), "it waits for a person");
    redraft_account(&database.db, &by("Clara", "2026-02-03"), ZONE, run, rosa).unwrap();
    assert!(utility.open_reasons(rosa).is_empty());
    utility.issue(run, "2026-02-04");
    assert_eq!(utility.latest(rosa).bill.total_cents, dollars("10.40"));
    utility.assert_sound();
}

/// Contract: F26, F31
#[test]
fn facts_that_change_while_a_run_drafts_their_account_are_not_lost() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let rosa = storm(&utility);
    let (id, period) = (agreement_of(&database, rosa), utility.period("2026-01-01"));
    let stamp = by("Bill", "2026-02-04");
    let open = move |tx: &mut Tx<'_>| billing::open_run(tx, period);
    let run = database.db.write_blocking(stamp.clone(), open).unwrap();

    // Her account is held before the run loads what is agreed, and the change is made after it.
    let (held, is_held) = mpsc::channel();
    let (loaded, is_loaded) = mpsc::channel();
    let change = move |tx: &mut Tx<'_>| -> Result<(), ServiceError> {
        store::ledger::lock(tx, &[rosa])?;
        held.send(()).expect("the run waits");
        let looked = is_loaded.recv_timeout(Duration::from_secs(30));
        looked.expect("the run looks for another chunk");
        change_facts(tx, rosa, id, (day("2026-01-11"), &paved(5_000, &[])))
    };
    let (db, by_bill) = (database.db.clone(), stamp.clone());
    let drafter = std::thread::spawn(move || {
        let holds = is_held.recv_timeout(Duration::from_secs(30));
        holds.expect("the account is held");
        let mut looks = 0;
        draft_run(&db, &by_bill, ZONE, run, |_| {
            looks += 1;
            // The one chunk is worked out when the run looks for another.
            if looks == 2 {
                loaded.send(()).expect("the change waits");
            }
        })
    });
    let changed = database.db.write_blocking(by("Cora", "2026-02-04"), change);
    changed.expect("the facts are changed");
    let drafted = drafter.join().expect("the run ends");
    drafted.expect("nothing stops it");

    assert!(utility.bills(rosa).is_empty(), "no draft rests on the old");
    assert_eq!(
        utility.open_reasons(rosa),
        [ExceptionReason::ServiceChanged]
    );
    redraft_account(&database.db, &stamp, ZONE, run, rosa).unwrap();
    utility.issue(run, "2026-02-04");
    assert_eq!(utility.latest(rosa).bill.total_cents, dollars("10.40"));
    utility.assert_sound();
}

/// Contract: F26
#[test]
fn days_that_were_billed_keep_the_facts_they_were_billed_by() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let rosa = storm(&utility);
    utility.bill("2026-01-01", "2026-02-04");
    let late = change(
        &database,
        rosa,
        ("2026-02-05", "2026-01-31"),
        &paved(5_000, &[]),
    );
    assert!(
        matches!(late, Err(ServiceError::Billed(until)) if until == day("2026-02-01")),
        "{late:?}"
    );
    let early = change(
        &database,
        rosa,
        ("2026-02-05", "2025-12-31"),
        &paved(5_000, &[]),
    );
    assert!(
        matches!(early, Err(ServiceError::NotInForce(_))),
        "{early:?}"
    );
    change(
        &database,
        rosa,
        ("2026-02-05", "2026-02-01"),
        &paved(5_000, &[]),
    )
    .unwrap();
    utility.bill("2026-02-01", "2026-03-04");
    assert_eq!(utility.latest(rosa).bill.total_cents, dollars("12.40"));
    utility.assert_sound();
}
