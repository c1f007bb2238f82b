//! The letters and texts of the ways to reach a customer: the code that proves one, and that one was added, chosen or removed.

use crate::documents::letters::{Action, Letter};
use crate::domain::notice::{ContactNews, ContactTold};
use crate::i18n::Words;

/// News of a way to reach a customer in words, with the page where it is mended.
#[must_use]
pub fn letter(t: Words, told: &ContactTold, url: &str) -> Letter {
    let account = told.account_number.masked();
    let (subject, text) = match &told.news {
        ContactNews::Code { code } => return proof(t, told, code),
        ContactNews::Added { way, to } => (
            t.notice_contact_added_subject(),
            t.notice_contact_added_text(way.as_str(), to, account),
        ),
        ContactNews::Chosen { way, to } => (
            t.notice_contact_chosen_subject(),
            t.notice_contact_chosen_text(way.as_str(), account, to),
        ),
        ContactNews::Removed { way, to } => (
            t.notice_contact_removed_subject(),
            t.notice_contact_removed_text(way.as_str(), to, account),
        ),
    };
    Letter {
        language: t.language,
        subject,
        paragraphs: vec![t.notice_greeting(&told.name), text],
        links: Vec::new(),
        code: None,
        action: Some(Action {
            address: format!("{url}/contacts"),
            words: t.notice_contact_action(),
        }),
        otherwise: Some(t.notice_contact_otherwise()),
    }
}

fn proof(t: Words, told: &ContactTold, code: &str) -> Letter {
    Letter {
        language: t.language,
        subject: t.notice_contact_code_subject(),
        paragraphs: vec![
            t.notice_greeting(&told.name),
            t.notice_contact_code_text(told.account_number.masked()),
        ],
        links: Vec::new(),
        code: Some(code.to_owned()),
        action: None,
        otherwise: Some(t.notice_contact_code_otherwise()),
    }
}

/// The same as a text; the code of an address is told by mail alone.
#[must_use]
pub fn text(t: Words, told: &ContactTold) -> Option<String> {
    Some(match &told.news {
        ContactNews::Code { .. } => return None,
        ContactNews::Added { to, .. } => t.text_contact_added(to),
        ContactNews::Chosen { to, .. } => t.text_contact_chosen(to),
        ContactNews::Removed { to, .. } => t.text_contact_removed(to),
    })
}
