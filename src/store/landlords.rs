//! Landlords: on whose accounts they are noted as such, the places of these, and every instruction they gave.

use chrono::{Days, NaiveDate, NaiveDateTime};
use diesel::dsl::min;
use diesel::prelude::*;

use crate::domain::accounts::AccountRole;
use crate::domain::ids::{AccountId, CustomerId, PremiseId, ServiceAgreementId};
use crate::domain::landlords::{Instruction, Tenure, counting, last_tenant, rented_out};
use crate::domain::premises::Commodity;
use crate::store::dated::role_on;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::labels::one_line;
use crate::store::premises::list_with_merged;
use crate::store::schema::{
    account_roles, landlord_agreements, landlord_instructions, premises, service_agreements,
    service_points,
};
use crate::store::service::ServiceAgreementRow;

/// An instruction, as it was given.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = landlord_instructions)]
pub struct InstructionRow {
    /// Of which place.
    pub premise_id: PremiseId,
    /// Of whom: the account that takes service over.
    pub account_id: AccountId,
    /// What is wanted.
    pub instruction: Instruction,
    /// Who gave it.
    pub given_by: String,
    /// When, in UTC.
    pub given_at: NaiveDateTime,
    /// The civil day from which it counts.
    pub given_on: NaiveDate,
}

/// A place that a landlord rents out.
#[derive(Debug, Clone)]
pub struct Place {
    /// The premise.
    pub id: PremiseId,
    /// Number and street with the apartment.
    pub line: String,
    /// City.
    pub city: String,
    /// Every service that anybody had there.
    pub services: Vec<(Commodity, Tenure)>,
    /// What the landlord said of it, the last first.
    pub said: Vec<InstructionRow>,
}

type ServiceLine = (
    PremiseId,
    String,
    Option<String>,
    String,
    Commodity,
    AccountId,
    NaiveDate,
    Option<NaiveDate>,
);

/// The accounts that these customers are the main customers of on a day.
fn accounts_of(
    conn: &mut Conn,
    customers: &[CustomerId],
    day: NaiveDate,
) -> Result<Vec<AccountId>, StoreError> {
    Ok(account_roles::table
        .filter(account_roles::customer_id.eq_any(customers))
        .filter(account_roles::role.eq(AccountRole::Main))
        .filter(role_on(day))
        .order(account_roles::id)
        .select(account_roles::account_id)
        .load(conn)?)
}

/// Every place at which these accounts were ever served.
fn list_served(
    conn: &mut Conn,
    tenants: &[AccountId],
) -> Result<Vec<(AccountId, PremiseId)>, StoreError> {
    Ok(service_agreements::table
        .inner_join(service_points::table)
        .filter(service_agreements::account_id.eq_any(tenants))
        .filter(service_agreements::withdrawn_at.is_null())
        .select((service_agreements::account_id, service_points::premise_id))
        .distinct()
        .load(conn)?)
}

/// The accounts of others on which the customer of an account is noted as landlord, each with the place that they rent out.
pub fn list_tenants(
    conn: &mut Conn,
    account: AccountId,
    day: NaiveDate,
) -> Result<Vec<(AccountId, Option<PremiseId>)>, StoreError> {
    let customers: Vec<CustomerId> = account_roles::table
        .filter(account_roles::account_id.eq(account))
        .filter(account_roles::role.eq(AccountRole::Main))
        .filter(role_on(day))
        .select(account_roles::customer_id)
        .load(conn)?;
    Ok(account_roles::table
        .filter(account_roles::customer_id.eq_any(customers))
        .filter(account_roles::account_id.ne(account))
        .filter(account_roles::role.eq(AccountRole::Landlord))
        .filter(role_on(day))
        .order(account_roles::id)
        .select((account_roles::account_id, account_roles::premise_id))
        .load(conn)?)
}

