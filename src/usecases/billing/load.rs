//! What a chunk of a bill run needs, loaded set-wise in a fixed number of queries, however many accounts the chunk has.

use std::collections::{HashMap, HashSet};

use chrono::{Months, NaiveDate};

use crate::domain::bill_draft::{AccountCase, AgreementFacts, Bounds, ServiceCase, Tariffs};
use crate::domain::commodity::Commodity;
use crate::domain::ids::{AccountId, RegisterId, ServiceAgreementId, ServicePointId};
use crate::domain::metered::{BoundaryRead, DaySum, RegisterInPlace};
use crate::domain::meters::{Channel, RegisterFace};
use crate::domain::period::Period;
use crate::domain::rates::facts::{CycleRange, IntervalDay, PastUse};
use crate::domain::rates::working::Working;
use crate::domain::reads::ReadQuality;
use crate::store::accounts::AccountRow;
use crate::store::bills::{self, BillRow, PastSegment};
use crate::store::boundary_reads;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::intervals::{self, UsageDay};
use crate::store::meters::{self, InstalledRegister};
use crate::store::reads::ReadRow;
use crate::store::service::{self, AgreedService, SuspensionRow};

/// What all accounts of a run have in common.
pub struct Frame<'a> {
    /// The days billed.
    pub period: Period,
    /// The cycle's normal length.
    pub cycle: CycleRange,
    /// The published schedules.
    pub tariffs: &'a Tariffs,
    /// Bounds beyond which a person looks at a draft.
    pub bounds: Bounds,
}

/// Everything of a chunk, by what it is looked up by.
struct Chunk {
    agreed: HashMap<AccountId, Vec<AgreedService>>,
    suspensions: HashMap<ServiceAgreementId, Vec<SuspensionRow>>,
    installed: HashMap<ServicePointId, Vec<InstalledRegister>>,
    reads: HashMap<RegisterId, Vec<ReadRow>>,
    usage: HashMap<RegisterId, Vec<UsageDay>>,
    last: HashMap<AccountId, BillRow>,
    past: HashMap<AccountId, Vec<PastSegment>>,
}

fn by<K: std::hash::Hash + Eq, V>(rows: Vec<V>, key: impl Fn(&V) -> K) -> HashMap<K, Vec<V>> {
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
    let chunk = load(conn, frame, accounts)?;
    accounts
        .iter()
        .map(|account| case(frame, &chunk, account))
        .collect()
}

fn load(conn: &mut Conn, frame: &Frame<'_>, accounts: &[AccountRow]) -> Result<Chunk, StoreError> {
    let ids: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
    let agreed = service::list_of_accounts(conn, &ids, frame.period)?;
    let agreements: Vec<ServiceAgreementId> =
        agreed.iter().map(|service| service.agreement.id).collect();
    let points: Vec<ServicePointId> = agreed
        .iter()
        .map(|service| service.agreement.service_point_id)
        .collect();
    let suspensions = service::list_suspensions(conn, &agreements, frame.period)?;
    let installed = meters::list_installed(conn, &points)?;
    let registers: Vec<RegisterId> = installed
        .iter()
        .map(|register| register.register.id)
        .collect();
    let reads = boundary_reads::list(conn, &registers, boundary_reads::window(frame.period))?;
    let wanting = wanting_days(frame, &agreed, &installed, &reads);
    let usage = if wanting.is_empty() {
        Vec::new()
    } else {
        intervals::list_usage(conn, &wanting, frame.period)?
    };
    let last = bills::list_newest(conn, &ids)?;
    let past = match winter_since(frame, &agreed) {
        Some(since) => bills::list_past_use(conn, &ids, since)?,
        None => Vec::new(),
    };
    Ok(Chunk {
        agreed: by(agreed, |service| service.agreement.account_id),
        suspensions: by(suspensions, |row| row.service_agreement_id),
        installed: by(installed, |register| register.service_point_id),
        reads: by(reads, |read| read.register_id),
        usage: by(usage, |day| day.register_id),
        last: last
            .into_iter()
            .map(|bill| (bill.account_id, bill))
            .collect(),
        past: by(past, |segment| segment.account_id),
    })
}

