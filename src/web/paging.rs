//! Long lists a page at a time: `?page=2`.

use serde::Deserialize;

/// Which page of a list is asked for; the first is 1. An extractor: `page: Query<Page>`.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Page {
    /// The page's number.
    #[serde(default = "first")]
    pub page: u32,
}

const fn first() -> u32 {
    1
}

/// How many rows a page has.
pub const ROWS: u32 = 25;

impl Page {
    /// The page's number, at least 1.
    #[must_use]
    pub fn number(self) -> u32 {
        self.page.max(1)
    }

    /// How many rows to pass over.
    #[must_use]
    pub fn offset(self) -> i64 {
        i64::from(self.number().saturating_sub(1)).saturating_mul(i64::from(ROWS))
    }

    /// How many rows to ask for: one more than are shown tells whether there is a next page.
    #[must_use]
    pub fn limit(self) -> i64 {
        i64::from(ROWS).saturating_add(1)
    }

    /// The rows to show out of those found, and the links to the pages beside.
    #[must_use]
    pub fn of<T>(self, mut found: Vec<T>, address: &str) -> (Vec<T>, Pager) {
        let rows = usize::try_from(ROWS).unwrap_or(usize::MAX);
        let has_more = found.len() > rows;
        found.truncate(rows);
        (found, Pager::new(self.number(), has_more, address))
    }
}

/// Links to the pages before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pager {
    /// This page's number.
    pub number: u32,
    /// The page before, as an address.
    pub previous: Option<String>,
    /// The page after, as an address.
    pub next: Option<String>,
}

impl Pager {
    fn new(number: u32, has_more: bool, address: &str) -> Self {
        let joint = if address.contains('?') { '&' } else { '?' };
        let link = |page: u32| format!("{address}{joint}page={page}");
        Self {
            number,
            previous: (number > 1).then(|| link(number.saturating_sub(1))),
            next: has_more.then(|| link(number.saturating_add(1))),
        }
    }

    /// Whether there is anywhere to go.
    #[must_use]
    pub fn is_needed(&self) -> bool {
        self.previous.is_some() || self.next.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_row_too_many_means_a_next_page() {
        let (rows, pager) = Page { page: 2 }.of(vec![0; 26], "/bills?year=2026");
        assert_eq!(rows.len(), 25);
        assert_eq!(pager.previous.as_deref(), Some("/bills?year=2026&page=1"));
        assert_eq!(pager.next.as_deref(), Some("/bills?year=2026&page=3"));
        let (_, only) = Page { page: 0 }.of(vec![0; 25], "/bills");
        assert!(!only.is_needed());
    }
}
