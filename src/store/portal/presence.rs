//! Where an account is served on a day: a home that was left and one that is still to come are told apart from where somebody lives.

use chrono::NaiveDate;

/// A place where an account is, was or will be served.
pub(super) struct Served {
    pub from_on: NaiveDate,
    pub until_on: Option<NaiveDate>,
    pub line: String,
}

/// The places served on a day, each once; where there are none, those that were served last, or will be next.
pub(super) fn present(places: &[Served], on: NaiveDate) -> Vec<String> {
    let is_on =
        |place: &&Served| place.from_on <= on && place.until_on.is_none_or(|until| on < until);
    let last = places
        .iter()
        .filter_map(|place| place.until_on)
        .filter(|until| *until <= on)
        .max();
    let next = places.iter().map(|place| place.from_on).min();
    let mut lines: Vec<String> = Vec::new();
    let any = places.iter().any(|place| is_on(&place));
    for place in places {
        let counts = match (any, last) {
            (true, _) => is_on(&place),
            (false, Some(last)) => place.until_on == Some(last),
            (false, None) => Some(place.from_on) == next,
        };
        if counts && !lines.contains(&place.line) {
            lines.push(place.line.clone());
        }
    }
    lines
}
