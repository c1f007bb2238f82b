//! Bars on a scale, with the labels beneath, the tooltips above and, where there is somewhere to go, a link on each.

use rust_decimal::Decimal;

use crate::documents::charts::scale::{Scale, Tenths, part};
use crate::documents::charts::warmth::{self, Warmth};
use crate::documents::charts::{Frame, attribute, put};
use crate::i18n::Words;

/// Height of the letters, in tenths of a pixel.
const LETTER: i64 = 120;

/// One bar, ready to draw.
pub struct Bar {
    pub now: Option<Decimal>,
    pub before: Option<Decimal>,
    pub is_estimated: bool,
    pub address: Option<String>,
    pub label: String,
    pub tip: Vec<String>,
    pub axis: String,
    pub below: Option<String>,
    pub value: String,
}

/// Where everything lies, in tenths of a pixel.
struct Plot {
    scale: Scale,
    left: i64,
    right: i64,
    top: i64,
    base: i64,
    height: i64,
    step: i64,
    width: i64,
    has_before: bool,
}

impl Plot {
    fn new(t: Words, frame: &Frame<'_>, bars: &[Bar], room: i64) -> Self {
        let values = || bars.iter().flat_map(|bar| [bar.now, bar.before]).flatten();
        let scale = Scale::over(
            values().min().unwrap_or_default(),
            values().max().unwrap_or_default(),
        );
        let longest = scale
            .lines()
            .map(|line| t.number(line).chars().count())
            .max();
        let left =
            LETTER * 9 / 10 + LETTER * 58 / 100 * i64::try_from(longest.unwrap_or(1)).unwrap_or(1);
        let right = frame.width * 10 - 20 - room;
        let has_years = bars.iter().any(|bar| bar.below.is_some());
        let base = frame.height * 10 - LETTER * if has_years { 25 } else { 17 } / 10;
        let top = LETTER * 14 / 10;
        let step = (right - left) / i64::try_from(bars.len()).unwrap_or(1).max(1);
        let has_before = bars.iter().any(|bar| bar.before.is_some());
        let width = if has_before {
            (step * 36 / 100).min(220)
        } else {
            (step * 64 / 100).min(360)
        };
        Self {
            scale,
            left,
            right,
            top,
            base,
            height: frame.height * 10,
            step,
            width,
            has_before,
        }
    }

    fn y(&self, value: Decimal) -> i64 {
        self.base
            - part(
                value - self.scale.bottom,
                self.scale.top - self.scale.bottom,
                self.base - self.top,
            )
    }

    fn center(&self, place: i64) -> i64 {
        self.left + self.step * place + self.step / 2
    }

    /// Left edges of the bar of the year before and of the bar of now.
    fn edges(&self, place: i64) -> (i64, i64) {
        let center = self.center(place);
        if self.has_before {
            let gap = self.width * 14 / 100;
            (center - self.width - gap / 2, center + gap / 2)
        } else {
            (center, center - self.width / 2)
        }
    }

    /// A bar from zero to the value, its far corners round.
    fn shape(&self, x: i64, value: Decimal) -> String {
        let (zero, end) = (self.y(Decimal::ZERO), self.y(value));
        let rise = zero - end;
        let round = (self.width * 22 / 100).min(rise.abs() / 2).max(0);
        let turn = if rise < 0 { -round } else { round };
        format!(
            "M{} {}v{}q0 {} {} {}h{}q{} 0 {} {}v{}z",
            Tenths(x),
            Tenths(zero),
            Tenths(turn - rise),
            Tenths(-turn),
            Tenths(round),
            Tenths(-turn),
            Tenths(self.width - 2 * round),
            Tenths(round),
            Tenths(round),
            Tenths(turn),
            Tenths(rise - turn),
        )
    }
}

/// The whole picture.
pub fn bars(t: Words, frame: &Frame<'_>, bars: &[Bar]) -> String {
    with_warmth(t, frame, bars, &[])
}

/// The same with a line over the bars that says how warm it was at each, where that is known.
pub fn with_warmth(
    t: Words,
    frame: &Frame<'_>,
    bars: &[Bar],
    degrees: &[Option<Decimal>],
) -> String {
    let room = if warmth::is_known(degrees) {
        warmth::ROOM
    } else {
        0
    };
    let plot = Plot::new(t, frame, bars, room);
    let has_links = bars.iter().any(|bar| bar.address.is_some());
    let mut out = String::with_capacity(16 * 1024);
    put(
        &mut out,
        format_args!(
            "<svg class=\"chart {}\" viewBox=\"0 0 {} {}\" role=\"{}\" aria-labelledby=\"{}-t\"><title id=\"{}-t\">{}</title>",
            frame.tint,
            frame.width,
            frame.height,
            if has_links { "group" } else { "img" },
            frame.id,
            frame.id,
            attribute(frame.title)
        ),
    );
    lines(&mut out, t, &plot);
    out.push_str("<g class=\"cols\">");
    for (place, bar) in (0_i64..).zip(bars) {
        column(&mut out, &plot, (place, bar), bars.len());
    }
    out.push_str("</g>");
    let places = (0_i64..).zip(bars);
    let line = Warmth {
        degrees,
        centers: places.map(|(place, _)| plot.center(place)).collect(),
        right: plot.right,
        span: (plot.top, plot.base),
    };
    warmth::draw(&mut out, &line);
    labels(&mut out, &plot, bars);
    tips(&mut out, &plot, frame, bars);
    out.push_str("</svg>");
    out
}

