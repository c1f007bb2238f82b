//! The account screen: one page with everything a call needs, live while it is open. The tab says which history is read.

use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use rust_decimal::Decimal;

use crate::app::App;
use crate::documents::charts;
use crate::domain::access::Access;
use crate::domain::aging::Bucket;
use crate::domain::bills::{self, BillStage};
use crate::domain::customers::ContactKind;
use crate::domain::ids::{AccountId, AccountNumber, ServiceAgreementId};
use crate::domain::ledger::SourceKind;
use crate::domain::money::Money;
use crate::domain::notes::NoteKind;
use crate::domain::premises::Commodity;
use crate::domain::scheduled_payments::ScheduledState;
use crate::domain::staff::{Permission, Role};
use crate::i18n::{Html, Words};
use crate::store::account_history::BillLine;
use crate::store::account_matters::Invited;
use crate::store::account_screen::Service;
use crate::store::open_items::OpenItem;
use crate::web::chrome::Chrome;
use crate::web::form::Form;
use crate::web::office::account_as_of::{self, Asked};
use crate::web::office::account_attention::{self, Task};
use crate::web::office::account_load::{Screen, load};
use crate::web::office::account_tabs::{Rows, Shown, Tab};
use crate::web::office::account_usage::{self, UsageLine};
use crate::web::office::arrangements;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page};

/// How many digits of a telephone number a caller is asked for.
const ASKED_DIGITS: usize = 4;

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
    fn last_day(&self, row: &Invited) -> NaiveDate {
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

    /// What needs a person, beside findings and arrangements.
    fn tasks(&self) -> Vec<Task> {
        account_attention::list(&self.screen, self.t, self.today)
    }

    /// The last digits of the telephone numbers of the account's people.
    fn phones(&self) -> Vec<String> {
        let people = self.screen.standing.people.iter();
        let contacts = people.flat_map(|person| person.contacts.iter());
        let phones = contacts.filter(|contact| contact.kind == ContactKind::Phone);
        phones.map(|contact| last_digits(&contact.value)).collect()
    }

    /// How many lines stand under what needs attention.
    fn attention(&self, tasks: &[Task]) -> usize {
        let screen = &self.screen;
        let late = screen.arrangement.as_ref();
        let others = [
            screen.broken.is_some(),
            late.is_some_and(|open| arrangements::is_late(open, self.today)),
            screen.standing.served_until(self.today).is_some(),
        ];
        let others = others.into_iter().filter(|is_there| *is_there).count();
        [tasks.len(), screen.exceptions.len(), others].iter().sum()
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

    /// The line of the last thirteen bills of the service that is worth a look, oldest first.
    fn spark(&self) -> Option<(Commodity, Html<String>)> {
        let findings = self.screen.exceptions.iter();
        let found: Vec<ServiceAgreementId> = findings.filter_map(|one| one.agreement).collect();
        let commodity = account_usage::telling(&self.screen.usage, &found)?;
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
        let charged = self.screen.autopay.as_ref()?;
        charged.paused_until.filter(|day| *day > self.today)
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

/// What of a telephone number a caller is asked for.
fn last_digits(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    let before = digits.len().saturating_sub(ASKED_DIGITS);
    digits.into_iter().skip(before).collect()
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
