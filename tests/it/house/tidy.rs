//! Tidiness: every file says what it is for, none is long, nothing is left for later, every dependency is used, and no file
//! knows the machine it was written on.

use super::{code_lines, nothing_wrong, pages, root, rust_pages};

/// The most lines a file may have.
const LONGEST: usize = 500;

/// Files that are longer: one list that cannot be parted.
const LONG_BY_NATURE: &[&str] = &["src/store/schema.rs"];

/// Rust of the house.
const ROOMS: &[&str] = &["src", "tests", "build"];

/// Crates that are linked for what they build, and named nowhere.
const LINKED: &[&str] = &["libsqlite3-sys", "openssl-sys", "pq-sys"];

#[test]
fn every_file_says_what_it_is_for() {
    let wrong: Vec<String> = ROOMS
        .iter()
        .flat_map(|room| rust_pages(room))
        .filter(|page| !page.text.starts_with("//!"))
        .map(|page| format!("{}: begin with `//!`: what is this room for?", page.path))
        .collect();
    nothing_wrong(&wrong);
}

#[test]
fn no_file_is_long() {
    let wrong: Vec<String> = ROOMS
        .iter()
        .flat_map(|room| rust_pages(room))
        .filter(|page| !LONG_BY_NATURE.contains(&page.path.as_str()))
        .map(|page| (page.text.lines().count(), page.path))
        .filter(|(lines, _)| *lines > LONGEST)
        .map(|(lines, path)| format!("{path}: {lines} lines; part it"))
        .collect();
    nothing_wrong(&wrong);
}

#[test]
fn nothing_is_left_for_later() {
    let words = ["TO", "FIX", "X"].map(|start| match start {
        "TO" => "TODO".to_owned(),
        "FIX" => "FIXME".to_owned(),
        _ => "XXX".to_owned(),
    });
    let mut wrong = Vec::new();
    for room in [
        "src",
        "build",
        "templates",
        "locales",
        "migrations",
        "static",
    ] {
        for page in pages(room, "") {
            for (index, line) in page.text.lines().enumerate() {
                let is_left = words.iter().any(|word| {
                    line.split(|letter: char| !letter.is_ascii_alphanumeric())
                        .any(|part| part == word)
                });
                if is_left {
                    wrong.push(format!("{}:{}: {}", page.path, index + 1, line.trim()));
                }
            }
        }
    }
    nothing_wrong(&wrong);
}

#[test]
fn every_dependency_is_used() {
    let manifest = read("Cargo.toml");
    let code: Vec<String> = ROOMS
        .iter()
        .flat_map(|room| rust_pages(room))
        .map(|page| page.text)
        .chain([read("build.rs")])
        .collect();
    let mut wrong = Vec::new();
    for name in dependencies(&manifest) {
        if LINKED.contains(&name) {
            continue;
        }
        let path = library_name(name);
        let is_used = code.iter().any(|text| {
            code_lines(text).any(|(_, line)| {
                line.contains(&format!("{path}::")) || line.contains(&format!("use {path};"))
            })
        });
        if !is_used {
            wrong.push(format!("Cargo.toml: {name} is named nowhere; take it out"));
        }
    }
    nothing_wrong(&wrong);
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    // Spelled in parts, so that this file does not find itself.
    let strange = [
        ["/ro", "ot/"],
        ["/wo", "rk/"],
        ["/ho", "me/"],
        ["registry.npm", "js.org"],
        ["py", "pi.org"],
        ["index.crates", ".io"],
        ["static.crates", ".io"],
        ["deb.deb", "ian.org"],
        ["\"resol", "ved\": \"http"],
    ]
    .map(|parts| parts.concat());
    let mut wrong = Vec::new();
    for page in pages("", "") {
        for (index, line) in page.text.lines().enumerate() {
            for word in &strange {
                if line.contains(word) {
                    wrong.push(format!("{}:{}: `{word}`", page.path, index + 1));
                }
            }
        }
    }
    nothing_wrong(&wrong);
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).expect("the file is there")
}

/// The names under each `[…dependencies]`.
fn dependencies(manifest: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut is_list = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            is_list = line.ends_with("dependencies]");
        } else if is_list && let Some((name, _)) = line.split_once('=') {
            names.push(name.trim());
        }
    }
    names
}

/// A crate's name in code.
fn library_name(name: &str) -> String {
    match name {
        "async-stripe" => "stripe".to_owned(),
        other => other
            .strip_prefix("async-")
            .unwrap_or(other)
            .replace('-', "_"),
    }
}
