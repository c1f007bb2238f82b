//! A new account: where, who, by which rates and on which facts, from which day, with what the meters show; looked at, then opened.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use chrono::NaiveDate;

use crate::app::App;
use crate::domain::accounts::{AccountClass, Delivery};
use crate::domain::agreement_facts::AgreementFacts;
use crate::domain::customers::{ContactRefused, CustomerKind, Language};
use crate::domain::ids::{AccountId, AccountNumber, CustomerId, PremiseId, RegisterId};
use crate::domain::rates::asked::{AskedFact, FactsRefused};
use crate::domain::search::prefixes;
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::bills_missed::{self, PastPeriod};
use crate::store::customers::{self, CustomerRow};
use crate::store::cycles::{self, CyclePeriodRow};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::premises::{self, PremiseRow};
use crate::store::search;
use crate::usecases::accounts::opening::{Opening, OpeningError, open_account};
use crate::usecases::accounts::people::PeopleError;
use crate::usecases::read_entry::EntryError;
use crate::usecases::reads::desk::{ReadError, Recorded};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::agreement_facts::{filled, in_words};
use crate::web::office::faces::{mark, named};
use crate::web::office::opening_form::{
    Ground, PointForm, all_asked, points, premise_of, rate_field, read,
};
use crate::web::office::premises::{whole_line, words_of};
use crate::web::office::services::said as said_of_service;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

/// How many places and customers are offered.
const OFFERED: i64 = 20;

#[derive(Template)]
#[template(path = "office/account_opening/place.html")]
struct Where {
    t: Words,
    chrome: Chrome,
    q: String,
    found: Vec<PremiseRow>,
}

impl Where {
    fn line(&self, row: &PremiseRow) -> String {
        whole_line(row)
    }
}

#[derive(Template)]
#[template(path = "office/account_opening/customer.html")]
struct Who {
    t: Words,
    chrome: Chrome,
    premise: PremiseId,
    line: String,
    q: String,
    found: Vec<(CustomerRow, AccountNumber)>,
}

/// GET /office/accounts/new — first where, then who, then all the rest.
pub async fn new(app: Data<App>, chrome: Chrome, request: HttpRequest) -> PageResult {
    let form = Form::of_query(request.query_string());
    if !form.has("premise") {
        return choose_place(&app, chrome, form.value("q").to_owned()).await;
    }
    let premise = premise_of(&form)?;
    if !form.has("customer") && !form.has("somebody") {
        return choose_customer(&app, chrome, premise, form.value("q").to_owned()).await;
    }
    let customer = form.value("customer").parse().ok();
    let ground = load(&app, premise, customer).await?;
    let form = begun(&ground, app.clock.today());
    form_view(&app, chrome, (ground, form), None, StatusCode::OK)
}

async fn choose_place(app: &App, chrome: Chrome, q: String) -> PageResult {
    let words = words_of(&q);
    let look = move |conn: &mut Conn| premises::find_by_words(conn, &words, (OFFERED, 0));
    let found = if q.is_empty() {
        Vec::new()
    } else {
        app.db.read(look).await?
    };
    let t = chrome.t;
    page(&Where {
        t,
        chrome,
        q,
        found,
    })
}

async fn choose_customer(app: &App, chrome: Chrome, premise: PremiseId, q: String) -> PageResult {
    let (words, today) = (prefixes(&q), app.clock.today());
    let look = move |conn: &mut Conn| {
        let row = premises::get(conn, premise)?;
        let many = usize::try_from(OFFERED).unwrap_or(usize::MAX);
        let accounts = if words.is_empty() {
            Vec::new()
        } else {
            search::find(conn, &words, today, many)?
        };
        let ids: Vec<AccountId> = accounts.iter().map(|found| found.account.id).collect();
        Ok::<_, StoreError>((row, customers::list_mains(conn, &ids, today)?))
    };
    let (row, found) = app.db.read(look).await?;
    page(&Who {
        t: chrome.t,
        chrome,
        premise,
        line: whole_line(&row),
        q,
        found,
    })
}

async fn load(
    app: &App,
    premise: PremiseId,
    customer: Option<CustomerId>,
) -> Result<Ground, PageError> {
    let today = app.clock.today();
    let read = move |conn: &mut Conn| Ground::load(conn, (premise, customer), today);
    Ok(app.db.read(read).await?)
}

/// The form as it begins: what the place and the customer say already.
fn begun(ground: &Ground, today: NaiveDate) -> Form {
    let customer = ground.customer.as_ref();
    let language = customer.map_or(Language::English, |customer| customer.language);
    let first = || ground.cycles.first().map(|cycle| cycle.id);
    let cycle = ground.cycle.or_else(first);
    let text = |id: Option<String>| id.unwrap_or_default();
    Form::default()
        .with("premise", ground.place.premise.id)
        .with(
            "customer",
            text(customer.map(|customer| customer.id.to_string())),
        )
        .with("class", AccountClass::Residential)
        .with("language", language)
        .with("bill_language", language)
        .with("delivery", Delivery::Paper)
        .with("cycle", text(cycle.map(|cycle| cycle.to_string())))
        .with("from_on", today)
}

