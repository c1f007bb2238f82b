//! Warnings while a period goes on: that a budget of one's own will be passed, that the next step of a price is near, that something likely
//! runs unnoticed. Once a day all accounts with meters that report by themselves are looked at, a chunk of a cycle at a time, in a fixed
//! number of questions for each chunk; each thing is told once in a period, however often it is found.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use crate::domain::accounts::AccountClass;
use crate::domain::ahead::{Budget, next_step};
use crate::domain::alerts::AlertKind;
use crate::domain::bill_case::AccountCase;
use crate::domain::commodity::Commodity;
use crate::domain::forecast::Extra;
use crate::domain::ids::{AccountId, CycleId, LoginId, ServicePointId};
use crate::domain::leaks::{self, Watched};
use crate::domain::next_bill::{self, NextBill};
use crate::domain::period::Period;
use crate::store;
use crate::store::accounts::{self, AccountRow};
use crate::store::alerts::{self, Listener};
use crate::store::cycles::{self, CyclePeriodRow};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::notices::NewNotice;
use crate::store::planned_alerts::{self, Used};
use crate::store::portal::usage::Counter;
use crate::store::service;
use crate::store::usage_budgets;
use crate::store::usage_watch::{self, Services};
use crate::usecases::alerts::put_new;
use crate::usecases::alerts::usage_news::{Found, Running, Seen, Whose, budget_of, known, notices};
use crate::usecases::billing::tariffs::{TariffError, TariffShelf};
use crate::usecases::billing::terms::{self, Terms};
use crate::usecases::forecasts::{self, cases_of};
use crate::usecases::hours::{For, LOOK_AT, days, shown_unit};

/// The setting that holds the day on which all accounts were looked at last.
const LOOKED: &str = "alerts_usage_looked_on";

/// How many accounts one chunk looks at: two months of hours of each.
pub const CHUNK: i64 = 100;

/// Bills so many days back say what was used before.
const BILLS: u64 = 430;

/// What is told of use in a period that goes on.
pub const KINDS: [AlertKind; 3] = [
    AlertKind::BudgetAhead,
    AlertKind::TierAhead,
    AlertKind::Leak,
];

/// What looking at one chunk came to.
pub struct Looked {
    /// What is to be told, as far as it was not told before.
    pub planned: Vec<NewNotice>,
    /// Where the next chunk begins; `None` when all accounts of the cycle were looked at.
    pub next: Option<AccountId>,
}

/// The cycles to look through today; nothing where that is done.
///
/// # Errors
/// A fault of the store.
pub fn cycles_to_look_at(conn: &mut Conn, today: NaiveDate) -> Result<Vec<CycleId>, StoreError> {
    let looked = store::settings::find(conn, LOOKED)?;
    if looked.as_deref() == Some(today.to_string().as_str()) {
        return Ok(Vec::new());
    }
    let cycles = cycles::list(conn)?;
    Ok(cycles.into_iter().map(|cycle| cycle.id).collect())
}

/// Notes the day for which all accounts were looked at. No audit row: nothing changed for anybody.
///
/// # Errors
/// A fault of the store.
pub fn mark_looked(tx: &mut Tx<'_>, on: NaiveDate) -> Result<(), StoreError> {
    store::settings::put(tx, LOOKED, &on.to_string())
}

/// Puts what was not told before in the outbox. Says how many notices that are.
///
/// # Errors
/// A fault of the store.
pub fn tell(tx: &mut Tx<'_>, planned: Vec<NewNotice>) -> Result<usize, StoreError> {
    put_new(tx, planned)
}

/// Looks at so many of the next accounts of a cycle after one. Changes nothing.
///
/// # Errors
/// A published schedule that cannot be read, or the database's.
pub fn look(
    (conn, shelf): (&mut Conn, &TariffShelf),
    cycle: CycleId,
    (after, many): (AccountId, i64),
    (today, zone): (NaiveDate, Tz),
) -> Result<Looked, TariffError> {
    let periods = cycles::list_periods(conn, cycle)?;
    let mut periods = periods.iter().map(CyclePeriodRow::period);
    let Some(period) = periods.find(|period| period.contains(today)) else {
        return Ok(Looked {
            planned: Vec::new(),
            next: None,
        });
    };
    let accounts = usage_watch::list_accounts(conn, (cycle, today), after, many)?;
    let is_full = i64::try_from(accounts.len()).is_ok_and(|found| found >= many);
    let next = accounts.last().copied().filter(|_| is_full);
    let chunk = Chunk::load(conn, &accounts, (period, today))?;
    let planned = chunk.plan((conn, shelf), cycle, (today, zone))?;
    Ok(Looked { planned, next })
}

