//! A utility of one's own, begun by its people at their pages: from an empty house to the first bill, to the cent.

use mainstay::domain::commodity::Commodity;
use mainstay::domain::staff::Role;

use crate::support::app::TestApp;
use crate::support::office::{Office, WATER};
use crate::support::page::Page;

/// Refuse by the cart, with a discount for age.
const REFUSE: &str = r#"{
  "format": "mainstay-rate-schedule/1", "code": "R-RES", "version": 1, "effective_from": "2025-01-01",
  "name": { "en": "Refuse collection", "es": "Recolección de basura" }, "service": "refuse",
  "measures": { "carts": "each" },
  "charges": [
    { "code": "cart", "label": { "en": "Carts", "es": "Carritos" }, "how": { "fixed": { "amount": "8.00", "times": "carts" } } },
    { "code": "age", "label": { "en": "Senior discount", "es": "Descuento" }, "how": { "percent": { "percent": "-10", "as": "discount" } }, "only": { "with": ["senior"] } }
  ] }"#;

/// The manager opens a cycle, the clerk a place with water and refuse and a meter on its wall.
async fn grounds(office: &Office<'_>, line_1: &str, serial: &str) {
    let clerk = &office.clerk;
    let page = clerk.visit("/office/premises/new").await;
    let page = page
        .fill("line_1", line_1)
        .fill("city", "Larkspur Bend")
        .fill("state", "IL")
        .fill("postal_code", "60000")
        .submit("Save the place")
        .await;
    let page = page
        .fill("commodity", "water")
        .submit("Add the point")
        .await;
    let page = page
        .fill("commodity", "refuse")
        .submit("Add the point")
        .await;
    let meter = clerk.visit("/office/meters/new").await;
    let meter = meter.fill("serial", serial).submit("Take it in").await;
    meter.must_show("The meter is in the inventory.");
    let page = page.reload().await.follow("Install a meter").await;
    let page = page.follow(serial).await;
    let field = page.attribute("input[name^='shown-']", "name").unwrap();
    let page = page.fill(&field, "100").submit("Install it").await;
    page.must_show("The meter is installed.");
}

async fn cycle(office: &Office<'_>) {
    let page = office.manager.visit("/office/cycles/new").await;
    let page = page
        .fill("code", "M")
        .fill("name", "Monthly")
        .fill("read_day", "1")
        .fill("falls_on", "any_day")
        .fill("due_after", "20")
        .fill("from_on", "2026-07-01")
        .fill("periods", "3")
        .submit("Open the cycle")
        .await;
    page.must_show("The cycle is open");
}

/// The form of a new account for somebody new at a place.
async fn begins(office: &Office<'_>, q: &str, line: &str) -> Page {
    let page = office.clerk.visit("/office/accounts").await;
    let page = page.follow("New account").await;
    let page = page.fill("q", q).submit("Find").await;
    let page = page.follow(line).await;
    page.follow("Somebody new").await
}

/// The field of the rate of the point whose legend has these words.
fn rate_field(page: &Page, place: usize) -> String {
    let ids: Vec<String> = page
        .html
        .split("<select class=\"input\" id=\"rate-")
        .skip(1)
        .map(|rest| format!("rate-{}", rest.split('"').next().unwrap_or_default()))
        .collect();
    ids[place].clone()
}

/// Contract: F1, F3, F7, G1
#[actix_web::test]
async fn an_empty_house_comes_to_its_first_bill_by_the_pages_of_the_office_alone() {
    let house = TestApp::start().await;
    let office = house.office().await;
    cycle(&office).await;
    office.publishes(WATER, "2025-01-01").await;
    office.publishes(REFUSE, "2025-01-01").await;
    grounds(&office, "5 Wildflower Court", "M-1").await;

    let page = begins(&office, "wildflower", "5 Wildflower Court").await;
    let (water, refuse) = (rate_field(&page, 0), rate_field(&page, 1));
    let page = page
        .fill("name", "Rosa Diaz")
        .fill("phone", "(555) 010-0142")
        .fill(&water, "W-RES")
        .fill(&refuse, "R-RES")
        .submit("Go on")
        .await;
    let carts = page.attribute("input[name^='count-']", "name").unwrap();
    let senior = page.attribute("input[name^='mark-']", "name").unwrap();
    assert_eq!(page.status, 200, "the rate's questions are no refusal");
    let missing = page.clone().submit("Go on").await;
    assert_eq!(missing.status, 422);
    missing.must_show("Fill in this field.");
    let shown = missing.attribute("input[name^='shown-']", "name").unwrap();
    let look = missing
        .fill(&carts, "2")
        .fill(&senior, "yes")
        .fill(&shown, "100")
        .submit("Go on")
        .await;
    assert_eq!(look.heading(), "Look it over");
    look.must_show("Rosa Diaz");
    look.must_show("Carts 2, Senior discount");
    look.must_show("on Aug 4, 2026, for the days until Aug 1, 2026");
    let none = office.clerk.visit("/office/search?q=rosa").await;
    none.must_show("No account has all of these words.");
    let changed = look.clone().submit("Change something").await;
    assert_eq!(
        changed.attribute("#name", "value").as_deref(),
        Some("Rosa Diaz")
    );
    let account = look.clone().submit("Open the account").await;
    account.must_show("The account is open and served.");
    account.must_show("5 Wildflower Court");
    let twice = look.submit("Open the account").await;
    assert_eq!(twice.status, 422, "once is enough, and it is said");
    twice.must_show("is served there on that day");

    house.set_day("2026-08-04");
    let number = account.path.split(['/', '?']).nth(3).unwrap().to_owned();
    let page = office
        .clerk
        .visit(&format!("/office/accounts/{number}/reads/new"))
        .await;
    let page = page
        .fill("on", "2026-08-01")
        .fill("value", "4100")
        .submit("Save the read")
        .await;
    page.must_show("The read is saved.");
    office.bills("2026-07-01").await;
    // Water: $14.20, 3 at $3.42, 1 at $4.86, five percent: $30.79. Refuse: two carts at $8.00 less ten percent: $14.40.
    let page = office
        .clerk
        .visit(&format!("/office/accounts/{number}"))
        .await;
    page.must_show("$45.19");
}

