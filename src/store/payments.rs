//! Payments: one row for each; its steps are next door, in `payment_moves.rs`. How far a payment has come is only ever moved by
//! `usecases::payments`.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::ids::{AccountId, JointPaymentId, PaymentId, PaymentNumber};
use crate::domain::money::Money;
use crate::domain::payments::{Channel, ClearedPayment, Instrument, PaymentState, Tender};
use crate::store::any::AnyConnection;
use crate::store::bulk::{self, insert_all};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::ext::{AmongMethods as _, sum_i64};
use crate::store::kept::KeptDsl;
use crate::store::schema::{payments, saved_payments};

/// How many names one `IN` list holds at the most.
const LIST: usize = 1_000;

/// The place of whatever stands for a whole payment: one that has no parts, or the first part of one that has.
const FIRST: i32 = 0;

/// A payment as it stands.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = payments)]
pub struct PaymentRow {
    /// The row.
    pub id: PaymentId,
    /// The number on its receipt.
    pub number: PaymentNumber,
    /// Whose account.
    pub account_id: AccountId,
    /// How much.
    #[diesel(column_name = amount_cents)]
    pub amount: Money,
    /// The way it came.
    pub channel: Channel,
    /// By what.
    pub tender: Tender,
    /// What the payer recognizes the instrument by.
    pub tender_label: Option<String>,
    /// Who took it: the processor, or the channel where there is none.
    pub processor: String,
    /// Its name there.
    pub processor_reference: Option<String>,
    /// The name of the page it is paid on.
    pub session_reference: Option<String>,
    /// Where that page is.
    pub checkout_url: Option<String>,
    /// When it was asked for.
    pub requested_at: NaiveDateTime,
    /// The civil day on which it was asked for.
    pub requested_on: NaiveDate,
    /// Where it stands.
    pub state: PaymentState,
    /// When the money came.
    pub processed_at: Option<NaiveDateTime>,
    /// Why it was refused or taken back, in the processor's word.
    pub failure: Option<String>,
    /// The payment for several accounts that it is a part of.
    #[diesel(column_name = joint_payment_id)]
    pub joint: Option<JointPaymentId>,
}

/// A payment not known before.
#[derive(Debug, Clone)]
pub struct NewPayment {
    /// Whose account.
    pub account_id: AccountId,
    /// How much.
    pub amount: Money,
    /// The way it comes.
    pub channel: Channel,
    /// By what.
    pub tender: Tender,
    /// What the payer recognizes the instrument by.
    pub tender_label: Option<String>,
    /// Who takes it.
    pub processor: String,
    /// Its name there, where it is known already.
    pub processor_reference: Option<String>,
    /// One per form shown.
    pub request_key: Option<String>,
    /// Where it stands.
    pub state: PaymentState,
    /// The payment for several accounts that it is a part of, and its place among the parts.
    pub joint: Option<(JointPaymentId, i32)>,
}

/// Money that came by another way than the processor, as it was recorded.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = payments, treat_none_as_default_value = false)]
pub struct ReceivedRow {
    /// The row.
    pub id: PaymentId,
    /// The number on its receipt.
    pub number: PaymentNumber,
    account_id: AccountId,
    amount_cents: Money,
    channel: Channel,
    tender: Tender,
    tender_label: Option<String>,
    processor: &'static str,
    processor_reference: String,
    requested_by: String,
    requested_at: NaiveDateTime,
    requested_on: NaiveDate,
    state: PaymentState,
    processed_at: NaiveDateTime,
}

/// The payment with this number, on one of these accounts.
pub fn find_by_number(
    conn: &mut Conn,
    accounts: &[AccountId],
    number: &PaymentNumber,
) -> Result<Option<PaymentRow>, StoreError> {
    Ok(payments::table
        .filter(payments::number.eq(number))
        .filter(payments::account_id.among(accounts))
        .select(PaymentRow::as_select())
        .first(conn)
        .optional()?)
}

