//! From one account's facts to a bill draft, or to the reasons why a person must look first. Pure: the bill run hands in what it loaded.

use std::borrow::Cow;
use std::collections::HashMap;

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::domain::bill_refusals::{not_counted, refused};
use crate::domain::billing::{self, Segment};
use crate::domain::commodity::Commodity;
use crate::domain::exceptions::ExceptionReason;
use crate::domain::ids::{AccountId, RateScheduleId, RegisterId, ServiceAgreementId};
use crate::domain::metered::{self, Counted, RegisterInPlace};
use crate::domain::meters::Channel;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rates::compiled::CompiledVersion;
use crate::domain::rates::facts::{
    Banked, CycleRange, Facts, GivenFactor, IntervalDay, Measured, PastUse,
};
use crate::domain::reads::ReadQuality;

/// The published versions of one schedule, in order of their dates, with their rows.
#[derive(Debug, Clone)]
pub struct Tariff {
    /// Ready for pricing.
    pub versions: Vec<CompiledVersion>,
    /// The row of each.
    pub rows: Vec<RateScheduleId>,
}

/// All published schedules by code, and the factors kept outside of them.
#[derive(Debug, Clone, Default)]
pub struct Tariffs {
    /// By code.
    pub by_code: HashMap<String, Tariff>,
    /// Dated factors by name.
    pub factors: Vec<GivenFactor>,
}

/// What an agreement adds to the facts of its bills, as stored with it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreementFacts {
    /// Counted things: carts, square feet, dwelling units.
    #[serde(default)]
    pub counts: Vec<(String, Decimal, Unit)>,
    /// Marks that conditions ask for, such as `senior`.
    #[serde(default)]
    pub marks: Vec<String>,
}

/// One service of an account.
#[derive(Debug, Clone)]
pub struct ServiceCase {
    /// Under which agreement.
    pub agreement: ServiceAgreementId,
    /// What is delivered.
    pub commodity: Commodity,
    /// By which schedule.
    pub rate_code: String,
    /// What the agreement adds.
    pub facts: AgreementFacts,
    /// The days of the period in which it was served.
    pub served: Vec<Period>,
    /// Days of the period in which service was suspended.
    pub suspended: bool,
    /// The meter's size, as rates name it.
    pub meter_size: Option<String>,
    /// Its registers.
    pub registers: Vec<RegisterInPlace>,
    /// Interval days by measure, where the schedule asks for them.
    pub intervals: Vec<(RegisterId, Channel, IntervalDay)>,
    /// What the last bill left in the banks.
    pub bank: Vec<Banked>,
}

/// One account of a bill run.
#[derive(Debug, Clone)]
pub struct AccountCase {
    /// Who.
    pub account: AccountId,
    /// The class.
    pub class: &'static str,
    /// The cycle's normal length.
    pub cycle: CycleRange,
    /// The days billed.
    pub period: Period,
    /// Its services.
    pub services: Vec<ServiceCase>,
    /// Earlier use of water, for winter averages.
    pub water: Vec<PastUse>,
    /// The reads that closed the last bill.
    pub last_reads: Vec<i64>,
    /// Bounds beyond which a person looks at the draft.
    pub bounds: Bounds,
}

/// Bounds beyond which a person looks at a draft before it is issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize)]
pub struct Bounds {
    /// A total above this.
    pub most: Money,
    /// A total below this.
    pub least: Money,
}

/// A service of a draft.
#[derive(Debug, Clone)]
pub struct DraftSegment {
    /// Under which agreement.
    pub agreement: ServiceAgreementId,
    /// What was delivered.
    pub commodity: Commodity,
    /// The version in force at the end.
    pub schedule: RateScheduleId,
    /// How much was used.
    pub usage: Option<Quantity>,
    /// How good the reads are.
    pub quality: ReadQuality,
    /// The lines' charge codes, in order.
    pub codes: Vec<String>,
    /// Its lines and working.
    pub segment: Segment,
}

/// A draft.
#[derive(Debug, Clone)]
pub struct BillDraft {
    /// Whose.
    pub account: AccountId,
    /// The days billed.
    pub period: Period,
    /// Its services.
    pub segments: Vec<DraftSegment>,
    /// What it comes to.
    pub total: Money,
}

/// Something a person must look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Why.
    pub reason: ExceptionReason,
    /// Which service.
    pub agreement: Option<ServiceAgreementId>,
    /// Which register.
    pub register: Option<RegisterId>,
    /// What a person needs to judge it.
    pub facts: serde_json::Value,
}

/// What became of an account.
#[derive(Debug, Clone)]
pub enum Decision {
    /// A draft; the findings are to be looked at before it is issued.
    Draft(Box<BillDraft>, Vec<Finding>),
    /// No draft before somebody answers these.
    Held(Vec<Finding>),
    /// Nothing is served.
    Nothing,
}

