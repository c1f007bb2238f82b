//! Corrections by hand: an amount charged or given, a credit paid out, a late fee waived, a balance carried to another account or given up. The
//! entries are shown before they count; what is above a limit is sent to a second person.

use actix_web::web::{Data, Path};
use chrono::Days;

use crate::app::App;
use crate::domain::corrections::{Carried, Correction, CorrectionStatus, RefundWay};
use crate::domain::gl::FundCode;
use crate::domain::ids::{AccountId, AccountNumber, EntryId};
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::overdue;
use crate::usecases::books::BooksError;
use crate::usecases::corrections::{self, CorrectionError, Order, Preview, decided_by};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::correction_page::{Kind, New};
use crate::web::office::correction_words::{amount_of, closed, field_of, law, posted_since, said};
use crate::web::office::subject::{self, Subject};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

/// Days until a charge by hand is to be paid, unless another day is chosen.
pub(super) const DUE_DAYS: u64 = 21;

/// GET /office/accounts/{number}/adjustments/new
pub async fn new_adjustment(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    blank(&app, chrome, &staff, (&path, Kind::Adjustment)).await
}

/// GET /office/accounts/{number}/refunds/new
pub async fn new_refund(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    blank(&app, chrome, &staff, (&path, Kind::Refund)).await
}

/// GET /office/accounts/{number}/waivers/new
pub async fn new_waiver(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    blank(&app, chrome, &staff, (&path, Kind::Waiver)).await
}

/// GET /office/accounts/{number}/transfers/new
pub async fn new_transfer(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    blank(&app, chrome, &staff, (&path, Kind::Transfer)).await
}

/// GET /office/accounts/{number}/write-offs/new
pub async fn new_write_off(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    blank(&app, chrome, &staff, (&path, Kind::WriteOff)).await
}

async fn blank(
    app: &App,
    chrome: Chrome,
    staff: &StaffMember,
    (number, kind): (&str, Kind),
) -> PageResult {
    let subject = subject::find(app, number).await?;
    let due_on = app.clock.today() + Days::new(DUE_DAYS);
    let mut form = Form::default()
        .with("key", new_key()?)
        .with("due_on", due_on);
    if kind == Kind::Refund && subject.held.is_positive() {
        form = form.with("amount", subject.held.dollars());
    }
    if kind == Kind::Transfer && !subject.balance.is_zero() {
        let carried = if subject.balance.is_negative() {
            Carried::Credit
        } else {
            Carried::Debt
        };
        form = form
            .with("carried", carried)
            .with("amount", subject.balance.abs().dollars());
    }
    view(app, chrome, staff, (subject, kind), (form, None, None)).await
}

/// A number that no other form has.
pub fn new_key() -> Result<i64, PageError> {
    i64::try_from(uuid::Uuid::new_v4().as_u128() >> 66).map_err(PageError::fault)
}

/// POST /office/accounts/{number}/adjustments
pub async fn adjust(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let amount = amount_of(&mut form, t);
    let fund = form.parse::<FundCode>("fund", t.form_choose());
    let due_on = form.day("due_on", t.form_not_a_date());
    let direction = form.value("direction").to_owned();
    if !["give", "charge"].contains(&direction.as_str()) {
        form.refuse("direction", t.form_choose());
    }
    let correction = match (amount, fund, due_on) {
        (Some(amount), Some(fund), Some(due_on)) if form.is_good() => {
            Some(if direction == "give" {
                Correction::Credit {
                    fund,
                    amount,
                    bill: None,
                }
            } else {
                Correction::Charge {
                    fund,
                    amount,
                    due_on,
                }
            })
        }
        _ => None,
    };
    let sent = (form, correction);
    ordered(
        &app,
        chrome,
        &staff,
        (&path, Kind::Adjustment),
        (sent, None),
    )
    .await
}

/// POST /office/accounts/{number}/refunds
pub async fn refund(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let amount = amount_of(&mut form, t);
    let way = form.parse::<RefundWay>("way", t.form_choose());
    let correction = match (amount, way) {
        (Some(amount), Some(way)) => Some(Correction::Refund { amount, way }),
        _ => None,
    };
    let sent = (form, correction);
    ordered(&app, chrome, &staff, (&path, Kind::Refund), (sent, None)).await
}

/// POST /office/accounts/{number}/waivers
pub async fn waive(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let fee = form.parse::<EntryId>("fee", chrome.t.form_choose());
    let correction = fee.map(|fee| Correction::Waiver { fee });
    let sent = (form, correction);
    ordered(&app, chrome, &staff, (&path, Kind::Waiver), (sent, None)).await
}

/// POST /office/accounts/{number}/transfers
pub async fn transfer(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let carried = form.parse::<Carried>("carried", t.form_choose());
    let amount = amount_of(&mut form, t);
    let due_on = form.day("due_on", t.form_not_a_date());
    let other = other_account(&app, &mut form, t).await?;
    let correction = match (carried, amount, due_on, &other) {
        (Some(carried), Some(amount), Some(due_on), Some(other)) => Some(Correction::Transfer {
            to: other.label.id,
            carried,
            amount,
            due_on,
        }),
        _ => None,
    };
    let sent = (form, correction);
    ordered(&app, chrome, &staff, (&path, Kind::Transfer), (sent, other)).await
}

