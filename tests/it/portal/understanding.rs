//! A customer understands the bill, the use behind it and what was paid, in either language, without a script.

use mainstay::domain::commodity::Commodity;
use mainstay::domain::customers::Language;

use crate::support::app::TestApp;
use crate::support::office::{ELECTRIC, SEWER, WATER, hourly_electricity};
use crate::support::page::Page;
use crate::support::people::Customer;

/// A household with water and electricity that was billed for June and July.
///
/// June: water 4,000 gallons 30.79 and 750 kWh 93.73, together 124.52. July: water 4,500 gallons is 14.20 + 10.26 + 1.5 x 4.86 = 31.75,
/// with 5% (1.5875, so 1.59) 33.34; 775 kWh are 9.50 + 87.0325 = 96.53; together 129.87, which is 5.35 more.
pub(super) async fn two_months(house: &TestApp, language: Language) -> Customer {
    house.set_day("2026-06-01");
    let office = house.office().await;
    office.publishes(WATER, "2025-01-01").await;
    office.publishes(ELECTRIC, "2025-01-01").await;
    let home = house
        .moves_in("Rosa", &[Commodity::Water, Commodity::Electric])
        .await;
    let digits: String = home.email.chars().filter(char::is_ascii_digit).collect();
    let (water, electric) = (format!("W{digits:0>6}"), format!("E{digits:0>6}"));
    office.reads(&home, &water, "1000").await;
    house.set_day("2026-07-02");
    office.read_on(&home, &water, ("2026-07-01", "5000")).await;
    let june = hourly_electricity(&electric, "2026-06-01", 30);
    office
        .takes("cmep", "june.txt", &june)
        .await
        .must_show("The file is imported.");
    office.bills("2026-06-01").await.must_show("$124.52");
    house.set_day("2026-08-02");
    office.read_on(&home, &water, ("2026-08-01", "9500")).await;
    let july = hourly_electricity(&electric, "2026-07-01", 31);
    office
        .takes("cmep", "july.txt", &july)
        .await
        .must_show("The file is imported.");
    office.bills("2026-07-01").await.must_show("$129.87");
    house.signs_in(home, language).await
}

/// Amounts such as `+ $2.43` and `− $0.12` at the end of lines, in cents.
fn cents(line: &str) -> i64 {
    let digits: String = line
        .chars()
        .skip_while(|letter| *letter != '$')
        .filter(char::is_ascii_digit)
        .collect();
    let size: i64 = digits
        .parse()
        .unwrap_or_else(|_| panic!("no amount in {line}"));
    if line.contains('\u{2212}') {
        -size
    } else {
        size
    }
}

/// Contract: F37, F101, F103
#[actix_web::test]
async fn each_line_of_the_bill_tells_the_quantity_the_price_and_the_reads_behind_it() {
    let house = TestApp::start().await;
    let rosa = two_months(&house, Language::English).await;
    let bill = rosa.visit("/bills").await.follow("June 2026 bill").await;
    for words in [
        "$14.20",
        "3 thousand gallons at $3.42 each",
        "$10.26",
        "1 thousand gallons at $4.86 each",
        "$4.86",
        "5% of $29.32",
        "$1.47",
        "$30.79",
        "750 kWh at $0.1123 each = $84.225 before rounding",
        "$84.23",
        "$93.73",
        "$124.52",
        "Priced by Water service (W-RES).",
        "Priced by Electric service (E-RES).",
    ] {
        bill.must_show(words);
    }
    let reads = bill.texts(".service details li");
    assert!(
        reads
            .iter()
            .any(|read| read.contains("Jun 1, 2026") && read.contains("1,000 gal")),
        "{reads:?}"
    );
    assert!(
        reads
            .iter()
            .any(|read| read.contains("Jul 1, 2026") && read.contains("5,000 gal")),
        "{reads:?}"
    );
    let is_told = |read: &String| {
        ["Jun 1 to Jun 30, 2026 (30 days)", "Actual reads", "750 kWh"]
            .iter()
            .all(|said| read.contains(said))
    };
    assert!(reads.iter().any(is_told), "{reads:?}");
    // What the bills say together is what the home page asks for and what the office sees.
    let home = rosa.visit("/").await;
    assert!(
        home.text("#balance").contains("$254.39"),
        "{}",
        home.text("#balance")
    );
    let july = rosa.visit("/bills").await.follow("July 2026 bill").await;
    july.must_show("$129.87")
        .must_show("$124.52")
        .must_show("$254.39");
}

