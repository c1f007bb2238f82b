//! What a rate asks for beside what a meter counts: asked when service begins, known of the place, changed from a day on.

use mainstay::domain::agreement_facts::AgreementFacts;
use mainstay::domain::commodity::Commodity;
use mainstay::domain::ids::AccountId;
use mainstay::domain::staff::Role;
use mainstay::store::db::Conn;
use mainstay::store::error::StoreError;
use mainstay::store::logins::account_number;
use mainstay::store::{premises, service};
use mainstay::usecases::accounts::NewService;
use serde_json::json;

use crate::support::app::TestApp;
use crate::support::billing::{Utility, charge, unmetered};

/// A home with 5,000 square feet of roof and pavement under a rate that asks for them and for a rain garden.
async fn paved_home(house: &TestApp) -> (AccountId, String) {
    house.customer("Omar").moved_in().await;
    let utility = Utility::of(house);
    let mut garden = charge(
        "garden",
        json!({"percent": {"percent": "-20", "as": "discount"}}),
    );
    garden["only"] = json!({"with": ["rain-garden"]});
    utility.publish("2025-01-01", "ST-1", "stormwater", json!({
        "measures": {"impervious": "sq ft"},
        "quantities": {"erus": {"of": "impervious", "unit": "ERU", "steps": [{"divide-by": "2500"}]}},
        "charges": [charge("storm", json!({"fixed": {"amount": "6.20", "times": "erus"}})), garden],
    }));
    let storm = NewService {
        facts: json!({"counts": [["impervious", "5000", "sq ft"]], "marks": ["rain-garden"]}),
        ..unmetered(Commodity::Stormwater, "ST-1")
    };
    let account = utility.household("2026-01-01", vec![storm]);
    let number = house
        .app
        .db
        .read(move |conn: &mut Conn| account_number(conn, account));
    let number = number.await.expect("a number").as_str().to_owned();
    (account, number)
}

/// The facts with which each agreement at the account's place began, oldest first.
async fn begun_with(house: &TestApp, account: AccountId) -> Vec<AgreementFacts> {
    let look = move |conn: &mut Conn| -> Result<_, StoreError> {
        let places = premises::list_served(conn, account)?;
        let points = premises::list_points(conn, &places)?;
        let rows = service::list_of_point(conn, points[0].0)?;
        Ok(rows
            .into_iter()
            .map(|(row, _)| row.facts)
            .collect::<Vec<_>>())
    };
    let facts = house.app.db.read(look).await.expect("read");
    let read = |facts: &String| serde_json::from_str(facts).expect("facts");
    facts.iter().map(read).collect()
}

/// Contract: F26, F29
#[actix_web::test]
async fn service_begins_with_the_facts_that_its_rate_asks_for() {
    let house = TestApp::start().await;
    let (rosa, number) = paved_home(&house).await;
    let clerk = house.staff(Role::BillingClerk).await;
    let account = format!("/office/accounts/{number}");
    let services = clerk.visit(&account).await;
    let address = services.attribute("a[href*='/services/']:not([href$='/new'])", "href");
    let page = clerk.visit(&address.expect("its service")).await;
    page.must_show("Impervious area 5,000 sq ft, Rain garden");
    page.fill("stop_on", "2026-07-01")
        .submit("Stop the service")
        .await;

    let form = clerk.visit(&format!("{account}/services/new")).await;
    let chosen = form.fill("rate", "ST-1").submit("Go on").await;
    chosen.must_show("What rate ST-1 asks for");
    assert_eq!(
        chosen.attribute("#count-impervious", "value").as_deref(),
        Some("5000"),
        "the place keeps what was counted there"
    );
    let refused = chosen.clone().fill("count-impervious", "");
    let refused = refused.submit("Start a service").await;
    assert_eq!(refused.status, 422);
    refused.must_show("Fill in this field.");
    let wrong = refused.fill("count-impervious", "much");
    let wrong = wrong.submit("Start a service").await;
    assert_eq!(wrong.status, 422);
    let started = wrong
        .fill("count-impervious", "7,500")
        .fill("mark-rain-garden", "")
        .submit("Start a service")
        .await;
    started.must_show("The change is saved.");
    let facts = begun_with(&house, rosa).await;
    assert_eq!(facts.len(), 2);
    assert_eq!(facts[1].count("impervious"), Some(7_500.into()));
    assert!(facts[0].is_marked("rain-garden") && !facts[1].is_marked("rain-garden"));
}

