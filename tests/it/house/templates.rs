//! The templates: each is used, and none holds words of its own: words live in `locales/`.

use super::{nothing_wrong, pages, rust_pages};

#[test]
fn every_template_is_used() {
    let templates = pages("templates", "");
    let named: Vec<String> = templates
        .iter()
        .map(|page| &page.text)
        .chain(
            &rust_pages("src")
                .into_iter()
                .map(|page| page.text)
                .collect::<Vec<_>>(),
        )
        .flat_map(|text| text.split('"').map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let wrong: Vec<String> = templates
        .iter()
        .filter_map(|page| page.path.strip_prefix("templates/"))
        .filter(|path| !path.ends_with("README.md"))
        .filter(|path| !named.iter().any(|name| name == path))
        .map(|path| format!("templates/{path} is not used"))
        .collect();
    nothing_wrong(&wrong);
}

#[test]
fn templates_hold_no_words_of_their_own() {
    let mut wrong = Vec::new();
    for page in pages("templates", ".html") {
        for (index, line) in without_code(&page.text).lines().enumerate() {
            if let Some(words) = spoken(line) {
                wrong.push(format!(
                    "{}:{}: `{words}` belongs in locales/",
                    page.path,
                    index + 1
                ));
            }
        }
    }
    nothing_wrong(&wrong);
}

/// The template without `{{ … }}`, `{% … %}`, `{# … #}` and tags, line for line; of a tag, only attributes that people hear stay.
fn without_code(text: &str) -> String {
    let mut left = text.to_owned();
    for (open, close) in [("{#", "#}"), ("{{", "}}"), ("{%", "%}")] {
        left = without(&left, open, close, |_| String::new());
    }
    left = without(&left, "<!--", "-->", |_| String::new());
    without_attributes(&without(&left, "<", ">", heard))
}

/// A macro may hold attributes without their tag: `aria-invalid="true"`.
fn without_attributes(text: &str) -> String {
    let mut left = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("=\"") {
        let name_starts = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        left.push_str(&before[..name_starts]);
        let (value, next) = after.split_once('"').unwrap_or((after, ""));
        left.extend(value.chars().filter(|letter| *letter == '\n'));
        rest = next;
    }
    left.push_str(rest);
    left
}

/// Replaces each part between two marks by what `keep` makes of it; line breaks stay.
fn without(text: &str, open: &str, close: &str, keep: impl Fn(&str) -> String) -> String {
    let mut left = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        let (inside, next) = after.split_once(close).unwrap_or((after, ""));
        left.push_str(before);
        left.push(' ');
        left.push_str(&keep(inside));
        left.extend(inside.chars().filter(|letter| *letter == '\n'));
        rest = next;
    }
    left.push_str(rest);
    left
}

/// The values of the attributes of a tag that a person sees or hears.
fn heard(tag: &str) -> String {
    let mut values = String::new();
    for name in ["aria-label", "alt", "title", "placeholder", "summary"] {
        let mark = format!(" {name}=\"");
        for rest in tag.split(&mark).skip(1) {
            values.push(' ');
            values.push_str(
                &rest
                    .split('"')
                    .next()
                    .unwrap_or_default()
                    .replace('\n', " "),
            );
        }
    }
    values
}

/// Two letters in a row that no entity explains, such as `Pay now`.
fn spoken(line: &str) -> Option<String> {
    let plain: String = line
        .split(' ')
        .filter(|word| !(word.starts_with('&') && word.ends_with(';')))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let letters: Vec<bool> = plain.chars().map(char::is_alphabetic).collect();
    let has_word = letters.windows(2).any(|pair| pair == [true, true]);
    let is_entity = plain.trim_start().starts_with('&') && !plain.contains(' ');
    (has_word && !is_entity).then(|| plain.trim().to_owned())
}
