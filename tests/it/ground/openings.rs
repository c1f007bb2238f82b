//! Accounts opened far back, and where reads stand: nothing goes unbilled unseen, and no read gives way by the way.

use mainstay::domain::accounts::{AccountClass, Delivery};
use mainstay::domain::commodity::Commodity;
use mainstay::domain::customers::{CustomerKind, Language};
use mainstay::domain::exceptions::ExceptionReason;
use mainstay::domain::ids::{AccountId, PremiseId, RegisterId, ServiceAgreementId, ServicePointId};
use mainstay::domain::reads::{ReadQuality, ReadSource, ReadVerdict};
use mainstay::store::db::Tx;
use mainstay::store::error::StoreError;
use mainstay::store::reads::{NewRead, ReadRow};
use mainstay::store::sql_types::Exact;
use mainstay::store::{reads, service};
use mainstay::usecases::accounts::opening::{
    Opening, OpeningError, OpeningRead, OpeningService, open_account,
};
use mainstay::usecases::accounts::people::{Person, Whom};
use mainstay::usecases::accounts::services::{NewAgreement, start_service, stop_service};
use mainstay::usecases::billing::flag_missed;
use mainstay::usecases::places::open_point;
use mainstay::usecases::read_entry::{Confirmation, EntryError};
use rust_decimal::Decimal;
use serde_json::json;

use crate::support::billing::{Utility, ZONE, by, day, fixed, unmetered, water};
use crate::support::db::TestDb;

/// What an account is served with: its agreement, the point and the place.
fn served(
    database: &TestDb,
    account: AccountId,
) -> (ServiceAgreementId, ServicePointId, PremiseId) {
    let all = database.read(|conn| service::list_after(conn, account, day("2026-01-15")));
    let (row, premise) = all.first().expect("a service");
    (row.id, row.service_point_id, *premise)
}

/// Somebody new who is served at a point from a day on.
fn somebody(utility: &Utility<'_>, (point, rate): (ServicePointId, &str), from: &str) -> Opening {
    let ana = Person {
        name: "Ana Ruiz".to_owned(),
        given_name: None,
        language: Language::English,
        mailing_address: None,
    };
    Opening {
        who: Whom::New(CustomerKind::Person, ana),
        contacts: Vec::new(),
        class: AccountClass::Residential,
        cycle: utility.cycle(),
        language: Language::English,
        delivery: Delivery::Paper,
        from_on: day(from),
        services: vec![OpeningService {
            point,
            rate_code: rate.to_owned(),
            facts: json!({}),
        }],
        shown: Vec::new(),
    }
}

/// Opens it, by somebody who may enter reads or by somebody who may not.
fn opens(
    database: &TestDb,
    (new, on): (&Opening, &str),
    may_correct: bool,
) -> Result<(), OpeningError> {
    let new = new.clone();
    let open = move |tx: &mut Tx<'_>| open_account(tx, (ZONE, may_correct), &new);
    let opened = database.db.write_blocking(by("Cora", on), open);
    opened.map(|_number| ())
}

/// Contract: F25, F150
#[test]
fn an_account_opened_far_back_waits_for_every_period_that_was_drafted_without_it() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let flat = json!({"charges": [fixed("flat", "30.00")]});
    utility.publish("2025-01-01", "S-1", "sewer", flat);
    let rosa = utility.household("2026-01-01", vec![unmetered(Commodity::Sewer, "S-1")]);
    for month in 1..=5 {
        let (from, on) = (
            format!("2026-0{month}-01"),
            format!("2026-0{}-04", month + 1),
        );
        utility.bill(&from, &on);
    }
    utility.draft("2026-06-01", "2026-07-04");
    let (_, _, premise) = served(&database, rosa);
    let second = move |tx: &mut Tx<'_>| open_point(tx, premise, Commodity::Sewer, Some("Rear"));
    let second = database.db.write_blocking(by("Cora", "2026-07-05"), second);
    let second = second.expect("a second point");
    let new = somebody(&utility, (second, "S-1"), "2026-02-10");
    opens(&database, (&new, "2026-07-05"), true).expect("the account is opened");
    let not_billed = || {
        let queue = utility.queue();
        let gaps = queue.into_iter();
        gaps.filter(|row| row.reason == ExceptionReason::NotBilled)
            .count()
    };
    assert_eq!(not_billed(), 5, "February to May went out, June is drafted");
    flag_missed(&database.db, &by("Clock", "2026-07-06")).unwrap();
    assert_eq!(not_billed(), 5, "each once");
}

