//! Somebody moves, and the bills of the old place and of the new one have every day once: by one cycle or by two, to the cent.

use mainstay::domain::accounts::AccountStatus;
use mainstay::domain::bills::{BillKind, BillStatus};
use mainstay::domain::exceptions::ExceptionReason;
use mainstay::domain::ids::{AccountId, PremiseId, ServiceAgreementId, ServicePointId};
use mainstay::domain::money::Money;
use mainstay::store::{accounts, service};
use mainstay::usecases::accounts::moves::{
    Coming, Consent, CycleFate, Done, Leaving, MoveError, NewMove, carry_out,
};
use mainstay::usecases::accounts::services::ServiceError;
use mainstay::usecases::accounts::{AccountError, change_status};
use mainstay::usecases::billing::flag_missed;
use mainstay::usecases::billing::rebill::{cancel_and_rebill, plan};
use serde_json::json;

use crate::support::billing::{Billed, Utility, ZONE, by, day, dollars, fixed, water};
use crate::support::db::TestDb;

/// What an account is served with on a day: its agreement, the point and the premise.
pub fn served(
    database: &TestDb,
    account: AccountId,
    on: &str,
) -> (ServiceAgreementId, ServicePointId, PremiseId) {
    let on = day(on);
    let all = database.read(|conn| service::list_after(conn, account, on));
    let (row, premise) = all.first().expect("a service");
    (row.id, row.service_point_id, *premise)
}

/// What ends with a last day.
fn leaves(database: &TestDb, account: AccountId, last: &str) -> Option<Leaving> {
    Some(Leaving {
        last_on: day(last),
        services: vec![served(database, account, "2026-01-15").0],
    })
}

/// Water that begins where another account had it.
pub fn comes(database: &TestDb, after: AccountId, first: &str) -> Option<Coming> {
    let (_, point, premise) = served(database, after, "2026-01-15");
    Some(Coming {
        premise,
        first_on: day(first),
        services: vec![(point, "W-1".to_owned())],
    })
}

/// Somebody moves out.
pub fn out(database: &TestDb, account: AccountId, last: &str) -> NewMove {
    NewMove {
        leaving: leaves(database, account, last),
        ..NewMove::default()
    }
}

/// Somebody moves to where another account was served.
pub fn over(
    database: &TestDb,
    (account, after): (AccountId, AccountId),
    (last, first): (&str, &str),
) -> NewMove {
    NewMove {
        leaving: leaves(database, account, last),
        coming: comes(database, after, first),
        ..NewMove::default()
    }
}

/// Rosa in the cycle of the first of the month, Theo in that of the fifteenth.
fn neighbors(database: &TestDb) -> ([Utility<'_>; 2], [AccountId; 2]) {
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let other = utility.by_another_cycle();
    let rosa = utility.household("2026-01-01", vec![water("A")]);
    let theo = other.household("2026-01-15", vec![water("B")]);
    ([utility, other], [rosa, theo])
}

/// What a move would come to, or why it is refused.
fn looks(database: &TestDb, account: AccountId, new: &NewMove, on: &str) -> MoveError {
    let new = new.clone();
    let look = database.db.write_blocking(by("Cora", on), move |tx| {
        carry_out(tx, ZONE, account, &new, &Consent::Look)
    });
    look.expect_err("nothing is done")
}

/// A move that is looked at and then done.
pub fn moves(database: &TestDb, account: AccountId, new: &NewMove, on: &str) -> Done {
    let seal = match looks(database, account, new, on) {
        MoveError::Shown(done) => done.seal(),
        refused => panic!("{refused:?}"),
    };
    let consent = Consent::Seen {
        seal,
        words: String::new(),
    };
    let new = new.clone();
    let done = database.db.write_blocking(by("Cora", on), move |tx| {
        carry_out(tx, ZONE, account, &new, &consent)
    });
    done.expect("it is done")
}

/// Nobody who was served in a period that is over goes without a bill.
fn missed_none(database: &TestDb, on: &str) {
    assert_eq!(flag_missed(&database.db, &by("Clock", on)).unwrap(), 0);
}

/// Days and amount of each bill that is out.
fn billed(utility: &Utility<'_>, account: AccountId) -> Vec<(String, String, Money)> {
    let bills = utility.issued(account);
    let row = |billed: &Billed| {
        let (from, until) = (billed.bill.from_on, billed.bill.until_on);
        (from.to_string(), until.to_string(), billed.bill.total_cents)
    };
    bills.iter().map(row).collect()
}

fn span(from: &str, until: &str, amount: &str) -> (String, String, Money) {
    (from.to_owned(), until.to_owned(), dollars(amount))
}

/// Contract: F7, F9, F35
#[test]
fn within_one_cycle_one_bill_covers_both_places_each_by_its_days() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("A")]);
    let omar = utility.household("2026-01-01", vec![water("B")]);
    let old = [
        ("2026-01-01", 0),
        ("2026-02-01", 1_000),
        ("2026-03-01", 2_000),
    ];
    utility.reads("A", &old);
    utility.reads("B", &old);
    utility.bill("2026-01-01", "2026-02-04");
    utility.bill("2026-02-01", "2026-03-04");

    let gone = out(&database, omar, "2026-03-05");
    let done = moves(&database, omar, &gone, "2026-03-05");
    assert!(done.is_new && !done.is_served);
    let moved = over(&database, (rosa, omar), ("2026-03-10", "2026-03-11"));
    let done = moves(&database, rosa, &moved, "2026-03-06");
    assert_eq!((done.cycle, done.is_served), (CycleFate::Same, true));
    // The read of the last day closes the old place, the one of the first day opens the new.
    utility.reads("A", &[("2026-03-10", 2_350)]);
    utility.reads(
        "B",
        &[
            ("2026-03-06", 2_180),
            ("2026-03-11", 2_355),
            ("2026-04-01", 3_095),
        ],
    );
    utility.bill("2026-03-01", "2026-04-04");

    // Ten days of thirty at the old place, twenty-one at the new: $3.33 and $1.75, $7.00 and $3.70.
    let bills = utility.issued(rosa);
    assert_eq!(bills[2].bill.kind, BillKind::Regular);
    assert_eq!(bills[2].services.len(), 2);
    assert_eq!(bills[2].charged("base"), dollars("10.33"));
    assert_eq!(bills[2].charged("use"), dollars("5.45"));
    assert_eq!(
        billed(&utility, rosa)[2],
        span("2026-03-01", "2026-04-01", "15.78")
    );
    // Five days, to the read of the morning after.
    let last = utility.issued(omar);
    assert_eq!(last[2].bill.kind, BillKind::Final);
    assert_eq!(last[2].charged("base"), dollars("1.67"));
    assert_eq!(last[2].charged("use"), dollars("0.90"));
    missed_none(&database, "2026-04-06");
    utility.assert_sound();
}

