//! Outages, planned work and urgent notices: what they may be, how one goes on, and what of it is told to whom it touches.

use chrono::{NaiveDateTime, TimeDelta};

use crate::domain::alerts::AlertKind;
use crate::domain::commodity::Commodity;
use crate::domain::ids::{AccountNumber, CycleId};
use crate::domain::polygons::Polygon;
use crate::domain::text_enum::text_enum;

text_enum! {
    /// What it is.
    OutageKind {
        /// A service is out.
        Outage => "outage",
        /// Work is planned that interrupts a service.
        PlannedWork => "planned_work",
        /// What must be known at once: to boil water before drinking it.
        UrgentNotice => "urgent_notice",
    }
}

text_enum! {
    /// Where it stands.
    OutageStatus {
        /// It will begin.
        Planned => "planned",
        /// It has begun.
        GoingOn => "going_on",
        /// The service is back, or the notice lifted.
        Restored => "restored",
        /// It does not come, or never was.
        Canceled => "canceled",
    }
}

text_enum! {
    /// Why.
    Cause {
        /// Not known yet.
        Unknown => "unknown",
        /// Something of ours failed.
        Equipment => "equipment",
        /// A main broke.
        MainBreak => "main_break",
        /// Weather.
        Storm => "storm",
        /// A vehicle or a digger.
        Accident => "accident",
        /// An animal or a tree.
        Animal => "animal",
        /// What we buy did not come.
        Supply => "supply",
        /// Upkeep.
        Maintenance => "maintenance",
        /// The water may not be safe.
        WaterQuality => "water_quality",
        /// Something else.
        Other => "other",
    }
}

text_enum! {
    /// By what a part of town is chosen.
    AreaKind {
        /// House numbers of a street.
        Street => "street",
        /// A ZIP code.
        PostalCode => "postal_code",
        /// A bill cycle.
        Cycle => "cycle",
        /// The feeder, circuit or main that serves it.
        Feeder => "feeder",
        /// Corners on the map.
        Drawn => "drawn",
        /// Accounts, one by one.
        Accounts => "accounts",
        /// All of the town.
        Everywhere => "everywhere",
    }
}

text_enum! {
    /// Which house numbers.
    Side {
        /// All.
        Both => "both",
        /// Even ones.
        Even => "even",
        /// Odd ones.
        Odd => "odd",
    }
}

text_enum! {
    /// What an update says.
    OutageNews {
        /// It is there, or planned.
        Declared => "declared",
        /// It touches more accounts.
        Extended => "extended",
        /// Words alone.
        Said => "said",
        /// Another time by which the service is expected back.
        Expected => "expected",
        /// What was planned has begun.
        Begun => "begun",
        /// The service is back.
        Restored => "restored",
        /// It does not come, or never was.
        Canceled => "canceled",
    }
}

/// The longest words, in characters.
pub const LONGEST_WORDS: usize = 600;

/// The most accounts that are named one by one.
pub const MOST_NAMED: usize = 2_000;

/// How many days ahead customers see what is planned on their home page.
pub const AHEAD_DAYS: i64 = 7;

/// Two reports of one account within so long count once.
pub const REPORTED_AGAIN: TimeDelta = TimeDelta::hours(1);

/// How far back an outage may have begun, in days: longer ago is a slip of the hand.
const BACK_DAYS: i64 = 7;

/// How far ahead a time may lie, in days.
const FURTHEST_DAYS: i64 = 366;

/// Words in the languages we publish.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// In English.
    pub en: String,
    /// In Spanish.
    pub es: String,
}

impl Said {
    /// Whether both languages have words, none too many.
    ///
    /// # Errors
    /// `NoWords` or `TooLong`.
    pub fn check(&self) -> Result<(), Problem> {
        for words in [&self.en, &self.es] {
            if words.is_empty() {
                return Err(Problem::NoWords);
            }
            if words.chars().count() > LONGEST_WORDS {
                return Err(Problem::TooLong);
            }
        }
        Ok(())
    }
}

