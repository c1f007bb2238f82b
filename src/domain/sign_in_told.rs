//! What notices of a sign-in tell.

use serde::{Deserialize, Serialize};

/// What every notice of a sign-in tells.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignInTold {
    /// What we call the person.
    pub name: String,
    /// What happened.
    pub news: SignInNews,
}

/// What happened to a sign-in.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignInNews {
    /// Signing in asks for a code of an app from now on.
    AuthenticatorOn,
    /// It does no more.
    AuthenticatorOff {
        /// Whether the office turned it off, for an owner who called.
        by_office: bool,
    },
    /// Somebody who knows the password types wrong codes.
    CodesGuessed,
    /// New recovery codes took the place of the old ones.
    RecoveryCodesMade,
    /// A recovery code was used in place of a code of the app.
    RecoveryCodeUsed {
        /// How many are left.
        left: i64,
    },
    /// The sign-in was closed by its holder.
    Closed {
        /// Whether autopay or planned payments of its accounts go on.
        is_charged_on: bool,
        /// Whether they ended with it.
        ends_charges: bool,
        /// Whether bills come on paper again.
        goes_to_paper: bool,
    },
    /// A device was given a key that opens it.
    PasskeyAdded {
        /// What the owner calls the key.
        passkey: String,
    },
    /// Such a key was taken off.
    PasskeyRemoved {
        /// What the owner called it.
        passkey: String,
    },
}
