//! The people on an account, how they are reached, and how the account is billed and told: as it is, and as it was.

use std::collections::HashSet;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDate;

use crate::app::App;
use crate::domain::accounts::{AccountRole, AccountStatus, Delivery};
use crate::domain::customers::{ContactKind, ContactRefused, Language};
use crate::domain::ids::{AccountRoleId, ContactPointId, CustomerId};
use crate::domain::notice::Channel;
use crate::domain::responsibility::NameChangeKind;
use crate::i18n::Words;
use crate::store::accounts::{self, AccountRow, AccountStatusRow};
use crate::store::alerts::list_failing;
use crate::store::coming_addresses::{self, ComingRow};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::name_changes::{NameChangeRow, list_names};
use crate::store::parts::{self, ContactRow, FormerRow, PartRow};
use crate::usecases::accounts::addresses;
use crate::usecases::accounts::names::{LONGEST_DOCUMENT, NameChange, NameError};
use crate::usecases::accounts::people::{self, PeopleError, Person};
use crate::usecases::accounts::settings::{Settings, SettingsError};
use crate::usecases::seen::{self, Unseen};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::people_seen;
use crate::web::office::subject::{self, Subject};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

/// What is known of the people on an account.
struct Known {
    account: AccountRow,
    statuses: Vec<AccountStatusRow>,
    parts: Vec<PartRow>,
    contacts: Vec<ContactRow>,
    former: Vec<FormerRow>,
    renamed: Vec<NameChangeRow>,
    /// Addresses from which mail comes back.
    failing: HashSet<String>,
}

fn load(conn: &mut Conn, subject: &Subject, on: NaiveDate) -> Result<Known, StoreError> {
    let id = subject.label.id;
    let parts = parts::list(conn, id, on)?;
    let customers: Vec<CustomerId> = parts.iter().map(|part| part.customer.id).collect();
    let contacts = parts::list_contacts(conn, &customers)?;
    let addresses: Vec<String> = contacts
        .iter()
        .map(|row| row.value.to_lowercase())
        .collect();
    Ok(Known {
        account: accounts::get(conn, id)?,
        statuses: accounts::list_statuses(conn, id)?,
        failing: list_failing(conn, Channel::Email, &addresses)?,
        contacts,
        former: parts::list_former(conn, &customers)?,
        renamed: list_names(conn, &customers)?,
        parts,
    })
}

#[derive(Template)]
#[template(path = "office/people/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    form: Form,
    subject: Subject,
    known: Known,
    today: NaiveDate,
    zone: chrono_tz::Tz,
}

impl Index {
    fn contacts<'a>(&'a self, part: &'a PartRow) -> impl Iterator<Item = &'a ContactRow> {
        let of = move |row: &&ContactRow| row.customer_id == part.customer.id;
        self.known.contacts.iter().filter(of)
    }

    fn former<'a>(&'a self, part: &'a PartRow) -> impl Iterator<Item = &'a FormerRow> {
        let of = move |row: &&FormerRow| row.customer_id == part.customer.id;
        self.known.former.iter().filter(of)
    }

    /// Why the customer is called otherwise since a day.
    fn renamed<'a>(&'a self, part: &'a PartRow) -> impl Iterator<Item = &'a NameChangeRow> {
        let of = move |row: &&NameChangeRow| row.customer_id == part.customer.id;
        self.known.renamed.iter().filter(of)
    }

    fn is_failing(&self, contact: &ContactRow) -> bool {
        self.known.failing.contains(&contact.value.to_lowercase())
    }

    /// Since when the contact is proved, in the utility's zone.
    fn proved_on(&self, contact: &ContactRow) -> Option<NaiveDate> {
        let at = contact.verified_at?;
        Some(at.and_utc().with_timezone(&self.zone).date_naive())
    }

    /// Whether notices go there because the customer chose so.
    fn is_chosen(&self, contact: &ContactRow) -> bool {
        contact.primary_at.is_some() && contact.until_on.is_none()
    }

    /// Whether it is not known which of several places a landlord rents out.
    fn lacks_place(&self, part: &PartRow) -> bool {
        part.role == AccountRole::Landlord && part.place.is_none() && self.is_present(part)
    }

