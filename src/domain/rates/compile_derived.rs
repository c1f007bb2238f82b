//! Checks the charges that are worked out from others: percentages, minimums and maximums.

use rust_decimal::Decimal;

use crate::domain::rates::compile::Compiler;
use crate::domain::rates::compile_charges::{by_meter_size, count, times};
use crate::domain::rates::compiled::{Amount, CompiledBound, CompiledHow, Price};
use crate::domain::rates::problems::What;
use crate::domain::rates::schedule::{Bound, Percent, PercentKind};

/// Checks a percentage and resolves it.
pub(super) fn percentage(
    compiler: &mut Compiler<'_>,
    at: &str,
    percent: &Percent,
    place: usize,
) -> CompiledHow {
    if count(&[percent.percent.is_some(), percent.factor.is_some()]) != 1 {
        compiler.problem(at, What::ExactlyOneOf(&["percent", "factor"]));
    }
    percentages(compiler, at, percent);
    let price = match (&percent.percent, &percent.factor) {
        (Some(number), _) => Price::Flat(number.0),
        (None, Some(name)) => {
            Price::Factor(compiler.factor(&format!("{at}.factor"), name).unwrap_or(0))
        }
        (None, None) => Price::Flat(Decimal::ZERO),
    };
    CompiledHow::Percent {
        percent: price,
        of: above(compiler, at, &percent.of, place),
    }
}

/// A discount takes off, at most all; a tax or fee adds; and nothing takes off more than there is.
fn percentages(compiler: &mut Compiler<'_>, at: &str, percent: &Percent) {
    let (least, most) = match percent.kind {
        PercentKind::Discount => (-Decimal::ONE_HUNDRED, Decimal::ZERO),
        PercentKind::Tax | PercentKind::FranchiseFee => (Decimal::ZERO, Decimal::MAX),
        PercentKind::Surcharge => (-Decimal::ONE_HUNDRED, Decimal::MAX),
    };
    let document = compiler.document;
    let dated = percent
        .factor
        .as_ref()
        .and_then(|name| document.factors.get(name));
    let values = dated.into_iter().flatten().map(|dated| dated.value);
    for number in percent.percent.into_iter().chain(values) {
        if number.0 < least || number.0 > most {
            let kind = percent.kind;
            compiler.problem(at, What::WrongPercent { number, kind });
        }
    }
}

/// Checks a minimum or maximum and resolves it.
pub(super) fn bound(
    compiler: &mut Compiler<'_>,
    at: &str,
    (bound, is_minimum): (&Bound, bool),
    place: usize,
) -> CompiledHow {
    if count(&[bound.amount.is_some(), !bound.by_meter_size.is_empty()]) != 1 {
        compiler.problem(at, What::ExactlyOneOf(&["amount", "by_meter_size"]));
    }
    compiler.months(&format!("{at}.settles"), bound.settles.as_slice());
    CompiledHow::Bound(CompiledBound {
        is_minimum,
        amount: bound.amount.map_or_else(
            || by_meter_size(&bound.by_meter_size),
            |amount| Amount::Flat(amount.0),
        ),
        per: bound.per,
        times: times(compiler, at, bound.times.as_deref()),
        of: above(compiler, at, &bound.of, place),
        settles: bound.settles.unwrap_or(12),
    })
}

/// The places of the charges that a percentage or bound counts: those named, or all above.
fn above(compiler: &mut Compiler<'_>, at: &str, codes: &[String], place: usize) -> Vec<u16> {
    let document = compiler.document;
    let all = || (0_u16..).zip(document.charges.iter().take(place));
    if codes.is_empty() {
        return all().map(|(place, _)| place).collect();
    }
    let mut places = Vec::with_capacity(codes.len());
    for code in codes {
        match all().find(|(_, charge)| charge.code == *code) {
            Some((found, _)) => places.push(found),
            None => compiler.problem(format!("{at}.of"), What::NotAbove(code.clone())),
        }
    }
    places
}
