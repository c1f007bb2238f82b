//! What holds rest on: told by its bytes, bounded, handed to few, as a file to keep.

use mainstay::domain::staff::Role;
use reqwest::Method;

use super::{PAPER, form, late, places};
use crate::support::app::TestApp;

/// Contract: F85
#[actix_web::test]
async fn a_certificate_comes_back_to_the_byte_to_those_who_may_see_it() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.counter().await;
    let hold = places(&clerk, &rosa.household, "medical_certificate").await;
    let link = "a[href*='/documents/']";
    let path = hold.attribute(link, "href").expect("a link to the paper");
    let answer = clerk.request(Method::GET, &path).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 200);
    let header = |name: &str| {
        let value = answer.headers().get(name).expect(name);
        value.to_str().expect("letters").to_owned()
    };
    assert_eq!(header("content-type"), "application/pdf");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cache-control"), "private, no-store");
    let disposition = header("content-disposition");
    assert!(disposition.starts_with("attachment; filename=\"hold-"));
    assert_eq!(answer.bytes().await.unwrap(), PAPER);

    for role in [Role::Collector, Role::Viewer] {
        let other = house.staff(role).await;
        let page = other.visit(&hold.path).await;
        page.must_show("paper.pdf");
        assert!(page.attribute(link, "href").is_none(), "{role}");
        assert_eq!(other.get(&path).await.status, 403, "{role}");
    }
    assert_ne!(rosa.get(&path).await.status, 200);
    let other = places(&clerk, &rosa.household, "hardship").await;
    let (_, document) = path.rsplit_once('/').expect("a number at its end");
    let crossed = format!("{}/documents/{document}", other.path);
    assert_eq!(clerk.get(&crossed).await.status, 404);
}

/// Contract: F85
#[actix_web::test]
async fn what_is_neither_paper_nor_picture_is_kept_nowhere() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.counter().await;
    for (name, bytes, why) in [
        (
            "paper.pdf",
            b"<html><script>alert(1)</script>".as_slice(),
            "This file is neither a PDF nor a picture.",
        ),
        ("paper.pdf", b"%PDF-1.4\nand no end", "This file is broken."),
    ] {
        let page = form(&clerk, &rosa.household, "medical_certificate")
            .await
            .attach("document", name, bytes)
            .submit("Place the hold")
            .await;
        assert_eq!(page.status, 422);
        page.must_show(why).must_show("Choose them again");
    }
    let large = vec![b' '; mainstay::domain::photos::MOST_BYTES + 1];
    let page = form(&clerk, &rosa.household, "medical_certificate")
        .await
        .attach("document", "paper.pdf", &large)
        .submit("Place the hold")
        .await;
    page.must_show("This file is larger than 10 MB.");
    let queue = clerk.visit("/office/holds?within=all").await;
    queue.must_show("Nothing ends in this time.");
}

/// Contract: F85
#[actix_web::test]
async fn the_same_paper_is_kept_once() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.counter().await;
    let hold = places(&clerk, &rosa.household, "medical_certificate").await;
    let again = hold
        .attach("paper", "the same.pdf", PAPER)
        .submit("Keep")
        .await;
    again.must_show("The documents are kept.");
    assert_eq!(again.texts("a[href*='/documents/']"), ["paper.pdf"]);
    let none = again.submit("Keep").await;
    assert_eq!(none.status, 422);
    none.must_show("Add the document that it rests on.");
}
