//! The letters about what a customer asked for: that it came, how it moves, what the office wrote, how a dispute was decided.

use crate::documents::letters::{Action, Letter};
use crate::domain::disputes::Outcome;
use crate::domain::money::Money;
use crate::domain::notice::{RequestNews, RequestTold};
use crate::domain::remedies::Remedy;
use crate::i18n::Words;

/// News of a request in words.
#[must_use]
#[expect(clippy::too_many_lines, reason = "one arm for each kind of news")]
pub fn letter(t: Words, told: &RequestTold, url: &str) -> Letter {
    let (account, number) = (told.account_number.masked(), told.number.to_string());
    let about = t.request_kind(told.about.as_str());
    let (subject, text) = match &told.news {
        RequestNews::Received { answer_by } => (
            t.notice_request_received_subject(),
            vec![t.notice_request_received_text(about, account, number, *answer_by)],
        ),
        RequestNews::Disputed {
            bill,
            amount,
            set_aside,
            answer_by,
        } => (
            t.notice_dispute_received_subject(),
            vec![
                t.notice_dispute_received_text(*amount, bill, account, number),
                if set_aside.is_positive() {
                    t.notice_dispute_received_meanwhile(*set_aside, *answer_by)
                } else {
                    t.notice_dispute_received_paid(*answer_by)
                },
                t.notice_dispute_received_heard().to_owned(),
            ],
        ),
        RequestNews::Moved { state, words } => {
            let mut text =
                vec![t.notice_request_moved_text(about, number, t.request_state(state.as_str()))];
            text.extend(words.clone());
            (t.notice_request_moved_subject(), text)
        }
        RequestNews::Wrote { words } => (
            t.notice_request_wrote_subject(),
            vec![t.notice_request_wrote_text(about, number), words.clone()],
        ),
        RequestNews::BillCanceled { bill } => (
            t.notice_dispute_decided_subject(),
            vec![t.notice_dispute_canceled_text(bill, number)],
        ),
        RequestNews::HearingSet { on, hour, place } => (
            t.notice_hearing_set_subject(),
            vec![
                t.notice_hearing_set_text(number, *on, hour, place),
                t.notice_hearing_set_rights().to_owned(),
            ],
        ),
        RequestNews::HearingRecorded { on, words } => (
            t.notice_hearing_recorded_subject(),
            vec![t.notice_hearing_recorded_text(number, *on), words.clone()],
        ),
        RequestNews::Decided {
            outcome,
            remedy,
            credit,
            unpaid,
            words,
            late_from,
        } => {
            let how = how_it_ended(t, *outcome, *remedy, *credit);
            let mut text = vec![t.notice_dispute_decided_text(number, how), words.clone()];
            if unpaid.is_positive() {
                text.push(t.dispute_after(outcome.as_str(), *unpaid, *late_from));
            }
            (t.notice_dispute_decided_subject(), text)
        }
    };
    let mut paragraphs = vec![t.notice_greeting(&told.name)];
    paragraphs.extend(text);
    Letter {
        language: t.language,
        subject,
        paragraphs,
        links: Vec::new(),
        code: None,
        action: Some(Action {
            address: format!("{url}/requests/{}", told.number),
            words: t.notice_request_action(),
        }),
        otherwise: None,
    }
}

/// How a dispute ended, in one sentence that says what was done, and no more than that: by an outcome, or in words with what was given by
/// hand.
#[must_use]
pub fn how_it_ended(t: Words, outcome: Outcome, remedy: Option<Remedy>, credit: Money) -> String {
    match remedy {
        Some(Remedy::Rebilled) if credit.is_positive() => t.dispute_rebilled_interest(credit),
        Some(remedy) => t.dispute_remedy_told(remedy.as_str(), credit),
        None if credit.is_positive() => t.dispute_by_hand(outcome.as_str(), credit),
        None => t.dispute_outcome(outcome.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customers::Language;
    use crate::domain::ids::{AccountNumber, BillNumber, RequestNumber};
    use crate::domain::money::Money;
    use crate::domain::requests::RequestKind;
    use crate::i18n::words;

    #[test]
    fn a_dispute_is_told_with_its_amount_its_day_and_how_to_be_heard() {
        let told = RequestTold {
            name: "Rosa".to_owned(),
            account_number: AccountNumber::of(27),
            number: RequestNumber::of(4),
            about: RequestKind::BillDispute,
            news: RequestNews::Disputed {
                bill: BillNumber::of(9),
                amount: Money::from_cents(1_512),
                set_aside: Money::from_cents(1_000),
                answer_by: "2026-07-16".parse().unwrap(),
            },
        };
        let url = "https://bills.example.gov";
        let english = letter(words(Language::English), &told, url);
        let all = english.paragraphs.join(" ");
        assert!(
            all.contains("$15.12") && all.contains("$10.00") && all.contains("Jul 16, 2026"),
            "{all}"
        );
        assert!(!all.contains(told.account_number.as_str()));
        let spanish = letter(words(Language::Spanish), &told, url);
        assert_ne!(english.subject, spanish.subject);
        let address = spanish.action.unwrap().address;
        assert_eq!(address, format!("{url}/requests/{}", told.number));
    }
}
