//! Canceling an issued bill, and billing its period again: what it was, what it comes to now, and why it is taken back. Whoever confirms has
//! seen the figures; if they changed meanwhile, they are shown again first. Whoever may not do it alone proposes it to somebody who may.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use crate::domain::corrections::CorrectionStatus;
use crate::domain::ids::BillNumber;
use crate::domain::money::Money;
use crate::domain::staff::{Permission, Role};
use crate::domain::stamp::Actor;
use crate::i18n::Words;
use crate::store::bill_cancellations::{self, BillHead};
use crate::store::db::Tx;
use crate::store::rebill_proposals::{self, RebillRow};
use crate::usecases::bill_cancellation::{CancellationError, cancel_bill};
use crate::usecases::billing::proposals::{self, ProposalError};
use crate::usecases::billing::rebill::{Plan, RebillError, cancel_and_rebill, plan};
use crate::web::chrome::Chrome;
use crate::web::desk::Desk;
use crate::web::doors::Doors;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::correction_words::who_decides;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

/// Taking a bill back, and proposing it.
pub fn doors() -> Doors {
    let (look, decide) = (Permission::PostAdjustment, Permission::CancelBill);
    Doors::at("/office/bills/{number}/cancellation")
        .get("", look, show)
        .post("", decide, create)
        .post("/proposal", look, propose)
        .post("/proposal/approval", decide, approve)
        .post("/proposal/refusal", decide, refuse)
        // Only whoever proposed it, whatever their job is by now.
        .post("/proposal/withdrawal", Permission::ViewAccount, withdraw)
}

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
    /// What was proposed, the newest first.
    proposals: Vec<RebillRow>,
    role: Role,
    by: Actor,
}

impl Show {
    /// Whether whoever looks takes bills back alone.
    fn may_cancel(&self) -> bool {
        self.role.may(Permission::CancelBill)
    }

    /// The proposal that waits for a second person.
    fn waits(&self) -> Option<&RebillRow> {
        let waits = |row: &&RebillRow| row.status == CorrectionStatus::Proposed;
        self.proposals.iter().find(waits)
    }

    fn is_own(&self, row: &RebillRow) -> bool {
        self.by.is_person(row.made_by_id, &row.made_by)
    }

