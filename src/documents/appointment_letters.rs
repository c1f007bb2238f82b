//! The letters about appointments: when somebody comes and what for, that it moved or is off, and the word of the day before.

use crate::documents::letters::{Action, Letter};
use crate::domain::orders::told::{AppointmentNews, AppointmentTold};
use crate::i18n::Words;

/// News of an appointment in words.
#[must_use]
pub fn letter(t: Words, told: &AppointmentTold, url: &str) -> Letter {
    let mut paragraphs = vec![t.notice_greeting(&told.name)];
    let slot = |slot: &str| t.order_slot(slot);
    let (subject, says, is_coming) = match told.news {
        AppointmentNews::Made { at } => (
            t.notice_appointment_made_subject(),
            t.notice_appointment_made_text(at.on, slot(at.slot.as_str())),
            true,
        ),
        AppointmentNews::Moved { at, was_on } => (
            t.notice_appointment_moved_subject(),
            t.notice_appointment_moved_text(at.on, slot(at.slot.as_str()), was_on),
            true,
        ),
        AppointmentNews::Off { was_on } => (
            t.notice_appointment_off_subject(),
            t.notice_appointment_off_text(was_on),
            false,
        ),
        AppointmentNews::Canceled { was_on } => (
            t.notice_appointment_canceled_subject(),
            t.notice_appointment_canceled_text(was_on),
            false,
        ),
        AppointmentNews::Tomorrow { at } => (
            t.notice_appointment_tomorrow_subject(),
            t.notice_appointment_tomorrow_text(at.on, slot(at.slot.as_str())),
            true,
        ),
    };
    paragraphs.push(says);
    let what = t.order_kind(told.about.as_str());
    paragraphs.push(match &told.place {
        Some(place) => t.notice_appointment_for_at(what, place),
        None => t.notice_appointment_for(what),
    });
    if is_coming {
        paragraphs.push(t.notice_appointment_access().to_owned());
    }
    let address = match &told.request {
        Some(request) => format!("{url}/requests/{request}"),
        None => format!("{url}/?account={}", told.account_number.as_str()),
    };
    Letter {
        action: Some(Action {
            address,
            words: t.notice_appointment_action(),
        }),
        ..Letter::of(t.language, subject, paragraphs)
    }
}

/// The same as a text.
#[must_use]
pub fn text(t: Words, told: &AppointmentTold) -> String {
    let what = t.order_kind(told.about.as_str());
    match told.news {
        AppointmentNews::Made { at } | AppointmentNews::Moved { at, .. } => {
            t.text_appointment(what, at.on, t.order_slot(at.slot.as_str()))
        }
        AppointmentNews::Off { was_on } | AppointmentNews::Canceled { was_on } => {
            t.text_appointment_off(what, was_on)
        }
        AppointmentNews::Tomorrow { at } => {
            t.text_appointment_tomorrow(what, t.order_slot(at.slot.as_str()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customers::Language;
    use crate::domain::ids::{AccountNumber, OrderNumber, RequestNumber};
    use crate::domain::orders::told::Appointment;
    use crate::domain::orders::{OrderKind, Slot};
    use crate::i18n::words;

    #[test]
    fn it_says_when_what_for_and_where_and_leads_to_the_request() {
        let at = Appointment {
            on: "2026-07-08".parse().unwrap(),
            slot: Slot::Morning,
        };
        let mut told = AppointmentTold {
            name: "Rosa".to_owned(),
            account_number: AccountNumber::of(27),
            order: OrderNumber::of(3),
            about: OrderKind::MeterExchange,
            place: Some("9 Prairie Street".to_owned()),
            request: Some(RequestNumber::of(4)),
            news: AppointmentNews::Moved {
                at,
                was_on: "2026-07-07".parse().unwrap(),
            },
        };
        let url = "https://bills.example.gov";
        let english = letter(words(Language::English), &told, url);
        let all = english.paragraphs.join(" ");
        for part in [
            "July 8",
            "July 7",
            "8 to noon",
            "9 Prairie Street",
            "Exchange a meter",
        ] {
            assert!(all.contains(part), "{part}: {all}");
        }
        assert!(!all.contains(told.account_number.as_str()));
        let address = english.action.unwrap().address;
        assert!(address.ends_with(&format!("/requests/{}", RequestNumber::of(4))));
        told.news = AppointmentNews::Canceled { was_on: at.on };
        let spanish = letter(words(Language::Spanish), &told, url);
        assert!(spanish.paragraphs.join(" ").contains("8 de julio"));
        assert!(text(words(Language::Spanish), &told).contains("nadie va"));
    }

    /// Contract: F98
    #[test]
    fn no_sentence_ends_in_the_period_of_an_hour_and_one_of_its_own() {
        let was_on = "2026-07-07".parse().unwrap();
        for slot in Slot::ALL.iter().copied() {
            let at = Appointment {
                on: "2026-07-08".parse().unwrap(),
                slot,
            };
            for news in [
                AppointmentNews::Made { at },
                AppointmentNews::Moved { at, was_on },
                AppointmentNews::Tomorrow { at },
            ] {
                let told = AppointmentTold {
                    name: "Rosa".to_owned(),
                    account_number: AccountNumber::of(27),
                    order: OrderNumber::of(3),
                    about: OrderKind::MeterExchange,
                    place: None,
                    request: None,
                    news,
                };
                for language in [Language::English, Language::Spanish] {
                    let t = words(language);
                    let mut said = letter(t, &told, "https://bills.example.gov").paragraphs;
                    said.push(text(t, &told));
                    let said = said.join(" ");
                    assert!(!said.contains(".."), "{said}");
                }
            }
        }
    }
}
