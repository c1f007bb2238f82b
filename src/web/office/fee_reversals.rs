//! Taking back a whole day of fees: what stands on a day, ordering that it is taken back, the second person's word, and how far it has come.

use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use serde::Deserialize;

use crate::app::App;
use crate::domain::correction_policy::CorrectionPolicy;
use crate::domain::corrections::CorrectionKind;
use crate::domain::fee_reversals::{FeeKind, ReversalStatus};
use crate::domain::ids::FeeReversalId;
use crate::domain::money::Money;
use crate::domain::staff::{Permission, Role};
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::fee_reversals::{self as rows, ReversalRow, Standing};
use crate::usecases::books::BooksError;
use crate::usecases::fee_reversals::{self as reversals, Order, ReversalError, seal};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::correction_words::{closed, law, may_second, who_seconds};
use crate::web::office::corrections::new_key;
use crate::web::session::StaffMember;
use crate::web::{PageResult, page, page_with};

/// How many earlier ones are listed.
const LISTED: i64 = 50;

/// The day and kind that are looked at.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asking {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    on: String,
}

#[derive(Template)]
#[template(path = "office/fee_reversals/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    form: Form,
    may_order: bool,
    /// What was asked for, and the fees that stand.
    seen: Option<(FeeKind, NaiveDate, Option<Standing>)>,
    policy: CorrectionPolicy,
    lines: Vec<ReversalRow>,
}

impl Index {
    fn kinds(&self) -> Vec<(&'static str, String)> {
        let words = |kind: &FeeKind| (kind.as_str(), self.t.entry_kind(kind.as_str()));
        FeeKind::ALL.iter().map(words).collect()
    }

    fn reasons(&self) -> Vec<(String, String)> {
        let mut all = vec![(String::new(), self.t.form_choose().to_owned())];
        let rules = self.policy.rules(CorrectionKind::Waiver);
        let reasons = rules.into_iter().flat_map(|rules| &rules.reasons);
        let words = self.t.language;
        all.extend(reasons.map(|reason| (reason.code.clone(), reason.words(words).to_owned())));
        all
    }

    fn seal(&self, standing: &Standing) -> String {
        seal(standing)
    }
}

/// How a standing looks.
pub const fn tone(status: ReversalStatus) -> &'static str {
    match status {
        ReversalStatus::Proposed => "warn",
        ReversalStatus::Approved => "info",
        ReversalStatus::Done => "good",
        ReversalStatus::Refused => "bad",
        ReversalStatus::Withdrawn => "",
    }
}

fn address(id: FeeReversalId) -> String {
    format!("/office/fee-reversals/{id}")
}

/// GET /office/fee-reversals
pub async fn index(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    asking: Query<Asking>,
) -> PageResult {
    let Asking { kind, on } = asking.into_inner();
    let form = Form::default()
        .with("key", new_key()?)
        .with("kind", &kind)
        .with("on", &on);
    listed(&app, chrome, &staff, form).await
}

async fn listed(app: &App, chrome: Chrome, staff: &StaffMember, form: Form) -> PageResult {
    let today = app.clock.today();
    let asked: Option<(FeeKind, NaiveDate)> = form
        .value("kind")
        .parse()
        .ok()
        .zip(form.value("on").parse().ok());
    let read = move |conn: &mut Conn| {
        let seen = match asked {
            Some((kind, on)) => Some((kind, on, rows::find_standing(conn, (kind, on), None)?)),
            None => None,
        };
        let (_, policy) = law(conn, today)?;
        Ok::<_, BooksError>((seen, policy, rows::list(conn, LISTED)?))
    };
    let (seen, policy, lines) = app.db.read(read).await.map_err(closed)?;
    let status = form.status();
    let view = Index {
        t: chrome.t,
        chrome,
        form,
        may_order: staff.may(Permission::PostAdjustment),
        seen,
        policy,
        lines,
    };
    page_with(status, &view)
}

