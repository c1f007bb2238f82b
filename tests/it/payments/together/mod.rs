//! Several accounts paid at once: one payment at the processor, each account its own part, its own entry and its own receipt.

mod money;
mod stories;

use chrono::NaiveDate;
use mainstay::domain::access::Access;
use mainstay::domain::ids::AccountId;
use mainstay::domain::money::Money;
use mainstay::domain::payments::joint::{JointRequest, Part};
use mainstay::domain::payments::{PaymentState, Tender};
use mainstay::domain::sessions::HoldEnd;
use mainstay::store;
use mainstay::store::db::{Conn, Tx};
use mainstay::store::error::StoreError;
use mainstay::store::payments::PaymentRow;
use mainstay::usecases::integrity;
use mainstay::usecases::payments::request_joint_payment;

use crate::support::app::TestApp;
use crate::support::people::{Customer, Household};

impl Customer {
    /// An account that is not theirs is opened to their sign-in so far.
    pub async fn may(&self, house: &TestApp, account: AccountId, access: Access) {
        let email = self.household.email.clone();
        let open = move |tx: &mut Tx<'_>| -> Result<(), StoreError> {
            let login = store::logins::find_by_email(tx, &email)?;
            let login = login.ok_or(StoreError::Missing("login"))?;
            store::logins::put_access(tx, login.id, account, access)
        };
        let opened = house.app.db.write(house.stamp(), open).await;
        opened.expect("it is opened");
    }

    /// It is closed to them again.
    pub async fn may_no_more(&self, house: &TestApp, account: AccountId) {
        let email = self.household.email.clone();
        let close = move |tx: &mut Tx<'_>| -> Result<(), StoreError> {
            let login = store::logins::find_by_email(tx, &email)?;
            let login = login.ok_or(StoreError::Missing("login"))?;
            store::logins::mark_released(tx, login.id, &[account], HoldEnd::Unshared).map(drop)
        };
        let closed = house.app.db.write(house.stamp(), close).await;
        closed.expect("it is closed");
    }
}

/// Rosa, who owes $84.10 and may also pay for two neighbors, who owe $12.00 and $5.50.
pub async fn three(house: &TestApp) -> (Customer, Household, Household) {
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let ivan = house.customer("Ivan").owing("$12.00").moved_in().await;
    let greta = house.customer("Greta").owing("$5.50").moved_in().await;
    rosa.may(house, ivan.account, Access::Pay).await;
    rosa.may(house, greta.account, Access::Manage).await;
    (rosa, ivan, greta)
}

impl TestApp {
    /// Asks for one payment for several accounts.
    pub async fn requests_together(&self, parts: &[(AccountId, i64)]) -> Vec<PaymentRow> {
        let request = JointRequest {
            parts: parts
                .iter()
                .map(|(account_id, cents)| Part {
                    account_id: *account_id,
                    amount: Money::from_cents(*cents),
                })
                .collect(),
            tender: Tender::Card,
            request_key: format!("form-{}", self.next_number()),
            is_sure: true,
        };
        let ask = move |tx: &mut Tx<'_>| request_joint_payment(tx, &request, "sandbox");
        let asked = self.app.db.write(self.stamp(), ask).await;
        asked.expect("the payment is asked for")
    }

    /// Opens the page of a payment for several accounts, and writes it down; says its session.
    pub async fn opens_together(&self, parts: &[PaymentRow]) -> String {
        let first = &parts[0];
        let whole = PaymentRow {
            amount: parts.iter().map(|part| part.amount).sum(),
            ..first.clone()
        };
        let session = self.opens(&whole).await;
        self.remembers(first, &session).await;
        session
    }

    /// A payment for several accounts is made by a test instrument, and everything that follows today has happened.
    pub async fn paid_together(&self, parts: &[(AccountId, i64)], alias: &str) -> Vec<PaymentRow> {
        let parts = self.requests_together(parts).await;
        let session = self.opens_together(&parts).await;
        self.pays(&session, alias).await;
        self.settles().await;
        let mut paid = Vec::new();
        for part in &parts {
            paid.push(self.payment(part).await);
        }
        paid
    }

    /// Where each part stands.
    pub async fn states(&self, parts: &[PaymentRow]) -> Vec<PaymentState> {
        let mut states = Vec::new();
        for part in parts {
            states.push(self.state(part).await);
        }
        states
    }

    /// What each account owes.
    pub async fn balances(&self, parts: &[PaymentRow]) -> Vec<i64> {
        let mut balances = Vec::new();
        for part in parts {
            balances.push(self.balance(part.account_id).await);
        }
        balances
    }

    /// No invariant of the books is broken.
    pub async fn is_sound(&self) {
        let today: NaiveDate = self.app.clock.today();
        let check = move |conn: &mut Conn| integrity::check(conn, today);
        let broken = self.app.db.read(check).await.expect("the house is read");
        assert!(broken.is_empty(), "{broken:?}");
    }
}
