//! The letters about an account that is shared: the invitation, what became of it, and the copy of what is told when money is overdue.

use crate::documents::letters::{Action, Letter};
use crate::domain::notice::{DebtTold, SharingNews, SharingTold};
use crate::i18n::Words;

/// News of an account that is shared, in words.
#[must_use]
pub fn letter(t: Words, told: &SharingTold, url: &str) -> Letter {
    let (account, other) = (told.account_number.masked(), &told.other);
    let (subject, text) = match &told.news {
        SharingNews::Invited { offer, .. } => (
            t.notice_sharing_invited_subject(),
            t.notice_sharing_invited_text(other, offer.as_str(), account),
        ),
        SharingNews::Joined { access } => (
            t.notice_sharing_joined_subject(),
            t.notice_sharing_joined_text(other, account, access.as_str()),
        ),
        SharingNews::CopiesBegun => (
            t.notice_sharing_copies_begun_subject(),
            t.notice_sharing_copies_begun_text(other, account),
        ),
        SharingNews::CopiesEnded => (
            t.notice_sharing_copies_ended_subject(),
            t.notice_sharing_copies_ended_text(account),
        ),
        SharingNews::CopiesLeft => (
            t.notice_sharing_copies_left_subject(),
            t.notice_sharing_copies_left_text(other, account),
        ),
        SharingNews::Changed { access } => (
            t.notice_sharing_changed_subject(),
            t.notice_sharing_changed_text(access.as_str(), account),
        ),
        SharingNews::WaysEnded { methods } => (
            t.notice_sharing_ways_subject(),
            t.notice_sharing_ways_text(other, account, methods.join(", ")),
        ),
        SharingNews::Ended => (
            t.notice_sharing_ended_subject(),
            t.notice_sharing_ended_text(account),
        ),
        SharingNews::Left => (
            t.notice_sharing_left_subject(),
            t.notice_sharing_left_text(other, account),
        ),
    };
    Letter {
        action: action(t, told, url),
        otherwise: otherwise(t, &told.news),
        ..Letter::of(
            t.language,
            subject,
            vec![t.notice_greeting(&told.name), text],
        )
    }
}

fn action(t: Words, told: &SharingTold, url: &str) -> Option<Action> {
    let (path, words) = match &told.news {
        SharingNews::Invited { token, .. } => (
            format!("/invitation?token={token}"),
            t.notice_sharing_invited_action(),
        ),
        SharingNews::Joined { .. } | SharingNews::CopiesBegun => (
            format!("/people?account={}", told.account_number.as_str()),
            t.notice_sharing_joined_action(),
        ),
        SharingNews::Changed { .. } => (
            format!("/?account={}", told.account_number.as_str()),
            t.notice_sharing_changed_action(),
        ),
        SharingNews::CopiesEnded
        | SharingNews::CopiesLeft
        | SharingNews::WaysEnded { .. }
        | SharingNews::Ended
        | SharingNews::Left => return None,
    };
    Some(Action {
        address: format!("{url}{path}"),
        words,
    })
}

fn otherwise(t: Words, news: &SharingNews) -> Option<&'static str> {
    match news {
        SharingNews::Invited { .. } => Some(t.notice_sharing_invited_otherwise()),
        SharingNews::Joined { .. } | SharingNews::CopiesBegun => {
            Some(t.notice_sharing_joined_otherwise())
        }
        SharingNews::CopiesEnded
        | SharingNews::CopiesLeft
        | SharingNews::Changed { .. }
        | SharingNews::WaysEnded { .. }
        | SharingNews::Ended
        | SharingNews::Left => None,
    }
}

/// Somebody else's due date passed, who wants the reader to know.
#[must_use]
pub fn past_due_copy(t: Words, told: &DebtTold, of: &str) -> Letter {
    let account = told.account_number.masked();
    let text = t.notice_copy_past_due_text(of, account, told.amount, told.due_on);
    Letter {
        otherwise: Some(t.notice_copy_past_due_otherwise()),
        ..Letter::of(
            t.language,
            t.notice_copy_past_due_subject(),
            vec![t.notice_greeting(&told.name), text],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::access::Offer;
    use crate::domain::customers::Language;
    use crate::domain::ids::AccountNumber;
    use crate::domain::money::Money;
    use crate::i18n::words;

    #[test]
    fn an_invitation_names_who_invites_and_hides_the_account() {
        let told = SharingTold {
            name: "Greta".to_owned(),
            account_number: AccountNumber::of(27),
            other: "Walter Koch".to_owned(),
            news: SharingNews::Invited {
                offer: Offer::Pay,
                token: "secret".to_owned(),
            },
        };
        for (language, asked) in [
            (
                Language::English,
                "Walter Koch wants you to see and pay account ",
            ),
            (
                Language::Spanish,
                "Walter Koch quiere que usted vea y pague la cuenta ",
            ),
        ] {
            let letter = letter(words(language), &told, "https://bills.example.gov");
            let all = letter.paragraphs.join(" ");
            let asked = format!("{asked}{}.", told.account_number.masked());
            assert!(all.contains(&asked), "{all}");
            assert!(!all.contains(told.account_number.as_str()));
            let address = letter.action.unwrap().address;
            assert_eq!(address, "https://bills.example.gov/invitation?token=secret");
        }
    }

    #[test]
    fn a_copy_asks_its_reader_for_nothing() {
        let told = DebtTold {
            name: "Greta".to_owned(),
            account_number: AccountNumber::of(27),
            amount: Money::from_cents(8_410),
            due_on: "2026-07-20".parse().unwrap(),
            bill: None,
            is_guest: true,
        };
        let letter = past_due_copy(words(Language::English), &told, "Walter Koch");
        assert!(letter.action.is_none());
        let all = letter.paragraphs.join(" ");
        assert!(
            all.contains("Walter Koch") && all.contains("84.10"),
            "{all}"
        );
    }
}
