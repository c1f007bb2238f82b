//! Who else may see or do something on an account, and who gets copies: seen, invited, changed and ended by whose account it is.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::app::App;
use crate::domain::access::{Access, Offer};
use crate::domain::customers::Language;
use crate::domain::ids::{AccountNumber, AccountRoleId, InvitationId, LoginId};
use crate::i18n::Words;
use crate::secrets::random_token;
use crate::store::db::Tx;
use crate::store::portal::accounts::{self, Account};
use crate::store::sharing::{InvitationRow, NewInvitation};
use crate::usecases::sharing::{self as deeds, Circle, SharingError};
use crate::web::chrome::Chrome;
use crate::web::closing::close_autopay;
use crate::web::desk::Desk;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::portal::claim::{read_email, read_name};
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page, page_with};

/// Which account.
#[derive(Debug, Deserialize)]
pub struct Asked {
    account: Option<AccountNumber>,
}

#[derive(Template)]
#[template(path = "portal/sharing/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    form: Form,
    account: Account,
    circle: Circle,
    own: LoginId,
    zone: chrono_tz::Tz,
}

impl Index {
    /// The last day of an invitation, in the utility's zone.
    fn last_day(&self, row: &InvitationRow) -> NaiveDate {
        row.ends_at.and_utc().with_timezone(&self.zone).date_naive()
    }

    /// What may be opened to a sign-in whose account it is not.
    fn levels(&self, now: &Access) -> impl Iterator<Item = (Access, bool)> {
        let open = Access::ALL.iter().filter(|level| **level != Access::Owner);
        let now = *now;
        open.map(move |level| (*level, *level == now))
    }

    /// What somebody may be invited to, and whether it is chosen.
    fn offers(&self) -> impl Iterator<Item = (Offer, bool)> {
        let chosen = self.form.value("offer");
        Offer::ALL
            .iter()
            .map(move |offer| (*offer, offer.as_str() == chosen))
    }

    fn languages(&self) -> Vec<(Language, &'static str)> {
        vec![
            (Language::English, self.t.delivery_english()),
            (Language::Spanish, self.t.delivery_spanish()),
        ]
    }
}

/// What the page is about.
struct Loaded {
    account: Account,
    all: Vec<Account>,
    circle: Circle,
    zone: chrono_tz::Tz,
}

impl Loaded {
    fn page(self, chrome: Chrome, form: Form, own: LoginId) -> Index {
        Index {
            t: chrome.t,
            chrome: chrome.about(&self.account, &self.all),
            form,
            account: self.account,
            circle: self.circle,
            own,
            zone: self.zone,
        }
    }
}

/// GET /people
pub async fn index(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    asked: Query<Asked>,
) -> PageResult {
    let loaded = load(&app, &customer, asked.into_inner().account).await?;
    let form = Form::default()
        .with("offer", Offer::View)
        .with("invited_language", chrome.t.language);
    page(&loaded.page(chrome, form, customer.login_id))
}

