//! Mails of bills while the process that sends them is killed again and again: none is lost, none comes as another, and no more come twice than
//! were in the hands of the server at the moment.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use mainstay::domain::commodity::Commodity;
use mainstay::domain::ids::CycleId;
use mainstay::jobs::deliver_notices::UNSURE;
use mainstay::store::db::{Conn, Tx};
use mainstay::store::error::StoreError;
use mainstay::store::schema::{bill_deliveries, notices};
use mainstay::usecases::accounts::{AccountError, NewAccount, open_accounts};
use serde_json::json;
use tempfile::TempDir;

use crate::support::app::TestApp;
use crate::support::billing::{Utility, fixed, new_account, unmetered};
use crate::support::db::ClosedDb;
use crate::support::process::{Server, drawn, said};
use crate::support::servers::slow_mail_server;

/// How many households get their bill by mail.
const HOMES: usize = 600;

/// How long a slow machine may take to start the sender and to send.
const PATIENCE: Duration = Duration::from_secs(120);

/// How often the sender is killed.
const KILLS: u64 = 10;

fn home(cycle: CycleId, place: usize) -> NewAccount {
    let class = mainstay::domain::accounts::AccountClass::Residential;
    let services = vec![unmetered(Commodity::Refuse, "T-1")];
    let mut new = new_account(cycle, "2026-06-01", class, services);
    new.customer.email = Some(format!("home{place}@post.example"));
    new.premise.line_1 = format!("{} Prairie Street", 1_000 + place);
    new
}

/// A house in which everybody's bill was issued and no mail has left. Nobody has it open.
async fn everybody_billed() -> ClosedDb {
    let house = TestApp::start().await;
    house.customer("Rosa").moved_in().await;
    let cycle = Utility::of(&house).cycle();
    let homes: Vec<NewAccount> = (0..HOMES).map(|place| home(cycle, place)).collect();
    let open = move |tx: &mut Tx<'_>| -> Result<(), AccountError> {
        open_accounts(tx, &homes)?;
        Ok(())
    };
    house
        .app
        .db
        .write(house.stamp(), open)
        .await
        .expect("they move in");
    house.set_day("2026-07-05");
    let utility = Utility::of(&house);
    let charges = json!({ "charges": [fixed("base", "18.00")] });
    utility.publish("2025-01-01", "T-1", "refuse", charges);
    utility.bill("2026-06-01", "2026-07-04");
    house.close().await
}

/// Bills whose mail waits.
fn waiting(conn: &mut Conn) -> Result<i64, StoreError> {
    Ok(notices::table
        .filter(notices::kind.eq("bill_ready"))
        .filter(notices::state.eq("queued"))
        .count()
        .get_result(conn)?)
}

/// What was claimed by a sender that is dead may be claimed again: the minutes for which it was have passed.
fn minutes_pass(house: &ClosedDb) {
    diesel::update(notices::table.filter(notices::state.eq("queued")))
        .set(notices::next_at.eq(notices::created_at))
        .execute(&mut house.connect())
        .expect("time passes");
}

/// The value of a mail's header.
fn header<'a>(mail: &'a str, name: &str) -> &'a str {
    let line = mail.lines().find_map(|line| line.strip_prefix(name));
    line.expect("the header").trim()
}

/// Contract: F115, F117
#[actix_web::test]
async fn of_bills_mailed_by_a_process_killed_ten_times_none_is_lost_and_few_come_twice() {
    let house = everybody_billed().await;
    let count = i64::try_from(HOMES).expect("a few");
    assert_eq!(house.look(waiting), count);
    let folder = TempDir::new().expect("a folder");
    let (address, received) = slow_mail_server(Duration::from_millis(120));
    let settings = [("SMTP_URL", address.as_str())];
    let mut in_the_middle = 0;
    for turn in 0..KILLS {
        let before = house.look(waiting);
        let server = Server::start_with(&house.url, folder.path(), &settings);
        let few = before - i64::try_from(1 + drawn(turn, 40)).expect("a few");
        let patience = Instant::now() + PATIENCE;
        while house.look(waiting) > few.max(0) && Instant::now() < patience {
            std::thread::sleep(Duration::from_millis(5));
        }
        server.kill();
        let left = house.look(waiting);
        in_the_middle += u32::from(left > 0 && left < before);
        minutes_pass(&house);
    }
    assert!(
        in_the_middle >= 3,
        "killed in the middle {in_the_middle} times"
    );

    let patience = Instant::now() + PATIENCE;
    let server = Server::start_with(&house.url, folder.path(), &settings);
    while house.look(waiting) > 0 {
        assert!(Instant::now() < patience, "{} wait", house.look(waiting));
        std::thread::sleep(Duration::from_millis(100));
    }
    server.kill();

    let mut mails: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for mail in received
        .try_iter()
        .filter(|mail| mail.contains("Your bill is ready"))
    {
        let to = header(&mail, "To: ").to_owned();
        let id = header(&mail, "Message-ID: ").to_owned();
        mails.entry(to).or_default().push(id);
    }
    assert_eq!(mails.len(), HOMES, "none is lost");
    assert!(
        mails
            .values()
            .flatten()
            .all(|id| id.starts_with("<notice-"))
    );
    for ids in mails.values() {
        assert!(
            ids.iter().all(|id| *id == ids[0]),
            "one mail, one name: {ids:?}"
        );
    }
    let twice: usize = mails.values().map(|ids| ids.len() - 1).sum();
    let most = usize::try_from(KILLS).expect("a few") * UNSURE;
    assert!(twice <= most, "{twice} came again, {most} may");

    // What we say of it is true once: each bill left by mail one time.
    let sent: Vec<i64> = house.look(|conn| {
        Ok(bill_deliveries::table
            .filter(bill_deliveries::state.eq("sent"))
            .group_by(bill_deliveries::bill_id)
            .select(diesel::dsl::count_star())
            .load(conn)?)
    });
    assert_eq!(sent.len(), HOMES);
    assert!(sent.iter().all(|steps| *steps == 1), "{sent:?}");
    let sound = said(&house.url, folder.path(), &["check"]);
    assert!(sound.starts_with("Sound"), "{sound}");
}
