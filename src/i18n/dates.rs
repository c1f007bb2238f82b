//! Days, months and hours as each language prints them.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use icu_calendar::{Date, Gregorian};
use icu_datetime::fieldsets::{E, M, MD, MDE, T, YM, YMD, YMDE};
use icu_datetime::input::Time;
use icu_datetime::options::TimePrecision;
use icu_datetime::{FixedCalendarDateTimeFormatter, NoCalendarFormatter};
use icu_locale_core::{Locale, locale};

use crate::domain::customers::Language;

type Dates<F> = FixedCalendarDateTimeFormatter<Gregorian, F>;

/// The printers of one language.
pub struct Printers {
    day: Dates<MD>,
    date: Dates<YMD>,
    long_day: Dates<MDE>,
    long_date: Dates<YMDE>,
    month: Dates<YM>,
    month_name: Dates<M>,
    short_month: Dates<M>,
    weekday: Dates<E>,
    time: NoCalendarFormatter<T>,
    hour: NoCalendarFormatter<T>,
}

thread_local! {
    // One set for each thread: the printers count their references without locks.
    static ENGLISH: Printers = Printers::new(&locale!("en-US"));
    static SPANISH: Printers = Printers::new(&locale!("es-US"));
}

/// Prints with the printers of this language.
pub fn print(language: Language, how: impl FnOnce(&Printers) -> String) -> String {
    match language {
        Language::English => ENGLISH.with(how),
        Language::Spanish => SPANISH.with(how),
    }
}

const COMPILED_IN: &str = "the date data of both languages is compiled in";

impl Printers {
    fn new(locale: &Locale) -> Self {
        let prefs = || locale.clone().into();
        Self {
            day: Dates::try_new(prefs(), MD::medium()).expect(COMPILED_IN),
            date: Dates::try_new(prefs(), YMD::medium()).expect(COMPILED_IN),
            long_day: Dates::try_new(prefs(), MDE::long()).expect(COMPILED_IN),
            long_date: Dates::try_new(prefs(), YMDE::long()).expect(COMPILED_IN),
            month: Dates::try_new(prefs(), YM::long()).expect(COMPILED_IN),
            month_name: Dates::try_new(prefs(), M::long()).expect(COMPILED_IN),
            short_month: Dates::try_new(prefs(), M::medium()).expect(COMPILED_IN),
            weekday: Dates::try_new(prefs(), E::medium()).expect(COMPILED_IN),
            time: NoCalendarFormatter::try_new(prefs(), T::hm()).expect(COMPILED_IN),
            hour: NoCalendarFormatter::try_new(
                prefs(),
                T::hm().with_time_precision(TimePrecision::Hour),
            )
            .expect(COMPILED_IN),
        }
    }

    pub fn day(&self, day: NaiveDate) -> String {
        said(day, |day| self.day.format(day).to_string())
    }

    pub fn date(&self, day: NaiveDate) -> String {
        said(day, |day| self.date.format(day).to_string())
    }

    pub fn long_day(&self, day: NaiveDate) -> String {
        said(day, |day| self.long_day.format(day).to_string())
    }

    pub fn long_date(&self, day: NaiveDate) -> String {
        said(day, |day| self.long_date.format(day).to_string())
    }

    pub fn month(&self, day: NaiveDate) -> String {
        said(day, |day| self.month.format(day).to_string())
    }

    pub fn month_name(&self, day: NaiveDate) -> String {
        said(day, |day| self.month_name.format(day).to_string())
    }

    pub fn short_month(&self, day: NaiveDate) -> String {
        said(day, |day| self.short_month.format(day).to_string())
    }

    pub fn short_weekday(&self, day: NaiveDate) -> String {
        said(day, |day| self.weekday.format(day).to_string())
    }

    pub fn time(&self, time: NaiveTime) -> String {
        self.time
            .format(&clock(time.hour(), time.minute()))
            .to_string()
    }

    pub fn hour(&self, hour: u32) -> String {
        self.hour.format(&clock(hour, 0)).to_string()
    }
}

/// A day in words; one that the calendar of the words does not reach, in figures.
fn said(day: NaiveDate, words: impl FnOnce(&Date<Gregorian>) -> String) -> String {
    gregorian(day).map_or_else(|| day.to_string(), |day| words(&day))
}

fn gregorian(day: NaiveDate) -> Option<Date<Gregorian>> {
    let month = u8::try_from(day.month()).ok()?;
    let of_month = u8::try_from(day.day()).ok()?;
    Date::try_new_gregorian(day.year(), month, of_month).ok()
}

fn clock(hour: u32, minute: u32) -> Time {
    let small = |number: u32| u8::try_from(number).expect("hours and minutes are below 60");
    Time::try_new(small(hour), small(minute), 0, 0).expect("a time of day is a time of day")
}
