//! A customer asks, reads how it goes, answers, takes it back; and nobody else does.

use mainstay::domain::commodity::Commodity;
use mainstay::domain::customers::Language;
use mainstay::domain::staff::Role;

use crate::support::app::TestApp;
use crate::support::office::{SEWER, WATER};
use crate::support::page::Page;

/// Contract: F14, F98, F100, F107
#[actix_web::test]
async fn a_move_is_asked_for_in_one_request_and_nothing_typed_is_lost() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let home = rosa.visit("/").await;
    let list = home.follow("Ask for something").await;
    list.must_show("Nothing is open.");
    let form = list.follow("Move service to a new home").await;
    // A Friday on which the Fourth of July is kept.
    let refused = form
        .fill("stop_on", "2026-07-03")
        .fill("start_on", "2026-06-30")
        .fill("place", "9 Elm Street")
        .fill("phone", "12")
        .submit("Send request")
        .await;
    assert_eq!(refused.status, 422);
    refused
        .must_show("We are closed that day. The next working day is Monday, July 6.")
        .must_show("That day has passed.")
        .must_show("Write a phone number of ten digits.");
    assert_eq!(
        refused.attribute("#place", "value").as_deref(),
        Some("9 Elm Street")
    );
    let request = refused
        .fill("stop_on", "2026-07-06")
        .fill("start_on", "2026-07-05")
        .fill("phone", "555 010 0142")
        .submit("Send request")
        .await;
    request
        .must_show("We have your request.")
        .must_show("Answer by Jul 5, 2026")
        .must_show("(555) 010-0142")
        .must_show("Received");
    let list = request.follow("Ask for something").await;
    list.must_show("Move service to a new home");
    let mail = house.visitor().visit("/sandbox/mail").await;
    assert!(mail.status == 404 || mail.shows("We have your request"));
}

/// Contract: F98, F100, F107
#[actix_web::test]
async fn a_second_move_leads_to_the_one_that_is_open_and_an_unknown_address_is_taken() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let form = rosa.visit("/requests/new/move").await;
    form.must_show("An address that our books don't have is fine");
    let filled = form
        .clone()
        .fill("stop_on", "2026-07-06")
        .fill("start_on", "2026-07-06")
        .fill("place", "The blue house behind the mill");
    let first = filled.submit("Send request").await;
    first.must_show("The blue house behind the mill");
    // The same form again is the same request; another one, also of a page that was open before, leads to the first.
    let again = filled.submit("Send request").await;
    assert_eq!(again.path, first.path);
    let second = filled
        .fill("key", "00000000-0000-4000-8000-000000000002")
        .submit("Send request")
        .await;
    let opened = rosa.visit("/requests/new/move").await;
    for page in [&second, &opened] {
        assert_eq!(page.path, first.path);
        page.must_show("A move is under way already, and this is it.")
            .must_show("Received");
    }
    let home = rosa.visit("/").await;
    home.must_show("1 request is open");
    let list = home.follow("See your requests").await;
    assert_eq!(list.texts(".list .badge"), ["Received"]);
    opened.submit("Yes, withdraw it").await;
    let anew = rosa.visit("/requests/new/move").await;
    assert_eq!(anew.heading(), "Move service to a new home");
}

/// Contract: F96, F107
#[actix_web::test]
async fn only_a_service_with_a_meter_is_read_again() {
    let house = TestApp::start().await;
    let office = house.office().await;
    office.publishes(WATER, "2025-01-01").await;
    office.publishes(SEWER, "2025-01-01").await;
    let both = house
        .moves_in("Rosa", &[Commodity::Water, Commodity::Sewer])
        .await;
    let rosa = house.signs_in(both, Language::English).await;
    let form = rosa.visit("/requests/new/meter_reread").await;
    assert_eq!(form.texts("#service option[value=sewer]").len(), 0);
    let refused = form.fill("service", "sewer").submit("Send request").await;
    assert_eq!(refused.status, 422);
    refused.must_show("That service has no meter to read.");
    let taken = refused
        .fill("service", "water")
        .submit("Send request")
        .await;
    taken.must_show("We have your request.");
    // A bill of any service may look wrong.
    let bill = rosa.visit("/requests/new/high_bill_check").await;
    assert_eq!(bill.texts("#service option[value=sewer]").len(), 1);

    let sewer = house.moves_in("Sam", &[Commodity::Sewer]).await;
    let sam = house.signs_in(sewer, Language::English).await;
    let none = sam.visit("/requests/new/meter_reread").await;
    none.must_show("None of your services here has a meter");
    assert!(!none.shows("Send request"));
}

/// Contract: F21, F100, F107
#[actix_web::test]
async fn a_request_sent_twice_is_one() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let form = rosa.visit("/requests/new/meter_reread").await;
    let form = form.fill("service", "water").fill("dial", "004711");
    let (first, second) = (
        form.submit("Send request").await,
        form.submit("Send request").await,
    );
    assert_eq!(first.path, second.path);
    let list = rosa.visit("/requests").await;
    let open = list.texts(".list .badge");
    assert_eq!(open, ["Received"]);
}

