//! Many finished files as one, in their order, for the printer. Each page is laid in as it is; only a line for the mail room is set above the
//! address of the first page of each piece, and a new address over the old one where it has changed since.

use std::sync::Arc;

use krilla::Document;
use krilla::geom::Size;
use krilla::page::PageSettings;
use krilla::pdf::{Pdf, PdfDocument};

use crate::documents::pdf::export::{About, HEIGHT, PdfError, WIDTH, fill, metadata, real, write};
use crate::documents::pdf::face::{Face, wrapped};
use crate::documents::pdf::page::Step;
use crate::documents::pdf::{Style, points};
use crate::documents::stationery::{
    ADDRESS, KEYLINE, MUTED, WHITE, WINDOW_END, WINDOW_LEFT, WINDOW_TOP, WINDOW_WIDTH, shown,
};

const MARK: Style = Style {
    face: Face::Regular,
    size: 750,
    ink: MUTED,
};

/// What is set on the first page of a piece.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamp {
    /// The line above the address.
    pub keyline: String,
    /// The address that is set over the one there, line by line.
    pub address: Option<String>,
}

/// A file that cannot be laid into another.
#[derive(Debug, thiserror::Error)]
#[error("it is not a PDF")]
pub struct NotAPdf;

/// How many pages a file has.
///
/// # Errors
/// `NotAPdf`.
pub fn count_pages(file: Vec<u8>) -> Result<usize, NotAPdf> {
    Ok(open(file)?.pages().len())
}

fn open(file: Vec<u8>) -> Result<Pdf, NotAPdf> {
    Pdf::new(file).map_err(|_unreadable| NotAPdf)
}

/// Files in the order of the print. It holds what was added until it is finished.
#[derive(Default)]
pub struct Stack {
    document: Document,
}

impl Stack {
    /// Lays so many pages of a file on top, blank ones where it has fewer.
    ///
    /// # Errors
    /// `NotAPdf`.
    pub fn add(&mut self, file: Vec<u8>, pages: usize, stamp: &Stamp) -> Result<(), NotAPdf> {
        let pdf = open(file)?;
        let has = pdf.pages().len();
        let pdf = PdfDocument::new(Arc::new(pdf));
        for place in 0..pages {
            let size = PageSettings::from_wh(real(WIDTH), real(HEIGHT)).unwrap_or_default();
            let mut page = self.document.start_page_with(size);
            let mut surface = page.surface();
            if let Some(size) = Size::from_wh(real(WIDTH), real(HEIGHT)).filter(|_| place < has) {
                surface.draw_pdf_page(&pdf, size, place);
            }
            if place == 0 {
                for draw in marks(stamp) {
                    match draw {
                        Mark::Ground(step) => fill(&mut surface, &[step], WHITE),
                        Mark::Text(y, style, text) => {
                            write(&mut surface, (WINDOW_LEFT, y), style, &text);
                        }
                    }
                }
            }
            surface.finish();
            page.finish();
        }
        Ok(())
    }

    /// The file.
    ///
    /// # Errors
    /// `Refused` where the library refuses a page.
    pub fn finish(mut self, about: &About) -> Result<Vec<u8>, PdfError> {
        self.document.set_metadata(metadata(about));
        self.document.finish().map_err(PdfError::Refused)
    }
}

enum Mark {
    Ground(Step),
    Text(i32, Style, String),
}

fn marks(stamp: &Stamp) -> Vec<Mark> {
    let mut marks = Vec::new();
    if !stamp.keyline.is_empty() {
        marks.push(Mark::Text(KEYLINE, MARK, stamp.keyline.clone()));
    }
    let Some(address) = &stamp.address else {
        return marks;
    };
    let top = WINDOW_TOP - ADDRESS.size;
    let height = WINDOW_END - top;
    marks.push(Mark::Ground(Step::Box(
        WINDOW_LEFT - points(2),
        top,
        WINDOW_WIDTH + points(4),
        height,
    )));
    let mut y = WINDOW_TOP;
    for line in shown(address) {
        for part in wrapped(line, ADDRESS, WINDOW_WIDTH) {
            marks.push(Mark::Text(y, ADDRESS, part));
            y += ADDRESS.leading();
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ground_under_a_new_address_is_as_high_as_the_window() {
        let stamp = Stamp {
            keyline: String::new(),
            address: Some("Rosa\nA long line that is wider than the window and is set as two of them\n12 Main St".to_owned()),
        };
        let mut foot = None;
        for mark in marks(&stamp) {
            match mark {
                Mark::Ground(Step::Box(_, top, _, height)) => foot = Some(top + height),
                Mark::Text(y, ..) => assert!(foot.is_some_and(|foot| y < foot)),
                Mark::Ground(_) => panic!("the ground is a box"),
            }
        }
        assert_eq!(foot, Some(WINDOW_END));
    }
}
