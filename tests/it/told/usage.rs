//! Warned while the period goes on: of a budget, of the next step of a price, of what runs unnoticed. Once in a period, and only who wants it.

use chrono::{Days, NaiveDate};
use mainstay::documents::letters::{Letter, Letterhead, letter};
use mainstay::documents::texts;
use mainstay::domain::alerts::{AlertKind, Wish};
use mainstay::domain::commodity::Commodity;
use mainstay::domain::customers::Language;
use mainstay::domain::ids::{AccountId, RegisterId};
use mainstay::domain::intervals::{IntervalDay, Resolution};
use mainstay::domain::meters::{Channel, MeterKind};
use mainstay::domain::quantity::Unit;
use mainstay::domain::reads::ReadQuality;
use mainstay::i18n::Own;
use mainstay::jobs::plan_alerts;
use mainstay::store::alerts::put_wish;
use mainstay::store::db::{Conn, Tx};
use mainstay::store::error::StoreError;
use mainstay::store::intervals::{UsageDay, insert_usage};
use mainstay::store::logins::account_number;
use mainstay::store::notices::list_waiting;
use mainstay::usecases::accounts::NewRegister;

use crate::support::app::TestApp;
use crate::support::billing::{Utility, metered, register};
use crate::support::office::hourly_electricity;
use crate::support::people::{Customer, Household};

const ALL: [&str; 3] = ["budget_ahead", "tier_ahead", "leak"];

/// Electricity in two steps: 500 kWh at 10 cents, the rest at 15.
const STEPS: &str = r#"{
  "format": "mainstay-rate-schedule/1", "code": "E-RES", "version": 1, "effective_from": "2025-01-01",
  "name": { "en": "Electric service", "es": "Servicio eléctrico" }, "service": "electric",
  "measures": { "usage": "kWh" },
  "charges": [
    { "code": "customer", "label": { "en": "Customer charge", "es": "Cargo al cliente" }, "how": { "fixed": { "amount": "9.50" } } },
    { "code": "energy", "label": { "en": "Energy", "es": "Energía" }, "how": { "usage": { "of": "usage", "rate": { "blocks": [
      { "up_to": "500", "price": "0.10", "label": { "en": "First 500 kWh", "es": "Primeros 500 kWh" } },
      { "price": "0.15", "label": { "en": "Above 500 kWh", "es": "Más de 500 kWh" } } ] } } } }
  ] }"#;

impl TestApp {
    /// The clock looks at what is used.
    async fn watches(&self) {
        let round = plan_alerts::of_usage(self.app.clone()).await;
        round.expect("the warnings are planned");
    }

    fn kinds(&self) -> Vec<String> {
        let told = self.told(&ALL);
        told.into_iter().map(|seen| seen.kind).collect()
    }

    /// The waiting notices of a kind, as letters and as texts.
    fn words_of(&self, kind: &str) -> Vec<(Letter, String)> {
        let head = Letterhead {
            public_url: "https://bend.example".to_owned(),
            phone: "(555) 010-0142".to_owned(),
            own: Own::default(),
        };
        self.database().read(|conn| {
            let waiting = list_waiting(conn, 50)?;
            let of_kind = waiting.iter().filter(|row| row.notice.kind() == kind);
            Ok(of_kind
                .map(|row| {
                    let text = texts::text(&row.notice, row.language, &head);
                    let text = text.expect("it is told by text as well");
                    (letter(&row.notice, row.language, &head), text)
                })
                .collect())
        })
    }
}

/// A home that used 25 kWh on each day of June, which is billed, and of the first fourteen of July. It is July 16.
async fn mid_july(house: &TestApp, language: Language) -> Customer {
    house.set_day("2026-06-01");
    let office = house.office().await;
    office.publishes(STEPS, "2025-01-01").await;
    let home = house.moves_in("Rosa", &[Commodity::Electric]).await;
    let meter = meter_of(&home.email);
    house.set_day("2026-07-02");
    let june = hourly_electricity(&meter, "2026-06-01", 30);
    office.takes("cmep", "june.txt", &june).await;
    office.bills("2026-06-01").await.must_show("$97.00");
    house.set_day("2026-07-16");
    let july = hourly_electricity(&meter, "2026-07-01", 14);
    office.takes("cmep", "july.txt", &july).await;
    house.signs_in(home, language).await
}

