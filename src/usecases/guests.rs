//! What becomes of whoever an account was opened to when it ends: they see nothing, what they saved is not charged any more, passes to pay
//! open nothing, bills still reach somebody, and both they and the owner are told. And what ends with whoever invited them.

use chrono::NaiveDateTime;
use serde_json::{Value, json};

use crate::domain::access::{Access, Right};
use crate::domain::accounts::AccountRole;
use crate::domain::ids::{AccountId, LoginId};
use crate::domain::notice::{Notice, SharingNews, SharingTold, Urgency};
use crate::domain::sessions::{HoldEnd, TokenPurpose};
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::logins::LoginRow;
use crate::store::notices::Addressee;
use crate::store::sessions::Holder;
use crate::store::sharing::{self, CopyReader, Opened};
use crate::usecases::accounts::people::{self, PeopleError};
use crate::usecases::accounts::settings::keep_reaching;
use crate::usecases::{logins, notices, payment_methods, quick_pay};

/// Takes an account from a login that should not hold it: it sees nothing of it from this moment on, nor does whoever it invited; links that
/// wait to prove an address for the account open nothing, and from then on only the code of a letter opens it. Whose login it is is told.
/// Safe to repeat.
///
/// # Errors
/// A fault.
pub fn release_account(
    tx: &mut Tx<'_>,
    login_id: LoginId,
    account_id: AccountId,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    if store::logins::mark_released(tx, login_id, &[account_id], HoldEnd::Taken)? == 0 {
        return Ok(());
    }
    let claims = format!("/{account_id}");
    store::tokens::mark_void_ending(tx, TokenPurpose::VerifyEmail, &claims, now)?;
    quick_pay::void_passes(tx, account_id, now)?;
    end_of(tx, account_id, login_id, now)?;
    end_ways(tx, account_id, login_id)?;
    keep_reaching(tx, account_id)?;
    store::sessions::mark_all_ended(tx, Holder::Login(login_id), now)?;
    let login = store::logins::get(tx, login_id)?;
    let notice = Notice::AccountTaken {
        name: login.name.clone(),
        account_number: store::logins::account_number(tx, account_id)?,
    };
    let to = Addressee::by_email(&login.email, login.language)
        .of_login(login.id)
        .of_account(account_id);
    store::notices::put(tx, &to, &notice)?;
    tx.touch(account_id);
    let account = Some(account_id);
    logins::record(tx, "login.account_taken", login_id, account, json!({}))
}

/// Takes back the invitations of a sign-in to these accounts that nobody answered.
///
/// # Errors
/// A fault.
pub(super) fn withdraw_of(
    tx: &mut Tx<'_>,
    accounts: &[AccountId],
    inviter: LoginId,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    withdraw(tx, accounts, Some(inviter), now)
}

/// Ends what came of the invitations of a sign-in that should not have had the account, and takes back those that nobody answered.
///
/// # Errors
/// A fault.
pub(super) fn end_of(
    tx: &mut Tx<'_>,
    account: AccountId,
    inviter: LoginId,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    withdraw(tx, &[account], Some(inviter), now)?;
    let opened = sharing::list_opened(tx, account, inviter)?;
    end_some(tx, account, now, |found| opened.contains(&found))
}

/// Ends all that was opened on an account and takes back every invitation: it is somebody else's now.
///
/// # Errors
/// A fault.
pub(super) fn end_all(
    tx: &mut Tx<'_>,
    account: AccountId,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    withdraw(tx, &[account], None, now)?;
    end_some(tx, account, now, |_| true)?;
    let on = tx.stamp.on;
    for part in store::parts::list(tx, account, on)? {
        // Those without an address were never told by mail, and are not now.
        if part.role == AccountRole::ThirdPartyNotice && part.until_on.is_none() {
            people::end_part(tx, account, part.id, on).map_err(PeopleError::fault)?;
        }
    }
    Ok(())
}

fn end_some(
    tx: &mut Tx<'_>,
    account: AccountId,
    now: NaiveDateTime,
    ends: impl Fn(Opened) -> bool,
) -> Result<(), StoreError> {
    let on = tx.stamp.on;
    for holder in store::logins::list_holders(tx, account, on)? {
        if holder.access != Access::Owner && ends(Opened::Login(holder.id)) {
            end_hold(tx, account, holder.id, now)?;
            tell_guest(tx, account, holder.id, SharingNews::Ended)?;
            let facts = json!({ "login": holder.id });
            record(tx, account, "sharing.ended", facts)?;
        }
    }
    for reader in sharing::list_copy_readers(tx, &[account], on)? {
        if reader.until_on.is_none() && ends(Opened::Copies(reader.part)) {
            end_copies(tx, &reader)?;
        }
    }
    Ok(())
}

