//! Stamps of files: digits to days and seconds, wall time to instants.

use std::collections::HashMap;

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::domain::feed::{RejectReason, Stamping};
use crate::domain::intervals::calendar::{Placed, WallClock};

/// More meters than this in one hour of ambiguity are forgotten and begin anew.
const MOST_REMEMBERED: usize = 500_000;

/// Places wall times. In the hour that comes twice, a meter's stamps are taken to go on: what does not lie after its last one belongs to the
/// second time round.
pub struct Stamps {
    clock: WallClock,
    last_twice: HashMap<String, i64>,
    last_day: (u32, Option<NaiveDate>),
    are_beginnings: bool,
}

impl Stamps {
    pub fn new(zone: Tz) -> Self {
        Self {
            clock: WallClock::new(zone),
            last_twice: HashMap::new(),
            last_day: (0, None),
            are_beginnings: false,
        }
    }

    /// Stamps that name the beginning of their intervals: none begins at the time at which the clocks are put forward, and to take it for
    /// the hour after would write over that hour's own value.
    pub fn of(zone: Tz, stamping: Stamping) -> Self {
        Self {
            are_beginnings: stamping == Stamping::Start,
            ..Self::new(zone)
        }
    }

    /// The instant of a wall time, for a meter.
    pub fn place(&mut self, day: NaiveDate, second: i64, meter: &str) -> Result<i64, RejectReason> {
        match self.clock.place(day, second) {
            Placed::At(at) => Ok(at),
            Placed::AtChange(at) if !self.are_beginnings => Ok(at),
            Placed::AtChange(_) | Placed::Never => Err(RejectReason::NoSuchTime),
            Placed::Either(first, second) => {
                if self.last_twice.len() > MOST_REMEMBERED {
                    self.last_twice.clear();
                }
                let last = self.last_twice.entry(meter.to_owned()).or_insert(i64::MIN);
                let at = if *last >= first { second } else { first };
                *last = at;
                Ok(at)
            }
        }
    }

    /// The day of `yyyymmdd`, remembered from one value to the next.
    pub fn day(&mut self, digits: &[u8]) -> Option<NaiveDate> {
        let number = number(digits)?;
        if self.last_day.0 != number || self.last_day.1.is_none() {
            let year = i32::try_from(number / 10_000).ok()?;
            let day = NaiveDate::from_ymd_opt(year, number / 100 % 100, number % 100);
            self.last_day = (number, day);
        }
        self.last_day.1
    }

    /// The instant of `yyyymmddhhmm`, with or without seconds; 24:00 is the next midnight.
    pub fn compact(&mut self, digits: &[u8], meter: &str) -> Result<i64, RejectReason> {
        let parts = digits.split_at_checked(8).and_then(|(day, time)| {
            let (hour, rest) = time.split_at_checked(2)?;
            let (minute, second) = rest.split_at_checked(2)?;
            let second = if second.is_empty() {
                0
            } else {
                number(second)?
            };
            Some((self.day(day)?, number(hour)?, number(minute)?, second))
        });
        let Some((day, hour, minute, second)) = parts else {
            return Err(RejectReason::BadStamp);
        };
        self.clock_time(day, (hour, minute, second), meter)
    }

    /// The instant of a day and a time of the clock; 24:00 is the next midnight.
    pub fn clock_time(
        &mut self,
        day: NaiveDate,
        (hour, minute, second): (u32, u32, u32),
        meter: &str,
    ) -> Result<i64, RejectReason> {
        if (hour, minute, second) == (24, 0, 0) {
            let next = day.succ_opt().ok_or(RejectReason::BadStamp)?;
            return self.place(next, 0, meter);
        }
        if hour > 23 || minute > 59 || second > 59 {
            return Err(RejectReason::BadStamp);
        }
        self.place(day, i64::from(hour * 3600 + minute * 60 + second), meter)
    }
}

/// A number of up to nine digits and nothing else.
pub fn number(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    digits.iter().try_fold(0_u32, |number, byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + u32::from(byte - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_interval_begins_when_the_clocks_are_put_forward_though_one_may_end() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 8).expect("a day of the calendar");
        let zone = chrono_tz::America::Chicago;
        let two = 2 * 3600;
        let mut beginnings = Stamps::of(zone, Stamping::Start);
        let mut ends = Stamps::of(zone, Stamping::End);
        let three = beginnings.place(day, 3 * 3600, "W1");
        assert!(three.is_ok());
        assert_eq!(
            beginnings.place(day, two, "W1"),
            Err(RejectReason::NoSuchTime)
        );
        assert_eq!(ends.place(day, two, "W1"), three);
        assert_eq!(
            ends.place(day, two + 900, "W1"),
            Err(RejectReason::NoSuchTime)
        );
    }
}
