//! The form by which an account is opened: what is known of the place, what each of its points can be billed by, and what was typed.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::accounts::{AccountClass, Delivery};
use crate::domain::agreement_facts::{AgreementFacts, DatedFacts};
use crate::domain::customers::{ContactKind, CustomerKind, Language};
use crate::domain::ids::{
    CustomerId, CycleId, PremiseId, RegisterId, ServiceAgreementId, ServicePointId,
};
use crate::domain::period::in_force;
use crate::domain::rates::asked::{AskedFact, asked};
use crate::domain::rates::compile;
use crate::domain::rates::known::{PlaceFacts, of_the_place};
use crate::domain::rates::schedule::RateSchedule;
use crate::i18n::Words;
use crate::store::customers::CustomerRow;
use crate::store::cycles::{self, CycleRow};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::latest_reads::{LatestRead, latest_reads};
use crate::store::meters::{self, InstalledRegister, MeterRow};
use crate::store::place_screen::{self, Place, Point};
use crate::store::rates::{self, RateScheduleRow};
use crate::store::service::{self, ServiceAgreementRow};
use crate::store::{agreement_facts as changes, labels, parts};
use crate::usecases::accounts::opening::{Opening, OpeningRead, OpeningService};
use crate::usecases::accounts::people::{Person, Whom};
use crate::usecases::reads::desk::Recorded;
use crate::web::PageError;
use crate::web::form::Form;
use crate::web::office::agreement_facts::{self, FactField, fields};
use crate::web::office::faces::{self, FaceField, mark, named};

/// What the form stands on.
pub struct Ground {
    /// The place.
    pub place: Place,
    /// Somebody known, where one was chosen.
    pub customer: Option<CustomerRow>,
    /// The bill cycles.
    pub cycles: Vec<CycleRow>,
    /// The one by which the place is billed.
    pub cycle: Option<CycleId>,
    rates: Vec<RateScheduleRow>,
    registers: Vec<InstalledRegister>,
    serials: HashMap<RegisterId, MeterRow>,
    latest: HashMap<RegisterId, LatestRead>,
    /// Whoever was served at each point, in the order of their days, and what counted for them.
    before: HashMap<ServicePointId, Vec<(ServiceAgreementRow, DatedFacts)>>,
}

impl Ground {
    /// Loads it, in a fixed number of queries.
    pub fn load(
        conn: &mut Conn,
        (premise, customer): (PremiseId, Option<CustomerId>),
        today: NaiveDate,
    ) -> Result<Self, StoreError> {
        let place = place_screen::get(conn, premise, today)?;
        let points: Vec<ServicePointId> = place.points.iter().map(|point| point.row.id).collect();
        let registers = meters::list_installed(conn, &points)?;
        let ids: Vec<RegisterId> = registers.iter().map(|one| one.register.id).collect();
        let hung = place.points.iter().flat_map(|point| &point.meters);
        let known: HashMap<_, _> = hung.map(|hung| (hung.meter.id, &hung.meter)).collect();
        let serials = registers
            .iter()
            .filter_map(|one| {
                let meter = known.get(&one.register.meter_id)?;
                Some((one.register.id, (*meter).clone()))
            })
            .collect();
        Ok(Self {
            customer: customer
                .map(|id| parts::get_customer(conn, id))
                .transpose()?,
            cycles: cycles::list(conn)?,
            cycle: cycles::find_of_place(conn, premise)?,
            rates: rates::list_published(conn)?,
            latest: latest_reads(conn, &ids, today)?,
            before: facts_before(conn, &points)?,
            registers,
            serials,
            place,
        })
    }

    /// The place in one line.
    #[must_use]
    pub fn line(&self) -> String {
        let row = &self.place.premise;
        labels::one_line(row.line_1.clone(), row.unit.clone())
    }

    /// The version of a schedule that is in force on a day.
    fn document(&self, code: &str, on: NaiveDate) -> Result<Option<RateSchedule>, StoreError> {
        let in_force = self
            .rates
            .iter()
            .rfind(|row| row.code == code && row.effective_from <= on);
        let read = |row: &RateScheduleRow| {
            compile::read(&row.document)
                .map_err(|error| StoreError::Unreadable(format!("rate {code}: {error}")))
        };
        in_force.map(read).transpose()
    }

