//! California Metering Exchange Protocol, record MEPMD01: 14 fixed fields, then triplets of stamp, code and value.

use std::io::{self, BufRead};

use crate::adapters::ami::FeedOptions;
use crate::adapters::ami::lines::{Line, Lines, rejection};
use crate::adapters::ami::stamps::{Stamps, number};
use crate::domain::feed::{
    FeedItem, FeedKind, FeedPoint, FeedSeries, RejectReason, Rejection, Stamping, shifted,
    unit_named,
};
use crate::domain::intervals::scaled::Scaled;
use crate::domain::quantity::Unit;
use crate::domain::reads::ReadQuality;

/// No real record has more values: a year of five minutes.
const MOST_VALUES: u32 = 105_408;

/// Reads the file.
pub struct Reader<R> {
    lines: Lines<R>,
    parser: Parser,
    late: Vec<Rejection>,
}

struct Parser {
    stamps: Stamps,
    stamping: Stamping,
}

impl<R: BufRead> Reader<R> {
    /// A reader of a file with this declaration.
    pub fn new(file: R, options: &FeedOptions) -> Self {
        Self {
            lines: Lines::new(file),
            parser: Parser {
                stamps: Stamps::of(options.zone, options.stamping),
                stamping: options.stamping,
            },
            late: Vec::new(),
        }
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = io::Result<FeedItem>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(late) = self.late.pop() {
            return Some(Ok(FeedItem::Rejected(late)));
        }
        loop {
            let number = self.lines.number() + 1;
            let item = match self.lines.next() {
                Err(error) => return Some(Err(error)),
                Ok(None) => return None,
                Ok(Some(Line::TooLong)) => {
                    FeedItem::Rejected(rejection(number, RejectReason::TooLong, None, b""))
                }
                Ok(Some(Line::Text(text))) => {
                    if text.iter().all(u8::is_ascii_whitespace) {
                        continue;
                    }
                    match self.parser.parse(text, number, &mut self.late) {
                        Ok(series) => FeedItem::Series(series),
                        Err((reason, fact)) => {
                            FeedItem::Rejected(rejection(number, reason, fact, text))
                        }
                    }
                }
            };
            return Some(Ok(item));
        }
    }
}

type Refused<'a> = (RejectReason, Option<&'a [u8]>);

/// The fixed part of a record.
struct Fixed<'a> {
    meter: &'a str,
    unit: Unit,
    power: i8,
    is_register: bool,
    constant: Scaled,
    seconds: Option<i64>,
    count: u32,
}

fn fixed<'a>(fields: &mut impl Iterator<Item = &'a [u8]>) -> Result<Fixed<'a>, Refused<'a>> {
    let cut = (RejectReason::CutShort, None);
    let mut next = || fields.next().ok_or(cut);
    let record = next()?;
    if record != b"MEPMD01" {
        return Err((RejectReason::UnknownRecord, Some(record)));
    }
    for _ in 0..6 {
        next()?;
    }
    let (meter, _purpose, _commodity) = (next()?, next()?, next()?);
    let (units, constant, interval, count) = (next()?, next()?, next()?, next()?);
    let name = std::str::from_utf8(meter).unwrap_or_default().trim();
    if name.is_empty() {
        return Err((RejectReason::Malformed, Some(meter)));
    }
    let words = std::str::from_utf8(units).unwrap_or_default();
    let (words, is_register) = match words.strip_suffix("REG") {
        Some(words) => (words, true),
        None => (words, false),
    };
    let (unit, power) = unit_named(words).ok_or((RejectReason::UnknownUnit, Some(units)))?;
    let constant = if constant.is_empty() { b"1" } else { constant };
    Ok(Fixed {
        meter: name,
        unit,
        power,
        is_register,
        constant: Scaled::parse(constant, b'.')
            .map_err(|_not_a_number| (RejectReason::BadNumber, Some(constant)))?,
        seconds: interval_seconds(interval),
        count: number(count).ok_or((RejectReason::Malformed, Some(count)))?,
    })
}

