//! The form that makes a service order from the account screen: what, where and by when.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;

use crate::app::App;
use crate::domain::ids::{AccountId, PremiseId, ServicePointId};
use crate::domain::orders::{Need, OrderKind, Slot, Urgency};
use crate::domain::shutoff::{Reason, Verdict};
use crate::domain::staff::{Permission, Role};
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::premises;
use crate::usecases::orders::{NewOrder, OrderError, ask};
use crate::usecases::shutoff::answer;
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::orders::show::may_manage;
use crate::web::office::orders::{address, words};
use crate::web::office::subject::{self, Subject};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

/// Where an order may be done: a place, or one service of it, as its word in the form and in the page.
struct Choice {
    word: String,
    name: String,
    premise: PremiseId,
    point: Option<ServicePointId>,
    /// Whether it names one metered service.
    is_one: bool,
}

#[derive(Template)]
#[template(path = "office/orders/new.html")]
struct New {
    t: Words,
    chrome: Chrome,
    subject: Subject,
    role: Role,
    places: Vec<Choice>,
    /// Why no shut-off is ordered here; nothing where one may be, or whoever looks orders none.
    barred: Option<String>,
    /// Why one could not be handed out today.
    waits: Option<String>,
    form: Form,
}

impl New {
    fn kinds(&self) -> Vec<(&'static str, String)> {
        let named = |kind: &OrderKind| (kind.as_str(), self.t.order_kind(kind.as_str()));
        let is_barred = self.barred.is_some();
        let offered = |kind: &&OrderKind| {
            may_manage(self.role, **kind) && !(is_barred && **kind == OrderKind::ShutOff)
        };
        OrderKind::ALL.iter().filter(offered).map(named).collect()
    }

    fn places(&self) -> Vec<(&str, &str)> {
        let mut all: Vec<(&str, &str)> = self
            .places
            .iter()
            .map(|one| (one.word.as_str(), one.name.as_str()))
            .collect();
        all.push(("", self.t.order_elsewhere()));
        all
    }

