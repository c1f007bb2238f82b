//! The closed lists of words: what a `CHECK` allows is what a Rust enum can say.

use std::collections::{BTreeMap, BTreeSet};

use super::{nothing_wrong, pages, rust_pages};

type Words = BTreeSet<String>;

#[test]
fn every_check_list_is_the_list_of_an_enum() {
    let enums = enums_of_the_house();
    assert!(enums.len() > 20, "only {} enums were found", enums.len());
    let mut wrong = Vec::new();
    for ((_, constraint), (path, words)) in lists_that_hold() {
        if enums.iter().any(|(_, list)| *list == words) {
            continue;
        }
        let (name, list) = enums
            .iter()
            .max_by_key(|(_, list)| list.intersection(&words).count())
            .expect("there are enums");
        wrong.push(format!(
            "{path}: {constraint} allows {words:?}; the nearest enum is {name}: {list:?}"
        ));
    }
    nothing_wrong(&wrong);
}

/// The list of each constraint of each database, from the last migration that writes it: a table that is written anew may allow more words.
fn lists_that_hold() -> BTreeMap<(String, String), (String, Words)> {
    let mut lists = BTreeMap::new();
    for page in pages("migrations", "up.sql") {
        let database = page.path.split('/').nth(1).unwrap_or_default().to_owned();
        for (constraint, words) in check_lists(&page.text) {
            let held = (page.path.clone(), words);
            lists.insert((database.clone(), constraint), held);
        }
    }
    lists
}

/// Each `text_enum!` of the source: its name and its words.
fn enums_of_the_house() -> Vec<(String, Words)> {
    let mut found = Vec::new();
    for page in rust_pages("src") {
        for part in page.text.split("text_enum! {").skip(1) {
            let part = part.split("\n}").next().unwrap_or_default();
            let code: Vec<&str> = part
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect();
            let name = code
                .iter()
                .find_map(|line| line.trim().strip_suffix(" {"))
                .unwrap_or("?");
            let words = code
                .iter()
                .filter_map(|line| line.split_once("=> \""))
                .filter_map(|(_, rest)| rest.split('"').next())
                .map(str::to_owned)
                .collect();
            found.push((format!("{} in {}", name, page.path), words));
        }
    }
    found
}

/// Each `CONSTRAINT name CHECK (column IN ('a', 'b'))` of a migration: its name and its words.
fn check_lists(sql: &str) -> Vec<(String, Words)> {
    let mut found = Vec::new();
    for part in sql.split("CONSTRAINT ").skip(1) {
        let Some((name, rest)) = part.split_once(" CHECK (") else {
            continue;
        };
        let Some((column, list)) = rest.split_once(" IN ('") else {
            continue;
        };
        if name.contains(' ') || column.contains([' ', '(', ')']) {
            continue;
        }
        let list = list.split(')').next().unwrap_or_default();
        let words = list
            .split(',')
            .map(|word| word.trim().trim_matches('\'').to_owned())
            .collect();
        found.push((name.to_owned(), words));
    }
    found
}
