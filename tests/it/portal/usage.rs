//! A customer takes the use along, sees what the next bill will likely come to, and compares bills.

use std::io::Write;
use std::process::Command;

use mainstay::adapters::ami::{self, FeedOptions, FeedPlan};
use mainstay::domain::customers::Language;
use mainstay::domain::feed::{FeedFormat, FeedItem};
use mainstay::domain::quantity::Unit;
use rust_decimal::Decimal;

use crate::portal::understanding::two_months;
use crate::support::app::TestApp;

/// What our own reader finds in a Green Button file: how many values, their sum, and in which unit.
fn read_back(file: &str) -> (usize, Decimal, Vec<Unit>) {
    let plan = FeedPlan {
        format: FeedFormat::GreenButton,
        options: FeedOptions::usual(FeedFormat::GreenButton, chrono_tz::America::Chicago),
        mapping: None,
    };
    let (mut count, mut sum, mut units) = (0, Decimal::ZERO, Vec::new());
    for item in ami::read(&plan, file.as_bytes()).expect("the plan is whole") {
        match item.expect("the file can be read") {
            FeedItem::Series(series) => {
                count += series.points.len();
                let values = series.points.iter().map(|point| point.value.to_decimal());
                sum += values.sum::<Decimal>();
                if !units.contains(&series.unit) {
                    units.push(series.unit);
                }
            }
            FeedItem::Rejected(one) => panic!("{one:?}"),
        }
    }
    (count, sum.normalize(), units)
}

/// Asks xmllint; where the judges were installed (`TEST_EVERYTHING` is set) it must be there.
#[expect(
    clippy::disallowed_methods,
    reason = "tests have no config.rs; TEST_EVERYTHING says whether a missing tool is a failure"
)]
fn must_pass_the_schema(file: &str) {
    let mut kept = tempfile::NamedTempFile::new().expect("a file");
    kept.write_all(file.as_bytes()).expect("it is written");
    let schema = "tests/data/greenbutton/schema/greenbutton.xsd";
    let judged = Command::new("xmllint")
        .args(["--noout", "--schema", schema])
        .arg(kept.path())
        .output();
    match judged {
        Ok(judged) => assert!(
            judged.status.success(),
            "{}",
            String::from_utf8_lossy(&judged.stderr)
        ),
        Err(error) if std::env::var("TEST_EVERYTHING").is_err() => {
            println!("skipped: xmllint: {error}");
        }
        Err(error) => panic!("xmllint: {error}"),
    }
}

/// Asks the library greenbutton-objects how many values a file holds, and their sum; where the judges were installed (`TEST_EVERYTHING` is set)
/// it must be there.
#[expect(
    clippy::disallowed_methods,
    reason = "tests have no config.rs; TEST_EVERYTHING says whether a missing tool is a failure"
)]
fn must_be_read_alike(file: &str, expected: &str) {
    let mut kept = tempfile::NamedTempFile::new().expect("a file");
    kept.write_all(file.as_bytes()).expect("it is written");
    let judged = Command::new("python3")
        .arg("tests/judges/green_button.py")
        .arg(kept.path())
        .output();
    let is_missing = judged
        .as_ref()
        .map_or(true, |judged| judged.status.code() == Some(77));
    if is_missing && std::env::var("TEST_EVERYTHING").is_err() {
        println!("skipped: greenbutton-objects");
        return;
    }
    let judged = judged.expect("python3");
    let said = String::from_utf8_lossy(&judged.stdout);
    let faults = String::from_utf8_lossy(&judged.stderr);
    assert_eq!(said.trim(), expected, "{faults}");
}

