//! Service in a landlord's name that bills and drafts knew: undone once none of them stands, and billed for its own days alone.

use chrono::NaiveDate;
use mainstay::domain::bills::BillStatus;
use mainstay::domain::ids::{AccountId, BillRunId};
use mainstay::domain::staff::Role;
use mainstay::store::db::Tx;
use mainstay::store::service::ServiceAgreementRow;
use mainstay::usecases::bill_cancellation::{CancellationError, cancel_bill};
use mainstay::usecases::billing::{BillingRunError, void_draft};

use super::landlords::{rented, says};
use crate::support::app::TestApp;
use crate::support::billing::{Utility, day};
use crate::support::people::{Customer, Household};

/// Lena's own meter, and that of the house she rents out.
const METERS: [&str; 2] = ["W000001-1", "W000002-1"];

/// The day from which the water of the house is Lena's.
const LEFT: &str = "2026-07-11";

/// Lena's tenant leaves on the eleventh of July, and she goes on; the meters were read on the days that matter.
async fn gone_on(house: &TestApp) -> (Customer, Household) {
    let (lena, tomas) = rented(house).await;
    says(&lena, "continue").await;
    house.stops(&tomas, day(LEFT)).await;
    house.set_day("2026-08-04");
    let utility = Utility::of(house);
    for meter in METERS {
        let days = ["2026-07-01", "2026-07-06", LEFT, "2026-08-01"];
        let reads: Vec<(&str, i64)> = days.into_iter().zip([100, 300, 500, 1_300]).collect();
        utility.reads(meter, &reads);
    }
    (lena, tomas)
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

fn span(row: &ServiceAgreementRow) -> (AccountId, NaiveDate, Option<NaiveDate>) {
    (row.account_id, row.from_on, row.until_on)
}

/// Contract: F4, F9
#[actix_web::test]
async fn service_in_a_landlords_name_is_undone_after_the_draft_that_knew_it_was_given_up() {
    let house = TestApp::start().await;
    let (lena, tomas) = gone_on(&house).await;
    let hers = lena.household.account;
    house.july();
    assert_eq!(Utility::of(&house).latest(hers).services.len(), 2);
    house.voids(hers).await;
    house.voids(tomas.account).await;
    // His end moves to an earlier day, and hers begins with it.
    let earlier = day("2026-07-06");
    house
        .stops(&tomas, earlier)
        .await
        .must_show("It goes on on the landlord's account");
    let served = house.served(tomas.account).await;
    assert_eq!(span(&served[1]), (hers, earlier, None));

    // Nina was there from that day on: Lena's service never was.
    let withdrawn = served[1].id;
    let nina = house.customer("Nina").moved_in().await;
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
    let (lena, tomas) = gone_on(&house).await;
    let hers = lena.household.account;
    let run = house.july();
    Utility::of(&house).issue(run, "2026-08-04");
    let nina = house.customer("Nina").moved_in().await;
    let point = house.point(tomas.account).await;
    let taken = house.tries_to_move_in(nina.account, point, day(LEFT)).await;
    assert!(taken.is_err(), "her bill stands");

    house.cancels(hers).await;
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
