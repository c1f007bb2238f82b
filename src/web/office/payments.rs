//! One payment: who asked for it, and every step it took.

use std::borrow::Borrow;

use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDateTime;
use chrono_tz::Tz;

use crate::app::App;
use crate::domain::payments::PaymentState;
use crate::i18n::Words;
use crate::store::account_history::{self, PaymentDetail};
use crate::store::error::StoreError;
use crate::store::labels::{self, AccountLabel};
use crate::web::chrome::Chrome;
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
}

impl Show {
    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }
}

/// GET /office/payments/{number}
pub async fn show(app: Data<App>, chrome: Chrome, path: Path<String>) -> PageResult {
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
    })
}