/// The next account of a cycle after one, which cannot be looked at: it is passed over, so that others still hear.
///
/// # Errors
/// A fault of the store.
pub fn pass_over(
    conn: &mut Conn,
    cycle: CycleId,
    after: AccountId,
    today: NaiveDate,
) -> Result<Looked, StoreError> {
    let next = usage_watch::list_accounts(conn, (cycle, today), after, 1)?;
    Ok(Looked {
        planned: Vec::new(),
        next: next.first().copied(),
    })
}

/// What a chunk is decided from.
struct Chunk {
    period: Period,
    listeners: HashMap<AccountId, Vec<Whose>>,
    used: HashMap<AccountId, Vec<Used>>,
    services: Services,
    classes: Vec<AccountRow>,
    points: HashMap<(AccountId, Commodity), BTreeSet<ServicePointId>>,
}

impl Chunk {
    /// Reads what those accounts need of which somebody wants to hear and whose period is not billed.
    fn load(
        conn: &mut Conn,
        accounts: &[AccountId],
        (period, today): (Period, NaiveDate),
    ) -> Result<Self, StoreError> {
        let mut budgets = usage_budgets::list_all(conn, accounts)?;
        let listeners = alerts::list_listeners(conn, accounts, today)?;
        let mut listeners: HashMap<AccountId, Vec<Whose>> = by_account(listeners)
            .map(|(account, listener)| {
                let login = listener.reader.to.login_id;
                let units = login.and_then(|login| budgets.remove(&(account, login)));
                (account, Whose::of(listener, units.unwrap_or_default()))
            })
            .filter(|(_, whose)| whose.wants_any())
            .fold(HashMap::new(), |mut of, (account, whose)| {
                of.entry(account).or_insert_with(Vec::new).push(whose);
                of
            });
        let heard: Vec<AccountId> = sorted(listeners.keys());
        let since = today - Days::new(BILLS);
        let mut used: HashMap<AccountId, Vec<Used>> = HashMap::new();
        for line in planned_alerts::list_used(conn, &heard, since)? {
            used.entry(line.account_id).or_default().push(line);
        }
        let is_billed = |account: &AccountId| {
            let lines = used.get(account).into_iter().flatten();
            lines.map(|line| line.until_on).max() >= Some(period.until)
        };
        listeners.retain(|account, _| !is_billed(account));
        let open: Vec<AccountId> = sorted(listeners.keys());
        let span = Period {
            from: period.from.min(today - Days::new(LOOK_AT)),
            until: today,
        };
        // What was used at a place that was left says nothing of the one that is served.
        let mut points: HashMap<(AccountId, Commodity), BTreeSet<ServicePointId>> = HashMap::new();
        let mut here: HashSet<(AccountId, ServicePointId)> = HashSet::new();
        for agreed in service::list_of_accounts(conn, &open, span)? {
            let row = agreed.agreement;
            if row.until_on.is_none_or(|until| until > today) {
                here.insert((row.account_id, row.service_point_id));
                let of = points.entry((row.account_id, agreed.commodity));
                of.or_default().insert(row.service_point_id);
            }
        }
        for lines in used.values_mut() {
            lines.retain(|line| here.contains(&(line.account_id, line.point)));
        }
        let mut services = usage_watch::list_services(conn, &open, span)?;
        for ((account, _), counted) in &mut services {
            let is_here = |counter: &Counter| here.contains(&(*account, counter.point));
            counted.counters.retain(is_here);
        }
        services.retain(|_, counted| !counted.counters.is_empty());
        usage_watch::read_days(conn, &mut services, span)?;
        Ok(Self {
            period,
            listeners,
            used,
            services,
            classes: accounts::list_some(conn, &open)?,
            points,
        })
    }

