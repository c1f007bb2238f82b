//! A notice that must reach somebody and did not arrive goes out another way at once: by the mail of another owner of the account, by text where
//! one wants texts and a text tells all of it, by letter. What failed stays as it is; each way is tried once, in this order, and where a notice
//! of the same event still stands, nothing more goes out. Where no way is left, the office looks for one. A fixed number of queries for any
//! number of notices.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::access::Right;
use crate::domain::autopay::{LETTER_DAYS, NOTICE_DAYS};
use crate::domain::customers::Language;
use crate::domain::holds::HoldStop;
use crate::domain::ids::{AccountId, LoginId, NoticeId, OutageId, OutageUpdateId};
use crate::domain::notice::{AutopayNews, Channel, Notice, NoticeState};
use crate::store::alerts::{self, Listener};
use crate::store::audit::{self, Deed};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::holds;
use crate::store::ledger;
use crate::store::notices::{Addressee, NewNotice, Reader};
use crate::store::outages;
use crate::store::outbox;
use crate::store::planned_alerts;
use crate::usecases::alerts::{put_new, reminders};
use crate::usecases::autopay;
use crate::usecases::notices::goes_on_in;
use crate::usecases::reach::{Event, ask_for_help, letter_readers, named};

/// What did not arrive, for one account that it was told of.
struct Lost {
    id: NoticeId,
    event: Event,
    account: AccountId,
    login: Option<LoginId>,
    language: Language,
    notice: Notice,
    facts: String,
}

/// One way that there may be.
struct Rung {
    to: Addressee,
    name: String,
    key: String,
    /// Whether it may be taken: it is an owner's, and nothing is known against it.
    is_open: bool,
}

/// The ways of one account, in their order.
struct Ladder<'a> {
    lost: &'a Lost,
    rungs: Vec<Rung>,
    letter: String,
}

/// What is done next.
enum Next<'a> {
    /// Nothing: it was told on another way.
    Stands,
    /// It goes this way.
    Rung(&'a Rung),
    /// It goes by letter.
    Letter,
    /// There is no way.
    Nobody,
}

/// What is to be sent, and what could not be.
#[derive(Default)]
struct Plan {
    new: Vec<NewNotice>,
    nobody: Vec<(AccountId, String)>,
    /// The houses that a letter of an event goes to: one for all accounts of a house.
    houses: HashSet<(Event, String)>,
}

/// Sends what must reach somebody and did not arrive out another way. Other notices, and those that tell of what is over, are passed over.
///
/// # Errors
/// A fault of the store.
pub(in crate::usecases) fn go_on(tx: &mut Tx<'_>, ids: &[NoticeId]) -> Result<(), StoreError> {
    let lost = list_lost(tx, ids)?;
    // Of two who lose a way at once, the second sees what the first did.
    ledger::lock(tx, &accounts_of(&lost))?;
    let lost = still_true(tx, lost)?;
    if lost.is_empty() {
        return Ok(());
    }
    let on = tx.stamp.on;
    let accounts = accounts_of(&lost);
    let listeners = alerts::by_account(alerts::list_listeners(tx, &accounts, on)?);
    let ladders: Vec<Ladder<'_>> = lost.iter().map(|one| Ladder::of(one, &listeners)).collect();
    let keys: Vec<String> = ladders.iter().flat_map(Ladder::keys).collect();
    let states = planned_alerts::list_states(tx, &keys)?;
    let readers = letter_readers(tx, &accounts)?;
    let mut plan = Plan::default();
    for ladder in &ladders {
        let reader = readers.get(&ladder.lost.account);
        step(tx, (ladder, reader), &states, &mut plan)?;
    }
    put_new(tx, plan.new)?;
    ask_for_help(tx, &plan.nobody)?;
    for account in &accounts {
        tx.touch(*account);
        record(tx, *account, &lost)?;
    }
    Ok(())
}

/// Mails what a letter told of a charge of autopay that came back, with a day that is still far enough; nothing where it is true no more, or
/// was mailed there before: then the charge is told anew. Says whether it was of a charge.
///
/// # Errors
/// A fault of the store.
pub(in crate::usecases) fn mail_charge(
    tx: &mut Tx<'_>,
    id: NoticeId,
    (to, name): (&Addressee, &str),
) -> Result<bool, StoreError> {
    let lost = list_lost(tx, &[id])?;
    let Some(lost) = lost.iter().find(|one| one.charge().is_some()) else {
        return Ok(false);
    };
    ledger::lock(tx, &[lost.account])?;
    let key = lost.event.key(lost.account, to.channel, to.login_id);
    let told = planned_alerts::list_states(tx, std::slice::from_ref(&key))?;
    if told.is_empty()
        && let Some((to, notice)) = lost.anew(tx, (to, name))?
    {
        put_new(tx, vec![NewNotice::once(to, notice, key)])?;
    }
    Ok(true)
}

