//! The queue of what customers asked for: what was promised first comes first. Filtered by kind, standing and owner.

use std::collections::BTreeMap;
use std::collections::HashMap;

use actix_web::web::{Data, Query};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::app::App;
use crate::domain::ids::{AccountId, AccountNumber, RequestId, StaffId};
use crate::domain::money::Money;
use crate::domain::queues::Queue;
use crate::domain::requests::{RequestKind, RequestState};
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::db::Conn;
use crate::store::disputes;
use crate::store::error::StoreError;
use crate::store::exceptions::owner_names;
use crate::store::labels::{self, AccountLabel};
use crate::store::requests::{self, Filter, Owner, RequestRow};
use crate::web::chrome::Chrome;
use crate::web::form::Form;
use crate::web::office::bulk::Bulk;
use crate::web::office::saved_filters::Saved;
use crate::web::paging::{Page, Pager};
use crate::web::request_view::title;
use crate::web::session::StaffMember;
use crate::web::{PageResult, page};

/// The filters of the address; an unknown word filters nothing.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asking {
    #[serde(default)]
    state: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    owner: String,
    #[serde(default)]
    account: String,
}

impl Asking {
    fn state(&self) -> &str {
        if self.state.is_empty() {
            "open"
        } else {
            &self.state
        }
    }

    fn filter(&self, me: StaffId, account: Option<AccountId>) -> Filter {
        Filter {
            is_open: self.state() == "open",
            state: self.state.parse().ok(),
            kind: self.kind.parse().ok(),
            owner: match self.owner.as_str() {
                "me" => Owner::Staff(me),
                "nobody" => Owner::Nobody,
                _ => Owner::Anyone,
            },
            account,
        }
    }

    /// The same filters as an address, for the pager.
    fn address(&self) -> String {
        let pairs = [
            ("state", &self.state),
            ("kind", &self.kind),
            ("owner", &self.owner),
            ("account", &self.account),
        ];
        let is_plain = |text: &str| {
            text.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        };
        let asked: Vec<String> = pairs
            .iter()
            .filter(|(_, value)| !value.is_empty() && is_plain(value))
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        format!("/office/requests?{}", asked.join("&"))
    }
}

/// One row with the names it shows.
pub struct Line {
    /// The request.
    pub row: RequestRow,
    /// What is asked for, in words.
    pub title: String,
    /// Whose.
    pub account: Option<AccountLabel>,
    /// Who works it.
    pub owner: Option<String>,
    /// How much is in dispute.
    pub disputed: Option<Money>,
}

/// Requests with the names that go with them: four questions for any number.
pub fn with_names(
    conn: &mut Conn,
    rows: Vec<RequestRow>,
    (t, on): (Words, NaiveDate),
) -> Result<Vec<Line>, StoreError> {
    let accounts: Vec<AccountId> = rows.iter().map(|row| row.account_id).collect();
    let owners: Vec<StaffId> = rows.iter().filter_map(|row| row.owner_staff_id).collect();
    let ids: Vec<RequestId> = rows.iter().map(|row| row.id).collect();
    let labels = labels::of_accounts(conn, &accounts, on)?;
    let names: HashMap<StaffId, String> = owner_names(conn, &owners)?.into_iter().collect();
    let amounts: BTreeMap<RequestId, Money> = disputes::amounts(conn, &ids)?;
    let line = |row: RequestRow| {
        Ok(Line {
            title: title(t, row.kind, &row.answers()?),
            account: labels.get(&row.account_id).cloned(),
            owner: row.owner_staff_id.and_then(|id| names.get(&id).cloned()),
            disputed: amounts.get(&row.id).copied(),
            row,
        })
    };
    rows.into_iter().map(line).collect()
}

#[derive(Template)]
#[template(path = "office/requests/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    today: NaiveDate,
    asking: Asking,
    lines: Vec<Line>,
    counts: Vec<(RequestKind, i64)>,
    total: i64,
    pager: Pager,
    saved: Saved,
    bulk: Bulk,
}

impl Index {
    fn states(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![("open", self.t.office_request_filter("open"))];
        let named = |state: &RequestState| (state.as_str(), self.t.request_state(state.as_str()));
        all.extend(RequestState::ALL.iter().map(named));
        all.push(("all", self.t.office_request_filter("all")));
        all
    }

    fn kinds(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![("", self.t.office_request_any().to_owned())];
        let named = |kind: &RequestKind| (kind.as_str(), self.t.request_kind(kind.as_str()));
        all.extend(RequestKind::ALL.iter().map(named));
        all
    }

    fn owners(&self) -> Vec<(&'static str, String)> {
        ["", "me", "nobody"]
            .iter()
            .map(|who| (*who, self.t.exception_owner(who)))
            .collect()
    }

    fn form(&self) -> Form {
        Form::default()
            .with("state", self.asking.state())
            .with("kind", &self.asking.kind)
            .with("owner", &self.asking.owner)
    }
}

/// GET /office/requests
pub async fn index(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    asking: Query<Asking>,
    paging: Query<Page>,
) -> PageResult {
    let (asking, paging, today, me) = (asking.into_inner(), *paging, app.clock.today(), staff.id);
    let (asked, t, reader) = (asking.clone(), chrome.t, staff.clone());
    let ((lines, counts, total), (saved, bulk)) = app
        .db
        .read(move |conn| {
            let account = match asked.account.parse::<AccountNumber>() {
                Ok(number) => labels::id_of(conn, &number)?,
                Err(_not_a_number) => None,
            };
            let filter = asked.filter(me, account);
            let rows = requests::list(conn, &filter, (paging.limit(), paging.offset()))?;
            let lines = with_names(conn, rows, (t, today))?;
            let counts = requests::count_open_by_kind(conn)?;
            let desk = (
                Saved::load(conn, &reader, (Queue::Requests, &asked.address()))?,
                Bulk::load(
                    conn,
                    &reader,
                    (Queue::Requests, Permission::WorkRequests, &asked.address()),
                )?,
            );
            let total = requests::count(conn, &filter)?;
            Ok::<_, StoreError>(((lines, counts, total), desk))
        })
        .await?;
    let (lines, pager) = paging.of(lines, &asking.address());
    page(&Index {
        t,
        chrome,
        today,
        asking,
        lines,
        counts,
        total,
        pager,
        saved,
        bulk,
    })
}
