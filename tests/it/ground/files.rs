//! A whole utility from its own files: looked through, mended, taken at once, and billed to the cent.

use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::prelude::*;
use mainstay::adapters::setup::from_bytes;
use mainstay::domain::money::Money;
use mainstay::domain::setup::{Refusal, Why};
use mainstay::domain::staff::Role;
use mainstay::store::db::{Conn, Tx};
use mainstay::store::error::StoreError;
use mainstay::store::schema::{
    accounts, ledger_entries, open_items, own_numbers, premises, reads, service_points,
};
use mainstay::usecases::books;
use mainstay::usecases::fees::{FeeError, assess_late_fees};
use mainstay::usecases::setup::weigh;

use crate::support::app::TestApp;
use crate::support::billing::{day, dollars};
use crate::support::office::{Office, SEWER, WATER};
use crate::support::page::Page;

/// Refuse by the cart.
const REFUSE: &str = r#"{
  "format": "mainstay-rate-schedule/1", "code": "R-RES", "version": 1, "effective_from": "2025-01-01",
  "name": { "en": "Refuse collection", "es": "Recolección de basura" }, "service": "refuse",
  "measures": { "carts": "each" },
  "charges": [
    { "code": "cart", "label": { "en": "Carts", "es": "Carritos" }, "how": { "fixed": { "amount": "8.00", "times": "carts" } } }
  ] }"#;

pub(super) const FILES: [(&str, &str); 9] = [
    (
        "cycles.csv",
        "cycle,name,read_day,falls_on,issue_after,due_after,first_day\nN,North side,1,any_day,3,20,2026-07-01\n",
    ),
    (
        "premises.csv",
        "premise,address,unit,city,state,zip,cycle,dwelling_units,impervious_sqft\n\
         P1,12 Peña Street,,Larkspur Bend,IL,60000,N,1,2100\n\
         P2,12 Peña Street,Apt 2,Larkspur Bend,IL,60000,N,1,\n",
    ),
    (
        "service_points.csv",
        "point,premise,service,feeder\nW1,P1,water,North  main\nS1,P1,sewer,\nR1,P1,refuse,\nW2,P2,water,North main\n",
    ),
    (
        "meters.csv",
        "meter,point,installed_on,kind,size,unit,dials,register,channel\n\
         A-100,W1,2019-03-01,simple,5/8,gal,6,,\n\
         B-200,W2,2020-05-01,compound,2,gal,6,B-200-H,high\n\
         B-200,W2,2020-05-01,compound,2,gal,6,B-200-L,low\n\
         C-300,,,,,gal,6,,\n",
    ),
    (
        "customers.csv",
        "customer,name,given_name,language,email,phone,mailing_address\n\
         K1,Rosa Díaz,Rosa,es-US,rosa@home.example,(555) 010-0142,\n\
         K2,\"Koch, Walter\",,,,,\"PO Box 7; Larkspur Bend, IL 60001\"\n",
    ),
    (
        "accounts.csv",
        "account,customer,class,cycle,opened_on,language,delivery\n\
         0-1001,K1,residential,N,2019-03-01,es-US,both\n\
         0-1002,K2,residential,N,2020-05-01,,\n",
    ),
    (
        "agreements.csv",
        "account,point,rate,facts\n\
         0-1001,W1,W-RES,\n0-1001,S1,S-RES,\n0-1001,R1,R-RES,carts=2\n0-1002,W2,W-RES,\n",
    ),
    (
        "last_reads.csv",
        "register,on,value\nA-100,2026-07-01,10500\nB-200-H,2026-07-01,700\nB-200-L,2026-07-01,90\n",
    ),
    (
        "opening_balances.csv",
        "account,fund,due_on,amount\n\
         0-1001,WATER,2026-06-20,84.10\n0-1001,REFUSE,2026-07-20,60.00\n0-1002,WATER,2026-06-20,-25.00\n",
    ),
];

pub(super) async fn rates(office: &Office<'_>) {
    for rate in [WATER, SEWER, REFUSE] {
        office.publishes(rate, "2025-01-01").await;
    }
}

/// The manager sends files and looks into them. Files wait by their fingerprint, in one folder of the whole process: empty lines at their ends
/// tell those of one story from those of another, which would take them away.
pub(super) async fn sends(office: &Office<'_>, files: &[(&str, &str)]) -> Page {
    static SENT: AtomicUsize = AtomicUsize::new(0);
    let own = "\n".repeat(SENT.fetch_add(1, Ordering::Relaxed));
    let mut page = office.manager.visit("/office/utility-files").await;
    for (name, text) in files {
        page = page.attach("files", name, format!("{text}{own}").as_bytes());
    }
    page.submit("Look into it").await
}

