//! Saved ways to pay: one row for each that was asked for, and which payment was made by which. The number itself is never here, only what a
//! person recognizes it by and its name at the processor.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::ids::{
    AccountId, AutopayChargeId, LoginId, PaymentId, PaymentMethodId, ScheduledPaymentId,
};
use crate::domain::payments::saved::{MethodSeen, MethodState};
use crate::domain::payments::{Brand, Instrument, Tender};
use crate::store::any::AnyConnection;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{payment_methods, saved_payments};

/// A saved way to pay as it stands.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = payment_methods)]
pub struct MethodRow {
    /// The row.
    pub id: PaymentMethodId,
    /// Its name in addresses and forms; also the key of the call that asked for it.
    pub request_key: String,
    /// Whose account.
    pub account_id: AccountId,
    /// Card or bank account.
    pub tender: Tender,
    /// Who keeps it.
    pub processor: String,
    /// The account's name as a customer there.
    pub customer_reference: Option<String>,
    /// The name of the page on which it is given.
    pub session_reference: Option<String>,
    /// Where that page is.
    pub checkout_url: Option<String>,
    /// Its name at the processor.
    pub processor_reference: Option<String>,
    /// The card's brand, or the bank.
    pub brand: Option<Brand>,
    /// The last four digits.
    pub last4: Option<String>,
    /// The last day a card can be charged.
    pub expires_on: Option<NaiveDate>,
    /// The bank's name.
    pub bank_name: Option<String>,
    /// `checking` or `savings`.
    pub bank_kind: Option<String>,
    /// The processor's name for the same instrument wherever it is used.
    pub fingerprint: Option<String>,
    /// Where it stands.
    pub state: MethodState,
    /// Whether it is offered first.
    pub is_default: bool,
    /// When it was asked for.
    pub asked_at: NaiveDateTime,
}

impl MethodRow {
    /// What a person recognizes it by, in every language: `Visa ••4242`, `First Bank ••6789`.
    #[must_use]
    pub fn label(&self) -> String {
        let last4 = self.last4.clone().unwrap_or_default();
        label((self.tender, self.brand), last4, self.bank_name.as_deref())
    }

    /// Whether a card can be charged no more on a day.
    #[must_use]
    pub fn has_expired(&self, on: NaiveDate) -> bool {
        self.expires_on.is_some_and(|last| last < on)
    }
}

/// What a person recognizes a saved way to pay by, in every language.
pub(in crate::store) fn label(
    (tender, brand): (Tender, Option<Brand>),
    last4: String,
    bank_name: Option<&str>,
) -> String {
    let label = Instrument {
        tender,
        brand: brand.unwrap_or(Brand::Other),
        last4,
        fingerprint: String::new(),
    }
    .label();
    match bank_name {
        Some(bank) => format!("{bank} {label}"),
        None => label,
    }
}

/// What asked for a payment while nobody was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// An autopay charge.
    Autopay(AutopayChargeId),
    /// A payment that the customer had asked for on a day to come.
    Scheduled(ScheduledPaymentId),
}

/// A payment made by a saved way to pay.
#[derive(Debug, Clone)]
pub struct SavedPayment {
    /// By which.
    pub method: MethodRow,
    /// What asked for it; none where the customer did, there and then.
    pub origin: Option<Origin>,
}

/// Records that a way to pay is to be saved.
pub fn insert(
    tx: &mut Tx<'_>,
    account: AccountId,
    (tender, processor): (Tender, &str),
    request_key: &str,
) -> Result<PaymentMethodId, StoreError> {
    let stamp = tx.stamp;
    Ok(diesel::insert_into(payment_methods::table)
        .values((
            payment_methods::request_key.eq(request_key),
            payment_methods::account_id.eq(account),
            payment_methods::tender.eq(tender),
            payment_methods::processor.eq(processor),
            payment_methods::state.eq(MethodState::Asked),
            payment_methods::is_default.eq(false),
            payment_methods::asked_by.eq(&stamp.by.name),
            payment_methods::login_id.eq(stamp.by.as_login()),
            payment_methods::asked_at.eq(stamp.at),
        ))
        .returning(payment_methods::id)
        .get_result(tx.conn())?)
}

