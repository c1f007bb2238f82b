//! Everything we tell people by mail, with the facts each needs. The words are in `templates/email/` and `locales/`.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::accounts::Delivery;
use crate::domain::alerts::AlertKind;
use crate::domain::budget_billing::BudgetTold;
use crate::domain::commodity::Commodity;
pub use crate::domain::contact_told::{ContactNews, ContactTold};
use crate::domain::customers::Language;
use crate::domain::hold_told::HoldTold;
use crate::domain::ids::{AccountNumber, BillId};
use crate::domain::money::Money;
use crate::domain::orders::told::AppointmentTold;
use crate::domain::quantity::Unit;
pub use crate::domain::sign_in_told::{SignInNews, SignInTold};
use crate::domain::text_enum::text_enum;
pub use crate::domain::told::{
    ArrangementNews, ArrangementTold, AutopayNews, AutopayTold, CLAIM_CODE, DebtTold, LandlordNews,
    LandlordTold, OutageTold, PAST_DUE_COPY, PaymentTold, RequestNews, RequestTold, ReturnReason,
    ScheduledNews, ScheduledTold, SharingNews, SharingTold, TEXT_CODE, Urgency,
};
use crate::domain::usage_told::UsageTold;

text_enum! {
    /// How a notice travels.
    Channel {
        /// Electronic mail.
        Email => "email",
        /// A text message.
        Text => "text",
        /// A letter.
        Paper => "paper",
        /// A line in the portal.
        Portal => "portal",
    }
}

text_enum! {
    /// Where a notice stands.
    NoticeState {
        /// To be sent.
        Queued => "queued",
        /// Handed to the mail server.
        Sent => "sent",
        /// Given up.
        Failed => "failed",
    }
}

