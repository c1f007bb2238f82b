//! Photos with a request: told by their bytes, kept to the byte, for the account's people and the office alone.

use mainstay::domain::photos::MOST_BYTES;
use mainstay::domain::staff::Role;
use reqwest::Method;

use crate::support::app::TestApp;

/// The beginning of a PNG, with bytes enough to be one.
fn png(size: usize) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".to_vec();
    bytes.resize(size.max(64), 7);
    bytes
}

/// Contract: F89, F107
#[actix_web::test]
async fn a_photo_comes_back_to_its_people_as_a_file_to_keep() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let form = rosa
        .visit("/requests/new/problem?problem=damaged_meter")
        .await;
    let bytes = png(3_000);
    let request = form
        .fill("place", "in front of the house")
        .attach("photo", "evil.html", &bytes)
        .submit("Send request")
        .await;
    request.must_show("We have your request.");
    let path = format!("{}/photo", request.path);
    let omar = house.customer("Omar").signed_in().await;
    assert_eq!(omar.get(&path).await.status, 404);
    let clerk = house.staff(Role::Csr).await;
    let office = format!("/office{path}");
    for (person, path) in [(&*rosa, &path), (&clerk, &office)] {
        let answer = person.request(Method::GET, path).send().await.unwrap();
        let header = |name: &str| {
            let value = answer.headers().get(name).expect(name);
            value.to_str().expect("letters").to_owned()
        };
        assert_eq!(header("content-type"), "image/png");
        assert_eq!(header("x-content-type-options"), "nosniff");
        let disposition = header("content-disposition");
        assert!(disposition.starts_with("attachment; filename=\"photo-"));
        assert!(disposition.ends_with(".png\""), "{disposition}");
        assert_eq!(answer.bytes().await.unwrap(), bytes);
    }
    let audit = format!(
        "/office/accounts/{}?tab=audit",
        rosa.household.number.as_str()
    );
    let audit = clerk.visit(&audit).await;
    audit.must_show("request.received");
}

#[actix_web::test]
async fn what_is_no_picture_or_too_large_is_refused_and_the_words_stay() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let form = rosa
        .visit("/requests/new/problem?problem=damaged_meter")
        .await
        .fill("place", "in front of the house")
        .fill("words", "The glass is broken.");
    let page = b"<html><script>alert(1)</script></html> and some more to be long enough";
    let refused = form
        .clone()
        .attach("photo", "meter.jpg", page)
        .submit("Send request")
        .await;
    assert_eq!(refused.status, 422);
    refused
        .must_show("That file is no picture that we know.")
        .must_show("The glass is broken.")
        .must_show("Please choose the photo again.");
    let large = form
        .attach("photo", "meter.png", &png(MOST_BYTES + 1))
        .submit("Send request")
        .await;
    assert_eq!(large.status, 422);
    large
        .must_show("The photo is larger than 10 MB.")
        .must_show("The glass is broken.");
    rosa.visit("/requests").await.must_show("Nothing is open.");
}
