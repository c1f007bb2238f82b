//! Telling whoever follows an account, and what becomes of a notice after it was put in the outbox.

use std::collections::HashSet;

use chrono::{NaiveDateTime, TimeDelta};
use serde_json::json;

use crate::domain::access::Right;
use crate::domain::alerts::{AlertKind, Consent, MAILS_AT_ONCE};
use crate::domain::customers::Language;
use crate::domain::ids::{AccountId, BillId, NoticeId, OutageId};
use crate::domain::mail_refusals::refuses_address;
use crate::domain::notice::{Channel, Notice, TEXT_CODE, Urgency};
use crate::domain::text_enum::UnknownWord;
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::notices::{Addressee, NewNotice, NoticeRow, Reader, Taken};
use crate::store::outbox::{self, Flood};
use crate::usecases::alerts::put_new;
use crate::usecases::billing::deliver;
use crate::usecases::reach::{self, Event, ladder};

/// Tells whoever follows an account, each in their language and by the ways they chose for this kind; where nobody is mailed who looks after
/// it, what must be told goes by letter: that a guest is told does not reach whose account it is.
///
/// # Errors
/// A fault of the store.
pub fn tell(
    tx: &mut Tx<'_>,
    account: AccountId,
    urgency: Urgency,
    write: impl Fn(&Reader) -> Notice,
) -> Result<(), StoreError> {
    tell_those(tx, (account, Right::See), urgency, write)
}

/// Tells whoever has a right on an account, as `tell` does: what concerns the owner is not mailed to guests.
///
/// # Errors
/// A fault of the store.
pub fn tell_those(
    tx: &mut Tx<'_>,
    (account, right): (AccountId, Right),
    urgency: Urgency,
    write: impl Fn(&Reader) -> Notice,
) -> Result<(), StoreError> {
    tell_but(tx, (account, right, None), urgency, write)
}

/// Tells those whose account it is, by letter where nobody is reached by e-mail; all but one address, which is told otherwise.
///
/// # Errors
/// A fault of the store.
pub fn tell_others(
    tx: &mut Tx<'_>,
    account: AccountId,
    but: &str,
    write: impl Fn(&Reader) -> Notice,
) -> Result<(), StoreError> {
    let owners = (account, Right::Share, Some(but));
    tell_but(tx, owners, Urgency::MustReach, write)
}

fn tell_but(
    tx: &mut Tx<'_>,
    (account, right, but): (AccountId, Right, Option<&str>),
    urgency: Urgency,
    write: impl Fn(&Reader) -> Notice,
) -> Result<(), StoreError> {
    let on = tx.stamp.on;
    let is_told_otherwise =
        |to: &Addressee| but.is_some_and(|but| to.address.eq_ignore_ascii_case(but));
    let event = match urgency {
        Urgency::MustReach => Some(Event::begin(tx, but.is_some())?),
        Urgency::GoodToKnow => None,
    };
    let named = |to: Addressee, notice: Notice| {
        let key = |event: &Event| event.key(account, to.channel, to.login_id);
        NewNotice {
            source_key: event.as_ref().map(key),
            to,
            notice,
        }
    };
    let mut planned: Vec<NewNotice> = Vec::new();
    let mut is_mailed = false;
    let listeners = store::alerts::list_listeners(tx, &[account], on)?;
    for listener in listeners.iter().filter(|listener| listener.gives(right)) {
        let notice = write(&listener.reader);
        let ways = match notice.alert() {
            Some(kind) => listener.ways(kind),
            None if listener.is_failing => Vec::new(),
            None => vec![listener.reader.to.clone()],
        };
        for to in ways {
            is_mailed |= to.channel == Channel::Email && listener.gives(Right::Change);
            if !is_told_otherwise(&to) {
                planned.push(named(to, notice.clone()));
            }
        }
    }
    if let Some(event) = event.as_ref().filter(|_| !is_mailed) {
        let letter = event.key(account, Channel::Paper, None);
        match reach::letter_readers(tx, &[account])?.remove(&account) {
            Some(reader) => planned.push(named(reader.to.clone(), write(&reader))),
            None => reach::ask_for_help(tx, &[(account, letter)])?,
        }
    }
    // Of two addresses of one customer, the first carries the name.
    let mut names = HashSet::new();
    for new in &mut planned {
        new.source_key = new
            .source_key
            .take()
            .filter(|key| names.insert(key.clone()));
    }
    put_new(tx, planned)?;
    Ok(())
}

/// What may come in one mail with others: news, reminders and tips.
const FOLDED: [&str; 7] = [
    AlertKind::BillReady.as_str(),
    AlertKind::DueSoon.as_str(),
    AlertKind::HighUsage.as_str(),
    AlertKind::HighBill.as_str(),
    AlertKind::BudgetAhead.as_str(),
    AlertKind::TierAhead.as_str(),
    AlertKind::Leak.as_str(),
];

