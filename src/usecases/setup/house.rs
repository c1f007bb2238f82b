//! What the house knows of what the files name, loaded set-wise in a number of queries that goes by their size alone, never one for a line.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::accounts::AccountClass;
use crate::domain::customers::ContactKind;
use crate::domain::gl::Chart;
use crate::domain::ids::{AccountId, CustomerId, CycleId, PremiseId, RegisterId, ServicePointId};
use crate::domain::ledger::{EntryKind, SourceKind};
use crate::domain::meters::MeterKind;
use crate::domain::premises::{Commodity, by_five_digits};
use crate::domain::rates::asked::{AskedFact, asked};
use crate::domain::rates::compile;
use crate::domain::rates::schedule::RateSchedule;
use crate::domain::setup::{OwnKind, Refusal, Row, SetupFile, Table, Why, folded};
use crate::store;
use crate::store::accounts::AccountRow;
use crate::store::bulk::ROWS;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::premises::ServicePointRow;
use crate::store::rates::RateScheduleRow;
use crate::store::service::ServiceAgreementRow;
use crate::store::{meters, own_numbers, parts, premises, service};
use crate::usecases::books;
use crate::usecases::reads::registers::{Register, with_places};
use crate::usecases::setup::SetupError;
use crate::usecases::setup::balances::key_of;
use crate::usecases::setup::deposits::Secured;

/// A rate as the files may name it.
pub(super) struct Rate {
    pub(super) commodity: Commodity,
    pub(super) document: RateSchedule,
    pub(super) asked: Vec<AskedFact>,
}

/// What is known.
pub(super) struct House {
    pub(super) on: NaiveDate,
    pub(super) chart: Chart,
    pub(super) cycles: HashMap<String, CycleId>,
    /// Rows by the utility's own numbers.
    pub(super) own: HashMap<(OwnKind, String), i64>,
    /// Numbers that the files give: also those of lines that are refused, so that one mistake is named once.
    pub(super) given: HashSet<(OwnKind, String)>,
    /// How each number is spelled by whoever had it first, the house before the files, by what it comes to however it is written.
    spelled: HashMap<(OwnKind, String), String>,
    pub(super) given_cycles: HashSet<String>,
    /// The addresses of all places, as they are compared.
    pub(super) addresses: HashSet<String>,
    pub(super) meters: HashSet<String>,
    pub(super) registers: HashMap<String, Arc<Register>>,
    pub(super) points: HashMap<ServicePointId, ServicePointRow>,
    /// Everything that is delivered at the places.
    pub(super) points_at: HashMap<PremiseId, Vec<ServicePointRow>>,
    /// Points where a meter that deducts from no other hangs or hung: until when, each.
    counted: HashMap<ServicePointId, Vec<Option<NaiveDate>>>,
    /// Points where something is billed or drafted: the end of each agreement, and the first day after its last bill.
    billed_at: HashMap<ServicePointId, Vec<(Option<NaiveDate>, NaiveDate)>>,
    pub(super) agreements: HashMap<ServicePointId, Vec<ServiceAgreementRow>>,
    pub(super) accounts: HashMap<AccountId, AccountRow>,
    /// The first day of each account that no bill of it covers, where anything was billed.
    pub(super) billed: HashMap<AccountId, NaiveDate>,
    pub(super) with_email: HashSet<CustomerId>,
    pub(super) rates: HashMap<String, Rate>,
    pub(super) posted: HashSet<i64>,
    /// Where deposits are held, and which.
    pub(super) secured: Secured,
    /// Reads that are there already, by register and day.
    pub(super) reads: HashSet<(String, NaiveDate)>,
}

