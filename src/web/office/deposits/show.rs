//! One account's deposit: where it stands, everything that happened to it, and asking for one, waiving it and giving it back, each looked at first.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDate;

use crate::app::App;
use crate::domain::deposits::{DepositReason, DepositStatus, DepositStep};
use crate::domain::gl::{Chart, GlCode};
use crate::domain::ids::{AccountId, DepositId};
use crate::domain::money::Money;
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::deposits::{self as rows, MoveRow, Standing};
use crate::usecases::deposits::{Ask, DepositError, Desk, Order, Preview};
use crate::usecases::{self, books};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::correction_words::gl_name;
use crate::web::office::corrections::new_key;
use crate::web::office::deposits::words::{self, said};
use crate::web::office::subject::{self, Subject};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

/// What a form of the page orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Ask,
    Waive,
    Release,
}

impl Act {
    /// The word in the words.
    const fn word(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Waive => "waive",
            Self::Release => "release",
        }
    }

    /// The end of the address that takes it.
    const fn path(self) -> &'static str {
        match self {
            Self::Ask => "",
            Self::Waive => "/waiver",
            Self::Release => "/release",
        }
    }

    /// The fields that it is ordered with.
    const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Ask => &["key", "reason", "amount", "installments", "note"],
            Self::Waive => &["waive_key", "waive_note"],
            Self::Release => &["release_key", "release_note"],
        }
    }
}

/// One line of a deposit's history.
struct Line {
    on: NaiveDate,
    /// A step, or money that came or went back.
    step: Option<DepositStep>,
    amount: Money,
    due_on: Option<NaiveDate>,
    note: String,
    by: String,
}

#[derive(Template)]
#[template(path = "office/deposits/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    form: Form,
    subject: Subject,
    chart: Chart,
    desk: Desk,
    /// Every deposit with its history, the newest first.
    deposits: Vec<(Standing, Vec<Line>)>,
    looked: Option<(Act, Preview)>,
}

impl Show {
    fn open(&self) -> Option<&Standing> {
        let mut all = self.deposits.iter().map(|(standing, _)| standing);
        all.find(|standing| standing.row.ended_on.is_none())
    }

    fn tone(&self, status: DepositStatus) -> &'static str {
        words::tone(status)
    }

    fn reasons(&self) -> Vec<(&'static str, String)> {
        let words =
            |reason: &DepositReason| (reason.as_str(), self.t.deposit_reason(reason.as_str()));
        self.desk.reasons.iter().map(words).collect()
    }

    fn installments(&self) -> Vec<(u32, String)> {
        let most = self.desk.terms().map_or(1, |terms| terms.installments);
        (1..=most)
            .map(|count| (count, self.t.deposit_installments(count)))
            .collect()
    }

    fn months(&self) -> u32 {
        self.desk.terms().map_or(0, |terms| terms.when.months)
    }

    fn may(&self, permission: Permission) -> bool {
        self.chrome.may(permission)
    }

    fn number_of(&self, _account: AccountId) -> &str {
        self.subject.label.number.as_str()
    }

    fn gl_name(&self, gl: &GlCode) -> &str {
        gl_name(&self.chart, gl)
    }

    fn address(&self) -> String {
        address(&self.subject)
    }
}

fn address(subject: &Subject) -> String {
    format!("{}/deposit", subject.address())
}

/// A page's error of what cannot be read.
pub fn closed(error: DepositError) -> PageError {
    match error {
        DepositError::Fault(fault) => fault.into(),
        unreadable => PageError::fault(unreadable),
    }
}

/// GET /office/accounts/{number}/deposit
pub async fn show(app: Data<App>, chrome: Chrome, path: Path<String>) -> PageResult {
    let subject = subject::find(&app, &path).await?;
    view(&app, chrome, subject, (Form::default(), None)).await
}

/// POST /office/accounts/{number}/deposit
pub async fn ask(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let subject = subject::find(&app, &path).await?;
    let reason = form.parse::<DepositReason>("reason", t.form_choose());
    let amount = form.parse::<Money>("amount", t.form_not_money());
    let installments = form.parse::<u32>("installments", t.form_choose());
    let key = form.value("key").parse().ok();
    let (Some(reason), Some(amount), Some(installments), Some(key)) =
        (reason, amount, installments, key)
    else {
        return view(&app, chrome, subject, (form, None)).await;
    };
    let ask = Ask {
        account: subject.label.id,
        reason,
        amount,
        installments,
        note: form.value("note").to_owned(),
        key,
    };
    let seal = seal(&form);
    let work = move |tx: &mut Tx<'_>| usecases::deposits::ask(tx, &ask, seal.as_deref()).map(drop);
    let outcome = app.db.write(staff.stamp(&app), work).await;
    told(&app, chrome, subject, (form, Act::Ask, outcome)).await
}

/// POST /office/accounts/{number}/deposit/waiver
pub async fn waive(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    form: Form,
) -> PageResult {
    let subject = subject::find(&app, &path).await?;
    let Some(order) = order_of(&form, &subject, ("waive_key", "waive_note")) else {
        return Err(PageError::NotFound);
    };
    let seal = seal(&form);
    let work = move |tx: &mut Tx<'_>| usecases::deposits::waive(tx, &order, seal.as_deref());
    let outcome = app.db.write(staff.stamp(&app), work).await;
    told(&app, chrome, subject, (form, Act::Waive, outcome)).await
}

