//! Somebody proves that an account is theirs: to set up a sign-in, or to add the account to the one they have. Each refusal is the same
//! whether the number, the amount or the code is wrong, and whether or not there is such an account or address.

use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use crate::domain::customers::{Language, may_greet};
use crate::domain::sessions::{Door, Stage};
use crate::domain::stamp::Actor;
use crate::i18n::Words;
use crate::secrets::{Password, Token, random_code, random_token};
use crate::store::logins::{NewLogin, email_key};
use crate::usecases::logins::{
    Claim, LoginError, Proof, claim_account, find_to_verify, register, request_code, verify_email,
};
use crate::web::chrome::Chrome;
use crate::web::desk::Desk;
use crate::web::form::Form;
use crate::web::limits::Guess;
use crate::web::session::{NewSessionKey, SignedIn};
use crate::web::{PageError, PageResult, page, page_with, see_other};

/// The token of a mailed link.
#[derive(Debug, Deserialize)]
pub struct Link {
    #[serde(default)]
    pub(super) token: String,
}

#[derive(Template)]
#[template(path = "portal/claim/register.html")]
struct Register {
    t: Words,
    chrome: Chrome,
    form: Form,
}

#[derive(Template)]
#[template(path = "portal/claim/verify.html")]
struct Verify {
    t: Words,
    chrome: Chrome,
    form: Form,
}

#[derive(Template)]
#[template(path = "portal/claim/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    form: Form,
}

#[derive(Template)]
#[template(path = "portal/claim/code.html")]
struct Code {
    t: Words,
    chrome: Chrome,
    form: Form,
}

/// A page that only tells something, and where to go next.
#[derive(Template)]
#[template(path = "portal/claim/told.html")]
pub(super) struct Told {
    t: Words,
    chrome: Chrome,
    icon: &'static str,
    title: &'static str,
    text: &'static str,
    next: Option<(&'static str, &'static str)>,
}

impl Told {
    /// Look into your mail.
    pub(super) fn mailed(desk: &Desk, title: &'static str, text: &'static str) -> Self {
        Self {
            t: desk.chrome.t,
            chrome: desk.chrome.clone(),
            icon: "mail",
            title,
            text,
            next: None,
        }
    }

    /// Something was said or done, and there is nothing to do next.
    pub(super) fn said(desk: &Desk, title: &'static str, text: &'static str) -> Self {
        Self {
            t: desk.chrome.t,
            chrome: desk.chrome.clone(),
            icon: "users",
            title,
            text,
            next: None,
        }
    }

    /// The link opens no more; begin again there.
    pub(super) fn spent(desk: &Desk, again: &'static str) -> Self {
        let t = desk.chrome.t;
        Self {
            t,
            chrome: desk.chrome.clone(),
            icon: "triangle-alert",
            title: t.link_spent_title(),
            text: t.link_spent_text(),
            next: Some((again, t.link_spent_again())),
        }
    }
}

macro_rules! view {
    ($view:ident, $desk:expr, $form:expr) => {
        $view {
            t: $desk.chrome.t,
            chrome: $desk.chrome.clone(),
            form: $form,
        }
    };
}
pub(super) use view;

/// GET /register
pub async fn new(desk: Desk) -> PageResult {
    page(&view!(Register, desk, Form::default()))
}

