//! Words of the timeline: what happened, where it stood then, and the page it leads to.

use crate::domain::timeline::TimelineKind;
use crate::i18n::Words;
use crate::store::timeline::Event;

/// What happened, in a few words.
pub fn title(t: Words, event: &Event) -> String {
    let word = event.word.as_str();
    let number = event.reference.as_deref().unwrap_or_default();
    match event.kind() {
        TimelineKind::Bills if word == "canceled" => t.timeline_canceled(number),
        TimelineKind::Bills if word == "regular" => t.entry_of_bill(number),
        TimelineKind::Bills => format!("{}, {}", t.entry_of_bill(number), t.bill_kind(word)),
        TimelineKind::Payments => t.timeline_payment(number),
        TimelineKind::Charges => t.entry_kind(word),
        TimelineKind::Corrections => t.correction_kind(word),
        TimelineKind::Reads => t.timeline_read(number, t.read_quality(word)),
        TimelineKind::Notices if word == "served" => t.timeline_served().to_owned(),
        TimelineKind::Notices => t.notice_kind(word),
        TimelineKind::Notes => t.note_kind(word),
        TimelineKind::Calls if word.is_empty() => {
            t.timeline_call(event.state.as_deref().unwrap_or_default())
        }
        TimelineKind::Calls => t.timeline_call_about(t.call_topic(word)),
        TimelineKind::Requests => t.request_kind(word),
        TimelineKind::Orders => t.order_kind(word),
        TimelineKind::Arrangements => t.arrangement_kind(word),
        TimelineKind::Holds if word == "low_income" => t.income_title().to_owned(),
        TimelineKind::Holds => t.hold_kind(word),
        TimelineKind::Deposits => t.deposit_step(word),
        TimelineKind::LevelPlans => t.timeline_level_plan(word),
        TimelineKind::Exceptions => t.exception_reason(word),
        TimelineKind::Outages => t.outage_kind(word),
        TimelineKind::Account if event.state.is_some() => t.timeline_status(t.account_status(word)),
        TimelineKind::Account => t.timeline_account(word.replace('.', "_")),
    }
}

/// Where it stood from then on, where it has states.
pub fn state(t: Words, event: &Event) -> Option<String> {
    let word = event.state.as_deref().unwrap_or_default();
    if event.kind() == TimelineKind::Payments {
        return Some(t.payment_state(&event.word));
    }
    if word.is_empty() {
        return None;
    }
    match event.kind() {
        TimelineKind::Corrections => Some(t.correction_status(word)),
        TimelineKind::Reads => Some(t.read_verdict(word)),
        TimelineKind::Notices => Some(t.notice_channel(word)),
        TimelineKind::Requests => Some(t.request_state(word)),
        TimelineKind::Orders => Some(t.order_state(word)),
        TimelineKind::Arrangements => Some(t.arrangement_state(word)),
        TimelineKind::Holds => Some(t.timeline_hold(word)),
        TimelineKind::Exceptions => Some(t.exception_status(word)),
        TimelineKind::Bills
        | TimelineKind::Payments
        | TimelineKind::Charges
        | TimelineKind::Notes
        | TimelineKind::Calls
        | TimelineKind::Deposits
        | TimelineKind::LevelPlans
        | TimelineKind::Outages
        | TimelineKind::Account => None,
    }
}

/// The page of what it is about, where it has one of its own; of the account's plans and deposit, theirs.
pub fn address(event: &Event, account: &str) -> Option<String> {
    let below = |page: &str| Some(format!("/office/accounts/{account}/{page}"));
    let number = event.reference.as_deref();
    let at = |list: &str| number.map(|number| format!("/office/{list}/{number}"));
    match event.kind() {
        TimelineKind::Bills => at("bills"),
        TimelineKind::Payments => at("payments"),
        TimelineKind::Corrections => at("corrections"),
        TimelineKind::Notices if number.is_none() => below("shutoff"),
        TimelineKind::Notices => at("notices"),
        TimelineKind::Requests => at("requests"),
        TimelineKind::Orders => at("orders"),
        TimelineKind::Arrangements => at("arrangements"),
        TimelineKind::Holds if number.is_none() => below("income"),
        TimelineKind::Holds => at("holds"),
        TimelineKind::Deposits => below("deposit"),
        TimelineKind::LevelPlans => below("level-plan"),
        TimelineKind::Exceptions => at("exceptions"),
        TimelineKind::Outages => at("outages"),
        TimelineKind::Charges
        | TimelineKind::Reads
        | TimelineKind::Notes
        | TimelineKind::Calls
        | TimelineKind::Account => None,
    }
}
