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

    /// Whether this is the person with this row and name: by the row where both have one, for two people may have one name.
    #[must_use]
    pub fn is_person(&self, id: Option<i64>, name: &str) -> bool {
        match (self.id, id) {
            (Some(own), Some(other)) => own == other,
            (None | Some(_), None) | (None, Some(_)) => self.name == name,
        }
    }

    /// The name, told apart from that of somebody else who has the same.
    #[must_use]
    pub fn name_beside(&self, other: &str) -> String {
        match self.id {
            Some(id) if self.name == other => format!("{} (no. {id})", self.name),
            Some(_) | None => self.name.clone(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_people_of_one_name_are_two_and_one_person_of_two_names_is_one() {
        let ana = Actor::staff(StaffId(7), "Ana Ruiz");
        assert!(!ana.is_person(Some(8), "Ana Ruiz"));
        assert!(ana.is_person(Some(7), "Ana Ruiz de Soto"));
        assert!(ana.is_person(None, "Ana Ruiz") && !ana.is_person(None, "Ben"));
        assert_eq!(ana.name_beside("Ana Ruiz"), "Ana Ruiz (no. 7)");
        assert_eq!(ana.name_beside("Ben"), "Ana Ruiz");
    }
}
