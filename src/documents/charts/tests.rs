//! The pictures say in words what they show.

use super::*;
use crate::i18n::{Language, words};

fn month(text: &str, used: i64, before: Option<i64>) -> Month {
    Month {
        month: text.parse().unwrap(),
        used: Decimal::from(used),
        before: before.map(Decimal::from),
        cost: Some(Money::from_cents(6_363)),
        is_estimated: text.contains("08"),
        degrees: None,
        address: Some(format!("/usage/water/{text}")),
    }
}

fn frame() -> Frame<'static> {
    Frame {
        id: "use",
        title: "Water & more",
        unit: "gallons",
        width: 720,
        height: 250,
        tint: "",
    }
}

#[test]
fn each_month_is_a_link_that_says_it_all() {
    let picture = months(
        words(Language::English),
        &frame(),
        &[
            month("2026-07-01", 7375, Some(7302)),
            month("2026-08-01", 7383, None),
        ],
    )
    .0;
    assert!(
        picture.contains(
            "aria-label=\"July 2026: 7,375 gallons, 1% more than a year earlier, $63.63\""
        )
    );
    assert!(picture.contains(
        "aria-label=\"August 2026: 7,383 gallons, nothing to compare it with, estimated, $63.63\""
    ));
    assert!(picture.contains("class=\"col est\"") && picture.contains("Water &amp; more"));
    let spanish = months(
        words(Language::Spanish),
        &frame(),
        &[month("2026-07-01", 7375, Some(7302))],
    )
    .0;
    assert!(spanish.contains("julio de 2026: 7,375"));
}

#[test]
fn no_reads_at_all_still_draw_a_frame() {
    assert!(
        months(words(Language::English), &frame(), &[])
            .0
            .ends_with("</svg>")
    );
    assert!(sparkline(&[], "nothing").0.ends_with("</svg>"));
    let flat = sparkline(&[Decimal::ONE, Decimal::ONE], "even").0;
    assert!(flat.contains("M3 41L317 41"));
}

#[test]
fn debts_share_the_bar() {
    let parts = [
        ("Current".to_owned(), Money::from_cents(14_237)),
        ("31 to 60".to_owned(), Money::ZERO),
        ("61 to 90".to_owned(), Money::from_cents(14_237)),
    ];
    let picture = aging(&parts).0;
    assert!(
        picture.contains("class=\"a0\" x=\"0\"")
            && picture.contains("class=\"a2\" x=\"301\"")
            && !picture.contains("a1")
    );
    assert!(picture.contains("Current $142.37, 61 to 90 $142.37"));
}

#[test]
fn a_change_is_told_in_whole_percents() {
    let of = |used: i64, before: i64| change(Decimal::from(used), Some(Decimal::from(before)));
    assert_eq!(
        (of(93, 100), of(102, 100), of(1000, 1001)),
        (("less", 7), ("more", 2), ("same", 0))
    );
    assert_eq!(of(5, 0), ("none", 0));
}

#[test]
fn how_warm_it_was_is_a_line_with_its_scale_and_words_at_each_day() {
    let day = |of_month: u32, degrees: Option<i64>| Day {
        day: NaiveDate::from_ymd_opt(2026, 7, of_month).unwrap(),
        used: Some(Decimal::from(25)),
        is_estimated: false,
        degrees: degrees.map(Decimal::from),
        address: Some(format!("/usage/water/2026-07-0{of_month}")),
    };
    let drawn = |degrees: [Option<i64>; 3]| {
        let all: Vec<Day> = (1..).zip(degrees).map(|(at, warm)| day(at, warm)).collect();
        days(words(Language::English), &frame(), &all).0
    };
    let picture = drawn([Some(68), None, Some(74)]);
    assert!(picture.contains("gallons, mean 68 °F\""), "{picture}");
    assert_eq!(picture.matches("class=\"tline\"").count(), 1);
    assert!(picture.contains(">60°</text>") && picture.contains(">80°</text>"));
    let without = drawn([None; 3]);
    assert!(!without.contains("tline") && !without.contains("°"));
}
