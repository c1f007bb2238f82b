//! How a scheduled payment looks, on the customer's pages and the office's.

use std::borrow::Borrow;

use chrono::Days;

use crate::domain::scheduled_payments::ScheduledState;

/// How long one that was not charged stays on the lists.
pub const SCHEDULED_SHOWN: Days = Days::new(30);

/// The badge's tone of its standing.
pub fn tone(state: impl Borrow<ScheduledState>) -> &'static str {
    match state.borrow() {
        ScheduledState::Made => "good",
        ScheduledState::Planned | ScheduledState::Asked => "warn",
        ScheduledState::Stopped => "bad",
        ScheduledState::Skipped | ScheduledState::Canceled => "",
    }
}
