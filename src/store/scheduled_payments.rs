//! Payments for a day to come: what each customer allowed, word for word, and what came of it. Only its standing is ever changed.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::customers::Language;
use crate::domain::ids::{AccountId, PaymentId, PaymentMethodId, ScheduledPaymentId};
use crate::domain::money::Money;
use crate::domain::scheduled_payments::{Scheduled, ScheduledState};
use crate::store::any::AnyConnection;
use crate::store::db::{Conn, Tx};
use crate::store::disputes;
use crate::store::error::StoreError;
use crate::store::ext::sum_i64;
use crate::store::kept::KeptDsl;
use crate::store::payment_methods::MethodRow;
use crate::store::schema::{payment_methods, scheduled_payments};

/// The most scheduled payments that a page lists.
const LISTED: i64 = 50;

/// A payment for a day to come.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = scheduled_payments)]
pub struct ScheduledRow {
    /// The row.
    pub id: ScheduledPaymentId,
    /// Its name in addresses; also the key of the form that asked for it.
    pub request_key: String,
    /// For which account.
    pub account_id: AccountId,
    /// By which saved way.
    pub payment_method_id: PaymentMethodId,
    /// The most that the customer allowed.
    #[diesel(column_name = amount_cents)]
    pub amount: Money,
    /// The day.
    pub pay_on: NaiveDate,
    /// The words they agreed to.
    pub agreement: String,
    /// Their language.
    pub language: Language,
    /// Who agreed.
    pub agreed_by: String,
    /// The civil day of it.
    pub agreed_on: NaiveDate,
    /// Where it stands.
    pub state: ScheduledState,
    /// Why it was not charged.
    pub reason: Option<String>,
    /// How often a payment was asked for.
    pub attempts: i32,
    /// How much was charged.
    #[diesel(column_name = taken_cents)]
    pub taken: Option<Money>,
    /// The latest payment of it.
    pub payment_id: Option<PaymentId>,
}

impl ScheduledRow {
    /// What was allowed, as the rules ask for it.
    #[must_use]
    pub const fn scheduled(&self) -> Scheduled {
        Scheduled {
            amount: self.amount,
            pay_on: self.pay_on,
        }
    }

    /// Whether less was charged than was allowed.
    #[must_use]
    pub fn took_less(&self) -> bool {
        self.state == ScheduledState::Made && self.taken.is_some_and(|taken| taken < self.amount)
    }
}

/// A payment for a day to come, not known before.
#[derive(Debug, Clone)]
pub struct NewScheduled {
    /// The key of the form that asks for it.
    pub request_key: String,
    /// For which account.
    pub account_id: AccountId,
    /// By which saved way.
    pub payment_method_id: PaymentMethodId,
    /// The most that the customer allows.
    pub amount: Money,
    /// The day.
    pub pay_on: NaiveDate,
    /// The words they agreed to.
    pub agreement: String,
    /// The language of the words.
    pub language: Language,
    /// Whether they were asked about an equal one, and want this one too.
    pub is_sure: bool,
}

/// A payment that is still to come, as far as a page that is about something else tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Waiting {
    /// Its name in addresses.
    pub request_key: String,
    /// The most that is charged.
    pub amount: Money,
    /// The day.
    pub pay_on: NaiveDate,
}

/// Records what a customer asked for.
pub fn insert(tx: &mut Tx<'_>, new: &NewScheduled) -> Result<ScheduledPaymentId, StoreError> {
    let stamp = tx.stamp;
    Ok(diesel::insert_into(scheduled_payments::table)
        .values((
            scheduled_payments::request_key.eq(&new.request_key),
            scheduled_payments::account_id.eq(new.account_id),
            scheduled_payments::payment_method_id.eq(new.payment_method_id),
            scheduled_payments::amount_cents.eq(new.amount),
            scheduled_payments::pay_on.eq(new.pay_on),
            scheduled_payments::agreement.eq(&new.agreement),
            scheduled_payments::language.eq(new.language),
            scheduled_payments::agreed_by.eq(&stamp.by.name),
            scheduled_payments::agreed_at.eq(stamp.at),
            scheduled_payments::agreed_on.eq(stamp.on),
            scheduled_payments::state.eq(ScheduledState::Planned),
            scheduled_payments::attempts.eq(0),
        ))
        .returning(scheduled_payments::id)
        .get_result(tx.conn())?)
}

