//! Being told: what customers choose, what the clock tells them, how it travels, and what happens when it does not arrive.

mod by_text;
mod choosing;
mod contacts;
mod delivery;
mod first_attempts;
mod folder;
mod guests;
mod judged;
pub mod ladder;
mod mails;
mod paper;
mod paying;
mod printing;
mod reminders;
mod returns;
mod silent;
mod texts;
mod usage;

use std::sync::Arc;

use diesel::prelude::*;
use mainstay::app::App;
use mainstay::config::Config;
use mainstay::domain::customers::Language;
use mainstay::jobs::plan_alerts;
use mainstay::secrets::Token;
use mainstay::store::db::Tx;
use mainstay::store::error::StoreError;
use mainstay::store::schema::{login_accounts, notices};
use mainstay::usecases::text_numbers::{add_number, prove_number};

use crate::support::app::TestApp;
use crate::support::people::Customer;

/// A notice as these stories look at it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Seen {
    pub kind: String,
    pub channel: String,
    pub state: String,
    pub recipient: String,
}

impl TestApp {
    /// Notices of some kinds, oldest first.
    pub fn told(&self, kinds: &[&str]) -> Vec<Seen> {
        self.database().read(|conn| {
            Ok(notices::table
                .filter(notices::kind.eq_any(kinds))
                .order(notices::id)
                .select((
                    notices::kind,
                    notices::channel,
                    notices::state,
                    notices::recipient,
                ))
                .load(conn)?)
        })
    }

    /// The clock looks at what is owed.
    pub async fn reminds(&self) {
        let round = plan_alerts::of_debts(self.app.clone()).await;
        round.expect("the reminders are planned");
    }

    /// The same house with other settings, for a job.
    pub fn configured(&self, change: impl Fn(&mut Config)) -> App {
        let mut config = (*self.app.config).clone();
        change(&mut config);
        App {
            config: Arc::new(config),
            ..self.app.clone()
        }
    }

    /// A proved number that takes somebody's texts, with their yes.
    pub async fn takes_texts(&self, customer: &Customer, number: &'static str) {
        let account = customer.household.account;
        let now = self.app.clock.world_now();
        let proved = self.app.db.write(
            self.stamp(),
            move |tx: &mut Tx<'_>| -> Result<bool, StoreError> {
                let login = login_accounts::table
                    .filter(login_accounts::account_id.eq(account))
                    .select(login_accounts::login_id)
                    .first(tx.conn())?;
                let code = Token::presented("123456");
                add_number(tx, (login, Language::English), number, (&code, now))?;
                prove_number(tx, login, &code, ("Yes, text me.", now))
            },
        );
        assert!(proved.await.expect("the number is proved"));
    }
}
