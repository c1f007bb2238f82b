//! Autopay: what each customer allowed, word for word, and one row for each bill that is charged by it. An enrolment is never changed but
//! for its pause and its end; who wants it otherwise agrees anew.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::autopay::{ChargeState, End, Owing, Terms};
use crate::domain::customers::Language;
use crate::domain::ids::{
    AccountId, AutopayChargeId, BillId, EnrolmentId, PaymentId, PaymentMethodId,
};
use crate::domain::money::Money;
use crate::domain::payments::PaymentState;
use crate::store::any::{AnyConnection, native};
use crate::store::arrangements;
use crate::store::bulk::ROWS;
use crate::store::db::{Conn, Tx};
use crate::store::disputes;
use crate::store::error::StoreError;
use crate::store::ext::{AmongMethods as _, sum_i64};
use crate::store::kept::KeptDsl;
use crate::store::payment_methods::MethodRow;
use crate::store::schema::{
    autopay_charges, autopay_enrolments, open_items, payment_methods, payments, saved_payments,
};

/// What a customer allowed.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = autopay_enrolments)]
pub struct EnrolmentRow {
    /// The row.
    pub id: EnrolmentId,
    /// Whose account.
    pub account_id: AccountId,
    /// By which saved way.
    pub payment_method_id: PaymentMethodId,
    day_of_month: Option<i32>,
    #[diesel(column_name = cap_cents)]
    cap: Option<Money>,
    /// The words they agreed to.
    pub agreement: String,
    /// The language of the words.
    pub language: Language,
    /// Who agreed.
    pub agreed_by: String,
    /// When.
    pub agreed_at: NaiveDateTime,
    /// The civil day of it.
    pub agreed_on: NaiveDate,
    /// No charge before this day.
    pub paused_until: Option<NaiveDate>,
    /// When it ended.
    pub ended_at: Option<NaiveDateTime>,
}

impl EnrolmentRow {
    /// What they chose, as the rules ask for it.
    #[must_use]
    pub fn terms(&self) -> Terms {
        Terms {
            day_of_month: self.day_of_month.and_then(|day| day.try_into().ok()),
            cap: self.cap,
            agreed_on: self.agreed_on,
            paused_until: self.paused_until,
        }
    }
}

/// An enrolment not known before.
#[derive(Debug, Clone)]
pub struct NewEnrolment {
    /// Whose account.
    pub account_id: AccountId,
    /// By which saved way.
    pub payment_method_id: PaymentMethodId,
    /// The day of the month; none for the due date.
    pub day_of_month: Option<u32>,
    /// The most that is charged at once.
    pub cap: Option<Money>,
    /// The words they agreed to.
    pub agreement: String,
    /// The language of the words.
    pub language: Language,
}

/// One charge.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = autopay_charges)]
pub struct ChargeRow {
    /// The row.
    pub id: AutopayChargeId,
    /// By which enrolment.
    pub enrolment_id: EnrolmentId,
    /// For which bill.
    pub bill_id: BillId,
    /// When that is due.
    pub due_on: NaiveDate,
    /// When it is charged.
    pub charge_on: NaiveDate,
    /// How often it was tried.
    pub attempts: i32,
    /// Where it stands.
    pub state: ChargeState,
    /// Why it was skipped or stopped.
    pub reason: Option<String>,
    /// How much the customer was told.
    #[diesel(column_name = told_cents)]
    pub told: Option<Money>,
    /// How much was charged.
    #[diesel(column_name = amount_cents)]
    pub amount: Option<Money>,
    /// The latest payment of it.
    pub payment_id: Option<PaymentId>,
}

/// A charge on its way into the table.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = autopay_charges, treat_none_as_default_value = false)]
pub struct NewCharge {
    /// By which enrolment.
    pub enrolment_id: EnrolmentId,
    /// For which bill.
    pub bill_id: BillId,
    /// When that is due.
    pub due_on: NaiveDate,
    /// When it is charged.
    pub charge_on: NaiveDate,
    /// How often it was tried.
    pub attempts: i32,
    /// Where it stands.
    pub state: ChargeState,
    /// Why it is skipped.
    pub reason: Option<&'static str>,
    /// When it was planned.
    pub planned_at: NaiveDateTime,
}

