//! The bills of an account, and one bill with every line in plain words: how much, at what price, from which reads.

use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::{Datelike, Days, NaiveDate};
use chrono_tz::Tz;
use serde::Deserialize;

use crate::app::App;
use crate::documents::bill_words;
use crate::domain::bill_paper::PaperEntry;
use crate::domain::bills::BillKind;
use crate::domain::ids::{AccountNumber, BillNumber};
use crate::domain::money::Money;
use crate::i18n::Words;
use crate::store::bill_deliveries::DeliveryRow;
use crate::store::disputes::{BillDispute, list_of_bill};
use crate::store::portal::accounts::{self, Account};
use crate::store::portal::bills::{self, Bill};
use crate::store::portal::holds::{self, Protection};
use crate::store::portal::owed::{self, Owed};
use crate::web::chrome::Chrome;
use crate::web::portal::balance::{Standing, standing};
use crate::web::portal::behind::Behind;
use crate::web::portal::bill_changes::{self, Changes};
use crate::web::portal::bill_services::{Rests, ServiceView};
use crate::web::portal::schedules::Schedules;
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page};

/// How far back the list goes: five years.
const LIST_DAYS: u64 = 1830;

/// A year with fewer bills than this opens the year before as well.
const FEW: usize = 6;

/// Whose bills are asked for, where a login holds several accounts.
#[derive(Deserialize)]
pub struct Asked {
    account: Option<AccountNumber>,
}

/// Against which bill a bill is compared.
#[derive(Deserialize)]
pub struct Against {
    /// `year` for the same month a year earlier.
    against: Option<String>,
}

/// A bill as the list shows it.
struct Row {
    number: BillNumber,
    kind: BillKind,
    month: NaiveDate,
    issued_on: NaiveDate,
    total: Money,
    /// What it asks for, where a level payment plan asks for another amount than it charges.
    asked: Option<Money>,
    standing: Standing,
}

/// The bills of one year, newest first.
struct Year {
    year: i32,
    is_open: bool,
    total: Money,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "portal/bills/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    account: Account,
    years: Vec<Year>,
}

/// GET /bills — every bill of five years, newest first.
pub async fn index(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    asked: Query<Asked>,
) -> PageResult {
    let today = app.clock.today();
    let since = today
        .checked_sub_days(Days::new(LIST_DAYS))
        .unwrap_or(today);
    let wanted = asked.into_inner().account;
    let (account, all, bills, owed) = app
        .db
        .read(move |conn| {
            let (account, all) = accounts::choose(conn, &customer.scope, wanted.as_ref())?;
            let bills = bills::list_since(conn, &customer.scope, account.id, since)?;
            let owed = owed::find(conn, &customer.scope, account.id)?;
            Ok::<_, PageError>((account, all, bills, owed))
        })
        .await?;
    let rows = bills.iter().map(|bill| Row {
        number: bill.number.clone(),
        kind: bill.kind,
        month: bill.last_day(),
        issued_on: bill.issued_on,
        total: bill.total,
        asked: bill.put_off.map(|_| bill.asked()),
        standing: standing(bill, &owed, today),
    });
    page(&Index {
        t: chrome.t,
        years: by_year(rows),
        chrome: chrome.about(&account, &all),
        account,
    })
}

/// Bills, newest first, under the years of their months. A bill that was taken back adds nothing to its year.
fn by_year(rows: impl Iterator<Item = Row>) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    for row in rows {
        let year = row.month.year();
        if years.last().is_none_or(|last| last.year != year) {
            years.push(Year {
                year,
                is_open: years.iter().all(|year| year.rows.len() < FEW),
                total: Money::ZERO,
                rows: Vec::new(),
            });
        }
        if let Some(last) = years.last_mut() {
            if !matches!(row.standing, Standing::Canceled) {
                last.total += row.total;
            }
            last.rows.push(row);
        }
    }
    years
}

#[derive(Template)]
#[template(path = "portal/bills/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    account: Account,
    bill: Bill,
    /// The places that it bills.
    places: Vec<String>,
    standing: Standing,
    /// Whether what was owed before has the dates of an agreement.
    is_arranged: bool,
    services: Vec<ServiceView>,
    others: Money,
    between: Vec<PaperEntry>,
    deliveries: Vec<DeliveryRow>,
    /// What was disputed of it, newest first.
    disputes: Vec<BillDispute>,
    /// What keeps service on.
    protections: Vec<Protection>,
    changes: Option<Changes>,
    zone: Tz,
}

