//! A meter goes on the day on which service ended, after its final bill went out.

use mainstay::domain::ids::{AccountId, ServiceAgreementId};
use mainstay::store::db::{Conn, Tx};
use mainstay::store::error::StoreError;
use mainstay::store::{meters, service};
use mainstay::usecases::accounts::services::{ServiceError, stop_service};
use mainstay::usecases::meters::{Face, MeterError, Removal, remove_meter};
use mainstay::usecases::read_entry::Confirmation;

use crate::support::app::TestApp;
use crate::support::billing::{Utility, ZONE, by, day, dollars, water};

async fn stop(house: &TestApp, account: AccountId, on: &'static str) {
    let find = move |conn: &mut Conn| -> Result<ServiceAgreementId, StoreError> {
        Ok(service::list_after(conn, account, day(on))?[0].0.id)
    };
    let id = house.app.db.read(find).await.expect("it is served");
    let stop = move |tx: &mut Tx<'_>| stop_service(tx, account, id, day(on)).map(drop);
    let stopped: Result<(), ServiceError> = house.app.db.write(by("Cora", on), stop).await;
    stopped.expect("service ends");
}

/// Contract: F19, F35
#[actix_web::test]
async fn a_meter_is_taken_down_on_the_day_of_the_final_bills_last_read() {
    let house = TestApp::start().await;
    house.set_day("2026-03-10");
    let utility = Utility::open(&house.app.db);
    utility.sells_water();
    let account = utility.household("2026-01-01", vec![water("MAIN")]);
    utility.reads("MAIN", &[("2026-01-01", 0), ("2026-01-20", 2_000)]);
    stop(&house, account, "2026-01-20").await;
    utility.bill("2026-01-01", "2026-02-04");
    assert_eq!(utility.latest(account).charged("use"), dollars("10.00"));
    assert_eq!(utility.latest(account).bill.until_on, day("2026-02-01"));

    let register = utility.register("MAIN");
    let remove = |on: &'static str, value: i64| {
        move |tx: &mut Tx<'_>| {
            let meter = meters::find_by_serial(tx, "MAIN")?.expect("it is known").id;
            let confirmation = Confirmation::default();
            let shown = vec![Face {
                register,
                value: value.into(),
                confirmation,
            }];
            let on = day(on);
            remove_meter(tx, ZONE, &Removal { meter, on, shown })
        }
    };
    let db = &house.app.db;
    let billed = db.write(house.stamp(), remove("2026-01-19", 1_900)).await;
    assert!(
        matches!(billed, Err(MeterError::Billed(until)) if until == day("2026-01-20")),
        "{billed:?}"
    );
    let more = db.write(house.stamp(), remove("2026-01-20", 2_100)).await;
    assert!(
        matches!(more, Err(MeterError::EndsWithBill(on)) if on == day("2026-01-20")),
        "{more:?}"
    );
    let gone = db.write(house.stamp(), remove("2026-01-20", 2_000)).await;
    gone.expect("it shows what the final bill says");
    utility.assert_sound();
}
