//! The account as it stood at a moment of the past, and its timeline: what was known then, what the customer saw, and nothing of what came later.

use chrono::TimeDelta;
use mainstay::domain::commodity::Commodity;
use mainstay::domain::notes::NoteKind;
use mainstay::domain::staff::Role;
use mainstay::usecases::notes::{NoteError, write_note};

use crate::holds::{late, places};
use crate::support::app::TestApp;
use crate::support::office::hourly_electricity;

/// Contract: F93, F94, F95, F118
#[actix_web::test]
async fn an_account_is_shown_as_it_stood_and_as_the_customer_saw_it() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let clerk = house.staff(Role::Csr).await;
    let account = format!("/office/accounts/{}", rosa.household.number.as_str());

    house.advance_days(2);
    let taking = clerk.visit(&format!("{account}/payments/new")).await;
    taking
        .fill("amount", "20.00")
        .fill("tender", "check")
        .fill("label", "Check 1042")
        .submit("Take the payment")
        .await
        .must_show("$20.00 is on the account.");
    let noted = clerk.visit(&account).await.fill("kind", "phone");
    noted
        .fill("text", "She pays the rest on Friday.")
        .submit("Save note")
        .await;
    let people = clerk.visit(&account).await.follow("People").await;
    let renamed = people
        .follow("Change Rosa")
        .await
        .fill("name", "Rosa Lopez");
    renamed.submit("Save").await.must_show("Rosa Lopez");
    house.advance_days(1);

    let then = clerk
        .visit(&format!("{account}?as_of=2026-07-02T08:15"))
        .await;
    then.must_show("As it stood on Jul 2, 2026");
    assert_eq!(then.heading(), "Rosa");
    assert!(then.text("#balance").starts_with("$84.10"));
    assert_eq!(then.texts("#saw dd")[..2], ["$84.10", "Jul 21, 2026"]);
    assert!(then.text("#last-payment").contains("None"));
    for later in ["Rosa Lopez", "She pays the rest", "Check 1042", "$64.10"] {
        assert!(!then.shows(later), "{later} came later");
    }
    assert!(
        then.texts("main form[method=post]").is_empty(),
        "nothing can be changed in the past"
    );
    then.must_show("not of that minute");
    let payments = format!("{account}?as_of=2026-07-02T08:15&tab=payments");
    let payments = clerk.visit(&payments).await;
    payments
        .must_show("As it stood on")
        .must_show("No payments yet.");

    let later = clerk
        .visit(&format!("{account}?as_of=2026-07-03T18:00"))
        .await;
    assert_eq!(later.heading(), "Rosa Lopez");
    assert!(later.text("#balance").starts_with("$64.10"));
    assert!(later.text("#last-payment").starts_with("$20.00"));
    later.must_show("She pays the rest on Friday.");
    assert_eq!(later.texts("table[data-rows] tbody tr").len(), 2);
    for tab in [
        "bills", "payments", "usage", "reads", "contacts", "audit", "ledger",
    ] {
        let address = format!("{account}?as_of=2026-07-03T18:00&tab={tab}");
        clerk.visit(&address).await.must_show("As it stood on");
    }
    let now = later.follow("Back to now").await;
    assert!(!now.shows("As it stood on"));
    now.must_show("See it as of a past moment");
}

/// Contract: F93, F96
#[actix_web::test]
async fn what_was_open_at_the_moment_is_shown_with_it() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let clerk = house.staff(Role::Csr).await;
    let account = format!("/office/accounts/{}", rosa.number.as_str());
    let page = clerk.visit(&account).await.submit("Call begins").await;
    let later = house.app.clock.now() + TimeDelta::minutes(6);
    house.app.clock.set(later);
    let ended = page
        .fill("call_topic", "high_bill")
        .fill("call_solved", "yes")
        .fill("call_text", "The meter was read twice.");
    ended.submit("End the call").await;
    house.advance_days(1);

    let during = clerk
        .visit(&format!("{account}?as_of=2026-07-01T12:03"))
        .await;
    during.must_show("The csr was on a call about this account");
    assert!(!during.shows("The meter was read twice."));
    let after = clerk
        .visit(&format!("{account}?as_of=2026-07-01T13:00"))
        .await;
    after.must_show("Nothing was open or in force.");
    after.must_show("The meter was read twice.");
    after.must_show("No sign-in could see this account then.");
}

/// Contract: F93
#[actix_web::test]
async fn a_moment_that_cannot_be_shown_is_refused_in_words_and_kept() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let clerk = house.staff(Role::Csr).await;
    let account = format!("/office/accounts/{}", rosa.number.as_str());
    let refused = [
        ("yesterday", "Write a date and a time"),
        ("", "Write a date and a time"),
        ("2026-02-30T08:15", "Write a date and a time"),
        ("2026-03-08T02:30", "the clock was put forward"),
        ("2027-05-03T08:15", "This moment is still to come."),
        ("2026-05-03T08:15", "Nothing was known of this account then"),
    ];
    for (typed, said) in refused {
        let address = format!("{account}?as_of={typed}");
        let page = clerk.meets(&address, 422).await;
        page.must_show(said);
        assert_eq!(page.attribute("#as_of", "value").as_deref(), Some(typed));
    }
    let timeline = format!("{account}/timeline?as_of=nonsense");
    clerk
        .meets(&timeline, 422)
        .await
        .must_show("Write a date and a time");
    clerk
        .meets("/office/accounts/999999999?as_of=2026-06-03T08:15", 404)
        .await;
}

