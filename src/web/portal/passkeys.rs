//! Passkeys: made on a device of the customer's with password and code, shown in place of both at the sign-in, taken off again.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use chrono::NaiveDateTime;
use uuid::Uuid;

use crate::domain::ids::{LoginId, PasskeyId};
use crate::domain::sessions::{Door, TokenHash};
use crate::domain::stamp::Actor;
use crate::i18n::Words;
use crate::secrets::passkeys::{PasskeyError, Passkeys, Question};
use crate::secrets::{Token, random_token};
use crate::store;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::logins::LoginRow;
use crate::store::passkeys::{Challenge, PasskeyRow};
use crate::usecases::logins::LoginError;
use crate::usecases::passkeys::{Asked, MOST, add, ask_any, ask_new, remove, sign_in};
use crate::web::chrome::Chrome;
use crate::web::desk::Desk;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::portal::password::check_password;
use crate::web::portal::sign_in_code::{asks_code, factor_if_asked};
use crate::web::session::{SignedIn, way_back};
use crate::web::{PageError, PageResult, page, page_with, see_other};

/// Where somebody without a session comes back to.
const SIGN_IN: &str = "/sign-in";

/// The most letters of a passkey's name.
const LONGEST_NAME: usize = 60;

#[derive(Template)]
#[template(path = "portal/passkeys/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    form: Form,
    passkeys: Vec<PasskeyRow>,
    asks_code: bool,
    /// Whether devices make passkeys for this house's address, and one more may be made.
    may_add: bool,
    zone: chrono_tz::Tz,
}

impl Index {
    /// An instant in the utility's zone.
    fn local(&self, instant: &NaiveDateTime) -> NaiveDateTime {
        instant.and_utc().with_timezone(&self.zone).naive_local()
    }
}

/// The page on which the device is asked.
#[derive(Template)]
#[template(path = "portal/passkeys/ask.html")]
struct Ask {
    t: Words,
    chrome: Chrome,
    form: Form,
    /// Whether somebody signs in; else a key is made.
    is_sign_in: bool,
    question: Question,
    token: Token,
}

#[derive(Template)]
#[template(path = "portal/passkeys/removal.html")]
struct Removal {
    t: Words,
    chrome: Chrome,
    form: Form,
    passkey: PasskeyRow,
    asks_code: bool,
}

/// The passkeys of this house; none where people reach it by a number.
pub(super) fn passkeys(desk: &Desk) -> Option<Passkeys> {
    Passkeys::at(&desk.app.config.public_url, desk.chrome.t.utility_name())
}

/// GET /security/passkeys
pub async fn index(desk: Desk, customer: SignedIn) -> PageResult {
    let device = desk.new_key(Door::Portal)?.stored.device;
    let name = device.map(|device| device.name).unwrap_or_default();
    let form = Form::default().with("name", name);
    page(&load(&desk, &customer, form).await?)
}

/// POST /security/passkeys/new — with the password, and a code where one is asked for, asks the device for a key.
pub async fn ask(desk: Desk, customer: SignedIn, mut form: Form) -> PageResult {
    let house = passkeys(&desk).ok_or(PageError::NotFound)?;
    let login = check_password(&desk, &customer, &mut form).await?;
    read_name(&mut form, desk.chrome.t);
    let known = list(&desk, login.id).await?;
    let factor = factor_if_asked(&desk, &login, &mut form).await?;
    if !form.is_good() || known.len() >= MOST {
        let view = load(&desk, &customer, form).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    }
    let handle = handle_of(&known);
    let ids: Vec<String> = known.into_iter().map(|row| row.credential_id).collect();
    let question = house
        .ask_new(handle, (&login.email, &login.name), &ids)
        .map_err(PageError::fault)?;
    let (token, asked) = asked(&desk, &question)?;
    let kept = desk.app.db.write(customer.stamp(&desk.app), move |tx| {
        let who = (login.id, login.password_hash.as_str());
        ask_new(tx, who, factor.as_ref(), &handle.to_string(), &asked)
    });
    match kept.await {
        Ok(()) => page(&Ask::of(&desk, &address(&desk), form, (question, token))),
        Err(LoginError::Fault(fault)) => Err(fault.into()),
        Err(_changed_meanwhile) => Err(PageError::Conflict),
    }
}

