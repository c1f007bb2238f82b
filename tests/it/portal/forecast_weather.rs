//! The next bill with weather as in earlier years, where weather is loaded and the bills answer to it.

use std::fmt::Write as _;

use chrono::{NaiveDate, TimeDelta};
use mainstay::domain::commodity::Commodity;
use mainstay::domain::customers::Language;
use mainstay::domain::weather::{Degrees, WeatherDay};

use crate::support::app::TestApp;
use crate::support::office::ELECTRIC;

/// The months that are billed: the first day, how many days, and by how many degrees their days are warmer than 65.
const MONTHS: [(&str, u64, i32); 6] = [
    ("2026-04-01", 30, 0),
    ("2026-05-01", 31, 5),
    ("2026-06-01", 30, 10),
    ("2026-07-01", 31, 15),
    ("2026-08-01", 31, 10),
    ("2026-09-01", 30, 5),
];

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Days that are all so many degrees warmer than 65.
fn warm(first: &str, days: usize, by: i32) -> Vec<WeatherDay> {
    let days = day(first).iter_days().take(days);
    days.map(|day| WeatherDay {
        day,
        high: None,
        low: None,
        mean: Degrees::from_hundredths((65 + by) * 100),
    })
    .collect()
}

/// A meter's hours of some days: 24 kWh each, and as many more as some hours use two instead of one.
fn hours(meter: &str, first: &str, days: u64, more: i64) -> Vec<u8> {
    let mut file = String::new();
    let all = day(first).iter_days();
    for on in all.take(usize::try_from(days).expect("a month")) {
        let sender = on.format("%m%d");
        write!(
            file,
            "MEPMD01,1,U,{sender},,,202607020000,{meter},OK,E,KWH,1,00000100,24"
        )
        .unwrap();
        for hour in 1..=24_i64 {
            let end = on.and_hms_opt(0, 0, 0).expect("midnight") + TimeDelta::hours(hour);
            let value = if hour <= more { 2 } else { 1 };
            write!(file, ",{},R0,{value}", end.format("%Y%m%d%H%M")).unwrap();
        }
        file.push('\n');
    }
    file.into_bytes()
}

/// A home uses 24 kWh a day and 1.2 more for each degree above 65. By October 14 it used 24 a day in mild weather, 336 in all.
///
/// By these days alone October comes to 31 x 24 = 744 kWh. A year before its second half was ten degrees warmer than 65: the 17 days left use
/// 36 kWh each, which makes 336 + 612 = 948 kWh, and at 11.23 cents with $9.50 a month $115.96.
///
/// Contract: F102, F115
#[actix_web::test]
async fn the_days_ahead_go_by_the_weather_of_earlier_years() {
    let house = TestApp::start().await;
    house.set_day("2026-04-01");
    let office = house.office().await;
    office.publishes(ELECTRIC, "2025-01-01").await;
    let home = house.moves_in("Rosa", &[Commodity::Electric]).await;
    let digits: String = home.email.chars().filter(char::is_ascii_digit).collect();
    let meter = format!("E{digits:0>6}");
    for (first, days, warmer) in MONTHS {
        let after = day(first) + TimeDelta::days(i64::try_from(days).expect("a month") + 1);
        house.set_day(&after.to_string());
        let more = i64::from(warmer) * 6 / 5;
        let file = hours(&meter, first, days, more);
        let taken = office.takes("cmep", &format!("{first}.txt"), &file).await;
        taken.must_show("The file is imported.");
        office.bills(first).await;
    }
    house.set_day("2026-10-16");
    let october = hours(&meter, "2026-10-01", 14, 0);
    office.takes("cmep", "october.txt", &october).await;
    let rosa = house.signs_in(home, Language::English).await;
    let before = rosa.visit("/usage/electric").await;
    before
        .must_show("Your next bill, as it looks now")
        .must_show("744 kWh");
    assert!(!before.shows("weather as in"), "no weather is loaded");

    let mut weather = warm("2025-10-01", 31, 10);
    for (first, days, warmer) in MONTHS {
        let days = usize::try_from(days).expect("a month");
        weather.extend(warm(first, days, warmer));
    }
    weather.extend(warm("2026-10-01", 15, 0));
    house.takes_weather("A", weather.clone()).await;
    let after = rosa.visit("/usage/electric").await;
    after
        .must_show("948 kWh")
        .must_show("$115.96")
        .must_show("weather as in the year before");

    // A second year, in which these days were mild: 24 or 36 kWh each, 30 in the mean.
    house.takes_weather("A", warm("2024-10-01", 31, 0)).await;
    let two = rosa.visit("/usage/electric").await;
    two.must_show("846 kWh")
        .must_show("with weather as in earlier years, the mean of 2 of them");

    // A station that knows too little: as without weather.
    house.takes_weather("B", warm("2026-09-01", 30, 5)).await;
    let choose =
        |tx: &mut mainstay::store::db::Tx<'_>| mainstay::usecases::weather::choose_station(tx, "B");
    let chosen = house.app.db.write(house.stamp(), choose);
    chosen.await.expect("the station is chosen");
    rosa.visit("/usage/electric").await.must_show("744 kWh");
}
