//! What a chunk of a bill run needs, loaded set-wise in a fixed number of queries, however many accounts the chunk has.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::domain::bill_case::{AccountCase, EarlierUse, ServiceCase};
use crate::domain::ids::{AccountId, CycleId, RegisterId, ServiceAgreementId, ServicePointId};
use crate::domain::period::Period;
use crate::domain::quantity::Quantity;
use crate::domain::rates::carried::Carried;
use crate::domain::rates::compiled::CompiledVersion;
use crate::domain::rates::facts::CycleRange;
use crate::domain::rates::working::Working;
use crate::store::accounts::AccountRow;
use crate::store::agreement_facts::{self, FactsRow};
use crate::store::bills::{self, LastSegment};
use crate::store::bills_missed;
use crate::store::boundary_reads::{self, BoundaryRow};
use crate::store::cycles;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::intervals::{self, UsageDay};
use crate::store::meters::{self, InstalledRegister};
use crate::store::past_use::{self, PastSegment};
use crate::store::service::{self, AgreedService, SuspensionRow};
use crate::usecases::billing::terms::Terms;
use crate::usecases::billing::{meter_size, places};

/// What all accounts of a run have in common.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The days billed.
    pub period: Period,
    /// The cycle whose run it is: of an account that came to it or left it within the period, only its days with it are billed. Nothing where
    /// the days are those of a bill that was made before.
    pub of: Option<CycleId>,
    /// The cycle's normal length.
    pub cycle: CycleRange,
    /// What the run goes by.
    pub terms: &'a Terms,
}

/// The days of the accounts that were not with the cycle all the time.
#[derive(Default)]
pub(super) struct Spans(HashMap<AccountId, Option<Period>>);

impl Spans {
    pub(super) fn load(
        conn: &mut Conn,
        (of, whole): (Option<CycleId>, Period),
        ids: &[AccountId],
    ) -> Result<Self, StoreError> {
        let Some(cycle) = of else {
            return Ok(Self::default());
        };
        let histories = cycles::list_histories(conn, ids)?.into_iter();
        let spans = histories.map(|(account, history)| (account, history.within(cycle, whole)));
        let cut = spans.filter(|(_, span)| *span != Some(whole));
        Ok(Self(cut.collect()))
    }

    /// Leaves out what is not served on any of the account's days.
    pub(super) fn keep_own(&self, agreed: &mut Vec<AgreedService>, whole: Period) {
        agreed.retain(|service| {
            let row = &service.agreement;
            let span = self.of(row.account_id, whole);
            span.is_some_and(|span| {
                row.from_on < span.until && row.until_on.is_none_or(|until| until > span.from)
            })
        });
    }

    /// The days of an account.
    pub(super) fn of(&self, account: AccountId, whole: Period) -> Option<Period> {
        self.0.get(&account).copied().unwrap_or(Some(whole))
    }

    /// Those who were there when the period began, and those who came later.
    fn parted(&self, ids: &[AccountId], whole: Period) -> (Vec<AccountId>, Vec<AccountId>) {
        ids.iter().copied().partition(|id| {
            self.of(*id, whole)
                .is_none_or(|span| span.from == whole.from)
        })
    }

    /// Those who go on with another cycle.
    fn left(&self, whole: Period) -> impl Iterator<Item = AccountId> {
        let goes = move |span: &Option<Period>| span.is_some_and(|span| span.until < whole.until);
        let left = self.0.iter().filter(move |(_, span)| goes(span));
        left.map(|(account, _)| *account)
    }
}

/// Everything of a chunk, by what it is looked up by.
pub(super) struct Chunk {
    spans: Spans,
    agreed: HashMap<AccountId, Vec<AgreedService>>,
    suspensions: HashMap<ServiceAgreementId, Vec<SuspensionRow>>,
    facts: HashMap<ServiceAgreementId, Vec<FactsRow>>,
    pub(super) installed: HashMap<ServicePointId, Vec<InstalledRegister>>,
    pub(super) reads: HashMap<RegisterId, Vec<BoundaryRow>>,
    pub(super) rollovers: HashMap<RegisterId, Vec<NaiveDate>>,
    pub(super) usage: HashMap<RegisterId, Vec<UsageDay>>,
    going_on: HashSet<AccountId>,
    waiting: HashSet<AccountId>,
    last_reads: HashMap<AccountId, Vec<i64>>,
    carried: HashMap<ServiceAgreementId, Carried>,
    past: HashMap<AccountId, Vec<PastSegment>>,
}

