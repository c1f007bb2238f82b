//! Corrections by hand: an amount charged or given, a credit paid out, a late fee waived, a balance carried to another account or given up. The
//! entries are shown before they count; what is above a limit is sent to a second person.

use actix_web::web::{Data, Path};
use askama::Template;
use chrono::Days;

use crate::app::App;
use crate::domain::correction_policy::CorrectionPolicy;
use crate::domain::corrections::{
    Carried, Correction, CorrectionKind, CorrectionStatus, RefundWay,
};
use crate::domain::gl::{Chart, FundCode, GlCode};
use crate::domain::ids::{AccountId, AccountNumber, EntryId};
use crate::domain::money::Money;
use crate::domain::staff::Role;
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::labels;
use crate::store::overdue::{self, LateFee};
use crate::usecases::books::BooksError;
use crate::usecases::corrections::{self, CorrectionError, Order, Preview};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::correction_words::{
    amount_of, closed, field_of, gl_name, law, posted_since, said,
};
use crate::web::office::subject::{self, Subject};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

/// Days until a charge by hand is to be paid, unless another day is chosen.
pub(super) const DUE_DAYS: u64 = 21;

/// Which correction a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Adjustment,
    Refund,
    Waiver,
    Transfer,
    WriteOff,
}

impl Kind {
    /// The word in the address, and in the words.
    const fn word(self) -> &'static str {
        match self {
            Self::Adjustment => "adjustments",
            Self::Refund => "refunds",
            Self::Waiver => "waivers",
            Self::Transfer => "transfers",
            Self::WriteOff => "write-offs",
        }
    }

    /// What it may order.
    const fn kinds(self) -> &'static [CorrectionKind] {
        match self {
            Self::Adjustment => &[CorrectionKind::Credit, CorrectionKind::Charge],
            Self::Refund => &[CorrectionKind::Refund],
            Self::Waiver => &[CorrectionKind::Waiver],
            Self::Transfer => &[CorrectionKind::Transfer],
            Self::WriteOff => &[CorrectionKind::WriteOff],
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
    role: Role,
    chart: Chart,
    policy: CorrectionPolicy,
    fees: Vec<LateFee>,
    looked: Option<Preview>,
    other: Option<(AccountId, AccountNumber)>,
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

    fn ways(&self) -> Vec<(&'static str, String)> {
        let words = |way: &RefundWay| (way.as_str(), self.t.correction_way(way.as_str()));
        RefundWay::ALL.iter().map(words).collect()
    }

    fn all_carried(&self) -> Vec<(&'static str, String)> {
        let words = |what: &Carried| (what.as_str(), self.t.correction_carried(what.as_str()));
        Carried::ALL.iter().map(words).collect()
    }

    fn fee_words(&self) -> Vec<(EntryId, String)> {
        let words = |fee: &LateFee| {
            let day = self.t.date(fee.on);
            (fee.entry, format!("{day}, {}", fee.amount))
        };
        self.fees.iter().map(words).collect()
    }

    /// The reasons that the policy gives for what the page orders, each once; the first is none.
    fn reasons(&self) -> Vec<(String, String)> {
        let mut all = vec![(String::new(), self.t.form_choose().to_owned())];
        let rules = self.kind.kinds().iter();
        for reason in rules
            .filter_map(|kind| self.policy.rules(*kind))
            .flat_map(|rules| &rules.reasons)
        {
            if all.iter().all(|(code, _)| *code != reason.code) {
                let words = reason.words(self.t.language);
                all.push((reason.code.clone(), words.to_owned()));
            }
        }
        all
    }

    fn reason_words(&self) -> String {
        let code = self.form.value("reason");
        let all = self.reasons();
        let found = all.into_iter().find(|(known, _)| known == code);
        found.map_or_else(String::new, |(_, words)| words)
    }

    /// The most that the person decides alone; nothing where there is no limit.
    fn most(&self) -> Option<Money> {
        let rules = self.kind.kinds().iter();
        let rules = rules.filter_map(|kind| self.policy.rules(*kind));
        rules
            .map(|rules| {
                let most = rules.second_person_above_cents;
                rules.limit(self.role).map_or(most, |limit| limit.min(most))
            })
            .min()
    }

    fn number_of(&self, account: AccountId) -> &str {
        match &self.other {
            Some((id, number)) if *id == account => number.as_str(),
            _ => self.subject.label.number.as_str(),
        }
    }

    fn gl_name(&self, gl: &GlCode) -> &str {
        gl_name(&self.chart, gl)
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
        (Some(carried), Some(amount), Some(due_on), Some((to, _))) => Some(Correction::Transfer {
            to: *to,
            carried,
            amount,
            due_on,
        }),
        _ => None,
    };
    let sent = (form, correction);
    ordered(&app, chrome, &staff, (&path, Kind::Transfer), (sent, other)).await
}

/// The account that a form names as the other one.
async fn other_account(
    app: &App,
    form: &mut Form,
    t: Words,
) -> Result<Option<(AccountId, AccountNumber)>, PageError> {
    let Some(number) = form.parse::<AccountNumber>("to", t.correction_no_account()) else {
        return Ok(None);
    };
    let wanted = number.clone();
    let found = app
        .db
        .read(move |conn| labels::id_of(conn, &wanted))
        .await?;
    if found.is_none() {
        form.refuse("to", t.correction_no_account());
    }
    Ok(found.map(|id| (id, number)))
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
type Sent = (
    (Form, Option<Correction>),
    Option<(AccountId, AccountNumber)>,
);

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

fn accounts_of(subject: &Subject, other: Option<&(AccountId, AccountNumber)>) -> Vec<AccountId> {
    let other = other.map(|(id, _)| *id);
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
    (form, looked, other): (Form, Option<Preview>, Option<(AccountId, AccountNumber)>),
) -> PageResult {
    let (account, today) = (subject.label.id, app.clock.today());
    let read = move |conn: &mut Conn| {
        let (chart, policy) = law(conn, today)?;
        Ok::<_, BooksError>((chart, policy, overdue::late_fees(conn, account)?))
    };
    let (chart, policy, fees) = app.db.read(read).await.map_err(closed)?;
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
        fees,
        looked,
        other,
    };
    page_with(status, &view)
}
