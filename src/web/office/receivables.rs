//! Receivables: what is owed by due date and account class, live or as of any past day, and the open entries behind each figure.

use actix_web::web::{Data, Query};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::app::App;
use crate::documents::charts;
use crate::domain::accounts::AccountClass;
use crate::domain::aging::{Aging, Bucket, Receivables};
use crate::domain::money::Money;
use crate::domain::queues::Queue;
use crate::i18n::{Html, Words};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::reports::aging::{self, HeldRow, OpenFilter, OpenRow, OwedRow};
use crate::usecases::books::{self, BooksError};
use crate::web::chrome::Chrome;
use crate::web::error::PageError;
use crate::web::office::saved_filters::Saved;
use crate::web::paging::{Page, Pager};
use crate::web::session::StaffMember;
use crate::web::{PageResult, page};

/// As of which day; without one, now.
#[derive(Debug, Deserialize)]
pub struct AsOf {
    #[serde(default)]
    on: String,
}

/// Which open entries.
#[derive(Debug, Deserialize)]
pub struct Which {
    #[serde(default)]
    class: String,
    #[serde(default)]
    bucket: String,
}

#[derive(Template)]
#[template(path = "office/receivables/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    on: NaiveDate,
    is_now: bool,
    receivables: Receivables,
    held: Vec<HeldRow>,
    due: Vec<OwedRow>,
}

impl Index {
    fn buckets(&self) -> &'static [Bucket] {
        Bucket::ALL
    }

    fn held(&self, class: &AccountClass) -> Money {
        self.held
            .iter()
            .filter(|row| row.class == *class)
            .map(|row| row.held)
            .sum()
    }

    fn all_held(&self) -> Money {
        self.held.iter().map(|row| row.held).sum()
    }

    fn owed(&self, class: &AccountClass, bucket: &Bucket) -> Money {
        self.of(class).bucket(*bucket)
    }

    fn total(&self, class: &AccountClass) -> Money {
        self.of(class).total()
    }

    fn all(&self, bucket: &Bucket) -> Money {
        self.receivables.total.bucket(*bucket)
    }

    fn all_owed(&self) -> Money {
        self.receivables.total.total()
    }

    fn of(&self, class: &AccountClass) -> Aging {
        self.receivables
            .classes
            .get(class)
            .copied()
            .unwrap_or_default()
    }

    /// The classes that owe something or for which something is held.
    fn classes(&self) -> Vec<AccountClass> {
        let is_there = |class: &AccountClass| {
            self.receivables.classes.contains_key(class)
                || self.held.iter().any(|row| row.class == *class)
        };
        AccountClass::ALL.iter().copied().filter(is_there).collect()
    }

    fn bucket(&self, due_on: &NaiveDate) -> Bucket {
        Bucket::of(*due_on, self.on)
    }

    /// Every age with its words and what is owed.
    fn ages(&self) -> Vec<(String, Money)> {
        let age = |bucket: &Bucket| {
            let words = self.t.receivables_bucket(bucket.as_str());
            (words, self.all(bucket))
        };
        Bucket::ALL.iter().map(age).collect()
    }

    fn aging_bar(&self) -> Html<String> {
        charts::aging(&self.ages())
    }
}

#[derive(Template)]
#[template(path = "office/receivables/open.html")]
struct Open {
    t: Words,
    chrome: Chrome,
    on: NaiveDate,
    class: Option<AccountClass>,
    bucket: Option<Bucket>,
    rows: Vec<OpenRow>,
    pager: Pager,
    saved: Saved,
}

impl Open {
    fn age(&self, due_on: &NaiveDate) -> Bucket {
        Bucket::of(*due_on, self.on)
    }
}

/// GET /office/receivables
pub async fn index(app: Data<App>, chrome: Chrome, asked: Query<AsOf>) -> PageResult {
    let today = app.clock.today();
    let on = asked.on.trim().parse().unwrap_or(today).min(today);
    let is_now = on == today;
    let (mut due, held) = app
        .db
        .read(move |conn| if is_now { now(conn) } else { on_day(conn, on) })
        .await
        .map_err(|error: BooksError| PageError::fault(error))?;
    due.sort_by_key(|row| row.due_on);
    let receivables = Receivables::on(on, due.iter().map(|row| (row.class, row.due_on, row.owed)));
    let t = chrome.t;
    page(&Index {
        t,
        chrome,
        on,
        is_now,
        receivables,
        held,
        due,
    })
}

/// GET /office/receivables/open
pub async fn open(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    which: Query<Which>,
    asked: Query<Page>,
) -> PageResult {
    let on = app.clock.today();
    let class: Option<AccountClass> = which.class.parse().ok();
    let bucket: Option<Bucket> = which.bucket.parse().ok();
    let filter = OpenFilter {
        class,
        due_from: bucket.and_then(|bucket| bucket.earliest_due(on)),
        due_until: bucket.and_then(|bucket| bucket.latest_due(on)),
    };
    let (limit, offset) = (asked.limit(), asked.offset());
    let address = format!(
        "/office/receivables/open?class={}&bucket={}",
        class.map_or("", AccountClass::as_str),
        bucket.map_or("", Bucket::as_str),
    );
    let here = address.clone();
    let read = move |conn: &mut Conn| {
        let found = aging::list_open(conn, filter, limit, offset)?;
        let saved = Saved::load(conn, &staff, (Queue::Receivables, &here))?;
        Ok::<_, StoreError>((found, saved))
    };
    let (found, saved) = app.db.read(read).await?;
    let (rows, pager) = asked.of(found, &address);
    let t = chrome.t;
    page(&Open {
        t,
        chrome,
        on,
        class,
        bucket,
        rows,
        pager,
        saved,
    })
}

fn now(conn: &mut Conn) -> Result<(Vec<OwedRow>, Vec<HeldRow>), BooksError> {
    Ok((aging::owed_now(conn)?, aging::held_now(conn)?))
}

fn on_day(conn: &mut Conn, day: NaiveDate) -> Result<(Vec<OwedRow>, Vec<HeldRow>), BooksError> {
    let chart = books::open(conn, day)?.chart;
    Ok((
        aging::owed_on(conn, day)?,
        aging::held_on(conn, &chart, day)?,
    ))
}