/// How many rows some tables have.
async fn counts(house: &TestApp) -> [i64; 5] {
    let count = |conn: &mut Conn| {
        Ok::<_, StoreError>([
            accounts::table.count().get_result(conn)?,
            premises::table.count().get_result(conn)?,
            own_numbers::table.count().get_result(conn)?,
            reads::table.count().get_result(conn)?,
            ledger_entries::table.count().get_result(conn)?,
        ])
    };
    house.app.db.read(count).await.expect("tables are counted")
}

/// What is owed, by due date.
async fn owed(house: &TestApp) -> Vec<(String, Money)> {
    let list = |conn: &mut Conn| {
        let rows: Vec<(chrono::NaiveDate, Money)> = open_items::table
            .order((open_items::due_on, open_items::remaining_cents))
            .select((open_items::due_on, open_items::remaining_cents))
            .load(conn)?;
        Ok::<_, StoreError>(rows)
    };
    let rows = house.app.db.read(list).await.expect("debts are read");
    let words = |(due, left): (chrono::NaiveDate, Money)| (due.to_string(), left);
    rows.into_iter().map(words).collect()
}

/// Contract: F1, F3, F19, F147, F148
#[actix_web::test]
async fn a_utility_comes_in_by_its_files_and_bills_its_first_month() {
    let house = TestApp::start().await;
    let office = house.office().await;
    let today = office.manager.visit("/office").await;
    today.must_show("Until you can bill");
    rates(&office).await;
    let page = sends(&office, &FILES).await;
    page.must_show("Opening balances: $144.10 owed");
    assert_eq!(counts(&house).await[..2], [0, 0], "nothing is taken yet");
    let page = page.submit("Take all of it").await;
    page.must_show("All of it is taken.");
    assert!(!page.shows("Until you can bill"));
    assert_eq!(counts(&house).await, [2, 2, 10, 3, 3]);
    let fed: Vec<Option<String>> = house.database().read(|conn| {
        Ok(service_points::table
            .order(service_points::id)
            .select(service_points::feeder)
            .load(conn)?)
    });
    let main = || Some("North main".to_owned());
    assert_eq!(fed, [main(), None, None, main()]);
    let due = |text: &str, amount: &str| (text.to_owned(), dollars(amount));
    assert_eq!(
        owed(&house).await,
        [due("2026-06-20", "84.10"), due("2026-07-20", "60.00")]
    );
    let before = counts(&house).await;
    let again = sends(&office, &FILES).await;
    let again = again.submit("Take all of it").await;
    again.must_show("Nothing changed.");
    assert_eq!(counts(&house).await, before, "the same files again");

    let found = office.clerk.visit("/office/search?q=0-1001").await;
    found.must_show("Rosa Díaz");
    house.set_day("2026-08-04");
    let account = found.follow("Rosa Díaz").await;
    let at = account.path.split('?').next().unwrap().to_owned();
    let page = office.clerk.visit(&format!("{at}/reads/new")).await;
    let page = page.fill("on", "2026-08-01").fill("value", "14500");
    page.submit("Save the read")
        .await
        .must_show("The read is saved.");
    let other = office.clerk.visit("/office/search?q=koch").await;
    let other = other.follow("Koch, Walter").await;
    let reads = format!("{}/reads/new", other.path.split('?').next().unwrap());
    for (place, value) in [(1, "700"), (2, "1090")] {
        let page = office.clerk.visit(&reads).await;
        let option = format!("#register option:nth-child({place})");
        let register = page.attribute(&option, "value").unwrap();
        let page = page
            .fill("register", &register)
            .fill("on", "2026-08-01")
            .fill("value", value)
            .submit("Save the read")
            .await;
        page.must_show("The read is saved.");
    }
    office.bills("2026-07-01").await;
    // Water: 4,000 gallons, $30.79. Sewer: 4 at $5.00. Refuse: 2 carts. With the $144.10 from before.
    let page = office.clerk.visit(&at).await;
    page.must_show("$210.89");
    // Walter's compound meter: 1,000 gallons at $3.42 and $14.20, five percent: $18.50, paid by the $25.00 that were held.
    let page = other.reload().await;
    page.must_show("$6.50");
}

