//! The rules of the seven states as they ship, each on facts of its own, with its source.

use super::tests::{cents, day, debt, household, served, why};
use super::*;

fn felt(low: i32, high: i32) -> Felt {
    Felt {
        low: Degrees::from_hundredths(low * 100),
        high: Degrees::from_hundredths(high * 100),
    }
}

/// The same temperatures on each of some days.
fn weather(facts: &mut Facts, days: &[&str], (low, high): (i32, i32)) {
    for on in days {
        facts.felt.insert(day(on), vec![felt(low, high)]);
    }
}

/// SB 998 (Health and Safety Code 116908, 116910): sixty days past due, and seven business days of notice.
#[test]
fn california_waits_sixty_days_and_gives_seven_working_days_of_notice() {
    let mut facts = household("CA");
    facts.debts = vec![debt("2026-05-01", 12_000)];
    assert_eq!(
        why(&facts, "2026-06-29"),
        [Reason::TooYoung(day("2026-06-30"))]
    );
    // Handed over on Wednesday, July 1; the Fourth is kept on Friday.
    facts.served = vec![served(ServedKind::Written, ServedWay::Hand, "2026-07-01")];
    let from = Reason::TooSoon(ServedKind::Written, day("2026-07-13"));
    assert_eq!(why(&facts, "2026-07-10"), [from]);
    assert_eq!(why(&facts, "2026-07-13"), []);
    let sunday = Reason::Weekday(days::Weekday::Sunday);
    assert_eq!(why(&facts, "2026-07-19"), [sunday]);
}

/// 83 Ill. Adm. Code 280: five days by hand, eight by mail; 220 ILCS 5/8-205: at 32 degrees or below, at 95 or above.
#[test]
fn illinois_gives_eight_days_by_mail_and_looks_at_the_thermometer() {
    let mut facts = household("IL");
    facts.served = vec![served(ServedKind::Written, ServedWay::Mail, "2026-06-08")];
    assert_eq!(
        why(&facts, "2026-06-15"),
        [Reason::TooSoon(ServedKind::Written, day("2026-06-16"))]
    );
    assert_eq!(why(&facts, "2026-06-16"), []);
    facts.served[0].way = ServedWay::Hand;
    assert_eq!(why(&facts, "2026-06-15"), []);

    facts.services.push(Commodity::Electric);
    weather(&mut facts, &["2026-06-16", "2026-06-17"], (70, 88));
    assert_eq!(why(&facts, "2026-06-16"), []);
    weather(&mut facts, &["2026-06-17"], (75, 95));
    assert_eq!(why(&facts, "2026-06-16"), [Reason::Heat(day("2026-06-17"))]);
    // A milder one that is noted later opens nothing, and the stricter of what was forecast and measured counts.
    let later = facts.felt.get_mut(&day("2026-06-17")).unwrap();
    later.push(felt(70, 88));
    assert_eq!(why(&facts, "2026-06-16"), [Reason::Heat(day("2026-06-17"))]);
    // Friday: the weekend counts.
    weather(&mut facts, &["2026-06-26", "2026-06-27"], (70, 80));
    assert_eq!(
        why(&facts, "2026-06-26"),
        [Reason::WeatherUnknown(day("2026-06-28"))]
    );
}

/// 220 ILCS 5/8-206: from December 1 to March 31 nobody with heating service to whom the winter plan (10 % down) was not offered; six
/// business days after somebody was told.
#[test]
fn illinois_offers_a_plan_in_winter_and_speaks_to_somebody_first() {
    let mut facts = household("IL");
    facts.services = vec![Commodity::Gas];
    facts.debts = vec![debt("2026-10-02", 12_000)];
    facts.served = vec![served(ServedKind::Written, ServedWay::Hand, "2026-12-01")];
    weather(&mut facts, &["2026-12-15", "2026-12-16"], (34, 45));
    let expected = [
        Reason::ContactsMissing(0, 1, 1),
        Reason::Unserved(ServedKind::PlanOffered),
    ];
    assert_eq!(why(&facts, "2026-12-15"), expected);
    facts.served.extend([
        served(ServedKind::Contact, ServedWay::Phone, "2026-12-08"),
        served(ServedKind::PlanOffered, ServedWay::Mail, "2026-12-08"),
    ]);
    let from = Reason::ContactTooSoon(day("2026-12-16"));
    assert_eq!(why(&facts, "2026-12-15"), [from]);
    weather(&mut facts, &["2026-12-17"], (34, 45));
    assert_eq!(why(&facts, "2026-12-16"), []);
    weather(&mut facts, &["2026-12-17"], (32, 45));
    assert_eq!(why(&facts, "2026-12-16"), [Reason::Cold(day("2026-12-17"))]);
    // Water is no heat.
    facts.services = vec![Commodity::Water];
    assert_eq!(why(&facts, "2026-12-16"), []);
}

