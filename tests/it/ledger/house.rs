//! A house with accounts that owe and pay: the ledger's own small world.

use std::ops::Deref;

use chrono::NaiveDate;
use diesel::connection::SimpleConnection;
use mainstay::domain::entries::{Charge, Receipt};
use mainstay::domain::gl::Role;
use mainstay::domain::ids::{AccountId, AccountNumber, BillId, EntryId, PaymentId};
use mainstay::domain::money::Money;
use mainstay::store::db::Tx;
use mainstay::store::ledger::{self, StatementRow};
use mainstay::store::open_items::{self, OpenItem};
use mainstay::store::policies;
use mainstay::usecases::bill_cancellation::cancel_bill;
use mainstay::usecases::books::{self, Books};
use mainstay::usecases::integrity::{self, Finding};
use mainstay::usecases::ledger::{self as posting, BillToPost, PaymentToPost, PostingError};
use mainstay::usecases::reversals;

use crate::support::db::TestDb;

/// Accounts 1 to 3 are residential, 4 is commercial.
pub struct House {
    db: TestDb,
}

impl Deref for House {
    type Target = TestDb;
    fn deref(&self) -> &TestDb {
        &self.db
    }
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day such as 2026-03-01")
}

pub fn cents(cents: i64) -> Money {
    Money::from_cents(cents)
}

pub fn charge(fund: &str, gl: &str, amount: i64) -> Charge {
    Charge {
        fund: fund.parse().unwrap(),
        gl: gl.parse().unwrap(),
        amount: cents(amount),
    }
}

impl House {
    pub fn new() -> Self {
        let db = TestDb::new();
        let mut conn = db.connect();
        conn.batch_execute("INSERT INTO cycles (id, code, name, months, least_days, most_days) VALUES (1, '01', 'First', 1, 26, 35)").unwrap();
        for id in 1..=4 {
            let number = AccountNumber::of(id).as_str().to_owned();
            let class = if id == 4 { "commercial" } else { "residential" };
            conn.batch_execute(&format!(
                "INSERT INTO accounts (id, number, class, status, cycle_id, language, paper, email, opened_on)
                 VALUES ({id}, '{number}', '{class}', 'active', 1, 'en-US', {yes}, {yes}, '2025-01-01')",
                yes = if db.is_postgres() { "true" } else { "1" },
            ))
            .unwrap();
        }
        Self { db }
    }

    /// Posts within one transaction, with the books of its day.
    pub fn post<T: Send + 'static>(
        &self,
        on: &str,
        mut work: impl FnMut(&mut Tx<'_>, &Books) -> Result<T, PostingError> + Send + 'static,
    ) -> Result<T, PostingError> {
        self.db.write(on, move |tx| {
            let on = tx.stamp.on;
            let books = books::open(tx, on)?;
            work(tx, &books)
        })
    }

    /// An issued bill with its rows, posted; due 21 days later.
    pub fn bill(&self, account: i64, bill: i64, on: &str, lines: &[Charge]) -> EntryId {
        let issued = day(on);
        let due_on = issued + chrono::Days::new(21);
        let total: i64 = lines.iter().map(|line| line.amount.cents()).sum();
        self.db
            .connect()
            .batch_execute(&format!(
                "INSERT INTO bills (id, number, account_id, kind, status, from_on, until_on, issued_on, due_on, previous_cents, total_cents)
                 VALUES ({bill}, '{bill:012}', {account}, 'regular', 'issued', '{from}', '{issued}', '{issued}', '{due_on}', 0, {total});
                 INSERT INTO bill_deliveries (bill_id, channel, state, at) VALUES ({bill}, 'portal', 'delivered', '{issued} 12:00:00')",
                from = issued - chrono::Days::new(30),
            ))
            .unwrap();
        let bill = BillToPost {
            account: AccountId(account),
            bill: BillId(bill),
            on: issued,
            due_on,
            lines: lines.to_vec(),
        };
        self.post(on, move |tx, books| {
            posting::post_bills(tx, books, std::slice::from_ref(&bill))
        })
        .unwrap()[0]
    }

