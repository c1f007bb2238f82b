//! Imports of the given files: every one twice, in the middle of a crash, and side by side. F17, F20, F22, F32.

use chrono::NaiveDate;
use diesel::prelude::*;
use mainstay::adapters::ami;
use mainstay::domain::feed::FeedFormat;
use mainstay::domain::ids::RegisterId;
use mainstay::domain::period::Period;
use mainstay::domain::reads::ReadQuality;
use mainstay::store;
use mainstay::store::imports::ImportStatus;
use mainstay::store::schema::{
    exceptions, import_rejections, imports, interval_days, reads, register_days,
};
use mainstay::usecases::reads::{ImportError, import_reads};
use rust_decimal::Decimal;

use crate::reads::files::plan;
use crate::reads::town::{Set, import, import_plan, rehearse, set};
use crate::support::db::{TestDb, stamp};

fn file(path: &str) -> Vec<u8> {
    std::fs::read(format!("tests/data/{path}")).expect("the file is there")
}

/// How many rows each table of the imports has.
fn rows(db: &TestDb) -> [i64; 6] {
    db.read(|conn| {
        Ok([
            interval_days::table.count().get_result(conn)?,
            register_days::table.count().get_result(conn)?,
            reads::table.count().get_result(conn)?,
            exceptions::table.count().get_result(conn)?,
            import_rejections::table.count().get_result(conn)?,
            imports::table.count().get_result(conn)?,
        ])
    })
}

fn year() -> Period {
    Period {
        from: NaiveDate::from_ymd_opt(2016, 1, 1).unwrap(),
        until: NaiveDate::from_ymd_opt(2017, 12, 31).unwrap(),
    }
}

/// The water file's meters in the order of their numbers, from the file itself.
fn water_meters() -> Vec<String> {
    let (series, _) = crate::reads::files::read(
        &plan(FeedFormat::Alicante),
        "ami/water_alicante_hourly.csv.gz",
    );
    let mut meters: Vec<String> = series.into_iter().map(|one| one.meter).collect();
    meters.sort();
    meters.dedup();
    meters
}

fn total(db: &TestDb, register: i64) -> Decimal {
    db.read(|conn| store::intervals::list_usage(conn, &[RegisterId(register)], year()))
        .iter()
        .map(|day| day.usage.sum())
        .sum()
}

#[expect(clippy::too_many_lines, reason = "one story, told in order")]
#[test]
fn a_year_of_real_water_comes_in_twice_and_beside_its_cubic_feet() {
    let db = TestDb::new();
    let meters = water_meters();
    let sets: Vec<Set<'_>> = meters.iter().map(|meter| Set::water(meter)).collect();
    set(&db, &sets);
    let water = file("ami/water_alicante_hourly.csv.gz");
    let rehearsed = rehearse(&db, &plan(FeedFormat::Alicante), &water).unwrap();
    assert_eq!(rows(&db), [0; 6]);

    let first = import(&db, &plan(FeedFormat::Alicante), &water).unwrap();
    assert_eq!(first.counts.rejected, 0);
    assert_eq!(
        first.counts.accepted + first.counts.corrections + first.counts.duplicates,
        343_862
    );
    assert_eq!(rehearsed.counts.accepted, first.counts.accepted);
    let after = rows(&db);

    // The only falls of a steady register are trembles: usage is what the register moved.
    let steady = meters
        .iter()
        .position(|meter| meter == "SWM-79663EDB")
        .unwrap();
    let steady_id = i64::try_from(steady).unwrap() + 1;
    let days = db.read(|conn| store::intervals::list_usage(conn, &[RegisterId(steady_id)], year()));
    assert!(
        days.iter()
            .all(|day| day.usage.units().iter().all(|units| *units >= 0))
    );
    assert!(
        days.iter()
            .any(|day| day.usage.count(ReadQuality::Actual) > 0)
    );
    assert!(
        days.iter()
            .any(|day| day.usage.count(ReadQuality::Estimated) > 0)
    );

    // A register that showed 295487 once between 307775 and 307788 used thirteen liters, not twelve thousand.
    let fallen = meters
        .iter()
        .position(|meter| meter == "SWM-38C59967")
        .unwrap();
    let fallen_id = i64::try_from(fallen).unwrap() + 1;
    let day = db.read(|conn| {
        let from = NaiveDate::from_ymd_opt(2016, 9, 30).unwrap();
        let period = Period {
            from,
            until: from.succ_opt().unwrap(),
        };
        store::intervals::list_usage(conn, &[RegisterId(fallen_id)], period)
    });
    assert!(
        day[0].usage.sum() < Decimal::from(2_000),
        "{}",
        day[0].usage.sum()
    );

    let again = import(&db, &plan(FeedFormat::Alicante), &water).unwrap();
    assert_eq!((again.counts.accepted, again.counts.corrections), (0, 0));
    assert_eq!(rows(&db), after);

    let before: Vec<Decimal> = (1..=46).map(|register| total(&db, register)).collect();
    let open = after[3];
    let feet = import(
        &db,
        &plan(FeedFormat::Cmep),
        &file("ami/cmep_water_IntervalReport.txt.gz"),
    )
    .unwrap();
    assert_eq!(feet.counts.rejected, 0);
    assert!(feet.counts.accepted > 2_000);
    assert_eq!(rows(&db)[3], open, "no register falls for being told twice");
    for (register, before) in (1..).zip(&before) {
        let difference = (total(&db, register) - before).abs();
        assert!(
            difference <= Decimal::TWO,
            "register {register}: {difference}"
        );
    }
}

