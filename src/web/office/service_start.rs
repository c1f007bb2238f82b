//! Starting service: first the place, the rate and the day are chosen, then what that rate asks for is filled in, as far as the place is known
//! already.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDate;

use crate::app::App;
use crate::domain::agreement_facts::AgreementFacts;
use crate::domain::ids::{AccountId, ServicePointId};
use crate::domain::period::in_force;
use crate::domain::premises::Commodity;
use crate::domain::rates::asked::{AskedFact, asked};
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::service::ServiceAgreementRow;
use crate::store::{landlords, premises, rates};
use crate::usecases::accounts::known_facts::{KnownFacts, document_in_force, of_point};
use crate::usecases::accounts::services::{NewAgreement, ServiceError, start_service};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::agreement_facts::{FactField, fields, filled, read};
use crate::web::office::services::said;
use crate::web::office::subject::{self, Subject};
use crate::web::session::StaffMember;
use crate::web::{PageResult, page_with};

/// What was chosen.
#[derive(Debug, Clone)]
struct Choice {
    point: ServicePointId,
    rate_code: String,
    from_on: NaiveDate,
}

impl Choice {
    /// Reads it from a form, with the problems on their fields.
    fn of(form: &mut Form, t: Words) -> Option<Self> {
        let point = form.parse::<ServicePointId>("point", t.form_choose());
        let rate_code = form.required("rate", t.form_choose());
        let from_on = form.day("from_on", t.form_not_a_date());
        Some(Self {
            point: point?,
            rate_code: rate_code?,
            from_on: from_on?,
        })
    }
}

#[derive(Template)]
#[template(path = "office/services/new.html")]
struct New {
    t: Words,
    chrome: Chrome,
    form: Form,
    subject: Subject,
    points: Vec<(ServicePointId, Commodity, String)>,
    rates: Vec<(String, String)>,
    choice: Option<Choice>,
    facts: Vec<FactField>,
}

impl New {
    fn point_words(&self) -> Vec<(ServicePointId, String)> {
        let words = |(id, commodity, address): &(ServicePointId, Commodity, String)| {
            let service = self.t.service_name(commodity.as_str());
            (*id, format!("{service}, {address}"))
        };
        self.points.iter().map(words).collect()
    }
}

/// GET /office/accounts/{number}/services/new — with the place, the rate and the day in its address, it asks for the rate's facts.
pub async fn new(
    app: Data<App>,
    chrome: Chrome,
    request: HttpRequest,
    path: Path<String>,
) -> PageResult {
    let t = chrome.t;
    let mut form = Form::of_query(request.query_string());
    if !form.has("point") {
        let form = form.with("from_on", app.clock.today());
        return view(&app, chrome, &path, (form, None), StatusCode::OK).await;
    }
    let account = subject::find(&app, &path).await?.label.id;
    let Some(choice) = Choice::of(&mut form, t) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return view(&app, chrome, &path, (form, None), status).await;
    };
    match find_asked(&app, account, &choice).await? {
        Some(found) => {
            let form = filled(form, &found.asked, &found.known);
            let chosen = Some((choice, found.asked));
            view(&app, chrome, &path, (form, chosen), StatusCode::OK).await
        }
        None => no_such_rate(&app, chrome, &path, (form, &choice)).await,
    }
}

/// POST /office/accounts/{number}/services
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let (t, refused) = (chrome.t, StatusCode::UNPROCESSABLE_ENTITY);
    let account = subject::find(&app, &path).await?.label.id;
    let Some(choice) = Choice::of(&mut form, t) else {
        return view(&app, chrome, &path, (form, None), refused).await;
    };
    let Some(found) = find_asked(&app, account, &choice).await? else {
        return no_such_rate(&app, chrome, &path, (form, &choice)).await;
    };
    let Some(facts) = read(&mut form, &found.asked, t) else {
        let chosen = Some((choice, found.asked));
        return view(&app, chrome, &path, (form, chosen), refused).await;
    };
    let new = NewAgreement {
        account,
        point: choice.point,
        rate_code: choice.rate_code.clone(),
        facts,
        from_on: choice.from_on,
    };
    let start = move |tx: &mut Tx<'_>| start_service(tx, &new);
    match app.db.write(staff.stamp(&app), start).await {
        Ok(id) => {
            let address = format!("/office/accounts/{path}/services/{id}");
            see_other_saying(address, Tone::Good, t.service_saved())
        }
        Err(ServiceError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => {
            let field = match refusal {
                ServiceError::NoSuchRate { .. } => "rate",
                ServiceError::Billed(_) => "from_on",
                _ => "point",
            };
            form.refuse(field, said(t, &refusal));
            let chosen = Some((choice, found.asked));
            view(&app, chrome, &path, (form, chosen), refused).await
        }
    }
}

