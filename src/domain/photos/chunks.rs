//! PNG and WebP without what they tell beside the picture: both are rows of named chunks, and only those that a decoder needs are kept.
//!
//! PNG, third edition, chapters 5 and 11; RFC 9649 for WebP.

use crate::domain::photos::{Bytes, Strip};

const PNG: &[u8] = b"\x89PNG\r\n\x1A\n";

/// The chunks of a PNG that make the picture: its size, colors, points and, where it moves, its frames.
const OF_PNG: [&[u8; 4]; 14] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"sRGB", b"sBIT", b"bKGD",
    b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// The same of a WebP.
const OF_WEBP: [&[u8; 4]; 6] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"];

/// What a WebP says in its first chunk that it holds: a color profile, an Exif, an XMP.
const TOLD: u8 = 0x20 | 0x08 | 0x04;

/// How many bytes of a frame of a WebP come before its chunks.
const FRAME_HEAD: usize = 16;

/// A PNG's picture alone; what follows its end is left out. Nothing where the file is broken.
pub(super) fn strip_png(bytes: &[u8]) -> Strip {
    let mut from = Bytes(bytes.strip_prefix(PNG)?);
    let mut kept = PNG.to_vec();
    let mut has_points = false;
    loop {
        let start = from.0;
        let length = usize::try_from(u32::from_be_bytes(from.array()?)).ok()?;
        let name = from.array()?;
        let _body_and_sum = from.take(length.checked_add(4)?)?;
        has_points |= name == *b"IDAT";
        if OF_PNG.contains(&&name) {
            kept.extend_from_slice(start.get(..length.checked_add(12)?)?);
        }
        if name == *b"IEND" {
            return has_points.then_some(kept);
        }
    }
}

/// A WebP's picture alone. Nothing where the file is broken.
pub(super) fn strip_webp(bytes: &[u8]) -> Strip {
    let mut from = Bytes(bytes.strip_prefix(b"RIFF")?);
    let size = usize::try_from(u32::from_le_bytes(from.array()?)).ok()?;
    let mut inside = Bytes(from.take(size)?);
    if inside.take(4)? != b"WEBP" {
        return None;
    }
    let chunks = webp_chunks(inside, 0)?;
    if chunks.is_empty() {
        return None;
    }
    let size = u32::try_from(chunks.len() + 4).ok()?;
    Some([b"RIFF", size.to_le_bytes().as_slice(), b"WEBP", &chunks].concat())
}

/// The chunks that make the picture; those of a frame lie one deeper.
fn webp_chunks(mut from: Bytes<'_>, depth: usize) -> Strip {
    let mut kept = Vec::new();
    while !from.0.is_empty() {
        let name = from.array()?;
        let length = usize::try_from(u32::from_le_bytes(from.array()?)).ok()?;
        let mut body = from.take(length)?.to_vec();
        if length % 2 == 1 {
            // The byte that makes it even; the last one may be missing.
            let _even = from.take(1);
        }
        match &name {
            b"VP8X" => *body.first_mut()? &= !TOLD,
            b"ANMF" if depth == 0 => {
                let (head, frame) = body.split_at_checked(FRAME_HEAD)?;
                body = [head, &webp_chunks(Bytes(frame), 1)?].concat();
            }
            b"ANMF" => return None,
            _ => {}
        }
        if OF_WEBP.contains(&&name) {
            kept.extend(name);
            kept.extend(u32::try_from(body.len()).ok()?.to_le_bytes());
            kept.extend_from_slice(&body);
            kept.extend(std::iter::repeat_n(0, body.len() % 2));
        }
    }
    Some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut made = PNG.to_vec();
        for (name, body) in chunks {
            made.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
            made.extend_from_slice(*name);
            made.extend_from_slice(body);
            made.extend([1, 2, 3, 4]);
        }
        made
    }

    fn webp(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut inside = b"WEBP".to_vec();
        for (name, body) in chunks {
            inside.extend_from_slice(*name);
            inside.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
            inside.extend_from_slice(body);
            inside.extend(std::iter::repeat_n(0, body.len() % 2));
        }
        let size = u32::try_from(inside.len()).unwrap();
        [b"RIFF", size.to_le_bytes().as_slice(), &inside].concat()
    }

    #[test]
    fn a_png_keeps_its_picture_alone() {
        let plain = png(&[(b"IHDR", &[0; 13]), (b"IDAT", b"points"), (b"IEND", b"")]);
        let told = png(&[
            (b"IHDR", &[0; 13]),
            (b"eXIf", b"MM GPSLatitude"),
            (b"tEXt", b"Comment\0at home"),
            (b"iTXt", b"XML:com.adobe.xmp"),
            (b"tIME", b"2026"),
            (b"IDAT", b"points"),
            (b"IEND", b""),
        ]);
        assert_eq!(strip_png(&told), Some(plain.clone()));
        assert_eq!(
            strip_png(&[plain.as_slice(), b"more"].concat()),
            Some(plain.clone())
        );
        for length in 0..plain.len() {
            assert_eq!(strip_png(plain.get(..length).unwrap()), None, "{length}");
        }
    }

    #[test]
    fn a_webp_keeps_its_picture_alone() {
        let plain = webp(&[(b"VP8X", &[0x10, 0, 0]), (b"VP8L", b"points")]);
        let told = webp(&[
            (b"VP8X", &[0x3C, 0, 0]),
            (b"ICCP", b"profile"),
            (b"VP8L", b"points"),
            (b"EXIF", b"MM GPSLatitude"),
            (b"XMP ", b"<x:xmpmeta/>"),
        ]);
        assert_eq!(strip_webp(&told), Some(plain.clone()));
        for length in 0..plain.len() {
            assert_eq!(strip_webp(plain.get(..length).unwrap()), None, "{length}");
        }
        let frame = |inside: &[u8]| [[7; FRAME_HEAD].as_slice(), inside].concat();
        let moving = |frame: &[u8]| webp(&[(b"VP8X", &[2]), (b"ANIM", &[0; 6]), (b"ANMF", frame)]);
        let bare = frame(b"VP8L\x02\0\0\0ab");
        let told = frame(b"VP8L\x02\0\0\0abSPOT\x02\0\0\0us");
        assert_eq!(strip_webp(&moving(&told)), Some(moving(&bare)));
    }
}
