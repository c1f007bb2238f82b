//! Who asks. A middleware finds the session of the cookie once for each request; handlers take `SignedIn` (a customer) or `StaffMember`.
//!
//! The cookie's key is random and stored only as a hash; it is replaced at every sign-in and change of what it opens. Sessions count by the
//! world's clock. A visitor without a session has a random cookie too, from which the token of the visitor's forms is made.

use std::future::{Ready, ready};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::cookie::Cookie;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use chrono::{NaiveDateTime, TimeDelta};
use tracing_actix_web::RequestId;

use crate::app::App;
use crate::domain::customers::Language;
use crate::domain::ids::{LoginId, StaffId};
use crate::domain::scope::Scope;
use crate::domain::sessions::{Door, TokenHash};
use crate::domain::staff::{Permission, Role};
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::secrets::{Token, random_token};
use crate::store::calls::OpenCall;
use crate::store::error::StoreError;
use crate::store::sessions::{self, OfficeSession, PortalSession, Session};
use crate::usecases::sessions::{NewKey, keep_alive as note_use};
use crate::web::PageError;
use crate::web::chrome::{OnCall, Visitor, Who};
use crate::web::cookies::{cookie, cookie_name, visitor_cookie_name};
use crate::web::devices;

/// A session's use is noted once in this long at the most: a busy page costs no write a click.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// A customer who is signed in. As an argument of a handler it sends everybody else to the sign-in page.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The login.
    pub login_id: LoginId,
    /// What we call the customer.
    pub name: String,
    /// The language of the pages.
    pub language: Language,
    /// The accounts that may be seen: every query of the portal takes it.
    pub scope: Scope,
    /// The session, for an event stream that ends with it.
    pub key: TokenHash,
    request_id: Option<String>,
}

/// Somebody of the office who is signed in; the route's permission was checked at the door.
#[derive(Debug, Clone)]
pub struct StaffMember {
    /// The row.
    pub id: StaffId,
    /// The name.
    pub name: String,
    /// The job.
    pub role: Role,
    /// The language of the pages.
    pub language: Language,
    /// The session, for an event stream that ends with it.
    pub key: TokenHash,
    request_id: Option<String>,
}

/// Somebody whose password was right and whose code is still to come: of the office by a `StaffId`, a customer by a `LoginId`.
#[derive(Debug, Clone, Copy)]
pub struct HalfSignedIn<Id> {
    /// The row.
    pub id: Id,
}

impl SignedIn {
    /// Who acts and when, for a change.
    #[must_use]
    pub fn stamp(&self, app: &App) -> Stamp {
        app.stamp(
            Actor::login(self.login_id, &self.name),
            self.request_id.clone(),
        )
    }

    fn of(found: PortalSession, request_id: Option<String>) -> Self {
        Self {
            login_id: found.login_id,
            name: found.name,
            language: found.language,
            scope: found.scope,
            key: found.session.key,
            request_id,
        }
    }
}

impl StaffMember {
    /// Who acts and when, for a change.
    #[must_use]
    pub fn stamp(&self, app: &App) -> Stamp {
        app.stamp(self.actor(), self.request_id.clone())
    }

    /// Who acts.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::staff(self.id, &self.name)
    }

    /// Whether the job carries a permission: for what a page shows beside its own.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.role.may(permission)
    }

    fn of(found: OfficeSession, request_id: Option<String>) -> Self {
        Self {
            id: found.staff_id,
            name: found.name,
            role: found.role,
            language: found.language,
            key: found.session.key,
            request_id,
        }
    }
}

/// The stamp of somebody who is not signed in.
#[must_use]
pub fn visitor_stamp(app: &App, request: &HttpRequest) -> Stamp {
    app.stamp(
        Actor::unnamed(ActorKind::Visitor),
        request_id(request.extensions().get()),
    )
}

/// The stamp of somebody in the moment of signing in.
#[must_use]
pub fn stamp_of(app: &App, actor: Actor, request: &HttpRequest) -> Stamp {
    app.stamp(actor, request_id(request.extensions().get()))
}

fn request_id(id: Option<&RequestId>) -> Option<String> {
    id.map(ToString::to_string)
}

/// A new session's secrets: what the use case stores, and the cookie the browser gets once it is stored.
pub struct NewSessionKey {
    /// For the use case.
    pub stored: NewKey,
    /// For the answer.
    pub cookie: Cookie<'static>,
    /// By which the browser is known again, for the answer.
    pub device: Cookie<'static>,
}

