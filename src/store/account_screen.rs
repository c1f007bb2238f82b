//! Everything the office's account screen shows, in a fixed number of queries. Money itself is asked of the ledger next door.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use diesel::prelude::*;

use crate::domain::accounts::{AccountClass, AccountRole, AccountStatus};
use crate::domain::customers::{ContactKind, Language};
use crate::domain::ids::{
    AccountId, AccountNumber, CustomerId, ServiceAgreementId, ServicePointId,
};
use crate::domain::notice::Channel;
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::store::alerts::list_failing;
use crate::store::contact_points;
use crate::store::counting::{Register, registers_of};
use crate::store::dated::role_on;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::labels;
use crate::store::latest_reads::LatestRead;
use crate::store::logins::{HolderRow, list_holders};
use crate::store::schema::{
    account_roles, accounts, coming_addresses, customers, cycles, former_cycles, meter_installs,
    meters, premises, reads, registers, service_agreements, service_points, service_suspensions,
};
use crate::store::sql_types::Exact;

/// The head of the screen.
#[derive(Debug, Clone, Queryable)]
pub struct Head {
    /// Row id.
    pub id: AccountId,
    /// Printed number.
    pub number: AccountNumber,
    /// Class.
    pub class: AccountClass,
    /// Standing.
    pub status: AccountStatus,
    /// Language of its bills.
    pub language: Language,
    /// Whether bills go out on paper.
    pub paper: bool,
    /// Whether bills go out by e-mail.
    pub email: bool,
    /// First day.
    pub opened_on: NaiveDate,
    /// First day after its end.
    pub closed_on: Option<NaiveDate>,
    /// The cycle that bills it.
    pub cycle: String,
    /// From which day on, where that is still to come.
    pub cycle_from: Option<NaiveDate>,
}

/// Somebody with a part on the account.
#[derive(Debug, Clone)]
pub struct Person {
    /// What they are to it.
    pub role: AccountRole,
    /// Row id.
    pub id: CustomerId,
    /// The full name.
    pub name: String,
    /// The language they read.
    pub language: Language,
    /// Where paper goes when not to the premise.
    pub mailing_address: Option<String>,
    /// Where it goes from a day on that is still to come; to the place served where no lines are written.
    pub coming_address: Option<(NaiveDate, Option<String>)>,
    /// How to reach them.
    pub contacts: Vec<Contact>,
}

/// One way to reach somebody.
#[derive(Debug, Clone)]
pub struct Contact {
    /// E-mail or phone.
    pub kind: ContactKind,
    /// As written.
    pub value: String,
    /// Since when it is proved to be theirs.
    pub verified_at: Option<NaiveDateTime>,
    /// Whether the customer chose it for notices and bills.
    pub is_primary: bool,
    /// When the customer gave it, where its code was not typed back yet: it counts for nothing.
    pub waits_since: Option<NaiveDateTime>,
    /// Whether what goes there comes back.
    pub is_failing: bool,
}

/// One service of the account, present or past.
#[derive(Debug, Clone)]
pub struct Service {
    /// The agreement.
    pub id: ServiceAgreementId,
    /// The point.
    pub point: ServicePointId,
    /// What is delivered.
    pub commodity: Commodity,
    /// By which rate schedule.
    pub rate_code: String,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end.
    pub until_on: Option<NaiveDate>,
    /// Where, in one line.
    pub address: String,
    /// City, state and ZIP code.
    pub city: String,
    /// From when it is suspended today, and why.
    pub suspended: Option<(NaiveDate, String)>,
    /// The registers that count it today.
    pub registers: Vec<Register>,
}

impl Service {
    /// Whether it is still to begin on a day.
    #[must_use]
    pub fn is_to_come(&self, on: NaiveDate) -> bool {
        self.from_on > on
    }

    /// Whether it goes on on a day, or begins later.
    #[must_use]
    pub fn is_going_on(&self, on: NaiveDate) -> bool {
        self.until_on.is_none_or(|until| until > on)
    }

    /// The newest of its registers' latest reads.
    #[must_use]
    pub fn latest_read(&self) -> Option<&LatestRead> {
        let reads = self
            .registers
            .iter()
            .filter_map(|register| register.latest.as_ref());
        reads.max_by_key(|read| read.on)
    }
}

/// One read, as the reads tab lists it.
#[derive(Debug, Clone, Queryable)]
pub struct ReadLine {
    /// The register's meter.
    pub serial: String,
    /// What it counts in.
    pub unit: Unit,
    /// The day it counts for.
    pub on: NaiveDate,
    /// When it was taken, in UTC.
    pub at: NaiveDateTime,
    /// Which version of the read this is.
    pub version: i32,
    /// What the face showed.
    pub value: Exact,
    /// Where it came from.
    pub source: String,
    /// How good it is.
    pub quality: String,
    /// Whether it may be used.
    pub verdict: String,
    /// Why not, or what to look at, as JSON.
    pub reasons: Option<String>,
    /// Who recorded it.
    pub recorded_by: String,
}

