//! Corrections that wait for a second person, and what became of the others: the list, one of them with what it would post now, and the word
//! of the second person.

use std::collections::HashMap;

use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::NaiveDateTime;
use chrono_tz::Tz;
use serde::Deserialize;

use crate::app::App;
use crate::domain::correction_policy::CorrectionPolicy;
use crate::domain::corrections::CorrectionStatus;
use crate::domain::gl::{Chart, GlCode};
use crate::domain::ids::{AccountId, AccountNumber, CorrectionId, PaymentNumber, RequestNumber};
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::corrections::{self as rows, CorrectionRow, Filter};
use crate::store::db::{Conn, Tx};
use crate::store::dispute_proposals::{self, ProposalRow};
use crate::store::labels::{self, AccountLabel};
use crate::store::payment_refunds::{self, RefundRow};
use crate::usecases::books::BooksError;
use crate::usecases::corrections::{
    CorrectionError, Preview, approve as decide_for, refuse as decide_against,
    withdraw as take_back,
};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::correction_words::{closed, gl_name, law, posted_since, said};
use crate::web::paging::{Page, Pager};
use crate::web::session::StaffMember;
use crate::web::{PageResult, page, page_with};

/// The filters of the address. Without one, what waits is shown; an unknown word filters nothing.
#[derive(Debug, Clone, Deserialize)]
pub struct Asking {
    #[serde(default = "waiting")]
    state: String,
    #[serde(default)]
    account: String,
}

fn waiting() -> String {
    CorrectionStatus::Proposed.to_string()
}

#[derive(Template)]
#[template(path = "office/corrections/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    state: Option<CorrectionStatus>,
    account: Option<AccountNumber>,
    lines: Vec<CorrectionRow>,
    /// Outcomes of disputes that wait for a second person too.
    outcomes: Vec<(ProposalRow, RequestNumber, AccountId)>,
    /// Refunds of payments that do.
    refunds: Vec<(RefundRow, PaymentNumber)>,
    labels: HashMap<AccountId, AccountLabel>,
    policy: CorrectionPolicy,
    total: i64,
    pager: Pager,
}

impl Index {
    fn states(&self) -> Vec<(&'static str, String)> {
        let any = ("any", self.t.corrections_any().to_owned());
        let named =
            |state: &CorrectionStatus| (state.as_str(), self.t.correction_status(state.as_str()));
        let all = CorrectionStatus::ALL.iter().map(named);
        all.chain(std::iter::once(any)).collect()
    }

    fn form(&self) -> Form {
        let state = self.state.map_or("any", CorrectionStatus::as_str);
        Form::default().with("state", state)
    }

    fn label(&self, account: &AccountId) -> Option<&AccountLabel> {
        self.labels.get(account)
    }

    fn reason(&self, line: &CorrectionRow) -> String {
        let language = self.t.language;
        self.policy.reason_words(line.kind, &line.reason, language)
    }
}

/// How a standing looks.
pub const fn tone(status: CorrectionStatus) -> &'static str {
    match status {
        CorrectionStatus::Proposed => "warn",
        CorrectionStatus::Posted => "good",
        CorrectionStatus::Refused => "bad",
        CorrectionStatus::Withdrawn => "",
    }
}

/// GET /office/corrections
pub async fn index(
    app: Data<App>,
    chrome: Chrome,
    asking: Query<Asking>,
    paging: Query<Page>,
) -> PageResult {
    let (Asking { state, account }, paging) = (asking.into_inner(), *paging);
    let (state, account): (Option<CorrectionStatus>, Option<AccountNumber>) =
        (state.parse().ok(), account.parse().ok());
    let (today, wanted) = (app.clock.today(), account.clone());
    let read = move |conn: &mut Conn| {
        let account = match &wanted {
            Some(number) => labels::id_of(conn, number)?,
            None => None,
        };
        let filter = Filter {
            status: state,
            account,
        };
        let lines = rows::list(conn, &filter, (paging.limit(), paging.offset()))?;
        let (outcomes, refunds) = match state {
            Some(CorrectionStatus::Proposed) => (
                dispute_proposals::list_waiting(conn, account)?,
                payment_refunds::list_waiting(conn, account)?,
            ),
            Some(
                CorrectionStatus::Posted | CorrectionStatus::Refused | CorrectionStatus::Withdrawn,
            )
            | None => (Vec::new(), Vec::new()),
        };
        let ids = lines.iter().map(|line| line.account_id);
        let ids = ids.chain(outcomes.iter().map(|(.., account)| *account));
        let ids = ids.chain(refunds.iter().map(|(row, _)| row.account_id));
        let ids: Vec<AccountId> = ids.collect();
        let labels = labels::of_accounts(conn, &ids, today)?;
        let (_, policy) = law(conn, today)?;
        let found = (lines, (outcomes, refunds), rows::count(conn, &filter)?);
        Ok::<_, BooksError>((found, labels, policy))
    };
    let ((lines, (outcomes, refunds), total), labels, policy) =
        app.db.read(read).await.map_err(closed)?;
    let address = format!(
        "/office/corrections?state={}&account={}",
        state.map_or("any", CorrectionStatus::as_str),
        account.as_ref().map_or("", AccountNumber::as_str),
    );
    let (lines, pager) = paging.of(lines, &address);
    page(&Index {
        t: chrome.t,
        chrome,
        state,
        account,
        lines,
        outcomes,
        refunds,
        labels,
        policy,
        total,
        pager,
    })
}

