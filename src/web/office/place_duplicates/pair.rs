//! Two places side by side with all that each has; going on to make them one, or saying that they are two.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::app::App;
use crate::domain::duplicates::address_key;
use crate::domain::ids::PremiseId;
use crate::domain::place_merges::TwoPlaces;
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::place_merges::{PlacesApartRow, find_apart};
use crate::store::place_screen::Point;
use crate::store::premises;
use crate::usecases;
use crate::usecases::place_merges::{PlaceMergeError, PlaceSide, side};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::place_duplicates::{address, point_name, said};
use crate::web::office::premises::whole_line;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with, see_other};

#[derive(Template)]
#[template(path = "office/place_duplicates/pair.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    form: Form,
    today: NaiveDate,
    sides: [PlaceSide; 2],
    apart: Option<PlacesApartRow>,
}

impl Show {
    fn address(&self) -> String {
        let [one, other] = &self.sides;
        address((one.place.premise.id, other.place.premise.id))
    }

    /// Whether both are places of their own.
    fn are_two(&self) -> bool {
        let mut sides = self.sides.iter();
        sides.all(|side| side.place.merged_into.is_none())
    }

    /// Whether a reader of both addresses would take them for one.
    fn are_written_alike(&self) -> bool {
        let [one, other] = &self.sides;
        let key = |side: &PlaceSide| address_key(&whole_line(&side.place.premise));
        key(one) == key(other)
    }

    fn line(&self, side: &PlaceSide) -> String {
        whole_line(&side.place.premise)
    }

    fn name(&self, point: &Point) -> String {
        point_name(self.t, point.row.commodity, point.row.label.as_deref())
    }

    fn is_open(&self, until_on: &Option<NaiveDate>) -> bool {
        until_on.is_none_or(|until| until > self.today)
    }

    /// Which may stay.
    fn stays(&self) -> Vec<(PremiseId, String)> {
        let row = |side: &PlaceSide| {
            let id = side.place.premise.id;
            let number = self.t.duplicates_place_number(id.to_string());
            (id, format!("{}, {number}", self.line(side)))
        };
        self.sides.iter().map(row).collect()
    }
}

/// Which places are compared.
#[derive(Debug, Default, Deserialize)]
pub struct Comparison {
    /// The number of a place.
    #[serde(default)]
    one: String,
    /// The number of another.
    #[serde(default)]
    other: String,
}

/// GET /office/place-duplicates — two places by their numbers.
pub async fn compare(app: Data<App>, chrome: Chrome, asked: Query<Comparison>) -> PageResult {
    let numbers = asked.one.trim().parse().ok();
    let numbers: Option<TwoPlaces> = numbers.zip(asked.other.trim().parse().ok());
    let Some((one, other)) = numbers else {
        let words = chrome.t.place_pair_no_place();
        return see_other_saying("/office/premises", Tone::Bad, words);
    };
    let look = move |conn: &mut Conn| {
        premises::get(conn, one)?;
        premises::get(conn, other)
    };
    match app.db.read(look).await {
        Ok(_) if one != other => see_other(address((one, other))),
        Ok(_) => {
            let words = chrome.t.place_merge_one_and_the_same();
            see_other_saying("/office/premises", Tone::Bad, words)
        }
        Err(StoreError::Missing(_)) => {
            let words = chrome.t.place_pair_no_place();
            see_other_saying("/office/premises", Tone::Bad, words)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// GET /office/place-duplicates/{one}/{other}
pub async fn show(
    app: Data<App>,
    chrome: Chrome,
    path: Path<(PremiseId, PremiseId)>,
) -> PageResult {
    view(&app, chrome, *path, (Form::default(), StatusCode::OK)).await
}

async fn view(
    app: &App,
    chrome: Chrome,
    (one, other): TwoPlaces,
    (form, status): (Form, StatusCode),
) -> PageResult {
    if one == other {
        return Err(PageError::NotFound);
    }
    let (one, other, today) = (one.min(other), one.max(other), app.clock.today());
    let look = move |conn: &mut Conn| {
        let sides = [side(conn, one, today)?, side(conn, other, today)?];
        Ok::<_, StoreError>((sides, find_apart(conn, (one, other))?))
    };
    let (sides, apart) = app.db.read(look).await?;
    let view = Show {
        t: chrome.t,
        chrome,
        form,
        today,
        sides,
        apart,
    };
    page_with(status, &view)
}

/// POST /office/place-duplicates/{one}/{other}/apart — they are two.
pub async fn keep_apart(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<(PremiseId, PremiseId)>,
    mut form: Form,
) -> PageResult {
    let pair = *path;
    let reason = form.value("apart").to_owned();
    let change = move |tx: &mut Tx<'_>| usecases::place_merges::keep_apart(tx, pair, &reason);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => {
            let words = chrome.t.place_merge_apart_done();
            see_other_saying(address(pair), Tone::Good, words)
        }
        Err(PlaceMergeError::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            form.refuse("apart", said(chrome.t, &refused));
            let bad = StatusCode::UNPROCESSABLE_ENTITY;
            view(&app, chrome, pair, (form, bad)).await
        }
    }
}
