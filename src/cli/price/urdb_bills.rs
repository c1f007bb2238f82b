//! Bills of a URDB tariff over a load, printed month by month.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use chrono::Datelike;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::cli::price::load;
use crate::domain::money::Money;
use crate::domain::rates::compile::compile;
use crate::domain::rates::numbers::Number;
use crate::domain::rates::urdb::bills::{self, MonthBill, monthly};
use crate::domain::rates::urdb::tariff::read_one;
use crate::domain::rates::urdb::to_schedule::{Metering, to_schedule};

/// What was asked on the command line.
pub(super) struct Ask<'a> {
    pub tariff: &'a Path,
    pub load: &'a Path,
    pub metering: Metering,
    pub sell_rate: Option<&'a str>,
    pub changes: &'a [String],
    pub label: Option<&'a str>,
}

/// Prices and prints.
pub(super) fn run(ask: &Ask<'_>, as_json: bool) -> anyhow::Result<()> {
    let report = report(ask)?;
    let mut out = std::io::stdout().lock();
    if as_json {
        serde_json::to_writer_pretty(&mut out, &report)?;
        writeln!(out)?;
        return Ok(());
    }
    write_table(&report, &mut out)
}

/// A year of bills, as printed.
#[derive(Debug, Serialize)]
struct Report {
    tariff: String,
    name: String,
    /// What the tariff holds and was not priced.
    notes: Vec<String>,
    months: Vec<MonthReport>,
    /// The unrounded months together.
    year_total: Decimal,
    /// The same, rounded once.
    year_total_cents: i64,
}

#[derive(Debug, Serialize)]
struct MonthReport {
    month: u32,
    year: i32,
    energy: Decimal,
    fixed: Decimal,
    demand_flat: Decimal,
    demand_tou: Decimal,
    total: Decimal,
    total_cents: i64,
    kwh: Decimal,
    peak_kw: Decimal,
    #[serde(skip_serializing_if = "Option::is_none")]
    delivered_kwh: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    received_kwh: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bank_kwh_after_month: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    energy_gross: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    export_credit: Option<Decimal>,
}

impl From<&MonthBill> for MonthReport {
    fn from(bill: &MonthBill) -> Self {
        let metering = bill.metering.as_ref();
        let credit = metering.and_then(|metering| metering.credit);
        Self {
            month: bill.month.month(),
            year: bill.month.year(),
            energy: bill.energy.normalize(),
            fixed: bill.fixed.normalize(),
            demand_flat: bill.demand_flat.normalize(),
            demand_tou: bill.demand_tou.normalize(),
            total: bill.total.normalize(),
            total_cents: bill.total_cents,
            kwh: bill.kwh.normalize(),
            peak_kw: bill.peak_kw.normalize(),
            delivered_kwh: metering.map(|metering| metering.delivered.normalize()),
            received_kwh: metering.map(|metering| metering.received.normalize()),
            bank_kwh_after_month: metering
                .and_then(|metering| metering.bank)
                .map(|bank| bank.normalize()),
            energy_gross: credit.map(|(gross, _)| gross.normalize()),
            export_credit: credit.map(|(_, credit)| credit.normalize()),
        }
    }
}

fn report(ask: &Ask<'_>) -> anyhow::Result<Report> {
    let mut changes = BTreeMap::new();
    for change in ask.changes {
        let Some((field, value)) = change.split_once('=') else {
            bail!("--set {change}: write FIELD=JSON, such as mincharge=1500");
        };
        if changes
            .keys()
            .any(|known: &String| known.eq_ignore_ascii_case(field))
        {
            bail!("--set {field}: it is set twice");
        }
        changes.insert(field.to_owned(), value.to_owned());
    }
    let sell_rate = ask
        .sell_rate
        .map(str::parse::<Number>)
        .transpose()
        .context("--sell-rate")?;
    let text = load::read_text(ask.tariff)?;
    let at = || ask.tariff.display().to_string();
    let tariff = read_one(&text, ask.label, &changes).with_context(at)?;
    let load = load::read(ask.load)?;
    let mut schedule =
        to_schedule(&tariff, ask.metering, sell_rate.map(|rate| rate.0)).with_context(at)?;
    // A tariff is tried on a load of any year, whenever it was in force.
    schedule.effective_from = load
        .first()
        .and_then(|first| first.day.with_day(1))
        .unwrap_or(schedule.effective_from);
    let version = compile(Arc::new(schedule)).with_context(at)?;
    let months = monthly(&tariff, &version, &load, ask.metering)?;
    let year_total = months
        .iter()
        .try_fold(Decimal::ZERO, |sum, bill| sum.checked_add(bill.total))
        .context("the year's total is too large")?;
    let mut notes = tariff.notes.clone();
    notes.extend(bills::notes(&tariff, &load));
    Ok(Report {
        tariff: tariff.label,
        name: tariff.name,
        notes,
        year_total: year_total.normalize(),
        year_total_cents: Money::from_charge(year_total)?.cents(),
        months: months.iter().map(MonthReport::from).collect(),
    })
}

fn write_table(report: &Report, out: &mut impl Write) -> anyhow::Result<()> {
    writeln!(out, "{}  {}", report.tariff, report.name)?;
    for note in &report.notes {
        writeln!(out, "note: {note}")?;
    }
    let heads = [
        "month",
        "kWh",
        "peak kW",
        "energy",
        "fixed",
        "demand",
        "TOU demand",
        "total",
    ];
    let [month, rest @ ..] = heads;
    write!(out, "{month:<8}")?;
    for head in rest {
        write!(out, "{head:>13}")?;
    }
    writeln!(out)?;
    for month in &report.months {
        write!(out, "{:04}-{:02} ", month.year, month.month)?;
        let amounts = [
            month.kwh,
            month.peak_kw,
            month.energy,
            month.fixed,
            month.demand_flat,
            month.demand_tou,
            month.total,
        ];
        for amount in amounts {
            write!(out, "{:>13}", format!("{amount:.2}"))?;
        }
        writeln!(out)?;
    }
    writeln!(
        out,
        "year total {}",
        Money::from_cents(report.year_total_cents)
    )?;
    Ok(())
}
