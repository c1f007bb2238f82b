//! From one account's facts to a bill draft, or to the reasons why a person must look first. Pure: the bill run hands in what it loaded.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::bill_case::{AccountCase, Part, ServiceCase, Tariff, Tariffs};
use crate::domain::bill_facts::{Based, Metered, facts_of, water_to_sewer};
use crate::domain::bill_refusals::{not_counted, refused};
use crate::domain::billing::{self, Segment};
use crate::domain::bills::BillKind;
use crate::domain::commodity::Commodity;
use crate::domain::exceptions::ExceptionReason;
use crate::domain::ids::{AccountId, RateScheduleId, RegisterId, ServiceAgreementId};
use crate::domain::metered::{self, Counted};
use crate::domain::metered_parts;
use crate::domain::meters::Channel;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::quantity::Quantity;
use crate::domain::rates::carried::Carried;
use crate::domain::reads::ReadQuality;

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
    /// Regular, or final where all service ends.
    pub kind: BillKind,
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

/// What a draft lacks that an estimate may stand in for once nobody waits for it any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Missing {
    /// A read around a day.
    Read(RegisterId, NaiveDate),
    /// Intervals within some days.
    Days(RegisterId, Period),
}

/// What became of an account.
#[derive(Debug, Clone)]
pub enum Decision {
    /// A draft; the findings are to be looked at before it is issued.
    Draft(Box<BillDraft>, Vec<Finding>),
    /// No draft before somebody answers the findings, or what is missing is there.
    Held(Vec<Finding>, Vec<Missing>),
    /// Nothing is served.
    Nothing,
}

/// What is found on the way.
#[derive(Default)]
struct Found {
    holds: Vec<Finding>,
    looks: Vec<Finding>,
    missing: Vec<Missing>,
}

/// Makes an account's draft, or says why not. One service that cannot be billed holds the whole bill: a customer gets one bill, not half.
/// Bills go out in the order of their periods: each goes on from the reads, banks and yearly sums of the one before.
#[must_use]
pub fn decide(case: &AccountCase, tariffs: &Tariffs) -> Decision {
    if case.waits_for_earlier && !case.services.is_empty() {
        let facts = serde_json::json!({ "from": case.period.from });
        let earlier = of_account(ExceptionReason::EarlierUnbilled, facts);
        return Decision::Held(vec![earlier], Vec::new());
    }
    let mut found = Found::default();
    let counted: Vec<Vec<(Part, Vec<Counted>)>> = case
        .services
        .iter()
        .map(|service| count_parts(service, case, &mut found))
        .collect();
    let water = |days: Period| {
        let services = case.services.iter().zip(&counted);
        let of_water = services.filter(|(service, _)| service.commodity == Commodity::Water);
        let parts = of_water.flat_map(|(_, counted)| counted);
        let parts = parts.map(|(part, counted)| (part.days, counted.as_slice()));
        water_to_sewer(parts, days)
    };
    let mut segments = Vec::with_capacity(case.services.len());
    for (service, counted) in case.services.iter().zip(&counted) {
        look_at_use_while_suspended(service, case, &mut found);
        let mut carried = service.carried.clone();
        for (part, own) in counted {
            let metered = Metered {
                own,
                water: water(part.days),
            };
            match draft_segment(case, service, (*part, metered), tariffs, &carried) {
                Ok((segment, left)) => {
                    segments.push(segment);
                    carried = left;
                }
                Err((finding, missing)) => {
                    found.holds.push(finding);
                    found.missing.extend(missing);
                }
            }
        }
    }
    decided(case, segments, found)
}

fn decided(case: &AccountCase, segments: Vec<DraftSegment>, found: Found) -> Decision {
    let Found {
        mut holds,
        mut looks,
        mut missing,
    } = found;
    missing.sort_unstable();
    missing.dedup();
    if !holds.is_empty() {
        // What is missing is named once: a service without its reads cannot be priced either.
        let unread = |finding: &Finding| finding.reason != ExceptionReason::FactMissing;
        if holds.iter().any(unread) && !missing.is_empty() {
            holds.retain(unread);
        }
        return Decision::Held(holds, missing);
    }
    if segments.is_empty() {
        return if looks.is_empty() {
            Decision::Nothing
        } else {
            Decision::Held(looks, Vec::new())
        };
    }
    let totals = segments.iter().map(|segment| segment.segment.bill.total);
    let total: Money = totals.sum();
    look_at_whole(case, total, &mut looks);
    let draft = BillDraft {
        account: case.account,
        kind: kind(case),
        period: case.period,
        segments,
        total,
    };
    Decision::Draft(Box::new(draft), looks)
}

/// A bill is final when every agreement ends in its period and none begins afterwards.
fn kind(case: &AccountCase) -> BillKind {
    let ends = |service: &ServiceCase| {
        let until = service.agreed_until;
        until.is_some_and(|until| until <= case.period.until)
    };
    if !case.goes_on && case.services.iter().all(ends) {
        BillKind::Final
    } else {
        BillKind::Regular
    }
}

/// What a person looks at although the draft is made.
fn look_at_whole(case: &AccountCase, total: Money, looks: &mut Vec<Finding>) {
    if !case.bounds.contain(total) {
        let facts = serde_json::json!({
            "total": total.to_string(), "least": case.bounds.least_cents.to_string(), "most": case.bounds.most_cents.to_string(),
        });
        looks.push(of_account(ExceptionReason::OutOfRange, facts));
    }
    let whole = |service: &ServiceCase| service.served.first() == Some(&case.period);
    let is_odd = !case.is_cut && !case.cycle.contains(case.period.days());
    if case.services.iter().any(whole) && is_odd {
        let facts = serde_json::json!({ "days": case.period.days() });
        looks.push(of_account(ExceptionReason::PeriodOutOfRange, facts));
    }
}

