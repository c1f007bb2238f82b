//! A bill by a schedule of our own format and the facts of a period, printed line by line.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use crate::cli::price::facts_checks;
use crate::cli::price::facts_file;
use crate::cli::price::load;
use crate::domain::rates::compile::{compile, read};
use crate::domain::rates::compiled::CompiledVersion;
use crate::domain::rates::facts::Facts;
use crate::domain::rates::priced::PricedLine;
use crate::domain::rates::rederive;
use crate::domain::rates::schedule::RateSchedule;
use crate::domain::rates::working::explain;
use crate::domain::rates::{line_label, line_unit, price, quantities};

/// Prices and prints.
pub(super) fn run(
    schedules: &[PathBuf],
    facts: &Path,
    language: &str,
    as_json: bool,
) -> anyhow::Result<()> {
    let mut versions = Vec::with_capacity(schedules.len());
    for path in schedules {
        let text = load::read_text(path)?;
        let at = || path.display().to_string();
        let document = read(&text).with_context(at)?;
        versions.push(compile(Arc::new(document)).with_context(at)?);
    }
    let documents: Vec<&RateSchedule> = versions
        .iter()
        .map(|version| version.document().as_ref())
        .collect();
    let text = load::read_text(facts)?;
    let at = || facts.display().to_string();
    let file = facts_file::read(&text).with_context(at)?;
    let facts = file.into_facts(&documents).with_context(at)?;
    facts_checks::check(&facts, &documents).with_context(at)?;
    let report = report(&versions, &facts, language)?;
    let mut out = std::io::stdout().lock();
    if as_json {
        serde_json::to_writer_pretty(&mut out, &report)?;
        writeln!(out)?;
        return Ok(());
    }
    write_table(&report, &mut out)
}

/// A bill, as printed.
#[derive(Debug, Serialize)]
struct Report {
    lines: Vec<LineReport>,
    total: Decimal,
    /// Quantities worked out before pricing.
    quantities: Vec<QuantityReport>,
    /// What is left in each bank.
    bank: Vec<BankReport>,
}

#[derive(Debug, Serialize)]
struct LineReport {
    code: String,
    label: String,
    quantity: Decimal,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    price: Decimal,
    /// How many units the price is for, where it is not one.
    #[serde(skip_serializing_if = "is_one")]
    per_units: Decimal,
    amount: Decimal,
    unrounded: Decimal,
    from: chrono::NaiveDate,
    until: chrono::NaiveDate,
    version: u32,
    /// The place of the block, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    block: Option<u8>,
    /// The place of the time-of-use period, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<u8>,
    fund: String,
    gl: String,
}

fn is_one(value: &Decimal) -> bool {
    *value == Decimal::ONE
}

#[derive(Debug, Serialize)]
struct QuantityReport {
    version: u32,
    name: String,
    amount: Decimal,
    unit: String,
}

#[derive(Debug, Serialize)]
struct BankReport {
    name: String,
    amount: Decimal,
}

fn report(versions: &[CompiledVersion], facts: &Facts, language: &str) -> anyhow::Result<Report> {
    let bill = price(versions, facts)?;
    let documents: Vec<_> = versions
        .iter()
        .map(|version| version.document().as_ref())
        .collect();
    rederive::check(&documents, facts, &bill).context("the second calculation disagrees")?;
    let lines = bill
        .lines
        .iter()
        .map(|line| line_report(versions, (facts, line), language))
        .collect::<anyhow::Result<_>>()?;
    let mut shown = Vec::new();
    for version in versions
        .iter()
        .filter(|version| version.effective_from() < facts.period.until)
    {
        for quantity in quantities(version, facts)? {
            shown.push(QuantityReport {
                version: version.document().version,
                name: quantity.name.to_owned(),
                amount: quantity.amount.divided()?.normalize(),
                unit: quantity.unit.to_string(),
            });
        }
    }
    let bank = bill
        .bank
        .iter()
        .map(|bank| BankReport {
            name: bank.name.to_string(),
            amount: bank.amount.normalize(),
        })
        .collect();
    Ok(Report {
        lines,
        total: bill.total.dollars(),
        quantities: shown,
        bank,
    })
}

fn line_report(
    versions: &[CompiledVersion],
    (facts, line): (&Facts, &PricedLine),
    language: &str,
) -> anyhow::Result<LineReport> {
    let version = versions
        .get(usize::from(line.version))
        .context("a line names its version")?;
    let charge = version
        .charge(line.charge)
        .context("a line names its charge")?;
    let working = explain(versions, facts, line)?;
    Ok(LineReport {
        code: working.charge.to_owned(),
        label: line_label(versions, line, language).to_owned(),
        quantity: working.quantity.normalize(),
        unit: line_unit(versions, line).map(|unit| unit.to_string()),
        price: working.price,
        per_units: working.per_units,
        amount: working.amount.dollars(),
        unrounded: working.unrounded.normalize(),
        from: working.from,
        until: line.slice.until,
        version: working.version,
        block: line.block,
        period: line.period,
        fund: charge.fund.to_owned(),
        gl: charge.gl.to_owned(),
    })
}

fn write_table(report: &Report, out: &mut impl Write) -> anyhow::Result<()> {
    for line in &report.lines {
        let unit = line.unit.as_deref().unwrap_or("");
        let quantity = line
            .quantity
            .round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero)
            .to_string();
        let price = match (&line.unit, line.per_units) {
            (_, per_units) if per_units == Decimal::ONE => line.price.to_string(),
            (None, per_units) if per_units == Decimal::ONE_HUNDRED => format!("{}%", line.price),
            (_, per_units) => format!("{} per {per_units}", line.price),
        };
        writeln!(
            out,
            "{:<44} {quantity:>14} {unit:<6} {price:>18} {:>12}",
            line.label, line.amount
        )?;
    }
    writeln!(
        out,
        "{:<44} {:>14} {:<6} {:>18} {:>12}",
        "Total", "", "", "", report.total
    )?;
    Ok(())
}
