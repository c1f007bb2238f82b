//! What a person sent, kept with what is wrong with it, so that the same page can show both again.

use std::borrow::Cow;
use std::collections::HashMap;
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use chrono::NaiveDate;
use futures_util::future::LocalBoxFuture;
use rust_decimal::Decimal;

use crate::domain::ids::AccountNumber;
use crate::domain::rates::numbers::Number;
use crate::domain::typed_day::TypedDay;
use crate::web::PageError;

/// A form's values and its problems. An extractor: `mut form: Form`. A GET page shows `Form::default()` or one `with` values.
#[derive(Debug, Clone, Default)]
pub struct Form {
    values: HashMap<String, String>,
    problems: Vec<Problem>,
    is_outdated: bool,
}

/// How the hidden field of what a field held is named: as the field, after this.
const WAS: &str = "was-";

fn was(field: &str) -> String {
    format!("{WAS}{field}")
}

/// What is wrong with one field, in the visitor's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field's name, which is also its id.
    pub field: Cow<'static, str>,
    /// What to mend.
    pub text: String,
}

impl Form {
    /// The same form with a value filled in.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl ToString) -> Self {
        self.values.insert(field.to_owned(), value.to_string());
        self
    }

    /// What was sent in a field, without the spaces around it; nothing where it was not sent.
    #[must_use]
    pub fn value(&self, field: &str) -> &str {
        self.values.get(field).map_or("", |value| value.trim())
    }

    /// The same form with what these fields hold now noted as what was seen: `was-name` beside `name`. A page sends it back hidden, and whoever
    /// changes something since is not overwritten.
    #[must_use]
    pub fn seen(mut self, fields: &[&str]) -> Self {
        for field in fields {
            let value = self.value(field).to_owned();
            self.values.insert(was(field), value);
        }
        self
    }

    /// What a field held when the form was opened; nothing where the form does not say.
    #[must_use]
    pub fn saw(&self, field: &str) -> Option<&str> {
        self.values.get(&was(field)).map(|value| value.trim())
    }

    /// The form as it was when it was opened; nothing where it does not say.
    #[must_use]
    pub fn as_seen(&self) -> Option<Self> {
        let values: HashMap<String, String> = self
            .values
            .iter()
            .filter_map(|(name, value)| Some((name.strip_prefix(WAS)?.to_owned(), value.clone())))
            .collect();
        (!values.is_empty()).then(|| Self {
            values,
            ..Self::default()
        })
    }

    /// Notes on a field that something else stands there by now, which the next try has seen.
    pub fn changed_since(&mut self, field: &'static str, now: &str, text: impl Into<String>) {
        self.values.insert(was(field), now.to_owned());
        self.is_outdated = true;
        self.refuse(field, text);
    }

    /// Notes that somebody else decided or changed what the form is about, where nothing of it stands in a field.
    pub fn overtaken(&mut self, field: &'static str, text: impl Into<String>) {
        self.is_outdated = true;
        self.refuse(field, text);
    }

    /// With what a refused form is answered: what somebody else changed since it was opened is a conflict.
    #[must_use]
    pub const fn refusal(&self) -> StatusCode {
        if self.is_outdated {
            StatusCode::CONFLICT
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        }
    }

    /// With what a form is answered that may be as it should.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        if self.problems.is_empty() {
            StatusCode::OK
        } else {
            self.refusal()
        }
    }

    /// What was sent, to the letter: for passwords.
    #[must_use]
    pub fn exactly(&self, field: &str) -> &str {
        self.values.get(field).map_or("", String::as_str)
    }

    /// The account that a form of the portal is about.
    ///
    /// # Errors
    /// `NotFound`: what is no account's number is nobody's, least of all another account's.
    pub fn account(&self) -> Result<AccountNumber, PageError> {
        let number = self.value("account").parse();
        number.map_err(|_not_ours| PageError::NotFound)
    }

    /// Whether a box was ticked.
    #[must_use]
    pub fn has(&self, field: &str) -> bool {
        !self.value(field).is_empty()
    }

    /// Notes what is wrong with a field; the first problem of a field stays.
    pub fn refuse(&mut self, field: impl Into<Cow<'static, str>>, text: impl Into<String>) {
        let field = field.into();
        if self.problem(&field).is_none() {
            self.problems.push(Problem {
                field,
                text: text.into(),
            });
        }
    }

    /// A field that must be filled in.
    pub fn required(&mut self, field: &'static str, otherwise: &str) -> Option<String> {
        let value = self.value(field).to_owned();
        if value.is_empty() {
            self.refuse(field, otherwise);
            return None;
        }
        Some(value)
    }

    /// A field read as a value of ours: an amount, a date, a number.
    pub fn parse<T: FromStr>(&mut self, field: &'static str, otherwise: &str) -> Option<T> {
        let Ok(value) = self.value(field).parse() else {
            self.refuse(field, otherwise);
            return None;
        };
        Some(value)
    }

    /// Like `parse`, but an empty field is nothing.
    pub fn parse_if_any<T: FromStr>(&mut self, field: &'static str, otherwise: &str) -> Option<T> {
        if self.has(field) {
            self.parse(field, otherwise)
        } else {
            None
        }
    }

    /// A field read as a day of the calendar.
    pub fn day(&mut self, field: &'static str, otherwise: &str) -> Option<NaiveDate> {
        self.parse::<TypedDay>(field, otherwise).map(|day| day.0)
    }

    /// Like `day`, but an empty field is nothing.
    pub fn day_if_any(&mut self, field: &'static str, otherwise: &str) -> Option<NaiveDate> {
        self.parse_if_any::<TypedDay>(field, otherwise)
            .map(|day| day.0)
    }

    /// A field read as a number in plain notation: no exponent, no comma.
    pub fn number(&mut self, field: &'static str, otherwise: &str) -> Option<Decimal> {
        self.parse::<Number>(field, otherwise)
            .map(|number| number.0)
    }

    /// Like `number`, but an empty field is nothing.
    pub fn number_if_any(&mut self, field: &'static str, otherwise: &str) -> Option<Decimal> {
        self.parse_if_any::<Number>(field, otherwise)
            .map(|number| number.0)
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn problem(&self, field: &str) -> Option<&str> {
        self.problems
            .iter()
            .find(|problem| problem.field == field)
            .map(|problem| problem.text.as_str())
    }

    /// All that is wrong, in the order it was found.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// What follows this in the names of the fields that were sent and filled in: `4100271604` of `pay-4100271604`, sorted.
    #[must_use]
    pub fn named(&self, prefix: &str) -> Vec<&str> {
        let filled = self
            .values
            .iter()
            .filter(|(_, value)| !value.trim().is_empty());
        let mut rests: Vec<&str> = filled
            .filter_map(|(name, _)| name.strip_prefix(prefix))
            .collect();
        rests.sort_unstable();
        rests
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.problems.is_empty()
    }

    /// What a form asked for in an address: one that changes nothing and may be sent again.
    #[must_use]
    pub fn of_query(query: &str) -> Self {
        Self::read(query.as_bytes())
    }

    /// Reads a form's text; a field sent twice keeps its last value.
    fn read(body: &[u8]) -> Self {
        let values = serde_urlencoded_pairs(body).collect();
        Self {
            values,
            problems: Vec::new(),
            is_outdated: false,
        }
    }
}