#[expect(clippy::too_many_lines, reason = "one story, told in order")]
#[test]
fn every_other_given_file_comes_in_twice() {
    let db = TestDb::new();
    let electric = |serial, key, minutes| Set {
        serial,
        key,
        channel: "delivered",
        commodity: "electric",
        unit: "kWh",
        decimals: 1,
        minutes,
    };
    set(
        &db,
        &[
            Set {
                unit: "CCF",
                decimals: 1,
                minutes: Some(60),
                ..Set::water("1470158170")
            },
            electric("A", "VABD000163:E1", Some(30)),
            electric("B", "NMI1234567:E1", Some(5)),
            electric("C", "NMI1234567:B1", Some(5)),
            electric("D", "NCDE001111:E1", Some(15)),
            electric("E", "CCCC123456:E1", Some(30)),
            electric("F", "VBCD000022:E1", Some(30)),
            electric("G", "VABC005890:11", None),
            electric("H", "5/1", Some(60)),
            electric("I", "9/1", Some(60)),
        ],
    );
    let files = [
        (FeedFormat::Beacon, "ami/beacon_360_report.csv", 2),
        (
            FeedFormat::Nem12,
            "ami/nem/Example_NEM12_actual_interval.csv",
            48,
        ),
        (
            FeedFormat::Nem12,
            "ami/nem/Example_NEM12_month_solar.csv",
            17_856,
        ),
        (
            FeedFormat::Nem12,
            "ami/nem/Example_NEM12_multiple_meters.csv",
            192,
        ),
        (
            FeedFormat::Nem12,
            "ami/nem/Example_NEM12_multiple_quality.csv",
            48,
        ),
        (
            FeedFormat::Nem12,
            "ami/nem/Example_NEM12_substituted_interval.csv",
            48,
        ),
        (
            FeedFormat::Nem12,
            "ami/nem/Example_NEM13_consumption_data.csv",
            2,
        ),
        (
            FeedFormat::GreenButton,
            "greenbutton/Coastal_Multi_Family_Jan_1_2011_to_Jan_1_2012_RetailCustomer_5.xml.gz",
            8_760,
        ),
        (
            FeedFormat::GreenButton,
            "greenbutton/Inland_Single_Family_Jan_1_2011_to_Jan_1_2012_RetailCustomer_9.xml.gz",
            8_760,
        ),
    ];
    for (format, path, accepted) in files {
        let first = import(&db, &plan(format), &file(path)).unwrap();
        assert_eq!(
            first.counts.accepted,
            accepted,
            "{path}: {:?}",
            first.rejections.first()
        );
    }
    let after = rows(&db);
    for (format, path, _) in files {
        let again = import(&db, &plan(format), &file(path)).unwrap();
        assert_eq!(
            (again.counts.accepted, again.counts.corrections),
            (0, 0),
            "{path}"
        );
    }
    assert_eq!(rows(&db), after);
}

#[test]
fn a_meter_that_nobody_knows_is_refused_with_its_line() {
    let db = TestDb::new();
    let text = b"A;01/03/2016 01:53:08;100;0\nA;01/03/2016 02:53:08;101;1\n";
    let report = import(&db, &plan(FeedFormat::Alicante), text).unwrap();
    assert_eq!(report.counts.rejected, 2);
    assert_eq!(report.rejections[1].line, 2);
    assert_eq!(report.rejections[1].reason.as_str(), "unknown_meter");
    // Once the meter is set, the same file brings its values; the mark that spreadsheets set before a text is passed over.
    set(&db, &[Set::water("A")]);
    let marked = [b"\xef\xbb\xbf".as_slice(), text].concat();
    let report = import(&db, &plan(FeedFormat::Alicante), &marked).unwrap();
    assert_eq!(report.counts.accepted, 2);
}

