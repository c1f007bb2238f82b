//! Corrections by hand: an amount charged or given, a credit paid out, a late fee waived. The entry is shown before it counts.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::Days;

use crate::app::App;
use crate::domain::gl::{Chart, FundCode};
use crate::domain::ids::EntryId;
use crate::domain::ledger::Posting;
use crate::domain::money::Money;
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::overdue::{self, LateFee};
use crate::usecases::books::{self, BooksError};
use crate::usecases::corrections::{Correction, CorrectionError, Order, correct};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::subject::{self, Subject};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

/// Days until a charge by hand is to be paid, unless another day is chosen.
const DUE_DAYS: u64 = 21;

/// Which correction a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Adjustment,
    Refund,
    Waiver,
}

impl Kind {
    /// The word in the address, and in the words.
    const fn word(self) -> &'static str {
        match self {
            Self::Adjustment => "adjustments",
            Self::Refund => "refunds",
            Self::Waiver => "waivers",
        }
    }

    const fn permission(self) -> Permission {
        match self {
            Self::Adjustment => Permission::PostAdjustment,
            Self::Refund => Permission::RefundCredit,
            Self::Waiver => Permission::WaiveFee,
        }
    }
}

#[derive(Template)]
#[template(path = "office/corrections/new.html")]
struct New {
    t: Words,
    chrome: Chrome,
    form: Form,
    kind: Kind,
    subject: Subject,
    most: Option<Money>,
    chart: Chart,
    fees: Vec<LateFee>,
    looked: Option<Vec<Posting>>,
}

impl New {
    fn funds(&self) -> Vec<(FundCode, String)> {
        let funds = self.chart.earning_funds();
        funds
            .map(|fund| (fund.code.clone(), fund.name.clone()))
            .collect()
    }

    fn directions(&self) -> Vec<(&'static str, &'static str)> {
        let t = self.t;
        vec![
            ("give", t.correction_give()),
            ("charge", t.correction_charge()),
        ]
    }

    fn fee_words(&self) -> Vec<(EntryId, String)> {
        let words = |fee: &LateFee| {
            let day = self.t.date(fee.on);
            (fee.entry, format!("{day}, {}", fee.amount))
        };
        self.fees.iter().map(words).collect()
    }

    fn gl_name(&self, posting: &Posting) -> String {
        let account = self.chart.account(&posting.gl);
        account.map_or_else(String::new, |account| account.name.clone())
    }
}

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
    view(app, chrome, staff, (subject, kind), (form, None)).await
}

/// A number that no other form has.
fn new_key() -> Result<i64, PageError> {
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
    let amount = form.parse::<Money>("amount", t.form_not_money());
    let fund = form.parse::<FundCode>("fund", t.form_choose());
    let due_on = form.day("due_on", t.form_not_a_date());
    let is_given = match form.value("direction") {
        "give" => Some(true),
        "charge" => Some(false),
        _ => {
            form.refuse("direction", t.form_choose());
            None
        }
    };
    if amount.is_some_and(|amount| !amount.is_positive()) {
        form.refuse("amount", t.taking_wrong_amount());
    }
    let correction = match (amount, fund, due_on, is_given) {
        (Some(amount), Some(fund), Some(due_on), Some(is_given)) if form.is_good() => {
            Some(Correction::Adjust {
                fund,
                amount: if is_given { -amount } else { amount },
                due_on,
            })
        }
        _ => None,
    };
    ordered(
        &app,
        chrome,
        &staff,
        (&path, Kind::Adjustment),
        (form, correction),
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
    let amount = form.parse::<Money>("amount", chrome.t.form_not_money());
    let correction = amount.map(|amount| Correction::Refund { amount });
    ordered(
        &app,
        chrome,
        &staff,
        (&path, Kind::Refund),
        (form, correction),
    )
    .await
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
    let correction = fee.map(|fee| Correction::Waive { fee });
    ordered(
        &app,
        chrome,
        &staff,
        (&path, Kind::Waiver),
        (form, correction),
    )
    .await
}

/// Looks at the correction first; posts it when the form says that it was looked at.
async fn ordered(
    app: &App,
    chrome: Chrome,
    staff: &StaffMember,
    (number, kind): (&str, Kind),
    (mut form, correction): (Form, Option<Correction>),
) -> PageResult {
    let t = chrome.t;
    let subject = subject::find(app, number).await?;
    let reason = form.required("reason", t.form_required());
    let key = form.value("key").parse().ok();
    let (Some(correction), Some(reason), Some(key)) = (correction, reason, key) else {
        return view(app, chrome, staff, (subject, kind), (form, None)).await;
    };
    let order = Order {
        account: subject.label.id,
        reason,
        most: staff.role.most(kind.permission()),
        key,
        is_sure: form.has("sure"),
    };
    let work = move |tx: &mut Tx<'_>| correct(tx, &order, &correction);
    match app.db.write(staff.stamp(app), work).await {
        Ok(_) => see_other_saying(subject.address(), Tone::Good, t.correction_done()),
        Err(CorrectionError::Looked(postings)) => {
            view(app, chrome, staff, (subject, kind), (form, Some(postings))).await
        }
        Err(CorrectionError::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            let field = match (&refused, kind) {
                (CorrectionError::DueDay { .. }, _) => "due_on",
                (CorrectionError::NotAFund, _) => "fund",
                (_, Kind::Waiver) => "fee",
                (_, Kind::Adjustment | Kind::Refund) => "amount",
            };
            form.refuse(field, said(t, &refused));
            view(app, chrome, staff, (subject, kind), (form, None)).await
        }
    }
}

pub(super) fn said(t: Words, refused: &CorrectionError) -> String {
    match refused {
        CorrectionError::OverLimit { most, decided } if decided.is_zero() => {
            t.correction_over_limit(most)
        }
        CorrectionError::OverLimit { most, decided } => {
            t.correction_over_limit_so_far(most, decided)
        }
        CorrectionError::DueDay { last } => t.correction_due_day(*last),
        CorrectionError::NotAFund => t.form_choose().to_owned(),
        CorrectionError::NotHeld { held } => t.correction_not_held(held),
        CorrectionError::CourtesyUsed { waivers, months } => {
            t.correction_courtesy_used(*waivers, *months)
        }
        CorrectionError::Amount
        | CorrectionError::Looked(_)
        | CorrectionError::Refused(_)
        | CorrectionError::Fault(_) => t.taking_wrong_amount().to_owned(),
    }
}

async fn view(
    app: &App,
    chrome: Chrome,
    staff: &StaffMember,
    (subject, kind): (Subject, Kind),
    (form, looked): (Form, Option<Vec<Posting>>),
) -> PageResult {
    let (account, today) = (subject.label.id, app.clock.today());
    let read = move |conn: &mut Conn| {
        let chart = books::open(conn, today)?.chart;
        Ok::<_, BooksError>((chart, overdue::late_fees(conn, account)?))
    };
    let (chart, fees) = app.db.read(read).await.map_err(|error| match error {
        BooksError::Fault(fault) => fault.into(),
        unreadable => PageError::fault(unreadable),
    })?;
    let status = if form.is_good() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let view = New {
        t: chrome.t,
        chrome,
        form,
        kind,
        subject,
        most: staff.role.most(kind.permission()),
        chart,
        fees,
        looked,
    };
    page_with(status, &view)
}
