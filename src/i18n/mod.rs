//! A key and its values → words in a language. The words are in `locales/`; build.rs turned each into a typed function of [`Words`],
//! so that a missing key or value does not compile. Numbers and dates are printed by ICU's data for en-US and es-US.

mod dates;
mod numbers;

use std::fmt::{self, Display};
use std::sync::{Mutex, OnceLock, PoisonError};

use askama::filters::HtmlSafe;
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

pub use crate::domain::customers::Language;
use crate::domain::money::Money;
use crate::domain::own_texts::{OwnText, OwnTextFault, OwnTexts, Slot};

/// All words in one language. Templates hold it as `t`: `{{ t.due_in(16) }}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// The language spoken.
    pub language: Language,
    own: Own,
}

/// The words of a language.
#[must_use]
pub const fn words(language: Language) -> Words {
    Words {
        language,
        own: Own(None),
    }
}

/// The notices that a house puts in words of its own. Copied freely; the texts themselves are kept once for as long as the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Own(Option<&'static OwnTexts>);

impl Own {
    /// Keeps the texts of a house, but those that may not stand in their places any more. The same texts are kept once, so that asking again
    /// costs no room.
    #[must_use]
    pub fn keep(texts: OwnTexts) -> Self {
        static KEPT: Mutex<Vec<&'static OwnTexts>> = Mutex::new(Vec::new());
        let texts = texts.only(may_stand);
        if texts.is_empty() {
            return Self(None);
        }
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(same) = kept.iter().find(|same| ***same == texts) {
            return Self(Some(same));
        }
        let texts: &'static OwnTexts = Box::leak(Box::new(texts));
        kept.push(texts);
        Self(Some(texts))
    }

    /// The words of a language, with the house's own.
    #[must_use]
    pub const fn words(self, language: Language) -> Words {
        Words {
            language,
            own: self,
        }
    }
}

/// How the house is called: in full, and as people say it.
struct HouseName {
    full: String,
    short: String,
}

static HOUSE: OnceLock<HouseName> = OnceLock::new();

/// Names the house, in full and as people say it, before anything is said. The first name stays for as long as the program runs; without one the
/// house is Larkspur Bend's. The name that people use is the whole one where nothing else is said.
pub fn name_house(full: Option<String>, short: Option<String>) {
    HOUSE.get_or_init(|| match full {
        Some(full) => HouseName {
            short: short.unwrap_or_else(|| full.clone()),
            full,
        },
        None => larkspur_bend(),
    });
}

fn larkspur_bend() -> HouseName {
    HouseName {
        full: "Larkspur Bend Municipal Utilities".to_owned(),
        short: "Larkspur Bend".to_owned(),
    }
}

fn utility() -> &'static str {
    &HOUSE.get_or_init(larkspur_bend).full
}

/// What stands below the name that people use: the rest of the whole name, or the whole one where it begins otherwise.
fn utility_kind() -> &'static str {
    let (full, short) = (utility(), utility_short());
    full.strip_prefix(short).map_or(full, str::trim)
}

fn utility_short() -> &'static str {
    &HOUSE.get_or_init(larkspur_bend).short
}

/// How a value of a notice is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// Words.
    Text,
    /// A whole number.
    Number,
    /// An exact number.
    Decimal,
    /// Money.
    Money,
    /// A day, in one of its lengths.
    Date,
    /// A day without its year.
    Day,
    /// A day with its weekday.
    LongDay,
    /// A month.
    Month,
}

/// What a notice can be told without: whom it greets, and by what its reader recognizes the account, the way to pay and the matter.
const MAY_BE_LEFT_OUT: [&str; 4] = ["account", "method", "name", "number"];

/// A place in a notice that staff may put in their own words.
#[derive(Debug, Clone, Copy)]
pub struct Editable {
    /// Its key in the locale files.
    pub key: &'static str,
    /// Its values and how they are told, in the order in which our words name them.
    pub values: &'static [(&'static str, ValueKind)],
    /// Our words in each language, in which `{-utility}` and `{-utility-short}` stand for the house's names.
    ours: &'static [(Language, &'static str)],
}

