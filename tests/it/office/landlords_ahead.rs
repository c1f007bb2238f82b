//! What a landlord says, and who comes next, between the day on which a tenant's end is known and the end itself; and what becomes of service
//! that the landlord's account cannot take over.

use chrono::{Days, NaiveDate};
use mainstay::domain::accounts::AccountStatus;
use mainstay::domain::exceptions::{ExceptionReason, ExceptionStatus};
use mainstay::domain::ids::{AccountId, ServicePointId};
use mainstay::domain::landlords::Instruction;
use mainstay::domain::staff::Role;
use mainstay::store;
use mainstay::store::db::Tx;
use mainstay::usecases::accounts::services::{NewAgreement, ServiceError, start_service};
use mainstay::usecases::accounts::{AccountError, change_status};
use serde_json::{Value, json};

use super::landlords::{rented, says};
use crate::support::app::TestApp;
use crate::support::billing::{Utility, fixed};
use crate::support::people::Customer;

type Span = (AccountId, NaiveDate, Option<NaiveDate>);

impl TestApp {
    /// Whose service there is at the place of an account, and when.
    async fn spans(&self, account: AccountId) -> Vec<Span> {
        let served = self.served(account).await;
        let span =
            |row: &store::service::ServiceAgreementRow| (row.account_id, row.from_on, row.until_on);
        served.iter().map(span).collect()
    }

    /// Somebody moves in today where there was service, by a rate and with facts of their own.
    async fn moves_in_by(
        &self,
        account: AccountId,
        point: ServicePointId,
        (rate, facts): (&str, Value),
    ) {
        let new = NewAgreement {
            account,
            point,
            rate_code: rate.to_owned(),
            facts,
            from_on: self.app.clock.today(),
        };
        let start = move |tx: &mut Tx<'_>| -> Result<(), ServiceError> {
            start_service(tx, &new).map(drop)
        };
        let begun = self.app.db.write(self.stamp(), start).await;
        begun.expect("served");
    }

    async fn stands(&self, of: &Customer, status: AccountStatus) {
        let (id, today) = (of.household.account, self.app.clock.today());
        let change = move |tx: &mut Tx<'_>| -> Result<(), AccountError> {
            change_status(tx, id, status, today)
        };
        let changed = self.app.db.write(self.stamp(), change).await;
        changed.expect("it stands so");
    }

    /// How many ask a person about a landlord's service.
    async fn asked_about_landlords(&self) -> i64 {
        let filter = store::exceptions::Filter {
            status: Some(ExceptionStatus::Open),
            reason: Some(ExceptionReason::LandlordNotFollowed),
            ..store::exceptions::Filter::default()
        };
        let count = self
            .app
            .db
            .read(move |conn| store::exceptions::count(conn, &filter));
        count.await.expect("the queue is read")
    }
}

/// Contract: F4, F9
#[actix_web::test]
async fn what_a_landlord_says_before_an_end_that_is_known_counts_for_it() {
    let house = TestApp::start().await;
    let (lena, tomas) = rented(&house).await;
    let (hers, today) = (lena.household.account, house.app.clock.today());
    says(&lena, "continue").await;
    let end = today + Days::new(29);
    house.stops(&tomas, end).await;
    let tenancy = house.spans(tomas.account).await[0];
    let both = [tenancy, (hers, end, None)];
    assert_eq!(house.spans(tomas.account).await, both);

    house.advance_days(10);
    says(&lena, "vacant").await;
    assert_eq!(house.spans(tomas.account).await, both[..1]);
    says(&lena, "continue").await;
    assert_eq!(house.spans(tomas.account).await, both);
    says(&lena, "unsaid").await;
    assert_eq!(house.spans(tomas.account).await, both[..1]);
    house.is_sound().await;
}

/// Contract: F4, F9
#[actix_web::test]
async fn an_end_that_moves_before_what_was_said_takes_back_what_began_with_it() {
    let house = TestApp::start().await;
    let (lena, tomas) = rented(&house).await;
    let (hers, today) = (lena.household.account, house.app.clock.today());
    let end = today + Days::new(29);
    house.stops(&tomas, end).await;
    house.advance_days(10);
    says(&lena, "continue").await;
    let spans = house.spans(tomas.account).await;
    assert_eq!(spans[1..], [(hers, end, None)]);
    let earlier = today + Days::new(8);
    house.stops(&tomas, earlier).await;
    let spans = house.spans(tomas.account).await;
    assert_eq!(spans.len(), 1, "nothing was said of a day before the tenth");
    assert_eq!(spans[0].2, Some(earlier));
    house.is_sound().await;
}

/// Contract: F4, F9
#[actix_web::test]
async fn what_was_taken_back_before_the_office_knew_of_an_end_counts_until_then() {
    let house = TestApp::start().await;
    let (lena, tomas) = rented(&house).await;
    let (hers, today) = (lena.household.account, house.app.clock.today());
    says(&lena, "continue").await;
    house.advance_days(10);
    says(&lena, "unsaid").await;
    house.advance_days(5);
    let end = today + Days::new(5);
    house.stops(&tomas, end).await;
    let spans = house.spans(tomas.account).await;
    assert_eq!(spans[1..], [(hers, end, Some(today + Days::new(10)))]);
    house.is_sound().await;
}