/// A part of town.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Area {
    /// House numbers of a street, both ends among them.
    Street {
        /// Its name, as addresses write it.
        street: String,
        /// The first number.
        from: i32,
        /// The last number.
        to: i32,
        /// Which of them.
        side: Side,
    },
    /// A ZIP code.
    PostalCode(String),
    /// A bill cycle.
    Cycle(CycleId),
    /// What a feeder, circuit or main serves, by its name.
    Feeder(String),
    /// What lies in a polygon on the map.
    Drawn(Polygon),
    /// Accounts, one by one.
    Accounts(Vec<AccountNumber>),
    /// All of the town.
    Everywhere,
}

impl Area {
    /// By what it is chosen.
    #[must_use]
    pub const fn kind(&self) -> AreaKind {
        match self {
            Self::Street { .. } => AreaKind::Street,
            Self::PostalCode(_) => AreaKind::PostalCode,
            Self::Cycle(_) => AreaKind::Cycle,
            Self::Feeder(_) => AreaKind::Feeder,
            Self::Drawn(_) => AreaKind::Drawn,
            Self::Accounts(_) => AreaKind::Accounts,
            Self::Everywhere => AreaKind::Everywhere,
        }
    }
}

/// What is about to be declared. Times are in UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOutage {
    /// What it is.
    pub kind: OutageKind,
    /// Of what.
    pub commodity: Commodity,
    /// Why.
    pub cause: Cause,
    /// What it means for whom it touches.
    pub words: Said,
    /// When it began or begins.
    pub begins_at: NaiveDateTime,
    /// When the service is expected back.
    pub expected_at: Option<NaiveDateTime>,
}

/// What does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A language has no words.
    #[error("both languages need words")]
    NoWords,
    /// There are too many words.
    #[error("the words are longer than {LONGEST_WORDS} characters")]
    TooLong,
    /// Work is planned for a time that is over.
    #[error("planned work begins after now")]
    PlannedInThePast,
    /// An outage has begun when it is declared.
    #[error("an outage begins before now")]
    NotBegunYet,
    /// A time lies too far away.
    #[error("the time lies too far away")]
    TooFar,
    /// The service is expected back before it goes, or before now.
    #[error("the service is expected back before it goes or before now")]
    ExpectedTooSoon,
}

impl NewOutage {
    /// Where it stands once it is declared.
    ///
    /// # Errors
    /// What does not fit.
    pub fn check(&self, now: NaiveDateTime) -> Result<OutageStatus, Problem> {
        self.words.check()?;
        let is_ahead = self.begins_at > now;
        let status = match (self.kind, is_ahead) {
            (OutageKind::PlannedWork, false) => return Err(Problem::PlannedInThePast),
            (OutageKind::PlannedWork, true) => OutageStatus::Planned,
            (OutageKind::Outage | OutageKind::UrgentNotice, true) => {
                return Err(Problem::NotBegunYet);
            }
            (OutageKind::Outage | OutageKind::UrgentNotice, false) => OutageStatus::GoingOn,
        };
        if self.begins_at < now - TimeDelta::days(BACK_DAYS) || is_too_far(self.begins_at, now) {
            return Err(Problem::TooFar);
        }
        if let Some(expected_at) = self.expected_at {
            check_expected(expected_at, self.begins_at, now)?;
        }
        Ok(status)
    }
}

/// Whether a service may be expected back at a time.
///
/// # Errors
/// `ExpectedTooSoon` or `TooFar`.
pub fn check_expected(
    expected_at: NaiveDateTime,
    begins_at: NaiveDateTime,
    now: NaiveDateTime,
) -> Result<(), Problem> {
    if expected_at <= begins_at || expected_at <= now {
        return Err(Problem::ExpectedTooSoon);
    }
    if is_too_far(expected_at, now) {
        return Err(Problem::TooFar);
    }
    Ok(())
}

