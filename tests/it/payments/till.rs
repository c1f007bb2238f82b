//! A house where somebody owes and pays: what the stories of paying are told with.

use mainstay::adapters::desk::{Desk, Sandbox};
use mainstay::domain::ids::AccountId;
use mainstay::domain::money::Money;
use mainstay::domain::payments::{PaymentRequest, PaymentState, Tender};
use mainstay::jobs::{provider_events, sandbox};
use mainstay::store;
use mainstay::store::error::StoreError;
use mainstay::store::payments::PaymentRow;
use mainstay::usecases::payments::{record_checkout, request_payment};
use mainstay::usecases::sandbox::checkout::{self, Paid};
use mainstay::usecases::sandbox::instruments::{TestInstrument, by_alias};
use mainstay::usecases::sandbox::till::{Switches, set_switches};

use crate::support::app::TestApp;

impl TestApp {
    pub fn desk(&self) -> Desk {
        self.app.desk.clone().expect("the sandbox stands in")
    }

    pub fn sandbox(&self) -> Sandbox {
        self.desk().sandbox.expect("the sandbox stands in")
    }

    pub async fn requests(&self, account: AccountId, cents: i64) -> PaymentRow {
        let request = PaymentRequest {
            account_id: account,
            amount: Money::from_cents(cents),
            tender: Tender::Card,
            request_key: format!("form-{}", self.next_number()),
            is_sure: true,
        };
        self.app
            .db
            .write(self.stamp(), move |tx| {
                request_payment(tx, &request, "sandbox")
            })
            .await
            .expect("the payment is asked for")
    }

    /// The session of a payment's page at the sandbox.
    pub async fn opens(&self, payment: &PaymentRow) -> String {
        let account = payment.account_id;
        let number = move |conn: &mut _| store::logins::account_number(conn, account);
        let number = self.app.db.read(number).await.expect("it has a number");
        self.opens_as(payment, number.as_str()).await
    }

    /// The same, with another account's number written on it.
    pub async fn opens_as(&self, payment: &PaymentRow, account: &str) -> String {
        let order = mainstay::adapters::stripe::CheckoutOrder {
            request_key: payment.number.to_string(),
            payment: payment.number.to_string(),
            account: account.to_owned(),
            amount: payment.amount,
            tender: Tender::Card,
            title: "Larkspur Bend".to_owned(),
            in_spanish: false,
            success_url: format!("{}/payments/{}/return", self.base(), payment.number),
            cancel_url: format!("{}/pay", self.base()),
        };
        let opened = self.desk().stripe.open_checkout(&order).await;
        opened.expect("the page opens").session_ref
    }

    pub async fn remembers(&self, payment: &PaymentRow, session: &str) {
        let (id, session) = (payment.id, session.to_owned());
        self.app
            .db
            .write(self.stamp(), move |tx| {
                record_checkout(tx, id, &session, "http://127.0.0.1/page")
            })
            .await
            .expect("the page is remembered");
    }

    /// The session of the page on which an account may be paid now.
    pub async fn open_page(&self, account: AccountId) -> String {
        let read = move |conn: &mut _| store::payments::list_requested(conn, account, "sandbox");
        let open = self.app.db.read(read).await.expect("the payments are read");
        let last = open.into_iter().next_back().expect("a payment was begun");
        last.session_reference.expect("it has a page")
    }

    /// The customer pays on the page by a test instrument.
    pub async fn pays(&self, session: &str, alias: &str) -> Paid {
        let instrument = instrument(alias);
        let session = session.to_owned();
        self.app
            .db
            .write(self.stamp(), move |tx| {
                checkout::pay(tx, &session, &instrument)
            })
            .await
            .expect("the page takes it")
    }

    pub async fn switches(&self, switches: Switches) {
        self.app
            .db
            .write(self.stamp(), move |tx| -> Result<(), StoreError> {
                set_switches(tx, switches)
            })
            .await
            .expect("the switches are set");
    }

    /// Lets the sandbox deliver and the worker work until nothing is left to do now.
    pub async fn settles(&self) {
        for _ in 0..40 {
            let sent = sandbox::work_once(&self.app, &self.sandbox()).await;
            let worked = provider_events::work_once(&self.app, &self.desk()).await;
            if sent.expect("the sandbox works") + worked.expect("the worker works") == 0 {
                // Reordered messages are some milliseconds apart.
                tokio::time::sleep(std::time::Duration::from_millis(15)).await;
            }
        }
    }

    pub async fn payment(&self, payment: &PaymentRow) -> PaymentRow {
        let (account, number) = (payment.account_id, payment.number.clone());
        self.app
            .db
            .read(move |conn| store::payments::find_by_number(conn, &[account], &number))
            .await
            .expect("the payment can be read")
            .expect("the payment is there")
    }

    pub async fn state(&self, payment: &PaymentRow) -> PaymentState {
        self.payment(payment).await.state
    }

    pub async fn balance(&self, account: AccountId) -> i64 {
        self.app
            .db
            .read(move |conn| store::ledger::balance(conn, account, None))
            .await
            .expect("the balance can be read")
            .cents()
    }

    pub async fn pending(&self, account: AccountId) -> i64 {
        self.app
            .db
            .read(move |conn| store::payments::pending(conn, &[account]))
            .await
            .expect("what is pending can be read")
            .cents()
    }

    /// The entries of an account by what they are, oldest first.
    pub async fn entries(&self, account: AccountId) -> Vec<String> {
        let rows = self
            .app
            .db
            .read(move |conn| store::ledger::statement(conn, account, 100))
            .await
            .expect("the ledger can be read");
        rows.iter()
            .rev()
            .map(|row| format!("{} {}", row.entry.kind, row.entry.receivable.cents()))
            .collect()
    }
}

pub fn instrument(alias: &str) -> TestInstrument {
    by_alias(alias).expect("a test instrument")
}
