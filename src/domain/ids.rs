//! One id type for each table, and the numbers that people see: account and bill numbers with a check digit.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Declares row ids: whole numbers that cannot be mistaken for one another.
macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// A person or organization.
    CustomerId,
    /// A customer that became one with another.
    CustomerMergeId,
    /// A place that became one with another.
    PlaceMergeId,
    /// A way to reach a customer.
    ContactPointId,
    /// A customer's part on an account.
    AccountRoleId,
    /// An invitation to an account.
    InvitationId,
    /// The thing that gets a bill and owes money.
    AccountId,
    /// The place served.
    PremiseId,
    /// Where one commodity is delivered.
    ServicePointId,
    /// A meter.
    MeterId,
    /// One dial or channel of a meter.
    RegisterId,
    /// An account's contract for one service.
    ServiceAgreementId,
    /// A bill cycle.
    CycleId,
    /// One row of a cycle's calendar.
    CyclePeriodId,
    /// A register read.
    ReadId,
    /// The way on which meters are read.
    ReadRouteId,
    /// One import of a file.
    ImportId,
    /// One version of a rate schedule.
    RateScheduleId,
    /// A dated value of a factor.
    RateFactorId,
    /// A policy that waits for a second person.
    PolicyProposalId,
    /// What somebody corrects by hand.
    CorrectionId,
    /// A day of fees that is taken back.
    FeeReversalId,
    /// A deposit that was asked for.
    DepositId,
    /// One step of a deposit.
    DepositMoveId,
    /// A bill.
    BillId,
    /// A bill run.
    BillRunId,
    /// A ledger entry.
    EntryId,
    /// A payment.
    PaymentId,
    /// One payment for several accounts.
    JointPaymentId,
    /// A saved way to pay.
    PaymentMethodId,
    /// What a customer allowed us to charge by ourselves.
    EnrolmentId,
    /// One charge of an enrolment: for one bill.
    AutopayChargeId,
    /// A payment that a customer asked for on a day to come.
    ScheduledPaymentId,
    /// What the processor paid out to the bank at once.
    PayoutId,
    /// One line of the utility's account at the processor.
    ProcessorLineId,
    /// Something that needs a person.
    ExceptionId,
    /// Anything told to a customer.
    NoticeId,
    /// Somebody of the office.
    StaffId,
    /// A customer's sign-in.
    LoginId,
    /// A written note on an account.
    NoteId,
    /// A telephone call with a customer.
    CallId,
    /// What a customer asked for.
    RequestId,
    /// An outage, planned work or an urgent notice.
    OutageId,
    /// A part of town that an outage touches.
    OutageAreaId,
    /// Something said of an outage.
    OutageUpdateId,
    /// More time to pay, as it was agreed.
    ArrangementId,
    /// A level payment plan.
    BudgetPlanId,
    /// What left the house on paper at once.
    PrintBatchId,
    /// A bill or a letter that goes on paper.
    PrintPieceId,
    /// A key that a device holds in place of a password.
    PasskeyId,
    /// One period of a hold.
    HoldId,
    /// A view of a list of work that somebody keeps.
    SavedFilterId,
    /// That a household has a low income, as certified.
    IncomeCertificationId,
    /// A document that a hold rests on.
    HoldDocumentId,
    /// An informal hearing of a dispute.
    HearingId,
    /// A document that a request rests on.
    RequestDocumentId,
    /// A time in which nobody of a group is shut off.
    MoratoriumId,
    /// Work that a crew is sent out for.
    OrderId,
    /// A photo that a crew took.
    OrderPhotoId,
}

/// The check digit of a row of decimal digits (Luhn, ISO/IEC 7812-1 annex B).
#[must_use]
pub fn check_digit(digits: &str) -> u32 {
    let sum: u32 = digits
        .chars()
        .rev()
        .filter_map(|c| c.to_digit(10))
        .enumerate()
        .map(|(place, digit)| match (place.is_multiple_of(2), digit) {
            (true, 0..=4) => digit * 2,
            (true, _) => digit * 2 - 9,
            (false, _) => digit,
        })
        .sum();
    (10 - sum % 10) % 10
}

/// A printed number that is not one of ours: wrong length, other characters, or a check digit that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a valid number")]
pub struct NotANumber(pub String);

/// An account number: ten digits, printed `4100-27160-4`, the last a check digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountNumber(String);

impl AccountNumber {
    /// The number of the account with this place in the sequence.
    #[must_use]
    pub fn of(sequence: i64) -> Self {
        let body = format!("{:09}", (410_000_000 + sequence).rem_euclid(1_000_000_000));
        let check = check_digit(&body);
        Self(format!("{body}{check}"))
    }

