//! Every given format through the imports page: looked into without taking anything, taken, and sent once more without a change.

use mainstay::domain::ids::RegisterId;
use mainstay::domain::period::Period;
use mainstay::domain::reads::ReadQuality;
use mainstay::store;
use mainstay::store::error::StoreError;

use crate::reads::town::{Set, set};
use crate::support::app::TestApp;
use crate::support::billing::day;

/// The first lines of a given file, unpacked.
fn lines(path: &str, count: usize) -> Vec<u8> {
    let bytes = std::fs::read(format!("tests/data/{path}")).expect("the file is there");
    let mut text = String::new();
    let mut file = mainstay::adapters::ami::unpacked(bytes.as_slice()).expect("it unpacks");
    std::io::Read::read_to_string(&mut file, &mut text).expect("it is text");
    let lines: Vec<&str> = text.lines().take(count).collect();
    (lines.join("\n") + "\n").into_bytes()
}

/// How many imports there are.
fn imports(house: &TestApp) -> usize {
    let list = |conn: &mut store::db::Conn| -> Result<usize, StoreError> {
        Ok(store::imports::list(conn, 100)?.len())
    };
    house.database().read(list)
}

/// Contract: F17, F19, F22
#[actix_web::test]
async fn every_given_format_is_looked_into_taken_and_sent_again() {
    let house = TestApp::start().await;
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
        house.database(),
        &[
            Set::water("SWM-79663EDB"),
            Set {
                unit: "CCF",
                decimals: 1,
                minutes: Some(60),
                ..Set::water("1470158170")
            },
            electric("A", "VABD000163:E1", Some(30)),
            electric("H", "5/1", Some(60)),
        ],
    );
    let office = house.office().await;
    let whole = usize::MAX;
    let files = [
        ("alicante", "ami/water_alicante_hourly.csv.gz", 501, "500"),
        ("beacon", "ami/beacon_360_report.csv", whole, "2"),
        (
            "nem12",
            "ami/nem/Example_NEM12_actual_interval.csv",
            whole,
            "48",
        ),
        (
            "greenbutton",
            "greenbutton/Coastal_Multi_Family_Jan_1_2011_to_Jan_1_2012_RetailCustomer_5.xml.gz",
            whole,
            "8,760",
        ),
    ];
    for (place, (format, path, count, taken)) in files.into_iter().enumerate() {
        let bytes = lines(path, count);
        let name = format!("{format}.dat");
        let look = office.looks_into(format, "", (&name, &bytes)).await;
        look.must_show("Nothing has been taken yet.");
        assert_eq!(look.text(".kpis dd"), taken, "{format}: {}", look.html);
        assert_eq!(imports(&house), place, "{format}: looking takes nothing");
        let kept = look.submit("Import it").await;
        kept.must_show("The file is imported.");
        assert_eq!(kept.text(".kpis dd"), taken, "{format}");
        let again = office.takes(format, &name, &bytes).await;
        again.must_show("This file was imported before. Nothing changed.");
        assert_eq!(imports(&house), place + 1, "{format}");
    }
    // The same meter as cubic feet in a file of another make: known before, or a little later than the liters.
    let feet = lines("ami/cmep_water_IntervalReport.txt.gz", 2);
    let look = office.looks_into("cmep", "", ("feet.txt", &feet)).await;
    look.must_show("Nothing has been taken yet.");
    let list = office.clerk.visit("/office/imports").await;
    list.must_show("alicante.dat").must_show("greenbutton.dat");
}

const MAPPING: &str = r#"{
  "meter": { "columns": ["Meter"] },
  "stamp": { "column": { "name": "When", "format": "%m/%d/%Y %H:%M" } },
  "value": { "column": "Gallons" },
  "unit": { "constant": "gal" },
  "kind": "register",
  "quality": { "column": "Flag", "codes": { "A": "actual", "E": "estimated" } }
}"#;

const TABLE: &str = "Meter,When,Gallons,Flag
W1,06/01/2026 08:00,1000,A
W1,13/45/2026 08:00,1001,A
W1,06/02/2026 08:00,twelve,A
NOPE,06/02/2026 08:00,5,A
W1,07/09/2026 08:00,9000,A
W1,07/01/2026 08:00,5000,E
";

