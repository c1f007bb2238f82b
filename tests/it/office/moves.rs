//! The office carries a move out in one go: from the account screen and from what a customer asked for, looked at before it counts.

use chrono::NaiveDate;
use mainstay::domain::accounts::AccountRole;
use mainstay::domain::bills::BillKind;
use mainstay::domain::ids::AccountId;
use mainstay::domain::staff::Role;
use mainstay::jobs::addresses;
use mainstay::store::service::{self, ServiceAgreementRow};
use mainstay::store::{letter_addresses, parts};
use mainstay::usecases::bill_papers;

use super::landlords::{rented, says};
use crate::support::app::TestApp;
use crate::support::billing::{Utility, day, dollars};
use crate::support::page::Page;
use crate::support::people::{Customer, Household};
use crate::support::visitor::Visitor;

/// Every service of an account that goes on on the story's first day or begins later, oldest first.
fn agreements(house: &TestApp, account: AccountId) -> Vec<ServiceAgreementRow> {
    let first = day("2026-06-01");
    let all = house
        .database()
        .read(|conn| service::list_after(conn, account, first));
    all.into_iter().map(|(row, _)| row).collect()
}

/// First day, and first day without, of each.
fn spans(house: &TestApp, account: AccountId) -> Vec<(NaiveDate, Option<NaiveDate>)> {
    let all = agreements(house, account);
    all.iter().map(|row| (row.from_on, row.until_on)).collect()
}

fn digits(home: &Household) -> String {
    home.email.chars().filter(char::is_ascii_digit).collect()
}

fn street(home: &Household) -> String {
    format!("{} Prairie Street", digits(home))
}

fn register(home: &Household) -> String {
    format!("W{:0>6}-1", digits(home))
}

fn address(home: &Household) -> String {
    format!("/office/accounts/{}/move", home.number.as_str())
}

/// Until when an account has a landlord.
fn landlord_until(house: &TestApp, tenant: AccountId) -> Option<NaiveDate> {
    let all = house
        .database()
        .read(|conn| parts::list(conn, tenant, day("2026-07-01")));
    let mut landlords = all.iter().filter(|part| part.role == AccountRole::Landlord);
    landlords.next().expect("a landlord").until_on
}

async fn looks(page: &Page) -> Page {
    page.submit("Look at what it comes to").await
}

/// Somebody's service ends with a last day; their place stands empty then.
async fn leaves(clerk: &Visitor, home: &Household, last: &str) {
    let page = clerk.visit(&address(home)).await.fill("stop_on", last);
    let check = looks(&page).await;
    check.must_show("Look before it counts");
    check
        .submit("Carry it out")
        .await
        .must_show("It is done.")
        .must_show("Move in or out");
}

/// Rosa, who reads Spanish, asks to move to where Omar lived until yesterday.
async fn asks(house: &TestApp, clerk: &Visitor, rosa: &Customer) -> (Household, Page) {
    let omar = house.customer("Omar").moved_in().await;
    let utility = Utility::of(house);
    utility.sells_water();
    let reads = [("2026-06-01", 0), ("2026-07-01", 1_000)];
    utility.reads(&register(&rosa.household), &reads);
    leaves(clerk, &omar, "2026-06-30").await;
    let form = rosa.visit("/requests/new/move").await;
    let asked = form
        .fill("stop_on", "2026-07-10")
        .fill("start_on", "2026-07-11")
        .fill("place", &street(&omar))
        .submit("Enviar solicitud")
        .await;
    assert_eq!(asked.status, 200, "{}", asked.html);
    (omar, asked)
}

