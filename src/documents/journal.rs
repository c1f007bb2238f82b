//! The ledger as a plain-text journal that other programs read and check: hledger's form and beancount's. Written as a stream.
//!
//! Both forms name an account `Assets:WATER:1200-Customer-receivables`: the side of the books, the fund, the number and name of the chart.
//! The journal ends with every account's balance as an assertion, so that the reading program proves the sums as well as the entries.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::str::FromStr;

use chrono::NaiveDate;

use crate::domain::gl::{Chart, FundCode, GlCode, GlKind};
use crate::domain::ids::EntryId;
use crate::domain::ledger::Posting;
use crate::domain::money::Money;

/// The form of a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For `hledger check -s` and ledger.
    Hledger,
    /// For `bean-check`.
    Beancount,
}

/// A word that names no form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a journal form: hledger or beancount")]
pub struct UnknownForm(pub String);

impl FromStr for Form {
    type Err = UnknownForm;
    fn from_str(text: &str) -> Result<Self, UnknownForm> {
        match text {
            "hledger" => Ok(Self::Hledger),
            "beancount" => Ok(Self::Beancount),
            _ => Err(UnknownForm(text.to_owned())),
        }
    }
}

/// One entry, as the journal tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// The entry.
    pub entry: EntryId,
    /// The day it counts from.
    pub on: NaiveDate,
    /// What happened, and for what: `bill 17`.
    pub title: String,
    /// The customer's account number, where the entry stands in a customer's ledger.
    pub account: Option<String>,
    /// What a person wrote about it.
    pub memo: Option<String>,
    /// Its legs.
    pub postings: Vec<Posting>,
}

/// An account of the general ledger within a fund.
pub type Place = (GlCode, FundCode);

/// Writes a journal. Nothing is kept but one name for each place.
pub struct Journal<'a, W: Write> {
    form: Form,
    out: W,
    names: BTreeMap<Place, String>,
    chart: &'a Chart,
}

impl<'a, W: Write> Journal<'a, W> {
    /// Begins a journal: its commodity, and the places it will name, opened with what each held before `from`.
    ///
    /// # Errors
    /// Whatever keeps `out` from being written.
    pub fn begin(
        form: Form,
        chart: &'a Chart,
        mut out: W,
        places: impl IntoIterator<Item = Place>,
        from: NaiveDate,
    ) -> io::Result<Self> {
        let names: BTreeMap<Place, String> = places
            .into_iter()
            .map(|place| (place.clone(), name_of(chart, &place)))
            .collect();
        match form {
            Form::Hledger => {
                writeln!(out, "commodity $\n    format $1000.00\n")?;
                for name in names.values() {
                    writeln!(out, "account {name}")?;
                }
            }
            Form::Beancount => {
                writeln!(out, "option \"operating_currency\" \"USD\"")?;
                for name in names.values() {
                    writeln!(out, "{from} open {name} USD")?;
                }
            }
        }
        Ok(Self {
            form,
            out,
            names,
            chart,
        })
    }

    /// Writes one entry.
    ///
    /// # Errors
    /// Whatever keeps `out` from being written.
    pub fn write(&mut self, transaction: &Transaction) -> io::Result<()> {
        let Transaction {
            entry,
            on,
            title,
            account,
            memo,
            postings,
        } = transaction;
        let title = one_line(title);
        let memo = memo.as_deref().map(one_line);
        writeln!(self.out)?;
        match self.form {
            Form::Hledger => {
                writeln!(self.out, "{on} * ({entry}) {title}")?;
                if let Some(account) = account {
                    writeln!(self.out, "    ; account:{account}")?;
                }
                if let Some(memo) = memo {
                    writeln!(self.out, "    ; {memo}")?;
                }
            }
            Form::Beancount => {
                writeln!(self.out, "{on} * \"{title}\"")?;
                writeln!(self.out, "  entry: \"{entry}\"")?;
                if let Some(account) = account {
                    writeln!(self.out, "  account: \"{account}\"")?;
                }
                if let Some(memo) = memo {
                    writeln!(self.out, "  memo: \"{memo}\"")?;
                }
            }
        }
        for posting in postings {
            self.leg(posting)?;
        }
        Ok(())
    }

    /// Ends the journal with the balance of each place after `until`'s entries, for the reader to prove.
    ///
    /// # Errors
    /// Whatever keeps `out` from being written.
    pub fn end(mut self, until: NaiveDate, balances: &BTreeMap<Place, Money>) -> io::Result<W> {
        writeln!(self.out)?;
        match self.form {
            Form::Hledger => {
                writeln!(self.out, "{until} * balances")?;
                for (place, balance) in balances {
                    let name = self.name(place);
                    writeln!(self.out, "    {name}  $0.00 = ${}", balance.dollars())?;
                }
            }
            Form::Beancount => {
                // A beancount assertion holds at the beginning of its day.
                let next = until.succ_opt().unwrap_or(until);
                for (place, balance) in balances {
                    let name = self.name(place);
                    writeln!(self.out, "{next} balance {name} {} USD", balance.dollars())?;
                }
            }
        }
        self.out.flush()?;
        Ok(self.out)
    }

