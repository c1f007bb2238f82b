//! Entering a read by hand, with the verdict shown before anything is kept; accepting one that waits.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use serde::Deserialize;

use crate::app::App;
use crate::domain::ids::{AccountNumber, ExceptionId, ReadId, ReadRouteId, RegisterId};
use crate::domain::reads::{ReadSource, ReadVerdict};
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::account_screen::{self, Standing};
use crate::store::db::Tx;
use crate::usecases::read_entry::{self, Confirmation, EntryError};
use crate::usecases::reads::desk::{ReadError, Recorded, ToldRead, accept_read};
use crate::web::chrome::Chrome;
use crate::web::doors::Doors;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

/// Reads by hand.
pub fn doors() -> Doors {
    Doors::at("/office")
        .get("/accounts/{number}/reads/new", Permission::EnterRead, new)
        .post("/accounts/{number}/reads", Permission::EnterRead, create)
        .post("/reads/{id}/acceptance", Permission::EnterRead, accept)
}

/// The badge's tone of a verdict.
#[must_use]
pub fn tone(verdict: &str) -> &'static str {
    match verdict {
        "accepted" => "good",
        "refused" => "bad",
        _ => "warn",
    }
}

/// Which register is meant, where the address says so.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub struct Asking {
    register: Option<i64>,
    /// The route that is read, whose sheet is shown again after it.
    route: Option<i64>,
}

#[derive(Template)]
#[template(path = "office/reads/new.html")]
struct New {
    t: Words,
    chrome: Chrome,
    standing: Standing,
    form: Form,
    found: Option<Recorded>,
}

impl New {
    /// The registers of the account, with the last value that each showed.
    fn registers(&self) -> Vec<(i64, String)> {
        let mut all = Vec::new();
        for service in &self.standing.services {
            for register in &service.registers {
                let name = self.t.service_name(service.commodity.as_str());
                let last = register.latest.as_ref().map_or_else(String::new, |read| {
                    let day = self.t.date(read.on);
                    format!("; {}", self.t.read_last(read.value.to_string(), day))
                });
                all.push((register.id.0, format!("{name}, {}{last}", register.serial)));
            }
        }
        all
    }

    /// What is confirmed when the form is sent again.
    fn mark(&self) -> String {
        mark(&self.form)
    }

    /// Whether the value must be entered a second time.
    fn is_forced(&self) -> bool {
        let found = self.found.as_ref();
        found.is_some_and(|found| found.verdict == ReadVerdict::Held)
    }
}

/// GET /office/accounts/{number}/reads/new
pub async fn new(
    app: Data<App>,
    chrome: Chrome,
    path: Path<String>,
    asking: Query<Asking>,
) -> PageResult {
    let mut form = Form::default().with("on", app.clock.today());
    if let Some(register) = asking.register {
        form = form.with("register", register);
    }
    if let Some(route) = asking.route {
        form = form.with("route", route);
    }
    page(&view(&app, chrome, &path, form, None).await?)
}

/// POST /office/accounts/{number}/reads
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let register: Option<i64> = form.parse("register", chrome.t.read_no_register());
    let on = form.day("on", chrome.t.read_not_a_day());
    let value = form.number("value", chrome.t.read_not_a_number());
    let repeated = form.number_if_any("again", chrome.t.read_not_a_number());
    let confirmation = Confirmation {
        is_seen: form.value("seen") == mark(&form),
        repeated,
    };
    let (Some(register), Some(on), Some(value), true) = (register, on, value, form.is_good())
    else {
        let view = view(&app, chrome, &path, form, None).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let present = view(&app, chrome.clone(), &path, Form::default(), None).await?;
    if !present.registers().iter().any(|(id, _)| *id == register) {
        return Err(PageError::NotFound);
    }
    let told = ToldRead {
        register_id: RegisterId(register),
        on,
        value,
        source: ReadSource::Manual,
    };
    let zone = app.clock.zone();
    let keep = move |tx: &mut Tx<'_>| read_entry::enter(tx, zone, &told, confirmation);
    let found = match app.db.write(staff.stamp(&app), keep).await {
        Ok(kept) => return done(&chrome, (&path, &form), &kept),
        Err(EntryError::Unusual(found)) => Some(found),
        Err(EntryError::NotEqual(found)) => {
            form.refuse("again", chrome.t.read_not_equal());
            Some(found)
        }
        Err(EntryError::Refused(refusal)) => {
            refuse(&mut form, &chrome, refusal)?;
            None
        }
        Err(EntryError::Fault(fault)) => return Err(fault.into()),
    };
    let view = view(&app, chrome, &path, form, found).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// POST /office/reads/{id}/acceptance — a read that waits is right.
pub async fn accept(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
    form: Form,
) -> PageResult {
    let id = ReadId(*path);
    let exception: Option<ExceptionId> = form.value("exception").parse().ok();
    let at = exception.map_or_else(
        || "/office/exceptions".to_owned(),
        |exception| format!("/office/exceptions/{exception}"),
    );
    let keep = move |tx: &mut Tx<'_>| accept_read(tx, id);
    match app.db.write(staff.stamp(&app), keep).await {
        Ok(_) => see_other_saying(at, Tone::Good, chrome.t.read_accepted_now()),
        Err(ReadError::Fault(fault)) => Err(fault.into()),
        Err(_) => see_other_saying(at, Tone::Bad, chrome.t.read_moved_on()),
    }
}

/// Which value of which register on which day: who confirms it hands it back, so that anything else is found unusual anew.
fn mark(form: &Form) -> String {
    let [register, on, value] = ["register", "on", "value"].map(|field| form.value(field));
    format!("{register}/{value}/{on}")
}

fn done(chrome: &Chrome, (number, form): (&str, &Form), kept: &Recorded) -> PageResult {
    let at = match form.value("route").parse::<ReadRouteId>() {
        Ok(route) => format!("/office/routes/{route}/sheet"),
        Err(_none) => format!("/office/accounts/{number}?tab=reads"),
    };
    if kept.verdict == ReadVerdict::Held {
        see_other_saying(at, Tone::Good, chrome.t.read_kept_held())
    } else {
        see_other_saying(at, Tone::Good, chrome.t.read_kept())
    }
}

fn refuse(form: &mut Form, chrome: &Chrome, refusal: ReadError) -> Result<(), PageError> {
    match refusal {
        ReadError::NotInstalled => form.refuse("on", chrome.t.read_not_installed()),
        ReadError::BeyondFace { most } => {
            form.refuse("value", chrome.t.read_beyond(most.to_string()));
        }
        ReadError::Duplicate => form.refuse("value", chrome.t.read_duplicate()),
        ReadError::MovedOn => form.refuse("value", chrome.t.read_moved_on()),
        ReadError::NoRegister | ReadError::NothingToGoBy => {
            form.refuse("register", chrome.t.read_no_register());
        }
        ReadError::Fault(fault) => return Err(fault.into()),
    }
    Ok(())
}

async fn view(
    app: &App,
    chrome: Chrome,
    number: &str,
    form: Form,
    found: Option<Recorded>,
) -> Result<New, PageError> {
    let number: AccountNumber = number
        .parse()
        .map_err(|_not_a_number| PageError::NotFound)?;
    let today = app.clock.today();
    let standing = app
        .db
        .read(move |conn| account_screen::find(conn, &number, today))
        .await?
        .ok_or(PageError::NotFound)?;
    Ok(New {
        t: chrome.t,
        chrome,
        standing,
        form,
        found,
    })
}
