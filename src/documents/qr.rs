//! A square code that a telephone's camera reads, as a picture of one path: dark on light in every theme, with the quiet margin it needs.

use qrcodegen::{QrCode, QrCodeEcc};

use crate::i18n::Html;

/// The quiet margin around the code, in modules, as the standard asks (ISO/IEC 18004).
const MARGIN: i32 = 4;

/// The dark modules of a text's code, as runs of a row (column, row, length), and how many modules its side has; nothing where the text is
/// too long for one.
#[must_use]
pub fn runs(text: &str) -> Option<(i32, Vec<(i32, i32, i32)>)> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut runs: Vec<(i32, i32, i32)> = Vec::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            match runs.last_mut() {
                Some((from, row, length)) if *row == y && *from + *length == x => *length += 1,
                _ => runs.push((x, y, 1)),
            }
        }
    }
    Some((code.size(), runs))
}

/// A text as a code with a spoken name; nothing where it is too long for one.
#[must_use]
pub fn picture(text: &str, name: &str) -> Option<Html<String>> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let side = code.size() + 2 * MARGIN;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            path.push_str(&format!("M{} {}h1v1h-1z", x + MARGIN, y + MARGIN));
        }
    }
    let name = escaped(name);
    Some(Html(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" width=\"220\" height=\"220\" role=\"img\" aria-label=\"{name}\" \
         shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
    )))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_a_quiet_margin() {
        let address = "otpauth://totp/Larkspur%20Bend:dana?secret=JBSWY3DPEHPK3PXP";
        let svg = picture(address, "Code \"A\"").unwrap().to_string();
        assert!(svg.contains("aria-label=\"Code &quot;A&quot;\""));
        // The outer rows of the finder patterns: seven dark modules from each corner inside the margin.
        for x in 4..11 {
            assert!(svg.contains(&format!("M{x} 4h1")), "{x}");
        }
        assert!(!svg.contains("M3 ") && !svg.contains(" 3h1"));
        assert!(!svg.contains("style="));
    }

    #[test]
    fn what_no_code_holds_has_no_picture() {
        assert!(picture(&"x".repeat(5_000), "long").is_none());
    }
}
