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

/// A contact value as it is searched for: letters in lower case; of a telephone number only the digits.
#[must_use]
pub fn search_value(kind: ContactKind, value: &str) -> String {
    match kind {
        ContactKind::Email => value.trim().to_lowercase(),
        ContactKind::Phone => value.chars().filter(char::is_ascii_digit).collect(),
    }
}
