//! A letter on paper: a tagged, accessible PDF on letter paper in its reader's language, with the words that the mail would have, and the
//! address where the window of an envelope shows it. What leads somewhere in a mail is an address to type.

use chrono::NaiveDate;

use crate::documents::letters::{Letter, Letterhead};
use crate::documents::pdf::export::{About, PdfError, pdf};
use crate::documents::pdf::face::{Face, wrapped};
use crate::documents::pdf::page::{Paper, Spot};
use crate::documents::pdf::{Ink, Length, Style, points};
use crate::documents::stationery::{INK, MUTED, WINDOW_END, WINDOW_LEFT, logo, window};
use crate::i18n::words;

const LEFT: Length = WINDOW_LEFT;
const RIGHT: Length = points(545);
const ROOM: Length = RIGHT - LEFT;
const NEXT_TOP: Length = points(72);
const END: Length = points(738);

const TEXT: Style = style(Face::Regular, 110, INK);
const STRONG: Style = style(Face::Bold, 110, INK);
const SMALL: Style = style(Face::Regular, 85, MUTED);
const NAME: Style = style(Face::Bold, 145, INK);
const TITLE: Style = style(Face::Bold, 150, INK);
const CODE: Style = style(Face::Bold, 240, INK);

const fn style(face: Face, tenths: i32, ink: Ink) -> Style {
    let size = tenths * 10;
    Style { face, size, ink }
}

/// Where the next words go.
struct Pen {
    paper: Paper,
    page: usize,
    y: Length,
}

impl Pen {
    /// A paragraph; one that does not fit begins the next page.
    fn write(&mut self, style: Style, text: &str) {
        let lines = wrapped(text, style, ROOM).len();
        let height = Length::try_from(lines)
            .unwrap_or(1)
            .saturating_mul(style.leading());
        if self.y.saturating_add(height) > END {
            self.page = self.paper.add_page();
            self.y = NEXT_TOP;
        }
        let spot = Spot::left(self.page, LEFT, self.y);
        self.y = self.paper.paragraph(spot, style, text, ROOM) + style.leading() / 2;
    }
}

/// The letter as a file.
///
/// # Errors
/// `PdfError` where the file would not hold PDF/UA-1.
pub fn render(
    letter: &Letter,
    recipient: &str,
    head: &Letterhead,
    dated: NaiveDate,
) -> Result<Vec<u8>, PdfError> {
    let t = words(letter.language);
    let mut paper = Paper::default();
    let page = paper.add_page();
    paper.decorate(page, logo(LEFT, points(40), points(33)));
    let x = LEFT + points(41);
    paper.line(Spot::left(page, x, points(55)), &[(NAME, t.utility_name())]);
    paper.line(Spot::left(page, x, points(69)), &[(SMALL, &head.phone)]);
    paper.line(
        Spot::right(page, RIGHT, points(55)),
        &[(SMALL, &t.date(dated))],
    );
    window(&mut paper, page, recipient);
    paper.heading(
        1,
        Spot::left(page, LEFT, WINDOW_END + points(24)),
        TITLE,
        letter.subject,
    );
    let mut pen = Pen {
        paper,
        page,
        y: WINDOW_END + points(50),
    };
    for (place, paragraph) in letter.paragraphs.iter().enumerate() {
        pen.write(TEXT, paragraph);
        if let Some(link) = letter.link(&place) {
            pen.write(TEXT, &format!("{}: {}", link.words, link.address));
        }
    }
    if let Some(code) = &letter.code {
        pen.y += points(14);
        pen.write(CODE, code);
    }
    if let Some(action) = &letter.action {
        pen.write(TEXT, &format!("{}:", action.words));
        pen.write(STRONG, &action.address);
    }
    if let Some(otherwise) = letter.otherwise {
        pen.write(TEXT, otherwise);
    }
    pen.y += points(6);
    pen.write(TEXT, t.notice_sign_off());
    pen.write(SMALL, &t.print_letter_questions(&head.phone));
    let about = About {
        title: letter.subject.to_owned(),
        author: t.utility_name().to_owned(),
        language: t.tag(),
        dated,
    };
    pdf(&pen.paper, &about)
}
