//! One place in the books twice: found, looked at side by side, made one with all that is there, and made two again.

use mainstay::domain::ids::{AccountId, PremiseId};
use mainstay::domain::landlords::Instruction;
use mainstay::domain::orders::{OrderKind, Slot, Urgency};
use mainstay::domain::staff::Role;
use mainstay::jobs::lead_lines;
use mainstay::store;
use mainstay::store::db::Tx;
use mainstay::store::error::StoreError;
use mainstay::usecases::accounts::landlords::instruct;
use mainstay::usecases::orders::{NewOrder, OrderError, make};
use mainstay::usecases::place_merges::{PlaceMerge, PlaceMergeError, merge, plan};

use super::landlords::rented;
use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::people::Household;
use crate::support::visitor::Visitor;

/// Rosa and Omar, whose places are written as one address: Rosa's in full, Omar's shortened.
struct Twice {
    rosa: Household,
    omar: Household,
    /// The place of Rosa, and the one of Omar.
    places: (PremiseId, PremiseId),
    /// How each is written.
    lines: (String, String),
}

impl TestApp {
    /// The only place where an account is or was served.
    fn place_of(&self, account: AccountId) -> PremiseId {
        let served = self
            .database()
            .read(|conn| store::premises::list_served(conn, account));
        let [only] = served.as_slice() else {
            panic!("one place, not {served:?}");
        };
        *only
    }

    /// What the points of a place are called.
    fn labels_at(&self, place: PremiseId) -> Vec<Option<String>> {
        self.database().read(|conn| {
            let points = store::premises::list_points_at(conn, place)?;
            Ok(points.into_iter().map(|point| point.label).collect())
        })
    }

    /// The service orders at a place.
    fn orders_at(&self, place: PremiseId) -> usize {
        self.database()
            .read(|conn| Ok(store::place_merges::list_orders(conn, place)?.len()))
    }

    /// The office makes an order for whatever is delivered to a household.
    async fn sends(&self, home: &Household, key: &'static str) {
        let (account, place) = (home.account, self.place_of(home.account));
        let send = move |tx: &mut Tx<'_>| -> Result<(), OrderError> {
            let new = NewOrder {
                key: key.to_owned(),
                kind: OrderKind::Leak,
                urgency: Urgency::Standard,
                account,
                premise: Some(place),
                point: None,
                request: None,
                follows: None,
                instructions: String::new(),
                on: None,
                slot: Slot::AllDay,
            };
            make(tx, &new).map(drop)
        };
        let sent = self.app.db.write(self.stamp(), send).await;
        sent.expect("the order is made");
    }

    /// Two places become one without a page.
    async fn joins(&self, kept: PremiseId, gone: PremiseId) {
        let join = move |tx: &mut Tx<'_>| -> Result<(), PlaceMergeError> {
            let on = tx.stamp.on;
            let seal = plan(tx, (kept, gone), on)?.seal();
            let new = PlaceMerge {
                request_key: format!("{kept}-{gone}"),
                places: (kept, gone),
                seal,
                has_looked: true,
                reason: "One house.".to_owned(),
            };
            merge(tx, &new).map(drop)
        };
        let joined = self.app.db.write(self.stamp(), join).await;
        joined.expect("they are one");
    }
}

async fn twice(house: &TestApp, clerk: &Visitor) -> Twice {
    let rosa = house.customer("Rosa").moved_in().await;
    let omar = house.customer("Omar").moved_in().await;
    let places = (house.place_of(rosa.account), house.place_of(omar.account));
    let long = house
        .database()
        .read(|conn| Ok(store::premises::get(conn, places.0)?.line_1));
    let short = long.replace("Street", "St");
    let form = format!("/office/premises/{}/edit", places.1);
    clerk
        .visit(&form)
        .await
        .fill("line_1", &short)
        .submit("Save the place")
        .await
        .must_show("The change is saved.");
    Twice {
        rosa,
        omar,
        places,
        lines: (long, short),
    }
}

/// The link to both in the list of possible duplicates.
fn link(both: &Twice) -> String {
    format!("and {},", both.lines.1)
}

async fn side_by_side(clerk: &Visitor, both: &Twice) -> Page {
    let list = clerk.visit("/office/duplicates").await;
    list.must_show("Places of one address");
    list.follow(&link(both)).await
}

/// Rosa's place goes and Omar's stays: what would move.
async fn looks(clerk: &Visitor, both: &Twice) -> Page {
    let pair = side_by_side(clerk, both).await;
    pair.fill("kept", &both.places.1.to_string())
        .submit("See what moves")
        .await
}