/// Whose these are, each once.
fn accounts_of(lost: &[Lost]) -> Vec<AccountId> {
    let mut accounts: Vec<AccountId> = lost.iter().map(|one| one.account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}

/// What holds of these today: nobody is dunned while a hold keeps reminders away, nor for what is paid, on its way, arranged or in dispute by
/// now.
fn still_true(tx: &mut Tx<'_>, mut lost: Vec<Lost>) -> Result<Vec<Lost>, StoreError> {
    if !lost.iter().any(|one| one.notice.duns()) {
        return Ok(lost);
    }
    let on = tx.stamp.on;
    let stopped = holds::stopped(tx, &accounts_of(&lost), (HoldStop::Reminder, on))?;
    lost.retain(|one| !(one.notice.duns() && stopped.is(one.account)));
    let debts: Vec<(AccountId, NaiveDate)> = lost.iter().filter_map(Lost::debt).collect();
    let open = reminders::still_past_due(tx, &debts)?;
    lost.retain(|one| one.debt().is_none_or(|debt| open.contains(&debt)));
    Ok(lost)
}

/// What of these must reach somebody and is not over: of an outage, for each account that the reader looks after.
fn list_lost(tx: &mut Tx<'_>, ids: &[NoticeId]) -> Result<Vec<Lost>, StoreError> {
    let rows = outbox::list_lost(tx, ids)?;
    let lost = |row: outbox::Lost| {
        let notice: Notice = serde_json::from_str(&row.facts).ok()?;
        Some(Lost {
            id: row.id,
            event: Event::of_key(&row.source_key?)?,
            account: row.account_id?,
            login: row.login_id,
            language: row.language,
            notice,
            facts: row.facts,
        })
    };
    let mut all: Vec<Lost> = rows.into_iter().filter_map(lost).collect();
    let told: Vec<OutageId> = all
        .iter()
        .filter_map(|one| goes_on_in(&one.notice))
        .collect();
    if !told.is_empty() {
        let open = outages::list_open(tx, &told)?;
        let is_over =
            |one: &Lost| goes_on_in(&one.notice).is_some_and(|outage| !open.contains(&outage));
        all.retain(|one| !is_over(one));
    }
    let mut all = with_all_accounts(tx, all)?;
    let mut known = HashSet::new();
    all.retain(|one| known.insert((one.event.clone(), one.account)));
    Ok(all)
}

/// A login is told of an outage once for all its accounts: what did not arrive there did not arrive for each of them.
fn with_all_accounts(tx: &mut Tx<'_>, lost: Vec<Lost>) -> Result<Vec<Lost>, StoreError> {
    let updates: Vec<OutageUpdateId> = lost.iter().filter_map(|one| one.event.update()).collect();
    if updates.is_empty() {
        return Ok(lost);
    }
    let on = tx.stamp.on;
    let logins: Vec<LoginId> = lost.iter().filter_map(|one| one.login).collect();
    let followed = alerts::list_followed(tx, &logins, on)?;
    let accounts: Vec<AccountId> = followed.iter().map(|(_, account)| *account).collect();
    let told = outages::list_told(tx, &updates, &accounts)?;
    let mut all = Vec::with_capacity(lost.len());
    for one in lost {
        if let (Some(update), Some(login)) = (one.event.update(), one.login) {
            let others = followed.iter().filter(|(follower, account)| {
                *follower == login && *account != one.account && told.contains(&(update, *account))
            });
            all.extend(others.map(|(_, account)| one.for_account(*account)));
        }
        all.push(one);
    }
    Ok(all)
}

impl Lost {
    fn for_account(&self, account: AccountId) -> Self {
        Self {
            id: self.id,
            event: self.event.clone(),
            account,
            login: self.login,
            language: self.language,
            notice: self.notice.clone(),
            facts: self.facts.clone(),
        }
    }

    /// The debt that it says is past due.
    fn debt(&self) -> Option<(AccountId, NaiveDate)> {
        let Notice::PastDue(told) = &self.notice else {
            return None;
        };
        Some((self.account, told.due_on))
    }

    /// The charge that autopay told of.
    fn charge(&self) -> Option<&AutopayNews> {
        let Notice::Autopay(told) = &self.notice else {
            return None;
        };
        matches!(told.news, AutopayNews::Ahead { .. }).then_some(&told.news)
    }
}

impl<'a> Ladder<'a> {
    fn of(lost: &'a Lost, listeners: &HashMap<AccountId, Vec<Listener>>) -> Self {
        let all = listeners.get(&lost.account).map_or(&[][..], Vec::as_slice);
        let looks_after = |listener: &&Listener| listener.gives(Right::Change);
        let own: Vec<&Listener> = all.iter().filter(looks_after).collect();
        let mails = own.iter().map(|listener| {
            let is_open = !listener.is_failing && !lost.event.is_for_others();
            lost.rung(listener, listener.reader.to.clone(), is_open)
        });
        let texts = own.iter().filter_map(|listener| {
            let to = Addressee {
                channel: Channel::Text,
                address: listener.number.clone()?,
                ..listener.reader.to.clone()
            };
            let is_open = lost.notice.fits_a_text() && !lost.event.is_for_others();
            Some(lost.rung(listener, to, is_open))
        });
        Self {
            lost,
            rungs: mails.chain(texts).collect(),
            letter: lost.event.key(lost.account, Channel::Paper, None),
        }
    }

    fn keys(&self) -> impl Iterator<Item = String> {
        let letter = std::iter::once(self.letter.clone());
        self.rungs.iter().map(|rung| rung.key.clone()).chain(letter)
    }

    fn next(&self, states: &HashMap<String, NoticeState>) -> Next<'_> {
        let stands = |key: &String| {
            let state = states.get(key);
            state.is_some_and(|state| *state != NoticeState::Failed)
        };
        if stands(&self.letter) || self.rungs.iter().any(|rung| stands(&rung.key)) {
            return Next::Stands;
        }
        let is_left = |rung: &&Rung| rung.is_open && !states.contains_key(&rung.key);
        if let Some(rung) = self.rungs.iter().find(is_left) {
            return Next::Rung(rung);
        }
        if states.contains_key(&self.letter) {
            Next::Nobody
        } else {
            Next::Letter
        }
    }
}

