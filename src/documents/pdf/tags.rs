//! What each part of a paper is, in the order in which it is read aloud.

use crate::documents::pdf::Length;

/// A place on a page: page, left, top, width, height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Which page, counted from zero.
    pub page: usize,
    /// Left edge.
    pub x: Length,
    /// Upper edge.
    pub y: Length,
    /// Width.
    pub width: Length,
    /// Height.
    pub height: Length,
}

/// What a part is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tag {
    /// A heading of a level, with its words.
    Heading(u16, String),
    /// A paragraph.
    Paragraph,
    /// A table.
    Table,
    /// The head of a table.
    Head,
    /// The rows of a table.
    Body,
    /// A row.
    Row,
    /// A cell that names its column.
    ColumnHead,
    /// A cell that names its row.
    RowHead,
    /// A cell.
    Cell,
    /// A picture, said in words, and where it is.
    Figure(String, Area),
}

/// A stretch of a page's content that belongs to one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark(pub(super) usize);

/// A part with what it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub(super) tag: Tag,
    pub(super) kids: Vec<Kid>,
}

/// What a part is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kid {
    /// Another part.
    Node(Node),
    /// Content.
    Mark(Mark),
}

impl Node {
    /// A part made of other parts.
    #[must_use]
    pub fn of(tag: Tag, nodes: impl IntoIterator<Item = Self>) -> Self {
        Self {
            tag,
            kids: nodes.into_iter().map(Kid::Node).collect(),
        }
    }

    /// A part with content of its own.
    #[must_use]
    pub fn with(tag: Tag, marks: impl IntoIterator<Item = Mark>) -> Self {
        Self {
            tag,
            kids: marks.into_iter().map(Kid::Mark).collect(),
        }
    }
}
