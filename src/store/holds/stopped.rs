//! Whom holds keep something away from on a day, for any number of accounts at once: what late fees, reminders, autopay and write-offs ask. Two
//! questions, and two more while something that is declared for a class or a service is remembered. A hold after whose end somebody has to look
//! keeps away what it kept away until somebody has looked.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use chrono::NaiveDate;

use crate::domain::holds::{HoldKind, HoldStop, Span};
use crate::domain::ids::AccountId;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::holds::moratoria::{self, MoratoriumRow};
use crate::store::holds::{HoldRow, list_begun};

/// From whom something is kept away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stopped {
    held: BTreeSet<AccountId>,
    freed: BTreeMap<AccountId, NaiveDate>,
}

impl Stopped {
    /// Whether it is kept away from an account.
    #[must_use]
    pub fn is(&self, account: AccountId) -> bool {
        self.held.contains(&account)
    }

    /// How many accounts it is kept away from.
    #[must_use]
    pub fn count(&self) -> usize {
        self.held.len()
    }

    /// The first day after the last hold that kept it away from an account, where none does any more.
    #[must_use]
    pub fn freed_on(&self, account: AccountId) -> Option<NaiveDate> {
        self.freed.get(&account).copied()
    }

    fn note(&mut self, account: AccountId, span: &Span, on: NaiveDate) {
        if span.holds_on(on) {
            self.held.insert(account);
        } else if let Some(end) = span
            .ends_on()
            .filter(|end| *end <= on && *end > span.from_on)
        {
            let freed = self.freed.entry(account).or_insert(end);
            *freed = end.max(*freed);
        }
    }
}

/// The renewals that began: whose, why, and from which day.
type Renewals = BTreeSet<(AccountId, HoldKind, NaiveDate)>;

/// The days on which a hold keeps something away: where somebody has to look before anything follows, until somebody has, as of a day.
fn kept_away(
    row: &HoldRow,
    answered: Option<NaiveDate>,
    (renewals, on): (&Renewals, NaiveDate),
) -> Span {
    let span = row.span;
    let Some(end) = span.until_on.filter(|end| *end <= on) else {
        return span;
    };
    let is_renewed = renewals.contains(&(row.account_id, row.kind, end));
    if !row.waits_for_a_look() || row.lift.is_some() || is_renewed {
        return span;
    }
    let answered = answered.filter(|day| *day <= on);
    Span {
        until_on: answered.map(|day| day.max(end)),
        ..span
    }
}

/// From which of these accounts something is kept away on a day.
pub fn stopped(
    conn: &mut Conn,
    accounts: &[AccountId],
    (stop, on): (HoldStop, NaiveDate),
) -> Result<Stopped, StoreError> {
    let mut found = Stopped::default();
    if accounts.is_empty() {
        return Ok(found);
    }
    let mut ids = accounts.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let begun = list_begun(conn, &ids, on)?;
    let renewals: Renewals = begun
        .iter()
        .map(|(row, _)| row)
        .filter(|row| row.follows.is_some() && !row.span.is_void())
        .map(|row| (row.account_id, row.kind, row.span.from_on))
        .collect();
    for (row, answered) in &begun {
        if row.stops.has(stop) {
            let span = kept_away(row, *answered, (&renewals, on));
            found.note(row.account_id, &span, on);
        }
    }
    for (id, row) in declared(conn, &ids, (stop, on))? {
        found.note(id, &row.span, on);
    }
    Ok(found)
}

/// What was declared for these accounts and keeps something away, or did: each for each that it is for.
fn declared(
    conn: &mut Conn,
    ids: &[AccountId],
    (stop, on): (HoldStop, NaiveDate),
) -> Result<Vec<(AccountId, Rc<MoratoriumRow>)>, StoreError> {
    let mut declared = moratoria::list_begun(conn, on)?;
    declared.retain(|row| row.stops.has(stop));
    let is_for_some = declared
        .iter()
        .any(|row| row.class.is_some() || row.commodity.is_some());
    let served = if is_for_some {
        moratoria::list_served(conn, ids, on)?
    } else {
        BTreeMap::new()
    };
    let mut found = Vec::new();
    for row in declared.into_iter().map(Rc::new) {
        for id in ids {
            let is_theirs = match served.get(id) {
                Some((class, services)) => row.is_for(*class, services),
                None => row.class.is_none() && row.commodity.is_none(),
            };
            if is_theirs {
                found.push((*id, Rc::clone(&row)));
            }
        }
    }
    Ok(found)
}

/// Since when something is kept away from an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// The first day of the last hold or moratorium in force.
    pub from_on: NaiveDate,
    /// Why it was declared; nothing where it is the account's own, whose words are personal.
    pub words: Option<String>,
}

/// From which of these accounts something is kept away on a day by a hold or a moratorium in force, and since when. Two questions, and two more
/// while something is declared for a class or a service.
pub fn protected_since(
    conn: &mut Conn,
    accounts: &[AccountId],
    (stop, on): (HoldStop, NaiveDate),
) -> Result<BTreeMap<AccountId, Since>, StoreError> {
    let mut found: BTreeMap<AccountId, Since> = BTreeMap::new();
    if accounts.is_empty() {
        return Ok(found);
    }
    let mut ids = accounts.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let own = list_begun(conn, &ids, on)?.into_iter().map(|(row, _)| row);
    let own = own.filter(|row| row.stops.has(stop) && row.span.holds_on(on));
    let own = own.map(|row| (row.account_id, row.span.from_on, None));
    let all = declared(conn, &ids, (stop, on))?.into_iter();
    let all = all.filter(|(_, row)| row.span.holds_on(on));
    let all = all.map(|(id, row)| (id, row.span.from_on, Some(row.reason.clone())));
    for (id, from_on, words) in own.chain(all) {
        let since = found.entry(id).or_insert_with(|| Since {
            from_on,
            words: words.clone(),
        });
        if from_on >= since.from_on {
            *since = Since { from_on, words };
        }
    }
    Ok(found)
}
