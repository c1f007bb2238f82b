//! The audit trail in words: what was done, and what was noted of it. The rows keep codes, so that they mean the same in ten years; what a person
//! reads is said here in their language.

use chrono::NaiveDate;
use serde_json::Value;

use crate::domain::money::Money;
use crate::i18n::Words;
use crate::store::audit::AuditRow;

/// What was done.
pub fn deed(t: Words, action: &str) -> String {
    t.audit_deed(action.replace('.', "_"))
}

/// The facts of a deed by name, without those that say nothing. Cents are told in dollars.
pub fn facts(t: Words, row: &AuditRow) -> Vec<(String, String)> {
    told(t, &row.subject_kind, &row.facts)
}

fn told(t: Words, about: &str, facts: &str) -> Vec<(String, String)> {
    let Ok(Value::Object(facts)) = serde_json::from_str(facts) else {
        return Vec::new();
    };
    let fact = |(name, value): (&String, &Value)| {
        let words = said(t, (about, name), value)?;
        let name = name.trim_end_matches("cents").trim_end_matches('_');
        let name = if name.is_empty() { "amount" } else { name };
        Some((t.audit_fact(name), words))
    };
    facts.iter().filter_map(fact).collect()
}

/// What one fact says; nothing where it says nothing.
fn said(t: Words, (about, name): (&str, &str), value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Bool(true) => Some(t.yes().to_owned()),
        Value::Bool(false) => Some(t.no().to_owned()),
        Value::Number(number) => {
            let cents = number.as_i64().filter(|_| name.ends_with("cents"));
            let words = cents.map_or_else(
                || number.to_string(),
                |cents| Money::from_cents(cents).to_string(),
            );
            Some(words)
        }
        Value::String(text) => Some(in_words(t, (about, name), text)),
        Value::Array(all) => {
            let each = all.iter().filter_map(|one| said(t, (about, name), one));
            joined(each.collect(), ", ")
        }
        Value::Object(all) => {
            let each = all.iter().filter_map(|(inner, value)| {
                let words = said(t, (about, inner), value)?;
                Some(format!("{} {words}", plain(inner)))
            });
            joined(each.collect(), ", ")
        }
    }
}

fn joined(each: Vec<String>, between: &str) -> Option<String> {
    (!each.is_empty()).then(|| each.join(between))
}

/// A text that somebody wrote as it is; a day as days are told; a code in the words of the screen that shows it, else without its underscores.
fn in_words(t: Words, (about, name): (&str, &str), text: &str) -> String {
    if let Ok(day) = text.parse::<NaiveDate>() {
        return t.date(day);
    }
    match (about, name) {
        ("service_order", "why") => t.order_why(text),
        ("payment", "channel") => t.payment_channel(text),
        ("payment", "tender") => t.payment_tender(text),
        ("request", "state") => t.request_state(text),
        ("exception", "kind") => t.exception_reason(text),
        ("fee_reversal", "kind") => t.entry_kind(text),
        ("hold", "kind") => t.hold_kind(text),
        ("call", "topic") => t.call_topic(text),
        ("account", "from" | "to") if is_code(text) => t.account_status(text),
        _ => plain(text),
    }
}

/// Whether a text is a code of ours: small letters, digits and underscores.
fn is_code(text: &str) -> bool {
    let is_of_code = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    text.bytes().all(is_of_code)
}

/// A code without its underscores; a text as it is.
fn plain(text: &str) -> String {
    if is_code(text) {
        text.replace('_', " ")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Language, words};

    fn lines(language: Language, about: &str, facts: &str) -> Vec<String> {
        told(words(language), about, facts)
            .into_iter()
            .map(|(name, value)| format!("{name} {value}"))
            .collect()
    }

    #[test]
    fn facts_are_told_in_words_and_dollars() {
        let facts = r#"{"cents":6149,"fee_cents":250,"reason":null,"kind":"phone","lines":3}"#;
        assert_eq!(
            lines(Language::English, "note", facts),
            ["amount $61.49", "fee $2.50", "kind phone", "lines 3"]
        );
    }

    #[test]
    fn no_json_and_no_code_is_shown() {
        let facts = r#"{"on":"2026-07-16","solved":true,"stops":["shut_off","late_fee"],"why":"protected","next":null}"#;
        assert_eq!(
            lines(Language::English, "service_order", facts),
            [
                "on Jul 16, 2026",
                "solved Yes",
                "stops shut off, late fee",
                "why Protected: nobody may be shut off for it now"
            ]
        );
        assert_eq!(
            lines(Language::Spanish, "call", r#"{"topic":"high_bill"}"#),
            ["sobre Factura alta"]
        );
        assert_eq!(
            deed(words(Language::Spanish), "order.canceled"),
            "Orden cancelada"
        );
    }
}
