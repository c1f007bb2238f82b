//! Keeping what somebody wants to be told of, and ending one kind by the link in a mail.

use std::collections::HashMap;

use rust_decimal::Decimal;
use serde_json::json;

use crate::domain::alerts::{AlertKind, Wish};
use crate::domain::commodity::Commodity;
use crate::domain::customers::Language;
use crate::domain::ids::{AccountId, LoginId, NoticeId};
use crate::domain::notice::{Notice, PAST_DUE_COPY};
use crate::secrets::{self, Token};
use crate::store;
use crate::store::alerts;
use crate::store::audit::{self, Deed};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::notices::NoticeRow;
use crate::store::outbox::{self, Left};
use crate::store::usage_budgets;
use crate::usecases::alerts::{copies, pay_links};

/// The setting that holds the key by which links in mails are signed.
pub(super) const KEY: &str = "mail_link_key";

/// What somebody means to use of a service at the most on each bill; nothing where they set nothing.
pub type UnitBudget = (Commodity, Option<Decimal>);

/// Keeps what a login wants about an account, with what they mean to use of single services; one deed for all that changed.
///
/// # Errors
/// A fault of the store.
pub fn save_wishes(
    tx: &mut Tx<'_>,
    (account, login): (AccountId, LoginId),
    wishes: &[Wish],
    units: &[UnitBudget],
) -> Result<(), StoreError> {
    let before = alerts::list_wishes(tx, account, login)?;
    let kept: HashMap<Commodity, Decimal> = usage_budgets::list(tx, account, login)?
        .into_iter()
        .collect();
    let other = units
        .iter()
        .filter(|(commodity, amount)| kept.get(commodity) != amount.as_ref());
    let other: Vec<&UnitBudget> = other.collect();
    for (commodity, amount) in &other {
        usage_budgets::put(tx, (account, login), *commodity, *amount)?;
    }
    let changed: Vec<&Wish> = wishes
        .iter()
        .filter(|wish| !before.contains(wish))
        .collect();
    for wish in &changed {
        alerts::put_wish(tx, account, Some(login), wish)?;
    }
    if changed.is_empty() && other.is_empty() {
        return Ok(());
    }
    let mut facts: Vec<serde_json::Value> = changed.iter().map(|wish| fact(wish)).collect();
    facts.extend(other.iter().map(|(commodity, amount)| {
        json!({
            "kind": AlertKind::BudgetAhead,
            "service": commodity.as_str(),
            "units": amount.map(|amount| amount.to_string()),
        })
    }));
    let deed = Deed {
        action: "alerts.chosen",
        subject_kind: "login",
        subject_id: login.to_string(),
        account_id: Some(account),
        facts: json!(facts),
    };
    audit::insert(tx, &deed)
}

fn fact(wish: &Wish) -> serde_json::Value {
    json!({
        "kind": wish.kind,
        "email": wish.by_email,
        "text": wish.by_text,
        "threshold": wish.threshold.map(|threshold| threshold.to_string()),
    })
}

/// What nobody but us can write into a mail.
#[derive(Debug, Clone)]
pub struct Signed {
    /// The signature of the link that ends the kinds the mail is of; nothing where no link may.
    pub leave: Option<String>,
    /// The signature of the link to pay; nothing where the mail asks for no money.
    pub pay: Option<String>,
    /// The links to pay of what the mail carries, in its order: where each leads, or nothing.
    pub items: Vec<Option<String>>,
    /// The tag in its Message-ID.
    pub tag: String,
}

/// Signs these mails, in their order. The first call keeps the fresh key.
///
/// # Errors
/// A fault of the store.
pub fn sign_mails(
    tx: &mut Tx<'_>,
    mails: &[NoticeRow],
    fresh: &Token,
) -> Result<Vec<Signed>, StoreError> {
    let key = mail_key(tx, fresh)?;
    let sign = |mail: &NoticeRow| {
        let kinds: Vec<AlertKind> = if let Notice::Digest { items, .. } = &mail.notice {
            items.iter().filter_map(Notice::alert).collect()
        } else {
            mail.notice.alert().into_iter().collect()
        };
        let is_copy = matches!(mail.notice, Notice::PastDueCopy { .. });
        let may_be_left = is_copy || kinds.iter().any(|kind| kind.may_be_left());
        let items = if matches!(mail.notice, Notice::Digest { .. }) {
            pay_links::of_digest(tx, &key, mail.id)?
        } else {
            Vec::new()
        };
        Ok(Signed {
            pay: pay_links::signature(&key, mail),
            items,
            leave: may_be_left.then(|| secrets::sign(&key, &signed_text(mail.id))),
            tag: tag(&key, mail.id),
        })
    };
    mails.iter().map(sign).collect()
}

/// The key by which links in messages are signed; the first call keeps the fresh one.
pub(super) fn mail_key(tx: &mut Tx<'_>, fresh: &Token) -> Result<String, StoreError> {
    if let Some(key) = store::settings::find(tx, KEY)? {
        return Ok(key);
    }
    store::settings::put(tx, KEY, fresh.reveal())?;
    Ok(fresh.reveal().to_owned())
}

/// Whether a tag is the one in our mail of this number.
///
/// # Errors
/// A fault of the store.
pub fn is_our_tag(conn: &mut Conn, id: NoticeId, told: &str) -> Result<bool, StoreError> {
    let key = store::settings::find(conn, KEY)?;
    Ok(key.is_some_and(|key| secrets::is_same(&tag(&key, id), told)))
}

