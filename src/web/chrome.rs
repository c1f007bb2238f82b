//! What every layout needs around a page: the words, who is looking, the form token, the banners. A handler takes a [`Chrome`] as an
//! argument; the session middleware has left a [`Visitor`] in the request for it.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use chrono::NaiveDateTime;

use crate::domain::calls::LONGEST_CALL;
use crate::domain::ids::{AccountNumber, CallId};
use crate::domain::staff::{Permission, Role};
use crate::i18n::{Amount, Language, Words, words};
use crate::store::portal::accounts::Account;
use crate::web::flash::{self, Flash};

/// The cookie that holds the language of somebody who is not signed in.
pub const LANGUAGE_COOKIE: &str = "language";

/// The cookie that holds a choice of light or dark against the system.
pub const THEME_COOKIE: &str = "theme";

/// What the session knows of a request. The session middleware puts it into the request's extensions; without one, nobody is signed in.
#[derive(Debug, Clone, Default)]
pub struct Visitor {
    /// Who is signed in.
    pub who: Option<Who>,
    /// The token that forms send back as `csrf`.
    pub csrf: String,
    /// The language of the account or of the member of staff.
    pub language: Option<Language>,
    /// The call that a member of staff has open.
    pub call: Option<OnCall>,
}

/// A call that is open, as the bar on top of the office's pages shows it.
#[derive(Debug, Clone)]
pub struct OnCall {
    /// The row.
    pub id: CallId,
    /// The account it is about.
    pub number: AccountNumber,
    /// Its main customer's name.
    pub name: String,
    /// When it began, in the utility's zone.
    pub began: NaiveDateTime,
    /// Whether it was made sure who calls.
    pub is_checked: bool,
    /// How many seconds ago that was when the page was made.
    pub seconds: i64,
}

impl OnCall {
    /// The account's name and number.
    #[must_use]
    pub fn label(&self) -> String {
        match self.name.as_str() {
            "" => self.number.to_string(),
            name => format!("{name}, {}", self.number),
        }
    }

    /// Where it is wrapped up.
    #[must_use]
    pub fn end_at(&self) -> String {
        format!("/office/calls/{}/end", self.id)
    }

    /// Whether it is about an account.
    #[must_use]
    pub fn is_about(&self, number: &AccountNumber) -> bool {
        self.number == *number
    }

    /// Whether it was forgotten when it ended.
    #[must_use]
    pub fn is_left_open(&self) -> bool {
        self.seconds > LONGEST_CALL.num_seconds()
    }

    /// When it began, in words.
    #[must_use]
    pub fn since(&self, t: Words) -> String {
        t.moment(self.began)
    }
}

/// Somebody signed in, as the header shows them.
#[derive(Debug, Clone)]
pub struct Who {
    /// The name people call them by.
    pub name: String,
    /// The job of a member of staff.
    pub role: Option<Role>,
}

impl Who {
    /// The first word of the name, for a greeting.
    #[must_use]
    pub fn given_name(&self) -> &str {
        self.name.split_whitespace().next().unwrap_or_default()
    }

    /// First letters of the first and the last word of the name.
    #[must_use]
    pub fn initials(&self) -> String {
        let mut words = self.name.split_whitespace();
        let letters = [words.next(), words.next_back()];
        letters
            .into_iter()
            .flatten()
            .filter_map(|word| word.chars().next())
            .flat_map(char::to_uppercase)
            .collect()
    }
}

/// What is the same on every page of this house; `App` hands it out.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// The number to call, as printed.
    pub phone: String,
    /// Whether payments go to the built-in sandbox: a red strip says that no money moves.
    pub has_test_payments: bool,
    /// Whether this is the demonstration town.
    pub is_demonstration: bool,
}

impl Site {
    /// The number as `tel:` wants it.
    #[must_use]
    pub fn phone_link(&self) -> String {
        let digits: String = self.phone.chars().filter(char::is_ascii_digit).collect();
        format!("tel:+1{digits}")
    }
}

