//! Green Button (NAESB ESPI in Atom), read as a stream: reading types are remembered as they pass, interval blocks are handed over one by
//! one. Real exports that are not valid against the schema are read as long as their blocks can be understood.

use std::collections::{HashMap, VecDeque};
use std::io::{self, BufRead};

use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};

use crate::adapters::ami::FeedOptions;
use crate::adapters::ami::lines::{Guard, rejection};
use crate::domain::feed::{FeedItem, FeedKind, FeedPoint, FeedSeries, ONE, RejectReason, shifted};
use crate::domain::intervals::scaled::Scaled;
use crate::domain::quantity::Unit;
use crate::domain::reads::ReadQuality;

/// Readings that are gathered before they are handed over.
const PORTION: usize = 16_384;
/// Reading types and links that are remembered.
const MOST_REMEMBERED: usize = 100_000;

/// Reads the file.
pub struct Reader<R: BufRead> {
    xml: XmlReader<Guard<R>>,
    buffer: Vec<u8>,
    path: Vec<String>,
    text: String,
    meter: Option<String>,
    types: HashMap<String, ReadingType>,
    type_of_reading: HashMap<String, String>,
    last_type: Option<ReadingType>,
    entry: Entry,
    reading: Reading,
    ready: VecDeque<FeedItem>,
    is_done: bool,
}

/// How the values of a meter reading are to be understood.
#[derive(Debug, Clone, Copy, Default)]
struct ReadingType {
    unit_code: Option<u32>,
    power: i8,
    accumulation: Option<u32>,
}

/// What the entry now being read has said.
#[derive(Debug, Default)]
struct Entry {
    own: Option<String>,
    links: Vec<String>,
    reading_type: Option<ReadingType>,
    is_meter_reading: bool,
    blocks: Vec<Reading>,
}

/// One interval reading.
#[derive(Debug, Clone, Default)]
struct Reading {
    start: Option<i64>,
    seconds: Option<i64>,
    value: Option<Scaled>,
    quality: Option<u32>,
    line: u64,
    bad: Option<String>,
}

impl<R: BufRead> Reader<R> {
    /// A reader of a file with this declaration.
    pub fn new(file: R, options: &FeedOptions) -> Self {
        Self {
            xml: XmlReader::from_reader(Guard::new(file, b'>')),
            buffer: Vec::new(),
            path: Vec::new(),
            text: String::new(),
            meter: options.meter.clone(),
            types: HashMap::new(),
            type_of_reading: HashMap::new(),
            last_type: None,
            entry: Entry::default(),
            reading: Reading::default(),
            ready: VecDeque::new(),
            is_done: false,
        }
    }

    fn step(&mut self) -> io::Result<()> {
        self.buffer.clear();
        let mut buffer = std::mem::take(&mut self.buffer);
        let event = self.xml.read_event_into(&mut buffer);
        let line = self.xml.get_ref().line();
        match event {
            Err(quick_xml::Error::Io(error)) => {
                self.is_done = true;
                return Err(io::Error::new(error.kind(), error.to_string()));
            }
            Err(error) => {
                self.is_done = true;
                self.finish_entry();
                let text = error.to_string();
                let item = rejection(line, RejectReason::Malformed, None, text.as_bytes());
                self.ready.push_back(FeedItem::Rejected(item));
            }
            Ok(Event::Eof) => {
                self.is_done = true;
                if !self.path.is_empty() {
                    let item = rejection(line, RejectReason::CutShort, None, b"");
                    self.ready.push_back(FeedItem::Rejected(item));
                }
                self.finish_entry();
            }
            Ok(Event::Start(tag)) => {
                self.open(&tag, line);
                self.path.push(tag.local_name().as_ref().to_owned());
                self.text.clear();
            }
            Ok(Event::Empty(tag)) => self.open(&tag, line),
            Ok(Event::Text(text)) => {
                self.text.push_str(&text);
            }
            Ok(Event::End(_)) => {
                let name = self.path.pop().unwrap_or_default();
                self.close(&name);
                self.text.clear();
            }
            Ok(_) => {}
        }
        self.buffer = buffer;
        Ok(())
    }

