//! Opening accounts: customers, premises, meters and agreements from the first day of service, one or many in a fixed number of statements.

pub mod addresses;
pub mod facts;
pub mod known_facts;
pub mod landlords;
pub mod moves;
pub mod names;
pub mod opening;
pub mod people;
pub mod responsibility;
pub mod services;
pub mod settings;
mod takeovers;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::accounts::{AccountClass, AccountRole, AccountStatus};
use crate::domain::customers::{ContactKind, CustomerKind, Language, search_value};
use crate::domain::holds::HoldStop;
use crate::domain::ids::{
    AccountId, AccountNumber, CustomerId, CycleId, MeterId, PremiseId, RegisterId,
    ServiceAgreementId, ServicePointId,
};
use crate::domain::meters::{Channel, MeterKind};
use crate::domain::money::Money;
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::store;
use crate::store::accounts::{AccountRow, NewAccountRole};
use crate::store::audit::{self, Deed};
use crate::store::bulk::reserve;
use crate::store::customers::{CustomerRow, NewContactPoint};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::meters::{MeterRow, NewMeterInstall, RegisterRow};
use crate::store::premises::{PremiseRow, ServicePointRow};
use crate::store::service::ServiceAgreementRow;
use crate::usecases::meters::inventory::register_row;
use crate::usecases::places::premise_row;

/// How many accounts are indexed for the search at once.
const INDEXED: usize = 500;

/// Why an account was not opened, moved or served.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The standing cannot follow the present one.
    #[error("an account that is {from} cannot become {to}")]
    UnlawfulMove {
        /// Where it stands.
        from: AccountStatus,
        /// Where it was to go.
        to: AccountStatus,
    },
    /// The day has not come yet, or the account already moved after it.
    #[error("an account cannot move on {on}: from {since} to today")]
    NotThatDay {
        /// The day told.
        on: NaiveDate,
        /// The first day on which it may move: that of its last move.
        since: NaiveDate,
    },
    /// Money is owed, held or on its way: an account is closed when it is settled.
    #[error("the account is not settled: {balance} is owed, {pending} is on its way")]
    NotSettled {
        /// What is owed; negative where money is held.
        balance: Money,
        /// What is on its way.
        pending: Money,
    },
    /// A deposit is still asked for or held: it is waived or given back before.
    #[error("a deposit is still asked for or held")]
    DepositOpen,
    /// It is served on the day or later.
    #[error("the account is served until after {0}")]
    StillServed(NaiveDate),
    /// A draft of its bill stands, or days on which it was served are not billed yet.
    #[error("the last bill has not gone out")]
    NotBilled,
    /// A hold keeps the write-off away.
    #[error("a hold keeps the write-off away")]
    Held,
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// A household or business that moves in, with everything it is served by.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Who the bill is addressed to.
    pub customer: NewCustomer,
    /// Others with a part on the account.
    pub others: Vec<(AccountRole, NewCustomer)>,
    /// The class.
    pub class: AccountClass,
    /// The cycle that bills it.
    pub cycle: CycleId,
    /// Whether bills go out on paper.
    pub paper: bool,
    /// Whether bills go out by e-mail.
    pub email: bool,
    /// The first day of service.
    pub from_on: NaiveDate,
    /// Where.
    pub premise: NewPremise,
    /// What is delivered there.
    pub services: Vec<NewService>,
}

/// A person or organization not known before.
#[derive(Debug, Clone)]
pub struct NewCustomer {
    /// Person or organization.
    pub kind: CustomerKind,
    /// The full name.
    pub name: String,
    /// What a letter begins with.
    pub given_name: Option<String>,
    /// The language they read.
    pub language: Language,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
}

/// A place not served before.
#[derive(Debug, Clone)]
pub struct NewPremise {
    /// Number and street.
    pub line_1: String,
    /// Apartment or suite.
    pub unit: Option<String>,
    /// City.
    pub city: String,
    /// State, two letters.
    pub state: String,
    /// ZIP code.
    pub postal_code: String,
    /// Degrees north and east.
    pub point: Option<(Decimal, Decimal)>,
    /// Roof and pavement, in square feet.
    pub impervious_sqft: Option<Decimal>,
    /// Homes at the premise.
    pub dwelling_units: i32,
}

