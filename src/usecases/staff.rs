//! The people of the office: the first administrator, invitations, jobs, sign-in with an authenticator, and the end of somebody's work here.
//!
//! Passwords and codes are checked by the door, before the transaction; here what was checked is compared with what is stored.

use chrono::NaiveDateTime;
use serde_json::{Value, json};

use crate::domain::customers::Language;
use crate::domain::ids::StaffId;
use crate::domain::notice::Notice;
use crate::domain::sessions::{Stage, TokenHash, TokenPurpose};
use crate::domain::staff::Role;
use crate::domain::stamp::ActorKind;
use crate::secrets::{NO_PASSWORD, Token};
use crate::store;
use crate::store::audit::Deed;
use crate::store::authenticators::CheckedCode;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::notices::Addressee;
use crate::store::sessions::Holder;
use crate::store::staff::{NewStaff, StaffRow};
use crate::usecases::authenticators::{self, AuthenticatorError};
use crate::usecases::sessions::{self, NewKey};

/// What the set-up token is for; there is one at a time.
const SET_UP: &str = "first administrator";

/// Why something was refused to or about a member of staff.
#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    /// The address, the password, the code or all are wrong, or changed in between.
    #[error("the sign-in does not match")]
    NotRecognized,
    /// The link was used, replaced or has run out.
    #[error("the link no longer opens")]
    LinkSpent,
    /// The house has staff already.
    #[error("the house is set up already")]
    AlreadySetUp,
    /// Somebody of the staff has this address.
    #[error("the address is taken")]
    EmailTaken,
    /// Nobody changes their own job or ends their own work here.
    #[error("not for oneself")]
    NotForOneself,
    /// Without an administrator nobody could mend anything.
    #[error("the last administrator stays")]
    LastAdministrator,
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

