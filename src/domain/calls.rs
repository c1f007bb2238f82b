//! Telephone calls of the office: what each was about, how long it took, and whether it solved what it was about.

use chrono::TimeDelta;
use rust_decimal::Decimal;

use crate::domain::text_enum::text_enum;

text_enum! {
    /// What a call was about.
    CallTopic {
        /// The bill is higher than the customer expected.
        HighBill => "high_bill",
        /// The bill is wrong, as the customer sees it.
        BillInError => "bill_in_error",
        /// Paying: how, when, whether it arrived.
        Payment => "payment",
        /// More time to pay.
        MoreTime => "more_time",
        /// Moving in, out, or from one place to another.
        Moving => "moving",
        /// Something is out.
        Outage => "outage",
        /// A leak, or what comes out of the tap.
        LeakOrQuality => "leak_or_quality",
        /// The meter, or what it was read at.
        MeterOrRead => "meter_or_read",
        /// The sign-in, or the portal.
        SignIn => "sign_in",
        /// Anything else.
        Other => "other",
    }
}

impl CallTopic {
    /// Whether such a call complains of a bill: the time that a complaint takes is counted by them.
    #[must_use]
    pub const fn is_complaint(self) -> bool {
        match self {
            Self::HighBill | Self::BillInError => true,
            Self::Payment
            | Self::MoreTime
            | Self::Moving
            | Self::Outage
            | Self::LeakOrQuality
            | Self::MeterOrRead
            | Self::SignIn
            | Self::Other => false,
        }
    }
}

/// A call that lasted longer was forgotten when it ended: it counts, but not in the average of how long calls take.
pub const LONGEST_CALL: TimeDelta = TimeDelta::hours(2);

/// What some calls came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CallFigures {
    /// How many were wrapped up.
    pub calls: i64,
    /// How many of them solved what they were about.
    pub solved: i64,
    /// How many of them were not forgotten.
    pub timed: i64,
    /// How long those took together, in seconds.
    pub seconds: i64,
}

impl CallFigures {
    /// Percent of the calls that solved what they were about; none without calls.
    #[must_use]
    pub fn solved_percent(&self) -> Option<Decimal> {
        let share = Decimal::from(self.solved).checked_div(Decimal::from(self.calls))?;
        share.checked_mul(Decimal::ONE_HUNDRED)
    }

    /// How long a call takes on average, in minutes; none where each was forgotten.
    #[must_use]
    pub fn minutes(&self) -> Option<Decimal> {
        let each = Decimal::from(self.seconds).checked_div(Decimal::from(self.timed))?;
        each.checked_div(Decimal::from(60))
    }

    /// Both together.
    #[must_use]
    pub const fn with(&self, other: &Self) -> Self {
        Self {
            calls: self.calls.saturating_add(other.calls),
            solved: self.solved.saturating_add(other.solved),
            timed: self.timed.saturating_add(other.timed),
            seconds: self.seconds.saturating_add(other.seconds),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_that_was_forgotten_counts_but_takes_no_time() {
        let short = CallFigures {
            calls: 2,
            solved: 1,
            timed: 2,
            seconds: 900,
        };
        let forgotten = CallFigures {
            calls: 1,
            ..CallFigures::default()
        };
        let all = short.with(&forgotten);
        assert_eq!(all.calls, 3);
        assert_eq!(all.minutes(), Some(Decimal::new(75, 1)));
        assert_eq!(
            all.solved_percent().map(|share| share.trunc()),
            Some(Decimal::from(33))
        );
        assert_eq!(forgotten.minutes(), None);
        assert_eq!(CallFigures::default().solved_percent(), None);
    }

    #[test]
    fn complaints_are_of_bills() {
        let complaints: Vec<&str> = CallTopic::ALL
            .iter()
            .filter(|topic| topic.is_complaint())
            .map(|topic| topic.as_str())
            .collect();
        assert_eq!(complaints, ["high_bill", "bill_in_error"]);
    }
}
