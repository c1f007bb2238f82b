//! What a customer is told of, and how: each kind by e-mail, text, both or neither, with an amount of one's own where it has one; and the
//! number that takes the texts.

use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::domain::alerts::{AlertKind, Consent, Measure, Wish, text_number, whole_number};
use crate::domain::commodity::Commodity;
use crate::domain::ids::AccountNumber;
use crate::domain::money::Money;
use crate::i18n::Words;
use crate::secrets::{Token, random_digits};
use crate::store::alerts;
use crate::store::error::StoreError;
use crate::store::portal::accounts::{self, Account};
use crate::store::portal::usage;
use crate::store::text_numbers::{self, TextNumber};
use crate::store::usage_budgets;
use crate::usecases::alerts::wishes::{UnitBudget, save_wishes};
use crate::usecases::text_numbers::{add_number, prove_number, remove_number};
use crate::web::chrome::Chrome;
use crate::web::desk::Desk;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page, page_with};

/// The highest amount of one's own.
const MOST: i64 = 100_000;

/// The highest share above what is expected.
const MOST_PERCENT: i64 = 1_000;

/// The highest budget of units.
const MOST_UNITS: i64 = 10_000_000;

/// The services that people know the units of, with the names of their fields. Gas goes by the weather, and a bill counts it in therms that no
/// meter shows.
const IN_UNITS: [(Commodity, &str); 2] = [
    (Commodity::Water, "budget_water"),
    (Commodity::Electric, "budget_electric"),
];

/// Which account.
#[derive(Debug, Deserialize)]
pub struct Asked {
    account: Option<AccountNumber>,
}

/// Where the number for texts stands.
enum Number {
    /// None was given.
    None,
    /// A code was texted to it.
    Waiting(String),
    /// It takes texts.
    Open(String),
    /// Its holder texted us to stop.
    Stopped(String),
}

/// One kind with the names of its fields.
struct Row {
    kind: AlertKind,
    email: &'static str,
    text: &'static str,
    over: &'static str,
}

impl Row {
    const fn of(kind: AlertKind) -> Self {
        let (email, text, over) = match kind {
            AlertKind::BillReady => ("bill_ready_email", "bill_ready_text", ""),
            AlertKind::DueSoon => ("due_soon_email", "due_soon_text", "due_soon_over"),
            AlertKind::PastDue => ("past_due_email", "past_due_text", ""),
            AlertKind::PaymentReceived => ("payment_received_email", "payment_received_text", ""),
            AlertKind::PaymentFailed => ("payment_failed_email", "payment_failed_text", ""),
            AlertKind::HighUsage => ("high_usage_email", "high_usage_text", "high_usage_over"),
            AlertKind::HighBill => ("high_bill_email", "high_bill_text", "high_bill_over"),
            AlertKind::BudgetAhead => ("budget_email", "budget_text", "budget_over"),
            AlertKind::TierAhead => ("tier_email", "tier_text", ""),
            AlertKind::Leak => ("leak_email", "leak_text", ""),
            AlertKind::Outage => ("outage_email", "outage_text", ""),
            AlertKind::PlannedWork => ("planned_work_email", "planned_work_text", ""),
            AlertKind::Appointment => ("appointment_email", "appointment_text", ""),
            AlertKind::UrgentNotice => ("urgent_notice_email", "urgent_notice_text", ""),
        };
        Self {
            kind,
            email,
            text,
            over,
        }
    }

    fn is_always_mailed(&self) -> bool {
        self.kind.is_mandatory_by_email()
    }

    fn is_urgent(&self) -> bool {
        self.kind.is_urgent()
    }

    fn has_amount(&self) -> bool {
        self.kind.measure().is_some()
    }

    fn is_budget(&self) -> bool {
        self.kind == AlertKind::BudgetAhead
    }
}

#[derive(Template)]
#[template(path = "portal/alerts/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    form: Form,
    account: Account,
    email: String,
    number: Number,
    has_texts: bool,
    in_units: Vec<(Commodity, &'static str)>,
}

impl Index {
    fn rows(&self) -> impl Iterator<Item = Row> + '_ {
        AlertKind::ALL.iter().map(|kind| Row::of(*kind))
    }

    /// Whether the number for texts is what the reader is at.
    fn begins_with_texts(&self) -> bool {
        let is_refused = |field| self.form.problem(field).is_some();
        matches!(self.number, Number::Waiting(_))
            || ["number", "agreed", "code"].into_iter().any(is_refused)
    }

    fn may_text(&self) -> bool {
        matches!(self.number, Number::Open(_))
    }
}