    /// What is known of a place before anybody says it of an account that begins on a day.
    fn known_of(
        &self,
        (point, on): (&Point, NaiveDate),
        asked: &[AskedFact],
    ) -> Result<AgreementFacts, StoreError> {
        let of_point = serde_json::from_str(&point.row.facts).map_err(|error| {
            StoreError::Unreadable(format!("facts of point {}: {error}", point.row.id))
        })?;
        let place = PlaceFacts {
            of_point,
            impervious_sqft: self.place.premise.impervious_sqft.map(|area| area.0),
            dwelling_units: self.place.premise.dwelling_units,
        };
        Ok(of_the_place(asked, self.before(point.row.id, on), &place))
    }

    /// What counted on a day, or on the last day before it, for whoever was served last at a point by then.
    fn before(&self, point: ServicePointId, on: NaiveDate) -> Option<&AgreementFacts> {
        let mut served = self.before.get(&point)?.iter();
        let (row, dated) = served.rfind(|(row, _)| row.from_on <= on)?;
        let last = row.until_on.and_then(|until| until.pred_opt());
        Some(dated.on(last.map_or(on, |last| last.min(on))))
    }

    /// The registers that hang at a point on a day.
    fn hanging(&self, point: ServicePointId, on: NaiveDate) -> Vec<&InstalledRegister> {
        self.registers
            .iter()
            .filter(|one| one.service_point_id == point)
            .filter(|one| in_force(one.from_on, one.until_on, on))
            .collect()
    }
}

/// Whoever was served at each of these points, and what counted for them. Two queries.
fn facts_before(
    conn: &mut Conn,
    points: &[ServicePointId],
) -> Result<HashMap<ServicePointId, Vec<(ServiceAgreementRow, DatedFacts)>>, StoreError> {
    let agreed = service::list_of_points(conn, points)?;
    let ids: Vec<ServiceAgreementId> = agreed.iter().map(|row| row.id).collect();
    let all = changes::list(conn, &ids)?;
    let mut before: HashMap<_, Vec<_>> = HashMap::new();
    for row in agreed {
        let own = all.iter().filter(|one| one.service_agreement_id == row.id);
        let dated = changes::dated((row.id, &row.facts), own)?;
        before
            .entry(row.service_point_id)
            .or_default()
            .push((row, dated));
    }
    Ok(before)
}

/// A point as the form shows it.
pub struct PointForm {
    /// The point.
    pub id: ServicePointId,
    /// What is delivered there.
    pub commodity: &'static str,
    /// The point's own name.
    pub label: Option<String>,
    /// The field of the rate.
    pub rate_field: String,
    /// The rates to choose from, and none.
    pub rates: Vec<(String, String)>,
    /// The rate that was chosen.
    pub chosen: String,
    /// What the chosen rate asks for.
    pub asked: Vec<AskedFact>,
    /// What of it the place knows already.
    pub known: AgreementFacts,
    /// Its fields.
    pub facts: Vec<FactField>,
    /// What its registers show.
    pub faces: Vec<FaceField>,
    /// Who is served there on the first day.
    pub served: Option<String>,
}

impl PointForm {
    /// The rates to choose from, as the page goes through them.
    #[must_use]
    pub fn rates(&self) -> &[(String, String)] {
        &self.rates
    }

    /// The facts, as the page goes through them.
    #[must_use]
    pub fn facts(&self) -> &[FactField] {
        &self.facts
    }

    /// The registers, as the page goes through them.
    #[must_use]
    pub fn faces(&self) -> &[FaceField] {
        &self.faces
    }
}

/// The field of a point's rate.
#[must_use]
pub fn rate_field(point: ServicePointId) -> String {
    format!("rate-{point}")
}

/// The points of the place as a form that says so much shows them.
///
/// # Errors
/// A published document that cannot be read.
pub fn points(
    t: Words,
    ground: &Ground,
    (form, on): (&Form, NaiveDate),
    found: Option<&(RegisterId, Recorded)>,
) -> Result<Vec<PointForm>, StoreError> {
    let point = |point: &Point| -> Result<PointForm, StoreError> {
        let id = point.row.id;
        let chosen = form.value(&rate_field(id)).to_owned();
        let document = ground.document(&chosen, on)?;
        let prefix = id.to_string();
        let face = |one: &&InstalledRegister| FaceField {
            register: one.register.clone(),
            serial: ground
                .serials
                .get(&one.register.id)
                .map(|meter| meter.serial.clone())
                .unwrap_or_default(),
            last: ground.latest.get(&one.register.id).cloned(),
            found: found
                .filter(|(register, _)| *register == one.register.id)
                .map(|(_, found)| found.clone()),
        };
        let hanging = ground.hanging(id, on);
        let asked: Vec<AskedFact> = document
            .iter()
            .flat_map(asked)
            .map(|fact| AskedFact {
                of: prefix.clone(),
                ..fact
            })
            .collect();
        Ok(PointForm {
            id,
            commodity: point.row.commodity.as_str(),
            label: point.row.label.clone(),
            rate_field: rate_field(id),
            rates: rates_of(t, ground, point),
            known: ground.known_of((point, on), &asked)?,
            facts: fields(&asked, t),
            asked,
            faces: hanging.iter().map(face).collect(),
            served: point
                .served_on(on)
                .map(|tenure| tenure.account.name.clone()),
            chosen,
        })
    };
    ground.place.points.iter().map(point).collect()
}

