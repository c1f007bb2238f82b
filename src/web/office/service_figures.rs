//! How customers are served: calls that were noted beside what customers did by themselves, month by month; without paper, with a sign-in,
//! with autopay; what calls are about, and how long they take. A portal that spares no calls shows here.

use actix_web::web::Data;
use askama::Template;
use chrono::{Datelike, Days, Months, NaiveDate};
use rust_decimal::Decimal;

use crate::app::App;
use crate::domain::calls::{CallFigures, CallTopic};
use crate::i18n::Words;
use crate::store::reports::service::{
    CallsRow, CountRow, HourRow, Reach, by_month, calls_by_hour, calls_by_topic, calls_of_told,
    reach,
};
use crate::web::chrome::Chrome;
use crate::web::{PageError, PageResult, page};

/// How many months are shown.
const MONTHS: u32 = 13;

/// Of so many days are the calls by what they were about, and those of accounts that were told and of others.
const CALL_DAYS: u64 = 90;

/// The disputes of a cycle of five thousand accounts, three of every hundred.
const DISPUTES_A_CYCLE: i64 = 150;

/// Minutes that each takes where nothing helps.
const MINUTES_BEFORE: i64 = 15;

/// One month.
struct Row {
    month: NaiveDate,
    calls: i64,
    requests: i64,
    online: i64,
    office: i64,
}

impl Row {
    /// Percent of the payments that were made online; none without payments.
    fn share(&self) -> Option<Decimal> {
        percent(self.online, self.online + self.office)
    }
}

#[derive(Template)]
#[template(path = "office/service_figures.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    rows: Vec<Row>,
    reach: Reach,
    told: Vec<CallsRow>,
    topics: Vec<(CallTopic, CallFigures)>,
}

impl Index {
    /// All calls together.
    fn all_calls(&self) -> CallFigures {
        sum(&self.topics, |_| true)
    }

    /// The calls that complain of a bill.
    fn complaints(&self) -> CallFigures {
        sum(&self.topics, CallTopic::is_complaint)
    }

    /// Hours of the disputes of a cycle at the pace of complaints, those at the pace without this program, and by how many percent these are more:
    /// below zero where they are less. None where no complaint was timed.
    fn dispute_hours(&self) -> Option<(Decimal, Decimal, Decimal)> {
        let hours = |minutes: Decimal| {
            let all = minutes.checked_mul(Decimal::from(DISPUTES_A_CYCLE))?;
            all.checked_div(Decimal::from(60))
        };
        let now = hours(self.complaints().minutes()?)?;
        let before = hours(Decimal::from(MINUTES_BEFORE))?;
        let spared = (before - now).checked_div(before)?;
        Some((now, before, spared.checked_mul(Decimal::ONE_HUNDRED)?))
    }

    /// Each figure of reach: its word, how many accounts, and what percent that is.
    fn reaches(&self) -> impl Iterator<Item = (&'static str, i64, Option<Decimal>)> {
        let reach = self.reach;
        let named = [
            (self.t.service_paperless(), reach.paperless),
            (self.t.service_with_sign_in(), reach.with_sign_in),
            (self.t.service_with_autopay(), reach.with_autopay),
        ];
        named
            .into_iter()
            .map(move |(name, count)| (name, count, percent(count, reach.accounts)))
    }
}

fn sum(topics: &[(CallTopic, CallFigures)], counts: impl Fn(CallTopic) -> bool) -> CallFigures {
    let counted = topics.iter().filter(|(topic, _)| counts(*topic));
    counted.fold(CallFigures::default(), |all, (_, figures)| {
        all.with(figures)
    })
}

/// Calls of every hundred accounts; none without accounts.
pub fn a_hundred(row: &CallsRow) -> Option<Decimal> {
    percent(row.calls, row.accounts)
}

/// GET /office/service-figures
pub async fn index(app: Data<App>, chrome: Chrome) -> PageResult {
    let today = app.clock.today();
    let this = today.with_day(1).unwrap_or(today);
    let since = this - Months::new(MONTHS - 1);
    // Calls have instants: the day before holds all of the first, whatever the zone.
    let instant = app.clock.noon_of(since - Days::new(1));
    let called_since = app.clock.noon_of(today - Days::new(CALL_DAYS));
    let read = app.db.read(move |conn| {
        let counted = (by_month(conn, since)?, calls_by_hour(conn, instant)?);
        let called = (
            calls_of_told(conn, called_since)?,
            calls_by_topic(conn, called_since)?,
        );
        Ok::<_, PageError>((counted, reach(conn, today)?, called))
    });
    let ((counted, calls), reach, (told, topics)) = read.await?;
    let called = |month: NaiveDate| {
        let is_in = |row: &&HourRow| {
            let day = row.at().map(|at| app.clock.day_of(at));
            day.is_some_and(|day| day.with_day(1) == Some(month))
        };
        calls.iter().filter(is_in).map(|row| row.calls).sum()
    };
    let months = (0..MONTHS).map(|back| this - Months::new(back));
    page(&Index {
        t: chrome.t,
        chrome,
        rows: months
            .map(|month| row(month, called(month), &counted))
            .collect(),
        reach,
        told,
        topics,
    })
}

fn row(month: NaiveDate, calls: i64, counted: &[CountRow]) -> Row {
    let word = format!("{}-{:02}", month.year(), month.month());
    let times = |what: &str| {
        let of = |row: &&CountRow| row.month == word && row.what == what;
        counted.iter().find(of).map_or(0, |row| row.times)
    };
    Row {
        month,
        calls,
        requests: times("request"),
        online: times("online"),
        office: times("office"),
    }
}

fn percent(part: i64, of: i64) -> Option<Decimal> {
    let share = Decimal::from(part).checked_div(Decimal::from(of))?;
    share.checked_mul(Decimal::ONE_HUNDRED)
}
