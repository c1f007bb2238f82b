//! One payment: who asked for it, and every step it took.

use std::borrow::Borrow;

use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDateTime;
use chrono_tz::Tz;

use crate::app::App;
use crate::domain::money::Money;
use crate::domain::payments::{Channel, PaymentState};
use crate::domain::staff::{Permission, Role};
use crate::i18n::{Words, words};
use crate::store;
use crate::store::account_history::{self, PaymentDetail};
use crate::store::error::StoreError;
use crate::store::labels::{self, AccountLabel};
use crate::web::chrome::Chrome;
use crate::web::session::StaffMember;
use crate::web::{PageResult, page};

/// The badge's tone of where a payment stands.
#[must_use]
pub fn tone(state: impl Borrow<PaymentState>) -> &'static str {
    match state.borrow() {
        PaymentState::Succeeded => "good",
        PaymentState::Requested | PaymentState::Processing => "info",
        PaymentState::RefundedPart | PaymentState::Refunded => "warn",
        PaymentState::Failed | PaymentState::Returned | PaymentState::ChargedBack => "bad",
        PaymentState::Canceled | PaymentState::Reversed => "",
    }
}

#[derive(Template)]
#[template(path = "office/payments/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    detail: PaymentDetail,
    account: Option<AccountLabel>,
    role: Role,
}

impl Show {
    /// Whether this member of staff may take the payment back.
    fn may_return(&self) -> bool {
        let line = &self.detail.line;
        self.role.may(Permission::ReversePayment)
            && line.channel != Channel::Portal
            && line.state == PaymentState::Succeeded
    }

    /// Whether it came by the processor, so that the office may give it back there.
    fn may_refund(&self) -> bool {
        let line = &self.detail.line;
        self.role.may(Permission::RefundCredit)
            && line.channel == Channel::Portal
            && line.state.was_posted()
    }

    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }
}

/// GET /office/payments/{number}
pub async fn show(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    let (number, today) = (path.into_inner(), app.clock.today());
    let (detail, account) = app
        .db
        .read(move |conn| {
            let detail = account_history::find_payment(conn, &number)?
                .ok_or(StoreError::Missing("payment"))?;
            let mut labels = labels::of_accounts(conn, &[detail.account_id], today)?;
            let account = labels.remove(&detail.account_id);
            Ok::<_, StoreError>((detail, account))
        })
        .await?;
    page(&Show {
        t: chrome.t,
        chrome,
        zone: app.clock.zone(),
        detail,
        account,
        role: staff.role,
    })
}

/// What the payer takes home, in the language of the account.
#[derive(Template)]
#[template(path = "office/payments/receipt.html")]
struct Receipt {
    t: Words,
    chrome: Chrome,
    said: Words,
    detail: PaymentDetail,
    account: AccountLabel,
    balance: Money,
}

/// GET /office/payments/{number}/receipt
pub async fn receipt(app: Data<App>, chrome: Chrome, path: Path<String>) -> PageResult {
    let (number, today) = (path.into_inner(), app.clock.today());
    let (detail, account, language, balance) = app
        .db
        .read(move |conn| {
            let detail = account_history::find_payment(conn, &number)?
                .filter(|detail| detail.line.state.was_posted())
                .ok_or(StoreError::Missing("receipt"))?;
            let id = detail.account_id;
            let account = labels::of_accounts(conn, &[id], today)?.remove(&id);
            let language = store::accounts::get(conn, id)?.language;
            let balance = store::ledger::balance(conn, id, None)?;
            let account = account.ok_or(StoreError::Missing("account"))?;
            Ok::<_, StoreError>((detail, account, language, balance))
        })
        .await?;
    page(&Receipt {
        t: chrome.t,
        chrome,
        said: words(language),
        detail,
        account,
        balance,
    })
}
