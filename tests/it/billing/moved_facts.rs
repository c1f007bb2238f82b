//! What a move does with the facts of bills: what is counted stays with the place, and marks go with the customer.

use mainstay::domain::accounts::AccountClass;
use mainstay::domain::agreement_facts::AgreementFacts;
use mainstay::domain::commodity::Commodity;
use mainstay::domain::ids::AccountId;
use mainstay::domain::quantity::Unit;
use mainstay::store::db::Tx;
use mainstay::store::service;
use mainstay::usecases::accounts::facts::change_facts;
use mainstay::usecases::accounts::moves::{Leaving, NewMove};
use mainstay::usecases::accounts::{AccountError, NewService, open_accounts};
use serde_json::{Value, json};

use super::moves::{comes, moves, out, over, served};
use crate::support::billing::{Utility, by, charge, day, new_account, unmetered};
use crate::support::db::TestDb;

/// So much of a roof, with these marks.
fn paved(feet: i64, marks: &[&str]) -> AgreementFacts {
    AgreementFacts {
        counts: vec![("impervious".to_owned(), feet.into(), Unit::SquareFoot)],
        marks: marks.iter().map(|mark| (*mark).to_owned()).collect(),
    }
}

/// Changes what counts for an account's only service from a day on.
fn counts_from(database: &TestDb, account: AccountId, on: &str, facts: AgreementFacts) {
    let (id, from) = (served(database, account, "2026-01-15").0, day(on));
    let change = move |tx: &mut Tx<'_>| change_facts(tx, account, id, (from, &facts));
    database.db.write_blocking(by("Cora", on), change).unwrap();
}

/// Contract: F9, F29
#[test]
fn what_is_counted_stays_with_the_place_and_marks_go_with_the_customer() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let garden = json!({"percent": {"percent": "-20", "as": "discount"}});
    let mut garden = charge("garden", garden);
    garden["only"] = json!({"with": ["rain-garden"]});
    utility.publish("2025-01-01", "W-1", "stormwater", json!({
        "measures": {"impervious": "sq ft"},
        "quantities": {"erus": {"of": "impervious", "unit": "ERU", "steps": [{"divide-by": "2500"}]}},
        "charges": [charge("storm", json!({"fixed": {"amount": "6.20", "times": "erus"}})), garden],
    }));
    let storm = |facts: Value| NewService {
        facts,
        ..unmetered(Commodity::Stormwater, "W-1")
    };
    let home = |feet: i64| storm(serde_json::to_value(paved(feet, &[])).unwrap());
    let rosa = utility.household("2026-01-01", vec![home(2_500)]);
    let omar = utility.household("2026-01-01", vec![home(4_000)]);
    // Nobody was ever asked about the third place, but what is paved there is known.
    let class = AccountClass::Residential;
    let mut third = new_account(utility.cycle(), "2026-01-01", class, vec![storm(json!({}))]);
    third.premise.impervious_sqft = Some(7_500.into());
    let open = move |tx: &mut Tx<'_>| -> Result<AccountId, AccountError> {
        Ok(open_accounts(tx, std::slice::from_ref(&third))?[0])
    };
    let theo = database
        .db
        .write_blocking(by("Cora", "2026-01-01"), open)
        .unwrap();
    counts_from(&database, omar, "2026-01-10", paved(5_000, &["senior"]));
    counts_from(
        &database,
        rosa,
        "2026-01-12",
        paved(2_500, &["rain-garden"]),
    );
    for (account, last) in [(omar, "2026-01-20"), (theo, "2026-01-31")] {
        let gone = out(&database, account, last);
        moves(&database, account, &gone, "2026-01-20");
    }
    let there = over(&database, (rosa, omar), ("2026-01-24", "2026-01-25"));
    moves(&database, rosa, &there, "2026-01-21");
    let begun = |on: &str| -> AgreementFacts {
        let all = database.read(|conn| service::list_after(conn, rosa, day(on)));
        let (row, _) = all.last().expect("a service");
        serde_json::from_str(&row.facts).unwrap()
    };
    assert_eq!(begun("2026-01-25"), paved(5_000, &["rain-garden"]));

    let on = NewMove {
        leaving: Some(Leaving {
            last_on: day("2026-02-09"),
            services: vec![served(&database, rosa, "2026-01-25").0],
        }),
        coming: comes(&database, theo, "2026-02-10"),
        ..NewMove::default()
    };
    moves(&database, rosa, &on, "2026-02-08");
    assert_eq!(begun("2026-02-10"), paved(7_500, &["rain-garden"]));
    utility.assert_sound();
}
