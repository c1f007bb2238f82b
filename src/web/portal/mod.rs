//! The customer's door: its route table, with what opens each route. `tests/it/house/routes.txt` is a copy; reviewers read the difference.

pub mod alerts;
pub mod autopay;
mod autopay_view;
mod balance;
mod behind;
mod bill_changes;
pub mod bill_pdf;
mod bill_services;
pub mod bills;
pub mod claim;
pub mod closing;
pub mod contacts;
pub mod delivery;
pub mod disputes;
pub mod home;
pub mod invitation;
pub mod landlord;
pub mod leaving;
pub mod level_plan;
pub mod live;
pub mod more_time;
pub mod outage_reports;
pub mod outages;
mod paid_here;
pub mod passkeys;
pub mod password;
pub mod pay;
pub mod pay_bill;
pub mod pay_link;
mod pay_saved;
pub mod pay_together;
pub mod pay_together_view;
pub mod payment_methods;
pub mod payments;
pub mod profile;
pub mod quick_pay;
pub mod request_form;
pub mod requests;
pub mod scheduled_payments;
pub mod schedules;
pub mod second_factor;
pub mod security;
pub mod sharing;
pub mod sign_in;
pub mod sign_in_code;
pub mod usage;
mod usage_days;
pub mod usage_files;
pub mod usage_months;
mod usage_outlook;
pub mod usage_view;
mod why;

use crate::domain::access::Right;
use crate::web::doors::{Doors, Key};

const SEE: Key = Key::Account(Right::See);
const PAY: Key = Key::Account(Right::Pay);
const CHANGE: Key = Key::Account(Right::Change);
const SHARE: Key = Key::Account(Right::Share);

/// Every page and change of the portal.
#[must_use]
pub fn routes() -> Doors {
    Doors::at("")
        .get("/sign-in", Key::Anyone, sign_in::show)
        .post("/sign-in", Key::Anyone, sign_in::create)
        .get("/sign-in/code", Key::HalfSignedIn, sign_in_code::code)
        .post("/sign-in/code", Key::HalfSignedIn, sign_in_code::confirm)
        .get(
            "/sign-in/recovery",
            Key::HalfSignedIn,
            sign_in_code::recovery,
        )
        .post(
            "/sign-in/recovery",
            Key::HalfSignedIn,
            sign_in_code::recover,
        )
        .post("/sign-out", Key::Customer, sign_in::destroy)
        .post("/language", Key::Anyone, sign_in::language)
        .get("/register", Key::Anyone, claim::new)
        .post("/register", Key::Anyone, claim::create)
        .get("/register/sent", Key::Anyone, claim::sent)
        .get("/verify", Key::Anyone, claim::verify)
        .post("/verify", Key::Anyone, claim::confirm)
        .get("/claim", Key::Customer, claim::show)
        .post("/claim", Key::Customer, claim::add)
        .get("/claim/code", Key::Anyone, claim::code)
        .post("/claim/code", Key::Anyone, claim::send_code)
        .get("/claim/code/sent", Key::Anyone, claim::code_sent)
        .get("/password/forgotten", Key::Anyone, password::forgotten)
        .post("/password/forgotten", Key::Anyone, password::send_link)
        .get("/password/sent", Key::Anyone, password::sent)
        .get("/password/new", Key::Anyone, password::new)
        .post("/password/new", Key::Anyone, password::reset)
        .get("/security", Key::Customer, security::show)
        .post("/security/sessions", Key::Customer, security::end)
        .get("/security/closing", Key::Customer, closing::show)
        .post("/security/closing", Key::Customer, closing::create)
        .get("/email", Key::Customer, security::edit)
        .post("/email", Key::Customer, security::update)
        .get("/email/verify", Key::Anyone, security::prove)
        .post("/email/verify", Key::Anyone, security::confirm)
        .get("/password", Key::Customer, password::edit)
        .post("/password", Key::Customer, password::update)
        .with(factors())
        .with(keys())
        .with(without_sign_in())
        .with(account())
        .with(told())
}

/// What the sign-in asks for beside the password.
fn factors() -> Doors {
    let key = Key::Customer;
    Doors::at("/security/authenticator")
        .get("", key, second_factor::show)
        .post("", key, second_factor::create)
        .post("/confirmation", key, second_factor::confirm)
        .get("/codes", key, second_factor::codes)
        .post("/codes", key, second_factor::renew)
        .get("/removal", key, second_factor::check_removal)
        .post("/removal", key, second_factor::remove)
}

