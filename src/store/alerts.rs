//! What people want to be told of, and who is told about many accounts at once: logins that follow them, their customers' own addresses,
//! and the numbers that take texts. A fixed number of queries for any number of accounts.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::access::{Access, Right};
use crate::domain::alerts::{AlertKind, Wish};
use crate::domain::customers::Language;
use crate::domain::ids::{AccountId, AccountNumber, LoginId};
use crate::domain::notice::Channel;
use crate::store::any::native;
use crate::store::contact_points::written_to;
use crate::store::dated::access_on;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::ext::AmongMethods as _;
use crate::store::kept::KeptDsl;
use crate::store::notices::{Addressee, Reader};
use crate::store::parts::{self, OwnEmail};
use crate::store::schema::{
    accounts, alert_preferences, failing_addresses, login_accounts, logins,
};
use crate::store::sql_types::Exact;
use crate::store::text_numbers;

/// Somebody who is told about an account, with what they chose.
#[derive(Debug, Clone)]
pub struct Listener {
    /// The account.
    pub account: AccountId,
    /// How far the account is open to them; nothing for the customer's own address, since it is the customer's account.
    pub access: Option<Access>,
    /// Who, and their e-mail address.
    pub reader: Reader,
    /// Whether mail to the address comes back.
    pub is_failing: bool,
    /// The number that takes their texts.
    pub number: Option<String>,
    wishes: Vec<Wish>,
}

impl Listener {
    /// Whether they are somebody who has this right: what concerns the owner is not told to guests.
    #[must_use]
    pub fn gives(&self, right: Right) -> bool {
        self.access.is_none_or(|access| access.gives(right))
    }

    /// Whether they follow the account with a sign-in that looks after it.
    #[must_use]
    pub fn looks_after(&self) -> bool {
        self.access
            .is_some_and(|access| access.gives(Right::Change))
    }

    /// What they want of one kind: what they chose, else what holds for everybody.
    #[must_use]
    pub fn wish(&self, kind: AlertKind) -> Wish {
        let chosen = self.wishes.iter().find(|wish| wish.kind == kind);
        chosen.copied().unwrap_or_else(|| kind.by_default())
    }

    /// The ways on which they are told of one kind.
    #[must_use]
    pub fn ways(&self, kind: AlertKind) -> Vec<Addressee> {
        let wish = self.wish(kind);
        let mut ways = Vec::with_capacity(2);
        if wish.wants_email() && !self.is_failing {
            ways.push(self.reader.to.clone());
        }
        if let Some(number) = self.number.as_ref().filter(|_| wish.wants_text()) {
            ways.push(Addressee {
                channel: Channel::Text,
                address: number.clone(),
                ..self.reader.to.clone()
            });
        }
        ways
    }
}

type Saved = (
    AccountId,
    Option<LoginId>,
    AlertKind,
    bool,
    bool,
    Option<Exact>,
);

const SAVED: (
    alert_preferences::account_id,
    alert_preferences::login_id,
    alert_preferences::kind,
    alert_preferences::by_email,
    alert_preferences::by_text,
    alert_preferences::threshold,
) = (
    alert_preferences::account_id,
    alert_preferences::login_id,
    alert_preferences::kind,
    alert_preferences::by_email,
    alert_preferences::by_text,
    alert_preferences::threshold,
);

fn wish((_, _, kind, by_email, by_text, threshold): &Saved) -> Wish {
    Wish {
        kind: *kind,
        by_email: *by_email,
        by_text: *by_text,
        threshold: threshold.map(|exact| exact.0),
    }
}

