//! What each way of ending a dispute comes to, before anybody chooses one: the bills that would come out differently, what a leak earns by the
//! policy, what a refund earns in interest.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::bill_case::Tariffs;
use crate::domain::dispute_policy::DisputePolicy;
use crate::domain::gl::FundCode;
use crate::domain::ids::{BillId, RateScheduleId};
use crate::domain::leak_credits::{self, Before, LeakCredit, NoCredit, Service};
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rates::compiled::CompiledVersion;
use crate::domain::rates::working::Working;
use crate::domain::remedies::{Interest, Remedy, interest, overpaid};
use crate::store;
use crate::store::bill_evidence::{self, UseRow};
use crate::store::bills::{self, BillRow, BillSegmentRow};
use crate::store::db::Conn;
use crate::store::disputes::DisputeRow;
use crate::store::error::StoreError;
use crate::store::ledger;
use crate::usecases::billing::rebill::{Plan, RebillError, plan};
use crate::usecases::billing::tariffs;
use crate::usecases::disputes::{DisputeError, policy_on};

/// How many months of earlier use a leak is measured against: the same months of two years, with what lies around them.
const MONTHS: u32 = 27;

/// What canceling and billing again would do.
#[derive(Debug, Clone)]
pub enum Rebill {
    /// These bills would come out so.
    Plan(Plan),
    /// The bill was taken back, or another stands for it.
    Gone,
}

impl Rebill {
    /// The plan, where every bill of it can be made.
    #[must_use]
    pub fn possible(&self) -> Option<&Plan> {
        match self {
            Self::Plan(plan) => Some(plan).filter(|plan| plan.is_possible()),
            Self::Gone => None,
        }
    }

    /// Whether anything would come out differently.
    #[must_use]
    pub fn changes(&self) -> bool {
        self.possible().is_some_and(|plan| {
            plan.bills.len() > 1
                || plan
                    .bills
                    .iter()
                    .any(|one| one.difference() != Some(Money::ZERO))
        })
    }
}

/// Every outcome with its price.
#[derive(Debug, Clone)]
pub struct Priced {
    /// The policy of the day.
    pub policy: DisputePolicy,
    /// Canceling and billing again, with the interest that is paid beside it.
    pub rebill: Rebill,
    /// What is paid for what was paid too much, where the bills come out for less.
    pub rebill_interest: Interest,
    /// What a leak earns.
    pub leak: Result<LeakCredit, NoCredit>,
    /// What the interest would be where all that is in dispute was charged wrongly.
    pub refund: Interest,
    /// What the disputed lines, or the bill's, come to by the fund that earned them.
    pub funds: Vec<(FundCode, Money)>,
    /// What is still owed of the bill.
    pub unpaid: Money,
    /// What was paid of the bill, and when.
    pub paid: Vec<(NaiveDate, Money)>,
}

/// Prices every outcome of a dispute as things stand on a day.
///
/// # Errors
/// `Policy`, schedules that do not read, or a fault.
pub fn price(conn: &mut Conn, dispute: &DisputeRow, on: NaiveDate) -> Result<Priced, DisputeError> {
    let policy = policy_on(conn, on)?;
    let tariffs = tariffs::load(conn).map_err(unreadable)?;
    let bill = bills::get(conn, dispute.bill_id)?;
    let segments = bills::list_segments(conn, &[bill.id])?;
    let paid = ledger::list_paid(conn, bill.id)?;
    let rebill = rebill_of(conn, bill.id, on)?;
    let rebill_interest = match rebill.possible() {
        Some(plan) => of_plan(conn, (&policy, plan), on)?,
        None => Interest::default(),
    };
    let leak = leak(conn, (&policy, &tariffs), (&bill, &segments), on)?;
    let unpaid = store::open_items::remaining_of(conn, bill.id)?;
    let refund = refund_interest(&policy, dispute.amount, (unpaid, &paid), on)?;
    let funds = funds(conn, (&tariffs, dispute), &segments)?;
    Ok(Priced {
        policy,
        rebill,
        rebill_interest,
        leak,
        refund,
        funds,
        unpaid,
        paid,
    })
}

fn unreadable(error: tariffs::TariffError) -> StoreError {
    match error {
        tariffs::TariffError::Fault(fault) => fault,
        other @ tariffs::TariffError::Unreadable { .. } => {
            StoreError::Unreadable(other.to_string())
        }
    }
}

/// Simple interest on what a bill charged too much, as far as it was paid.
pub(super) fn refund_interest(
    policy: &DisputePolicy,
    too_much: Money,
    (unpaid, paid): (Money, &[(NaiveDate, Money)]),
    on: NaiveDate,
) -> Result<Interest, StoreError> {
    let too_much = overpaid(too_much, unpaid);
    interest(policy.refund_interest.as_ref(), too_much, paid, on)
        .map_err(|error| StoreError::Unreadable(error.to_string()))
}

fn rebill_of(conn: &mut Conn, bill: BillId, on: NaiveDate) -> Result<Rebill, DisputeError> {
    match plan(conn, bill, on) {
        Ok(plan) => Ok(Rebill::Plan(plan)),
        Err(RebillError::NotIssued | RebillError::Replaced(_)) => Ok(Rebill::Gone),
        Err(RebillError::Fault(fault)) => Err(fault.into()),
        Err(other) => Err(StoreError::Unreadable(other.to_string()).into()),
    }
}

