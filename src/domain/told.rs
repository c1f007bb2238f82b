//! What each group of notices tells: the facts of a debt, an outage, a payment, of autopay, of a payment for a day to come, of a request, of
//! more time to pay and of a place that is rented out.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::domain::access::{Access, Offer};
use crate::domain::alerts::AlertKind;
use crate::domain::arrangements::ArrangementKind;
use crate::domain::autopay::{End, Skip};
use crate::domain::commodity::Commodity;
use crate::domain::disputes::Outcome;
use crate::domain::ids::{
    AccountNumber, ArrangementNumber, AutopayChargeId, BillNumber, OutageId, PaymentNumber,
    RequestNumber,
};
use crate::domain::landlords::Instruction;
use crate::domain::money::Money;
use crate::domain::outages::{Cause, OutageNews};
use crate::domain::remedies::Remedy;
use crate::domain::requests::{RequestKind, RequestState};
use crate::domain::scheduled_payments::Uncharged;

/// Whether a notice must reach somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// Good to know: it goes as its reader wishes, or not at all.
    GoodToKnow,
    /// It must be told: by letter where there is no e-mail.
    MustReach,
}

/// What every notice of a debt tells.
#[derive(Clone, Serialize, Deserialize)]
pub struct DebtTold {
    /// What we call the person.
    pub name: String,
    /// The account.
    pub account_number: AccountNumber,
    /// What is unpaid and not on its way.
    pub amount: Money,
    /// When it falls or fell due.
    pub due_on: NaiveDate,
    /// The bill that asks for it, where one does and the reader may say that it is wrong.
    #[serde(default)]
    pub bill: Option<BillNumber>,
    /// Whether the account is the reader's to see or pay alone: then they are not told what only its customer may ask for.
    #[serde(default)]
    pub is_guest: bool,
}

/// What every notice of an account that is shared tells.
#[derive(Clone, Serialize, Deserialize)]
pub struct SharingTold {
    /// What we call the reader.
    pub name: String,
    /// The account.
    pub account_number: AccountNumber,
    /// The other person: who shares it, or with whom it is shared.
    pub other: String,
    /// What happened.
    pub news: SharingNews,
}

/// What every notice to a landlord tells.
#[derive(Clone, Serialize, Deserialize)]
pub struct LandlordTold {
    /// What we call the person.
    pub name: String,
    /// The landlord's account.
    pub account_number: AccountNumber,
    /// The place, in one line.
    pub place: String,
    /// From which day it counts, or the first day without the tenant's service.
    pub on: NaiveDate,
    /// What happened.
    pub news: LandlordNews,
}

/// What happened at a place that is rented out.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LandlordNews {
    /// The landlord said what is to happen when a tenant leaves.
    Instructed {
        /// What.
        instruction: Instruction,
    },
    /// A tenant left, and service goes on in the landlord's name.
    Continued {
        /// Of what.
        commodity: Commodity,
    },
    /// A tenant left, and the place stays without service.
    Vacant {
        /// Of what.
        commodity: Commodity,
    },
    /// A tenant left, and the landlord's account could not take service over.
    NotContinued {
        /// Of what.
        commodity: Commodity,
    },
    /// Service that was to go on in the landlord's name does not, from a day on.
    NotYours {
        /// Of what.
        commodity: Commodity,
    },
}

/// The kind of a copy of what is told when somebody else's money is overdue.
pub const PAST_DUE_COPY: &str = "past_due_copy";

/// The kind of the one text that goes out at any hour: its reader waits for it.
pub const TEXT_CODE: &str = "text_code";

/// The kind of the one letter that carries a secret.
pub const CLAIM_CODE: &str = "claim_code";

/// What happened to an account that is shared.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SharingNews {
    /// The reader is invited.
    Invited {
        /// To what.
        offer: Offer,
        /// The link's token.
        token: String,
    },
    /// The other person took the offer of copies.
    CopiesBegun,
    /// The reader's copies ended.
    CopiesEnded,
    /// The other person gets no more copies, by their own wish.
    CopiesLeft,
    /// The other person accepted: the account is open to them so far.
    Joined {
        /// How far.
        access: Access,
    },
    /// The account is open to the reader so far from now on.
    Changed {
        /// How far.
        access: Access,
    },
    /// What the other person saved on the account is not charged any more.
    WaysEnded {
        /// What a person recognizes each by.
        methods: Vec<String>,
    },
    /// The account is open to the reader no more.
    Ended,
    /// The other person sees the account no more, by their own wish.
    Left,
}

