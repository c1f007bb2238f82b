//! Somebody new takes a part on an account; a landlord, with the place that they rent out.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;

use crate::app::App;
use crate::domain::accounts::AccountRole;
use crate::domain::customers::{CustomerKind, Language};
use crate::domain::ids::PremiseId;
use crate::i18n::Words;
use crate::store::db::Conn;
use crate::store::premises;
use crate::usecases::accounts::people::{self, Whom};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::people::{languages, read_person, refuse};
use crate::web::office::subject::{self, Subject};
use crate::web::session::StaffMember;
use crate::web::{PageResult, page_with};

#[derive(Template)]
#[template(path = "office/people/new.html")]
struct New {
    t: Words,
    chrome: Chrome,
    form: Form,
    subject: Subject,
    /// The places of the account, one of which a landlord rents out.
    places: Vec<(PremiseId, String)>,
}

impl New {
    fn places(&self) -> Vec<(String, String)> {
        let none = (String::new(), self.t.people_place_none().to_owned());
        let places = self.places.iter();
        let places = places.map(|(id, line)| (id.to_string(), line.clone()));
        std::iter::once(none).chain(places).collect()
    }

    fn roles(&self) -> Vec<(AccountRole, String)> {
        let words = |role: &AccountRole| (*role, self.t.account_role(role.as_str()));
        // Whoever takes the account itself on does so on a page of its own, with their consent.
        let roles = AccountRole::ALL.iter();
        roles
            .filter(|role| **role != AccountRole::Main)
            .map(words)
            .collect()
    }

    fn kinds(&self) -> Vec<(CustomerKind, String)> {
        let words = |kind: &CustomerKind| (*kind, self.t.people_kind(kind.as_str()));
        CustomerKind::ALL.iter().map(words).collect()
    }

    fn languages(&self) -> Vec<(Language, String)> {
        languages(self.t)
    }
}

/// GET /office/accounts/{number}/people/new
pub async fn new(app: Data<App>, chrome: Chrome, path: Path<String>) -> PageResult {
    let form = Form::default()
        .with("role", AccountRole::Authorized)
        .with("from_on", app.clock.today());
    new_view(&app, chrome, &path, form, StatusCode::OK).await
}

async fn new_view(
    app: &App,
    chrome: Chrome,
    number: &str,
    form: Form,
    status: StatusCode,
) -> PageResult {
    let subject = subject::find(app, number).await?;
    let id = subject.label.id;
    let places = app.db.read(move |conn: &mut Conn| {
        let places = premises::list_served(conn, id)?;
        premises::list_lines(conn, &places)
    });
    let view = New {
        t: chrome.t,
        chrome,
        form,
        subject,
        places: places.await?,
    };
    page_with(status, &view)
}

/// POST /office/accounts/{number}/people — somebody new takes a part on the account.
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let account = subject::find(&app, &path).await?.label.id;
    let role = form.parse::<AccountRole>("role", t.form_choose());
    let kind = form.parse::<CustomerKind>("kind", t.form_choose());
    let from_on = form.day("from_on", t.form_not_a_date());
    let person = read_person(&mut form, t);
    let premise = form.parse_if_any::<PremiseId>("place", t.form_choose());
    if role == Some(AccountRole::Main) {
        form.refuse("role", t.responsible_elsewhere());
    }
    let (Some(role), Some(kind), Some(from_on), Some(person), true) =
        (role, kind, from_on, person, form.is_good())
    else {
        return new_view(&app, chrome, &path, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let (whom, now) = (Whom::New(kind, person), app.clock.world_now());
    let added = app.db.write(staff.stamp(&app), move |tx| match premise {
        Some(premise) if role == AccountRole::Landlord => {
            people::note_landlord(tx, account, (premise, &whom), (from_on, now))
        }
        Some(_) | None => people::add_part(tx, account, (role, &whom), (from_on, now)),
    });
    match added.await {
        Ok(customer) => {
            let address = format!("/office/accounts/{path}/people/{customer}");
            see_other_saying(address, Tone::Good, t.people_saved())
        }
        Err(refused) => {
            refuse(&mut form, t, refused)?;
            new_view(&app, chrome, &path, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}
