//! The ways to reach a customer, seen and kept by the customer: each with whether it is proved and what goes there; one added by a code, one
//! chosen, one removed.

use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::alerts::{masked_number, text_number};
use crate::domain::customers::ContactKind;
use crate::domain::ids::{AccountNumber, ContactPointId};
use crate::i18n::Words;
use crate::secrets::{Token, random_digits};
use crate::store::contact_points::ContactPoint;
use crate::store::portal::accounts::{self, Account};
use crate::usecases::contacts::{self as deeds, ContactError, Keeper, Way, Ways};
use crate::web::chrome::Chrome;
use crate::web::desk::Desk;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::portal::alerts::has_texts;
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page, page_with};

/// The part of the page that a refusal leads to where it is of none of its fields.
const LIST: &str = "contacts";

/// Which account.
#[derive(Debug, Deserialize)]
pub struct Asked {
    account: Option<AccountNumber>,
}

#[derive(Template)]
#[template(path = "portal/profile/contacts.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    form: Form,
    account: Account,
    ways: Ways,
    has_texts: bool,
    zone: chrono_tz::Tz,
}

impl Index {
    /// Whether texts can be sent there, so that a code can prove it and notices go there.
    fn is_reachable(&self, way: &Way) -> bool {
        way.is_email() || self.has_texts
    }

    /// Since when it is proved, in the utility's zone.
    fn proved_on(&self, point: &ContactPoint) -> Option<NaiveDate> {
        let at = point.verified_at?;
        Some(at.and_utc().with_timezone(&self.zone).date_naive())
    }

    /// Whether notices go to every address, for none was chosen.
    fn goes_to_all(&self) -> bool {
        !self.ways.is_any_chosen() && self.ways.addresses() > 1
    }

    /// Whether the sign-in's address is none of the customer's.
    fn signs_in_elsewhere(&self) -> bool {
        !self.ways.all.iter().any(|way| way.is_sign_in)
    }

    /// Where the code went, in words.
    fn waits_for(&self) -> Option<String> {
        let proof = self.ways.waiting.as_ref()?;
        Some(match proof.kind {
            ContactKind::Email => self.t.contacts_waits_email(&proof.value),
            ContactKind::Phone => self.t.contacts_waits_phone(masked_number(&proof.value)),
        })
    }
}

/// What the page is about.
struct Loaded {
    account: Account,
    all: Vec<Account>,
    ways: Ways,
    keeper: Keeper,
}

/// GET /contacts
pub async fn index(desk: Desk, customer: SignedIn, asked: Query<Asked>) -> PageResult {
    let loaded = load(&desk, &customer, asked.into_inner().account).await?;
    page(&view(&desk, loaded, Form::default()))
}

/// POST /contacts — an address or number to be reached at; a code goes to it.
pub async fn create(desk: Desk, customer: SignedIn, mut form: Form) -> PageResult {
    let loaded = load(&desk, &customer, Some(form.account()?)).await?;
    let t = desk.chrome.t;
    let (kind, field) = if form.has("number") {
        (ContactKind::Phone, "number")
    } else {
        (ContactKind::Email, "email")
    };
    if kind == ContactKind::Phone && !has_texts(&desk) {
        return Err(PageError::NotFound);
    }
    let Some(typed) = form.required(field, t.form_required()) else {
        return refused(&desk, loaded, form);
    };
    let known_by = text_number(&typed).unwrap_or_else(|| typed.to_lowercase());
    desk.limits.mail(&desk.request, &known_by)?;
    let code = random_digits().map_err(PageError::fault)?;
    let (keeper, now) = (loaded.keeper, desk.now());
    let given = desk.app.db.write(customer.stamp(&desk.app), move |tx| {
        deeds::give(tx, keeper, (kind, &typed), (&code, now))
    });
    match given.await {
        Ok(()) => said(&loaded.account, t.contacts_code_sent()),
        Err(why) => {
            form.refuse(field, words(t, why, kind)?);
            refused(&desk, loaded, form)
        }
    }
}

/// POST /contacts/code — the code that was sent.
pub async fn prove(desk: Desk, customer: SignedIn, mut form: Form) -> PageResult {
    let loaded = load(&desk, &customer, Some(form.account()?)).await?;
    let t = desk.chrome.t;
    let code = Token::presented(form.value("code"));
    let (keeper, now) = (loaded.keeper, desk.now());
    let proved = desk.app.db.write(customer.stamp(&desk.app), move |tx| {
        deeds::prove(tx, keeper, &code, now)
    });
    if !proved.await.map_err(fault)? {
        form.refuse("code", t.contacts_code_wrong());
        return refused(&desk, loaded, form);
    }
    said(&loaded.account, t.contacts_proved())
}

/// POST /contacts/code/withdrawal — what waits for its code is not wanted.
pub async fn withdraw(desk: Desk, customer: SignedIn, form: Form) -> PageResult {
    let loaded = load(&desk, &customer, Some(form.account()?)).await?;
    let keeper = loaded.keeper;
    let withdrawn = desk.app.db.write(customer.stamp(&desk.app), move |tx| {
        deeds::withdraw(tx, keeper)
    });
    withdrawn.await.map_err(fault)?;
    said(&loaded.account, desk.chrome.t.contacts_withdrawn())
}

