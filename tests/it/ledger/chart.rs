//! The chart of accounts, set by two people: it must have what was posted to, and what balances are told by stays.

use mainstay::domain::gl::STANDARD_FILE;
use mainstay::domain::ids::PolicyProposalId;
use mainstay::domain::money::Money;
use mainstay::store::db::Tx;
use mainstay::store::reports::journal;
use mainstay::usecases::fees::assess_late_fees_today;
use mainstay::usecases::policies::{
    PolicyError, PolicyKind, approve_policy, propose_policy, set_policy,
};

use crate::support::billing::{Utility, by, day, dollars, water};
use crate::support::db::TestDb;

const CHART: PolicyKind = PolicyKind::ChartOfAccounts;

/// The chart that ships with a part of it written otherwise.
fn chart(from: &str, to: &str) -> String {
    assert!(STANDARD_FILE.contains(from), "{from} is in the chart");
    STANDARD_FILE.replace(from, to)
}

/// Late fees go to another account.
fn late_fees_elsewhere() -> String {
    chart(
        r#""kind": "income", "role": "late-fee-revenue" }"#,
        r#""kind": "income" },
    { "code": "4105", "name": "Penalties", "kind": "income", "role": "late-fee-revenue" }"#,
    )
}

fn propose(
    database: &TestDb,
    (who, on, from): (&str, &str, &str),
    document: &str,
) -> Result<PolicyProposalId, PolicyError> {
    let (from, document) = (day(from), document.to_owned());
    database
        .db
        .write_blocking(by(who, on), move |tx: &mut Tx<'_>| {
            propose_policy(tx, CHART, from, &document)
        })
}

fn approve(
    database: &TestDb,
    (who, on): (&str, &str),
    id: PolicyProposalId,
) -> Result<(), PolicyError> {
    database
        .db
        .write_blocking(by(who, on), move |tx: &mut Tx<'_>| approve_policy(tx, id))
}

/// A home that owes for January and February, both overdue by April; a late fee was charged on January's bill.
fn late(database: &TestDb) {
    let utility = Utility::open(&database.db);
    utility.sells_water();
    utility.household("2026-01-01", vec![water("A")]);
    utility.reads(
        "A",
        &[
            ("2026-01-01", 0),
            ("2026-02-01", 9_000),
            ("2026-03-01", 18_000),
        ],
    );
    utility.bill("2026-01-01", "2026-02-04");
    utility.bill("2026-02-01", "2026-03-04");
    charge_fees(database, "2026-03-10");
}

fn charge_fees(database: &TestDb, on: &str) {
    let charge = |tx: &mut Tx<'_>| assess_late_fees_today(tx, None);
    database.db.write_blocking(by("Clock", on), charge).unwrap();
}

/// What an account came to, over all funds.
fn came_to(database: &TestDb, gl: &str) -> Money {
    let balances = database.read(|conn| journal::balances(conn, day("2027-12-31")));
    let of_account = balances
        .iter()
        .filter(|((account, _), _)| account.as_str() == gl);
    of_account.map(|(_, amount)| *amount).sum()
}

#[test]
fn two_people_set_a_chart_and_nobody_sets_it_alone() {
    let database = TestDb::new();
    let document = late_fees_elsewhere();
    let alone = document.clone();
    let set = database
        .db
        .write_blocking(by("Drew", "2026-01-02"), move |tx: &mut Tx<'_>| {
            set_policy(tx, CHART, day("2026-01-02"), &alone)
        });
    assert!(matches!(set, Err(PolicyError::SecondPerson)), "{set:?}");
    let drew = ("Drew", "2026-01-02", "2026-01-02");
    let id = propose(&database, drew, &document).unwrap();
    assert_eq!(
        id,
        propose(&database, drew, &document).unwrap(),
        "sent twice, kept once"
    );
    let own = approve(&database, ("Drew", "2026-01-02"), id);
    assert!(matches!(own, Err(PolicyError::SecondPerson)), "{own:?}");
    approve(&database, ("Pat", "2026-01-02"), id).unwrap();
    let again = approve(&database, ("Pat", "2026-01-02"), id);
    assert!(matches!(again, Err(PolicyError::Decided(_))), "{again:?}");
    late(&database);
    assert_eq!(came_to(&database, "4100"), Money::ZERO);
    assert!(
        came_to(&database, "4105").is_negative(),
        "fees are earned there"
    );
    Utility::check_sound(&database.db);
}