/// The way to pay of this name, on one of these accounts.
pub fn find(
    conn: &mut Conn,
    accounts: &[AccountId],
    request_key: &str,
) -> Result<Option<MethodRow>, StoreError> {
    Ok(payment_methods::table
        .filter(payment_methods::request_key.eq(request_key))
        .filter(payment_methods::account_id.eq_any(accounts))
        .select(MethodRow::as_select())
        .first(conn)
        .optional()?)
}

/// The way to pay that is given on this page, whoever it is of: for the processor's messages, which name it.
pub fn find_by_session(conn: &mut Conn, session: &str) -> Result<Option<MethodRow>, StoreError> {
    Ok(payment_methods::table
        .filter(payment_methods::session_reference.eq(session))
        .select(MethodRow::as_select())
        .first(conn)
        .optional()?)
}

/// The way to pay, which must exist.
pub fn get(conn: &mut Conn, id: PaymentMethodId) -> Result<MethodRow, StoreError> {
    payment_methods::table
        .find(id)
        .select(MethodRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("payment method"))
}

/// The way to pay, kept from others until the end of the transaction.
pub fn lock(tx: &mut Tx<'_>, id: PaymentMethodId) -> Result<MethodRow, StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        payment_methods::table
            .find(id)
            .select(payment_methods::id)
            .for_update()
            .load::<PaymentMethodId>(conn)?;
    }
    get(tx, id)
}

/// The ways to pay that an account can be charged by, the one offered first before the others.
pub fn list(conn: &mut Conn, account: AccountId) -> Result<Vec<MethodRow>, StoreError> {
    Ok(payment_methods::table
        .filter(payment_methods::account_id.eq(account))
        .filter(payment_methods::state.eq(MethodState::Attached))
        .order((payment_methods::is_default.desc(), payment_methods::id))
        .select(MethodRow::as_select())
        .load(conn)?)
}

/// What a sign-in saved on an account, or is about to, and can be charged or may come to be.
pub fn list_of_login(
    conn: &mut Conn,
    account: AccountId,
    login: LoginId,
) -> Result<Vec<MethodRow>, StoreError> {
    Ok(payment_methods::table
        .filter(payment_methods::account_id.eq(account))
        .filter(payment_methods::login_id.eq(login))
        .filter(payment_methods::state.eq_any([MethodState::Asked, MethodState::Attached]))
        .order(payment_methods::id)
        .select(MethodRow::as_select())
        .load(conn)?)
}

/// The ways to pay that any of these accounts can be charged by, account by account.
pub fn list_of(conn: &mut Conn, accounts: &[AccountId]) -> Result<Vec<MethodRow>, StoreError> {
    Ok(payment_methods::table
        .filter(payment_methods::account_id.eq_any(accounts))
        .filter(payment_methods::state.eq(MethodState::Attached))
        .order((
            payment_methods::account_id,
            payment_methods::is_default.desc(),
            payment_methods::id,
        ))
        .select(MethodRow::as_select())
        .load(conn)?)
}

/// Ways to pay that were asked for before an instant and neither given nor left, oldest first; so many after one.
pub fn list_asked(
    conn: &mut Conn,
    processor: &str,
    before: NaiveDateTime,
    (after, limit): (PaymentMethodId, i64),
) -> Result<Vec<MethodRow>, StoreError> {
    Ok(payment_methods::table
        .filter(payment_methods::state.eq(MethodState::Asked))
        .filter(payment_methods::processor.eq(processor))
        .filter(payment_methods::session_reference.is_not_null())
        .filter(payment_methods::asked_at.lt(before))
        .filter(payment_methods::id.gt(after))
        .order(payment_methods::id)
        .limit(limit)
        .select(MethodRow::as_select())
        .load(conn)?)
}

/// The account's name as a customer at a processor, where it has one.
pub fn find_customer(
    conn: &mut Conn,
    account: AccountId,
    processor: &str,
) -> Result<Option<String>, StoreError> {
    Ok(payment_methods::table
        .filter(payment_methods::account_id.eq(account))
        .filter(payment_methods::processor.eq(processor))
        .filter(payment_methods::customer_reference.is_not_null())
        .order(payment_methods::id)
        .select(payment_methods::customer_reference.assume_not_null())
        .first(conn)
        .optional()?)
}

