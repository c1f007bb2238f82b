//! Usage as people read it: in the unit they know it by, by month with the year before, as a chart and as rows.

use chrono::{Datelike, Months as Span, NaiveDate};
use rust_decimal::Decimal;

use crate::documents::charts::{self, Frame, Month};
use crate::domain::ids::ServicePointId;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::weather::{WeatherDay, mean_of};
use crate::i18n::{Html, Numeric, Words};
use crate::store::portal::accounts::Account;
use crate::store::portal::bills::Bill;
use crate::store::sql_types::Exact;

/// How many months stand beside each other, on a wide and on a narrow screen.
const WIDE: usize = 12;
const NARROW: usize = 6;

/// Of how many days in a hundred the weather must be known for a month's mean.
const KNOWN: u32 = 90;

const ONE_MONTH: Span = Span::new(1);
const ONE_YEAR: Span = Span::new(12);

/// The months of one service, oldest first.
pub struct Months {
    pub commodity: Commodity,
    pub unit: Unit,
    pub rows: Vec<Row>,
    /// What addresses end in to stay with the account.
    pub suffix: String,
}

/// One billed month.
pub struct Row {
    pub month: NaiveDate,
    pub used: Decimal,
    pub before: Option<Decimal>,
    pub cost: Money,
    /// What the same month cost a year earlier.
    pub cost_before: Option<Money>,
    pub is_estimated: bool,
    /// The days that were billed.
    pub period: Period,
    /// How warm these days were, in whole degrees Fahrenheit, where the weather of most of them is known.
    pub degrees: Option<Decimal>,
    /// Where: bills of another place are no year before.
    pub points: Vec<ServicePointId>,
}

impl Row {
    /// `2026-11`, as addresses name the month.
    pub fn address(&self) -> String {
        self.month.format("%Y-%m").to_string()
    }

    pub fn change(&self) -> (&'static str, i64) {
        charts::change(self.used, self.before)
    }

    /// The same month a year earlier.
    pub fn month_before(&self) -> NaiveDate {
        self.month - ONE_YEAR
    }
}

/// A billed quantity in the unit that people know the service by, where it converts.
pub fn shown(
    commodity: Commodity,
    quantity: Option<Exact>,
    unit: Option<Unit>,
) -> Option<(Decimal, Unit)> {
    let billed = Quantity {
        amount: quantity?.0,
        unit: unit?,
    };
    let told = commodity
        .shown_unit()
        .and_then(|unit| billed.to(unit))
        .unwrap_or(billed);
    Some((told.amount, told.unit))
}

/// Whether a service has a meter of its own, whose days can be looked at.
pub fn is_metered(commodity: Commodity) -> bool {
    matches!(
        commodity,
        Commodity::Water | Commodity::Electric | Commodity::Gas
    )
}

/// The services whose use is worth a chart: metered, and billed at least once.
pub fn charted(bills: &[Bill]) -> Vec<Commodity> {
    let mut found = Vec::new();
    for service in bills.iter().flat_map(|bill| &bill.services) {
        if is_metered(service.commodity)
            && service.quantity.is_some()
            && !found.contains(&service.commodity)
        {
            found.push(service.commodity);
        }
    }
    found
}

impl Months {
    /// The billed months of a service out of standing bills, each with the same month of the year before.
    pub fn of(account: &Account, bills: &[Bill], commodity: Commodity) -> Self {
        let mut unit = commodity.shown_unit().unwrap_or(Unit::Each);
        let mut rows: Vec<Row> = Vec::new();
        for bill in bills.iter().rev().filter(|bill| bill.canceled_on.is_none()) {
            for service in bill
                .services
                .iter()
                .filter(|service| service.commodity == commodity)
            {
                let Some((used, in_unit)) = shown(commodity, service.quantity, service.unit) else {
                    continue;
                };
                unit = in_unit;
                let month = bill.last_day();
                match rows
                    .last_mut()
                    .filter(|row| is_same_month(row.month, month))
                {
                    Some(row) => {
                        if !row.points.contains(&service.point) {
                            row.points.push(service.point);
                        }
                        row.used += used;
                        row.cost += service.amount;
                        row.is_estimated |= service.is_estimated();
                        row.period = together(row.period, bill);
                    }
                    None => rows.push(Row {
                        month,
                        used,
                        before: None,
                        cost: service.amount,
                        cost_before: None,
                        is_estimated: service.is_estimated(),
                        period: Period {
                            from: bill.from_on,
                            until: bill.until_on,
                        },
                        degrees: None,
                        points: vec![service.point],
                    }),
                }
            }
        }
        for row in &mut rows {
            row.points.sort_unstable();
        }
        let earlier: Vec<(NaiveDate, Decimal, Money, Vec<ServicePointId>)> = rows
            .iter()
            .map(|row| (row.month, row.used, row.cost, row.points.clone()))
            .collect();
        for row in &mut rows {
            let same =
                |(month, _, _, points): &&(NaiveDate, Decimal, Money, Vec<ServicePointId>)| {
                    let is_month = month.month() == row.month.month();
                    is_month && month.year() == row.month.year() - 1 && *points == row.points
                };
            if let Some((_, used, cost, _)) = earlier.iter().find(same) {
                row.before = Some(*used);
                row.cost_before = Some(*cost);
            }
        }
        Self {
            commodity,
            unit,
            rows,
            suffix: account.suffix(),
        }
    }