/// Takes mail that is due for one sender, who reports within a few minutes; else it is due again. More than a few mails to one person become
/// one. No audit row: nothing changed for anybody.
///
/// # Errors
/// A fault of the store.
pub fn take_due(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<NoticeRow>, StoreError> {
    let now = tx.stamp.at;
    // What is folded leaves the mails that were looked at; none behind them is taken in its place.
    let mut left = limit;
    for flood in outbox::list_floods(tx, (&FOLDED, MAILS_AT_ONCE), now, limit)? {
        if fold(tx, &flood)? {
            left -= flood.next;
        }
    }
    let until = now + TimeDelta::minutes(5);
    take(tx, (Channel::Email, None), until, left)
}

/// Mails that wait and are to be laid in the folder, where no mail server takes them. They wait all the same.
///
/// # Errors
/// A fault of the store.
pub fn list_unfiled(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<NoticeRow>, StoreError> {
    let found = store::notices::list_unfiled(tx, limit)?;
    set_aside(tx, found)
}

/// Notes that these lie in the folder. No audit row: nothing changed for anybody.
///
/// # Errors
/// A fault of the store.
pub fn record_filed(tx: &mut Tx<'_>, rows: &[NoticeId]) -> Result<(), StoreError> {
    store::notices::mark_filed(tx, rows)
}

/// Gives up, with its reason for the office to see, what cannot be read and what tells of an outage that is over; it holds up nothing else. Of
/// what cannot be read somebody tells otherwise.
fn set_aside(tx: &mut Tx<'_>, taken: Taken) -> Result<Vec<NoticeRow>, StoreError> {
    for (id, why) in &taken.unreadable {
        give_up(tx, *id, &why.to_string())?;
        let account = outbox::find(tx, *id)?.and_then(|left| left.account_id);
        if let Some(account) = account {
            reach::ask_for_help(tx, &[(account, format!("notice {id}"))])?;
        }
    }
    let told: Vec<OutageId> = taken
        .due
        .iter()
        .filter_map(|row| goes_on_in(&row.notice))
        .collect();
    let open = match told.as_slice() {
        [] => HashSet::new(),
        told => store::outages::list_open(tx, told)?,
    };
    let is_over =
        |row: &NoticeRow| goes_on_in(&row.notice).is_some_and(|outage| !open.contains(&outage));
    let (over, due): (Vec<_>, Vec<_>) = taken.due.into_iter().partition(is_over);
    for row in &over {
        give_up(tx, row.id, "what it tells of is over")?;
    }
    Ok(due)
}

/// The outage of which a notice tells as going on or planned.
pub(super) fn goes_on_in(notice: &Notice) -> Option<OutageId> {
    let (Notice::Outage(told) | Notice::PlannedWork(told) | Notice::UrgentNotice(told)) = notice
    else {
        return None;
    };
    (!told.news.ends()).then_some(told.outage)
}

/// Notes that a notice does not leave; a bill that it was to bring goes out another way.
pub(super) fn give_up(tx: &mut Tx<'_>, id: NoticeId, why: &str) -> Result<(), StoreError> {
    store::notices::mark_failed(tx, id, why, None)?;
    for bill in outbox::list_bills(tx, &[id])? {
        deliver::record_undelivered(tx, bill, why)?;
    }
    record(tx, "notice.given_up", id, json!({}))
}

/// Puts a digest in the place of the mails that wait for somebody; what cannot be read stays out of it. Says whether there is one.
fn fold(tx: &mut Tx<'_>, flood: &Flood) -> Result<bool, StoreError> {
    let now = tx.stamp.at;
    let waiting = outbox::list_flood(tx, &FOLDED, now, flood)?;
    let read = waiting
        .iter()
        .filter_map(|left| Some((left.id, serde_json::from_str::<Notice>(&left.facts).ok()?)));
    let (ids, items): (Vec<NoticeId>, Vec<Notice>) = read.unzip();
    let Some(first) = waiting.first().filter(|_| items.len() > 1) else {
        return Ok(false);
    };
    let name = items.iter().find_map(Notice::name).unwrap_or_default();
    let language: Language = flood
        .language
        .parse()
        .map_err(|error: UnknownWord| StoreError::Unreadable(error.to_string()))?;
    let to = Addressee {
        login_id: first.login_id,
        ..Addressee::by_email(&flood.recipient, language)
    };
    let notice = Notice::Digest {
        name: name.to_owned(),
        items,
    };
    let digest = store::notices::put(tx, &to, &notice)?;
    outbox::put_in_digest(tx, &ids, digest)?;
    Ok(true)
}

/// What is texted at any hour, and before all else: the code that somebody waits for, and what is urgent.
const AT_ANY_HOUR: [&str; 2] = [TEXT_CODE, AlertKind::UrgentNotice.as_str()];

/// Takes texts that are due for one sender, as `take_due` does; what is texted at any hour comes first, and at night alone.
///
/// # Errors
/// A fault of the store.
pub fn take_due_texts(
    tx: &mut Tx<'_>,
    is_quiet: bool,
    limit: i64,
) -> Result<Vec<NoticeRow>, StoreError> {
    let until = tx.stamp.at + TimeDelta::minutes(5);
    let urgent = (Channel::Text, Some(&AT_ANY_HOUR[..]));
    let mut due = take(tx, urgent, until, limit)?;
    let left = limit - i64::try_from(due.len()).unwrap_or(limit);
    if !is_quiet && left > 0 {
        due.extend(take(tx, (Channel::Text, None), until, left)?);
    }
    Ok(due)
}

fn take(
    tx: &mut Tx<'_>,
    asked: (Channel, Option<&[&str]>),
    until: NaiveDateTime,
    limit: i64,
) -> Result<Vec<NoticeRow>, StoreError> {
    let taken = store::notices::take_due(tx, asked, until, limit)?;
    set_aside(tx, taken)
}

/// Whether a text may still go out: its number's holder may have said no since it was written. A code goes to whoever just asked for it.
///
/// # Errors
/// A fault of the store.
pub fn may_be_texted(conn: &mut Conn, row: &NoticeRow) -> Result<bool, StoreError> {
    if row.notice.kind() == TEXT_CODE {
        return Ok(true);
    }
    let number = std::slice::from_ref(&row.recipient);
    let consents = store::text_numbers::list_consents(conn, number)?;
    Ok(consents.get(&row.recipient) == Some(&Consent::Given))
}

/// Notes that the carrier took a text, and by which name it knows it.
///
/// # Errors
/// A fault of the store.
pub fn record_texted(
    tx: &mut Tx<'_>,
    row: &NoticeRow,
    words: &str,
    provider: &str,
) -> Result<(), StoreError> {
    outbox::mark_provider(tx, row.id, provider)?;
    record_sent(tx, &[(row, "", words)])
}

/// A notice as it left: its subject and its exact words.
pub type SentNotice<'a> = (&'a NoticeRow, &'a str, &'a str);

/// Notes that notices were sent, with the exact words; a letter that carried a secret leaves none behind.
///
/// # Errors
/// A fault of the store.
pub fn record_sent(tx: &mut Tx<'_>, notices: &[SentNotice<'_>]) -> Result<(), StoreError> {
    let mut sent = Vec::with_capacity(notices.len());
    for (row, subject, text) in notices {
        // What came back before we noted that it left stays as it is.
        if store::notices::mark_sent(tx, row, subject, text)? {
            sent.push(*row);
        }
    }
    let carriers: Vec<NoticeId> = sent
        .iter()
        .filter(|row| carries_bills(row.channel, &row.notice))
        .map(|row| row.id)
        .collect();
    let bills = outbox::list_bills(tx, &carriers)?;
    deliver::record_mailed(tx, &bills)?;
    let deeds: Vec<Deed<'_>> = sent
        .iter()
        .map(|row| deed("notice.sent", row.id, json!({ "kind": row.notice.kind() })))
        .collect();
    store::audit::insert_all(tx, &deeds)
}

