//! A table of reads by a column mapping: one value a row, or one meter a column.

use std::collections::HashMap;
use std::io::{self, BufRead};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Timelike};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::adapters::ami::FeedOptions;
use crate::adapters::ami::grouping::{Grouping, Head};
use crate::adapters::ami::lines::{Line, Lines, rejection};
use crate::adapters::ami::mapping::{
    Kind, Mapping, MeterColumn, StampColumn, UnitColumn, ValueColumn,
};
use crate::adapters::ami::stamps::Stamps;
use crate::domain::feed::{
    FeedItem, FeedKind, FeedPoint, RejectReason, Stamping, shifted, unit_named,
};
use crate::domain::intervals::scaled::Scaled;
use crate::domain::quantity::Unit;
use crate::domain::reads::ReadQuality;

/// Reads the file.
pub struct Reader<R> {
    lines: Lines<R>,
    mapping: Mapping,
    columns: Columns,
    stamps: Stamps,
    sequence: HashMap<String, i64>,
    grouping: Grouping,
    row: Row,
    is_done: bool,
}

/// The fields of one line, without their quotes.
#[derive(Default)]
struct Row {
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Row {
    /// Splits a line: a field may stand in double quotes, and a doubled quote inside them is one. A field never spans lines.
    fn split(&mut self, line: &[u8], delimiter: u8) {
        self.text.clear();
        self.ends.clear();
        let mut is_quoted = false;
        let mut bytes = line.iter().copied().peekable();
        while let Some(byte) = bytes.next() {
            match byte {
                b'"' if is_quoted && bytes.peek() == Some(&b'"') => {
                    bytes.next();
                    self.text.push(b'"');
                }
                b'"' => is_quoted = !is_quoted,
                _ if byte == delimiter && !is_quoted => self.ends.push(self.text.len()),
                _ => self.text.push(byte),
            }
        }
        self.ends.push(self.text.len());
    }

    fn get(&self, column: usize) -> Option<&[u8]> {
        let end = *self.ends.get(column)?;
        let start = match column.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.text.get(start..end).map(<[u8]>::trim_ascii)
    }
}

/// The mapping's columns by place.
struct Columns {
    headings: Vec<String>,
    meter: Vec<usize>,
    stamp: Option<usize>,
    values: Vec<usize>,
    unit: Option<usize>,
    quality: Option<usize>,
}

type Refused = (RejectReason, Option<Vec<u8>>);

fn fact(reason: RejectReason, bytes: &[u8]) -> Refused {
    (reason, Some(bytes.to_vec()))
}

impl<R: BufRead> Reader<R> {
    /// A reader of a file with this declaration and mapping.
    ///
    /// # Errors
    /// `InvalidData` where the heading lacks a column of the mapping.
    pub fn new(file: R, options: &FeedOptions, mapping: Mapping) -> io::Result<Self> {
        let mut lines = Lines::new(file);
        let mut row = Row::default();
        match lines.next()? {
            Some(Line::Text(text)) => {
                row.split(text, delimiter(&mapping));
            }
            Some(Line::TooLong) | None => {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "no heading"));
            }
        }
        let headings: Vec<String> = (0..row.ends.len())
            .filter_map(|column| row.get(column))
            .map(|name| String::from_utf8_lossy(name).into_owned())
            .collect();
        let columns = Columns::find(&mapping, headings)?;
        let zone = mapping.zone.unwrap_or(options.zone);
        Ok(Self {
            lines,
            columns,
            stamps: Stamps::of(zone, mapping.stamping),
            sequence: HashMap::new(),
            grouping: Grouping::default(),
            row,
            is_done: false,
            mapping,
        })
    }

    fn read_row(&mut self) -> io::Result<()> {
        let line = self.lines.number() + 1;
        match self.lines.next()? {
            None => {
                self.is_done = true;
                self.grouping.hand_over();
                return Ok(());
            }
            Some(Line::TooLong) => {
                let item = rejection(line, RejectReason::TooLong, None, b"");
                self.grouping.reject(item);
                return Ok(());
            }
            Some(Line::Text(text)) => self.row.split(text, delimiter(&self.mapping)),
        }
        if self.row.text.iter().all(u8::is_ascii_whitespace) {
            return Ok(());
        }
        for place in 0..self.columns.values.len() {
            if let Err((reason, fact)) = self.read_value(place, line) {
                let item = rejection(line, reason, fact.as_deref(), &self.shown());
                self.grouping.reject(item);
            }
        }
        Ok(())
    }

    /// The row again, as an excerpt.
    fn shown(&self) -> Vec<u8> {
        let fields = (0..self.row.ends.len()).filter_map(|column| self.row.get(column));
        fields.collect::<Vec<_>>().join(&delimiter(&self.mapping))
    }

    fn read_value(&mut self, place: usize, line: u64) -> Result<(), Refused> {
        let column = self
            .columns
            .values
            .get(place)
            .copied()
            .unwrap_or(usize::MAX);
        let field = |column: usize| self.row.get(column);
        let text = field(column).ok_or((RejectReason::CutShort, None))?;
        let meter = match &self.mapping.meter {
            MeterColumn::Constant(meter) => meter.clone(),
            MeterColumn::Heading => self
                .columns
                .headings
                .get(column)
                .cloned()
                .unwrap_or_default(),
            MeterColumn::Columns(_) => {
                let mut named = self
                    .columns
                    .meter
                    .iter()
                    .filter_map(|column| field(*column));
                let bytes = named.find(|name| !name.is_empty()).unwrap_or_default();
                String::from_utf8_lossy(bytes).into_owned()
            }
        };
        if meter.is_empty() {
            return Err((RejectReason::Malformed, None));
        }
        let (unit, power) = self.unit(field)?;
        let quality = self.quality(field)?;
        let kind = match self.mapping.kind {
            Kind::Register => FeedKind::Register,
            Kind::Interval { minutes } => FeedKind::Interval {
                seconds: i64::from(minutes) * 60,
            },
        };
        let value = self.value(text, power)?;
        let stamp = self
            .columns
            .stamp
            .and_then(field)
            .unwrap_or_default()
            .to_vec();
        let at = self.instant(&stamp, &meter, kind)?;
        let point = FeedPoint {
            at,
            value: value.unwrap_or_default(),
            quality: if value.is_none() {
                ReadQuality::Missing
            } else {
                quality
            },
            line: u32::try_from(line).unwrap_or(u32::MAX),
        };
        let meter = &meter;
        self.grouping.add(&Head { meter, kind, unit }, point);
        Ok(())
    }

    fn unit<'a>(&self, field: impl Fn(usize) -> Option<&'a [u8]>) -> Result<(Unit, i8), Refused> {
        let word = match &self.mapping.unit {
            UnitColumn::Constant(word) => word.as_bytes(),
            UnitColumn::Column(_) => self.columns.unit.and_then(field).unwrap_or_default(),
        };
        unit_named(std::str::from_utf8(word).unwrap_or_default())
            .ok_or_else(|| fact(RejectReason::UnknownUnit, word))
    }

    fn quality<'a>(
        &self,
        field: impl Fn(usize) -> Option<&'a [u8]>,
    ) -> Result<ReadQuality, Refused> {
        let Some(rule) = &self.mapping.quality else {
            return Ok(ReadQuality::Actual);
        };
        let code = self.columns.quality.and_then(field).unwrap_or_default();
        if code.is_empty() {
            return Ok(ReadQuality::Actual);
        }
        let known = std::str::from_utf8(code)
            .ok()
            .and_then(|code| rule.codes.get(code));
        known
            .copied()
            .ok_or_else(|| fact(RejectReason::UnknownQuality, code))
    }

    fn value(&self, text: &[u8], power: i8) -> Result<Option<Scaled>, Refused> {
        let is_missing = |word: &String| word.as_bytes().eq_ignore_ascii_case(text);
        if text.is_empty() || self.mapping.missing.iter().any(is_missing) {
            return Ok(None);
        }
        let bad = || fact(RejectReason::BadNumber, text);
        let separator = u8::try_from(self.mapping.decimal).unwrap_or(b'.');
        let value = match self.mapping.decimals {
            None => Scaled::parse(text, separator).map_err(|_not_a_number| bad())?,
            Some(decimals) => {
                let plain = String::from_utf8_lossy(text).replace(self.mapping.decimal, ".");
                let exact: Decimal = plain.parse().map_err(|_not_a_number| bad())?;
                let half_up = RoundingStrategy::MidpointAwayFromZero;
                let rounded = exact.round_dp_with_strategy(u32::from(decimals), half_up);
                Scaled::from_decimal(rounded).ok_or_else(bad)?
            }
        };
        shifted(value, power).map(Some).ok_or_else(bad)
    }

    fn instant(&mut self, stamp: &[u8], meter: &str, kind: FeedKind) -> Result<i64, Refused> {
        let (at, seconds) = match (&self.mapping.stamp, kind) {
            (StampColumn::Sequence { from }, FeedKind::Interval { seconds }) => {
                let (day, second) = (from.date(), from.num_seconds_from_midnight());
                let first = match self.sequence.get(meter) {
                    Some(next) => *next,
                    None => self
                        .stamps
                        .place(day, i64::from(second), meter)
                        .map_err(|reason| (reason, None))?,
                };
                self.sequence.insert(meter.to_owned(), first + seconds);
                return Ok(first);
            }
            (StampColumn::Sequence { .. }, FeedKind::Register) => {
                return Err((RejectReason::BadStamp, None));
            }
            (StampColumn::Column { format, .. }, FeedKind::Interval { seconds }) => {
                (wall_or_instant(stamp, format)?, seconds)
            }
            (StampColumn::Column { format, .. }, FeedKind::Register) => {
                (wall_or_instant(stamp, format)?, 0)
            }
        };
        let at = match at {
            When::Instant(at) => at,
            When::Wall(wall) => {
                let second = i64::from(wall.num_seconds_from_midnight());
                self.stamps
                    .place(wall.date(), second, meter)
                    .map_err(|reason| fact(reason, stamp))?
            }
        };
        Ok(match self.mapping.stamping {
            Stamping::Start => at,
            Stamping::End => at - seconds,
        })
    }
}

