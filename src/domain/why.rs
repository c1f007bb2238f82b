//! Why a bill changed: the difference to the bill before, taken apart into days, usage, prices, adjustments, taxes and everything else.
//!
//! The parts add up to the difference to the cent. Each line is compared with the same line of the bill before, with quantity and
//! effective price: what the new quantity costs more at the old price is usage (of which the old daily use over the new number of days
//! is due to the days); what the new price adds to the new quantity is price.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::domain::money::Money;

/// What kind of charge a line is, as far as its changes have different causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nature {
    /// An amount for the month or day; its quantity is a share of the period.
    Fixed,
    /// A price for units used or for power.
    Usage,
    /// An adjustment with a factor of its own, such as a fuel cost.
    Rider,
    /// A tax, a franchise fee, a percentage of other charges, a minimum: it follows what it is taken of.
    Following,
}

/// One line of a bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The service it is for, as its word.
    pub service: String,
    /// What makes it the same line on both bills: charge, time-of-use period, block.
    pub key: String,
    /// What kind of charge it is.
    pub nature: Nature,
    /// How much is charged for.
    pub quantity: Decimal,
    /// The price it is charged at, as printed.
    pub price: Option<Decimal>,
    /// What it comes to.
    pub amount: Money,
}

/// One service of a bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The service, as its word.
    pub service: String,
    /// The billed days.
    pub days: u32,
    /// What was used, where it is metered.
    pub used: Option<Decimal>,
}

/// A bill, as far as its difference to another goes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Side {
    /// Its services.
    pub services: Vec<Service>,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Charges that belong to no service: fees, adjustments.
    pub one_offs: Money,
}

impl Side {
    /// What the bill charges, without what was owed before.
    #[must_use]
    pub fn total(&self) -> Money {
        self.lines.iter().map(|line| line.amount).sum::<Money>() + self.one_offs
    }

    fn service(&self, name: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.service == name)
    }

    /// Whether every service is billed for the same number of days, and for how many.
    fn days(&self) -> u32 {
        self.services
            .iter()
            .map(|service| service.days)
            .max()
            .unwrap_or_default()
    }
}

/// What changed the bill.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// More or fewer days were billed.
    Days {
        /// On the bill before.
        before: u32,
        /// On this bill.
        now: u32,
    },
    /// More or less was used.
    Usage {
        /// Of which service.
        service: String,
        /// How much more (or less, negative) than before; nothing for power alone.
        more: Option<Decimal>,
    },
    /// The price changed.
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
    /// Taxes, fees and percentages followed.
    Following,
    /// Fees and adjustments that belong to no service.
    OneOffs,
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
    let mut parts: BTreeMap<Cause, Decimal> = BTreeMap::new();
    let mut add = |cause: Cause, part: Decimal| *parts.entry(cause).or_default() += part;

    add(Cause::OneOffs, (now.one_offs - before.one_offs).dollars());
    let (mut old, mut new) = (grouped(before), grouped(now));
    join_seasons(&mut old, &mut new);
    let keys: std::collections::BTreeSet<&Key<'_>> = old.keys().chain(new.keys()).collect();
    for key in keys {
        let service = key.0.to_owned();
        let (was, is) = (
            old.get(key).copied().unwrap_or_default(),
            new.get(key).copied().unwrap_or_default(),
        );
        match (before.service(key.0), now.service(key.0)) {
            (None, _) => add(Cause::Started { service }, is.amount - was.amount),
            (_, None) => add(Cause::Stopped { service }, is.amount - was.amount),
            (Some(old), Some(new)) => line(
                key,
                (old, was),
                (new, is),
                &mut add,
                (before.days(), now.days()),
            ),
        }
    }
    rounded(parts, now.total() - before.total())
}

/// A line's service, its key on both bills, and its kind.
type Key<'a> = (&'a str, &'a str, Nature);

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

fn grouped(side: &Side) -> BTreeMap<Key<'_>, Sum> {
    let mut sums: BTreeMap<Key<'_>, Sum> = BTreeMap::new();
    for line in &side.lines {
        let sum = sums
            .entry((&line.service, &line.key, line.nature))
            .or_default();
        sum.printed = if sum.lines == 0 || sum.printed == line.price {
            line.price
        } else {
            None
        };
        sum.lines += 1;
        sum.quantity += line.quantity;
        sum.amount += line.amount.dollars();
    }
    sums
}

