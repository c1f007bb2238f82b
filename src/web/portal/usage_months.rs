//! Usage by month: what was billed, with the year before beside it, and what follows from it.

use std::sync::Arc;

use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::app::App;
use crate::documents::csv;
use crate::domain::ahead::Budget;
use crate::domain::degree_days::Climate;
use crate::domain::ids::{AccountNumber, LoginId};
use crate::domain::meters::Flow;
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::scope::Scope;
use crate::domain::weather::WeatherDay;
use crate::i18n::Words;
use crate::store::db::Conn;
use crate::store::portal::accounts::{self, Account};
use crate::store::portal::bills::{self, Bill};
use crate::store::portal::usage::{self, Counter};
use crate::store::weather;
use crate::usecases::alerts::usage::find_budget;
use crate::usecases::billing::tariffs::TariffShelf;
use crate::usecases::forecasts::first_weather_day;
use crate::web::chrome::Chrome;
use crate::web::portal::home::LOOK_BACK;
use crate::web::portal::usage::without_csv;
use crate::web::portal::usage_files::{csv_attached, span};
use crate::web::portal::usage_outlook::{self, Outlook, Shelves};
use crate::web::portal::usage_view::{Months, charted, is_metered};
use crate::web::session::SignedIn;
use crate::web::similar_homes::SimilarHomes;
use crate::web::{PageError, PageResult, page};

#[derive(Template)]
#[template(path = "portal/usage/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    account: Account,
    months: Option<Months>,
    services: Vec<Commodity>,
    /// Whether the service has a meter that reports by the hour or oftener.
    has_intervals: bool,
    /// Whether the chart shows dollars.
    shows_cost: bool,
    outlook: Option<Outlook>,
    budget: Budget,
    today: NaiveDate,
}

/// What the page of months is asked for.
#[derive(Deserialize)]
pub struct AskedMonths {
    account: Option<AccountNumber>,
    /// `cost` for dollars in place of units.
    show: Option<String>,
}

/// What a page of months is made from.
type Request = (Data<App>, SignedIn, Chrome, Shelves);

/// GET /usage — the first metered service by month.
pub async fn index(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    (tariffs, similar): (Data<TariffShelf>, Data<SimilarHomes>),
    asked: Query<AskedMonths>,
) -> PageResult {
    let shelves = Shelves { tariffs, similar };
    let request = (app, customer, chrome, shelves);
    by_month(request, asked.into_inner(), None, false).await
}

/// GET /usage/{service} and /usage/{service}.csv — one service by month.
pub async fn service(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    (tariffs, similar): (Data<TariffShelf>, Data<SimilarHomes>),
    (path, asked): (Path<String>, Query<AskedMonths>),
) -> PageResult {
    let (word, is_csv) = without_csv(&path);
    let commodity = word.parse().map_err(|_unknown| PageError::NotFound)?;
    let shelves = Shelves { tariffs, similar };
    let request = (app, customer, chrome, shelves);
    by_month(request, asked.into_inner(), Some(commodity), is_csv).await
}

/// What the database says of an account's months.
struct Loaded {
    account: Account,
    all: Vec<Account>,
    bills: Vec<Bill>,
    services: Vec<Commodity>,
    /// The service shown, and whether its meter reports by itself.
    chosen: Option<(Commodity, bool)>,
    /// How warm the days of these bills were, and for a forecast those of earlier years.
    weather: Vec<WeatherDay>,
    outlook: Option<Outlook>,
    /// What the visitor means to spend and use at the most.
    budget: Budget,
}

