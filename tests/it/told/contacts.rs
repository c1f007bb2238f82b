//! The ways to reach a customer, kept by the customer: what is not proved counts for nothing, one is chosen, and every change is told on the
//! others.

use diesel::prelude::*;
use mainstay::domain::notice::{ContactNews, Notice};
use mainstay::domain::staff::Role;
use mainstay::store::db::Tx;
use mainstay::store::notices::list_waiting;
use mainstay::store::schema::{accounts, audit_rows, contact_points, text_consents};
use mainstay::usecases::text_numbers::take_reply;

use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::people::Customer;

const SECOND: &str = "rosa.second@post.example";
const MOBILE: &str = "(555) 201-0142";
const NUMBER: &str = "+15552010142";

/// Rosa, who owes something soon.
async fn rosa(house: &TestApp) -> Customer {
    house
        .customer("Rosa")
        .owing_due_in("$84.10", 4)
        .signed_in()
        .await
}

/// The last code that was sent to an address or number.
fn code(house: &TestApp, recipient: &str) -> String {
    let waiting = house.database().read(|conn| list_waiting(conn, 200));
    let code = |notice: &Notice| match notice {
        Notice::Contact(told) => match &told.news {
            ContactNews::Code { code } => Some(code.clone()),
            _ => None,
        },
        Notice::TextCode { code } => Some(code.clone()),
        _ => None,
    };
    let sent = waiting.iter().filter(|row| row.recipient == recipient);
    sent.filter_map(|row| code(&row.notice))
        .next()
        .expect("a code was sent")
}

async fn gives_address(rosa: &Customer, address: &str) -> Page {
    let page = rosa.visit("/contacts").await;
    page.fill("email", address).submit("Mail me a code").await
}

async fn types(page: Page, code: &str) -> Page {
    page.fill("code", code).submit("Check the code").await
}

/// A second address, proved.
async fn adds_address(house: &TestApp, rosa: &Customer, address: &str) -> Page {
    let page = gives_address(rosa, address).await;
    let code = code(house, address);
    let page = types(page, &code).await;
    page.must_show("It is confirmed.");
    page
}

/// A mobile number, proved.
async fn adds_number(house: &TestApp, rosa: &Customer) -> Page {
    let page = rosa.visit("/contacts").await;
    let page = page.fill("number", MOBILE).submit("Text me a code").await;
    page.must_show("ending in …0142");
    let code = code(house, NUMBER);
    let page = types(page, &code).await;
    page.must_show("It is confirmed.");
    page
}

/// To whom notices of a kind went, by channel.
fn recipients(house: &TestApp, kind: &str, channel: &str) -> Vec<String> {
    let told = house.told(&[kind]);
    let of = told.into_iter().filter(|seen| seen.channel == channel);
    of.map(|seen| seen.recipient).collect()
}

/// The deeds of these names, oldest first.
fn deeds(house: &TestApp, beginning: &str) -> Vec<String> {
    let beginning = format!("{beginning}%");
    house.database().read(|conn| {
        Ok(audit_rows::table
            .filter(audit_rows::action.like(beginning))
            .order(audit_rows::id)
            .select(audit_rows::action)
            .load(conn)?)
    })
}

/// Presses the button of one way of the list, which is named by its address or number.
async fn presses(rosa: &Customer, button: &str, value: &str) -> Page {
    let page = rosa.visit("/contacts").await;
    page.submit(&format!("{button} {value}")).await
}

/// Contract: F116, F118
#[actix_web::test]
async fn an_address_counts_once_its_code_is_typed_back_and_the_other_ways_are_told() {
    let house = TestApp::start().await;
    let rosa = rosa(&house).await;
    let own = rosa.household.email.clone();
    let page = gives_address(&rosa, SECOND).await;
    page.must_show("Enter the code that we mailed to rosa.second@post.example.");
    assert_eq!(deeds(&house, "contact."), ["contact.given"]);
    let held: i64 = house.database().read(|conn| {
        Ok(contact_points::table
            .filter(contact_points::value.eq(SECOND))
            .count()
            .get_result(conn)?)
    });
    assert_eq!(held, 0, "what is not proved is no way to reach her");
    let office = house.staff(Role::BillingManager).await;
    let screen = format!("/office/accounts/{}", rosa.household.number.as_str());
    let seen = office.visit(&screen).await;
    seen.must_show("code not typed back: not used");

    let wrong = types(rosa.visit("/contacts").await, "not it").await;
    assert_eq!(wrong.status, 422);
    wrong.must_show("This code does not work.");
    let right = types(wrong, &code(&house, SECOND)).await;
    right
        .must_show("It is confirmed.")
        .must_show(SECOND)
        .must_show("Confirmed Jul");
    assert_eq!(
        deeds(&house, "contact."),
        ["contact.given", "contact.proved"]
    );
    let told = recipients(&house, "contact", "email");
    assert_eq!(
        told,
        [SECOND.to_owned(), own.clone()],
        "the code, then the news"
    );
    office.visit(&screen).await.must_show("verified since Jul");

    // The code is spent, and the same address is known.
    let again = gives_address(&rosa, "Rosa.Second@post.example").await;
    assert_eq!(again.status, 422);
    again.must_show("We reach you there already.");
    // Adding changes nothing about where notices go.
    house.reminds().await;
    assert_eq!(recipients(&house, "due_soon", "email"), [own]);
}

