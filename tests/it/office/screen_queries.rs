//! What the account screen asks of the database: at most twelve queries on any tab, whatever the account holds, and what each of its parts says by
//! itself is what it says.

use diesel::prelude::*;
use mainstay::domain::ids::{AccountId, ServicePointId};
use mainstay::domain::staff::Role;
use mainstay::i18n::{Language, words};
use mainstay::store::account_screen::{ReadLine, list_reads_known};
use mainstay::store::audit::{self, AuditRow, Wanted};
use mainstay::store::db::Conn;
use mainstay::store::error::StoreError;
use mainstay::store::schema::service_points;
use mainstay::store::{arrangements, deposits, disputes, ledger};
use mainstay::usecases::{budget_plans, shutoff};
use mainstay::web::office::account_load::{Screen, load};
use mainstay::web::office::account_tabs::{Shown, Tab};

use super::deposits::{asked, asks_everybody};
use crate::holds::places;
use crate::level_plans::{billed_three_times, joins, register};
use crate::portal::bills::billed;
use crate::requests::by_phone;
use crate::support::app::TestApp;
use crate::support::billing::{Utility, day};
use crate::support::db::count_statements;
use crate::support::people::{Customer, Household};

/// The most that a page may ask, with the one query by which it knows who looks.
const MOST: u32 = 12;

/// The screen of an account as one of its tabs shows it, and how many queries the page takes.
async fn seen(house: &TestApp, household: &Household, tab: Tab) -> (Screen, u32) {
    let (clock, number) = (&house.app.clock, household.number.clone());
    let (on, now) = (clock.today(), clock.world_now());
    let read = move |conn: &mut Conn| -> Result<_, StoreError> {
        let counted = count_statements(conn);
        let shown = Shown { tab, all: false };
        let screen = load(conn, &number, shown, (on, now, words(Language::English)))?;
        Ok((screen, counted.so_far() + 1))
    };
    let (screen, queries) = house.app.db.read(read).await.expect("it can be read");
    (screen.expect("there is the account"), queries)
}

/// The most queries of any tab.
async fn most(house: &TestApp, household: &Household) -> u32 {
    let mut most = 0;
    for tab in Tab::ALL {
        let (_, queries) = seen(house, household, tab).await;
        assert!(queries <= MOST, "{} takes {queries} queries", tab.word());
        most = most.max(queries);
    }
    most
}

/// Saves a card and lets it be charged on each due date.
async fn joins_autopay(rosa: &Customer) {
    let list = rosa.visit("/payment-methods").await;
    let page = list.submit("Add a card").await;
    page.fill("card_number", "4242424242424242")
        .fill("expiry", "12/34")
        .fill("cvc", "123")
        .submit("Save")
        .await;
    let form = rosa.visit("/autopay").await.fill("when", "due");
    let check = form.submit("See what will happen").await;
    check.fill("agree", "yes").submit("autopay").await;
}

/// Contract: F93
#[actix_web::test]
async fn a_plain_account_is_shown_with_few_queries() {
    let house = TestApp::start().await;
    let ada = house.customer("Ada").moved_in().await;
    assert!(most(&house, &ada).await <= 7);
    let owing = house.customer("Ben").owing("$84.10").moved_in().await;
    assert!(most(&house, &owing).await <= 8);
}

/// Contract: F93
#[actix_web::test]
async fn an_account_in_every_state_at_once_is_shown_with_twelve_queries_at_the_most() {
    let house = TestApp::start().await;
    asks_everybody(&house).await;
    let rosa = house.customer("Rosa").signed_in().await;
    let number = rosa.household.number.clone();
    let clerk = house.staff(Role::BillingClerk).await;
    asked(&clerk, &number, "1").await;
    let (_, june) = billed(&house, &rosa.household);
    house.owes(rosa.household.account, "$21.22", 20).await;
    joins_autopay(&rosa).await;
    let offers = rosa.visit("/more-time").await;
    let check = offers.follow("2 monthly payments").await;
    check.fill("agree", "yes").submit("Agree").await;
    let csr = house.staff(Role::Csr).await;
    let form = by_phone::form(&csr, number.as_str(), june.as_str()).await;
    form.fill("came_by", "letter")
        .fill("reason", "read_wrong")
        .fill("words", "The dial showed 5,000 on the first.")
        .submit("Open the dispute and tell the customer")
        .await;
    places(&csr, &rosa.household, "medical_certificate").await;
    let order = format!("/office/accounts/{}/orders/new", number.as_str());
    let order = csr.visit(&order).await.fill("kind", "re_read");
    order.submit("Make the order").await;

    assert_eq!(most(&house, &rosa.household).await, 11);
    let (screen, _) = seen(&house, &rosa.household, Tab::Ledger).await;
    assert!(screen.autopay.is_some() && screen.disputed.is_positive());
    assert_eq!(screen.requests.len(), 1);
    assert_eq!(screen.orders.orders.len(), 1);
    assert_eq!(screen.holds.holds.len(), 1);
    assert!(screen.arrangement.is_some() && screen.orders.deposit.is_some());
    says_the_same(&house, rosa.household.account, screen).await;
}