/// Makes an account's draft, or says why not. One service that cannot be billed holds the whole bill: a customer gets one bill, not half.
#[must_use]
pub fn decide(case: &AccountCase, tariffs: &Tariffs) -> Decision {
    let mut measured: Vec<Vec<Counted>> = Vec::with_capacity(case.services.len());
    let mut findings = Vec::new();
    for service in &case.services {
        match count_service(service, case) {
            Ok(counted) => measured.push(counted),
            Err(finding) => {
                findings.push(finding);
                measured.push(Vec::new());
            }
        }
    }
    let water = water_to_sewer(case, &measured);
    let mut segments = Vec::with_capacity(case.services.len());
    for (service, counted) in case.services.iter().zip(&measured) {
        for served in &service.served {
            match draft_segment(case, service, *served, (counted, water), tariffs) {
                Ok(segment) => segments.push(segment),
                Err(finding) => findings.push(finding),
            }
        }
    }
    if !findings.is_empty() {
        return Decision::Held(findings);
    }
    if segments.is_empty() {
        return Decision::Nothing;
    }
    let total: Money = segments
        .iter()
        .map(|segment| segment.segment.bill.total)
        .sum();
    let looks = look(case, total);
    Decision::Draft(
        Box::new(BillDraft {
            account: case.account,
            period: case.period,
            segments,
            total,
        }),
        looks,
    )
}

/// What a person looks at although the draft is made.
fn look(case: &AccountCase, total: Money) -> Vec<Finding> {
    let finding = |reason, facts| Finding {
        reason,
        agreement: None,
        register: None,
        facts,
    };
    let mut found = Vec::new();
    if total > case.bounds.most || total < case.bounds.least {
        found.push(finding(
            ExceptionReason::OutOfRange,
            serde_json::json!({ "total_cents": total.cents() }),
        ));
    }
    let served_whole = case
        .services
        .iter()
        .any(|service| service.served.first() == Some(&case.period));
    if served_whole && !case.cycle.contains(case.period.days()) {
        found.push(finding(
            ExceptionReason::PeriodOutOfRange,
            serde_json::json!({ "days": case.period.days() }),
        ));
    }
    found
}

fn count_service(service: &ServiceCase, case: &AccountCase) -> Result<Vec<Counted>, Finding> {
    let mut all = Vec::with_capacity(service.registers.len());
    for register in &service.registers {
        for served in &service.served {
            if let Some(counted) = metered::count(register, *served, &case.last_reads)
                .map_err(|why| not_counted(service, &why))?
            {
                all.push(counted);
            }
        }
    }
    let used: Decimal = all.iter().map(|counted| counted.quantity.amount).sum();
    if service.suspended && service.served.is_empty() && used > Decimal::ZERO {
        return Err(Finding {
            reason: ExceptionReason::SuspendedService,
            agreement: Some(service.agreement),
            register: None,
            facts: serde_json::json!({ "usage": used.to_string() }),
        });
    }
    Ok(all)
}

/// What of the account's water is taken to reach the sewer, in gallons: all but what deduct meters counted.
fn water_to_sewer(
    case: &AccountCase,
    measured: &[Vec<Counted>],
) -> Option<(Quantity, ReadQuality)> {
    let mut whole = Decimal::ZERO;
    let mut quality = ReadQuality::Actual;
    let mut any = false;
    for (service, counted) in case.services.iter().zip(measured) {
        if service.commodity != Commodity::Water {
            continue;
        }
        for counted in counted {
            let gallons = counted.quantity.to(Unit::Gallon)?.amount;
            whole += if counted.is_deduct { -gallons } else { gallons };
            quality = quality.weaker(counted.quality);
            any = true;
        }
    }
    any.then_some((
        Quantity {
            amount: whole.max(Decimal::ZERO),
            unit: Unit::Gallon,
        },
        quality,
    ))
}

type Usage<'a> = (&'a [Counted], Option<(Quantity, ReadQuality)>);

