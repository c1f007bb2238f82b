//! Reading routes at the office: all of them with the points that are on none, one in its order, and the sheet by which it is read.

mod index;
mod sheet;
mod show;

use crate::domain::ids::ServicePointId;
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::usecases::routes::{LONGEST_NAME, LONGEST_NOTE, RouteError};
use crate::web::doors::Doors;
use crate::web::form::Form;

/// Routes, their order, and reading by them.
pub fn doors() -> Doors {
    let (read, change) = (Permission::EnterRead, Permission::ManageMeters);
    Doors::at("/office/routes")
        .get("", read, index::index)
        .post("", change, index::create)
        .post("/missing", change, index::place)
        .get("/{id}", read, show::show)
        .post("/{id}/stops", change, show::change)
        .post("/{id}/file", change, show::upload)
        .get("/{id}/file", read, sheet::file)
        .get("/{id}/sheet", read, sheet::show)
}

/// The points whose boxes are ticked, in the order in which the page showed them.
fn ticked(form: &Form) -> Vec<ServicePointId> {
    let mut found: Vec<(i64, ServicePointId)> = form
        .named("stop-")
        .into_iter()
        .filter_map(|id| {
            let shown = form.value(&format!("stop-{id}")).parse().ok()?;
            Some((shown, id.parse().ok()?))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, id)| id).collect()
}

/// Why a route was not opened or changed, in words.
fn said(t: Words, refused: &RouteError) -> String {
    match refused {
        RouteError::NameMissing | RouteError::Fault(_) => t.form_required().to_owned(),
        RouteError::NameTooLong => t.hold_words_long(LONGEST_NAME),
        RouteError::CodeKnown => t.routes_code_known().to_owned(),
        RouteError::NoSuchCycle => t.form_choose().to_owned(),
        RouteError::NoneChosen => t.routes_none_chosen().to_owned(),
        RouteError::NoteTooLong => t.hold_words_long(LONGEST_NOTE),
        RouteError::NoSuchPoints(points) => {
            let few = points.iter().take(10).map(ToString::to_string);
            t.routes_no_such_points(few.collect::<Vec<_>>().join(", "))
        }
    }
}
