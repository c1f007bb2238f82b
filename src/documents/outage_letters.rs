//! The letters and texts of outages, planned work and urgent notices.

use chrono::NaiveDateTime;

use crate::documents::letters::{Action, Letter};
use crate::domain::notice::OutageTold;
use crate::domain::outages::{Cause, OutageKind, OutageNews};
use crate::i18n::Words;

/// What is told of it, as a letter.
#[must_use]
pub fn letter(t: Words, kind: OutageKind, told: &OutageTold, url: &str) -> Letter {
    let service = t.service_name(told.commodity.as_str());
    let mut paragraphs = vec![t.notice_greeting(&told.name)];
    paragraphs.push(t.notice_outage_text(sort(kind, told.news), &service, when(t, told.begins_at)));
    if !told.words.is_empty() {
        paragraphs.push(told.words.clone());
    }
    if is_new(told.news) && told.cause != Cause::Unknown {
        paragraphs.push(t.notice_outage_cause(t.outage_cause(told.cause.as_str())));
    }
    if let Some(at) = told.expected_at {
        paragraphs.push(t.notice_outage_expected(when(t, at)));
    }
    Letter {
        action: Some(Action {
            address: address(told, url),
            words: t.notice_outage_action(),
        }),
        ..Letter::of(t.language, subject(t, kind, told.news), paragraphs)
    }
}

/// What is told of it, as a text before it is signed, and the address that it leads to.
#[must_use]
pub fn text(t: Words, kind: OutageKind, told: &OutageTold, url: &str) -> (String, String) {
    let service = t.service_name(told.commodity.as_str());
    let said = t.text_outage(sort(kind, told.news), service, when(t, told.begins_at));
    let said = match told.expected_at {
        Some(at) => format!("{said} {}", t.text_outage_expected(when(t, at))),
        None => said,
    };
    (said, address(told, url))
}

fn address(told: &OutageTold, url: &str) -> String {
    format!("{url}/outages/{}", told.outage)
}

/// "Jul 1, 4:30 PM".
fn when(t: Words, at: NaiveDateTime) -> String {
    // A no-break space in a time would make a text twice as long.
    let time = t.time(at.time()).replace(['\u{a0}', '\u{202f}'], " ");
    format!("{}, {time}", t.day(at.date()))
}

const fn is_new(news: OutageNews) -> bool {
    matches!(news, OutageNews::Declared | OutageNews::Extended)
}

/// The word by which messages choose what to say.
const fn sort(kind: OutageKind, news: OutageNews) -> &'static str {
    match (kind, news) {
        (OutageKind::Outage, OutageNews::Restored) => "restored",
        (OutageKind::PlannedWork, OutageNews::Restored) => "done",
        (OutageKind::UrgentNotice, OutageNews::Restored) => "lifted",
        (_, OutageNews::Canceled) => "canceled",
        (_, OutageNews::Expected) => "expected",
        (OutageKind::UrgentNotice, _) => "urgent",
        (OutageKind::PlannedWork, _) => "planned",
        (OutageKind::Outage, _) => "out",
    }
}

fn subject(t: Words, kind: OutageKind, news: OutageNews) -> &'static str {
    match sort(kind, news) {
        "restored" => t.notice_outage_subject_restored(),
        "done" => t.notice_outage_subject_done(),
        "lifted" => t.notice_outage_subject_lifted(),
        "canceled" => t.notice_outage_subject_canceled(),
        "expected" => t.notice_outage_subject_expected(),
        "urgent" => t.notice_outage_subject_urgent(),
        "planned" => t.notice_outage_subject_planned(),
        _ => t.notice_outage_subject_out(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customers::Language;
    use crate::domain::ids::OutageId;
    use crate::domain::premises::Commodity;
    use crate::i18n::words;

    /// Contract: F98
    #[test]
    fn no_sentence_ends_in_the_period_of_an_hour_and_one_of_its_own() {
        for kind in OutageKind::ALL.iter().copied() {
            for news in OutageNews::ALL.iter().copied() {
                let told = OutageTold {
                    name: "Rosa".to_owned(),
                    outage: OutageId(1),
                    news,
                    commodity: Commodity::Electric,
                    cause: Cause::Unknown,
                    words: String::new(),
                    begins_at: "2026-07-01T03:03:00".parse().unwrap(),
                    expected_at: Some("2026-07-01T12:00:00".parse().unwrap()),
                };
                for language in [Language::English, Language::Spanish] {
                    let t = words(language);
                    let mut said = letter(t, kind, &told, "https://bills.example.gov").paragraphs;
                    said.push(text(t, kind, &told, "https://bills.example.gov").0);
                    let said = said.join(" ");
                    assert!(!said.contains(".."), "{said}");
                }
            }
        }
    }
}
