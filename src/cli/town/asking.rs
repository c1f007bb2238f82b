//! What the town's people asked their office for: a street light that is worked on, a read that was taken again, a bill in dispute.

use chrono::{Days, NaiveDate};

use crate::cli::town::characters::{Character, NORA, RAMON, WALTER};
use crate::cli::town::homes::Home;
use crate::cli::town::office::Office;
use crate::domain::disputes::{CameBy, DisputeReason};
use crate::domain::ids::{AccountId, RequestId, StaffId};
use crate::domain::money::Money;
use crate::domain::orders::Slot;
use crate::domain::requests::asking::{Answers, Field};
use crate::domain::requests::{RequestKind, RequestState};
use crate::domain::scope::Scope;
use crate::domain::stamp::Actor;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::logins::find_by_email;
use crate::store::orders::{self, Filter};
use crate::store::portal::bills;
use crate::store::requests::find;
use crate::usecases::disputes::{self, NewDispute};
use crate::usecases::orders::{OrderError, Plan, plan as plan_order};
use crate::usecases::requests::{NewRequest, RequestError, ask, move_on, write};

/// How many days ago the read was asked for, and how many days later it was taken.
const REREAD: (u64, u64) = (34, 3);

/// How many days ago the street light was reported.
const LIGHT: u64 = 3;

/// How many days ago the bill was disputed.
const DISPUTE: u64 = 2;

/// How far back a bill is looked for.
const BILLS: u64 = 60;

/// What was asked for on a day of the past.
///
/// # Errors
/// A fault.
pub fn pass(office: &Office<'_>, homes: &[Home], day: NaiveDate) -> anyhow::Result<()> {
    let ago = |days: u64| day + Days::new(days) == office.today;
    if ago(REREAD.0)
        && let Some((account, actor)) = whom(office, homes, &NORA)?
    {
        let answers = Answers::default().with(Field::Service, "water").with(
            Field::Words,
            "The bill looks high. Could the read be wrong?",
        );
        let new = new("nora-reread", account, (RequestKind::MeterReread, answers));
        let request = asked(office, (actor, day), new)?;
        let then = day + Days::new(REREAD.1);
        let done = move |tx: &mut Tx<'_>| {
            let words = "We read the dial again: it agrees with the bill. Water ran at night in those days; a toilet valve is the likeliest cause.";
            move_on(tx, request, RequestState::Done, words)
        };
        office.write(office.clerk(then, 10), done)?;
    }
    if ago(LIGHT)
        && let Some((account, actor)) = whom(office, homes, &RAMON)?
    {
        let answers = Answers::default()
            .with(Field::Problem, "street_light")
            .with(Field::Place, "27 Second Street")
            .with(
                Field::Words,
                "El farol frente a mi casa está apagado desde el lunes.",
            );
        let new = new("ramon-light", account, (RequestKind::Problem, answers));
        let request = asked(office, (actor, day), new)?;
        let begun = move |tx: &mut Tx<'_>| -> Result<(), RequestError> {
            move_on(tx, request, RequestState::InProgress, "")?;
            let words = "Gracias por avisarnos. Una cuadrilla pasa este jueves; no hace falta que esté en casa.";
            write(tx, request, words)
        };
        office.write(office.clerk(day, 15), begun)?;
        send_out(office, request, day)?;
    }
    if ago(DISPUTE)
        && let Some((account, actor)) = whom(office, homes, &WALTER)?
    {
        dispute(office, account, (actor, day))?;
    }
    Ok(())
}

/// The order that a request led to is somebody's work of the present day.
fn send_out(office: &Office<'_>, request: RequestId, day: NaiveDate) -> anyhow::Result<()> {
    let plan = Plan {
        day: Some(office.today),
        slot: Some(Slot::Morning),
        assignee: office.crew.field.id.map(StaffId),
        words: String::new(),
    };
    let filter = Filter {
        request: Some(request),
        ..Filter::default()
    };
    let made = office
        .db
        .read_blocking(|conn| orders::list(conn, &filter, (1, 0)))?;
    for order in made {
        let plan = plan.clone();
        let send = move |tx: &mut Tx<'_>| plan_order(tx, order.id, &plan);
        office.write::<_, OrderError>(office.clerk(day, 16), send)?;
    }
    Ok(())
}

/// A character's account and sign-in, where they live in this town.
pub fn whom(
    office: &Office<'_>,
    homes: &[Home],
    character: &Character,
) -> anyhow::Result<Option<(AccountId, Actor)>> {
    let lives = |home: &&Home| {
        let sign_in = home.sign_in.as_ref();
        sign_in.is_some_and(|sign_in| sign_in.email == character.email)
    };
    let account = homes.iter().find(lives).and_then(|home| home.account);
    let login = office
        .db
        .read_blocking(|conn| find_by_email(conn, character.email))?;
    Ok(account
        .zip(login)
        .map(|(account, login)| (account, Actor::login(login.id, &login.name))))
}

/// Something that is asked for under a key.
pub fn new(key: &str, account: AccountId, (kind, answers): (RequestKind, Answers)) -> NewRequest {
    NewRequest {
        request_key: key.to_owned(),
        account,
        kind,
        answers,
        photo: None,
    }
}

/// Asks for it on a day.
///
/// # Errors
/// What is refused, or a fault.
pub fn asked(
    office: &Office<'_>,
    (actor, day): (Actor, NaiveDate),
    new: NewRequest,
) -> anyhow::Result<RequestId> {
    let number = office.write(office.stamp(&actor, day, 9), move |tx: &mut Tx<'_>| {
        ask(tx, &new)
    })?;
    let row = office.db.read_blocking(|conn| find(conn, &number))?;
    let row = row.ok_or(StoreError::Missing("request"))?;
    Ok(row.id)
}

/// Part of the newest bill is said to be wrong.
fn dispute(
    office: &Office<'_>,
    account: AccountId,
    (actor, day): (Actor, NaiveDate),
) -> anyhow::Result<()> {
    let since = day - Days::new(BILLS);
    let newest = office
        .db
        .read_blocking(|conn| bills::list_since(conn, &Scope::of([account]), account, since))?;
    let stands = |bill: &&bills::Bill| bill.canceled_on.is_none() && bill.total.is_positive();
    let Some(bill) = newest.iter().find(stands) else {
        return Ok(());
    };
    let words = "Nobody watered anything and we are two people. I want somebody to look at the meter before I pay for this much water.";
    let new = NewDispute {
        request: NewRequest {
            request_key: "walter-dispute".to_owned(),
            account,
            kind: RequestKind::BillDispute,
            answers: Answers::default().with(Field::Words, words),
            photo: None,
        },
        bill: bill.id,
        reason: DisputeReason::TooMuchUse,
        lines: Vec::new(),
        amount: Some(Money::from_cents(4_000).min(bill.total)),
        came_by: CameBy::Portal,
        documents: Vec::new(),
        owner: None,
    };
    let open = move |tx: &mut Tx<'_>| disputes::open(tx, &new);
    office.write(office.stamp(&actor, day, 9), open)?;
    Ok(())
}
