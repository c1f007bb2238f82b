//! A house with two accounts that were billed: the small world of the sign-in stories.

use std::ops::Deref;

use chrono::NaiveDate;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use mainstay::domain::entries::Charge;
use mainstay::domain::ids::{AccountId, AccountNumber, BillId, BillNumber, LoginId};
use mainstay::domain::money::Money;
use mainstay::domain::notice::Notice;
use mainstay::store::logins;
use mainstay::store::notices::{self, NoticeRow};
use mainstay::store::schema::{audit_rows, recovery_codes};
use mainstay::store::sessions;
use mainstay::usecases::books;
use mainstay::usecases::ledger::{BillToPost, post_bills};

use crate::support::app::{PASSWORD, TestApp};
use crate::support::page::Page;
use crate::support::visitor::Visitor;

/// What the last bill of account 1 says: its charges. With what was unpaid before, 100.00 was due.
pub const CHARGES: &str = "84.10";

/// The charges of an account's last bill, in cents.
fn charges(account: i64) -> i64 {
    8409 + account
}

/// The same in dollars, as a schedule writes it.
fn dollars(account: i64) -> String {
    let cents = charges(account);
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn bill(account: i64, on: NaiveDate) -> BillToPost {
    BillToPost {
        account: AccountId(account),
        bill: BillId(account),
        on,
        due_on: on + chrono::Days::new(21),
        lines: vec![Charge {
            fund: "WATER".parse().unwrap(),
            gl: "4010".parse().unwrap(),
            amount: Money::from_cents(charges(account)),
        }],
    }
}

pub struct Town {
    house: TestApp,
}

impl Deref for Town {
    type Target = TestApp;
    fn deref(&self) -> &TestApp {
        &self.house
    }
}

impl Town {
    pub async fn new() -> Self {
        Self::with(&[]).await
    }

    /// The same, with settings beside those that every house of a test has.
    pub async fn with(settings: &[(&str, &str)]) -> Self {
        let house = TestApp::start_with(settings).await;
        let yes = if house.database().is_postgres() {
            "true"
        } else {
            "1"
        };
        let mut rows = "INSERT INTO cycles (id, code, name, months, least_days, most_days) VALUES (1, '01', 'First', 1, 26, 35);"
            .to_owned();
        for id in 1..=2 {
            let number = AccountNumber::of(id).as_str().to_owned();
            let schedule = serde_json::json!({
                "format": "mainstay-rate-schedule/1", "code": format!("W-{id}"), "version": 1,
                "effective_from": "2025-01-01", "name": {"en": "Water", "es": "Agua"}, "service": "water",
                "charges": [{"code": "base", "label": {"en": "Base", "es": "Base"},
                    "how": {"fixed": {"amount": dollars(id), "per": "bill"}}}],
            });
            let working = r#"{"p":["2026-05-01",31]}"#;
            rows += &format!(
                "INSERT INTO rate_schedules (id, code, version, name, commodity, effective_from, status, document, drafted_by, drafted_at,
                                             submitted_by, submitted_at, published_by, published_at)
                 VALUES ({id}, 'W-{id}', 1, 'Water', 'water', '2025-01-01', 'published', '{schedule}', 'Drew', '2025-01-01 12:00:00',
                         'Drew', '2025-01-01 12:00:00', 'Pat', '2025-01-01 12:00:00');
                 INSERT INTO accounts (id, number, class, status, cycle_id, language, paper, email, opened_on)
                 VALUES ({id}, '{number}', 'residential', 'active', 1, 'es-US', {yes}, {yes}, '2025-01-01');
                 INSERT INTO customers (id, kind, name, language, mailing_address, created_at)
                 VALUES ({id}, 'person', 'Neighbor {id}', 'es-US', '{id} Elm Street', '2025-01-01 12:00:00');
                 INSERT INTO account_roles (account_id, customer_id, role, from_on) VALUES ({id}, {id}, 'main', '2025-01-01');
                 INSERT INTO premises (id, line_1, city, state, postal_code, search_text, dwelling_units)
                 VALUES ({id}, '{id} Elm Street', 'Larkspur Bend', 'IA', '50000', '{id} elm street', 1);
                 INSERT INTO service_points (id, premise_id, commodity, facts) VALUES ({id}, {id}, 'water', '{{}}');
                 INSERT INTO service_agreements (id, account_id, service_point_id, rate_code, facts, from_on)
                 VALUES ({id}, {id}, {id}, 'W-{id}', '{{}}', '2025-01-01');
                 INSERT INTO bills (id, number, account_id, kind, status, from_on, until_on, issued_on, due_on, previous_cents, total_cents)
                 VALUES ({id}, '{bill}', {id}, 'regular', 'draft', '2026-05-01', '2026-06-01', '2026-06-02', '2026-06-23', 1590, {charges});
                 INSERT INTO bill_segments (bill_id, position, service_agreement_id, commodity, rate_schedule_id, quality, amount_cents, working)
                 VALUES ({id}, 0, {id}, 'water', {id}, 'actual', {charges}, '{working}');
                 INSERT INTO bill_deliveries (bill_id, channel, state, at) VALUES ({id}, 'portal', 'delivered', '2026-06-02 12:00:00');
                 INSERT INTO bill_lines (bill_id, position, segment, charge, quantity, price, amount_cents)
                 VALUES ({id}, 0, 0, 'base', '1', '{price}', {charges});
                 UPDATE bills SET status = 'issued' WHERE id = {id};",
                bill = BillNumber::of(id),
                charges = charges(id),
                price = dollars(id),
            );
        }
        house.database().connect().batch_execute(&rows).unwrap();
        let posted = house.app.db.write(house.stamp(), |tx| {
            let on = NaiveDate::from_ymd_opt(2026, 6, 2).expect("a day");
            let books = books::open(tx, on)?;
            post_bills(tx, &books, &[bill(1, on), bill(2, on)])
        });
        posted.await.expect("the bills are posted");
        Self { house }
    }

    /// The printed number of an account.
    pub fn number(&self, account: i64) -> String {
        AccountNumber::of(account).to_string()
    }

    /// The registration form, filled in for account 1.
    pub async fn registration(&self, visitor: &Visitor, email: &str) -> Page {
        let page = visitor.visit("/register").await;
        page.fill("account", &self.number(1))
            .fill("proof", CHARGES)
            .fill("name", "Rosa Delgado")
            .fill("email", email)
            .fill("new_password", PASSWORD)
    }

    /// Somebody with a sign-in that holds account 1, at a browser where they are signed in.
    pub async fn customer(&self, email: &str) -> Visitor {
        let visitor = self.visitor();
        let page = self.registration(&visitor, email).await;
        page.submit("Set up my sign-in").await;
        let page = visitor.visit("/sandbox/mail").await;
        let page = page.follow("Confirm my address").await;
        page.fill("password", PASSWORD)
            .submit("Confirm and sign in")
            .await;
        assert!(self.is_in(&visitor).await, "{email} is signed in");
        visitor
    }

    /// Whether the browser has a session of the portal that counts.
    pub async fn is_in(&self, visitor: &Visitor) -> bool {
        visitor.get("/password").await.status == 200
    }

    /// The accounts that the login with this address holds.
    pub fn accounts_of(&self, email: &str) -> Vec<AccountId> {
        let (email, today) = (email.to_owned(), self.app.clock.today());
        self.database().read(move |conn| {
            let login = logins::find_by_email(conn, &email)?.expect("there is a login");
            Ok(sessions::scope(conn, login.id, today)?.accounts().to_vec())
        })
    }

    /// The login with this address.
    pub fn login_of(&self, email: &str) -> LoginId {
        let email = email.to_owned();
        let find = move |conn: &mut _| logins::find_by_email(conn, &email);
        let login = self.database().read(find);
        login.expect("there is a login").id
    }

    /// What waits in the outbox, newest first.
    pub fn mail(&self) -> Vec<NoticeRow> {
        self.database()
            .read(|conn| notices::list_waiting(conn, 100))
    }

    /// The code of a letter to account 1, as its reader types it.
    pub async fn code_by_letter(&self, visitor: &Visitor) -> String {
        let page = visitor.visit("/claim/code").await;
        let page = page.fill("account", &self.number(1));
        page.submit("Send the letter").await;
        let letters = self.mail().into_iter();
        let code = |row: NoticeRow| match row.notice {
            Notice::ClaimCode { code, .. } => Some(code),
            _ => None,
        };
        letters.filter_map(code).next().expect("a letter")
    }

    /// The kinds of what waits in the outbox, newest first.
    pub fn kinds_of_mail(&self) -> Vec<&'static str> {
        self.mail().iter().map(|row| row.notice.kind()).collect()
    }

    /// How many rows of the audit have this verb.
    pub fn deeds(&self, action: &str) -> i64 {
        let action = action.to_owned();
        self.database().read(move |conn| {
            Ok(audit_rows::table
                .filter(audit_rows::action.eq(action))
                .count()
                .get_result(conn)?)
        })
    }

    /// What is stored of recovery codes.
    pub fn hashes_of_recovery_codes(&self) -> Vec<String> {
        self.database().read(|conn| {
            Ok(recovery_codes::table
                .select(recovery_codes::code_hash)
                .load(conn)?)
        })
    }

    /// Runs SQL past the program: time that passed, or an intruder.
    pub fn execute(&self, sql: &str) {
        self.database().connect().batch_execute(sql).unwrap();
    }
}