    /// Its end alone, for mail: enough to know it by, too little to use.
    #[must_use]
    pub fn masked(&self) -> String {
        format!("…{}", self.0.get(6..).unwrap_or_default())
    }

    /// The ten digits, as stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Reads what a person types: spaces and hyphens are passed over; a wrong check digit is refused.
impl FromStr for AccountNumber {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        checked_digits(text, 10).map(Self)
    }
}

impl fmt::Display for AccountNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.get(..4), self.0.get(4..9), self.0.get(9..)) {
            (Some(first), Some(second), Some(check)) => f.pad(&format!("{first}-{second}-{check}")),
            _ => f.pad(&self.0),
        }
    }
}

/// A bill number: twelve digits, the last a check digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BillNumber(String);

impl BillNumber {
    /// The number of the bill with this place in the sequence.
    #[must_use]
    pub fn of(sequence: i64) -> Self {
        let body = format!(
            "{:011}",
            (10_000_000_000 + sequence).rem_euclid(100_000_000_000)
        );
        let check = check_digit(&body);
        Self(format!("{body}{check}"))
    }

    /// The twelve digits, as stored and printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The bill that bears it: its place in the sequence.
    #[must_use]
    pub fn bill(&self) -> BillId {
        let body = self.0.get(..11).and_then(|body| body.parse::<i64>().ok());
        BillId(body.unwrap_or_default() - 10_000_000_000)
    }
}

impl FromStr for BillNumber {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        checked_digits(text, 12).map(Self)
    }
}

impl fmt::Display for BillNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A payment's number, as on its receipt: ten digits, the last a check digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PaymentNumber(String);

impl PaymentNumber {
    /// The number of the payment with this place in the sequence.
    #[must_use]
    pub fn of(sequence: i64) -> Self {
        let body = format!("{:09}", (700_000_000 + sequence).rem_euclid(1_000_000_000));
        let check = check_digit(&body);
        Self(format!("{body}{check}"))
    }

    /// The ten digits, as stored and printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PaymentNumber {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        checked_digits(text, 10).map(Self)
    }
}

impl fmt::Display for PaymentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A request's number, as the customer is told: ten digits, the last a check digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestNumber(String);

impl RequestNumber {
    /// The number of the request with this place in the sequence.
    #[must_use]
    pub fn of(sequence: i64) -> Self {
        let body = format!("{:09}", (300_000_000 + sequence).rem_euclid(1_000_000_000));
        let check = check_digit(&body);
        Self(format!("{body}{check}"))
    }

    /// The ten digits, as stored and printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RequestNumber {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        checked_digits(text, 10).map(Self)
    }
}

impl fmt::Display for RequestNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The number of an extension or a payment arrangement: ten digits, the last a check digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArrangementNumber(String);

impl ArrangementNumber {
    /// The number of the arrangement with this place in the sequence.
    #[must_use]
    pub fn of(sequence: i64) -> Self {
        let body = format!("{:09}", (500_000_000 + sequence).rem_euclid(1_000_000_000));
        let check = check_digit(&body);
        Self(format!("{body}{check}"))
    }

    /// The ten digits, as stored and printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ArrangementNumber {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        checked_digits(text, 10).map(Self)
    }
}

impl fmt::Display for ArrangementNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The number of a service order: ten digits, the last a check digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrderNumber(String);

impl OrderNumber {
    /// The number of the order with this place in the sequence.
    #[must_use]
    pub fn of(sequence: i64) -> Self {
        let body = format!("{:09}", (600_000_000 + sequence).rem_euclid(1_000_000_000));
        let check = check_digit(&body);
        Self(format!("{body}{check}"))
    }

    /// The ten digits, as stored and printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for OrderNumber {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        checked_digits(text, 10).map(Self)
    }
}

impl fmt::Display for OrderNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

fn checked_digits(text: &str, length: usize) -> Result<String, NotANumber> {
    let digits: String = text
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '\u{a0}'))
        .collect();
    let body = digits
        .get(..length - 1)
        .filter(|_| digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit()));
    match body {
        Some(body) if digits.ends_with(&check_digit(body).to_string()) => Ok(digits),
        _ => Err(NotANumber(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_account_number_is_caught() {
        let number = AccountNumber::of(27);
        assert_eq!(number.to_string().parse::<AccountNumber>().unwrap(), number);
        let wrong = number.as_str().replace("27", "72");
        assert!(wrong.parse::<AccountNumber>().is_err());
        assert!("4100-0002".parse::<AccountNumber>().is_err());
    }

    #[test]
    fn a_bill_is_found_by_its_number() {
        for id in [1, 9_478, 9_999_999] {
            assert_eq!(BillNumber::of(id).bill(), BillId(id));
        }
    }
}