/// Whether a schedule prices by the time of use or by a peak of intervals.
fn asks_for_intervals(tariffs: &Tariffs, code: &str) -> bool {
    let newest = tariffs
        .by_code
        .get(code)
        .and_then(|tariff| tariff.versions.last());
    newest.is_some_and(|version| {
        !version.document().calendars.is_empty() || !version.document().peaks.is_empty()
    })
}

/// Registers whose days of intervals are needed: by their schedule, or because they have no reads of their own.
fn wanting_days(
    frame: &Frame<'_>,
    agreed: &[AgreedService],
    installed: &[InstalledRegister],
    reads: &[ReadRow],
) -> Vec<RegisterId> {
    let priced: HashSet<ServicePointId> = agreed
        .iter()
        .filter(|service| asks_for_intervals(frame.tariffs, &service.agreement.rate_code))
        .map(|service| service.agreement.service_point_id)
        .collect();
    let read: HashSet<RegisterId> = reads.iter().map(|read| read.register_id).collect();
    installed
        .iter()
        .filter(|register| register.register.resolution_minutes.is_some())
        .filter(|register| {
            priced.contains(&register.service_point_id) || !read.contains(&register.register.id)
        })
        .map(|register| register.register.id)
        .collect()
}

/// How far back earlier use of water is asked for, where a sewer schedule of the chunk asks for it.
fn winter_since(frame: &Frame<'_>, agreed: &[AgreedService]) -> Option<NaiveDate> {
    let any = agreed
        .iter()
        .any(|service| service.commodity == Commodity::Sewer);
    any.then(|| {
        frame
            .period
            .from
            .checked_sub_months(Months::new(16))
            .unwrap_or(frame.period.from)
    })
}

fn case(frame: &Frame<'_>, chunk: &Chunk, account: &AccountRow) -> Result<AccountCase, StoreError> {
    let workings = match chunk.last.get(&account.id) {
        Some(bill) => workings(bill)?,
        None => Vec::new(),
    };
    let none = Vec::new();
    let agreed = chunk.agreed.get(&account.id).unwrap_or(&none);
    let services = agreed
        .iter()
        .map(|service| service_case(frame, chunk, service))
        .collect::<Result<_, _>>()?;
    Ok(AccountCase {
        account: account.id,
        class: account.class.as_str(),
        cycle: frame.cycle,
        period: frame.period,
        services,
        water: past_water(chunk.past.get(&account.id)),
        last_reads: workings
            .iter()
            .flat_map(|working| working.reads().iter().copied())
            .collect(),
        bounds: frame.bounds,
    })
}

/// The workings of a bill's services, in order.
///
/// # Errors
/// `Unreadable` where the stored document is none.
pub fn workings(bill: &BillRow) -> Result<Vec<Working>, StoreError> {
    serde_json::from_str(&bill.working).map_err(|error| {
        StoreError::Unreadable(format!("working of bill {}: {error}", bill.number))
    })
}

fn past_water(past: Option<&Vec<PastSegment>>) -> Vec<PastUse> {
    let water = past
        .into_iter()
        .flatten()
        .filter(|segment| segment.commodity == Commodity::Water);
    water
        .filter_map(|segment| {
            let quantity = crate::domain::quantity::Quantity {
                amount: segment.quantity?.0,
                unit: segment.unit?,
            };
            let amount = quantity.to(crate::domain::quantity::Unit::Gallon)?.amount;
            let period = Period {
                from: segment.from_on,
                until: segment.until_on,
            };
            Some(PastUse {
                name: "usage".into(),
                period,
                amount,
            })
        })
        .collect()
}