async fn makes_one(clerk: &Visitor, both: &Twice) {
    let check = looks(clerk, both).await;
    check
        .fill("looked", "yes")
        .fill("reason", "A visit: one house, two meters.")
        .submit("Make them one")
        .await
        .must_show("They are one place now.");
}

async fn takes_back(clerk: &Visitor, both: &Twice) -> Page {
    let merges = clerk.visit("/office/place-merges").await;
    merges
        .fill("reason", "Two houses.")
        .submit(&format!("Take it back now {}", both.lines.0))
        .await
}

/// Contract: F4, F6, F98, F118
#[actix_web::test]
async fn one_place_in_the_books_twice_becomes_one_after_a_second_look_and_two_again() {
    let house = TestApp::start().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let both = twice(&house, &clerk).await;
    let (gone, kept) = both.places;
    let pair = side_by_side(&clerk, &both).await;
    pair.must_show("Rosa").must_show("Omar");
    let check = looks(&clerk, &both).await;
    check
        .must_show("Nothing is done yet.")
        .must_show("Is called Water, 2 from then on")
        .must_show("Served at both at the same time")
        .must_show(&both.rosa.number.to_string())
        .must_show(&both.omar.number.to_string());
    // Two accounts are open with water: somebody has to look at them.
    let refused = check
        .fill("reason", "A visit: one house, two meters.")
        .submit("Make them one")
        .await;
    assert_eq!(refused.status, 422);
    refused.must_show("Two accounts are open side by side with one service.");
    assert_eq!(house.place_of(both.rosa.account), gone, "nothing is done");
    let done = refused.fill("looked", "yes").submit("Make them one").await;
    done.must_show("They are one place now.")
        .must_show("Also written in the books as:")
        .must_show("Rosa")
        .must_show("Omar");

    assert_eq!(house.place_of(both.rosa.account), kept);
    let two = Some("2".to_owned());
    assert!(house.labels_at(kept).contains(&two), "both points stay");
    // An old link and the spelling that went lead to the one that stays.
    let old = clerk.visit(&format!("/office/premises/{gone}")).await;
    old.must_show("Omar");
    let asked = both.lines.0.replace(' ', "+");
    let found = clerk.visit(&format!("/office/premises?q={asked}")).await;
    found.must_show(&format!("{},", both.lines.1));
    let found = clerk.visit(&format!("/office/accounts?q={asked}")).await;
    found.must_show(&both.omar.number.to_string());
    let list = clerk.visit("/office/duplicates").await;
    assert!(!list.shows(&link(&both)), "{}", list.html);

    let undone = takes_back(&clerk, &both).await;
    undone
        .must_show("each place has what was there")
        .must_show("Two houses.");
    assert_eq!(house.place_of(both.rosa.account), gone);
    assert_eq!(house.place_of(both.omar.account), kept);
    assert_eq!(house.labels_at(gone), [None::<String>]);
    assert!(!undone.shows("Take it back now"), "{}", undone.html);
}

/// Contract: F4, F118
#[actix_web::test]
async fn what_moved_since_somebody_looked_is_looked_at_again() {
    let house = TestApp::start().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let both = twice(&house, &clerk).await;
    let check = looks(&clerk, &both).await;
    house.sends(&both.rosa, "late").await;
    let refused = check
        .fill("looked", "yes")
        .fill("reason", "A visit.")
        .submit("Make them one")
        .await;
    assert_eq!(refused.status, 422);
    refused.must_show("What moves changed since you looked.");
    assert_eq!(house.place_of(both.rosa.account), both.places.0);
}

/// Contract: F4, F118
#[actix_web::test]
async fn orders_go_with_the_place_and_those_made_since_go_back_with_whom_they_are_for() {
    let house = TestApp::start().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let both = twice(&house, &clerk).await;
    let (gone, kept) = both.places;
    house.sends(&both.rosa, "before").await;
    makes_one(&clerk, &both).await;
    assert_eq!((house.orders_at(gone), house.orders_at(kept)), (0, 1));
    house.sends(&both.rosa, "since").await;
    house.sends(&both.omar, "his").await;
    assert_eq!(house.orders_at(kept), 3);
    takes_back(&clerk, &both)
        .await
        .must_show("each place has what was there");
    assert_eq!((house.orders_at(gone), house.orders_at(kept)), (2, 1));
}

