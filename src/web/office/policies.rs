//! The utility's policies: what is in force, every version, and a new one from a day on.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use crate::app::App;
use crate::i18n::Words;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::policies::{self, PolicyRow};
use crate::usecases::policies::{PolicyError, PolicyKind, set_policy};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
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
}

impl Show {
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
    let from: Option<NaiveDate> = form.parse("from", chrome.t.rate_from_missing());
    let document = form.exactly("document").to_owned();
    if let Some(from) = from {
        let keep = move |tx: &mut Tx<'_>| set_policy(tx, kind, from, &document);
        match app.db.write(staff.stamp(&app), keep).await {
            Ok(()) => {
                let at = format!("/office/policies/{kind}");
                return see_other_saying(at, Tone::Good, chrome.t.policy_saved());
            }
            Err(PolicyError::Fault(fault)) => return Err(fault.into()),
            Err(PolicyError::Past) => form.refuse("from", chrome.t.policy_past()),
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

async fn view(
    app: &App,
    chrome: Chrome,
    kind: PolicyKind,
    form: Option<Form>,
) -> Result<Show, PageError> {
    let today = app.clock.today();
    let (versions, present) = app
        .db
        .read(move |conn| {
            let versions = policies::list(conn, kind.as_str())?;
            Ok::<_, StoreError>((versions, policies::find(conn, kind.as_str(), today)?))
        })
        .await?;
    let form = match (form, present) {
        (Some(sent), _) => sent,
        (None, Some(document)) => Form::default()
            .with("document", document)
            .with("from", today),
        (None, None) => {
            let shipped = kind.shipped().map_err(PageError::fault)?;
            Form::default()
                .with("document", shipped)
                .with("from", today)
        }
    };
    Ok(Show {
        t: chrome.t,
        zone: app.clock.zone(),
        chrome,
        kind,
        versions,
        form,
    })
}