impl House {
    pub(super) fn load(
        conn: &mut Conn,
        on: NaiveDate,
        tables: &[Table],
    ) -> Result<Self, SetupError> {
        let own = own_rows(conn, tables)?;
        let of = |kind: OwnKind| -> Vec<i64> {
            let rows = own.iter().filter(|((known, _), _)| *known == kind);
            let mut ids: Vec<i64> = rows.map(|(_, row)| *row).collect();
            ids.sort_unstable();
            ids
        };
        let points: Vec<ServicePointId> = of(OwnKind::ServicePoint)
            .into_iter()
            .map(ServicePointId)
            .collect();
        let places: Vec<PremiseId> = of(OwnKind::Premise).into_iter().map(PremiseId).collect();
        let customers: Vec<CustomerId> =
            of(OwnKind::Customer).into_iter().map(CustomerId).collect();
        let accounts: Vec<AccountId> = of(OwnKind::Account).into_iter().map(AccountId).collect();
        let cycles = store::cycles::list(conn)?;
        let chart = books::open(conn, on)?.chart;
        let registers = known_registers(conn, tables)?;
        Ok(Self {
            on,
            cycles: cycles.into_iter().map(|row| (row.code, row.id)).collect(),
            given: given(tables).collect(),
            spelled: spelled(conn, tables)?,
            given_cycles: column(tables, SetupFile::Cycles, "cycle").collect(),
            addresses: premises::list_search_texts(conn)?
                .iter()
                .map(|address| by_five_digits(address).to_owned())
                .collect(),
            meters: known_meters(conn, tables)?,
            reads: known_reads(conn, &registers)?,
            registers,
            points_at: points_at(conn, &places)?,
            counted: counted(conn, &points)?,
            billed_at: billed_at(conn, &points)?,
            agreements: agreements(conn, &points)?,
            points: chunked(&points, |some| premises::list_some_points(conn, some))?
                .into_iter()
                .map(|row| (row.id, row))
                .collect(),
            accounts: chunked(&accounts, |some| store::accounts::list_some(conn, some))?
                .into_iter()
                .map(|row| (row.id, row))
                .collect(),
            billed: chunked(&accounts, |some| service::list_billed_until(conn, some))?
                .into_iter()
                .collect(),
            with_email: chunked(&customers, |some| parts::list_contacts(conn, some))?
                .into_iter()
                .filter(|row| row.kind == ContactKind::Email && row.until_on.is_none())
                .map(|row| row.customer_id)
                .collect(),
            rates: rates(conn, on)?,
            posted: posted(conn, tables)?,
            secured: Secured::load(conn, on, tables, (&chart, &accounts))?,
            chart,
            own,
        })
    }

    /// Whether a number is given by the files or known to the house.
    pub(super) fn has(&self, kind: OwnKind, number: &str) -> bool {
        let key = (kind, number.to_owned());
        self.given.contains(&key) || self.own.contains_key(&key)
    }

    /// Why a line is refused whose number is that of something else but for how it is written: the same thing would come in twice.
    pub(super) fn alike(&self, row: &Row<'_>, kind: OwnKind, column: &str) -> Option<Refusal> {
        let number = row.text(column);
        if self.row(kind, number).is_some() {
            return None;
        }
        let first = self.spelled.get(&(kind, folded(number)))?;
        (first != number).then(|| Refusal {
            value: first.clone(),
            ..row.refusal(Why::Alike, column)
        })
    }

    /// Why a line is refused that names something which is neither in the files nor in the house.
    pub(super) fn unknown(&self, row: &Row<'_>, kind: OwnKind, column: &str) -> Refusal {
        let alike = self.alike(row, kind, column);
        alike.unwrap_or_else(|| row.refusal(Why::Unknown, column))
    }

    /// The row of a number that the house knows.
    pub(super) fn row(&self, kind: OwnKind, number: &str) -> Option<i64> {
        self.own.get(&(kind, number.to_owned())).copied()
    }

    /// The place that the house knows by a number.
    pub(super) fn premise(&self, number: &str) -> Option<PremiseId> {
        self.row(OwnKind::Premise, number).map(PremiseId)
    }

    /// The point that the house knows by a number.
    pub(super) fn point(&self, number: &str) -> Option<&ServicePointRow> {
        let id = self.row(OwnKind::ServicePoint, number)?;
        self.points.get(&ServicePointId(id))
    }

    /// Whether a meter that deducts from no other hangs at a point on a day or later.
    pub(super) fn counts_at(&self, point: ServicePointId, day: NaiveDate) -> bool {
        let mut ends = self.counted.get(&point).into_iter().flatten();
        ends.any(|until| until.is_none_or(|until| until > day))
    }

    /// Until when what is served at a point from a day on was billed or drafted, where that is beyond the day: it was by what hung there. The bill
    /// of an account that goes on elsewhere bills a service no further than until its end.
    pub(super) fn billed_beyond(&self, point: ServicePointId, day: NaiveDate) -> Option<NaiveDate> {
        let billed = self.billed_at.get(&point)?.iter();
        let goes_on = billed.filter(|(ends, _)| ends.is_none_or(|ends| ends >= day));
        goes_on
            .map(|(ends, until)| ends.map_or(*until, |ends| ends.min(*until)))
            .filter(|until| *until > day)
            .max()
    }

