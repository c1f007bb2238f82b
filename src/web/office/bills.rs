//! One bill for the office: its lines, what each is made of, and what happened to it.

use std::borrow::Borrow;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::app::App;
use crate::domain::bills::{BillStage, BillStatus, Standing};
use crate::domain::ids::BillNumber;
use crate::domain::ledger::SourceKind;
use crate::domain::money::Money;
use crate::domain::rates::compile;
use crate::domain::rates::compiled::CompiledVersion;
use crate::domain::rates::facts::Facts;
use crate::domain::rates::priced::PricedLine;
use crate::domain::rates::working::{Working, explain};
use crate::domain::rates::{line_label, line_unit, price};
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::bill_screen::{self, BillScreen, ReadUsed, Segment};
use crate::store::budget_plans::{self, PlanBill};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::labels::{self, AccountLabel};
use crate::store::open_items;
use crate::usecases::billing::BillingRunError;
use crate::usecases::billing::void_draft;
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

/// How many decimals of a quantity are shown.
const DECIMALS: u32 = 6;

/// The badge's tone of a bill's stage.
#[must_use]
pub fn stage_tone(stage: impl Borrow<BillStage>) -> &'static str {
    match stage.borrow() {
        BillStage::Paid => "good",
        BillStage::Overdue | BillStage::Undelivered => "bad",
        BillStage::Draft | BillStage::Due => "warn",
        BillStage::Issued | BillStage::Delivered => "info",
        BillStage::Canceled | BillStage::Void => "",
    }
}

/// One line, with how it comes about where that can be worked out again.
pub struct LineView {
    /// Its place on the bill.
    pub position: i32,
    /// What it is called.
    pub label: String,
    quantity: Option<String>,
    price: Option<String>,
    /// What it comes to.
    pub amount: Money,
    /// How it comes about: quantity times price.
    pub formula: Option<String>,
}

/// One service of the bill.
pub struct SegmentView {
    /// The service.
    pub segment: Segment,
    version: i32,
    /// Its lines.
    pub lines: Vec<LineView>,
    determinants: Vec<(String, String)>,
    reads: Vec<ReadUsed>,
}

#[derive(Template)]
#[template(path = "office/bills/show.html")]
pub struct Show {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    today: NaiveDate,
    bill: BillScreen,
    account: Option<AccountLabel>,
    services: Vec<SegmentView>,
    open: Option<Money>,
    plan: Option<PlanBill>,
    form: Form,
    may_run: bool,
    may_cancel: bool,
}

impl Show {
    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }

    fn stage(&self) -> BillStage {
        let head = &self.bill.head;
        let standing = Standing {
            status: head.status,
            is_canceled: self.bill.cancellation.is_some(),
            is_open: self.open.is_some(),
            due_on: head.due_on,
            delivery: self.bill.delivery(),
        };
        standing.stage(self.today)
    }

    fn is_draft(&self) -> bool {
        self.bill.head.status == BillStatus::Draft
    }

    fn is_standing(&self) -> bool {
        self.bill.head.status == BillStatus::Issued && self.bill.cancellation.is_none()
    }

    /// Whether it can be taken back, or its period billed again.
    fn may_be_reworked(&self) -> bool {
        self.may_cancel
            && self.bill.head.status == BillStatus::Issued
            && self.bill.replaced_by.is_none()
    }

    fn is_paid(&self) -> bool {
        self.is_standing() && self.open.is_none()
    }
}

/// GET /office/bills/{number}
pub async fn show(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    page(&view(&app, chrome, &staff, &path, Form::default()).await?)
}

