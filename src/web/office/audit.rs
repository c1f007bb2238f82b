//! The audit trail: who did what, newest first, for an account or a kind of deed.

use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;

use crate::app::App;
use crate::domain::ids::AccountNumber;
use crate::i18n::Words;
use crate::store::audit::{AuditRow, Wanted, list};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::labels;
use crate::web::chrome::Chrome;
use crate::web::form::Form;
use crate::web::office::deed_words;
use crate::web::paging::{Page, Pager};
use crate::web::session::percent_encoded;
use crate::web::{PageResult, page};

/// What to show.
#[derive(Debug, Deserialize)]
pub struct Filter {
    #[serde(default)]
    account: String,
    #[serde(default)]
    action: String,
}

#[derive(Template)]
#[template(path = "office/audit/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    form: Form,
    rows: Vec<Line>,
    pager: Pager,
}

/// A row as the page shows it, in the utility's time.
struct Line {
    at: String,
    actor_kind: String,
    actor_name: String,
    /// What was done, in words.
    deed: String,
    /// The same by its code, which is what the filter takes.
    action: String,
    subject_id: String,
    account_number: Option<AccountNumber>,
    facts: Vec<(String, String)>,
}

/// GET /office/audit
pub async fn index(
    app: Data<App>,
    chrome: Chrome,
    filter: Query<Filter>,
    asked: Query<Page>,
) -> PageResult {
    let filter = filter.into_inner();
    let account = filter.account.trim().to_owned();
    let number: Option<AccountNumber> = account.parse().ok();
    let is_typed_wrong = number.is_none() && !account.is_empty();
    let (action, limit, offset) = (
        filter.action.trim().to_owned(),
        asked.limit(),
        asked.offset(),
    );
    let find = move |conn: &mut Conn| {
        let account = match &number {
            Some(number) => labels::id_of(conn, number)?,
            None => None,
        };
        if is_typed_wrong || number.is_some() && account.is_none() {
            return Ok(Vec::new());
        }
        let wanted = Wanted {
            account,
            action,
            limit,
            offset,
        };
        list(conn, &wanted)
    };
    let found: Result<Vec<AuditRow>, StoreError> = app.db.read(find).await;
    let found = found?;
    let address = format!(
        "/office/audit?account={}&action={}",
        percent_encoded(&filter.account),
        percent_encoded(&filter.action)
    );
    let (rows, pager) = asked.of(found, &address);
    let t = chrome.t;
    page(&Index {
        t,
        chrome,
        form: Form::default()
            .with("account", &filter.account)
            .with("action", &filter.action),
        rows: rows.into_iter().map(|row| Line::of(&app, t, row)).collect(),
        pager,
    })
}

impl Line {
    fn of(app: &App, t: Words, row: AuditRow) -> Self {
        let at = row.at.and_utc().with_timezone(&app.clock.zone());
        let (deed, facts) = (deed_words::deed(t, &row.action), deed_words::facts(t, &row));
        Self {
            at: t.moment(at.naive_local()),
            actor_kind: row.actor_kind,
            actor_name: row.actor_name,
            deed,
            action: row.action,
            subject_id: row.subject_id,
            account_number: row.account_number,
            facts,
        }
    }
}
