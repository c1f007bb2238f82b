//! The office's lists of work, each with its address; and views of them that somebody keeps under a name.

use crate::domain::text_enum::text_enum;

text_enum! {
    /// A list of work.
    Queue {
        /// What holds a read, a bill or a payment.
        Exceptions => "exceptions",
        /// What customers asked for, disputes among it.
        Requests => "requests",
        /// What crews are sent out for.
        Orders => "orders",
        /// Holds, those that end among them.
        Holds => "holds",
        /// Extensions and arrangements, those that broke among them.
        Arrangements => "arrangements",
        /// What was told, deliveries that failed among it.
        Notices => "notices",
        /// What is owed, by age.
        Receivables => "receivables",
    }
}

text_enum! {
    /// Rows of lists that have no owner of their own, and are given to somebody or answered all the same.
    MarkKind {
        /// An arrangement that broke.
        BrokenArrangement => "broken_arrangement",
        /// A notice that did not reach whom it was for.
        FailedNotice => "failed_notice",
        /// Money that is held for an account.
        HeldCredit => "held_credit",
    }
}

/// The longest name of a view, in characters.
pub const LONGEST_NAME: usize = 40;

/// How many views of one list somebody keeps.
pub const MOST_VIEWS: usize = 12;

/// The longest part of an address that is kept.
const LONGEST_QUERY: usize = 300;

impl Queue {
    /// Its address.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Exceptions => "/office/exceptions",
            Self::Requests => "/office/requests",
            Self::Orders => "/office/orders",
            Self::Holds => "/office/holds",
            Self::Arrangements => "/office/arrangements",
            Self::Notices => "/office/notices",
            Self::Receivables => "/office/receivables/open",
        }
    }

    /// The address of a view of it.
    #[must_use]
    pub fn address(self, query: &str) -> String {
        if query.is_empty() {
            self.path().to_owned()
        } else {
            format!("{}?{query}", self.path())
        }
    }
}

/// The filters of an address: plain names and values, without those that are empty and without the page's number. Nothing where it is anything else
/// or too long.
#[must_use]
pub fn filters(query: &str) -> Option<String> {
    let is_plain = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    };
    let mut kept: Vec<&str> = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=')?;
        if name.is_empty() || !is_plain(name) || !is_plain(value) {
            return None;
        }
        if name != "page" && !value.is_empty() {
            kept.push(pair);
        }
    }
    let kept = kept.join("&");
    (kept.len() <= LONGEST_QUERY).then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_filters_are_kept() {
        assert_eq!(
            filters("status=open&kind=&owner=me&page=3").as_deref(),
            Some("status=open&owner=me")
        );
        assert_eq!(filters("").as_deref(), Some(""));
        for strange in ["owner", "owner=me&x=//evil.example", "a=%0d%0a", "=1"] {
            assert_eq!(filters(strange), None, "{strange}");
        }
        assert_eq!(filters(&format!("a={}", "b".repeat(400))), None);
    }

    #[test]
    fn a_view_has_the_address_of_its_list() {
        assert_eq!(Queue::Orders.address(""), "/office/orders");
        assert_eq!(
            Queue::Notices.address("state=failed"),
            "/office/notices?state=failed"
        );
    }
}
