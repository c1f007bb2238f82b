//! The account screen as it stood at a moment of the past: the same history, money and people, as far as they were known by then; what the customer saw;
//! and nothing that changes anything.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use askama::Template;
use chrono::{Days, NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use serde::Deserialize;

use crate::app::App;
use crate::documents::charts;
use crate::domain::aging::{Aging, Bucket};
use crate::domain::bills::{self, BillStage};
use crate::domain::ids::{AccountNumber, BillNumber, CustomerId};
use crate::domain::ledger::SourceKind;
use crate::domain::money::Money;
use crate::domain::past::{Matter, NotPast, Past};
use crate::domain::payments::PaymentState;
use crate::i18n::{Html, Words};
use crate::store::account_history::{BillLine, PaymentLine};
use crate::store::account_screen::{ReadLine, list_reads_known};
use crate::store::as_of::{self, Account, InForce, Person, Served, Then};
use crate::store::audit;
use crate::store::contact_points::ContactPoint;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::ledger::StatementRow;
use crate::store::notes::{self, NoteRow};
use crate::store::open_items::OpenItem;
use crate::store::portal::owed::Owed;
use crate::web::chrome::Chrome;
use crate::web::form::Form;
use crate::web::office::account_tabs::{Rows, Shown, Tab};
use crate::web::office::account_usage;
use crate::web::office::accounts::bucket_key;
use crate::web::office::ledger_lines::LedgerLine;
use crate::web::office::matter_words;
use crate::web::{PageError, PageResult, page, page_with};

/// How far back the last read of a service is looked for.
const LAST_READS: Days = Days::new(400);

/// How many notes stand beside the tab.
const NOTES: i64 = 5;

/// The moment that the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// A moment of the past as it was typed; without one the screen is live.
    pub as_of: Option<String>,
}

/// Why an account is not shown as of a moment.
#[derive(Debug, Clone, Copy)]
pub enum Refusal {
    /// What was typed is no moment of the past.
    NotPast(NotPast),
    /// The books know the account only since then, in UTC.
    Unknown(Option<NaiveDateTime>),
}

impl From<NotPast> for Refusal {
    fn from(why: NotPast) -> Self {
        Self::NotPast(why)
    }
}

/// The head and the place, by the names that the live screen has for them.
struct Standing {
    head: Account,
}

/// One account as of a moment.
struct Screen {
    standing: Standing,
    people: Vec<Person>,
    contacts: HashMap<CustomerId, Vec<ContactPoint>>,
    served: Vec<Served>,
    reads: Vec<ReadLine>,
    open: Vec<OpenItem>,
    aging: Aging,
    in_force: Vec<InForce>,
    owed: Owed,
    last_payment: Option<PaymentLine>,
    notes: Vec<NoteRow>,
    rows: Rows,
}

/// A payment of which some was on the account still.
const KEPT: [PaymentState; 2] = [PaymentState::Succeeded, PaymentState::RefundedPart];

/// Reads it in ten queries, whatever the account holds; one more where an arrangement was in force.
fn load(
    conn: &mut Conn,
    head: Account,
    (shown, then): (Shown, Then),
) -> Result<Screen, StoreError> {
    let (id, limit) = (head.id, shown.limit());
    let people = as_of::list_people(conn, id, then)?;
    let served = as_of::list_served(conn, id, then)?;
    let points = served.iter().map(|one| one.point).collect();
    let first = served.iter().map(|one| one.from_on).min();
    // The services show their last read alone; a long history is sorted for its own tab only.
    let since = match shown.tab {
        Tab::Reads => first,
        Tab::Ledger | Tab::Bills | Tab::Payments | Tab::Usage | Tab::Contacts | Tab::Audit => {
            first.map(|day| day.max(then.on - LAST_READS))
        }
    };
    let reads = list_reads_known(conn, points, (since, Some(then.at)), limit)?;
    let open = as_of::list_open_items(conn, id, then)?;
    let payments = as_of::list_payments(conn, id, then, limit)?;
    let in_force = as_of::list_in_force(conn, id, then)?;
    let arranged = as_of::arrangement(conn, (&in_force, &open), then)?;
    let (arrangement, shares) = arranged.unzip();
    let due = as_of::due(&open, &in_force, &shares.unwrap_or_default());
    let rows = match shown.tab {
        Tab::Ledger => {
            let entries = as_of::list_entries(conn, id, then, (head.balance, limit))?;
            Rows::Ledger(lines(entries, &payments))
        }
        Tab::Bills => Rows::Bills(as_of::list_bills(conn, id, then, limit)?),
        Tab::Payments => Rows::Payments(payments.clone()),
        Tab::Usage => {
            let since = account_usage::since(then.on);
            Rows::Usage(account_usage::lines(as_of::list_use(
                conn, id, then, since,
            )?))
        }
        Tab::Reads => Rows::Reads(reads.clone()),
        Tab::Contacts => Rows::Contacts(as_of::list_notices(conn, id, then, limit)?),
        Tab::Audit => Rows::Audit(audit::list_known(conn, id, then.at, limit)?),
    };
    let many = if shown.tab == Tab::Contacts {
        limit
    } else {
        NOTES
    };
    let notes = notes::list_known(conn, id, then.at, many)?;
    let kept = payments.iter().find(|one| KEPT.contains(&one.state));
    Ok(Screen {
        contacts: as_of::list_contacts(conn, &people, then)?,
        aging: Aging::on(
            then.on,
            open.iter().map(|item| (item.due_on, item.remaining)),
        ),
        owed: as_of::owed(head.balance, &payments, (due, arrangement)),
        last_payment: kept.cloned(),
        standing: Standing { head },
        people,
        served,
        reads,
        open,
        in_force,
        notes,
        rows,
    })
}