/// Contract: F3, F26
#[actix_web::test]
async fn what_keeps_an_account_from_being_opened_is_said_beside_it() {
    let house = TestApp::start().await;
    let office = house.office().await;
    cycle(&office).await;
    office.publishes(WATER, "2025-01-01").await;
    let only = WATER.replace("W-RES", "W-COM").replace(
        "\"how\"",
        "\"only\": { \"classes\": [\"commercial\"] }, \"how\"",
    );
    office.publishes(&only, "2025-01-01").await;
    grounds(&office, "6 Wildflower Court", "M-2").await;
    let page = begins(&office, "wildflower", "6 Wildflower Court").await;
    let water = rate_field(&page, 0);
    let page = page.fill("name", "Ines").submit("Go on").await;
    assert_eq!(page.status, 422);
    page.must_show("Choose a rate for at least one service.");
    let page = page.fill(&water, "W-COM").submit("Go on").await;
    page.must_show("This rate has no prices for the account’s class.");
    let page = page
        .fill(&water, "W-RES")
        .fill("delivery", "email")
        .submit("Go on")
        .await;
    page.must_show("Give an e-mail address, or let the bills come on paper.");
    let page = page.fill("email", "ines").submit("Go on").await;
    page.must_show("Write an address such as rosa@example.com.");
    let page = page
        .fill("email", "ines@home.example")
        .fill("from_on", "2024-01-01")
        .submit("Go on")
        .await;
    page.must_show("Choose a first day from Jun 30, 2025 to Sep 29, 2026.");
    let page = page.fill("from_on", "2026-07-01").submit("Go on").await;
    assert_eq!(page.heading(), "Look it over");
    let viewer = house.staff(Role::Viewer).await;
    assert_eq!(viewer.get("/office/accounts/new").await.status, 403);
}

/// Contract: F3, F17
#[actix_web::test]
async fn a_value_that_takes_the_place_of_a_read_is_confirmed_and_none_is_typed_ahead() {
    let house = TestApp::start().await;
    let office = house.office().await;
    cycle(&office).await;
    office.publishes(WATER, "2025-01-01").await;
    grounds(&office, "8 Wildflower Court", "M-4").await;
    let page = begins(&office, "wildflower", "8 Wildflower Court").await;
    let water = rate_field(&page, 0);
    let shown = page.attribute("input[name^='shown-']", "name").unwrap();
    let page = page
        .fill("name", "Ines")
        .fill(&water, "W-RES")
        .fill(&shown, "90")
        .fill("from_on", "2026-07-20")
        .submit("Go on")
        .await;
    page.must_show("The first day is still to come. Leave this empty");
    let today = house.app.clock.today().to_string();
    let page = page.fill("from_on", &today).submit("Go on").await;
    assert_eq!(page.status, 422);
    page.must_show("Go on only if the value here is right instead");
    let other = page.clone().fill(&shown, "95").submit("Go on").await;
    other.must_show("Go on only if the value here is right instead");
    let look = page.submit("Go on").await;
    assert_eq!(look.heading(), "Look it over");
    let account = look.submit("Open the account").await;
    account.must_show("The account is open and served.");
}

/// Contract: F4, F6
#[actix_web::test]
async fn somebody_known_is_found_by_telephone_and_gets_a_second_account() {
    let house = TestApp::start().await;
    let office = house.office().await;
    cycle(&office).await;
    office.publishes(WATER, "2025-01-01").await;
    grounds(&office, "7 Wildflower Court", "M-3").await;
    let home = house.moves_in("Walter", &[Commodity::Water]).await;
    let page = office.clerk.visit("/office/accounts/new").await;
    let page = page.fill("q", "wildflower").submit("Find").await;
    let page = page.follow("7 Wildflower Court").await;
    let page = page.fill("q", "nobody at all").submit("Find").await;
    page.must_show("Nobody known has all of these words.");
    let page = page.fill("q", &home.email).submit("Find").await;
    let page = page.follow("Walter").await;
    assert!(page.texts("#kind").is_empty(), "nobody is typed twice");
    let water = rate_field(&page, 0);
    let page = page
        .fill(&water, "W-RES")
        .fill("delivery", "email")
        .submit("Go on")
        .await;
    assert_eq!(page.heading(), "Look it over");
    let account = page.submit("Open the account").await;
    account.must_show("The account is open and served.");
    account.must_show("Walter");
    let found = office.clerk.visit("/office/search?q=walter").await;
    found.must_show("2 accounts");
}
