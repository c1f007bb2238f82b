//! Service lines that are or may be of lead: the inventory, by hand and by file, and the letters to whoever is served by them.

use mainstay::domain::staff::Role;
use mainstay::jobs::lead_lines;

use crate::support::app::TestApp;

/// Contract: F133, F117
#[actix_web::test]
async fn whoever_is_served_by_a_line_that_may_be_lead_is_told_by_letter_once_a_year() {
    let house = TestApp::start().await;
    house.customer("Rosa").moved_in().await;
    house.customer("Omar").moved_in().await;
    lead_lines::run(house.app.clone()).await.unwrap();
    assert_eq!(house.told(&["lead_line"]).len(), 0, "nothing is recorded");

    let clerk = house.staff(Role::BillingClerk).await;
    let page = clerk.visit("/office/premises").await;
    let lines = page.follow("Service lines").await;
    lines.must_show("Not in the inventory");
    let taken = lines.submit("Take them in as not known").await;
    taken.must_show("It is recorded.");
    lead_lines::run(house.app.clone()).await.unwrap();
    lead_lines::run(house.app.clone()).await.unwrap();
    assert_eq!(house.told(&["lead_line"]).len(), 2, "each once");

    // One is looked at: it is lead, which is told anew. The other is not lead on either side.
    let addresses: Vec<String> = boxes(&taken.html);
    let [first, other] = addresses.as_slice() else {
        panic!("two lines, not {addresses:?}");
    };
    record(&clerk, first, "utility", "lead").await;
    for side in ["utility", "customer"] {
        record(&clerk, other, side, "non_lead").await;
    }
    lead_lines::run(house.app.clone()).await.unwrap();
    assert_eq!(house.told(&["lead_line"]).len(), 3);
    house.advance_days(365);
    lead_lines::run(house.app.clone()).await.unwrap();
    assert_eq!(house.told(&["lead_line"]).len(), 3, "the round is in fall");
    house.advance_days(100);
    lead_lines::run(house.app.clone()).await.unwrap();
    assert_eq!(house.told(&["lead_line"]).len(), 4);
}

/// The pages of the lines that a list shows.
fn boxes(html: &str) -> Vec<String> {
    let document = scraper::Html::parse_document(html);
    let css = scraper::Selector::parse("li a.strong[href^='/office/service-lines/']").unwrap();
    let links = document.select(&css).filter_map(|one| one.attr("href"));
    links.map(str::to_owned).collect()
}

async fn record(
    clerk: &crate::support::visitor::Visitor,
    address: &str,
    side: &str,
    material: &str,
) {
    let page = clerk.visit(address).await;
    page.fill("side", side)
        .fill("material", material)
        .fill("source", "inspection")
        .submit("Save")
        .await
        .must_show("It is recorded.");
}

/// Contract: F133, F148
#[actix_web::test]
async fn a_file_of_the_inventory_is_taken_whole_or_not_at_all() {
    let house = TestApp::start().await;
    house.customer("Rosa").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let page = clerk.visit("/office/service-lines").await;
    let strange = "place,side,material,source,known_on\n999999,utility,lead,records,2024-10-16\n";
    let refused = page.attach("file", "lines.csv", strange.as_bytes());
    let refused = refused.submit("Take it").await;
    assert_eq!(refused.status, 422);
    refused.must_show("999999");
    let page = clerk.visit("/office/service-lines").await;
    let gold = strange.replace("lead", "gold");
    let refused = page.attach("file", "lines.csv", gold.as_bytes());
    let refused = refused.submit("Take it").await;
    assert_eq!(refused.status, 422);
    refused.must_show("is no material");
}