/// Contract: F7, F9, F35
#[test]
fn between_two_cycles_the_old_one_bills_to_the_last_day_and_the_new_one_from_the_next() {
    let database = TestDb::new();
    let ([utility, other], [rosa, theo]) = neighbors(&database);
    utility.reads(
        "A",
        &[
            ("2026-01-01", 0),
            ("2026-02-01", 1_000),
            ("2026-03-01", 2_000),
        ],
    );
    other.reads("B", &[("2026-01-15", 0), ("2026-02-15", 1_000)]);
    utility.bill("2026-01-01", "2026-02-04");
    other.bill("2026-01-15", "2026-02-18");
    utility.bill("2026-02-01", "2026-03-04");

    let gone = out(&database, theo, "2026-02-28");
    moves(&database, theo, &gone, "2026-03-02");
    let moved = over(&database, (rosa, theo), ("2026-03-10", "2026-03-11"));
    let done = moves(&database, rosa, &moved, "2026-03-05");
    let changes = CycleFate::Changes {
        from: utility.cycle(),
        to: other.cycle(),
        on: day("2026-03-11"),
    };
    assert_eq!(done.cycle, changes);
    // The same once more changes nothing.
    let again = moves(&database, rosa, &moved, "2026-03-05");
    assert!(!again.is_new);
    assert_eq!(again.cycle, changes);

    other.reads(
        "B",
        &[
            ("2026-03-01", 1_400),
            ("2026-03-11", 1_700),
            ("2026-03-15", 1_840),
            ("2026-04-15", 2_840),
        ],
    );
    utility.reads("A", &[("2026-03-11", 2_350)]);
    other.bill("2026-02-15", "2026-03-18");
    utility.bill("2026-03-01", "2026-04-04");
    other.bill("2026-03-15", "2026-04-18");

    let mut bills = billed(&utility, rosa);
    bills.sort();
    assert_eq!(
        bills,
        [
            span("2026-01-01", "2026-02-01", "15.00"),
            span("2026-02-01", "2026-03-01", "15.00"),
            // Ten days of thirty, and 350 gallons.
            span("2026-03-01", "2026-03-11", "5.08"),
            // Four days of thirty, and 140 gallons.
            span("2026-03-11", "2026-03-15", "2.03"),
            span("2026-03-15", "2026-04-15", "15.00"),
        ]
    );
    assert_eq!(
        billed(&other, theo)[1],
        // Fourteen days of thirty, and 400 gallons.
        span("2026-02-15", "2026-03-15", "6.67")
    );
    let is_regular = |billed: &Billed| billed.bill.kind == BillKind::Regular;
    assert!(
        utility.issued(rosa).iter().all(is_regular),
        "the account goes on: none of its bills is its last"
    );
    missed_none(&database, "2026-04-20");
    utility.assert_sound();
}

