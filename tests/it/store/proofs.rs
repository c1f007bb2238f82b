//! Which amounts prove whose account it is: those that few bills of late show.

use diesel::connection::SimpleConnection;
use mainstay::domain::customers::Language;
use mainstay::domain::ids::AccountNumber;
use mainstay::domain::money::Money;
use mainstay::secrets::random_token;
use mainstay::store::db::Tx;
use mainstay::store::logins::{NewLogin, is_common};
use mainstay::usecases::logins::{Claim, LoginError, Proof, register};

use crate::support::db::{TestDb, stamp};

const DAY: &str = "2026-07-01";

/// So many vacant homes that pay the base charge of $18.50; each had a bill of $20.00 before.
fn vacant(homes: i64) -> TestDb {
    let house = TestDb::new();
    let yes = if house.is_postgres() { "true" } else { "1" };
    let mut rows = "INSERT INTO cycles (id, code, name, months, least_days, most_days) VALUES (1, '01', 'First', 1, 26, 35);".to_owned();
    for id in 1..=homes {
        let number = AccountNumber::of(id).as_str().to_owned();
        rows += &format!(
            "INSERT INTO accounts (id, number, class, status, cycle_id, language, paper, email, opened_on)
             VALUES ({id}, '{number}', 'residential', 'active', 1, 'en-US', {yes}, {yes}, '2025-01-01');
             INSERT INTO bills (number, account_id, kind, status, from_on, until_on, issued_on, due_on, previous_cents, total_cents)
             VALUES ('1{id:08}', {id}, 'regular', 'issued', '2026-04-01', '2026-05-01', '2026-05-02', '2026-05-23', 0, 2000),
                    ('2{id:08}', {id}, 'regular', 'issued', '2026-05-01', '2026-06-01', '2026-06-02', '2026-06-23', {previous}, 1850);",
            previous = id * 100,
        );
    }
    let mut database = house.connect();
    database.batch_execute(&rows).expect("the homes are there");
    house
}

fn is_common_among(homes: i64, cents: i64) -> bool {
    let since = "2026-05-15".parse().expect("a day");
    vacant(homes).read(|conn| is_common(conn, Money::from_cents(cents), since))
}

#[test]
fn an_amount_is_common_where_more_than_a_few_bills_of_late_show_it() {
    assert!(!is_common_among(5, 1_850));
    assert!(is_common_among(6, 1_850));
    // What was due with it is each home's own; what earlier bills showed counts no more.
    assert!(!is_common_among(6, 1_950));
    assert!(!is_common_among(6, 2_000));
}

/// Contract: F101, F102
#[test]
fn the_base_charge_of_vacant_homes_proves_nothing_but_what_was_due_does() {
    let house = vacant(6);
    let claims = |cents: i64| {
        let (new, token) = (
            NewLogin {
                email: "stranger@example.com".to_owned(),
                name: "A stranger".to_owned(),
                password_hash: "none".to_owned(),
                language: Language::English,
            },
            random_token().expect("a token"),
        );
        let claim = Claim {
            number: Some(AccountNumber::of(3)),
            proof: Some(Proof::LastBill(Money::from_cents(cents))),
            now: stamp(DAY).at,
        };
        house.write(DAY, move |tx: &mut Tx<'_>| {
            register(tx, &new, &claim, &token)
        })
    };
    assert!(matches!(claims(1_850), Err(LoginError::NotProved)));
    assert!(claims(1_850 + 300).is_ok());
}
