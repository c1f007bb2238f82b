//! What we tell people by text: who we are, one thing, how to end it. No account number, no amount of usage; nothing that needs a second text
//! but what must be told: that a payment is past due comes with how to say that it is wrong.

use crate::documents::letters::Letterhead;
use crate::documents::{appointment_letters, contact_letters, outage_letters, usage_letters};
use crate::domain::autopay::Skip;
use crate::domain::customers::Language;
use crate::domain::hold_told::HoldNews;
use crate::domain::notice::{ArrangementNews, AutopayNews, Notice, ScheduledNews};
use crate::domain::outages::OutageKind;
use crate::i18n::{Words, words};

/// A notice in the words of a text, with the address that the head names; nothing where it is not told by text.
#[must_use]
pub fn text(notice: &Notice, language: Language, head: &Letterhead) -> Option<String> {
    let t = head.own.words(language);
    let public_url = head.public_url.as_str();
    let of_outage = |kind, told| {
        let (said, address) = outage_letters::text(t, kind, told, public_url);
        Some(t.text_signed(said, address))
    };
    let told = match notice {
        Notice::Outage(told) => return of_outage(OutageKind::Outage, told),
        Notice::PlannedWork(told) => return of_outage(OutageKind::PlannedWork, told),
        Notice::UrgentNotice(told) => return of_outage(OutageKind::UrgentNotice, told),
        Notice::Usage(told) => {
            let (said, address) = usage_letters::text(t, told, public_url);
            return Some(t.text_signed(said, address));
        }
        Notice::TextCode { code } => return Some(t.text_code(code)),
        Notice::Contact(told) => contact_letters::text(t, told)?,
        Notice::BillReady { total, due_on, .. } => t.text_bill_ready(*total, *due_on),
        Notice::DueSoon(told) => t.text_due_soon(told.amount, told.due_on),
        Notice::PastDue(told) => t.text_past_due(told.amount, told.due_on, &head.phone),
        Notice::PaymentReceived(told) => t.text_payment_received(told.amount),
        Notice::PaymentFailed { told, .. } => t.text_payment_failed(told.amount),
        Notice::PaymentReturned { told, .. } => t.text_payment_returned(told.amount),
        Notice::RefundFailed(told) => t.text_refund_failed(told.amount),
        Notice::HighUsage {
            commodity, percent, ..
        } => t.text_high_usage(t.service_name(commodity.as_str()), *percent),
        Notice::HighBill { total, limit, .. } => t.text_high_bill(*total, *limit),
        Notice::Autopay(told) => autopay(t, &told.news)?,
        Notice::Arrangement(told) => arrangement(t, &told.news)?,
        Notice::Hold(told) => match &told.news {
            HoldNews::Ending { last_on, .. } => t.text_hold_ending(*last_on),
            HoldNews::Placed { .. } | HoldNews::Lifted { .. } | HoldNews::NotBegun { .. } => {
                return None;
            }
        },
        Notice::Appointment(told) => appointment_letters::text(t, told),
        Notice::Scheduled(told) => match &told.news {
            ScheduledNews::Refused { amount, .. } => t.text_payment_failed(*amount),
            ScheduledNews::Skipped { amount, on, .. }
            | ScheduledNews::Canceled { amount, on, .. } => t.text_scheduled_not_made(*amount, *on),
            ScheduledNews::Planned { .. } | ScheduledNews::TookLess { .. } => return None,
        },
        Notice::VerifyEmail { .. }
        | Notice::AlreadyRegistered { .. }
        | Notice::ResetPassword { .. }
        | Notice::PasswordChanged { .. }
        | Notice::NewDevice { .. }
        | Notice::ChangeEmail { .. }
        | Notice::EmailChanged { .. }
        | Notice::AccountAdded { .. }
        | Notice::AccountFollowed { .. }
        | Notice::AccountTaken { .. }
        | Notice::DeliveryChanged { .. }
        | Notice::ClaimCode { .. }
        | Notice::RefundGiven(_)
        | Notice::Request(_)
        | Notice::Budget(_)
        | Notice::PastDueCopy { .. }
        | Notice::Sharing(_)
        | Notice::Landlord(_)
        | Notice::Deposit(_)
        | Notice::LeadLine(_)
        | Notice::SignIn(_)
        | Notice::Digest { .. }
        | Notice::StaffInvitation { .. } => return None,
    };
    Some(t.text_signed(told, public_url))
}

fn autopay(t: Words, news: &AutopayNews) -> Option<String> {
    Some(match news {
        AutopayNews::Refused { amount, .. } => t.text_payment_failed(*amount),
        AutopayNews::Ahead { amount, on, .. } => t.text_autopay_ahead(*amount, *on),
        // Collection is stayed: nobody is asked to pay.
        AutopayNews::Skipped {
            why: Skip::Held, ..
        }
        | AutopayNews::Joined { .. } => return None,
        AutopayNews::Skipped { due_on, .. } => t.text_autopay_skipped(*due_on),
        AutopayNews::Ended { .. } => t.text_autopay_ended().to_owned(),
    })
}

fn arrangement(t: Words, news: &ArrangementNews) -> Option<String> {
    Some(match news {
        ArrangementNews::DueSoon { amount, due_on } => {
            t.text_arrangement_due_soon(*amount, *due_on)
        }
        ArrangementNews::Late { amount, until, .. } => t.text_arrangement_late(*amount, *until),
        ArrangementNews::Broken { left, .. } => t.text_arrangement_broken(*left),
        ArrangementNews::Made { .. }
        | ArrangementNews::Kept
        | ArrangementNews::Reopened { .. }
        | ArrangementNews::Canceled { .. } => return None,
    })
}

/// The answer to a word that somebody texted us, in both languages: we do not know who asked.
#[must_use]
pub fn help(phone: &str) -> String {
    both(|t| t.text_help(phone))
}

/// The answer to news of an outage from a number that nobody proved.
#[must_use]
pub fn outage_unknown(phone: &str, page: &str) -> String {
    both(|t| t.text_outage_unknown(page, phone))
}

/// The answer to a yes.
#[must_use]
pub fn started() -> String {
    both(|t| t.text_started().to_owned())
}

/// The answer to a no.
#[must_use]
pub fn stopped() -> String {
    both(|t| t.text_stopped().to_owned())
}

fn both(say: impl Fn(Words) -> String) -> String {
    format!(
        "{} / {}",
        say(words(Language::English)),
        say(words(Language::Spanish))
    )
}
