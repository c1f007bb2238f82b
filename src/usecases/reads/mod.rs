//! Reads come in: files of them, typed ones, estimates. Every value passes VEE; what is kept is a new version, never a change.
//! A file is worked in chunks: gathered and sorted (`incoming`), decided against what is kept (`usage`, `series`, `scalars`), written in
//! one transaction with the import's cursor. The same file again changes nothing; a run that was stopped goes on where it stood.

mod billed;
mod class_averages;
pub mod cycle;
pub mod desk;
pub mod gaps;
pub mod incoming;
pub(in crate::usecases) mod of_day;
pub mod opening;
pub mod registers;
mod scalars;
mod series;
mod usage;

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use crate::domain::exceptions::{ExceptionKind, ExceptionReason};
use crate::domain::feed::{FeedItem, Rejection};
use crate::domain::ids::{ImportId, RegisterId};
use crate::domain::stamp::Stamp;
use crate::domain::vee::settings::VeeSettings;
use crate::domain::vee::{Finding, Severity};
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::{Conn, Db, Tx};
use crate::store::error::StoreError;
use crate::store::exceptions::NewException;
use crate::store::imports::{Counts, ImportStatus, NewImport};
use crate::store::intervals::{RegisterDay, UsageDay};
use crate::store::reads::NewRead;
use crate::usecases::reads::billed::{Changed, flag_bills};
use crate::usecases::reads::incoming::{Gathering, Incoming};
use crate::usecases::reads::registers::{Register, Registers};

/// How many values are written in one transaction.
const CHUNK: usize = 50_000;
/// How many refused lines a report carries; all of them are rows.
const REPORTED: usize = 500;

/// A file, and how it is to be taken.
#[derive(Debug, Clone)]
pub struct ImportPlan {
    /// What the file is called.
    pub file_name: String,
    /// Its fingerprint, in hexadecimal.
    pub sha256: String,
    /// Its format's word.
    pub format: String,
    /// Its declaration, as JSON.
    pub options: String,
    /// The utility's zone, whose civil days count.
    pub zone: Tz,
    /// The thresholds of VEE.
    pub settings: VeeSettings,
}

/// What an import did, or a dry run would do.
#[derive(Debug, Clone, Default)]
pub struct ImportReport {
    /// The import, where it was more than a dry run.
    pub import_id: Option<ImportId>,
    /// What became of the values.
    pub counts: Counts,
    /// What was put before a person, by reason.
    pub exceptions: BTreeMap<ExceptionReason, u64>,
    /// The first of the lines that were refused.
    pub rejections: Vec<Rejection>,
}

/// Why an import stopped.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file could not be read on.
    #[error("the file cannot be read: {0}")]
    File(#[from] io::Error),
    /// A fault of the database.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// What a chunk comes to: rows to write, and the count.
#[derive(Debug, Clone, Default)]
pub(crate) struct Decision {
    pub(crate) usage: Vec<UsageDay>,
    pub(crate) series: Vec<RegisterDay>,
    pub(crate) reads: Vec<(NewRead, Vec<NewException>)>,
    pub(crate) exceptions: Vec<NewException>,
    pub(crate) counts: Counts,
}

/// What every decision needs beside the values.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    pub(crate) zone: Tz,
    pub(crate) settings: VeeSettings,
    pub(crate) now: NaiveDateTime,
    pub(crate) import_id: Option<ImportId>,
    pub(crate) recorded_by: String,
}

/// Imports a file, chunk by chunk. Idempotent by content, and resumable: chunks commit together with the cursor.
///
/// # Errors
/// `File` where the file cannot be read on, `Fault` where the database fails; what was committed stays, and the same call goes on there.
pub fn import_reads(
    db: &Db,
    stamp: &Stamp,
    plan: &ImportPlan,
    items: impl Iterator<Item = io::Result<FeedItem>>,
) -> Result<ImportReport, ImportError> {
    let (import_id, done, earlier) = open_import(db, stamp, plan)?;
    let mut importer = Importer::new(plan, stamp);
    importer.report.import_id = Some(import_id);
    Arc::make_mut(&mut importer.context).import_id = Some(import_id);
    let mut so_far = earlier;
    let mut position = 0;
    for item in items {
        let item = match item {
            Ok(item) => item,
            Err(error) => {
                importer.write_chunk(db, stamp, position, &mut so_far)?;
                let close = move |tx: &mut Tx<'_>| -> Result<(), StoreError> {
                    store::imports::finish(tx, import_id, ImportStatus::Failed)
                };
                db.write_bulk(stamp.clone(), close)?;
                return Err(error.into());
            }
        };
        position += 1;
        if position <= done {
            continue;
        }
        importer.gather(db, item)?;
        if importer.gathering.len() >= CHUNK {
            importer.write_chunk(db, stamp, position, &mut so_far)?;
        }
    }
    importer.write_chunk(db, stamp, position, &mut so_far)?;
    close_import(db, stamp, import_id, importer.report.counts)?;
    Ok(importer.report)
}

