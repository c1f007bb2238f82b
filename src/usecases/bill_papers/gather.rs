//! From the rows of many bills to what each paper says.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::bill_paper::{
    BillPaper, MONTHS, PaperEntry, PaperLine, PaperMeter, PaperMonth, PaperRead, PaperService,
    PaperUsage,
};
use crate::domain::ids::{
    AccountId, BillId, EntryId, RateScheduleId, ReadId, RegisterId, ServicePointId,
};
use crate::domain::premises::Commodity;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rates::bank::bank_of;
use crate::domain::rates::compile;
use crate::domain::rates::origins::{Known, Printed, Versions};
use crate::domain::rates::schedule::RateSchedule;
use crate::domain::rates::winter_months::winter_months;
use crate::domain::rates::working::Working;
use crate::store::bill_papers::{
    self, Addressee, Head, Line, Moved, Read, Segment, Used, list_moved,
};
use crate::store::budget_plans::{self, PlanBill};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::labels::one_line;
use crate::store::letter_addresses;
use crate::store::sql_types::Exact;
use crate::usecases::bill_codes;
use crate::usecases::interval_days::IntervalDays;

/// How far back the usage of a chart can lie: thirteen months, whatever their days.
const CHART_DAYS: u64 = 400;

/// The rows of a chunk, by what they are looked up by.
pub(super) struct Chunk {
    heads: Vec<Head>,
    segments: HashMap<BillId, Vec<Segment>>,
    lines: HashMap<BillId, Vec<Line>>,
    addressees: HashMap<AccountId, Vec<Addressee>>,
    /// Where mail goes on the last day of issue, two lines each, of those who moved since.
    moved_to: HashMap<AccountId, String>,
    schedules: HashMap<RateScheduleId, Arc<RateSchedule>>,
    versions: Versions,
    workings: HashMap<(BillId, i32), Working>,
    reads: HashMap<ReadId, (usize, Read)>,
    /// The days of intervals behind those that were counted by them.
    days: IntervalDays,
    between: HashMap<BillId, Vec<PaperEntry>>,
    /// What bills ask under level payment plans.
    plans: BTreeMap<BillId, PlanBill>,
    used: HashMap<AccountId, Vec<Used>>,
    /// By which the codes of papers are worked out.
    code_key: Option<String>,
}

fn by<K: std::hash::Hash + Eq, V>(rows: Vec<V>, key: impl Fn(&V) -> K) -> HashMap<K, Vec<V>> {
    let mut map: HashMap<K, Vec<V>> = HashMap::new();
    for row in rows {
        map.entry(key(&row)).or_default().push(row);
    }
    map
}

impl Chunk {
    pub(super) fn load(conn: &mut Conn, bills: &[BillId]) -> Result<Self, StoreError> {
        let heads = bill_papers::list_heads(conn, bills)?;
        let ids: Vec<BillId> = heads.iter().map(|head| head.id).collect();
        let accounts: Vec<AccountId> = heads.iter().map(|head| head.account_id).collect();
        let segments = bill_papers::list_segments(conn, &ids)?;
        let workings = workings(&segments)?;
        let named: Vec<ReadId> = workings
            .values()
            .flat_map(|working| working.reads().iter().copied().map(ReadId))
            .collect();
        let reads = bill_papers::list_reads(conn, &named)?;
        let codes: Vec<&str> = segments
            .iter()
            .map(|segment| segment.code.as_str())
            .collect();
        let documents = bill_papers::list_versions(conn, &codes)?;
        let schedules = schedules(&documents)?;
        let since = heads.iter().map(|head| head.until_on).min();
        let since = since.and_then(|day| day.checked_sub_days(Days::new(CHART_DAYS)));
        let used = bill_papers::list_used(conn, &accounts, since.unwrap_or_default())?;
        let moved_to = moved_to(conn, &heads, &segments)?;
        Ok(Self {
            code_key: bill_codes::key(conn)?,
            days: IntervalDays::load(conn, workings.values())?,
            moved_to,
            lines: by(bill_papers::list_lines(conn, &ids)?, |line| line.bill_id),
            addressees: by(bill_papers::list_addressees(conn, &accounts)?, |row| {
                row.account_id
            }),
            between: between(conn, &heads, &accounts)?,
            plans: budget_plans::list_of_bills(conn, &ids)?,
            segments: by(segments, |segment| segment.bill_id),
            versions: Versions::of(
                documents
                    .into_iter()
                    .map(|(_, code, document)| (code, document))
                    .collect(),
            ),
            reads: reads
                .into_iter()
                .enumerate()
                .map(|(place, read)| (read.id, (place, read)))
                .collect(),
            used: by(used, |used| used.account_id),
            heads,
            schedules,
            workings,
        })
    }

