//! The processor's messages while the server is killed again and again: every payment is posted once, to the cent.

use std::time::{Duration, Instant};

use diesel::prelude::*;
use mainstay::domain::ids::AccountId;
use mainstay::domain::ledger::EntryKind;
use mainstay::domain::money::Money;
use mainstay::domain::payments::PaymentState;
use mainstay::store::db::Conn;
use mainstay::store::error::StoreError;
use mainstay::store::provider_events;
use mainstay::store::schema::{ledger_entries, payments, sandbox_deliveries};
use mainstay::usecases::sandbox::till::Switches;
use tempfile::TempDir;

use crate::support::app::TestApp;
use crate::support::db::ClosedDb;
use crate::support::process::{Server, drawn, said};

/// How many households pay; every third by a bank account that settles when its days have passed.
const HOMES: i64 = 45;

/// What each household owes, in cents.
const OWED: i64 = 8_410;

/// What a household pays, in cents: some all of it, some a part, some too much.
const fn paid(place: i64) -> i64 {
    OWED + (place % 3 - 1) * (100 + place)
}

/// A house in which everybody has paid on the processor's page, and no message has gone out yet. Nobody has it open.
async fn everybody_paid() -> ClosedDb {
    let house = TestApp::start().await;
    house
        .switches(Switches {
            duplicates: true,
            reorder: true,
            drop: false,
        })
        .await;
    for place in 0..HOMES {
        let home = house.customer("Rosa").owing("$84.10").moved_in().await;
        let payment = house.requests(home.account, paid(place)).await;
        let session = house.opens(&payment).await;
        house.remembers(&payment, &session).await;
        let instrument = match place % 3 {
            0 => "pm_usBankAccount_success",
            _ => "pm_card_visa",
        };
        house.pays(&session, instrument).await;
    }
    house.close().await
}

/// Messages that have not gone out and messages that are not worked on.
fn waiting(conn: &mut Conn) -> Result<i64, StoreError> {
    let undelivered: i64 = sandbox_deliveries::table
        .filter(sandbox_deliveries::state.eq("waiting"))
        .count()
        .get_result(conn)?;
    Ok(undelivered + provider_events::count_open(conn)?)
}

fn succeeded(conn: &mut Conn) -> Result<i64, StoreError> {
    Ok(payments::table
        .filter(payments::state.eq(PaymentState::Succeeded))
        .count()
        .get_result(conn)?)
}

/// Contract: F57
#[actix_web::test]
async fn a_webhook_worker_killed_twenty_times_posts_every_payment_once() {
    let house = everybody_paid().await;
    let folder = TempDir::new().expect("a folder");
    let mut in_the_middle = 0;
    for turn in 0..20 {
        let server = Server::start(&house.url, folder.path());
        std::thread::sleep(Duration::from_millis(drawn(turn, 250)));
        server.kill();
        in_the_middle += u32::from(house.look(waiting) > 0);
    }
    assert!(
        in_the_middle >= 8,
        "killed in the middle {in_the_middle} times"
    );

    // On PostgreSQL a message that a killed worker had taken is another's after a minute.
    let patience = Instant::now() + Duration::from_secs(180);
    let server = Server::start(&house.url, folder.path());
    while house.look(succeeded) < HOMES || house.look(waiting) > 0 {
        assert!(
            Instant::now() < patience,
            "{} of {HOMES} payments succeeded, {} messages wait",
            house.look(succeeded),
            house.look(waiting)
        );
        std::thread::sleep(Duration::from_millis(250));
    }
    server.kill();

    let accounts: Vec<(AccountId, Money)> = house.look(|conn| {
        Ok(payments::table
            .order(payments::id)
            .select((payments::account_id, payments::amount_cents))
            .load(conn)?)
    });
    assert_eq!(accounts.len(), usize::try_from(HOMES).unwrap());
    for (place, (account, amount)) in (0..).zip(accounts) {
        assert_eq!(amount.cents(), paid(place));
        let posted: Vec<Money> = house.look(|conn| {
            Ok(ledger_entries::table
                .filter(ledger_entries::account_id.eq(account))
                .filter(ledger_entries::kind.eq(EntryKind::Payment))
                .select(ledger_entries::receivable_cents)
                .load(conn)?)
        });
        let wanted = [Money::from_cents(-paid(place))];
        assert_eq!(posted, wanted, "household {place}");
    }
    let sound = said(&house.url, folder.path(), &["check"]);
    assert!(sound.starts_with("Sound"), "{sound}");
}
