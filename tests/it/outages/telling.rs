//! Telling: exactly those it touches, each thing once, by the ways they wish; what is urgent at any hour and whatever they wish.

use diesel::prelude::*;
use mainstay::documents::letters::Letterhead;
use mainstay::documents::texts::text;
use mainstay::i18n::Own;
use mainstay::store::db::Tx;
use mainstay::store::error::StoreError;
use mainstay::store::notices::list_waiting;
use mainstay::store::schema::accounts;
use mainstay::usecases::notices::take_due_texts;

use super::{declared, form, house_number};
use crate::support::app::TestApp;

const NUMBER: &str = "+15552010142";

fn recipients(house: &TestApp, kind: &str) -> Vec<String> {
    let told = house.told(&[kind]);
    let mut names: Vec<String> = told.into_iter().map(|seen| seen.recipient).collect();
    names.sort();
    names
}

/// Contract: F108
#[actix_web::test]
async fn those_it_touches_are_told_once_of_its_beginning_its_new_estimate_and_its_end() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let ines = house.customer("Inés").speaking_spanish().moved_in().await;
    let omar = house.customer("Omar").signed_in().await;
    let operator = house.operations().await;
    let (from, to) = (house_number(&rosa.household), house_number(&ines));
    assert!(house_number(&omar.household) > to);
    let page = declared(form(&operator, from, to).await).await;
    house.tells().await;
    house.tells().await;
    let both = [ines.email.clone(), rosa.household.email.clone()];
    assert_eq!(recipients(&house, "outage"), both);

    let page = page
        .fill("words_en", "Parts are on their way.")
        .fill("words_es", "Las piezas están en camino.")
        .submit("Post it")
        .await;
    page.must_show("The update is posted.");
    house.tells().await;
    assert_eq!(house.told(&["outage"]).len(), 2, "words alone are shown");
    let page = page
        .fill("expected", "2026-07-01T20:00")
        .submit("Post it")
        .await;
    house.tells().await;
    house.tells().await;
    assert_eq!(house.told(&["outage"]).len(), 4);
    // The estimate that stands already is no news.
    let same = page
        .clone()
        .fill("expected", "2026-07-01T20:00")
        .submit("Post it")
        .await;
    assert_eq!(same.status, 422);

    let done = page.submit("It is over: tell everybody").await;
    done.must_show("Everybody affected is being told.");
    house.tells().await;
    house.tells().await;
    let told = recipients(&house, "outage");
    assert_eq!(told.len(), 6, "{told:?}");
    assert!(!told.contains(&omar.household.email), "{told:?}");
    let token = page.attribute("input[name=csrf]", "value").unwrap();
    let path = page.path.split('?').next().unwrap();
    let again = operator
        .post(&format!("{path}/restoration"), &[("csrf", &token)])
        .await;
    assert_eq!(again.status, 303);
    house.tells().await;
    assert_eq!(house.told(&["outage"]).len(), 6);
}

/// Contract: F108
#[actix_web::test]
async fn planned_work_is_told_when_it_is_planned_and_when_it_is_called_off() {
    let house = TestApp::start().await;
    house.customer("Rosa").moved_in().await;
    let operator = house.operations().await;
    let plan = async |begins: &str| {
        let page = form(&operator, 1, 900).await;
        let page = page
            .fill("kind", "planned_work")
            .fill("begins", begins)
            .fill("expected", "");
        declared(page).await
    };
    let page = plan("2026-07-03T08:00").await;
    page.must_show("Planned");
    house.tells().await;
    assert_eq!(house.told(&["planned_work"]).len(), 1);
    page.submit("Cancel it: tell everybody")
        .await
        .must_show("It is canceled.");
    house.tells().await;
    house.tells().await;
    assert_eq!(house.told(&["planned_work"]).len(), 2);

    let page = plan("2026-07-02T08:00").await;
    house.set_day("2026-07-02");
    house.tells().await;
    operator.visit(&page.path).await.must_show("Going on");
    // That it begins was told when it was planned.
    assert_eq!(house.told(&["planned_work"]).len(), 3);
}

