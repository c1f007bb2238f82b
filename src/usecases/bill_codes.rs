//! What a bill's paper shows that nobody knows who has not seen it: a link to pay without a sign-in, behind the square code, and a code that
//! proves whose account it is. Both are worked out from a key of the house, so that a paper made again is the same.

use serde_json::json;

use crate::domain::bill_paper::BillCodes;
use crate::domain::ids::{AccountId, AccountNumber, BillId, BillNumber};
use crate::domain::sessions::TokenPurpose;
use crate::secrets::{self, Token, is_same, random_token};
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::bill_deliveries;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::logins::ClaimableAccount;

/// The setting that holds the key.
const KEY: &str = "bill_code_key";

/// So many letters of the signature are in the link: 96 bits.
const LETTERS: usize = 24;

/// Makes the key, where there is none: before a bill is issued.
///
/// # Errors
/// A fault of the store, or a system that gives no randomness.
pub fn ensure_key(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    if key(tx)?.is_some() {
        return Ok(());
    }
    let fresh = random_token().map_err(|error| StoreError::Unavailable(error.to_string()))?;
    store::settings::put(tx, KEY, fresh.reveal())
}

/// The key; nothing before the first bill was issued with one.
pub(super) fn key(conn: &mut Conn) -> Result<Option<String>, StoreError> {
    store::settings::find(conn, KEY)
}

/// What the paper of a bill shows.
pub(super) fn codes(key: &str, bill: BillId) -> BillCodes {
    let pay = secrets::sign(key, &format!("pay:{bill}"));
    BillCodes {
        pay: pay.chars().take(LETTERS).collect(),
        claim: secrets::signed_code(key, &format!("claim:{bill}")),
    }
}

/// Whether somebody typed the code of the account's last bill. Looked up whether or not there is such an account.
pub(super) fn proves(
    conn: &mut Conn,
    account: Option<&ClaimableAccount>,
    typed: &Token,
) -> Result<bool, StoreError> {
    let Some(key) = key(conn)? else {
        return Ok(false);
    };
    let bill = account
        .filter(|account| !account.was_taken)
        .and_then(|account| account.last_bill_id);
    let printed = Token::presented(&codes(&key, bill.unwrap_or(BillId(0))).claim);
    let subject = "bill code";
    let fits = is_same(
        printed.hash_for(subject).as_str(),
        typed.hash_for(subject).as_str(),
    );
    Ok(bill.is_some() && fits)
}

/// Whom a code leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scanned {
    /// The account.
    pub account: AccountId,
    /// Its number.
    pub number: AccountNumber,
    /// Whether whoever has the paper may see what is owed now: it is of the account's last bill.
    pub sees_balance: bool,
}

/// The account that the link of a bill lets pay; nothing where it is not ours, or the bill does not stand.
///
/// # Errors
/// A fault of the store.
pub fn find(
    conn: &mut Conn,
    (bill, told): (&BillNumber, &str),
) -> Result<Option<Scanned>, StoreError> {
    let Some((key, (id, account))) = key(conn)?.zip(bill_deliveries::find_issued(conn, bill)?)
    else {
        return Ok(None);
    };
    if !is_same(&codes(&key, id).pay, told) {
        return Ok(None);
    }
    let number = store::logins::account_number(conn, account)?;
    let Some(claimable) = store::logins::find_claimable(conn, &number)? else {
        return Ok(None);
    };
    Ok(Some(Scanned {
        account,
        number,
        sees_balance: claimable.last_bill_id == Some(id) && !claimable.was_taken,
    }))
}

/// Lets whoever has the paper pay with this token. Says whether the link opened.
///
/// # Errors
/// A fault of the store.
pub fn open(
    tx: &mut Tx<'_>,
    (bill, told): (&BillNumber, &str),
    (token, now): (&Token, chrono::NaiveDateTime),
) -> Result<bool, StoreError> {
    let Some(scanned) = find(tx, (bill, told))? else {
        return Ok(false);
    };
    let purpose = if scanned.sees_balance {
        TokenPurpose::QuickPayWithBill
    } else {
        TokenPurpose::QuickPay
    };
    let subject = scanned.account.to_string();
    store::tokens::insert(tx, purpose, &token.hash(), &subject, now)?;
    let deed = Deed {
        action: "account.bill_code_opened",
        subject_kind: "bill",
        subject_id: bill.to_string(),
        account_id: Some(scanned.account),
        facts: json!({ "sees_balance": scanned.sees_balance }),
    };
    audit::insert(tx, &deed)?;
    Ok(true)
}