/// What a rate asks for at a place, and what is known of it.
struct Found {
    asked: Vec<AskedFact>,
    known: AgreementFacts,
}

/// Nothing where the rate is not in force, or is for another service than the point's.
async fn find_asked(
    app: &App,
    account: AccountId,
    choice: &Choice,
) -> Result<Option<Found>, StoreError> {
    let (choice, today) = (choice.clone(), app.clock.today());
    let find = move |conn: &mut Conn| {
        let Some(document) = document_in_force(conn, &choice.rate_code, choice.from_on)? else {
            return Ok(None);
        };
        // A place where the account has no business is not described to whoever changes the address.
        let is_offered = offered(conn, account, today)?
            .iter()
            .any(|(point, commodity, _)| *point == choice.point && *commodity == document.service);
        if !is_offered {
            return Ok(None);
        }
        let asked = asked(&document);
        let KnownFacts { of_place, before } =
            of_point(conn, (choice.point, choice.from_on), &asked)?;
        let mut known = of_place;
        // Whoever is served there already under another rate keeps the marks of their own.
        let eve = choice.from_on.pred_opt().unwrap_or(choice.from_on);
        let is_own = |row: &ServiceAgreementRow| {
            row.account_id == account && in_force(row.from_on, row.until_on, eve)
        };
        if let Some((_, before)) = before.filter(|(row, _)| is_own(row)) {
            let marks = before.marks.into_iter();
            known.marks = marks
                .filter(|mark| asked.iter().any(|fact| fact.name == *mark))
                .collect();
        }
        Ok::<_, StoreError>(Some(Found { asked, known }))
    };
    app.db.read(find).await
}

/// The points at which an account may be served: where it is or was, and where it rents out.
fn offered(
    conn: &mut Conn,
    account: AccountId,
    on: NaiveDate,
) -> Result<Vec<(ServicePointId, Commodity, String)>, StoreError> {
    let mut places = premises::list_served(conn, account)?;
    let rented = landlords::list_places(conn, account, on)?;
    places.extend(rented.iter().map(|place| place.id));
    premises::list_points(conn, &places)
}

async fn no_such_rate(
    app: &App,
    chrome: Chrome,
    number: &str,
    (mut form, choice): (Form, &Choice),
) -> PageResult {
    let refusal = ServiceError::NoSuchRate {
        code: choice.rate_code.clone(),
        on: choice.from_on,
    };
    form.refuse("rate", said(chrome.t, &refusal));
    view(
        app,
        chrome,
        number,
        (form, None),
        StatusCode::UNPROCESSABLE_ENTITY,
    )
    .await
}

async fn view(
    app: &App,
    chrome: Chrome,
    number: &str,
    (form, chosen): (Form, Option<(Choice, Vec<AskedFact>)>),
    status: StatusCode,
) -> PageResult {
    let (found, today) = (subject::find(app, number).await?, app.clock.today());
    let (subject, points, rates) = app
        .db
        .read(move |conn: &mut Conn| {
            let points = offered(conn, found.label.id, today)?;
            let mut rates: Vec<(String, String)> = rates::list_published(conn)?
                .into_iter()
                .map(|row| (row.code.clone(), format!("{}, {}", row.code, row.name)))
                .collect();
            rates.dedup_by(|a, b| a.0 == b.0);
            Ok::<_, StoreError>((found, points, rates))
        })
        .await?;
    let (choice, asked) =
        chosen.map_or((None, Vec::new()), |(choice, asked)| (Some(choice), asked));
    let view = New {
        t: chrome.t,
        facts: fields(&asked, chrome.t),
        chrome,
        form,
        subject,
        points,
        rates,
        choice,
    };
    page_with(status, &view)
}
