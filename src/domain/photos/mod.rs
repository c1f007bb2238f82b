//! Photos that customers send: told by their first bytes, never by their name, and kept without the place, the camera and every other word
//! that they carry beside the picture. HEIC is not taken: its words lie among its pictures, and few browsers show it.

mod chunks;
mod gif;
mod jpeg;

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
        }
    }

    /// The picture alone, without what the file tells beside it; nothing where it is broken.
    #[must_use]
    pub fn without_words(self, bytes: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Jpeg => jpeg::strip(bytes),
            Self::Png => chunks::strip_png(bytes),
            Self::Webp => chunks::strip_webp(bytes),
            Self::Gif => gif::strip(bytes),
        }
    }
}

/// What is kept of a file; nothing where it is broken.
type Strip = Option<Vec<u8>>;

/// What is still to be read of a file.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    /// The next so many bytes; nothing where there are fewer.
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// The next `N` bytes.
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
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
        assert_eq!(PhotoKind::of(&long(b"\0\0\0\x18ftypheic")), None);
        assert_eq!(PhotoKind::of(&long(b"<svg onload=")), None);
        assert_eq!(PhotoKind::of(&long(b"<!doctype html>")), None);
        assert_eq!(PhotoKind::of(b"\xFF\xD8\xFF"), None);
    }

    proptest! {
        #[test]
        fn what_begins_like_no_picture_is_none(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let starts_well = bytes.first().is_some_and(|first| b"\xFF\x89RG".contains(first));
            prop_assert!(PhotoKind::of(&bytes).is_none() || starts_well);
        }

        #[test]
        fn whatever_was_sent_is_read_to_an_end_and_what_is_kept_is_kept_again(bytes in prop::collection::vec(any::<u8>(), 0..256)) {
            let starts: [&[u8]; 4] = [b"\xFF\xD8\xFF", b"\x89PNG\r\n\x1A\n", b"RIFF", b"GIF89a"];
            for (kind, start) in PhotoKind::ALL.iter().zip(starts) {
                let kept = kind.without_words(&[start, &bytes].concat());
                prop_assert_eq!(kept.as_ref().and_then(|kept| kind.without_words(kept)), kept);
            }
        }
    }
}
