//! Paper leaves the house: what waits is printed in one batch and no other, counts as sent once it was mailed, and nothing vanishes on the way.

use diesel::prelude::*;
use mainstay::domain::accounts::Delivery;
use mainstay::domain::customers::Language;
use mainstay::domain::exceptions::ExceptionReason;
use mainstay::domain::ids::AccountId;
use mainstay::domain::notice::{Notice, Urgency};
use mainstay::domain::print::MailCode;
use mainstay::domain::staff::Role;
use mainstay::store::db::Tx;
use mainstay::store::error::StoreError;
use mainstay::store::print::waiting;
use mainstay::store::schema::{
    account_roles, accounts, contact_points, customers, notices, print_batches, print_items,
    print_pieces,
};
use mainstay::usecases::bill_cancellation::cancel_bill;
use mainstay::usecases::notices::tell;
use mainstay::usecases::print::make as take;
use mainstay::web::print_batches::{House, make};

use super::returns::{billed, steps};
use crate::support::app::TestApp;
use crate::support::billing::Utility;
use crate::support::judges::Pdf;
use crate::support::page::Page;
use crate::support::people::Household;
use crate::support::visitor::Visitor;

/// The file behind an address.
pub(super) async fn file(visitor: &Visitor, path: &str) -> Vec<u8> {
    let answer = visitor.request(reqwest::Method::GET, path).send().await;
    let answer = answer.expect("the server answers");
    assert_eq!(answer.status().as_u16(), 200, "{path}");
    answer.bytes().await.expect("the file arrives").to_vec()
}

/// Makes a batch of what waits.
pub(super) async fn made(clerk: &Visitor) -> Page {
    let page = clerk.visit("/office/print").await;
    let batch = page.submit("Make a batch").await;
    batch.must_show("The batch is made.");
    batch
}

/// One bill for June on paper for each.
pub(super) fn billed_on_paper(house: &TestApp, homes: &[Household]) {
    house.set_day("2026-07-05");
    let utility = Utility::of(house);
    utility.sells_water();
    let mut conn = house.database().connect();
    for home in homes {
        diesel::update(accounts::table.find(home.account))
            .set((accounts::paper.eq(true), accounts::email.eq(false)))
            .execute(&mut conn)
            .unwrap();
        let digits: String = home.email.chars().filter(char::is_ascii_digit).collect();
        let register = format!("W{digits:0>6}-1");
        utility.reads(&register, &[("2026-06-01", 0), ("2026-07-01", 3_000)]);
    }
    drop(conn);
    utility.bill("2026-06-01", "2026-07-04");
}

/// What waits: bills and letters.
pub(super) fn waits(house: &TestApp) -> (i64, i64) {
    let count = house.database().read(waiting::count);
    (count.bills, count.letters)
}

/// A letter to somebody without an e-mail address.
pub(super) async fn is_written_to(house: &TestApp, home: &Household) {
    let mut conn = house.database().connect();
    diesel::delete(contact_points::table.filter(contact_points::value.eq(&home.email)))
        .execute(&mut conn)
        .unwrap();
    drop(conn);
    let account = home.account;
    let on = house.app.clock.today();
    let told = house.app.db.write(house.stamp(), move |tx: &mut Tx<'_>| {
        tell(tx, account, Urgency::MustReach, |reader| {
            Notice::DeliveryChanged {
                name: reader.name.clone(),
                account_number: reader.account_number.clone(),
                delivery: Delivery::Paper,
                bills_in: Language::Spanish,
                on,
            }
        })
    });
    told.await.unwrap();
}

pub(super) fn letter_of(
    house: &TestApp,
    account: AccountId,
) -> (String, String, Option<String>, String) {
    house.database().read(|conn| {
        let (id, state, body, facts): (i64, String, Option<String>, String) = notices::table
            .filter(notices::account_id.eq(account))
            .filter(notices::channel.eq("paper"))
            .order(notices::id.desc())
            .select((notices::id, notices::state, notices::body, notices::facts))
            .first(conn)?;
        let code = MailCode::Letter(mainstay::domain::ids::NoticeId(id));
        Ok((code.to_string(), state, body, facts))
    })
}

/// The accounts of all places of all batches.
pub(super) fn printed(house: &TestApp) -> Vec<Option<AccountId>> {
    house.database().read(|conn| {
        Ok(print_items::table
            .order((print_items::batch_id, print_items::position))
            .select(print_items::account_id)
            .load(conn)?)
    })
}

