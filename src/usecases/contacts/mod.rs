//! The ways to reach a customer, kept by the customer: one is added by the code that was sent to it, one of each kind is chosen, one is removed.
//! Whatever changes is told on all the others. What is not proved counts for nothing.

mod telling;
mod ways;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use serde_json::{Value, json};

use crate::domain::alerts::{Consent, text_number};
use crate::domain::customers::{ContactKind, ContactRefused, check_contact, search_value};
use crate::domain::ids::{AccountId, AccountNumber, ContactPointId, LoginId};
use crate::domain::notice::{Channel, ContactNews};
use crate::secrets::{Token, is_same};
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::contact_points::{self, ContactPoint, ContactProof};
use crate::store::customers::{CustomerRow, NewContactPoint};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::logins::LoginRow;
use crate::store::text_numbers;
use crate::usecases::accounts::people::{self, PeopleError};
use crate::usecases::contacts::telling::{in_part, send_code, tell};
use crate::usecases::text_numbers::{remove_number, take_proved};

pub use crate::usecases::contacts::ways::{Trouble, Way, Ways, list};

/// How long a code opens.
const LASTS: TimeDelta = TimeDelta::minutes(15);

/// So many wrong codes end it.
const TRIES: i32 = 5;

/// So many ways a customer keeps at the most.
const MOST: usize = 10;

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ContactError {
    /// What was typed is no address or number.
    #[error(transparent)]
    Contact(#[from] ContactRefused),
    /// The customer is reached so already, and it is proved.
    #[error("the contact is proved already")]
    Known,
    /// More are kept than anybody needs.
    #[error("a customer keeps at most {MOST} contacts")]
    TooMany,
    /// Only what is proved is chosen.
    #[error("the contact is not proved")]
    NotProved,
    /// What is sent there comes back.
    #[error("what is sent there comes back")]
    ComesBack,
    /// The number's holder texted us to stop.
    #[error("the number's holder asked for no texts")]
    Stopped,
    /// The address of the sign-in is changed at its own place.
    #[error("the address is the sign-in's")]
    OfSignIn,
    /// Bills come to this address alone.
    #[error("bills would reach nobody by e-mail")]
    LastForBills,
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

impl From<PeopleError> for ContactError {
    fn from(error: PeopleError) -> Self {
        Self::Fault(error.fault())
    }
}

/// By which sign-in a customer is asked for, and by which of their accounts.
#[derive(Debug, Clone, Copy)]
pub struct Keeper {
    /// The sign-in.
    pub login: LoginId,
    /// The account, which is theirs.
    pub account: AccountId,
}

/// The customer, one of their accounts, and the sign-in that asks.
struct Subject {
    keeper: Keeper,
    customer: CustomerRow,
    number: AccountNumber,
    login: LoginRow,
    present: Vec<ContactPoint>,
}

impl Subject {
    fn read(conn: &mut Conn, keeper: Keeper, on: NaiveDate) -> Result<Self, StoreError> {
        let mains = store::customers::list_mains(conn, &[keeper.account], on)?;
        let main = mains.into_iter().next();
        let (customer, number) = main.ok_or(StoreError::Missing("customer"))?;
        let present = contact_points::list_present(conn, &[customer.id], on)?;
        Ok(Self {
            keeper,
            customer,
            number,
            login: store::logins::get(conn, keeper.login)?,
            present,
        })
    }

    /// For a change: of two changes of one customer's at once, the second sees what the first did. Where the customer became one with somebody
    /// while this waited, it is that other's.
    fn of(tx: &mut Tx<'_>, keeper: Keeper) -> Result<Self, StoreError> {
        let on = tx.stamp.on;
        let mut customer = Self::read(tx, keeper, on)?.customer.id;
        loop {
            contact_points::lock(tx, customer)?;
            let subject = Self::read(tx, keeper, on)?;
            if subject.customer.id == customer {
                return Ok(subject);
            }
            customer = subject.customer.id;
        }
    }

    fn is_sign_in(&self, point: &ContactPoint) -> bool {
        point.kind == ContactKind::Email
            && self.login.email_verified_at.is_some()
            && point.value.eq_ignore_ascii_case(&self.login.email)
    }

    /// The way that is written so, or only in other letters.
    fn same(&self, kind: ContactKind, value: &str) -> Option<&ContactPoint> {
        let wanted = known_by(kind, value);
        let mut present = self.present.iter();
        present.find(|point| point.kind == kind && known_by(kind, &point.value) == wanted)
    }

    fn get(&self, id: ContactPointId) -> Result<&ContactPoint, StoreError> {
        let found = self.present.iter().find(|point| point.id == id);
        found.ok_or(StoreError::Missing("contact"))
    }
}

/// What two writings of one way have in common.
fn known_by(kind: ContactKind, value: &str) -> String {
    match kind {
        ContactKind::Email => search_value(kind, value),
        ContactKind::Phone => text_number(value).unwrap_or_else(|| search_value(kind, value)),
    }
}

/// Sends a code to an address or number that a customer gives. It counts for nothing before the code is typed back; what was given before and
/// not proved is void. An address from which mail came back may be proved anew. Instants are the world's.
///
/// # Errors
/// `Contact`, `Known`, `TooMany`, or a fault.
pub fn give(
    tx: &mut Tx<'_>,
    keeper: Keeper,
    (kind, typed): (ContactKind, &str),
    (code, now): (&Token, NaiveDateTime),
) -> Result<(), ContactError> {
    let value = checked(kind, typed)?;
    let subject = Subject::of(tx, keeper)?;
    let same = subject.same(kind, &value);
    let address = value.to_lowercase();
    let comes_back = !store::alerts::list_failing(tx, Channel::Email, &[address])?.is_empty();
    let is_proved = |point: &ContactPoint| point.verified_at.is_some() || subject.is_sign_in(point);
    if same.is_some_and(is_proved) && !comes_back {
        return Err(ContactError::Known);
    }
    if same.is_none() && subject.present.len() >= MOST {
        return Err(ContactError::TooMany);
    }
    let hash = code.hash_for(&code_subject(&subject, &value));
    let whose = (subject.customer.id, keeper.login);
    contact_points::insert_proof(tx, whose, (kind, &value), (&hash, now + LASTS))?;
    send_code(tx, &subject, (kind, &value), code)?;
    Ok(record(
        tx,
        &subject,
        "contact.given",
        json!({ "kind": kind }),
    )?)
}

/// What is kept of what was typed: texts go to US numbers alone.
fn checked(kind: ContactKind, typed: &str) -> Result<String, ContactRefused> {
    match kind {
        ContactKind::Email => check_contact(kind, typed),
        ContactKind::Phone => text_number(typed).ok_or(ContactRefused::NotANumber),
    }
}

/// Takes the code: from now on the customer is reached so, and the other ways are told. Where notices go does not change by it, but for the
/// first address there is. Says whether the code opened; each try is counted, and after some of them none opens.
///
/// # Errors
/// A fault.
pub fn prove(
    tx: &mut Tx<'_>,
    keeper: Keeper,
    code: &Token,
    now: NaiveDateTime,
) -> Result<bool, ContactError> {
    let subject = Subject::of(tx, keeper)?;
    let (customer, login) = (subject.customer.id, keeper.login);
    let Some(proof) = contact_points::find_proof(tx, customer, login)? else {
        return Ok(false);
    };
    // Counted before it is looked at, so that many at once get no more tries than one after the other.
    if proof.code_ends_at <= now || !contact_points::count_try(tx, proof.id, TRIES)? {
        return Ok(false);
    }
    let hash = code.hash_for(&code_subject(&subject, &proof.value));
    if !is_same(hash.as_str(), &proof.code_hash) {
        return Ok(false);
    }
    contact_points::end_proof(tx, customer, login)?;
    let known = subject.same(proof.kind, &proof.value).map(|point| point.id);
    match known {
        Some(id) => contact_points::mark_verified(tx, id)?,
        None => add(tx, &subject, &proof)?,
    }
    if proof.kind == ContactKind::Email {
        store::alerts::mark_answering(tx, Channel::Email, &proof.value)?;
    }
    people::followed(tx, customer)?;
    record(
        tx,
        &subject,
        "contact.proved",
        json!({ "kind": proof.kind }),
    )?;
    let news = ContactNews::Added {
        way: proof.kind,
        to: in_part(proof.kind, &proof.value),
    };
    tell(tx, &subject, &[&proof.value], &news)?;
    Ok(true)
}

/// Adds what was proved. The only address there was stays the one that is written to, until another is chosen.
fn add(tx: &mut Tx<'_>, subject: &Subject, proof: &ContactProof) -> Result<(), StoreError> {
    let (customer, kind) = (subject.customer.id, proof.kind);
    let new = NewContactPoint {
        customer_id: customer,
        kind,
        value: proof.value.clone(),
        search_value: search_value(kind, &proof.value),
        verified_at: Some(tx.stamp.at),
        from_on: tx.stamp.on,
        until_on: None,
    };
    store::customers::insert_contact_points(tx, &[new])?;
    let before: Vec<&ContactPoint> = subject
        .present
        .iter()
        .filter(|point| point.kind == kind)
        .collect();
    if let ([only], ContactKind::Email) = (before.as_slice(), kind) {
        contact_points::mark_primary(tx, (customer, kind), only.id)?;
    }
    Ok(())
}

/// Takes back what was given and not proved. Safe to repeat.
///
/// # Errors
/// A fault.
pub fn withdraw(tx: &mut Tx<'_>, keeper: Keeper) -> Result<(), ContactError> {
    let subject = Subject::of(tx, keeper)?;
    if contact_points::end_proof(tx, subject.customer.id, keeper.login)? {
        record(tx, &subject, "contact.withdrawn", json!({}))?;
    }
    Ok(())
}

/// Chooses where notices of a channel go: bills and mails to an address, the sign-in's texts to a number, for which its holder says yes in
/// these words. Choosing the same again changes nothing.
///
/// # Errors
/// `NotProved`, `ComesBack`, `Stopped` where a STOP of the number's holder stands, `Contact` for a number that takes no texts, or a fault.
pub fn choose(
    tx: &mut Tx<'_>,
    keeper: Keeper,
    contact: ContactPointId,
    words: &str,
) -> Result<(), ContactError> {
    let subject = Subject::of(tx, keeper)?;
    let point = subject.get(contact)?;
    if point.verified_at.is_none() && !subject.is_sign_in(point) {
        return Err(ContactError::NotProved);
    }
    let is_new = match point.kind {
        ContactKind::Email => choose_address(tx, &subject, point)?,
        ContactKind::Phone => choose_number(tx, keeper.login, point, words)?,
    };
    if !is_new {
        return Ok(());
    }
    people::followed(tx, subject.customer.id)?;
    record(
        tx,
        &subject,
        "contact.chosen",
        json!({ "kind": point.kind }),
    )?;
    let news = ContactNews::Chosen {
        way: point.kind,
        to: in_part(point.kind, &point.value),
    };
    Ok(tell(tx, &subject, &[&point.value], &news)?)
}

fn choose_address(
    tx: &mut Tx<'_>,
    subject: &Subject,
    point: &ContactPoint,
) -> Result<bool, ContactError> {
    let address = point.value.to_lowercase();
    if !store::alerts::list_failing(tx, Channel::Email, &[address])?.is_empty() {
        return Err(ContactError::ComesBack);
    }
    if point.primary_at.is_some() {
        return Ok(false);
    }
    contact_points::mark_primary(tx, (subject.customer.id, point.kind), point.id)?;
    Ok(true)
}

/// The word of a number's holder stands above what is chosen here: after STOP only their START brings texts back.
fn choose_number(
    tx: &mut Tx<'_>,
    login: LoginId,
    point: &ContactPoint,
    words: &str,
) -> Result<bool, ContactError> {
    let number = text_number(&point.value).ok_or(ContactRefused::NotANumber)?;
    let one = std::slice::from_ref(&number);
    if !text_numbers::list_stopped(tx, one)?.is_empty() {
        return Err(ContactError::Stopped);
    }
    let now = text_numbers::find(tx, login)?;
    let is_proved = now.is_some_and(|now| now.number == number && now.verified_at.is_some());
    let consents = text_numbers::list_consents(tx, one)?;
    if is_proved && consents.get(&number) == Some(&Consent::Given) {
        return Ok(false);
    }
    take_proved(tx, login, &number, words)?;
    Ok(true)
}

/// Removes a way: from today it is used no more. A number gets no more texts of this sign-in; `words` is what its holder pressed. Safe to
/// repeat.
///
/// # Errors
/// `OfSignIn`, `LastForBills`, that the customer never had it, or a fault.
pub fn remove(
    tx: &mut Tx<'_>,
    keeper: Keeper,
    contact: ContactPointId,
    words: &str,
) -> Result<(), ContactError> {
    let subject = Subject::of(tx, keeper)?;
    let Ok(point) = subject.get(contact) else {
        // Ended before, or never theirs, which is refused.
        return Ok(people::end_contact(
            tx,
            keeper.account,
            subject.customer.id,
            contact,
        )?);
    };
    if subject.is_sign_in(point) {
        return Err(ContactError::OfSignIn);
    }
    if point.kind == ContactKind::Email && is_last_for_bills(tx, &subject, point)? {
        return Err(ContactError::LastForBills);
    }
    if point.kind == ContactKind::Phone {
        let number = text_number(&point.value);
        let texted = text_numbers::find(tx, keeper.login)?;
        if texted.is_some_and(|texted| number.as_ref() == Some(&texted.number)) {
            remove_number(tx, keeper.login, words)?;
        }
    }
    people::end_contact(tx, keeper.account, subject.customer.id, contact)?;
    let news = ContactNews::Removed {
        way: point.kind,
        to: in_part(point.kind, &point.value),
    };
    // The address that is removed is told too: it may not be its holder who does it.
    let but: Vec<&str> = match point.kind {
        ContactKind::Email => Vec::new(),
        ContactKind::Phone => vec![&point.value],
    };
    Ok(tell(tx, &subject, &but, &news)?)
}

/// Whether an account of the customer's gets its bills by e-mail alone, and at this address alone.
fn is_last_for_bills(
    tx: &mut Tx<'_>,
    subject: &Subject,
    point: &ContactPoint,
) -> Result<bool, StoreError> {
    let is_other = |other: &ContactPoint| other.kind == ContactKind::Email && other.id != point.id;
    if subject.present.iter().any(is_other) {
        return Ok(false);
    }
    let on = tx.stamp.on;
    let accounts = store::parts::list_accounts(tx, subject.customer.id)?;
    let own = store::parts::list_own_emails(tx, &accounts, on)?;
    let mailed = own.iter().filter(|own| own.contact_id == point.id);
    let mailed: Vec<AccountId> = mailed.map(|own| own.account_id).collect();
    let rows = store::accounts::list_some(tx, &mailed)?;
    Ok(rows.iter().any(|row| row.email && !row.paper))
}

/// A code opens one way of one customer's, for one sign-in.
fn code_subject(subject: &Subject, value: &str) -> String {
    format!(
        "contact:{}:{}:{value}",
        subject.customer.id, subject.login.id
    )
}

/// The audit names rows and kinds, not what is personal in them.
fn record(
    tx: &mut Tx<'_>,
    subject: &Subject,
    action: &str,
    mut facts: Value,
) -> Result<(), StoreError> {
    if let Value::Object(named) = &mut facts {
        named.insert("customer".to_owned(), json!(subject.customer.id));
    }
    let deed = Deed {
        action,
        subject_kind: "account",
        subject_id: subject.number.to_string(),
        account_id: Some(subject.keeper.account),
        facts,
    };
    audit::insert(tx, &deed)
}
