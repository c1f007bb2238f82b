//! The letters of a sign-in: its second factor turned on or off, recovery codes made anew, one of them used,
//! a passkey added or taken off, and the sign-in closed.

use crate::documents::letters::{Action, Letter};
use crate::domain::notice::{SignInNews, SignInTold};
use crate::i18n::Words;

/// News of a sign-in in words.
#[must_use]
pub fn letter(t: Words, told: &SignInTold, url: &str) -> Letter {
    let (subject, text) = match &told.news {
        SignInNews::AuthenticatorOn => (
            t.notice_factor_on_subject(),
            t.notice_factor_on_text().to_owned(),
        ),
        SignInNews::AuthenticatorOff { by_office: false } => (
            t.notice_factor_off_subject(),
            t.notice_factor_off_text().to_owned(),
        ),
        SignInNews::AuthenticatorOff { by_office: true } => (
            t.notice_factor_off_subject(),
            t.notice_factor_office_text().to_owned(),
        ),
        SignInNews::RecoveryCodesMade => (
            t.notice_recovery_made_subject(),
            t.notice_recovery_made_text().to_owned(),
        ),
        SignInNews::RecoveryCodeUsed { left } => (
            t.notice_recovery_used_subject(),
            t.notice_recovery_used_text(*left),
        ),
        SignInNews::PasskeyAdded { passkey } => (
            t.notice_passkey_added_subject(),
            t.notice_passkey_added_text(passkey),
        ),
        SignInNews::PasskeyRemoved { passkey } => (
            t.notice_passkey_removed_subject(),
            t.notice_passkey_removed_text(passkey),
        ),
        SignInNews::CodesGuessed => (
            t.notice_codes_guessed_subject(),
            t.notice_codes_guessed_text().to_owned(),
        ),
        SignInNews::Closed {
            is_charged_on,
            ends_charges,
            goes_to_paper,
        } => {
            let said = [
                (*is_charged_on, t.notice_closed_charged()),
                (*ends_charges, t.notice_closed_uncharged()),
                (*goes_to_paper, t.notice_closed_paper()),
            ];
            return closed(t, &told.name, said, url);
        }
    };
    Letter {
        language: t.language,
        subject,
        paragraphs: vec![t.notice_greeting(&told.name), text],
        links: Vec::new(),
        code: None,
        action: Some(Action {
            address: format!("{url}/security"),
            words: t.notice_factor_action(),
        }),
        otherwise: Some(t.notice_factor_otherwise()),
    }
}

/// The sign-in was closed; of what else may be so, what is.
fn closed(t: Words, name: &str, said: [(bool, &str); 3], url: &str) -> Letter {
    let also = said.into_iter().filter(|(is_so, _)| *is_so);
    let words = [t.notice_greeting(name), t.notice_closed_text().to_owned()];
    let paragraphs = words
        .into_iter()
        .chain(also.map(|(_, words)| words.to_owned()));
    Letter {
        action: Some(Action {
            address: format!("{url}/register"),
            words: t.notice_closed_action(),
        }),
        otherwise: Some(t.notice_closed_otherwise()),
        ..Letter::of(t.language, t.notice_closed_subject(), paragraphs.collect())
    }
}
