//! The letters about deposits: that one is asked for, that it is waived, that it was given back.

use crate::documents::letters::{Action, Letter};
use crate::domain::deposit_told::{DepositNews, DepositTold};
use crate::i18n::Words;

/// News of a deposit in words.
#[must_use]
pub fn letter(t: Words, told: &DepositTold, url: &str) -> Letter {
    let account = told.account_number.masked();
    let mut paragraphs = vec![t.notice_greeting(&told.name)];
    let subject = match &told.news {
        DepositNews::Asked {
            amount,
            reason,
            parts,
            first,
            due_on,
        } => {
            let why = t.deposit_reason(reason.as_str());
            paragraphs.push(t.notice_deposit_asked_text(*amount, account, why));
            paragraphs.push(t.notice_deposit_asked_due(*parts, *due_on, *first));
            paragraphs.push(t.notice_deposit_asked_held().to_owned());
            t.notice_deposit_asked_subject()
        }
        DepositNews::Waived { amount } => {
            paragraphs.push(t.notice_deposit_waived_text(*amount, account));
            t.notice_deposit_waived_subject()
        }
        DepositNews::GivenBack { amount } => {
            paragraphs.push(t.notice_deposit_back_text(account, *amount));
            t.notice_deposit_back_subject()
        }
    };
    let action = Action {
        address: format!("{url}/?account={}", told.account_number.as_str()),
        words: t.notice_deposit_action(),
    };
    Letter {
        action: Some(action),
        ..Letter::of(t.language, subject, paragraphs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customers::Language;
    use crate::domain::deposits::DepositReason;
    use crate::domain::ids::AccountNumber;
    use crate::domain::money::Money;
    use crate::i18n::words;

    #[test]
    fn who_is_asked_reads_how_much_why_and_until_when() {
        let told = DepositTold {
            name: "Rosa".to_owned(),
            account_number: AccountNumber::of(27),
            news: DepositNews::Asked {
                amount: Money::from_cents(15_000),
                reason: DepositReason::NewCustomer,
                parts: 3,
                first: Money::from_cents(5_000),
                due_on: "2026-12-22".parse().unwrap(),
            },
        };
        for (language, due) in [
            (Language::English, "$50.00, is due on Dec 22, 2026"),
            (Language::Spanish, "de $50.00, vence el 22"),
        ] {
            let letter = letter(words(language), &told, "https://portal.example");
            let text = letter.paragraphs.join(" ");
            assert!(text.contains("$150.00") && text.contains(due), "{text}");
        }
    }
}
