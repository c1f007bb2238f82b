//! The bill on paper, asked for by its customer and by the office, and kept with the bill (F30, F47, F53).

use diesel::prelude::*;
use mainstay::domain::customers::Language;
use mainstay::domain::ids::BillNumber;
use mainstay::domain::staff::Role;
use mainstay::jobs::bill_papers;
use mainstay::store::db::Tx;
use mainstay::store::error::StoreError;
use mainstay::store::schema::{accounts, bill_documents, bills};

use crate::portal::bills::billed;
use crate::portal::understanding::two_months;
use crate::support::app::TestApp;
use crate::support::judges::Pdf;
use crate::support::visitor::Visitor;

/// The file behind an address, with its headers looked at.
async fn file(visitor: &Visitor, path: &str) -> Vec<u8> {
    let response = visitor
        .request(reqwest::Method::GET, path)
        .send()
        .await
        .expect("the server answers");
    assert_eq!(response.status().as_u16(), 200, "{path}");
    let header = |name: &str| {
        let value = response.headers().get(name).expect(name);
        value.to_str().expect("plain letters").to_owned()
    };
    assert_eq!(header("content-type"), "application/pdf");
    assert!(header("content-disposition").starts_with("inline; filename=\"bill-"));
    assert_eq!(header("cache-control"), "private, no-store");
    response.bytes().await.expect("the file arrives").to_vec()
}

fn kept(house: &TestApp) -> i64 {
    house
        .database()
        .read(|conn| Ok(bill_documents::table.count().get_result(conn)?))
}

/// Contract: F47, F53
#[actix_web::test]
async fn a_customer_has_the_bill_on_paper_and_a_neighbor_has_not() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let (_, latest) = billed(&house, &rosa.household);
    let page = rosa.visit(&format!("/bills/{latest}")).await;
    let path = format!("/bills/{latest}/pdf");
    assert_eq!(
        page.attribute(&format!("a[href='{path}']"), "href"),
        Some(path.clone())
    );
    let paper = file(&rosa, &path).await;
    assert_eq!(paper, file(&rosa, &path).await, "the same bytes again");
    if let Some(words) = Pdf::of(&paper).words() {
        let number = rosa.household.number.to_string();
        for said in [
            "June 2026 bill",
            &number,
            "First 3,000 gallons",
            "3 thousand gallons at $3.42",
            "$10.26",
            "Next 7,000 gallons",
            "$29.32",
            "$48.78",
            "Payment Jun 20",
        ] {
            let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(flat.contains(said), "{said}: {words}");
        }
    }
    let neighbor = house.customer("Omar").signed_in().await;
    neighbor.meets(&path, 404).await;
    neighbor.meets("/bills/100000000008/pdf", 404).await;
    assert_eq!(kept(&house), 0, "looking keeps nothing");
}

/// June's electricity was counted hour by hour: 30 days of 25 kWh.
///
/// Contract: F37, F53
#[actix_web::test]
async fn days_that_a_meter_counted_by_itself_stand_on_paper_as_on_the_page() {
    let house = TestApp::start().await;
    let rosa = two_months(&house, Language::English).await;
    let page = rosa.visit("/bills").await.follow("June 2026 bill").await;
    page.must_show("Jun 30, 2026 (30 days)");
    let paper = file(&rosa, &format!("{}/pdf", page.path)).await;
    let Some(words) = Pdf::of(&paper).words() else {
        return;
    };
    let meter: String = rosa
        .household
        .email
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    for said in [format!("Meter E{meter:0>6}"), "750 kWh · Actual".to_owned()] {
        let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(&said), "{said}: {words}");
    }
}

/// Contract: F30, F53
#[actix_web::test]
async fn the_paper_is_kept_with_the_bill_and_stays_as_it_was() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let (first, latest) = billed(&house, &rosa.household);
    let path = format!("/bills/{latest}/pdf");
    let before = file(&rosa, &path).await;
    bill_papers::run(house.app.clone()).await.expect("a round");
    assert_eq!(kept(&house), 2, "both bills have their papers");
    bill_papers::run(house.app.clone()).await.expect("a round");
    assert_eq!(kept(&house), 2, "once");
    assert_eq!(
        before,
        file(&rosa, &path).await,
        "what was kept is what was shown"
    );
    // Whoever moves the account to another language later does not change what was sent.
    let account = rosa.household.account;
    let moved = move |tx: &mut Tx<'_>| {
        diesel::update(accounts::table.find(account))
            .set(accounts::language.eq("es-US"))
            .execute(tx.conn())?;
        Ok::<_, StoreError>(())
    };
    house
        .app
        .db
        .write(house.stamp(), moved)
        .await
        .expect("the account is changed");
    assert_eq!(before, file(&rosa, &path).await);
    let office = house.staff(Role::Csr).await;
    assert_eq!(before, file(&office, &format!("/office{path}")).await);
    let page = office.visit(&format!("/office/bills/{first}")).await;
    page.must_show("Download PDF");
    assert!(kept_is_append_only(&house, &latest).await);
}

async fn kept_is_append_only(house: &TestApp, number: &BillNumber) -> bool {
    let number = number.clone();
    let change = move |tx: &mut Tx<'_>| {
        let bill: i64 = bills::table
            .filter(bills::number.eq(number.as_str()))
            .select(bills::id)
            .first(tx.conn())?;
        diesel::update(bill_documents::table.filter(bill_documents::bill_id.eq(bill)))
            .set(bill_documents::sha256.eq("another"))
            .execute(tx.conn())?;
        Ok::<_, StoreError>(())
    };
    house.app.db.write(house.stamp(), change).await.is_err()
}

/// Contract: F47
#[actix_web::test]
async fn an_account_that_wants_spanish_has_spanish_paper_whoever_asks() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").speaking_spanish().signed_in().await;
    let (_, latest) = billed(&house, &rosa.household);
    let office = house.staff(Role::Csr).await;
    let paper = file(&office, &format!("/office/bills/{latest}/pdf")).await;
    assert_eq!(paper, file(&rosa, &format!("/bills/{latest}/pdf")).await);
    if let Some(words) = Pdf::of(&paper).words() {
        assert!(words.contains("Talón de pago"), "{words}");
    }
}
