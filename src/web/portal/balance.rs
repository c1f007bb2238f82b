//! What is owed, by when, and what is on its way: the first thing on the home page, and what the live stream sends again.

use askama::Template;
use chrono::NaiveDate;

use crate::domain::bills::BillKind;
use crate::domain::ids::{AccountNumber, BillNumber};
use crate::domain::money::Money;
use crate::domain::payments::{PaymentState, amount_to_pay};
use crate::i18n::Words;
use crate::store::deposits::Standing as Deposit;
use crate::store::portal::accounts::Account;
use crate::store::portal::bills::Bill;
use crate::store::portal::owed::{Due, OnTime, Owed};
use crate::store::portal::payments::Paid;
use crate::store::scheduled_payments::Waiting;

/// The balance of one account, ready to show.
pub struct Balance {
    pub number: AccountNumber,
    /// Whether the reader may pay.
    pub may_pay: bool,
    /// Whether the reader may change how it is charged.
    pub may_change: bool,
    pub owed: Money,
    pub due_on: Option<NaiveDate>,
    pub past_due: Money,
    pub pending: Money,
    /// What of it is in dispute.
    pub disputed: Money,
    /// What of an arrangement is due after its next installment, and after today.
    pub deferred: Money,
    /// The extension or arrangement in force.
    pub arrangement: Option<OnTime>,
    /// What falls due first of what is owed beside an arrangement, and when.
    pub beside: Option<(Money, NaiveDate)>,
    /// What autopay takes next, and when.
    pub ahead: Option<(Money, NaiveDate)>,
    /// What the customer scheduled and is still to come.
    pub scheduled: Vec<Waiting>,
    /// The deposit that is asked for or held.
    pub deposit: Option<Deposit>,
    pub today: NaiveDate,
    /// The latest bill that stands: its number, why it was made, its month and what it asks for.
    pub bill: Option<(BillNumber, BillKind, NaiveDate, Money)>,
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
            may_pay: account.may_pay(),
            may_change: account.may_change(),
            owed: owed.balance,
            due_on: owed.due_on(),
            past_due: owed.past_due(today),
            pending: owed.pending,
            disputed: owed.disputed(),
            deferred: owed.deferred(today),
            arrangement: owed.arrangement.clone(),
            beside: owed.beside(),
            ahead: owed.ahead(),
            scheduled: owed.scheduled.clone(),
            deposit: owed.deposit.clone(),
            today,
            bill: bill.map(|bill| {
                (
                    bill.number.clone(),
                    bill.kind,
                    bill.last_day(),
                    bill.asked(),
                )
            }),
            payment: paid
                .iter()
                .find(|payment| payment.state == PaymentState::Succeeded)
                .cloned(),
        }
    }

    /// What is left to pay once the money on its way has come, is not in dispute and not of a later installment; nothing below zero.
    pub fn to_pay(&self) -> Money {
        amount_to_pay(self.owed - self.disputed - self.deferred, self.pending)
    }

    /// What the arrangement asks for next: how much, by when, whether that is late, and the last day on which it is in time.
    pub fn next_installment(&self) -> Option<(Money, NaiveDate, bool, NaiveDate)> {
        let arrangement = self.arrangement.as_ref()?;
        let asked = arrangement.asked(self.today)?;
        let (due_on, is_late) = (asked.due_on, asked.due_on < self.today);
        Some((asked.amount, due_on, is_late, arrangement.last_day(due_on)))
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
    /// All that is left of it is paid with an arrangement, next on this day.
    Arranged(NaiveDate),
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
    let of_bill = |item: &&Due| item.bill == Some(bill.id);
    let mut open = owed.due.iter().filter(of_bill).peekable();
    if open.peek().is_none() {
        return Standing::Paid;
    }
    let undisputed: Vec<&Due> = open
        .filter(|item| item.undisputed().is_positive())
        .collect();
    let own = undisputed.iter().find(|item| !item.is_arranged);
    match (own, undisputed.first()) {
        (Some(own), _) if own.due_on < today => Standing::PastDue(own.due_on),
        (Some(own), _) => Standing::Due(own.due_on),
        (None, Some(arranged)) => Standing::Arranged(arranged.due_on),
        (None, None) => Standing::Disputed,
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
            total: bill.asked(),
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
