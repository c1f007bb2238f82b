//! Reads by hand, estimates, and the actual read that spreads them anew. F17, F18, F20.

use chrono::NaiveDate;
use mainstay::domain::exceptions::ExceptionReason;
use mainstay::domain::feed::FeedFormat;
use mainstay::domain::ids::RegisterId;
use mainstay::domain::reads::{ReadQuality, ReadSource, ReadVerdict};
use mainstay::store;
use mainstay::store::exceptions::Filter;
use mainstay::usecases::exceptions::{Answer, answer};
use mainstay::usecases::reads::cycle::{Filling, close_reads};
use mainstay::usecases::reads::desk::{
    ReadError, Recorded, ToldRead, accept_read, enter_read, estimate_read, judge_read,
};
use rust_decimal::Decimal;

use crate::reads::files::{MADRID, plan};
use crate::reads::town::{Set, import, set};
use crate::support::db::TestDb;

const REGISTER: RegisterId = RegisterId(1);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn by_hand(serial: &str) -> Set<'_> {
    Set {
        commodity: "electric",
        unit: "kWh",
        minutes: None,
        ..Set::water(serial)
    }
}

fn told(register_id: RegisterId, on: &str, value: i64) -> ToldRead {
    ToldRead {
        register_id,
        on: day(on),
        value: Decimal::from(value),
        source: ReadSource::Manual,
    }
}

fn enter(db: &TestDb, read: ToldRead) -> Result<Recorded, ReadError> {
    db.write(&read.on.to_string(), move |tx| {
        enter_read(tx, MADRID, &read)
    })
}

fn estimate(db: &TestDb, register: RegisterId, on: &str) -> Result<Recorded, ReadError> {
    let on_day = day(on);
    db.write(on, move |tx| estimate_read(tx, MADRID, register, on_day))
}

/// A register with three months of about 300 kWh.
fn three_months() -> TestDb {
    let db = TestDb::new();
    set(&db, &[by_hand("M1"), by_hand("M2")]);
    for (on, value) in [
        ("2026-01-01", 10_000),
        ("2026-02-01", 10_310),
        ("2026-03-01", 10_590),
        ("2026-04-01", 10_900),
    ] {
        enter(&db, told(REGISTER, on, value)).unwrap();
    }
    db
}

fn values(db: &TestDb) -> Vec<(String, i64, ReadQuality, i32)> {
    let rows = db.read(|conn| store::reads::list(conn, &[REGISTER]));
    rows.into_iter()
        .map(|row| {
            (
                row.read_on.to_string(),
                row.value.0.try_into().unwrap(),
                row.quality,
                row.version,
            )
        })
        .collect()
}

#[test]
fn a_mistyped_read_waits_for_a_person_and_a_decision_is_a_new_version() {
    let db = three_months();
    let wrong = enter(&db, told(REGISTER, "2026-05-01", 91_200)).unwrap();
    assert_eq!(wrong.verdict, ReadVerdict::Held);
    assert!(wrong.reasons.contains(&ExceptionReason::HighUsage));
    let held = db
        .read(|conn| store::reads::list(conn, &[REGISTER]))
        .pop()
        .unwrap();
    let id = held.id;
    db.write("2026-05-02", move |tx| {
        judge_read(tx, id, ReadVerdict::Refused)
    })
    .unwrap();
    let right = enter(&db, told(REGISTER, "2026-05-02", 11_210)).unwrap();
    assert!(right.verdict.is_usable());
    let kept = db.read(|conn| store::reads::get(conn, id));
    assert_eq!(
        kept.verdict,
        ReadVerdict::Held,
        "the old version stays as it was"
    );
}

#[test]
fn what_the_face_cannot_show_is_not_taken() {
    let db = three_months();
    let beyond = enter(&db, told(REGISTER, "2026-05-01", 100_000_000));
    assert!(matches!(beyond, Err(ReadError::BeyondFace { .. })));
    let before = enter(&db, told(REGISTER, "1999-12-31", 10));
    assert!(matches!(before, Err(ReadError::NotInstalled)), "{before:?}");
    let again = enter(&db, told(REGISTER, "2026-04-01", 10_900));
    assert!(matches!(again, Err(ReadError::Duplicate)));
    assert!(matches!(
        enter(&db, told(RegisterId(99), "2026-05-01", 1)),
        Err(ReadError::NoRegister)
    ));
}