/// Passkeys, and signing in by them.
fn keys() -> Doors {
    Doors::at("")
        .post("/sign-in/passkey", Key::Anyone, passkeys::begin)
        .post("/sign-in/passkey/answer", Key::Anyone, passkeys::finish)
        .get("/security/passkeys", Key::Customer, passkeys::index)
        .post("/security/passkeys", Key::Customer, passkeys::create)
        .post("/security/passkeys/new", Key::Customer, passkeys::ask)
        .get(
            "/security/passkeys/{id}/removal",
            Key::Customer,
            passkeys::check_removal,
        )
        .post(
            "/security/passkeys/{id}/removal",
            Key::Customer,
            passkeys::destroy,
        )
}

/// What a customer is told of, and ending it.
fn told() -> Doors {
    Doors::at("")
        .get("/profile", Key::Customer, profile::show)
        .get("/delivery", CHANGE, delivery::edit)
        .post("/delivery", CHANGE, delivery::update)
        .get("/alerts", SEE, alerts::index)
        .post("/alerts", SEE, alerts::update)
        .post("/alerts/number", Key::Customer, alerts::give_number)
        .post("/alerts/number/code", Key::Customer, alerts::prove)
        .post("/alerts/number/removal", Key::Customer, alerts::remove)
        .get("/unsubscribe", Key::Anyone, leaving::show)
        .post("/unsubscribe", Key::Anyone, leaving::create)
        .get("/contacts", SHARE, contacts::index)
        .post("/contacts", SHARE, contacts::create)
        .post("/contacts/code", SHARE, contacts::prove)
        .post("/contacts/code/withdrawal", SHARE, contacts::withdraw)
        .post("/contacts/{id}/choice", SHARE, contacts::choose)
        .post("/contacts/{id}/removal", SHARE, contacts::remove)
        .with(paying())
        .with(asking())
        .with(sharing())
}

/// Without a sign-in: paying for an account, one's own or another's, and what is out.
fn without_sign_in() -> Doors {
    Doors::at("")
        .get("/quick-pay", Key::Anyone, quick_pay::show)
        .post("/quick-pay", Key::Anyone, quick_pay::open)
        .get("/quick-pay/{token}", Key::Anyone, quick_pay::new)
        .get("/quick-pay/{token}/check", Key::Anyone, quick_pay::check)
        .post("/quick-pay/{token}", Key::Anyone, quick_pay::create)
        .get("/quick-pay/receipts/{key}", Key::Anyone, quick_pay::receipt)
        .get(
            "/quick-pay/receipts/{key}/return",
            Key::Anyone,
            quick_pay::back,
        )
        .get(
            "/pay-link/{notice}/{signature}/account",
            Key::Customer,
            pay_link::account,
        )
        .get(
            "/pay-link/{notice}/{signature}",
            Key::Anyone,
            pay_link::show,
        )
        .post(
            "/pay-link/{notice}/{signature}",
            Key::Anyone,
            pay_link::open,
        )
        .get(
            "/pay-bill/{number}/{code}/account",
            Key::Customer,
            pay_bill::account,
        )
        .get("/pay-bill/{number}/{code}", Key::Anyone, pay_bill::show)
        .post("/pay-bill/{number}/{code}", Key::Anyone, pay_bill::open)
        .get("/outages", Key::Anyone, outages::index)
        .get("/outages/report", Key::Anyone, outage_reports::new)
        .post("/outages/report", Key::Anyone, outage_reports::create)
        .get("/outages/{number}", Key::Anyone, outages::show)
}

/// What a customer reads: the balance, the usage, the bills.
fn account() -> Doors {
    Doors::at("")
        .get("/", SEE, home::show)
        .get("/live/account", SEE, live::account)
        .get("/usage", SEE, usage_months::index)
        .get("/usage/{service}", SEE, usage_months::service)
        .get(
            "/usage/{service}/green-button.xml",
            SEE,
            usage_files::green_button,
        )
        .get(
            "/usage/{service}/intervals.csv",
            SEE,
            usage_files::intervals,
        )
        .get("/usage/{service}/{when}", SEE, usage::show)
        .get("/bills", SEE, bills::index)
        .get("/bills/{number}", SEE, bills::show)
        .get("/bills/{number}/pdf", SEE, bill_pdf::show)
}

