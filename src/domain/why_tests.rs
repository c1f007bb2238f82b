//! Why a bill changed, taken apart: causes that add up to the cent, each with the sign of what its words say.

use proptest::prelude::*;

use super::*;

/// A thousandth.
fn mills(mills: i64) -> Decimal {
    Decimal::new(mills, 3)
}

fn water(key: &str, nature: Nature, quantity: Decimal, price: Option<Decimal>) -> Line {
    let (charge, part) = key.split_once('/').unwrap_or((key, ""));
    let amount = Money::from_charge(quantity * price.unwrap_or(Decimal::ONE));
    Line {
        service: "water".into(),
        charge: charge.into(),
        part: part.into(),
        nature,
        quantity,
        price,
        amount: amount.unwrap().dollars(),
    }
}

/// Water at a base, in blocks of so many units at so many tenths of a cent, with a tax of 5%.
fn metered(days: u32, blocks: &[(i64, i64)]) -> Side {
    let mut lines = vec![water(
        "base",
        Nature::Fixed,
        Decimal::ONE,
        Some(mills(12_000)),
    )];
    for (place, (units, price)) in blocks.iter().enumerate() {
        let (units, price) = (Decimal::from(*units), mills(*price));
        lines.push(water(
            &format!("use/{place}"),
            Nature::Usage,
            units,
            Some(price),
        ));
    }
    let whole: Decimal = lines.iter().map(|line| line.amount).sum();
    lines.push(water("tax", Nature::Percent, whole, Some(mills(50))));
    let used: i64 = blocks.iter().map(|(units, _)| units).sum();
    Side {
        services: vec![Service {
            service: "water".into(),
            days,
            used: Some(Decimal::from(used)),
            is_daily: true,
        }],
        lines,
        ..Side::default()
    }
}

/// The bill with its use at the prices of the bill before.
fn at_earlier_prices(now: Side, earlier: Side) -> Side {
    let lines = earlier.lines.into_iter();
    Side {
        at_earlier_prices: lines.filter(|line| line.nature.is_repriced()).collect(),
        ..now
    }
}

/// What the causes of a kind come to, in cents; all of them add up to the difference.
fn cents(before: &Side, now: &Side, wanted: impl Fn(&Cause) -> bool) -> i64 {
    let reasons = why(before, now);
    let all: Money = reasons.iter().map(|reason| reason.amount).sum();
    assert_eq!(all, now.total() - before.total(), "{reasons:?}");
    let wanted = reasons.iter().filter(|reason| wanted(&reason.cause));
    wanted.map(|reason| reason.amount.cents()).sum()
}

const fn is_price(cause: &Cause) -> bool {
    matches!(cause, Cause::Price { .. })
}

const fn is_usage(cause: &Cause) -> bool {
    matches!(cause, Cause::Usage { .. })
}

const fn is_days(cause: &Cause) -> bool {
    matches!(cause, Cause::Days { .. })
}

#[test]
fn a_price_alone_is_told_as_price() {
    let (before, now) = (metered(30, &[(100, 500)]), metered(30, &[(100, 600)]));
    assert_eq!(cents(&before, &now, is_price), 1_000);
    let is_moved = |cause: &Cause| is_usage(cause) || is_days(cause);
    assert_eq!(cents(&before, &now, is_moved), 0);
    let is_tax = |cause: &Cause| *cause == Cause::Following;
    assert_eq!(cents(&before, &now, is_tax), 50);
}

/// 100 units before; 160 now, of which 60 are in a block that the bill before did not reach and that had another price then.
///
/// Usage is 60 x 0.80 = 48.00. Price is 100 x 0.05 + 60 x 0.10 = 11.00.
#[test]
fn use_costs_what_its_block_cost_before_also_where_the_bill_before_did_not_reach_it() {
    let before = metered(30, &[(100, 500)]);
    let now = at_earlier_prices(
        metered(30, &[(100, 550), (60, 900)]),
        metered(30, &[(100, 500), (60, 800)]),
    );
    assert_eq!(cents(&before, &now, is_usage), 4_800);
    assert_eq!(cents(&before, &now, is_price), 1_100);
}

/// The same use falls into other blocks because the blocks changed: that is price alone.
#[test]
fn blocks_of_another_size_are_told_as_price() {
    let before = metered(30, &[(100, 500), (50, 800)]);
    let now = at_earlier_prices(
        metered(30, &[(80, 500), (70, 800)]),
        metered(30, &[(100, 500), (50, 800)]),
    );
    assert_eq!(cents(&before, &now, is_usage), 0);
    assert_eq!(cents(&before, &now, is_price), 600);
}

