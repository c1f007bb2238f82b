//! What a customer may want to be told of: each kind with what is told without asking, what may be turned off, and its threshold; when a
//! text may be sent, and what the words that people send back mean.

use chrono::{NaiveDateTime, NaiveTime};
use rust_decimal::Decimal;

use crate::domain::money::Money;
use crate::domain::text_enum::text_enum;

text_enum! {
    /// A thing to be told of.
    AlertKind {
        /// A bill was issued.
        BillReady => "bill_ready",
        /// What is owed falls due within a few days.
        DueSoon => "due_soon",
        /// The due date passed.
        PastDue => "past_due",
        /// Money came.
        PaymentReceived => "payment_received",
        /// A payment was refused or taken back.
        PaymentFailed => "payment_failed",
        /// Much more was used than in the same season a year before.
        HighUsage => "high_usage",
        /// A bill came to more than an amount of one's own.
        HighBill => "high_bill",
        /// The next bill, or the use of a service, will pass a budget of one's own.
        BudgetAhead => "budget_ahead",
        /// The use will reach a dearer step of a price.
        TierAhead => "tier_ahead",
        /// Something likely runs unnoticed.
        Leak => "leak",
        /// A service is out at one's place, or back.
        Outage => "outage",
        /// Work is planned that interrupts a service.
        PlannedWork => "planned_work",
        /// What must be known at once: to boil water before drinking it.
        UrgentNotice => "urgent_notice",
        /// Somebody comes to one's place, or comes otherwise than was said.
        Appointment => "appointment",
    }
}

text_enum! {
    /// Whether a number may be texted.
    Consent {
        /// Its holder said yes.
        Given => "given",
        /// Its holder said no.
        Withdrawn => "withdrawn",
    }
}

/// What a threshold counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Dollars.
    Dollars,
    /// Percent above what was expected.
    Percent,
}

/// So many days before its due date a debt is told of.
pub const DUE_SOON_DAYS: u64 = 5;

/// So many days after its due date a debt is told of: a payment made on the last day has come by then.
pub const PAST_DUE_AFTER: u64 = 3;

/// A debt that is longer past due is no news.
pub const PAST_DUE_UNTIL: u64 = 14;

/// More mails than these to one person at once become one.
pub const MAILS_AT_ONCE: i64 = 3;

impl AlertKind {
    /// Whether it is mailed whatever a customer chose: what is overdue and money that did not come has consequences.
    #[must_use]
    pub const fn is_mandatory_by_email(self) -> bool {
        matches!(
            self,
            Self::PastDue | Self::PaymentFailed | Self::UrgentNotice
        )
    }

    /// Whether it goes on every way we have, whatever was chosen, and at any hour: health depends on it.
    #[must_use]
    pub const fn is_urgent(self) -> bool {
        matches!(self, Self::UrgentNotice)
    }

    /// Whether a link in the mail turns it off: reminders and tips, never what has consequences or brings the bill.
    #[must_use]
    pub const fn may_be_left(self) -> bool {
        !self.is_mandatory_by_email() && !matches!(self, Self::BillReady)
    }

    /// What its threshold counts; nothing where it has none.
    #[must_use]
    pub const fn measure(self) -> Option<Measure> {
        match self {
            Self::DueSoon | Self::HighBill | Self::BudgetAhead => Some(Measure::Dollars),
            Self::HighUsage => Some(Measure::Percent),
            Self::BillReady
            | Self::PastDue
            | Self::PaymentReceived
            | Self::PaymentFailed
            | Self::TierAhead
            | Self::Leak
            | Self::Outage
            | Self::PlannedWork
            | Self::UrgentNotice
            | Self::Appointment => None,
        }
    }

    /// Whether its amount may be left empty: without one there is nothing to tell.
    #[must_use]
    pub const fn may_lack_amount(self) -> bool {
        matches!(self, Self::BudgetAhead)
    }

    /// What holds for somebody who never chose: mail for all but what needs an amount of one's own, and but for the steps of a price, which
    /// many reach every month; no texts, which need a yes. A budget is nobody's until it is set, and whoever sets one wants to hear of it.
    #[must_use]
    pub fn by_default(self) -> Wish {
        Wish {
            kind: self,
            by_email: !matches!(self, Self::HighBill | Self::TierAhead),
            by_text: false,
            threshold: match self {
                Self::HighUsage => Some(Decimal::from(50)),
                Self::DueSoon => Some(Decimal::ZERO),
                Self::HighBill => Some(Decimal::from(200)),
                Self::BillReady
                | Self::PastDue
                | Self::PaymentReceived
                | Self::PaymentFailed
                | Self::BudgetAhead
                | Self::TierAhead
                | Self::Leak
                | Self::Outage
                | Self::PlannedWork
                | Self::UrgentNotice
                | Self::Appointment => None,
            },
        }
    }
}

/// How somebody wants to be told of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// Of what.
    pub kind: AlertKind,
    /// By e-mail.
    pub by_email: bool,
    /// By text.
    pub by_text: bool,
    /// From which amount on: dollars, or percent.
    pub threshold: Option<Decimal>,
}

impl Wish {
    /// Whether a mail goes out.
    #[must_use]
    pub const fn wants_email(&self) -> bool {
        self.by_email || self.kind.is_mandatory_by_email()
    }

    /// Whether a text goes out, where a number takes them.
    #[must_use]
    pub const fn wants_text(&self) -> bool {
        self.by_text || self.kind.is_urgent()
    }

