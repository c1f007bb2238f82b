//! The packet of a dispute, for a regulator, a council or a court: everything that it was judged by and everything that was done, in words, as
//! one document; as a tagged, accessible PDF on letter paper.

use chrono::NaiveDate;

use crate::documents::pdf::export::{About, PdfError, pdf};
use crate::documents::pdf::face::{Face, wrapped};
use crate::documents::pdf::page::{Paper, Spot};
use crate::documents::pdf::table::{Column, Frame, Row, Table};
use crate::documents::pdf::{Align, Ink, Length, Style, points};
use crate::documents::stationery::{INK, MUTED, logo};
use crate::i18n::Words;

const LEFT: Length = points(54);
const ROOM: Length = points(504);
const TOP: Length = points(60);
const END: Length = points(738);

const TEXT: Style = style(Face::Regular, 95, INK);
const SMALL: Style = style(Face::Regular, 85, MUTED);
const CELL: Style = style(Face::Regular, 80, INK);
const HEAD: Style = style(Face::Bold, 80, INK);
const NAME: Style = style(Face::Bold, 145, INK);
const TITLE: Style = style(Face::Bold, 160, INK);
const PART: Style = style(Face::Bold, 120, INK);

const fn style(face: Face, tenths: i32, ink: Ink) -> Style {
    let size = tenths * 10;
    Style { face, size, ink }
}

/// A part of the packet.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// What it is about.
    pub title: String,
    /// Sentences before the rest.
    pub notes: Vec<String>,
    /// Names with what they are.
    pub facts: Vec<(String, String)>,
    /// The names of a table's columns.
    pub head: Vec<String>,
    /// Its rows, each with as many cells.
    pub rows: Vec<Vec<String>>,
}

/// The packet.
#[derive(Debug, Clone)]
pub struct Packet {
    /// Its title.
    pub title: String,
    /// What stands under the title: whole, or with what is withheld.
    pub subtitle: String,
    /// Its parts.
    pub sections: Vec<Section>,
}

/// Where the next words go.
struct Pen {
    paper: Paper,
    page: usize,
    y: Length,
}

impl Pen {
    /// Begins the next page where something so high does not fit.
    fn make_room(&mut self, height: Length) {
        if self.y.saturating_add(height) > END {
            self.page = self.paper.add_page();
            self.y = TOP;
        }
    }

    fn paragraph(&mut self, style: Style, text: &str) {
        let lines = Length::try_from(wrapped(text, style, ROOM).len()).unwrap_or(1);
        self.make_room(lines.saturating_mul(style.leading()));
        let spot = Spot::left(self.page, LEFT, self.y);
        self.y = self.paper.paragraph(spot, style, text, ROOM) + style.leading() / 4;
    }

    fn heading(&mut self, text: &str) {
        self.y += points(12);
        self.make_room(points(60));
        let spot = Spot::left(self.page, LEFT, self.y);
        self.paper.heading(2, spot, PART, text);
        self.y += PART.leading() + points(2);
    }

    fn table(&mut self, section: &Section) {
        let many = Length::try_from(section.head.len().max(1)).unwrap_or(1);
        let columns = move |width: Length| {
            let column = Column {
                width: width / many,
                align: Align::Left,
            };
            (0..many).map(|_| column).collect::<Vec<_>>()
        };
        let cells = |style: Style, texts: &[String]| {
            let cell = |text: &String| {
                if text.is_empty() {
                    Vec::new()
                } else {
                    vec![(style, text.clone())]
                }
            };
            texts.iter().map(cell).collect::<Vec<_>>()
        };
        let row = |texts: &Vec<String>| Row {
            cells: cells(CELL, texts),
            is_ruled: true,
            keeps: false,
        };
        let table = Table {
            columns: &columns,
            head: cells(HEAD, &section.head),
            rows: section.rows.iter().map(row).collect(),
        };
        let frame = |page: usize, y: Length| Frame {
            page,
            x: LEFT,
            y,
            bottom: END,
            width: ROOM,
        };
        let start = frame(self.page, self.y);
        let mut next = |paper: &mut Paper| frame(paper.add_page(), TOP);
        let end = table.write(&mut self.paper, start, &mut next);
        (self.page, self.y) = (end.page, end.y + points(14));
    }
}

/// The packet as a file.
///
/// # Errors
/// `PdfError` where the file would not hold PDF/UA-1.
pub fn render(t: Words, packet: &Packet, dated: NaiveDate) -> Result<Vec<u8>, PdfError> {
    let mut paper = Paper::default();
    let page = paper.add_page();
    paper.decorate(page, logo(LEFT, points(40), points(33)));
    let x = LEFT + points(41);
    paper.line(Spot::left(page, x, points(55)), &[(NAME, t.utility_name())]);
    paper.line(
        Spot::right(page, LEFT + ROOM, points(55)),
        &[(SMALL, &t.date(dated))],
    );
    let spot = Spot::left(page, LEFT, points(104));
    paper.heading(1, spot, TITLE, &packet.title);
    let mut pen = Pen {
        paper,
        page,
        y: points(124),
    };
    pen.paragraph(SMALL, &packet.subtitle);
    for section in &packet.sections {
        pen.heading(&section.title);
        for note in &section.notes {
            pen.paragraph(TEXT, note);
        }
        for (name, text) in &section.facts {
            pen.paragraph(TEXT, &format!("{name}: {text}"));
        }
        if !section.rows.is_empty() {
            pen.table(section);
        }
    }
    let about = About {
        title: packet.title.clone(),
        author: t.utility_name().to_owned(),
        language: t.tag(),
        dated,
    };
    pdf(&pen.paper, &about)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customers::Language;
    use crate::i18n::words;

    #[test]
    fn a_long_table_goes_on_to_the_next_page() {
        let row = |place: usize| vec![format!("Jul {place}"), "It was read.".to_owned()];
        let packet = Packet {
            title: "Dispute R-4".to_owned(),
            subtitle: "Whole".to_owned(),
            sections: vec![Section {
                title: "Steps".to_owned(),
                notes: vec!["Everything that was done.".to_owned()],
                facts: vec![("Amount".to_owned(), "$29.32".to_owned())],
                head: vec!["Day".to_owned(), "What".to_owned()],
                rows: (0..120).map(row).collect(),
            }],
        };
        let dated = "2026-07-05".parse().unwrap();
        let file = render(words(Language::English), &packet, dated).unwrap();
        assert!(file.starts_with(b"%PDF-"));
        let pages = crate::documents::pdf::stack::count_pages(file).ok();
        assert!(pages.is_some_and(|pages| pages > 1), "{pages:?}");
    }
}
