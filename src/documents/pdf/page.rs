//! Pages as lists of what stands where. A text or a picture that is read aloud is marked and belongs to one part of the tree; what is only
//! seen (rules, grounds, running heads) is not.

use crate::documents::pdf::face::{width, wrapped};
use crate::documents::pdf::tags::{Area, Mark, Node, Tag};
use crate::documents::pdf::{Align, Ink, Length, Style};

/// One step of an outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The pen is set down elsewhere.
    Move(Length, Length),
    /// A straight line.
    Line(Length, Length),
    /// A curve by two handles to its end.
    Curve([(Length, Length); 3]),
    /// A rectangle of its own: left, top, width, height.
    Box(Length, Length, Length, Length),
    /// Back to where the pen was set down.
    Close,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pen {
    /// In which color.
    pub ink: Ink,
    /// How thick.
    pub width: Length,
    /// Whether it is dashed, to cut along.
    pub is_dashed: bool,
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Draw {
    /// A line of text that begins at a place on its foot line.
    Text {
        /// Left end.
        x: Length,
        /// Foot line.
        y: Length,
        /// How it is set.
        style: Style,
        /// What it says.
        text: String,
    },
    /// A filled outline.
    Fill(Vec<Step>, Ink),
    /// A drawn outline.
    Stroke(Vec<Step>, Pen),
}

/// A stretch of content, marked where it is read aloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) mark: Option<Mark>,
    pub(super) draws: Vec<Draw>,
}

/// A heading's place, for the list that a reader shows beside the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) words: String,
    pub(super) page: usize,
    pub(super) y: Length,
}

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Which page, counted from zero.
    pub page: usize,
    /// Where its end stands.
    pub x: Length,
    /// Its foot line.
    pub y: Length,
    /// Which end.
    pub align: Align,
}

impl Spot {
    /// A text that begins here.
    #[must_use]
    pub const fn left(page: usize, x: Length, y: Length) -> Self {
        let align = Align::Left;
        Self { page, x, y, align }
    }

    /// A text that ends here.
    #[must_use]
    pub const fn right(page: usize, x: Length, y: Length) -> Self {
        let align = Align::Right;
        Self { page, x, y, align }
    }

    /// A text that is centered here.
    #[must_use]
    pub const fn center(page: usize, x: Length, y: Length) -> Self {
        let align = Align::Center;
        Self { page, x, y, align }
    }
}

/// A document in the making.
#[derive(Debug, Default)]
pub struct Paper {
    pub(super) pages: Vec<Vec<Piece>>,
    pub(super) tree: Vec<Node>,
    pub(super) outline: Vec<Entry>,
    marks: usize,
}

impl Paper {
    /// Adds a page and gives its place, counted from zero.
    pub fn add_page(&mut self) -> usize {
        self.pages.push(Vec::new());
        self.pages.len() - 1
    }