/// POST /office/accounts/{number}/deposit/release
pub async fn release(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    form: Form,
) -> PageResult {
    let subject = subject::find(&app, &path).await?;
    let Some(order) = order_of(&form, &subject, ("release_key", "release_note")) else {
        return Err(PageError::NotFound);
    };
    let seal = seal(&form);
    let work = move |tx: &mut Tx<'_>| usecases::deposits::release(tx, &order, seal.as_deref());
    let outcome = app.db.write(staff.stamp(&app), work).await;
    told(&app, chrome, subject, (form, Act::Release, outcome)).await
}

fn order_of(form: &Form, subject: &Subject, (key, note): (&str, &str)) -> Option<Order> {
    Some(Order {
        account: subject.label.id,
        note: form.value(note).to_owned(),
        key: form.value(key).parse().ok()?,
    })
}

/// What whoever sends the form saw; nothing before they looked.
fn seal(form: &Form) -> Option<String> {
    form.has("sure").then(|| form.exactly("seal").to_owned())
}

/// The field that a refusal is about.
const fn field_of(refused: &DepositError, act: Act) -> &'static str {
    match (refused, act) {
        (DepositError::NotSo(_) | DepositError::NotAsked, _) => "reason",
        (DepositError::Installments { .. }, _) => "installments",
        (DepositError::NoteTooLong(_), Act::Ask) => "note",
        (_, Act::Ask) => "amount",
        (_, Act::Waive) => "waive_note",
        (_, Act::Release) => "release_note",
    }
}

async fn told(
    app: &App,
    chrome: Chrome,
    subject: Subject,
    (mut form, act, outcome): (Form, Act, Result<(), DepositError>),
) -> PageResult {
    let t = chrome.t;
    match outcome {
        Ok(()) => see_other_saying(address(&subject), Tone::Good, t.deposit_done(act.word())),
        Err(DepositError::Looked(preview)) => {
            view(app, chrome, subject, (form, Some((act, preview)))).await
        }
        Err(DepositError::Changed(preview)) => {
            form.refuse("looked", t.correction_changed());
            view(app, chrome, subject, (form, Some((act, preview)))).await
        }
        Err(refused @ (DepositError::Ended(_) | DepositError::Open)) => {
            see_other_saying(address(&subject), Tone::Bad, said(t, &refused))
        }
        Err(DepositError::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            form.refuse(field_of(&refused, act), said(t, &refused));
            view(app, chrome, subject, (form, None)).await
        }
    }
}

async fn view(
    app: &App,
    chrome: Chrome,
    subject: Subject,
    (form, looked): (Form, Option<(Act, Preview)>),
) -> PageResult {
    let (account, today) = (subject.label.id, app.clock.today());
    let read = move |conn: &mut Conn| {
        let chart = books::open(conn, today)?.chart;
        let desk = usecases::deposits::open_desk(conn, account, today)?;
        let all = rows::list_of_account(conn, account)?;
        let ids: Vec<DepositId> = all.iter().map(|row| row.id).collect();
        let (moves, paid) = (rows::list_moves(conn, &ids)?, rows::list_paid(conn, &ids)?);
        let standings = rows::list_standings(conn, all)?;
        Ok::<_, DepositError>((chart, desk, histories(standings, &moves, &paid)))
    };
    let (chart, desk, deposits) = app.db.read(read).await.map_err(closed)?;
    let status = if form.is_good() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let view = Show {
        t: chrome.t,
        form: proposed(form, &desk)?,
        chrome,
        subject,
        chart,
        desk,
        deposits,
        looked,
    };
    page_with(status, &view)
}

/// The form with what the policy says filled in where nothing was typed, and a number for each of the page's forms that has none.
fn proposed(mut form: Form, desk: &Desk) -> Result<Form, PageError> {
    for key in ["key", "waive_key", "release_key"] {
        if form.value(key).is_empty() {
            form = form.with(key, new_key()?);
        }
    }
    Ok(match desk.most {
        Some(most) if form.is_good() && form.value("amount").is_empty() => {
            form.with("amount", most.dollars())
        }
        Some(_) | None => form,
    })
}

/// Each deposit with its steps and the money that came for it, in their order.
fn histories(
    standings: Vec<Standing>,
    moves: &[MoveRow],
    paid: &BTreeMap<DepositId, Vec<(NaiveDate, Money)>>,
) -> Vec<(Standing, Vec<Line>)> {
    let with_lines = |standing: Standing| {
        let id = standing.row.id;
        let steps = moves.iter().filter(|step| step.deposit_id == id);
        let steps = steps.map(|step| Line {
            on: step.on_date,
            step: Some(step.kind),
            amount: step.amount,
            due_on: step.due_on,
            note: step.note.clone(),
            by: step.made_by.clone(),
        });
        let came = paid.get(&id).into_iter().flatten();
        let came = came.map(|(on, amount)| Line {
            on: *on,
            step: None,
            amount: *amount,
            due_on: None,
            note: String::new(),
            by: String::new(),
        });
        let mut lines: Vec<Line> = steps.chain(came).collect();
        // Of one day: asked for, paid, and then what became of it.
        lines.sort_by_key(|line| (line.on, rank(line.step)));
        (standing, lines)
    };
    standings.into_iter().map(with_lines).collect()
}

const fn rank(step: Option<DepositStep>) -> u8 {
    match step {
        Some(DepositStep::Asked) => 0,
        None => 1,
        Some(DepositStep::Interest) => 2,
        Some(DepositStep::Waived) => 3,
        Some(DepositStep::Released | DepositStep::Applied) => 4,
    }
}