#[derive(Template)]
#[template(path = "office/corrections/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    row: CorrectionRow,
    labels: HashMap<AccountId, AccountLabel>,
    chart: Chart,
    policy: CorrectionPolicy,
    /// What would be posted now, of one that waits.
    preview: Option<Preview>,
    /// Why it could not be posted now.
    kept: Option<String>,
    may_decide: bool,
    is_own: bool,
    /// Whether the person may reverse it now.
    may_reverse: bool,
    /// What reversed it, or waits to.
    reversal: Option<CorrectionRow>,
    form: Form,
}

impl Show {
    fn number_of(&self, account: AccountId) -> &str {
        let label = self.labels.get(&account);
        label.map_or("", |label| label.number.as_str())
    }

    fn gl_name(&self, gl: &GlCode) -> &str {
        gl_name(&self.chart, gl)
    }

    fn reason(&self) -> String {
        let language = self.t.language;
        self.policy
            .reason_words(self.row.kind, &self.row.reason, language)
    }

    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }

    /// Whether the account stands otherwise than when it was ordered.
    fn has_changed(&self) -> bool {
        let preview = self.preview.as_ref();
        preview.is_some_and(|preview| preview.seal != self.row.seal)
    }
}

/// The page of one.
pub fn address(id: CorrectionId) -> String {
    format!("/office/corrections/{id}")
}

/// GET /office/corrections/{id}
pub async fn show(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
) -> PageResult {
    view(&app, chrome, &staff, (CorrectionId(*path), Form::default())).await
}

/// POST /office/corrections/{id}/approval
pub async fn approve(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
    mut form: Form,
) -> PageResult {
    let (id, t) = (CorrectionId(*path), chrome.t);
    let (person, seal) = ((staff.role, t.language), form.exactly("seal").to_owned());
    let work = move |tx: &mut Tx<'_>| decide_for(tx, id, person, Some(&seal));
    match app.db.write(staff.stamp(&app), work).await {
        Ok(()) => see_other_saying(address(id), Tone::Good, t.correction_outcome("posted")),
        Err(CorrectionError::Fault(fault)) => Err(fault.into()),
        Err(CorrectionError::Decided(_)) => decided(&app, chrome, &staff, (id, form)).await,
        Err(CorrectionError::Changed(_)) => {
            let read = move |conn: &mut Conn| rows::get(conn, id);
            let row = app.db.read(read).await?;
            let touched = std::iter::once(row.account_id).chain(row.other_account_id);
            posted_since(&app, &mut form, (t, touched.collect())).await?;
            view(&app, chrome, &staff, (id, form)).await
        }
        Err(refused) => {
            form.refuse("looked", said(t, &refused));
            view(&app, chrome, &staff, (id, form)).await
        }
    }
}

/// POST /office/corrections/{id}/refusal
pub async fn refuse(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
    mut form: Form,
) -> PageResult {
    let (id, t) = (CorrectionId(*path), chrome.t);
    let words = form.value("words").to_owned();
    let work = move |tx: &mut Tx<'_>| decide_against(tx, id, &words);
    match app.db.write(staff.stamp(&app), work).await {
        Ok(()) => see_other_saying(address(id), Tone::Good, t.correction_outcome("refused")),
        Err(CorrectionError::Fault(fault)) => Err(fault.into()),
        Err(CorrectionError::Decided(_)) => decided(&app, chrome, &staff, (id, form)).await,
        Err(refused) => {
            form.refuse("words", said(t, &refused));
            view(&app, chrome, &staff, (id, form)).await
        }
    }
}

