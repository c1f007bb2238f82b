//! From pages to a file: tagged PDF, held to PDF/UA-1 by the library that writes it.
#![expect(
    clippy::float_arithmetic,
    reason = "a PDF counts in broken points; here alone whole hundredths become them"
)]

use std::num::NonZeroU16;
use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder, ConfigurationError};
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, LineCap, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, BBox, ContentTag, Identifier, Node as KrillaNode, Placement, SpanTag,
    TableHeaderScope, Tag as KrillaTag, TagGroup, TagKind, TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

use crate::documents::pdf::face::Face;
use crate::documents::pdf::page::{Draw, Paper, Pen, Piece, Step};
use crate::documents::pdf::tags::{Area, Kid, Node, Tag};
use crate::documents::pdf::{Ink, Length, Style, points};

/// The width of letter paper.
pub const WIDTH: Length = points(612);

/// The height of letter paper.
pub const HEIGHT: Length = points(792);

/// What a file says of itself.
#[derive(Debug, Clone)]
pub struct About {
    /// Its title.
    pub title: String,
    /// Whose it is.
    pub author: String,
    /// The tag of its language.
    pub language: &'static str,
    /// The day it is dated: never the day it was made, so that the same values make the same bytes.
    pub dated: NaiveDate,
}

/// Why a paper did not become a file.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The library knows no such demand.
    #[error("PDF/UA-1: {0:?}")]
    Configuration(ConfigurationError),
    /// The library refused what was drawn: it would not be accessible, or not be a PDF.
    #[error("{0}")]
    Refused(KrillaError),
}

/// The file.
///
/// # Errors
/// `Refused` with what is wrong, where the paper does not hold PDF/UA-1.
pub fn pdf(paper: &Paper, about: &About) -> Result<Vec<u8>, PdfError> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(PdfError::Configuration)?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        enable_tagging: true,
        ..SerializeSettings::default()
    });
    let mut marks: Vec<(usize, Identifier)> = Vec::new();
    for pieces in &paper.pages {
        let size = PageSettings::from_wh(real(WIDTH), real(HEIGHT));
        let mut page = document.start_page_with(size.unwrap_or_default());
        let mut surface = page.surface();
        for piece in pieces {
            marks.extend(content(&mut surface, piece));
        }
        surface.finish();
        page.finish();
    }
    marks.sort_unstable_by_key(|(mark, _)| *mark);
    let mut tree = TagTree::new().with_lang(Some(about.language.to_owned()));
    for node in &paper.tree {
        tree.push(group(node, &marks));
    }
    document.set_tag_tree(tree);
    let mut outline = Outline::new();
    for entry in &paper.outline {
        let place = XyzDestination::new(entry.page, Point::from_xy(0.0, real(entry.y)));
        outline.push_child(OutlineNode::new(entry.words.clone(), place));
    }
    document.set_outline(outline);
    document.set_metadata(metadata(about));
    document.finish().map_err(PdfError::Refused)
}

pub(super) fn metadata(about: &About) -> Metadata {
    let small = |number: u32| u8::try_from(number).unwrap_or(1);
    let dated = DateTime::new(u16::try_from(about.dated.year()).unwrap_or_default())
        .month(small(about.dated.month()))
        .day(small(about.dated.day()));
    Metadata::new()
        .title(about.title.clone())
        .authors(vec![about.author.clone()])
        .language(about.language.to_owned())
        .creation_date(dated)
}

/// Hundredths of a point as points.
pub(super) fn real(length: Length) -> f32 {
    let whole = i16::try_from(length / 100).unwrap_or(i16::MAX);
    let rest = i16::try_from(length % 100).unwrap_or_default();
    f32::from(whole) + f32::from(rest) / 100.0
}

/// Draws a piece; gives the name that the library gave it, where it is read aloud.
fn content(surface: &mut Surface<'_>, piece: &Piece) -> Option<(usize, Identifier)> {
    let tag = match (&piece.mark, piece.draws.as_slice()) {
        (Some(_), [Draw::Text { .. }]) => ContentTag::Span(SpanTag::empty()),
        (Some(_), _) => ContentTag::Other,
        (None, _) => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)),
    };
    let name = surface.start_tagged(tag);
    for draw in &piece.draws {
        match draw {
            Draw::Text { x, y, style, text } => write(surface, (*x, *y), *style, text),
            Draw::Fill(steps, ink) => fill(surface, steps, *ink),
            Draw::Stroke(steps, pen) => stroke(surface, steps, *pen),
        }
    }
    surface.end_tagged();
    piece.mark.map(|mark| (mark.0, name))
}