/// Contract: F103
#[actix_web::test]
async fn the_home_page_tells_in_dollars_why_the_bill_changed() {
    let house = TestApp::start().await;
    let rosa = two_months(&house, Language::English).await;
    let home = rosa.visit("/").await;
    home.must_show("Why your bill went up $5.35");
    let lines = home.texts("ul.why li");
    let (first, rest) = lines.split_first().expect("the earlier bill");
    let (last, reasons) = rest.split_last().expect("the later bill");
    assert_eq!((cents(first), cents(last)), (12_452, 12_987), "{lines:?}");
    let parts: i64 = reasons.iter().map(|line| cents(line)).sum();
    assert_eq!(parts, 535, "{lines:?}");
    assert!(
        reasons.iter().any(|line| line.contains("more water")),
        "{lines:?}"
    );
    assert!(
        reasons
            .iter()
            .any(|line| line.contains("31 billing days instead of 30")),
        "{lines:?}"
    );
}

/// Sewer counts at most 5,000 gallons: of the 1,500 gallons more that July took, 1,000 are charged.
///
/// Contract: F101, F103
#[actix_web::test]
async fn sewer_is_told_by_what_it_is_charged_on_and_not_by_the_water() {
    let house = TestApp::start().await;
    house.set_day("2026-06-01");
    let office = house.office().await;
    office.publishes(WATER, "2025-01-01").await;
    office.publishes(SEWER, "2025-01-01").await;
    let home = house
        .moves_in("Rosa", &[Commodity::Water, Commodity::Sewer])
        .await;
    let digits: String = home.email.chars().filter(char::is_ascii_digit).collect();
    let water = format!("W{digits:0>6}");
    office.reads(&home, &water, "1000").await;
    for (month, read_on, value, next) in [
        ("2026-06-01", "2026-07-01", "5000", "2026-07-02"),
        ("2026-07-01", "2026-08-01", "10500", "2026-08-02"),
    ] {
        house.set_day(next);
        office.read_on(&home, &water, (read_on, value)).await;
        office.bills(month).await;
    }
    let rosa = house.signs_in(home, Language::English).await;
    let why = rosa.visit("/").await.texts("ul.why li");
    let sewer: Vec<&String> = why.iter().filter(|line| line.contains("ewer")).collect();
    assert_eq!(sewer.len(), 1, "{why:?}");
    assert!(
        sewer[0].starts_with("Sewer is charged on 1,000 gallons more"),
        "{why:?}"
    );
    let july = rosa.visit("/bills").await.follow("July 2026 bill").await;
    july.must_show("5 thousand gallons at $5.00 each")
        .must_show("Water used, at most 5,000 gallons");
}

/// Contract: F102, F103
#[actix_web::test]
async fn use_is_shown_by_month_day_and_hour_with_a_table_beneath() {
    let house = TestApp::start().await;
    let rosa = two_months(&house, Language::English).await;
    let months = rosa.visit("/usage/electric").await;
    let rows = months.texts("tbody tr");
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(rows[0].starts_with("July 2026 775"), "{rows:?}");
    assert!(
        rows[1].starts_with("June 2026 750") && rows[1].ends_with("$93.73"),
        "{rows:?}"
    );
    assert!(months.html.contains("<svg"), "the months are drawn as well");

    let month = rosa.visit("/usage/electric/2026-06").await;
    let days = month.texts("tbody tr");
    assert_eq!(days.len(), 30, "{days:?}");
    assert!(
        days.iter()
            .all(|day| day.contains("25") && day.ends_with("Actual read")),
        "{days:?}"
    );
    let day = month.follow("Jun 15").await;
    let hours = day.texts("tbody tr");
    assert_eq!(hours.len(), 24, "{hours:?}");
    let table = rosa.get("/usage/electric/2026-06-15.csv").await.body;
    let used: Vec<&str> = table
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').nth(1))
        .collect();
    assert_eq!(used.len(), 24, "{table}");
    let evening = used.iter().position(|used| *used == "2");
    assert_eq!(evening, Some(18), "{table}");
    assert_eq!(
        used.iter().filter(|used| **used == "1").count(),
        23,
        "{table}"
    );
    // Nobody else's, and nothing that is not there.
    rosa.meets("/usage/gas", 404).await;
    let omar = house.customer("Omar").signed_in().await;
    let none = omar.visit("/usage").await;
    none.must_show("No metered service has been billed yet.");
}