/// POST /register — a sign-in for somebody who proves an account; the link that finishes it is mailed.
pub async fn create(desk: Desk, mut form: Form) -> PageResult {
    let t = desk.chrome.t;
    let claim = read_claim(&desk, &mut form);
    let name = read_name(t, &mut form);
    let email = read_email(t, &mut form);
    let password = read_new_password(t, &mut form);
    let (Some(claim), Some(name), Some(email), Some(password)) = (claim, name, email, password)
    else {
        let view = view!(Register, desk, form);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let guess = count_claim(&desk, &form, &claim)?;
    let new = NewLogin {
        email,
        name,
        password_hash: desk.hash(password).await?,
        language: t.language,
    };
    let token = random_token().map_err(PageError::fault)?;
    let registered = desk
        .app
        .db
        .write(desk.stamp(), move |tx| register(tx, &new, &claim, &token));
    match registered.await {
        Ok(()) => {
            desk.limits.was_right(&desk.request, guess);
            see_other("/register/sent")
        }
        Err(LoginError::Fault(fault)) => Err(fault.into()),
        Err(_not_proved) => {
            form.refuse("account", t.register_not_proved());
            let view = view!(Register, desk, form);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
    }
}

/// GET /register/sent
pub async fn sent(desk: Desk) -> PageResult {
    let t = desk.chrome.t;
    let view = Told::mailed(&desk, t.register_sent_title(), t.register_sent_text());
    page(&view)
}

/// GET /verify — opens the mailed link; nothing changes before the button is pressed, so no mail scanner uses it up.
pub async fn verify(desk: Desk, link: Query<Link>) -> PageResult {
    let (token, now) = (Token::presented(&link.token).hash(), desk.now());
    let look = desk
        .app
        .db
        .read(move |conn| find_to_verify(conn, &token, now));
    if look.await?.is_none() {
        return page_with(StatusCode::GONE, &Told::spent(&desk, "/register"));
    }
    let form = Form::default().with("token", &link.token);
    page(&view!(Verify, desk, form))
}

/// POST /verify — proves the address and signs in.
pub async fn confirm(desk: Desk, mut form: Form) -> PageResult {
    desk.limits.sign_in(&desk.request)?;
    let (token, now) = (Token::presented(form.value("token")).hash(), desk.now());
    let looked_for = token.clone();
    let look = desk
        .app
        .db
        .read(move |conn| find_to_verify(conn, &looked_for, now));
    let Some(login) = look.await? else {
        return page_with(StatusCode::GONE, &Told::spent(&desk, "/register"));
    };
    let password = Password::typed(form.exactly("password"));
    let stored = Some(login.password_hash.clone());
    if !desk.is_right(&login.email, password, stored).await? {
        form.refuse("password", desk.chrome.t.verify_wrong());
        let view = view!(Verify, desk, form);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    }
    let key = desk.new_key(Door::Portal)?;
    let stored = key.stored.clone();
    let stamp = desk.stamp_of(Actor::login(login.id, &login.name));
    let verified = desk.app.db.write(stamp, move |tx| {
        verify_email(tx, &token, &login.password_hash, &stored)
    });
    match verified.await {
        Ok((stage, bills_in)) => {
            let t = desk.chrome.t;
            let_in_at(
                &desk,
                &key,
                stage,
                &with_language(t, t.verify_done(), bills_in),
            )
        }
        Err(LoginError::Fault(fault)) => Err(fault.into()),
        Err(_spent) => page_with(StatusCode::GONE, &Told::spent(&desk, "/register")),
    }
}

/// On to the first page, or to the code that is still to come.
pub(super) fn let_in_at(desk: &Desk, key: &NewSessionKey, stage: Stage, said: &str) -> PageResult {
    match stage {
        Stage::Full => desk.let_in(key, "/", Some(said)),
        Stage::Totp => desk.let_in(key, "/sign-in/code", None),
    }
}

/// What was done, and in which language the bills come from now on, where that changed with it.
fn with_language(t: Words, done: &str, bills_in: Option<Language>) -> String {
    bills_in.map_or_else(
        || done.to_owned(),
        |language| format!("{done} {}", t.claim_bills_in(language.as_str())),
    )
}

/// GET /claim
pub async fn show(desk: Desk) -> PageResult {
    page(&view!(Show, desk, Form::default()))
}

/// POST /claim — adds an account to the sign-in.
pub async fn add(desk: Desk, customer: SignedIn, mut form: Form) -> PageResult {
    let t = desk.chrome.t;
    let Some(claim) = read_claim(&desk, &mut form) else {
        let view = view!(Show, desk, form);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let guess = count_claim(&desk, &form, &claim)?;
    let claimed_number = claim.number.clone();
    let key = desk.new_key(Door::Portal)?;
    let stored = key.stored.clone();
    let (stamp, login_id) = (customer.stamp(&desk.app), customer.login_id);
    let claimed = desk.app.db.write(stamp, move |tx| {
        claim_account(tx, login_id, &claim, &stored)
    });
    match claimed.await {
        Ok(bills_in) => {
            desk.limits.was_right(&desk.request, guess);
            let number = claimed_number.map(|number| format!("?account={}", number.as_str()));
            let home = format!("/{}", number.unwrap_or_default());
            let said = with_language(t, t.claim_done(), bills_in);
            desk.let_in(&key, &home, Some(&said))
        }
        Err(LoginError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => {
            let words = match refusal {
                LoginError::AlreadyHeld => t.claim_held(),
                _ => t.register_not_proved(),
            };
            form.refuse("account", words);
            let view = view!(Show, desk, form);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
    }
}

/// GET /claim/code
pub async fn code(desk: Desk) -> PageResult {
    page(&view!(Code, desk, Form::default()))
}

/// POST /claim/code — a letter with a code to the account's own address, whoever asks; the answer is always the same.
pub async fn send_code(desk: Desk, mut form: Form) -> PageResult {
    let t = desk.chrome.t;
    desk.limits.mail(&desk.request, form.value("account"))?;
    let Some(typed) = form.required("account", t.form_required()) else {
        let view = view!(Code, desk, form);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let (code, now) = (random_code().map_err(PageError::fault)?, desk.now());
    let number = typed.parse().ok();
    let asked = desk.app.db.write(desk.stamp(), move |tx| {
        request_code(tx, number.as_ref(), &code, now)
    });
    match asked.await {
        Ok(()) => see_other("/claim/code/sent"),
        Err(LoginError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => Err(PageError::fault(refusal)),
    }
}

/// GET /claim/code/sent
pub async fn code_sent(desk: Desk) -> PageResult {
    let t = desk.chrome.t;
    let view = Told::mailed(&desk, t.claim_code_sent_title(), t.claim_code_sent_text());
    page(&view)
}

/// What is no number, no amount or no code of ours is refused by the use case, together with what does not match.
fn read_claim(desk: &Desk, form: &mut Form) -> Option<Claim> {
    let t = desk.chrome.t;
    let account = form.required("account", t.form_required());
    let proof = form.required("proof", t.form_required());
    let (account, proof) = (account?, proof?);
    let amount = proof.parse().ok().map(Proof::LastBill);
    Some(Claim {
        number: account.parse().ok(),
        proof: Some(amount.unwrap_or_else(|| Proof::Code(Token::presented(&proof)))),
        now: desk.now(),
    })
}

/// A claim that is about to be looked at counts; a form that is not filled in tells nobody anything.
fn count_claim(desk: &Desk, form: &Form, claim: &Claim) -> Result<Guess, PageError> {
    let guess = match claim.proof {
        Some(Proof::LastBill(amount)) => Guess::Amount(amount),
        Some(Proof::Code(_)) | None => Guess::Code,
    };
    let account = form.value("account");
    desk.limits.claim(&desk.request, account, guess)?;
    Ok(guess)
}

/// A name by which mails of ours may greet somebody.
pub(super) fn read_name(t: Words, form: &mut Form) -> Option<String> {
    let name = form.required("name", t.form_required())?;
    if !may_greet(&name) {
        form.refuse("name", t.sharing_not_a_name());
        return None;
    }
    Some(name)
}

/// An address as it is stored, if it looks like one.
pub(super) fn read_email(t: Words, form: &mut Form) -> Option<String> {
    let email = email_key(&form.required("email", t.form_required())?);
    let is_one = email.len() <= 254
        && email
            .chars()
            .all(|letter| !letter.is_whitespace() && !letter.is_control())
        && email
            .rsplit_once('@')
            .is_some_and(|(before, host)| !before.is_empty() && host.contains('.'));
    if !is_one {
        form.refuse("email", t.register_not_an_email());
        return None;
    }
    Some(email)
}

/// A password that may become somebody's.
pub(super) fn read_new_password(t: Words, form: &mut Form) -> Option<Password> {
    let password = Password::typed(form.exactly("new_password"));
    if !password.is_acceptable() {
        form.refuse("new_password", t.register_weak_password());
        return None;
    }
    Some(password)
}
