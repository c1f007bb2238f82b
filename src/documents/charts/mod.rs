//! Pictures of usage and money as SVG: bars by month, day and hour, a line of the last days, a bar of debts by age.
//!
//! No script and no inline style: colors come from the page's tokens, tooltips show by CSS, and every month or day is a link that a
//! keyboard and a screen reader can follow. Each picture stands beside a table of the same numbers.

mod bars;
pub(in crate::documents) mod scale;
mod warmth;

use std::fmt::Write;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::documents::charts::bars::{Bar, bars, with_warmth};
use crate::documents::charts::scale::Tenths;
use crate::domain::money::Money;
use crate::i18n::{Html, Words};

/// What a picture is called and how large its drawing is, in pixels of its own.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The element's id; unique on the page.
    pub id: &'a str,
    /// What it shows, for those who do not see it.
    pub title: &'a str,
    /// The unit's name in the reader's language.
    pub unit: &'a str,
    /// Width of the drawing; the page scales it.
    pub width: i64,
    /// Height of the drawing.
    pub height: i64,
    /// Another color for another service: `el` for electricity, else empty.
    pub tint: &'a str,
}

/// Usage of one month or billing period, and of the same one a year earlier.
#[derive(Debug, Clone)]
pub struct Month {
    /// Any day of the month.
    pub month: NaiveDate,
    /// What was used.
    pub used: Decimal,
    /// What was used a year earlier, where known.
    pub before: Option<Decimal>,
    /// What it cost, where billed.
    pub cost: Option<Money>,
    /// Whether any of it is an estimate.
    pub is_estimated: bool,
    /// How warm it was, in whole degrees; nothing where no weather is known.
    pub degrees: Option<Decimal>,
    /// The page that tells more, where there is more.
    pub address: Option<String>,
}

/// Usage of one day.
#[derive(Debug, Clone)]
pub struct Day {
    /// The day.
    pub day: NaiveDate,
    /// What was used; nothing where no read is known.
    pub used: Option<Decimal>,
    /// Whether any of it is an estimate.
    pub is_estimated: bool,
    /// How warm it was, in whole degrees; nothing where no weather is known.
    pub degrees: Option<Decimal>,
    /// The page that tells more; nothing where bars are too narrow to be touched.
    pub address: Option<String>,
}

/// Usage of one hour as the clock on the wall counts them: the doubled hour of autumn comes twice.
#[derive(Debug, Clone)]
pub struct Hour {
    /// Hour of the day, 0 to 23.
    pub hour: u32,
    /// What was used; nothing where no read is known.
    pub used: Option<Decimal>,
    /// Whether it is an estimate.
    pub is_estimated: bool,
}

/// How usage moved against a year earlier, in words of the locale files: the direction and the whole percent.
#[must_use]
pub fn change(used: Decimal, before: Option<Decimal>) -> (&'static str, i64) {
    let Some(before) = before.filter(|before| before.is_sign_positive() && !before.is_zero())
    else {
        return ("none", 0);
    };
    let hundredths = used
        .checked_div(before)
        .and_then(|ratio| ratio.checked_sub(Decimal::ONE));
    let percent = hundredths
        .and_then(|part| part.checked_mul(Decimal::ONE_HUNDRED))
        .map(scale::nearest);
    match percent {
        None => ("none", 0),
        Some(0) => ("same", 0),
        Some(percent) if percent < 0 => ("less", percent.saturating_neg()),
        Some(percent) => ("more", percent),
    }
}

