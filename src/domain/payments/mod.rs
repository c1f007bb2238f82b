//! Payments: what money came by, which state a payment is in and may move to, and what a processor's objects mean for it.
//!
//! The processor is never believed in the order it speaks: what counts is what its objects say when they are read again, and a payment
//! moves only up its ranks. Nothing here talks to anybody; the neighbors are `adapters::stripe` and `usecases::payments`.

use chrono::{Days, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::domain::gl::Role;
use crate::domain::ids::{AccountId, PaymentNumber};
use crate::domain::money::Money;
use crate::domain::text_enum::text_enum;

pub mod doubts;
pub mod joint;
pub mod lines;
pub mod saved;
pub mod seen;

text_enum! {
    /// The instrument money came by.
    Tender {
        /// A credit or debit card.
        Card => "card",
        /// A bank account, by ACH debit.
        BankAccount => "bank_account",
        /// A paper check.
        Check => "check",
        /// Cash at the counter.
        Cash => "cash",
        /// Not known, as with money taken over from an older system.
        Unknown => "unknown",
    }
}

impl Tender {
    /// Whether a bank can refuse it after it was taken. Cash is there or it is not.
    #[must_use]
    pub const fn may_be_returned(self) -> bool {
        !matches!(self, Self::Cash)
    }
}

text_enum! {
    /// The way a payment came.
    Channel {
        /// The customer paid on the portal.
        Portal => "portal",
        /// At the counter.
        Office => "office",
        /// By mail to the bank's lockbox.
        Lockbox => "lockbox",
        /// By telephone.
        Phone => "phone",
        /// In the drop box.
        DropBox => "drop_box",
        /// Taken over from an older system.
        Conversion => "conversion",
    }
}

text_enum! {
    /// Where a payment stands. Money is on the account from `succeeded` on, until it is refunded, returned or charged back.
    PaymentState {
        /// Asked for; the customer has not paid yet.
        Requested => "requested",
        /// Given to the bank and not yet settled: it counts as pending.
        Processing => "processing",
        /// The customer left without paying, and can no longer.
        Canceled => "canceled",
        /// The bank refused it before it settled.
        Failed => "failed",
        /// On the account.
        Succeeded => "succeeded",
        /// Partly given back.
        RefundedPart => "refunded_part",
        /// Wholly given back.
        Refunded => "refunded",
        /// The bank took a settled payment back.
        Returned => "returned",
        /// The cardholder disputed it and won.
        ChargedBack => "charged_back",
        /// Taken back by the office, which had entered it by mistake.
        Reversed => "reversed",
    }
}

impl PaymentState {
    /// The height of a state: a payment only ever climbs, so that an old message can undo nothing.
    #[must_use]
    pub const fn rank(self) -> u8 {
        match self {
            Self::Requested => 0,
            Self::Processing => 1,
            Self::Canceled | Self::Failed => 2,
            Self::Succeeded => 3,
            Self::RefundedPart => 4,
            Self::Refunded => 5,
            Self::Returned | Self::ChargedBack | Self::Reversed => 6,
        }
    }

    /// Whether a payment in this state may move to another.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        self.rank() < next.rank()
    }

    /// Where a payment stands when so much of it has gone back in all, however many refunds that took. One that was taken back stays so.
    #[must_use]
    pub fn after_refunds(self, paid: Money, refunded: Money) -> Self {
        if self.rank() > Self::Refunded.rank() {
            self
        } else if refunded >= paid {
            Self::Refunded
        } else if refunded.is_positive() {
            Self::RefundedPart
        } else {
            Self::Succeeded
        }
    }

    /// Whether some or all of it was given back.
    #[must_use]
    pub const fn is_refunded(self) -> bool {
        matches!(self, Self::Refunded | Self::RefundedPart)
    }

    /// Whether the money came at some time, so that there is a receipt.
    #[must_use]
    pub const fn was_posted(self) -> bool {
        self.rank() >= Self::Succeeded.rank()
    }
}

text_enum! {
    /// What is known of the instrument's maker: a card's brand, or `bank` for an account at one.
    Brand {
        /// Visa.
        Visa => "visa",
        /// Mastercard.
        Mastercard => "mastercard",
        /// American Express.
        Amex => "amex",
        /// Discover.
        Discover => "discover",
        /// A bank account.
        Bank => "bank",
        /// Any other.
        Other => "other",
    }
}

/// The instrument as far as it is ever kept: never a number, only what a person recognizes it by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instrument {
    /// Card or bank account.
    pub tender: Tender,
    /// The card's brand, or the bank.
    pub brand: Brand,
    /// The last four digits.
    pub last4: String,
    /// The processor's name for the same instrument wherever it is used.
    pub fingerprint: String,
}

impl Brand {
    /// The brand's own name; nothing where it has none to show.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Visa => "Visa",
            Self::Mastercard => "Mastercard",
            Self::Amex => "American Express",
            Self::Discover => "Discover",
            Self::Bank | Self::Other => "",
        }
    }
}

