//! Two people change who is served at a place at the same moment: one of them waits, and nobody is served where somebody else is.

use std::sync::mpsc;
use std::time::Duration;

use mainstay::domain::ids::{AccountId, ServicePointId};
use mainstay::domain::landlords::Instruction;
use mainstay::store;
use mainstay::store::db::Tx;
use mainstay::store::error::StoreError;
use mainstay::usecases::accounts::landlords::instruct;
use mainstay::usecases::accounts::services::{
    NewAgreement, ServiceError, start_service, stop_service,
};

use super::landlords::rented;
use crate::support::app::TestApp;

/// Two changes: the second begins when the first is made and not yet committed.
pub async fn at_once<T, E, U, F>(
    house: &TestApp,
    mut first: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    second: impl FnMut(&mut Tx<'_>) -> Result<U, F> + Send + 'static,
) -> (Result<T, E>, Result<U, F>)
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    U: Send + 'static,
    F: From<StoreError> + Send + 'static,
{
    let (made, is_made) = mpsc::channel();
    let slow = move |tx: &mut Tx<'_>| {
        let answer = first(tx);
        made.send(()).expect("the second waits");
        // Whoever does not wait has gone past by then.
        std::thread::sleep(Duration::from_millis(300));
        answer
    };
    let db = &house.app.db;
    let then = async {
        while is_made.try_recv().is_err() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        db.write(house.stamp(), second).await
    };
    tokio::join!(db.write(house.stamp(), slow), then)
}

/// Somebody starts service at a point.
pub fn starts(
    account: AccountId,
    point: ServicePointId,
    on: &str,
) -> impl FnMut(&mut Tx<'_>) -> Result<(), ServiceError> + Send + 'static {
    let new = NewAgreement {
        account,
        point,
        rate_code: "W-1".to_owned(),
        facts: serde_json::json!({}),
        from_on: on.parse().expect("a day"),
    };
    move |tx| start_service(tx, &new).map(drop)
}

/// Contract: F4
#[actix_web::test]
async fn of_two_who_start_service_at_once_one_is_told_that_the_other_is_served() {
    let house = TestApp::start().await;
    let (_lena, tomas) = rented(&house).await;
    house.stops(&tomas, house.app.clock.today()).await;
    let point = house.point(tomas.account).await;
    let nina = house.customer("Nina").moved_in().await;
    let omar = house.customer("Omar").moved_in().await;
    let on = "2026-07-09";
    let (one, other) = at_once(
        &house,
        starts(nina.account, point, on),
        starts(omar.account, point, on),
    )
    .await;
    assert!(one.is_ok(), "{one:?}");
    assert!(
        matches!(&other, Err(ServiceError::PointTaken { by }) if *by == nina.number),
        "{other:?}"
    );
    // The same form sent twice starts it once.
    house
        .stops(&nina, "2026-07-20".parse().expect("a day"))
        .await;
    let late = "2026-07-20";
    let (one, again) = at_once(
        &house,
        starts(omar.account, point, late),
        starts(omar.account, point, late),
    )
    .await;
    assert!(one.is_ok(), "{one:?}");
    assert!(matches!(again, Err(ServiceError::PointTaken { .. })));
    house.is_sound().await;
}

/// Contract: F4, F9
#[actix_web::test]
async fn a_landlord_who_goes_on_while_somebody_else_moves_in_gives_way() {
    let house = TestApp::start().await;
    let (lena, tomas) = rented(&house).await;
    let (hers, his) = (lena.household.account, tomas.account);
    let row = house.served(his).await.remove(0);
    let point = row.service_point_id;
    let nina = house.customer("Nina").moved_in().await;
    let end = "2026-07-15";
    let on = end.parse().expect("a day");

    // The office starts Nina's service while she says it.
    house.stops(&tomas, on).await;
    let say = move |tx: &mut Tx<'_>| -> Result<bool, StoreError> {
        let (premise, _) = store::service::place_of(tx, point)?;
        instruct(tx, hers, premise, Instruction::Continue)
    };
    let (said, begun) = at_once(&house, say, starts(nina.account, point, end)).await;
    assert!(
        matches!(said, Ok(true)) && begun.is_ok(),
        "{said:?}, {begun:?}"
    );
    let served = house.served(his).await;
    assert_eq!(served.len(), 2);
    assert_eq!(served[1].account_id, nina.account);
    house.is_sound().await;

    // The office ends Rosa's service, and it goes on in her name, while Nina's is started.
    let rosa = house.customer("Rosa").moved_in().await;
    house.notes_landlord(hers, rosa.account).await;
    let point = house.point(rosa.account).await;
    house.says_for(&lena, point, Instruction::Continue).await;
    let id = house.served(rosa.account).await[0].id;
    let stop = move |tx: &mut Tx<'_>| stop_service(tx, rosa.account, id, on);
    let (ended, begun) = at_once(&house, stop, starts(nina.account, point, end)).await;
    assert!(ended.is_ok() && begun.is_ok(), "{ended:?}, {begun:?}");
    let served = house.served(rosa.account).await;
    assert_eq!(served.len(), 2);
    assert_eq!(served[1].account_id, nina.account);
    house.is_sound().await;
}
