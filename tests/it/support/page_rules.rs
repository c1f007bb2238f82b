//! What every page of the house keeps to, whatever it shows.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html};

use crate::support::page::{selector, words};

/// The rules a page breaks, in words.
pub fn broken(document: &Html) -> Vec<String> {
    let mut wrong = Vec::new();
    one_heading_and_a_title(document, &mut wrong);
    ids_once_and_met(document, &mut wrong);
    every_field_labeled(document, &mut wrong);
    nothing_inline(document, &mut wrong);
    posts_carry_a_token(document, &mut wrong);
    for image in document.select(&selector("img:not([alt])")) {
        wrong.push(format!("an image without alt: {}", image.html()));
    }
    wrong
}

fn one_heading_and_a_title(document: &Html, wrong: &mut Vec<String>) {
    let headings = document.select(&selector("h1")).count();
    if headings != 1 {
        wrong.push(format!("{headings} h1"));
    }
    let title = document.select(&selector("head > title")).next();
    if title.is_none_or(|title| words(title).is_empty()) {
        wrong.push("no title".to_owned());
    }
    let language = document.root_element().attr("lang").unwrap_or_default();
    if !["en-US", "es-US", "en", "es"].contains(&language) {
        wrong.push(format!("html lang is {language:?}"));
    }
}

fn ids_once_and_met(document: &Html, wrong: &mut Vec<String>) {
    let mut ids = BTreeSet::new();
    for element in document.select(&selector("[id]")) {
        let id = element.attr("id").unwrap_or_default();
        if !ids.insert(id.to_owned()) {
            wrong.push(format!("id {id:?} twice"));
        }
    }
    for name in [
        "for",
        "aria-labelledby",
        "aria-describedby",
        "aria-controls",
    ] {
        for element in document.select(&selector(&format!("[{name}]"))) {
            for id in element.attr(name).unwrap_or_default().split_whitespace() {
                if !ids.contains(id) {
                    wrong.push(format!("{name}={id:?} leads nowhere"));
                }
            }
        }
    }
}

fn every_field_labeled(document: &Html, wrong: &mut Vec<String>) {
    for field in document.select(&selector("input, select, textarea")) {
        let kind = field.attr("type").unwrap_or("text");
        if ["hidden", "submit", "button", "image", "reset"].contains(&kind) {
            continue;
        }
        let is_named = ["aria-label", "aria-labelledby"]
            .iter()
            .any(|name| field.attr(name).is_some_and(|value| !value.is_empty()));
        let is_labeled = field.attr("id").is_some_and(|id| {
            document
                .select(&selector("label[for]"))
                .any(|label| label.attr("for") == Some(id) && !words(label).is_empty())
        });
        let is_wrapped = field
            .ancestors()
            .filter_map(ElementRef::wrap)
            .any(|element| element.value().name() == "label");
        if !(is_named || is_labeled || is_wrapped) {
            wrong.push(format!("a field without a label: {}", field.html()));
        }
    }
}

fn nothing_inline(document: &Html, wrong: &mut Vec<String>) {
    for script in document.select(&selector("script:not([src])")) {
        wrong.push(format!("an inline script: {}", script.html()));
    }
    if document
        .select(&selector("style, [style]"))
        .next()
        .is_some()
    {
        wrong.push("inline style".to_owned());
    }
    for element in document.select(&selector("*")) {
        for (name, _) in element.value().attrs() {
            if name.starts_with("on") || name.starts_with("hx-on") {
                wrong.push(format!("inline handler {name}"));
            }
        }
        if element
            .attr("href")
            .is_some_and(|address| address.starts_with("javascript:"))
        {
            wrong.push("a javascript: link".to_owned());
        }
    }
}

fn posts_carry_a_token(document: &Html, wrong: &mut Vec<String>) {
    for form in document.select(&selector("form")) {
        let is_post = form
            .attr("method")
            .is_some_and(|method| method.eq_ignore_ascii_case("post"));
        let is_sandbox = form
            .attr("action")
            .is_some_and(|action| action.starts_with("/sandbox/"));
        let has_token = form.select(&selector("input[name=csrf]")).next().is_some();
        if is_post && !is_sandbox && !has_token {
            let action = form.attr("action").unwrap_or_default();
            wrong.push(format!("the form of {action:?} carries no token"));
        }
    }
}

#[test]
fn a_careless_page_is_noticed() {
    let careless = "<html lang=fr><head><title> </title><style>a{}</style></head><body><h1>A</h1><h1>B</h1>
        <p id=a style='color:red'></p><p id=a onclick=x()></p><img src=x><label for=b>B</label>
        <form method=post action=/pay><input name=n></form><script>1</script><a href='javascript:x'>x</a></body></html>";
    let wrong = broken(&Html::parse_document(careless)).join("\n");
    for expected in [
        "2 h1",
        "no title",
        "lang is \"fr\"",
        "id \"a\" twice",
        "for=\"b\" leads nowhere",
        "without a label",
        "inline script",
        "inline style",
        "inline handler onclick",
        "javascript: link",
        "carries no token",
        "without alt",
    ] {
        assert!(
            wrong.contains(expected),
            "{expected} is missing in\n{wrong}"
        );
    }
    let careful = "<html lang=en-US><head><title>Pay</title></head><body><h1>Pay</h1><form method=post action=/pay>
        <input type=hidden name=csrf value=t><label for=n>Amount</label><input id=n name=n><button>Pay</button></form></body></html>";
    assert_eq!(broken(&Html::parse_document(careful)), Vec::<String>::new());
}
