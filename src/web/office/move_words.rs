//! What is said about a move: to the customer in their own language, and to whoever tries what cannot be done.

use crate::domain::ids::{RegisterId, ServicePointId};
use crate::i18n::Words;
use crate::usecases::accounts::AccountError;
use crate::usecases::accounts::moves::{Begun, Done, Ended, MoveError, NewMove};
use crate::usecases::accounts::people::PeopleError;
use crate::usecases::accounts::services::ServiceError;
use crate::usecases::read_entry::EntryError;
use crate::usecases::reads::desk::ReadError;
use crate::usecases::requests::RequestError;
use crate::web::PageError;
use crate::web::form::Form;
use crate::web::office::move_data::Around;
use crate::web::office::move_form::{Fields, ReadField, Unusual};
use crate::web::office::services::said;

/// What was done, in the words of the customer's language: which services, where, on which days, which bills come, where mail goes.
pub fn to_customer(t: Words, around: &Around, (new, done): (&NewMove, &Done)) -> String {
    let mut said = Vec::new();
    let ended: Vec<(&str, &str)> = done
        .ended
        .iter()
        .map(|one| (one.place.as_str(), one.commodity.as_str()))
        .collect();
    for (place, names) in by_place(t, &ended) {
        if let Some(leaving) = &new.leaving {
            said.push(t.move_told_ended(place, leaving.last_on, names));
        }
    }
    if let (Some(coming), Some(first)) = (&new.coming, done.begun.first()) {
        let names = names(t, done.begun.iter().map(|one| one.commodity.as_str()));
        said.push(t.move_told_begun(&first.place, coming.first_on, names));
    }
    if let Some(leaving) = &new.leaving {
        let cycle = around.history.on(leaving.last_on);
        if let Some((_, period)) = around.period(cycle, leaving.last_on) {
            said.push(t.move_told_last_bill(leaving.last_on, period.issue_on));
        }
    }
    match &new.mail {
        Some((from, Some(lines))) => {
            said.push(t.move_told_mail(*from, lines.lines().collect::<Vec<_>>().join(", ")));
        }
        Some((from, None)) => said.push(t.move_told_mail_place(*from)),
        None => {}
    }
    said.join(" ")
}

/// What is said at each place: its services.
fn by_place<'a>(t: Words, services: &[(&'a str, &str)]) -> Vec<(&'a str, String)> {
    let mut places: Vec<&str> = services.iter().map(|(place, _)| *place).collect();
    places.dedup();
    let at = |place: &'a str| {
        let there = services.iter().filter(move |(of, _)| *of == place);
        (place, names(t, there.map(|(_, word)| *word)))
    };
    places.into_iter().map(at).collect()
}

/// The names of services, one after the other.
pub fn names<'a>(t: Words, commodities: impl Iterator<Item = &'a str>) -> String {
    let mut names: Vec<String> = Vec::new();
    for name in commodities.map(|word| t.service_name(word)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// One service that ends, as the office reads it.
pub fn ended(t: Words, one: &Ended) -> String {
    format!("{}, {}", t.service_name(one.commodity.as_str()), one.place)
}

/// One service that begins, as the office reads it.
pub fn begun(t: Words, one: &Begun) -> String {
    format!("{}, {}", t.service_name(one.commodity.as_str()), one.place)
}

/// Puts on the form why nothing was done; what is unusual about reads comes back to be confirmed.
///
/// # Errors
/// What no form can mend.
pub fn refuse(
    form: &mut Form,
    t: Words,
    (around, fields): (&Around, &Fields),
    refused: MoveError,
) -> Result<Unusual, PageError> {
    let mut unusual = Unusual::new();
    match refused {
        MoveError::Nothing => form.refuse("stop_on", t.move_nothing()),
        MoveError::Stop(id, why) => {
            let old = fields.old.iter().find(|old| old.service.id == id);
            let name = old.map_or_else(String::new, |old| {
                t.service_name(old.service.commodity.as_str())
            });
            form.refuse("stop_on", t.move_not_stopped(name, said(t, &why)));
        }
        MoveError::Start(_, ServiceError::Billed(until)) => {
            form.refuse("start_on", t.move_billed_until(until));
        }
        MoveError::Start(point, why) => {
            let field = match why {
                ServiceError::NoSuchRate { .. } => format!("rate-{point}"),
                _ => "q".to_owned(),
            };
            form.refuse(
                field,
                t.move_not_started(at(t, fields, point), said(t, &why)),
            );
        }
        MoveError::OtherClass { point, code } => {
            let class = t.account_class(around.account.class.as_str());
            form.refuse(format!("rate-{point}"), t.move_other_class(code, class));
        }
        MoveError::Reads(reads) => {
            for (register, why) in reads {
                read(form, t, (fields, &mut unusual), (register, why))?;
            }
        }
        MoveError::ReadToCome(_) => form.refuse("stop_on", t.move_read_later()),
        MoveError::Account(AccountError::Fault(fault))
        | MoveError::Mail(PeopleError::Fault(fault))
        | MoveError::Request(RequestError::Fault(fault))
        | MoveError::Fault(fault) => return Err(fault.into()),
        MoveError::Account(_) => form.refuse("start_on", t.move_account_closed()),
        MoveError::Mail(PeopleError::AddressTooLong) => {
            form.refuse("mail_to", t.people_address_lines());
        }
        MoveError::Mail(_) => form.refuse("mail_to", t.move_write_address()),
        MoveError::NotAsAsked => form.refuse("stop_on", t.move_not_as_asked()),
        MoveError::RequestEnded | MoveError::Request(_) => {
            form.refuse("stop_on", t.request_ended());
        }
        MoveError::Shown(_) | MoveError::Changed(_) => return Err(PageError::Conflict),
    }
    Ok(unusual)
}

/// The service at a point of the new place.
fn at(t: Words, fields: &Fields, point: ServicePointId) -> String {
    let new = fields.new.iter().find(|new| new.point.id == point);
    new.map_or_else(String::new, |new| {
        t.service_name(new.point.commodity.as_str())
    })
}

/// Why a read is not taken, at its field.
fn read(
    form: &mut Form,
    t: Words,
    (fields, unusual): (&Fields, &mut Unusual),
    (register, why): (RegisterId, EntryError),
) -> Result<(), PageError> {
    let old = fields.old.iter().flat_map(|old| &old.reads);
    let new = fields.new.iter().flat_map(|new| &new.reads);
    let typed = |one: &&ReadField| one.register.id == register && form.has(&one.field);
    let Some(one) = old.chain(new).find(typed) else {
        return Err(PageError::Conflict);
    };
    let (field, again) = (one.field.clone(), one.again.clone());
    match why {
        EntryError::Unusual(found) => {
            let reasons: Vec<String> = found
                .reasons
                .iter()
                .map(|reason| t.exception_reason(reason.as_str()))
                .collect();
            form.refuse(field, t.move_read_unusual(reasons.join(", ")));
            unusual.insert(register, found);
        }
        EntryError::NotEqual(found) => {
            form.refuse(again, t.read_not_equal());
            unusual.insert(register, found);
        }
        EntryError::Refused(ReadError::BeyondFace { most }) => {
            form.refuse(field, t.read_beyond(most.to_string()));
        }
        EntryError::Refused(ReadError::NotInstalled) => {
            form.refuse(field, t.read_not_installed());
        }
        EntryError::Refused(ReadError::Fault(fault)) | EntryError::Fault(fault) => {
            return Err(fault.into());
        }
        EntryError::Refused(_) => form.refuse(field, t.read_moved_on()),
    }
    Ok(())
}