    pub(super) fn papers(&self) -> Result<Vec<BillPaper>, StoreError> {
        self.heads.iter().map(|head| self.paper(head)).collect()
    }

    fn paper(&self, head: &Head) -> Result<BillPaper, StoreError> {
        let issued_on = head
            .issued_on
            .ok_or(StoreError::Missing("the day of issue"))?;
        let segments = self.segments.get(&head.id).map_or(&[][..], Vec::as_slice);
        let mut served_at: Vec<String> = Vec::new();
        for segment in segments {
            let (line, unit, ..) = &segment.place;
            let place = one_line(line.clone(), unit.clone());
            if !served_at.contains(&place) {
                served_at.push(place);
            }
        }
        let (name, mail_to) = self.addressee(head, issued_on, segments);
        let has_many = served_at.len() > 1;
        Ok(BillPaper {
            id: head.id,
            codes: self
                .code_key
                .as_ref()
                .map(|key| bill_codes::codes(key, head.id)),
            number: head.number.clone(),
            kind: head.kind,
            account: head.account.clone(),
            language: head.language,
            from_on: head.from_on,
            until_on: head.until_on,
            issued_on,
            due_on: head.due_on,
            previous: head.previous,
            total: head.total,
            put_off: self
                .plans
                .get(&head.id)
                .map(|plan| (plan.deferred, plan.difference)),
            name,
            mail_to,
            served_at,
            services: segments
                .iter()
                .map(|segment| self.service(segment, has_many))
                .collect(),
            between: self.between.get(&head.id).cloned().unwrap_or_default(),
            usage: self.usage(head, issued_on, segments),
        })
    }

    /// The main customer of the day of issue, and where paper goes: the mailing address, else the first place of the bill, as long as it is
    /// served; a bill that closes an old place goes to the new one.
    fn addressee(
        &self,
        head: &Head,
        issued_on: NaiveDate,
        segments: &[Segment],
    ) -> (String, Vec<String>) {
        let rows = self.addressees.get(&head.account_id);
        let rows = rows.map_or(&[][..], Vec::as_slice);
        let of_the_day = |row: &&Addressee| {
            row.from_on <= issued_on && row.until_on.is_none_or(|until| until > issued_on)
        };
        let found = rows.iter().rfind(of_the_day).or(rows.last());
        let name = found.map(|row| row.name.clone()).unwrap_or_default();
        let own = found.and_then(|row| row.mailing_address.as_deref());
        let lines: Vec<String> = own
            .unwrap_or_default()
            .lines()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect();
        if !lines.is_empty() {
            return (name, lines);
        }
        let ended = |segment: &&Segment| segment.ends_on.is_some_and(|day| day <= issued_on);
        let moved = segments.first().filter(ended);
        if let Some(place) = moved.and_then(|_| self.moved_to.get(&head.account_id)) {
            return (name, place.lines().map(str::to_owned).collect());
        }
        let place = segments.first().map(|segment| {
            let (line, unit, city, state, code) = &segment.place;
            let street = one_line(line.clone(), unit.clone());
            vec![street, format!("{city}, {state} {code}")]
        });
        (name, place.unwrap_or_default())
    }