    /// The account that the house knows by a number.
    pub(super) fn account(&self, number: &str) -> Option<&AccountRow> {
        let id = self.row(OwnKind::Account, number)?;
        self.accounts.get(&AccountId(id))
    }

    /// Whether a cycle is given or known.
    pub(super) fn has_cycle(&self, code: &str) -> bool {
        self.given_cycles.contains(code) || self.cycles.contains_key(code)
    }
}

impl Rate {
    /// Whether it has prices for a class.
    pub(super) fn is_for(&self, class: AccountClass) -> bool {
        !self.document.is_for_others_than(class.as_str())
    }
}

/// Does work for some thousand at a time.
fn chunked<K, T>(
    all: &[K],
    mut work: impl FnMut(&[K]) -> Result<Vec<T>, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut found = Vec::new();
    for some in all.chunks(ROWS) {
        found.extend(work(some)?);
    }
    Ok(found)
}

/// Everything that stands in a column of a file.
fn column(tables: &[Table], file: SetupFile, name: &'static str) -> impl Iterator<Item = String> {
    let of_file = tables.iter().filter(move |table| table.file == file);
    of_file
        .flat_map(Table::rows)
        .map(move |row| row.text(name).to_owned())
        .filter(|text| !text.is_empty())
}

/// The column in which a file gives a number, and those in which others name it.
const NUMBERS: [(OwnKind, &str, SetupFile, &[SetupFile]); 4] = [
    (
        OwnKind::Premise,
        "premise",
        SetupFile::Premises,
        &[SetupFile::ServicePoints],
    ),
    (
        OwnKind::ServicePoint,
        "point",
        SetupFile::ServicePoints,
        &[SetupFile::Meters, SetupFile::Agreements],
    ),
    (
        OwnKind::Customer,
        "customer",
        SetupFile::Customers,
        &[SetupFile::Accounts],
    ),
    (
        OwnKind::Account,
        "account",
        SetupFile::Accounts,
        &[
            SetupFile::Agreements,
            SetupFile::OpeningBalances,
            SetupFile::Deposits,
        ],
    ),
];

fn given(tables: &[Table]) -> impl Iterator<Item = (OwnKind, String)> {
    let all = NUMBERS.iter();
    all.flat_map(move |(kind, name, file, _)| {
        column(tables, *file, name).map(|number| (*kind, number))
    })
}

/// The first spelling of every number that the files give or name: one query for each kind.
fn spelled(
    conn: &mut Conn,
    tables: &[Table],
) -> Result<HashMap<(OwnKind, String), String>, StoreError> {
    let mut first = HashMap::new();
    for (kind, name, file, others) in NUMBERS {
        let files = std::iter::once(&file).chain(others);
        let named: HashSet<String> = files
            .flat_map(|file| column(tables, *file, name))
            .map(|number| folded(&number))
            .collect();
        if named.is_empty() {
            continue;
        }
        for number in own_numbers::list(conn, kind)? {
            let plain = folded(&number);
            if named.contains(&plain) {
                first.entry((kind, plain)).or_insert(number);
            }
        }
    }
    for (kind, number) in given(tables) {
        first.entry((kind, folded(&number))).or_insert(number);
    }
    Ok(first)
}

