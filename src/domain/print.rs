//! Paper on its way out: what becomes of a batch and of each piece of it, and the code by which a letter that comes back is known.

use std::fmt;
use std::str::FromStr;

use crate::domain::ids::{BillNumber, NotANumber, NoticeId, check_digit};
use crate::domain::text_enum::text_enum;

/// The most pages of one batch: what waits beyond goes into the next. A file of so many pages has about 60 MB.
pub const MOST_PAGES: i32 = 2_000;

text_enum! {
    /// Where a batch stands.
    BatchState {
        /// It may be printed; nothing of it counts as sent.
        Made => "made",
        /// It was handed to the post.
        Mailed => "mailed",
        /// It was given up; its pieces wait again.
        Canceled => "canceled",
    }
}

text_enum! {
    /// How the way of a piece ended.
    Ending {
        /// It was handed to the post.
        Mailed => "mailed",
        /// What it tells no longer holds.
        Moot => "moot",
        /// Its address was wrong; it went out another way.
        Rerouted => "rerouted",
        /// It was mailed without a batch of ours.
        Elsewhere => "elsewhere",
    }
}

text_enum! {
    /// Why a piece was taken out of a batch before it was mailed.
    PullReason {
        /// The sheet is spoiled: it is printed again with the next batch.
        Spoiled => "spoiled",
        /// The address is wrong: it goes out another way.
        Address => "address",
    }
}

/// The code on a letter, by which its return is keyed: the bill's own number, or a number of the same length for other letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailCode {
    /// A bill.
    Bill(BillNumber),
    /// Another letter.
    Letter(NoticeId),
}

impl fmt::Display for MailCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bill(number) => number.fmt(f),
            Self::Letter(id) => {
                // Bills begin with a one.
                let body = format!("2{:010}", id.0.rem_euclid(10_000_000_000));
                f.pad(&format!("{body}{}", check_digit(&body)))
            }
        }
    }
}

/// Reads what a person types: spaces and hyphens are passed over; a wrong check digit is refused.
impl FromStr for MailCode {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let number: BillNumber = text.parse()?;
        let place = number.as_str().strip_prefix('2').and_then(|rest| {
            let (place, _check) = rest.split_at_checked(10)?;
            place.parse().ok()
        });
        Ok(place.map_or(Self::Bill(number), |place| Self::Letter(NoticeId(place))))
    }
}

/// How many of these pieces, in their order, go into one batch: as many as have room, and at least one.
#[must_use]
pub fn fitting(pages: impl IntoIterator<Item = i32>) -> usize {
    let mut sum = 0_i32;
    let has_room = |pages: &i32| {
        let is_first = sum == 0;
        sum = sum.saturating_add(*pages);
        is_first || sum <= MOST_PAGES
    };
    pages.into_iter().take_while(has_room).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letters_code_is_read_as_it_is_printed_and_is_no_bills() {
        let letter = MailCode::Letter(NoticeId(4_711));
        let bill = MailCode::Bill(BillNumber::of(4_711));
        assert_eq!(letter.to_string().parse(), Ok(letter.clone()));
        assert_eq!(bill.to_string().parse(), Ok(bill.clone()));
        assert_ne!(letter.to_string(), bill.to_string());
        assert_eq!(letter.to_string().len(), bill.to_string().len());
        assert!(
            "200000047110".parse::<MailCode>() != Ok(letter) || check_digit("20000004711") == 0
        );
        assert!("27".parse::<MailCode>().is_err());
    }

    #[test]
    fn a_batch_takes_what_has_room_and_never_nothing() {
        assert_eq!(fitting([2, 2, 2]), 3);
        assert_eq!(fitting([MOST_PAGES - 1, 1, 1]), 2);
        assert_eq!(fitting([MOST_PAGES + 1, 1]), 1);
        assert_eq!(fitting([]), 0);
    }
}