fn tag(key: &str, id: NoticeId) -> String {
    secrets::sign(key, &format!("mail:{id}"))
        .chars()
        .take(16)
        .collect()
}

fn signed_text(id: NoticeId) -> String {
    format!("leave:{id}")
}

/// What a link ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    /// Mails of these kinds.
    pub kinds: Vec<AlertKind>,
    /// Copies of what is told of somebody else's account.
    pub copies: bool,
    /// The end of the number of the account that it is about, where it is one.
    pub account: Option<String>,
    /// The language of the mail.
    pub language: Language,
}

/// What a link ends; nothing where the link is not ours.
///
/// # Errors
/// A fault of the store.
pub fn read_link(
    conn: &mut Conn,
    id: NoticeId,
    signature: &str,
) -> Result<Option<Leaving>, StoreError> {
    let Some(notices) = left_by(conn, id, signature)? else {
        return Ok(None);
    };
    let Some(language) = outbox::find_language(conn, id)? else {
        return Ok(None);
    };
    let mut kinds: Vec<AlertKind> = notices.iter().filter_map(kind_of).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut accounts: Vec<AccountId> = notices.iter().filter_map(|one| one.account_id).collect();
    accounts.dedup();
    let account = match accounts.as_slice() {
        [one] if !kinds.iter().any(|kind| is_of_all_accounts(*kind)) => {
            Some(store::logins::account_number(conn, *one)?.masked())
        }
        _ => None,
    };
    Ok(Some(Leaving {
        kinds,
        copies: notices.iter().any(is_copy),
        account,
        language,
    }))
}

/// Ends the kinds that a mail is of for whoever got it, by e-mail alone, or the copies that it is one of. Safe to repeat. Nothing where the link is not ours.
///
/// # Errors
/// A fault of the store.
pub fn leave(tx: &mut Tx<'_>, id: NoticeId, signature: &str) -> Result<Option<()>, StoreError> {
    let Some(left) = left_by(tx, id, signature)? else {
        return Ok(None);
    };
    for notice in left.iter().filter(|notice| is_copy(notice)) {
        copies::leave(tx, notice)?;
    }
    choose_mails(tx, id, &left, false)?;
    Ok(Some(()))
}

/// Mails the kinds that a mail is of again to whoever got it, as before they left. Copies need a new invitation. Safe to repeat. Nothing where
/// the link is not ours.
///
/// # Errors
/// A fault of the store.
pub fn come_back(tx: &mut Tx<'_>, id: NoticeId, signature: &str) -> Result<Option<()>, StoreError> {
    let Some(left) = left_by(tx, id, signature)? else {
        return Ok(None);
    };
    choose_mails(tx, id, &left, true)?;
    Ok(Some(()))
}

/// Whether the kinds that these notices are of are mailed, for whoever got them.
fn choose_mails(
    tx: &mut Tx<'_>,
    id: NoticeId,
    left: &[Left],
    by_email: bool,
) -> Result<(), StoreError> {
    for notice in left {
        if let (Some(kind), Some(account)) = (kind_of(notice), notice.account_id) {
            for account in told_of(tx, (account, notice.login_id), kind)? {
                choose_mail(tx, id, (account, notice.login_id), (kind, by_email))?;
            }
        }
    }
    Ok(())
}

/// Whether somebody is told of a kind once for all the accounts they hold.
const fn is_of_all_accounts(kind: AlertKind) -> bool {
    matches!(kind, AlertKind::Outage | AlertKind::PlannedWork)
}

/// The accounts of which a notice tells: of an outage somebody is told once for all they hold.
fn told_of(
    tx: &mut Tx<'_>,
    (account, login): (AccountId, Option<LoginId>),
    kind: AlertKind,
) -> Result<Vec<AccountId>, StoreError> {
    match login.filter(|_| is_of_all_accounts(kind)) {
        Some(login) => {
            let on = tx.stamp.on;
            Ok(store::sessions::scope(tx, login, on)?.accounts().to_vec())
        }
        None => Ok(vec![account]),
    }
}

fn choose_mail(
    tx: &mut Tx<'_>,
    id: NoticeId,
    (account, login): (AccountId, Option<LoginId>),
    (kind, by_email): (AlertKind, bool),
) -> Result<(), StoreError> {
    let wish = alerts::find_wish(tx, account, login, kind)?;
    if wish.by_email == by_email {
        return Ok(());
    }
    alerts::put_wish(tx, account, login, &Wish { by_email, ..wish })?;
    let deed = Deed {
        action: if by_email {
            "alerts.come_back"
        } else {
            "alerts.left"
        },
        subject_kind: "notice",
        subject_id: id.to_string(),
        account_id: Some(account),
        facts: json!({ "kind": kind }),
    };
    audit::insert(tx, &deed)
}

fn left_by(
    conn: &mut Conn,
    id: NoticeId,
    signature: &str,
) -> Result<Option<Vec<Left>>, StoreError> {
    let Some(key) = store::settings::find(conn, KEY)? else {
        return Ok(None);
    };
    if !secrets::is_same(&secrets::sign(&key, &signed_text(id)), signature) {
        return Ok(None);
    }
    let mut left = outbox::list_of_digest(conn, id)?;
    left.extend(outbox::find(conn, id)?);
    Ok(Some(left))
}

fn is_copy(notice: &Left) -> bool {
    notice.kind == PAST_DUE_COPY
}

fn kind_of(notice: &Left) -> Option<AlertKind> {
    let kind: AlertKind = notice.kind.parse().ok()?;
    kind.may_be_left().then_some(kind)
}