/// Tells what an import would do, and writes nothing. Values of different chunks of a file are not compared with one another.
///
/// # Errors
/// `File` where the file cannot be read on, `Fault` where the database fails.
pub fn dry_run(
    db: &Db,
    stamp: &Stamp,
    plan: &ImportPlan,
    items: impl Iterator<Item = io::Result<FeedItem>>,
) -> Result<ImportReport, ImportError> {
    let mut importer = Importer::new(plan, stamp);
    for item in items {
        importer.gather(db, item?)?;
        if importer.gathering.len() >= CHUNK * 20 {
            importer.weigh_chunk(db)?;
        }
    }
    importer.weigh_chunk(db)?;
    Ok(importer.report)
}

/// The import's row: a new one, one that was stopped and goes on, or a finished one that is looked through again from its beginning.
fn open_import(
    db: &Db,
    stamp: &Stamp,
    plan: &ImportPlan,
) -> Result<(ImportId, i64, Counts), StoreError> {
    let plan = plan.clone();
    db.write_blocking(stamp.clone(), move |tx| {
        let file = NewImport {
            file_name: &plan.file_name,
            sha256: &plan.sha256,
            format: &plan.format,
            options: &plan.options,
        };
        match store::imports::find(tx, &file)? {
            Some(row) if row.status == ImportStatus::Running => {
                Ok((row.id, row.records_done, row.counts))
            }
            Some(row) => Ok((row.id, 0, row.counts)),
            None => {
                let id = store::imports::insert(tx, &file)?;
                let facts = serde_json::json!({ "file": plan.file_name, "format": plan.format });
                record_deed(tx, "import.started", id, facts)?;
                Ok((id, 0, Counts::default()))
            }
        }
    })
}

fn close_import(db: &Db, stamp: &Stamp, id: ImportId, counts: Counts) -> Result<(), StoreError> {
    db.write_bulk(stamp.clone(), move |tx| {
        let row = store::imports::get(tx, id)?;
        if row.status == ImportStatus::Finished && !counts.changed_anything() {
            return Ok(());
        }
        store::imports::finish(tx, id, ImportStatus::Finished)?;
        let facts = serde_json::json!({
            "accepted": counts.accepted, "corrections": counts.corrections, "rejected": counts.rejected,
        });
        record_deed(tx, "import.finished", id, facts)
    })
}

fn record_deed(
    tx: &mut Tx<'_>,
    action: &str,
    id: ImportId,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "import",
        subject_id: id.to_string(),
        account_id: None,
        facts,
    };
    store::audit::insert(tx, &deed)
}

/// An import under way.
struct Importer {
    registers: Registers,
    gathering: Gathering,
    context: Arc<Context>,
    report: ImportReport,
}

impl Importer {
    fn new(plan: &ImportPlan, stamp: &Stamp) -> Self {
        let context = Context {
            zone: plan.zone,
            settings: plan.settings.clone(),
            now: stamp.at,
            import_id: None,
            recorded_by: stamp.by.name.clone(),
        };
        Self {
            registers: Registers::default(),
            gathering: Gathering::new(plan.zone, stamp.at),
            context: Arc::new(context),
            report: ImportReport::default(),
        }
    }

    fn gather(&mut self, db: &Db, item: FeedItem) -> Result<(), StoreError> {
        self.gathering.hold(item);
        if self.gathering.held() < 2_000 {
            return Ok(());
        }
        self.settle(db)
    }

    /// Finds the registers of what is held, in one look, and sorts its values to them.
    fn settle(&mut self, db: &Db) -> Result<(), StoreError> {
        let unknown = self.registers.unknown(self.gathering.meters());
        if !unknown.is_empty() {
            let registers = &mut self.registers;
            db.read_blocking(|conn| registers.load(conn, unknown))?;
        }
        self.gathering.settle(&self.registers);
        Ok(())
    }

    fn weigh_chunk(&mut self, db: &Db) -> Result<(), StoreError> {
        self.settle(db)?;
        let incoming = self.gathering.take();
        let context = Arc::clone(&self.context);
        let decision = db.read_blocking(|conn| decide(conn, &context, &incoming))?;
        self.count(&incoming, &decision.0, &decision.1);
        Ok(())
    }