/// Contract: F4
#[actix_web::test]
async fn the_landlord_gives_way_to_a_tenant_who_comes_the_same_day_or_later() {
    let house = TestApp::start().await;
    let (lena, tomas) = rented(&house).await;
    let (hers, today) = (lena.household.account, house.app.clock.today());
    let nina = house.customer("Nina").moved_in().await;
    let point = house.point(tomas.account).await;
    says(&lena, "continue").await;
    let end = today + Days::new(3);
    house.stops(&tomas, end).await;
    let told = house.told(&["landlord"]).len();
    house.moves_in_at(nina.account, point, end).await;
    let spans = house.spans(tomas.account).await;
    assert_eq!(spans[1..], [(nina.account, end, None)]);
    assert_eq!(house.told(&["landlord"]).len(), told + 1);

    // Nina leaves, the landlord fills some days, and Omar comes.
    house.notes_landlord_of(hers, (nina.account, point)).await;
    let (out, next) = (end + Days::new(10), end + Days::new(15));
    house.stops(&nina, out).await;
    let omar = house.customer("Omar").moved_in().await;
    house.moves_in_at(omar.account, point, next).await;
    let spans = house.spans(tomas.account).await;
    let after = [
        (nina.account, end, Some(out)),
        (hers, out, Some(next)),
        (omar.account, next, None),
    ];
    assert_eq!(spans[1..], after);
    house.is_sound().await;
}

/// Contract: F9
#[actix_web::test]
async fn a_landlord_takes_over_what_is_of_the_place_and_by_a_rate_of_their_class() {
    let house = TestApp::start().await;
    let (lena, tomas) = rented(&house).await;
    let (hers, today) = (lena.household.account, house.app.clock.today());
    let mut base = fixed("base", "40.00");
    base["only"] = json!({ "classes": ["commercial"] });
    let shops = json!({ "charges": [base] });
    Utility::of(&house).publish("2025-01-01", "W-9", "water", shops);
    let point = house.point(tomas.account).await;
    house.stops(&tomas, today).await;
    let nina = house.customer("Nina").moved_in().await;
    let counts = json!({ "counts": [["carts", "2", "each"]] });
    let mut facts = counts.clone();
    facts["marks"] = json!(["senior", "tax-exempt"]);
    house.moves_in_by(nina.account, point, ("W-1", facts)).await;
    house.notes_landlord_of(hers, (nina.account, point)).await;
    house.says_for(&lena, point, Instruction::Continue).await;
    house.advance_days(2);
    let today = house.app.clock.today();
    house.stops(&nina, today).await;
    let served = house.served(tomas.account).await;
    let taken: Value = serde_json::from_str(&served[2].facts).expect("facts");
    assert_eq!((served[2].account_id, taken), (hers, counts));

    // A shop's rate prices nothing for her.
    let omar = house.customer("Omar").moved_in().await;
    house.advance_days(2);
    house
        .moves_in_by(omar.account, point, ("W-9", json!({})))
        .await;
    house.notes_landlord_of(hers, (omar.account, point)).await;
    let later = house.app.clock.today() + Days::new(2);
    house
        .stops(&omar, later)
        .await
        .must_show("could not take it over");
    assert_eq!(house.served(tomas.account).await.len(), 4);
    assert_eq!(house.asked_about_landlords().await, 1);
}

/// Contract: F9
#[actix_web::test]
async fn what_could_not_be_taken_over_is_tried_again_and_its_place_is_offered() {
    let house = TestApp::start().await;
    let (lena, tomas) = rented(&house).await;
    let (hers, today) = (lena.household.account, house.app.clock.today());
    says(&lena, "continue").await;
    house.stands(&lena, AccountStatus::Closing).await;
    let page = house.stops(&tomas, today).await;
    page.must_show("could not take it over");
    assert_eq!(house.asked_about_landlords().await, 1);
    let told = house.told(&["landlord"]).len();
    page.submit("Hand it over to the landlord's account")
        .await
        .must_show("could not take it over");
    assert_eq!(house.told(&["landlord"]).len(), told, "told once");

    let clerk = house.staff(Role::BillingClerk).await;
    let number = lena.household.number.as_str();
    let form = format!("/office/accounts/{number}/services/new");
    let offered = clerk.visit(&form).await.texts("#point option");
    let point = house.point(tomas.account).await;
    let place = house
        .app
        .db
        .read(move |conn| store::service::place_of(conn, point));
    let (_, line) = place.await.expect("a place");
    assert!(offered.iter().any(|one| one.contains(&line)), "{offered:?}");

    house.stands(&lena, AccountStatus::Active).await;
    page.submit("Hand it over to the landlord's account")
        .await
        .must_show("It goes on on the landlord's account");
    let spans = house.spans(tomas.account).await;
    assert_eq!(spans[1..], [(hers, today, None)]);
    assert_eq!(house.asked_about_landlords().await, 0);
    house.is_sound().await;
}
