//! What keeps paper from being mailed twice or not at all: canceled batches, pieces that were taken out, and papers that cannot be made.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use mainstay::domain::customers::Language;
use mainstay::domain::print::PullReason;
use mainstay::domain::staff::Role;
use mainstay::i18n::words;
use mainstay::store::db::Tx;
use mainstay::store::error::StoreError;
use mainstay::store::print::{self, Onward};
use mainstay::store::schema::{
    bill_deliveries, bill_documents, print_batches, print_letters, print_pieces, print_waits,
};
use mainstay::usecases::bill_cancellation::cancel_bill;
use mainstay::usecases::bill_papers::pack;
use mainstay::web::print_batches::{House, PrintFault, load, manifest};
use sha2::{Digest, Sha256};

use super::paper::{billed_on_paper, file, is_written_to, made, printed, waits};
use super::returns::billed;
use crate::support::app::TestApp;
use crate::support::billing::Utility;
use crate::support::judges::Pdf;
use crate::support::people::Household;

/// Contract: F48, F53
#[actix_web::test]
async fn a_canceled_batch_is_not_printed_and_keeps_no_letters() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let omar = house.customer("Omar").moved_in().await;
    billed(&house, &rosa, (true, false));
    is_written_to(&house, &omar).await;
    let clerk = house.staff(Role::BillingManager).await;
    let batch = made(&clerk).await;
    batch.must_show("Download the file to print");
    let canceled = batch.submit("Cancel the batch").await;
    assert!(!canceled.shows("Download the file to print"));
    assert!(!canceled.shows("Download the list"));
    for path in ["/office/print/1/pdf", "/office/print/1/manifest.csv"] {
        let page = clerk.visit(path).await;
        page.must_show("This batch was canceled, and there is nothing to print.");
    }
    let letters: i64 = house
        .database()
        .read(|conn| Ok(print_letters::table.count().get_result(conn)?));
    assert_eq!(letters, 0);
    // The command line reads the same.
    let (db, papers) = (house.app.db.clone(), House::of(&house.app.config));
    let read = move || {
        let batch = db.read_blocking(|conn| load(conn, mainstay::domain::ids::PrintBatchId(1)))?;
        let batch = batch.ok_or(StoreError::Missing("batch"))?;
        let file =
            mainstay::web::print_batches::file(&db, &papers, words(Language::English), &batch);
        assert!(matches!(file, Err(PrintFault::Canceled)));
        manifest(&batch)
    };
    let list = tokio::task::spawn_blocking(read).await.expect("it ends");
    assert!(matches!(list, Err(PrintFault::Canceled)));
}

async fn homes(house: &TestApp, names: &[&str]) -> Vec<Household> {
    let mut homes = Vec::new();
    for name in names {
        homes.push(house.customer(name).moved_in().await);
    }
    homes
}

/// Contract: F48, F53
#[actix_web::test]
async fn what_was_taken_out_leaves_a_page_that_says_so_in_its_place() {
    let house = TestApp::start().await;
    let homes = homes(&house, &["Ada", "Bruno", "Cleo"]).await;
    billed_on_paper(&house, &homes);
    let clerk = house.staff(Role::BillingManager).await;
    let batch = made(&clerk).await;
    let before = Pdf::of(&file(&clerk, "/office/print/1/pdf").await).words();
    batch
        .fill("position", "1")
        .fill("reason", "spoiled")
        .fill("note", "Torn")
        .submit("Take it out")
        .await;
    let bill = Utility::of(&house).latest(homes[1].account).bill;
    let cancel = move |tx: &mut Tx<'_>| cancel_bill(tx, bill.id, "The meter was another's");
    house.app.db.write(house.stamp(), cancel).await.unwrap();
    let after = Pdf::of(&file(&clerk, "/office/print/1/pdf").await).words();
    if let (Some(before), Some(after)) = (before, after) {
        let pages = |words: &str| words.split('\u{c}').map(str::to_owned).collect::<Vec<_>>();
        let (before, after) = (pages(&before), pages(&after));
        assert_eq!(before.len(), after.len(), "the numbering stays");
        let place = |number: &str| {
            let found = after.iter().find(|page| page.contains(number));
            found.expect("each piece has its place").clone()
        };
        for out in ["00001 · ", "00002 · "] {
            assert!(
                place(out).contains("This page is not mailed."),
                "{}",
                place(out)
            );
        }
        assert!(!place("00001 · ").contains("Ada") && !place("00002 · ").contains("Bruno"));
        assert!(place("00003 · ").contains("Cleo"));
    }
    let list = file(&clerk, "/office/print/1/manifest.csv").await;
    let list = String::from_utf8(list).unwrap();
    let ends: Vec<&str> = list
        .lines()
        .map(|row| row.rsplit(',').next().unwrap())
        .collect();
    assert_eq!(ends, ["status", "taken_out", "taken_out", "mail"]);
}