/// POST /office/fee-reversals
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let kind = form.parse::<FeeKind>("kind", t.form_choose());
    let on = form.day("on", t.form_not_a_date());
    let reason = form.required("reason", t.form_choose());
    let key = form.value("key").parse().ok();
    if let (Some(kind), Some(on), Some(reason), Some(key)) = (kind, on, reason, key) {
        let order = Order {
            kind,
            on,
            reason,
            note: form.value("note").to_owned(),
            key,
            seal: form.exactly("seal").to_owned(),
        };
        let work = move |tx: &mut Tx<'_>| reversals::propose(tx, &order);
        match app.db.write(staff.stamp(&app), work).await {
            Ok((id, status)) => {
                let text = t.fee_reversal_outcome(status.as_str());
                return see_other_saying(address(id), Tone::Good, text);
            }
            Err(ReversalError::Fault(fault)) => return Err(fault.into()),
            Err(refused) => {
                let field = match &refused {
                    ReversalError::NoteMissing => "note",
                    ReversalError::Reason(_) => "reason",
                    ReversalError::Nothing
                    | ReversalError::NotAllowed
                    | ReversalError::Changed(_)
                    | ReversalError::Ordered(_)
                    | ReversalError::KeyUsed
                    | ReversalError::SecondPerson
                    | ReversalError::NotOwn
                    | ReversalError::OverLimit { .. }
                    | ReversalError::Decided(_)
                    | ReversalError::Posting(_)
                    | ReversalError::Fault(_) => "looked",
                };
                let text = said(&app, t, (&refused, form.exactly("seal")));
                if is_overtaken(&refused) {
                    form.overtaken(field, text);
                } else {
                    form.refuse(field, text);
                }
                if matches!(refused, ReversalError::KeyUsed) {
                    form = form.with("key", new_key()?);
                }
            }
        }
    }
    listed(&app, chrome, &staff, form).await
}

/// Whether somebody else was there first: what a form showed is not what there is any more.
const fn is_overtaken(refused: &ReversalError) -> bool {
    match refused {
        ReversalError::Nothing
        | ReversalError::Changed(_)
        | ReversalError::Ordered(_)
        | ReversalError::Decided(_) => true,
        ReversalError::NotAllowed
        | ReversalError::Reason(_)
        | ReversalError::NoteMissing
        | ReversalError::KeyUsed
        | ReversalError::SecondPerson
        | ReversalError::NotOwn
        | ReversalError::OverLimit { .. }
        | ReversalError::Posting(_)
        | ReversalError::Fault(_) => false,
    }
}

/// Why nothing was taken back; `seal` is what the form showed.
fn said(app: &App, t: Words, (refused, seal): (&ReversalError, &str)) -> String {
    match refused {
        ReversalError::Nothing => t.fee_reversal_nothing().to_owned(),
        ReversalError::NotAllowed => t.correction_not_allowed().to_owned(),
        ReversalError::Reason(_) => t.form_choose().to_owned(),
        ReversalError::NoteMissing => t.correction_note_missing().to_owned(),
        ReversalError::Changed(now) => match reversals::figures(seal) {
            Some((fees, amount)) => t.fee_reversal_changed_to(fees, amount, now.fees, now.amount),
            None => t.fee_reversal_changed().to_owned(),
        },
        ReversalError::Ordered(row) => {
            let at = row.made_at.and_utc().with_timezone(&app.clock.zone());
            let (at, state) = (t.moment(at.naive_local()), row.status.as_str());
            t.fee_reversal_ordered(&row.made_by, at, t.fee_reversal_status(state))
        }
        ReversalError::KeyUsed => t.fee_reversal_key_used().to_owned(),
        ReversalError::SecondPerson => t.correction_same_person().to_owned(),
        ReversalError::NotOwn => t.correction_not_own().to_owned(),
        ReversalError::OverLimit { most } => t.correction_over_limit(most),
        ReversalError::Decided(status) => t.fee_reversal_outcome(status.as_str()),
        ReversalError::Posting(_) | ReversalError::Fault(_) => t.taking_wrong_amount().to_owned(),
    }
}

#[derive(Template)]
#[template(path = "office/fee_reversals/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    row: ReversalRow,
    policy: CorrectionPolicy,
    /// The fees that stand now, of one that waits.
    standing: Option<Standing>,
    may_decide: bool,
    is_own: bool,
    role: Role,
    form: Form,
}

impl Show {
    fn reason(&self) -> String {
        let (code, language) = (self.row.reason.as_str(), self.t.language);
        self.policy
            .reason_words(CorrectionKind::Waiver, code, language)
    }

    /// Whether whoever looks may approve that these fees are taken back.
    fn may_approve(&self, standing: &Standing) -> bool {
        let what = (CorrectionKind::Waiver, standing.amount);
        self.may_decide && may_second(&self.policy, self.role, what, Money::ZERO)
    }

