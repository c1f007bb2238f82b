//! What the pages show on which several accounts are paid at once: what is to be paid on each, what is chosen of it, and each part as it
//! stands.

use std::cmp::Reverse;
use std::collections::HashSet;

use askama::Template;
use chrono::NaiveDate;

use crate::app::App;
use crate::domain::accounts::AccountStatus;
use crate::domain::ids::AccountId;
use crate::domain::money::Money;
use crate::domain::payments::doubts::Doubt;
use crate::domain::payments::joint::{JointRefused, JointRequest, Part};
use crate::domain::payments::{AmountRefused, MOST_PAYMENT, PaymentState};
use crate::domain::scope::Scope;
use crate::i18n::Words;
use crate::store;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::payment_methods::MethodRow;
use crate::store::payments::PaymentRow;
use crate::store::portal::accounts::{self, Account};
use crate::store::portal::owed::Owed;
use crate::store::portal::owing;
use crate::web::PageError;
use crate::web::chrome::Chrome;
use crate::web::form::Form;
use crate::web::portal::pay_saved::Means;

/// What the name of a box begins with that ticks an account; its number follows.
const TICK: &str = "pay-";

/// The same of the field for the amount.
const AMOUNT: &str = "amount-";

/// An account that may be paid, as the page lists it.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) account: Account,
    /// Whose it is.
    pub(super) name: String,
    pub(super) owed: Owed,
    pub(super) today: NaiveDate,
    /// The name of its box.
    pub(super) tick: String,
    /// The name of its field for the amount.
    pub(super) field: String,
}

/// Everything that a sign-in may pay, and by what.
#[derive(Debug, Clone)]
pub(super) struct Payable {
    pub(super) lines: Vec<Line>,
    pub(super) methods: Vec<MethodRow>,
}

/// What is to be paid on one of the accounts.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) line: Line,
    pub(super) amount: Money,
    pub(super) doubt: Option<Doubt>,
    /// What was begun on the account before and not finished.
    pub(super) begun: Option<Money>,
}

#[derive(Template)]
#[template(path = "portal/together/new.html")]
pub(super) struct New {
    pub(super) t: Words,
    pub(super) chrome: Chrome,
    pub(super) form: Form,
    pub(super) payable: Payable,
    pub(super) is_offered: bool,
}

#[derive(Template)]
#[template(path = "portal/together/check.html")]
pub(super) struct Check {
    pub(super) t: Words,
    pub(super) chrome: Chrome,
    pub(super) form: Form,
    pub(super) rows: Vec<Row>,
    pub(super) total: Money,
    pub(super) means: Means,
}

#[derive(Template)]
#[template(path = "portal/together/show.html")]
pub(super) struct Show {
    pub(super) t: Words,
    pub(super) chrome: Chrome,
    /// The parts on accounts that the reader may pay.
    pub(super) parts: Vec<(PaymentRow, Account)>,
    /// Whether these are all parts there are.
    pub(super) is_whole: bool,
    pub(super) total: Money,
    pub(super) is_test: bool,
    /// The page's own address.
    pub(super) at: String,
}

/// The place that an account serves, or its number where it serves none.
pub fn place(account: &Account) -> String {
    let served = account.addresses.first().cloned();
    served.unwrap_or_else(|| account.number.to_string())
}

impl Line {
    pub(super) fn place(&self) -> String {
        place(&self.account)
    }

    pub(super) fn to_pay(&self) -> Money {
        self.owed.to_pay(self.today)
    }

    pub(super) fn past_due(&self) -> Money {
        self.owed.past_due(self.today).min(self.to_pay())
    }

    /// What was settled and closed, and owes nothing, is not offered.
    pub(super) fn is_offered(&self) -> bool {
        match self.account.status {
            AccountStatus::Pending | AccountStatus::Active | AccountStatus::Closing => true,
            AccountStatus::Closed | AccountStatus::WrittenOff => self.owed.balance.is_positive(),
        }
    }
}

impl Row {
    /// What is owed once this is paid and what is on its way has come.
    pub(super) fn after(&self) -> Money {
        self.line.owed.balance - self.line.owed.pending - self.amount
    }

    pub(super) fn part(&self) -> Part {
        Part {
            account_id: self.line.account.id,
            amount: self.amount,
        }
    }
}

impl Check {
    pub(super) fn of(
        chrome: Chrome,
        form: Form,
        rows: Vec<Row>,
        (request, means): (&JointRequest, Means),
    ) -> Self {
        Self {
            t: chrome.t,
            chrome,
            form: form.with("key", &request.request_key),
            total: request.whole(),
            rows,
            means,
        }
    }

    pub(super) fn is_doubted(&self) -> bool {
        self.rows.iter().any(|row| row.doubt.is_some())
    }

    /// Whether a part looks as if it were paid twice.
    pub(super) fn is_paid_again(&self) -> bool {
        let mut doubts = self.rows.iter().filter_map(|row| row.doubt);
        doubts.any(|doubt| !doubt.is_of_amount())
    }

    /// The page before, with what was ticked and written.
    pub(super) fn change(&self) -> String {
        let chosen = self.rows.iter().map(|row| {
            let (tick, field) = (&row.line.tick, &row.line.field);
            format!("{tick}=yes&{field}={}&", row.amount.dollars())
        });
        let chosen: String = chosen.collect();
        format!("/pay/together?{chosen}tender={}", self.means.value())
    }
}

impl Show {
    pub(super) fn is(&self, state: PaymentState) -> bool {
        self.parts.iter().any(|(payment, _)| payment.state == state)
    }

    /// Whether the page waits for news of the payment.
    pub(super) fn waits(&self) -> bool {
        self.is(PaymentState::Requested)
    }