/// The payment that was asked for by this form.
pub fn find_by_request(conn: &mut Conn, key: &str) -> Result<Option<PaymentRow>, StoreError> {
    Ok(payments::table
        .filter(payments::request_key.eq(key))
        .select(PaymentRow::as_select())
        .first(conn)
        .optional()?)
}

/// The payment of this name at whoever took it; of several accounts' payment the first part.
pub fn find_by_reference(
    conn: &mut Conn,
    processor: &str,
    reference: &str,
) -> Result<Option<PaymentRow>, StoreError> {
    Ok(payments::table
        .filter(payments::processor.eq(processor))
        .filter(payments::processor_reference.eq(reference))
        .filter(payments::joint_place.eq(FIRST))
        .select(PaymentRow::as_select())
        .first(conn)
        .optional()?)
}

/// The payments of these names at whoever took them, of several accounts' payments the first parts: name, row, account and amount.
pub fn list_by_references(
    conn: &mut Conn,
    processor: &str,
    references: &[&str],
) -> Result<Vec<(String, PaymentId, AccountId, Money)>, StoreError> {
    let mut found = Vec::new();
    for some in references.chunks(LIST) {
        found.extend(
            payments::table
                .filter(payments::processor.eq(processor))
                .filter(payments::processor_reference.among(some))
                .filter(payments::joint_place.eq(FIRST))
                .select((
                    payments::processor_reference.assume_not_null(),
                    payments::id,
                    payments::account_id,
                    payments::amount_cents,
                ))
                .load::<(String, PaymentId, AccountId, Money)>(conn)?,
        );
    }
    Ok(found)
}

/// The payment that is made on this page; of several accounts' payment the first part.
pub fn find_by_session(conn: &mut Conn, session: &str) -> Result<Option<PaymentRow>, StoreError> {
    Ok(payments::table
        .filter(payments::session_reference.eq(session))
        .filter(payments::joint_place.eq(FIRST))
        .select(PaymentRow::as_select())
        .first(conn)
        .optional()?)
}

/// The payment with this number, whoever it is of: for the processor's messages, which name it.
pub fn find_by_printed_number(
    conn: &mut Conn,
    number: &PaymentNumber,
) -> Result<Option<PaymentRow>, StoreError> {
    Ok(payments::table
        .filter(payments::number.eq(number))
        .select(PaymentRow::as_select())
        .first(conn)
        .optional()?)
}

/// The payment, which must exist.
pub fn get(conn: &mut Conn, id: PaymentId) -> Result<PaymentRow, StoreError> {
    payments::table
        .find(id)
        .select(PaymentRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("payment"))
}

/// The payment, kept from others until the end of the transaction.
pub fn lock(tx: &mut Tx<'_>, id: PaymentId) -> Result<PaymentRow, StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        payments::table
            .find(id)
            .select(payments::id)
            .for_update()
            .load::<PaymentId>(conn)?;
    }
    get(tx, id)
}

/// Payments of these accounts that came or are on their way since a day, newest first. What was left unpaid is not shown.
pub fn list(
    conn: &mut Conn,
    accounts: &[AccountId],
    since: NaiveDate,
    limit: i64,
) -> Result<Vec<PaymentRow>, StoreError> {
    let unpaid = [PaymentState::Requested, PaymentState::Canceled];
    Ok(payments::table
        .filter(payments::account_id.among(accounts))
        .filter(payments::requested_on.ge(since))
        .filter(payments::state.ne_all(unpaid))
        .order((payments::requested_on.desc(), payments::id.desc()))
        .limit(limit)
        .select(PaymentRow::as_select())
        .load(conn)?)
}

/// What is on its way to these accounts and not yet settled.
pub fn pending(conn: &mut Conn, accounts: &[AccountId]) -> Result<Money, StoreError> {
    let sum: Option<i64> = payments::table
        .filter(payments::account_id.among(accounts))
        .filter(payments::state.eq(PaymentState::Processing))
        .select(sum_i64(payments::amount_cents))
        .first(conn)?;
    Ok(Money::from_cents(sum.unwrap_or_default()))
}