/// POST /office/bills/{number}/void — a draft is given up, with a reason.
pub async fn void(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let number: BillNumber = path.parse().map_err(|_not_ours| PageError::NotFound)?;
    let Some(reason) = form.required("reason", chrome.t.exception_reason_missing()) else {
        let view = view(&app, chrome, &staff, &path, form).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let void = move |tx: &mut Tx<'_>| {
        let bill = bill_screen::find(&mut *tx, &number)?.ok_or(StoreError::Missing("bill"))?;
        void_draft(tx, bill.head.id, &reason)
    };
    let at = format!("/office/bills/{path}");
    match app.db.write(staff.stamp(&app), void).await {
        Ok(()) => see_other_saying(at, Tone::Good, chrome.t.bill_voided()),
        Err(BillingRunError::NotADraft(_)) => {
            see_other_saying(at, Tone::Bad, chrome.t.bill_refused())
        }
        Err(BillingRunError::Fault(fault)) => Err(fault.into()),
        Err(fault) => Err(PageError::fault(fault)),
    }
}

/// The bill's page, with the form that voids it as it was sent.
pub async fn view(
    app: &App,
    chrome: Chrome,
    staff: &StaffMember,
    number: &str,
    form: Form,
) -> Result<Show, PageError> {
    let number: BillNumber = number.parse().map_err(|_not_ours| PageError::NotFound)?;
    let (today, t) = (app.clock.today(), chrome.t);
    let (bill, account, open, services, plan) = app
        .db
        .read(move |conn| {
            let bill = bill_screen::find(conn, &number)?.ok_or(StoreError::Missing("bill"))?;
            let id = bill.head.account_id;
            let account = labels::of_accounts(conn, &[id], today)?.remove(&id);
            let of_bill = |item: &open_items::OpenItem| {
                item.source_kind == SourceKind::Bill && item.source_id == bill.head.id.0
            };
            let open = open_items::list(conn, id)?;
            let open = open
                .iter()
                .find(|item| of_bill(item))
                .map(|item| item.remaining);
            let services = services(conn, t, &bill)?;
            let plan = budget_plans::list_of_bills(conn, &[bill.head.id])?.remove(&bill.head.id);
            Ok::<_, StoreError>((bill, account, open, services, plan))
        })
        .await?;
    Ok(Show {
        t,
        zone: app.clock.zone(),
        today,
        may_run: staff.may(Permission::RunBills),
        may_cancel: staff.may(Permission::PostAdjustment),
        chrome,
        bill,
        account,
        services,
        open,
        plan,
        form,
    })
}

/// The services of a bill with their lines and the working of each, in words.
///
/// # Errors
/// A fault.
pub fn services(
    conn: &mut Conn,
    t: Words,
    bill: &BillScreen,
) -> Result<Vec<SegmentView>, StoreError> {
    let (workings, ids) = (workings(bill)?, reads_of(bill)?);
    let reads = bill_screen::list_reads(conn, &ids)?;
    Ok(segments(t, bill, &workings, &reads))
}

/// The rows of the reads that a bill rests on.
///
/// # Errors
/// `Unreadable` where a working was changed by hand.
pub fn reads_of(bill: &BillScreen) -> Result<Vec<i64>, StoreError> {
    let workings = workings(bill)?;
    Ok(workings.iter().flat_map(Working::reads).copied().collect())
}

/// From what each service was worked out, in the order of the bill.
fn workings(bill: &BillScreen) -> Result<Vec<Working>, StoreError> {
    let working = |segment: &Segment| {
        serde_json::from_str(&segment.working).map_err(|error| {
            StoreError::Unreadable(format!("working of bill {}: {error}", bill.head.number))
        })
    };
    bill.segments.iter().map(working).collect()
}

fn segments(
    t: Words,
    bill: &BillScreen,
    workings: &[Working],
    reads: &[ReadUsed],
) -> Vec<SegmentView> {
    let one = |(place, segment): (usize, &Segment)| {
        let working = workings.get(place);
        let versions = versions(bill, segment);
        let facts = working.map(|working| working.facts(Vec::new()));
        let used = working.map(Working::reads).unwrap_or_default();
        let priced = facts
            .as_ref()
            .and_then(|facts| price(&versions, facts).ok())
            .map(|priced| priced.lines)
            .unwrap_or_default();
        let of_segment = bill
            .schedules
            .iter()
            .find(|found| found.id == segment.schedule);
        SegmentView {
            version: of_segment.map_or(0, |schedule| schedule.version),
            lines: lines(t, bill, segment, (&versions, facts.as_ref(), &priced)),
            determinants: facts
                .as_ref()
                .map(|facts| determinants(t, facts))
                .unwrap_or_default(),
            reads: reads
                .iter()
                .filter(|read| used.contains(&read.id))
                .cloned()
                .collect(),
            segment: segment.clone(),
        }
    };
    bill.segments.iter().enumerate().map(one).collect()
}

