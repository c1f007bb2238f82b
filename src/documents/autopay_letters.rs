//! The letters of autopay: the copy of what was agreed, what will be charged, what is not, what was refused, and the end of it.

use crate::documents::letters::{Action, Letter};
use crate::domain::autopay::{LETTER_DAYS, Skip};
use crate::domain::notice::{AutopayNews, AutopayTold};
use crate::i18n::Words;

/// News of autopay in words.
#[must_use]
pub fn letter(t: Words, told: &AutopayTold, url: &str) -> Letter {
    let account = told.account_number.masked();
    let (subject, text) = match &told.news {
        AutopayNews::Joined { agreement, on } => (
            t.notice_autopay_joined_subject(),
            vec![
                t.notice_autopay_joined_text(account, *on),
                agreement.clone(),
                t.notice_autopay_keep().to_owned(),
            ],
        ),
        AutopayNews::Ahead {
            amount,
            on,
            method,
            by_letter,
            ..
        } => {
            let said = if *by_letter {
                t.notice_autopay_ahead_by_letter(*amount, account, method, *on, LETTER_DAYS)
            } else {
                t.notice_autopay_ahead_text(*amount, account, *on, method)
            };
            let change = t.notice_autopay_ahead_change().to_owned();
            let mut text = vec![said];
            text.extend((!told.is_guest).then_some(change));
            (t.notice_autopay_ahead_subject(), text)
        }
        AutopayNews::Skipped { why, due_on } => (
            t.notice_autopay_skipped_subject(),
            vec![
                t.notice_autopay_skipped_text(account, *due_on),
                t.autopay_skip(why.as_str()),
            ],
        ),
        AutopayNews::Refused {
            amount,
            reason,
            again_on,
        } => (
            t.notice_autopay_refused_subject(),
            vec![
                t.notice_autopay_refused_text(*amount, account),
                t.receipt_failure(reason),
                again_on.map_or_else(
                    || t.notice_autopay_refused_stop().to_owned(),
                    |day| t.notice_autopay_refused_again(day),
                ),
            ],
        ),
        AutopayNews::Ended { why } => (
            t.notice_autopay_ended_subject(),
            vec![
                t.notice_autopay_ended_text(account),
                t.autopay_end(why.as_str()),
            ],
        ),
    };
    let mut paragraphs = vec![t.notice_greeting(&told.name)];
    paragraphs.extend(text);
    Letter {
        language: t.language,
        subject,
        paragraphs,
        links: Vec::new(),
        code: None,
        action: Some(action(t, told, url)),
        otherwise: None,
    }
}

/// Where the letter leads: to autopay while it goes on, else to another way to pay. While collection is stayed nobody is led to pay. Whoever
/// may change nothing is led to the account.
fn action(t: Words, told: &AutopayTold, url: &str) -> Action {
    // Of this account: whoever has several would come to another.
    let account = told.account_number.as_str();
    if told.is_guest {
        return Action {
            address: format!("{url}/?account={account}"),
            words: t.notice_sharing_changed_action(),
        };
    }
    let (path, words) = match &told.news {
        AutopayNews::Joined { .. }
        | AutopayNews::Ahead { .. }
        | AutopayNews::Skipped {
            why: Skip::Held, ..
        } => ("autopay", t.notice_autopay_action()),
        AutopayNews::Skipped { .. } | AutopayNews::Refused { .. } | AutopayNews::Ended { .. } => {
            ("pay", t.notice_payment_failed_action())
        }
    };
    Action {
        address: format!("{url}/{path}?account={account}"),
        words,
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
    fn the_copy_holds_the_words_that_were_agreed_to_and_no_whole_account_number() {
        let told = AutopayTold {
            name: "Rosa".to_owned(),
            account_number: AccountNumber::of(27),
            is_guest: false,
            news: AutopayNews::Joined {
                agreement: "I authorize it.".to_owned(),
                on: "2026-07-04".parse().unwrap(),
            },
        };
        let letter = letter(words(Language::Spanish), &told, "https://bills.example.gov");
        assert!(
            letter
                .paragraphs
                .iter()
                .any(|part| part == "I authorize it.")
        );
        let all = letter.paragraphs.join(" ");
        assert!(all.contains("pago automático") || all.contains("Pago automático"));
        assert!(!all.contains(told.account_number.as_str()));
        let address = letter.action.unwrap().address;
        let account = told.account_number.as_str();
        assert_eq!(
            address,
            format!("https://bills.example.gov/autopay?account={account}")
        );
    }

    fn leads_to(news: AutopayNews) -> (String, String) {
        let told = AutopayTold {
            name: "Rosa".to_owned(),
            account_number: AccountNumber::of(27),
            is_guest: false,
            news,
        };
        let letter = letter(words(Language::English), &told, "https://bills.example.gov");
        (letter.action.unwrap().address, letter.paragraphs.join(" "))
    }

    #[test]
    fn a_charge_that_a_stay_keeps_away_leads_nobody_to_pay() {
        let skipped = |why| AutopayNews::Skipped {
            why,
            due_on: "2026-07-24".parse().unwrap(),
        };
        let (held, said) = leads_to(skipped(Skip::Held));
        assert!(held.contains("/autopay?account="), "{held}");
        assert!(!said.to_lowercase().contains("please pay"), "{said}");
        let (paused, _) = leads_to(skipped(Skip::Paused));
        assert!(paused.contains("/pay?account="), "{paused}");
    }

    #[test]
    fn a_letter_says_that_the_charge_comes_later_where_it_leaves_late() {
        let ahead = |by_letter| AutopayNews::Ahead {
            amount: Money::from_cents(1_500),
            on: "2026-07-29".parse().unwrap(),
            method: "Visa ••4242".to_owned(),
            charge: None,
            by_letter,
        };
        let late = "no sooner than 5 days after the mailing";
        assert!(leads_to(ahead(true)).1.contains(late));
        assert!(!leads_to(ahead(false)).1.contains(late));
        let guest = AutopayTold {
            name: "Greta".to_owned(),
            account_number: AccountNumber::of(27),
            is_guest: true,
            news: ahead(false),
        };
        let url = "https://bills.example.gov";
        let seen = letter(words(Language::English), &guest, url);
        assert!(!seen.paragraphs.join(" ").contains("stop or pause"));
        let address = seen.action.unwrap().address;
        assert!(address.starts_with("https://bills.example.gov/?account="));
    }
}
