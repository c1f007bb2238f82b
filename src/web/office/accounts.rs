//! The account screen: one page with everything a call needs, live while it is open. The tab says which history is read.

use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::{Days, NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use rust_decimal::Decimal;

use crate::app::App;
use crate::documents::charts;
use crate::domain::access::Access;
use crate::domain::aging::{Aging, Bucket};
use crate::domain::arrangements::{ArrangementState, Past};
use crate::domain::bills::{self, BillStage};
use crate::domain::exceptions::ExceptionStatus;
use crate::domain::ids::{AccountId, AccountNumber};
use crate::domain::ledger::SourceKind;
use crate::domain::money::Money;
use crate::domain::notes::NoteKind;
use crate::domain::payments::PaymentState;
use crate::domain::premises::Commodity;
use crate::domain::scheduled_payments::ScheduledState;
use crate::domain::staff::{Permission, Role};
use crate::i18n::{Html, Words};
use crate::store::account_history::{self, BillLine, Counts, PaymentLine};
use crate::store::account_screen::{self, Service, Standing};
use crate::store::arrangements;
use crate::store::audit::{self, Wanted};
use crate::store::autopay::{self, EnrolmentRow};
use crate::store::corrections::{self, ByHand};
use crate::store::db::Conn;
use crate::store::disputes;
use crate::store::error::StoreError;
use crate::store::exceptions::{self, ExceptionRow};
use crate::store::notes::{self, NoteRow};
use crate::store::open_items::{self, OpenItem};
use crate::store::outages::{self, OutageRow};
use crate::store::payment_methods::MethodRow;
use crate::store::requests;
use crate::store::scheduled_payments::{self, ScheduledRow};
use crate::store::sharing::{self, InvitationRow};
use crate::web::chrome::Chrome;
use crate::web::form::Form;
use crate::web::office::account_as_of::{self, Asked};
use crate::web::office::account_tabs::{Rows, Shown, Tab};
use crate::web::office::account_usage::{self, UsageLine};
use crate::web::office::holds::card::Card;
use crate::web::office::ledger_lines;
use crate::web::office::orders::card::Card as OrdersCard;
use crate::web::office::requests::{Line, with_names};
use crate::web::scheduled_view::SCHEDULED_SHOWN;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page};

/// How many open requests are shown.
const REQUESTS: i64 = 10;

/// So long a broken arrangement is news.
const BROKEN_NEWS: Days = Days::new(60);

/// One account as the screen shows it, without words.
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
    pub last_payment: Option<PaymentLine>,
    /// Payments on their way.
    pub pending: Money,
    /// What is charged by itself, and by which way to pay.
    pub autopay: Option<(EnrolmentRow, MethodRow)>,
    /// What the customer scheduled: still to come, or not charged of late.
    pub scheduled: Vec<(ScheduledRow, MethodRow)>,
    /// How much history there is.
    pub counts: Counts,
    /// What needs a person.
    pub exceptions: Vec<ExceptionRow>,
    /// Who was invited to it and has not answered.
    pub invited: Vec<InvitationRow>,
    /// What the customer asked for and disputes, still open.
    pub requests: Vec<Line>,
    /// What crews are to do for it.
    pub orders: OrdersCard,
    /// What is in dispute and still unpaid.
    pub disputed: Money,
    /// What people decided over its balance that is not done with.
    pub by_hand: ByHand,
    /// The level payment plan in force, and what it puts off.
    pub level_plan: Option<(crate::store::budget_plans::PlanRow, Money)>,
    /// The extension or arrangement in force.
    pub arrangement: Option<arrangements::Standing>,
    /// One that was broken lately, where none is in force since.
    pub broken: Option<Past>,
    /// What protects it, and whether it may be shut off today.
    pub holds: Card,
    /// The latest notes.
    pub notes: Vec<NoteRow>,
    /// Usage of the latest bills, for the line beside the services.
    pub usage: Vec<UsageLine>,
    /// What is out, or planned, at its place.
    pub outages: Vec<OutageRow>,
    /// The tab's rows.
    pub rows: Rows,
}

impl Screen {
    fn has_portal(&self) -> bool {
        !self.standing.logins.is_empty()
    }

    fn logins(&self) -> i64 {
        i64::try_from(self.standing.logins.len()).unwrap_or(i64::MAX)
    }

    fn has_suspension(&self) -> bool {
        let is_suspended = |service: &Service| service.suspended.is_some();
        self.standing.services.iter().any(is_suspended)
    }
}

/// A payment of which some is on the account still.
const KEPT: [PaymentState; 2] = [PaymentState::Succeeded, PaymentState::RefundedPart];

fn all_of(account: AccountId, limit: i64) -> Wanted {
    Wanted {
        account: Some(account),
        action: String::new(),
        limit,
        offset: 0,
    }
}

