//! Writes what was planned: set-wise, thousands of rows a statement, every row with the id of what it rests on.

use std::collections::HashMap;

use chrono_tz::Tz;

use crate::domain::accounts::{AccountRole, AccountStatus};
use crate::domain::allocation::Allocation;
use crate::domain::customers::search_value;
use crate::domain::entries::{self, Charge, Event};
use crate::domain::gl::{Chart, GlCode};
use crate::domain::ids::{
    AccountId, AccountNumber, CustomerId, CycleId, MeterId, PremiseId, RegisterId,
    ServiceAgreementId, ServicePointId,
};
use crate::domain::ledger::{Entry, LedgerError, Source, SourceKind};
use crate::domain::setup::OwnKind;
use crate::store;
use crate::store::accounts::{AccountRow, NewAccountRole};
use crate::store::bill_drafts;
use crate::store::bulk::{ROWS, reserve};
use crate::store::customers::{CustomerRow, NewContactPoint};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::meters::{MeterRow, NewMeterInstall};
use crate::store::own_numbers::{self, NewNumber};
use crate::store::premises::ServicePointRow;
use crate::store::service::ServiceAgreementRow;
use crate::usecases::billing::changed::{day_before, give_up_drafts};
use crate::usecases::books;
use crate::usecases::cycles::{CycleError, set_up_cycle};
use crate::usecases::ledger::{PostingError, apply_held};
use crate::usecases::meters::inventory::register_row;
use crate::usecases::places::premise_row;
use crate::usecases::reads::opening::take_reads;
use crate::usecases::setup::SetupError;
use crate::usecases::setup::balances::against;
use crate::usecases::setup::deposits::take_over;
use crate::usecases::setup::plan::{Plan, PlannedBalance, PlannedDeposit};

/// What an opening balance is called in the ledger.
pub(super) const MEMO: &str = "Opening balance";

/// How many accounts are indexed for the search at once.
const INDEXED: usize = 500;

/// The rows by the utility's own numbers, those that the house knew among them.
struct Rows {
    own: HashMap<(OwnKind, String), i64>,
    cycles: HashMap<String, CycleId>,
}

impl Rows {
    fn of(&self, kind: OwnKind, number: &str) -> Result<i64, StoreError> {
        let found = self.own.get(&(kind, number.to_owned())).copied();
        found.ok_or(StoreError::Missing("number of the utility's own"))
    }

    fn cycle(&self, code: &str) -> Result<CycleId, StoreError> {
        let found = self.cycles.get(code).copied();
        found.ok_or(StoreError::Missing("cycle"))
    }

    /// Gives new things their ids, and writes down which number each has.
    fn number<'p>(
        &mut self,
        tx: &mut Tx<'_>,
        (kind, table): (OwnKind, &'static str),
        numbers: impl ExactSizeIterator<Item = &'p String>,
    ) -> Result<Vec<i64>, StoreError> {
        let ids = reserve(tx, table, numbers.len())?;
        let rows: Vec<NewNumber> = numbers
            .zip(&ids)
            .map(|(number, id)| NewNumber {
                kind,
                number: number.clone(),
                row_id: *id,
            })
            .collect();
        own_numbers::insert_all_rows(tx, &rows)?;
        let named = rows.into_iter().map(|row| ((kind, row.number), row.row_id));
        self.own.extend(named);
        Ok(ids)
    }

    /// Looks up the numbers of a kind that the plan names and does not bring.
    fn look_up(
        &mut self,
        tx: &mut Tx<'_>,
        kind: OwnKind,
        numbers: Vec<String>,
    ) -> Result<(), StoreError> {
        let found = own_numbers::find(tx, kind, &numbers)?;
        let named = found.into_iter().map(|(number, row)| ((kind, number), row));
        self.own.extend(named);
        Ok(())
    }
}

