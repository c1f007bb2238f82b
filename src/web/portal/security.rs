//! Where somebody is signed in, ending it elsewhere, and another address for the sign-in.

use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;
use chrono::NaiveDateTime;

use crate::domain::ids::LoginId;
use crate::domain::sessions::{Door, TokenHash};
use crate::domain::stamp::Actor;
use crate::i18n::Words;
use crate::secrets::{Password, Token, random_token};
use crate::store;
use crate::store::db::Conn;
use crate::store::sessions::{Holder, SessionRow};
use crate::usecases::login_email;
use crate::usecases::logins::LoginError;
use crate::usecases::sessions::{end_one, end_others};
use crate::web::chrome::Chrome;
use crate::web::desk::Desk;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::portal::claim::{Link, Told, read_email};
use crate::web::portal::passkeys::passkeys;
use crate::web::portal::password::check_password;
use crate::web::portal::sign_in_code::{asks_code, factor_if_asked};
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page, page_with};

#[derive(Template)]
#[template(path = "portal/profile/security.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    email: String,
    has_authenticator: bool,
    /// How many recovery codes are left.
    codes_left: i64,
    passkeys: usize,
    offers_passkeys: bool,
    sessions: Vec<SessionRow>,
    own: String,
    zone: chrono_tz::Tz,
}

impl Show {
    fn is_own(&self, session: &SessionRow) -> bool {
        session.key == self.own
    }

    /// When it was last used, in the utility's zone.
    fn seen(&self, session: &SessionRow) -> NaiveDateTime {
        self.local(session.seen_at)
    }

    /// When it began, in the utility's zone.
    fn begun(&self, session: &SessionRow) -> NaiveDateTime {
        self.local(session.created_at)
    }

    fn local(&self, instant: NaiveDateTime) -> NaiveDateTime {
        instant.and_utc().with_timezone(&self.zone).naive_local()
    }
}

#[derive(Template)]
#[template(path = "portal/profile/email.html")]
struct Edit {
    t: Words,
    chrome: Chrome,
    form: Form,
    asks_code: bool,
}

impl Edit {
    async fn of(desk: &Desk, login: LoginId, form: Form) -> Result<Self, PageError> {
        Ok(Self {
            t: desk.chrome.t,
            chrome: desk.chrome.clone(),
            form,
            asks_code: asks_code(desk, login).await?,
        })
    }
}

#[derive(Template)]
#[template(path = "portal/profile/email_proof.html")]
struct Prove {
    t: Words,
    chrome: Chrome,
    form: Form,
    email: String,
}

impl Prove {
    fn of(desk: &Desk, form: Form, email: String) -> Self {
        Self {
            t: desk.chrome.t,
            chrome: desk.chrome.clone(),
            form,
            email,
        }
    }
}

/// GET /security
pub async fn show(desk: Desk, customer: SignedIn) -> PageResult {
    let (login, now) = (customer.login_id, desk.now());
    let (chrome, zone) = (desk.chrome.clone(), desk.app.clock.zone());
    let offers_passkeys = passkeys(&desk).is_some();
    let read = move |conn: &mut Conn| {
        let row = store::authenticators::find(conn, Holder::Login(login))?;
        Ok::<_, PageError>(Show {
            t: chrome.t,
            chrome,
            email: store::logins::get(conn, login)?.email,
            has_authenticator: row.is_some_and(|row| row.is_in_use()),
            codes_left: store::recovery_codes::count_left(conn, login)?,
            passkeys: store::passkeys::list(conn, login)?.len(),
            offers_passkeys,
            sessions: store::sessions::list_of_login(conn, login, now)?,
            own: customer.key.as_str().to_owned(),
            zone,
        })
    };
    page(&desk.app.db.read(read).await?)
}

