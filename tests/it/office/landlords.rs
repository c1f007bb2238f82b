//! A landlord says what happens when a tenant leaves, and the office's own step does it: no day without service and none served twice.

use chrono::{Days, NaiveDate, NaiveDateTime};
use mainstay::domain::access::Access;
use mainstay::domain::accounts::{AccountRole, AccountStatus};
use mainstay::domain::ids::{AccountId, CustomerId, ServicePointId};
use mainstay::domain::landlords::Instruction;
use mainstay::domain::staff::Role;
use mainstay::store;
use mainstay::store::db::{Conn, Tx};
use mainstay::store::error::StoreError;
use mainstay::store::service::ServiceAgreementRow;
use mainstay::usecases::accounts::landlords::instruct;
use mainstay::usecases::accounts::people::{PeopleError, Whom, add_part, note_landlord};
use mainstay::usecases::accounts::services::{
    NewAgreement, ServiceError, start_service, stop_service,
};
use mainstay::usecases::accounts::{AccountError, change_status};

use crate::support::app::TestApp;
use crate::support::billing::Utility;
use crate::support::page::Page;
use crate::support::people::{Customer, Household};

/// Lena, who rents a house out to Tomas.
pub async fn rented(house: &TestApp) -> (Customer, Household) {
    let lena = house.customer("Lena").signed_in().await;
    let tomas = house.customer("Tomas").moved_in().await;
    Utility::of(house).sells_water();
    house
        .notes_landlord(lena.household.account, tomas.account)
        .await;
    (lena, tomas)
}

impl TestApp {
    /// The office notes the customer of an account as the landlord of a tenant's only place.
    pub async fn notes_landlord(&self, landlord: AccountId, tenant: AccountId) {
        let note = move |tx: &mut Tx<'_>, whom: &Whom, days| {
            add_part(tx, tenant, (AccountRole::Landlord, whom), days)
        };
        self.notes(landlord, note).await;
    }

    /// The same, of the place of a point.
    pub async fn notes_landlord_of(
        &self,
        landlord: AccountId,
        (tenant, point): (AccountId, ServicePointId),
    ) {
        let note = move |tx: &mut Tx<'_>, whom: &Whom, days| {
            let (premise, _) = store::service::place_of(tx, point)?;
            note_landlord(tx, tenant, (premise, whom), days)
        };
        self.notes(landlord, note).await;
    }

    async fn notes(
        &self,
        landlord: AccountId,
        mut note: impl FnMut(
            &mut Tx<'_>,
            &Whom,
            (NaiveDate, NaiveDateTime),
        ) -> Result<CustomerId, PeopleError>
        + Send
        + 'static,
    ) {
        let (on, now) = (self.app.clock.today(), self.app.clock.world_now());
        let write = move |tx: &mut Tx<'_>| -> Result<(), PeopleError> {
            let parts = store::parts::list(tx, landlord, on)?;
            let main = parts.iter().find(|part| part.role == AccountRole::Main);
            let whom = Whom::Known(main.expect("a customer").customer.id);
            note(tx, &whom, (on - Days::new(30), now)).map(drop)
        };
        self.app.db.write(self.stamp(), write).await.expect("noted");
    }

    /// Every agreement at the place of an account's water, in order.
    pub async fn served(&self, account: AccountId) -> Vec<ServiceAgreementRow> {
        let look = move |conn: &mut Conn| -> Result<_, StoreError> {
            let places = store::premises::list_served(conn, account)?;
            let points = store::premises::list_points(conn, &places)?;
            let rows = store::service::list_of_point(conn, points[0].0)?;
            Ok(rows.into_iter().map(|(row, _)| row).collect())
        };
        self.app.db.read(look).await.expect("read")
    }

    pub async fn point(&self, account: AccountId) -> ServicePointId {
        self.served(account).await[0].service_point_id
    }

    /// Somebody moves in where there is water already.
    pub async fn moves_in_at(&self, account: AccountId, point: ServicePointId, from_on: NaiveDate) {
        let begun = self.tries_to_move_in(account, point, from_on).await;
        begun.expect("served");
    }

    /// Somebody wants to.
    pub async fn tries_to_move_in(
        &self,
        account: AccountId,
        point: ServicePointId,
        from_on: NaiveDate,
    ) -> Result<(), ServiceError> {
        let new = NewAgreement {
            account,
            point,
            rate_code: "W-1".to_owned(),
            facts: serde_json::json!({}),
            from_on,
        };
        let start = move |tx: &mut Tx<'_>| -> Result<(), ServiceError> {
            start_service(tx, &new).map(drop)
        };
        self.app.db.write(self.stamp(), start).await
    }

    /// Lena says something of the place of a point.
    pub async fn says_for(&self, lena: &Customer, point: ServicePointId, instruction: Instruction) {
        let account = lena.household.account;
        let say = move |tx: &mut Tx<'_>| -> Result<bool, StoreError> {
            let (premise, _) = store::service::place_of(tx, point)?;
            instruct(tx, account, premise, instruction)
        };
        let said = self.app.db.write(self.stamp(), say).await;
        assert!(said.expect("it is said"), "it is new");
    }

    /// A clerk ends the tenant's water on a day.
    pub async fn stops(&self, tenant: &Household, on: NaiveDate) -> Page {
        let clerk = self.staff(Role::BillingClerk).await;
        let id = self.served(tenant.account).await;
        let id = id.iter().find(|row| row.account_id == tenant.account);
        let id = id.expect("an agreement").id;
        let path = format!("/office/accounts/{}/services/{id}", tenant.number.as_str());
        let page = clerk.visit(&path).await;
        page.fill("stop_on", &on.to_string())
            .submit("Stop the service")
            .await
    }
}