/// POST /people — invites somebody.
pub async fn invite(desk: Desk, customer: SignedIn, mut form: Form) -> PageResult {
    let (t, chrome) = (desk.chrome.t, desk.chrome.clone());
    let loaded = load(&desk.app, &customer, Some(form.account()?)).await?;
    let name = read_name(t, &mut form);
    let email = read_email(t, &mut form);
    let offer: Option<Offer> = form.parse("offer", t.form_choose());
    let language: Option<Language> = form.parse("invited_language", t.form_choose());
    let (Some(name), Some(email), Some(offer), Some(language)) = (name, email, offer, language)
    else {
        let view = loaded.page(chrome, form, customer.login_id);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let invited = format!("{} {email}", loaded.account.number.as_str());
    desk.limits.mail(&desk.request, &invited)?;
    let new = NewInvitation {
        account_id: loaded.account.id,
        offer,
        name,
        email,
        language,
    };
    let (token, now) = (random_token().map_err(PageError::fault)?, desk.now());
    let stamp = customer.stamp(&desk.app);
    let invited = desk
        .app
        .db
        .write(stamp, move |tx| deeds::invite(tx, &new, (&token, now)));
    let (field, words) = match invited.await {
        Ok(()) => return said(&loaded.account, t.sharing_invited()),
        Err(SharingError::AlreadyThere) => ("email", t.sharing_already()),
        Err(SharingError::Contact(_)) => ("email", t.register_not_an_email()),
        Err(SharingError::TooMany) => ("offer", t.sharing_too_many()),
        Err(SharingError::TooOften) => ("offer", t.sharing_too_often()),
        Err(other) => return Err(refused(other)),
    };
    form.refuse(field, words);
    let view = loaded.page(chrome, form, customer.login_id);
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// POST /people/invitations/{id}/withdrawal
pub async fn withdraw(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    id: Path<InvitationId>,
    form: Form,
) -> PageResult {
    let account = load(&app, &customer, Some(form.account()?)).await?.account;
    let (of, id, now) = (account.id, id.into_inner(), app.clock.world_now());
    done(&app, &customer, move |tx| deeds::withdraw(tx, of, id, now)).await?;
    said(&account, chrome.t.sharing_withdrawn())
}

/// POST /people/logins/{id} — opens the account further or less far, or closes it.
pub async fn change(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    login: Path<LoginId>,
    form: Form,
) -> PageResult {
    let account = load(&app, &customer, Some(form.account()?)).await?.account;
    let (of, login, now) = (account.id, login.into_inner(), app.clock.world_now());
    if form.has("end") {
        done(&app, &customer, move |tx| deeds::end(tx, of, login, now)).await?;
        close_autopay(&app, of).await;
        return said(&account, chrome.t.sharing_ended());
    }
    let access: Access = form
        .value("access")
        .parse()
        .map_err(|_unknown| PageError::Unreadable)?;
    done(&app, &customer, move |tx| {
        deeds::change(tx, of, login, access)
    })
    .await?;
    close_autopay(&app, of).await;
    said(&account, chrome.t.sharing_saved())
}

/// POST /people/copies/{id}/end
pub async fn end_copies(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    part: Path<AccountRoleId>,
    form: Form,
) -> PageResult {
    let account = load(&app, &customer, Some(form.account()?)).await?.account;
    let (of, part) = (account.id, part.into_inner());
    done(&app, &customer, move |tx| deeds::end_copies(tx, of, part)).await?;
    said(&account, chrome.t.sharing_copies_ended())
}

/// POST /people/leave — whoever was invited wants to see the account no more.
pub async fn leave(app: Data<App>, customer: SignedIn, chrome: Chrome, form: Form) -> PageResult {
    let (scope, number) = (customer.scope.clone(), form.account()?);
    let found = app
        .db
        .read(move |conn| accounts::choose(conn, &scope, Some(&number)));
    let (account, _) = found.await?;
    let (of, login, now) = (account.id, customer.login_id, app.clock.world_now());
    done(&app, &customer, move |tx| deeds::leave(tx, of, login, now)).await?;
    close_autopay(&app, of).await;
    see_other_saying("/", Tone::Good, chrome.t.sharing_left())
}

async fn load(
    app: &App,
    customer: &SignedIn,
    wanted: Option<AccountNumber>,
) -> Result<Loaded, PageError> {
    let (scope, zone) = (customer.scope.clone(), app.clock.zone());
    let (on, now) = (app.clock.today(), app.clock.world_now());
    app.db
        .read(move |conn| {
            let (account, all) = accounts::choose(conn, &scope, wanted.as_ref())?;
            let circle = Circle::read(conn, account.id, on, now)?;
            Ok::<_, PageError>(Loaded {
                account,
                all,
                circle,
                zone,
            })
        })
        .await
}

async fn done(
    app: &App,
    customer: &SignedIn,
    deed: impl FnMut(&mut Tx<'_>) -> Result<(), SharingError> + Send + 'static,
) -> Result<(), PageError> {
    let written = app.db.write(customer.stamp(app), deed);
    written.await.map_err(refused)
}

/// What no page of ours offers is not found.
pub(super) fn refused(error: SharingError) -> PageError {
    match error {
        SharingError::Fault(fault) => fault.into(),
        SharingError::OwnerStays => PageError::NotFound,
        SharingError::AlreadyThere
        | SharingError::TooMany
        | SharingError::TooOften
        | SharingError::Contact(_)
        | SharingError::LinkSpent
        | SharingError::HasSignIn
        | SharingError::People(_) => PageError::fault(error),
    }
}

fn said(account: &Account, words: &str) -> PageResult {
    let address = format!("/people{}", account.suffix());
    see_other_saying(address, Tone::Good, words)
}
