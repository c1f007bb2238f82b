//! A calm line over the bars: how warm it was. It has a scale of its own at the right edge, and a gap where no weather is known.

use rust_decimal::Decimal;

use crate::documents::charts::put;
use crate::documents::charts::scale::{Tenths, nearest, part};

/// From line to line of the scale, in degrees; the line is at least so tall.
const STEP: i64 = 10;

/// Height of the letters, in tenths of a pixel.
const LETTER: i64 = 120;

/// The room its numbers take at the right edge, in tenths of a pixel.
pub const ROOM: i64 = 340;

/// Where the line goes: the values by the places of the bars, and where those lie.
pub struct Warmth<'a> {
    /// Degrees, one for each bar.
    pub degrees: &'a [Option<Decimal>],
    /// The middle of each bar.
    pub centers: Vec<i64>,
    /// The right edge of the bars.
    pub right: i64,
    /// The top and the foot of the bars.
    pub span: (i64, i64),
}

/// Whether there is a line at all.
pub fn is_known(degrees: &[Option<Decimal>]) -> bool {
    degrees.iter().any(Option::is_some)
}

/// Draws the line and its scale; nothing where no weather is known.
pub fn draw(out: &mut String, warmth: &Warmth<'_>) {
    let known = || warmth.degrees.iter().flatten().copied();
    let (Some(coldest), Some(hottest)) = (known().min(), known().max()) else {
        return;
    };
    let bottom = nearest(coldest).div_euclid(STEP) * STEP;
    let top = (nearest(hottest).div_euclid(STEP) + 1) * STEP;
    let (upper, base) = warmth.span;
    let y = |degrees: Decimal| {
        base - part(
            degrees - Decimal::from(bottom),
            Decimal::from(top - bottom),
            base - upper,
        )
    };
    out.push_str("<g aria-hidden=\"true\"><path class=\"tline\" d=\"");
    let mut is_drawing = false;
    for (degrees, x) in warmth.degrees.iter().zip(&warmth.centers) {
        if let Some(degrees) = degrees {
            let step = if is_drawing { 'L' } else { 'M' };
            put(
                out,
                format_args!("{step}{} {}", Tenths(*x), Tenths(y(*degrees))),
            );
            // A day alone between gaps is a dot.
            if !is_drawing {
                out.push_str("h.1");
            }
        }
        is_drawing = degrees.is_some();
    }
    out.push_str("\"/>");
    for degrees in [bottom, top] {
        let (x, height) = (
            Tenths(warmth.right + ROOM),
            Tenths(y(Decimal::from(degrees)) + LETTER * 35 / 100),
        );
        put(
            out,
            format_args!(
                "<text class=\"temp\" x=\"{x}\" y=\"{height}\" text-anchor=\"end\">{degrees}°</text>"
            ),
        );
    }
    out.push_str("</g>");
}
