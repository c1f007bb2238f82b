//! The test numbers the sandbox knows, and what becomes of each. Any other number is refused: no real one can be typed in by mistake.

use chrono::{Datelike, NaiveDate};

use crate::domain::payments::Brand;

/// What becomes of a card when it is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardOutcome {
    /// It pays.
    Pays,
    /// It is refused: the error's code and the bank's own word.
    Declines(&'static str, &'static str),
    /// The customer must authenticate first, each time; then it pays.
    AsksFirst,
    /// The customer must authenticate once; saved, it pays without asking again.
    AsksOnce,
    /// It pays, and the cardholder disputes it as fraudulent.
    PaysThenDisputed,
    /// It pays, and a refund of it fails later.
    PaysRefundFails,
}

/// A test card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TestCard {
    /// Its whole number, which means nothing anywhere.
    pub number: &'static str,
    /// Its brand.
    pub brand: Brand,
    /// What becomes of it.
    pub outcome: CardOutcome,
    /// The name the API knows the same card by.
    pub alias: &'static str,
}

const fn test_card(
    number: &'static str,
    brand: Brand,
    outcome: CardOutcome,
    alias: &'static str,
) -> TestCard {
    TestCard {
        number,
        brand,
        outcome,
        alias,
    }
}

/// Every test card, in the order the page lists them.
pub const CARDS: &[TestCard] = &[
    test_card(
        "4242424242424242",
        Brand::Visa,
        CardOutcome::Pays,
        "pm_card_visa",
    ),
    test_card(
        "5555555555554444",
        Brand::Mastercard,
        CardOutcome::Pays,
        "pm_card_mastercard",
    ),
    test_card(
        "378282246310005",
        Brand::Amex,
        CardOutcome::Pays,
        "pm_card_amex",
    ),
    test_card(
        "4000000000000002",
        Brand::Visa,
        CardOutcome::Declines("card_declined", "generic_decline"),
        "pm_card_visa_chargeDeclined",
    ),
    test_card(
        "4000000000009995",
        Brand::Visa,
        CardOutcome::Declines("card_declined", "insufficient_funds"),
        "pm_card_visa_chargeDeclinedInsufficientFunds",
    ),
    test_card(
        "4000000000009987",
        Brand::Visa,
        CardOutcome::Declines("card_declined", "lost_card"),
        "pm_card_visa_chargeDeclinedLostCard",
    ),
    test_card(
        "4000000000009979",
        Brand::Visa,
        CardOutcome::Declines("card_declined", "stolen_card"),
        "pm_card_visa_chargeDeclinedStolenCard",
    ),
    test_card(
        "4000000000000069",
        Brand::Visa,
        CardOutcome::Declines("expired_card", "expired_card"),
        "pm_card_chargeDeclinedExpiredCard",
    ),
    test_card(
        "4000000000000127",
        Brand::Visa,
        CardOutcome::Declines("incorrect_cvc", "incorrect_cvc"),
        "pm_card_chargeDeclinedIncorrectCvc",
    ),
    test_card(
        "4000000000000119",
        Brand::Visa,
        CardOutcome::Declines("processing_error", "processing_error"),
        "pm_card_chargeDeclinedProcessingError",
    ),
    test_card(
        "4000000000000341",
        Brand::Visa,
        CardOutcome::Declines("card_declined", "generic_decline"),
        "pm_card_chargeCustomerFail",
    ),
    test_card(
        "4000002500003155",
        Brand::Visa,
        CardOutcome::AsksOnce,
        "pm_card_authenticationRequiredOnSetup",
    ),
    test_card(
        "4000002760003184",
        Brand::Visa,
        CardOutcome::AsksFirst,
        "pm_card_authenticationRequired",
    ),
    test_card(
        "4000000000000259",
        Brand::Visa,
        CardOutcome::PaysThenDisputed,
        "pm_card_createDispute",
    ),
    test_card(
        "4000000000005126",
        Brand::Visa,
        CardOutcome::PaysRefundFails,
        "pm_card_refundFail",
    ),
];

/// What becomes of a bank account after it is debited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BankOutcome {
    /// It settles.
    Settles,
    /// The bank refuses it before it settles.
    Fails(&'static str),
    /// It settles and is taken back later.
    SettlesThenReturned(&'static str),
    /// It never settles.
    Waits,
}

/// A test bank account; all are at the bank with [`ROUTING`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TestBank {
    /// Its number.
    pub number: &'static str,
    /// What becomes of it.
    pub outcome: BankOutcome,
    /// The name the API knows the same account by.
    pub alias: &'static str,
}

/// The one routing number.
pub const ROUTING: &str = "110000000";

const fn test_bank(number: &'static str, outcome: BankOutcome, alias: &'static str) -> TestBank {
    TestBank {
        number,
        outcome,
        alias,
    }
}