/// 52 Pa. Code 56.91 and 56.93: ten days, good for sixty; two calls on two days or a notice at the door, three days before; Monday to Thursday.
#[test]
fn pennsylvania_calls_twice_on_two_days_or_posts() {
    let mut facts = household("PA");
    facts.served = vec![served(ServedKind::Written, ServedWay::Mail, "2026-06-01")];
    assert_eq!(
        why(&facts, "2026-06-16"),
        [Reason::ContactsMissing(0, 2, 2)]
    );
    let call = |on: &str| served(ServedKind::Contact, ServedWay::Phone, on);
    facts
        .served
        .extend([call("2026-06-09"), call("2026-06-09")]);
    assert_eq!(
        why(&facts, "2026-06-16"),
        [Reason::ContactsMissing(2, 2, 2)]
    );
    facts.served.push(call("2026-06-15"));
    assert_eq!(
        why(&facts, "2026-06-16"),
        [Reason::ContactTooSoon(day("2026-06-18"))]
    );
    let posted = served(ServedKind::Posted, ServedWay::Door, "2026-06-12");
    facts.served.push(Served {
        is_proven: false,
        ..posted
    });
    assert_eq!(
        why(&facts, "2026-06-16"),
        [Reason::ContactTooSoon(day("2026-06-18"))],
        "nobody proves that it hung there"
    );
    facts.served.push(posted);
    assert_eq!(why(&facts, "2026-06-16"), []);
    let friday = Reason::Weekday(days::Weekday::Friday);
    assert_eq!(why(&facts, "2026-06-26"), [friday]);
    assert_eq!(
        why(&facts, "2026-08-03"),
        [Reason::TooOld(ServedKind::Written, day("2026-07-31"))]
    );
}

/// 52 Pa. Code 56.100: from December 1 to March 31; whose income is above the limit nobody knows here.
#[test]
fn pennsylvania_shuts_no_household_off_in_winter() {
    let mut facts = household("PA");
    facts.served = vec![
        served(ServedKind::Written, ServedWay::Mail, "2026-11-20"),
        served(ServedKind::Posted, ServedWay::Door, "2026-11-25"),
    ];
    assert_eq!(why(&facts, "2026-11-30"), []);
    assert_eq!(
        why(&facts, "2026-12-01"),
        [Reason::Winter(day("2027-03-31"))]
    );
    facts.class = AccountClass::Commercial;
    assert_eq!(why(&facts, "2026-12-01"), []);
}

/// 16 NYCRR 11.4: fifteen days; Monday to Thursday, on no holiday and no eve of one; from November 1 to April 15 somebody is spoken to.
#[test]
fn new_york_gives_fifteen_days_and_leaves_holidays_and_their_eves_alone() {
    let mut facts = household("NY");
    facts.served = vec![served(ServedKind::Written, ServedWay::Mail, "2026-06-01")];
    assert_eq!(
        why(&facts, "2026-06-15"),
        [Reason::TooSoon(ServedKind::Written, day("2026-06-16"))]
    );
    assert_eq!(why(&facts, "2026-06-16"), []);
    // Juneteenth is a Friday.
    assert_eq!(why(&facts, "2026-06-18"), [Reason::Eve]);
    assert_eq!(why(&facts, "2026-06-19"), [Reason::Holiday]);
    facts.served = vec![served(ServedKind::Written, ServedWay::Mail, "2026-10-19")];
    assert_eq!(
        why(&facts, "2026-11-04"),
        [Reason::ContactsMissing(0, 2, 2)]
    );
}

/// 16 TAC 24.167: ten days; 25.483: not while the day before was no warmer than 32 degrees and it stays so; not before a closed day.
#[test]
fn texas_looks_back_at_the_day_before_and_ahead_at_who_can_turn_it_on_again() {
    let mut facts = household("TX");
    facts.services = vec![Commodity::Electric];
    facts.debts = vec![debt("2026-11-02", 12_000)];
    facts.served = vec![served(ServedKind::Written, ServedWay::Mail, "2027-01-04")];
    let days = ["2027-01-18", "2027-01-19", "2027-01-20", "2027-01-21"];
    weather(&mut facts, &days, (20, 40));
    assert_eq!(why(&facts, "2027-01-20"), []);
    weather(&mut facts, &["2027-01-19"], (20, 32));
    assert_eq!(why(&facts, "2027-01-20"), [Reason::Cold(day("2027-01-19"))]);
    let friday = why(&household_in_june("TX"), "2026-06-26");
    assert_eq!(friday, [Reason::BeforeClosed]);
}

