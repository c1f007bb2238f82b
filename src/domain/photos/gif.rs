//! A GIF without what it tells beside the picture: comments, texts and the notes of programs go, the picture and its frames stay.
//!
//! GIF89a, 15 and following.

use crate::domain::photos::{Bytes, Strip};

/// How often the frames are shown, by the one note of a program that browsers read.
const LOOPS: &[u8] = b"\x0BNETSCAPE2.0";

/// The picture alone; what follows its end is left out. Nothing where the file is broken.
pub(super) fn strip(bytes: &[u8]) -> Strip {
    let mut from = Bytes(bytes);
    let (start, _sign_and_size) = (from.0, from.take(10)?);
    let [colors] = from.array()?;
    let _background_and_ratio = from.take(2)?;
    let _colors = from.take(table(colors))?;
    let mut kept = taken(start, &from)?.to_vec();
    let mut has_picture = false;
    loop {
        let start = from.0;
        let is_kept = match from.array()? {
            [0x3B] => {
                kept.push(0x3B);
                return has_picture.then_some(kept);
            }
            [0x21] => {
                let [label] = from.array()?;
                let is_kept = label == 0xF9 || (label == 0xFF && from.0.starts_with(LOOPS));
                blocks(&mut from)?;
                is_kept
            }
            [0x2C] => {
                let _place = from.take(8)?;
                let [colors] = from.array()?;
                let _colors_and_code_size = from.take(table(colors) + 1)?;
                blocks(&mut from)?;
                has_picture = true;
                true
            }
            _ => return None,
        };
        if is_kept {
            kept.extend_from_slice(taken(start, &from)?);
        }
    }
}

/// What was read since a start.
fn taken<'a>(start: &'a [u8], now: &Bytes<'a>) -> Option<&'a [u8]> {
    start.get(..start.len().checked_sub(now.0.len())?)
}

/// How many bytes a table of colors has, by the byte that tells of it.
const fn table(told: u8) -> usize {
    if told & 0x80 == 0 {
        0
    } else {
        3 << ((told & 0x07) + 1)
    }
}

/// Reads over blocks, each after its length, up to the empty one.
fn blocks(from: &mut Bytes<'_>) -> Option<()> {
    loop {
        let [length] = from.array()?;
        if length == 0 {
            return Some(());
        }
        let _block = from.take(usize::from(length))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gif(notes: &[&[u8]]) -> Vec<u8> {
        let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF".as_slice();
        let control = b"\x21\xF9\x04\0\0\0\0\0".as_slice();
        let picture = b"\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0".as_slice();
        [head, &notes.concat(), control, picture, b"\x3B"].concat()
    }

    #[test]
    fn the_picture_stays_and_notes_go() {
        let loops = b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0".as_slice();
        let plain = gif(&[loops]);
        let told = gif(&[
            loops,
            b"\x21\xFE\x07at home\0",
            b"\x21\xFF\x0BXMP DataXMP\x03<x>\0",
        ]);
        assert_eq!(strip(&told), Some(plain.clone()));
        for length in 0..plain.len() {
            assert_eq!(strip(plain.get(..length).unwrap()), None, "{length}");
        }
    }
}