/// Contract: F116, F119
#[actix_web::test]
async fn notices_go_to_the_address_that_was_chosen_and_the_first_one_is_told() {
    let house = TestApp::start().await;
    let rosa = rosa(&house).await;
    let own = rosa.household.email.clone();
    adds_address(&house, &rosa, SECOND).await;
    let page = presses(&rosa, "Send notices and e-mailed bills here", SECOND).await;
    page.must_show("Saved. The change is told");
    assert_eq!(
        page.texts(".badge.good"),
        ["Notices and e-mailed bills go here"]
    );
    assert_eq!(
        recipients(&house, "contact", "email"),
        [SECOND.to_owned(), own.clone(), own.clone()]
    );
    house.reminds().await;
    assert_eq!(recipients(&house, "due_soon", "email"), [SECOND]);
    let where_to = format!("Mail goes to {SECOND}.");
    rosa.visit("/alerts").await.must_show(&where_to);
    let office = house.staff(Role::BillingManager).await;
    let screen = format!("/office/accounts/{}", rosa.household.number.as_str());
    office.visit(&screen).await.must_show("notices go here");
    assert_eq!(deeds(&house, "contact.chosen").len(), 1);
    // Pressed twice, it is told once.
    let csrf = page
        .attribute("input[name=csrf]", "value")
        .expect("a token");
    let number = rosa.household.number.as_str().to_owned();
    let fields = [("csrf", csrf.as_str()), ("account", number.as_str())];
    let id = id_of(&house, SECOND);
    let again = rosa.post(&format!("/contacts/{id}/choice"), &fields).await;
    assert_eq!(again.status, 303);
    assert_eq!(deeds(&house, "contact.chosen").len(), 1);
}

fn id_of(house: &TestApp, value: &str) -> i64 {
    let id: mainstay::domain::ids::ContactPointId = house.database().read(|conn| {
        Ok(contact_points::table
            .filter(contact_points::value.eq(value))
            .select(contact_points::id)
            .first(conn)?)
    });
    id.0
}

/// Contract: F118
#[actix_web::test]
async fn a_removed_address_is_written_to_no_more_and_hears_of_it_with_the_others() {
    let house = TestApp::start().await;
    let rosa = rosa(&house).await;
    let own = rosa.household.email.clone();
    adds_address(&house, &rosa, SECOND).await;
    presses(&rosa, "Send notices and e-mailed bills here", SECOND).await;
    let before = recipients(&house, "contact", "email").len();
    let page = presses(&rosa, "Yes, remove it", SECOND).await;
    page.must_show("Removed. The change is told");
    let told = recipients(&house, "contact", "email").split_off(before);
    assert_eq!(told, [own.clone(), SECOND.to_owned()]);
    assert!(deeds(&house, "contact.").contains(&"contact.ended".to_owned()));
    house.reminds().await;
    assert_eq!(recipients(&house, "due_soon", "email"), [own]);
    // The same form sent again says the same, and changes nothing.
    let csrf = page
        .attribute("input[name=csrf]", "value")
        .expect("a token");
    let number = rosa.household.number.as_str().to_owned();
    let fields = [("csrf", csrf.as_str()), ("account", number.as_str())];
    let id = id_of(&house, SECOND);
    let again = rosa.post(&format!("/contacts/{id}/removal"), &fields).await;
    assert_eq!(again.status, 303);
    assert_eq!(deeds(&house, "contact.ended").len(), 1);
}

/// Contract: F118, F106
#[actix_web::test]
async fn the_address_that_alone_gets_the_bills_stays_and_the_sign_ins_is_changed_at_its_place() {
    let house = TestApp::start().await;
    let rosa = rosa(&house).await;
    let (account, own) = (rosa.household.account, rosa.household.email.clone());
    let number = rosa.household.number.as_str().to_owned();
    let page = rosa.visit("/contacts").await;
    page.must_show("You sign in with this address.");
    let csrf = page
        .attribute("input[name=csrf]", "value")
        .expect("a token");
    let fields = [("csrf", csrf.as_str()), ("account", number.as_str())];
    let id = id_of(&house, &own);
    let of_sign_in = rosa.post(&format!("/contacts/{id}/removal"), &fields).await;
    assert_eq!(of_sign_in.status, 422);
    assert!(
        of_sign_in
            .body
            .contains("Change the address of your sign-in first")
    );

    // Where she signs in otherwise, the only address that her bills go to stays as well.
    adds_address(&house, &rosa, SECOND).await;
    let wrote = house.app.db.write(house.stamp(), move |tx: &mut Tx<'_>| {
        diesel::update(accounts::table.find(account))
            .set((accounts::paper.eq(false), accounts::email.eq(true)))
            .execute(tx.conn())?;
        diesel::update(contact_points::table.filter(contact_points::value.eq(&own)))
            .set(contact_points::until_on.eq(tx.stamp.on))
            .execute(tx.conn())?;
        Ok::<_, mainstay::store::error::StoreError>(())
    });
    wrote.await.expect("her first address is gone");
    let page = presses(&rosa, "Yes, remove it", SECOND).await;
    assert_eq!(page.status, 422);
    page.must_show("Your bills come by e-mail alone, and to this address.");
    assert!(deeds(&house, "contact.ended").is_empty());
}