#[test]
fn a_chart_that_would_lose_or_move_what_was_posted_is_refused() {
    let database = TestDb::new();
    late(&database);
    let refused = |from: &str, document: &str| {
        let refusal = propose(&database, ("Drew", "2026-03-11", from), document);
        refusal.expect_err("it is refused").to_string()
    };
    let without_part = chart(r#", "role": "receivable""#, "");
    assert!(refused("2026-03-12", &without_part).contains("the part receivable"));
    let usage = r#"    { "code": "4020", "name": "Usage charges", "kind": "income" },
"#;
    assert!(
        refused("2026-03-12", &chart(usage, ""))
            .contains("schedule W-1: charge use is posted to account 4020")
    );
    let receivable = chart(
        r#""kind": "asset", "role": "receivable" }"#,
        r#""kind": "asset" }, { "code": "1210", "name": "Customers", "kind": "asset", "role": "receivable" }"#,
    );
    assert!(refused("2026-03-12", &receivable).contains("balances are told by it"));
    let expense = chart(
        r#""name": "Late fees", "kind": "income", "role": "late-fee-revenue" }"#,
        r#""name": "Late fees", "kind": "expense", "role": "late-fee-revenue" }"#,
    );
    assert!(refused("2026-03-12", &expense).contains("stays income"));
    assert!(refused("2026-03-11", &late_fees_elsewhere()).contains("from tomorrow or later"));
    assert!(refused("2026-03-10", &late_fees_elsewhere()).contains("begins today or later"));
}

#[test]
fn a_later_chart_keeps_what_may_be_posted_to_until_it_begins() {
    let database = TestDb::new();
    let ahead = |from: &str, document: &str| {
        let refusal = propose(&database, ("Drew", "2026-01-02", from), document);
        refusal.expect_err("it is refused").to_string()
    };
    // Nothing is posted yet; until March anything may be.
    let riders = r#"    { "code": "4040", "name": "Riders", "kind": "income" },
"#;
    assert!(ahead("2026-03-01", &chart(riders, "")).contains("account 4040 may be posted to"));
    let drawers = chart(
        r#""kind": "asset", "role": "cash-drawer" }"#,
        r#""kind": "asset" }, { "code": "1025", "name": "Drawers", "kind": "asset", "role": "cash-drawer" }"#,
    );
    assert!(ahead("2026-03-01", &drawers).contains("the part cash-drawer"));

    // What a chart adds before another that was approved for a later day, that one lacks.
    let later = late_fees_elsewhere();
    let id = propose(&database, ("Drew", "2026-01-02", "2026-03-01"), &later).unwrap();
    approve(&database, ("Pat", "2026-01-02"), id).unwrap();
    let more = chart(
        r#""name": "Riders", "kind": "income" },"#,
        r#""name": "Riders", "kind": "income" }, { "code": "4045", "name": "Tariffs", "kind": "income" },"#,
    );
    assert!(ahead("2026-02-01", &more).contains("account 4045"));
    Utility::check_sound(&database.db);
}

#[test]
fn what_is_earned_goes_to_another_account_from_a_later_day_on() {
    let database = TestDb::new();
    late(&database);
    let before = came_to(&database, "4100");
    assert!(before.is_negative());
    let document = late_fees_elsewhere();
    let id = propose(&database, ("Drew", "2026-03-11", "2026-03-12"), &document).unwrap();
    approve(&database, ("Pat", "2026-03-11"), id).unwrap();
    charge_fees(&database, "2026-04-10");
    assert_eq!(
        came_to(&database, "4100"),
        before,
        "what was earned before stays"
    );
    assert!(came_to(&database, "4105") <= dollars("-1.00"));
    Utility::check_sound(&database.db);
}
