//! What the meters of a city show on a read day, as a head-end would send it.

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use crate::cli::seed::homes::Metered;
use crate::domain::feed::{FeedItem, FeedKind, FeedPoint, FeedSeries, ONE};
use crate::domain::intervals::calendar::{Placed, WallClock};
use crate::domain::intervals::scaled::Scaled;
use crate::domain::reads::ReadQuality;

/// Noon of a day, in seconds since 1970 UTC.
#[must_use]
pub fn noon(zone: Tz, on: NaiveDate) -> i64 {
    match WallClock::new(zone).place(on, 43_200) {
        Placed::At(at) | Placed::Either(at, _) | Placed::AtChange(at) => at,
        Placed::Never => on.and_time(chrono::NaiveTime::MIN).and_utc().timestamp(),
    }
}

/// An instant as rows keep it.
#[must_use]
pub fn instant(at: i64) -> NaiveDateTime {
    chrono::DateTime::from_timestamp(at, 0)
        .unwrap_or_default()
        .naive_utc()
}

/// One meter's values at these instants, each after so many months of use.
#[must_use]
pub fn series(of: Metered, place: u64, at: &[(i64, u64)]) -> FeedItem {
    let points = at
        .iter()
        .map(|(at, months)| FeedPoint {
            at: *at,
            value: Scaled {
                units: i64::try_from(of.shown(place, *months)).unwrap_or(i64::MAX),
                scale: 0,
            },
            quality: ReadQuality::Actual,
            line: 0,
        })
        .collect();
    FeedItem::Series(FeedSeries {
        meter: of.serial(place),
        channel: None,
        kind: FeedKind::Register,
        unit: of.unit(),
        constant: ONE,
        points,
    })
}