/// What every notice of an outage tells. Times are those of the utility's zone.
#[derive(Clone, Serialize, Deserialize)]
pub struct OutageTold {
    /// What we call the person.
    pub name: String,
    /// Which.
    pub outage: OutageId,
    /// What is told of it.
    pub news: OutageNews,
    /// Of what.
    pub commodity: Commodity,
    /// Why.
    pub cause: Cause,
    /// What the office wrote, in the reader's language.
    pub words: String,
    /// When it began or begins.
    pub begins_at: NaiveDateTime,
    /// When the service is expected back.
    pub expected_at: Option<NaiveDateTime>,
}

/// What every notice of a payment tells.
#[derive(Clone, Serialize, Deserialize)]
pub struct PaymentTold {
    /// What we call the person.
    pub name: String,
    /// The account.
    pub account_number: AccountNumber,
    /// The payment; none where a credit is paid out that came of no single one.
    pub payment: Option<PaymentNumber>,
    /// How much.
    pub amount: Money,
    /// The civil day it counts from.
    pub on: NaiveDate,
}

/// What every notice of autopay tells.
#[derive(Clone, Serialize, Deserialize)]
pub struct AutopayTold {
    /// What we call the person.
    pub name: String,
    /// The account.
    pub account_number: AccountNumber,
    /// Whether the account is the reader's to see or pay alone: then they are led to no door of autopay.
    #[serde(default)]
    pub is_guest: bool,
    /// What happened, or will.
    pub news: AutopayNews,
}

/// What happened in autopay, or will.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AutopayNews {
    /// The customer agreed: the copy of the words.
    Joined {
        /// The words, as they were read.
        agreement: String,
        /// The day.
        on: NaiveDate,
    },
    /// A charge is coming.
    Ahead {
        /// How much.
        amount: Money,
        /// When.
        on: NaiveDate,
        /// What the payer recognizes the instrument by.
        method: String,
        /// The charge: it waits where nobody can be told of it in time.
        #[serde(default)]
        charge: Option<AutopayChargeId>,
        /// Whether only a letter tells of it: it is made no sooner than the letter's days after that left the house.
        #[serde(default)]
        by_letter: bool,
    },
    /// A bill is not charged.
    Skipped {
        /// Why.
        why: Skip,
        /// When the bill is due.
        due_on: NaiveDate,
    },
    /// A charge was refused.
    Refused {
        /// How much.
        amount: Money,
        /// The processor's word for why.
        reason: String,
        /// When it is tried again; none where it is not.
        again_on: Option<NaiveDate>,
    },
    /// Autopay ended.
    Ended {
        /// Why.
        why: End,
    },
}

/// What every notice of a payment for a day to come tells.
#[derive(Clone, Serialize, Deserialize)]
pub struct ScheduledTold {
    /// What we call the person.
    pub name: String,
    /// The account.
    pub account_number: AccountNumber,
    /// Its name in addresses.
    pub key: String,
    /// What happened, or will.
    pub news: ScheduledNews,
}

/// What happened to a payment for a day to come.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScheduledNews {
    /// The customer asked for it: the copy of the words.
    Planned {
        /// How much at most.
        amount: Money,
        /// When.
        on: NaiveDate,
        /// What the payer recognizes the instrument by.
        method: String,
        /// The words, as they were read.
        agreement: String,
    },
    /// Less was owed than they allowed.
    TookLess {
        /// How much at most.
        amount: Money,
        /// How much was charged.
        taken: Money,
    },
    /// Nothing was charged.
    Skipped {
        /// How much at most.
        amount: Money,
        /// When.
        on: NaiveDate,
        /// Why.
        why: Uncharged,
    },
    /// It was refused.
    Refused {
        /// How much.
        amount: Money,
        /// The processor's word for why.
        reason: String,
    },
    /// It was taken back.
    Canceled {
        /// How much at most.
        amount: Money,
        /// When it was to be charged.
        on: NaiveDate,
        /// Why.
        why: End,
    },
}