fn load(
    conn: &mut Conn,
    (scope, login): (&Scope, LoginId),
    (wanted, commodity): (Option<&AccountNumber>, Option<Commodity>),
    (today, zone): (NaiveDate, Tz),
    shelves: Option<&Shelves>,
) -> Result<Loaded, PageError> {
    let since = today
        .checked_sub_days(Days::new(LOOK_BACK))
        .unwrap_or_default();
    let (account, all) = accounts::choose(conn, scope, wanted)?;
    let bills = bills::list_since(conn, scope, account.id, since)?;
    // A meter that reports by itself has something to show before the first bill.
    let mut services = charted(&bills);
    for commodity in usage::list_reporting(conn, scope, account.id, today)? {
        if is_metered(commodity) && !services.contains(&commodity) {
            services.push(commodity);
        }
    }
    if commodity.is_some_and(|commodity| !services.contains(&commodity)) {
        return Err(PageError::NotFound);
    }
    let oldest = bills.iter().map(|bill| bill.from_on).min();
    let oldest = oldest.unwrap_or(today);
    // A forecast goes by the weather of more years than the bills are of.
    let from = match shelves {
        Some(_) => oldest.min(first_weather_day(today)),
        None => oldest,
    };
    let until = today;
    let weather = weather::list(conn, Period { from, until })?;
    let (mut chosen, mut outlook, mut budget) = (None, None, Budget::default());
    if let Some(shown) = commodity.or(services.first().copied()) {
        let counters = usage::list_counters(conn, scope, (account.id, shown), span(today))?;
        let adds_up = |counter: &Counter| counter.flow != Flow::Deducted;
        chosen = Some((shown, counters.iter().any(adds_up)));
        if let Some(shelves) = shelves {
            let (of, at) = (
                (bills.as_slice(), services.as_slice(), shown),
                (today, zone),
            );
            let climate = Arc::new(Climate::of(&weather));
            let on = (&mut *conn, shelves, &climate);
            let found = usage_outlook::load(on, (scope, &account), of, at)?;
            outlook = Some(found);
            budget = find_budget(conn, account.id, login)?;
        }
    }
    Ok(Loaded {
        account,
        all,
        bills,
        services,
        chosen,
        weather,
        outlook,
        budget,
    })
}

async fn by_month(
    (app, customer, chrome, shelves): Request,
    asked: AskedMonths,
    commodity: Option<Commodity>,
    is_csv: bool,
) -> PageResult {
    let at = (app.clock.today(), app.clock.zone());
    let AskedMonths { account, show } = asked;
    let read = move |conn: &mut Conn| {
        load(
            conn,
            (&customer.scope, customer.login_id),
            (account.as_ref(), commodity),
            at,
            (!is_csv).then_some(&shelves),
        )
    };
    let loaded = app.db.read(read).await?;
    let account = loaded.account;
    let of_service =
        |(shown, _)| Months::of(&account, &loaded.bills, shown).with_weather(&loaded.weather);
    match loaded.chosen.map(of_service) {
        Some(months) if is_csv => months_csv(&months),
        months => page(&Index {
            t: chrome.t,
            chrome: chrome.about(&account, &loaded.all),
            account,
            months,
            services: loaded.services,
            has_intervals: loaded.chosen.is_some_and(|(_, reports)| reports),
            shows_cost: show.as_deref() == Some("cost"),
            outlook: loaded.outlook,
            budget: loaded.budget,
            today: at.0,
        }),
    }
}

impl Index {
    /// What is meant to be used of a service at the most.
    fn units_of(&self, service: &Commodity) -> Option<Decimal> {
        let mut units = self.budget.units.iter();
        units
            .find(|(of, _)| of == service)
            .map(|(_, amount)| *amount)
    }

    /// The address of this page with the other view.
    fn address(&self, service: &Commodity, view: &str) -> String {
        let own = format!("/usage/{service}{}", self.account.suffix());
        match (view.is_empty(), self.account.is_only) {
            (true, _) => own,
            (false, true) => format!("{own}?show={view}"),
            (false, false) => format!("{own}&show={view}"),
        }
    }
}

fn months_csv(months: &Months) -> PageResult {
    let rows = months.rows.iter().map(|row| {
        let quality = if row.is_estimated {
            "estimated"
        } else {
            "actual"
        };
        [
            row.address(),
            row.used.normalize().to_string(),
            quality.to_owned(),
            row.cost.dollars().to_string(),
            row.degrees
                .map(|degrees| degrees.to_string())
                .unwrap_or_default(),
        ]
    });
    let unit = months.unit.as_str();
    csv_attached(
        csv::table(
            &["month", unit, "quality", "dollars", "mean_fahrenheit"],
            rows,
        ),
        &format!("usage-{}.csv", months.commodity),
    )
}