    /// One leg; what is to be paid tells by when, so that a reader can age it anew.
    fn leg(&mut self, posting: &Posting) -> io::Result<()> {
        let name = self.name(&(posting.gl.clone(), posting.fund.clone()));
        let amount = posting.amount.dollars();
        match (self.form, posting.due_on) {
            (Form::Hledger, None) => writeln!(self.out, "    {name}  ${amount}"),
            (Form::Hledger, Some(due)) => {
                writeln!(self.out, "    {name}  ${amount}  ; due:{due}")
            }
            (Form::Beancount, None) => writeln!(self.out, "  {name}  {amount} USD"),
            (Form::Beancount, Some(due)) => {
                writeln!(self.out, "  {name}  {amount} USD\n    due: {due}")
            }
        }
    }

    fn name(&self, place: &Place) -> String {
        self.names
            .get(place)
            .cloned()
            .unwrap_or_else(|| name_of(self.chart, place))
    }
}

/// `Assets:WATER:1200-Customer-receivables`: words that both programs accept in a name.
fn name_of(chart: &Chart, (gl, fund): &Place) -> String {
    let account = chart.account(gl);
    let side = match account.map_or(GlKind::Equity, |account| account.kind) {
        GlKind::Asset => "Assets",
        GlKind::Liability => "Liabilities",
        GlKind::Equity => "Equity",
        GlKind::Income => "Income",
        GlKind::Expense => "Expenses",
    };
    let words: String = account
        .map_or("", |account| account.name.as_str())
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let part = |code: &str| code.replace('.', "-");
    format!(
        "{side}:{}:{}-{}",
        part(fund.as_str()),
        part(gl.as_str()),
        words.trim_matches('-')
    )
    .trim_end_matches('-')
    .to_owned()
}

/// A person's words on one line, without the signs that end a text or begin a comment.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control() || matches!(c, '"' | '\\' | ';' | '|') {
                ' '
            } else {
                c
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(form: Form) -> String {
        let place =
            |gl: &str, fund: &str| -> Place { (gl.parse().unwrap(), fund.parse().unwrap()) };
        let places = [place("1200", "WATER"), place("4020", "WATER")];
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let leg = |(gl, fund): Place, cents, due_on: Option<&str>| Posting {
            gl,
            fund,
            amount: Money::from_cents(cents),
            due_on: due_on.map(day),
        };
        let transaction = Transaction {
            entry: EntryId(7),
            on: day("2026-03-01"),
            title: "bill 17".to_owned(),
            account: Some("4100271604".to_owned()),
            memo: Some("said \"twice\";\nreally".to_owned()),
            postings: vec![
                leg(places[0].clone(), 123_456, Some("2026-03-24")),
                leg(places[1].clone(), -123_456, None),
            ],
        };
        let balances = BTreeMap::from([
            (places[0].clone(), Money::from_cents(123_456)),
            (places[1].clone(), Money::from_cents(-123_456)),
        ]);
        let mut journal = Journal::begin(
            form,
            Chart::standard(),
            Vec::new(),
            places,
            day("2026-03-01"),
        )
        .unwrap();
        journal.write(&transaction).unwrap();
        String::from_utf8(journal.end(day("2026-03-31"), &balances).unwrap()).unwrap()
    }

    #[test]
    fn a_hledger_journal_declares_tells_and_asserts() {
        let text = written(Form::Hledger);
        assert!(text.contains("account Assets:WATER:1200-Customer-receivables\n"));
        assert!(text.contains(
            "2026-03-01 * (7) bill 17\n    ; account:4100271604\n    ; said  twice   really\n"
        ));
        assert!(text.contains("-receivables  $1234.56  ; due:2026-03-24\n"));
        assert!(text.contains("    Income:WATER:4020-Usage-charges  $-1234.56\n"));
        assert!(text.ends_with("  $0.00 = $-1234.56\n"));
    }

    #[test]
    fn a_beancount_journal_opens_tells_and_asserts() {
        let text = written(Form::Beancount);
        assert!(text.contains("2026-03-01 open Income:WATER:4020-Usage-charges USD\n"));
        assert!(text.contains("  memo: \"said  twice   really\"\n"));
        assert!(text.contains("-receivables  1234.56 USD\n    due: 2026-03-24\n"));
        assert!(
            text.ends_with("2026-04-01 balance Income:WATER:4020-Usage-charges -1234.56 USD\n")
        );
    }
}
