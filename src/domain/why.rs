//! Why a bill changed: the difference to the bill before, taken apart into days, usage, prices, adjustments, taxes and everything else.
//!
//! The parts add up to the difference to the cent. Each line is compared with the same line of the bill before: what the new quantity costs
//! more at the old price is usage, what the new price adds to the new quantity is price. Where another version of a schedule priced the new
//! bill, its use is first laid out at the old version's prices, block by block ([`Side::at_earlier_prices`]): to there it is usage, from
//! there it is price. What of the usage is due to the days is the old daily use over the days that were added.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::domain::money::Money;

/// What kind of charge a line is, as far as its changes have different causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nature {
    /// An amount for the month or day; its quantity is a share of the period.
    Fixed,
    /// An amount for each of some things: carts, dwelling units, ERUs.
    Counted,
    /// A price for units used.
    Usage,
    /// A price for the highest power.
    Demand,
    /// An adjustment with a factor of its own, such as a fuel cost.
    Rider,
    /// A percentage of other charges: a tax, a franchise fee.
    Percent,
    /// A least or a most that charges come to: it follows them.
    Following,
}

impl Nature {
    /// Whether it stands among [`Side::at_earlier_prices`].
    #[must_use]
    pub const fn is_repriced(self) -> bool {
        matches!(self, Self::Usage | Self::Demand)
    }
}

/// One line of a bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The service it is for, as its word.
    pub service: String,
    /// What makes it the same charge on both bills.
    pub charge: String,
    /// Which part of the charge it is: time-of-use period, block.
    pub part: String,
    /// What kind of charge it is.
    pub nature: Nature,
    /// How much is charged for.
    pub quantity: Decimal,
    /// The price of one of it, where one is printed.
    pub price: Option<Decimal>,
    /// What it comes to, in dollars.
    pub amount: Decimal,
}

/// One service of a bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The service, as its word.
    pub service: String,
    /// The days for which it is billed.
    pub days: u32,
    /// What was used, where it is metered.
    pub used: Option<Decimal>,
    /// Whether more days mean more of it: an average or a cap does not grow with them.
    pub is_daily: bool,
}

/// A bill, as far as its difference to another goes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Side {
    /// Its services.
    pub services: Vec<Service>,
    /// Its lines.
    pub lines: Vec<Line>,
    /// What its use and its power come to at the prices of the bill that it is compared with, for the services that have other prices now:
    /// all such lines of a service or none.
    pub at_earlier_prices: Vec<Line>,
    /// Charges that belong to no service: fees, adjustments.
    pub one_offs: Money,
}

impl Side {
    /// What the bill charges, without what was owed before.
    #[must_use]
    pub fn total(&self) -> Money {
        let lines: Decimal = self.lines.iter().map(|line| line.amount).sum();
        Money::from_charge(lines).unwrap_or_default() + self.one_offs
    }

    fn service(&self, name: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.service == name)
    }

    /// For how many days the bill is: those of the service that is billed for the most.
    fn days(&self) -> u32 {
        let days = self.services.iter().map(|service| service.days);
        days.max().unwrap_or_default()
    }
}

/// What changed the bill.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Fees and adjustments that belong to no service.
    OneOffs,
    /// More or fewer days were billed.
    Days {
        /// On the bill before.
        before: u32,
        /// On this bill.
        now: u32,
        /// Of which service, where the bill as a whole is for other days.
        service: Option<String>,
    },
    /// More or less was used.
    Usage {
        /// Of which service.
        service: String,
        /// How much more (or less, negative) than before.
        more: Decimal,
        /// Whether that is for each day, because the bills are for different days.
        is_daily: bool,
    },
    /// The highest power was higher or lower.
    Demand {
        /// Of which service.
        service: String,
    },
    /// Other things are counted, or more or fewer of them.
    Counted {
        /// Of which service.
        service: String,
    },
    /// The price changed, or a charge came or went.
    Price {
        /// Of which service.
        service: String,
    },
    /// An adjustment's factor changed.
    Rider {
        /// Of which service.
        service: String,
    },
    /// A service is billed for the first time.
    Started {
        /// Which.
        service: String,
    },
    /// A service is no longer billed.
    Stopped {
        /// Which.
        service: String,
    },
    /// Taxes, fees and percentages followed what they are taken of.
    Following,
    /// A tax, fee or percentage has another rate, came or went.
    TaxRates,
}

