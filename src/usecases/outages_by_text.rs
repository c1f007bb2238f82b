//! Outages reported by text: whose number it is says whose place is meant; with several places, the number of the house does.

use crate::domain::accounts::AccountStatus;
use crate::domain::commodity::Commodity;
use crate::domain::customers::Language;
use crate::domain::ids::{AccountId, LoginId};
use crate::domain::replies::place_named;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::labels::{self, AccountLabel};
use crate::store::{outage_reports, sessions, text_numbers};
use crate::usecases::outages::report;

/// What became of a text that tells of an outage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextedReport {
    /// Nobody proved this number: we do not know whose place is meant.
    Unknown,
    /// It does not say what is out.
    WhichService(Language),
    /// Its holder has several places.
    WhichPlace(Language),
    /// It is taken.
    Taken {
        /// The holder's language.
        language: Language,
        /// What is out.
        commodity: Commodity,
        /// Where.
        place: String,
        /// Whether we know of an outage there.
        is_known: bool,
    },
}

/// Takes a text that tells of an outage. The same within an hour counts once.
///
/// # Errors
/// A fault of the store.
pub fn report_by_text(
    tx: &mut Tx<'_>,
    (number, commodity): (&str, Option<Commodity>),
    text: &str,
) -> Result<TextedReport, StoreError> {
    let Some((login, language)) = text_numbers::find_holder(tx, number)? else {
        return Ok(TextedReport::Unknown);
    };
    let places = places_of(tx, login)?;
    if places.is_empty() {
        return Ok(TextedReport::Unknown);
    }
    let Some(commodity) = commodity else {
        return Ok(TextedReport::WhichService(language));
    };
    let Some(place) = the_one(&places, text) else {
        return Ok(TextedReport::WhichPlace(language));
    };
    report(tx, (place.id, Some(login)), commodity, text.trim())?;
    let known = outage_reports::list_known(tx, &[place.id])?;
    Ok(TextedReport::Taken {
        language,
        commodity,
        place: place.address.clone(),
        is_known: known.contains_key(&(place.id, commodity)),
    })
}

/// The places of the accounts that are open to a login today and served.
fn places_of(tx: &mut Tx<'_>, login: LoginId) -> Result<Vec<AccountLabel>, StoreError> {
    let on = tx.stamp.on;
    let scope = sessions::scope(tx, login, on)?;
    let ids: Vec<AccountId> = scope.accounts().to_vec();
    let labels = labels::of_accounts(tx, &ids, on)?;
    let is_served = |label: &AccountLabel| match label.status {
        AccountStatus::Active | AccountStatus::Closing => true,
        AccountStatus::Pending | AccountStatus::Closed | AccountStatus::WrittenOff => false,
    };
    let mut places: Vec<AccountLabel> = labels.into_values().filter(is_served).collect();
    places.sort_by_key(|label| label.id);
    Ok(places)
}

/// The only place, or the only one whose house or account number the text names right after the service: an hour elsewhere in it is none.
fn the_one<'a>(places: &'a [AccountLabel], text: &str) -> Option<&'a AccountLabel> {
    if let [only] = places {
        return Some(only);
    }
    let number = place_named(text)?;
    let is_named = |label: &&AccountLabel| {
        let house = label.address.split_whitespace().next().unwrap_or_default();
        number.eq_ignore_ascii_case(house) || number == label.number.as_str()
    };
    let mut named = places.iter().filter(is_named);
    let first = named.next()?;
    named.next().is_none().then_some(first)
}
