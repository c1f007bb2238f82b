//! The letter about a service line that is or may be of lead, with what 40 CFR 141.85(e)(3) asks it to say.

use crate::documents::letters::{Action, Letter};
use crate::domain::ids::AccountNumber;
use crate::domain::lead_lines::{LeadTold, ServedLine};
use crate::i18n::Words;

/// The notice in words: what the line is, what lead does, what to do about it, and what becomes of the line.
#[must_use]
pub fn letter(t: Words, told: &LeadTold, url: &str) -> Letter {
    let place = told.place.as_str();
    let (what, next) = match told.line {
        ServedLine::Lead => (t.notice_lead_text_lead(place), t.notice_lead_replace()),
        ServedLine::Galvanized => (
            t.notice_lead_text_galvanized(place),
            t.notice_lead_replace(),
        ),
        ServedLine::Unknown => (t.notice_lead_text_unknown(place), t.notice_lead_verify()),
    };
    let greeting = match told.account_number {
        Some(_) => t.notice_greeting(&told.name),
        None => t.notice_lead_greeting().to_owned(),
    };
    let paragraphs = vec![
        greeting,
        what,
        t.notice_lead_health().to_owned(),
        t.notice_lead_steps().to_owned(),
        next.to_owned(),
    ];
    let action = |number: &AccountNumber| Action {
        address: format!("{url}/?account={}", number.as_str()),
        words: t.notice_deposit_action(),
    };
    Letter {
        action: told.account_number.as_ref().map(action),
        ..Letter::of(t.language, t.notice_lead_subject(), paragraphs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customers::Language;
    use crate::domain::lead_lines::RESIDENT;
    use crate::i18n::words;

    #[test]
    fn every_kind_of_line_is_told_with_what_lead_does_and_what_follows() {
        for line in ServedLine::ALL.iter().copied() {
            let told = LeadTold {
                name: "Rosa".to_owned(),
                account_number: Some(AccountNumber::of(27)),
                place: "12 Elm St".to_owned(),
                line,
            };
            for (language, health) in [
                (
                    Language::English,
                    "serious health effects in all age groups",
                ),
                (Language::Spanish, "graves para la salud"),
            ] {
                let letter = letter(words(language), &told, "https://portal.example");
                let text = letter.paragraphs.join(" ");
                assert!(
                    text.contains("12 Elm St") && text.contains(health),
                    "{text}"
                );
                assert_eq!(letter.paragraphs.len(), 5);
            }
        }
    }

    #[test]
    fn whoever_lives_at_the_place_is_told_without_the_account() {
        let told = LeadTold {
            name: RESIDENT.to_owned(),
            account_number: None,
            place: "12 Elm St".to_owned(),
            line: ServedLine::Lead,
        };
        let letter = letter(words(Language::Spanish), &told, "https://portal.example");
        assert!(letter.action.is_none());
        assert!(!letter.paragraphs.join(" ").contains(RESIDENT));
    }
}