/// The interest on what is paid too much of each bill that comes out for less.
fn of_plan(
    conn: &mut Conn,
    (policy, plan): (&DisputePolicy, &Plan),
    on: NaiveDate,
) -> Result<Interest, DisputeError> {
    let mut all = Interest::default();
    for rework in &plan.bills {
        let less = -rework.difference().unwrap_or_default();
        if less.is_positive() {
            let paid = ledger::list_paid(conn, rework.bill.id)?;
            let unpaid = store::open_items::remaining_of(conn, rework.bill.id)?;
            let found = refund_interest(policy, less, (unpaid, &paid), on)?;
            all.amount += found.amount;
            all.parts.extend(found.parts);
        }
    }
    Ok(all)
}

/// The versions of each schedule up to each row, ready for pricing.
fn versions(tariffs: &Tariffs) -> HashMap<RateScheduleId, &[CompiledVersion]> {
    let mut all = HashMap::new();
    for tariff in tariffs.by_code.values() {
        for (place, row) in tariff.rows.iter().enumerate() {
            all.insert(*row, tariff.versions.get(..=place).unwrap_or_default());
        }
    }
    all
}

fn leak(
    conn: &mut Conn,
    (policy, tariffs): (&DisputePolicy, &Tariffs),
    (bill, segments): (&BillRow, &[BillSegmentRow]),
    on: NaiveDate,
) -> Result<Result<LeakCredit, NoCredit>, StoreError> {
    let Some(terms) = &policy.leak else {
        return Ok(Err(NoCredit::NotOffered));
    };
    let period = Period {
        from: bill.from_on,
        until: bill.until_on,
    };
    let Some(used) = water(segments) else {
        return Ok(Err(NoCredit::NoWater));
    };
    let of = bill_evidence::find(conn, bill.id)?;
    let rows = bill_evidence::uses(conn, bill.id, &of, MONTHS)?;
    let before = before(&rows, (period, used.unit));
    let last = store::disputes::last_remedied(conn, bill.account_id, Remedy::LeakAdjustment)?;
    let versions = versions(tariffs);
    let mut services = Vec::new();
    for segment in segments {
        if !matches!(segment.commodity, Commodity::Water | Commodity::Sewer) {
            continue;
        }
        let working: Working = serde_json::from_str(&segment.working)
            .map_err(|error| StoreError::Unreadable(format!("bill {}: {error}", bill.number)))?;
        services.push(Service {
            commodity: segment.commodity,
            versions: versions
                .get(&segment.rate_schedule_id)
                .copied()
                .unwrap_or_default(),
            facts: working.facts(Vec::new()),
            amount: segment.amount_cents,
        });
    }
    let bill = leak_credits::Bill {
        period,
        used,
        services,
    };
    Ok(leak_credits::credit(
        Some(terms),
        &bill,
        (&before, last),
        on,
    ))
}

/// The water of a bill, all its parts together.
fn water(segments: &[BillSegmentRow]) -> Option<Quantity> {
    let water = segments
        .iter()
        .filter(|segment| segment.commodity == Commodity::Water);
    let mut sum: Option<Quantity> = None;
    for segment in water {
        let (Some(amount), Some(unit)) = (&segment.quantity, segment.unit) else {
            continue;
        };
        let part = Quantity {
            amount: amount.0,
            unit,
        };
        sum = Some(match sum {
            None => part,
            Some(sum) => Quantity {
                amount: sum.amount + part.to(sum.unit)?.amount,
                unit: sum.unit,
            },
        });
    }
    sum
}

/// The water of the bills before one, each period once.
fn before(rows: &[UseRow], (of, unit): (Period, Unit)) -> Vec<Before> {
    let mut periods: BTreeMap<(NaiveDate, NaiveDate), Decimal> = BTreeMap::new();
    let earlier = rows.iter().filter(|row| row.until_on <= of.from);
    for row in earlier.filter(|row| row.commodity == Commodity::Water) {
        let (Some(amount), Some(from)) = (&row.quantity, row.unit) else {
            continue;
        };
        let part = Quantity {
            amount: amount.0,
            unit: from,
        };
        if let Some(part) = part.to(unit) {
            *periods.entry((row.from_on, row.until_on)).or_default() += part.amount;
        }
    }
    let used = |((from, until), used): ((NaiveDate, NaiveDate), Decimal)| Before {
        period: Period { from, until },
        used,
    };
    periods.into_iter().map(used).collect()
}

/// What the disputed lines come to by fund; all lines of the bill where none was marked.
fn funds(
    conn: &mut Conn,
    (tariffs, dispute): (&Tariffs, &DisputeRow),
    segments: &[BillSegmentRow],
) -> Result<Vec<(FundCode, Money)>, DisputeError> {
    let marked: Vec<i32> = dispute.lines()?.iter().map(|line| line.position).collect();
    let map = tariffs::posting_map(tariffs).map_err(unreadable)?;
    let mut funds: BTreeMap<FundCode, Money> = BTreeMap::new();
    for line in store::disputes::list_charges(conn, dispute.bill_id)? {
        if !marked.is_empty() && !marked.contains(&line.position) {
            continue;
        }
        let segment = segments
            .iter()
            .find(|segment| segment.position == line.segment);
        let key = segment.map(|segment| (segment.rate_schedule_id, line.charge.clone()));
        if let Some((fund, _)) = key.and_then(|key| map.get(&key)) {
            *funds.entry(fund.clone()).or_default() += line.amount;
        }
    }
    funds.retain(|_, amount| amount.is_positive());
    Ok(funds.into_iter().collect())
}