/// What was asked for on an account at a processor and neither paid nor given up, oldest first.
pub fn list_requested(
    conn: &mut Conn,
    account: AccountId,
    processor: &str,
) -> Result<Vec<PaymentRow>, StoreError> {
    Ok(payments::table
        .filter(payments::account_id.eq(account))
        .filter(payments::state.eq(PaymentState::Requested))
        .filter(payments::processor.eq(processor))
        .order(payments::id)
        .select(PaymentRow::as_select())
        .load(conn)?)
}

/// In which states a payment is given, whether or not it has settled, and not taken back.
const GIVEN: [PaymentState; 3] = [
    PaymentState::Processing,
    PaymentState::Succeeded,
    PaymentState::RefundedPart,
];

/// Whether an equal payment of an account was made since an instant: given, whether or not it has settled, and not taken back.
pub fn has_equal(
    conn: &mut Conn,
    account: AccountId,
    amount: Money,
    since: NaiveDateTime,
) -> Result<bool, StoreError> {
    let found: Option<PaymentId> = payments::table
        .filter(payments::account_id.eq(account))
        .filter(payments::amount_cents.eq(amount))
        .filter(payments::requested_at.ge(since))
        .filter(payments::state.among(GIVEN))
        .select(payments::id)
        .first(conn)
        .optional()?;
    Ok(found.is_some())
}

/// The same, of the payments alone that these forms asked for.
pub fn has_equal_of(
    conn: &mut Conn,
    (account, keys): (AccountId, &[String]),
    amount: Money,
    since: NaiveDateTime,
) -> Result<bool, StoreError> {
    let found: Option<PaymentId> = payments::table
        .filter(payments::account_id.eq(account))
        .filter(payments::amount_cents.eq(amount))
        .filter(payments::requested_at.ge(since))
        .filter(payments::state.among(GIVEN))
        .filter(payments::request_key.eq_any(keys))
        .select(payments::id)
        .first(conn)
        .optional()?;
    Ok(found.is_some())
}

/// Before which instant a payment was asked for that nobody opens any more.
#[derive(Debug, Clone, Copy)]
pub struct Unopened {
    /// To be made on a page.
    pub page: NaiveDateTime,
    /// By a saved way to pay.
    pub charge: NaiveDateTime,
}

/// Payments of a processor that were asked for and never opened there, of several accounts' payments the first parts, oldest first.
pub fn list_unopened(
    conn: &mut Conn,
    processor: &str,
    before: Unopened,
    limit: i64,
) -> Result<Vec<PaymentRow>, StoreError> {
    let is_stale = payments::requested_at
        .lt(before.page)
        .or(payments::requested_at
            .lt(before.charge)
            .and(saved_payments::payment_id.is_not_null()));
    Ok(payments::table
        .left_join(saved_payments::table)
        .filter(payments::state.eq(PaymentState::Requested))
        .filter(payments::processor.eq(processor))
        .filter(payments::session_reference.is_null())
        .filter(payments::processor_reference.is_null())
        .filter(payments::joint_place.eq(FIRST))
        .filter(is_stale)
        .order(payments::id)
        .limit(limit)
        .select(PaymentRow::as_select())
        .load(conn)?)
}

/// Payments of a processor that were asked for before an instant and have come to no end, of several accounts' payments the first parts,
/// oldest first; so many after one.
pub fn list_unfinished(
    conn: &mut Conn,
    processor: &str,
    before: NaiveDateTime,
    (after, limit): (PaymentId, i64),
) -> Result<Vec<PaymentRow>, StoreError> {
    let unfinished = [PaymentState::Requested, PaymentState::Processing];
    Ok(payments::table
        .filter(payments::state.among(unfinished))
        .filter(payments::processor.eq(processor))
        .filter(payments::requested_at.lt(before))
        .filter(payments::joint_place.eq(FIRST))
        .filter(payments::id.gt(after))
        .order(payments::id)
        .limit(limit)
        .select(PaymentRow::as_select())
        .load(conn)?)
}

