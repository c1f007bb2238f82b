//! The chart of accounts: funds, general-ledger accounts and the part each account plays in the house's entries.
//!
//! Read from a file that people write (`chart_of_accounts.md` beside the default says how). A chart that lacks a part is refused when it
//! is read, so that an entry never fails for want of an account.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::domain::text_enum::text_enum;

/// Declares a short code that people choose: capital letters, digits, hyphens and dots, at most 24 of them.
macro_rules! codes {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The code as stored and printed.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NotACode;
            fn from_str(text: &str) -> Result<Self, NotACode> {
                Self::try_from(text.to_owned())
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotACode;
            fn try_from(text: String) -> Result<Self, NotACode> {
                if is_code(&text) { Ok(Self(text)) } else { Err(NotACode(text)) }
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    )+};
}

codes! {
    /// A self-balancing fund: WATER, SEWER, …, and the fund that holds the pooled cash.
    FundCode,
    /// A general-ledger account, the same number in every fund.
    GlCode,
}

/// A text that is not a fund or account code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not a code: 1 to 24 capital letters, digits, hyphens and dots, a letter or digit first"
)]
pub struct NotACode(pub String);

fn is_code(text: &str) -> bool {
    let allowed = |byte: u8| {
        byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.')
    };
    let begins_well = text
        .bytes()
        .next()
        .is_some_and(|first| !matches!(first, b'-' | b'.'));
    text.len() <= 24 && begins_well && text.bytes().all(allowed)
}

text_enum! {
    /// On which side of the books an account stands.
    GlKind {
        /// What the utility has and is owed.
        Asset => "asset",
        /// What it owes.
        Liability => "liability",
        /// What belongs to the fund.
        Equity => "equity",
        /// What it earns.
        Income => "income",
        /// What it spends.
        Expense => "expense",
    }
}

text_enum! {
    /// The part an account plays in the entries that the program makes. Each part is played by exactly one account.
    Role {
        /// Money at the bank.
        Bank => "bank",
        /// Money taken at the counter, until it is banked.
        CashDrawer => "cash-drawer",
        /// Checks that came to the bank's lockbox, until the bank credits them.
        LockboxClearing => "lockbox-clearing",
        /// Cards taken by the utility's own terminal, until its bank credits them.
        TerminalClearing => "terminal-clearing",
        /// Money taken by card or bank debit, until the processor pays it out.
        ProcessorClearing => "processor-clearing",
        /// Money that the processor holds back while a cardholder disputes a payment.
        DisputedPayments => "disputed-payments",
        /// What customers owe.
        Receivable => "receivable",
        /// A fund's claim on the pooled cash.
        DueFromPool => "due-from-pool",
        /// What is carried from one customer's account to another's; nothing is left on it. A chart may do without.
        Transfers => "transfers",
        /// What level payment plans put off, and what they ask ahead. A chart may do without.
        BudgetBilling => "budget-billing",
        /// What the utility holds for customers who paid more than they owed.
        CustomerCredits => "customer-credits",
        /// Deposits that customers were asked for and have not paid. A chart may do without.
        DepositsAsked => "deposits-asked",
        /// Deposits that are held for customers, with their interest. A chart may do without.
        DepositsHeld => "deposits-held",
        /// The interest that deposits earn. A chart may do without.
        DepositInterest => "deposit-interest",
        /// Taxes collected for others.
        TaxesPayable => "taxes-payable",
        /// Franchise fees collected for others.
        FranchiseFeesPayable => "franchise-fees-payable",
        /// Charges for service, where a rate schedule names no other account.
        ServiceRevenue => "service-revenue",
        /// Late fees.
        LateFeeRevenue => "late-fee-revenue",
        /// Fees for payments that the bank sent back.
        ReturnedPaymentFee => "returned-payment-fee",
        /// Corrections by staff, for and against the customer.
        Adjustments => "adjustments",
        /// Receivables given up.
        BadDebt => "bad-debt",
        /// What the processor keeps of payments for its work.
        ProcessorFees => "processor-fees",
        /// What the processor charges for a payment that is disputed or comes back.
        DisputeFees => "dispute-fees",
    }
}

impl Role {
    /// Whether another account may play the part from a day on although this one has postings: what is earned, spent or collected for others is
    /// told by the account of its day. What customers owe and where money lies is told by one account for all days.
    #[must_use]
    pub const fn may_move(self) -> bool {
        match self {
            Self::TaxesPayable
            | Self::FranchiseFeesPayable
            | Self::ServiceRevenue
            | Self::LateFeeRevenue
            | Self::ReturnedPaymentFee
            | Self::Adjustments
            | Self::BadDebt
            | Self::DepositInterest
            | Self::ProcessorFees
            | Self::DisputeFees => true,
            Self::Bank
            | Self::CashDrawer
            | Self::LockboxClearing
            | Self::TerminalClearing
            | Self::ProcessorClearing
            | Self::DisputedPayments
            | Self::Receivable
            | Self::DueFromPool
            | Self::Transfers
            | Self::DepositsAsked
            | Self::DepositsHeld
            | Self::BudgetBilling
            | Self::CustomerCredits => false,
        }
    }

