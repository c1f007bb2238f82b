//! Customers' logins: how somebody proves that an account and an address are theirs, signs in, and gets back in.
//!
//! A refusal never tells whether an account, an address or a claim exists: the doors answer all of a kind alike. Passwords are hashed and
//! checked by the door, before the transaction; here the hash that was checked is compared with the one stored.

use chrono::{Days, NaiveDateTime, TimeDelta};
use serde_json::{Value, json};

use crate::domain::access::Access;
use crate::domain::customers::Language;
use crate::domain::ids::{AccountId, AccountNumber, LoginId};
use crate::domain::money::Money;
use crate::domain::notice::{Channel, Notice};
use crate::domain::sessions::{Stage, TokenHash, TokenPurpose};
use crate::secrets::Token;
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::letter_addresses;
use crate::store::logins::{ClaimableAccount, LoginRow, NewLogin};
use crate::store::notices::Addressee;
use crate::store::sessions::Holder;
use crate::usecases::accounts::settings;
use crate::usecases::second_factor::{Factor, take_if_asked};
use crate::usecases::sessions::{self, NewKey};
use crate::usecases::{authenticators, bill_codes, notices, passkeys};

/// Why a login was refused something.
#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// The account number and the proof do not belong together, or there is no such account.
    #[error("the account and the proof do not match")]
    NotProved,
    /// The address, the password or both are wrong, or changed in between.
    #[error("the sign-in does not match")]
    NotRecognized,
    /// The password is right, but the address was never proved.
    #[error("the address is not verified yet")]
    NotVerified,
    /// The link was used, replaced or has run out.
    #[error("the link no longer opens")]
    LinkSpent,
    /// The login holds the account already.
    #[error("the account is already there")]
    AlreadyHeld,
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// What somebody offers as proof that an account is theirs.
#[derive(Debug, Clone)]
pub enum Proof {
    /// An amount printed on the last bill: its new charges, or all that was due.
    LastBill(Money),
    /// The code of the last bill, or of a letter that we sent to the account's address.
    Code(Token),
}

/// An account that somebody says is theirs.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The account's number; `None` when what was typed is no number of ours.
    pub number: Option<AccountNumber>,
    /// The proof; `None` when what was typed cannot be one.
    pub proof: Option<Proof>,
    /// The world's instant.
    pub now: NaiveDateTime,
}

/// Makes a login for somebody who proves an account, and mails the link that proves the address.
///
/// An address that has a login already gets a letter that says so; the door's answer is the same. A login that was never proved is
/// filled in anew, so that nobody can reserve a neighbor's address; the link asks for the password, so that a letter caused by somebody
/// else's registration opens nothing for them.
///
/// # Errors
/// `NotProved`, or a fault.
pub fn register(
    tx: &mut Tx<'_>,
    new: &NewLogin,
    claim: &Claim,
    token: &Token,
) -> Result<(), LoginError> {
    let account = prove(tx, claim)?.ok_or(LoginError::NotProved)?;
    let login_id = match store::logins::find_by_email(tx, &new.email)? {
        Some(known) if known.email_verified_at.is_some() => {
            let to = Addressee::by_email(&known.email, known.language).of_login(known.id);
            let name = known.name.clone();
            store::notices::put(tx, &to, &Notice::AlreadyRegistered { name })?;
            record(tx, "login.registered_again", known.id, None, json!({}))?;
            return Ok(());
        }
        Some(unproved) => {
            store::logins::mark_refilled(tx, unproved.id, new)?;
            unproved.id
        }
        None => store::logins::insert(tx, new)?,
    };
    let subject = format!("{login_id}/{}", account.id);
    let (purpose, now) = (TokenPurpose::VerifyEmail, claim.now);
    store::tokens::insert(tx, purpose, &token.hash(), &subject, now)?;
    let to = Addressee::by_email(&new.email, new.language).of_login(login_id);
    let notice = Notice::VerifyEmail {
        name: new.name.clone(),
        token: token.reveal().to_owned(),
    };
    store::notices::put(tx, &to, &notice)?;
    let (account, facts) = (Some(account.id), json!({ "proof": claim.kind() }));
    record(tx, "login.registered", login_id, account, facts)?;
    Ok(())
}

/// The login behind a verification link, whose password the door must check before `verify_email`.
///
/// # Errors
/// A fault of the store.
pub fn find_to_verify(
    conn: &mut Conn,
    token: &TokenHash,
    now: NaiveDateTime,
) -> Result<Option<LoginRow>, StoreError> {
    let subject = store::tokens::find(conn, TokenPurpose::VerifyEmail, token, now)?;
    match subject.as_deref().and_then(read_subject) {
        Some((login_id, _)) => store::logins::get(conn, login_id).map(Some),
        None => Ok(None),
    }
}

