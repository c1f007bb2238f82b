//! The list of service orders: what is due first comes first. Filtered by kind, standing, day and who goes.

use std::collections::HashMap;

use actix_web::web::{Data, Query};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::app::App;
use crate::domain::ids::{AccountId, AccountNumber, PremiseId, StaffId};
use crate::domain::orders::{OrderKind, OrderState};
use crate::domain::queues::Queue;
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::labels::{self, AccountLabel};
use crate::store::orders::{self, Assignee, Filter, OrderRow};
use crate::store::{premises, staff};
use crate::web::chrome::Chrome;
use crate::web::form::Form;
use crate::web::office::bulk::Bulk;
use crate::web::office::orders::card::with_names;
use crate::web::office::saved_filters::Saved;
use crate::web::order_view;
use crate::web::paging::{Page, Pager};
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
    day: String,
    #[serde(default)]
    assignee: String,
    #[serde(default)]
    account: String,
}

impl Asking {
    fn state(&self) -> &str {
        if self.state.is_empty() {
            "waiting"
        } else {
            &self.state
        }
    }

    fn filter(&self, me: StaffId, account: Option<AccountId>) -> Filter {
        Filter {
            is_open: self.state() == "waiting",
            state: self.state.parse().ok(),
            kind: self.kind.parse().ok(),
            day: self.day.parse().ok(),
            assignee: match self.assignee.as_str() {
                "me" => Assignee::Staff(me),
                "nobody" => Assignee::Nobody,
                other => other.parse().map_or(Assignee::Anyone, Assignee::Staff),
            },
            account,
            request: None,
        }
    }

    /// The same filters as an address, for the pager.
    fn address(&self) -> String {
        let pairs = [
            ("state", &self.state),
            ("kind", &self.kind),
            ("day", &self.day),
            ("assignee", &self.assignee),
            ("account", &self.account),
        ];
        let is_plain = |text: &str| {
            text.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
        };
        let asked: Vec<String> = pairs
            .iter()
            .filter(|(_, value)| !value.is_empty() && is_plain(value))
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        format!("/office/orders?{}", asked.join("&"))
    }
}

/// One row with the names it shows.
struct Line {
    row: OrderRow,
    account: Option<AccountLabel>,
    place: Option<String>,
    assignee: Option<String>,
    appointment: Option<String>,
}

#[derive(Template)]
#[template(path = "office/orders/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    today: NaiveDate,
    asking: Asking,
    lines: Vec<Line>,
    crew: Vec<(StaffId, String)>,
    total: i64,
    pager: Pager,
    saved: Saved,
    bulk: Bulk,
    may_manage: bool,
}

impl Index {
    fn states(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![("waiting", self.t.orders_filter("waiting"))];
        let named = |state: &OrderState| (state.as_str(), self.t.order_state(state.as_str()));
        all.extend(OrderState::ALL.iter().map(named));
        all.push(("all", self.t.orders_filter("all")));
        all
    }

    fn kinds(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![("", self.t.office_request_any().to_owned())];
        let named = |kind: &OrderKind| (kind.as_str(), self.t.order_kind(kind.as_str()));
        all.extend(OrderKind::ALL.iter().map(named));
        all
    }

    fn assignees(&self) -> Vec<(String, String)> {
        let fixed = ["", "me", "nobody"].iter();
        let mut all: Vec<(String, String)> = fixed
            .map(|who| ((*who).to_owned(), self.t.exception_owner(who)))
            .collect();
        let crew = self.crew.iter();
        all.extend(crew.map(|(id, name)| (id.to_string(), name.clone())));
        all
    }

    fn form(&self) -> Form {
        Form::default()
            .with("state", self.asking.state())
            .with("kind", &self.asking.kind)
            .with("day", &self.asking.day)
            .with("assignee", &self.asking.assignee)
    }
}

/// GET /office/orders
pub async fn index(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    asking: Query<Asking>,
    paging: Query<Page>,
) -> PageResult {
    let (asking, paging, today, me) = (asking.into_inner(), *paging, app.clock.today(), staff.id);
    let (asked, t, reader) = (asking.clone(), chrome.t, staff.clone());
    let ((lines, crew, total), (saved, bulk)) = app
        .db
        .read(move |conn| {
            let account = match asked.account.parse::<AccountNumber>() {
                Ok(number) => labels::id_of(conn, &number)?,
                Err(_not_a_number) => None,
            };
            let filter = asked.filter(me, account);
            let rows = orders::list(conn, &filter, (paging.limit(), paging.offset()))?;
            let total = orders::count(conn, &filter)?;
            let desk = (
                Saved::load(conn, &reader, (Queue::Orders, &asked.address()))?,
                Bulk::load(
                    conn,
                    &reader,
                    (Queue::Orders, Permission::WorkOrders, &asked.address()),
                )?,
            );
            let found = (lines(conn, rows, (t, today))?, crew(conn)?, total);
            Ok::<_, StoreError>((found, desk))
        })
        .await?;
    let (lines, pager) = paging.of(lines, &asking.address());
    page(&Index {
        t,
        chrome,
        today,
        asking,
        lines,
        crew,
        total,
        pager,
        saved,
        bulk,
        may_manage: staff.may(Permission::ManageOrders),
    })
}

/// Orders with the names that go with them: a fixed number of questions.
fn lines(
    conn: &mut Conn,
    rows: Vec<OrderRow>,
    (t, on): (Words, NaiveDate),
) -> Result<Vec<Line>, StoreError> {
    let accounts: Vec<AccountId> = rows.iter().map(|row| row.account_id).collect();
    let places: Vec<PremiseId> = rows.iter().filter_map(|row| row.premise_id).collect();
    let labels = labels::of_accounts(conn, &accounts, on)?;
    let places: HashMap<PremiseId, String> =
        premises::list_lines(conn, &places)?.into_iter().collect();
    let line = |(row, assignee): (OrderRow, Option<String>)| Line {
        account: labels.get(&row.account_id).cloned(),
        place: row.premise_id.and_then(|id| places.get(&id).cloned()),
        appointment: order_view::appointment(t, &row),
        assignee,
        row,
    };
    Ok(with_names(conn, rows)?.into_iter().map(line).collect())
}

/// Who may be sent out.
///
/// # Errors
/// A fault of the store.
pub fn crew(conn: &mut Conn) -> Result<Vec<(StaffId, String)>, StoreError> {
    let works =
        |member: &staff::StaffRow| member.is_active && member.role.may(Permission::WorkOrders);
    let all = staff::list(conn)?.into_iter();
    Ok(all
        .filter(works)
        .map(|member| (member.id, member.name))
        .collect())
}