/// The scheduled payment, which must exist.
pub fn get(conn: &mut Conn, id: ScheduledPaymentId) -> Result<ScheduledRow, StoreError> {
    scheduled_payments::table
        .find(id)
        .select(ScheduledRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("scheduled payment"))
}

/// The scheduled payment, kept from others until the end of the transaction.
pub fn lock(tx: &mut Tx<'_>, id: ScheduledPaymentId) -> Result<ScheduledRow, StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        scheduled_payments::table
            .find(id)
            .select(scheduled_payments::id)
            .for_update()
            .load::<ScheduledPaymentId>(conn)?;
    }
    get(tx, id)
}

/// The scheduled payment of this name on one of these accounts, with the way to pay.
pub fn find(
    conn: &mut Conn,
    accounts: &[AccountId],
    request_key: &str,
) -> Result<Option<(ScheduledRow, MethodRow)>, StoreError> {
    Ok(scheduled_payments::table
        .inner_join(payment_methods::table)
        .filter(scheduled_payments::request_key.eq(request_key))
        .filter(scheduled_payments::account_id.eq_any(accounts))
        .select((ScheduledRow::as_select(), MethodRow::as_select()))
        .first(conn)
        .optional()?)
}

/// What an account's page lists: what is still to come, and what was to be charged since a day and was not; the next day first.
pub fn list(
    conn: &mut Conn,
    account: AccountId,
    since: NaiveDate,
) -> Result<Vec<(ScheduledRow, MethodRow)>, StoreError> {
    let uncharged = [ScheduledState::Skipped, ScheduledState::Stopped];
    let is_recent = scheduled_payments::state
        .eq_any(uncharged)
        .and(scheduled_payments::pay_on.ge(since));
    Ok(scheduled_payments::table
        .inner_join(payment_methods::table)
        .filter(scheduled_payments::account_id.eq(account))
        .filter(
            scheduled_payments::state
                .eq_any(ScheduledState::WAITING)
                .or(is_recent),
        )
        .order((scheduled_payments::pay_on, scheduled_payments::id))
        .limit(LISTED)
        .select((ScheduledRow::as_select(), MethodRow::as_select()))
        .load(conn)?)
}

/// What is still to come on an account, the next day first.
pub fn list_waiting(conn: &mut Conn, account: AccountId) -> Result<Vec<Waiting>, StoreError> {
    Ok(scheduled_payments::table
        .filter(scheduled_payments::account_id.eq(account))
        .filter(scheduled_payments::state.eq_any(ScheduledState::WAITING))
        .order((scheduled_payments::pay_on, scheduled_payments::id))
        .select((
            scheduled_payments::request_key,
            scheduled_payments::amount_cents,
            scheduled_payments::pay_on,
        ))
        .load(conn)?)
}

/// The same of several accounts.
pub fn list_waiting_of(
    conn: &mut Conn,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, Waiting)>, StoreError> {
    let rows: Vec<(AccountId, String, Money, NaiveDate)> = scheduled_payments::table
        .filter(scheduled_payments::account_id.eq_any(accounts))
        .filter(scheduled_payments::state.eq_any(ScheduledState::WAITING))
        .order((scheduled_payments::pay_on, scheduled_payments::id))
        .select((
            scheduled_payments::account_id,
            scheduled_payments::request_key,
            scheduled_payments::amount_cents,
            scheduled_payments::pay_on,
        ))
        .load(conn)?;
    let waiting = |(account, request_key, amount, pay_on)| {
        let waiting = Waiting {
            request_key,
            amount,
            pay_on,
        };
        (account, waiting)
    };
    Ok(rows.into_iter().map(waiting).collect())
}

/// What is still to come on these accounts: the account, the day and the most that is charged.
pub fn list_ahead(
    conn: &mut Conn,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, NaiveDate, Money)>, StoreError> {
    Ok(scheduled_payments::table
        .filter(scheduled_payments::account_id.eq_any(accounts))
        .filter(scheduled_payments::state.eq_any(ScheduledState::WAITING))
        .select((
            scheduled_payments::account_id,
            scheduled_payments::pay_on,
            scheduled_payments::amount_cents,
        ))
        .load(conn)?)
}