/// Contract: F9, F98, F100, F117, F119
#[actix_web::test]
async fn what_a_customer_asked_for_is_carried_out_from_the_request_and_told_once_in_spanish() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").speaking_spanish().signed_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let (omar, asked) = asks(&house, &clerk, &rosa).await;
    let told = house.told(&["request"]).len();

    let request = clerk.visit(&format!("/office{}", asked.path)).await;
    let page = request.follow("Carry it out").await;
    let value = |css: &str| page.attribute(css, "value");
    assert_eq!(value("#stop_on").as_deref(), Some("2026-07-10"));
    assert_eq!(value("#start_on").as_deref(), Some("2026-07-11"));
    assert_eq!(value("#q"), Some(street(&omar)));
    page.must_show("Nobody is served there");
    // The place was found by the customer's words, and has the rate of the old one.
    assert!(value("input[name=premise][checked]").is_some());
    assert_eq!(
        value("select[name^=rate-] option[selected]").as_deref(),
        Some("W-1")
    );
    let check = looks(&page).await;
    assert_eq!(check.status, 200, "{}", check.html);
    check
        .must_show("Water, 1 Prairie Street: the last day is Jul 10, 2026")
        .must_show("Water, 3 Prairie Street: the first day is Jul 11, 2026, by rate W-1")
        .must_show("One bill of First of the month covers both places, dated Aug 4, 2026")
        .must_show("Meter W000001 is not read yet.");
    let words = check.text("textarea[name=words]");
    assert!(
        words.contains("El servicio en 1 Prairie Street termina el")
            && words.contains("El servicio en 3 Prairie Street empieza el"),
        "{words}"
    );
    let account = rosa.household.account;
    let old = vec![(day("2025-07-01"), None)];
    assert_eq!(spans(&house, account), old, "looking changes nothing");

    let done = check.submit("Carry it out").await;
    done.must_show("It is done, and the customer is told.")
        .must_show("El servicio en 1 Prairie Street termina el")
        .must_show("Answered on the same day");
    assert_eq!(house.told(&["request"]).len(), told + 1);
    let moved = vec![
        (day("2025-07-01"), Some(day("2026-07-11"))),
        (day("2026-07-11"), None),
    ];
    assert_eq!(spans(&house, account), moved);
    let seen = rosa.visit(&asked.path).await;
    seen.must_show("El servicio en 1 Prairie Street termina el")
        .must_show("El servicio en 3 Prairie Street empieza el");

    // The same form once more does it once.
    let again = check.submit("Carry it out").await;
    again.must_show("It is done");
    assert_eq!(spans(&house, account), moved);
    assert_eq!(house.told(&["request"]).len(), told + 1);

    house.set_day("2026-07-12");
    let home = rosa.visit("/").await;
    let lines = home.texts("p.muted").join("\n");
    assert!(
        lines.contains("3 Prairie Street") && !lines.contains("1 Prairie Street"),
        "{lines}"
    );
    rosa.meets("/usage", 200).await;
    rosa.meets("/bills", 200).await;
}

/// Contract: F9, F93, F94
#[actix_web::test]
async fn nobody_moves_in_where_somebody_is_served_and_nothing_is_done_by_halves() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let omar = house.customer("Omar").moved_in().await;
    Utility::of(&house).sells_water();
    let clerk = house.staff(Role::Csr).await;
    let account = format!("/office/accounts/{}", rosa.number.as_str());
    let page = clerk.visit(&account).await.follow("Move in or out").await;
    page.must_show("Rosa").must_show("$0.00");
    let found = page
        .fill("stop_on", "2026-07-10")
        .fill("start_on", "2026-07-11")
        .fill("q", &street(&omar))
        .submit("Find")
        .await;
    found.must_show(&format!("Omar, account {}, is served there.", omar.number));
    assert!(
        found.attribute("input[name^=begin-]", "name").is_none(),
        "a place where somebody is served is not chosen by itself"
    );
    let premise = found.attribute("input[name=premise]", "value");
    let chosen = found
        .fill("premise", &premise.expect("a place"))
        .submit("Show the services there")
        .await;
    let refused = looks(&chosen).await;
    assert_eq!(refused.status, 422);
    refused
        .must_show("Water does not begin there.")
        .must_show("is served there on that day. Stop that service first.");
    assert_eq!(
        refused.attribute("#stop_on", "value").as_deref(),
        Some("2026-07-10"),
        "what was typed stays"
    );
    assert_eq!(spans(&house, rosa.account)[0].1, None);

    // He leaves the day before: she may come.
    leaves(&clerk, &omar, "2026-07-10").await;
    let check = looks(&refused).await;
    check
        .must_show("Water, 2 Prairie Street: the first day is Jul 11, 2026, by rate W-1")
        .must_show("From Jul 11, 2026 it goes to 2 Prairie Street");
}

