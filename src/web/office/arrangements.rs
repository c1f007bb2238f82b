//! Extensions and payment arrangements for the office: who is on one and whether they keep it, each with its installments and steps, and the
//! end of one by whoever may end it.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use serde::Deserialize;

use crate::app::App;
use crate::domain::arrangements::{ArrangementState, InstallmentState, Progress};
use crate::domain::ids::{AccountId, AccountNumber, ArrangementNumber};
use crate::domain::queues::{MarkKind, Queue};
use crate::domain::staff::{Permission, Role};
use crate::i18n::Words;
use crate::store::arrangements::{self, Filter, Standing, StepRow};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::labels::{self, AccountLabel};
use crate::store::work_marks::{self, Mark};
use crate::usecases::arrangements::{ArrangementError, cancel};
use crate::web::chrome::Chrome;
use crate::web::doors::Doors;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::arrangement_form;
use crate::web::office::bulk::Bulk;
use crate::web::office::saved_filters::Saved;
use crate::web::paging::{Page, Pager};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

/// Extensions and payment arrangements.
pub fn doors() -> Doors {
    let (see, make, end) = (
        Permission::ViewAccount,
        Permission::MakeArrangement,
        Permission::CancelArrangement,
    );
    Doors::at("/office")
        .get("/arrangements", see, index)
        .get("/arrangements/{number}", see, show)
        .post("/arrangements/{number}/cancellation", end, destroy)
        .get(
            "/accounts/{number}/arrangements/new",
            make,
            arrangement_form::new,
        )
        .post(
            "/accounts/{number}/arrangements",
            make,
            arrangement_form::create,
        )
}

/// The filters of the address; an unknown word filters nothing.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asking {
    #[serde(default)]
    state: String,
    #[serde(default)]
    account: String,
}

#[derive(Template)]
#[template(path = "office/arrangements/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    today: NaiveDate,
    /// Whether only those are shown that broke and that nobody has answered for.
    is_waiting: bool,
    state: Option<ArrangementState>,
    account: Option<AccountNumber>,
    lines: Vec<Standing>,
    marks: HashMap<i64, Mark>,
    labels: HashMap<AccountId, AccountLabel>,
    total: i64,
    pager: Pager,
    saved: Saved,
    bulk: Bulk,
}

impl Index {
    fn states(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![
            ("", self.t.office_arrangements_any().to_owned()),
            (WAITING, self.t.office_arrangements_waiting().to_owned()),
        ];
        let named =
            |state: &ArrangementState| (state.as_str(), self.t.arrangement_state(state.as_str()));
        all.extend(ArrangementState::ALL.iter().map(named));
        all
    }

    fn form(&self) -> Form {
        Form::default().with("state", word(self.state, self.is_waiting))
    }

    fn mark(&self, line: &Standing) -> Option<&Mark> {
        self.marks.get(&line.row.id.0)
    }

    fn may_work(&self) -> bool {
        self.chrome.may(Permission::MakeArrangement)
    }

    /// Whether one broke, and nobody has answered for it.
    fn waits(&self, line: &Standing) -> bool {
        let answered = self.mark(line).is_some_and(|mark| mark.answer.is_some());
        line.row.state == ArrangementState::Broken && !answered
    }

    fn label(&self, line: &Standing) -> Option<&AccountLabel> {
        self.labels.get(&line.row.account_id)
    }

    fn is_late(&self, line: &Standing) -> bool {
        is_late(line, self.today)
    }
}

/// The word of the filter that shows what broke and waits for somebody.
const WAITING: &str = "waiting";

/// The word of the filter in the address.
fn word(state: Option<ArrangementState>, is_waiting: bool) -> &'static str {
    match (state, is_waiting) {
        (_, true) => WAITING,
        (Some(state), false) => state.as_str(),
        (None, false) => "",
    }
}

/// Whether an installment of one in force is behind its day.
pub fn is_late(line: &Standing, today: NaiveDate) -> bool {
    let next = line.next();
    let state = next.map(|one| one.state(line.row.grace_days(), today));
    line.row.state == ArrangementState::Open
        && state
            .is_some_and(|state| matches!(state, InstallmentState::Late | InstallmentState::Missed))
}

