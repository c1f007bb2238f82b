//! The letters to a landlord: what they said of a place, and what was done when a tenant left it.

use crate::documents::letters::{Action, Letter};
use crate::domain::notice::{LandlordNews, LandlordTold};
use crate::i18n::Words;

/// News of a place that is rented out, in words.
#[must_use]
pub fn letter(t: Words, told: &LandlordTold, url: &str) -> Letter {
    let (place, account) = (&told.place, told.account_number.masked());
    let (subject, text) = match &told.news {
        LandlordNews::Instructed { instruction } => (
            t.notice_landlord_instructed_subject(),
            t.notice_landlord_instructed_text(instruction.as_str(), place, account, told.on),
        ),
        LandlordNews::Continued { commodity } => (
            t.notice_landlord_continued_subject(),
            t.notice_landlord_continued_text(
                t.service_name(commodity.as_str()),
                place,
                told.on,
                account,
            ),
        ),
        LandlordNews::Vacant { commodity } => (
            t.notice_landlord_vacant_subject(),
            t.notice_landlord_vacant_text(t.service_name(commodity.as_str()), place, told.on),
        ),
        LandlordNews::NotContinued { commodity } => (
            t.notice_landlord_not_continued_subject(),
            t.notice_landlord_not_continued_text(
                t.service_name(commodity.as_str()),
                place,
                told.on,
                account,
            ),
        ),
        LandlordNews::NotYours { commodity } => (
            t.notice_landlord_not_yours_subject(),
            t.notice_landlord_not_yours_text(
                t.service_name(commodity.as_str()),
                place,
                account,
                told.on,
            ),
        ),
    };
    Letter {
        action: Some(Action {
            address: format!("{url}/premises?account={}", told.account_number.as_str()),
            words: t.notice_landlord_action(),
        }),
        ..Letter::of(
            t.language,
            subject,
            vec![t.notice_greeting(&told.name), text],
        )
    }
}