/// Contract: F47, F48, F50, F117, F179
#[actix_web::test]
async fn bills_and_letters_are_printed_in_one_batch_and_count_as_sent_once_it_is_mailed() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let ines = house.customer("Inés").speaking_spanish().moved_in().await;
    let number = billed(&house, &rosa, (true, false));
    is_written_to(&house, &ines).await;
    let clerk = house.staff(Role::BillingClerk).await;
    let today = clerk.visit("/office").await;
    today.must_show("Waiting for the printer");
    assert!(
        !today.shows("Bills delivered at first try"),
        "none went out"
    );
    let batch = made(&clerk).await;
    batch.must_show("To be mailed").must_show("Batch 1");
    assert_eq!(waits(&house), (0, 0));
    assert_eq!(steps(&house, rosa.account), ["paper queued"]);
    let (code, state, ..) = letter_of(&house, ines.account);
    assert_eq!(state, "queued");

    let kept = file(&clerk, &format!("/office/bills/{number}/pdf")).await;
    let paper = file(&clerk, "/office/print/1/pdf").await;
    if let (Some(words), Some(true)) = (Pdf::of(&paper).words(), Pdf::of(&paper).is_sound()) {
        let pages: Vec<&str> = words.split('\u{c}').collect();
        assert!(pages[0].contains("Batch 1") && pages[0].contains(number.as_str()));
        assert!(pages[1].contains("Rosa") && pages[1].contains(&format!("00001 · {number}")));
        let letter = pages.iter().find(|page| page.contains("Hola"));
        let letter = letter.expect("a letter in Spanish");
        assert!(letter.contains(&code), "{letter}");
        let own = Pdf::of(&kept).words().expect("it was read before");
        let line = "The same words as the paper that is kept";
        let kept_words = own.split('\u{c}').next().unwrap_or_default();
        for word in kept_words.split_whitespace() {
            assert!(pages[1].contains(word), "{line}: {word}");
        }
    }
    let list = file(&clerk, "/office/print/1/manifest.csv").await;
    let list = String::from_utf8(list).unwrap();
    let rows: Vec<&str> = list.lines().collect();
    assert_eq!(rows.len(), 3, "{list}");
    assert!(rows[1].starts_with("1,2,") && rows[1].contains(&format!("bill,{number},Rosa")));
    assert!(rows[2].starts_with("2,") && rows[2].contains(&format!("letter,{code},In")));
    assert!(rows[2].ends_with("es-US,mail"), "{list}");

    // It was not mailed before it was made.
    let early = batch.clone().fill("mailed_on", "2026-07-04");
    assert_eq!(early.submit("Confirm mailing").await.status, 422);
    let mailed = batch.submit("Confirm mailing").await;
    mailed.must_show("Its bills and letters count as sent.");
    batch.submit("Confirm mailing").await.must_show("Mailed");
    assert_eq!(
        steps(&house, rosa.account),
        ["paper queued", "paper sent"],
        "once"
    );
    let (_, state, body, _) = letter_of(&house, ines.account);
    assert_eq!(state, "sent");
    assert!(body.expect("its words are kept").contains("Hola"));
    let today = clerk.visit("/office").await;
    today.must_show("of 1 in 35 days");
    let nothing = clerk.visit("/office/print").await;
    nothing.must_show("Nothing waits for the printer");
    let again = batch.submit("Cancel the batch").await;
    again.must_show("nothing changed");
}

/// Contract: F48, F49
#[actix_web::test]
async fn a_canceled_batch_and_a_spoiled_piece_wait_again_and_a_wrong_address_goes_another_way() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let omar = house.customer("Omar").moved_in().await;
    billed(&house, &rosa, (true, false));
    is_written_to(&house, &omar).await;
    let clerk = house.staff(Role::BillingManager).await;
    let first = made(&clerk).await;
    let canceled = first.submit("Cancel the batch").await;
    canceled.must_show("What it held waits again.");
    assert_eq!(waits(&house), (1, 1));
    let second = made(&clerk).await;
    let spoiled = second
        .clone()
        .fill("position", "2")
        .fill("reason", "spoiled")
        .fill("note", "Torn in the folder")
        .submit("Take it out")
        .await;
    spoiled
        .must_show("Torn in the folder")
        .must_show("1 taken out");
    assert_eq!(waits(&house), (0, 1));
    let twice = second
        .clone()
        .fill("position", "2")
        .fill("reason", "spoiled")
        .fill("note", "Torn in the folder")
        .submit("Take it out")
        .await;
    twice.must_show("This piece was taken out before.");
    let waiting = second
        .clone()
        .fill("position", "1")
        .fill("reason", "address")
        .fill("note", "The house is gone")
        .submit("Take it out")
        .await;
    waiting.must_show("Wrong address");
    // Nobody is reached by e-mail and nobody may sign in: the bill waits for another address.
    let account = rosa.account;
    assert_eq!(steps(&house, account), ["paper queued"]);
    second.submit("Confirm mailing").await.must_show("Mailed");
    assert_eq!(
        steps(&house, account),
        ["paper queued"],
        "it was not in the stack"
    );
    assert_eq!(letter_of(&house, omar.account).1, "queued");
    assert_eq!(waits(&house), (1, 1), "the spoiled letter, and the bill");
    let reasons = Utility::of(&house).open_reasons(account);
    assert_eq!(reasons, [ExceptionReason::Undelivered]);

    let page = clerk.visit("/office/print").await;
    page.must_show("The address is wrong");
    let third = made(&clerk).await;
    assert_eq!(waits(&house), (1, 0), "the letter alone is printed");
    third.submit("Confirm mailing").await.must_show("Mailed");
    moves_to(&house, account, "PO Box 77\nDubuque, IA 52001");
    let page = clerk.visit("/office/print").await;
    assert!(!page.shows("The address is wrong"));
    made(&clerk).await;
    assert_eq!(waits(&house), (0, 0), "it goes to the new address");
}