/// Contract: F3, F14
#[test]
fn a_read_that_stands_gives_way_to_whoever_may_enter_reads_and_only_when_they_are_sure() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("A")]);
    utility.reads("A", &[("2026-01-01", 0), ("2026-02-01", 1_000)]);
    let (agreement, point, _) = served(&database, rosa);
    let stop = move |tx: &mut Tx<'_>| stop_service(tx, rosa, agreement, day("2026-02-01"));
    let stopped = database.db.write_blocking(by("Cora", "2026-02-02"), stop);
    stopped.expect("the service is stopped");
    let with = |value: i64, replaces: bool| {
        let value = Decimal::from(value);
        Opening {
            shown: vec![OpeningRead {
                register: utility.register("A"),
                value,
                confirmation: Confirmation {
                    is_seen: true,
                    repeated: Some(value),
                },
                replaces,
            }],
            ..somebody(&utility, (point, "W-1"), "2026-02-01")
        }
    };
    for (replaces, may_correct) in [(false, false), (true, false), (false, true)] {
        let refused = opens(&database, (&with(900, replaces), "2026-02-02"), may_correct);
        let Err(OpeningError::KnownRead { known, .. }) = refused else {
            panic!("{replaces}, {may_correct}: {refused:?}");
        };
        assert_eq!(known, Decimal::from(1_000));
    }
    let sure = opens(&database, (&with(900, true), "2026-02-02"), true);
    sure.expect("whoever may and is sure");
}

/// Rosa's water, which ended on the first of February; the point, and its register.
fn gone(database: &TestDb, utility: &Utility<'_>, rosa: AccountId) -> (ServicePointId, RegisterId) {
    let (agreement, point, _) = served(database, rosa);
    let stop = move |tx: &mut Tx<'_>| stop_service(tx, rosa, agreement, day("2026-02-01"));
    let stopped = database.db.write_blocking(by("Cora", "2026-02-02"), stop);
    stopped.expect("the service is stopped");
    (point, utility.register("A"))
}

/// What a register shows, seen and entered twice.
fn twice(register: RegisterId, value: i64, replaces: bool) -> OpeningRead {
    OpeningRead {
        register,
        value: value.into(),
        confirmation: Confirmation {
            is_seen: true,
            repeated: Some(value.into()),
        },
        replaces,
    }
}

/// The reads of a register as they stand.
fn standing(database: &TestDb, register: RegisterId) -> Vec<ReadRow> {
    database.read(|conn| reads::list(conn, &[register]))
}

/// Contract: F17, F150
#[test]
fn a_register_is_not_read_before_the_first_day_has_come() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("A")]);
    utility.reads("A", &[("2026-01-01", 0)]);
    let (point, register) = gone(&database, &utility, rosa);
    let ahead = |shown| Opening {
        shown,
        ..somebody(&utility, (point, "W-1"), "2026-02-01")
    };
    let read = ahead(vec![twice(register, 1_000, true)]);
    let refused = opens(&database, (&read, "2026-01-20"), true);
    assert!(
        matches!(refused, Err(OpeningError::ReadToCome(of)) if of == register),
        "{refused:?}"
    );
    assert_eq!(standing(&database, register).len(), 1, "nothing was kept");
    let unread = opens(&database, (&ahead(Vec::new()), "2026-01-20"), true);
    unread.expect("it is opened and read later");
}

/// Contract: F3, F14
#[test]
fn a_read_of_the_day_from_a_file_gives_way_to_nobody_unasked() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("A")]);
    utility.reads("A", &[("2026-01-01", 0)]);
    let (point, register) = gone(&database, &utility, rosa);
    let by_file = move |tx: &mut Tx<'_>| -> Result<(), StoreError> {
        let on = day("2026-02-01");
        let row = NewRead {
            register_id: register,
            read_on: on,
            read_at: on.and_hms_opt(15, 10, 0).expect("an hour"),
            version: 1,
            value: Exact(Decimal::from(1_000)),
            source: ReadSource::File,
            quality: ReadQuality::Actual,
            verdict: ReadVerdict::Accepted,
            reasons: None,
            import_id: None,
            recorded_by: "Rita".to_owned(),
            recorded_at: tx.stamp.at,
        };
        reads::insert_all(tx, &[row]).map(drop)
    };
    let kept = database
        .db
        .write_blocking(by("Rita", "2026-02-01"), by_file);
    kept.expect("the file's read is kept");
    let with = |value, replaces| Opening {
        shown: vec![twice(register, value, replaces)],
        ..somebody(&utility, (point, "W-1"), "2026-02-01")
    };
    for (replaces, may_correct) in [(false, false), (true, false), (false, true)] {
        let refused = opens(
            &database,
            (&with(1_400, replaces), "2026-02-02"),
            may_correct,
        );
        assert!(
            matches!(refused, Err(OpeningError::KnownRead { known, .. }) if known == Decimal::from(1_000)),
            "{replaces}, {may_correct}: {refused:?}"
        );
    }
    let sure = opens(&database, (&with(1_400, true), "2026-02-02"), true);
    sure.expect("whoever may and is sure");
    let usable: Vec<Decimal> = standing(&database, register)
        .iter()
        .filter(|row| row.read_on == day("2026-02-01") && row.verdict.is_usable())
        .map(|row| row.value.0)
        .collect();
    assert_eq!(
        usable,
        [Decimal::from(1_400)],
        "one read stands for the day"
    );
}

