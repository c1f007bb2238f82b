//! The files by which a whole utility comes into the house, as tables of text: which there are, which columns each has, and how a line that is
//! refused is named. `README.md` beside this file explains them with examples.

use std::collections::BTreeSet;
use std::str::FromStr;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::rates::numbers::Number;
use crate::domain::text_enum::text_enum;
use crate::domain::typed_day::TypedDay;

text_enum! {
    /// The files, in the order in which they are taken.
    SetupFile {
        /// Bill cycles.
        Cycles => "cycles.csv",
        /// Places.
        Premises => "premises.csv",
        /// Where each service is delivered.
        ServicePoints => "service_points.csv",
        /// Meters, a line for each register.
        Meters => "meters.csv",
        /// Persons and organizations.
        Customers => "customers.csv",
        /// Accounts.
        Accounts => "accounts.csv",
        /// Which account is served where, by which rate.
        Agreements => "agreements.csv",
        /// What each register showed when it was billed last.
        LastReads => "last_reads.csv",
        /// What is owed and held, by fund and due date.
        OpeningBalances => "opening_balances.csv",
        /// What is held as security.
        Deposits => "deposits.csv",
    }
}

text_enum! {
    /// What the utility has numbers of its own for.
    OwnKind {
        /// A place.
        Premise => "premise",
        /// A service point.
        ServicePoint => "service_point",
        /// A customer.
        Customer => "customer",
        /// An account.
        Account => "account",
    }
}

text_enum! {
    /// Why a line is refused.
    Why {
        /// The file has no such column.
        NoColumn => "no_column",
        /// No file of this kind has such a column.
        UnknownColumn => "unknown_column",
        /// The line has more fields than there are columns, or is no text.
        NotALine => "not_a_line",
        /// The field is empty.
        Missing => "missing",
        /// The field has another word than those that it may have.
        NotOneOf => "not_one_of",
        /// The field is no day.
        NotADay => "not_a_day",
        /// The field is no number, or none that it may be.
        NotANumber => "not_a_number",
        /// The field is no amount.
        NotAnAmount => "not_an_amount",
        /// The field names something that is neither in the files nor in the house.
        Unknown => "unknown",
        /// Another line names the same.
        Twice => "twice",
        /// Something in the house has the name already.
        Taken => "taken",
        /// Something has the same number, written otherwise.
        Alike => "alike",
        /// The text is too long.
        TooLong => "too_long",
        /// No state has this abbreviation.
        NoState => "no_state",
        /// No ZIP code.
        NoZip => "no_zip",
        /// No point of the earth.
        NoPoint => "no_point",
        /// The address is that of another place.
        KnownAddress => "known_address",
        /// The place has a point of this service under this name.
        KnownPoint => "known_point",
        /// The lines of one meter differ.
        Differs => "differs",
        /// The registers are not those of the kind.
        Registers => "registers",
        /// The unit does not count what is delivered, or not on this channel.
        WrongUnit => "wrong_unit",
        /// Nothing is metered there.
        NotMetered => "not_metered",
        /// Another meter counts there.
        PointTaken => "point_taken",
        /// No meter is there that this one deducts from.
        NothingToDeductFrom => "nothing_to_deduct_from",
        /// No e-mail address.
        NotAnAddress => "not_an_address",
        /// No telephone number.
        NotAPhone => "not_a_phone",
        /// Bills by e-mail, and no address.
        NoEmail => "no_email",
        /// The day lies in the future.
        Future => "future",
        /// Somebody else is served there.
        Served => "served",
        /// An account that is closed is served no more.
        NotServed => "not_served",
        /// Days from this one on are on a bill.
        Billed => "billed",
        /// No published rate has this code for this service.
        NoRate => "no_rate",
        /// The rate is for another class.
        OtherClass => "other_class",
        /// The rate asks for this fact.
        FactMissing => "fact_missing",
        /// The rate does not ask for this fact.
        FactUnasked => "fact_unasked",
        /// The meter did not hang anywhere on this day.
        NotInstalled => "not_installed",
        /// The register cannot show this.
        BeyondFace => "beyond_face",
        /// The day lies before the one on which the deposit was received.
        NotReceived => "not_received",
        /// A deposit of the account is asked for or held already.
        DepositOpen => "deposit_open",
        /// The books have no place for deposits.
        NoDeposits => "no_deposits",
        /// No fund of the chart of accounts.
        NoFund => "no_fund",
    }
}