#[test]
fn a_value_that_no_register_shows_is_refused_with_its_line() {
    let db = TestDb::new();
    let read_by_hand = Set {
        minutes: None,
        ..Set::water("A")
    };
    set(&db, &[read_by_hand]);
    let mut table = plan(FeedFormat::Csv);
    let mapping = serde_json::json!({
        "meter": { "columns": ["meter"] }, "value": { "column": "value" }, "unit": { "constant": "L" },
        "stamp": { "column": { "name": "at", "format": "%Y-%m-%d %H:%M" } }, "kind": "register",
    });
    table.mapping = Some(serde_json::from_value(mapping).expect("the mapping is one"));
    let text = b"meter,at,value\nA,2026-01-01 12:00,-5\nA,2026-02-01 12:00,123456789\nA,1999-03-01 12:00,7\nA,2026-04-01 12:00,7\n";
    let report = import(&db, &table, text).unwrap();
    let refused: Vec<_> = report
        .rejections
        .iter()
        .map(|refused| (refused.line, refused.reason.as_str()))
        .collect();
    assert_eq!(
        refused,
        [(2, "beyond_face"), (3, "beyond_face"), (4, "not_installed")]
    );
    assert_eq!(report.counts.accepted, 1);
}

#[test]
fn a_crash_in_the_middle_loses_nothing_and_the_rerun_finishes() {
    let whole = TestDb::new();
    let torn = TestDb::new();
    let meters = water_meters();
    let sets: Vec<Set<'_>> = meters.iter().map(|meter| Set::water(meter)).collect();
    set(&whole, &sets);
    set(&torn, &sets);
    let bytes = file("ami/water_alicante_hourly.csv.gz");
    let feed = plan(FeedFormat::Alicante);
    let items = || ami::read(&feed, ami::unpacked(bytes.as_slice()).unwrap()).unwrap();
    let import_plan = import_plan(&feed, &bytes);
    let on = stamp("2026-06-01");

    // The process ends after some chunks: as if the rest of the iterator had never been asked for.
    let killed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let dying = items().enumerate().map(|(place, item)| {
            assert!(place < 12, "the power fails");
            item
        });
        import_reads(&torn.db, &on, &import_plan, dying)
    }));
    assert!(killed.is_err());
    let row = torn.read(|conn| store::imports::list(conn, 1)).remove(0);
    assert_eq!(row.status, ImportStatus::Running);
    assert!(row.records_done > 0 && row.counts.accepted > 0);

    import_reads(&torn.db, &on, &import_plan, items()).unwrap();
    import_reads(&whole.db, &on, &import_plan, items()).unwrap();
    let row = torn.read(|conn| store::imports::list(conn, 1)).remove(0);
    let straight = whole.read(|conn| store::imports::list(conn, 1)).remove(0);
    assert_eq!(row.status, ImportStatus::Finished);
    assert_eq!(row.counts.accepted, straight.counts.accepted);
    for register in 1..=46 {
        assert_eq!(
            total(&torn, register),
            total(&whole, register),
            "register {register}"
        );
    }
}

#[test]
fn a_correction_is_a_new_version_and_a_late_part_fills_the_day() {
    let db = TestDb::new();
    set(
        &db,
        &[Set {
            unit: "kWh",
            commodity: "electric",
            ..Set::water("M1")
        }],
    );
    let line = |from: u32, values: &[&str]| {
        let triplets: Vec<String> = values
            .iter()
            .zip(from..)
            .map(|(value, hour)| format!("20260105{hour:02}00,R0,{value}"))
            .collect();
        format!(
            "MEPMD01,1,U,,,,202601060000,M1,OK,E,KWH,1,00000100,{},{}\n",
            values.len(),
            triplets.join(",")
        )
    };
    let import = |text: String| {
        import(&db, &plan(FeedFormat::Cmep), text.as_bytes())
            .unwrap()
            .counts
    };
    assert_eq!(import(line(1, &["1.5", "2"])).accepted, 2);
    assert_eq!(import(line(3, &["0.25"])).accepted, 1);
    let corrected = import(line(1, &["1.5", "3"]));
    assert_eq!((corrected.corrections, corrected.duplicates), (1, 1));
    let days = db.read(|conn| {
        let from = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let until = NaiveDate::from_ymd_opt(2026, 2, 1).unwrap();
        let period = Period { from, until };
        store::intervals::list_usage(conn, &[RegisterId(1)], period)
    });
    assert_eq!(
        (days[0].version, days[0].usage.sum()),
        (3, Decimal::new(475, 2))
    );
    let earlier = db.read(|conn| store::intervals::get_usage(conn, RegisterId(1), days[0].day, 1));
    assert_eq!(earlier.sum(), Decimal::new(35, 1));
}

#[test]
fn a_file_that_is_not_one_is_refused_whole() {
    let db = TestDb::new();
    let mut feed = plan(FeedFormat::Csv);
    assert!(matches!(
        import(&db, &feed, b"a,b\n"),
        Err(ImportError::File(_))
    ));
    feed.mapping = Some(ami::mapping::Mapping::beacon());
    assert!(matches!(
        import(&db, &feed, b"a,b\n1,2\n"),
        Err(ImportError::File(_))
    ));
    for format in [
        FeedFormat::Alicante,
        FeedFormat::Cmep,
        FeedFormat::Nem12,
        FeedFormat::GreenButton,
    ] {
        let empty = import(&db, &plan(format), b"");
        assert!(
            matches!(empty, Err(ImportError::File(_))),
            "{format}: {empty:?}"
        );
    }
}
