//! The office's door: its route table, with the permission that opens each route. `tests/it/house/routes.txt` is a copy; reviewers read the
//! difference.

pub mod account_as_of;
mod account_attention;
pub mod account_load;
pub mod account_opening;
pub mod account_standing;
pub mod account_tabs;
pub mod account_timeline;
pub mod account_usage;
pub mod accounts;
pub mod agreement_facts;
pub mod answers;
pub mod arrangement_form;
pub mod arrangements;
pub mod audit;
pub mod autopay;
pub mod bill_cancellations;
mod bill_drafts;
pub mod bill_pdf;
pub mod bill_runs;
pub mod bills;
pub mod budget_plans;
pub mod bulk;
pub mod calls;
pub mod clock;
mod correction_doors;
mod correction_page;
pub mod correction_queue;
mod correction_reversals;
mod correction_words;
pub mod corrections;
pub mod cycles;
mod deed_words;
mod deposits;
mod disputes;
mod duplicates;
mod event_words;
pub mod exceptions;
mod faces;
pub mod factors;
pub mod fee_reversals;
pub mod first_attempts;
mod grounds;
mod handed_in;
pub mod holds;
pub mod imports;
pub mod income;
pub mod ledger_lines;
pub mod level_plans;
pub mod live;
pub mod login_factors;
pub mod logins;
mod matter_words;
pub mod meter_moves;
pub mod meters;
mod move_check;
mod move_data;
mod move_form;
mod move_words;
pub mod moves;
pub mod new_person;
pub mod notes;
pub mod notice_texts;
pub mod notices;
mod open_calls;
mod opening_form;
pub mod orders;
pub mod outage_form;
pub mod outage_map;
pub mod outages;
pub mod payment_refunds;
pub mod payment_returns;
pub mod payments;
pub mod people;
mod people_seen;
mod place_duplicates;
pub mod policies;
pub mod premises;
pub mod print;
pub mod rate_form;
pub mod rate_trial;
mod rate_words;
pub mod rates;
pub mod reads;
pub mod receivables;
pub mod refund_checks;
pub mod request;
pub mod requests;
pub mod responsibility;
mod routes;
pub mod saved_filters;
pub mod scheduled_payments;
pub mod search;
pub mod service_facts;
pub mod service_figures;
mod service_lines;
pub mod service_start;
pub mod services;
pub mod set_up;
pub mod sign_in;
pub mod staff;
pub mod subject;
pub mod takings;
mod thresholds;
pub mod today;
mod told_doors;
pub mod totp;
pub mod unapplied;
pub mod uploads;
pub mod utility_files;
pub mod weather;

use chrono::NaiveDate;

use crate::domain::staff::Permission;
use crate::web::doors::{Doors, Key};

/// Every page and change of the office.
#[must_use]
pub fn routes() -> Doors {
    Doors::at("/office")
        .with(entrance())
        .with(grounds::routes())
        .with(desk())
        .with(reads::doors())
        .with(calls::doors())
        .with(work())
        .with(tariffs())
        .with(money())
        .with(counter())
        .with(told_doors::doors())
        .with(upkeep())
        .with(routes::doors())
        .with(service_lines::doors())
        .with(responsibility::doors())
        .with(duplicates::doors())
        .with(place_duplicates::doors())
        .with(correction_doors::doors())
        .with(payment_refunds::doors())
        .with(unapplied::doors())
        .with(budget_plans::doors())
        .with(deposits::doors())
        .with(asked())
        .with(disputes::doors())
        .with(orders::doors())
        .with(arrangements::doors())
        .with(holds::doors())
        .with(income::doors())
        .with(saved_filters::doors())
        .with(bulk::doors())
        .with(administration())
}

/// The last day of a half-open span, as people write spans.
fn last_day(until: &NaiveDate) -> NaiveDate {
    until.pred_opt().unwrap_or(*until)
}

/// Finding accounts, and everything about one.
fn desk() -> Doors {
    Doors::at("/office")
        .get("", Key::AnyStaff, today::index)
        .get("/search", Permission::ViewAccount, search::index)
        .get("/accounts", Permission::ViewAccount, search::index)
        .get(
            "/accounts/{number}",
            Permission::ViewAccount,
            accounts::show,
        )
        .get(
            "/accounts/{number}/timeline",
            Permission::ViewAccount,
            account_timeline::index,
        )
        .get(
            "/live/accounts/{number}",
            Permission::ViewAccount,
            live::account,
        )
        .post(
            "/accounts/{number}/notes",
            Permission::WriteNote,
            notes::create,
        )
        .get("/imports", Permission::ImportReads, imports::index)
        .post("/imports", Permission::ImportReads, imports::create)
        .post(
            "/imports/mappings",
            Permission::ImportReads,
            imports::save_mapping,
        )
        .get(
            "/imports/waiting/{sha256}",
            Permission::ImportReads,
            imports::waiting,
        )
        .post(
            "/imports/waiting/{sha256}",
            Permission::ImportReads,
            imports::accept,
        )
        .get("/imports/weather", Permission::ImportReads, weather::index)
        .post("/imports/weather", Permission::ImportReads, weather::create)
        .post(
            "/imports/weather/station",
            Permission::SetPolicy,
            weather::choose,
        )
        .get("/imports/{id}", Permission::ImportReads, imports::show)
}

