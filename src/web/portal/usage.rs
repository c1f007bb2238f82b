//! Usage by day and hour: a picture, the numbers beneath it as a table, and both to take along as CSV.

use std::collections::BTreeMap;

use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::{Months as MonthSpan, NaiveDate, NaiveDateTime, SecondsFormat, TimeZone, Timelike};
use chrono_tz::Tz;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::app::App;
use crate::documents::charts::{self, Day, Frame, Hour};
use crate::documents::csv;
use crate::domain::ids::AccountNumber;
use crate::domain::intervals::calendar::CivilDay;
use crate::domain::meters::Flow;
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::reads::ReadQuality;
use crate::domain::typed_day::TypedDay;
use crate::domain::weather::{Degrees, WeatherDay};
use crate::i18n::{Html, Words};
use crate::store::intervals::UsageDay;
use crate::store::portal::accounts::{self, Account};
use crate::store::portal::usage::{self, Counted, Counter};
use crate::store::weather;
use crate::usecases::hours::shown_unit;
use crate::web::chrome::Chrome;
use crate::web::portal::usage_files::csv_attached;
use crate::web::portal::usage_view::{is_metered, tint, whole};
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page};

/// Whose usage is asked for, where a login holds several accounts.
#[derive(Deserialize)]
pub struct Asked {
    pub account: Option<AccountNumber>,
}