/// Contract: F17, F19
#[actix_web::test]
async fn a_table_of_any_make_is_read_by_a_mapping_that_staff_saved() {
    let house = TestApp::start().await;
    house.set_day("2026-07-02");
    set(
        house.database(),
        &[Set {
            unit: "gal",
            minutes: None,
            ..Set::water("W1")
        }],
    );
    let office = house.office().await;
    let page = office.clerk.visit("/office/imports").await;
    let refused = page
        .fill("mapping_name", "Our handhelds")
        .fill("document", "{ \"meter\": 1 }")
        .submit("Save the mapping")
        .await;
    refused.must_show("The mapping does not read:");
    let saved = refused
        .fill("mapping_name", "Our handhelds")
        .fill("document", MAPPING)
        .submit("Save the mapping")
        .await;
    saved.must_show("The mapping is saved.");

    let without = office
        .looks_into("csv", "", ("route.csv", TABLE.as_bytes()))
        .await;
    without.must_show("csv needs a column mapping");
    let look = office
        .looks_into("csv", "Our handhelds", ("route.csv", TABLE.as_bytes()))
        .await;
    assert_eq!(look.text(".kpis dd"), "2", "{}", look.html);
    let refused = look.texts("#rej ~ div tbody tr");
    let reasons = [
        "Not a time",
        "Not a number",
        "Unknown meter",
        "After the present",
    ];
    for (line, reason) in [3, 4, 5, 6].into_iter().zip(reasons) {
        let row = refused.iter().find(|row| row.contains(reason));
        let row = row.unwrap_or_else(|| panic!("{reason} is not among {refused:?}"));
        assert!(row.starts_with(&line.to_string()), "{row}");
    }
    let kept = look.submit("Import it").await;
    kept.must_show("The file is imported.").must_show("NOPE");
    let report = kept.texts("#rej ~ div tbody tr");
    assert_eq!(report.len(), 4, "{report:?}");
    let again = look.submit("Import it").await;
    again.must_show("The file does not wait here any more");
    let rows = house
        .database()
        .read(|conn| store::reads::list(conn, &[RegisterId(1)]));
    let kept: Vec<(String, String)> = rows
        .iter()
        .map(|row| (row.value.0.to_string(), row.quality.to_string()))
        .collect();
    let expected = [("1000", "actual"), ("5000", "estimated")];
    assert_eq!(
        kept,
        expected.map(|(value, quality)| (value.to_owned(), quality.to_owned()))
    );
}

/// Contract: F17, F19
#[actix_web::test]
async fn a_file_with_the_clock_and_the_stamps_of_its_own_is_declared_so_and_lands_on_its_hours() {
    let house = TestApp::start().await;
    house.set_day("2026-07-02");
    let register = Set {
        unit: "kWh",
        commodity: "electric",
        ..Set::water("M1")
    };
    set(house.database(), &[register]);
    let office = house.office().await;
    // Two hours; the usual reading is that the first ends at midnight in Chicago, and so belongs to the day before.
    let file = b"MEPMD01,1,U,,,,202601060000,M1,OK,E,KWH,1,00000100,2,202601050000,R0,1,202601050100,R0,2\n";
    let page = office.clerk.visit("/office/imports").await;
    let refused = page
        .fill("format", "cmep")
        .fill("zone", "Denver")
        .fill("stamping", "start")
        .attach("file", "denver.txt", file)
        .submit("Look into it")
        .await;
    refused.must_show("This is no zone of the IANA list");
    let look = refused
        .fill("zone", "America/Denver")
        .attach("file", "denver.txt", file)
        .submit("Look into it")
        .await;
    look.must_show("Times of America/Denver; a time names the beginning of its interval");
    look.submit("Import it")
        .await
        .must_show("The file is imported.");
    let (days, rows) = house.database().read(|conn| {
        let period = Period {
            from: day("2026-01-04"),
            until: day("2026-01-07"),
        };
        let days = store::intervals::list_usage(conn, &[RegisterId(1)], period)?;
        Ok::<_, StoreError>((days, store::imports::list(conn, 9)?))
    });
    // One o'clock and two o'clock in Chicago.
    let [kept] = days.as_slice() else {
        panic!("the hours lie on one day: {days:?}");
    };
    let hours: Vec<usize> = (0..kept.usage.slots())
        .filter(|hour| {
            let value = kept.usage.get(*hour);
            value.is_some_and(|(_, quality)| quality == ReadQuality::Actual)
        })
        .collect();
    assert_eq!((kept.day, hours), (day("2026-01-05"), vec![1, 2]));
    let kept: serde_json::Value = serde_json::from_str(&rows[0].options).expect("it is JSON");
    assert_eq!(kept["zone"], "America/Denver");
    assert_eq!(kept["stamping"], "start");

    // The same file without a word of it is read as files of this format usually are.
    let usual = office.looks_into("cmep", "", ("denver.txt", file)).await;
    usual.must_show("Times of America/Chicago; a time names the end of its interval");
}