/// What the database says of one bill.
struct Loaded {
    account: Account,
    all: Vec<Account>,
    bill: Bill,
    behind: Behind,
    rests: Rests,
    owed: Owed,
    between: Vec<PaperEntry>,
    deliveries: Vec<DeliveryRow>,
    disputes: Vec<BillDispute>,
    protections: Vec<Protection>,
    changes: Option<Changes>,
}

impl Show {
    fn of(chrome: Chrome, loaded: Loaded, (zone, today): (Tz, NaiveDate)) -> Self {
        let t = chrome.t;
        let (bill, behind) = (&loaded.bill, &loaded.behind);
        let services: Vec<ServiceView> = bill
            .services
            .iter()
            .map(|service| loaded.rests.view(t, (bill, service), behind))
            .collect();
        let told: Money = services.iter().map(|service| service.amount).sum();
        Self {
            t,
            standing: standing(&loaded.bill, &loaded.owed, today),
            is_arranged: loaded.owed.arrangement.is_some(),
            others: loaded.bill.total - told,
            services,
            between: loaded.between,
            deliveries: loaded.deliveries,
            disputes: loaded.disputes,
            protections: loaded.protections,
            changes: loaded.changes,
            zone,
            chrome: chrome.about(&loaded.account, &loaded.all),
            account: loaded.account,
            places: loaded.rests.places(),
            bill: loaded.bill,
        }
    }

    /// The channel and state of a step as one word.
    fn way(&self, step: &DeliveryRow) -> String {
        self.t.bill_way(format!("{}_{}", step.channel, step.state))
    }

    fn day_of(&self, step: &DeliveryRow) -> NaiveDate {
        step.at.and_utc().with_timezone(&self.zone).date_naive()
    }

    /// What moved the balance, in words.
    fn moved(&self, entry: &PaperEntry) -> String {
        bill_words::moved(self.t, entry)
    }

    /// What was owed after the bill before this one.
    fn opening(&self) -> Money {
        let moved: Money = self.between.iter().map(|moved| moved.amount).sum();
        self.bill.previous - moved
    }

    /// Whether there is an amount that could be wrong, and nobody said so or decided it yet.
    fn may_dispute(&self) -> bool {
        let asks = self.bill.canceled_on.is_none() && self.bill.total.is_positive();
        asks && self.account.may_change() && !self.disputes.iter().any(BillDispute::bars)
    }

    /// What the bill asks for with what was owed before it.
    fn asked_for(&self) -> Money {
        self.bill.previous + self.bill.asked()
    }
}

/// GET /bills/{number} — one bill.
pub async fn show(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    schedules: Data<Schedules>,
    (path, against): (Path<String>, Query<Against>),
) -> PageResult {
    let number: BillNumber = path.parse().map_err(|_not_ours| PageError::NotFound)?;
    let (zone, today) = (app.clock.zone(), app.clock.today());
    let (t, wants_year) = (chrome.t, against.against.as_deref() == Some("year"));
    let loaded = app
        .db
        .read(move |conn| {
            let (account, bill) = bills::get(conn, &customer.scope, &number)?;
            let all = accounts::list(conn, &customer.scope)?;
            let account = all.iter().find(|found| found.id == account).cloned();
            let account = account.ok_or(PageError::NotFound)?;
            let owed = owed::find(conn, &customer.scope, account.id)?;
            let of = (&customer.scope, account.id);
            let chosen = bill_changes::choose(conn, of, &bill, wants_year)?;
            let compared = chosen.as_ref().map(|chosen| &chosen.bill);
            let both: Vec<&Bill> = compared.into_iter().chain([&bill]).collect();
            let behind = Behind::load(conn, &both, &schedules)?;
            behind.must_know(&bill)?;
            let rests = Rests::load(conn, &bill, &behind)?;
            let changes = chosen.map(|chosen| chosen.changes(t, &bill, &behind));
            let between = bills::list_between(conn, account.id, bill.id)?;
            let deliveries = bills::list_deliveries(conn, &bill)?;
            let disputes = list_of_bill(conn, bill.id)?;
            let protections = holds::list(conn, of, today)?;
            Ok::<_, PageError>(Loaded {
                account,
                all,
                bill,
                behind,
                rests,
                owed,
                between,
                deliveries,
                disputes,
                protections,
                changes,
            })
        })
        .await?;
    page(&Show::of(chrome, loaded, (zone, today)))
}
