//! What a decision says: no more than what was done. A bill is said to have been wrong where it was corrected, and one that stands says what was
//! given beside it.

use mainstay::domain::money::Money;

use super::outcomes::{disputed, leaked, owed};
use crate::support::app::TestApp;
use crate::support::people::Customer;
use crate::support::visitor::Visitor;

/// $5.00 are credited on the account by hand.
async fn credits(manager: &Visitor, rosa: &Customer) {
    let form = format!(
        "/office/accounts/{}/adjustments/new",
        rosa.household.number.as_str()
    );
    let looked = manager
        .visit(&form)
        .await
        .fill("direction", "give")
        .fill("amount", "5.00")
        .fill("fund", "WATER")
        .fill("reason", "billing_error")
        .submit("Look at the entry")
        .await;
    looked
        .submit("Post it")
        .await
        .must_show("The correction is posted.");
}

/// Contract: F88, F89, F92
#[actix_web::test]
async fn a_bill_is_said_to_be_wrong_where_it_was_corrected() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let june = leaked(&house, &rosa.household);
    let (manager, bench) = disputed(&house, &rosa, &june).await;
    let theirs = bench.path.trim_start_matches("/office").to_owned();
    bench.must_show("That the bill was wrong is decided with its correction");
    let offered = bench.attribute("option[value=corrected]", "value");
    assert_eq!(offered, None, "nothing was corrected yet");
    // Nor is it taken from a form that somebody made by hand.
    let token = bench.attribute("input[name=csrf]", "value").unwrap();
    let fields = [
        ("csrf", token.as_str()),
        ("outcome", "corrected"),
        ("reasons", "You are right."),
    ];
    let decision = format!("{}/decision", bench.path);
    assert_eq!(manager.post(&decision, &fields).await.status, 422);
    rosa.visit(&theirs).await.must_show("What happens next");
    assert_eq!(owed(&house, &rosa), Money::from_cents(14_000));

    credits(&manager, &rosa).await;
    let bench = manager.visit(&bench.path).await;
    bench.must_show("$5.00 was given on the account by hand.");
    let done = bench
        .fill("outcome", "corrected")
        .fill("reasons", "You are right.")
        .submit("Decide and tell the customer")
        .await;
    done.must_show("The bill was wrong, and $5.00 is credited to the account.");
    rosa.visit(&theirs)
        .await
        .must_show("The bill was wrong, and $5.00 is credited to the account.")
        .must_show("You are right.");
    assert_eq!(owed(&house, &rosa), Money::from_cents(13_500));
}

/// Contract: F88, F92
#[actix_web::test]
async fn a_bill_that_stands_says_what_was_given_beside_it() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let june = leaked(&house, &rosa.household);
    let (manager, bench) = disputed(&house, &rosa, &june).await;
    credits(&manager, &rosa).await;
    let done = manager
        .visit(&bench.path)
        .await
        .fill("outcome", "upheld")
        .fill("reasons", "The read is right.")
        .submit("Decide and tell the customer")
        .await;
    done.must_show("The bill stands, and $5.00 is credited to the account.");
    assert!(!done.shows("The bill stands as it was."));
    rosa.visit(bench.path.trim_start_matches("/office"))
        .await
        .must_show("The bill stands, and $5.00 is credited to the account.");
}