/// Contract: F17, F31
#[test]
fn whoever_may_not_enter_reads_accepts_none_that_waits() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let rosa = utility.household("2025-11-01", vec![water("A")]);
    let before = [
        ("2025-11-01", 0),
        ("2025-12-01", 3_000),
        ("2026-01-01", 6_000),
    ];
    utility.reads("A", &before);
    let held = utility.read("A", "2026-02-01", 90_000).expect("it is kept");
    assert_eq!(held.verdict, ReadVerdict::Held);
    let (point, register) = gone(&database, &utility, rosa);
    let with = |value| Opening {
        shown: vec![twice(register, value, true)],
        ..somebody(&utility, (point, "W-1"), "2026-02-01")
    };
    let other = opens(&database, (&with(9_000), "2026-02-02"), false);
    assert!(
        matches!(other, Err(OpeningError::KnownRead { .. })),
        "nor does it give way to another: {other:?}"
    );
    opens(&database, (&with(90_000), "2026-02-02"), false).expect("the account is opened");
    let last = standing(&database, register).pop().expect("a read");
    assert_eq!(
        (last.value.0, last.verdict, last.version),
        (Decimal::from(90_000), ReadVerdict::Held, 1)
    );
    let open = utility.open_reasons(rosa).len() + utility.queue().len();
    assert!(open > 0, "it waits for a look still");
}

/// Contract: F17
#[test]
fn a_value_that_takes_the_place_of_another_is_looked_at_like_any_other() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let rosa = utility.household("2025-11-01", vec![water("A")]);
    let before = [
        ("2025-11-01", 0),
        ("2025-12-01", 3_000),
        ("2026-01-01", 6_000),
        ("2026-02-01", 9_000),
    ];
    utility.reads("A", &before);
    let (point, register) = gone(&database, &utility, rosa);
    let with = |is_seen| Opening {
        shown: vec![OpeningRead {
            confirmation: Confirmation {
                is_seen,
                repeated: None,
            },
            ..twice(register, 15_000, true)
        }],
        ..somebody(&utility, (point, "W-1"), "2026-02-01")
    };
    let refused = opens(&database, (&with(false), "2026-02-02"), true);
    assert!(
        matches!(
            refused,
            Err(OpeningError::Read(_, EntryError::Unusual(ref found))) if found.verdict == ReadVerdict::Flagged
        ),
        "{refused:?}"
    );
    opens(&database, (&with(true), "2026-02-02"), true).expect("it was seen");
}

/// Contract: F25, F31
#[test]
fn service_started_by_hand_far_back_waits_for_every_period_that_went_out_without_it() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let flat = json!({"charges": [fixed("flat", "30.00")]});
    utility.publish("2025-01-01", "S-1", "sewer", flat);
    let rosa = utility.household("2026-01-01", vec![unmetered(Commodity::Sewer, "S-1")]);
    for month in 1..=6 {
        let (from, on) = (
            format!("2026-0{month}-01"),
            format!("2026-0{}-04", month + 1),
        );
        utility.bill(&from, &on);
    }
    let (_, _, premise) = served(&database, rosa);
    let two = move |tx: &mut Tx<'_>| -> Result<_, mainstay::usecases::places::PlaceError> {
        let rear = open_point(tx, premise, Commodity::Sewer, Some("Rear"))?;
        Ok((
            rear,
            open_point(tx, premise, Commodity::Sewer, Some("Shed"))?,
        ))
    };
    let two = database.db.write_blocking(by("Cora", "2026-07-05"), two);
    let (rear, shed) = two.expect("two more points");
    let new = somebody(&utility, (rear, "S-1"), "2026-07-01");
    opens(&database, (&new, "2026-07-05"), true).expect("the account is opened");
    let gaps = || {
        let queue = utility.queue().into_iter();
        let gaps = queue.filter(|row| row.reason == ExceptionReason::NotBilled);
        gaps.filter_map(|row| row.account_id).collect::<Vec<_>>()
    };
    assert!(gaps().is_empty(), "nothing went out without it");
    let ana = database.read(|conn| service::list_of_point(conn, rear));
    let ana = ana.first().expect("an agreement").0.account_id;
    let start = move |tx: &mut Tx<'_>| {
        let agreement = NewAgreement {
            account: ana,
            point: shed,
            rate_code: "S-1".to_owned(),
            facts: json!({}),
            from_on: day("2026-03-10"),
        };
        start_service(tx, &agreement)
    };
    let started = database.db.write_blocking(by("Cora", "2026-07-20"), start);
    started.expect("the service begins");
    assert_eq!(gaps(), [ana; 4], "March to June went out");
    flag_missed(&database.db, &by("Clock", "2026-07-21")).unwrap();
    assert_eq!(gaps(), [ana; 4], "each once");
}
