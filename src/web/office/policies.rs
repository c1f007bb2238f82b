//! The utility's policies: what is in force, every version, and a new one from a day on.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use crate::app::App;
use crate::domain::gl::{Chart, GlCode, Role};
use crate::domain::ids::PolicyProposalId;
use crate::i18n::Words;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::policies::{self, PolicyRow};
use crate::store::policy_proposals::{self, ProposalRow};
use crate::usecases::policies::{
    PolicyError, PolicyKind, approve_policy, propose_policy, set_policy, withdraw_policy,
};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::thresholds::{self, THRESHOLDS, Threshold};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

/// A policy that waits for a second person.
struct Waiting {
    id: PolicyProposalId,
    from_on: NaiveDate,
    document: String,
    by: String,
    /// What it changes, in words.
    changes: Vec<String>,
    is_own: bool,
}

#[derive(Template)]
#[template(path = "office/policies/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    kind: PolicyKind,
    versions: Vec<PolicyRow>,
    waiting: Vec<Waiting>,
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
            | PolicyKind::ChartOfAccounts
            | PolicyKind::Holds
            | PolicyKind::Shutoff
            | PolicyKind::Disputes
            | PolicyKind::Corrections
            | PolicyKind::Deposits
            | PolicyKind::BudgetPlans => &[],
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
pub async fn index(app: Data<App>, chrome: Chrome, staff: StaffMember) -> PageResult {
    page(&view(&app, chrome, &staff, (PolicyKind::Vee, None)).await?)
}

/// GET /office/policies/{kind}
pub async fn show(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    page(&view(&app, chrome, &staff, (kind_of(&path)?, None)).await?)
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
        let keep = move |tx: &mut Tx<'_>| {
            if kind.takes_two() {
                propose_policy(tx, kind, from, &document).map(drop)
            } else {
                set_policy(tx, kind, from, &document)
            }
        };
        match app.db.write(staff.stamp(&app), keep).await {
            Ok(()) => {
                let at = format!("/office/policies/{kind}");
                let text = if kind.takes_two() {
                    chrome.t.policy_proposed_now()
                } else {
                    chrome.t.policy_saved()
                };
                return see_other_saying(at, Tone::Good, text);
            }
            Err(PolicyError::Fault(fault)) => return Err(fault.into()),
            Err(refusal @ PolicyError::Past) => form.refuse(day, said(chrome.t, &refusal)),
            Err(refusal) => form.refuse("document", said(chrome.t, &refusal)),
        }
    }
    let view = view(&app, chrome, &staff, (kind, Some(form))).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// POST /office/policies/proposals/{id}/approval
pub async fn approve(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
) -> PageResult {
    let id = PolicyProposalId(*path);
    let step = move |tx: &mut Tx<'_>| approve_policy(tx, id);
    let outcome = app.db.write(staff.stamp(&app), step).await;
    told(&app, chrome.t, id, (outcome, chrome.t.policy_saved())).await
}

/// POST /office/policies/proposals/{id}/withdrawal
pub async fn withdraw(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
) -> PageResult {
    let id = PolicyProposalId(*path);
    let step = move |tx: &mut Tx<'_>| withdraw_policy(tx, id);
    let outcome = app.db.write(staff.stamp(&app), step).await;
    told(
        &app,
        chrome.t,
        id,
        (outcome, chrome.t.policy_withdrawn_now()),
    )
    .await
}

async fn told(
    app: &App,
    t: Words,
    id: PolicyProposalId,
    (outcome, good): (Result<(), PolicyError>, &str),
) -> PageResult {
    let row = app
        .db
        .read(move |conn| policy_proposals::get(conn, id))
        .await?;
    let at = format!("/office/policies/{}", row.kind);
    match outcome {
        Ok(()) => see_other_saying(at, Tone::Good, good),
        Err(PolicyError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => see_other_saying(at, Tone::Bad, said(t, &refusal)),
    }
}

/// A document's problems are for whoever writes documents; they name places in it, in the language of the format.
fn said(t: Words, refusal: &PolicyError) -> String {
    match refusal {
        PolicyError::Past => t.policy_past().to_owned(),
        PolicyError::SecondPerson => t.policy_same_person().to_owned(),
        PolicyError::Decided(_) => t.policy_decided().to_owned(),
        PolicyError::Unreadable(why) => t.policy_bad(why),
        PolicyError::Chart(why) => t.policy_bad(why.to_string()),
        PolicyError::Fault(_) => t.rate_refused().to_owned(),
    }
}

/// What a chart changes, in words; nothing for what is no chart.
fn chart_changes(t: Words, before: &str, after: &str) -> Vec<String> {
    let (Ok(before), Ok(after)) = (Chart::read(before), Chart::read(after)) else {
        return Vec::new();
    };
    let new = after
        .accounts()
        .filter(|account| before.account(&account.code).is_none())
        .map(|account| t.chart_new(account.code.as_str(), account.name.as_str()));
    let gone = before
        .accounts()
        .filter(|account| after.account(&account.code).is_none())
        .map(|account| t.chart_gone(account.code.as_str(), account.name.as_str()));
    let moved = Role::ALL.iter().filter_map(|role| {
        let code = |chart: &Chart| {
            chart
                .find_code(*role)
                .map_or("-", GlCode::as_str)
                .to_owned()
        };
        let (from, to) = (code(&before), code(&after));
        (from != to).then(|| t.chart_moved(role.as_str(), from, to))
    });
    new.chain(gone).chain(moved).collect()
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
    staff: &StaffMember,
    (kind, form): (PolicyKind, Option<Form>),
) -> Result<Show, PageError> {
    let (t, today, zone) = (chrome.t, app.clock.today(), app.clock.zone());
    let (versions, rows) = app
        .db
        .read(move |conn| {
            let versions = policies::list(conn, kind.as_str())?;
            let rows = policy_proposals::list_waiting(conn, kind.as_str())?;
            Ok::<_, StoreError>((versions, rows))
        })
        .await?;
    let present = present(app, kind).await?;
    let actor = staff.actor();
    let waiting = |row: ProposalRow| {
        let at = row.proposed_at.and_utc().with_timezone(&zone).naive_local();
        Waiting {
            id: row.id,
            from_on: row.from_on,
            changes: chart_changes(t, &present, &row.document),
            document: row.document,
            by: format!("{}, {}", row.proposed_by, t.moment(at)),
            is_own: actor.is_person(row.proposed_by_id, &row.proposed_by),
        }
    };
    let waiting = rows.into_iter().map(waiting).collect();
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
        t,
        zone,
        chrome,
        kind,
        versions,
        waiting,
        form,
    })
}
