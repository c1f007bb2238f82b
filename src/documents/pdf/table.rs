//! Tables that run on: a row that does not fit goes to the next frame, where the head is shown again.

use crate::documents::pdf::face::wrapped;
use crate::documents::pdf::page::{Paper, Pen, Spot, rule};
use crate::documents::pdf::tags::{Mark, Node, Tag};
use crate::documents::pdf::{Align, Ink, Length, Style, points};

/// The fine lines of a table.
const FINE: Pen = Pen {
    ink: Ink(0xd5, 0xdd, 0xe3),
    width: 60,
    is_dashed: false,
};

/// Air above and below a row's letters.
const AIR: Length = 110;

/// Air between two columns.
const GAP: Length = points(6);

/// How wide a column is, and to which side its cells are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its width.
    pub width: Length,
    /// Its side.
    pub align: Align,
}

/// Where rows go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The page, counted from zero.
    pub page: usize,
    /// The left edge.
    pub x: Length,
    /// Where the next row begins.
    pub y: Length,
    /// Where the last row must end.
    pub bottom: Length,
    /// How wide it is.
    pub width: Length,
}

impl Frame {
    /// Whether something so high still fits.
    #[must_use]
    pub fn holds(&self, height: Length) -> bool {
        self.y + height <= self.bottom
    }
}

/// What stands in a cell: texts beneath each other, each wrapped.
pub type Cell = Vec<(Style, String)>;

/// One row. Its first cell names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its cells, as many as there are columns.
    pub cells: Vec<Cell>,
    /// Whether a line stands above it.
    pub is_ruled: bool,
    /// Whether it stays with the row after it.
    pub keeps: bool,
}

/// A table: its columns by the width of the frame, its head and its rows.
pub struct Table<'a> {
    /// The columns in a frame of this width.
    pub columns: &'a dyn Fn(Length) -> Vec<Column>,
    /// The names of the columns.
    pub head: Vec<Cell>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A cell, broken into lines.
type Lines = Vec<(Style, String)>;

impl Table<'_> {
    /// Writes the rows into a frame, and on into those that `next` gives; the table is read aloud here. Gives where it ended.
    pub fn write(
        self,
        paper: &mut Paper,
        mut frame: Frame,
        next: &mut dyn FnMut(&mut Paper) -> Frame,
    ) -> Frame {
        let mut columns = (self.columns)(frame.width);
        let room = height(&lines(&self.head, &columns)) + self.room_of(0, &columns);
        if !frame.holds(room) {
            frame = next(paper);
            columns = (self.columns)(frame.width);
        }
        let head = put(paper, &mut frame, &columns, &lines(&self.head, &columns));
        underline(paper, &frame);
        let heads = head
            .into_iter()
            .map(|marks| Node::with(Tag::ColumnHead, marks));
        let head = Node::of(Tag::Head, [Node::of(Tag::Row, heads)]);
        let mut body = Vec::with_capacity(self.rows.len());
        for (place, row) in self.rows.iter().enumerate() {
            if !frame.holds(self.room_of(place, &columns)) {
                frame = next(paper);
                columns = (self.columns)(frame.width);
                repeat(paper, &mut frame, &columns, &lines(&self.head, &columns));
                underline(paper, &frame);
            }
            if row.is_ruled {
                underline(paper, &frame);
            }
            let cells = put(paper, &mut frame, &columns, &lines(&row.cells, &columns));
            let cells = (0..).zip(cells).map(|(place, marks)| {
                let tag = if place == 0 { Tag::RowHead } else { Tag::Cell };
                Node::with(tag, marks)
            });
            body.push(Node::of(Tag::Row, cells));
        }
        paper.read(Node::of(Tag::Table, [head, Node::of(Tag::Body, body)]));
        frame
    }

    /// How high a row stands, with those that it stays with.
    fn room_of(&self, place: usize, columns: &[Column]) -> Length {
        let mut room = 0;
        for row in self.rows.iter().skip(place) {
            room += height(&lines(&row.cells, columns));
            if !row.keeps {
                break;
            }
        }
        room
    }
}

fn lines(cells: &[Cell], columns: &[Column]) -> Vec<Lines> {
    let broken = |(cell, column): (&Cell, &Column)| {
        let room = column.width - GAP;
        cell.iter()
            .flat_map(|(style, text)| {
                let lines = wrapped(text, *style, room);
                lines.into_iter().map(|line| (*style, line))
            })
            .collect()
    };
    cells.iter().zip(columns).map(broken).collect()
}

fn height(cells: &[Lines]) -> Length {
    let of_cell = |lines: &Lines| lines.iter().map(|(style, _)| style.leading()).sum();
    let highest: Length = cells.iter().map(of_cell).max().unwrap_or_default();
    highest + 2 * AIR
}

/// Where each line of each cell stands.
fn places(frame: &Frame, columns: &[Column], cells: &[Lines]) -> Vec<Vec<(Spot, Style, String)>> {
    let firsts = cells.iter().filter_map(|lines| lines.first());
    let highest = firsts.map(|(style, _)| style.size).max();
    let mut left = frame.x;
    let mut found = Vec::with_capacity(cells.len());
    for (lines, column) in cells.iter().zip(columns) {
        let x = match column.align {
            Align::Left => left,
            Align::Center => left + column.width / 2,
            Align::Right => left + column.width,
        };
        // The first lines of all cells stand on one foot line.
        let mut y = frame.y + AIR + highest.unwrap_or_default();
        let mut cell = Vec::with_capacity(lines.len());
        for (place, (style, text)) in lines.iter().enumerate() {
            if place > 0 {
                y += style.leading();
            }
            let (page, align) = (frame.page, column.align);
            cell.push((Spot { page, x, y, align }, *style, text.clone()));
        }
        found.push(cell);
        left += column.width;
    }
    found
}

/// Writes a row and moves the frame on; gives the marks of each cell. A cell without words is marked as well: it is a cell.
fn put(
    paper: &mut Paper,
    frame: &mut Frame,
    columns: &[Column],
    cells: &[Lines],
) -> Vec<Vec<Mark>> {
    let mut marks = Vec::with_capacity(cells.len());
    for cell in places(frame, columns, cells) {
        let last = cell.len();
        let mut own: Vec<Mark> = Vec::with_capacity(last.max(1));
        for (place, (spot, style, text)) in (1..).zip(cell) {
            let text = if place < last { text + " " } else { text };
            own.push(paper.write(spot, style, &text));
        }
        if own.is_empty() {
            own.push(paper.marked(frame.page, Vec::new()));
        }
        marks.push(own);
    }
    frame.y += height(cells);
    marks
}

/// Shows the head again, for the eye alone.
fn repeat(paper: &mut Paper, frame: &mut Frame, columns: &[Column], cells: &[Lines]) {
    for (spot, style, text) in places(frame, columns, cells).into_iter().flatten() {
        paper.label(spot, style, &text);
    }
    frame.y += height(cells);
}

fn underline(paper: &mut Paper, frame: &Frame) {
    let line = rule((frame.x, frame.y), frame.width, FINE);
    paper.decorate(frame.page, vec![line]);
}
