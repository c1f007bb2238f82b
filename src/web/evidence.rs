//! What a disputed bill can be judged by, the same for the customer and for whoever decides: its reads with their days and quality, the
//! months of use, what its hours say of leaks, and similar homes.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use chrono::{Datelike, Days, Months, NaiveDate};
use chrono_tz::Tz;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::documents::charts::{self, Frame, Month, narrow};
use crate::domain::ids::ReadId;
use crate::domain::leaks::{self, Finding};
use crate::domain::money::Money;
use crate::domain::neighbors::Similar;
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rates::working::Working;
use crate::domain::scope::Scope;
use crate::domain::weather::mean_of;
use crate::i18n::{Html, Words};
use crate::store::bill_evidence::{self, BilledRow, UseRow};
use crate::store::db::Conn;
use crate::store::disputes::{self, DisputeRow};
use crate::store::error::StoreError;
use crate::store::open_items;
use crate::store::portal::bills::{self, MeterRead};
use crate::store::portal::usage;
use crate::store::weather;
use crate::usecases::hours::{For, days, shown_unit, watched};
use crate::web::PageError;
use crate::web::similar_homes::SimilarHomes;

/// How many months a telephone's chart shows.
const FEW: usize = 7;

/// How many months a customer looks at, with the bill's own: the same month of the year before is among them.
pub const MONTHS: u32 = 13;

/// How many days before a bill are looked at: what changed is measured against them.
const WEEKS_BEFORE: u64 = 35;

/// The evidence of one bill.
pub struct Evidence {
    /// The reads that the bill rests on.
    pub reads: Vec<MeterRead>,
    /// A year of use of each metered service.
    pub services: Vec<Uses>,
    /// How warm it was in the bill's days, and in the same days a year before, where that is known.
    pub weather: Option<(Decimal, Option<Decimal>)>,
    /// What is still owed of the bill.
    pub unpaid: Money,
}

/// How the bill's days stand to those of a year before, as the words of the page name it.
pub fn warmer(mean: &Decimal, before: &Decimal) -> &'static str {
    match mean.cmp(before) {
        Ordering::Greater => "warmer",
        Ordering::Less => "colder",
        Ordering::Equal => "same",
    }
}

/// A year of use of one service, oldest first.
pub struct Uses {
    /// The service.
    pub commodity: Commodity,
    /// The unit that people know it by.
    pub unit: Unit,
    /// The months.
    pub months: Vec<Used>,
    /// What ran unnoticed in the days of the bill, where the hours are known.
    pub hours: Option<Hours>,
    /// What similar homes used that were billed with this one.
    pub similar: Option<Similar>,
}

/// What the hours of a bill's days say.
pub struct Hours {
    /// The unit of what was found.
    pub unit: Unit,
    /// What likely ran unnoticed.
    pub leak: Option<Finding>,
}

/// One billed month.
pub struct Used {
    /// The last day billed.
    pub month: NaiveDate,
    /// How much was used.
    pub used: Decimal,
    /// What it came to.
    pub cost: Money,
    /// Whether a read was estimated.
    pub is_estimated: bool,
}

/// Reads the evidence of a dispute that the door has found, with the use of so many months, in a fixed number of questions for each metered
/// service: of the services whose lines were marked, or of all where the bill as a whole is disputed.
///
/// # Errors
/// A fault.
pub fn load(
    (conn, similar): (&mut Conn, &SimilarHomes),
    (dispute, months): (&DisputeRow, u32),
    (today, zone): (NaiveDate, Tz),
) -> Result<Evidence, PageError> {
    let bill = dispute.bill_id;
    let billed = bill_evidence::find(conn, bill)?;
    let segments = bill_evidence::workings(conn, bill)?;
    let about = about(conn, dispute, &segments)?;
    let is_about = |commodity: Commodity| {
        let counted = commodity.counted_as();
        about.as_ref().is_none_or(|about| about.contains(&counted))
    };
    let mut named: Vec<ReadId> = Vec::new();
    for (_, commodity, stored) in segments {
        if !is_about(commodity) {
            continue;
        }
        let working: Working = serde_json::from_str(&stored).map_err(PageError::fault)?;
        named.extend(working.reads().iter().copied().map(ReadId));
    }
    let mut services: Vec<Uses> = Vec::new();
    for row in bill_evidence::uses(conn, bill, &billed, months)? {
        if is_about(row.commodity) {
            add(&mut services, &row);
        }
    }
    let scope = Scope::of([billed.account]);
    let last_day = billed.until_on.pred_opt();
    let of_bill = |uses: &&mut Uses| uses.months.last().map(|used| used.month) == last_day;
    for uses in services.iter_mut().filter(of_bill) {
        let of = (bill, uses.commodity, uses.unit);
        uses.hours = hours(conn, (&scope, &billed), uses.commodity, zone)?;
        uses.similar = similar.of(conn, (&scope, billed.account, today), of)?;
    }
    Ok(Evidence {
        reads: bills::list_reads(conn, &named)?,
        services,
        weather: weather(conn, &billed)?,
        unpaid: open_items::remaining_of(conn, bill)?,
    })
}

