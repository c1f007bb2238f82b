//! Service orders: what a crew is sent out for, what it must bring back, the way from the office to the field and back, and what each result
//! leads to. The kinds are those of the rules' list of service orders.

pub mod asked;
pub mod told;

use chrono::NaiveDate;

use crate::domain::text_enum::text_enum;
use crate::domain::working_days;

text_enum! {
    /// What a crew is sent out for.
    OrderKind {
        /// Service is turned on.
        TurnOn => "turn_on",
        /// Service is turned off, as the customer asked.
        TurnOff => "turn_off",
        /// The meter is read where somebody moves in; service stays as it is.
        ReadIn => "read_in",
        /// The meter is read where somebody moves out; service stays as it is.
        ReadOut => "read_out",
        /// The meter is read again.
        Reread => "re_read",
        /// Somebody looks into high, low or no use.
        UseCheck => "use_check",
        /// Somebody looks for a leak.
        Leak => "leak",
        /// A meter goes and another comes.
        MeterExchange => "meter_exchange",
        /// A meter is tested.
        MeterTest => "meter_test",
        /// Somebody looks into tampering.
        Tamper => "tamper",
        /// Service is shut off for what is owed.
        ShutOff => "shut_off",
        /// Service that was shut off is turned on again.
        Reconnect => "reconnect",
        /// A notice is left at the door.
        DoorTag => "door_tag",
        /// A backflow preventer is due for its test.
        Backflow => "backflow_test",
        /// Pressure is low, or the water is bad.
        Quality => "pressure_quality",
        /// A main broke.
        MainBreak => "main_break",
        /// A street light is out.
        StreetLight => "street_light",
        /// A place gets a new tap.
        NewTap => "new_tap",
        /// A cart is brought, taken or changed.
        Cart => "cart",
    }
}

text_enum! {
    /// Where an order stands.
    OrderState {
        /// It waits for somebody to be sent.
        Open => "open",
        /// Somebody is to go.
        Assigned => "assigned",
        /// Somebody is on the way or at work.
        AtWork => "at_work",
        /// It could not be done, and waits for the office.
        NotDone => "not_done",
        /// It was done.
        Done => "done",
        /// It is not to be done.
        Canceled => "canceled",
    }
}

text_enum! {
    /// How much hurry there is.
    Urgency {
        /// At once.
        Emergency => "emergency",
        /// The same day.
        SameDay => "same_day",
        /// The same day, after the office has closed.
        AfterHours => "after_hours",
        /// As the kind of work has it.
        Standard => "standard",
    }
}

text_enum! {
    /// The part of the day on which somebody comes.
    Slot {
        /// From eight to four.
        AllDay => "all_day",
        /// From eight to noon.
        Morning => "morning",
        /// From noon to four.
        Afternoon => "afternoon",
        /// From eight to ten.
        EightToTen => "from_8_to_10",
        /// From ten to noon.
        TenToTwelve => "from_10_to_12",
        /// From noon to two.
        TwelveToTwo => "from_12_to_2",
        /// From two to four.
        TwoToFour => "from_2_to_4",
    }
}

text_enum! {
    /// Why an order was not done, or is not to be.
    Why {
        /// Nobody could get to the meter.
        NoAccess => "no_access",
        /// It was not safe.
        Unsafe => "unsafe",
        /// The meter or valve was not found, or does not turn.
        NotFound => "not_found",
        /// Something was missing.
        NoParts => "no_parts",
        /// The customer was there and asked to wait.
        CustomerAsked => "customer_asked",
        /// The weather did not allow it.
        Weather => "weather",
        /// There was no time for it.
        NoTime => "no_time",
        /// The office took it back.
        ByOffice => "by_office",
        /// The request has ended: answered, declined or taken back.
        RequestEnded => "request_ended",
        /// What was owed was paid, or too little is left to be shut off for.
        Paid => "paid",
        /// A hold, a dispute, an arrangement or a moratorium protects what is owed.
        Protected => "protected",
    }
}

text_enum! {
    /// What was found by somebody who looked into something.
    Finding {
        /// Nothing is wrong.
        Fine => "fine",
        /// The meter does not count as it should.
        MeterFaulty => "meter_faulty",
        /// It leaks behind the meter, at the customer's.
        LeakInside => "leak_inside",
        /// It leaks before the meter, at the utility's.
        LeakOutside => "leak_outside",
        /// Somebody tampered with it.
        Tampered => "tampered",
        /// It was put right on the spot.
        Repaired => "repaired",
    }
}

