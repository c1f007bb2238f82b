//! Files that put a route in order: a table with the columns point and turn, and note where there is one. A column route, as the file for hand-held
//! readers has it, says of which route it is; other columns are passed over, so that that file can be sent back with other turns.

use std::collections::HashSet;
use std::io::Read;

use crate::domain::ids::ServicePointId;

/// The longest file, in lines: no route is longer.
const MOST_LINES: usize = 20_000;

/// Why a file does not put a route in order. Lines are counted as a person counts them, the heading being the first.
#[derive(Debug, thiserror::Error)]
pub enum RouteFileError {
    /// A column is missing.
    #[error("the first line names no {0}; the file begins with a line such as point,turn,note")]
    NoColumn(&'static str),
    /// A cell is no whole number.
    #[error("line {0}: the {1} is no whole number")]
    NoNumber(usize, &'static str),
    /// A point stands there twice with different turns.
    #[error("line {0}: point {1} is there twice")]
    Twice(usize, ServicePointId),
    /// A line is of another route.
    #[error("line {0} is of route {1}, not of {2}: send the file on that route's page")]
    OtherRoute(usize, String, String),
    /// More lines than a route has.
    #[error("the file has more than {MOST_LINES} lines")]
    TooLong,
    /// It is no table.
    #[error(transparent)]
    Table(#[from] csv::Error),
}

/// The points of a route's file in their order, with their notes. A point with several registers stands on several lines of one turn.
///
/// # Errors
/// What is wrong with the file, and where.
pub fn read(
    file: impl Read,
    code: &str,
) -> Result<Vec<(ServicePointId, Option<String>)>, RouteFileError> {
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
    let point = column("point").ok_or(RouteFileError::NoColumn("point"))?;
    let turn = column("turn").ok_or(RouteFileError::NoColumn("turn"))?;
    let (note, route) = (column("note"), column("route"));
    let mut known: HashSet<(i64, i64)> = HashSet::new();
    let mut points: HashSet<i64> = HashSet::new();
    let mut lines: Vec<(i64, ServicePointId, Option<String>)> = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let (record, line) = (record?, index + 2);
        if index >= MOST_LINES {
            return Err(RouteFileError::TooLong);
        }
        let named = route.and_then(|at| record.get(at)).unwrap_or_default();
        if !named.is_empty() && named != code {
            let (named, code) = (named.to_owned(), code.to_owned());
            return Err(RouteFileError::OtherRoute(line, named, code));
        }
        let whole = |at: usize, name: &'static str| {
            let cell = record.get(at).unwrap_or_default();
            cell.parse::<i64>()
                .map_err(|_strange| RouteFileError::NoNumber(line, name))
        };
        let (id, turn) = (whole(point, "point")?, whole(turn, "turn")?);
        if !known.insert((id, turn)) {
            continue;
        }
        if !points.insert(id) {
            return Err(RouteFileError::Twice(line, ServicePointId(id)));
        }
        let text = note.map(|at| record.get(at).unwrap_or_default().to_owned());
        lines.push((turn, ServicePointId(id), text));
    }
    lines.sort_by_key(|(turn, _, _)| *turn);
    let plain = lines.into_iter().map(|(_, point, note)| (point, note));
    Ok(plain.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_in_the_order_of_its_turns_whatever_else_it_says() {
        let text = "route,turn,point,serial,note\nN1,20,7,A,\nN1,10,9,B,Dog\nN1,20,7,A2,\n";
        let found = read(text.as_bytes(), "N1").unwrap();
        let expected = [
            (ServicePointId(9), Some("Dog".to_owned())),
            (ServicePointId(7), Some(String::new())),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let said = |text: &str| read(text.as_bytes(), "N1").unwrap_err().to_string();
        assert!(said("turn\n1\n").contains("names no point"));
        assert!(said("point,turn\n7,first\n").starts_with("line 2: the turn"));
        assert!(said("point,turn\n7,1\n7,2\n").starts_with("line 3: point 7"));
        assert!(said("route,point,turn\nN2,7,1\n").starts_with("line 2 is of route N2"));
    }
}