/// The services that a dispute is about, by what counts them; nothing where it is about the bill as a whole.
fn about(
    conn: &mut Conn,
    dispute: &DisputeRow,
    segments: &[(i32, Commodity, String)],
) -> Result<Option<BTreeSet<Commodity>>, StoreError> {
    let marked: BTreeSet<i32> = dispute.lines()?.iter().map(|line| line.position).collect();
    if marked.is_empty() {
        return Ok(None);
    }
    let lines = disputes::list_charges(conn, dispute.bill_id)?;
    let places: BTreeSet<i32> = lines
        .iter()
        .filter(|line| marked.contains(&line.position))
        .map(|line| line.segment)
        .collect();
    let of_them = segments.iter().filter(|(place, ..)| places.contains(place));
    Ok(Some(
        of_them
            .map(|(_, commodity, _)| commodity.counted_as())
            .collect(),
    ))
}

/// How warm the bill's days were, and the same days a year before: where nine of ten of them are known.
fn weather(
    conn: &mut Conn,
    billed: &BilledRow,
) -> Result<Option<(Decimal, Option<Decimal>)>, StoreError> {
    let days = Period {
        from: billed.from_on,
        until: billed.until_on,
    };
    let year_before = |day: NaiveDate| day.checked_sub_months(Months::new(12)).unwrap_or(day);
    let before = Period {
        from: year_before(days.from),
        until: year_before(days.until),
    };
    let mut mean = |period: Period| {
        let least = usize::try_from(period.days()).unwrap_or_default() * 9 / 10;
        let known = weather::list(conn, period)?;
        Ok::<_, StoreError>(mean_of(&known, least).map(tenths))
    };
    let Some(now) = mean(days)? else {
        return Ok(None);
    };
    Ok(Some((now, mean(before)?)))
}

fn tenths(degrees: Decimal) -> Decimal {
    degrees
        .round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero)
        .normalize()
}

/// The hours of the bill's days, with the weeks before them; nothing where the meter tells no hours.
fn hours(
    conn: &mut Conn,
    (scope, billed): (&Scope, &BilledRow),
    commodity: Commodity,
    zone: Tz,
) -> Result<Option<Hours>, PageError> {
    let before = billed.from_on.checked_sub_days(Days::new(WEEKS_BEFORE));
    let looked_at = Period {
        from: before.unwrap_or(billed.from_on),
        until: billed.until_on,
    };
    let counted = usage::list(conn, scope, (billed.account, commodity), looked_at)?;
    if counted.days.is_empty() {
        return Ok(None);
    }
    let unit = shown_unit(commodity, &counted);
    let whose = (scope, billed.account, billed.class);
    let watched = watched(conn, whose, commodity, looked_at)?;
    let days = days(&counted, For::Leaks, (unit, zone));
    let of_bill = Period {
        from: billed.from_on,
        until: billed.until_on,
    };
    Ok(Some(Hours {
        unit,
        leak: leaks::find_within(watched, &days, of_bill),
    }))
}

