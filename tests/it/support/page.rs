//! A page as a person without JavaScript meets it: read it, follow its links by their words, fill in and send its real forms.
//!
//! Every page that is opened is checked, so that pages are proven by being visited.

use scraper::{ElementRef, Html, Selector};

use crate::support::form::{self, Attachment};
use crate::support::page_rules;
use crate::support::visitor::Visitor;

/// An opened page.
#[derive(Clone)]
pub struct Page {
    visitor: Visitor,
    /// The answer's status.
    pub status: u16,
    /// The address it came from, after redirects.
    pub path: String,
    /// The text of the answer.
    pub html: String,
    headers: Vec<(String, String)>,
    filled: Vec<(String, String)>,
    attached: Vec<Attachment>,
}

/// What came over the wire.
pub struct Answer {
    pub status: u16,
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Page {
    /// Opens an answer as a page, and checks it when it is one.
    pub fn open(visitor: Visitor, answer: Answer) -> Self {
        let page = Self {
            visitor,
            status: answer.status,
            path: answer.path,
            html: answer.body,
            headers: answer.headers,
            filled: Vec::new(),
            attached: Vec::new(),
        };
        let is_html = page
            .header("content-type")
            .is_some_and(|kind| kind.starts_with("text/html"));
        if is_html {
            let wrong = page_rules::broken(&page.document());
            assert!(
                wrong.is_empty(),
                "{} ({}):\n{}\n{}",
                page.path,
                page.status,
                wrong.join("\n"),
                page.html
            );
        }
        page
    }

    /// A header of the answer.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(header, _)| header.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The words of the one `h1`.
    pub fn heading(&self) -> String {
        self.text("h1")
    }

    /// The words of the first element that matches; the test fails when none does.
    pub fn text(&self, css: &str) -> String {
        let found = self.texts(css).into_iter().next();
        found.unwrap_or_else(|| panic!("no {css} on {}:\n{}", self.path, self.html))
    }

    /// The words of every element that matches.
    pub fn texts(&self, css: &str) -> Vec<String> {
        let document = self.document();
        document.select(&selector(css)).map(words).collect()
    }

    /// The attribute of the first element that matches.
    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        let document = self.document();
        let element = document.select(&selector(css)).next()?;
        element.attr(name).map(str::to_owned)
    }

    /// Whether the page shows these words.
    pub fn shows(&self, text: &str) -> bool {
        words(self.document().root_element()).contains(text)
    }

    /// Fails unless the page shows these words.
    pub fn must_show(&self, text: &str) -> &Self {
        let all = words(self.document().root_element());
        assert!(
            all.contains(text),
            "{} does not show {text:?}:\n{all}",
            self.path
        );
        self
    }

    /// Follows the first link with exactly these words, else the first that contains them.
    pub async fn follow(&self, text: &str) -> Self {
        let address = {
            let document = self.document();
            let links: Vec<(String, String)> = document
                .select(&selector("a[href]"))
                .filter_map(|link| Some((label(link), link.attr("href")?.to_owned())))
                .collect();
            let exact = links.iter().find(|(words, _)| words == text);
            let like = || links.iter().find(|(words, _)| words.contains(text));
            match exact.or_else(like) {
                Some((_, address)) => address.clone(),
                None => panic!("no link {text:?} on {}: {links:?}", self.path),
            }
        };
        self.visitor.visit(&resolve(&self.path, &address)).await
    }

    /// Fills a field, by its name in the form.
    #[must_use]
    pub fn fill(mut self, name: &str, value: &str) -> Self {
        self.filled.retain(|(field, _)| field != name);
        self.filled.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Chooses a file for a field.
    #[must_use]
    pub fn attach(mut self, name: &str, file_name: &str, bytes: &[u8]) -> Self {
        self.attached.push(Attachment {
            field: name.to_owned(),
            file_name: file_name.to_owned(),
            bytes: bytes.to_vec(),
        });
        self
    }

    /// Presses the button with these words and sends its form as a browser would.
    pub async fn submit(&self, button: &str) -> Self {
        let sending = form::press(&self.document(), button, &self.filled, &self.attached)
            .unwrap_or_else(|why| panic!("{}: {why}", self.path));
        let address = resolve(&self.path, &sending.action);
        self.visitor.send(&address, sending).await
    }

    /// The page as it is now.
    pub async fn reload(&self) -> Self {
        self.visitor.visit(&self.path).await
    }

    fn document(&self) -> Html {
        Html::parse_document(&self.html)
    }
}

/// A CSS selector; a wrong one is the test's mistake.
pub fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("{css}: {error}"))
}

/// An element's words, with single spaces.
pub fn words(element: ElementRef<'_>) -> String {
    let text: String = element.text().flat_map(|part| [part, " "]).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a person hears of a link or button.
pub fn label(element: ElementRef<'_>) -> String {
    let spoken = element.attr("aria-label").map(str::to_owned);
    let value = || element.attr("value").map(str::to_owned);
    let text = words(element);
    spoken.unwrap_or_else(|| {
        if text.is_empty() {
            value().unwrap_or_default()
        } else {
            text
        }
    })
}

/// An address as the page means it.
fn resolve(here: &str, address: &str) -> String {
    let path = here.split(['?', '#']).next().unwrap_or(here);
    if address.is_empty() {
        here.to_owned()
    } else if address.starts_with('?') {
        format!("{path}{address}")
    } else if address.starts_with('/') || address.contains("://") {
        address.to_owned()
    } else {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{folder}/{address}")
    }
}
