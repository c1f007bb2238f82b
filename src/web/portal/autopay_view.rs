//! What autopay will do with the bills that are open now: the same rules as its days, asked ahead, so that a customer sees day and amount
//! before joining and after.

use chrono::NaiveDate;

use crate::domain::access::Right;
use crate::domain::autopay::{ChargeState, Owing, Skip, Terms};
use crate::domain::holds::HoldStop;
use crate::domain::ids::{AccountId, BillNumber};
use crate::domain::money::Money;
use crate::domain::scope::Scope;
use crate::store;
use crate::store::autopay::{ChargeRow, EnrolmentRow};
use crate::store::autopay_bills::OpenBill;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::portal::owed::{self, Due, Owed};

/// What autopay looks at for one account.
pub struct Outlook {
    /// What is owed.
    pub owed: Owed,
    /// What the customer allowed, where it is in force.
    pub enrolment: Option<EnrolmentRow>,
    charges: Vec<ChargeRow>,
    bills: Vec<OpenBill>,
    /// Whether a hold keeps charges away.
    is_held: bool,
    /// Whether the reader may know of holds: they are no guest's to know.
    knows_holds: bool,
}

/// One open bill.
pub struct Coming {
    /// Its number.
    pub number: BillNumber,
    /// When it is due.
    pub due_on: NaiveDate,
    /// What becomes of it.
    pub what: What,
}

/// What becomes of an open bill.
pub enum What {
    /// So much is charged on a day.
    Charge(Money, NaiveDate),
    /// It is not charged.
    Not(Skip),
    /// It is not charged, and why is not the reader's to know.
    Unsaid,
    /// It was charged, and is on its way.
    Made(Money),
    /// It was charged and refused, and is not tried again.
    Refused,
}

impl Outlook {
    /// Reads what is owed, what was allowed and what was planned.
    pub fn load(
        conn: &mut Conn,
        (scope, account): (&Scope, AccountId),
        today: NaiveDate,
    ) -> Result<Self, StoreError> {
        let owed = owed::find(conn, scope, account)?;
        let enrolment = store::autopay::find(conn, account)?;
        let charges = match &enrolment {
            Some(enrolment) => store::autopay::list_charges(conn, enrolment.id)?,
            None => Vec::new(),
        };
        let bills = store::autopay_bills::list_open_bills(conn, account)?;
        let held = store::holds::stopped(conn, &[account], (HoldStop::Autopay, today))?;
        let access = scope.access(account);
        Ok(Self {
            is_held: held.is(account),
            knows_holds: access.is_some_and(|access| access.gives(Right::Share)),
            owed,
            enrolment,
            charges,
            bills,
        })
    }

    /// What becomes of each open bill as things stand; nothing where autopay is not in force.
    pub fn now(&self) -> Vec<Coming> {
        match &self.enrolment {
            Some(enrolment) => self.coming(&enrolment.terms(), &self.charges),
            None => Vec::new(),
        }
    }

    /// What would become of each open bill by these terms.
    pub fn under(&self, terms: &Terms) -> Vec<Coming> {
        self.coming(terms, &[])
    }

    /// What was past due when these terms were agreed to, and is not on its way: none of the bills that are listed, it waits for the day of the
    /// next one. While a hold keeps charges away, nobody is led to pay.
    pub fn late(&self, terms: &Terms, today: NaiveDate) -> Option<Money> {
        // What is on its way pays the oldest first.
        let late = self.owed.past_due(terms.agreed_on) - self.owed.pending;
        let late = late.min(self.owed.to_pay(today));
        Some(late).filter(|late| late.is_positive() && !self.is_held)
    }

    fn coming(&self, terms: &Terms, charges: &[ChargeRow]) -> Vec<Coming> {
        let mut taken = Money::ZERO;
        let of = |bill: &OpenBill| {
            let charge = charges.iter().find(|charge| charge.bill_id == bill.id);
            let what = self.what(terms, bill, charge, taken);
            if let What::Charge(amount, _) = &what {
                taken += *amount;
            }
            let what = match what {
                What::Not(Skip::Held) if !self.knows_holds => What::Unsaid,
                other => other,
            };
            Coming {
                number: bill.number.clone(),
                due_on: bill.bill.due_on,
                what,
            }
        };
        self.bills
            .iter()
            .filter(|bill| bill.bill.due_on >= terms.agreed_on)
            .map(of)
            .collect()
    }

    fn what(
        &self,
        terms: &Terms,
        bill: &OpenBill,
        charge: Option<&ChargeRow>,
        taken: Money,
    ) -> What {
        let on = match charge.map(|charge| (charge.state, charge)) {
            None => match terms.charge_on(bill.bill) {
                Ok(day) => day,
                Err(skip) => return What::Not(skip),
            },
            Some((ChargeState::Planned, charge)) => charge.charge_on,
            Some((ChargeState::Skipped, charge)) => {
                let word = charge.reason.as_deref().unwrap_or_default();
                return What::Not(word.parse().unwrap_or(Skip::NothingOwed));
            }
            Some((ChargeState::Asked | ChargeState::Made, charge)) => {
                return What::Made(charge.amount.unwrap_or_default());
            }
            Some((ChargeState::Stopped, _)) => return What::Refused,
        };
        let due = self.owed.due.iter();
        let due = due.filter(|item| item.due_on <= bill.bill.due_on);
        let owing = Owing {
            balance: self.owed.balance - self.owed.disputed() - taken,
            due: due.map(Due::undisputed).sum::<Money>() - taken,
            pending: self.owed.pending + self.owed.scheduled_until(on),
        };
        match terms.amount(owing, on) {
            Ok(_) if self.is_held => What::Not(Skip::Held),
            Ok(amount) => {
                let told = charge.and_then(|charge| charge.told);
                What::Charge(told.map_or(amount, |told| amount.min(told)), on)
            }
            Err(skip) => What::Not(skip),
        }
    }
}