    fn open(&mut self, tag: &BytesStart<'_>, line: u64) {
        match tag.local_name().as_ref() {
            "entry" => self.entry = Entry::default(),
            "link" => self.link(tag),
            "ReadingType" => self.entry.reading_type = Some(ReadingType::default()),
            "MeterReading" => self.entry.is_meter_reading = true,
            "IntervalReading" => {
                self.reading = Reading {
                    line,
                    ..Reading::default()
                };
            }
            _ => {}
        }
    }

    fn link(&mut self, tag: &BytesStart<'_>) {
        let attribute = |name: &str| {
            let found = tag.try_get_attribute(name).ok().flatten()?;
            Some(found.value.into_owned())
        };
        let Some(href) = attribute("href") else {
            return;
        };
        match attribute("rel").as_deref() {
            Some("self") => self.entry.own = Some(href),
            Some("related" | "up") if self.entry.links.len() < 64 => self.entry.links.push(href),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        let parent = self.path.last().map(String::as_str).unwrap_or_default();
        let text = self.text.trim();
        match (parent, name) {
            ("ReadingType", "uom") => {
                let code = text.parse().ok();
                self.change_type(|reading_type| reading_type.unit_code = code);
            }
            ("ReadingType", "powerOfTenMultiplier") => {
                let power = text.parse().unwrap_or(0);
                self.change_type(|reading_type| reading_type.power = power);
            }
            ("ReadingType", "accumulationBehaviour") => {
                let code = text.parse().ok();
                self.change_type(|reading_type| reading_type.accumulation = code);
            }
            ("timePeriod", "start") => self.reading.start = text.parse().ok(),
            ("timePeriod", "duration") => self.reading.seconds = text.parse().ok(),
            ("IntervalReading", "value") => {
                self.reading.value = Scaled::parse(text.as_bytes(), b'.').ok();
                self.reading.bad = self.reading.value.is_none().then(|| text.to_owned());
            }
            ("ReadingQuality", "quality") => self.reading.quality = text.parse().ok(),
            (_, "IntervalReading") => {
                self.entry.blocks.push(std::mem::take(&mut self.reading));
                if self.entry.blocks.len() >= PORTION {
                    self.hand_over();
                }
            }
            (_, "entry") => self.finish_entry(),
            _ => {}
        }
    }

    fn change_type(&mut self, change: impl FnOnce(&mut ReadingType)) {
        if let Some(reading_type) = &mut self.entry.reading_type {
            change(reading_type);
        }
    }

    fn finish_entry(&mut self) {
        if let Some(reading_type) = self.entry.reading_type {
            self.last_type = Some(reading_type);
            if let Some(own) = self.entry.own.clone()
                && self.types.len() < MOST_REMEMBERED
            {
                self.types.insert(own, reading_type);
            }
        }
        if self.entry.is_meter_reading {
            let of_type = self
                .entry
                .links
                .iter()
                .find(|link| link.contains("/ReadingType/"));
            if let (Some(own), Some(of_type)) = (self.entry.own.clone(), of_type.cloned())
                && self.type_of_reading.len() < MOST_REMEMBERED
            {
                self.type_of_reading.insert(own, of_type);
            }
        }
        self.hand_over();
        self.entry = Entry::default();
    }

    /// Hands over the readings of the entry gathered so far: runs of the same length make a series each.
    fn hand_over(&mut self) {
        let readings = std::mem::take(&mut self.entry.blocks);
        if readings.is_empty() {
            return;
        }
        let own = self.entry.own.clone();
        let links: Vec<&str> = own
            .as_deref()
            .into_iter()
            .chain(self.entry.links.iter().map(String::as_str))
            .collect();
        let meter_reading = links.iter().find_map(|link| {
            link.split_once("/IntervalBlock")
                .map(|(reading, _)| reading)
        });
        let reading_type = meter_reading
            .and_then(|reading| self.type_of_reading.get(reading))
            .and_then(|own| self.types.get(own))
            .copied()
            .or(self.last_type)
            .unwrap_or_default();
        let named = meter_reading.and_then(usage_point);
        let meter = self.meter.clone().or(named).unwrap_or_default();
        let channel = meter_reading.and_then(|reading| reading.rsplit_once("/MeterReading/"));
        let channel = channel.map(|(_, channel)| channel.to_owned());
        let mut series: Option<FeedSeries> = None;
        for reading in readings {
            match understood(&reading, reading_type) {
                Err((reason, fact)) => {
                    let fact = fact.as_deref().map(str::as_bytes);
                    let item = rejection(reading.line, reason, fact, b"IntervalReading");
                    self.ready.push_back(FeedItem::Rejected(item));
                }
                Ok((kind, unit, point)) => {
                    if let Some(open) = series.as_mut().filter(|open| open.kind == kind) {
                        open.points.push(point);
                        continue;
                    }
                    let next = FeedSeries {
                        meter: meter.clone(),
                        channel: channel.clone(),
                        kind,
                        unit,
                        constant: ONE,
                        points: vec![point],
                    };
                    self.ready
                        .extend(series.replace(next).map(FeedItem::Series));
                }
            }
        }
        self.ready.extend(series.map(FeedItem::Series));
    }
}

/// The part of an address that names the usage point: `5/UsagePoint/1`.
fn usage_point(address: &str) -> Option<String> {
    let (before, after) = address.split_once("/UsagePoint/")?;
    let owner = before.rsplit('/').next().unwrap_or_default();
    let point = after.split('/').next().unwrap_or_default();
    Some(format!("{owner}/{point}"))
}

type Understood = (FeedKind, Unit, FeedPoint);

fn understood(
    reading: &Reading,
    reading_type: ReadingType,
) -> Result<Understood, (RejectReason, Option<String>)> {
    let number = (RejectReason::BadNumber, reading.bad.clone());
    let stamp = (RejectReason::BadStamp, None);
    let (unit, power) = unit_of(reading_type.unit_code).ok_or_else(|| {
        let code = reading_type.unit_code.map(|code| format!("uom {code}"));
        (RejectReason::UnknownUnit, code)
    })?;
    let value = reading.value.ok_or(number.clone())?;
    let power = reading_type
        .power
        .checked_add(power)
        .ok_or(number.clone())?;
    let at = reading.start.ok_or(stamp.clone())?;
    // 4 is usage in each interval, as is a type that does not say; 1 and 3 are what the register shows.
    let kind = match reading_type.accumulation {
        Some(1 | 3) => FeedKind::Register,
        _ => FeedKind::Interval {
            seconds: reading
                .seconds
                .filter(|seconds| *seconds > 0)
                .ok_or(stamp)?,
        },
    };
    let quality = match reading.quality {
        Some(7) => ReadQuality::Edited,
        Some(8 | 9 | 12) => ReadQuality::Estimated,
        _ => ReadQuality::Actual,
    };
    let point = FeedPoint {
        at,
        value: shifted(value, power).ok_or(number)?,
        quality,
        line: u32::try_from(reading.line).unwrap_or(u32::MAX),
    };
    Ok((kind, unit, point))
}

/// ESPI's unit codes, with the power of ten to ours.
fn unit_of(code: Option<u32>) -> Option<(Unit, i8)> {
    match code? {
        72 => Some((Unit::Kwh, -3)),
        73 => Some((Unit::Kvarh, -3)),
        38 => Some((Unit::Kw, -3)),
        42 => Some((Unit::CubicMeter, 0)),
        119 => Some((Unit::CubicFoot, 0)),
        128 => Some((Unit::Gallon, 0)),
        134 => Some((Unit::Liter, 0)),
        169 => Some((Unit::Therm, 0)),
        _ => None,
    }
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
            if let Err(error) = self.step() {
                self.is_done = true;
                return Some(Err(error));
            }
        }
    }
}