/// One thing told, and the facts it needs. A token in it is the secret itself: it leaves the outbox with the letter.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    /// Open this link to prove the address is yours.
    VerifyEmail {
        /// What we call the person.
        name: String,
        /// The link's token.
        token: String,
    },
    /// Somebody asked for a login with this address, which already has one.
    AlreadyRegistered {
        /// What we call the person.
        name: String,
    },
    /// Open this link to choose a new password.
    ResetPassword {
        /// What we call the person.
        name: String,
        /// The link's token.
        token: String,
    },
    /// The password was changed; call us if that was not you.
    PasswordChanged {
        /// What we call the person.
        name: String,
    },
    /// Somebody signed in from a browser that was not known.
    NewDevice {
        /// What we call the person.
        name: String,
        /// What the browser calls itself; empty where it says nothing known.
        device: String,
    },
    /// Open this link to sign in with this address from now on.
    ChangeEmail {
        /// What we call the person.
        name: String,
        /// The link's token.
        token: String,
    },
    /// The address of the sign-in is to be changed, or was.
    EmailChanged {
        /// What we call the person.
        name: String,
        /// The new address, told in part.
        to: String,
        /// Whether it was changed; else it is only asked for.
        is_done: bool,
    },
    /// An account was added to the login.
    AccountAdded {
        /// What we call the person.
        name: String,
        /// The account.
        account_number: AccountNumber,
    },
    /// A further login holds the account: told to whoever was told of the account before.
    AccountFollowed {
        /// What we call the person.
        name: String,
        /// The account.
        account_number: AccountNumber,
    },
    /// The office took the account from the login.
    AccountTaken {
        /// What we call the person.
        name: String,
        /// The account.
        account_number: AccountNumber,
    },
    /// How the account's bills come was changed.
    DeliveryChanged {
        /// What we call the person.
        name: String,
        /// The account.
        account_number: AccountNumber,
        /// How they come now.
        delivery: Delivery,
        /// The language of the bills.
        bills_in: Language,
        /// From when on.
        on: NaiveDate,
    },
    /// The code that proves somebody gets the mail of the account's address.
    ClaimCode {
        /// The account.
        account_number: AccountNumber,
        /// The code to type.
        code: String,
    },
    /// Money came: the receipt.
    PaymentReceived(PaymentTold),
    /// A bank or card refused a payment before it settled.
    PaymentFailed {
        /// The payment.
        #[serde(flatten)]
        told: PaymentTold,
        /// The processor's word for why.
        reason: String,
    },
    /// A payment that was on the account was taken back.
    PaymentReturned {
        /// The payment.
        #[serde(flatten)]
        told: PaymentTold,
        /// Why.
        reason: ReturnReason,
        /// The fee that is charged for it.
        fee: Option<Money>,
    },
    /// Money was given back.
    RefundGiven(PaymentTold),
    /// Money that was given back did not arrive: it is on the account again.
    RefundFailed(PaymentTold),
    /// A bill was issued.
    BillReady {
        /// What we call the person.
        name: String,
        /// The account.
        account_number: AccountNumber,
        /// The bill.
        bill: BillId,
        /// What it asks for.
        total: Money,
        /// What is owed in all; negative where we owe the customer.
        balance: Money,
        /// When it falls due.
        due_on: NaiveDate,
    },
    /// What is owed falls due within a few days.
    DueSoon(DebtTold),
    /// The due date passed.
    PastDue(DebtTold),
    /// The due date of somebody else passed, who wants the reader to know.
    PastDueCopy {
        /// The debt; its name is the reader's.
        #[serde(flatten)]
        told: DebtTold,
        /// Whose account it is.
        of: String,
    },
    /// News of an account that is shared.
    Sharing(SharingTold),
    /// Much more was used than a year before.
    HighUsage {
        /// What we call the person.
        name: String,
        /// The account.
        account_number: AccountNumber,
        /// The bill that shows it.
        bill: BillId,
        /// Of what.
        commodity: Commodity,
        /// How much.
        used: Decimal,
        /// Counted in.
        unit: Unit,
        /// By how many percent more a day than expected.
        percent: Decimal,
    },
    /// A bill came to more than the amount somebody set.
    HighBill {
        /// What we call the person.
        name: String,
        /// The account.
        account_number: AccountNumber,
        /// The bill.
        bill: BillId,
        /// What it comes to.
        total: Money,
        /// The amount they set.
        limit: Money,
    },
    /// News of use in a period that goes on.
    Usage(UsageTold),
    /// A service is out at the reader's place, or news of it.
    Outage(OutageTold),
    /// Work is planned that interrupts a service, or news of it.
    PlannedWork(OutageTold),
    /// What must be known at once, or news of it.
    UrgentNotice(OutageTold),
    /// Several notices for one person, in one mail.
    Digest {
        /// What we call the person.
        name: String,
        /// What is told, in order.
        items: Vec<Self>,
    },
    /// The code that proves that somebody gets the texts of a number.
    TextCode {
        /// The code to type.
        code: String,
    },
    /// News of autopay.
    Autopay(AutopayTold),
    /// News of a payment for a day to come.
    Scheduled(ScheduledTold),
    /// News of what a customer asked for.
    Request(RequestTold),
    /// News of an extension or a payment arrangement.
    Arrangement(ArrangementTold),
    /// News of a level payment plan.
    Budget(BudgetTold),
    /// News of a place that is rented out.
    Landlord(LandlordTold),
    /// News of a hold.
    Hold(HoldTold),
    /// News of an appointment.
    Appointment(AppointmentTold),
    /// News of a deposit.
    Deposit(crate::domain::deposit_told::DepositTold),
    /// That a service line is or may be of lead.
    LeadLine(crate::domain::lead_lines::LeadTold),
    /// News of a sign-in: its second factor, and its end.
    SignIn(SignInTold),
    /// News of a way to reach a customer, or the code that proves one.
    Contact(ContactTold),
    /// Open this link to join the staff.
    StaffInvitation {
        /// What we call the person.
        name: String,
        /// The link's token.
        token: String,
    },
}

