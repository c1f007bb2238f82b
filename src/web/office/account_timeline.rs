//! The timeline of an account: everything that happened to it in one list, newest first, of one kind or of all, a page at a time; also as of a past moment.

use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::NaiveDateTime;
use chrono_tz::Tz;
use serde::Deserialize;

use crate::app::App;
use crate::domain::ids::AccountNumber;
use crate::domain::past::Past;
use crate::domain::timeline::TimelineKind;
use crate::i18n::Words;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::labels;
use crate::store::timeline::{self, Event};
use crate::web::chrome::Chrome;
use crate::web::office::account_as_of;
use crate::web::office::event_words;
use crate::web::paging::{Page, Pager};
use crate::web::{PageError, PageResult, page};

/// Which part is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Filter {
    /// Only this kind; all where it is empty or no kind.
    #[serde(default)]
    kind: String,
    /// Only what was known by this moment of the past.
    #[serde(default)]
    as_of: String,
}

#[derive(Template)]
#[template(path = "office/accounts/timeline.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    number: AccountNumber,
    name: String,
    kind: Option<TimelineKind>,
    past: Option<Past>,
    zone: Tz,
    events: Vec<Event>,
    pager: Pager,
}

impl Index {
    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }

    /// The moment of the past in words, where it is one.
    fn said(&self) -> Option<String> {
        self.past.map(|past| self.t.moment(past.wall))
    }

    fn title(&self, event: &Event) -> String {
        event_words::title(self.t, event)
    }

    fn state(&self, event: &Event) -> Option<String> {
        event_words::state(self.t, event)
    }

    fn address(&self, event: &Event) -> Option<String> {
        event_words::address(event, self.number.as_str())
    }

    /// Every kind with its words, and whether it is the one that is shown.
    fn kinds(&self) -> Vec<(&'static str, String, bool)> {
        let kinds = TimelineKind::ALL.iter().map(|kind| {
            let word = kind.as_str();
            (word, self.t.timeline_kind(word), self.kind == Some(*kind))
        });
        let all = ("", self.t.timeline_kind("all"), self.kind.is_none());
        std::iter::once(all).chain(kinds).collect()
    }
}

/// GET /office/accounts/{number}/timeline
pub async fn index(
    app: Data<App>,
    chrome: Chrome,
    path: Path<String>,
    filter: Query<Filter>,
    asked: Query<Page>,
) -> PageResult {
    let number: AccountNumber = path.parse().map_err(|_not_a_number| PageError::NotFound)?;
    let kind: Option<TimelineKind> = filter.kind.parse().ok();
    let now = app.clock.now();
    let past = match filter.as_of.as_str() {
        "" => None,
        text => match Past::read(text, app.clock.zone(), now) {
            Ok(past) => Some(past),
            Err(why) => {
                return account_as_of::refused(&app, chrome, number, (text, why.into()));
            }
        },
    };
    let part = timeline::Asked {
        kind,
        known_by: past.map_or(now, |past| past.at),
        limit: asked.limit(),
        offset: asked.offset(),
    };
    let (wanted, today) = (number.clone(), app.clock.today());
    let find = move |conn: &mut Conn| -> Result<Option<(String, Vec<Event>)>, StoreError> {
        let Some(id) = labels::id_of(conn, &wanted)? else {
            return Ok(None);
        };
        let name = labels::of_accounts(conn, &[id], today)?.remove(&id);
        let name = name.map(|label| label.name).unwrap_or_default();
        Ok(Some((name, timeline::list(conn, id, part)?)))
    };
    let (name, found) = app.db.read(find).await?.ok_or(PageError::NotFound)?;
    let address = format!(
        "/office/accounts/{}/timeline?kind={}&as_of={}",
        number.as_str(),
        kind.map(TimelineKind::as_str).unwrap_or_default(),
        past.map(|past| past.written()).unwrap_or_default(),
    );
    let (events, pager) = asked.of(found, &address);
    page(&Index {
        t: chrome.t,
        chrome,
        number,
        name,
        kind,
        past,
        zone: app.clock.zone(),
        events,
        pager,
    })
}