pub(super) fn by<K: std::hash::Hash + Eq, V>(
    rows: Vec<V>,
    key: impl Fn(&V) -> K,
) -> HashMap<K, Vec<V>> {
    let mut map: HashMap<K, Vec<V>> = HashMap::new();
    for row in rows {
        map.entry(key(&row)).or_default().push(row);
    }
    map
}

/// Loads the cases of these accounts.
///
/// # Errors
/// A stored document that cannot be read.
pub fn cases(
    conn: &mut Conn,
    frame: &Frame<'_>,
    accounts: &[AccountRow],
) -> Result<Vec<AccountCase>, StoreError> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let chunk = load(conn, frame, accounts)?;
    accounts
        .iter()
        .map(|account| case(frame, &chunk, account))
        .collect()
}

fn load(conn: &mut Conn, frame: &Frame<'_>, accounts: &[AccountRow]) -> Result<Chunk, StoreError> {
    let ids: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
    let spans = Spans::load(conn, (frame.of, frame.period), &ids)?;
    let mut agreed = service::list_of_accounts(conn, &ids, frame.period)?;
    spans.keep_own(&mut agreed, frame.period);
    let agreement = |service: &AgreedService| service.agreement.id;
    let point = |service: &AgreedService| service.agreement.service_point_id;
    let agreements: Vec<ServiceAgreementId> = agreed.iter().map(agreement).collect();
    let points: Vec<ServicePointId> = agreed.iter().map(point).collect();
    let suspensions = service::list_suspensions(conn, &agreements, frame.period)?;
    let facts = agreement_facts::list(conn, &agreements)?;
    let installed = meters::list_installed(conn, &points)?;
    let registers = installed.iter().map(|register| register.register.id);
    let registers: Vec<RegisterId> = registers.collect();
    let reads = boundary_reads::list(conn, &registers, boundary_reads::window(frame.period))?;
    let rollovers = match boundary_reads::falling(&reads).as_slice() {
        [] => HashMap::new(),
        falling => {
            let span = boundary_reads::window(frame.period);
            boundary_reads::list_rollovers(conn, falling, span)?
        }
    };
    let wanting = wanting_days(frame, &agreed, &installed, &reads);
    let usage = match wanting.as_slice() {
        [] => Vec::new(),
        wanting => intervals::list_usage(conn, wanting, frame.period)?,
    };
    let mut going_on = match ending(&agreed, frame.period).as_slice() {
        [] => Vec::new(),
        ending => service::list_going_on(conn, ending, frame.period.until)?,
    };
    going_on.extend(spans.left(frame.period));
    let parted = spans.parted(&ids, frame.period);
    let mut waiting = bills_missed::list_waiting(conn, &parted.0, frame.period.from)?;
    let came = bills_missed::list_waiting(conn, &parted.1, last_day(frame.period))?;
    waiting.extend(came);
    let (last_reads, carried) = last_bills(conn, frame, &parted, &agreed)?;
    let past = match winter_days(frame, &agreed) {
        Some(days) => past_use::list_past_use(conn, &ids, days)?,
        None => Vec::new(),
    };
    Ok(Chunk {
        spans,
        agreed: by(agreed, |service| service.agreement.account_id),
        suspensions: by(suspensions, |row| row.service_agreement_id),
        facts: by(facts, |row| row.service_agreement_id),
        installed: by(installed, |register| register.service_point_id),
        reads: by(reads, |row| row.read.register_id),
        rollovers,
        usage: by(usage, |day| day.register_id),
        going_on: going_on.into_iter().collect(),
        waiting: waiting.into_iter().collect(),
        last_reads,
        carried,
        past: by(past, |segment| segment.account_id),
    })
}

/// Registers whose days of intervals are needed: by their schedule, or because they have no reads of their own.
fn wanting_days(
    frame: &Frame<'_>,
    agreed: &[AgreedService],
    installed: &[InstalledRegister],
    reads: &[BoundaryRow],
) -> Vec<RegisterId> {
    let tariffs = &frame.terms.tariffs.by_code;
    let asks = |service: &&AgreedService| {
        let tariff = tariffs.get(&service.agreement.rate_code);
        tariff.is_some_and(|tariff| tariff.asks_for_intervals(frame.period))
    };
    let priced: HashSet<ServicePointId> = agreed
        .iter()
        .filter(asks)
        .map(|service| service.agreement.service_point_id)
        .collect();
    let read: HashSet<RegisterId> = reads.iter().map(|row| row.read.register_id).collect();
    installed
        .iter()
        .filter(|register| register.register.resolution_minutes.is_some())
        .filter(|register| {
            priced.contains(&register.service_point_id) || !read.contains(&register.register.id)
        })
        .map(|register| register.register.id)
        .collect()
}

