//! Paying without a sign-in: an account's number and the postal code of its place let anybody pay for it; who knows an amount of its last bill
//! sees what is owed, too. A refusal is the same whatever did not fit, and whether or not there is such an account. Before a second equal
//! payment within a day everybody is asked, but told only of what they may know: of their own payments, or with the bill of any.

use chrono::NaiveDateTime;
use serde_json::json;

use crate::domain::access::Access;
use crate::domain::ids::{AccountId, AccountNumber};
use crate::domain::money::Money;
use crate::domain::payments::PaymentRequest;
use crate::domain::payments::doubts::{Doubt, equal_within};
use crate::domain::scope::Scope;
use crate::domain::sessions::TokenPurpose;
use crate::secrets::Token;
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::payments::PaymentRow;
use crate::usecases::logins::is_proof;
use crate::usecases::payments::{self, Begun, PaymentError, list_begun, request_payment};

/// What somebody typed who wants to pay for an account.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The account's number; `None` when what was typed is no number of ours.
    pub number: Option<AccountNumber>,
    /// The first five digits of the postal code of the place served.
    pub postal_code: String,
    /// An amount of the last bill, if they gave one.
    pub last_bill: Option<Money>,
}

/// Why nobody was let through.
#[derive(Debug, thiserror::Error)]
pub enum QuickPayError {
    /// Something of it did not fit.
    #[error("the number, the postal code or the amount does not fit")]
    NotFound,
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Whom a pass lets pay, and what they may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pass {
    /// The account.
    pub account: AccountId,
    /// Whether they may see what is owed.
    pub sees_balance: bool,
}

impl Pass {
    /// The one account, as a portal query takes it.
    #[must_use]
    pub fn scope(&self) -> Scope {
        Scope::held([(self.account, Access::Pay)])
    }
}

/// What a guest may be asked about a payment.
#[derive(Debug, Clone, Default)]
pub struct Knows {
    /// Whether they have seen the account's last bill: then they may know what is owed and what was paid.
    pub sees_balance: bool,
    /// The keys of the forms by which they asked for payments themselves.
    pub own: Vec<String>,
}

/// Lets somebody pay for an account with this token, for two hours.
///
/// # Errors
/// `NotFound`, or a fault.
pub fn let_through(
    tx: &mut Tx<'_>,
    asked: &Asked,
    token: &Token,
    now: NaiveDateTime,
) -> Result<(), QuickPayError> {
    let unknown = AccountNumber::of(-1);
    let number = asked.number.as_ref().unwrap_or(&unknown);
    let account = store::logins::find_claimable(tx, number)?;
    // The place is looked for even where there is no account, so that both answers take as long.
    let id = account.as_ref().map_or(AccountId(0), |account| account.id);
    let is_there = store::logins::is_served_in(tx, id, &asked.postal_code)?;
    let is_proved = match asked.last_bill {
        Some(amount) => is_proof(tx, account.as_ref(), (amount, now))?,
        None => account.is_some(),
    };
    if !is_there || !is_proved {
        return Err(QuickPayError::NotFound);
    }
    let purpose = match asked.last_bill {
        Some(_) => TokenPurpose::QuickPayWithBill,
        None => TokenPurpose::QuickPay,
    };
    store::tokens::insert(tx, purpose, &token.hash(), &id.to_string(), now)?;
    let deed = Deed {
        action: "account.quick_pay_opened",
        subject_kind: "account",
        subject_id: id.to_string(),
        account_id: Some(id),
        facts: json!({"sees_balance": asked.last_bill.is_some()}),
    };
    Ok(store::audit::insert(tx, &deed)?)
}

/// Lets nobody pay any more who was let through to an account before: what they saw of it may have ended.
///
/// # Errors
/// A fault of the database.
pub(super) fn void_passes(
    tx: &mut Tx<'_>,
    account: AccountId,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    for pass in [TokenPurpose::QuickPay, TokenPurpose::QuickPayWithBill] {
        store::tokens::mark_void(tx, pass, &account.to_string(), now)?;
    }
    Ok(())
}

/// Whom this token lets pay; `None` where it opens nothing any more.
///
/// # Errors
/// A fault of the database.
pub fn find_pass(
    conn: &mut Conn,
    token: &Token,
    now: NaiveDateTime,
) -> Result<Option<Pass>, StoreError> {
    for (purpose, sees_balance) in [
        (TokenPurpose::QuickPayWithBill, true),
        (TokenPurpose::QuickPay, false),
    ] {
        let Some(subject) = store::tokens::find(conn, purpose, &token.hash(), now)? else {
            continue;
        };
        let account = subject.parse().map(AccountId);
        return Ok(account.ok().map(|account| Pass {
            account,
            sees_balance,
        }));
    }
    Ok(None)
}

/// Whether a saved way to pay of the account is being charged, or is about to be, or the account is being paid together with others: no guest
/// closes that, as whoever holds the account does.
///
/// # Errors
/// A fault of the database.
pub fn is_charging(
    conn: &mut Conn,
    account: AccountId,
    processor: &str,
) -> Result<bool, StoreError> {
    let begun = list_begun(conn, account, processor)?;
    Ok(begun.iter().any(Begun::is_only_its_payers))
}

/// What a guest is to be asked before a payment counts: `None` where nothing is. Who has not seen a bill is asked about an equal payment of
/// their own alone. What others paid is mostly the amount of the last bill, which proves whose account it is.
///
/// # Errors
/// A fault of the database.
pub fn find_doubt(
    conn: &mut Conn,
    wanted: &PaymentRequest,
    knows: &Knows,
    at: NaiveDateTime,
) -> Result<Option<Doubt>, StoreError> {
    let (account, amount) = (wanted.account_id, wanted.amount);
    if knows.sees_balance {
        return payments::find_doubt(conn, account, amount, at);
    }
    let since = at - equal_within();
    let is_own = store::payments::has_equal_of(conn, (account, &knows.own), amount, since)?;
    Ok(is_own.then_some(Doubt::Equal))
}

/// Asks for a payment by a guest. The same form sent twice asks once.
///
/// # Errors
/// As for any payment; `PageOpen` also while a saved way to pay of the account is being charged, or others are paid with it; `Doubtful` only
/// about what the guest may know.
pub fn request(
    tx: &mut Tx<'_>,
    wanted: &PaymentRequest,
    knows: &Knows,
    processor: &str,
) -> Result<PaymentRow, PaymentError> {
    store::ledger::lock(tx, &[wanted.account_id])?;
    let at = tx.stamp.at;
    if store::payments::find_by_request(tx, &wanted.request_key)?.is_none() {
        if is_charging(tx, wanted.account_id, processor)? {
            return Err(PaymentError::PageOpen);
        }
        if !wanted.is_sure
            && let Some(doubt) = find_doubt(tx, wanted, knows, at)?
        {
            return Err(PaymentError::Doubtful(doubt));
        }
    }
    // What may be asked of them was asked.
    let sure = PaymentRequest {
        is_sure: true,
        ..wanted.clone()
    };
    request_payment(tx, &sure, processor)
}
