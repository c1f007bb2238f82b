//! What the office sees of a dispute beside what the customer sees: the disputed lines with their working, who took each read, what was paid
//! and told, earlier disputes; and every lawful outcome with its price.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::corrections::CorrectionStatus;
use crate::domain::disputes::DisputedLine;
use crate::domain::leak_credits::NoCredit;
use crate::domain::money::Money;
use crate::domain::premises::Commodity;
use crate::domain::remedies::Remedy;
use crate::i18n::Words;
use crate::store::account_history::{self, NoticeLine};
use crate::store::db::Conn;
use crate::store::dispute_proposals::{self, ProposalRow};
use crate::store::dispute_screen::{self, EarlierRow, PaidRow, ReadRow};
use crate::store::disputes::{self, DisputeRow};
use crate::store::error::StoreError;
use crate::store::requests::RequestRow;
use crate::store::{bill_screen, ledger};
use crate::usecases::billing::rebill::Plan;
use crate::usecases::disputes::outcomes::{Looked, RemedyError, look};
use crate::usecases::disputes::pricing::{Priced, price};
use crate::usecases::disputes::{DisputeError, given_by_hand};
use crate::web::PageError;
use crate::web::office::bills::{SegmentView, reads_of, services};

/// How many months of use the office looks at.
pub const MONTHS: u32 = 25;

/// How many notices are looked through.
const NOTICES: i64 = 60;

/// The evidence and the outcomes.
pub struct Workbench {
    /// The services of the bill that have disputed lines; all where the bill as a whole is disputed.
    pub services: Vec<SegmentView>,
    /// The reads that the bill rests on.
    pub reads: Vec<ReadRow>,
    /// What the customer was told since the bill's days began, newest first.
    pub notices: Vec<NoticeLine>,
    /// What was put on the bill.
    pub paid: Vec<PaidRow>,
    /// Earlier and later disputes of the account.
    pub others: Vec<EarlierRow>,
    /// What is owed on the account and nobody disputes.
    pub undisputed: Money,
    /// What was credited and waived by hand on the account since the dispute was opened.
    pub given: Money,
    /// The outcomes, while the dispute is open.
    pub priced: Option<Priced>,
    /// What was proposed to a second person, the newest first.
    pub proposals: Vec<ProposalRow>,
    /// What the proposal that waits comes to today; nothing where none waits, or it can't be carried out as things stand.
    pub seen: Option<Looked>,
}

/// One outcome in a list: what it comes to, or why it is not offered.
pub struct Offer {
    /// Which.
    pub remedy: Remedy,
    /// What it comes to, in words.
    pub price: String,
    /// Whether it can be carried out.
    pub is_offered: bool,
}

/// Reads what the office looks at, in a fixed number of questions, and one plan for each bill that would come out differently.
///
/// # Errors
/// A policy or schedule that does not read, or a fault.
pub fn load(
    conn: &mut Conn,
    (row, dispute): (&RequestRow, &DisputeRow),
    (t, today): (Words, NaiveDate),
) -> Result<Workbench, PageError> {
    let bill = bill_screen::find(conn, &dispute.bill)?.ok_or(StoreError::Missing("bill"))?;
    let marked: Vec<DisputedLine> = dispute.lines()?;
    let mut services = services(conn, t, &bill)?;
    if !marked.is_empty() {
        services.retain(|service| {
            let is_marked = |position: i32| marked.iter().any(|line| line.position == position);
            service.lines.iter().any(|line| is_marked(line.position))
        });
    }
    let ids = reads_of(&bill)?;
    let since = bill.head.from_on;
    let mut notices = account_history::list_notices(conn, row.account_id, NOTICES)?;
    notices.retain(|notice| notice.created_at.date() >= since);
    let balance = ledger::balance(conn, row.account_id, None)?;
    let (disputed, _) = disputes::open_sums(conn, row.account_id, today)?;
    let priced = if row.state.is_open() {
        Some(price(conn, dispute, today).map_err(fault)?)
    } else {
        None
    };
    let proposals = dispute_proposals::list_of(conn, row.id)?;
    let seen = match proposals.iter().find(|one| is_waiting(one)) {
        Some(waits) => match look(conn, dispute, (waits.remedy, waits.chosen), today) {
            Ok(looked) => Some(looked),
            Err(RemedyError::Fault(fault)) => return Err(fault.into()),
            Err(_not_as_things_stand) => None,
        },
        None => None,
    };
    Ok(Workbench {
        services,
        reads: dispute_screen::list_reads(conn, &ids)?,
        notices,
        paid: dispute_screen::list_paying(conn, dispute.bill_id)?,
        others: dispute_screen::list_others(conn, row.account_id, row.id)?,
        undisputed: (balance - disputed).max(Money::ZERO),
        given: given_by_hand(conn, row, dispute.bill_id)?,
        priced,
        proposals,
        seen,
    })
}

