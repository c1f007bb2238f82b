//! One service order at the desk: what it is for and where, what the account owes and is served with, its steps and photos; planned and taken back.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use crate::app::App;
use crate::domain::ids::{OrderNumber, OrderPhotoId, RequestNumber, StaffId};
use crate::domain::money::Money;
use crate::domain::orders::{OrderKind, Slot};
use crate::domain::shutoff::Verdict;
use crate::domain::staff::{Permission, Role};
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::deposits::Standing;
use crate::store::error::StoreError;
use crate::store::exceptions::owner_names;
use crate::store::labels::{self, AccountLabel};
use crate::store::order_photos::{self, PhotoRow};
use crate::store::orders::{self, OrderRow, StepRow};
use crate::store::{cycles, deposit_told, ledger, meters, premises, requests};
use crate::usecases::orders::{self as working, OrderError, Plan};
use crate::usecases::seen::{self, SeenPlan, Unseen};
use crate::usecases::shutoff;
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::correction_words::who_decides;
use crate::web::office::orders::index::crew;
use crate::web::office::orders::{address, find, number_of, words};
use crate::web::order_view;
use crate::web::photos;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

/// What goes with an order.
struct Around {
    account: AccountLabel,
    cycle: String,
    balance: Money,
    /// The deposit that is asked for or held, or the last one.
    deposit: Option<Standing>,
    place: Option<String>,
    meter: Option<String>,
    assignee: Option<String>,
    request: Option<RequestNumber>,
    follows: Option<OrderRow>,
    steps: Vec<StepRow>,
    photos: Vec<PhotoRow>,
    crew: Vec<(StaffId, String)>,
    /// Of an open shut-off: every reason why it may not be handed out today; none where it may.
    why_not: Option<String>,
}

#[derive(Template)]
#[template(path = "office/orders/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    today: NaiveDate,
    role: Role,
    row: OrderRow,
    around: Around,
    form: Form,
}

impl Show {
    fn title(&self) -> String {
        self.t.order_kind(self.row.kind.as_str())
    }

    /// Whether whoever looks may plan it and take it back. A shut-off is for who records what was served before one.
    fn may_manage(&self) -> bool {
        self.row.state.is_open() && may_manage(self.role, self.row.kind)
    }

    /// Who plans it, where whoever looks sees one that they may not.
    fn who(&self) -> Option<String> {
        let is_open = self.row.state.is_open() && !self.may_manage();
        let jobs = Role::ALL.iter().copied();
        let jobs = jobs.filter(|role| may_manage(*role, self.row.kind));
        is_open.then(|| who_decides(self.t, jobs))
    }

    fn appointment(&self) -> Option<String> {
        order_view::appointment(self.t, &self.row)
    }

    fn slots(&self) -> Vec<(&'static str, String)> {
        let named = |slot: &Slot| (slot.as_str(), self.t.order_slot(slot.as_str()));
        Slot::ALL.iter().map(named).collect()
    }

    fn crew(&self) -> Vec<(String, String)> {
        let mut all = vec![(String::new(), self.t.exception_owner("nobody"))];
        let crew = self.around.crew.iter();
        all.extend(crew.map(|(id, name)| (id.to_string(), name.clone())));
        all
    }

    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }
}

/// Whether a job makes, plans and takes back orders of a kind.
pub fn may_manage(role: Role, kind: OrderKind) -> bool {
    role.may(Permission::ManageOrders)
        && (kind != OrderKind::ShutOff || role.may(Permission::RecordService))
}

/// GET /office/orders/{number}
pub async fn show(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    page(&view(&app, chrome, &staff, (number_of(&path)?, None)).await?)
}

/// GET /office/orders/{number}/photos/{id}
pub async fn photo(app: Data<App>, path: Path<(String, OrderPhotoId)>) -> PageResult {
    let (number, id) = path.into_inner();
    let number = number_of(&number)?;
    let wanted = number.clone();
    let found = app
        .db
        .read(move |conn| {
            let row = find(conn, &wanted)?;
            order_photos::bytes_of(conn, (row.id, id))
        })
        .await?;
    let answer: HttpResponse = photos::answer(&number, found.ok_or(PageError::NotFound)?);
    Ok(answer)
}

