//! What of an account needs a person, worked out from what the screen has read: each in one line, with the page on which it is worked.

use chrono::{Days, NaiveDate};

use crate::domain::orders::OrderState;
use crate::i18n::Words;
use crate::store::account_open::{OpenOrder, Returned, Waiting};
use crate::web::office::account_load::{RequestLine, Screen};
use crate::web::office::holds::card::Ending;

/// So long before its last day a certified low income is looked at again.
const BEFORE_INCOME_ENDS: Days = Days::new(14);

/// One thing that needs a person.
pub struct Task {
    /// Its mark: `b` where money or a promise is at stake now, `w` where it will be.
    pub mark: &'static str,
    /// What it is.
    pub words: String,
    /// What to know about it.
    pub hint: String,
    /// Where it is worked.
    pub href: String,
}

/// Everything that needs a person beside findings and broken arrangements, what is most at stake first.
#[must_use]
pub fn list(screen: &Screen, t: Words, today: NaiveDate) -> Vec<Task> {
    let number = screen.standing.head.number.as_str();
    let came_back = screen
        .returned
        .iter()
        .filter(|_| screen.balance.is_positive());
    let mut tasks: Vec<Task> = came_back.map(|row| returned(row, t)).collect();
    tasks.extend(deposit(screen, t, (today, number)));
    tasks.extend(screen.requests.iter().map(|line| request(line, t, today)));
    tasks.extend(screen.waiting.iter().map(|row| second(row, t)));
    let ending = screen.holds.ending();
    tasks.extend(ending.into_iter().map(|row| hold(&row, t)));
    tasks.extend(income(screen, t, (today, number)));
    let undone = |row: &&OpenOrder| row.is_overdue(today) || row.state == OrderState::NotDone;
    let orders = screen.orders.orders.iter().filter(undone);
    tasks.extend(orders.map(|row| order(row, t)));
    tasks.sort_by_key(|task| task.mark != "b");
    tasks
}

fn returned(row: &Returned, t: Words) -> Task {
    Task {
        mark: "b",
        words: t.attention_returned(row.amount, row.on),
        hint: t.attention_returned_hint().to_owned(),
        href: format!("/office/payments/{}", row.number),
    }
}

/// The deposit, where a part of it is past its day.
fn deposit(screen: &Screen, t: Words, (today, number): (NaiveDate, &str)) -> Option<Task> {
    let deposit = screen.orders.deposit.as_ref()?;
    let due_on = deposit.due_on.filter(|day| *day < today)?;
    let unpaid = deposit.sums.unpaid();
    unpaid.is_positive().then(|| Task {
        mark: "b",
        words: t.attention_deposit(due_on),
        hint: t.deposit_strip_unpaid(unpaid),
        href: format!("/office/accounts/{number}/deposit"),
    })
}

fn request(line: &RequestLine, t: Words, today: NaiveDate) -> Task {
    let row = &line.row;
    let is_overdue = row.is_overdue(today);
    let disputed = row.disputed.map(|amount| t.office_dispute_account(amount));
    let overdue = is_overdue.then(|| t.office_request_overdue().to_owned());
    let parts = [
        disputed,
        Some(t.request_state(row.state.as_str())),
        Some(t.asof_by(row.due_on)),
        overdue,
    ];
    Task {
        mark: if is_overdue { "b" } else { "w" },
        words: line.title.clone(),
        hint: joined(parts),
        href: format!("/office/requests/{}", row.number),
    }
}

fn second(row: &Waiting, t: Words) -> Task {
    let (what, amount, made_by, href) = match row {
        Waiting::Correction {
            id,
            word,
            amount,
            made_by,
        } => {
            let what = t.correction_kind(word.as_str());
            (what, amount, made_by, format!("/office/corrections/{id}"))
        }
        Waiting::Rebill {
            bill,
            difference,
            made_by,
        } => {
            let what = t.attention_rebill(bill.to_string());
            let href = format!("/office/bills/{bill}/cancellation");
            (what, difference, made_by, href)
        }
        Waiting::Outcome {
            dispute,
            remedy,
            amount,
            made_by,
        } => {
            let what = t.dispute_remedy(remedy.as_str());
            (what, amount, made_by, format!("/office/requests/{dispute}"))
        }
    };
    Task {
        mark: "w",
        words: t.attention_second(what, amount),
        hint: t.attention_ordered_by(made_by),
        href,
    }
}

fn hold(row: &Ending<'_>, t: Words) -> Task {
    let kind = t.hold_kind(row.hold.kind.as_str());
    let (mark, words, hint) = if row.is_over {
        let ended = t.attention_ended(kind, row.last_on);
        ("b", ended, t.attention_ended_hint())
    } else if row.hold.lacks_document() {
        let ends = t.attention_ends(kind, row.last_on);
        ("w", ends, t.hold_document_due())
    } else {
        let ends = t.attention_ends(kind, row.last_on);
        ("w", ends, t.attention_not_renewed())
    };
    Task {
        mark,
        words,
        hint: hint.to_owned(),
        href: format!("/office/holds/{}", row.hold.id),
    }
}

/// The certificate of a low income, where it ends soon.
fn income(screen: &Screen, t: Words, (today, number): (NaiveDate, &str)) -> Option<Task> {
    let soon = today.checked_add_days(BEFORE_INCOME_ENDS)?;
    let last = screen.holds.low_income.filter(|last| *last <= soon)?;
    Some(Task {
        mark: "w",
        words: t.income_until(last),
        hint: t.attention_not_renewed().to_owned(),
        href: format!("/office/accounts/{number}/income"),
    })
}

fn order(row: &OpenOrder, t: Words) -> Task {
    let state = t.order_state(row.state.as_str());
    Task {
        mark: "w",
        words: t.order_kind(row.kind.as_str()),
        hint: joined([Some(state), Some(t.order_due(row.due_on))]),
        href: format!("/office/orders/{}", row.number),
    }
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}