/// Contract: F9, F41
#[test]
fn the_last_bill_of_the_old_place_is_taken_back_and_billed_again_for_its_own_days() {
    let database = TestDb::new();
    let ([utility, other], [rosa, theo]) = neighbors(&database);
    utility.reads("A", &[("2026-01-01", 0), ("2026-02-01", 1_000)]);
    other.reads("B", &[("2026-01-15", 0)]);
    utility.bill("2026-01-01", "2026-02-04");
    let gone = out(&database, theo, "2026-01-20");
    moves(&database, theo, &gone, "2026-02-05");
    let moved = over(&database, (rosa, theo), ("2026-02-10", "2026-02-11"));
    moves(&database, rosa, &moved, "2026-02-06");
    utility.reads("A", &[("2026-02-11", 1_400)]);
    utility.bill("2026-02-01", "2026-03-04");
    let last = utility.latest(rosa).bill;
    // Ten days of thirty, and 400 gallons.
    assert_eq!(last.total_cents, dollars("5.33"));
    let shown = database
        .db
        .read_blocking(|conn| plan(conn, last.id, day("2026-03-05")))
        .unwrap();
    assert_eq!(shown.bills.len(), 1);
    assert_eq!(shown.bills[0].now().unwrap(), dollars("5.33"));
    let seal = shown.seal();
    database
        .db
        .write_blocking(by("Clara", "2026-03-05"), move |tx| {
            cancel_and_rebill(tx, last.id, "looked at again", &seal)
        })
        .unwrap();
    let again = utility.latest(rosa).bill;
    assert_eq!(again.kind, BillKind::Rebill);
    assert_eq!(
        (again.from_on, again.until_on, again.total_cents),
        (day("2026-02-01"), day("2026-02-11"), dollars("5.33"))
    );
    utility.assert_sound();
}

/// Contract: F9, F29
#[test]
fn a_last_day_that_nobody_read_is_estimated_when_the_bills_are_made() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("A")]);
    utility.reads(
        "A",
        &[
            ("2026-01-01", 0),
            ("2026-02-01", 3_100),
            ("2026-03-01", 5_900),
        ],
    );
    utility.bill("2026-01-01", "2026-02-04");
    utility.bill("2026-02-01", "2026-03-04");
    let gone = out(&database, rosa, "2026-03-10");
    moves(&database, rosa, &gone, "2026-03-08");
    utility.draft("2026-03-01", "2026-04-04");
    let last = utility.latest(rosa);
    // Ten days of thirty, and ten of 100 gallons.
    assert_eq!(last.bill.kind, BillKind::Final);
    assert_eq!(last.services[0].2, "estimated");
    assert_eq!(last.bill.total_cents, dollars("8.33"));
    utility.assert_sound();
}

/// Contract: F9, F39
#[test]
fn a_draft_of_days_that_a_move_changes_is_given_up_and_waits_to_be_made_anew() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("A")]);
    let reads = [
        ("2026-01-01", 0),
        ("2026-01-21", 700),
        ("2026-02-01", 1_000),
    ];
    utility.reads("A", &reads);
    utility.draft("2026-01-01", "2026-02-04");
    let gone = out(&database, rosa, "2026-01-20");
    moves(&database, rosa, &gone, "2026-02-04");
    assert_eq!(utility.latest(rosa).bill.status, BillStatus::Void);
    let open = utility.open_reasons(rosa);
    assert!(open.contains(&ExceptionReason::ServiceChanged), "{open:?}");
    utility.assert_sound();
}

