//! Telling of installments: each twice at the most, a few days before it is due, and once it is late; what is due on one day at once. That it
//! is late must reach somebody: more is at stake than one payment. While a hold keeps reminders away nobody is told.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::domain::access::Right;
use crate::domain::alerts::{AlertKind, DUE_SOON_DAYS};
use crate::domain::arrangement_policy::Missed;
use crate::domain::arrangements::{InstallmentState, Progress};
use crate::domain::autopay::Owing;
use crate::domain::ids::AccountId;
use crate::domain::money::Money;
use crate::domain::notice::{ArrangementNews, Channel};
use crate::store::alerts::{self, Listener};
use crate::store::arrangements::Standing;
use crate::store::autopay::{self, Ahead};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::holds::Stopped;
use crate::store::notices::NewNotice;
use crate::store::open_items;
use crate::usecases::alerts::copies::Copies;
use crate::usecases::alerts::{by_letter, list_texted, on_every_way, put_new};
use crate::usecases::arrangements::told;
use crate::usecases::reach;

/// Tells of the installments of open arrangements that are due soon or late today; says of how many notices are new.
///
/// # Errors
/// A fault of the store.
pub(super) fn remind(
    tx: &mut Tx<'_>,
    open: &[Standing],
    (pending, stopped): (&BTreeMap<AccountId, Money>, &Stopped),
    missed: Missed,
) -> Result<usize, StoreError> {
    let on = tx.stamp.on;
    let accounts: Vec<AccountId> = open.iter().map(|one| one.row.account_id).collect();
    let listeners = alerts::by_account(alerts::list_listeners(tx, &accounts, on)?);
    let copies = Copies::read(tx, &accounts)?;
    let charges = Charges::of(tx, open, pending)?;
    let mut planned: Vec<NewNotice> = Vec::new();
    let mut unreached: Vec<(&Standing, String, ArrangementNews)> = Vec::new();
    for one in open.iter().filter(|one| !stopped.is(one.row.account_id)) {
        let all: &[Listener] = listeners
            .get(&one.row.account_id)
            .map_or(&[], Vec::as_slice);
        let freed = stopped.freed_on(one.row.account_id);
        for news in worth_telling(one, pending, (missed, on)) {
            // Autopay tells of what it charges.
            if news.kind == AlertKind::DueSoon && charges.take(one, news.due_on) {
                continue;
            }
            let must_reach = news.kind == AlertKind::PastDue;
            let is_wanted = |listener: &&Listener| {
                must_reach || listener.wish(news.kind).is_passed_by(news.amount)
            };
            let mut is_mailed = false;
            for listener in all.iter().filter(is_wanted) {
                let notice = told(&listener.reader, &one.row, news.words(one, freed));
                let ways = on_every_way(listener, news.kind, &news.what, &notice);
                // That a guest is mailed does not reach whose account it is.
                is_mailed |= listener.gives(Right::Change)
                    && ways.iter().any(|new| new.to.channel == Channel::Email);
                planned.extend(ways);
            }
            if must_reach {
                let (account, debt) = (one.row.account_id, (news.amount, news.due_on));
                planned.extend(copies.of(account, &news.what, debt));
            }
            if must_reach && !is_mailed {
                let words = news.words(one, freed);
                unreached.push((one, news.what, words));
            }
        }
    }
    let events: Vec<(AccountId, String)> = unreached
        .iter()
        .map(|(one, what, _)| (one.row.account_id, what.clone()))
        .collect();
    let texted = list_texted(tx, AlertKind::PastDue, &events, &listeners)?;
    unreached.retain(|(_, what, _)| !texted.contains(what));
    planned.extend(letters(tx, &unreached)?);
    put_new(tx, planned)
}

/// One thing to tell of the installments that are due on a day.
struct News {
    kind: AlertKind,
    /// What makes it the same when it is found again.
    what: String,
    due_on: NaiveDate,
    amount: Money,
}

impl News {
    /// The day that was agreed names an installment, however it falls into parts; a day that was moved since is told anew.
    fn of(one: &Standing, part: &Progress, kind: AlertKind, amount: Money) -> Self {
        let agreed = part.installment.due_on;
        let mut what = format!("arrangement {}:{agreed}", one.row.id);
        if part.is_moved() {
            what = format!("{what}:{}", part.due_on);
        }
        Self {
            kind,
            what,
            due_on: part.due_on,
            amount,
        }
    }

    /// In words; the days of grace begin anew on the first day after a hold that kept this from being told.
    fn words(&self, one: &Standing, freed: Option<NaiveDate>) -> ArrangementNews {
        let (amount, due_on) = (self.amount, self.due_on);
        if self.kind == AlertKind::DueSoon {
            return ArrangementNews::DueSoon { amount, due_on };
        }
        let from = freed.map_or(due_on, |day| day.max(due_on));
        let until = from + Days::new(u64::from(one.row.grace_days()));
        ArrangementNews::Late {
            amount,
            due_on,
            until,
        }
    }
}

