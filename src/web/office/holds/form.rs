//! Placing a hold: why, from when to when, what it rests on; beside the form what the policy gives to each kind.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;

use crate::app::App;
use crate::domain::holds::{Act, HoldKind, HoldPolicy, KindTerms};
use crate::domain::staff::Role;
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::usecases::holds::{Grounds, HoldError, NewHold, place, policy_on};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::handed_in::documents;
use crate::web::office::holds::words::refuse;
use crate::web::office::holds::{FIELD, address};
use crate::web::office::subject::{self, Subject};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, files, page, page_with};

#[derive(Template)]
#[template(path = "office/holds/new.html")]
struct New {
    t: Words,
    chrome: Chrome,
    subject: Subject,
    role: Role,
    policy: HoldPolicy,
    form: Form,
}

impl New {
    /// The kinds that may be placed, with their terms.
    fn terms(&self) -> Vec<(HoldKind, &KindTerms)> {
        let terms = |kind: &HoldKind| Some((*kind, self.policy.terms(*kind)?));
        HoldKind::PLACED.iter().filter_map(terms).collect()
    }

    /// The kinds that whoever asks may place.
    fn kinds(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![("", self.t.form_choose().to_owned())];
        let is_theirs =
            |(_, terms): &(HoldKind, &KindTerms)| terms.may(Act::Place, Some(self.role));
        let named =
            |(kind, _): (HoldKind, &KindTerms)| (kind.as_str(), self.t.hold_kind(kind.as_str()));
        all.extend(self.terms().into_iter().filter(is_theirs).map(named));
        all
    }

    fn stops(&self, terms: &KindTerms) -> String {
        let named = terms
            .stops
            .iter()
            .map(|stop| self.t.hold_stop(stop.as_str()));
        let all: Vec<String> = named.collect();
        all.join(", ")
    }

    /// How long the first period and each renewal may be.
    fn lasts(&self, terms: &KindTerms) -> String {
        match (terms.first_days, terms.renewals) {
            (None, _) => self.t.hold_no_end().to_owned(),
            (Some(first), 0) => self.t.days_count(first),
            (Some(first), renewals) => self.t.hold_lasts(first, renewals, terms.renewal_days),
        }
    }

    fn needs(&self, terms: &KindTerms) -> String {
        match (terms.document, terms.without_document_days) {
            (true, 0) => self.t.hold_needs_document().to_owned(),
            (true, days) => self.t.hold_needs_document_within(days),
            (false, _) => self.t.hold_needs_nothing().to_owned(),
        }
    }
}

/// GET /office/accounts/{number}/holds/new
pub async fn new(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    let today = app.clock.today();
    let form = Form::default().with("from", today);
    page(&view(&app, chrome, &staff, (&path, form)).await?)
}

/// POST /office/accounts/{number}/holds
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    sent: Multipart,
) -> PageResult {
    let t = chrome.t;
    let account = subject::find(&app, &path).await?.label.id;
    let (mut form, files) = files::read(sent).await?;
    let key = uuid::Uuid::parse_str(form.value("key")).map_err(|_strange| PageError::Unreadable)?;
    let documents = documents(t, &mut form, (files, FIELD));
    let kind = form.parse::<HoldKind>("kind", t.form_choose());
    let from = form.day("from", t.form_not_a_date());
    let last = form.day_if_any("last", t.form_not_a_date());
    let (Some(kind), Some(from_on), true) = (kind, from, form.is_good()) else {
        return again(&app, chrome, &staff, (&path, form)).await;
    };
    let new = NewHold {
        account,
        kind,
        from_on,
        grounds: Grounds {
            request_key: key.to_string(),
            until_on: last.and_then(|day| day.succ_opt()),
            reason: form.value("reason").to_owned(),
            signer: form.value("signer").to_owned(),
            documents,
        },
    };
    let change = move |tx: &mut Tx<'_>| place(tx, &new);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(id) => see_other_saying(address(id), Tone::Good, t.hold_was_placed()),
        Err(error) => {
            refuse(t, &mut form, error)?;
            again(&app, chrome, &staff, (&path, form)).await
        }
    }
}

async fn again(app: &App, chrome: Chrome, staff: &StaffMember, what: (&str, Form)) -> PageResult {
    let view = view(app, chrome, staff, what).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

async fn view(
    app: &App,
    chrome: Chrome,
    staff: &StaffMember,
    (path, form): (&str, Form),
) -> Result<New, PageError> {
    let (subject, today) = (subject::find(app, path).await?, app.clock.today());
    let read = move |conn: &mut Conn| policy_on(conn, today);
    let (_, policy) = app.db.read(read).await.map_err(|error| match error {
        HoldError::Fault(fault) => PageError::from(fault),
        other => PageError::fault(other),
    })?;
    let form = if form.has("key") {
        form
    } else {
        form.with("key", uuid::Uuid::new_v4())
    };
    Ok(New {
        t: chrome.t,
        chrome,
        subject,
        role: staff.role,
        policy,
        form,
    })
}