    /// The same with how warm it was, out of days in order.
    #[must_use]
    pub fn with_weather(mut self, days: &[WeatherDay]) -> Self {
        for row in &mut self.rows {
            let first = days.partition_point(|day| day.day < row.period.from);
            let after = days.partition_point(|day| day.day < row.period.until);
            let least = usize::try_from(row.period.days() * KNOWN / 100).unwrap_or(usize::MAX);
            let known = days.get(first..after).unwrap_or_default();
            row.degrees = mean_of(known, least.max(1)).map(to_whole);
        }
        self
    }

    /// Whether it is known how warm any month was.
    pub fn has_weather(&self) -> bool {
        self.rows.iter().any(|row| row.degrees.is_some())
    }

    /// Newest first, for tables.
    pub fn newest_first(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().rev()
    }

    /// The last month that has use of another place than the present one, where there is one.
    pub fn elsewhere_until(&self) -> Option<NaiveDate> {
        let latest = self.rows.last()?;
        let is_elsewhere = |row: &&Row| {
            row.points
                .iter()
                .any(|point| !latest.points.contains(point))
        };
        let mut rows = self.rows.iter();
        rows.rfind(is_elsewhere).map(|row| row.month)
    }

    /// The latest billed month.
    pub fn latest(&self) -> Option<&Row> {
        self.rows.last()
    }

    /// Whether any month rests on an estimate.
    pub fn has_estimates(&self) -> bool {
        self.rows.iter().any(|row| row.is_estimated)
    }

    /// The chart for a wide screen: twelve months, the year before beside each.
    pub fn wide(&self, t: &Words) -> Html<String> {
        self.chart(*t, "months-wide", WIDE, (720, 250))
    }

    /// The chart for a telephone: six months.
    pub fn narrow(&self, t: &Words) -> Html<String> {
        self.chart(*t, "months-narrow", NARROW, (350, 220))
    }

    /// All months on one wide chart.
    pub fn whole(&self, t: &Words) -> Html<String> {
        self.chart(*t, "months-all", 24, (960, 280))
    }

    /// All months on one wide chart, in dollars.
    pub fn whole_cost(&self, t: &Words) -> Html<String> {
        self.cost_chart(*t, "cost-all", 24, (960, 280))
    }

    /// What the months cost, for a telephone.
    pub fn narrow_cost(&self, t: &Words) -> Html<String> {
        self.cost_chart(*t, "cost-narrow", NARROW, (350, 220))
    }

    fn cost_chart(
        &self,
        t: Words,
        id: &str,
        many: usize,
        (width, height): (i64, i64),
    ) -> Html<String> {
        let in_dollars = |row: &Row| Month {
            used: whole(row.cost.dollars()),
            before: row.cost_before.map(|cost| whole(cost.dollars())),
            ..self.drawn(row)
        };
        let all: Vec<Month> = self.rows.iter().map(in_dollars).collect();
        let months = charts::narrow(&all, many);
        let title = t.usage_cost_title(self.commodity, months.len());
        let frame = Frame {
            id,
            title: &title,
            unit: t.usage_dollars(),
            width,
            height,
            tint: tint(self.commodity),
        };
        charts::months(t, &frame, months)
    }

    /// The billed months as the chart draws them, oldest first. Where bills come monthly, a month without one keeps its place: a home that
    /// stands empty in winter shows its winter.
    fn calendar(&self) -> Vec<Month> {
        let mut months: Vec<Month> = Vec::with_capacity(self.rows.len());
        let pairs = self.rows.windows(2);
        let is_monthly = pairs.filter(|pair| is_next_month(pair)).count() > 0;
        for row in &self.rows {
            while let Some(last) = months.last().filter(|_| is_monthly) {
                let next = last.month.with_day(1).map(|first| first + ONE_MONTH);
                match next.filter(|next| *next < row.month && !is_same_month(*next, row.month)) {
                    Some(empty) => months.push(self.unbilled(empty)),
                    None => break,
                }
            }
            months.push(self.drawn(row));
        }
        months
    }

