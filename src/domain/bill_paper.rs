//! Everything that the paper of a bill says, as values: read once from the rows, then worded and drawn without asking anybody again.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::bills::BillKind;
use crate::domain::customers::Language;
use crate::domain::deposits::DepositStep;
use crate::domain::ids::{AccountNumber, BillId, BillNumber, check_digit};
use crate::domain::ledger::EntryKind;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rates::bank::Bank;
use crate::domain::rates::origins::Known;
use crate::domain::rates::schedule::RateSchedule;
use crate::domain::rates::winter_months::WinterMonths;
use crate::domain::reads::ReadQuality;
use crate::domain::text_enum::text_enum;

text_enum! {
    /// What is kept of a bill.
    DocumentKind {
        /// The bill itself, as it is printed and mailed.
        Bill => "bill",
    }
}

/// What the paper of a bill shows that nobody knows who has not seen it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillCodes {
    /// The end of the address by which whoever scans it pays without a sign-in.
    pub pay: String,
    /// What somebody types who says that the account is theirs.
    pub claim: String,
}

/// One issued bill with everything that stands on its paper.
#[derive(Debug, Clone)]
pub struct BillPaper {
    /// Row id.
    pub id: BillId,
    /// What this paper alone shows; nothing on bills from before there were such codes.
    pub codes: Option<BillCodes>,
    /// Printed number.
    pub number: BillNumber,
    /// Regular, final or rebill.
    pub kind: BillKind,
    /// The account it is owed on.
    pub account: AccountNumber,
    /// The language in which the account wants its bills.
    pub language: Language,
    /// First day billed.
    pub from_on: NaiveDate,
    /// First day after the last day billed.
    pub until_on: NaiveDate,
    /// Dated.
    pub issued_on: NaiveDate,
    /// Due.
    pub due_on: NaiveDate,
    /// What was owed before it; negative where we owed the customer.
    pub previous: Money,
    /// What it charges.
    pub total: Money,
    /// What it puts off under a level payment plan, and what is put off in all with it; negative where more was asked than charged.
    pub put_off: Option<(Money, Money)>,
    /// Whom it is addressed to.
    pub name: String,
    /// Where it is mailed, line by line.
    pub mail_to: Vec<String>,
    /// The places served, in one line each.
    pub served_at: Vec<String>,
    /// Its services, in the order of the bill.
    pub services: Vec<PaperService>,
    /// What moved the balance since the bill before, in the order of the ledger.
    pub between: Vec<PaperEntry>,
    /// Usage by month up to this bill, for each metered service of it.
    pub usage: Vec<PaperUsage>,
}

impl BillPaper {
    /// To whom it goes, line by line, as an envelope shows it.
    #[must_use]
    pub fn recipient(&self) -> String {
        let name = std::iter::once(self.name.as_str());
        let lines = self.mail_to.iter().map(String::as_str);
        name.chain(lines).collect::<Vec<_>>().join("\n")
    }
}

/// One service of the bill.
#[derive(Debug, Clone)]
pub struct PaperService {
    /// What was delivered.
    pub commodity: Commodity,
    /// Where, on a bill of several places.
    pub place: Option<String>,
    /// The version of the schedule that priced it, where it can be read.
    pub schedule: Option<Arc<RateSchedule>>,
    /// How much was used, where it is metered, in the unit people know.
    pub used: Option<Quantity>,
    /// How good its reads were: `actual`, `estimated` and so on.
    pub quality: String,
    /// What it comes to.
    pub amount: Money,
    /// Its lines.
    pub lines: Vec<PaperLine>,
    /// What is kept for a customer who feeds in.
    pub bank: Option<Bank>,
    /// The winter months that an average was made of.
    pub winter: Option<WinterMonths>,
    /// The meters it rests on that were read.
    pub meters: Vec<PaperMeter>,
    /// Those that it was counted by day by day.
    pub days: Vec<PaperDays>,
}

/// One line.
#[derive(Debug, Clone)]
pub struct PaperLine {
    /// The charge's code in its schedule.
    pub charge: String,
    /// How many units.
    pub quantity: Option<Decimal>,
    /// At what price.
    pub price: Option<Decimal>,
    /// What it comes to.
    pub amount: Money,
    /// Which charge and block of which version priced it, and its first and last day, where its charge was split.
    pub known: Known,
}

/// A register's first and last read of the period.
#[derive(Debug, Clone)]
pub struct PaperMeter {
    /// The number on the meter.
    pub serial: String,
    /// What it counts in.
    pub unit: Unit,
    /// The read at the start, where there is one.
    pub first: Option<PaperRead>,
    /// The read at the end.
    pub last: PaperRead,
}

/// The days of one register that a service was counted by, added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperDays {
    /// The number on the meter.
    pub serial: String,
    /// What it counts in.
    pub unit: Unit,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
    /// How many days.
    pub days: u32,
    /// On how many of them a value was estimated, mended or missing.
    pub weak: usize,
    /// What they add up to.
    pub sum: Decimal,
}

