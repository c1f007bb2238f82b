//! Where letters to accounts go. A fixed number of queries.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::accounts::AccountRole;
use crate::domain::customers::Language;
use crate::domain::ids::{AccountId, AccountNumber, PremiseId};
use crate::domain::notice::Channel;
use crate::store::dated::role_on;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::ext::AmongMethods as _;
use crate::store::labels::one_line;
use crate::store::notices::{Addressee, Reader};
use crate::store::schema::{
    account_roles, accounts, customers, premises, service_agreements, service_points,
};

type Head = (AccountId, AccountNumber, Language, String, Option<String>);

type Place = (AccountId, (NaiveDate, Option<NaiveDate>), House);

/// Street, unit, city, state and postal code.
type House = (String, Option<String>, String, String, String);

/// The main customer of each account at their mailing address, else at the place that is served on the day; of several the one that was served
/// first, and where none is, the one that was served last. Two queries.
pub fn list(
    conn: &mut Conn,
    ids: &[AccountId],
    on: NaiveDate,
) -> Result<Vec<(AccountId, Reader)>, StoreError> {
    let all = list_all(conn, ids, on)?;
    let is_known = |(_, reader): &(AccountId, Reader)| !reader.to.address.is_empty();
    Ok(all.into_iter().filter(is_known).collect())
}

/// The same, with an empty address for those of whom none is known: a letter to them waits until somebody finds one out. Two queries.
pub fn list_all(
    conn: &mut Conn,
    ids: &[AccountId],
    on: NaiveDate,
) -> Result<Vec<(AccountId, Reader)>, StoreError> {
    let heads: Vec<Head> = account_roles::table
        .inner_join(accounts::table)
        .inner_join(customers::table)
        .filter(account_roles::account_id.eq_any(ids))
        .filter(account_roles::role.eq(AccountRole::Main))
        .filter(role_on(on))
        .order(account_roles::id)
        .select((
            accounts::id,
            accounts::number,
            accounts::language,
            customers::name,
            customers::mailing_address,
        ))
        .load(conn)?;
    let places = list_places(conn, ids, on)?;
    let reader = |(account, account_number, language, name, own): Head| {
        let own = own.filter(|lines| !lines.trim().is_empty());
        let place = own.or_else(|| places.get(&account).cloned());
        let to = Addressee {
            channel: Channel::Paper,
            address: place.map_or_else(String::new, |place| format!("{name}\n{place}")),
            language,
            account_id: Some(account),
            login_id: None,
        };
        let reader = Reader {
            name,
            account_number,
            to,
        };
        (account, reader)
    };
    Ok(heads.into_iter().map(reader).collect())
}

/// The main customer of one account, as `list`.
pub fn find(
    conn: &mut Conn,
    account: AccountId,
    on: NaiveDate,
) -> Result<Option<Reader>, StoreError> {
    let found = list(conn, &[account], on)?.into_iter().next();
    Ok(found.map(|(_, reader)| reader))
}

/// The place of each account to which mail goes on a day where its customer named no address, in two lines. One query.
pub fn list_places(
    conn: &mut Conn,
    ids: &[AccountId],
    on: NaiveDate,
) -> Result<HashMap<AccountId, String>, StoreError> {
    let mut rows: Vec<Place> = service_agreements::table
        .inner_join(service_points::table.inner_join(premises::table))
        .filter(service_agreements::account_id.eq_any(ids))
        .filter(service_agreements::withdrawn_at.is_null())
        .order((service_agreements::from_on, service_agreements::id))
        .select((
            service_agreements::account_id,
            (service_agreements::from_on, service_agreements::until_on),
            (
                premises::line_1,
                premises::unit,
                premises::city,
                premises::state,
                premises::postal_code,
            ),
        ))
        .load(conn)?;
    // The last of an account counts: what ended, the last of it last; before it what is to come; after it what is served, the first last.
    rows.sort_by_key(|(_, (from, until), _)| match until {
        _ if from > &on => (0, -day_number(*from)),
        Some(until) if until <= &on => (1, day_number(*until)),
        Some(_) | None => (2, -day_number(*from)),
    });
    let place = |(account, _, house): Place| (account, two_lines(house));
    Ok(rows.into_iter().map(place).collect())
}

/// Places as letters to whoever lives there are addressed, in two lines. One query.
pub fn list_of_premises(
    conn: &mut Conn,
    places: &[PremiseId],
) -> Result<HashMap<PremiseId, String>, StoreError> {
    let rows: Vec<(PremiseId, House)> = premises::table
        .filter(premises::id.among(places))
        .select((
            premises::id,
            (
                premises::line_1,
                premises::unit,
                premises::city,
                premises::state,
                premises::postal_code,
            ),
        ))
        .load(conn)?;
    let place = |(id, house): (PremiseId, House)| (id, two_lines(house));
    Ok(rows.into_iter().map(place).collect())
}

fn two_lines((line_1, unit, city, state, postal_code): House) -> String {
    let street = one_line(line_1, unit);
    format!("{street}\n{city}, {state} {postal_code}")
}

fn day_number(day: NaiveDate) -> i64 {
    (day - NaiveDate::default()).num_days()
}