/// Makes the secrets of a session that may begin, in place of the one that the browser presents.
///
/// # Errors
/// A fault when the system gives no randomness.
pub fn new_key(app: &App, door: Door, request: &HttpRequest) -> Result<NewSessionKey, PageError> {
    let key = random_token().map_err(PageError::fault)?;
    let csrf_token = random_token().map_err(PageError::fault)?;
    let is_https = app.config.is_https();
    let name = cookie_name(door, is_https);
    let (device, kept) = devices::present(request, is_https)?;
    let replaces = request
        .cookie(name)
        .map(|cookie| Token::presented(cookie.value()).hash());
    Ok(NewSessionKey {
        stored: NewKey {
            key: key.hash(),
            csrf_token: csrf_token.reveal().to_owned(),
            replaces,
            device: Some(device),
            now: app.clock.world_now(),
        },
        cookie: cookie(name, key.reveal().to_owned(), is_https),
        device: kept,
    })
}

/// Which door an address belongs to; files and machines' doors have no session.
fn door_of(path: &str) -> Option<Door> {
    let is_below = |folder: &str| {
        path.strip_prefix(folder)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if ["/static", "/webhooks", "/sandbox/v1"]
        .into_iter()
        .any(is_below)
    {
        None
    } else if is_below("/office") {
        Some(Door::Office)
    } else {
        Some(Door::Portal)
    }
}

/// Middleware: finds who asks and leaves it in the request, for the chrome, the token check and the extractors.
///
/// # Errors
/// None of its own: a failed look is answered as a fault.
pub async fn load(
    app: Data<App>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let Some(door) = door_of(request.path()) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let is_https = app.config.is_https();
    let visitor = match find(&app, door, &request).await {
        Ok(Some(visitor)) => visitor,
        Ok(None) => Visitor::default(),
        Err(error) => {
            return Ok(request
                .error_response(PageError::fault(error))
                .map_into_boxed_body());
        }
    };
    let mut given = None;
    let visitor = if visitor.csrf.is_empty() {
        let name = visitor_cookie_name(is_https);
        let seed = match request.cookie(name) {
            Some(known) => known.value().to_owned(),
            None => {
                let seed = random_token().map_err(PageError::fault)?;
                if request.method() == Method::GET {
                    given = Some(cookie(name, seed.reveal().to_owned(), is_https));
                }
                seed.reveal().to_owned()
            }
        };
        Visitor {
            csrf: visitor_csrf(&seed),
            ..visitor
        }
    } else {
        visitor
    };
    request.extensions_mut().insert(visitor);
    let mut response = next.call(request).await?.map_into_boxed_body();
    if let Some(cookie) = given {
        response.response_mut().add_cookie(&cookie)?;
    }
    Ok(response)
}

/// The token of a visitor's forms: the page shows a hash of the cookie, so that neither tells the other.
fn visitor_csrf(seed: &str) -> String {
    Token::presented(seed).hash_for("form").as_str().to_owned()
}

/// Looks the session up and leaves its holder in the request.
async fn find(
    app: &App,
    door: Door,
    request: &ServiceRequest,
) -> Result<Option<Visitor>, StoreError> {
    let Some(presented) = request.cookie(cookie_name(door, app.config.is_https())) else {
        return Ok(None);
    };
    let key = Token::presented(presented.value()).hash();
    let (now, today) = (app.clock.world_now(), app.clock.today());
    let id = request_id(request.extensions().get());
    match door {
        Door::Portal => {
            let look = move |conn: &mut _| sessions::find_portal(conn, &key, now, today);
            let Some(found) = app.db.read(look).await? else {
                return Ok(None);
            };
            let mut visitor = visitor_of(&found.name, found.language, &found.session);
            if !found.session.is_whole() {
                visitor.who = None;
                let half = HalfSignedIn { id: found.login_id };
                request.extensions_mut().insert(half);
                return Ok(Some(visitor));
            }
            keep_alive(app, &found.session, request.path(), now);
            request.extensions_mut().insert(SignedIn::of(found, id));
            Ok(Some(visitor))
        }
        Door::Office => {
            let look = move |conn: &mut _| sessions::find_office(conn, &key, now, today);
            let Some(mut found) = app.db.read(look).await? else {
                return Ok(None);
            };
            let mut visitor = visitor_of(&found.name, found.language, &found.session);
            if let Some(who) = &mut visitor.who {
                who.role = Some(found.role);
            }
            visitor.call = found.call.take().map(|call| on_call(app, call));
            if !found.session.is_whole() {
                visitor.who = None;
                visitor.call = None;
                let half = HalfSignedIn { id: found.staff_id };
                request.extensions_mut().insert(half);
                return Ok(Some(visitor));
            }
            keep_alive(app, &found.session, request.path(), now);
            request.extensions_mut().insert(StaffMember::of(found, id));
            Ok(Some(visitor))
        }
    }
}

fn visitor_of(name: &str, language: Language, session: &Session) -> Visitor {
    Visitor {
        who: Some(Who {
            name: name.to_owned(),
            role: None,
        }),
        csrf: session.csrf_token.clone(),
        language: Some(language),
        call: None,
    }
}

/// The open call as the pages show it, now.
fn on_call(app: &App, call: OpenCall) -> OnCall {
    let began = call.began_at.and_utc().with_timezone(&app.clock.zone());
    OnCall {
        id: call.id,
        number: call.number,
        name: call.name,
        began: began.naive_local(),
        is_checked: call.identity_checked_at.is_some(),
        seconds: (app.clock.now() - call.began_at).num_seconds().max(0),
    }
}

/// Notes the use beside the request; an event stream that connects again by itself is no use by a person.
fn keep_alive(app: &App, session: &Session, path: &str, now: NaiveDateTime) {
    let is_stream = path.starts_with("/live/") || path.starts_with("/office/live/");
    if is_stream || now - session.seen_at < NOTED_EVERY {
        return;
    }
    let (app, key) = (app.clone(), session.key.clone());
    actix_web::rt::spawn(async move {
        let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
        let noted = app.db.write(stamp, move |tx| note_use(tx, &key, now));
        if let Err(error) = noted.await {
            tracing::warn!("a session's use could not be noted: {error}");
        }
    });
}

/// Whom the middleware found, or the way to the sign-in page.
fn found<Person: Clone + 'static>(request: &HttpRequest) -> Result<Person, PageError> {
    let found = request.extensions().get::<Person>().cloned();
    found.ok_or_else(|| sign_in_first(request))
}

