//! Reversing a correction that was posted: what would answer it is looked at first, then posted beside it, or sent to a second person by the rules of
//! its kind.

use std::collections::HashMap;

use actix_web::web::{Data, Path};
use askama::Template;

use crate::app::App;
use crate::domain::correction_policy::CorrectionPolicy;
use crate::domain::gl::{Chart, GlCode};
use crate::domain::ids::{AccountId, CorrectionId};
use crate::i18n::Words;
use crate::store::corrections::{self as rows, CorrectionRow};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::labels::{self, AccountLabel};
use crate::usecases::books::BooksError;
use crate::usecases::corrections::{CorrectionError, Order, Preview};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::correction_queue::address;
use crate::web::office::correction_words::{closed, gl_name, law, posted_since, said};
use crate::web::office::corrections::{DUE_DAYS, carried_out, new_key};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

#[derive(Template)]
#[template(path = "office/corrections/reversal.html")]
struct Reverse {
    t: Words,
    chrome: Chrome,
    form: Form,
    row: CorrectionRow,
    /// Whether the customer owes again what it gave or carried.
    is_owed_again: bool,
    labels: HashMap<AccountId, AccountLabel>,
    chart: Chart,
    policy: CorrectionPolicy,
    looked: Option<Preview>,
}

impl Reverse {
    fn number_of(&self, account: AccountId) -> &str {
        let label = self.labels.get(&account);
        label.map_or("", |label| label.number.as_str())
    }

    fn gl_name(&self, gl: &GlCode) -> &str {
        gl_name(&self.chart, gl)
    }

    /// The reasons of its kind; the first is none.
    fn reasons(&self) -> Vec<(String, String)> {
        let mut all = vec![(String::new(), self.t.form_choose().to_owned())];
        let language = self.t.language;
        let rules = self.policy.rules(self.row.kind).into_iter();
        let reasons = rules.flat_map(|rules| &rules.reasons);
        all.extend(reasons.map(|one| (one.code.clone(), one.words(language).to_owned())));
        all
    }

    fn reason_words(&self) -> String {
        let (code, language) = (self.form.value("reason"), self.t.language);
        self.policy.reason_words(self.row.kind, code, language)
    }
}

/// GET /office/corrections/{id}/reversal
pub async fn new(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
) -> PageResult {
    let id = CorrectionId(*path);
    allowed(&staff, &find(&app, id).await?)?;
    let due_on = app.clock.today() + chrono::Days::new(DUE_DAYS);
    let form = Form::default()
        .with("key", new_key()?)
        .with("due_on", due_on);
    view(&app, chrome, (id, form), None).await
}

/// POST /office/corrections/{id}/reversal
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
    mut form: Form,
) -> PageResult {
    let (id, t) = (CorrectionId(*path), chrome.t);
    let row = find(&app, id).await?;
    allowed(&staff, &row)?;
    let due_on = if row.correction()?.is_owed_again() {
        form.day("due_on", t.form_not_a_date())
    } else {
        Some(row.made_on)
    };
    let reason = form.required("reason", t.form_choose());
    let key = form.value("key").parse().ok();
    let (Some(due_on), Some(reason), Some(key)) = (due_on, reason, key) else {
        return view(&app, chrome, (id, form), None).await;
    };
    let order = Order {
        account: row.reversed_on(),
        reason,
        note: form.value("note").to_owned(),
        role: staff.role,
        language: t.language,
        key,
    };
    let seal = form.has("sure").then(|| form.exactly("seal").to_owned());
    match carried_out(&app, &staff, (order, row.reversal(due_on)), seal).await {
        Ok(status) => {
            let text = t.correction_outcome(status.as_str());
            see_other_saying(address(id), Tone::Good, text)
        }
        Err(CorrectionError::Looked(preview)) => {
            view(&app, chrome, (id, form), Some(preview)).await
        }
        Err(CorrectionError::Changed(preview)) => {
            let touched = std::iter::once(row.account_id).chain(row.other_account_id);
            posted_since(&app, &mut form, (t, touched.collect())).await?;
            view(&app, chrome, (id, form), Some(preview)).await
        }
        Err(CorrectionError::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            if matches!(refused, CorrectionError::KeyUsed) {
                form = form.with("key", new_key()?);
            }
            refuse(&mut form, t, &refused);
            view(&app, chrome, (id, form), None).await
        }
    }
}

/// Says on the form why nothing was reversed; who was overtaken by somebody else is told so.
fn refuse(form: &mut Form, t: Words, refused: &CorrectionError) {
    let text = said(t, refused);
    if matches!(refused, CorrectionError::ReversedBefore) {
        form.overtaken("reason", text);
        return;
    }
    let field = if matches!(refused, CorrectionError::DueDay { .. }) {
        "due_on"
    } else if matches!(refused, CorrectionError::NoteMissing) {
        "note"
    } else {
        "reason"
    };
    form.refuse(field, text);
}

/// Whoever may order its kind may reverse it.
fn allowed(staff: &StaffMember, row: &CorrectionRow) -> Result<(), PageError> {
    let needed = row.kind.permission();
    if staff.may(needed) {
        Ok(())
    } else {
        Err(PageError::Forbidden(needed.as_str()))
    }
}

/// One that was posted and may be reversed at all.
async fn find(app: &App, id: CorrectionId) -> Result<CorrectionRow, PageError> {
    let row = app.db.read(move |conn| rows::get(conn, id)).await?;
    if row.entry_id.is_some() && row.correction()?.may_be_reversed() {
        Ok(row)
    } else {
        Err(StoreError::Missing("correction to reverse").into())
    }
}

async fn view(
    app: &App,
    chrome: Chrome,
    (id, form): (CorrectionId, Form),
    looked: Option<Preview>,
) -> PageResult {
    let today = app.clock.today();
    let read = move |conn: &mut Conn| {
        let row = rows::get(conn, id)?;
        let ids: Vec<AccountId> = std::iter::once(row.account_id)
            .chain(row.other_account_id)
            .collect();
        let labels = labels::of_accounts(conn, &ids, today)?;
        let (chart, policy) = law(conn, today)?;
        Ok::<_, BooksError>((row, labels, chart, policy))
    };
    let (row, labels, chart, policy) = app.db.read(read).await.map_err(closed)?;
    let status = form.status();
    let view = Reverse {
        t: chrome.t,
        chrome,
        form,
        is_owed_again: row.correction()?.is_owed_again(),
        row,
        labels,
        chart,
        policy,
        looked,
    };
    page_with(status, &view)
}