fn delimiter(mapping: &Mapping) -> u8 {
    u8::try_from(mapping.delimiter).unwrap_or(b',')
}

enum When {
    Instant(i64),
    Wall(NaiveDateTime),
}

fn wall_or_instant(stamp: &[u8], format: &str) -> Result<When, Refused> {
    let bad = || fact(RejectReason::BadStamp, stamp);
    let text = std::str::from_utf8(stamp).map_err(|_not_text| bad())?;
    if format.contains("%z") || format.contains("%:z") || format.contains("%#z") {
        return DateTime::parse_from_str(text, format)
            .map(|at| When::Instant(at.timestamp()))
            .map_err(|_other_notation| bad());
    }
    NaiveDateTime::parse_from_str(text, format)
        .or_else(|_no_time| {
            NaiveDate::parse_from_str(text, format).map(|day| day.and_time(chrono::NaiveTime::MIN))
        })
        .map(When::Wall)
        .map_err(|_other_notation| bad())
}

impl Columns {
    fn find(mapping: &Mapping, headings: Vec<String>) -> io::Result<Self> {
        let place = |name: &String| {
            headings
                .iter()
                .position(|heading| heading == name)
                .ok_or_else(|| {
                    let text = format!("the table has no column {name:?}");
                    io::Error::new(io::ErrorKind::InvalidData, text)
                })
        };
        let meter = match &mapping.meter {
            MeterColumn::Columns(names) => {
                let found: Vec<usize> = names.iter().filter_map(|name| place(name).ok()).collect();
                if found.is_empty() {
                    names.first().map(place).transpose()?;
                }
                found
            }
            MeterColumn::Constant(_) | MeterColumn::Heading => Vec::new(),
        };
        let stamp = match &mapping.stamp {
            StampColumn::Column { name, .. } => Some(place(name)?),
            StampColumn::Sequence { .. } => None,
        };
        let values = match &mapping.value {
            ValueColumn::Column(name) => vec![place(name)?],
            ValueColumn::Others => (0..headings.len())
                .filter(|column| Some(*column) != stamp && !meter.contains(column))
                .collect(),
        };
        let unit = match &mapping.unit {
            UnitColumn::Column(name) => Some(place(name)?),
            UnitColumn::Constant(_) => None,
        };
        let quality = mapping
            .quality
            .as_ref()
            .map(|rule| place(&rule.column))
            .transpose()?;
        Ok(Self {
            meter,
            stamp,
            values,
            unit,
            quality,
            headings,
        })
    }
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
            if let Err(error) = self.read_row() {
                self.is_done = true;
                return Some(Err(error));
            }
        }
    }
}
