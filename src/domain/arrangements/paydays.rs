//! The days on which somebody is paid, by which installments may fall due instead of by the days of the bills.

use chrono::{Days, Months, NaiveDate};

use crate::domain::text_enum::text_enum;

text_enum! {
    /// How often somebody is paid.
    Every {
        /// Each week.
        Week => "week",
        /// Each second week.
        TwoWeeks => "two_weeks",
        /// Each month, on the same day of it.
        Month => "month",
    }
}

/// The first payday that counts is at most so many days away: as far as the first of the days of bills.
const AHEAD: Days = Days::new(45);

/// Paydays, from one of them on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paydays {
    /// How often.
    pub every: Every,
    /// The next one.
    pub from: NaiveDate,
}

impl Every {
    /// How many there are in a month at the least: as many installments as fit into the months that a policy gives.
    #[must_use]
    pub const fn in_a_month(self) -> u32 {
        match self {
            Self::Week => 4,
            Self::TwoWeeks => 2,
            Self::Month => 1,
        }
    }
}

impl Paydays {
    /// The last day that may be the next payday.
    #[must_use]
    pub fn last_first(today: NaiveDate) -> NaiveDate {
        today.checked_add_days(AHEAD).unwrap_or(today)
    }

    /// Whether the first of them is today or soon.
    #[must_use]
    pub fn is_soon(self, today: NaiveDate) -> bool {
        (today..=Self::last_first(today)).contains(&self.from)
    }

    /// So many of them after a day. The last day of a short month stands for the days that it lacks.
    #[must_use]
    pub fn after(self, day: NaiveDate, count: u32) -> Vec<NaiveDate> {
        let nth = |place: u32| match self.every {
            Every::Week => self.from.checked_add_days(Days::new(7 * u64::from(place))),
            Every::TwoWeeks => self.from.checked_add_days(Days::new(14 * u64::from(place))),
            Every::Month => self.from.checked_add_months(Months::new(place)),
        };
        let all = (0_u32..).map_while(nth).filter(|payday| *payday > day);
        all.take(usize::try_from(count).unwrap_or(usize::MAX))
            .collect()
    }
}
