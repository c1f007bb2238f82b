//! AEMO NEM12 interval data (records 100, 200, 300, 400, 500, 900) and NEM13 register reads (250).
//! A 300 record is one day of one channel from midnight, market time; 400 records say the quality of parts of it.

use std::collections::VecDeque;
use std::io::{self, BufRead};

use crate::adapters::ami::FeedOptions;
use crate::adapters::ami::lines::{Line, Lines, rejection};
use crate::adapters::ami::stamps::{Stamps, number};
use crate::domain::feed::{
    FeedItem, FeedKind, FeedPoint, FeedSeries, ONE, RejectReason, shifted, unit_named,
};
use crate::domain::intervals::scaled::Scaled;
use crate::domain::quantity::Unit;
use crate::domain::reads::ReadQuality;

/// Reads the file.
pub struct Reader<R> {
    lines: Lines<R>,
    stamps: Stamps,
    channel: Option<ChannelOf>,
    day: Option<FeedSeries>,
    ready: VecDeque<FeedItem>,
    /// Records were read, and no record 900 that ends them.
    is_open: bool,
    is_done: bool,
}

/// The 200 record in force.
#[derive(Debug, Clone)]
struct ChannelOf {
    meter: String,
    channel: String,
    unit: Unit,
    power: i8,
    minutes: u32,
}

type Refused<'a> = (RejectReason, Option<&'a [u8]>);

impl<R: BufRead> Reader<R> {
    /// A reader of a file with this declaration.
    pub fn new(file: R, options: &FeedOptions) -> Self {
        Self {
            lines: Lines::new(file),
            stamps: Stamps::new(options.zone),
            channel: None,
            day: None,
            ready: VecDeque::new(),
            is_open: false,
            is_done: false,
        }
    }

    fn read_line(&mut self) -> io::Result<()> {
        let number = self.lines.number() + 1;
        let text = match self.lines.next()? {
            None => {
                self.is_done = true;
                self.ready.extend(self.day.take().map(FeedItem::Series));
                if self.is_open {
                    // What was read is good; that more should have followed is said.
                    let item = rejection(number, RejectReason::CutShort, None, b"");
                    self.ready.push_back(FeedItem::Rejected(item));
                }
                return Ok(());
            }
            Some(Line::TooLong) => {
                let item = rejection(number, RejectReason::TooLong, None, b"");
                self.ready.push_back(FeedItem::Rejected(item));
                return Ok(());
            }
            Some(Line::Text(text)) => text,
        };
        if text.iter().all(u8::is_ascii_whitespace) {
            return Ok(());
        }
        let mut fields = text.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
        let record = fields.next().unwrap_or_default();
        if record != b"400" {
            self.ready.extend(self.day.take().map(FeedItem::Series));
        }
        self.is_open = record != b"900";
        let line = u32::try_from(number).unwrap_or(u32::MAX);
        let outcome = match record {
            b"100" => header(&mut fields),
            b"200" => {
                self.channel = None;
                channel(&mut fields).map(|channel| self.channel = Some(channel))
            }
            b"300" => interval_day(&mut fields, self.channel.as_ref(), &mut self.stamps, line)
                .map(|day| self.day = Some(day)),
            b"400" => part(&mut fields, self.day.as_mut()),
            b"250" => register(&mut fields, &mut self.stamps, line)
                .map(|series| self.ready.push_back(FeedItem::Series(series))),
            // B2B details of a read and of a register read: nothing to bill from.
            b"500" | b"550" | b"900" => Ok(()),
            _ => Err((RejectReason::UnknownRecord, Some(record))),
        };
        if let Err((reason, fact)) = outcome {
            let item = rejection(number, reason, fact, text);
            self.ready.push_back(FeedItem::Rejected(item));
        }
        Ok(())
    }
}

fn header<'a>(fields: &mut impl Iterator<Item = &'a [u8]>) -> Result<(), Refused<'a>> {
    match fields.next() {
        Some(b"NEM12" | b"NEM13") => Ok(()),
        other => Err((RejectReason::UnknownRecord, other)),
    }
}

fn channel<'a>(fields: &mut impl Iterator<Item = &'a [u8]>) -> Result<ChannelOf, Refused<'a>> {
    let mut next = || fields.next().ok_or((RejectReason::CutShort, None));
    let (nmi, _configuration, _register, suffix) = (next()?, next()?, next()?, next()?);
    let (_stream, _serial, unit, minutes) = (next()?, next()?, next()?, next()?);
    let name = |bytes: &'a [u8]| match std::str::from_utf8(bytes) {
        Ok(text) if !text.is_empty() => Ok(text.to_owned()),
        _ => Err((RejectReason::Malformed, Some(bytes))),
    };
    let word = std::str::from_utf8(unit).unwrap_or_default();
    let (unit, power) = unit_named(word).ok_or((RejectReason::UnknownUnit, Some(unit)))?;
    let length = number(minutes).filter(|minutes| matches!(minutes, 5 | 15 | 30));
    Ok(ChannelOf {
        meter: name(nmi)?,
        channel: name(suffix)?,
        unit,
        power,
        minutes: length.ok_or((RejectReason::IntervalLength, Some(minutes)))?,
    })
}