fn household_in_june(state: &str) -> Facts {
    let mut facts = household(state);
    facts.served = vec![served(ServedKind::Written, ServedWay::Mail, "2026-06-01")];
    facts
}

/// OAC 4901:1-18-06: fourteen days, ten more in winter, and somebody spoken to or a notice posted on the day itself.
#[test]
fn ohio_gives_ten_more_days_in_winter_and_knocks_on_the_day_itself() {
    let mut facts = household("OH");
    facts.debts = vec![debt("2026-05-20", 12_000)];
    facts.served = vec![served(ServedKind::Written, ServedWay::Mail, "2026-06-02")];
    assert_eq!(
        why(&facts, "2026-06-16"),
        [Reason::TooYoung(day("2026-06-17"))]
    );
    assert_eq!(
        why(&facts, "2026-06-17"),
        [Reason::ContactsMissing(0, 1, 1)]
    );
    facts
        .served
        .push(served(ServedKind::Posted, ServedWay::Door, "2026-06-17"));
    assert_eq!(why(&facts, "2026-06-17"), []);

    facts.services = vec![Commodity::Gas];
    facts.debts = vec![debt("2026-09-01", 12_000)];
    facts.served = vec![
        served(ServedKind::Written, ServedWay::Mail, "2026-11-02"),
        served(ServedKind::Contact, ServedWay::Visit, "2026-11-24"),
    ];
    assert_eq!(
        why(&facts, "2026-11-24"),
        [Reason::TooSoon(ServedKind::Written, day("2026-11-26"))]
    );
}

/// Michigan R 460.137 and following, MCL 460.9s: ten days, two calls a day before, thirty days to each unit, a plan in the heating season.
#[test]
fn michigan_calls_twice_the_day_before_and_gives_thirty_days_to_each_unit() {
    let mut facts = household_in_june("MI");
    let call = served(ServedKind::Contact, ServedWay::Phone, "2026-06-15");
    facts.served.extend([call, call]);
    assert_eq!(
        why(&facts, "2026-06-15"),
        [Reason::ContactTooSoon(day("2026-06-16"))]
    );
    assert_eq!(why(&facts, "2026-06-16"), []);
    facts.has_occupants = true;
    facts
        .served
        .push(served(ServedKind::Occupants, ServedWay::Door, "2026-06-01"));
    assert_eq!(
        why(&facts, "2026-06-16"),
        [Reason::TooSoon(ServedKind::Occupants, day("2026-07-01"))]
    );
    assert_eq!(why(&facts, "2026-07-01"), []);

    let mut winter = household("MI");
    winter.services = vec![Commodity::Electric];
    winter.debts = vec![debt("2026-10-02", 12_000)];
    winter.served = vec![served(ServedKind::Written, ServedWay::Mail, "2026-11-02")];
    let call = served(ServedKind::Contact, ServedWay::Phone, "2026-11-16");
    winter.served.extend([call, call]);
    assert_eq!(
        why(&winter, "2026-11-17"),
        [Reason::Unserved(ServedKind::PlanOffered)]
    );
}

/// Where nobody wrote rules, the strictest of these together hold.
#[test]
fn a_state_without_rules_of_its_own_has_the_strictest_of_all() {
    let mut facts = household("IA");
    facts.debts = vec![debt("2026-09-01", 12_000)];
    let december = why(&facts, "2026-12-02");
    assert_eq!(
        december,
        [
            Reason::Winter(day("2027-04-15")),
            Reason::Unserved(ServedKind::Written),
            Reason::ContactsMissing(0, 2, 2),
        ]
    );
    facts.debts = vec![debt("2026-03-02", 12_000)];
    facts.served = vec![
        served(ServedKind::Written, ServedWay::Mail, "2026-06-01"),
        served(ServedKind::Posted, ServedWay::Door, "2026-06-12"),
    ];
    assert_eq!(why(&facts, "2026-06-22"), []);
    facts.debts[0].remaining = cents(4_999);
    assert_eq!(
        why(&facts, "2026-06-22"),
        [Reason::TooLittle(cents(4_999), cents(5_000))]
    );
}