/// Contract: F72, F147
#[actix_web::test]
async fn what_was_overdue_in_the_old_books_is_charged_no_second_late_fee() {
    let house = TestApp::start().await;
    let office = house.office().await;
    rates(&office).await;
    sends(&office, &FILES).await.submit("Take all of it").await;
    house.set_day("2026-08-20");
    let assess = |tx: &mut Tx<'_>| -> Result<usize, FeeError> {
        let on = tx.stamp.on;
        let books = books::open(tx, on).expect("the books open");
        Ok(assess_late_fees(tx, &books, on, None)?.fees)
    };
    let fees = house.app.db.write(house.stamp(), assess).await;
    assert_eq!(fees.expect("fees are charged"), 1, "for July's debt alone");
}

/// The files with one of them replaced.
fn with<'t>(name: &str, text: &'t str) -> Vec<(&'t str, &'t str)> {
    let replaced = |(file, old): &(&'static str, &'static str)| {
        if *file == name {
            (*file, text)
        } else {
            (*file, *old)
        }
    };
    FILES.iter().map(replaced).collect()
}

/// Contract: F148, F152
#[actix_web::test]
async fn every_line_that_cannot_be_taken_is_named_and_nothing_is_taken_beside_it() {
    let house = TestApp::start().await;
    let office = house.office().await;
    rates(&office).await;
    let bad = "account,point,rate,facts\n\
               0-1001,W1,W-RES,\n0-1001,S1,W-RES,\n0-1001,R1,R-RES,\n0-9999,W2,W-RES,\n";
    let page = sends(&office, &with("agreements.csv", bad)).await;
    page.must_show("3 lines cannot be taken");
    page.must_show("rate: no published rate W-RES prices this service.");
    page.must_show("facts: the rate asks for carts.");
    page.must_show("account: 0-9999 is neither in the files nor in the house.");
    let lines = page.texts("tbody td.n");
    assert_eq!(lines[lines.len() - 3..], ["3", "4", "5"]);
    assert!(page.texts("form[action$='/waiting'] button").is_empty());
    assert_eq!(counts(&house).await[..3], [0, 0, 0]);
    let other = sends(&office, &[("notes.csv", "a,b\n1,2\n")]).await;
    assert_eq!(other.status, 422);
    other.must_show("notes.csv is none of the files.");
    let none = office.manager.visit("/office/utility-files").await;
    let none = none.submit("Look into it").await;
    assert_eq!(none.status, 422);
    none.must_show("Choose a file.");
    let empty = office.manager.visit("/office/utility-files").await;
    let empty = empty
        .attach("files", "cycles.csv", b"cycle\n")
        .attach("files", "premises.csv", b"")
        .submit("Look into it")
        .await;
    assert_eq!(empty.status, 422);
    empty.must_show("This file is empty.");
    let clerk = house.staff(Role::BillingClerk).await;
    assert_eq!(clerk.get("/office/utility-files").await.status, 403);
}

/// What is wrong with a set of files, by line.
async fn whys(house: &TestApp, files: &[(&str, &str)]) -> Vec<(u64, Why, String)> {
    let line = |refusal: Refusal| (refusal.line, refusal.why, refusal.column);
    let found = refused(house, "2026-07-01", files).await;
    found.into_iter().map(line).collect()
}

/// The lines that are refused on a day.
pub(super) async fn refused(house: &TestApp, on: &str, files: &[(&str, &str)]) -> Vec<Refusal> {
    let files = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
        .collect();
    let (tables, refused) = from_bytes(files).expect("files of a utility");
    let on = day(on);
    let look = move |conn: &mut Conn| weigh(conn, on, (&tables, &refused));
    let report = house.app.db.read(look).await.expect("they are weighed");
    report.refusals
}

async fn house_with_rates() -> TestApp {
    let house = TestApp::start().await;
    let office = house.office().await;
    rates(&office).await;
    house
}

/// The line and why of each refusal.
fn named(found: Vec<(u64, Why, String)>) -> Vec<(u64, Why)> {
    let line_and_why = |(line, why, _)| (line, why);
    found.into_iter().map(line_and_why).collect()
}