/// Remembers the page on which it is given, and for which customer there.
pub fn mark_page(
    tx: &mut Tx<'_>,
    id: PaymentMethodId,
    customer: &str,
    (session, url): (&str, &str),
) -> Result<(), StoreError> {
    diesel::update(payment_methods::table.find(id))
        .set((
            payment_methods::customer_reference.eq(customer),
            payment_methods::session_reference.eq(session),
            payment_methods::checkout_url.eq(url),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Remembers what was given.
pub fn mark_attached(
    tx: &mut Tx<'_>,
    id: PaymentMethodId,
    seen: &MethodSeen,
    is_default: bool,
) -> Result<(), StoreError> {
    let at = tx.stamp.at;
    diesel::update(payment_methods::table.find(id))
        .set((
            payment_methods::processor_reference.eq(&seen.reference),
            payment_methods::tender.eq(seen.instrument.tender),
            payment_methods::brand.eq(seen.instrument.brand),
            payment_methods::last4.eq(&seen.instrument.last4),
            payment_methods::fingerprint.eq(&seen.instrument.fingerprint),
            payment_methods::expires_on.eq(seen.expires_on),
            payment_methods::bank_name.eq(&seen.bank_name),
            payment_methods::bank_kind.eq(&seen.bank_kind),
            payment_methods::state.eq(MethodState::Attached),
            payment_methods::is_default.eq(is_default),
            payment_methods::attached_at.eq(at),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Remembers that it can't be charged any more, and why.
pub fn mark_ended(
    tx: &mut Tx<'_>,
    id: PaymentMethodId,
    state: MethodState,
    because: Option<&str>,
) -> Result<(), StoreError> {
    let at = tx.stamp.at;
    diesel::update(payment_methods::table.find(id))
        .set((
            payment_methods::state.eq(state),
            payment_methods::is_default.eq(false),
            payment_methods::ended_at.eq(at),
            payment_methods::ended_because.eq(because),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Offers one before the account's others.
pub fn mark_default(
    tx: &mut Tx<'_>,
    account: AccountId,
    id: PaymentMethodId,
) -> Result<(), StoreError> {
    diesel::update(payment_methods::table.filter(payment_methods::account_id.eq(account)))
        .set(payment_methods::is_default.eq(payment_methods::id.eq(id)))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Records by which way a payment is made, and what asked for it.
pub fn insert_payment(
    tx: &mut Tx<'_>,
    payment: PaymentId,
    method: PaymentMethodId,
    origin: Option<Origin>,
) -> Result<(), StoreError> {
    let (charge, scheduled) = match origin {
        Some(Origin::Autopay(charge)) => (Some(charge), None),
        Some(Origin::Scheduled(scheduled)) => (None, Some(scheduled)),
        None => (None, None),
    };
    diesel::insert_into(saved_payments::table)
        .values((
            saved_payments::payment_id.eq(payment),
            saved_payments::payment_method_id.eq(method),
            saved_payments::autopay_charge_id.eq(charge),
            saved_payments::scheduled_payment_id.eq(scheduled),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// By which saved way a payment is made; none where it is made on the processor's page or came another way.
pub fn find_of_payment(
    conn: &mut Conn,
    payment: PaymentId,
) -> Result<Option<SavedPayment>, StoreError> {
    let found: Option<(
        MethodRow,
        Option<AutopayChargeId>,
        Option<ScheduledPaymentId>,
    )> = saved_payments::table
        .inner_join(payment_methods::table)
        .filter(saved_payments::payment_id.eq(payment))
        .select((
            MethodRow::as_select(),
            saved_payments::autopay_charge_id,
            saved_payments::scheduled_payment_id,
        ))
        .first(conn)
        .optional()?;
    Ok(found.map(|(method, charge, scheduled)| SavedPayment {
        method,
        origin: charge
            .map(Origin::Autopay)
            .or(scheduled.map(Origin::Scheduled)),
    }))
}