#[derive(Template)]
#[template(path = "office/account_opening/new.html")]
struct New {
    t: Words,
    chrome: Chrome,
    form: Form,
    ground: Ground,
    points: Vec<PointForm>,
    asked: String,
}

impl New {
    fn classes(&self) -> Vec<(&'static str, String)> {
        AccountClass::ALL
            .iter()
            .map(|class| (class.as_str(), self.t.account_class(class.as_str())))
            .collect()
    }

    fn kinds(&self) -> Vec<(&'static str, String)> {
        CustomerKind::ALL
            .iter()
            .map(|kind| (kind.as_str(), self.t.people_kind(kind.as_str())))
            .collect()
    }

    fn languages(&self) -> Vec<(&'static str, String)> {
        Language::ALL
            .iter()
            .map(|one| (one.as_str(), self.t.people_language(one.as_str())))
            .collect()
    }

    fn deliveries(&self) -> Vec<(&'static str, String)> {
        [Delivery::Paper, Delivery::Email, Delivery::Both]
            .iter()
            .map(|one| (one.as_str(), self.t.opening_delivery(one.as_str())))
            .collect()
    }

    fn cycles(&self) -> Vec<(String, String)> {
        self.ground
            .cycles
            .iter()
            .map(|cycle| (cycle.id.to_string(), cycle.name.clone()))
            .collect()
    }
}

fn form_view(
    app: &App,
    chrome: Chrome,
    (ground, mut form): (Ground, Form),
    found: Option<(RegisterId, Recorded)>,
    status: StatusCode,
) -> PageResult {
    let on = first_day(&form, app.clock.today());
    let points = points(chrome.t, &ground, (&form, on), found.as_ref())?;
    for point in &points {
        // What was typed stays as it was typed.
        let open: Vec<AskedFact> = point
            .asked
            .iter()
            .filter(|fact| !form.has(&fact.field()))
            .cloned()
            .collect();
        form = filled(form, &open, &point.known);
    }
    let view = New {
        t: chrome.t,
        chrome,
        asked: all_asked(&points),
        form,
        ground,
        points,
    };
    page_with(status, &view)
}

fn first_day(form: &Form, today: NaiveDate) -> NaiveDate {
    form.value("from_on").parse().unwrap_or(today)
}

#[derive(Template)]
#[template(path = "office/account_opening/look.html")]
struct Look {
    t: Words,
    chrome: Chrome,
    form: Form,
    ground: Ground,
    points: Vec<PointForm>,
    opening: Opening,
    /// The period of the first bill.
    first: Option<CyclePeriodRow>,
    /// Periods that were drafted before the account was there.
    drafted: Vec<PastPeriod>,
}

impl Look {
    /// What was typed, to be sent again.
    fn typed(&self) -> Vec<(&str, &str)> {
        let is_kept = |name: &&str| !["csrf", "sure", "change"].contains(name);
        let names = self.form.named("").into_iter().filter(is_kept);
        names.map(|name| (name, self.form.value(name))).collect()
    }

    fn name(&self) -> &str {
        match &self.ground.customer {
            Some(customer) => &customer.name,
            None => self.form.value("name"),
        }
    }

    fn cycle(&self) -> &str {
        let of = |cycle: &&cycles::CycleRow| cycle.id == self.opening.cycle;
        let cycle = self.ground.cycles.iter().find(of);
        cycle.map_or("", |cycle| cycle.name.as_str())
    }

    /// The facts of a point in a few words, where its rate asks for any.
    fn facts(&self, point: &PointForm) -> Option<String> {
        let mut services = self.opening.services.iter();
        let service = services.find(|service| service.point == point.id)?;
        let facts: AgreementFacts = serde_json::from_value(service.facts.clone()).ok()?;
        (!point.asked.is_empty()).then(|| in_words(&facts, self.t))
    }

    /// The first and the last day that were drafted before.
    fn drafted_days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let first = self.drafted.first()?.from_on.max(self.opening.from_on);
        Some((first, self.drafted.last()?.read_on.pred_opt()?))
    }

    fn served(&self) -> impl Iterator<Item = &PointForm> {
        self.points.iter().filter(|point| !point.chosen.is_empty())
    }
}

