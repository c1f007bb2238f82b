//! What of a bill is forgiven after a leak: by how much the use was above the normal of the same months, which share of that the policy
//! forgives for each service, and what that comes to when the bill is priced again without it.
//!
//! The usual rules compare with earlier use, forgive a share of what is above it, and do so once in a while (White House Utility District,
//! Tennessee: half of the excess, once a year; Cookeville: sewer whole, where the water did not reach it). All of it is the policy's to say.

use std::collections::BTreeMap;

use chrono::{Days, Months, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::gl::FundCode;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rates::compiled::CompiledVersion;
use crate::domain::rates::facts::Facts;
use crate::domain::rates::price;

/// So many days around the same days of an earlier year a bill is one of the same months.
const AROUND: Days = Days::new(45);

/// How many years are looked back.
const YEARS: u32 = 2;

/// How a utility forgives what ran away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeakTerms {
    /// Use must be so many percent above the normal, written as text: `"50"`.
    #[serde(with = "rust_decimal::serde::str")]
    pub above_percent: Decimal,
    /// So many months of earlier use must be known.
    pub least_months: usize,
    /// Which share of what is above the normal is forgiven, in percent, by service.
    pub share_percent: BTreeMap<Commodity, Share>,
    /// The most that is forgiven at once, in cents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_cents: Option<Money>,
    /// Once in so many months; 0 for as often as it happens.
    pub once_in_months: u32,
}

/// A percentage, written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Share(#[serde(with = "rust_decimal::serde::str")] pub Decimal);

impl LeakTerms {
    /// Whether the numbers are what a policy may say.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        let is_share = |share: &Share| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&share.0);
        (Decimal::ONE..=Decimal::ONE_THOUSAND).contains(&self.above_percent)
            && (1..=24).contains(&self.least_months)
            && self.share_percent.values().all(is_share)
            && self.most_cents.is_none_or(Money::is_positive)
    }
}

/// The use of an earlier bill, in the unit of the one that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    /// Its days.
    pub period: Period,
    /// What was used in them.
    pub used: Decimal,
}

/// What the normal was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The same months of the years before.
    SameMonths,
    /// The months before, because the same months are not known.
    MonthsBefore,
}

impl Basis {
    /// As the words of the pages name it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SameMonths => "same_months",
            Self::MonthsBefore => "months_before",
        }
    }
}

/// What would have been used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Normal {
    /// How much in the days of the bill.
    pub used: Decimal,
    /// What it was taken from.
    pub basis: Basis,
    /// How many earlier bills.
    pub bills: usize,
}

/// One service of the bill that depends on the water, ready to be priced again.
#[derive(Debug, Clone)]
pub struct Service<'a> {
    /// The service.
    pub commodity: Commodity,
    /// The versions of its schedule up to the one it was billed by.
    pub versions: &'a [CompiledVersion],
    /// What it was priced from.
    pub facts: Facts,
    /// What it came to.
    pub amount: Money,
}

/// The bill, as far as its water is looked at.
#[derive(Debug, Clone)]
pub struct Bill<'a> {
    /// Its days.
    pub period: Period,
    /// The water used, in the unit of the earlier bills.
    pub used: Quantity,
    /// Water and sewer.
    pub services: Vec<Service<'a>>,
}

/// Why nothing is forgiven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCredit {
    /// The policy forgives nothing.
    NotOffered,
    /// The bill measures no water.
    NoWater,
    /// Too few earlier months are known.
    TooFewMonths {
        /// How many are.
        known: usize,
        /// How many must be.
        least: usize,
    },
    /// The use was not so far above the normal.
    NotAbove {
        /// What was used.
        used: Quantity,
        /// What is normal.
        normal: Decimal,
        /// By how many percent it must be above.
        percent: Decimal,
    },
    /// It was forgiven not long ago.
    Recently {
        /// When.
        on: NaiveDate,
        /// Once in so many months.
        months: u32,
    },
    /// The bill does not price again from what it keeps: somebody must do it by hand.
    NotPriced,
}

/// What one service is forgiven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The service.
    pub commodity: Commodity,
    /// The share of what is above the normal, in percent.
    pub share: Decimal,
    /// How much of the use is priced no more.
    pub forgiven: Decimal,
    /// What that comes to.
    pub credit: Money,
}

/// A credit, with everything it was worked out from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeakCredit {
    /// What was used.
    pub used: Quantity,
    /// What is normal.
    pub normal: Normal,
    /// By how much the use was above it.
    pub above: Decimal,
    /// By service.
    pub parts: Vec<Part>,
    /// By the fund that gives it, as far as the policy goes.
    pub funds: BTreeMap<FundCode, Money>,
    /// Whether the policy's most cut it.
    pub is_capped: bool,
}