/// `MMDDhhmm` as seconds; months have no fixed length.
fn interval_seconds(interval: &[u8]) -> Option<i64> {
    let number = number(interval).filter(|_| interval.len() == 8)?;
    let (months, days) = (number / 1_000_000, number / 10_000 % 100);
    let (hours, minutes) = (number / 100 % 100, number % 100);
    let seconds = i64::from(days * 86_400 + hours * 3_600 + minutes * 60);
    (months == 0 && seconds > 0).then_some(seconds)
}

impl Parser {
    fn parse<'a>(
        &mut self,
        text: &'a [u8],
        line: u64,
        late: &mut Vec<Rejection>,
    ) -> Result<FeedSeries, Refused<'a>> {
        let mut fields = text.split(|byte| *byte == b',');
        let head = fixed(&mut fields)?;
        if head.count > MOST_VALUES {
            return Err((RejectReason::TooLong, None));
        }
        let kind = match (head.is_register, head.seconds) {
            (true, _) => FeedKind::Register,
            (false, Some(seconds)) => FeedKind::Interval { seconds },
            (false, None) => return Err((RejectReason::IntervalLength, None)),
        };
        let mut points = Vec::with_capacity(usize::try_from(head.count.min(2_000)).unwrap_or(0));
        let mut last = None;
        for _ in 0..head.count {
            let (Some(stamp), Some(code), Some(value)) =
                (fields.next(), fields.next(), fields.next())
            else {
                return Err((RejectReason::CutShort, None));
            };
            let at = self.instant(stamp, last, &head)?;
            last = Some(at);
            let (value, quality) = match read_value(value, code, head.power) {
                Ok(read) => read,
                Err((reason, fact)) => {
                    late.push(rejection(line, reason, fact, text));
                    continue;
                }
            };
            let at = match (kind, self.stamping) {
                (FeedKind::Interval { seconds }, Stamping::End) => at - seconds,
                (FeedKind::Interval { .. } | FeedKind::Register, _) => at,
            };
            let line = u32::try_from(line).unwrap_or(u32::MAX);
            points.push(FeedPoint {
                at,
                value,
                quality,
                line,
            });
        }
        if fields.next().is_some_and(|extra| !extra.is_empty()) {
            return Err((RejectReason::CutShort, None));
        }
        Ok(FeedSeries {
            meter: head.meter.to_owned(),
            channel: None,
            kind,
            unit: head.unit,
            constant: head.constant,
            points,
        })
    }

    /// A stamp; an empty one is the one before plus the interval.
    fn instant<'a>(
        &mut self,
        stamp: &'a [u8],
        last: Option<i64>,
        head: &Fixed<'a>,
    ) -> Result<i64, Refused<'a>> {
        if stamp.is_empty() {
            return last
                .zip(head.seconds)
                .map(|(last, seconds)| last + seconds)
                .ok_or((RejectReason::BadStamp, None));
        }
        self.stamps
            .compact(stamp, head.meter)
            .map_err(|reason| (reason, Some(stamp)))
    }
}

/// Codes that begin with R are raw, A actual, V validated, E estimated; an empty value is missing.
fn read_value<'a>(
    value: &'a [u8],
    code: &'a [u8],
    power: i8,
) -> Result<(Scaled, ReadQuality), Refused<'a>> {
    if value.is_empty() {
        return Ok((Scaled::default(), ReadQuality::Missing));
    }
    let quality = match code.first() {
        Some(b'R' | b'A' | b'V') => ReadQuality::Actual,
        Some(b'E') => ReadQuality::Estimated,
        _ => return Err((RejectReason::UnknownQuality, Some(code))),
    };
    let bad = (RejectReason::BadNumber, Some(value));
    let value = Scaled::parse(value, b'.').map_err(|_not_a_number| bad)?;
    if power == 0 {
        return Ok((value, quality));
    }
    Ok((shifted(value, power).ok_or(bad)?, quality))
}