/// POST /security/passkeys — keeps the key that the device made.
pub async fn create(desk: Desk, customer: SignedIn, mut form: Form) -> PageResult {
    let (house, t) = (passkeys(&desk).ok_or(PageError::NotFound)?, desk.chrome.t);
    let name = read_name(&mut form, t);
    let token = Token::presented(form.value("token")).hash();
    let found = find_challenge(&desk, &token).await?;
    let own = found.filter(|asked| asked.login_id == Some(customer.login_id));
    let made = own.map(|asked| house.check_new(&asked.state, form.exactly("credential")));
    let (Some(Ok(key)), Some(name)) = (made, name) else {
        return see_other_saying(address(&desk), Tone::Bad, t.passkey_not_made());
    };
    let (login, now) = (customer.login_id, desk.now());
    let kept = desk.app.db.write(customer.stamp(&desk.app), move |tx| {
        add(tx, login, &token, (&key, &name), now)
    });
    match kept.await {
        Ok(()) => see_other_saying(address(&desk), Tone::Good, t.passkey_added()),
        Err(LoginError::Fault(fault)) => Err(fault.into()),
        Err(_used_or_known) => see_other_saying(address(&desk), Tone::Bad, t.passkey_not_made()),
    }
}

/// GET /security/passkeys/{id}/removal
pub async fn check_removal(desk: Desk, customer: SignedIn, id: Path<PasskeyId>) -> PageResult {
    match own(&desk, &customer, *id).await? {
        Some(passkey) => page(&Removal::of(&desk, &customer, Form::default(), passkey).await?),
        None => Err(PageError::NotFound),
    }
}

/// POST /security/passkeys/{id}/removal — with the password.
pub async fn destroy(
    desk: Desk,
    customer: SignedIn,
    id: Path<PasskeyId>,
    mut form: Form,
) -> PageResult {
    let Some(passkey) = own(&desk, &customer, *id).await? else {
        return see_other(address(&desk));
    };
    let login = check_password(&desk, &customer, &mut form).await?;
    let factor = factor_if_asked(&desk, &login, &mut form).await?;
    if !form.is_good() {
        let view = Removal::of(&desk, &customer, form, passkey).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    }
    let key = desk.new_key(Door::Portal)?;
    let stored = key.stored.clone();
    let removed = desk.app.db.write(customer.stamp(&desk.app), move |tx| {
        let who = (login.id, login.password_hash.as_str());
        remove(tx, who, factor.as_ref(), passkey.id, &stored)
    });
    match removed.await {
        Ok(()) => desk.let_in(&key, &address(&desk), Some(desk.chrome.t.passkey_removed())),
        Err(LoginError::Fault(fault)) => Err(fault.into()),
        Err(_changed_meanwhile) => Err(PageError::Conflict),
    }
}

/// POST /sign-in/passkey — asks the device for any key that it holds.
pub async fn begin(desk: Desk, form: Form) -> PageResult {
    let house = passkeys(&desk).ok_or(PageError::NotFound)?;
    desk.limits.sign_in(&desk.request)?;
    let question = house.ask_any().map_err(PageError::fault)?;
    let (token, asked) = asked(&desk, &question)?;
    let kept = desk
        .app
        .db
        .write(desk.stamp(), move |tx| ask_any(tx, &asked));
    kept.await?;
    page(&Ask::of(&desk, SIGN_IN, form, (question, token)))
}

/// POST /sign-in/passkey/answer — lets in whoever showed a key of theirs.
pub async fn finish(desk: Desk, form: Form) -> PageResult {
    let t = desk.chrome.t;
    desk.limits.sign_in(&desk.request)?;
    let token = Token::presented(form.value("token")).hash();
    let Some((passkey, login, changed)) = shown(&desk, &token, &form).await? else {
        return see_other_saying(SIGN_IN, Tone::Bad, t.passkey_wrong());
    };
    let key = desk.new_key(Door::Portal)?;
    let stored = key.stored.clone();
    let stamp = desk.stamp_of(Actor::login(login.id, &login.name));
    let signed_in = desk.app.db.write(stamp, move |tx| {
        let who = (login.id, passkey);
        sign_in(tx, who, &token, changed.as_deref(), &stored)
    });
    match signed_in.await {
        Ok(()) => desk.let_in(&key, &way_back(form.value("next"), Door::Portal), None),
        Err(LoginError::Fault(fault)) => Err(fault.into()),
        Err(LoginError::NotVerified) => {
            see_other_saying(SIGN_IN, Tone::Bad, t.sign_in_not_verified())
        }
        Err(_used_meanwhile) => see_other_saying(SIGN_IN, Tone::Bad, t.passkey_wrong()),
    }
}

/// A passkey that was shown, whose sign-in it opens, and the key as it is to be kept from now on.
type Shown = (PasskeyId, LoginRow, Option<String>);