/// Contract: F4, F133
#[actix_web::test]
async fn what_was_recorded_of_a_line_and_who_was_told_is_read_through_a_merge() {
    let house = TestApp::start().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let both = twice(&house, &clerk).await;
    let records = async |place: PremiseId| {
        let page = clerk.visit(&format!("/office/service-lines/{place}")).await;
        page.fill("side", "utility")
            .fill("material", "lead")
            .fill("source", "inspection")
            .submit("Save")
            .await
            .must_show("It is recorded.");
    };
    records(both.places.0).await;
    lead_lines::run(house.app.clone()).await.unwrap();
    assert_eq!(house.told(&["lead_line"]).len(), 1, "Rosa");
    makes_one(&clerk, &both).await;
    lead_lines::run(house.app.clone()).await.unwrap();
    lead_lines::run(house.app.clone()).await.unwrap();
    assert_eq!(house.told(&["lead_line"]).len(), 2, "Omar, and Rosa once");

    // What is found out afterwards is of one of the two lines, and nobody could tell of which.
    house.advance_days(1);
    records(both.places.0).await;
    let refused = takes_back(&clerk, &both).await;
    assert_eq!(refused.status, 422);
    refused.must_show("it was recorded since what the service line is made of");
}

/// Contract: F4, F9, F101
#[actix_web::test]
async fn what_a_landlord_said_of_a_place_holds_for_the_one_that_it_became() {
    let house = TestApp::start().await;
    let ida = house.customer("Ida").moved_in().await;
    let (lena, tomas) = rented(&house).await;
    let point = house.point(tomas.account).await;
    house.says_for(&lena, point, Instruction::Continue).await;
    let (kept, gone) = (house.place_of(ida.account), house.place_of(tomas.account));
    house.joins(kept, gone).await;
    let today = house.app.clock.today();
    let said = house
        .database()
        .read(|conn| store::landlords::find_standing(conn, (tomas.account, kept), today));
    let said = said.expect("it stands");
    assert_eq!(said.instruction, Instruction::Continue);
    assert_eq!(said.premise_id, gone, "what was written stays as it is");
    assert_eq!(lena.visit("/premises").await.texts(".card h2").len(), 1);
    // The same said again is nothing new.
    let account = lena.household.account;
    let again = move |tx: &mut Tx<'_>| -> Result<bool, StoreError> {
        instruct(tx, account, kept, Instruction::Continue)
    };
    let again = house.app.db.write(house.stamp(), again).await;
    assert!(!again.expect("it is said"));

    house.advance_days(1);
    house.says_for(&lena, point, Instruction::Vacant).await;
    let clerk = house.staff(Role::BillingClerk).await;
    let merges = clerk.visit("/office/place-merges").await;
    let refused = merges
        .fill("reason", "Two houses.")
        .submit("Take it back now")
        .await;
    assert_eq!(refused.status, 422);
    refused.must_show("a landlord was noted or said something there since");
}

/// Contract: F4, F118
#[actix_web::test]
async fn what_was_joined_last_is_parted_first_and_then_all_is_as_it_was() {
    let house = TestApp::start().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let both = twice(&house, &clerk).await;
    let nina = house.customer("Nina").moved_in().await;
    let third = house.place_of(nina.account);
    makes_one(&clerk, &both).await;
    house.joins(third, both.places.1).await;
    for home in [&both.rosa, &both.omar, &nina] {
        assert_eq!(house.place_of(home.account), third);
    }
    let refused = takes_back(&clerk, &both).await;
    assert_eq!(refused.status, 422);
    refused.must_show("the place that stayed was merged again since");
    let merges = clerk.visit("/office/place-merges").await;
    merges
        .fill("reason", "Another house.")
        .submit(&format!("Take it back now {}", both.lines.1))
        .await
        .must_show("each place has what was there");
    assert_eq!(house.place_of(both.rosa.account), both.places.1);
    takes_back(&clerk, &both)
        .await
        .must_show("each place has what was there");
    assert_eq!(house.place_of(both.rosa.account), both.places.0);
    assert_eq!(house.place_of(nina.account), third);
}

/// Contract: F4, F160
#[actix_web::test]
async fn two_places_of_one_address_stay_two_where_somebody_says_so() {
    let house = TestApp::start().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let both = twice(&house, &clerk).await;
    let csr = house.staff(Role::Csr).await;
    let pair = side_by_side(&csr, &both).await;
    assert!(
        !pair.shows("See what moves") && !pair.shows("Keep them apart"),
        "a job without these permissions"
    );
    let pair = side_by_side(&clerk, &both).await;
    pair.fill("apart", "A front and a rear house.")
        .submit("Keep them apart")
        .await
        .must_show("They stay two places.");
    let list = clerk.visit("/office/duplicates").await;
    assert!(!list.shows(&link(&both)), "{}", list.html);
    let all = list.follow("Show also those said to be two").await;
    let pair = all.follow(&link(&both)).await;
    pair.must_show("A front and a rear house.");
}
