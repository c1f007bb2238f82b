//! Giving back what came by the processor: ordered here, decided by a second person where it is more than one decides, and asked for at the
//! processor. What came of it stands with the payment, as soon as the processor says so.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;

use crate::adapters::stripe::refunds::RefundAnswer;
use crate::app::App;
use crate::domain::correction_policy::CorrectionPolicy;
use crate::domain::corrections::CorrectionKind;
use crate::domain::ids::PaymentNumber;
use crate::domain::money::Money;
use crate::domain::refund_orders::RefundState;
use crate::domain::staff::{Permission, Role};
use crate::i18n::Words;
use crate::store;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::labels::{self, AccountLabel};
use crate::store::payment_refunds::{self, RefundRow};
use crate::store::payments::PaymentRow;
use crate::usecases::books::BooksError;
use crate::usecases::corrections::decided_by;
use crate::usecases::payments::{
    RefundError, RefundOrder, RefundQuestion, approve_refund, order_refund, record_refund_failed,
    record_refund_sent, refund_call, refundable, refuse_refund, withdraw_refund,
};
use crate::web::chrome::Chrome;
use crate::web::doors::Doors;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::correction_words::{closed, law, may_second, who_seconds};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

/// Refunds of payments.
pub fn doors() -> Doors {
    let (order, second) = (Permission::RefundCredit, Permission::ApproveCorrection);
    let look = Permission::ViewAccount;
    Doors::at("/office/payments/{number}/refunds")
        .get("", look, show)
        .post("", order, create)
        .post("/{id}/approval", second, approve)
        .post("/{id}/refusal", second, refuse)
        // Only whoever ordered it, whatever their job is by now.
        .post("/{id}/withdrawal", look, withdraw)
}

#[derive(Template)]
#[template(path = "office/payment_refunds/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    payment: PaymentRow,
    account: AccountLabel,
    /// What may still go back, or why nothing may.
    left: Result<Money, String>,
    refunds: Vec<RefundRow>,
    policy: CorrectionPolicy,
    /// What whoever looks decided on the account in the days over which it counts together.
    decided: Money,
    staff: (Role, i64),
    form: Form,
}

impl Show {
    /// Whether whoever looks may order a refund, and something is left to go back.
    fn is_offered(&self) -> bool {
        let is_left = self.left.as_ref().is_ok_and(|left| left.is_positive());
        is_left && self.staff.0.may(Permission::RefundCredit)
    }

    /// Whether whoever looks decides it: of several that wait one after the other, the oldest first.
    fn may_decide(&self, row: &RefundRow) -> bool {
        let waits = |one: &&RefundRow| one.status == RefundState::Proposed;
        let oldest = self.refunds.iter().rev().find(waits);
        oldest.is_some_and(|oldest| oldest.id == row.id)
            && self.staff.0.may(Permission::ApproveCorrection)
            && !self.is_own(row)
    }

    /// Whether what is left of their limit on the account reaches it.
    fn may_approve(&self, row: &RefundRow) -> bool {
        let what = (CorrectionKind::Refund, row.amount);
        self.may_decide(row) && may_second(&self.policy, self.staff.0, what, self.decided)
    }

    /// Who decides it, where whoever looks may not.
    fn who(&self, row: &RefundRow) -> Option<String> {
        let is_asked = row.status == RefundState::Proposed && !self.is_own(row);
        let what = (CorrectionKind::Refund, row.amount);
        (is_asked && !self.may_approve(row)).then(|| who_seconds(self.t, &self.policy, what))
    }

    fn may_withdraw(&self, row: &RefundRow) -> bool {
        row.status == RefundState::Proposed && self.is_own(row)
    }

    fn is_own(&self, row: &RefundRow) -> bool {
        row.made_by_id == Some(self.staff.1)
    }

    fn reasons(&self) -> Vec<(String, String)> {
        let mut all = vec![(String::new(), self.t.form_choose().to_owned())];
        let rules = self.policy.rules(CorrectionKind::Refund);
        for reason in rules.iter().flat_map(|rules| &rules.reasons) {
            let words = reason.words(self.t.language);
            all.push((reason.code.clone(), words.to_owned()));
        }
        all
    }

    fn reason(&self, row: &RefundRow) -> String {
        let (kind, language) = (CorrectionKind::Refund, self.t.language);
        self.policy.reason_words(kind, &row.reason, language)
    }

    fn tone(&self, row: &RefundRow) -> &'static str {
        match row.status {
            RefundState::Proposed => "warn",
            RefundState::Ordered => "info",
            RefundState::Sent => "good",
            RefundState::Failed | RefundState::Refused => "bad",
            RefundState::Withdrawn => "",
        }
    }
}

fn address(number: &str) -> String {
    format!("/office/payments/{number}/refunds")
}

/// GET /office/payments/{number}/refunds
pub async fn show(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    let what = (Form::default(), StatusCode::OK);
    view((&app, chrome), &staff, &path, what).await
}