/// June and July have 61 days of 24 hours, 750 and 775 kWh; water is read by the month, 4,000 and 4,500 gallons.
///
/// Contract: F102, F172
#[actix_web::test]
async fn use_can_be_taken_along_as_green_button_and_as_intervals() {
    let house = TestApp::start().await;
    let rosa = two_months(&house, Language::English).await;
    rosa.visit("/usage/electric")
        .await
        .must_show("Green Button file (XML)")
        .must_show("Every interval as CSV");
    let file = rosa.get("/usage/electric/green-button.xml").await.body;
    must_pass_the_schema(&file);
    must_be_read_alike(&file, "1464 1525000");
    assert_eq!(
        read_back(&file),
        (61 * 24, Decimal::from(1_525), vec![Unit::Kwh])
    );
    // In hundred-thousandths of a dollar, as ESPI counts money: June's electricity came to $93.73.
    assert!(file.contains("<billLastPeriod>9373000</billLastPeriod>"));
    assert!(!file.contains("Rosa") && !file.contains(rosa.household.number.as_str()));
    let water = rosa.get("/usage/water/green-button.xml").await.body;
    must_pass_the_schema(&water);
    must_be_read_alike(&water, "2 8500");
    assert_eq!(
        read_back(&water),
        (2, Decimal::from(8_500), vec![Unit::Gallon])
    );

    let table = rosa.get("/usage/electric/intervals.csv").await.body;
    let rows: Vec<&str> = table.lines().skip(1).collect();
    assert_eq!(rows.len(), 61 * 24);
    assert_eq!(
        rows[18],
        "2026-06-01T18:00:00-05:00,60,delivered,2,kWh,actual"
    );
    // Water is not counted by the hour, and gas is not delivered.
    rosa.meets("/usage/water/intervals.csv", 404).await;
    rosa.meets("/usage/gas/green-button.xml", 404).await;
    // A neighbor gets nothing of it.
    let omar = house.customer("Omar").signed_in().await;
    let asked = format!(
        "/usage/electric/green-button.xml?account={}",
        rosa.household.number.as_str()
    );
    omar.meets(&asked, 404).await;
}

/// Rosa moved in on June 1; June and July are billed, and it is August 2.
///
/// Contract: F102, F103
#[actix_web::test]
async fn each_month_opens_the_days_of_its_bill_and_says_where_there_are_none() {
    let house = TestApp::start().await;
    let rosa = two_months(&house, Language::English).await;
    let months = rosa.visit("/usage/electric").await;
    for month in ["2026-07", "2026-06"] {
        let css = format!("tbody a[href='/usage/electric/{month}']");
        assert!(months.attribute(&css, "href").is_some(), "{month}");
    }
    let june = months.follow("June 2026").await;
    june.must_show("The days of your bill: Jun 1 to Jun 30, 2026")
        .must_show("Billed 750 kWh $93.73");
    assert_eq!(june.texts("tbody tr").len(), 30);
    // Nobody was served before, and nothing has come after August: no page leads there.
    assert!(!june.shows("Month before"));
    let july = june.follow("Month after").await;
    july.must_show("The days of your bill: Jul 1 to Jul 31, 2026")
        .must_show("Month before");
    let august = july.follow("Month after").await;
    assert_eq!(august.path, "/usage/electric/2026-08");
    august.must_show("nothing of these days has reached us yet");
    assert!(!august.shows("Month after"));
    let first = rosa.visit("/usage/electric/2026-06-01").await;
    assert!(!first.shows("Day before") && first.shows("Day after"));
    assert_eq!(first.follow("June 2026").await.path, june.path);
    // Both pictures are on the page: one for each width, with nothing to scroll.
    assert!(june.html.contains("id=\"days-t\"") && june.html.contains("id=\"days-narrow-t\""));
    assert_eq!(june.texts("figure.scroll-x").len(), 0);

    // Water is read by the month.
    let water = rosa.visit("/usage/water").await.follow("June 2026").await;
    water
        .must_show("Your meter is read once for each bill")
        .must_show("Billed 4,000 gallons $30.79");
    assert_eq!(water.texts("tbody tr").len(), 0);
}

/// Contract: F103
#[actix_web::test]
async fn the_usage_page_tells_what_the_next_bill_will_likely_come_to() {
    let house = TestApp::start().await;
    let rosa = two_months(&house, Language::English).await;
    let page = rosa.visit("/usage/electric").await;
    page.must_show("Your next bill, as it looks now")
        .must_show("It is not a bill");
    // Two homes are too few to be told about.
    assert!(!page.shows("Beside similar homes"), "{}", page.html);
    let cost = page.follow("Cost").await;
    cost.must_show("dollars");
}

/// Contract: F103
#[actix_web::test]
async fn a_bill_tells_to_the_cent_what_changed_against_the_one_before() {
    let house = TestApp::start().await;
    let rosa = two_months(&house, Language::English).await;
    let july = rosa.visit("/bills").await.follow("July 2026 bill").await;
    july.must_show("Why this bill is $5.35 higher");
    let lines = july.texts("ul.why li");
    assert!(
        lines.first().is_some_and(|line| line.contains("$124.52")),
        "{lines:?}"
    );
    assert!(
        lines.last().is_some_and(|line| line.contains("$129.87")),
        "{lines:?}"
    );
    let june = rosa.visit("/bills").await.follow("June 2026 bill").await;
    assert!(
        !june.shows("Why this bill is"),
        "a first bill has nothing before it"
    );
}
