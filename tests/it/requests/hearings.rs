//! An informal hearing of a dispute: set, moved, held, recorded; and the packet for whoever judges it afterwards.

use mainstay::domain::staff::Role;
use reqwest::Method;

use super::disputes::dispute;
use crate::portal::bills::billed;
use crate::support::app::TestApp;

/// Contract: F88, F91
#[actix_web::test]
async fn a_customer_is_heard_and_reads_what_was_recorded() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let (_, june) = billed(&house, &rosa.household);
    let bill = rosa.visit(&format!("/bills/{june}")).await;
    let open = dispute(&bill, "").await;
    let csr = house.staff(Role::Csr).await;
    let bench = csr.visit(&format!("/office{}", open.path)).await;
    let refused = bench
        .fill("hearing_on", "2026-07-01")
        .fill("hearing_hour", "two")
        .fill("hearing_place", "City Hall, room 4")
        .submit("Set it and tell the customer")
        .await;
    refused.must_show("Choose today or a later day.");
    let set = refused
        .fill("hearing_on", "2026-07-10")
        .fill("hearing_hour", "14:30")
        .submit("Set it and tell the customer")
        .await;
    set.must_show("Friday, July 10, 14:30");
    open.reload()
        .await
        .must_show("Friday, July 10, 14:30")
        .must_show("City Hall, room 4");
    let early = set
        .fill("hearing_attended", "Rosa, Clara")
        .fill("hearing_words", "The meter is tested.")
        .submit("Record it and tell the customer")
        .await;
    early.must_show("The hearing is on Jul 10, 2026.");
    house.set_day("2026-07-10");
    let recorded = early.submit("Record it and tell the customer").await;
    recorded.must_show("Rosa, Clara");
    open.reload().await.must_show("The meter is tested.");
}

/// Contract: F91, F130
#[actix_web::test]
async fn the_packet_is_whole_for_a_court_and_says_nobodys_name_in_public() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let (_, june) = billed(&house, &rosa.household);
    let bill = rosa.visit(&format!("/bills/{june}")).await;
    let open = dispute(&bill, "").await;
    let manager = house.staff(Role::BillingManager).await;
    let bench = manager.visit(&format!("/office{}", open.path)).await;
    bench.must_show("Packet");
    let fetch = async |path: String| {
        let answer = manager.request(Method::GET, &path).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        answer.bytes().await.unwrap()
    };
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text");
    let whole = text(&fetch(format!("{}/packet", bench.path)).await);
    let number = rosa.household.number.as_str().to_owned();
    let bill = june.to_string();
    for said in [
        "Rosa",
        "Prairie Street",
        number.as_str(),
        bill.as_str(),
        "We were away in June.",
        "$29.32",
        "Dispute opened",
        "7,000",
    ] {
        assert!(whole.contains(said), "{said}");
    }
    let public = text(&fetch(format!("{}/packet?redacted=true", bench.path)).await);
    for hidden in [
        "Rosa",
        "Prairie Street",
        number.as_str(),
        bill.as_str(),
        "We were away in June.",
    ] {
        assert!(!public.contains(hidden), "{hidden}");
    }
    assert!(public.contains("$29.32") && public.contains("Dispute opened"));
    for address in ["packet.pdf", "packet.pdf?redacted=true"] {
        let file = fetch(format!("{}/{address}", bench.path)).await;
        assert!(file.starts_with(b"%PDF-"), "{address}");
    }
    let csr = house.staff(Role::Viewer).await;
    let packet = format!("{}/packet", bench.path);
    assert_eq!(csr.get(&packet).await.status, 403);
}
