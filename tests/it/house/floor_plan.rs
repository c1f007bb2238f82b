//! The floor plan, checked: every `crate::room::` written under `src/` must be an arrow the plan allows.

use super::{code_lines, nothing_wrong, root, rust_pages};

/// A room, and the rooms it may name. `main.rs`, `lib.rs` and `testing.rs` stand outside and may name all.
pub const PLAN: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("clock", &[]),
    ("config", &[]),
    ("i18n", &["domain"]),
    ("secrets", &["domain"]),
    ("documents", &["domain", "i18n"]),
    ("store", &["domain"]),
    ("adapters", &["domain"]),
    ("usecases", &["domain", "store", "secrets"]),
    (
        "app",
        &[
            "domain", "store", "adapters", "config", "clock", "i18n", "secrets",
        ],
    ),
    (
        "web",
        &[
            "domain",
            "store",
            "usecases",
            "adapters",
            "documents",
            "i18n",
            "secrets",
            "config",
            "app",
        ],
    ),
    (
        "jobs",
        &[
            "domain",
            "store",
            "usecases",
            "adapters",
            "documents",
            "i18n",
            "app",
        ],
    ),
    (
        "cli",
        &[
            "domain",
            "store",
            "usecases",
            "adapters",
            "documents",
            "i18n",
            "secrets",
            "config",
            "clock",
            "app",
            "web",
            "jobs",
        ],
    ),
];

/// Files that stand outside the plan.
const OUTSIDE: &[&str] = &["main", "lib", "testing"];

/// Under this path these letters may not appear; and what to do instead.
const BANNED: &[(&str, &str, &str)] = &[
    (
        "src",
        "use crate::{",
        "write one `use crate::room::…` line per room, so that this test can read it",
    ),
    ("src", "super::super", "name the room from the crate's root"),
    (
        "src/domain",
        "diesel",
        "rules take values; the use case loads them",
    ),
    ("src/domain", "async ", "rules do not wait"),
    ("src/domain", "tokio", "rules do not wait"),
    ("src/domain", "f64", "use Decimal"),
    ("src/domain", "f32", "use Decimal"),
    ("src/usecases", "f64", "use Decimal"),
    (
        "src/usecases",
        "async ",
        "a transaction must not wait on the network",
    ),
    (
        "src/usecases",
        ".await",
        "a transaction must not wait on the network",
    ),
    (
        "src/store/ledger.rs",
        "diesel::update",
        "the ledger is corrected by reversal",
    ),
    (
        "src/store/ledger.rs",
        "diesel::delete",
        "the ledger is corrected by reversal",
    ),
    (
        "src/store/audit.rs",
        "diesel::update",
        "the trail is never rewritten",
    ),
    (
        "src/store/audit.rs",
        "diesel::delete",
        "the trail is never rewritten",
    ),
    (
        "src/web/portal",
        "web::office",
        "the doors do not share a hallway",
    ),
    (
        "src/web/office",
        "web::portal",
        "the doors do not share a hallway",
    ),
];

/// Rooms that hand a `Tx` to a use case and never write with it.
const DOORS: &[&str] = &["src/web", "src/jobs", "src/cli"];

#[test]
fn arrows_point_down() {
    let mut wrong = Vec::new();
    for page in rust_pages("src") {
        let home = room_of(&page.path);
        if OUTSIDE.contains(&home) {
            continue;
        }
        let Some((_, allowed)) = PLAN.iter().find(|(room, _)| *room == home) else {
            wrong.push(format!("{}: `{home}` is not on the plan", page.path));
            continue;
        };
        for (number, named) in rooms_named(&page.text) {
            if named != home && !allowed.contains(&named) {
                wrong.push(format!(
                    "{}:{number}: `{home}` may not name `{named}`",
                    page.path
                ));
            }
        }
    }
    nothing_wrong(&wrong);
}

#[test]
fn banned_words_stay_out() {
    let mut wrong = Vec::new();
    for (under, word, advice) in BANNED {
        for page in rust_pages("src") {
            if !page.path.starts_with(under) {
                continue;
            }
            for (number, line) in code_lines(&page.text) {
                if line.contains(word) {
                    wrong.push(format!("{}:{number}: `{word}`: {advice}", page.path));
                }
            }
        }
    }
    nothing_wrong(&wrong);
}

#[test]
fn doors_hand_a_transaction_on_and_never_write_with_it() {
    let mut wrong = Vec::new();
    for page in DOORS.iter().flat_map(|door| rust_pages(door)) {
        let stores: Vec<String> = code_lines(&page.text)
            .filter_map(|(_, line)| line.trim().strip_prefix("use crate::store::"))
            .filter_map(|rest| rest.split([':', ';']).next())
            .map(|name| format!("{name}::"))
            .collect();
        for (number, line) in code_lines(&page.text) {
            let writes = |call: &str| {
                let room = line.split(call).next().unwrap_or_default();
                let is_use_case = room.contains("usecases::");
                line.contains(call)
                    && !is_use_case
                    && (room.contains("store::")
                        || stores.iter().any(|store| room.contains(store.as_str())))
            };
            if writes("(tx)") || writes("(tx,") || writes("(tx.conn()") {
                wrong.push(format!("{}:{number}: call a use case", page.path));
            }
        }
    }
    nothing_wrong(&wrong);
}

#[test]
fn the_architecture_page_shows_this_plan() {
    let page = std::fs::read_to_string(root().join("src/README.md")).expect("the page is there");
    let mut wrong = Vec::new();
    for (room, allowed) in PLAN {
        let names: Vec<String> = allowed.iter().map(|name| format!("`{name}`")).collect();
        let may = if names.is_empty() {
            "nothing of the house".to_owned()
        } else {
            names.join(", ")
        };
        let row = format!("| `{room}` | {may} |");
        if !page.contains(&row) {
            wrong.push(format!("src/README.md lacks the row: {row}"));
        }
    }
    nothing_wrong(&wrong);
}

/// `src/store/bills.rs` → `store`, `src/app.rs` → `app`.
fn room_of(path: &str) -> &str {
    let below = path.strip_prefix("src/").unwrap_or(path);
    let first = below.split('/').next().unwrap_or(below);
    first.strip_suffix(".rs").unwrap_or(first)
}

/// `crate::store::bills` → `store`, wherever it is written in code.
fn rooms_named(text: &str) -> Vec<(usize, &str)> {
    let mut named = Vec::new();
    for (number, line) in code_lines(text) {
        for rest in line.split("crate::").skip(1) {
            let ends = rest
                .find(|letter: char| {
                    !(letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
                })
                .unwrap_or(rest.len());
            named.push((number, &rest[..ends]));
        }
    }
    named
}