/// What a login wants about an account, in every kind; what was not chosen as it holds for everybody.
pub fn list_wishes(
    conn: &mut Conn,
    account: AccountId,
    login: LoginId,
) -> Result<Vec<Wish>, StoreError> {
    let saved: Vec<Saved> = alert_preferences::table
        .filter(alert_preferences::account_id.eq(account))
        .filter(alert_preferences::login_id.eq(login))
        .select(SAVED)
        .load(conn)?;
    let of = |kind: &AlertKind| {
        let chosen = saved.iter().find(|saved| saved.2 == *kind);
        chosen.map_or_else(|| kind.by_default(), wish)
    };
    Ok(AlertKind::ALL.iter().map(of).collect())
}

/// Keeps what somebody wants; without a login it is what the account's own address wants.
pub fn put_wish(
    tx: &mut Tx<'_>,
    account: AccountId,
    login: Option<LoginId>,
    wish: &Wish,
) -> Result<(), StoreError> {
    let at = tx.stamp.at;
    let row = alert_preferences::table
        .filter(alert_preferences::account_id.eq(account))
        .filter(alert_preferences::kind.eq(wish.kind))
        .select(alert_preferences::id);
    let found: Option<i64> = match login {
        Some(login) => row
            .filter(alert_preferences::login_id.eq(login))
            .first(tx.conn())
            .optional()?,
        None => row
            .filter(alert_preferences::login_id.is_null())
            .first(tx.conn())
            .optional()?,
    };
    let chosen = (
        alert_preferences::by_email.eq(wish.by_email),
        alert_preferences::by_text.eq(wish.by_text),
        alert_preferences::threshold.eq(wish.threshold.map(Exact)),
        alert_preferences::set_at.eq(at),
    );
    match found {
        Some(id) => {
            diesel::update(alert_preferences::table.find(id))
                .set(chosen)
                .kept()
                .execute(tx.conn())?;
        }
        None => {
            diesel::insert_into(alert_preferences::table)
                .values((
                    alert_preferences::account_id.eq(account),
                    alert_preferences::login_id.eq(login),
                    alert_preferences::kind.eq(wish.kind),
                    chosen,
                ))
                .execute(tx.conn())?;
        }
    }
    Ok(())
}

/// What a login, or the account's own address, wants of one kind.
pub fn find_wish(
    conn: &mut Conn,
    account: AccountId,
    login: Option<LoginId>,
    kind: AlertKind,
) -> Result<Wish, StoreError> {
    let saved: Vec<Saved> = alert_preferences::table
        .filter(alert_preferences::account_id.eq(account))
        .filter(alert_preferences::kind.eq(kind))
        .select(SAVED)
        .load(conn)?;
    let own = saved.iter().find(|saved| saved.1 == login);
    Ok(own.map_or_else(|| kind.by_default(), wish))
}

/// Keeps what a login that is about to close wants as what the account's own address wants, where that is the login's: who said no to mails goes
/// on getting none.
pub fn keep_as_own(
    tx: &mut Tx<'_>,
    (login, email): (LoginId, &str),
    accounts: &[AccountId],
) -> Result<(), StoreError> {
    let on = tx.stamp.on;
    let own: Vec<AccountId> = parts::list_own_emails(tx, accounts, on)?
        .into_iter()
        .filter(|own| own.value.eq_ignore_ascii_case(email))
        .map(|own| own.account_id)
        .collect();
    let saved: Vec<Saved> = alert_preferences::table
        .filter(alert_preferences::account_id.among(own))
        .filter(alert_preferences::login_id.eq(login))
        .select(SAVED)
        .load(tx.conn())?;
    for row in &saved {
        put_wish(tx, row.0, None, &wish(row))?;
    }
    Ok(())
}

/// Those who are told about each account.
#[must_use]
pub fn by_account(listeners: Vec<Listener>) -> HashMap<AccountId, Vec<Listener>> {
    let mut of: HashMap<AccountId, Vec<Listener>> = HashMap::new();
    for listener in listeners {
        of.entry(listener.account).or_default().push(listener);
    }
    of
}