/// Records a payment with its first step, and gives it its number.
pub fn insert(tx: &mut Tx<'_>, new: &NewPayment) -> Result<PaymentId, StoreError> {
    let stamp = tx.stamp;
    // The number follows from the row, so it is written when the row has its place; until then the row has a name nobody else has.
    let unnumbered = uuid::Uuid::new_v4().to_string();
    let id: PaymentId = diesel::insert_into(payments::table)
        .values((
            payments::number.eq(unnumbered),
            payments::account_id.eq(new.account_id),
            payments::amount_cents.eq(new.amount),
            payments::channel.eq(new.channel),
            payments::tender.eq(new.tender),
            payments::tender_label.eq(&new.tender_label),
            payments::processor.eq(&new.processor),
            payments::processor_reference.eq(&new.processor_reference),
            payments::request_key.eq(&new.request_key),
            payments::requested_by.eq(&stamp.by.name),
            payments::requested_at.eq(stamp.at),
            payments::requested_on.eq(stamp.on),
            payments::state.eq(new.state),
            payments::processed_at.eq(new.state.was_posted().then_some(stamp.at)),
            payments::joint_payment_id.eq(new.joint.map(|(joint, _)| joint)),
            payments::joint_place.eq(new.joint.map_or(FIRST, |(_, place)| place)),
        ))
        .returning(payments::id)
        .get_result(tx.conn())?;
    diesel::update(payments::table.find(id))
        .set(payments::number.eq(PaymentNumber::of(id.0)))
        .kept()
        .execute(tx.conn())?;
    Ok(id)
}

/// Records money that came by other ways than the processor, and gives each payment its number, set-wise. Their steps come with their
/// entries.
pub fn insert_received(
    tx: &mut Tx<'_>,
    new: &[&ClearedPayment],
) -> Result<Vec<ReceivedRow>, StoreError> {
    let stamp = tx.stamp;
    let ids = bulk::reserve(tx, "payments", new.len())?;
    let rows: Vec<ReceivedRow> = ids
        .into_iter()
        .zip(new)
        .map(|(id, payment)| ReceivedRow {
            id: PaymentId(id),
            number: PaymentNumber::of(id),
            account_id: payment.account_id,
            amount_cents: payment.amount,
            channel: payment.channel,
            tender: payment.tender,
            tender_label: payment.label.clone(),
            processor: payment.channel.as_str(),
            processor_reference: payment.reference.clone(),
            requested_by: stamp.by.name.clone(),
            requested_at: stamp.at,
            requested_on: payment.received_on,
            state: PaymentState::Succeeded,
            processed_at: stamp.at,
        })
        .collect();
    insert_all!(tx, payments::table, rows.as_slice())?;
    Ok(rows)
}

/// Remembers the page a payment is made on.
pub fn mark_session(
    tx: &mut Tx<'_>,
    id: PaymentId,
    session: &str,
    url: &str,
) -> Result<(), StoreError> {
    diesel::update(payments::table.find(id))
        .set((
            payments::session_reference.eq(session),
            payments::checkout_url.eq(url),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Remembers by what a payment is really made, and its name at the processor.
pub fn mark_instrument(
    tx: &mut Tx<'_>,
    id: PaymentId,
    reference: &str,
    instrument: Option<&Instrument>,
) -> Result<(), StoreError> {
    diesel::update(payments::table.find(id))
        .set(payments::processor_reference.eq(reference))
        .kept()
        .execute(tx.conn())?;
    if let Some(instrument) = instrument {
        diesel::update(payments::table.find(id))
            .set((
                payments::tender.eq(instrument.tender),
                payments::tender_label.eq(instrument.label()),
                payments::fingerprint.eq(&instrument.fingerprint),
            ))
            .kept()
            .execute(tx.conn())?;
    }
    Ok(())
}