    /// Who decides what is proposed.
    fn who(&self) -> String {
        let jobs = Role::ALL.iter().copied();
        who_decides(self.t, jobs.filter(|role| role.may(Permission::CancelBill)))
    }

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
pub async fn show(desk: Desk, member: StaffMember, number: Path<String>) -> PageResult {
    shown(desk, &member, &number, Form::default()).await
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
        return shown(desk, &member, &number, form).await;
    };
    match form.value("how") {
        "rebill" => return rebill(desk, member, &number, (form, reason)).await,
        "cancel" => {}
        _ => {
            form.refuse("how", t.form_choose());
            return shown(desk, &member, &number, form).await;
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
            shown(desk, &member, &number, form).await
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
    shown(desk, &member, number, form).await
}

/// POST /office/bills/{number}/cancellation/proposal — what was looked at waits for somebody who may do it.
pub async fn propose(
    desk: Desk,
    member: StaffMember,
    number: Path<String>,
    mut form: Form,
) -> PageResult {
    let (t, id) = (desk.chrome.t, find(&desk, &number).await?.id);
    let reason = form.value("reason").to_owned();
    let seal = form.exactly("seal").to_owned();
    let work = move |tx: &mut Tx<'_>| proposals::propose(tx, id, &reason, &seal);
    match desk.app.db.write(member.stamp(&desk.app), work).await {
        Ok(()) => see_other_saying(address(&number), Tone::Good, t.rebill_proposed()),
        Err(refused) => {
            form.refuse("reason", why_not(t, refused)?);
            shown(desk, &member, &number, form).await
        }
    }
}

/// POST /office/bills/{number}/cancellation/proposal/approval — carries out what waits, as it was seen.
pub async fn approve(
    desk: Desk,
    member: StaffMember,
    number: Path<String>,
    mut form: Form,
) -> PageResult {
    let (t, id) = (desk.chrome.t, find(&desk, &number).await?.id);
    let seal = form.exactly("seal").to_owned();
    let work = move |tx: &mut Tx<'_>| proposals::approve(tx, id, &seal);
    match desk.app.db.write(member.stamp(&desk.app), work).await {
        Ok(numbers) => {
            let first = numbers.first().map_or(number.as_str(), BillNumber::as_str);
            let at = format!("/office/bills/{first}");
            see_other_saying(at, Tone::Good, t.rebill_done(numbers.len()))
        }
        Err(refused) => {
            form.refuse("approval", why_not(t, refused)?);
            shown(desk, &member, &number, form).await
        }
    }
}

/// POST /office/bills/{number}/cancellation/proposal/refusal — with the reason.
pub async fn refuse(
    desk: Desk,
    member: StaffMember,
    number: Path<String>,
    mut form: Form,
) -> PageResult {
    let (t, id) = (desk.chrome.t, find(&desk, &number).await?.id);
    let words = form.value("refusal_words").to_owned();
    let work = move |tx: &mut Tx<'_>| proposals::refuse(tx, id, &words);
    match desk.app.db.write(member.stamp(&desk.app), work).await {
        Ok(()) => see_other_saying(address(&number), Tone::Good, t.rebill_proposal_refused()),
        Err(refused) => {
            form.refuse("refusal_words", why_not(t, refused)?);
            shown(desk, &member, &number, form).await
        }
    }
}

/// POST /office/bills/{number}/cancellation/proposal/withdrawal
pub async fn withdraw(desk: Desk, member: StaffMember, number: Path<String>) -> PageResult {
    let (t, id) = (desk.chrome.t, find(&desk, &number).await?.id);
    let work = move |tx: &mut Tx<'_>| proposals::withdraw(tx, id);
    match desk.app.db.write(member.stamp(&desk.app), work).await {
        Ok(()) => see_other_saying(address(&number), Tone::Good, t.proposal_was_withdrawn()),
        Err(ProposalError::SamePerson(_)) => {
            see_other_saying(address(&number), Tone::Bad, t.correction_not_own())
        }
        Err(refused) => see_other_saying(address(&number), Tone::Bad, why_not(t, refused)?),
    }
}

fn address(number: &str) -> String {
    format!("/office/bills/{number}/cancellation")
}

/// Why nothing was proposed or decided, and how to mend it.
fn why_not(t: Words, refused: ProposalError) -> Result<String, PageError> {
    match refused {
        ProposalError::WordsMissing => Ok(t.form_required().to_owned()),
        ProposalError::WordsTooLong(most) => Ok(t.hold_words_long(most)),
        ProposalError::Waits(who) => Ok(t.proposal_waits(who)),
        ProposalError::SamePerson(_) => Ok(t.correction_same_person().to_owned()),
        ProposalError::Moved => Ok(t.rebill_nothing_waits().to_owned()),
        ProposalError::Rebill(RebillError::Changed) => Ok(t.rebill_changed().to_owned()),
        ProposalError::Rebill(RebillError::Held) => Ok(t.rebill_held().to_owned()),
        ProposalError::Rebill(RebillError::NotIssued) => Ok(t.cancellation_not_issued().to_owned()),
        ProposalError::Rebill(RebillError::Replaced(_)) => Ok(t.cancellation_was().to_owned()),
        ProposalError::Rebill(RebillError::Fault(fault)) | ProposalError::Fault(fault) => {
            Err(fault.into())
        }
        ProposalError::Rebill(other @ (RebillError::Cancellation(_) | RebillError::Billing(_))) => {
            Err(PageError::fault(other))
        }
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

async fn shown(desk: Desk, member: &StaffMember, number: &str, form: Form) -> PageResult {
    let bill = find(&desk, number).await?;
    let (id, today) = (bill.id, desk.app.clock.today());
    let status = if form.is_good() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let (is_canceled, planned, proposals) = desk
        .app
        .db
        .read(move |conn| {
            let is_canceled = bill_cancellations::find(conn, id)?.is_some();
            let proposals = rebill_proposals::list_of(conn, id)?;
            Ok::<_, PageError>((is_canceled, plan(conn, id, today), proposals))
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
            proposals,
            role: member.role,
            by: member.actor(),
        },
    )
}
