//! The letters about holds: that service is protected, that this ends soon, that the office ended it.

use crate::documents::letters::{Action, Letter};
use crate::domain::hold_told::{HoldNews, HoldTold};
use crate::domain::holds::After;
use crate::i18n::Words;

/// News of a hold in words.
#[must_use]
pub fn letter(t: Words, told: &HoldTold, url: &str) -> Letter {
    let account = told.account_number.masked();
    let about = t.hold_kind_said(told.about.as_str());
    let mut paragraphs = vec![t.notice_greeting(&told.name)];
    let (subject, asks_for_time) = match &told.news {
        HoldNews::Placed {
            from_on,
            last_on,
            is_provisional,
        } => {
            paragraphs.push(t.notice_hold_placed_text(*from_on, account, about));
            paragraphs.push(last_on.map_or_else(
                || t.notice_hold_open().to_owned(),
                |last| t.notice_hold_until(last),
            ));
            if *is_provisional {
                paragraphs.push(t.notice_hold_document().to_owned());
            }
            paragraphs.push(t.notice_hold_still_owed().to_owned());
            (t.notice_hold_placed_subject(), false)
        }
        HoldNews::Ending {
            last_on,
            is_provisional,
            then,
        } => {
            paragraphs.push(t.notice_hold_ending_text(account, *last_on, about));
            if *is_provisional {
                paragraphs.push(t.notice_hold_document().to_owned());
            }
            paragraphs.push(t.notice_hold_then(then.as_str()));
            (t.notice_hold_ending_subject(), *then == After::OfferTime)
        }
        HoldNews::Lifted { on } => {
            paragraphs.push(t.notice_hold_lifted_text(account, *on, about));
            paragraphs.push(t.notice_hold_then(After::OfferTime.as_str()));
            (t.notice_hold_lifted_subject(), true)
        }
        HoldNews::NotBegun { from_on } => {
            paragraphs.push(t.notice_hold_not_begun_text(account, *from_on, about));
            (t.notice_hold_not_begun_subject(), false)
        }
    };
    let action = asks_for_time.then(|| Action {
        address: format!("{url}/more-time?account={}", told.account_number.as_str()),
        words: t.notice_hold_action(),
    });
    Letter {
        action,
        ..Letter::of(t.language, subject, paragraphs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customers::Language;
    use crate::domain::holds::HoldKind;
    use crate::domain::ids::AccountNumber;
    use crate::i18n::words;

    fn told(news: HoldNews) -> HoldTold {
        HoldTold {
            name: "Rosa".to_owned(),
            account_number: AccountNumber::of(27),
            about: HoldKind::MedicalCertificate,
            news,
        }
    }

    #[test]
    fn what_ends_soon_says_when_and_what_can_be_done() {
        let ending = told(HoldNews::Ending {
            last_on: "2026-12-20".parse().unwrap(),
            is_provisional: false,
            then: After::OfferTime,
        });
        let english = letter(
            words(Language::English),
            &ending,
            "https://bills.example.gov",
        );
        let all = english.paragraphs.join(" ");
        assert!(
            all.contains("Dec 20, 2026") && all.contains("medical certificate"),
            "{all}"
        );
        let action = english.action.unwrap();
        assert!(action.address.contains("/more-time?account="));
        let spanish = letter(words(Language::Spanish), &ending, "")
            .paragraphs
            .join(" ");
        assert!(spanish.contains("certificado médico"), "{spanish}");
    }

    #[test]
    fn what_waits_for_its_document_says_so() {
        let placed = told(HoldNews::Placed {
            from_on: "2026-12-01".parse().unwrap(),
            last_on: Some("2026-12-07".parse().unwrap()),
            is_provisional: true,
        });
        let said = letter(words(Language::English), &placed, "").paragraphs;
        assert!(
            said.iter().any(|part| part.contains("document")),
            "{said:?}"
        );
        assert!(
            said.iter().any(|part| part.contains("stays owed")),
            "{said:?}"
        );
    }
}
