//! What is torn off and sent with a check: both addresses, the amount, a code that leads to paying, and the line that machines read.

use crate::documents::bill_pdf::{
    INK, LEFT, MUTED, PLAIN, RIGHT, SMALL, STRONG, Sender, due, style,
};
use crate::documents::pdf::face::Face;
use crate::documents::pdf::page::{Draw, Paper, Pen, Spot, Step, rounded, rule};
use crate::documents::pdf::tags::{Area, Node, Tag};
use crate::documents::pdf::{Ink, Length, Style, points};
use crate::documents::qr;
use crate::domain::bill_paper::BillPaper;
use crate::i18n::Words;

const CUT: Length = points(647);
const CODE_LEFT: Length = points(304);
const CODE_TOP: Length = points(664);
const CODE_SIDE: Length = points(76);
const FACTS_LEFT: Length = points(404);
const HEAD: Style = style(Face::Bold, 90, INK);
const MACHINE: Style = style(Face::Machine, 110, INK);
const BLACK: Ink = Ink(0, 0, 0);

/// Writes it at the foot of the first page.
pub fn write(paper: &mut Paper, t: Words, bill: &BillPaper, sender: &Sender) {
    let cut = Pen {
        ink: MUTED,
        width: 60,
        is_dashed: true,
    };
    paper.decorate(0, vec![rule((LEFT, CUT), RIGHT - LEFT, cut)]);
    let middle = (LEFT + RIGHT) / 2;
    paper.line(
        Spot::center(0, middle, CUT - points(3)),
        &[(style(Face::Regular, 70, MUTED), t.paper_detach())],
    );
    paper.heading(
        2,
        Spot::left(0, FACTS_LEFT, CUT + points(19)),
        HEAD,
        t.paper_coupon(),
    );
    facts(paper, t, bill);
    code(paper, t, bill, sender);
    let to: Vec<&str> = bill.mail_to.iter().map(String::as_str).collect();
    address(paper, CUT + points(19), &bill.name, &to);
    let back: Vec<&str> = sender.address.iter().map(String::as_str).collect();
    address(paper, CUT + points(76), t.utility_name(), &back);
    paper.line(
        Spot::center(0, middle, points(776)),
        &[(MACHINE, &bill.scanline())],
    );
}

fn address(paper: &mut Paper, top: Length, name: &str, lines: &[&str]) {
    let room = CODE_LEFT - LEFT - points(12);
    let mut y = paper.paragraph(Spot::left(0, LEFT, top), STRONG, name, room);
    for line in lines {
        y = paper.paragraph(Spot::left(0, LEFT, y), PLAIN, line, room);
    }
}

fn facts(paper: &mut Paper, t: Words, bill: &BillPaper) {
    let mut y = CUT + points(31);
    let facts = [
        (t.paper_account(), bill.account.to_string(), STRONG),
        (t.paper_number(), bill.number.to_string(), STRONG),
        (t.paper_coupon_due(), t.date(bill.due_on), STRONG),
        (t.paper_coupon_amount(), t.money(due(bill)), HEAD),
    ];
    for (what, value, style) in facts {
        let mark = paper.write(Spot::left(0, FACTS_LEFT, y), SMALL, &format!("{what} "));
        let amount = paper.write(Spot::right(0, RIGHT, y), style, &value);
        paper.read(Node::with(Tag::Paragraph, [mark, amount]));
        y += 1_150;
    }
    y += points(6);
    paper.line(
        Spot::left(0, FACTS_LEFT, y),
        &[(SMALL, t.paper_coupon_paid())],
    );
    let pen = Pen {
        ink: MUTED,
        width: 60,
        is_dashed: false,
    };
    let wide = points(74);
    let field = rounded(RIGHT - wide, y - points(11), wide, points(16), points(3));
    paper.decorate(0, vec![Draw::Stroke(field, pen)]);
    paper.paragraph(
        Spot::left(0, FACTS_LEFT, y + points(13)),
        style(Face::Regular, 65, MUTED),
        &t.paper_coupon_check(t.utility_name()),
        RIGHT - FACTS_LEFT,
    );
}

fn code(paper: &mut Paper, t: Words, bill: &BillPaper, sender: &Sender) {
    let address = sender.pay_address(bill);
    let Some((modules, runs)) = qr::runs(&address) else {
        return;
    };
    let at = |modules_in: i32| CODE_SIDE * modules_in / modules;
    let dark = |(x, y, length): (i32, i32, i32)| {
        let (left, top) = (at(x), at(y));
        Step::Box(
            CODE_LEFT + left,
            CODE_TOP + top,
            at(x + length) - left,
            at(y + 1) - top,
        )
    };
    let steps: Vec<Step> = runs.into_iter().map(dark).collect();
    let area = Area {
        page: 0,
        x: CODE_LEFT,
        y: CODE_TOP,
        width: CODE_SIDE,
        height: CODE_SIDE,
    };
    paper.figure(area, &t.paper_qr(&address), vec![Draw::Fill(steps, BLACK)]);
    let under = Spot::center(
        0,
        CODE_LEFT + CODE_SIDE / 2,
        CODE_TOP + CODE_SIDE + points(9),
    );
    paper.line(under, &[(SMALL, t.paper_scan())]);
    if let Some(codes) = &bill.codes {
        let below = Spot::center(
            0,
            CODE_LEFT + CODE_SIDE / 2,
            CODE_TOP + CODE_SIDE + points(18),
        );
        paper.line(below, &[(SMALL, &t.paper_claim_code(&codes.claim))]);
    }
}
