//! Money that is held for accounts and pays nothing yet, as a list of work: whose it is, how much and since when, who looks at it; from it the money
//! is paid out, carried to another account, or put on what the account owes.

use std::collections::HashMap;

use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::app::App;
use crate::domain::accounts::AccountClass;
use crate::domain::exceptions::ExceptionReason;
use crate::domain::ids::AccountId;
use crate::domain::money::Money;
use crate::domain::queues::{MarkKind, Queue};
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::exceptions;
use crate::store::labels::{self, AccountLabel};
use crate::store::unapplied::{self, HeldRow};
use crate::store::work_marks::{self, Mark};
use crate::usecases::books::{self, BooksError};
use crate::usecases::corrections::{CorrectionError, apply_credit};
use crate::web::chrome::Chrome;
use crate::web::doors::Doors;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::bulk::{Bulk, UNAPPLIED};
use crate::web::office::correction_words::{closed, said};
use crate::web::office::corrections::new_key;
use crate::web::office::subject;
use crate::web::paging::{Page, Pager};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page};

/// Money that pays nothing yet.
pub fn doors() -> Doors {
    Doors::at("/office")
        .get("/receivables/unapplied", Permission::ViewReceivables, index)
        .post(
            "/accounts/{number}/credit-application",
            Permission::PostAdjustment,
            apply,
        )
}

/// The filters of the address; an unknown word filters nothing.
#[derive(Debug, Default, Deserialize)]
pub struct Asking {
    #[serde(default)]
    class: String,
}

/// One row with what is shown beside it.
struct Line {
    row: HeldRow,
    label: Option<AccountLabel>,
    mark: Mark,
    /// The number of its form, by which it applies once.
    key: i64,
}

#[derive(Template)]
#[template(path = "office/receivables/unapplied.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    today: NaiveDate,
    class: Option<AccountClass>,
    lines: Vec<Line>,
    total: (i64, Money),
    /// How much money came that no account is known for, by how many findings.
    unknown: i64,
    pager: Pager,
    bulk: Bulk,
}

impl Index {
    fn classes(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![("", self.t.receivables_all().to_owned())];
        let named =
            |class: &AccountClass| (class.as_str(), self.t.receivables_class(class.as_str()));
        all.extend(AccountClass::ALL.iter().map(named));
        all
    }

    fn form(&self) -> Form {
        Form::default().with("class", self.class.map_or("", AccountClass::as_str))
    }

    fn may_work(&self) -> bool {
        self.chrome.may(Permission::RefundCredit)
    }
}

/// GET /office/receivables/unapplied
pub async fn index(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    asking: Query<Asking>,
    paging: Query<Page>,
) -> PageResult {
    let class: Option<AccountClass> = asking.class.parse().ok();
    let (today, paging) = (app.clock.today(), *paging);
    let address = class.map_or_else(
        || UNAPPLIED.to_owned(),
        |class| format!("{UNAPPLIED}?class={class}"),
    );
    let here = address.clone();
    let read = move |conn: &mut Conn| {
        let books = books::open(conn, today)?;
        let page = (paging.limit(), paging.offset());
        let rows = unapplied::list(conn, (&books.chart, class), page)?;
        let lines = with_names(conn, rows, today)?;
        let total = unapplied::count(conn, class)?;
        let counts = exceptions::count_open_by_reason(conn)?;
        let work = (Queue::Receivables, Permission::RefundCredit, here.as_str());
        let bulk = Bulk::load(conn, &staff, work)?;
        Ok::<_, BooksError>((lines, total, unknown(&counts), bulk))
    };
    let (mut lines, total, unknown, bulk) = app.db.read(read).await.map_err(closed)?;
    for line in &mut lines {
        line.key = new_key()?;
    }
    let (lines, pager) = paging.of(lines, &address);
    page(&Index {
        t: chrome.t,
        chrome,
        today,
        class,
        lines,
        total,
        unknown,
        pager,
        bulk,
    })
}

/// How many findings are about money that belongs to no account that is known.
fn unknown(counts: &[(ExceptionReason, i64)]) -> i64 {
    let about_money = |reason: ExceptionReason| {
        matches!(
            reason,
            ExceptionReason::UnknownPayment | ExceptionReason::UnexplainedMoney
        )
    };
    let counts = counts.iter().filter(|(reason, _)| about_money(*reason));
    counts.map(|(_, count)| count).sum()
}

fn with_names(conn: &mut Conn, rows: Vec<HeldRow>, on: NaiveDate) -> Result<Vec<Line>, BooksError> {
    let ids: Vec<AccountId> = rows.iter().map(|row| row.account).collect();
    let plain: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let mut labels: HashMap<AccountId, AccountLabel> =
        labels::of_accounts(conn, &ids, on)?.into_iter().collect();
    let mut marks = work_marks::list(conn, MarkKind::HeldCredit, &plain)?;
    let line = |row: HeldRow| Line {
        label: labels.remove(&row.account),
        mark: marks.remove(&row.account.0).unwrap_or_default(),
        key: 0,
        row,
    };
    Ok(rows.into_iter().map(line).collect())
}

/// POST /office/accounts/{number}/credit-application — what is held is put on what is owed.
pub async fn apply(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    form: Form,
) -> PageResult {
    let t = chrome.t;
    let key: i64 = form
        .value("key")
        .parse()
        .map_err(|_strange| PageError::Unreadable)?;
    if key < 0 {
        return Err(PageError::Unreadable);
    }
    let account = subject::find(&app, &path).await?.label.id;
    let work = move |tx: &mut Tx<'_>| apply_credit(tx, account, key);
    match app.db.write(staff.stamp(&app), work).await {
        Ok(applied) => see_other_saying(UNAPPLIED, Tone::Good, t.unapplied_applied(applied)),
        Err(CorrectionError::Fault(fault)) => Err(fault.into()),
        Err(CorrectionError::NotOwed { .. }) => {
            see_other_saying(UNAPPLIED, Tone::Bad, t.unapplied_nothing_owed())
        }
        Err(refused) => see_other_saying(UNAPPLIED, Tone::Bad, said(t, &refused)),
    }
}