/// Contract: F5, F9
#[actix_web::test]
async fn the_landlord_of_the_old_place_is_followed_and_has_no_part_in_the_new_one() {
    let house = TestApp::start().await;
    let (lena, tomas) = rented(&house).await;
    let omar = house.customer("Omar").moved_in().await;
    says(&lena, "continue").await;
    let told = house.told(&["landlord"]).len();
    let clerk = house.staff(Role::BillingClerk).await;
    leaves(&clerk, &omar, "2026-06-30").await;
    let page = clerk.visit(&address(&tomas)).await;
    let found = page
        .fill("stop_on", "2026-07-10")
        .fill("start_on", "2026-07-11")
        .fill("q", &street(&omar))
        .submit("Find")
        .await;
    let check = looks(&found).await;
    check.must_show(&format!(
        "The landlord wants it to go on: it does from the next day, on account {}",
        lena.household.number
    ));
    check.submit("Carry it out").await.must_show("It is done.");
    assert_eq!(house.told(&["landlord"]).len(), told + 1);
    assert_eq!(
        spans(&house, lena.household.account).last(),
        Some(&(day("2026-07-11"), None)),
        "service goes on in her name"
    );
    assert_eq!(
        landlord_until(&house, tomas.account),
        None,
        "she is noted for the old place, whoever lives there"
    );
    // He leaves two days earlier than he said, and she still counts.
    let page = clerk.visit(&address(&tomas)).await;
    let check = looks(&page.fill("stop_on", "2026-07-08")).await;
    check.must_show("The landlord wants it to go on");
    check.submit("Carry it out").await.must_show("It is done.");
    assert_eq!(
        spans(&house, lena.household.account).last(),
        Some(&(day("2026-07-09"), None))
    );
    assert_eq!(landlord_until(&house, tomas.account), None);
    house.set_day("2026-07-14");
    let places = lena.visit("/premises").await;
    places.must_show(&street(&tomas));
    assert!(!places.shows(&street(&omar)), "his new place is not hers");
}