/// A finding about the account as a whole.
const fn of_account(reason: ExceptionReason, facts: serde_json::Value) -> Finding {
    Finding {
        reason,
        agreement: None,
        register: None,
        facts,
    }
}

/// What each register counted in each part of the period in which the service was on.
fn count_parts(
    service: &ServiceCase,
    case: &AccountCase,
    found: &mut Found,
) -> Vec<(Part, Vec<Counted>)> {
    let parts = service.parts();
    let mut counted: Vec<(Part, Vec<Counted>)> =
        parts.into_iter().map(|part| (part, Vec::new())).collect();
    for together in counted.chunk_by_mut(|(one, _), (next, _)| one.of == next.of) {
        let days: Vec<Period> = together.iter().map(|(part, _)| part.days).collect();
        for register in &service.registers {
            match metered_parts::count(register, &days, &case.last_reads) {
                Ok(of_register) => {
                    let own = of_register.iter().flatten();
                    found
                        .looks
                        .extend(own.filter_map(|one| prolonged(service, one)));
                    for ((_, counted), one) in together.iter_mut().zip(of_register) {
                        counted.extend(one);
                    }
                }
                Err(why) => {
                    let (finding, missing) = not_counted(service, &why);
                    found.holds.push(finding);
                    found.missing.extend(missing);
                }
            }
        }
    }
    counted
}

/// Estimates beyond what the policy allows are looked at before they are billed.
fn prolonged(service: &ServiceCase, counted: &Counted) -> Option<Finding> {
    let count = counted.estimates_in_a_row?;
    Some(Finding {
        reason: ExceptionReason::ProlongedEstimation,
        agreement: Some(service.agreement),
        register: Some(counted.register),
        facts: serde_json::json!({ "count": count }),
    })
}

/// A suspended service does not bill; what went through its meter all the same is shown to a person.
fn look_at_use_while_suspended(service: &ServiceCase, case: &AccountCase, found: &mut Found) {
    for days in &service.suspended {
        let counts = |counted: &Counted| {
            !counted.is_deduct && !matches!(counted.channel, Channel::Received | Channel::Demand)
        };
        // Without reads at both ends of the suspension there is nothing to tell.
        let counted = service
            .registers
            .iter()
            .filter_map(|register| metered::count(register, *days, &case.last_reads).ok()?)
            .filter(counts);
        let unit = service.idle_use.unit;
        let used: Decimal = counted
            .filter_map(|counted| counted.quantity.to(unit))
            .map(|quantity| quantity.amount)
            .sum();
        if used >= service.idle_use.amount {
            let facts = serde_json::json!({
                "usage": format!("{} {unit}", used.normalize()), "from": days.from, "until": days.until,
            });
            found.looks.push(Finding {
                reason: ExceptionReason::SuspendedService,
                agreement: Some(service.agreement),
                register: None,
                facts,
            });
        }
    }
}

type Refused = (Finding, Vec<Missing>);

fn draft_segment(
    case: &AccountCase,
    service: &ServiceCase,
    (part, metered): (Part, Metered<'_>),
    tariffs: &Tariffs,
    carried: &Carried,
) -> Result<(DraftSegment, Carried), Refused> {
    let (tariff, place) = tariff_of(case, service, part.days, tariffs)?;
    let based = facts_of(case, service, (part, metered), (tariffs, tariff), carried);
    let Based {
        facts,
        reads,
        days,
        usage,
    } = based;
    let segment = billing::segment(&tariff.versions, &facts, (reads, days))
        .map_err(|error| refused(service, part.days, &error))?;
    let code = |line: &crate::domain::rates::priced::PricedLine| {
        let version = tariff.versions.get(usize::from(line.version))?;
        Some(version.charge(line.charge)?.charge.code.clone())
    };
    let codes = segment.bill.lines.iter().map(code);
    let codes = codes.map(Option::unwrap_or_default).collect();
    let (usage, quality) = usage.map_or((None, ReadQuality::Actual), |(quantity, quality)| {
        (Some(quantity), quality)
    });
    let left = segment.carried.clone();
    let segment = DraftSegment {
        agreement: service.agreement,
        commodity: service.commodity,
        schedule: place,
        usage,
        quality,
        codes,
        segment,
    };
    Ok((segment, left))
}

/// The schedule of a service and the row of the version in force at the end; or why it is not the right one.
fn tariff_of<'a>(
    case: &AccountCase,
    service: &ServiceCase,
    part: Period,
    tariffs: &'a Tariffs,
) -> Result<(&'a Tariff, RateScheduleId), Refused> {
    let refuse = |reason, facts| {
        let finding = Finding {
            reason,
            agreement: Some(service.agreement),
            register: None,
            facts,
        };
        (finding, Vec::new())
    };
    let rate = service.rate_code.as_str();
    let missing = || {
        let facts = serde_json::json!({ "rate": rate });
        refuse(ExceptionReason::RateMissing, facts)
    };
    let tariff = tariffs.by_code.get(rate).ok_or_else(missing)?;
    let place = tariff.place_at_end(part).ok_or_else(missing)?;
    let version = tariff.versions.get(place).ok_or_else(missing)?;
    let row = *tariff.rows.get(place).ok_or_else(missing)?;
    let document = version.document();
    if document.service != service.commodity {
        let facts = serde_json::json!({
            "rate": rate, "prices": document.service, "delivered": service.commodity,
        });
        return Err(refuse(ExceptionReason::RateMismatch, facts));
    }
    if document.is_for_others_than(case.class) {
        let facts = serde_json::json!({ "rate": rate, "class": case.class });
        return Err(refuse(ExceptionReason::RateMismatch, facts));
    }
    Ok((tariff, row))
}