fn lines(out: &mut String, t: Words, plot: &Plot) {
    out.push_str("<g aria-hidden=\"true\"><path class=\"grid\" d=\"");
    for line in plot.scale.lines() {
        put(
            out,
            format_args!(
                "M{} {}H{}",
                Tenths(plot.left),
                Tenths(plot.y(line)),
                Tenths(plot.right)
            ),
        );
    }
    out.push_str("\"/>");
    for line in plot.scale.lines() {
        let (x, y) = (
            Tenths(plot.left - LETTER * 6 / 10),
            Tenths(plot.y(line) + LETTER * 35 / 100),
        );
        put(
            out,
            format_args!(
                "<text class=\"tick\" x=\"{x}\" y=\"{y}\" text-anchor=\"end\">{}</text>",
                t.number(line)
            ),
        );
    }
    out.push_str("</g>");
}

fn column(out: &mut String, plot: &Plot, (place, bar): (i64, &Bar), count: usize) {
    let class = match (
        bar.is_estimated,
        usize::try_from(place).is_ok_and(|place| place + 1 == count),
    ) {
        (true, _) => "col est",
        (false, true) if bar.address.is_some() => "col last",
        (false, _) => "col",
    };
    let label = attribute(&bar.label);
    match &bar.address {
        Some(address) => put(
            out,
            format_args!(
                "<a href=\"{}\" class=\"{class}\" aria-label=\"{label}\">",
                attribute(address)
            ),
        ),
        None => put(
            out,
            format_args!("<g class=\"{class}\"><title>{label}</title>"),
        ),
    }
    let x = Tenths(plot.left + plot.step * place);
    put(
        out,
        format_args!(
            "<rect class=\"hit\" x=\"{x}\" y=\"0\" width=\"{}\" height=\"{}\"/>",
            Tenths(plot.step),
            Tenths(plot.height)
        ),
    );
    let (before, now) = plot.edges(place);
    if let Some(value) = bar.before {
        put(
            out,
            format_args!(
                "<path class=\"bar prev\" d=\"{}\"/>",
                plot.shape(before, value)
            ),
        );
    }
    if let Some(value) = bar.now {
        put(
            out,
            format_args!("<path class=\"bar\" d=\"{}\"/>", plot.shape(now, value)),
        );
    }
    out.push_str(if bar.address.is_some() {
        "</a>"
    } else {
        "</g>"
    });
}

/// Words stand outside the links, else they would be read twice.
fn labels(out: &mut String, plot: &Plot, bars: &[Bar]) {
    out.push_str("<g aria-hidden=\"true\">");
    for (place, bar) in (0_i64..).zip(bars) {
        let x = Tenths(plot.center(place));
        if !bar.axis.is_empty() {
            let y = Tenths(plot.base + LETTER * 14 / 10);
            put(
                out,
                format_args!(
                    "<text class=\"lab\" x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">{}</text>",
                    attribute(&bar.axis)
                ),
            );
        }
        if let Some(below) = &bar.below {
            let y = Tenths(plot.base + LETTER * 245 / 100);
            put(
                out,
                format_args!(
                    "<text class=\"tick\" x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">{below}</text>"
                ),
            );
        }
    }
    if let (Some(bar), Some(place)) = (
        bars.last(),
        i64::try_from(bars.len()).ok().map(|count| count - 1),
    ) && let Some(value) = bar.now
    {
        let middle = plot.edges(place).1 + plot.width / 2;
        let x = Tenths(middle.min(plot.right - LETTER * 16 / 10));
        let highest = value.max(bar.before.unwrap_or_default()).max(Decimal::ZERO);
        let y = Tenths(plot.y(highest) - LETTER / 2);
        put(
            out,
            format_args!(
                "<text class=\"val\" x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">{}</text>",
                bar.value
            ),
        );
    }
    out.push_str("</g>");
}

fn tips(out: &mut String, plot: &Plot, frame: &Frame<'_>, bars: &[Bar]) {
    if bars.iter().all(|bar| bar.tip.is_empty()) {
        return;
    }
    out.push_str("<g class=\"tips\" aria-hidden=\"true\">");
    for (place, bar) in (0_i64..).zip(bars) {
        let longest = bar
            .tip
            .iter()
            .map(|line| line.chars().count())
            .max()
            .unwrap_or_default();
        let width = i64::try_from(longest).unwrap_or_default() * 66 + 240;
        let height = 130 + 175 * i64::try_from(bar.tip.len()).unwrap_or_default() - 20;
        let x = (plot.center(place) - width / 2).clamp(20, (frame.width * 10 - width - 20).max(20));
        put(
            out,
            format_args!(
                "<g class=\"tip\"><rect x=\"{}\" y=\"2\" width=\"{}\" height=\"{}\" rx=\"8\"/>",
                Tenths(x),
                Tenths(width),
                Tenths(height)
            ),
        );
        for (line, words) in (0_i64..).zip(&bar.tip) {
            let class = if line == 0 { " class=\"th\"" } else { "" };
            let (x, y) = (Tenths(x + 120), Tenths(210 + 175 * line));
            put(
                out,
                format_args!(
                    "<text{class} x=\"{x}\" y=\"{y}\">{}</text>",
                    attribute(words)
                ),
            );
        }
        out.push_str("</g>");
    }
    out.push_str("</g>");
}
