//! The utility's policies: what is in force, every version, and a new one from a day on.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDateTime;
use chrono_tz::Tz;

use crate::app::App;
use crate::i18n::Words;
use crate::store::db::Tx;
use crate::store::policies::{self, PolicyRow};
use crate::usecases::policies::{PolicyError, PolicyKind, set_policy};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::thresholds::{self, THRESHOLDS, Threshold};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

#[derive(Template)]
#[template(path = "office/policies/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    kind: PolicyKind,
    versions: Vec<PolicyRow>,
    form: Form,
    units: HashMap<&'static str, String>,
}

impl Show {
    /// The rows of the thresholds' form; other policies have none.
    fn thresholds(&self) -> &'static [Threshold] {
        match self.kind {
            PolicyKind::Vee => THRESHOLDS,
            PolicyKind::Allocation
            | PolicyKind::Fees
            | PolicyKind::Bills
            | PolicyKind::Arrangements
            | PolicyKind::Holds
            | PolicyKind::Shutoff => &[],
        }
    }

    fn services(&self) -> [&'static str; 3] {
        thresholds::SERVICES
    }

    /// The fields of a threshold, each with its service.
    fn by_service(
        &self,
        threshold: &Threshold,
    ) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        self.services().into_iter().zip(threshold.fields)
    }

    /// Whether what was refused is the document rather than the form.
    fn is_document_wrong(&self) -> bool {
        ["document", "from"]
            .iter()
            .any(|field| self.form.problem(field).is_some())
    }

    fn unit(&self, field: &str) -> String {
        let unit = self.units.get(field);
        unit.map_or_else(String::new, |unit| self.t.unit_short(unit.as_str()))
    }

    fn kinds(&self) -> &'static [PolicyKind] {
        PolicyKind::ALL
    }

    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }
}

/// GET /office/policies
pub async fn index(app: Data<App>, chrome: Chrome) -> PageResult {
    page(&view(&app, chrome, PolicyKind::Vee, None).await?)
}

/// GET /office/policies/{kind}
pub async fn show(app: Data<App>, chrome: Chrome, path: Path<String>) -> PageResult {
    page(&view(&app, chrome, kind_of(&path)?, None).await?)
}

/// POST /office/policies/{kind}
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let kind = kind_of(&path)?;
    let is_by_field = kind == PolicyKind::Vee && form.has("thresholds_from");
    let day = if is_by_field {
        "thresholds_from"
    } else {
        "from"
    };
    let from = form.day(day, chrome.t.rate_from_missing());
    let document = if is_by_field {
        let present = present(&app, kind).await?;
        thresholds::document(&mut form, &present, chrome.t)
    } else {
        Some(form.exactly("document").to_owned())
    };
    if let (Some(from), Some(document)) = (from, document) {
        let keep = move |tx: &mut Tx<'_>| set_policy(tx, kind, from, &document);
        match app.db.write(staff.stamp(&app), keep).await {
            Ok(()) => {
                let at = format!("/office/policies/{kind}");
                return see_other_saying(at, Tone::Good, chrome.t.policy_saved());
            }
            Err(PolicyError::Fault(fault)) => return Err(fault.into()),
            Err(PolicyError::Past) => form.refuse(day, chrome.t.policy_past()),
            Err(PolicyError::Unreadable(why)) => {
                form.refuse("document", chrome.t.policy_bad(why));
            }
        }
    }
    let view = view(&app, chrome, kind, Some(form)).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

fn kind_of(path: &str) -> Result<PolicyKind, PageError> {
    path.parse().map_err(|_no_such_kind| PageError::NotFound)
}

/// The document in force today: the newest that began, else the one that ships.
async fn present(app: &App, kind: PolicyKind) -> Result<String, PageError> {
    let today = app.clock.today();
    let found = app
        .db
        .read(move |conn| policies::find(conn, kind.as_str(), today))
        .await?;
    match found {
        Some(document) => Ok(document),
        None => kind.shipped().map_err(PageError::fault),
    }
}

async fn view(
    app: &App,
    chrome: Chrome,
    kind: PolicyKind,
    form: Option<Form>,
) -> Result<Show, PageError> {
    let today = app.clock.today();
    let versions = app
        .db
        .read(move |conn| policies::list(conn, kind.as_str()))
        .await?;
    let present = present(app, kind).await?;
    let shown = Form::default()
        .with("document", &present)
        .with("from", today)
        .with("thresholds_from", today);
    let form = match form {
        // What one of the two forms did not send stands there as it is in force.
        Some(sent) if sent.has("document") => thresholds::filled(sent, &present),
        Some(sent) => sent.with("document", &present).with("from", today),
        None => thresholds::filled(shown, &present),
    };
    Ok(Show {
        units: thresholds::units(&present),
        t: chrome.t,
        zone: app.clock.zone(),
        chrome,
        kind,
        versions,
        form,
    })
}
