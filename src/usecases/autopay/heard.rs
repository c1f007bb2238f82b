//! Whether somebody whose account it is heard of a charge before it is made: a mail that no server takes tells nobody, nor does one to a guest;
//! a letter tells once it has left the house and the post has had its days.

use chrono::{Days, NaiveDate};

use crate::domain::access::Right;
use crate::domain::autopay::{LETTER_DAYS, Planned, Step};
use crate::domain::ids::{AccountId, LoginId};
use crate::domain::notice::{AutopayNews, Channel, Notice, NoticeState};
use crate::store::alerts;
use crate::store::autopay::ChargeRow;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::outbox::{self, Newest};

/// The kind of the notices of autopay.
const KIND: &str = "autopay";

/// So many of the newest notices of an account are looked through.
const NEWEST: i64 = 50;

/// What became of what was told of a charge.
enum Heard {
    /// It was mailed or texted, as far as anybody told us, or told before that was noted with it.
    Told,
    /// Its letter waits for the printer, or its mail for a server that takes it.
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

/// What became of it on the way that came farthest. A mail to a guest, or to somebody from whom the account was taken since, told nobody whose
/// account it is.
fn heard(tx: &mut Tx<'_>, account: AccountId, charge: &ChargeRow) -> Result<Heard, StoreError> {
    let on = tx.stamp.on;
    let listeners = alerts::list_listeners(tx, &[account], on)?;
    let looks_after = |login: LoginId| {
        let mut owners = listeners.iter().filter(|one| one.gives(Right::Change));
        owners.any(|one| one.reader.to.login_id == Some(login))
    };
    let mut best: Option<Heard> = None;
    for told in outbox::list_newest(tx, account, KIND, NEWEST)? {
        let is_read = match serde_json::from_str::<Notice>(&told.facts) {
            Ok(notice) if is_of(&notice, charge) => true,
            Ok(_) => continue,
            Err(_) => false,
        };
        let is_owners = told.login_id.is_none_or(looks_after);
        let heard = if is_read && is_owners {
            came_to(&told)
        } else {
            Heard::Lost
        };
        best = Some(match best {
            Some(best) => best.farther(heard),
            None => heard,
        });
    }
    // What was told before charges were named in their notices is not among these.
    Ok(best.unwrap_or(Heard::Told))
}

/// How far a notice came. A mail that nobody tried to send yet lies where there is no mail server, and is read there; one that was tried and not
/// taken waits.
fn came_to(told: &Newest) -> Heard {
    match (told.channel, told.state) {
        (_, NoticeState::Failed) => Heard::Lost,
        (Channel::Email | Channel::Text, NoticeState::Queued) if told.attempts > 0 => Heard::Waits,
        (Channel::Email | Channel::Text | Channel::Portal, _) => Heard::Told,
        (Channel::Paper, NoticeState::Queued) => Heard::Waits,
        (Channel::Paper, NoticeState::Sent) => match told.sent_at {
            Some(at) => Heard::Left(at.date()),
            None => Heard::Waits,
        },
    }
}

impl Heard {
    /// The one of two that came farther.
    fn farther(self, other: Self) -> Self {
        match (self, other) {
            (Self::Told, _) | (_, Self::Told) => Self::Told,
            (Self::Left(one), Self::Left(other)) => Self::Left(one.min(other)),
            (Self::Left(on), Self::Waits | Self::Lost)
            | (Self::Waits | Self::Lost, Self::Left(on)) => Self::Left(on),
            (Self::Waits, Self::Waits | Self::Lost) | (Self::Lost, Self::Waits) => Self::Waits,
            (Self::Lost, Self::Lost) => Self::Lost,
        }
    }
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