/// POST /office/accounts — asks for what the chosen rates want to know, shows what would be opened, then opens it.
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    mut form: Form,
) -> PageResult {
    let (t, bad) = (chrome.t, StatusCode::UNPROCESSABLE_ENTITY);
    let customer = form.value("customer").parse().ok();
    let ground = load(&app, premise_of(&form)?, customer).await?;
    let on = first_day(&form, app.clock.today());
    let points = points(t, &ground, (&form, on), None)?;
    let has_seen = form.value("asked") == all_asked(&points);
    if form.has("change") || (!has_seen && points.iter().any(|point| !point.facts.is_empty())) {
        return form_view(&app, chrome, (ground, form), None, StatusCode::OK);
    }
    let Some(opening) = read(t, &mut form, &points, customer) else {
        return form_view(&app, chrome, (ground, form), None, bad);
    };
    let reading = (app.clock.zone(), staff.may(Permission::EnterRead));
    let (is_sure, new) = (form.has("sure"), opening.clone());
    let open = move |tx: &mut Tx<'_>| {
        let number = open_account(tx, reading, &new)?;
        // Looking does everything and takes it back: what is refused is refused before somebody is sure.
        if is_sure {
            Ok(number)
        } else {
            Err(Stopped::Looked)
        }
    };
    match app.db.write(staff.stamp(&app), open).await {
        Ok(number) => see_other_saying(
            format!("/office/accounts/{}", number.as_str()),
            Tone::Good,
            t.opening_done(),
        ),
        Err(Stopped::Looked) => look(&app, chrome, (ground, form), (points, opening)).await,
        Err(Stopped::Refused(OpeningError::Fault(fault))) => Err(fault.into()),
        Err(Stopped::Refused(refused)) => {
            let found = refuse(t, &mut form, refused);
            form_view(&app, chrome, (ground, form), found, bad)
        }
    }
}

/// Why nothing was opened.
enum Stopped {
    /// Somebody only looks.
    Looked,
    /// It cannot be.
    Refused(OpeningError),
}

impl From<OpeningError> for Stopped {
    fn from(error: OpeningError) -> Self {
        Self::Refused(error)
    }
}

impl From<StoreError> for Stopped {
    fn from(fault: StoreError) -> Self {
        Self::Refused(fault.into())
    }
}

async fn look(
    app: &App,
    chrome: Chrome,
    (ground, form): (Ground, Form),
    (points, opening): (Vec<PointForm>, Opening),
) -> PageResult {
    let (cycle, from_on) = (opening.cycle, opening.from_on);
    let find = move |conn: &mut Conn| {
        let ahead = cycles::list_periods_since(conn, cycle, from_on)?;
        let first = ahead.into_iter().find(|period| period.read_on > from_on);
        let drafted = bills_missed::list_drafted_after(conn, cycle, from_on)?;
        Ok::<_, StoreError>((first, drafted))
    };
    let (first, drafted) = app.db.read(find).await?;
    page(&Look {
        t: chrome.t,
        chrome,
        form,
        ground,
        points,
        opening,
        first,
        drafted,
    })
}

/// Says on the form why nothing was opened; what was found about an unusual read comes back.
fn refuse(t: Words, form: &mut Form, refused: OpeningError) -> Option<(RegisterId, Recorded)> {
    let (field, text) = match refused {
        OpeningError::NothingServed => ("from_on".to_owned(), t.opening_nothing().to_owned()),
        OpeningError::FirstDay { from, until } => {
            ("from_on".to_owned(), t.opening_first_day(from, until))
        }
        OpeningError::NoEmail => ("delivery".to_owned(), t.opening_no_email().to_owned()),
        OpeningError::ReachesNobody => ("delivery".to_owned(), t.form_choose().to_owned()),
        OpeningError::NoSuchCycle => ("cycle".to_owned(), t.form_choose().to_owned()),
        OpeningError::Contact(ContactRefused::NotAnAddress) => {
            ("email".to_owned(), t.people_not_an_address().to_owned())
        }
        OpeningError::Contact(ContactRefused::NotANumber) => {
            ("phone".to_owned(), t.people_not_a_number().to_owned())
        }
        OpeningError::People(PeopleError::AddressTooLong) => (
            "mailing_address".to_owned(),
            t.people_address_lines().to_owned(),
        ),
        OpeningError::People(_) => ("name".to_owned(), t.form_required().to_owned()),
        OpeningError::Service(point, why) => (rate_field(point), said_of_service(t, &why)),
        OpeningError::OtherClass(point) => (rate_field(point), t.opening_other_class().to_owned()),
        OpeningError::Facts(
            point,
            FactsRefused::Missing(_) | FactsRefused::NotCounted(_) | FactsRefused::Unasked(_),
        ) => (rate_field(point), t.opening_other_facts().to_owned()),
        OpeningError::KnownRead {
            register,
            known,
            may_correct,
        } => {
            let text = if may_correct {
                // Going on once more says that the value is right.
                let seen = mark(form, register);
                *form = std::mem::take(form).with(&named("replaces", register), seen);
                t.opening_read_replaces(known.to_string())
            } else {
                t.opening_read_stands(known.to_string())
            };
            (named("shown", register), text)
        }
        OpeningError::ReadToCome(register) => (
            named("shown", register),
            t.opening_read_to_come().to_owned(),
        ),
        OpeningError::Read(register, EntryError::Unusual(found)) => {
            return Some((register, found));
        }
        OpeningError::Read(register, EntryError::NotEqual(found)) => {
            form.refuse(named("again", register), t.read_not_equal());
            return Some((register, found));
        }
        OpeningError::Read(register, EntryError::Refused(ReadError::BeyondFace { most })) => {
            (named("shown", register), t.read_beyond(most.to_string()))
        }
        OpeningError::Read(register, _) => (
            named("shown", register),
            t.opening_read_refused().to_owned(),
        ),
        OpeningError::Fault(_) => ("from_on".to_owned(), t.form_required().to_owned()),
    };
    form.refuse(field, text);
    None
}
