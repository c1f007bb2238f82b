//! The bill on paper: a tagged, accessible PDF on letter paper, in the language of its account.
//!
//! On the first page stand who sends it and, where the window of an envelope shows it, to whom, what is to be paid and until when, how the balance came about, the charges of each
//! service, thirteen months of usage, the meters' reads, what to do with questions, and a coupon to tear off with a scanline
//! ([`BillPaper::scanline`]) and a code that leads to paying. What the first page does not hold runs on to the next ones. The same bill
//! makes the same bytes.

mod charges;
mod coupon;
mod front;
mod messages;
mod usage;

use crate::documents::pdf::export::{About, PdfError, pdf};
use crate::documents::pdf::face::Face;
use crate::documents::pdf::page::{Paper, Pen, Spot, rule};
use crate::documents::pdf::table::Frame;
use crate::documents::pdf::{Ink, Length, Style, points};
use crate::documents::stationery::{BRAND, INK, MUTED, WHITE, WINDOW_END};
use crate::domain::bill_paper::BillPaper;
use crate::domain::money::Money;
use crate::i18n::{Words, words};

/// Who sends the bill, and where it is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// Where checks go, line by line, without the utility's name.
    pub address: Vec<String>,
    /// The number to call.
    pub phone: String,
    /// How people reach the portal: `https://bills.example.gov`.
    pub site: String,
}

impl Sender {
    /// The page where a bill is paid: by whoever has its paper; without codes, by whoever signs in.
    fn pay_address(&self, bill: &BillPaper) -> String {
        match &bill.codes {
            Some(codes) => format!("{}/pay-bill/{}/{}", self.site, bill.number, codes.pay),
            None => format!("{}/pay?account={}", self.site, bill.account.as_str()),
        }
    }

    /// The portal as a person types it.
    fn shown_site(&self) -> &str {
        self.site
            .split_once("://")
            .map_or(self.site.as_str(), |(_, rest)| rest)
    }
}

const LEFT: Length = points(43);
const RIGHT: Length = points(569);
/// Where the charges end and the usage begins.
const CHARGES_END: Length = points(379);
const USAGE_START: Length = points(401);
/// Where the columns of the first page begin, and where they must end.
const COLUMNS_TOP: Length = WINDOW_END;
const COLUMNS_END: Length = points(545);
/// Where later pages begin and end.
const NEXT_TOP: Length = points(64);
const NEXT_END: Length = points(750);

const TINT: Ink = Ink(0xee, 0xf4, 0xf7);
const LINE: Ink = Ink(0xd5, 0xdd, 0xe3);

const fn style(face: Face, tenths: i32, ink: Ink) -> Style {
    let size = tenths * 10;
    Style { face, size, ink }
}

const PLAIN: Style = style(Face::Regular, 83, INK);
const STRONG: Style = style(Face::Bold, 83, INK);
const SMALL: Style = style(Face::Regular, 75, MUTED);
const TITLE: Style = style(Face::Bold, 105, BRAND);

/// The bill as a file.
///
/// # Errors
/// `PdfError` where the file would not hold PDF/UA-1.
pub fn render(bill: &BillPaper, sender: &Sender) -> Result<Vec<u8>, PdfError> {
    let t = words(bill.language);
    let mut paper = Paper::default();
    let first = paper.add_page();
    front::write(&mut paper, t, bill, sender);
    let ended = charges::write(&mut paper, t, bill);
    usage::write(&mut paper, t, bill, ended);
    messages::write(&mut paper, t, sender);
    coupon::write(&mut paper, t, bill, sender);
    for page in first..paper.count() {
        running_head(&mut paper, t, bill, page);
    }
    let account = bill.account.to_string();
    pdf(
        &paper,
        &About {
            title: t.paper_title(name(t, bill), account),
            author: t.utility_name().to_owned(),
            language: t.tag(),
            dated: bill.issued_on,
        },
    )
}

/// What the bill is called: "June 2026 bill".
fn name(t: Words, bill: &BillPaper) -> String {
    t.bill_name(bill.kind.as_str(), t.month(bill.last_day()))
}

/// What is to be paid, never less than nothing.
fn due(bill: &BillPaper) -> Money {
    bill.asked_for().max(Money::ZERO)
}

/// A fresh page, for what the one before did not hold.
fn next_page(paper: &mut Paper) -> Frame {
    Frame {
        page: paper.add_page(),
        x: LEFT,
        y: NEXT_TOP,
        bottom: NEXT_END,
        width: RIGHT - LEFT,
    }
}

/// What each page is and whose, for the eye: a screen reader hears it once, at the beginning.
fn running_head(paper: &mut Paper, t: Words, bill: &BillPaper, page: usize) {
    let pages = paper.count();
    if pages > 1 {
        let spot = Spot::right(page, RIGHT, points(24));
        paper.label(spot, SMALL, &t.paper_page(page + 1, pages));
    }
    if page == 0 {
        return;
    }
    let place = Spot::left(page, LEFT, points(42));
    paper.label(place, STRONG, t.utility_name());
    let head = format!(
        "{} · {} {} · {} {}",
        name(t, bill),
        t.paper_account(),
        bill.account,
        t.paper_number(),
        bill.number
    );
    paper.label(Spot::right(page, RIGHT, points(42)), PLAIN, &head);
    let pen = Pen {
        ink: LINE,
        width: 60,
        is_dashed: false,
    };
    let line = rule((LEFT, points(49)), RIGHT - LEFT, pen);
    paper.decorate(page, vec![line]);
}
