//! How cold or hot it is, where the rules look at the thermometer: what was forecast of late, and the strictest of it.

use mainstay::domain::commodity::Commodity;

use super::{account, served};
use crate::support::app::TestApp;
use crate::support::visitor::Visitor;

async fn notes(server: &Visitor, day: &str, low: &str, high: &str) {
    server
        .visit("/office/moratoria")
        .await
        .fill("day", day)
        .fill("low", low)
        .fill("high", high)
        .submit("Note the forecast")
        .await
        .must_show("The forecast is noted.");
}

/// Contract: F83
#[actix_web::test]
async fn a_shut_off_needs_a_forecast_of_late_and_a_milder_one_opens_nothing() {
    let house = TestApp::start().await;
    let home = house.moves_in("Rosa", &[Commodity::Electric]).await;
    house.owes(home.account, "$100.00", 5).await;
    house.set_day("2026-07-14");
    let server = house.server().await;
    served(&server, &home, "2026-07-09", true).await;
    for day in ["2026-07-16", "2026-07-17"] {
        notes(&server, day, "68", "86").await;
    }
    // Two days later that is long ago.
    house.set_day("2026-07-16");
    let server = house.server().await;
    let screen = account(&home);
    for day in ["Jul 16, 2026", "Jul 17, 2026"] {
        let strip = server.visit(&screen).await.text("#shutoff");
        let why = format!("no forecast noted yesterday or today for {day}");
        assert!(strip.contains(&why), "{strip}");
    }
    for day in ["2026-07-16", "2026-07-17"] {
        notes(&server, day, "70", "88").await;
    }
    let strip = server.visit(&screen).await.text("#shutoff");
    assert_eq!(strip, "Possible");
    notes(&server, "2026-07-17", "75", "96").await;
    notes(&server, "2026-07-17", "70", "88").await;
    let strip = server.visit(&screen).await.text("#shutoff");
    assert_eq!(strip, "No too hot on Jul 17, 2026");
}
