//! What duplicates are looked for in: every customer that is one of their own with what reaches them and where they are served, and every place.
//! A fixed number of queries, however many there are.

use std::collections::HashSet;

use diesel::prelude::*;

use crate::domain::customers::{ContactKind, CustomerKind};
use crate::domain::duplicates::{Candidate, Likeness, contact_key};
use crate::domain::ids::{CustomerId, PremiseId};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::{
    account_roles, contact_points, customers, customers_apart, premises, service_agreements,
    service_points,
};

/// A pair that somebody looked at and that are two.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = customers_apart)]
pub struct ApartRow {
    /// The one written down first.
    pub one_id: CustomerId,
    /// The other.
    pub other_id: CustomerId,
    /// Why they are two.
    pub reason: String,
    /// Who said so.
    pub said_by: String,
}

/// Every customer that did not become another.
pub fn list_customers(conn: &mut Conn) -> Result<Vec<Candidate>, StoreError> {
    let rows: Vec<(CustomerId, CustomerKind, String, Option<String>)> = customers::table
        .filter(customers::merged_into_id.is_null())
        .order(customers::id)
        .select((
            customers::id,
            customers::kind,
            customers::name,
            customers::mailing_address,
        ))
        .load(conn)?;
    let candidate = |(id, kind, name, mailing_address)| Candidate {
        id,
        kind,
        name,
        mailing_address,
    };
    Ok(rows.into_iter().map(candidate).collect())
}

/// What reaches customers now, and the places where they are or were served in their own name, as marks that are compared.
pub fn list_marks(conn: &mut Conn) -> Result<Vec<(CustomerId, Likeness, String)>, StoreError> {
    let reached: Vec<(CustomerId, ContactKind, String)> = contact_points::table
        .filter(contact_points::until_on.is_null())
        .select((
            contact_points::customer_id,
            contact_points::kind,
            contact_points::search_value,
        ))
        .load(conn)?;
    let served: Vec<(CustomerId, PremiseId)> = account_roles::table
        .inner_join(
            service_agreements::table
                .on(service_agreements::account_id.eq(account_roles::account_id)),
        )
        .inner_join(
            service_points::table.on(service_points::id.eq(service_agreements::service_point_id)),
        )
        .filter(account_roles::role.eq(crate::domain::accounts::AccountRole::Main))
        .filter(service_agreements::withdrawn_at.is_null())
        .select((account_roles::customer_id, service_points::premise_id))
        .distinct()
        .load(conn)?;
    let reached = reached.into_iter().map(|(id, kind, value)| {
        let likeness = match kind {
            ContactKind::Email => Likeness::Email,
            ContactKind::Phone => Likeness::Phone,
        };
        (id, likeness, contact_key(kind, &value))
    });
    let served = served
        .into_iter()
        .map(|(id, premise)| (id, Likeness::Place, premise.to_string()));
    Ok(reached.chain(served).collect())
}

/// The pairs that somebody looked at and that are two.
pub fn list_apart(conn: &mut Conn) -> Result<HashSet<(CustomerId, CustomerId)>, StoreError> {
    let rows: Vec<(CustomerId, CustomerId)> = customers_apart::table
        .select((customers_apart::one_id, customers_apart::other_id))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// What was said of a pair, the one written down first before the other.
pub fn find_apart(
    conn: &mut Conn,
    (one, other): (CustomerId, CustomerId),
) -> Result<Option<ApartRow>, StoreError> {
    Ok(customers_apart::table
        .find((one, other))
        .select(ApartRow::as_select())
        .first(conn)
        .optional()?)
}

/// Notes that two customers are two.
pub fn insert_apart(
    tx: &mut Tx<'_>,
    (one, other): (CustomerId, CustomerId),
    reason: &str,
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(customers_apart::table)
        .values((
            customers_apart::one_id.eq(one),
            customers_apart::other_id.eq(other),
            customers_apart::reason.eq(reason),
            customers_apart::said_by.eq(&stamp.by.name),
            customers_apart::said_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Every place that did not become another, with its whole address in one line.
pub fn list_places(conn: &mut Conn) -> Result<Vec<(PremiseId, String)>, StoreError> {
    type Row = (PremiseId, String, Option<String>, String, String, String);
    let rows: Vec<Row> = premises::table
        .filter(premises::merged_into_id.is_null())
        .order(premises::id)
        .select((
            premises::id,
            premises::line_1,
            premises::unit,
            premises::city,
            premises::state,
            premises::postal_code,
        ))
        .load(conn)?;
    let line = |(id, line_1, unit, city, state, zip): Row| {
        let unit = unit.map(|unit| format!(" {unit}")).unwrap_or_default();
        (id, format!("{line_1}{unit}, {city}, {state} {zip}"))
    };
    Ok(rows.into_iter().map(line).collect())
}