/// POST /office/orders/{number}/plan — when somebody comes, and who.
pub async fn plan(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let number = number_of(&path)?;
    let row = managed(&app, &staff, &number).await?;
    let day = form.day_if_any("day", t.form_not_a_date());
    let slot = form.parse_if_any::<Slot>("slot", t.form_choose());
    let assignee = form.parse_if_any::<StaffId>("assignee", t.form_choose());
    if !form.is_good() {
        return again(&app, chrome, &staff, (number, form)).await;
    }
    let plan = Plan {
        day,
        slot,
        assignee,
        words: form.value("words").to_owned(),
    };
    let saw = looked_at(&form);
    let change = move |tx: &mut Tx<'_>| seen::plan(tx, row.id, (saw, &plan));
    let outcome = match app.db.write(staff.stamp(&app), change).await {
        Err(Unseen::ChangedSince(now)) => {
            let crew = app.db.read(crew).await?;
            replanned(&mut form, t, (*now, &crew));
            return again(&app, chrome, &staff, (number, form)).await;
        }
        Err(Unseen::Refused(refused)) => Err(refused),
        Ok(()) => Ok(()),
    };
    answered(
        (&app, chrome, &staff),
        (number, form),
        (outcome, t.order_planned()),
    )
    .await
}

/// How the order was planned when the form was opened.
fn looked_at(form: &Form) -> Option<SeenPlan> {
    let saw = |field: &str| form.saw(field).map(|was| (!was.is_empty()).then_some(was));
    let day = match saw("day")? {
        Some(day) => Some(day.parse().ok()?),
        None => None,
    };
    let assignee = match saw("assignee")? {
        Some(staff) => Some(staff.parse().ok()?),
        None => None,
    };
    Some(SeenPlan {
        day,
        slot: form.saw("slot")?.parse().ok()?,
        assignee,
    })
}

/// Says how somebody else planned it meanwhile.
fn replanned(form: &mut Form, t: Words, (now, crew): (SeenPlan, &[(StaffId, String)])) {
    let Some(was) = looked_at(form) else {
        return;
    };
    if was.day != now.day {
        let said = now
            .day
            .map_or_else(|| t.seen_empty().to_owned(), |day| t.date(day));
        let value = now.day.map(|day| day.to_string()).unwrap_or_default();
        form.changed_since("day", &value, t.seen_changed(said));
    }
    if was.slot != now.slot {
        let slot = now.slot.as_str();
        form.changed_since("slot", slot, t.seen_changed(t.order_slot(slot)));
    }
    if was.assignee != now.assignee {
        let known = crew.iter().find(|(id, _)| now.assignee == Some(*id));
        let said = known.map_or_else(|| t.exception_owner("nobody"), |(_, name)| name.clone());
        let value = now.assignee.map(|id| id.to_string()).unwrap_or_default();
        form.changed_since("assignee", &value, t.seen_changed(said));
    }
}

/// POST /office/orders/{number}/cancellation
pub async fn cancel(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    form: Form,
) -> PageResult {
    let t = chrome.t;
    let number = number_of(&path)?;
    let row = managed(&app, &staff, &number).await?;
    let why = form.value("why").to_owned();
    let change = move |tx: &mut Tx<'_>| working::cancel(tx, row.id, &why);
    let outcome = app.db.write(staff.stamp(&app), change).await;
    answered(
        (&app, chrome, &staff),
        (number, form),
        (outcome, t.order_canceled()),
    )
    .await
}

async fn answered(
    (app, chrome, staff): (&App, Chrome, &StaffMember),
    (number, mut form): (OrderNumber, Form),
    (outcome, good): (Result<(), OrderError>, &str),
) -> PageResult {
    match outcome {
        Ok(()) => see_other_saying(address(&number), Tone::Good, good),
        Err(OrderError::WordsMissing) => {
            form.refuse("why", chrome.t.order_words_missing());
            again(app, chrome, staff, (number, form)).await
        }
        Err(error) => {
            words::refuse(chrome.t, &mut form, error)?;
            again(app, chrome, staff, (number, form)).await
        }
    }
}