    pub(super) fn is_at_bank(&self) -> bool {
        self.is(PaymentState::Processing)
    }

    pub(super) fn has_failed(&self) -> bool {
        self.is(PaymentState::Failed)
    }

    /// The processor's page, which names the whole: for whoever sees all of it.
    pub(super) fn page(&self) -> Option<&str> {
        let (first, _) = self.parts.first().filter(|_| self.is_whole)?;
        first.checkout_url.as_deref()
    }
}

/// Everything that is due, ticked; and the way to pay that is offered first.
pub(super) fn prefilled(payable: &Payable) -> Form {
    let mut form = Form::default();
    for line in &payable.lines {
        let to_pay = line.to_pay();
        if to_pay.is_positive() {
            let ticked = form.with(&line.tick, "yes");
            form = ticked.with(&line.field, to_pay.dollars());
        }
    }
    let saved = payable.methods.first();
    let offered = saved.map_or("card", |method| method.request_key.as_str());
    form.with("tender", offered)
}

/// The accounts that are ticked, each with its amount; what is wrong with them is noted on the form.
pub(super) fn chosen(form: &mut Form, payable: &Payable, t: Words) -> Vec<Row> {
    let ticked: HashSet<String> = form.named(TICK).into_iter().map(str::to_owned).collect();
    let mut rows = Vec::new();
    for line in &payable.lines {
        if !ticked.contains(line.account.number.as_str()) {
            continue;
        }
        match form.value(&line.field).parse::<Money>() {
            Err(_not_money) => form.refuse(line.field.clone(), t.form_not_money()),
            Ok(amount) if !amount.is_positive() => {
                form.refuse(line.field.clone(), t.together_nothing());
            }
            Ok(amount) if amount > MOST_PAYMENT => {
                form.refuse(line.field.clone(), t.pay_too_large(MOST_PAYMENT));
            }
            Ok(amount) => rows.push(Row {
                line: line.clone(),
                amount,
                doubt: None,
                begun: None,
            }),
        }
    }
    let known = payable
        .lines
        .iter()
        .map(|line| line.account.number.as_str());
    let known: HashSet<&str> = known.collect();
    if ticked.iter().any(|number| !known.contains(number.as_str())) {
        form.refuse("accounts", t.together_gone());
    }
    rows
}

/// Says what is wrong with the whole.
pub(super) fn refuse(form: &mut Form, t: Words, refused: JointRefused) {
    let text = match refused {
        JointRefused::TooFew | JointRefused::Twice | JointRefused::Nothing => {
            t.together_none().to_owned()
        }
        JointRefused::TooMany { most } => t.together_too_many(most),
        JointRefused::Whole(AmountRefused::TooSmall { least }) => t.pay_too_small(least),
        JointRefused::Whole(AmountRefused::TooLarge { most }) => t.pay_too_large(most),
    };
    form.refuse("accounts", text);
}

/// The parts of a payment that are on accounts in scope, and whether these are all.
pub(super) async fn parts_of(
    app: &App,
    scope: &Scope,
    key: &str,
) -> Result<(Vec<(PaymentRow, Account)>, bool), PageError> {
    let (scope, key) = (scope.clone(), key.to_owned());
    let (all, accounts) = app
        .db
        .read(move |conn| {
            let joint = store::joint_payments::find_by_request(conn, &key)?;
            let joint = joint.ok_or(StoreError::Missing("payment"))?;
            let all = store::joint_payments::list_parts(conn, joint)?;
            Ok::<_, StoreError>((all, accounts::list(conn, &scope)?))
        })
        .await?;
    let there = all.len();
    let own = |payment: PaymentRow| {
        let of = |account: &&Account| account.id == payment.account_id;
        let account = accounts.iter().find(of)?.clone();
        Some((payment, account))
    };
    let parts: Vec<(PaymentRow, Account)> = all.into_iter().filter_map(own).collect();
    if parts.is_empty() {
        return Err(PageError::NotFound);
    }
    let is_whole = parts.len() == there;
    Ok((parts, is_whole))
}

pub(super) async fn payable(app: &App, scope: &Scope) -> Result<Payable, PageError> {
    let (scope, today) = (scope.clone(), app.clock.today());
    let read = move |conn: &mut Conn| read_payable(conn, &scope, today);
    Ok(app.db.read(read).await?)
}

/// The accounts in scope: those that the reader looks after first, so that one of them stands for the whole at the processor. A number of
/// questions that does not grow with them.
fn read_payable(conn: &mut Conn, scope: &Scope, today: NaiveDate) -> Result<Payable, StoreError> {
    let all = accounts::list(conn, scope)?;
    let mut owed = owing::list(conn, scope)?;
    let mut labels = store::labels::of_accounts(conn, scope.accounts(), today)?;
    let changed = all.iter().filter(|account| account.may_change());
    let changed: Vec<AccountId> = changed.map(|account| account.id).collect();
    let mut methods = store::payment_methods::list_of(conn, &changed)?;
    let mut known = HashSet::new();
    methods.retain(|method| {
        let is_new = method
            .fingerprint
            .clone()
            .is_none_or(|name| known.insert(name));
        is_new && !method.has_expired(today)
    });
    let line = |account: Account| Line {
        name: labels
            .remove(&account.id)
            .map_or_else(String::new, |label| label.name),
        owed: owed.remove(&account.id).unwrap_or_default(),
        today,
        tick: format!("{TICK}{}", account.number.as_str()),
        field: format!("{AMOUNT}{}", account.number.as_str()),
        account,
    };
    let mut lines: Vec<Line> = all.into_iter().map(line).collect();
    lines.retain(Line::is_offered);
    lines.sort_by_key(|line| Reverse(line.account.access));
    Ok(Payable { lines, methods })
}
