//! Possible duplicates: customers of one name who are reached, written to or served alike, and places of one address. Two customers that the
//! list does not find are compared by the numbers of their accounts.

use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;

use crate::app::App;
use crate::domain::ids::{AccountNumber, CustomerId};
use crate::i18n::Words;
use crate::store::customers;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::labels;
use crate::usecases::merges::{Found, find};
use crate::usecases::place_merges::{self, FoundPlaces};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::office::duplicates::address;
use crate::web::office::place_duplicates;
use crate::web::{PageResult, page, see_other};

/// How many of each are shown.
const SHOWN: usize = 100;

/// Which are asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asking {
    /// `yes`: also those that somebody said are two.
    #[serde(default)]
    apart: String,
}

#[derive(Template)]
#[template(path = "office/duplicates/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    with_apart: bool,
    found: Vec<Found>,
    /// How many there are.
    all: usize,
    places: Vec<FoundPlaces>,
    /// How many pairs of places of one address there are.
    all_places: usize,
}

impl Index {
    fn address(&self, one: &Found) -> String {
        address(one.pair.one, one.pair.other)
    }

    fn place_address(&self, one: &FoundPlaces) -> String {
        place_duplicates::address(one.ids)
    }

    fn is_cut(&self) -> bool {
        self.found.len() < self.all
    }

    fn are_places_cut(&self) -> bool {
        self.places.len() < self.all_places
    }

    fn alike(&self, one: &Found) -> String {
        let words = one.pair.alike.iter();
        let words: Vec<String> = words
            .map(|likeness| self.t.duplicates_alike(likeness.as_str()))
            .collect();
        words.join(", ")
    }
}

/// GET /office/duplicates
pub async fn index(app: Data<App>, chrome: Chrome, asking: Query<Asking>) -> PageResult {
    let with_apart = asking.apart == "yes";
    let look = move |conn: &mut Conn| {
        let places = place_merges::find(conn, with_apart)?;
        Ok::<_, StoreError>((find(conn, with_apart)?, places))
    };
    let (mut found, mut places) = app.db.read(look).await?;
    let (all, all_places) = (found.len(), places.len());
    found.truncate(SHOWN);
    places.truncate(SHOWN);
    page(&Index {
        t: chrome.t,
        chrome,
        with_apart,
        found,
        all,
        places,
        all_places,
    })
}

/// Whose customers are compared.
#[derive(Debug, Default, Deserialize)]
pub struct Comparison {
    /// The number of an account.
    #[serde(default)]
    one: String,
    /// The number of another.
    #[serde(default)]
    other: String,
}

/// GET /office/duplicates/comparison — the main customers of two accounts side by side.
pub async fn compare(app: Data<App>, chrome: Chrome, asked: Query<Comparison>) -> PageResult {
    let today = app.clock.today();
    let numbers: Vec<AccountNumber> = [&asked.one, &asked.other]
        .into_iter()
        .filter_map(|text| text.trim().parse().ok())
        .collect();
    let look = move |conn: &mut Conn| {
        let mut mains: Vec<CustomerId> = Vec::new();
        for number in &numbers {
            let account = labels::id_of(conn, number)?;
            let account: Vec<_> = account.into_iter().collect();
            let main = customers::list_mains(conn, &account, today)?.pop();
            mains.extend(main.map(|(row, _)| row.id));
        }
        Ok::<_, StoreError>(mains)
    };
    match app.db.read(look).await?.as_slice() {
        [one, other] if one != other => see_other(address(*one, *other)),
        [_, _] => {
            let words = chrome.t.merge_one_and_the_same();
            see_other_saying("/office/duplicates", Tone::Bad, words)
        }
        _not_both => {
            let words = chrome.t.duplicates_no_account();
            see_other_saying("/office/duplicates", Tone::Bad, words)
        }
    }
}