/// The most letters of what is written to or by a crew.
pub const LONGEST_WORDS: usize = 2_000;

/// How late a result may be brought in, in days: what waited in a telephone without coverage, and what was written on paper.
pub const LATEST_DAYS: u64 = 7;

/// Whether something must be brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Without it the order is not done.
    Must,
    /// It is asked for.
    May,
    /// It is not asked for.
    No,
}

impl Need {
    /// Whether there is a field for it.
    #[must_use]
    pub const fn is_asked(self) -> bool {
        matches!(self, Self::Must | Self::May)
    }

    /// Whether it must be there.
    #[must_use]
    pub const fn is_must(self) -> bool {
        matches!(self, Self::Must)
    }
}

/// What a kind of order asks of whoever does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needs {
    /// What the meter shows.
    pub read: Need,
    /// A photo.
    pub photo: Need,
    /// Where it was done, as the telephone knows it. Never a must: not every telephone tells.
    pub location: Need,
    /// What was found.
    pub finding: Need,
}

const fn needs(read: Need, photo: Need, finding: Need) -> Needs {
    Needs {
        read,
        photo,
        location: Need::May,
        finding,
    }
}

impl OrderKind {
    /// Whether whoever may go takes it by themselves; a shut-off is handed out by the office, on its day.
    #[must_use]
    pub const fn is_for_taking(self) -> bool {
        !matches!(self, Self::ShutOff)
    }

    /// Whether it turns the service of its own account alone, whoever else is served at the place.
    #[must_use]
    pub const fn is_of_own_service(self) -> bool {
        matches!(self, Self::ShutOff | Self::Reconnect)
    }

    /// What it asks of whoever does it: one line for each kind.
    #[must_use]
    pub const fn needs(self) -> Needs {
        use Need::{May, Must, No};
        match self {
            Self::TurnOn | Self::TurnOff | Self::Reconnect => needs(Must, May, No),
            Self::ReadIn | Self::ReadOut | Self::Reread => needs(Must, May, No),
            Self::UseCheck => needs(Must, May, Must),
            Self::Leak | Self::Quality => needs(May, May, Must),
            Self::MeterExchange => needs(Must, Must, No),
            Self::MeterTest => needs(Must, May, Must),
            Self::Tamper => needs(May, Must, Must),
            Self::ShutOff => needs(Must, Must, No),
            Self::DoorTag => needs(No, Must, No),
            Self::Backflow => needs(No, May, Must),
            Self::MainBreak | Self::StreetLight | Self::NewTap | Self::Cart => needs(No, May, No),
        }
    }

    /// Whether the customer is told when somebody comes for it: to their own place, and not for what they owe or to look into what they did.
    #[must_use]
    pub const fn is_told(self) -> bool {
        match self {
            Self::TurnOn
            | Self::TurnOff
            | Self::ReadIn
            | Self::ReadOut
            | Self::Reread
            | Self::UseCheck
            | Self::Leak
            | Self::MeterExchange
            | Self::MeterTest
            | Self::Reconnect
            | Self::Backflow
            | Self::Quality
            | Self::NewTap
            | Self::Cart => true,
            Self::Tamper | Self::ShutOff | Self::DoorTag | Self::MainBreak | Self::StreetLight => {
                false
            }
        }
    }

    /// Whether service is on once it is done; nothing where that stays as it was.
    #[must_use]
    pub const fn switches(self) -> Option<bool> {
        match self {
            Self::TurnOn | Self::Reconnect => Some(true),
            Self::TurnOff | Self::ShutOff => Some(false),
            Self::ReadIn
            | Self::ReadOut
            | Self::Reread
            | Self::UseCheck
            | Self::Leak
            | Self::Quality
            | Self::MeterExchange
            | Self::MeterTest
            | Self::Tamper
            | Self::DoorTag
            | Self::Backflow
            | Self::MainBreak
            | Self::StreetLight
            | Self::NewTap
            | Self::Cart => None,
        }
    }