/// One of several accounts of a sign-in, as the header offers it.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Its number.
    pub number: AccountNumber,
    /// The place it serves, or its number where it serves none.
    pub name: String,
    /// Whether the page is about it.
    pub is_chosen: bool,
}

/// Everything around a page.
#[derive(Debug, Clone)]
pub struct Chrome {
    /// The words of the visitor's language. View structs copy it into a field `t` of their own.
    pub t: Words,
    /// Who is signed in.
    pub who: Option<Who>,
    /// The form token.
    pub csrf: String,
    /// The path asked for, for the navigation and the language switch.
    pub path: String,
    /// `light` or `dark`, where chosen.
    pub theme: Option<&'static str>,
    /// What the last change has to say.
    pub flash: Option<Flash>,
    /// The same on every page.
    pub site: Site,
    /// The accounts of a sign-in that has several.
    pub accounts: Vec<Choice>,
    /// Whether the account that the page is about may be paid.
    pub may_pay: bool,
    /// The call that a member of staff has open.
    pub call: Option<OnCall>,
    /// The account that the address asks for.
    asked: Option<AccountNumber>,
}

impl Chrome {
    /// The chrome of a request.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Self {
        let visitor = request
            .extensions()
            .get::<Visitor>()
            .cloned()
            .unwrap_or_default();
        let language = visitor.language.unwrap_or_else(|| asked_language(request));
        let query = request.query_string();
        let path = if query.is_empty() {
            request.path().to_owned()
        } else {
            format!("{}?{query}", request.path())
        };
        Self {
            t: words(language),
            who: visitor.who,
            csrf: visitor.csrf,
            path,
            theme: theme(request),
            flash: flash::waiting(request),
            site: request
                .app_data::<Data<Site>>()
                .map(|site| site.as_ref().clone())
                .unwrap_or_default(),
            accounts: Vec::new(),
            may_pay: true,
            call: visitor.call,
            asked: asked_account(query),
        }
    }

    /// The same around a page about one of the accounts in scope: its links stay with it, and where there are others they can be chosen.
    #[must_use]
    pub fn about(mut self, chosen: &Account, all: &[Account]) -> Self {
        self.asked = None;
        self.may_pay = chosen.may_pay();
        if !chosen.is_only {
            let choice = |account: &Account| Choice {
                number: account.number.clone(),
                name: account
                    .addresses
                    .first()
                    .cloned()
                    .unwrap_or_else(|| account.number.to_string()),
                is_chosen: account.id == chosen.id,
            };
            self.accounts = all.iter().map(choice).collect();
        }
        self
    }

    /// What an address ends in to stay with the account that the page is about; nothing where there is only one.
    #[must_use]
    pub fn suffix(&self) -> String {
        let chosen = self.accounts.iter().find(|choice| choice.is_chosen);
        let number = chosen.map(|choice| &choice.number).or(self.asked.as_ref());
        number.map_or_else(String::new, |number| {
            format!("?account={}", number.as_str())
        })
    }

    /// The name of the account that the page is about, where there are several.
    #[must_use]
    pub fn chosen(&self) -> &str {
        let chosen = self.accounts.iter().find(|choice| choice.is_chosen);
        chosen.map_or("", |choice| choice.name.as_str())
    }

    /// The page of the navigation that this one lies under: where another account is looked at next.
    #[must_use]
    pub fn section(&self) -> &'static str {
        let sections = [
            "/usage",
            "/bills",
            "/payments",
            "/payment-methods",
            "/autopay",
            "/pay",
            "/requests",
            "/alerts",
            "/delivery",
            "/profile",
            "/more-time",
        ];
        sections
            .into_iter()
            .find(|section| self.is_at(section))
            .unwrap_or("/")
    }

    /// Whether whoever looks may go there: for what the navigation offers. The doors check for themselves.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        let role = self.who.as_ref().and_then(|who| who.role);
        role.is_some_and(|role| role.may(permission))
    }

    /// Whether the page lies under this address: `/` is only itself.
    #[must_use]
    pub fn is_at(&self, address: &str) -> bool {
        let path = self.path.split('?').next().unwrap_or_default();
        match path.strip_prefix(address) {
            Some(rest) => rest.is_empty() || (address.len() > 1 && rest.starts_with('/')),
            None => false,
        }
    }

    /// Whether the page lies under this address but is not that page.
    #[must_use]
    pub fn is_below(&self, address: &str) -> bool {
        self.is_at(address) && self.path.split('?').next() != Some(address)
    }

    /// The words of the language that the switch leads to.
    #[must_use]
    pub const fn other(&self) -> Words {
        words(self.t.language.other())
    }
}

