//! Usage by day and hour: a picture, the numbers beneath it as a table, and both to take along as CSV.

use std::collections::BTreeMap;

use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::{Months as MonthSpan, NaiveDate};
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::app::App;
use crate::documents::charts::{self, Day, Frame, Hour};
use crate::domain::billed_months::{days_of, month_of};
use crate::domain::ids::AccountNumber;
use crate::domain::meters::Flow;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::reads::ReadQuality;
use crate::domain::scope::Scope;
use crate::domain::typed_day::TypedDay;
use crate::domain::weather::{Degrees, WeatherDay};
use crate::i18n::{Html, Words};
use crate::store::db::Conn;
use crate::store::portal::accounts::{self, Account};
use crate::store::portal::bills;
use crate::store::portal::usage::{self, Counted};
use crate::store::weather;
use crate::usecases::hours::shown_unit;
use crate::web::chrome::Chrome;
use crate::web::portal::usage_days::{DayUse, HourUse, by_day, by_hour, days_csv, hours_csv};
use crate::web::portal::usage_view::{Months, is_metered, tint, whole};
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page};

/// Whose usage is asked for, where a login holds several accounts.
#[derive(Deserialize)]
pub struct Asked {
    pub account: Option<AccountNumber>,
}

/// How many months before the one asked for a bill may end that it begins with.
const BILLS_BEFORE: MonthSpan = MonthSpan::new(2);

/// What an address asks for.
#[derive(Clone, Copy)]
struct When {
    /// The day, or the first of the month.
    first: NaiveDate,
    is_day: bool,
    is_csv: bool,
}

impl When {
    fn of(text: &str) -> Option<Self> {
        let (text, is_csv) = without_csv(text);
        let (first, is_day) = moment(text)?;
        Some(Self {
            first,
            is_day,
            is_csv,
        })
    }

    /// Its days: a month has those of its bill.
    fn days(self, billed: &[Period]) -> Option<Period> {
        if self.is_day {
            Period::new(self.first, self.first.succ_opt()?)
        } else {
            days_of(self.first, billed)
        }
    }
}

/// What the database says of a month or a day.
struct Loaded {
    account: Account,
    all: Vec<Account>,
    /// The billed months around it.
    months: Months,
    period: Period,
    /// The first day on which the account had the service.
    served_from: Option<NaiveDate>,
    counted: Counted,
    weather: Vec<WeatherDay>,
}

impl Loaded {
    fn billed(&self) -> Vec<Period> {
        self.months.rows.iter().map(|row| row.period).collect()
    }

    /// The page before, where the account had the service then, and the page after, where that has begun.
    fn neighbors(&self, when: When, today: NaiveDate) -> (String, String) {
        let was_served = self.served_from.is_some_and(|day| day < self.period.from);
        let (before, after) = if when.is_day {
            let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
            (day(when.first.pred_opt()), day(when.first.succ_opt()))
        } else {
            let month = |day: Option<NaiveDate>| day.map(|day| day.format("%Y-%m").to_string());
            let step = MonthSpan::new(1);
            (
                month(when.first.checked_sub_months(step)),
                month(when.first.checked_add_months(step)),
            )
        };
        (
            before.filter(|_| was_served).unwrap_or_default(),
            after
                .filter(|_| self.period.until <= today)
                .unwrap_or_default(),
        )
    }
}

fn load(
    conn: &mut Conn,
    scope: &Scope,
    wanted: Option<&AccountNumber>,
    (commodity, when): (Commodity, When),
) -> Result<Loaded, PageError> {
    let (account, all) = accounts::choose(conn, scope, wanted)?;
    let since = when.first.checked_sub_months(BILLS_BEFORE);
    let bills = bills::list_since(conn, scope, account.id, since.unwrap_or(when.first))?;
    let months = Months::of(&account, &bills, commodity);
    let billed: Vec<Period> = months.rows.iter().map(|row| row.period).collect();
    let period = when.days(&billed).ok_or(PageError::NotFound)?;
    let counted = usage::list(conn, scope, (account.id, commodity), period)?;
    let served_from = usage::find_first_day(conn, scope, (account.id, commodity))?;
    let weather = if when.is_csv {
        Vec::new()
    } else {
        weather::list(conn, period)?
    };
    Ok(Loaded {
        account,
        all,
        months,
        period,
        served_from,
        counted,
        weather,
    })
}

