//! What a customer is called and since when, and who answers for an account that goes on.

use mainstay::domain::staff::Role;

use crate::support::app::TestApp;

/// Contract: F4, F8, F118
#[actix_web::test]
async fn a_name_changes_by_law_from_a_day_on_and_the_old_one_still_finds_the_account() {
    let house = TestApp::start().await;
    let clerk = house.staff(Role::Csr).await;
    let rosa = house.customer("Rosa Quill").moved_in().await;
    let people = format!("/office/accounts/{}/people", rosa.number.as_str());
    let form = clerk.visit(&people).await.follow("Change Rosa Quill").await;
    let form = form.fill("name", "Rosa Lopez").fill("name_kind", "legal");
    let refused = form.clone().submit("Save").await;
    assert_eq!(refused.status, 422);
    refused.must_show("Enter the first day of the new name");
    let day = house.app.clock.today().to_string();
    let undocumented = form.fill("name_from", &day);
    let refused = undocumented.clone().submit("Save").await;
    assert_eq!(refused.status, 422);
    refused.must_show("Write which document you saw");
    undocumented
        .fill("name_document", "Marriage certificate of June 20")
        .submit("Save")
        .await
        .must_show("Rosa Quill is Rosa Lopez by law from")
        .must_show("Marriage certificate of June 20");
    let found = clerk.visit("/office/accounts?q=quill").await;
    found
        .must_show("Rosa Lopez")
        .must_show(&rosa.number.to_string());
}

/// Contract: F4, F5, F12
#[actix_web::test]
async fn what_is_owed_stays_with_whoever_had_the_account_unless_it_is_taken_on() {
    let house = TestApp::start().await;
    let clerk = house.staff(Role::Csr).await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let number = rosa.household.number.as_str().to_owned();
    let people = format!("/office/accounts/{number}/people");
    let form = clerk.visit(&people).await;
    let form = form.follow("Change who is responsible").await;
    form.must_show("As a rule the account ends")
        .must_show("$84.10");
    let form = form
        .fill("kind", "person")
        .fill("name", "Nora Lind")
        .fill("language", "en-US")
        .fill("reason", "death")
        .fill("consent", "signed")
        .fill("words", "Signed form of today.");
    let refused = form.clone().submit("Let them take it on").await;
    assert_eq!(refused.status, 422);
    refused.must_show("stays with whoever had the account");
    form.fill("assumes", "yes")
        .submit("Let them take it on")
        .await
        .must_show("Nora Lind");
    let page = clerk.visit(&people).await;
    let page = page.follow("Change who is responsible").await;
    page.must_show("took on $84.10").must_show("Nora Lind");
    // The former customer sees nothing of it any more, and what is owed is what it was.
    assert_eq!(rosa.get("/bills").await.status, 303);
    let screen = clerk.visit(&format!("/office/accounts/{number}")).await;
    screen.must_show("Nora Lind").must_show("$84.10");
}
