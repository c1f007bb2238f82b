//! The second evaluator: every line of a bill once more, straight from the document and the facts.
//!
//! It shares no calculation with the engine. The engine resolves names and cuts periods at turning days, this walks the days; the engine
//! counts in decimals over whole numbers, this in fractions; the engine fills blocks one after another, this takes differences. A bill
//! on which the two disagree is not issued.

mod blocks;
mod charges;
mod derived;
mod exact;
mod measures;
mod quantities;

use chrono::NaiveDate;

use crate::domain::money::{Money, MoneyError};
use crate::domain::period::Period;
use crate::domain::rates::facts::Facts;
use crate::domain::rates::priced::PricedBill;
use crate::domain::rates::rederive::charges::Reckoner;
use crate::domain::rates::rederive::exact::Exact;
pub use crate::domain::rates::rederive::exact::TooLong;
use crate::domain::rates::schedule::RateSchedule;

/// A line as worked out a second time.
#[derive(Debug, Clone, Copy)]
pub struct Rederived {
    /// Which of the documents that were handed in.
    pub version: u16,
    /// The charge's place in the document.
    pub charge: u16,
    /// The place among the charge's time-of-use periods.
    pub period: Option<u8>,
    /// The block's place.
    pub block: Option<u8>,
    /// The days it covers.
    pub slice: Period,
    /// What it comes to.
    pub amount: Money,
    unrounded: Exact,
}