pub(super) fn write(surface: &mut Surface<'_>, (x, y): (Length, Length), style: Style, text: &str) {
    let metrics = style.face.metrics();
    let units = f32::from(metrics.units);
    let glyph = |(start, letter): (usize, char)| {
        let found = metrics.letter(letter);
        let range = start..start + letter.len_utf8();
        let advance = f32::from(found.advance) / units;
        KrillaGlyph::new(
            GlyphId::new(found.glyph),
            advance,
            0.0,
            0.0,
            0.0,
            range,
            None,
        )
    };
    let glyphs: Vec<KrillaGlyph> = text.char_indices().map(glyph).collect();
    surface.set_stroke(None);
    surface.set_fill(Some(paint(style.ink)));
    let at = Point::from_xy(real(x), real(y));
    let size = real(style.size);
    surface.draw_glyphs(at, &glyphs, font(style.face), text, size, false);
}

fn font(face: Face) -> Font {
    static FONTS: OnceLock<[Font; 3]> = OnceLock::new();
    let read =
        |face: Face| Font::new(face.file().into(), 0).expect("the typefaces of paper are whole");
    let [regular, bold, machine] =
        FONTS.get_or_init(|| [Face::Regular, Face::Bold, Face::Machine].map(read));
    match face {
        Face::Regular => regular.clone(),
        Face::Bold => bold.clone(),
        Face::Machine => machine.clone(),
    }
}

fn paint(ink: Ink) -> Fill {
    Fill {
        paint: rgb::Color::new(ink.0, ink.1, ink.2).into(),
        ..Fill::default()
    }
}

pub(super) fn fill(surface: &mut Surface<'_>, steps: &[Step], ink: Ink) {
    if let Some(path) = path(steps) {
        surface.set_stroke(None);
        surface.set_fill(Some(paint(ink)));
        surface.draw_path(&path);
    }
}

fn stroke(surface: &mut Surface<'_>, steps: &[Step], pen: Pen) {
    let Some(path) = path(steps) else { return };
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke {
        paint: rgb::Color::new(pen.ink.0, pen.ink.1, pen.ink.2).into(),
        width: real(pen.width),
        line_cap: if pen.is_dashed {
            LineCap::Butt
        } else {
            LineCap::Round
        },
        dash: pen.is_dashed.then(|| StrokeDash {
            array: vec![3.0, 3.0],
            offset: 0.0,
        }),
        ..Stroke::default()
    }));
    surface.draw_path(&path);
    surface.set_stroke(None);
}

fn path(steps: &[Step]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for step in steps {
        match *step {
            Step::Move(x, y) => path.move_to(real(x), real(y)),
            Step::Line(x, y) => path.line_to(real(x), real(y)),
            Step::Curve([(ax, ay), (bx, by), (x, y)]) => {
                path.cubic_to(real(ax), real(ay), real(bx), real(by), real(x), real(y));
            }
            Step::Box(x, y, width, height) => {
                let rect = Rect::from_xywh(real(x), real(y), real(width), real(height));
                if let Some(rect) = rect {
                    path.push_rect(rect);
                }
            }
            Step::Close => path.close(),
        }
    }
    path.finish()
}

fn group(node: &Node, marks: &[(usize, Identifier)]) -> KrillaNode {
    let mut group = TagGroup::new(tag(&node.tag));
    for kid in &node.kids {
        match kid {
            Kid::Node(node) => group.push(self::group(node, marks)),
            Kid::Mark(mark) => {
                let found = marks.binary_search_by_key(&mark.0, |(place, _)| *place);
                if let Some((_, name)) = found.ok().and_then(|place| marks.get(place)) {
                    group.push(*name);
                }
            }
        }
    }
    group.into()
}

fn tag(tag: &Tag) -> TagKind {
    match tag {
        Tag::Heading(level, words) => {
            let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
            KrillaTag::Hn(level, Some(words.clone())).into()
        }
        Tag::Paragraph => KrillaTag::P.into(),
        Tag::Table => KrillaTag::Table.into(),
        Tag::Head => KrillaTag::THead.into(),
        Tag::Body => KrillaTag::TBody.into(),
        Tag::Row => KrillaTag::TR.into(),
        Tag::ColumnHead => KrillaTag::TH(TableHeaderScope::Column).into(),
        Tag::RowHead => KrillaTag::TH(TableHeaderScope::Row).into(),
        Tag::Cell => KrillaTag::TD.into(),
        Tag::Figure(words, area) => KrillaTag::Figure(Some(words.clone()))
            .with_bbox(place(*area))
            .with_placement(Some(Placement::Block))
            .into(),
    }
}

fn place(area: Area) -> Option<BBox> {
    let (width, height) = (real(area.width), real(area.height));
    let rect = Rect::from_xywh(real(area.x), real(area.y), width, height)?;
    Some(BBox::new(area.page, rect))
}