/// POST /office/payments/{number}/refunds
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let key = uuid::Uuid::parse_str(form.value("key")).map_err(|_strange| PageError::Unreadable)?;
    let amount = form.parse::<Money>("amount", t.form_not_money());
    let reason = form.required("reason", t.form_choose());
    let (Some(amount), Some(reason)) = (amount, reason) else {
        let what = (form, StatusCode::UNPROCESSABLE_ENTITY);
        return view((&app, chrome), &staff, &path, what).await;
    };
    let payment = load(&app, &path).await?;
    let order = RefundOrder {
        key: key.to_string(),
        payment: payment.id,
        amount,
        reason,
        note: form.value("note").to_owned(),
        role: staff.role,
    };
    let work = move |tx: &mut Tx<'_>| order_refund(tx, &order);
    match app.db.write(staff.stamp(&app), work).await {
        Ok((_, RefundState::Proposed)) => {
            see_other_saying(address(&path), Tone::Good, t.refund_waits())
        }
        Ok((id, _)) => sent(&app, t, &staff, (&path, id)).await,
        Err(error) => {
            refuse_form(t, &mut form, error)?;
            let what = (form, StatusCode::UNPROCESSABLE_ENTITY);
            view((&app, chrome), &staff, &path, what).await
        }
    }
}

/// Asks the processor for a refund that is decided, writes down what it says, and tells it.
async fn sent(app: &App, t: Words, staff: &StaffMember, (number, id): (&str, i64)) -> PageResult {
    let now = app.clock.now();
    let look = move |conn: &mut Conn| {
        let row = payment_refunds::get(conn, id)?;
        Ok::<_, StoreError>((row, refund_call(conn, id, now)?))
    };
    let (row, call) = app.db.read(look).await?;
    // Whether the processor has one that is old is asked by the job that knows what follows.
    let call = call.filter(|call| call.question == RefundQuestion::Take);
    let (Some(call), Some(desk)) = (call, &app.desk) else {
        // A form that was sent twice tells what came of it the first time.
        let (tone, words) = match row.status {
            RefundState::Sent => (Tone::Good, t.refund_sent().to_owned()),
            RefundState::Ordered => (Tone::Good, t.refund_ordered().to_owned()),
            RefundState::Failed => {
                let why = row.failure.unwrap_or_default();
                (Tone::Bad, t.refund_not_taken(why))
            }
            other @ (RefundState::Proposed | RefundState::Refused | RefundState::Withdrawn) => {
                (Tone::Bad, t.refund_state(other.as_str()).to_owned())
            }
        };
        return see_other_saying(address(number), tone, words);
    };
    let asked = desk.stripe.refund(&call.intent, call.amount, &call.key);
    match asked.await {
        Ok(RefundAnswer::Taken(name)) => {
            let record = move |tx: &mut Tx<'_>| record_refund_sent(tx, id, &name);
            app.db.write(staff.stamp(app), record).await?;
            see_other_saying(address(number), Tone::Good, t.refund_sent())
        }
        Ok(RefundAnswer::NotTaken(why)) => {
            let code = why.clone();
            let record = move |tx: &mut Tx<'_>| record_refund_failed(tx, id, &why);
            app.db.write(staff.stamp(app), record).await?;
            see_other_saying(address(number), Tone::Bad, t.refund_not_taken(code))
        }
        Err(error) => {
            // It stays ordered, and is asked for again.
            tracing::warn!(refund = id, "a refund waits: {error}");
            see_other_saying(address(number), Tone::Good, t.refund_ordered())
        }
    }
}

/// POST /office/payments/{number}/refunds/{id}/approval
pub async fn approve(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<(String, i64)>,
) -> PageResult {
    let (t, (number, id)) = (chrome.t, of_payment(&app, &path).await?);
    let role = staff.role;
    let work = move |tx: &mut Tx<'_>| approve_refund(tx, id, role);
    match app.db.write(staff.stamp(&app), work).await {
        Ok(()) => sent(&app, t, &staff, (&number, id)).await,
        Err(error) => see_other_saying(address(&number), Tone::Bad, said(t, error)?),
    }
}

/// POST /office/payments/{number}/refunds/{id}/refusal
pub async fn refuse(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<(String, i64)>,
    mut form: Form,
) -> PageResult {
    let (t, (number, id)) = (chrome.t, of_payment(&app, &path).await?);
    let words = form.value("words").to_owned();
    let work = move |tx: &mut Tx<'_>| refuse_refund(tx, id, &words);
    match app.db.write(staff.stamp(&app), work).await {
        Ok(()) => see_other_saying(address(&number), Tone::Good, t.refund_refused()),
        Err(error) => {
            form.refuse("words", said(t, error)?);
            let what = (form, StatusCode::UNPROCESSABLE_ENTITY);
            view((&app, chrome), &staff, &number, what).await
        }
    }
}

