//! What people read, in both languages.

use super::*;

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn both_languages_print_numbers_as_the_united_states_read_them() {
    for language in [Language::English, Language::Spanish] {
        let t = words(language);
        assert_eq!(t.number(number("1234.56")), "1,234.56");
        assert_eq!(t.number(number("7375.00")), "7,375");
        assert_eq!(t.whole(-92), "\u{2212}92");
        assert_eq!(t.price(number("0.10452")), "$0.10452");
        assert_eq!(t.price(number("12.5")), "$12.50");
        assert_eq!(t.rounded(number("2.449"), 1), "2.4");
        let cents = Money::from_cents(123_456);
        assert_eq!(
            t.money(cents),
            format!("${}", t.rounded(cents.dollars(), 2))
        );
    }
}

#[test]
fn days_read_as_people_say_them() {
    let (en, es) = (words(Language::English), words(Language::Spanish));
    let due = day("2026-12-08");
    assert_eq!((en.day(due), es.day(due)), ("Dec 8".into(), "8 dic".into()));
    assert_eq!(en.long_date(due), "Tuesday, December 8, 2026");
    assert_eq!(es.long_date(due), "martes, 8 de diciembre de 2026");
    assert_eq!(en.long_day(due), "Tuesday, December 8");
    assert_eq!(es.long_day(due), "martes, 8 de diciembre");
    assert_eq!(
        (en.month(due), es.month(due)),
        ("December 2026".into(), "diciembre de 2026".into())
    );
    assert_eq!(
        (en.short_month(due), es.short_month(due)),
        ("Dec".into(), "Dic".into())
    );
    assert_eq!(
        en.time(chrono::NaiveTime::from_hms_opt(9, 12, 0).unwrap())
            .replace('\u{202f}', " "),
        "9:12 AM"
    );
}

#[test]
fn days_across_a_new_year_name_both_years() {
    let (en, es) = (words(Language::English), words(Language::Spanish));
    let (october, november) = (day("2026-10-19"), day("2026-11-18"));
    assert_eq!(en.span(october, november), "Oct 19 to Nov 18, 2026");
    assert_eq!(es.span(october, november), "del 19 oct al 18 nov 2026");
    let (december, january) = (day("2025-12-19"), day("2026-01-18"));
    assert_eq!(en.span(december, january), "Dec 19, 2025 to Jan 18, 2026");
    assert_eq!(es.span(december, january), "del 19 dic 2025 al 18 ene 2026");
}

#[test]
fn a_day_is_told_from_today() {
    let en = words(Language::English);
    let today = day("2026-11-22");
    let told = |text: &str| en.relative(day(text), today);
    assert_eq!(told("2026-12-08"), "in 16 days");
    assert_eq!(told("2026-11-22"), "today");
    assert_eq!(told("2026-11-23"), "tomorrow");
    assert_eq!(told("2026-11-21"), "yesterday");
    assert_eq!(
        words(Language::Spanish).relative(day("2026-12-08"), today),
        "en 16 días"
    );
}

#[test]
fn words_that_leave_out_what_must_be_told_by_now_give_way_to_ours() {
    let own = |key: &str, text: &str| {
        let kept = (Language::English, key.to_owned(), text.to_owned());
        Own::keep(OwnTexts::of([kept])).words(Language::English)
    };
    let due = "Dear neighbor, {amount} was due on {day}.";
    let said = own("notice-past-due-text", due).notice_past_due_text(
        Money::from_cents(8_410),
        "…0019",
        day("2026-07-24"),
    );
    assert!(said.starts_with("Dear neighbor, $84.10"), "{said}");
    let said = own(
        "notice-past-due-text",
        "Dear neighbor, please pay {amount}.",
    )
    .notice_past_due_text(Money::from_cents(8_410), "…0019", day("2026-07-24"));
    assert!(said.contains("was due on Jul 24, 2026"), "{said}");
    // What the law words is nobody else's.
    let said = own("notice-past-due-wrong", "Call {phone}.").notice_past_due_wrong("555");
    assert!(said.contains("the right to say so"), "{said}");
    for ours in [
        "text-past-due",
        "notice-hold-lifted-text",
        "notice-dispute-decided-text",
    ] {
        assert!(EDITABLE.iter().all(|place| place.key != ours), "{ours}");
    }
    for place in EDITABLE {
        for name in place.names() {
            let may_lack = ["name", "account", "method", "number"].contains(&name);
            assert_eq!(
                place.must().contains(&name),
                !may_lack,
                "{} {name}",
                place.key
            );
        }
    }
}
