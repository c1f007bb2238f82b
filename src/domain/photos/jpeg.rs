//! A JPEG without what it tells beside the picture: only the segments that a decoder needs are kept, and which way up it is.
//!
//! ITU-T T.81, Annex B; Exif 2.32, 4.6 for the orientation.

use crate::domain::photos::{Bytes, Strip};

const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const APP0: u8 = 0xE0;
const APP1: u8 = 0xE1;
const APP14: u8 = 0xEE;

/// The tag of the orientation in a picture's Exif.
const ORIENTATION: u16 = 0x0112;

/// The picture alone. What follows its end, as some telephones append a film, is left out too. Nothing where the file is broken.
pub(super) fn strip(bytes: &[u8]) -> Strip {
    let mut from = Bytes(bytes);
    let mut segments = Vec::new();
    let (mut orientation, mut has_frame, mut has_scan) = (1, false, false);
    if from.take(2)? != [0xFF, SOI] {
        return None;
    }
    loop {
        let marker = next_marker(&mut from)?;
        match marker {
            EOI => break,
            // Markers without a length stand only between pieces of a scan.
            0x00 | 0x01 | 0xD0..=SOI => return None,
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes(from.array()?));
        let body = from.take(length.checked_sub(2)?)?;
        match marker {
            APP0 => {
                if let Some(density) = body.strip_prefix(b"JFIF\0").and_then(|rest| rest.get(..7)) {
                    // The density, and no small picture.
                    put(&mut segments, APP0, &[b"JFIF\0", density, &[0, 0]].concat())?;
                }
            }
            APP1 => orientation = orientation_of(body).unwrap_or(orientation),
            // How its colors are coded: without it some pictures turn green.
            APP14 if body.starts_with(b"Adobe") => put(&mut segments, APP14, body.get(..12)?)?,
            // Tables, frames and the interval of restarts.
            0xC0..=0xCF | 0xDB..=0xDF => {
                has_frame |= !matches!(marker, 0xC4 | 0xC8 | 0xCC | 0xDB..=0xDF);
                put(&mut segments, marker, body)?;
            }
            SOS => {
                has_scan = true;
                put(&mut segments, SOS, body)?;
                segments.extend_from_slice(scan(&mut from)?);
            }
            _ => {}
        }
    }
    if !has_frame || !has_scan {
        return None;
    }
    let mut kept = vec![0xFF, SOI];
    kept.extend(upright(orientation));
    kept.extend(segments);
    kept.extend([0xFF, EOI]);
    Some(kept)
}

/// The next marker; any number of `FF` may come before it.
fn next_marker(from: &mut Bytes<'_>) -> Option<u8> {
    if from.take(1)? != [0xFF] {
        return None;
    }
    loop {
        let [marker] = from.array()?;
        if marker != 0xFF {
            return Some(marker);
        }
    }
}

/// The coded picture up to the next marker that does not belong to it. A file that ends in it is broken.
fn scan<'a>(from: &mut Bytes<'a>) -> Option<&'a [u8]> {
    let is_end = |pair: &[u8]| matches!(pair, [0xFF, marker] if !matches!(marker, 0x00 | 0xFF | 0xD0..=0xD7));
    let end = from.0.windows(2).position(is_end)?;
    from.take(end)
}

fn put(segments: &mut Vec<u8>, marker: u8, body: &[u8]) -> Option<()> {
    let length = u16::try_from(body.len() + 2).ok()?;
    segments.extend([0xFF, marker]);
    segments.extend(length.to_be_bytes());
    segments.extend_from_slice(body);
    Some(())
}

/// Which way up an Exif says that the picture is, 1 to 8.
fn orientation_of(body: &[u8]) -> Option<u8> {
    let tiff = body.strip_prefix(b"Exif\0\0")?;
    let is_little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let number = |bytes: [u8; 2]| {
        if is_little {
            u16::from_le_bytes(bytes)
        } else {
            u16::from_be_bytes(bytes)
        }
    };
    let mut from = Bytes(tiff.get(4..)?);
    let at: [u8; 4] = from.array()?;
    let at = if is_little {
        u32::from_le_bytes(at)
    } else {
        u32::from_be_bytes(at)
    };
    let mut from = Bytes(tiff.get(usize::try_from(at).ok()?..)?);
    let entries = number(from.array()?);
    for _ in 0..entries {
        let (tag, kind) = (number(from.array()?), number(from.array()?));
        let _count = from.take(4)?;
        let value = number(from.array()?);
        let _rest = from.take(2)?;
        if tag == ORIENTATION && kind == 3 {
            return u8::try_from(value)
                .ok()
                .filter(|value| (1..=8).contains(value));
        }
    }
    None
}

