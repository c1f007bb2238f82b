//! Finds accounts by the beginnings of words: a table of folded terms with range scans, the same on both databases, and beside it each
//! database's own full-text index of the same terms, for words that are all common. Both are a cache of names, addresses, meters and contacts;
//! the use cases that change those index the account again.

use std::collections::{BTreeSet, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::customers::ContactKind;
use crate::domain::ids::{AccountId, AccountNumber};
use crate::domain::search::{TermKind, account_terms, email_terms, fold, phone_terms, words};
use crate::domain::setup::OwnKind;
use crate::store::any::native;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::full_text;
use crate::store::labels::{self, AccountLabel};
use crate::store::own_numbers;
use crate::store::schema::{
    account_roles, accounts, contact_points, meter_installs, meters, premises, search_terms,
    service_agreements, service_points,
};
use crate::store::search_names;

/// How many terms that begin with a word are read, in their order: more than fill a page, however many of them one account has.
const MOST_CANDIDATES: i64 = 300;

/// A word with no more terms than this is rare: its accounts are asked one by one for the other words.
const RARE: usize = 64;

/// How many accounts are asked for the other words at the most: each is a place of its own on the disk.
const ASKED: usize = 100;

/// How many terms one statement carries.
const ROWS: usize = 2_000;

/// After every prefix that folding makes: the folded alphabet ends with `z`.
const LAST: char = '~';

/// One account that was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// Who and where.
    pub account: AccountLabel,
    /// What the first word matched on, and as which term.
    pub matched: Vec<(TermKind, String)>,
}

impl Found {
    /// Whether what was typed is one of its numbers, or its e-mail address, from the first character to the last.
    fn is_by_number(&self, typed: &str) -> bool {
        self.matched.iter().any(|(kind, term)| {
            let is_number = match kind {
                TermKind::Account | TermKind::Meter | TermKind::Phone | TermKind::Email => true,
                TermKind::Name | TermKind::Address => false,
            };
            is_number && term == typed
        })
    }
}

type TermRow = (String, AccountId, TermKind);

/// Indexes an account's names, addresses, numbers, meters and contacts again. For use cases that change any of them.
pub fn index_account(tx: &mut Tx<'_>, account: AccountId) -> Result<(), StoreError> {
    index_accounts(tx, &[account])
}

/// `index_account` for many: a fixed number of queries for the whole set, at most a few hundred accounts a call.
pub fn index_accounts(tx: &mut Tx<'_>, ids: &[AccountId]) -> Result<(), StoreError> {
    let on = tx.stamp.on;
    let conn = tx.conn();
    let mut terms: BTreeSet<TermRow> = BTreeSet::new();
    let mut add = |account: AccountId, kind: TermKind, texts: Vec<String>| {
        terms.extend(
            texts
                .into_iter()
                .filter(|text| !text.is_empty())
                .map(|text| (text, account, kind)),
        );
    };
    for (account, number) in numbers(conn, ids)? {
        add(account, TermKind::Account, account_terms(number.as_str()));
    }
    let former: Vec<i64> = ids.iter().map(|id| id.0).collect();
    for (row, number) in own_numbers::list_of_rows(conn, OwnKind::Account, &former)? {
        add(AccountId(row), TermKind::Account, vec![fold(&number)]);
    }
    let named = search_names::list(conn, ids, on)?;
    for (account, name) in named.names {
        add(account, TermKind::Name, words(&name));
    }
    for (account, number) in named.numbers {
        add(account, TermKind::Account, vec![fold(&number)]);
    }
    let written = addresses(conn, ids)?;
    for (account, line_1, unit, postal_code) in
        written.into_iter().chain(other_addresses(conn, ids)?)
    {
        let unit = unit.unwrap_or_default();
        add(
            account,
            TermKind::Address,
            words(&format!("{line_1} {unit} {postal_code}")),
        );
    }
    for (account, serial) in serials(conn, ids)? {
        add(account, TermKind::Meter, vec![fold(&serial)]);
    }
    for (account, kind, value) in contacts(conn, ids, on)? {
        match kind {
            ContactKind::Email => {
                add(account, TermKind::Email, email_terms(&value));
            }
            ContactKind::Phone => {
                add(account, TermKind::Phone, phone_terms(&value));
            }
        }
    }
    diesel::delete(search_terms::table.filter(search_terms::account_id.eq_any(ids)))
        .execute(conn)?;
    let rows: Vec<_> = terms
        .iter()
        .map(|(term, account, kind)| {
            (
                search_terms::term.eq(term),
                search_terms::account_id.eq(account),
                search_terms::kind.eq(kind),
            )
        })
        .collect();
    for chunk in rows.chunks(ROWS) {
        native!(conn, |c| diesel::insert_into(search_terms::table)
            .values(chunk)
            .execute(c))?;
    }
    full_text::index(tx, ids)
}