/// The published versions of a segment's schedule, ready for pricing; one that does not compile is left out, and nothing is worked out by it.
fn versions(bill: &BillScreen, segment: &Segment) -> Vec<CompiledVersion> {
    bill.schedules
        .iter()
        .filter(|schedule| schedule.code == segment.code)
        .filter_map(|schedule| compile::read(&schedule.document).ok())
        .filter_map(|document| compile::compile(Arc::new(document)).ok())
        .collect()
}

type Worked<'a> = (&'a [CompiledVersion], Option<&'a Facts>, &'a [PricedLine]);

fn lines(
    t: Words,
    bill: &BillScreen,
    segment: &Segment,
    (versions, facts, priced): Worked<'_>,
) -> Vec<LineView> {
    let stored = bill
        .lines
        .iter()
        .filter(|line| line.segment == segment.position);
    let stored: Vec<_> = stored.collect();
    let fits = stored.len() == priced.len()
        && stored
            .iter()
            .zip(priced)
            .all(|(line, again)| line.amount == again.amount);
    let language = t.tag().get(..2).unwrap_or("en");
    stored
        .into_iter()
        .enumerate()
        .map(|(place, line)| {
            let again = priced.get(place).filter(|_| fits);
            let unit = again.and_then(|again| line_unit(versions, again));
            let quantity = line.quantity.map(|quantity| {
                let unit = unit
                    .map(|unit| t.unit_short(unit.as_str()))
                    .unwrap_or_default();
                format!("{} {unit}", t.number(readable(quantity.0)))
            });
            LineView {
                position: line.position,
                label: again.map_or_else(
                    || line.charge.clone(),
                    |again| line_label(versions, again, language).to_owned(),
                ),
                quantity,
                price: line.price.map(|price| t.number(price.0)),
                amount: line.amount,
                formula: again
                    .zip(facts)
                    .and_then(|(again, facts)| formula(t, versions, facts, again)),
            }
        })
        .collect()
}

/// How a line comes about: quantity times price, over what the price is for, before rounding.
fn formula(
    t: Words,
    versions: &[CompiledVersion],
    facts: &Facts,
    line: &PricedLine,
) -> Option<String> {
    let worked = explain(versions, facts, line).ok()?;
    let per = if worked.per_units == Decimal::ONE {
        String::new()
    } else {
        format!(" / {}", t.number(worked.per_units))
    };
    let days = t.bill_slice(worked.days, worked.of_days);
    let (quantity, unrounded) = (readable(worked.quantity), readable(worked.unrounded));
    let is_exact = quantity == worked.quantity && unrounded == worked.unrounded;
    Some(format!(
        "{} × {}{per} {} {}; {days}",
        t.number(quantity),
        t.number(worked.price),
        if is_exact { "=" } else { "≈" },
        t.number(unrounded)
    ))
}

/// A number with as many decimals as a person compares: what a share of days makes endless is cut off for the eye alone.
fn readable(number: Decimal) -> Decimal {
    let half_up = RoundingStrategy::MidpointAwayFromZero;
    number.round_dp_with_strategy(DECIMALS, half_up).normalize()
}

/// What the bill kept of the period, by name.
fn determinants(t: Words, facts: &Facts) -> Vec<(String, String)> {
    let mut shown = vec![(t.exception_fact("days"), facts.period.days().to_string())];
    let measured = facts.measured.iter().map(|measured| {
        let amount = t.number(measured.amount);
        let unit = t.unit_short(measured.unit.as_str());
        (t.exception_fact(&measured.name), format!("{amount} {unit}"))
    });
    shown.extend(measured);
    let size = facts.meter_size.iter();
    shown.extend(size.map(|size| (t.exception_fact("meter"), size.to_string())));
    shown
}