fn draft_segment(
    case: &AccountCase,
    service: &ServiceCase,
    served: Period,
    (counted, water): (&Vec<Counted>, Option<(Quantity, ReadQuality)>),
    tariffs: &Tariffs,
) -> Result<DraftSegment, Finding> {
    let finding = |reason, facts| Finding {
        reason,
        agreement: Some(service.agreement),
        register: None,
        facts,
    };
    let missing = || {
        finding(
            ExceptionReason::RateMissing,
            serde_json::json!({ "rate": service.rate_code }),
        )
    };
    let tariff = tariffs
        .by_code
        .get(&service.rate_code)
        .ok_or_else(missing)?;
    let document = tariff
        .versions
        .last()
        .map(CompiledVersion::document)
        .ok_or_else(missing)?;
    if document.service != service.commodity {
        let facts = serde_json::json!({ "rate": service.rate_code, "prices": document.service, "delivered": service.commodity });
        return Err(finding(ExceptionReason::RateMismatch, facts));
    }
    let (facts, reads, usage) =
        facts_of(case, service, served, (counted.as_slice(), water), tariffs);
    let segment = billing::segment(&tariff.versions, &facts, reads)
        .map_err(|error| refused(service, &error))?;
    let schedule = row_at(tariff, served).ok_or_else(missing)?;
    let codes = segment
        .bill
        .lines
        .iter()
        .map(|line| {
            tariff
                .versions
                .get(usize::from(line.version))
                .and_then(|version| version.charge(line.charge))
        })
        .map(|view| {
            view.map(|view| view.charge.code.clone())
                .unwrap_or_default()
        })
        .collect();
    let (usage, quality) = usage.map_or((None, ReadQuality::Actual), |(quantity, quality)| {
        (Some(quantity), quality)
    });
    Ok(DraftSegment {
        agreement: service.agreement,
        commodity: service.commodity,
        schedule,
        usage,
        quality,
        codes,
        segment,
    })
}

/// The version in force on the last day served.
fn row_at(tariff: &Tariff, served: Period) -> Option<RateScheduleId> {
    let placed = tariff.versions.iter().zip(&tariff.rows);
    placed
        .filter(|(version, _)| version.effective_from() < served.until)
        .map(|(_, row)| *row)
        .next_back()
}

type Gathered = (Facts, Vec<i64>, Option<(Quantity, ReadQuality)>);

/// The facts of one service's period. A register's amount goes by the measure its schedule asks for: `usage`, or `delivered` and
/// `received`; the sewer's `usage` is the account's water.
fn facts_of(
    case: &AccountCase,
    service: &ServiceCase,
    served: Period,
    (counted, water): Usage<'_>,
    tariffs: &Tariffs,
) -> Gathered {
    let mut facts = Facts::of(served);
    facts.cycle = case.cycle;
    facts.class = Cow::Borrowed(case.class);
    facts.meter_size = service.meter_size.clone().map(Cow::Owned);
    facts.marks = service
        .facts
        .marks
        .iter()
        .cloned()
        .map(Cow::Owned)
        .collect();
    facts.factors = tariffs.factors.clone();
    facts.bank.clone_from(&service.bank);
    facts.measured = service
        .facts
        .counts
        .iter()
        .map(|(name, amount, unit)| Measured {
            name: Cow::Owned(name.clone()),
            amount: *amount,
            unit: *unit,
        })
        .collect();
    if service.commodity == Commodity::Sewer {
        facts.history.clone_from(&case.water);
        if let Some((quantity, _)) = water {
            facts.measured.push(measured("usage", quantity));
        }
        let reads = Vec::new();
        return (facts, reads, water);
    }
    let names = tariffs
        .by_code
        .get(&service.rate_code)
        .and_then(|tariff| tariff.versions.last())
        .map(CompiledVersion::document);
    let is_net = names.is_some_and(|document| document.measures.contains_key("received"));
    let total = sum_of(counted, |counted| {
        !matches!(counted.channel, Channel::Received | Channel::Demand) && !counted.is_deduct
    });
    if let Some((quantity, _)) = total {
        facts.measured.push(measured(
            if is_net { "delivered" } else { "usage" },
            quantity,
        ));
    }
    if is_net {
        let back = sum_of(counted, |counted| counted.channel == Channel::Received);
        facts
            .measured
            .extend(back.map(|(quantity, _)| measured("received", quantity)));
    }
    let demand = sum_of(counted, |counted| counted.channel == Channel::Demand);
    facts
        .measured
        .extend(demand.map(|(quantity, _)| measured("demand", quantity)));
    facts.intervals = service
        .intervals
        .iter()
        .map(|(_, _, day)| day.clone())
        .filter(|day| served.contains(day.day))
        .collect();
    let reads = counted
        .iter()
        .flat_map(|counted| counted.reads.iter().copied())
        .collect();
    (facts, reads, total)
}

fn measured(name: &'static str, quantity: Quantity) -> Measured {
    Measured {
        name: Cow::Borrowed(name),
        amount: quantity.amount,
        unit: quantity.unit,
    }
}

fn sum_of(
    counted: &[Counted],
    wanted: impl Fn(&Counted) -> bool,
) -> Option<(Quantity, ReadQuality)> {
    let mut sum: Option<(Quantity, ReadQuality)> = None;
    for counted in counted.iter().filter(|counted| wanted(counted)) {
        sum = match sum {
            None => Some((counted.quantity, counted.quality)),
            Some((whole, quality)) => {
                let more = counted.quantity.to(whole.unit)?;
                let amount = whole.amount + more.amount;
                Some((
                    Quantity {
                        amount,
                        unit: whole.unit,
                    },
                    quality.weaker(counted.quality),
                ))
            }
        };
    }
    sum
}