    fn is_present(&self, part: &PartRow) -> bool {
        part.until_on.is_none_or(|until| until > self.today)
    }

    fn languages(&self) -> Vec<(Language, String)> {
        languages(self.t)
    }

    /// The standings that may follow the present one.
    fn next(&self) -> Vec<(AccountStatus, String)> {
        let now = self.known.account.status;
        AccountStatus::ALL
            .iter()
            .filter(|next| now.may_become(**next))
            .map(|next| (*next, self.t.account_status(next.as_str())))
            .collect()
    }
}

/// The languages that somebody may read.
pub(super) fn languages(t: Words) -> Vec<(Language, String)> {
    let words = |language: &Language| (*language, t.people_language(language.as_str()));
    Language::ALL.iter().map(words).collect()
}

/// GET /office/accounts/{number}/people
pub async fn index(app: Data<App>, chrome: Chrome, path: Path<String>) -> PageResult {
    shown(&app, chrome, &path, None).await
}

pub(super) async fn shown(
    app: &App,
    chrome: Chrome,
    number: &str,
    sent: Option<Form>,
) -> PageResult {
    let found = subject::find(app, number).await?;
    let today = app.clock.today();
    let (subject, known) = app
        .db
        .read(move |conn| {
            let known = load(conn, &found, today)?;
            Ok::<_, StoreError>((found, known))
        })
        .await?;
    let status = sent.as_ref().map_or(StatusCode::OK, Form::refusal);
    let ticked = |is_on: bool| if is_on { "yes" } else { "" };
    let form = sent.unwrap_or_else(|| {
        Form::default()
            .with("bill_language", known.account.language)
            .with("paper", ticked(known.account.paper))
            .with("email", ticked(known.account.email))
            .with("moved_on", today)
            .seen(&["bill_language", "paper", "email"])
    });
    let view = Index {
        t: chrome.t,
        chrome,
        form,
        subject,
        known,
        today,
        zone: app.clock.zone(),
    };
    page_with(status, &view)
}

/// POST /office/accounts/{number}/settings
pub async fn update_settings(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let account = subject::find(&app, &path).await?.label.id;
    let Some(language) = form.parse("bill_language", t.form_choose()) else {
        return shown(&app, chrome, &path, Some(form)).await;
    };
    let new = Settings {
        language,
        delivery: Delivery::of(form.has("paper"), form.has("email")),
    };
    let looked_at = people_seen::settings(&form);
    let change = move |tx: &mut Tx<'_>| seen::settings(tx, account, (looked_at, new));
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => return saved(&path, t),
        Err(Unseen::Refused(SettingsError::Fault(fault))) => return Err(fault.into()),
        Err(Unseen::Refused(SettingsError::NoEmail)) => {
            form.refuse("email", t.people_no_email());
        }
        Err(Unseen::Refused(SettingsError::ReachesNobody)) => {
            form.refuse("paper", t.people_reaches_nobody());
        }
        Err(Unseen::ChangedSince(now)) => people_seen::settings_changed(&mut form, t, *now),
    }
    shown(&app, chrome, &path, Some(form)).await
}

pub(super) fn saved(number: &str, t: Words) -> PageResult {
    let address = format!("/office/accounts/{number}/people");
    see_other_saying(address, Tone::Good, t.people_saved())
}

/// What the form says of somebody.
pub(super) fn read_person(form: &mut Form, t: Words) -> Option<Person> {
    let optional = |form: &Form, field: &str| {
        Some(form.value(field).to_owned()).filter(|text| !text.is_empty())
    };
    let name = form.required("name", t.form_required());
    let language = form.parse::<Language>("language", t.form_choose());
    Some(Person {
        name: name?,
        given_name: optional(form, "given_name"),
        language: language?,
        mailing_address: optional(form, "mailing_address"),
    })
}

