//! The home page: what is owed and by when, one button to pay it, why the bill changed, what was used, what happened last.

use actix_web::web::{Data, Query};
use askama::Template;
use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use chrono_tz::Tz;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::app::App;
use crate::domain::ids::{AccountNumber, RequestNumber};
use crate::domain::money::Money;
use crate::domain::outages::{AHEAD_DAYS, OutageKind};
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::scope::Scope;
use crate::i18n::Words;
use crate::store::budget_plans::PlanRow;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::orders::OrderRow;
use crate::store::outages::OutageRow;
use crate::store::portal::accounts::{self, Account};
use crate::store::portal::bills::{self, Bill};
use crate::store::portal::holds::{self, Protection};
use crate::store::portal::outages;
use crate::store::portal::owed::{self, Owed};
use crate::store::portal::payments::{Paid, list_payments};
use crate::store::portal::visits;
use crate::usecases::budget_plans::find_open;
use crate::web::chrome::Chrome;
use crate::web::order_view::appointment;
use crate::web::outage_view;
use crate::web::portal::balance::{Balance, Recent, Standing, recent};
use crate::web::portal::behind::Behind;
use crate::web::portal::schedules::Schedules;
use crate::web::portal::usage_view::{Months, Row, charted};
use crate::web::portal::why::{TOLD, Why, pair, why};
use crate::web::session::SignedIn;
use crate::web::{PageResult, page};

/// How far back the charts look: two years and the month before.
pub const LOOK_BACK: u64 = 780;

/// How many payments the page lists.
const PAYMENTS: i64 = 4;

/// What part of the page is asked for.
#[derive(Deserialize)]
pub struct Asked {
    account: Option<AccountNumber>,
    service: Option<String>,
}

/// Something worth knowing before it costs money.
pub enum Alert {
    PastDue(Money),
    /// In which service something was told to run unnoticed, and on which day: whether it goes on, its own page finds out.
    Leak(Commodity, NaiveDate),
    /// How many requests are open, and how many of them wait for an answer of the customer's.
    Requests(i64, i64),
    Estimated(Commodity),
    HighUse(HighUse),
    Pending(Money),
}

/// A service of which half as much again was used as a year earlier.
pub struct HighUse {
    pub commodity: Commodity,
    pub percent: i64,
    pub month: NaiveDate,
    pub used: Decimal,
    pub before: Decimal,
    pub unit: Unit,
    /// How much more it cost than a year earlier, where it did.
    pub dearer: Option<Money>,
}

#[derive(Template)]
#[template(path = "portal/home.html")]
struct Home {
    t: Words,
    chrome: Chrome,
    account: Account,
    balance: Balance,
    why: Option<Why>,
    months: Option<Months>,
    services: Vec<Commodity>,
    recent: Vec<Recent>,
    alerts: Vec<Alert>,
    outages: Vec<OutageRow>,
    /// What keeps service on.
    protections: Vec<Protection>,
    /// Who comes, what for and when, in words; with the request that it comes from.
    visits: Vec<(String, Option<RequestNumber>)>,
    /// The level payment plan in force, and what it puts off.
    plan: Option<(PlanRow, Money)>,
    zone: Tz,
    now: NaiveDateTime,
    /// Whether there are several accounts that the reader may pay.
    pays_several: bool,
}

/// What the database says of one account, in eight questions; one more once for each schedule, one while something is out or somebody is to
/// come, two where something may keep its service on, and two under a level payment plan.
struct Loaded {
    account: Account,
    all: Vec<Account>,
    owed: Owed,
    bills: Vec<Bill>,
    paid: Vec<Paid>,
    /// What stands behind the two bills that are compared.
    behind: Option<Behind>,
    outages: Vec<OutageRow>,
    protections: Vec<Protection>,
    visits: Vec<OrderRow>,
    plan: Option<(PlanRow, Money)>,
}

/// GET / — the home page of an account.
pub async fn show(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    schedules: Data<Schedules>,
    asked: Query<Asked>,
) -> PageResult {
    let (today, now, zone) = (app.clock.today(), app.clock.now(), app.clock.zone());
    let scope = customer.scope.clone();
    if scope.is_empty() {
        return page(&NoAccount {
            t: chrome.t,
            chrome,
        });
    }
    let Asked { account, service } = asked.into_inner();
    let loaded = app
        .db
        .read(move |conn| load(conn, &scope, account.as_ref(), (now, today, &schedules)))
        .await?;
    page(&Home::of(
        chrome,
        loaded,
        service.as_deref(),
        (today, zone, now),
    ))
}

impl Home {
    /// The times of what is out, in sentences.
    fn times(&self, outage: &OutageRow) -> Vec<String> {
        outage_view::times(&self.t, outage, (self.zone, self.now))
    }

