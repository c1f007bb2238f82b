//! Who in the town moves: one who left a house that stands empty since, one who asks to move in there, and the landlord of the place that she
//! leaves, who has said what is to happen then.

use anyhow::Context;
use chrono::{Days, NaiveDate};

use crate::cli::town::asking::{asked, new, whom};
use crate::cli::town::characters::{EMPTY_HOUSE, GRANT, LUCIA, THEO};
use crate::cli::town::homes::Home;
use crate::cli::town::office::Office;
use crate::domain::accounts::AccountRole;
use crate::domain::ids::AccountId;
use crate::domain::landlords::Instruction;
use crate::domain::moves::ends_on;
use crate::domain::requests::RequestKind;
use crate::domain::requests::asking::{Answers, Field};
use crate::domain::stamp::Actor;
use crate::domain::working_days;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::{accounts, cycles, parts, premises, service};
use crate::usecases::accounts::addresses::put_in_place;
use crate::usecases::accounts::landlords::instruct;
use crate::usecases::accounts::moves::{Consent, Leaving, MoveError, NewMove, carry_out};
use crate::usecases::accounts::people::{PeopleError, Whom, add_part};

/// How many days ago the one said that he leaves: before the last read day of his part of town.
const LEFT: u64 = 20;

/// How many days ago the landlord was noted, and said what he wants.
const NOTED: u64 = 30;

/// How many days ago the move was asked for, and in how many working days it is to be.
const ASKED: (u64, usize) = (1, 6);

/// What happened on a day of the past.
///
/// # Errors
/// What is refused, or a fault.
pub fn pass(office: &Office<'_>, homes: &[Home], day: NaiveDate) -> anyhow::Result<()> {
    let ago = |days: u64| day + Days::new(days) == office.today;
    if day + Days::new(LEFT) > office.today {
        office.write(office.clock(day, 6), put_in_place)?;
    }
    if ago(LEFT)
        && let Some((account, _)) = whom(office, homes, &THEO)?
    {
        leave(office, account, day)?;
    }
    if ago(NOTED)
        && let Some((tenant, _)) = whom(office, homes, &LUCIA)?
        && let Some(landlord) = whom(office, homes, &GRANT)?
    {
        rent_out(office, (tenant, landlord), day)?;
    }
    if ago(ASKED.0)
        && let Some((account, actor)) = whom(office, homes, &LUCIA)?
    {
        let stop_on = working_days::after(day, ASKED.1);
        let answers = Answers::default()
            .with(Field::StopOn, &stop_on.to_string())
            .with(Field::StartOn, &ends_on(stop_on).to_string())
            .with(Field::Place, EMPTY_HOUSE)
            .with(
                Field::Words,
                "Me mudo a la casa vacía de Orchard Street. Las llaves las tengo desde el día antes.",
            );
        let request = new("lucia-move", account, (RequestKind::Move, answers));
        asked(office, (actor, day), request)?;
    }
    Ok(())
}

/// Everything ends with the period that closes next: its read is the last.
fn leave(office: &Office<'_>, account: AccountId, day: NaiveDate) -> anyhow::Result<()> {
    let (services, periods) = office.db.read_blocking(|conn| {
        let row = accounts::get(conn, account)?;
        let services = service::list_after(conn, account, day)?;
        Ok::<_, StoreError>((services, cycles::list_periods(conn, row.cycle_id)?))
    })?;
    let closing = periods.iter().find(|period| period.read_on > day);
    let closing = closing.context("a period that goes on")?;
    let last_on = closing.read_on.pred_opt().context("a day before")?;
    let leaving = NewMove {
        leaving: Some(Leaving {
            last_on,
            services: services.iter().map(|(row, _)| row.id).collect(),
        }),
        mail: Some((
            closing.read_on,
            Some("PO Box 212\nDecorah, IA 52101".to_owned()),
        )),
        ..NewMove::default()
    };
    let (zone, seen) = (office.zone, leaving.clone());
    let look = move |tx: &mut Tx<'_>| carry_out(tx, zone, account, &seen, &Consent::Look);
    let seal = match office.write(office.clerk(day, 10), look) {
        Err(MoveError::Shown(done)) => done.seal(),
        Ok(_) => return Ok(()),
        Err(refused) => return Err(refused.into()),
    };
    let consent = Consent::Seen {
        seal,
        words: String::new(),
    };
    let done = move |tx: &mut Tx<'_>| carry_out(tx, zone, account, &leaving, &consent);
    office.write(office.clerk(day, 10), done)?;
    Ok(())
}

/// The office notes whose house it is, and he says that service goes on in his name.
fn rent_out(
    office: &Office<'_>,
    (tenant, (landlord, actor)): (AccountId, (AccountId, Actor)),
    day: NaiveDate,
) -> anyhow::Result<()> {
    let note = move |tx: &mut Tx<'_>| -> Result<(), PeopleError> {
        let all = parts::list(tx, landlord, day)?;
        let main = all.iter().find(|part| part.role == AccountRole::Main);
        let main = main.ok_or(StoreError::Missing("customer"))?;
        let whom = Whom::Known(main.customer.id);
        let at = tx.stamp.at;
        add_part(tx, tenant, (AccountRole::Landlord, &whom), (day, at))?;
        Ok(())
    };
    office.write(office.clerk(day, 11), note)?;
    let say = move |tx: &mut Tx<'_>| -> Result<(), StoreError> {
        for premise in premises::list_served(tx, tenant)? {
            instruct(tx, landlord, premise, Instruction::Continue)?;
        }
        Ok(())
    };
    Ok(office.write(office.stamp(&actor, day, 18), say)?)
}