/// Writes everything.
pub(super) fn write(tx: &mut Tx<'_>, zone: Tz, plan: &Plan) -> Result<(), SetupError> {
    let mut rows = Rows {
        own: HashMap::new(),
        cycles: cycles(tx, plan)?,
    };
    look_up_known(tx, &mut rows, plan)?;
    places(tx, &mut rows, plan)?;
    let registers = meters(tx, &rows, plan)?;
    customers(tx, &mut rows, plan)?;
    let mut touched = accounts(tx, &mut rows, plan)?;
    touched.extend(agreements(tx, &rows, plan)?);
    reads(tx, zone, plan, registers)?;
    touched.extend(balances(tx, &rows, plan)?);
    touched.extend(deposits(tx, &rows, plan)?);
    touched.sort_unstable();
    touched.dedup();
    for some in touched.chunks(INDEXED) {
        store::search::index_accounts(tx, some)?;
    }
    for account in touched {
        tx.touch(account);
    }
    Ok(())
}

fn cycles(tx: &mut Tx<'_>, plan: &Plan) -> Result<HashMap<String, CycleId>, StoreError> {
    for planned in &plan.cycles {
        let opened = set_up_cycle(tx, &planned.cycle, planned.falls_on, planned.begins);
        opened.map_err(|error| match error {
            CycleError::Fault(fault) => fault,
            refused @ (CycleError::NameMissing
            | CycleError::CodeTaken
            | CycleError::Months
            | CycleError::ReadDay
            | CycleError::IssueAfter
            | CycleError::DueAfter
            | CycleError::Periods
            | CycleError::Dates(_)
            | CycleError::Used) => StoreError::Unreadable(refused.to_string()),
        })?;
    }
    let all = store::cycles::list(tx)?;
    Ok(all.into_iter().map(|row| (row.code, row.id)).collect())
}

fn look_up_known(tx: &mut Tx<'_>, rows: &mut Rows, plan: &Plan) -> Result<(), StoreError> {
    let premises = plan.points.iter().map(|point| point.premise.clone());
    rows.look_up(tx, OwnKind::Premise, premises.collect())?;
    let hung = plan.meters.iter().filter_map(|meter| meter.hangs.as_ref());
    let points = hung.map(|(point, _)| point.clone());
    let served = plan.agreements.iter().map(|agreed| agreed.point.clone());
    rows.look_up(tx, OwnKind::ServicePoint, points.chain(served).collect())?;
    let customers = plan.accounts.iter().map(|account| account.customer.clone());
    rows.look_up(tx, OwnKind::Customer, customers.collect())?;
    let served = plan.agreements.iter().map(|agreed| agreed.account.clone());
    let owing = plan.balances.iter().map(|balance| balance.account.clone());
    let secured = plan.deposits.iter().map(|deposit| deposit.account.clone());
    let accounts = served.chain(owing).chain(secured);
    rows.look_up(tx, OwnKind::Account, accounts.collect())
}

fn places(tx: &mut Tx<'_>, rows: &mut Rows, plan: &Plan) -> Result<(), StoreError> {
    let numbers = plan.premises.iter().map(|planned| &planned.number);
    let ids = rows.number(tx, (OwnKind::Premise, "premises"), numbers)?;
    let mut new = Vec::with_capacity(ids.len());
    for (id, planned) in ids.into_iter().zip(&plan.premises) {
        let cycle = planned.cycle.as_deref();
        let cycle = cycle.map(|code| rows.cycle(code)).transpose()?;
        new.push(premise_row(PremiseId(id), &planned.premise, cycle));
    }
    store::premises::insert_all_rows(tx, &new)?;
    let numbers = plan.points.iter().map(|planned| &planned.number);
    let ids = rows.number(tx, (OwnKind::ServicePoint, "service_points"), numbers)?;
    let mut new = Vec::with_capacity(ids.len());
    for (id, planned) in ids.into_iter().zip(&plan.points) {
        new.push(ServicePointRow {
            id: ServicePointId(id),
            premise_id: PremiseId(rows.of(OwnKind::Premise, &planned.premise)?),
            commodity: planned.commodity,
            label: planned.label.clone(),
            facts: "{}".to_owned(),
            feeder: planned.feeder.clone(),
        });
    }
    store::premises::insert_service_points(tx, &new)
}

