//! Who has a part on an account and how each is reached, in one query.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Nullable, Text, Timestamp};

use crate::domain::accounts::AccountRole;
use crate::domain::customers::{ContactKind, Language};
use crate::domain::ids::{AccountId, AccountRoleId, CustomerId};
use crate::store::account_screen::{Contact, Person};
use crate::store::any::native;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;

/// A part on the account with one way to reach whoever has it: what they are reached by now, or gave and did not prove yet.
#[derive(QueryableByName)]
struct Row {
    #[diesel(embed)]
    part: PartColumns,
    #[diesel(embed)]
    way: WayColumns,
}

#[derive(QueryableByName)]
struct PartColumns {
    #[diesel(sql_type = BigInt)]
    part: AccountRoleId,
    #[diesel(sql_type = Text)]
    role: AccountRole,
    #[diesel(sql_type = BigInt)]
    customer: CustomerId,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    language: Language,
    #[diesel(sql_type = Nullable<Text>)]
    mailing_address: Option<String>,
    #[diesel(sql_type = Nullable<Date>)]
    coming_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Text>)]
    coming_lines: Option<String>,
}

#[derive(QueryableByName)]
struct WayColumns {
    #[diesel(sql_type = Nullable<Text>)]
    kind: Option<ContactKind>,
    #[diesel(sql_type = Nullable<Text>)]
    value: Option<String>,
    #[diesel(sql_type = Nullable<Timestamp>)]
    verified_at: Option<NaiveDateTime>,
    #[diesel(sql_type = Nullable<Timestamp>)]
    primary_at: Option<NaiveDateTime>,
    #[diesel(sql_type = Nullable<Timestamp>)]
    waits_since: Option<NaiveDateTime>,
    #[diesel(sql_type = Bool)]
    is_failing: bool,
}

impl WayColumns {
    fn contact(self) -> Option<Contact> {
        Some(Contact {
            kind: self.kind?,
            value: self.value?,
            verified_at: self.verified_at,
            is_primary: self.primary_at.is_some(),
            waits_since: self.waits_since,
            is_failing: self.is_failing,
        })
    }
}

/// The ways that count, the oldest first.
const REACHED: &str = "SELECT r.id AS part, r.role AS role, u.id AS customer, u.name AS name, u.language AS language, u.mailing_address AS mailing_address, \
            m.from_on AS coming_on, m.mailing_address AS coming_lines, p.kind AS kind, p.value AS value, p.verified_at AS verified_at, \
            p.primary_at AS primary_at, CAST(NULL AS TIMESTAMP) AS waits_since, \
            EXISTS (SELECT 1 FROM failing_addresses f WHERE f.channel = 'email' AND f.address = LOWER(p.value) AND f.ended_at IS NULL) AS is_failing, \
            0 AS is_given, p.id AS place \
     FROM account_roles r JOIN customers u ON u.id = r.customer_id LEFT JOIN coming_addresses m ON m.customer_id = u.id \
     LEFT JOIN contact_points p ON p.customer_id = u.id AND p.from_on <= $1 AND (p.until_on IS NULL OR p.until_on > $1) \
     WHERE r.account_id = $2 AND r.from_on <= $1 AND (r.until_on IS NULL OR r.until_on > $1)";

/// What was given and not proved yet.
const GIVEN: &str = "SELECT r.id, r.role, u.id, u.name, u.language, u.mailing_address, CAST(NULL AS DATE), CAST(NULL AS TEXT), h.kind, h.value, \
            CAST(NULL AS TIMESTAMP), CAST(NULL AS TIMESTAMP), h.given_at, FALSE, 1, h.id \
     FROM account_roles r JOIN customers u ON u.id = r.customer_id JOIN contact_proofs h ON h.customer_id = u.id \
     WHERE r.account_id = $2 AND r.from_on <= $1 AND (r.until_on IS NULL OR r.until_on > $1) AND h.ended_at IS NULL AND h.given_at >= $3";

/// Who has a part on an account on a day, the main customer first, each with the ways to reach them. One query.
///
/// # Errors
/// Those of the database.
pub fn list(conn: &mut Conn, account: AccountId, on: NaiveDate) -> Result<Vec<Person>, StoreError> {
    // A code of days ago opens nothing any more.
    let since = on.and_time(NaiveTime::MIN) - TimeDelta::days(1);
    let sql = format!(
        "SELECT part, role, customer, name, language, mailing_address, coming_on, coming_lines, kind, value, verified_at, primary_at, waits_since, \
                is_failing FROM ({REACHED} UNION ALL {GIVEN}) ways ORDER BY part, is_given, place"
    );
    let rows: Vec<Row> = native!(conn, |c| diesel::sql_query(sql)
        .bind::<Date, _>(on)
        .bind::<BigInt, _>(account.0)
        .bind::<Timestamp, _>(since)
        .kept()
        .load(c))?;
    Ok(people(rows))
}

fn people(rows: Vec<Row>) -> Vec<Person> {
    let mut people: Vec<(AccountRoleId, Person)> = Vec::new();
    for Row { part, way } in rows {
        if people.last().is_none_or(|(last, _)| *last != part.part) {
            people.push((part.part, person(part)));
        }
        let (Some(contact), Some((_, person))) = (way.contact(), people.last_mut()) else {
            continue;
        };
        // What is given again is known by what counts.
        let is_known = |known: &Contact| known.value == contact.value;
        if contact.waits_since.is_none() || !person.contacts.iter().any(is_known) {
            person.contacts.push(contact);
        }
    }
    let mut people: Vec<Person> = people.into_iter().map(|(_, person)| person).collect();
    people.sort_by_key(|person| person.role);
    // Whoever has two parts is listed with their ways once.
    let mut listed = HashSet::new();
    for person in &mut people {
        if !listed.insert(person.id) {
            person.contacts.clear();
        }
    }
    people
}

fn person(part: PartColumns) -> Person {
    Person {
        role: part.role,
        id: part.customer,
        name: part.name,
        language: part.language,
        mailing_address: part.mailing_address,
        coming_address: part.coming_on.map(|from_on| (from_on, part.coming_lines)),
        contacts: Vec::new(),
    }
}