/// POST /contacts/{id}/choice — notices of its channel go there from now on; texts with a yes to the words beside it.
pub async fn choose(
    desk: Desk,
    customer: SignedIn,
    id: Path<ContactPointId>,
    mut form: Form,
) -> PageResult {
    let loaded = load(&desk, &customer, Some(form.account()?)).await?;
    let (t, id) = (desk.chrome.t, id.into_inner());
    let kind = kind_of(&loaded, id)?;
    if kind == ContactKind::Phone && !has_texts(&desk) {
        return Err(PageError::NotFound);
    }
    if kind == ContactKind::Phone && !form.has("agreed") {
        form.refuse(LIST, t.alerts_consent_needed());
        return refused(&desk, loaded, form);
    }
    let (keeper, consent) = (loaded.keeper, t.alerts_consent());
    let chosen = desk.app.db.write(customer.stamp(&desk.app), move |tx| {
        deeds::choose(tx, keeper, id, consent)
    });
    match chosen.await {
        Ok(()) => said(&loaded.account, t.contacts_chosen()),
        Err(why) => {
            form.refuse(LIST, words(t, why, kind)?);
            refused(&desk, loaded, form)
        }
    }
}

/// POST /contacts/{id}/removal
pub async fn remove(
    desk: Desk,
    customer: SignedIn,
    id: Path<ContactPointId>,
    mut form: Form,
) -> PageResult {
    let loaded = load(&desk, &customer, Some(form.account()?)).await?;
    let (t, id) = (desk.chrome.t, id.into_inner());
    let (keeper, pressed) = (loaded.keeper, t.contacts_remove_yes());
    let removed = desk.app.db.write(customer.stamp(&desk.app), move |tx| {
        deeds::remove(tx, keeper, id, pressed)
    });
    match removed.await {
        Ok(()) => said(&loaded.account, t.contacts_removed()),
        Err(why) => {
            form.refuse(LIST, words(t, why, ContactKind::Email)?);
            refused(&desk, loaded, form)
        }
    }
}

/// What kind the way is, which must be one of those shown.
fn kind_of(loaded: &Loaded, id: ContactPointId) -> Result<ContactKind, PageError> {
    let found = loaded.ways.all.iter().find(|way| way.point.id == id);
    found.map(|way| way.point.kind).ok_or(PageError::NotFound)
}

/// Why it was refused, in words; a fault is none.
fn words(t: Words, why: ContactError, kind: ContactKind) -> Result<&'static str, PageError> {
    Ok(match why {
        ContactError::Contact(_) if kind == ContactKind::Phone => t.alerts_number_wrong(),
        ContactError::Contact(_) => t.register_not_an_email(),
        ContactError::Known => t.contacts_known(),
        ContactError::TooMany => t.contacts_too_many(),
        ContactError::NotProved => t.contacts_not_proved(),
        ContactError::ComesBack => t.contacts_comes_back(),
        ContactError::Stopped => t.contacts_stopped(),
        ContactError::OfSignIn => t.contacts_of_sign_in(),
        ContactError::LastForBills => t.contacts_last_for_bills(),
        ContactError::Fault(fault) => return Err(fault.into()),
    })
}

fn fault(why: ContactError) -> PageError {
    match why {
        ContactError::Fault(fault) => fault.into(),
        other => PageError::fault(other),
    }
}

fn address(account: &Account) -> String {
    format!("/contacts{}", account.suffix())
}

fn said(account: &Account, text: &str) -> PageResult {
    see_other_saying(address(account), Tone::Good, text)
}

fn view(desk: &Desk, loaded: Loaded, form: Form) -> Index {
    let mut chrome = desk.chrome.clone().about(&loaded.account, &loaded.all);
    // Refused where nothing is shown: the language is switched on the page itself.
    chrome.path = address(&loaded.account);
    Index {
        t: desk.chrome.t,
        chrome,
        form,
        account: loaded.account,
        ways: loaded.ways,
        has_texts: has_texts(desk),
        zone: desk.app.clock.zone(),
    }
}

fn refused(desk: &Desk, loaded: Loaded, form: Form) -> PageResult {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view(desk, loaded, form))
}

async fn load(
    desk: &Desk,
    customer: &SignedIn,
    wanted: Option<AccountNumber>,
) -> Result<Loaded, PageError> {
    let (scope, login) = (customer.scope.clone(), customer.login_id);
    let (on, now) = (desk.app.clock.today(), desk.now());
    desk.app
        .db
        .read(move |conn| {
            let (account, all) = accounts::choose(conn, &scope, wanted.as_ref())?;
            let keeper = Keeper {
                login,
                account: account.id,
            };
            Ok::<_, PageError>(Loaded {
                ways: deeds::list(conn, keeper, (on, now))?,
                account,
                all,
                keeper,
            })
        })
        .await
}
