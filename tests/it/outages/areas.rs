//! Who is affected, as crews know it: by the feeder that serves a place, and by corners on the map.

use diesel::prelude::*;
use mainstay::domain::ids::{PremiseId, ServicePointId};
use mainstay::domain::staff::Role;
use mainstay::store::schema::{
    audit_rows, outage_accounts, outage_areas, service_agreements, service_points,
};

use super::{declared, form};
use crate::support::app::TestApp;
use crate::support::people::Household;
use crate::support::visitor::Visitor;

/// Where somebody is served: the place and its point.
fn place_of(house: &TestApp, home: &Household) -> (PremiseId, ServicePointId) {
    let account = home.account;
    house.database().read(|conn| {
        Ok(service_agreements::table
            .inner_join(service_points::table)
            .filter(service_agreements::account_id.eq(account))
            .select((service_points::premise_id, service_points::id))
            .first(conn)?)
    })
}

/// The office writes down where a place lies.
async fn lies(operator: &Visitor, (house, home): (&TestApp, &Household), north: &str, east: &str) {
    let (place, _) = place_of(house, home);
    operator
        .visit(&format!("/office/premises/{place}/edit"))
        .await
        .fill("north", north)
        .fill("east", east)
        .submit("Save the place")
        .await
        .must_show("The change is saved.");
}

fn touched(house: &TestApp) -> Vec<i64> {
    house.database().read(|conn| {
        Ok(outage_accounts::table
            .order(outage_accounts::account_id)
            .select(outage_accounts::account_id)
            .load(conn)?)
    })
}

