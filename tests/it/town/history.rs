//! A small town lives a few months: the same history as the demonstration's, with fewer people.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use mainstay::cli::town::characters::EMPTY_HOUSE;
use mainstay::cli::town::history::{Present, Size, build};
use mainstay::documents::letters::Letterhead;
use mainstay::domain::arrangements::ArrangementState;
use mainstay::domain::bills::BillStatus;
use mainstay::domain::commodity::Commodity;
use mainstay::domain::exceptions::ExceptionStatus;
use mainstay::domain::holds::HoldKind;
use mainstay::domain::ids::{AccountId, HoldId};
use mainstay::domain::landlords::Instruction;
use mainstay::domain::payments::{PaymentState, Tender};
use mainstay::domain::reads::ReadQuality;
use mainstay::domain::requests::{RequestKind, RequestState};
use mainstay::i18n::Own;
use mainstay::store::schema::{
    account_roles, arrangements, bill_segments, bills, customers, exceptions, ledger_entries,
    notices, payments, service_requests,
};
use mainstay::store::{
    autopay, bills_missed, exceptions as queue, holds, landlords, ledger, letter_addresses, places,
};
use mainstay::usecases::integrity;

use crate::support::db::TestDb;

const ZONE: chrono_tz::Tz = chrono_tz::America::Chicago;

/// A town of forty accounts that were billed four times, as it stands on a day.
fn town(now: &str) -> TestDb {
    let db = TestDb::new();
    let now: NaiveDateTime = now.parse().unwrap();
    let present = Present {
        zone: ZONE,
        now,
        letterhead: Letterhead {
            public_url: "http://127.0.0.1:8080".to_owned(),
            phone: "(555) 010-0142".to_owned(),
            own: Own::default(),
        },
        remit_to: vec!["PO Box 1180".to_owned()],
    };
    let size = Size {
        accounts: 40,
        months: 4,
    };
    let mut passed = 0;
    build(&db.db, &present, size, |_, number, of| {
        passed = number;
        assert!(number <= of);
    })
    .unwrap();
    assert!(passed > 120, "{passed} days passed");
    db
}

fn account_of(db: &TestDb, name: &str) -> AccountId {
    let name = name.to_owned();
    db.read(move |conn| {
        Ok(account_roles::table
            .inner_join(customers::table)
            .filter(customers::name.eq(name))
            .order(account_roles::account_id)
            .select(account_roles::account_id)
            .first(conn)?)
    })
}

fn issued(db: &TestDb, account: AccountId) -> Vec<i64> {
    db.read(move |conn| {
        Ok(bills::table
            .filter(bills::account_id.eq(account))
            .filter(bills::status.eq(BillStatus::Issued))
            .order(bills::from_on)
            .select(bills::total_cents)
            .load(conn)?)
    })
}

fn balance(db: &TestDb, account: AccountId) -> i64 {
    db.read(move |conn| ledger::balance(conn, account, None))
        .cents()
}

#[test]
fn a_town_lives_through_its_months_and_its_books_are_sound() {
    let db = town("2026-11-24T18:00:00");
    let today = "2026-11-24".parse().unwrap();
    let broken = db
        .db
        .read_blocking(|conn| integrity::check(conn, today))
        .expect("the house is read");
    assert!(broken.is_empty(), "{broken:#?}");

    let nora = issued(&db, account_of(&db, "Nora Whitfield"));
    assert_eq!(nora.len(), 4);
    assert!(nora[3] > nora[2], "her bill rose: {nora:?}");
    assert!(
        balance(&db, account_of(&db, "Grant Ashby")) < 0,
        "held for him"
    );
    let lan = account_of(&db, "Lan Nguyen");
    let deposit = 15_000;
    assert_eq!((issued(&db, lan), balance(&db, lan)), (vec![], deposit));
    let plant = issued(&db, account_of(&db, "Lindgren Machine Works"));
    assert!(plant.iter().all(|cents| *cents > 500_000), "{plant:?}");
}

#[test]
fn in_a_town_some_pay_late_and_are_charged_for_it() {
    let db = town("2026-11-24T18:00:00");
    let darnell = account_of(&db, "Darnell Booker");
    let fees: i64 = db.read(move |conn| {
        Ok(ledger_entries::table
            .filter(ledger_entries::account_id.eq(darnell))
            .filter(ledger_entries::kind.eq("late_fee"))
            .count()
            .get_result(conn)?)
    });
    assert!(fees > 0);
    let more_time: Vec<ArrangementState> = db.read(|conn| {
        Ok(arrangements::table
            .order(arrangements::id)
            .select(arrangements::state)
            .load(conn)?)
    });
    let agreed = [ArrangementState::Broken, ArrangementState::Open];
    assert_eq!(more_time, agreed, "one did not keep it, one does");
    let returned: i64 = db.read(|conn| {
        Ok(payments::table
            .filter(payments::state.eq(PaymentState::Returned))
            .count()
            .get_result(conn)?)
    });
    assert_eq!(returned, 1, "one payment came back");
    let paid: Vec<Tender> =
        db.read(|conn| Ok(payments::table.select(payments::tender).load(conn)?));
    let ways = [
        Tender::Card,
        Tender::BankAccount,
        Tender::Check,
        Tender::Cash,
    ];
    assert!(ways.iter().all(|way| paid.contains(way)), "by every way");
}

