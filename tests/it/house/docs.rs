//! The documents: each folder says what it is, every link leads somewhere, and the front page is short to the point.

use super::{Page, nothing_wrong, pages, root};

/// Folders that a newcomer opens.
const FOLDERS: &[&str] = &[
    "src",
    "migrations",
    "templates",
    "locales",
    "static",
    "tests",
];

#[test]
fn each_folder_says_what_it_is() {
    let wrong: Vec<String> = FOLDERS
        .iter()
        .map(|folder| format!("{folder}/README.md"))
        .filter(|path| !root().join(path).is_file())
        .map(|path| format!("{path} is missing"))
        .collect();
    nothing_wrong(&wrong);
}

#[test]
fn the_front_page_leads_to_the_architecture_in_its_fourth_line() {
    let page = std::fs::read_to_string(root().join("README.md")).expect("the front page");
    let fourth = page.lines().nth(3).unwrap_or_default();
    assert!(fourth.contains("(src/README.md)"), "{fourth}");
    assert!(page.contains("cargo run --release -- serve"));
    assert!(page.contains("./test"));
}

#[test]
fn every_link_leads_somewhere() {
    let mut wrong = Vec::new();
    for page in pages("", ".md") {
        for link in links(&page) {
            let target = link.split('#').next().unwrap_or_default();
            let folder = root().join(&page.path);
            let folder = folder.parent().expect("a file lies in a folder");
            if !target.is_empty() && !target.contains("://") && !folder.join(target).exists() {
                wrong.push(format!("{}: {link} leads nowhere", page.path));
            }
        }
    }
    nothing_wrong(&wrong);
}

/// The targets of `[words](target)`.
fn links(page: &Page) -> Vec<&str> {
    page.text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|target| !target.contains(char::is_whitespace))
        .collect()
}