/// Proves the address, gives the login the account it claimed, and signs it in: half way, where a second factor is still to come. Gives too
/// the language in which the account's bills come from now on, where that changed.
///
/// # Errors
/// `LinkSpent`; `NotRecognized` when the password checked is no longer the login's; or a fault.
pub fn verify_email(
    tx: &mut Tx<'_>,
    token: &TokenHash,
    checked_hash: &str,
    new_key: &NewKey,
) -> Result<(Stage, Option<Language>), LoginError> {
    let subject = store::tokens::take(tx, TokenPurpose::VerifyEmail, token, new_key.now)?
        .ok_or(LoginError::LinkSpent)?;
    let (login_id, account_id) = read_subject(&subject).ok_or(LoginError::LinkSpent)?;
    let login = recognized(tx, login_id, checked_hash)?;
    store::logins::mark_verified(tx, login_id)?;
    store::alerts::mark_answering(tx, Channel::Email, &login.email)?;
    record(tx, "login.verified", login_id, None, json!({}))?;
    let bills_in = if is_owner(tx, login_id, account_id)? {
        None
    } else {
        hold(tx, &login, account_id, new_key.now)?
    };
    Ok((begin(tx, login_id, new_key)?, bills_in))
}

/// Signs in a login whose password the door has checked: at once, or half way where a second factor is still to come.
///
/// # Errors
/// `NotRecognized`, `NotVerified`, or a fault.
pub fn sign_in(
    tx: &mut Tx<'_>,
    login_id: LoginId,
    checked_hash: &str,
    new_key: &NewKey,
) -> Result<Stage, LoginError> {
    let login = recognized(tx, login_id, checked_hash)?;
    if login.email_verified_at.is_none() {
        return Err(LoginError::NotVerified);
    }
    let holder = Holder::Login(login_id);
    let stage = authenticators::stage_of(tx, holder)?;
    let deed = match stage {
        Stage::Full => {
            sessions::tell_new_device(tx, &login, new_key)?;
            "login.signed_in"
        }
        Stage::Totp => "login.code_asked",
    };
    sessions::begin(tx, holder, stage, new_key)?;
    record(tx, deed, login_id, None, json!({}))?;
    Ok(stage)
}

/// Mails a link for a new password, where there is a login with this address. Either way a row of the audit says that somebody asked.
///
/// Earlier links still open until one is used: a stranger who asks again does not spoil the link that its owner is about to follow.
///
/// # Errors
/// A fault.
pub fn request_reset(
    tx: &mut Tx<'_>,
    email: &str,
    token: &Token,
    now: NaiveDateTime,
) -> Result<(), LoginError> {
    let found = store::logins::find_by_email(tx, email)?.filter(|login| login.is_active);
    let subject = found.as_ref().map_or(LoginId(0), |login| login.id);
    if let Some(login) = found {
        let (purpose, subject) = (TokenPurpose::ResetPassword, login.id.to_string());
        store::tokens::insert(tx, purpose, &token.hash(), &subject, now)?;
        let notice = Notice::ResetPassword {
            name: login.name.clone(),
            token: token.reveal().to_owned(),
        };
        let to = Addressee::by_email(&login.email, login.language).of_login(login.id);
        store::notices::put(tx, &to, &notice)?;
    }
    record(tx, "login.reset_requested", subject, None, json!({}))?;
    Ok(())
}

/// Sets a new password by a mailed link, and signs in: strangers' wrong tries keep nobody out who has the link. The mailbox is proved by it, and
/// written to again; every other session ends. A second factor is asked for all the same.
///
/// # Errors
/// `LinkSpent`, or a fault.
pub fn reset_password(
    tx: &mut Tx<'_>,
    token: &TokenHash,
    new_hash: &str,
    new_key: &NewKey,
) -> Result<Stage, LoginError> {
    let subject = store::tokens::take(tx, TokenPurpose::ResetPassword, token, new_key.now)?;
    let login_id = subject
        .and_then(|subject| subject.parse::<LoginId>().ok())
        .ok_or(LoginError::LinkSpent)?;
    let login = store::logins::get(tx, login_id)?;
    if !login.is_active {
        return Err(LoginError::LinkSpent);
    }
    store::logins::mark_verified(tx, login_id)?;
    store::alerts::mark_answering(tx, Channel::Email, &login.email)?;
    replace_password(tx, &login, new_hash, new_key.now)?;
    passkeys::forget(tx, &login)?;
    begin(tx, login_id, new_key)
}

