//! What people type, as patterns of LIKE: it is the beginning of a text and never a pattern itself.

/// What stands before a sign of a pattern that is meant as it is written. SQLite knows none unless it is told.
pub(super) const ESCAPE: char = '\\';

/// The pattern of what begins so; it is matched with `ESCAPE`.
pub(super) fn begins(typed: &str) -> String {
    let mut pattern = String::with_capacity(typed.len() + 1);
    for sign in typed.chars() {
        if matches!(sign, '%' | '_' | ESCAPE) {
            pattern.push(ESCAPE);
        }
        pattern.push(sign);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_a_pattern_stand_for_themselves() {
        assert_eq!(begins("a_1"), "a\\_1%");
        assert_eq!(begins("5%\\"), "5\\%\\\\%");
        assert_eq!(begins("main"), "main%");
    }
}
