//! What would move where two places become one, counted and looked at before it is done; and doing it.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use serde::Deserialize;

use crate::app::App;
use crate::domain::ids::PremiseId;
use crate::domain::place_merges::TwoPlaces;
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::place_screen::{self, Place};
use crate::usecases;
use crate::usecases::place_merges::{
    BothServed, PlaceMerge, PlaceMergeError, Plan, PointMove, plan,
};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::place_duplicates::{address, in_order, point_name, said};
use crate::web::office::premises::{self, whole_line};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

/// Which of the two stays.
#[derive(Debug, Deserialize)]
pub struct Asking {
    kept: PremiseId,
}

/// What is said of both places and is not the same.
struct Difference {
    label: &'static str,
    kept: String,
    gone: String,
}

#[derive(Template)]
#[template(path = "office/place_duplicates/check.html")]
struct Check {
    t: Words,
    chrome: Chrome,
    form: Form,
    kept: Place,
    gone: Place,
    plan: Plan,
}

impl Check {
    fn address(&self) -> String {
        address((self.kept.premise.id, self.gone.premise.id))
    }

    fn line(&self, place: &Place) -> String {
        whole_line(&place.premise)
    }

    fn name(&self, point: &PointMove) -> String {
        point_name(self.t, point.row.commodity, point.row.label.as_deref())
    }

    /// What a point is called from then on, where it is called something else.
    fn new_name(&self, point: &PointMove) -> Option<String> {
        let label = point.label.as_deref();
        let is_other = point.row.label.as_deref() != label;
        is_other.then(|| point_name(self.t, point.row.commodity, label))
    }

    fn beside(&self, both: &BothServed) -> String {
        let service = self.t.service_name(both.commodity.as_str());
        let (kept, gone) = (both.kept.to_string(), both.gone.to_string());
        if both.is_of_two() {
            self.t.place_merge_two_served(service, kept, gone)
        } else {
            self.t.place_merge_one_served(service, kept)
        }
    }

    fn has_said(&self) -> bool {
        self.plan.said != (0, 0)
    }

    /// Facts that are not the same: those of the place that stays count from then on, for prices too.
    fn differences(&self) -> Vec<Difference> {
        let t = self.t;
        let none = || t.place_merge_not_said().to_owned();
        let area = |place: &Place| {
            let area = place.premise.impervious_sqft;
            area.map_or_else(none, |area| t.number(area.0))
        };
        let cycle = |place: &Place| place.cycle.clone().unwrap_or_else(none);
        let spot = |place: &Place| {
            let row = &place.premise;
            let spot = row.latitude.zip(row.longitude);
            spot.map_or_else(none, |(north, east)| format!("{north}, {east}"))
        };
        let units = |place: &Place| t.whole(place.premise.dwelling_units);
        let both = |label, of: &dyn Fn(&Place) -> String| Difference {
            label,
            kept: of(&self.kept),
            gone: of(&self.gone),
        };
        let all = [
            both(t.place_units(), &units),
            both(t.place_area(), &area),
            both(t.place_cycle(), &cycle),
            both(t.place_point(), &spot),
        ];
        let other = all.into_iter().filter(|one| one.kept != one.gone);
        other.collect()
    }
}

/// GET /office/place-duplicates/{one}/{other}/merge
pub async fn show(
    app: Data<App>,
    chrome: Chrome,
    path: Path<(PremiseId, PremiseId)>,
    asking: Query<Asking>,
) -> PageResult {
    let places = in_order(*path, asking.kept).ok_or(PageError::NotFound)?;
    let form = Form::default().with("key", uuid::Uuid::new_v4());
    view(&app, chrome, places, (form, StatusCode::OK)).await
}

async fn view(
    app: &App,
    chrome: Chrome,
    (kept, gone): TwoPlaces,
    (form, status): (Form, StatusCode),
) -> PageResult {
    if kept == gone {
        return Err(PageError::NotFound);
    }
    let today = app.clock.today();
    let look = move |conn: &mut Conn| {
        let stays = place_screen::get(conn, kept, today)?;
        let goes = place_screen::get(conn, gone, today)?;
        Ok::<_, StoreError>((stays, goes, plan(conn, (kept, gone), today)?))
    };
    let (kept, gone, plan) = app.db.read(look).await?;
    let form = form.with("kept", kept.premise.id).with("seal", plan.seal());
    let view = Check {
        t: chrome.t,
        chrome,
        form,
        kept,
        gone,
        plan,
    };
    page_with(status, &view)
}

/// POST /office/place-duplicates/{one}/{other}/merge — they are one.
pub async fn merge(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<(PremiseId, PremiseId)>,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let key = uuid::Uuid::parse_str(form.value("key")).map_err(|_strange| PageError::Unreadable)?;
    let kept = form.parse::<PremiseId>("kept", t.form_choose());
    let places = kept.and_then(|kept| in_order(*path, kept));
    let places = places.ok_or(PageError::Unreadable)?;
    let new = PlaceMerge {
        request_key: key.to_string(),
        places,
        seal: form.value("seal").to_owned(),
        has_looked: form.has("looked"),
        reason: form.value("reason").to_owned(),
    };
    let change = move |tx: &mut Tx<'_>| usecases::place_merges::merge(tx, &new);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(_) => {
            let words = t.place_merge_done();
            see_other_saying(premises::address(places.0), Tone::Good, words)
        }
        Err(PlaceMergeError::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            form.refuse(field_of(&refused), said(t, &refused));
            if let PlaceMergeError::Outdated = refused {
                // What they looked at is not what is there now.
                form = form.with("looked", "");
            }
            let bad = StatusCode::UNPROCESSABLE_ENTITY;
            view(&app, chrome, places, (form, bad)).await
        }
    }
}

const fn field_of(refused: &PlaceMergeError) -> &'static str {
    match refused {
        PlaceMergeError::TwoServed(_) => "looked",
        PlaceMergeError::Outdated => "seal",
        PlaceMergeError::OneAndTheSame
        | PlaceMergeError::MergedBefore
        | PlaceMergeError::ReasonMissing
        | PlaceMergeError::ReasonTooLong
        | PlaceMergeError::UndoneBefore
        | PlaceMergeError::ChangedSince(_)
        | PlaceMergeError::Fault(_) => "reason",
    }
}
