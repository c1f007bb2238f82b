//! Checks the charges of a schedule document and resolves what they refer to.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::domain::rates::calendars::Season;
use crate::domain::rates::compile::Compiler;
use crate::domain::rates::compile_derived;
use crate::domain::rates::compile_posting;
use crate::domain::rates::compile_quantities::marked;
use crate::domain::rates::compiled::{
    Amount, CompiledBlock, CompiledCharge, CompiledHow, CompiledPeriod, CompiledRatchet,
    CompiledRate, Price, Prices, QuantityId,
};
use crate::domain::rates::numbers::Number;
use crate::domain::rates::problems::What;
use crate::domain::rates::schedule::{
    Block, Charge, Demand, Fixed, How, PeriodRate, Ratchet, Rate, TimeOfUse, TimeOfUseDemand,
};

/// A stand-in for what could not be resolved; the problem is noted, and the document refused.
const UNRESOLVED: QuantityId = QuantityId::Measure(usize::MAX);

/// Checks the charge at a place and resolves it.
pub(super) fn charge(compiler: &mut Compiler<'_>, place: usize, charge: &Charge) -> CompiledCharge {
    let at = format!("charges[{place}]");
    if charge.code.trim().is_empty() {
        compiler.problem(format!("{at}.code"), What::Empty);
    }
    let above = compiler.document.charges.iter().take(place);
    if above.clone().any(|earlier| earlier.code == charge.code) {
        compiler.problem(format!("{at}.code"), What::Twice(charge.code.clone()));
    }
    compiler.words(&format!("{at}.label"), &charge.label);
    let how = how(compiler, &at, place, charge);
    let (fund, gl) = compile_posting::posting(compiler, charge, &how);
    compiler.posted.push((fund.clone(), gl.clone()));
    CompiledCharge {
        season: season(compiler, &at, charge.season.as_deref()),
        prorate: charge.prorate,
        how,
        fund,
        gl,
    }
}

fn season(compiler: &mut Compiler<'_>, at: &str, name: Option<&str>) -> Option<Season> {
    let name = name?;
    let season = compiler.document.seasons.get(name).copied();
    if season.is_none() {
        let known = compiler.document.seasons.keys().cloned().collect();
        compiler.problem(
            format!("{at}.season"),
            What::Unknown {
                kind: "season",
                name: name.to_owned(),
                known,
            },
        );
    }
    season
}

fn how(compiler: &mut Compiler<'_>, at: &str, place: usize, charge: &Charge) -> CompiledHow {
    match &charge.how {
        How::Fixed(fixed) => fixed_amount(compiler, &format!("{at}.how.fixed"), fixed),
        How::Usage(usage) => {
            let at = format!("{at}.how.usage");
            let of = compiler
                .quantity(&format!("{at}.of"), &usage.of)
                .unwrap_or(UNRESOLVED);
            CompiledHow::Usage {
                of,
                rate: rate(compiler, &format!("{at}.rate"), &usage.rate),
            }
        }
        How::TimeOfUse(tou) => time_of_use(
            compiler,
            &format!("{at}.how.time-of-use"),
            tou,
            &charge.code,
        ),
        How::Demand(demand) => demand_charge(compiler, &format!("{at}.how.demand"), demand),
        How::TimeOfUseDemand(tou) => time_of_use_demand(
            compiler,
            &format!("{at}.how.time-of-use-demand"),
            tou,
            &charge.code,
        ),
        How::Percent(percent) => {
            compile_derived::percentage(compiler, &format!("{at}.how.percent"), percent, place)
        }
        How::Minimum(found) => {
            compile_derived::bound(compiler, &format!("{at}.how.minimum"), (found, true), place)
        }
        How::Maximum(found) => compile_derived::bound(
            compiler,
            &format!("{at}.how.maximum"),
            (found, false),
            place,
        ),
    }
}

fn fixed_amount(compiler: &mut Compiler<'_>, at: &str, fixed: &Fixed) -> CompiledHow {
    let sizes = &fixed.by_meter_size;
    if count(&[
        fixed.amount.is_some(),
        fixed.factor.is_some(),
        !sizes.is_empty(),
    ]) != 1
    {
        compiler.problem(
            at,
            What::ExactlyOneOf(&["amount", "factor", "by_meter_size"]),
        );
    }
    let amount = match (&fixed.amount, &fixed.factor) {
        (Some(amount), _) => Amount::Flat(amount.0),
        (None, Some(name)) => {
            Amount::Factor(compiler.factor(&format!("{at}.factor"), name).unwrap_or(0))
        }
        (None, None) => by_meter_size(sizes),
    };
    CompiledHow::Fixed {
        amount,
        per: fixed.per,
        times: times(compiler, at, fixed.times.as_deref()),
    }
}