/// GET /usage/{service}/2026-11 by day, /usage/{service}/2026-11-19 by hour; each also as `.csv`.
pub async fn show(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    path: Path<(String, String)>,
    asked: Query<Asked>,
) -> PageResult {
    let (word, when) = path.into_inner();
    let commodity: Commodity = word.parse().map_err(|_unknown| PageError::NotFound)?;
    if !is_metered(commodity) {
        return Err(PageError::NotFound);
    }
    let (when, is_csv) = without_csv(&when);
    let (first, is_day) = moment(when).ok_or(PageError::NotFound)?;
    let until = if is_day {
        first.succ_opt()
    } else {
        first.checked_add_months(MonthSpan::new(1))
    };
    let period = until
        .and_then(|until| Period::new(first, until))
        .ok_or(PageError::NotFound)?;
    let scope = customer.scope.clone();
    let wanted = asked.into_inner().account;
    let (account, all, counted, weather) = app
        .db
        .read(move |conn| {
            let (account, all) = accounts::choose(conn, &scope, wanted.as_ref())?;
            let counted = usage::list(conn, &scope, (account.id, commodity), period)?;
            let weather = if is_csv {
                Vec::new()
            } else {
                weather::list(conn, period)?
            };
            Ok::<_, PageError>((account, all, counted, weather))
        })
        .await?;
    let chrome = chrome.about(&account, &all);
    let unit = shown_unit(commodity, &counted);
    if is_day {
        let hours = by_hour(&counted, unit, (first, app.clock.zone()));
        if is_csv {
            hours_csv(&hours, (first, app.clock.zone()), unit)
        } else {
            let weather = weather.first().copied();
            day_page(chrome, (account, commodity, unit), (first, weather), hours)
        }
    } else {
        let days = by_day(&counted, unit, period, app.clock.today());
        if is_csv {
            days_csv(&days, first, unit)
        } else {
            let warm = warmth(&weather);
            month_page(chrome, (account, commodity, unit), (first, warm), days)
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

/// Usage of one day.
struct DayUse {
    day: NaiveDate,
    used: Option<Decimal>,
    is_estimated: bool,
}

/// Usage of one hour on the wall's clock.
struct HourUse {
    /// When it begins, in UTC: where the clocks go back, two hours of a day have the same number.
    from: NaiveDateTime,
    hour: u32,
    used: Option<Decimal>,
    quality: ReadQuality,
}

/// The days that add up to what was used, with their registers: what a deduct meter counts, the meter before it has counted already.
fn summed(counted: &Counted) -> impl Iterator<Item = (&Counter, &UsageDay)> {
    let with_counter = |day| Some((counted.counter_of(day)?, day));
    counted
        .days
        .iter()
        .filter_map(with_counter)
        .filter(|(counter, _)| counter.flow != Flow::Deducted)
}

/// In the unit shown; what was fed back counts against what was taken.
fn told(counter: &Counter, amount: Decimal, unit: Unit) -> Option<Decimal> {
    let counted = Quantity {
        amount,
        unit: counter.unit,
    };
    let told = counted.to(unit)?.amount;
    Some(if counter.flow == Flow::Received {
        -told
    } else {
        told
    })
}

fn by_day(counted: &Counted, unit: Unit, period: Period, today: NaiveDate) -> Vec<DayUse> {
    let days = period
        .from
        .iter_days()
        .take_while(|day| *day < period.until && *day <= today);
    days.map(|day| {
        let mut told_day = DayUse {
            day,
            used: None,
            is_estimated: false,
        };
        for (counter, found) in summed(counted).filter(|(_, found)| found.day == day) {
            if let Some(amount) = told(counter, found.usage.sum(), unit) {
                told_day.used = Some(told_day.used.unwrap_or_default() + amount);
            }
            told_day.is_estimated |=
                !found.usage.is_complete() || found.usage.count(ReadQuality::Estimated) > 0;
        }
        told_day
    })
    .collect()
}

fn by_hour(counted: &Counted, unit: Unit, (day, zone): (NaiveDate, Tz)) -> Vec<HourUse> {
    let civil = CivilDay::of(zone, day);
    let mut hours: BTreeMap<NaiveDateTime, HourUse> = BTreeMap::new();
    for (counter, found) in summed(counted) {
        for value in found.usage.values(civil) {
            let start = value
                .from
                .with_minute(0)
                .and_then(|at| at.with_second(0))
                .unwrap_or(value.from);
            let hour = zone.from_utc_datetime(&start).hour();
            let entry = hours.entry(start).or_insert(HourUse {
                from: start,
                hour,
                used: None,
                quality: ReadQuality::Actual,
            });
            entry.quality = entry.quality.weaker(value.quality);
            if let Some(amount) = value.value.and_then(|amount| told(counter, amount, unit)) {
                entry.used = Some(entry.used.unwrap_or_default() + amount);
            }
        }
    }
    hours.into_values().collect()
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
    before: String,
    after: String,
    total: Decimal,
    /// Over the days that were read.
    average: Option<Decimal>,
    most: Option<(NaiveDate, Decimal)>,
    picture: Html<String>,
    days: Vec<DayUse>,
    /// How warm it was, where that is known.
    warm: BTreeMap<NaiveDate, Decimal>,
}

fn month_page(
    chrome: Chrome,
    (account, commodity, unit): (Account, Commodity, Unit),
    (first, warm): (NaiveDate, BTreeMap<NaiveDate, Decimal>),
    days: Vec<DayUse>,
) -> PageResult {
    let t = chrome.t;
    let drawn: Vec<Day> = days
        .iter()
        .map(|day| Day {
            day: day.day,
            used: day.used.map(whole),
            is_estimated: day.is_estimated,
            degrees: warm.get(&day.day).copied(),
            address: format!("/usage/{commodity}/{}{}", day.day, account.suffix()),
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
    let month = |first: Option<NaiveDate>| {
        first
            .map(|first| first.format("%Y-%m").to_string())
            .unwrap_or_default()
    };
    let read: Vec<(NaiveDate, Decimal)> = days
        .iter()
        .filter_map(|day| Some((day.day, day.used?)))
        .collect();
    let total: Decimal = read.iter().map(|(_, used)| *used).sum();
    page(&MonthPage {
        t,
        picture: charts::days(t, &frame, &drawn),
        average: total.checked_div(Decimal::from(read.len())),
        most: read.iter().copied().max_by_key(|(_, used)| *used),
        total,
        before: month(first.checked_sub_months(MonthSpan::new(1))),
        after: month(first.checked_add_months(MonthSpan::new(1))),
        chrome,
        account,
        commodity,
        unit,
        first,
        days,
        warm,
    })
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
    month: String,
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
    (account, commodity, unit): (Account, Commodity, Unit),
    (day, weather): (NaiveDate, Option<WeatherDay>),
    hours: Vec<HourUse>,
) -> PageResult {
    let t = chrome.t;
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
        weather,
        month: day.format("%Y-%m").to_string(),
        before: day.pred_opt().unwrap_or(day).to_string(),
        after: day.succ_opt().unwrap_or(day).to_string(),
        total: hours.iter().filter_map(|hour| hour.used).sum(),
        chrome,
        account,
        commodity,
        unit,
        day,
        hours,
    })
}

fn days_csv(days: &[DayUse], first: NaiveDate, unit: Unit) -> PageResult {
    let rows = days.iter().map(|day| {
        let quality = match (day.used, day.is_estimated) {
            (None, _) => "missing",
            (_, true) => "estimated",
            (_, false) => "actual",
        };
        [
            day.day.to_string(),
            day.used
                .map(|used| used.normalize().to_string())
                .unwrap_or_default(),
            quality.to_owned(),
        ]
    });
    csv_attached(
        csv::table(&["day", unit.as_str(), "quality"], rows),
        &format!("usage-{}.csv", first.format("%Y-%m")),
    )
}

fn hours_csv(hours: &[HourUse], (day, zone): (NaiveDate, Tz), unit: Unit) -> PageResult {
    let rows = hours.iter().map(|hour| {
        let used = hour
            .used
            .map(|used| used.normalize().to_string())
            .unwrap_or_default();
        [
            zone.from_utc_datetime(&hour.from)
                .to_rfc3339_opts(SecondsFormat::Secs, false),
            used,
            hour.quality.to_string(),
        ]
    });
    csv_attached(
        csv::table(&["hour", unit.as_str(), "quality"], rows),
        &format!("usage-{day}.csv"),
    )
}