/// Bars by month with the year before beside them, and a line that says how warm it was.
#[must_use]
pub fn months(t: Words, frame: &Frame<'_>, months: &[Month]) -> Html<String> {
    let mut previous_year = None;
    let drawn: Vec<Bar> = months
        .iter()
        .map(|month| {
            let (direction, percent) = change(month.used, month.before);
            let estimated = if month.is_estimated { "yes" } else { "no" };
            let label = t.chart_month_label(
                month.month,
                month.used,
                frame.unit,
                direction,
                percent,
                estimated,
            );
            let cost = month
                .cost
                .map(|cost| format!(", {cost}"))
                .unwrap_or_default();
            let warmth = month
                .degrees
                .map(|degrees| format!(", {}", t.chart_degrees(degrees)))
                .unwrap_or_default();
            let shown = t.number(month.used);
            let year = month.month.year();
            let is_new_year = previous_year != Some(year);
            previous_year = Some(year);
            Bar {
                now: Some(month.used),
                before: month.before,
                is_estimated: month.is_estimated,
                address: month.address.clone(),
                label: format!("{label}{cost}{warmth}"),
                tip: month_tip(t, frame, month, &shown),
                axis: t.short_month(month.month),
                below: is_new_year.then(|| year.to_string()),
                value: shown,
            }
        })
        .collect();
    let degrees: Vec<Option<Decimal>> = months.iter().map(|month| month.degrees).collect();
    Html(with_warmth(t, frame, &drawn, &degrees))
}

fn month_tip(t: Words, frame: &Frame<'_>, month: &Month, shown: &str) -> Vec<String> {
    let cost = month.cost.map(|cost| format!(" · {cost}"));
    let (direction, percent) = change(month.used, month.before);
    let year_before = month.month.year().saturating_sub(1).to_string();
    let mut tip = vec![
        sentence(&t.month(month.month)),
        format!("{shown} {}{}", frame.unit, cost.unwrap_or_default()),
        t.chart_change(direction, percent, year_before),
    ];
    tip.extend(month.degrees.map(|degrees| t.chart_degrees(degrees)));
    tip
}

/// Bars by day, with a line that says how warm it was.
#[must_use]
pub fn days(t: Words, frame: &Frame<'_>, days: &[Day]) -> Html<String> {
    let drawn: Vec<Bar> = days
        .iter()
        .map(|day| {
            let shown = day.used.map(|used| t.number(used));
            let of_month = day.day.day();
            Bar {
                now: day.used,
                before: None,
                is_estimated: day.is_estimated,
                address: day.address.clone(),
                label: day_label(t, frame, day),
                tip: day_tip(t, frame, day, shown.as_deref()),
                // Two labels side by side would run into each other where a month ends.
                axis: if of_month == 1 || (of_month.is_multiple_of(5) && of_month < 30) {
                    of_month.to_string()
                } else {
                    String::new()
                },
                below: None,
                value: shown.unwrap_or_default(),
            }
        })
        .collect();
    let degrees: Vec<Option<Decimal>> = days.iter().map(|day| day.degrees).collect();
    Html(with_warmth(t, frame, &drawn, &degrees))
}

fn day_label(t: Words, frame: &Frame<'_>, day: &Day) -> String {
    let estimated = if day.is_estimated { "yes" } else { "no" };
    let said = match day.used {
        Some(used) => t.chart_day_label(day.day, used, frame.unit, estimated),
        None => t.chart_day_none(day.day),
    };
    match day.degrees {
        Some(degrees) => format!("{said}, {}", t.chart_degrees(degrees)),
        None => said,
    }
}

fn day_tip(t: Words, frame: &Frame<'_>, day: &Day, shown: Option<&str>) -> Vec<String> {
    let used = shown.map_or_else(
        || t.chart_no_read().to_owned(),
        |shown| format!("{shown} {}", frame.unit),
    );
    let mut tip = vec![sentence(&t.long_day(day.day)), used];
    tip.extend(day.degrees.map(|degrees| t.chart_degrees(degrees)));
    tip
}

/// Bars by hour. One picture without links: 24 stops are too many for a keyboard, and the table beneath says the same.
#[must_use]
pub fn hours(t: Words, frame: &Frame<'_>, hours: &[Hour]) -> Html<String> {
    let drawn: Vec<Bar> = hours
        .iter()
        .enumerate()
        .map(|(place, hour)| Bar {
            now: hour.used,
            before: None,
            is_estimated: hour.is_estimated,
            address: None,
            label: match hour.used {
                Some(used) => t.chart_hour_label(t.hour(hour.hour), used, frame.unit),
                None => format!("{}: {}", t.hour(hour.hour), t.chart_no_read()),
            },
            tip: Vec::new(),
            axis: if place.is_multiple_of(4) {
                t.hour(hour.hour)
            } else {
                String::new()
            },
            below: None,
            value: String::new(),
        })
        .collect();
    Html(bars(t, frame, &drawn))
}

