//! The rates desk: a change drafted, compared, tried on real accounts and made law by two people; what does not fit is found before issue.

use mainstay::domain::accounts::AccountClass;
use mainstay::domain::commodity::Commodity;
use mainstay::domain::customers::Language;
use mainstay::domain::staff::Role;

use crate::support::app::TestApp;
use crate::support::office::{ELECTRIC, GAS, Office, WATER, hourly_electricity};
use crate::support::people::Household;

/// A household with water whose first month used 4,000 gallons, and the number of its meter.
async fn june<'a>(house: &'a TestApp, office: &Office<'a>) -> (Household, String) {
    let home = house.moves_in("Rosa", &[Commodity::Water]).await;
    let number = home
        .email
        .trim_start_matches("rosa")
        .trim_end_matches("@home.example");
    let meter = format!("W{number:0>6}");
    office
        .reads(&home, &meter, "1000")
        .await
        .must_show("The read is saved.");
    house.set_day("2026-07-01");
    office
        .reads(&home, &meter, "5000")
        .await
        .must_show("The read is saved.");
    (home, meter)
}

/// The second version of the water rate.
fn dearer() -> String {
    WATER
        .replace("14.20", "15.00")
        .replace("3.42", "3.60")
        .replace("4.86", "5.10")
}

/// Contract: F24, F25, F28, F29
///
/// Tried on June's bill of $30.79: 15.00 + 3 x 3.60 + 1 x 5.10 = 30.90; 5% is 1.545, so 1.55; together 32.45, which is 1.66 more.
#[actix_web::test]
async fn a_change_is_drafted_compared_tried_and_published_without_anybody_else() {
    let house = TestApp::start().await;
    house.set_day("2026-06-01");
    let office = house.office().await;
    office.publishes(WATER, "2025-01-01").await;
    june(&house, &office).await;
    office.bills("2026-06-01").await.must_show("$30.79");

    let form = office.clerk.visit("/office/rates/new").await;
    let draft = form
        .fill("code", "W-RES")
        .fill("service", "water")
        .fill("name_en", "Water service")
        .fill("effective_from", "2026-08-01")
        .fill("base", "15.00")
        .fill("unit", "kgal")
        .fill("block_1_to", "3")
        .fill("block_1_price", "3.60")
        .fill("block_2_price", "5.10")
        .fill("percent", "5")
        .fill("percent_as", "franchise-fee")
        .submit("Keep as a draft")
        .await;
    draft.must_show("What changed since version 1");
    for price in ["14.20", "15.00", "3.42", "3.60", "4.86", "5.10"] {
        draft.must_show(price);
    }
    draft.must_show("\"as\": \"franchise-fee\"");
    let tried = draft.fill("trial", "20").submit("Try it").await;
    tried
        .must_show("$30.79")
        .must_show("$32.45")
        .must_show("$1.66");

    let submitted = tried.submit("Submit for publication").await;
    submitted.must_show("A second person must publish this version.");
    let page = office.manager.visit(&submitted.path).await;
    let early = page.fill("from", "2024-12-01").submit("Publish").await;
    early.must_show("this one must begin later");
    let law = early.fill("from", "2026-08-01").submit("Publish").await;
    law.must_show("A published version is never changed.");
    let list = office.clerk.visit("/office/rates").await;
    list.must_show("in force").must_show("Aug 1, 2026");
}

/// Contract: F24, F28
///
/// June's 750 kWh were 93.73 at one price. By the hour, the thirty hours from six to seven in the evening have 60 kWh and cost 0.30, the
/// other 690 cost 0.09: 9.50 + 18.00 + 62.10 = 89.60, which is 4.13 less.
#[actix_web::test]
async fn a_price_by_the_hour_is_tried_on_the_hours_that_were_used() {
    let house = TestApp::start().await;
    house.set_day("2026-06-01");
    let office = house.office().await;
    office.publishes(ELECTRIC, "2025-01-01").await;
    let home = house.moves_in("Rosa", &[Commodity::Electric]).await;
    let digits: String = home.email.chars().filter(char::is_ascii_digit).collect();
    house.set_day("2026-07-02");
    let june = hourly_electricity(&format!("E{digits:0>6}"), "2026-06-01", 30);
    office.takes("cmep", "june.txt", &june).await;
    office.bills("2026-06-01").await.must_show("$93.73");

    let by_the_hour = ELECTRIC
        .replace(r#""charges": ["#, r#""calendars": { "day": { "otherwise": "off", "rules": [ { "period": "evening", "hours": [ { "from": 18, "until": 19 } ] } ] } },
          "charges": ["#)
        .replace(
            r#""how": { "usage": { "of": "usage", "rate": { "price": "0.1123" } } }"#,
            r#""how": { "time-of-use": { "calendar": "day", "of": "usage", "periods": [
              { "period": "evening", "rate": { "price": "0.30" } }, { "period": "off", "rate": { "price": "0.09" } } ] } }"#,
        );
    let page = office.clerk.visit("/office/rates/file").await;
    let draft = page
        .fill("document", &by_the_hour)
        .submit("Keep as a draft")
        .await;
    let tried = draft.fill("trial", "20").submit("Try it").await;
    tried
        .must_show("$93.73")
        .must_show("$89.60")
        .must_show("$4.13");
}

