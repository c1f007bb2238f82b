//! The letters about a payment for a day to come: the copy of what was agreed, less taken, nothing taken, refused, taken back.

use crate::documents::letters::{Action, Letter};
use crate::domain::notice::{ScheduledNews, ScheduledTold};
use crate::i18n::Words;

/// News of a scheduled payment in words.
#[must_use]
pub fn letter(t: Words, told: &ScheduledTold, url: &str) -> Letter {
    let account = told.account_number.masked();
    let (subject, text) = match &told.news {
        ScheduledNews::Planned {
            amount,
            on,
            method,
            agreement,
        } => (
            t.notice_scheduled_planned_subject(),
            vec![
                t.notice_scheduled_planned_text(*amount, account, *on, method),
                agreement.clone(),
            ],
        ),
        ScheduledNews::TookLess { amount, taken } => (
            t.notice_scheduled_less_subject(),
            vec![t.notice_scheduled_less_text(account, *taken, *amount)],
        ),
        ScheduledNews::Skipped { amount, on, why } => (
            t.notice_scheduled_skipped_subject(),
            vec![
                t.notice_scheduled_skipped_text(*amount, account, *on),
                t.scheduled_uncharged(why.as_str()),
            ],
        ),
        ScheduledNews::Refused { amount, reason } => (
            t.notice_scheduled_refused_subject(),
            vec![
                t.notice_scheduled_refused_text(*amount, account),
                t.receipt_failure(reason),
            ],
        ),
        ScheduledNews::Canceled { amount, on, why } => (
            t.notice_scheduled_canceled_subject(),
            vec![
                t.notice_scheduled_canceled_text(*amount, account, *on),
                t.scheduled_ended(why.as_str()),
            ],
        ),
    };
    let (path, words) = match &told.news {
        ScheduledNews::Refused { .. } => (
            format!("pay?account={}", told.account_number.as_str()),
            t.notice_payment_failed_action(),
        ),
        ScheduledNews::Planned { .. }
        | ScheduledNews::TookLess { .. }
        | ScheduledNews::Skipped { .. }
        | ScheduledNews::Canceled { .. } => (
            format!("payments/scheduled/{}", told.key),
            t.notice_scheduled_action(),
        ),
    };
    let mut paragraphs = vec![t.notice_greeting(&told.name)];
    paragraphs.extend(text);
    Letter {
        action: Some(Action {
            address: format!("{url}/{path}"),
            words,
        }),
        ..Letter::of(t.language, subject, paragraphs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customers::Language;
    use crate::domain::ids::AccountNumber;
    use crate::domain::money::Money;
    use crate::i18n::words;

    #[test]
    fn the_confirmation_holds_the_words_and_leads_to_the_payment() {
        let told = ScheduledTold {
            name: "Rosa".to_owned(),
            account_number: AccountNumber::of(27),
            key: "k-1".to_owned(),
            news: ScheduledNews::Planned {
                amount: Money::from_cents(1_500),
                on: "2026-07-20".parse().unwrap(),
                method: "Visa \u{2022}\u{2022}4242".to_owned(),
                agreement: "I authorize it.".to_owned(),
            },
        };
        for language in [Language::English, Language::Spanish] {
            let letter = letter(words(language), &told, "https://bills.example.gov");
            let all = letter.paragraphs.join(" ");
            assert!(
                all.contains("I authorize it.") && all.contains("15"),
                "{all}"
            );
            assert!(!all.contains(told.account_number.as_str()));
            let address = letter.action.unwrap().address;
            assert_eq!(address, "https://bills.example.gov/payments/scheduled/k-1");
        }
    }
}
