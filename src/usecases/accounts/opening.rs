//! An account opened by the office: who, where, by which rates, with what the meters show on the first day. All of it or none; looked at before
//! it is done.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use rust_decimal::Decimal;
use serde_json::json;

use crate::domain::accounts::{AccountClass, AccountRole, AccountStatus, Delivery};
use crate::domain::agreement_facts::AgreementFacts;
use crate::domain::customers::{
    ContactKind, ContactRefused, Language, check_contact, search_value,
};
use crate::domain::ids::{
    AccountId, AccountNumber, CustomerId, CycleId, RegisterId, ServicePointId,
};
use crate::domain::rates::asked::{FactsRefused, asked, check};
use crate::domain::rates::compile;
use crate::domain::reads::ReadSource;
use crate::store;
use crate::store::accounts::{AccountRow, NewAccountRole};
use crate::store::audit::{self, Deed};
use crate::store::bulk::reserve;
use crate::store::customers::NewContactPoint;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::parts;
use crate::usecases::accounts::people::{PeopleError, Whom, insert_person};
use crate::usecases::accounts::services::{NewAgreement, ServiceError, start_service};
use crate::usecases::merges;
use crate::usecases::read_entry::{self, Confirmation, EntryError};
use crate::usecases::reads::desk::{ReadError, ToldRead};
use crate::usecases::reads::of_day::ReadsOfDay;

/// How far ahead an account is opened.
const AHEAD: Days = Days::new(90);

/// How far back.
const BACK: Days = Days::new(366);