/// Contract: F24
#[actix_web::test]
async fn nobody_publishes_what_they_submitted_themselves() {
    let house = TestApp::start().await;
    let office = house.office().await;
    let page = office.manager.visit("/office/rates/file").await;
    let page = page.fill("document", GAS).submit("Keep as a draft").await;
    let page = page.submit("Submit for publication").await;
    page.must_show("A second person must publish this version.");
    assert!(
        page.texts("button")
            .iter()
            .all(|button| button != "Publish")
    );
    // Not by going past the page either.
    let token = page
        .attribute("input[name=csrf]", "value")
        .expect("a form has a token");
    let at = format!("{}/publication", page.path);
    let fields = [("csrf", token.as_str()), ("from", "2026-08-01")];
    assert_eq!(office.manager.post(&at, &fields).await.status, 303);
    let page = office.manager.visit(&page.path).await;
    page.must_show("Somebody else must publish what you wrote or submitted.");
    // And a clerk has no such door.
    assert_eq!(office.clerk.get("/office/policies").await.status, 403);
}

/// Contract: F24
#[actix_web::test]
async fn whoever_wrote_a_price_does_not_publish_it_and_a_namesake_is_somebody_else() {
    let house = TestApp::start().await;
    let office = house.office().await;
    let namesake = house.staff(Role::BillingManager).await;
    // The manager writes it, the clerk submits it.
    let page = office.manager.visit("/office/rates/file").await;
    let page = page.fill("document", GAS).submit("Keep as a draft").await;
    let submitted = office.clerk.visit(&page.path).await;
    submitted.submit("Submit for publication").await;
    let own = office.manager.visit(&page.path).await;
    own.must_show("A second person must publish this version.");
    let law = namesake.visit(&page.path).await;
    let law = law.fill("from", "2026-08-01").submit("Publish").await;
    law.must_show("The version is published.");

    // The manager writes and submits; somebody of the same name publishes.
    let page = office.manager.visit("/office/rates/file").await;
    let page = page
        .fill("document", ELECTRIC)
        .submit("Keep as a draft")
        .await;
    let page = page.submit("Submit for publication").await;
    let law = namesake.visit(&page.path).await;
    let law = law.fill("from", "2026-08-01").submit("Publish").await;
    law.must_show("The version is published.")
        .must_show("The billing_manager (no. ");
}

/// Contract: F25, F36
///
/// From June 16 on, 15 of the 30 days, each with half of every block and half of the 4 kgal:
/// 7.10 + 1.5 x 3.42 + 0.5 x 4.86 = 14.66 before and 7.50 + 1.5 x 3.60 + 0.5 x 5.10 = 15.45 after; 5% of both is 1.5055, so 1.51, of
/// which 0.73 fall on the first part. Together 31.62.
#[actix_web::test]
async fn a_rate_change_inside_the_period_splits_the_bill_at_its_day() {
    let house = TestApp::start().await;
    house.set_day("2026-06-01");
    let office = house.office().await;
    office.publishes(WATER, "2025-01-01").await;
    office.publishes(&dearer(), "2026-06-16").await;
    let (home, _) = june(&house, &office).await;
    office.bills("2026-06-01").await.must_show("$31.62");
    let rosa = house.signs_in(home, Language::English).await;
    let bill = rosa.visit("/bills").await.follow("June 2026 bill").await;
    for amount in [
        "$7.10", "$5.13", "$2.43", "$0.73", "$7.50", "$5.40", "$2.55", "$0.78", "$31.62",
    ] {
        bill.must_show(amount);
    }
}