    /// Who does, where they may not.
    fn who(&self, standing: &Standing) -> String {
        let what = (CorrectionKind::Waiver, standing.amount);
        who_seconds(self.t, &self.policy, what)
    }

    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }

    fn seal(&self, standing: &Standing) -> String {
        seal(standing)
    }

    /// Who decided it, and what came of it; nothing of one that waits.
    fn decided(&self) -> Option<String> {
        let (by, at) = (self.row.decided_by.as_ref()?, self.row.decided_at?);
        let outcome = self.t.fee_reversal_outcome(self.row.status.as_str());
        let at = self.t.moment(self.local(&at));
        Some(self.t.seen_decided(by, at, outcome))
    }

    fn is_moving(&self) -> bool {
        self.row.status == ReversalStatus::Approved
    }
}

/// GET /office/fee-reversals/{id}
pub async fn show(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
) -> PageResult {
    let id = FeeReversalId(*path);
    page(&view(&app, chrome, &staff, (id, Form::default())).await?)
}

/// POST /office/fee-reversals/{id}/approval
pub async fn approve(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
    form: Form,
) -> PageResult {
    let (id, role, seen) = (
        FeeReversalId(*path),
        staff.role,
        form.exactly("seal").to_owned(),
    );
    let work = move |tx: &mut Tx<'_>| reversals::approve(tx, id, role, &seen);
    let outcome = app.db.write(staff.stamp(&app), work).await;
    let decided = (outcome, ReversalStatus::Approved, "looked");
    told(&app, chrome, &staff, (id, form), decided).await
}

/// POST /office/fee-reversals/{id}/refusal
pub async fn refuse(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
    form: Form,
) -> PageResult {
    let (id, words) = (FeeReversalId(*path), form.value("words").to_owned());
    let work = move |tx: &mut Tx<'_>| reversals::refuse(tx, id, &words);
    let outcome = app.db.write(staff.stamp(&app), work).await;
    let decided = (outcome, ReversalStatus::Refused, "words");
    told(&app, chrome, &staff, (id, form), decided).await
}

/// POST /office/fee-reversals/{id}/withdrawal
pub async fn withdraw(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
    form: Form,
) -> PageResult {
    let id = FeeReversalId(*path);
    let work = move |tx: &mut Tx<'_>| reversals::withdraw(tx, id);
    let outcome = app.db.write(staff.stamp(&app), work).await;
    let decided = (outcome, ReversalStatus::Withdrawn, "looked");
    told(&app, chrome, &staff, (id, form), decided).await
}

async fn told(
    app: &App,
    chrome: Chrome,
    staff: &StaffMember,
    (id, form): (FeeReversalId, Form),
    (outcome, status, field): (Result<(), ReversalError>, ReversalStatus, &'static str),
) -> PageResult {
    let t = chrome.t;
    match outcome {
        Ok(()) => see_other_saying(
            address(id),
            Tone::Good,
            t.fee_reversal_outcome(status.as_str()),
        ),
        Err(ReversalError::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            let mut view = view(app, chrome, staff, (id, form)).await?;
            let text = match view.decided() {
                Some(text) => text,
                None => said(app, t, (&refused, view.form.exactly("seal"))),
            };
            if is_overtaken(&refused) {
                view.form.overtaken("looked", text);
            } else {
                view.form.refuse(field, text);
            }
            page_with(view.form.refusal(), &view)
        }
    }
}

async fn view(
    app: &App,
    chrome: Chrome,
    staff: &StaffMember,
    (id, form): (FeeReversalId, Form),
) -> Result<Show, crate::web::PageError> {
    let today = app.clock.today();
    let read = move |conn: &mut Conn| {
        let row = rows::get(conn, id)?;
        let range = (row.kind, row.charged_on);
        let standing = match row.status {
            ReversalStatus::Proposed => rows::find_standing(conn, range, Some(row.last_entry_id))?,
            ReversalStatus::Approved
            | ReversalStatus::Done
            | ReversalStatus::Refused
            | ReversalStatus::Withdrawn => None,
        };
        let (_, policy) = law(conn, today)?;
        Ok::<_, BooksError>((row, standing, policy))
    };
    let (row, standing, policy) = app.db.read(read).await.map_err(closed)?;
    let is_own = staff.actor().is_person(row.made_by_id, &row.made_by);
    Ok(Show {
        t: chrome.t,
        chrome,
        zone: app.clock.zone(),
        row,
        policy,
        standing,
        may_decide: staff.may(Permission::ApproveCorrection) && !is_own,
        is_own,
        role: staff.role,
        form,
    })
}
