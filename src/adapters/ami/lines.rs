//! Lines of a file, numbered and bounded: a line longer than any real one is passed over without being kept.

use std::io::{self, BufRead};

use crate::domain::feed::{RejectReason, Rejection};

/// The longest line that is kept.
const LONGEST: usize = 1 << 20;

/// Reads lines one by one into the same buffer.
pub struct Lines<R> {
    file: R,
    line: Vec<u8>,
    number: u64,
}

/// What stands on a line.
pub enum Line<'a> {
    /// Its bytes, without the end of the line.
    Text(&'a [u8]),
    /// It was too long.
    TooLong,
}

impl<R: BufRead> Lines<R> {
    pub fn new(file: R) -> Self {
        Self {
            file,
            line: Vec::new(),
            number: 0,
        }
    }

    /// The number of the line read last, from one.
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// The same, where a small number is kept.
    pub fn short_number(&self) -> u32 {
        u32::try_from(self.number).unwrap_or(u32::MAX)
    }

    /// The next line, or `None` at the end.
    pub fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        let mut is_too_long = false;
        let mut read_any = false;
        loop {
            let part = match self.file.fill_buf() {
                Ok(part) => part,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if part.is_empty() {
                break;
            }
            read_any = true;
            let end = part.iter().position(|byte| *byte == b'\n');
            let kept = part.get(..end.unwrap_or(part.len())).unwrap_or_default();
            let used = kept.len() + usize::from(end.is_some());
            is_too_long |= self.line.len() + kept.len() > LONGEST;
            if !is_too_long {
                self.line.extend_from_slice(kept);
            }
            self.file.consume(used);
            if end.is_some() {
                break;
            }
        }
        if !read_any {
            return Ok(None);
        }
        self.number += 1;
        if is_too_long {
            return Ok(Some(Line::TooLong));
        }
        let line = self.line.strip_suffix(b"\r").unwrap_or(&self.line);
        Ok(Some(Line::Text(line)))
    }
}

/// A rejection with the beginning of the line, made printable.
pub fn rejection(line: u64, reason: RejectReason, fact: Option<&[u8]>, text: &[u8]) -> Rejection {
    Rejection {
        line,
        reason,
        fact: fact.map(|fact| printable(fact, 60)),
        excerpt: printable(text, 120),
    }
}

fn printable(bytes: &[u8], most: usize) -> String {
    let part = bytes.get(..bytes.len().min(most * 4)).unwrap_or_default();
    String::from_utf8_lossy(part)
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(most)
        .collect()
}

/// Watches a file for readers that keep whole pieces of it: refuses to go on past a piece without its end that is longer than any real one.
/// Counts lines on the way.
pub struct Guard<R> {
    file: R,
    end: u8,
    since: usize,
    lines: u64,
}

impl<R: BufRead> Guard<R> {
    pub const fn new(file: R, end: u8) -> Self {
        Self {
            file,
            end,
            since: 0,
            lines: 0,
        }
    }

    /// The number of the line now being read, from one.
    pub const fn line(&self) -> u64 {
        self.lines + 1
    }
}

impl<R: BufRead> BufRead for Guard<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.since > LONGEST {
            let text = "the file is not what its format says: a piece of it is too long";
            return Err(io::Error::new(io::ErrorKind::InvalidData, text));
        }
        self.file.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        if let Ok(part) = self.file.fill_buf() {
            let used = part.get(..amount.min(part.len())).unwrap_or_default();
            let count = used.iter().filter(|byte| **byte == b'\n').count();
            self.lines += u64::try_from(count).unwrap_or(0);
            self.since = match used.iter().rposition(|byte| *byte == self.end) {
                Some(last) => used.len() - last,
                None => self.since + used.len(),
            };
        }
        self.file.consume(amount);
    }
}

impl<R: BufRead> io::Read for Guard<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut part = self.fill_buf()?;
        let count = io::Read::read(&mut part, into)?;
        self.consume(count);
        Ok(count)
    }
}
