//! What the forms about people and settings showed when they were opened, and, where somebody else changed it meanwhile, what stands there now.

use crate::domain::accounts::Delivery;
use crate::i18n::Words;
use crate::usecases::accounts::people::Person;
use crate::usecases::accounts::settings::Settings;
use crate::web::form::Form;

/// How the account was billed and told when the form was opened.
pub fn settings(form: &Form) -> Option<Settings> {
    let ticked = |field: &str| form.saw(field).map(|was| !was.is_empty());
    Some(Settings {
        language: form.saw("bill_language")?.parse().ok()?,
        delivery: Delivery::of(ticked("paper")?, ticked("email")?),
    })
}

/// Says what somebody else set meanwhile.
pub fn settings_changed(form: &mut Form, t: Words, now: Settings) {
    let was = settings(form);
    let language = now.language.as_str();
    if was.is_some_and(|was| was.language != now.language) {
        let text = t.seen_changed(t.people_language(language));
        form.changed_since("bill_language", language, text);
    }
    let ways = [
        ("paper", now.delivery.has_paper(), t.people_paper()),
        ("email", now.delivery.has_email(), t.people_email()),
    ];
    for (field, is_on, label) in ways {
        let ticked = if is_on { "yes" } else { "" };
        if form.saw(field).is_some_and(|was| was != ticked) {
            let said = if is_on { t.yes() } else { t.no() };
            form.changed_since(field, ticked, t.seen_changed(format!("{label}: {said}")));
        }
    }
}

/// What was said of somebody when the form was opened.
pub fn person(form: &Form) -> Option<Person> {
    let optional = |field: &str| {
        let saw = form.saw(field)?;
        Some((!saw.is_empty()).then(|| saw.to_owned()))
    };
    Some(Person {
        name: form.saw("name")?.to_owned(),
        given_name: optional("given_name")?,
        language: form.saw("language")?.parse().ok()?,
        mailing_address: optional("mailing_address")?,
    })
}

/// Says what somebody else wrote of the customer meanwhile.
pub fn person_changed(form: &mut Form, t: Words, now: &Person) {
    let Some(was) = person(form) else {
        return;
    };
    let is_changed = [
        was.name.trim() != now.name.trim(),
        was.given_name != now.given_name,
        was.language != now.language,
        !Person {
            mailing_address: now.mailing_address.clone(),
            ..was.clone()
        }
        .is_same(&was),
    ];
    let (given, mailing) = (now.given_name.as_deref(), now.mailing_address.as_deref());
    let language = now.language.as_str();
    let known = [
        ("name", now.name.as_str(), now.name.clone()),
        ("given_name", given.unwrap_or_default(), in_words(t, given)),
        ("language", language, t.people_language(language)),
        (
            "mailing_address",
            mailing.unwrap_or_default(),
            in_words(t, mailing),
        ),
    ];
    for ((field, value, words), is_changed) in known.into_iter().zip(is_changed) {
        if is_changed {
            form.changed_since(field, value, t.seen_changed(words));
        }
    }
}

/// What a field says in one line, or that it says nothing.
pub fn in_words(t: Words, text: Option<&str>) -> String {
    let lines: Vec<&str> = text.unwrap_or_default().lines().map(str::trim).collect();
    if lines.is_empty() {
        t.seen_empty().to_owned()
    } else {
        lines.join(", ")
    }
}
