//! The part of the account screen about holds: what protects it, what did and will, and whether it may be shut off today, with every reason.

use chrono::NaiveDate;

use crate::domain::holds::HoldState;
use crate::domain::shutoff::Verdict;
use crate::i18n::Words;
use crate::store::holds::HoldRow;
use crate::web::office::holds::words;

/// How many holds that are over are listed.
const PAST: usize = 5;

/// What protects an account, and whether it may be shut off.
pub struct Card {
    /// Whether it may be shut off today.
    pub verdict: Verdict,
    /// Every hold of it, the latest first.
    pub holds: Vec<HoldRow>,
    /// The last day on which low income is certified, where it is.
    pub low_income: Option<NaiveDate>,
    /// The day.
    pub today: NaiveDate,
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