/// What is to be told of an arrangement today: of what is neither paid nor on its way, and of what is due on one day in one sum.
fn worth_telling(
    one: &Standing,
    pending: &BTreeMap<AccountId, Money>,
    (missed, on): (Missed, NaiveDate),
) -> Vec<News> {
    let mut on_its_way = pending
        .get(&one.row.account_id)
        .copied()
        .unwrap_or_default();
    let mut all: Vec<News> = Vec::new();
    for part in &one.cover.progress() {
        let covered = part.unpaid.min(on_its_way);
        on_its_way -= covered;
        let amount = part.unpaid - covered;
        let Some(kind) = kind_of(part, one, (missed, on)).filter(|_| amount.is_positive()) else {
            continue;
        };
        let same = |news: &&mut News| news.kind == kind && news.due_on == part.due_on;
        match all.iter_mut().find(same) {
            Some(news) => news.amount += amount,
            None => all.push(News::of(one, part, kind, amount)),
        }
    }
    all
}

/// By which kind of alert an installment is told of today; nothing where there is no news.
fn kind_of(
    part: &Progress,
    one: &Standing,
    (missed, on): (Missed, NaiveDate),
) -> Option<AlertKind> {
    match part.state(one.row.grace_days(), on) {
        InstallmentState::Due => {
            let is_soon = part.due_on > on && part.due_on <= on + Days::new(DUE_SOON_DAYS);
            is_soon.then_some(AlertKind::DueSoon)
        }
        InstallmentState::Late => {
            let told_from = part.due_on + Days::new(u64::from(missed.tell_after_days));
            (told_from <= on).then_some(AlertKind::PastDue)
        }
        // Of one that was missed in an arrangement that still stands nobody was told while a hold kept it away.
        InstallmentState::Missed => Some(AlertKind::PastDue),
        InstallmentState::Paid | InstallmentState::Aside => None,
    }
}

/// A letter for each of which nobody is mailed whose account it is; where nobody is known to write to, somebody looks for a way.
fn letters(
    tx: &mut Tx<'_>,
    unreached: &[(&Standing, String, ArrangementNews)],
) -> Result<Vec<NewNotice>, StoreError> {
    let accounts: Vec<AccountId> = unreached
        .iter()
        .map(|(one, ..)| one.row.account_id)
        .collect();
    let readers = reach::letter_readers(tx, &accounts)?;
    let mut nobody = Vec::new();
    let mut all = Vec::new();
    for (one, what, words) in unreached {
        match readers.get(&one.row.account_id) {
            Some(reader) => {
                let notice = told(reader, &one.row, words.clone());
                all.push(by_letter(reader, AlertKind::PastDue, what, notice));
            }
            None => nobody.push((one.row.account_id, what.clone())),
        }
    }
    reach::ask_for_help(tx, &nobody)?;
    Ok(all)
}

/// What autopay is about to charge, and whether what is due then is within what the customer allowed.
struct Charges<'a> {
    planned: Vec<Ahead>,
    /// What falls due by itself on which day.
    debts: BTreeMap<AccountId, Vec<(NaiveDate, Money)>>,
    pending: &'a BTreeMap<AccountId, Money>,
}

impl<'a> Charges<'a> {
    fn of(
        tx: &mut Tx<'_>,
        open: &[Standing],
        pending: &'a BTreeMap<AccountId, Money>,
    ) -> Result<Self, StoreError> {
        let accounts: Vec<AccountId> = open.iter().map(|one| one.row.account_id).collect();
        let planned = autopay::list_planned(tx, &accounts)?;
        let mut debts: BTreeMap<AccountId, Vec<(NaiveDate, Money)>> = BTreeMap::new();
        let charged: Vec<AccountId> = planned.iter().map(|next| next.account).collect();
        for (account, due_on, remaining) in open_items::list_dues(tx, &charged)? {
            debts.entry(account).or_default().push((due_on, remaining));
        }
        Ok(Self {
            planned,
            debts,
            pending,
        })
    }

    /// Whether autopay takes the installment that is due on a day, together with what else is due by then.
    fn take(&self, one: &Standing, due_on: NaiveDate) -> bool {
        let account = one.row.account_id;
        let is_it = |next: &&Ahead| next.account == account && next.due_on == due_on;
        let Some(next) = self.planned.iter().find(is_it) else {
            return false;
        };
        let debts = self.debts.get(&account).into_iter().flatten();
        let own: Money = debts
            .filter(|(day, _)| *day <= due_on)
            .map(|(_, remaining)| *remaining)
            .sum();
        let due = own + one.cover.moved_by(due_on);
        let owing = Owing {
            balance: due,
            due,
            pending: self.pending.get(&account).copied().unwrap_or_default(),
        };
        next.terms.amount(owing, next.charge_on).is_ok()
    }
}
