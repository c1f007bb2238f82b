//! The end of a hold before its time, and with it the end of every renewal of it that has not begun.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::hold_told::HoldNews;
use crate::domain::holds::{self as rules, Act, HoldState, Refusal};
use crate::domain::ids::HoldId;
use crate::domain::notice::Urgency;
use crate::store;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::holds::{self, HoldRow, reviews};
use crate::usecases::holds::{HoldError, audit, is_told, policy_on, role_of, some_words, tell};

/// Ends a hold today, with the reason, and with it each renewal of it that is still to come. The work of what a coming renewal was to renew is
/// open again.
///
/// # Errors
/// `Refused` where the job may not, `WordsMissing`, `WordsTooLong`, `HasEnded`, or a fault.
pub fn lift(tx: &mut Tx<'_>, id: HoldId, words: &str) -> Result<(), HoldError> {
    let words = some_words(words)?;
    let account = holds::get(tx, id)?.account_id;
    store::ledger::lock(tx, &[account])?;
    let rows = holds::list_of_account(tx, account)?;
    let row = rows.iter().find(|row| row.id == id);
    let row = row.ok_or(StoreError::Missing("hold"))?;
    let on = tx.stamp.on;
    let news = match row.state(on) {
        HoldState::Past => return Err(HoldError::HasEnded),
        HoldState::InForce => HoldNews::Lifted { on },
        HoldState::Coming => {
            let from_on = row.span.from_on;
            HoldNews::NotBegun { from_on }
        }
    };
    may(tx, row)?;
    for one in with_coming_renewals(&rows, row, on) {
        holds::insert_lift(tx, one.id, words)?;
        reviews::mark_closed(tx, one.id, words)?;
        audit(
            tx,
            (account, one.id),
            "hold.lifted",
            json!({ "kind": one.kind }),
        )?;
    }
    if let Some(old) = renewed_by(&rows, row) {
        reviews::reopen_of(tx, old.id, row.placed_at)?;
    }
    if is_told(row.kind, &row.stops) {
        tell(tx, (account, row.kind), Urgency::MustReach, &news)?;
    }
    Ok(())
}

fn may(tx: &mut Tx<'_>, row: &HoldRow) -> Result<(), HoldError> {
    let on = tx.stamp.on;
    let (_, policy) = policy_on(tx, on)?;
    if rules::may_lift(&policy, row.kind, role_of(tx)?) {
        return Ok(());
    }
    let terms = policy.terms(row.kind);
    let jobs = terms.map(|terms| terms.jobs(Act::Lift).iter().copied().collect());
    let refusal = Refusal::NotYourRole(jobs.unwrap_or_default());
    Err(HoldError::Refused(vec![refusal]))
}

/// A period, its renewal that has not begun, and so on.
fn with_coming_renewals<'a>(
    rows: &'a [HoldRow],
    row: &'a HoldRow,
    on: NaiveDate,
) -> Vec<&'a HoldRow> {
    let (mut all, mut last) = (vec![row], row);
    // A renewal begins later than what it renews, so that this comes to an end.
    while let Some(next) = holds::renewal_of(rows, last)
        .filter(|next| next.state(on) == HoldState::Coming && next.span.from_on > last.span.from_on)
    {
        all.push(next);
        last = next;
    }
    all
}

/// The period that goes on with this one, where it does, and that nobody lifted.
fn renewed_by<'a>(rows: &'a [HoldRow], row: &HoldRow) -> Option<&'a HoldRow> {
    let is_it = |old: &&HoldRow| {
        old.lift.is_none() && holds::renewal_of(rows, old).is_some_and(|next| next.id == row.id)
    };
    rows.iter().find(is_it)
}
