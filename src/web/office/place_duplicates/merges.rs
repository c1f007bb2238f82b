//! Merges of places that were made, the latest first, and taking one back.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;

use crate::app::App;
use crate::domain::ids::{PlaceMergeId, PremiseId};
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::place_merges::{self, PlaceMergeRow};
use crate::store::premises;
use crate::usecases::place_merges::{PlaceMergeError, undo as take_back};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::place_duplicates::{address, said};
use crate::web::paging::{Page, Pager};
use crate::web::session::StaffMember;
use crate::web::{PageResult, page_with};

/// What a refused taking back says.
struct Refused {
    id: PlaceMergeId,
    form: Form,
}

#[derive(Template)]
#[template(path = "office/place_duplicates/merges.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    rows: Vec<PlaceMergeRow>,
    names: HashMap<PremiseId, String>,
    pager: Pager,
    form: Form,
    refused: Option<PlaceMergeId>,
}

impl Index {
    fn name(&self, id: &PremiseId) -> &str {
        self.names.get(id).map_or("", String::as_str)
    }

    fn address(&self, row: &PlaceMergeRow) -> String {
        address((row.kept_id, row.gone_id))
    }

    /// The field in which it is said why one is taken back.
    fn field(&self, row: &PlaceMergeRow) -> String {
        format!("reason-{}", row.id)
    }

    fn is_refused(&self, row: &PlaceMergeRow) -> bool {
        self.refused == Some(row.id)
    }
}

/// GET /office/place-merges
pub async fn index(app: Data<App>, chrome: Chrome, asked: Query<Page>) -> PageResult {
    view(&app, chrome, *asked, None).await
}

async fn view(app: &App, chrome: Chrome, asked: Page, refused: Option<Refused>) -> PageResult {
    let span = (asked.limit(), asked.offset());
    let look = move |conn: &mut Conn| {
        let rows = place_merges::list(conn, None, span)?;
        let ids: Vec<PremiseId> = rows
            .iter()
            .flat_map(|row| [row.kept_id, row.gone_id])
            .collect();
        let names = premises::list_lines(conn, &ids)?;
        Ok::<_, StoreError>((rows, names))
    };
    let (rows, names) = app.db.read(look).await?;
    let (rows, pager) = asked.of(rows, "/office/place-merges");
    let status = match refused {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let (refused, form) = match refused {
        Some(refused) => (Some(refused.id), refused.form),
        None => (None, Form::default()),
    };
    let view = Index {
        t: chrome.t,
        chrome,
        rows,
        names: names.into_iter().collect(),
        pager,
        form,
        refused,
    };
    page_with(status, &view)
}

/// POST /office/place-merges/{id}/undoing — they are two after all.
pub async fn undo(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<PlaceMergeId>,
    mut form: Form,
) -> PageResult {
    let (id, t) = (*path, chrome.t);
    let reason = form.value("reason").to_owned();
    let change = move |tx: &mut Tx<'_>| take_back(tx, id, &reason);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => see_other_saying("/office/place-merges", Tone::Good, t.place_merge_undone()),
        Err(PlaceMergeError::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            form.refuse(format!("reason-{id}"), said(t, &refused));
            let refused = Refused { id, form };
            view(&app, chrome, Page { page: 1 }, Some(refused)).await
        }
    }
}
