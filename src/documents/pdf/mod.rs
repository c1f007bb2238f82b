//! A small layout layer for paper: text with a width, wrapped and set to either side, tables whose head repeats on the next page, rules and
//! shapes, and beside all of it the tree of tags that a screen reader follows.
//!
//! A [`page::Paper`] is first a list of what stands where, in whole hundredths of a point from the upper left corner, and only at last a
//! file: [`export::pdf`] is the one place with broken numbers. The same values make the same bytes. krilla checks each file against
//! PDF/UA-1 as it writes it, and refuses one that does not hold.

pub mod export;
pub mod face;
pub mod page;
pub mod stack;
pub mod table;
pub mod tags;

/// A length in hundredths of a point; 72 points are an inch.
pub type Length = i32;

/// So many points.
#[must_use]
pub const fn points(many: i32) -> Length {
    many * 100
}

/// A color, a byte each for red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ink(pub u8, pub u8, pub u8);

/// How letters are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Which typeface.
    pub face: face::Face,
    /// How large.
    pub size: Length,
    /// In which color.
    pub ink: Ink,
}

impl Style {
    /// From one line's foot to the next one's.
    #[must_use]
    pub const fn leading(self) -> Length {
        self.size * 124 / 100
    }
}

/// Which end of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// It begins there.
    Left,
    /// It is centered there.
    Center,
    /// It ends there.
    Right,
}
