//! What customers ask the office for: the kinds, the way from received to done, and by when an answer is promised.

pub mod asking;
pub mod reading;

use chrono::NaiveDate;

use crate::domain::requests::asking::{Answers, Field};
use crate::domain::text_enum::text_enum;
use crate::domain::working_days;

text_enum! {
    /// What is asked for.
    RequestKind {
        /// Service begins at a place.
        StartService => "start_service",
        /// Service ends where it is.
        StopService => "stop_service",
        /// Service ends here and begins there.
        Move => "move",
        /// A place that had no service gets some.
        NewService => "new_service",
        /// Mail goes elsewhere.
        MailingAddress => "mailing_address",
        /// Somebody reads the meter again.
        MeterReread => "meter_reread",
        /// Somebody looks into a bill that rose.
        HighBillCheck => "high_bill_check",
        /// Part of the water that ran away is forgiven after a repair.
        LeakAdjustment => "leak_adjustment",
        /// Something is broken or in danger.
        Problem => "problem",
        /// A bill is said to be wrong: it has an amount, and an outcome.
        BillDispute => "bill_dispute",
    }
}

text_enum! {
    /// What is broken or in danger.
    ProblemKind {
        /// It smells of gas.
        GasSmell => "gas_smell",
        /// A wire hangs low or lies down.
        DownedWire => "downed_wire",
        /// A main broke.
        MainBreak => "main_break",
        /// Water runs in the street.
        StreetLeak => "street_leak",
        /// There is no water.
        NoWater => "no_water",
        /// There is no power.
        NoPower => "no_power",
        /// The water looks, smells or tastes wrong.
        BadWater => "bad_water",
        /// A street light is out.
        StreetLight => "street_light",
        /// A meter is damaged.
        DamagedMeter => "damaged_meter",
        /// Anything else.
        Other => "other",
    }
}

text_enum! {
    /// Where a request stands.
    RequestState {
        /// It came, and nobody began.
        Received => "received",
        /// Somebody works on it.
        InProgress => "in_progress",
        /// The customer was asked something.
        Waiting => "waiting",
        /// It was done, or decided.
        Done => "done",
        /// It can't be done.
        Declined => "declined",
        /// The customer took it back.
        Withdrawn => "withdrawn",
    }
}

text_enum! {
    /// Who writes or moves.
    Side {
        /// Somebody of the account.
        Customer => "customer",
        /// Somebody of the office.
        Office => "office",
    }
}

/// The longest message, in characters.
pub const LONGEST_WORDS: usize = 2_000;

/// How many requests of an account may be open at once: more than any household needs, and a bound on what one sign-in can heap up.
pub const MOST_OPEN: i64 = 30;

/// How many things may be asked for on an account in one day, open or taken back, and how often its people may write about one of them in one
/// day: each may carry a photo, and each mails somebody.
pub const MOST_A_DAY: i64 = 20;

impl RequestKind {
    /// Whether it is asked for from the list; a dispute begins at its bill.
    #[must_use]
    pub const fn is_listed(self) -> bool {
        !matches!(self, Self::BillDispute)
    }

    /// Whether it is about a meter, and asked for a service that has one.
    #[must_use]
    pub const fn reads_meter(self) -> bool {
        matches!(self, Self::MeterReread)
    }

    /// Whether an account asks for it once at a time: a household moves to one home, and a second wish changes the first.
    #[must_use]
    pub const fn is_asked_once(self) -> bool {
        matches!(self, Self::Move)
    }

    /// Whether a photo helps: of what is broken, of the dial, of the plumber's invoice.
    #[must_use]
    pub const fn takes_photo(self) -> bool {
        matches!(
            self,
            Self::MeterReread
                | Self::HighBillCheck
                | Self::LeakAdjustment
                | Self::Problem
                | Self::BillDispute
        )
    }
}

impl ProblemKind {
    /// Whether whoever sees it must leave before anything else.
    #[must_use]
    pub const fn endangers(self) -> bool {
        matches!(self, Self::GasSmell | Self::DownedWire)
    }

    /// Whether it can't wait for the next working day.
    #[must_use]
    pub const fn is_urgent(self) -> bool {
        matches!(
            self,
            Self::GasSmell | Self::DownedWire | Self::MainBreak | Self::NoWater | Self::NoPower
        )
    }
}

