//! Every level payment plan: where each stands, what is put off, and when it is looked at again.

use std::collections::HashMap;

use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;

use crate::app::App;
use crate::domain::budget_billing::BudgetPlanState;
use crate::domain::ids::AccountId;
use crate::i18n::Words;
use crate::store::budget_plan_lists;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::labels::{self, AccountLabel};
use crate::usecases::budget_plans::{PlanLine, list_plans};
use crate::web::chrome::Chrome;
use crate::web::form::Form;
use crate::web::paging::{Page, Pager};
use crate::web::{PageResult, page};

/// The filters of the address. Without one, those in force are shown; an unknown word filters nothing.
#[derive(Debug, Clone, Deserialize)]
pub struct Asking {
    #[serde(default = "in_force")]
    state: String,
}

fn in_force() -> String {
    BudgetPlanState::Open.to_string()
}

#[derive(Template)]
#[template(path = "office/budget_plans/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    state: Option<BudgetPlanState>,
    lines: Vec<PlanLine>,
    labels: HashMap<AccountId, AccountLabel>,
    total: i64,
    pager: Pager,
}

impl Index {
    fn states(&self) -> Vec<(&'static str, String)> {
        let any = ("any", self.t.plans_any().to_owned());
        let named =
            |state: &BudgetPlanState| (state.as_str(), self.t.budget_plan_state(state.as_str()));
        let all = BudgetPlanState::ALL.iter().map(named);
        all.chain(std::iter::once(any)).collect()
    }

    fn form(&self) -> Form {
        Form::default().with("state", self.state.map_or("any", BudgetPlanState::as_str))
    }

    fn label(&self, line: &PlanLine) -> Option<&AccountLabel> {
        self.labels.get(&line.row.account_id)
    }
}

/// GET /office/level-plans
pub async fn index(
    app: Data<App>,
    chrome: Chrome,
    asking: Query<Asking>,
    paging: Query<Page>,
) -> PageResult {
    let (state, paging): (Option<BudgetPlanState>, Page) = (asking.state.parse().ok(), *paging);
    let today = app.clock.today();
    let read = move |conn: &mut Conn| {
        let page = (paging.limit(), paging.offset());
        let lines = list_plans(conn, state, (page, today))?;
        let ids: Vec<AccountId> = lines.iter().map(|line| line.row.account_id).collect();
        let labels = labels::of_accounts(conn, &ids, today)?;
        let labels: HashMap<AccountId, AccountLabel> = labels.into_iter().collect();
        Ok::<_, StoreError>((lines, labels, budget_plan_lists::count(conn, state)?))
    };
    let (lines, labels, total) = app.db.read(read).await?;
    let address = format!(
        "/office/level-plans?state={}",
        state.map_or("any", BudgetPlanState::as_str)
    );
    let (lines, pager) = paging.of(lines, &address);
    page(&Index {
        t: chrome.t,
        chrome,
        state,
        lines,
        labels,
        total,
        pager,
    })
}
