//! Loads from CSV: `hour_start,load_kwh[,pv_kwh]`, one row an interval, plain or gzipped.

use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, bail, ensure};
use chrono::{NaiveDateTime, TimeDelta};
use csv::StringRecord;
use flate2::read::GzDecoder;
use rust_decimal::Decimal;

use crate::domain::rates::numbers::Number;
use crate::domain::rates::urdb::bills::LoadDay;

/// Reads a file, and unpacks it if it is gzipped.
pub(super) fn read_text(path: &Path) -> anyhow::Result<String> {
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return String::from_utf8(bytes)
            .with_context(|| format!("{} is not UTF-8 text", path.display()));
    }
    let mut text = String::new();
    GzDecoder::new(bytes.as_slice())
        .read_to_string(&mut text)
        .with_context(|| format!("{} does not unpack to text", path.display()))?;
    Ok(text)
}

/// Reads a load into days.
pub(super) fn read(path: &Path) -> anyhow::Result<Vec<LoadDay>> {
    let text = read_text(path)?;
    days(&text).with_context(|| path.display().to_string())
}

struct Row {
    start: NaiveDateTime,
    load: Decimal,
    generation: Option<Decimal>,
}

fn days(text: &str) -> anyhow::Result<Vec<LoadDay>> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let headers = reader.headers()?.clone();
    let column = |names: &[&str]| {
        headers
            .iter()
            .position(|header| names.contains(&header.to_lowercase().as_str()))
    };
    let start = column(&["hour_start", "start", "interval_start"])
        .context("there is no column hour_start")?;
    let load =
        column(&["load_kwh", "load", "kwh", "usage"]).context("there is no column load_kwh")?;
    let generation = column(&["pv_kwh", "pv", "generation_kwh"]);
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        rows.push(row(&record, (start, load, generation)).with_context(|| format!("line {line}"))?);
    }
    let [first, second, ..] = rows.as_slice() else {
        bail!("a load needs at least two rows")
    };
    let minutes = (second.start - first.start).num_minutes();
    ensure!(
        minutes > 0 && 60 % minutes == 0,
        "rows are {minutes} minutes apart; an hour must be a multiple of that"
    );
    by_day(&rows, u32::try_from(minutes)?)
}

fn row(
    record: &StringRecord,
    (start, load, generation): (usize, usize, Option<usize>),
) -> anyhow::Result<Row> {
    let field = |column: usize| record.get(column).context("a column is missing");
    let stamp = field(start)?;
    let formats = [
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%d %H:%M",
        "%Y-%m-%d %H:%M:%S",
    ];
    let start = formats
        .into_iter()
        .find_map(|format| NaiveDateTime::parse_from_str(stamp, format).ok())
        .with_context(|| format!("{stamp:?} is not a time such as 2018-01-01T00:00"))?;
    let amount = |text: &str| -> anyhow::Result<Decimal> {
        if text.contains(['e', 'E']) {
            return Ok(Decimal::from_scientific(text)?);
        }
        Ok(text.parse::<Number>()?.0)
    };
    let generation = match generation {
        Some(column) if field(column)?.is_empty() => Some(Decimal::ZERO),
        Some(column) => Some(amount(field(column)?)?),
        None => None,
    };
    Ok(Row {
        start,
        load: amount(field(load)?)?,
        generation,
    })
}

/// Puts rows into days, after a check that each follows the one before it.
fn by_day(rows: &[Row], minutes: u32) -> anyhow::Result<Vec<LoadDay>> {
    let mut days: Vec<LoadDay> = Vec::new();
    let mut expected = None;
    for row in rows {
        if let Some(expected) = expected.filter(|expected| *expected != row.start) {
            bail!(
                "the row of {} does not follow the one before it, which {expected} would; the load has a gap or a repetition",
                row.start
            );
        }
        expected = row
            .start
            .checked_add_signed(TimeDelta::minutes(i64::from(minutes)));
        let day = row.start.date();
        if days.last().is_none_or(|last| last.day != day) {
            days.push(LoadDay {
                day,
                minutes,
                load: Vec::new(),
                generation: Vec::new(),
            });
        }
        if let Some(last) = days.last_mut() {
            last.load.push(row.load);
            last.generation.extend(row.generation);
        }
    }
    Ok(days)
}