/// Why no account was opened.
#[derive(Debug, thiserror::Error)]
pub enum OpeningError {
    /// An account is opened for something that is delivered.
    #[error("nothing is delivered")]
    NothingServed,
    /// The first day lies too far ahead or back.
    #[error("the first day is from {from} to {until}")]
    FirstDay {
        /// The earliest.
        from: NaiveDate,
        /// The latest.
        until: NaiveDate,
    },
    /// Bills by e-mail need an address.
    #[error("no e-mail address is known")]
    NoEmail,
    /// Nobody follows a new account on the portal.
    #[error("bills would reach nobody")]
    ReachesNobody,
    /// There is no such bill cycle.
    #[error("there is no such bill cycle")]
    NoSuchCycle,
    /// What was written is no address or number.
    #[error(transparent)]
    Contact(#[from] ContactRefused),
    /// Somebody cannot be recorded so.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// A service cannot begin.
    #[error("at point {0}: {1}")]
    Service(ServicePointId, ServiceError),
    /// The rate has no prices for the class.
    #[error("at point {0}: the rate is for another class")]
    OtherClass(ServicePointId),
    /// The rate asks for other facts.
    #[error("at point {0}: {1}")]
    Facts(ServicePointId, FactsRefused),
    /// Another value stands for a register on the first day: to be confirmed by whoever may enter reads, and changed by nobody else.
    #[error("the read of register {register} on the first day is {known}")]
    KnownRead {
        /// The register.
        register: RegisterId,
        /// What stands.
        known: Decimal,
        /// Whether whoever opens the account may put another value in its place.
        may_correct: bool,
    },
    /// A register is not read before the day has come.
    #[error("the first day is still to come, and register {0} is not read before it")]
    ReadToCome(RegisterId),
    /// A read was refused, or has to be looked at twice.
    #[error("the read of register {0}: {1}")]
    Read(RegisterId, EntryError),
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// One service of an account that is opened.
#[derive(Debug, Clone)]
pub struct OpeningService {
    /// Where.
    pub point: ServicePointId,
    /// By which rate schedule.
    pub rate_code: String,
    /// The facts that the schedule asks for.
    pub facts: serde_json::Value,
}

/// What a register shows on the first day.
#[derive(Debug, Clone, Copy)]
pub struct OpeningRead {
    /// Which register.
    pub register: RegisterId,
    /// What it shows.
    pub value: Decimal,
    /// What was said about an unusual value.
    pub confirmation: Confirmation,
    /// That it takes the place of another value of the day, which was shown.
    pub replaces: bool,
}

/// An account as the office opens it.
#[derive(Debug, Clone)]
pub struct Opening {
    /// Who the bill is addressed to.
    pub who: Whom,
    /// How somebody new is reached.
    pub contacts: Vec<(ContactKind, String)>,
    /// The class.
    pub class: AccountClass,
    /// The cycle that bills it.
    pub cycle: CycleId,
    /// The language of its bills.
    pub language: Language,
    /// How its bills come.
    pub delivery: Delivery,
    /// The first day of service.
    pub from_on: NaiveDate,
    /// What is delivered.
    pub services: Vec<OpeningService>,
    /// What the registers show on the first day.
    pub shown: Vec<OpeningRead>,
}

/// Opens an account and starts its services. A read that stands gives way only to somebody who may enter reads.
///
/// # Errors
/// Why it cannot be opened so, or a fault.
pub fn open_account(
    tx: &mut Tx<'_>,
    (zone, may_correct): (Tz, bool),
    new: &Opening,
) -> Result<AccountNumber, OpeningError> {
    let today = tx.stamp.on;
    let (from, until) = (today - BACK, today + AHEAD);
    if new.from_on < from || new.from_on > until {
        return Err(OpeningError::FirstDay { from, until });
    }
    if new.services.is_empty() {
        return Err(OpeningError::NothingServed);
    }
    match store::cycles::get(tx, new.cycle) {
        Ok(_) => {}
        Err(StoreError::Missing(_)) => return Err(OpeningError::NoSuchCycle),
        Err(fault) => return Err(fault.into()),
    }
    let customer = customer_of(tx, new)?;
    let account = insert_account(tx, customer, new)?;
    for service in &new.services {
        start(tx, (account.id, new), service)?;
    }
    take_reads(tx, (zone, may_correct), new)?;
    store::search::index_account(tx, account.id)?;
    tx.touch(account.id);
    audit::insert(
        tx,
        &Deed {
            action: "account.opened",
            subject_kind: "account",
            subject_id: account.number.to_string(),
            account_id: Some(account.id),
            facts: json!({ "services": new.services.len(), "from": new.from_on, "class": new.class }),
        },
    )?;
    Ok(account.number)
}

/// The customer with the contacts, known or new, and whether the bills reach them.
fn customer_of(tx: &mut Tx<'_>, new: &Opening) -> Result<CustomerId, OpeningError> {
    let (id, has_email) = match &new.who {
        Whom::Known(id) => {
            let id = merges::survivor(tx, *id)?;
            let known = parts::list_contacts(tx, &[id])?;
            let has_email = known
                .iter()
                .any(|row| row.kind == ContactKind::Email && row.until_on.is_none());
            (id, has_email)
        }
        Whom::New(kind, person) => {
            let id = insert_person(tx, *kind, person)?;
            let mut rows = Vec::with_capacity(new.contacts.len());
            for (kind, value) in &new.contacts {
                let value = check_contact(*kind, value)?;
                rows.push(NewContactPoint {
                    customer_id: id,
                    kind: *kind,
                    search_value: search_value(*kind, &value),
                    value,
                    verified_at: None,
                    from_on: tx.stamp.on,
                    until_on: None,
                });
            }
            let has_email = rows.iter().any(|row| row.kind == ContactKind::Email);
            store::customers::insert_contact_points(tx, &rows)?;
            (id, has_email)
        }
    };
    if new.delivery.has_email() && !has_email {
        return Err(OpeningError::NoEmail);
    }
    if new.delivery == Delivery::Portal {
        return Err(OpeningError::ReachesNobody);
    }
    Ok(id)
}

fn insert_account(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    new: &Opening,
) -> Result<AccountRow, StoreError> {
    let reserved = reserve(tx, "accounts", 1)?.into_iter().next();
    let id = AccountId(reserved.ok_or(StoreError::Missing("reserved id"))?);
    let row = AccountRow {
        id,
        number: AccountNumber::of(id.0),
        class: new.class,
        status: AccountStatus::Active,
        cycle_id: new.cycle,
        language: new.language,
        paper: new.delivery.has_paper(),
        email: new.delivery.has_email(),
        opened_on: new.from_on,
        closed_on: None,
    };
    store::accounts::insert_all_rows(tx, std::slice::from_ref(&row))?;
    let main = NewAccountRole {
        account_id: id,
        customer_id: customer,
        role: AccountRole::Main,
        // Somebody who moves in later is the customer at once: it is they who ask.
        from_on: new.from_on.min(tx.stamp.on),
        until_on: None,
        premise_id: None,
    };
    store::accounts::insert_roles(tx, &[main])?;
    Ok(row)
}

fn start(
    tx: &mut Tx<'_>,
    (account, new): (AccountId, &Opening),
    service: &OpeningService,
) -> Result<(), OpeningError> {
    let at = service.point;
    check_rate(tx, new, service)?;
    let agreement = NewAgreement {
        account,
        point: at,
        rate_code: service.rate_code.clone(),
        facts: service.facts.clone(),
        from_on: new.from_on,
    };
    match start_service(tx, &agreement) {
        Ok(_) => Ok(()),
        Err(ServiceError::Fault(fault)) => Err(fault.into()),
        Err(refused) => Err(OpeningError::Service(at, refused)),
    }
}

/// Whether the rate is for the class, and the facts are what it asks for. A rate that is not there is found when service begins.
fn check_rate(
    tx: &mut Tx<'_>,
    new: &Opening,
    service: &OpeningService,
) -> Result<(), OpeningError> {
    let Some(row) = store::rates::find_in_force(tx, &service.rate_code, new.from_on)? else {
        return Ok(());
    };
    let document =
        compile::read(&row.document).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    if document.is_for_others_than(new.class.as_str()) {
        return Err(OpeningError::OtherClass(service.point));
    }
    let facts: AgreementFacts = serde_json::from_value(service.facts.clone())
        .map_err(|error| StoreError::Unreadable(error.to_string()))?;
    check(&asked(&document), &facts).map_err(|refused| OpeningError::Facts(service.point, refused))
}

/// Keeps what the registers show on the first day.
fn take_reads(
    tx: &mut Tx<'_>,
    (zone, may_correct): (Tz, bool),
    new: &Opening,
) -> Result<(), OpeningError> {
    let Some(first) = new.shown.first() else {
        return Ok(());
    };
    if new.from_on > tx.stamp.on {
        return Err(OpeningError::ReadToCome(first.register));
    }
    let registers: Vec<RegisterId> = new.shown.iter().map(|shown| shown.register).collect();
    let day = ReadsOfDay::load(tx, zone, new.from_on, &registers)?;
    for shown in &new.shown {
        let known = day.of(shown.register).map(|row| row.value.0);
        if let Some(known) = known.filter(|known| *known != shown.value) {
            if !may_correct || !shown.replaces {
                return Err(OpeningError::KnownRead {
                    register: shown.register,
                    known,
                    may_correct,
                });
            }
            // At another hour it would stand beside the new one, and a bill may rest on it.
            let others = day.beside(shown.register);
            for other in others.filter(|other| other.value.0 != shown.value) {
                let given_up = read_entry::give_way(tx, other.id);
                given_up.map_err(|error| refused(shown.register, error))?;
            }
        }
        read(tx, (zone, may_correct), new.from_on, shown)?;
    }
    Ok(())
}

/// Keeps one. What would wait for a look is settled by entering it twice only by somebody who may look at it.
fn read(
    tx: &mut Tx<'_>,
    (zone, may_settle): (Tz, bool),
    on: NaiveDate,
    shown: &OpeningRead,
) -> Result<(), OpeningError> {
    let told = ToldRead {
        register_id: shown.register,
        on,
        value: shown.value,
        source: ReadSource::Manual,
    };
    let kept = if may_settle {
        read_entry::settle(tx, zone, &told, shown.confirmation)
    } else {
        read_entry::enter(tx, zone, &told, shown.confirmation)
    };
    match kept {
        // What the tenant before left with is what this one comes with.
        Ok(_) | Err(EntryError::Refused(ReadError::Duplicate)) => Ok(()),
        Err(error) => Err(refused(shown.register, error)),
    }
}

fn refused(register: RegisterId, error: EntryError) -> OpeningError {
    if let EntryError::Fault(fault) | EntryError::Refused(ReadError::Fault(fault)) = error {
        return fault.into();
    }
    OpeningError::Read(register, error)
}