/// The main customer of an account is written to there from now on.
fn moves_to(house: &TestApp, account: AccountId, address: &str) {
    let mut conn = house.database().connect();
    let customer: i64 = account_roles::table
        .filter(account_roles::account_id.eq(account))
        .select(account_roles::customer_id)
        .first(&mut conn)
        .unwrap();
    diesel::update(customers::table.find(customer))
        .set(customers::mailing_address.eq(address))
        .execute(&mut conn)
        .unwrap();
}

/// Contract: F48, F53
#[actix_web::test]
async fn two_people_at_once_and_a_crash_print_nothing_twice_and_lose_nothing() {
    let house = TestApp::start().await;
    let mut homes = Vec::new();
    for name in ["Ada", "Ben", "Cleo"] {
        homes.push(house.customer(name).moved_in().await);
    }
    billed_on_paper(&house, &homes);
    let accounts: Vec<AccountId> = homes.iter().map(|home| home.account).collect();
    // A crash when all but the commit is done.
    let (app, stamp) = (house.app.clone(), house.stamp());
    let crashed = tokio::task::spawn_blocking(move || {
        let on = stamp.on;
        let swept = app
            .db
            .write_blocking(stamp.clone(), mainstay::usecases::print::sweep);
        swept.expect("each bill gets its row");
        let next = app
            .db
            .read_blocking(|conn| mainstay::usecases::print::next(conn, on))
            .expect("what waits");
        let ready: Vec<_> = next
            .into_iter()
            .map(|waiting| mainstay::usecases::print::Ready {
                waiting,
                pages: 1,
                is_readdressed: false,
                letter: None,
            })
            .collect();
        app.db.write_blocking(stamp, move |tx: &mut Tx<'_>| {
            let made = take(tx, &ready)?;
            assert!(made.is_some(), "it was as good as made");
            Err::<(), _>(StoreError::Missing("the light went out"))
        })
    });
    assert!(crashed.await.expect("it ends").is_err());
    assert_eq!(waits(&house), (3, 0));
    assert!(printed(&house).is_empty());

    let both: Vec<_> = (0..2)
        .map(|_| {
            let (app, stamp) = (house.app.clone(), house.stamp());
            let papers = House::of(&app.config);
            tokio::task::spawn_blocking(move || make(&app.db, &papers, &stamp))
        })
        .collect();
    let mut batches = Vec::new();
    for one in both {
        let made = one.await.expect("it ends").expect("nobody is refused");
        batches.extend(made);
    }
    assert!(!batches.is_empty());
    let mut held: Vec<AccountId> = printed(&house).into_iter().flatten().collect();
    held.sort();
    assert_eq!(held, accounts, "each once");
    let empty: i64 = house.database().read(|conn| {
        Ok(print_batches::table
            .filter(print_batches::pieces.eq(0))
            .count()
            .get_result(conn)?)
    });
    assert_eq!(empty, 0, "whoever comes second makes none");
    assert_eq!(waits(&house), (0, 0));
}

