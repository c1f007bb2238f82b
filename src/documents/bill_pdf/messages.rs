//! What to do with questions, with a bill that seems wrong, and with one that is hard to pay.

use crate::documents::bill_pdf::{LEFT, MUTED, RIGHT, STRONG, Sender, TITLE, style};
use crate::documents::pdf::face::Face;
use crate::documents::pdf::page::{Paper, Spot};
use crate::documents::pdf::{Length, Style, points};
use crate::i18n::Words;

const TOP: Length = points(567);
const GAP: Length = points(18);
const TEXT: Style = style(Face::Regular, 77, MUTED);

/// Writes them above the coupon.
pub fn write(paper: &mut Paper, t: Words, sender: &Sender) {
    paper.heading(2, Spot::left(0, LEFT, TOP), TITLE, t.paper_messages());
    let phone = sender.phone.as_str();
    let all = [
        (
            t.paper_ask_title(),
            t.paper_ask_text(phone, sender.shown_site()),
        ),
        (t.paper_contest_title(), t.paper_contest_text().to_owned()),
        (t.paper_trouble_title(), t.paper_trouble_text(phone)),
    ];
    let width = (RIGHT - LEFT - 2 * GAP) / 3;
    let mut x = LEFT;
    for (title, text) in all {
        paper.line(Spot::left(0, x, TOP + points(13)), &[(STRONG, title)]);
        paper.paragraph(Spot::left(0, x, TOP + points(24)), TEXT, &text, width);
        x += width + GAP;
    }
}
