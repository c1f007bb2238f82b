//! The letters about payments: received, refused, taken back, given back.

use crate::documents::letters::{Action, Letter};
use crate::domain::money::Money;
use crate::domain::notice::{PaymentTold, ReturnReason};
use crate::i18n::Words;

/// The receipt.
#[must_use]
pub fn received(t: Words, told: &PaymentTold, url: &str) -> Letter {
    let text = t.notice_payment_received_text(told.amount, account(told), told.on);
    Letter {
        action: to_payment(told, url, t.notice_payment_received_action()),
        ..about(t, t.notice_payment_received_subject(), told, vec![text])
    }
}

/// The bank or card refused it: nothing was paid.
#[must_use]
pub fn failed(t: Words, told: &PaymentTold, reason: &str, url: &str) -> Letter {
    let text = t.notice_payment_failed_text(told.amount, account(told), told.on);
    let why = t.receipt_failure(reason);
    Letter {
        action: Some(Action {
            address: format!("{url}/pay?account={}", told.account_number.as_str()),
            words: t.notice_payment_failed_action(),
        }),
        ..about(t, t.notice_payment_failed_subject(), told, vec![text, why])
    }
}

/// It was taken back after it stood on the account; what it had paid is owed again.
#[must_use]
pub fn returned(
    t: Words,
    told: &PaymentTold,
    (reason, fee): (&ReturnReason, Option<Money>),
    url: &str,
) -> Letter {
    let text = t.notice_payment_returned_text(told.amount, account(told), told.on);
    let why = match reason {
        ReturnReason::Word(word) => t.receipt_failure(word),
        ReturnReason::Written(words) => t.notice_payment_returned_why(words),
        ReturnReason::Mistake => t.notice_payment_returned_mistake().to_owned(),
    };
    let mut paragraphs = vec![text, why];
    paragraphs.extend(fee.map(|fee| t.notice_payment_returned_fee(fee)));
    Letter {
        action: to_payment(told, url, t.notice_payment_received_action()),
        ..about(t, t.notice_payment_returned_subject(), told, paragraphs)
    }
}

/// Money is on its way back.
#[must_use]
pub fn refunded(t: Words, told: &PaymentTold, url: &str) -> Letter {
    let text = t.notice_refund_given_text(told.amount, account(told), told.on);
    Letter {
        action: to_payment(told, url, t.notice_payment_received_action()),
        ..about(t, t.notice_refund_given_subject(), told, vec![text])
    }
}

/// Money that was on its way back did not arrive.
#[must_use]
pub fn refund_failed(t: Words, told: &PaymentTold, url: &str) -> Letter {
    let text = t.notice_refund_failed_text(told.amount, account(told));
    Letter {
        action: to_payment(told, url, t.notice_payment_received_action()),
        ..about(t, t.notice_refund_failed_subject(), told, vec![text])
    }
}

fn account(told: &PaymentTold) -> String {
    told.account_number.masked()
}

fn to_payment(told: &PaymentTold, url: &str, words: &'static str) -> Option<Action> {
    let number = told.payment.as_ref()?;
    let address = format!("{url}/payments/{number}");
    Some(Action { address, words })
}

/// Greeting, text and the receipt's number.
fn about(
    t: Words,
    subject: &'static str,
    told: &PaymentTold,
    mut paragraphs: Vec<String>,
) -> Letter {
    paragraphs.insert(0, t.notice_greeting(&told.name));
    let number = told.payment.as_ref();
    paragraphs.extend(number.map(|number| t.notice_payment_number(number)));
    Letter::of(t.language, subject, paragraphs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customers::Language;
    use crate::domain::ids::{AccountNumber, PaymentNumber};
    use crate::i18n::words;

    fn told() -> PaymentTold {
        PaymentTold {
            name: "Rosa".to_owned(),
            account_number: AccountNumber::of(27),
            payment: Some(PaymentNumber::of(9)),
            amount: Money::from_cents(8_410),
            on: "2026-07-01".parse().unwrap(),
        }
    }

    #[test]
    fn a_returned_payment_says_why_and_what_it_costs() {
        let reason = ReturnReason::Word("insufficient_funds".to_owned());
        let fee = Some(Money::from_cents(2_500));
        let letter = returned(words(Language::Spanish), &told(), (&reason, fee), "");
        let text = letter.paragraphs.join(" ");
        assert!(text.contains("No había fondos suficientes."), "{text}");
        assert!(text.contains("$25.00") && text.contains("$84.10"), "{text}");
    }

    #[test]
    fn a_receipt_leads_to_its_payment_and_hides_the_account() {
        let letter = received(
            words(Language::English),
            &told(),
            "https://bills.example.gov",
        );
        let text = letter.paragraphs.join(" ");
        assert!(!text.contains(&AccountNumber::of(27).to_string()), "{text}");
        let action = letter.action.unwrap();
        let number = PaymentNumber::of(9);
        assert!(action.address.ends_with(&format!("/payments/{number}")));
    }
}
