//! Notices in the utility's own words: texts with `{value}` where a value goes. What may stand in them is fixed by the notice, so that no text
//! can leave out what must be said or ask for what is not there.

use std::collections::BTreeMap;

use crate::domain::customers::Language;

/// The longest words of a mail or letter, and of a text.
const LONGEST: usize = 1_000;
const LONGEST_TEXT: usize = 160;
/// The longest subject.
const LONGEST_SUBJECT: usize = 90;

/// One place in a notice that may be put in other words.
#[derive(Debug, Clone, Copy)]
pub struct Slot<'a> {
    /// Its name.
    pub key: &'a str,
    /// The values that may stand in it.
    pub values: &'a [&'a str],
    /// Those that must: what the notice is about.
    pub must: &'a [&'a str],
}

/// Why a text cannot stand in a place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OwnTextFault {
    /// There are no words.
    #[error("there are no words")]
    Empty,
    /// It is longer than so many letters.
    #[error("it is longer than {0} letters")]
    TooLong(usize),
    /// A brace without its other.
    #[error("a brace has no other")]
    Unclosed,
    /// There is no such value here.
    #[error("there is no value {{{0}}} here")]
    Unknown(String),
    /// This value must be told.
    #[error("{{{0}}} must be told")]
    Missing(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Words(String),
    Value(String),
}

/// A text, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnText {
    pieces: Vec<Piece>,
    /// All of it, as it was written.
    text: String,
}

impl Slot<'_> {
    /// The most letters here.
    #[must_use]
    pub fn longest(&self) -> usize {
        if self.key.starts_with("text-") {
            LONGEST_TEXT
        } else if self.key.ends_with("-subject") || self.key.ends_with("-action") {
            LONGEST_SUBJECT
        } else {
            LONGEST
        }
    }

    /// Reads a text for this place.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn read(&self, typed: &str) -> Result<OwnText, OwnTextFault> {
        let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return Err(OwnTextFault::Empty);
        }
        if text.chars().count() > self.longest() {
            return Err(OwnTextFault::TooLong(self.longest()));
        }
        let own = OwnText::of(&text)?;
        let values = || {
            own.pieces.iter().filter_map(|piece| match piece {
                Piece::Value(name) => Some(name.as_str()),
                Piece::Words(_) => None,
            })
        };
        if let Some(unknown) = values().find(|name| !self.values.contains(name)) {
            return Err(OwnTextFault::Unknown(unknown.to_owned()));
        }
        let is_missing = |name: &&&str| !values().any(|value| value == **name);
        match self.must.iter().find(is_missing) {
            Some(missing) => Err(OwnTextFault::Missing((*missing).to_owned())),
            None => Ok(own),
        }
    }
}

impl OwnText {
    fn of(text: &str) -> Result<Self, OwnTextFault> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((words, from)) = rest.split_once('{') {
            let (name, after) = from.split_once('}').ok_or(OwnTextFault::Unclosed)?;
            if words.contains('}') || name.contains('{') {
                return Err(OwnTextFault::Unclosed);
            }
            pieces.push(Piece::Words(words.to_owned()));
            pieces.push(Piece::Value(name.trim().to_owned()));
            rest = after;
        }
        if rest.contains('}') {
            return Err(OwnTextFault::Unclosed);
        }
        pieces.push(Piece::Words(rest.to_owned()));
        Ok(Self {
            pieces,
            text: text.to_owned(),
        })
    }

    /// The words where no value is asked for.
    #[must_use]
    pub fn plain(&self) -> &str {
        &self.text
    }

    /// The words with these values, by their names.
    #[must_use]
    pub fn filled(&self, values: &[(&str, &str)]) -> String {
        let said = |piece: &Piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Value(name) => {
                let found = values.iter().find(|(value, _)| value == name);
                found.map_or_else(String::new, |(_, shown)| (*shown).to_owned())
            }
        };
        self.pieces.iter().map(said).collect()
    }
}

/// The texts of a house, by language and place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnTexts {
    by_place: BTreeMap<(&'static str, String), OwnText>,
}

impl OwnTexts {
    /// Texts as they are kept. One that cannot be read any more is left out: our own words stand there.
    #[must_use]
    pub fn of(kept: impl IntoIterator<Item = (Language, String, String)>) -> Self {
        let read = |(language, key, text): (Language, String, String)| {
            let own = OwnText::of(&text).ok()?;
            Some(((language.as_str(), key), own))
        };
        Self {
            by_place: kept.into_iter().filter_map(read).collect(),
        }
    }

    /// Those that may stand in their places; in the others our own words stand.
    #[must_use]
    pub fn only(mut self, may_stand: impl Fn(&str, &str) -> bool) -> Self {
        self.by_place
            .retain(|(_, key), own| may_stand(key, own.plain()));
        self
    }

    /// The text for a place, where the house has one.
    #[must_use]
    pub fn find(&self, language: Language, key: &str) -> Option<&OwnText> {
        self.by_place.get(&(language.as_str(), key.to_owned()))
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_place.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DUE: Slot<'static> = Slot {
        key: "notice-due-soon-text",
        values: &["amount", "account", "day"],
        must: &["amount", "day"],
    };

    #[test]
    fn a_text_is_filled_with_its_values() {
        let own = DUE
            .read("Dear neighbor,  please pay {amount} by { day }.")
            .unwrap();
        let said = own.filled(&[("amount", "$84.10"), ("day", "Jul 24"), ("account", "…19")]);
        assert_eq!(said, "Dear neighbor, please pay $84.10 by Jul 24.");
    }

    #[test]
    fn what_must_be_told_is_told_and_nothing_else_is_asked_for() {
        let refused = |text: &str| DUE.read(text).unwrap_err();
        assert_eq!(refused(" "), OwnTextFault::Empty);
        assert_eq!(
            refused("Pay {amount}."),
            OwnTextFault::Missing("day".into())
        );
        assert_eq!(
            refused("{amount} {day} {balance}"),
            OwnTextFault::Unknown("balance".into())
        );
        assert_eq!(refused("{amount} by {day"), OwnTextFault::Unclosed);
        assert_eq!(refused("{amount}} by {day}"), OwnTextFault::Unclosed);
        assert_eq!(refused(&"a".repeat(1_001)), OwnTextFault::TooLong(1_000));
        let text = Slot {
            key: "text-due-soon",
            ..DUE
        };
        assert_eq!(
            text.read(&"a".repeat(161)).unwrap_err(),
            OwnTextFault::TooLong(160)
        );
    }

    #[test]
    fn texts_are_found_by_language_and_place() {
        let kept = [(
            Language::Spanish,
            "notice-due-soon-subject".to_owned(),
            "Vence pronto".to_owned(),
        )];
        let own = OwnTexts::of(kept);
        let found = own.find(Language::Spanish, "notice-due-soon-subject");
        assert_eq!(found.map(OwnText::plain), Some("Vence pronto"));
        assert_eq!(own.find(Language::English, "notice-due-soon-subject"), None);
    }
}
