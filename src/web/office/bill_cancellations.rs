//! Canceling an issued bill, and billing its period again: what it was, what it comes to now, and why it is taken back. Whoever confirms has
//! seen the figures; if they changed meanwhile, they are shown again first.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use crate::domain::ids::BillNumber;
use crate::domain::money::Money;
use crate::i18n::Words;
use crate::store::bill_cancellations::{self, BillHead};
use crate::store::db::Tx;
use crate::usecases::bill_cancellation::{CancellationError, cancel_bill};
use crate::usecases::billing::rebill::{Plan, RebillError, cancel_and_rebill, plan};
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
    replaced_by: Option<BillNumber>,
    plan: Option<Plan>,
}

impl Show {
    /// More, less or the same, in words.
    fn difference(&self, amount: Money) -> String {
        match amount.cents() {
            0 => self.t.rebill_same().to_owned(),
            cents if cents > 0 => self.t.rebill_more(amount),
            _ => self.t.rebill_less(-amount),
        }
    }
}

/// GET /office/bills/{number}/cancellation
pub async fn show(desk: Desk, number: Path<String>) -> PageResult {
    shown(desk, &number, Form::default(), StatusCode::OK).await
}

/// POST /office/bills/{number}/cancellation — take the bill back, and with `how=rebill` bill the period again at once.
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
    match form.value("how") {
        "rebill" => return rebill(desk, member, &number, (form, reason)).await,
        "cancel" => {}
        _ => {
            form.refuse("how", t.form_choose());
            return shown(desk, &number, form, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    }
    let bill = find(&desk, &number).await?;
    let id = bill.id;
    let canceled = desk.app.db.write(member.stamp(&desk.app), move |tx| {
        cancel_bill(tx, id, &reason)
    });
    match canceled.await {
        Ok(_) => {
            let at = format!("/office/bills/{}", bill.number);
            let said = t.cancellation_done(bill.number.to_string());
            see_other_saying(at, Tone::Good, said)
        }
        Err(CancellationError::NotIssued) => {
            form.refuse("reason", t.cancellation_not_issued());
            shown(desk, &number, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(CancellationError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => Err(PageError::fault(refusal)),
    }
}

async fn rebill(
    desk: Desk,
    member: StaffMember,
    number: &str,
    (mut form, reason): (Form, String),
) -> PageResult {
    let (t, id) = (desk.chrome.t, find(&desk, number).await?.id);
    let seal = form.exactly("seal").to_owned();
    let work = move |tx: &mut Tx<'_>| cancel_and_rebill(tx, id, &reason, &seal);
    let stamp = member.stamp(&desk.app);
    let problem = match desk.app.db.write(stamp, work).await {
        Ok(numbers) => {
            let first = numbers.first().map_or(number, BillNumber::as_str);
            let at = format!("/office/bills/{first}");
            return see_other_saying(at, Tone::Good, t.rebill_done(numbers.len()));
        }
        Err(RebillError::Changed) => t.rebill_changed(),
        Err(RebillError::Held) => t.rebill_held(),
        Err(RebillError::NotIssued) => t.cancellation_not_issued(),
        Err(RebillError::Replaced(_)) => t.cancellation_was(),
        Err(RebillError::Fault(fault)) => return Err(fault.into()),
        Err(refusal) => return Err(PageError::fault(refusal)),
    };
    form.refuse("reason", problem);
    shown(desk, number, form, StatusCode::UNPROCESSABLE_ENTITY).await
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
    let (id, today) = (bill.id, desk.app.clock.today());
    let (is_canceled, planned) = desk
        .app
        .db
        .read(move |conn| {
            let is_canceled = bill_cancellations::find(conn, id)?.is_some();
            Ok::<_, PageError>((is_canceled, plan(conn, id, today)))
        })
        .await?;
    let (plan, replaced_by) = match planned {
        Ok(plan) => (Some(plan), None),
        Err(RebillError::Replaced(number)) => (None, Some(number)),
        Err(RebillError::NotIssued) => (None, None),
        Err(RebillError::Fault(fault)) => return Err(fault.into()),
        Err(fault) => return Err(PageError::fault(fault)),
    };
    let (t, chrome) = (desk.chrome.t, desk.chrome);
    let form = match &plan {
        Some(plan) => form.with("seal", plan.seal()),
        None => form,
    };
    page_with(
        status,
        &Show {
            t,
            chrome,
            form,
            bill,
            is_canceled,
            replaced_by,
            plan,
        },
    )
}