impl Notice {
    /// What we call the person, where the notice does.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::VerifyEmail { name, .. }
            | Self::AlreadyRegistered { name }
            | Self::ResetPassword { name, .. }
            | Self::PasswordChanged { name }
            | Self::NewDevice { name, .. }
            | Self::ChangeEmail { name, .. }
            | Self::EmailChanged { name, .. }
            | Self::AccountAdded { name, .. }
            | Self::AccountFollowed { name, .. }
            | Self::AccountTaken { name, .. }
            | Self::DeliveryChanged { name, .. }
            | Self::BillReady { name, .. }
            | Self::HighUsage { name, .. }
            | Self::HighBill { name, .. }
            | Self::Digest { name, .. }
            | Self::StaffInvitation { name, .. } => Some(name),
            Self::PaymentReceived(told)
            | Self::PaymentFailed { told, .. }
            | Self::PaymentReturned { told, .. }
            | Self::RefundGiven(told)
            | Self::RefundFailed(told) => Some(&told.name),
            Self::DueSoon(told) | Self::PastDue(told) | Self::PastDueCopy { told, .. } => {
                Some(&told.name)
            }
            Self::Usage(told) => Some(&told.name),
            Self::Sharing(told) => Some(&told.name),
            Self::Outage(told) | Self::PlannedWork(told) | Self::UrgentNotice(told) => {
                Some(&told.name)
            }
            Self::Autopay(told) => Some(&told.name),
            Self::Scheduled(told) => Some(&told.name),
            Self::Request(told) => Some(&told.name),
            Self::Arrangement(told) => Some(&told.name),
            Self::Budget(told) => Some(&told.name),
            Self::Landlord(told) => Some(&told.name),
            Self::Hold(told) => Some(&told.name),
            Self::Appointment(told) => Some(&told.name),
            Self::Deposit(told) => Some(&told.name),
            Self::LeadLine(told) => Some(&told.name),
            Self::SignIn(told) => Some(&told.name),
            Self::Contact(told) => Some(&told.name),
            Self::ClaimCode { .. } | Self::TextCode { .. } => None,
        }
    }

    /// The word of the row's `kind`, which is also the name of the letter's template.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::VerifyEmail { .. } => "verify_email",
            Self::AlreadyRegistered { .. } => "already_registered",
            Self::ResetPassword { .. } => "reset_password",
            Self::PasswordChanged { .. } => "password_changed",
            Self::NewDevice { .. } => "new_device",
            Self::ChangeEmail { .. } => "change_email",
            Self::EmailChanged { .. } => "email_changed",
            Self::AccountAdded { .. } => "account_added",
            Self::AccountFollowed { .. } => "account_followed",
            Self::AccountTaken { .. } => "account_taken",
            Self::DeliveryChanged { .. } => "delivery_changed",
            Self::ClaimCode { .. } => CLAIM_CODE,
            Self::PaymentReceived(_) => "payment_received",
            Self::PaymentFailed { .. } => "payment_failed",
            Self::PaymentReturned { .. } => "payment_returned",
            Self::RefundGiven(_) => "refund_given",
            Self::RefundFailed(_) => "refund_failed",
            Self::BillReady { .. } => "bill_ready",
            Self::DueSoon(_) => "due_soon",
            Self::PastDue(_) => "past_due",
            Self::PastDueCopy { .. } => PAST_DUE_COPY,
            Self::Sharing(_) => "sharing",
            Self::HighUsage { .. } => "high_usage",
            Self::HighBill { .. } => "high_bill",
            Self::Usage(told) => told.news.alert().as_str(),
            Self::Outage(_) => "outage",
            Self::PlannedWork(_) => "planned_work",
            Self::UrgentNotice(_) => "urgent_notice",
            Self::Digest { .. } => "digest",
            Self::TextCode { .. } => TEXT_CODE,
            Self::Autopay(_) => "autopay",
            Self::Scheduled(_) => "scheduled",
            Self::Request(_) => "request",
            Self::Arrangement(_) => "arrangement",
            Self::Budget(_) => "budget_plan",
            Self::Landlord(_) => "landlord",
            Self::Hold(_) => "hold",
            Self::Appointment(_) => "appointment",
            Self::Deposit(_) => "deposit",
            Self::LeadLine(_) => "lead_line",
            Self::SignIn(_) => "sign_in",
            Self::Contact(_) => "contact",
            Self::StaffInvitation { .. } => "staff_invitation",
        }
    }

    /// Whether the letter carries a secret, so that no copy of it is kept once it is sent.
    #[must_use]
    pub const fn has_secret(&self) -> bool {
        match self {
            Self::VerifyEmail { .. }
            | Self::ChangeEmail { .. }
            | Self::ResetPassword { .. }
            | Self::ClaimCode { .. }
            | Self::TextCode { .. }
            | Self::StaffInvitation { .. } => true,
            Self::Sharing(told) => matches!(told.news, SharingNews::Invited { .. }),
            Self::Contact(told) => matches!(told.news, ContactNews::Code { .. }),
            Self::AlreadyRegistered { .. }
            | Self::PasswordChanged { .. }
            | Self::NewDevice { .. }
            | Self::EmailChanged { .. }
            | Self::AccountAdded { .. }
            | Self::AccountFollowed { .. }
            | Self::AccountTaken { .. }
            | Self::DeliveryChanged { .. }
            | Self::PaymentReceived(_)
            | Self::PaymentFailed { .. }
            | Self::PaymentReturned { .. }
            | Self::RefundGiven(_)
            | Self::RefundFailed(_)
            | Self::DueSoon(_)
            | Self::PastDue(_)
            | Self::PastDueCopy { .. }
            | Self::HighUsage { .. }
            | Self::HighBill { .. }
            | Self::Usage(_)
            | Self::Outage(_)
            | Self::PlannedWork(_)
            | Self::UrgentNotice(_)
            | Self::Digest { .. }
            | Self::BillReady { .. }
            | Self::Autopay(_)
            | Self::Scheduled(_)
            | Self::Request(_)
            | Self::Arrangement(_)
            | Self::Budget(_)
            | Self::Landlord(_)
            | Self::Hold(_)
            | Self::Appointment(_)
            | Self::Deposit(_)
            | Self::LeadLine(_)
            | Self::SignIn(_) => false,
        }
    }

    /// The kind of alert it is, where customers choose how they are told of it.
    #[must_use]
    pub const fn alert(&self) -> Option<AlertKind> {
        match self {
            Self::BillReady { .. } => Some(AlertKind::BillReady),
            Self::DueSoon(_) => Some(AlertKind::DueSoon),
            Self::PastDue(_) => Some(AlertKind::PastDue),
            Self::PaymentReceived(_) => Some(AlertKind::PaymentReceived),
            Self::PaymentFailed { .. } | Self::PaymentReturned { .. } => {
                Some(AlertKind::PaymentFailed)
            }
            Self::HighUsage { .. } => Some(AlertKind::HighUsage),
            Self::HighBill { .. } => Some(AlertKind::HighBill),
            Self::Usage(told) => Some(told.news.alert()),
            Self::Outage(_) => Some(AlertKind::Outage),
            Self::PlannedWork(_) => Some(AlertKind::PlannedWork),
            Self::UrgentNotice(_) => Some(AlertKind::UrgentNotice),
            Self::Autopay(told) => match told.news {
                AutopayNews::Refused { .. } => Some(AlertKind::PaymentFailed),
                AutopayNews::Joined { .. }
                | AutopayNews::Ahead { .. }
                | AutopayNews::Skipped { .. }
                | AutopayNews::Ended { .. } => None,
            },
            Self::Arrangement(told) => match told.news {
                ArrangementNews::DueSoon { .. } => Some(AlertKind::DueSoon),
                ArrangementNews::Late { .. } | ArrangementNews::Broken { .. } => {
                    Some(AlertKind::PastDue)
                }
                ArrangementNews::Made { .. }
                | ArrangementNews::Kept
                | ArrangementNews::Reopened { .. }
                | ArrangementNews::Canceled { .. } => None,
            },
            Self::Scheduled(told) => told.news.alert(),
            Self::Hold(told) => told.news.alert(),
            Self::Appointment(_) => Some(AlertKind::Appointment),
            Self::VerifyEmail { .. }
            | Self::AlreadyRegistered { .. }
            | Self::ResetPassword { .. }
            | Self::PasswordChanged { .. }
            | Self::NewDevice { .. }
            | Self::ChangeEmail { .. }
            | Self::EmailChanged { .. }
            | Self::AccountAdded { .. }
            | Self::AccountFollowed { .. }
            | Self::AccountTaken { .. }
            | Self::DeliveryChanged { .. }
            | Self::PastDueCopy { .. }
            | Self::Sharing(_)
            | Self::ClaimCode { .. }
            | Self::RefundGiven(_)
            | Self::RefundFailed(_)
            | Self::Request(_)
            | Self::Budget(_)
            | Self::Landlord(_)
            | Self::Deposit(_)
            | Self::LeadLine(_)
            | Self::SignIn(_)
            | Self::Contact(_)
            | Self::Digest { .. }
            | Self::TextCode { .. }
            | Self::StaffInvitation { .. } => None,
        }
    }
}

#[cfg(test)]
#[path = "notice_tests.rs"]
mod tests;
