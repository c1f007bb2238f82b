//! Files of the metering world, read as streams: each format yields series of values and the lines that could not be used.
//! Nothing here knows the house's meters; a reader never panics and holds a bounded part of the file in memory.

pub mod alicante;
pub mod cmep;
pub mod green_button;
mod grouping;
mod lines;
pub mod mapping;
pub mod nem12;
mod stamps;
pub mod table;

use std::io::{self, BufRead, BufReader, Read};

use chrono_tz::Tz;
use flate2::bufread::MultiGzDecoder;

use crate::adapters::ami::mapping::Mapping;
use crate::domain::feed::{FeedFormat, FeedItem, Stamping};

/// A file being read, piece by piece.
pub type Feed<'a> = Box<dyn Iterator<Item = io::Result<FeedItem>> + 'a>;

/// What a format does not say of itself: declared for each source of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedOptions {
    /// The zone whose wall time the stamps show.
    pub zone: Tz,
    /// Which end of an interval a stamp names.
    pub stamping: Stamping,
    /// The meter, for files that do not name one of ours.
    pub meter: Option<String>,
}

impl FeedOptions {
    /// The usual declaration for a format at a utility of this zone: Alicante's files keep Spain's wall time, NEM12 keeps the market's
    /// time without summer time, Green Button stamps the beginning, CMEP the end of an interval.
    #[must_use]
    pub fn usual(format: FeedFormat, utility: Tz) -> Self {
        let (zone, stamping) = match format {
            FeedFormat::Alicante => (Tz::Europe__Madrid, Stamping::Start),
            FeedFormat::Cmep => (utility, Stamping::End),
            FeedFormat::Beacon | FeedFormat::Csv => (utility, Stamping::Start),
            FeedFormat::Nem12 => (Tz::Australia__Brisbane, Stamping::Start),
            FeedFormat::GreenButton => (Tz::UTC, Stamping::Start),
        };
        Self {
            zone,
            stamping,
            meter: None,
        }
    }

    /// The declaration as it is kept with an import: a file that is sent again with another one is another import.
    #[must_use]
    pub fn kept(&self, mapping: Option<&Mapping>) -> String {
        serde_json::json!({
            "zone": self.zone, "stamping": self.stamping, "meter": self.meter, "mapping": mapping,
        })
        .to_string()
    }
}

/// A format with all that is needed to read a file of it.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedPlan {
    /// The format.
    pub format: FeedFormat,
    /// Its declaration.
    pub options: FeedOptions,
    /// The columns, for `csv`.
    pub mapping: Option<Mapping>,
}

/// Reads a file by its plan.
///
/// # Errors
/// `InvalidInput` where `csv` comes without a mapping; `InvalidData` for an empty file. One in which no line says anything ends with
/// `InvalidData`, except that Green Button may well say that there is nothing to say.
pub fn read<'a>(plan: &FeedPlan, mut file: impl BufRead + 'a) -> io::Result<Feed<'a>> {
    // Spreadsheets begin a file with the mark of its encoding.
    if file.fill_buf()?.starts_with("\u{feff}".as_bytes()) {
        file.consume("\u{feff}".len());
    }
    if file.fill_buf()?.is_empty() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "the file is empty",
        ));
    }
    let options = plan.options.clone();
    let items: Feed<'a> = match plan.format {
        FeedFormat::Alicante => Box::new(alicante::Reader::new(file, &options)),
        FeedFormat::Cmep => Box::new(cmep::Reader::new(file, &options)),
        FeedFormat::Nem12 => Box::new(nem12::Reader::new(file, &options)),
        FeedFormat::GreenButton => {
            return Ok(Box::new(green_button::Reader::new(file, &options)));
        }
        FeedFormat::Beacon => Box::new(table::Reader::new(file, &options, Mapping::beacon())?),
        FeedFormat::Csv => {
            let mapping = plan.mapping.clone().ok_or_else(|| {
                io::Error::new(io::ErrorKind::InvalidInput, "csv needs a column mapping")
            })?;
            Box::new(table::Reader::new(file, &options, mapping)?)
        }
    };
    Ok(Box::new(NotEmpty {
        items,
        has_any: false,
    }))
}

/// A file's items, and an error at the end where there were none.
struct NotEmpty<'a> {
    items: Feed<'a>,
    has_any: bool,
}

impl Iterator for NotEmpty<'_> {
    type Item = io::Result<FeedItem>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.items.next();
        if next.is_some() || self.has_any {
            self.has_any = true;
            return next;
        }
        self.has_any = true;
        let message = "there are no reads in the file";
        Some(Err(io::Error::new(io::ErrorKind::InvalidData, message)))
    }
}

/// The file's text, unpacked where it is compressed with gzip.
///
/// # Errors
/// Those of the file.
pub fn unpacked<'a>(file: impl Read + 'a) -> io::Result<Box<dyn BufRead + 'a>> {
    let mut file = BufReader::with_capacity(1 << 16, file);
    let is_packed = file.fill_buf()?.starts_with(&[0x1f, 0x8b]);
    Ok(if is_packed {
        Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(file)))
    } else {
        Box::new(file)
    })
}
