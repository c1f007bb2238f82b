//! Doors for other machines: each verifies who speaks, keeps what was said, and answers. Nothing else happens here.

mod mail;
mod stripe;
mod texts;

use crate::web::doors::{Doors, Key};

/// Every door of a machine. They need no session: each verifies a signature.
#[must_use]
pub fn routes() -> Doors {
    Doors::at("/webhooks")
        .post("/stripe", Key::Anyone, stripe::receive)
        .post("/mail", Key::Anyone, mail::receive)
        .post("/texts", Key::Anyone, texts::receive)
        .post("/texts/status", Key::Anyone, texts::status)
}
