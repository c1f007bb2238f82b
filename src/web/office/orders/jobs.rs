//! What a crew carries: each order with its place, who is served there, what the meters showed last, and the form of its result; and what waits for
//! somebody to take it, with its place alone. A fixed number of questions for any number of orders.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::ids::{
    AccountId, MeterId, OrderId, PremiseId, ReadRouteId, RegisterId, ServicePointId,
};
use crate::domain::orders::{Finding, Needs, OrderKind, Why};
use crate::domain::period::in_force;
use crate::domain::premises::by_street;
use crate::i18n::Words;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::latest_reads::{LatestRead, latest_reads};
use crate::store::meters::{self, RegisterRow};
use crate::store::orders::OrderRow;
use crate::store::premises::{self, ServicePointRow};
use crate::store::{labels, routes, switches};
use crate::usecases::orders::places::of_others;
use crate::web::form::Form;
use crate::web::office::faces::named;
use crate::web::order_view;

/// A register that is read.
pub struct Dial {
    /// The register.
    pub register: RegisterRow,
    /// The number of its meter.
    pub serial: String,
    /// What it showed last.
    pub last: Option<LatestRead>,
}

impl Dial {
    /// The field of its value.
    pub fn name(&self) -> String {
        named("shown", self.register.id)
    }

    /// What a person reads beside it.
    pub fn label(&self, t: &Words) -> String {
        let channel = t.meter_channel(self.register.channel.as_str());
        t.meter_shows(&self.serial, channel, self.register.unit.as_str())
    }

    /// What it showed last, and whether it may be left out.
    pub fn hint(&self, t: &Words) -> String {
        let last = self.last.as_ref();
        let last = last.map(|read| t.read_last(read.value.to_string(), t.date(read.on)));
        let by_itself = self
            .register
            .resolution_minutes
            .map(|_| t.meter_by_intervals().to_owned());
        let parts: Vec<String> = last.into_iter().chain(by_itself).collect();
        parts.join(". ")
    }
}

/// One order as a crew sees it.
pub struct Job {
    /// The order.
    pub row: OrderRow,
    /// Where, in one line; nothing where only its words say so.
    pub place: Option<String>,
    /// Who is served there.
    pub name: String,
    /// The registers that are read; of an exchange, those of the meter that goes.
    pub dials: Vec<Dial>,
    /// The registers of a meter that comes, once its number is known.
    pub coming: Vec<Dial>,
    /// What was typed.
    pub form: Form,
    prefix: String,
    today: NaiveDate,
}

impl Job {
    /// What it asks for.
    pub fn needs(&self) -> Needs {
        self.row.kind.needs()
    }

    /// The id of a field: its name where the order stands alone on the page.
    pub fn id(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// When somebody is expected.
    pub fn appointment(&self, t: &Words) -> String {
        order_view::appointment(*t, &self.row).unwrap_or_default()
    }

    /// Whether it was put off from an earlier day.
    pub fn is_late(&self) -> bool {
        self.row.appointed_on.is_some_and(|day| day < self.today)
    }

    /// Whether a meter is exchanged.
    pub fn is_exchange(&self) -> bool {
        self.row.kind == OrderKind::MeterExchange
    }

    /// Whether it is a shut-off that was not handed out today: the rules are asked anew each day.
    pub fn is_stale(&self) -> bool {
        self.row.kind == OrderKind::ShutOff && self.row.may_on != Some(self.today)
    }

    /// Whether a field holds this.
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.form.value(name) == value
    }

    /// Why it could not be done.
    pub fn reasons(&self, t: &Words) -> Vec<(&'static str, String)> {
        let named = |why: &Why| (why.as_str(), t.order_why(why.as_str()));
        Why::OF_CREWS.iter().map(named).collect()
    }

    /// What was found.
    pub fn findings(&self, t: &Words) -> Vec<(&'static str, String)> {
        let named = |found: &Finding| (found.as_str(), t.order_finding(found.as_str()));
        Finding::ALL.iter().map(named).collect()
    }
}

