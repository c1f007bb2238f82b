//! Words for what stood open or in force on an account at a moment, and the page of each.

use crate::domain::past::Matter;
use crate::i18n::Words;
use crate::store::as_of::InForce;

/// One of them in a line.
pub fn told(t: Words, one: &InForce) -> String {
    let Some(matter) = one.matter() else {
        return String::new();
    };
    let word = one.word.as_str();
    let state = one.state.as_deref().unwrap_or_default();
    let until = one.day.map(|day| t.account_until(day));
    let by = one.day.map(|day| t.asof_by(day));
    let since = one.day.map(|day| t.account_login_since(day));
    let who = one.reference.as_deref().unwrap_or_default();
    let parts = match matter {
        Matter::Hold => vec![Some(t.hold_kind(word)), until],
        Matter::LowIncome => vec![Some(t.income_title().to_owned()), until],
        Matter::Request => vec![Some(t.request_kind(word)), Some(t.request_state(state)), by],
        Matter::Dispute => vec![
            Some(t.request_kind(word)),
            Some(t.money(one.amount())),
            Some(t.request_state(state)),
        ],
        Matter::Order => vec![Some(t.order_kind(word)), Some(t.order_state(state)), by],
        Matter::Arrangement => vec![Some(t.arrangement_kind(word)), Some(t.money(one.amount()))],
        Matter::Installment => vec![Some(t.money(one.amount())), by],
        Matter::Covered => vec![Some(t.money(one.amount()))],
        Matter::Autopay => vec![Some(t.account_autopay().to_owned()), since],
        Matter::LevelPlan => vec![
            Some(t.budget_plan_title().to_owned()),
            Some(t.money(one.amount())),
            since,
        ],
        Matter::Deposit => vec![
            Some(t.deposit_title().to_owned()),
            Some(t.money(one.amount())),
        ],
        Matter::Correction => vec![
            Some(t.correction_kind(word)),
            Some(t.money(one.amount())),
            Some(t.correction_status("proposed")),
        ],
        Matter::Exception => vec![Some(t.exception_reason(word)), since],
        Matter::Outage => vec![Some(t.outage_kind(word))],
        Matter::Login => vec![Some(who.to_owned()), Some(t.sharing_access(word))],
        Matter::Off => vec![Some(t.asof_off(t.service_name(word))), since],
        Matter::Call => vec![Some(t.asof_call(who))],
    };
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

/// The page of one, as it is today.
pub fn address(one: &InForce, account: &str) -> Option<String> {
    let below = |page: &str| Some(format!("/office/accounts/{account}/{page}"));
    let number = one.reference.as_deref();
    let at = |list: &str| number.map(|number| format!("/office/{list}/{number}"));
    match one.matter()? {
        Matter::Hold => at("holds"),
        Matter::LowIncome => below("income"),
        Matter::Request | Matter::Dispute => at("requests"),
        Matter::Order => at("orders"),
        Matter::Arrangement => at("arrangements"),
        Matter::LevelPlan => below("level-plan"),
        Matter::Deposit => below("deposit"),
        Matter::Correction => at("corrections"),
        Matter::Exception => at("exceptions"),
        Matter::Outage => at("outages"),
        Matter::Installment
        | Matter::Covered
        | Matter::Autopay
        | Matter::Login
        | Matter::Off
        | Matter::Call => None,
    }
}
