//! The office's page of weather: a file taken once, lines that cannot be used named, a station chosen for the customers.

use mainstay::domain::staff::Role;

use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

const TWO_STATIONS: &[u8] = b"STATION,DATE,TMAX,TMIN\n\
    AIRPORT,2026-06-01,88,61\nRIVER,2026-06-01,86,63\nAIRPORT,2026-06-02,hot,60\n";

async fn sends(clerk: &Visitor, station: &str, file: &[u8]) -> Page {
    let page = clerk.visit("/office/imports/weather").await;
    page.fill("unit", "fahrenheit")
        .fill("station", station)
        .attach("file", "weather.csv", file)
        .submit("Import it")
        .await
}

/// Contract: F102
#[actix_web::test]
async fn a_file_of_weather_comes_in_once_and_a_station_is_chosen() {
    let house = TestApp::start().await;
    house.set_day("2026-07-02");
    let clerk = house.staff(Role::BillingClerk).await;
    let page = clerk.visit("/office/imports").await.follow("Weather").await;
    page.must_show("No weather is loaded.");
    let first = sends(&clerk, "", TWO_STATIONS).await;
    first
        .must_show("Days: 2 new, 0 corrected, 0 there already.")
        .must_show("One line was refused, line 4: \"hot\" is no number.");
    let shown = |page: &Page| page.texts("tbody tr");
    assert!(shown(&first)[0].contains("Shown to customers"));
    let again = sends(&clerk, "", TWO_STATIONS).await;
    again.must_show("Days: 0 new, 0 corrected, 2 there already.");
    assert!(!again.shows("Show its weather"));
    let manager = house.staff(Role::Administrator).await;
    let page = manager.visit("/office/imports/weather").await;
    let chosen = page.fill("shown", "RIVER").submit("Show its weather").await;
    chosen.must_show("Customers see the weather of this station.");
    assert!(shown(&chosen)[1].contains("Shown to customers"));
}

#[actix_web::test]
async fn a_file_that_is_no_weather_or_names_no_station_is_refused_in_words() {
    let house = TestApp::start().await;
    house.set_day("2026-07-02");
    let clerk = house.staff(Role::BillingClerk).await;
    let nameless = b"DATE,TAVG\n2026-06-01,75\n";
    sends(&clerk, "", nameless)
        .await
        .must_show("The file names no station.");
    sends(&clerk, "AIRPORT", nameless)
        .await
        .must_show("Days: 1 new");
    let page = sends(&clerk, "", b"DATE,PRCP\n2026-06-01,0\n").await;
    assert_eq!(page.status, 422);
    page.must_show("the first line names no TAVG");
    sends(&clerk, "", b"")
        .await
        .must_show("This file is empty.");
    let reader = house.staff(Role::Viewer).await;
    assert_eq!(reader.get("/office/imports/weather").await.status, 403);
}
