//! What the pages of a move show around what is typed: who moves, what is owed and agreed, where mail goes, the places that were found, and the
//! rates that may be chosen there. One snapshot, a fixed number of questions.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::web::Data;
use chrono::{Days, NaiveDate};

use crate::app::App;
use crate::domain::accounts::AccountRole;
use crate::domain::bill_case::Tariffs;
use crate::domain::cycles::CycleHistory;
use crate::domain::ids::{ArrangementNumber, CycleId, PremiseId, RequestNumber};
use crate::domain::money::Money;
use crate::domain::premises::Commodity;
use crate::domain::rates::compiled::in_language;
use crate::i18n::Words;
use crate::store::account_screen::{self, Service, Standing};
use crate::store::accounts::{self, AccountRow};
use crate::store::cycles::{self, CyclePeriodRow, CycleRow};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::places::{self, Place, Point};
use crate::store::requests::{self, RequestRow};
use crate::store::{arrangements, autopay, disputes, letter_addresses, open_items, parts, service};
use crate::usecases::billing::tariffs::TariffShelf;
use crate::web::PageError;
use crate::web::office::subject::{self, Subject};
use crate::web::request_view::answered;

/// How far back a move may lie that is still written down, in days, as far as the bills that follow from it are told.
const PAST: Days = Days::new(200);

/// How many places a search shows.
const FOUND: usize = 12;

/// What the address or the form names.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The request that is carried out.
    pub request: Option<RequestNumber>,
    /// The place that was chosen.
    pub premise: Option<PremiseId>,
    /// What was typed to find one.
    pub q: String,
}

/// Everything around a move.
pub struct Around {
    /// Who, and what is owed.
    pub subject: Subject,
    /// Its services with their registers, and its people.
    pub standing: Standing,
    /// The account's row.
    pub account: AccountRow,
    /// What was due before today.
    pub past_due: Money,
    /// What is in dispute.
    pub disputed: Money,
    /// The arrangement in force.
    pub arrangement: Option<ArrangementNumber>,
    /// What autopay charges.
    pub autopay: Option<String>,
    /// Where letters go today, in one line.
    pub mail_to: Option<String>,
    /// How many other accounts of the same customer get their mail there.
    pub others: usize,
    /// The request, where one is carried out.
    pub request: Option<RequestRow>,
    /// The place that was chosen, with what stands ready there.
    pub place: Option<(Place, Vec<Point>)>,
    /// The places that were found.
    pub found: Vec<Place>,
    /// Every published rate.
    pub tariffs: Arc<Tariffs>,
    /// The cycles of the account.
    pub history: CycleHistory,
    /// The last day that a bill of it covers.
    pub billed_to: Option<NaiveDate>,
    /// Every cycle with its calendar.
    pub calendars: Vec<(CycleRow, Vec<CyclePeriodRow>)>,
}

impl Around {
    /// Reads all of it.
    pub async fn load(
        app: &App,
        shelf: &Data<TariffShelf>,
        number: &str,
        wanted: Wanted,
    ) -> Result<Self, PageError> {
        let (found, today, shelf) = (
            subject::find(app, number).await?,
            app.clock.today(),
            shelf.clone(),
        );
        app.db
            .read(move |conn| Self::read(conn, &shelf, (found, wanted), today))
            .await
    }