#[test]
fn in_a_town_a_certificate_ends_soon_and_somebody_serves_away_from_home() {
    let db = town("2026-11-24T18:00:00");
    let today: NaiveDate = "2026-11-24".parse().unwrap();
    let found = db.read(|conn| {
        let filter = holds::Filter {
            on: today,
            last_by: None,
            kind: None,
            owner: holds::OwnerFilter::Anyone,
        };
        let rows = holds::list(conn, &filter, (10, 0))?;
        let ids: Vec<HoldId> = rows.iter().map(|row| row.id).collect();
        let work = holds::reviews::list(conn, &ids)?;
        let papers = holds::documents::list(conn, &ids)?;
        let row = |row: holds::HoldRow| {
            let is_work = work.contains_key(&row.id);
            let has_paper = papers.iter().any(|paper| paper.hold_id == row.id);
            let left = row.span.last_day().map(|last| (last - today).num_days());
            (row.kind, left, is_work, has_paper)
        };
        Ok(rows.into_iter().map(row).collect::<Vec<_>>())
    });
    let expected = [
        (HoldKind::MedicalCertificate, Some(5), true, true),
        (HoldKind::Military, Some(49), false, true),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_town_leaves_work_for_its_clerk_and_mail_for_its_mailbox() {
    let db = town("2026-11-24T18:00:00");
    let open = queue::Filter {
        status: Some(ExceptionStatus::Open),
        ..queue::Filter::default()
    };
    assert!(db.read(move |conn| queue::count(conn, &open)) >= 2);
    let drafts: i64 = db.read(|conn| {
        Ok(bills::table
            .filter(bills::status.eq(BillStatus::Draft))
            .count()
            .get_result(conn)?)
    });
    assert!(drafts > 0, "a run waits to be issued");
    let by_state: Vec<(String, i64)> = db.read(|conn| {
        Ok(notices::table
            .group_by(notices::state)
            .select((notices::state, diesel::dsl::count_star()))
            .load(conn)?)
    });
    assert!(
        by_state.len() >= 2,
        "some was sent, some waits: {by_state:?}"
    );
    let answered: i64 = db.read(|conn| {
        Ok(exceptions::table
            .filter(exceptions::status.ne(ExceptionStatus::Open))
            .count()
            .get_result(conn)?)
    });
    assert!(answered > 0);
}

#[test]
fn in_a_town_nobody_who_was_served_goes_unbilled_and_estimates_stand_in() {
    let db = town("2026-11-24T18:00:00");
    let (since, today) = ("2026-07-01".parse().unwrap(), "2026-11-24".parse().unwrap());
    let missed: usize = db.read(move |conn| {
        let periods = bills_missed::list_past_periods(conn, since, today)?;
        let runs = periods
            .iter()
            .filter_map(|period| Some((period.id, period.run_id?)));
        let mut missed = 0;
        for run in runs {
            missed += bills_missed::list_missed(conn, run, AccountId(0), 500)?.len();
        }
        Ok(missed)
    });
    assert_eq!(missed, 0, "accounts that were served and not billed");

    let edith = account_of(&db, "Edith Halvorson");
    let spans: Vec<(NaiveDate, NaiveDate)> = db.read(move |conn| {
        Ok(bills::table
            .filter(bills::account_id.eq(edith))
            .filter(bills::status.eq(BillStatus::Issued))
            .order(bills::from_on)
            .select((bills::from_on, bills::until_on))
            .load(conn)?)
    });
    assert_eq!(spans.len(), 4);
    assert!(
        spans.windows(2).all(|pair| pair[0].1 == pair[1].0),
        "no day between two bills: {spans:?}"
    );
    let qualities: Vec<ReadQuality> = db.read(move |conn| {
        Ok(bill_segments::table
            .inner_join(bills::table)
            .filter(bills::account_id.eq(edith))
            .filter(bill_segments::commodity.eq(Commodity::Water))
            .order(bills::from_on)
            .select(bill_segments::quality)
            .load(conn)?)
    });
    assert_eq!(
        qualities
            .iter()
            .filter(|one| **one == ReadQuality::Estimated)
            .count(),
        2,
        "{qualities:?}"
    );
}

/// Contract: F9, F98
#[test]
fn in_a_town_somebody_asks_to_move_to_the_house_that_another_left() {
    let db = town("2026-11-24T18:00:00");
    let today: NaiveDate = "2026-11-24".parse().unwrap();
    let lucia = account_of(&db, "Lucía Herrera");
    let asked: Vec<(RequestKind, RequestState)> = db.read(move |conn| {
        Ok(service_requests::table
            .filter(service_requests::account_id.eq(lucia))
            .select((service_requests::kind, service_requests::state))
            .load(conn)?)
    });
    assert_eq!(asked, [(RequestKind::Move, RequestState::Received)]);
    let found = db.read(|conn| places::search(conn, EMPTY_HOUSE, today, 5));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].occupants.is_empty(), "{found:?}");
    assert!(!found[0].services.is_empty());

    let theo = account_of(&db, "Theo Marlowe");
    let mail = db.read(|conn| letter_addresses::find(conn, theo, today));
    let mail = mail.expect("an address").to.address;
    assert!(mail.contains("PO Box 212"), "{mail}");
    let grant = account_of(&db, "Grant Ashby");
    let rented = db.read(|conn| landlords::list_places(conn, grant, today));
    assert_eq!(rented.len(), 1);
    assert_eq!(rented[0].said[0].instruction, Instruction::Continue);
    let priya = account_of(&db, "Priya Raman");
    let charged = db.read(|conn| autopay::find_with_method(conn, priya));
    assert!(charged.is_some(), "her card pays by itself");
}
