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
use crate::domain::ids::{
    AccountId, AccountNumber, BillNumber, CorrectionId, EntryId, PaymentNumber, RequestNumber,
};
use crate::domain::ledger::{EntryKind, Posting};
use crate::domain::money::Money;
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::corrections::{self as rows, CorrectionRow, Filter};
use crate::store::db::{Conn, Tx};
use crate::store::dispute_proposals::{self, ProposalRow};
use crate::store::error::StoreError;
use crate::store::labels::{self, AccountLabel};
use crate::store::ledger;
use crate::store::payment_refunds::{self, RefundRow};
use crate::store::rebill_proposals::{self, RebillRow};
use crate::usecases::books::BooksError;
use crate::usecases::corrections::{
    CorrectionError, Preview, approve as decide_for, decided_by, refuse as decide_against,
    withdraw as take_back,
};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::correction_words::{
    closed, gl_name, law, may_second, posted_since, said, who_seconds,
};
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
    /// Bills that are proposed to be billed again.
    rebills: Vec<(RebillRow, BillNumber)>,
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

/// What waits for a second person beside corrections.
#[derive(Default)]
struct Waits {
    outcomes: Vec<(ProposalRow, RequestNumber, AccountId)>,
    refunds: Vec<(RefundRow, PaymentNumber)>,
    rebills: Vec<(RebillRow, BillNumber)>,
}

impl Waits {
    /// Three questions where what waits is asked for; nothing else is listed here.
    fn load(
        conn: &mut Conn,
        (state, account): (Option<CorrectionStatus>, Option<AccountId>),
    ) -> Result<Self, StoreError> {
        if state != Some(CorrectionStatus::Proposed) {
            return Ok(Self::default());
        }
        let rebills = rebill_proposals::list_waiting(conn, account)?;
        let named = |row: RebillRow| {
            let number = BillNumber::of(row.bill_id.0);
            (row, number)
        };
        Ok(Self {
            outcomes: dispute_proposals::list_waiting(conn, account)?,
            refunds: payment_refunds::list_waiting(conn, account)?,
            rebills: rebills.into_iter().map(named).collect(),
        })
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
        let waits = Waits::load(conn, (state, account))?;
        let ids = lines.iter().map(|line| line.account_id);
        let ids = ids.chain(waits.outcomes.iter().map(|(.., account)| *account));
        let ids = ids.chain(waits.refunds.iter().map(|(row, _)| row.account_id));
        let ids = ids.chain(waits.rebills.iter().map(|(row, _)| row.account_id));
        let ids: Vec<AccountId> = ids.collect();
        let labels = labels::of_accounts(conn, &ids, today)?;
        let (_, policy) = law(conn, today)?;
        let found = (lines, waits, rows::count(conn, &filter)?);
        Ok::<_, BooksError>((found, labels, policy))
    };
    let ((lines, waits, total), labels, policy) = app.db.read(read).await.map_err(closed)?;
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
        outcomes: waits.outcomes,
        refunds: waits.refunds,
        rebills: waits.rebills,
        labels,
        policy,
        total,
        pager,
    })
}

/// What the person who looks at one may do about it.
struct May {
    /// Say yes or no as the second person.
    decide: bool,
    /// Say yes: what is left of their limit on the account reaches it.
    approve: bool,
    /// Reverse it now.
    reverse: bool,
}

/// What a correction posted.
struct Posted {
    entries: Vec<PostedEntry>,
}

/// The entry that it made, leg by leg.
struct PostedEntry {
    account: AccountId,
    kind: EntryKind,
    postings: Vec<Posting>,
}

/// The entry of a correction that was posted.
fn posted_by(conn: &mut Conn, row: &CorrectionRow, entry: EntryId) -> Result<Posted, StoreError> {
    let found = ledger::get(conn, entry)?;
    let made = PostedEntry {
        account: found.account_id.unwrap_or(row.account_id),
        kind: found.kind,
        postings: ledger::list_postings(conn, entry)?,
    };
    Ok(Posted {
        entries: vec![made],
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
    /// What is owed on the other account.
    other_owes: Option<Money>,
    chart: Chart,
    policy: CorrectionPolicy,
    /// What would be posted now, of one that waits.
    preview: Option<Preview>,
    /// What it posted, of one that stands in the ledger.
    posted: Option<Posted>,
    /// Why it could not be posted now.
    kept: Option<String>,
    may: May,
    is_own: bool,
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

    /// The account that something is carried to.
    fn other(&self) -> Option<&AccountLabel> {
        self.labels.get(&self.row.other_account_id?)
    }

    /// Who decides it where whoever looks may not.
    fn who(&self) -> String {
        let what = (self.row.kind, self.row.amount);
        who_seconds(self.t, &self.policy, what)
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
    let (t, today, by) = (chrome.t, app.clock.today(), staff.actor());
    let read = move |conn: &mut Conn| {
        let row = rows::get(conn, id)?;
        let decided = decided_by(conn, &by, (row.account_id, row.kind), today)?;
        let ids: Vec<AccountId> = std::iter::once(row.account_id)
            .chain(row.other_account_id)
            .collect();
        let labels = labels::of_accounts(conn, &ids, today)?;
        let (chart, policy) = law(conn, today)?;
        let other_owes = match row.other_account_id {
            Some(other) => Some(ledger::balance(conn, other, None)?),
            None => None,
        };
        let reversal = rows::find_reversal(conn, id)?;
        let posted = match row.entry_id {
            Some(entry) => Some(posted_by(conn, &row, entry)?),
            None => None,
        };
        let found = (row, decided, (reversal, posted));
        Ok::<_, BooksError>((found, (labels, other_owes), chart, policy))
    };
    let ((row, decided, (reversal, posted)), (labels, other_owes), chart, policy) =
        app.db.read(read).await.map_err(closed)?;
    let (preview, kept) = looked_at(app, staff, (&row, t)).await?;
    let is_own = staff.actor().is_person(row.made_by_id, &row.made_by);
    let decide = staff.may(Permission::ApproveCorrection) && !is_own;
    let seen = preview.as_ref().map_or(row.amount, |seen| seen.amount);
    let is_standing = row.entry_id.is_some() && reversal.is_none();
    let may = May {
        decide,
        approve: decide && may_second(&policy, staff.role, (row.kind, seen), decided),
        reverse: is_standing
            && staff.may(row.kind.permission())
            && row.correction()?.may_be_reversed(),
    };
    let status = form.status();
    let view = Show {
        t,
        chrome,
        zone: app.clock.zone(),
        row,
        labels,
        other_owes,
        chart,
        policy,
        preview,
        posted,
        kept,
        may,
        is_own,
        reversal,
        form,
    };
    page_with(status, &view)
}
