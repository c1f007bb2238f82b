//! Photos with a request: told by their bytes, kept without what they tell beside the picture, for the account's people and the office alone.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use diesel::prelude::*;
use mainstay::domain::photos::MOST_BYTES;
use mainstay::domain::staff::Role;
use mainstay::store::schema::request_photos;
use reqwest::Method;

use crate::support::app::TestApp;

/// A PNG of so many bytes, by its chunks.
fn png(size: usize) -> Vec<u8> {
    let head =
        b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3A\x7E\x9B\x55".as_slice();
    let end = b"\0\0\0\0IEND\xAE\x42\x60\x82".as_slice();
    let points = vec![7; size - head.len() - end.len() - 12];
    let length = u32::try_from(points.len()).unwrap().to_be_bytes();
    [head, &length, b"IDAT", &points, &[0; 4], end].concat()
}

/// A small picture as a browser codes it, without any words.
const PICTURE: &str = "/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhC\
    Y2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAIABADASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAA\
    AAQG/8QAGBABAAMBAAAAAAAAAAAAAAAAABdlpOL/xAAUAQEAAAAAAAAAAAAAAAAAAAAC/8QAFxEBAAMAAAAAAAAAAAAAAAAAAgABMf/aAAwDAQACEQMRAD8A\
    qj+zz9NsBJWthJo5P//Z";

/// The reference and the latitude as an Exif's directory of places holds them: one letter and three fractions.
const PLACE: &[u8] =
    b"\x00\x01\x00\x02\x00\x00\x00\x02N\0\0\0\x00\x02\x00\x05\x00\x00\x00\x03\x00\x00\x00\x5C";

/// The picture as a telephone sends it: lying on its side, with its maker, a place, an XMP and a comment.
fn jpeg_with_a_place() -> Vec<u8> {
    let segment = |marker: u8, body: &[u8]| {
        let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
        [&[0xFF, marker], length.as_slice(), body].concat()
    };
    let exif: [&[u8]; 7] = [
        b"Exif\0\0MM\0*\0\0\0\x08",
        // Three entries: the maker at 50, which way up, and the places at 60.
        b"\x00\x03\x01\x0F\x00\x02\x00\x00\x00\x06\x00\x00\x00\x32",
        b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00",
        b"\x88\x25\x00\x04\x00\x00\x00\x01\x00\x00\x00\x3C\0\0\0\0",
        b"Canon\0\0\0\0\0\x00\x02",
        PLACE,
        b"\0\0\0\0\0\0\0\x29\0\0\0\x01\0\0\0\x23\0\0\0\x01\0\0\0\x1E\0\0\0\x01",
    ];
    let picture = picture();
    let (start, rest) = picture.split_at(2);
    let words = [
        segment(0xE1, &exif.concat()),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"),
        segment(0xFE, b"taken at home"),
    ];
    [start, &words.concat(), rest].concat()
}

fn picture() -> Vec<u8> {
    STANDARD.decode(PICTURE).unwrap()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
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
    audit.must_show("Request received");
}

/// Contract: F107
#[actix_web::test]
async fn a_photo_keeps_neither_its_place_nor_its_camera() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let sent = jpeg_with_a_place();
    let told: [&[u8]; 4] = [b"Canon", b"<x:xmpmeta", b"taken at home", PLACE];
    for part in told {
        assert!(holds(&sent, part), "the photo that is sent tells {part:?}");
    }
    let form = rosa
        .visit("/requests/new/problem?problem=damaged_meter")
        .await;
    let request = form
        .fill("place", "in front of the house")
        .attach("photo", "meter.jpg", &sent)
        .submit("Send request")
        .await;
    let kept = house.database().read(|conn| {
        let bytes: Vec<Vec<u8>> = request_photos::table
            .select(request_photos::bytes)
            .load(conn)?;
        Ok(bytes)
    });
    let path = format!("{}/photo", request.path);
    let served = rosa.request(Method::GET, &path).send().await.unwrap();
    let served = served.bytes().await.unwrap().to_vec();
    assert_eq!(kept, std::slice::from_ref(&served));
    for part in told {
        assert!(!holds(&served, part), "{part:?} is still told");
    }
    // It still stands upright: the orientation of before, 6, is all that its Exif says.
    let upright =
        b"\xFF\xE1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    assert_eq!(served[2..38], upright[..]);
    // Beside that it is the picture, to the byte.
    assert_eq!(served.len(), picture().len() + 36);
    assert_eq!(served[38..], picture()[2..]);
}

#[actix_web::test]
async fn a_broken_photo_is_refused_in_words() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let form = rosa
        .visit("/requests/new/problem?problem=damaged_meter")
        .await
        .fill("place", "in front of the house");
    let (photo, picture) = (jpeg_with_a_place(), png(3_000));
    for cut in [&photo[..photo.len() / 2], &picture[..2_900]] {
        let refused = form
            .clone()
            .attach("photo", "meter.jpg", cut)
            .submit("Send request")
            .await;
        assert_eq!(refused.status, 422);
        refused.must_show("That picture is broken or cut short.");
    }
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
        .clone()
        .attach("photo", "meter.png", &png(MOST_BYTES + 1))
        .submit("Send request")
        .await;
    assert_eq!(large.status, 422);
    large
        .must_show("The photo is larger than 10 MB.")
        .must_show("The glass is broken.");
    let empty = form
        .attach("photo", "meter.jpg", b"")
        .submit("Send request")
        .await;
    assert_eq!(empty.status, 422);
    empty
        .must_show("This file is empty.")
        .must_show("The glass is broken.");
    rosa.visit("/requests").await.must_show("Nothing is open.");
}

/// Contract: F107
#[actix_web::test]
async fn a_photo_far_too_large_leaves_the_form_as_it_was_typed() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let large = rosa
        .visit("/requests/new/problem?problem=damaged_meter")
        .await
        .fill("words", "The glass is broken.")
        .attach("photo", "meter.png", &png(5 * MOST_BYTES))
        .submit("Send request")
        .await;
    assert_eq!(large.status, 422);
    large
        .must_show("The photo is larger than 10 MB.")
        .must_show("The glass is broken.");
}