pub async fn says(lena: &Customer, instruction: &str) -> Page {
    let page = lena.visit("/premises").await;
    page.fill("instruction", instruction)
        .submit("Save for")
        .await
}

/// Contract: F4, F5, F9
#[actix_web::test]
async fn service_goes_on_in_the_landlords_name_from_the_day_the_tenants_ends() {
    let house = TestApp::start().await;
    let (lena, tomas) = rented(&house).await;
    let page = lena
        .visit("/profile")
        .await
        .follow("Places you rent out")
        .await;
    page.must_show("Occupied")
        .must_show("In the tenant's name: Water");
    assert!(
        !page.shows("Tomas"),
        "the tenant's name is nobody's business"
    );
    says(&lena, "continue")
        .await
        .must_show("Saved. A confirmation is on its way.");
    assert_eq!(house.told(&["landlord"]).len(), 1);
    // The same once more says nothing new.
    says(&lena, "continue").await;
    assert_eq!(house.told(&["landlord"]).len(), 1);

    house.advance_days(10);
    let today = house.app.clock.today();
    let clerk = house.staff(Role::BillingClerk).await;
    let account = format!("/office/accounts/{}", tomas.number.as_str());
    let service = clerk.visit(&account).await.follow("Water").await;
    service.must_show("The landlord said that it goes on in their name");
    let later = today + Days::new(2);
    house
        .stops(&tomas, later)
        .await
        .must_show("It goes on on the landlord's account");
    let served = house.served(tomas.account).await;
    assert_eq!(served.len(), 2);
    assert_eq!(served[0].until_on, Some(later));
    assert_eq!((served[1].from_on, served[1].until_on), (later, None));
    assert_eq!(served[1].account_id, lena.household.account);
    let told = house.told(&["landlord"]);
    assert_eq!(told.len(), 2);
    assert!(told.iter().all(|row| row.recipient == lena.household.email));

    // An end that is moved to an earlier day leaves no day between.
    house.stops(&tomas, today).await;
    let served = house.served(tomas.account).await;
    assert_eq!(served[0].until_on, Some(today));
    assert_eq!((served[1].from_on, served[1].until_on), (today, None));
    let page = lena.visit("/premises").await;
    page.must_show("In your name: Water")
        .must_show("What was said");
    assert_eq!(page.texts(".card .badge"), ["In your name"]);
    house.is_sound().await;
}

/// Contract: F4, F9
#[actix_web::test]
async fn a_place_stays_without_service_where_the_landlord_wants_it_so_and_what_is_taken_back_counts_no_more()
 {
    let house = TestApp::start().await;
    let (lena, tomas) = rented(&house).await;
    says(&lena, "vacant").await;
    let today = house.app.clock.today();
    house
        .stops(&tomas, today)
        .await
        .must_show("The landlord wants the place left without it");
    assert_eq!(house.served(tomas.account).await.len(), 1);
    lena.visit("/premises").await.must_show("Vacant");
    assert_eq!(house.told(&["landlord"]).len(), 2);

    // The next tenant comes, and what was said is taken back.
    let point = house.point(tomas.account).await;
    let nina = house.customer("Nina").moved_in().await;
    house.advance_days(5);
    let from = house.app.clock.today();
    house.moves_in_at(nina.account, point, from).await;
    let hers = lena.household.account;
    house.notes_landlord_of(hers, (nina.account, point)).await;
    house.says_for(&lena, point, Instruction::Unsaid).await;
    house.advance_days(5);
    let today = house.app.clock.today();
    let stop = move |tx: &mut Tx<'_>| {
        let rows = store::service::list_of_point(tx, point)?;
        let row = rows.iter().find(|(row, _)| row.account_id == nina.account);
        let id = row.expect("an agreement").0.id;
        stop_service(tx, nina.account, id, today)
    };
    let done = house.app.db.write(house.stamp(), stop).await;
    done.expect("it is stopped");
    assert_eq!(house.served(tomas.account).await.len(), 2);
    assert_eq!(
        house.told(&["landlord"]).len(),
        3,
        "told of the taking back alone"
    );
}

