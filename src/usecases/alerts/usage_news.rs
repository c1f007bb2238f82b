//! What is known of an account while its period goes on, and the notices that come of it: each to those who want it, on the ways they chose.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use chrono_tz::Tz;
use rust_decimal::Decimal;

use crate::domain::ahead::{Budget, OverBudget, Step};
use crate::domain::alerts::{AlertKind, Wish};
use crate::domain::commodity::Commodity;
use crate::domain::degree_days::{ByWeather, Climate};
use crate::domain::forecast::SoFar;
use crate::domain::ids::AccountId;
use crate::domain::leaks::Finding;
use crate::domain::money::Money;
use crate::domain::next_bill::{BilledUse, Known, NextBill, daily_uses};
use crate::domain::notice::Notice;
use crate::domain::period::Period;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::usage_told::{UsageNews, UsageTold};
use crate::store::alerts::Listener;
use crate::store::notices::NewNotice;
use crate::store::planned_alerts::Used;
use crate::store::usage_watch::Services;
use crate::usecases::alerts::on_every_way;
use crate::usecases::alerts::usage::KINDS;
use crate::usecases::hours::{For, days, shown_unit, whole_days};

/// What likely runs unnoticed, in which service and counted in what.
pub(super) type Running = (Commodity, Unit, Finding);

/// What the meters and bills of an account say.
pub(super) struct Seen {
    /// The use of each metered service.
    pub known: Vec<Known>,
    /// What likely runs unnoticed, in which services and counted in what.
    pub findings: Vec<Running>,
}

/// Somebody who is told, with the budget they set.
pub(super) struct Whose {
    listener: Listener,
    budget: Budget,
}

impl Whose {
    /// A listener with what they mean to use of single services.
    pub fn of(listener: Listener, units: Vec<(Commodity, Decimal)>) -> Self {
        let budget = budget_of(&listener.wish(AlertKind::BudgetAhead), units);
        Self { listener, budget }
    }

    /// Whether they hear of a kind on any way.
    pub fn wants(&self, kind: AlertKind) -> bool {
        !self.listener.ways(kind).is_empty()
    }

    /// Whether anything of use may be told to them.
    pub fn wants_any(&self) -> bool {
        let has_budget = self.budget != Budget::default();
        let mut kinds = KINDS.iter();
        kinds.any(|kind| self.wants(*kind) && (*kind != AlertKind::BudgetAhead || has_budget))
    }

    /// Whether the bill must be priced to know what to tell them.
    pub fn asks_for_prices(&self) -> bool {
        let has_budget = self.budget != Budget::default();
        self.wants(AlertKind::TierAhead) || (has_budget && self.wants(AlertKind::BudgetAhead))
    }
}

/// The budget of a wish, with what is meant to be used of single services.
pub(super) fn budget_of(wish: &Wish, units: Vec<(Commodity, Decimal)>) -> Budget {
    let dollars = wish.threshold;
    Budget {
        dollars: dollars.and_then(|dollars| Money::from_charge(dollars).ok()),
        units,
    }
}

/// What is known of each metered service of an account, as the page of usage knows it: its own days, and the daily use of earlier bills.
pub(super) fn known(
    account: AccountId,
    services: &Services,
    lines: &[Used],
    (zone, climate): (Tz, &Arc<Climate>),
) -> Vec<Known> {
    let last_end = lines.iter().map(|line| line.until_on).max();
    let of_service = |commodity: &Commodity| {
        let counted = services.get(&(account, *commodity));
        let unit = counted.map(|counted| shown_unit(*commodity, counted));
        let (unit, billed) = billed(*commodity, lines, unit)?;
        let own = counted.map(|counted| days(counted, For::Bill, (unit, zone)));
        Some(Known {
            commodity: *commodity,
            unit,
            days: own.map_or_else(Vec::new, |own| whole_days(&own)),
            a_day: last_end.map_or_else(Vec::new, |end| daily_uses(&billed, end)),
            weather: ByWeather::of(*commodity, &billed, Some(climate)),
        })
    };
    [Commodity::Water, Commodity::Electric, Commodity::Gas]
        .iter()
        .filter_map(of_service)
        .collect()
}

