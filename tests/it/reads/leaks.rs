//! What runs unnoticed, looked for in the reads of real water meters, and judged by the reads themselves.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use mainstay::domain::commodity::Commodity;
use mainstay::domain::feed::FeedFormat;
use mainstay::domain::leaks::{Day, Finding, Kind, Watched, find};
use rust_decimal::Decimal;

use super::files::{MADRID, plan, read};

/// A meter's face at moments of the wall's clock, in liters, in order.
type Face = Vec<(NaiveDateTime, Decimal)>;

const LITERS_A_GALLON: Decimal = Decimal::from_parts(3_785_412, 0, 0, false, 6);
/// Reads farther apart say nothing of single hours.
const LONGEST: TimeDelta = TimeDelta::minutes(130);
const WINDOW: usize = 62;
/// How near to its hour a read of the face must be.
const NEAR: TimeDelta = TimeDelta::minutes(70);

fn faces() -> BTreeMap<String, Face> {
    let (series, _) = read(
        &plan(FeedFormat::Alicante),
        "ami/water_alicante_hourly.csv.gz",
    );
    let mut faces: BTreeMap<String, Face> = BTreeMap::new();
    for one in series {
        let points = one.points.iter().map(|point| {
            let at = DateTime::from_timestamp(point.at, 0).expect("a moment");
            let at = at.with_timezone(&MADRID).naive_local();
            (at, point.value.to_decimal())
        });
        faces.entry(one.meter).or_default().extend(points);
    }
    for face in faces.values_mut() {
        face.sort_unstable();
        face.dedup_by_key(|(at, _)| *at);
    }
    faces
}

/// Gallons by the hour: what ran between two reads is spread evenly; an hour that is not covered whole is not known.
fn days(face: &Face) -> Vec<Day> {
    let mut hours: BTreeMap<NaiveDateTime, (i64, Decimal)> = BTreeMap::new();
    for pair in face.windows(2) {
        let ((from, low), (until, high)) = (pair[0], pair[1]);
        let span = until - from;
        if span > LONGEST || high < low {
            continue;
        }
        let rate = (high - low) / Decimal::from(span.num_seconds());
        let mut at = from;
        while at < until {
            let hour = at.date().and_hms_opt(at.hour(), 0, 0).expect("an hour");
            let end = until.min(hour + TimeDelta::hours(1));
            let seconds = (end - at).num_seconds();
            let known = hours.entry(hour).or_default();
            known.0 += seconds;
            known.1 += rate * Decimal::from(seconds);
            at = end;
        }
    }
    let (Some((first, _)), Some((last, _))) = (face.first(), face.last()) else {
        return Vec::new();
    };
    let hour = |day: NaiveDate, hour: u32| {
        let (seconds, liters) = hours.get(&day.and_hms_opt(hour, 0, 0)?)?;
        (*seconds == 3_600).then_some(*liters / LITERS_A_GALLON)
    };
    let all = first
        .date()
        .iter_days()
        .take_while(|day| *day < last.date());
    all.map(|day| Day {
        day,
        hours: (0..24).map(|at| hour(day, at)).collect(),
    })
    .filter(|day| day.hours.iter().any(Option::is_some))
    .collect()
}

/// What would have been found on every fifth evening, from the days up to it.
fn evenings(days: &[Day]) -> impl Iterator<Item = (NaiveDate, Finding)> + '_ {
    (1..=days.len()).step_by(5).filter_map(|end| {
        let known = &days[end.saturating_sub(WINDOW)..end];
        let evening = known.last()?.day;
        let home = Watched {
            commodity: Commodity::Water,
            is_one_home: true,
        };
        Some((evening, find(home, known, evening)?))
    })
}

/// The usual rule: 24 hours above zero, one after the other, on this day.
fn usual_rule(day: &Day) -> bool {
    day.hours
        .iter()
        .all(|hour| hour.is_some_and(|used| used.is_sign_positive() && !used.is_zero()))
}

/// How much the face moved in a night, from one to five, where it was read near both.
fn moved(face: &Face, night: NaiveDate) -> Option<Decimal> {
    let near = |hour: u32| {
        let wanted = night.and_hms_opt(hour, 0, 0)?;
        let (at, value) = face.iter().min_by_key(|(at, _)| (*at - wanted).abs())?;
        ((*at - wanted).abs() < NEAR).then_some(*value)
    };
    Some(near(5)? - near(1)?)
}

/// Contract: F107
#[test]
fn real_meters_are_told_of_what_ran_all_night_and_most_are_left_in_peace() {
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut quiet, mut missed_by_usual) = (0, 0);
    let faces = faces();
    for face in faces.values() {
        let days = days(face);
        let mut is_quiet = true;
        for (evening, finding) in evenings(&days) {
            is_quiet = false;
            *told.entry(finding.kind.as_str()).or_default() += 1;
            if finding.kind == Kind::NightFlow {
                let day = days.iter().find(|day| day.day == evening);
                missed_by_usual += usize::from(!day.is_some_and(usual_rule));
                must_have_run(face, finding);
            }
        }
        quiet += usize::from(is_quiet);
    }
    assert_eq!((faces.len(), quiet, missed_by_usual), (46, 36, 8));
    let kinds = [("change", 3), ("night_flow", 41), ("toilet", 41)];
    assert_eq!(told, BTreeMap::from(kinds));
}

/// On none of its nights did the face of the meter stand still.
fn must_have_run(face: &Face, finding: Finding) {
    let nights = finding.since.iter_days();
    for night in nights.take_while(|night| *night <= finding.until) {
        let stood = moved(face, night).is_some_and(|liters| liters <= Decimal::ZERO);
        assert!(!stood, "{night}: {finding:?}");
    }
}