impl FromRequest for SignedIn {
    type Error = PageError;
    type Future = Ready<Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(found(request))
    }
}

impl FromRequest for StaffMember {
    type Error = PageError;
    type Future = Ready<Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(found(request))
    }
}

impl<Id: Copy + 'static> FromRequest for HalfSignedIn<Id> {
    type Error = PageError;
    type Future = Ready<Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(found(request))
    }
}

/// To the sign-in page of the door, and back here afterwards where a page was asked for.
pub fn sign_in_first(request: &HttpRequest) -> PageError {
    let page = match door_of(request.path()) {
        Some(Door::Office) => "/office/sign-in",
        Some(Door::Portal) | None => "/sign-in",
    };
    let wanted = request.uri().to_string();
    let at = if request.method() == Method::GET && wanted != "/" && wanted != "/office" {
        format!("{page}?next={}", percent_encoded(&wanted))
    } else {
        page.to_owned()
    };
    PageError::SignInFirst { at }
}

/// Where to go after signing in: the page wanted before, if it is one of this door's own and no other host's.
#[must_use]
pub fn way_back(wanted: &str, door: Door) -> String {
    let (home, entrance) = match door {
        Door::Portal => ("/", "/sign-in"),
        Door::Office => ("/office", "/office/sign-in"),
    };
    let is_plain = wanted.starts_with('/')
        && !wanted.starts_with("//")
        && wanted
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let path = wanted.split(['?', '#']).next().unwrap_or_default();
    let is_entrance = path
        .strip_prefix(entrance)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if is_plain && !is_entrance && door_of(path) == Some(door) {
        wanted.to_owned()
    } else {
        home.to_owned()
    }
}

/// Text as part of an address.
#[must_use]
pub fn percent_encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn the_way_back_never_leaves_the_house_or_the_door() {
        let portal = |wanted| way_back(wanted, Door::Portal);
        assert_eq!(portal("/bills?page=2"), "/bills?page=2");
        for elsewhere in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/office/staff",
            "",
            "/static/x",
            "/a\r\nb",
            "/sign-in/code",
        ] {
            assert_eq!(portal(elsewhere), "/", "{elsewhere}");
        }
        assert_eq!(
            way_back("/office/accounts/1", Door::Office),
            "/office/accounts/1"
        );
        assert_eq!(way_back("/officers", Door::Office), "/office");
    }

    #[test]
    fn a_page_sends_to_the_sign_in_of_its_door() {
        let at = |uri: &str| match sign_in_first(&TestRequest::with_uri(uri).to_http_request()) {
            PageError::SignInFirst { at } => at,
            other => panic!("{other}"),
        };
        assert_eq!(at("/bills?page=2"), "/sign-in?next=/bills%3Fpage%3D2");
        assert_eq!(at("/office"), "/office/sign-in");
        assert_eq!(at("/office/staff"), "/office/sign-in?next=/office/staff");
    }
}