/// Orders with what a crew needs to know, each with a fresh form.
///
/// # Errors
/// A fault of the store.
pub fn load(
    conn: &mut Conn,
    rows: Vec<OrderRow>,
    (today, is_alone): (NaiveDate, bool),
) -> Result<Vec<Job>, StoreError> {
    let accounts: Vec<AccountId> = rows.iter().map(|row| row.account_id).collect();
    let places: Vec<PremiseId> = rows.iter().filter_map(|row| row.premise_id).collect();
    let labels = labels::of_accounts(conn, &accounts, today)?;
    let lines: HashMap<PremiseId, String> =
        premises::list_lines(conn, &places)?.into_iter().collect();
    let points = premises::list_points_of(conn, &places)?;
    let stops = stops(conn, &points)?;
    let mut dials = dials(conn, &rows, (&points, today))?;
    let job = |row: OrderRow| {
        let form = Form::default()
            .with("key", uuid::Uuid::new_v4())
            .with("on", today);
        Job {
            place: row.premise_id.and_then(|at| lines.get(&at).cloned()),
            name: labels
                .get(&row.account_id)
                .map(|label| label.name.clone())
                .unwrap_or_default(),
            dials: dials.remove(&row.id).unwrap_or_default(),
            coming: Vec::new(),
            form,
            prefix: if is_alone {
                String::new()
            } else {
                format!("{}-", row.number)
            },
            today,
            row,
        }
    };
    let mut jobs: Vec<Job> = rows.into_iter().map(job).collect();
    // The appointment comes first, then what hurries, then the way.
    jobs.sort_by_cached_key(|job| {
        let (row, way) = (&job.row, stops.way(&job.row, job.place.as_deref()));
        (row.appointed_on, row.slot.begins(), row.urgency, way)
    });
    Ok(jobs)
}

/// An order that nobody has taken yet, as the list shows it.
pub struct Waiting {
    /// The order.
    pub row: OrderRow,
    /// Where, in one line; nothing where only its words say so.
    pub place: Option<String>,
}

impl Waiting {
    /// The id of its heading.
    pub fn id(&self) -> String {
        format!("{}-title", self.row.number)
    }
}

/// Orders that wait for whoever may go: what is to be done soonest comes first, then what hurries, then the way.
///
/// # Errors
/// A fault of the store.
pub fn waiting(conn: &mut Conn, rows: Vec<OrderRow>) -> Result<Vec<Waiting>, StoreError> {
    let places: Vec<PremiseId> = rows.iter().filter_map(|row| row.premise_id).collect();
    let lines: HashMap<PremiseId, String> =
        premises::list_lines(conn, &places)?.into_iter().collect();
    let points = premises::list_points_of(conn, &places)?;
    let stops = stops(conn, &points)?;
    let one = |row: OrderRow| Waiting {
        place: row.premise_id.and_then(|at| lines.get(&at).cloned()),
        row,
    };
    let mut all: Vec<Waiting> = rows.into_iter().map(one).collect();
    all.sort_by_cached_key(|one| {
        let way = stops.way(&one.row, one.place.as_deref());
        (one.row.due_on, one.row.urgency, way)
    });
    Ok(all)
}

/// A turn on a reading route.
type Turn = (ReadRouteId, i32);

/// Where an order lies on the way: along the reading routes, then, of what is on none, street by street and house by house. What has no place comes
/// last.
type Way = (bool, bool, Option<Turn>, (String, u32));

/// The turns of points on the reading routes, and the first of each place.
struct Stops {
    of_points: HashMap<ServicePointId, Turn>,
    of_places: HashMap<PremiseId, Turn>,
}

impl Stops {
    fn way(&self, row: &OrderRow, place: Option<&str>) -> Way {
        let at = |point: ServicePointId| self.of_points.get(&point);
        let own = row.service_point_id.and_then(at);
        let turn = own.or_else(|| self.of_places.get(&row.premise_id?));
        let street = place.map(by_street).unwrap_or_default();
        (place.is_none(), turn.is_none(), turn.copied(), street)
    }
}