/// How much is still to come on an account until a day, that day included.
pub fn sum_until(
    conn: &mut Conn,
    account: AccountId,
    until: NaiveDate,
) -> Result<Money, StoreError> {
    let sum: Option<i64> = scheduled_payments::table
        .filter(scheduled_payments::account_id.eq(account))
        .filter(scheduled_payments::state.eq_any(ScheduledState::WAITING))
        .filter(scheduled_payments::pay_on.le(until))
        .select(sum_i64(scheduled_payments::amount_cents))
        .first(conn)?;
    Ok(Money::from_cents(sum.unwrap_or_default()))
}

/// Whether an equal amount is still to come on an account.
pub fn has_equal(conn: &mut Conn, account: AccountId, amount: Money) -> Result<bool, StoreError> {
    let waiting = list_waiting(conn, account)?;
    Ok(waiting.iter().any(|other| other.amount == amount))
}

/// What is still to come by a saved way to pay and was not asked for yet.
pub fn list_of_method(
    conn: &mut Conn,
    method: PaymentMethodId,
) -> Result<Vec<ScheduledRow>, StoreError> {
    Ok(scheduled_payments::table
        .filter(scheduled_payments::payment_method_id.eq(method))
        .filter(scheduled_payments::state.eq(ScheduledState::Planned))
        .order(scheduled_payments::id)
        .select(ScheduledRow::as_select())
        .load(conn)?)
}

/// What is still to come on these accounts and was not asked for yet.
pub fn list_planned(
    conn: &mut Conn,
    accounts: &[AccountId],
) -> Result<Vec<ScheduledRow>, StoreError> {
    Ok(scheduled_payments::table
        .filter(scheduled_payments::account_id.eq_any(accounts))
        .filter(scheduled_payments::state.eq(ScheduledState::Planned))
        .order(scheduled_payments::id)
        .select(ScheduledRow::as_select())
        .load(conn)?)
}

/// Payments to look at: those asked for and not answered, and those whose day has come. After one, in their order.
pub fn list_to_do(
    conn: &mut Conn,
    today: NaiveDate,
    after: ScheduledPaymentId,
    limit: i64,
) -> Result<Vec<(ScheduledPaymentId, AccountId)>, StoreError> {
    let is_due = scheduled_payments::state
        .eq(ScheduledState::Planned)
        .and(scheduled_payments::pay_on.le(today));
    Ok(scheduled_payments::table
        .filter(scheduled_payments::id.gt(after))
        .filter(
            scheduled_payments::state
                .eq(ScheduledState::Asked)
                .or(is_due),
        )
        .order(scheduled_payments::id)
        .limit(limit)
        .select((scheduled_payments::id, scheduled_payments::account_id))
        .load(conn)?)
}

/// What an account owes that nobody disputes, and what of it is on its way.
pub fn owing(
    conn: &mut Conn,
    account: AccountId,
    on: NaiveDate,
) -> Result<(Money, Money), StoreError> {
    let (disputed, _) = disputes::open_sums(conn, account, on)?;
    let owed = crate::store::ledger::balance(conn, account, None)? - disputed;
    Ok((owed, crate::store::payments::pending(conn, &[account])?))
}

/// Remembers that a payment was asked for.
pub fn mark_asked(
    tx: &mut Tx<'_>,
    id: ScheduledPaymentId,
    taken: Money,
    payment: PaymentId,
) -> Result<(), StoreError> {
    diesel::update(scheduled_payments::table.find(id))
        .set((
            scheduled_payments::state.eq(ScheduledState::Asked),
            scheduled_payments::taken_cents.eq(taken),
            scheduled_payments::payment_id.eq(payment),
            scheduled_payments::attempts.eq(scheduled_payments::attempts + 1),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Remembers where it stands, and why.
pub fn mark(
    tx: &mut Tx<'_>,
    id: ScheduledPaymentId,
    state: ScheduledState,
    reason: Option<&str>,
) -> Result<(), StoreError> {
    diesel::update(scheduled_payments::table.find(id))
        .set((
            scheduled_payments::state.eq(state),
            scheduled_payments::reason.eq(reason),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}
