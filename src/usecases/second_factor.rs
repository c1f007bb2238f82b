//! A customer's second factor: codes of an authenticator app after the password, and ten recovery codes for whoever lost the app.
//!
//! Passwords and codes are checked by the door, before the transaction; here what was checked is compared with what is stored and used up.
//! Every change is told by mail, and ends every other session.

use chrono::NaiveDateTime;
use serde_json::json;

use crate::domain::access::Access;
use crate::domain::ids::{AccountId, LoginId};
use crate::domain::notice::{Notice, SignInNews, SignInTold};
use crate::domain::sessions::{IdentityCheck, Stage, TokenHash};
use crate::secrets::Token;
use crate::store;
use crate::store::authenticators::CheckedCode;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::logins::LoginRow;
use crate::store::notices::{Addressee, NewNotice};
use crate::store::sessions::Holder;
use crate::usecases::alerts::put_new;
use crate::usecases::authenticators::{self, AuthenticatorError};
use crate::usecases::logins::{LoginError, recognized, record};
use crate::usecases::sessions::{self, NewKey};

/// What somebody shows beside the password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Factor {
    /// A code of their app.
    Code(CheckedCode),
    /// One of the recovery codes.
    Recovery(TokenHash),
}

impl From<AuthenticatorError> for LoginError {
    fn from(refusal: AuthenticatorError) -> Self {
        match refusal {
            AuthenticatorError::InUse | AuthenticatorError::CodeSpent => Self::NotRecognized,
            AuthenticatorError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// What is stored of a recovery code: it opens one login.
#[must_use]
pub fn recovery_hash(login: LoginId, code: &Token) -> TokenHash {
    code.hash_for(&format!("recovery {login}"))
}

/// Keeps a new secret of somebody whose password the door has checked; it waits for its first code.
///
/// # Errors
/// `NotRecognized`, or a fault.
pub fn begin(
    tx: &mut Tx<'_>,
    (login_id, checked_hash): (LoginId, &str),
    secret: &str,
    now: NaiveDateTime,
) -> Result<(), LoginError> {
    recognized(tx, login_id, checked_hash)?;
    Ok(authenticators::begin(
        tx,
        Holder::Login(login_id),
        secret,
        now,
    )?)
}

/// Turns the second factor on with a first code, and keeps the recovery codes.
///
/// # Errors
/// `NotRecognized`, or a fault.
pub fn turn_on(
    tx: &mut Tx<'_>,
    login_id: LoginId,
    checked: &CheckedCode,
    codes: &[Token],
    new_key: &NewKey,
) -> Result<(), LoginError> {
    authenticators::confirm(tx, Holder::Login(login_id), checked, new_key)?;
    keep_codes(tx, login_id, codes, new_key.now)?;
    let login = store::logins::get(tx, login_id)?;
    Ok(tell(tx, &login, SignInNews::AuthenticatorOn)?)
}

/// Turns the second factor off for somebody who knows the password and has a code. No code of before opens anything again.
///
/// # Errors
/// `NotRecognized`, or a fault.
pub fn turn_off(
    tx: &mut Tx<'_>,
    (login_id, checked_hash): (LoginId, &str),
    factor: &Factor,
    new_key: &NewKey,
) -> Result<(), LoginError> {
    let login = recognized(tx, login_id, checked_hash)?;
    take(tx, &login, factor, new_key.now)?;
    forget(tx, login_id)?;
    authenticators::begin_anew(tx, Holder::Login(login_id), new_key)?;
    let news = SignInNews::AuthenticatorOff { by_office: false };
    Ok(tell(tx, &login, news)?)
}

/// Makes new recovery codes in place of the old ones, for somebody who knows the password and has a code.
///
/// # Errors
/// `NotRecognized`, or a fault.
pub fn renew_codes(
    tx: &mut Tx<'_>,
    (login_id, checked_hash): (LoginId, &str),
    factor: &Factor,
    codes: &[Token],
    new_key: &NewKey,
) -> Result<(), LoginError> {
    let login = recognized(tx, login_id, checked_hash)?;
    take(tx, &login, factor, new_key.now)?;
    keep_codes(tx, login_id, codes, new_key.now)?;
    authenticators::begin_anew(tx, Holder::Login(login_id), new_key)?;
    Ok(tell(tx, &login, SignInNews::RecoveryCodesMade)?)
}

/// Finishes a sign-in whose password was right with what the door has checked beside it.
///
/// # Errors
/// `NotRecognized`, or a fault.
pub fn finish_sign_in(
    tx: &mut Tx<'_>,
    login_id: LoginId,
    factor: &Factor,
    new_key: &NewKey,
) -> Result<(), LoginError> {
    let login = store::logins::get(tx, login_id)?;
    if !login.is_active {
        return Err(LoginError::NotRecognized);
    }
    take(tx, &login, factor, new_key.now)?;
    sessions::tell_new_device(tx, &login, new_key)?;
    sessions::begin(tx, Holder::Login(login_id), Stage::Full, new_key)?;
    let facts = json!({ "by": factor.as_str() });
    Ok(record(tx, "login.signed_in", login_id, None, facts)?)
}

/// Tells the holder that somebody who knows the password types wrong codes; once a day.
///
/// # Errors
/// A fault.
pub fn warn_of_guesses(tx: &mut Tx<'_>, login_id: LoginId) -> Result<(), StoreError> {
    let login = store::logins::get(tx, login_id)?;
    let to = Addressee::by_email(&login.email, login.language).of_login(login.id);
    let notice = Notice::SignIn(SignInTold {
        name: login.name,
        news: SignInNews::CodesGuessed,
    });
    let key = format!("codes_guessed:{login_id}:{}", tx.stamp.on);
    if put_new(tx, vec![NewNotice::once(to, notice, key)])? > 0 {
        record(tx, "login.codes_guessed", login_id, None, json!({}))?;
    }
    Ok(())
}

/// Takes the second factor off the sign-in of somebody who lost it, once the office has made sure who they are. They sign in anew with the
/// password alone, and are told.
///
/// # Errors
/// `NotRecognized` where there is none, or the account is not the sign-in's own: what somebody proves of an account says nothing of its guests;
/// or a fault.
pub fn take_off(
    tx: &mut Tx<'_>,
    (login_id, account_id): (LoginId, AccountId),
    check: IdentityCheck,
    now: NaiveDateTime,
) -> Result<(), LoginError> {
    let (holder, on) = (Holder::Login(login_id), tx.stamp.on);
    let access = store::logins::find_access(tx, login_id, account_id, on)?;
    if access != Some(Access::Owner) || authenticators::stage_of(tx, holder)? != Stage::Totp {
        return Err(LoginError::NotRecognized);
    }
    forget(tx, login_id)?;
    store::sessions::mark_all_ended(tx, holder, now)?;
    let login = store::logins::get(tx, login_id)?;
    tell(tx, &login, SignInNews::AuthenticatorOff { by_office: true })?;
    let (action, facts) = (
        "login.factor_taken_off",
        json!({ "identity": check.as_str() }),
    );
    Ok(record(tx, action, login_id, Some(account_id), facts)?)
}

impl Factor {
    const fn as_str(&self) -> &'static str {
        match self {
            Self::Code(_) => "authenticator",
            Self::Recovery(_) => "recovery_code",
        }
    }
}

/// Uses up what was shown; a recovery code is told, for it may be a thief's.
fn take(
    tx: &mut Tx<'_>,
    login: &LoginRow,
    factor: &Factor,
    now: NaiveDateTime,
) -> Result<(), LoginError> {
    let holder = Holder::Login(login.id);
    match factor {
        Factor::Code(checked) => Ok(authenticators::take_code(tx, holder, checked)?),
        Factor::Recovery(hash) => {
            let is_on = authenticators::stage_of(tx, holder)? == Stage::Totp;
            if !is_on || !store::recovery_codes::take(tx, login.id, hash, now)? {
                return Err(LoginError::NotRecognized);
            }
            let left = store::recovery_codes::count_left(tx, login.id)?;
            tell(tx, login, SignInNews::RecoveryCodeUsed { left })?;
            let facts = json!({ "left": left });
            Ok(record(
                tx,
                "login.recovery_code_used",
                login.id,
                None,
                facts,
            )?)
        }
    }
}

fn keep_codes(
    tx: &mut Tx<'_>,
    login_id: LoginId,
    codes: &[Token],
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let hashes: Vec<TokenHash> = codes
        .iter()
        .map(|code| recovery_hash(login_id, code))
        .collect();
    store::recovery_codes::replace(tx, login_id, &hashes, now)?;
    let facts = json!({ "codes": codes.len() });
    record(tx, "login.recovery_codes_made", login_id, None, facts)
}

/// Uses up what was shown beside the password, where the sign-in asks for it.
///
/// # Errors
/// `NotRecognized` when something is asked for and nothing right was shown; or a fault.
pub(super) fn take_if_asked(
    tx: &mut Tx<'_>,
    login: &LoginRow,
    factor: Option<&Factor>,
    now: NaiveDateTime,
) -> Result<(), LoginError> {
    match (
        authenticators::stage_of(tx, Holder::Login(login.id))?,
        factor,
    ) {
        (Stage::Full, _) => Ok(()),
        (Stage::Totp, Some(factor)) => take(tx, login, factor, now),
        (Stage::Totp, None) => Err(LoginError::NotRecognized),
    }
}

/// Forgets the authenticator and all recovery codes of a login; an authenticator that was never there leaves no trace.
///
/// # Errors
/// A fault.
pub(super) fn forget(tx: &mut Tx<'_>, login_id: LoginId) -> Result<(), LoginError> {
    let holder = Holder::Login(login_id);
    if store::authenticators::find(tx, holder)?.is_some() {
        authenticators::remove(tx, holder)?;
    }
    Ok(store::recovery_codes::remove(tx, login_id)?)
}

/// Tells the owner of a sign-in what happened to it.
///
/// # Errors
/// A fault.
pub(super) fn tell(tx: &mut Tx<'_>, login: &LoginRow, news: SignInNews) -> Result<(), StoreError> {
    let to = Addressee::by_email(&login.email, login.language).of_login(login.id);
    let name = login.name.clone();
    store::notices::put(tx, &to, &Notice::SignIn(SignInTold { name, news }))?;
    Ok(())
}