/// Records what a customer agreed to.
pub fn insert(tx: &mut Tx<'_>, new: &NewEnrolment) -> Result<EnrolmentId, StoreError> {
    let stamp = tx.stamp;
    let day = new.day_of_month.and_then(|day| i32::try_from(day).ok());
    Ok(diesel::insert_into(autopay_enrolments::table)
        .values((
            autopay_enrolments::account_id.eq(new.account_id),
            autopay_enrolments::payment_method_id.eq(new.payment_method_id),
            autopay_enrolments::day_of_month.eq(day),
            autopay_enrolments::cap_cents.eq(new.cap),
            autopay_enrolments::agreement.eq(&new.agreement),
            autopay_enrolments::language.eq(new.language),
            autopay_enrolments::agreed_by.eq(&stamp.by.name),
            autopay_enrolments::agreed_at.eq(stamp.at),
            autopay_enrolments::agreed_on.eq(stamp.on),
        ))
        .returning(autopay_enrolments::id)
        .get_result(tx.conn())?)
}

/// The enrolment in force of an account.
pub fn find(conn: &mut Conn, account: AccountId) -> Result<Option<EnrolmentRow>, StoreError> {
    Ok(autopay_enrolments::table
        .filter(autopay_enrolments::account_id.eq(account))
        .filter(autopay_enrolments::ended_at.is_null())
        .select(EnrolmentRow::as_select())
        .first(conn)
        .optional()?)
}

/// Those of these accounts that autopay charges.
pub fn list_enrolled(
    conn: &mut Conn,
    accounts: &[AccountId],
) -> Result<HashSet<AccountId>, StoreError> {
    let found: Vec<AccountId> = autopay_enrolments::table
        .filter(autopay_enrolments::account_id.among(accounts))
        .filter(autopay_enrolments::ended_at.is_null())
        .select(autopay_enrolments::account_id)
        .load(conn)?;
    Ok(found.into_iter().collect())
}

/// The enrolment in force of an account, with the way to pay that it charges.
pub fn find_with_method(
    conn: &mut Conn,
    account: AccountId,
) -> Result<Option<(EnrolmentRow, MethodRow)>, StoreError> {
    Ok(autopay_enrolments::table
        .inner_join(payment_methods::table)
        .filter(autopay_enrolments::account_id.eq(account))
        .filter(autopay_enrolments::ended_at.is_null())
        .select((EnrolmentRow::as_select(), MethodRow::as_select()))
        .first(conn)
        .optional()?)
}

/// The enrolment, which must exist.
pub fn get(conn: &mut Conn, id: EnrolmentId) -> Result<EnrolmentRow, StoreError> {
    autopay_enrolments::table
        .find(id)
        .select(EnrolmentRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("autopay enrolment"))
}

/// The enrolments in force that charge a saved way to pay.
pub fn list_of_method(
    conn: &mut Conn,
    method: PaymentMethodId,
) -> Result<Vec<EnrolmentRow>, StoreError> {
    Ok(autopay_enrolments::table
        .filter(autopay_enrolments::payment_method_id.eq(method))
        .filter(autopay_enrolments::ended_at.is_null())
        .order(autopay_enrolments::id)
        .select(EnrolmentRow::as_select())
        .load(conn)?)
}