/// The passkey that a device showed, if its answer is right; every other answer is the same nothing.
async fn shown(desk: &Desk, token: &TokenHash, form: &Form) -> Result<Option<Shown>, PageError> {
    let house = passkeys(desk).ok_or(PageError::NotFound)?;
    let answer = form.exactly("credential");
    let Ok((credential_id, handle)) = house.claimed_in(answer) else {
        return Ok(None);
    };
    let asked = find_challenge(desk, token).await?;
    let asked = asked.filter(|asked| asked.login_id.is_none());
    let read = move |conn: &mut Conn| {
        let row = store::passkeys::find(conn, &credential_id)?;
        let Some(row) = row.filter(|row| row.handle == handle) else {
            return Ok(None);
        };
        let login = store::logins::get(conn, row.login_id)?;
        Ok::<_, StoreError>(Some((row, login)))
    };
    let (Some(asked), Some((row, login))) = (asked, desk.app.db.read(read).await?) else {
        return Ok(None);
    };
    match house.check(&asked.state, answer, &row.credential) {
        Ok(changed) => Ok(Some((row.id, login, changed))),
        Err(PasskeyError::Refused(why)) => {
            tracing::info!(%why, "a passkey opened nothing");
            Ok(None)
        }
        Err(PasskeyError::Unreadable(fault)) => Err(PageError::fault(fault)),
    }
}

impl Ask {
    fn of(desk: &Desk, back: &str, form: Form, (question, token): (Question, Token)) -> Self {
        let mut chrome = desk.chrome.clone();
        let is_sign_in = back == SIGN_IN;
        back.clone_into(&mut chrome.path);
        Self {
            t: chrome.t,
            chrome,
            form,
            is_sign_in,
            question,
            token,
        }
    }
}

impl Removal {
    async fn of(
        desk: &Desk,
        customer: &SignedIn,
        form: Form,
        passkey: PasskeyRow,
    ) -> Result<Self, PageError> {
        Ok(Self {
            t: desk.chrome.t,
            chrome: desk.chrome.clone(),
            form,
            passkey,
            asks_code: asks_code(desk, customer.login_id).await?,
        })
    }
}

/// What to call the key, if it is a name.
fn read_name(form: &mut Form, t: Words) -> Option<String> {
    let name = form.required("name", t.form_required())?;
    if name.chars().count() > LONGEST_NAME {
        form.refuse("name", t.passkey_name_long());
        return None;
    }
    Some(name)
}

/// By what devices know somebody: one handle for all keys of a sign-in, which says nothing of it.
fn handle_of(known: &[PasskeyRow]) -> Uuid {
    let kept = known.iter().find_map(|row| row.handle.parse().ok());
    kept.unwrap_or_else(Uuid::new_v4)
}

/// A token for the page, and what is kept of the question.
fn asked(desk: &Desk, question: &Question) -> Result<(Token, Asked), PageError> {
    let token = random_token().map_err(PageError::fault)?;
    let asked = Asked {
        token: token.hash(),
        state: question.state.clone(),
        now: desk.now(),
    };
    Ok((token, asked))
}

async fn find_challenge(desk: &Desk, token: &TokenHash) -> Result<Option<Challenge>, PageError> {
    let (token, now) = (token.clone(), desk.now());
    let find = move |conn: &mut Conn| store::passkeys::find_challenge(conn, &token, now);
    Ok(desk.app.db.read(find).await?)
}

async fn list(desk: &Desk, login: LoginId) -> Result<Vec<PasskeyRow>, PageError> {
    let list = move |conn: &mut Conn| store::passkeys::list(conn, login);
    Ok(desk.app.db.read(list).await?)
}

async fn own(
    desk: &Desk,
    customer: &SignedIn,
    id: PasskeyId,
) -> Result<Option<PasskeyRow>, PageError> {
    let all = list(desk, customer.login_id).await?;
    Ok(all.into_iter().find(|row| row.id == id))
}

async fn load(desk: &Desk, customer: &SignedIn, form: Form) -> Result<Index, PageError> {
    let passkeys_kept = list(desk, customer.login_id).await?;
    let mut chrome = desk.chrome.clone();
    chrome.path = address(desk);
    Ok(Index {
        t: chrome.t,
        chrome,
        form,
        asks_code: asks_code(desk, customer.login_id).await?,
        may_add: passkeys(desk).is_some() && passkeys_kept.len() < MOST,
        passkeys: passkeys_kept,
        zone: desk.app.clock.zone(),
    })
}

fn address(desk: &Desk) -> String {
    format!("/security/passkeys{}", desk.chrome.suffix())
}