/// A bill that a new version cuts in the middle: 100 units as before, half of them at the new price.
#[test]
fn a_bill_cut_by_a_new_price_is_told_as_price() {
    let before = metered(30, &[(80, 500), (20, 800)]);
    let mut now = metered(30, &[(40, 500), (10, 800), (40, 600), (10, 900)]);
    for (later, first) in [("2", "0"), ("3", "1")] {
        let lines = now.lines.iter_mut();
        lines
            .filter(|line| line.part == later)
            .for_each(|line| line.part = first.into());
    }
    assert_eq!(cents(&before, &now, is_usage), 0);
    assert_eq!(cents(&before, &now, is_price), 500);
    let laid_out = at_earlier_prices(now, metered(30, &[(80, 500), (20, 800)]));
    assert_eq!(cents(&before, &laid_out, is_usage), 0);
    assert_eq!(cents(&before, &laid_out, is_price), 500);
}

#[test]
fn two_more_days_at_the_same_daily_use_are_told_as_days_whatever_block_they_fall_into() {
    let (before, now) = (metered(30, &[(300, 500)]), metered(32, &[(320, 500)]));
    assert_eq!(cents(&before, &now, is_days), 1_000);
    assert_eq!(cents(&before, &now, is_usage), 0);
    let now = metered(32, &[(300, 500), (20, 900)]);
    assert_eq!(cents(&before, &now, is_days), 1_800);
    assert_eq!(cents(&before, &now, is_usage), 0);
}

/// 300 in 30 days, 310 in 32: ten more, but less each day. The days alone cost 20 x 0.50 = 10.00 more, the use of a day 5.00 less.
#[test]
fn the_use_of_a_day_has_the_sign_of_its_amount() {
    let (before, now) = (metered(30, &[(300, 500)]), metered(32, &[(310, 500)]));
    assert_eq!(cents(&before, &now, is_days), 1_000);
    assert_eq!(cents(&before, &now, is_usage), -500);
    let reasons = why(&before, &now);
    let usage = reasons.iter().find_map(|reason| match &reason.cause {
        Cause::Usage { more, is_daily, .. } => Some((more.is_sign_negative(), *is_daily)),
        Cause::OneOffs
        | Cause::Days { .. }
        | Cause::Demand { .. }
        | Cause::Counted { .. }
        | Cause::Price { .. }
        | Cause::Rider { .. }
        | Cause::Started { .. }
        | Cause::Stopped { .. }
        | Cause::Following
        | Cause::TaxRates => None,
    });
    assert_eq!(usage, Some((true, true)), "less each day");
}

/// A winter average is the same for 30 days and for 32: no days made it dearer.
#[test]
fn what_does_not_grow_with_the_days_is_not_told_as_days() {
    let average = |days, units| {
        let mut side = metered(days, &[(units, 500)]);
        for service in &mut side.services {
            service.is_daily = false;
        }
        side
    };
    let before = average(30, 100);
    assert_eq!(why(&before, &average(32, 100)), []);
    let now = average(32, 120);
    assert_eq!(cents(&before, &now, is_days), 0);
    assert_eq!(cents(&before, &now, is_usage), 1_000);
}

#[test]
fn shares_of_a_month_go_by_the_days_and_things_by_their_number() {
    let side = |days, nature, quantity| {
        let mut side = metered(days, &[(100, 500)]);
        for line in side.lines.iter_mut().filter(|line| line.charge == "base") {
            *line = water("base", nature, quantity, Some(mills(12_000)));
        }
        side.lines.retain(|line| line.charge == "base");
        side
    };
    let before = side(30, Nature::Fixed, Decimal::ONE);
    let now = side(15, Nature::Fixed, mills(500));
    assert_eq!(cents(&before, &now, is_days), -600);
    let before = side(30, Nature::Counted, Decimal::ONE);
    let now = side(31, Nature::Counted, Decimal::TWO);
    let is_counted = |cause: &Cause| matches!(cause, Cause::Counted { .. });
    assert_eq!(cents(&before, &now, is_counted), 1_200);
}