/// What the bills say was used of a service, newest first, in its unit; where its meter tells none, in that of the newest bill.
fn billed(
    commodity: Commodity,
    lines: &[Used],
    unit: Option<Unit>,
) -> Option<(Unit, Vec<BilledUse>)> {
    let mut of_period: BTreeMap<(NaiveDate, NaiveDate), Quantity> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.commodity == commodity) {
        let used = Quantity {
            amount: line.quantity.0,
            unit: line.unit,
        };
        let shown = commodity.shown_unit().and_then(|unit| used.to(unit));
        let shown = shown.unwrap_or(used);
        let sum = of_period
            .entry((line.until_on, line.from_on))
            .or_insert(Quantity {
                amount: Decimal::ZERO,
                unit: shown.unit,
            });
        sum.amount += shown.amount;
    }
    let newest = of_period.last_key_value().map(|(_, used)| used.unit);
    let unit = unit.or(newest)?;
    let told = |((until, from), used): (&(NaiveDate, NaiveDate), &Quantity)| {
        let period = Period::new(*from, *until).filter(|_| used.unit == unit)?;
        Some(BilledUse {
            period,
            used: used.amount,
        })
    };
    Some((unit, of_period.iter().rev().filter_map(told).collect()))
}

/// What is found of an account while its period goes on.
pub(super) struct Found<'a> {
    /// What its meters and bills say.
    pub seen: &'a Seen,
    /// What its next bill will come to.
    pub next: Option<&'a NextBill>,
    /// The next step of its price.
    pub step: Option<&'a Step<'a>>,
    /// What each thing that runs costs on the next bill, in their order.
    pub costs: &'a [Option<Money>],
}

/// What one listener is told of an account in a period.
pub(super) fn notices(
    whose: &Whose,
    (account, period): (AccountId, Period),
    found: &Found<'_>,
) -> Vec<NewNotice> {
    let language = whose.listener.reader.to.language;
    let over = found.next.into_iter().flat_map(|next| {
        let passed = whose.budget.passed_by(next).into_iter();
        passed.filter_map(|passed| over_budget(passed, next))
    });
    let key = language.schedule_key();
    let step = found.step.map(|step| tier(step, step.name(key)));
    let running = found.seen.findings.iter().zip(found.costs);
    let running = running.map(|(running, costs)| leak(running, *costs));
    over.chain(step)
        .chain(running)
        .flat_map(|(service, news)| {
            let kind = news.alert();
            let what = format!("{account}:{}:{}", period.from, which(service.0, &news));
            let notice = Notice::Usage(UsageTold {
                name: whose.listener.reader.name.clone(),
                account_number: whose.listener.reader.account_number.clone(),
                from: period.from,
                last: period.until.pred_opt().unwrap_or(period.until),
                service,
                counted: counted(&found.seen.known, service.0, period),
                news,
            });
            on_every_way(&whose.listener, kind, &what, &notice)
        })
        .collect()
}

type News = ((Commodity, Unit), UsageNews);

/// What sets a piece of news apart from others of its kind, so that one does not hide another for the rest of the period.
fn which(commodity: Commodity, news: &UsageNews) -> String {
    match news {
        UsageNews::OverDollars { limit, .. } => format!("dollars:{limit}"),
        UsageNews::OverUnits { limit, .. } => format!("{commodity}:{}", limit.normalize()),
        UsageNews::Tier { tier, .. } => format!("{commodity}:{tier}"),
        UsageNews::Leak { looks, .. } => format!("{commodity}:{}", looks.as_str()),
    }
}

fn over_budget(passed: OverBudget, next: &NextBill) -> Option<News> {
    match passed {
        OverBudget::Dollars { limit, amount } => {
            let by_days = next.used.iter();
            let (commodity, unit, ..) = by_days.max_by_key(|(.., counted)| *counted)?;
            let news = UsageNews::OverDollars {
                limit,
                amount: (amount.low, amount.likely, amount.high),
            };
            Some(((*commodity, *unit), news))
        }
        OverBudget::Units {
            commodity,
            unit,
            limit,
            used,
        } => {
            let news = UsageNews::OverUnits {
                limit,
                used: (used.low, used.likely, used.high),
            };
            Some(((commodity, unit), news))
        }
    }
}

fn tier(step: &Step<'_>, name: &str) -> News {
    let news = UsageNews::Tier {
        tier: step.tier,
        name: name.to_owned(),
        begins_at: step.begins_at,
        on: step.on,
        price: step.price,
        before: step.before,
        per: step.per,
    };
    ((step.commodity, step.unit), news)
}

fn leak((commodity, unit, found): &Running, costs: Option<Money>) -> News {
    let news = UsageNews::Leak {
        looks: found.kind,
        since: found.since,
        a_day: found.a_day,
        costs: costs.filter(|costs| costs.is_positive()),
    };
    ((*commodity, *unit), news)
}

/// How many days of a service are counted in a period, and what they used.
fn counted(known: &[Known], commodity: Commodity, period: Period) -> (u32, Decimal) {
    let own = known.iter().filter(|known| known.commodity == commodity);
    let days = own.flat_map(|known| &known.days);
    let within = days.filter(|(day, _)| period.contains(*day));
    let so_far = within.fold(SoFar::default(), |sum, (_, used)| SoFar {
        days: sum.days + 1,
        used: sum.used + used,
    });
    (so_far.days, so_far.used)
}
