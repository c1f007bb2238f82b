//! The bill on paper: the same bytes each time, everything on it, and a structure that a screen reader can follow (F47, F53).

use mainstay::documents::bill_pdf::{Sender, render};
use mainstay::domain::bill_paper::{
    BillPaper, PaperDays, PaperEntry, PaperLine, PaperMeter, PaperMonth, PaperRead, PaperService,
    PaperUsage,
};
use mainstay::domain::bills::BillKind;
use mainstay::domain::customers::Language;
use mainstay::domain::ids::{AccountNumber, BillId, BillNumber};
use mainstay::domain::ledger::EntryKind;
use mainstay::domain::money::Money;
use mainstay::domain::premises::Commodity;
use mainstay::domain::quantity::{Quantity, Unit};
use mainstay::domain::rates::origins::Known;
use mainstay::domain::rates::winter_months::WinterMonths;
use mainstay::domain::reads::ReadQuality;
use rust_decimal::Decimal;

use crate::support::billing::day;
use crate::support::judges::Pdf;

fn sender() -> Sender {
    Sender {
        address: vec![
            "PO Box 1180".to_owned(),
            "Larkspur Bend, IA 52799".to_owned(),
        ],
        phone: "(555) 010-0142".to_owned(),
        site: "https://bills.example.gov".to_owned(),
    }
}

/// A bill for water with so many lines, each a cent dearer than the one before it.
pub fn bill(language: Language, lines: u32) -> BillPaper {
    let line = |place: u32| PaperLine {
        charge: format!("charge {place:02}"),
        quantity: Some(Decimal::from(place)),
        price: Some(Decimal::new(5, 1)),
        amount: Money::from_cents(100 + i64::from(place)),
        known: Known::default(),
    };
    let lines: Vec<PaperLine> = (1..=lines).map(line).collect();
    let total: Money = lines.iter().map(|line| line.amount).sum();
    let month = |place: u32| PaperMonth {
        month: day("2025-06-30") + chrono::Months::new(place),
        used: Decimal::from(3_000 + place * 100),
        is_estimated: place == 5,
    };
    let read = |on: &str, value: i64, quality| PaperRead {
        on: day(on),
        value: Decimal::from(value),
        quality,
    };
    BillPaper {
        id: BillId(1),
        codes: None,
        number: BillNumber::of(7),
        kind: BillKind::Regular,
        account: AccountNumber::of(27),
        language,
        from_on: day("2026-06-01"),
        until_on: day("2026-07-01"),
        issued_on: day("2026-07-04"),
        due_on: day("2026-07-24"),
        previous: Money::from_cents(1_946),
        total,
        put_off: None,
        name: "Rosa Núñez".to_owned(),
        mail_to: vec![
            "7 Prairie Street".to_owned(),
            "Larkspur Bend, IA 52799".to_owned(),
        ],
        served_at: vec!["7 Prairie Street".to_owned()],
        services: vec![PaperService {
            commodity: Commodity::Water,
            place: None,
            schedule: None,
            used: Some(Quantity {
                amount: Decimal::from(4_200),
                unit: Unit::Gallon,
            }),
            quality: "estimated".to_owned(),
            amount: total,
            lines,
            bank: None,
            winter: None,
            meters: vec![PaperMeter {
                serial: "W000007-1".to_owned(),
                unit: Unit::Gallon,
                first: Some(read("2026-06-01", 10_700, ReadQuality::Actual)),
                last: read("2026-07-01", 14_900, ReadQuality::Estimated),
            }],
            days: Vec::new(),
        }],
        between: vec![paid()],
        usage: vec![PaperUsage {
            commodity: Commodity::Water,
            unit: Unit::Gallon,
            months: (0..13).map(month).collect(),
        }],
    }
}

/// A payment since the bill before.
fn paid() -> PaperEntry {
    PaperEntry {
        kind: EntryKind::Payment,
        source_id: 1,
        on: day("2026-06-20"),
        amount: Money::from_cents(-500),
        deposit: None,
        due_on: None,
    }
}

pub fn made(bill: &BillPaper) -> Vec<u8> {
    render(bill, &sender()).expect("the paper holds PDF/UA-1")
}

