//! Meters that move: what was read of them on the day is billed, once, to whoever used it, whatever is typed, sent again or done at the same
//! moment.

use std::sync::mpsc;
use std::time::Duration;

use mainstay::domain::commodity::Commodity;
use mainstay::domain::exceptions::ExceptionReason;
use mainstay::domain::ids::{AccountId, MeterId, RegisterId, ServicePointId};
use mainstay::domain::meters::{Channel, MeterKind};
use mainstay::domain::period::Period;
use mainstay::domain::quantity::Unit;
use mainstay::domain::reads::ReadVerdict;
use mainstay::store::db::Tx;
use mainstay::store::meters::{self, NewMeterInstall};
use mainstay::store::{self, service};
use mainstay::usecases::accounts::NewMeter;
use mainstay::usecases::billing::{self, draft_run, redraft_account};
use mainstay::usecases::meters::inventory::{InventoryError, take_meter};
use mainstay::usecases::meters::{
    Exchange, Face, Installation, MeterError, Removal, exchange_meter, install_meter, remove_meter,
};
use mainstay::usecases::read_entry::Confirmation;
use rust_decimal::Decimal;

use crate::support::billing::{Utility, ZONE, by, day, dollars, register, unmetered, water};
use crate::support::db::TestDb;

/// What a register shows, seen to be so, and entered again where it is asked for.
fn shown(register: RegisterId, value: i64, again: Option<i64>) -> Face {
    Face {
        register,
        value: value.into(),
        confirmation: Confirmation {
            is_seen: true,
            repeated: again.map(Decimal::from),
        },
    }
}

/// A meter of the inventory, and its register.
fn takes_in(database: &TestDb, serial: &str) -> (MeterId, RegisterId) {
    let meter = NewMeter {
        serial: serial.to_owned(),
        kind: MeterKind::Simple,
        size: None,
        registers: vec![register(serial, Channel::Delivered, Unit::Gallon)],
    };
    let take = move |tx: &mut Tx<'_>| -> Result<MeterId, InventoryError> { take_meter(tx, &meter) };
    let taken = database.db.write_blocking(by("Cora", "2026-01-02"), take);
    let id = taken.expect("the meter is taken in");
    let registers = database.read(|conn| meters::list_registers(conn, id));
    (id, registers[0].id)
}

fn meter_of(database: &TestDb, serial: &str) -> MeterId {
    let found = database.read(|conn| meters::find_by_serial(conn, serial));
    found.expect("the meter is known").id
}

/// One meter for another, on a day.
fn exchange(on: &str, gone: (MeterId, Face), come: (MeterId, Face)) -> Exchange {
    Exchange {
        old: removal(on, gone),
        new: come.0,
        shown: vec![come.1],
    }
}

fn removal(on: &str, (meter, face): (MeterId, Face)) -> Removal {
    Removal {
        meter,
        on: day(on),
        shown: vec![face],
    }
}

fn exchanges(database: &TestDb, exchange: Exchange) -> Result<(), MeterError> {
    let stamp = by("Cora", &exchange.old.on.to_string());
    let change = move |tx: &mut Tx<'_>| exchange_meter(tx, ZONE, &exchange);
    database.db.write_blocking(stamp, change)
}

fn removes(database: &TestDb, removal: Removal) -> Result<(), MeterError> {
    let stamp = by("Cora", &removal.on.to_string());
    let change = move |tx: &mut Tx<'_>| remove_meter(tx, ZONE, &removal);
    database.db.write_blocking(stamp, change)
}

fn hangs(
    database: &TestDb,
    (on, point): (&str, ServicePointId),
    (meter, face): (MeterId, Face),
) -> Result<(), MeterError> {
    let new = Installation {
        meter,
        point,
        on: day(on),
        is_beside: false,
        shown: vec![face],
    };
    let change = move |tx: &mut Tx<'_>| install_meter(tx, ZONE, &new);
    database.db.write_blocking(by("Cora", on), change)
}

/// The point of an account's one service.
fn point_of(database: &TestDb, account: AccountId) -> ServicePointId {
    let year = Period {
        from: day("2026-01-01"),
        until: day("2027-01-01"),
    };
    let agreed = database.read(|conn| service::list_of_accounts(conn, &[account], year));
    agreed[0].agreement.service_point_id
}