/// The places that the customer of an account rents out: where whoever came last names them as landlord of it. Six questions for any number. What
/// was said of a place that became one with another is said of that one.
pub fn list_places(
    conn: &mut Conn,
    account: AccountId,
    day: NaiveDate,
) -> Result<Vec<Place>, StoreError> {
    let noted = list_tenants(conn, account, day)?;
    let tenants: Vec<AccountId> = noted.iter().map(|(tenant, _)| *tenant).collect();
    let rented = rented_out(&noted, &list_served(conn, &tenants)?);
    let ids: Vec<PremiseId> = rented.iter().map(|(_, premise)| *premise).collect();
    let rows: Vec<ServiceLine> = service_agreements::table
        .inner_join(service_points::table.inner_join(premises::table))
        .filter(service_points::premise_id.eq_any(&ids))
        .filter(service_agreements::withdrawn_at.is_null())
        .order((
            premises::line_1,
            premises::unit,
            premises::id,
            service_points::id,
            service_agreements::from_on,
        ))
        .select((
            premises::id,
            premises::line_1,
            premises::unit,
            premises::city,
            service_points::commodity,
            service_agreements::account_id,
            service_agreements::from_on,
            service_agreements::until_on,
        ))
        .load(conn)?;
    let each = list_with_merged(conn, &ids)?;
    let ever: Vec<PremiseId> = each.keys().copied().collect();
    let said: Vec<InstructionRow> = landlord_instructions::table
        .filter(landlord_instructions::premise_id.eq_any(&ever))
        .filter(landlord_instructions::account_id.eq(account))
        .order(landlord_instructions::id.desc())
        .select(InstructionRow::as_select())
        .load(conn)?;
    let mut places = gathered(rows);
    for place in &mut places {
        let own = said
            .iter()
            .filter(|row| each.get(&row.premise_id) == Some(&place.id));
        place.said = own.cloned().collect();
    }
    places.retain(|place| {
        let tenures: Vec<Tenure> = place.services.iter().map(|(_, tenure)| *tenure).collect();
        last_tenant(account, &tenures).is_some_and(|tenant| rented.contains(&(tenant, place.id)))
    });
    Ok(places)
}

fn gathered(rows: Vec<ServiceLine>) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for (id, line_1, unit, city, commodity, account, from_on, until_on) in rows {
        if places.last().is_none_or(|place| place.id != id) {
            places.push(Place {
                id,
                line: one_line(line_1, unit),
                city,
                services: Vec::new(),
                said: Vec::new(),
            });
        }
        let tenure = Tenure {
            account,
            from_on,
            until_on,
        };
        if let Some(place) = places.last_mut() {
            place.services.push((commodity, tenure));
        }
    }
    places
}

/// The accounts of whoever is noted as landlord of a tenant's place on the last day of a service, in order.
pub fn list_landlords(
    conn: &mut Conn,
    (tenant, premise): (AccountId, PremiseId),
    until_on: NaiveDate,
) -> Result<Vec<AccountId>, StoreError> {
    let last_day = until_on - Days::new(1);
    let served = list_served(conn, &[tenant])?;
    let mut noted: Vec<(CustomerId, Option<PremiseId>)> = account_roles::table
        .filter(account_roles::account_id.eq(tenant))
        .filter(account_roles::role.eq(AccountRole::Landlord))
        .filter(role_on(last_day))
        .select((account_roles::customer_id, account_roles::premise_id))
        .load(conn)?;
    noted
        .retain(|(_, place)| rented_out(&[(tenant, *place)], &served).contains(&(tenant, premise)));
    let landlords: Vec<CustomerId> = noted.into_iter().map(|(customer, _)| customer).collect();
    let mut accounts = accounts_of(conn, &landlords, last_day)?;
    accounts.retain(|account| *account != tenant);
    accounts.sort_unstable();
    accounts.dedup();
    Ok(accounts)
}

/// What the landlord of a tenant said of a place, as far as it counts for service that ends on a day: the last word given until then by
/// whoever is noted as landlord of it on the tenant's last day.
pub fn find_standing(
    conn: &mut Conn,
    (tenant, premise): (AccountId, PremiseId),
    until_on: NaiveDate,
) -> Result<Option<InstructionRow>, StoreError> {
    let accounts = list_landlords(conn, (tenant, premise), until_on)?;
    if accounts.is_empty() {
        return Ok(None);
    }
    let places = list_with_merged(conn, &[premise])?;
    let places: Vec<PremiseId> = places.into_keys().collect();
    let mut said: Vec<InstructionRow> = landlord_instructions::table
        .filter(landlord_instructions::premise_id.eq_any(&places))
        .filter(landlord_instructions::account_id.eq_any(&accounts))
        .filter(landlord_instructions::given_on.le(until_on))
        .order(landlord_instructions::id.desc())
        .select(InstructionRow::as_select())
        .load(conn)?;
    let words: Vec<(AccountId, Instruction)> = said
        .iter()
        .map(|row| (row.account_id, row.instruction))
        .collect();
    Ok(counting(&words).map(|at| said.swap_remove(at)))
}

