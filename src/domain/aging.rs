//! How old a debt is: buckets by days past the due date. A function of what is owed and a day, never a stored state.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::domain::accounts::AccountClass;
use crate::domain::money::Money;
use crate::domain::text_enum::text_enum;

text_enum! {
    /// How long past its due date a debt is.
    Bucket {
        /// Not yet past due; a debt is due until the end of its due date.
        Current => "current",
        /// 1 to 30 days.
        To30 => "to_30",
        /// 31 to 60 days.
        To60 => "to_60",
        /// 61 to 90 days.
        To90 => "to_90",
        /// 91 to 120 days.
        To120 => "to_120",
        /// More than 120 days.
        Over120 => "over_120",
    }
}

impl Bucket {
    /// The bucket of a debt on a day.
    #[must_use]
    pub fn of(due_on: NaiveDate, on: NaiveDate) -> Self {
        match (on - due_on).num_days() {
            ..=0 => Self::Current,
            1..=30 => Self::To30,
            31..=60 => Self::To60,
            61..=90 => Self::To90,
            91..=120 => Self::To120,
            _ => Self::Over120,
        }
    }

    /// The latest due date that falls in the bucket on a day; `None` for the current bucket, which has no latest.
    #[must_use]
    pub fn latest_due(self, on: NaiveDate) -> Option<NaiveDate> {
        let days = match self {
            Self::Current => return None,
            Self::To30 => 1,
            Self::To60 => 31,
            Self::To90 => 61,
            Self::To120 => 91,
            Self::Over120 => 121,
        };
        on.checked_sub_days(Days::new(days))
    }

    /// The earliest due date that falls in the bucket on a day; `None` for the oldest bucket, which has no earliest.
    #[must_use]
    pub fn earliest_due(self, on: NaiveDate) -> Option<NaiveDate> {
        let days = match self {
            Self::Current => 0,
            Self::To30 => 30,
            Self::To60 => 60,
            Self::To90 => 90,
            Self::To120 => 120,
            Self::Over120 => return None,
        };
        on.checked_sub_days(Days::new(days))
    }
}

/// What is owed, by bucket.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Aging {
    current: Money,
    to_30: Money,
    to_60: Money,
    to_90: Money,
    to_120: Money,
    over_120: Money,
}

impl Aging {
    /// Ages debts, given as due date and amount, on a day.
    pub fn on(day: NaiveDate, debts: impl IntoIterator<Item = (NaiveDate, Money)>) -> Self {
        let mut aging = Self::default();
        for (due_on, amount) in debts {
            aging.add(Bucket::of(due_on, day), amount);
        }
        aging
    }

    /// Puts an amount in a bucket.
    pub fn add(&mut self, bucket: Bucket, amount: Money) {
        let sum = match bucket {
            Bucket::Current => &mut self.current,
            Bucket::To30 => &mut self.to_30,
            Bucket::To60 => &mut self.to_60,
            Bucket::To90 => &mut self.to_90,
            Bucket::To120 => &mut self.to_120,
            Bucket::Over120 => &mut self.over_120,
        };
        *sum += amount;
    }

    /// What is in a bucket.
    #[must_use]
    pub const fn bucket(&self, bucket: Bucket) -> Money {
        match bucket {
            Bucket::Current => self.current,
            Bucket::To30 => self.to_30,
            Bucket::To60 => self.to_60,
            Bucket::To90 => self.to_90,
            Bucket::To120 => self.to_120,
            Bucket::Over120 => self.over_120,
        }
    }

    /// Everything owed.
    #[must_use]
    pub fn total(&self) -> Money {
        Bucket::ALL.iter().map(|bucket| self.bucket(*bucket)).sum()
    }

    /// What is past due.
    #[must_use]
    pub fn past_due(&self) -> Money {
        self.total() - self.current
    }
}

/// What all accounts of each class owe, aged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Receivables {
    /// By class; a class that owes nothing is not there.
    pub classes: BTreeMap<AccountClass, Aging>,
    /// All classes together.
    pub total: Aging,
}

impl Receivables {
    /// Ages what is owed, given by class and due date, on a day.
    pub fn on(
        day: NaiveDate,
        owed: impl IntoIterator<Item = (AccountClass, NaiveDate, Money)>,
    ) -> Self {
        let mut receivables = Self::default();
        for (class, due_on, amount) in owed {
            let bucket = Bucket::of(due_on, day);
            receivables
                .classes
                .entry(class)
                .or_default()
                .add(bucket, amount);
            receivables.total.add(bucket, amount);
        }
        receivables
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_debt_is_current_through_its_due_date() {
        let due_on = day("2026-03-15");
        let on = |text| Bucket::of(due_on, day(text));
        assert_eq!(on("2026-03-14"), Bucket::Current);
        assert_eq!(on("2026-03-15"), Bucket::Current);
        assert_eq!(on("2026-03-16"), Bucket::To30);
        assert_eq!(on("2026-04-14"), Bucket::To30);
        assert_eq!(on("2026-04-15"), Bucket::To60);
        assert_eq!(on("2026-07-13"), Bucket::To120);
        assert_eq!(on("2026-07-14"), Bucket::Over120);
    }

    proptest! {
        #[test]
        fn buckets_add_up_to_what_is_owed(debts in prop::collection::vec((0_u64..500, -10_000_i64..100_000), 0..40)) {
            let today = day("2026-06-01");
            let debts = debts.iter().map(|(days, cents)| (day("2025-06-01") + Days::new(*days), Money::from_cents(*cents)));
            let aging = Aging::on(today, debts.clone());
            prop_assert_eq!(aging.total(), debts.map(|debt| debt.1).sum());
        }

        #[test]
        fn the_latest_due_date_of_a_bucket_is_its_edge(days in 0_u64..400) {
            let on = day("2026-06-01");
            let due_on = on - Days::new(days);
            let fits = Bucket::ALL.iter().rev().find(|bucket| bucket.latest_due(on).is_none_or(|latest| due_on <= latest));
            prop_assert_eq!(fits, Some(&Bucket::of(due_on, on)));
            let fits = Bucket::ALL.iter().find(|bucket| bucket.earliest_due(on).is_none_or(|earliest| earliest <= due_on));
            prop_assert_eq!(fits, Some(&Bucket::of(due_on, on)));
        }
    }
}