    fn drawn(&self, row: &Row) -> Month {
        Month {
            month: row.month,
            used: whole(row.used),
            before: row.before.map(whole),
            cost: Some(row.cost),
            is_estimated: row.is_estimated,
            degrees: row.degrees,
            address: Some(format!(
                "/usage/{}/{}{}",
                self.commodity,
                row.address(),
                self.suffix
            )),
        }
    }

    /// A month without a bill; the year before may have had one.
    fn unbilled(&self, month: NaiveDate) -> Month {
        let year_before = month - ONE_YEAR;
        let before = self
            .rows
            .iter()
            .find(|row| is_same_month(row.month, year_before));
        Month {
            month,
            used: Decimal::ZERO,
            before: before.map(|row| whole(row.used)),
            cost: None,
            is_estimated: false,
            degrees: None,
            address: None,
        }
    }

    fn chart(&self, t: Words, id: &str, many: usize, (width, height): (i64, i64)) -> Html<String> {
        let months: Vec<Month> = charts::narrow(&self.calendar(), many).to_vec();
        let title = t.usage_chart_title(self.commodity, months.len());
        let frame = Frame {
            id,
            title: &title,
            unit: &t.unit_name(self.unit),
            width,
            height,
            tint: tint(self.commodity),
        };
        charts::months(t, &frame, &months)
    }
}

/// The class of a service's own color.
pub fn tint(commodity: Commodity) -> &'static str {
    match commodity {
        Commodity::Electric => "el",
        Commodity::Gas => "gas",
        _ => "",
    }
}

/// One period over both, where a month has several bills.
fn together(period: Period, bill: &Bill) -> Period {
    Period {
        from: period.from.min(bill.from_on),
        until: period.until.max(bill.until_on),
    }
}

fn to_whole(degrees: Decimal) -> Decimal {
    degrees.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
}

/// As shown in pictures and sentences: whole units above ten, one decimal below.
pub fn whole(used: impl Numeric) -> Decimal {
    let used = used.numeric();
    let places = if used.abs() < Decimal::TEN { 1 } else { 0 };
    used.round_dp_with_strategy(places, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
}

fn is_next_month(pair: &[Row]) -> bool {
    matches!(pair, [one, next] if is_same_month(one.month.with_day(1).unwrap_or(one.month) + ONE_MONTH, next.month))
}

fn is_same_month(one: NaiveDate, other: NaiveDate) -> bool {
    (one.year(), one.month()) == (other.year(), other.month())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(billed: &[&str]) -> Months {
        let row = |day: &&str| Row {
            month: day.parse().unwrap(),
            used: Decimal::from(900),
            before: None,
            cost: Money::ZERO,
            cost_before: None,
            is_estimated: false,
            period: Period {
                from: day.parse::<NaiveDate>().unwrap() - ONE_MONTH,
                until: day.parse().unwrap(),
            },
            degrees: None,
            points: vec![ServicePointId(1)],
        };
        Months {
            commodity: Commodity::Water,
            unit: Unit::Gallon,
            rows: billed.iter().map(row).collect(),
            suffix: String::new(),
        }
    }

    #[test]
    fn a_month_without_a_bill_keeps_its_place_between_monthly_bills() {
        let drawn = months(&["2026-09-30", "2026-10-31", "2027-01-31"]).calendar();
        let told: Vec<(u32, bool)> = drawn
            .iter()
            .map(|month| (month.month.month(), month.address.is_some()))
            .collect();
        assert_eq!(
            told,
            [(9, true), (10, true), (11, false), (12, false), (1, true)]
        );
    }

    #[test]
    fn a_month_is_as_warm_as_most_of_its_days_and_untold_where_too_few_are_known() {
        let mild = |text: &str| {
            let day = text.parse().unwrap();
            let told = crate::domain::weather::Told {
                mean: Some(Decimal::new(605, 1)),
                ..Default::default()
            };
            let unit = crate::domain::weather::TemperatureUnit::Fahrenheit;
            let today = "2027-06-01".parse().unwrap();
            WeatherDay::of(day, told, (unit, today)).unwrap()
        };
        let first: NaiveDate = "2026-08-30".parse().unwrap();
        let days: Vec<WeatherDay> = first
            .iter_days()
            .take(40)
            .map(|day| mild(&day.to_string()))
            .collect();
        let shown = months(&["2026-09-30", "2026-10-31"]).with_weather(&days);
        let degrees: Vec<Option<Decimal>> = shown.rows.iter().map(|row| row.degrees).collect();
        assert_eq!(degrees, [Some(Decimal::from(61)), None]);
        assert!(shown.has_weather());
        assert!(!months(&["2026-09-30"]).has_weather());
    }

    #[test]
    fn quarterly_bills_stand_side_by_side() {
        assert_eq!(
            months(&["2026-03-31", "2026-06-30", "2026-09-30"])
                .calendar()
                .len(),
            3
        );
    }
}