/// What the page is about.
struct Loaded {
    account: Account,
    all: Vec<Account>,
    email: String,
    wishes: Vec<Wish>,
    /// The services with a budget of units, with the names of their fields, and the budgets that are set.
    in_units: Vec<(Commodity, &'static str)>,
    units: Vec<(Commodity, Decimal)>,
    number: Number,
}

/// GET /alerts
pub async fn index(desk: Desk, customer: SignedIn, asked: Query<Asked>) -> PageResult {
    let loaded = load(&desk, &customer, asked.into_inner().account).await?;
    let form = filled(&loaded);
    page(&view(&desk, loaded, form))
}

/// POST /alerts — what is wanted of each kind.
pub async fn update(desk: Desk, customer: SignedIn, mut form: Form) -> PageResult {
    let loaded = load(&desk, &customer, Some(form.account()?)).await?;
    let t = desk.chrome.t;
    let wishes: Vec<Wish> = loaded
        .wishes
        .iter()
        .map(|before| read_wish(t, &mut form, before, &loaded.number))
        .collect();
    let of_units = loaded.in_units.iter();
    let units: Vec<UnitBudget> = of_units
        .map(|one| (one.0, read_units(t, &mut form, *one)))
        .collect();
    if !form.is_good() {
        let page = view(&desk, loaded, form);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let (login, account) = (customer.login_id, loaded.account.id);
    let saved = desk.app.db.write(customer.stamp(&desk.app), move |tx| {
        save_wishes(tx, (account, login), &wishes, &units)
    });
    saved.await?;
    see_other_saying(address(&loaded.account), Tone::Good, t.alerts_saved())
}

/// POST /alerts/number — a number for texts, with a yes to the words beside it; a code goes to it.
pub async fn give_number(desk: Desk, customer: SignedIn, mut form: Form) -> PageResult {
    let loaded = load(&desk, &customer, Some(form.account()?)).await?;
    let t = desk.chrome.t;
    if !has_texts(&desk) {
        return Err(PageError::NotFound);
    }
    let number = text_number(form.value("number"));
    if number.is_none() {
        form.refuse("number", t.alerts_number_wrong());
    }
    if !form.has("agreed") {
        form.refuse("agreed", t.alerts_consent_needed());
    }
    let Some(number) = number.filter(|_| form.is_good()) else {
        return refused(&desk, loaded, form);
    };
    desk.limits.mail(&desk.request, &number)?;
    let code = random_digits().map_err(PageError::fault)?;
    let (who, now) = ((customer.login_id, customer.language), desk.now());
    let given = desk.app.db.write(customer.stamp(&desk.app), move |tx| {
        add_number(tx, who, &number, (&code, now))
    });
    given.await?;
    see_other_saying(address(&loaded.account), Tone::Good, t.alerts_code_sent())
}

/// POST /alerts/number/code — the code that was texted.
pub async fn prove(desk: Desk, customer: SignedIn, mut form: Form) -> PageResult {
    let loaded = load(&desk, &customer, Some(form.account()?)).await?;
    let t = desk.chrome.t;
    let code = Token::presented(form.value("code"));
    let (login, now, words) = (customer.login_id, desk.now(), t.alerts_consent());
    let proved = desk.app.db.write(customer.stamp(&desk.app), move |tx| {
        prove_number(tx, login, &code, (words, now))
    });
    if !proved.await? {
        form.refuse("code", t.alerts_code_wrong());
        return refused(&desk, loaded, form);
    }
    see_other_saying(
        address(&loaded.account),
        Tone::Good,
        t.alerts_number_proved(),
    )
}

/// POST /alerts/number/removal
pub async fn remove(desk: Desk, customer: SignedIn, form: Form) -> PageResult {
    let loaded = load(&desk, &customer, Some(form.account()?)).await?;
    let t = desk.chrome.t;
    let (login, words) = (customer.login_id, t.alerts_number_remove());
    let removed = desk.app.db.write(customer.stamp(&desk.app), move |tx| {
        remove_number(tx, login, words)
    });
    removed.await?;
    see_other_saying(
        address(&loaded.account),
        Tone::Good,
        t.alerts_number_removed(),
    )
}

/// Texts are offered where somebody carries them, or the demonstration's mailbox shows them.
pub(super) fn has_texts(desk: &Desk) -> bool {
    desk.app.config.texts.is_some() || desk.app.config.may_use_sandbox()
}

fn address(account: &Account) -> String {
    format!("/alerts{}", account.suffix())
}

fn view(desk: &Desk, loaded: Loaded, form: Form) -> Index {
    let mut chrome = desk.chrome.clone().about(&loaded.account, &loaded.all);
    // Refused where nothing is shown: the language is switched on the page itself.
    chrome.path = address(&loaded.account);
    Index {
        t: desk.chrome.t,
        chrome,
        form,
        account: loaded.account,
        email: loaded.email,
        number: loaded.number,
        has_texts: has_texts(desk),
        in_units: loaded.in_units,
    }
}

/// The page with a refusal about the number; the choices stand as they are kept.
fn refused(desk: &Desk, loaded: Loaded, form: Form) -> PageResult {
    let form = fill_all(form, &loaded);
    let page = view(desk, loaded, form);
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn load(
    desk: &Desk,
    customer: &SignedIn,
    wanted: Option<AccountNumber>,
) -> Result<Loaded, PageError> {
    let (scope, login) = (customer.scope.clone(), customer.login_id);
    let today = desk.app.clock.today();
    let loaded = desk.app.db.read(move |conn| {
        let (account, all) = accounts::choose(conn, &scope, wanted.as_ref())?;
        let number = match text_numbers::find(conn, login)? {
            None => Number::None,
            Some(row) => {
                let numbers = std::slice::from_ref(&row.number);
                let consents = text_numbers::list_consents(conn, numbers)?;
                standing(&row, consents.get(&row.number).copied())
            }
        };
        let reporting = usage::list_reporting(conn, &scope, account.id, today)?;
        let in_units = IN_UNITS
            .into_iter()
            .filter(|(commodity, _)| reporting.contains(commodity));
        Ok::<_, StoreError>(Loaded {
            in_units: in_units.collect(),
            units: usage_budgets::list(conn, account.id, login)?,
            email: match alerts::find_address(conn, (account.id, login), today)? {
                Some((email, _)) => email,
                None => crate::store::logins::get(conn, login)?.email,
            },
            wishes: alerts::list_wishes(conn, account.id, login)?,
            account,
            all,
            number,
        })
    });
    Ok(loaded.await?)
}

fn standing(row: &TextNumber, consent: Option<Consent>) -> Number {
    let number = row.number.clone();
    match (row.verified_at, consent) {
        (None, _) => Number::Waiting(number),
        (Some(_), Some(Consent::Given)) => Number::Open(number),
        (Some(_), Some(Consent::Withdrawn) | None) => Number::Stopped(number),
    }
}

fn filled(loaded: &Loaded) -> Form {
    fill_all(Form::default(), loaded)
}

fn fill_all(form: Form, loaded: &Loaded) -> Form {
    let form = loaded.wishes.iter().fold(form, fill);
    loaded
        .in_units
        .iter()
        .fold(form, |form, (commodity, field)| {
            let kept = loaded.units.iter().find(|(of, _)| of == commodity);
            match kept {
                Some((_, amount)) => form.with(field, amount.normalize()),
                None => form,
            }
        })
}

fn fill(form: Form, wish: &Wish) -> Form {
    let row = Row::of(wish.kind);
    let ticked = |is_on: bool| if is_on { "yes" } else { "" };
    let form = form
        .with(row.email, ticked(wish.by_email))
        .with(row.text, ticked(wish.by_text));
    match wish.threshold {
        Some(threshold) if !row.over.is_empty() => form.with(row.over, threshold.normalize()),
        _ => form,
    }
}

/// A wish as the form has it. What the page did not offer stays as it was.
fn read_wish(t: Words, form: &mut Form, before: &Wish, number: &Number) -> Wish {
    let row = Row::of(before.kind);
    let may_text = matches!(number, Number::Open(_));
    Wish {
        kind: before.kind,
        by_email: if row.is_always_mailed() {
            before.by_email
        } else {
            form.has(row.email)
        },
        by_text: if may_text && !row.is_urgent() {
            form.has(row.text)
        } else {
            before.by_text
        },
        threshold: match before.kind.measure() {
            None => None,
            Some(Measure::Dollars) => read_dollars(t, form, &row),
            Some(Measure::Percent) => read_percent(t, form, row.over),
        },
    }
}

/// An amount of one's own; nothing where it may be left empty and is, or is of nothing.
fn read_dollars(t: Words, form: &mut Form, row: &Row) -> Option<Decimal> {
    let (may_lack, words) = (row.kind.may_lack_amount(), t.alerts_amount_wrong());
    let typed = if may_lack {
        form.parse_if_any::<Money>(row.over, words)
    } else {
        form.parse::<Money>(row.over, words)
    };
    let amount = typed?.dollars();
    if amount < Decimal::ZERO || amount > Decimal::from(MOST) {
        form.refuse(row.over, words);
        return None;
    }
    Some(amount).filter(|amount| !may_lack || !amount.is_zero())
}

fn read_percent(t: Words, form: &mut Form, field: &'static str) -> Option<Decimal> {
    let (least, most) = (Decimal::ONE, Decimal::from(MOST_PERCENT));
    let percent = whole_number(form.value(field)).filter(|typed| *typed >= least && *typed <= most);
    if percent.is_none() {
        form.refuse(field, t.alerts_percent_wrong());
    }
    percent
}

/// A budget of units; nothing where the field is empty.
fn read_units(
    t: Words,
    form: &mut Form,
    (commodity, field): (Commodity, &'static str),
) -> Option<Decimal> {
    if !form.has(field) {
        return None;
    }
    let most = Decimal::from(MOST_UNITS);
    let amount = whole_number(form.value(field)).filter(|typed| *typed <= most);
    if amount.is_none() {
        form.refuse(field, t.alerts_units_wrong(commodity.as_str()));
    }
    amount.filter(|amount| !amount.is_zero())
}