/// What waits for a person, and bills on their way out.
fn work() -> Doors {
    Doors::at("/office")
        .get("/exceptions", Permission::WorkExceptions, exceptions::index)
        .get(
            "/exceptions/{id}",
            Permission::WorkExceptions,
            exceptions::show,
        )
        .post(
            "/exceptions/{id}/owner",
            Permission::WorkExceptions,
            exceptions::own,
        )
        .post(
            "/exceptions/{id}/answer",
            Permission::WorkExceptions,
            exceptions::answer,
        )
        .get("/bill-runs", Permission::RunBills, bill_runs::index)
        .get("/bill-runs/{id}", Permission::RunBills, bill_runs::show)
        .post("/bill-runs", Permission::RunBills, bill_runs::create)
        .post(
            "/bill-runs/{id}/issue",
            Permission::RunBills,
            bill_runs::issue,
        )
        .post(
            "/bill-runs/{id}/drafts",
            Permission::RunBills,
            bill_drafts::create,
        )
        .post(
            "/bill-runs/{id}/void",
            Permission::RunBills,
            bill_runs::void,
        )
        .get("/bills/{number}", Permission::ViewAccount, bills::show)
        .get(
            "/bills/{number}/pdf",
            Permission::ViewAccount,
            bill_pdf::show,
        )
        .post("/bills/{number}/void", Permission::RunBills, bills::void)
}

/// Dated factors from proposal to law.
fn dated_factors() -> Doors {
    let (draft, publish) = (Permission::DraftRates, Permission::PublishRates);
    Doors::at("/office/rates/factors")
        .get("", draft, factors::index)
        .post("", draft, factors::create)
        .post("/{id}/approval", publish, factors::approve)
        .post("/{id}/withdrawal", draft, factors::withdraw)
}

/// Rate schedules from draft to law.
fn tariffs() -> Doors {
    Doors::at("/office")
        .get("/rates", Permission::DraftRates, rates::index)
        .get("/rates/new", Permission::DraftRates, rates::new)
        .post("/rates", Permission::DraftRates, rates::create)
        .get("/rates/file", Permission::DraftRates, rates::file)
        .post("/rates/file", Permission::DraftRates, rates::upload)
        .with(dated_factors())
        .get("/rates/{id}", Permission::DraftRates, rates::show)
        .post("/rates/{id}", Permission::DraftRates, rates::update)
        .get("/rates/{id}/edit", Permission::DraftRates, rates::edit)
        .post(
            "/rates/{id}/submission",
            Permission::DraftRates,
            rates::submit,
        )
        .post(
            "/rates/{id}/withdrawal",
            Permission::DraftRates,
            rates::withdraw,
        )
        .post(
            "/rates/{id}/publication",
            Permission::PublishRates,
            rates::publish,
        )
        .get("/notice-texts", Permission::SetPolicy, notice_texts::index)
        .get(
            "/notice-texts/{key}",
            Permission::SetPolicy,
            notice_texts::show,
        )
        .post(
            "/notice-texts/{key}",
            Permission::SetPolicy,
            notice_texts::update,
        )
        .get("/policies", Permission::SetPolicy, policies::index)
        .get("/policies/{kind}", Permission::SetPolicy, policies::show)
        .post("/policies/{kind}", Permission::SetPolicy, policies::create)
        .post(
            "/policies/proposals/{id}/approval",
            Permission::SetPolicy,
            policies::approve,
        )
        .post(
            "/policies/proposals/{id}/withdrawal",
            Permission::SetPolicy,
            policies::withdraw,
        )
}

/// How people of the office come in and out.
fn entrance() -> Doors {
    Doors::at("/office")
        .get("/set-up", Key::Anyone, set_up::show)
        .post("/set-up", Key::Anyone, set_up::create)
        .get("/invitation", Key::Anyone, set_up::invitation)
        .post("/invitation", Key::Anyone, set_up::join)
        .get("/sign-in", Key::Anyone, sign_in::show)
        .post("/sign-in", Key::Anyone, sign_in::create)
        .get("/sign-in/code", Key::HalfSignedIn, sign_in::code)
        .post("/sign-in/code", Key::HalfSignedIn, sign_in::confirm)
        .post("/sign-out", Key::AnyStaff, sign_in::destroy)
        .post("/language", Key::Anyone, sign_in::language)
        .get("/authenticator", Key::AnyStaff, totp::show)
        .post("/authenticator", Key::AnyStaff, totp::create)
        .post("/authenticator/confirmation", Key::AnyStaff, totp::confirm)
        .post("/authenticator/removal", Key::AnyStaff, totp::remove)
}