/// The registers that are new, by key.
fn meters(
    tx: &mut Tx<'_>,
    rows: &Rows,
    plan: &Plan,
) -> Result<HashMap<String, RegisterId>, StoreError> {
    let count = plan
        .meters
        .iter()
        .map(|planned| planned.meter.registers.len())
        .sum();
    let ids = reserve(tx, "meters", plan.meters.len())?;
    let mut register_ids = reserve(tx, "registers", count)?.into_iter().map(RegisterId);
    let (mut new, mut registers, mut installs) = (Vec::new(), Vec::new(), Vec::new());
    for (id, planned) in ids.into_iter().map(MeterId).zip(&plan.meters) {
        let meter = &planned.meter;
        new.push(MeterRow {
            id,
            serial: meter.serial.clone(),
            kind: meter.kind,
            size: meter.size.clone(),
        });
        let faces = meter.registers.iter().zip(register_ids.by_ref());
        registers.extend(faces.map(|(register, row)| register_row(row, id, register)));
        if let Some((point, from_on)) = &planned.hangs {
            installs.push(NewMeterInstall {
                meter_id: id,
                service_point_id: ServicePointId(rows.of(OwnKind::ServicePoint, point)?),
                from_on: *from_on,
                until_on: None,
            });
        }
    }
    store::meters::insert_all_rows(tx, &new)?;
    store::meters::insert_registers(tx, &registers)?;
    store::meters::insert_installs(tx, &installs)?;
    let keyed = registers.into_iter().map(|row| (row.external_key, row.id));
    Ok(keyed.collect())
}

fn customers(tx: &mut Tx<'_>, rows: &mut Rows, plan: &Plan) -> Result<(), StoreError> {
    let numbers = plan.customers.iter().map(|planned| &planned.number);
    let ids = rows.number(tx, (OwnKind::Customer, "customers"), numbers)?;
    let (at, on) = (tx.stamp.at, tx.stamp.on);
    let (mut new, mut contacts) = (Vec::new(), Vec::new());
    for (id, planned) in ids.into_iter().map(CustomerId).zip(&plan.customers) {
        new.push(CustomerRow {
            id,
            kind: planned.kind,
            name: planned.person.name.clone(),
            given_name: planned.person.given_name.clone(),
            language: planned.person.language,
            mailing_address: planned.person.mailing_address.clone(),
            created_at: at,
        });
        contacts.extend(
            planned
                .contacts
                .iter()
                .map(|(kind, value)| NewContactPoint {
                    customer_id: id,
                    kind: *kind,
                    value: value.clone(),
                    search_value: search_value(*kind, value),
                    verified_at: None,
                    from_on: on,
                    until_on: None,
                }),
        );
    }
    store::customers::insert_all_rows(tx, &new)?;
    store::customers::insert_contact_points(tx, &contacts)
}

fn accounts(tx: &mut Tx<'_>, rows: &mut Rows, plan: &Plan) -> Result<Vec<AccountId>, StoreError> {
    let numbers = plan.accounts.iter().map(|planned| &planned.number);
    let ids = rows.number(tx, (OwnKind::Account, "accounts"), numbers)?;
    let ids: Vec<AccountId> = ids.into_iter().map(AccountId).collect();
    let (mut new, mut roles) = (Vec::new(), Vec::new());
    for (id, planned) in ids.iter().zip(&plan.accounts) {
        new.push(AccountRow {
            id: *id,
            number: AccountNumber::of(id.0),
            class: planned.class,
            status: AccountStatus::Active,
            cycle_id: rows.cycle(&planned.cycle)?,
            language: planned.language,
            paper: planned.delivery.has_paper(),
            email: planned.delivery.has_email(),
            opened_on: planned.opened_on,
            closed_on: None,
        });
        roles.push(NewAccountRole {
            account_id: *id,
            customer_id: CustomerId(rows.of(OwnKind::Customer, &planned.customer)?),
            role: AccountRole::Main,
            from_on: planned.opened_on,
            until_on: None,
            premise_id: None,
        });
    }
    store::accounts::insert_all_rows(tx, &new)?;
    store::accounts::insert_roles(tx, &roles)?;
    Ok(ids)
}