    /// Whether an amount of money is worth telling.
    #[must_use]
    pub fn is_passed_by(&self, amount: Money) -> bool {
        self.threshold
            .is_none_or(|threshold| amount.dollars() > threshold)
    }
}

/// A whole number as people type one: `3000`, `3,000`, `50 %`; nothing where it is none. A comma only parts thousands.
#[must_use]
pub fn whole_number(typed: &str) -> Option<Decimal> {
    let plain = typed.trim().trim_end_matches('%').trim_end();
    let groups: Vec<&str> = plain.split(',').collect();
    let is_digits =
        |group: &&str| !group.is_empty() && group.bytes().all(|digit| digit.is_ascii_digit());
    let (first, rest) = groups.split_first()?;
    let is_parted =
        rest.is_empty() || (first.len() <= 3 && rest.iter().all(|group| group.len() == 3));
    if !is_parted || !groups.iter().all(is_digits) {
        return None;
    }
    groups.concat().parse().ok()
}

/// By how many whole percent a day's use is above what was expected; nothing where it isn't, or where nothing was expected.
#[must_use]
pub fn percent_above(used_a_day: Decimal, expected_a_day: Decimal) -> Option<Decimal> {
    if expected_a_day <= Decimal::ZERO || used_a_day <= expected_a_day {
        return None;
    }
    let share = used_a_day.checked_div(expected_a_day)?;
    let percent = (share - Decimal::ONE).checked_mul(Decimal::ONE_HUNDRED)?;
    Some(percent.trunc())
}

/// Whether no text is sent at this local time: before eight in the morning, from nine in the evening on (the hours of 47 CFR 64.1200(c)).
#[must_use]
pub fn is_quiet(local: NaiveDateTime) -> bool {
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN);
    local.time() < hour(8) || local.time() >= hour(21)
}

/// A US number as texts go to it, `+15550100142`; nothing where it isn't one.
#[must_use]
pub fn text_number(typed: &str) -> Option<String> {
    let is_plain = typed
        .chars()
        .all(|letter| letter.is_ascii_digit() || "+-(). ".contains(letter));
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let ten = match digits.len() {
        10 => digits,
        11 => digits.strip_prefix('1')?.to_owned(),
        _ => return None,
    };
    // No area code and no exchange begins with 0 or 1.
    let starts_well = |at: usize| ten.as_bytes().get(at).is_some_and(|digit| *digit > b'1');
    (is_plain && starts_well(0)).then(|| format!("+1{ten}"))
}

/// The end of a number, enough to know it by.
#[must_use]
pub fn masked_number(number: &str) -> String {
    let from = number.len().saturating_sub(4);
    format!("…{}", number.get(from..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_is_read_as_people_type_it() {
        for (typed, read) in [
            ("50", 50),
            ("50 %", 50),
            (" 3,000", 3000),
            ("1,234,567", 1_234_567),
        ] {
            assert_eq!(whole_number(typed), Some(Decimal::from(read)), "{typed}");
        }
        let endless = "9".repeat(40);
        for typed in [
            "",
            "%",
            "-5",
            "12.5",
            "3,00",
            "1000,000",
            "a lot",
            endless.as_str(),
        ] {
            assert_eq!(whole_number(typed), None, "{typed}");
        }
    }

    #[test]
    fn nobody_is_texted_at_night() {
        let at = |text: &str| is_quiet(format!("2026-07-01T{text}:00").parse().unwrap());
        assert!(at("07:59") && at("21:00") && at("23:30") && at("00:00"));
        assert!(!at("08:00") && !at("20:59"));
    }

    #[test]
    fn a_number_is_one_of_ours_or_none() {
        assert_eq!(
            text_number("(555) 010-0142").as_deref(),
            Some("+15550100142")
        );
        assert_eq!(
            text_number("+1 555 010 0142").as_deref(),
            Some("+15550100142")
        );
        for bad in ["555-0142", "+52 55 5010 0142 1", "055 010 0142", "call me"] {
            assert_eq!(text_number(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_is_overdue_is_mailed_whatever_was_chosen_and_no_link_ends_it() {
        let wish = Wish {
            by_email: false,
            ..AlertKind::PastDue.by_default()
        };
        assert!(wish.wants_email() && !AlertKind::PastDue.may_be_left());
        assert!(AlertKind::DueSoon.may_be_left() && !AlertKind::HighBill.by_default().by_email);
    }

    #[test]
    fn a_leak_is_told_unasked_a_step_of_a_price_is_not_and_a_link_ends_either() {
        assert!(AlertKind::Leak.by_default().wants_email());
        assert!(!AlertKind::TierAhead.by_default().wants_email());
        assert_eq!(AlertKind::BudgetAhead.by_default().threshold, None);
        let mut of_usage = [
            AlertKind::Leak,
            AlertKind::TierAhead,
            AlertKind::BudgetAhead,
        ]
        .iter();
        assert!(of_usage.all(|kind| kind.may_be_left() && !kind.by_default().wants_text()));
    }

    #[test]
    fn usage_is_high_by_whole_percent_of_what_was_expected() {
        let of = |used: i64, expected: i64| percent_above(used.into(), expected.into());
        assert_eq!(of(150, 100), Some(Decimal::from(50)));
        assert_eq!(of(100, 100), None);
        assert_eq!(of(100, 0), None);
    }
}