/// Who and where: everything on the screen that isn't money or words.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The head.
    pub head: Head,
    /// Who has a part on it, the main customer first.
    pub people: Vec<Person>,
    /// What it is served with, services in force first.
    pub services: Vec<Service>,
    /// The logins that follow it on the portal.
    pub logins: Vec<HolderRow>,
}

impl Standing {
    /// The main customer's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.people
            .first()
            .map_or("", |person| person.name.as_str())
    }

    /// The first day without any service, where an account that is served no more still stands as if it were.
    #[must_use]
    pub fn served_until(&self, on: NaiveDate) -> Option<NaiveDate> {
        let is_over = self.services.iter().all(|one| !one.is_going_on(on));
        let is_active = self.head.status == AccountStatus::Active;
        let ends = self.services.iter().filter_map(|one| one.until_on).max();
        ends.filter(|_| is_over && is_active)
    }

    /// The place served now, or last.
    #[must_use]
    pub fn address(&self) -> &str {
        self.services
            .first()
            .map_or("", |service| service.address.as_str())
    }
}

/// The account with this printed number as it stands on a day. Ten queries, however large the account is.
pub fn find(
    conn: &mut Conn,
    number: &AccountNumber,
    on: NaiveDate,
) -> Result<Option<Standing>, StoreError> {
    let comes = former_cycles::account_id
        .eq(accounts::id)
        .and(former_cycles::until_on.gt(on));
    let head: Option<Head> = accounts::table
        .inner_join(cycles::table)
        .left_join(former_cycles::table.on(comes))
        .filter(accounts::number.eq(number))
        .select((
            accounts::id,
            accounts::number,
            accounts::class,
            accounts::status,
            accounts::language,
            accounts::paper,
            accounts::email,
            accounts::opened_on,
            accounts::closed_on,
            cycles::name,
            former_cycles::until_on.nullable(),
        ))
        .order(former_cycles::until_on.desc())
        .first(conn)
        .optional()?;
    let Some(head) = head else { return Ok(None) };
    let people = people(conn, head.id, on)?;
    let services = services(conn, head.id, on)?;
    let logins = list_holders(conn, head.id, on)?;
    Ok(Some(Standing {
        head,
        people,
        services,
        logins,
    }))
}

/// Reads of the account's registers while they served it, newest first, every version.
pub fn list_reads(
    conn: &mut Conn,
    services: &[Service],
    limit: i64,
) -> Result<Vec<ReadLine>, StoreError> {
    let points = services.iter().map(|service| service.point).collect();
    let since = services.iter().map(|service| service.from_on).min();
    list_reads_known(conn, points, (since, None), limit)
}

/// Reads of the registers at some points from a day on, newest first, every version: all, or those that had come in by a moment, in UTC. One query.
///
/// # Errors
/// Those of the database.
pub fn list_reads_known(
    conn: &mut Conn,
    points: Vec<ServicePointId>,
    (since, known_by): (Option<NaiveDate>, Option<NaiveDateTime>),
    limit: i64,
) -> Result<Vec<ReadLine>, StoreError> {
    let mut query = reads::table
        .inner_join(registers::table.inner_join(meters::table))
        .inner_join(meter_installs::table.on(meter_installs::meter_id.eq(registers::meter_id)))
        .filter(meter_installs::service_point_id.eq_any(points))
        .filter(reads::read_on.ge(since.unwrap_or(NaiveDate::MAX)))
        .order((
            reads::read_at.desc(),
            reads::version.desc(),
            reads::id.desc(),
        ))
        .limit(limit)
        .select((
            meters::serial,
            registers::unit,
            reads::read_on,
            reads::read_at,
            reads::version,
            reads::value,
            reads::source,
            reads::quality,
            reads::verdict,
            reads::reasons,
            reads::recorded_by,
        ))
        .into_boxed();
    if let Some(at) = known_by {
        query = query.filter(reads::recorded_at.le(at));
    }
    Ok(query.load(conn)?)
}

type PersonRow = (
    AccountRole,
    CustomerId,
    String,
    Language,
    Option<String>,
    (Option<NaiveDate>, Option<String>),
);

fn people(conn: &mut Conn, account: AccountId, on: NaiveDate) -> Result<Vec<Person>, StoreError> {
    let mut rows: Vec<PersonRow> = account_roles::table
        .inner_join(customers::table)
        .left_join(coming_addresses::table.on(coming_addresses::customer_id.eq(customers::id)))
        .filter(account_roles::account_id.eq(account))
        .filter(role_on(on))
        .order(account_roles::id)
        .select((
            account_roles::role,
            customers::id,
            customers::name,
            customers::language,
            customers::mailing_address,
            (
                coming_addresses::from_on.nullable(),
                coming_addresses::mailing_address.nullable(),
            ),
        ))
        .load(conn)?;
    rows.sort_by_key(|row| row.0);
    let ids: Vec<CustomerId> = rows.iter().map(|row| row.1).collect();
    let mut contacts = contacts(conn, &ids, on)?;
    Ok(rows
        .into_iter()
        .map(
            |(role, id, name, language, mailing_address, (from_on, lines))| Person {
                role,
                id,
                name,
                language,
                mailing_address,
                coming_address: from_on.map(|from_on| (from_on, lines)),
                contacts: contacts.remove(&id).unwrap_or_default(),
            },
        )
        .collect())
}