/// Accounts that have, for each of the prefixes, a term that begins with it: the one whose number was typed whole first, then active ones, then by
/// name. Where more match than are looked at, the first by their terms are found, and more than `limit` of them tell that there are more.
///
/// A rare prefix leads, so that a common word such as "street" costs no more than a rare one. Where all are common, the database's full-text index
/// says who has all of them; one that cannot stop early is asked only where too few of the first accounts of one word have the others.
pub fn find(
    conn: &mut Conn,
    prefixes: &[String],
    on: NaiveDate,
    limit: usize,
) -> Result<Vec<Found>, StoreError> {
    let mut by_rarity = Vec::with_capacity(prefixes.len());
    for prefix in prefixes {
        let terms = terms_of(conn, prefix)?;
        by_rarity.push((terms.len(), prefix, terms));
    }
    by_rarity.sort_by_key(|(count, ..)| *count);
    let mut by_rarity = by_rarity.into_iter();
    let Some((count, lead, mut leading)) = by_rarity.next() else {
        return Ok(Vec::new());
    };
    let others: Vec<&String> = by_rarity.map(|(_, prefix, _)| prefix).collect();
    let mut ids: Vec<AccountId> = Vec::new();
    let mut seen = HashSet::new();
    for (_, account, _) in &leading {
        if seen.insert(*account) {
            ids.push(*account);
        }
    }
    let looked_at = limit.saturating_mul(2);
    let are_common = count > RARE && !others.is_empty();
    let asks_first = !are_common || !full_text::stops_early(conn);
    if asks_first {
        ids.truncate(if others.is_empty() { looked_at } else { ASKED });
        for prefix in &others {
            let have: HashSet<AccountId> = terms_among(conn, &ids, prefix)?
                .into_iter()
                .map(|(_, account, _)| account)
                .collect();
            ids.retain(|id| have.contains(id));
        }
    }
    if are_common && !(asks_first && ids.len() >= limit) {
        ids = full_text::having_all(conn, prefixes, looked_at)?;
        leading = terms_among(conn, &ids, lead)?;
    }
    ids.truncate(looked_at);
    let labels = labels::of_accounts(conn, &ids, on)?;
    let mut found: Vec<Found> = labels
        .into_values()
        .map(|account| {
            let matched = leading
                .iter()
                .filter(|(_, id, _)| *id == account.id)
                .map(|(term, _, kind)| (*kind, term.clone()))
                .collect();
            Found { account, matched }
        })
        .collect();
    found.sort_by_cached_key(|found| {
        let account = &found.account;
        let name = account.name.to_lowercase();
        (!found.is_by_number(lead), account.status, name, account.id)
    });
    found.truncate(limit);
    Ok(found)
}

/// The first terms that begin so, in their order: what is typed whole comes before what only begins with it.
fn terms_of(conn: &mut Conn, prefix: &str) -> Result<Vec<TermRow>, StoreError> {
    Ok(search_terms::table
        .filter(search_terms::term.ge(prefix))
        .filter(search_terms::term.lt(format!("{prefix}{LAST}")))
        .order((
            search_terms::term,
            search_terms::account_id,
            search_terms::kind,
        ))
        .limit(MOST_CANDIDATES)
        .select((
            search_terms::term,
            search_terms::account_id,
            search_terms::kind,
        ))
        .load(conn)?)
}