fn is_waiting(proposal: &ProposalRow) -> bool {
    proposal.status == CorrectionStatus::Proposed
}

/// A fault of pricing.
pub fn fault(error: DisputeError) -> PageError {
    match error {
        DisputeError::Fault(fault) => fault.into(),
        other => PageError::fault(other),
    }
}

impl Workbench {
    /// The proposal that waits for a second person.
    #[must_use]
    pub fn waits(&self) -> Option<&ProposalRow> {
        self.proposals.iter().find(|one| is_waiting(one))
    }

    /// Whether a line is one of those that were marked.
    #[must_use]
    pub fn is_marked(&self, dispute: &DisputeRow, position: &i32) -> bool {
        let lines = dispute.lines().unwrap_or_default();
        lines.iter().any(|line| line.position == *position)
    }

    /// The metered services that somebody can read again.
    #[must_use]
    pub fn readable(&self, t: &Words) -> Vec<(&'static str, String)> {
        let mut known: Vec<Commodity> = self
            .services
            .iter()
            .map(|service| service.segment.commodity)
            .filter(|commodity| commodity.is_metered())
            .collect();
        known.dedup();
        let named = |commodity: Commodity| {
            let word = commodity.as_str();
            (word, t.service_name(word))
        };
        known.into_iter().map(named).collect()
    }

    /// Every outcome that ends the dispute, with its price.
    #[must_use]
    pub fn offers(&self, t: &Words) -> Vec<Offer> {
        let Some(priced) = &self.priced else {
            return Vec::new();
        };
        let offer = |remedy: &Remedy| {
            let (price, is_offered) = price_words(*t, priced, *remedy);
            Offer {
                remedy: *remedy,
                price,
                is_offered,
            }
        };
        Remedy::ALL.iter().map(offer).collect()
    }
}

/// What an outcome comes to, in words, and whether it can be carried out.
fn price_words(t: Words, priced: &Priced, remedy: Remedy) -> (String, bool) {
    match remedy {
        Remedy::Upheld => (t.remedy_price_upheld().to_owned(), true),
        Remedy::Rebilled if priced.rebill.changes() => {
            let plan = priced.rebill.possible();
            let bills = plan.map_or(0, |plan| plan.bills.len());
            let difference = plan.map_or(Money::ZERO, Plan::difference);
            (t.remedy_price_rebilled(bills, difference), true)
        }
        Remedy::Rebilled if priced.rebill.possible().is_some() => {
            (t.remedy_price_same().to_owned(), false)
        }
        Remedy::Rebilled => (t.rebill_held().to_owned(), false),
        Remedy::LeakAdjustment => match &priced.leak {
            Ok(credit) if credit.total().is_positive() => {
                (t.remedy_price_credit(credit.total()), true)
            }
            Ok(_) => (no_credit(t, &NoCredit::NotPriced), false),
            Err(why) => (no_credit(t, why), false),
        },
        Remedy::Refund if priced.refund.amount.is_positive() => {
            (t.remedy_price_refund(priced.refund.amount), true)
        }
        Remedy::Refund => (t.remedy_price_refund_alone().to_owned(), true),
        Remedy::Goodwill => (t.remedy_price_goodwill().to_owned(), true),
    }
}

/// Why nothing is forgiven, in words.
pub fn no_credit(t: Words, why: &NoCredit) -> String {
    let whole = |amount: Decimal| t.rounded(amount, 0);
    match why {
        NoCredit::NotOffered => t.leak_not_offered().to_owned(),
        NoCredit::NoWater => t.leak_no_water().to_owned(),
        NoCredit::TooFewMonths { known, least } => t.leak_too_few(*known, *least),
        NoCredit::NotAbove {
            used,
            normal,
            percent,
        } => t.leak_not_above(
            whole(used.amount),
            t.unit_short(used.unit.as_str()),
            whole(*normal),
            t.number(*percent),
        ),
        NoCredit::Recently { on, months } => t.leak_recently(*months, *on),
        NoCredit::NotPriced => t.leak_not_priced().to_owned(),
    }
}