/// Contract: F93, F94, F96
#[actix_web::test]
async fn everything_that_happened_is_in_one_list_a_page_at_a_time() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let clerk = house.staff(Role::Csr).await;
    let account = rosa.account;
    house.advance_days(1);
    house
        .app
        .db
        .write(house.stamp(), move |tx| {
            for turn in 1..=30 {
                write_note(tx, account, NoteKind::Visit, &format!("Visit {turn}."))?;
            }
            Ok::<(), NoteError>(())
        })
        .await
        .expect("the notes are written");
    house.advance_days(1);

    let screen = format!("/office/accounts/{}", rosa.number.as_str());
    let first = clerk.visit(&screen).await.follow("Timeline").await;
    assert_eq!(first.texts("#timeline tbody tr").len(), 25);
    first.must_show("Visit 30.");
    assert!(!first.shows("Visit 5."), "it is on the next page");
    let second = first.follow("Older").await;
    second
        .must_show("Visit 5.")
        .must_show("Adjustment")
        .must_show("$84.10")
        .must_show("Account: Active");
    let notes = clerk.visit(&format!("{screen}/timeline?kind=notes")).await;
    let older = notes.follow("Older").await;
    assert_eq!(older.texts("#timeline tbody tr").len(), 5);
    assert!(!older.shows("$84.10"), "only notes were asked for");
    for kind in [
        "bills",
        "payments",
        "charges",
        "corrections",
        "reads",
        "notices",
        "calls",
        "requests",
        "orders",
        "arrangements",
        "holds",
        "deposits",
        "level_plans",
        "exceptions",
        "outages",
        "account",
    ] {
        let address = format!("{screen}/timeline?kind={kind}");
        clerk.visit(&address).await.must_show("Timeline");
    }
    let none = clerk.visit(&format!("{screen}/timeline?kind=bills")).await;
    none.must_show("Nothing of this kind has happened yet.");
    let before = format!("{screen}/timeline?as_of=2026-07-01T18:00");
    let before = clerk.visit(&before).await;
    before.must_show("As it stood on").must_show("$84.10");
    assert!(!before.shows("Visit 1."), "nobody had been there yet");
}

/// Contract: F93, F95
#[actix_web::test]
async fn an_agreement_and_what_kept_the_service_on_stand_in_the_strip_of_a_past_moment() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let offers = rosa.visit("/more-time").await;
    let check = offers.follow("3 monthly payments").await;
    check.fill("agree", "yes").submit("Agree").await;
    let clerk = house.staff(Role::Csr).await;
    places(&clerk, &rosa.household, "medical_certificate").await;
    house.set_day("2026-07-17");
    let account = format!("/office/accounts/{}", rosa.household.number.as_str());
    let before = clerk
        .visit(&format!("{account}?as_of=2026-07-15T08:00"))
        .await;
    assert!(before.texts("#arranged").is_empty());
    assert!(!before.text("#shutoff").contains("Medical certificate"));
    let then = clerk
        .visit(&format!("{account}?as_of=2026-07-17T08:00"))
        .await;
    let arranged = then.text("#arranged");
    assert!(arranged.contains("next due Jul 20"), "{arranged}");
    let shutoff = then.text("#shutoff");
    for words in ["Not turned off", "Medical certificate", "for today alone"] {
        assert!(shutoff.contains(words), "{words}: {shutoff}");
    }
}

/// Contract: F93, F95
#[actix_web::test]
async fn hours_are_shown_from_the_moment_on_at_which_their_file_came() {
    let house = TestApp::start().await;
    house.set_day("2026-06-01");
    let office = house.office().await;
    let home = house.moves_in("Rosa", &[Commodity::Electric]).await;
    let digits: String = home.email.chars().filter(char::is_ascii_digit).collect();
    let meter = format!("E{digits:0>6}");
    house.set_day("2026-07-02");
    let june = hourly_electricity(&meter, "2026-06-01", 30);
    let taken = office.takes("cmep", "june.txt", &june).await;
    taken.must_show("The file is imported.");
    house.set_day("2026-07-05");
    let clerk = house.staff(Role::Csr).await;
    let account = format!("/office/accounts/{}", home.number.as_str());
    let before = format!("{account}?as_of=2026-07-02T08:00");
    let before = clerk.visit(&before).await.text(".services tbody");
    assert!(before.contains("no read"), "{before}");
    let after = format!("{account}?as_of=2026-07-03T08:00&tab=reads");
    let after = clerk.visit(&after).await;
    let served = after.text(".services tbody");
    assert!(
        served.contains("Jun 30") && served.contains("hourly"),
        "{served}"
    );
    after.must_show("Hourly reads are not listed one by one");
}
