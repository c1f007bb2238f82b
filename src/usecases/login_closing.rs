//! A customer closes the sign-in. The utility accounts and their bills go on; what nobody would look after any more is brought to an end or
//! back to paper, and the address is free for another sign-in.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::json;

use crate::domain::access::{Access, Right};
use crate::domain::ids::{AccountId, LoginId};
use crate::domain::notice::{Notice, SignInNews, SignInTold};
use crate::domain::sessions::{HoldEnd, TokenPurpose};
use crate::secrets::NO_PASSWORD;
use crate::store;
use crate::store::accounts::AccountRow;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::notices::Addressee;
use crate::store::sessions::Holder;
use crate::usecases::accounts::settings::go_back_to_paper;
use crate::usecases::logins::{self, LoginError, recognized};
use crate::usecases::second_factor::{self, Factor};
use crate::usecases::{autopay, guests, scheduled_payments, text_numbers};

/// What a closed sign-in leaves with nobody else to look after it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftAlone {
    /// The accounts that no other sign-in looks after; those that were only shared with this one to see or pay are not among them.
    pub accounts: Vec<AccountId>,
    /// Those of them that are charged by themselves: by autopay, or on a day to come.
    pub charged: Vec<AccountId>,
    /// Those of them whose bills would reach nobody, and come on paper again.
    pub to_paper: Vec<AccountId>,
}

/// What the customer said on the page.
#[derive(Debug, Clone)]
pub struct Closing {
    /// Whether what is charged by itself goes on.
    pub keeps_charges: bool,
    /// What was shown beside the password, where the sign-in asks for it.
    pub factor: Option<Factor>,
    /// The words of the button, which also end texts to the login's number.
    pub words: String,
    /// The world's instant.
    pub now: NaiveDateTime,
}

/// What closing a login would leave alone on a day.
///
/// # Errors
/// A fault of the store.
pub fn find_left_alone(
    conn: &mut Conn,
    login: LoginId,
    on: NaiveDate,
) -> Result<LeftAlone, StoreError> {
    let scope = store::sessions::scope(conn, login, on)?.with(Right::Change);
    let listeners = store::alerts::list_listeners(conn, scope.accounts(), on)?;
    let followed: HashSet<AccountId> = listeners
        .iter()
        .filter(|listener| listener.looks_after() && listener.reader.to.login_id != Some(login))
        .map(|listener| listener.account)
        .collect();
    let alone = scope.accounts().iter().copied();
    let accounts: Vec<AccountId> = alone.filter(|id| !followed.contains(id)).collect();
    let own = store::parts::list_own_emails(conn, &accounts, on)?;
    let mailed: HashSet<AccountId> = own.iter().map(|own| own.account_id).collect();
    let mut charged = store::autopay::list_enrolled(conn, &accounts)?;
    let scheduled = store::scheduled_payments::list_planned(conn, &accounts)?;
    charged.extend(scheduled.iter().map(|row| row.account_id));
    let rows = store::accounts::list_some(conn, &accounts)?;
    let is_unreached = |row: &&AccountRow| !(row.paper || row.email && mailed.contains(&row.id));
    let to_paper = rows.iter().filter(is_unreached).map(|row| row.id);
    let is_charged = |id: &AccountId| charged.contains(id);
    Ok(LeftAlone {
        to_paper: to_paper.collect(),
        charged: accounts.iter().copied().filter(is_charged).collect(),
        accounts,
    })
}

/// Closes a login whose password the door has checked. What is charged by itself on accounts that nobody else follows goes on only where the
/// customer says so; bills that would reach nobody come on paper again. Gives back what was left alone.
///
/// # Errors
/// `NotRecognized`, or a fault.
pub fn close(
    tx: &mut Tx<'_>,
    (login_id, checked_hash): (LoginId, &str),
    closing: &Closing,
) -> Result<LeftAlone, LoginError> {
    let login = recognized(tx, login_id, checked_hash)?;
    second_factor::take_if_asked(tx, &login, closing.factor.as_ref(), closing.now)?;
    let on = tx.stamp.on;
    let left = find_left_alone(tx, login_id, on)?;
    let ends_charges = !closing.keeps_charges && !left.charged.is_empty();
    if ends_charges {
        // Told while the address still is the account's.
        for account in &left.charged {
            autopay::stop(tx, *account)?;
        }
        scheduled_payments::end_of_accounts(tx, &left.charged)?;
    }
    let news = SignInNews::Closed {
        is_charged_on: closing.keeps_charges && !left.charged.is_empty(),
        ends_charges,
        goes_to_paper: !left.to_paper.is_empty(),
    };
    let to = Addressee::by_email(&login.email, login.language).of_login(login_id);
    let name = login.name.clone();
    store::notices::put(tx, &to, &Notice::SignIn(SignInTold { name, news }))?;

    text_numbers::remove_number(tx, login_id, &closing.words)?;
    second_factor::forget(tx, login_id)?;
    store::passkeys::remove_all(tx, login_id)?;
    store::tokens::mark_void(
        tx,
        TokenPurpose::ResetPassword,
        &login_id.to_string(),
        closing.now,
    )?;
    store::sessions::mark_all_ended(tx, Holder::Login(login_id), closing.now)?;
    let scope = store::sessions::scope(tx, login_id, on)?;
    let held = scope.accounts().to_vec();
    store::alerts::keep_as_own(tx, (login_id, &login.email), &held)?;
    guests::withdraw_of(tx, &held, login_id, closing.now)?;
    store::logins::mark_released(tx, login_id, &held, HoldEnd::Closed)?;
    // What a guest saved to pay with goes with the guest, where somebody else looks after the account.
    for account in &held {
        if scope.access(*account) != Some(Access::Owner) && !left.accounts.contains(account) {
            guests::end_ways(tx, *account, login_id)?;
        }
    }
    store::logins::mark_closed(tx, login_id, NO_PASSWORD)?;
    for account in &left.to_paper {
        go_back_to_paper(tx, *account)?;
    }
    record(tx, login_id, &held, &left, closing.keeps_charges)?;
    Ok(left)
}

/// One row for the login, and one for each account that it held.
fn record(
    tx: &mut Tx<'_>,
    login_id: LoginId,
    held: &[AccountId],
    left: &LeftAlone,
    keeps_charges: bool,
) -> Result<(), StoreError> {
    for account in held {
        tx.touch(*account);
        let facts = json!({
            "charges": left.charged.contains(account).then_some(if keeps_charges { "go_on" } else { "ended" }),
            "back_to_paper": left.to_paper.contains(account),
        });
        logins::record(tx, "login.account_left", login_id, Some(*account), facts)?;
    }
    let facts = json!({ "accounts": held.len(), "left_alone": left.accounts.len() });
    logins::record(tx, "login.closed", login_id, None, facts)
}
