//! What the customer was shown at home at a moment: the amount to pay and the day it fell due, by the same rules as today, over what was known then.

use chrono::Days;

use crate::domain::arrangements::{
    ArrangementKind, Contest, Cover, CoveredDebt, DAYS_AFTER_RETURN, Installment, Share, beside,
    freed,
};
use crate::domain::disputes::frozen;
use crate::domain::ids::{ArrangementNumber, BillId, EntryId};
use crate::domain::ledger::SourceKind;
use crate::domain::money::Money;
use crate::domain::past::Matter;
use crate::domain::payments::PaymentState;
use crate::store::account_history::PaymentLine;
use crate::store::as_of::{InForce, Then};
use crate::store::db::Conn;
use crate::store::disputes;
use crate::store::error::StoreError;
use crate::store::open_items::OpenItem;
use crate::store::portal::owed::{Due, OnTime, Owed};

/// The extension or arrangement in force then, with what of each debt belonged to which installment. One query where there was one.
///
/// # Errors
/// Those of the database.
pub fn arrangement(
    conn: &mut Conn,
    (in_force, open): (&[InForce], &[OpenItem]),
    then: Then,
) -> Result<Option<(OnTime, Vec<Share>)>, StoreError> {
    let of = |matter: Matter| {
        in_force
            .iter()
            .filter(move |one| one.matter() == Some(matter))
    };
    let Some(head) = of(Matter::Arrangement).next() else {
        return Ok(None);
    };
    let (Some(number), Ok(kind)) = (
        head.reference
            .as_ref()
            .and_then(|text| text.parse::<ArrangementNumber>().ok()),
        head.word.parse::<ArrangementKind>(),
    ) else {
        return Ok(None);
    };
    let entry = |one: &InForce| {
        let id = one.reference.as_ref()?.parse().ok()?;
        Some((EntryId(id), one.amount(), one.other.unwrap_or_default()))
    };
    let covered: Vec<(EntryId, Money, i64)> = of(Matter::Covered).filter_map(entry).collect();
    let entries: Vec<EntryId> = covered.iter().map(|one| one.0).collect();
    let contests = as_then(disputes::list_contests(conn, &entries)?, then);
    let installment = |one: &InForce| {
        let due_on = one.day?;
        Some(Installment {
            due_on,
            amount: one.amount(),
        })
    };
    let mut cover = Cover {
        installments: of(Matter::Installment).filter_map(installment).collect(),
        debts: Vec::new(),
        not_before: head.day.map(|day| day + Days::new(DAYS_AFTER_RETURN)),
    };
    for item in open {
        let Some((entry, covered, agreed)) = covered.iter().find(|one| one.0 == item.entry_id)
        else {
            continue;
        };
        let contests: Vec<Contest> = contests
            .iter()
            .filter(|(of, _)| of == entry)
            .map(|(_, contest)| contest.clone())
            .collect();
        let agreed = Money::from_cents(*agreed);
        let is_open = |contest: &&Contest| contest.ended.is_none();
        let in_dispute = contests.iter().filter(is_open).map(|one| one.amount).sum();
        cover.debts.push(CoveredDebt {
            entry: *entry,
            due_on: item.due_on,
            covered: *covered,
            beside: beside(agreed, &contests, head.at),
            remaining: item.remaining,
            disputed: frozen(item.remaining, in_dispute),
            freed: freed(agreed, &contests, head.at),
        });
    }
    let on_time = OnTime {
        number,
        kind,
        grace_days: head
            .other
            .and_then(|days| u32::try_from(days).ok())
            .unwrap_or_default(),
        progress: cover.progress(),
    };
    Ok(Some((on_time, cover.shares())))
}

/// Disputes as they were known then: one of later is none, and one that ended later was open.
fn as_then(found: Vec<(EntryId, Contest)>, then: Then) -> Vec<(EntryId, Contest)> {
    let known = |(entry, mut contest): (EntryId, Contest)| {
        if contest.asked_at > then.at {
            return None;
        }
        if contest.closed_at.is_some_and(|at| at > then.at) {
            contest.ended = None;
            contest.closed_at = None;
        }
        Some((entry, contest))
    };
    found.into_iter().filter_map(known).collect()
}

/// The unpaid parts by the day on which each was to be paid then, earliest first.
#[must_use]
pub fn due(open: &[OpenItem], in_force: &[InForce], shares: &[Share]) -> Vec<Due> {
    let disputed = |bill: BillId| -> Money {
        let is_of =
            |one: &&InForce| one.matter() == Some(Matter::Dispute) && one.other == Some(bill.0);
        in_force.iter().filter(is_of).map(InForce::amount).sum()
    };
    let whole = |item: &OpenItem| {
        let bill = (item.source_kind == SourceKind::Bill).then_some(BillId(item.source_id));
        Due {
            due_on: item.due_on,
            remaining: item.remaining,
            disputed: bill.map_or(Money::ZERO, |bill| frozen(item.remaining, disputed(bill))),
            bill,
            is_arranged: false,
        }
    };
    let parts = |item: &OpenItem| {
        let own = shares.iter().filter(|share| share.entry == item.entry_id);
        whole(item).parts(own)
    };
    let mut due: Vec<Due> = open.iter().flat_map(parts).collect();
    due.sort_by_key(|item| item.due_on);
    due
}

/// What was owed and on its way then, as the home page worked it out.
#[must_use]
pub fn owed(
    balance: Money,
    payments: &[PaymentLine],
    (due, arrangement): (Vec<Due>, Option<OnTime>),
) -> Owed {
    let is_pending = |payment: &&PaymentLine| payment.state == PaymentState::Processing;
    Owed {
        balance,
        pending: payments
            .iter()
            .filter(is_pending)
            .map(|payment| payment.amount)
            .sum(),
        due,
        arrangement,
        ..Owed::default()
    }
}
