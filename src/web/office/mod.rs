//! The office's door: its route table, with the permission that opens each route. `tests/it/house/routes.txt` is a copy; reviewers read the
//! difference.

pub mod audit;
pub mod clock;
pub mod set_up;
pub mod sign_in;
pub mod staff;
pub mod totp;

use crate::domain::staff::Permission;
use crate::web::doors::{Doors, Key};

/// Every page and change of the office.
#[must_use]
pub fn routes() -> Doors {
    Doors::at("/office").with(entrance()).with(administration())
}

/// How people of the office come in and out.
fn entrance() -> Doors {
    Doors::at("/office")
        .get("/set-up", Key::Anyone, set_up::show)
        .post("/set-up", Key::Anyone, set_up::create)
        .get("/invitation", Key::Anyone, set_up::invitation)
        .post("/invitation", Key::Anyone, set_up::join)
        .get("/sign-in", Key::Anyone, sign_in::show)
        .post("/sign-in", Key::Anyone, sign_in::create)
        .get("/sign-in/code", Key::HalfSignedIn, sign_in::code)
        .post("/sign-in/code", Key::HalfSignedIn, sign_in::confirm)
        .post("/sign-out", Key::AnyStaff, sign_in::destroy)
        .post("/language", Key::Anyone, sign_in::language)
        .get("/authenticator", Key::AnyStaff, totp::show)
        .post("/authenticator", Key::AnyStaff, totp::create)
        .post("/authenticator/confirmation", Key::AnyStaff, totp::confirm)
        .post("/authenticator/removal", Key::AnyStaff, totp::remove)
}

/// Who works here, and what everybody did.
fn administration() -> Doors {
    Doors::at("/office")
        .get("/staff", Permission::ManageStaff, staff::index)
        .post("/staff", Permission::ManageStaff, staff::create)
        .post(
            "/staff/{id}/role",
            Permission::ManageStaff,
            staff::update_role,
        )
        .post(
            "/staff/{id}/invitation",
            Permission::ManageStaff,
            staff::reinvite,
        )
        .post(
            "/staff/{id}/closing",
            Permission::ManageStaff,
            staff::destroy,
        )
        .get("/audit", Permission::ViewAudit, audit::index)
        .get("/clock", Permission::MoveClock, clock::show)
        .post("/clock", Permission::MoveClock, clock::update)
}