fn rates_of(t: Words, ground: &Ground, point: &Point) -> Vec<(String, String)> {
    let none = (String::new(), t.opening_no_rate().to_owned());
    let mut named: Vec<(String, String)> = ground
        .rates
        .iter()
        .filter(|row| row.commodity == point.row.commodity)
        .map(|row| (row.code.clone(), format!("{}, {}", row.code, row.name)))
        .collect();
    named.dedup_by(|a, b| a.0 == b.0);
    std::iter::once(none).chain(named).collect()
}

/// The names of all facts that are asked for: by it the page knows whether somebody saw their fields.
#[must_use]
pub fn all_asked(points: &[PointForm]) -> String {
    let facts = points.iter().flat_map(|point| &point.facts);
    let chosen = points.iter().map(|point| point.chosen.as_str());
    let names: Vec<&str> = chosen.chain(facts.map(|fact| fact.name.as_str())).collect();
    names.join(",")
}

/// Reads what was typed; what is missing or wrong is said beside its field.
pub fn read(
    t: Words,
    form: &mut Form,
    points: &[PointForm],
    who: Option<CustomerId>,
) -> Option<Opening> {
    let who = match who {
        Some(known) => Some(Whom::Known(known)),
        None => read_person(t, form),
    };
    let typed = |form: &Form, field: &str| {
        Some(form.value(field).to_owned()).filter(|text| !text.is_empty())
    };
    let contacts = [ContactKind::Email, ContactKind::Phone]
        .into_iter()
        .filter_map(|kind| Some((kind, typed(form, kind.as_str())?)))
        .collect();
    let class = form.parse::<AccountClass>("class", t.form_choose());
    let cycle = form.parse::<CycleId>("cycle", t.form_choose());
    let language = form.parse::<Language>("bill_language", t.form_choose());
    let delivery = form.parse::<Delivery>("delivery", t.form_choose());
    let from_on = form.day("from_on", t.form_not_a_date());
    let (mut services, mut shown) = (Vec::new(), Vec::new());
    for point in points.iter().filter(|point| !point.chosen.is_empty()) {
        if let Some(facts) = agreement_facts::read(form, &point.asked, t) {
            services.push(OpeningService {
                point: point.id,
                rate_code: point.chosen.clone(),
                facts,
            });
        }
        // A register that is not read on the first day is read later.
        let registers = point.faces.iter().map(|face| (face.register.id, false));
        let typed = faces::read(t, form, registers);
        shown.extend(typed.iter().map(|typed| OpeningRead {
            register: typed.register,
            value: typed.value,
            confirmation: typed.confirmation,
            replaces: form.value(&named("replaces", typed.register)) == mark(form, typed.register),
        }));
    }
    let opening = Opening {
        who: who?,
        contacts,
        class: class?,
        cycle: cycle?,
        language: language?,
        delivery: delivery?,
        from_on: from_on?,
        services,
        shown,
    };
    form.is_good().then_some(opening)
}

fn read_person(t: Words, form: &mut Form) -> Option<Whom> {
    let optional = |form: &Form, field: &str| {
        Some(form.value(field).to_owned()).filter(|text| !text.is_empty())
    };
    let kind = form.parse::<CustomerKind>("kind", t.form_choose());
    let name = form.required("name", t.form_required());
    let language = form.parse::<Language>("language", t.form_choose());
    let person = Person {
        name: name?,
        given_name: optional(form, "given_name"),
        language: language?,
        mailing_address: optional(form, "mailing_address"),
    };
    Some(Whom::New(kind?, person))
}

/// The place that a form or an address is about.
///
/// # Errors
/// `NotFound` for what is no number.
pub fn premise_of(form: &Form) -> Result<PremiseId, PageError> {
    let premise = form.value("premise").parse();
    premise.map_err(|_no_number| PageError::NotFound)
}