/// Three months of about 3,000 gallons, billed.
fn three_months(utility: &Utility<'_>) -> AccountId {
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("MAIN")]);
    let reads = [
        ("2026-01-01", 0),
        ("2026-02-01", 3_000),
        ("2026-03-01", 6_000),
        ("2026-04-01", 9_000),
    ];
    utility.reads("MAIN", &reads);
    utility.bill("2026-01-01", "2026-02-04");
    utility.bill("2026-02-01", "2026-03-04");
    utility.bill("2026-03-01", "2026-04-04");
    rosa
}

/// Contract: F17, F18, F31
#[test]
fn what_a_meter_that_goes_showed_is_billed_once_it_was_entered_twice() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let rosa = three_months(&utility);
    let (main, register) = (meter_of(&database, "MAIN"), utility.register("MAIN"));
    let next = takes_in(&database, "NEXT");
    let closing = |again| {
        let gone = (main, shown(register, 30_000, again));
        let come = (next.0, shown(next.1, 0, None));
        exchanges(&database, exchange("2026-04-20", gone, come))
    };
    let once = closing(None);
    let found = once.as_ref().expect_err("it is far from all expected");
    let (_, found) = found.unusual().expect("it is looked at twice");
    assert_eq!(found.verdict, ReadVerdict::Held);
    let other = closing(Some(30_001));
    assert!(other.is_err(), "{other:?}");
    closing(Some(30_000)).expect("it was entered twice");
    let open = utility.open_reasons(rosa);
    assert!(!open.contains(&ExceptionReason::HighUsage), "{open:?}");

    utility.reads("NEXT", &[("2026-05-01", 1_000)]);
    utility.draft("2026-04-01", "2026-05-04");
    let april = utility.latest(rosa);
    assert_eq!(april.charged("use"), dollars("110.00"), "21,000 and 1,000");
    assert_eq!(april.services[0].2, "actual");
    utility.assert_sound();
}

/// Contract: F17, F18
#[test]
fn a_read_that_waits_for_a_look_is_settled_when_its_meter_goes() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let rosa = three_months(&utility);
    let waits = utility.read("MAIN", "2026-04-20", 30_000).unwrap();
    assert_eq!(waits.verdict, ReadVerdict::Held);
    let (main, register) = (meter_of(&database, "MAIN"), utility.register("MAIN"));
    let goes = |again| {
        let gone = (main, shown(register, 30_000, again));
        removes(&database, removal("2026-04-20", gone))
    };
    let once = goes(None).expect_err("it waits still");
    assert!(once.unusual().is_some(), "{once:?}");
    goes(Some(30_000)).expect("it was entered twice");
    let reads = database.read(|conn| store::reads::list(conn, &[register]));
    let last = reads.last().expect("reads");
    assert_eq!(
        (last.value.0, last.verdict),
        (Decimal::from(30_000), ReadVerdict::Accepted)
    );
    let open = utility.open_reasons(rosa);
    assert!(!open.contains(&ExceptionReason::HighUsage), "{open:?}");
}

/// Contract: F17, F18
#[test]
fn a_register_that_fell_is_not_believed_to_have_gone_round_because_it_was_entered_twice() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let rosa = three_months(&utility);
    let (main, register) = (meter_of(&database, "MAIN"), utility.register("MAIN"));
    let next = takes_in(&database, "NEXT");
    let gone = (main, shown(register, 12, Some(12)));
    let come = (next.0, shown(next.1, 0, None));
    exchanges(&database, exchange("2026-04-20", gone, come)).expect("the meters are exchanged");
    let last = || {
        let reads = database.read(|conn| store::reads::list(conn, &[register]));
        reads.last().expect("reads").clone()
    };
    assert_eq!(
        (last().value.0, last().verdict),
        (Decimal::from(12), ReadVerdict::Held)
    );
    let open = utility.open_reasons(rosa);
    assert!(open.contains(&ExceptionReason::NegativeUsage), "{open:?}");
    utility.reads("NEXT", &[("2026-05-01", 1_000)]);
    utility.draft("2026-04-01", "2026-05-04");
    assert_eq!(utility.bills(rosa).len(), 3, "April waits for a look");
    let open = utility.open_reasons(rosa);
    assert!(open.contains(&ExceptionReason::NoRead), "{open:?}");
    utility.assert_sound();
}