/// Words with one space between them, however far apart they stand.
fn flat(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Contract: F53
#[test]
fn the_same_bill_makes_the_same_bytes() {
    let bill = bill(Language::English, 5);
    let first = made(&bill);
    let elsewhere = std::thread::scope(|scope| scope.spawn(|| made(&bill)).join());
    assert_eq!(first, elsewhere.expect("it is made"));
    let mut other = bill.clone();
    other.previous += Money::from_cents(1);
    assert_ne!(first, made(&other));
}

/// Contract: F53
#[test]
fn a_bill_says_what_is_owed_and_how_it_comes_about() {
    let bill = bill(Language::English, 3);
    let pdf = Pdf::of(&made(&bill));
    let (Some(words), Some(facts)) = (pdf.words(), pdf.facts()) else {
        return;
    };
    for said in [
        "June 2026 bill",
        "Amount to pay by Jul 24, 2026",
        "$22.52",
        "4100-00027",
        "Rosa Núñez",
        "Service at 7 Prairie Street",
        "Jun 1, 2026 to Jun 30, 2026 (30 days)",
        "Balance after your last bill",
        "$24.46",
        "Payment Jun 20",
        "−$5.00",
        "keeps the due date it had",
        "4,200 gallons · Estimated read",
        "charge 02",
        "2 at $0.50",
        "$1.02",
        "14,900",
        "Estimated read",
        "will be heard before any service",
        "Larkspur Bend, IA 52799",
        &bill.scanline(),
    ] {
        assert!(flat(&words).contains(said), "{said}: {words}");
    }
    assert!(facts.contains("Tagged:          yes"), "{facts}");
    assert!(facts.contains("Pages:           1"), "{facts}");
    assert!(facts.contains("612 x 792 pts (letter)"), "{facts}");
}

/// Contract: F47, F179
#[test]
fn a_screen_reader_finds_headings_tables_with_heads_and_pictures_in_words() {
    let file = made(&bill(Language::English, 3));
    for words in [
        "/Alt(Water use by month for 13 months in gallons: June 2025 3,000",
        "/Alt(Code to scan with a phone",
    ] {
        let is_said = file
            .windows(words.len())
            .any(|part| part == words.as_bytes());
        assert!(is_said, "{words}");
    }
    let pdf = Pdf::of(&file);
    let (Some(tree), Some(sound)) = (pdf.tree(), pdf.is_sound()) else {
        return;
    };
    assert!(sound, "qpdf finds nothing wrong");
    for part in ["H1", "H2", "Table", "THead", "TH", "TD", "Figure"] {
        let found = tree
            .lines()
            .any(|line| line.trim_start().split([' ', '(', ':']).next() == Some(part));
        assert!(found, "{part}: {tree}");
    }
    assert!(tree.contains("June 2026 bill"), "{tree}");
    let place = |words: &str| {
        tree.find(words)
            .unwrap_or_else(|| panic!("{words}: {tree}"))
    };
    assert!(place("Amount to pay by") < place("Your charges"));
    assert!(place("Your charges") < place("Payment coupon"));
}

/// Contract: F47
#[test]
fn a_customer_who_reads_spanish_gets_spanish_paper() {
    let pdf = Pdf::of(&made(&bill(Language::Spanish, 3)));
    let Some(words) = pdf.words() else { return };
    for said in [
        "Factura de junio",
        "Sus cargos",
        "Lectura estimada",
        "Talón de pago",
        "$22.52",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(!words.contains("Amount"), "{words}");
}

/// Contract: F37, F53
#[test]
fn what_stands_behind_the_lines_is_on_paper_in_both_languages() {
    for (language, all_said) in [
        (
            Language::English,
            [
                "The winter months",
                "Too few winter",
                "2,900 gal",
                "Meter E000007",
                "750.25 kWh",
            ],
        ),
        (
            Language::Spanish,
            [
                "Los meses de",
                "Se conocen muy",
                "2,900 gal",
                "Medidor E000007",
                "750.25 kWh",
            ],
        ),
    ] {
        let mut bill = bill(language, 2);
        let used = Quantity {
            amount: Decimal::from(2_900),
            unit: Unit::Gallon,
        };
        bill.services[0].winter = Some(WinterMonths {
            months: vec![(day("2026-01-01"), day("2026-01-31"), used)],
            is_enough: false,
        });
        bill.services[0].days = vec![PaperDays {
            serial: "E000007".to_owned(),
            unit: Unit::Kwh,
            from: day("2026-06-01"),
            last: day("2026-06-30"),
            days: 30,
            weak: 1,
            sum: Decimal::new(75_025, 2),
        }];
        let Some(words) = Pdf::of(&made(&bill)).words() else {
            return;
        };
        for said in all_said {
            assert!(flat(&words).contains(said), "{said}: {words}");
        }
    }
}

/// Contract: F53
#[test]
fn a_long_bill_runs_on_and_loses_no_line() {
    let bill = bill(Language::English, 60);
    let pdf = Pdf::of(&made(&bill));
    let (Some(words), Some(facts), Some(tree)) = (pdf.words(), pdf.facts(), pdf.tree()) else {
        return;
    };
    assert!(facts.contains("Pages:           2"), "{facts}");
    for line in bill.services.iter().flat_map(|service| &service.lines) {
        assert!(words.contains(&line.charge), "{}: {words}", line.charge);
        assert!(words.contains(&line.amount.to_string()), "{words}");
    }
    let pages: Vec<&str> = words.split('\u{c}').collect();
    assert!(pages[0].contains("Continued on page 2"), "{words}");
    assert!(flat(pages[0]).contains(&bill.scanline()), "{words}");
    assert!(pages[1].contains("How it comes about"), "{words}");
    assert!(pages[1].contains("Page 2 of 2"), "{words}");
    assert!(pages[1].contains(bill.number.as_str()), "{words}");
    // The head that is shown again is for the eye alone.
    assert_eq!(tree.matches("How it comes about").count(), 1, "{tree}");
}

/// Contract: F53
#[test]
fn the_coupon_asks_for_what_the_bill_asks_for() {
    let owing = bill(Language::English, 3);
    let credit = BillPaper {
        previous: Money::from_cents(-10_000),
        ..owing.clone()
    };
    for (bill, amount, digits) in [
        (&owing, "$22.52", "0000002252"),
        (&credit, "$0.00", "0000000000"),
    ] {
        let Some(words) = Pdf::of(&made(bill)).words() else {
            return;
        };
        let coupon = words.split("Detach here").nth(1).expect("a coupon");
        let line = coupon
            .lines()
            .find(|line| line.contains("Amount due"))
            .expect("the amount due");
        assert!(line.trim_end().ends_with(amount), "{line}");
        assert!(coupon.contains(digits), "{coupon}");
    }
}

#[test]
fn a_name_in_letters_that_the_typeface_lacks_still_makes_a_paper() {
    let mut bill = bill(Language::English, 1);
    bill.name = "Nguyễn Łukasz 山田".to_owned();
    bill.mail_to = Vec::new();
    bill.served_at = vec!["A".repeat(400), "9 Prairie Street".to_owned()];
    let Some(words) = Pdf::of(&made(&bill)).words() else {
        return;
    };
    assert!(words.contains("Nguyễn Łukasz"), "{words}");
}