/// One service: its point, its meter if it has one, and the agreement.
#[derive(Debug, Clone)]
pub struct NewService {
    /// What is delivered.
    pub commodity: Commodity,
    /// By which rate schedule.
    pub rate_code: String,
    /// Facts that the schedule asks for, such as the number of carts.
    pub facts: serde_json::Value,
    /// The meter.
    pub meter: Option<NewMeter>,
}

/// A meter and its registers.
#[derive(Debug, Clone)]
pub struct NewMeter {
    /// The number on it.
    pub serial: String,
    /// How its registers add up.
    pub kind: MeterKind,
    /// Its size, as rates name it.
    pub size: Option<String>,
    /// Its dials or channels.
    pub registers: Vec<NewRegister>,
}

/// One dial or channel.
#[derive(Debug, Clone)]
pub struct NewRegister {
    /// What it counts.
    pub channel: Channel,
    /// What import files call it.
    pub external_key: String,
    /// What it counts in.
    pub unit: Unit,
    /// Whole digits on its face.
    pub dials: i32,
    /// Decimals on its face.
    pub decimals: i32,
    /// What one unit on the face stands for.
    pub multiplier: Decimal,
    /// The length of its intervals, where it records them.
    pub resolution_minutes: Option<i32>,
}

/// The rows of many new accounts, gathered before any is written.
#[derive(Default)]
struct Rows {
    customers: Vec<CustomerRow>,
    contacts: Vec<NewContactPoint>,
    accounts: Vec<AccountRow>,
    roles: Vec<NewAccountRole>,
    premises: Vec<PremiseRow>,
    points: Vec<ServicePointRow>,
    meters: Vec<MeterRow>,
    registers: Vec<RegisterRow>,
    installs: Vec<NewMeterInstall>,
    agreements: Vec<ServiceAgreementRow>,
}

/// Ids set aside for the rows, handed out in order.
struct Ids {
    customers: std::vec::IntoIter<i64>,
    accounts: std::vec::IntoIter<i64>,
    premises: std::vec::IntoIter<i64>,
    points: std::vec::IntoIter<i64>,
    meters: std::vec::IntoIter<i64>,
    registers: std::vec::IntoIter<i64>,
    agreements: std::vec::IntoIter<i64>,
}

impl Ids {
    fn reserve(tx: &mut Tx<'_>, new: &[NewAccount]) -> Result<Self, StoreError> {
        let services = || new.iter().flat_map(|account| &account.services);
        let meters = || services().filter_map(|service| service.meter.as_ref());
        let points = services().count();
        let mut take = |table, count| reserve(tx, table, count).map(Vec::into_iter);
        Ok(Self {
            customers: take(
                "customers",
                new.iter().map(|account| 1 + account.others.len()).sum(),
            )?,
            accounts: take("accounts", new.len())?,
            premises: take("premises", new.len())?,
            points: take("service_points", points)?,
            meters: take("meters", meters().count())?,
            registers: take(
                "registers",
                meters().map(|meter| meter.registers.len()).sum(),
            )?,
            agreements: take("service_agreements", points)?,
        })
    }
}

fn next(ids: &mut std::vec::IntoIter<i64>) -> i64 {
    ids.next()
        .expect("as many ids were reserved as rows are made")
}

