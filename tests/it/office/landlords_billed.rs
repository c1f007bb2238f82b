//! Service in a landlord's name that bills and drafts knew: undone once no bill stands, and each day billed to one.

use std::sync::mpsc;
use std::time::Duration;

use chrono::NaiveDate;
use mainstay::domain::bills::BillStatus;
use mainstay::domain::exceptions::ExceptionReason;
use mainstay::domain::ids::{AccountId, BillRunId};
use mainstay::domain::staff::Role;
use mainstay::jobs::bill_runs;
use mainstay::store;
use mainstay::store::db::Tx;
use mainstay::store::service::ServiceAgreementRow;
use mainstay::usecases::accounts::services::ServiceError;
use mainstay::usecases::bill_cancellation::{CancellationError, cancel_bill};
use mainstay::usecases::billing::{self, BillingRunError, draft_run, void_draft};
use rust_decimal::Decimal;

use super::at_once::starts;
use super::landlords::{rented, says};
use crate::support::app::TestApp;
use crate::support::billing::{Utility, ZONE, by, day};
use crate::support::people::{Customer, Household};

/// Lena's own meter, that of the house she rents out, and Nina's.
const METERS: [&str; 3] = ["W000001-1", "W000002-1", "W000003-1"];

/// The day from which the water of the house is Lena's.
const LEFT: &str = "2026-07-11";

/// An earlier day.
const SIXTH: &str = "2026-07-06";

/// Lena rents a house out to Tomas; Nina lives elsewhere.
async fn three(house: &TestApp) -> (Customer, Household, Household) {
    let (lena, tomas) = rented(house).await;
    let nina = house.customer("Nina").moved_in().await;
    (lena, tomas, nina)
}

/// The meters were read on the days that matter, and July is to be billed. The office looked at the reads: so few days between them are unusual.
fn is_read(house: &TestApp) {
    house.set_day("2026-08-04");
    let utility = Utility::of(house);
    for meter in METERS {
        let days = ["2026-07-01", SIXTH, LEFT, "2026-08-01"];
        let reads: Vec<(&str, i64)> = days.into_iter().zip([100, 300, 500, 1_300]).collect();
        utility.reads(meter, &reads);
    }
    for account in utility.queue().iter().filter_map(|row| row.account_id) {
        utility.answer_all(account, "2026-08-04");
    }
}

/// Lena's tenant leaves on the eleventh of July, and she goes on.
async fn gone_on(house: &TestApp) -> (Customer, Household, Household) {
    let (lena, tomas, nina) = three(house).await;
    says(&lena, "continue").await;
    house.stops(&tomas, day(LEFT)).await;
    is_read(house);
    (lena, tomas, nina)
}

impl TestApp {
    fn july(&self) -> BillRunId {
        Utility::of(self).draft("2026-07-01", "2026-08-04")
    }

    /// Gives an account's latest draft up.
    async fn voids(&self, account: AccountId) {
        let bill = Utility::of(self).latest(account).bill;
        assert_eq!(bill.status, BillStatus::Draft);
        let void = move |tx: &mut Tx<'_>| -> Result<(), BillingRunError> {
            void_draft(tx, bill.id, "to be looked at")
        };
        let voided = self.app.db.write(self.stamp(), void).await;
        voided.expect("it is given up");
    }

    /// Takes an account's latest bill back.
    async fn cancels(&self, account: AccountId) {
        let bill = Utility::of(self).latest(account).bill.id;
        let cancel = move |tx: &mut Tx<'_>| -> Result<(), CancellationError> {
            cancel_bill(tx, bill, "not hers").map(drop)
        };
        let canceled = self.app.db.write(self.stamp(), cancel).await;
        canceled.expect("it is canceled");
    }
}

/// What the bills that went out to an account count, service by service.
fn billed(house: &TestApp, account: AccountId) -> Vec<Decimal> {
    let bills = Utility::of(house).issued(account);
    let services = bills.iter().flat_map(|bill| &bill.services);
    services.filter_map(|(_, quantity, _)| *quantity).collect()
}

fn gallons(all: &[i64]) -> Vec<Decimal> {
    all.iter().copied().map(Decimal::from).collect()
}

