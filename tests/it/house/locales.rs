//! The words: every language has the same keys, with the same variables in each.

use std::collections::{BTreeMap, BTreeSet};

use super::{nothing_wrong, pages};

/// A key (`bills-index-title` or `field.placeholder`) and the variables its words use.
type Words = BTreeMap<String, BTreeSet<String>>;

#[test]
fn every_language_has_the_same_keys_and_variables() {
    let english = words_of("en-US");
    let spanish = words_of("es-US");
    assert!(english.len() > 50, "only {} keys were found", english.len());
    let mut wrong = Vec::new();
    for (key, variables) in &english {
        match spanish.get(key) {
            None => wrong.push(format!("es-US lacks {key}")),
            Some(theirs) if theirs != variables => wrong.push(format!(
                "{key}: en-US uses {variables:?}, es-US uses {theirs:?}"
            )),
            Some(_) => {}
        }
    }
    for key in spanish.keys() {
        if !english.contains_key(key) {
            wrong.push(format!("en-US lacks {key}"));
        }
    }
    nothing_wrong(&wrong);
}

#[test]
fn every_language_has_the_same_files() {
    let files = |language: &str| -> BTreeSet<String> {
        let under = format!("locales/{language}/");
        pages(&under, ".ftl")
            .into_iter()
            .map(|page| page.path.replace(&under, ""))
            .collect()
    };
    assert_eq!(files("en-US"), files("es-US"));
}

/// Where two words say one thing in Spanish: the one that we do not say, and the one that we do.
const ONE_NAME: [(&str, &str); 8] = [
    ("importe", "monto"),
    (" añad", "agregar"),
    ("renglón", "línea"),
    ("renglones", "líneas"),
    ("impugn", "disputar"),
    (" pulse ", "presione"),
    ("cargo por atraso", "cargo por mora"),
    ("“", "«"),
];

#[test]
fn spanish_calls_one_thing_by_one_name() {
    let mut wrong = Vec::new();
    // The office has words of its own.
    let ours = pages("locales/es-US", ".ftl").into_iter();
    for page in ours.filter(|page| !page.path.contains("/office")) {
        for (at, line) in page.text.lines().enumerate() {
            // The name of a case is no word that anybody reads.
            let said = line.split_once(']').map_or(line, |(_, said)| said);
            let said = said.to_lowercase();
            for (other, name) in ONE_NAME {
                if !line.starts_with('#') && said.contains(other) {
                    wrong.push(format!("{}:{}: {other}, not {name}", page.path, at + 1));
                }
            }
        }
    }
    nothing_wrong(&wrong);
}

fn words_of(language: &str) -> Words {
    let mut words = Words::new();
    for page in pages(&format!("locales/{language}"), ".ftl") {
        let mut message = String::new();
        let mut key = String::new();
        for line in page.text.lines() {
            let starts_message = line
                .chars()
                .next()
                .is_some_and(|letter| letter.is_ascii_alphabetic() || letter == '-');
            if starts_message && let Some((name, _)) = line.split_once(" =") {
                message = name.trim().to_owned();
                key.clone_from(&message);
            } else if let Some((name, _)) = line
                .trim_start()
                .strip_prefix('.')
                .and_then(|rest| rest.split_once(" ="))
            {
                key = format!("{message}.{name}");
            }
            if key.is_empty() || line.starts_with('#') {
                continue;
            }
            let variables = words.entry(key.clone()).or_default();
            for rest in line.split('$').skip(1) {
                let ends = rest
                    .find(|letter: char| !(letter.is_ascii_alphanumeric() || "_-".contains(letter)))
                    .unwrap_or(rest.len());
                if ends > 0 {
                    variables.insert(rest[..ends].to_owned());
                }
            }
        }
    }
    words
}