/// Notes on the form why nothing was changed; a fault goes on.
pub(super) fn refuse(form: &mut Form, t: Words, refused: PeopleError) -> Result<(), PageError> {
    match refused {
        PeopleError::NameMissing => form.refuse("name", t.form_required()),
        PeopleError::AddressTooLong => {
            form.refuse("mailing_address", t.people_address_lines());
        }
        PeopleError::Contact(ContactRefused::NotAnAddress) => {
            form.refuse("value", t.people_not_an_address());
        }
        PeopleError::Contact(ContactRefused::NotANumber) => {
            form.refuse("value", t.people_not_a_number());
        }
        PeopleError::ContactKnown => form.refuse("value", t.people_contact_known()),
        PeopleError::PartKnown | PeopleError::MainStays => {
            form.refuse("role", t.people_part_known());
        }
        PeopleError::OutsideOfAccount => form.refuse("from_on", t.people_outside()),
        PeopleError::PlaceMissing => form.refuse("place", t.people_place_missing()),
        PeopleError::Fault(fault) => return Err(fault.into()),
    }
    Ok(())
}

#[derive(Template)]
#[template(path = "office/people/edit.html")]
struct Edit {
    t: Words,
    chrome: Chrome,
    form: Form,
    subject: Subject,
    customer: CustomerId,
    name: String,
    /// Where mail goes from a day to come.
    coming: Option<ComingRow>,
}

impl Edit {
    fn name_kinds(&self) -> Vec<(NameChangeKind, String)> {
        let words = |kind: &NameChangeKind| (*kind, self.t.name_change_kind(kind.as_str()));
        NameChangeKind::ALL.iter().map(words).collect()
    }

    fn languages(&self) -> Vec<(Language, String)> {
        languages(self.t)
    }

    fn kinds(&self) -> Vec<(ContactKind, String)> {
        let words = |kind: &ContactKind| (*kind, self.t.contact_kind(kind.as_str()));
        ContactKind::ALL.iter().map(words).collect()
    }
}

/// GET /office/accounts/{number}/people/{customer}
pub async fn edit(app: Data<App>, chrome: Chrome, path: Path<(String, CustomerId)>) -> PageResult {
    let (number, customer) = path.into_inner();
    edit_view(&app, chrome, (&number, customer), None).await
}

async fn edit_view(
    app: &App,
    chrome: Chrome,
    (number, customer): (&str, CustomerId),
    sent: Option<Form>,
) -> PageResult {
    let found = subject::find(app, number).await?;
    let today = app.clock.today();
    let (subject, part, coming) = app
        .db
        .read(move |conn| {
            let parts = parts::list(conn, found.label.id, today)?;
            let part = parts.into_iter().find(|part| part.customer.id == customer);
            let part = part.ok_or(StoreError::Missing("part"))?;
            let coming = coming_addresses::find(conn, customer)?;
            Ok::<_, StoreError>((found, part, coming))
        })
        .await?;
    let status = sent.as_ref().map_or(StatusCode::OK, Form::refusal);
    let row = part.customer;
    let form = sent.unwrap_or_else(|| {
        Form::default()
            .with("name", &row.name)
            .with("given_name", row.given_name.as_deref().unwrap_or_default())
            .with("language", row.language)
            .with("name_kind", NameChangeKind::Correction)
            .with(
                "mailing_address",
                row.mailing_address.as_deref().unwrap_or_default(),
            )
            .seen(&["name", "given_name", "language", "mailing_address"])
    });
    let view = Edit {
        t: chrome.t,
        chrome,
        form,
        subject,
        customer,
        name: row.name,
        coming,
    };
    page_with(status, &view)
}

/// POST /office/accounts/{number}/people/{customer}/coming-address/withdrawal — mail stays where it goes.
pub async fn keep_address(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<(String, CustomerId)>,
) -> PageResult {
    let (number, customer) = path.into_inner();
    let account = subject::find(&app, &number).await?.label.id;
    let keep = move |tx: &mut Tx<'_>| addresses::keep_address(tx, account, customer);
    match app.db.write(staff.stamp(&app), keep).await {
        Ok(()) => saved(&number, chrome.t),
        Err(PeopleError::Fault(fault)) => Err(fault.into()),
        Err(refused) => Err(PageError::fault(refused)),
    }
}