fn withdraw(
    tx: &mut Tx<'_>,
    accounts: &[AccountId],
    inviter: Option<LoginId>,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    for (id, account) in sharing::mark_withdrawn(tx, accounts, inviter, now)? {
        let facts = json!({ "invitation": id });
        record(tx, account, "sharing.withdrawn", facts)?;
    }
    Ok(())
}

/// Closes an account to somebody to whom it was opened.
///
/// # Errors
/// A fault.
pub(super) fn end_hold(
    tx: &mut Tx<'_>,
    account: AccountId,
    login: LoginId,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    store::logins::mark_released(tx, login, &[account], HoldEnd::Unshared)?;
    quick_pay::void_passes(tx, account, now)?;
    end_ways(tx, account, login)?;
    keep_reaching(tx, account)?;
    tx.touch(account);
    Ok(())
}

/// What somebody saved on an account is not charged any more, now that it is not open to them so far; both they and the owner are told.
///
/// # Errors
/// A fault.
pub(super) fn end_ways(
    tx: &mut Tx<'_>,
    account: AccountId,
    login: LoginId,
) -> Result<(), StoreError> {
    let methods = payment_methods::end_of_login(tx, account, login)?;
    if methods.is_empty() {
        return Ok(());
    }
    let news = SharingNews::WaysEnded { methods };
    let name = store::logins::get(tx, login)?.name;
    tell_owners(tx, account, &name, &news)?;
    let to = guest(tx, account, login)?;
    tell(tx, (&to, &name), account, (&name, news))
}

/// Ends somebody's copies, who is told.
///
/// # Errors
/// A fault.
pub(super) fn end_copies(tx: &mut Tx<'_>, reader: &CopyReader) -> Result<(), StoreError> {
    let (account, on) = (reader.account_id, tx.stamp.on);
    people::end_part(tx, account, reader.part, on).map_err(PeopleError::fault)?;
    let to = Addressee::by_email(&reader.email, reader.language).of_account(account);
    let by = tx.stamp.by.name.clone();
    let news = (by.as_str(), SharingNews::CopiesEnded);
    tell(tx, (&to, &reader.name), account, news)
}

fn guest(tx: &mut Tx<'_>, account: AccountId, login: LoginId) -> Result<Addressee, StoreError> {
    let LoginRow {
        id,
        email,
        language,
        ..
    } = store::logins::get(tx, login)?;
    let to = Addressee::by_email(&email, language);
    Ok(to.of_login(id).of_account(account))
}

/// Tells somebody to whom an account is or was open.
///
/// # Errors
/// A fault.
pub(super) fn tell_guest(
    tx: &mut Tx<'_>,
    account: AccountId,
    login: LoginId,
    news: SharingNews,
) -> Result<(), StoreError> {
    let to = guest(tx, account, login)?;
    let name = store::logins::get(tx, login)?.name;
    let by = tx.stamp.by.name.clone();
    tell(tx, (&to, &name), account, (&by, news))
}

/// Tells those whose account it is of somebody else.
///
/// # Errors
/// A fault.
pub(super) fn tell_owners(
    tx: &mut Tx<'_>,
    account: AccountId,
    other: &str,
    news: &SharingNews,
) -> Result<(), StoreError> {
    let owners = (account, Right::Share);
    notices::tell_those(tx, owners, Urgency::GoodToKnow, |reader| {
        Notice::Sharing(SharingTold {
            name: reader.name.clone(),
            account_number: reader.account_number.clone(),
            other: other.to_owned(),
            news: news.clone(),
        })
    })
}

/// Tells one person.
///
/// # Errors
/// A fault.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    (to, name): (&Addressee, &str),
    account: AccountId,
    (other, news): (&str, SharingNews),
) -> Result<(), StoreError> {
    let notice = Notice::Sharing(SharingTold {
        name: name.to_owned(),
        account_number: store::logins::account_number(tx, account)?,
        other: other.to_owned(),
        news,
    });
    store::notices::put(tx, to, &notice)?;
    Ok(())
}

/// The audit names rows, not what is personal in them.
///
/// # Errors
/// A fault.
pub(super) fn record(
    tx: &mut Tx<'_>,
    account: AccountId,
    action: &str,
    facts: Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "account",
        subject_id: store::logins::account_number(tx, account)?.to_string(),
        account_id: Some(account),
        facts,
    };
    store::audit::insert(tx, &deed)
}
