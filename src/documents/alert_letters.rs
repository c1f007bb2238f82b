//! The letters of alerts: what falls due, what is past due, what a new bill shows, and several of them in one mail.

use crate::documents::letters::{Action, Letter, Letterhead, letter};
use crate::domain::commodity::Commodity;
use crate::domain::ids::{AccountNumber, BillId, BillNumber};
use crate::domain::money::Money;
use crate::domain::notice::{DebtTold, Notice};
use crate::domain::quantity::Unit;
use crate::i18n::Words;
use rust_decimal::Decimal;

/// What is owed falls due within a few days.
#[must_use]
pub fn due_soon(t: Words, told: &DebtTold, url: &str) -> Letter {
    let text = t.notice_due_soon_text(told.amount, told.account_number.masked(), told.due_on);
    Letter {
        action: to_pay(t, url),
        ..plain(t, t.notice_due_soon_subject(), &told.name, text)
    }
}

/// The due date passed: with more time to pay, and with how to say that the bill is wrong and be heard (Memphis Light, Gas & Water Div. v.
/// Craft, 436 U.S. 1), for whoever may ask for either.
#[must_use]
pub fn past_due(t: Words, told: &DebtTold, head: &Letterhead) -> Letter {
    let url = &head.public_url;
    let text = t.notice_past_due_text(told.amount, told.account_number.masked(), told.due_on);
    let mut letter = Letter {
        action: to_pay(t, url),
        ..plain(t, t.notice_past_due_subject(), &told.name, text)
    };
    if told.is_guest {
        return letter;
    }
    letter.paragraphs.extend([
        t.notice_past_due_more_time().to_owned(),
        t.notice_past_due_wrong(&head.phone),
    ]);
    // Of this account: whoever has several would come to another.
    let account = told.account_number.as_str();
    let wrong = match &told.bill {
        Some(bill) => format!("{url}/bills/{bill}/dispute"),
        None => format!("{url}/bills?account={account}"),
    };
    let link = |address, words| Some(Action { address, words });
    letter.links = vec![
        None,
        None,
        link(
            format!("{url}/more-time?account={account}"),
            t.notice_past_due_more_time_action(),
        ),
        link(wrong, t.notice_past_due_wrong_action()),
    ];
    letter
}

/// What a high use is told with.
pub struct Use {
    /// Of what.
    pub commodity: Commodity,
    /// How much.
    pub used: Decimal,
    /// Counted in.
    pub unit: Unit,
    /// By how many percent more a day than expected.
    pub percent: Decimal,
}

/// Much more was used than expected.
#[must_use]
pub fn high_usage(
    t: Words,
    name: &str,
    (account, bill): (&AccountNumber, BillId),
    used: &Use,
    url: &str,
) -> Letter {
    let text = t.notice_high_usage_text(
        t.service_name(used.commodity.as_str()),
        account.masked(),
        used.percent,
        t.rounded(used.used, 0),
        t.unit_short(used.unit.as_str()),
    );
    let mut letter = Letter {
        action: to_bill(t, bill, url),
        ..plain(t, t.notice_high_usage_subject(), name, text)
    };
    if used.commodity == Commodity::Water {
        letter
            .paragraphs
            .push(t.notice_high_usage_leak().to_owned());
    }
    letter
}

/// A bill came to more than an amount somebody set.
#[must_use]
pub fn high_bill(
    t: Words,
    name: &str,
    (account, bill): (&AccountNumber, BillId),
    (total, limit): (Money, Money),
    url: &str,
) -> Letter {
    let text = t.notice_high_bill_text(account.masked(), total, limit);
    Letter {
        action: to_bill(t, bill, url),
        ..plain(t, t.notice_high_bill_subject(), name, text)
    }
}

/// Several notices in one mail: what each says, without its greeting.
#[must_use]
pub fn digest(t: Words, name: &str, items: &[Notice], head: &Letterhead) -> Letter {
    let mut paragraphs = vec![t.notice_greeting(name), t.notice_digest_text().to_owned()];
    for item in items {
        let of = letter(item, t.language, head);
        paragraphs.push(of.paragraphs.get(1..).unwrap_or_default().join(" "));
    }
    Letter {
        action: Some(Action {
            address: format!("{}/", head.public_url),
            words: t.notice_digest_action(),
        }),
        ..Letter::of(t.language, t.notice_digest_subject(), paragraphs)
    }
}

fn plain(t: Words, subject: &'static str, name: &str, text: String) -> Letter {
    Letter::of(t.language, subject, vec![t.notice_greeting(name), text])
}

fn to_pay(t: Words, url: &str) -> Option<Action> {
    Some(Action {
        address: format!("{url}/pay"),
        words: t.notice_pay_action(),
    })
}

fn to_bill(t: Words, bill: BillId, url: &str) -> Option<Action> {
    Some(Action {
        address: format!("{url}/bills/{}", BillNumber::of(bill.0)),
        words: t.notice_bill_ready_action(),
    })
}