#[test]
fn a_late_read_that_does_not_fit_before_the_next_waits_for_a_person() {
    let db = three_months();
    let late = enter(&db, told(REGISTER, "2026-03-15", 10_950)).unwrap();
    assert_eq!(late.verdict, ReadVerdict::Held);
    assert!(late.reasons.contains(&ExceptionReason::NegativeUsage));
    let fits = enter(&db, told(REGISTER, "2026-03-16", 10_750)).unwrap();
    assert!(fits.verdict.is_usable(), "{fits:?}");
}

#[test]
fn estimates_are_counted_and_a_later_actual_read_spreads_them_anew() {
    let db = three_months();
    let prolonged = |on| {
        let reasons = estimate(&db, REGISTER, on).unwrap().reasons;
        reasons.contains(&ExceptionReason::ProlongedEstimation)
    };
    assert!(!prolonged("2026-05-01"));
    assert!(!prolonged("2026-06-01"));
    assert!(prolonged("2026-07-01"));

    // 1,830 kWh in the 122 days from April to August: fifteen a day, whatever was estimated.
    enter(&db, told(REGISTER, "2026-08-01", 12_730)).unwrap();
    let after = values(&db);
    let shown: Vec<(i64, ReadQuality, i32)> = after[4..]
        .iter()
        .map(|(_, value, quality, version)| (*value, *quality, *version))
        .collect();
    let estimated = ReadQuality::Estimated;
    assert_eq!(
        shown,
        [
            (11_350, estimated, 2),
            (11_815, estimated, 2),
            (12_265, estimated, 2),
            (12_730, ReadQuality::Actual, 1),
        ]
    );
}

#[test]
fn a_register_that_nobody_is_served_through_is_estimated_from_no_class() {
    let db = three_months();
    let stranger = RegisterId(2);
    for _ in 0..2 {
        let refused = estimate(&db, stranger, "2026-05-01");
        assert!(matches!(refused, Err(ReadError::NothingToGoBy)));
        drop(enter(&db, told(stranger, "2026-04-01", 500)));
    }
}

#[test]
fn a_read_day_closes_with_what_the_series_showed_at_midnight_or_an_estimate() {
    let db = TestDb::new();
    set(&db, &[Set::water("W1"), by_hand("M2"), by_hand("M3")]);
    let text = "W1;31/05/2026 23:30:00;1000;0\nW1;01/06/2026 00:30:00;1060;60\nW1;01/06/2026 01:30:00;1060;0\n";
    import(&db, &plan(FeedFormat::Alicante), text.as_bytes()).unwrap();
    for (on, value) in [("2026-04-01", 100), ("2026-05-01", 400)] {
        enter(&db, told(RegisterId(2), on, value)).unwrap();
    }
    let registers = [RegisterId(1), RegisterId(2), RegisterId(3)];
    let wanted = registers.map(|register| (register, day("2026-06-01")));
    let close = |filling| {
        db.write("2026-06-02", move |tx| {
            close_reads(tx, MADRID, &wanted, filling)
        })
    };
    let waiting = close(Filling::Waiting).unwrap();
    assert_eq!((waiting.taken, waiting.estimated), (1, 0));
    let closed = close(Filling::Estimating).unwrap();
    assert_eq!((closed.had, closed.estimated), (1, 1));
    assert_eq!(closed.without, [RegisterId(3)]);
    let rows = db.read(|conn| store::reads::list(conn, &registers));
    assert_eq!(
        (rows[0].value.0, rows[0].source),
        (Decimal::from(1_030), ReadSource::Ami)
    );
    assert_eq!(rows.last().unwrap().value.0, Decimal::from(710));
    let again = close(Filling::Estimating).unwrap();
    assert_eq!((again.had, again.taken, again.estimated), (2, 0, 0));
}

#[test]
fn no_estimate_takes_the_place_of_a_read_that_waits_for_a_look() {
    let db = three_months();
    let held = enter(&db, told(REGISTER, "2026-05-01", 91_200)).unwrap();
    assert_eq!(held.verdict, ReadVerdict::Held);
    let close = || {
        db.write("2026-05-05", |tx| {
            let wanted = [(REGISTER, day("2026-05-01"))];
            close_reads(tx, MADRID, &wanted, Filling::Estimating)
        })
    };
    let waiting = close().unwrap();
    assert_eq!(waiting.estimated, 0);
    assert_eq!(waiting.without, [REGISTER]);
    let latest = || {
        let reads = db.read(|conn| store::reads::list(conn, &[REGISTER]));
        reads.last().unwrap().clone()
    };
    let id = latest().id;
    db.write("2026-05-06", move |tx| {
        judge_read(tx, id, ReadVerdict::Refused)
    })
    .unwrap();
    let closed = close().unwrap();
    assert_eq!(
        closed.estimated, 1,
        "what was refused is waited for no more"
    );
    assert_eq!(latest().quality, ReadQuality::Estimated);
}

