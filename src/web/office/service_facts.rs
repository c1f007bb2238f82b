//! What one service adds to its bills: what counts today, each change with its day, and the form that changes it from a day on.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::app::App;
use crate::domain::agreement_facts::{AgreementFacts, DatedFacts};
use crate::domain::premises::Commodity;
use crate::domain::rates::asked::{AskedFact, asked};
use crate::domain::typed_day::TypedDay;
use crate::i18n::Words;
use crate::store::agreement_facts::{self as changes, FactsRow};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::service::{self, ServiceAgreementRow};
use crate::usecases::accounts::known_facts::document_in_force;
use crate::usecases::accounts::services::ServiceError;
use crate::usecases::seen::{self, Unseen};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::agreement_facts::{FactField, fields, filled, in_words, read};
use crate::web::office::services::{At, said};
use crate::web::office::subject::{self, Subject};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

/// How many changes were written down when the form was opened.
const SEEN: &str = "seen";

/// A change, in words.
struct Line {
    from_on: NaiveDate,
    words: String,
    by: String,
    at: String,
}

#[derive(Template)]
#[template(path = "office/services/facts.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    form: Form,
    subject: Subject,
    row: ServiceAgreementRow,
    commodity: Commodity,
    facts: Vec<FactField>,
    first: String,
    lines: Vec<Line>,
}

/// One agreement, its facts over time, and what its rate asks for on a day.
struct Loaded {
    row: ServiceAgreementRow,
    commodity: Commodity,
    changes: Vec<FactsRow>,
    dated: DatedFacts,
    asked: Vec<AskedFact>,
}

async fn load(app: &App, (number, id): &At, on: NaiveDate) -> Result<(Subject, Loaded), PageError> {
    let subject = subject::find(app, number).await?;
    let (account, id) = (subject.label.id, *id);
    let find = move |conn: &mut Conn| {
        let row = service::find(conn, id)?.filter(|row| row.account_id == account);
        let row = row.ok_or(StoreError::Missing("service"))?;
        let changes = changes::list(conn, &[id])?;
        let on = on.max(row.from_on);
        let document = document_in_force(conn, &row.rate_code, on)?;
        Ok::<_, StoreError>(Loaded {
            commodity: service::commodity_of(conn, row.service_point_id)?,
            dated: changes::dated((id, &row.facts), changes.iter())?,
            asked: document.as_ref().map(asked).unwrap_or_default(),
            row,
            changes,
        })
    };
    Ok((subject, app.db.read(find).await?))
}

/// GET /office/accounts/{number}/services/{id}/facts
pub async fn show(app: Data<App>, chrome: Chrome, path: Path<At>) -> PageResult {
    let today = app.clock.today();
    let (subject, loaded) = load(&app, &path, today).await?;
    let on = today.max(loaded.row.from_on);
    let form = Form::default().with("from_on", on).with("shown_on", on);
    let form = filled(form, &loaded.asked, loaded.dated.on(on)).with(SEEN, loaded.changes.len());
    view(
        chrome,
        (subject, loaded),
        (form, app.clock.zone()),
        StatusCode::OK,
    )
}

/// POST /office/accounts/{number}/services/{id}/facts — what counts from a day on.
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<At>,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let day = form.value("from_on").parse::<TypedDay>().map(|day| day.0);
    let (subject, loaded) =
        load(&app, &path, day.unwrap_or_else(|_none| app.clock.today())).await?;
    let from_on = form.day("from_on", t.form_not_a_date());
    let typed = read(&mut form, &loaded.asked, t);
    let (zone, refused) = (app.clock.zone(), StatusCode::UNPROCESSABLE_ENTITY);
    let (Some(from_on), Some(typed)) = (from_on, typed) else {
        return view(chrome, (subject, loaded), (form, zone), refused);
    };
    let typed: AgreementFacts = serde_json::from_value(typed).map_err(PageError::fault)?;
    let names: Vec<&str> = loaded.asked.iter().map(|fact| fact.name.as_str()).collect();
    // What was left as the form showed it of one day is not said of another.
    let shown_on = form.value("shown_on").parse::<TypedDay>();
    let shown = loaded.dated.on(shown_on.map_or(from_on, |day| day.0));
    let present = loaded.dated.on(from_on);
    let facts = present.with_changes(&names, (shown, &typed));
    let mut later = loaded.dated.changes().iter().map(|(day, _)| *day);
    if let Some(later) = later.find(|day| *day > from_on)
        && !present.is_same(&facts)
    {
        form.refuse("from_on", t.facts_later(later));
        return view(chrome, (subject, loaded), (form, zone), refused);
    }
    let (account, id) = (subject.label.id, path.1);
    let looked_at = form.value(SEEN).parse::<usize>().ok();
    let change =
        move |tx: &mut Tx<'_>| seen::facts(tx, (account, id), (looked_at, (from_on, &facts)));
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => {
            let address = format!("/office/accounts/{}/services/{id}/facts", path.0);
            see_other_saying(address, Tone::Good, t.facts_saved(from_on))
        }
        Err(Unseen::Refused(ServiceError::Fault(fault))) => Err(fault.into()),
        Err(Unseen::Refused(refusal)) => {
            form.refuse("from_on", said(t, &refusal));
            view(chrome, (subject, loaded), (form, zone), refused)
        }
        Err(Unseen::ChangedSince(_)) => {
            let (subject, loaded) = load(&app, &path, from_on).await?;
            let new = loaded.changes.iter().skip(looked_at.unwrap_or_default());
            let words = new
                .map(|row| since(row, t))
                .collect::<Result<Vec<_>, _>>()?;
            let count = loaded.changes.len();
            let mut form = form.with(SEEN, count);
            form.changed_since("from_on", "", t.seen_changed(words.join("; ")));
            view(
                chrome,
                (subject, loaded),
                (form, zone),
                StatusCode::CONFLICT,
            )
        }
    }
}

/// What was written down meanwhile, and by whom.
fn since(row: &FactsRow, t: Words) -> Result<String, PageError> {
    let facts = serde_json::from_str(&row.facts).map_err(PageError::fault)?;
    let (day, by) = (t.rate_from_day(row.from_on), &row.recorded_by);
    Ok(format!("{day}: {} ({by})", in_words(&facts, t)))
}

fn view(
    chrome: Chrome,
    (subject, loaded): (Subject, Loaded),
    (form, zone): (Form, Tz),
    status: StatusCode,
) -> PageResult {
    let t = chrome.t;
    let begun = loaded.row.from_on.pred_opt().unwrap_or(loaded.row.from_on);
    let line = |row: &FactsRow| {
        let facts = serde_json::from_str(&row.facts).map_err(PageError::fault)?;
        Ok(Line {
            from_on: row.from_on,
            words: in_words(&facts, t),
            by: row.recorded_by.clone(),
            at: t.moment(row.recorded_at.and_utc().with_timezone(&zone).naive_local()),
        })
    };
    let lines = loaded.changes.iter().rev().map(line);
    let lines = lines.collect::<Result<Vec<_>, PageError>>()?;
    let view = Show {
        t,
        chrome,
        form,
        subject,
        commodity: loaded.commodity,
        facts: fields(&loaded.asked, t),
        first: in_words(loaded.dated.on(begun), t),
        lines,
        row: loaded.row,
    };
    page_with(status, &view)
}
