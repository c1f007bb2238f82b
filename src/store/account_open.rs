//! What stands open on an account, as `account_matters` reads it: what the customer asked for, what crews are to do, what waits for a second
//! person, and money that went back.

use chrono::NaiveDate;

use crate::domain::ids::{
    BillNumber, CorrectionId, OrderNumber, PaymentNumber, RequestNumber, ServicePointId,
};
use crate::domain::money::Money;
use crate::domain::orders::told::Appointment;
use crate::domain::orders::{OrderKind, OrderState};
use crate::domain::remedies::Remedy;
use crate::domain::requests::asking::Answers;
use crate::domain::requests::{RequestKind, RequestState};

/// What a customer asked for, still open.
#[derive(Debug, Clone)]
pub struct OpenRequest {
    /// The number that the customer is told.
    pub number: RequestNumber,
    /// What is asked for.
    pub kind: RequestKind,
    /// What was answered.
    pub answers: Answers,
    /// Where it stands.
    pub state: RequestState,
    /// The civil day on which it was asked.
    pub asked_on: NaiveDate,
    /// By when it is to be answered.
    pub due_on: NaiveDate,
    /// How much is in dispute.
    pub disputed: Option<Money>,
}

impl OpenRequest {
    /// Whether the day that was promised is over.
    #[must_use]
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.due_on < today
    }

    /// How many days it has been open.
    #[must_use]
    pub fn days(&self, today: NaiveDate) -> i64 {
        (today - self.asked_on).num_days()
    }
}

/// Work that a crew is sent out for, still open.
#[derive(Debug, Clone)]
pub struct OpenOrder {
    /// The number that people say.
    pub number: OrderNumber,
    /// What is to be done.
    pub kind: OrderKind,
    /// Where it stands.
    pub state: OrderState,
    /// By when it is to be done.
    pub due_on: NaiveDate,
    /// When somebody comes.
    pub appointment: Option<Appointment>,
    /// Of which service; nothing where it is every metered one of the place.
    pub point: Option<ServicePointId>,
    /// Who goes.
    pub assignee: Option<String>,
}

impl OpenOrder {
    /// Whether the day by which it was to be done is over.
    #[must_use]
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.due_on < today
    }
}

/// What one person ordered and a second one has not decided.
#[derive(Debug, Clone)]
pub enum Waiting {
    /// A correction of the balance.
    Correction {
        /// Row id.
        id: CorrectionId,
        /// The word of what it is: one that reverses another is that first.
        word: String,
        /// How much.
        amount: Money,
        /// Who ordered it.
        made_by: String,
    },
    /// A bill that is to be taken back and billed again.
    Rebill {
        /// Which.
        bill: BillNumber,
        /// By how much the bills come out differently.
        difference: Money,
        /// Who proposed it.
        made_by: String,
    },
    /// The outcome of a dispute.
    Outcome {
        /// Of which.
        dispute: RequestNumber,
        /// How it would end.
        remedy: Remedy,
        /// How much it gives in all; where bills are made anew, by how much they come out differently.
        amount: Money,
        /// Who proposed it.
        made_by: String,
    },
}

/// A payment that a bank or a card took back, and none of the account's counts since.
#[derive(Debug, Clone)]
pub struct Returned {
    /// Its number.
    pub number: PaymentNumber,
    /// How much it was.
    pub amount: Money,
    /// On which day it went back.
    pub on: NaiveDate,
}