/// POST /office/payments/{number}/refunds/{id}/withdrawal
pub async fn withdraw(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<(String, i64)>,
) -> PageResult {
    let (t, (number, id)) = (chrome.t, of_payment(&app, &path).await?);
    let work = move |tx: &mut Tx<'_>| withdraw_refund(tx, id);
    match app.db.write(staff.stamp(&app), work).await {
        Ok(()) => see_other_saying(address(&number), Tone::Good, t.refund_withdrawn()),
        Err(RefundError::SamePerson(_)) => {
            see_other_saying(address(&number), Tone::Bad, t.correction_not_own())
        }
        Err(error) => see_other_saying(address(&number), Tone::Bad, said(t, error)?),
    }
}

/// The refund in the address, where it is of the payment in the address.
async fn of_payment(app: &App, (number, id): &(String, i64)) -> Result<(String, i64), PageError> {
    let payment = load(app, number).await?;
    let id = *id;
    let row = app
        .db
        .read(move |conn: &mut Conn| payment_refunds::get(conn, id))
        .await?;
    if row.payment_id == payment.id {
        Ok((number.clone(), id))
    } else {
        Err(PageError::NotFound)
    }
}

async fn load(app: &App, number: &str) -> Result<PaymentRow, PageError> {
    let number: PaymentNumber = number.parse().map_err(|_not_ours| PageError::NotFound)?;
    let read = move |conn: &mut Conn| {
        let found = store::payments::find_by_printed_number(conn, &number)?;
        found.ok_or(StoreError::Missing("payment"))
    };
    Ok(app.db.read(read).await?)
}

/// Notes on the form why nothing was ordered.
fn refuse_form(t: Words, form: &mut Form, error: RefundError) -> Result<(), PageError> {
    let field = match &error {
        RefundError::Reason => "reason",
        RefundError::NoteMissing | RefundError::NoteTooLong(_) => "note",
        RefundError::NotByProcessor
        | RefundError::NotStanding(_)
        | RefundError::Amount
        | RefundError::MoreThan(_)
        | RefundError::KeyUsed
        | RefundError::SamePerson(_)
        | RefundError::OverLimit(_)
        | RefundError::Decided(_)
        | RefundError::Fault(_) => "amount",
    };
    form.refuse(field, said(t, error)?);
    Ok(())
}

/// Why nothing was done, and how to mend it.
fn said(t: Words, error: RefundError) -> Result<String, PageError> {
    Ok(match error {
        RefundError::NotByProcessor => t.refund_not_by_processor().to_owned(),
        RefundError::NotStanding(state) => t.refund_not_standing(t.payment_state(state.as_str())),
        RefundError::Amount => t.taking_wrong_amount().to_owned(),
        RefundError::MoreThan(left) => t.refund_more_than(left),
        RefundError::Reason => t.form_choose().to_owned(),
        RefundError::NoteMissing => t.correction_note_missing().to_owned(),
        RefundError::NoteTooLong(most) => t.hold_words_long(most),
        RefundError::KeyUsed => t.correction_key_used().to_owned(),
        RefundError::SamePerson(_) => t.correction_same_person().to_owned(),
        RefundError::OverLimit(most) => t.correction_over_limit(most),
        RefundError::Decided(state) => t.refund_state(state.as_str()),
        RefundError::Fault(fault) => return Err(fault.into()),
    })
}

async fn view(
    (app, chrome): (&App, Chrome),
    staff: &StaffMember,
    number: &str,
    (form, status): (Form, StatusCode),
) -> PageResult {
    let (t, today, by) = (chrome.t, app.clock.today(), staff.actor());
    let number: PaymentNumber = number.parse().map_err(|_not_ours| PageError::NotFound)?;
    let read = move |conn: &mut Conn| {
        let payment = store::payments::find_by_printed_number(conn, &number)?;
        let payment = payment.ok_or(StoreError::Missing("payment"))?;
        let id = payment.account_id;
        let account = labels::of_accounts(conn, &[id], today)?.remove(&id);
        let account = account.ok_or(StoreError::Missing("account"))?;
        let refunds = payment_refunds::list_of(conn, payment.id)?;
        let (_, policy) = law(conn, today)?;
        let left = refundable(conn, &payment);
        let decided = decided_by(conn, &by, (id, CorrectionKind::Refund), today)?;
        Ok::<_, BooksError>((payment, account, refunds, (policy, decided), left))
    };
    let (payment, account, refunds, (policy, decided), left) =
        app.db.read(read).await.map_err(closed)?;
    let left = match left {
        Ok(left) => Ok(left),
        Err(error) => Err(said(t, error)?),
    };
    let form = if form.has("key") {
        form
    } else {
        let most = left.as_ref().map_or(Money::ZERO, |left| *left);
        let form = form.with("key", uuid::Uuid::new_v4());
        form.with("amount", most.dollars())
    };
    let view = Show {
        t,
        chrome,
        payment,
        account,
        left,
        refunds,
        policy,
        decided,
        staff: (staff.role, staff.id.0),
        form,
    };
    page_with(status, &view)
}