/// An Exif that says nothing but which way up the picture is; nothing at all where it stands upright.
fn upright(orientation: u8) -> Vec<u8> {
    if orientation == 1 {
        return Vec::new();
    }
    let mut exif = vec![0xFF, APP1, 0, 34];
    exif.extend_from_slice(b"Exif\0\0MM\0*\0\0\0\x08\0\x01");
    exif.extend(ORIENTATION.to_be_bytes());
    exif.extend_from_slice(&[0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]);
    exif
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
        let mut made = Vec::new();
        put(&mut made, marker, body).unwrap();
        made
    }

    /// An Exif of a telephone: its maker, which way up, and a place.
    fn telephones(is_little: bool, orientation: u8) -> Vec<u8> {
        let two = |number: u16| {
            if is_little {
                number.to_le_bytes()
            } else {
                number.to_be_bytes()
            }
        };
        let mut exif = if is_little {
            b"Exif\0\0II*\0\x08\0\0\0".to_vec()
        } else {
            b"Exif\0\0MM\0*\0\0\0\x08".to_vec()
        };
        exif.extend(two(2));
        exif.extend([two(0x010F), two(2)].concat());
        exif.extend_from_slice(&[0; 8]);
        exif.extend([two(ORIENTATION), two(3)].concat());
        exif.extend_from_slice(&[0; 4]);
        exif.extend([two(u16::from(orientation)), two(0)].concat());
        exif.extend_from_slice(b"\0\0\0\0Canon GPSLatitude 41 35 N");
        exif
    }

    fn picture(before: &[Vec<u8>]) -> Vec<u8> {
        let parts = [
            vec![0xFF, SOI],
            before.concat(),
            segment(0xDB, &[1; 65]),
            segment(0xC2, &[2; 15]),
            segment(SOS, &[3; 10]),
            vec![9, 0xFF, 0, 9, 0xFF, 0xD0, 9],
            segment(0xC4, &[4; 20]),
            segment(SOS, &[5; 10]),
            vec![8, 8],
            vec![0xFF, EOI],
        ];
        parts.concat()
    }

    #[test]
    fn the_picture_stays_and_what_is_told_beside_it_goes() {
        let plain = picture(&[]);
        assert_eq!(strip(&plain), Some(plain.clone()));
        let told = picture(&[
            segment(APP0, b"JFIF\0\x01\x02\x01\0\x48\0\x48\x01\x01abc"),
            segment(APP1, &telephones(true, 1)),
            segment(APP1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"),
            segment(0xED, b"Photoshop 3.0\0 a city"),
            segment(0xFE, b"taken at home"),
        ]);
        let film = [told, b"ftypmp42 a film".to_vec()].concat();
        let jfif = segment(APP0, b"JFIF\0\x01\x02\x01\0\x48\0\x48\0\0");
        assert_eq!(strip(&film), Some(picture(&[jfif])));
    }

    #[test]
    fn which_way_up_it_is_stays() {
        for is_little in [true, false] {
            for orientation in 2..=8 {
                let told = picture(&[segment(APP1, &telephones(is_little, orientation))]);
                let kept = strip(&told).unwrap();
                assert_eq!(kept, picture(&[upright(orientation)]));
                assert_eq!(upright(orientation).len(), 36);
                assert_eq!(orientation_of(kept.get(6..).unwrap()), Some(orientation));
                assert_eq!(strip(&kept), Some(kept.clone()));
            }
        }
    }

    #[test]
    fn a_file_cut_short_is_no_picture() {
        let whole = picture(&[segment(APP1, &telephones(false, 6))]);
        for length in 0..whole.len() {
            assert_eq!(strip(whole.get(..length).unwrap()), None, "{length}");
        }
    }
}