/// Why a bill does not re-derive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// A line comes to something else.
    #[error("charge {code:?} from {from} comes to {expected}, and the bill says {billed}")]
    Amount {
        /// The charge's code.
        code: String,
        /// The first day of the line.
        from: NaiveDate,
        /// What it should be.
        expected: Money,
        /// What the bill says.
        billed: Money,
    },
    /// A line of the bill that there should not be.
    #[error("the bill has a line for charge {code:?} from {from} that there should not be")]
    Extra {
        /// The charge's code.
        code: String,
        /// The first day of the line.
        from: NaiveDate,
    },
    /// A line that the bill should have.
    #[error("the bill lacks a line for charge {code:?} from {from}")]
    Missing {
        /// The charge's code.
        code: String,
        /// The first day of the line.
        from: NaiveDate,
    },
    /// The bill's total is not the sum of its lines.
    #[error("the lines come to {expected}, and the bill says {billed}")]
    Total {
        /// The sum of the lines.
        expected: Money,
        /// What the bill says.
        billed: Money,
    },
    /// Something that the facts or the document lack.
    #[error("{0} is missing or does not fit")]
    Lacking(String),
    /// More dollars than there are.
    #[error(transparent)]
    TooMuch(#[from] MoneyError),
    /// A fraction grew too long.
    #[error(transparent)]
    TooLong(#[from] TooLong),
}

/// Works every line out a second time, and compares.
///
/// # Errors
/// The first line that differs, is missing or is too many.
pub fn check(
    documents: &[&RateSchedule],
    facts: &Facts,
    bill: &PricedBill,
) -> Result<(), Mismatch> {
    let expected = lines(documents, facts)?;
    let code = |version: u16, charge: u16| {
        let charge = documents
            .get(usize::from(version))
            .and_then(|document| document.charges.get(usize::from(charge)));
        charge.map(|charge| charge.code.clone()).unwrap_or_default()
    };
    let mut wanted = expected.iter();
    for line in &bill.lines {
        let Some(found) = wanted.next() else {
            return Err(Mismatch::Extra {
                code: code(line.version, line.charge),
                from: line.slice.from,
            });
        };
        let is_same = found.version == line.version
            && found.charge == line.charge
            && found.slice == line.slice
            && found.period == line.period
            && found.block == line.block;
        if !is_same {
            return Err(Mismatch::Missing {
                code: code(found.version, found.charge),
                from: found.slice.from,
            });
        }
        if found.amount != line.amount {
            let (code, from) = (code(line.version, line.charge), line.slice.from);
            return Err(Mismatch::Amount {
                code,
                from,
                expected: found.amount,
                billed: line.amount,
            });
        }
    }
    if let Some(missing) = wanted.next() {
        return Err(Mismatch::Missing {
            code: code(missing.version, missing.charge),
            from: missing.slice.from,
        });
    }
    let sum = Money::sum_of(expected.iter().map(|line| line.amount))?;
    if sum != bill.total {
        return Err(Mismatch::Total {
            expected: sum,
            billed: bill.total,
        });
    }
    Ok(())
}

/// Every line of a bill, in the order in which the engine has them: by charge, first day, time-of-use period and block.
///
/// # Errors
/// What the facts or documents lack.
pub fn lines(documents: &[&RateSchedule], facts: &Facts) -> Result<Vec<Rederived>, Mismatch> {
    let mut versions: Vec<(u16, Period, &RateSchedule)> = Vec::with_capacity(1);
    let mut day = facts.period.from;
    while day < facts.period.until {
        let (place, document) = in_force(documents, day)?;
        let next = documents
            .iter()
            .map(|other| other.effective_from)
            .filter(|from| *from > day)
            .min();
        let until = next.map_or(facts.period.until, |next| next.min(facts.period.until));
        versions.push((place, Period { from: day, until }, document));
        day = until;
    }
    let reckoner = |(place, days, document): (u16, Period, _)| Reckoner {
        place,
        document,
        all: documents,
        facts,
        days,
    };
    let reckoners: Vec<Reckoner<'_>> = versions.into_iter().map(reckoner).collect();
    let mut lines = Vec::with_capacity(8);
    for reckoner in &reckoners {
        reckoner.direct(&mut lines)?;
    }
    settle(documents, &mut lines, 0)?;
    let mut done: Vec<&str> = Vec::new();
    let charges = reckoners.iter().flat_map(|one| &one.document.charges);
    for charge in charges.filter(|charge| charges::is_derived(&charge.how)) {
        if done.contains(&charge.code.as_str()) {
            continue;
        }
        done.push(&charge.code);
        let start = lines.len();
        for reckoner in &reckoners {
            reckoner.derived(&charge.code, &mut lines)?;
        }
        derived::bounds(&reckoners, &charge.code, &mut lines)?;
        settle(documents, &mut lines, start)?;
    }
    lines.sort_by_key(|line| (line.charge, line.slice.from, line.period, line.block));
    Ok(lines)
}

/// The document in force on a day: the latest that has begun.
fn in_force<'a>(
    documents: &[&'a RateSchedule],
    day: NaiveDate,
) -> Result<(u16, &'a RateSchedule), Mismatch> {
    (0_u16..)
        .zip(documents.iter().copied())
        .filter(|(_, document)| document.effective_from <= day)
        .max_by_key(|(_, document)| document.effective_from)
        .ok_or_else(|| Mismatch::Lacking(format!("a version in force on {day}")))
}

/// Gives the last slice of each charge's block what the rounded whole leaves over.
fn settle(
    documents: &[&RateSchedule],
    lines: &mut [Rederived],
    start: usize,
) -> Result<(), Mismatch> {
    let part = lines.get(start..).unwrap_or_default();
    let Some(first) = part.first().map(|line| line.slice) else {
        return Ok(());
    };
    if part.iter().all(|line| line.slice == first) {
        return Ok(());
    }
    let key = |line: &Rederived| {
        let document = documents.get(usize::from(line.version));
        let charge = document.and_then(|document| document.charges.get(usize::from(line.charge)));
        (
            charge.map(|charge| charge.code.as_str()),
            line.period,
            line.block,
        )
    };
    let mut corrections = Vec::new();
    for (place, line) in part.iter().enumerate() {
        let group = || part.iter().filter(|other| key(other) == key(line));
        if group().any(|other| other.slice.from > line.slice.from) {
            continue;
        }
        let (mut whole, mut rounded) = (Exact::ZERO, Money::ZERO);
        for member in group() {
            whole = whole.add(member.unrounded)?;
            rounded = rounded.plus(member.amount)?;
        }
        corrections.push((start + place, whole.to_money()?.minus(rounded)?));
    }
    for (place, correction) in corrections {
        if let Some(line) = lines.get_mut(place) {
            line.amount = line.amount.plus(correction)?;
        }
    }
    Ok(())
}
