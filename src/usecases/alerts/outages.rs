//! Telling whom an outage touches: what was said of it, in the order it was said, a chunk of accounts at a time. Somebody with several of
//! these accounts is told once.

use std::collections::HashSet;

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use crate::domain::access::Right;
use crate::domain::customers::Language;
use crate::domain::ids::AccountId;
use crate::domain::notice::{Channel, Notice, OutageTold};
use crate::domain::outages::{OutageKind, OutageNews};
use crate::store::alerts;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::notices::{NewNotice, Reader};
use crate::store::outages::{self, OutageRow, UpdateRow};
use crate::usecases::alerts::{by_letter, on_every_way, put_new};
use crate::usecases::reach;

/// How many accounts one chunk looks at.
const CHUNK: i64 = 500;

/// Tells the next chunk of accounts of the oldest update that waits. Says whether there may be more.
///
/// # Errors
/// A fault of the store.
pub fn tell_of_outages(tx: &mut Tx<'_>, zone: Tz) -> Result<bool, StoreError> {
    let Some(update) = outages::next_waiting(tx)? else {
        return Ok(false);
    };
    let outage = outages::get(tx, update.outage_id)?;
    let after = (AccountId(update.told_after), CHUNK);
    let accounts = outages::list_accounts_after(tx, outage.id, update.area_id, after)?;
    let Some(last) = accounts.last().copied() else {
        outages::mark_told(tx, update.id, None)?;
        return Ok(true);
    };
    let said = Told {
        outage: &outage,
        update: &update,
        zone,
    };
    tell(tx, &said, &accounts)?;
    outages::mark_told(tx, update.id, Some(last))?;
    Ok(true)
}

fn tell(tx: &mut Tx<'_>, said: &Told<'_>, accounts: &[AccountId]) -> Result<(), StoreError> {
    let on = tx.stamp.on;
    let kind = said.outage.kind.alert();
    let listeners = alerts::list_listeners(tx, accounts, on)?;
    let mut mailed = HashSet::new();
    // Those who want to hear of it by mail, where that is not mandatory.
    let mut wanted = HashSet::new();
    let mut planned = Vec::new();
    for listener in &listeners {
        // A login hears of it once, the customer's own address once for each account.
        let what = match listener.reader.to.login_id {
            Some(_) => said.key(),
            None => format!("{}:{}", said.key(), listener.account),
        };
        let notice = said.notice(&listener.reader);
        let ways = on_every_way(listener, kind, &what, &notice);
        // That a guest is mailed does not reach whose account it is.
        let is_mailed = ways.iter().any(|new| new.to.channel == Channel::Email);
        if listener.gives(Right::Change) && listener.wish(kind).wants_email() {
            wanted.insert(listener.account);
            mailed.extend(is_mailed.then_some(listener.account));
        }
        planned.extend(ways);
    }
    let goes_by_letter = |account: &&AccountId| match said.outage.kind {
        OutageKind::UrgentNotice => !mailed.contains(*account),
        OutageKind::PlannedWork => wanted.contains(*account) && !mailed.contains(*account),
        OutageKind::Outage => false,
    };
    let unreached: Vec<AccountId> = accounts.iter().filter(goes_by_letter).copied().collect();
    planned.extend(letters(tx, said, &unreached)?);
    put_new(tx, planned)?;
    Ok(())
}

/// A letter to each of these accounts; where nobody is known to write to, somebody looks for a way.
fn letters(
    tx: &mut Tx<'_>,
    said: &Told<'_>,
    accounts: &[AccountId],
) -> Result<Vec<NewNotice>, StoreError> {
    let kind = said.outage.kind.alert();
    let readers = reach::letter_readers(tx, accounts)?;
    let mut nobody = Vec::new();
    let mut all = Vec::new();
    for account in accounts {
        let what = format!("{}:{account}", said.key());
        match readers.get(account) {
            Some(reader) => all.push(by_letter(reader, kind, &what, said.notice(reader))),
            None => nobody.push((*account, format!("{kind}:{what}"))),
        }
    }
    reach::ask_for_help(tx, &nobody)?;
    Ok(all)
}

/// What is told, and of what.
struct Told<'a> {
    outage: &'a OutageRow,
    update: &'a UpdateRow,
    zone: Tz,
}

impl Told<'_> {
    /// What names it among all that was told.
    fn key(&self) -> String {
        format!("{}.{}", self.outage.id, self.update.id)
    }

    fn notice(&self, reader: &Reader) -> Notice {
        let outage = self.outage;
        let told = OutageTold {
            name: reader.name.clone(),
            outage: outage.id,
            news: self.update.news,
            commodity: outage.commodity,
            cause: outage.cause,
            words: self.words(reader.to.language).to_owned(),
            begins_at: self.local(outage.begins_at),
            expected_at: self.expected_at().map(|at| self.local(at)),
        };
        match outage.kind {
            OutageKind::Outage => Notice::Outage(told),
            OutageKind::PlannedWork => Notice::PlannedWork(told),
            OutageKind::UrgentNotice => Notice::UrgentNotice(told),
        }
    }

    /// When the service is expected back: as the update says, else as it stands; nothing once it is over.
    fn expected_at(&self) -> Option<NaiveDateTime> {
        if self.update.news.ends() {
            return None;
        }
        self.update.expected_at.or(self.outage.expected_at)
    }

    /// What the office wrote: of the update, else of the whole where it is news to its reader.
    fn words(&self, language: Language) -> &str {
        match self.update.news {
            OutageNews::Declared | OutageNews::Extended => self.outage.words(language),
            OutageNews::Said
            | OutageNews::Expected
            | OutageNews::Begun
            | OutageNews::Restored
            | OutageNews::Canceled => self.update.words(language),
        }
    }

    fn local(&self, at: NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }
}
