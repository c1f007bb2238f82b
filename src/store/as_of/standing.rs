//! Who and where, as of a moment: the head of an account, its people by the names they had, how to reach them, and what served it on that day.

use std::collections::HashMap;

use chrono::{Days, NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Nullable, Text, Timestamp};

use crate::domain::accounts::{AccountClass, AccountRole, AccountStatus};
use crate::domain::customers::Language;
use crate::domain::ids::{
    AccountId, AccountNumber, CustomerId, ServiceAgreementId, ServicePointId,
};
use crate::domain::money::Money;
use crate::domain::premises::Commodity;
use crate::store::any::native;
use crate::store::as_of::Then;
use crate::store::contact_points::{self, ContactPoint};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::labels;

/// The head of an account, as of a moment.
#[derive(Debug, Clone, QueryableByName)]
pub struct Account {
    /// Row id.
    #[diesel(sql_type = BigInt)]
    pub id: AccountId,
    /// Printed number.
    #[diesel(sql_type = Text)]
    pub number: AccountNumber,
    /// Class, as it is now: it is not kept by days.
    #[diesel(sql_type = Text)]
    pub class: AccountClass,
    /// Where it stood then.
    #[diesel(sql_type = Text)]
    pub status: AccountStatus,
    #[diesel(sql_type = Text)]
    language: Language,
    #[diesel(sql_type = Bool)]
    paper: bool,
    #[diesel(sql_type = Bool)]
    email: bool,
    /// The change of its settings that came next, as the audit trail keeps it.
    #[diesel(sql_type = Nullable<Text>)]
    next_change: Option<String>,
    /// First day.
    #[diesel(sql_type = Date)]
    pub opened_on: NaiveDate,
    /// The cycle that billed it on that day.
    #[diesel(sql_type = Text)]
    pub cycle: String,
    /// What was owed in all by then; negative where money was held.
    #[diesel(sql_type = BigInt)]
    pub balance: Money,
    #[diesel(sql_type = Nullable<Timestamp>)]
    first_status_at: Option<NaiveDateTime>,
    #[diesel(sql_type = Nullable<Timestamp>)]
    first_entry_at: Option<NaiveDateTime>,
}

impl Account {
    /// Since when the books know it, in UTC: its first standing or its first entry, whichever came first.
    #[must_use]
    pub fn known_since(&self) -> Option<NaiveDateTime> {
        let known = [self.first_status_at, self.first_entry_at];
        known.into_iter().flatten().min()
    }

    /// The language of its bills then.
    #[must_use]
    pub fn language(&self) -> Language {
        let old = self.before_change("language");
        old.and_then(|word| word.parse().ok())
            .unwrap_or(self.language)
    }

    /// How its bills went out then: `both`, `paper`, `email` or `portal`.
    #[must_use]
    pub fn delivery(&self) -> String {
        self.before_change("delivery").unwrap_or_else(|| {
            match (self.paper, self.email) {
                (true, true) => "both",
                (true, false) => "paper",
                (false, true) => "email",
                (false, false) => "portal",
            }
            .to_owned()
        })
    }

    /// What the next change says that it was before.
    fn before_change(&self, what: &str) -> Option<String> {
        let facts: serde_json::Value = serde_json::from_str(self.next_change.as_ref()?).ok()?;
        Some(facts.get(what)?.get(0)?.as_str()?.to_owned())
    }
}

const ACCOUNT: &str = "SELECT a.id, a.number, a.class, \
        COALESCE((SELECT s.status FROM account_statuses s WHERE s.account_id = a.id AND s.at <= $1 ORDER BY s.at DESC LIMIT 1), a.status) AS status, \
        a.language, a.paper, a.email, \
        (SELECT d.facts FROM audit_rows d WHERE d.account_id = a.id AND d.action = 'account.settings_changed' AND d.at > $1 ORDER BY d.id LIMIT 1) AS next_change, \
        a.opened_on, \
        (SELECT y.name FROM cycles y WHERE y.id = COALESCE( \
            (SELECT f.cycle_id FROM former_cycles f WHERE f.account_id = a.id AND f.until_on > $2 ORDER BY f.until_on LIMIT 1), a.cycle_id)) AS cycle, \
        CAST(COALESCE((SELECT SUM(e.receivable_cents) FROM ledger_entries e WHERE e.account_id = a.id AND e.posted_at <= $1), 0) AS BIGINT) AS balance, \
        (SELECT MIN(s.at) FROM account_statuses s WHERE s.account_id = a.id) AS first_status_at, \
        (SELECT MIN(e.posted_at) FROM ledger_entries e WHERE e.account_id = a.id) AS first_entry_at \
    FROM accounts a WHERE a.number = $3";

