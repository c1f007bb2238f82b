//! What an account in scope owes: what is due when, what is on its way, and what else its page has to ask about.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Nullable, Timestamp};

use crate::domain::arrangements::{ArrangementKind, Asked, Progress, Share, asked};
use crate::domain::autopay::{Owing, Terms};
use crate::domain::ids::{AccountId, ArrangementNumber, BillId};
use crate::domain::money::Money;
use crate::domain::payments::amount_to_pay;
use crate::domain::premises::Commodity;
use crate::domain::scope::Scope;
use crate::store::any::native;
use crate::store::arrangements;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::portal::accounts::in_scope;
use crate::store::portal::owing;
use crate::store::scheduled_payments::{self, Waiting};
use crate::store::{deposit_told, deposits};

/// An unpaid part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// When it falls due: by itself, or with an installment.
    pub due_on: NaiveDate,
    /// What is still owed of it.
    pub remaining: Money,
    /// What of that is in dispute.
    pub disputed: Money,
    /// The bill it was asked for with.
    pub bill: Option<BillId>,
    /// Whether it is to be paid with an installment.
    pub is_arranged: bool,
}

impl Due {
    /// What of it nobody disputes.
    #[must_use]
    pub fn undisputed(&self) -> Money {
        self.remaining - self.disputed
    }

    /// The parts that are paid with installments, and what is left beside them.
    pub(in crate::store) fn parts<'a>(self, shares: impl Iterator<Item = &'a Share>) -> Vec<Self> {
        let mut rest = self;
        let mut parts = Vec::new();
        for share in shares {
            rest.remaining -= share.amount;
            parts.push(Self {
                due_on: share.due_on,
                remaining: share.amount,
                disputed: Money::ZERO,
                is_arranged: true,
                ..self
            });
        }
        parts.extend(rest.remaining.is_positive().then_some(rest));
        parts
    }
}

/// What an account owes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question that may be left out"
)]
pub struct Owed {
    /// The balance; negative where we owe the customer.
    pub balance: Money,
    /// What is on its way and not yet settled, in however many payments.
    pub pending: Money,
    /// Unpaid parts by due date, earliest first.
    pub due: Vec<Due>,
    /// What autopay is to charge next.
    pub next_charge: Option<NextCharge>,
    /// What the customer scheduled and is still to come, the next day first.
    pub scheduled: Vec<Waiting>,
    /// Whether an outage or planned work that is not over touches the account.
    pub has_outage: bool,
    /// Whether a hold of the account or something declared for everybody may keep its service on.
    pub may_be_protected: bool,
    /// Whether somebody is to come to the account's place.
    pub has_visit: bool,
    /// Whether it pays level amounts.
    pub has_plan: bool,
    /// In which services something was told lately to run unnoticed, and when the last word of it went out, in UTC.
    pub leaks_told: Vec<(Commodity, NaiveDateTime)>,
    /// How many requests are open, and how many of them wait for the customer.
    pub requests: (i64, i64),
    /// The extension or arrangement in force.
    pub arrangement: Option<OnTime>,
    /// The deposit that is asked for or held.
    pub deposit: Option<deposits::Standing>,
}

/// An arrangement in force, as far as the balance shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnTime {
    /// Its number.
    pub number: ArrangementNumber,
    /// An extension or installments.
    pub kind: ArrangementKind,
    /// Days after its date on which an installment is still in time.
    pub grace_days: u32,
    /// The installments as they stand.
    pub progress: Vec<Progress>,
}

impl OnTime {
    /// What the installments ask for today: the next one, and all whose day has come.
    #[must_use]
    pub fn asked(&self, today: NaiveDate) -> Option<Asked> {
        asked(&self.progress, today)
    }

    /// The last day on which an installment of a day is in time.
    #[must_use]
    pub fn last_day(&self, due_on: NaiveDate) -> NaiveDate {
        due_on + Days::new(u64::from(self.grace_days))
    }
}

/// A charge that autopay has planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextCharge {
    /// When.
    pub charge_on: NaiveDate,
    /// When its bill is due.
    pub due_on: NaiveDate,
    /// How much the customer was told.
    pub told: Option<Money>,
    /// What they allowed.
    pub terms: Terms,
}

impl Owed {
    /// When the earliest unpaid part that nobody disputes falls due.
    #[must_use]
    pub fn due_on(&self) -> Option<NaiveDate> {
        let mut due = self.due.iter();
        due.find(|item| item.undisputed().is_positive())
            .map(|item| item.due_on)
    }

    /// What is to be paid as far as nobody disputes it; of an arrangement only what is due up to the next installment or today. Nothing below
    /// zero.
    #[must_use]
    pub fn to_pay(&self, today: NaiveDate) -> Money {
        amount_to_pay(
            self.balance - self.disputed() - self.deferred(today),
            self.pending,
        )
    }