fn is_too_far(at: NaiveDateTime, now: NaiveDateTime) -> bool {
    at > now + TimeDelta::days(FURTHEST_DAYS)
}

impl OutageKind {
    /// The kind of alert by which it is told.
    #[must_use]
    pub const fn alert(self) -> AlertKind {
        match self {
            Self::Outage => AlertKind::Outage,
            Self::PlannedWork => AlertKind::PlannedWork,
            Self::UrgentNotice => AlertKind::UrgentNotice,
        }
    }

    /// Whether an update of this sort is told to whom it touches. Words alone are on the page for who looks, unless they are urgent; that
    /// planned work begins was told when it was planned.
    #[must_use]
    pub const fn tells(self, news: OutageNews) -> bool {
        match news {
            OutageNews::Declared
            | OutageNews::Extended
            | OutageNews::Expected
            | OutageNews::Restored
            | OutageNews::Canceled => true,
            OutageNews::Said => matches!(self, Self::UrgentNotice),
            OutageNews::Begun => false,
        }
    }
}

impl OutageNews {
    /// Whether it is over with this.
    #[must_use]
    pub const fn ends(self) -> bool {
        matches!(self, Self::Restored | Self::Canceled)
    }
}

impl OutageStatus {
    /// Whether it is still to come or going on.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Planned | Self::GoingOn)
    }

    /// Whether it may stand there next.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Planned, Self::GoingOn | Self::Canceled)
                | (Self::GoingOn, Self::Restored | Self::Canceled)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        format!("2026-07-{text}:00").parse().unwrap()
    }

    fn outage(kind: OutageKind, begins: &str, expected: Option<&str>) -> NewOutage {
        NewOutage {
            kind,
            commodity: Commodity::Water,
            cause: Cause::MainBreak,
            words: Said {
                en: "No water.".to_owned(),
                es: "No hay agua.".to_owned(),
            },
            begins_at: at(begins),
            expected_at: expected.map(at),
        }
    }

    #[test]
    fn an_outage_has_begun_and_planned_work_has_not() {
        let now = at("01T12:00");
        let check = |kind, begins, expected| outage(kind, begins, expected).check(now);
        let planned = OutageKind::PlannedWork;
        assert_eq!(
            check(planned, "02T08:00", Some("02T16:00")),
            Ok(OutageStatus::Planned)
        );
        assert_eq!(
            check(planned, "01T11:00", None),
            Err(Problem::PlannedInThePast)
        );
        let out = OutageKind::Outage;
        assert_eq!(check(out, "01T11:00", None), Ok(OutageStatus::GoingOn));
        assert_eq!(check(out, "01T13:00", None), Err(Problem::NotBegunYet));
        assert_eq!(
            check(out, "01T11:00", Some("01T11:30")),
            Err(Problem::ExpectedTooSoon)
        );
        assert_eq!(
            outage(planned, "02T08:00", Some("02T08:00")).check(now),
            Err(Problem::ExpectedTooSoon)
        );
    }

    #[test]
    fn both_languages_need_words() {
        let mut new = outage(OutageKind::Outage, "01T11:00", None);
        new.words.es.clear();
        assert_eq!(new.check(at("01T12:00")), Err(Problem::NoWords));
        new.words.es = "x".repeat(LONGEST_WORDS + 1);
        assert_eq!(new.check(at("01T12:00")), Err(Problem::TooLong));
    }

    #[test]
    fn what_has_ended_stays_so() {
        for ended in [OutageStatus::Restored, OutageStatus::Canceled] {
            assert!(!ended.is_open());
            for next in OutageStatus::ALL {
                assert!(!ended.may_become(*next), "{ended} to {next}");
            }
        }
        assert!(!OutageStatus::Planned.may_become(OutageStatus::Restored));
        assert!(OutageStatus::GoingOn.may_become(OutageStatus::Canceled));
    }
}