fn stops(conn: &mut Conn, points: &[ServicePointRow]) -> Result<Stops, StoreError> {
    let ids: Vec<ServicePointId> = points.iter().map(|point| point.id).collect();
    let of_points: HashMap<ServicePointId, Turn> = routes::list_of_points(conn, &ids)?
        .into_iter()
        .map(|stop| (stop.service_point_id, (stop.route_id, stop.turn)))
        .collect();
    let mut of_places: HashMap<PremiseId, Turn> = HashMap::new();
    for point in points {
        if let Some(turn) = of_points.get(&point.id) {
            let first = of_places.entry(point.premise_id).or_insert(*turn);
            *first = (*first).min(*turn);
        }
    }
    Ok(Stops {
        of_points,
        of_places,
    })
}

/// The registers of each order.
fn dials(
    conn: &mut Conn,
    rows: &[OrderRow],
    (points, today): (&[ServicePointRow], NaiveDate),
) -> Result<HashMap<OrderId, Vec<Dial>>, StoreError> {
    let metered: Vec<(PremiseId, ServicePointId)> = points
        .iter()
        .filter(|point| point.commodity.is_metered())
        .map(|point| (point.premise_id, point.id))
        .collect();
    let points: Vec<ServicePointId> = metered.iter().map(|(_, point)| *point).collect();
    let serials: HashMap<MeterId, String> = meters::list_hung_at(conn, &points)?
        .into_iter()
        .map(|hung| (hung.meter.id, hung.meter.serial))
        .collect();
    let installed: Vec<(ServicePointId, RegisterRow)> = meters::list_installed(conn, &points)?
        .into_iter()
        .filter(|row| in_force(row.from_on, row.until_on, today))
        .map(|row| (row.service_point_id, row.register))
        .collect();
    let ids: Vec<RegisterId> = installed.iter().map(|(_, register)| register.id).collect();
    let latest = latest_reads(conn, &ids, today)?;
    let is_read = |row: &OrderRow, point: ServicePointId, register: &RegisterRow| {
        let is_here = match (row.service_point_id, row.premise_id) {
            (Some(only), _) => only == point,
            (None, Some(premise)) => metered.contains(&(premise, point)),
            (None, None) => false,
        };
        let is_going =
            row.kind != OrderKind::MeterExchange || row.meter_id == Some(register.meter_id);
        row.kind.needs().read.is_asked() && is_here && is_going
    };
    let served = if rows.iter().any(OrderRow::is_of_own_points) {
        switches::list_served(conn, &points, today)?
    } else {
        Vec::new()
    };
    let of_row = |row: &OrderRow| {
        let others = others_at(row, &metered, &served);
        let wanted = installed
            .iter()
            .filter(|(point, register)| is_read(row, *point, register) && !others.contains(point));
        let dial = |(_, register): &(ServicePointId, RegisterRow)| Dial {
            serial: serials.get(&register.meter_id).cloned().unwrap_or_default(),
            last: latest.get(&register.id).cloned(),
            register: register.clone(),
        };
        (row.id, wanted.map(dial).collect())
    };
    Ok(rows.iter().map(of_row).collect())
}

/// The points of an order's place that it is not about.
fn others_at(
    row: &OrderRow,
    metered: &[(PremiseId, ServicePointId)],
    served: &[(ServicePointId, AccountId)],
) -> Vec<ServicePointId> {
    if !row.is_of_own_points() {
        return Vec::new();
    }
    let here = metered.iter().filter(|(at, _)| Some(*at) == row.premise_id);
    let here: Vec<ServicePointId> = here.map(|(_, point)| *point).collect();
    of_others(&here, served, row.account_id)
}

/// The registers of a meter of the inventory that is to come.
///
/// # Errors
/// A fault of the store.
pub fn coming(conn: &mut Conn, serial: &str) -> Result<Option<(MeterId, Vec<Dial>)>, StoreError> {
    let Some(meter) = meters::find_by_serial(conn, serial)? else {
        return Ok(None);
    };
    let registers = meters::list_registers(conn, meter.id)?;
    let dial = |register: RegisterRow| Dial {
        serial: meter.serial.clone(),
        last: None,
        register,
    };
    Ok(Some((meter.id, registers.into_iter().map(dial).collect())))
}
