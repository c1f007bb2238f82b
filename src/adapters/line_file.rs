//! Files of what service lines are made of: a table with the columns place, side, material, source and known_on, and words where there are any.

use std::io::Read;
use std::str::FromStr;

use chrono::NaiveDate;

use crate::domain::ids::PremiseId;
use crate::domain::lead_lines::{LineMaterial, LineSide, MaterialSource};

/// A line of such a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLine {
    /// The number of the place.
    pub place: PremiseId,
    /// Whose part.
    pub side: LineSide,
    /// Of what.
    pub material: LineMaterial,
    /// How that is known.
    pub source: MaterialSource,
    /// Since when.
    pub known_on: NaiveDate,
    /// What else is known.
    pub words: String,
}

/// Why a file is not taken. Lines are counted as a person counts them, the heading being the first.
#[derive(Debug, thiserror::Error)]
pub enum LineFileError {
    /// A column is missing.
    #[error(
        "the first line names no {0}; the file begins with a line such as place,side,material,source,known_on,words"
    )]
    NoColumn(&'static str),
    /// A cell is not what its column says.
    #[error("line {0}: {2:?} is no {1}")]
    Cell(usize, &'static str, String),
    /// It is no table.
    #[error(transparent)]
    Table(#[from] csv::Error),
}

fn cell<T: FromStr>(
    record: &csv::StringRecord,
    (line, at, name): (usize, usize, &'static str),
) -> Result<T, LineFileError> {
    let text = record.get(at).unwrap_or_default();
    let strange = |_: T::Err| LineFileError::Cell(line, name, text.chars().take(40).collect());
    text.parse().map_err(strange)
}

/// The lines of a file.
///
/// # Errors
/// What is wrong with it, and where.
pub fn read(file: impl Read) -> Result<Vec<FileLine>, LineFileError> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(file);
    let heading = reader.headers()?.clone();
    let column = |name: &str| {
        heading
            .iter()
            .position(|cell| cell.eq_ignore_ascii_case(name))
    };
    let needed = |name: &'static str| column(name).ok_or(LineFileError::NoColumn(name));
    let (place, side, material) = (needed("place")?, needed("side")?, needed("material")?);
    let (source, known_on, words) = (needed("source")?, needed("known_on")?, column("words"));
    let mut lines = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let (record, line) = (record?, index + 2);
        let text = words.and_then(|at| record.get(at)).unwrap_or_default();
        lines.push(FileLine {
            place: cell(&record, (line, place, "place"))?,
            side: cell(&record, (line, side, "side"))?,
            material: cell(&record, (line, material, "material"))?,
            source: cell(&record, (line, source, "source"))?,
            known_on: cell(&record, (line, known_on, "known_on"))?,
            words: text.to_owned(),
        });
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_lines_is_read_and_what_is_wrong_is_said_with_its_line() {
        let text = "place,side,material,source,known_on\n7,utility,lead,records,2024-10-16\n";
        let found = read(text.as_bytes()).unwrap();
        assert_eq!(found[0].material, LineMaterial::Lead);
        let wrong = text.replace("lead", "gold");
        let said = read(wrong.as_bytes()).unwrap_err().to_string();
        assert_eq!(said, "line 2: \"gold\" is no material");
    }
}
