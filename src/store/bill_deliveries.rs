//! How bills go out: one row for each step of each channel, none ever changed. The latest row of a channel is where it stands.

use std::collections::{BTreeMap, HashMap};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date};

use crate::domain::access::Access;
use crate::domain::accounts::AccountRole;
use crate::domain::bills::{BillStatus, DeliveryChannel, DeliveryState};
use crate::domain::customers::{ContactKind, Language};
use crate::domain::ids::{AccountId, AccountNumber, BillId, BillNumber};
use crate::domain::money::Money;
use crate::store::any::{AnyConnection, native};
use crate::store::bulk::insert_all;
use crate::store::dated::{access_on, contact_on, role_on};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::print::waiting;
use crate::store::schema::{
    account_roles, accounts, bill_deliveries, bills, budget_plan_bills, contact_points, customers,
    login_accounts, logins,
};

/// One step of a delivery.
#[derive(Debug, Clone, Insertable, Queryable)]
#[diesel(table_name = bill_deliveries, treat_none_as_default_value = false)]
pub struct DeliveryRow {
    /// The bill.
    pub bill_id: BillId,
    /// How it travels.
    pub channel: DeliveryChannel,
    /// How far it has come.
    pub state: DeliveryState,
    /// When, in UTC.
    pub at: NaiveDateTime,
    /// Why it failed.
    pub facts: Option<String>,
}

/// A bill that was just issued, with what its addressee is told.
#[derive(Debug, Clone, Queryable)]
pub struct IssuedHead {
    /// The bill.
    pub id: BillId,
    /// Whose.
    pub account_id: AccountId,
    /// What was owed before it.
    pub previous: Money,
    /// What it charges.
    pub total: Money,
    /// What of that it puts off under a level payment plan, where there is one; negative where it asks ahead.
    pub deferred: Option<Money>,
    /// When it falls due.
    pub due_on: NaiveDate,
}

impl IssuedHead {
    /// What it asks for.
    #[must_use]
    pub fn asked(&self) -> Money {
        self.total - self.deferred.unwrap_or_default()
    }
}

/// How an account wants its bills, and where they go.
#[derive(Debug, Clone)]
pub struct Addressee {
    /// The account's printed number.
    pub number: AccountNumber,
    /// The language of its bills.
    pub language: Language,
    /// Whether bills go out on paper.
    pub paper: bool,
    /// Whether bills go out by e-mail.
    pub email: bool,
    /// What a letter begins with.
    pub name: String,
    /// The e-mail address of the main customer, else that of the sign-in whose account it is.
    pub address: Option<String>,
}

/// Held by whoever writes steps until they are committed, on PostgreSQL, where several write at once.
const WRITING: i64 = 0x6d61_696e_0002;

/// The number of the last step below which none is on its way into the database any more: whoever goes through the steps up to there by their
/// numbers misses none that is committed late. Waits for those who write; a read of its own, that holds nothing else meanwhile.
pub fn settled(conn: &mut Conn) -> Result<i64, StoreError> {
    if let AnyConnection::Pg(conn) = conn {
        conn.batch_execute(&format!("SELECT pg_advisory_xact_lock({WRITING})"))?;
    }
    let last: Option<i64> = bill_deliveries::table
        .select(diesel::dsl::max(bill_deliveries::id))
        .first(conn)?;
    Ok(last.unwrap_or_default())
}

/// Records steps; what is to go on paper waits for the printer from now on.
pub fn insert_rows(tx: &mut Tx<'_>, rows: &[DeliveryRow]) -> Result<(), StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        conn.batch_execute(&format!("SELECT pg_advisory_xact_lock_shared({WRITING})"))?;
    }
    insert_all!(tx, bill_deliveries::table, rows)?;
    let on_paper = |row: &&DeliveryRow| {
        row.channel == DeliveryChannel::Paper && row.state == DeliveryState::Queued
    };
    let to_print: Vec<(BillId, NaiveDateTime)> = rows
        .iter()
        .filter(on_paper)
        .map(|row| (row.bill_id, row.at))
        .collect();
    waiting::put_bills(tx, &to_print)
}

/// The issued bill with this printed number, and whose it is.
pub fn find_issued(
    conn: &mut Conn,
    number: &BillNumber,
) -> Result<Option<(BillId, AccountId)>, StoreError> {
    Ok(bills::table
        .filter(bills::id.eq(number.bill()))
        .filter(bills::status.eq(BillStatus::Issued))
        .select((bills::id, bills::account_id))
        .first(conn)
        .optional()?)
}