/// A notice that was not taken: why, and when it is tried again; never where nothing is said.
pub type NotTaken<'a> = (&'a NoticeRow, &'a str, Option<NaiveDateTime>);

/// Notes that sending failed: each is tried again at an instant, or given up; what must reach somebody goes out another way at once.
///
/// # Errors
/// A fault of the store.
pub fn record_failed(tx: &mut Tx<'_>, all: &[NotTaken<'_>]) -> Result<(), StoreError> {
    let mut given_up = Vec::new();
    for (row, why, again_at) in all {
        store::notices::mark_failed(tx, row.id, why, *again_at)?;
        if again_at.is_some() {
            continue;
        }
        come_back(tx, row.channel, &row.recipient, why)?;
        for bill in bills_carried(tx, row.channel, (row.id, &row.notice))? {
            deliver::record_undelivered(tx, bill, why)?;
        }
        record(tx, "notice.given_up", row.id, json!({}))?;
        given_up.push(row.id);
    }
    ladder::go_on(tx, &given_up)
}

/// Notes that an address no longer answers, where that is what the refusal says.
pub(super) fn come_back(
    tx: &mut Tx<'_>,
    channel: Channel,
    address: &str,
    why: &str,
) -> Result<(), StoreError> {
    if channel == Channel::Email && refuses_address(why) {
        store::alerts::mark_failing(tx, channel, address, why)?;
    }
    Ok(())
}

/// The bills that a mail brings: its own or those of the mails it carries.
pub(super) fn bills_carried(
    conn: &mut Conn,
    channel: Channel,
    (id, notice): (NoticeId, &Notice),
) -> Result<Vec<BillId>, StoreError> {
    if carries_bills(channel, notice) {
        outbox::list_bills(conn, &[id])
    } else {
        Ok(Vec::new())
    }
}

/// Whether a notice may be the delivery of bills, and not only news of them.
fn carries_bills(channel: Channel, notice: &Notice) -> bool {
    channel == Channel::Email && matches!(notice, Notice::BillReady { .. } | Notice::Digest { .. })
}

fn record(
    tx: &mut Tx<'_>,
    action: &str,
    id: NoticeId,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    store::audit::insert(tx, &deed(action, id, facts))
}

fn deed(action: &str, id: NoticeId, facts: serde_json::Value) -> Deed<'_> {
    Deed {
        action,
        subject_kind: "notice",
        subject_id: id.to_string(),
        account_id: None,
        facts,
    }
}