    /// Whether a chart may do without the part: what needs it is refused then, and says so. A chart that a utility wrote before there was the
    /// part stays in force.
    #[must_use]
    pub const fn is_optional(self) -> bool {
        matches!(
            self,
            Self::Transfers
                | Self::BudgetBilling
                | Self::DepositsAsked
                | Self::DepositsHeld
                | Self::DepositInterest
        )
    }
}

/// A self-balancing fund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fund {
    /// Its code.
    pub code: FundCode,
    /// Its name, as the utility's books have it.
    pub name: String,
    /// The pool's account that says how much of the cash belongs to this fund; every fund but the pool has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_to: Option<GlCode>,
}

/// One account of the chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GlAccount {
    /// Its number.
    pub code: GlCode,
    /// Its name, as the utility's books have it.
    pub name: String,
    /// Its side of the books.
    pub kind: GlKind,
    /// The part it plays, if the program posts to it by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

/// The file as written, before it is checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChartFile {
    format: String,
    pool: FundCode,
    funds: Vec<Fund>,
    accounts: Vec<GlAccount>,
}

/// A chart of accounts that has everything the entries need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    pool: FundCode,
    funds: BTreeMap<FundCode, Fund>,
    accounts: BTreeMap<GlCode, GlAccount>,
    roles: BTreeMap<Role, GlCode>,
}

/// Why a chart of accounts was refused.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// Not the documented JSON.
    #[error("the chart of accounts cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// A format this program does not know.
    #[error("{0:?} is not a chart format this program reads; it reads {FORMAT:?}")]
    Format(String),
    /// Two funds or two accounts share a code.
    #[error("{0} is given twice")]
    Twice(String),
    /// No account, or more than one, plays a part.
    #[error("the part {role} needs exactly one account, {found} play it")]
    Role {
        /// The part.
        role: Role,
        /// How many accounts play it.
        found: usize,
    },
    /// The pool is not among the funds.
    #[error("the pool {0} is not among the funds")]
    NoPool(FundCode),
    /// A fund that lacks the pool's account for it, or the pool having one for itself.
    #[error("fund {0}: every fund but the pool names its own liability account as `due_to`")]
    DueTo(FundCode),
}

const FORMAT: &str = "mainstay-chart-of-accounts/1";

/// The file of the chart shipped with the program.
pub const STANDARD_FILE: &str = include_str!("chart_of_accounts.json");

static STANDARD: LazyLock<Chart> = LazyLock::new(|| {
    Chart::read(STANDARD_FILE).expect("the chart shipped with the program is complete")
});

impl Chart {
    /// The chart shipped with the program.
    #[must_use]
    pub fn standard() -> &'static Self {
        &STANDARD
    }

    /// Reads and checks a chart file.
    ///
    /// # Errors
    /// Whatever would later keep an entry from being made.
    pub fn read(json: &str) -> Result<Self, ChartError> {
        let file: ChartFile = serde_json::from_str(json)?;
        if file.format != FORMAT {
            return Err(ChartError::Format(file.format));
        }
        let mut accounts = BTreeMap::new();
        for account in file.accounts {
            if let Some(twin) = accounts.insert(account.code.clone(), account) {
                return Err(ChartError::Twice(twin.code.to_string()));
            }
        }
        let mut funds = BTreeMap::new();
        for fund in file.funds {
            if let Some(twin) = funds.insert(fund.code.clone(), fund) {
                return Err(ChartError::Twice(twin.code.to_string()));
            }
        }
        let roles = roles(&accounts)?;
        check_claims(&file.pool, &funds, &accounts)?;
        Ok(Self {
            pool: file.pool,
            funds,
            accounts,
            roles,
        })
    }

    /// The fund that holds the cash.
    #[must_use]
    pub fn pool(&self) -> &FundCode {
        &self.pool
    }

    /// The account that plays a part that every chart has.
    #[must_use]
    pub fn code(&self, role: Role) -> &GlCode {
        self.roles
            .get(&role)
            .expect("a chart is refused unless every part is played")
    }

    /// The account that plays a part, where one does.
    #[must_use]
    pub fn find_code(&self, role: Role) -> Option<&GlCode> {
        self.roles.get(&role)
    }

    /// The pool's account for what it holds of a fund; `None` for the pool itself and for a fund that is not in the chart.
    #[must_use]
    pub fn due_to(&self, fund: &FundCode) -> Option<&GlCode> {
        self.funds.get(fund).and_then(|fund| fund.due_to.as_ref())
    }

    /// The fund with this code.
    #[must_use]
    pub fn fund(&self, code: &FundCode) -> Option<&Fund> {
        self.funds.get(code)
    }

    /// The account with this number.
    #[must_use]
    pub fn account(&self, code: &GlCode) -> Option<&GlAccount> {
        self.accounts.get(code)
    }

    /// Every fund, by code.
    pub fn funds(&self) -> impl Iterator<Item = &Fund> {
        self.funds.values()
    }

    /// The funds that earn money of their own, by code: every one but the pool, which only holds the cash of the others.
    pub fn earning_funds(&self) -> impl Iterator<Item = &Fund> {
        self.funds.values().filter(|fund| fund.due_to.is_some())
    }

    /// Every account, by number.
    pub fn accounts(&self) -> impl Iterator<Item = &GlAccount> {
        self.accounts.values()
    }

    /// Whether postings to this account change what a customer owes: receivables, and what is held for the customer.
    #[must_use]
    pub fn is_customers(&self, code: &GlCode) -> bool {
        code == self.code(Role::Receivable) || code == self.code(Role::CustomerCredits)
    }
}