/// Replaces the password of somebody who is signed in and whose old one the door has checked, with what is asked for beside it. Every other
/// session ends. Passkeys open the sign-in without the password: where its owner wants it, they are taken off too. Says whether any was.
///
/// # Errors
/// `NotRecognized`, or a fault.
pub fn change_password(
    tx: &mut Tx<'_>,
    (login_id, checked_hash): (LoginId, &str),
    factor: Option<&Factor>,
    (new_hash, takes_passkeys_off): (&str, bool),
    new_key: &NewKey,
) -> Result<bool, LoginError> {
    let login = recognized(tx, login_id, checked_hash)?;
    take_if_asked(tx, &login, factor, new_key.now)?;
    replace_password(tx, &login, new_hash, new_key.now)?;
    let are_off = takes_passkeys_off && passkeys::forget(tx, &login)?;
    sessions::begin(tx, Holder::Login(login_id), Stage::Full, new_key)?;
    Ok(are_off)
}

/// Adds an account that somebody proves to the login they are signed in with; the session goes on under a new key. Gives the language in which
/// the account's bills come from now on, where that changed.
///
/// # Errors
/// `NotProved`, `AlreadyHeld`, or a fault.
pub fn claim_account(
    tx: &mut Tx<'_>,
    login_id: LoginId,
    claim: &Claim,
    new_key: &NewKey,
) -> Result<Option<Language>, LoginError> {
    let account = prove(tx, claim)?.ok_or(LoginError::NotProved)?;
    if is_owner(tx, login_id, account.id)? {
        return Err(LoginError::AlreadyHeld);
    }
    let login = store::logins::get(tx, login_id)?;
    let bills_in = hold(tx, &login, account.id, claim.now)?;
    sessions::begin(tx, Holder::Login(login_id), Stage::Full, new_key)?;
    Ok(bills_in)
}

/// Sends a letter with a code to the account's mailing address, where there is such an account; one letter a day at the most.
///
/// # Errors
/// A fault.
pub fn request_code(
    tx: &mut Tx<'_>,
    number: Option<&AccountNumber>,
    code: &Token,
    now: NaiveDateTime,
) -> Result<(), LoginError> {
    let on = tx.stamp.on;
    let unknown = AccountNumber::of(-1);
    let account = store::logins::find_claimable(tx, number.unwrap_or(&unknown))?;
    let account_id = account.as_ref().map_or(AccountId(0), |account| account.id);
    let reader = letter_addresses::find(tx, account_id, on)?;
    let subject = account_id.to_string();
    let purpose = TokenPurpose::ClaimCode;
    let since = now - TimeDelta::days(1);
    let is_waiting = store::tokens::is_any_since(tx, purpose, &subject, since)?;
    if let (Some(account), Some(reader), false) = (account, reader, is_waiting) {
        let hash = code.hash_for(account.number.as_str());
        store::tokens::insert(tx, purpose, &hash, &subject, now)?;
        let notice = Notice::ClaimCode {
            account_number: account.number,
            code: code.reveal().to_owned(),
        };
        store::notices::put(tx, &reader.to, &notice)?;
    }
    record(tx, "claim.code_requested", LoginId(0), None, json!({}))?;
    Ok(())
}

/// Changes the language of pages and mail.
///
/// # Errors
/// A fault.
pub fn change_language(
    tx: &mut Tx<'_>,
    login_id: LoginId,
    language: Language,
) -> Result<(), LoginError> {
    store::logins::mark_language(tx, login_id, language)?;
    let facts = json!({ "language": language.as_str() });
    record(tx, "login.language_changed", login_id, None, facts)?;
    Ok(())
}

impl Claim {
    const fn kind(&self) -> &'static str {
        match self.proof {
            Some(Proof::LastBill(_)) => "last_bill",
            Some(Proof::Code(_)) => "code",
            None => "none",
        }
    }
}

/// The account, if the proof fits. The same queries run whether or not there is such an account.
fn prove(conn: &mut Conn, claim: &Claim) -> Result<Option<ClaimableAccount>, StoreError> {
    let unknown = AccountNumber::of(-1);
    let number = claim.number.as_ref().unwrap_or(&unknown);
    let account = store::logins::find_claimable(conn, number)?;
    let fits = match &claim.proof {
        Some(Proof::LastBill(amount)) => {
            let alone = account.as_ref().filter(|account| account.is_own());
            is_proof(conn, alone, (*amount, claim.now))?
        }
        Some(Proof::Code(code)) => {
            let hash = code.hash_for(number.as_str());
            let subject = store::tokens::find(conn, TokenPurpose::ClaimCode, &hash, claim.now)?;
            let expected = account.as_ref().map(|account| account.id.to_string());
            let alone = account.as_ref().filter(|account| account.is_own());
            let is_of_bill = bill_codes::proves(conn, alone, code)?;
            is_of_bill || (subject.is_some() && subject == expected)
        }
        None => false,
    };
    Ok(account.filter(|_| fits))
}

