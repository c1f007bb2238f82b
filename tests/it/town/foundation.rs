//! What a made-up town stands on: its office, its prices, its cycles.

use chrono::NaiveDate;
use mainstay::cli::town::foundation::{Calendar, Foundation, Plan, lay, publish_due};
use mainstay::domain::stamp::ActorKind;
use mainstay::store::{cycles, rates};
use mainstay::usecases::cycles::NewCycle;

use crate::support::db::TestDb;

const ZONE: chrono_tz::Tz = chrono_tz::America::Chicago;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn laid(db: &TestDb, founded_on: &str) -> Foundation {
    let cycle = NewCycle {
        code: "01".to_owned(),
        name: "River side".to_owned(),
        months: 1,
        read_day: 9,
        issue_after: 7,
        due_after: 20,
    };
    let calendar = Calendar {
        cycle,
        first: day(founded_on),
        periods: 12,
    };
    let plan = Plan {
        zone: ZONE,
        founded_on: day(founded_on),
        published_until: day(founded_on),
        calendars: vec![calendar],
    };
    lay(&db.db, &plan).unwrap()
}

/// Contract: F25
#[test]
fn a_town_publishes_each_price_before_its_day_by_a_second_person() {
    let db = TestDb::new();
    let mut ground = laid(&db, "2027-02-03");
    let published = db.read(rates::list_published);
    assert_eq!(published.len(), 9, "one first version of each schedule");
    assert!(
        published
            .iter()
            .all(|row| row.effective_from == day("2026-10-01")),
        "the years are moved so that the first versions are in force"
    );
    assert_eq!(published[0].drafted_by, "June Castellano");
    assert_eq!(
        published[0].published_by.as_deref(),
        Some("Marcus Lindqvist")
    );
    publish_due(&db.db, ZONE, &mut ground, day("2027-08-31")).unwrap();
    assert_eq!(db.read(rates::list_published).len(), 9);
    publish_due(&db.db, ZONE, &mut ground, day("2027-09-01")).unwrap();
    let published = db.read(rates::list_published);
    let water: Vec<_> = published.iter().filter(|row| row.code == "W-1").collect();
    assert_eq!(water[1].effective_from, day("2027-10-01"));
    assert_eq!(
        water[1].published_at.unwrap().date(),
        day("2027-09-01"),
        "thirty days of notice"
    );
}

#[test]
fn a_towns_cycles_begin_where_the_plan_says_and_its_people_are_staff() {
    let db = TestDb::new();
    let ground = laid(&db, "2027-02-03");
    let id = ground.cycles[0];
    let periods = db.read(move |conn| cycles::list_periods(conn, id));
    assert_eq!(periods.len(), 12);
    assert_eq!(periods[0].from_on, day("2027-02-09"));
    assert_eq!(ground.crew.clerk.kind, ActorKind::Staff);
}
