//! Reading routes: points put on them, the order changed by hand and by a file, and reading by the sheet.

use mainstay::domain::staff::Role;

use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

/// The names of the boxes of a page, in its order.
fn boxes(page: &Page) -> Vec<String> {
    let document = scraper::Html::parse_document(&page.html);
    let css = scraper::Selector::parse("input[type=checkbox][name^=stop-]").unwrap();
    let names = document.select(&css).filter_map(|one| one.attr("name"));
    names.map(str::to_owned).collect()
}

/// A route with every point on it.
async fn route(clerk: &Visitor) -> Page {
    let routes = clerk.visit("/office/routes").await;
    let opened = routes
        .fill("code", "N1")
        .fill("name", "North side")
        .submit("Open it")
        .await;
    let mut missing = opened;
    missing
        .must_show("The route is open.")
        .must_show("North side");
    for name in boxes(&missing) {
        missing = missing.fill(&name, "1");
    }
    missing.submit("Put the ticked ones at its end").await
}

/// Contract: F19, F22
#[actix_web::test]
async fn points_that_nobody_reads_come_on_a_route_and_are_moved_on_it() {
    let house = TestApp::start().await;
    for name in ["Rosa", "Omar", "Ines"] {
        house.customer(name).moved_in().await;
    }
    let clerk = house.staff(Role::FieldSupervisor).await;
    let page = route(&clerk).await;
    page.must_show("The route is saved.");
    let before = boxes(&page);
    assert_eq!(before.len(), 3);
    let missing = clerk.visit("/office/routes").await;
    missing
        .must_show("3 stops")
        .must_show("Every meter that hangs somewhere is on a route.");

    let none = page.clone().submit("Move the ticked stops").await;
    assert_eq!(none.status, 422);
    none.must_show("Tick at least one stop.");
    let moved = page
        .fill(&before[2], "30")
        .fill("place", "first")
        .submit("Move the ticked stops")
        .await;
    let after = boxes(&moved);
    assert_eq!(after, [&*before[2], &*before[0], &*before[1]]);
    let noted = moved
        .fill(&after[0], "10")
        .fill("note", "Dog in the yard")
        .submit("Write it on the ticked stops")
        .await;
    noted.must_show("Dog in the yard");
    let off = noted
        .fill(&after[1], "20")
        .submit("Take the ticked stops off")
        .await;
    assert_eq!(boxes(&off).len(), 2);
    off.must_show("Dog in the yard");
    let missing = clerk.visit("/office/routes").await;
    assert_eq!(boxes(&missing), [&*after[1]]);
    let viewer = house.staff(Role::Viewer).await;
    viewer.meets("/office/routes", 403).await;
}

/// Contract: F19, F22
#[actix_web::test]
async fn a_code_is_given_once_and_a_stop_is_changed_on_its_own_route_alone() {
    let house = TestApp::start().await;
    for name in ["Rosa", "Omar"] {
        house.customer(name).moved_in().await;
    }
    let clerk = house.staff(Role::FieldSupervisor).await;
    let north = route(&clerk).await;
    let stops = boxes(&north);
    let routes = clerk.visit("/office/routes").await;
    let south = routes.fill("code", "N1").fill("name", "South side");
    let refused = south.submit("Open it").await;
    assert_eq!(refused.status, 422);
    let opened = refused.fill("code", "S1").submit("Open it").await;
    opened.must_show("The route is open.");
    let moved = north.reload().await.fill(&stops[0], "10");
    let moved = moved.fill("route", "2");
    moved.submit("Move the ticked stops").await;
    // A page that was open before the stop went to another route changes nothing there.
    for button in ["Write it on the ticked stops", "Take the ticked stops off"] {
        let late = north.clone().fill(&stops[0], "10").fill("note", "Late");
        assert_eq!(late.submit(button).await.status, 404, "{button}");
    }
    let routes = clerk.visit("/office/routes").await;
    let south = routes.follow("S1, South side").await;
    assert_eq!(boxes(&south), [&*stops[0]]);
    assert!(!south.shows("Late"));
}

/// Contract: F17, F19
#[actix_web::test]
async fn the_file_for_hand_helds_comes_back_with_another_order() {
    let house = TestApp::start().await;
    for name in ["Rosa", "Omar"] {
        house.customer(name).moved_in().await;
    }
    let clerk = house.staff(Role::FieldSupervisor).await;
    let page = route(&clerk).await;
    let before = boxes(&page);
    let path = page.path.split('?').next().unwrap_or_default().to_owned();
    let file = clerk.get(&format!("{path}/file")).await;
    assert!(file.body.starts_with("route,turn,point,service,address"));
    let points: Vec<&str> = before
        .iter()
        .filter_map(|name| name.strip_prefix("stop-"))
        .collect();
    for point in &points {
        assert!(
            file.body.contains(&format!(",{point},water,")),
            "{}",
            file.body
        );
    }
    let wrong = page.clone().attach("file", "route.csv", b"turn\n1\n");
    let wrong = wrong.submit("Take it").await;
    assert_eq!(wrong.status, 422);
    wrong.must_show("names no point");
    let strange = page
        .clone()
        .attach("file", "route.csv", b"point,turn\n999999,1\n");
    let strange = strange.submit("Take it").await;
    assert_eq!(strange.status, 422);
    strange.must_show("999999");
    let other = format!(
        "point,turn,note\n{},1,Side gate\n{},2,\n",
        points[1], points[0]
    );
    let taken = page.attach("file", "route.csv", other.as_bytes());
    let taken = taken.submit("Take it").await;
    assert_eq!(boxes(&taken), [&*before[1], &*before[0]]);
    taken.must_show("Side gate");
    let sheet = taken.follow("Reading sheet").await;
    sheet.must_show("Side gate").must_show("read today");
}
