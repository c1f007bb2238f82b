//! An authenticator app at either door: where it stands, as its page shows it, and the check of a typed code.

use crate::documents::qr;
use crate::i18n::{Html, Words};
use crate::secrets::{Authenticator, in_groups};
use crate::store::authenticators::{AuthenticatorRow, CheckedCode};
use crate::web::PageError;
use crate::web::desk::Desk;

/// Where an authenticator stands.
pub enum State {
    /// There is none, or one that waited too long for its first code.
    Off,
    /// The app is to learn the secret.
    Begun {
        /// The secret, to be typed by hand.
        key: String,
        /// The address that an app opens.
        address: String,
        /// The address as a picture.
        picture: Option<Html<String>>,
    },
    /// Signing in asks for its codes.
    On,
}

impl State {
    /// As the page of whoever signs in with this address shows it.
    ///
    /// # Errors
    /// A fault where the stored secret is none.
    pub fn of(desk: &Desk, row: Option<&AuthenticatorRow>, email: &str) -> Result<Self, PageError> {
        let t = desk.chrome.t;
        match row {
            Some(row) if row.is_in_use() => Ok(Self::On),
            Some(row) if row.is_waiting(desk.now()) => {
                let address = of_row(t, row, email)?.address().map_err(PageError::fault)?;
                Ok(Self::Begun {
                    picture: qr::picture(&address, t.totp_picture()),
                    address,
                    key: in_groups(&row.secret, 4, " "),
                })
            }
            Some(_) | None => Ok(Self::Off),
        }
    }
}

/// A new secret for somebody, as it is stored.
///
/// # Errors
/// A fault when the system gives no randomness.
pub fn new_secret(t: Words, email: &str) -> Result<String, PageError> {
    let made = Authenticator::generate(t.utility_short(), email).map_err(PageError::fault)?;
    Ok(made.secret())
}

/// The code that was typed, if it is one of the authenticator, now, and newer than the last one used.
///
/// # Errors
/// A fault where the stored secret is none.
pub fn checked_code(
    desk: &Desk,
    row: &AuthenticatorRow,
    email: &str,
    typed: &str,
) -> Result<Option<CheckedCode>, PageError> {
    let seconds = desk.now().and_utc().timestamp();
    let app = of_row(desk.chrome.t, row, email)?;
    let step = app.step_of(typed, seconds, row.last_step);
    Ok(step.map(|step| CheckedCode {
        secret: row.secret.clone(),
        step,
    }))
}

fn of_row(t: Words, row: &AuthenticatorRow, email: &str) -> Result<Authenticator, PageError> {
    Authenticator::stored(&row.secret, t.utility_short(), email).map_err(PageError::fault)
}