fn service_case(
    frame: &Frame<'_>,
    chunk: &Chunk,
    agreed: &AgreedService,
) -> Result<ServiceCase, StoreError> {
    let agreement = &agreed.agreement;
    let facts: AgreementFacts = serde_json::from_str(&agreement.facts).map_err(|error| {
        StoreError::Unreadable(format!(
            "facts of service agreement {}: {error}",
            agreement.id
        ))
    })?;
    let none = Vec::new();
    let suspensions = chunk.suspensions.get(&agreement.id).unwrap_or(&none);
    let nothing = Vec::new();
    let installed = chunk
        .installed
        .get(&agreement.service_point_id)
        .unwrap_or(&nothing);
    let wants_intervals = asks_for_intervals(frame.tariffs, &agreement.rate_code);
    Ok(ServiceCase {
        agreement: agreement.id,
        commodity: agreed.commodity,
        rate_code: agreement.rate_code.clone(),
        facts,
        served: served(
            frame.period,
            agreement.from_on,
            agreement.until_on,
            suspensions,
        ),
        suspended: !suspensions.is_empty(),
        meter_size: installed
            .last()
            .and_then(|register| register.meter_size.clone()),
        registers: installed
            .iter()
            .map(|register| in_place(frame.period, chunk, register))
            .collect(),
        intervals: if wants_intervals {
            interval_days(chunk, installed)
        } else {
            Vec::new()
        },
        bank: Vec::new(),
    })
}

/// The days of the period in which the agreement was in force and not suspended.
fn served(
    period: Period,
    from: NaiveDate,
    until: Option<NaiveDate>,
    suspensions: &[SuspensionRow],
) -> Vec<Period> {
    let agreed = Period {
        from,
        until: until.unwrap_or(NaiveDate::MAX),
    };
    let Some(whole) = period.overlap(agreed) else {
        return Vec::new();
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
        .filter(|part| !is_off(part.from))
        .collect()
}

fn in_place(period: Period, chunk: &Chunk, installed: &InstalledRegister) -> RegisterInPlace {
    let register = &installed.register;
    let reads = chunk
        .reads
        .get(&register.id)
        .into_iter()
        .flatten()
        .map(|read| BoundaryRead {
            id: read.id,
            on: read.read_on,
            value: read.value.0,
            quality: read.quality,
        });
    RegisterInPlace {
        id: register.id,
        kind: installed.kind,
        channel: register.channel,
        face: RegisterFace {
            dials: u8::try_from(register.dials).unwrap_or(u8::MAX),
            decimals: u8::try_from(register.decimals).unwrap_or_default(),
            multiplier: register.multiplier.0,
        },
        unit: register.unit,
        from: installed.from_on,
        until: installed.until_on,
        reads: reads.collect(),
        days: chunk
            .usage
            .get(&register.id)
            .map(|days| day_sum(days, period)),
    }
}

fn day_sum(days: &[UsageDay], period: Period) -> DaySum {
    let whole: Vec<&UsageDay> = days
        .iter()
        .filter(|day| period.contains(day.day) && day.usage.is_complete())
        .collect();
    let estimated = whole
        .iter()
        .any(|day| day.usage.count(ReadQuality::Estimated) > 0);
    DaySum {
        days: u32::try_from(whole.len()).unwrap_or(u32::MAX),
        sum: whole.iter().map(|day| day.usage.sum()).sum(),
        quality: if estimated {
            ReadQuality::Estimated
        } else {
            ReadQuality::Actual
        },
    }
}

fn interval_days(
    chunk: &Chunk,
    installed: &[InstalledRegister],
) -> Vec<(RegisterId, Channel, IntervalDay)> {
    let mut all = Vec::new();
    for installed in installed {
        let register = &installed.register;
        let Some(minutes) = register
            .resolution_minutes
            .and_then(|minutes| u32::try_from(minutes).ok())
        else {
            continue;
        };
        for day in chunk.usage.get(&register.id).into_iter().flatten() {
            let values = (0..day.usage.slots())
                .filter_map(|slot| day.usage.get(slot))
                .map(|(value, _)| value.to_decimal())
                .collect();
            let name = if register.channel == Channel::Received {
                "received"
            } else {
                "usage"
            };
            all.push((
                register.id,
                register.channel,
                IntervalDay {
                    name: name.into(),
                    day: day.day,
                    minutes,
                    values,
                },
            ));
        }
    }
    all
}