/// Contract: F104, F105
#[actix_web::test]
async fn two_years_of_payments_are_there_with_method_and_processing_date() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let page = rosa.visit("/pay").await.fill("amount", "20.00");
    let page = page
        .submit("Check the payment")
        .await
        .submit("Pay $20.00")
        .await;
    let card = page
        .fill("card_number", "4242 4242 4242 4242")
        .fill("expiry", "12/34")
        .fill("cvc", "123")
        .submit("Pay $20.00")
        .await;
    card.must_show("Posted").must_show("Jul 1, 2026");
    house.settles().await;
    let page = rosa.visit("/pay").await.fill("tender", "bank_account");
    let page = page
        .submit("Check the payment")
        .await
        .submit("Pay $64.10")
        .await;
    let bank = page
        .fill("account_number", "000123456789")
        .submit("Pay $64.10")
        .await;
    bank.must_show("Pending");
    house.settles().await;
    house.advance_days(4);
    house.settles().await;

    let list = rosa.visit("/payments").await;
    let rows = list.texts("tbody tr");
    assert_eq!(rows.len(), 2, "{rows:?}");
    let posted = |row: &str, method: &str, day: &str, amount: &str| {
        assert!(
            row.contains(method)
                && row.contains("Posted")
                && row.contains(day)
                && row.contains(amount),
            "{row}"
        );
    };
    posted(&rows[0], "Bank account", "Jul 5, 2026", "$64.10");
    posted(&rows[1], "Visa ••4242", "Jul 1, 2026", "$20.00");
    list.follow("Jul 1, 2026").await.must_show("Receipt");

    house.advance_days(720);
    let later = rosa.visit("/payments").await;
    assert_eq!(later.texts("tbody tr").len(), 2, "{}", later.html);
}

/// Contract: F101, F102, F103, F104, F109
#[actix_web::test]
async fn every_page_reads_in_spanish_and_works_without_a_script() {
    let house = TestApp::start().await;
    let rosa = two_months(&house, Language::Spanish).await;
    let number = rosa.household.number.as_str().to_owned();
    let bills = rosa.visit("/bills").await;
    let bill = bills
        .attribute("a[href^='/bills/']", "href")
        .expect("a bill");
    for path in [
        "/",
        "/usage",
        "/usage/water",
        "/usage/water/2026-06",
        "/usage/electric/2026-06-15",
        "/bills",
        &bill,
        "/pay",
        "/payments",
        "/claim",
        "/claim/code",
        "/password",
        "/profile",
        "/delivery",
        "/security",
        "/email",
        &format!("/?account={number}"),
    ] {
        let page: Page = rosa.meets(path, 200).await;
        assert_eq!(
            page.attribute("html", "lang").as_deref(),
            Some("es-US"),
            "{path}"
        );
        assert!(!page.html.contains("<script>"), "{path}");
        page.must_show("English");
    }
    let page = rosa.visit(&bill).await;
    page.must_show("Primeros 3,000 galones")
        .must_show("Tarifa de franquicia");
    // One press on the other language, and the same page answers in it.
    let english = page.submit("English").await;
    assert_eq!(english.attribute("html", "lang").as_deref(), Some("en-US"));
}