    /// What is to be told. Only accounts of which there may be something to tell are priced.
    fn plan(
        &self,
        (conn, shelf): (&mut Conn, &TariffShelf),
        cycle: CycleId,
        (today, zone): (NaiveDate, Tz),
    ) -> Result<Vec<NewNotice>, TariffError> {
        let mut running: BTreeMap<AccountId, Vec<Running>> = self
            .classes
            .iter()
            .map(|row| (row.id, self.running((row.id, row.class), (today, zone))))
            .collect();
        let is_asked = |account: &AccountId| {
            let is_leaking = running.get(account).is_some_and(|found| !found.is_empty());
            let mut listeners = self.listeners.get(account).into_iter().flatten();
            is_leaking || listeners.any(Whose::asks_for_prices)
        };
        let asked = self.classes.iter().filter(|row| is_asked(&row.id));
        let asked: Vec<_> = asked.cloned().collect();
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let tariffs = shelf.load(conn)?;
        let terms = terms::with(conn, tariffs, today)?;
        let cycle = cycles::get(conn, cycle)?;
        let cases = cases_of(conn, (&cycle, self.period), &terms, &asked)?;
        let climate = forecasts::climate(conn, today)?;
        let planned = cases.iter().flat_map(|case| {
            let lines = self.used.get(&case.account).map_or(&[][..], Vec::as_slice);
            let seen = Seen {
                known: known(case.account, &self.services, lines, (zone, &climate)),
                findings: running.remove(&case.account).unwrap_or_default(),
            };
            self.told((case, &terms), &seen, today)
        });
        Ok(planned.collect())
    }

    /// What likely runs unnoticed on an account.
    fn running(
        &self,
        (account, class): (AccountId, AccountClass),
        (today, zone): (NaiveDate, Tz),
    ) -> Vec<Running> {
        let own = (account, Commodity::Water)..=(account, Commodity::Other);
        let mut running = Vec::new();
        for ((_, commodity), counted) in self.services.range(own) {
            let unit = shown_unit(*commodity, counted);
            let points = self.points.get(&(account, *commodity));
            let watched = Watched {
                commodity: *commodity,
                is_one_home: class == AccountClass::Residential
                    && points.is_some_and(|points| points.len() == 1),
            };
            let measured = days(counted, For::Leaks, (unit, zone));
            let found = leaks::find(watched, &measured, today);
            running.extend(found.map(|found| (*commodity, unit, found)));
        }
        running
    }

    fn told(
        &self,
        (case, terms): (&AccountCase, &Terms),
        seen: &Seen,
        today: NaiveDate,
    ) -> Vec<NewNotice> {
        let with = |extra: Option<Extra>| -> Option<NextBill> {
            next_bill::of(case, &terms.tariffs, &seen.known, extra)
        };
        let costs = |(commodity, _, finding): &Running| {
            let extra = Extra {
                commodity: *commodity,
                a_day: finding.a_day,
                since: finding.since,
            };
            with(Some(extra))?.extra
        };
        let costs: Vec<_> = seen.findings.iter().map(costs).collect();
        let next = with(None);
        let listeners = self.listeners.get(&case.account).into_iter().flatten();
        let listeners: Vec<&Whose> = listeners.collect();
        let wants_steps = listeners
            .iter()
            .any(|whose| whose.wants(AlertKind::TierAhead));
        let step = wants_steps
            .then(|| next_step(case, &terms.tariffs, &seen.known, today))
            .flatten();
        let found = Found {
            seen,
            next: next.as_ref(),
            step: step.as_ref(),
            costs: &costs,
        };
        listeners
            .into_iter()
            .flat_map(|whose| notices(whose, (case.account, self.period), &found))
            .collect()
    }
}

/// What somebody means to spend on an account's bills and to use of its services at the most.
///
/// # Errors
/// A fault of the store.
pub fn find_budget(
    conn: &mut Conn,
    account: AccountId,
    login: LoginId,
) -> Result<Budget, StoreError> {
    let wish = alerts::find_wish(conn, account, Some(login), AlertKind::BudgetAhead)?;
    let units = usage_budgets::list(conn, account, login)?;
    Ok(budget_of(&wish, units))
}

/// Listeners one by one, with their account.
fn by_account(listeners: Vec<Listener>) -> impl Iterator<Item = (AccountId, Listener)> {
    listeners
        .into_iter()
        .map(|listener| (listener.account, listener))
}

fn sorted<'a>(accounts: impl Iterator<Item = &'a AccountId>) -> Vec<AccountId> {
    let sorted: BTreeSet<AccountId> = accounts.copied().collect();
    sorted.into_iter().collect()
}