/// POST /office/accounts/{number}/people/{customer}
pub async fn update(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<(String, CustomerId)>,
    mut form: Form,
) -> PageResult {
    let (number, customer) = path.into_inner();
    let t = chrome.t;
    let account = subject::find(&app, &number).await?.label.id;
    let person = read_person(&mut form, t);
    let kind = form.parse::<NameChangeKind>("name_kind", t.form_choose());
    let from_on = form.day_if_any("name_from", t.form_not_a_date());
    let (Some(person), Some(kind), true) = (person, kind, form.is_good()) else {
        return edit_view(&app, chrome, (&number, customer), Some(form)).await;
    };
    let why = NameChange {
        kind,
        from_on,
        document: form.value("name_document").to_owned(),
    };
    let (looked_at, of) = (people_seen::person(&form), (account, customer));
    let change = move |tx: &mut Tx<'_>| seen::person(tx, of, (looked_at.as_ref(), (&person, &why)));
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => return saved(&number, t),
        Err(Unseen::ChangedSince(now)) => people_seen::person_changed(&mut form, t, &now),
        Err(Unseen::Refused(refused)) => refuse_name(&mut form, t, refused)?,
    }
    edit_view(&app, chrome, (&number, customer), Some(form)).await
}

fn refuse_name(form: &mut Form, t: Words, refused: NameError) -> Result<(), PageError> {
    match refused {
        NameError::Fault(fault) => return Err(fault.into()),
        NameError::Person(refused) => refuse(form, t, refused)?,
        NameError::DayMissing => form.refuse("name_from", t.name_change_day_missing()),
        NameError::DocumentMissing => {
            form.refuse("name_document", t.name_change_document_missing());
        }
        NameError::DocumentTooLong => {
            form.refuse("name_document", t.hold_words_long(LONGEST_DOCUMENT));
        }
    }
    Ok(())
}

/// POST /office/accounts/{number}/people/{customer}/contacts
pub async fn create_contact(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<(String, CustomerId)>,
    mut form: Form,
) -> PageResult {
    let (number, customer) = path.into_inner();
    let t = chrome.t;
    let account = subject::find(&app, &number).await?.label.id;
    let kind = form.parse::<ContactKind>("kind", t.form_choose());
    let value = form.required("value", t.form_required());
    let (Some(kind), Some(value)) = (kind, value) else {
        return edit_view(&app, chrome, (&number, customer), Some(form)).await;
    };
    let add = move |tx: &mut Tx<'_>| people::add_contact(tx, account, customer, (kind, &value));
    match app.db.write(staff.stamp(&app), add).await {
        Ok(()) => saved(&number, t),
        Err(refused) => {
            refuse(&mut form, t, refused)?;
            edit_view(&app, chrome, (&number, customer), Some(form)).await
        }
    }
}

/// POST /office/accounts/{number}/people/{customer}/contacts/{id}/end
pub async fn end_contact(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<(String, CustomerId, ContactPointId)>,
) -> PageResult {
    let (number, customer, id) = path.into_inner();
    let account = subject::find(&app, &number).await?.label.id;
    let end = move |tx: &mut Tx<'_>| people::end_contact(tx, account, customer, id);
    match app.db.write(staff.stamp(&app), end).await {
        Ok(()) => saved(&number, chrome.t),
        Err(PeopleError::Fault(fault)) => Err(fault.into()),
        Err(refused) => Err(PageError::fault(refused)),
    }
}

/// POST /office/accounts/{number}/parts/{id}/end — somebody's part ends today.
pub async fn end_part(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<(String, AccountRoleId)>,
) -> PageResult {
    let (number, id) = path.into_inner();
    let account = subject::find(&app, &number).await?.label.id;
    let today = app.clock.today();
    let end = move |tx: &mut Tx<'_>| people::end_part(tx, account, id, today);
    match app.db.write(staff.stamp(&app), end).await {
        Ok(()) => saved(&number, chrome.t),
        Err(PeopleError::MainStays) => Err(PageError::Conflict),
        Err(PeopleError::Fault(fault)) => Err(fault.into()),
        Err(refused) => Err(PageError::fault(refused)),
    }
}