/// Contract: F4
#[actix_web::test]
async fn whoever_moves_in_next_is_served_and_the_landlord_only_until_then() {
    let house = TestApp::start().await;
    let (lena, tomas) = rented(&house).await;
    says(&lena, "continue").await;
    let (today, next) = (
        house.app.clock.today(),
        house.app.clock.today() + Days::new(9),
    );
    // Tomas is to leave in nine days, and Nina comes the same day.
    house.stops(&tomas, next).await;
    let served = house.served(tomas.account).await;
    assert_eq!(
        served[1].from_on, next,
        "the landlord, as nobody else is known yet"
    );
    // He leaves at once instead: the landlord fills the days.
    house.stops(&tomas, today).await;
    let served = house.served(tomas.account).await;
    assert_eq!(
        (served[0].until_on, served[1].from_on),
        (Some(today), today)
    );

    // Nina comes on a day that is known: where Omar leaves before it, the landlord is served until then.
    let omar = house.customer("Omar").moved_in().await;
    let nina = house.customer("Nina").moved_in().await;
    house
        .notes_landlord(lena.household.account, omar.account)
        .await;
    let point = house.point(omar.account).await;
    house.says_for(&lena, point, Instruction::Continue).await;
    house.stops(&omar, next + Days::new(9)).await;
    let begun = house.served(omar.account).await[1].id;
    let end = move |tx: &mut Tx<'_>| -> Result<(), ServiceError> {
        stop_service(tx, lena.household.account, begun, next + Days::new(10)).map(drop)
    };
    house
        .app
        .db
        .write(house.stamp(), end)
        .await
        .expect("it ends");
    house
        .moves_in_at(nina.account, point, next + Days::new(10))
        .await;
    house.stops(&omar, next).await;
    let served = house.served(omar.account).await;
    let spans: Vec<_> = served
        .iter()
        .map(|row| (row.from_on, row.until_on))
        .collect();
    assert_eq!(spans[0].1, Some(next));
    assert_eq!(spans[1], (next, Some(next + Days::new(10))));
    assert_eq!(spans[2], (next + Days::new(10), None));
    house.is_sound().await;
}

/// Contract: F9, F101
#[actix_web::test]
async fn nobody_says_anything_of_a_place_that_they_do_not_rent_out() {
    let house = TestApp::start().await;
    let (lena, tomas) = rented(&house).await;
    let page = lena.visit("/premises").await;
    let premise = page
        .attribute("input[name=premise]", "value")
        .expect("a place");
    let ivan = house.customer("Ivan").signed_in().await;
    let none = ivan.visit("/premises").await;
    none.must_show("We have not noted you as the landlord of a place.");
    assert!(!ivan.visit("/profile").await.shows("Places you rent out"));
    let form = ivan.visit("/delivery").await;
    let csrf = form
        .attribute("input[name=csrf]", "value")
        .expect("a token");
    let number = ivan.household.number.as_str().to_owned();
    let fields = [
        ("csrf", csrf.as_str()),
        ("account", number.as_str()),
        ("premise", premise.as_str()),
        ("instruction", "continue"),
    ];
    assert_eq!(ivan.post("/premises", &fields).await.status, 404);
    // Whoever may only see Lena's account says nothing for her.
    ivan.may(&house, lena.household.account, Access::Pay).await;
    let lenas = format!("/premises?account={}", lena.household.number.as_str());
    ivan.meets(&lenas, 403).await;
    // What is said after a tenant left does not count for them.
    let today = house.app.clock.today();
    house.advance_days(3);
    says(&lena, "continue").await;
    house
        .stops(&tomas, today)
        .await
        .must_show("The change is saved.");
    assert_eq!(house.served(tomas.account).await.len(), 1);
}

/// Contract: F9
#[actix_web::test]
async fn an_account_that_cannot_take_service_over_is_shown_to_a_person_and_told() {
    let house = TestApp::start().await;
    let (lena, tomas) = rented(&house).await;
    says(&lena, "continue").await;
    let (id, today) = (lena.household.account, house.app.clock.today());
    let close = move |tx: &mut Tx<'_>| -> Result<(), AccountError> {
        change_status(tx, id, AccountStatus::Closing, today)
    };
    house
        .app
        .db
        .write(house.stamp(), close)
        .await
        .expect("it closes");
    house
        .stops(&tomas, today)
        .await
        .must_show("could not take it over");
    assert_eq!(house.served(tomas.account).await.len(), 1);
    assert_eq!(house.told(&["landlord"]).len(), 2);
}

#[actix_web::test]
async fn a_landlord_who_reads_spanish_reads_it_here_too() {
    let house = TestApp::start().await;
    let lena = house.customer("Lena").speaking_spanish().signed_in().await;
    let tomas = house.customer("Tomas").moved_in().await;
    house
        .notes_landlord(lena.household.account, tomas.account)
        .await;
    let page = lena.visit("/premises").await;
    assert_eq!(page.heading(), "Lugares que usted da en alquiler");
    page.must_show("Ocupado")
        .must_show("A nombre del inquilino: Agua");
    let page = page
        .fill("instruction", "vacant")
        .submit("Guardar para")
        .await;
    page.must_show("Guardado. Le enviamos una confirmación.");
}