impl Editable {
    /// Our words in a language.
    #[must_use]
    pub fn ours(&self, language: Language) -> String {
        let found = self.ours.iter().find(|(of, _)| *of == language);
        let said = found.map(|(_, said)| *said).unwrap_or_default();
        said.replace("{-utility}", utility())
            .replace("{-utility-short}", utility_short())
    }

    /// The names of the values that may stand in it.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        self.values.iter().map(|(name, _)| *name).collect()
    }

    /// The names of those that must: amounts, days, reasons, whom to call.
    #[must_use]
    pub fn must(&self) -> Vec<&'static str> {
        let mut names = self.names();
        names.retain(|name| !MAY_BE_LEFT_OUT.contains(name));
        names
    }

    /// Reads a text for this place.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn read(&self, typed: &str) -> Result<OwnText, OwnTextFault> {
        let slot = Slot {
            key: self.key,
            values: &self.names(),
            must: &self.must(),
        };
        slot.read(typed)
    }
}

/// Whether a text may stand in a place today: the place may be ours by now, or ask for more than when it was written.
#[must_use]
pub fn may_stand(key: &str, text: &str) -> bool {
    let place = EDITABLE.iter().find(|place| place.key == key);
    place.is_some_and(|place| place.read(text).is_ok())
}

/// A message with marks of its own (`<b>`, `<a>`); what was put into it is escaped. Keys that end in `-html` give one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Html<T>(pub T);

impl<T: Display> Display for Html<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Display> HtmlSafe for Html<T> {}

/// A whole number that words agree with: "1 day", "2 days".
pub trait Count {
    /// The number; past the range of an i64, its end.
    fn count(&self) -> i64;
}

/// An amount of money, or a reference to one: templates hand over both.
pub trait Amount {
    /// The amount.
    fn amount(&self) -> Money;
}

/// An exact number.
pub trait Numeric {
    /// The number.
    fn numeric(&self) -> Decimal;
}

/// A civil day.
pub trait Dated {
    /// The day.
    fn on(&self) -> NaiveDate;
}

impl Amount for Money {
    fn amount(&self) -> Money {
        *self
    }
}

impl Numeric for Decimal {
    fn numeric(&self) -> Decimal {
        *self
    }
}

impl Dated for NaiveDate {
    fn on(&self) -> NaiveDate {
        *self
    }
}

impl<T: Count + ?Sized> Count for &T {
    fn count(&self) -> i64 {
        (**self).count()
    }
}

impl<T: Amount + ?Sized> Amount for &T {
    fn amount(&self) -> Money {
        (**self).amount()
    }
}

impl<T: Numeric + ?Sized> Numeric for &T {
    fn numeric(&self) -> Decimal {
        (**self).numeric()
    }
}

impl<T: Dated + ?Sized> Dated for &T {
    fn on(&self) -> NaiveDate {
        (**self).on()
    }
}

macro_rules! counts {
    ($($kind:ty),+) => {$(
        impl Count for $kind {
            fn count(&self) -> i64 {
                i64::try_from(*self).unwrap_or(i64::MAX)
            }
        }
    )+};
}
counts!(i32, i64, u8, u16, u32, u64, usize);

include!(concat!(env!("OUT_DIR"), "/words.rs"));

