//! Deposits in words: how a standing looks, and why nothing was done, with what to do about it.

use crate::domain::deposits::DepositStatus;
use crate::i18n::Words;
use crate::usecases::deposits::DepositError;

/// How a standing looks.
pub const fn tone(status: DepositStatus) -> &'static str {
    match status {
        DepositStatus::Asked | DepositStatus::PartPaid => "warn",
        DepositStatus::Held => "good",
        DepositStatus::Released => "info",
        DepositStatus::Waived => "",
    }
}

/// Why nothing was done.
pub fn said(t: Words, refused: &DepositError) -> String {
    match refused {
        DepositError::NotAsked => t.deposit_not_asked().to_owned(),
        DepositError::NotSo(reason) => t.deposit_not_so(reason.as_str()),
        DepositError::Amount { most } => t.deposit_wrong_amount(most),
        DepositError::Installments { most } => t.deposit_wrong_installments(*most),
        DepositError::Open => t.deposit_is_open().to_owned(),
        DepositError::Stopped => t.deposit_stopped().to_owned(),
        DepositError::HasEnded => t.deposit_account_ended().to_owned(),
        DepositError::Ended(status) => t.deposit_ended(status.as_str()),
        DepositError::None => t.deposit_never().to_owned(),
        DepositError::NothingUnpaid => t.deposit_nothing_unpaid().to_owned(),
        DepositError::NothingHeld => t.deposit_nothing_held().to_owned(),
        DepositError::NoteMissing => t.correction_note_missing().to_owned(),
        DepositError::NoteTooLong(most) => t.deposit_note_long(*most),
        DepositError::Chart(_) => t.deposit_no_part().to_owned(),
        DepositError::Changed(_) => t.correction_changed().to_owned(),
        DepositError::Looked(_)
        | DepositError::Refused(_)
        | DepositError::TooLarge(_)
        | DepositError::Fault(_) => t.taking_wrong_amount().to_owned(),
    }
}