/// Contract: F49, F53
#[actix_web::test]
async fn a_paper_that_cannot_be_made_stops_no_other() {
    let house = TestApp::start().await;
    let homes = homes(&house, &["Ada", "Ben"]).await;
    billed_on_paper(&house, &homes);
    let bill = Utility::of(&house).latest(homes[0].account).bill.id;
    let broken = b"not a paper";
    diesel::insert_into(bill_documents::table)
        .values((
            bill_documents::bill_id.eq(bill),
            bill_documents::kind.eq("bill"),
            bill_documents::language.eq("en-US"),
            bill_documents::sha256.eq(hex::encode(Sha256::digest(broken))),
            bill_documents::size_bytes.eq(11),
            bill_documents::packed.eq(pack(broken)),
            bill_documents::made_by.eq("somebody"),
            bill_documents::made_at.eq("2026-07-05T12:00:00".parse::<NaiveDateTime>().unwrap()),
        ))
        .execute(&mut house.database().connect())
        .unwrap();
    let clerk = house.staff(Role::BillingManager).await;
    made(&clerk).await;
    assert_eq!(printed(&house), [Some(homes[1].account)]);
    assert_eq!(
        waits(&house),
        (1, 0),
        "it is tried again with the next batch"
    );
    let page = clerk.visit("/office/print").await;
    page.must_show("Its paper was not made")
        .must_show("it is not a PDF");
    let again = page.submit("Make a batch").await;
    again.must_show("Nothing waits for the printer that can be addressed.");
}

/// Contract: F48, F53
#[actix_web::test]
async fn a_piece_is_taken_out_of_the_batch_that_holds_it_and_no_other() {
    let house = TestApp::start().await;
    let homes = homes(&house, &["Ada"]).await;
    billed_on_paper(&house, &homes);
    let clerk = house.staff(Role::BillingManager).await;
    made(&clerk).await;
    let batch = mainstay::domain::ids::PrintBatchId(1);
    let line = house
        .database()
        .read(|conn| print::list_items(conn, batch, (0, 1)));
    let item = line.into_iter().next().expect("one piece").item;
    // Mailed meanwhile.
    diesel::update(print_pieces::table)
        .set(print_pieces::ending.eq("mailed"))
        .execute(&mut house.database().connect())
        .unwrap();
    let pull =
        move |tx: &mut Tx<'_>| print::pull(tx, &item, (PullReason::Spoiled, "Torn"), Onward::Waits);
    let was_held: bool = house.app.db.write(house.stamp(), pull).await.unwrap();
    assert!(!was_held);
}

/// Contract: F48
#[actix_web::test]
async fn nothing_is_sent_before_it_was_put_together() {
    let house = TestApp::start().await;
    let homes = homes(&house, &["Ada"]).await;
    billed_on_paper(&house, &homes);
    let clerk = house.staff(Role::BillingManager).await;
    made(&clerk).await;
    // In the evening, after noon.
    let made_at: NaiveDateTime = "2026-07-06T01:30:00".parse().unwrap();
    diesel::update(print_batches::table)
        .set(print_batches::made_at.eq(made_at))
        .execute(&mut house.database().connect())
        .unwrap();
    house.set_day("2026-07-08");
    let clerk = house.staff(Role::BillingManager).await;
    let page = clerk.visit("/office/print/1").await;
    page.fill("mailed_on", "2026-07-05")
        .submit("Confirm mailing")
        .await
        .must_show("Mailed");
    let sent: NaiveDateTime = house.database().read(|conn| {
        Ok(bill_deliveries::table
            .filter(bill_deliveries::state.eq("sent"))
            .select(bill_deliveries::at)
            .first(conn)?)
    });
    assert_eq!(sent, made_at);
}

/// Contract: F48, F53
#[actix_web::test]
async fn waiting_takes_no_row_by_the_bill() {
    let house = TestApp::start().await;
    let homes = homes(&house, &["Ada", "Ben", "Cleo"]).await;
    billed_on_paper(&house, &homes);
    let rows = || -> (i64, i64) {
        house.database().read(|conn| {
            Ok((
                print_waits::table.count().get_result(conn)?,
                print_pieces::table.count().get_result(conn)?,
            ))
        })
    };
    assert_eq!(rows(), (1, 0));
    assert_eq!(waits(&house), (3, 0));
    Utility::of(&house).assert_sound();
    let bill = Utility::of(&house).latest(homes[1].account).bill;
    let cancel = move |tx: &mut Tx<'_>| cancel_bill(tx, bill.id, "The meter was another's");
    house.app.db.write(house.stamp(), cancel).await.unwrap();
    assert_eq!(waits(&house), (2, 0));
    Utility::of(&house).assert_sound();
    let clerk = house.staff(Role::BillingManager).await;
    made(&clerk).await;
    let held = [Some(homes[0].account), Some(homes[2].account)];
    assert_eq!(printed(&house), held);
    assert_eq!(rows(), (0, 3));
    Utility::of(&house).assert_sound();
}
