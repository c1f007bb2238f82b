//! A customer moves out, in, or from one place to another, carried out by the office in one go: what ends, what begins, which cycle bills it,
//! where mail goes, the reads at both ends, and the request that asked for it. All of it or nothing.

mod steps;

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::domain::ids::{
    AccountId, AccountNumber, CycleId, PremiseId, RegisterId, RequestId, ServiceAgreementId,
    ServicePointId,
};
use crate::domain::moves::{ends_on, is_done_by};
use crate::domain::premises::Commodity;
use crate::domain::requests::RequestState;
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::requests::RequestRow;
use crate::usecases::accounts::AccountError;
use crate::usecases::accounts::landlords::AfterTenant;
use crate::usecases::accounts::people::PeopleError;
use crate::usecases::accounts::services::ServiceError;
use crate::usecases::billing::changed::hold_bills;
use crate::usecases::orders::asked::follow_move;
use crate::usecases::read_entry::{Confirmation, EntryError};
use crate::usecases::reads::desk::ToldRead;
use crate::usecases::requests::{RequestError, move_on};

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// Nothing ends, nothing begins, no mail goes elsewhere.
    #[error("nothing is asked for")]
    Nothing,
    /// A service does not end.
    #[error("service {0} does not end: {1}")]
    Stop(ServiceAgreementId, ServiceError),
    /// A service does not begin.
    #[error("service at point {0} does not begin: {1}")]
    Start(ServicePointId, ServiceError),
    /// The schedule has no prices for the account's class.
    #[error("schedule {code} is for another class")]
    OtherClass {
        /// Where it was to price.
        point: ServicePointId,
        /// The schedule.
        code: String,
    },
    /// Reads that are unusual, or cannot be taken: each with why.
    #[error("{} reads are not taken", .0.len())]
    Reads(Vec<(RegisterId, EntryError)>),
    /// The day of a read is still to come.
    #[error("register {0} cannot be read before its day")]
    ReadToCome(RegisterId),
    /// The account's standing does not allow it.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// Mail cannot go there.
    #[error(transparent)]
    Mail(PeopleError),
    /// The request asks for more than what is done, or for something else.
    #[error("the request asks for something else")]
    NotAsAsked,
    /// The request has ended.
    #[error("the request has ended")]
    RequestEnded,
    /// The request was not moved on.
    #[error(transparent)]
    Request(RequestError),
    /// This is what would be done: nothing was.
    #[error("only looked at")]
    Shown(Box<Done>),
    /// It would come to something else than what was seen: nothing was done.
    #[error("it comes to something else by now")]
    Changed(Box<Done>),
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// What ends at the old place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    /// The last day of service.
    pub last_on: NaiveDate,
    /// Which services.
    pub services: Vec<ServiceAgreementId>,
}

/// What begins at the new place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coming {
    /// Where.
    pub premise: PremiseId,
    /// The first day of service.
    pub first_on: NaiveDate,
    /// Which services, each with its rate schedule.
    pub services: Vec<(ServicePointId, String)>,
}

/// A customer who moves.
#[derive(Debug, Clone, Default)]
pub struct NewMove {
    /// What ends, where anything does.
    pub leaving: Option<Leaving>,
    /// What begins, where anything does.
    pub coming: Option<Coming>,
    /// From which day mail goes elsewhere: to these lines, or to the place served.
    pub mail: Option<(NaiveDate, Option<String>)>,
    /// What the registers show at either end, as far as it is known.
    pub reads: Vec<(ToldRead, Confirmation)>,
    /// The request that asked for it.
    pub request: Option<RequestId>,
}

/// How far it goes.
#[derive(Debug, Clone)]
pub enum Consent {
    /// Only to be shown what it comes to.
    Look,
    /// As it was shown under this seal, with these words to the customer where a request asked for it.
    Seen {
        /// The seal of what was seen.
        seal: String,
        /// Words to the customer.
        words: String,
    },
}

/// A service that ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Which.
    pub agreement: ServiceAgreementId,
    /// What was delivered.
    pub commodity: Commodity,
    /// Where, in one line.
    pub place: String,
    /// By which rate schedule.
    pub rate_code: String,
    /// What a landlord's word leads to.
    pub after: AfterTenant,
}

/// A service that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// Where.
    pub point: ServicePointId,
    /// What is delivered.
    pub commodity: Commodity,
    /// Where, in one line.
    pub place: String,
    /// By which rate schedule.
    pub rate_code: String,
    /// A landlord's account whose service there gives way.
    pub gave_way: Option<AccountNumber>,
}

/// What became of the cycle that bills the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CycleFate {
    /// It stays: nothing begins, or the new place has the same cycle or none yet.
    Same,
    /// The account is billed by the new place's cycle from a day on.
    Changes {
        /// Until then.
        from: CycleId,
        /// From then on.
        to: CycleId,
        /// The day.
        on: NaiveDate,
    },
    /// The new place is read with another cycle, and the account stays with its own: it is served elsewhere too, or came to its cycle lately.
    Stays {
        /// The new place's.
        place: CycleId,
    },
}

