//! How warm it was, beside what was used: a line and a column where weather is loaded, and nothing where it is not.

use chrono::NaiveDate;
use mainstay::domain::customers::Language;
use mainstay::domain::weather::{TemperatureUnit, Told, WeatherDay};
use mainstay::store::db::Tx;
use mainstay::usecases::weather::{Taken, choose_station, take};
use rust_decimal::Decimal;

use crate::portal::understanding::two_months;
use crate::support::app::TestApp;

fn weather(first: &str, means: &[i64]) -> Vec<WeatherDay> {
    let first: NaiveDate = first.parse().expect("a day");
    let today = "2026-08-02".parse().expect("a day");
    let day = |(day, mean): (NaiveDate, &i64)| {
        let mean = Decimal::from(*mean);
        let told = Told {
            high: Some(mean + Decimal::TEN),
            low: Some(mean - Decimal::TEN),
            mean: Some(mean),
        };
        WeatherDay::of(day, told, (TemperatureUnit::Fahrenheit, today)).expect("weather")
    };
    first.iter_days().zip(means).map(day).collect()
}

impl TestApp {
    pub(super) async fn takes_weather(
        &self,
        station: &'static str,
        days: Vec<WeatherDay>,
    ) -> Taken {
        let taken = self.app.db.write(self.stamp(), move |tx: &mut Tx<'_>| {
            take(tx, station, &days)
        });
        taken.await.expect("the weather is taken")
    }
}

/// Contract: F102
#[actix_web::test]
async fn the_month_and_the_day_tell_how_warm_it_was_where_that_is_known() {
    let house = TestApp::start().await;
    let rosa = two_months(&house, Language::English).await;
    let month = rosa.visit("/usage/electric/2026-06").await;
    assert!(!month.shows("Mean temperature"), "no weather is loaded");
    assert!(!month.html.contains("tline"));
    house
        .takes_weather("A", weather("2026-06-14", &[72, 75]))
        .await;

    let month = rosa.visit("/usage/electric/2026-06").await;
    month.must_show("Mean temperature, °F");
    assert!(month.html.contains("class=\"tline\""));
    assert!(
        month.html.contains("mean 72 °F"),
        "each bar says it in words"
    );
    let days = month.texts("tbody tr");
    assert!(days[13].contains("72") && days[0].contains('—'), "{days:?}");
    month
        .follow("Jun 15")
        .await
        .must_show("It was 75 °F in the mean, 85 °F at the warmest and 65 °F at the coldest.");
    let july = rosa.visit("/usage/electric/2026-07").await;
    assert!(
        !july.shows("Mean temperature"),
        "July's weather is not known"
    );
}

/// Contract: F102
#[actix_web::test]
async fn weather_that_comes_again_changes_nothing_and_one_station_is_shown() {
    let house = TestApp::start().await;
    let rosa = two_months(&house, Language::Spanish).await;
    let days = weather("2026-06-14", &[72, 75]);
    let first = house.takes_weather("A", days.clone()).await;
    assert_eq!((first.new, first.corrected, first.known), (2, 0, 0));
    let again = house.takes_weather("A", days).await;
    assert_eq!((again.new, again.corrected, again.known), (0, 0, 2));
    let other = house.takes_weather("A", weather("2026-06-15", &[74])).await;
    assert_eq!((other.new, other.corrected, other.known), (0, 1, 0));
    house.takes_weather("B", weather("2026-06-15", &[31])).await;
    let shown = rosa.visit("/usage/electric/2026-06-15").await;
    shown.must_show("La temperatura media fue de 74 °F");
    let choose = |tx: &mut Tx<'_>| choose_station(tx, "B");
    let chosen = house.app.db.write(house.stamp(), choose);
    chosen.await.expect("the station is chosen");
    rosa.visit("/usage/electric/2026-06-15")
        .await
        .must_show("La temperatura media fue de 31 °F");
}

/// Contract: F102
#[actix_web::test]
async fn months_tell_how_warm_they_were_on_the_page_and_in_the_file() {
    let house = TestApp::start().await;
    let rosa = two_months(&house, Language::English).await;
    let bare = rosa.visit("/usage/electric").await;
    assert!(!bare.shows("Mean temperature"), "no weather is loaded");
    // All of June, and nothing of July.
    let june: Vec<i64> = (0..30).map(|day| 70 + day % 3).collect();
    house.takes_weather("A", weather("2026-06-01", &june)).await;

    let months = rosa.visit("/usage/electric").await;
    months.must_show("Mean temperature, °F");
    assert!(months.html.contains("class=\"tline\""));
    assert!(months.html.contains("mean 71 °F"), "a bar says it in words");
    let table = rosa.get("/usage/electric.csv").await;
    let june = table.body.lines().find(|line| line.starts_with("2026-06,"));
    assert!(
        june.is_some_and(|line| line.ends_with(",71")),
        "{}",
        table.body
    );
}