impl Instrument {
    /// What a person recognizes it by, in every language: `Visa ••4242`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{} \u{2022}\u{2022}{}", self.brand.name(), self.last4)
            .trim_start()
            .to_owned()
    }
}

/// Why an amount can't be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountRefused {
    /// Less than the processor takes.
    #[error("at least {least} can be paid")]
    TooSmall {
        /// The smallest payment.
        least: Money,
    },
    /// More than one payment may be.
    #[error("at most {most} can be paid at once")]
    TooLarge {
        /// The largest payment.
        most: Money,
    },
}

/// The smallest payment: the processor's own minimum for US dollars.
pub const LEAST_PAYMENT: Money = Money::from_cents(50);

/// The largest payment: the processor's own maximum for US dollars is eight digits of cents.
pub const MOST_PAYMENT: Money = Money::from_cents(99_999_999);

/// A payment that is asked for. More than the balance may be paid: the rest becomes a credit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRequest {
    /// The account it is for.
    pub account_id: AccountId,
    /// How much.
    pub amount: Money,
    /// By what.
    pub tender: Tender,
    /// One per form shown: the same form sent twice asks once.
    pub request_key: String,
    /// Whether the payer knows that it looks like one too many.
    pub is_sure: bool,
}

impl PaymentRequest {
    /// Checks the amount against what can be paid at once.
    ///
    /// # Errors
    /// `AmountRefused` with the bound that was broken.
    pub fn check(&self) -> Result<(), AmountRefused> {
        if self.amount < LEAST_PAYMENT {
            return Err(AmountRefused::TooSmall {
                least: LEAST_PAYMENT,
            });
        }
        if self.amount > MOST_PAYMENT {
            return Err(AmountRefused::TooLarge { most: MOST_PAYMENT });
        }
        Ok(())
    }
}

/// How long ago money may have come that is only now written down: mail that lay about, a drop box, a batch found again.
const MOST_AGE: Days = Days::new(366);

/// Money that came by another way than the processor: at the counter, by mail, or before this system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClearedPayment {
    /// The account it is for.
    pub account_id: AccountId,
    /// How much came.
    pub amount: Money,
    /// By what.
    pub tender: Tender,
    /// The way it came.
    pub channel: Channel,
    /// The civil day it came, from which it counts.
    pub received_on: NaiveDate,
    /// Its name at whoever took it: unique within the way it came, so that it is posted once.
    pub reference: String,
    /// What the payer is told it was, such as a check's number.
    pub label: Option<String>,
}

/// Why money that came is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptRefused {
    /// Nothing, less than nothing, or more than one payment may be.
    #[error("{0} is not an amount that is taken at once")]
    Amount(Money),
    /// It can't have come that way: cash by telephone.
    #[error("{tender} does not come by {channel}")]
    NoSuchWay {
        /// By what.
        tender: Tender,
        /// The way.
        channel: Channel,
    },
    /// It counts from a day that has not come.
    #[error("{0} has not come yet")]
    NotYet(NaiveDate),
    /// It would count from a day long past, which is a slip of the hand: what was brought forward comes by conversion.
    #[error("{0} is too long ago to be a payment taken today")]
    TooLongAgo(NaiveDate),
    /// What is written beside it looks like a card's number, which is never kept.
    #[error("the note beside the payment looks like a card's number")]
    CardNumber,
}

impl ClearedPayment {
    /// Checks what can be known of money without looking at its account.
    ///
    /// # Errors
    /// `ReceiptRefused` says what is wrong.
    pub fn check(&self, today: NaiveDate) -> Result<(), ReceiptRefused> {
        if !self.amount.is_positive() || self.amount > MOST_PAYMENT {
            return Err(ReceiptRefused::Amount(self.amount));
        }
        let Some(_) = received_into(self.channel, self.tender) else {
            return Err(ReceiptRefused::NoSuchWay {
                tender: self.tender,
                channel: self.channel,
            });
        };
        if self.received_on > today {
            return Err(ReceiptRefused::NotYet(self.received_on));
        }
        if self.channel != Channel::Conversion && self.received_on + MOST_AGE < today {
            return Err(ReceiptRefused::TooLongAgo(self.received_on));
        }
        if self.label.as_deref().is_some_and(is_like_card_number) {
            return Err(ReceiptRefused::CardNumber);
        }
        Ok(())
    }
}

/// The account of the books that holds money until it reaches the bank, by the way it came; nothing where it can't come that way.
#[must_use]
pub const fn received_into(channel: Channel, tender: Tender) -> Option<Role> {
    match (channel, tender) {
        (Channel::Portal, Tender::Card | Tender::BankAccount) => Some(Role::ProcessorClearing),
        (Channel::Office, Tender::Cash | Tender::Check)
        | (Channel::DropBox, Tender::Cash | Tender::Check) => Some(Role::CashDrawer),
        (Channel::Office | Channel::Phone, Tender::Card) => Some(Role::TerminalClearing),
        (Channel::Lockbox, Tender::Check) => Some(Role::LockboxClearing),
        (Channel::Conversion, _) => Some(Role::Bank),
        (
            Channel::Portal
            | Channel::Office
            | Channel::DropBox
            | Channel::Lockbox
            | Channel::Phone,
            _,
        ) => None,
    }
}