/// Every test bank account, in the order the page lists them.
pub const BANKS: &[TestBank] = &[
    test_bank(
        "000123456789",
        BankOutcome::Settles,
        "pm_usBankAccount_success",
    ),
    test_bank(
        "000111111113",
        BankOutcome::Fails("account_closed"),
        "pm_usBankAccount_accountClosed",
    ),
    test_bank(
        "000111111116",
        BankOutcome::Fails("no_account"),
        "pm_usBankAccount_noAccount",
    ),
    test_bank(
        "000222222227",
        BankOutcome::Fails("insufficient_funds"),
        "pm_usBankAccount_insufficientFunds",
    ),
    test_bank(
        "000333333335",
        BankOutcome::Fails("debit_not_authorized"),
        "pm_usBankAccount_debitNotAuthorized",
    ),
    test_bank(
        "000555555559",
        BankOutcome::SettlesThenReturned("insufficient_funds"),
        "pm_usBankAccount_dispute",
    ),
    test_bank(
        "000000000009",
        BankOutcome::Waits,
        "pm_usBankAccount_processing",
    ),
];

/// A test instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestInstrument {
    /// A card.
    Card(TestCard),
    /// A bank account.
    Bank(TestBank),
}

impl TestInstrument {
    /// Its whole number.
    #[must_use]
    pub const fn number(&self) -> &'static str {
        match self {
            Self::Card(card) => card.number,
            Self::Bank(bank) => bank.number,
        }
    }

    /// Its last four digits.
    #[must_use]
    pub fn last4(&self) -> &'static str {
        let number = self.number();
        number
            .get(number.len().saturating_sub(4)..)
            .unwrap_or(number)
    }

    /// The word the API has for its kind.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Card(_) => "card",
            Self::Bank(_) => "us_bank_account",
        }
    }
}

/// The instrument the API knows by this name.
#[must_use]
pub fn by_alias(alias: &str) -> Option<TestInstrument> {
    let card = CARDS.iter().find(|card| card.alias == alias);
    let bank = || BANKS.iter().find(|bank| bank.alias == alias);
    card.map(|card| TestInstrument::Card(*card))
        .or_else(|| bank().map(|bank| TestInstrument::Bank(*bank)))
}

/// What is wrong with typed card details, in the processor's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Mistyped {
    /// Not a test number.
    #[error("incorrect_number")]
    Number,
    /// Not a month and year to come.
    #[error("invalid_expiry")]
    Expiry,
    /// Three digits, or four for American Express.
    #[error("invalid_cvc")]
    Cvc,
    /// Not the test bank's routing number.
    #[error("routing_number_invalid")]
    Routing,
    /// Not a test account number.
    #[error("account_number_invalid")]
    Account,
}

fn digits(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .collect()
}

/// The card with this number, unless the details beside it are wrong on this day.
///
/// # Errors
/// `Mistyped` with the first thing wrong.
pub fn card(number: &str, expiry: &str, cvc: &str, today: NaiveDate) -> Result<TestCard, Mistyped> {
    let number = digits(number);
    let card = CARDS
        .iter()
        .find(|card| card.number == number)
        .ok_or(Mistyped::Number)?;
    let (typed_month, typed_year) = expiry.split_once('/').ok_or(Mistyped::Expiry)?;
    let typed_month: i32 = parse(typed_month, Mistyped::Expiry)?;
    let year: i32 = parse(typed_year, Mistyped::Expiry)?;
    let year = if year < 100 { year + 2000 } else { year };
    if !(1..=12).contains(&typed_month) || year * 12 + typed_month < this_month(today) {
        return Err(Mistyped::Expiry);
    }
    let length = if card.brand == Brand::Amex { 4 } else { 3 };
    let cvc = digits(cvc);
    if cvc.len() != length || cvc.bytes().any(|byte| !byte.is_ascii_digit()) {
        return Err(Mistyped::Cvc);
    }
    Ok(*card)
}

/// The bank account with this number.
///
/// # Errors
/// `Mistyped` with the first thing wrong.
pub fn bank(routing: &str, number: &str) -> Result<TestBank, Mistyped> {
    if digits(routing) != ROUTING {
        return Err(Mistyped::Routing);
    }
    let number = digits(number);
    BANKS
        .iter()
        .find(|bank| bank.number == number)
        .copied()
        .ok_or(Mistyped::Account)
}

fn this_month(today: NaiveDate) -> i32 {
    today.year() * 12 + i32::try_from(today.month()).unwrap_or_default()
}

fn parse(text: &str, wrong: Mistyped) -> Result<i32, Mistyped> {
    text.trim().parse().map_err(|_not_digits| wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();

    #[test]
    fn only_test_numbers_are_taken() {
        assert!(card("4242 4242 4242 4242", "12/34", "123", NOW).is_ok());
        assert_eq!(
            card("4111111111111111", "12/34", "123", NOW),
            Err(Mistyped::Number)
        );
        assert_eq!(
            card("4242424242424242", "10/26", "123", NOW),
            Err(Mistyped::Expiry)
        );
        assert!(card("4242424242424242", "11 / 2026", "123", NOW).is_ok());
        assert_eq!(
            card("378282246310005", "12/34", "123", NOW),
            Err(Mistyped::Cvc)
        );
        assert!(card("3782 822463 10005", "12/34", "1234", NOW).is_ok());
        assert_eq!(bank("021000021", "000123456789"), Err(Mistyped::Routing));
        assert_eq!(bank(ROUTING, "000123456780"), Err(Mistyped::Account));
    }

    #[test]
    fn every_number_ends_in_digits_people_can_tell_apart() {
        assert_eq!(by_alias("pm_card_visa").unwrap().last4(), "4242");
        assert_eq!(
            by_alias("pm_usBankAccount_success").unwrap().kind(),
            "us_bank_account"
        );
        assert!(by_alias("pm_card_unknown").is_none());
    }
}