/// What is owed, and taking it back.
fn money() -> Doors {
    Doors::at("/office")
        .get(
            "/receivables",
            Permission::ViewReceivables,
            receivables::index,
        )
        .get(
            "/service-figures",
            Permission::ViewReceivables,
            service_figures::index,
        )
        .get("/answers", Permission::ViewReceivables, answers::show)
        .get(
            "/receivables/open",
            Permission::ViewReceivables,
            receivables::open,
        )
        .with(bill_cancellations::doors())
}

/// What customers asked for.
fn asked() -> Doors {
    let (look, work) = (Permission::ViewAccount, Permission::WorkRequests);
    Doors::at("/office/requests")
        .get("", look, requests::index)
        .get("/{number}", look, request::show)
        .get("/{number}/photo", look, request::photo)
        .post("/{number}/owner", work, request::own)
        .post("/{number}/messages", work, request::write)
        .post("/{number}/moves", work, request::move_on)
        // Heard by somebody who can correct the bill.
        .post(
            "/{number}/decision",
            Permission::PostAdjustment,
            request::decide,
        )
}

/// The people on an account and its services.
fn upkeep() -> Doors {
    let (edit, service) = (Permission::EditPeople, Permission::ManageService);
    Doors::at("/office/accounts/{number}")
        .get("/people", edit, people::index)
        .get("/people/new", edit, new_person::new)
        .post("/people", edit, new_person::create)
        .get("/people/{customer}", edit, people::edit)
        .post("/people/{customer}", edit, people::update)
        .post("/people/{customer}/contacts", edit, people::create_contact)
        .post(
            "/people/{customer}/contacts/{id}/end",
            edit,
            people::end_contact,
        )
        .post(
            "/people/{customer}/coming-address/withdrawal",
            edit,
            people::keep_address,
        )
        .post("/parts/{id}/end", edit, people::end_part)
        .post("/settings", edit, people::update_settings)
        .post("/autopay/end", edit, autopay::end)
        .post(
            "/scheduled-payments/{key}/cancellation",
            edit,
            scheduled_payments::cancel,
        )
        .post("/logins/{id}/end", edit, logins::end)
        .post(
            "/invitations/{id}/withdrawal",
            edit,
            logins::withdraw_invitation,
        )
        .get("/logins/{id}/authenticator", edit, login_factors::show)
        .post("/logins/{id}/authenticator", edit, login_factors::remove)
        .post("/status", service, account_standing::update)
        .get("/move", service, moves::show)
        .post("/move", service, moves::create)
        .get("/services/new", service, service_start::new)
        .post("/services", service, service_start::create)
        .get("/services/{id}", service, services::show)
        .get("/services/{id}/facts", service, service_facts::show)
        .post("/services/{id}/facts", service, service_facts::create)
        .post("/services/{id}/end", service, services::stop)
        .post("/services/{id}/suspension", service, services::suspend)
        .post("/services/{id}/resumption", service, services::resume)
}

/// Payments as the office takes them, shows them and takes them back.
fn counter() -> Doors {
    Doors::at("/office")
        .get(
            "/accounts/{number}/payments/new",
            Permission::TakePayment,
            takings::new,
        )
        .post(
            "/accounts/{number}/payments",
            Permission::TakePayment,
            takings::create,
        )
        .get(
            "/payments/{number}",
            Permission::ViewAccount,
            payments::show,
        )
        .get(
            "/payments/{number}/receipt",
            Permission::ViewAccount,
            payments::receipt,
        )
        .get(
            "/payments/{number}/return",
            Permission::ReversePayment,
            payment_returns::show,
        )
        .post(
            "/payments/{number}/return",
            Permission::ReversePayment,
            payment_returns::create,
        )
}

/// Who works here, and what everybody did.
fn administration() -> Doors {
    Doors::at("/office")
        .get("/staff", Permission::ManageStaff, staff::index)
        .post("/staff", Permission::ManageStaff, staff::create)
        .post(
            "/staff/{id}/role",
            Permission::ManageStaff,
            staff::update_role,
        )
        .post(
            "/staff/{id}/invitation",
            Permission::ManageStaff,
            staff::reinvite,
        )
        .post(
            "/staff/{id}/closing",
            Permission::ManageStaff,
            staff::destroy,
        )
        .get("/audit", Permission::ViewAudit, audit::index)
        .get("/clock", Permission::MoveClock, clock::show)
        .post("/clock", Permission::MoveClock, clock::update)
}