/// Whether a text holds a row of digits as long as a card's number: spaces and hyphens don't break it.
fn is_like_card_number(text: &str) -> bool {
    let mut digits = 0_u32;
    for letter in text.chars() {
        match letter {
            '0'..='9' => digits += 1,
            ' ' | '-' => {}
            _ => digits = 0,
        }
        if digits >= 13 {
            return true;
        }
    }
    false
}

/// The amount offered for payment: what is owed less what is already on its way, never below nothing.
#[must_use]
pub fn amount_to_pay(balance: Money, pending: Money) -> Money {
    (balance - pending).max(Money::ZERO)
}

/// A message of the processor as it is kept: whole, and with the few facts that choose what is read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderEvent {
    /// Its name: the same message may come many times.
    pub id: String,
    /// What it says happened, such as `payment_intent.succeeded`.
    pub kind: String,
    /// The object it is about.
    pub object_id: String,
    /// The PaymentIntent that object belongs to, where it names one.
    pub intent_ref: Option<String>,
    /// The Checkout session that object is, where it is one.
    pub session_ref: Option<String>,
    /// The number of ours that was written on it.
    pub payment_number: Option<PaymentNumber>,
    /// The account's number that was written on it, as it was written.
    pub account: Option<String>,
    /// When the processor made it.
    pub created_at: NaiveDateTime,
    /// Whether it is about real money.
    pub is_live: bool,
    /// The version of the processor's words.
    pub api_version: Option<String>,
    /// The message, byte for byte.
    pub payload: String,
}

text_enum! {
    /// What became of a stored message.
    EventState {
        /// Not looked at yet.
        Received => "received",
        /// What it is about has been read again and written down.
        Done => "done",
        /// Of no interest to us.
        Ignored => "ignored",
        /// About a payment we don't know, or don't know yet.
        Parked => "parked",
        /// Given up: it is about the wrong kind of money, or can't be read.
        Failed => "failed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_pending_is_not_asked_for_again() {
        let cents = Money::from_cents;
        assert_eq!(amount_to_pay(cents(100), cents(30)), cents(70));
        assert_eq!(amount_to_pay(cents(100), cents(130)), Money::ZERO);
        assert_eq!(amount_to_pay(cents(-20), Money::ZERO), Money::ZERO);
    }

    #[test]
    fn each_way_has_a_place_where_its_money_waits() {
        let place = received_into;
        assert_eq!(place(Channel::Office, Tender::Cash), Some(Role::CashDrawer));
        assert_eq!(
            place(Channel::DropBox, Tender::Check),
            Some(Role::CashDrawer)
        );
        assert_eq!(
            place(Channel::Lockbox, Tender::Check),
            Some(Role::LockboxClearing)
        );
        assert_eq!(
            place(Channel::Phone, Tender::Card),
            Some(Role::TerminalClearing)
        );
        assert_eq!(place(Channel::Phone, Tender::Cash), None);
        assert_eq!(place(Channel::Lockbox, Tender::Cash), None);
    }

    #[test]
    fn no_card_number_is_kept_beside_a_payment() {
        let day = NaiveDate::MIN;
        let noted = |label: &str| {
            let payment = ClearedPayment {
                account_id: AccountId(1),
                amount: Money::from_cents(100),
                tender: Tender::Card,
                channel: Channel::Phone,
                received_on: day,
                reference: "form".to_owned(),
                label: Some(label.to_owned()),
            };
            payment.check(day)
        };
        assert_eq!(noted("Terminal 004512, approval 88213"), Ok(()));
        for number in [
            "4242424242424242",
            "3782 822463 10005",
            "4242-4242-4242-4242",
        ] {
            assert_eq!(noted(number), Err(ReceiptRefused::CardNumber), "{number}");
        }
    }

    #[test]
    fn refunds_that_add_up_to_the_whole_are_a_whole_refund() {
        let cents = Money::from_cents;
        let after =
            |state: PaymentState, refunded| state.after_refunds(cents(5_000), cents(refunded));
        assert_eq!(
            after(PaymentState::Succeeded, 2_000),
            PaymentState::RefundedPart
        );
        assert_eq!(
            after(PaymentState::RefundedPart, 5_000),
            PaymentState::Refunded
        );
        assert_eq!(
            after(PaymentState::Refunded, 3_000),
            PaymentState::RefundedPart
        );
        assert_eq!(
            after(PaymentState::RefundedPart, 0),
            PaymentState::Succeeded
        );
        assert_eq!(
            after(PaymentState::ChargedBack, 2_000),
            PaymentState::ChargedBack
        );
    }

    proptest! {
        #[test]
        fn no_two_states_may_become_each_other(a in 0..PaymentState::ALL.len(), b in 0..PaymentState::ALL.len()) {
            let (a, b) = (PaymentState::ALL[a], PaymentState::ALL[b]);
            prop_assert!(!(a.may_become(b) && b.may_become(a)));
        }
    }
}