/// Contract: F108, F118
#[actix_web::test]
async fn texts_go_to_a_chosen_number_with_a_yes_and_a_stop_stands_above_the_choice() {
    let house = TestApp::start().await;
    let rosa = rosa(&house).await;
    adds_number(&house, &rosa).await;
    let refused = presses(&rosa, "Send my texts here", NUMBER).await;
    assert_eq!(refused.status, 422);
    refused.must_show("To get texts, agree to them.");
    let page = rosa.visit("/contacts").await;
    let page = page.fill("agreed", "yes");
    let page = page.submit(&format!("Send my texts here {NUMBER}")).await;
    page.must_show("Your texts go here");
    let words: Vec<String> = house.database().read(|conn| {
        Ok(text_consents::table
            .filter(text_consents::number.eq(NUMBER))
            .select(text_consents::words)
            .load(conn)?)
    });
    assert_eq!(words.len(), 1);
    assert!(words[0].contains("Reply STOP to end"), "{words:?}");
    rosa.visit("/alerts")
        .await
        .must_show("Texts go to the number ending in …0142.");
    // What changes is told by text too, now that she said yes.
    adds_address(&house, &rosa, SECOND).await;
    assert_eq!(recipients(&house, "contact", "text"), [NUMBER]);

    let stop = move |tx: &mut Tx<'_>| take_reply(tx, NUMBER, "STOP");
    house
        .app
        .db
        .write(house.stamp(), stop)
        .await
        .expect("a word");
    let page = rosa.visit("/contacts").await;
    page.must_show("Asked for no texts");
    assert!(!page.shows("Send my texts here"), "{}", page.html);
    let csrf = page
        .attribute("input[name=csrf]", "value")
        .expect("a token");
    let number = rosa.household.number.as_str().to_owned();
    let fields = [
        ("csrf", csrf.as_str()),
        ("account", number.as_str()),
        ("agreed", "yes"),
    ];
    let id = id_of(&house, NUMBER);
    let answer = rosa.post(&format!("/contacts/{id}/choice"), &fields).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("Text START to our number first"));
    // Removed, it is texted no more.
    presses(&rosa, "Yes, remove it", NUMBER).await;
    rosa.visit("/alerts").await.must_show("Text me a code");
}

/// Contract: F118
#[actix_web::test]
async fn a_code_opens_for_a_quarter_of_an_hour_and_for_a_few_tries() {
    let house = TestApp::start().await;
    let rosa = rosa(&house).await;
    let mut page = gives_address(&rosa, SECOND).await;
    let right = code(&house, SECOND);
    let wrong = if right == "111111" {
        "222222"
    } else {
        "111111"
    };
    for _ in 0..5 {
        page = types(page, wrong).await;
        assert_eq!(page.status, 422);
    }
    let late = types(page, &right).await;
    assert_eq!(
        late.status, 422,
        "after five wrong codes the right one opens nothing"
    );
    late.submit("I do not want to add it")
        .await
        .must_show("It was not added.");
    assert!(!rosa.visit("/contacts").await.shows("Check the code"));
    // Another's code opens nothing: it is bound to its address and sign-in.
    let page = gives_address(&rosa, "rosa.third@post.example").await;
    assert_eq!(types(page, &right).await.status, 422);
}

/// Contract: F118
#[actix_web::test]
async fn only_whose_account_it_is_keeps_the_ways_to_reach_them() {
    use crate::access::sharing::{GRETA, invite, join};
    let house = TestApp::start().await;
    let rosa = rosa(&house).await;
    invite(&rosa, GRETA, "manage").await;
    let greta = join(&house, GRETA).await;
    let number = rosa.household.number.as_str();
    let path = format!("/contacts?account={number}");
    assert_ne!(greta.get(&path).await.status, 200);
    let page = rosa.visit("/contacts").await;
    let spanish = page.submit("Español").await;
    spanish.must_show("Cómo comunicarnos con usted");
}

/// Contract: F119
#[actix_web::test]
async fn the_language_is_switched_on_the_page_also_after_a_refusal() {
    let house = TestApp::start().await;
    let rosa = rosa(&house).await;
    let page = gives_address(&rosa, SECOND).await;
    let refused = types(page, "000000").await;
    assert_eq!(refused.status, 422);
    let back = refused.attribute("form[action='/language'] input[name=back]", "value");
    assert_eq!(back.as_deref(), Some("/contacts"));
    let said = "Choose your language before you fill in a form";
    assert!(refused.html.contains(said), "without scripts it is said");
    refused.submit("Español").await.must_show("Código");
}
