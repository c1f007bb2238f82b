//! The files by which a whole utility comes into the house, from a folder or from what somebody sent: each a table of text with a line of
//! headings. What they mean is for the use case.

use std::io::{self, Read};
use std::path::Path;

use csv::{ReaderBuilder, Terminator, Trim};

use crate::domain::setup::{Refusal, SetupFile, Table, Why};

/// Why files cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum SetupFilesError {
    /// A file whose name is none of those.
    #[error("{0:?} is none of the files of a utility: {names}", names = names())]
    UnknownName(String),
    /// A file is there twice.
    #[error("{0} is there twice")]
    Twice(SetupFile),
    /// There is none of them.
    #[error("there is none of the files of a utility: {names}", names = names())]
    None,
    /// The disk.
    #[error("{0}: {1}")]
    Disk(String, io::Error),
}

fn names() -> String {
    let names: Vec<&str> = SetupFile::ALL.iter().map(|file| file.as_str()).collect();
    names.join(", ")
}

/// Tables, in the order in which they are taken, and what of their lines is no line.
pub type Tables = (Vec<Table>, Vec<Refusal>);

/// Reads the files of a folder, or one of them.
///
/// # Errors
/// A folder without any of them, a file with another name, or the disk.
pub fn from_disk(path: &Path) -> Result<Tables, SetupFilesError> {
    let told =
        |path: &Path, error: io::Error| SetupFilesError::Disk(path.display().to_string(), error);
    let mut files = Vec::new();
    if path.is_dir() {
        for file in SetupFile::ALL {
            let path = path.join(file.as_str());
            match std::fs::read(&path) {
                Ok(bytes) => files.push((file.as_str().to_owned(), bytes)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(told(&path, error)),
            }
        }
    } else {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let bytes = std::fs::read(path).map_err(|error| told(path, error))?;
        files.push((name.unwrap_or_default(), bytes));
    }
    from_bytes(files)
}

/// Reads files that were sent, each with its name.
///
/// # Errors
/// No file, one with another name, or one that is there twice.
pub fn from_bytes(files: Vec<(String, Vec<u8>)>) -> Result<Tables, SetupFilesError> {
    let (mut tables, mut refusals): Tables = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let file: SetupFile = name
            .to_lowercase()
            .parse()
            .map_err(|_other| SetupFilesError::UnknownName(name.clone()))?;
        if tables.iter().any(|table| table.file == file) {
            return Err(SetupFilesError::Twice(file));
        }
        // A spreadsheet may begin its text with a mark of its order of bytes.
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        tables.push(table(file, text, &mut refusals));
    }
    if tables.is_empty() {
        return Err(SetupFilesError::None);
    }
    tables.sort_by_key(|table| table.file);
    Ok((tables, refusals))
}

fn table(file: SetupFile, text: impl Read, refusals: &mut Vec<Refusal>) -> Table {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        // Lines are told by their numbers, which are right only where one character ends each: what Windows puts before it is trimmed.
        .terminator(Terminator::Any(b'\n'))
        .trim(Trim::All)
        .from_reader(text);
    let mut table = Table {
        file,
        headings: Vec::new(),
        lines: Vec::new(),
    };
    for record in reader.records() {
        let (line, fields) = match record {
            Ok(record) => {
                let line = record.position().map_or(1, csv::Position::line);
                (line, Some(record))
            }
            Err(error) => (error.position().map_or(1, csv::Position::line), None),
        };
        let fields: Option<Vec<String>> =
            fields.map(|record| record.iter().map(str::to_owned).collect());
        match fields {
            Some(fields) if table.headings.is_empty() => {
                let heading = |name: &String| name.trim().to_lowercase();
                table.headings = fields.iter().map(heading).collect();
            }
            // A quotation mark without its other half takes the lines after it into one field.
            Some(fields) if fields.iter().any(|field| field.contains('\n')) => {
                refusals.push(Refusal {
                    file,
                    line,
                    why: Why::NotALine,
                    column: String::new(),
                    value: String::new(),
                });
            }
            // A spreadsheet may end with lines of nothing but commas.
            Some(fields) if fields.iter().all(|field| field.trim().is_empty()) => {}
            Some(fields) if fields.len() <= table.headings.len() => {
                table.lines.push((line, fields));
            }
            Some(_) | None => refusals.push(Refusal {
                file,
                line,
                why: Why::NotALine,
                column: String::new(),
                value: String::new(),
            }),
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &[u8]) -> Tables {
        from_bytes(vec![(name.to_owned(), text.to_vec())]).unwrap()
    }

    #[test]
    fn a_table_is_read_as_spreadsheets_write_it() {
        let text =
            b"\xEF\xBB\xBFRegister,On,Value\r\n\"W,1\",2026-07-01,12\r\n,,\r\nW2,2026-07-01\r\n";
        let (tables, refusals) = read("Last_Reads.csv", text);
        assert!(refusals.is_empty(), "{refusals:?}");
        assert_eq!(tables[0].headings, ["register", "on", "value"]);
        let rows: Vec<_> = tables[0].rows().collect();
        assert_eq!((rows[0].line, rows[0].text("register")), (2, "W,1"));
        assert_eq!((rows[1].line, rows[1].text("value")), (4, ""));
    }

    #[test]
    fn a_quotation_mark_without_its_other_half_swallows_no_line() {
        let text = b"register,on,value\nW1,2026-07-01,12\nW2,\"2026-07-01,5\nW3,2026-07-01,7\n";
        let (tables, refusals) = read("last_reads.csv", text);
        let refused: Vec<(u64, Why)> = refusals.iter().map(|one| (one.line, one.why)).collect();
        assert_eq!(
            refused,
            [(3, Why::NotALine)],
            "it and what it took are told"
        );
        assert_eq!(tables[0].lines.len(), 1);
    }

    #[test]
    fn what_is_no_line_is_named_and_what_is_no_file_is_refused() {
        let (_, refusals) = read("last_reads.csv", b"register,on,value\nW,1,2,3\nW\xFF,1,2\n");
        let lines: Vec<u64> = refusals.iter().map(|refusal| refusal.line).collect();
        assert_eq!(lines, [2, 3]);
        let other = from_bytes(vec![("notes.csv".to_owned(), Vec::new())]);
        assert!(matches!(other, Err(SetupFilesError::UnknownName(_))));
        assert!(matches!(from_bytes(Vec::new()), Err(SetupFilesError::None)));
        let twice = ["accounts.csv", "ACCOUNTS.csv"].map(|name| (name.to_owned(), Vec::new()));
        let twice = from_bytes(twice.to_vec());
        assert!(matches!(twice, Err(SetupFilesError::Twice(_))));
    }
}