    fn service(&self, segment: &Segment, is_named: bool) -> PaperService {
        let working = self.workings.get(&(segment.bill_id, segment.position));
        let lines = self.lines.get(&segment.bill_id);
        let own: Vec<&Line> = lines
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .filter(|line| line.segment == segment.position)
            .collect();
        let printed: Vec<Printed<'_>> = own.iter().map(|line| printed(line)).collect();
        let schedule = self.schedules.get(&segment.schedule);
        let bill = (segment.code.as_str(), schedule);
        let known = self.versions.known(bill, working, &printed);
        let line = |(line, known): (&&Line, Known)| PaperLine {
            charge: line.charge.clone(),
            quantity: line.quantity.map(|exact| exact.0),
            price: line.price.map(|exact| exact.0),
            amount: line.amount,
            known,
        };
        let (street, unit, ..) = &segment.place;
        PaperService {
            commodity: segment.commodity,
            place: is_named.then(|| one_line(street.clone(), unit.clone())),
            schedule: schedule.cloned(),
            used: shown(segment.commodity, segment.quantity, segment.unit),
            quality: segment.quality.clone(),
            amount: segment.amount,
            lines: own.iter().zip(known).map(line).collect(),
            bank: working.and_then(bank_of),
            winter: schedule
                .zip(working)
                .and_then(|(schedule, working)| winter_months(schedule, working)),
            meters: working.map_or_else(Vec::new, |working| self.meters(working)),
            days: working
                .into_iter()
                .flat_map(Working::days)
                .filter_map(|used| self.days.of(used))
                .collect(),
        }
    }

    /// The registers that a working rests on, each with its first and its last read.
    fn meters(&self, working: &Working) -> Vec<PaperMeter> {
        let found = working
            .reads()
            .iter()
            .filter_map(|id| self.reads.get(&ReadId(*id)));
        let mut registers: BTreeMap<RegisterId, Vec<&(usize, Read)>> = BTreeMap::new();
        for read in found {
            registers.entry(read.1.register_id).or_default().push(read);
        }
        let of_register = |mut reads: Vec<&(usize, Read)>| {
            reads.sort_unstable_by_key(|(place, _)| *place);
            let (_, last) = reads.last()?;
            let first = reads.first().filter(|_| reads.len() > 1);
            Some(PaperMeter {
                serial: last.serial.clone(),
                unit: last.unit,
                first: first.map(|(_, read)| told(read)),
                last: told(last),
            })
        };
        registers.into_values().filter_map(of_register).collect()
    }

    /// Up to thirteen months of each metered service of the bill, as they stood when it was issued.
    fn usage(&self, head: &Head, issued_on: NaiveDate, segments: &[Segment]) -> Vec<PaperUsage> {
        let all = self.used.get(&head.account_id);
        let known: Vec<&Used> = all
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .filter(|used| used.bill_id <= head.id && used.until_on <= head.until_on)
            .filter(|used| used.issued_on.is_some_and(|day| day <= issued_on))
            .filter(|used| used.canceled_on.is_none_or(|day| day > issued_on))
            .collect();
        let mut charts: Vec<PaperUsage> = Vec::new();
        for segment in segments {
            if charts
                .iter()
                .any(|chart| chart.commodity == segment.commodity)
            {
                continue;
            }
            // What was used at another place says nothing of this one.
            let points: Vec<ServicePointId> = segments.iter().map(|one| one.point).collect();
            let here: Vec<&Used> = known
                .iter()
                .copied()
                .filter(|used| points.contains(&used.point))
                .collect();
            charts.extend(chart(segment.commodity, &here));
        }
        charts
    }
}

/// The last months of one service; none where it is not metered.
fn chart(commodity: Commodity, known: &[&Used]) -> Option<PaperUsage> {
    let mut months: Vec<PaperMonth> = Vec::new();
    let mut unit = None;
    for used in known.iter().filter(|used| used.commodity == commodity) {
        let Some(told) = shown(commodity, used.quantity, used.unit) else {
            continue;
        };
        unit = Some(told.unit);
        let month = used.until_on.pred_opt().unwrap_or(used.until_on);
        let is_estimated = used.quality == "estimated";
        match months
            .last_mut()
            .filter(|last| (last.month.year(), last.month.month()) == (month.year(), month.month()))
        {
            Some(last) => {
                last.used += told.amount;
                last.is_estimated |= is_estimated;
            }
            None => months.push(PaperMonth {
                month,
                used: told.amount,
                is_estimated,
            }),
        }
    }
    let surplus = months.len().saturating_sub(MONTHS);
    months.drain(..surplus);
    Some(PaperUsage {
        commodity,
        unit: unit?,
        months,
    })
}