/// Contract: F7, F9, F29, F102
#[actix_web::test]
async fn reads_are_entered_with_the_move_and_one_bill_covers_both_places() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let omar = house.customer("Omar").moved_in().await;
    let utility = Utility::of(&house);
    utility.sells_water();
    for home in [&rosa.household, &omar] {
        utility.reads(&register(home), &[("2026-06-01", 0), ("2026-07-01", 1_000)]);
    }
    leaves(&house.staff(Role::BillingClerk).await, &omar, "2026-06-30").await;
    house.set_day("2026-07-04");
    utility.bill("2026-06-01", "2026-07-04");

    house.set_day("2026-07-14");
    let clerk = house.staff(Role::BillingClerk).await;
    let page = clerk.visit(&address(&rosa.household)).await;
    let found = page
        .fill("stop_on", "2026-07-12")
        .fill("start_on", "2026-07-13")
        .fill("q", &street(&omar))
        .submit("Find")
        .await;
    let name = |start: &str| {
        let field = found.attribute(&format!("input[name^={start}-]"), "name");
        field.unwrap_or_else(|| panic!("no field {start}-"))
    };
    let (read, open) = (name("read"), name("open"));
    let far = looks(&found.clone().fill(&read, "9000").fill(&open, "1350")).await;
    assert_eq!(far.status, 422);
    far.must_show("The read is unusual");
    assert_eq!(spans(&house, rosa.household.account).len(), 1);
    // That the meter is read on another day than usual is no surprise.
    let check = looks(&far.fill(&read, "1350")).await;
    check
        .must_show("Meter W000001: the read is entered with this.")
        .must_show("Meter W000002: the read is entered with this.");
    check.submit("Carry it out").await.must_show("It is done.");

    house.set_day("2026-08-04");
    utility.reads(&register(&omar), &[("2026-08-01", 2_020)]);
    utility.bill("2026-07-01", "2026-08-04");
    let bill = utility.latest(rosa.household.account);
    // Twelve days of thirty at the old place, nineteen at the new: $4.00 and $1.75, $6.33 and $3.35.
    assert_eq!(bill.charged("base"), dollars("10.33"));
    assert_eq!(bill.charged("use"), dollars("5.10"));
    assert_eq!(bill.bill.total_cents, dollars("15.43"));
    assert_eq!(bill.bill.kind, BillKind::Regular);
    let june = utility.issued(omar.account);
    assert_eq!(june.len(), 1, "he left with June");
    assert_eq!(june[0].bill.kind, BillKind::Final);

    let shown = rosa.visit(&format!("/bills/{}", bill.bill.number)).await;
    shown
        .must_show("$15.43")
        .must_show("1 Prairie Street · 350 ")
        .must_show("12 days")
        .must_show("2 Prairie Street · 670 ")
        .must_show("19 days");
    rosa.meets("/", 200).await;
    rosa.meets("/usage", 200).await;
    house.is_sound().await;
}

/// Somebody moves out, and their mail goes to a box from the next day on.
async fn forwards(clerk: &Visitor, home: &Household) {
    let page = clerk.visit(&address(home)).await;
    let check = looks(
        &page
            .fill("stop_on", "2026-07-12")
            .fill("mail", "address")
            .fill("mail_from", "2026-07-13")
            .fill("mail_to", "PO Box 9\nElsewhere, IA 50001"),
    )
    .await;
    check
        .must_show("From Jul 13, 2026 it goes to PO Box 9, Elsewhere, IA 50001")
        .must_show("After that the account has no service. Its balance is $15.00 now.");
    let account = check.submit("Carry it out").await;
    account
        .must_show("It is done.")
        .must_show("from Jul 13, 2026: PO Box 9 Elsewhere, IA 50001");
}

/// Contract: F4, F7, F117
#[actix_web::test]
async fn whoever_leaves_gets_the_last_bill_where_they_said_and_it_can_be_taken_back() {
    let house = TestApp::start().await;
    let omar = house.customer("Omar").moved_in().await;
    let nina = house.customer("Nina").moved_in().await;
    let utility = Utility::of(&house);
    utility.sells_water();
    for home in [&omar, &nina] {
        utility.reads(&register(home), &[("2026-06-01", 0), ("2026-07-01", 1_000)]);
    }
    house.set_day("2026-07-05");
    utility.bill("2026-06-01", "2026-07-04");
    let clerk = house.staff(Role::Csr).await;
    forwards(&clerk, &omar).await;
    forwards(&clerk, &nina).await;
    // Nina's mail stays after all.
    let people = format!("/office/accounts/{}/people", nina.number.as_str());
    let person = clerk.visit(&people).await.follow("Change Nina").await;
    person.must_show("From Jul 13, 2026 mail goes to PO Box 9");
    person
        .submit("Take it back: mail stays where it goes now")
        .await;
    assert!(!person.reload().await.shows("Mail from a day to come"));

    let goes = |account: AccountId, on: &str| {
        let on = day(on);
        let reader = house
            .database()
            .read(|conn| letter_addresses::find(conn, account, on));
        reader.expect("an address").to.address
    };
    let old = "Omar\n1 Prairie Street\nLarkspur Bend, IL 60000";
    addresses::run(house.app.clone()).await.expect("a round");
    assert_eq!(goes(omar.account, "2026-07-05"), old);
    house.set_day("2026-07-13");
    addresses::run(house.app.clone()).await.expect("a round");
    addresses::run(house.app.clone()).await.expect("a round");
    assert_eq!(
        goes(omar.account, "2026-07-13"),
        "Omar\nPO Box 9\nElsewhere, IA 50001"
    );
    assert!(goes(nina.account, "2026-07-13").contains("2 Prairie Street"));

    utility.reads(&register(&omar), &[("2026-07-13", 1_400)]);
    utility.reads(&register(&nina), &[("2026-07-13", 1_400)]);
    house.set_day("2026-08-04");
    utility.bill("2026-07-01", "2026-08-04");
    let last = utility.latest(omar.account).bill;
    // Twelve days of thirty, and 400 gallons.
    assert_eq!(last.kind, BillKind::Final);
    assert_eq!(last.total_cents, dollars("6.00"));
    let papers = house
        .database()
        .read(|conn| bill_papers::load(conn, &[last.id]));
    assert_eq!(papers[0].mail_to, ["PO Box 9", "Elsewhere, IA 50001"]);
    let clerk = house.staff(Role::Csr).await;
    let account = format!("/office/accounts/{}", omar.number.as_str());
    clerk
        .visit(&account)
        .await
        .must_show("No service since Jul 13, 2026")
        .must_show("$21.00");
}

