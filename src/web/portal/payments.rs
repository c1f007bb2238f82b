//! The payments of an account: 24 months of them, and each as it stands: on its way, or its receipt.

use std::borrow::Borrow;

use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::{Datelike, Months, NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use serde::Deserialize;

use crate::app::App;
use crate::domain::access::Right;
use crate::domain::ids::{AccountNumber, JointPaymentId, PaymentNumber};
use crate::domain::money::Money;
use crate::domain::payments::PaymentState;
use crate::domain::scope::Scope;
use crate::i18n::Words;
use crate::store;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::payment_methods::MethodRow;
use crate::store::payments::PaymentRow;
use crate::store::portal::accounts::{self, Account};
use crate::store::scheduled_payments::ScheduledRow;
use crate::web::chrome::Chrome;
use crate::web::scheduled_view::SCHEDULED_SHOWN;
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page};

/// How far back the list goes, in months.
const LIST_MONTHS: u32 = 24;

/// The most payments the list shows.
const LIST_LENGTH: i64 = 200;

/// A year with fewer payments than this opens the year before as well.
const FEW: usize = 6;

/// Which account.
#[derive(Debug, Deserialize)]
pub struct Asked {
    account: Option<AccountNumber>,
}

#[derive(Template)]
#[template(path = "portal/payments/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    account: Account,
    zone: Tz,
    /// What is still to come on a day that was chosen, and what was not charged of late.
    scheduled: Vec<(ScheduledRow, MethodRow)>,
    years: Vec<Year>,
}

/// The payments of one year, newest first.
struct Year {
    year: i32,
    is_open: bool,
    payments: Vec<PaymentRow>,
}

impl Index {
    /// The utility's day on which a payment was processed.
    fn processed_on(&self, payment: &PaymentRow) -> Option<NaiveDate> {
        payment.processed_at.map(|at| day_of(self.zone, at))
    }
}

/// The badge's tone of a payment's standing.
pub fn tone(state: impl Borrow<PaymentState>) -> &'static str {
    match state.borrow() {
        PaymentState::Succeeded => "good",
        PaymentState::Requested | PaymentState::Processing => "warn",
        PaymentState::Failed | PaymentState::Returned | PaymentState::ChargedBack => "bad",
        PaymentState::Canceled
        | PaymentState::Refunded
        | PaymentState::RefundedPart
        | PaymentState::Reversed => "",
    }
}

#[derive(Template)]
#[template(path = "portal/payments/show.html")]
pub(super) struct Show {
    t: Words,
    chrome: Chrome,
    number: AccountNumber,
    /// Whether it is looked at by its key, without a sign-in: the number is shown in part.
    is_guests: bool,
    /// Whether the reader may pay.
    may_pay: bool,
    payment: PaymentRow,
    /// The page of the payment for several accounts that it is a part of, for whoever may pay more than one of them.
    joint: Option<String>,
    refunded: Money,
    is_test: bool,
    zone: Tz,
    /// The page's own address.
    at: String,
    /// Where to go next.
    next: String,
}

impl Show {
    /// What somebody sees who paid without a sign-in.
    pub(super) fn of_guest(
        chrome: Chrome,
        (payment, refunded): (PaymentRow, Money),
        number: AccountNumber,
        at: String,
        zone: Tz,
    ) -> Self {
        Self {
            t: chrome.t,
            chrome,
            number,
            is_guests: true,
            may_pay: true,
            is_test: payment.processor == "sandbox",
            joint: None,
            payment,
            refunded,
            zone,
            at,
            next: "/quick-pay".to_owned(),
        }
    }

    /// The utility's day on which the payment was processed.
    fn processed_on(&self) -> Option<NaiveDate> {
        self.payment.processed_at.map(|at| day_of(self.zone, at))
    }

    /// Where to look for news of it: whoever may not pay has this page alone.
    fn news_at(&self) -> String {
        if self.may_pay {
            format!("{}/return", self.at)
        } else {
            self.at.clone()
        }
    }

    /// Whether the page waits for news of the payment.
    fn waits(&self) -> bool {
        self.payment.state == PaymentState::Requested
    }
}

