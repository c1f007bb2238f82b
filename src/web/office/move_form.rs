//! The form of a move: which fields it has for the services here and there, what they hold at first, and what was typed into them.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::ids::{PremiseId, RegisterId, ServiceAgreementId, ServicePointId};
use crate::domain::moves::{Boundary, ReadFate, ends_on};
use crate::domain::premises::Commodity;
use crate::domain::rates::numbers::Number;
use crate::domain::reads::{ReadSource, ReadVerdict};
use crate::domain::requests::RequestKind;
use crate::domain::requests::asking::{ALL_SERVICES, Answers, Field};
use crate::domain::typed_day::TypedDay;
use crate::i18n::Words;
use crate::store::account_screen::Service;
use crate::store::counting::Register;
use crate::store::places::Point;
use crate::usecases::accounts::moves::{Coming, Leaving, NewMove};
use crate::usecases::read_entry::Confirmation;
use crate::usecases::reads::desk::{Recorded, ToldRead};
use crate::web::form::Form;
use crate::web::office::move_data::Around;

/// What is found unusual about reads, by register.
pub type Unusual = HashMap<RegisterId, Recorded>;

/// The fields for one register at one end of service.
pub struct ReadField {
    /// Which.
    pub register: Register,
    /// Whether it is for the end of service, or for its beginning.
    pub is_end: bool,
    /// The field of its value.
    pub field: String,
    /// The field of the same value once more.
    pub again: String,
    /// The box that says that an unusual value is right.
    pub seen: String,
    /// What is unusual about the value that was typed.
    pub unusual: Option<Recorded>,
}

impl ReadField {
    fn of(is_end: bool, register: &Register, unusual: &Unusual) -> Self {
        let id = register.id;
        let end = if is_end { "read" } else { "open" };
        Self {
            is_end,
            field: format!("{end}-{id}"),
            again: format!("again-{end}-{id}"),
            seen: format!("seen-{end}-{id}"),
            unusual: unusual.get(&id).cloned(),
            register: register.clone(),
        }
    }

    /// Whether the value is to be typed once more.
    pub fn is_forced(&self) -> bool {
        let unusual = self.unusual.as_ref();
        unusual.is_some_and(|found| found.verdict == ReadVerdict::Held)
    }

    /// Where the read of a day comes from as things stand in the form.
    pub fn fate(&self, form: &Form, day: NaiveDate) -> ReadFate {
        let boundary = Boundary {
            channel: self.register.channel,
            reports: self.register.reports,
            is_entered: form.has(&self.field),
            latest_on: self.register.latest.as_ref().map(|read| read.on),
        };
        boundary.fate(day)
    }
}

/// One service that may end.
pub struct OldService {
    /// The box.
    pub tick: String,
    /// The service.
    pub service: Service,
    /// Its registers.
    pub reads: Vec<ReadField>,
}

/// One service that may begin.
pub struct NewService {
    /// The box.
    pub tick: String,
    /// The field of its rate.
    pub rate: String,
    /// The point.
    pub point: Point,
    /// The rates that may be chosen.
    pub rates: Vec<(String, String)>,
    /// Its registers.
    pub reads: Vec<ReadField>,
}

/// All services of the form.
pub struct Fields {
    /// Of the old place.
    pub old: Vec<OldService>,
    /// Of the new place.
    pub new: Vec<NewService>,
}

impl Fields {
    /// The fields that go with what is known.
    pub fn of(
        around: &Around,
        t: Words,
        (form, unusual): (&Form, &Unusual),
        today: NaiveDate,
    ) -> Self {
        let reads = |is_end: bool, registers: &[Register]| -> Vec<ReadField> {
            let field = |register| ReadField::of(is_end, register, unusual);
            registers.iter().map(field).collect()
        };
        let old = around.services(today).map(|service| OldService {
            tick: format!("end-{}", service.id),
            reads: reads(true, &service.registers),
            service: service.clone(),
        });
        let on = typed_day(form, "start_on").unwrap_or(today);
        let points = around.place.iter().flat_map(|(_, points)| points);
        let new = points.map(|point| NewService {
            tick: format!("begin-{}", point.id),
            rate: format!("rate-{}", point.id),
            rates: around.rates(t, point.commodity, on),
            reads: reads(false, &point.registers),
            point: point.clone(),
        });
        Self {
            old: old.collect(),
            new: new.collect(),
        }
    }