impl ScheduledNews {
    /// The kind of alert it is, where customers choose how they are told of it.
    #[must_use]
    pub const fn alert(&self) -> Option<AlertKind> {
        match self {
            Self::Refused { .. } => Some(AlertKind::PaymentFailed),
            Self::Planned { .. }
            | Self::TookLess { .. }
            | Self::Skipped { .. }
            | Self::Canceled { .. } => None,
        }
    }
}

/// What every notice of a request tells.
#[derive(Clone, Serialize, Deserialize)]
pub struct RequestTold {
    /// What we call the person.
    pub name: String,
    /// The account.
    pub account_number: AccountNumber,
    /// The request.
    pub number: RequestNumber,
    /// What was asked for.
    pub about: RequestKind,
    /// What happened.
    pub news: RequestNews,
}

/// What happened to a request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestNews {
    /// It came.
    Received {
        /// When it is answered at the latest.
        answer_by: NaiveDate,
    },
    /// A bill is in dispute.
    Disputed {
        /// The bill.
        bill: BillNumber,
        /// How much of it.
        amount: Money,
        /// What of that is unpaid, and need not be paid meanwhile.
        set_aside: Money,
        /// When it is decided at the latest.
        answer_by: NaiveDate,
    },
    /// It stands otherwise than before.
    Moved {
        /// How.
        state: RequestState,
        /// What the office wrote with it.
        words: Option<String>,
    },
    /// The office wrote.
    Wrote {
        /// What.
        words: String,
    },
    /// The bill in dispute was taken back.
    BillCanceled {
        /// The bill.
        bill: BillNumber,
    },
    /// A hearing is set, or was moved.
    HearingSet {
        /// The day.
        on: NaiveDate,
        /// The hour: `14:30`.
        hour: String,
        /// Where.
        place: String,
    },
    /// What was said at a hearing was recorded.
    HearingRecorded {
        /// The day of the hearing.
        on: NaiveDate,
        /// What was said, and what follows.
        words: String,
    },
    /// A dispute was decided.
    Decided {
        /// What it says of the bill.
        outcome: Outcome,
        /// With which of the lawful outcomes; nothing where it was decided in words alone.
        #[serde(default)]
        remedy: Option<Remedy>,
        /// What was given.
        #[serde(default)]
        credit: Money,
        /// What was in dispute and is unpaid.
        unpaid: Money,
        /// Why.
        words: String,
        /// From when it may be charged for being late again.
        late_from: NaiveDate,
    },
}

/// What every notice of an extension or an arrangement tells.
#[derive(Clone, Serialize, Deserialize)]
pub struct ArrangementTold {
    /// What we call the person.
    pub name: String,
    /// The account.
    pub account_number: AccountNumber,
    /// Which.
    pub number: ArrangementNumber,
    /// An extension or installments.
    pub about: ArrangementKind,
    /// What happened, or will.
    pub news: ArrangementNews,
}

/// What happened to an extension or an arrangement, or will.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArrangementNews {
    /// It was agreed: the copy of the words.
    Made {
        /// The words, as they were read.
        agreement: String,
    },
    /// An installment falls due within a few days.
    DueSoon {
        /// What is unpaid of it and not on its way.
        amount: Money,
        /// When.
        due_on: NaiveDate,
    },
    /// The day of an installment passed.
    Late {
        /// What is unpaid of it and not on its way.
        amount: Money,
        /// When it was due.
        due_on: NaiveDate,
        /// The last day on which it is still in time.
        until: NaiveDate,
    },
    /// Everything is paid.
    Kept,
    /// A payment that had paid it came back: it is in force again.
    Reopened {
        /// What is left of what it covers.
        left: Money,
        /// The day before which none of it is due.
        due_on: NaiveDate,
    },
    /// An installment was not paid in time: it is over.
    Broken {
        /// What is left of what it covered.
        left: Money,
        /// The day of it.
        on: NaiveDate,
    },
    /// The office ended it.
    Canceled {
        /// What is left of what it covered.
        left: Money,
        /// Why.
        words: String,
    },
}

/// Why a payment was taken back, as far as the customer is told.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnReason {
    /// The processor's word.
    Word(String),
    /// What the office wrote.
    Written(String),
    /// We had entered it by mistake.
    Mistake,
}