impl FromRequest for Chrome {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

/// The account that a query names, where it is a number of ours. Whether it may be seen is for the page to find out.
fn asked_account(query: &str) -> Option<AccountNumber> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let mut named = pairs.filter(|(name, _)| *name == "account");
    named.find_map(|(_, value)| value.parse().ok())
}

/// The dollars of a big amount, as the hero shows them: "$142".
#[must_use]
pub fn whole_dollars(amount: impl Amount) -> String {
    let printed = amount.amount().to_string();
    printed.split('.').next().unwrap_or_default().to_owned()
}

/// The cents beside them: "37".
#[must_use]
pub fn cents(amount: impl Amount) -> String {
    let printed = amount.amount().to_string();
    printed
        .split('.')
        .next_back()
        .unwrap_or_default()
        .to_owned()
}

/// The language of somebody we do not know: the cookie, else the first of ours that the browser names.
fn asked_language(request: &HttpRequest) -> Language {
    if let Some(kept) = request.cookie(LANGUAGE_COOKIE)
        && let Ok(language) = kept.value().parse()
    {
        return language;
    }
    let wanted = request
        .headers()
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let first = wanted
        .split(',')
        .find_map(|part| match part.trim().get(..2) {
            Some("es") => Some(Language::Spanish),
            Some("en") => Some(Language::English),
            _ => None,
        });
    first.unwrap_or(Language::English)
}

fn theme(request: &HttpRequest) -> Option<&'static str> {
    match request.cookie(THEME_COOKIE)?.value() {
        "light" => Some("light"),
        "dark" => Some("dark"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::cookie::Cookie;
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn the_language_is_the_cookie_else_the_browser() {
        let asked =
            |wanted: &str| TestRequest::get().insert_header((header::ACCEPT_LANGUAGE, wanted));
        assert_eq!(
            Chrome::of(&asked("es-MX,es;q=0.9,en;q=0.8").to_http_request())
                .t
                .tag(),
            "es-US"
        );
        assert_eq!(
            Chrome::of(&asked("fr-FR, en;q=0.5").to_http_request())
                .t
                .tag(),
            "en-US"
        );
        let kept = asked("en-US")
            .cookie(Cookie::new(LANGUAGE_COOKIE, "es-US"))
            .to_http_request();
        assert_eq!(Chrome::of(&kept).t.tag(), "es-US");
    }

    #[test]
    fn links_stay_with_the_account_that_the_address_names() {
        let at = |uri: &str| Chrome::of(&TestRequest::with_uri(uri).to_http_request());
        let number = AccountNumber::of(27);
        let uri = format!("/password?account={}", number.as_str());
        assert_eq!(at(&uri).suffix(), format!("?account={}", number.as_str()));
        assert_eq!(at("/password?account=12").suffix(), "");
        assert_eq!(at("/password").suffix(), "");
    }

    #[test]
    fn the_navigation_knows_where_it_is() {
        let at = |uri: &str| Chrome::of(&TestRequest::with_uri(uri).to_http_request());
        assert!(at("/bills/100?page=2").is_at("/bills"));
        assert!(!at("/billsandmore").is_at("/bills"));
        assert!(at("/").is_at("/") && !at("/bills").is_at("/"));
        assert_eq!(at("/bills/100").section(), "/bills");
        assert_eq!(at("/payments/7").section(), "/payments");
        assert_eq!(at("/password").section(), "/");
        assert_eq!(
            Who {
                name: "Dana van der Whitfield".into(),
                role: None,
            }
            .initials(),
            "DW"
        );
    }
}