/// Contract: F108
#[actix_web::test]
async fn what_a_feeder_serves_is_affected_and_nothing_else() {
    let house = TestApp::start().await;
    let ann = house.customer("Ann").moved_in().await;
    let ben = house.customer("Ben").moved_in().await;
    house.customer("Cleo").moved_in().await;
    let operator = house.operations().await;
    for home in [&ann, &ben] {
        let (place, point) = place_of(&house, home);
        let page = operator.visit(&format!("/office/premises/{place}")).await;
        let refused = page.clone().fill("feeder", &"x".repeat(81));
        let refused = refused.submit("Save the feeder Water").await;
        assert_eq!(refused.status, 422);
        refused.must_show("Write at most 80 characters in a line.");
        let page = page.fill("feeder", "  North   main ");
        for _ in 0..2 {
            let saved = page.submit("Save the feeder Water").await;
            saved.must_show("The change is saved.");
        }
        let page = operator.visit(&format!("/office/premises/{place}")).await;
        let kept = page.attribute(&format!("#feeder-{point}"), "value");
        assert_eq!(kept.as_deref(), Some("North main"));
    }
    let deeds: i64 = house.database().read(|conn| {
        Ok(audit_rows::table
            .filter(audit_rows::action.eq("service_point.feeder_named"))
            .count()
            .get_result(conn)?)
    });
    assert_eq!(deeds, 2, "the same again is no deed");
    let (place, _) = place_of(&house, &ann);
    let viewer = house.staff(Role::Viewer).await;
    let seen = viewer.visit(&format!("/office/premises/{place}")).await;
    seen.must_show("North main");
    assert!(!seen.shows("Save the feeder"));

    let page = form(&operator, 1, 1).await.fill("by", "feeder");
    let empty = page.clone().submit("See who is affected").await;
    assert_eq!(empty.status, 422);
    for (service, feeder) in [("water", "South main"), ("gas", "North main")] {
        let nobody = page.clone().fill("service", service).fill("feeder", feeder);
        let nobody = nobody.submit("See who is affected").await;
        assert_eq!(nobody.status, 422, "{service} {feeder}");
        nobody.must_show("Nobody with this service is there");
    }
    let page = page.fill("feeder", "north main");
    let looked = page.clone().submit("See who is affected").await;
    looked.must_show("Who is affected: 2 accounts at 2 places");
    assert!(looked.html.contains(r#"<option value="North main">"#));
    declared(page).await;
    assert_eq!(touched(&house), [ann.account.0, ben.account.0]);
    house
        .visitor()
        .visit("/outages")
        .await
        .must_show("Parts of Prairie Street (north main)");
}

/// Contract: F108
#[actix_web::test]
async fn a_part_of_town_is_drawn_by_its_corners() {
    let house = TestApp::start().await;
    let inside = house.customer("Ann").moved_in().await;
    let on_the_side = house.customer("Ben").moved_in().await;
    let in_the_notch = house.customer("Cleo").moved_in().await;
    house.customer("Dan").moved_in().await;
    let operator = house.operations().await;
    let none = operator.visit("/office/outages/new").await;
    assert!(none.attribute("[data-area-map] svg", "viewBox").is_none());
    let at = [
        (&inside, "41.502", "-91.102"),
        (&on_the_side, "41.5", "-91.105"),
        (&in_the_notch, "41.515", "-91.105"),
    ];
    for (home, north, east) in at {
        lies(&operator, (&house, home), north, east).await;
    }

    let page = form(&operator, 1, 1).await.fill("by", "drawn");
    let map = page.attribute("[data-area-map] svg path", "d").unwrap();
    assert_eq!(map.matches('M').count(), 3, "{map}");
    assert!(
        page.html
            .contains("1 place has no point on the map and is in no drawn part.")
    );
    for (corners, words) in [
        ("", "at least three different corners"),
        (
            "41.5, -91.1\n41.6, -91.1",
            "at least three different corners",
        ),
        (
            "41.5, -91.1\nMain Street\n41.6, -91.1",
            "Line 2 is no corner.",
        ),
        (
            "41.5, -91.1\n41.6, -191.1\n41.6, -91",
            "Corner 2 is no point of the earth.",
        ),
        (
            "41.5, -91.1\n41.6, -91.1\n41.7, -91.1",
            "All corners lie on one line.",
        ),
        ("0, 0\n1, 1\n0, 1\n1, 0", "Two sides cross."),
        ("{\"type\":\"Point\"}", "Paste GeoJSON with one polygon"),
        (
            "10, 10\n10, 11\n11, 11",
            "Nobody with this service is there",
        ),
    ] {
        let refused = page.clone().fill("corners", corners);
        let refused = refused.submit("See who is affected").await;
        assert_eq!(refused.status, 422, "{corners}");
        refused.must_show(words);
    }

    // A U that opens to the north.
    let corners = "41.5, -91.11\n41.5, -91.1\n41.52, -91.1\n41.52, -91.104\n41.51, -91.104\n41.51, -91.106\n\
                   41.52, -91.106\n41.52, -91.11";
    let page = page.fill("corners", corners);
    let looked = page.clone().submit("See who is affected").await;
    looked.must_show("Who is affected: 2 accounts at 2 places");
    assert!(!looked.shows("Cleo"), "{}", looked.html);
    let shown = declared(page).await;
    let both = [inside.account.0, on_the_side.account.0];
    assert_eq!(touched(&house), both);

    // Nobody learns the corners, a number of a house, or a name from the page for everybody.
    let public = house.visitor().visit("/outages").await;
    public.must_show("Parts of Prairie Street");
    for secret in ["41.5", "-91.1", "Ann", inside.number.as_str()] {
        assert!(!public.html.contains(secret), "{secret}");
    }
    let kept: Option<String> = house.database().read(|conn| {
        Ok(outage_areas::table
            .select(outage_areas::corners)
            .first(conn)?)
    });
    assert_eq!(kept.unwrap().lines().count(), 8);

    // More of the town is added by a polygon that a program drew.
    let ring =
        "[[[-91.106,41.514],[-91.104,41.514],[-91.104,41.516],[-91.106,41.516],[-91.106,41.514]]]";
    let pasted = format!(r#"{{"type":"Polygon","coordinates":{ring}}}"#);
    let added = shown
        .fill("by", "drawn")
        .fill("corners", &pasted)
        .submit("See who is affected")
        .await;
    added.must_show("Who is affected: 1 account at 1 place");
    added
        .submit("Add them and tell them")
        .await
        .must_show("They were added");
    assert_eq!(touched(&house).len(), 3);
}