    fn write_chunk(
        &mut self,
        db: &Db,
        stamp: &Stamp,
        position: i64,
        so_far: &mut Counts,
    ) -> Result<(), StoreError> {
        self.settle(db)?;
        let incoming = Arc::new(self.gathering.take());
        let Some(import_id) = self.context.import_id.filter(|_| !incoming.is_empty()) else {
            return Ok(());
        };
        let (context, theirs, before) = (Arc::clone(&self.context), Arc::clone(&incoming), *so_far);
        let work = move |tx: &mut Tx<'_>| {
            let (mut decision, reasons) = decide(tx.conn(), &context, &theirs)?;
            write(tx, &mut decision, import_id)?;
            store::imports::insert_rejections(tx, import_id, &theirs.rejections)?;
            if decision.counts.changed_anything() {
                touch_all(tx, theirs.registers.values());
            }
            let mut counts = before;
            counts += decision.counts;
            if decision.counts.changed_anything() || position > 0 {
                let row = store::imports::get(tx, import_id)?;
                if row.status == ImportStatus::Running {
                    store::imports::advance(tx, import_id, position, &counts)?;
                } else if decision.counts.changed_anything() {
                    let mut counts = row.counts;
                    counts.accepted += decision.counts.accepted;
                    counts.corrections += decision.counts.corrections;
                    store::imports::advance(tx, import_id, row.records_done, &counts)?;
                }
            }
            Ok::<_, StoreError>((decision.counts, reasons))
        };
        let (counts, reasons) = db.write_bulk(stamp.clone(), work)?;
        *so_far += counts;
        self.count(
            &incoming,
            &Decision {
                counts,
                ..Decision::default()
            },
            &reasons,
        );
        Ok(())
    }

    fn count(&mut self, incoming: &Incoming, decision: &Decision, reasons: &Reasons) {
        self.report.counts += decision.counts;
        for (reason, count) in reasons {
            *self.report.exceptions.entry(*reason).or_default() += count;
        }
        let room = REPORTED.saturating_sub(self.report.rejections.len());
        let shown = incoming.rejections.iter().take(room).cloned();
        self.report.rejections.extend(shown);
    }
}

/// Says that the accounts served through these registers today have news.
fn touch_all<'r>(tx: &mut Tx<'_>, registers: impl Iterator<Item = &'r Arc<Register>>) {
    let today = tx.stamp.on;
    for (account, _) in registers.filter_map(|register| register.account_on(today)) {
        tx.touch(account);
    }
}

type Reasons = BTreeMap<ExceptionReason, u64>;

/// Decides a whole chunk against what is kept.
pub(crate) fn decide(
    conn: &mut Conn,
    context: &Context,
    incoming: &Incoming,
) -> Result<(Decision, Reasons), StoreError> {
    let mut decision = Decision::default();
    decision.counts.rejected = count(incoming.rejections.len());
    decision.counts.duplicates = incoming.duplicates;
    usage::decide(conn, context, incoming, &mut decision)?;
    series::decide(conn, context, incoming, &mut decision)?;
    scalars::decide(conn, context, incoming, &mut decision)?;
    let mut reasons = Reasons::new();
    let of_reads = decision.reads.iter().flat_map(|(_, found)| found);
    for found in decision.exceptions.iter().chain(of_reads) {
        *reasons.entry(found.reason).or_default() += 1;
    }
    Ok((decision, reasons))
}

/// Writes what was decided.
pub(crate) fn write(
    tx: &mut Tx<'_>,
    decision: &mut Decision,
    import: impl Into<Option<ImportId>>,
) -> Result<(), StoreError> {
    let import = import.into();
    let mut changed = Changed::of(&[], &decision.usage);
    if !decision.usage.is_empty() {
        store::intervals::insert_usage(tx, &decision.usage, import)?;
    }
    if !decision.series.is_empty() {
        store::intervals::insert_series(tx, &decision.series, import)?;
    }
    let (rows, found): (Vec<NewRead>, Vec<Vec<NewException>>) =
        std::mem::take(&mut decision.reads).into_iter().unzip();
    changed.add_reads(&rows);
    let ids = store::reads::insert_all(tx, &rows)?;
    for (id, mut found) in ids.into_iter().zip(found) {
        for exception in &mut found {
            exception.read_id = Some(id);
        }
        decision.exceptions.append(&mut found);
    }
    if !decision.exceptions.is_empty() {
        store::exceptions::open_all(tx, &decision.exceptions)?;
    }
    flag_bills(tx, &changed)
}

/// A finding as something for a person, where it is worth one's time. The same finding about the same thing has the same key.
pub(crate) fn exception(
    finding: &Finding,
    register: &Register,
    day: chrono::NaiveDate,
    about: &str,
) -> Option<NewException> {
    let reason = finding.reason()?;
    if finding.severity() == Severity::Note {
        return None;
    }
    let key = format!("{about}:{}", finding.word());
    let facts = serde_json::to_value(finding).unwrap_or_default();
    let mut found = NewException::of(key, ExceptionKind::Read, reason, facts);
    found.register_id = Some(register.id);
    if let Some((account, agreement)) = register.account_on(day) {
        found.account_id = Some(account);
        found.service_agreement_id = Some(agreement);
    }
    Some(found)
}

/// A length as a count of a report.
pub(crate) fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// Ids of a sorted list of keys, each once.
pub(crate) fn distinct(ids: impl Iterator<Item = RegisterId>) -> Vec<RegisterId> {
    let mut ids: Vec<RegisterId> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
