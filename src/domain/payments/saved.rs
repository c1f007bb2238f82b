//! Saved ways to pay: what the processor keeps for us under a name, and the little we know of it. The number itself is never here.

use chrono::{Datelike, Months, NaiveDate};

use crate::domain::ids::{AccountNumber, PaymentId, PaymentNumber};
use crate::domain::money::Money;
use crate::domain::payments::seen::SessionStatus;
use crate::domain::payments::{Instrument, Tender};
use crate::domain::text_enum::text_enum;

text_enum! {
    /// Where a saved way to pay stands.
    MethodState {
        /// Asked for; the customer has not given it yet.
        Asked => "asked",
        /// Saved: it may be charged where the customer says so.
        Attached => "attached",
        /// The customer took it away.
        Removed => "removed",
        /// A bank or the card's issuer will not be charged by it again.
        Blocked => "blocked",
        /// The customer left without giving it.
        Left => "left",
    }
}

/// An instrument that the processor keeps, as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodSeen {
    /// Its name at the processor.
    pub reference: String,
    /// What a person recognizes it by.
    pub instrument: Instrument,
    /// The last day a card can be charged.
    pub expires_on: Option<NaiveDate>,
    /// The bank's name.
    pub bank_name: Option<String>,
    /// Which kind of account at a bank, in the processor's word: `checking` or `savings`.
    pub bank_kind: Option<String>,
}

/// What the processor says of a way to pay that was to be saved, read again just now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupSeen {
    /// The page on which it is given.
    pub session: Option<SessionStatus>,
    /// What was given; none until it is usable.
    pub method: Option<MethodSeen>,
}

impl SetupSeen {
    /// What a way to pay that was asked for has become; `None` while it may still be given.
    #[must_use]
    pub const fn outcome(&self) -> Option<MethodState> {
        match (&self.method, self.session) {
            (Some(_), _) => Some(MethodState::Attached),
            (None, Some(SessionStatus::Expired)) => Some(MethodState::Left),
            (None, Some(SessionStatus::Open | SessionStatus::Complete) | None) => None,
        }
    }
}

/// A charge of a saved way to pay, as the processor is asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeOrder {
    /// The payment.
    pub payment_id: PaymentId,
    /// Ours, and the idempotency key of the call.
    pub request_key: String,
    /// Our payment's number, written on everything at the processor.
    pub payment: PaymentNumber,
    /// Our account's number, written on everything at the processor.
    pub account: AccountNumber,
    /// The account's name as a customer there.
    pub customer: String,
    /// The saved instrument's name there.
    pub method: String,
    /// Card or bank account.
    pub tender: Tender,
    /// How much.
    pub amount: Money,
    /// The charge's name there, once it is opened.
    pub opened: Option<String>,
}

/// The last day of a month, as cards print their end.
#[must_use]
pub fn last_day(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 1)?
        .checked_add_months(Months::new(1))?
        .with_day(1)?
        .pred_opt()
}

/// What a refusal means for the next try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The same may go through another day.
    Soft,
    /// The customer must be there for it.
    AsksCustomer,
    /// It will not go through again.
    Hard,
}

impl Refusal {
    /// What a processor's word for a refusal means. A word nobody knows is final: nobody is charged again on a guess.
    #[must_use]
    pub fn of(word: &str) -> Self {
        match word {
            "insufficient_funds"
            | "generic_decline"
            | "do_not_honor"
            | "processing_error"
            | "issuer_not_available"
            | "try_again_later"
            | "reenter_transaction"
            | "card_velocity_exceeded"
            | "withdrawal_count_limit_exceeded" => Self::Soft,
            // What was called off on its way says nothing of the way to pay.
            "authentication_required"
            | "authentication_not_handled"
            | "authentication_failed"
            | "canceled" => Self::AsksCustomer,
            _ => Self::Hard,
        }
    }
}

/// Whether a bank's reason for taking a payment back leaves the account usable: only a lack of funds does (R01 and R09).
#[must_use]
pub fn may_be_charged_after_return(word: &str) -> bool {
    word == "insufficient_funds"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_lasts_to_the_end_of_its_month() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        assert_eq!(last_day(2034, 12), day("2034-12-31"));
        assert_eq!(last_day(2028, 2), day("2028-02-29"));
        assert_eq!(last_day(2028, 13), None);
    }

    #[test]
    fn a_word_nobody_knows_is_a_hard_refusal() {
        assert_eq!(Refusal::of("insufficient_funds"), Refusal::Soft);
        assert_eq!(
            Refusal::of("authentication_required"),
            Refusal::AsksCustomer
        );
        assert_eq!(Refusal::of("stolen_card"), Refusal::Hard);
        assert_eq!(Refusal::of("a_new_word"), Refusal::Hard);
    }
}