/// Accounts all of whose agreements end in the period.
fn ending(agreed: &[AgreedService], period: Period) -> Vec<AccountId> {
    let ends = |service: &AgreedService| {
        let until = service.agreement.until_on;
        until.is_some_and(|until| until <= period.until)
    };
    let goes_on: HashSet<AccountId> = agreed
        .iter()
        .filter(|service| !ends(service))
        .map(|service| service.agreement.account_id)
        .collect();
    let mut ending: Vec<AccountId> = agreed
        .iter()
        .map(|service| service.agreement.account_id)
        .filter(|account| !goes_on.contains(account))
        .collect();
    ending.dedup();
    ending
}

type LastBills = (
    HashMap<AccountId, Vec<i64>>,
    HashMap<ServiceAgreementId, Carried>,
);

/// The reads that closed each account's last bill, and what the bills left to each agreement. An agreement whose schedule carries something
/// on, and that the last bill did not bill, is looked up further back.
fn last_bills(
    conn: &mut Conn,
    frame: &Frame<'_>,
    (settled, came): &(Vec<AccountId>, Vec<AccountId>),
    agreed: &[AgreedService],
) -> Result<LastBills, StoreError> {
    let mut last = bills::list_last(conn, settled, frame.period.from)?;
    // The bill by which another cycle closed what it billed ends within this period.
    last.extend(bills::list_last(conn, came, last_day(frame.period))?);
    let mut reads: HashMap<AccountId, Vec<i64>> = HashMap::new();
    let mut carried: HashMap<ServiceAgreementId, Carried> = HashMap::new();
    for segment in &last {
        let working = working_of(segment)?;
        let of_account = reads.entry(segment.account_id).or_default();
        of_account.extend_from_slice(working.reads());
        carried.insert(segment.service_agreement_id, working.carried());
    }
    let carries = |service: &&AgreedService| {
        let tariff = frame
            .terms
            .tariffs
            .by_code
            .get(&service.agreement.rate_code);
        let version = tariff.and_then(|tariff| tariff.versions.last());
        version.is_some_and(CompiledVersion::carries)
    };
    let passed_over: Vec<&AgreedService> = agreed
        .iter()
        .filter(carries)
        .filter(|service| !carried.contains_key(&service.agreement.id))
        .collect();
    if passed_over.is_empty() {
        return Ok((reads, carried));
    }
    let accounts = passed_over.iter().map(|one| one.agreement.account_id);
    let accounts: Vec<AccountId> = accounts.collect();
    let agreements = passed_over.iter().map(|one| one.agreement.id);
    let agreements: Vec<ServiceAgreementId> = agreements.collect();
    let until = frame.period.from;
    for segment in bills::list_earlier_segments(conn, &accounts, &agreements, until)? {
        let left = working_of(&segment)?.carried();
        carried.insert(segment.service_agreement_id, left);
    }
    Ok((reads, carried))
}

fn last_day(period: Period) -> NaiveDate {
    period.until.pred_opt().unwrap_or(period.until)
}

fn working_of(segment: &LastSegment) -> Result<Working, StoreError> {
    serde_json::from_str(&segment.working).map_err(|error| {
        StoreError::Unreadable(format!(
            "working of agreement {}: {error}",
            segment.service_agreement_id
        ))
    })
}

/// The days of earlier bills that a winter average of the chunk may ask for.
fn winter_days(frame: &Frame<'_>, agreed: &[AgreedService]) -> Option<Period> {
    let codes: HashSet<&str> = agreed
        .iter()
        .map(|service| service.agreement.rate_code.as_str())
        .collect();
    let spans = codes
        .into_iter()
        .filter_map(|code| frame.terms.tariffs.by_code.get(code))
        .flat_map(|tariff| &tariff.versions)
        .flat_map(CompiledVersion::winters)
        .flat_map(|winter| [frame.period.from, frame.period.until].map(|day| winter.span(day)))
        .flatten();
    spans.reduce(|all, span| Period {
        from: all.from.min(span.from),
        until: all.until.max(span.until),
    })
}