/// Entries as the live screen lists them, with the payments that are read anyway.
fn lines(
    entries: Vec<(StatementRow, Option<BillNumber>)>,
    payments: &[PaymentLine],
) -> Vec<LedgerLine> {
    let line = |(row, bill): (StatementRow, Option<BillNumber>)| {
        let is_of = |payment: &&PaymentLine| {
            row.entry.source_kind == SourceKind::Payment && row.entry.source_id == payment.id.0
        };
        LedgerLine {
            bill,
            payment: payments.iter().find(is_of).cloned(),
            correction: None,
            corrected: None,
            reversed_by: None,
            deposit: None,
            balance: row.balance,
            entry: row.entry,
        }
    };
    entries.into_iter().map(line).collect()
}

/// The account as of the moment that was typed.
pub async fn show(
    app: &App,
    chrome: Chrome,
    number: &str,
    (shown, typed): (Shown, &str),
) -> PageResult {
    let number: AccountNumber = number
        .parse()
        .map_err(|_not_a_number| PageError::NotFound)?;
    let zone = app.clock.zone();
    let past = match Past::read(typed, zone, app.clock.now()) {
        Ok(past) => past,
        Err(why) => return refused(app, chrome, number, (typed, why.into())),
    };
    let then = Then {
        at: past.at,
        on: past.on(),
    };
    let wanted = number.clone();
    let read = move |conn: &mut Conn| -> Result<Result<Screen, Refusal>, StoreError> {
        let head = as_of::find(conn, &wanted, then)?;
        let head = head.ok_or(StoreError::Missing("account"))?;
        let known = head.known_since();
        if known.is_none_or(|since| then.at < since) {
            return Ok(Err(Refusal::Unknown(known)));
        }
        load(conn, head, (shown, then)).map(Ok)
    };
    match app.db.read(read).await? {
        Ok(screen) => page(&AsOf {
            t: chrome.t,
            chrome,
            zone,
            today: past.on(),
            past,
            shown,
            screen,
        }),
        Err(why) => refused(app, chrome, number, (typed, why)),
    }
}

