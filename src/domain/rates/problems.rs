//! What is wrong with a schedule document: what, where, and how to mend it.

use crate::domain::rates::calendars::MonthDay;
use crate::domain::rates::numbers::Number;
use crate::domain::rates::schedule::PercentKind;

/// Something in a document that has to be mended, and the place in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {what}")]
pub struct Problem {
    /// The place in the document, such as `charges[2].how.usage.rate.blocks[1]`.
    pub at: String,
    /// What is wrong there.
    pub what: What,
}

/// What is wrong with a part of a document, said so that it can be mended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum What {
    /// A name that nothing has.
    #[error("there is no {kind} {name:?}; {}", known_names(known))]
    Unknown {
        /// What was looked for.
        kind: &'static str,
        /// The name.
        name: String,
        /// The names that there are.
        known: Vec<String>,
    },
    /// The same name twice.
    #[error("{0:?} is there twice; give each its own")]
    Twice(String),
    /// An empty text or list.
    #[error("it is empty; write at least one")]
    Empty,
    /// Not exactly one of several fields.
    #[error("give exactly one of {}", .0.join(", "))]
    ExactlyOneOf(&'static [&'static str]),
    /// A month that there is not.
    #[error("{0} is not a month; write 1 for January to 12 for December")]
    NotAMonth(u32),
    /// More months back than anybody keeps, or none.
    #[error("{0} months back is not possible; write 1 to 120")]
    NotMonthsBack(u32),
    /// A season of no days.
    #[error("a season from {0} until {0} has no days; a charge without a season counts all year")]
    SeasonWithoutDays(MonthDay),
    /// Hours that there are not.
    #[error("hours run from 0 to 23 and end at 1 to 24; {0} to {1} is not such a span")]
    NotHours(u32, u32),
    /// A block in the middle that has no end.
    #[error("a block that is not the last needs `up_to` or `next`, one of them")]
    BlockWithoutEnd,
    /// A block whose end is past all numbers.
    #[error(
        "{1} more units after {0} need more than 28 digits; leave `next` out in a block without end"
    )]
    BlockTooLong(String, Number),
    /// A last block that ends.
    #[error(
        "the last block must have no end (no `up_to` or `next`), so that every unit has a price"
    )]
    LastBlockEnds,
    /// A block that ends before it begins.
    #[error("the block ends at {0}, not after the one before it; order blocks by rising ends")]
    BlocksNotRising(String),
    /// A number that must be more than zero.
    #[error("{0} must be more than zero")]
    NotPositive(String),
    /// A percentage that does not go with what it is called.
    #[error("{number}% cannot be {}", percent_words(*kind))]
    WrongPercent {
        /// The percentage.
        number: Number,
        /// What it is called.
        kind: PercentKind,
    },
    /// Quantities that need one another.
    #[error("the quantity needs itself: {}", .0.join(" needs "))]
    NeedsItself(Vec<String>),
    /// A conversion that no definition gives.
    #[error("{from} does not turn into {to} by definition; multiply by a factor instead")]
    NoConversion {
        /// The unit it is in.
        from: String,
        /// The unit that was asked for.
        to: String,
    },
    /// A winter average after steps that past use cannot go through.
    #[error(
        "before a winter average stand only steps by numbers (times, divide-by, convert-to, add, at-least, at-most, round), which past use goes through too; put the other steps after it"
    )]
    NotCarriedOver,
    /// A charge named that does not stand above.
    #[error(
        "{0:?} does not stand above this charge; a percentage or bound counts only charges above it"
    )]
    NotAbove(String),
    /// A ratchet without its one or twelve percentages.
    #[error("give one percentage for all months, or twelve, January first")]
    OneOrTwelve,
    /// A language without words.
    #[error("the words need an \"en\" entry")]
    NoEnglish,
    /// A field that does not go with another.
    #[error("{0} has no meaning here; leave it out")]
    OutOfPlace(&'static str),
    /// Dates that do not rise.
    #[error("the dates must rise; {0} stands after a later or equal one")]
    DatesNotRising(chrono::NaiveDate),
    /// Too many of something.
    #[error("at most {0} are possible")]
    TooMany(usize),
}

const fn percent_words(kind: PercentKind) -> &'static str {
    match kind {
        PercentKind::Discount => "a discount: write a number from -100 to 0",
        PercentKind::Tax => "a tax: write a number from 0 on",
        PercentKind::FranchiseFee => "a franchise fee: write a number from 0 on",
        PercentKind::Surcharge => "taken off: nothing takes off more than 100%",
    }
}

fn known_names(names: &[String]) -> String {
    if names.is_empty() {
        "none is defined".to_owned()
    } else {
        format!("there are: {}", names.join(", "))
    }
}

/// Why a text is not a schedule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// The text is not JSON of the documented form.
    #[error("line {line}, column {column}: {message}")]
    Malformed {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What was found and what was expected.
        message: String,
    },
    /// The document is well formed, but does not hold together.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Problems(Vec<Problem>),
}

impl From<serde_json::Error> for DocumentError {
    fn from(error: serde_json::Error) -> Self {
        let text = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        Self::Malformed {
            line: error.line(),
            column: error.column(),
            message: text.strip_suffix(&place).unwrap_or(&text).to_owned(),
        }
    }
}
