//! The typefaces of paper and how wide their letters are: Public Sans, and OCR-A for what machines read.
//!
//! The files are in `static/paper/`. Every digit of a face is as wide as every other, so that amounts stand beneath each other.

use std::collections::HashMap;
use std::sync::OnceLock;

use skrifa::raw::TableProvider;
use skrifa::{FontRef, MetadataProvider};

use crate::documents::pdf::{Length, Style};

/// A typeface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// Public Sans.
    Regular,
    /// Public Sans, bold.
    Bold,
    /// OCR-A: digits alone.
    Machine,
}

impl Face {
    /// The font's file.
    #[must_use]
    pub const fn file(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("../../../static/paper/public-sans-regular.ttf"),
            Self::Bold => include_bytes!("../../../static/paper/public-sans-bold.ttf"),
            Self::Machine => include_bytes!("../../../static/paper/ocr-a.ttf"),
        }
    }

    /// Its measures, read once.
    #[must_use]
    pub fn metrics(self) -> &'static Metrics {
        static REGULAR: OnceLock<Metrics> = OnceLock::new();
        static BOLD: OnceLock<Metrics> = OnceLock::new();
        static MACHINE: OnceLock<Metrics> = OnceLock::new();
        let once = match self {
            Self::Regular => &REGULAR,
            Self::Bold => &BOLD,
            Self::Machine => &MACHINE,
        };
        once.get_or_init(|| Metrics::of(self.file()))
    }
}

/// One letter of a typeface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letter {
    /// The number of its glyph in the file.
    pub glyph: u32,
    /// How far the next letter stands, in the font's own units.
    pub advance: u16,
}

/// The letters of a typeface.
#[derive(Debug)]
pub struct Metrics {
    /// The font's own units in the height of a letter.
    pub units: u16,
    letters: HashMap<char, Letter>,
    unknown: Letter,
}

impl Metrics {
    fn of(file: &[u8]) -> Self {
        const OURS: &str = "the typefaces of paper are whole";
        let font = FontRef::new(file).expect(OURS);
        let widths = font.hmtx().expect(OURS);
        let units = font.head().expect(OURS).units_per_em();
        let letter = |(code, glyph): (u32, skrifa::GlyphId)| {
            let advance = widths.advance(glyph)?;
            let glyph = glyph.to_u32();
            Some((char::from_u32(code)?, Letter { glyph, advance }))
        };
        let letters: HashMap<char, Letter> = font.charmap().mappings().filter_map(letter).collect();
        let unknown = letters.get(&'?').or(letters.get(&'0')).copied();
        Self {
            units,
            letters,
            unknown: unknown.expect(OURS),
        }
    }

    /// The letter, or the one that stands for those the face does not have.
    #[must_use]
    pub fn letter(&self, letter: char) -> Letter {
        self.letters.get(&letter).copied().unwrap_or(self.unknown)
    }
}

/// How wide a text stands.
#[must_use]
pub fn width(text: &str, style: Style) -> Length {
    let metrics = style.face.metrics();
    let units: i64 = text
        .chars()
        .map(|letter| i64::from(metrics.letter(letter).advance))
        .sum();
    let width = units * i64::from(style.size) / i64::from(metrics.units);
    Length::try_from(width).unwrap_or(Length::MAX)
}

/// A text as lines no wider than `room`: broken between words, and inside a word only where one alone is too wide.
#[must_use]
pub fn wrapped(text: &str, style: Style, room: Length) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        let longer = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if width(&longer, style) <= room {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        line = broken(word, style, room, &mut lines);
    }
    lines.extend(Some(line).filter(|last| !last.is_empty()));
    lines
}

/// Breaks a word that is too wide; gives what is left for the last line.
fn broken(word: &str, style: Style, room: Length, lines: &mut Vec<String>) -> String {
    let mut line = String::new();
    for letter in word.chars() {
        line.push(letter);
        if width(&line, style) > room && line.chars().nth(1).is_some() {
            line.pop();
            lines.push(std::mem::take(&mut line));
            line.push(letter);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::pdf::{Ink, points};

    const TEN: Style = Style {
        face: Face::Regular,
        size: points(10),
        ink: Ink(0, 0, 0),
    };

    #[test]
    fn digits_stand_beneath_each_other() {
        let one = width("1", TEN);
        assert!(('0'..='9').all(|digit| width(&digit.to_string(), TEN) == one));
        let bold = Style {
            face: Face::Bold,
            ..TEN
        };
        assert_eq!(width("$1,111.11", bold), width("$8,088.08", bold));
    }

    #[test]
    fn lines_are_no_wider_than_their_room_and_lose_no_word() {
        let text = "Llámenos antes de la fecha de vencimiento; Donaudampfschifffahrtsgesellschaft";
        let lines = wrapped(text, TEN, points(90));
        assert!(
            lines.iter().all(|line| width(line, TEN) <= points(90)),
            "{lines:?}"
        );
        let letters = |text: &str| text.replace(' ', "");
        assert_eq!(letters(&lines.concat()), letters(text));
        assert_eq!(wrapped("", TEN, points(90)), Vec::<String>::new());
    }

    #[test]
    fn names_of_many_peoples_have_their_letters() {
        let metrics = Face::Regular.metrics();
        for letter in "ñáéíóúüÑłŞőễøßçãêœ−×·’…–\u{202f}\u{a0}".chars()
        {
            assert!(metrics.letters.contains_key(&letter), "{letter:?}");
        }
    }
}