/// Contract: F18, F36
#[test]
fn a_read_that_is_settled_spreads_the_estimates_before_it() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let rosa = three_months(&utility);
    for (from, on) in [("2026-04-01", "2026-05-04"), ("2026-05-01", "2026-06-04")] {
        utility.bill(from, on);
    }
    let (main, register) = (meter_of(&database, "MAIN"), utility.register("MAIN"));
    let next = takes_in(&database, "NEXT");
    let gone = (main, shown(register, 90_000, Some(90_000)));
    let come = (next.0, shown(next.1, 0, None));
    exchanges(&database, exchange("2026-06-20", gone, come)).expect("it was entered twice");
    let reads = database.read(|conn| store::reads::list(conn, &[register]));
    let of_may = reads.iter().find(|read| read.read_on == day("2026-05-01"));
    let of_may = of_may.expect("an estimate");
    // 81,000 gallons in the 80 days since April.
    assert_eq!(
        (of_may.value.0, of_may.version),
        (Decimal::from(39_375), 2),
        "{reads:?}"
    );
    let open = utility.open_reasons(rosa);
    assert!(open.contains(&ExceptionReason::ActualDiffers), "{open:?}");
    utility.assert_sound();
}

/// Contract: F19, F35
#[test]
fn a_bill_is_closed_by_the_read_it_used_and_by_no_other_of_the_day() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("MAIN")]);
    utility.reads("MAIN", &[("2026-01-01", 0), ("2026-01-30", 2_000)]);
    utility.bill("2026-01-01", "2026-02-04");
    assert_eq!(utility.latest(rosa).charged("use"), dollars("10.00"));
    utility.reads("MAIN", &[("2026-02-01", 2_100)]);
    let (main, register) = (meter_of(&database, "MAIN"), utility.register("MAIN"));
    let next = takes_in(&database, "NEXT");
    let closing = |value| {
        let gone = (main, shown(register, value, None));
        let come = (next.0, shown(next.1, 0, None));
        exchanges(&database, exchange("2026-02-01", gone, come))
    };
    let refused = closing(2_100);
    assert!(
        matches!(refused, Err(MeterError::EndsWithBill(on)) if on == day("2026-02-01")),
        "{refused:?}"
    );
    closing(2_000).expect("the bill ended with this read");
    utility.assert_sound();
}

/// Contract: F19, F26
#[test]
fn a_meter_exchanged_while_a_run_drafts_its_account_is_not_lost() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("MAIN")]);
    utility.reads("MAIN", &[("2026-01-01", 0), ("2026-02-01", 3_000)]);
    let next = takes_in(&database, "NEXT");
    let gone = (
        meter_of(&database, "MAIN"),
        shown(utility.register("MAIN"), 1_900, None),
    );
    let new = exchange("2026-01-20", gone, (next.0, shown(next.1, 0, None)));
    let (period, stamp) = (utility.period("2026-01-01"), by("Bill", "2026-02-04"));
    let open = move |tx: &mut Tx<'_>| billing::open_run(tx, period);
    let run = database.db.write_blocking(stamp.clone(), open).unwrap();

    // Her account is held before the run loads what hangs there, and the meter is exchanged after it.
    let (held, is_held) = mpsc::channel();
    let (loaded, is_loaded) = mpsc::channel();
    let change = move |tx: &mut Tx<'_>| -> Result<(), MeterError> {
        store::ledger::lock(tx, &[rosa])?;
        held.send(()).expect("the run waits");
        let looked = is_loaded.recv_timeout(Duration::from_secs(30));
        looked.expect("the run looks for another chunk");
        exchange_meter(tx, ZONE, &new)
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
    changed.expect("the meters are exchanged");
    let drafted = drafter.join().expect("the run ends");
    drafted.expect("nothing stops it");

    assert!(utility.bills(rosa).is_empty(), "no draft rests on the old");
    let open = utility.open_reasons(rosa);
    assert!(open.contains(&ExceptionReason::ServiceChanged), "{open:?}");
    utility.reads("NEXT", &[("2026-02-01", 900)]);
    redraft_account(&database.db, &stamp, ZONE, run, rosa).unwrap();
    assert_eq!(utility.latest(rosa).charged("use"), dollars("14.00"));
    utility.assert_sound();
}