    /// What falls due first of what is neither in dispute nor part of an arrangement, and when: the debts of that day.
    #[must_use]
    pub fn beside(&self) -> Option<(Money, NaiveDate)> {
        let own = |item: &&Due| !item.is_arranged && item.undisputed().is_positive();
        let day = self.due.iter().find(own)?.due_on;
        let of_day = self
            .due
            .iter()
            .filter(own)
            .filter(|item| item.due_on == day);
        Some((of_day.map(Due::undisputed).sum(), day))
    }

    /// What an arrangement asks for today, and what is owed beside it up to the same day: together they keep the account current.
    #[must_use]
    pub fn asked(&self, today: NaiveDate) -> Option<(Asked, Money)> {
        let asked = self.arrangement.as_ref()?.asked(today)?;
        let by_then = |item: &&Due| !item.is_arranged && item.due_on <= asked.until;
        let beside = self.due.iter().filter(by_then);
        Some((asked, beside.map(Due::undisputed).sum()))
    }

    /// What of an arrangement is due after its next installment, and after today.
    #[must_use]
    pub fn deferred(&self, today: NaiveDate) -> Money {
        let arranged = || self.due.iter().filter(|item| item.is_arranged);
        let next = arranged().map(|item| item.due_on.max(today)).min();
        let later = arranged().filter(|item| next.is_some_and(|next| item.due_on > next));
        later.map(Due::undisputed).sum()
    }

    /// What autopay takes next, and when; none where it takes nothing.
    #[must_use]
    pub fn ahead(&self) -> Option<(Money, NaiveDate)> {
        let next = self.next_charge?;
        let due = self.due.iter().filter(|item| item.due_on <= next.due_on);
        let owing = Owing {
            balance: self.balance - self.disputed(),
            due: due.map(Due::undisputed).sum(),
            pending: self.pending + self.scheduled_until(next.charge_on),
        };
        let amount = next.terms.amount(owing, next.charge_on).ok()?;
        let amount = next.told.map_or(amount, |told| amount.min(told));
        Some((amount, next.charge_on))
    }

    /// How much is scheduled until a day, that day included: autopay counts it as on its way.
    #[must_use]
    pub fn scheduled_until(&self, until: NaiveDate) -> Money {
        let due = self.scheduled.iter().filter(|next| next.pay_on <= until);
        due.map(|next| next.amount).sum()
    }

    /// What was due before today and is neither in dispute nor part of an arrangement.
    #[must_use]
    pub fn past_due(&self, today: NaiveDate) -> Money {
        self.due
            .iter()
            .filter(|item| item.due_on < today && !item.is_arranged)
            .map(Due::undisputed)
            .sum()
    }

    /// What is in dispute of what is owed.
    #[must_use]
    pub fn disputed(&self) -> Money {
        self.due.iter().map(|item| item.disputed).sum()
    }
}

#[derive(QueryableByName)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question that may be left out"
)]
struct Sums {
    #[diesel(sql_type = BigInt)]
    balance: Money,
    #[diesel(sql_type = BigInt)]
    pending: Money,
    #[diesel(sql_type = Nullable<Date>)]
    charge_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    due_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<BigInt>)]
    told: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    cap: Option<i64>,
    #[diesel(sql_type = Nullable<Date>)]
    agreed_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    paused_until: Option<NaiveDate>,
    #[diesel(sql_type = Bool)]
    has_outage: bool,
    #[diesel(sql_type = Bool)]
    may_be_protected: bool,
    #[diesel(sql_type = Bool)]
    has_visit: bool,
    #[diesel(sql_type = Bool)]
    has_plan: bool,
    #[diesel(sql_type = Nullable<Timestamp>)]
    water_leak_at: Option<NaiveDateTime>,
    #[diesel(sql_type = Nullable<Timestamp>)]
    electric_leak_at: Option<NaiveDateTime>,
    #[diesel(sql_type = BigInt)]
    open_requests: i64,
    #[diesel(sql_type = BigInt)]
    waiting_requests: i64,
    #[diesel(sql_type = Bool)]
    has_arrangement: bool,
    #[diesel(sql_type = Bool)]
    has_scheduled: bool,
    #[diesel(sql_type = Bool)]
    has_deposit: bool,
}

impl Sums {
    fn leaks_told(&self) -> Vec<(Commodity, NaiveDateTime)> {
        let water = self.water_leak_at.map(|at| (Commodity::Water, at));
        let electric = self.electric_leak_at.map(|at| (Commodity::Electric, at));
        water.into_iter().chain(electric).collect()
    }

    fn next_charge(&self) -> Option<NextCharge> {
        Some(NextCharge {
            charge_on: self.charge_on?,
            due_on: self.due_on?,
            told: self.told.map(Money::from_cents),
            terms: Terms {
                day_of_month: None,
                cap: self.cap.map(Money::from_cents),
                agreed_on: self.agreed_on?,
                paused_until: self.paused_until,
            },
        })
    }
}

/// A leak is told once in a period: whoever was told so many days ago may have it still.
const LEAK_DAYS: u64 = 40;