#[test]
fn a_read_that_waits_is_waited_for_only_while_somebody_is_to_look() {
    let db = three_months();
    let held = enter(&db, told(REGISTER, "2026-05-01", 91_200)).unwrap();
    assert_eq!(held.verdict, ReadVerdict::Held);
    let close = || {
        db.write("2026-05-05", |tx| {
            let wanted = [(REGISTER, day("2026-05-01"))];
            close_reads(tx, MADRID, &wanted, Filling::Estimating)
        })
    };
    assert_eq!(close().unwrap().without, [REGISTER]);
    let queue = db.read(|conn| store::exceptions::list(conn, &Filter::default(), 100, 0));
    let of_read = queue.iter().filter(|row| row.read_id.is_some());
    for id in of_read.map(|row| row.id).collect::<Vec<_>>() {
        db.write("2026-05-06", move |tx| {
            answer(tx, id, Answer::Resolved, "the register was repaired")
        })
        .unwrap();
    }
    assert_eq!(close().unwrap().estimated, 1, "nobody is to look any more");
}

#[test]
fn a_read_that_is_accepted_spreads_the_estimates_before_it() {
    let db = three_months();
    for on in ["2026-05-01", "2026-06-01", "2026-07-01"] {
        estimate(&db, REGISTER, on).unwrap();
    }
    let held = enter(&db, told(REGISTER, "2026-08-01", 23_100)).unwrap();
    assert_eq!(held.verdict, ReadVerdict::Held);
    let id = db.read(|conn| store::reads::list(conn, &[REGISTER]));
    let id = id.last().unwrap().id;
    db.write("2026-08-02", move |tx| accept_read(tx, id))
        .unwrap();
    // 12,200 kWh in the 122 days from April to August: a hundred a day, whatever was estimated.
    let shown: Vec<(i64, i32)> = values(&db)[4..]
        .iter()
        .map(|(_, value, _, version)| (*value, *version))
        .collect();
    assert_eq!(shown, [(13_900, 2), (17_000, 2), (20_000, 2), (23_100, 2)]);
}

#[test]
fn a_read_that_was_refused_may_be_said_again_and_waits_again() {
    let db = three_months();
    let wrong = || told(REGISTER, "2026-05-01", 91_200);
    enter(&db, wrong()).unwrap();
    let id = db.read(|conn| store::reads::list(conn, &[REGISTER]));
    let id = id.last().unwrap().id;
    db.write("2026-05-02", move |tx| {
        judge_read(tx, id, ReadVerdict::Refused)
    })
    .unwrap();
    let again = enter(&db, wrong()).unwrap();
    assert_eq!(again.verdict, ReadVerdict::Held, "it is looked at again");
    assert!(matches!(enter(&db, wrong()), Err(ReadError::Duplicate)));
}

#[test]
fn intervals_that_do_not_add_up_to_the_register_are_shown() {
    let db = TestDb::new();
    set(
        &db,
        &[Set {
            commodity: "electric",
            unit: "kWh",
            ..Set::water("M1")
        }],
    );
    let hours: Vec<String> = (1..=24)
        .map(|hour| format!("20260105{hour:02}00,R0,1"))
        .collect();
    let text: String = ["05", "06", "07"]
        .iter()
        .map(|on| {
            let hours = hours.join(",").replace("20260105", &format!("202601{on}"));
            format!("MEPMD01,1,U,,,,202601080000,M1,OK,E,KWH,1,00000100,24,{hours}\n")
        })
        .collect();
    import(&db, &plan(FeedFormat::Cmep), text.as_bytes()).unwrap();
    enter(&db, told(REGISTER, "2026-01-05", 100)).unwrap();
    let fits = enter(&db, told(REGISTER, "2026-01-06", 124)).unwrap();
    assert!(!fits.reasons.contains(&ExceptionReason::SumMismatch));
    let off = enter(&db, told(REGISTER, "2026-01-07", 190)).unwrap();
    assert!(off.reasons.contains(&ExceptionReason::SumMismatch));
}