    fn read(
        conn: &mut Conn,
        shelf: &TariffShelf,
        (subject, wanted): (Subject, Wanted),
        today: NaiveDate,
    ) -> Result<Self, PageError> {
        let id = subject.label.id;
        let standing = account_screen::find(conn, &subject.label.number, today)?;
        let standing = standing.ok_or(PageError::NotFound)?;
        let request = match &wanted.request {
            Some(number) => {
                let row = requests::find(conn, number)?.filter(|row| row.account_id == id);
                Some(row.ok_or(PageError::NotFound)?)
            }
            None => None,
        };
        let place = match wanted.premise {
            Some(premise) => Some(placed(conn, premise, today)?),
            None => None,
        };
        let main = standing
            .people
            .iter()
            .find(|one| one.role == AccountRole::Main);
        let others = match main {
            Some(person) => parts::list_accounts(conn, person.id)?
                .len()
                .saturating_sub(1),
            None => 0,
        };
        let due = open_items::list(conn, id)?;
        let past_due = due.iter().filter(|item| item.due_on < today);
        let open = arrangements::list_open(conn, &[id])?.pop();
        let mail_to = letter_addresses::find(conn, id, today)?;
        let lines = mail_to.map(|reader| {
            reader
                .to
                .address
                .lines()
                .skip(1)
                .collect::<Vec<_>>()
                .join(", ")
        });
        let mut found = places::search(conn, &wanted.q, today, FOUND)?;
        // What was chosen stays to be chosen, whatever is looked for next.
        let chosen = place.as_ref().map(|(place, _): &(Place, _)| place);
        if let Some(chosen) = chosen.filter(|one| found.iter().all(|place| place.id != one.id)) {
            found.insert(0, chosen.clone());
        }
        Ok(Self {
            found,
            account: accounts::get(conn, id)?,
            past_due: past_due.map(|item| item.remaining).sum(),
            disputed: disputes::open_sums(conn, id, today)?.0,
            arrangement: open.map(|open| open.row.number),
            autopay: autopay::find_with_method(conn, id)?.map(|(_, method)| method.label()),
            mail_to: lines,
            others,
            request,
            place,
            tariffs: shelf.load(conn).map_err(PageError::fault)?,
            history: cycles::history(conn, id)?,
            billed_to: service::account_billed_until(conn, id)?.and_then(|day| day.pred_opt()),
            calendars: calendars(conn, today - PAST)?,
            standing,
            subject,
        })
    }

    /// What the customer wrote into the request.
    pub fn answers(&self, t: &Words) -> Vec<(String, String)> {
        let answers = self.request.as_ref().and_then(|row| {
            let answers = row.answers().ok()?;
            Some(answered(*t, row.kind, &answers))
        });
        answers.unwrap_or_default()
    }

    /// The services that can end: in force on the day or later.
    pub fn services(&self, today: NaiveDate) -> impl Iterator<Item = &Service> {
        let is_going_on = move |service: &&Service| service.is_going_on(today);
        self.standing.services.iter().filter(is_going_on)
    }

    /// The schedules that may price a service from a day on for the account's class, by code, in words.
    pub fn rates(&self, t: Words, commodity: Commodity, on: NaiveDate) -> Vec<(String, String)> {
        let class = self.account.class.as_str();
        let offered = self.tariffs.by_code.iter().filter_map(|(code, tariff)| {
            let mut versions = tariff.versions.iter();
            let version = versions.rfind(|version| version.effective_from() <= on)?;
            let document = version.document();
            let fits = document.service == commodity && !document.is_for_others_than(class);
            let name = in_language(&document.name, t.language.schedule_key());
            fits.then(|| (code.clone(), format!("{code}, {name}")))
        });
        let mut offered: Vec<(String, String)> = offered.collect();
        offered.sort();
        offered
    }

    /// The period of a cycle to which a day belongs.
    pub fn period(&self, cycle: CycleId, day: NaiveDate) -> Option<(&CycleRow, &CyclePeriodRow)> {
        let (row, periods) = self.calendars.iter().find(|(row, _)| row.id == cycle)?;
        let found = periods.iter().find(|one| one.period().contains(day));
        found.map(|period| (row, period))
    }
}

fn placed(
    conn: &mut Conn,
    premise: PremiseId,
    today: NaiveDate,
) -> Result<(Place, Vec<Point>), StoreError> {
    let place = places::find(conn, premise, today)?;
    let place = place.ok_or(StoreError::Missing("premise"))?;
    Ok((place, places::list_points(conn, premise, today)?))
}

/// Every cycle with its calendar from a day on: a utility has some dozens, whose calendars reach a few years. Two queries.
fn calendars(
    conn: &mut Conn,
    since: NaiveDate,
) -> Result<Vec<(CycleRow, Vec<CyclePeriodRow>)>, StoreError> {
    let mut of: HashMap<CycleId, Vec<CyclePeriodRow>> = HashMap::new();
    for period in cycles::list_periods_after(conn, since)? {
        of.entry(period.cycle_id).or_default().push(period);
    }
    let all = cycles::list(conn)?.into_iter();
    let calendar = |row: CycleRow| {
        let periods = of.remove(&row.id).unwrap_or_default();
        (row, periods)
    };
    Ok(all.map(calendar).collect())
}
