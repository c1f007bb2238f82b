//! Canceling an issued bill: what it comes to, and why it is taken back.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use crate::domain::ids::BillNumber;
use crate::i18n::Words;
use crate::store::bill_cancellations::{self, BillHead};
use crate::usecases::bill_cancellation::{CancellationError, cancel_bill};
use crate::web::chrome::Chrome;
use crate::web::desk::Desk;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

#[derive(Template)]
#[template(path = "office/bill_cancellations/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    form: Form,
    bill: BillHead,
    is_canceled: bool,
}

/// GET /office/bills/{number}/cancellation
pub async fn show(desk: Desk, number: Path<String>) -> PageResult {
    shown(desk, &number, Form::default(), StatusCode::OK).await
}

/// POST /office/bills/{number}/cancellation
pub async fn create(
    desk: Desk,
    member: StaffMember,
    number: Path<String>,
    mut form: Form,
) -> PageResult {
    let t = desk.chrome.t;
    let Some(reason) = form.required("reason", t.form_required()) else {
        return shown(desk, &number, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let bill = find(&desk, &number).await?;
    let id = bill.id;
    let canceled = desk.app.db.write(member.stamp(&desk.app), move |tx| {
        cancel_bill(tx, id, &reason)
    });
    match canceled.await {
        Ok(_) => {
            let account = format!("/office/accounts/{}", bill.account_number.as_str());
            see_other_saying(
                account,
                Tone::Good,
                t.cancellation_done(bill.number.to_string()),
            )
        }
        Err(CancellationError::NotIssued) => {
            form.refuse("reason", t.cancellation_not_issued());
            shown(desk, &number, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(CancellationError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => Err(PageError::fault(refusal)),
    }
}

async fn find(desk: &Desk, number: &str) -> Result<BillHead, PageError> {
    let number: BillNumber = number
        .parse()
        .map_err(|_not_a_number| PageError::NotFound)?;
    let bill = desk
        .app
        .db
        .read(move |conn| bill_cancellations::get_bill(conn, &number))
        .await?;
    Ok(bill)
}

async fn shown(desk: Desk, number: &str, form: Form, status: StatusCode) -> PageResult {
    let bill = find(&desk, number).await?;
    let id = bill.id;
    let canceled = desk
        .app
        .db
        .read(move |conn| bill_cancellations::find(conn, id))
        .await?;
    let (t, chrome) = (desk.chrome.t, desk.chrome);
    page_with(
        status,
        &Show {
            t,
            chrome,
            form,
            bill,
            is_canceled: canceled.is_some(),
        },
    )
}