/// POST /security/sessions — ends one of them, or all but this one.
pub async fn end(desk: Desk, customer: SignedIn, form: Form) -> PageResult {
    let (login, own, now) = (customer.login_id, customer.key.clone(), desk.now());
    let which = form.value("session").to_owned();
    let is_own = which == own.as_str();
    let ended = desk.app.db.write(customer.stamp(&desk.app), move |tx| {
        if which == "others" {
            end_others(tx, login, &own, now)
        } else {
            end_one(tx, login, &TokenHash::of_hex(which.clone()), now)
        }
    });
    ended.await?;
    if is_own {
        return desk.let_out(Door::Portal, "/sign-in");
    }
    desk.ended_elsewhere();
    see_other_saying(address(&desk), Tone::Good, desk.chrome.t.security_ended())
}

/// GET /email
pub async fn edit(desk: Desk, customer: SignedIn) -> PageResult {
    page(&Edit::of(&desk, customer.login_id, Form::default()).await?)
}

/// POST /email — asks for another address, with the password, and a code where codes are asked for.
pub async fn update(desk: Desk, customer: SignedIn, mut form: Form) -> PageResult {
    let t = desk.chrome.t;
    let login = check_password(&desk, &customer, &mut form).await?;
    let email = read_email(t, &mut form);
    if email.as_deref() == Some(login.email.as_str()) {
        form.refuse("email", t.email_same());
    }
    let factor = factor_if_asked(&desk, &login, &mut form).await?;
    let Some(email) = email.filter(|_| form.is_good()) else {
        let view = Edit::of(&desk, login.id, form).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    desk.limits.mail(&desk.request, &email)?;
    let (token, now) = (random_token().map_err(PageError::fault)?, desk.now());
    let asked = desk.app.db.write(customer.stamp(&desk.app), move |tx| {
        let who = (login.id, login.password_hash.as_str());
        login_email::ask(tx, who, factor.as_ref(), &email, (&token, now))
    });
    match asked.await {
        Ok(()) => see_other_saying(address(&desk), Tone::Good, t.email_asked()),
        Err(LoginError::Fault(fault)) => Err(fault.into()),
        Err(_changed_meanwhile) => Err(PageError::Conflict),
    }
}

/// GET /email/verify — opens the mailed link; nothing changes before the button is pressed.
pub async fn prove(desk: Desk, link: Query<Link>) -> PageResult {
    let (token, now) = (Token::presented(&link.token).hash(), desk.now());
    let look = desk
        .app
        .db
        .read(move |conn| login_email::find_asked(conn, &token, now));
    let Some((_, email)) = look.await? else {
        return page_with(StatusCode::GONE, &Told::spent(&desk, "/email"));
    };
    let form = Form::default().with("token", &link.token);
    page(&Prove::of(&desk, form, email))
}

/// POST /email/verify — with the password: the link alone, which may have gone to a mistyped address, changes nothing.
pub async fn confirm(desk: Desk, mut form: Form) -> PageResult {
    desk.limits.sign_in(&desk.request)?;
    let (token, now) = (Token::presented(form.value("token")).hash(), desk.now());
    let looked_for = token.clone();
    let look = desk
        .app
        .db
        .read(move |conn| login_email::find_asked(conn, &looked_for, now));
    let Some((login, email)) = look.await? else {
        return page_with(StatusCode::GONE, &Told::spent(&desk, "/email"));
    };
    let password = Password::typed(form.exactly("password"));
    let stored = Some(login.password_hash.clone());
    if !desk.is_right(&login.email, password, stored).await? {
        form.refuse("password", desk.chrome.t.verify_wrong());
        let view = Prove::of(&desk, form, email);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    }
    let stamp = desk.stamp_of(Actor::login(login.id, &login.name));
    let changed = desk.app.db.write(stamp, move |tx| {
        login_email::confirm(tx, &token, &login.password_hash, now)
    });
    desk.ended_elsewhere();
    match changed.await {
        Ok(()) => see_other_saying("/sign-in", Tone::Good, desk.chrome.t.email_changed()),
        Err(LoginError::Fault(fault)) => Err(fault.into()),
        Err(_spent) => page_with(StatusCode::GONE, &Told::spent(&desk, "/email")),
    }
}

fn address(desk: &Desk) -> String {
    format!("/security{}", desk.chrome.suffix())
}