fn agreements(tx: &mut Tx<'_>, rows: &Rows, plan: &Plan) -> Result<Vec<AccountId>, StoreError> {
    let ids = reserve(tx, "service_agreements", plan.agreements.len())?;
    let mut new = Vec::with_capacity(ids.len());
    for (id, planned) in ids.into_iter().zip(&plan.agreements) {
        new.push(ServiceAgreementRow {
            id: ServiceAgreementId(id),
            account_id: AccountId(rows.of(OwnKind::Account, &planned.account)?),
            service_point_id: ServicePointId(rows.of(OwnKind::ServicePoint, &planned.point)?),
            rate_code: planned.rate_code.clone(),
            facts: planned.facts.to_string(),
            from_on: planned.from_on,
            until_on: None,
        });
    }
    store::service::insert_all_rows(tx, &new)?;
    let accounts: Vec<AccountId> = new.iter().map(|row| row.account_id).collect();
    let drafted = bill_drafts::list_drafted(tx, &accounts)?;
    for row in new.iter().filter(|row| drafted.contains(&row.account_id)) {
        give_up_drafts(tx, row.account_id, (day_before(row.from_on), None))?;
    }
    Ok(accounts)
}

fn reads(
    tx: &mut Tx<'_>,
    zone: Tz,
    plan: &Plan,
    mut registers: HashMap<String, RegisterId>,
) -> Result<(), StoreError> {
    let known = plan.reads.iter().map(|read| read.register.clone());
    let known: Vec<String> = known.filter(|key| !registers.contains_key(key)).collect();
    let found = store::reads::find_registers(tx, &known)?;
    registers.extend(found.into_iter().map(|row| (row.external_key, row.id)));
    for some in plan.reads.chunks(ROWS) {
        let reads: Vec<_> = some
            .iter()
            .filter_map(|read| Some((*registers.get(&read.register)?, read.on, read.value)))
            .collect();
        take_reads(tx, zone, &reads)?;
    }
    Ok(())
}

fn balances(tx: &mut Tx<'_>, rows: &Rows, plan: &Plan) -> Result<Vec<AccountId>, SetupError> {
    let on = tx.stamp.on;
    let books = books::open(tx, on)?;
    let missing = || StoreError::Missing("equity account in the chart of accounts");
    let mut touched = Vec::new();
    for some in plan.balances.chunks(INDEXED) {
        let gl = against(&books.chart).ok_or_else(missing)?;
        let mut new: Vec<Entry> = Vec::with_capacity(some.len());
        let mut events: HashMap<AccountId, Event> = HashMap::new();
        for balance in some {
            let account = AccountId(rows.of(OwnKind::Account, &balance.account)?);
            let event = Event {
                account,
                source: Source {
                    kind: SourceKind::Adjustment,
                    id: balance.key,
                },
                on,
                memo: Some(MEMO.to_owned()),
            };
            new.push(entry(&books.chart, &event, balance, gl)?);
            events.insert(account, event);
        }
        let accounts: Vec<AccountId> = events.keys().copied().collect();
        store::ledger::lock(tx, &accounts)?;
        store::ledger::insert(tx, &books.chart, &new)?;
        let events: Vec<Event> = events.into_values().collect();
        apply_held(tx, &books, &events)?;
        touched.extend(accounts);
    }
    Ok(touched)
}

fn deposits(tx: &mut Tx<'_>, rows: &Rows, plan: &Plan) -> Result<Vec<AccountId>, SetupError> {
    let mut touched = Vec::with_capacity(plan.deposits.len());
    for some in plan.deposits.chunks(INDEXED) {
        let mut held: Vec<(AccountId, &PlannedDeposit)> = Vec::with_capacity(some.len());
        for planned in some {
            let account = AccountId(rows.of(OwnKind::Account, &planned.account)?);
            held.push((account, planned));
        }
        take_over(tx, &held)?;
        touched.extend(held.into_iter().map(|(account, _)| account));
    }
    Ok(touched)
}

/// What is owed is asked of the customer from its own due date; what is held waits for the next bill.
fn entry(
    chart: &Chart,
    event: &Event,
    balance: &PlannedBalance,
    gl: &GlCode,
) -> Result<Entry, PostingError> {
    let charge = Charge {
        fund: balance.fund.clone(),
        gl: gl.clone(),
        amount: balance.amount.abs(),
    };
    let made: Result<Entry, LedgerError> = if balance.amount.is_negative() {
        let allocation = Allocation {
            parts: Vec::new(),
            left: charge.amount,
        };
        entries::credit_adjustment(chart, event, charge, &allocation)
    } else {
        entries::debit_adjustment(chart, event, balance.due_on, charge)
    };
    Ok(made?)
}
