//! What the account screen shows, read: at most eleven queries whatever the account holds, beside the one that knows who asks. What the figures
//! say is not there is not asked for.

use chrono::{Days, NaiveDate, NaiveDateTime};

use crate::domain::aging::Aging;
use crate::domain::ids::{AccountId, AccountNumber, ArrangementNumber};
use crate::domain::money::Money;
use crate::i18n::Words;
use crate::store::account_figures::{self, ByHand, Counts, Figures, Paid};
use crate::store::account_history;
use crate::store::account_matters::{self, Asked, Charged, Coming, Finding, Invited, Out};
use crate::store::account_open::{OpenRequest, Returned, Waiting};
use crate::store::account_screen::{self, Service, Standing};
use crate::store::arrangements;
use crate::store::audit::{self, Wanted};
use crate::store::db::Conn;
use crate::store::debts::{self, OpenDebt};
use crate::store::error::StoreError;
use crate::store::notes::NoteRow;
use crate::store::open_items::OpenItem;
use crate::store::shutoff::{Around, Known, Place, facts};
use crate::store::{account_people, account_services, deposit_told, holds};
use crate::usecases::budget_plans;
use crate::usecases::shutoff;
use crate::web::office::account_tabs::{Rows, Shown, Tab};
use crate::web::office::account_usage::{self, UsageLine};
use crate::web::office::holds::card::Card;
use crate::web::office::ledger_lines;
use crate::web::office::orders::card::Card as OrdersCard;
use crate::web::request_view::title;
use crate::web::scheduled_view::SCHEDULED_SHOWN;

/// So long a broken arrangement is news.
const BROKEN_NEWS: Days = Days::new(60);

/// How many notes stand beside the tab.
const NOTES: i64 = 5;

/// What the customer asked for, with its name.
pub struct RequestLine {
    /// The request.
    pub row: OpenRequest,
    /// What is asked for, in words.
    pub title: String,
}

/// One account as the screen shows it.
pub struct Screen {
    /// Who and where.
    pub standing: Standing,
    /// What is owed in all; negative where money is held.
    pub balance: Money,
    /// What is owed, by age.
    pub aging: Aging,
    /// The open debts, the oldest first.
    pub open: Vec<OpenItem>,
    /// The latest payment that counts.
    pub last_payment: Option<Paid>,
    /// The latest bill that went out: what it came to, and its day.
    pub last_bill: Option<(Money, NaiveDate)>,
    /// Payments on their way.
    pub pending: Money,
    /// What is charged by itself.
    pub autopay: Option<Charged>,
    /// What the customer scheduled: still to come, or not charged of late.
    pub scheduled: Vec<Coming>,
    /// How much history there is.
    pub counts: Counts,
    /// What needs a person.
    pub exceptions: Vec<Finding>,
    /// Who was invited to it and has not answered.
    pub invited: Vec<Invited>,
    /// What the customer asked for and disputes, still open.
    pub requests: Vec<RequestLine>,
    /// What crews are to do for it.
    pub orders: OrdersCard,
    /// What waits for a second person.
    pub waiting: Vec<Waiting>,
    /// Payments that went back, with none since.
    pub returned: Vec<Returned>,
    /// What is in dispute and still unpaid.
    pub disputed: Money,
    /// What people decided over its balance that is not done with.
    pub by_hand: ByHand,
    /// What the level payment plan in force puts off.
    pub level_plan: Option<Money>,
    /// The extension or arrangement in force.
    pub arrangement: Option<arrangements::Standing>,
    /// One that was broken lately, where none is in force since, and the day of it.
    pub broken: Option<(ArrangementNumber, NaiveDate)>,
    /// What protects it, and whether it may be shut off today.
    pub holds: Card,
    /// The latest notes.
    pub notes: Vec<NoteRow>,
    /// Usage of the latest bills, for the line beside the services.
    pub usage: Vec<UsageLine>,
    /// What is out, or planned, at its place.
    pub outages: Vec<Out>,
    /// The tab's rows.
    pub rows: Rows,
}

impl Screen {
    /// Whether anybody follows it on the portal.
    pub fn has_portal(&self) -> bool {
        !self.standing.logins.is_empty()
    }

    /// How many do.
    pub fn logins(&self) -> i64 {
        i64::try_from(self.standing.logins.len()).unwrap_or(i64::MAX)
    }

    /// Whether any of its services is suspended.
    pub fn has_suspension(&self) -> bool {
        let is_suspended = |service: &Service| service.suspended.is_some();
        self.standing.services.iter().any(is_suspended)
    }
}