/// Contract: F9
#[actix_web::test]
async fn a_move_is_for_those_who_may_and_for_the_account_that_asked() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let omar = house.customer("Omar").moved_in().await;
    Utility::of(&house).sells_water();
    let collector = house.staff(Role::Collector).await;
    collector.meets(&address(&omar), 403).await;
    let form = rosa.visit("/requests/new/move").await;
    let asked = form
        .fill("stop_on", "2026-07-10")
        .fill("start_on", "2026-07-11")
        .fill("place", "9 Elm Street")
        .submit("Send request")
        .await;
    let number = asked.path.split(['/', '?']).nth(2).expect("a number");
    let csr = house.staff(Role::Csr).await;
    let of = |home: &Household| format!("{}?request={number}", address(home));
    csr.meets(&of(&omar), 404).await;
    let page = csr.meets(&of(&rosa.household), 200).await;
    page.must_show("No place has this address.");
    // A move is not done by half of it.
    let half = looks(&page.clone().fill("start_on", "").fill("q", "")).await;
    half.must_show("The request asks for more than this.");
    // Whoever may not enter reads has no field for them, and none is taken past the form.
    assert!(page.attribute("input[name^=read-]", "name").is_none());
    let token = page.attribute("input[name=csrf]", "value");
    let token = token.expect("a token");
    let service = agreements(&house, omar.account)[0].id;
    let read = Utility::of(&house).register(&register(&omar));
    let (tick, field) = (format!("end-{service}"), format!("read-{read}"));
    let fields = [
        ("csrf", token.as_str()),
        ("step", "look"),
        ("stop_on", "2026-06-30"),
        (tick.as_str(), "yes"),
        (field.as_str(), "5"),
    ];
    assert_eq!(csr.post(&address(&omar), &fields).await.status, 403);
    let nowhere = [
        ("csrf", token.as_str()),
        ("step", "place"),
        ("premise", "999999"),
    ];
    assert_eq!(csr.post(&address(&omar), &nowhere).await.status, 404);
    // Another account's service in the form is as good as none.
    let own = agreements(&house, rosa.household.account)[0].id;
    let foreign = format!("end-{own}");
    let fields = [
        ("csrf", token.as_str()),
        ("step", "look"),
        ("stop_on", "2026-06-30"),
        (foreign.as_str(), "yes"),
    ];
    let refused = csr.post(&address(&omar), &fields).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("Choose at least one service."));
    assert_eq!(spans(&house, rosa.household.account)[0].1, None);
}