impl LeakCredit {
    /// What is forgiven in all.
    #[must_use]
    pub fn total(&self) -> Money {
        self.funds.values().copied().sum()
    }
}

/// What would have been used in some days, by the same months of two years before; where these are not known, by the year before.
///
/// # Errors
/// `TooFewMonths` where fewer bills are known than the policy asks for.
pub fn normal(before: &[Before], of: Period, least: usize) -> Result<Normal, NoCredit> {
    let is_earlier = |bill: &&Before| bill.period.until <= of.from && bill.period.days() > 0;
    let earlier: Vec<&Before> = before.iter().filter(is_earlier).collect();
    if earlier.len() < least {
        let known = earlier.len();
        return Err(NoCredit::TooFewMonths { known, least });
    }
    let is_same = |bill: &&&Before| (1..=YEARS).any(|years| is_around(bill.period, of, years));
    let same: Vec<&Before> = earlier.iter().filter(is_same).copied().collect();
    let year = of.from.checked_sub_months(Months::new(12));
    let is_recent = |bill: &&&Before| year.is_none_or(|year| bill.period.until > year);
    let (basis, taken) = if same.is_empty() {
        let recent = earlier.iter().filter(is_recent).copied().collect();
        (Basis::MonthsBefore, recent)
    } else {
        (Basis::SameMonths, same)
    };
    let days: u32 = taken.iter().map(|bill| bill.period.days()).sum();
    let used: Decimal = taken.iter().map(|bill| bill.used).sum();
    let known = taken.len();
    let a_day = used.checked_div(Decimal::from(days));
    let a_day = a_day.ok_or(NoCredit::TooFewMonths { known, least })?;
    Ok(Normal {
        used: a_day * Decimal::from(of.days()),
        basis,
        bills: known,
    })
}

/// Whether some days lie around the same days so many years before.
fn is_around(period: Period, of: Period, years: u32) -> bool {
    let back = Months::new(12 * years);
    let (Some(from), Some(until)) = (
        of.from.checked_sub_months(back),
        of.until.checked_sub_months(back),
    ) else {
        return false;
    };
    let begins = from.checked_sub_days(AROUND).unwrap_or(from);
    let ends = until.checked_add_days(AROUND).unwrap_or(until);
    begins <= period.from && period.until <= ends
}

/// What the policy forgives of a bill. `last` is the day of the last time.
///
/// # Errors
/// Why nothing is forgiven.
pub fn credit(
    terms: Option<&LeakTerms>,
    bill: &Bill<'_>,
    (before, last): (&[Before], Option<NaiveDate>),
    on: NaiveDate,
) -> Result<LeakCredit, NoCredit> {
    let terms = terms.ok_or(NoCredit::NotOffered)?;
    let is_recent = |last: &NaiveDate| {
        let again = last.checked_add_months(Months::new(terms.once_in_months));
        again.is_none_or(|again| again > on)
    };
    if let Some(on) = last.filter(is_recent) {
        let months = terms.once_in_months;
        return Err(NoCredit::Recently { on, months });
    }
    if !bill.used.amount.is_sign_positive() || bill.services.is_empty() {
        return Err(NoCredit::NoWater);
    }
    let normal = normal(before, bill.period, terms.least_months)?;
    let above = bill.used.amount - normal.used;
    let least = normal.used * terms.above_percent / Decimal::ONE_HUNDRED;
    if above < least || above <= Decimal::ZERO {
        return Err(NoCredit::NotAbove {
            used: bill.used,
            normal: normal.used,
            percent: terms.above_percent,
        });
    }
    let (mut parts, mut funds) = (Vec::new(), BTreeMap::new());
    for service in &bill.services {
        let Some(share) = terms.share_percent.get(&service.commodity) else {
            continue;
        };
        let forgiven = above * share.0 / Decimal::ONE_HUNDRED;
        let given = without(service, (bill.used, forgiven)).ok_or(NoCredit::NotPriced)?;
        parts.push(Part {
            commodity: service.commodity,
            share: share.0,
            forgiven,
            credit: given.values().copied().sum(),
        });
        for (fund, amount) in given {
            *funds.entry(fund).or_insert(Money::ZERO) += amount;
        }
    }
    funds.retain(|_, amount| amount.is_positive());
    let is_capped = cap(&mut funds, terms.most_cents);
    Ok(LeakCredit {
        used: bill.used,
        normal,
        above,
        parts,
        funds,
        is_capped,
    })
}

