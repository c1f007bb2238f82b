//! Moving out, in, or from one place to another: one form with the services here and there, a look at what it comes to, one button. From the
//! account screen, and from a customer's request.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::app::App;
use crate::domain::ids::{PremiseId, RequestNumber};
use crate::domain::moves::{ReadFate, ends_on};
use crate::domain::requests::{LONGEST_WORDS, RequestKind};
use crate::domain::staff::Permission;
use crate::i18n::{Words, words};
use crate::store::db::Tx;
use crate::store::places::{Occupant, Place};
use crate::usecases::accounts::moves::{Consent, Done, MoveError, NewMove, carry_out};
use crate::usecases::billing::tariffs::TariffShelf;
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::move_check::{Check, Said};
use crate::web::office::move_data::{Around, Wanted};
use crate::web::office::move_form::{
    Fields, NewService, OldService, ReadField, Unusual, first, read, typed_day,
};
use crate::web::office::move_words::{names, refuse, to_customer};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

/// The request that is carried out, where the address names one.
#[derive(Debug, Deserialize)]
pub struct Asked {
    request: Option<String>,
}

#[derive(Template)]
#[template(path = "office/moves/edit.html")]
struct Edit {
    t: Words,
    chrome: Chrome,
    form: Form,
    around: Around,
    fields: Fields,
    today: NaiveDate,
    may_read: bool,
}

impl Edit {
    /// What is said of a place that was found: its services, and who is served there until when.
    fn services_of(&self, place: &Place) -> String {
        names(self.t, place.services.iter().map(|one| one.as_str()))
    }

    fn served(&self, one: &Occupant) -> String {
        let number = one.number.to_string();
        match (one.gives_way, one.until_on) {
            (true, _) => self.t.move_served_landlord(number),
            (false, Some(until)) => {
                let last = until.pred_opt().unwrap_or(until);
                self.t.move_served_until(one.name.as_str(), number, last)
            }
            (false, None) => self.t.move_served(one.name.as_str(), number),
        }
    }

    fn is_chosen(&self, place: &Place) -> bool {
        self.form.value("premise") == place.id.to_string()
    }

    fn label(&self, old: &OldService) -> String {
        let name = self.t.service_name(old.service.commodity.as_str());
        format!(
            "{name}, {} · {}",
            old.service.address, old.service.rate_code
        )
    }

    fn new_label(&self, new: &NewService) -> String {
        self.t.service_name(new.point.commodity.as_str())
    }

    fn rates(&self, new: &NewService) -> Vec<(String, String)> {
        let mut all = vec![(String::new(), self.t.move_choose_rate().to_owned())];
        all.extend(new.rates.iter().cloned());
        all
    }

    fn mails(&self) -> Vec<(&'static str, String)> {
        ["keep", "place", "address"]
            .iter()
            .map(|word| (*word, self.t.move_mail_choice(word)))
            .collect()
    }

    /// What the field of a read says beside its name: what the register showed last, and what happens where nothing is entered.
    fn hint(&self, one: &ReadField) -> String {
        let t = self.t;
        let last = one
            .register
            .latest
            .as_ref()
            .map_or_else(String::new, |read| {
                let day = t.date(read.on);
                format!("{}. ", t.read_last(read.value.to_string(), day))
            });
        let day = if one.is_end {
            typed_day(&self.form, "stop_on").map(ends_on)
        } else {
            typed_day(&self.form, "start_on")
        };
        let unentered = self.form.clone().with(&one.field, "");
        let fate = one.fate(&unentered, day.unwrap_or(self.today));
        format!("{last}{}", t.move_read_without(fate.as_str()))
    }

    /// Whether a read may be typed: by whoever may, and where the meter does not tell by itself.
    fn is_typed(&self, one: &ReadField) -> bool {
        let told = one.fate(&self.form.clone().with(&one.field, ""), self.today);
        self.may_read && (told != ReadFate::Reported || one.unusual.is_some())
    }
}

type At = (Data<TariffShelf>, Path<String>);

