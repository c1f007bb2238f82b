//! The office's first page: what waits, what runs, what came in. Every figure is read now, but for the one that takes long in a large house.

use actix_web::web::Data;
use askama::Template;
use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use chrono_tz::Tz;
use rust_decimal::Decimal;

use crate::app::App;
use crate::domain::calls::LONGEST_CALL;
use crate::domain::exceptions::{ExceptionReason, ExceptionStatus};
use crate::domain::money::Money;
use crate::domain::payments::PaymentState;
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::arrangements;
use crate::store::error::StoreError;
use crate::store::exceptions::{self, Filter, OwnerFilter};
use crate::store::holds::reviews;
use crate::store::print::waiting;
use crate::store::today::{self, Grounds, ImportLine, Owed, RunLine};
use crate::store::{calls, orders, requests};
use crate::web::chrome::Chrome;
use crate::web::office::first_attempts::{Attempts, FirstAttempts};
use crate::web::session::StaffMember;
use crate::web::{PageResult, page, see_other};

/// How many runs and imports are shown.
const FEW: i64 = 6;

/// Deliveries of so long are counted.
const DELIVERIES: TimeDelta = TimeDelta::days(35);

/// So long a broken arrangement is counted.
const BROKEN: Days = Days::new(30);

struct Figures {
    by_reason: Vec<(ExceptionReason, i64)>,
    mine: i64,
    unowned: i64,
    /// Open requests of customers, and how many of them are past the promised day.
    requests: (i64, i64),
    /// Open service orders, and how many came back undone.
    orders: (i64, i64),
    /// Extensions and arrangements in force, and how many were broken lately.
    arrangements: (i64, i64),
    /// Holds whose end waits for somebody, and how many of these nobody has taken.
    holds: (i64, i64),
    runs: Vec<RunLine>,
    imports: Vec<ImportLine>,
    payments: Vec<(PaymentState, i64, Money)>,
    owed: Owed,
    /// What there is of what a bill stands on.
    grounds: Grounds,
    /// Bills and letters that wait for the printer.
    paper: waiting::Count,
    /// Calls that were left open, where whoever looks may end them.
    left_open: i64,
}

impl Figures {
    fn open(&self) -> i64 {
        self.by_reason.iter().map(|(_, count)| count).sum()
    }

    fn of(&self, is_counted: impl Fn(PaymentState) -> bool) -> (i64, Money) {
        let counted = self
            .payments
            .iter()
            .filter(|(state, ..)| is_counted(*state));
        counted.fold((0, Money::ZERO), |(count, sum), (_, more, amount)| {
            (count + more, sum + *amount)
        })
    }

    fn paid(&self) -> (i64, Money) {
        self.of(|state| matches!(state, PaymentState::Succeeded | PaymentState::RefundedPart))
    }

    /// How many days the first of what waits for the printer has waited.
    fn paper_days(&self, today: NaiveDate, zone: Tz) -> Option<i64> {
        let since = self.paper.since?.and_utc().with_timezone(&zone);
        Some((today - since.date_naive()).num_days().max(0))
    }

    fn pending(&self) -> (i64, Money) {
        self.of(|state| state == PaymentState::Processing)
    }
}

#[derive(Template)]
#[template(path = "office/today.html")]
struct Today {
    t: Words,
    chrome: Chrome,
    name: String,
    zone: Tz,
    today: NaiveDate,
    figures: Figures,
    /// Bills that went out in the last weeks, and how many arrived by the first way tried.
    delivered: Option<Attempts>,
}

impl Today {
    /// Percent of the bills that arrived by the first way tried, and of how many.
    fn first_attempts(&self) -> Option<(Decimal, i64)> {
        let (bills, arrived) = self.delivered?;
        let share = Decimal::from(arrived).checked_div(Decimal::from(bills))?;
        Some((share.checked_mul(Decimal::ONE_HUNDRED)?, bills))
    }

    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }
}

/// GET /office — whoever sees no accounts begins with their own orders.
pub async fn index(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    attempts: Data<FirstAttempts>,
) -> PageResult {
    if !staff.may(Permission::ViewAccount) {
        return see_other("/office/field");
    }
    let (on, me) = (app.clock.today(), staff.id);
    let forgotten = app.clock.now() - LONGEST_CALL;
    let ends_calls = staff.may(Permission::EndCalls);
    let since = on - DELIVERIES;
    let figures = app
        .db
        .read(move |conn| {
            let open = |owner| Filter {
                status: Some(ExceptionStatus::Open),
                owner,
                ..Filter::default()
            };
            Ok::<_, StoreError>(Figures {
                by_reason: exceptions::count_open_by_reason(conn)?,
                mine: exceptions::count(conn, &open(OwnerFilter::Staff(me)))?,
                unowned: exceptions::count(conn, &open(OwnerFilter::Nobody))?,
                requests: requests::count_open(conn, on)?,
                orders: orders::count_open(conn)?,
                arrangements: arrangements::count_today(conn, on - BROKEN)?,
                holds: reviews::count_open(conn, on)?,
                runs: today::list_runs(conn, (FEW, 0))?,
                imports: today::list_imports(conn, FEW)?,
                payments: today::list_payments_of(conn, on)?,
                owed: today::owed(conn, on)?,
                grounds: today::grounds(conn)?,
                paper: waiting::count(conn)?,
                left_open: if ends_calls {
                    calls::count_open(conn, forgotten)?
                } else {
                    0
                },
            })
        })
        .await?;
    let delivered = attempts.since(&app, since).await?;
    page(&Today {
        t: chrome.t,
        chrome,
        name: staff.name,
        zone: app.clock.zone(),
        today: on,
        figures,
        delivered,
    })
}