/// Contract: F108
#[actix_web::test]
async fn texts_go_to_who_wants_them_and_fit_in_one() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    house.takes_texts(&rosa, NUMBER).await;
    rosa.visit("/alerts")
        .await
        .fill("outage_email", "")
        .fill("outage_text", "yes")
        .submit("Save my alerts")
        .await
        .must_show("Your alerts are saved.");
    let operator = house.operations().await;
    declared(form(&operator, 1, 900).await).await;
    house.tells().await;
    let told = house.told(&["outage"]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(
        (told[0].channel.as_str(), told[0].recipient.as_str()),
        ("text", NUMBER)
    );
    let said = house.database().read(|conn| {
        let waiting = list_waiting(conn, 50)?;
        let row = waiting.iter().find(|row| row.notice.kind() == "outage");
        let row = row.expect("the text waits");
        let head = Letterhead {
            public_url: "https://bend.example".to_owned(),
            phone: "(555) 010-0142".to_owned(),
            own: Own::default(),
        };
        Ok(text(&row.notice, row.language, &head).expect("it is told by text"))
    });
    assert!(
        said.contains("Water is out at your address. Back by Jul 1, 4:00 PM."),
        "{said}"
    );
    assert!(said.contains("https://bend.example/outages/1 "), "{said}");
    assert!(said.chars().count() <= 160 && said.is_ascii(), "{said}");
}

/// What waited out the night is not told in the morning when the water is back.
///
/// Contract: F108
#[actix_web::test]
async fn a_text_that_waited_until_it_is_over_does_not_leave() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    house.takes_texts(&rosa, NUMBER).await;
    let alerts = rosa.visit("/alerts").await.fill("outage_text", "yes");
    alerts.submit("Save my alerts").await;
    let operator = house.operations().await;
    let page = declared(form(&operator, 1, 900).await).await;
    house.tells().await;
    page.submit("It is over: tell everybody").await;
    house.tells().await;
    let take = |tx: &mut Tx<'_>| take_due_texts(tx, false, 10);
    house.app.db.write(house.stamp(), take).await.unwrap();
    let mut told = house.told(&["outage"]);
    told.retain(|seen| seen.channel == "text");
    let states: Vec<&str> = told.iter().map(|seen| seen.state.as_str()).collect();
    assert_eq!(
        states,
        ["failed", "queued"],
        "the second says that it is over"
    );
}

/// Contract: F108
#[actix_web::test]
async fn what_is_urgent_goes_every_way_whatever_was_wished_at_any_hour_and_by_letter_to_the_rest() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    house.takes_texts(&rosa, NUMBER).await;
    rosa.visit("/alerts").await.submit("Save my alerts").await;
    let omar = house.customer("Omar").moved_in().await;
    let account = omar.account;
    let paper_alone = house.app.db.write(house.stamp(), move |tx| {
        let of = accounts::table.find(account);
        diesel::update(of)
            .set(accounts::email.eq(false))
            .execute(tx.conn())?;
        Ok::<_, StoreError>(())
    });
    paper_alone.await.unwrap();
    let operator = house.operations().await;
    let page = form(&operator, 1, 900).await;
    let page = page
        .fill("kind", "urgent_notice")
        .fill("cause", "water_quality")
        .fill("expected", "")
        .fill("words_en", "Boil water for one minute before you drink it.")
        .fill("words_es", "Hierva el agua un minuto antes de beberla.");
    declared(page).await;
    house.tells().await;
    house.tells().await;
    let told = house.told(&["urgent_notice"]);
    let mut ways: Vec<&str> = told.iter().map(|seen| seen.channel.as_str()).collect();
    ways.sort_unstable();
    assert_eq!(ways, ["email", "paper", "text"], "{told:?}");
    let letter = told.iter().find(|seen| seen.channel == "paper").unwrap();
    assert!(
        letter.recipient.starts_with("Omar\n") && letter.recipient.contains("60000"),
        "{letter:?}"
    );
    let take = |tx: &mut Tx<'_>| take_due_texts(tx, true, 10);
    let at_night = house.app.db.write(house.stamp(), take).await.unwrap();
    let kinds: Vec<&str> = at_night.iter().map(|row| row.notice.kind()).collect();
    assert!(kinds.contains(&"urgent_notice"), "{kinds:?}");
}