/// Cuts a credit to the most that is given, each fund in proportion. Says whether it was more.
fn cap(funds: &mut BTreeMap<FundCode, Money>, most: Option<Money>) -> bool {
    let total: Money = funds.values().copied().sum();
    let Some(most) = most.filter(|most| total > *most) else {
        return false;
    };
    let weights: Vec<u64> = funds
        .values()
        .map(|amount| amount.cents().unsigned_abs())
        .collect();
    for (amount, part) in funds.values_mut().zip(most.split(&weights)) {
        *amount = part;
    }
    true
}

/// What a service is cheaper without some of its water, by fund; nothing where it does not price to what was billed.
fn without(
    service: &Service<'_>,
    (used, forgiven): (Quantity, Decimal),
) -> Option<BTreeMap<FundCode, Money>> {
    let before = by_fund(service.versions, &service.facts)?;
    if before.values().copied().sum::<Money>() != service.amount {
        return None;
    }
    let mut facts = service.facts.clone();
    for measured in &mut facts.measured {
        let less = less(used, forgiven, measured.unit);
        let all = used.to(measured.unit).map(|all| all.amount);
        // Parts of a bill, and meters beside one another, bear it in proportion to what each measured.
        if let (Some(less), Some(all)) = (less, all.filter(|all| !all.is_zero())) {
            let share = (measured.amount / all).clamp(Decimal::ZERO, Decimal::ONE);
            measured.amount = (measured.amount - less * share).max(Decimal::ZERO);
        }
    }
    let mut given = by_fund(service.versions, &facts)?;
    for (fund, amount) in before {
        let now = given.entry(fund).or_insert(Money::ZERO);
        *now = amount - *now;
    }
    Some(given)
}

fn less(used: Quantity, forgiven: Decimal, unit: Unit) -> Option<Decimal> {
    let forgiven = Quantity {
        amount: forgiven,
        unit: used.unit,
    };
    Some(forgiven.to(unit)?.amount)
}

/// What a service comes to, by fund.
fn by_fund(versions: &[CompiledVersion], facts: &Facts) -> Option<BTreeMap<FundCode, Money>> {
    let priced = price(versions, facts).ok()?;
    let mut funds = BTreeMap::new();
    for line in &priced.lines {
        let version = versions.get(usize::from(line.version))?;
        let fund: FundCode = version.charge(line.charge)?.fund.parse().ok()?;
        *funds.entry(fund).or_insert(Money::ZERO) += line.amount;
    }
    Some(funds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, until: &str) -> Period {
        Period {
            from: from.parse().unwrap(),
            until: until.parse().unwrap(),
        }
    }

    fn before(from: &str, until: &str, used: i64) -> Before {
        Before {
            period: period(from, until),
            used: Decimal::from(used),
        }
    }

    #[test]
    fn the_same_months_go_before_the_months_before() {
        let june = period("2026-06-01", "2026-07-01");
        let known = [
            before("2026-05-01", "2026-06-01", 9_300),
            before("2025-06-01", "2025-07-01", 3_000),
        ];
        let found = normal(&known, june, 2).unwrap();
        assert_eq!(found.used, Decimal::from(3_000));
        assert_eq!((found.basis, found.bills), (Basis::SameMonths, 1));
        let recent = normal(&known[..1], june, 1).unwrap();
        assert_eq!(recent.used, Decimal::from(9_000));
        assert_eq!(recent.basis, Basis::MonthsBefore);
        assert_eq!(
            normal(&known, june, 3),
            Err(NoCredit::TooFewMonths { known: 2, least: 3 })
        );
    }

    #[test]
    fn the_most_is_shared_by_the_funds_in_proportion() {
        let cents = Money::from_cents;
        let fund = |code: &str| code.parse::<FundCode>().unwrap();
        let mut funds = BTreeMap::from([(fund("WATER"), cents(900)), (fund("SEWER"), cents(300))]);
        assert!(cap(&mut funds, Some(cents(600))));
        assert_eq!(
            (funds[&fund("WATER")], funds[&fund("SEWER")]),
            (cents(450), cents(150))
        );
        assert!(!cap(&mut funds, Some(cents(600))));
    }

    #[test]
    fn a_share_is_a_percentage() {
        let terms = |text: &str| {
            let share = format!(
                r#"{{ "above_percent": "50", "least_months": 3, "share_percent": {{ "water": "{text}" }}, "once_in_months": 12 }}"#
            );
            serde_json::from_str::<LeakTerms>(&share).unwrap()
        };
        assert!(terms("50").is_possible());
        assert!(!terms("101").is_possible());
    }
}