/// GET /usage/{service}/2026-11 by day, /usage/{service}/2026-11-19 by hour; each also as `.csv`.
pub async fn show(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    path: Path<(String, String)>,
    asked: Query<Asked>,
) -> PageResult {
    let (word, text) = path.into_inner();
    let commodity: Commodity = word.parse().map_err(|_unknown| PageError::NotFound)?;
    if !is_metered(commodity) {
        return Err(PageError::NotFound);
    }
    let when = When::of(&text).ok_or(PageError::NotFound)?;
    let (scope, wanted) = (customer.scope.clone(), asked.into_inner().account);
    let read = move |conn: &mut Conn| load(conn, &scope, wanted.as_ref(), (commodity, when));
    let loaded = app.db.read(read).await?;
    let chrome = chrome.about(&loaded.account, &loaded.all);
    let unit = shown_unit(commodity, &loaded.counted);
    let (today, zone) = (app.clock.today(), app.clock.zone());
    if when.is_day {
        let hours = by_hour(&loaded.counted, unit, (when.first, zone));
        if when.is_csv {
            hours_csv(&hours, (when.first, zone), unit)
        } else {
            day_page(chrome, (commodity, unit), (when, today), loaded, hours)
        }
    } else {
        let days = by_day(&loaded.counted, unit, loaded.period, today);
        if when.is_csv {
            days_csv(&days, when.first, unit)
        } else {
            month_page(chrome, (commodity, unit), (when, today), loaded, days)
        }
    }
}

pub fn without_csv(word: &str) -> (&str, bool) {
    word.strip_suffix(".csv")
        .map_or((word, false), |stem| (stem, true))
}

/// The mean temperature of each day that is known, in whole degrees Fahrenheit.
fn warmth(weather: &[WeatherDay]) -> BTreeMap<NaiveDate, Decimal> {
    let whole = |day: &WeatherDay| (day.day, in_whole(&day.mean));
    weather.iter().map(whole).collect()
}

/// As pages show it.
pub fn in_whole(degrees: &Degrees) -> Decimal {
    degrees
        .fahrenheit()
        .round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
}

/// A month or a day as an address names it; a month by its first day.
fn moment(text: &str) -> Option<(NaiveDate, bool)> {
    let day = |text: &str| text.parse().ok().map(|TypedDay(day)| day);
    day(text)
        .map(|day| (day, true))
        .or_else(|| day(&format!("{text}-01")).map(|first| (first, false)))
}

#[derive(Template)]
#[template(path = "portal/usage/month.html")]
struct MonthPage {
    t: Words,
    chrome: Chrome,
    account: Account,
    commodity: Commodity,
    unit: Unit,
    first: NaiveDate,
    /// The first and the last of its days.
    span: (NaiveDate, NaiveDate),
    /// How much of it was billed, in which unit, and what it cost.
    billed: Option<(Decimal, Unit, Money)>,
    before: String,
    after: String,
    total: Decimal,
    /// Over the days of which all is known; where there is none, over those that were read.
    average: Option<Decimal>,
    most: Option<(NaiveDate, Decimal)>,
    picture: Html<String>,
    narrow: Html<String>,
    /// Nothing where no day of it is known.
    days: Vec<DayUse>,
    /// On how many of the days no meter here reported.
    unreported: usize,
    /// Whether a meter here reported on any of them.
    reports: bool,
    /// How warm it was, where that is known.
    warm: BTreeMap<NaiveDate, Decimal>,
}

fn month_page(
    chrome: Chrome,
    (commodity, unit): (Commodity, Unit),
    (when, today): (When, NaiveDate),
    loaded: Loaded,
    mut days: Vec<DayUse>,
) -> PageResult {
    let (t, first) = (chrome.t, when.first);
    let warm = warmth(&loaded.weather);
    let (picture, narrow) = pictures(
        t,
        (commodity, unit),
        (&loaded.account, first),
        (&days, &warm),
    );
    let read: Vec<(NaiveDate, Decimal)> = days
        .iter()
        .filter_map(|day| Some((day.day, day.used?)))
        .collect();
    let total: Decimal = read.iter().map(|(_, used)| *used).sum();
    let full = days.iter().filter(|day| !day.is_partial);
    let full: Vec<Decimal> = full.filter_map(|day| day.used).collect();
    let average = if full.is_empty() {
        total.checked_div(Decimal::from(read.len()))
    } else {
        let sum: Decimal = full.iter().copied().sum();
        sum.checked_div(Decimal::from(full.len()))
    };
    let reports = |day: &DayUse| {
        let mut counters = loaded.counted.counters.iter();
        counters.any(|one| one.flow != Flow::Deducted && one.period.contains(day.day))
    };
    let unreported = days.iter().filter(|day| !reports(day)).count();
    let reports = days.is_empty() || unreported < days.len();
    if read.is_empty() {
        days.clear();
    }
    let mut rows = loaded.months.rows.iter();
    let billed = rows.find(|row| row.period == loaded.period);
    let (before, after) = loaded.neighbors(when, today);
    let last = loaded.period.until.pred_opt();
    page(&MonthPage {
        t,
        picture,
        narrow,
        average,
        most: read.iter().copied().max_by_key(|(_, used)| *used),
        total,
        before,
        after,
        span: (loaded.period.from, last.unwrap_or(loaded.period.from)),
        billed: billed.map(|row| (row.used, loaded.months.unit, row.cost)),
        chrome,
        account: loaded.account,
        commodity,
        unit,
        first,
        days,
        unreported,
        reports,
        warm,
    })
}

