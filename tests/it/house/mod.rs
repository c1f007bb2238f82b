//! The house's own rules, read off its files: arrows, tidiness, migrations, words, templates, documents.

mod docs;
mod enums;
mod floor_plan;
mod locales;
mod migrations;
mod permissions;
mod routes;
mod said;
mod schema;
mod templates;
mod tidy;
mod words;

use std::path::{Path, PathBuf};

/// The top of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file's path from the top, with `/`, and its text.
struct Page {
    path: String,
    text: String,
}

/// Every text file under a folder whose name ends so, in order.
fn pages(under: &str, ending: &str) -> Vec<Page> {
    let mut found = Vec::new();
    walk(&root().join(under), &mut |path| {
        let name = path.strip_prefix(root()).expect("below the top");
        let name = name.to_string_lossy().replace('\\', "/");
        if !name.ends_with(ending) {
            return;
        }
        // What is not text has no words to check.
        if let Ok(text) = std::fs::read_to_string(path) {
            found.push(Page { path: name, text });
        }
    });
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Folders that hold what was built, fetched or given.
const NOT_OURS: &[&str] = &["target", "node_modules", ".git", "data", "vendor"];

fn walk(folder: &Path, visit: &mut dyn FnMut(&Path)) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a readable folder").path())
        .collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            if !NOT_OURS.contains(&name.as_ref()) {
                walk(&path, visit);
            }
        } else if name != ".git" {
            visit(&path);
        }
    }
}

/// The Rust files of a folder.
fn rust_pages(under: &str) -> Vec<Page> {
    pages(under, ".rs")
}

/// The lines that are code, with their numbers: comments may name anything.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// Fails with every finding on a line of its own.
fn nothing_wrong(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}
