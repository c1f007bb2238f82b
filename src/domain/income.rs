//! Low income of a household, as an agency or a paper proves it: for whom rules ask for terms of their own, and for how long one proof is good.

use chrono::{Days, NaiveDate};

use crate::domain::text_enum::text_enum;

text_enum! {
    /// What proves it.
    IncomeProof {
        /// The Low Income Home Energy Assistance Program takes part.
        Liheap => "liheap",
        /// The Low Income Household Water Assistance Program takes part.
        Lihwap => "lihwap",
        /// The Supplemental Nutrition Assistance Program.
        Snap => "snap",
        /// Medicaid.
        Medicaid => "medicaid",
        /// Supplemental Security Income.
        Ssi => "ssi",
        /// An agency that the utility works with looked at it.
        Agency => "agency",
        /// Papers on what the household earns.
        Statement => "statement",
    }
}

/// The longest time that one proof is good for, in days: a year.
pub const LONGEST_DAYS: u64 = 366;

/// How long before today a proof may begin, in days.
pub const EARLIEST_DAYS: u64 = 92;

/// The most letters of what is known of a proof.
pub const LONGEST_WORDS: usize = 500;

/// Why a proof is not taken for these days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongDays {
    /// It begins between these days.
    Begins(NaiveDate, NaiveDate),
    /// Its last day lies between these.
    Lasts(NaiveDate, NaiveDate),
}

/// Whether a proof may be good from a day until a last one, as somebody takes it today.
///
/// # Errors
/// Between which days each must lie.
pub fn check_days((from, last): (NaiveDate, NaiveDate), today: NaiveDate) -> Result<(), WrongDays> {
    let first = today - Days::new(EARLIEST_DAYS);
    if from < first || from > today {
        return Err(WrongDays::Begins(first, today));
    }
    let longest = from + Days::new(LONGEST_DAYS - 1);
    if last < today || last > longest {
        return Err(WrongDays::Lasts(today, longest));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_good_for_a_year_and_not_for_days_that_have_all_passed() {
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let today = day("2026-07-16");
        let check = |from: &str, last: &str| check_days((day(from), day(last)), today);
        assert_eq!(check("2026-07-16", "2027-07-16"), Ok(()));
        assert_eq!(check("2026-05-01", "2026-07-16"), Ok(()));
        let lasts = |first: &str, last: &str| Err(WrongDays::Lasts(day(first), day(last)));
        assert_eq!(
            check("2026-07-16", "2027-07-17"),
            lasts("2026-07-16", "2027-07-16")
        );
        assert!(check("2026-05-01", "2026-07-15").is_err());
        let begins = Err(WrongDays::Begins(day("2026-04-15"), today));
        assert_eq!(check("2026-07-17", "2026-08-17"), begins);
        assert_eq!(check("2026-04-14", "2026-08-17"), begins);
    }
}