/// GET /office/arrangements
pub async fn index(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    asking: Query<Asking>,
    paging: Query<Page>,
) -> PageResult {
    let (Asking { state, account }, paging) = (asking.into_inner(), *paging);
    let (is_waiting, account) = (state == WAITING, account.parse::<AccountNumber>().ok());
    let state: Option<ArrangementState> = if is_waiting {
        Some(ArrangementState::Broken)
    } else {
        state.parse().ok()
    };
    let (today, wanted) = (app.clock.today(), account.clone());
    let address = format!(
        "/office/arrangements?state={}&account={}",
        word(state, is_waiting),
        account.as_ref().map_or("", AccountNumber::as_str),
    );
    let here = address.clone();
    let read = move |conn: &mut Conn| {
        let account = match &wanted {
            Some(number) => labels::id_of(conn, number)?,
            None => None,
        };
        let filter = Filter {
            state,
            account,
            is_unanswered: is_waiting,
        };
        let lines = arrangements::list(conn, filter, (paging.limit(), paging.offset()))?;
        let ids: Vec<AccountId> = lines.iter().map(|line| line.row.account_id).collect();
        let labels = labels::of_accounts(conn, &ids, today)?;
        let labels: HashMap<AccountId, AccountLabel> = labels.into_iter().collect();
        let saved = Saved::load(conn, &staff, (Queue::Arrangements, &here))?;
        let work = (Queue::Arrangements, Permission::MakeArrangement, &*here);
        let bulk = Bulk::load(conn, &staff, work)?;
        let shown: Vec<i64> = lines.iter().map(|line| line.row.id.0).collect();
        let marks = work_marks::list(conn, MarkKind::BrokenArrangement, &shown)?;
        let found = (lines, marks, arrangements::count(conn, filter)?);
        Ok::<_, StoreError>((found, labels, (saved, bulk)))
    };
    let ((lines, marks, total), labels, (saved, bulk)) = app.db.read(read).await?;
    let (lines, pager) = paging.of(lines, &address);
    page(&Index {
        t: chrome.t,
        chrome,
        today,
        is_waiting,
        state,
        account,
        lines,
        marks,
        labels,
        total,
        pager,
        saved,
        bulk,
    })
}

#[derive(Template)]
#[template(path = "office/arrangements/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    today: NaiveDate,
    role: Role,
    standing: Standing,
    progress: Vec<Progress>,
    label: AccountLabel,
    steps: Vec<StepRow>,
    form: Form,
}

impl Show {
    fn state(&self, part: &Progress) -> InstallmentState {
        part.state(self.standing.row.grace_days(), self.today)
    }

    /// Whether its installments still say by when what is left is to be paid.
    fn counts(&self) -> bool {
        matches!(
            self.standing.row.state,
            ArrangementState::Open | ArrangementState::Kept
        )
    }

    fn may_cancel(&self) -> bool {
        self.standing.row.state == ArrangementState::Open
            && self.role.may(Permission::CancelArrangement)
    }

    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }
}

/// GET /office/arrangements/{number}
pub async fn show(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    let number = number_of(&path)?;
    page(&view(&app, chrome, &staff, (number, Form::default())).await?)
}

async fn view(
    app: &App,
    chrome: Chrome,
    staff: &StaffMember,
    (number, form): (ArrangementNumber, Form),
) -> Result<Show, PageError> {
    let (today, zone, role) = (app.clock.today(), app.clock.zone(), staff.role);
    let read = move |conn: &mut Conn| {
        let row = arrangements::find(conn, &number)?.ok_or(PageError::NotFound)?;
        let (id, account) = (row.id, row.account_id);
        let standing = arrangements::with_cover(conn, vec![row])?.pop();
        let standing = standing.ok_or(PageError::NotFound)?;
        let label = labels::of_accounts(conn, &[account], today)?.remove(&account);
        Ok::<_, PageError>(Show {
            t: chrome.t,
            chrome,
            zone,
            today,
            role,
            progress: standing.cover.progress(),
            standing,
            label: label.ok_or(PageError::NotFound)?,
            steps: arrangements::list_steps(conn, id)?,
            form,
        })
    };
    app.db.read(read).await
}

/// POST /office/arrangements/{number}/cancellation — end it, with the reason that the customer reads.
pub async fn destroy(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let number = number_of(&path)?;
    let (t, words, wanted) = (chrome.t, form.value("reason").to_owned(), number.clone());
    let change = move |tx: &mut Tx<'_>| cancel(tx, &wanted, &words);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => {
            let words = t.office_arrangement_canceled();
            return see_other_saying(address(&number), Tone::Good, words);
        }
        Err(ArrangementError::Ended) => {
            let words = t.office_arrangement_ended();
            return see_other_saying(address(&number), Tone::Bad, words);
        }
        Err(ArrangementError::WordsMissing) => {
            form.refuse("reason", t.office_arrangement_words_missing());
        }
        Err(ArrangementError::WordsTooLong(most)) => {
            form.refuse("reason", t.office_arrangement_words_long(most));
        }
        Err(ArrangementError::Fault(fault)) => return Err(fault.into()),
        Err(other) => return Err(PageError::fault(other)),
    }
    let view = view(&app, chrome, &staff, (number, form)).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// The address of one.
pub fn address(number: &ArrangementNumber) -> String {
    format!("/office/arrangements/{number}")
}

fn number_of(text: &str) -> Result<ArrangementNumber, PageError> {
    text.parse().map_err(|_not_ours| PageError::NotFound)
}
