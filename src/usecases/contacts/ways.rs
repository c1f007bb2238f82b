//! How a customer is reached, as the customer sees it: each way with whether it is proved, whether notices go there, and why not.

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::alerts::text_number;
use crate::domain::customers::ContactKind;
use crate::domain::notice::Channel;
use crate::store;
use crate::store::contact_points::{self, ContactPoint, ContactProof};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::text_numbers;
use crate::usecases::contacts::{Keeper, Subject};

/// Why nothing is sent to a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// What is sent there comes back.
    ComesBack,
    /// The number's holder texted us to stop.
    Stopped,
}

/// A way to reach the customer, and what becomes of what is sent there.
#[derive(Debug, Clone)]
pub struct Way {
    /// The way.
    pub point: ContactPoint,
    /// Whether it is the sign-in's address, too, which is proved by the sign-in.
    pub is_sign_in: bool,
    /// Whether notices of its channel go there.
    pub is_used: bool,
    /// Why nothing is sent there, if so.
    pub trouble: Option<Trouble>,
}

impl Way {
    /// Whether it is an e-mail address; else a telephone number.
    #[must_use]
    pub fn is_email(&self) -> bool {
        self.point.kind == ContactKind::Email
    }

    /// Whether somebody showed that it is theirs.
    #[must_use]
    pub const fn is_proved(&self) -> bool {
        self.point.verified_at.is_some() || self.is_sign_in
    }

    /// Whether it may be chosen for the notices of its channel.
    #[must_use]
    pub const fn may_be_chosen(&self) -> bool {
        self.is_proved() && self.trouble.is_none()
    }

    /// Whether what is sent there comes back.
    #[must_use]
    pub fn comes_back(&self) -> bool {
        self.trouble == Some(Trouble::ComesBack)
    }

    /// Whether the number's holder texted us to stop.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.trouble == Some(Trouble::Stopped)
    }

    /// Whether a code would do something for it.
    #[must_use]
    pub fn wants_code(&self) -> bool {
        !self.is_proved() || self.comes_back()
    }
}

/// Everything that a customer sees of how they are reached.
#[derive(Debug, Clone)]
pub struct Ways {
    /// Each way.
    pub all: Vec<Way>,
    /// What waits for its code.
    pub waiting: Option<ContactProof>,
    /// The address of the sign-in.
    pub sign_in: String,
}

impl Ways {
    /// Whether one address was chosen; else all of them are written to.
    #[must_use]
    pub fn is_any_chosen(&self) -> bool {
        self.all.iter().any(|way| way.point.primary_at.is_some())
    }

    /// How many addresses there are.
    #[must_use]
    pub fn addresses(&self) -> usize {
        self.all.iter().filter(|way| way.is_email()).count()
    }
}

/// How the customer of an account is reached, and what waits for its code. A fixed number of queries.
///
/// # Errors
/// That the account has no customer, or a fault.
pub fn list(
    conn: &mut Conn,
    keeper: Keeper,
    (on, now): (NaiveDate, NaiveDateTime),
) -> Result<Ways, StoreError> {
    let subject = Subject::read(conn, keeper, on)?;
    let addresses: Vec<String> = subject
        .present
        .iter()
        .map(|point| point.value.to_lowercase())
        .collect();
    let failing = store::alerts::list_failing(conn, Channel::Email, &addresses)?;
    let numbers: Vec<String> = subject
        .present
        .iter()
        .filter_map(|point| text_number(&point.value))
        .collect();
    let stopped = text_numbers::list_stopped(conn, &numbers)?;
    let texted = text_numbers::list_open(conn, &[keeper.login])?;
    let texted = texted.get(&keeper.login).map(String::as_str);
    let chosen = subject
        .present
        .iter()
        .find(|point| point.primary_at.is_some() && !failing.contains(&point.value.to_lowercase()))
        .map(|point| point.id);
    let way = |point: &ContactPoint| {
        let number = text_number(&point.value);
        let comes_back = failing.contains(&point.value.to_lowercase());
        Way {
            is_sign_in: subject.is_sign_in(point),
            is_used: match point.kind {
                ContactKind::Email => !comes_back && chosen.is_none_or(|id| id == point.id),
                ContactKind::Phone => number.is_some() && number.as_deref() == texted,
            },
            trouble: if comes_back {
                Some(Trouble::ComesBack)
            } else {
                number
                    .filter(|number| stopped.contains(number))
                    .map(|_| Trouble::Stopped)
            },
            point: point.clone(),
        }
    };
    let waiting = contact_points::find_proof(conn, subject.customer.id, keeper.login)?;
    Ok(Ways {
        all: subject.present.iter().map(way).collect(),
        waiting: waiting.filter(|proof| proof.code_ends_at > now),
        sign_in: subject.login.email,
    })
}
