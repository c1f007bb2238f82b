//! The letters and texts of use in a period that goes on: what is likely ahead, the figures and days that say so, and where to look.

use rust_decimal::Decimal;

use crate::documents::letters::{Action, Letter};
use crate::domain::commodity::Commodity;
use crate::domain::money::Money;
use crate::domain::quantity::Unit;
use crate::domain::usage_told::{UsageNews, UsageTold};
use crate::i18n::{Numeric, Words};

/// News of use, in the words of a letter.
#[must_use]
pub fn letter(t: Words, told: &UsageTold, url: &str) -> Letter {
    let (commodity, _) = told.service;
    let (subject, said, because) = match &told.news {
        UsageNews::OverDollars { limit, amount } => (
            t.notice_budget_subject(),
            over_dollars(t, told, *limit, *amount),
            t.notice_budget_because(),
        ),
        UsageNews::OverUnits { limit, used } => (
            t.notice_budget_subject(),
            over_units(t, told, *limit, *used),
            t.notice_budget_because(),
        ),
        UsageNews::Tier { .. } => (
            t.notice_tier_subject(),
            tier(t, told),
            t.notice_tier_because(),
        ),
        UsageNews::Leak { .. } => (
            t.notice_leak_subject(),
            leak(t, told),
            t.notice_leak_because(),
        ),
    };
    let mut paragraphs = vec![t.notice_greeting(&told.name)];
    paragraphs.extend(said);
    Letter {
        action: Some(Action {
            // Of this account: whoever has several would come to another.
            address: format!(
                "{}?account={}",
                page(commodity, url),
                told.account_number.as_str()
            ),
            words: t.notice_usage_action(),
        }),
        otherwise: Some(because),
        ..Letter::of(t.language, subject, paragraphs)
    }
}

/// News of use, in the words of a text, and the page that it leads to.
#[must_use]
pub fn text(t: Words, told: &UsageTold, url: &str) -> (String, String) {
    let (commodity, _) = told.service;
    let service = t.service_name(commodity.as_str());
    let said = match &told.news {
        UsageNews::OverDollars { limit, amount } => t.text_budget(amount.1, *limit),
        UsageNews::OverUnits { .. } => t.text_budget_units(service),
        UsageNews::Tier {
            on,
            price,
            before,
            per,
            ..
        } => t.text_tier(
            service,
            *on,
            t.price(*price),
            t.price(*before),
            units(t, *per),
        ),
        UsageNews::Leak { looks, since, .. } => t.text_leak(looks.as_str(), *since, service),
    };
    (said, page(commodity, url))
}

fn page(commodity: Commodity, url: &str) -> String {
    format!("{url}/usage/{commodity}")
}

fn over_dollars(
    t: Words,
    told: &UsageTold,
    limit: Money,
    (low, likely, high): (Money, Money, Money),
) -> Vec<String> {
    let account = told.account_number.masked();
    vec![
        t.notice_budget_dollars(account, likely, low, high, limit),
        so_far(t, told),
    ]
}

fn over_units(
    t: Words,
    told: &UsageTold,
    limit: Decimal,
    (low, likely, high): (Decimal, Decimal, Decimal),
) -> Vec<String> {
    let (commodity, unit) = told.service;
    let said = t.notice_budget_units(
        t.usage_of(commodity.as_str()),
        told.account_number.masked(),
        rounded(t, likely),
        t.unit_name(unit.as_str()),
        rounded(t, low),
        rounded(t, high),
        rounded(t, limit),
    );
    vec![said, so_far(t, told)]
}

fn tier(t: Words, told: &UsageTold) -> Vec<String> {
    let UsageNews::Tier {
        tier,
        name,
        begins_at,
        on,
        price,
        before,
        per,
    } = &told.news
    else {
        return Vec::new();
    };
    let (commodity, unit) = told.service;
    let reached = t.notice_tier_reached(
        told.account_number.masked(),
        t.usage_of(commodity.as_str()),
        *on,
        rounded(t, *begins_at),
        t.unit_name(unit.as_str()),
    );
    let priced = t.notice_tier_price(
        *tier,
        name,
        t.price(*price),
        units(t, *per),
        t.price(*before),
    );
    vec![reached, priced, so_far(t, told)]
}

fn leak(t: Words, told: &UsageTold) -> Vec<String> {
    let UsageNews::Leak {
        looks,
        since,
        a_day,
        costs,
    } = &told.news
    else {
        return Vec::new();
    };
    let (commodity, unit) = told.service;
    let looks = looks.as_str();
    let seen = t.notice_leak_seen(
        looks,
        told.account_number.masked(),
        *since,
        rounded(t, *a_day),
        t.unit_name(unit.as_str()),
        t.usage_of(commodity.as_str()),
    );
    let mut said = vec![seen];
    said.extend(costs.map(|costs| t.leak_costs(costs)));
    said.push(t.notice_leak_look(looks, commodity.as_str()));
    said.push(t.leak_hint().to_owned());
    said
}

/// The days that say so.
fn so_far(t: Words, told: &UsageTold) -> String {
    let (commodity, unit) = told.service;
    let (days, used) = told.counted;
    t.notice_usage_so_far(
        told.from,
        told.last,
        days,
        rounded(t, used),
        t.unit_name(unit.as_str()),
        t.usage_of(commodity.as_str()),
    )
}

fn units(t: Words, (many, unit): (Decimal, Unit)) -> String {
    format!("{} {}", t.number(many), t.unit_short(unit.as_str()))
}

/// Whole units above ten, one decimal below.
fn rounded(t: Words, used: impl Numeric) -> String {
    let used = used.numeric();
    let places = u32::from(used.abs() < Decimal::TEN && !used.is_integer());
    t.rounded(used, places)
}
