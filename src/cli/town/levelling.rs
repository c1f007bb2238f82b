//! Who in the town pays level amounts: the cottage that is closed in winter and used all summer.

use chrono::{Days, NaiveDate};

use crate::cli::town::asking::whom;
use crate::cli::town::characters::INGRID;
use crate::cli::town::homes::Home;
use crate::cli::town::office::Office;
use crate::domain::budget_billing::{BudgetSettle, BudgetVariant};
use crate::domain::customers::Language;
use crate::i18n::words;
use crate::store::accounts;
use crate::store::db::Tx;
use crate::usecases::budget_plans::{BudgetError, NewBudgetPlan, join, open_desk};
use crate::web::budget_view::{Choice, Preview};

/// How many days ago she agreed: some bills came since.
const AGREED: u64 = 80;

/// What happened on a day of the past.
///
/// # Errors
/// A fault.
pub fn pass(office: &Office<'_>, homes: &[Home], day: NaiveDate) -> anyhow::Result<()> {
    if day + Days::new(AGREED) != office.today {
        return Ok(());
    }
    let Some((account, actor)) = whom(office, homes, &INGRID)? else {
        return Ok(());
    };
    let (desk, number) = office.db.read_blocking(|conn| {
        let desk = open_desk(conn, account, day)?;
        let number = accounts::get(conn, account)?.number;
        Ok::<_, BudgetError>((desk, number))
    })?;
    // In a town that begins later there are too few bills.
    if !desk.refusals()?.is_empty() {
        return Ok(());
    }
    let choice = Choice {
        variant: BudgetVariant::Fixed,
        settle: BudgetSettle::Spread,
    };
    let Some(seen) = Preview::of(words(Language::English), &desk, (choice, &number))? else {
        return Ok(());
    };
    let new = NewBudgetPlan {
        account,
        variant: choice.variant,
        settle: choice.settle,
        seen: seen.level,
        agreement: seen.agreement,
        language: Language::English,
    };
    office.write(office.stamp(&actor, day, 19), move |tx: &mut Tx<'_>| {
        join(tx, &new)
    })?;
    Ok(())
}