/// Of bills that were issued since a day: how many went out first by ways of which it is known what came of them, and how many of these arrived
/// by one of these ways, as far as anybody told us. A way that was taken in place of one that had failed is no first way. What stands on the
/// customer's pages alone has arrived where a sign-in looked after the account on that day. Bills that still wait for the mail server or for
/// the printer, and have not arrived otherwise, are not counted.
pub fn first_attempts(conn: &mut Conn, since: NaiveDate) -> Result<(i64, i64), StoreError> {
    let is_seen = "EXISTS (SELECT 1 FROM login_accounts l JOIN logins g ON g.id = l.login_id JOIN bills b ON b.id = f.bill_id \
                   WHERE l.account_id = b.account_id AND l.access IN ('manage', 'owner') AND g.is_active AND g.email_verified_at IS NOT NULL \
                     AND l.from_on <= b.issued_on AND (l.until_on IS NULL OR l.until_on > b.issued_on))";
    let sql = format!(
        "WITH ways AS ( \
             SELECT d.bill_id AS bill_id, d.channel AS channel, MIN(d.id) AS begun, \
                    MAX(CASE WHEN d.state IN ('sent', 'delivered') THEN 1 ELSE 0 END) AS went, \
                    MIN(CASE WHEN d.state = 'failed' THEN d.id END) AS failed \
             FROM bills b JOIN bill_deliveries d ON d.bill_id = b.id \
             WHERE b.issued_on >= $1 AND b.status = 'issued' GROUP BY d.bill_id, d.channel), \
         firsts AS (SELECT w.*, MIN(w.failed) OVER (PARTITION BY w.bill_id) AS broken FROM ways w), \
         judged AS ( \
             SELECT f.bill_id AS bill_id, \
                    MAX(CASE WHEN f.went = 1 AND f.failed IS NULL AND (f.channel <> 'portal' OR {is_seen}) THEN 1 ELSE 0 END) AS arrived, \
                    MAX(CASE WHEN f.went = 0 AND f.failed IS NULL THEN 1 ELSE 0 END) AS waits \
             FROM firsts f WHERE f.broken IS NULL OR f.begun <= f.broken GROUP BY f.bill_id) \
         SELECT COUNT(*) AS bills, CAST(COALESCE(SUM(arrived), 0) AS BIGINT) AS arrived \
         FROM judged WHERE arrived = 1 OR waits = 0"
    );
    let found: Attempts = native!(conn, |c| diesel::sql_query(&sql)
        .bind::<Date, _>(since)
        .get_result(c))?;
    Ok((found.bills, found.arrived))
}

#[derive(QueryableByName)]
struct Attempts {
    #[diesel(sql_type = BigInt)]
    bills: i64,
    #[diesel(sql_type = BigInt)]
    arrived: i64,
}

/// What bills that were just issued ask for.
pub fn list_issued(conn: &mut Conn, ids: &[BillId]) -> Result<Vec<IssuedHead>, StoreError> {
    Ok(bills::table
        .left_join(budget_plan_bills::table)
        .filter(bills::id.eq_any(ids))
        .order(bills::id)
        .select((
            bills::id,
            bills::account_id,
            bills::previous_cents,
            bills::total_cents,
            budget_plan_bills::deferred_cents.nullable(),
            bills::due_on,
        ))
        .load(conn)?)
}

type Wish = (AccountId, AccountNumber, Language, bool, bool);

/// How these accounts want their bills on a day, in four queries.
pub fn list_addressees(
    conn: &mut Conn,
    ids: &[AccountId],
    on: NaiveDate,
) -> Result<HashMap<AccountId, Addressee>, StoreError> {
    let wishes: Vec<Wish> = accounts::table
        .filter(accounts::id.eq_any(ids))
        .select((
            accounts::id,
            accounts::number,
            accounts::language,
            accounts::paper,
            accounts::email,
        ))
        .load(conn)?;
    let by_mail = |wish: &&Wish| wish.4;
    let mailed: Vec<AccountId> = wishes.iter().filter(by_mail).map(|wish| wish.0).collect();
    let mut people = main_customers(conn, &mailed, on)?;
    let lacks_one = |id: &AccountId| people.get(id).is_some_and(|person| person.1.is_none());
    let lacking: Vec<AccountId> = mailed.into_iter().filter(lacks_one).collect();
    for (account, address) in owners_addresses(conn, &lacking, on)? {
        if let Some(person) = people.get_mut(&account) {
            person.1 = person.1.take().or(Some(address));
        }
    }
    let with_person = |(id, number, language, paper, email): Wish| {
        let (name, address) = people.get(&id).cloned().unwrap_or_default();
        let addressee = Addressee {
            number,
            language,
            paper,
            email,
            name,
            address,
        };
        (id, addressee)
    };
    Ok(wishes.into_iter().map(with_person).collect())
}