fn meter_of(email: &str) -> String {
    let digits: String = email.chars().filter(char::is_ascii_digit).collect();
    format!("E{digits:0>6}")
}

/// July will come to 775 kWh: $9.50 + $50.00 + 275 x $0.15 = $100.75. 350 are used; the other 150 of the first step last six days more.
///
/// Contract: F115, F116, F113
#[actix_web::test]
async fn a_budget_and_a_price_step_ahead_are_told_once_in_a_period() {
    let house = TestApp::start().await;
    let rosa = mid_july(&house, Language::English).await;
    rosa.visit("/alerts")
        .await
        .fill("budget_over", "100")
        .fill("tier_email", "yes")
        .submit("Save my alerts")
        .await
        .must_show("Your alerts are saved.");
    house.watches().await;
    house.watches().await;
    assert_eq!(house.kinds(), ["budget_ahead", "tier_ahead"]);
    house.advance_days(1);
    house.watches().await;
    assert_eq!(
        house.kinds(),
        ["budget_ahead", "tier_ahead"],
        "once in July"
    );

    let (budget, text) = house.words_of("budget_ahead").remove(0);
    let said = budget.paragraphs.join(" ");
    for words in [
        "will likely come to $100.75",
        "between $97.56 and $103.94",
        "your budget of $100.00",
        "from Jul 1 to Jul 31",
        "14 of them are counted so far: 350 kWh of electricity",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains(rosa.household.number.as_str()), "{said}");
    let account = rosa.household.number.as_str();
    let page = format!("https://bend.example/usage/electric?account={account}");
    assert_eq!(budget.action.expect("a page to look at").address, page);
    assert!(
        text.contains("likely be $100.75, above your budget of $100.00"),
        "{text}"
    );
    assert!(
        text.contains("https://bend.example/usage/electric"),
        "{text}"
    );

    let (step, text) = house.words_of("tier_ahead").remove(0);
    let said = step.paragraphs.join(" ");
    for words in [
        "a higher price step about Jul 21, once 500 kWh are used",
        "step 2, “Above 500 kWh”",
        "costs $0.15 for 1 kWh, where now it costs $0.10",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(text.contains("about Jul 21"), "{text}");

    // The page of usage says the same, and is where the letter leads.
    rosa.visit("/usage/electric")
        .await
        .must_show("Forecast $97.56 to $103.94 of your $100.00 budget.")
        .must_show("It will likely be passed.");
}

/// Contract: F115, F116
#[actix_web::test]
async fn what_is_off_is_not_told_and_a_budget_that_holds_neither() {
    let house = TestApp::start().await;
    let rosa = mid_july(&house, Language::English).await;
    // Nobody asked for anything: a step of a price is no news then, and there is no budget.
    house.watches().await;
    assert!(house.kinds().is_empty(), "{:?}", house.kinds());
    rosa.visit("/usage/electric")
        .await
        .follow("Set a budget, and be told before you pass it")
        .await
        .fill("budget_over", "101")
        .submit("Save my alerts")
        .await;
    house.advance_days(1);
    house.watches().await;
    assert!(house.kinds().is_empty(), "{:?}", house.kinds());
    rosa.visit("/usage/electric")
        .await
        .must_show("It will likely hold.");
    rosa.visit("/alerts")
        .await
        .fill("budget_over", "90")
        .fill("budget_email", "")
        .submit("Save my alerts")
        .await;
    house.advance_days(1);
    house.watches().await;
    assert!(house.kinds().is_empty(), "{:?}", house.kinds());
}

/// Contract: F115, F116
#[actix_web::test]
async fn nothing_is_told_of_a_period_that_is_billed_and_the_next_one_is_told_anew() {
    let house = TestApp::start().await;
    let rosa = mid_july(&house, Language::English).await;
    let office = house.office().await;
    let meter = meter_of(&rosa.household.email);
    house.set_day("2026-08-04");
    let july = hourly_electricity(&meter, "2026-07-15", 17);
    office.takes("cmep", "july.txt", &july).await;
    office.bills("2026-07-01").await.must_show("$100.75");
    rosa.visit("/alerts")
        .await
        .fill("budget_over", "90")
        .submit("Save my alerts")
        .await;
    house.watches().await;
    assert!(house.kinds().is_empty(), "July is billed");
    let august = hourly_electricity(&meter, "2026-08-01", 5);
    office.takes("cmep", "august.txt", &august).await;
    house.set_day("2026-08-06");
    house.watches().await;
    assert!(house.kinds().is_empty(), "five days say too little");
    let august = hourly_electricity(&meter, "2026-08-06", 5);
    house.set_day("2026-08-11");
    office.takes("cmep", "august.txt", &august).await;
    house.watches().await;
    assert_eq!(house.kinds(), ["budget_ahead"]);
}

/// Contract: F113, F116
#[actix_web::test]
async fn a_budget_may_be_of_units_and_is_told_by_text_in_spanish() {
    let house = TestApp::start().await;
    let rosa = mid_july(&house, Language::Spanish).await;
    house.takes_texts(&rosa, "+15552010142").await;
    let page = rosa.visit("/alerts").await;
    let wrong = page
        .clone()
        .fill("budget_electric", "mucho")
        .submit("Guardar mis avisos")
        .await;
    assert_eq!(wrong.status, 422);
    wrong.must_show(
        "Escriba un número entero de kWh entre 1 y 10,000,000, como 700, o déjelo vacío.",
    );
    // Water is not delivered here, and has no field.
    assert_eq!(page.attribute("#budget_water", "id"), None);
    page.fill("budget_electric", "700")
        .fill("budget_text", "yes")
        .submit("Guardar mis avisos")
        .await;
    let kept = rosa.visit("/alerts").await;
    assert_eq!(
        kept.attribute("#budget_electric", "value").as_deref(),
        Some("700")
    );
    house.watches().await;
    let told = house.told(&ALL);
    let ways: Vec<&str> = told.iter().map(|seen| seen.channel.as_str()).collect();
    assert_eq!(ways, ["email", "text"], "{told:?}");
    let (budget, text) = house.words_of("budget_ahead").remove(0);
    let said = budget.paragraphs.join(" ");
    assert!(said.contains("Su consumo de electricidad"), "{said}");
    assert!(said.contains("a 775 kWh"), "{said}");
    assert!(said.contains("su presupuesto de 700 kWh"), "{said}");
    assert!(
        text.contains("Electricidad: probablemente consuma más"),
        "{text}"
    );

    // An empty field takes the budget away.
    kept.fill("budget_electric", "")
        .submit("Guardar mis avisos")
        .await;
    let none = rosa.visit("/alerts").await;
    assert_eq!(
        none.attribute("#budget_electric", "value").as_deref(),
        Some("")
    );
}

/// A home with an hourly water meter whose nights stood still until a week ago; nobody of it signs in.
async fn leaking(house: &TestApp, today: &str) -> AccountId {
    house.customer("Walter").moved_in().await;
    let utility = Utility::of(house);
    utility.sells_water();
    let hourly = NewRegister {
        resolution_minutes: Some(60),
        ..register("LEAK-1", Channel::Delivered, Unit::Gallon)
    };
    let water = metered(Commodity::Water, "W-1", MeterKind::Simple, vec![hourly]);
    let account = utility.household("2026-01-01", vec![water]);
    let register = utility.register("LEAK-1");
    let today: NaiveDate = today.parse().expect("a day");
    runs(house, register, today).await;
    account
}

/// Sixty days of a household that sleeps; in the last eight of them six gallons run in every hour.
async fn runs(house: &TestApp, register: RegisterId, today: NaiveDate) {
    let day = |leaks: i64| {
        let hours = (0..24).map(|hour| leaks + if (6..22).contains(&hour) { 9 } else { 0 });
        let all = vec![ReadQuality::Actual; 24];
        IntervalDay::from_parts(Resolution::Hour, 0, hours.collect(), all).expect("a day")
    };
    let first = today - Days::new(60);
    let days: Vec<UsageDay> = first
        .iter_days()
        .take(60)
        .map(|on| UsageDay {
            register_id: register,
            day: on,
            version: 1,
            usage: day(if on >= today - Days::new(8) { 6 } else { 0 }),
        })
        .collect();
    let kept = move |tx: &mut Tx<'_>| -> Result<(), StoreError> { insert_usage(tx, &days, None) };
    house
        .app
        .db
        .write(house.stamp(), kept)
        .await
        .expect("the days are kept");
}

/// Contract: F115, F116
#[actix_web::test]
async fn a_leak_is_told_unasked_with_its_days_and_what_to_look_at() {
    let house = TestApp::start().await;
    house.set_day("2026-07-10");
    leaking(&house, "2026-07-10").await;
    house.watches().await;
    house.advance_days(1);
    house.watches().await;
    let told = house.told(&ALL);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(
        (told[0].kind.as_str(), told[0].recipient.as_str()),
        ("leak", "rosa@home.example")
    );
    let (leak, text) = house.words_of("leak").remove(0);
    let said = leak.paragraphs.join(" ");
    for words in [
        "has not stood still between one and five in the morning since Jul 2",
        "about 144 gallons a day",
        "On your next bill that likely costs about",
        "look at the meter",
        "It is a hint",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let page = leak.action.expect("a page to look at").address;
    assert!(page.starts_with("https://bend.example/usage/water?account="));
    assert!(text.contains("since Jul 2"), "{text}");
}

/// Contract: F103, F115
#[actix_web::test]
async fn the_home_page_says_when_a_leak_was_told_of_also_before_the_first_bill() {
    const CARD: &str = "A possible water leak";
    const FOUND: &str = "Water is running day and night";
    let house = TestApp::start().await;
    house.set_day("2026-07-10");
    let account = leaking(&house, "2026-07-10").await;
    let find = move |conn: &mut Conn| account_number(conn, account);
    let home = Household {
        account,
        number: house.app.db.read(find).await.expect("it has a number"),
        email: "rosa@home.example".to_owned(),
    };
    let rosa = house.signs_in(home, Language::English).await;
    let quiet = rosa.visit("/").await;
    assert!(!quiet.shows(CARD), "nobody has looked yet");
    house.watches().await;
    let told = rosa.visit("/").await;
    told.must_show(CARD)
        .must_show("On Jul 10 we told you what the meter’s hours hint at.");
    let usage = told.follow("See what to check").await;
    assert_eq!(usage.path, "/usage/water");
    usage
        .must_show(FOUND)
        .must_show("Your first bill is still to come");
    let days = usage.follow("See my days").await;
    days.must_show("Water in July 2026");
    assert_eq!(days.texts("tbody tr").len(), 10, "July so far");
    // Nothing has come for a week: the home page still says what was told then, and the page behind it that nothing is seen now.
    house.set_day("2026-07-18");
    let later = rosa.visit("/").await;
    later.must_show("On Jul 10 we told you");
    let usage = later.follow("See what to check").await;
    assert!(!usage.shows(FOUND));
    house.set_day("2026-08-20");
    let rosa = house.signed_in("/sign-in", "rosa@home.example").await;
    let home = rosa.visit("/").await;
    assert!(!home.shows(CARD), "it is no news any more");
}

/// Contract: F116
#[actix_web::test]
async fn whoever_wants_no_word_of_leaks_gets_none() {
    let house = TestApp::start().await;
    house.set_day("2026-07-10");
    let account = leaking(&house, "2026-07-10").await;
    let wish = Wish {
        by_email: false,
        ..AlertKind::Leak.by_default()
    };
    let kept = move |tx: &mut Tx<'_>| put_wish(tx, account, None, &wish);
    house
        .app
        .db
        .write(house.stamp(), kept)
        .await
        .expect("the wish is kept");
    house.watches().await;
    assert!(house.kinds().is_empty(), "{:?}", house.kinds());
}