/// Puts the usage lines that only one bill has beside each other, service by service: where summer's charge goes and winter's comes, the
/// price changed, not the use.
fn join_seasons<'a>(old: &mut BTreeMap<Key<'a>, Sum>, new: &mut BTreeMap<Key<'a>, Sum>) {
    let only = |one: &BTreeMap<Key<'a>, Sum>, other: &BTreeMap<Key<'a>, Sum>| -> Vec<Key<'a>> {
        let usage = one.keys().filter(|key| key.2 == Nature::Usage);
        usage
            .filter(|key| !other.contains_key(*key))
            .copied()
            .collect()
    };
    let (gone, come) = (only(old, new), only(new, old));
    for (service, _, _) in &gone {
        if come.iter().any(|key| key.0 == *service) {
            join(old, service, &gone);
            join(new, service, &come);
        }
    }
}

fn join<'a>(sums: &mut BTreeMap<Key<'a>, Sum>, service: &'a str, keys: &[Key<'a>]) {
    for key in keys.iter().filter(|key| key.0 == service) {
        let Some(sum) = sums.remove(key) else {
            continue;
        };
        let joined = sums.entry((service, "", Nature::Usage)).or_default();
        joined.quantity += sum.quantity;
        joined.amount += sum.amount;
        joined.printed = None;
    }
}

/// Takes one line's difference apart.
fn line(
    key: &Key<'_>,
    (old, was): (&Service, Sum),
    (new, is): (&Service, Sum),
    add: &mut impl FnMut(Cause, Decimal),
    (days_before, days_now): (u32, u32),
) {
    let service = key.0.to_owned();
    let difference = is.amount - was.amount;
    if key.2 == Nature::Following {
        add(Cause::Following, difference);
        return;
    }
    // The old price of a unit; a line that is new on the bill has only its own.
    let old_price = was.price().or_else(|| is.price()).unwrap_or_default();
    let by_quantity = if was.printed.is_some() && was.printed == is.printed {
        difference
    } else if was.quantity.is_zero() && is.quantity.is_zero() {
        Decimal::ZERO
    } else {
        (is.quantity - was.quantity) * old_price
    };
    let by_price = difference - by_quantity;
    let days = Cause::Days {
        before: days_before,
        now: days_now,
    };
    match key.2 {
        Nature::Fixed => {
            let counted = Cause::Usage {
                service: service.clone(),
                more: None,
            };
            let cause = if days_before == days_now {
                counted
            } else {
                days
            };
            add(cause, by_quantity);
            add(Cause::Price { service }, by_price);
        }
        Nature::Usage | Nature::Rider => {
            let by_days = days_share(was, old.days, new.days);
            add(days, by_days);
            let more = new.used.zip(old.used).map(|(new, old)| new - old);
            add(
                Cause::Usage {
                    service: service.clone(),
                    more,
                },
                by_quantity - by_days,
            );
            add(
                if key.2 == Nature::Usage {
                    Cause::Price { service }
                } else {
                    Cause::Rider { service }
                },
                by_price,
            );
        }
        Nature::Following => {}
    }
}

