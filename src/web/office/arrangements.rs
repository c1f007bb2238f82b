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
use crate::domain::queues::Queue;
use crate::domain::staff::{Permission, Role};
use crate::i18n::Words;
use crate::store::arrangements::{self, Filter, Standing, StepRow};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::labels::{self, AccountLabel};
use crate::usecases::arrangements::{ArrangementError, cancel};
use crate::web::chrome::Chrome;
use crate::web::doors::Doors;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::arrangement_form;
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
    state: Option<ArrangementState>,
    account: Option<AccountNumber>,
    lines: Vec<Standing>,
    labels: HashMap<AccountId, AccountLabel>,
    total: i64,
    pager: Pager,
    saved: Saved,
}

impl Index {
    fn states(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![("", self.t.office_arrangements_any().to_owned())];
        let named =
            |state: &ArrangementState| (state.as_str(), self.t.arrangement_state(state.as_str()));
        all.extend(ArrangementState::ALL.iter().map(named));
        all
    }

    fn form(&self) -> Form {
        let state = self.state.map_or("", ArrangementState::as_str);
        Form::default().with("state", state)
    }

    fn label(&self, line: &Standing) -> Option<&AccountLabel> {
        self.labels.get(&line.row.account_id)
    }

    fn is_late(&self, line: &Standing) -> bool {
        is_late(line, self.today)
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
    let (state, account): (Option<ArrangementState>, Option<AccountNumber>) =
        (state.parse().ok(), account.parse().ok());
    let (today, wanted) = (app.clock.today(), account.clone());
    let address = format!(
        "/office/arrangements?state={}&account={}",
        state.map_or("", ArrangementState::as_str),
        account.as_ref().map_or("", AccountNumber::as_str),
    );
    let here = address.clone();
    let read = move |conn: &mut Conn| {
        let account = match &wanted {
            Some(number) => labels::id_of(conn, number)?,
            None => None,
        };
        let filter = Filter { state, account };
        let lines = arrangements::list(conn, filter, (paging.limit(), paging.offset()))?;
        let ids: Vec<AccountId> = lines.iter().map(|line| line.row.account_id).collect();
        let labels = labels::of_accounts(conn, &ids, today)?;
        let labels: HashMap<AccountId, AccountLabel> = labels.into_iter().collect();
        let saved = Saved::load(conn, &staff, (Queue::Arrangements, &here))?;
        Ok::<_, StoreError>((lines, labels, arrangements::count(conn, filter)?, saved))
    };
    let (lines, labels, total, saved) = app.db.read(read).await?;
    let (lines, pager) = paging.of(lines, &address);
    page(&Index {
        t: chrome.t,
        chrome,
        today,
        state,
        account,
        lines,
        labels,
        total,
        pager,
        saved,
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