type Person = (String, Option<String>);

/// The names and e-mail addresses of the main customers of these accounts.
fn main_customers(
    conn: &mut Conn,
    ids: &[AccountId],
    on: NaiveDate,
) -> Result<HashMap<AccountId, Person>, StoreError> {
    let mut people: HashMap<AccountId, Person> = HashMap::new();
    if ids.is_empty() {
        return Ok(people);
    }
    let rows: Vec<(AccountId, String, Option<String>)> = account_roles::table
        .inner_join(customers::table)
        .filter(account_roles::account_id.eq_any(ids))
        .filter(account_roles::role.eq(AccountRole::Main))
        .filter(role_on(on))
        .order(account_roles::id)
        .select((
            account_roles::account_id,
            customers::name,
            customers::given_name,
        ))
        .load(conn)?;
    for (account, name, given_name) in rows {
        people.insert(account, (given_name.unwrap_or(name), None));
    }
    for (account, address, _) in own_addresses(conn, ids, on)? {
        if let Some(person) = people.get_mut(&account) {
            person.1 = Some(address);
        }
    }
    Ok(people)
}

/// Where an account's bills by e-mail go on a day, and whether somebody showed that the address is theirs.
pub fn find_address(
    conn: &mut Conn,
    account: AccountId,
    on: NaiveDate,
) -> Result<Option<(String, bool)>, StoreError> {
    if let Some((_, address, is_proved)) = own_addresses(conn, &[account], on)?.pop() {
        return Ok(Some((address, is_proved)));
    }
    let mut of_owners = owners_addresses(conn, &[account], on)?.into_iter();
    Ok(of_owners.next().map(|(_, address)| (address, true)))
}

/// An address of an account's main customer, and whether it is proved.
type OwnAddress = (AccountId, String, bool);

/// The e-mail addresses of the main customers of these accounts; of each account's, bills go to the last.
fn own_addresses(
    conn: &mut Conn,
    ids: &[AccountId],
    on: NaiveDate,
) -> Result<Vec<OwnAddress>, StoreError> {
    Ok(account_roles::table
        .inner_join(customers::table.inner_join(contact_points::table))
        .filter(account_roles::account_id.eq_any(ids))
        .filter(account_roles::role.eq(AccountRole::Main))
        .filter(role_on(on))
        .filter(contact_points::kind.eq(ContactKind::Email))
        .filter(contact_on(on))
        // The latest that was recorded, or the one that the customer chose.
        .order((contact_points::primary_at.is_not_null(), contact_points::id))
        .select((
            account_roles::account_id,
            contact_points::value,
            contact_points::verified_at.is_not_null(),
        ))
        .load(conn)?)
}

/// The proved addresses of the sign-ins whose accounts these are; of each account's, bills go to the first.
fn owners_addresses(
    conn: &mut Conn,
    ids: &[AccountId],
    on: NaiveDate,
) -> Result<Vec<(AccountId, String)>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(login_accounts::table
        .inner_join(logins::table)
        .filter(login_accounts::account_id.eq_any(ids))
        .filter(login_accounts::access.eq(Access::Owner))
        .filter(access_on(on))
        .filter(logins::is_active.eq(true))
        .filter(logins::email_verified_at.is_not_null())
        .order(login_accounts::id)
        .select((login_accounts::account_id, logins::email))
        .load(conn)?)
}

/// Where each channel of these bills stands, by bill.
pub fn list_latest(
    conn: &mut Conn,
    ids: &[BillId],
) -> Result<HashMap<BillId, Vec<DeliveryRow>>, StoreError> {
    let rows: Vec<DeliveryRow> = bill_deliveries::table
        .filter(bill_deliveries::bill_id.eq_any(ids))
        .order(bill_deliveries::id)
        .select((
            bill_deliveries::bill_id,
            bill_deliveries::channel,
            bill_deliveries::state,
            bill_deliveries::at,
            bill_deliveries::facts,
        ))
        .load(conn)?;
    let mut latest: HashMap<BillId, BTreeMap<DeliveryChannel, DeliveryRow>> = HashMap::new();
    for row in rows {
        let channels = latest.entry(row.bill_id).or_default();
        channels.insert(row.channel, row);
    }
    let as_list = |(bill, channels): (BillId, BTreeMap<DeliveryChannel, DeliveryRow>)| {
        (bill, channels.into_values().collect())
    };
    Ok(latest.into_iter().map(as_list).collect())
}