/// Reads the screen: a fixed number of queries, whatever the account holds.
pub fn load(
    conn: &mut Conn,
    number: &AccountNumber,
    shown: Shown,
    (on, now, t): (NaiveDate, NaiveDateTime, Words),
) -> Result<Option<Screen>, StoreError> {
    let Some(standing) = account_screen::find(conn, number, on)? else {
        return Ok(None);
    };
    let (id, limit) = (standing.head.id, shown.limit());
    let open = open_items::list(conn, id)?;
    let payments = account_history::list_payments(conn, id, limit)?;
    let usage = account_usage::list(conn, id, on)?;
    let filter = exceptions::Filter {
        status: Some(ExceptionStatus::Open),
        account: Some(id),
        ..exceptions::Filter::default()
    };
    let rows = match shown.tab {
        Tab::Ledger => Rows::Ledger(ledger_lines::list(conn, id, limit)?),
        Tab::Bills => Rows::Bills(account_history::list_bills(conn, id, limit)?),
        Tab::Payments => Rows::Payments(payments.clone()),
        Tab::Usage => Rows::Usage(usage.clone()),
        Tab::Reads => Rows::Reads(account_screen::list_reads(conn, &standing.services, limit)?),
        Tab::Contacts => Rows::Contacts(account_history::list_notices(conn, id, limit)?),
        Tab::Audit => Rows::Audit(audit::list(conn, &all_of(id, limit))?),
    };
    let asked = requests::Filter {
        is_open: true,
        account: Some(id),
        ..requests::Filter::default()
    };
    let asked = requests::list(conn, &asked, (REQUESTS, 0))?;
    let (disputed, _) = disputes::open_sums(conn, id, on)?;
    let latest = arrangements::find_latest(conn, id)?;
    let is_news = |past: &Past| {
        past.state == ArrangementState::Broken
            && past.ended_on.is_some_and(|day| day > on - BROKEN_NEWS)
    };
    let last_payment = payments.iter().find(|one| KEPT.contains(&one.state));
    Ok(Some(Screen {
        requests: with_names(conn, asked, (t, on))?,
        invited: sharing::list_open(conn, id, now)?,
        disputed,
        by_hand: corrections::find_by_hand(conn, id)?,
        holds: Card::load(conn, id, on)?,
        orders: OrdersCard::load(conn, (id, &standing.services))?,
        arrangement: arrangements::list_open(conn, &[id])?.pop(),
        level_plan: crate::usecases::budget_plans::find_open(conn, id, on)?,
        broken: latest.filter(is_news),
        balance: crate::store::ledger::balance(conn, id, None)?,
        autopay: autopay::find_with_method(conn, id)?,
        scheduled: scheduled_payments::list(conn, id, on - SCHEDULED_SHOWN)?,
        aging: Aging::on(on, open.iter().map(|item| (item.due_on, item.remaining))),
        last_payment: last_payment.cloned(),
        pending: payments
            .iter()
            .filter(|payment| payment.state == PaymentState::Processing)
            .map(|payment| payment.amount)
            .sum(),
        counts: account_history::count(conn, id)?,
        exceptions: exceptions::list(conn, &filter, 10, 0)?,
        notes: notes::list(conn, id, if shown.tab == Tab::Contacts { limit } else { 5 })?,
        outages: outages::list_open_of(conn, id)?,
        standing,
        open,
        usage,
        rows,
    }))
}

/// GET /office/accounts/{number}
pub async fn show(
    app: Data<App>,
    (chrome, staff): (Chrome, StaffMember),
    path: Path<String>,
    shown: Query<Shown>,
    asked: Query<Asked>,
) -> PageResult {
    if let Some(as_of) = &asked.as_of {
        return account_as_of::show(&app, chrome, &path, (*shown, as_of.as_str())).await;
    }
    let form = Form::default();
    page(&screen(&app, chrome, &staff, &path, (*shown, form)).await?)
}

/// The screen of an account, with a note's form as it was sent.
pub async fn screen(
    app: &App,
    chrome: Chrome,
    staff: &StaffMember,
    number: &str,
    (shown, form): (Shown, Form),
) -> Result<Show, PageError> {
    let number: AccountNumber = number
        .parse()
        .map_err(|_not_a_number| PageError::NotFound)?;
    let (today, now) = (app.clock.today(), app.clock.world_now());
    let t = chrome.t;
    let screen = app
        .db
        .read(move |conn| load(conn, &number, shown, (today, now, t)))
        .await?
        .ok_or(PageError::NotFound)?;
    Ok(Show {
        t: chrome.t,
        zone: app.clock.zone(),
        today,
        shown,
        screen,
        form,
        role: staff.role,
        chrome,
    })
}

/// The account screen.
#[derive(Template)]
#[template(path = "office/accounts/show.html", blocks = ["live"])]
pub struct Show {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    today: NaiveDate,
    shown: Shown,
    screen: Screen,
    form: Form,
    role: Role,
}