/// Opens accounts and starts their services; the ids come back in the order given.
///
/// # Errors
/// `Fault(Conflict)` when a meter's serial or register key is already known.
pub fn open_accounts(tx: &mut Tx<'_>, new: &[NewAccount]) -> Result<Vec<AccountId>, AccountError> {
    let mut ids = Ids::reserve(tx, new)?;
    let mut rows = Rows::default();
    for account in new {
        gather(&mut rows, &mut ids, account, tx.stamp.at);
    }
    store::customers::insert_all_rows(tx, &rows.customers)?;
    store::customers::insert_contact_points(tx, &rows.contacts)?;
    store::accounts::insert_all_rows(tx, &rows.accounts)?;
    store::accounts::insert_roles(tx, &rows.roles)?;
    store::premises::insert_all_rows(tx, &rows.premises)?;
    store::premises::insert_service_points(tx, &rows.points)?;
    store::meters::insert_all_rows(tx, &rows.meters)?;
    store::meters::insert_registers(tx, &rows.registers)?;
    store::meters::insert_installs(tx, &rows.installs)?;
    store::service::insert_all_rows(tx, &rows.agreements)?;
    let opened: Vec<AccountId> = rows.accounts.iter().map(|row| row.id).collect();
    for some in opened.chunks(INDEXED) {
        store::search::index_accounts(tx, some)?;
    }
    audit_opening(tx, &rows.accounts)?;
    Ok(opened)
}

/// After very many accounts were opened: lets a server plan by what is there now.
///
/// # Errors
/// A fault of the store.
pub fn opened_many(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let tables = [
        "accounts",
        "account_roles",
        "customers",
        "premises",
        "service_points",
        "service_agreements",
        "search_terms",
        "search_index",
    ];
    // SQLite has nothing to look at, and its index of words is not a table that could be.
    store::bulk::take_stock(tx, &tables)
}

/// One audit row for one account; one for a whole batch, so that a conversion of 100,000 does not write as many.
fn audit_opening(tx: &mut Tx<'_>, rows: &[AccountRow]) -> Result<(), StoreError> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return Ok(());
    };
    let one = rows.len() == 1;
    audit::insert(
        tx,
        &Deed {
            action: "account.opened",
            subject_kind: "account",
            subject_id: first.number.to_string(),
            account_id: one.then_some(first.id),
            facts: serde_json::json!({ "accounts": rows.len(), "last": last.number.to_string() }),
        },
    )
}

fn gather(rows: &mut Rows, ids: &mut Ids, new: &NewAccount, at: chrono::NaiveDateTime) {
    let account = AccountId(next(&mut ids.accounts));
    let on = new.from_on;
    rows.accounts.push(AccountRow {
        id: account,
        number: AccountNumber::of(account.0),
        class: new.class,
        status: AccountStatus::Active,
        cycle_id: new.cycle,
        language: new.customer.language,
        paper: new.paper,
        email: new.email,
        opened_on: on,
        closed_on: None,
    });
    let premise = PremiseId(next(&mut ids.premises));
    let main = std::iter::once((AccountRole::Main, &new.customer));
    for (role, customer) in main.chain(new.others.iter().map(|(role, customer)| (*role, customer)))
    {
        let id = CustomerId(next(&mut ids.customers));
        gather_customer(rows, id, customer, (on, at));
        rows.roles.push(NewAccountRole {
            account_id: account,
            customer_id: id,
            role,
            from_on: on,
            until_on: None,
            premise_id: (role == AccountRole::Landlord).then_some(premise),
        });
    }
    rows.premises
        .push(premise_row(premise, &new.premise, Some(new.cycle)));
    for service in &new.services {
        gather_service(rows, ids, service, (account, premise, on));
    }
}

fn gather_customer(
    rows: &mut Rows,
    id: CustomerId,
    new: &NewCustomer,
    (on, at): (NaiveDate, chrono::NaiveDateTime),
) {
    rows.customers.push(CustomerRow {
        id,
        kind: new.kind,
        name: new.name.clone(),
        given_name: new.given_name.clone(),
        language: new.language,
        mailing_address: None,
        created_at: at,
    });
    let known = [
        (ContactKind::Email, &new.email),
        (ContactKind::Phone, &new.phone),
    ];
    rows.contacts
        .extend(known.into_iter().filter_map(|(kind, value)| {
            let value = value.clone()?;
            let search_value = search_value(kind, &value);
            Some(NewContactPoint {
                customer_id: id,
                kind,
                value,
                search_value,
                verified_at: None,
                from_on: on,
                until_on: None,
            })
        }));
}

