//! Whether the customer heard of a charge before it is made, where the notice of it went by letter: a letter tells once it has left the house and
//! the post has had its days.

use chrono::{Days, NaiveDate};

use crate::domain::autopay::{LETTER_DAYS, Planned, Step};
use crate::domain::ids::AccountId;
use crate::domain::notice::{AutopayNews, Channel, Notice, NoticeState};
use crate::store::autopay::ChargeRow;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::outbox;

/// The kind of the notices of autopay.
const KIND: &str = "autopay";

/// So many of the newest notices of an account are looked through.
const NEWEST: i64 = 50;

/// What became of what was told of a charge.
enum Heard {
    /// It was mailed or texted, as far as anybody told us, or told before that was noted with it.
    Told,
    /// Its letter waits for the printer.
    Waits,
    /// Its letter left the house on a day.
    Left(NaiveDate),
    /// Nothing of it arrived.
    Lost,
}

/// The step of a charge, and not made before its notice can have come.
///
/// # Errors
/// A fault of the store.
pub(super) fn step(
    tx: &mut Tx<'_>,
    (account, charge): (AccountId, &ChargeRow),
    step_of: impl Fn(&Planned) -> Step,
) -> Result<Step, StoreError> {
    let mut planned = Planned {
        charge_on: charge.charge_on,
        told: charge.told,
    };
    let step = step_of(&planned);
    let is_about_to = matches!(step, Step::Charge(_) | Step::Tell { .. });
    if !is_about_to || planned.told.is_none() {
        return Ok(step);
    }
    match heard(tx, account, charge)? {
        Heard::Told => Ok(step),
        Heard::Waits => Ok(Step::Wait),
        Heard::Left(on) => {
            planned.charge_on = planned.charge_on.max(on + Days::new(LETTER_DAYS));
            Ok(step_of(&planned))
        }
        Heard::Lost => {
            planned.told = None;
            Ok(step_of(&planned))
        }
    }
}

fn heard(tx: &mut Tx<'_>, account: AccountId, charge: &ChargeRow) -> Result<Heard, StoreError> {
    let mut best = None;
    for told in outbox::list_newest(tx, account, KIND, NEWEST)? {
        let notice = serde_json::from_str::<Notice>(&told.facts);
        if !notice.is_ok_and(|notice| is_of(&notice, charge)) {
            continue;
        }
        match (told.channel, told.state) {
            (_, NoticeState::Failed) => best = best.or(Some(Heard::Lost)),
            (Channel::Email | Channel::Text | Channel::Portal, _) => return Ok(Heard::Told),
            (Channel::Paper, NoticeState::Queued) => best = Some(Heard::Waits),
            (Channel::Paper, NoticeState::Sent) => {
                let left = told.sent_at.map(|at| Heard::Left(at.date()));
                best = left.or(best);
            }
        }
    }
    Ok(best.unwrap_or(Heard::Told))
}

/// Whether a notice tells of a charge as it is to be made.
fn is_of(notice: &Notice, charge: &ChargeRow) -> bool {
    let Notice::Autopay(told) = notice else {
        return false;
    };
    matches!(
        told.news,
        AutopayNews::Ahead { on, charge: Some(id), .. } if id == charge.id && on == charge.charge_on
    )
}
