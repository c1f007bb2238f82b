//! What every page of signing in needs at once: the app, the visitor, the password hasher and the limits.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use askama::Template;
use chrono::NaiveDateTime;

use crate::app::App;
use crate::domain::sessions::Door;
use crate::domain::stamp::{Actor, Stamp};
use crate::secrets::{Hasher, Password};
use crate::web::chrome::Chrome;
use crate::web::cookies::no_cookie;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::limits::Limits;
use crate::web::session::{NewSessionKey, new_key, stamp_of, visitor_stamp};
use crate::web::streams::SessionEnds;
use crate::web::{PageError, PageResult, page, see_other};

/// The desk where people are let in. An extractor.
pub struct Desk {
    /// The house.
    pub app: Data<App>,
    /// Around the page.
    pub chrome: Chrome,
    /// The request itself, for its address.
    pub request: HttpRequest,
    /// How often somebody may try.
    pub limits: Data<Limits>,
    hasher: Data<Hasher>,
    ends: Data<SessionEnds>,
}

impl Desk {
    /// Whether a password opens a stored hash; takes as long where there is none. Wrong ones are counted against the person, and after too
    /// many of them the right one does not help either.
    ///
    /// # Errors
    /// `TooMany`, or a fault.
    pub async fn is_right(
        &self,
        person: &str,
        password: Password,
        stored: Option<String>,
    ) -> Result<bool, PageError> {
        self.limits.may_try(&self.request, person)?;
        let is_right = self
            .hasher
            .is_right(password, stored)
            .await
            .map_err(PageError::fault)?;
        if !is_right {
            self.limits.failed(&self.request, person);
        }
        self.limits.may_try(&self.request, person)?;
        Ok(is_right)
    }

    /// The hash to store for a new password.
    ///
    /// # Errors
    /// A fault.
    pub async fn hash(&self, password: Password) -> Result<String, PageError> {
        self.hasher.hash(password).await.map_err(PageError::fault)
    }

    /// The secrets of a session that may begin.
    ///
    /// # Errors
    /// A fault.
    pub fn new_key(&self, door: Door) -> Result<NewSessionKey, PageError> {
        new_key(&self.app, door, &self.request)
    }

    /// The world's instant, which sessions and links count by.
    #[must_use]
    pub fn now(&self) -> NaiveDateTime {
        self.app.clock.world_now()
    }

    /// The stamp of somebody who is not signed in.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        visitor_stamp(&self.app, &self.request)
    }

    /// The stamp of somebody whom a password or link just made known.
    #[must_use]
    pub fn stamp_of(&self, actor: Actor) -> Stamp {
        stamp_of(&self.app, actor, &self.request)
    }

    /// Hands the browser its new key and sends it on; sessions that the key replaced end their streams.
    ///
    /// # Errors
    /// A fault when the cookie cannot be written.
    pub fn let_in(&self, key: &NewSessionKey, to: &str, said: Option<&str>) -> PageResult {
        self.ends.tell();
        let mut response = match said {
            Some(text) => see_other_saying(to, Tone::Good, text)?,
            None => see_other(to)?,
        };
        for cookie in [&key.cookie, &key.device] {
            response.add_cookie(cookie).map_err(PageError::fault)?;
        }
        Ok(response)
    }

    /// Hands the browser its new key together with a page: one that shows something once, so that nothing can send it on.
    ///
    /// # Errors
    /// A fault when the page cannot be printed or the cookie not be written.
    pub fn let_in_to(&self, key: &NewSessionKey, view: &impl Template) -> PageResult {
        self.ends.tell();
        let mut response = page(view)?;
        for cookie in [&key.cookie, &key.device] {
            response.add_cookie(cookie).map_err(PageError::fault)?;
        }
        Ok(response)
    }

    /// Takes the key away from the browser and sends it on.
    ///
    /// # Errors
    /// A fault when the cookie cannot be written.
    pub fn let_out(&self, door: Door, to: &str) -> PageResult {
        self.let_out_saying(door, to, self.chrome.t.signed_out())
    }

    /// The same, with something else to say.
    ///
    /// # Errors
    /// A fault when the cookie cannot be written.
    pub fn let_out_saying(&self, door: Door, to: &str, said: &str) -> PageResult {
        self.ends.tell();
        let mut response = see_other_saying(to, Tone::Good, said)?;
        response
            .add_cookie(&no_cookie(&self.app, door))
            .map_err(PageError::fault)?;
        Ok(response)
    }

    /// Sessions of somebody else ended: their streams look.
    pub fn ended_elsewhere(&self) {
        self.ends.tell();
    }
}

impl FromRequest for Desk {
    type Error = PageError;
    type Future = Ready<Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(gather(request).ok_or_else(|| PageError::fault("the server shares no sign-in desk")))
    }
}

fn gather(request: &HttpRequest) -> Option<Desk> {
    Some(Desk {
        app: request.app_data::<Data<App>>()?.clone(),
        chrome: Chrome::of(request),
        request: request.clone(),
        limits: request.app_data::<Data<Limits>>()?.clone(),
        hasher: request.app_data::<Data<Hasher>>()?.clone(),
        ends: request.app_data::<Data<SessionEnds>>()?.clone(),
    })
}