/// What was done, or would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// What ends.
    pub ended: Vec<Ended>,
    /// What begins.
    pub begun: Vec<Begun>,
    /// What becomes of the cycle.
    pub cycle: CycleFate,
    /// How many reads are kept.
    pub reads: usize,
    /// Whether mail goes elsewhere.
    pub mail: bool,
    /// Whether the account has any service left.
    pub is_served: bool,
    /// Whether anything of it is new: the same sent again changes nothing.
    pub is_new: bool,
}

impl Done {
    /// What a person saw, as one word: whoever confirms it hands it back.
    #[must_use]
    pub fn seal(&self) -> String {
        let seen = (&self.ended, &self.begun, self.cycle);
        let all = format!("{seen:?}{}{}{}", self.reads, self.mail, self.is_served);
        hex::encode(Sha256::digest(all.as_bytes()))
    }
}

/// Carries a move out. With `Consent::Look`, and where it comes to something else than what was seen, nothing is done and what it would come to
/// is handed back in the error. The same once more changes nothing, and tells nobody a second time.
///
/// # Errors
/// What of it is refused, and why.
pub fn carry_out(
    tx: &mut Tx<'_>,
    zone: Tz,
    account: AccountId,
    new: &NewMove,
    consent: &Consent,
) -> Result<Done, MoveError> {
    if new.leaving.is_none() && new.coming.is_none() && new.mail.is_none() {
        return Err(MoveError::Nothing);
    }
    // Points before bills, wherever they are locked.
    let points = steps::points_of(tx, new)?;
    store::service::lock_points(tx, &points)?;
    hold_bills(tx, account)?;
    let request = match new.request {
        Some(id) => Some(asked(tx, account, (id, new))?),
        None => None,
    };
    let done = do_all(tx, zone, account, new)?;
    let row = match request {
        Some(row) if row.state.is_open() => Some(row),
        Some(row) if row.state == RequestState::Done && !done.is_new => None,
        Some(_) => return Err(MoveError::RequestEnded),
        None => None,
    };
    let (seal, words) = match consent {
        Consent::Look => return Err(MoveError::Shown(Box::new(done))),
        Consent::Seen { seal, words } => (seal, words),
    };
    if done.is_new && done.seal() != *seal {
        return Err(MoveError::Changed(Box::new(done)));
    }
    if done.is_new {
        audit(tx, account, (new, row.as_ref()))?;
        follow_move(tx, account, new)?;
    }
    if let Some(row) = row {
        move_on(tx, row.id, RequestState::Done, words).map_err(MoveError::Request)?;
    }
    Ok(done)
}

/// The request, where it is the account's and asks for what is done.
fn asked(
    tx: &mut Tx<'_>,
    account: AccountId,
    (id, new): (RequestId, &NewMove),
) -> Result<RequestRow, MoveError> {
    let row = store::requests::get(tx, id)?;
    if row.account_id != account {
        return Err(StoreError::Missing("request").into());
    }
    if !is_done_by(row.kind, new.leaving.is_some(), new.coming.is_some()) {
        return Err(MoveError::NotAsAsked);
    }
    Ok(row)
}

fn do_all(tx: &mut Tx<'_>, zone: Tz, account: AccountId, new: &NewMove) -> Result<Done, MoveError> {
    // Asked before anything begins there: afterwards the account itself is the last that was served.
    let place_cycle = match &new.coming {
        Some(coming) => store::cycles::find_of_place(tx, coming.premise)?,
        None => None,
    };
    let (ended, stopped) = steps::leave(tx, account, new.leaving.as_ref())?;
    let (begun, started) = steps::come(tx, account, new)?;
    let (cycle, changed) = steps::follow_cycle(tx, account, (new, place_cycle))?;
    let mail = steps::send_mail(tx, account, new.mail.as_ref())?;
    let (reads, read) = steps::take_reads(tx, zone, new)?;
    let last = new.leaving.as_ref().map(|leaving| ends_on(leaving.last_on));
    let on = last.unwrap_or(tx.stamp.on).max(tx.stamp.on);
    Ok(Done {
        ended,
        begun,
        cycle,
        reads,
        mail: new.mail.is_some(),
        is_served: !store::service::list_after(tx, account, on)?.is_empty(),
        is_new: stopped || started || changed || mail || read,
    })
}

/// One row that names the whole of it, beside those of its parts.
fn audit(
    tx: &mut Tx<'_>,
    account: AccountId,
    (new, request): (&NewMove, Option<&RequestRow>),
) -> Result<(), StoreError> {
    let number = store::accounts::get(tx, account)?.number;
    let leaving = new.leaving.as_ref();
    let coming = new.coming.as_ref();
    let deed = Deed {
        action: "account.moved_house",
        subject_kind: "account",
        subject_id: number.to_string(),
        account_id: Some(account),
        facts: json!({
            "last_on": leaving.map(|leaving| leaving.last_on),
            "stopped": leaving.map_or(0, |leaving| leaving.services.len()),
            "first_on": coming.map(|coming| coming.first_on),
            "premise": coming.map(|coming| coming.premise),
            "started": coming.map_or(0, |coming| coming.services.len()),
            "request": request.map(|row| row.number.clone()),
        }),
    };
    tx.touch(account);
    store::audit::insert(tx, &deed)
}