/// Of so many days are the bills among which an amount is looked for: at least one of each account that is billed by the quarter.
const SHARING_DAYS: u64 = 100;

/// Whether an amount proves whose account it is: the last bill shows it, and not too many others do. Looked up whether or not there is such
/// an account.
pub(super) fn is_proof(
    conn: &mut Conn,
    account: Option<&ClaimableAccount>,
    (amount, now): (Money, NaiveDateTime),
) -> Result<bool, StoreError> {
    let since = now.date() - Days::new(SHARING_DAYS);
    let is_common = store::logins::is_common(conn, amount, since)?;
    Ok(!is_common && account.is_some_and(|account| account.has_printed(amount)))
}

/// The login, while it is active and the hash that was checked is still its own.
pub(super) fn recognized(
    conn: &mut Conn,
    login_id: LoginId,
    checked_hash: &str,
) -> Result<LoginRow, LoginError> {
    let login = store::logins::get(conn, login_id)?;
    if login.is_active && login.password_hash == checked_hash {
        Ok(login)
    } else {
        Err(LoginError::NotRecognized)
    }
}

fn is_owner(tx: &mut Tx<'_>, login: LoginId, account: AccountId) -> Result<bool, StoreError> {
    let on = tx.stamp.on;
    let access = store::logins::find_access(tx, login, account, on)?;
    Ok(access == Some(Access::Owner))
}

/// Begins a session for somebody who has shown the mailbox and the password.
fn begin(tx: &mut Tx<'_>, login_id: LoginId, new_key: &NewKey) -> Result<Stage, LoginError> {
    let holder = Holder::Login(login_id);
    let stage = authenticators::stage_of(tx, holder)?;
    sessions::begin(tx, holder, stage, new_key)?;
    Ok(stage)
}

/// Gives a login an account. Where nobody looked after it here before, its bills come in the language in which it was claimed.
fn hold(
    tx: &mut Tx<'_>,
    login: &LoginRow,
    account_id: AccountId,
    now: NaiveDateTime,
) -> Result<Option<Language>, LoginError> {
    let on = tx.stamp.on;
    let is_first = !store::notices::reach(tx, account_id, on)?.has_login;
    // Whose account it is learns of it, so that nobody comes to see it without a word to its owner.
    notices::tell_others(tx, account_id, &login.email, |reader| {
        Notice::AccountFollowed {
            name: reader.name.clone(),
            account_number: reader.account_number.clone(),
        }
    })?;
    store::logins::put_access(tx, login.id, account_id, Access::Owner)?;
    store::tokens::mark_void(tx, TokenPurpose::ClaimCode, &account_id.to_string(), now)?;
    let bills_in = if is_first {
        settings::follow_reader(tx, account_id, login.language)?
    } else {
        None
    };
    let notice = Notice::AccountAdded {
        name: login.name.clone(),
        account_number: store::logins::account_number(tx, account_id)?,
    };
    let to = Addressee::by_email(&login.email, login.language)
        .of_login(login.id)
        .of_account(account_id);
    store::notices::put(tx, &to, &notice)?;
    let account = Some(account_id);
    record(tx, "login.account_added", login.id, account, json!({}))?;
    Ok(bills_in)
}

fn replace_password(
    tx: &mut Tx<'_>,
    login: &LoginRow,
    new_hash: &str,
    now: NaiveDateTime,
) -> Result<(), LoginError> {
    store::logins::mark_password(tx, login.id, new_hash)?;
    store::sessions::mark_all_ended(tx, Holder::Login(login.id), now)?;
    let subject = login.id.to_string();
    store::tokens::mark_void(tx, TokenPurpose::ResetPassword, &subject, now)?;
    let to = Addressee::by_email(&login.email, login.language).of_login(login.id);
    let name = login.name.clone();
    store::notices::put(tx, &to, &Notice::PasswordChanged { name })?;
    record(tx, "login.password_changed", login.id, None, json!({}))?;
    Ok(())
}

/// `12/5`: login 12 claims account 5.
fn read_subject(subject: &str) -> Option<(LoginId, AccountId)> {
    let (login, account) = subject.split_once('/')?;
    Some((login.parse().ok()?, account.parse().ok()?))
}

/// Leaves a row on the trail of a sign-in.
pub(super) fn record(
    tx: &mut Tx<'_>,
    action: &str,
    login_id: LoginId,
    account_id: Option<AccountId>,
    facts: Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "login",
        subject_id: login_id.to_string(),
        account_id,
        facts,
    };
    store::audit::insert(tx, &deed)
}