/// The day on which an account wanted something else of a place than to go on, for the first time after a day.
pub fn find_taken_back(
    conn: &mut Conn,
    (account, premise): (AccountId, PremiseId),
    after: NaiveDate,
) -> Result<Option<NaiveDate>, StoreError> {
    let places = list_with_merged(conn, &[premise])?;
    let places: Vec<PremiseId> = places.into_keys().collect();
    Ok(landlord_instructions::table
        .filter(landlord_instructions::premise_id.eq_any(&places))
        .filter(landlord_instructions::account_id.eq(account))
        .filter(landlord_instructions::instruction.ne(Instruction::Continue))
        .filter(landlord_instructions::given_on.gt(after))
        .select(min(landlord_instructions::given_on))
        .first(conn)?)
}

/// Every agreement of a place that ends on a day or later.
pub fn list_ending(
    conn: &mut Conn,
    premise: PremiseId,
    day: NaiveDate,
) -> Result<Vec<ServiceAgreementRow>, StoreError> {
    Ok(service_agreements::table
        .inner_join(service_points::table)
        .filter(service_points::premise_id.eq(premise))
        .filter(service_agreements::until_on.ge(day))
        .filter(service_agreements::withdrawn_at.is_null())
        .order(service_agreements::id)
        .select(ServiceAgreementRow::as_select())
        .load(conn)?)
}

/// The landlord's agreement that began because this one ends.
pub fn find_following(
    conn: &mut Conn,
    ended: ServiceAgreementId,
) -> Result<Option<ServiceAgreementRow>, StoreError> {
    Ok(service_agreements::table
        .inner_join(landlord_agreements::table)
        .filter(landlord_agreements::follows_id.eq(ended))
        .filter(service_agreements::withdrawn_at.is_null())
        .select(ServiceAgreementRow::as_select())
        .first(conn)
        .optional()?)
}

/// Whether an agreement began because a tenant's ends.
pub fn is_following(conn: &mut Conn, id: ServiceAgreementId) -> Result<bool, StoreError> {
    let found: Option<ServiceAgreementId> = landlord_agreements::table
        .find(id)
        .select(landlord_agreements::follows_id)
        .first(conn)
        .optional()?;
    Ok(found.is_some())
}

/// Keeps that an agreement began because a tenant's ends.
pub fn insert_following(
    tx: &mut Tx<'_>,
    id: ServiceAgreementId,
    ended: ServiceAgreementId,
) -> Result<(), StoreError> {
    diesel::insert_into(landlord_agreements::table)
        .values((
            landlord_agreements::service_agreement_id.eq(id),
            landlord_agreements::follows_id.eq(ended),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// An agreement follows no tenant's any more: it was withdrawn, and another may.
pub fn remove_following(tx: &mut Tx<'_>, id: ServiceAgreementId) -> Result<(), StoreError> {
    diesel::delete(landlord_agreements::table.find(id)).execute(tx.conn())?;
    Ok(())
}

/// Keeps what was said; it is never changed.
pub fn insert(
    tx: &mut Tx<'_>,
    account: AccountId,
    premise: PremiseId,
    instruction: Instruction,
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(landlord_instructions::table)
        .values((
            landlord_instructions::premise_id.eq(premise),
            landlord_instructions::account_id.eq(account),
            landlord_instructions::instruction.eq(instruction),
            landlord_instructions::given_by.eq(&stamp.by.name),
            landlord_instructions::given_at.eq(stamp.at),
            landlord_instructions::given_on.eq(stamp.on),
        ))
        .execute(tx.conn())?;
    Ok(())
}