/// A billed quantity in the unit that people know the service by, where it converts.
fn shown(commodity: Commodity, quantity: Option<Exact>, unit: Option<Unit>) -> Option<Quantity> {
    let billed = Quantity {
        amount: quantity?.0,
        unit: unit?,
    };
    let told = commodity.shown_unit().and_then(|unit| billed.to(unit));
    Some(told.unwrap_or(billed))
}

fn printed(line: &Line) -> Printed<'_> {
    Printed {
        charge: &line.charge,
        price: line.price.map(|exact| exact.0),
        amount: line.amount,
    }
}

fn told(read: &Read) -> PaperRead {
    PaperRead {
        on: read.on,
        value: read.value.0,
        quality: read.quality,
    }
}

/// Where mail of those goes whose first place was left before their bill was issued. One query, where there are any.
fn moved_to(
    conn: &mut Conn,
    heads: &[Head],
    segments: &[Segment],
) -> Result<HashMap<AccountId, String>, StoreError> {
    let Some(on) = heads.iter().filter_map(|head| head.issued_on).max() else {
        return Ok(HashMap::new());
    };
    let ended = segments
        .iter()
        .filter(|one| one.ends_on.is_some_and(|day| day <= on));
    let closing: HashSet<BillId> = ended.map(|one| one.bill_id).collect();
    let left: Vec<AccountId> = heads
        .iter()
        .filter(|head| closing.contains(&head.id))
        .map(|head| head.account_id)
        .collect();
    if left.is_empty() {
        return Ok(HashMap::new());
    }
    letter_addresses::list_places(conn, &left, on)
}

fn workings(segments: &[Segment]) -> Result<HashMap<(BillId, i32), Working>, StoreError> {
    let read = |segment: &Segment| {
        let working = serde_json::from_str(&segment.working).map_err(|error| {
            StoreError::Unreadable(format!("working of bill {}: {error}", segment.bill_id))
        })?;
        Ok(((segment.bill_id, segment.position), working))
    };
    segments.iter().map(read).collect()
}

fn schedules(
    documents: &[(RateScheduleId, String, String)],
) -> Result<HashMap<RateScheduleId, Arc<RateSchedule>>, StoreError> {
    let read = |(id, _, document): &(RateScheduleId, String, String)| {
        let schedule = compile::read(document)
            .map_err(|error| StoreError::Unreadable(format!("schedule {id}: {error}")))?;
        Ok((*id, Arc::new(schedule)))
    };
    documents.iter().map(read).collect()
}

/// What moved each account's balance between a bill and the one before it.
fn between(
    conn: &mut Conn,
    heads: &[Head],
    accounts: &[AccountId],
) -> Result<HashMap<BillId, Vec<PaperEntry>>, StoreError> {
    let billed = by(bill_papers::list_bill_entries(conn, accounts)?, |entry| {
        entry.account_id
    });
    let mut spans: Vec<(BillId, AccountId, EntryId, EntryId)> = Vec::with_capacity(heads.len());
    for head in heads {
        let entries = billed
            .get(&Some(head.account_id))
            .map_or(&[][..], Vec::as_slice);
        let Some(own) = entries.iter().find(|entry| entry.source_id == head.id.0) else {
            continue;
        };
        let before = entries.iter().rfind(|entry| entry.id < own.id);
        let after = before.map_or(EntryId(0), |entry| entry.id);
        spans.push((head.id, head.account_id, after, own.id));
    }
    let first = spans.iter().map(|(_, _, after, _)| *after).min();
    let last = spans.iter().map(|(_, _, _, own)| *own).max();
    let Some(range) = first.zip(last) else {
        return Ok(HashMap::new());
    };
    let moved = by(list_moved(conn, accounts, range)?, |entry| entry.account_id);
    let of_span = |(bill, account, after, own): (BillId, AccountId, EntryId, EntryId)| {
        let entries = moved.get(&Some(account)).map_or(&[][..], Vec::as_slice);
        let own = entries
            .iter()
            .filter(|entry| entry.id > after && entry.id < own)
            .map(|entry: &Moved| PaperEntry {
                kind: entry.kind,
                source_id: entry.source_id,
                on: entry.on,
                amount: entry.amount,
                deposit: entry.deposit,
                due_on: entry.due_on,
            });
        (bill, own.collect())
    };
    Ok(spans.into_iter().map(of_span).collect())
}