pub(super) fn by_meter_size(sizes: &BTreeMap<String, Number>) -> Amount {
    Amount::ByMeterSize(
        sizes
            .iter()
            .map(|(size, amount)| (size.clone(), amount.0))
            .collect(),
    )
}

pub(super) fn times(
    compiler: &mut Compiler<'_>,
    at: &str,
    name: Option<&str>,
) -> Option<QuantityId> {
    name.and_then(|name| compiler.quantity(&format!("{at}.times"), name))
}

pub(super) fn count(given: &[bool]) -> usize {
    given.iter().filter(|is_given| **is_given).count()
}

fn rate(compiler: &mut Compiler<'_>, at: &str, rate: &Rate) -> CompiledRate {
    if count(&[
        rate.price.is_some(),
        rate.factor.is_some(),
        !rate.blocks.is_empty(),
    ]) != 1
    {
        compiler.problem(at, What::ExactlyOneOf(&["price", "factor", "blocks"]));
    }
    if let Some(per_units) = rate.per_units {
        compiler.positive(&format!("{at}.per_units"), per_units);
    }
    let flat = match (&rate.price, &rate.factor) {
        (Some(price), _) => Price::Flat(price.0),
        (None, Some(name)) => {
            Price::Factor(compiler.factor(&format!("{at}.factor"), name).unwrap_or(0))
        }
        (None, None) => Price::Flat(Decimal::ZERO),
    };
    let mut blocks = blocks(compiler, at, &rate.blocks);
    if let Some(included) = rate.included {
        compiler.positive(&format!("{at}.included"), included);
        if rate.factor.is_some() {
            compiler.problem(
                format!("{at}.included"),
                What::OutOfPlace("`included` beside `factor`"),
            );
        }
        if let (true, Price::Flat(price)) = (blocks.is_empty(), flat) {
            blocks.push(CompiledBlock {
                ceiling: None,
                price,
                place: Some(0),
            });
        }
        blocks.retain(|block| block.ceiling.is_none_or(|ceiling| ceiling > included.0));
        blocks.insert(
            0,
            CompiledBlock {
                ceiling: Some(included.0),
                price: Decimal::ZERO,
                place: None,
            },
        );
    }
    CompiledRate {
        prices: if blocks.is_empty() {
            Prices::One(flat)
        } else {
            Prices::Blocks(blocks)
        },
        per_units: rate.per_units.map_or(Decimal::ONE, |number| number.0),
        per: rate.thresholds.per,
        times: times(
            compiler,
            &format!("{at}.thresholds"),
            rate.thresholds.times.as_deref(),
        ),
        counted: rate.counted,
    }
}

fn blocks(compiler: &mut Compiler<'_>, at: &str, blocks: &[Block]) -> Vec<CompiledBlock> {
    if blocks.len() > usize::from(u8::MAX) {
        compiler.problem(at, What::TooMany(usize::from(u8::MAX)));
    }
    let mut floor = Decimal::ZERO;
    let mut compiled = Vec::with_capacity(blocks.len());
    for (place, block) in blocks.iter().enumerate() {
        let at = format!("{at}.blocks[{place}]");
        if !block.label.is_empty() {
            compiler.words(&format!("{at}.label"), &block.label);
        }
        let is_last = place + 1 == blocks.len();
        let ceiling = match (block.up_to, block.next) {
            (Some(end), None) => Some(end.0),
            (None, Some(width)) => {
                let end = floor.checked_add(width.0);
                if end.is_none() {
                    compiler.problem(&at, What::BlockTooLong(floor.to_string(), width));
                }
                end.or(Some(Decimal::MAX))
            }
            (None, None) => None,
            (Some(_), Some(_)) => {
                compiler.problem(&at, What::ExactlyOneOf(&["up_to", "next"]));
                None
            }
        };
        match ceiling {
            Some(_) if is_last => compiler.problem(&at, What::LastBlockEnds),
            Some(end) if end <= floor => {
                compiler.problem(&at, What::BlocksNotRising(end.to_string()));
            }
            Some(end) => floor = end,
            None if !is_last => compiler.problem(&at, What::BlockWithoutEnd),
            None => {}
        }
        compiled.push(CompiledBlock {
            ceiling,
            price: block.price.0,
            place: u8::try_from(place).ok(),
        });
    }
    compiled
}

fn calendar(compiler: &mut Compiler<'_>, at: &str, name: &str) -> Option<usize> {
    let place = compiler
        .document
        .calendars
        .keys()
        .position(|known| known == name);
    if place.is_none() {
        let known = compiler.document.calendars.keys().cloned().collect();
        compiler.problem(
            format!("{at}.calendar"),
            What::Unknown {
                kind: "calendar",
                name: name.to_owned(),
                known,
            },
        );
    }
    place
}

