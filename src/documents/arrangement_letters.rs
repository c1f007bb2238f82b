//! The letters about more time to pay: the copy of what was agreed, what is due next, what is late, and how it ended.

use crate::documents::letters::{Action, Letter};
use crate::domain::notice::{ArrangementNews, ArrangementTold};
use crate::i18n::Words;

/// News of an extension or an arrangement in words.
#[must_use]
pub fn letter(t: Words, told: &ArrangementTold, url: &str) -> Letter {
    let (subject, text, is_to_pay) = says(t, told);
    let (address, words) = if is_to_pay {
        (format!("{url}/pay"), t.notice_pay_action())
    } else {
        let address = format!("{url}/more-time/{}", told.number);
        (address, t.notice_arrangement_action())
    };
    let mut paragraphs = vec![t.notice_greeting(&told.name)];
    paragraphs.extend(text);
    Letter {
        language: t.language,
        subject,
        paragraphs,
        links: Vec::new(),
        code: None,
        action: Some(Action { address, words }),
        otherwise: None,
    }
}

/// What it is about, what it says, and whether it asks to pay.
fn says(t: Words, told: &ArrangementTold) -> (&'static str, Vec<String>, bool) {
    let (account, about) = (told.account_number.masked(), told.about.as_str());
    match &told.news {
        ArrangementNews::Made { agreement } => (
            t.notice_arrangement_made_subject(),
            vec![
                t.notice_arrangement_made_text(about, account, &told.number),
                agreement.clone(),
                t.notice_arrangement_keep().to_owned(),
            ],
            false,
        ),
        ArrangementNews::DueSoon { amount, due_on } => (
            t.notice_arrangement_due_soon_subject(),
            vec![t.notice_arrangement_due_soon_text(about, *amount, account, *due_on)],
            true,
        ),
        ArrangementNews::Late {
            amount,
            due_on,
            until,
        } => (
            t.notice_arrangement_late_subject(),
            vec![
                t.notice_arrangement_late_text(about, *amount, account, *due_on),
                t.notice_arrangement_late_until(*until),
            ],
            true,
        ),
        ArrangementNews::Kept => (
            t.notice_arrangement_kept_subject(),
            vec![t.notice_arrangement_kept_text(about, account)],
            false,
        ),
        ArrangementNews::Reopened { left, due_on } => (
            t.notice_arrangement_reopened_subject(),
            vec![
                t.notice_arrangement_reopened_text(about, account, *left),
                t.notice_arrangement_reopened_until(*due_on),
            ],
            false,
        ),
        ArrangementNews::Broken { left, on } => (
            t.notice_arrangement_broken_subject(),
            vec![
                t.notice_arrangement_broken_text(about, account, *on),
                t.notice_arrangement_left(*left),
                t.notice_arrangement_call().to_owned(),
            ],
            true,
        ),
        ArrangementNews::Canceled { left, words } => (
            t.notice_arrangement_canceled_subject(),
            vec![
                t.notice_arrangement_canceled_text(about, account),
                words.clone(),
                t.notice_arrangement_left(*left),
            ],
            true,
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::arrangements::ArrangementKind;
    use crate::domain::customers::Language;
    use crate::domain::ids::{AccountNumber, ArrangementNumber};
    use crate::domain::money::Money;
    use crate::i18n::words;

    fn told(news: ArrangementNews) -> ArrangementTold {
        ArrangementTold {
            name: "Rosa".to_owned(),
            account_number: AccountNumber::of(27),
            number: ArrangementNumber::of(4),
            about: ArrangementKind::Arrangement,
            news,
        }
    }

    #[test]
    fn what_is_late_says_by_when_it_is_still_in_time() {
        let late = told(ArrangementNews::Late {
            amount: Money::from_cents(3_333),
            due_on: "2026-08-24".parse().unwrap(),
            until: "2026-08-29".parse().unwrap(),
        });
        let english = letter(words(Language::English), &late, "https://bills.example.gov");
        let all = english.paragraphs.join(" ");
        assert!(
            all.contains("$33.33") && all.contains("Aug 29, 2026"),
            "{all}"
        );
        assert!(!all.contains(late.account_number.as_str()), "{all}");
        assert!(english.action.unwrap().address.ends_with("/pay"));
    }

    #[test]
    fn the_copy_holds_the_words_that_were_agreed_to() {
        let made = told(ArrangementNews::Made {
            agreement: "I will pay.".to_owned(),
        });
        let spanish = letter(words(Language::Spanish), &made, "");
        assert!(spanish.paragraphs.iter().any(|part| part == "I will pay."));
        assert!(spanish.paragraphs.join(" ").contains("acuerdo de pago"));
        let address = spanish.action.unwrap().address;
        assert_eq!(address, format!("/more-time/{}", made.number));
    }
}
