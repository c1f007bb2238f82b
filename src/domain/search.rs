//! What the office finds an account by: words folded to plain lower-case letters and digits, so that both databases compare them alike.

use crate::domain::text_enum::text_enum;

text_enum! {
    /// What a search term was taken from.
    TermKind {
        /// A customer's name.
        Name => "name",
        /// The place served.
        Address => "address",
        /// The account's printed number.
        Account => "account",
        /// A meter's serial.
        Meter => "meter",
        /// A telephone number.
        Phone => "phone",
        /// An e-mail address.
        Email => "email",
    }
}

text_enum! {
    /// What bears a number of its own beside accounts and meters.
    NumberKind {
        /// A bill.
        Bill => "bill",
        /// A payment.
        Payment => "payment",
        /// What a customer asked for, or disputes.
        Request => "request",
        /// Work of a crew.
        Order => "order",
        /// More time to pay.
        Arrangement => "arrangement",
    }
}

/// The most words of a query that are looked at.
const MOST_WORDS: usize = 6;

/// A word without case, accents and punctuation.
#[must_use]
pub fn fold(word: &str) -> String {
    word.chars()
        .flat_map(char::to_lowercase)
        .filter_map(plain)
        .collect()
}

/// The words of a text, folded: hyphenated words in their parts and as one.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        words.push(fold(word));
        if word.contains('-') {
            words.extend(word.split('-').map(fold));
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The terms of an account number: whole, and its last six digits, which is what people read out.
#[must_use]
pub fn account_terms(digits: &str) -> Vec<String> {
    with_tail(digits, 6)
}

/// The terms of a telephone number: whole, without the country's 1, and the last seven digits.
#[must_use]
pub fn phone_terms(value: &str) -> Vec<String> {
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let national = match digits.strip_prefix('1') {
        Some(rest) if rest.len() == 10 => rest,
        _ => &digits,
    };
    with_tail(national, 7)
}

/// The terms of an e-mail address: as folded, and each of its words.
#[must_use]
pub fn email_terms(value: &str) -> Vec<String> {
    let mut terms = vec![fold(value)];
    let local = value.split('@').next().unwrap_or_default();
    terms.extend(
        local
            .split(|c: char| !c.is_alphanumeric())
            .map(fold)
            .filter(|word| word.chars().count() > 1),
    );
    terms
}

/// What a person typed, as prefixes that an account must all have. A text of digits and their punctuation alone is one number.
#[must_use]
pub fn prefixes(query: &str) -> Vec<String> {
    let is_number = query
        .chars()
        .all(|c| c.is_ascii_digit() || c.is_whitespace() || "()-+.".contains(c));
    if is_number {
        let digits = fold(query);
        return Some(digits)
            .filter(|digits| !digits.is_empty())
            .into_iter()
            .collect();
    }
    let mut prefixes: Vec<String> = query
        .split_whitespace()
        .map(fold)
        .filter(|word| !word.is_empty())
        .collect();
    prefixes.sort_by_key(|word| std::cmp::Reverse(word.len()));
    prefixes.dedup();
    prefixes.truncate(MOST_WORDS);
    prefixes
}

fn with_tail(digits: &str, length: usize) -> Vec<String> {
    let tail = digits
        .len()
        .checked_sub(length)
        .filter(|start| *start > 0)
        .and_then(|start| digits.get(start..));
    std::iter::once(digits)
        .chain(tail)
        .map(str::to_owned)
        .collect()
}

fn plain(c: char) -> Option<char> {
    let letter = match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    };
    letter.is_ascii_alphanumeric().then_some(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_however_they_are_written() {
        assert_eq!(fold("Peña"), "pena");
        assert_eq!(fold("O'Brien"), "obrien");
        assert_eq!(
            words("Ana Smith-Jones"),
            ["ana", "smithjones", "smith", "jones"]
        );
    }

    #[test]
    fn a_number_is_one_term_whatever_stands_between_its_digits() {
        assert_eq!(prefixes("(555) 014-2207"), ["5550142207"]);
        assert_eq!(prefixes("4100-27160-4"), ["4100271604"]);
        assert_eq!(prefixes("488 Orchard"), ["orchard", "488"]);
        assert!(prefixes(" - ").is_empty());
    }

    #[test]
    fn telephone_numbers_are_found_without_their_area_code() {
        assert_eq!(phone_terms("+1 (555) 014-2207"), ["5550142207", "0142207"]);
        assert_eq!(account_terms("4100271604"), ["4100271604", "271604"]);
        assert_eq!(
            email_terms("marcus.b@mail.com"),
            ["marcusbmailcom", "marcus"]
        );
    }
}
