//! What is owed, by due date and class: live, as of any past day, and the same when somebody else adds the exported journal up.

use std::collections::BTreeMap;
use std::process::Command;

use chrono::NaiveDate;
use mainstay::domain::accounts::AccountClass;
use mainstay::domain::ids::AccountId;
use mainstay::domain::staff::Role;

use crate::support::app::TestApp;
use crate::support::visitor::Visitor;

/// A customer pays by card, and it is posted.
async fn pays(house: &TestApp, account: AccountId, cents: i64) {
    let payment = house.requests(account, cents).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house.pays(&session, "pm_card_visa").await;
    house.settles().await;
}

/// The rows of the table by class: the class, its buckets, what is owed and what is held.
async fn by_class(manager: &Visitor, on: &str) -> Vec<String> {
    let page = manager.visit(&format!("/office/receivables?on={on}")).await;
    page.texts("section[aria-labelledby=aging] tbody tr, section[aria-labelledby=aging] tfoot tr")
}

/// Contract: F66, F67
#[actix_web::test]
async fn aging_is_live_by_due_date_and_class_and_any_past_day_stays_as_it_was() {
    let house = TestApp::start().await;
    let home = house.moves_in("Rosa", &[]).await;
    let shop = house
        .moves_in_as(AccountClass::Commercial, "Bakery", &[])
        .await;
    house.owes(home.account, "$84.10", 20).await; // due July 21
    house.owes(home.account, "$31.00", 50).await; // due August 20
    house.owes(shop.account, "$250.00", 5).await; // due July 6
    let manager = house.staff(Role::BillingManager).await;

    let none = "$0.00";
    let row = |class: &str, current: &str, to_30: &str, to_60: &str, owed: &str| {
        let later = [none; 3].join(" ");
        format!("{class} {current} {to_30} {to_60} {later} {owed} {none}")
    };
    assert_eq!(
        by_class(&manager, "2026-07-01").await,
        [
            row("Residential", "$115.10", none, none, "$115.10"),
            row("Commercial", "$250.00", none, none, "$250.00"),
            row("All classes", "$365.10", none, none, "$365.10"),
        ]
    );

    house.set_day("2026-08-10");
    assert_eq!(
        by_class(&manager, "2026-08-10").await,
        [
            row("Residential", "$31.00", "$84.10", none, "$115.10"),
            row("Commercial", none, none, "$250.00", "$250.00"),
            row("All classes", "$31.00", "$84.10", "$250.00", "$365.10"),
        ]
    );
    // No bill run and no end of month in between: a payment counts at once, the oldest due date first.
    pays(&house, home.account, 9_000).await;
    assert_eq!(
        by_class(&manager, "2026-08-10").await[0],
        row("Residential", "$25.10", none, none, "$25.10")
    );
    let page = manager.visit("/office/receivables").await;
    page.must_show("Aug 20, 2026").must_show("Jul 6, 2026");
    let open = page.follow("$250.00").await;
    open.must_show("Jul 6, 2026").must_show("31 to 60 days");

    house.set_day("2026-08-25");
    let july = by_class(&manager, "2026-07-25").await;
    assert_eq!(
        july[0],
        row("Residential", "$31.00", "$84.10", none, "$115.10")
    );
    let before_payment = by_class(&manager, "2026-08-09").await;
    assert_eq!(
        before_payment[0],
        row("Residential", "$31.00", "$84.10", none, "$115.10")
    );

    for day in [
        "2026-07-01",
        "2026-07-25",
        "2026-08-09",
        "2026-08-10",
        "2026-08-25",
    ] {
        let ours = by_class(&manager, day).await;
        let total = ours.last().expect("a row for all classes");
        assert_eq!(*total, recomputed(&house, day), "{day}");
    }
}

/// The last row once more, from the exported journal alone: what each account was asked for by due date, less what it paid, the oldest
/// due date first.
fn recomputed(house: &TestApp, on: &str) -> String {
    let on: NaiveDate = on.parse().expect("a day");
    let mut owed: BTreeMap<(String, NaiveDate), i64> = BTreeMap::new();
    let mut paid: BTreeMap<String, i64> = BTreeMap::new();
    let (mut counts, mut account) = (false, String::new());
    for line in journal(house).lines() {
        if let Some((day, _)) = line.split_once(" * ") {
            counts = day.parse::<NaiveDate>().is_ok_and(|day| day <= on);
            account.clear();
        } else if let Some((_, number)) = line.split_once("; account:") {
            number.clone_into(&mut account);
        } else if counts && line.contains(":1200-") && !account.is_empty() {
            let (leg, due) = match line.split_once("; due:") {
                Some((leg, due)) => (leg, Some(due.trim().parse().expect("a day"))),
                None => (line, None),
            };
            let (_, amount) = leg.split_once('$').expect("an amount");
            let cents: i64 = amount.trim().replace('.', "").parse().expect("cents");
            match due {
                Some(due) => *owed.entry((account.clone(), due)).or_default() += cents,
                None => *paid.entry(account.clone()).or_default() -= cents,
            }
        }
    }
    let mut buckets = [0_i64; 6];
    for ((account, due), cents) in &owed {
        let left = paid.entry(account.clone()).or_default();
        let settled = (*left).min(*cents);
        *left -= settled;
        let place = match (on - *due).num_days() {
            ..=0 => 0,
            1..=30 => 1,
            31..=60 => 2,
            61..=90 => 3,
            91..=120 => 4,
            _ => 5,
        };
        buckets[place] += cents - settled;
    }
    let money = |cents: i64| format!("${}.{:02}", cents / 100, cents % 100);
    let shown: Vec<String> = buckets.iter().map(|cents| money(*cents)).collect();
    let all: i64 = buckets.iter().sum();
    format!("All classes {} {} $0.00", shown.join(" "), money(all))
}

/// The ledger as the command line exports it.
fn journal(house: &TestApp) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_mainstay"))
        .args(["export", "journal", "--format", "hledger"])
        .env("DATABASE_URL", &house.database().url)
        .output()
        .expect("the program runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("the journal is text")
}
