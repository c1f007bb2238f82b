//! Accounts opened far back, and where reads stand: nothing goes unbilled unseen, and no read gives way by the way.

use mainstay::domain::accounts::{AccountClass, Delivery};
use mainstay::domain::commodity::Commodity;
use mainstay::domain::customers::{CustomerKind, Language};
use mainstay::domain::exceptions::ExceptionReason;
use mainstay::domain::ids::{AccountId, PremiseId, ServiceAgreementId, ServicePointId};
use mainstay::store::db::Tx;
use mainstay::store::service;
use mainstay::usecases::accounts::opening::{
    Opening, OpeningError, OpeningRead, OpeningService, open_account,
};
use mainstay::usecases::accounts::people::{Person, Whom};
use mainstay::usecases::accounts::services::stop_service;
use mainstay::usecases::billing::flag_missed;
use mainstay::usecases::places::open_point;
use mainstay::usecases::read_entry::Confirmation;
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
    let with = |value: i64, is_seen: bool| {
        let value = Decimal::from(value);
        Opening {
            shown: vec![OpeningRead {
                register: utility.register("A"),
                value,
                confirmation: Confirmation {
                    is_seen,
                    repeated: is_seen.then_some(value),
                },
            }],
            ..somebody(&utility, (point, "W-1"), "2026-02-01")
        }
    };
    for (is_seen, may_correct) in [(false, false), (true, false), (false, true)] {
        let refused = opens(&database, (&with(900, is_seen), "2026-02-02"), may_correct);
        let Err(OpeningError::KnownRead { known, .. }) = refused else {
            panic!("{is_seen}, {may_correct}: {refused:?}");
        };
        assert_eq!(known, Decimal::from(1_000));
    }
    let sure = opens(&database, (&with(900, true), "2026-02-02"), true);
    sure.expect("whoever may and is sure");
}
