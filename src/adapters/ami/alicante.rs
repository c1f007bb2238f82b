//! Water registers of the Alicante trial: `meter;dd/mm/yyyy hh:mm:ss;register_litres;diff_litres`, read about hourly at an uneven minute.

use std::io::{self, BufRead};

use chrono::NaiveDate;

use crate::adapters::ami::FeedOptions;
use crate::adapters::ami::grouping::{Grouping, Head};
use crate::adapters::ami::lines::{Line, Lines, rejection};
use crate::adapters::ami::stamps::{Stamps, number};
use crate::domain::feed::{FeedItem, FeedKind, FeedPoint, RejectReason, shifted};
use crate::domain::intervals::scaled::Scaled;
use crate::domain::quantity::Unit;
use crate::domain::reads::ReadQuality;

/// Reads the file.
pub struct Reader<R> {
    lines: Lines<R>,
    stamps: Stamps,
    grouping: Grouping,
    is_done: bool,
}

impl<R: BufRead> Reader<R> {
    /// A reader of a file with this declaration.
    pub fn new(file: R, options: &FeedOptions) -> Self {
        Self {
            lines: Lines::new(file),
            stamps: Stamps::new(options.zone),
            grouping: Grouping::default(),
            is_done: false,
        }
    }

    fn read_line(&mut self) -> io::Result<()> {
        let (number, short) = (self.lines.number() + 1, self.lines.short_number() + 1);
        match self.lines.next()? {
            None => {
                self.is_done = true;
                self.grouping.hand_over();
            }
            Some(Line::TooLong) => {
                self.grouping
                    .reject(rejection(number, RejectReason::TooLong, None, b""));
            }
            Some(Line::Text(text)) => {
                if text.is_empty() || (number == 1 && text.starts_with(b"meter;")) {
                    return Ok(());
                }
                match parse(text, &mut self.stamps) {
                    Ok((meter, at, value)) => {
                        let head = Head {
                            meter,
                            kind: FeedKind::Register,
                            unit: Unit::Liter,
                        };
                        let quality = ReadQuality::Actual;
                        let line = short;
                        let point = FeedPoint {
                            at,
                            value,
                            quality,
                            line,
                        };
                        self.grouping.add(&head, point);
                    }
                    Err((reason, fact)) => {
                        self.grouping.reject(rejection(number, reason, fact, text));
                    }
                }
            }
        }
        Ok(())
    }
}

type Refused<'a> = (RejectReason, Option<&'a [u8]>);

fn parse<'a>(text: &'a [u8], stamps: &mut Stamps) -> Result<(&'a str, i64, Scaled), Refused<'a>> {
    let mut fields = text.split(|byte| *byte == b';');
    let (Some(meter), Some(stamp), Some(value), Some(_), None) = (
        fields.next(),
        fields.next(),
        fields.next(),
        fields.next(),
        fields.next(),
    ) else {
        return Err((RejectReason::Malformed, None));
    };
    let meter = std::str::from_utf8(meter).unwrap_or_default().trim();
    if meter.is_empty() {
        return Err((RejectReason::Malformed, None));
    }
    let bad_stamp = (RejectReason::BadStamp, Some(stamp));
    let (day, time) = day_and_time(stamp).ok_or(bad_stamp)?;
    let at = stamps
        .clock_time(day, time, meter)
        .map_err(|reason| (reason, Some(stamp)))?;
    let value = litres(value).ok_or((RejectReason::BadNumber, Some(value)))?;
    Ok((meter, at, value))
}

/// A whole number; the program that wrote the trial's files put round ones as `2e+05`.
fn litres(text: &[u8]) -> Option<Scaled> {
    let mut parts = text.splitn(2, |byte| *byte == b'e');
    let digits = Scaled::parse(parts.next()?, b'.').ok()?;
    match parts.next() {
        None => Some(digits),
        Some(exponent) => {
            let exponent = std::str::from_utf8(exponent).ok()?;
            shifted(digits, exponent.parse().ok()?)
        }
    }
}

fn day_and_time(stamp: &[u8]) -> Option<(NaiveDate, (u32, u32, u32))> {
    let [d1, d2, b'/', m1, m2, b'/', y1, y2, y3, y4, b' ', time @ ..] = stamp else {
        return None;
    };
    let [h1, h2, b':', n1, n2, b':', s1, s2] = time else {
        return None;
    };
    let two = |a: &u8, b: &u8| number(&[*a, *b]);
    let year = i32::try_from(number(&[*y1, *y2, *y3, *y4])?).ok()?;
    let day = NaiveDate::from_ymd_opt(year, two(m1, m2)?, two(d1, d2)?)?;
    Some((day, (two(h1, h2)?, two(n1, n2)?, two(s1, s2)?)))
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = io::Result<FeedItem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.grouping.take() {
                return Some(Ok(item));
            }
            if self.is_done {
                return None;
            }
            if let Err(error) = self.read_line() {
                self.is_done = true;
                return Some(Err(error));
            }
        }
    }
}