    /// How many working days it may take where there is no hurry and no day was asked for.
    const fn wait(self) -> usize {
        match self {
            Self::ShutOff | Self::Reconnect | Self::Quality => 1,
            Self::TurnOn | Self::TurnOff | Self::ReadIn | Self::ReadOut | Self::Leak => 2,
            Self::MainBreak | Self::Tamper | Self::DoorTag => 2,
            Self::Reread | Self::UseCheck | Self::StreetLight | Self::Cart => 5,
            Self::MeterExchange | Self::MeterTest => 10,
            Self::Backflow | Self::NewTap => 20,
        }
    }

    /// The day by which it is to be done, from the day on which it was made: the day that was asked for, where one was.
    #[must_use]
    pub fn due_on(self, urgency: Urgency, asked: Option<NaiveDate>, on: NaiveDate) -> NaiveDate {
        match (urgency, asked) {
            (Urgency::Emergency | Urgency::SameDay | Urgency::AfterHours, _) => on,
            (Urgency::Standard, Some(day)) => day.max(on),
            (Urgency::Standard, None) => working_days::after(on, self.wait()),
        }
    }

    /// What follows from what was found: a meter that counts wrong is exchanged.
    #[must_use]
    pub const fn follows(self, finding: Option<Finding>) -> Option<Self> {
        match (self, finding) {
            (Self::MeterExchange, _) => None,
            (_, Some(Finding::MeterFaulty)) => Some(Self::MeterExchange),
            _ => None,
        }
    }
}

impl Slot {
    /// The hour at which it begins: what a day's work is ordered by.
    #[must_use]
    pub const fn begins(self) -> u32 {
        match self {
            Self::AllDay | Self::Morning | Self::EightToTen => 8,
            Self::TenToTwelve => 10,
            Self::Afternoon | Self::TwelveToTwo => 12,
            Self::TwoToFour => 14,
        }
    }
}

impl OrderState {
    /// Whether anything is still to happen.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Done | Self::Canceled)
    }

    /// Whether somebody of the field has it.
    #[must_use]
    pub const fn is_out(self) -> bool {
        matches!(self, Self::Assigned | Self::AtWork)
    }
}

impl Why {
    /// What a crew may say.
    pub const OF_CREWS: [Self; 7] = [
        Self::NoAccess,
        Self::Unsafe,
        Self::NotFound,
        Self::NoParts,
        Self::CustomerAsked,
        Self::Weather,
        Self::NoTime,
    ];

    /// Whether a crew may say it.
    #[must_use]
    pub fn is_of_crews(self) -> bool {
        Self::OF_CREWS.contains(&self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_turns_service_on_or_off_brings_a_read_back() {
        for kind in OrderKind::ALL {
            let is_read = kind.needs().read.is_must();
            assert!(kind.switches().is_none() || is_read, "{kind}");
            assert!(!kind.needs().location.is_must(), "{kind}");
        }
        assert!(OrderKind::ShutOff.needs().photo.is_must());
    }

    #[test]
    fn a_day_that_was_asked_for_is_the_day_and_an_emergency_is_today() {
        let on = day("2026-07-02");
        let asked = Some(day("2026-07-08"));
        let due = |urgency, asked| OrderKind::TurnOn.due_on(urgency, asked, on);
        assert_eq!(due(Urgency::Standard, asked), day("2026-07-08"));
        // Friday the 3rd is kept as the Fourth of July.
        assert_eq!(due(Urgency::Standard, None), day("2026-07-07"));
        assert_eq!(due(Urgency::Emergency, asked), on);
        let passed = Some(day("2026-06-01"));
        assert_eq!(due(Urgency::Standard, passed), on);
    }

    #[test]
    fn only_a_faulty_meter_leads_to_another_order() {
        for finding in Finding::ALL {
            let next = OrderKind::MeterTest.follows(Some(*finding));
            assert_eq!(
                next.is_some(),
                *finding == Finding::MeterFaulty,
                "{finding}"
            );
        }
        let exchanged = OrderKind::MeterExchange.follows(Some(Finding::MeterFaulty));
        assert_eq!(exchanged, None);
    }

    #[test]
    fn a_crew_says_why_and_never_that_it_was_paid() {
        assert!(!Why::Paid.is_of_crews() && !Why::ByOffice.is_of_crews());
        assert!(!Why::Protected.is_of_crews());
        assert!(!Why::RequestEnded.is_of_crews() && Why::NoAccess.is_of_crews());
    }
}