/// Contract: F9, F36
#[test]
fn days_that_are_billed_are_not_moved_about_and_the_rest_stays_as_it_was() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let mut base = fixed("base", "500.00");
    base["only"] = json!({"classes": ["industrial"]});
    let plants = json!({"measures": {"usage": "gal"}, "charges": [base]});
    utility.publish("2025-01-01", "W-IND", "water", plants);
    let rosa = utility.household("2026-01-01", vec![water("A")]);
    let omar = utility.household("2026-01-01", vec![water("B")]);
    let reads = [("2026-01-01", 0), ("2026-02-01", 1_000)];
    utility.reads("A", &reads);
    utility.reads("B", &reads);
    let gone = out(&database, omar, "2026-01-31");
    moves(&database, omar, &gone, "2026-02-02");

    let run = utility.draft("2026-01-01", "2026-02-04");
    let early = over(&database, (rosa, omar), ("2026-01-20", "2026-02-01"));
    let refused = looks(&database, rosa, &early, "2026-02-04");
    assert!(matches!(refused, MoveError::Shown(_)), "{refused:?}");
    assert_eq!(utility.latest(rosa).bill.status, BillStatus::Draft);
    utility.issue(run, "2026-02-04");
    let refused = looks(&database, rosa, &early, "2026-02-04");
    assert!(
        matches!(refused, MoveError::Stop(_, ServiceError::Billed(until)) if until == day("2026-02-01")),
        "{refused:?}"
    );
    let into_the_past = NewMove {
        coming: comes(&database, omar, "2026-01-31"),
        ..NewMove::default()
    };
    let refused = looks(&database, rosa, &into_the_past, "2026-02-04");
    assert!(
        matches!(refused, MoveError::Start(_, ServiceError::Billed(until)) if until == day("2026-02-01")),
        "{refused:?}"
    );

    // A rate that is for others stops the whole of it: the old place is served on.
    let mut dear = over(&database, (rosa, omar), ("2026-02-10", "2026-02-11"));
    if let Some(coming) = &mut dear.coming {
        coming.services[0].1 = "W-IND".to_owned();
    }
    let refused = looks(&database, rosa, &dear, "2026-02-05");
    assert!(
        matches!(&refused, MoveError::OtherClass { code, .. } if code == "W-IND"),
        "{refused:?}"
    );
    let rows = database.read(|conn| service::list_after(conn, rosa, day("2026-02-05")));
    assert_eq!((rows.len(), rows[0].0.until_on), (1, None));

    // A seal of something else does nothing either.
    let stale = Consent::Seen {
        seal: "another".to_owned(),
        words: String::new(),
    };
    let plain = out(&database, rosa, "2026-02-10");
    let tried = database
        .db
        .write_blocking(by("Cora", "2026-02-05"), move |tx| {
            carry_out(tx, ZONE, rosa, &plain, &stale)
        });
    assert!(matches!(tried, Err(MoveError::Changed(_))), "{tried:?}");
    let rows = database.read(|conn| service::list_after(conn, rosa, day("2026-02-05")));
    assert_eq!(rows[0].0.until_on, None);
    utility.assert_sound();
}

/// Contract: F4, F7, F9
#[test]
fn an_account_that_owes_is_not_closed_and_one_that_closes_may_be_served_again() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("A")]);
    utility.reads("A", &[("2026-01-01", 0), ("2026-02-01", 1_000)]);
    utility.bill("2026-01-01", "2026-02-04");
    let to = |status: AccountStatus, on: &'static str| {
        database.db.write_blocking(by("Cora", on), move |tx| {
            change_status(tx, rosa, status, day(on))
        })
    };
    let place = comes(&database, rosa, "2026-02-20");
    let gone = out(&database, rosa, "2026-02-10");
    moves(&database, rosa, &gone, "2026-02-09");
    to(AccountStatus::Closing, "2026-02-12").expect("it closes");
    let closed = to(AccountStatus::Closed, "2026-02-13");
    assert!(
        matches!(closed, Err(AccountError::NotSettled { balance, .. }) if balance == dollars("15.00")),
        "{closed:?}"
    );
    // The customer comes back: the account serves again.
    let back = NewMove {
        coming: place,
        ..NewMove::default()
    };
    assert!(moves(&database, rosa, &back, "2026-02-14").is_served);
    let row = database.read(|conn| accounts::get(conn, rosa));
    assert_eq!(row.status, AccountStatus::Active);
    utility.assert_sound();
}

/// Contract: F4, F9
#[test]
fn an_account_is_not_closed_before_its_last_bill_went_out() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("A")]);
    utility.reads("A", &[("2026-01-01", 0), ("2026-01-21", 700)]);
    let to = |status: AccountStatus, on: &'static str| {
        database.db.write_blocking(by("Cora", on), move |tx| {
            change_status(tx, rosa, status, day(on))
        })
    };
    let gone = out(&database, rosa, "2026-01-20");
    moves(&database, rosa, &gone, "2026-01-19");
    to(AccountStatus::Closing, "2026-01-22").expect("it closes");
    let early = to(AccountStatus::Closed, "2026-01-23");
    assert!(matches!(early, Err(AccountError::NotBilled)), "{early:?}");
    let run = utility.draft("2026-01-01", "2026-02-04");
    let drafted = to(AccountStatus::Closed, "2026-02-04");
    assert!(
        matches!(drafted, Err(AccountError::NotBilled)),
        "{drafted:?}"
    );
    utility.issue(run, "2026-02-04");
    let owing = to(AccountStatus::Closed, "2026-02-05");
    assert!(
        matches!(owing, Err(AccountError::NotSettled { .. })),
        "{owing:?}"
    );
    utility.assert_sound();
}
