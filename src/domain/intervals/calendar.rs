//! Civil days of the utility's zone as spans of UTC: where each begins, and whether it has 23, 24 or 25 hours.

use std::collections::HashMap;

use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, TimeDelta, TimeZone};
use chrono_tz::Tz;

use crate::domain::intervals::Resolution;

/// One civil day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CivilDay {
    /// The day.
    pub day: NaiveDate,
    /// Its first instant, in seconds since 1970 UTC.
    pub start: i64,
    /// The first instant of the next day.
    pub end: i64,
}

impl CivilDay {
    /// The day in a zone.
    #[must_use]
    pub fn of(zone: Tz, day: NaiveDate) -> Self {
        let next = day.succ_opt().unwrap_or(day);
        Self {
            day,
            start: first_instant(zone, day),
            end: first_instant(zone, next),
        }
    }

    /// How many slots of this resolution it has.
    #[must_use]
    pub fn slots(self, resolution: Resolution) -> usize {
        let step = resolution.seconds();
        usize::try_from((self.end - self.start + step - 1) / step).unwrap_or(0)
    }

    /// The slot that begins exactly at this instant.
    #[must_use]
    pub fn slot_at(self, start: i64, resolution: Resolution) -> Option<usize> {
        let offset = start - self.start;
        let step = resolution.seconds();
        if offset < 0 || start >= self.end || offset % step != 0 {
            return None;
        }
        usize::try_from(offset / step).ok()
    }

    /// Whether the instant lies in the day.
    #[must_use]
    pub const fn contains(self, at: i64) -> bool {
        self.start <= at && at < self.end
    }
}

fn first_instant(zone: Tz, day: NaiveDate) -> i64 {
    let midnight = day.and_time(chrono::NaiveTime::MIN);
    // Where the clocks go forward at midnight, the day begins later by the wall.
    (0..96)
        .find_map(|quarter| {
            zone.from_local_datetime(&(midnight + TimeDelta::minutes(quarter * 15)))
                .earliest()
        })
        .map_or_else(|| midnight.and_utc().timestamp(), |start| start.timestamp())
}

/// Finds civil days, remembering those it has met.
#[derive(Debug, Clone)]
pub struct Calendar {
    zone: Tz,
    last: CivilDay,
    met: HashMap<NaiveDate, CivilDay>,
}

impl Calendar {
    /// A calendar of the utility's zone.
    #[must_use]
    pub fn new(zone: Tz) -> Self {
        Self {
            zone,
            last: CivilDay::of(zone, NaiveDate::default()),
            met: HashMap::new(),
        }
    }

    /// The zone it keeps.
    #[must_use]
    pub const fn zone(&self) -> Tz {
        self.zone
    }

    /// One civil day.
    pub fn day(&mut self, day: NaiveDate) -> CivilDay {
        if self.last.day == day {
            return self.last;
        }
        let zone = self.zone;
        self.last = *self
            .met
            .entry(day)
            .or_insert_with(|| CivilDay::of(zone, day));
        self.last
    }

    /// The civil day in which an instant lies.
    pub fn day_of(&mut self, at: i64) -> CivilDay {
        if self.last.contains(at) {
            return self.last;
        }
        let utc = DateTime::from_timestamp(at, 0)
            .unwrap_or_default()
            .naive_utc();
        let local = self.zone.from_utc_datetime(&utc).date_naive();
        self.day(local)
    }
}

/// How a stamp of a file is placed in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    /// One instant, in seconds since 1970 UTC.
    At(i64),
    /// The clocks were put back: either of two instants.
    Either(i64, i64),
    /// The clocks were put forward at this very time: the instant of the change. An interval may end here by the old clock, none begins.
    AtChange(i64),
    /// The clocks were put forward: no clock showed this time.
    Never,
}

/// Turns wall time of a file's zone into instants; quick on days without a change of the clocks.
#[derive(Debug, Clone)]
pub struct WallClock {
    zone: Tz,
    plain: HashMap<NaiveDate, Option<i64>>,
    last: (NaiveDate, Option<i64>),
}

impl WallClock {
    /// A clock of the file's zone.
    #[must_use]
    pub fn new(zone: Tz) -> Self {
        Self {
            zone,
            plain: HashMap::new(),
            last: (NaiveDate::MIN, None),
        }
    }

    /// The instant at which the wall showed this day and second of the day. The very time at which a gap begins is the instant of the
    /// change, because files stamp the end of the hour before it so.
    pub fn place(&mut self, day: NaiveDate, second: i64) -> Placed {
        if self.last.0 != day {
            let zone = self.zone;
            let start = *self
                .plain
                .entry(day)
                .or_insert_with(|| plain_start(zone, day));
            self.last = (day, start);
        }
        match self.last.1 {
            Some(start) if (0..86_400).contains(&second) => Placed::At(start + second),
            _ => {
                self.place_slowly(day.and_time(chrono::NaiveTime::MIN) + TimeDelta::seconds(second))
            }
        }
    }

    fn place_slowly(&self, wall: NaiveDateTime) -> Placed {
        match self.zone.from_local_datetime(&wall) {
            LocalResult::Single(at) => Placed::At(at.timestamp()),
            LocalResult::Ambiguous(first, second) => {
                Placed::Either(first.timestamp(), second.timestamp())
            }
            LocalResult::None => {
                let before = wall - TimeDelta::seconds(1);
                self.zone
                    .from_local_datetime(&before)
                    .latest()
                    .map_or(Placed::Never, |at| Placed::AtChange(at.timestamp() + 1))
            }
        }
    }
}

/// The first instant of a day in which the wall runs evenly from midnight to midnight.
fn plain_start(zone: Tz, day: NaiveDate) -> Option<i64> {
    let midnight = day.and_time(chrono::NaiveTime::MIN);
    let next = day.succ_opt()?.and_time(chrono::NaiveTime::MIN);
    let start = zone.from_local_datetime(&midnight).single()?.timestamp();
    let end = zone.from_local_datetime(&next).single()?.timestamp();
    // Equal ends prove nothing where clocks go forward and back on one day; no zone does that.
    (end - start == 86_400).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn days_have_23_24_or_25_hours() {
        let zone = chrono_tz::America::Chicago;
        let hours = |text: &str| CivilDay::of(zone, day(text)).slots(Resolution::Hour);
        assert_eq!(hours("2026-03-08"), 23);
        assert_eq!(hours("2026-03-09"), 24);
        assert_eq!(hours("2026-11-01"), 25);
        let quarters = CivilDay::of(zone, day("2026-11-01")).slots(Resolution::Quarter);
        assert_eq!(quarters, 100);
    }

    #[test]
    fn a_wall_time_is_one_instant_or_two_or_none() {
        let mut clock = WallClock::new(chrono_tz::Europe::Madrid);
        assert!(matches!(
            clock.place(day("2016-10-30"), 2 * 3600 + 56 * 60),
            Placed::Either(..)
        ));
        assert_eq!(clock.place(day("2016-03-27"), 2 * 3600 + 60), Placed::Never);
        let change = clock.place(day("2016-03-27"), 2 * 3600);
        let Placed::At(three) = clock.place(day("2016-03-27"), 3 * 3600) else {
            panic!("three o'clock is shown once");
        };
        assert_eq!(change, Placed::AtChange(three));
        assert_eq!(
            clock.place(day("2016-07-01"), 60),
            Placed::At(1_467_324_060)
        );
    }
}