/// A cause, and by how much it moved the bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The cause.
    pub cause: Cause,
    /// How much more (or less, negative) it made the bill.
    pub amount: Money,
}

/// Why `now` differs from `before`, the largest causes first; the amounts add up to the difference of the totals, to the cent.
#[must_use]
pub fn why(before: &Side, now: &Side) -> Vec<Reason> {
    let mut parts = Parts::default();
    parts.add(Cause::OneOffs, (now.one_offs - before.one_offs).dollars());
    let lines = before.lines.iter().chain(&now.lines);
    let names: BTreeSet<&str> = lines.map(|line| line.service.as_str()).collect();
    for name in names {
        let (old, new) = (grouped(&before.lines, name), grouped(&now.lines, name));
        let service = name.to_owned();
        match (before.service(name), now.service(name)) {
            (None, _) => parts.add(Cause::Started { service }, sum(&new) - sum(&old)),
            (_, None) => parts.add(Cause::Stopped { service }, sum(&new) - sum(&old)),
            (Some(was), Some(is)) => {
                let pair = Pair {
                    was,
                    is,
                    is_whole: (was.days, is.days) == (before.days(), now.days()),
                };
                let at_earlier = grouped(&now.at_earlier_prices, name);
                pair.compare(old, new, at_earlier, &mut parts);
            }
        }
    }
    rounded(parts.0, now.total() - before.total())
}

/// What each cause comes to, not rounded.
#[derive(Default)]
struct Parts(BTreeMap<Cause, Decimal>);

impl Parts {
    fn add(&mut self, cause: Cause, part: Decimal) {
        *self.0.entry(cause).or_default() += part;
    }
}

/// What all lines of one key come to on one bill.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    quantity: Decimal,
    amount: Decimal,
    /// The printed price, where all lines have the same.
    printed: Option<Decimal>,
    lines: u32,
}

impl Sum {
    /// The effective price of a unit.
    fn price(self) -> Option<Decimal> {
        self.amount.checked_div(self.quantity)
    }
}

/// A charge, a part of it, and its kind.
type Key<'a> = (&'a str, &'a str, Nature);

/// The lines of a service by what makes them the same.
type Sums<'a> = BTreeMap<Key<'a>, Sum>;

fn grouped<'a>(lines: &'a [Line], service: &str) -> Sums<'a> {
    let mut sums = Sums::new();
    for line in lines.iter().filter(|line| line.service == service) {
        let key = (line.charge.as_str(), line.part.as_str(), line.nature);
        let sum = sums.entry(key).or_default();
        sum.printed = if sum.lines == 0 || sum.printed == line.price {
            line.price
        } else {
            None
        };
        sum.lines += 1;
        sum.quantity += line.quantity;
        sum.amount += line.amount;
    }
    sums
}

fn sum(sums: &Sums<'_>) -> Decimal {
    sums.values().map(|sum| sum.amount).sum()
}

/// Puts the usage lines that only one bill has beside each other, within their charge or between charges that came and went: where summer's
/// prices go and winter's come, the price changed, not the use.
fn join_seasons<'a>(old: &mut Sums<'a>, new: &mut Sums<'a>) {
    let only = |one: &Sums<'a>, other: &Sums<'a>| -> Vec<Key<'a>> {
        let usage = one.keys().filter(|key| key.2 == Nature::Usage);
        let only = usage.filter(|key| !other.contains_key(*key));
        only.copied().collect()
    };
    let (gone, come) = (only(old, new), only(new, old));
    let (before, now) = (charges(old), charges(new));
    let group = |key: &Key<'a>| -> &'a str {
        let is_on_both = before.contains(key.0) && now.contains(key.0);
        if is_on_both { key.0 } else { "" }
    };
    let groups: BTreeSet<&'a str> = gone.iter().map(group).collect();
    for name in groups {
        let of_group = |keys: &[Key<'a>]| -> Vec<Key<'a>> {
            let all = keys.iter().copied();
            all.filter(|key| group(key) == name).collect()
        };
        let (gone, come) = (of_group(&gone), of_group(&come));
        if !come.is_empty() {
            join(old, name, &gone);
            join(new, name, &come);
        }
    }
}

