//! The readers against what other programs read from the same files.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use mainstay::adapters::ami::mapping::Mapping;
use mainstay::adapters::ami::{self, FeedOptions, FeedPlan};
use mainstay::domain::feed::{FeedFormat, FeedItem, FeedKind, FeedSeries, RejectReason, Rejection};
use mainstay::domain::reads::ReadQuality;
use rust_decimal::Decimal;
use serde_json::Value;

pub const MADRID: chrono_tz::Tz = chrono_tz::Europe::Madrid;

/// A plan for a format at a utility in Spain.
pub fn plan(format: FeedFormat) -> FeedPlan {
    FeedPlan {
        format,
        options: FeedOptions::usual(format, MADRID),
        mapping: None,
    }
}

/// Reads a whole file of the test data.
pub fn read(plan: &FeedPlan, path: &str) -> (Vec<FeedSeries>, Vec<Rejection>) {
    let path = Path::new("tests/data").join(path);
    let file = ami::unpacked(File::open(&path).expect("the file is there")).expect("it opens");
    let (mut series, mut rejections) = (Vec::new(), Vec::new());
    for item in ami::read(plan, file).expect("the plan is whole") {
        match item.expect("the file can be read") {
            FeedItem::Series(one) => series.push(one),
            FeedItem::Rejected(one) => rejections.push(one),
        }
    }
    (series, rejections)
}

fn sum(series: &FeedSeries) -> Decimal {
    series
        .points
        .iter()
        .map(|point| point.value.to_decimal())
        .sum()
}

fn number(value: &Value) -> Decimal {
    value.to_string().parse().expect("a number")
}

fn json(path: &str) -> Value {
    let text =
        std::fs::read_to_string(Path::new("tests/data").join(path)).expect("the file is there");
    serde_json::from_str(&text).expect("it is JSON")
}

#[test]
fn nem12_channels_add_up_as_nemreader_says() {
    for expected in json("ami/nem/expected.json").as_array().unwrap() {
        let file = expected["file"].as_str().unwrap();
        let (series, rejections) = read(&plan(FeedFormat::Nem12), &format!("ami/nem/{file}"));
        assert!(rejections.is_empty(), "{file}: {rejections:?}");
        let mut found: BTreeMap<(String, String), (usize, Decimal)> = BTreeMap::new();
        for one in &series {
            let key = (one.meter.clone(), one.channel.clone().unwrap());
            let entry = found.entry(key).or_default();
            match one.kind {
                FeedKind::Interval { .. } => {
                    entry.0 += one.points.len();
                    entry.1 += sum(one);
                }
                FeedKind::Register => {
                    entry.0 += 1;
                    entry.1 += one.points[1].value.to_decimal() - one.points[0].value.to_decimal();
                }
            }
        }
        for channel in expected["channels"].as_array().unwrap() {
            let name = |field: &str| channel[field].as_str().unwrap().to_owned();
            let (reads, total) = found[&(name("nmi"), name("channel"))];
            let unit = name("uom");
            let thousand = Decimal::ONE_THOUSAND;
            let total = if unit.starts_with('k') {
                total
            } else {
                total * thousand
            };
            assert_eq!(
                u64::try_from(reads).unwrap(),
                channel["reads"].as_u64().unwrap()
            );
            assert_eq!(
                total.normalize(),
                number(&channel["sum"]).normalize(),
                "{file} {}",
                name("channel")
            );
        }
    }
}

#[test]
fn nem12_parts_of_a_day_have_their_own_quality() {
    let (series, _) = read(
        &plan(FeedFormat::Nem12),
        "ami/nem/Example_NEM12_multiple_quality.csv",
    );
    let qualities: Vec<ReadQuality> = series[0].points.iter().map(|point| point.quality).collect();
    assert_eq!(qualities[0], ReadQuality::Edited);
    assert_eq!(qualities[20], ReadQuality::Actual);
    assert_eq!(qualities[47], ReadQuality::Estimated);
}