/// The civil day of an instant.
fn day_of(zone: Tz, at: NaiveDateTime) -> NaiveDate {
    at.and_utc().with_timezone(&zone).date_naive()
}

/// GET /payments — 24 months of payments of an account, with the way and the day.
pub async fn index(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    asked: Query<Asked>,
) -> PageResult {
    let today = app.clock.today();
    let since = today
        .checked_sub_months(Months::new(LIST_MONTHS))
        .unwrap_or(today);
    let (scope, wanted) = (customer.scope.clone(), asked.into_inner().account);
    let (account, all, scheduled, payments) = app
        .db
        .read(move |conn| {
            let (account, all) = accounts::choose(conn, &scope, wanted.as_ref())?;
            let payments = store::payments::list(conn, &[account.id], since, LIST_LENGTH)?;
            let since = today - SCHEDULED_SHOWN;
            let scheduled = store::scheduled_payments::list(conn, account.id, since)?;
            Ok::<_, StoreError>((account, all, scheduled, payments))
        })
        .await?;
    page(&Index {
        t: chrome.t,
        chrome: chrome.about(&account, &all),
        account,
        zone: app.clock.zone(),
        scheduled,
        years: by_year(payments),
    })
}

/// Payments, newest first, under their years.
fn by_year(payments: Vec<PaymentRow>) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    for payment in payments {
        let year = payment.requested_on.year();
        match years.last_mut().filter(|last| last.year == year) {
            Some(last) => last.payments.push(payment),
            None => years.push(Year {
                year,
                is_open: years.iter().all(|year| year.payments.len() < FEW),
                payments: vec![payment],
            }),
        }
    }
    years
}

/// GET /payments/{number} — one payment: on its way, or its receipt.
pub async fn show(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    number: Path<PaymentNumber>,
) -> PageResult {
    let payment = find(&app, &customer.scope, &number).await?;
    let (scope, account_id) = (customer.scope.clone(), payment.account_id);
    let (id, went_back, joint) = (payment.id, payment.state.is_refunded(), payment.joint);
    let (all, refunded, joint) = app
        .db
        .read(move |conn| {
            let all = accounts::list(conn, &scope)?;
            let refunded = match went_back {
                true => store::payment_moves::refunded(conn, id)?,
                false => Money::ZERO,
            };
            let joint = match joint {
                Some(joint) => joint_key(conn, &scope, joint)?,
                None => None,
            };
            Ok::<_, StoreError>((all, refunded, joint))
        })
        .await?;
    let account = all.iter().find(|found| found.id == account_id).cloned();
    let account = account.ok_or(PageError::NotFound)?;
    page(&Show {
        t: chrome.t,
        chrome: chrome.about(&account, &all),
        at: format!("/payments/{}", payment.number),
        next: format!("/payments{}", account.suffix()),
        is_guests: false,
        may_pay: account.may_pay(),
        number: account.number,
        is_test: payment.processor == "sandbox",
        joint,
        payment,
        refunded,
        zone: app.clock.zone(),
    })
}

/// The name of the page of a payment for several accounts, where the customer may pay more than one of them.
fn joint_key(
    conn: &mut Conn,
    scope: &Scope,
    joint: JointPaymentId,
) -> Result<Option<String>, StoreError> {
    let paid = scope.with(Right::Pay);
    let parts = store::joint_payments::list_parts(conn, joint)?;
    let own = parts.iter().filter(|part| paid.holds(part.account_id));
    if own.count() < 2 {
        return Ok(None);
    }
    store::joint_payments::request_key(conn, joint).map(Some)
}

/// The payment with this number, on an account that the customer may see.
pub async fn find(
    app: &App,
    scope: &Scope,
    number: &PaymentNumber,
) -> Result<PaymentRow, PageError> {
    let (scope, number) = (scope.clone(), number.clone());
    let found = app
        .db
        .read(move |conn| store::payments::find_by_number(conn, scope.accounts(), &number))
        .await?;
    found.ok_or(PageError::NotFound)
}
