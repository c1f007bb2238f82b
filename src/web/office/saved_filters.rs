//! Views of the lists of work that a member of staff keeps: shown above each list, kept under a name, forgotten.

use actix_web::web::{Data, Path};

use crate::app::App;
use crate::domain::ids::SavedFilterId;
use crate::domain::queues::{Queue, filters};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::saved_filters::{self, SavedFilter};
use crate::usecases::saved_filters::{SavedFilterError, remove, save};
use crate::web::chrome::Chrome;
use crate::web::doors::{Doors, Key};
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, see_other};

/// Keeping views, and forgetting them.
pub fn doors() -> Doors {
    Doors::at("/office/saved-filters")
        .post("", Key::AnyStaff, create)
        .post("/{id}/removal", Key::AnyStaff, destroy)
}

/// The views of a list, and what is looked at now.
pub struct Saved {
    /// Of which list.
    pub queue: Queue,
    /// The filters of the page, as a view would keep them.
    pub query: String,
    /// The views that its reader keeps.
    pub views: Vec<SavedFilter>,
}

impl Saved {
    /// Reads the views of a list that somebody looks at by an address.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn load(
        conn: &mut Conn,
        staff: &StaffMember,
        (queue, address): (Queue, &str),
    ) -> Result<Self, StoreError> {
        let query = address.split_once('?').map_or("", |(_, query)| query);
        Ok(Self {
            queue,
            query: filters(query).unwrap_or_default(),
            views: saved_filters::list(conn, staff.id, queue)?,
        })
    }

    /// Whether a view shows what the page shows.
    pub fn is_here(&self, view: &SavedFilter) -> bool {
        view.query == self.query
    }
}

/// POST /office/saved-filters — keep what is looked at under a name.
pub async fn create(app: Data<App>, chrome: Chrome, staff: StaffMember, form: Form) -> PageResult {
    let t = chrome.t;
    let queue: Queue = form
        .value("queue")
        .parse()
        .map_err(|_unknown| PageError::Unreadable)?;
    let (name, query) = (
        form.value("name").to_owned(),
        form.value("query").to_owned(),
    );
    let back = queue.address(&filters(&query).unwrap_or_default());
    let owner = staff.id;
    let change = move |tx: &mut Tx<'_>| save(tx, (owner, queue), (&name, &query));
    let refused = |words: String| see_other_saying(&back, Tone::Bad, words);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(_) => see_other_saying(&back, Tone::Good, t.saved_filter_saved()),
        Err(SavedFilterError::NameMissing) => refused(t.saved_filter_name_missing().to_owned()),
        Err(SavedFilterError::NameTooLong(most)) => refused(t.hold_words_long(most)),
        Err(SavedFilterError::TooMany(most)) => refused(t.saved_filter_too_many(most)),
        Err(SavedFilterError::NoFilters) => Err(PageError::Unreadable),
        Err(SavedFilterError::Fault(fault)) => Err(fault.into()),
    }
}

/// POST /office/saved-filters/{id}/removal
pub async fn destroy(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    let id: SavedFilterId = path.parse().map_err(|_strange| PageError::NotFound)?;
    let owner = staff.id;
    let change = move |tx: &mut Tx<'_>| remove(tx, (owner, id));
    let removed: Result<Option<SavedFilter>, StoreError> =
        app.db.write(staff.stamp(&app), change).await;
    match removed? {
        Some(view) => {
            let words = chrome.t.saved_filter_removed();
            see_other_saying(view.queue.address(&view.query), Tone::Good, words)
        }
        None => see_other("/office"),
    }
}
