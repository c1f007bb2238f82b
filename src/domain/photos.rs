//! Photos that customers send: told by their first bytes, never by their name.

use crate::domain::text_enum::text_enum;

text_enum! {
    /// How a picture is coded.
    PhotoKind {
        /// JPEG.
        Jpeg => "image/jpeg",
        /// PNG.
        Png => "image/png",
        /// WebP.
        Webp => "image/webp",
        /// GIF.
        Gif => "image/gif",
        /// HEIC, as telephones keep them.
        Heic => "image/heic",
    }
}

/// The largest photo that is kept, in bytes: what a telephone makes at its best.
pub const MOST_BYTES: usize = 10 * 1024 * 1024;

/// The smallest file that can hold a picture.
const LEAST_BYTES: usize = 32;

impl PhotoKind {
    /// What the bytes are; nothing where they are no picture that we know.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.len() < LEAST_BYTES {
            return None;
        }
        let at =
            |from: usize, word: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(word));
        if at(0, b"\xFF\xD8\xFF") {
            Some(Self::Jpeg)
        } else if at(0, b"\x89PNG\r\n\x1A\n") && at(12, b"IHDR") {
            Some(Self::Png)
        } else if at(0, b"RIFF") && at(8, b"WEBP") {
            Some(Self::Webp)
        } else if at(0, b"GIF87a") || at(0, b"GIF89a") {
            Some(Self::Gif)
        } else if at(4, b"ftyp")
            && [b"heic", b"heix", b"mif1"]
                .iter()
                .any(|brand| at(8, *brand))
        {
            Some(Self::Heic)
        } else {
            None
        }
    }

    /// The ending of a file of this kind.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Gif => "gif",
            Self::Heic => "heic",
        }
    }

    /// Whether every browser shows it.
    #[must_use]
    pub const fn is_shown(self) -> bool {
        !matches!(self, Self::Heic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_picture_is_told_by_its_bytes() {
        let long = |start: &[u8]| [start, [0; 40].as_slice()].concat();
        assert_eq!(
            PhotoKind::of(&long(b"\xFF\xD8\xFF\xE0")),
            Some(PhotoKind::Jpeg)
        );
        let png = long(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR");
        assert_eq!(PhotoKind::of(&png), Some(PhotoKind::Png));
        assert_eq!(
            PhotoKind::of(&long(b"\0\0\0\x18ftypheic")),
            Some(PhotoKind::Heic)
        );
        assert_eq!(PhotoKind::of(&long(b"<svg onload=")), None);
        assert_eq!(PhotoKind::of(&long(b"<!doctype html>")), None);
        assert_eq!(PhotoKind::of(b"\xFF\xD8\xFF"), None);
    }

    proptest! {
        #[test]
        fn what_begins_like_no_picture_is_none(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let starts_well = bytes.first().is_some_and(|first| b"\xFF\x89RG\0".contains(first));
            let is_brand = bytes.get(4..8) == Some(b"ftyp".as_slice());
            prop_assert!(PhotoKind::of(&bytes).is_none() || starts_well || is_brand);
        }
    }
}