/// The account that a form names as the other one, as it stands. A number that was mistyped is told apart from one that nobody has.
async fn other_account(app: &App, form: &mut Form, t: Words) -> Result<Option<Subject>, PageError> {
    let Some(number) = form.parse::<AccountNumber>("to", t.correction_not_a_number()) else {
        return Ok(None);
    };
    match subject::find(app, number.as_str()).await {
        Ok(found) => Ok(Some(found)),
        Err(PageError::NotFound) => {
            form.refuse("to", t.correction_no_account());
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

/// POST /office/accounts/{number}/write-offs
pub async fn write_off(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    form: Form,
) -> PageResult {
    let sent = (form, Some(Correction::WriteOff {}));
    ordered(&app, chrome, &staff, (&path, Kind::WriteOff), (sent, None)).await
}

/// What was sent: the form, the correction that it asks for where it could be read, and the other account of it.
type Sent = ((Form, Option<Correction>), Option<Subject>);

/// Looks at the correction first; when the form says what was seen, posts just that, or sends it to a second person.
async fn ordered(
    app: &App,
    chrome: Chrome,
    staff: &StaffMember,
    (number, kind): (&str, Kind),
    ((mut form, correction), other): Sent,
) -> PageResult {
    let t = chrome.t;
    let subject = subject::find(app, number).await?;
    let reason = form.required("reason", t.form_choose());
    let key = form.value("key").parse().ok();
    let (Some(correction), Some(reason), Some(key)) = (correction, reason, key) else {
        return view(app, chrome, staff, (subject, kind), (form, None, other)).await;
    };
    let order = Order {
        account: subject.label.id,
        reason,
        note: form.value("note").to_owned(),
        role: staff.role,
        language: t.language,
        key,
    };
    let seal = form.has("sure").then(|| form.exactly("seal").to_owned());
    match carried_out(app, staff, (order, correction), seal).await {
        Ok(status) => {
            let text = t.correction_outcome(status.as_str());
            see_other_saying(subject.address(), Tone::Good, text)
        }
        Err(CorrectionError::Looked(preview)) => {
            let shown = (form, Some(preview), other);
            view(app, chrome, staff, (subject, kind), shown).await
        }
        Err(CorrectionError::Changed(preview)) => {
            let touched = accounts_of(&subject, other.as_ref());
            posted_since(app, &mut form, (t, touched)).await?;
            let subject = subject::find(app, number).await?;
            let shown = (form, Some(preview), other);
            view(app, chrome, staff, (subject, kind), shown).await
        }
        Err(CorrectionError::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            if matches!(refused, CorrectionError::KeyUsed) {
                form = form.with("key", new_key()?);
            }
            form.refuse(field_of(&refused, kind), said(t, &refused));
            view(app, chrome, staff, (subject, kind), (form, None, other)).await
        }
    }
}

fn accounts_of(subject: &Subject, other: Option<&Subject>) -> Vec<AccountId> {
    let other = other.map(|one| one.label.id);
    std::iter::once(subject.label.id).chain(other).collect()
}

/// Orders a correction, and proposes it where a second person decides what was seen.
pub(super) async fn carried_out(
    app: &App,
    staff: &StaffMember,
    (order, correction): (Order, Correction),
    seal: Option<String>,
) -> Result<CorrectionStatus, CorrectionError> {
    let (ordered, wanted) = (order.clone(), correction.clone());
    let work = move |tx: &mut Tx<'_>| corrections::order(tx, &ordered, &wanted, seal.as_deref());
    match app.db.write(staff.stamp(app), work).await {
        Err(CorrectionError::SecondPerson(preview)) => {
            let work =
                move |tx: &mut Tx<'_>| corrections::propose(tx, &order, &correction, &preview);
            app.db.write(staff.stamp(app), work).await
        }
        outcome => outcome,
    }
}

async fn view(
    app: &App,
    chrome: Chrome,
    staff: &StaffMember,
    (subject, kind): (Subject, Kind),
    (form, looked, other): (Form, Option<Preview>, Option<Subject>),
) -> PageResult {
    let (account, today, by) = (subject.label.id, app.clock.today(), staff.actor());
    let read = move |conn: &mut Conn| {
        let (chart, policy) = law(conn, today)?;
        let mut decided = Vec::new();
        for one in kind.kinds() {
            decided.push((*one, decided_by(conn, &by, (account, *one), today)?));
        }
        let fees = overdue::late_fees(conn, account)?;
        Ok::<_, BooksError>((chart, policy, (decided, fees)))
    };
    let (chart, policy, (decided, fees)) = app.db.read(read).await.map_err(closed)?;
    let status = form.status();
    let view = New {
        t: chrome.t,
        chrome,
        form,
        kind,
        subject,
        role: staff.role,
        chart,
        policy,
        decided,
        fees,
        looked,
        other,
    };
    page_with(status, &view)
}
