//! The first page of a batch: what the mail room counts it by.

use chrono::NaiveDate;

use crate::documents::pdf::export::{About, PdfError, pdf};
use crate::documents::pdf::face::Face;
use crate::documents::pdf::page::{Paper, Spot};
use crate::documents::pdf::tags::{Node, Tag};
use crate::documents::pdf::{Ink, Length, Style, points};
use crate::documents::stationery::{INK, MUTED, logo};
use crate::domain::ids::PrintBatchId;
use crate::i18n::Words;

const LEFT: Length = points(67);
const RIGHT: Length = points(545);
const TEXT: Style = style(Face::Regular, 120, MUTED);
const STRONG: Style = style(Face::Bold, 120, INK);
const TITLE: Style = style(Face::Bold, 240, INK);

const fn style(face: Face, tenths: i32, ink: Ink) -> Style {
    let size = tenths * 10;
    Style { face, size, ink }
}

/// What a batch is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Its number.
    pub batch: PrintBatchId,
    /// The day it was made.
    pub made_on: NaiveDate,
    /// Who made it.
    pub made_by: String,
    /// How many pieces are bills.
    pub bills: usize,
    /// How many are letters.
    pub letters: usize,
    /// How many are in Spanish.
    pub in_spanish: usize,
    /// How many pages follow.
    pub pages: usize,
    /// The codes of the first and the last piece.
    pub codes: (String, String),
}

/// The page as a file.
///
/// # Errors
/// `PdfError` where the file would not hold PDF/UA-1.
pub fn render(t: Words, facts: &Facts) -> Result<Vec<u8>, PdfError> {
    let mut paper = Paper::default();
    let page = paper.add_page();
    paper.decorate(page, logo(LEFT, points(60), points(33)));
    let name = Spot::left(page, LEFT + points(41), points(81));
    paper.line(name, &[(STRONG, t.utility_name())]);
    let title = t.print_batch_title(facts.batch.0);
    paper.heading(1, Spot::left(page, LEFT, points(140)), TITLE, &title);
    let rows = [
        (t.print_made_on(), t.date(facts.made_on)),
        (t.print_made_by(), facts.made_by.clone()),
        (t.print_pieces(), t.whole(facts.bills + facts.letters)),
        (t.print_bills(), t.whole(facts.bills)),
        (t.print_letters(), t.whole(facts.letters)),
        (t.print_in_spanish(), t.whole(facts.in_spanish)),
        (t.print_pages(), t.whole(facts.pages)),
        (t.print_first_code(), facts.codes.0.clone()),
        (t.print_last_code(), facts.codes.1.clone()),
    ];
    let mut y = points(184);
    for (what, value) in rows {
        let mark = paper.write(Spot::left(page, LEFT, y), TEXT, &format!("{what} "));
        let value = paper.write(Spot::right(page, RIGHT, y), STRONG, &value);
        paper.read(Node::with(Tag::Paragraph, [mark, value]));
        y += points(22);
    }
    let text = Spot::left(page, LEFT, y + points(20));
    paper.paragraph(text, TEXT, t.print_cover_text(), RIGHT - LEFT);
    let about = About {
        title,
        author: t.utility_name().to_owned(),
        language: t.tag(),
        dated: facts.made_on,
    };
    pdf(&paper, &about)
}