fn own_rows(
    conn: &mut Conn,
    tables: &[Table],
) -> Result<HashMap<(OwnKind, String), i64>, StoreError> {
    let mut own = HashMap::new();
    for (kind, name, file, others) in NUMBERS {
        let files = std::iter::once(&file).chain(others);
        let mut numbers: Vec<String> = files.flat_map(|file| column(tables, *file, name)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        for (number, row) in own_numbers::find(conn, kind, &numbers)? {
            own.insert((kind, number), row);
        }
    }
    Ok(own)
}

fn known_meters(conn: &mut Conn, tables: &[Table]) -> Result<HashSet<String>, StoreError> {
    let mut serials: Vec<String> = column(tables, SetupFile::Meters, "meter").collect();
    serials.sort_unstable();
    serials.dedup();
    let known = chunked(&serials, |some| meters::list_known_serials(conn, some))?;
    Ok(known.into_iter().collect())
}

/// The registers that the files name, or whose keys they would give to others.
fn known_registers(
    conn: &mut Conn,
    tables: &[Table],
) -> Result<HashMap<String, Arc<Register>>, StoreError> {
    let mut keys: Vec<String> = column(tables, SetupFile::LastReads, "register")
        .chain(column(tables, SetupFile::Meters, "register"))
        .chain(column(tables, SetupFile::Meters, "meter"))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    let rows = store::reads::find_registers(conn, &keys)?;
    let registers = with_places(conn, rows)?;
    Ok(registers
        .into_iter()
        .map(|register| (register.external_key.clone(), register))
        .collect())
}

fn known_reads(
    conn: &mut Conn,
    registers: &HashMap<String, Arc<Register>>,
) -> Result<HashSet<(String, NaiveDate)>, StoreError> {
    let keys: HashMap<RegisterId, &String> = registers
        .iter()
        .map(|(key, register)| (register.id, key))
        .collect();
    let ids: Vec<RegisterId> = keys.keys().copied().collect();
    let rows = store::reads::list(conn, &ids)?;
    let named = rows
        .iter()
        .filter_map(|row| Some(((*keys.get(&row.register_id)?).clone(), row.read_on)));
    Ok(named.collect())
}

fn points_at(
    conn: &mut Conn,
    places: &[PremiseId],
) -> Result<HashMap<PremiseId, Vec<ServicePointRow>>, StoreError> {
    let mut by_place: HashMap<PremiseId, Vec<ServicePointRow>> = HashMap::new();
    for row in chunked(places, |some| premises::list_points_of(conn, some))? {
        by_place.entry(row.premise_id).or_default().push(row);
    }
    Ok(by_place)
}

fn counted(
    conn: &mut Conn,
    points: &[ServicePointId],
) -> Result<HashMap<ServicePointId, Vec<Option<NaiveDate>>>, StoreError> {
    let mut by_point: HashMap<ServicePointId, Vec<Option<NaiveDate>>> = HashMap::new();
    for hung in chunked(points, |some| meters::list_hung_at(conn, some))? {
        if hung.meter.kind != MeterKind::Deduct {
            let ends = by_point.entry(hung.service_point_id).or_default();
            ends.push(hung.until_on);
        }
    }
    Ok(by_point)
}

fn billed_at(
    conn: &mut Conn,
    points: &[ServicePointId],
) -> Result<HashMap<ServicePointId, Vec<(Option<NaiveDate>, NaiveDate)>>, StoreError> {
    let mut by_point: HashMap<ServicePointId, Vec<_>> = HashMap::new();
    for (point, ends, until) in chunked(points, |some| service::list_billed_at(conn, some))? {
        by_point.entry(point).or_default().push((ends, until));
    }
    Ok(by_point)
}

fn agreements(
    conn: &mut Conn,
    points: &[ServicePointId],
) -> Result<HashMap<ServicePointId, Vec<ServiceAgreementRow>>, StoreError> {
    let mut by_point: HashMap<ServicePointId, Vec<ServiceAgreementRow>> = HashMap::new();
    for row in chunked(points, |some| service::list_of_points(conn, some))? {
        by_point.entry(row.service_point_id).or_default().push(row);
    }
    Ok(by_point)
}

/// The published rates, each by the version that is in force on a day, or by its first.
fn rates(conn: &mut Conn, on: NaiveDate) -> Result<HashMap<String, Rate>, StoreError> {
    let mut by_code: HashMap<String, RateScheduleRow> = HashMap::new();
    for row in store::rates::list_published(conn)? {
        let is_better = row.effective_from <= on || !by_code.contains_key(&row.code);
        if is_better {
            by_code.insert(row.code.clone(), row);
        }
    }
    let read = |(code, row): (String, RateScheduleRow)| {
        let document = compile::read(&row.document)
            .map_err(|error| StoreError::Unreadable(format!("rate {code}: {error}")))?;
        let rate = Rate {
            commodity: row.commodity,
            asked: asked(&document),
            document,
        };
        Ok((code, rate))
    };
    by_code.into_iter().map(read).collect()
}

/// Opening balances that were posted before.
fn posted(conn: &mut Conn, tables: &[Table]) -> Result<HashSet<i64>, StoreError> {
    let of_file = tables
        .iter()
        .filter(|table| table.file == SetupFile::OpeningBalances);
    let keys: Vec<i64> = of_file
        .flat_map(Table::rows)
        .map(|row| key_of(&row))
        .collect();
    let (source, kind) = (SourceKind::Adjustment, EntryKind::Adjustment);
    let found = store::ledger::list_made_for(conn, source, &keys, kind)?;
    Ok(found.into_keys().collect())
}