impl Show {
    /// The last day of an invitation, in the utility's zone.
    fn last_day(&self, row: &InvitationRow) -> NaiveDate {
        row.ends_at.and_utc().with_timezone(&self.zone).date_naive()
    }

    /// The account's own row id, for the live stream.
    pub fn account(&self) -> AccountId {
        self.screen.standing.head.id
    }

    /// The part of the page that is kept true while it is open.
    pub fn live(&self) -> Result<String, PageError> {
        self.as_live().render().map_err(PageError::fault)
    }

    fn tabs(&self) -> [(Tab, String, Option<i64>); 7] {
        let counts = self.screen.counts;
        Tab::ALL.map(|tab| {
            let count = match tab {
                Tab::Bills => Some(counts.bills),
                Tab::Payments => Some(counts.payments),
                Tab::Contacts => Some(counts.notices),
                Tab::Ledger | Tab::Usage | Tab::Reads | Tab::Audit => None,
            };
            (tab, self.t.account_tab(tab.word()), count)
        })
    }

    /// The debt that falls due next, as "Nov bill due Dec 8" says it.
    fn next_due(&self) -> Option<NaiveDate> {
        let coming = |item: &&OpenItem| item.due_on >= self.today;
        self.screen.open.iter().find(coming).map(|item| item.due_on)
    }

    /// How many days the oldest debt is past due.
    fn oldest_days(&self) -> Option<i64> {
        let oldest = self.screen.open.first()?;
        Some((self.today - oldest.due_on).num_days()).filter(|days| *days > 0)
    }

    fn ages(&self) -> Vec<(String, Money)> {
        Bucket::ALL
            .iter()
            .map(|bucket| {
                let name = self.t.aging_bucket(bucket_key(*bucket));
                (name, self.screen.aging.bucket(*bucket))
            })
            .collect()
    }

    fn aging_bar(&self) -> Html<String> {
        charts::aging(&self.ages())
    }

    /// What is still owed of a bill.
    fn remaining(&self, bill: &BillLine) -> Option<Money> {
        let of_bill =
            |item: &&OpenItem| item.source_kind == SourceKind::Bill && item.source_id == bill.id.0;
        self.screen
            .open
            .iter()
            .find(of_bill)
            .map(|item| item.remaining)
    }

    /// The word for where a bill stands.
    fn stage(&self, bill: &BillLine) -> BillStage {
        let standing = bills::Standing {
            status: bill.status,
            is_canceled: bill.canceled_on.is_some(),
            is_open: self.remaining(bill).is_some(),
            due_on: bill.due_on,
            delivery: bill.delivery,
        };
        standing.stage(self.today)
    }

    /// What was used of a service in its latest bill: at the same place, not at the one before it.
    fn last_used(&self, service: &Service) -> Option<&UsageLine> {
        let same = |line: &&UsageLine| line.agreement == service.id;
        self.screen.usage.iter().find(same)
    }

    /// The line of the first metered service's last thirteen bills, oldest first.
    fn spark(&self) -> Option<(Commodity, Html<String>)> {
        let commodity = self.screen.usage.first()?.commodity;
        let mut values: Vec<Decimal> = self
            .screen
            .usage
            .iter()
            .filter(|line| line.commodity == commodity)
            .take(13)
            .map(UsageLine::a_day)
            .collect();
        values.reverse();
        if values.len() < 2 {
            return None;
        }
        let label = self.t.account_spark_label(commodity.as_str());
        Some((commodity, charts::sparkline(&values, &label)))
    }

    /// Until when autopay is paused, where it is.
    fn paused(&self) -> Option<NaiveDate> {
        let (enrolment, _) = self.screen.autopay.as_ref()?;
        enrolment.paused_until.filter(|day| *day > self.today)
    }

    fn delivery(&self) -> &'static str {
        let head = &self.screen.standing.head;
        match (head.paper, head.email) {
            (true, true) => "both",
            (true, false) => "paper",
            (false, true) => "email",
            (false, false) => "portal",
        }
    }

    /// Where the tab shows all of its rows, where it does not yet.
    fn all_rows(&self) -> Option<String> {
        let number = &self.screen.standing.head.number;
        self.screen.rows.all_at(number, self.shown)
    }

    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }

    fn note_kinds(&self) -> Vec<(&'static str, String)> {
        NoteKind::ALL
            .iter()
            .map(|kind| (kind.as_str(), self.t.note_kind(kind.as_str())))
            .collect()
    }
}

pub(super) const fn bucket_key(bucket: Bucket) -> &'static str {
    match bucket {
        Bucket::Current => "current",
        Bucket::To30 => "to30",
        Bucket::To60 => "to60",
        Bucket::To90 => "to90",
        Bucket::To120 => "to120",
        Bucket::Over120 => "over120",
    }
}
