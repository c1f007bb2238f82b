//! Customers and accounts, line by line.

use std::collections::HashSet;

use crate::domain::accounts::{AccountClass, Delivery};
use crate::domain::customers::{
    ADDRESS_LINES, ContactKind, ContactRefused, CustomerKind, Language, check_contact,
};
use crate::domain::ids::CustomerId;
use crate::domain::setup::{OwnKind, Refusal, Row, SetupFile, Table, Why, parts};
use crate::usecases::accounts::people::Person;
use crate::usecases::setup::house::House;
use crate::usecases::setup::plan::{Plan, PlannedAccount, PlannedCustomer};

/// Customers.
pub(super) fn customers(
    table: &Table,
    house: &House,
    plan: &mut Plan,
    refusals: &mut Vec<Refusal>,
) {
    let mut seen = HashSet::new();
    for row in table.rows() {
        let Some(number) = row.filled("customer", refusals) else {
            continue;
        };
        if !seen.insert(number) {
            refusals.push(row.refusal(Why::Twice, "customer"));
        } else if house.row(OwnKind::Customer, number).is_some() {
            plan.note_known(SetupFile::Customers);
        } else if let Some(refused) = house.alike(&row, OwnKind::Customer, "customer") {
            refusals.push(refused);
        } else {
            plan.customers.extend(customer(&row, number, refusals));
        }
    }
}

fn customer(row: &Row<'_>, number: &str, refusals: &mut Vec<Refusal>) -> Option<PlannedCustomer> {
    let text = |column: &str| {
        let text = row.text(column).to_owned();
        Some(text).filter(|text| !text.is_empty())
    };
    let name = row.filled("name", refusals);
    let kind = row.value_or(("kind", Why::NotOneOf), CustomerKind::Person, refusals);
    let language = row.value_or(("language", Why::NotOneOf), Language::English, refusals);
    let lines: Vec<&str> = parts(row.text("mailing_address")).collect();
    if lines.len() > ADDRESS_LINES {
        refusals.push(row.refusal(Why::TooLong, "mailing_address"));
        return None;
    }
    let mut contacts = Vec::new();
    for kind in [ContactKind::Email, ContactKind::Phone] {
        let Some(value) = text(kind.as_str()) else {
            continue;
        };
        match check_contact(kind, &value) {
            Ok(value) => contacts.push((kind, value)),
            Err(ContactRefused::NotAnAddress) => {
                refusals.push(row.refusal(Why::NotAnAddress, "email"));
                return None;
            }
            Err(ContactRefused::NotANumber) => {
                refusals.push(row.refusal(Why::NotAPhone, "phone"));
                return None;
            }
        }
    }
    Some(PlannedCustomer {
        number: number.to_owned(),
        kind: kind?,
        person: Person {
            name: name?.to_owned(),
            given_name: text("given_name"),
            language: language?,
            mailing_address: Some(lines.join("\n")).filter(|address| !address.is_empty()),
        },
        contacts,
    })
}

/// Accounts.
pub(super) fn accounts(table: &Table, house: &House, plan: &mut Plan, refusals: &mut Vec<Refusal>) {
    let reached = |customer: &PlannedCustomer| {
        let mut contacts = customer.contacts.iter();
        contacts.any(|(kind, _)| *kind == ContactKind::Email)
    };
    let with_email: HashSet<String> = plan
        .customers
        .iter()
        .filter(|customer| reached(customer))
        .map(|customer| customer.number.clone())
        .collect();
    let mut seen = HashSet::new();
    for row in table.rows() {
        let Some(number) = row.filled("account", refusals) else {
            continue;
        };
        if !seen.insert(number) {
            refusals.push(row.refusal(Why::Twice, "account"));
            continue;
        }
        if house.account(number).is_some() {
            plan.note_known(SetupFile::Accounts);
            continue;
        }
        if let Some(refused) = house.alike(&row, OwnKind::Account, "account") {
            refusals.push(refused);
            continue;
        }
        let Some(account) = account(&row, number, house, refusals) else {
            continue;
        };
        let known = house.row(OwnKind::Customer, &account.customer);
        let has_email = with_email.contains(&account.customer)
            || known.is_some_and(|id| house.with_email.contains(&CustomerId(id)));
        if account.delivery.has_email() && !has_email {
            refusals.push(row.refusal(Why::NoEmail, "delivery"));
        } else {
            plan.accounts.push(account);
        }
    }
}

fn account(
    row: &Row<'_>,
    number: &str,
    house: &House,
    refusals: &mut Vec<Refusal>,
) -> Option<PlannedAccount> {
    let customer = row.filled("customer", refusals);
    let class: Option<AccountClass> = row.value(("class", Why::NotOneOf), refusals);
    let cycle = row.filled("cycle", refusals);
    let language = row.value_or(("language", Why::NotOneOf), Language::English, refusals);
    let delivery = row.value_or(("delivery", Why::NotOneOf), Delivery::Paper, refusals);
    let opened_on = row.day("opened_on", refusals);
    let (customer, cycle) = (customer?, cycle?);
    if !house.has(OwnKind::Customer, customer) {
        refusals.push(house.unknown(row, OwnKind::Customer, "customer"));
        return None;
    }
    if !house.has_cycle(cycle) {
        refusals.push(row.refusal(Why::Unknown, "cycle"));
        return None;
    }
    // Nobody follows an account on the portal that has only just come.
    if delivery == Some(Delivery::Portal) {
        refusals.push(row.refusal(Why::NotOneOf, "delivery"));
        return None;
    }
    let opened_on = opened_on?;
    if opened_on > house.on {
        refusals.push(row.refusal(Why::Future, "opened_on"));
        return None;
    }
    Some(PlannedAccount {
        number: number.to_owned(),
        customer: customer.to_owned(),
        class: class?,
        cycle: cycle.to_owned(),
        language: language?,
        delivery: delivery?,
        opened_on,
    })
}
