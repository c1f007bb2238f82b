//! The home page tells what is owed this minute (F101, F109, F110), in the reader's language, and shows nobody else's account.

use std::time::Duration;

use mainstay::domain::ids::BillNumber;
use mainstay::store::error::StoreError;
use reqwest::Method;

use crate::support::app::TestApp;

#[actix_web::test]
async fn the_home_page_says_what_is_due_and_by_when() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let home = rosa.visit("/").await;
    assert_eq!(home.heading(), "Hello, Rosa");
    assert!(home.text("#balance").contains("$84.10"));
    home.must_show("in 20 days").must_show("Pay $84.10");
    house
        .app
        .clock
        .set(house.app.clock.now() + chrono::TimeDelta::days(25));
    rosa.visit("/").await.must_show("past due");
}

#[actix_web::test]
async fn a_spanish_speaker_reads_it_in_spanish() {
    let house = TestApp::start().await;
    let reader = house
        .customer("Inés")
        .speaking_spanish()
        .owing("$12.00")
        .signed_in()
        .await;
    let home = reader.visit("/").await;
    assert_eq!(home.heading(), "Hola, Inés");
    home.must_show("Total a pagar").must_show("Pagar $12.00");
}

#[actix_web::test]
async fn another_customers_number_is_as_missing_as_none() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let neighbor = house.customer("Omar").owing("$55.00").moved_in().await;
    rosa.meets(&format!("/?account={}", neighbor.number.as_str()), 404)
        .await;
    rosa.meets(
        &format!("/live/account?account={}", neighbor.number.as_str()),
        404,
    )
    .await;
    rosa.meets(&format!("/bills/{}", BillNumber::of(77)), 404)
        .await;
    rosa.meets("/usage/water", 404).await;
    rosa.meets("/usage/rain/2026-06", 404).await;
    rosa.meets("/usage/water/yesterday", 404).await;
    for day in ["-10000-01-01", "-262143-01-01", "9999-12", "0001-01-01"] {
        rosa.meets(&format!("/usage/water/{day}"), 404).await;
    }
}

#[actix_web::test]
async fn a_new_customer_finds_empty_pages_that_say_so() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    rosa.visit("/").await.must_show("You owe nothing");
    rosa.visit("/usage")
        .await
        .must_show("No metered service has been billed yet.");
    rosa.visit("/usage/water/2026-06")
        .await
        .must_show("Your meter is read once for each bill");
    rosa.visit("/usage/water/2026-06-19")
        .await
        .must_show("No hourly reads");
    rosa.visit("/bills")
        .await
        .must_show("Your first bill is still to come.");
}

#[actix_web::test]
async fn days_can_be_taken_along_as_a_table() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let answer = rosa.get("/usage/water/2026-06.csv").await;
    assert_eq!(answer.status, 200);
    assert!(
        answer
            .body
            .starts_with("day,gal,quality\n2026-06-01,,missing\n"),
        "{}",
        answer.body
    );
}

#[actix_web::test]
async fn what_is_posted_comes_down_the_open_stream_at_once() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let account = rosa.household.account;
    let mut stream = rosa
        .request(Method::GET, "/live/account")
        .send()
        .await
        .expect("the stream opens");
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    let touched = house
        .app
        .db
        .write(house.stamp(), move |tx| -> Result<(), StoreError> {
            tx.touch(account);
            Ok(())
        });
    touched.await.expect("the change is told");
    let message = tokio::time::timeout(Duration::from_secs(5), stream.chunk())
        .await
        .expect("a message in time");
    let bytes = message.expect("an open stream").expect("a message");
    let text = String::from_utf8(bytes.to_vec()).expect("text");
    assert!(
        text.starts_with("data: ") && text.contains("$84.10"),
        "{text}"
    );
}
