//! What all mailed paper has in common: the utility's mark, its inks, and the place where the window of a #10 envelope shows the address.
//!
//! The window is 4 1/2 by 1 1/8 inches, 7/8 of an inch from the left and 1/2 from the foot of an envelope of 9 1/2 by 4 1/8 inches. A letter
//! folded in three has an inch of play from side to side and 0.46 inches up and down; what must be seen stands where the window shows it in any
//! case, and nothing else stands where it could be seen.

use crate::documents::pdf::face::Face;
use crate::documents::pdf::page::{Draw, Paper, Pen, Spot, Step, rounded};
use crate::documents::pdf::{Ink, Length, Style, points};
use crate::domain::customers::ADDRESS_LINES;

/// The ink of words.
pub const INK: Ink = Ink(0x14, 0x21, 0x2b);
/// The ink of small words.
pub const MUTED: Ink = Ink(0x4a, 0x5a, 0x67);
/// The utility's color.
pub const BRAND: Ink = Ink(0x0b, 0x4f, 0x6c);
/// The color of paper.
pub const WHITE: Ink = Ink(0xff, 0xff, 0xff);

/// The left edge of the address.
pub const WINDOW_LEFT: Length = points(67);
/// The foot of the line above the address, for the printer's own marks.
pub const KEYLINE: Length = points(178);
/// The foot of the first line of the address.
pub const WINDOW_TOP: Length = points(190);
/// How wide the address may be.
pub const WINDOW_WIDTH: Length = points(244);
/// Where the window ends at the latest.
pub const WINDOW_END: Length = points(261);
/// How the address is set.
pub const ADDRESS: Style = Style {
    face: Face::Regular,
    size: points(10),
    ink: INK,
};
/// The most lines of an address: a name and as many more as may be entered.
pub const LINES: usize = ADDRESS_LINES + 1;

/// The lines of an address that are shown: of one that is longer than any that may be entered, the name and the last ones, which say the city.
#[must_use]
pub fn shown(recipient: &str) -> Vec<&str> {
    let all: Vec<&str> = recipient.lines().collect();
    let more = all.len().saturating_sub(LINES);
    let is_shown = |(place, _): &(usize, &str)| *place == 0 || *place > more;
    let lines = all.into_iter().enumerate().filter(is_shown);
    lines.map(|(_, line)| line).collect()
}

/// Sets the address where the window shows it.
pub fn window(paper: &mut Paper, page: usize, recipient: &str) {
    let mut y = WINDOW_TOP;
    for line in shown(recipient) {
        y = paper.paragraph(
            Spot::left(page, WINDOW_LEFT, y),
            ADDRESS,
            line,
            WINDOW_WIDTH,
        );
    }
}

/// The utility's mark, as `static/img/logo.svg` draws it on a ground of forty by forty.
#[must_use]
pub fn logo(left: Length, top: Length, side: Length) -> Vec<Draw> {
    let x = |tenths: i32| left + side * tenths / 400;
    let y = |tenths: i32| top + side * tenths / 400;
    let start = |a, b| Step::Move(x(a), y(b));
    let curve = |a: (i32, i32), b: (i32, i32), c: (i32, i32)| {
        Step::Curve([(x(a.0), y(a.1)), (x(b.0), y(b.1)), (x(c.0), y(c.1))])
    };
    let leaf = |from: (i32, i32), [a, b, tip]: [(i32, i32); 3], [c, d]: [(i32, i32); 2]| {
        vec![
            start(from.0, from.1),
            curve(a, b, tip),
            curve(c, d, from),
            Step::Close,
        ]
    };
    let pen = |ink, tenths: i32| Pen {
        ink,
        width: side * tenths / 400,
        is_dashed: false,
    };
    let (light, deep) = (Ink(0xb9, 0xb4, 0xff), Ink(0x8f, 0x88, 0xf5));
    let water = vec![start(65, 335), curve((130, 265), (270, 360), (335, 280))];
    let stem = vec![start(195, 300), Step::Line(x(195), y(140))];
    let bud = leaf(
        (195, 60),
        [(218, 77), (218, 103), (195, 122)],
        [(172, 103), (172, 77)],
    );
    let upper = [
        leaf(
            (186, 176),
            [(149, 182), (126, 167), (117, 137)],
            [(153, 130), (179, 145)],
        ),
        leaf(
            (204, 176),
            [(241, 182), (264, 167), (273, 137)],
            [(237, 130), (211, 145)],
        ),
    ];
    let lower = [
        leaf(
            (186, 244),
            [(140, 252), (110, 234), (99, 196)],
            [(144, 187), (177, 206)],
        ),
        leaf(
            (204, 244),
            [(250, 252), (280, 234), (291, 196)],
            [(246, 187), (213, 206)],
        ),
    ];
    let mut draws = vec![
        Draw::Fill(rounded(left, top, side, side, side * 11 / 40), BRAND),
        Draw::Stroke(water, pen(Ink(0x7f, 0xd4, 0xc4), 30)),
        Draw::Stroke(stem, pen(Ink(0xa6, 0xf0, 0xcb), 22)),
        Draw::Fill(bud, light),
    ];
    draws.extend(upper.into_iter().map(|steps| Draw::Fill(steps, light)));
    draws.extend(lower.into_iter().map(|steps| Draw::Fill(steps, deep)));
    draws
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_address_the_name_and_the_city_are_shown() {
        let lines = shown("Rosa\nc/o Inés\nThe Mill\nUnit 4\n12 Main St\nDubuque, IA 52001");
        assert_eq!(
            lines,
            [
                "Rosa",
                "The Mill",
                "Unit 4",
                "12 Main St",
                "Dubuque, IA 52001"
            ]
        );
        assert_eq!(shown("Rosa\n12 Main St"), ["Rosa", "12 Main St"]);
    }
}