/// What the old daily use costs over the days that were added, at the old price.
fn days_share(was: Sum, before: u32, now: u32) -> Decimal {
    let (before, now) = (Decimal::from(before), Decimal::from(now));
    (was.amount * (now - before))
        .checked_div(before)
        .unwrap_or_default()
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
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn metered(days: u32, units: i64, price_mills: i64) -> Side {
        let price = Decimal::new(price_mills, 3);
        let amount = Money::from_charge(Decimal::from(units) * price).unwrap();
        let water = |key: &str, nature, quantity, amount| Line {
            service: "water".into(),
            key: key.into(),
            nature,
            quantity,
            price: None,
            amount,
        };
        Side {
            services: vec![Service {
                service: "water".into(),
                days,
                used: Some(Decimal::from(units)),
            }],
            lines: vec![
                water(
                    "base",
                    Nature::Fixed,
                    Decimal::ONE,
                    Money::from_cents(1_200),
                ),
                water("usage", Nature::Usage, Decimal::from(units), amount),
                water(
                    "tax",
                    Nature::Following,
                    Decimal::ONE,
                    Money::from_cents(amount.cents() / 20),
                ),
            ],
            one_offs: Money::ZERO,
        }
    }

    fn amount(reasons: &[Reason], wanted: impl Fn(&Cause) -> bool) -> Money {
        reasons
            .iter()
            .filter(|reason| wanted(&reason.cause))
            .map(|reason| reason.amount)
            .sum()
    }

    #[test]
    fn a_price_alone_is_told_as_price() {
        let reasons = why(&metered(30, 100, 500), &metered(30, 100, 600));
        assert_eq!(
            amount(&reasons, |cause| matches!(cause, Cause::Price { .. })),
            Money::from_cents(1_000)
        );
        assert_eq!(
            amount(&reasons, |cause| matches!(
                cause,
                Cause::Usage { .. } | Cause::Days { .. }
            )),
            Money::ZERO
        );
    }

    #[test]
    fn two_more_days_at_the_same_daily_use_are_told_as_days() {
        let reasons = why(&metered(30, 300, 500), &metered(32, 320, 500));
        assert_eq!(
            amount(&reasons, |cause| matches!(
                cause,
                Cause::Days {
                    before: 30,
                    now: 32
                }
            )),
            Money::from_cents(1_000)
        );
        assert_eq!(
            amount(&reasons, |cause| matches!(cause, Cause::Usage { .. })),
            Money::ZERO
        );
    }

    #[test]
    fn a_service_that_starts_is_one_cause() {
        let reasons = why(&Side::default(), &metered(30, 100, 500));
        assert_eq!(reasons.len(), 1);
        assert_eq!(reasons.first().unwrap().amount, Money::from_cents(6_450));
    }

    #[test]
    fn winter_prices_in_place_of_summer_prices_are_told_as_price() {
        let mut summer = metered(30, 100, 900);
        let mut winter = metered(30, 100, 600);
        for (side, key) in [(&mut summer, "summer"), (&mut winter, "winter")] {
            side.lines
                .iter_mut()
                .filter(|line| line.key == "usage")
                .for_each(|line| line.key = key.into());
        }
        let reasons = why(&summer, &winter);
        assert_eq!(
            amount(&reasons, |cause| matches!(cause, Cause::Price { .. })),
            Money::from_cents(-3_000)
        );
    }

    fn any_side() -> impl Strategy<Value = Side> {
        let natures = prop_oneof![
            Just(Nature::Fixed),
            Just(Nature::Usage),
            Just(Nature::Rider),
            Just(Nature::Following)
        ];
        let line = (
            "[abc]",
            "[xyz]",
            natures,
            -50_000_i64..50_000,
            -100_000_i64..100_000,
        )
            .prop_map(|(service, key, nature, quantity, cents)| Line {
                service,
                key,
                nature,
                price: (quantity % 2 == 0).then(|| Decimal::new(quantity % 7, 1)),
                quantity: Decimal::new(quantity, 2),
                amount: Money::from_cents(cents),
            });
        let service = ("[abc]", 1_u32..40, prop::option::of(0_i64..90_000)).prop_map(
            |(service, days, used)| Service {
                service,
                days,
                used: used.map(Decimal::from),
            },
        );
        (
            prop::collection::vec(service, 0..4),
            prop::collection::vec(line, 0..12),
            -10_000_i64..10_000,
        )
            .prop_map(|(services, lines, cents)| Side {
                services,
                lines,
                one_offs: Money::from_cents(cents),
            })
    }

    proptest! {
        #[test]
        fn the_causes_add_up_to_the_difference(before in any_side(), now in any_side()) {
            let told: Money = why(&before, &now).iter().map(|reason| reason.amount).sum();
            prop_assert_eq!(told, now.total() - before.total());
        }

        #[test]
        fn the_same_bill_has_no_causes(side in any_side()) {
            prop_assert!(why(&side, &side).iter().all(|reason| reason.amount.is_zero()));
        }
    }
}