/// Everybody who is told about these accounts on a day: every proved login that follows one, and its customer's own address where bills go
/// there; nobody twice. A fixed number of queries.
pub fn list_listeners(
    conn: &mut Conn,
    ids: &[AccountId],
    on: NaiveDate,
) -> Result<Vec<Listener>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut readers = followers(conn, ids, on)?;
    let own = own_addresses(conn, ids, on)?;
    let written_to = own.written_to;
    for (account, access, reader) in &mut readers {
        let address = (*account, reader.to.address.to_lowercase());
        if access.is_some_and(|access| access.gives(Right::Share))
            && let Some(chosen) = own.instead.get(&address)
        {
            reader.to.address.clone_from(chosen);
        }
    }
    readers.extend(written_to);
    let mut known = HashSet::with_capacity(readers.len());
    readers
        .retain(|(account, _, reader)| known.insert((*account, reader.to.address.to_lowercase())));
    let logins: Vec<LoginId> = readers
        .iter()
        .filter_map(|(_, _, reader)| reader.to.login_id)
        .collect();
    let numbers = text_numbers::list_open(conn, &logins)?;
    let addresses: Vec<String> = readers
        .iter()
        .map(|(_, _, reader)| reader.to.address.to_lowercase())
        .collect();
    let failing = list_failing(conn, Channel::Email, &addresses)?;
    let saved: Vec<Saved> = alert_preferences::table
        .filter(alert_preferences::account_id.among(ids))
        .select(SAVED)
        .load(conn)?;
    let mut wishes: HashMap<(AccountId, Option<LoginId>), Vec<Wish>> = HashMap::new();
    for row in &saved {
        wishes.entry((row.0, row.1)).or_default().push(wish(row));
    }
    let listener = |(account, access, reader): Told| Listener {
        account,
        access,
        is_failing: failing.contains(&reader.to.address.to_lowercase()),
        number: reader
            .to
            .login_id
            .and_then(|login| numbers.get(&login).cloned()),
        wishes: wishes
            .get(&(account, reader.to.login_id))
            .cloned()
            .unwrap_or_default(),
        reader,
    };
    Ok(readers.into_iter().map(listener).collect())
}

/// Where mail about an account goes to a sign-in on a day, its own address or the one that the customer chose, and whether it comes back from
/// there; nothing where the sign-in is not told of the account.
pub fn find_address(
    conn: &mut Conn,
    (account, login): (AccountId, LoginId),
    on: NaiveDate,
) -> Result<Option<(String, bool)>, StoreError> {
    let listeners = list_listeners(conn, &[account], on)?;
    let own = listeners
        .into_iter()
        .find(|listener| listener.reader.to.login_id == Some(login));
    Ok(own.map(|own| (own.reader.to.address, own.is_failing)))
}

/// Somebody who is told of an account, and how far it is open to them.
type Told = (AccountId, Option<Access>, Reader);

type Follower = (
    AccountId,
    AccountNumber,
    Access,
    LoginId,
    String,
    String,
    Language,
);

fn followers(conn: &mut Conn, ids: &[AccountId], on: NaiveDate) -> Result<Vec<Told>, StoreError> {
    let rows: Vec<Follower> = login_accounts::table
        .inner_join(logins::table)
        .inner_join(accounts::table)
        .filter(login_accounts::account_id.among(ids))
        .filter(access_on(on))
        .filter(logins::is_active.eq(true))
        .filter(logins::email_verified_at.is_not_null())
        .order(login_accounts::id)
        .select((
            accounts::id,
            accounts::number,
            login_accounts::access,
            logins::id,
            logins::name,
            logins::email,
            logins::language,
        ))
        .load(conn)?;
    let reader = |(account, account_number, access, login, name, email, language): Follower| {
        let to = Addressee::by_email(&email, language)
            .of_login(login)
            .of_account(account);
        let reader = Reader {
            name,
            account_number,
            to,
        };
        (account, Some(access), reader)
    };
    Ok(rows.into_iter().map(reader).collect())
}

