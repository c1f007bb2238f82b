//! The upper part of the first page: who sends the bill, what is to be paid, and for what and whom.

use chrono::Datelike;

use crate::documents::bill_pdf::{
    BRAND, INK, LEFT, MUTED, PLAIN, RIGHT, SMALL, STRONG, Sender, TINT, WHITE, due, name, style,
};
use crate::documents::charts::change;
use crate::documents::pdf::face::{Face, wrapped};
use crate::documents::pdf::page::{Draw, Paper, Spot, rounded};
use crate::documents::pdf::{Length, points};
use crate::documents::stationery::{self, logo};
use crate::domain::bill_paper::{BillPaper, MONTHS};
use crate::i18n::Words;

const BOX_TOP: Length = points(70);
const BOX_HEIGHT: Length = points(77);
const DUE_WIDTH: Length = points(276);
const PLACE_LEFT: Length = points(331);
const PAD: Length = points(14);
/// How many places served are named one by one.
const PLACES: usize = 2;

/// Writes it.
pub fn write(paper: &mut Paper, t: Words, bill: &BillPaper, sender: &Sender) {
    let boxes = vec![
        Draw::Fill(
            rounded(LEFT, BOX_TOP, DUE_WIDTH, BOX_HEIGHT, points(7)),
            BRAND,
        ),
        Draw::Fill(
            rounded(
                PLACE_LEFT,
                BOX_TOP,
                RIGHT - PLACE_LEFT,
                BOX_HEIGHT,
                points(7),
            ),
            TINT,
        ),
    ];
    paper.decorate(0, boxes);
    paper.decorate(0, logo(LEFT, points(30), points(33)));
    letterhead(paper, t, bill, sender);
    what_is_due(paper, t, bill, sender);
    what_for(paper, t, bill);
    stationery::window(paper, 0, &bill.recipient());
}

fn letterhead(paper: &mut Paper, t: Words, bill: &BillPaper, sender: &Sender) {
    let x = LEFT + points(41);
    paper.heading(
        1,
        Spot::left(0, x, points(60)),
        style(Face::Regular, 110, MUTED),
        &name(t, bill),
    );
    let big = style(Face::Bold, 145, INK);
    paper.line(Spot::left(0, x, points(45)), &[(big, t.utility_name())]);
    let facts = [
        (t.paper_account(), bill.account.to_string()),
        (t.paper_number(), bill.number.to_string()),
        (t.paper_dated(), t.date(bill.issued_on)),
        (t.paper_questions(), sender.phone.clone()),
    ];
    let mut y = points(36);
    for (what, value) in facts {
        paper.line(
            Spot::right(0, RIGHT, y),
            &[(SMALL, &format!("{what} ")), (STRONG, &value)],
        );
        y += 1_020;
    }
}

fn what_is_due(paper: &mut Paper, t: Words, bill: &BillPaper, sender: &Sender) {
    let (x, room) = (LEFT + PAD, DUE_WIDTH - 2 * PAD);
    let asked = bill.asked_for();
    let head = if asked.is_positive() {
        t.paper_due_by(bill.due_on)
    } else {
        t.paper_nothing_due().to_owned()
    };
    let head_style = style(Face::Bold, 95, WHITE);
    paper.line(
        Spot::left(0, x, BOX_TOP + points(20)),
        &[(head_style, &head)],
    );
    let amount = style(Face::Bold, 280, WHITE);
    paper.line(
        Spot::left(0, x, BOX_TOP + points(47)),
        &[(amount, &t.money(due(bill)))],
    );
    let note = style(Face::Regular, 80, WHITE);
    let words = if asked.is_negative() {
        t.paper_credit(-asked)
    } else if asked.is_positive() && bill.previous.is_positive() {
        t.bill_keeps_day(bill.previous)
    } else if asked.is_positive() {
        t.paper_pay_ways(sender.shown_site())
    } else {
        String::new()
    };
    paper.paragraph(Spot::left(0, x, BOX_TOP + points(61)), note, &words, room);
}

fn what_for(paper: &mut Paper, t: Words, bill: &BillPaper) {
    let (x, room) = (PLACE_LEFT + PAD, RIGHT - PLACE_LEFT - 2 * PAD);
    let places = bill.served_at.iter().take(PLACES);
    let mut places: Vec<String> = places.cloned().collect();
    let more = bill.served_at.len().saturating_sub(PLACES);
    if more > 0 {
        places.push(t.paper_more_places(more));
    }
    let period = t.paper_period(bill.from_on, bill.last_day(), bill.days());
    let mut all = vec![
        (style(Face::Bold, 95, INK), bill.name.clone()),
        (PLAIN, period),
    ];
    if !places.is_empty() {
        all.push((PLAIN, t.paper_service_at(places.join(", "))));
    }
    all.extend(compared(t, bill).map(|words| (PLAIN, words)));
    let (mut y, end) = (BOX_TOP + points(20), BOX_TOP + BOX_HEIGHT - points(5));
    for (style, text) in all {
        let lines = Length::try_from(wrapped(&text, style, room).len()).unwrap_or(Length::MAX);
        // Nothing stands outside its box; the places come last but one, and the coupon has the first of them.
        if y + style.leading().saturating_mul(lines - 1) > end {
            break;
        }
        y = paper.paragraph(Spot::left(0, x, y), style, &text, room) + 150;
    }
}

/// How the first metered service compares with the same month a year earlier, where that is known.
fn compared(t: Words, bill: &BillPaper) -> Option<String> {
    let usage = bill.usage.first()?;
    let (first, last) = (usage.months.first()?, usage.months.last()?);
    let is_a_year = usage.months.len() == MONTHS
        && first.month.month() == last.month.month()
        && first.month.year() + 1 == last.month.year();
    let (direction, percent) = change(last.used, Some(first.used).filter(|_| is_a_year));
    Some(t.paper_compare(direction, percent, usage.commodity.as_str())).filter(|_| is_a_year)
}