/// The form again, with what was typed and why it shows nothing.
pub fn refused(
    app: &App,
    chrome: Chrome,
    number: AccountNumber,
    (typed, why): (&str, Refusal),
) -> PageResult {
    let (t, zone) = (chrome.t, app.clock.zone());
    let mut form = Form::default().with("as_of", typed);
    let local = |at: NaiveDateTime| t.moment(at.and_utc().with_timezone(&zone).naive_local());
    let said = match why {
        Refusal::NotPast(NotPast::Unreadable) | Refusal::Unknown(None) => t.asof_wrong().to_owned(),
        Refusal::NotPast(NotPast::Skipped) => t.asof_skipped().to_owned(),
        Refusal::NotPast(NotPast::ToCome) => t.asof_to_come().to_owned(),
        Refusal::Unknown(Some(since)) => t.asof_before(local(since)),
    };
    form.refuse("as_of", said);
    let view = Refused {
        t,
        chrome,
        number,
        form,
        zone,
    };
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

#[derive(Template)]
#[template(path = "office/accounts/as_of_refused.html")]
struct Refused {
    t: Words,
    chrome: Chrome,
    number: AccountNumber,
    form: Form,
    zone: Tz,
}

#[derive(Template)]
#[template(path = "office/accounts/as_of.html")]
struct AsOf {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    /// The civil day of the moment.
    today: NaiveDate,
    past: Past,
    shown: Shown,
    screen: Screen,
}

impl AsOf {
    /// The moment in words.
    fn said(&self) -> String {
        self.t.moment(self.past.wall)
    }

    fn name(&self) -> &str {
        let main = self.screen.people.first();
        main.map_or("", |person| person.name.as_str())
    }

    fn place(&self) -> &str {
        let served = self.screen.served.first();
        served.map_or("", |one| one.address.as_str())
    }

    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }

    fn tabs(&self) -> [(Tab, String); 7] {
        Tab::ALL.map(|tab| (tab, self.t.account_tab(tab.word())))
    }

    fn contacts(&self, person: &Person) -> &[ContactPoint] {
        let points = self.screen.contacts.get(&person.id);
        points.map_or(&[][..], Vec::as_slice)
    }

    /// The latest read of a service's meters that could be used.
    fn last_read(&self, served: &Served) -> Option<&ReadLine> {
        let counts = |read: &&ReadLine| {
            served.serials.contains(&read.serial)
                && ["accepted", "flagged"].contains(&read.verdict.as_str())
        };
        self.screen.reads.iter().find(counts)
    }

    /// The last day whose hours had come by then, where no read of a service is later.
    fn hours_until(&self, served: &Served) -> Option<NaiveDate> {
        let read_on = self.last_read(served).map(|read| read.on);
        served.hours_until.filter(|day| read_on < Some(*day))
    }

    /// Whether a crew had turned a service off.
    fn is_off(&self) -> bool {
        let all = &self.screen.in_force;
        all.iter().any(|one| one.matter() == Some(Matter::Off))
    }

    /// The holds in force, in words.
    fn holds(&self) -> Vec<String> {
        let all = self.screen.in_force.iter();
        all.filter(|one| one.matter() == Some(Matter::Hold))
            .map(|one| matter_words::told(self.t, one))
            .collect()
    }

    fn ages(&self) -> Vec<(String, Money)> {
        let age = |bucket: &Bucket| {
            let name = self.t.aging_bucket(bucket_key(*bucket));
            (name, self.screen.aging.bucket(*bucket))
        };
        Bucket::ALL.iter().map(age).collect()
    }

    fn aging_bar(&self) -> Html<String> {
        charts::aging(&self.ages())
    }

    fn remaining(&self, bill: &BillLine) -> Option<Money> {
        let of_bill =
            |item: &&OpenItem| item.source_kind == SourceKind::Bill && item.source_id == bill.id.0;
        let item = self.screen.open.iter().find(of_bill);
        item.map(|item| item.remaining)
    }

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

    /// Where the tab shows all of its rows as of the same moment, where it does not yet.
    fn all_rows(&self) -> Option<String> {
        let number = &self.screen.standing.head.number;
        let address = self.screen.rows.all_at(number, self.shown)?;
        Some(format!("{address}&as_of={}", self.past.written()))
    }

    /// What stood open or in force, each in words with its page; the parts of an arrangement are told with it, sign-ins beside the customer.
    fn matters(&self) -> Vec<(String, Option<String>)> {
        let number = self.screen.standing.head.number.as_str();
        let told = self.screen.in_force.iter().filter(|one| {
            !matches!(
                one.matter(),
                Some(Matter::Installment | Matter::Covered | Matter::Login) | None
            )
        });
        told.map(|one| {
            let words = matter_words::told(self.t, one);
            (words, matter_words::address(one, number))
        })
        .collect()
    }

    fn logins(&self) -> Vec<&InForce> {
        let all = self.screen.in_force.iter();
        all.filter(|one| one.matter() == Some(Matter::Login))
            .collect()
    }

    fn held(&self) -> Option<&InForce> {
        let all = &self.screen.in_force;
        all.iter().find(|one| one.matter() == Some(Matter::Deposit))
    }

    /// The next installment as the customer saw it: how much and by when.
    fn installment(&self) -> Option<(Money, NaiveDate)> {
        let arrangement = self.screen.owed.arrangement.as_ref()?;
        let asked = arrangement.asked(self.today)?;
        Some((asked.amount, asked.due_on))
    }
}
