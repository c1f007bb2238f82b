//! The ways to reach a customer as the customer keeps them: proved by a code, one of them chosen, and the codes that are still to be typed back.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::customers::ContactKind;
use crate::domain::ids::{ContactPointId, CustomerId, LoginId};
use crate::domain::sessions::TokenHash;
use crate::store::any::AnyConnection;
use crate::store::dated::contact_on;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::parts::OwnEmail;
use crate::store::schema::{contact_points, contact_proofs, customers};

/// A way by which a customer is reached now.
#[derive(Debug, Clone, Queryable)]
pub struct ContactPoint {
    /// The row.
    pub id: ContactPointId,
    /// Whose.
    pub customer_id: CustomerId,
    /// An e-mail address or a telephone number.
    pub kind: ContactKind,
    /// As written.
    pub value: String,
    /// Since when it is proved.
    pub verified_at: Option<NaiveDateTime>,
    /// Since when it is the one that notices and bills go to.
    pub primary_at: Option<NaiveDateTime>,
    /// First day.
    pub from_on: NaiveDate,
}

/// The ways by which these customers are reached on a day, the oldest first. One query.
pub fn list_present(
    conn: &mut Conn,
    customers: &[CustomerId],
    on: NaiveDate,
) -> Result<Vec<ContactPoint>, StoreError> {
    Ok(contact_points::table
        .filter(contact_points::customer_id.eq_any(customers))
        .filter(contact_on(on))
        .order(contact_points::id)
        .select((
            contact_points::id,
            contact_points::customer_id,
            contact_points::kind,
            contact_points::value,
            contact_points::verified_at,
            contact_points::primary_at,
            contact_points::from_on,
        ))
        .load(conn)?)
}

/// Holds the ways of a customer until the transaction ends; SQLite has one writer anyway.
pub fn lock(tx: &mut Tx<'_>, customer: CustomerId) -> Result<(), StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        customers::table
            .find(customer)
            .select(customers::id)
            .for_no_key_update()
            .load::<CustomerId>(conn)?;
    }
    Ok(())
}

/// Notes that a way is proved.
pub fn mark_verified(tx: &mut Tx<'_>, id: ContactPointId) -> Result<(), StoreError> {
    let at = tx.stamp.at;
    diesel::update(contact_points::table.find(id))
        .filter(contact_points::verified_at.is_null())
        .set(contact_points::verified_at.eq(at))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Makes a way the one that is used of its kind, in the place of the one before.
pub fn mark_primary(
    tx: &mut Tx<'_>,
    (customer, kind): (CustomerId, ContactKind),
    id: ContactPointId,
) -> Result<(), StoreError> {
    let at = tx.stamp.at;
    diesel::update(contact_points::table)
        .filter(contact_points::customer_id.eq(customer))
        .filter(contact_points::kind.eq(kind))
        .filter(contact_points::primary_at.is_not_null())
        .set(contact_points::primary_at.eq(None::<NaiveDateTime>))
        .kept()
        .execute(tx.conn())?;
    diesel::update(contact_points::table.find(id))
        .filter(contact_points::customer_id.eq(customer))
        .set(contact_points::primary_at.eq(at))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Of each customer's addresses those that are written to: the chosen one while it answers, else all.
#[must_use]
pub fn written_to(own: Vec<OwnEmail>, failing: &HashSet<String>) -> Vec<OwnEmail> {
    let answers = |own: &&OwnEmail| own.is_primary && !failing.contains(&own.value.to_lowercase());
    let of = |own: &OwnEmail| (own.account_id, own.customer_id);
    let chosen: HashSet<_> = own.iter().filter(answers).map(of).collect();
    own.into_iter()
        .filter(|own| own.is_primary || !chosen.contains(&of(own)))
        .collect()
}

/// A way that is still to be proved.
#[derive(Debug, Clone, Queryable)]
pub struct ContactProof {
    /// The row.
    pub id: i64,
    /// Whose.
    pub customer_id: CustomerId,
    /// An e-mail address or a telephone number.
    pub kind: ContactKind,
    /// As it is to be written.
    pub value: String,
    /// The hash of the code that proves it.
    pub code_hash: String,
    /// Until when the code opens, by the world's clock.
    pub code_ends_at: NaiveDateTime,
    /// When it was given.
    pub given_at: NaiveDateTime,
}

type ProofColumns = (
    contact_proofs::id,
    contact_proofs::customer_id,
    contact_proofs::kind,
    contact_proofs::value,
    contact_proofs::code_hash,
    contact_proofs::code_ends_at,
    contact_proofs::given_at,
);

const PROOF: ProofColumns = (
    contact_proofs::id,
    contact_proofs::customer_id,
    contact_proofs::kind,
    contact_proofs::value,
    contact_proofs::code_hash,
    contact_proofs::code_ends_at,
    contact_proofs::given_at,
);

/// What a login gave for a customer and did not prove yet.
pub fn find_proof(
    conn: &mut Conn,
    customer: CustomerId,
    login: LoginId,
) -> Result<Option<ContactProof>, StoreError> {
    Ok(contact_proofs::table
        .filter(contact_proofs::customer_id.eq(customer))
        .filter(contact_proofs::login_id.eq(login))
        .filter(contact_proofs::ended_at.is_null())
        .select(PROOF)
        .first(conn)
        .optional()?)
}

/// Keeps a way that is still to be proved, in the place of the one that a login gave before.
pub fn insert_proof(
    tx: &mut Tx<'_>,
    (customer, login): (CustomerId, LoginId),
    (kind, value): (ContactKind, &str),
    (code, ends_at): (&TokenHash, NaiveDateTime),
) -> Result<(), StoreError> {
    end_proof(tx, customer, login)?;
    let at = tx.stamp.at;
    diesel::insert_into(contact_proofs::table)
        .values((
            contact_proofs::customer_id.eq(customer),
            contact_proofs::login_id.eq(login),
            contact_proofs::kind.eq(kind),
            contact_proofs::value.eq(value),
            contact_proofs::code_hash.eq(code.as_str()),
            contact_proofs::code_ends_at.eq(ends_at),
            contact_proofs::tries.eq(0),
            contact_proofs::given_at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Counts a try at a code, while there are fewer than so many. Says whether it counts.
pub fn count_try(tx: &mut Tx<'_>, id: i64, most: i32) -> Result<bool, StoreError> {
    let counted = diesel::update(contact_proofs::table.find(id))
        .filter(contact_proofs::tries.lt(most))
        .set(contact_proofs::tries.eq(contact_proofs::tries + 1))
        .kept()
        .execute(tx.conn())?;
    Ok(counted == 1)
}

/// Ends what a login gave for a customer and did not prove. Says whether there was anything.
pub fn end_proof(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    login: LoginId,
) -> Result<bool, StoreError> {
    let at = tx.stamp.at;
    let ended = diesel::update(contact_proofs::table)
        .filter(contact_proofs::customer_id.eq(customer))
        .filter(contact_proofs::login_id.eq(login))
        .filter(contact_proofs::ended_at.is_null())
        .set(contact_proofs::ended_at.eq(at))
        .kept()
        .execute(tx.conn())?;
    Ok(ended > 0)
}