fn serde_urlencoded_pairs(body: &[u8]) -> impl Iterator<Item = (String, String)> + '_ {
    let pairs = actix_web::web::Query::<Vec<(String, String)>>::from_query(
        std::str::from_utf8(body).unwrap_or_default(),
    );
    pairs
        .map(actix_web::web::Query::into_inner)
        .unwrap_or_default()
        .into_iter()
}

impl FromRequest for Form {
    type Error = PageError;
    type Future = LocalBoxFuture<'static, Result<Self, PageError>>;

    /// Bounded by the app's `PayloadConfig`.
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = Bytes::from_request(request, payload);
        Box::pin(async move {
            let body = body
                .await
                .map_err(|_too_large_or_cut| PageError::Unreadable)?;
            Ok(Self::read(&body))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Money;

    #[test]
    fn values_stay_with_their_problems() {
        let mut form = Form::read(b"amount=twelve&note=caf%C3%A9+au+lait&note=+last+");
        assert_eq!(form.parse::<Money>("amount", "Write an amount."), None);
        form.refuse("amount", "A second thing.");
        assert_eq!(form.value("amount"), "twelve");
        assert_eq!(form.problem("amount"), Some("Write an amount."));
        assert_eq!(
            (form.value("note"), form.exactly("note")),
            ("last", " last ")
        );
        assert!(form.required("name", "Fill in.").is_none() && !form.is_good());
    }
}
