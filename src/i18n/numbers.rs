//! Numbers as each language prints them.

use std::str::FromStr;

use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal as IcuDecimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_locale_core::{Locale, locale};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::domain::customers::Language;

thread_local! {
    // One for each thread: the printers count their references without locks.
    static ENGLISH: DecimalFormatter = formatter(&locale!("en-US"));
    static SPANISH: DecimalFormatter = formatter(&locale!("es-US"));
}

fn formatter(locale: &Locale) -> DecimalFormatter {
    DecimalFormatter::try_new(locale.into(), DecimalFormatterOptions::default())
        .expect("the number data of both languages is compiled in")
}

/// The number with all the decimals it has; minus is U+2212.
pub fn plain(language: Language, number: Decimal) -> String {
    let value = IcuDecimal::from_str(&number.abs().to_string())
        .expect("a decimal prints as digits and at most one point");
    let print = |formatter: &DecimalFormatter| formatter.format(&value).to_string();
    let digits = match language {
        Language::English => ENGLISH.with(print),
        Language::Spanish => SPANISH.with(print),
    };
    if number.is_sign_negative() && !number.is_zero() {
        format!("\u{2212}{digits}")
    } else {
        digits
    }
}

/// The number with exactly so many decimals.
pub fn fixed(language: Language, number: Decimal, places: u32) -> String {
    let mut shown = number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    shown.rescale(places);
    plain(language, shown)
}
