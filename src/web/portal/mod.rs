//! The customer's door: its route table, with what opens each route. `tests/it/house/routes.txt` is a copy; reviewers read the difference.

use crate::web::doors::Doors;

/// Every page and change of the portal.
#[must_use]
pub fn routes() -> Doors {
    Doors::at("")
}