/// GET /office/accounts/{number}/move
pub async fn show(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    (shelf, path): At,
    asked: Query<Asked>,
) -> PageResult {
    let today = app.clock.today();
    let request = match &asked.request {
        Some(text) => Some(request_of(text)?),
        None => None,
    };
    may(&staff, request.is_some())?;
    let wanted = Wanted {
        request,
        ..Wanted::default()
    };
    let around = Around::load(&app, &shelf, &path, wanted.clone()).await?;
    let form = first(&around, today);
    let q = form.value("q").to_owned();
    if q.is_empty() {
        return edit(chrome, &staff, (around, form), (Unusual::new(), today));
    }
    let wanted = Wanted { q, ..wanted };
    let around = Around::load(&app, &shelf, &path, wanted.clone()).await?;
    let (around, form) = choose(&app, (&shelf, &path), (around, wanted), (chrome.t, form)).await?;
    edit(chrome, &staff, (around, form), (Unusual::new(), today))
}

/// Chooses the one place that was found, where nobody else is served, so that its services are shown at once.
async fn choose(
    app: &App,
    (shelf, number): (&Data<TariffShelf>, &str),
    (around, wanted): (Around, Wanted),
    (t, form): (Words, Form),
) -> Result<(Around, Form), PageError> {
    let only = match around.found.as_slice() {
        [place] if place.occupants.iter().all(|one| one.gives_way) => Some(place.id),
        _ => None,
    };
    let Some(premise) = only else {
        return Ok((around, form));
    };
    let wanted = Wanted {
        premise: Some(premise),
        ..wanted
    };
    let around = Around::load(app, shelf, number, wanted).await?;
    let today = app.clock.today();
    let form = form.with("premise", premise).with("placed", premise);
    let fields = Fields::of(&around, t, (&form, &Unusual::new()), today);
    let form = fields.suggest(form, today);
    Ok((around, form))
}

/// POST /office/accounts/{number}/move — find a place, show what it offers, look at what it comes to, do it.
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    (shelf, path): At,
    form: Form,
) -> PageResult {
    let (t, today) = (chrome.t, app.clock.today());
    let request = match form.value("request") {
        "" => None,
        text => Some(request_of(text)?),
    };
    may(&staff, request.is_some())?;
    let premise: Option<PremiseId> = match form.value("premise") {
        "" => None,
        text => Some(text.parse().map_err(|_not_ours| PageError::NotFound)?),
    };
    let wanted = Wanted {
        request,
        premise,
        q: form.value("q").to_owned(),
    };
    let around = Around::load(&app, &shelf, &path, wanted.clone()).await?;
    let step = form.value("step").to_owned();
    if step == "search" && premise.is_none() {
        let found = choose(&app, (&shelf, &path), (around, wanted), (t, form)).await?;
        return edit(chrome, &staff, found, (Unusual::new(), today));
    }
    let is_new_place = form.value("premise") != form.value("placed");
    let mut form = form;
    if let Some(premise) = premise.filter(|_| is_new_place) {
        let fields = Fields::of(&around, t, (&form, &Unusual::new()), today);
        form = fields.suggest(form.with("placed", premise), today);
    }
    match step.as_str() {
        "look" | "do" => carried(&app, chrome, &staff, around, form).await,
        _ => edit(chrome, &staff, (around, form), (Unusual::new(), today)),
    }
}