/// The days for a wide screen, each a link, and for a telephone, where bars are too narrow to be touched.
fn pictures(
    t: Words,
    (commodity, unit): (Commodity, Unit),
    (account, first): (&Account, NaiveDate),
    (days, warm): (&[DayUse], &BTreeMap<NaiveDate, Decimal>),
) -> (Html<String>, Html<String>) {
    let mut drawn: Vec<Day> = days
        .iter()
        .map(|day| Day {
            day: day.day,
            used: day.used.map(whole),
            is_estimated: day.is_estimated,
            degrees: warm.get(&day.day).copied(),
            address: Some(format!(
                "/usage/{commodity}/{}{}",
                day.day,
                account.suffix()
            )),
        })
        .collect();
    let title = t.usage_month_chart(commodity, t.month(first));
    let frame = Frame {
        id: "days",
        title: &title,
        unit: &t.unit_name(unit),
        width: 960,
        height: 260,
        tint: tint(commodity),
    };
    let wide = charts::days(t, &frame, &drawn);
    for day in &mut drawn {
        day.address = None;
    }
    let narrow = Frame {
        id: "days-narrow",
        width: 350,
        height: 220,
        ..frame
    };
    (wide, charts::days(t, &narrow, &drawn))
}

impl MonthPage {
    /// How warm a day was, where that is known.
    fn degrees(&self, day: &NaiveDate) -> Option<Decimal> {
        self.warm.get(day).copied()
    }
}

#[derive(Template)]
#[template(path = "portal/usage/day.html")]
struct DayPage {
    t: Words,
    chrome: Chrome,
    account: Account,
    commodity: Commodity,
    unit: Unit,
    day: NaiveDate,
    /// The first of the month under which it is shown.
    month: NaiveDate,
    before: String,
    after: String,
    total: Decimal,
    most: Option<(u32, Decimal)>,
    /// How warm it was, where that is known.
    weather: Option<WeatherDay>,
    picture: Html<String>,
    narrow: Html<String>,
    hours: Vec<HourUse>,
}

fn day_page(
    chrome: Chrome,
    (commodity, unit): (Commodity, Unit),
    (when, today): (When, NaiveDate),
    loaded: Loaded,
    hours: Vec<HourUse>,
) -> PageResult {
    let (t, day) = (chrome.t, when.first);
    let (before, after) = loaded.neighbors(when, today);
    let month = month_of(day, &loaded.billed());
    let drawn: Vec<Hour> = hours
        .iter()
        .map(|hour| Hour {
            hour: hour.hour,
            used: hour.used.map(|used| {
                used.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
            }),
            is_estimated: hour.quality == ReadQuality::Estimated,
        })
        .collect();
    let title = t.usage_day_chart(commodity, t.long_date(day));
    let frame = Frame {
        id: "hours",
        title: &title,
        unit: &t.unit_name(unit),
        width: 960,
        height: 260,
        tint: tint(commodity),
    };
    let narrow = Frame {
        id: "hours-narrow",
        width: 350,
        height: 220,
        ..frame
    };
    page(&DayPage {
        t,
        picture: charts::hours(t, &frame, &drawn),
        narrow: charts::hours(t, &narrow, &drawn),
        most: hours
            .iter()
            .filter_map(|hour| Some((hour.hour, hour.used?)))
            .max_by_key(|(_, used)| *used),
        weather: loaded.weather.first().copied(),
        month,
        before,
        after,
        total: hours.iter().filter_map(|hour| hour.used).sum(),
        chrome,
        account: loaded.account,
        commodity,
        unit,
        day,
        hours,
    })
}
