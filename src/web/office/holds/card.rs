//! The part of the account screen about holds: what protects it, what did and will, and whether it may be shut off today, with every reason.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::holds::HoldState;
use crate::domain::ids::HoldId;
use crate::domain::shutoff::Verdict;
use crate::i18n::Words;
use crate::store::holds::{HoldRow, renewal_of};
use crate::web::office::holds::words;

/// How many holds that are over are listed.
const PAST: usize = 5;

/// What protects an account, and whether it may be shut off.
pub struct Card {
    /// Whether it may be shut off today.
    pub verdict: Verdict,
    /// Every hold of it, the latest first.
    pub holds: Vec<HoldRow>,
    /// Those whose end somebody has answered for.
    pub answered: BTreeSet<HoldId>,
    /// The last day on which low income is certified, where it is.
    pub low_income: Option<NaiveDate>,
    /// The day.
    pub today: NaiveDate,
}

/// A hold whose end somebody has to see to.
pub struct Ending<'a> {
    /// The hold.
    pub hold: &'a HoldRow,
    /// The last day on which it protects.
    pub last_on: NaiveDate,
    /// Whether it has ended, and nothing follows before somebody has looked.
    pub is_over: bool,
}

impl Card {
    /// Whether it may be shut off today.
    pub fn may(&self) -> bool {
        self.verdict == Verdict::May
    }

    /// Why not, each reason as a part of a sentence.
    pub fn reasons(&self, t: Words) -> Vec<String> {
        match &self.verdict {
            Verdict::May => Vec::new(),
            Verdict::MayNot(why) => why.iter().map(|one| words::reason(t, one)).collect(),
        }
    }

    /// Holds that end soon and that nobody renewed, and those that ended and somebody has to look at first.
    pub fn ending(&self) -> Vec<Ending<'_>> {
        let seen = |hold: &&HoldRow| {
            let is_renewed = renewal_of(&self.holds, hold).is_some();
            hold.lift.is_none() && !is_renewed && !self.answered.contains(&hold.id)
        };
        let open = self.holds.iter().filter(seen);
        open.filter_map(|hold| self.end_of(hold)).collect()
    }

    fn end_of<'a>(&self, hold: &'a HoldRow) -> Option<Ending<'a>> {
        let is_told = hold.remind_on.is_some_and(|day| day <= self.today);
        let is_over = match hold.state(self.today) {
            HoldState::InForce if is_told => false,
            HoldState::Past if hold.waits_for_a_look() => true,
            HoldState::InForce | HoldState::Coming | HoldState::Past => return None,
        };
        Some(Ending {
            hold,
            last_on: hold.span.last_day()?,
            is_over,
        })
    }

    /// The holds in force, then those that are to come, then the last that are over.
    pub fn rows(&self) -> Vec<(HoldState, &HoldRow)> {
        let of = |wanted: HoldState| {
            let rows = self.holds.iter();
            rows.map(|row| (row.state(self.today), row))
                .filter(move |(state, _)| *state == wanted)
        };
        let past = of(HoldState::Past).take(PAST);
        of(HoldState::InForce)
            .chain(of(HoldState::Coming))
            .chain(past)
            .collect()
    }
}
