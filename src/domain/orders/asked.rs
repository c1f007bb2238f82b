//! Which service orders a customer's request leads to, by itself: what a crew has to do, for which service, by which day.

use chrono::NaiveDate;

use crate::domain::orders::{OrderKind, Urgency};
use crate::domain::premises::Commodity;
use crate::domain::requests::asking::{Answers, Field};
use crate::domain::requests::{ProblemKind, RequestKind, RequestState};

/// Where an order of a request is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Where the account is served.
    Own,
    /// Where the account is to be served: known once the office has found the place.
    ToCome,
    /// Somewhere in town, as the words say.
    Elsewhere,
}

/// One order that a request leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What is to be done.
    pub kind: OrderKind,
    /// Where.
    pub place: Place,
    /// Which service it is about; nothing where it is every one.
    pub service: Option<Commodity>,
    /// The day that was asked for.
    pub on: Option<NaiveDate>,
    /// How much hurry there is.
    pub urgency: Urgency,
}

/// The orders that a request leads to: none where nobody has to go out.
#[must_use]
pub fn orders_of(kind: RequestKind, answers: &Answers) -> Vec<Asked> {
    let order = |kind, place, field: Option<Field>| Asked {
        kind,
        place,
        service: answers
            .get(Field::Service)
            .and_then(|text| text.parse().ok()),
        on: field.and_then(|field| answers.day(field)),
        urgency: Urgency::Standard,
    };
    let (start, stop) = (Some(Field::StartOn), Some(Field::StopOn));
    match kind {
        RequestKind::StartService => vec![order(OrderKind::TurnOn, Place::ToCome, start)],
        RequestKind::StopService => vec![order(OrderKind::TurnOff, Place::Own, stop)],
        RequestKind::Move => vec![
            order(OrderKind::TurnOff, Place::Own, stop),
            order(OrderKind::TurnOn, Place::ToCome, start),
        ],
        RequestKind::MeterReread => vec![order(OrderKind::Reread, Place::Own, None)],
        RequestKind::HighBillCheck => vec![order(OrderKind::UseCheck, Place::Own, None)],
        RequestKind::Problem => answers
            .problem()
            .and_then(looked_into)
            .map(|(kind, place)| Asked {
                urgency: urgency_of(answers.problem()),
                ..order(kind, place, None)
            })
            .into_iter()
            .collect(),
        RequestKind::NewService
        | RequestKind::MailingAddress
        | RequestKind::LeakAdjustment
        | RequestKind::BillDispute => Vec::new(),
    }
}

/// Whether what is still to be done for a request of a kind ends with it: what was declined or taken back always, and what was answered, but for
/// a start, a stop or a move, whose crew comes on its day.
#[must_use]
pub const fn ends_with(kind: RequestKind, state: RequestState) -> bool {
    match state {
        RequestState::Declined | RequestState::Withdrawn => true,
        RequestState::Done => !matches!(
            kind,
            RequestKind::StartService | RequestKind::StopService | RequestKind::Move
        ),
        RequestState::Received | RequestState::InProgress | RequestState::Waiting => false,
    }
}

/// Who looks into a problem. Wires and power are the outage desk's, and what is none of these waits for the office's look.
const fn looked_into(problem: ProblemKind) -> Option<(OrderKind, Place)> {
    match problem {
        ProblemKind::GasSmell => Some((OrderKind::Leak, Place::Elsewhere)),
        ProblemKind::MainBreak => Some((OrderKind::MainBreak, Place::Elsewhere)),
        ProblemKind::StreetLeak => Some((OrderKind::Leak, Place::Elsewhere)),
        ProblemKind::NoWater | ProblemKind::BadWater => Some((OrderKind::Quality, Place::Own)),
        ProblemKind::StreetLight => Some((OrderKind::StreetLight, Place::Elsewhere)),
        ProblemKind::DamagedMeter => Some((OrderKind::MeterTest, Place::Own)),
        ProblemKind::DownedWire | ProblemKind::NoPower | ProblemKind::Other => None,
    }
}

fn urgency_of(problem: Option<ProblemKind>) -> Urgency {
    match problem {
        Some(problem) if problem.endangers() => Urgency::Emergency,
        Some(problem) if problem.is_urgent() => Urgency::SameDay,
        Some(_) | None => Urgency::Standard,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_move_is_one_of_each_and_mail_sends_nobody_out() {
        let answers = Answers::default()
            .with(Field::StopOn, "2026-07-08")
            .with(Field::StartOn, "2026-07-09");
        let orders = orders_of(RequestKind::Move, &answers);
        let kinds: Vec<OrderKind> = orders.iter().map(|order| order.kind).collect();
        assert_eq!(kinds, [OrderKind::TurnOff, OrderKind::TurnOn]);
        let days: Vec<Option<NaiveDate>> = orders.iter().map(|order| order.on).collect();
        assert_eq!(
            days,
            [answers.day(Field::StopOn), answers.day(Field::StartOn)]
        );
        assert!(orders_of(RequestKind::MailingAddress, &answers).is_empty());
    }

    #[test]
    fn a_damaged_meter_is_tested_and_gas_is_looked_for_at_once() {
        let problem = |word| {
            let answers = Answers::default().with(Field::Problem, word);
            orders_of(RequestKind::Problem, &answers).pop()
        };
        let meter = problem("damaged_meter").unwrap();
        assert_eq!(
            (meter.kind, meter.urgency),
            (OrderKind::MeterTest, Urgency::Standard)
        );
        let gas = problem("gas_smell").unwrap();
        assert_eq!(
            (gas.kind, gas.urgency),
            (OrderKind::Leak, Urgency::Emergency)
        );
        assert_eq!(problem("no_power"), None);
    }

    #[test]
    fn a_move_that_was_carried_out_still_waits_for_its_crew() {
        let done = RequestState::Done;
        assert!(!ends_with(RequestKind::Move, done));
        assert!(ends_with(RequestKind::MeterReread, done));
        assert!(ends_with(RequestKind::Move, RequestState::Withdrawn));
        assert!(!ends_with(RequestKind::MeterReread, RequestState::Waiting));
    }

    #[test]
    fn a_read_is_of_the_service_that_was_named() {
        let answers = Answers::default().with(Field::Service, "water");
        let orders = orders_of(RequestKind::MeterReread, &answers);
        assert_eq!(orders.first().unwrap().service, Some(Commodity::Water));
        let all = Answers::default().with(Field::Service, "all");
        let orders = orders_of(RequestKind::StopService, &all);
        assert_eq!(orders.first().unwrap().service, None);
    }
}