const SUMS: &str = "SELECT CAST(COALESCE((SELECT SUM(e.receivable_cents) FROM ledger_entries e WHERE e.account_id = $1), 0) AS BIGINT) AS balance, \
                           CAST(COALESCE((SELECT SUM(p.amount_cents) FROM payments p WHERE p.account_id = $1 AND p.state = 'processing'), 0) AS BIGINT) AS pending, \
                           n.charge_on AS charge_on, n.due_on AS due_on, n.told_cents AS told, n.cap_cents AS cap, \
                           n.agreed_on AS agreed_on, n.paused_until AS paused_until, \
                           EXISTS (SELECT 1 FROM outage_accounts t JOIN outages u ON u.id = t.outage_id \
                                   WHERE t.account_id = $1 AND u.status IN ('planned', 'going_on')) AS has_outage, \
                           (EXISTS (SELECT 1 FROM holds h WHERE h.account_id = $1) \
                            OR EXISTS (SELECT 1 FROM moratoria m WHERE m.until_on > $2)) AS may_be_protected, \
                           EXISTS (SELECT 1 FROM service_orders v WHERE v.account_id = $1 AND v.closed_on IS NULL AND v.appointed_on >= $2) AS has_visit, \
                           EXISTS (SELECT 1 FROM budget_plans b WHERE b.account_id = $1 AND b.state = 'open') AS has_plan, \
                           (SELECT MAX(l.created_at) FROM notices l WHERE l.account_id = $1 AND l.kind = 'leak' \
                            AND l.created_at >= $3 AND l.source_key LIKE 'leak:%:water:%') AS water_leak_at, \
                           (SELECT MAX(l.created_at) FROM notices l WHERE l.account_id = $1 AND l.kind = 'leak' \
                            AND l.created_at >= $3 AND l.source_key LIKE 'leak:%:electric:%') AS electric_leak_at, \
                           CAST((SELECT COUNT(*) FROM service_requests q \
                                 WHERE q.account_id = $1 AND q.closed_on IS NULL) AS BIGINT) AS open_requests, \
                           CAST((SELECT COUNT(*) FROM service_requests w \
                                 WHERE w.account_id = $1 AND w.state = 'waiting') AS BIGINT) AS waiting_requests, \
                           EXISTS (SELECT 1 FROM arrangements r WHERE r.account_id = $1 AND r.state = 'open') AS has_arrangement, \
                           EXISTS (SELECT 1 FROM scheduled_payments s \
                                   WHERE s.account_id = $1 AND s.state IN ('planned', 'asked')) AS has_scheduled, \
                           EXISTS (SELECT 1 FROM deposits d WHERE d.account_id = $1 AND d.ended_on IS NULL) AS has_deposit \
                    FROM (SELECT 1 AS one) o LEFT JOIN (\
                        SELECT c.charge_on, c.due_on, c.told_cents, a.cap_cents, a.agreed_on, a.paused_until \
                        FROM autopay_enrolments a JOIN autopay_charges c ON c.enrolment_id = a.id \
                        WHERE a.account_id = $1 AND a.ended_at IS NULL AND c.state = 'planned' \
                        ORDER BY c.charge_on, c.id LIMIT 1) n ON o.one = 1";

/// What the account owes this minute, what is on its way and what is charged next by itself, in two questions; one more where something is
/// scheduled, and a few more while an arrangement is in force or a deposit is asked for or held.
pub fn find(conn: &mut Conn, scope: &Scope, account: AccountId) -> Result<Owed, StoreError> {
    let held = in_scope(scope, account)?;
    let today = scope.day().unwrap_or_default();
    let since = today.checked_sub_days(Days::new(LEAK_DAYS));
    let sums: Sums = native!(conn, |c| diesel::sql_query(SUMS)
        .bind::<BigInt, _>(held.0)
        .bind::<Date, _>(today)
        .bind::<Timestamp, _>(since.unwrap_or(today).and_time(NaiveTime::MIN))
        .kept()
        .get_result(c))?;
    let open = if sums.has_arrangement {
        arrangements::list_open(conn, &[held])?.pop()
    } else {
        None
    };
    let scheduled = if sums.has_scheduled {
        scheduled_payments::list_waiting(conn, held)?
    } else {
        Vec::new()
    };
    let deposit = if sums.has_deposit {
        deposit_told::find(conn, held)?
    } else {
        None
    };
    let shares = open.as_ref().map(|open| open.cover.shares());
    let due = owing::list_due(conn, &[held], &shares.unwrap_or_default())?;
    Ok(Owed {
        balance: sums.balance,
        pending: sums.pending,
        due: due.into_iter().map(|(_, item)| item).collect(),
        next_charge: sums.next_charge(),
        scheduled,
        has_outage: sums.has_outage,
        may_be_protected: sums.may_be_protected,
        has_visit: sums.has_visit,
        has_plan: sums.has_plan,
        leaks_told: sums.leaks_told(),
        requests: (sums.open_requests, sums.waiting_requests),
        arrangement: open.map(owing::on_time),
        deposit,
    })
}
