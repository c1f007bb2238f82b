//! What is owed, by when, and what is on its way: the first thing on the home page, and what the live stream sends again.

use askama::Template;
use chrono::NaiveDate;

use crate::domain::bills::BillKind;
use crate::domain::ids::{AccountNumber, BillId, BillNumber};
use crate::domain::money::Money;
use crate::domain::payments::{PaymentState, amount_to_pay};
use crate::i18n::Words;
use crate::store::portal::accounts::{Account, Owed, Paid};
use crate::store::portal::bills::Bill;
use crate::store::scheduled_payments::Waiting;

/// The balance of one account, ready to show.
pub struct Balance {
    pub number: AccountNumber,
    pub owed: Money,
    pub due_on: Option<NaiveDate>,
    pub past_due: Money,
    pub pending: Money,
    /// What of it is in dispute.
    pub disputed: Money,
    /// What autopay takes next, and when.
    pub ahead: Option<(Money, NaiveDate)>,
    /// What the customer scheduled and is still to come.
    pub scheduled: Vec<Waiting>,
    pub today: NaiveDate,
    /// The latest bill that stands: its number, its month and what it asks for.
    pub bill: Option<(BillNumber, NaiveDate, Money)>,
    /// The latest payment that was posted.
    pub payment: Option<Paid>,
}

impl Balance {
    pub fn of(
        account: &Account,
        bills: &[Bill],
        (owed, paid): (&Owed, &[Paid]),
        today: NaiveDate,
    ) -> Self {
        let bill = bills.iter().find(|bill| bill.canceled_on.is_none());
        Self {
            number: account.number.clone(),
            owed: owed.balance,
            due_on: owed.due_on(),
            past_due: owed.past_due(today),
            pending: owed.pending,
            disputed: owed.disputed(),
            ahead: owed.ahead(),
            scheduled: owed.scheduled.clone(),
            today,
            bill: bill.map(|bill| (bill.number.clone(), bill.last_day(), bill.total)),
            payment: paid
                .iter()
                .find(|payment| payment.state == PaymentState::Succeeded)
                .cloned(),
        }
    }

    /// What is left to pay once the money on its way has come, and is not in dispute; nothing below zero.
    pub fn to_pay(&self) -> Money {
        amount_to_pay(self.owed - self.disputed, self.pending)
    }

    pub fn credit(&self) -> Money {
        -self.owed
    }
}

/// Where a bill stands with its money.
pub enum Standing {
    Paid,
    Due(NaiveDate),
    PastDue(NaiveDate),
    /// All that is left of it is in dispute.
    Disputed,
    Canceled,
}

/// One row of the list of bills and payments.
pub enum Recent {
    Bill {
        number: BillNumber,
        kind: BillKind,
        month: NaiveDate,
        issued_on: NaiveDate,
        total: Money,
        standing: Standing,
    },
    Payment(Paid),
}

impl Recent {
    fn on(&self) -> NaiveDate {
        match self {
            Self::Bill { issued_on, .. } => *issued_on,
            Self::Payment(paid) => paid.on,
        }
    }
}

/// How a bill's money stands: what is still owed of it has a due date.
pub fn standing(bill: &Bill, owed: &Owed, today: NaiveDate) -> Standing {
    if bill.canceled_on.is_some() {
        return Standing::Canceled;
    }
    let open = |id: BillId| {
        owed.due
            .iter()
            .find(|item| item.bill == Some(id))
            .map(|item| (item.undisputed(), item.due_on))
    };
    match open(bill.id) {
        None => Standing::Paid,
        Some((left, _)) if !left.is_positive() => Standing::Disputed,
        Some((_, day)) if day < today => Standing::PastDue(day),
        Some((_, day)) => Standing::Due(day),
    }
}

/// The latest bills and payments together, newest first.
pub fn recent(bills: &[Bill], paid: &[Paid], owed: &Owed, today: NaiveDate) -> Vec<Recent> {
    let mut all: Vec<Recent> = bills
        .iter()
        .take(4)
        .map(|bill| Recent::Bill {
            number: bill.number.clone(),
            kind: bill.kind,
            month: bill.last_day(),
            issued_on: bill.issued_on,
            total: bill.total,
            standing: standing(bill, owed, today),
        })
        .chain(paid.iter().cloned().map(Recent::Payment))
        .collect();
    all.sort_by_key(|row| std::cmp::Reverse(row.on()));
    all.truncate(6);
    all
}

/// What the stream sends: the balance block, and the list of what happened.
#[derive(Template)]
#[template(path = "portal/live.html")]
pub struct Live<'a> {
    pub t: Words,
    pub balance: &'a Balance,
    pub recent: &'a [Recent],
}