/// A column of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub name: &'static str,
    /// Whether the file must have it.
    pub is_needed: bool,
}

/// Headings.
type Names = &'static [&'static str];

impl SetupFile {
    /// Its name without the ending: the word by which the locales know it.
    #[must_use]
    pub fn stem(self) -> &'static str {
        let name = self.as_str();
        name.strip_suffix(".csv").unwrap_or(name)
    }

    /// Its columns, in whatever order a file has them: those that it must have, then those that it may have.
    pub fn columns(self) -> impl Iterator<Item = Column> {
        let (needed, optional) = self.names();
        let column = |is_needed: bool| move |name: &&'static str| Column { name, is_needed };
        let needed = needed.iter().map(column(true));
        needed.chain(optional.iter().map(column(false)))
    }

    const fn names(self) -> (Names, Names) {
        match self {
            Self::Cycles => (
                &["cycle", "name", "read_day", "first_day"],
                &["months", "falls_on", "issue_after", "due_after"],
            ),
            Self::Premises => (
                &["premise", "address", "city", "state", "zip"],
                &[
                    "unit",
                    "cycle",
                    "dwelling_units",
                    "impervious_sqft",
                    "latitude",
                    "longitude",
                ],
            ),
            Self::ServicePoints => (&["point", "premise", "service"], &["name", "feeder"]),
            Self::Meters => (
                &["meter", "unit", "dials"],
                &[
                    "point",
                    "installed_on",
                    "kind",
                    "size",
                    "channel",
                    "register",
                    "decimals",
                    "multiplier",
                    "interval",
                    "beside",
                ],
            ),
            Self::Customers => (
                &["customer", "name"],
                &[
                    "kind",
                    "given_name",
                    "language",
                    "email",
                    "phone",
                    "mailing_address",
                ],
            ),
            Self::Accounts => (
                &["account", "customer", "class", "cycle", "opened_on"],
                &["language", "delivery"],
            ),
            Self::Agreements => (&["account", "point", "rate"], &["from", "facts", "marks"]),
            Self::LastReads => (&["register", "on", "value"], &[]),
            Self::OpeningBalances => (&["account", "fund", "due_on", "amount"], &[]),
            Self::Deposits => (
                &["account", "amount", "received_on"],
                &["interest_paid_until", "reason"],
            ),
        }
    }
}

/// A line that is refused.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// In which file.
    pub file: SetupFile,
    /// The line, the first of the file counted as one.
    pub line: u64,
    /// Why.
    pub why: Why,
    /// The column it is about.
    pub column: String,
    /// What stands there.
    pub value: String,
}

/// A file as a table of text.
#[derive(Debug, Clone)]
pub struct Table {
    /// Which file.
    pub file: SetupFile,
    /// The headings.
    pub headings: Vec<String>,
    /// Its lines, each with its number.
    pub lines: Vec<(u64, Vec<String>)>,
}

impl Table {
    /// What is wrong with the headings.
    #[must_use]
    pub fn check_headings(&self) -> Vec<Refusal> {
        let columns: Vec<Column> = self.file.columns().collect();
        let wrong = |why: Why, column: &str| Refusal {
            file: self.file,
            line: 1,
            why,
            column: column.to_owned(),
            value: String::new(),
        };
        let lacks = |column: &&Column| {
            column.is_needed && !self.headings.iter().any(|name| name == column.name)
        };
        let missing = columns
            .iter()
            .filter(lacks)
            .map(|column| wrong(Why::NoColumn, column.name));
        let mut seen = BTreeSet::new();
        let others = self.headings.iter().filter_map(|name| {
            let is_known = columns.iter().any(|column| column.name == name);
            match (is_known, seen.insert(name)) {
                (false, _) => Some(wrong(Why::UnknownColumn, name)),
                (true, false) => Some(wrong(Why::Twice, name)),
                (true, true) => None,
            }
        });
        missing.chain(others).collect()
    }