/// Nothing of these accounts goes out before it is drafted again; then it does.
async fn is_drafted_again(house: &TestApp, run: BillRunId, accounts: &[AccountId]) {
    let utility = Utility::of(house);
    utility.issue(run, "2026-08-04");
    for account in accounts {
        assert_eq!(utility.issued(*account).len(), 0);
        let reasons = utility.open_reasons(*account);
        assert_eq!(reasons, [ExceptionReason::ServiceChanged]);
    }
    let again = bill_runs::try_again(house.app.clone()).await;
    again.expect("they are drafted again");
    utility.issue(run, "2026-08-04");
    for account in accounts {
        assert!(utility.open_reasons(*account).is_empty());
    }
    house.is_sound().await;
}

fn span(row: &ServiceAgreementRow) -> (AccountId, NaiveDate, Option<NaiveDate>) {
    (row.account_id, row.from_on, row.until_on)
}

/// Contract: F4, F9
#[actix_web::test]
async fn service_in_a_landlords_name_is_undone_after_the_draft_that_knew_it_was_given_up() {
    let house = TestApp::start().await;
    let (lena, tomas, nina) = gone_on(&house).await;
    let hers = lena.household.account;
    house.july();
    assert_eq!(Utility::of(&house).latest(hers).services.len(), 2);
    house.voids(hers).await;
    house.voids(tomas.account).await;
    // His end moves to an earlier day, and hers begins with it.
    let earlier = day(SIXTH);
    house
        .stops(&tomas, earlier)
        .await
        .must_show("It goes on on the landlord's account");
    let served = house.served(tomas.account).await;
    assert_eq!(span(&served[1]), (hers, earlier, None));

    // Nina was there from that day on: Lena's service never was.
    let withdrawn = served[1].id;
    let point = served[1].service_point_id;
    house.moves_in_at(nina.account, point, earlier).await;
    let served = house.served(tomas.account).await;
    assert_eq!(served.len(), 2);
    assert_eq!(span(&served[1]), (nina.account, earlier, None));
    assert!(served[1].id > withdrawn, "no number is given twice");
    lena.visit("/premises").await;
    house.is_sound().await;
}

/// Contract: F4, F9
#[actix_web::test]
async fn service_in_a_landlords_name_is_undone_after_the_bill_that_knew_it_was_canceled() {
    let house = TestApp::start().await;
    let (lena, tomas, nina) = gone_on(&house).await;
    let hers = lena.household.account;
    let run = house.july();
    Utility::of(&house).issue(run, "2026-08-04");
    let point = house.point(tomas.account).await;
    let taken = house.tries_to_move_in(nina.account, point, day(LEFT)).await;
    assert!(taken.is_err(), "her bill stands");

    house.cancels(hers).await;
    let taken = house.tries_to_move_in(nina.account, point, day(LEFT)).await;
    assert!(
        matches!(taken, Err(ServiceError::Billed(until)) if until == day("2026-08-01")),
        "Nina's own bill for those days is out: {taken:?}"
    );
    house.cancels(nina.account).await;
    house.moves_in_at(nina.account, point, day(LEFT)).await;
    let served = house.served(tomas.account).await;
    let spans: Vec<_> = served.iter().map(span).collect();
    assert_eq!(spans[0].2, Some(day(LEFT)));
    assert_eq!(spans[1..], [(nina.account, day(LEFT), None)]);
    // The office sees what Lena has: her own water alone.
    let number = lena.household.number.as_str();
    let clerk = house.staff(Role::BillingClerk).await;
    let screen = clerk.visit(&format!("/office/accounts/{number}")).await;
    assert_eq!(screen.html.matches("/services/").count(), 2);
    house.is_sound().await;
}

/// Contract: F4, F9
#[actix_web::test]
async fn service_does_not_go_on_in_a_landlords_name_on_days_that_their_bill_is_out_for() {
    let house = TestApp::start().await;
    let (lena, tomas, _nina) = three(&house).await;
    let hers = lena.household.account;
    says(&lena, "continue").await;
    is_read(&house);
    let run = house.july();
    Utility::of(&house).issue(run, "2026-08-04");
    // The office hears late that he left, and takes his bill back.
    house.cancels(tomas.account).await;
    house
        .stops(&tomas, day(LEFT))
        .await
        .must_show("could not take it over");
    assert_eq!(house.served(tomas.account).await.len(), 1);
    let asked = Utility::of(&house).open_reasons(hers);
    assert_eq!(asked, [ExceptionReason::LandlordNotFollowed]);

    // With hers taken back too, it goes on from that day.
    house.cancels(hers).await;
    house
        .stops(&tomas, day(LEFT))
        .await
        .must_show("It goes on on the landlord's account");
    let served = house.served(tomas.account).await;
    assert_eq!(span(&served[1]), (hers, day(LEFT), None));
    house.is_sound().await;
}

