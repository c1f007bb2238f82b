//! A schedule's charges and what changed in them, in few words for whoever decides on it.

use crate::domain::rates::diff::Change;
use crate::domain::rates::schedule::{Charge, How, Per, PeriodRate, Rate, RateSchedule};
use crate::domain::rates::unit_of;
use crate::i18n::Words;

/// What a charge is, in few words: kind and price.
pub fn how(t: Words, schedule: &RateSchedule, charge: &Charge) -> Vec<String> {
    let unit = |of: &str| {
        let unit = unit_of(schedule, of);
        unit.map_or_else(|| of.to_owned(), |unit| t.unit_short(unit.as_str()))
    };
    match &charge.how {
        How::Fixed(fixed) => {
            let per = t.rate_per(per_word(fixed.per));
            let sized = fixed.by_meter_size.iter();
            let by_size = sized.map(|(size, amount)| {
                t.rate_by_size(size.as_str(), format!("${amount}"), per.as_str())
            });
            let whole = fixed.amount.iter().map(|amount| format!("${amount} {per}"));
            let factor = fixed
                .factor
                .iter()
                .map(|name| t.rate_by_factor(name.as_str()));
            whole.chain(factor).chain(by_size).collect()
        }
        How::Usage(usage) => prices(t, &usage.rate, &unit(&usage.of)),
        How::Demand(demand) => prices(t, &demand.rate, &unit(&demand.of)),
        How::TimeOfUse(tou) => {
            let of = |period: &PeriodRate| {
                let prices = prices(t, &period.rate, &unit(&tou.of)).join(", ");
                format!("{}: {prices}", period.period)
            };
            tou.periods.iter().map(of).collect()
        }
        How::TimeOfUseDemand(tou) => {
            let of = |period: &PeriodRate| {
                let prices = prices(t, &period.rate, &unit(&tou.of)).join(", ");
                format!("{}: {prices}", period.period)
            };
            tou.periods.iter().map(of).collect()
        }
        How::Percent(percent) => {
            let own = percent.percent.iter().map(|share| format!("{share} %"));
            let factor = percent
                .factor
                .iter()
                .map(|name| t.rate_by_factor(name.as_str()));
            own.chain(factor).collect()
        }
        How::Minimum(_) => vec![t.rate_minimum().to_owned()],
        How::Maximum(_) => vec![t.rate_maximum().to_owned()],
    }
}

fn prices(t: Words, rate: &Rate, unit: &str) -> Vec<String> {
    let unit = match &rate.per_units {
        Some(units) => format!("{units} {unit}"),
        None => unit.to_owned(),
    };
    let one = rate.price.iter().map(|price| format!("${price} / {unit}"));
    let factor = rate
        .factor
        .iter()
        .map(|name| t.rate_by_factor(name.as_str()));
    let blocks = rate.blocks.iter().map(|block| {
        let price = format!("${} / {unit}", block.price);
        match (&block.up_to, &block.next) {
            (Some(end), _) => t.rate_block_to(end.to_string(), price),
            (None, Some(next)) => t.rate_block_next(next.to_string(), price),
            (None, None) => t.rate_block_rest(price),
        }
    });
    one.chain(factor).chain(blocks).collect()
}

/// The place of a change in words: "price of block 2".
pub fn place(t: Words, change: &Change) -> String {
    let mut block = None;
    let mut last = "";
    for part in change.field.split('.') {
        match part.parse::<i64>() {
            Ok(number) => block = Some(number.saturating_add(1)),
            Err(_a_word) => last = part,
        }
    }
    let name = t.rate_field(last);
    match block {
        Some(number) if change.field.contains("blocks") => t.rate_of_block(name, number),
        _ => name,
    }
}

const fn per_word(per: Per) -> &'static str {
    match per {
        Per::Bill => "bill",
        Per::Month => "month",
        Per::Day => "day",
        Per::Year => "year",
    }
}