/// Contract: F148
#[actix_web::test]
async fn each_mistake_in_a_meter_or_a_read_has_its_own_name() {
    let house = house_with_rates().await;
    let meters = "meter,point,installed_on,kind,unit,dials,channel,beside\n\
                  A-100,W1,2019-03-01,simple,gal,6,,\n\
                  D-1,S1,2019-03-01,deduct,gal,6,,\n\
                  E-1,W1,2019-03-01,simple,gal,6,,\n\
                  F-1,W2,2019-03-01,compound,gal,6,high,\n\
                  G-1,W2,2027-03-01,simple,gal,6,,\n\
                  H-1,W2,2019-03-01,simple,kWh,6,,\n\
                  B-200,W2,2019-03-01,simple,gal,12,,\n\
                  A-100,W1,2019-03-02,simple,gal,6,,\n";
    let found = named(whys(&house, &with("meters.csv", meters)).await);
    let of_meters = &found[..6];
    assert_eq!(
        of_meters,
        [
            (3, Why::NothingToDeductFrom),
            (5, Why::Registers),
            (6, Why::Future),
            (7, Why::WrongUnit),
            (8, Why::NotANumber),
            (9, Why::Differs),
        ],
        "{found:?}"
    );
    let reads = "register,on,value\nA-100,2018-07-01,5\nA-100,2026-07-01,1000000\nZ,2026-07-01,1\n\
                 A-100,2026-07-02,6\nA-100,2026-06-30,5\nA-100,2026-06-30,5\n";
    let found = named(whys(&house, &with("last_reads.csv", reads)).await);
    assert_eq!(
        found,
        [
            (2, Why::NotInstalled),
            (3, Why::BeyondFace),
            (4, Why::Unknown),
            (5, Why::Future),
            (7, Why::Twice),
        ]
    );
}

/// Contract: F148
#[actix_web::test]
async fn each_mistake_in_an_account_or_what_it_owes_has_its_own_name() {
    let house = house_with_rates().await;
    let balances = "account,fund,due_on,amount\n0-1001,WATER,2026-06-20,84.105\n0-1001,POOL,2026-06-20,1.00\n\
                    0-1001,SEWER,2026-06-31,1.00\n0-1001,SEWER,2026-06-30,0\n";
    let found = named(whys(&house, &with("opening_balances.csv", balances)).await);
    assert_eq!(
        found,
        [
            (2, Why::NotAnAmount),
            (3, Why::NoFund),
            (4, Why::NotADay),
            (5, Why::NotAnAmount),
        ]
    );
    let accounts = "account,customer,class,cycle,opened_on,delivery,colour\n0-1001,K1,residential,N,2019-03-01,both,red\n";
    let found = whys(&house, &with("accounts.csv", accounts)).await;
    assert_eq!(found, [(1, Why::UnknownColumn, "colour".to_owned())]);
    let accounts = "account,customer,class,cycle,opened_on,delivery\n\
                    0-1001,K1,resident,N,2019-03-01,both\n0-1002,K2,residential,X,2020-05-01,\n\
                    0-1003,K2,residential,N,2020-05-01,email\n0-1003,K2,residential,N,2020-05-01,\n";
    let found = named(whys(&house, &with("accounts.csv", accounts)).await);
    assert_eq!(
        found,
        [
            (2, Why::NotOneOf),
            (3, Why::Unknown),
            (4, Why::NoEmail),
            (5, Why::Twice),
        ],
        "and what rests on them is not blamed: {found:?}"
    );
}

/// Contract: F148
#[actix_web::test]
async fn a_file_that_is_sent_twice_is_named() {
    let house = house_with_rates().await;
    let office = house.office().await;
    let (name, text) = FILES[0];
    let page = sends(&office, &[(name, text), ("Cycles.CSV", text)]).await;
    assert_eq!(page.status, 422);
    page.must_show("cycles.csv was sent twice.");
}

/// Contract: F148
#[actix_web::test]
async fn what_is_too_long_is_told_of_its_own_column() {
    let house = house_with_rates().await;
    let long = "N".repeat(121);
    let cycles = format!(
        "cycle,name,read_day,falls_on,issue_after,due_after,first_day\n{long},North,1,any_day,3,20,2026-07-01\n\
         S,{long},1,any_day,3,20,2026-07-01\n"
    );
    let premises = format!(
        "premise,address,unit,city,state,zip\nP1,12 Elm Street,{long},Larkspur Bend,IL,60000\n\
         P2,14 Elm Street,,{long},IL,60000\nP3,{long},,Larkspur Bend,IL,60000\n"
    );
    let files = [("cycles.csv", cycles), ("premises.csv", premises)];
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let found = whys(&house, &files).await;
    let columns: Vec<&str> = found.iter().map(|(_, _, column)| column.as_str()).collect();
    assert!(
        found.iter().all(|(_, why, _)| *why == Why::TooLong),
        "{found:?}"
    );
    assert_eq!(columns, ["cycle", "name", "unit", "city", "address"]);
}
