//! Who and where an account is, as the office's pages about it show it, in a fixed number of queries. What it comes to is next door, in
//! `account_figures`.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::domain::accounts::{AccountClass, AccountRole, AccountStatus};
use crate::domain::customers::{ContactKind, Language};
use crate::domain::ids::{
    AccountId, AccountNumber, CustomerId, ServiceAgreementId, ServicePointId,
};
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::store::bills::listed;
use crate::store::counting::Register;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::latest_reads::LatestRead;
use crate::store::logins::{HolderRow, list_holders};
use crate::store::schema::{
    accounts, cycles, former_cycles, meter_installs, meters, reads, registers,
};
use crate::store::shutoff::Place;
use crate::store::sql_types::Exact;
use crate::store::{account_people, account_services};

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
    /// The place as a shut-off looks at it.
    pub place: Place,
    /// From when it is suspended today, and why.
    pub suspended: Option<(NaiveDate, String)>,
    /// Since when a crew has left it off, where it is.
    pub off_since: Option<NaiveDate>,
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

/// The account with this printed number as it stands on a day. Four queries, however large the account is.
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
    Ok(Some(Standing {
        people: account_people::list(conn, head.id, on)?,
        services: account_services::list(conn, head.id, on)?,
        logins: list_holders(conn, head.id, on)?,
        head,
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

/// That a read is not older than all that the list can show: one of the registers alone has so many that are as new. So each of them is read in the
/// order of its index, and no further back than a page.
fn is_new_enough(points: &[ServicePointId], limit: i64) -> String {
    format!(
        "reads.read_at >= COALESCE((SELECT MAX(k.since) FROM (SELECT (SELECT p.read_at FROM reads p WHERE p.register_id = g.id \
         ORDER BY p.read_at DESC, p.version DESC LIMIT 1 OFFSET {}) AS since FROM registers g \
         JOIN meter_installs i ON i.meter_id = g.meter_id WHERE i.service_point_id IN ({})) k), '0001-01-01')",
        limit.saturating_sub(1).max(0),
        listed(points.iter().map(|point| point.0))
    )
}

/// Reads of the registers at some points from a day on, newest first, every version: all, or those that had come in by a moment, in UTC. One query
/// at the most.
///
/// # Errors
/// Those of the database.
pub fn list_reads_known(
    conn: &mut Conn,
    points: Vec<ServicePointId>,
    (since, known_by): (Option<NaiveDate>, Option<NaiveDateTime>),
    limit: i64,
) -> Result<Vec<ReadLine>, StoreError> {
    if points.is_empty() {
        return Ok(Vec::new());
    }
    let is_new_enough = is_new_enough(&points, limit);
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
    query = match known_by {
        Some(at) => query.filter(reads::recorded_at.le(at)),
        None => query.filter(sql::<Bool>(&is_new_enough)),
    };
    Ok(query.load(conn)?)
}