/// Contract: F26, F29, F32, F36, F40
#[actix_web::test]
async fn a_rate_that_does_not_fit_is_found_before_anything_is_issued() {
    let house = TestApp::start().await;
    house.set_day("2026-06-01");
    let office = house.office().await;
    let (home, _) = june(&house, &office).await;

    // Nothing published: no bill, and the queue says why.
    let run = office.drafts("2026-06-01").await;
    assert!(
        run.texts("form[action$='/issue']").is_empty() || run.shows("Issue 0"),
        "{}",
        run.html
    );
    let queue = office.clerk.visit("/office/exceptions").await;
    queue.must_show("No published rate");
    let found = office.exception("reason=rate_missing").await;
    found.must_show("W-RES");
    run.submit("Void the run").await.must_show("voided");

    // The code stands for gas by mistake: the water agreement is not billed with it.
    let mistaken = GAS.replace("G-RES", "W-RES");
    office.publishes(&mistaken, "2025-01-01").await;
    let run = office.drafts("2026-06-01").await;
    run.must_show("No bill");
    let found = office.exception("reason=rate_mismatch").await;
    found
        .must_show("Rate for another service")
        .must_show("W-RES");
    let account = office
        .clerk
        .visit(&format!("/office/accounts/{}", home.number.as_str()))
        .await;
    account.must_show("Rate for another service");
    assert!(account.text("#balance").starts_with("$0.00"));
}

/// Contract: F26, F36
#[actix_web::test]
async fn a_mistake_of_units_is_explained_where_it_stands() {
    let house = TestApp::start().await;
    let office = house.office().await;
    let refused = async |document: String| {
        let page = office.clerk.visit("/office/rates/file").await;
        let page = page
            .fill("document", &document)
            .submit("Keep as a draft")
            .await;
        assert_eq!(page.status, 422, "{}", page.html);
        page
    };
    let page = refused(WATER.replace(r#""convert-to": "kgal""#, r#""convert-to": "kWh""#)).await;
    page.must_show("quantities.kgal.steps[0]: gal does not turn into kWh by definition");
    let page = refused(WATER.replace(r#""usage": "gal""#, r#""usage": "gallons""#)).await;
    page.must_show("gallons").must_show("line 4");
    let page = refused(WATER.replace(r#""of": "kgal""#, r#""of": "kgals""#)).await;
    page.must_show("charges[1].how.usage.of: there is no measure or quantity")
        .must_show("kgals")
        .must_show("there are: kgal, usage");
    let page = refused(WATER.replace(r#""price": "4.86""#, r#""price": 4.86"#)).await;
    page.must_show("a number in quotation marks");
}

/// Contract: F13, F29
///
/// Both used 4,000 gallons, 29.32 before fees. The home pays 5% on it, 1.47; the shop 2%, which is 0.5864, so 0.59, and a meter charge of
/// 12.00 that the fee is not taken of.
#[actix_web::test]
async fn the_class_of_the_account_decides_what_it_is_charged() {
    let house = TestApp::start().await;
    house.set_day("2026-06-01");
    let office = house.office().await;
    let by_class = WATER.replace(
        r#""how": { "percent": { "percent": "5", "as": "franchise-fee" } } }"#,
        r#""how": { "percent": { "percent": "5", "as": "franchise-fee" } }, "only": { "classes": ["residential"] } },
        { "code": "franchise-shops", "label": { "en": "Franchise fee" }, "how": { "percent": { "percent": "2", "as": "franchise-fee" } }, "only": { "classes": ["commercial"] } },
        { "code": "meter", "label": { "en": "Meter charge" }, "how": { "fixed": { "amount": "12.00" } }, "only": { "classes": ["commercial"] } }"#,
    );
    office.publishes(&by_class, "2025-01-01").await;
    let water = [Commodity::Water];
    let (home, _) = june(&house, &office).await;
    house.set_day("2026-06-01");
    let shop = house
        .moves_in_as(AccountClass::Commercial, "Bakery", &water)
        .await;
    let digits: String = shop.email.chars().filter(char::is_ascii_digit).collect();
    let meter = format!("W{digits:0>6}");
    office.reads(&shop, &meter, "1000").await;
    house.set_day("2026-07-01");
    office.reads(&shop, &meter, "5000").await;
    for (account, total) in [(&home, "$30.79"), (&shop, "$41.91")] {
        office
            .bills_of(account, "2026-06-01")
            .await
            .must_show(total);
    }
}

/// Contract: F26, F36
#[actix_web::test]
async fn a_schedule_in_another_unit_than_the_meter_bills_nobody() {
    let house = TestApp::start().await;
    house.set_day("2026-06-01");
    let office = house.office().await;
    let kilowatts = WATER
        .replace(r#""usage": "gal""#, r#""usage": "kWh""#)
        .replace(r#"{ "convert-to": "kgal" }"#, r#"{ "times": "1" }"#);
    office.publishes(&kilowatts, "2025-01-01").await;
    june(&house, &office).await;
    office.drafts("2026-06-01").await.must_show("No bill");
    let found = office.exception("reason=rate_mismatch").await;
    found.must_show("given in gal, and the schedule counts it in kWh");
}