/// Contract: F19
#[test]
fn a_meter_hung_elsewhere_on_the_day_it_goes_comes_with_what_it_went_with() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    utility.household("2026-01-01", vec![water("MAIN")]);
    let other = utility.household("2026-01-01", vec![unmetered(Commodity::Water, "W-1")]);
    utility.reads("MAIN", &[("2026-01-01", 0), ("2026-02-01", 2_000)]);
    let (main, register) = (meter_of(&database, "MAIN"), utility.register("MAIN"));
    let gone = (main, shown(register, 2_500, None));
    removes(&database, removal("2026-02-10", gone)).expect("it is taken down");

    let there = ("2026-02-10", point_of(&database, other));
    let refused = hangs(&database, there, (main, shown(register, 2_600, None)));
    assert!(
        matches!(refused, Err(MeterError::OtherValue(of, value)) if of == register && value == Decimal::from(2_500)),
        "{refused:?}"
    );
    hangs(&database, there, (main, shown(register, 2_500, None))).expect("it hangs there");
    let reads = database.read(|conn| store::reads::list(conn, &[register]));
    assert_eq!(reads.last().map(|read| read.version), Some(1));
    utility.assert_sound();
}

/// Contract: F17, F19
#[test]
fn a_move_sent_again_with_another_value_is_not_said_to_be_done() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("MAIN")]);
    utility.reads("MAIN", &[("2026-01-01", 0), ("2026-02-01", 2_000)]);
    let (main, register) = (meter_of(&database, "MAIN"), utility.register("MAIN"));
    let next = takes_in(&database, "NEXT");
    let moves = |closing, opening| {
        let gone = (main, shown(register, closing, None));
        let come = (next.0, shown(next.1, opening, None));
        exchanges(&database, exchange("2026-02-10", gone, come))
    };
    moves(2_500, 7).expect("the meters are exchanged");
    moves(2_500, 7).expect("and once is enough");
    let of = |refused: Result<(), MeterError>| match refused {
        Err(MeterError::OtherValue(register, value)) => (register, value),
        other => panic!("{other:?}"),
    };
    assert_eq!(of(moves(2_600, 7)), (register, Decimal::from(2_500)));
    assert_eq!(of(moves(2_500, 8)), (next.1, Decimal::from(7)));
    let here = ("2026-02-10", point_of(&database, rosa));
    let again = hangs(&database, here, (next.0, shown(next.1, 9, None)));
    assert_eq!(of(again), (next.1, Decimal::from(7)));

    // The read itself is mended, and then the move says the same.
    utility.read("MAIN", "2026-02-10", 2_600).unwrap();
    moves(2_600, 7).expect("it is so by now");

    let goes = |value| {
        let gone = (next.0, shown(next.1, value, None));
        removes(&database, removal("2026-02-20", gone))
    };
    goes(500).expect("it is taken down");
    goes(500).expect("and once is enough");
    assert_eq!(of(goes(510)), (next.1, Decimal::from(500)));
    utility.assert_sound();
}

/// Contract: F19
#[test]
fn no_meter_hangs_in_two_places_whoever_writes_it_down() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    utility.household("2026-01-01", vec![water("MAIN")]);
    let other = utility.household("2026-01-01", vec![unmetered(Commodity::Water, "W-1")]);
    let (main, point) = (meter_of(&database, "MAIN"), point_of(&database, other));
    let twice = |from: &'static str, until: Option<&'static str>| {
        let write = move |tx: &mut Tx<'_>| {
            let install = NewMeterInstall {
                meter_id: main,
                service_point_id: point,
                from_on: day(from),
                until_on: until.map(day),
            };
            meters::insert_installs(tx, &[install])
        };
        database.db.write_blocking(by("Cora", "2026-03-01"), write)
    };
    assert!(twice("2026-02-01", None).is_err());
    assert!(twice("2025-12-01", Some("2026-01-02")).is_err());
    twice("2025-12-01", Some("2026-01-01")).expect("it came here from there");
    let goes = move |tx: &mut Tx<'_>| {
        meters::mark_removed(tx, (main, day("2026-01-01")), day("2026-02-01"))
    };
    let gone = database.db.write_blocking(by("Cora", "2026-03-01"), goes);
    gone.expect("it is taken down");
    twice("2026-02-01", None).expect("taken down and hung on one day");
    utility.assert_sound();
}