/// Contract: F4, F9, F22
#[actix_web::test]
async fn drafts_made_before_an_end_moved_are_made_anew_and_each_day_is_billed_to_one() {
    let house = TestApp::start().await;
    let (lena, tomas, nina) = gone_on(&house).await;
    let (hers, his) = (lena.household.account, tomas.account);
    let run = house.july();
    house
        .stops(&tomas, day(SIXTH))
        .await
        .must_show("It goes on on the landlord's account");
    is_drafted_again(&house, run, &[hers, his]).await;
    assert_eq!(billed(&house, his), gallons(&[200]));
    assert_eq!(billed(&house, hers), gallons(&[1_200, 1_000]));
    assert_eq!(billed(&house, nina.account), gallons(&[1_200]));
}

/// Contract: F4, F22
#[actix_web::test]
async fn drafts_made_before_one_left_and_another_came_are_made_anew() {
    let house = TestApp::start().await;
    let (lena, tomas, nina) = three(&house).await;
    is_read(&house);
    let run = house.july();
    let point = house.point(tomas.account).await;
    house.stops(&tomas, day(LEFT)).await;
    house.moves_in_at(nina.account, point, day(LEFT)).await;
    is_drafted_again(&house, run, &[tomas.account, nina.account]).await;
    assert_eq!(billed(&house, tomas.account), gallons(&[400]));
    assert_eq!(billed(&house, nina.account), gallons(&[1_200, 800]));
    assert_eq!(billed(&house, lena.household.account), gallons(&[1_200]));
}

/// Contract: F4, F39, F40
#[actix_web::test]
async fn service_that_is_withdrawn_while_a_run_drafts_it_stops_no_run_and_is_on_no_draft() {
    let house = TestApp::start().await;
    let (lena, tomas, nina) = gone_on(&house).await;
    let (hers, point) = (lena.household.account, house.point(tomas.account).await);
    let (stamp, utility) = (by("Bill", "2026-08-04"), Utility::of(&house));
    let period = utility.period("2026-07-01");
    let open = move |tx: &mut Tx<'_>| billing::open_run(tx, period);
    let opened = house.app.db.write(stamp.clone(), open).await;
    let run = opened.expect("the run is opened");

    // Nina is served from the day on which Lena was to be. Her account is held before the run loads what is agreed, and the change is made
    // after it.
    let (held, is_held) = mpsc::channel();
    let (loaded, is_loaded) = mpsc::channel();
    let mut start = starts(nina.account, point, LEFT);
    let change = move |tx: &mut Tx<'_>| -> Result<(), ServiceError> {
        store::ledger::lock(tx, &[hers, nina.account])?;
        held.send(()).expect("the run waits");
        let looked = is_loaded.recv_timeout(Duration::from_secs(30));
        looked.expect("the run looks for another chunk");
        start(tx)
    };
    let db = house.app.db.clone();
    let drafter = std::thread::spawn(move || {
        let holds = is_held.recv_timeout(Duration::from_secs(30));
        holds.expect("the account is held");
        let mut looks = 0;
        draft_run(&db, &stamp, ZONE, run, |_| {
            looks += 1;
            // The one chunk is worked out when the run looks for another.
            if looks == 2 {
                loaded.send(()).expect("the change waits");
            }
        })
    });
    let changed = house.app.db.write(house.stamp(), change).await;
    changed.expect("Nina is served");
    let drafted = drafter.join().expect("the run ends");
    drafted.expect("nothing stops it");

    assert_eq!(utility.bills(hers).len(), 0);
    assert_eq!(utility.latest(tomas.account).bill.status, BillStatus::Draft);
    is_drafted_again(&house, run, &[hers, nina.account]).await;
    assert_eq!(billed(&house, hers), gallons(&[1_200]));
    assert_eq!(billed(&house, nina.account), gallons(&[1_200, 800]));
    assert_eq!(billed(&house, tomas.account), gallons(&[400]));
}
