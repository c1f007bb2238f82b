//! Tables to take along.

/// Why a table could not be written.
#[derive(Debug, thiserror::Error)]
#[error("a table could not be written: {0}")]
pub struct CsvError(String);

/// A heading and rows as RFC 4180 text.
///
/// # Errors
/// Where a row has another number of fields than the heading.
pub fn table<R>(heading: &[&str], rows: impl Iterator<Item = R>) -> Result<Vec<u8>, CsvError>
where
    R: IntoIterator<Item = String>,
{
    let broken = |why: csv::Error| CsvError(why.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(heading).map_err(broken)?;
    for row in rows {
        writer.write_record(row).map_err(broken)?;
    }
    writer.into_inner().map_err(|why| CsvError(why.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_a_heading_and_quotes_what_it_must() {
        let rows = [["2026-11".to_owned(), "a \"b\", c".to_owned()]];
        let text = String::from_utf8(table(&["month", "note"], rows.into_iter()).unwrap()).unwrap();
        assert_eq!(text, "month,note\n2026-11,\"a \"\"b\"\", c\"\n");
    }
}