    /// Fills in the services of a place that was just chosen: all of them, each by the rate of the old place where the class may have it, else
    /// by the one that was in force there last, else by the only one there is.
    pub fn suggest(&self, mut form: Form, today: NaiveDate) -> Form {
        for new in &self.new {
            let commodity = new.point.commodity;
            let leaving = self.old.iter().filter(|old| form.has(&old.tick));
            let own = leaving
                .map(|old| &old.service)
                .find(|service| service.commodity == commodity);
            let last = new.point.last.as_ref();
            let wanted = [
                own.map(|service| service.rate_code.clone()),
                last.map(|last| last.rate_code.clone()),
            ];
            let offered = |code: &String| new.rates.iter().any(|(of, _)| of == code);
            let only = match new.rates.as_slice() {
                [(code, _)] => Some(code.clone()),
                _ => None,
            };
            let rate = wanted.into_iter().flatten().find(offered).or(only);
            form = form
                .with(&new.tick, "yes")
                .with(&new.rate, rate.unwrap_or_default());
        }
        if typed_day(&form, "start_on").is_none() {
            let day = typed_day(&form, "stop_on").map_or(today, ends_on);
            form = form.with("start_on", day);
        }
        form
    }
}

/// A day that is typed into a field, where it is one.
pub fn typed_day(form: &Form, field: &str) -> Option<NaiveDate> {
    form.value(field).parse().ok().map(|TypedDay(day)| day)
}

/// The form before anybody typed into it: every service that has begun ends, or those that a request names, on its days.
pub fn first(around: &Around, today: NaiveDate) -> Form {
    let mut form = Form::default().with("mail", "keep");
    let (kind, answers) = match &around.request {
        Some(row) => (Some(row.kind), row.answers().unwrap_or_default()),
        None => (None, Answers::default()),
    };
    if let Some(row) = &around.request {
        form = form.with("request", &row.number);
    }
    let stops = kind.is_none_or(|kind| kind != RequestKind::StartService);
    let named = answers
        .get(Field::Service)
        .filter(|name| *name != ALL_SERVICES);
    let is_named = |commodity: Commodity| named.is_none_or(|name| name == commodity.as_str());
    let asked = answers.day(Field::StopOn).unwrap_or(today);
    for service in around.services(today).filter(|_| stops) {
        // What ends before the asked day anyhow is not moved to it.
        let goes_on = service.until_on.is_none_or(|until| until >= asked);
        if is_named(service.commodity) && !service.is_to_come(today) && goes_on {
            form = form.with(&format!("end-{}", service.id), "yes");
        }
    }
    let days = [(Field::StopOn, "stop_on"), (Field::StartOn, "start_on")];
    for (field, name) in days {
        if let Some(day) = answers.day(field) {
            form = form.with(name, day);
        }
    }
    if let Some(place) = answers.get(Field::Place) {
        form = form.with("q", place);
    }
    if let Some(lines) = answers.get(Field::ForwardTo) {
        form = form.with("mail", "address").with("mail_to", lines);
    }
    let from = answers.day(Field::StopOn).map(ends_on);
    form.with("mail_from", from.unwrap_or(today))
}

