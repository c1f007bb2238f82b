//! A house that stands empty: its services are suspended for a time.

use mainstay::store::schema::service_suspensions;
use mainstay::usecases::service::{ServiceError, Suspension, suspend_services};

use crate::support::app::TestApp;

use diesel::prelude::*;

#[actix_web::test]
async fn a_house_that_stands_empty_is_suspended_once() {
    let app = TestApp::start().await;
    let ingrid = app.customer("Ingrid").moved_in().await.account;
    let time = Suspension {
        from_on: app.app.clock.today(),
        until_on: Some(app.app.clock.today() + chrono::Days::new(150)),
        reason: "Closed for the winter".to_owned(),
    };
    let suspend = |time: Suspension| {
        let stamp = app.stamp();
        let work = move |tx: &mut mainstay::store::db::Tx<'_>| suspend_services(tx, ingrid, &time);
        app.app.db.write(stamp, work)
    };
    assert_eq!(suspend(time.clone()).await.unwrap(), 1);
    assert_eq!(suspend(time.clone()).await.unwrap(), 0, "asked twice");
    let backward = Suspension {
        until_on: Some(time.from_on),
        ..time.clone()
    };
    assert!(matches!(
        suspend(backward).await,
        Err(ServiceError::EndsFirst)
    ));
    let early = Suspension {
        from_on: time.from_on - chrono::Days::new(4_000),
        until_on: None,
        ..time
    };
    assert!(matches!(
        suspend(early).await,
        Err(ServiceError::NotServed(_))
    ));
    let rows: i64 = app
        .database()
        .read(|conn| Ok(service_suspensions::table.count().get_result(conn)?));
    assert_eq!(rows, 1);
}
