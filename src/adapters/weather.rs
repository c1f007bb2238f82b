//! Files of daily weather: a table with the columns DATE and TAVG, or TMAX and TMIN, or all three, as NOAA's GHCN-Daily and its daily summaries
//! have them; STATION where one file holds several. Other columns are passed over. Read line by line.

use std::io::Read;

use chrono::NaiveDate;
use csv::{ByteRecord, Terminator};
use rust_decimal::Decimal;

use crate::domain::weather::{TemperatureUnit, Told, WeatherDay, WeatherLine};

/// Why a file cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum WeatherFileError {
    /// A column is missing.
    #[error(
        "the first line names no {0}; a file of daily weather begins with a line such as STATION,DATE,TMAX,TMIN,TAVG"
    )]
    NoColumn(&'static str),
    /// The file breaks off, or is no table.
    #[error(transparent)]
    Table(#[from] csv::Error),
}

/// Where the columns are.
struct Columns {
    station: Option<usize>,
    date: usize,
    high: Option<usize>,
    low: Option<usize>,
    mean: Option<usize>,
}

/// Reads a file in a unit; days from `today` on are refused.
///
/// # Errors
/// A file without these columns, or one that breaks off.
pub fn read(
    file: impl Read,
    at: (TemperatureUnit, NaiveDate),
) -> Result<impl Iterator<Item = Result<WeatherLine, WeatherFileError>>, WeatherFileError> {
    let mut table = csv::ReaderBuilder::new()
        .flexible(true)
        // Lines are told by their numbers, which are right only where one character ends each: cells are trimmed of what Windows puts before it.
        .terminator(Terminator::Any(b'\n'))
        .from_reader(file);
    let columns = Columns::of(table.byte_headers()?)?;
    let line =
        move |record: Result<ByteRecord, csv::Error>| -> Result<WeatherLine, WeatherFileError> {
            Ok(columns.line(&record?, at))
        };
    let is_blank = |record: &ByteRecord| record.iter().all(|cell| text(cell).is_empty());
    let records = table.into_byte_records();
    let told = records.filter(move |record| !record.as_ref().is_ok_and(is_blank));
    Ok(told.map(line))
}

impl Columns {
    fn of(header: &ByteRecord) -> Result<Self, WeatherFileError> {
        let place = |name: &str| {
            let mut names = header.iter();
            names.position(|cell| {
                text(cell)
                    .trim_start_matches('\u{feff}')
                    .eq_ignore_ascii_case(name)
            })
        };
        let columns = Self {
            station: place("STATION"),
            date: place("DATE").ok_or(WeatherFileError::NoColumn("DATE"))?,
            high: place("TMAX"),
            low: place("TMIN"),
            mean: place("TAVG"),
        };
        if columns.mean.is_none() && (columns.high.is_none() || columns.low.is_none()) {
            return Err(WeatherFileError::NoColumn(
                "TAVG, and not both TMAX and TMIN",
            ));
        }
        Ok(columns)
    }

    fn line(&self, record: &ByteRecord, at: (TemperatureUnit, NaiveDate)) -> WeatherLine {
        match self.day(record, at) {
            Ok(day) => WeatherLine::Day(self.station(record), day),
            Err(why) => WeatherLine::Refused {
                line: record.position().map_or(0, csv::Position::line),
                why,
            },
        }
    }

    fn station(&self, record: &ByteRecord) -> Option<String> {
        let cell = record.get(self.station?)?;
        Some(text(cell)).filter(|code| !code.is_empty())
    }

    fn day(
        &self,
        record: &ByteRecord,
        at: (TemperatureUnit, NaiveDate),
    ) -> Result<WeatherDay, String> {
        let date = record.get(self.date).map(text).unwrap_or_default();
        let day = NaiveDate::parse_from_str(&date, "%Y-%m-%d")
            .or_else(|_other| NaiveDate::parse_from_str(&date, "%Y%m%d"));
        let day = day.map_err(|_no_day| format!("{date:?} is no day such as 2026-07-01"))?;
        let number = |place: Option<usize>| {
            let cell = place.and_then(|place| record.get(place)).map(text);
            match cell.filter(|cell| !cell.is_empty()) {
                None => Ok(None),
                Some(cell) => Decimal::from_str_exact(&cell)
                    .map(Some)
                    .map_err(|_no_number| format!("{cell:?} is no number")),
            }
        };
        let told = Told {
            high: number(self.high)?,
            low: number(self.low)?,
            mean: number(self.mean)?,
        };
        WeatherDay::of(day, told, at).map_err(|fault| fault.to_string())
    }
}

fn text(cell: &[u8]) -> String {
    String::from_utf8_lossy(cell).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(file: &str, unit: TemperatureUnit) -> Vec<WeatherLine> {
        let today = "2026-07-01".parse().unwrap();
        let read = read(file.as_bytes(), (unit, today)).unwrap();
        read.map(Result::unwrap).collect()
    }

    #[test]
    fn both_ways_in_which_noaa_writes_it_are_read() {
        let ghcn = "DATE,PRCP,TMAX,TMIN,TAVG\n2026-06-01,0,300,150,\n20260602,12,,,201\n";
        let days = lines(ghcn, TemperatureUnit::TenthsCelsius);
        let means: Vec<Decimal> = days
            .iter()
            .map(|line| match line {
                WeatherLine::Day(None, day) => day.mean.fahrenheit(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(means, [Decimal::new(7_250, 2), Decimal::new(6_818, 2)]);
        let summaries = "\"STATION\",\"NAME\",\"DATE\",\"TAVG\",\"TMAX\",\"TMIN\"\n\
                         \"USW00014933\",\"DES MOINES, IA US\",\"2026-06-01\",\"75\",\"88\",\"61\"\n";
        let days = lines(summaries, TemperatureUnit::Fahrenheit);
        assert!(matches!(&days[..], [WeatherLine::Day(Some(code), _)] if code == "USW00014933"));
    }

    #[test]
    fn each_bad_line_is_told_with_its_number_and_reason() {
        let file = "date,tmax,tmin\n2026-06-01,88,61\nsoon,88,61\n2026-06-03,hot,61\n2026-06-04,88\n2026-06-05,61,88\n2026-09-01,88,61\n";
        let refused: Vec<(u64, String)> = lines(file, TemperatureUnit::Fahrenheit)
            .into_iter()
            .filter_map(|line| match line {
                WeatherLine::Refused { line, why } => Some((line, why)),
                WeatherLine::Day(..) => None,
            })
            .collect();
        let said: Vec<(u64, &str)> = refused
            .iter()
            .map(|(line, why)| (*line, why.as_str()))
            .collect();
        assert_eq!(
            said,
            [
                (3, "\"soon\" is no day such as 2026-07-01"),
                (4, "\"hot\" is no number"),
                (
                    5,
                    "no mean temperature, and not both the highest and the lowest"
                ),
                (6, "the lowest temperature is above the highest"),
                (7, "2026-09-01 is not over yet"),
            ]
        );
    }

    #[test]
    fn lines_that_windows_wrote_have_the_numbers_that_a_person_counts() {
        let file = "DATE,TAVG\r\n2026-06-01,70\r\nsoon,70\r\n\r\n";
        let told = lines(file, TemperatureUnit::Fahrenheit);
        assert!(matches!(
            &told[..],
            [WeatherLine::Day(..), WeatherLine::Refused { line: 3, .. }]
        ));
    }

    #[test]
    fn a_table_without_temperatures_is_no_weather() {
        let today = "2026-07-01".parse().unwrap();
        let read = |file: &'static str| {
            read(file.as_bytes(), (TemperatureUnit::Fahrenheit, today)).map(|_lines| ())
        };
        assert!(read("DATE,PRCP\n2026-06-01,0\n").is_err());
        assert!(read("TMAX,TMIN\n88,61\n").is_err());
    }
}