#[test]
fn a_nem12_file_without_its_end_record_is_said_to_be_cut_short() {
    let whole = std::fs::read_to_string("tests/data/ami/nem/Example_NEM12_actual_interval.csv");
    let whole = whole.expect("the file is there");
    let cut = whole.replace("900", "");
    let items = ami::read(&plan(FeedFormat::Nem12), cut.as_bytes()).expect("the plan is whole");
    let items: Vec<FeedItem> = items.map(|item| item.expect("it is read")).collect();
    assert!(matches!(items[0], FeedItem::Series(_)), "{items:?}");
    let FeedItem::Rejected(last) = &items[items.len() - 1] else {
        panic!("{items:?}");
    };
    assert_eq!(last.reason, RejectReason::CutShort);
}

#[test]
fn green_button_files_add_up_as_the_other_parser_says() {
    for expected in json("greenbutton/expected.json").as_array().unwrap() {
        let name = expected["file"].as_str().unwrap();
        let plain = Path::new("tests/data/greenbutton").join(name);
        let file = if plain.exists() {
            name.to_owned()
        } else {
            format!("{name}.gz")
        };
        let (series, rejections) = read(
            &plan(FeedFormat::GreenButton),
            &format!("greenbutton/{file}"),
        );
        assert!(rejections.is_empty(), "{name}: {rejections:?}");
        let readings = expected["parsed_by_greenbutton_objects"]
            .as_array()
            .unwrap();
        let intervals: u64 = readings
            .iter()
            .map(|one| one["intervals"].as_u64().unwrap())
            .sum();
        let total: Decimal = readings.iter().map(|one| number(&one["sum_value"])).sum();
        let found: usize = series.iter().map(|one| one.points.len()).sum();
        assert_eq!(u64::try_from(found).unwrap(), intervals, "{name}");
        // That parser adds watt-hours as they stand, and therms with their power of ten.
        let is_electric = readings.iter().any(|one| one["service"] == "electricity");
        let factor = if is_electric {
            Decimal::ONE_THOUSAND
        } else {
            Decimal::ONE
        };
        let sums: Decimal = series.iter().map(sum).sum();
        assert_eq!((sums * factor).normalize(), total.normalize(), "{name}");
    }
}

#[test]
fn the_water_file_has_the_counted_faults() {
    let expected = json("ami/water_alicante_anomalies.json");
    let (series, rejections) = read(
        &plan(FeedFormat::Alicante),
        "ami/water_alicante_hourly.csv.gz",
    );
    let mut by_meter: BTreeMap<&str, Vec<Decimal>> = BTreeMap::new();
    for one in &series {
        let values = by_meter.entry(&one.meter).or_default();
        values.extend(one.points.iter().map(|point| point.value.to_decimal()));
    }
    let rows: usize = by_meter.values().map(Vec::len).sum();
    let falls: usize = by_meter
        .values()
        .map(|values| values.windows(2).filter(|pair| pair[1] < pair[0]).count())
        .sum();
    assert!(rejections.is_empty());
    assert_eq!(
        u64::try_from(rows).unwrap(),
        expected["rows"].as_u64().unwrap()
    );
    assert_eq!(
        u64::try_from(by_meter.len()).unwrap(),
        expected["meters"].as_u64().unwrap()
    );
    assert_eq!(
        u64::try_from(falls).unwrap(),
        expected["register goes down"].as_u64().unwrap()
    );
}

#[test]
fn cmep_and_beacon_are_registers_with_their_units() {
    let (series, rejections) = read(
        &plan(FeedFormat::Cmep),
        "ami/cmep_water_IntervalReport.txt.gz",
    );
    assert!(rejections.is_empty());
    let values: usize = series.iter().map(|one| one.points.len()).sum();
    assert_eq!((series.len(), values), (140, 2_878));
    assert!(series.iter().all(|one| one.kind == FeedKind::Register));
    let (series, rejections) = read(&plan(FeedFormat::Beacon), "ami/beacon_360_report.csv");
    assert!(rejections.is_empty());
    assert_eq!(series[0].meter, "1470158170");
    assert_eq!(
        series[0].points[1].value.to_decimal(),
        Decimal::new(2_276, 1)
    );
}