/// The part that lines become which are put together.
const JOINED: &str = "joined";

fn join<'a>(sums: &mut Sums<'a>, charge: &'a str, keys: &[Key<'a>]) {
    let mut joined = Sum::default();
    for key in keys {
        let Some(sum) = sums.remove(key) else {
            continue;
        };
        joined.quantity += sum.quantity;
        joined.amount += sum.amount;
        joined.lines += sum.lines;
    }
    sums.insert((charge, JOINED, Nature::Usage), joined);
}

fn charges<'a>(sums: &Sums<'a>) -> BTreeSet<&'a str> {
    sums.keys().map(|key| key.0).collect()
}

/// Lines that print the same price and the same quantity differ by their cents of rounding at the most.
const ROUNDING: Decimal = Decimal::from_parts(2, 0, 0, false, 2);

/// What the new quantity costs more at the old price, and what the new price adds to the new quantity.
fn apart(was: Sum, is: Sum) -> (Decimal, Decimal) {
    let difference = is.amount - was.amount;
    let is_same = was.quantity == is.quantity;
    if was.printed.is_some() && was.printed == is.printed {
        let is_rounding = is_same && difference.abs() <= ROUNDING;
        let by_quantity = if is_rounding {
            Decimal::ZERO
        } else {
            difference
        };
        return (by_quantity, Decimal::ZERO);
    }
    // The old price of a unit; a line that is new on the bill has only its own.
    let price = was.price().or_else(|| is.price()).unwrap_or_default();
    let by_quantity = (is.quantity - was.quantity) * price;
    (by_quantity, difference - by_quantity)
}

/// One service on both bills.
struct Pair<'a> {
    was: &'a Service,
    is: &'a Service,
    /// Whether its days are those of the bills.
    is_whole: bool,
}

