//! The bills of an account, and one bill with every line in plain words: how much, at what price, from which reads.

use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::{Datelike, Days, NaiveDate};
use chrono_tz::Tz;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::app::App;
use crate::documents::bill_words::{Counted, Place, said, worked};
use crate::domain::bills::BillKind;
use crate::domain::ids::{AccountNumber, BillNumber, ReadId};
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::rates::bank::{Bank, bank_of};
use crate::domain::rates::schedule::RateSchedule;
use crate::domain::rates::slices::Versions;
use crate::domain::rates::working::Working;
use crate::i18n::Words;
use crate::store::bill_deliveries::DeliveryRow;
use crate::store::disputes::{BillDispute, list_of_bill};
use crate::store::portal::accounts::{self, Account};
use crate::store::portal::bills::{self, Between, Bill, Line, MeterRead};
use crate::store::portal::holds::{self, Protection};
use crate::store::portal::owed::{self, Owed};
use crate::web::chrome::Chrome;
use crate::web::portal::balance::{Standing, standing};
use crate::web::portal::bill_changes::{self, Changes};
use crate::web::portal::schedules::{Found, Schedules};
use crate::web::portal::usage_view::shown;
use crate::web::portal::why::schedules_of;
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

/// One service of the bill, ready to show.
struct ServiceView {
    position: i32,
    commodity: Commodity,
    /// Where.
    place: String,
    /// How many days of the bill it was agreed for.
    days: u32,
    schedule: String,
    code: String,
    /// The ordinance or tariff sheet that the prices come from.
    source: Option<String>,
    used: Option<(Decimal, &'static str)>,
    quality: String,
    amount: Money,
    reads: Vec<MeterRead>,
    lines: Vec<LineView>,
    bank: Option<Bank>,
}

/// One line, with how it comes about.
struct LineView {
    label: String,
    /// Its first and last day, where its charge was split.
    days: Option<(NaiveDate, NaiveDate)>,
    working: String,
    /// What is priced, where it is not just what the meter counted.
    basis: Option<String>,
    /// When its price counts, where that goes by the hour.
    hours: Option<String>,
    amount: Money,
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
    between: Vec<Between>,
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
    /// Where each service was delivered, by its position.
    places: Vec<(i32, String)>,
    owed: Owed,
    lines: Vec<Line>,
    workings: Vec<Working>,
    reads: Vec<MeterRead>,
    schedules: Found,
    between: Vec<Between>,
    deliveries: Vec<DeliveryRow>,
    disputes: Vec<BillDispute>,
    protections: Vec<Protection>,
    versions: Versions,
    changes: Option<Changes>,
}

impl Show {
    fn of(chrome: Chrome, loaded: Loaded, (zone, today): (Tz, NaiveDate)) -> Self {
        let t = chrome.t;
        let services: Vec<ServiceView> = loaded
            .bill
            .services
            .iter()
            .map(|service| view(t, service, &loaded))
            .collect();
        let told: Money = services.iter().map(|service| service.amount).sum();
        let mut places: Vec<String> = Vec::new();
        for (_, place) in &loaded.places {
            if !places.contains(place) {
                places.push(place.clone());
            }
        }
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
            places,
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
            let places = bills::list_places(conn, &bill)?;
            let lines = bills::list_lines(conn, &[&bill])?;
            let workings = workings(&bills::list_workings(conn, &bill)?)?;
            let named: Vec<ReadId> = workings.iter().flat_map(reads_of).collect();
            let reads = bills::list_reads(conn, &named)?;
            let ids = schedules_of([&bill]);
            let found = schedules.find(conn, &ids)?;
            let ids: Vec<_> = ids.into_iter().collect();
            let versions = Versions::of(bills::list_versions(conn, &ids)?);
            let between = bills::list_between(conn, account.id, bill.id)?;
            let deliveries = bills::list_deliveries(conn, &bill)?;
            let disputes = list_of_bill(conn, bill.id)?;
            let of = (&customer.scope, account.id);
            let protections = holds::list(conn, of, today)?;
            let changes = bill_changes::load(conn, of, &bill, (t, schedules.as_ref(), wants_year))?;
            Ok::<_, PageError>(Loaded {
                account,
                all,
                bill,
                places,
                owed,
                lines,
                workings,
                reads,
                schedules: found,
                between,
                deliveries,
                disputes,
                protections,
                versions,
                changes,
            })
        })
        .await?;
    page(&Show::of(chrome, loaded, (zone, today)))
}

/// What each service was worked out from, in the order of the bill.
fn workings(stored: &[String]) -> Result<Vec<Working>, PageError> {
    let read = |stored: &String| serde_json::from_str(stored).map_err(PageError::fault);
    stored.iter().map(read).collect()
}

fn reads_of(working: &Working) -> impl Iterator<Item = ReadId> + use<'_> {
    working.reads().iter().copied().map(ReadId)
}

fn view(t: Words, service: &bills::Service, loaded: &Loaded) -> ServiceView {
    let schedule = loaded.schedules.get(&service.schedule);
    let code = schedule.map_or_else(String::new, |schedule| schedule.code.clone());
    let working = usize::try_from(service.position)
        .ok()
        .and_then(|place| loaded.workings.get(place));
    let own: Vec<&Line> = loaded
        .lines
        .iter()
        .filter(|line| line.segment == service.position)
        .collect();
    let priced: Vec<(&str, Money)> = own
        .iter()
        .map(|line| (line.charge.as_str(), line.amount))
        .collect();
    let slices = working.map_or_else(Vec::new, |working| {
        loaded.versions.slices(&code, working, &priced)
    });
    let lines = own.iter().enumerate().map(|(place, line)| {
        let days = slices.get(place).copied().flatten();
        line_view(t, line, schedule.map(AsRef::as_ref), days)
    });
    let named: Vec<ReadId> = working.into_iter().flat_map(reads_of).collect();
    let reads = loaded.reads.iter().filter(|read| named.contains(&read.id));
    let whole = Period {
        from: loaded.bill.from_on,
        until: loaded.bill.until_on,
    };
    let billed = working.map_or(whole, Working::period);
    let place = loaded.places.iter();
    let place = place.filter(|(position, _)| *position == service.position);
    ServiceView {
        position: service.position,
        commodity: service.commodity,
        place: place.map(|(_, place)| place.clone()).collect(),
        days: billed.days(),
        schedule: schedule.map_or_else(String::new, |schedule| said(&schedule.name, t.language)),
        code,
        source: schedule.and_then(|schedule| schedule.source.clone()),
        used: shown(service.commodity, service.quantity, service.unit)
            .map(|(used, unit)| (used, unit.as_str())),
        quality: service.quality.clone(),
        amount: service.amount,
        reads: reads.cloned().collect(),
        lines: lines.collect(),
        bank: working.and_then(bank_of),
    }
}

fn line_view(
    t: Words,
    line: &Line,
    schedule: Option<&RateSchedule>,
    days: Option<(NaiveDate, NaiveDate)>,
) -> LineView {
    let price = line.price.map(|price| price.0);
    let place = schedule.and_then(|schedule| Place::find(schedule, &line.charge, price));
    let quantity = line.quantity.map(|exact| exact.0);
    let counted = Counted { quantity, price };
    LineView {
        label: place.map_or_else(|| line.charge.clone(), |place| place.label(t.language)),
        days,
        working: worked(t, counted, line.amount, place),
        basis: place.and_then(|place| place.basis(t.language)),
        hours: place.and_then(|place| place.hours(t)),
        amount: line.amount,
    }
}
