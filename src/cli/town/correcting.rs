//! What the town's office corrects by hand: a credit that is more than the clerk decides alone, and waits for the manager.

use chrono::{Days, NaiveDate};

use crate::cli::town::asking::whom;
use crate::cli::town::characters::OWEN;
use crate::cli::town::homes::Home;
use crate::cli::town::office::Office;
use crate::domain::corrections::Correction;
use crate::domain::customers::Language;
use crate::domain::money::Money;
use crate::domain::staff::Role;
use crate::store::db::Tx;
use crate::usecases::corrections::{CorrectionError, Order, order, propose};

/// How many days ago it was ordered.
const AGO: u64 = 1;

/// What it gives: more than a clerk decides alone.
const GIVEN: Money = Money::from_cents(31_500);

/// What happened on a day of the past.
///
/// # Errors
/// What is refused, or a fault.
pub fn pass(office: &Office<'_>, homes: &[Home], day: NaiveDate) -> anyhow::Result<()> {
    if day + Days::new(AGO) != office.today {
        return Ok(());
    }
    let Some((account, _)) = whom(office, homes, &OWEN)? else {
        return Ok(());
    };
    let wanted = Order {
        account,
        reason: "leak".to_owned(),
        note: "The plumber's bill shows the repair".to_owned(),
        role: Role::BillingClerk,
        language: Language::English,
        key: 1,
    };
    let credit = Correction::Credit {
        fund: "WATER".parse()?,
        amount: GIVEN,
        bill: None,
    };
    let (looked, seen) = (wanted.clone(), credit.clone());
    let look = move |tx: &mut Tx<'_>| order(tx, &looked, &seen, None);
    let preview = match office.write(office.clerk(day, 15), look) {
        Err(CorrectionError::Looked(preview)) => preview,
        Ok(_) => return Ok(()),
        Err(refused) => return Err(refused.into()),
    };
    let keep = move |tx: &mut Tx<'_>| propose(tx, &wanted, &credit, &preview);
    office.write(office.clerk(day, 15), keep)?;
    Ok(())
}
