//! The words for codes: whatever code a screen may come to show has its words, so that nobody reads `account_followed`.

use std::collections::BTreeSet;

use mainstay::domain::arrangements::ArrangementState;
use mainstay::domain::corrections::CorrectionKind;
use mainstay::domain::deposits::DepositStep;
use mainstay::domain::ledger::EntryKind;
use mainstay::domain::orders::Why;
use mainstay::domain::payments::PaymentState;
use mainstay::domain::payments::saved::MethodState;

use super::{nothing_wrong, pages, rust_pages};

/// What has a dot and is no deed: the ending of a file, or the name of a column.
const NO_DEEDS: [&str; 7] = ["csv", "db", "html", "id", "json", "pdf", "rs"];

#[test]
fn every_deed_of_the_trail_has_its_words() {
    let said = codes_of("audit-deed");
    assert!(said.len() > 200, "only {} deeds were found", said.len());
    let lacking = deeds()
        .into_iter()
        .filter(|deed| !said.contains(&deed.replace('.', "_")))
        .map(|deed| format!("audit-deed says nothing of {deed}"));
    nothing_wrong(&lacking.collect::<Vec<_>>());
}

#[test]
fn every_fact_of_a_deed_has_its_name() {
    let said = codes_of("audit-fact");
    let mut wrong = BTreeSet::new();
    for page in written() {
        let code = page.split("#[cfg(test)]").next().unwrap_or_default();
        for part in code.split("json!(").skip(1) {
            for name in names_of(inside(part)) {
                let plain = name.trim_end_matches("cents").trim_end_matches('_');
                let plain = if plain.is_empty() { "amount" } else { plain };
                if !said.contains(plain) {
                    wrong.insert(format!("audit-fact has no name for {name}"));
                }
            }
        }
    }
    nothing_wrong(&wrong.into_iter().collect::<Vec<_>>());
}

#[test]
fn every_kind_of_notice_has_its_words() {
    let said = codes_of("notice-kind");
    let page = rust_pages("src/domain")
        .into_iter()
        .find(|page| page.path.ends_with("domain/notice.rs"))
        .expect("the notices");
    let kinds = page
        .text
        .split("pub const fn kind(&self)")
        .nth(1)
        .and_then(|rest| rest.split("\n    }\n").next())
        .expect("their kinds");
    let named: Vec<&str> = kinds.split('"').skip(1).step_by(2).collect();
    assert!(named.len() > 30, "only {named:?} were found");
    let named = named
        .into_iter()
        .chain(["claim_code", "past_due_copy", "text_code"]);
    let lacking = named
        .filter(|kind| !said.contains(*kind))
        .map(|kind| format!("notice-kind says nothing of {kind}"));
    nothing_wrong(&lacking.collect::<Vec<_>>());
}

#[test]
fn every_kind_of_entry_and_every_reason_of_an_order_has_its_words() {
    let (entries, whys) = (codes_of("entry-kind"), codes_of("order-why"));
    let entry = EntryKind::ALL.iter().map(|kind| kind.as_str());
    let mut wrong: Vec<String> = entry
        .filter(|kind| !entries.contains(*kind))
        .map(|kind| format!("entry-kind says nothing of {kind}"))
        .collect();
    let why = Why::ALL.iter().map(|why| why.as_str());
    wrong.extend(
        why.filter(|why| !whys.contains(*why))
            .map(|why| format!("order-why says nothing of {why}")),
    );
    nothing_wrong(&wrong);
}

/// The texts of the files in which deeds are written.
fn written() -> Vec<String> {
    rust_pages("src/usecases")
        .into_iter()
        .chain(rust_pages("src/jobs"))
        .filter(|page| !page.path.contains("/sandbox/"))
        .map(|page| page.text)
        .collect()
}

/// Every deed that may be written: those that stand in the source, and those that are put together.
fn deeds() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for page in written() {
        for piece in page.split('"').filter(|piece| is_deed(piece)) {
            found.insert(piece.to_owned());
        }
    }
    let kinds = CorrectionKind::ALL.iter();
    found.extend(kinds.map(|kind| kind.verb().to_owned()));
    let states = PaymentState::ALL.iter();
    found.extend(states.map(|state| format!("payment.{state}")));
    let ends = ArrangementState::ALL.iter();
    let ends = ends.filter(|state| **state != ArrangementState::Open);
    found.extend(ends.map(|state| format!("arrangement.{state}")));
    let steps = DepositStep::ALL.iter();
    found.extend(steps.map(|step| format!("deposit.{step}")));
    let methods = MethodState::ALL.iter();
    found.extend(methods.map(|state| format!("payment_method.{state}")));
    let messages = ["done", "ignored", "parked", "put_off", "failed"];
    found.extend(messages.map(|done| format!("processor_message.{done}")));
    for deed in ["bill.issued", "correction.reversed"] {
        found.insert(deed.to_owned());
    }
    found
}

fn is_deed(piece: &str) -> bool {
    let is_name = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    piece
        .split_once('.')
        .is_some_and(|(what, done)| is_name(what) && is_name(done) && !NO_DEEDS.contains(&done))
}

/// The text up to the bracket that closes what is open.
fn inside(text: &str) -> &str {
    let mut open = 1;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return &text[..at];
        }
    }
    text
}

/// The names of an object's values.
fn names_of(object: &str) -> Vec<&str> {
    let pieces: Vec<&str> = object.split('"').collect();
    pieces
        .windows(2)
        .filter(|pair| pair[1].starts_with(':'))
        .map(|pair| pair[0])
        .collect()
}

/// The codes that a list of words names, in every language alike.
fn codes_of(message: &str) -> BTreeSet<String> {
    let of = |language: &str| -> BTreeSet<String> {
        pages(&format!("locales/{language}"), ".ftl")
            .iter()
            .filter_map(|page| {
                let begins = format!("\n{message} = {{");
                let (_, list) = page.text.split_once(&begins)?;
                list.split("\n}").next().map(str::to_owned)
            })
            .flat_map(|list| {
                let codes = list.lines().filter_map(|line| {
                    let line = line.trim_start().trim_start_matches('*');
                    let (code, _) = line.strip_prefix('[')?.split_once(']')?;
                    Some(code.to_owned())
                });
                codes.collect::<Vec<_>>()
            })
            .collect()
    };
    let (english, spanish) = (of("en-US"), of("es-US"));
    assert_eq!(english, spanish, "{message}");
    english
}