/// Contract: F49, F53
#[actix_web::test]
async fn what_has_no_address_is_listed_and_what_is_moot_is_not_printed() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let omar = house.customer("Omar").moved_in().await;
    let ines = house.customer("Inés").moved_in().await;
    let homes = [rosa, omar, ines];
    billed_on_paper(&house, &homes);
    let [rosa, omar, ines] = &homes;
    let bill = Utility::of(&house).latest(rosa.account).bill;
    let cancel = move |tx: &mut Tx<'_>| cancel_bill(tx, bill.id, "The meter was another's");
    house.app.db.write(house.stamp(), cancel).await.unwrap();
    let mut conn = house.database().connect();
    diesel::update(account_roles::table.filter(account_roles::account_id.eq(omar.account)))
        .set(account_roles::until_on.eq("2026-07-02".parse::<chrono::NaiveDate>().unwrap()))
        .execute(&mut conn)
        .unwrap();
    drop(conn);
    let clerk = house.staff(Role::BillingClerk).await;
    let page = clerk.visit("/office/print").await;
    page.must_show("No mailing address");
    let people = format!("/office/accounts/{}/people", omar.number.as_str());
    assert!(
        page.attribute(&format!("a[href='{people}']"), "href")
            .is_some()
    );
    made(&clerk).await;
    assert_eq!(printed(&house), [Some(ines.account)]);
    assert_eq!(waits(&house), (1, 0), "it still waits for an address");
    let ended: Vec<Option<String>> = house.database().read(|conn| {
        Ok(print_pieces::table
            .order(print_pieces::id)
            .select(print_pieces::ending)
            .load(conn)?)
    });
    assert_eq!(ended, [Some("moot".to_owned()), None, None]);
}

/// Contract: F49, F117
#[actix_web::test]
async fn a_letter_with_a_code_leaves_no_copy_and_comes_back_by_the_code_above_its_address() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let (account, secret) = (rosa.account, "7413-9921");
    let number = rosa.number.clone();
    let on = house.app.clock.today();
    let put = move |tx: &mut Tx<'_>| -> Result<(), StoreError> {
        let reader = mainstay::store::letter_addresses::find(tx, account, on)?;
        let reader = reader.expect("an address is known");
        let notice = Notice::ClaimCode {
            account_number: number.clone(),
            code: secret.to_owned(),
        };
        mainstay::store::notices::put(tx, &reader.to, &notice)?;
        Ok(())
    };
    house.app.db.write(house.stamp(), put).await.unwrap();
    let clerk = house.staff(Role::BillingManager).await;
    let batch = made(&clerk).await;
    let before = Pdf::of(&file(&clerk, "/office/print/1/pdf").await).words();
    batch.submit("Confirm mailing").await.must_show("Mailed");
    let after = Pdf::of(&file(&clerk, "/office/print/1/pdf").await).words();
    if let (Some(before), Some(after)) = (before, after) {
        assert!(before.contains(secret), "{before}");
        assert!(!after.contains(secret), "{after}");
        assert!(after.contains("no copy of it is kept"), "{after}");
    }
    let (code, state, body, facts) = letter_of(&house, account);
    assert_eq!((state.as_str(), body, facts.as_str()), ("sent", None, "{}"));

    let form = clerk.visit("/office/returned-mail").await;
    let noted = form
        .fill("number", &code)
        .fill("why", "Moved, left no address");
    noted
        .submit("Note the return")
        .await
        .must_show("The return is noted");
    assert_eq!(letter_of(&house, account).1, "failed");
    let again = noted.submit("Note the return").await;
    again.must_show("No letter with this code was mailed");
    assert_eq!(Utility::of(&house).open_reasons(account).len(), 1);
    let told: i64 = house.database().read(|conn| {
        Ok(notices::table
            .filter(notices::account_id.eq(account))
            .count()
            .get_result(conn)?)
    });
    assert_eq!(told, 1, "a secret goes to nobody else");
}

/// Contract: F47
#[actix_web::test]
async fn a_new_address_is_set_over_the_old_one_and_the_kept_paper_stays() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let number = billed(&house, &rosa, (true, false));
    let before = {
        let clerk = house.staff(Role::BillingManager).await;
        let batch = made(&clerk).await;
        batch.submit("Cancel the batch").await;
        file(&clerk, &format!("/office/bills/{number}/pdf")).await
    };
    moves_to(&house, rosa.account, "PO Box 77\nDubuque, IA 52001");
    let clerk = house.staff(Role::BillingManager).await;
    made(&clerk).await;
    if let Some(words) = Pdf::of(&file(&clerk, "/office/print/2/pdf").await).words() {
        assert!(words.contains("PO Box 77"), "{words}");
    }
    let kept = file(&clerk, &format!("/office/bills/{number}/pdf")).await;
    assert_eq!(kept, before, "to the byte");
    let of_account: bool = house.database().read(|conn| {
        Ok(accounts::table
            .find(rosa.account)
            .select(accounts::paper)
            .first(conn)?)
    });
    assert!(of_account);
}