/// What was typed, where it can be read; what is wrong is noted in the form.
pub fn read(
    form: &mut Form,
    t: Words,
    (around, fields): (&Around, &Fields),
    today: NaiveDate,
) -> Option<NewMove> {
    let leaving = leaving(form, t, fields);
    let coming = coming(form, t, (around, fields));
    let mail = mail(form, t, coming.is_some());
    let mut reads = Vec::new();
    if let Some(leaving) = &leaving {
        let ends = fields
            .old
            .iter()
            .filter(|old| leaving.services.contains(&old.service.id));
        let registers: Vec<&ReadField> = ends.flat_map(|old| &old.reads).collect();
        take(form, t, (&registers, leaving.last_on, today), &mut reads);
    }
    if let Some(coming) = &coming {
        let begins = fields.new.iter();
        let begins = begins.filter(|new| coming.services.iter().any(|(id, _)| *id == new.point.id));
        let registers: Vec<&ReadField> = begins.flat_map(|new| &new.reads).collect();
        take(form, t, (&registers, coming.first_on, today), &mut reads);
    }
    if leaving.is_none() && coming.is_none() && mail.is_none() && form.is_good() {
        form.refuse("stop_on", t.move_nothing());
    }
    form.is_good().then(|| NewMove {
        leaving,
        coming,
        mail,
        reads,
        request: around.request.as_ref().map(|row| row.id),
    })
}

fn leaving(form: &mut Form, t: Words, fields: &Fields) -> Option<Leaving> {
    let last_on = form.day_if_any("stop_on", t.form_not_a_date())?;
    let ticked = fields.old.iter().filter(|old| form.has(&old.tick));
    let services: Vec<ServiceAgreementId> = ticked.map(|old| old.service.id).collect();
    if services.is_empty() {
        form.refuse("stop_on", t.move_choose_services());
        return None;
    }
    Some(Leaving { last_on, services })
}

fn coming(form: &mut Form, t: Words, (around, fields): (&Around, &Fields)) -> Option<Coming> {
    let first_on = form.day_if_any("start_on", t.form_not_a_date());
    let Some((place, _)) = &around.place else {
        if first_on.is_some() {
            form.refuse("q", t.move_choose_place());
        }
        return None;
    };
    if first_on.is_none() {
        form.refuse("start_on", t.move_choose_day());
    }
    let mut services: Vec<(ServicePointId, String)> = Vec::new();
    for new in fields
        .new
        .iter()
        .filter(|new| form.has(&new.tick))
        .collect::<Vec<_>>()
    {
        let code = form.value(&new.rate).to_owned();
        if code.is_empty() {
            form.refuse(new.rate.clone(), t.move_choose_rate());
        }
        services.push((new.point.id, code));
    }
    if services.is_empty() {
        form.refuse("q", t.move_choose_services());
    }
    let premise: PremiseId = place.id;
    Some(Coming {
        premise,
        first_on: first_on?,
        services,
    })
}

fn mail(form: &mut Form, t: Words, comes: bool) -> Option<(NaiveDate, Option<String>)> {
    match form.value("mail") {
        "address" => {
            let from = form.day("mail_from", t.form_not_a_date());
            let lines = form.required("mail_to", t.move_write_address());
            Some((from?, Some(lines?)))
        }
        "place" if comes => Some((form.day("mail_from", t.form_not_a_date())?, None)),
        "place" => {
            form.refuse("mail", t.move_mail_no_place());
            None
        }
        _ => None,
    }
}

/// The reads that were typed for these registers, as of the day on which service ends or begins.
fn take(
    form: &mut Form,
    t: Words,
    (registers, on, today): (&[&ReadField], NaiveDate, NaiveDate),
    into: &mut Vec<(ToldRead, Confirmation)>,
) {
    for one in registers
        .iter()
        .filter(|one| form.has(&one.field))
        .collect::<Vec<_>>()
    {
        if on > today {
            form.refuse(one.field.clone(), t.move_read_to_come(on));
            continue;
        }
        let number = |form: &Form, field: &str| form.value(field).parse::<Number>().ok();
        let Some(Number(value)) = number(form, &one.field) else {
            form.refuse(one.field.clone(), t.read_not_a_number());
            continue;
        };
        let repeated = number(form, &one.again).map(|Number(value)| value);
        if form.has(&one.again) && repeated.is_none() {
            form.refuse(one.again.clone(), t.read_not_a_number());
        }
        let told = ToldRead {
            register_id: one.register.id,
            on,
            value,
            source: ReadSource::Manual,
        };
        let confirmation = Confirmation {
            is_seen: form.has(&one.seen),
            repeated,
        };
        into.push((told, confirmation));
    }
}
