//! `mainstay import factors FILE`: dated values of the factors that schedules refer to, each proposed for a second person at the office to
//! approve. A file is taken whole or not at all, and a second time it changes nothing.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::PathBuf;

use anyhow::{Context, bail, ensure};
use chrono::NaiveDate;
use clap::Args;

use crate::cli::hand_over::Work;
use crate::domain::rates::numbers::Number;
use crate::store::db::Tx;
use crate::store::rate_factors::NewFactor;
use crate::store::sql_types::Exact;
use crate::usecases::factors::propose_all;

/// The columns of a file, in whatever order; the last may be left out where `--source` says it for all.
const COLUMNS: [&str; 4] = ["factor", "from", "value", "source"];

#[derive(Args)]
pub struct FactorsArgs {
    /// A CSV file with the columns factor, from, value and source: `pca,2026-08-01,0.0125,Memo 14`.
    file: PathBuf,
    /// Where the values were published, for a file without a column source.
    #[arg(long)]
    source: Option<String>,
}

impl FactorsArgs {
    /// Proposes what the file says, and tells what became of it.
    pub fn run(&self, work: &mut Work<'_>) -> anyhow::Result<()> {
        let path = work.file(&self.file);
        let file = File::open(path).with_context(|| self.file.display().to_string())?;
        let mut wrong = 0_usize;
        let mut values: Vec<NewFactor> = Vec::new();
        for (number, line) in lines(BufReader::new(file), self.source.as_deref())? {
            match line {
                Ok(value) => values.push(value),
                Err(why) => {
                    wrong += 1;
                    (work.say)(format!("line {number}: {why}"));
                }
            }
        }
        ensure!(
            wrong == 0,
            "nothing was taken: mend the lines above and import the file again"
        );
        let propose = move |tx: &mut Tx<'_>| propose_all(tx, &values);
        let taken = work.db.write_blocking(work.stamp(), propose)?;
        (work.say)(format!(
            "{} values proposed, {} there already. Somebody at the office approves them under Rates, Factors.",
            taken.new, taken.there
        ));
        Ok(())
    }
}

/// The values of a file with the numbers of their lines, or why a line is none.
fn lines(
    file: impl Read,
    source: Option<&str>,
) -> anyhow::Result<Vec<(u64, Result<NewFactor, String>)>> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(file);
    let heading = reader.headers()?.clone();
    let place = |name: &str| heading.iter().position(|column| column == name);
    let [Some(factor), Some(from), Some(value), said] = COLUMNS.map(place) else {
        bail!("the first line must name the columns factor, from, value and source");
    };
    ensure!(
        said.is_some() || source.is_some(),
        "the file has no column source: say --source"
    );
    let mut found = Vec::new();
    for record in reader.records() {
        let record = record?;
        let number = record.position().map_or(0, csv::Position::line);
        let field = |place: usize| record.get(place).unwrap_or_default();
        let own = said.map(field).filter(|own| !own.is_empty());
        let line = read((field(factor), field(from), field(value)), own.or(source));
        found.push((number, line));
    }
    Ok(found)
}

fn read(
    (factor, from, value): (&str, &str, &str),
    source: Option<&str>,
) -> Result<NewFactor, String> {
    if factor.is_empty() {
        return Err("the factor has no name".to_owned());
    }
    let from_on: NaiveDate = from
        .parse()
        .map_err(|_no_day| format!("{from:?} is no day such as 2026-08-01"))?;
    let Number(value) = value.parse::<Number>().map_err(|error| error.to_string())?;
    let source = source.ok_or_else(|| "the source is missing".to_owned())?;
    Ok(NewFactor {
        code: factor.to_owned(),
        from_on,
        value: Exact(value),
        source: source.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_its_columns_and_every_wrong_line_is_named() {
        let file = "from,factor,value,source\n2026-08-01,pca,0.0125,Memo 14\nsoon,pca,0.01,Memo\n2026-09-01,pca,1e-2,Memo\n2026-09-01,pca,0.02,\n";
        let lines = lines(file.as_bytes(), None).unwrap();
        let good: Vec<bool> = lines.iter().map(|(_, line)| line.is_ok()).collect();
        assert_eq!(good, [true, false, false, false]);
        assert_eq!(lines[1].0, 3);
        let first = lines[0].1.as_ref().unwrap();
        assert_eq!(
            (first.code.as_str(), first.value.to_string()),
            ("pca", "0.0125".to_owned())
        );
    }

    #[test]
    fn a_file_without_sources_needs_one_for_all() {
        let file = "factor,from,value\npca,2026-08-01,0.0125\n";
        assert!(lines(file.as_bytes(), None).is_err());
        let said = lines(file.as_bytes(), Some("Memo 14")).unwrap();
        assert_eq!(said[0].1.as_ref().unwrap().source, "Memo 14");
    }
}