    fn of(
        chrome: Chrome,
        loaded: Loaded,
        service: Option<&str>,
        (today, zone, now): (NaiveDate, Tz, NaiveDateTime),
    ) -> Self {
        let t = chrome.t;
        let services = charted(&loaded.bills);
        let wanted = service
            .and_then(|word| word.parse().ok())
            .filter(|wanted| services.contains(wanted));
        let chosen = wanted.or(services.first().copied());
        let balance = Balance::of(
            &loaded.account,
            &loaded.bills,
            (&loaded.owed, &loaded.paid),
            today,
        );
        Self {
            t,
            why: pair(&loaded.bills)
                .zip(loaded.behind.as_ref())
                .map(|(pair, behind)| why(t, pair, behind, TOLD)),
            alerts: alerts(&loaded, &balance, zone),
            recent: recent(&loaded.bills, &loaded.paid, &loaded.owed, today),
            months: chosen.map(|commodity| Months::of(&loaded.account, &loaded.bills, commodity)),
            pays_several: loaded.all.iter().filter(|one| one.may_pay()).count() > 1,
            chrome: chrome.about(&loaded.account, &loaded.all),
            account: loaded.account,
            balance,
            services,
            outages: loaded.outages,
            protections: loaded.protections,
            visits: loaded.visits.iter().map(|row| visit(t, row)).collect(),
            plan: loaded.plan,
            zone,
            now,
        }
    }
}

/// Somebody who signed up and has not claimed an account yet.
#[derive(Template)]
#[template(path = "portal/no_account.html")]
struct NoAccount {
    t: Words,
    chrome: Chrome,
}

fn load(
    conn: &mut Conn,
    scope: &Scope,
    wanted: Option<&AccountNumber>,
    (now, today, schedules): (NaiveDateTime, NaiveDate, &Schedules),
) -> Result<Loaded, StoreError> {
    let (account, all) = accounts::choose(conn, scope, wanted)?;
    let owed = owed::find(conn, scope, account.id)?;
    let since = today
        .checked_sub_days(Days::new(LOOK_BACK))
        .unwrap_or(today);
    let bills = bills::list_since(conn, scope, account.id, since)?;
    let paid = list_payments(conn, scope, account.id, PAYMENTS)?;
    let behind = match pair(&bills) {
        Some((before, now)) => Some(Behind::load(conn, &[before, now], schedules)?),
        None => None,
    };
    let outages = if owed.has_outage {
        let ahead = now + TimeDelta::days(AHEAD_DAYS);
        outages::list_ahead(conn, (scope, account.id), ahead)?
    } else {
        Vec::new()
    };
    let protections = if owed.may_be_protected {
        holds::list(conn, (scope, account.id), today)?
    } else {
        Vec::new()
    };
    let visits = if owed.has_visit {
        visits::list(conn, (scope, account.id), today)?
    } else {
        Vec::new()
    };
    let plan = if owed.has_plan {
        find_open(conn, account.id, today)?
    } else {
        None
    };
    Ok(Loaded {
        plan,
        outages,
        protections,
        visits,
        account,
        all,
        owed,
        bills,
        paid,
        behind,
    })
}

/// That somebody comes, what for and when.
fn visit(t: Words, row: &OrderRow) -> (String, Option<RequestNumber>) {
    let what = t.order_kind(row.kind.as_str());
    let when = appointment(t, row).unwrap_or_default();
    let request = row.request_id.map(|id| RequestNumber::of(id.0));
    (t.home_visit(what, when), request)
}

/// What deserves a word, most urgent first.
fn alerts(loaded: &Loaded, balance: &Balance, zone: Tz) -> Vec<Alert> {
    let (account, bills) = (&loaded.account, loaded.bills.as_slice());
    let mut found = Vec::new();
    if balance.past_due.is_positive() {
        found.push(Alert::PastDue(balance.past_due));
    }
    let told = &loaded.owed.leaks_told;
    found.extend(told.iter().map(|(commodity, at)| {
        let on = at.and_utc().with_timezone(&zone).date_naive();
        Alert::Leak(*commodity, on)
    }));
    if let (open @ 1.., waiting) = loaded.owed.requests {
        found.push(Alert::Requests(open, waiting));
    }
    if balance.pending.is_positive() {
        found.push(Alert::Pending(balance.pending));
    }
    // What runs unnoticed says why the use rose.
    let is_told = |commodity: &Commodity| told.iter().any(|(of, _)| of == commodity);
    for commodity in charted(bills).into_iter().filter(|one| !is_told(one)) {
        let months = Months::of(account, bills, commodity);
        let Some(latest) = months.latest() else {
            continue;
        };
        match high_use(&months, latest) {
            Some(high) => found.push(Alert::HighUse(high)),
            None if latest.is_estimated => found.push(Alert::Estimated(commodity)),
            None => {}
        }
    }
    found
}

/// Use that is half as much again as a year earlier.
fn high_use(months: &Months, latest: &Row) -> Option<HighUse> {
    let ("more", percent) = latest.change() else {
        return None;
    };
    let before = latest.before.filter(|_| percent >= 50)?;
    let dearer = latest.cost_before.map(|cost| latest.cost - cost);
    Some(HighUse {
        commodity: months.commodity,
        percent,
        month: latest.month,
        used: latest.used,
        before,
        unit: months.unit,
        dearer: dearer.filter(|dearer| dearer.is_positive()),
    })
}