#[test]
fn another_rate_of_a_tax_is_told_apart_from_what_it_is_taken_of() {
    let (before, mut now) = (metered(30, &[(100, 500)]), metered(30, &[(120, 500)]));
    for line in now.lines.iter_mut().filter(|line| line.charge == "tax") {
        *line = water("tax", Nature::Percent, line.quantity, Some(mills(60)));
    }
    // 5% of 62.00 is 3.10; 6% of 72.00 is 4.32: 0.50 for what it is taken of, 0.72 for the rate.
    let follows = cents(&before, &now, |cause| *cause == Cause::Following);
    let rate = cents(&before, &now, |cause| *cause == Cause::TaxRates);
    assert_eq!((follows, rate), (50, 72));
}

/// A surcharge on use that begins with the summer: nobody used more.
#[test]
fn a_charge_that_comes_is_told_as_price() {
    let (before, mut now) = (metered(30, &[(100, 500)]), metered(30, &[(100, 500)]));
    let units = Decimal::from(100);
    now.lines
        .push(water("drought", Nature::Usage, units, Some(mills(50))));
    assert_eq!(cents(&before, &now, is_price), 500);
    assert_eq!(cents(&before, &now, is_usage), 0);
}

#[test]
fn a_service_that_starts_is_one_cause() {
    let reasons = why(&Side::default(), &metered(30, &[(100, 500)]));
    assert_eq!(reasons.len(), 1);
    assert_eq!(reasons.first().unwrap().amount, Money::from_cents(6_510));
}

#[test]
fn winter_prices_in_place_of_summer_prices_are_told_as_price() {
    let season = |key: &str, price| {
        let mut side = metered(30, &[(100, price)]);
        let lines = side.lines.iter_mut();
        lines
            .filter(|line| line.nature == Nature::Usage)
            .for_each(|line| line.charge = key.into());
        side
    };
    let (summer, winter) = (season("summer", 900), season("winter", 600));
    assert_eq!(cents(&summer, &winter, is_price), -3_000);
    assert_eq!(cents(&summer, &winter, is_usage), 0);
    // The same where one charge has a period for each.
    let period = |part: &str, price| {
        let mut side = metered(30, &[(100, price)]);
        let lines = side.lines.iter_mut();
        lines
            .filter(|line| line.nature == Nature::Usage)
            .for_each(|line| line.part = part.into());
        side
    };
    let (summer, winter) = (period("summer", 900), period("winter", 600));
    assert_eq!(cents(&summer, &winter, is_price), -3_000);
    assert_eq!(cents(&summer, &winter, is_usage), 0);
}

fn any_line() -> impl Strategy<Value = Line> {
    let natures = prop_oneof![
        Just(Nature::Fixed),
        Just(Nature::Counted),
        Just(Nature::Usage),
        Just(Nature::Demand),
        Just(Nature::Rider),
        Just(Nature::Percent),
        Just(Nature::Following)
    ];
    let values = (-50_000_i64..50_000, -100_000_i64..100_000);
    ("[abc]", "[xy]", "[01]", natures, values).prop_map(
        |(service, charge, part, nature, (quantity, cents))| Line {
            service,
            charge,
            part,
            nature,
            price: (quantity % 2 == 0).then(|| Decimal::new(quantity % 7, 1)),
            quantity: Decimal::new(quantity, 2),
            amount: Decimal::new(cents, 2),
        },
    )
}

fn any_side() -> impl Strategy<Value = Side> {
    let service = (
        "[abc]",
        1_u32..40,
        prop::option::of(0_i64..90_000),
        any::<bool>(),
    )
        .prop_map(|(service, days, used, is_daily)| Service {
            service,
            days,
            used: used.map(Decimal::from),
            is_daily,
        });
    (
        prop::collection::vec(service, 0..4),
        prop::collection::vec(any_line(), 0..12),
        -10_000_i64..10_000,
    )
        .prop_map(|(services, lines, cents)| Side {
            services,
            lines,
            at_earlier_prices: Vec::new(),
            one_offs: Money::from_cents(cents),
        })
}

proptest! {
    #[test]
    fn the_causes_add_up_to_the_difference(
        before in any_side(),
        now in any_side(),
        at_earlier in prop::collection::vec(any_line(), 0..6),
    ) {
        let mut now = now;
        now.at_earlier_prices = at_earlier;
        now.at_earlier_prices.retain(|line| line.nature.is_repriced());
        let told: Money = why(&before, &now).iter().map(|reason| reason.amount).sum();
        prop_assert_eq!(told, now.total() - before.total());
    }

    #[test]
    fn the_same_bill_has_no_causes(side in any_side()) {
        prop_assert!(why(&side, &side).iter().all(|reason| reason.amount.is_zero()));
    }
}