fn roles(accounts: &BTreeMap<GlCode, GlAccount>) -> Result<BTreeMap<Role, GlCode>, ChartError> {
    let mut roles = BTreeMap::new();
    for &role in Role::ALL {
        let mut players = accounts
            .values()
            .filter(|account| account.role == Some(role));
        match (players.next(), players.count()) {
            (Some(only), 0) => {
                roles.insert(role, only.code.clone());
            }
            (None, _) if role.is_optional() => {}
            (first, more) => {
                return Err(ChartError::Role {
                    role,
                    found: usize::from(first.is_some()) + more,
                });
            }
        }
    }
    Ok(roles)
}

fn check_claims(
    pool: &FundCode,
    funds: &BTreeMap<FundCode, Fund>,
    accounts: &BTreeMap<GlCode, GlAccount>,
) -> Result<(), ChartError> {
    if !funds.contains_key(pool) {
        return Err(ChartError::NoPool(pool.clone()));
    }
    let mut taken = BTreeSet::new();
    for fund in funds.values() {
        let lawful = match &fund.due_to {
            None => fund.code == *pool,
            Some(due_to) => {
                let is_plain_liability = accounts.get(due_to).is_some_and(|account| {
                    account.kind == GlKind::Liability && account.role.is_none()
                });
                fund.code != *pool && is_plain_liability && taken.insert(due_to)
            }
        };
        if !lawful {
            return Err(ChartError::DueTo(fund.code.clone()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(from: &str, to: &str) -> String {
        let text = include_str!("chart_of_accounts.json");
        assert!(text.contains(from), "{from} is in the chart");
        Chart::read(&text.replace(from, to))
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn the_chart_shipped_has_every_fund_and_part() {
        let chart = Chart::standard();
        let funds: Vec<&str> = chart.funds().map(|fund| fund.code.as_str()).collect();
        assert_eq!(
            funds,
            [
                "ELECTRIC", "GAS", "GENERAL", "POOL", "REFUSE", "SEWER", "STORM", "WATER"
            ]
        );
        assert_eq!(chart.pool().as_str(), "POOL");
        for fund in chart.funds().filter(|fund| fund.code != *chart.pool()) {
            assert!(chart.due_to(&fund.code).is_some(), "{}", fund.code);
        }
    }

    #[test]
    fn a_chart_that_lacks_something_is_refused_when_it_is_read() {
        assert!(refused(r#", "role": "bank""#, "").contains("part bank"));
        assert!(refused(r#""role": "bank""#, r#""role": "receivable""#).contains("part bank"));
        assert!(refused(r#""pool": "POOL""#, r#""pool": "LAKE""#).contains("LAKE"));
        assert!(refused(r#""due_to": "2101""#, r#""due_to": "2102""#).contains("due_to"));
        assert!(refused("accounts/1", "accounts/9").contains("accounts/9"));
        assert!(refused(r#""code": "4110""#, r#""code": "4100""#).contains("twice"));
    }

    #[test]
    fn a_chart_may_do_without_a_part_that_came_later() {
        let text = include_str!("chart_of_accounts.json");
        let without = Chart::read(&text.replace(r#", "role": "transfers""#, "")).unwrap();
        assert_eq!(without.find_code(Role::Transfers), None);
        assert!(Chart::standard().find_code(Role::Transfers).is_some());
        assert!(Chart::standard().find_code(Role::BudgetBilling).is_some());
        assert!(refused(r#""role": "bank""#, r#""role": "transfers""#).contains("part bank"));
    }

    #[test]
    fn codes_are_short_capital_words() {
        assert!("WATER".parse::<FundCode>().is_ok());
        for bad in ["", "water", "-A", "A B", "ABCDEFGHIJKLMNOPQRSTUVWXY"] {
            assert!(bad.parse::<GlCode>().is_err(), "{bad}");
        }
    }
}
