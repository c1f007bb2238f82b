//! The queue of holds: those that end, and those whose end waits for somebody; what ends first comes first.

use std::collections::{BTreeMap, HashMap};

use actix_web::web::{Data, Query};
use askama::Template;
use chrono::{Days, NaiveDate};
use serde::Deserialize;

use crate::app::App;
use crate::domain::holds::{HoldKind, HoldState};
use crate::domain::ids::{AccountId, HoldId, StaffId};
use crate::domain::queues::Queue;
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::exceptions::owner_names;
use crate::store::holds::reviews::{self, ReviewRow};
use crate::store::holds::{self, Filter, HoldRow, OwnerFilter};
use crate::store::labels::{self, AccountLabel};
use crate::web::chrome::Chrome;
use crate::web::form::Form;
use crate::web::office::bulk::Bulk;
use crate::web::office::holds::tone;
use crate::web::office::saved_filters::Saved;
use crate::web::paging::{Page, Pager};
use crate::web::session::StaffMember;
use crate::web::{PageResult, page};

/// Within so many days something ends, where nobody asks for another number.
const DAYS: u64 = 30;

/// The numbers of days that can be chosen.
const CHOICES: [u64; 5] = [3, 7, 14, 30, 90];

/// The filters of the address; an unknown word filters nothing.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asking {
    #[serde(default)]
    within: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    owner: String,
}

impl Asking {
    /// How many days ahead; nothing for all, also those without an end.
    fn within(&self) -> Option<u64> {
        match self.within.as_str() {
            "all" => None,
            other => Some(other.parse().unwrap_or(DAYS).min(366)),
        }
    }

    fn kind(&self) -> Option<HoldKind> {
        self.kind.parse().ok()
    }

    fn owner(&self) -> &'static str {
        match self.owner.as_str() {
            "me" => "me",
            "nobody" => "nobody",
            _ => "",
        }
    }

    fn filter(&self, me: StaffId, on: NaiveDate) -> Filter {
        let last_by = self
            .within()
            .and_then(|days| on.checked_add_days(Days::new(days)));
        Filter {
            on,
            last_by,
            kind: self.kind(),
            owner: match self.owner() {
                "me" => OwnerFilter::Staff(me),
                "nobody" => OwnerFilter::Nobody,
                _ => OwnerFilter::Anyone,
            },
        }
    }

    fn within_word(&self) -> String {
        self.within()
            .map_or_else(|| "all".to_owned(), |days| days.to_string())
    }

    /// The same filters as an address, for the pager.
    fn address(&self) -> String {
        let kind = self.kind().map_or("", HoldKind::as_str);
        let (within, owner) = (self.within_word(), self.owner());
        format!("/office/holds?within={within}&kind={kind}&owner={owner}")
    }
}

/// One row with the names it shows.
struct Line {
    row: HoldRow,
    account: Option<AccountLabel>,
    work: Option<ReviewRow>,
    owner: Option<String>,
}

#[derive(Template)]
#[template(path = "office/holds/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    today: NaiveDate,
    asking: Asking,
    lines: Vec<Line>,
    total: i64,
    pager: Pager,
    saved: Saved,
    bulk: Bulk,
}

impl Index {
    fn spans(&self) -> Vec<(String, String)> {
        let days = |days: &u64| (days.to_string(), self.t.holds_within(*days));
        let mut all: Vec<(String, String)> = CHOICES.iter().map(days).collect();
        all.push(("all".to_owned(), self.t.holds_within_any().to_owned()));
        all
    }

    fn kinds(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![("", self.t.exception_any().to_owned())];
        let named = |kind: &HoldKind| (kind.as_str(), self.t.hold_kind(kind.as_str()));
        all.extend(HoldKind::PLACED.iter().map(named));
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
            .with("within", self.asking.within_word())
            .with("kind", self.asking.kind().map_or("", HoldKind::as_str))
            .with("owner", self.asking.owner())
    }

    fn state(&self, line: &Line) -> HoldState {
        line.row.state(self.today)
    }

    fn tone(&self, line: &Line) -> &'static str {
        tone(self.state(line))
    }

    /// How many days are left until its last one.
    fn days_left(&self, line: &Line) -> Option<i64> {
        let last = line.row.span.last_day()?;
        Some((last - self.today).num_days())
    }

    /// Whether somebody still has to look at what follows.
    fn waits(&self, line: &Line) -> bool {
        line.work
            .as_ref()
            .is_some_and(|work| work.closed_on.is_none())
    }
}

/// GET /office/holds
pub async fn index(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    asking: Query<Asking>,
    paging: Query<Page>,
) -> PageResult {
    let (asking, paging, today) = (asking.into_inner(), *paging, app.clock.today());
    let (filter, address) = (asking.filter(staff.id, today), asking.address());
    let read = move |conn: &mut Conn| {
        let rows = holds::list(conn, &filter, (paging.limit(), paging.offset()))?;
        let lines = with_names(conn, rows, today)?;
        let saved = Saved::load(conn, &staff, (Queue::Holds, &address))?;
        let bulk = Bulk::load(
            conn,
            &staff,
            (Queue::Holds, Permission::PlaceHold, &address),
        )?;
        Ok::<_, StoreError>((lines, holds::count(conn, &filter)?, (saved, bulk)))
    };
    let (lines, total, (saved, bulk)) = app.db.read(read).await?;
    let (lines, pager) = paging.of(lines, &asking.address());
    page(&Index {
        t: chrome.t,
        chrome,
        today,
        asking,
        lines,
        total,
        pager,
        saved,
        bulk,
    })
}

fn with_names(conn: &mut Conn, rows: Vec<HoldRow>, on: NaiveDate) -> Result<Vec<Line>, StoreError> {
    let accounts: Vec<AccountId> = rows.iter().map(|row| row.account_id).collect();
    let ids: Vec<HoldId> = rows.iter().map(|row| row.id).collect();
    let labels: HashMap<AccountId, AccountLabel> = labels::of_accounts(conn, &accounts, on)?;
    let mut work: BTreeMap<HoldId, ReviewRow> = reviews::list(conn, &ids)?;
    let owners: Vec<StaffId> = work
        .values()
        .filter_map(|work| work.owner_staff_id)
        .collect();
    let names: HashMap<StaffId, String> = owner_names(conn, &owners)?.into_iter().collect();
    let line = |row: HoldRow| {
        let work = work.remove(&row.id);
        let owner = work.as_ref().and_then(|work| work.owner_staff_id);
        Line {
            account: labels.get(&row.account_id).cloned(),
            owner: owner.and_then(|id| names.get(&id).cloned()),
            work,
            row,
        }
    };
    Ok(rows.into_iter().map(line).collect())
}