/// One read.
#[derive(Debug, Clone)]
pub struct PaperRead {
    /// The day.
    pub on: NaiveDate,
    /// What the face showed.
    pub value: Decimal,
    /// How good it is.
    pub quality: ReadQuality,
}

/// What moved the balance.
#[derive(Debug, Clone, Copy)]
pub struct PaperEntry {
    /// What it was.
    pub kind: EntryKind,
    /// What it was made for.
    pub source_id: i64,
    /// The day it counts from.
    pub on: NaiveDate,
    /// What it added; negative where it took off.
    pub amount: Money,
    /// Which step of a deposit it was, if it was one.
    pub deposit: Option<DepositStep>,
    /// Of a deposit that was asked for: when this part of it is due.
    pub due_on: Option<NaiveDate>,
}

/// A year of usage and one month more, so that the first and the last bar are the same month.
#[derive(Debug, Clone)]
pub struct PaperUsage {
    /// What was delivered.
    pub commodity: Commodity,
    /// What it is counted in.
    pub unit: Unit,
    /// The months, oldest first.
    pub months: Vec<PaperMonth>,
}

/// Usage billed for a month.
#[derive(Debug, Clone, Copy)]
pub struct PaperMonth {
    /// The last day billed.
    pub month: NaiveDate,
    /// How much.
    pub used: Decimal,
    /// Whether any of it is an estimate.
    pub is_estimated: bool,
}

/// How many months a chart of usage shows.
pub const MONTHS: usize = 13;

impl BillPaper {
    /// The last day billed: its month is the bill's month.
    #[must_use]
    pub fn last_day(&self) -> NaiveDate {
        self.until_on.pred_opt().unwrap_or(self.until_on)
    }

    /// How many days are billed.
    #[must_use]
    pub fn days(&self) -> u32 {
        Period::new(self.from_on, self.until_on).map_or(0, Period::days)
    }

    /// What was owed after the bill before this one.
    #[must_use]
    pub fn opening(&self) -> Money {
        let moved: Money = self.between.iter().map(|moved| moved.amount).sum();
        self.previous - moved
    }

    /// What the bill charges beside its services.
    #[must_use]
    pub fn others(&self) -> Money {
        let told: Money = self.services.iter().map(|service| service.amount).sum();
        self.total - told
    }

    /// What it asks for itself: what it charges, less what a level payment plan puts off.
    #[must_use]
    pub fn asked(&self) -> Money {
        self.total - self.put_off.map_or(Money::ZERO, |(deferred, _)| deferred)
    }

    /// What is to be paid with what was owed before; negative where a credit is left.
    #[must_use]
    pub fn asked_for(&self) -> Money {
        self.previous + self.asked()
    }

    /// What a machine reads at the foot of the coupon: the account number (10 digits), the bill number (12), the amount due in cents (10,
    /// zeros in front, all zeros where nothing is due), then one check digit (Luhn) over these 32. The groups stand apart by one space.
    #[must_use]
    pub fn scanline(&self) -> String {
        let due = self.asked_for().cents().max(0);
        let (account, number) = (self.account.as_str(), self.number.as_str());
        let check = check_digit(&format!("{account}{number}{due:010}"));
        format!("{account} {number} {due:010} {check}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(previous: i64, total: i64) -> BillPaper {
        let day = |text: &str| text.parse().unwrap();
        BillPaper {
            id: BillId(1),
            codes: None,
            number: BillNumber::of(1),
            kind: BillKind::Regular,
            account: AccountNumber::of(1),
            language: Language::English,
            from_on: day("2026-05-01"),
            until_on: day("2026-06-01"),
            issued_on: day("2026-06-04"),
            due_on: day("2026-06-24"),
            previous: Money::from_cents(previous),
            total: Money::from_cents(total),
            put_off: None,
            name: "Rosa".to_owned(),
            mail_to: Vec::new(),
            served_at: Vec::new(),
            services: Vec::new(),
            between: Vec::new(),
            usage: Vec::new(),
        }
    }

    #[test]
    fn the_scanline_holds_what_a_lockbox_posts_and_catches_a_misread_digit() {
        let line = paper(500, 2_508).scanline();
        let groups: Vec<&str> = line.split(' ').collect();
        assert_eq!(
            groups[..3],
            [
                AccountNumber::of(1).as_str(),
                BillNumber::of(1).as_str(),
                "0000003008"
            ]
        );
        let check = |groups: &[&str]| check_digit(&groups[..3].concat()).to_string();
        assert_eq!(check(&groups), groups[3]);
        let misread = [groups[0], groups[1], "0000003003"];
        assert_ne!(check(&misread), groups[3]);
    }

    #[test]
    fn a_credit_asks_for_nothing() {
        assert!(paper(-9_000, 2_508).scanline().contains(" 0000000000 "));
    }
}
