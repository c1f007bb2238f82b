//! The degree-day method by numbers that can be worked on paper.

use super::*;
use crate::domain::weather::Degrees;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// Months with a mean temperature each: all their days are alike.
const MONTHS: [(&str, &str, i32); 7] = [
    ("2025-10-01", "2025-11-01", 55),
    ("2025-11-01", "2025-12-01", 45),
    ("2025-12-01", "2026-01-01", 35),
    ("2026-01-01", "2026-02-01", 40),
    ("2026-02-01", "2026-03-01", 60),
    ("2026-03-01", "2026-04-01", 65),
    ("2026-04-01", "2026-05-01", 75),
];

fn days_of(from: &str, until: &str, mean: i32) -> Vec<WeatherDay> {
    let days = day(from).iter_days().take_while(|on| *on < day(until));
    days.map(|day| WeatherDay {
        day,
        high: None,
        low: None,
        mean: Degrees::from_hundredths(mean * 100),
    })
    .collect()
}

fn climate() -> Climate {
    let months = MONTHS.iter();
    let days: Vec<WeatherDay> = months
        .flat_map(|(from, until, mean)| days_of(from, until, *mean))
        .collect();
    Climate::of(&days)
}

/// The bills of these months with so much used a day.
fn bills(a_day: &[(usize, &str)]) -> Vec<BilledUse> {
    let bill = |(at, a_day): &(usize, &str)| {
        let (from, until, _) = MONTHS[*at];
        let period = Period::new(day(from), day(until)).unwrap();
        BilledUse {
            period,
            used: number(a_day) * Decimal::from(period.days()),
        }
    };
    a_day.iter().map(bill).collect()
}

/// Half a therm a day and a tenth for each heating degree-day: 10, 20, 30, 25, 5 and none of them.
fn gas() -> Vec<BilledUse> {
    bills(&[
        (0, "1.5"),
        (1, "2.5"),
        (2, "3.5"),
        (3, "3.0"),
        (4, "1.0"),
        (5, "0.5"),
    ])
}

#[test]
fn gas_answers_to_the_cold_alone() {
    // Means: 15 degree-days and 2 therms. About them, 70 of degree-days by therms over 700 of degree-days by themselves: a tenth.
    let fit = Response::fit(Commodity::Gas, &gas(), &climate()).unwrap();
    let expected = Response {
        base: number("0.5"),
        heating: number("0.1"),
        cooling: Decimal::ZERO,
    };
    assert_eq!(fit, expected);
    let cold = DegreeDays {
        heating: Decimal::from(40),
        cooling: Decimal::ZERO,
    };
    assert_eq!(fit.a_day(cold), number("4.5"));
}

#[test]
fn electricity_answers_to_cold_and_heat() {
    // 10 kWh a day, 0.2 for each heating and 0.5 for each cooling degree-day.
    let all = bills(&[
        (0, "12"),
        (1, "14"),
        (2, "16"),
        (3, "15"),
        (4, "11"),
        (5, "10"),
        (6, "15"),
    ]);
    let fit = Response::fit(Commodity::Electric, &all, &climate()).unwrap();
    let near = |one: Decimal, other: &str| (one - number(other)).abs() < number("0.001");
    assert!(near(fit.heating, "0.2") && near(fit.cooling, "0.5") && near(fit.base, "10"));
}

#[test]
fn too_little_weather_too_few_bills_or_another_reason_say_nothing() {
    let all = gas();
    let fit = |commodity, bills: &[BilledUse], climate: &Climate| {
        Response::fit(commodity, bills, climate)
    };
    assert_eq!(fit(Commodity::Water, &all, &climate()), None);
    assert_eq!(fit(Commodity::Gas, &all[1..], &climate()), None);
    assert_eq!(fit(Commodity::Gas, &all, &Climate::default()), None);
    // Use that goes up and down by itself, or with milder weather.
    let other = bills(&[(0, "3"), (1, "1"), (2, "3"), (3, "1"), (4, "3"), (5, "1")]);
    assert_eq!(fit(Commodity::Gas, &other, &climate()), None);
    let flat = bills(&[(0, "2"), (1, "2"), (2, "2"), (3, "2"), (4, "2"), (5, "2")]);
    assert_eq!(fit(Commodity::Gas, &flat, &climate()), None);
}

#[test]
fn the_days_ahead_are_as_cold_as_in_earlier_years() {
    // The coming October: 55 degrees a year ago, 45 two years ago: 10 and 20 degree-days, so 1.5 and 2.5 therms a day, 2 in the mean.
    let mut days: Vec<WeatherDay> = days_of("2024-10-01", "2024-11-01", 45);
    for (from, until, mean) in MONTHS {
        days.extend(days_of(from, until, mean));
    }
    days.extend(days_of("2026-10-01", "2026-10-11", 60));
    let climate = Arc::new(Climate::of(&days));
    let by = ByWeather::of(Commodity::Gas, &gas(), Some(&climate)).unwrap();
    let october = Period::new(day("2026-10-01"), day("2026-11-01")).unwrap();
    let none = by.band(october, SoFar::default(), &[]).unwrap();
    assert_eq!(none.years, 2);
    assert_eq!(none.used.likely, Decimal::from(62));
    assert_eq!(none.used.low, number("1.5") * number("31") * number("0.95"));
    assert_eq!(
        none.used.high,
        number("2.5") * number("31") * number("1.05")
    );

    // Ten days of 60 degrees should have used 1 therm each and used 1.4: the 21 others use 0.4 more than the fit says, 2.4 each.
    let counted: Vec<(NaiveDate, Decimal)> = day("2026-10-01")
        .iter_days()
        .take(10)
        .map(|on| (on, number("1.4")))
        .collect();
    let so_far = SoFar {
        days: 10,
        used: Decimal::from(14),
    };
    let later = by.band(october, so_far, &counted).unwrap();
    assert_eq!(
        later.used.likely,
        Decimal::from(14) + number("2.4") * Decimal::from(21)
    );
    assert!(later.used.low <= later.used.likely && later.used.likely <= later.used.high);

    // Of a July no year is known, and of a month that is over no day is left.
    let july = Period::new(day("2026-07-01"), day("2026-08-01")).unwrap();
    assert_eq!(by.band(july, SoFar::default(), &[]), None);
    let whole: Vec<(NaiveDate, Decimal)> = day("2026-10-01")
        .iter_days()
        .take(31)
        .map(|on| (on, Decimal::ONE))
        .collect();
    let all = SoFar {
        days: 31,
        used: Decimal::from(31),
    };
    assert_eq!(by.band(october, all, &whole), None);
}

#[test]
fn a_leap_day_is_the_day_before_in_other_years() {
    assert_eq!(years_before(day("2028-02-29"), 1), Some(day("2027-02-28")));
    assert_eq!(years_before(day("2028-02-29"), 4), Some(day("2024-02-29")));
}