/// Looks at the move; does it where the form says that it was looked at.
async fn carried(
    app: &App,
    chrome: Chrome,
    staff: &StaffMember,
    around: Around,
    mut form: Form,
) -> PageResult {
    let (t, today) = (chrome.t, app.clock.today());
    let fields = Fields::of(&around, t, (&form, &Unusual::new()), today);
    let Some(new) = read(&mut form, t, (&around, &fields), today) else {
        return edit(chrome, staff, (around, form), (Unusual::new(), today));
    };
    if !new.reads.is_empty() && !staff.may(Permission::EnterRead) {
        return Err(PageError::Forbidden(Permission::EnterRead.as_str()));
    }
    let is_sure = form.value("step") == "do";
    let wrong_words = around.request.as_ref().filter(|_| is_sure);
    let wrong_words = wrong_words.and_then(|_| wrong_words_of(form.value("words"), t));
    let consent = if is_sure && wrong_words.is_none() {
        Consent::Seen {
            seal: form.value("seal").to_owned(),
            words: form.value("words").to_owned(),
        }
    } else {
        Consent::Look
    };
    let (account, zone, asked) = (around.account.id, app.clock.zone(), new.clone());
    let work = move |tx: &mut Tx<'_>| carry_out(tx, zone, account, &asked, &consent);
    match app.db.write(staff.stamp(app), work).await {
        Ok(_) => done(t, &around),
        Err(MoveError::Shown(done)) => {
            if let Some(wrong) = wrong_words {
                form.refuse("words", wrong);
            }
            check(chrome, (around, fields), form, (&new, &done, today))
        }
        Err(MoveError::Changed(done)) => {
            form.refuse("seal", t.move_changed());
            check(chrome, (around, fields), form, (&new, &done, today))
        }
        Err(refused) => {
            let unusual = refuse(&mut form, t, (&around, &fields), refused)?;
            edit(chrome, staff, (around, form), (unusual, today))
        }
    }
}

/// What is wrong with the words that a customer is to read.
fn wrong_words_of(typed: &str, t: Words) -> Option<String> {
    if typed.is_empty() {
        Some(t.request_words_missing().to_owned())
    } else {
        let is_long = typed.chars().count() > LONGEST_WORDS;
        is_long.then(|| t.request_too_long(LONGEST_WORDS))
    }
}

/// Back to where it was asked for, with a word that it is done.
fn done(t: Words, around: &Around) -> PageResult {
    match &around.request {
        Some(row) => {
            let address = format!("/office/requests/{}", row.number);
            see_other_saying(address, Tone::Good, t.move_done_told())
        }
        None => see_other_saying(around.subject.address(), Tone::Good, t.move_done()),
    }
}

fn edit(
    chrome: Chrome,
    staff: &StaffMember,
    (around, form): (Around, Form),
    (unusual, today): (Unusual, NaiveDate),
) -> PageResult {
    let status = if form.is_good() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let view = Edit {
        t: chrome.t,
        fields: Fields::of(&around, chrome.t, (&form, &unusual), today),
        chrome,
        form,
        around,
        today,
        may_read: staff.may(Permission::EnterRead),
    };
    page_with(status, &view)
}

fn check(
    chrome: Chrome,
    (around, fields): (Around, Fields),
    form: Form,
    (new, done, today): (&NewMove, &Done, NaiveDate),
) -> PageResult {
    let t = chrome.t;
    let status = if form.is_good() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let said = Said {
        t,
        around: &around,
        fields: &fields,
        form: &form,
        new,
        done,
        today,
    };
    let own = words(around.account.language);
    let to_tell = around
        .request
        .as_ref()
        .map(|_| to_customer(own, &around, (new, done)));
    let (ends, begins, bills) = (said.ends(), said.begins(), said.bills());
    let (mail, notices) = (said.mail(), said.notices());
    let form = match &to_tell {
        Some(words) if form.problem("words").is_none() => form.with("words", words),
        Some(_) | None => form,
    };
    let view = Check {
        t,
        ends,
        begins,
        bills,
        mail,
        notices,
        words: to_tell,
        seal: done.seal(),
        chrome,
        form,
        around,
    };
    page_with(status, &view)
}

fn request_of(text: &str) -> Result<RequestNumber, PageError> {
    text.parse().map_err(|_not_ours| PageError::NotFound)
}

/// Whether a request of this kind is carried out here.
#[must_use]
pub const fn is_carried_out(kind: RequestKind) -> bool {
    matches!(
        kind,
        RequestKind::StartService | RequestKind::StopService | RequestKind::Move
    )
}

/// Whoever carries a request out works requests, and whoever changes where mail goes looks after people.
fn may(staff: &StaffMember, has_request: bool) -> Result<(), PageError> {
    let needed = [
        (true, Permission::EditPeople),
        (has_request, Permission::WorkRequests),
    ];
    for (is_needed, permission) in needed {
        if is_needed && !staff.may(permission) {
            return Err(PageError::Forbidden(permission.as_str()));
        }
    }
    Ok(())
}