/// POST /office/corrections/{id}/withdrawal
pub async fn withdraw(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
    form: Form,
) -> PageResult {
    let (id, t) = (CorrectionId(*path), chrome.t);
    let work = move |tx: &mut Tx<'_>| take_back(tx, id);
    let outcome = app.db.write(staff.stamp(&app), work).await;
    match outcome {
        Ok(()) => see_other_saying(address(id), Tone::Good, t.correction_outcome("withdrawn")),
        Err(CorrectionError::Fault(fault)) => Err(fault.into()),
        Err(CorrectionError::Decided(_)) => decided(&app, chrome, &staff, (id, form)).await,
        Err(CorrectionError::SamePerson(_)) => {
            see_other_saying(address(id), Tone::Bad, t.correction_not_own())
        }
        Err(refused) => see_other_saying(address(id), Tone::Bad, said(t, &refused)),
    }
}

/// Says who decided it meanwhile, and shows it as it is.
async fn decided(
    app: &App,
    chrome: Chrome,
    staff: &StaffMember,
    (id, mut form): (CorrectionId, Form),
) -> PageResult {
    let (t, zone) = (chrome.t, app.clock.zone());
    let row = app.db.read(move |conn| rows::get(conn, id)).await?;
    let outcome = t.correction_outcome(row.status.as_str());
    let text = match (&row.decided_by, row.decided_at) {
        (Some(by), Some(at)) => {
            let at = at.and_utc().with_timezone(&zone).naive_local();
            t.seen_decided(by, t.moment(at), outcome)
        }
        _ => outcome,
    };
    form.overtaken("what", text);
    view(app, chrome, staff, (id, form)).await
}

/// What one that waits would post now, or why it could not be posted. It is posted and taken back, by the same code that would let it stand, so that it
/// takes its turn among those who write; of one that was decided on nothing is worked out.
async fn looked_at(
    app: &App,
    staff: &StaffMember,
    (row, t): (&CorrectionRow, Words),
) -> Result<(Option<Preview>, Option<String>), crate::web::PageError> {
    if row.status != CorrectionStatus::Proposed {
        return Ok((None, None));
    }
    let (id, person) = (row.id, (staff.role, staff.language));
    let look = move |tx: &mut Tx<'_>| decide_for(tx, id, person, None);
    match app.db.write(staff.stamp(app), look).await {
        Ok(()) => Ok((None, None)),
        Err(CorrectionError::Looked(preview)) => Ok((Some(preview), None)),
        Err(CorrectionError::Fault(fault)) => Err(fault.into()),
        Err(refused) => Ok((None, Some(said(t, &refused)))),
    }
}

async fn view(
    app: &App,
    chrome: Chrome,
    staff: &StaffMember,
    (id, form): (CorrectionId, Form),
) -> PageResult {
    let (t, today) = (chrome.t, app.clock.today());
    let read = move |conn: &mut Conn| {
        let row = rows::get(conn, id)?;
        let ids: Vec<AccountId> = std::iter::once(row.account_id)
            .chain(row.other_account_id)
            .collect();
        let labels = labels::of_accounts(conn, &ids, today)?;
        let (chart, policy) = law(conn, today)?;
        let reversal = rows::find_reversal(conn, id)?;
        Ok::<_, BooksError>((row, reversal, labels, chart, policy))
    };
    let (row, reversal, labels, chart, policy) = app.db.read(read).await.map_err(closed)?;
    let (preview, kept) = looked_at(app, staff, (&row, t)).await?;
    let is_own = staff.actor().is_person(row.made_by_id, &row.made_by);
    let may_decide = staff.may(Permission::ApproveCorrection) && !is_own;
    let is_standing = row.entry_id.is_some() && reversal.is_none();
    let may_reverse =
        is_standing && staff.may(row.kind.permission()) && row.correction()?.may_be_reversed();
    let status = form.status();
    let view = Show {
        t,
        chrome,
        zone: app.clock.zone(),
        row,
        labels,
        chart,
        policy,
        preview,
        kept,
        may_decide,
        is_own,
        may_reverse,
        reversal,
        form,
    };
    page_with(status, &view)
}