/// The account with this printed number, as of a moment. One query.
///
/// # Errors
/// Those of the database.
pub fn find(
    conn: &mut Conn,
    number: &AccountNumber,
    then: Then,
) -> Result<Option<Account>, StoreError> {
    Ok(native!(conn, |c| diesel::sql_query(ACCOUNT)
        .bind::<Timestamp, _>(then.at)
        .bind::<Date, _>(then.on)
        .bind::<Text, _>(number.as_str())
        .kept()
        .get_result(c)
        .optional())?)
}

/// Somebody with a part on the account on that day, by the name they had at the moment.
#[derive(Debug, Clone, QueryableByName)]
pub struct Person {
    /// What they were to it.
    #[diesel(sql_type = Text)]
    pub role: AccountRole,
    /// Row id.
    #[diesel(sql_type = BigInt)]
    pub id: CustomerId,
    /// The full name then.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Where paper went then, when not to the place served.
    #[diesel(sql_type = Nullable<Text>)]
    pub mailing_address: Option<String>,
}

const PEOPLE: &str = "SELECT r.role AS role, c.id AS id, COALESCE(h.name, c.name) AS name, \
        CASE WHEN h.id IS NULL THEN c.mailing_address ELSE h.mailing_address END AS mailing_address \
    FROM account_roles r JOIN customers c ON c.id = r.customer_id \
    LEFT JOIN customer_history h ON h.id = \
        (SELECT MIN(x.id) FROM customer_history x WHERE x.customer_id = c.id AND x.replaced_at > $1) \
    WHERE r.account_id = $2 AND r.from_on <= $3 AND (r.until_on IS NULL OR r.until_on > $3) \
    ORDER BY r.id";

/// Who had a part on an account, the main customer first. One query.
///
/// # Errors
/// Those of the database.
pub fn list_people(
    conn: &mut Conn,
    account: AccountId,
    then: Then,
) -> Result<Vec<Person>, StoreError> {
    let mut people: Vec<Person> = native!(conn, |c| diesel::sql_query(PEOPLE)
        .bind::<Timestamp, _>(then.at)
        .bind::<BigInt, _>(account.0)
        .bind::<Date, _>(then.on)
        .kept()
        .load(c))?;
    people.sort_by_key(|person| person.role);
    Ok(people)
}

/// How these people were reached on that day; what was proved or chosen later is not yet. One query.
///
/// # Errors
/// Those of the database.
pub fn list_contacts(
    conn: &mut Conn,
    people: &[Person],
    then: Then,
) -> Result<HashMap<CustomerId, Vec<ContactPoint>>, StoreError> {
    let ids: Vec<CustomerId> = people.iter().map(|person| person.id).collect();
    let mut of: HashMap<CustomerId, Vec<ContactPoint>> = HashMap::new();
    for mut point in contact_points::list_present(conn, &ids, then.on)? {
        point.verified_at = point.verified_at.filter(|at| *at <= then.at);
        point.primary_at = point.primary_at.filter(|at| *at <= then.at);
        of.entry(point.customer_id).or_default().push(point);
    }
    Ok(of)
}