/// A small line of the last days, with its label for those who do not see it.
#[must_use]
pub fn sparkline(values: &[Decimal], label: &str) -> Html<String> {
    const WIDTH: i64 = 3200;
    const HEIGHT: i64 = 440;
    const EDGE: i64 = 30;
    let most = values.iter().copied().max().unwrap_or_default();
    let least = values.iter().copied().min().unwrap_or_default();
    let steps = i64::try_from(values.len().saturating_sub(1))
        .unwrap_or(1)
        .max(1);
    let points: Vec<(Tenths, Tenths)> = (0_i64..)
        .zip(values)
        .map(|(place, value)| {
            let x = EDGE + (WIDTH - 2 * EDGE) * place / steps;
            let rise = scale::part(*value - least, most - least, HEIGHT - 2 * EDGE);
            (Tenths(x), Tenths(HEIGHT - EDGE - rise))
        })
        .collect();
    let mut line = String::new();
    for (place, (x, y)) in points.iter().enumerate() {
        put(
            &mut line,
            format_args!("{}{x} {y}", if place == 0 { 'M' } else { 'L' }),
        );
    }
    let mut out = String::new();
    put(
        &mut out,
        format_args!(
            "<svg class=\"spark\" viewBox=\"0 0 320 44\" role=\"img\" aria-label=\"{}\">",
            attribute(label)
        ),
    );
    if let (Some((first, _)), Some((last, end))) = (points.first(), points.last()) {
        put(
            &mut out,
            format_args!(
                "<path class=\"area\" d=\"{line}V44H{first}z\"/><path class=\"ln\" d=\"{line}\"/>"
            ),
        );
        put(
            &mut out,
            format_args!("<circle class=\"dot\" cx=\"{last}\" cy=\"{end}\" r=\"3\"/>"),
        );
    }
    out.push_str("</svg>");
    Html(out)
}

/// Debts by age, oldest last, as one bar; the words and amounts are its label.
#[must_use]
pub fn aging(parts: &[(String, Money)]) -> Html<String> {
    const WIDTH: i64 = 6000;
    const GAP: i64 = 20;
    let owed: Vec<&(String, Money)> = parts
        .iter()
        .filter(|(_, amount)| amount.is_positive())
        .collect();
    let label: Vec<String> = owed
        .iter()
        .map(|(name, amount)| format!("{name} {amount}"))
        .collect();
    let total: Money = owed.iter().map(|(_, amount)| *amount).sum();
    let gaps = i64::try_from(owed.len().saturating_sub(1)).unwrap_or_default() * GAP;
    let mut out = String::new();
    put(
        &mut out,
        format_args!(
            "<svg class=\"aging\" viewBox=\"0 0 600 10\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\">",
            attribute(&label.join(", "))
        ),
    );
    let mut x = 0;
    for (age, (_, amount)) in parts
        .iter()
        .enumerate()
        .filter(|(_, (_, amount))| amount.is_positive())
    {
        let width = scale::part(amount.dollars(), total.dollars(), WIDTH - gaps).max(10);
        put(
            &mut out,
            format_args!(
                "<rect class=\"a{age}\" x=\"{}\" y=\"0\" width=\"{}\" height=\"10\" rx=\"2\"/>",
                Tenths(x),
                Tenths(width)
            ),
        );
        x += width + GAP;
    }
    out.push_str("</svg>");
    Html(out)
}

/// Text inside a quoted attribute or an element.
fn attribute(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text)
        .expect("writing to a string does not fail");
}

/// How many days or months stand on a narrow screen.
#[must_use]
pub fn narrow<T>(all: &[T], many: usize) -> &[T] {
    all.get(all.len().saturating_sub(many)..).unwrap_or(all)
}

#[cfg(test)]
mod tests;