fn mapped(mapping: Value, path: &str) -> (Vec<FeedSeries>, Vec<Rejection>) {
    let mapping: Mapping = serde_json::from_value(mapping).expect("the mapping is one");
    let mut plan = plan(FeedFormat::Csv);
    plan.mapping = Some(mapping);
    read(&plan, path)
}

#[test]
fn a_wide_table_is_one_meter_a_column() {
    let mapping = serde_json::json!({
        "meter": "heading", "value": "others", "unit": { "constant": "kWh" }, "zone": "Etc/GMT-1",
        "stamp": { "column": { "name": "hour_start", "format": "%Y-%m-%dT%H:%M" } },
        "kind": { "interval": { "minutes": 60 } },
    });
    let (series, rejections) = mapped(mapping, "ami/electric_simbench_part.csv.gz");
    assert!(rejections.is_empty());
    assert_eq!(series.len(), 7);
    assert!(series.iter().all(|one| one.points.len() == 744));
    assert_eq!(series[0].points[0].value.to_decimal(), Decimal::new(401, 3));
}

#[test]
fn rows_without_a_date_follow_one_another() {
    let mapping = serde_json::json!({
        "meter": { "columns": ["home"] }, "value": { "column": "kwh" }, "unit": { "constant": "kWh" }, "zone": "Etc/GMT+8",
        "stamp": { "sequence": { "from": "2025-07-31T23:00:00" } }, "kind": { "interval": { "minutes": 60 } }, "decimals": 4,
    });
    let (series, rejections) = mapped(mapping, "ami/electric_fontana_part.csv.gz");
    assert!(rejections.is_empty());
    let first = &series[0];
    assert_eq!(first.points[1].at - first.points[0].at, 3_600);
    assert_eq!(first.points[0].value.to_decimal(), Decimal::new(22_758, 4));
}

#[test]
fn stamps_with_their_own_offset_and_noisy_decimals_are_read() {
    let mapping = |format: &str, minutes: u32| {
        serde_json::json!({
            "meter": { "constant": "home" }, "value": { "column": "value" }, "unit": { "constant": "kWh" }, "zone": "UTC",
            "stamp": { "column": { "name": "start", "format": format } }, "missing": ["nan"],
            "kind": { "interval": { "minutes": minutes } }, "decimals": 6,
        })
    };
    for (file, format, minutes) in [
        ("il-electricity-cdd-hdd-hourly", "%Y-%m-%dT%H:%M:%S%:z", 60),
        (
            "uk-electricity-hdd-only-hourly-sample-0",
            "%Y-%m-%d %H:%M:%S%:z",
            60,
        ),
        (
            "uk-electricity-hdd-only-hourly-sample-2",
            "%Y-%m-%d %H:%M:%S",
            30,
        ),
    ] {
        let (series, rejections) = mapped(
            mapping(format, minutes),
            &format!("ami/eemeter_{file}_part.csv.gz"),
        );
        assert!(rejections.is_empty(), "{file}: {:?}", rejections.first());
        let count: usize = series.iter().map(|one| one.points.len()).sum();
        assert_eq!(count, 1_499, "{file}");
    }
}

#[test]
fn a_line_that_cannot_be_used_says_why() {
    let text = "meter;datetime;register_litres;diff_litres\n\
        A;01/03/2016 01:53:08;100;0\n\
        A;27/03/2016 02:30:00;100;0\n\
        A;32/03/2016 01:00:00;100;0\n\
        A;01/03/2016 03:53:08;1x3;0\n\
        A;01/03/2016 04:53:08\n";
    let items: Vec<FeedItem> = ami::read(&plan(FeedFormat::Alicante), text.as_bytes())
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let reasons: Vec<(u64, RejectReason)> = items
        .iter()
        .filter_map(|item| match item {
            FeedItem::Rejected(one) => Some((one.line, one.reason)),
            FeedItem::Series(_) => None,
        })
        .collect();
    assert_eq!(
        reasons,
        [
            (3, RejectReason::NoSuchTime),
            (4, RejectReason::BadStamp),
            (5, RejectReason::BadNumber),
            (6, RejectReason::Malformed),
        ]
    );
}