    /// Its lines.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.lines.iter().map(|(line, fields)| Row {
            table: self,
            line: *line,
            fields,
        })
    }
}

/// A line of a table.
#[derive(Debug, Clone, Copy)]
pub struct Row<'t> {
    table: &'t Table,
    /// Its number.
    pub line: u64,
    fields: &'t [String],
}

impl<'t> Row<'t> {
    /// What stands in a column, without the spaces around it; nothing where the file has no such column.
    #[must_use]
    pub fn text(&self, column: &str) -> &'t str {
        let place = self.table.headings.iter().position(|name| name == column);
        let field = place.and_then(|place| self.fields.get(place));
        field.map_or("", |field| field.trim())
    }

    /// Why this line is refused.
    #[must_use]
    pub fn refusal(&self, why: Why, column: &str) -> Refusal {
        Refusal {
            file: self.table.file,
            line: self.line,
            why,
            column: column.to_owned(),
            value: self.text(column).to_owned(),
        }
    }

    /// What stands in a column that must be filled in.
    pub fn filled(&self, column: &str, refusals: &mut Vec<Refusal>) -> Option<&'t str> {
        let text = self.text(column);
        if text.is_empty() {
            refusals.push(self.refusal(Why::Missing, column));
            return None;
        }
        Some(text)
    }

    /// A column that must be filled in, as a value; a field that is none is refused for the reason given.
    pub fn value<T: FromStr>(
        &self,
        (column, otherwise): (&str, Why),
        refusals: &mut Vec<Refusal>,
    ) -> Option<T> {
        let parsed = self.filled(column, refusals)?.parse();
        if parsed.is_err() {
            refusals.push(self.refusal(otherwise, column));
        }
        parsed.ok()
    }

    /// The same, where an empty field stands for something.
    pub fn value_or<T: FromStr>(
        &self,
        (column, otherwise): (&str, Why),
        empty: T,
        refusals: &mut Vec<Refusal>,
    ) -> Option<T> {
        if self.text(column).is_empty() {
            return Some(empty);
        }
        self.value((column, otherwise), refusals)
    }

    /// A number that may be left out.
    pub fn number_if_any(
        &self,
        column: &str,
        refusals: &mut Vec<Refusal>,
    ) -> Option<Option<Decimal>> {
        if self.text(column).is_empty() {
            return Some(None);
        }
        let number: Number = self.value((column, Why::NotANumber), refusals)?;
        Some(Some(number.0))
    }

    /// A day.
    pub fn day(&self, column: &str, refusals: &mut Vec<Refusal>) -> Option<NaiveDate> {
        let day: TypedDay = self.value((column, Why::NotADay), refusals)?;
        Some(day.0)
    }
}

/// What a number comes to however it is written: in small letters, without the zeros before it, which spreadsheets drop, and without spaces,
/// but for one where they part two digits, as a route and a sequence: `1 11` is not `11 1`.
#[must_use]
pub fn folded(number: &str) -> String {
    let mut plain = String::with_capacity(number.len());
    for word in number.split_whitespace() {
        let is_parted = plain.ends_with(is_digit) && word.starts_with(is_digit);
        if is_parted {
            plain.push(' ');
        }
        plain.extend(word.chars().flat_map(char::to_lowercase));
    }
    match plain.trim_start_matches('0') {
        "" if !plain.is_empty() => "0".to_owned(),
        short => short.to_owned(),
    }
}

const fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// The parts of a field that holds several, parted by semicolons.
pub fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests;