impl From<AuthenticatorError> for StaffError {
    fn from(refusal: AuthenticatorError) -> Self {
        match refusal {
            AuthenticatorError::InUse | AuthenticatorError::CodeSpent => Self::NotRecognized,
            AuthenticatorError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Keeps the token that opens the set-up page, in place of an earlier one; says no once there is staff.
///
/// # Errors
/// `AlreadySetUp`, or a fault.
pub fn offer_set_up(
    tx: &mut Tx<'_>,
    token: &TokenHash,
    now: NaiveDateTime,
) -> Result<(), StaffError> {
    if store::staff::is_anybody(tx)? {
        return Err(StaffError::AlreadySetUp);
    }
    store::tokens::mark_void(tx, TokenPurpose::SetUp, SET_UP, now)?;
    store::tokens::insert(tx, TokenPurpose::SetUp, token, SET_UP, now)?;
    Ok(())
}

/// Makes the first administrator, who is signed in at once.
///
/// # Errors
/// `AlreadySetUp`, `LinkSpent`, or a fault.
pub fn set_up(
    tx: &mut Tx<'_>,
    token: &TokenHash,
    first: &NewStaff,
    new_key: &NewKey,
) -> Result<StaffId, StaffError> {
    if store::staff::is_anybody(tx)? {
        return Err(StaffError::AlreadySetUp);
    }
    store::tokens::take(tx, TokenPurpose::SetUp, token, new_key.now)?
        .ok_or(StaffError::LinkSpent)?;
    let id = add(tx, first)?;
    sessions::begin(tx, Holder::Staff(id), Stage::Full, new_key)?;
    Ok(id)
}

/// Adds a member of staff.
///
/// # Errors
/// `EmailTaken`, or a fault.
pub fn add(tx: &mut Tx<'_>, new: &NewStaff) -> Result<StaffId, StaffError> {
    if store::staff::find_by_email(tx, &new.email)?.is_some() {
        return Err(StaffError::EmailTaken);
    }
    let id = store::staff::insert(tx, new)?;
    let facts = json!({ "role": new.role.as_str(), "active": new.is_active });
    record(tx, "staff.added", id, facts)?;
    Ok(id)
}

/// Adds somebody who chooses a password by a mailed link.
///
/// # Errors
/// `EmailTaken`, or a fault.
pub fn invite(
    tx: &mut Tx<'_>,
    new: &NewStaff,
    token: &Token,
    now: NaiveDateTime,
) -> Result<StaffId, StaffError> {
    let invited = NewStaff {
        password_hash: NO_PASSWORD.to_owned(),
        is_active: false,
        ..new.clone()
    };
    let id = add(tx, &invited)?;
    mail_invitation(tx, id, token, now)?;
    Ok(id)
}

/// Invites somebody again: for a lost letter, a forgotten password, a lost authenticator, or a return. What they had opens nothing more.
///
/// # Errors
/// `NotForOneself`, `LastAdministrator`, or a fault.
pub fn invite_again(
    tx: &mut Tx<'_>,
    id: StaffId,
    token: &Token,
    now: NaiveDateTime,
) -> Result<(), StaffError> {
    shut_out(tx, id, now)?;
    mail_invitation(tx, id, token, now)?;
    record(tx, "staff.invited_again", id, json!({}))
}

/// The member of staff behind an invitation that would open now.
///
/// # Errors
/// A fault of the store.
pub fn find_invited(
    conn: &mut Conn,
    token: &TokenHash,
    now: NaiveDateTime,
) -> Result<Option<StaffRow>, StoreError> {
    let subject = store::tokens::find(conn, TokenPurpose::StaffInvitation, token, now)?;
    match subject.and_then(|subject| subject.parse().ok()) {
        Some(id) => store::staff::get(conn, id).map(Some),
        None => Ok(None),
    }
}

/// Accepts an invitation with a password, and signs in.
///
/// # Errors
/// `LinkSpent`, or a fault.
pub fn accept(
    tx: &mut Tx<'_>,
    token: &TokenHash,
    password_hash: &str,
    new_key: &NewKey,
) -> Result<StaffId, StaffError> {
    let subject = store::tokens::take(tx, TokenPurpose::StaffInvitation, token, new_key.now)?;
    let id = subject
        .and_then(|subject| subject.parse::<StaffId>().ok())
        .ok_or(StaffError::LinkSpent)?;
    store::staff::mark_password(tx, id, password_hash, true)?;
    record(tx, "staff.invitation_accepted", id, json!({}))?;
    sessions::begin(tx, Holder::Staff(id), Stage::Full, new_key)?;
    Ok(id)
}

/// Signs in somebody whose password the door has checked: at once, or half way where an authenticator's code is still to come.
///
/// # Errors
/// `NotRecognized`, or a fault.
pub fn sign_in(
    tx: &mut Tx<'_>,
    id: StaffId,
    checked_hash: &str,
    new_key: &NewKey,
) -> Result<Stage, StaffError> {
    recognized(tx, id, checked_hash)?;
    let stage = authenticators::stage_of(tx, Holder::Staff(id))?;
    if stage == Stage::Full {
        record(tx, "staff.signed_in", id, json!({ "authenticator": false }))?;
    }
    sessions::begin(tx, Holder::Staff(id), stage, new_key)?;
    Ok(stage)
}

/// Finishes a sign-in with a code that the door has checked; it opens once.
///
/// # Errors
/// `NotRecognized`, or a fault.
pub fn confirm_code(
    tx: &mut Tx<'_>,
    id: StaffId,
    checked: &CheckedCode,
    new_key: &NewKey,
) -> Result<(), StaffError> {
    if !store::staff::get(tx, id)?.is_active {
        return Err(StaffError::NotRecognized);
    }
    authenticators::take_code(tx, Holder::Staff(id), checked)?;
    record(tx, "staff.signed_in", id, json!({ "authenticator": true }))?;
    sessions::begin(tx, Holder::Staff(id), Stage::Full, new_key)?;
    Ok(())
}

/// Gives somebody another job; they sign in anew to do it.
///
/// # Errors
/// `NotForOneself`, `LastAdministrator`, or a fault.
pub fn change_role(
    tx: &mut Tx<'_>,
    id: StaffId,
    role: Role,
    now: NaiveDateTime,
) -> Result<(), StaffError> {
    let member = changeable(tx, id)?;
    store::staff::mark_role(tx, id, role)?;
    store::sessions::mark_all_ended(tx, Holder::Staff(id), now)?;
    let facts = json!({ "from": member.role.as_str(), "to": role.as_str() });
    record(tx, "staff.role_changed", id, facts)
}

/// Ends somebody's work here: no session, password, authenticator or invitation of theirs opens anything more.
///
/// # Errors
/// `NotForOneself`, `LastAdministrator`, or a fault.
pub fn close(tx: &mut Tx<'_>, id: StaffId, now: NaiveDateTime) -> Result<(), StaffError> {
    shut_out(tx, id, now)?;
    record(tx, "staff.closed", id, json!({}))
}

/// Changes the language of somebody's pages.
///
/// # Errors
/// A fault.
pub fn change_language(tx: &mut Tx<'_>, id: StaffId, language: Language) -> Result<(), StaffError> {
    store::staff::mark_language(tx, id, language)?;
    let facts = json!({ "language": language.as_str() });
    record(tx, "staff.language_changed", id, facts)
}

fn recognized(conn: &mut Conn, id: StaffId, checked_hash: &str) -> Result<StaffRow, StaffError> {
    let member = store::staff::get(conn, id)?;
    if member.is_active && member.password_hash == checked_hash {
        Ok(member)
    } else {
        Err(StaffError::NotRecognized)
    }
}

/// The member of staff, unless it is the acting person or the last administrator.
fn changeable(tx: &mut Tx<'_>, id: StaffId) -> Result<StaffRow, StaffError> {
    let by = &tx.stamp.by;
    if by.kind == ActorKind::Staff && by.id == Some(id.0) {
        return Err(StaffError::NotForOneself);
    }
    let member = store::staff::get(tx, id)?;
    let is_last = member.is_active
        && member.role == Role::Administrator
        && store::staff::count_administrators(tx)? <= 1;
    if is_last {
        return Err(StaffError::LastAdministrator);
    }
    Ok(member)
}

fn shut_out(tx: &mut Tx<'_>, id: StaffId, now: NaiveDateTime) -> Result<(), StaffError> {
    changeable(tx, id)?;
    store::staff::mark_password(tx, id, NO_PASSWORD, false)?;
    store::authenticators::remove(tx, Holder::Staff(id))?;
    store::sessions::mark_all_ended(tx, Holder::Staff(id), now)?;
    let subject = id.to_string();
    store::tokens::mark_void(tx, TokenPurpose::StaffInvitation, &subject, now)?;
    Ok(())
}

fn mail_invitation(
    tx: &mut Tx<'_>,
    id: StaffId,
    token: &Token,
    now: NaiveDateTime,
) -> Result<(), StaffError> {
    let member = store::staff::get(tx, id)?;
    let (purpose, subject) = (TokenPurpose::StaffInvitation, id.to_string());
    store::tokens::mark_void(tx, purpose, &subject, now)?;
    store::tokens::insert(tx, purpose, &token.hash(), &subject, now)?;
    let notice = Notice::StaffInvitation {
        name: member.name,
        token: token.reveal().to_owned(),
    };
    let to = Addressee::by_email(&member.email, member.language);
    store::notices::put(tx, &to, &notice)?;
    Ok(())
}

fn record(tx: &mut Tx<'_>, action: &str, id: StaffId, facts: Value) -> Result<(), StaffError> {
    let deed = Deed {
        action,
        subject_kind: "staff",
        subject_id: id.to_string(),
        account_id: None,
        facts,
    };
    Ok(store::audit::insert(tx, &deed)?)
}