/// Contract: F26
#[actix_web::test]
async fn facts_change_from_a_day_on_and_the_page_says_what_counted_before() {
    let house = TestApp::start().await;
    let (_, number) = paved_home(&house).await;
    let clerk = house.staff(Role::BillingClerk).await;
    let account = clerk.visit(&format!("/office/accounts/{number}")).await;
    let address = account.attribute("a[href*='/services/']:not([href$='/new'])", "href");
    let service = clerk.visit(&address.expect("its service")).await;
    let page = service.follow("Facts and their changes").await;
    let early = page.clone().fill("from_on", "2025-12-31");
    let early = early.submit("Change from a day on").await;
    assert_eq!(early.status, 422);
    early.must_show("The service is not in force on Dec 31, 2025.");
    let changed = page
        .fill("from_on", "2026-07-15")
        .fill("count-impervious", "2500")
        .fill("mark-rain-garden", "")
        .submit("Change from a day on")
        .await;
    changed
        .must_show("Saved. It counts from Jul 15, 2026.")
        .must_show("from Jul 15, 2026")
        .must_show("Impervious area 2,500 sq ft")
        .must_show("Impervious area 5,000 sq ft, Rain garden");
    // The form shows what counts today; on the later day only what was changed in it counts otherwise.
    let fresh = clerk.visit(&changed.path).await;
    let later = fresh
        .clone()
        .fill("from_on", "2026-08-01")
        .fill("count-impervious", "3000")
        .submit("Change from a day on")
        .await;
    later.must_show("Impervious area 3,000 sq ft");
    assert!(
        !later.shows("3,000 sq ft, Rain garden"),
        "the rain garden ended in July"
    );
    let between = fresh
        .fill("from_on", "2026-07-20")
        .fill("count-impervious", "4000");
    let between = between.submit("Change from a day on").await;
    assert_eq!(between.status, 422);
    between.must_show("A change from Aug 1, 2026 is known already");
    let viewer = house.staff(Role::Viewer).await;
    viewer.meets(&changed.path, 403).await;
}

/// Contract: F26
#[actix_web::test]
async fn the_later_of_two_forms_of_facts_says_what_was_written_meanwhile() {
    let house = TestApp::start().await;
    let (_, number) = paved_home(&house).await;
    let (ana, ben) = (
        house.staff(Role::BillingClerk).await,
        house.staff(Role::BillingClerk).await,
    );
    let account = ana.visit(&format!("/office/accounts/{number}")).await;
    let address = account.attribute("a[href*='/services/']:not([href$='/new'])", "href");
    let facts = format!("{}/facts", address.expect("its service"));
    let (hers, his) = (ana.visit(&facts).await, ben.visit(&facts).await);
    let saved = hers
        .fill("from_on", "2026-07-15")
        .fill("count-impervious", "2500")
        .submit("Change from a day on")
        .await;
    saved.must_show("Saved. It counts from Jul 15, 2026.");
    let told = his
        .fill("from_on", "2026-07-15")
        .fill("mark-rain-garden", "")
        .submit("Change from a day on")
        .await;
    assert_eq!(told.status, 409, "{}", told.html);
    told.must_show("It is now: from Jul 15, 2026: Impervious area 2,500 sq ft, Rain garden");
    let now = ana.visit(&facts).await;
    assert_eq!(now.texts("ul.notes li").len(), 2);
}
