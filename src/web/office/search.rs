//! Finding an account by anything a caller has at hand, and what bears a number by that. The header's field shows the first few while one types;
//! the page shows more.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use crate::domain::ids::AccountId;
use crate::domain::search::{NumberKind, TermKind, prefixes};
use crate::i18n::Words;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::labels::{self, AccountLabel};
use crate::store::numbered::{self, Numbered};
use crate::store::search::{self, Found};
use crate::web::chrome::Chrome;
use crate::web::desk::Desk;
use crate::web::htmx::Asked;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, html, page};

/// How many accounts the field shows while one types.
const FEW: usize = 8;

/// How many the page shows.
const MANY: usize = 50;

/// The longest text that is searched for, in characters.
const LONGEST: usize = 100;

/// What is searched for.
#[derive(Debug, Default, Deserialize)]
pub struct Asking {
    /// The words.
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "office/search.html", blocks = ["few"])]
struct Search {
    t: Words,
    chrome: Chrome,
    q: String,
    numbered: Vec<Numbered>,
    labels: HashMap<AccountId, AccountLabel>,
    found: Vec<Found>,
    has_more: bool,
}

impl Search {
    /// Whose it is.
    fn label(&self, one: &Numbered) -> Option<&AccountLabel> {
        self.labels.get(&one.account)
    }

    /// The page of what bears a number.
    fn address(&self, one: &Numbered) -> String {
        let list = match one.kind {
            NumberKind::Bill => "bills",
            NumberKind::Payment => "payments",
            NumberKind::Request => "requests",
            NumberKind::Order => "orders",
            NumberKind::Arrangement => "arrangements",
        };
        format!("/office/{list}/{}", one.number)
    }

    /// Whether nothing at all has what was typed.
    fn is_nothing(&self) -> bool {
        self.found.is_empty() && self.numbered.is_empty()
    }

    /// What matched, where the list does not show it anyway.
    fn hidden_match(&self, found: &Found) -> Option<TermKind> {
        let is_hidden = |kind: &TermKind| match kind {
            TermKind::Meter | TermKind::Phone | TermKind::Email => true,
            TermKind::Name | TermKind::Address | TermKind::Account => false,
        };
        let kinds = || found.matched.iter().map(|(kind, _)| *kind);
        if kinds().any(|kind| !is_hidden(&kind)) {
            return None;
        }
        kinds().find(is_hidden)
    }
}

/// GET /office/search and /office/accounts
pub async fn index(
    desk: Desk,
    member: StaffMember,
    asked: Asked,
    query: Query<Asking>,
) -> PageResult {
    desk.limits.search(member.id)?;
    let (app, chrome) = (desk.app, desk.chrome);
    let q: String = query.q.trim().chars().take(LONGEST).collect();
    let words = prefixes(&q);
    let many = if asked.is_fragment() { FEW } else { MANY };
    let today = app.clock.today();
    let typed = q.clone();
    let look = move |conn: &mut Conn| {
        if words.is_empty() {
            return Ok::<_, StoreError>((Vec::new(), HashMap::new(), Vec::new()));
        }
        let numbered = numbered::find(conn, &typed)?;
        let whose: Vec<AccountId> = numbered.iter().map(|one| one.account).collect();
        let labels = if whose.is_empty() {
            HashMap::new()
        } else {
            labels::of_accounts(conn, &whose, today)?
        };
        let found = search::find(conn, &words, today, many.saturating_add(1))?;
        Ok((numbered, labels, found))
    };
    let (numbered, labels, mut found) = app.db.read(look).await?;
    let has_more = found.len() > many;
    found.truncate(many);
    let view = Search {
        t: chrome.t,
        chrome,
        q,
        numbered,
        labels,
        found,
        has_more,
    };
    if asked.is_fragment() {
        let few = view.as_few().render().map_err(PageError::fault)?;
        return Ok(html(StatusCode::OK, few));
    }
    page(&view)
}
