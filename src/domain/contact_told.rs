//! What notices of the ways to reach a customer tell.

use serde::{Deserialize, Serialize};

use crate::domain::customers::ContactKind;
use crate::domain::ids::AccountNumber;

/// What every notice of a way to reach a customer tells.
#[derive(Clone, Serialize, Deserialize)]
pub struct ContactTold {
    /// What we call the person.
    pub name: String,
    /// An account of the customer's.
    pub account_number: AccountNumber,
    /// What happened.
    pub news: ContactNews,
}

/// What happened to a way to reach a customer. Its address or number is told in part, as its holder knows it by.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactNews {
    /// The code that proves an e-mail address.
    Code {
        /// The code to type.
        code: String,
    },
    /// It was proved, and counts from now on.
    Added {
        /// An e-mail address or a telephone number.
        way: ContactKind,
        /// Which.
        to: String,
    },
    /// Notices go there from now on.
    Chosen {
        /// An e-mail address or a telephone number.
        way: ContactKind,
        /// Which.
        to: String,
    },
    /// It was removed, and is used no more.
    Removed {
        /// An e-mail address or a telephone number.
        way: ContactKind,
        /// Which.
        to: String,
    },
}