/// Contract: F93
#[actix_web::test]
async fn what_a_level_plan_puts_off_takes_one_query() {
    let house = TestApp::start().await;
    let rosa = billed_three_times(&house).await;
    let before = most(&house, &rosa.household).await;
    joins(&rosa, "fixed", "spread").await;
    assert_eq!(most(&house, &rosa.household).await, before + 1);
    let (screen, _) = seen(&house, &rosa.household, Tab::Ledger).await;
    assert!(screen.level_plan.is_some());
    says_the_same(&house, rosa.household.account, screen).await;
}

/// That the screen says what each of its parts says where it is read by itself.
async fn says_the_same(house: &TestApp, account: AccountId, screen: Screen) {
    let on = house.app.clock.today();
    let read = move |conn: &mut Conn| -> Result<(), StoreError> {
        assert_eq!(screen.balance, ledger::balance(conn, account, None)?);
        assert_eq!(screen.disputed, disputes::open_sums(conn, account, on)?.0);
        let answer = shutoff::answer(conn, account, on)?;
        assert_eq!(screen.holds.verdict, answer.verdict);
        let arrangement = arrangements::list_open(conn, &[account])?.pop();
        let cover = screen.arrangement.map(|open| open.cover);
        assert_eq!(cover, arrangement.map(|open| open.cover));
        let rows = deposits::list_of_account(conn, account)?;
        let deposit = deposits::list_standings(conn, rows)?.pop();
        assert_eq!(screen.orders.deposit, deposit);
        let plan = budget_plans::find_open(conn, account, on)?;
        assert_eq!(screen.level_plan, plan.map(|(_, put_off)| put_off));
        Ok(())
    };
    house.app.db.read(read).await.expect("it can be read");
}

/// The reads of every point that a page of so many shows: whose, of which day.
fn reads(conn: &mut Conn, limit: usize) -> Result<Vec<String>, StoreError> {
    let points: Vec<ServicePointId> = service_points::table
        .select(service_points::id)
        .load(conn)?;
    let since = Some(day("2026-01-01"));
    let limit = i64::try_from(limit).expect("a page");
    let rows = list_reads_known(conn, points, (since, None), limit)?;
    let name = |row: &ReadLine| format!("{} {}", row.serial, row.on);
    Ok(rows.iter().map(name).collect())
}

/// The deeds of an account after so many, two of them or all: what, and to what.
fn deeds(
    conn: &mut Conn,
    account: AccountId,
    (limit, offset): (usize, usize),
) -> Result<Vec<String>, StoreError> {
    let whole = |count: usize| i64::try_from(count).expect("a page");
    let wanted = Wanted {
        account: Some(account),
        action: String::new(),
        limit: whole(limit),
        offset: whole(offset),
    };
    let rows = audit::list(conn, &wanted)?;
    let name = |row: &AuditRow| format!("{} {} {}", row.at, row.action, row.subject_id);
    Ok(rows.iter().map(name).collect())
}

/// Contract: F93
#[actix_web::test]
async fn a_page_of_reads_or_deeds_is_the_newest_part_of_all_of_them() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    billed(&house, &rosa.household);
    let ada = house.customer("Ada").signed_in().await;
    let often = [
        ("2026-06-28", 10),
        ("2026-06-29", 20),
        ("2026-06-30", 30),
        ("2026-07-02", 40),
    ];
    Utility::of(&house).reads(&register(&ada), &often);
    let account = rosa.household.account;
    let read = move |conn: &mut Conn| -> Result<(), StoreError> {
        let all = reads(conn, 100)?;
        assert_eq!(all.len(), 7);
        for limit in 1..=all.len() {
            assert_eq!(reads(conn, limit)?, all[..limit]);
        }
        let all = deeds(conn, account, (100, 0))?;
        assert!(
            all.iter().any(|deed| deed.contains("bill.issued")),
            "{all:?}"
        );
        for (offset, pair) in all.windows(2).enumerate() {
            assert_eq!(deeds(conn, account, (2, offset))?, pair);
        }
        Ok(())
    };
    house.app.db.read(read).await.expect("it can be read");
}
