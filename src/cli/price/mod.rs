//! `mainstay price`: bills from a tariff file and a load, or from a schedule and facts, without a database.

mod facts_checks;
mod facts_file;
mod load;
mod schedule_bill;
mod urdb_bills;

use std::path::PathBuf;

use anyhow::bail;
use clap::{Args, ValueEnum};

use crate::domain::rates::urdb::to_schedule;

/// Prices a bill from files, and prints it.
#[derive(Debug, Args)]
pub struct PriceArgs {
    /// A tariff of the OpenEI Utility Rate Database, in JSON.
    #[arg(long, value_name = "TARIFF.json", requires = "load", conflicts_with_all = ["schedule", "facts"])]
    urdb: Option<PathBuf>,
    /// The load to bill: `hour_start,load_kwh[,pv_kwh]`, plain or gzipped.
    #[arg(long, value_name = "LOAD.csv[.gz]", requires = "urdb")]
    load: Option<PathBuf>,
    /// How energy fed back is billed. Default: the load alone is billed.
    #[arg(long, requires = "urdb")]
    metering: Option<MeteringArg>,
    /// The price of energy fed back, in dollars per kWh, for net-billing and buy-all-sell-all.
    #[arg(long, value_name = "X", requires = "urdb")]
    sell_rate: Option<String>,
    /// Changes a field of the tariff, as --set mincharge=1500. May be given several times.
    #[arg(long, value_name = "FIELD=JSON", requires = "urdb")]
    set: Vec<String>,
    /// Which tariff of a file that holds several, by its place (from 1) or label.
    #[arg(long, requires = "urdb")]
    label: Option<String>,
    /// A rate schedule of our own format; several versions may be given.
    #[arg(long, value_name = "FILE", requires = "facts")]
    schedule: Vec<PathBuf>,
    /// What happened in the billing period.
    #[arg(long, value_name = "FACTS.json", requires = "schedule")]
    facts: Option<PathBuf>,
    /// Prints JSON in place of a table.
    #[arg(long)]
    json: bool,
    /// Prints the JSON Schema of the schedule format (`schedule`) or the facts format (`facts`).
    #[arg(long, value_name = "FORMAT", conflicts_with_all = ["urdb", "schedule"])]
    json_schema: Option<FormatArg>,
    /// The language of labels.
    #[arg(long, default_value = "en")]
    language: String,
}

/// How energy fed back is billed.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum MeteringArg {
    /// Netted by the month, the surplus kept as kWh.
    NetMetering,
    /// Credited hour by hour at the sell price.
    NetBilling,
    /// All load is billed, all generation paid for.
    BuyAllSellAll,
}

/// A file format that has a JSON Schema.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatArg {
    /// Rate schedules.
    Schedule,
    /// Facts of a billing period.
    Facts,
}

/// Runs the command.
///
/// # Errors
/// What is wrong with a file, and where.
pub fn run(args: &PriceArgs) -> anyhow::Result<()> {
    if let Some(format) = args.json_schema {
        return print_json_schema(format);
    }
    if let (Some(tariff), Some(load)) = (&args.urdb, &args.load) {
        let metering = match args.metering {
            None => to_schedule::Metering::LoadOnly,
            Some(MeteringArg::NetMetering) => to_schedule::Metering::Netted,
            Some(MeteringArg::NetBilling) => to_schedule::Metering::NetBilled,
            Some(MeteringArg::BuyAllSellAll) => to_schedule::Metering::BuyAllSellAll,
        };
        if args.sell_rate.is_some() {
            pays(metering)?;
        }
        let ask = urdb_bills::Ask {
            tariff,
            load,
            metering,
            sell_rate: args.sell_rate.as_deref(),
            changes: &args.set,
            label: args.label.as_deref(),
        };
        return urdb_bills::run(&ask, args.json);
    }
    let Some(facts) = args.facts.as_ref().filter(|_| !args.schedule.is_empty()) else {
        bail!("give --urdb TARIFF.json --load LOAD.csv, or --schedule FILE --facts FACTS.json");
    };
    schedule_bill::run(&args.schedule, facts, &args.language, args.json)
}

/// Whether a way of metering pays for energy fed back; a sell price that pays for none would change nothing, and nobody gives it for that.
fn pays(metering: to_schedule::Metering) -> anyhow::Result<()> {
    use to_schedule::Metering;

    match metering {
        Metering::NetBilled | Metering::BuyAllSellAll => Ok(()),
        Metering::Netted => bail!(
            "--sell-rate: net metering keeps energy fed back as kWh and pays for none; leave the price out"
        ),
        Metering::LoadOnly => {
            bail!("--sell-rate: give --metering net-billing or buy-all-sell-all, which pay it")
        }
    }
}

fn print_json_schema(format: FormatArg) -> anyhow::Result<()> {
    use std::io::Write;

    let schema = match format {
        FormatArg::Schedule => schemars::schema_for!(crate::domain::rates::schedule::RateSchedule),
        FormatArg::Facts => schemars::schema_for!(facts_file::FactsFile),
    };
    writeln!(
        std::io::stdout(),
        "{}",
        serde_json::to_string_pretty(&schema)?
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rates::urdb::to_schedule::Metering;

    #[test]
    fn a_sell_price_is_taken_where_something_is_sold() {
        assert!(pays(Metering::NetBilled).is_ok() && pays(Metering::BuyAllSellAll).is_ok());
        for metering in [Metering::Netted, Metering::LoadOnly] {
            let error = pays(metering).unwrap_err().to_string();
            assert!(error.contains("--sell-rate"), "{error}");
        }
    }
}