/// The periods of a calendar, each with its price; every period the calendar has needs one.
fn periods(
    compiler: &mut Compiler<'_>,
    at: &str,
    (calendar, code): (&str, &str),
    rates: &[PeriodRate],
) -> Vec<CompiledPeriod> {
    let document = compiler.document;
    let mut names: Vec<&str> = Vec::new();
    if let Some(calendar) = document.calendars.get(calendar) {
        let all = std::iter::once(&calendar.otherwise)
            .chain(calendar.rules.iter().map(|rule| &rule.period));
        for name in all {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
    }
    let mut compiled = Vec::with_capacity(rates.len());
    for (place, period) in rates.iter().enumerate() {
        let at = format!("{at}.periods[{place}]");
        let found = names.iter().position(|name| *name == period.period);
        if found.is_none() {
            let known = names.iter().map(ToString::to_string).collect();
            compiler.problem(
                &at,
                What::Unknown {
                    kind: "period",
                    name: period.period.clone(),
                    known,
                },
            );
        }
        if rates
            .iter()
            .take(place)
            .any(|earlier| earlier.period == period.period)
        {
            compiler.problem(&at, What::Twice(period.period.clone()));
        }
        if !period.label.is_empty() {
            compiler.words(&format!("{at}.label"), &period.label);
        }
        let mut register =
            |name: &Option<String>| name.as_deref().and_then(|name| compiler.measure(&at, name));
        let (taken, received) = (
            register(&period.register),
            register(&period.received_register),
        );
        compiled.push(CompiledPeriod {
            period: found
                .and_then(|place| u8::try_from(place).ok())
                .unwrap_or(u8::MAX),
            register: taken,
            received_register: received,
            rate: rate(compiler, &format!("{at}.rate"), &period.rate),
            bank: format!("{code}/{}", period.period),
        });
    }
    for name in names
        .iter()
        .filter(|name| !rates.iter().any(|rate| rate.period == **name))
    {
        let known = rates.iter().map(|rate| rate.period.clone()).collect();
        compiler.problem(
            format!("{at}.periods"),
            What::Unknown {
                kind: "price for the period",
                name: (*name).to_owned(),
                known,
            },
        );
    }
    compiled
}

fn time_of_use(compiler: &mut Compiler<'_>, at: &str, tou: &TimeOfUse, code: &str) -> CompiledHow {
    let received = tou.received.as_deref();
    CompiledHow::TimeOfUse {
        calendar: calendar(compiler, at, &tou.calendar).unwrap_or(usize::MAX),
        of: compiler
            .measure(&format!("{at}.of"), &tou.of)
            .unwrap_or(usize::MAX),
        received: received.and_then(|name| compiler.measure(&format!("{at}.received"), name)),
        periods: periods(compiler, at, (&tou.calendar, code), &tou.periods),
    }
}

fn time_of_use_demand(
    compiler: &mut Compiler<'_>,
    at: &str,
    tou: &TimeOfUseDemand,
    code: &str,
) -> CompiledHow {
    CompiledHow::TimeOfUseDemand {
        calendar: calendar(compiler, at, &tou.calendar).unwrap_or(usize::MAX),
        of: compiler
            .measure(&format!("{at}.of"), &tou.of)
            .unwrap_or(usize::MAX),
        periods: periods(compiler, at, (&tou.calendar, code), &tou.periods),
    }
}

fn demand_charge(compiler: &mut Compiler<'_>, at: &str, demand: &Demand) -> CompiledHow {
    let ratchet = demand.ratchet.as_ref();
    CompiledHow::Demand {
        of: compiler
            .quantity(&format!("{at}.of"), &demand.of)
            .unwrap_or(UNRESOLVED),
        rate: rate(compiler, &format!("{at}.rate"), &demand.rate),
        ratchet: ratchet
            .map(|found| compile_ratchet(compiler, &format!("{at}.ratchet"), found, &demand.of))
            .map(Box::new),
        at_least: demand.at_least.map_or(Decimal::ZERO, |least| least.0),
    }
}

fn compile_ratchet(
    compiler: &mut Compiler<'_>,
    at: &str,
    ratchet: &Ratchet,
    of: &str,
) -> CompiledRatchet {
    compiler.months(&format!("{at}.of_months"), &ratchet.of_months);
    if !(1..=120).contains(&ratchet.months) {
        compiler.problem(format!("{at}.months"), What::NotMonthsBack(ratchet.months));
    }
    let mut percent = [Decimal::ZERO; 12];
    match ratchet.percent.as_slice() {
        [one] => percent = [one.0; 12],
        twelve if twelve.len() == 12 => {
            for (place, value) in percent.iter_mut().zip(twelve) {
                *place = value.0;
            }
        }
        _ => compiler.problem(format!("{at}.percent"), What::OneOrTwelve),
    }
    let counts = if ratchet.of_months.is_empty() {
        [true; 12]
    } else {
        marked(&ratchet.of_months)
    };
    CompiledRatchet {
        percent,
        months: ratchet.months,
        counts,
        peaks_of: of.to_owned(),
    }
}