/// What a customer asks for, says of a bill, and more time to pay it.
fn asking() -> Doors {
    Doors::at("")
        .get("/requests", SEE, requests::index)
        .get("/requests/new/{kind}", CHANGE, request_form::new)
        .post("/requests/new/{kind}", CHANGE, request_form::create)
        .get("/requests/{number}", SEE, requests::show)
        .get("/requests/{number}/photo", SEE, requests::photo)
        .post("/requests/{number}/messages", CHANGE, requests::answer)
        .post("/requests/{number}/withdrawal", CHANGE, requests::withdraw)
        .get("/bills/{number}/dispute", CHANGE, disputes::new)
        .post("/bills/{number}/dispute", CHANGE, disputes::create)
        .get("/more-time", CHANGE, more_time::index)
        .post("/more-time", CHANGE, more_time::create)
        .get("/more-time/check", CHANGE, more_time::check)
        .get("/more-time/{number}", SEE, more_time::show)
}

/// What a customer pays, by what, and what is paid by itself.
fn paying() -> Doors {
    Doors::at("")
        .get("/pay", PAY, pay::new)
        .get("/pay/check", PAY, pay::check)
        .get("/pay/together", PAY, pay_together::new)
        .post("/pay/together", PAY, pay_together::create)
        .get("/pay/together/check", PAY, pay_together::check)
        .get("/pay/together/{key}", PAY, pay_together::show)
        .get("/pay/together/{key}/return", PAY, pay_together::back)
        .get("/pay/later", CHANGE, scheduled_payments::new)
        .get("/pay/later/check", CHANGE, scheduled_payments::check)
        .post("/pay/later", CHANGE, scheduled_payments::create)
        .get(
            "/payments/scheduled/{key}",
            CHANGE,
            scheduled_payments::show,
        )
        .post(
            "/payments/scheduled/{key}/cancellation",
            CHANGE,
            scheduled_payments::cancel,
        )
        .get("/payments", SEE, payments::index)
        .post("/payments", PAY, pay::create)
        .get("/payments/{number}", SEE, payments::show)
        .get("/payments/{number}/return", PAY, pay::back)
        .get("/payment-methods", CHANGE, payment_methods::index)
        .post("/payment-methods", CHANGE, payment_methods::create)
        .get(
            "/payment-methods/{key}/return",
            CHANGE,
            payment_methods::back,
        )
        .get(
            "/payment-methods/{key}/removal",
            CHANGE,
            payment_methods::check_removal,
        )
        .post(
            "/payment-methods/{key}/removal",
            CHANGE,
            payment_methods::remove,
        )
        .post(
            "/payment-methods/{key}/default",
            CHANGE,
            payment_methods::make_default,
        )
        .get("/autopay", CHANGE, autopay::show)
        .get("/autopay/check", CHANGE, autopay::check)
        .post("/autopay", CHANGE, autopay::create)
        .post("/autopay/pause", CHANGE, autopay::pause)
        .post("/autopay/end", CHANGE, autopay::end)
        .get("/level-plan", CHANGE, level_plan::show)
        .post("/level-plan", CHANGE, level_plan::create)
        .post("/level-plan/end", CHANGE, level_plan::end)
}

/// Who else may see or do something on an account, and who is served at the places that are rented out.
fn sharing() -> Doors {
    Doors::at("")
        .get("/people", SHARE, sharing::index)
        .post("/people", SHARE, sharing::invite)
        .post(
            "/people/invitations/{id}/withdrawal",
            SHARE,
            sharing::withdraw,
        )
        .post("/people/logins/{id}", SHARE, sharing::change)
        .post("/people/copies/{id}/end", SHARE, sharing::end_copies)
        .post("/people/leave", SEE, sharing::leave)
        .get("/premises", CHANGE, landlord::index)
        .post("/premises", CHANGE, landlord::update)
        .get("/invitation", Key::Anyone, invitation::show)
        .post("/invitation/acceptance", Key::Anyone, invitation::accept)
        .post(
            "/invitation/registration",
            Key::Anyone,
            invitation::register,
        )
        .post("/invitation/refusal", Key::Anyone, invitation::decline)
}
