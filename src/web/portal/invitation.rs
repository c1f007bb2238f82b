//! The link by which somebody is invited to an account: to see it, to pay it, to look after it, or to get copies. Opening it changes nothing.

use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;

use crate::domain::access::Offer;
use crate::domain::ids::AccountNumber;
use crate::domain::sessions::{Door, TokenHash};
use crate::i18n::Words;
use crate::secrets::Token;
use crate::store::logins;
use crate::store::sharing::InvitationRow;
use crate::usecases::sharing::{self as deeds, Newcomer, SharingError};
use crate::web::chrome::Chrome;
use crate::web::desk::Desk;
use crate::web::form::Form;
use crate::web::portal::claim::{Link, Told, read_name, read_new_password};
use crate::web::portal::sharing::refused;
use crate::web::session::{SignedIn, visitor_stamp};
use crate::web::{PageError, PageResult, page, page_with};

#[derive(Template)]
#[template(path = "portal/sharing/invitation.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    form: Form,
    found: Found,
}

impl Show {
    fn of(desk: &Desk, form: Form, found: Found) -> Self {
        let mut chrome = desk.chrome.clone();
        // Refused where nothing is shown: the language is switched on the invitation.
        chrome.path = format!("/invitation?token={}", form.value("token"));
        Self {
            t: chrome.t,
            chrome,
            form,
            found,
        }
    }
}

/// What a link opens.
#[derive(Debug, Clone)]
struct Found {
    row: InvitationRow,
    account: AccountNumber,
    /// Whether the address it was mailed to has a sign-in.
    has_sign_in: bool,
}

/// GET /invitation
pub async fn show(desk: Desk, link: Query<Link>) -> PageResult {
    let Some(found) = find(&desk, &link.token).await? else {
        return spent(&desk);
    };
    let form = Form::default()
        .with("token", &link.token)
        .with("name", &found.row.name);
    page(&Show::of(&desk, form, found))
}

/// POST /invitation/acceptance — by somebody who is signed in; copies need no sign-in.
pub async fn accept(desk: Desk, customer: Option<SignedIn>, form: Form) -> PageResult {
    let Some(found) = find(&desk, form.value("token")).await? else {
        return spent(&desk);
    };
    let (t, token) = (desk.chrome.t, hash(&form));
    if found.row.offer == Offer::Copies {
        let now = desk.now();
        let stamp = visitor_stamp(&desk.app, &desk.request);
        let taken = desk
            .app
            .db
            .write(stamp, move |tx| deeds::accept_copies(tx, &token, now));
        return match taken.await {
            Ok(()) => page(&Told::said(
                &desk,
                t.invitation_copies_title(),
                t.invitation_copies_text(),
            )),
            Err(SharingError::LinkSpent) => spent(&desk),
            Err(other) => Err(refused(other)),
        };
    }
    let Some(customer) = customer else {
        return page(&Show::of(&desk, form, found));
    };
    let key = desk.new_key(Door::Portal)?;
    let (stored, login) = (key.stored.clone(), customer.login_id);
    let stamp = customer.stamp(&desk.app);
    let accepted = desk
        .app
        .db
        .write(stamp, move |tx| deeds::accept(tx, &token, login, &stored));
    match accepted.await {
        Ok(_account) => {
            let home = format!("/?account={}", found.account.as_str());
            desk.let_in(&key, &home, Some(t.invitation_accepted()))
        }
        Err(SharingError::LinkSpent) => spent(&desk),
        Err(SharingError::AlreadyThere) => {
            let mut form = form;
            form.refuse("token", t.invitation_already());
            let view = Show::of(&desk, form, found);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(other) => Err(refused(other)),
    }
}

/// POST /invitation/registration — a sign-in for somebody who has none; the link has proved the address.
pub async fn register(desk: Desk, mut form: Form) -> PageResult {
    let Some(found) = find(&desk, form.value("token")).await? else {
        return spent(&desk);
    };
    let t = desk.chrome.t;
    let name = read_name(t, &mut form);
    let password = read_new_password(t, &mut form);
    let (Some(name), Some(password)) = (name, password) else {
        let view = Show::of(&desk, form, found);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let newcomer = Newcomer {
        name,
        password_hash: desk.hash(password).await?,
        language: t.language,
    };
    let key = desk.new_key(Door::Portal)?;
    let (stored, token) = (key.stored.clone(), hash(&form));
    let joined = desk.app.db.write(desk.stamp(), move |tx| {
        deeds::join(tx, &token, &newcomer, &stored)
    });
    match joined.await {
        Ok(()) => desk.let_in(&key, "/", Some(t.invitation_accepted())),
        Err(SharingError::LinkSpent) => spent(&desk),
        Err(SharingError::HasSignIn) => {
            let found = Found {
                has_sign_in: true,
                ..found
            };
            let view = Show::of(&desk, form, found);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(other) => Err(refused(other)),
    }
}

/// POST /invitation/refusal
pub async fn decline(desk: Desk, form: Form) -> PageResult {
    let (token, now) = (hash(&form), desk.now());
    let declined = desk
        .app
        .db
        .write(desk.stamp(), move |tx| deeds::decline(tx, &token, now));
    let t = desk.chrome.t;
    match declined.await {
        Ok(()) => page(&Told::said(
            &desk,
            t.invitation_declined_title(),
            t.invitation_declined_text(),
        )),
        Err(SharingError::LinkSpent) => spent(&desk),
        Err(other) => Err(refused(other)),
    }
}

fn hash(form: &Form) -> TokenHash {
    Token::presented(form.value("token")).hash()
}

async fn find(desk: &Desk, token: &str) -> Result<Option<Found>, PageError> {
    let token = Token::presented(token).hash();
    let day = (desk.app.clock.today(), desk.now());
    desk.app
        .db
        .read(move |conn| {
            let Some(row) = deeds::find(conn, &token, day)? else {
                return Ok(None);
            };
            let known = logins::find_by_email(conn, &row.email)?;
            Ok::<_, PageError>(Some(Found {
                account: logins::account_number(conn, row.account_id)?,
                has_sign_in: known.is_some_and(|login| login.email_verified_at.is_some()),
                row,
            }))
        })
        .await
}

fn spent(desk: &Desk) -> PageResult {
    let t = desk.chrome.t;
    let view = Told::said(desk, t.invitation_spent_title(), t.invitation_spent_text());
    page_with(StatusCode::GONE, &view)
}
