//! Persons and organizations we deal with, how to reach them, and in which language.

use crate::domain::text_enum::text_enum;

text_enum! {
    /// What kind of customer.
    CustomerKind {
        /// A person.
        Person => "person",
        /// A company, a church, a city department.
        Organization => "organization",
    }
}

text_enum! {
    /// A language the utility publishes in.
    Language {
        /// American English.
        English => "en-US",
        /// Spanish as written in the United States.
        Spanish => "es-US",
    }
}

impl Language {
    /// The key of its words in a rate schedule.
    #[must_use]
    pub const fn schedule_key(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }

    /// The language that the switch on every page leads to.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::English => Self::Spanish,
            Self::Spanish => Self::English,
        }
    }
}

text_enum! {
    /// How a customer is reached besides paper.
    ContactKind {
        /// An e-mail address.
        Email => "email",
        /// A telephone number.
        Phone => "phone",
    }
}

/// The most lines of a mailing address under the name: what the window of an envelope shows.
pub const ADDRESS_LINES: usize = 4;

/// Why a contact is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ContactRefused {
    /// No e-mail address looks so.
    #[error("this is no e-mail address")]
    NotAnAddress,
    /// A telephone number has seven to fifteen digits.
    #[error("this is no telephone number")]
    NotANumber,
}

/// A contact as it is kept, if it can be one.
///
/// # Errors
/// `ContactRefused` says what it is not.
pub fn check_contact(kind: ContactKind, value: &str) -> Result<String, ContactRefused> {
    let value = value.trim();
    match kind {
        ContactKind::Email => {
            let is_plain = !value.chars().any(|c| c.is_whitespace() || c.is_control());
            let has_parts = value
                .rsplit_once('@')
                .is_some_and(|(before, host)| !before.is_empty() && host.contains('.'));
            if value.len() <= 254 && is_plain && has_parts {
                Ok(value.to_owned())
            } else {
                Err(ContactRefused::NotAnAddress)
            }
        }
        ContactKind::Phone => {
            let digits = search_value(kind, value).len();
            let is_plain = value
                .chars()
                .all(|c| c.is_ascii_digit() || "+-() .x".contains(c));
            if (7..=15).contains(&digits) && is_plain {
                Ok(value.to_owned())
            } else {
                Err(ContactRefused::NotANumber)
            }
        }
    }
}

/// A contact value as it is searched for: letters in lower case; of a telephone number only the digits.
#[must_use]
pub fn search_value(kind: ContactKind, value: &str) -> String {
    match kind {
        ContactKind::Email => value.trim().to_lowercase(),
        ContactKind::Phone => value.chars().filter(char::is_ascii_digit).collect(),
    }
}

/// So many letters a name has at the most by which a mail greets somebody.
const MOST_LETTERS: usize = 80;

/// Whether a mail of ours may greet somebody so. A stranger may have written the name: it is no room for a letter of their own, nor for an
/// address that a mail program makes a link of.
#[must_use]
pub fn may_greet(name: &str) -> bool {
    let letters: Vec<char> = name.chars().collect();
    // The end of an address has two letters or more; initials such as "J.R." have one each.
    let ends_an_address = |three: &[char]| matches!(three, ['.', one, two] if one.is_alphanumeric() && two.is_alphanumeric());
    let is_odd = |letter: &char| letter.is_control() || "/@:<".contains(*letter);
    if letters.windows(3).any(ends_an_address) || letters.iter().any(is_odd) {
        return false;
    }
    !name.trim().is_empty() && letters.len() <= MOST_LETTERS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_address_or_number_is_refused() {
        let email = |value| check_contact(ContactKind::Email, value);
        assert_eq!(
            email(" rosa@home.example "),
            Ok("rosa@home.example".to_owned())
        );
        for bad in ["rosa", "rosa@home", "@home.example", "ro sa@home.example"] {
            assert_eq!(email(bad), Err(ContactRefused::NotAnAddress), "{bad}");
        }
        let phone = |value| check_contact(ContactKind::Phone, value);
        assert!(phone("(555) 010-0142").is_ok() && phone("+1 555 010 0142 x 7").is_ok());
        for bad in ["555", "call me", "12345678901234567"] {
            assert_eq!(phone(bad), Err(ContactRefused::NotANumber), "{bad}");
        }
    }

    #[test]
    fn a_mail_greets_by_a_name_and_by_no_address_or_letter() {
        for name in [
            "Rosa",
            "J.R. Smith",
            "J. R. O'Neil-Díaz",
            "Koch & Sons Inc.",
            "王秀英",
        ] {
            assert!(may_greet(name), "{name}");
        }
        assert!(may_greet(&"n".repeat(80)) && !may_greet(&"n".repeat(81)));
        for no_name in [
            "",
            "see bad.example",
            "http://bad",
            "rosa@bad",
            "Win: call us",
            "<b>",
            "Rosa\nSee",
        ] {
            assert!(!may_greet(no_name), "{no_name}");
        }
    }
}