/// The terms of these accounts that begin so.
fn terms_among(
    conn: &mut Conn,
    ids: &[AccountId],
    prefix: &str,
) -> Result<Vec<TermRow>, StoreError> {
    Ok(search_terms::table
        .filter(search_terms::account_id.eq_any(ids))
        .filter(search_terms::term.ge(prefix))
        .filter(search_terms::term.lt(format!("{prefix}{LAST}")))
        .select((
            search_terms::term,
            search_terms::account_id,
            search_terms::kind,
        ))
        .load(conn)?)
}

fn numbers(
    conn: &mut Conn,
    ids: &[AccountId],
) -> Result<Vec<(AccountId, AccountNumber)>, StoreError> {
    Ok(accounts::table
        .filter(accounts::id.eq_any(ids))
        .select((accounts::id, accounts::number))
        .load(conn)?)
}

type Address = (AccountId, String, Option<String>, String);

/// Every place the account was ever served: a former address still finds a closed account.
fn addresses(conn: &mut Conn, ids: &[AccountId]) -> Result<Vec<Address>, StoreError> {
    Ok(service_agreements::table
        .inner_join(service_points::table.inner_join(premises::table))
        .filter(service_agreements::account_id.eq_any(ids))
        .filter(service_agreements::withdrawn_at.is_null())
        .select((
            service_agreements::account_id,
            premises::line_1,
            premises::unit,
            premises::postal_code,
        ))
        .distinct()
        .load(conn)?)
}

/// The same, as it was written of places that became one with these: the spelling that went still finds what it found.
fn other_addresses(conn: &mut Conn, ids: &[AccountId]) -> Result<Vec<Address>, StoreError> {
    Ok(service_agreements::table
        .inner_join(service_points::table)
        .inner_join(
            premises::table.on(premises::merged_into_id.eq(service_points::premise_id.nullable())),
        )
        .filter(service_agreements::account_id.eq_any(ids))
        .filter(service_agreements::withdrawn_at.is_null())
        .select((
            service_agreements::account_id,
            premises::line_1,
            premises::unit,
            premises::postal_code,
        ))
        .distinct()
        .load(conn)?)
}

/// The meters that served an agreement while it was in force.
fn serials(conn: &mut Conn, ids: &[AccountId]) -> Result<Vec<(AccountId, String)>, StoreError> {
    let agreement_open = service_agreements::until_on.is_null();
    let install_open = meter_installs::until_on.is_null();
    Ok(service_agreements::table
        .inner_join(
            meter_installs::table
                .on(meter_installs::service_point_id.eq(service_agreements::service_point_id)),
        )
        .inner_join(meters::table.on(meters::id.eq(meter_installs::meter_id)))
        .filter(service_agreements::account_id.eq_any(ids))
        .filter(service_agreements::withdrawn_at.is_null())
        .filter(
            agreement_open.or(meter_installs::from_on
                .nullable()
                .lt(service_agreements::until_on)),
        )
        .filter(
            install_open.or(service_agreements::from_on
                .nullable()
                .lt(meter_installs::until_on)),
        )
        .select((service_agreements::account_id, meters::serial))
        .load(conn)?)
}

type Contact = (AccountId, ContactKind, String);

fn contacts(conn: &mut Conn, ids: &[AccountId], on: NaiveDate) -> Result<Vec<Contact>, StoreError> {
    Ok(account_roles::table
        .inner_join(
            contact_points::table.on(contact_points::customer_id.eq(account_roles::customer_id)),
        )
        .filter(account_roles::account_id.eq_any(ids))
        .filter(
            account_roles::until_on
                .is_null()
                .or(account_roles::until_on.gt(on)),
        )
        .filter(
            contact_points::until_on
                .is_null()
                .or(contact_points::until_on.gt(on)),
        )
        .select((
            account_roles::account_id,
            contact_points::kind,
            contact_points::value,
        ))
        .load(conn)?)
}