    fn urgencies(&self) -> Vec<(&'static str, String)> {
        let named = |urgency: &Urgency| (urgency.as_str(), self.t.order_urgency(urgency.as_str()));
        let mut all: Vec<(&'static str, String)> = Urgency::ALL.iter().map(named).collect();
        // What is usual is offered first.
        all.reverse();
        all
    }

    fn slots(&self) -> Vec<(&'static str, String)> {
        let named = |slot: &Slot| (slot.as_str(), self.t.order_slot(slot.as_str()));
        Slot::ALL.iter().map(named).collect()
    }

    /// What each kind asks of a crew.
    fn needs(&self) -> Vec<(String, String)> {
        let line = |kind: &OrderKind| {
            let needs = kind.needs();
            let parts = [
                ("read", needs.read),
                ("photo", needs.photo),
                ("finding", needs.finding),
            ];
            let asked = parts.iter().filter(|(_, need)| *need == Need::Must);
            let asked: Vec<String> = asked.map(|(what, _)| self.t.order_need(what)).collect();
            (self.t.order_kind(kind.as_str()), asked.join(", "))
        };
        let offered = |kind: &&OrderKind| may_manage(self.role, **kind);
        let all = OrderKind::ALL.iter().filter(offered).map(line);
        all.filter(|(_, asked)| !asked.is_empty()).collect()
    }
}

/// GET /office/accounts/{number}/orders/new
pub async fn new(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    let view = view(&app, chrome, &staff, (&path, Form::default())).await?;
    let first = view.places.first().map(|one| one.word.clone());
    let form = view.form.clone().with("place", first.unwrap_or_default());
    page(&New { form, ..view })
}

/// POST /office/accounts/{number}/orders
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let account = subject::find(&app, &path).await?.label.id;
    let key = uuid::Uuid::parse_str(form.value("key")).map_err(|_strange| PageError::Unreadable)?;
    let kind = form.parse::<OrderKind>("kind", t.form_choose());
    let urgency = form.parse::<Urgency>("urgency", t.form_choose());
    let slot = form.parse::<Slot>("slot", t.form_choose());
    let on = form.day_if_any("day", t.form_not_a_date());
    let places = app.db.read(move |conn| choices(conn, t, account)).await?;
    let place = places.iter().find(|one| one.word == form.value("place"));
    if kind.is_some_and(|kind| !may_manage(staff.role, kind)) {
        return Err(PageError::Forbidden(Permission::RecordService.as_str()));
    }
    let is_named = place.is_some_and(|one| one.is_one);
    match kind {
        Some(OrderKind::MeterExchange) if !is_named => {
            form.refuse("place", t.order_choose_service());
        }
        Some(kind) if kind.needs().read.is_must() && place.is_none() => {
            form.refuse("place", t.order_choose_place());
        }
        Some(_) | None => {}
    }
    let (Some(kind), Some(urgency), Some(slot), true) = (kind, urgency, slot, form.is_good())
    else {
        return again(&app, chrome, &staff, (&path, form)).await;
    };
    let new = NewOrder {
        key: key.to_string(),
        kind,
        urgency,
        account,
        premise: place.map(|one| one.premise),
        point: place.and_then(|one| one.point),
        request: None,
        follows: None,
        instructions: form.value("words").to_owned(),
        on,
        slot,
    };
    let change = move |tx: &mut Tx<'_>| ask(tx, &new).map(|row| row.number);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(number) => see_other_saying(address(&number), Tone::Good, t.order_made()),
        Err(OrderError::Fault(fault)) => Err(fault.into()),
        Err(OrderError::MayNot(why)) => {
            form.refuse("kind", t.order_shutoff_barred(words::reasons(t, &why)));
            again(&app, chrome, &staff, (&path, form)).await
        }
        Err(error) => {
            words::refuse(t, &mut form, error)?;
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
    let subject = subject::find(app, path).await?;
    let (account, t) = (subject.label.id, chrome.t);
    let (role, today) = (staff.role, app.clock.today());
    let read = move |conn: &mut Conn| {
        let places = choices(conn, t, account)?;
        let verdict = if may_manage(role, OrderKind::ShutOff) {
            answer(conn, account, today)?.verdict
        } else {
            Verdict::May
        };
        Ok::<_, StoreError>((places, verdict))
    };
    let (places, verdict) = app.db.read(read).await?;
    let said = |why: &[Reason]| (!why.is_empty()).then(|| words::reasons(t, why));
    let barred = said(&verdict.bars_order());
    let waits = match &verdict {
        Verdict::MayNot(why) if barred.is_none() => said(why),
        Verdict::MayNot(_) | Verdict::May => None,
    };
    let form = if form.has("key") {
        form
    } else {
        form.with("key", uuid::Uuid::new_v4())
    };
    Ok(New {
        t,
        chrome,
        subject,
        role,
        places,
        barred,
        waits,
        form,
    })
}

/// Every place of an account as a whole, and each metered service of it.
fn choices(conn: &mut Conn, t: Words, account: AccountId) -> Result<Vec<Choice>, StoreError> {
    let served = premises::list_served(conn, account)?;
    let points = premises::list_points_of(conn, &served)?;
    let mut all = Vec::new();
    for (premise, line) in premises::list_lines(conn, &served)? {
        let metered: Vec<_> = points
            .iter()
            .filter(|point| point.premise_id == premise && point.commodity.is_metered())
            .collect();
        all.push(Choice {
            word: format!("all-{premise}"),
            name: t.order_whole_place(&line),
            premise,
            point: None,
            is_one: metered.len() == 1,
        });
        for point in metered {
            let service = t.service_name(point.commodity.as_str());
            all.push(Choice {
                word: format!("point-{}", point.id),
                name: t.order_one_service(service, &line),
                premise,
                point: Some(point.id),
                is_one: true,
            });
        }
    }
    Ok(all)
}
