//! What is said: each value of a message is handed over in its own place. Types keep a number from a day's place, but not one text from
//! another's.

use std::collections::BTreeMap;

use super::{nothing_wrong, pages, rust_pages};

/// The names of a message's values.
#[derive(Default)]
struct Values {
    /// In the order in which its function takes them: that in which en-US first names them.
    taken: Vec<String>,
    /// In the order of the comment above it, which whoever calls it reads.
    told: Vec<String>,
}

#[test]
fn a_comment_names_values_in_the_order_in_which_they_are_taken() {
    let mut wrong = Vec::new();
    for (key, values) in messages() {
        let mut order = values.taken.clone();
        order.retain(|name| values.told.contains(name));
        if order != values.told {
            wrong.push(format!("{key} takes {order:?}, not {:?}", values.told));
        }
    }
    nothing_wrong(&wrong);
}

#[test]
fn no_value_stands_in_the_place_of_another() {
    let messages: BTreeMap<String, Values> = messages()
        .into_iter()
        .map(|(key, values)| (key.replace('-', "_"), values))
        .collect();
    let (mut seen, mut wrong) = (0, Vec::new());
    let mut read = rust_pages("src");
    read.extend(pages("templates", ".html"));
    read.extend(pages("templates", ".txt"));
    for page in &read {
        for (name, call) in calls(&page.text) {
            let Some(values) = messages.get(name) else {
                continue;
            };
            for (place, given) in arguments(call).into_iter().enumerate() {
                seen += 1;
                let is_given =
                    |value: &String| named(given) == Some(value.replace('-', "_").as_str());
                let Some(is) = values.taken.iter().position(is_given) else {
                    continue;
                };
                if is != place {
                    wrong.push(format!(
                        "{}: {name} takes {:?}, and {given} stands at {place}",
                        page.path, values.taken
                    ));
                }
            }
        }
    }
    assert!(seen > 1000, "only {seen} values were found");
    nothing_wrong(&wrong);
}

#[test]
fn a_value_is_known_by_its_own_name() {
    let call = "(&told.other, t.day(on, \"a)\"), offer.as_str(),\n)";
    let found = arguments(call);
    assert_eq!(found.len(), 3, "{found:?}");
    let names: Vec<_> = found.into_iter().map(named).collect();
    assert_eq!(names, [Some("other"), None, Some("offer")]);
}

/// The messages of en-US by key.
fn messages() -> BTreeMap<String, Values> {
    let mut found: BTreeMap<String, Values> = BTreeMap::new();
    for page in pages("locales/en-US", ".ftl") {
        let (mut key, mut told) = (String::new(), Vec::new());
        for line in page.text.lines() {
            if let Some(rest) = line.strip_prefix("# $") {
                told.extend(rest.split_once(" (").map(|(name, _)| name.to_owned()));
                continue;
            }
            if line.starts_with(|letter: char| letter.is_ascii_alphabetic())
                && let Some((name, _)) = line.split_once(" =")
            {
                name.clone_into(&mut key);
                found.entry(key.clone()).or_default().told = std::mem::take(&mut told);
            } else if line.is_empty() {
                told.clear();
            }
            if key.is_empty() || line.starts_with(['#', '-']) {
                continue;
            }
            let taken = &mut found.entry(key.clone()).or_default().taken;
            for rest in line.split('$').skip(1) {
                let is_name =
                    |letter: char| letter.is_ascii_alphanumeric() || "_-".contains(letter);
                let ends = rest
                    .find(|letter: char| !is_name(letter))
                    .unwrap_or(rest.len());
                let name = rest[..ends].to_owned();
                // A dollar sign before a figure is money.
                let is_value = name.starts_with(|letter: char| letter.is_ascii_alphabetic());
                if is_value && !taken.contains(&name) {
                    taken.push(name);
                }
            }
        }
    }
    found
}

/// The methods that a text calls: their names, and what follows from their `(` on.
fn calls(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices('(').filter_map(move |(at, _)| {
        let before = &text[..at];
        let name = before
            .rsplit(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'))
            .next()?;
        let owner = before.strip_suffix(name)?.trim_end();
        owner.ends_with('.').then(|| (name, &text[at..]))
    })
}

/// What stands between a `(` and its `)`, cut at the commas that are nobody else's.
fn arguments(call: &str) -> Vec<&str> {
    let (mut depth, mut begins, mut quoted, mut escaped) = (0_u32, 1, false, false);
    let mut found = Vec::new();
    for (at, letter) in call.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => {
                depth -= 1;
                if depth == 0 {
                    found.push(&call[begins..at]);
                    break;
                }
            }
            ',' if depth == 1 => {
                found.push(&call[begins..at]);
                begins = at + 1;
            }
            _ => {}
        }
    }
    found.retain(|argument| !argument.trim().is_empty());
    found
}

/// The name of a value that is handed over as it is, or by way of methods that ask for nothing: `told.offer.as_str()` is an `offer`.
fn named(argument: &str) -> Option<&str> {
    let mut path = argument.trim().trim_start_matches(['&', '*']);
    while let Some((owner, _)) = path
        .strip_suffix("()")
        .and_then(|called| called.rsplit_once('.'))
    {
        path = owner;
    }
    let is_path = |letter: char| letter.is_ascii_alphanumeric() || "_.".contains(letter);
    path.chars()
        .all(is_path)
        .then(|| path.rsplit_once('.').map_or(path, |(_, last)| last))
}