#[derive(QueryableByName)]
struct ServedRow {
    #[diesel(sql_type = BigInt)]
    id: ServiceAgreementId,
    #[diesel(sql_type = BigInt)]
    point: ServicePointId,
    #[diesel(sql_type = Text)]
    commodity: Commodity,
    #[diesel(sql_type = Text)]
    rate_code: String,
    #[diesel(sql_type = Date)]
    from_on: NaiveDate,
    #[diesel(sql_type = Nullable<Date>)]
    until_on: Option<NaiveDate>,
    #[diesel(sql_type = Text)]
    line_1: String,
    #[diesel(sql_type = Nullable<Text>)]
    unit: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    serial: Option<String>,
    #[diesel(sql_type = Nullable<Date>)]
    suspended_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    hours_until: Option<NaiveDate>,
}

/// A service of the account that had begun by that day.
#[derive(Debug, Clone)]
pub struct Served {
    /// The agreement.
    pub id: ServiceAgreementId,
    /// The point.
    pub point: ServicePointId,
    /// What was delivered.
    pub commodity: Commodity,
    /// By which rate schedule.
    pub rate_code: String,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end, where it had ended by then; an end still to come is left out.
    pub until_on: Option<NaiveDate>,
    /// Where, in one line.
    pub address: String,
    /// The meters that hung there on that day.
    pub serials: Vec<String>,
    /// From when it was suspended on that day.
    pub suspended_on: Option<NaiveDate>,
    /// The last day whose hours had come by then, where its meters tell them.
    pub hours_until: Option<NaiveDate>,
}

/// So far back are hours looked for.
const HOURS: Days = Days::new(400);

const SERVED: &str = "SELECT g.id AS id, p.id AS point, p.commodity AS commodity, g.rate_code AS rate_code, g.from_on AS from_on, \
        CASE WHEN g.until_on <= $1 THEN g.until_on END AS until_on, b.line_1 AS line_1, b.unit AS unit, m.serial AS serial, \
        (SELECT MAX(s.from_on) FROM service_suspensions s WHERE s.service_agreement_id = g.id AND s.from_on <= $1 \
            AND (s.until_on IS NULL OR s.until_on > $1)) AS suspended_on, \
        (SELECT MAX(d.day) FROM registers q JOIN interval_days d ON d.register_id = q.id LEFT JOIN imports x ON x.id = d.import_id \
            WHERE q.meter_id = m.id AND d.day <= $1 AND (d.import_id IS NULL OR x.started_at <= $2) AND d.day >= $3) AS hours_until \
    FROM service_agreements g JOIN service_points p ON p.id = g.service_point_id JOIN premises b ON b.id = p.premise_id \
    LEFT JOIN meter_installs i ON i.service_point_id = p.id AND i.from_on <= $1 AND (i.until_on IS NULL OR i.until_on > $1) \
    LEFT JOIN meters m ON m.id = i.meter_id \
    WHERE g.account_id = $4 AND g.from_on <= $1 AND (g.withdrawn_at IS NULL OR g.withdrawn_at > $2) \
    ORDER BY g.from_on DESC, g.id, i.id";

/// What served an account on that day, the services in force first. One query.
///
/// # Errors
/// Those of the database.
pub fn list_served(
    conn: &mut Conn,
    account: AccountId,
    then: Then,
) -> Result<Vec<Served>, StoreError> {
    let rows: Vec<ServedRow> = native!(conn, |c| diesel::sql_query(SERVED)
        .bind::<Date, _>(then.on)
        .bind::<Timestamp, _>(then.at)
        .bind::<Date, _>(then.on - HOURS)
        .bind::<BigInt, _>(account.0)
        .kept()
        .load(c))?;
    let mut served: Vec<Served> = Vec::new();
    for row in rows {
        if served.last().is_none_or(|last| last.id != row.id) {
            served.push(Served {
                id: row.id,
                point: row.point,
                commodity: row.commodity,
                rate_code: row.rate_code,
                from_on: row.from_on,
                until_on: row.until_on,
                address: labels::one_line(row.line_1, row.unit),
                serials: Vec::new(),
                suspended_on: row.suspended_on,
                hours_until: None,
            });
        }
        if let Some(last) = served.last_mut() {
            last.serials.extend(row.serial);
            last.hours_until = last.hours_until.max(row.hours_until);
        }
    }
    served.sort_by_key(|one| (one.until_on.is_some(), one.commodity));
    Ok(served)
}