/// Reads the screen. Six queries for an account that owes nothing, one of them for the tab's rows (the usage is read anyway): its figures, its
/// people, its services, what stands open, its usage. One more each where it owes anything, was ever protected or asked for a deposit, has an
/// arrangement in force, or pays level amounts: eleven at the most.
pub fn load(
    conn: &mut Conn,
    number: &AccountNumber,
    shown: Shown,
    (on, now, t): (NaiveDate, NaiveDateTime, Words),
) -> Result<Option<Screen>, StoreError> {
    let Some(figures) = account_figures::find(conn, number, on)? else {
        return Ok(None);
    };
    let (id, has) = (figures.head.id, figures.has);
    let people = account_people::list(conn, id, on)?;
    let services = account_services::list(conn, id, on)?;
    let matters = account_matters::list(conn, id, asked(shown, (on, now)))?;
    let debts = if_any(has.debts, || debts::list(conn, id))?;
    let usage = if_any(figures.counts.bills > 0, || {
        account_usage::list(conn, id, on)
    })?;
    let rows = rows(conn, &figures, shown, (&services, &usage))?;
    let holds = protection(conn, &figures, (&services, &debts, &matters.around), on)?;
    let arrangement = if_any(has.arrangement, || {
        arrangements::find_in_force(conn, id, &debts)
    })?;
    let deposit = if_any(has.deposit, || deposit_told::find(conn, id))?;
    let level_plan = if_any(has.plan, || {
        budget_plans::put_off(conn, id, figures.chart.as_deref()).map(Some)
    })?;
    let due = debts
        .iter()
        .map(|debt| (debt.item.due_on, debt.item.remaining));
    Ok(Some(Screen {
        aging: Aging::on(on, due),
        disputed: debts.iter().map(OpenDebt::disputed).sum(),
        open: debts.into_iter().map(|debt| debt.item).collect(),
        balance: figures.balance,
        pending: figures.pending,
        counts: figures.counts,
        by_hand: figures.by_hand,
        last_payment: figures.last_payment,
        last_bill: figures.last_bill,
        broken: figures.broken.filter(|(_, day)| *day > on - BROKEN_NEWS),
        autopay: matters.autopay,
        scheduled: matters.scheduled,
        exceptions: matters.findings,
        invited: matters.invited,
        requests: matters
            .requests
            .into_iter()
            .map(|row| titled(row, t))
            .collect(),
        orders: OrdersCard {
            orders: matters.orders,
            deposit,
        },
        waiting: matters.waiting,
        returned: matters.returned,
        notes: matters.notes,
        outages: matters.outages,
        standing: Standing {
            head: figures.head,
            people,
            services,
            logins: matters.logins,
        },
        level_plan,
        arrangement,
        holds,
        usage,
        rows,
    }))
}

/// Asks only for what there is.
fn if_any<T: Default>(
    is_there: bool,
    ask: impl FnOnce() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    if is_there { ask() } else { Ok(T::default()) }
}

fn asked(shown: Shown, (on, now): (NaiveDate, NaiveDateTime)) -> Asked {
    let is_their_tab = shown.tab == Tab::Contacts;
    Asked {
        on,
        now,
        scheduled_since: on - SCHEDULED_SHOWN,
        notes: if is_their_tab { shown.limit() } else { NOTES },
    }
}

fn titled(row: OpenRequest, t: Words) -> RequestLine {
    RequestLine {
        title: title(t, row.kind, &row.answers),
        row,
    }
}

/// The rows of the tab that is shown. One query at the most.
fn rows(
    conn: &mut Conn,
    figures: &Figures,
    shown: Shown,
    (services, usage): (&[Service], &[UsageLine]),
) -> Result<Rows, StoreError> {
    let (id, limit) = (figures.head.id, shown.limit());
    Ok(match shown.tab {
        Tab::Ledger => Rows::Ledger(ledger_lines::list(conn, id, (figures.balance, limit))?),
        Tab::Bills => Rows::Bills(account_history::list_bills(conn, id, limit)?),
        Tab::Payments => Rows::Payments(account_history::list_payments(conn, id, limit)?),
        Tab::Usage => Rows::Usage(usage.to_vec()),
        Tab::Reads => Rows::Reads(account_screen::list_reads(conn, services, limit)?),
        Tab::Contacts => Rows::Contacts(account_history::list_notices(conn, id, limit)?),
        Tab::Audit => Rows::Audit(audit::list(conn, &all_of(id, limit))?),
    })
}

fn all_of(account: AccountId, limit: i64) -> Wanted {
    Wanted {
        account: Some(account),
        action: String::new(),
        limit,
        offset: 0,
    }
}

/// What protects the account, and whether it may be shut off on the day. One query at the most.
fn protection(
    conn: &mut Conn,
    figures: &Figures,
    (services, debts, around): (&[Service], &[OpenDebt], &Around),
    on: NaiveDate,
) -> Result<Card, StoreError> {
    let (holds, answered) = if_any(figures.has.holds, || {
        holds::list_with_answers(conn, figures.head.id)
    })?;
    let is_served = |service: &&Service| !service.is_to_come(on) && service.is_going_on(on);
    let served = services.iter().filter(is_served);
    let places: Vec<Place> = served.map(|service| service.place.clone()).collect();
    let known = Known {
        class: figures.head.class,
        status: figures.head.status,
        pending: figures.pending,
        places: &places,
        debts,
        holds: (&holds, &answered),
        around,
    };
    let policy = figures.shutoff_policy.as_deref();
    Ok(Card {
        verdict: shutoff::verdict(policy, &facts(&known, on), on)?,
        low_income: figures.low_income,
        holds,
        answered,
        today: on,
    })
}