fn interval_day<'a>(
    fields: &mut impl Iterator<Item = &'a [u8]>,
    channel: Option<&ChannelOf>,
    stamps: &mut Stamps,
    line: u32,
) -> Result<FeedSeries, Refused<'a>> {
    let cut = (RejectReason::CutShort, None);
    let channel = channel.ok_or((RejectReason::Malformed, None))?;
    let date = fields.next().ok_or(cut)?;
    let day = stamps.day(date).filter(|_| date.len() == 8);
    let day = day.ok_or((RejectReason::BadStamp, Some(date)))?;
    let start = stamps
        .place(day, 0, &channel.meter)
        .map_err(|reason| (reason, Some(date)))?;
    let seconds = i64::from(channel.minutes) * 60;
    let mut points = Vec::new();
    for slot in 0..1_440 / i64::from(channel.minutes) {
        let text = fields.next().ok_or(cut)?;
        let bad = (RejectReason::BadNumber, Some(text));
        let value = Scaled::parse(text, b'.').map_err(|_not_a_number| bad)?;
        points.push(FeedPoint {
            at: start + slot * seconds,
            value: shifted(value, channel.power).ok_or(bad)?,
            quality: ReadQuality::Actual,
            line,
        });
    }
    let method = fields.next().ok_or(cut)?;
    let quality = quality(method)?.unwrap_or(ReadQuality::Missing);
    for point in &mut points {
        point.quality = quality;
    }
    Ok(FeedSeries {
        meter: channel.meter.clone(),
        channel: Some(channel.channel.clone()),
        kind: FeedKind::Interval { seconds },
        unit: channel.unit,
        constant: ONE,
        points,
    })
}

/// The quality of a method flag: A actual, E estimate, F final and S other substitute, N none; `None` for V, which 400 records vary.
fn quality(method: &[u8]) -> Result<Option<ReadQuality>, Refused<'_>> {
    match method.first() {
        Some(b'A') => Ok(Some(ReadQuality::Actual)),
        Some(b'E' | b'S') => Ok(Some(ReadQuality::Estimated)),
        Some(b'F') => Ok(Some(ReadQuality::Edited)),
        Some(b'N') => Ok(Some(ReadQuality::Missing)),
        Some(b'V') => Ok(None),
        _ => Err((RejectReason::UnknownQuality, Some(method))),
    }
}

fn part<'a>(
    fields: &mut impl Iterator<Item = &'a [u8]>,
    day: Option<&mut FeedSeries>,
) -> Result<(), Refused<'a>> {
    let mut next = || fields.next().ok_or((RejectReason::CutShort, None));
    let (from, until, method) = (next()?, next()?, next()?);
    let day = day.ok_or((RejectReason::Malformed, None))?;
    let place = |field: &'a [u8]| {
        number(field)
            .and_then(|place| usize::try_from(place).ok())
            .ok_or((RejectReason::Malformed, Some(field)))
    };
    let (first, last) = (place(from)?, place(until)?);
    let quality = quality(method)?.unwrap_or(ReadQuality::Missing);
    let points = first
        .checked_sub(1)
        .and_then(|first| day.points.get_mut(first..last))
        .ok_or((RejectReason::Malformed, Some(until)))?;
    for point in points {
        point.quality = quality;
    }
    Ok(())
}

/// A NEM13 record: the previous and the current value of a register.
fn register<'a>(
    fields: &mut impl Iterator<Item = &'a [u8]>,
    stamps: &mut Stamps,
    line: u32,
) -> Result<FeedSeries, Refused<'a>> {
    let fields: Vec<&[u8]> = fields.take(30).collect();
    let field = |place: usize| {
        fields
            .get(place)
            .copied()
            .ok_or((RejectReason::CutShort, None))
    };
    let text = |place: usize| {
        let bytes = field(place)?;
        std::str::from_utf8(bytes)
            .ok()
            .filter(|text| !text.is_empty())
            .ok_or((RejectReason::Malformed, Some(bytes)))
    };
    let (meter, channel) = (text(0)?, text(4)?);
    let word = field(19 - 1)?;
    let known = unit_named(std::str::from_utf8(word).unwrap_or_default());
    let (unit, power) = known.ok_or((RejectReason::UnknownUnit, Some(word)))?;
    let mut points = Vec::new();
    for (value, stamp, method) in [(7, 8, 9), (12, 13, 14)] {
        let (value, stamp, method) = (field(value)?, field(stamp)?, field(method)?);
        let bad = (RejectReason::BadNumber, Some(value));
        let shown = Scaled::parse(value, b'.').map_err(|_not_a_number| bad)?;
        points.push(FeedPoint {
            at: stamps
                .compact(stamp, meter)
                .map_err(|reason| (reason, Some(stamp)))?,
            value: shifted(shown, power).ok_or(bad)?,
            quality: quality(method)?.unwrap_or(ReadQuality::Missing),
            line,
        });
    }
    Ok(FeedSeries {
        meter: meter.to_owned(),
        channel: Some(channel.to_owned()),
        kind: FeedKind::Register,
        unit,
        constant: ONE,
        points,
    })
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = io::Result<FeedItem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
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