impl RequestState {
    /// Whether anything is still to happen.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::InProgress | Self::Waiting)
    }

    /// Whether one side may move a request from here to there.
    #[must_use]
    pub const fn may_become(self, next: Self, side: Side) -> bool {
        match side {
            Side::Office => matches!(
                (self, next),
                (
                    Self::Received,
                    Self::InProgress | Self::Waiting | Self::Done | Self::Declined
                ) | (
                    Self::InProgress,
                    Self::Waiting | Self::Done | Self::Declined
                ) | (
                    Self::Waiting,
                    Self::InProgress | Self::Done | Self::Declined
                )
            ),
            Side::Customer => {
                let answers = matches!((self, next), (Self::Waiting, Self::InProgress));
                answers || (self.is_open() && matches!(next, Self::Withdrawn))
            }
        }
    }

    /// Where the office may move a request of a kind from here. A dispute ends by its outcome alone.
    #[must_use]
    pub fn moves(self, kind: RequestKind) -> Vec<Self> {
        let ends_by_outcome = kind == RequestKind::BillDispute;
        let may = |next: &Self| {
            self.may_become(*next, Side::Office) && (next.is_open() || !ends_by_outcome)
        };
        Self::ALL.iter().copied().filter(may).collect()
    }

    /// Whether the customer must be told in words why it stands so.
    #[must_use]
    pub const fn needs_words(self) -> bool {
        matches!(self, Self::Waiting | Self::Done | Self::Declined)
    }
}

/// The day by which the office answers a request that came on a day: what a customer is told, and what the queue is ordered by.
///
/// The counts are in working days. A day that was asked for is its own deadline: a crew goes there. What endangers or leaves somebody
/// without water or power is looked at the same day. A look at a bill takes the longer waits, because somebody reads a meter for it first;
/// none is longer than three weeks, so that the answer comes before the next bill.
#[must_use]
pub fn answer_by(kind: RequestKind, answers: &Answers, on: NaiveDate) -> NaiveDate {
    let wait = match kind {
        RequestKind::StartService | RequestKind::StopService | RequestKind::Move => {
            let days = [Field::StopOn, Field::StartOn].map(|field| answers.day(field));
            return days
                .into_iter()
                .flatten()
                .min()
                .unwrap_or_else(|| working_days::after(on, 2));
        }
        RequestKind::Problem => match answers.problem() {
            Some(problem) if problem.is_urgent() => return on,
            Some(ProblemKind::StreetLeak | ProblemKind::BadWater) => 1,
            Some(_) | None => 5,
        },
        RequestKind::MailingAddress => 2,
        RequestKind::MeterReread => 5,
        RequestKind::NewService | RequestKind::HighBillCheck | RequestKind::BillDispute => 10,
        RequestKind::LeakAdjustment => 15,
    };
    working_days::after(on, wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_closed_stays_closed_and_nobody_goes_back() {
        for from in RequestState::ALL {
            for to in RequestState::ALL {
                for side in Side::ALL {
                    let may = from.may_become(*to, *side);
                    assert!(!may || from.is_open(), "{from} to {to} by {side}");
                    assert!(!may || *to != RequestState::Received, "{from} by {side}");
                }
            }
        }
        let waits = RequestState::Waiting;
        assert!(waits.may_become(RequestState::InProgress, Side::Customer));
        assert!(!waits.may_become(RequestState::Done, Side::Customer));
        assert!(!waits.may_become(RequestState::Withdrawn, Side::Office));
    }

    #[test]
    fn a_dispute_is_ended_by_its_outcome_alone() {
        let moves = RequestState::Received.moves(RequestKind::BillDispute);
        assert_eq!(moves, [RequestState::InProgress, RequestState::Waiting]);
        let other = RequestState::Received.moves(RequestKind::Move);
        assert!(other.contains(&RequestState::Done));
    }

    #[test]
    fn danger_is_answered_the_same_day() {
        let on: NaiveDate = "2026-07-03".parse().unwrap();
        let gas = Answers::default().with(Field::Problem, "gas_smell");
        assert_eq!(answer_by(RequestKind::Problem, &gas, on), on);
        let light = Answers::default().with(Field::Problem, "street_light");
        assert_eq!(
            answer_by(RequestKind::Problem, &light, on),
            "2026-07-10".parse().unwrap()
        );
    }
}