    /// How many pages there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.pages.len()
    }

    /// Adds a part to the end of what is read aloud.
    pub fn read(&mut self, node: Node) {
        self.tree.push(node);
    }

    /// Content that belongs to a part.
    pub fn marked(&mut self, page: usize, draws: Vec<Draw>) -> Mark {
        let mark = Mark(self.marks);
        self.marks += 1;
        self.put(page, Some(mark), draws);
        mark
    }

    /// Content that is only seen.
    pub fn decorate(&mut self, page: usize, draws: Vec<Draw>) {
        self.put(page, None, draws);
    }

    /// One line of text of a part.
    pub fn write(&mut self, spot: Spot, style: Style, text: &str) -> Mark {
        self.marked(spot.page, vec![set(spot, style, text)])
    }

    /// One line of text that repeats what is read elsewhere.
    pub fn label(&mut self, spot: Spot, style: Style, text: &str) {
        self.decorate(spot.page, vec![set(spot, style, text)]);
    }

    /// A heading, read aloud here.
    pub fn heading(&mut self, level: u16, spot: Spot, style: Style, text: &str) {
        let mark = self.write(spot, style, text);
        self.outline.push(Entry {
            words: text.to_owned(),
            page: spot.page,
            y: spot.y - style.size,
        });
        self.read(Node::with(Tag::Heading(level, text.to_owned()), [mark]));
    }

    /// A paragraph of stretches in styles of their own, one after the other on a line.
    pub fn line(&mut self, spot: Spot, parts: &[(Style, &str)]) {
        let whole: Length = parts.iter().map(|(style, text)| width(text, *style)).sum();
        let mut x = match spot.align {
            Align::Left => spot.x,
            Align::Center => spot.x - whole / 2,
            Align::Right => spot.x - whole,
        };
        let mut marks = Vec::with_capacity(parts.len());
        for (style, text) in parts {
            marks.push(self.write(Spot::left(spot.page, x, spot.y), *style, text));
            x += width(text, *style);
        }
        self.read(Node::with(Tag::Paragraph, marks));
    }

    /// A paragraph of lines no wider than `room`; gives the foot line that a next one would have.
    pub fn paragraph(&mut self, spot: Spot, style: Style, text: &str, room: Length) -> Length {
        let mut y = spot.y;
        let lines = wrapped(text, style, room);
        let last = lines.len();
        let mut marks = Vec::with_capacity(last);
        for (place, line) in (1..).zip(lines) {
            // A space between the lines, so that no reader joins their words.
            let line = if place < last { line + " " } else { line };
            marks.push(self.write(Spot { y, ..spot }, style, &line));
            y += style.leading();
        }
        if !marks.is_empty() {
            self.read(Node::with(Tag::Paragraph, marks));
        }
        y
    }

    /// A picture, said in words.
    pub fn figure(&mut self, area: Area, words: &str, draws: Vec<Draw>) {
        let mark = self.marked(area.page, draws);
        self.read(Node::with(Tag::Figure(words.to_owned(), area), [mark]));
    }

    fn put(&mut self, page: usize, mark: Option<Mark>, draws: Vec<Draw>) {
        if let Some(pieces) = self.pages.get_mut(page) {
            pieces.push(Piece { mark, draws });
        }
    }
}

/// A line of text at its place.
#[must_use]
pub fn set(spot: Spot, style: Style, text: &str) -> Draw {
    let x = match spot.align {
        Align::Left => spot.x,
        Align::Center => spot.x - width(text, style) / 2,
        Align::Right => spot.x - width(text.trim_end(), style),
    };
    Draw::Text {
        x,
        y: spot.y,
        style,
        text: text.to_owned(),
    }
}

/// A level line.
#[must_use]
pub fn rule((x, y): (Length, Length), length: Length, pen: Pen) -> Draw {
    Draw::Stroke(vec![Step::Move(x, y), Step::Line(x + length, y)], pen)
}

/// The outline of a rectangle with round corners: left, top, width, height, radius.
#[must_use]
pub fn rounded(x: Length, y: Length, width: Length, height: Length, radius: Length) -> Vec<Step> {
    // A quarter of a circle by one curve: its handles reach 0.5523 of the radius.
    let reach = radius - radius * 5523 / 10_000;
    let (right, bottom) = (x + width, y + height);
    let corner = |first, second, end| Step::Curve([first, second, end]);
    vec![
        Step::Move(x + radius, y),
        Step::Line(right - radius, y),
        corner((right - reach, y), (right, y + reach), (right, y + radius)),
        Step::Line(right, bottom - radius),
        corner(
            (right, bottom - reach),
            (right - reach, bottom),
            (right - radius, bottom),
        ),
        Step::Line(x + radius, bottom),
        corner(
            (x + reach, bottom),
            (x, bottom - reach),
            (x, bottom - radius),
        ),
        Step::Line(x, y + radius),
        corner((x, y + reach), (x + reach, y), (x + radius, y)),
        Step::Close,
    ]
}
