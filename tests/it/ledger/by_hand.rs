//! What people decide over a balance, in the books: given up and recovered fund by fund, carried from account to account.

use diesel::connection::SimpleConnection;
use mainstay::domain::corrections::{Carried, Correction, CorrectionStatus};
use mainstay::domain::customers::Language;
use mainstay::domain::gl::FundCode;
use mainstay::domain::ids::AccountId;
use mainstay::domain::money::Money;
use mainstay::domain::staff::Role;
use mainstay::store::corrections::{Filter, list};
use mainstay::store::write_offs;
use mainstay::usecases::corrections::{self, CorrectionError, Order, Preview};

use super::house::{House, cents, charge, day};
use crate::support::db::stamp;

fn order(key: i64) -> Order {
    Order {
        account: AccountId(1),
        reason: "other".to_owned(),
        note: "by the books".to_owned(),
        role: Role::Administrator,
        language: Language::English,
        key,
    }
}

/// What a correction would post.
fn seen(house: &House, on: &str, key: i64, correction: &Correction) -> Preview {
    let (order, correction) = (order(key), correction.clone());
    let looked = house.write(on, move |tx| {
        corrections::order(tx, &order, &correction, None)
    });
    match looked {
        Err(CorrectionError::Looked(preview)) => preview,
        other => panic!("{other:?}"),
    }
}

/// Posts it, by a second person where it takes two.
fn posts(house: &House, on: &str, key: i64, correction: &Correction) {
    let preview = seen(house, on, key, correction);
    let seal = preview.seal.clone();
    let (ordered, wanted) = (order(key), correction.clone());
    let done = house.write(on, move |tx| {
        corrections::order(tx, &ordered, &wanted, Some(&seal))
    });
    match done {
        Ok(status) => assert_eq!(status, CorrectionStatus::Posted),
        Err(CorrectionError::SecondPerson(preview)) => {
            let (order, correction) = (order(key), correction.clone());
            house
                .write(on, move |tx| {
                    corrections::propose(tx, &order, &correction, &preview)
                })
                .expect("it waits");
            by_another(house, on);
        }
        Err(other) => panic!("{other:?}"),
    }
}

/// Somebody else approves the newest correction.
fn by_another(house: &House, on: &str) {
    let rows = house.read(|conn| list(conn, &Filter::default(), (1, 0)));
    let (id, person) = (rows[0].id, (Role::Administrator, Language::English));
    let mut stamp = stamp(on);
    "Somebody else".clone_into(&mut stamp.by.name);
    let decide = |seal: Option<String>| {
        (**house).db.write_blocking(stamp.clone(), move |tx| {
            corrections::approve(tx, id, person, seal.as_deref())
        })
    };
    match decide(None) {
        Err(CorrectionError::Looked(preview)) => decide(Some(preview.seal)).expect("it is posted"),
        other => panic!("{other:?}"),
    }
}

fn ends(house: &House, account: i64) {
    let sql = format!("UPDATE accounts SET status = 'closing' WHERE id = {account}");
    house.connect().batch_execute(&sql).unwrap();
}

#[test]
fn what_was_given_up_comes_back_to_the_funds_that_bore_it() {
    let house = House::new();
    let lines = [
        charge("WATER", "4020", 3_000),
        charge("SEWER", "4010", 1_000),
    ];
    house.bill(1, 1, "2026-01-05", &lines);
    ends(&house, 1);
    posts(&house, "2026-03-01", 1, &Correction::WriteOff {});
    assert_eq!((house.balance(1), house.owed(1)), (0, vec![]));
    house.assert_sound();

    // A quarter comes back, in proportion.
    house.pay(1, 1, "2026-03-10", 1_000);
    assert_eq!((house.balance(1), house.held(1)), (0, 0));
    let left = |house: &House| {
        let found = house.read(|conn| write_offs::list_given_up(conn, &[AccountId(1)]));
        let shares = found.get(&AccountId(1)).cloned().unwrap_or_default();
        let share = |(fund, amount): &(FundCode, Money)| (fund.to_string(), *amount);
        shares.iter().map(share).collect::<Vec<_>>()
    };
    let still = vec![
        ("SEWER".to_owned(), cents(750)),
        ("WATER".to_owned(), cents(2_250)),
    ];
    assert_eq!(left(&house), still);
    house.assert_sound();

    // The payment comes back from the bank: what it recovered is owed again, and no longer given up.
    house.return_payment(1, "2026-03-15");
    assert_eq!(house.balance(1), 1_000);
    assert_eq!(left(&house), still);
    house.assert_sound();

    house.pay(1, 2, "2026-03-20", 4_500);
    assert_eq!((house.balance(1), house.held(1)), (-500, 500));
    assert!(left(&house).is_empty());
    house.assert_sound();
}

#[test]
fn a_bill_that_is_canceled_after_it_was_given_up_gives_the_customer_nothing() {
    let house = House::new();
    house.bill(1, 1, "2026-01-05", &[charge("WATER", "4020", 3_000)]);
    ends(&house, 1);
    posts(&house, "2026-03-01", 1, &Correction::WriteOff {});
    house.cancel_bill(1, "2026-03-02");
    assert_eq!((house.balance(1), house.held(1)), (0, 0));
    house.assert_sound();
}

#[test]
fn what_is_carried_leaves_nothing_on_its_way() {
    let house = House::new();
    let lines = [
        charge("WATER", "4020", 3_000),
        charge("SEWER", "4010", 1_000),
    ];
    house.bill(1, 1, "2026-01-05", &lines);
    house.pay(2, 2, "2026-01-06", 500);
    let carried = Correction::Transfer {
        to: AccountId(2),
        carried: Carried::Debt,
        amount: cents(2_000),
        due_on: day("2026-02-01"),
    };
    let preview = seen(&house, "2026-01-10", 1, &carried);
    assert_eq!(preview.entries.len(), 3, "{preview:#?}");
    posts(&house, "2026-01-10", 1, &carried);
    assert_eq!((house.balance(1), house.balance(2)), (2_000, 1_500));
    assert_eq!(house.owed(2), vec![("2026-02-01".to_owned(), 1_500)]);
    house.assert_sound();
}

#[test]
fn the_check_finds_what_is_wrong_with_what_people_decided() {
    let house = House::new();
    house.bill(1, 1, "2026-01-05", &[charge("WATER", "4020", 3_000)]);
    ends(&house, 1);
    posts(&house, "2026-03-01", 1, &Correction::WriteOff {});
    let past_the_triggers = if house.is_postgres() {
        "SET session_replication_role = replica;"
    } else {
        "DROP TRIGGER write_offs_never_updated; DROP TRIGGER corrections_decided_stays;"
    };
    house
        .connect()
        .batch_execute(&format!(
            "{past_the_triggers} UPDATE write_offs SET amount_cents = amount_cents + 1;
             UPDATE corrections SET amount_cents = amount_cents + 1"
        ))
        .unwrap();
    let findings = house.findings();
    let found = |words: &str| findings.iter().any(|one| one.invariant.contains(words));
    assert!(found("what is kept of a write-off"), "{findings:#?}");
    assert!(
        found("a correction is posted on its account"),
        "{findings:#?}"
    );
}