/// The accounts that these logins follow on a day.
pub fn list_followed(
    conn: &mut Conn,
    ids: &[LoginId],
    on: NaiveDate,
) -> Result<Vec<(LoginId, AccountId)>, StoreError> {
    Ok(login_accounts::table
        .filter(login_accounts::login_id.among(ids))
        .filter(access_on(on))
        .order(login_accounts::id)
        .select((login_accounts::login_id, login_accounts::account_id))
        .load(conn)?)
}

/// The customers' own addresses.
struct Own {
    /// Those of the accounts whose bills go there.
    written_to: Vec<Told>,
    /// Where the customer chose another address for what would go to this one, in lower case: also their sign-in's mail about the account.
    instead: HashMap<(AccountId, String), String>,
}

fn own_addresses(conn: &mut Conn, ids: &[AccountId], on: NaiveDate) -> Result<Own, StoreError> {
    let all = parts::list_own_emails(conn, ids, on)?;
    let addresses: Vec<String> = all.iter().map(|own| own.value.to_lowercase()).collect();
    let failing = list_failing(conn, Channel::Email, &addresses)?;
    let own = written_to(all.clone(), &failing);
    let chosen: HashMap<_, _> = own
        .iter()
        .filter(|own| own.is_primary && !failing.contains(&own.value.to_lowercase()))
        .map(|own| ((own.account_id, own.customer_id), own.value.clone()))
        .collect();
    let instead = all.iter().filter(|own| !own.is_primary).filter_map(|own| {
        let chosen = chosen.get(&(own.account_id, own.customer_id))?;
        Some(((own.account_id, own.value.to_lowercase()), chosen.clone()))
    });
    let instead = instead.collect();
    let told = |own: OwnEmail| {
        let to = Addressee::by_email(&own.value, own.language).of_account(own.account_id);
        let reader = Reader {
            name: own.name,
            account_number: own.account_number,
            to,
        };
        (own.account_id, None, reader)
    };
    let mailed = own.into_iter().filter(|own| own.is_mailed);
    Ok(Own {
        written_to: mailed.map(told).collect(),
        instead,
    })
}

/// Which of these addresses, in lower case, no longer answer.
pub fn list_failing(
    conn: &mut Conn,
    channel: Channel,
    addresses: &[String],
) -> Result<HashSet<String>, StoreError> {
    let rows: Vec<String> = failing_addresses::table
        .filter(failing_addresses::channel.eq(channel))
        .filter(failing_addresses::address.among(addresses))
        .filter(failing_addresses::ended_at.is_null())
        .select(failing_addresses::address)
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Notes that an address no longer answers; once, however often that is heard. Says whether it is new.
pub fn mark_failing(
    tx: &mut Tx<'_>,
    channel: Channel,
    address: &str,
    reason: &str,
) -> Result<bool, StoreError> {
    let address = address.to_lowercase();
    let known = list_failing(tx, channel, std::slice::from_ref(&address))?;
    if !known.is_empty() {
        return Ok(false);
    }
    let row = (
        failing_addresses::address.eq(address),
        failing_addresses::channel.eq(channel),
        failing_addresses::reason.eq(reason),
        failing_addresses::since_at.eq(tx.stamp.at),
    );
    let noted = native!(tx.conn(), |c| diesel::insert_into(failing_addresses::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(noted == 1)
}

/// Notes that an address answers again. Says whether it was thought not to.
pub fn mark_answering(
    tx: &mut Tx<'_>,
    channel: Channel,
    address: &str,
) -> Result<bool, StoreError> {
    let changed = diesel::update(failing_addresses::table)
        .filter(failing_addresses::channel.eq(channel))
        .filter(failing_addresses::address.eq(address.to_lowercase()))
        .filter(failing_addresses::ended_at.is_null())
        .set(failing_addresses::ended_at.eq(tx.stamp.at))
        .kept()
        .execute(tx.conn())?;
    Ok(changed > 0)
}
