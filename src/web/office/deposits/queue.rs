//! The deposits that are asked for or held: those that the policy lets a clerk give back come first.

use std::collections::HashMap;

use actix_web::web::Data;
use askama::Template;

use crate::app::App;
use crate::domain::deposits::DepositStatus;
use crate::domain::ids::AccountId;
use crate::domain::money::Money;
use crate::i18n::Words;
use crate::store::db::Conn;
use crate::store::labels::{self, AccountLabel};
use crate::usecases::deposits::{DepositError, Proposal, list_proposals};
use crate::web::chrome::Chrome;
use crate::web::office::deposits::show::closed;
use crate::web::office::deposits::words;
use crate::web::{PageResult, page};

/// How many are shown.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "office/deposits/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    shown: Vec<Proposal>,
    labels: HashMap<AccountId, AccountLabel>,
    /// How many may be given back.
    ripe: usize,
    /// How many there are.
    all: usize,
    held: Money,
    unpaid: Money,
}

impl Index {
    fn label(&self, one: &Proposal) -> Option<&AccountLabel> {
        self.labels.get(&one.standing.row.account_id)
    }

    fn is_cut(&self) -> bool {
        self.shown.len() < self.all
    }

    fn tone(&self, status: DepositStatus) -> &'static str {
        words::tone(status)
    }
}

/// GET /office/deposits
pub async fn index(app: Data<App>, chrome: Chrome) -> PageResult {
    let today = app.clock.today();
    let read = move |conn: &mut Conn| {
        let mut found = list_proposals(conn, today)?;
        let sum = |of: fn(&Proposal) -> Money| found.iter().map(of).sum::<Money>();
        let held = sum(|one| one.standing.sums.held());
        let unpaid = sum(|one| one.standing.sums.unpaid());
        let ripe = found.iter().filter(|one| one.may_refund).count();
        let all = found.len();
        found.truncate(SHOWN);
        let accounts: Vec<AccountId> = found
            .iter()
            .map(|one| one.standing.row.account_id)
            .collect();
        let labels = labels::of_accounts(conn, &accounts, today)?;
        Ok::<_, DepositError>((found, labels, (ripe, all), (held, unpaid)))
    };
    let (shown, labels, (ripe, all), (held, unpaid)) = app.db.read(read).await.map_err(closed)?;
    page(&Index {
        t: chrome.t,
        chrome,
        shown,
        labels,
        ripe,
        all,
        held,
        unpaid,
    })
}