impl Lost {
    /// A way to somebody who looks after the account; only an owner's may be taken.
    fn rung(&self, listener: &Listener, to: Addressee, is_open: bool) -> Rung {
        Rung {
            key: self.event.key(self.account, to.channel, to.login_id),
            to,
            name: listener.reader.name.clone(),
            is_open: is_open && listener.gives(Right::Share),
        }
    }

    /// The same told to somebody else; nothing where it is true no more.
    fn anew(
        &self,
        tx: &mut Tx<'_>,
        (to, name): (&Addressee, &str),
    ) -> Result<Option<(Addressee, Notice)>, StoreError> {
        let mut notice = named(&self.facts, name)?;
        if let Notice::PastDue(told) = &mut notice {
            told.is_guest = false;
        }
        if let Notice::Autopay(told) = &mut notice {
            told.is_guest = false;
        }
        if let Notice::Autopay(told) = &mut notice
            && let AutopayNews::Ahead {
                amount,
                on,
                charge: Some(charge),
                by_letter,
                ..
            } = &mut told.news
        {
            *by_letter = to.channel == Channel::Paper;
            let days = match to.channel {
                Channel::Email | Channel::Text | Channel::Portal => NOTICE_DAYS,
                Channel::Paper => NOTICE_DAYS + LETTER_DAYS,
            };
            match autopay::put_off(tx, *charge, (*amount, *on), days)? {
                Some(day) => *on = day,
                None => return Ok(None),
            }
        }
        let mut to = to.clone();
        if self.event.is_of_outage() {
            // What the office wrote is in the notice, in one language.
            to.language = self.language;
        }
        Ok(Some((to, notice)))
    }
}

fn step(
    tx: &mut Tx<'_>,
    (ladder, reader): (&Ladder<'_>, Option<&Reader>),
    states: &HashMap<String, NoticeState>,
    plan: &mut Plan,
) -> Result<(), StoreError> {
    let lost = ladder.lost;
    let (to, name, key) = match (ladder.next(states), reader) {
        (Next::Stands, _) => return Ok(()),
        (Next::Rung(rung), _) => (&rung.to, &rung.name, &rung.key),
        (Next::Letter, Some(reader)) => (&reader.to, &reader.name, &ladder.letter),
        (Next::Letter, None) | (Next::Nobody, _) => return nobody(tx, lost, plan),
    };
    if to.address.is_empty() {
        nobody(tx, lost, plan)?;
        // A charge waits until it can be told; anything else until somebody finds out where to.
        if lost.charge().is_some() {
            return Ok(());
        }
    }
    let is_letter_of_outage = to.channel == Channel::Paper && lost.event.is_of_outage();
    let house = (lost.event.clone(), to.address.clone());
    if is_letter_of_outage && !plan.houses.insert(house) {
        return Ok(());
    }
    if let Some((to, notice)) = lost.anew(tx, (to, name))? {
        plan.new.push(NewNotice::once(to, notice, key.clone()));
    }
    Ok(())
}

/// Nobody can be told: the office looks for a way, and what autopay was about to charge waits.
fn nobody(tx: &mut Tx<'_>, lost: &Lost, plan: &mut Plan) -> Result<(), StoreError> {
    if let Some(AutopayNews::Ahead {
        amount,
        on,
        charge: Some(charge),
        ..
    }) = lost.charge()
        && !autopay::hold(tx, *charge, (*amount, *on))?
    {
        return Ok(());
    }
    plan.nobody
        .push((lost.account, format!("notice {}", lost.id)));
    Ok(())
}

/// What was looked at for one account.
fn record(tx: &mut Tx<'_>, account: AccountId, lost: &[Lost]) -> Result<(), StoreError> {
    let own = lost.iter().filter(|one| one.account == account);
    let ids: Vec<NoticeId> = own.map(|one| one.id).collect();
    let Some(first) = ids.first() else {
        return Ok(());
    };
    let deed = Deed {
        action: "notice.rerouted",
        subject_kind: "notice",
        subject_id: first.to_string(),
        account_id: Some(account),
        facts: json!({ "notices": ids }),
    };
    audit::insert(tx, &deed)
}