fn add(services: &mut Vec<Uses>, row: &UseRow) {
    let commodity = row.commodity;
    if !matches!(
        commodity,
        Commodity::Water | Commodity::Electric | Commodity::Gas
    ) {
        return;
    }
    let (Some(quantity), Some(unit)) = (&row.quantity, row.unit) else {
        return;
    };
    let billed = Quantity {
        amount: quantity.0,
        unit,
    };
    let told = commodity.shown_unit().and_then(|unit| billed.to(unit));
    let told = told.unwrap_or(billed);
    let used = Used {
        month: row.until_on.pred_opt().unwrap_or(row.until_on),
        used: told.amount,
        cost: row.amount,
        is_estimated: row.quality == "estimated",
    };
    let known = services.iter_mut().find(|uses| uses.commodity == commodity);
    match known {
        Some(uses) => uses.take(used),
        None => services.push(Uses {
            commodity,
            unit: told.unit,
            months: vec![used],
            hours: None,
            similar: None,
        }),
    }
}

impl Evidence {
    /// Whether any read of the bill was estimated.
    #[must_use]
    pub fn has_estimates(&self) -> bool {
        self.reads
            .iter()
            .any(|read| read.quality.as_str() == "estimated")
    }
}

impl Uses {
    /// Takes the next part: a bill with a new meter has two of the same month.
    fn take(&mut self, part: Used) {
        match self.months.last_mut() {
            Some(last) if last.month == part.month => {
                last.used += part.used;
                last.cost += part.cost;
                last.is_estimated |= part.is_estimated;
            }
            Some(_) | None => self.months.push(part),
        }
    }

    /// The chart for a wide screen.
    #[must_use]
    pub fn wide(&self, t: &Words) -> Html<String> {
        self.chart(*t, ("wide", &self.drawn()), (720, 220))
    }

    /// The chart for a telephone.
    #[must_use]
    pub fn small(&self, t: &Words) -> Html<String> {
        self.chart(*t, ("small", narrow(&self.drawn(), FEW)), (350, 200))
    }

    /// What this bill counted, for standing beside similar homes.
    #[must_use]
    pub fn own(&self) -> Decimal {
        self.months.last().map_or(Decimal::ZERO, |month| month.used)
    }

    /// Newest first, for the table.
    pub fn newest_first(&self) -> impl Iterator<Item = &Used> {
        self.months.iter().rev()
    }

    fn chart(
        &self,
        t: Words,
        (name, months): (&str, &[Month]),
        (width, height): (i64, i64),
    ) -> Html<String> {
        let frame = Frame {
            id: &format!("use-{}-{name}", self.commodity),
            title: &t.evidence_chart(self.commodity.as_str()),
            unit: &t.unit_name(self.unit.as_str()),
            width,
            height,
            tint: if self.commodity == Commodity::Electric {
                "el"
            } else {
                ""
            },
        };
        charts::months(t, &frame, months)
    }

    fn drawn(&self) -> Vec<Month> {
        let before = |month: &Used| {
            let same = |other: &&Used| {
                other.month.year() == month.month.year() - 1
                    && other.month.month() == month.month.month()
            };
            self.months.iter().find(same).map(|found| found.used)
        };
        let whole =
            |used: Decimal| used.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        let draw = |month: &Used| Month {
            degrees: None,
            month: month.month,
            used: whole(month.used),
            before: before(month).map(whole),
            cost: Some(month.cost),
            is_estimated: month.is_estimated,
            address: None,
        };
        self.months.iter().map(draw).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sql_types::Exact;

    #[test]
    fn a_month_with_two_meters_is_one_month() {
        let row = |until: &str, used: i64, quality: &str| UseRow {
            commodity: Commodity::Electric,
            from_on: "2026-05-01".parse().unwrap(),
            until_on: until.parse().unwrap(),
            quantity: Some(Exact(Decimal::new(used, 1))),
            unit: Some(Unit::Kwh),
            quality: quality.to_owned(),
            amount: Money::from_cents(100),
        };
        let mut services = Vec::new();
        add(&mut services, &row("2026-06-01", 100, "actual"));
        add(&mut services, &row("2026-07-01", 104, "actual"));
        add(&mut services, &row("2026-07-01", 104, "estimated"));
        let [uses] = services.as_slice() else {
            panic!("one service, not {}", services.len());
        };
        let drawn: Vec<_> = uses.drawn().iter().map(|month| month.used).collect();
        assert_eq!(drawn, [Decimal::from(10), Decimal::from(21)]);
        let last = uses.newest_first().next().unwrap();
        assert_eq!(
            (last.cost, last.is_estimated),
            (Money::from_cents(200), true)
        );
    }
}
