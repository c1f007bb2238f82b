//! Moving in and out: where the reads come from that close and open service, and which day an account changes over to the cycle of its new
//! place.

use chrono::{Days, NaiveDate};

use crate::domain::metered::WINDOW_DAYS;
use crate::domain::meters::Channel;
use crate::domain::requests::RequestKind;
use crate::domain::text_enum::text_enum;

text_enum! {
    /// Where the read comes from that a bill ends or begins with.
    ReadFate {
        /// It is entered with the move.
        Entered => "entered",
        /// There is one from a day near enough.
        Known => "known",
        /// The meter reports by itself.
        Reported => "reported",
        /// Nobody has read it yet: a read from a day near enough counts, and after the window an estimate stands in.
        Estimated => "estimated",
        /// Nobody has read it yet, and no estimate can stand in.
        Needed => "needed",
    }
}

/// What is known of a register around the day on which service there ends or begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Boundary {
    /// What it counts.
    pub channel: Channel,
    /// Whether it reports by itself.
    pub reports: bool,
    /// Whether a read is entered with the move.
    pub is_entered: bool,
    /// The day of its latest usable read.
    pub latest_on: Option<NaiveDate>,
}

impl Boundary {
    /// Where the read of a day comes from.
    #[must_use]
    pub fn fate(self, day: NaiveDate) -> ReadFate {
        let is_near = |on: NaiveDate| (on - day).num_days().abs() <= i64::from(WINDOW_DAYS);
        if self.is_entered {
            ReadFate::Entered
        } else if self.latest_on.is_some_and(is_near) {
            ReadFate::Known
        } else if self.reports {
            ReadFate::Reported
        } else if self.channel == Channel::Demand || self.latest_on.is_none() {
            ReadFate::Needed
        } else {
            ReadFate::Estimated
        }
    }
}

/// The first day without service after its last day.
#[must_use]
pub fn ends_on(last_day: NaiveDate) -> NaiveDate {
    last_day.checked_add_days(Days::new(1)).unwrap_or(last_day)
}

/// The day on which an account changes over to its new place's cycle: when the old place ends, or when the new begins where there was none.
#[must_use]
pub fn changes_over(ends: Option<NaiveDate>, begins: NaiveDate) -> NaiveDate {
    ends.unwrap_or(begins)
}

/// Whether a request is carried out by what is done: whoever moves is stopped here and started there.
#[must_use]
pub fn is_done_by(kind: RequestKind, stops: bool, starts: bool) -> bool {
    match kind {
        RequestKind::StopService => stops,
        RequestKind::StartService => starts,
        RequestKind::Move => stops && starts,
        RequestKind::NewService
        | RequestKind::MailingAddress
        | RequestKind::MeterReread
        | RequestKind::HighBillCheck
        | RequestKind::LeakAdjustment
        | RequestKind::Problem
        | RequestKind::BillDispute => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, day).unwrap()
    }

    #[test]
    fn a_read_of_a_day_near_enough_closes_service_and_a_peak_is_never_guessed() {
        let dial = Boundary {
            channel: Channel::Delivered,
            reports: false,
            is_entered: false,
            latest_on: Some(day(1)),
        };
        assert_eq!(dial.fate(day(4)), ReadFate::Known);
        assert_eq!(dial.fate(day(5)), ReadFate::Estimated);
        let entered = Boundary {
            is_entered: true,
            ..dial
        };
        assert_eq!(entered.fate(day(20)), ReadFate::Entered);
        let radio = Boundary {
            reports: true,
            latest_on: None,
            ..dial
        };
        assert_eq!(radio.fate(day(20)), ReadFate::Reported);
        let peak = Boundary {
            channel: Channel::Demand,
            ..dial
        };
        assert_eq!(peak.fate(day(20)), ReadFate::Needed);
        let unread = Boundary {
            latest_on: None,
            ..dial
        };
        assert_eq!(unread.fate(day(20)), ReadFate::Needed);
    }

    #[test]
    fn the_last_day_is_served_and_the_next_is_not() {
        assert_eq!(ends_on(day(12)), day(13));
        assert_eq!(changes_over(Some(day(13)), day(10)), day(13));
        assert_eq!(changes_over(None, day(10)), day(10));
    }

    #[test]
    fn a_move_is_carried_out_by_both_of_its_parts() {
        assert!(is_done_by(RequestKind::Move, true, true));
        assert!(!is_done_by(RequestKind::Move, true, false));
        assert!(is_done_by(RequestKind::StopService, true, false));
        assert!(!is_done_by(RequestKind::StartService, true, false));
        assert!(!is_done_by(RequestKind::MeterReread, true, true));
    }
}