fn gather_service(
    rows: &mut Rows,
    ids: &mut Ids,
    new: &NewService,
    (account, premise, on): (AccountId, PremiseId, NaiveDate),
) {
    let point = ServicePointId(next(&mut ids.points));
    rows.points.push(ServicePointRow {
        id: point,
        premise_id: premise,
        commodity: new.commodity,
        label: None,
        facts: "{}".to_owned(),
        feeder: None,
    });
    rows.agreements.push(ServiceAgreementRow {
        id: ServiceAgreementId(next(&mut ids.agreements)),
        account_id: account,
        service_point_id: point,
        rate_code: new.rate_code.clone(),
        facts: new.facts.to_string(),
        from_on: on,
        until_on: None,
    });
    let Some(meter) = &new.meter else { return };
    let meter_id = MeterId(next(&mut ids.meters));
    rows.meters.push(MeterRow {
        id: meter_id,
        serial: meter.serial.clone(),
        kind: meter.kind,
        size: meter.size.clone(),
    });
    rows.installs.push(NewMeterInstall {
        meter_id,
        service_point_id: point,
        from_on: on,
        until_on: None,
    });
    rows.registers.extend(
        meter
            .registers
            .iter()
            .map(|register| register_row(RegisterId(next(&mut ids.registers)), meter_id, register)),
    );
}

/// Moves an account to another standing, if the move is lawful.
///
/// # Errors
/// `UnlawfulMove` names both standings; `NotThatDay` the days between which it may move; `NotSettled`, `StillServed` and `NotBilled` keep an
/// account from being closed, `Held` where a hold keeps a write-off away.
pub fn change_status(
    tx: &mut Tx<'_>,
    id: AccountId,
    to: AccountStatus,
    from_on: NaiveDate,
) -> Result<(), AccountError> {
    // A hold or a service that is put on it at the same time comes before or after.
    store::ledger::lock(tx, &[id])?;
    let account = store::accounts::get(tx, id)?;
    if !account.status.may_become(to) {
        return Err(AccountError::UnlawfulMove {
            from: account.status,
            to,
        });
    }
    let since = store::accounts::last_moved_on(tx, id)?.unwrap_or(account.opened_on);
    if from_on < since || from_on > tx.stamp.on {
        return Err(AccountError::NotThatDay { on: from_on, since });
    }
    if to == AccountStatus::Closed {
        is_done_with(tx, id, from_on)?;
    }
    let on = tx.stamp.on;
    if to == AccountStatus::WrittenOff
        && store::holds::stopped(tx, &[id], (HoldStop::WriteOff, on))?.is(id)
    {
        return Err(AccountError::Held);
    }
    store::accounts::mark_status(tx, id, to, from_on)?;
    tx.touch(id);
    Ok(audit::insert(
        tx,
        &Deed {
            action: "account.moved",
            subject_kind: "account",
            subject_id: account.number.to_string(),
            account_id: Some(id),
            facts: serde_json::json!({ "from": account.status, "to": to, "on": from_on }),
        },
    )?)
}

/// Whether an account that is locked and to be closed on a day is settled, served no more and billed for all its days.
fn is_done_with(tx: &mut Tx<'_>, id: AccountId, on: NaiveDate) -> Result<(), AccountError> {
    let balance = store::ledger::balance(tx, id, None)?;
    let pending = store::payments::pending(tx, &[id])?;
    if !balance.is_zero() || !pending.is_zero() {
        return Err(AccountError::NotSettled { balance, pending });
    }
    if !store::deposits::list_open(tx, &[id])?.is_empty() {
        return Err(AccountError::DepositOpen);
    }
    if !store::service::list_after(tx, id, on)?.is_empty() {
        return Err(AccountError::StillServed(on));
    }
    services::all_billed(tx, id, on)
}