async fn again(
    app: &App,
    chrome: Chrome,
    staff: &StaffMember,
    (number, form): (OrderNumber, Form),
) -> PageResult {
    let view = view(app, chrome, staff, (number, Some(form))).await?;
    page_with(view.form.refusal(), &view)
}

/// The order, where this job may manage it.
async fn managed(
    app: &App,
    staff: &StaffMember,
    number: &OrderNumber,
) -> Result<OrderRow, PageError> {
    let number = number.clone();
    let row = app.db.read(move |conn| find(conn, &number)).await?;
    if may_manage(staff.role, row.kind) {
        Ok(row)
    } else {
        Err(PageError::Forbidden(Permission::RecordService.as_str()))
    }
}

async fn view(
    app: &App,
    chrome: Chrome,
    staff: &StaffMember,
    (number, form): (OrderNumber, Option<Form>),
) -> Result<Show, PageError> {
    let (t, today, zone, role) = (chrome.t, app.clock.today(), app.clock.zone(), staff.role);
    let read = move |conn: &mut Conn| {
        let row = find(conn, &number)?;
        let around = around(conn, &row, (t, today))?;
        Ok::<_, StoreError>((row, around))
    };
    let (row, around) = app.db.read(read).await?;
    let form = form.unwrap_or_else(|| planned(&row, today));
    Ok(Show {
        t,
        chrome,
        zone,
        today,
        role,
        row,
        around,
        form,
    })
}

/// The form of the plan as it stands.
fn planned(row: &OrderRow, today: NaiveDate) -> Form {
    let day = row.appointed_on.unwrap_or_else(|| row.due_on.max(today));
    let assignee = row.assignee_staff_id.map(|id| id.to_string());
    let set = row.appointed_on.map(|day| day.to_string());
    Form::default()
        .with("day", set.unwrap_or_default())
        .with("slot", row.slot)
        .with("assignee", assignee.unwrap_or_default())
        .seen(&["day", "slot", "assignee"])
        .with("day", day.max(today))
}

fn around(
    conn: &mut Conn,
    row: &OrderRow,
    (t, today): (Words, NaiveDate),
) -> Result<Around, StoreError> {
    let account = row.account_id;
    let label = labels::of_accounts(conn, &[account], today)?.remove(&account);
    let place = match row.premise_id {
        Some(premise) => premises::list_lines(conn, &[premise])?.pop(),
        None => None,
    };
    let crew_member: Vec<StaffId> = row.assignee_staff_id.into_iter().collect();
    let why_not = if row.kind == OrderKind::ShutOff && row.state.is_open() {
        match shutoff::answer(conn, account, today)?.verdict {
            Verdict::May => None,
            Verdict::MayNot(why) => Some(words::reasons(t, &why)),
        }
    } else {
        None
    };
    Ok(Around {
        account: label.ok_or(StoreError::Missing("account"))?,
        cycle: cycles::get(conn, row.cycle_id)?.name,
        balance: ledger::balance(conn, account, None)?,
        deposit: deposit_told::find(conn, account)?,
        place: place.map(|(_, line)| line),
        meter: match row.meter_id {
            Some(meter) => Some(meters::get(conn, meter)?.serial),
            None => None,
        },
        assignee: owner_names(conn, &crew_member)?.pop().map(|(_, name)| name),
        request: match row.request_id {
            Some(request) => Some(requests::get(conn, request)?.number),
            None => None,
        },
        follows: match row.follows_id {
            Some(order) => Some(orders::get(conn, order)?),
            None => None,
        },
        steps: orders::list_steps(conn, row.id)?,
        photos: order_photos::list(conn, row.id)?,
        crew: crew(conn)?,
        why_not,
    })
}