fn case(frame: &Frame<'_>, chunk: &Chunk, account: &AccountRow) -> Result<AccountCase, StoreError> {
    let span = chunk.spans.of(account.id, frame.period);
    let is_cut = span != Some(frame.period);
    let frame = &Frame {
        period: span.unwrap_or(frame.period),
        ..*frame
    };
    let agreed = chunk.agreed.get(&account.id);
    let agreed = agreed.map(Vec::as_slice).unwrap_or_default();
    let services = agreed
        .iter()
        .map(|service| service_case(frame, chunk, service))
        .collect::<Result<_, _>>()?;
    let last_reads = chunk.last_reads.get(&account.id);
    let past = chunk.past.get(&account.id);
    Ok(AccountCase {
        account: account.id,
        class: account.class.as_str(),
        cycle: frame.cycle,
        period: frame.period,
        is_cut,
        services,
        goes_on: chunk.going_on.contains(&account.id),
        waits_for_earlier: chunk.waiting.contains(&account.id),
        earlier: EarlierUse::added_up(past.into_iter().flatten().filter_map(earlier_use)),
        last_reads: last_reads.cloned().unwrap_or_default(),
        bounds: frame.terms.bills.bounds(account.class),
    })
}

fn earlier_use(segment: &PastSegment) -> Option<EarlierUse> {
    Some(EarlierUse {
        commodity: segment.commodity,
        period: Period {
            from: segment.from_on,
            until: segment.until_on,
        },
        quantity: Quantity {
            amount: segment.quantity?.0,
            unit: segment.unit?,
        },
    })
}

fn service_case(
    frame: &Frame<'_>,
    chunk: &Chunk,
    agreed: &AgreedService,
) -> Result<ServiceCase, StoreError> {
    let agreement = &agreed.agreement;
    let changes = chunk.facts.get(&agreement.id).into_iter().flatten();
    let facts = agreement_facts::dated((agreement.id, &agreement.facts), changes)?;
    let suspensions = chunk.suspensions.get(&agreement.id);
    let (served, suspended) = days_on_and_off(
        frame.period,
        (agreement.from_on, agreement.until_on),
        suspensions.map(Vec::as_slice).unwrap_or_default(),
    );
    let installed = chunk.installed.get(&agreement.service_point_id);
    let installed = installed.map(Vec::as_slice).unwrap_or_default();
    let size = meter_size::of(installed, (frame.period, &served));
    Ok(ServiceCase {
        agreement: agreement.id,
        commodity: agreed.commodity,
        rate_code: agreement.rate_code.clone(),
        facts,
        agreed_until: agreement.until_on,
        served,
        suspended,
        idle_use: frame.terms.reads.limits(agreed.commodity).inactive_usage,
        meter_size: size,
        registers: installed
            .iter()
            .map(|register| places::in_place(frame.period, chunk, register))
            .collect(),
        intervals: interval_days(frame, chunk, (agreement.rate_code.as_str(), installed)),
        carried: chunk
            .carried
            .get(&agreement.id)
            .cloned()
            .unwrap_or_default(),
    })
}

fn interval_days(
    frame: &Frame<'_>,
    chunk: &Chunk,
    (code, installed): (&str, &[InstalledRegister]),
) -> Vec<crate::domain::rates::facts::IntervalDay> {
    let tariff = frame.terms.tariffs.by_code.get(code);
    let Some(tariff) = tariff.filter(|tariff| tariff.asks_for_intervals(frame.period)) else {
        return Vec::new();
    };
    let is_net = tariff.is_net(frame.period);
    let of_register = |installed: &InstalledRegister| {
        let days = chunk.usage.get(&installed.register.id);
        let channel = installed.register.channel;
        let name = places::measure_of(channel, is_net);
        days.into_iter()
            .flatten()
            .map(|day| places::interval_day(name, day.day, &day.usage))
            .collect::<Vec<_>>()
    };
    installed.iter().flat_map(of_register).collect()
}

/// The days of the period in which the agreement was in force, parted into those served and those suspended.
pub(in crate::usecases) fn days_on_and_off(
    period: Period,
    (from, until): (NaiveDate, Option<NaiveDate>),
    suspensions: &[SuspensionRow],
) -> (Vec<Period>, Vec<Period>) {
    let agreed = Period {
        from,
        until: until.unwrap_or(NaiveDate::MAX),
    };
    let Some(whole) = period.overlap(agreed) else {
        return (Vec::new(), Vec::new());
    };
    let cuts = suspensions
        .iter()
        .flat_map(|row| [Some(row.from_on), row.until_on])
        .flatten();
    let is_off = |day: NaiveDate| {
        suspensions
            .iter()
            .any(|row| crate::domain::period::in_force(row.from_on, row.until_on, day))
    };
    whole
        .split_at(cuts)
        .into_iter()
        .partition(|part| !is_off(part.from))
}