impl Words {
    /// The house's own words for a place in a notice.
    fn own(self, key: &str) -> Option<&'static OwnText> {
        self.own.0?.find(self.language, key)
    }

    /// The language's tag, as `lang` wants it.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        self.language.as_str()
    }

    /// `$1,234.56`, a credit as `−$5.00`: the same in both languages of the United States.
    #[must_use]
    pub fn money(self, amount: impl Amount) -> String {
        amount.amount().to_string()
    }

    /// A price as a tariff sheet prints it: at least two decimals, and all that it has.
    #[must_use]
    pub fn price(self, price: impl Numeric) -> String {
        let shown = price.numeric().normalize();
        let places = shown.scale().max(2);
        let sign = if shown.is_sign_negative() {
            "\u{2212}"
        } else {
            ""
        };
        format!(
            "{sign}${}",
            numbers::fixed(self.language, shown.abs(), places)
        )
    }

    /// A number with its thousands set apart: `7,375`, `0.4`.
    #[must_use]
    pub fn number(self, number: impl Numeric) -> String {
        numbers::plain(self.language, number.numeric().normalize())
    }

    /// A number with exactly so many decimals, cut off after them by rounding half away from zero. For reading, never for billing.
    #[must_use]
    pub fn rounded(self, number: impl Numeric, places: u32) -> String {
        numbers::fixed(self.language, number.numeric(), places)
    }

    /// A whole number with its thousands set apart.
    #[must_use]
    pub fn whole(self, number: impl Count) -> String {
        numbers::plain(self.language, Decimal::from(number.count()))
    }

    /// "Dec 8", "8 dic".
    #[must_use]
    pub fn day(self, day: impl Dated) -> String {
        dates::print(self.language, |dates| dates.day(day.on()))
    }

    /// "Dec 8, 2026", "8 dic 2026".
    #[must_use]
    pub fn date(self, day: impl Dated) -> String {
        dates::print(self.language, |dates| dates.date(day.on()))
    }

    /// "Oct 19 to Nov 18, 2026"; across a new year "Dec 19, 2025 to Jan 18, 2026".
    #[must_use]
    pub fn span(self, from: impl Dated, until: impl Dated) -> String {
        let (from, until) = (from.on(), until.on());
        if from.year() == until.year() {
            self.day_span(from, until)
        } else {
            self.day_span_years(from, until)
        }
    }

    /// "Tuesday, December 8", "martes, 8 de diciembre".
    #[must_use]
    pub fn long_day(self, day: impl Dated) -> String {
        dates::print(self.language, |dates| dates.long_day(day.on()))
    }

    /// "Tuesday, December 8, 2026".
    #[must_use]
    pub fn long_date(self, day: impl Dated) -> String {
        dates::print(self.language, |dates| dates.long_date(day.on()))
    }

    /// "November 2026", "noviembre de 2026".
    #[must_use]
    pub fn month(self, day: impl Dated) -> String {
        dates::print(self.language, |dates| dates.month(day.on()))
    }

    /// "November", "noviembre".
    #[must_use]
    pub fn month_name(self, day: impl Dated) -> String {
        dates::print(self.language, |dates| dates.month_name(day.on()))
    }

    /// "Nov".
    #[must_use]
    pub fn short_month(self, day: impl Dated) -> String {
        capitalized(&dates::print(self.language, |dates| {
            dates.short_month(day.on())
        }))
    }

    /// "Tue", "mar".
    #[must_use]
    pub fn short_weekday(self, day: impl Dated) -> String {
        dates::print(self.language, |dates| dates.short_weekday(day.on()))
    }

    /// "9:12 AM", "9:12 a.m.".
    #[must_use]
    pub fn time(self, time: chrono::NaiveTime) -> String {
        dates::print(self.language, |dates| dates.time(time))
    }

    /// "9 AM", for the hours along a chart.
    #[must_use]
    pub fn hour(self, hour: impl Count) -> String {
        let hour = u32::try_from(hour.count()).unwrap_or_default();
        dates::print(self.language, |dates| dates.hour(hour))
    }

    /// "Nov 20, 2026, 9:12 AM", in whatever zone the caller turned it to.
    #[must_use]
    pub fn moment(self, at: chrono::NaiveDateTime) -> String {
        format!("{}, {}", self.date(at.date()), self.time(at.time()))
    }

    /// "today", "tomorrow", "in 16 days", "3 days ago".
    #[must_use]
    pub fn relative(self, day: impl Dated, today: impl Dated) -> String {
        let days = (day.on() - today.on()).num_days();
        if days < 0 {
            self.days_ago(days.saturating_neg())
        } else {
            self.in_days(days)
        }
    }
}

/// Text as HTML shows it, for values inside messages with marks of their own.
fn escaped(text: &str) -> String {
    askama::filters::escape(text, askama::filters::Html)
        .map_or_else(|never| match never {}, |safe| safe.to_string())
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests;
