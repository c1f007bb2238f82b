//! Service lines that are or may be of lead: the inventory, by hand and by file, and the letters to whoever is served by them.

use diesel::prelude::*;
use mainstay::domain::ids::AccountId;
use mainstay::domain::staff::Role;
use mainstay::jobs::lead_lines;
use mainstay::store::schema::{account_roles, customers, lead_notices};

use crate::support::app::TestApp;
use crate::told::Seen;

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

/// Contract: F133, F117
#[actix_web::test]
async fn whoever_lives_at_the_place_is_told_where_the_customers_mail_goes_elsewhere() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let omar = house.customer("Omar").moved_in().await;
    let mut conn = house.database().connect();
    let of_rosa = account_roles::table
        .filter(account_roles::account_id.eq(rosa.account))
        .select(account_roles::customer_id);
    diesel::update(customers::table.filter(customers::id.eq_any(of_rosa)))
        .set(customers::mailing_address.eq("PO Box 4\nDenver CO 80014"))
        .execute(&mut conn)
        .unwrap();
    // Omar left, and nobody took the account over: there is no one to write to.
    diesel::update(account_roles::table.filter(account_roles::account_id.eq(omar.account)))
        .set(account_roles::until_on.eq(house.app.clock.today()))
        .execute(&mut conn)
        .unwrap();
    drop(conn);
    let clerk = house.staff(Role::BillingClerk).await;
    let lines = clerk.visit("/office/service-lines").await;
    lines.submit("Take them in as not known").await;
    for _ in 0..2 {
        lead_lines::run(house.app.clone()).await.unwrap();
    }
    let mut told: Vec<String> = house.told(&["lead_line"]).into_iter().map(name).collect();
    told.sort();
    assert_eq!(told, ["Resident", "Resident", "Rosa"], "each letter once");
    // Nobody of the second account was told: the office looks for a way, and whoever takes it over is told.
    let count = |account: AccountId| -> i64 {
        let rows = lead_notices::table.filter(lead_notices::account_id.eq(account));
        rows.count()
            .get_result(&mut house.database().connect())
            .unwrap()
    };
    assert_eq!((count(rosa.account), count(omar.account)), (1, 0));
    clerk
        .visit("/office/exceptions")
        .await
        .must_show("Not delivered");
}

/// To whom a letter is addressed.
fn name(letter: Seen) -> String {
    let line = letter.recipient.lines().next();
    line.unwrap_or_default().to_owned()
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