/// Pauses an enrolment until a day, or lets it go on.
pub fn mark_paused(
    tx: &mut Tx<'_>,
    id: EnrolmentId,
    until: Option<NaiveDate>,
) -> Result<(), StoreError> {
    diesel::update(autopay_enrolments::table.find(id))
        .set(autopay_enrolments::paused_until.eq(until))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Ends an enrolment.
pub fn mark_ended(tx: &mut Tx<'_>, id: EnrolmentId, why: End) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::update(autopay_enrolments::table.find(id))
        .set((
            autopay_enrolments::ended_at.eq(stamp.at),
            autopay_enrolments::ended_by.eq(&stamp.by.name),
            autopay_enrolments::ended_because.eq(why),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// The due dates of these accounts whose bills autopay is about to charge.
pub fn list_ahead(
    conn: &mut Conn,
    accounts: &[AccountId],
) -> Result<HashSet<(AccountId, NaiveDate)>, StoreError> {
    let rows: Vec<(AccountId, NaiveDate)> = autopay_charges::table
        .inner_join(autopay_enrolments::table)
        .filter(autopay_enrolments::account_id.among(accounts))
        .filter(autopay_enrolments::ended_at.is_null())
        .filter(autopay_charges::state.among([ChargeState::Planned, ChargeState::Asked]))
        .select((autopay_enrolments::account_id, autopay_charges::due_on))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// A charge that is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ahead {
    /// Whose account.
    pub account: AccountId,
    /// When the bill is due.
    pub due_on: NaiveDate,
    /// When it is charged.
    pub charge_on: NaiveDate,
    /// What the customer chose.
    pub terms: Terms,
}

/// What autopay is about to charge on these accounts.
pub fn list_planned(conn: &mut Conn, accounts: &[AccountId]) -> Result<Vec<Ahead>, StoreError> {
    let rows: Vec<(EnrolmentRow, NaiveDate, NaiveDate)> = autopay_charges::table
        .inner_join(autopay_enrolments::table)
        .filter(autopay_enrolments::account_id.among(accounts))
        .filter(autopay_enrolments::ended_at.is_null())
        .filter(autopay_charges::state.among([ChargeState::Planned, ChargeState::Asked]))
        .order(autopay_charges::id)
        .select((
            EnrolmentRow::as_select(),
            autopay_charges::due_on,
            autopay_charges::charge_on,
        ))
        .load(conn)?;
    let ahead = |(enrolment, due_on, charge_on): (EnrolmentRow, NaiveDate, NaiveDate)| Ahead {
        account: enrolment.account_id,
        due_on,
        charge_on,
        terms: enrolment.terms(),
    };
    Ok(rows.into_iter().map(ahead).collect())
}

/// Records planned charges. One that somebody else planned meanwhile stays as it is.
pub fn insert_charges(tx: &mut Tx<'_>, new: &[NewCharge]) -> Result<(), StoreError> {
    for chunk in new.chunks(ROWS) {
        native!(tx.conn(), |c| diesel::insert_into(autopay_charges::table)
            .values(chunk)
            .on_conflict_do_nothing()
            .execute(c))?;
    }
    Ok(())
}

/// Charges to look at: those asked for and not answered, and those of enrolments in force whose day has come or is near. After one, in
/// their order.
pub fn list_to_do(
    conn: &mut Conn,
    until: NaiveDate,
    after: AutopayChargeId,
    limit: i64,
) -> Result<Vec<(AutopayChargeId, AccountId)>, StoreError> {
    let is_near = autopay_charges::state
        .eq(ChargeState::Planned)
        .and(autopay_charges::charge_on.le(until))
        .and(autopay_enrolments::ended_at.is_null());
    Ok(autopay_charges::table
        .inner_join(autopay_enrolments::table)
        .filter(autopay_charges::id.gt(after))
        .filter(autopay_charges::state.eq(ChargeState::Asked).or(is_near))
        .order(autopay_charges::id)
        .limit(limit)
        .select((autopay_charges::id, autopay_enrolments::account_id))
        .load(conn)?)
}

/// The charge, kept from others until the end of the transaction.
pub fn lock_charge(tx: &mut Tx<'_>, id: AutopayChargeId) -> Result<ChargeRow, StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        autopay_charges::table
            .find(id)
            .select(autopay_charges::id)
            .for_update()
            .load::<AutopayChargeId>(conn)?;
    }
    autopay_charges::table
        .find(id)
        .select(ChargeRow::as_select())
        .first(tx.conn())
        .optional()?
        .ok_or(StoreError::Missing("autopay charge"))
}

/// For which account a charge is made.
pub fn account_of_charge(conn: &mut Conn, id: AutopayChargeId) -> Result<AccountId, StoreError> {
    autopay_charges::table
        .inner_join(autopay_enrolments::table)
        .filter(autopay_charges::id.eq(id))
        .select(autopay_enrolments::account_id)
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("autopay charge"))
}

/// The charges of an enrolment, the latest due first.
pub fn list_charges(conn: &mut Conn, enrolment: EnrolmentId) -> Result<Vec<ChargeRow>, StoreError> {
    Ok(autopay_charges::table
        .filter(autopay_charges::enrolment_id.eq(enrolment))
        .order((autopay_charges::due_on.desc(), autopay_charges::id.desc()))
        .limit(24)
        .select(ChargeRow::as_select())
        .load(conn)?)
}

/// What an account owes, as a charge for a bill of this due date sees it: without what is in dispute, and what is arranged by installments.
pub fn owing(conn: &mut Conn, account: AccountId, due_on: NaiveDate) -> Result<Owing, StoreError> {
    let due: Option<i64> = open_items::table
        .filter(open_items::account_id.eq(account))
        .filter(open_items::due_on.le(due_on))
        .select(sum_i64(open_items::remaining_cents))
        .first(conn)?;
    let (all, by_then) = disputes::open_sums(conn, account, due_on)?;
    let moved = arrangements::moved_by(conn, account, due_on)?;
    Ok(Owing {
        balance: crate::store::ledger::balance(conn, account, None)? - all,
        due: Money::from_cents(due.unwrap_or_default()) - by_then + moved,
        pending: crate::store::payments::pending(conn, &[account])?,
    })
}

/// Remembers what the customer was told, and when it will be charged.
pub fn mark_told(
    tx: &mut Tx<'_>,
    id: AutopayChargeId,
    amount: Money,
    charge_on: NaiveDate,
) -> Result<(), StoreError> {
    let on = tx.stamp.on;
    diesel::update(autopay_charges::table.find(id))
        .set((
            autopay_charges::told_cents.eq(amount),
            autopay_charges::told_on.eq(on),
            autopay_charges::charge_on.eq(charge_on),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Forgets what the customer was told of the charges that are planned from a day on, so that they are told anew.
pub fn mark_untold(
    tx: &mut Tx<'_>,
    enrolment: EnrolmentId,
    from: NaiveDate,
) -> Result<(), StoreError> {
    let planned = autopay_charges::table
        .filter(autopay_charges::enrolment_id.eq(enrolment))
        .filter(autopay_charges::state.eq(ChargeState::Planned))
        .filter(autopay_charges::charge_on.ge(from));
    diesel::update(planned)
        .set((
            autopay_charges::told_cents.eq(None::<Money>),
            autopay_charges::told_on.eq(None::<NaiveDate>),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Forgets what the customer was told of one charge, so that they are told anew before it is made.
pub fn mark_charge_untold(tx: &mut Tx<'_>, id: AutopayChargeId) -> Result<(), StoreError> {
    diesel::update(autopay_charges::table.find(id))
        .set((
            autopay_charges::told_cents.eq(None::<Money>),
            autopay_charges::told_on.eq(None::<NaiveDate>),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Remembers that a payment was asked for.
pub fn mark_asked(
    tx: &mut Tx<'_>,
    id: AutopayChargeId,
    amount: Money,
    payment: PaymentId,
) -> Result<(), StoreError> {
    diesel::update(autopay_charges::table.find(id))
        .set((
            autopay_charges::state.eq(ChargeState::Asked),
            autopay_charges::amount_cents.eq(amount),
            autopay_charges::payment_id.eq(payment),
            autopay_charges::attempts.eq(autopay_charges::attempts + 1),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Remembers where a charge stands, and why.
pub fn mark_charge(
    tx: &mut Tx<'_>,
    id: AutopayChargeId,
    state: ChargeState,
    reason: Option<&str>,
) -> Result<(), StoreError> {
    diesel::update(autopay_charges::table.find(id))
        .set((
            autopay_charges::state.eq(state),
            autopay_charges::reason.eq(reason),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// How many payments of a charge were refused.
pub fn count_refused(conn: &mut Conn, charge: AutopayChargeId) -> Result<i64, StoreError> {
    Ok(saved_payments::table
        .inner_join(payments::table)
        .filter(saved_payments::autopay_charge_id.eq(charge))
        .filter(payments::state.eq(PaymentState::Failed))
        .count()
        .get_result(conn)?)
}

/// Puts a charge off to a later day.
pub fn mark_again(tx: &mut Tx<'_>, id: AutopayChargeId, on: NaiveDate) -> Result<(), StoreError> {
    diesel::update(autopay_charges::table.find(id))
        .set((
            autopay_charges::state.eq(ChargeState::Planned),
            autopay_charges::charge_on.eq(on),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}
