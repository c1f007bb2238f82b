//! The office's door: its route table, with the permission that opens each route. `tests/it/house/routes.txt` is a copy; reviewers read the
//! difference.

use crate::web::doors::Doors;

/// Every page and change of the office.
#[must_use]
pub fn routes() -> Doors {
    Doors::at("/office")
}
