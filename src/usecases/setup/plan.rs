//! What is to be written, still under the utility's own numbers: rows get their ids when they are written.

use std::collections::HashMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::accounts::{AccountClass, Delivery};
use crate::domain::calendars::FallsOn;
use crate::domain::customers::{ContactKind, CustomerKind, Language};
use crate::domain::deposits::DepositReason;
use crate::domain::gl::FundCode;
use crate::domain::money::Money;
use crate::domain::premises::Commodity;
use crate::domain::setup::SetupFile;
use crate::usecases::accounts::people::Person;
use crate::usecases::accounts::{NewMeter, NewPremise};
use crate::usecases::cycles::{Beginning, NewCycle};

/// A cycle.
#[derive(Debug, Clone)]
pub(super) struct PlannedCycle {
    pub(super) cycle: NewCycle,
    pub(super) falls_on: FallsOn,
    pub(super) begins: Beginning,
}

/// A place, and the cycle's code.
#[derive(Debug, Clone)]
pub(super) struct PlannedPremise {
    pub(super) number: String,
    pub(super) premise: NewPremise,
    pub(super) cycle: Option<String>,
}

/// A point at a place.
#[derive(Debug, Clone)]
pub(super) struct PlannedPoint {
    pub(super) number: String,
    pub(super) premise: String,
    pub(super) commodity: Commodity,
    pub(super) label: Option<String>,
    pub(super) feeder: Option<String>,
}

/// A meter, where it hangs and since when.
#[derive(Debug, Clone)]
pub(super) struct PlannedMeter {
    pub(super) meter: NewMeter,
    pub(super) hangs: Option<(String, NaiveDate)>,
}

/// A customer.
#[derive(Debug, Clone)]
pub(super) struct PlannedCustomer {
    pub(super) number: String,
    pub(super) kind: CustomerKind,
    pub(super) person: Person,
    pub(super) contacts: Vec<(ContactKind, String)>,
}

/// An account.
#[derive(Debug, Clone)]
pub(super) struct PlannedAccount {
    pub(super) number: String,
    pub(super) customer: String,
    pub(super) class: AccountClass,
    pub(super) cycle: String,
    pub(super) language: Language,
    pub(super) delivery: Delivery,
    pub(super) opened_on: NaiveDate,
}

/// An agreement.
#[derive(Debug, Clone)]
pub(super) struct PlannedAgreement {
    pub(super) account: String,
    pub(super) point: String,
    pub(super) rate_code: String,
    pub(super) facts: serde_json::Value,
    pub(super) from_on: NaiveDate,
}

/// What a register showed.
#[derive(Debug, Clone)]
pub(super) struct PlannedRead {
    pub(super) register: String,
    pub(super) on: NaiveDate,
    pub(super) value: Decimal,
}

/// An amount owed to a fund, or held where it is negative.
#[derive(Debug, Clone)]
pub(super) struct PlannedBalance {
    /// By which the entry is known again.
    pub(super) key: i64,
    pub(super) account: String,
    pub(super) fund: FundCode,
    pub(super) due_on: NaiveDate,
    pub(super) amount: Money,
}

/// A deposit that is held.
#[derive(Debug, Clone)]
pub(super) struct PlannedDeposit {
    /// By which it is known again.
    pub(super) key: i64,
    pub(super) account: String,
    pub(super) amount: Money,
    pub(super) received_on: NaiveDate,
    /// The first day for which interest is still to be earned.
    pub(super) earned_until: NaiveDate,
    pub(super) reason: DepositReason,
}

/// Everything that is new.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    pub(super) cycles: Vec<PlannedCycle>,
    pub(super) premises: Vec<PlannedPremise>,
    pub(super) points: Vec<PlannedPoint>,
    pub(super) meters: Vec<PlannedMeter>,
    pub(super) customers: Vec<PlannedCustomer>,
    pub(super) accounts: Vec<PlannedAccount>,
    pub(super) agreements: Vec<PlannedAgreement>,
    pub(super) reads: Vec<PlannedRead>,
    pub(super) balances: Vec<PlannedBalance>,
    pub(super) deposits: Vec<PlannedDeposit>,
    known: HashMap<SetupFile, usize>,
}

impl Plan {
    /// Notes that the house knows what a line says.
    pub(super) fn note_known(&mut self, file: SetupFile) {
        *self.known.entry(file).or_default() += 1;
    }

    /// How many lines of a file say what the house knows.
    pub(super) fn count_known(&self, file: SetupFile) -> usize {
        self.known.get(&file).copied().unwrap_or_default()
    }

    /// How many things of a file are new.
    pub(super) fn count_new(&self, file: SetupFile) -> usize {
        match file {
            SetupFile::Cycles => self.cycles.len(),
            SetupFile::Premises => self.premises.len(),
            SetupFile::ServicePoints => self.points.len(),
            SetupFile::Meters => self.meters.len(),
            SetupFile::Customers => self.customers.len(),
            SetupFile::Accounts => self.accounts.len(),
            SetupFile::Agreements => self.agreements.len(),
            SetupFile::LastReads => self.reads.len(),
            SetupFile::OpeningBalances => self.balances.len(),
            SetupFile::Deposits => self.deposits.len(),
        }
    }

    /// What the deposits come to.
    pub(super) fn secured(&self) -> Money {
        self.deposits.iter().map(|deposit| deposit.amount).sum()
    }

    /// What the opening balances come to: owed, and held.
    pub(super) fn owed_and_held(&self) -> (Money, Money) {
        let amounts = || self.balances.iter().map(|balance| balance.amount);
        let owed = amounts().filter(|amount| amount.is_positive()).sum();
        let held = amounts().filter(|amount| amount.is_negative()).sum();
        (owed, held)
    }
}