#[actix_web::test]
async fn nobody_else_sees_or_moves_a_request() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let omar = house.customer("Omar").signed_in().await;
    let request = asked(&rosa.visit("/requests/new/high_bill_check").await).await;
    omar.meets(&request.path, 404).await;
    let own = omar.visit("/requests").await;
    own.must_show("Nothing is open.");
    let token = own.attribute("input[name=csrf]", "value").expect("a token");
    for deed in ["messages", "withdrawal"] {
        let path = format!("{}/{deed}", request.path);
        let fields = [("csrf", token.as_str()), ("words", "mine")];
        assert_eq!(omar.post(&path, &fields).await.status, 404, "{deed}");
    }
    // Another's account in the form is as good as none.
    let form = omar.visit("/requests/new/high_bill_check").await;
    let stolen = form
        .fill("account", rosa.household.number.as_str())
        .fill("service", "water")
        .fill("words", "mine")
        .submit("Send request")
        .await;
    assert_eq!(stolen.status, 404);
    rosa.visit(&request.path).await.must_show("Received");
}

#[actix_web::test]
async fn a_request_is_taken_back_once() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let request = asked(&rosa.visit("/requests/new/high_bill_check").await).await;
    let gone = request.submit("Yes, withdraw it").await;
    gone.must_show("It is withdrawn.").must_show("Withdrawn");
    assert!(!gone.shows("Send message"));
    let again = request.submit("Yes, withdraw it").await;
    again.must_show("Somebody moved this request meanwhile.");
}

/// Contract: F107
#[actix_web::test]
async fn danger_says_first_to_leave_and_call() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let problems = rosa.visit("/requests/new/problem").await;
    let gas = problems.follow("It smells of gas").await;
    gas.must_show("Leave first. Then call.")
        .must_show("Call 911");
    let (leave, form) = (
        gas.html.find("Leave first"),
        gas.html.find("<form class=\"form\""),
    );
    assert!(leave < form, "the call comes before the form");
    assert!(
        !gas.shows("a dark street light"),
        "what else it could be is said no more"
    );
    let told = gas
        .fill("place", "by the school")
        .submit("Send request")
        .await;
    told.must_show("It smells of gas")
        .must_show("Answer by Jul 1, 2026");
    let light = problems.follow("A street light is out").await;
    assert!(!light.shows("Call 911"));
}

#[actix_web::test]
async fn a_customer_who_reads_spanish_is_asked_and_refused_in_spanish() {
    let house = TestApp::start().await;
    let ana = house.customer("Ana").speaking_spanish().signed_in().await;
    let form = ana.visit("/requests/new/mailing_address").await;
    assert_eq!(form.heading(), "Cambiar la dirección postal");
    let refused = form
        .fill("from_on", "2026-07-10")
        .fill("state", "ZZ")
        .submit("Enviar solicitud")
        .await;
    refused
        .must_show("Escriba el número y la calle.")
        .must_show("Escriba las dos letras de un estado");
}

#[actix_web::test]
async fn nonsense_is_not_found_or_unreadable_and_never_a_fault() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    rosa.meets("/requests/new/bill_dispute", 404).await;
    rosa.meets("/requests/new/a-pony", 404).await;
    rosa.meets("/requests/12", 404).await;
    let form = rosa.visit("/requests/new/high_bill_check").await;
    let strange = form.clone().fill("key", "x").submit("Send request").await;
    assert_eq!(strange.status, 400);
    let long = "x".repeat(2_001);
    let form = form.fill("service", "gas").fill("words", &long);
    let refused = form.submit("Send request").await;
    refused
        .must_show("Use at most 2,000 characters.")
        .must_show("Choose one of the list.");
    let clerk = house.staff(Role::Csr).await;
    clerk.meets("/office/requests/3000000001", 404).await;
}

#[actix_web::test]
async fn a_sign_in_can_not_heap_up_requests_by_taking_them_back() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    for _ in 0..20 {
        let request = asked(&rosa.visit("/requests/new/high_bill_check").await).await;
        request.submit("Yes, withdraw it").await;
    }
    let form = rosa.visit("/requests/new/high_bill_check").await;
    let refused = form
        .fill("service", "water")
        .fill("words", "Once more.")
        .submit("Send request")
        .await;
    assert_eq!(refused.status, 422);
    refused.must_show("That was 20 times today.");
    house.advance_days(1);
    asked(&rosa.visit("/requests/new/high_bill_check").await).await;
}

/// Asks for a look at a high bill.
pub async fn asked(form: &Page) -> Page {
    let form = form.clone().fill("service", "water");
    let request = form
        .fill("words", "It doubled and nobody was home.")
        .submit("Send request")
        .await;
    assert_eq!(request.status, 200, "{}", request.html);
    request
}