    /// Money by card, with its row, posted.
    pub fn pay(&self, account: i64, payment: i64, on: &str, amount: i64) -> EntryId {
        let state = mainstay::domain::payments::PaymentState::Succeeded;
        self.db
            .connect()
            .batch_execute(&format!(
                "INSERT INTO payments (id, number, account_id, amount_cents, channel, tender, processor, requested_by, requested_at, requested_on, state)
                 VALUES ({payment}, 'P{payment}', {account}, {amount}, 'portal', 'card', 'test', 'test', '{on} 12:00:00', '{on}', '{state}')",
            ))
            .unwrap();
        let receipt = Receipt {
            amount: cents(amount),
            into: Role::ProcessorClearing,
        };
        let payment_id = payment;
        let payment = PaymentToPost {
            account: AccountId(account),
            payment: PaymentId(payment),
            on: day(on),
            receipt,
            is_chosen: true,
        };
        let entry = self
            .post(on, move |tx, books| {
                posting::post_payments(tx, books, std::slice::from_ref(&payment))
            })
            .unwrap()[0];
        self.step((payment_id, "succeeded"), on, entry);
        entry
    }

    /// Records a step of a payment with its entry.
    fn step(&self, (payment, state): (i64, &str), on: &str, entry: EntryId) {
        let sql = format!(
            "INSERT INTO payment_moves (payment_id, state, at, on_date, entry_id) VALUES ({payment}, '{state}', '{on} 12:00:00', '{on}', {entry})"
        );
        self.db.connect().batch_execute(&sql).unwrap();
    }

    /// The bank takes a payment back.
    pub fn return_payment(&self, payment: i64, on: &str) -> EntryId {
        self.db
            .connect()
            .batch_execute(&format!(
                "UPDATE payments SET state = 'returned' WHERE id = {payment}"
            ))
            .unwrap();
        let on_day = day(on);
        let entry = self
            .post(on, move |tx, books| {
                let returned = reversals::Returned {
                    payment: PaymentId(payment),
                    on: on_day,
                    memo: None,
                    from: None,
                };
                reversals::return_payment(tx, books, &returned)
            })
            .unwrap();
        self.step((payment, "returned"), on, entry);
        entry
    }

    /// Takes a bill back.
    pub fn cancel_bill(&self, bill: i64, on: &str) -> EntryId {
        self.db
            .write(on, move |tx| cancel_bill(tx, BillId(bill), "wrong read"))
            .unwrap()
    }

    /// Sets a policy from the beginning of time.
    pub fn set_policy(&self, kind: &'static str, document: &str) {
        let document = document.to_owned();
        self.db
            .write("2026-01-01", move |tx| {
                policies::insert(tx, kind, day("2000-01-01"), &document)
            })
            .unwrap();
    }

    pub fn balance(&self, account: i64) -> i64 {
        self.db
            .read(|conn| ledger::balance(conn, AccountId(account), None))
            .cents()
    }

    pub fn balance_on(&self, account: i64, on: &str) -> i64 {
        self.db
            .read(|conn| ledger::balance(conn, AccountId(account), Some(day(on))))
            .cents()
    }

    pub fn held(&self, account: i64) -> i64 {
        let held = self
            .db
            .read(|conn| open_items::list_held(conn, &[AccountId(account)]));
        held.get(&AccountId(account)).map_or(0, |held| held.cents())
    }

    pub fn open(&self, account: i64) -> Vec<OpenItem> {
        self.db
            .read(|conn| open_items::list(conn, AccountId(account)))
    }

    /// What is open, as due date and cents.
    pub fn owed(&self, account: i64) -> Vec<(String, i64)> {
        self.open(account)
            .iter()
            .map(|item| (item.due_on.to_string(), item.remaining.cents()))
            .collect()
    }

    pub fn statement(&self, account: i64) -> Vec<StatementRow> {
        self.db
            .read(|conn| ledger::statement(conn, AccountId(account), 100))
    }

    pub fn findings(&self) -> Vec<Finding> {
        self.db
            .db
            .read_blocking(|conn| integrity::check(conn, day("2030-01-01")))
            .unwrap()
    }

    /// What the check finds, without what only bills made by hand (no lines) break.
    pub fn assert_sound(&self) {
        let findings: Vec<Finding> = self
            .findings()
            .into_iter()
            .filter(|finding| !finding.invariant.contains("sum of its lines"))
            .collect();
        assert!(findings.is_empty(), "{findings:#?}");
    }
}