impl Pair<'_> {
    fn service(&self) -> String {
        self.is.service.clone()
    }

    fn days(&self) -> Cause {
        Cause::Days {
            before: self.was.days,
            now: self.is.days,
            service: (!self.is_whole).then(|| self.service()),
        }
    }

    /// Takes the service's difference apart.
    fn compare<'s>(
        &self,
        mut old: Sums<'s>,
        mut new: Sums<'s>,
        at_earlier: Sums<'s>,
        parts: &mut Parts,
    ) {
        if !at_earlier.is_empty() {
            let whole = sum(&new);
            new.retain(|key, _| !key.2.is_repriced());
            new.extend(at_earlier);
            let service = self.service();
            parts.add(Cause::Price { service }, whole - sum(&new));
        }
        join_seasons(&mut old, &mut new);
        let (charges_before, charges) = (charges(&old), charges(&new));
        let keys: BTreeSet<Key<'_>> = old.keys().chain(new.keys()).copied().collect();
        let (mut used, mut paid) = (Decimal::ZERO, Decimal::ZERO);
        for key in keys {
            let was = old.get(&key).copied().unwrap_or_default();
            let is = new.get(&key).copied().unwrap_or_default();
            // A charge that came or went is no use that came or went.
            let is_one_sided = charges_before.contains(key.0) != charges.contains(key.0);
            let (by_quantity, by_price) = if is_one_sided {
                (Decimal::ZERO, is.amount - was.amount)
            } else {
                apart(was, is)
            };
            let service = self.service();
            match key.2 {
                Nature::Fixed if is_one_sided => parts.add(Cause::Price { service }, by_price),
                Nature::Fixed | Nature::Counted => self.fixed((was, is), parts),
                Nature::Usage => {
                    used += by_quantity;
                    paid += was.amount;
                    parts.add(Cause::Price { service }, by_price);
                }
                Nature::Rider => {
                    used += by_quantity;
                    paid += was.amount;
                    parts.add(Cause::Rider { service }, by_price);
                }
                Nature::Demand => {
                    let price = service.clone();
                    parts.add(Cause::Demand { service }, by_quantity);
                    parts.add(Cause::Price { service: price }, by_price);
                }
                Nature::Percent => {
                    parts.add(Cause::Following, by_quantity);
                    parts.add(Cause::TaxRates, by_price);
                }
                Nature::Following => parts.add(Cause::Following, is.amount - was.amount),
            }
        }
        self.used(used, paid, parts);
    }

    /// An amount for the month or day, or for each of some things.
    fn fixed(&self, (was, is): (Sum, Sum), parts: &mut Parts) {
        let service = self.service();
        let (by_quantity, by_price) = apart(was, is);
        let by_days = was.quantity * Decimal::from(self.is.days);
        let by_days = by_days.checked_div(Decimal::from(self.was.days));
        // A share of a month goes by the days that are billed, a number of carts does not.
        let follows_days = self.was.days != self.is.days
            && by_days.is_some_and(|by_days| {
                (is.quantity - by_days).abs() * Decimal::TWO < (is.quantity - was.quantity).abs()
            });
        let cause = if follows_days {
            self.days()
        } else {
            Cause::Counted {
                service: service.clone(),
            }
        };
        parts.add(cause, by_quantity);
        parts.add(Cause::Price { service }, by_price);
    }

    /// Shares what more or less use costs between the days and the use of each day, which is the old daily use over the days that were added
    /// and the rest; `paid` is what the use of the bill before came to.
    fn used(&self, effect: Decimal, paid: Decimal, parts: &mut Parts) {
        let service = self.service();
        let Some((was, is)) = self.was.used.zip(self.is.used) else {
            parts.add(Cause::Counted { service }, effect);
            return;
        };
        let (days_before, days) = (Decimal::from(self.was.days), Decimal::from(self.is.days));
        let is_daily = self.was.is_daily && self.is.is_daily;
        // By how much more is used each day, times both numbers of days.
        let more_a_day = is * days_before - was * days;
        let daily = more_a_day.checked_div(days_before * days);
        let Some(more) = daily.filter(|_| is_daily && days_before != days) else {
            let cause = Cause::Usage {
                service,
                more: is - was,
                is_daily: false,
            };
            parts.add(cause, effect);
            return;
        };
        let added = was * (days - days_before);
        // Where the days and the use of a day moved the same way, each has its share; where they moved against each other, the days that
        // were added cost what a unit cost before.
        let is_along = added.is_zero()
            || more_a_day.is_zero()
            || added.is_sign_positive() == more_a_day.is_sign_positive();
        let is_dearer = effect.is_sign_positive() == (is - was).is_sign_positive();
        let by_days = if effect.is_zero() {
            None
        } else if is_along && is_dearer {
            (effect * added).checked_div((is - was) * days_before)
        } else {
            (paid * added).checked_div(was * days_before)
        };
        let by_days = by_days.unwrap_or_default();
        parts.add(self.days(), by_days);
        let cause = Cause::Usage {
            service,
            more,
            is_daily: true,
        };
        parts.add(cause, effect - by_days);
    }
}

/// Whole cents that add up to the difference: the cents lost in rounding go to the largest part.
fn rounded(parts: BTreeMap<Cause, Decimal>, difference: Money) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = parts
        .into_iter()
        .map(|(cause, part)| Reason {
            cause,
            amount: Money::from_charge(part).unwrap_or_default(),
        })
        .collect();
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.amount.abs()));
    let told: Money = reasons.iter().map(|reason| reason.amount).sum();
    if let Some(largest) = reasons.first_mut() {
        largest.amount += difference - told;
    }
    reasons.retain(|reason| !reason.amount.is_zero());
    reasons
}

#[cfg(test)]
#[path = "why_tests.rs"]
mod tests;
