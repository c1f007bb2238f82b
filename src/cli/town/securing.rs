//! What the town's office asks for as security: a deposit of who moved in last week, in three parts, of which the first is still to be paid.

use chrono::{Days, NaiveDate};

use crate::cli::town::characters::LAN;
use crate::cli::town::holding::account_of;
use crate::cli::town::homes::Home;
use crate::cli::town::office::Office;
use crate::domain::deposits::DepositReason;
use crate::domain::money::Money;
use crate::store::db::Tx;
use crate::usecases::deposits::{Ask, DepositError, ask};

/// How many days ago it was asked for.
const AGO: u64 = 2;

/// How much: less than the policy would let the clerk ask.
const ASKED: Money = Money::from_cents(15_000);

/// What happened on a day of the past.
///
/// # Errors
/// What is refused, or a fault.
pub fn pass(office: &Office<'_>, homes: &[Home], day: NaiveDate) -> anyhow::Result<()> {
    if day + Days::new(AGO) != office.today {
        return Ok(());
    }
    let Some(account) = account_of(homes, &LAN) else {
        return Ok(());
    };
    let wanted = Ask {
        account,
        reason: DepositReason::NewCustomer,
        amount: ASKED,
        installments: 3,
        note: "First home in town".to_owned(),
        key: 1,
    };
    let seen = wanted.clone();
    let look = move |tx: &mut Tx<'_>| ask(tx, &seen, None);
    let preview = match office.write(office.clerk(day, 14), look) {
        Err(DepositError::Looked(preview)) => preview,
        Ok(_) => return Ok(()),
        Err(refused) => return Err(refused.into()),
    };
    let keep = move |tx: &mut Tx<'_>| ask(tx, &wanted, Some(&preview.seal));
    office.write(office.clerk(day, 14), keep)?;
    Ok(())
}
