//! Why a deposit is not asked for, not waived or not given back.

use crate::domain::deposits::{DepositReason, DepositStatus};
use crate::domain::ledger::LedgerError;
use crate::domain::money::{Money, MoneyError};
use crate::store::error::StoreError;
use crate::usecases::books::BooksError;
use crate::usecases::deposits::Preview;
use crate::usecases::ledger::PostingError;

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum DepositError {
    /// The policy asks this class of account for nothing.
    #[error("the policy asks this class for no deposit")]
    NotAsked,
    /// The account is not so that the policy would ask it for this reason.
    #[error("the account is not asked for being {0}")]
    NotSo(DepositReason),
    /// Nothing, or more than the policy asks for.
    #[error("a deposit is more than nothing and {most} at the most")]
    Amount {
        /// The most that is asked for.
        most: Money,
    },
    /// More installments than the policy allows.
    #[error("a deposit is paid in 1 to {most} installments")]
    Installments {
        /// The most.
        most: u32,
    },
    /// A deposit is asked for or held already.
    #[error("a deposit is asked for or held already")]
    Open,
    /// A hold keeps it away.
    #[error("a hold keeps deposits away")]
    Stopped,
    /// Only an account that is served or is about to be is asked.
    #[error("the account has ended")]
    HasEnded,
    /// Somebody was faster: the deposit stands elsewhere by now.
    #[error("the deposit is {0} already")]
    Ended(DepositStatus),
    /// None was ever asked for.
    #[error("no deposit was asked for")]
    None,
    /// All of it is paid.
    #[error("nothing of the deposit is unpaid")]
    NothingUnpaid,
    /// Nothing of it is held.
    #[error("nothing is held as a deposit")]
    NothingHeld,
    /// A few words must say why.
    #[error("a note must say why")]
    NoteMissing,
    /// More words than are kept.
    #[error("at most {0} letters")]
    NoteTooLong(usize),
    /// Nothing was to be done but to look: this is what would have been posted.
    #[error("only looked at")]
    Looked(Preview),
    /// The account stands otherwise than when it was looked at; this is what would be posted now.
    #[error("the account has changed since")]
    Changed(Preview),
    /// The chart of accounts lacks an account or a fund for this.
    #[error(transparent)]
    Chart(LedgerError),
    /// The books refused.
    #[error(transparent)]
    Refused(PostingError),
    /// An amount that no account can hold.
    #[error(transparent)]
    TooLarge(#[from] MoneyError),
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

impl From<PostingError> for DepositError {
    fn from(error: PostingError) -> Self {
        match error {
            PostingError::Fault(fault) => Self::Fault(fault),
            PostingError::Ledger(error) => error.into(),
            refused @ (PostingError::Books(_)
            | PostingError::NotHeld { .. }
            | PostingError::NotPosted(_)
            | PostingError::NotACharge(_)) => Self::Refused(refused),
        }
    }
}

impl From<LedgerError> for DepositError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::NoPart(_) | LedgerError::NoFund(_) => Self::Chart(error),
            LedgerError::Unbalanced(_)
            | LedgerError::NoGl(_)
            | LedgerError::NotPositive(_)
            | LedgerError::Applied { .. }
            | LedgerError::Parts { .. } => Self::Refused(error.into()),
        }
    }
}

impl From<BooksError> for DepositError {
    fn from(error: BooksError) -> Self {
        Self::from(PostingError::from(error))
    }
}
