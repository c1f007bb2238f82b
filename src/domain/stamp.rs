//! Who did it and when: handed to every change, so that rules and use cases never look at a clock.

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::ids::{LoginId, StaffId};
use crate::domain::text_enum::text_enum;

text_enum! {
    /// What kind of person or machine acts.
    ActorKind {
        /// Somebody of the office.
        Staff => "staff",
        /// A signed-in customer.
        Login => "login",
        /// Somebody who is not signed in.
        Visitor => "visitor",
        /// The program itself, because of the time.
        Clock => "clock",
        /// Somebody at the command line.
        Operator => "operator",
        /// The payment processor.
        Processor => "processor",
    }
}

/// The acting person or machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// What kind.
    pub kind: ActorKind,
    /// The row id within its kind, where it has one.
    pub id: Option<i64>,
    /// The name as the office reads it.
    pub name: String,
}

impl Actor {
    /// Somebody of the office.
    #[must_use]
    pub fn staff(id: StaffId, name: &str) -> Self {
        Self {
            kind: ActorKind::Staff,
            id: Some(id.0),
            name: name.to_owned(),
        }
    }

    /// A signed-in customer.
    #[must_use]
    pub fn login(id: LoginId, name: &str) -> Self {
        Self {
            kind: ActorKind::Login,
            id: Some(id.0),
            name: name.to_owned(),
        }
    }

    /// The sign-in that acts, where one does.
    #[must_use]
    pub fn as_login(&self) -> Option<LoginId> {
        let id = self.id.filter(|_| self.kind == ActorKind::Login);
        id.map(LoginId)
    }

    /// The program, a visitor, the operator or the processor.
    #[must_use]
    pub fn unnamed(kind: ActorKind) -> Self {
        Self {
            kind,
            id: None,
            name: kind.as_str().to_owned(),
        }
    }
}

/// The acting person, the instant (UTC) and the business date of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Who.
    pub by: Actor,
    /// The instant, in UTC.
    pub at: NaiveDateTime,
    /// The day in the utility's zone.
    pub on: NaiveDate,
    /// The request that asked for it, where there was one.
    pub request_id: Option<String>,
}