/// The ways to reach these customers, and behind them what they gave and did not prove yet.
fn contacts(
    conn: &mut Conn,
    customers: &[CustomerId],
    on: NaiveDate,
) -> Result<HashMap<CustomerId, Vec<Contact>>, StoreError> {
    let present = contact_points::list_present(conn, customers, on)?;
    let addresses: Vec<String> = present
        .iter()
        .map(|point| point.value.to_lowercase())
        .collect();
    let failing = list_failing(conn, Channel::Email, &addresses)?;
    let mut of: HashMap<CustomerId, Vec<Contact>> = HashMap::new();
    for point in present {
        of.entry(point.customer_id).or_default().push(Contact {
            kind: point.kind,
            is_failing: failing.contains(&point.value.to_lowercase()),
            value: point.value,
            verified_at: point.verified_at,
            is_primary: point.primary_at.is_some(),
            waits_since: None,
        });
    }
    // A code of days ago opens nothing any more.
    let since = on.and_time(NaiveTime::MIN) - TimeDelta::days(1);
    for proof in contact_points::list_proofs(conn, customers, since)? {
        let known = of.entry(proof.customer_id).or_default();
        if known.iter().any(|contact| contact.value == proof.value) {
            continue;
        }
        known.push(Contact {
            kind: proof.kind,
            value: proof.value,
            verified_at: None,
            is_primary: false,
            waits_since: Some(proof.given_at),
            is_failing: false,
        });
    }
    Ok(of)
}

type ServiceRow = (
    (ServiceAgreementId, ServicePointId, String),
    (NaiveDate, Option<NaiveDate>),
    Commodity,
    (String, Option<String>, String, String, String),
);

fn services(
    conn: &mut Conn,
    account: AccountId,
    on: NaiveDate,
) -> Result<Vec<Service>, StoreError> {
    let rows: Vec<ServiceRow> = service_agreements::table
        .inner_join(service_points::table.inner_join(premises::table))
        .filter(service_agreements::account_id.eq(account))
        .filter(service_agreements::withdrawn_at.is_null())
        .order((service_agreements::from_on.desc(), service_agreements::id))
        .select((
            (
                service_agreements::id,
                service_agreements::service_point_id,
                service_agreements::rate_code,
            ),
            (service_agreements::from_on, service_agreements::until_on),
            service_points::commodity,
            (
                premises::line_1,
                premises::unit,
                premises::city,
                premises::state,
                premises::postal_code,
            ),
        ))
        .load(conn)?;
    let agreements: Vec<ServiceAgreementId> = rows.iter().map(|row| row.0.0).collect();
    let points: Vec<ServicePointId> = rows.iter().map(|row| row.0.1).collect();
    let mut suspended = suspensions(conn, &agreements, on)?;
    let mut registers = registers_of(conn, &points, on)?;
    let mut services: Vec<Service> = rows
        .into_iter()
        .map(
            |((id, point, rate_code), (from_on, until_on), commodity, place)| {
                let (line_1, unit, city, state, postal_code) = place;
                Service {
                    id,
                    point,
                    commodity,
                    rate_code,
                    from_on,
                    until_on,
                    address: labels::one_line(line_1, unit),
                    city: format!("{city}, {state} {postal_code}"),
                    suspended: suspended.remove(&id),
                    registers: registers.remove(&point).unwrap_or_default(),
                }
            },
        )
        .collect();
    let has_ended = |service: &Service| !service.is_going_on(on);
    let is_to_come = |service: &Service| service.is_to_come(on);
    services.sort_by_key(|service| (has_ended(service), is_to_come(service), service.commodity));
    Ok(services)
}

fn suspensions(
    conn: &mut Conn,
    agreements: &[ServiceAgreementId],
    on: NaiveDate,
) -> Result<HashMap<ServiceAgreementId, (NaiveDate, String)>, StoreError> {
    let rows: Vec<(ServiceAgreementId, NaiveDate, String)> = service_suspensions::table
        .filter(service_suspensions::service_agreement_id.eq_any(agreements))
        .filter(service_suspensions::from_on.le(on))
        .filter(
            service_suspensions::until_on
                .is_null()
                .or(service_suspensions::until_on.gt(on)),
        )
        .select((
            service_suspensions::service_agreement_id,
            service_suspensions::from_on,
            service_suspensions::reason,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(agreement, from_on, reason)| (agreement, (from_on, reason)))
        .collect())
}
